/* program/menus.c - the menus, in the order of the page.  An item is shown to whoever has its
 * permission. */
#include "program/program.h"

#include "access/actor.h"
#include "web/request.h"

const struct menu_item menu_partner[] = {
    { .group = "",
      .label = N_("Home"),
      .address = "/partner/",
      .icon = "home",
      .permission = PERM_HOME,
      .tab_label = N_("Home") },
    { .group = "",
      .label = N_("Deal registrations"),
      .address = "/partner/deals",
      .icon = "shield-check",
      .permission = PERM_DEAL_VIEW,
      .counter = COUNTER_DEALS + 1,
      .tab_label = N_("Deals"),
      .search_label = N_("Search: number, company, project") },
    { .group = "",
      .label = N_("Is it free?"),
      .address = "/partner/free",
      .icon = "search",
      .permission = PERM_DEAL_CHECK,
      .tab_label = N_("Is it free?") },
    { .group = N_("Administration"),
      .label = N_("Users"),
      .address = "/partner/users",
      .icon = "users",
      .permission = PERM_USERS_VIEW },
    { 0 },
};

const struct menu_item menu_customer[] = {
    { .group = "",
      .label = N_("Home"),
      .address = "/customer/",
      .icon = "home",
      .permission = PERM_HOME,
      .tab_label = N_("Home") },
    { .group = N_("Administration"),
      .label = N_("Users"),
      .address = "/customer/users",
      .icon = "users",
      .permission = PERM_USERS_VIEW },
    { 0 },
};

const struct menu_item menu_staff[] = {
    { .group = "",
      .label = N_("Home"),
      .address = "/staff/",
      .icon = "home",
      .permission = PERM_HOME,
      .tab_label = N_("Home") },
    { .group = N_("Partners"),
      .label = N_("Registration review"),
      .address = "/staff/deals",
      .icon = "shield-check",
      .permission = PERM_DEAL_VIEW,
      .counter = COUNTER_DEALS + 1,
      .tab_label = N_("Review"),
      .search_label = N_("Search: number, company") },
    { .group = N_("Partners"),
      .label = N_("Accounts"),
      .address = "/staff/accounts",
      .icon = "building",
      .permission = PERM_ACCOUNT_VIEW,
      .tab_label = N_("Accounts") },
    { .group = N_("Administration"),
      .label = N_("Users"),
      .address = "/staff/users",
      .icon = "users",
      .permission = PERM_USERS_VIEW },
    { .group = N_("Administration"),
      .label = N_("Roles"),
      .address = "/staff/roles",
      .icon = "shield-lock",
      .permission = PERM_ROLES_VIEW },
    { 0 },
};

/* Of guests. */
const struct menu_item menu_public[] = {
    { .group = "",
      .label = N_("Verify a receipt"),
      .address = "/verify",
      .icon = "rosette-discount-check",
      .permission = PERM_PUBLIC },
    { 0 },
};

/* accounts/accounts_routes.c - what staff may ask of accounts. */
#include "accounts/accounts_inside.h"

#define AT_(name_, method_, path_, perm)                                                      \
    .name = name_, .method = method_, .path = "/staff/accounts" path_, .audience = AUD_STAFF, \
    .permission = perm

/* Everything at once: once in a while. */
static const struct rate sheets = { "accounts.sheet", 60, 3600 };
#define SHEET(name_, ending)                                                           \
    {                                                                                  \
        AT_(name_, HTTP_GET, ending, PERM_ACCOUNT_EXPORT),                             \
            .query = &accounts_query_form, .handler = accounts_export, .rate = &sheets \
    }

const struct route accounts_staff_routes[] = {
    { AT_("accounts.list", HTTP_GET, "", PERM_ACCOUNT_VIEW), .query = &accounts_query_form,
      .handler = accounts_list_show, .page = "account/list.cs" },
    SHEET("accounts.csv", ".csv"),
    SHEET("accounts.xlsx", ".xlsx"),
    { AT_("accounts.new_page", HTTP_GET, "/new", PERM_ACCOUNT_EDIT), .handler = accounts_new_show,
      .page = "account/edit.cs" },
    { AT_("accounts.new", HTTP_POST, "/new", PERM_ACCOUNT_EDIT), .form = &accounts_new_form,
      .handler = accounts_new_post, .retry = accounts_new_show, .retry_page = "account/edit.cs" },
    { AT_("accounts.page", HTTP_GET, "/:id", PERM_ACCOUNT_VIEW), .object = &accounts_kind,
      .handler = accounts_show, .page = "account/show.cs" },
    { AT_("accounts.edit_page", HTTP_GET, "/:id/edit", PERM_ACCOUNT_EDIT), .object = &accounts_kind,
      .handler = accounts_edit_show, .page = "account/edit.cs" },
    { AT_("accounts.edit", HTTP_POST, "/:id/edit", PERM_ACCOUNT_EDIT), .object = &accounts_kind,
      .form = &accounts_edit_form, .handler = accounts_edit_post, .retry = accounts_edit_show,
      .retry_page = "account/edit.cs" },
    { AT_("accounts.pair", HTTP_POST, "/:id/pair", PERM_ACCOUNT_MERGE), .object = &accounts_kind,
      .form = &accounts_pair_form, .handler = accounts_pair_post, .retry = accounts_show,
      .retry_page = "account/show.cs" },
    { 0 },
};

/* admin/users_routes.c - user administration for three audiences: the same handlers, forms that
 * differ. */
#include "admin/users_inside.h"

enum { HOUR = 60 * 60 };

/* Each invitation is a mail to somebody who did not ask for it. */
static const struct rate invite_rate = { "users.invite", 60, HOUR };

static const struct rate sheets = { "users.sheets", 20, HOUR };

#define SEE    .permission = PERM_USERS_VIEW
#define MANAGE .permission = PERM_USERS_MANAGE

#define USERS_ROUTES(prefix, aud, invite_form, edit_form, new_query)                             \
    { .name = "users.list",                                                                      \
      .method = HTTP_GET,                                                                        \
      .path = prefix "/users",                                                                   \
      .audience = aud,                                                                           \
      SEE,                                                                                       \
      .query = &users_query_form,                                                                \
      .handler = users_list_show,                                                                \
      .page = "admin/users.cs" },                                                                \
        { .name = "users.new_page",                                                              \
          .method = HTTP_GET,                                                                    \
          .path = prefix "/users/new",                                                           \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .query = new_query,                                                                    \
          .handler = users_new_show,                                                             \
          .page = "admin/user_new.cs" },                                                         \
        { .name = "users.new",                                                                   \
          .method = HTTP_POST,                                                                   \
          .path = prefix "/users/new",                                                           \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .form = &invite_form,                                                                  \
          .handler = users_new,                                                                  \
          .retry = users_new_show,                                                               \
          .retry_page = "admin/user_new.cs",                                                     \
          .rate = &invite_rate },                                                                \
        { .name = "users.page",                                                                  \
          .method = HTTP_GET,                                                                    \
          .path = prefix "/users/:id",                                                           \
          .audience = aud,                                                                       \
          SEE,                                                                                   \
          .object = &users_kind,                                                                 \
          .handler = users_show,                                                                 \
          .page = "admin/user.cs" },                                                             \
        { .name = "users.update",                                                                \
          .method = HTTP_POST,                                                                   \
          .path = prefix "/users/:id",                                                           \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .object = &users_kind,                                                                 \
          .form = &edit_form,                                                                    \
          .handler = users_update,                                                               \
          .retry = users_show,                                                                   \
          .retry_page = "admin/user.cs" },                                                       \
        { .name = "users.disable",                                                               \
          .method = HTTP_POST,                                                                   \
          .path = prefix "/users/:id/disable",                                                   \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .object = &users_kind,                                                                 \
          .form = &form_empty,                                                                   \
          .handler = users_disable },                                                            \
        { .name = "users.enable",                                                                \
          .method = HTTP_POST,                                                                   \
          .path = prefix "/users/:id/enable",                                                    \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .object = &users_kind,                                                                 \
          .form = &form_empty,                                                                   \
          .handler = users_enable },                                                             \
        { .name = "users.reinvite",                                                              \
          .method = HTTP_POST,                                                                   \
          .path = prefix "/users/:id/invite",                                                    \
          .audience = aud,                                                                       \
          MANAGE,                                                                                \
          .object = &users_kind,                                                                 \
          .form = &form_empty,                                                                   \
          .handler = users_reinvite,                                                             \
          .rate = &invite_rate },                                                                \
    {                                                                                            \
        .name = "users.end_sessions", .method = HTTP_POST, .path = prefix "/users/:id/sessions", \
        .audience = aud, MANAGE, .object = &users_kind, .form = &form_empty,                     \
        .handler = users_end_sessions                                                            \
    }

const struct route users_partner_routes[] = {
    USERS_ROUTES("/partner", AUD_PARTNER, users_invite_form, users_edit_form, NULL),
    { 0 },
};

const struct route users_customer_routes[] = {
    USERS_ROUTES("/customer", AUD_CUSTOMER, users_invite_form, users_edit_form, NULL),
    { 0 },
};

const struct route users_staff_routes[] = {
    USERS_ROUTES("/staff", AUD_STAFF, users_invite_staff_form, users_edit_staff_form,
                 &users_new_query_form),
    { .name = "users.csv",
      .method = HTTP_GET,
      .path = "/staff/users.csv",
      .audience = AUD_STAFF,
      .permission = PERM_USERS_EXPORT,
      .query = &users_query_form,
      .handler = users_export,
      .rate = &sheets },
    { .name = "users.xlsx",
      .method = HTTP_GET,
      .path = "/staff/users.xlsx",
      .audience = AUD_STAFF,
      .permission = PERM_USERS_EXPORT,
      .query = &users_query_form,
      .handler = users_export,
      .rate = &sheets },
    { .name = "users.email_page",
      .method = HTTP_GET,
      .path = "/staff/users/:id/email",
      .audience = AUD_STAFF,
      MANAGE,
      .object = &users_kind,
      .handler = users_email_show,
      .page = "admin/user_email.cs" },
    { .name = "users.email",
      .method = HTTP_POST,
      .path = "/staff/users/:id/email",
      .audience = AUD_STAFF,
      MANAGE,
      .object = &users_kind,
      .form = &users_email_form,
      .handler = users_email,
      .retry = users_email_show,
      .retry_page = "admin/user_email.cs" },
    { .name = "users.factor_reset",
      .method = HTTP_POST,
      .path = "/staff/users/:id/second-factor",
      .audience = AUD_STAFF,
      MANAGE,
      .object = &users_kind,
      .form = &form_empty,
      .handler = users_factor_reset },
    { 0 },
};

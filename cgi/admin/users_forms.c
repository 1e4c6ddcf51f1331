/* admin/users_forms.c - the forms of user administration as data.  Company administrators have
 * fewer fields than staff: what a form does not name, its body cannot set. */
#include "admin/users_forms.h"

#include "identity/identity_forms.h"
#include "web/form_fields.h"
#include "web/request.h"

const struct choice users_statuses[] = { { "", N_("All") },
                                         { "active", N_("Active") },
                                         { "invited", N_("Invited") },
                                         { "disabled", N_("Disabled") },
                                         { 0 } };
static const struct choice scopes[] = { { "own", N_("Own records") },
                                        { "team", N_("Own team") },
                                        { "department", N_("Department and below") },
                                        { "all", N_("Everything") },
                                        { 0 } };

static const struct field query_fields[] = {
    LIST_FIELDS(struct users_query),
    { .name = "status",
      .label = N_("Status"),
      .kind = FIELD_CHOICE,
      .choices = users_statuses,
      .offset = offsetof(struct users_query, status) },
    { 0 },
};
const struct form users_query_form = { .name = "users.query",
                                       .fields = query_fields,
                                       .size_bytes = sizeof(struct users_query) };

static const struct field new_query_fields[] = {
    { .name = "account",
      .label = N_("Account"),
      .kind = FIELD_ID,
      .offset = offsetof(struct users_new_query, account) },
    { 0 },
};
const struct form users_new_query_form = { .name = "users.new_query",
                                           .fields = new_query_fields,
                                           .size_bytes = sizeof(struct users_new_query) };

#define INPUT(member) .offset = offsetof(struct users_input, member)
#define EMAIL                                                                          \
    {                                                                                  \
        .name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL, .required = true, \
        INPUT(email)                                                                   \
    }
#define NAME                                                                        \
    {                                                                               \
        .name = "name", .label = N_("Name"), .kind = FIELD_TEXT, .required = true,  \
        .needed = N_("Enter the person’s name."), .min = 1, .max = 120, INPUT(name) \
    }
#define TITLE                                                                                   \
    {                                                                                           \
        .name = "title", .label = N_("Job title"), .kind = FIELD_TEXT, .max = 120, INPUT(title) \
    }
#define PHONE                                                                    \
    {                                                                            \
        .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, INPUT(phone) \
    }
#define LANGUAGE                                                                             \
    {                                                                                        \
        .name = "language", .label = N_("Language"), .kind = FIELD_CHOICE, .required = true, \
        .needed = N_("Choose a language."), .choices = identity_langs, INPUT(language)       \
    }
#define ROLES                                                                      \
    {                                                                              \
        .name = "roles", .label = N_("Roles"), .kind = FIELD_ID, .required = true, \
        .needed = N_("Choose at least one role."), .list = true, INPUT(roles)      \
    }
#define DEPARTMENT                                                                           \
    {                                                                                        \
        .name = "department", .label = N_("Department"), .kind = FIELD_ID, INPUT(department) \
    }
#define MANAGER                                                                     \
    {                                                                               \
        .name = "manager", .label = N_("Manager"), .kind = FIELD_ID, INPUT(manager) \
    }
#define SCOPE                                                                          \
    {                                                                                  \
        .name = "scope", .label = N_("Sees"), .kind = FIELD_CHOICE, .choices = scopes, \
        INPUT(scope)                                                                   \
    }

static const struct field invite_fields[] = { EMAIL, NAME, TITLE, LANGUAGE, ROLES, { 0 } };
const struct form users_invite_form = { .name = "users.invite",
                                        .fields = invite_fields,
                                        .size_bytes = sizeof(struct users_input) };

static const struct field invite_staff_fields[] = {
    EMAIL,      NAME,
    TITLE,      LANGUAGE,
    ROLES,      { .name = "account", .label = N_("Account"), .kind = FIELD_ID, INPUT(account) },
    DEPARTMENT, MANAGER,
    SCOPE,      { 0 },
};
const struct form users_invite_staff_form = { .name = "users.invite_staff",
                                              .fields = invite_staff_fields,
                                              .size_bytes = sizeof(struct users_input) };

static const struct field edit_fields[] = {
    NAME, TITLE, PHONE, ROLES, FORM_VERSION_NEEDED(struct users_input), { 0 }
};
const struct form users_edit_form = { .name = "users.edit",
                                      .fields = edit_fields,
                                      .size_bytes = sizeof(struct users_input) };

static const struct field edit_staff_fields[] = {
    NAME,
    TITLE,
    PHONE,
    ROLES,
    FORM_VERSION_NEEDED(struct users_input),
    DEPARTMENT,
    MANAGER,
    SCOPE,
    { .name = "factor_needed",
      .label = N_("Must have a second factor"),
      .kind = FIELD_FLAG,
      INPUT(factor_needed) },
    { 0 },
};
const struct form users_edit_staff_form = { .name = "users.edit_staff",
                                            .fields = edit_staff_fields,
                                            .size_bytes = sizeof(struct users_input) };

static const struct field email_fields[] = {
    { .name = "email",
      .label = N_("New e-mail"),
      .kind = FIELD_EMAIL,
      .required = true,
      .offset = offsetof(struct users_email_input, email) },
    { 0 },
};
const struct form users_email_form = { .name = "users.email",
                                       .fields = email_fields,
                                       .size_bytes = sizeof(struct users_email_input) };

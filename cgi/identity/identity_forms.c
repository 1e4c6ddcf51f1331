/* identity/identity_forms.c - the forms of identity as data. */
#include "identity/identity_forms.h"

#include "base/str.h"
#include "crypt/password.h"
#include "text/format.h"
#include "web/request.h"

enum { ADDRESS_MAX = 254, NEXT_MAX = 500 };

/* Languages name themselves. */
const struct choice identity_langs[] = { { "en", N_("English") },
                                         { "zh-CN", N_("简体中文") },
                                         { 0 } };
const struct choice identity_themes[] = {
    { "device", N_("As my device") }, { "light", N_("Light") }, { "dark", N_("Dark") }, { 0 }
};

#define NEXT_FIELD(type)                                                               \
    {                                                                                  \
        .name = "next", .label = N_("Next page"), .kind = FIELD_TEXT, .max = NEXT_MAX, \
        .offset = offsetof(type, next)                                                 \
    }
#define SECRET_FIELD(type, member, text, lack)                                                  \
    {                                                                                           \
        .name = #member, .label = text, .kind = FIELD_SECRET, .required = true, .needed = lack, \
        .min = 1, .max = PASSWORD_MAX_BYTES, .offset = offsetof(type, member)                   \
    }
#define CODE_FIELD(type)                                                                     \
    {                                                                                        \
        .name = "code", .label = N_("Code"), .kind = FIELD_TEXT, .required = true,           \
        .needed = N_("Enter the code."), .min = 1, .max = 40, .offset = offsetof(type, code) \
    }

/* The address is plain text here: one that cannot be right gets the answer of every wrong one. */
static const struct field login_fields[] = {
    { .name = "email",
      .label = N_("E-mail"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter your e-mail address."),
      .min = 1,
      .max = ADDRESS_MAX,
      .offset = offsetof(struct login_input, email) },
    SECRET_FIELD(struct login_input, password, N_("Password"), N_("Enter the password.")),
    NEXT_FIELD(struct login_input),
    { 0 },
};
const struct form identity_login_form = { .name = "identity.login",
                                          .fields = login_fields,
                                          .size_bytes = sizeof(struct login_input) };

static const struct field next_fields[] = { NEXT_FIELD(struct next_query), { 0 } };
const struct form identity_next_query = { .name = "identity.next",
                                          .fields = next_fields,
                                          .size_bytes = sizeof(struct next_query) };

static const struct field code_fields[] = {
    CODE_FIELD(struct code_input),
    NEXT_FIELD(struct code_input),
    { 0 },
};
const struct form identity_code_form = { .name = "identity.code",
                                         .fields = code_fields,
                                         .size_bytes = sizeof(struct code_input) };

static const struct field reset_fields[] = {
    { .name = "email",
      .label = N_("E-mail"),
      .kind = FIELD_EMAIL,
      .required = true,
      .offset = offsetof(struct reset_input, email) },
    { 0 },
};
const struct form identity_reset_form = { .name = "identity.reset",
                                          .fields = reset_fields,
                                          .size_bytes = sizeof(struct reset_input) };

static const struct field password_fields[] = {
    SECRET_FIELD(struct password_input, password, N_("New password"), N_("Enter a new password.")),
    { 0 },
};
const struct form identity_password_form = { .name = "identity.password",
                                             .fields = password_fields,
                                             .size_bytes = sizeof(struct password_input) };

static const struct field accept_fields[] = {
    { .name = "name",
      .label = N_("Your name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter your name."),
      .min = 1,
      .max = 120,
      .offset = offsetof(struct accept_input, name) },
    SECRET_FIELD(struct accept_input, password, N_("Password"), N_("Enter the password.")),
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a language."),
      .choices = identity_langs,
      .offset = offsetof(struct accept_input, language) },
    { 0 },
};
const struct form identity_accept_form = { .name = "identity.accept",
                                           .fields = accept_fields,
                                           .size_bytes = sizeof(struct accept_input) };

static const struct field profile_fields[] = {
    { .name = "name",
      .label = N_("Name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter your name."),
      .min = 1,
      .max = 120,
      .offset = offsetof(struct profile_input, name) },
    { .name = "title",
      .label = N_("Job title"),
      .kind = FIELD_TEXT,
      .max = 120,
      .offset = offsetof(struct profile_input, title) },
    { .name = "phone",
      .label = N_("Phone"),
      .kind = FIELD_PHONE,
      .offset = offsetof(struct profile_input, phone) },
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a language."),
      .choices = identity_langs,
      .offset = offsetof(struct profile_input, language) },
    { .name = "zone",
      .label = N_("Time zone"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a time zone."),
      .choices_of = form_zones,
      .offset = offsetof(struct profile_input, zone) },
    { .name = "theme",
      .label = N_("Appearance"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose an appearance."),
      .choices = identity_themes,
      .offset = offsetof(struct profile_input, theme) },
    { 0 },
};
const struct form identity_profile_form = { .name = "identity.profile",
                                            .fields = profile_fields,
                                            .size_bytes = sizeof(struct profile_input) };

static const struct field change_password_fields[] = {
    SECRET_FIELD(struct change_password_input, current, N_("Current password"),
                 N_("Enter your current password.")),
    SECRET_FIELD(struct change_password_input, password, N_("New password"),
                 N_("Enter a new password.")),
    { 0 },
};
const struct form identity_change_password_form = {
    .name = "identity.change_password",
    .fields = change_password_fields,
    .size_bytes = sizeof(struct change_password_input),
};

static const struct field prove_fields[] = {
    SECRET_FIELD(struct prove_input, password, N_("Password"), N_("Enter the password.")),
    { .name = "code", /* of those who have a second factor */
      .label = N_("Code"),
      .kind = FIELD_TEXT,
      .max = 40,
      .offset = offsetof(struct prove_input, code) },
    NEXT_FIELD(struct prove_input),
    { 0 },
};
const struct form identity_prove_form = { .name = "identity.prove",
                                          .fields = prove_fields,
                                          .size_bytes = sizeof(struct prove_input) };

static const struct field factor_off_fields[] = {
    SECRET_FIELD(struct factor_off_input, password, N_("Password"), N_("Enter the password.")),
    CODE_FIELD(struct factor_off_input),
    { 0 },
};
const struct form identity_factor_off_form = { .name = "identity.factor_off",
                                               .fields = factor_off_fields,
                                               .size_bytes = sizeof(struct factor_off_input) };

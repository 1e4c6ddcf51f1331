/* identity/identity_forms.h - what the forms of identity may contain. */
#pragma once

#include "web/form.h"

struct login_input {
    const char *email, *password, *next;
};
struct next_query {
    const char *next;
};
struct code_input {
    const char *code, *next;
};
struct reset_input {
    const char *email;
};
struct password_input {
    const char *password;
};
struct accept_input {
    const char *name, *password, *language;
};
struct profile_input {
    const char *name, *title, *phone, *language, *zone, *theme;
};
struct change_password_input {
    const char *current, *password;
};
struct prove_input {
    const char *password, *code, *next;
};
struct factor_off_input {
    const char *password, *code;
};

extern const struct form identity_login_form, identity_next_query, identity_code_form;
extern const struct form identity_reset_form, identity_password_form, identity_accept_form;
extern const struct form identity_profile_form, identity_change_password_form;
extern const struct form identity_prove_form, identity_factor_off_form;

/* Values of the theme field, by enum theme. */
extern const struct choice identity_themes[], identity_langs[];

/* admin/users_forms.h - the forms of user administration. */
#pragma once

#include "web/form.h"
#include "web/list.h"

struct users_query {
    struct list_input list;
    const char *status;
};
struct users_new_query {
    int64_t account; /* staff: for whom; 0: a member of staff */
};
struct users_email_input {
    const char *email;
};
struct users_input {
    const char *email, *name, *title, *phone, *language;
    struct value_list roles;
    int64_t row_version;
    int64_t account, department, manager; /* staff only */
    const char *scope;                    /* staff only */
    bool factor_needed;                   /* staff only */
};

extern const struct form users_query_form, users_new_query_form;
extern const struct form users_invite_form, users_invite_staff_form;
extern const struct form users_edit_form, users_edit_staff_form;
extern const struct form users_email_form;
extern const struct choice users_statuses[];

/* admin/users_sql.h - rows and statements of user administration.  The company statements carry the
 * account as their first parameter. */
#pragma once

#include "access/permission.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

struct user_row {
    int64_t id, account_id, department_id, row_version, last_login_at;
    const char *audience, *email, *email_key, *name, *name_key, *title, *phone, *lang, *status,
        *scope;
    const char *account_name; /* NULL for staff */
    const char *role_ids;     /* "3,5"; NULL: none */
    bool factor_needed;
};
/* account, key of the name twice, id, q, like, like, status, status, limit */
extern const struct db_stmt users_company_older, users_company_newer;
/* audience, and the rest as above */
extern const struct db_stmt users_staff_older, users_staff_newer;
extern const struct db_stmt users_company_by_id;  /* account, id */
extern const struct db_stmt users_staff_by_id;    /* id */
extern const struct db_stmt users_company_update; /* name, title, phone, account, id, version */
/* name, title, phone, department, scope, factor needed, id, version */
extern const struct db_stmt users_staff_update;
extern const struct db_stmt users_company_status; /* new, account, id, old */
extern const struct db_stmt users_staff_status;   /* new, id, old */
extern const struct db_stmt users_staff_email;    /* address, key, id */
extern const struct db_stmt users_links_void;     /* user */
extern const struct db_stmt users_factor_drop, users_codes_drop, users_pending_drop; /* user */
struct users_factor {
    bool confirmed;
};
extern const struct db_stmt users_factor_find; /* user */

/* Changes no row unless this person is active and may manage users at this moment.  As each change
 * of a user writes its administrator's row first, two of them cannot put each other out. */
extern const struct db_stmt users_guard; /* administrator */

struct role_row {
    int64_t id, row_version, people;
    const char *code, *name_en, *name_zh;
    bool builtin;
    struct permission_set permissions; /* filled by role_list_read() */
};
struct role_list {
    size_t count;
    struct role_row *rows;
};
/* The roles of an audience with what each allows. */
struct err *role_list_read(struct db *db, struct arena *a, const char *audience,
                           struct role_list *out);
const struct role_row *role_list_find(const struct role_list *list, int64_t id);

/* -- making people: staff.fcgi and the worker ---------------------------------------- */
/* audience, account, email, key, name, title, language, zone, department, scope, manager */
extern const struct db_stmt users_insert;
extern const struct db_stmt users_role_clear; /* user */
extern const struct db_stmt users_role_add;   /* role, user: only of the user's audience */
extern const struct db_stmt users_by_key;     /* key */

struct users_name {
    int64_t id;
    const char *name;
};
extern const struct db_stmt users_names_without_key; /* limit */
extern const struct db_stmt users_name_key_set;      /* key, id, name */

struct user_key_row {
    int64_t id, account_id;
};

/* An administrator of a company, as the worker needs him. */
struct company_admin {
    int64_t id;
    const char *audience, *name, *account_name, *zone;
};
extern const struct db_stmt users_joined; /* user: who is active */
struct users_joined_row {
    int64_t account_id;
    const char *name;
};
/* Account, user twice: the account's administrators but him, and who invited him last. */
extern const struct db_stmt users_joined_told;
struct users_told_row {
    int64_t id;
};
extern const struct db_stmt users_company_admin; /* user, account */

/* -- staff: accounts and departments to choose from ---------------------------------- */
struct user_account {
    int64_t id;
    const char *kind, *name, *zone;
};
extern const struct db_stmt users_account_by_id;
struct department_row {
    int64_t id;
    const char *name_en, *name_zh;
};
extern const struct db_stmt users_departments;

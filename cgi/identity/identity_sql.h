/* identity/identity_sql.h - the statements of the room's pages and the rows they give. */
#pragma once

#include "db/stmt.h"

#include <stdbool.h>
#include <stdint.h>

/* A person with everything that decides whether and how he gets in. */
struct identity_user {
    int64_t id, account_id, theme, row_version, password_changed_at, factor_at, last_step;
    const char *audience, *email, *name, *title, *phone, *lang, *zone, *status;
    const char *password_hash; /* NULL: none was set yet */
    const char *account_name;  /* NULL for staff */
    struct bytes secret;       /* of a confirmed second factor; NULL data without one */
    struct bytes recovery_salt;
    bool account_ended;
    bool factor_wanted; /* this person must have a second factor */
};
extern const struct db_stmt identity_user_by_key, identity_user_by_id;

struct identity_known {
    bool known;      /* this browser, for this person */
    int64_t devices; /* browsers the person has used */
};
extern const struct db_stmt identity_device_find, identity_device_insert, identity_device_seen;

/* -- steps and links ----------------------------------------------------------------- */
struct identity_link_row {
    int64_t user_id;
};
extern const struct db_stmt identity_link_find, identity_link_use, identity_links_void,
    identity_steps_void;
extern const struct db_stmt identity_step_insert;

/* -- credentials --------------------------------------------------------------------- */
extern const struct db_stmt identity_credential_set, identity_user_accept, identity_login_noted;
extern const struct db_stmt identity_factor_step, identity_factor_set, identity_factor_salt;
extern const struct db_stmt identity_factor_drop;
extern const struct db_stmt identity_pending_set, identity_pending_drop;
struct identity_pending {
    struct bytes secret;
};
extern const struct db_stmt identity_pending_find;
extern const struct db_stmt identity_codes_drop, identity_code_insert, identity_code_use;
struct identity_count {
    int64_t n;
};
extern const struct db_stmt identity_codes_left;

/* -- own profile and sessions -------------------------------------------------------- */
extern const struct db_stmt identity_profile_update, identity_session_prove;
struct identity_session_row {
    int64_t id, created_at, last_seen_at, expires_at;
    const char *remote_addr, *user_agent;
};
extern const struct db_stmt identity_session_list, identity_session_own;

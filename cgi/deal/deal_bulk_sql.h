/* deal/deal_bulk_sql.h - the statements of lists of registrations: a table for the partner's pages
 * and one for the worker. */
#pragma once

#include "db/stmt.h"

/* "waiting", "free", …: what the rows of a list may be. */
enum deal_bulk_state {
    BULK_WAITING,
    BULK_FREE,
    BULK_LOOK,
    BULK_UNASKED,
    BULK_FAULT,
    BULK_MADE,
    BULK_FAILED,
    BULK_STATE_COUNT
};
extern const char *const deal_bulk_states[BULK_STATE_COUNT];

struct deal_bulk {
    int64_t id, account_id, user_id, row_version, row_count;
    const char *file_name, *state, *action, *user_name;
    int64_t created_at, sent_at, ended_at;
};
struct deal_bulk_row {
    int64_t line_no, own_id, deal_id;
    const char *state, *cells_json, *faults_json, *deal_state;
};
struct deal_bulk_count {
    const char *state;
    int64_t count;
};
/* A list with the person who sent it. */
struct deal_bulk_work {
    int64_t id, account_id, user_id;
    const char *state, *action, *file_name, *name, *email, *lang, *zone;
    bool active; /* the person may log in, and belongs to the account still */
};
struct deal_bulk_key_row {
    int64_t line_no;
};

extern const struct db_stmt bulk_sql_of_account, bulk_sql_last, bulk_sql_insert,
    bulk_sql_row_insert, bulk_sql_counts, bulk_sql_rows, bulk_sql_rows_of, bulk_sql_refused,
    bulk_sql_choose, bulk_sql_drop, bulk_sql_drop_rows;
extern db_stmt_table deal_bulk_statements[];

extern const struct db_stmt bulk_sql_work, bulk_sql_next, bulk_sql_mark, bulk_sql_made,
    bulk_sql_finish, bulk_sql_key_put, bulk_sql_key_who, bulk_sql_key_drop;

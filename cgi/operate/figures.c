/* operate/figures.c - a handful of look-ups, each into an index. */
#include "operate/figures.h"

#define OLDEST(column, rest) \
    "(SELECT COALESCE(TIMESTAMPDIFF(SECOND, MIN(" column "), UTC_TIMESTAMP(6)), 0) " rest ")"

static const struct db_field queue_fields[] = {
    DB_FIELD(struct figures, jobs_late_seconds, DB_I64, 0),
    DB_FIELD(struct figures, jobs_failed, DB_I64, 0),
    DB_FIELD(struct figures, mails_waiting, DB_I64, 0),
    DB_FIELD(struct figures, mails_late_seconds, DB_I64, 0),
    DB_FIELD(struct figures, mails_failed, DB_I64, 0),
    DB_FIELD(struct figures, events_pending, DB_I64, 0),
    DB_FIELD(struct figures, events_seconds, DB_I64, 0),
    DB_FIELD(struct figures, receipts_pending, DB_I64, 0),
    DB_FIELD(struct figures, receipts_seconds, DB_I64, 0),
    DB_FIELD(struct figures, log_size, DB_I64, 0),
    DB_FIELD(struct figures, head_size, DB_I64, 0),
    DB_FIELD(struct figures, sessions, DB_I64, 0),
    { 0 },
};

#define PENDING                                                                          \
    "FROM audit_event e LEFT JOIN log_leaf l ON l.kind = 'audit' AND l.source_id = e.id" \
    " WHERE e.id > (SELECT audit_floor FROM log_head WHERE id = 1) AND l.leaf_index IS NULL"

static const struct db_stmt read_figures = {
    .name = "operate.figures",
    .sql = "SELECT " OLDEST(
        "due_at",
        "FROM job WHERE state = 'waiting'"
        " AND due_at < UTC_TIMESTAMP(6)") " AS jobs_late_seconds,"
                                          " (SELECT COUNT(*) FROM job WHERE state = 'failed'"
                                          "   AND ended_at > UTC_TIMESTAMP(6) - INTERVAL 7 DAY) AS jobs_failed,"
                                          " (SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')) AS mails_waiting,"
                                          " " OLDEST(
                                              "created_at",
                                              "FROM outbox WHERE state IN ('waiting', 'sending')"
                                              " AND due_at < UTC_TIMESTAMP(6)") " AS mails_late_seconds,"
                                                                                " (SELECT COUNT(*) FROM outbox WHERE state = 'failed'"
                                                                                "   AND created_at > UTC_TIMESTAMP(6) - INTERVAL 7 DAY) AS mails_failed,"
                                                                                " (SELECT COUNT(*) " PENDING
                                                                                ") AS events_pending,"
                                                                                " " OLDEST(
                                                                                    "e.at",
                                                                                    PENDING) " AS events_seconds,"
                                                                                             " (SELECT COUNT(*) FROM receipt WHERE signed_at IS NULL) AS receipts_pending,"
                                                                                             " " OLDEST(
                                                                                                 "made_at",
                                                                                                 "FROM receipt WHERE signed_at IS NULL") " AS receipts_seconds,"
                                                                                                                                         " (SELECT size FROM log_head WHERE id = 1) AS log_size,"
                                                                                                                                         " (SELECT COALESCE(MAX(size), 0) FROM log_checkpoint) AS head_size,"
                                                                                                                                         " (SELECT COUNT(*) FROM session WHERE ended_at IS NULL"
                                                                                                                                         "   AND expires_at > UTC_TIMESTAMP(6)) AS sessions",
    .binds = "",
    .fields = queue_fields,
    .row_bytes = sizeof(struct figures),
    .flags = DB_WHOLE_TABLE,
};

struct err *figures_read(struct db *db, struct arena *a, struct figures *out)
{
    return err_pass(db_get(db, a, &read_figures, DB_NO_ARGS, out));
}

static const struct db_field job_fields[] = {
    DB_FIELD(struct figures_jobs, kind, DB_TEXT, 40),
    DB_FIELD(struct figures_jobs, state, DB_TEXT, 8),
    DB_FIELD(struct figures_jobs, count, DB_I64, 0),
    { 0 },
};
static const struct db_stmt count_jobs = {
    .name = "operate.jobs",
    .sql = "SELECT kind, state, COUNT(*) AS count FROM job GROUP BY kind, state"
           " ORDER BY kind, state",
    .binds = "",
    .fields = job_fields,
    .row_bytes = sizeof(struct figures_jobs),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};

struct err *figures_jobs_read(struct db *db, struct arena *a, struct figures_jobs **rows_out,
                              size_t *count_out)
{
    return err_pass(db_list(db, a, &count_jobs, DB_NO_ARGS, rows_out, count_out));
}

static const struct db_field mail_fields[] = {
    DB_FIELD(struct figures_mails, state, DB_TEXT, 8),
    DB_FIELD(struct figures_mails, count, DB_I64, 0),
    { 0 },
};
static const struct db_stmt count_mails = {
    .name = "operate.mails",
    .sql = "SELECT state, COUNT(*) AS count FROM outbox GROUP BY state ORDER BY state",
    .binds = "",
    .fields = mail_fields,
    .row_bytes = sizeof(struct figures_mails),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};

struct err *figures_mails_read(struct db *db, struct arena *a, struct figures_mails **rows_out,
                               size_t *count_out)
{
    return err_pass(db_list(db, a, &count_mails, DB_NO_ARGS, rows_out, count_out));
}

db_stmt_table figures_statements[] = { &read_figures, &count_jobs, &count_mails, NULL };

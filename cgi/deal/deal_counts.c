/* deal/deal_counts.c - a count is read, and written only where a person's differs: locks are held
 * for what changes alone.  What changes meanwhile is counted by the next round. */
#include "deal/deal_counts.h"
#include "access/permission.h"
#include "deal/deal.h"

enum { EVERY_SECONDS = 5, CHANGED_SECONDS = 60, WHOLE_SECONDS = 300 };

/* Of a company, or of a session and its person. */
struct count_row {
    int64_t id, user_id, n;
};

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field company_fields[] = {
    DB_FIELD(struct count_row, id, DB_I64, 0),
    DB_FIELD(struct count_row, n, DB_I64, 0),
    { 0 },
};
/* Companies of which somebody's count is not what their registrations say. */
#define COMPANIES(ident, name_, which, binds_)                                                   \
    static const struct db_stmt ident = {                                                        \
        .name = name_,                                                                           \
        .sql = "SELECT c.id, c.n FROM (SELECT w.account_id AS id, COUNT(d.id) AS n FROM (" which \
               ") w "                                                                            \
               "LEFT JOIN deal d FORCE INDEX (deal_own_phase) ON d.account_id = w.account_id "   \
               "AND d.phase = ? GROUP BY w.account_id) c JOIN user u ON u.account_id = c.id "    \
               "LEFT JOIN session s ON s.user_id = u.id AND s.ended_at IS NULL "                 \
               "WHERE u.counter_deals <> c.n OR s.counter_deals <> c.n GROUP BY c.id, c.n",      \
        .binds = binds_,                                                                         \
        .fields = company_fields,                                                                \
        .row_bytes = sizeof(struct count_row),                                                   \
    }
COMPANIES(changed_companies, "deal.count.changed",
          "SELECT DISTINCT account_id FROM deal FORCE INDEX (deal_all) "
          "WHERE updated_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND",
          "ii");
COMPANIES(all_companies, "deal.count.all",
          "SELECT DISTINCT account_id FROM user WHERE audience = 'partner'", "i");

static const struct db_field session_fields[] = {
    DB_FIELD(struct count_row, id, DB_I64, 0),
    DB_FIELD(struct count_row, user_id, DB_I64, 0),
    DB_FIELD(struct count_row, n, DB_I64, 0),
    { 0 },
};
/* Open registrations are as many as people can work on.  A bit of the session's permissions says
 * who decides: byte and mask. */
static const struct db_stmt staff_sessions = {
    .name = "deal.count.staff",
    .sql = "SELECT c.id, c.user_id, c.n FROM (SELECT s.id, s.user_id, s.counter_deals, "
           "IF(ASCII(SUBSTR(s.permissions, ?, 1)) & ? <> 0, (SELECT COUNT(*) FROM deal d "
           "FORCE INDEX (deal_reviewer) WHERE d.reviewer_id = s.user_id AND d.phase = ?) + "
           "COALESCE(SUM(o.n), 0), 0) AS n FROM user u "
           "JOIN session s ON s.user_id = u.id AND s.ended_at IS NULL "
           "LEFT JOIN (SELECT department_id, COUNT(*) AS n FROM deal FORCE INDEX (deal_queue) "
           "WHERE phase = ? AND reviewer_id IS NULL GROUP BY department_id) o "
           "ON o.department_id BETWEEN s.department_low AND s.department_high "
           "OR o.department_id IS NULL WHERE u.audience = 'staff' "
           "GROUP BY s.id, s.user_id, s.counter_deals, s.permissions) c "
           "WHERE c.n <> c.counter_deals",
    .binds = "iiii",
    .fields = session_fields,
    .row_bytes = sizeof(struct count_row),
};

static const struct db_stmt set_user = {
    .name = "deal.count.set_user",
    .sql = "UPDATE user SET counter_deals = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_session = {
    .name = "deal.count.set_session",
    .sql = "UPDATE session SET counter_deals = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_users = {
    .name = "deal.count.set_users",
    .sql = "UPDATE user SET counter_deals = ? WHERE account_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_sessions = {
    .name = "deal.count.set_sessions",
    .sql = "UPDATE session s JOIN user u ON u.id = s.user_id SET s.counter_deals = ? "
           "WHERE u.account_id = ? AND s.ended_at IS NULL",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table deal_count_statements[] = { &changed_companies, &all_companies,
                                          &staff_sessions,    &set_user,
                                          &set_session,       &set_users,
                                          &set_sessions,      NULL };

/* -- counting ------------------------------------------------------------------------------------
 */

static struct err *write_company(struct db *db, void *arg)
{
    const struct count_row *row = arg;

    TRY(db_exec(db, &set_users, DB_ARGS(DB_I(row->n), DB_I(row->id)), NULL));
    return err_pass(db_exec(db, &set_sessions, DB_ARGS(DB_I(row->n), DB_I(row->id)), NULL));
}

static struct err *write_session(struct db *db, void *arg)
{
    const struct count_row *row = arg;

    TRY(db_exec(db, &set_user, DB_ARGS(DB_I(row->n), DB_I(row->user_id)), NULL));
    return err_pass(db_exec(db, &set_session, DB_ARGS(DB_I(row->n), DB_I(row->id)), NULL));
}

static struct err *count(struct job_context *ctx, const struct db_stmt *stmt,
                         const struct db_arg *args, struct err *(*write)(struct db *db, void *arg))
{
    struct count_row *rows;
    struct err *e;
    size_t n;

    TRY(db_begin_read(ctx->db));
    e = db_list(ctx->db, ctx->arena, stmt, args, &rows, &n);
    db_rollback(ctx->db);
    TRY(e);
    for (size_t i = 0; i < n; i++)
        TRY(db_transaction(ctx->db, write, &rows[i]));
    return NULL;
}

static struct err *timer_counts(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(count(ctx, &changed_companies, DB_ARGS(DB_I(CHANGED_SECONDS), DB_I(DEAL_WITH_PARTNER)),
              write_company));
    return err_pass(count(ctx, &staff_sessions,
                          DB_ARGS(DB_I(PERM_DEAL_DECIDE / 8 + 1), DB_I(1 << PERM_DEAL_DECIDE % 8),
                                  DB_I(DEAL_WITH_VENDOR), DB_I(DEAL_WITH_VENDOR)),
                          write_session));
}

/* For people who are new, and for what happened while no worker ran. */
static struct err *timer_all(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(count(ctx, &all_companies, DB_ARGS(DB_I(DEAL_WITH_PARTNER)), write_company));
}

const struct job_kind deal_count_jobs[] = {
    { .name = "deal.counts",
      .handler = timer_counts,
      .timeout_seconds = 60,
      .every_seconds = EVERY_SECONDS },
    { .name = "deal.counts_all",
      .handler = timer_all,
      .timeout_seconds = 120,
      .every_seconds = WHOLE_SECONDS },
    { 0 },
};

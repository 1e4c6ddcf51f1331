/* deal/deal_scope_jobs.c - figures for staff, made anew for a year: what is won or lost late counts
 * for its month of submission.  Rows that stay the same are not written. */
#include "deal/deal_jobs_inside.h"

#define SINCE    "DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL 11 MONTH, '%Y-%m-01')"
#define MONTH_OF "CAST(DATE_FORMAT(d.submitted_at, '%Y-%m-01') AS DATE)"
#define MEDIAN(by)                                           \
    "CAST(MEDIAN(d.decision_minutes) OVER (PARTITION BY " by \
    "d.department_id, DATE_FORMAT(d.submitted_at, '%Y-%m')) AS SIGNED)"
/* A row for each registration.  Of ACCOUNT and LINE, each 0 for all; BY is what a median is made
 * within, beside department and month. */
#define COUNTED(account, line, by, from)                                       \
    "SELECT " account " AS account_id, " line " AS product_line_id, " MONTH_OF \
    " AS month, COALESCE(d.department_id, 0) AS department_id, "               \
    "1 AS submitted, d.protected_from_at IS NOT NULL AS approved, "            \
    "d.state IN ('rejected', 'duplicate') AS rejected, "                       \
    "d.state = 'won' AS won, d.state = 'lost' AS lost, " MEDIAN(               \
        by) " AS median FROM " from "WHERE d.submitted_at >= " SINCE           \
            " AND d.state <> 'draft' UNION ALL "
#define OF_ALL      COUNTED("0", "0", "", "deal d ")
#define OF_PARTNERS COUNTED("d.account_id", "0", "d.account_id, ", "deal d ")
#define OF_LINES                                             \
    COUNTED("0", "l.product_line_id", "l.product_line_id, ", \
            "deal d JOIN deal_line l ON l.deal_id = d.id ")
/* Rows that are there already come along with nothing, so that what counts no more becomes 0. */
#define OF_BEFORE                                                \
    "SELECT account_id, product_line_id, month, department_id, " \
    "0, 0, 0, 0, 0, NULL FROM deal_scope_figure"
#define SET(column) column " = VALUES(" column ")"

static const struct db_stmt make = {
    .name = "deal.scope_figures",
    .sql = "INSERT INTO deal_scope_figure (account_id, product_line_id, month, department_id, "
           "submitted, approved, rejected, won, lost, median_minutes) "
           "SELECT f.account_id, f.product_line_id, f.month, f.department_id, SUM(f.submitted), "
           "SUM(f.approved), SUM(f.rejected), SUM(f.won), SUM(f.lost), MAX(f.median) "
           "FROM (" OF_ALL OF_PARTNERS OF_LINES OF_BEFORE ") f "
           "GROUP BY f.account_id, f.product_line_id, f.month, f.department_id "
           "ON DUPLICATE KEY UPDATE " SET("submitted") ", " SET("approved") ", " SET(
               "rejected") ", " SET("won") ", " SET("lost") ", " SET("median_minutes"),
    .binds = "",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "deal.scope_figures_drop",
    .sql = "DELETE FROM deal_scope_figure WHERE submitted = 0 LIMIT 10000",
    .binds = "",
    .flags = DB_WRITE | DB_WHOLE_TABLE,
};
db_stmt_table deal_scope_job_statements[] = { &make, &drop, NULL };

static struct err *make_figures(struct db *db, void *arg)
{
    (void)arg;
    TRY(db_exec(db, &make, DB_NO_ARGS, NULL));
    return err_pass(db_exec(db, &drop, DB_NO_ARGS, NULL));
}

struct err *deal_scope_figures_make(struct db *db)
{
    return err_pass(db_transaction(db, make_figures, NULL));
}

static struct err *timer_figures(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(deal_scope_figures_make(ctx->db));
}

const struct job_kind deal_scope_jobs[] = {
    { .name = "deal.scope_figures",
      .handler = timer_figures,
      .timeout_seconds = 300,
      .every_seconds = 900 },
    { 0 },
};

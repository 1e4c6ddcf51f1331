/* admin/home_waiting_jobs.c - counts what waits for staff, each list of work as its own page reads
 * it.  A row that stays the same is not written. */
#include "admin/home_waiting.h"

enum { EVERY_SECONDS = 20 };

#define COLUMN(kind) ", " #kind
#define SUM_OF(kind) ", SUM(x.kind = '" #kind "')"
#define SET(kind)    ", " #kind " = VALUES(" #kind ")"
#define PLUS(kind)   " + " #kind
#define COLUMNS      WAITING_COUNTS(COLUMN)
#define SUMS         WAITING_COUNTS(SUM_OF)
#define SETS         WAITING_COUNTS(SET)

/* -- one thing that waits, a row each: department_id, person_id, kind -------------------------- */

#define OF(of)     "SELECT COALESCE(" of "department_id, 0) AS department_id, "
#define WITH(of)   "COALESCE(" of "reviewer_id, 0) AS person_id, "
#define NOBODY     "0 AS person_id, "
#define KIND(kind) "'" kind "' AS kind "

#define DUE(hours, kind) \
    "WHEN due_at <= UTC_TIMESTAMP(6) + INTERVAL " hours " HOUR THEN '" kind "' "
#define OPEN_DEALS                                                                        \
    OF("")                                                                                \
    WITH("")                                                                              \
    "CASE WHEN due_at IS NULL THEN 'undated' " DUE("0", "late") DUE("4", "soon")          \
        DUE("24", "today") "ELSE 'later' END AS kind FROM deal FORCE INDEX (deal_queue) " \
                           "WHERE phase = 2 "
#define APPEALS                                                                         \
    OF("d.")                                                                            \
    WITH("d.")                                                                          \
    KIND("appeals")                                                                     \
    "FROM deal d FORCE INDEX (deal_queue) WHERE d.phase = 2 AND EXISTS (SELECT 1 FROM " \
    "deal_appeal p WHERE p.deal_id = d.id) "
#define CHANGES                                                                      \
    OF("d.")                                                                         \
    WITH("d.")                                                                       \
    KIND("changes")                                                                  \
    "FROM deal_amendment e FORCE INDEX (deal_amendment_asked) STRAIGHT_JOIN deal d " \
    "ON d.id = e.deal_id WHERE e.state = 'asked' AND d.state = 'approved' "
#define EXTENSIONS                                                                   \
    OF("d.")                                                                         \
    WITH("d.")                                                                       \
    KIND("extensions")                                                               \
    "FROM deal_extension e FORCE INDEX (deal_extension_asked) STRAIGHT_JOIN deal d " \
    "ON d.id = e.deal_id WHERE e.state = 'asked' "
#define FREE_LEADS(kind) \
    OF("l.") NOBODY KIND(kind) "FROM lead l FORCE INDEX (lead_phase) WHERE l.phase = 1 "
#define HELD_LEADS           \
    FREE_LEADS("leads_held") \
    "AND EXISTS (SELECT 1 FROM lead_staff s WHERE s.lead_id = l.id AND s.held <> '') "
#define WISHED_LEADS           \
    FREE_LEADS("leads_wished") \
    "AND l.pool <> '' AND EXISTS (SELECT 1 FROM lead_wish w WHERE w.lead_id = l.id) "
#define APPLICATIONS                                                          \
    OF("")                                                                    \
    NOBODY                                                                    \
    "IF(state = 'applied', 'applied', 'in_review') AS kind FROM application " \
    "WHERE state IN ('applied', 'review') "
#define TIER_REVIEWS     \
    OF("a.")             \
    NOBODY               \
    KIND("tier_reviews") \
    "FROM tier_review v JOIN account a ON a.id = v.account_id WHERE v.state = 'open' "
/* Rows that are there already come along without a kind, so that what waits no more becomes 0. */
#define COUNTED "SELECT department_id, person_id, '' AS kind FROM waiting_count"
#define AND     "UNION ALL "
#define ALL                                                                        \
    OPEN_DEALS AND APPEALS AND CHANGES AND EXTENSIONS AND FREE_LEADS("leads_free") \
        AND HELD_LEADS AND WISHED_LEADS AND APPLICATIONS AND TIER_REVIEWS AND COUNTED

static const struct db_stmt make = {
    .name = "home.waiting.make",
    .sql = "INSERT INTO waiting_count (department_id, person_id" COLUMNS ") "
           "SELECT x.department_id, x.person_id" SUMS " FROM (" ALL ") x "
           "GROUP BY x.department_id, x.person_id "
           "ON DUPLICATE KEY UPDATE person_id = VALUES(person_id)" SETS,
    .binds = "",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "home.waiting.drop",
    .sql = "DELETE FROM waiting_count WHERE 0" WAITING_COUNTS(PLUS) " = 0 LIMIT 1000",
    .binds = "",
    .flags = DB_WRITE | DB_WHOLE_TABLE,
};
db_stmt_table home_waiting_job_statements[] = { &make, &drop, NULL };

static struct err *count(struct db *db, void *arg)
{
    (void)arg;
    TRY(db_exec(db, &make, DB_NO_ARGS, NULL));
    return err_pass(db_exec(db, &drop, DB_NO_ARGS, NULL));
}

static struct err *timer_count(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(db_transaction(ctx->db, count, NULL));
}

const struct job_kind home_waiting_jobs[] = {
    { .name = "home.waiting",
      .handler = timer_count,
      .timeout_seconds = 60,
      .every_seconds = EVERY_SECONDS },
    { 0 },
};

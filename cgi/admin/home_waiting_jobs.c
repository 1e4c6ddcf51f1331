/* admin/home_waiting_jobs.c - counts what waits for staff, each list of work as its own page reads
 * it.  A row that stays the same is not written. */
#include "admin/home_waiting.h"

enum { EVERY_SECONDS = 20 };

#define OF(of)       "COALESCE(" of "department_id, 0) AS department_id, "
#define WITH(of)     "COALESCE(" of "reviewer_id, 0) AS person_id, "
#define NOBODY       "0 AS person_id, "
#define KIND(kind)   "'" kind "' AS kind "
#define SUM_OF(kind) "SUM(x.kind = '" kind "')"
#define DUE(hours)   "due_at <= UTC_TIMESTAMP(6) + INTERVAL " hours " HOUR"
#define FREE_LEADS   "FROM lead l FORCE INDEX (lead_phase) WHERE l.phase = 1"

/* Rows that are there already come along without a kind, so that what waits no more becomes 0. */
static const struct db_stmt make = {
    .name = "home.waiting.make",
    .sql =
        "INSERT INTO waiting_count (department_id, person_id, late, soon, today, later, undated, "
        "appeals, changes, extensions, leads_free, leads_held, leads_wished, applied, in_review, "
        "tier_reviews) SELECT x.department_id, x.person_id, " SUM_OF("late") ", " SUM_OF("soon") ", " SUM_OF("today") ", " SUM_OF("later") ", " SUM_OF("undated") ", " SUM_OF(
            "appeal") ", " SUM_OF("change") ", " SUM_OF("extension") ", " SUM_OF("free") ", " SUM_OF("held") ", " SUM_OF("wished") ", " SUM_OF("applied") ", " SUM_OF("review") ", " SUM_OF("tier") " FROM ("
                                                                                                                                                                                                    "SELECT " OF(
                                                                                                                                                                                                        "") WITH("") "CASE WHEN due_at IS NULL THEN 'undated' WHEN " DUE("0") " THEN 'late' WHEN " DUE("4") " THEN 'soon' WHEN " DUE("24") " THEN 'today' ELSE 'later' END AS kind "
                                                                                                                                                                                                                                                                                                                                           "FROM deal FORCE INDEX (deal_queue) WHERE phase = 2 UNION ALL "
                                                                                                                                                                                                                                                                                                                                           "SELECT " OF("d.") WITH(
                                                                                                                                                                                                                                                                                                                                               "d.")
                                                                                                                                                                                                                                                                                                                                               KIND("appeal") "FROM deal d FORCE INDEX (deal_queue) WHERE d.phase = 2 "
                                                                                                                                                                                                                                                                                                                                                              "AND EXISTS (SELECT 1 FROM deal_appeal p WHERE p.deal_id = d.id) UNION ALL "
                                                                                                                                                                                                                                                                                                                                                              "SELECT " OF("d.") WITH("d.")
                                                                                                                                                                                                                                                                                                                                                                  KIND("change") "FROM deal_amendment e FORCE INDEX (deal_amendment_asked) "
                                                                                                                                                                                                                                                                                                                                                                                 "STRAIGHT_JOIN deal d ON d.id = e.deal_id WHERE e.state = 'asked' AND d.state = 'approved' UNION ALL "
                                                                                                                                                                                                                                                                                                                                                                                 "SELECT " OF(
                                                                                                                                                                                                                                                                                                                                                                                     "d.")
                                                                                                                                                                                                                                                                                                                                                                                     WITH("d.") KIND(
                                                                                                                                                                                                                                                                                                                                                                                         "extension") "FROM deal_extension e FORCE INDEX (deal_extension_asked) "
                                                                                                                                                                                                                                                                                                                                                                                                      "STRAIGHT_JOIN deal d ON d.id = e.deal_id WHERE e.state = 'asked' UNION ALL "
                                                                                                                                                                                                                                                                                                                                                                                                      "SELECT " OF(
                                                                                                                                                                                                                                                                                                                                                                                                          "l.") NOBODY
                                                                                                                                                                                                                                                                                                                                                                                                          KIND(
                                                                                                                                                                                                                                                                                                                                                                                                              "free")
                                                                                                                                                                                                                                                                                                                                                                                                              FREE_LEADS
    " UNION ALL "
    "SELECT " OF("l.") NOBODY KIND("held") FREE_LEADS
    " AND EXISTS (SELECT 1 FROM lead_staff s "
    "WHERE s.lead_id = l.id AND s.held <> '') UNION ALL "
    "SELECT " OF("l.") NOBODY KIND("wished") FREE_LEADS
    " AND l.pool <> '' AND EXISTS (SELECT 1 FROM "
    "lead_wish w WHERE w.lead_id = l.id) UNION ALL "
    "SELECT " OF("") NOBODY
    "IF(state = 'applied', 'applied', 'review') AS kind FROM application "
    "WHERE state IN ('applied', 'review') UNION ALL "
    "SELECT " OF("a.") NOBODY KIND(
        "tier") "FROM tier_review v JOIN account a ON a.id = v.account_id "
                "WHERE v.state = 'open' UNION ALL "
                "SELECT department_id, person_id, '' AS kind FROM waiting_count) x "
                "GROUP BY x.department_id, x.person_id ON DUPLICATE KEY UPDATE late = VALUES(late), "
                "soon = VALUES(soon), today = VALUES(today), later = VALUES(later), undated = "
                "VALUES(undated), appeals = VALUES(appeals), changes = VALUES(changes), extensions = "
                "VALUES(extensions), leads_free = VALUES(leads_free), leads_held = VALUES(leads_held), "
                "leads_wished = VALUES(leads_wished), applied = VALUES(applied), in_review = "
                "VALUES(in_review), tier_reviews = VALUES(tier_reviews)",
    .binds = "",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "home.waiting.drop",
    .sql = "DELETE FROM waiting_count WHERE late + soon + today + later + undated + appeals + "
           "changes + extensions + leads_free + leads_held + leads_wished + applied + in_review + "
           "tier_reviews = 0 LIMIT 1000",
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

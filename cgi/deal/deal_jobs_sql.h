/* deal/deal_jobs_sql.h - the statements of what happens to registrations without anybody at a page.
 */
#pragma once

#include "deal/deal_rules.h"

struct deal_id_row {
    int64_t id;
};
struct deal_tier_row {
    int64_t tier_id;
};
struct deal_past_row {
    int64_t id, tier_id, total_report, product_line_id, decided_at, department_id, reviewer_id;
    const char *country, *deal_type, *verdict, *state, *company_name;
};
struct deal_department_row {
    int64_t department_id;
};
struct deal_reviewer_row {
    int64_t id, manager_id;
    const char *name;
};
struct deal_warn_row {
    int64_t id, stage;
};
struct deal_idle_row {
    int64_t id, lose_at;
};
struct deal_asked_row {
    const char *progress;
};

extern const struct db_stmt deal_sql_rules, deal_sql_tier_of, deal_sql_past, deal_sql_rule_tried;
extern const struct db_stmt deal_sql_department_root, deal_sql_department_for,
    deal_sql_set_department, deal_sql_set_verdict, deal_sql_live_put_party, deal_sql_reviewers;
extern const struct db_stmt deal_sql_reviewers_anywhere, deal_sql_reviewer, deal_sql_waiting_after;
extern const struct db_stmt deal_sql_due_won, deal_sql_due_unanswered, deal_sql_due_expired,
    deal_sql_due_warned;
extern const struct db_stmt deal_sql_due_half, deal_sql_due_late, deal_sql_due_idle;
extern const struct db_stmt deal_sql_due_idle_soon;
extern const struct db_stmt deal_sql_mark_warned, deal_sql_mark_reminded, deal_sql_mark_escalated;
extern const struct db_stmt deal_sql_extension_asked, deal_sql_mark_extension_told;
extern const struct db_stmt deal_sql_figures, deal_sql_reviewer_figures_drop,
    deal_sql_reviewer_figures, deal_sql_reviewer_appeals;

extern db_stmt_table deal_job_statements[];

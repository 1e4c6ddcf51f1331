/* deal/deal_staff_sql.h - what staff read of registrations: the lists of work, each on an index in
 * its order, and what stands beside one registration for its reviewer. */
#pragma once

#include "db/stmt.h"
#include "web/list.h"

extern db_stmt_table deal_staff_statements[];

/* -- lists of work -------------------------------------------------------------------------------
 */

/* In the order of the page.  key_at is what a view is ordered by: the deadline of the decision, of
 * the answer, when an extension was asked for; for all of them the last change, newest first. */
enum deal_queue {
    DEAL_QUEUE_MINE,
    DEAL_QUEUE_UNASSIGNED,
    DEAL_QUEUE_CONFLICT,
    DEAL_QUEUE_APPEAL,
    DEAL_QUEUE_AMEND,
    DEAL_QUEUE_EXTENSION,
    DEAL_QUEUE_RETURNED,
    DEAL_QUEUE_OPEN,
    DEAL_QUEUE_ALL,
    DEAL_QUEUE_COUNT
};

struct deal_queue_row {
    int64_t id, row_version, total, reviewer_id, tier_id;
    const char *state_code, *company_name, *partner_name, *line_ids, *currency, *verdict,
        *reviewer_name;
    const char *appeal_not; /* "": no appeal; else whom it may not go to, a line each, or "\n" */
    int64_t key_at, due_at, answer_due_at, protected_until_at, updated_at;
};

/* Parameters: department range, the visitor; DEAL_QUEUE_MINE: whose work; for a page that is not
 * the first its key twice and the id; how many rows. */
const struct db_stmt *deal_queue_list(enum deal_queue queue, enum list_direction direction);
/* Department range, the visitor, a pattern for LIKE, how many rows: among the newest
 * DEAL_QUEUE_SEARCHED registrations in scope. */
extern const struct db_stmt deal_queue_search;
/* By the day of submission: see deal/deal_filter.c for the parameters. */
const struct db_stmt *deal_queue_filtered(bool of_partner, enum list_direction direction);
enum { DEAL_QUEUE_SEARCHED = 2000 };

/* The one that is due first and that nobody has: department range, the visitor. */
extern const struct db_stmt deal_queue_next;
/* Whom the appeal on a registration may not go to: "Ana Ruiz, Maria Keller", "" for a rule's. */
extern const struct db_stmt deal_staff_appeal_not;
struct deal_appeal_not_row {
    const char *names;
};
struct deal_next_row {
    int64_t id;
};

/* -- beside one registration ---------------------------------------------------------------------
 */

struct deal_staff_row {
    int64_t duplicate_of, rule_id;
    const char *rule_en, *rule_zh, *on_behalf_name;
};
extern const struct db_stmt deal_staff_facts; /* deal */

struct deal_match_row {
    int64_t party_id, score, group_id, resolved_at;
    const char *verdict, *evidence_json, *resolution, *resolved_name;
    const char *kind, *name, *country, *region, *city, *address, *website, *tax_number, *phone;
    bool overlap, named, joined;
};
extern const struct db_stmt deal_staff_matches; /* deal */
enum { DEAL_MATCHES_SHOWN = 6 };

/* Registrations of the companies that match, undecided or protected. */
struct deal_rival_row {
    int64_t id, party_id, rank_no, submitted_at, department_id, reviewer_id;
    int32_t protected_until;
    const char *state_code, *partner_name, *line_names; /* of lines in common: deal_staff_lines() */
};
extern const struct db_stmt deal_staff_rivals; /* deal */

/* Open opportunities of the vendor's own sales on its lines. */
struct deal_direct_row {
    int64_t id, department_id, owner_user_id;
    int32_t expected_close;
    const char *owner_name, *customer_name, *stage_en, *stage_zh;
    const char *line_names; /* in common: deal_staff_lines() */
};
extern const struct db_stmt deal_staff_direct; /* deal, deal */

struct deal_obstacle_words_row {
    const char *company_name, *partner_name, *state_code;
    int64_t rank_no, submitted_at, department_id, reviewer_id;
    int32_t protected_until;
};
extern const struct db_stmt deal_staff_other; /* the other registration */

struct deal_reason_choice {
    const char *code, *use_for, *text_en, *text_zh;
};
extern const struct db_stmt deal_staff_reasons;

struct deal_reviewer_row {
    int64_t id;
    const char *name;
};
extern const struct db_stmt deal_staff_reviewers; /* active staff who may decide */

struct deal_audit_row {
    int64_t at, for_user_id;
    const char *action, *user_name;
};
extern const struct db_stmt deal_staff_audit; /* deal */

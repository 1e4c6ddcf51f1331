/* deal/deal_staff.h - staff's pages of deal registration: what their files share, and what
 * staff.fcgi lists. */
#pragma once

#include "deal/deal.h"
#include "deal/deal_rooms.h"
#include "deal/deal_staff_sql.h"
#include "identity/home_card.h"
#include "web/form.h"
#include "web/request.h"

extern const struct route deal_staff_routes[];
extern const struct object_kind deal_staff_object; /* "DR-": within the visitor's departments */
extern const struct home_card deal_card_work, deal_card_time;

/* A copy of the registration of the address, to be changed. */
struct deal *deal_staff_deal(struct request *req);
/* Who decides it: the visitor, in the name of its reviewer where he is his delegate today. */
struct err *deal_staff_actor(struct request *req, const struct deal *deal,
                             struct deal_actor *by_out);
/* True where the visitor would find the registration by its address. */
bool deal_staff_sees(const struct request *req, int64_t department_id, int64_t reviewer_id);
void deal_staff_crumbs(struct request *req, const struct deal *deal);
const char *deal_staff_address(struct request *req, int64_t id);
/* The one of two names that is in the reader's language. */
const char *deal_staff_word(const struct request *req, const char *en, const char *zh);
/* NAMES are English and Chinese ones in turn, a line each: those of the reader's language. */
const char *deal_staff_lines(const struct request *req, const char *names);
/* What the conflict check of a registration came to. */
extern const struct status_row deal_conflict_statuses[];

/* -- the review page -----------------------------------------------------------------------------
 */

/* What was refused, for a page that shows the registration as it is now. */
struct deal_refusal {
    const char *message;   /* in the visitor's language; NULL: nothing was refused */
    int64_t shown_version; /* steps since then are marked as changes; 0: none */
};
struct err *deal_review_fill(struct request *req, struct deal *deal,
                             const struct deal_refusal *refusal);
/* The page again with 409, and what stands against what was asked. */
struct err *deal_review_refuse(struct request *req, struct deal *deal,
                               const struct deal_refusal *refusal);
/* Evidence.{Heads,Rows,Marks}: each match beside the registration, field by field. */
struct err *deal_match_show(struct request *req, const struct deal *deal);
/* Direct.{Rows,Hidden}: what the vendor's own sales work on; of what the reader may not open only
 * how many there are. */
struct err *deal_direct_show(struct request *req, const struct deal *deal);
/* By which rule two names are alike, and what keeps them from being one, in words. */
const char *deal_match_rule_text(const struct request *req, const char *rule);
const char *deal_match_cap_text(const struct request *req, unsigned caps);
/* V.n.{Kind,Text,Number,Href,Line,Icon,Tone}: what stands against approving it. */
struct err *deal_obstacles_show(struct request *req, struct view *v, const struct deal *deal,
                                const struct deal_obstacle *list, size_t count);
/* What an error of a rule means for the reader; NULL for one that is no refusal of a rule. */
const char *deal_conflict_words(const struct request *req, const struct err *e);

/* -- forms ---------------------------------------------------------------------------------------
 */

struct deal_decision_input {
    int64_t row_version;
    const char *verb, *reason, *text, *duplicate_of, *staff_note;
};
extern const struct form deal_decision_form;
struct deal_take_input {
    int64_t row_version;
};
extern const struct form deal_take_form;
struct deal_assign_input {
    int64_t row_version, user_id;
};
extern const struct form deal_assign_form;
struct deal_pair_input {
    int64_t party_id;
    const char *mark;
};
extern const struct form deal_pair_form;
struct deal_grant_input {
    int64_t row_version, extension_id;
    const char *answer, *text;
    int32_t until;
};
extern const struct form deal_grant_form;
/* Overruling and revoking: a reason and a text; overruling also names what was shown. */
struct deal_force_input {
    int64_t row_version;
    const char *reason, *text;
    struct value_list shown;
};
extern const struct form deal_overrule_form, deal_revoke_form;

/* -- handlers, by file ---------------------------------------------------------------------------
 */
extern const struct form deal_queue_query;
struct err *deal_queue_show(struct request *req);
struct err *deal_queue_export(struct request *req);
struct err *deal_queue_take_next(struct request *req);
struct err *deal_queue_view_save(struct request *req);
struct err *deal_queue_view_delete(struct request *req);

struct err *deal_review_show(struct request *req);
struct err *deal_review_file(struct request *req);
struct err *deal_review_comment(struct request *req);

struct err *deal_take_post(struct request *req);
struct err *deal_decide_post(struct request *req);
struct err *deal_assign_post(struct request *req);
struct err *deal_pair_post(struct request *req);
struct err *deal_grant_post(struct request *req);

struct err *deal_overrule_show(struct request *req);
struct err *deal_overrule_post(struct request *req);
struct err *deal_revoke_show(struct request *req);
struct err *deal_revoke_post(struct request *req);

extern db_stmt_table deal_staff_figure_statements[];
struct err *deal_staff_figures_show(struct request *req);

extern db_stmt_table deal_behalf_statements[];
struct err *deal_behalf_show(struct request *req);
struct err *deal_behalf_post(struct request *req);
extern const struct form deal_behalf_query;

/* What the vendor adds of its own to a registration: deal_staff_fields.c. */
extern const struct form deal_fields_form;
extern db_stmt_table deal_fields_statements[];
struct err *deal_fields_show(struct request *req);
struct err *deal_fields_post(struct request *req);
/* V.MayFields, where there is something to add. */
struct err *deal_fields_offer(struct request *req, struct view *v);

/* The automatic rules: deal_rule_pages.c. */
extern const struct route deal_rule_routes[];
extern const struct object_kind deal_rule_kind;
extern db_stmt_table deal_rule_page_statements[];

/* Which registrations need several steps: deal_plan_pages.c. */
extern const struct route deal_plan_routes[];
extern const struct object_kind deal_plan_kind;
extern db_stmt_table deal_plan_page_statements[];

extern db_stmt_table deal_desk_statements[];
extern const struct form deal_checks_query;
struct err *deal_checks_show(struct request *req);
extern db_stmt_table deal_waiting_statements[];
extern const struct form deal_approvals_query;
struct err *deal_approvals_show(struct request *req);

/* deal/deal_round.h - a round of approval steps about a registration, whatever is decided by it:
 * which rule asks for one, who its deciders are, and who hears of a step that opens.
 *
 * DEAL_ROUND decides the registration itself (deal_steps.h), DEAL_ROUND_AMEND the change to it that
 * was asked for (deal_amend.h).  Both are rounds of the registration's id, and the names say at the
 * same time what a rule covers. */
#pragma once

#include "approval/approval.h"
#include "deal/deal.h"
#include "deal/deal_rules.h"
#include "job/values.h"
#include "web/request.h"

#define DEAL_ROUND       "deal"
#define DEAL_ROUND_AMEND "deal_amend"

extern const struct db_stmt deal_plans;              /* struct deal_rule: those switched on */
extern db_stmt_table deal_plan_statements[];         /* which rule fits, and its steps */
extern db_stmt_table deal_plan_preview_statements[]; /* the same for a partner: not who decides */
extern db_stmt_table deal_round_statements[];

enum { DEAL_DECIDERS_BYTES = 81 };

/* The first rule that covers WHAT and fits; 0: none. */
int64_t deal_plan_first(const struct deal_rule *rows, size_t count, const char *what,
                        const struct deal_facts *facts);

/* The steps of a rule with their deciders, not written yet.  OWNER_ID has the registration: his
 * manager may be asked for, and he stands in for who has left. */
struct err *deal_round_make(struct db *db, struct arena *a, int64_t plan_id, int64_t owner_id,
                            struct approval *round_out);

struct deal_round_person {
    int64_t id, manager_id;
    const char *name;
};
/* Somebody of staff who is active; ID 0 is never found. */
struct err *deal_round_person(struct db *db, struct arena *a, int64_t id,
                              struct deal_round_person *row_out, bool *found_out);

/* What the deciders of a step hear. */
struct deal_round_word {
    const char *event;
    const struct approval_step *step;
    const struct mail_value *third; /* of the event's text; NULL: when the step is due */
    bool managers;                  /* and those above them */
};
struct err *deal_round_tell(struct db *db, struct arena *a, const struct deal *deal,
                            const struct deal_round_word *word);
/* Opens STEP from now on and tells its deciders; WORD needs no step. */
struct err *deal_round_open(struct db *db, struct arena *a, const struct deal *deal,
                            const struct deal_round_word *word, struct approval_step *step);

/* What a person may do to the open step. */
struct deal_vote {
    bool may;  /* it waits for him, or there is no step */
    bool last; /* his approval leaves nothing to wait for */
};
struct err *deal_round_vote(struct db *db, struct arena *a, struct approval *round, int64_t user_id,
                            struct deal_vote *out);
bool deal_round_waits(struct approval *round); /* a step is not approved yet */

/* Of two at once one finds the registration changed: ERR_CONFLICT "version". */
struct err *deal_round_touch(struct db *db, struct deal *deal);
struct err *deal_round_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct deal *deal, const struct approval_step *step,
                             const char *action);

/* -- pages ---------------------------------------------------------------------------------------
 */

/* V.Steps.n.{Title,Need,Status,Due,Closed,Votes.n.{Name,Done,By,For,At}} */
void deal_round_show(struct request *req, struct view *v, const struct approval *round);
/* What the conditions ask of DEAL, as far as its partner may learn from it. */
struct err *deal_preview_facts(struct request *req, const struct deal *deal,
                               struct deal_facts *facts_out);
/* V.Plan.n.{Title,Hours} and V.Hours of a rule. */
struct err *deal_plan_show(struct request *req, struct view *v, int64_t plan_id);
/* The same of the rule for DEAL as a registration, as far as it is filled in; nothing without one.
 */
struct err *deal_plan_preview(struct request *req, struct view *v, const struct deal *deal);

/* deal/deal_inside.h - what the sources of this room share and nobody else calls. */
#pragma once

#include "deal/deal.h"
#include "job/values.h"

struct deal_reason {
    const char *code, *text;
};

/* Writes content and lines; the row version is the guard. */
struct err *deal_write_content(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal);
/* Ends the step that is open and opens that of VERB.  REASON may be NULL. */
struct err *deal_write_step(struct db *db, const struct deal_actor *by, const struct deal *deal,
                            enum deal_verb verb, const struct deal_reason *reason);
struct err *deal_write_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct deal *deal, enum deal_verb verb, const char *before_state,
                             const struct deal_reason *reason);
/* The statement of a receipt, and its row; the worker signs it. */
struct err *deal_write_receipt(struct db *db, struct arena *a, const struct deal *deal,
                               const char *event);

/* The heart of every verb: asks the table, changes state and version, step, audit.  Receipt and
 * message come when the record holds everything that they state: deal_finish(). */
struct err *deal_apply(struct db *db, struct arena *a, const struct deal_actor *by,
                       struct deal *deal, enum deal_verb verb, const struct deal_reason *reason);
struct err *deal_finish(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, enum deal_verb verb, const struct deal_reason *reason);

/* Sets the decision's marks and begins protection by the term of tier and type: an approval but for
 * its claims.  deal_decide.c. */
struct err *deal_protect(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal, const struct deal_reason *reason);
/* Tells the partner's people of an event that is no move of its own; THIRD fills %3$s of its text,
 * or is NULL.  deal_tell.c. */
struct err *deal_tell(struct db *db, struct arena *a, const struct deal *deal, const char *event,
                      const struct mail_value *third);

/* Whom the partner's word goes to: who made it and who sells it; when neither is an active person
 * of the partner, as in what staff registered for it, everybody there who writes registrations. */
struct err *deal_told(struct db *db, struct arena *a, const struct deal *deal, int64_t **ids_out,
                      size_t *count_out);

/* Of what a submission does, for a change that is decided later: deal.c, deal_submit.c. */
struct err *deal_sum_lines(struct deal *deal);

/* Says again which product lines of the end customer are spoken for.  deal_submit.c. */
struct err *deal_set_live(struct db *db, const struct deal *deal);

/* -- the decision clock (deal_clock.c): business hours of the calendar named by a parameter
 * ---------- */

/* When a decision that begins to be waited for now is due, and half of that. */
struct err *deal_clock_start(struct db *db, struct arena *a, const struct deal *deal,
                             int64_t *due_at_out, int64_t *half_at_out);
/* Business minutes that the vendor has had it: its steps submitted and in review. */
struct err *deal_clock_used(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *minutes_out);
/* Until when a returned one must be answered to keep its rank. */
struct err *deal_answer_due(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *due_at_out);

/* Until when a refusal can be appealed against. */
struct err *deal_appeal_due(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *due_at_out);

/* Gives DEAL to a reviewer: ends the assignment that is open, begins the next. */
struct err *deal_assign(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, int64_t user_id, const char *user_name);
/* What is in review and nobody's becomes BY's: ERR_CONFLICT "version" when somebody was faster. */
struct err *deal_assign_self(struct db *db, struct arena *a, const struct deal_actor *by,
                             struct deal *deal);

/* -- claims (deal_claim.c): the accounts of the worker and of staff alone may write them
 * ------------ */

struct claim_change {
    int64_t group_id, product_line_id, deal_id, user_id;
    const char *event; /* taken, freed, overruled */
    const char *reason;
};

/* The group of DEAL's end customer: what claims are about. */
struct err *claim_group(struct db *db, struct arena *a, const struct deal *deal,
                        int64_t *group_out);
struct err *claim_note(struct db *db, const struct claim_change *change);
/* ERR_CONFLICT "claim" when somebody holds it. */
struct err *claim_take(struct db *db, const struct claim_change *change);
/* One claim a line of DEAL. */
struct err *claim_take_all(struct db *db, struct arena *a, const struct deal *deal,
                           int64_t user_id);
/* Frees what DEAL holds and queues the word to the next in rank. */
struct err *claim_free_all(struct db *db, struct arena *a, const struct deal *deal, int64_t user_id,
                           const char *why);

/* -- who acts ------------------------------------------------------------------------------------
 */
int64_t deal_actor_user(const struct deal_actor *by);     /* 0: the system */
const char *deal_actor_name(const struct deal_actor *by); /* "" for the system */

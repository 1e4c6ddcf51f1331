/* deal/deal_amend.h - changes to an approved registration.
 *
 * Each field of the form has its kind, in one table: what says nothing of who was first is changed
 * at once; who the end customer is, for which product lines, and a value that grows beyond a bound,
 * are asked for and decided by staff, while the protection stands as it was.  Both leave a row with
 * the fields before and after. */
#pragma once

#include "deal/deal.h"
#include "deal/deal_forms.h"
#include "web/request.h"

extern db_stmt_table deal_amend_statements[];        /* asking: partner's program and staff's */
extern db_stmt_table deal_amend_back_statements[];   /* taking it back: the partner's program */
extern db_stmt_table deal_amend_decide_statements[]; /* staff's program and the worker */
extern db_stmt_table deal_amend_step_statements[];   /* the same */

enum deal_amend_kind { AMEND_UNSAID, AMEND_AT_ONCE, AMEND_DECIDED, AMEND_NEVER };
enum deal_amend_type { AMEND_TEXT, AMEND_DAY, AMEND_PERSON, AMEND_LINES };

struct deal_amend_field {
    const char *name;  /* as in deal_form */
    const char *label; /* English message id */
    enum deal_amend_kind kind;
    enum deal_amend_type type;
    size_t offset; /* in struct deal, of AMEND_TEXT */
};
extern const struct deal_amend_field deal_amend_fields[]; /* ends with name NULL */

/* The value of a field as it is kept. */
const char *deal_amend_text(struct arena *a, const struct deal_amend_field *field,
                            const struct deal *deal);

/* What differs, as texts: lines as "3:10:25000000,…", a person as "17 Maria Keller". */
struct deal_amend_change {
    const struct deal_amend_field *field;
    const char *before, *after;
};
enum { DEAL_AMEND_CHANGES = 30 };
struct deal_amend_change_list {
    struct deal_amend_change at[DEAL_AMEND_CHANGES];
    size_t count, decided; /* of these, how many need a decision */
};
void deal_amend_compare(struct arena *a, const struct deal *before, const struct deal *after,
                        struct deal_amend_change_list *list_out);

/* Changes at once what may be, and asks for the rest.  ERR_CONFLICT with the detail "state",
 * "pending", "never", "same" (nothing is changed) or "version". */
struct err *deal_amend(struct db *db, struct arena *a, const struct deal_actor *by,
                       struct deal *deal, const struct deal *wanted);
const char *deal_amend_refusal(const char *detail); /* English message id */

/* The partner takes back what it asked for.  ERR_CONFLICT "state", "decided" or "version". */
struct err *deal_amend_withdraw(struct db *db, struct arena *a, const struct deal_actor *by,
                                struct deal *deal, int64_t amendment_id);

/* Nothing but quantities and values, and the sum grows by no more than PERCENT; needs the sums. */
bool deal_amend_is_small(const struct deal *deal, const struct deal *next, int64_t percent);

struct deal_amend_answer {
    int64_t amendment_id;
    bool approved;
    const char *reason;
};
/* One person's answer.  *decided_out: false when it was one of several approvals, others follow.
 * ERR_CONFLICT as of deal_amend_decide(), or "approver" when the open step waits for others;
 * ERR_AGAIN when somebody was faster. */
struct err *deal_amend_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal, const struct deal_amend_answer *answer,
                            bool *decided_out);
/* The decision itself.  ERR_CONFLICT "state", "decided", "version", "match", "rank", "claim", or
 * "step" while a step is not approved. */
struct err *deal_amend_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                              struct deal *deal, const struct deal_amend_answer *answer);

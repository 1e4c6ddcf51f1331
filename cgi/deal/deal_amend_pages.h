/* deal/deal_amend_pages.h - the pages of changes to an approved registration. */
#pragma once

#include "approval/approval.h"
#include "deal/deal.h"
#include "web/form.h"
#include "web/request.h"

extern db_stmt_table deal_amend_show_statements[]; /* both sides */

/* The form and what is sent, for both audiences. */
struct err *deal_amend_show(struct request *req);
struct err *deal_amend_post(struct request *req);

struct deal_amend_back_input {
    int64_t row_version, amendment_id;
};
extern const struct form deal_amend_back_form;
struct err *deal_amend_back_post(struct request *req); /* the partner's */

struct deal_amend_shown {
    int64_t pending;       /* the one that is undecided, or 0 */
    struct approval round; /* for staff: the newest */
};
/* V.Amendments.n.{Id,Status,Who,At,DecidedName,Reason,Waits,Changes.n.{Label,Before,After}}, newest
 * first; for staff with .Steps of the newest round, for its partner with .Approvals. */
struct err *deal_show_amendments(struct request *req, struct view *v, const struct deal *deal,
                                 struct deal_amend_shown *shown_out);

struct deal_amend_answer_input {
    int64_t row_version, amendment_id;
    const char *answer, *text;
};
extern const struct form deal_amend_answer_form;
struct err *deal_amend_answer_post(struct request *req);
/* The same and, for who may decide, the form Amend with V.Asked and V.AskedOfOthers (the step is
 * not his) or V.AskedOfSeveral (others follow). */
struct err *deal_show_amend_answer(struct request *req, struct view *v, const struct deal *deal);

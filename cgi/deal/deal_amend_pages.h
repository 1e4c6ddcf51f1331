/* deal/deal_amend_pages.h - the pages of changes to an approved registration. */
#pragma once

#include "deal/deal.h"
#include "web/form.h"
#include "web/request.h"

extern db_stmt_table deal_amend_show_statements[]; /* both sides */

/* The form and what is sent, for both audiences. */
struct err *deal_amend_show(struct request *req);
struct err *deal_amend_post(struct request *req);

/* V.Amendments.n.{Id,Status,Who,At,DecidedName,Reason,Changes.n.{Label,Before,After}}, newest
 * first; *PENDING_OUT is the one that is undecided, or 0. */
struct err *deal_show_amendments(struct request *req, struct view *v, const struct deal *deal,
                                 int64_t *pending_out);

struct deal_amend_answer_input {
    int64_t row_version, amendment_id;
    const char *answer, *text;
};
extern const struct form deal_amend_answer_form;
struct err *deal_amend_answer_post(struct request *req);
/* The same and, for who may decide, V.Asked and the form Amend. */
struct err *deal_show_amend_answer(struct request *req, struct view *v, const struct deal *deal);

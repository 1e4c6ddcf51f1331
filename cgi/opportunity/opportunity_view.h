/* opportunity/opportunity_view.h - how an opportunity looks, whoever reads it. */
#pragma once

#include "opportunity/opportunity.h"
#include "web/request.h"

extern const struct status_row opportunity_states[];     /* open, won, lost */
extern const struct status_row opportunity_categories[]; /* pipeline, best, commit ... */

const char *opportunity_number(struct arena *a, int64_t id); /* "OP-3001" */
/* "OP-3001", "op 3001" or "3001"; 0 for anything else. */
int64_t opportunity_typed_number(const char *text);
/* "/partner/opportunities", "/staff/opportunities": by who looks. */
const char *opportunity_base(const struct request *req);
const char *opportunity_href(const struct request *req, int64_t id);
const char *opportunity_stage_name(const struct request *req, const struct opportunity_stage *s);
/* The visitor as one who acts on opportunities. */
struct deal_actor opportunity_actor(const struct request *req);
/* Of the visitor's audience, within its scope; NULL when it is not there. */
struct err *opportunity_find(struct request *req, int64_t id, struct opportunity **out);
/* A copy of the visitor's record, to be changed. */
struct opportunity *opportunity_of_request(struct request *req);
/* He may write into it: edit, comment, add files.  Closed ones are commented on only. */
bool opportunity_may_edit(const struct request *req, const struct opportunity *o);
/* ERR_NOT_FOUND for who may only look. */
struct err *opportunity_let_write(const struct request *req, const struct opportunity *o);
bool opportunity_may_lead(const struct request *req, const struct opportunity *o);

void opportunity_crumbs(struct request *req, const struct opportunity *o);
/* Page.Title, Page.Status, Page.Facts. */
void opportunity_show_head(struct request *req, const struct opportunity *o);
/* 409: nothing was done; MESSAGE is in his language. */
struct err *opportunity_refuse(struct request *req, const struct opportunity *o,
                               const char *message);

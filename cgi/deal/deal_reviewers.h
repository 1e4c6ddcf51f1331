/* deal/deal_reviewers.h - how reviewers decide: figures, the same as a file, and the list behind.
 */
#pragma once

#include "db/stmt.h"
#include "web/request.h"

extern db_stmt_table deal_reviewer_statements[];
extern const struct form deal_decided_query;

/* V.Reviewers.n.{Name,Href,Decisions,Approved,Median,Slow,Overruled,Appealed,Reversed,Bar}, V.Csv
 * and V.Xlsx. */
struct err *deal_reviewers_show(struct request *req, struct view *v);
struct err *deal_reviewers_export(struct request *req);
struct err *deal_decided_show(struct request *req);

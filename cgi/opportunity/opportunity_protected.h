/* opportunity/opportunity_protected.h - the other way round: what partners' registrations protect
 * of a customer that the vendor's own sales begin to work on. */
#pragma once

#include "opportunity/opportunity.h"
#include "web/request.h"

extern db_stmt_table opportunity_protected_statements[]; /* staff, with match_find_statements */

struct opportunity_protection {
    int64_t deal_id, product_line_id, department_id, reviewer_id;
    int32_t until;
    const char *company_name, *partner_name, *line_en, *line_zh;
};
struct opportunity_protections {
    struct opportunity_protection *rows; /* by registration */
    size_t count;
};
/* For staff: of the lines of O that BEFORE (NULL for a new one) has not, those that a registration
 * of the same customer, or of what could be the same, protects now.  None for others, and none of a
 * partner's own. */
struct err *opportunity_protections(struct request *req, const struct opportunity *before,
                                    const struct opportunity *o,
                                    struct opportunity_protections *out);
/* Opportunity.Protected.n.{Company,Partner,Number,Href,Line,Until} */
void opportunity_show_protected(struct request *req, const struct opportunity_protections *found);
/* An event of the trail, unless nothing was found. */
struct err *opportunity_audit_despite(struct request *req, int64_t id,
                                      const struct opportunity_protections *found);

/* deal/deal_names.h - names of product lines and tiers in lists of registrations, whose rows hold
 * their numbers.
 *
 * Each program keeps both tables for a moment (db_kept), so that a list neither joins them nor asks
 * for them. */
#pragma once

#include "web/request.h"

struct deal_names;

/* Good until the request's transaction ends. */
struct err *deal_names_read(struct request *req, const struct deal_names **names_out);
/* In the reader's language; "" for 0 and for what is no tier. */
const char *deal_names_tier(const struct request *req, const struct deal_names *names, int64_t id);
/* Of "12,3", as deal.line_ids has them: in the order of the product lines, joined as the reader's
 * language joins a list. */
const char *deal_names_lines(const struct request *req, struct arena *a,
                             const struct deal_names *names, const char *ids);

/* V.Lines.n.{Value,Label,Chosen}: the product lines to choose from. */
void deal_names_options(struct request *req, const struct deal_names *names, struct view *v,
                        int64_t chosen);

/* The same, and tiers, as choices of a list's filter: the first is "" for all. */
const struct choice *deal_names_line_choices(struct request *req, const struct deal_names *names);
const struct choice *deal_names_tier_choices(struct request *req, const struct deal_names *names);

extern db_stmt_table deal_name_statements[];

/* deal/deal_figures.h - figures of registrations by month, kept by the worker (table deal_figure),
 * and the partner's cards on its home page. */
#pragma once

#include "identity/home_card.h"

extern db_stmt_table deal_figure_statements[];

extern const struct home_card deal_home_yours, deal_home_vendor, deal_home_ending, deal_home_months;

/* The page of the partner's own figures. */
struct err *deal_figures_show(struct request *req);

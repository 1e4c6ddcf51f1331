/* deal/deal_figures.h - figures of registrations by month, kept by the worker (table deal_figure),
 * and the partner's cards on its home page. */
#pragma once

#include "identity/home_card.h"

extern db_stmt_table deal_figure_statements[];

/* A month of some partner, or of several together. */
struct deal_figure_row {
    int32_t month;
    int64_t submitted, approved, rejected, won, lost, median_minutes;
};
/* V.Chart and V.Months.n of ROWS, newest first.  LISTED with a month behind it ("2026-11") is the
 * address of the list behind the figure; NULL: they lead nowhere. */
void deal_figures_fill(struct request *req, struct view *v, const struct deal_figure_row *rows,
                       size_t count, const char *listed);

extern const struct home_card deal_home_yours, deal_home_vendor, deal_home_ending, deal_home_months;

/* The page of the partner's own figures. */
struct err *deal_figures_show(struct request *req);

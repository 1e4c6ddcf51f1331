/* deal/deal_filter.h - staff's list of registrations narrowed to what a figure counts: month of
 * submission, partner, tier, product line, outcome.  It is read by the day of submission, newest
 * first; what is no choice of a filter narrows to nothing. */
#pragma once

#include "web/list.h"

#include <stddef.h>

/* Each a choice's value, "" for all. */
struct deal_filter {
    const char *month; /* "2026-11", UTC as the figures are; "year": the last twelve */
    const char *partner, *tier, *line; /* ids */
    const char *outcome;               /* "approved", "rejected", "won", "lost" */
    const char *place; /* "within": of the reader's departments alone, as figures are */
};
#define DEAL_FILTER_FIELD(type, member, name_, label_)                    \
    {                                                                     \
        .name = #name_, .label = (label_), .kind = FIELD_TEXT, .max = 20, \
        .offset = offsetof(type, member.name_)                            \
    }
/* In the fields of a query form. */
#define DEAL_FILTER_FIELDS(type, member)                               \
    DEAL_FILTER_FIELD(type, member, month, N_("Month of submission")), \
        DEAL_FILTER_FIELD(type, member, partner, N_("Partner")),       \
        DEAL_FILTER_FIELD(type, member, tier, N_("Tier")),             \
        DEAL_FILTER_FIELD(type, member, line, N_("Product line")),     \
        DEAL_FILTER_FIELD(type, member, outcome, N_("Outcome")),       \
        DEAL_FILTER_FIELD(type, member, place, N_("Departments"))

bool deal_filter_is_set(const struct deal_filter *filter);

enum { DEAL_FILTERS = 6, DEAL_FILTER_ARGS = 24 };
/* A row each into ROWS; their choices are the reader's. */
struct err *deal_filter_rows(struct request *req, const struct deal_filter *filter,
                             struct list_filter rows[DEAL_FILTERS]);

/* The statement of the list and its parameters. */
struct deal_filter_reading {
    const struct db_stmt *stmt;
    struct db_arg args[DEAL_FILTER_ARGS];
};
struct err *deal_filter_read(struct request *req, const struct deal_filter *filter,
                             const struct list *list, int64_t limit,
                             struct deal_filter_reading *out);

extern db_stmt_table deal_filter_statements[]; /* staff.fcgi */

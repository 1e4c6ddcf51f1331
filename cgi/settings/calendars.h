/* settings/calendars.h - within settings/: the calendar that an address names, and its days. */
#pragma once

#include "settings/setup.h"

#define CALENDARS_ADDRESS "/staff/setup/calendars"

struct calendar {
    int64_t id, row_version;
    const char *code, *name_en, *name_zh, *zone;
};

struct err *calendar_find(struct request *req, struct calendar *out);
const char *calendar_address(struct arena *a, const struct calendar *calendar);
/* Fills Calendar.Days with those of a year, and the form for new ones. */
struct err *calendar_days_show(struct request *req, const struct calendar *calendar);
struct err *calendar_page(struct request *req); /* the whole page of one calendar */

extern const struct form calendar_year_query, calendar_days_form, calendar_day_gone_form;
struct err *calendar_days_add(struct request *req);
struct err *calendar_day_gone(struct request *req);
extern db_stmt_table calendar_days_statements[];

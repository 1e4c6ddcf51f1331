/* admin/demo_leads_inside.h - a lead of the demo company and what becomes of it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct demo_lead {
    const char *company, *country, *region, *city, *person, *title, *email, *phone, *line, *budget,
        *timeframe, *lang, *source, *campaign, *note;
    /* Steps: a letter of demo_leads.c, and how many hours after the step before. */
    const char *plot;
    int64_t hours_ago;
};
extern const struct demo_lead demo_lead_rows[];
extern const size_t demo_lead_row_count;

/* admin/demo_inside.h - what the sources of the demo company share and nobody else calls. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { DEMO_LINES = 3, DEMO_WORDS = 4 };

/* One registration and what becomes of it. */
struct demo_deal {
    int64_t seller_id;   /* the user who registers it */
    int64_t customer_id; /* the account whose facts are typed */
    const char *deal_type, *project;
    struct {
        const char *code; /* of the product line; NULL ends the list */
        int64_t quantity;
        int64_t value; /* whole units of the partner's currency */
    } lines[DEMO_LINES + 1];
    /* Steps: a letter of the table in demo_deals_steps.c, and how many hours after the step before;
     * a step that falls outside business hours waits until the office opens. */
    const char *plot;
    int days_ago;            /* the first step */
    int due_in_hours;        /* instead: submitted so that the decision is due so soon */
    int ends_in_days;        /* approved so that the protection ends so soon; 0: by the terms */
    const char *typed_name;  /* another spelling of the customer; NULL: as it is */
    const char *reason_code; /* of the step that needs one */
    const char *words[DEMO_WORDS]; /* what is written in the steps, in their order */
};

extern const struct demo_deal demo_deal_rows[];
extern const size_t demo_deal_row_count;

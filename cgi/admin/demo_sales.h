/* admin/demo_sales.h - what the demo company and its partners are selling. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { DEMO_SALE_LINES = 2 };

/* PLOT: what becomes of it, a step and the days after the one before: "2+9" moves it to stage 2
 * nine days later (6 is won, 7 lost), "m" puts its closing off by five weeks, "c" is a word of its
 * owner, "n" one of the vendor's among themselves. */
struct demo_sale {
    int64_t owner; /* of staff for one of the vendor's own */
    const char *name, *customer, *country;
    struct {
        const char *code;
        int64_t quantity, price; /* whole units of the currency */
    } lines[DEMO_SALE_LINES];
    int days_ago;
    const char *plot;
    int closes_in; /* days from today */
    const char *next_step;
    int next_in;
    const char *competitors, *word;
};

extern const struct demo_sale demo_sales[];
extern const size_t demo_sale_count;

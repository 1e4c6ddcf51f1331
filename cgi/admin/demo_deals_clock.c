/* admin/demo_deals_clock.c - when the steps of the demo company's registrations come: within the
 * business hours of where they happen, as people do, and in the same way in every run. */
#include "admin/demo_deals.h"

#include "admin/demo_stage.h"
#include "base/str.h"
#include "deal/deal_clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { DECISION_HOURS = 16 };

struct err *demo_set_clock(struct db *db, int64_t at_us)
{
    char sql[80];

    if (at_us == 0)
        return err_pass(db_script(db, "SET @@timestamp = DEFAULT"));
    snprintf(sql, sizeof(sql), "SET @@timestamp = %lld.%06lld", (long long)(at_us / CLOCK_SECOND),
             (long long)(at_us % CLOCK_SECOND));
    return err_pass(db_script(db, sql));
}

static struct err *office_of(struct stage *s, const char *country,
                             const struct business_calendar **calendar_out)
{
    for (size_t i = 0; i < s->office_count; i++) {
        if (str_eq(s->offices[i].country, country)) {
            *calendar_out = &s->offices[i].calendar;
            return NULL;
        }
    }
    if (s->office_count == DEMO_COUNTRIES)
        return err_raise(ERR_BUG, "more countries than offices");
    snprintf(s->offices[s->office_count].country, 3, "%s", country);
    TRY(deal_calendar(s->db, s->a, country, &s->offices[s->office_count].calendar));
    *calendar_out = &s->offices[s->office_count++].calendar;
    return NULL;
}

unsigned demo_vary(const struct play *p, unsigned place, unsigned most)
{
    uint32_t h = (uint32_t)p->number * 2654435761u + place * 40503u;

    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return h % most;
}

/* Within business hours; a step that is moved to the opening comes somewhat later. */
static int64_t in_office(const struct business_calendar *calendar, const struct play *p, int64_t at)
{
    const int64_t opens_at = business_opens_at(calendar, at);

    if (opens_at == at)
        return at;
    return opens_at + (int64_t)demo_vary(p, 7 + (unsigned)*p->plot, 140) * CLOCK_MINUTE;
}

/* The last moment until AT at which somebody is there. */
static int64_t last_in_office(const struct business_calendar *calendar, int64_t at)
{
    while (!business_is_open(calendar, at))
        at -= 11 * CLOCK_MINUTE;
    return at;
}

static size_t steps_left(const struct play *p)
{
    size_t count = 1;

    for (const char *c = p->plot; *c != '\0'; c++)
        count += *c == ' ';
    return count;
}

/* The latest submission whose decision is due no later than the row says. */
static int64_t submission_due_soon(const struct business_calendar *calendar, const struct play *p,
                                   int64_t now)
{
    const int64_t due_at =
        business_opens_at(calendar, now) + (int64_t)p->row->due_in_hours * CLOCK_HOUR;
    int64_t at = now - CLOCK_HOUR;

    while (!business_is_open(calendar, at) ||
           business_due_at(calendar, at, DECISION_HOURS * CLOCK_HOUR, NULL, 0) > due_at)
        at -= 7 * CLOCK_MINUTE;
    return at;
}

/* Some steps come when something has run out. */
static struct err *end_of(struct stage *s, const struct play *p, int64_t *at_out)
{
    struct deal *deal;

    TRY(deal_of_worker(s->db, s->step, p->deal_id, &deal));
    *at_out = (*p->plot == 'E' ? deal->protected_until_at : deal->answer_due_at) +
              (int64_t)(5 + demo_vary(p, 3, 50)) * CLOCK_SECOND;
    return NULL;
}

struct err *demo_set_next(struct stage *s, struct play *p, int64_t from_at)
{
    const struct business_calendar *calendar;
    const int64_t last = s->now - (int64_t)steps_left(p) * 4 * CLOCK_MINUTE;

    TRY(office_of(s, p->customer->country, &calendar));
    if (*p->plot == 'E' || *p->plot == 'U')
        return err_pass(end_of(s, p, &p->at));
    p->at = from_at + strtol(p->plot + 1, NULL, 10) * CLOCK_HOUR;
    if (*p->plot == 'R')
        p->at += 2 * CLOCK_SECOND;
    else if (*p->plot == 's' && p->row->due_in_hours != 0)
        p->at = from_at + 40 * CLOCK_MINUTE;
    else
        p->at = in_office(calendar, p, p->at) +
                (int64_t)demo_vary(p, (unsigned)*p->plot, 1700) * CLOCK_SECOND;
    p->at += (int64_t)demo_vary(p, 99 + (unsigned)*p->plot, 1000000);
    if (p->at > last)
        p->at = last_in_office(calendar, last);
    if (p->at <= from_at)
        p->at = from_at + (last - from_at) / 3;
    return NULL;
}

struct err *demo_set_first(struct stage *s, struct play *p)
{
    const struct business_calendar *calendar;

    TRY(office_of(s, p->customer->country, &calendar));
    if (p->row->due_in_hours != 0)
        p->at = submission_due_soon(calendar, p, s->now) - 40 * CLOCK_MINUTE;
    else
        p->at = last_in_office(calendar, s->now - p->row->days_ago * CLOCK_DAY -
                                             (int64_t)demo_vary(p, 41, 9 * 3600) * CLOCK_SECOND) -
                (int64_t)demo_vary(p, 42, 1000000);
    return NULL;
}

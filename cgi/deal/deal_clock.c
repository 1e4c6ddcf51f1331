/* deal/deal_clock.c */
#include "deal/deal_clock.h"
#include "access/parameter.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"

#include <string.h>

struct err *deal_calendar(struct db *db, struct arena *a, const char *country,
                          struct business_calendar *calendar_out)
{
    struct err *e = business_calendar_load(db, a, country, calendar_out);

    if (!err_is(e, ERR_NOT_FOUND))
        return err_pass(e);
    err_free(e);
    return err_pass(business_calendar_load(db, a, "default", calendar_out));
}

static bool vendor_has_it(const char *state)
{
    return strcmp(state, deal_state_code(DEAL_SUBMITTED)) == 0 ||
           strcmp(state, deal_state_code(DEAL_REVIEW)) == 0;
}

/* Of the steps that are loaded. */
static int64_t used_in_steps(const struct deal *deal, const struct business_calendar *calendar,
                             int64_t now)
{
    int64_t used = 0;

    for (size_t i = 0; i < deal->step_count; i++) {
        const struct deal_step *step = &deal->steps[i];
        const int64_t until = step->until_at != 0 ? step->until_at : now;

        if (strcmp(step->action, deal_move(DEAL_APPEAL)->action) == 0)
            used = 0; /* who decides an appeal has as long as who decided first */
        if (vendor_has_it(step->state))
            used += business_used_us(calendar, step->from_at, until, NULL, 0);
    }
    return used;
}

/* Of the steps as they are now: a change counts with nothing that a page has loaded. */
static struct err *used_until(struct db *db, struct arena *a, const struct deal *deal,
                              const struct business_calendar *calendar, int64_t now,
                              int64_t *used_out)
{
    struct deal fresh = { .id = deal->id };

    TRY(deal_load_steps(db, a, &fresh));
    *used_out = used_in_steps(&fresh, calendar, now);
    return NULL;
}

static struct err *target_us(struct db *db, struct arena *a, const struct deal *deal,
                             int64_t *target_out)
{
    int64_t hours = deal->decision_hours;

    *target_out = 0;
    if (hours == 0)
        TRY(parameter_now(db, a, PARAM_DEAL_DECISION_HOURS, &hours));
    *target_out = hours * CLOCK_HOUR;
    return NULL;
}

static int64_t at_least_zero(int64_t us)
{
    return us > 0 ? us : 0;
}

struct err *deal_clock_start(struct db *db, struct arena *a, const struct deal *deal,
                             int64_t *due_at_out, int64_t *half_at_out)
{
    struct business_calendar calendar;
    int64_t now, used, target;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    TRY(target_us(db, a, deal, &target));
    TRY(used_until(db, a, deal, &calendar, now, &used));
    *due_at_out = business_due_at(&calendar, now, at_least_zero(target - used), NULL, 0);
    *half_at_out = business_due_at(&calendar, now, at_least_zero(target / 2 - used), NULL, 0);
    return NULL;
}

struct err *deal_clock_used(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *minutes_out)
{
    struct business_calendar calendar;
    int64_t now, used;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    TRY(used_until(db, a, deal, &calendar, now, &used));
    *minutes_out = used / CLOCK_MINUTE;
    return NULL;
}

/* The end of as many business days as PARAMETER says. */
static struct err *days_end(struct db *db, struct arena *a, const struct deal *deal,
                            enum parameter parameter, int64_t *due_at_out)
{
    struct business_calendar calendar;
    int64_t now, days;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    TRY(parameter_now(db, a, parameter, &days));
    *due_at_out = business_days_end_at(&calendar, now, (int)days);
    return NULL;
}

struct err *deal_answer_due(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *due_at_out)
{
    return err_pass(days_end(db, a, deal, PARAM_DEAL_ANSWER_DAYS, due_at_out));
}

struct err *deal_appeal_due(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t *due_at_out)
{
    return err_pass(days_end(db, a, deal, PARAM_DEAL_APPEAL_DAYS, due_at_out));
}

struct err *deal_clock_read(struct db *db, struct arena *a, const struct deal *deal,
                            struct deal_clock *clock_out)
{
    struct business_calendar calendar;
    int64_t now, hours = deal->decision_hours;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    if (hours == 0)
        TRY(parameter_kept(db, PARAM_DEAL_DECISION_HOURS, &hours));
    clock_out->target_us = hours * CLOCK_HOUR;
    clock_out->used_us = used_in_steps(deal, &calendar, now);
    clock_out->due_at = deal->due_at;
    clock_out->running =
        deal_state_phase(deal->state) == DEAL_WITH_VENDOR && business_is_open(&calendar, now);
    clock_out->opens_at = clock_out->running ? 0 : business_opens_at(&calendar, now);
    return NULL;
}

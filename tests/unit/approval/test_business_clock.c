/* test_business_clock.c - by examples, and against a clock that looks at every minute. */
#include "support/test.h"

#include "approval/business_clock.h"
#include "base/str.h"

#include <stdlib.h>

enum { SPANS = 300 };

static const struct business_hours shanghai_hours[] = {
    { 1, 540, 720 },  { 1, 780, 1080 }, { 2, 540, 720 },  { 2, 780, 1080 }, { 3, 540, 720 },
    { 3, 780, 1080 }, { 4, 540, 720 },  { 4, 780, 1080 }, { 5, 540, 720 },  { 5, 780, 1080 },
};
/* Day and night but for an hour: touches every change of clocks. */
static const struct business_hours night_hours[] = {
    { 1, 0, 1380 },   { 2, 0, 1440 },  { 3, 60, 1440 }, { 4, 0, 150 },
    { 4, 150, 1440 }, { 6, 120, 180 }, { 7, 0, 240 },
};

static struct business_calendar shanghai, berlin;

static int64_t at(const struct business_calendar *c, int year, int month, int day, int hour,
                  int minute)
{
    return text_instant(
        c->locale, &(struct civil){
                       .year = year, .month = month, .day = day, .hour = hour, .minute = minute });
}

/* -- by examples ----------------------------------------------------------------------- */

static void test_business_due_at__counts_over_the_lunch_break_and_the_night(void **state)
{
    (void)state;
    /* Thursday 14:00: 4 h that day, 3 in the morning of Friday, 1 in its afternoon. */
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 19, 14, 0), 8 * CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 11, 20, 14, 0));
}

static void test_business_due_at__does_not_run_at_the_weekend(void **state)
{
    (void)state;
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 20, 17, 30), CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 11, 23, 9, 30));
}

static void test_business_due_at__begins_at_the_opening_when_asked_outside_of_it(void **state)
{
    (void)state;
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 21, 22, 0), CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 11, 23, 10, 0));
}

static void test_business_due_at__leaves_holidays_out_and_counts_shifted_working_days(void **state)
{
    (void)state;
    /* National Day 2026: free from Thursday 1 to Wednesday 7 October, Saturday 10 is worked. */
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 9, 30, 17, 0), 2 * CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 10, 8, 10, 0));
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 10, 9, 17, 0), 2 * CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 10, 10, 10, 0));
}

static void test_business_due_at__ends_at_the_closing_and_not_at_the_next_opening(void **state)
{
    (void)state;
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 20, 17, 0), CLOCK_HOUR, NULL, 0),
        at(&shanghai, 2026, 11, 20, 18, 0));
}

static void test_business_due_at__moves_by_the_business_time_of_a_pause(void **state)
{
    const struct business_pause pause = { at(&shanghai, 2026, 11, 19, 16, 0),
                                          at(&shanghai, 2026, 11, 20, 10, 0) };

    (void)state;
    /* From 14:00: two hours run, then three of business time are paused. */
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 19, 14, 0), 4 * CLOCK_HOUR, &pause, 1),
        at(&shanghai, 2026, 11, 20, 12, 0));
}

static void test_business_due_at__is_unknown_while_the_clock_is_paused(void **state)
{
    const struct business_pause pause = { at(&shanghai, 2026, 11, 19, 15, 0), 0 };

    (void)state;
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 19, 14, 0), 4 * CLOCK_HOUR, &pause, 1),
        0);
    assert_int_equal(
        business_due_at(&shanghai, at(&shanghai, 2026, 11, 19, 14, 0), CLOCK_HOUR, &pause, 1),
        at(&shanghai, 2026, 11, 19, 15, 0));
}

static void test_business_due_at__of_an_office_that_never_opens_is_none(void **state)
{
    const struct business_calendar closed = { .locale = shanghai.locale };

    (void)state;
    assert_int_equal(business_due_at(&closed, at(&shanghai, 2026, 11, 19, 14, 0), 1, NULL, 0), 0);
    assert_int_equal(business_opens_at(&closed, at(&shanghai, 2026, 11, 19, 14, 0)), 0);
    assert_int_equal(business_days_end_at(&closed, at(&shanghai, 2026, 11, 19, 14, 0), 1), 0);
}

static void test_business_due_at__of_nothing_is_at_once(void **state)
{
    int64_t night = at(&shanghai, 2026, 11, 21, 3, 0);

    (void)state;
    assert_int_equal(business_due_at(&shanghai, night, 0, NULL, 0), night);
}

static void test_business_used_us__of_a_span_backwards_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(business_used_us(&shanghai, at(&shanghai, 2026, 11, 20, 0, 0),
                                      at(&shanghai, 2026, 11, 19, 0, 0), NULL, 0),
                     0);
}

static void test_business_opens_at__says_when_the_clock_runs_again(void **state)
{
    int64_t noon = at(&shanghai, 2026, 11, 20, 12, 0), open = at(&shanghai, 2026, 11, 20, 9, 0);

    (void)state;
    assert_true(business_is_open(&shanghai, open));
    assert_int_equal(business_opens_at(&shanghai, open), open);
    assert_false(business_is_open(&shanghai, noon));
    assert_int_equal(business_opens_at(&shanghai, noon), at(&shanghai, 2026, 11, 20, 13, 0));
    assert_int_equal(business_opens_at(&shanghai, at(&shanghai, 2026, 11, 20, 18, 0)),
                     at(&shanghai, 2026, 11, 23, 9, 0));
}

static void test_business_days_end_at__ends_at_midnight_of_the_last_day(void **state)
{
    (void)state;
    /* From Friday: Monday is the first. */
    assert_int_equal(business_days_end_at(&shanghai, at(&shanghai, 2026, 11, 20, 15, 0), 5),
                     at(&shanghai, 2026, 11, 28, 0, 0));
    /* Over National Day: 8 and 9 October, and Saturday 10. */
    assert_int_equal(business_days_end_at(&shanghai, at(&shanghai, 2026, 9, 30, 15, 0), 3),
                     at(&shanghai, 2026, 10, 11, 0, 0));
}

static void test_business_used_us__counts_real_time_when_clocks_change(void **state)
{
    (void)state;
    /* Sunday from 0:00 to 4:00 in Berlin: three hours in March, five in October. */
    assert_int_equal(business_used_us(&berlin, at(&berlin, 2026, 3, 29, 0, 0),
                                      at(&berlin, 2026, 3, 29, 5, 0), NULL, 0),
                     3 * CLOCK_HOUR);
    assert_int_equal(business_used_us(&berlin, at(&berlin, 2026, 10, 25, 0, 0),
                                      at(&berlin, 2026, 10, 25, 5, 0), NULL, 0),
                     5 * CLOCK_HOUR);
}

/* -- against a clock that looks at every minute ---------------------------------------- */

static int weekday_hours(const struct business_calendar *c, const struct civil *local)
{
    int32_t day = day_from_civil(local->year, local->month, local->day);

    for (size_t i = 0; i < c->days_count; i++)
        if (c->days[i].day == day)
            return c->days[i].working ? 1 : 0;
    return (int)((day + 3) % 7) + 1;
}

static bool open_by_the_wall(const struct business_calendar *c, int64_t instant)
{
    struct civil local = text_local_civil(c->locale, instant);
    int weekday = weekday_hours(c, &local), minute = local.hour * 60 + local.minute;

    for (size_t i = 0; i < c->hours_count; i++)
        if (c->hours[i].weekday == weekday && minute >= c->hours[i].from_minute &&
            minute < c->hours[i].until_minute)
            return true;
    return false;
}

static bool paused(const struct business_pause *pauses, size_t count, int64_t instant)
{
    for (size_t i = 0; i < count; i++)
        if (instant >= pauses[i].from_at &&
            (pauses[i].until_at == 0 || instant < pauses[i].until_at))
            return true;
    return false;
}

static int64_t count_minutes(const struct business_calendar *c, int64_t from, int64_t until,
                             const struct business_pause *pauses, size_t count)
{
    int64_t minutes = 0;

    for (int64_t t = from; t < until; t += CLOCK_MINUTE)
        minutes += open_by_the_wall(c, t) && !paused(pauses, count, t);
    return minutes;
}

static int64_t some_minutes(int most)
{
    return (int64_t)(rand() % most) * CLOCK_MINUTE;
}

static void compare_spans(const struct business_calendar *c)
{
    srand(20261121);
    for (int i = 0; i < SPANS; i++) {
        int64_t from = at(c, 2026, 1 + i % 12, 1 + i % 28, 0, 0) + some_minutes(1440);
        int64_t until = from + some_minutes(12 * 1440);
        struct business_pause pauses[3];
        int64_t pause_at = from, minutes, due;

        for (int k = 0; k < 3; k++) {
            pauses[k].from_at = pause_at + some_minutes(2000);
            pauses[k].until_at = pauses[k].from_at + some_minutes(1500);
            pause_at = pauses[k].until_at;
        }
        minutes = count_minutes(c, from, until, pauses, 3);
        assert_int_equal(business_used_us(c, from, until, pauses, 3), minutes * CLOCK_MINUTE);
        if (minutes == 0)
            continue;
        due = business_due_at(c, from, minutes * CLOCK_MINUTE, pauses, 3);
        assert_true(due <= until);
        assert_int_equal(count_minutes(c, from, due, pauses, 3), minutes);
        assert_int_equal(count_minutes(c, from, due - CLOCK_MINUTE, pauses, 3), minutes - 1);
    }
}

static void test_business_clock__agrees_with_one_that_looks_at_every_minute(void **state)
{
    (void)state;
    compare_spans(&shanghai);
}

static void test_business_clock__agrees_with_it_through_changes_of_clocks(void **state)
{
    (void)state;
    compare_spans(&berlin);
}

static int begin(void **state)
{
    static struct business_day days[10];
    static struct business_day free_day;

    (void)state;
    assert_ok(text_format_init());
    shanghai = (struct business_calendar){ .locale = text_locale_get(LANG_EN, "Asia/Shanghai"),
                                           .hours = shanghai_hours,
                                           .hours_count = ARRAY_LEN(shanghai_hours),
                                           .days = days };
    days[shanghai.days_count++] = (struct business_day){ day_from_civil(2026, 9, 20), true };
    for (int day = 1; day <= 7; day++)
        days[shanghai.days_count++] = (struct business_day){ day_from_civil(2026, 10, day), false };
    days[shanghai.days_count++] = (struct business_day){ day_from_civil(2026, 10, 10), true };
    free_day = (struct business_day){ day_from_civil(2026, 10, 26), false };
    berlin = (struct business_calendar){ .locale = text_locale_get(LANG_EN, "Europe/Berlin"),
                                         .hours = night_hours,
                                         .hours_count = ARRAY_LEN(night_hours),
                                         .days = &free_day,
                                         .days_count = 1 };
    return 0;
}

static int end(void **state)
{
    (void)state;
    text_format_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_business_due_at__counts_over_the_lunch_break_and_the_night),
        cmocka_unit_test(test_business_due_at__does_not_run_at_the_weekend),
        cmocka_unit_test(test_business_due_at__begins_at_the_opening_when_asked_outside_of_it),
        cmocka_unit_test(test_business_due_at__leaves_holidays_out_and_counts_shifted_working_days),
        cmocka_unit_test(test_business_due_at__ends_at_the_closing_and_not_at_the_next_opening),
        cmocka_unit_test(test_business_due_at__moves_by_the_business_time_of_a_pause),
        cmocka_unit_test(test_business_due_at__is_unknown_while_the_clock_is_paused),
        cmocka_unit_test(test_business_due_at__of_an_office_that_never_opens_is_none),
        cmocka_unit_test(test_business_due_at__of_nothing_is_at_once),
        cmocka_unit_test(test_business_used_us__of_a_span_backwards_is_nothing),
        cmocka_unit_test(test_business_opens_at__says_when_the_clock_runs_again),
        cmocka_unit_test(test_business_days_end_at__ends_at_midnight_of_the_last_day),
        cmocka_unit_test(test_business_used_us__counts_real_time_when_clocks_change),
        cmocka_unit_test(test_business_clock__agrees_with_one_that_looks_at_every_minute),
        cmocka_unit_test(test_business_clock__agrees_with_it_through_changes_of_clocks),
    };

    return cmocka_run_group_tests_name("approval/business_clock", tests, begin, end);
}

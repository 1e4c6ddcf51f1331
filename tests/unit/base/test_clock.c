/* test_clock.c - the calendar against the C library's. */
#include "support/test.h"
#include "base/clock.h"
#include "base/str.h"

#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 20000, SEED = 20261121 };

/* An instant between the years 1 and 9999, in microseconds. */
static int64_t random_instant(void)
{
    const int64_t first = -62135596800, seconds = 315537897600;
    const int64_t wide = ((int64_t)random() << 31 | random()) % seconds;

    return (first + wide) * CLOCK_SECOND + random() % CLOCK_SECOND;
}

static struct tm to_tm(const struct civil *c)
{
    return (struct tm){ .tm_year = c->year - 1900,
                        .tm_mon = c->month - 1,
                        .tm_mday = c->day,
                        .tm_hour = c->hour,
                        .tm_min = c->minute,
                        .tm_sec = c->second };
}

static void test_civil__agrees_with_timegm_for_random_instants(void **state)
{
    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t at = random_instant();
        const struct civil c = civil_from_us(at);
        struct tm tm = to_tm(&c);

        assert_true(c.microsecond >= 0 && c.microsecond < CLOCK_SECOND);
        assert_int_equal((int64_t)timegm(&tm) * CLOCK_SECOND + c.microsecond, at);
        assert_true(tm.tm_mon == c.month - 1 &&
                    tm.tm_mday == c.day); /* timegm normalised nothing */
        assert_int_equal(civil_to_us(&c), at);
    }
}

static void test_day__goes_to_civil_and_back_for_every_day_of_four_centuries(void **state)
{
    const int32_t first = day_from_civil(1800, 1, 1), last = day_from_civil(2200, 1, 1);
    int year, month, mday, year_before = 1799, month_before = 12, mday_before = 31;

    (void)state;
    assert_int_equal(day_from_civil(1970, 1, 1), 0);
    assert_int_equal(last - first, 146097);
    for (int32_t day = first; day < last; day++) {
        day_to_civil(day, &year, &month, &mday);
        assert_int_equal(day_from_civil(year, month, mday), day);
        assert_true(mday == mday_before + 1 ||
                    (mday == 1 && (month == month_before + 1 ||
                                   (month == 1 && year == year_before + 1 && month_before == 12))));
        year_before = year;
        month_before = month;
        mday_before = mday;
    }
}

static void test_day_parse__reads_what_day_iso_writes(void **state)
{
    char text[DAY_ISO_BYTES];
    int32_t day;

    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int32_t expected = (int32_t)(random_instant() / CLOCK_DAY);

        day_iso(expected, text);
        if (text[0] == '0' && strncmp(text, "0000", 4) == 0)
            continue;
        assert_true(day_parse(text, &day));
        assert_int_equal(day, expected);
    }
    day_iso(DAY_NONE, text);
    assert_string_equal(text, "");
}

static void test_day_parse__refuses_days_that_are_not_in_the_calendar(void **state)
{
    static const char *const rows[] = {
        "",
        "2026-02-29",
        "2100-02-29",
        "2026-00-10",
        "2026-13-01",
        "2026-04-31",
        "2026-01-00",
        "2026-01-32",
        "0000-01-01",
        "2026-1-01",
        "26-01-01",
        "2026/01/01",
        "2026-01-1",
        "2026-01-011",
        "-026-01-01",
        "2026-01-01 ",
        " 2026-01-01",
        "+026-01-01",
        "２026-01-01",
    };
    int32_t day;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (day_parse(rows[i], &day))
            fail_msg("'%s' is read", rows[i]);
    assert_true(day_parse("2024-02-29", &day));
    assert_true(day_parse("2000-02-29", &day));
    assert_true(day_parse("0001-01-01", &day));
    assert_true(day_parse("9999-12-31", &day));
}

static void test_clock_iso__has_microseconds_and_utc(void **state)
{
    char text[CLOCK_ISO_BYTES];

    (void)state;
    clock_iso(1795253400123456, text);
    assert_string_equal(text, "2026-11-21T09:30:00.123456Z");
    clock_iso(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999999Z");
}

static void test_clock_set__holds_the_clock_until_it_is_released(void **state)
{
    (void)state;
    clock_set_us(1795253400123456);
    assert_int_equal(clock_now_us(), 1795253400123456);
    clock_set_us(0);
    assert_true(llabs(clock_now_us() / CLOCK_SECOND - (int64_t)time(NULL)) <= 1);
}

static void test_clock_monotonic__never_goes_back(void **state)
{
    int64_t before = clock_monotonic_us();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        const int64_t now = clock_monotonic_us();

        assert_true(now >= before);
        before = now;
    }
}

static void test_clock_parse__reads_what_clock_iso_writes(void **state)
{
    int64_t at;

    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t written = random_instant();
        char text[CLOCK_ISO_BYTES];

        clock_iso(written, text);
        assert_true(clock_parse(text, &at));
        assert_int_equal(at, written);
    }
    assert_true(clock_parse("1970-01-01 00:00:01", &at));
    assert_int_equal(at, CLOCK_SECOND);
}

static void test_clock_parse__refuses_what_is_no_time(void **state)
{
    static const char *const wrong[] = {
        "",
        "2026-11-21",
        "2026-11-21T09:30",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:60:00",
        "2026-02-30T09:30:00",
        "2026-11-21T09:30:00.5Z",
        "2026-11-21T09:30:00+01:00",
        "2026-11-21T09:30:00 Z",
        "2026-11-21X09:30:00",
        "2026-11-21T09-30-00",
    };
    int64_t at;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (clock_parse(wrong[i], &at))
            fail_msg("\"%s\" is taken for a time", wrong[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_civil__agrees_with_timegm_for_random_instants),
        cmocka_unit_test(test_day__goes_to_civil_and_back_for_every_day_of_four_centuries),
        cmocka_unit_test(test_day_parse__reads_what_day_iso_writes),
        cmocka_unit_test(test_day_parse__refuses_days_that_are_not_in_the_calendar),
        cmocka_unit_test(test_clock_iso__has_microseconds_and_utc),
        cmocka_unit_test(test_clock_parse__reads_what_clock_iso_writes),
        cmocka_unit_test(test_clock_parse__refuses_what_is_no_time),
        cmocka_unit_test(test_clock_set__holds_the_clock_until_it_is_released),
        cmocka_unit_test(test_clock_monotonic__never_goes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

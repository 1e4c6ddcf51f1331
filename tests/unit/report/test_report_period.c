/* report/report_period.c - which days a relative date means. */
#include "support/test.h"

#include "base/clock.h"
#include "base/str.h"
#include "report/report_period.h"

static struct report_filter filter(const char *op, int64_t days)
{
    for (const struct report_op *at = report_ops; at->code != NULL; at++)
        if (str_eq(at->code, op))
            return (struct report_filter){ .op = at,
                                           .number = days,
                                           .day = day_from_civil(2026, 5, 4) };
    fail_msg("no comparison %s", op);
    return (struct report_filter){ 0 };
}

static void expect(const char *op, int64_t days, int32_t today, const char *from, const char *until)
{
    const struct report_filter f = filter(op, days);
    const struct report_period p = report_period_of(&f, today);
    char text[DAY_ISO_BYTES];

    day_iso(p.from, text);
    assert_string_equal(text, from);
    day_iso(p.until, text);
    assert_string_equal(text, until);
}

static void test_period__counts_days_with_today(void **state)
{
    const int32_t today = day_from_civil(2026, 3, 1);

    (void)state;
    expect("last_days", 30, today, "2026-01-30", "2026-03-01");
    expect("next_days", 7, today, "2026-03-01", "2026-03-08");
}

static void test_period__knows_months_quarters_and_years_over_a_new_year(void **state)
{
    const int32_t today = day_from_civil(2026, 1, 31);

    (void)state;
    expect("this_month", 0, today, "2026-01-01", "2026-01-31");
    expect("last_month", 0, today, "2025-12-01", "2025-12-31");
    expect("this_quarter", 0, today, "2026-01-01", "2026-03-31");
    expect("last_quarter", 0, today, "2025-10-01", "2025-12-31");
    expect("this_year", 0, today, "2026-01-01", "2026-12-31");
    expect("last_year", 0, today, "2025-01-01", "2025-12-31");
}

static void test_period__of_a_day_is_open_on_the_other_side(void **state)
{
    const int32_t today = day_from_civil(2026, 12, 31);

    (void)state;
    expect("on", 0, today, "2026-05-04", "2026-05-04");
    expect("from", 0, today, "2026-05-04", "");
    expect("until", 0, today, "", "2026-05-04");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_period__counts_days_with_today),
        cmocka_unit_test(test_period__knows_months_quarters_and_years_over_a_new_year),
        cmocka_unit_test(test_period__of_a_day_is_open_on_the_other_side),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

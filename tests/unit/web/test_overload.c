/* Whom a program sends away when its queue does not drain. */
#include "support/test.h"

#include "web/overload.h"

enum { MOST_US = 60000, SECOND_US = 1000000 };

/* COUNT requests, one each 20 ms from *AT on, that each have waited WAITED_US; how many are sent
 * away. */
static int take_up(struct overload *o, int64_t *at, int count, int64_t waited_us)
{
    int away = 0;

    for (int i = 0; i < count; i++, *at += 20000)
        away += overload_sends_away(o, waited_us, *at);
    return away;
}

static void test_overload__serves_all_of_a_queue_that_was_long_for_a_moment(void **state)
{
    struct overload o = { .most_us = MOST_US };
    int64_t at = SECOND_US;

    (void)state;
    assert_int_equal(take_up(&o, &at, 40, 250000), 0);
    assert_int_equal(take_up(&o, &at, 1, 1000), 0);
    assert_int_equal(take_up(&o, &at, 40, 250000), 0);
}

static void test_overload__sends_away_the_late_ones_of_a_queue_that_stands(void **state)
{
    struct overload o = { .most_us = MOST_US };
    int64_t at = SECOND_US;

    (void)state;
    take_up(&o, &at, 60, 250000);
    assert_int_equal(take_up(&o, &at, 10, 250000), 10);
    assert_int_equal(take_up(&o, &at, 10, MOST_US - 1), 0);
    assert_int_equal(take_up(&o, &at, 10, MOST_US), 10);
    assert_int_equal(o.sent_away, 20);
}

static void test_overload__serves_again_when_the_queue_has_drained(void **state)
{
    struct overload o = { .most_us = MOST_US };
    int64_t at = SECOND_US;

    (void)state;
    take_up(&o, &at, 80, 250000);
    assert_true(o.refuses);
    assert_int_equal(take_up(&o, &at, 1, MOST_US / 6), 0);
    assert_int_equal(take_up(&o, &at, 40, 250000), 0);
}

static void test_overload__takes_few_late_ones_for_no_queue(void **state)
{
    struct overload o = { .most_us = MOST_US };

    (void)state;
    for (int64_t i = 1; i < OVERLOAD_LATE_LEAST; i++)
        assert_false(overload_sends_away(&o, 5 * SECOND_US, 5 * i * SECOND_US));
}

static void test_overload__sends_nobody_away_where_it_is_off(void **state)
{
    struct overload o = { 0 };
    int64_t at = SECOND_US;

    (void)state;
    assert_int_equal(take_up(&o, &at, 100, 10 * SECOND_US), 0);
}

static void test_overload__takes_a_clock_that_was_set_back_for_no_wait(void **state)
{
    struct overload o = { .most_us = MOST_US };
    int64_t at = SECOND_US;

    (void)state;
    assert_int_equal(take_up(&o, &at, 100, -3600 * (int64_t)SECOND_US), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overload__serves_all_of_a_queue_that_was_long_for_a_moment),
        cmocka_unit_test(test_overload__sends_away_the_late_ones_of_a_queue_that_stands),
        cmocka_unit_test(test_overload__serves_again_when_the_queue_has_drained),
        cmocka_unit_test(test_overload__takes_few_late_ones_for_no_queue),
        cmocka_unit_test(test_overload__sends_nobody_away_where_it_is_off),
        cmocka_unit_test(test_overload__takes_a_clock_that_was_set_back_for_no_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

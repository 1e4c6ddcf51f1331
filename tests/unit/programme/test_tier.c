/* programme/tier.c - which tier is met, reached and next. */
#include "support/test.h"

#include "base/str.h"
#include "programme/tier.h"

static const struct tier_ask tiers[] = {
    { .id = 11, .rank = 1 },
    { .id = 12, .rank = 2, .least = { [TIER_REVENUE] = 100, [TIER_USERS] = 2 } },
    { .id = 13, .rank = 3, .least = { [TIER_REVENUE] = 500, [TIER_SATISFACTION] = 40 } },
};
enum { COUNT = ARRAY_LEN(tiers) };

static int64_t reached(int64_t revenue, int64_t users, int64_t satisfaction)
{
    const struct tier_figures f = { .value = { [TIER_REVENUE] = revenue,
                                               [TIER_USERS] = users,
                                               [TIER_SATISFACTION] = satisfaction } };
    const struct tier_ask *tier = tier_reached(tiers, COUNT, &f);

    return tier != NULL ? tier->id : 0;
}

static void test_tier__is_reached_with_all_that_it_asks_and_not_before(void **state)
{
    (void)state;
    assert_int_equal(reached(0, 0, 0), 11);
    assert_int_equal(reached(99, 2, 0), 11);
    assert_int_equal(reached(100, 1, 0), 11);
    assert_int_equal(reached(100, 2, 0), 12);
    assert_int_equal(reached(500, 2, 39), 12);
    assert_int_equal(reached(500, 2, 40), 13);
}

static void test_tier__is_not_reached_past_one_below_that_is_not_met(void **state)
{
    (void)state;
    assert_int_equal(reached(900, 1, 50), 11); /* the second wants two users */
}

static void test_tier__next_is_the_one_above(void **state)
{
    (void)state;
    assert_int_equal(tier_next(tiers, COUNT, 0)->id, 11);
    assert_int_equal(tier_next(tiers, COUNT, 11)->id, 12);
    assert_null(tier_next(tiers, COUNT, 13));
    assert_null(tier_next(tiers, 0, 11));
}

static void test_tier__measures_are_found_by_their_names(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++)
        assert_int_equal(tier_measure_find(tier_measure_code((enum tier_measure)i)), i);
    assert_int_equal(tier_measure_find("luck"), TIER_MEASURE_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tier__is_reached_with_all_that_it_asks_and_not_before),
        cmocka_unit_test(test_tier__is_not_reached_past_one_below_that_is_not_met),
        cmocka_unit_test(test_tier__next_is_the_one_above),
        cmocka_unit_test(test_tier__measures_are_found_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

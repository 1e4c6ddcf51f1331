/* access/rate.c: every hit counts, on every connection. */
#include "support/test.h"

#include "access/rate.h"
#include "support/testdb.h"

#include <stdlib.h>

static const struct rate slow = { .name = "test.slow", .limit = 3, .seconds = 3600 };
static const struct rate other = { .name = "test.other", .limit = 3, .seconds = 3600 };

struct world {
    struct testdb schema;
    struct db *one, *two;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    testdb_copy(&w->schema);
    w->one = testdb_connect(w->schema.name, NULL);
    w->two = testdb_connect(w->schema.name, NULL);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->one);
    db_close(w->two);
    testdb_drop(&w->schema);
    free(w);
    return 0;
}

static int start_again(void **state)
{
    struct world *w = *state;

    db_rollback(w->one);
    return db_script(w->one, "TRUNCATE TABLE rate_bucket") == NULL ? 0 : -1;
}

static int left(struct db *db, const struct rate *rate, const char *subject)
{
    int left_now, wait;

    assert_ok(rate_hit(db, rate, subject, &left_now, &wait));
    assert_in_range(wait, 1, (unsigned)rate->seconds);
    return left_now;
}

static void test_rate_hit__counts_down_and_below(void **state)
{
    struct world *w = *state;

    assert_int_equal(left(w->one, &slow, "a"), 2);
    assert_int_equal(left(w->two, &slow, "a"), 1);
    assert_int_equal(left(w->one, &slow, "a"), 0);
    assert_int_equal(left(w->two, &slow, "a"), -1);
    assert_int_equal(left(w->two, &slow, "a"), -2);
}

static void test_rate_hit__keeps_subjects_and_names_apart(void **state)
{
    struct world *w = *state;

    assert_int_equal(left(w->one, &slow, "a"), 2);
    assert_int_equal(left(w->one, &slow, "b"), 2);
    assert_int_equal(left(w->one, &other, "a"), 2);
}

static void test_rate_hit__begins_anew_in_the_next_window(void **state)
{
    struct world *w = *state;

    assert_int_equal(left(w->one, &slow, "a"), 2);
    assert_ok(db_script(w->one, "UPDATE rate_bucket SET window_at = window_at - INTERVAL 1 HOUR"));
    assert_int_equal(left(w->one, &slow, "a"), 2);
}

static void test_rate_forgive__takes_one_hit_back(void **state)
{
    struct world *w = *state;

    assert_int_equal(left(w->one, &slow, "a"), 2);
    assert_int_equal(left(w->one, &slow, "a"), 1);
    assert_ok(db_begin_write(w->one));
    assert_ok(rate_forgive(w->one, &slow, "a"));
    assert_ok(rate_forgive(w->one, &slow, "b"));
    assert_ok(db_commit(w->one));
    assert_int_equal(left(w->one, &slow, "a"), 1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, start_again, start_again)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_rate_hit__counts_down_and_below),
        IN_WORLD(test_rate_hit__keeps_subjects_and_names_apart),
        IN_WORLD(test_rate_hit__begins_anew_in_the_next_window),
        IN_WORLD(test_rate_forgive__takes_one_hit_back),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}

/* access/parameter.c: values in range count, everything else is the default. */
#include "support/test.h"

#include "access/parameter.h"
#include "base/str.h"
#include "support/testdb.h"

#include <stdlib.h>

struct world {
    struct db *db;
    struct arena *a;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    w->db = testdb_open(NULL);
    w->a = arena_new(4096);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->db);
    arena_free(w->a);
    free(w);
    return 0;
}

static int begin(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->db));
    return 0;
}

static int roll_back(void **state)
{
    struct world *w = *state;

    db_rollback(w->db);
    return 0;
}

static int64_t now(struct world *w, enum parameter parameter)
{
    int64_t value;

    assert_ok(parameter_now(w->db, w->a, parameter, &value));
    return value;
}

static void test_parameters__defaults_are_allowed_values(void **state)
{
    (void)state;
    for (int i = 0; i < PARAM_COUNT; i++)
        assert_true(parameter_check((enum parameter)i, parameter_rows[i].fallback));
}

static void test_parameters__names_are_found(void **state)
{
    (void)state;
    for (int i = 0; i < PARAM_COUNT; i++)
        assert_int_equal(parameter_find(parameter_rows[i].name), i);
    assert_int_equal(parameter_find("no.such"), PARAM_COUNT);
}

static void test_parameter_now__is_the_default_until_it_is_set(void **state)
{
    struct world *w = *state;

    assert_int_equal(now(w, PARAM_SESSION_STAFF_IDLE), 480);
    assert_ok(parameter_set(w->db, PARAM_SESSION_STAFF_IDLE, "60"));
    assert_int_equal(now(w, PARAM_SESSION_STAFF_IDLE), 60);
    assert_ok(parameter_set(w->db, PARAM_SESSION_STAFF_IDLE, "61"));
    assert_int_equal(now(w, PARAM_SESSION_STAFF_IDLE), 61);
}

static void test_parameter_set__refuses_what_is_out_of_range(void **state)
{
    static const char *const wrong[] = { "", "4", "1441", "-60", "60.5", "sixty", "60 ", "060" };
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_err_kind(parameter_set(w->db, PARAM_SESSION_STAFF_IDLE, wrong[i]), ERR_INVALID);
    assert_int_equal(now(w, PARAM_SESSION_STAFF_IDLE), 480);
}

static void test_parameter_now__ignores_what_does_not_belong_into_the_table(void **state)
{
    struct world *w = *state;

    assert_ok(db_script(w->db, "INSERT INTO system_parameter (name, value, updated_at) VALUES"
                               " ('session.staff_idle', '99999999', UTC_TIMESTAMP(6))"));
    assert_int_equal(now(w, PARAM_SESSION_STAFF_IDLE), 480);
}

static void test_parameter_kept__reads_all_values_once_a_transaction(void **state)
{
    struct world *w = *state;
    int64_t idle, second, target;

    assert_ok(parameter_set(w->db, PARAM_SESSION_STAFF_IDLE, "60"));
    assert_ok(parameter_set(w->db, PARAM_LOGIN_STAFF_SECOND_FACTOR, "0"));
    db_statement_count(w->db);
    assert_ok(parameter_kept(w->db, PARAM_SESSION_STAFF_IDLE, &idle));
    assert_ok(parameter_kept(w->db, PARAM_LOGIN_STAFF_SECOND_FACTOR, &second));
    assert_ok(parameter_kept(w->db, PARAM_DEAL_DECISION_HOURS, &target));
    assert_int_equal(idle, 60);
    assert_int_equal(second, 0);
    assert_int_equal(target, now(w, PARAM_DEAL_DECISION_HOURS));
    assert_int_equal(db_statement_count(w->db), 2);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, begin, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters__defaults_are_allowed_values),
        cmocka_unit_test(test_parameters__names_are_found),
        IN_WORLD(test_parameter_now__is_the_default_until_it_is_set),
        IN_WORLD(test_parameter_set__refuses_what_is_out_of_range),
        IN_WORLD(test_parameter_now__ignores_what_does_not_belong_into_the_table),
        IN_WORLD(test_parameter_kept__reads_all_values_once_a_transaction),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}

/* System parameters as staff see and change them. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "access/parameter.h"
#include "base/str.h"
#include "program/program.h"

#define IDLE "/staff/parameters/deal.idle_days"

static struct webtest *w;
static struct arena *a;
static struct visitor administrator, auditor;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME, PERM_PARAMETERS_VIEW, PERM_PARAMETERS_MANAGE,
                                           PERM_AUDIT_VIEW, PERM_UNSET };
    static const enum permission reads[] = { PERM_HOME, PERM_PARAMETERS_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    administrator = fixture_staff(w, all);
    auditor = fixture_staff(w, reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

static struct answer save(const char *path, int64_t version, const char *value)
{
    return webtest_post(
        w, &administrator, path, path,
        arena_printf(a, "do=save&row_version=%lld&value=%s", (long long)version, value));
}

static int64_t version_of_idle(void)
{
    return fixture_number(w,
                          "SELECT COALESCE(MAX(row_version), 0) AS n FROM system_parameter"
                          " WHERE name = 'deal.idle_days' AND id > ?",
                          0);
}

static int64_t idle_days(void)
{
    struct db *db = webtest_admin(w);
    int64_t days;

    assert_ok(db_begin_read(db));
    assert_ok(parameter_now(db, a, PARAM_DEAL_IDLE_DAYS, &days));
    assert_ok(db_commit(db));
    return days;
}

static void test_parameters__are_listed_with_what_they_do(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/parameters");

    (void)state;
    assert_int_equal(got.status, 200);
    for (int i = 0; i < PARAM_COUNT; i++)
        assert_true(answer_has(&got, parameter_rows[i].name));
    got = webtest_get(w, &auditor, "/staff/parameters?lang=zh");
    assert_true(answer_has(&got, "系统参数"));
}

static void test_parameters__are_found_by_name_and_by_what_they_do(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/parameters?q=idle_days&lang=en");

    (void)state;
    assert_true(answer_has(&got, "deal.idle_days"));
    assert_false(answer_has(&got, "keep.mails"));
    got = webtest_get(w, &auditor, "/staff/parameters?q=second+factor");
    assert_true(answer_has(&got, "login.staff_second_factor"));
    got = webtest_get(w, &auditor, "/staff/parameters?q=zebra");
    assert_true(answer_has(&got, "No parameter fits"));
}

static void test_parameter__a_change_is_in_effect_at_once_and_audited(void **state)
{
    struct answer got = save(IDLE, version_of_idle(), "90");

    (void)state;
    assert_int_equal(got.status, 303);
    assert_int_equal(idle_days(), 90);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'parameter'"
                                    " AND before_json = '{\"deal.idle_days\":\"60\"}'"
                                    " AND after_json = '{\"deal.idle_days\":\"90\"}'"
                                    " AND user_id = ?",
                                    administrator.user_id),
                     1);
    got = webtest_get(w, &administrator, IDLE);
    assert_true(answer_has(&got, "/staff/audit/parameter-"));
}

static void test_parameter__two_who_change_it_do_not_overwrite_each_other(void **state)
{
    const int64_t version = version_of_idle();
    struct answer got;

    (void)state;
    assert_int_equal(save(IDLE, version, "100").status, 303);
    got = save(IDLE, version, "110");
    assert_int_equal(got.status, 409);
    assert_true(answer_has(&got, "Somebody changed this meanwhile"));
    assert_true(answer_has(&got, "value=\"110\""));
    assert_true(answer_has(&got, "100 days"));
    assert_int_equal(idle_days(), 100);
}

static void test_parameter__of_two_first_changes_one_wins(void **state)
{
    (void)state;
    assert_int_equal(save("/staff/parameters/keep.links", 0, "2").status, 303);
    assert_int_equal(save("/staff/parameters/keep.links", 0, "3").status, 409);
}

static void test_parameter__out_of_range_is_refused_with_the_range(void **state)
{
    static const char *const wrong[] = { "6", "731", "x", "", "1.5", "-7" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct answer got = save(IDLE, version_of_idle(), wrong[i]);

        assert_int_equal(got.status, 422);
        assert_true(answer_has(&got, "Enter a whole number from 7 to 730."));
    }
}

static void test_parameter__goes_back_to_its_default(void **state)
{
    (void)state;
    save(IDLE, version_of_idle(), "77");
    assert_int_equal(webtest_post(w, &administrator, IDLE, IDLE,
                                  arena_printf(a, "do=default&row_version=%lld&value=77",
                                               (long long)version_of_idle()))
                         .status,
                     303);
    assert_int_equal(idle_days(), 60);
}

static void test_parameter__limits_of_sessions_hold_for_those_that_are_open(void **state)
{
    (void)state;
    assert_int_equal(save("/staff/parameters/session.staff_idle", 0, "45").status, 303);
    assert_int_equal(fixture_number(w, "SELECT idle_seconds AS n FROM session WHERE user_id = ?",
                                    auditor.user_id),
                     45 * 60);
}

static void test_parameter__who_only_reads_changes_nothing(void **state)
{
    struct answer got = webtest_get(w, &auditor, IDLE);

    (void)state;
    assert_int_equal(got.status, 200);
    assert_false(answer_has(&got, "name=\"value\""));
    got = webtest_post(w, &auditor, IDLE, IDLE, "do=save&row_version=0&value=70");
    assert_int_equal(got.status, 404);
    assert_int_equal(webtest_get(w, &administrator, "/staff/parameters/no.such").status, 404);
}

/* -- the reporting currency -------------------------------------------------------------- */

#define CURRENCY "/staff/parameters/money.reporting_currency"

static void test_reporting_currency__is_changed_while_nothing_was_counted(void **state)
{
    (void)state;
    assert_int_equal(save(CURRENCY, 0, "CNY").status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'parameter'"
                                    " AND before_json LIKE '%USD%' AND after_json LIKE '%CNY%' AND"
                                    " id > ?",
                                    0),
                     1);
    fixture_run(
        w, "DELETE FROM system_parameter WHERE name = 'money.reporting_currency' AND id > ?", 0);
}

static void test_reporting_currency__is_one_that_there_is(void **state)
{
    static const char *const bad[] = { "QQQ", "eur", "EURO", "" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(save(CURRENCY, 0, bad[i]).status, 422);
}

static void test_reporting_currency__stays_once_an_amount_was_counted(void **state)
{
    struct deal_world world;
    struct deal *deal;
    struct answer got;

    (void)state;
    deal_world_open(&world, webtest_admin(w));
    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Counted GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w, "UPDATE deal SET total_report = 5 WHERE id = ?", deal->id);
    got = save(CURRENCY, 0, "CNY");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "counted in the reporting currency already"));
    deal_world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters__are_listed_with_what_they_do),
        cmocka_unit_test(test_parameters__are_found_by_name_and_by_what_they_do),
        cmocka_unit_test(test_parameter__a_change_is_in_effect_at_once_and_audited),
        cmocka_unit_test(test_parameter__two_who_change_it_do_not_overwrite_each_other),
        cmocka_unit_test(test_parameter__of_two_first_changes_one_wins),
        cmocka_unit_test(test_parameter__out_of_range_is_refused_with_the_range),
        cmocka_unit_test(test_parameter__goes_back_to_its_default),
        cmocka_unit_test(test_parameter__limits_of_sessions_hold_for_those_that_are_open),
        cmocka_unit_test(test_parameter__who_only_reads_changes_nothing),
        cmocka_unit_test(test_reporting_currency__is_changed_while_nothing_was_counted),
        cmocka_unit_test(test_reporting_currency__is_one_that_there_is),
        cmocka_unit_test(test_reporting_currency__stays_once_an_amount_was_counted),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

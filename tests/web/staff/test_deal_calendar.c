/* What ends when, as its readers ask for it: a partner his own, staff those of their departments,
 * by month, and nobody by an address that was made up. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *staff, *partner;
static struct deal_world world;
static struct visitor north, reviewer, stranger;
static int64_t ending, returned, of_south;

static void sql(const char *text, int64_t id)
{
    fixture_run(staff, text, id);
}

static int64_t submit(struct side *side, const char *company)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, side, company, 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static void protect(int64_t id)
{
    sql("UPDATE deal SET state = 'approved', phase = 3, protected_until = '2031-05-17',"
        " protected_until_at = '2031-05-17 15:59:59', department_id = NULL WHERE id = ?",
        id);
}

static struct visitor sign_in(struct webtest *w, enum audience audience, int64_t account)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    permission_add(&set, PERM_HOME);
    permission_add(&set, PERM_DEAL_VIEW);
    webtest_sign_in(w, &v, audience, &set, account);
    return v;
}

static int set_up(void **state)
{
    struct deal_world *at = &world;

    (void)state;
    staff = webtest_open(&program_staff, NULL);
    partner = webtest_open(&program_partner, staff);
    world.db = webtest_admin(staff);
    world.a = arena_new(65536);
    assert_ok(text_format_init());
    assert_ok(text_ctx_new(&world.text));
    assert_ok(match_names_new(world.text, &world.names));
    deal_world_begin((void **)&at);
    assert_ok(db_commit(world.db));
    north = sign_in(partner, AUD_PARTNER, world.north.account);
    reviewer = sign_in(staff, AUD_STAFF, 0);
    ending = submit(&world.north, "Aldersund Mills");
    returned = submit(&world.north, "Brimhaven Docks");
    of_south = submit(&world.south, "Corvalen Glass");
    protect(ending);
    protect(of_south);
    sql("UPDATE deal SET state = 'returned', phase = 1, answer_due_at = '2031-05-20 10:00:00',"
        " department_id = NULL WHERE id = ?",
        returned);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    match_names_free(world.names);
    text_ctx_free(world.text);
    arena_free(world.a);
    webtest_close(partner);
    webtest_close(staff);
    return 0;
}

#define OWN   "/partner/deals/calendar"
#define STAFF "/staff/deals/calendar"

static void test_calendar__shows_a_partner_what_ends_and_what_is_due(void **state)
{
    struct answer a = webtest_get(partner, &north, OWN "?month=2031-05");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Protection ends: Aldersund Mills"));
    assert_true(answer_has(&a, "Answer due: Brimhaven Docks"));
    assert_true(answer_has(&a, "href=\"#day-2031-05-17\""));
    assert_true(answer_has(&a, "id=\"day-2031-05-20\""));
}

static void test_calendar__shows_nothing_of_another_company(void **state)
{
    struct answer a = webtest_get(partner, &north, OWN "?month=2031-05");

    (void)state;
    assert_false(answer_has(&a, "Corvalen"));
    assert_false(answer_has(&a, "2 dates"));
    assert_int_equal(webtest_get(partner, &north, OWN "?month=2031-05&partner=1").status, 400);
}

static void test_calendar__shows_staff_all_within_their_departments(void **state)
{
    struct answer a = webtest_get(staff, &reviewer, STAFF "?month=2031-05");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Aldersund Mills"));
    assert_true(answer_has(&a, "Corvalen Glass"));
    assert_true(answer_has(&a, "2 dates"));
}

static void test_calendar__shows_staff_nothing_of_other_departments(void **state)
{
    struct answer a;

    (void)state;
    assert_ok(db_begin_write(world.db));
    fixture_department(world.db, 900, 909, 0);
    assert_ok(db_commit(world.db));
    sql("UPDATE deal SET department_id = 900 WHERE id = ?", of_south);
    stranger = sign_in(staff, AUD_STAFF, 0);
    sql("UPDATE session SET department_low = 0, department_high = 0 WHERE user_id = ?",
        stranger.user_id);
    a = webtest_get(staff, &stranger, STAFF "?month=2031-05");
    assert_false(answer_has(&a, "Corvalen"));
    sql("UPDATE deal SET department_id = NULL WHERE id = ?", of_south);
}

static void test_calendar__is_narrowed_by_partner_and_product_line(void **state)
{
    struct answer a;

    (void)state;
    a = webtest_get(
        staff, &reviewer,
        arena_printf(world.a, STAFF "?month=2031-05&partner=%lld", (long long)world.south.account));
    assert_true(answer_has(&a, "Corvalen Glass"));
    assert_false(answer_has(&a, "Aldersund"));
    a = webtest_get(staff, &reviewer, STAFF "?month=2031-05&line=999999999");
    assert_true(answer_has(&a, "Nothing ends in this month"));
    assert_true(answer_has(&a, "month=2031-06&amp;line=999999999"));
}

static void test_calendar__leads_to_the_months_beside_it(void **state)
{
    struct answer a = webtest_get(partner, &north, OWN "?month=2031-12");

    (void)state;
    assert_true(answer_has(&a, "month=2031-11\" rel=\"prev\""));
    assert_true(answer_has(&a, "month=2032-01\" rel=\"next\""));
    assert_false(answer_has(&a, "Aldersund"));
}

static void test_calendar__shows_this_month_for_one_that_is_none(void **state)
{
    static const char *const bad[] = { "2031-13", "0000-00", "9999-99", "2031-5x",
                                       "-031-05", "1999-12", "2200-01", "x" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct answer a =
            webtest_get(partner, &north, arena_printf(world.a, OWN "?month=%s", bad[i]));

        assert_int_equal(a.status, 200);
        assert_true(answer_has(&a, "aria-current=\"date\""));
    }
}

static void test_calendar__marks_today_in_this_month_alone(void **state)
{
    struct answer a = webtest_get(partner, &north, OWN "?month=2031-05");

    (void)state;
    assert_false(answer_has(&a, "aria-current=\"date\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar__shows_a_partner_what_ends_and_what_is_due),
        cmocka_unit_test(test_calendar__shows_nothing_of_another_company),
        cmocka_unit_test(test_calendar__shows_staff_all_within_their_departments),
        cmocka_unit_test(test_calendar__shows_staff_nothing_of_other_departments),
        cmocka_unit_test(test_calendar__is_narrowed_by_partner_and_product_line),
        cmocka_unit_test(test_calendar__leads_to_the_months_beside_it),
        cmocka_unit_test(test_calendar__shows_this_month_for_one_that_is_none),
        cmocka_unit_test(test_calendar__marks_today_in_this_month_alone),
    };

    return cmocka_run_group_tests_name("calendar", tests, set_up, tear_down);
}

/* Staff who make an opportunity for what a partner's registration protects are told, and may go on.
 */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "opportunity/opportunity.h"
#include "program/program.h"

#define NEW "/staff/opportunities/new"

static struct webtest *w;
static struct deal_world world;
static struct visitor seller, reader;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME, PERM_OPPORTUNITY_VIEW, PERM_OPPORTUNITY_EDIT,
                                           PERM_UNSET };
    static const enum permission deals[] = { PERM_HOME, PERM_OPPORTUNITY_VIEW,
                                             PERM_OPPORTUNITY_EDIT, PERM_DEAL_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    seller = fixture_staff(w, all);
    reader = fixture_staff(w, deals);
    deal_world_open(&world, webtest_admin(w));
    fixture_run(w, "INSERT IGNORE INTO currency (code, active, sort) VALUES ('USD', ? > 0, 1)", 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    webtest_close(w);
    return 0;
}

/* A registration of the first line that protects COMPANY. */
static int64_t protected(const char *company)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, &world.north, company, 1);
    assert_ok(deal_decide(world.db, world.a, &world.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_APPROVE }));
    assert_ok(db_commit(world.db));
    return d->id;
}

static const char *line_typed(int line)
{
    return arena_printf(world.a, "line=%lld&quantity=1&price=100", (long long)world.line[line]);
}

static struct answer make(struct visitor *v, const char *company, int line, const char *more)
{
    return webtest_post(
        w, v, NEW, NEW,
        arena_printf(world.a,
                     "row_version=0&name=Direct&currency=USD&customer_name=%s&customer_country=CN"
                     "&expected_close=2031-01-01&%s%s",
                     company, line_typed(line), more));
}

static int64_t number(const char *sql, int64_t id)
{
    return fixture_number(w, sql, id);
}

static int64_t made_for(const char *company)
{
    return number(arena_printf(world.a,
                               "SELECT COALESCE(MAX(id), 0) AS n FROM opportunity WHERE id > ? AND"
                               " customer_name = '%s'",
                               company),
                  0);
}

static void test_protected__is_said_and_nothing_is_saved(void **state)
{
    const char *deal = arena_number(world.a, "DR-", protected("Ackerby"));
    struct answer a = make(&seller, "Ackerby", 0, "");

    (void)state;
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "Partners protect this customer"));
    assert_true(answer_has(&a, deal));
    assert_int_equal(made_for("Ackerby"), 0);
}

static void test_protected__leads_to_the_registration_only_who_may_open_it(void **state)
{
    const char *href = arena_number(world.a, "/staff/deals/DR-", protected("Bexwell"));
    struct answer a = make(&reader, "Bexwell", 0, "");

    (void)state;
    assert_true(answer_has(&a, href));
    a = make(&seller, "Bexwell", 0, "");
    assert_false(answer_has(&a, href));
}

static void test_protected__who_goes_on_saves_it_and_the_trail_says_so(void **state)
{
    (void)state;
    protected("Cullompton");
    assert_int_equal(make(&seller, "Cullompton", 0, "&despite=1").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'opportunity' AND"
                            " action = 'opportunity.despite' AND object_id = ?",
                            made_for("Cullompton")),
                     1);
}

static void test_protected__another_line_is_free(void **state)
{
    (void)state;
    protected("Dunkeswell");
    assert_int_equal(make(&seller, "Dunkeswell", 1, "").status, 303);
}

static void test_protected__a_registration_that_ended_protects_nothing(void **state)
{
    int64_t id = protected("Evershot");

    (void)state;
    fixture_run(w, "DELETE FROM claim WHERE deal_id = ?", id);
    assert_int_equal(make(&seller, "Evershot", 0, "").status, 303);
}

static void test_protected__to_go_on_where_nothing_is_protected_leaves_no_trail(void **state)
{
    (void)state;
    assert_int_equal(make(&seller, "Fenwick", 0, "&despite=1").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE action ="
                            " 'opportunity.despite' AND object_id = ?",
                            made_for("Fenwick")),
                     0);
}

static struct answer edit(int64_t id, const char *lines)
{
    const char *path = arena_printf(world.a, "/staff/opportunities/OP-%lld/edit", (long long)id);

    return webtest_post(
        w, &seller, path, path,
        arena_printf(
            world.a, "row_version=%lld&name=Direct&currency=USD&expected_close=2031-01-01&%s",
            (long long)number("SELECT row_version AS n FROM opportunity WHERE id = ?", id), lines));
}

static void test_protected__a_line_that_is_added_is_asked_about(void **state)
{
    struct answer a;

    (void)state;
    protected("Gittisham");
    assert_int_equal(make(&seller, "Gittisham", 1, "").status, 303);
    a = edit(made_for("Gittisham"), arena_printf(world.a, "%s&%s", line_typed(0), line_typed(1)));
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "Partners protect this customer"));
}

static void test_protected__what_was_gone_on_with_is_not_asked_about_again(void **state)
{
    (void)state;
    protected("Halberton");
    assert_int_equal(make(&seller, "Halberton", 0, "&despite=1").status, 303);
    assert_int_equal(edit(made_for("Halberton"), line_typed(0)).status, 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_protected__is_said_and_nothing_is_saved),
        cmocka_unit_test(test_protected__leads_to_the_registration_only_who_may_open_it),
        cmocka_unit_test(test_protected__who_goes_on_saves_it_and_the_trail_says_so),
        cmocka_unit_test(test_protected__another_line_is_free),
        cmocka_unit_test(test_protected__a_registration_that_ended_protects_nothing),
        cmocka_unit_test(test_protected__to_go_on_where_nothing_is_protected_leaves_no_trail),
        cmocka_unit_test(test_protected__a_line_that_is_added_is_asked_about),
        cmocka_unit_test(test_protected__what_was_gone_on_with_is_not_asked_about_again),
    };

    return cmocka_run_group_tests_name("protected", tests, set_up, tear_down);
}

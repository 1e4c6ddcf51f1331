/* Staff's figures of registrations by month, tier, product line and partner: each opens a list that
 * has as many registrations as it says, within the reader's departments. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "deal/deal_jobs.h"
#include "program/program.h"
#include "program/worker.h"

#define FIGURES "/staff/deals/figures"
#define LISTED  "/staff/deals?view=all&place=within"

static struct portal portal;
static struct webtest *staff;
static struct visitor manager;
static struct db *worker;

static void run(const char *sql, int64_t id)
{
    portal_run(&portal, portal_with_id(&portal, sql, id));
}

static void see(int64_t low, int64_t high)
{
    run(arena_printf(portal.world.a,
                     "UPDATE session SET department_low = %lld, department_high = %lld WHERE "
                     "user_id = ?",
                     (long long)low, (long long)high),
        manager.user_id);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    assert_ok(testdb_connect_as(webtest_schema(staff), "worker", worker_statements, &worker));
    portal_sign_in_as(staff, &manager, AUD_STAFF, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(worker);
    portal_close(&portal);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    portal_run(&portal, "DELETE l FROM deal_line l JOIN deal d ON d.id = l.deal_id WHERE"
                        " d.project_name = 'figured'; DELETE FROM deal WHERE project_name ="
                        " 'figured'; DELETE FROM deal_scope_figure; UPDATE deal SET submitted_at ="
                        " NULL WHERE submitted_at IS NOT NULL;"
                        " INSERT IGNORE INTO department (id, last_id, name_en, name_zh)"
                        " VALUES (500000000, 500000999, 'North', '北')");
    see(0, INT64_MAX);
    return 0;
}

/* N registrations of a partner and the LINE-th product line, so many months ago. */
static void submitted(int n, int64_t account, int line, int months_ago, const char *state,
                      const char *department)
{
    for (int i = 0; i < n; i++) {
        run(arena_printf(portal.world.a,
                         "INSERT INTO deal (account_id, created_by, state, phase, company_name, "
                         "country, project_name, submitted_at, protected_from_at, department_id, "
                         "created_at, updated_at) VALUES (?, 1, '%s', 4, 'Figured Works', 'DE', "
                         "'figured', UTC_DATE() - INTERVAL DAY(UTC_DATE()) - 1 DAY - INTERVAL %d "
                         "MONTH + INTERVAL 9 HOUR, IF('%s' = 'won', UTC_TIMESTAMP(6), NULL), %s, "
                         "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                         state, months_ago, state, department),
            account);
        run("INSERT INTO deal_line (deal_id, product_line_id, quantity, value) SELECT MAX(id), ?, 1, 10 FROM "
            "deal",
            portal.world.line[line]);
    }
}

static const char *page(void)
{
    assert_ok(deal_scope_figures_make(worker));
    return webtest_get(staff, &manager, FIGURES).body;
}

static bool has(const char *body, const char *text)
{
    return strstr(body, text) != NULL;
}

/* Registrations of a list: each row names the company once. */
static int rows(const char *narrowed)
{
    const struct answer a =
        webtest_get(staff, &manager, arena_join(portal.world.a, LISTED, narrowed, NULL));
    int n = 0;

    assert_int_equal(a.status, 200);
    for (const char *at = a.body; (at = strstr(at, "Figured Works")) != NULL; at++)
        n++;
    return n;
}

static const char *with(const char *format, int64_t id)
{
    return portal_words(&portal, format, id);
}

static void test_figures__a_product_line_opens_as_many_registrations_as_it_counts(void **state)
{
    const char *body;

    (void)state;
    submitted(3, portal.world.north.account, 0, 0, "rejected", "NULL");
    submitted(2, portal.world.south.account, 0, 1, "won", "NULL");
    submitted(1, portal.world.south.account, 1, 0, "won", "NULL");
    body = page();
    assert_true(has(body, "By product line"));
    assert_true(has(body, with("&amp;month=year&amp;line=#\"", portal.world.line[0])) ||
                has(body, with("&month=year&line=#\"", portal.world.line[0])));
    assert_true(has(body, ": 5 submitted, 2 approved"));
    assert_int_equal(rows(with("&month=year&line=#", portal.world.line[0])), 5);
    assert_int_equal(rows(with("&month=year&line=#", portal.world.line[1])), 1);
    assert_int_equal(rows(with("&month=year&outcome=won&line=#", portal.world.line[0])), 2);
}

static void test_figures__a_registration_of_two_lines_counts_for_both_and_once_in_its_month(
    void **state)
{
    const char *body;

    (void)state;
    submitted(1, portal.world.north.account, 0, 0, "rejected", "NULL");
    run("INSERT INTO deal_line (deal_id, product_line_id, quantity, value) SELECT MAX(id), ?, 1, 10 FROM deal",
        portal.world.line[1]);
    body = page();
    assert_true(has(body, ": 1 submitted, 0 approved"));
    assert_false(has(body, ": 2 submitted"));
    assert_int_equal(rows(with("&month=year&line=#", portal.world.line[0])), 1);
    assert_int_equal(rows(with("&month=year&line=#", portal.world.line[1])), 1);
}

static void test_figures__a_month_opens_its_registrations(void **state)
{
    const char *month = portal_text(&portal,
                                    "SELECT DATE_FORMAT(UTC_DATE() - INTERVAL 1 MONTH,"
                                    " '%Y-%m')",
                                    0);
    const char *narrowed = arena_join(portal.world.a, "&month=", month, NULL);
    const char *body;

    (void)state;
    submitted(2, portal.world.north.account, 0, 1, "won", "NULL");
    submitted(4, portal.world.north.account, 0, 0, "won", "NULL");
    body = page();
    assert_true(has(body, narrowed) ||
                has(body, arena_join(portal.world.a, "&amp;month=", month, NULL)));
    assert_int_equal(rows(narrowed), 2);
    assert_int_equal(rows("&month=2026-13"), 0);
    assert_int_equal(rows("&month=year"), 6);
}

static void test_figures__a_partner_opens_its_registrations(void **state)
{
    const char *body;

    (void)state;
    submitted(2, portal.world.north.account, 0, 1, "won", "NULL");
    submitted(3, portal.world.south.account, 0, 0, "lost", "NULL");
    body = page();
    assert_true(has(body, ": 3 submitted, 0 approved"));
    assert_int_equal(rows(with("&month=year&partner=#", portal.world.south.account)), 3);
    assert_int_equal(rows(with("&month=year&partner=#&outcome=lost", portal.world.south.account)),
                     3);
    assert_int_equal(rows("&month=year&partner=nobody"), 0);
}

static void test_figures__of_other_departments_nothing_is_counted(void **state)
{
    const char *body;

    (void)state;
    submitted(2, portal.world.north.account, 0, 0, "won", "500000000");
    submitted(1, portal.world.north.account, 0, 0, "won", "NULL");
    see(0, -1);
    body = page();
    assert_true(has(body, ": 1 submitted, 1 approved"));
    assert_false(has(body, ": 3 submitted"));
    assert_int_equal(rows("&month=year"), 1);
    see(500000000, 500000999);
    body = page();
    assert_true(has(body, ": 3 submitted, 3 approved"));
    assert_int_equal(rows("&month=year"), 3);
}

static void test_figures__what_is_won_later_counts_for_its_month(void **state)
{
    (void)state;
    submitted(1, portal.world.north.account, 0, 8, "rejected", "NULL");
    assert_true(has(page(), ": 1 submitted, 0 approved"));
    portal_run(&portal, "UPDATE deal SET state = 'won', protected_from_at = UTC_TIMESTAMP(6) WHERE"
                        " project_name = 'figured'");
    assert_true(has(page(), ": 1 submitted, 1 approved"));
}

static void test_figures__a_search_looks_among_what_is_narrowed(void **state)
{
    (void)state;
    submitted(2, portal.world.north.account, 0, 0, "won", "NULL");
    submitted(1, portal.world.north.account, 1, 0, "won", "NULL");
    assert_int_equal(rows(with("&q=Figured&line=#", portal.world.line[0])), 2 + 0);
    assert_int_equal(rows(with("&q=Nothing+of+this&line=#", portal.world.line[0])), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(
            test_figures__a_product_line_opens_as_many_registrations_as_it_counts, begin),
        cmocka_unit_test_setup(
            test_figures__a_registration_of_two_lines_counts_for_both_and_once_in_its_month, begin),
        cmocka_unit_test_setup(test_figures__a_month_opens_its_registrations, begin),
        cmocka_unit_test_setup(test_figures__a_partner_opens_its_registrations, begin),
        cmocka_unit_test_setup(test_figures__of_other_departments_nothing_is_counted, begin),
        cmocka_unit_test_setup(test_figures__what_is_won_later_counts_for_its_month, begin),
        cmocka_unit_test_setup(test_figures__a_search_looks_among_what_is_narrowed, begin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

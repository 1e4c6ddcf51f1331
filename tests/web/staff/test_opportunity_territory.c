/* Opportunities by territory: placed by the customer's region or country, listed and summed by it,
 * and placed anew after territories were changed. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "account/territory.h"
#include "opportunity/opportunity_territory.h"
#include "program/program.h"
#include "program/worker.h"

#define LIST "/staff/opportunities"

static struct portal portal;
static struct webtest *staff;
static struct visitor manager;
static struct db *worker;
static int64_t west, east;

static const char *with(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
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

static void make(const char *name, const char *country, const char *amount)
{
    const char *body =
        arena_join(portal.world.a, "row_version=0&name=", name, "&customer_name=", name,
                   "&customer_country=", country, "&currency=USD&amount=", amount,
                   "&expected_close=2031-05-20&stage=1&owner_user_id=&next_step="
                   "&next_step_on=&inside_note=",
                   NULL);

    assert_int_equal(webtest_post(staff, &manager, LIST "/new", LIST "/new", body).status, 303);
}

/* West has France, east Austria and one region of France; nobody has Spain. */
static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    portal_run(&portal,
               "UPDATE opportunity SET state = 'lost'; DELETE FROM territory_area WHERE country IN"
               " ('FR', 'AT', 'ES'); DELETE FROM territory WHERE code IN ('T-W', 'T-E'); INSERT"
               " INTO territory (code, name_en, name_zh) VALUES ('T-W', 'Western Isles', '西区'),"
               " ('T-E', 'Eastern Hills', '东区'); INSERT INTO territory_area (country, region,"
               " territory_id) SELECT 'FR', '', id FROM territory WHERE code = 'T-W' UNION ALL"
               " SELECT 'AT', '', id FROM territory WHERE code = 'T-E' UNION ALL SELECT 'FR',"
               " 'Alsace', id FROM territory WHERE code = 'T-E'");
    west = number("SELECT id FROM territory WHERE code = 'T-W'");
    east = number("SELECT id FROM territory WHERE code = 'T-E'");
    return 0;
}

static int64_t territory_of(const char *name)
{
    return number(arena_join(portal.world.a,
                             "SELECT IFNULL(MAX(territory_id), 0) FROM opportunity WHERE state ="
                             " 'open' AND name = '",
                             name, "'", NULL));
}

static const char *list_of(int64_t territory)
{
    return arena_printf(portal.world.a, LIST "?territory=%lld", (long long)territory);
}

static void run_job(void)
{
    struct job_context ctx = { .db = worker, .arena = arena_new(65536) };

    assert_ok(opportunity_territory_jobs[0].handler(
        &ctx, &(struct job){ .kind = TERRITORY_CHANGED, .tries = 1 }));
    arena_free(ctx.arena);
}

static bool shows(const char *address, const char *text)
{
    const struct answer a = webtest_get(staff, &manager, address);

    assert_int_equal(a.status, 200);
    return answer_has(&a, text);
}

static void test_territory__is_that_of_the_country_and_none_where_nobody_looks(void **state)
{
    (void)state;
    make("Ancre", "FR", "1000");
    make("Sol", "ES", "500");
    assert_int_equal(territory_of("Ancre"), west);
    assert_int_equal(territory_of("Sol"), 0);
}

static void test_territory__of_a_region_goes_before_that_of_its_country(void **state)
{
    (void)state;
    portal_run(&portal, with("UPDATE account SET country = 'FR', region = 'Alsace' WHERE id = ?",
                             portal.world.south.account));
    portal_run(&portal, with("INSERT INTO opportunity (end_customer_id, customer_name,"
                             " customer_country, name, currency, amount, worked_at, created_at,"
                             " updated_at) SELECT id, name, country, 'Vigne', 'USD', 1,"
                             " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM account"
                             " WHERE id = ?",
                             portal.world.south.account));
    assert_int_equal(territory_of("Vigne"), east);
}

static void test_territory__follows_the_country_of_a_changed_opportunity(void **state)
{
    (void)state;
    make("Mover", "FR", "10");
    portal_run(&portal, "UPDATE opportunity SET customer_country = 'AT' WHERE name = 'Mover'");
    assert_int_equal(territory_of("Mover"), east);
}

static void test_territory__sums_are_those_of_the_list_that_they_open(void **state)
{
    (void)state;
    make("Bois", "FR", "1234.50");
    make("Lac", "FR", "2000");
    make("Berg", "AT", "77");
    assert_true(shows(LIST "/figures", "Western Isles"));
    assert_true(shows(LIST "/figures",
                      portal_text(&portal,
                                  "SELECT FORMAT(SUM(amount_report), 2) FROM opportunity WHERE"
                                  " state = 'open' AND name IN ('Bois', 'Lac')",
                                  0)));
    assert_true(shows(list_of(west), "Bois"));
    assert_true(shows(list_of(west), "Lac"));
    assert_false(shows(list_of(west), "Berg"));
    assert_true(shows(list_of(east), "Berg"));
}

static void test_territory__that_was_changed_takes_its_opportunities_along(void **state)
{
    const char *page = with("/staff/setup/territories/?", west);
    const char *tree;

    (void)state;
    make("Ile", "ES", "10");
    tree = portal_text(&portal, "SELECT value FROM counter WHERE name = 'territory.tree'", 0);
    assert_int_equal(webtest_post(staff, &manager, page, page,
                                  arena_join(portal.world.a, "tree=", tree,
                                             "&code=T-W&name_en=Western+Isles&name_zh=x&below="
                                             "&department=&areas=FR%0AES",
                                             NULL))
                         .status,
                     303);
    assert_int_equal(number("SELECT COUNT(*) FROM job WHERE kind = 'opportunity.territories'"), 1);
    assert_int_equal(territory_of("Ile"), 0);
    run_job();
    assert_int_equal(territory_of("Ile"), west);
}

static void test_territory__that_is_deleted_leaves_its_opportunities_without_one(void **state)
{
    (void)state;
    make("Alm", "AT", "10");
    portal_run(&portal, with("DELETE FROM territory_area WHERE territory_id = ?", east));
    portal_run(&portal, with("DELETE FROM territory WHERE id = ?", east));
    assert_int_equal(territory_of("Alm"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_territory__is_that_of_the_country_and_none_where_nobody_looks,
                               begin),
        cmocka_unit_test_setup(test_territory__of_a_region_goes_before_that_of_its_country, begin),
        cmocka_unit_test_setup(test_territory__follows_the_country_of_a_changed_opportunity, begin),
        cmocka_unit_test_setup(test_territory__sums_are_those_of_the_list_that_they_open, begin),
        cmocka_unit_test_setup(test_territory__that_was_changed_takes_its_opportunities_along,
                               begin),
        cmocka_unit_test_setup(test_territory__that_is_deleted_leaves_its_opportunities_without_one,
                               begin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

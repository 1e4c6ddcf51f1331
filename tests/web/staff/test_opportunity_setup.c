/* Stages and closing reasons as requests: made, changed, put in order, deleted, and what is refused
 * because something stands in it. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

#include <stdio.h>

#define BASE "/staff/opportunities/setup"

static struct portal portal;
static struct webtest *staff;
static struct visitor *manager;

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    manager = &portal.people[AUD_STAFF];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
}

#define STAGE(name) \
    "row_version=0&name_en=" name "&name_zh=" name "&probability=70&category=best&stale_days=9"

static int64_t made(const char *body)
{
    assert_int_equal(
        webtest_post(staff, manager, BASE "/stages/new", BASE "/stages/new", body).status, 303);
    return number("SELECT MAX(id) FROM opportunity_stage");
}

static struct answer post(int64_t stage, const char *verb, const char *rest)
{
    char page[100], path[120], body[400];

    snprintf(page, sizeof(page), BASE "/stages/%lld", (long long)stage);
    snprintf(path, sizeof(path), "%s%s", page, verb);
    snprintf(body, sizeof(body), "row_version=%lld%s",
             (long long)portal_number(&portal, portal_with_id(&portal,
                                                              "SELECT row_version FROM"
                                                              " opportunity_stage WHERE id"
                                                              " = ?",
                                                              stage)),
             rest);
    return webtest_post(staff, manager, page, path, body);
}

static const char *order(void)
{
    return portal_text(&portal,
                       "SELECT GROUP_CONCAT(id ORDER BY sort) FROM opportunity_stage WHERE"
                       " pipeline_id = 1",
                       0);
}

/* -- stages ------------------------------------------------------------------------------------ */

static void test_stage__that_is_made_stands_last_among_the_open_ones(void **state)
{
    const int64_t id = made(STAGE("Pilot") "&active=1&needs_amount=1");
    char wanted[60];

    (void)state;
    snprintf(wanted, sizeof(wanted), "1,2,3,4,5,%lld,6,7", (long long)id);
    assert_string_equal(order(), wanted);
    assert_int_equal(number("SELECT kind = 'open' AND probability = 70 AND category = 'best' AND"
                            " stale_days = 9 AND active = 1 AND needed LIKE '%amount%' FROM"
                            " opportunity_stage ORDER BY id DESC LIMIT 1"),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity_setup' AND"
                            " action = 'opportunity.stage_create'"),
                     1);
    assert_int_equal(post(id, "/delete", "").status, 303);
    assert_string_equal(order(), "1,2,3,4,5,6,7");
}

static void test_stage__that_changes_leaves_in_the_trail_what_was_before(void **state)
{
    const int64_t id = made(STAGE("Trail") "&active=1");

    (void)state;
    assert_int_equal(post(id, "",
                          "&name_en=Trail&name_zh=Trail&probability=75&category=best&stale_days=9"
                          "&active=1")
                         .status,
                     303);
    assert_int_equal(number("SELECT before_json = '{\"name_en\":\"Trail\",\"probability\":70}' AND"
                            " after_json = '{\"name_en\":\"Trail\",\"probability\":75}' FROM"
                            " audit_event WHERE kind = 'opportunity_setup' ORDER BY seq DESC"
                            " LIMIT 1"),
                     1);
    assert_int_equal(post(id, "/delete", "").status, 303);
}

static void test_stage__is_moved_up_and_down_but_not_past_the_end(void **state)
{
    (void)state;
    assert_int_equal(post(2, "/move", "&to=down").status, 303);
    assert_string_equal(order(), "1,3,2,4,5,6,7");
    assert_int_equal(post(2, "/move", "&to=up").status, 303);
    assert_string_equal(order(), "1,2,3,4,5,6,7");
    assert_int_equal(post(1, "/move", "&to=up").status, 303);
    assert_int_equal(post(5, "/move", "&to=down").status, 303);
    assert_int_equal(post(6, "/move", "&to=up").status, 303);
    assert_string_equal(order(), "1,2,3,4,5,6,7");
}

static void test_stage__in_use_is_neither_deleted_nor_switched_off(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(webtest_post(staff, manager, "/staff/opportunities/new",
                                  "/staff/opportunities/new",
                                  "row_version=0&name=x&customer_name=Otterbach&customer_country=DE"
                                  "&currency=USD&amount=1000&expected_close=2031-05-20&stage=1"
                                  "&owner_user_id=&next_step=&next_step_on=&inside_note=")
                         .status,
                     303);
    a = post(1, "/delete", "");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "It is in use and stays"));
    a = post(1, "", "&name_en=First&name_zh=First&probability=10&category=pipeline&stale_days=1");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Open opportunities stand in it"));
    assert_int_equal(number("SELECT active FROM opportunity_stage WHERE id = 1"), 1);
}

static void test_stage__won_and_lost_stay_what_they_are(void **state)
{
    (void)state;
    assert_int_equal(post(6, "/delete", "").status, 422);
    assert_int_equal(post(6, "", "&name_en=Won&name_zh=x&probability=5&category=omitted").status,
                     422);
    assert_int_equal(
        post(6, "", "&name_en=Gained&name_zh=x&probability=5&category=omitted&active=1").status,
        303);
    assert_int_equal(
        number("SELECT name_en = 'Gained' AND probability = 100 AND category = 'closed'"
               " AND kind = 'won' FROM opportunity_stage WHERE id = 6"),
        1);
}

static void test_stage__that_changed_meanwhile_is_not_written(void **state)
{
    const struct answer a = webtest_post(staff, manager, BASE "/stages/2", BASE "/stages/2",
                                         STAGE("Stale") "&active=1");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_stage WHERE name_en = 'Stale'"), 0);
}

static void test_stage__of_a_wrong_number_or_value_is_refused(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(staff, manager, BASE "/stages/999").status, 404);
    assert_int_equal(webtest_get(staff, manager, BASE "/stages/x").status, 404);
    assert_int_equal(webtest_post(staff, manager, BASE "/stages/new", BASE "/stages/new",
                                  "row_version=0&name_en=&name_zh=x&probability=101&category=maybe"
                                  "&stale_days=-1&active=1")
                         .status,
                     422);
}

/* -- reasons ----------------------------------------------------------------------------------- */

static void test_reason__is_made_offered_and_switched_off(void **state)
{
    char path[100], body[200];

    (void)state;
    assert_int_equal(webtest_post(staff, manager, BASE "/reasons/new", BASE "/reasons/new",
                                  "row_version=0&kind=lost&text_en=Moved+abroad&text_zh=x&sort=3"
                                  "&active=1")
                         .status,
                     303);
    snprintf(path, sizeof(path), BASE "/reasons/%s",
             portal_text(&portal,
                         "SELECT code FROM opportunity_reason WHERE text_en = 'Moved abroad'", 0));
    snprintf(body, sizeof(body), "row_version=1&kind=won&text_en=Moved+away&text_zh=x&sort=3");
    assert_int_equal(webtest_post(staff, manager, path, path, body).status, 303);
    assert_int_equal(webtest_post(staff, manager, path, path, body).status, 422);
    assert_int_equal(number("SELECT active = 0 AND kind = 'lost' FROM opportunity_reason WHERE"
                            " text_en = 'Moved away'"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stage__that_is_made_stands_last_among_the_open_ones),
        cmocka_unit_test(test_stage__that_changes_leaves_in_the_trail_what_was_before),
        cmocka_unit_test(test_stage__is_moved_up_and_down_but_not_past_the_end),
        cmocka_unit_test(test_stage__in_use_is_neither_deleted_nor_switched_off),
        cmocka_unit_test(test_stage__won_and_lost_stay_what_they_are),
        cmocka_unit_test(test_stage__that_changed_meanwhile_is_not_written),
        cmocka_unit_test(test_stage__of_a_wrong_number_or_value_is_refused),
        cmocka_unit_test(test_reason__is_made_offered_and_switched_off),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

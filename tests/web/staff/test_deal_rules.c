/* The automatic rules as staff list, change, order, switch, try and delete them. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "deal/deal_rules.h"
#include "program/program.h"

static struct webtest *w;
static struct deal_world world;
static struct visitor editor, reader;

#define RULES     "/staff/deals/rules"
#define NUMBER(s) fixture_number(w, s, 0)
#define RUN(s)    fixture_run(w, s, 1)

static void sign_in(struct visitor *v, bool edits)
{
    struct permission_set set = { 0 };

    permission_add(&set, PERM_HOME);
    permission_add(&set, PERM_DEAL_VIEW);
    permission_add(&set, PERM_DEAL_RULES);
    if (edits)
        permission_add(&set, PERM_DEAL_RULES_EDIT);
    webtest_sign_in(w, v, AUD_STAFF, &set, 0);
}

static int set_up(void **state)
{

    (void)state;
    w = webtest_open(&program_staff, NULL);
    sign_in(&editor, true);
    sign_in(&reader, false);
    deal_world_open(&world, webtest_admin(w));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    webtest_close(w);
    return 0;
}

/* Three rules, A, B and C, and nothing that was decided. */
static int begin(void **state)
{
    (void)state;
    RUN("DELETE FROM deal_rule WHERE id >= ?");
    RUN("UPDATE deal SET decided_at = NULL WHERE id >= ?");
    RUN("INSERT INTO deal_rule (id, position, name_en, name_zh, active, country, outcome)"
        " SELECT 900 + s, 10 * s, ELT(s, 'Rule A', 'Rule B', 'Rule C'), '规则', 1, 'SG', 'approve'"
        " FROM (SELECT 1 AS s UNION ALL SELECT 2 UNION ALL SELECT 3) n WHERE s >= ?");
    return 0;
}

static const char *order(void)
{
    static char text[40];
    struct deal_rule *rules;
    size_t count;

    text[0] = '\0';
    assert_ok(db_begin_read(world.db));
    assert_ok(deal_rules_load(world.db, world.a, &rules, &count));
    assert_ok(db_commit(world.db));
    for (size_t i = 0; i < count && i < 9; i++)
        sprintf(text + strlen(text), "%c", rules[i].name_en[strlen(rules[i].name_en) - 1]);
    return text;
}

static struct answer post(struct visitor *v, const char *path, const char *body)
{
    return webtest_post(w, v, RULES, path, body);
}

/* A registration that people decided, of this value; the partner has no tier. */
static int64_t decided(const char *state, int64_t value)
{
    struct deal *deal;

    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Rules Harbour GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w,
                arena_printf(world.a,
                             "UPDATE deal SET state = '%s', phase = 4, decided_at = "
                             "UTC_TIMESTAMP(6), verdict = 'different', total_report = %lld "
                             "WHERE id = ?",
                             state, (long long)value),
                deal->id);
    return deal->id;
}

/* -- looking ------------------------------------------------------------------------------------
 */

static void test_rules__are_listed_in_their_order_with_their_conditions(void **state)
{
    struct answer a = webtest_get(w, &reader, RULES);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Singapore"));
    assert_true(strstr(a.body, "Rule A") < strstr(a.body, "Rule B"));
}

static void test_rules__a_reader_sees_no_buttons_and_changes_nothing(void **state)
{
    struct answer a = webtest_get(w, &reader, RULES);

    (void)state;
    assert_false(answer_has(&a, "/turn"));
    assert_int_equal(webtest_get(w, &reader, RULES "/901").status, 200);
    assert_int_equal(webtest_get(w, &reader, RULES "/new").status, 404);
    assert_int_equal(post(&reader, RULES "/901/turn", "row_version=1").status, 404);
    assert_int_equal(NUMBER("SELECT active AS n FROM deal_rule WHERE id = 901 AND ? = 0"), 1);
}

/* -- adding and changing ------------------------------------------------------------------------
 */

static void test_rules__a_new_one_stands_last_and_in_the_audit(void **state)
{
    struct answer a = post(&editor, RULES "/new",
                           "name_en=Rule+D&country=DE&outcome=approve&verdict=different&do=save");

    (void)state;
    assert_int_equal(a.status, 303);
    assert_string_equal(order(), "ABCD");
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event e JOIN deal_rule r ON r.id ="
                            " e.object_id WHERE e.kind = 'deal_rule' AND r.name_en = 'Rule D' AND"
                            " JSON_VALUE(e.after_json, '$.country') = 'DE' AND ? = 0"),
                     1);
}

static void test_rules__a_change_counts_at_once(void **state)
{
    struct deal_rule *rules;
    size_t count;

    (void)state;
    assert_int_equal(post(&editor, RULES "/902",
                          "row_version=1&name_en=Rule+B&active=1&amount_most=5,000&outcome=reject"
                          "&reason_code=below_minimum&do=save")
                         .status,
                     303);
    assert_ok(db_begin_read(world.db));
    assert_ok(deal_rules_load(world.db, world.a, &rules, &count));
    assert_ok(db_commit(world.db));
    assert_string_equal(rules[1].outcome, "reject");
    assert_int_equal(rules[1].amount_most, 50000000);
    assert_string_equal(rules[1].country, "");
}

static void test_rules__an_old_version_changes_nothing_and_keeps_what_was_typed(void **state)
{
    static const char body[] = "row_version=1&name_en=Typed+name&outcome=approve&do=save";
    struct answer a;

    (void)state;
    assert_int_equal(post(&editor, RULES "/901", body).status, 303);
    a = post(&editor, RULES "/901", "row_version=1&name_en=Second+name&outcome=approve&do=save");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Second name"));
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_rule WHERE name_en = 'Typed name' AND"
                            " row_version = 2 AND ? = 0"),
                     1);
}

static void test_rules__one_that_can_never_hold_is_refused(void **state)
{
    static const char *const bodies[] = {
        "name_en=X&outcome=approve&amount_least=9&amount_most=8",
        "name_en=X&outcome=approve&verdict=same",
        "name_en=X&outcome=reject&reason_code=below_minimum&verdict=possible",
        "name_en=X&outcome=reject&country=DE",
        "name_en=X&outcome=assign&country=DE",
        "name_en=X&outcome=approve&tier_id=99999999",
        "name_en=X&outcome=assign&assign_user_id=99999999",
        "name_en=&outcome=approve",
        "name_en=X&country=DE",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct answer a = post(&editor, RULES "/new", bodies[i]);

        if (a.status != 422)
            print_error("%s: %d\n", bodies[i], a.status);
        assert_int_equal(a.status, 422);
    }
    assert_string_equal(order(), "ABC");
}

/* -- order and switch ---------------------------------------------------------------------------
 */

static void test_rules__change_places(void **state)
{
    (void)state;
    assert_int_equal(post(&editor, RULES "/903/move", "other=902").status, 303);
    assert_string_equal(order(), "ACB");
    assert_int_equal(post(&editor, RULES "/901/move", "other=903").status, 303);
    assert_string_equal(order(), "CAB");
}

static void test_rules__do_not_move_where_the_order_is_another_by_now(void **state)
{
    struct answer a = post(&editor, RULES "/903/move", "other=901");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Rule A"));
    assert_string_equal(order(), "ABC");
}

static void test_rules__are_switched_off_and_on_under_their_version(void **state)
{
    (void)state;
    assert_int_equal(post(&editor, RULES "/901/turn", "row_version=1").status, 303);
    assert_int_equal(NUMBER("SELECT active AS n FROM deal_rule WHERE id = 901 AND ? = 0"), 0);
    assert_int_equal(post(&editor, RULES "/901/turn", "row_version=1").status, 422);
    assert_int_equal(NUMBER("SELECT active AS n FROM deal_rule WHERE id = 901 AND ? = 0"), 0);
    assert_int_equal(post(&editor, RULES "/901/turn", "row_version=2").status, 303);
    assert_int_equal(NUMBER("SELECT active AS n FROM deal_rule WHERE id = 901 AND ? = 0"), 1);
}

static void test_rules__a_deleted_one_decides_nothing_and_still_has_its_name(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(w, &editor, RULES "/902/delete").status, 200);
    assert_int_equal(post(&editor, RULES "/902/delete", "row_version=1").status, 303);
    assert_string_equal(order(), "AC");
    assert_int_equal(webtest_get(w, &editor, RULES "/902").status, 404);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_rule WHERE name_en = 'Rule B' AND"
                            " ? = 0"),
                     1);
}

/* -- trials -------------------------------------------------------------------------------------
 */

static void test_rules__trying_changes_nothing_and_links_to_what_people_decided_otherwise(
    void **state)
{
    int64_t small = decided("rejected", 100), large = decided("approved", 900);
    struct answer a;

    (void)state;
    a = post(&editor, RULES "/901",
             "row_version=1&name_en=Other+name&outcome=approve&amount_most=500&do=try");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Other name"));
    assert_true(answer_has(&a, arena_printf(world.a, "/staff/deals/DR-%lld", (long long)small)));
    assert_false(answer_has(&a, arena_printf(world.a, "/staff/deals/DR-%lld\"", (long long)large)));
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_rule WHERE name_en = 'Other name' AND"
                            " ? = 0"),
                     0);
}

static void test_rules__a_new_one_is_tried_before_it_is_saved(void **state)
{
    struct answer a;

    (void)state;
    decided("approved", 900);
    a = post(&editor, RULES "/new", "name_en=Rule+D&outcome=approve&do=try");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "It fits all 1 past records"));
    assert_string_equal(order(), "ABC");
}

static void test_rules__one_that_never_decides_is_warned_of(void **state)
{
    struct answer a;

    (void)state;
    decided("approved", 900);
    a = webtest_get(w, &editor, RULES "/901");
    assert_true(answer_has(&a, "It fits none of the 1 past records"));
    assert_int_equal(
        post(&editor, RULES "/901", "row_version=1&name_en=Rule+A&country=SG&outcome=approve")
            .status,
        303);
    a = webtest_get(w, &editor, RULES);
    assert_true(answer_has(&a, "Would never have decided."));
}

static void test_rules__one_behind_a_rule_that_takes_everything_is_warned_of(void **state)
{
    struct answer a;

    (void)state;
    decided("approved", 900);
    RUN("UPDATE deal_rule SET country = '' WHERE ? = 1");
    a = webtest_get(w, &editor, RULES "/902");
    assert_true(answer_has(&a, "it is never reached"));
    a = webtest_get(w, &editor, RULES "/901");
    assert_false(answer_has(&a, "it is never reached"));
}

static void test_rules__a_trial_names_no_registration_that_its_reader_may_not_see(void **state)
{
    int64_t id = decided("approved", 900);
    struct answer a;

    (void)state;
    RUN("UPDATE deal_rule SET country = '' WHERE ? = 1");
    RUN("INSERT IGNORE INTO department (id, last_id, name_en, name_zh) SELECT 700, 700, 'D', 'D'"
        " FROM DUAL WHERE ? = 1");
    fixture_run(w, "UPDATE deal SET department_id = 700 WHERE id = ?", id);
    fixture_run(w, "UPDATE session SET department_low = 1, department_high = 1 WHERE user_id = ?",
                editor.user_id);
    a = webtest_get(w, &editor, RULES "/901");
    assert_false(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)id)));
    assert_true(answer_has(&a, "It fits all 1 past records"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_rules__are_listed_in_their_order_with_their_conditions, begin),
        cmocka_unit_test_setup(test_rules__a_reader_sees_no_buttons_and_changes_nothing, begin),
        cmocka_unit_test_setup(test_rules__a_new_one_stands_last_and_in_the_audit, begin),
        cmocka_unit_test_setup(test_rules__a_change_counts_at_once, begin),
        cmocka_unit_test_setup(test_rules__an_old_version_changes_nothing_and_keeps_what_was_typed,
                               begin),
        cmocka_unit_test_setup(test_rules__one_that_can_never_hold_is_refused, begin),
        cmocka_unit_test_setup(test_rules__change_places, begin),
        cmocka_unit_test_setup(test_rules__do_not_move_where_the_order_is_another_by_now, begin),
        cmocka_unit_test_setup(test_rules__are_switched_off_and_on_under_their_version, begin),
        cmocka_unit_test_setup(test_rules__a_deleted_one_decides_nothing_and_still_has_its_name,
                               begin),
        cmocka_unit_test_setup(
            test_rules__trying_changes_nothing_and_links_to_what_people_decided_otherwise, begin),
        cmocka_unit_test_setup(test_rules__a_new_one_is_tried_before_it_is_saved, begin),
        cmocka_unit_test_setup(test_rules__one_that_never_decides_is_warned_of, begin),
        cmocka_unit_test_setup(test_rules__one_behind_a_rule_that_takes_everything_is_warned_of,
                               begin),
        cmocka_unit_test_setup(
            test_rules__a_trial_names_no_registration_that_its_reader_may_not_see, begin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

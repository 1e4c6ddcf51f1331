/* How long an approval protects, and its discount, by tier and type of deal: set up by staff, read
 * by whoever decides next. */
#include "support/test.h"
#include "fixture/fixture_login.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "deal/deal_term.h"
#include "program/program.h"

#define TERMS "/staff/setup/programme/terms"

static struct portal portal;
static struct webtest *staff, *partner;
static struct visitor *editor, reader;

static int set_up(void **state)
{
    static const enum permission reads[] = { PERM_HOME, PERM_PROGRAMME_VIEW, PERM_UNSET };

    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    partner = portal_program(&portal, &program_partner);
    editor = &portal.people[AUD_STAFF];
    reader = fixture_staff(staff, reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    portal_run(&portal, "DELETE FROM protection_term; UPDATE account SET tier_id = NULL;"
                        " DELETE FROM tier_requirement; DELETE FROM tier_benefit;"
                        " DELETE FROM tier; INSERT INTO tier (id, code, name_en, name_zh, rank)"
                        " VALUES (901, 't901', 'Iron', '铁', 1), (902, 't902', 'Steel', '钢', 2)");
    portal_run(&portal, "UPDATE account SET tier_id = 902 WHERE kind = 'partner'");
    return 0;
}

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
}

static struct answer save(const char *version, const char *body)
{
    return webtest_post(staff, editor, TERMS "/902", TERMS "/902",
                        arena_join(portal.world.a, "row_version=", version, "&", body, NULL));
}

#define REST "&days_renewal=&discount_renewal=&days_displacement=&discount_displacement="
#define TYPED(days, discount) \
    "days_new=" days "&discount_new=" discount "&days_expansion=&discount_expansion=8" REST

static struct deal_term term(const char *deal_type)
{
    struct deal_term found;

    assert_ok(db_begin_read(portal.world.db));
    assert_ok(deal_term_of(portal.world.db, portal.world.a, portal.world.north.account, deal_type,
                           &found));
    assert_ok(db_commit(portal.world.db));
    return found;
}

static void test_terms__that_are_stored_count_for_the_next_decision(void **state)
{
    struct deal_term found;

    (void)state;
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    found = term("new");
    assert_int_equal(found.days, 120);
    assert_int_equal(found.discount_bp, 1225);
}

static void test_terms__that_are_left_empty_are_the_default(void **state)
{
    struct deal_term found;

    (void)state;
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    found = term("expansion");
    assert_int_equal(found.days, 90);
    assert_int_equal(found.discount_bp, 800);
    found = term("renewal");
    assert_int_equal(found.days, 90);
    assert_int_equal(found.discount_bp, 0);
    assert_int_equal(number("SELECT COUNT(*) FROM protection_term"), 2);
}

static void test_terms__the_default_is_a_parameter(void **state)
{
    struct answer a;

    (void)state;
    portal_run(&portal, "INSERT INTO system_parameter (name, value, updated_at) VALUES"
                        " ('deal.protect_days', '75', UTC_TIMESTAMP(6))");
    assert_int_equal(term("new").days, 75);
    a = webtest_get(staff, editor, TERMS);
    assert_true(answer_has(&a, "75 days"));
    assert_true(answer_has(&a, "/staff/parameters/deal.protect_days"));
    portal_run(&portal, "DELETE FROM system_parameter WHERE name = 'deal.protect_days'");
}

static void test_terms__stand_in_the_table_and_in_the_form(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    a = webtest_get(staff, editor, TERMS);
    assert_true(answer_has(&a, "Iron"));
    assert_true(answer_has(&a, "120 days, 12.25%"));
    assert_true(answer_has(&a, "Default days, 8%"));
    a = webtest_get(staff, editor, TERMS "/902");
    assert_true(answer_has(&a, "value=\"120\""));
    assert_true(answer_has(&a, "value=\"12.25\""));
    assert_false(answer_has(&a, "value=\"0"));
}

static void test_terms__are_promised_to_partners_who_register(void **state)
{
    struct answer a;

    (void)state;
    a = webtest_get(partner, &portal.people[AUD_PARTNER], "/partner/deals/new");
    assert_true(answer_has(&a, "90 days"));
    assert_false(answer_has(&a, "deal discount"));
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    a = webtest_get(partner, &portal.people[AUD_PARTNER], "/partner/deals/new");
    assert_true(answer_has(&a, "120 days, deal discount 12.25%"));
}

static void test_terms__the_trail_has_what_was_before_and_after(void **state)
{
    (void)state;
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    assert_int_equal(save("2", TYPED("", "12.5")).status, 303);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'tier' AND object_id ="
                            " 902 AND action = 'term.edit' AND before_json LIKE"
                            " '%\"new_days\":\"120\"%' AND after_json LIKE"
                            " '%\"new_discount\":\"12.50\\%%' AND after_json LIKE"
                            " '%\"new_days\":\"\"%'"),
                     1);
}

static void test_terms__two_people_change_them_and_the_second_is_told(void **state)
{
    (void)state;
    assert_int_equal(save("1", TYPED("120", "12.25")).status, 303);
    assert_int_equal(save("1", TYPED("60", "5")).status, 422);
    assert_int_equal(term("new").days, 120);
}

static void test_terms__faults_stand_at_their_fields(void **state)
{
    struct answer a = save("1", TYPED("0", "100.01"));

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "days_new-err"));
    assert_true(answer_has(&a, "discount_new-err"));
    a = save("1", TYPED("3651", "12.345"));
    assert_true(answer_has(&a, "days_new-err"));
    a = save("1", TYPED("3650", "12.345"));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "discount_new-err"));
    assert_int_equal(number("SELECT COUNT(*) FROM protection_term"), 0);
}

static void test_terms__who_only_reads_changes_nothing(void **state)
{
    struct answer a = webtest_get(staff, &reader, TERMS);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, TERMS "/902"));
    assert_int_equal(webtest_get(staff, &reader, TERMS "/902").status, 404);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_terms__that_are_stored_count_for_the_next_decision),
        TEST(test_terms__that_are_left_empty_are_the_default),
        TEST(test_terms__the_default_is_a_parameter),
        TEST(test_terms__stand_in_the_table_and_in_the_form),
        TEST(test_terms__are_promised_to_partners_who_register),
        TEST(test_terms__the_trail_has_what_was_before_and_after),
        TEST(test_terms__two_people_change_them_and_the_second_is_told),
        TEST(test_terms__faults_stand_at_their_fields),
        TEST(test_terms__who_only_reads_changes_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

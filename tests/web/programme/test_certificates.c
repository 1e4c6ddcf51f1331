/* Certificates as lists: of all partners for staff, of the own people for a partner; pages by key,
 * filters, and nobody else's. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

#include <string.h>

#define STAFF "/staff/certificates"
#define OWN   "/partner/programme/certificates"

static struct portal portal;
static struct webtest *partner, *staff;
static struct visitor *reviewer, v;
static int64_t account, other;

static int64_t new_partner(const char *name)
{
    int64_t id;

    assert_ok(db_begin_write(portal.world.db));
    id = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal,
               arena_printf(portal.world.a, "UPDATE account SET name = '%s' WHERE id = %lld", name,
                            (long long)id));
    return id;
}

/* OF has a certificate of COURSE that ends in DAYS. */
static void certified(int64_t of, const char *person, const char *course, int days)
{
    portal_run(
        &portal,
        arena_printf(portal.world.a,
                     "INSERT INTO certificate (account_id, person_name, course_en, course_zh,"
                     " issued_on, expires_on, created_name, created_at) VALUES (%lld, '%s',"
                     " '%s', 'x', UTC_DATE() - INTERVAL 400 DAY, UTC_DATE() + INTERVAL %d"
                     " DAY, 'K', UTC_TIMESTAMP(6))",
                     (long long)of, person, course, days));
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    reviewer = &portal.people[AUD_STAFF];
    portal_run(&portal, "UPDATE session SET department_high = 9223372036854775807;"
                        "DELETE FROM certificate");
    account = new_partner("Otterbach KG");
    other = new_partner("Heron Ltd");
    portal_sign_in_as(partner, &v, AUD_PARTNER, account);
    for (int i = 0; i < 60; i++)
        certified(i % 2 == 0 ? account : other, arena_printf(portal.world.a, "Person %02d", i),
                  i % 3 == 0 ? "Cooling" : "Edge", 10 + i / 2);
    certified(account, "Late Lane", "Edge", -5);
    certified(account, "Early Eve", "Edge", -300);
    certified(account, "Far Finn", "Edge", 900);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static struct answer get(const char *query)
{
    return webtest_get(staff, reviewer, arena_join(portal.world.a, STAFF, query, NULL));
}

/* The address of the link with PART, as the page has it. */
static const char *link_to(const struct answer *a, const char *part)
{
    const char *end = strstr(a->body, part), *at = end;
    char *address, *to;

    assert_non_null(end);
    while (at > a->body && strncmp(at, "href=\"", 6) != 0)
        at--;
    at += 6;
    address = to = arena_dup_bytes(portal.world.a, at, strcspn(at, "\""));
    for (const char *from = address; *from != '\0'; from++) {
        *to++ = *from;
        if (strncmp(from, "&amp;", 5) == 0)
            from += 4;
    }
    *to = '\0';
    return address;
}

static int people(const struct answer *a)
{
    int n = 0;

    for (const char *at = a->body; (at = strstr(at, "Person ")) != NULL; at++)
        n++;
    return n;
}

static void test_list__shows_what_is_valid_and_ends_first_page_by_page(void **state)
{
    struct answer a = get("");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_int_equal(people(&a), 25);
    assert_true(answer_has(&a, "Person 00"));
    assert_false(answer_has(&a, "Late Lane"));
    a = webtest_get(staff, reviewer, link_to(&a, "rel=\"next\""));
    assert_int_equal(people(&a), 25);
    assert_true(answer_has(&a, "Person 25"));
    a = webtest_get(staff, reviewer, link_to(&a, "rel=\"next\""));
    assert_true(answer_has(&a, "Person 59"));
    assert_true(answer_has(&a, "Far Finn"));
    a = webtest_get(staff, reviewer, link_to(&a, "rel=\"prev\""));
    assert_int_equal(people(&a), 25);
    assert_true(answer_has(&a, "Person 25"));
}

static void test_list__that_have_ended_begins_with_the_last(void **state)
{
    struct answer a = get("?view=ended");

    (void)state;
    assert_true(strstr(a.body, "Late Lane") < strstr(a.body, "Early Eve"));
    assert_int_equal(people(&a), 0);
}

static void test_list__filters_by_course_partner_and_days(void **state)
{
    struct answer a = get("?course=Cooling&q=heron");

    (void)state;
    assert_int_equal(people(&a), 10);
    assert_true(answer_has(&a, "Heron Ltd"));
    assert_false(answer_has(&a, "Otterbach"));
    a = get("?within=30&course=Cooling");
    assert_int_equal(people(&a), 14);
    a = get("?q=far+finn");
    assert_true(answer_has(&a, "Far Finn"));
    a = get("?q=nobody+here");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Nothing fits these filters"));
    assert_int_equal(get("?within=7").status, 422);
    assert_int_equal(get("?older=x").status, 400);
}

static void test_list__of_another_department_is_not_seen(void **state)
{
    struct answer a;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    fixture_department(portal.world.db, 700000001, 700000001, 0);
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal,
               portal_with_id(&portal, "UPDATE account SET department_id = 700000001 WHERE id = ?",
                              other));
    portal_run(&portal,
               portal_with_id(&portal, "UPDATE session SET department_high = -1 WHERE user_id = ?",
                              reviewer->user_id));
    a = get("?view=all&q=heron");
    assert_int_equal(a.status, 200);
    assert_int_equal(people(&a), 0);
}

static void test_own_list__has_the_own_people_alone(void **state)
{
    struct answer a = webtest_get(partner, &v, OWN);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_int_equal(people(&a), 25);
    assert_false(answer_has(&a, "Person 01"));
    assert_false(answer_has(&a, "Heron"));
    a = webtest_get(partner, &v, link_to(&a, "rel=\"next\""));
    assert_int_equal(people(&a), 5);
    a = webtest_get(partner, &v, OWN "?course=Cooling&q=person");
    assert_int_equal(people(&a), 10);
    a = webtest_get(partner, &v, OWN "?view=ended");
    assert_true(answer_has(&a, "Late Lane"));
}

static void test_own_list__is_led_to_from_the_page_of_the_tier(void **state)
{
    struct answer a = webtest_get(partner, &v, "/partner/programme/tier");

    (void)state;
    assert_true(answer_has(&a, OWN));
    assert_int_equal(people(&a), 8);
    assert_false(answer_has(&a, "Late Lane"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list__shows_what_is_valid_and_ends_first_page_by_page),
        cmocka_unit_test(test_list__that_have_ended_begins_with_the_last),
        cmocka_unit_test(test_list__filters_by_course_partner_and_days),
        cmocka_unit_test(test_own_list__has_the_own_people_alone),
        cmocka_unit_test(test_own_list__is_led_to_from_the_page_of_the_tier),
        cmocka_unit_test(test_list__of_another_department_is_not_seen),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* What waits for people beside registrations and tasks, on the home pages of partners and staff. */
#include "support/test.h"
#include "fixture/fixture_login.h"
#include "fixture/portal.h"

#include "admin/home_waiting.h"
#include "base/log.h"
#include "base/str.h"
#include "program/program.h"
#include "program/worker.h"

#include <stdlib.h>

static struct portal portal;
static struct webtest *staff, *partner;
static struct visitor manager, seller;
static struct db *worker;
static int statements_run;

static void count_statements(const char *line)
{
    const char *at = strstr(line, "\"statements\":");

    if (at != NULL)
        statements_run = atoi(at + strlen("\"statements\":"));
    portal_keep_quiet(line);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(count_statements);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    partner = portal_program(&portal, &program_partner);
    assert_ok(testdb_connect_as(webtest_schema(staff), "worker", worker_statements, &worker));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(worker);
    portal_close(&portal);
    return 0;
}

static void run(const char *sql, int64_t id)
{
    portal_run(&portal, portal_with_id(&portal, sql, id));
}

static void see(const struct visitor *v, int64_t low, int64_t high)
{
    run(arena_printf(portal.world.a,
                     "UPDATE session SET department_low = %lld, department_high = %lld WHERE "
                     "user_id = ?",
                     (long long)low, (long long)high),
        v->user_id);
}

static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    manager = seller = (struct visitor){ 0 };
    portal_sign_in_as(staff, &manager, AUD_STAFF, 0);
    portal_sign_in_as(partner, &seller, AUD_PARTNER, portal.world.north.account);
    portal_run(&portal,
               "DELETE FROM lead_wish; DELETE FROM lead_staff; DELETE FROM lead;"
               " DELETE FROM tier_review; DELETE FROM application; DELETE FROM deal_extension;"
               " DELETE FROM opportunity_share WHERE shown_title = 'Shared by us';"
               " DELETE FROM onboarding_done; DELETE FROM onboarding_step;"
               " DELETE FROM deal WHERE project_name = 'waits'; DELETE FROM waiting_count;"
               " INSERT IGNORE INTO department (id, last_id, name_en, name_zh)"
               " VALUES (500000000, 500000999, 'North', '北'),"
               " (600000000, 600000999, 'South', '南')");
    run("UPDATE account SET status = 'active', agreement_due = 0 WHERE id = ?",
        portal.world.north.account);
    see(&manager, 0, INT64_MAX);
    return 0;
}

static void lead(const char *columns, const char *values)
{
    portal_run(&portal,
               arena_printf(portal.world.a,
                            "INSERT INTO lead (company_name, created_at, updated_at%s) VALUES "
                            "('Quiet Mills', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)%s)",
                            columns, values));
}

static void count_now(void)
{
    struct job_context ctx = { .db = worker, .arena = arena_new(65536) };

    assert_ok(home_waiting_jobs[0].handler(&ctx, &(struct job){ .kind = "home.waiting" }));
    arena_free(ctx.arena);
}

static struct answer staff_home(void)
{
    const struct answer a = webtest_get(staff, &manager, "/staff/");

    assert_int_equal(a.status, 200);
    return a;
}

static struct answer partner_home(void)
{
    const struct answer a = webtest_get(partner, &seller, "/partner/");

    assert_int_equal(a.status, 200);
    return a;
}

/* In the rows of a list, where a number stands with a company. */
static int times(const struct answer *a, const char *text)
{
    int n = 0;

    for (const char *at = a->body; (at = strstr(at, text)) != NULL; at++)
        n++;
    return n;
}

static void test_home__a_partner_sees_the_lead_that_it_must_answer_and_how_long_it_has(void **state)
{
    struct answer a;

    (void)state;
    lead(", account_id, state, phase, due_at",
         portal_with_id(&portal, ", ?, 'assigned', 2, UTC_TIMESTAMP(6) + INTERVAL 5 HOUR",
                        portal.world.north.account));
    a = partner_home();
    assert_true(answer_has(&a, "Waiting for you"));
    assert_true(answer_has(&a, "Quiet Mills"));
    assert_true(answer_has(&a, "4 h 59 m left") || answer_has(&a, "5 h"));
    assert_true(answer_has(&a, "/partner/leads/LD-"));
}

static void test_home__a_lead_of_another_partner_is_not_there(void **state)
{
    struct answer a;

    (void)state;
    lead(", account_id, state, phase, due_at",
         portal_with_id(&portal, ", ?, 'assigned', 2, UTC_TIMESTAMP(6) + INTERVAL 5 HOUR",
                        portal.world.south.account));
    a = partner_home();
    assert_false(answer_has(&a, "Quiet Mills"));
    assert_false(answer_has(&a, "Waiting for you"));
}

static void test_home__a_partner_in_onboarding_sees_its_steps(void **state)
{
    struct answer a;

    (void)state;
    portal_run(&portal, "INSERT INTO onboarding_step (sort, text_en, text_zh) VALUES"
                        " (1, 'Name a technician', '指定技术人员')");
    a = partner_home();
    assert_false(answer_has(&a, "Name a technician"));
    run("UPDATE account SET status = 'onboarding' WHERE id = ?", portal.world.north.account);
    a = partner_home();
    assert_true(answer_has(&a, "Name a technician"));
    run("INSERT INTO onboarding_done (account_id, step_id, ticked_at, ticked_name) SELECT ?, id,"
        " UTC_TIMESTAMP(6), 'Ana' FROM onboarding_step",
        portal.world.north.account);
    a = partner_home();
    assert_false(answer_has(&a, "Name a technician"));
}

static void test_home__a_new_agreement_waits_for_whoever_accepts_it(void **state)
{
    struct answer a;

    (void)state;
    run("UPDATE account SET agreement_due = 1 WHERE id = ?", portal.world.north.account);
    a = partner_home();
    assert_true(answer_has(&a, "The partner agreement"));
}

static void test_home__staff_see_how_many_leads_wait_and_the_list_has_as_many(void **state)
{
    struct answer a;

    (void)state;
    lead("", "");
    lead("", "");
    lead(", pool, pooled_at", ", 'apply', UTC_TIMESTAMP(6)");
    portal_run(&portal, "INSERT INTO lead_staff (lead_id, held) SELECT MIN(id), 'copy' FROM lead");
    run("INSERT INTO lead_wish (lead_id, account_id, wished_at) SELECT MAX(id), ?,"
        " UTC_TIMESTAMP(6) FROM lead",
        portal.world.north.account);
    count_now();
    a = staff_home();
    assert_true(answer_has(&a, "Leads without a partner</p><p class=\"fw-s fw-2\">3 wait"));
    assert_true(
        answer_has(&a, "Leads that the rules leave to a person</p><p class=\"fw-s fw-2\">1 waits"));
    assert_true(answer_has(&a, "Leads that partners ask for</p><p class=\"fw-s fw-2\">1 waits"));
    a = webtest_get(staff, &manager, "/staff/leads?view=held");
    assert_int_equal(times(&a, "Quiet Mills"), 1);
    a = webtest_get(staff, &manager, "/staff/leads?view=wished");
    assert_int_equal(times(&a, "Quiet Mills"), 1);
}

static void test_home__staff_see_what_waits_in_their_departments_alone(void **state)
{
    struct answer a;

    (void)state;
    lead(", department_id", ", 500000000");
    lead(", department_id", ", 600000000");
    lead(", department_id", ", NULL");
    count_now();
    see(&manager, 500000000, 500000999);
    a = staff_home();
    assert_true(answer_has(&a, "Leads without a partner</p><p class=\"fw-s fw-2\">2 wait"));
    see(&manager, 0, -1);
    a = staff_home();
    assert_true(answer_has(&a, "Leads without a partner</p><p class=\"fw-s fw-2\">1 waits"));
}

static void test_home__whoever_may_not_decide_is_told_of_nothing(void **state)
{
    static const enum permission few[] = { PERM_HOME, PERM_LEAD_VIEW, PERM_UNSET };
    struct visitor reader = fixture_staff(staff, few);
    struct answer a;

    (void)state;
    lead("", "");
    portal_run(&portal, "INSERT INTO application (company_name, country, contact_name, email,"
                        " email_key, lang, remote_addr, consent_at, created_at, updated_at) VALUES"
                        " ('Ask Ltd', 'DE', 'Eva', 'e@ask.test', 'e@ask.test', 'en', '::1',"
                        " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    count_now();
    a = staff_home();
    assert_true(answer_has(&a, "New applications</p><p class=\"fw-s fw-2\">1 waits"));
    a = webtest_get(staff, &reader, "/staff/");
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "New applications"));
    assert_false(answer_has(&a, "Leads without a partner"));
}

static void test_home__what_waits_no_more_is_not_counted_any_more(void **state)
{
    struct answer a;

    (void)state;
    lead("", "");
    count_now();
    portal_run(&portal, "UPDATE lead SET phase = 4, state = 'disqualified'");
    count_now();
    a = staff_home();
    assert_false(answer_has(&a, "Leads without a partner"));
    assert_int_equal(
        portal_number(&portal, "SELECT COUNT(*) FROM waiting_count WHERE leads_free > 0"), 0);
}

static void test_home__open_registrations_stand_by_who_has_them(void **state)
{
    struct answer a;

    (void)state;
    run("INSERT INTO deal (account_id, created_by, state, phase, company_name, country,"
        " project_name, reviewer_id, due_at, created_at, updated_at) SELECT a.id, 1, 'review', 2,"
        " 'Late Works', 'DE', 'waits', ?, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) FROM account a WHERE a.kind = 'partner' ORDER BY a.id LIMIT 1",
        manager.user_id);
    count_now();
    a = staff_home();
    assert_true(answer_has(&a, "Who has what"));
    assert_true(answer_has(&a, "/staff/deals?view=mine"));
    assert_true(answer_has(&a, "aria-label=\"Late\""));
}

/* Work, waiting, tasks, charts, months, unread announcements; the brand is read every five seconds,
 * here each time. */
static void test_home__staffs_home_page_takes_six_statements_beside_the_session(void **state)
{
    (void)state;
    run("UPDATE session SET counter_announcements = 3 WHERE user_id = ?", manager.user_id);
    staff_home();
    staff_home();
    assert_in_range(statements_run, 1, 6 + 2);
}

static void test_home__what_was_counted_goes_with_a_department_that_moves(void **state)
{
    (void)state;
    lead(", department_id", ", 600000000");
    count_now();
    portal_run(&portal, "UPDATE department SET id = 700000000, last_id = 700000999 WHERE id ="
                        " 600000000");
    see(&manager, 600000000, 600000999);
    assert_false(answer_has((struct answer[]){ staff_home() }, "Leads without a partner"));
    see(&manager, 700000000, 700000999);
    assert_true(answer_has((struct answer[]){ staff_home() }, "Leads without a partner"));
    portal_run(&portal, "UPDATE department SET id = 600000000, last_id = 600000999 WHERE id ="
                        " 700000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(
            test_home__a_partner_sees_the_lead_that_it_must_answer_and_how_long_it_has, begin),
        cmocka_unit_test_setup(test_home__a_lead_of_another_partner_is_not_there, begin),
        cmocka_unit_test_setup(test_home__a_partner_in_onboarding_sees_its_steps, begin),
        cmocka_unit_test_setup(test_home__a_new_agreement_waits_for_whoever_accepts_it, begin),
        cmocka_unit_test_setup(test_home__staff_see_how_many_leads_wait_and_the_list_has_as_many,
                               begin),
        cmocka_unit_test_setup(test_home__staff_see_what_waits_in_their_departments_alone, begin),
        cmocka_unit_test_setup(test_home__whoever_may_not_decide_is_told_of_nothing, begin),
        cmocka_unit_test_setup(test_home__what_waits_no_more_is_not_counted_any_more, begin),
        cmocka_unit_test_setup(test_home__open_registrations_stand_by_who_has_them, begin),
        cmocka_unit_test_setup(test_home__what_was_counted_goes_with_a_department_that_moves,
                               begin),
        cmocka_unit_test_setup(test_home__staffs_home_page_takes_six_statements_beside_the_session,
                               begin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Changes to an approved registration that several people decide, one step after the other. */
#include "support/test.h"
#include "fixture/sides.h"

#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_amend.h"
#include "deal/deal_jobs.h"
#include "deal/deal_steps.h"
#include "program/program.h"

#include <string.h>

static struct visitor boss, money;

static int set_up(void **state)
{
    sides_open(state);
    portal_run(&portal, "INSERT IGNORE INTO currency (code, active, sort) VALUES ('USD', 1, 1);"
                        " INSERT INTO currency_rate (currency, valid_from, rate) VALUES ('USD',"
                        " '2020-01-01', 1) ON DUPLICATE KEY UPDATE rate = 1");
    portal_sign_in_as(staff, &boss, AUD_STAFF, 0);
    portal_sign_in_as(staff, &money, AUD_STAFF, 0);
    return 0;
}

/* -- what is asked ----------------------------------------------------------------------------- */

static int64_t asked_id(int64_t id)
{
    return number("SELECT id FROM deal_amendment WHERE pending = 1 AND deal_id = #", id);
}

/* The only rule: of COVERS, from LEAST on; one step for the boss, and one for the money when BOTH.
 */
static void rule(const char *covers, int least, bool both)
{
    struct arena *a = portal.world.a;

    portal_run(&portal,
               arena_printf(
                   a,
                   "DELETE FROM deal_plan_step; DELETE FROM deal_plan; INSERT INTO deal_plan (id,"
                   " position, name_en, name_zh, active, covers, amount_least) VALUES (1, 1, 'P',"
                   " 'P', 1, '%s', %d); INSERT INTO deal_plan_step (plan_id, stage, hours,"
                   " title_en, deciders) VALUES (1, 1, 4, 'First look', 'user_%lld'), (1, 2, %d,"
                   " 'Second look', 'user_%lld')",
                   covers, least, (long long)boss.user_id, both ? 6 : 0, (long long)money.user_id));
}

/* Side by side: both, or one of them. */
static void rule_beside(const char *need)
{
    rule("deal_amend", 0, false);
    portal_run(&portal, arena_printf(portal.world.a,
                                     "UPDATE deal_plan_step SET need = '%s', deciders ="
                                     " 'user_%lld user_%lld' WHERE stage = 1",
                                     need, (long long)boss.user_id, (long long)money.user_id));
}

static struct answer send_change(int64_t id, const char *button, int value)
{
    struct arena *a = portal.world.a;

    return webtest_post(
        partner, member, deal_page("partner", id),
        arena_printf(a, "%s/amend", deal_page("partner", id)),
        arena_printf(a,
                     "do=%s&row_version=%lld&company_name=%s&country=CN&contact_name=Gu+Jianming&"
                     "contact_email=gu%%40customer.example&project_name=Plant+3&deal_type=new&"
                     "currency=USD&expected_close=%s&line=%lld&quantity=2&value=%d",
                     button, (long long)deal_version(id),
                     text_of("SELECT REPLACE(company_name, ' ', '+') FROM deal WHERE id = #", id),
                     text_of("SELECT expected_close FROM deal WHERE id = #", id),
                     (long long)portal.world.line[0], value));
}

static void work(int64_t id)
{
    struct job_context ctx = { .db = portal.world.db, .arena = portal.world.a };

    assert_ok(deal_amend_run(&ctx, &(struct job){ .ref = id }, portal.world.names));
}

/* An approved registration of which a value of VALUE is asked for, prepared by the worker. */
static int64_t asked(int value)
{
    const int64_t id = deal_approved(&portal.world.north, portal_company(portal.world.a));

    assert_int_equal(send_change(id, "submit", value).status, 303);
    work(id);
    return id;
}

static struct answer answer(struct visitor *v, int64_t id, const char *word)
{
    return webtest_post(staff, v, deal_page("staff", id),
                        arena_printf(portal.world.a, "%s/amendment", deal_page("staff", id)),
                        arena_printf(portal.world.a,
                                     "row_version=%lld&amendment_id=%lld&answer=%s&text=%s",
                                     (long long)deal_version(id), (long long)asked_id(id), word,
                                     str_eq(word, "reject") ? "Not+in+the+budget" : ""));
}

static struct answer take_back(struct visitor *v, int64_t id, int64_t amendment)
{
    return webtest_post(
        partner, v, v == &stranger ? "/partner/home" : deal_page("partner", id),
        arena_printf(portal.world.a, "%s/amendment/withdraw", deal_page("partner", id)),
        arena_printf(portal.world.a, "row_version=%lld&amendment_id=%lld",
                     (long long)deal_version(id), (long long)amendment));
}

/* "open,waiting": of the newest round. */
static const char *steps(int64_t id)
{
    return text_of(
        "SELECT GROUP_CONCAT(state ORDER BY stage) FROM approval_step s WHERE kind ="
        " 'deal_amend' AND object_id = # AND round = (SELECT MAX(round) FROM approval_step"
        " x WHERE x.kind = s.kind AND x.object_id = s.object_id)",
        id);
}

static int64_t total(int64_t id)
{
    return number("SELECT total FROM deal WHERE id = #", id);
}

static bool was_told(const struct visitor *v, int64_t id)
{
    return number(arena_printf(portal.world.a,
                               "SELECT COUNT(*) FROM notification WHERE user_id = %lld AND event ="
                               " 'deal.amend_asked' AND object_id = #",
                               (long long)v->user_id),
                  id) > 0;
}

/* -- a round ----------------------------------------------------------------------------------- */

static void test_steps__of_a_change_begin_where_a_rule_covers_it(void **state)
{
    int64_t id;

    (void)state;
    rule("deal_amend", 3000, true);
    id = asked(5000);
    assert_string_equal(steps(id), "open,waiting");
    assert_true(was_told(&boss, id));
    assert_false(was_told(&money, id));
    assert_int_equal(total(id), 1000);
    assert_string_equal(steps(asked(2000)), "");
}

static void test_steps__of_registrations_are_not_asked_of_a_change_nor_the_other_way(void **state)
{
    int64_t id;

    (void)state;
    rule("deal", 0, true);
    id = asked(5000);
    assert_string_equal(steps(id), "");
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    assert_int_equal(total(id), 5000);
    rule("both", 0, true);
    assert_string_equal(steps(asked(5000)), "open,waiting");
}

static void test_steps__each_approves_in_turn_and_the_last_makes_the_change(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    a = webtest_get(staff, &boss, deal_page("staff", id));
    assert_true(answer_has(&a, "Your approval is one of several"));
    a = answer(&boss, id, "approve");
    assert_int_equal(a.status, 303);
    assert_non_null(strstr(answer_header(&a, "Location"), "note=deal_step_approved"));
    assert_string_equal(steps(id), "approved,open");
    assert_true(was_told(&money, id));
    assert_int_equal(total(id), 1000);
    assert_int_equal(answer(&money, id, "approve").status, 303);
    assert_string_equal(steps(id), "approved,approved");
    assert_int_equal(total(id), 5000);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'deal' AND action ="
                            " 'deal.amend_step' AND object_id = #",
                            id),
                     2);
}

static void test_steps__side_by_side_wait_for_all_or_for_one(void **state)
{
    int64_t id;

    (void)state;
    rule_beside("all");
    id = asked(5000);
    assert_int_equal(answer(&money, id, "approve").status, 303);
    assert_string_equal(steps(id), "open");
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    assert_int_equal(total(id), 5000);
    rule_beside("any");
    id = asked(5000);
    assert_int_equal(answer(&money, id, "approve").status, 303);
    assert_int_equal(total(id), 5000);
}

static void test_steps__who_is_not_asked_is_offered_no_answer_and_refused(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    a = webtest_get(staff, &money, deal_page("staff", id));
    assert_true(answer_has(&a, "This step waits for others."));
    assert_false(answer_has(&a, "/amendment\""));
    a = answer(&money, id, "approve");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "This step waits for others to decide."));
    assert_int_equal(answer(&money, id, "reject").status, 422);
    assert_string_equal(steps(id), "open,waiting");
}

static void test_steps__a_rejection_in_any_is_the_end(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    assert_int_equal(answer(&money, id, "reject").status, 303);
    assert_string_equal(steps(id), "approved,void");
    assert_int_equal(total(id), 1000);
    a = webtest_get(partner, member, deal_page("partner", id));
    assert_true(answer_has(&a, "Not in the budget"));
    assert_int_equal(send_change(id, "submit", 6000).status, 303);
    work(id);
    assert_string_equal(steps(id), "open,waiting");
}

static void test_steps__an_answer_before_the_worker_begins_them(void **state)
{
    const int64_t id = deal_approved(&portal.world.north, portal_company(portal.world.a));

    (void)state;
    rule("deal_amend", 0, true);
    assert_int_equal(send_change(id, "submit", 5000).status, 303);
    assert_int_equal(answer(&money, id, "approve").status, 422);
    assert_string_equal(steps(id), "");
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    assert_string_equal(steps(id), "approved,open");
    work(id);
    assert_string_equal(steps(id), "approved,open");
}

static void test_steps__a_small_change_is_made_alone_unless_it_comes_under_a_rule(void **state)
{
    int64_t id;

    (void)state;
    rule("deal_amend", 1100, true);
    id = asked(1150);
    assert_string_equal(steps(id), "open,waiting");
    assert_int_equal(total(id), 1000);
    rule("deal_amend", 500, true);
    id = asked(1150);
    assert_string_equal(steps(id), "");
    assert_int_equal(total(id), 1150);
}

static void test_steps__a_delegate_approves_in_the_others_name(void **state)
{
    struct deal_world *w = &portal.world;
    int64_t id, now;

    (void)state;
    rule("deal_amend", 0, false);
    id = asked(5000);
    assert_ok(db_begin_write(w->db));
    assert_ok(db_now(w->db, &now));
    assert_ok(
        delegate_add(w->db, w->a, boss.user_id, money.user_id, now - CLOCK_HOUR, now + CLOCK_DAY));
    assert_ok(db_commit(w->db));
    assert_int_equal(answer(&money, id, "approve").status, 303);
    assert_int_equal(total(id), 5000);
    assert_string_equal(
        text_of("SELECT IF(v.for_name = u.name, 'for him', v.for_name) FROM"
                " approval_vote v JOIN approval_step s ON s.id = v.step_id JOIN user u"
                " ON u.id = v.user_id WHERE s.kind = 'deal_amend' AND s.object_id = #",
                id),
        "for him");
    portal_run(&portal, "DELETE FROM delegate");
}

/* -- what happens meanwhile -------------------------------------------------------------------- */

static void test_steps__are_over_when_the_partner_takes_the_change_back(void **state)
{
    int64_t id, amendment, shown;
    struct answer a;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    amendment = asked_id(id);
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    shown = deal_version(id);
    assert_int_equal(take_back(&stranger, id, amendment).status, 404);
    assert_int_equal(take_back(member, id, amendment).status, 303);
    assert_string_equal(steps(id), "approved,void");
    a = webtest_post(staff, &money, deal_page("staff", id),
                     arena_printf(portal.world.a, "%s/amendment", deal_page("staff", id)),
                     arena_printf(portal.world.a,
                                  "row_version=%lld&amendment_id=%lld&answer=approve&text=",
                                  (long long)shown, (long long)amendment));
    assert_int_equal(a.status, 409);
    assert_int_equal(total(id), 1000);
    a = webtest_get(staff, &money, deal_page("staff", id));
    assert_true(answer_has(&a, "Withdrawn"));
    a = take_back(member, id, amendment);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "This change is decided already."));
}

static void test_steps__are_over_when_the_registration_ends(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    a = webtest_post(partner, member, deal_page("partner", id),
                     arena_printf(portal.world.a, "%s/end", deal_page("partner", id)),
                     arena_printf(portal.world.a, "row_version=%lld", (long long)deal_version(id)));
    assert_int_equal(a.status, 303);
    assert_string_equal(steps(id), "void,void");
    a = webtest_get(staff, &boss, "/staff/deals/approvals");
    assert_false(answer_has(&a, arena_printf(portal.world.a, "DR-%lld", (long long)id)));
}

/* Both have read the same version: whoever writes second runs again as a whole. */
static void test_steps__of_two_answers_at_once_one_runs_again(void **state)
{
    struct deal_world *w = &portal.world;
    struct deal_amend_answer yes = { .approved = true, .reason = "" };
    struct actor first = { .user_id = boss.user_id, .name = "B" };
    struct actor second = { .user_id = money.user_id, .name = "M" };
    struct deal_actor by = w->vendor.by;
    struct deal *one, *two;
    int64_t id;
    bool decided;

    (void)state;
    rule_beside("all");
    id = asked(5000);
    yes.amendment_id = asked_id(id);
    assert_ok(db_begin_write(w->db));
    assert_ok(deal_of_worker(w->db, w->a, id, &one));
    assert_ok(deal_of_worker(w->db, w->a, id, &two));
    by.who.actor = &first;
    assert_ok(deal_amend_give(w->db, w->a, &by, one, &yes, &decided));
    assert_false(decided);
    by.who.actor = &second;
    assert_err_kind(deal_amend_give(w->db, w->a, &by, two, &yes, &decided), ERR_AGAIN);
    db_rollback(w->db);
}

static void test_steps__no_person_approves_the_change_past_them(void **state)
{
    struct deal_world *w = &portal.world;
    struct deal_amend_answer yes = { .approved = true, .reason = "" };
    struct deal *deal;
    struct err *e;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    yes.amendment_id = asked_id(id);
    assert_ok(db_begin_write(w->db));
    assert_ok(deal_of_worker(w->db, w->a, id, &deal));
    e = deal_amend_decide(w->db, w->a, &w->vendor.by, deal, &yes);
    assert_true(err_is(e, ERR_CONFLICT));
    assert_string_equal(err_detail(e), "step");
    err_free(e);
    db_rollback(w->db);
}

static void test_steps__of_a_change_have_a_clock(void **state)
{
    struct job_context ctx = { .db = portal.world.db, .arena = portal.world.a };
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    run("UPDATE approval_step SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE kind ="
        " 'deal_amend' AND object_id = # AND state = 'open'",
        id);
    assert_ok(deal_step_jobs[0].handler(&ctx, NULL));
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE event = 'deal.late' AND"
                            " object_id = #",
                            id),
                     1);
}

/* -- pages ------------------------------------------------------------------------------------- */

static void test_steps__of_a_change_stand_among_what_waits_for_me(void **state)
{
    struct answer a;
    const char *name;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    name = arena_printf(portal.world.a, "DR-%lld", (long long)id);
    a = webtest_get(staff, &boss, "/staff/deals/approvals");
    assert_true(answer_has(&a, name));
    assert_true(answer_has(&a, "First look"));
    assert_true(answer_has(&a, "Change</span>"));
    a = webtest_get(staff, &money, "/staff/deals/approvals");
    assert_false(answer_has(&a, name));
}

static void test_steps__whoever_is_asked_sees_the_change_in_another_department(void **state)
{
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    run("INSERT IGNORE INTO department (id, last_id, name_en, name_zh) SELECT 700, 700, 'D', 'D'"
        " FROM DUAL WHERE # > 0",
        id);
    run("UPDATE deal SET department_id = 700 WHERE id = #", id);
    run("UPDATE session SET department_low = 999999, department_high = 999999 WHERE user_id = #",
        boss.user_id);
    assert_int_equal(webtest_get(staff, &boss, deal_page("staff", id)).status, 200);
    run("DELETE v FROM approval_vote v JOIN approval_step s ON s.id = v.step_id WHERE s.kind ="
        " 'deal_amend' AND s.object_id = #",
        id);
    assert_int_equal(webtest_get(staff, &boss, deal_page("staff", id)).status, 404);
    run("UPDATE session SET department_low = 0, department_high = 9223372036854775807 WHERE"
        " user_id = #",
        boss.user_id);
}

static void test_steps__the_partner_reads_how_many_are_given_and_nothing_else(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, true);
    id = asked(5000);
    assert_int_equal(answer(&boss, id, "approve").status, 303);
    a = webtest_get(partner, member, deal_page("partner", id));
    assert_true(answer_has(&a, "1 of 2 approvals are given"));
    assert_false(answer_has(&a, "look"));
    assert_true(answer_has(&a, "Take the change back"));
    assert_int_equal(answer(&money, id, "approve").status, 303);
    a = webtest_get(partner, member, deal_page("partner", id));
    assert_false(answer_has(&a, "approvals are given"));
    assert_false(answer_has(&a, "Take the change back"));
}

static void test_preview__says_who_would_decide_and_changes_nothing(void **state)
{
    const int64_t id = deal_approved(&portal.world.north, portal_company(portal.world.a)),
                  before = deal_version(id);
    struct answer a;

    (void)state;
    rule("deal_amend", 3000, true);
    a = send_change(id, "preview", 5000);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "First look, within 4 hours"));
    assert_true(answer_has(&a, "value=\"5000\""));
    a = send_change(id, "preview", 2000);
    assert_true(answer_has(&a, "One person."));
    assert_false(answer_has(&a, "First look"));
    a = send_change(id, "preview", 1100);
    assert_true(answer_has(&a, "Nobody: a value that grows so little"));
    a = send_change(id, "preview", 1000);
    assert_true(answer_has(&a, "Nothing was changed."));
    assert_int_equal(deal_version(id), before);
    assert_int_equal(asked_id(id), 0);
}

static void test_rule__says_what_it_is_for(void **state)
{
    struct answer a;

    (void)state;
    rule("deal", 0, true);
    a = webtest_post(staff, &boss, "/staff/deals/steps/1", "/staff/deals/steps/1",
                     "do=save&row_version=1&name_en=Large+changes&name_zh=&active=1&"
                     "covers=deal_amend&tier_id=&product_line_id=&country=&deal_type=&verdict=&"
                     "amount_least=3000&amount_most=&step1_title_en=First+look&step1_title_zh=&"
                     "step1_hours=4&step1_need=all&step1_who1=manager&step1_who2=&step1_who3=&"
                     "step2_title_en=&step2_title_zh=&step2_hours=&step2_need=all&step2_who1=&"
                     "step2_who2=&step2_who3=&step3_title_en=&step3_title_zh=&step3_hours=&"
                     "step3_need=all&step3_who1=&step3_who2=&step3_who3=");
    assert_int_equal(a.status, 303);
    assert_string_equal(text_of("SELECT covers FROM deal_plan WHERE id = #", 1), "deal_amend");
    a = webtest_get(staff, &boss, "/staff/deals/steps");
    assert_true(answer_has(&a, "Changes to approved registrations"));
}

/* Tries a rule of COVERS on past records, from LEAST to MOST. */
static struct answer try_rule(const char *covers, int least, int most)
{
    return webtest_post(
        staff, &boss, "/staff/deals/steps/1", "/staff/deals/steps/1",
        arena_printf(portal.world.a,
                     "do=try&row_version=1&name_en=P&name_zh=&active=1&covers=%s&tier_id=&"
                     "product_line_id=&country=&deal_type=&verdict=&amount_least=%d&amount_most=%d&"
                     "step1_title_en=First+look&step1_title_zh=&step1_hours=4&step1_need=all&"
                     "step1_who1=manager&step1_who2=&step1_who3=&step2_title_en=&step2_title_zh=&"
                     "step2_hours=&step2_need=all&step2_who1=&step2_who2=&step2_who3=&"
                     "step3_title_en=&step3_title_zh=&step3_hours=&step3_need=all&step3_who1=&"
                     "step3_who2=&step3_who3=",
                     covers, least, most));
}

static bool has_case(const struct answer *a, int64_t id)
{
    const char *cases = strstr(a->body, "id=\"cases-h\"");

    return cases != NULL &&
           strstr(cases, arena_printf(portal.world.a, "/DR-%lld\"", (long long)id)) != NULL;
}

static void test_rule__is_tried_on_past_records_of_what_it_covers(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal_amend", 0, false);
    id = asked(7200);
    assert_int_equal(answer(&boss, id, "reject").status, 303);
    a = try_rule("deal_amend", 7000, 7400);
    assert_int_equal(a.status, 200);
    assert_true(has_case(&a, id));
    assert_true(answer_has(&a, "A change to it"));
    a = try_rule("deal", 7000, 7400);
    assert_false(has_case(&a, id));
    a = try_rule("both", 7000, 7400);
    assert_true(has_case(&a, id));
    a = try_rule("deal_amend", 900, 1100); /* the registration itself */
    assert_false(has_case(&a, id));
    a = try_rule("both", 900, 1100);
    assert_true(has_case(&a, id));
}

static void test_rule__that_held_before_a_small_change_asks_for_nothing(void **state)
{
    struct answer a;
    int64_t id;

    (void)state;
    rule("deal", 0, false);
    id = asked(1150);
    assert_int_equal(total(id), 1150);
    a = try_rule("deal_amend", 1110, 1190);
    assert_true(has_case(&a, id));
    a = try_rule("deal_amend", 900, 1190);
    assert_false(has_case(&a, id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps__of_a_change_begin_where_a_rule_covers_it),
        cmocka_unit_test(test_steps__of_registrations_are_not_asked_of_a_change_nor_the_other_way),
        cmocka_unit_test(test_steps__each_approves_in_turn_and_the_last_makes_the_change),
        cmocka_unit_test(test_steps__side_by_side_wait_for_all_or_for_one),
        cmocka_unit_test(test_steps__who_is_not_asked_is_offered_no_answer_and_refused),
        cmocka_unit_test(test_steps__a_rejection_in_any_is_the_end),
        cmocka_unit_test(test_steps__an_answer_before_the_worker_begins_them),
        cmocka_unit_test(test_steps__a_small_change_is_made_alone_unless_it_comes_under_a_rule),
        cmocka_unit_test(test_steps__a_delegate_approves_in_the_others_name),
        cmocka_unit_test(test_steps__are_over_when_the_partner_takes_the_change_back),
        cmocka_unit_test(test_steps__are_over_when_the_registration_ends),
        cmocka_unit_test(test_steps__of_two_answers_at_once_one_runs_again),
        cmocka_unit_test(test_steps__no_person_approves_the_change_past_them),
        cmocka_unit_test(test_steps__of_a_change_have_a_clock),
        cmocka_unit_test(test_steps__of_a_change_stand_among_what_waits_for_me),
        cmocka_unit_test(test_steps__whoever_is_asked_sees_the_change_in_another_department),
        cmocka_unit_test(test_steps__the_partner_reads_how_many_are_given_and_nothing_else),
        cmocka_unit_test(test_preview__says_who_would_decide_and_changes_nothing),
        cmocka_unit_test(test_rule__says_what_it_is_for),
        cmocka_unit_test(test_rule__is_tried_on_past_records_of_what_it_covers),
        cmocka_unit_test(test_rule__that_held_before_a_small_change_asks_for_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, sides_close);
}

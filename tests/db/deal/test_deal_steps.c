/* deal/deal_steps.c: registrations that several people decide, one step after the other. */
#include "support/test.h"

#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_steps.h"
#include "fixture/fixture_deal.h"

#include <stdlib.h>
#include <string.h>

/* Two people beside the vendor's, a role that one of them has, and a registration. */
struct office {
    struct deal_world w;
    struct side boss, money;
    int64_t role;
    struct deal *deal;
};

static struct side colleague(struct office *o, const char *role)
{
    struct side s = { 0 };
    const struct fixture_user user = { .audience = AUD_STAFF,
                                       .scope = "all",
                                       .roles = FIXTURE_ROLES(role) };

    s.user = fixture_user(o->w.db, &user);
    s.actor = fixture_actor(o->w.db, o->w.a, s.user);
    s.by = o->w.vendor.by;
    return s;
}

static void run(struct office *o, const char *sql)
{
    assert_ok(db_script(o->w.db, sql));
}

/* The only plan: WHEN narrows it. */
static void plan(struct office *o, const char *first, const char *second, const char *need,
                 const char *when)
{
    run(o, "DELETE FROM deal_plan_step; DELETE FROM deal_plan");
    run(o, arena_printf(
               o->w.a,
               "INSERT INTO deal_plan (id, position, name_en, name_zh, active) VALUES (1, 1, 'P',"
               " 'P', 1); UPDATE deal_plan SET row_version = 2%s; INSERT INTO deal_plan_step"
               " (plan_id, stage, need, hours, title_en, deciders) VALUES (1, 1, '%s', 4, 'One',"
               " '%s'), (1, 2, 'all', IF('%s' = '', 0, 6), 'Two', '%s')",
               when, need, first, second, second));
}

static const char *user_word(struct office *o, const struct side *s)
{
    return arena_printf(o->w.a, "user_%lld", (long long)s->user);
}

static int begin(void **state)
{
    struct office *o = calloc(1, sizeof(*o));
    struct deal_world *made;
    void *slot;

    assert_int_equal(deal_world_make(&slot), 0);
    made = slot;
    o->w = *made;
    free(made);
    slot = &o->w;
    assert_int_equal(deal_world_begin(&slot), 0);
    o->boss = colleague(o, "channel_manager");
    o->money = colleague(o, "sales");
    o->boss.by.who.actor = &o->boss.actor;
    o->money.by.who.actor = &o->money.actor;
    o->role = deal_world_number(
        &o->w, "SELECT id AS n FROM role WHERE audience = 'staff' AND code = 'sales' AND ? = 0", 0);
    o->deal = deal_world_submitted(&o->w, &o->w.north, "Steps Harbour GmbH", 1);
    *state = o;
    return 0;
}

static int end(void **state)
{
    struct office *o = *state;
    struct deal_world *w = malloc(sizeof(*w));
    void *slot = w;

    db_rollback(o->w.db);
    *w = o->w;
    assert_int_equal(deal_world_end(&slot), 0);
    free(o);
    return 0;
}

static struct deal *again(struct office *o)
{
    struct deal *deal;

    assert_ok(deal_of_worker(o->w.db, o->w.a, o->deal->id, &deal));
    return deal;
}

/* As the worker does after a submission; true when a round began. */
static bool steps_begin(struct office *o)
{
    struct deal *deal = again(o);
    struct deal_facts facts;
    bool begun;

    assert_ok(deal_load_lines(o->w.db, o->w.a, deal));
    assert_ok(deal_facts_read(o->w.db, o->w.a, deal, &facts));
    assert_ok(deal_steps_begin(o->w.db, o->w.a, deal, &facts, o->w.vendor.user, &begun));
    return begun;
}

static struct err *give(struct office *o, struct side *side)
{
    return err_pass(deal_steps_give(o->w.db, o->w.a, &side->by, again(o)));
}

static struct err *decide(struct office *o, struct side *side, enum deal_verb verb)
{
    return err_pass(
        deal_decide(o->w.db, o->w.a, &side->by, again(o),
                    &(struct deal_decision){ .verb = verb, .reason_code = "other_reject" }));
}

static struct approval_step read_step(struct office *o, size_t i)
{
    struct approval round;

    assert_ok(approval_read(o->w.db, o->w.a, "deal", o->deal->id, &round));
    assert_true(i < round.count);
    return round.steps[i];
}

static void assert_step(struct office *o, size_t i, const char *state)
{
    assert_string_equal(read_step(o, i).state, state);
}

static bool was_told(struct office *o, const struct side *side, const char *event)
{
    return deal_world_number(&o->w,
                             arena_printf(o->w.a,
                                          "SELECT COUNT(*) AS n FROM notification WHERE user_id = "
                                          "? AND event = '%s'",
                                          event),
                             side->user) > 0;
}

/* -- a round ------------------------------------------------------------------------------------
 */

static void test_steps__begin_where_a_plan_fits_and_the_clock_is_as_long_as_they_are(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    assert_true(steps_begin(o));
    assert_step(o, 0, "open");
    assert_step(o, 1, "waiting");
    assert_int_equal(again(o)->decision_hours, 10);
    assert_int_equal(again(o)->reviewer_id, o->boss.user);
    assert_true(was_told(o, &o->boss, "deal.to_decide"));
    assert_false(was_told(o, &o->money, "deal.to_decide"));
}

static void test_steps__none_begin_where_no_plan_fits(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), "", "all", ", country = 'SG'");
    assert_false(steps_begin(o));
    assert_int_equal(again(o)->decision_hours, 0);
    assert_ok(decide(o, &o->w.vendor, DEAL_APPROVE));
}

static void test_steps__the_next_opens_when_the_one_before_is_approved(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    assert_ok(give(o, &o->boss));
    assert_step(o, 0, "approved");
    assert_step(o, 1, "open");
    assert_int_equal(again(o)->state, DEAL_REVIEW);
    assert_int_equal(again(o)->reviewer_id, o->money.user);
    assert_true(was_told(o, &o->money, "deal.to_decide"));
}

static void test_steps__all_of_a_step_waits_for_each(void **state)
{
    struct office *o = *state;

    plan(o, arena_printf(o->w.a, "%s %s", user_word(o, &o->boss), user_word(o, &o->money)), "",
         "all", "");
    steps_begin(o);
    assert_ok(give(o, &o->boss));
    assert_step(o, 0, "open");
    assert_ok(give(o, &o->money));
    assert_step(o, 0, "approved");
}

static void test_steps__any_of_a_step_is_enough(void **state)
{
    struct office *o = *state;

    plan(o, arena_printf(o->w.a, "%s %s", user_word(o, &o->boss), user_word(o, &o->money)), "",
         "any", "");
    steps_begin(o);
    assert_ok(give(o, &o->money));
    assert_step(o, 0, "approved");
}

static void test_steps__who_is_not_asked_cannot_approve(void **state)
{
    struct office *o = *state;
    struct deal_vote vote;

    plan(o, user_word(o, &o->boss), "", "all", "");
    steps_begin(o);
    assert_ok(deal_steps_vote(o->w.db, o->w.a, again(o), o->money.user, &vote));
    assert_false(vote.may);
    assert_err_kind(give(o, &o->money), ERR_CONFLICT);
    assert_step(o, 0, "open");
}

static void test_steps__whoever_has_the_role_approves(void **state)
{
    struct office *o = *state;

    plan(o, arena_printf(o->w.a, "role_%lld", (long long)o->role), "", "all", "");
    steps_begin(o);
    assert_err_kind(give(o, &o->boss), ERR_CONFLICT);
    assert_ok(give(o, &o->money));
    assert_step(o, 0, "approved");
}

static void test_steps__the_manager_of_who_has_it_is_asked(void **state)
{
    struct office *o = *state;

    run(o, arena_printf(o->w.a, "UPDATE user SET manager_id = %lld WHERE id = %lld",
                        (long long)o->boss.user, (long long)o->w.vendor.user));
    plan(o, "manager", "", "all", "");
    steps_begin(o);
    assert_int_equal(read_step(o, 0).votes[0].user_id, o->boss.user);
}

static void test_steps__who_has_left_is_stood_in_for_by_who_has_it(void **state)
{
    struct office *o = *state;

    run(o, arena_printf(o->w.a, "UPDATE user SET status = 'disabled' WHERE id = %lld",
                        (long long)o->boss.user));
    plan(o, user_word(o, &o->boss), "", "all", "");
    steps_begin(o);
    assert_int_equal(read_step(o, 0).votes[0].user_id, o->w.vendor.user);
}

static void test_steps__a_delegate_approves_in_the_others_name(void **state)
{
    struct office *o = *state;
    int64_t now;

    plan(o, user_word(o, &o->boss), "", "all", "");
    steps_begin(o);
    assert_ok(db_now(o->w.db, &now));
    assert_ok(delegate_add(o->w.db, o->w.a, o->boss.user, o->money.user, now - CLOCK_HOUR,
                           now + CLOCK_DAY));
    assert_ok(give(o, &o->money));
    assert_string_equal(read_step(o, 0).votes[0].by_name, o->money.actor.name);
    assert_string_equal(read_step(o, 0).votes[0].for_name, o->boss.actor.name);
}

/* -- what it is for -----------------------------------------------------------------------------
 */

static void test_steps__a_registration_is_not_approved_while_a_step_waits(void **state)
{
    struct office *o = *state;
    struct err *e;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    e = decide(o, &o->boss, DEAL_APPROVE);
    assert_true(err_is(e, ERR_CONFLICT));
    assert_string_equal(err_detail(e), "step");
    err_free(e);
    assert_ok(give(o, &o->boss));
    assert_err_kind(decide(o, &o->money, DEAL_APPROVE), ERR_CONFLICT);
}

static void test_steps__after_the_last_it_is_approved_and_protected(void **state)
{
    struct office *o = *state;
    struct deal_vote vote;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    assert_ok(deal_steps_vote(o->w.db, o->w.a, again(o), o->boss.user, &vote));
    assert_false(vote.last);
    assert_ok(give(o, &o->boss));
    assert_ok(deal_steps_vote(o->w.db, o->w.a, again(o), o->money.user, &vote));
    assert_true(vote.last);
    assert_ok(give(o, &o->money));
    assert_ok(decide(o, &o->money, DEAL_APPROVE));
    assert_int_equal(
        deal_world_number(&o->w, "SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", o->deal->id),
        1);
}

static void test_steps__a_refusal_in_any_step_ends_the_round(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    assert_ok(give(o, &o->boss));
    assert_ok(decide(o, &o->money, DEAL_REJECT));
    assert_step(o, 0, "approved");
    assert_step(o, 1, "void");
}

static void test_steps__of_two_at_once_one_finds_it_changed(void **state)
{
    struct office *o = *state;
    struct deal *shown;
    struct err *e;

    plan(o, arena_printf(o->w.a, "%s %s", user_word(o, &o->boss), user_word(o, &o->money)), "",
         "all", "");
    steps_begin(o);
    shown = again(o);
    assert_ok(give(o, &o->boss));
    e = deal_steps_give(o->w.db, o->w.a, &o->money.by, shown);
    assert_true(err_is(e, ERR_CONFLICT));
    assert_string_equal(err_detail(e), "version");
    err_free(e);
    assert_step(o, 0, "open");
}

static void test_steps__begin_anew_after_a_return(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    assert_ok(give(o, &o->boss));
    assert_ok(decide(o, &o->money, DEAL_RETURN));
    o->deal = again(o);
    assert_ok(deal_submit(o->w.db, o->w.a, &o->w.north.by, o->deal));
    assert_true(steps_begin(o));
    assert_int_equal(read_step(o, 0).round, 2);
    assert_step(o, 0, "open");
    assert_step(o, 1, "waiting");
}

static void test_steps__are_over_when_no_plan_fits_any_more(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), "", "all", "");
    steps_begin(o);
    plan(o, user_word(o, &o->boss), "", "all", ", active = 0");
    assert_false(steps_begin(o));
    assert_step(o, 0, "void");
    assert_ok(decide(o, &o->money, DEAL_APPROVE));
}

static void test_steps__each_vote_stands_in_the_audit(void **state)
{
    struct office *o = *state;

    plan(o, user_word(o, &o->boss), user_word(o, &o->money), "all", "");
    steps_begin(o);
    assert_ok(give(o, &o->boss));
    assert_int_equal(
        deal_world_number(&o->w,
                          "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'deal' AND object_id "
                          "= ? AND action = 'deal.step_approve'",
                          o->deal->id),
        1);
}

#define STEP_TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STEP_TEST(test_steps__begin_where_a_plan_fits_and_the_clock_is_as_long_as_they_are),
        STEP_TEST(test_steps__none_begin_where_no_plan_fits),
        STEP_TEST(test_steps__the_next_opens_when_the_one_before_is_approved),
        STEP_TEST(test_steps__all_of_a_step_waits_for_each),
        STEP_TEST(test_steps__any_of_a_step_is_enough),
        STEP_TEST(test_steps__who_is_not_asked_cannot_approve),
        STEP_TEST(test_steps__whoever_has_the_role_approves),
        STEP_TEST(test_steps__the_manager_of_who_has_it_is_asked),
        STEP_TEST(test_steps__who_has_left_is_stood_in_for_by_who_has_it),
        STEP_TEST(test_steps__a_delegate_approves_in_the_others_name),
        STEP_TEST(test_steps__a_registration_is_not_approved_while_a_step_waits),
        STEP_TEST(test_steps__after_the_last_it_is_approved_and_protected),
        STEP_TEST(test_steps__a_refusal_in_any_step_ends_the_round),
        STEP_TEST(test_steps__of_two_at_once_one_finds_it_changed),
        STEP_TEST(test_steps__begin_anew_after_a_return),
        STEP_TEST(test_steps__are_over_when_no_plan_fits_any_more),
        STEP_TEST(test_steps__each_vote_stands_in_the_audit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

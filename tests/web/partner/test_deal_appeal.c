/* An appeal against a refusal: by its partner, who reads what becomes of it; by those who refused,
 * who may not touch it; and by somebody else, whose decision is final. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"

static struct visitor first, second;

static int set_up(void **state)
{
    sides_open(state);
    portal_sign_in_as(staff, &first, AUD_STAFF, 0);
    portal_sign_in_as(staff, &second, AUD_STAFF, 0);
    return 0;
}

/* -- what is asked ----------------------------------------------------------------------------- */

static bool state_is(int64_t id, const char *state)
{
    return str_eq(text_of("SELECT state FROM deal WHERE id = #", id), state);
}

static struct answer staff_post(struct visitor *v, int64_t id, const char *verb, const char *body)
{
    return webtest_post(
        staff, v, deal_page("staff", id),
        arena_printf(portal.world.a, "%s/%s", deal_page("staff", id), verb),
        arena_printf(portal.world.a, "row_version=%lld%s", (long long)deal_version(id), body));
}

static struct answer decide(struct visitor *v, int64_t id, const char *verb)
{
    return staff_post(v, id, "decide",
                      arena_printf(portal.world.a,
                                   "&verb=%s&reason=%s&text=Not+enough&duplicate_of=&staff_note=",
                                   verb, str_eq(verb, "reject") ? "no_project" : ""));
}

/* By the first reviewer, who had taken it. */
static int64_t refused(void)
{
    const int64_t id = deal_sent(&portal.world.north, portal_company(portal.world.a));

    assert_int_equal(staff_post(&first, id, "take", "").status, 303);
    assert_int_equal(decide(&first, id, "reject").status, 303);
    return id;
}

static struct answer appeal_at(struct visitor *v, int64_t id, int64_t shown)
{
    return webtest_post(partner, v, v == member ? deal_page("partner", id) : "/partner/home",
                        arena_printf(portal.world.a, "%s/appeal", deal_page("partner", id)),
                        arena_printf(portal.world.a,
                                     "row_version=%lld&reason=They+have+a+budget+since+Monday",
                                     (long long)shown));
}

static struct answer appeal(int64_t id)
{
    return appeal_at(member, id, deal_version(id));
}

static int64_t appealed(void)
{
    const int64_t id = refused();

    assert_int_equal(appeal(id).status, 303);
    return id;
}

static bool page_has(struct webtest *w, struct visitor *v, const char *path, const char *words)
{
    struct answer a = webtest_get(w, v, path);

    assert_int_equal(a.status, 200);
    return answer_has(&a, words);
}

/* -- the partner ------------------------------------------------------------------------------- */

static void test_appeal__goes_back_into_review_at_its_rank_with_a_receipt(void **state)
{
    const int64_t id = refused();
    const int64_t rank = number("SELECT rank_no FROM deal WHERE id = #", id);

    (void)state;
    assert_true(page_has(partner, member, deal_page("partner", id), "You can appeal once, until"));
    assert_int_equal(appeal(id).status, 303);
    assert_true(state_is(id, "review"));
    assert_int_equal(number("SELECT rank_no FROM deal WHERE id = #", id), rank);
    assert_int_equal(
        number("SELECT COUNT(*) FROM receipt WHERE event = 'appealed' AND deal_id = #", id), 1);
    assert_int_equal(
        number("SELECT COUNT(*) FROM deal_step WHERE action = 'deal.appeal' AND deal_id = #", id),
        1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE action = 'deal.appeal'"
                            " AND kind = 'deal' AND object_id = #",
                            id),
                     1);
    assert_true(page_has(partner, member, deal_page("partner", id), "Being reviewed"));
    assert_true(
        page_has(partner, member, deal_page("partner", id), "They have a budget since Monday"));
}

static void test_appeal__has_the_whole_time_of_a_decision(void **state)
{
    const int64_t id = deal_sent(&portal.world.north, portal_company(portal.world.a));

    (void)state;
    assert_int_equal(staff_post(&first, id, "take", "").status, 303);
    run("UPDATE deal_step SET from_at = from_at - INTERVAL 60 DAY"
        " WHERE deal_id = #",
        id);
    assert_int_equal(decide(&first, id, "reject").status, 303);
    assert_int_equal(appeal(id).status, 303);
    assert_int_equal(
        number("SELECT due_at > UTC_TIMESTAMP(6) + INTERVAL 15 HOUR FROM deal WHERE id = #", id),
        1);
}

static void test_appeal__is_made_once(void **state)
{
    const int64_t id = appealed();

    (void)state;
    assert_int_equal(appeal(id).status, 409);
    assert_int_equal(decide(&second, id, "reject").status, 303);
    assert_int_equal(appeal(id).status, 409);
    assert_true(state_is(id, "rejected"));
    assert_int_equal(number("SELECT appeal_until_at IS NULL FROM deal WHERE id = #", id), 1);
    assert_true(page_has(partner, member, deal_page("partner", id), "Not successful: final"));
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE event = 'deal.appeal_failed'"
                            " AND object_id = #",
                            id),
                     1);
}

static void test_appeal__is_too_late_after_its_time(void **state)
{
    const int64_t id = refused();

    (void)state;
    run("UPDATE deal SET appeal_until_at = UTC_TIMESTAMP(6) -"
        " INTERVAL 1 SECOND WHERE id = #",
        id);
    assert_int_equal(appeal(id).status, 409);
    assert_true(state_is(id, "rejected"));
    assert_true(page_has(partner, member, deal_page("partner", id), "could be appealed until"));
}

static void test_appeal__can_be_made_for_as_long_as_the_parameter_says(void **state)
{
    (void)state;
    portal_run(&portal, "REPLACE INTO system_parameter (name, value, updated_at)"
                        " VALUES ('deal.appeal_days', '60', UTC_TIMESTAMP(6))");
    const int64_t id = refused();

    portal_run(&portal, "DELETE FROM system_parameter WHERE name = 'deal.appeal_days'");
    assert_int_equal(
        number("SELECT DATEDIFF(appeal_until_at, decided_at) BETWEEN 80 AND 120 FROM deal"
               " WHERE id = #",
               id),
        1);
}

static void test_appeal__needs_a_refusal(void **state)
{
    const int64_t id = deal_sent(&portal.world.north, portal_company(portal.world.a));

    (void)state;
    assert_int_equal(appeal(id).status, 409);
    assert_int_equal(number("SELECT COUNT(*) FROM deal_appeal WHERE deal_id = #", id), 0);
}

static void test_appeal__against_a_version_that_has_gone_is_refused(void **state)
{
    const int64_t id = refused();

    (void)state;
    assert_int_equal(appeal_at(member, id, deal_version(id) - 1).status, 409);
    assert_true(state_is(id, "rejected"));
}

static void test_appeal__of_another_company_is_not_there(void **state)
{
    const int64_t id = refused();

    (void)state;
    assert_int_equal(appeal_at(&stranger, id, deal_version(id)).status, 404);
    assert_true(state_is(id, "rejected"));
}

static void test_appeal__can_be_withdrawn_and_stays_undecided(void **state)
{
    const int64_t id = appealed();

    (void)state;
    assert_int_equal(
        webtest_post(partner, member, deal_page("partner", id),
                     arena_printf(portal.world.a, "%s/withdraw", deal_page("partner", id)),
                     arena_printf(portal.world.a, "row_version=%lld", (long long)deal_version(id)))
            .status,
        303);
    assert_true(page_has(partner, member, deal_page("partner", id), "Not decided"));
    assert_int_equal(decide(&second, id, "approve").status, 409);
}

/* -- who decides it ---------------------------------------------------------------------------- */

static void test_appeal__is_decided_by_somebody_else(void **state)
{
    const int64_t id = appealed();

    (void)state;
    assert_int_equal(decide(&second, id, "approve").status, 303);
    assert_true(state_is(id, "approved"));
    assert_true(page_has(partner, member, deal_page("partner", id), "Successful"));
}

static void test_appeal__is_not_decided_by_who_refused_it(void **state)
{
    static const char *const verbs[] = { "approve", "reject", "duplicate", "return" };
    const int64_t id = appealed();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        struct answer a = staff_post(
            &first, id, "decide",
            arena_printf(
                portal.world.a,
                "&verb=%s&reason=%s&text=&duplicate_of=DR-%lld&staff_note=", verbs[i],
                i == 1   ? "no_project"
                : i == 3 ? "other_return"
                         : "",
                (long long)deal_sent(&portal.world.north, portal_company(portal.world.a))));

        assert_int_equal(a.status, 409);
        assert_true(answer_has(&a, "cannot take it or decide it"));
    }
    assert_true(state_is(id, "review"));
    assert_false(page_has(staff, &first, deal_page("staff", id), "Record the decision"));
}

/* The rule refuses, whichever page asked. */
static void test_appeal__is_refused_to_its_first_reviewer_by_the_rule_itself(void **state)
{
    const int64_t id = appealed();
    struct deal_world *w = &portal.world;
    struct actor actor = w->vendor.actor;
    struct deal_actor by = w->vendor.by;
    struct deal *deal;
    struct err *e;

    (void)state;
    actor.user_id = first.user_id;
    by.who.actor = &actor;
    assert_ok(db_begin_write(w->db));
    assert_ok(deal_of_worker(w->db, w->a, id, &deal));
    e = deal_decide(w->db, w->a, &by, deal, &(struct deal_decision){ .verb = DEAL_APPROVE });
    assert_true(err_is(e, ERR_CONFLICT));
    assert_string_equal(err_detail(e), "appeal");
    err_free(e);
    db_rollback(w->db);
}

static void test_appeal__is_not_taken_or_given_away_by_who_refused_it(void **state)
{
    const int64_t id = appealed();

    (void)state;
    run("UPDATE deal SET reviewer_id = NULL, reviewer_name = ''"
        " WHERE id = #",
        id);
    assert_int_equal(staff_post(&first, id, "take", "").status, 409);
    assert_int_equal(staff_post(&first, id, "assign",
                                arena_printf(portal.world.a, "&user_id=%lld",
                                             (long long)portal.world.vendor.user))
                         .status,
                     409);
    assert_int_equal(staff_post(&second, id, "take", "").status, 303);
    assert_int_equal(number("SELECT reviewer_id FROM deal WHERE id = #", id), second.user_id);
    assert_int_equal(staff_post(&first, id, "take", "").status, 409);
}

static void test_appeal__is_not_given_to_who_refused_it(void **state)
{
    const int64_t id = appealed();

    (void)state;
    portal_run(&portal, arena_printf(portal.world.a,
                                     "INSERT IGNORE INTO user_role (user_id, role_id) SELECT %lld,"
                                     " id FROM role WHERE audience = 'staff' AND code ="
                                     " 'channel_manager'",
                                     (long long)first.user_id));
    assert_int_equal(
        staff_post(&second, id, "assign",
                   arena_printf(portal.world.a, "&user_id=%lld", (long long)first.user_id))
            .status,
        422);
    assert_false(page_has(
        staff, &second, deal_page("staff", id),
        arena_printf(portal.world.a, "<option value=\"%lld\">", (long long)first.user_id)));
}

static void test_appeal__is_not_decided_by_who_stands_in_for_who_refused_it(void **state)
{
    const int64_t id = appealed();

    (void)state;
    portal_run(&portal, arena_printf(portal.world.a,
                                     "INSERT INTO delegate (user_id, delegate_id, from_at,"
                                     " until_at, created_at) VALUES (%lld, %lld, UTC_TIMESTAMP(6) -"
                                     " INTERVAL 1 DAY, UTC_TIMESTAMP(6) + INTERVAL 1 DAY,"
                                     " UTC_TIMESTAMP(6))",
                                     (long long)first.user_id, (long long)second.user_id));
    assert_int_equal(decide(&second, id, "approve").status, 409);
    portal_run(&portal, "DELETE FROM delegate");
    assert_int_equal(decide(&second, id, "approve").status, 303);
}

/* Others may have a name in the record without having decided. */
static void test_appeal__is_neither_for_who_had_it_nor_for_who_decided_it(void **state)
{
    const int64_t id = deal_sent(&portal.world.north, portal_company(portal.world.a));

    (void)state;
    assert_int_equal(staff_post(&first, id, "take", "").status, 303);
    assert_int_equal(decide(&second, id, "reject").status, 303);
    assert_int_equal(appeal(id).status, 303);
    assert_int_equal(decide(&first, id, "approve").status, 409);
    assert_int_equal(decide(&second, id, "approve").status, 409);
}

static void test_appeal__stands_in_the_queue_with_whom_it_may_not_go_to(void **state)
{
    const int64_t id = appealed();
    struct answer a = webtest_get(staff, &second, "/staff/deals?view=appeal");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, arena_printf(portal.world.a, "DR-%lld", (long long)id)));
    assert_true(answer_has(&a, arena_printf(portal.world.a, "not to %s",
                                            text_of("SELECT name FROM user WHERE id"
                                                    " = #",
                                                    first.user_id))));
    assert_true(page_has(staff, &second, deal_page("staff", id), "Not to be taken or decided by"));
}

static void test_appeal__is_not_what_the_next_one_to_take_is(void **state)
{
    const int64_t id = appealed();

    (void)state;
    run("UPDATE deal SET reviewer_id = NULL, due_at ="
        " '2001-01-01' WHERE id = #",
        id);
    webtest_post(staff, &second, "/staff/deals", "/staff/deals/next", "");
    assert_int_equal(number("SELECT reviewer_id IS NULL FROM deal WHERE id = #", id), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appeal__goes_back_into_review_at_its_rank_with_a_receipt),
        cmocka_unit_test(test_appeal__has_the_whole_time_of_a_decision),
        cmocka_unit_test(test_appeal__is_made_once),
        cmocka_unit_test(test_appeal__is_too_late_after_its_time),
        cmocka_unit_test(test_appeal__can_be_made_for_as_long_as_the_parameter_says),
        cmocka_unit_test(test_appeal__needs_a_refusal),
        cmocka_unit_test(test_appeal__against_a_version_that_has_gone_is_refused),
        cmocka_unit_test(test_appeal__of_another_company_is_not_there),
        cmocka_unit_test(test_appeal__can_be_withdrawn_and_stays_undecided),
        cmocka_unit_test(test_appeal__is_decided_by_somebody_else),
        cmocka_unit_test(test_appeal__is_not_decided_by_who_refused_it),
        cmocka_unit_test(test_appeal__is_refused_to_its_first_reviewer_by_the_rule_itself),
        cmocka_unit_test(test_appeal__is_not_taken_or_given_away_by_who_refused_it),
        cmocka_unit_test(test_appeal__is_not_given_to_who_refused_it),
        cmocka_unit_test(test_appeal__is_not_decided_by_who_stands_in_for_who_refused_it),
        cmocka_unit_test(test_appeal__is_neither_for_who_had_it_nor_for_who_decided_it),
        cmocka_unit_test(test_appeal__stands_in_the_queue_with_whom_it_may_not_go_to),
        cmocka_unit_test(test_appeal__is_not_what_the_next_one_to_take_is),
    };

    return cmocka_run_group_tests(tests, set_up, sides_close);
}

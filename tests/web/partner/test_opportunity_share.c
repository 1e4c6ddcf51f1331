/* Sharing an opportunity as requests: what an invitation shows, who answers, what is seen after it,
 * and what the vendor keeps for itself. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"
#include "opportunity/opportunity_share.h"

#include <stdio.h>

#define SECRET "Zaunkoenig"  /* the end customer, until it is accepted */
#define INSIDE "Rotkehlchen" /* the vendor's own words */

#define ASKED(rest) text("/partner/opportunities/invitations/#" rest, share)

/* One of the vendor's, with a customer and a note that are not everybody's. */
static int64_t made(void)
{
    return opportunity_of_vendor("row_version=0&name=Plant+of+" SECRET "&customer_name=" SECRET
                                 "&customer_country=DE&currency=USD&amount=1000"
                                 "&expected_close=2031-05-20&stage=1&next_step=Call"
                                 "&inside_note=" INSIDE);
}

static struct answer share_with(int64_t op, int64_t account, const char *rest)
{
    char body[400];

    snprintf(body, sizeof(body), "partner_id=%lld&role=cosell&title=A+plant+in+the+north&days=5&%s",
             (long long)account, rest);
    return webtest_post(staff, manager, THEIRS("/share"), THEIRS("/share"), body);
}

static int64_t invited(int64_t op, int64_t account, const char *rest)
{
    assert_int_equal(share_with(op, account, rest).status, 303);
    return newest("opportunity_share");
}

static struct answer answer_it(struct visitor *v, int64_t share, const char *how, const char *rest)
{
    char path[200], body[300];

    snprintf(path, sizeof(path), "%s/%s", ASKED(""), how);
    snprintf(body, sizeof(body), "row_version=%lld%s",
             (long long)number("SELECT row_version FROM opportunity_share WHERE id = #", share),
             rest);
    return webtest_post(partner, v, ASKED(""), path, body);
}

static bool is_on(struct visitor *v, const char *path, const char *words)
{
    struct answer a = webtest_get(partner, v, path);

    assert_int_equal(a.status, 200);
    return answer_has(&a, words);
}

#define NORTH portal.world.north.account
#define SOUTH portal.world.south.account

/* -- before it is accepted ------------------------------------------------------------- */

static void test_invitation__shows_what_it_says_and_nothing_of_the_record(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");

    (void)state;
    assert_true(is_on(member, "/partner/opportunities", "A plant in the north"));
    assert_true(is_on(member, ASKED(""), "A plant in the north"));
    assert_false(is_on(member, ASKED(""), SECRET));
    assert_false(is_on(member, "/partner/opportunities", SECRET));
    assert_int_equal(webtest_get(partner, member, OURS("")).status, 404);
    assert_false(is_on(member, "/partner/opportunities?view=all&q=" SECRET, "Plant of"));
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE values_json"
                            " LIKE '%" SECRET "%' AND event ="
                            " 'opportunity.invited'",
                            0),
                     0);
    assert_int_equal(number("SELECT COUNT(*) > 0 FROM notification WHERE event ="
                            " 'opportunity.invited' AND object_id = #",
                            share),
                     1);
}

static void test_invitation__names_the_customer_when_the_sharer_says_so(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=view&show_customer=1");

    (void)state;
    assert_true(is_on(member, ASKED(""), SECRET));
}

static void test_c20__an_invitation_is_not_another_partners(void **state)
{
    const int64_t share = invited(made(), NORTH, "level=lead");

    (void)state;
    assert_int_equal(webtest_get(partner, &stranger, ASKED("")).status, 404);
}

static void test_share__with_a_suspended_partner_is_refused_at_the_field(void **state)
{
    const int64_t op = made();
    struct answer a;

    (void)state;
    portal_run(&portal, text("UPDATE account SET status = 'suspended' WHERE id = #", SOUTH));
    a = share_with(op, SOUTH, "level=view");
    portal_run(&portal, text("UPDATE account SET status = 'active' WHERE id = #", SOUTH));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "This partner is suspended"));
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_share WHERE opportunity_id = #", op),
                     0);
}

static void test_share__is_not_given_twice(void **state)
{
    const int64_t op = made();

    (void)state;
    invited(op, NORTH, "level=view");
    assert_int_equal(share_with(op, NORTH, "level=view").status, 422);
}

/* -- answering ------------------------------------------------------------------------- */

static void test_invitation__that_is_accepted_opens_the_record_without_the_vendors_notes(
    void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");

    (void)state;
    assert_int_equal(answer_it(member, share, "accept", "").status, 303);
    assert_true(is_on(member, OURS(""), SECRET));
    assert_false(is_on(member, OURS(""), INSIDE));
    assert_false(is_on(member, OURS("/edit"), INSIDE));
    assert_true(is_on(member, "/partner/opportunities?sort=updated", text("OP-#", op)));
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE event ="
                            " 'opportunity.accepted' AND object_id = #",
                            op),
                     1);
}

static void test_invitation__is_declined_with_a_reason_alone(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");

    (void)state;
    assert_int_equal(answer_it(member, share, "decline", "&reason=").status, 422);
    assert_int_equal(answer_it(member, share, "decline", "&reason=No+people+free").status, 303);
    assert_int_equal(webtest_get(partner, member, OURS("")).status, 404);
    assert_true(
        answer_has((struct answer[]){ webtest_get(staff, manager, THEIRS("")) }, "No people free"));
}

static void test_invitation__is_answered_once(void **state)
{
    const int64_t share = invited(made(), NORTH, "level=lead");
    char body[300];

    (void)state;
    answer_it(member, share, "accept", "");
    snprintf(body, sizeof(body), "form_token=%s&row_version=1&reason=late",
             webtest_own_token(partner, member, AUD_PARTNER));
    assert_int_equal(webtest_post_bare(partner, member, ASKED("/decline"), body).status, 409);
    assert_int_equal(
        number("SELECT standing = 'accepted' FROM opportunity_share WHERE id = #", share), 1);
}

static void test_invitation__is_too_late_after_its_time(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");

    (void)state;
    portal_run(&portal, text("UPDATE opportunity_share SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1"
                             " MINUTE WHERE id = #",
                             share));
    assert_true(is_on(member, ASKED(""), "The time to answer is over"));
    assert_int_equal(answer_it(member, share, "accept", "").status, 409);
    assert_int_equal(webtest_get(partner, member, OURS("")).status, 404);
}

/* -- what it may do -------------------------------------------------------------------- */

static void test_level__says_what_a_partner_may_do(void **state)
{
    static const struct {
        const char *level;
        int edits, moves;
    } levels[] = { { "level=view", 404, 404 },
                   { "level=collaborate", 200, 404 },
                   { "level=lead", 200, 303 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        const int64_t op = made();
        char body[60];

        answer_it(member, invited(op, NORTH, levels[i].level), "accept", "");
        snprintf(body, sizeof(body), "row_version=%lld&stage=2",
                 (long long)opportunity_version(op));
        assert_int_equal(webtest_get(partner, member, OURS("/edit")).status, levels[i].edits);
        assert_int_equal(webtest_post(partner, member, OURS(""), OURS("/stage"), body).status,
                         levels[i].moves);
    }
}

static void test_level__of_who_may_look_lets_him_write_nothing(void **state)
{
    const int64_t op = made();
    struct answer a;

    (void)state;
    answer_it(member, invited(op, NORTH, "level=view&show_customer=1"), "accept", "");
    a = webtest_get(partner, member, OURS(""));
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "/note\""));
    assert_false(answer_has(&a, "/files\" method"));
    assert_false(answer_has(&a, "/activities\" method"));
    assert_int_equal(webtest_post(partner, member, OURS(""), OURS("/note"), "body=We+met").status,
                     404);
    assert_int_equal(webtest_post(partner, member, OURS(""), OURS("/activities"),
                                  "activity_kind=call&activity_day=2026-01-05&activity_time=9:30"
                                  "&activity_minutes=25&activity_body=We+met")
                         .status,
                     404);
    assert_int_equal(
        portal_send_file(partner, member, AUD_PARTNER, OURS("/files"), "a.txt", "text", 4).status,
        404);
    assert_int_equal(number("SELECT (SELECT COUNT(*) FROM comment WHERE kind = 'opportunity' AND"
                            " object_id = #)",
                            op),
                     0);
    assert_int_equal(number("SELECT COUNT(*) FROM attachment WHERE kind = 'opportunity' AND"
                            " object_id = #",
                            op),
                     0);
}

/* -- files ----------------------------------------------------------------------------- */

static const char minutes[] = "Minutes of the meeting\nNothing else.\n";

/* Where the one file of a record is, for partners. */
static const char *file_of(struct visitor *v, int64_t op)
{
    static char path[200];
    struct answer a = webtest_get(partner, v, OURS(""));
    const char *at = strstr(a.body, "/files/");

    assert_non_null(at);
    snprintf(path, sizeof(path), "%s/files/%.32s", OURS(""), at + 7);
    path[strcspn(path, "\"")] = '\0';
    return path;
}

static int attach(struct visitor *v, int64_t op, const char *data, size_t len)
{
    return portal_send_file(partner, v, AUD_PARTNER, OURS("/files"), "minutes.txt", data, len)
        .status;
}

static void test_file__of_an_opportunity_is_read_by_all_who_see_it(void **state)
{
    const int64_t op = made();
    struct answer a;

    (void)state;
    answer_it(member, invited(op, NORTH, "level=collaborate"), "accept", "");
    answer_it(&stranger, invited(op, SOUTH, "level=view"), "accept", "");
    assert_int_equal(attach(member, op, minutes, sizeof(minutes) - 1), 303);
    a = webtest_get(partner, &stranger, file_of(&stranger, op));
    assert_int_equal(a.status, 200);
    assert_int_equal(a.body_len, sizeof(minutes) - 1);
    assert_memory_equal(a.body, minutes, a.body_len);
    a = webtest_get(staff, manager, THEIRS(""));
    assert_true(answer_has(&a, "minutes.txt"));
}

static void test_file__is_not_there_for_strangers_and_not_before_an_answer(void **state)
{
    const int64_t op = made();
    const char *path;

    (void)state;
    answer_it(member, invited(op, NORTH, "level=lead"), "accept", "");
    assert_int_equal(attach(member, op, minutes, sizeof(minutes) - 1), 303);
    path = file_of(member, op);
    assert_int_equal(webtest_get(partner, &stranger, path).status, 404);
    assert_int_equal(attach(&stranger, op, minutes, sizeof(minutes) - 1), 404);
    invited(op, SOUTH, "level=lead");
    assert_int_equal(webtest_get(partner, &stranger, path).status, 404);
}

static void test_file__of_another_record_is_not_there_under_this_one(void **state)
{
    int64_t op = made();
    char name[60];

    (void)state;
    answer_it(member, invited(op, NORTH, "level=lead"), "accept", "");
    assert_int_equal(attach(member, op, minutes, sizeof(minutes) - 1), 303);
    snprintf(name, sizeof(name), "%s", strstr(file_of(member, op), "/files/"));
    op = made();
    answer_it(member, invited(op, NORTH, "level=lead"), "accept", "");
    assert_int_equal(
        webtest_get(partner, member, arena_join(portal.world.a, OURS(""), name, NULL)).status, 404);
}

static void test_file__goes_with_the_share(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");
    const char *path;
    char body[200];

    (void)state;
    answer_it(member, share, "accept", "");
    assert_int_equal(attach(member, op, minutes, sizeof(minutes) - 1), 303);
    path = arena_dup(portal.world.a, file_of(member, op));
    snprintf(body, sizeof(body), "share_id=%lld&row_version=%lld&reason=Territory",
             (long long)share,
             (long long)number("SELECT row_version FROM opportunity_share WHERE id = #", share));
    assert_int_equal(webtest_post(staff, manager, THEIRS(""), THEIRS("/shares/end"), body).status,
                     303);
    assert_int_equal(webtest_get(partner, member, path).status, 404);
}

static void test_file__that_a_browser_would_run_is_refused(void **state)
{
    static const char html[] = "<!doctype html><html><body><script>alert(1)</script></body></html>";
    const int64_t op = made();

    (void)state;
    answer_it(member, invited(op, NORTH, "level=lead"), "accept", "");
    assert_int_equal(portal_send_file(partner, member, AUD_PARTNER, OURS("/files"), "page.png",
                                      html, sizeof(html) - 1)
                         .status,
                     422);
    assert_int_equal(attach(member, op, "", 0), 422);
}

/* -- what it may do, to its end -------------------------------------------------------- */

static void test_share__that_is_ended_closes_the_record(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");
    char body[200];

    (void)state;
    answer_it(member, share, "accept", "");
    snprintf(body, sizeof(body), "share_id=%lld&row_version=%lld&reason=Territory",
             (long long)share,
             (long long)number("SELECT row_version FROM opportunity_share WHERE id = #", share));
    assert_int_equal(webtest_post(staff, manager, THEIRS(""), THEIRS("/shares/end"), body).status,
                     303);
    assert_int_equal(webtest_get(partner, member, OURS("")).status, 404);
    assert_false(is_on(member, "/partner/opportunities?view=all&sort=updated", text("OP-#", op)));
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND"
                            " action = 'opportunity.end_share' AND object_id = #",
                            op),
                     1);
    assert_int_equal(share_with(op, NORTH, "level=view").status, 303);
}

/* Names, words and persons of the one are nowhere for the other. */
static void test_partners__of_one_opportunity_see_each_other_only_if_the_vendor_says_so(
    void **state)
{
    const int64_t op = made();
    int64_t share;
    char body[200];

    (void)state;
    answer_it(member, invited(op, NORTH, "level=lead"), "accept", "");
    answer_it(&stranger, share = invited(op, SOUTH, "level=view"), "accept", "");
    portal_run(&portal, text("UPDATE account SET name = 'Amsel Partners' WHERE id = #", NORTH));
    portal_run(&portal, text("UPDATE user SET name = 'Nora Amsel' WHERE id = #", member->user_id));
    portal_run(&portal, text("UPDATE session SET user_name = 'Nora Amsel' WHERE user_id = #",
                             member->user_id));
    webtest_post(partner, member, OURS(""), OURS("/note"), "body=Amsel+was+here");
    snprintf(body, sizeof(body), "row_version=%lld&stage=2", (long long)opportunity_version(op));
    assert_int_equal(webtest_post(partner, member, OURS(""), OURS("/stage"), body).status, 303);
    assert_false(is_on(&stranger, OURS(""), "Amsel"));
    assert_int_equal(
        number("SELECT COUNT(*) FROM notification n JOIN user u ON u.id = n.user_id WHERE"
               " u.account_id = # AND n.event = 'opportunity.comment'",
               SOUTH),
        0);
    snprintf(body, sizeof(body), "share_id=%lld&row_version=%lld&level=view&sees_others=1",
             (long long)share,
             (long long)number("SELECT row_version FROM opportunity_share WHERE id = #", share));
    assert_int_equal(
        webtest_post(staff, manager, THEIRS(""), THEIRS("/shares/change"), body).status, 303);
    assert_true(is_on(&stranger, OURS(""), "Amsel Partners"));
    assert_true(is_on(&stranger, OURS(""), "Amsel was here"));
}

/* -- what nobody answers --------------------------------------------------------------- */

static void test_invitation__that_nobody_answers_expires_and_its_sender_is_told(void **state)
{
    const int64_t op = made();
    const int64_t share = invited(op, NORTH, "level=lead");
    struct job_context ctx = { .db = portal.world.db, .arena = portal.world.a };

    (void)state;
    portal_run(&portal, text("UPDATE opportunity_share SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1"
                             " MINUTE WHERE id = #",
                             share));
    assert_ok(
        opportunity_jobs[0].handler(&ctx, &(struct job){ .kind = "opportunity.invitations" }));
    assert_int_equal(
        number("SELECT standing = 'expired' FROM opportunity_share WHERE id = #", share), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM notification WHERE event ="
                            " 'opportunity.unanswered' AND object_id = #",
                            op),
                     1);
}

static bool seen_by(const char *path, const char *words)
{
    const struct answer a = webtest_get(staff, manager, path);

    assert_int_equal(a.status, 200);
    return answer_has(&a, words);
}

static void test_who_sees__an_opportunity_names_owner_shares_and_invitations(void **state)
{
    const int64_t op = made();
    const char *page = text("/staff/who-sees/opportunity-#", op);
    int64_t share;

    (void)state;
    assert_false(seen_by(page, "Owns it"));
    portal_run(&portal,
               text(arena_printf(portal.world.a,
                                 "UPDATE opportunity SET owner_user_id = %lld WHERE id = #",
                                 (long long)manager->user_id),
                    op));
    assert_true(seen_by(page, "Owns it"));
    share = invited(op, NORTH, "level=view");
    assert_true(seen_by(page, "is invited: sees what the invitation says"));
    assert_int_equal(answer_it(member, share, "accept", "").status, 303);
    assert_true(seen_by(page, ", to look at"));
    assert_false(seen_by(page, "is invited"));
    assert_int_equal(webtest_get(staff, manager, "/staff/who-sees/opportunity-99999999").status,
                     404);
}

static void test_who_sees__a_lead_names_the_partner_that_it_is_offered_to(void **state)
{
    int64_t lead;

    (void)state;
    portal_run(&portal, text("INSERT INTO lead (company_name, account_id, state, phase, due_at,"
                             " created_at, updated_at) VALUES ('Asked Ltd', #, 'assigned', 2,"
                             " UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6),"
                             " UTC_TIMESTAMP(6))",
                             NORTH));
    lead = newest("lead");
    assert_true(seen_by(text("/staff/who-sees/lead-#", lead), "without who asked"));
    portal_run(&portal, text("UPDATE lead SET account_id = NULL, phase = 1, state = 'new', pool ="
                             " 'take', pooled_at = UTC_TIMESTAMP(6) WHERE id = #",
                             lead));
    assert_true(seen_by(text("/staff/who-sees/lead-#", lead), "It stands in the pool"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invitation__shows_what_it_says_and_nothing_of_the_record),
        cmocka_unit_test(test_invitation__names_the_customer_when_the_sharer_says_so),
        cmocka_unit_test(test_c20__an_invitation_is_not_another_partners),
        cmocka_unit_test(test_share__with_a_suspended_partner_is_refused_at_the_field),
        cmocka_unit_test(test_share__is_not_given_twice),
        cmocka_unit_test(
            test_invitation__that_is_accepted_opens_the_record_without_the_vendors_notes),
        cmocka_unit_test(test_invitation__is_declined_with_a_reason_alone),
        cmocka_unit_test(test_invitation__is_answered_once),
        cmocka_unit_test(test_invitation__is_too_late_after_its_time),
        cmocka_unit_test(test_level__says_what_a_partner_may_do),
        cmocka_unit_test(test_level__of_who_may_look_lets_him_write_nothing),
        cmocka_unit_test(test_file__of_an_opportunity_is_read_by_all_who_see_it),
        cmocka_unit_test(test_file__is_not_there_for_strangers_and_not_before_an_answer),
        cmocka_unit_test(test_file__of_another_record_is_not_there_under_this_one),
        cmocka_unit_test(test_file__goes_with_the_share),
        cmocka_unit_test(test_file__that_a_browser_would_run_is_refused),
        cmocka_unit_test(test_share__that_is_ended_closes_the_record),
        cmocka_unit_test(
            test_partners__of_one_opportunity_see_each_other_only_if_the_vendor_says_so),
        cmocka_unit_test(test_invitation__that_nobody_answers_expires_and_its_sender_is_told),
        cmocka_unit_test(test_who_sees__an_opportunity_names_owner_shares_and_invitations),
        cmocka_unit_test(test_who_sees__a_lead_names_the_partner_that_it_is_offered_to),
    };

    return cmocka_run_group_tests(tests, sides_open, sides_close);
}

/* What staff set up of the programme: questions to applicants, steps of the checklist, tiers and
 * benefits are made, changed, used no more; who may not is refused; applicants and partners see
 * what is in use. */
#include "support/test.h"
#include "fixture/fixture_login.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

#define QUESTIONS "/staff/setup/programme/questions"
#define CHECKLIST "/staff/setup/programme/checklist"
#define TIERS     "/staff/setup/programme/tiers"
#define BENEFITS  "/staff/setup/programme/benefits"

static struct portal portal;
static struct webtest *staff, *partner, *guests;
static struct visitor *editor, reader, guest;

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    partner = portal_program(&portal, &program_partner);
    guests = portal_program(&portal, &program_public);
    editor = &portal.people[AUD_STAFF];
    static const enum permission reads[] = { PERM_HOME, PERM_PROGRAMME_VIEW, PERM_UNSET };

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
    portal_run(&portal, "DELETE FROM application_answer; DELETE FROM application_question;"
                        " DELETE FROM onboarding_done; DELETE FROM onboarding_step");
    return 0;
}

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
}

static struct answer make(const char *address, const char *body)
{
    const char *page = arena_join(portal.world.a, address, "/new", NULL);

    return webtest_post(staff, editor, page, page, body);
}

static struct answer post(const char *address, int64_t id, const char *verb, const char *body)
{
    const char *page = arena_printf(portal.world.a, "%s/%lld", address, (long long)id);

    return webtest_post(staff, editor, page, arena_join(portal.world.a, page, verb, NULL), body);
}

static int64_t question(const char *text)
{
    assert_int_equal(
        make(QUESTIONS,
             arena_printf(portal.world.a, "text_en=%s&text_zh=x&sort=10&required=1&active=1", text))
            .status,
        303);
    return number("SELECT MAX(id) FROM application_question");
}

static int64_t step(const char *text, const char *rest)
{
    assert_int_equal(
        make(CHECKLIST, arena_printf(portal.world.a, "text_en=%s&text_zh=x&sort=10%s", text, rest))
            .status,
        303);
    return number("SELECT MAX(id) FROM onboarding_step");
}

static void answered(int64_t id)
{
    portal_run(&portal, "INSERT INTO application (company_name, country, contact_name, email,"
                        " email_key, lang, remote_addr, consent_at, created_at, updated_at) VALUES"
                        " ('Otter', 'DE', 'Ana', 'a@otter.example', 'a@otter.example', 'en', '',"
                        " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    portal_run(&portal,
               portal_with_id(&portal,
                              "INSERT INTO application_answer (application_id, place, question_id,"
                              " question_en, question_zh, answer) SELECT MAX(id), 0, ?, 'Old', 'x',"
                              " 'y' FROM application",
                              id));
}

/* -- questions --------------------------------------------------------------------------------- */

static void test_question__that_is_made_is_asked(void **state)
{
    struct answer a;

    (void)state;
    question("What+for%3F");
    a = webtest_get(guests, &guest, "/apply");
    assert_true(answer_has(&a, "What for?"));
    a = webtest_get(staff, editor, QUESTIONS);
    assert_true(answer_has(&a, "What for?"));
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'application_question'"
                            " AND action = 'question.new'"),
                     1);
}

static void test_question__that_is_off_is_not_asked(void **state)
{
    const int64_t id = question("What+for%3F");
    struct answer a;

    (void)state;
    assert_int_equal(
        post(QUESTIONS, id, "", "row_version=1&text_en=Why%3F&text_zh=x&sort=5").status, 303);
    a = webtest_get(guests, &guest, "/apply");
    assert_false(answer_has(&a, "What for?"));
    assert_false(answer_has(&a, "Why?"));
}

static void test_question__two_people_change_it_and_the_second_is_told(void **state)
{
    const int64_t id = question("What+for%3F");
    struct answer a;

    (void)state;
    assert_int_equal(
        post(QUESTIONS, id, "", "row_version=1&text_en=First&text_zh=x&sort=5&active=1").status,
        303);
    a = post(QUESTIONS, id, "", "row_version=1&text_en=Second&text_zh=x&sort=5&active=1");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Second"));
    assert_int_equal(number("SELECT text_en = 'First' FROM application_question"), 1);
    assert_int_equal(post(QUESTIONS, id, "/remove", "row_version=1").status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM application_question"), 1);
}

static void test_question__nobody_has_answered_is_deleted(void **state)
{
    const int64_t id = question("What+for%3F");

    (void)state;
    assert_int_equal(post(QUESTIONS, id, "/remove", "row_version=1").status, 303);
    assert_int_equal(number("SELECT COUNT(*) FROM application_question"), 0);
}

static void test_question__that_was_answered_is_retired_and_not_deleted(void **state)
{
    const int64_t id = question("What+for%3F");

    (void)state;
    answered(id);
    assert_int_equal(post(QUESTIONS, id, "/remove", "row_version=1").status, 303);
    assert_int_equal(
        number("SELECT active = 0 AND text_en LIKE 'What for_' FROM application_question"), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM application_answer"), 1);
}

static void test_question__faults_stand_at_their_fields(void **state)
{
    struct answer a = make(QUESTIONS, "text_en=&text_zh=&sort=0&active=1");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "text_en-err"));
    assert_true(answer_has(&a, "text_zh-err"));
    assert_true(answer_has(&a, "sort-err"));
    assert_int_equal(number("SELECT COUNT(*) FROM application_question"), 0);
}

static void test_question__more_than_a_form_takes_are_refused(void **state)
{
    struct answer a;

    (void)state;
    for (int i = 0; i < 40; i++)
        portal_run(&portal, "INSERT INTO application_question (sort, text_en, text_zh) VALUES"
                            " (1, 'a', 'b')");
    a = make(QUESTIONS, "text_en=a&text_zh=b&sort=5&active=1");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "active-err"));
    assert_int_equal(make(QUESTIONS, "text_en=a&text_zh=b&sort=5").status, 303);
}

static void test_question__who_only_reads_sees_the_list_and_no_form(void **state)
{
    const int64_t id = question("What+for%3F");
    struct answer a = webtest_get(staff, &reader, QUESTIONS);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "/new"));
    assert_int_equal(webtest_get(staff, &reader, QUESTIONS "/new").status, 404);
    assert_int_equal(
        webtest_get(staff, &reader, portal_with_id(&portal, QUESTIONS "/?", id)).status, 404);
    assert_int_equal(webtest_get(staff, editor, QUESTIONS "/x").status, 404);
}

/* -- the checklist ----------------------------------------------------------------------------- */

static int64_t boarding(struct visitor *v)
{
    int64_t account;

    assert_ok(db_begin_write(portal.world.db));
    account = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    portal_run(
        &portal,
        portal_with_id(&portal, "UPDATE account SET status = 'onboarding' WHERE id = ?", account));
    *v = (struct visitor){ 0 };
    portal_sign_in_as(partner, v, AUD_PARTNER, account);
    return account;
}

static struct answer activate(int64_t account)
{
    const char *page = portal_with_id(&portal, "/staff/partners/?", account);
    const int64_t version = portal_number(
        &portal, portal_with_id(&portal, "SELECT row_version FROM account WHERE id = ?", account));

    return webtest_post(
        staff, editor, page, arena_join(portal.world.a, page, "/move", NULL),
        arena_printf(portal.world.a, "row_version=%lld&verb=activate&reason=", (long long)version));
}

static void test_step__that_is_required_holds_back_and_an_optional_one_does_not(void **state)
{
    struct visitor v;
    const int64_t account = boarding(&v), id = step("Bank", "&required=1&active=1");
    struct answer a;

    (void)state;
    step("Photo", "&active=1");
    a = webtest_get(partner, &v, "/partner/programme");
    assert_true(answer_has(&a, "Bank"));
    assert_true(answer_has(&a, "Photo"));
    assert_true(answer_has(&a, "(optional)"));
    assert_int_equal(activate(account).status, 422);
    assert_int_equal(
        post(CHECKLIST, id, "", "row_version=1&text_en=Bank&text_zh=x&sort=1&active=1").status,
        303);
    assert_int_equal(activate(account).status, 303);
}

static void test_step__that_was_ticked_is_retired_and_leaves_the_checklist(void **state)
{
    struct visitor v;
    const int64_t id = step("Bank", "&required=1&active=1");
    struct answer a;

    (void)state;
    boarding(&v);
    assert_int_equal(webtest_post(partner, &v, "/partner/programme", "/partner/programme/tick",
                                  portal_with_id(&portal, "step=?", id))
                         .status,
                     303);
    assert_int_equal(post(CHECKLIST, id, "/remove", "row_version=1").status, 303);
    assert_int_equal(number("SELECT active = 0 FROM onboarding_step"), 1);
    a = webtest_get(partner, &v, "/partner/programme");
    assert_false(answer_has(&a, "Bank"));
}

/* -- tiers ------------------------------------------------------------------------------------- */

/* Two tiers, and three partners with 100, 300 and 500 of revenue; the last holds the upper one. */
static void three_partners(void)
{
    portal_run(&portal,
               "DELETE FROM tier_benefit; DELETE FROM benefit; DELETE FROM tier_requirement;"
               "DELETE FROM partner_figure; UPDATE account SET tier_id = NULL;"
               "UPDATE account SET status = 'ended' WHERE kind = 'partner'; DELETE FROM tier;"
               "INSERT INTO tier (id, code, name_en, name_zh, rank) VALUES (901, 't1', 'Copper',"
               " '铜', 1), (902, 't2', 'Bronze', '青铜', 2);"
               "INSERT INTO tier_requirement VALUES (902, 'revenue', 200)");
    for (int i = 0; i < 3; i++) {
        int64_t id;

        assert_ok(db_begin_write(portal.world.db));
        id = fixture_account(portal.world.db, "partner", NULL);
        assert_ok(db_commit(portal.world.db));
        fixture_run(
            staff,
            arena_printf(portal.world.a,
                         "INSERT INTO partner_figure VALUES (?, 'revenue', %d, UTC_TIMESTAMP(6))",
                         100 + 200 * i),
            id);
    }
    portal_run(&portal, "UPDATE account SET tier_id = 902, name = 'Holder GmbH' WHERE kind ="
                        " 'partner' ORDER BY id DESC LIMIT 1");
}

#define BRONZE(rest) "row_version=1&name_en=Bronze&name_zh=x&rank=2&certificates=&users=" rest

static int64_t least(void)
{
    return number("SELECT IFNULL(SUM(least), 0) FROM tier_requirement WHERE tier_id = 902");
}

static void test_tier__what_it_will_do_is_shown_before_it_is_stored(void **state)
{
    struct answer a;

    (void)state;
    three_partners();
    a = post(TIERS, 902, "", BRONZE("&revenue=600&satisfaction=&seen=&do=save"));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Then 0 of 3 partners would meet it; today it is 2."));
    assert_true(answer_has(&a, "2 partners would not meet it any more."));
    assert_true(answer_has(&a, "1 partner that has this tier would not meet it then:"));
    assert_true(answer_has(&a, "Holder GmbH"));
    assert_true(answer_has(&a, "value=\"2:600,0,0,0\""));
    assert_true(answer_has(&a, "value=\"600\""));
    assert_int_equal(least(), 200);
    a = post(TIERS, 902, "", BRONZE("&revenue=600&satisfaction=&seen=2%3A600%2C0%2C0%2C0&do=save"));
    assert_int_equal(a.status, 303);
    assert_int_equal(least(), 600);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'tier' AND object_id ="
                            " 902 AND action = 'tier.edit'"),
                     1);
}

static void test_tier__other_requirements_than_were_shown_are_shown_first(void **state)
{
    struct answer a;

    (void)state;
    three_partners();
    a = post(TIERS, 902, "", BRONZE("&revenue=50&satisfaction=&seen=2%3A600%2C0%2C0%2C0&do=save"));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Then 3 of 3 partners would meet it; today it is 2."));
    assert_true(answer_has(&a, "1 partner more would meet it."));
    assert_int_equal(least(), 200);
}

static void test_tier__another_name_is_stored_at_once_and_read_by_its_people(void **state)
{
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    three_partners();
    portal_sign_in_as(partner, &v, AUD_PARTNER,
                      number("SELECT id FROM account WHERE tier_id = 902"));
    a = post(TIERS, 902, "",
             "row_version=1&name_en=Brass&name_zh=x&rank=2&revenue=200&certificates=&users="
             "&satisfaction=&seen=&do=save");
    assert_int_equal(a.status, 303);
    a = webtest_get(partner, &v, "/partner/programme");
    assert_true(answer_has(&a, "Brass"));
}

static void test_tier__two_people_change_it_and_the_second_is_told(void **state)
{
    (void)state;
    three_partners();
    portal_run(&portal, "UPDATE tier SET row_version = 2 WHERE id = 902");
    assert_int_equal(post(TIERS, 902, "", BRONZE("&revenue=1&satisfaction=&seen=&do=save")).status,
                     422);
    assert_int_equal(least(), 200);
}

static void test_tier__faults_stand_at_their_fields(void **state)
{
    struct answer a;

    (void)state;
    three_partners();
    a = make(TIERS, "code=t1&name_en=&name_zh=x&rank=2&revenue=&certificates=&users="
                    "&satisfaction=9&seen=");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "name_en-err"));
    assert_true(answer_has(&a, "satisfaction-err"));
    a = make(TIERS, "code=t1&name_en=New&name_zh=x&rank=2&revenue=&certificates=&users="
                    "&satisfaction=4.55&seen=");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "code-err"));
    assert_true(answer_has(&a, "rank-err"));
    assert_true(answer_has(&a, "satisfaction-err"));
}

static void test_tier__a_new_one_is_made_with_what_it_asks(void **state)
{
    (void)state;
    three_partners();
    assert_int_equal(make(TIERS, "code=t3&name_en=Silver&name_zh=x&rank=3&revenue=400"
                                 "&certificates=&users=2&satisfaction=4.5"
                                 "&seen=3%3A400%2C0%2C2%2C45&do=save")
                         .status,
                     303);
    assert_int_equal(number("SELECT COUNT(*) FROM tier_requirement r JOIN tier t ON t.id ="
                            " r.tier_id WHERE t.code = 't3' AND (r.measure, r.least) IN"
                            " (('revenue', 400), ('users', 2), ('satisfaction', 45))"),
                     3);
}

static void test_tier__who_only_reads_changes_nothing(void **state)
{
    (void)state;
    three_partners();
    assert_int_equal(webtest_get(staff, &reader, TIERS).status, 200);
    assert_int_equal(webtest_get(staff, &reader, TIERS "/902").status, 404);
    assert_int_equal(webtest_get(staff, &reader, BENEFITS).status, 200);
    assert_int_equal(webtest_get(staff, &reader, BENEFITS "/new").status, 404);
}

/* -- benefits ---------------------------------------------------------------------------------- */

static int64_t benefit(void)
{
    assert_int_equal(make(BENEFITS, "name_en=Funds&name_zh=x&sort=5&active=1&tier=901&value_en="
                                    "&value_zh=&tier=902&value_en=2+in+a+hundred&value_zh=y")
                         .status,
                     303);
    return number("SELECT MAX(id) FROM benefit");
}

static void test_benefit__is_seen_by_partners_while_it_is_in_use(void **state)
{
    struct visitor v = { 0 };
    struct answer a;
    int64_t id;

    (void)state;
    three_partners();
    portal_sign_in_as(partner, &v, AUD_PARTNER,
                      number("SELECT id FROM account WHERE tier_id = 902"));
    id = benefit();
    assert_int_equal(number("SELECT COUNT(*) FROM tier_benefit"), 1);
    a = webtest_get(partner, &v, "/partner/programme/tier");
    assert_true(answer_has(&a, "2 in a hundred"));
    assert_int_equal(post(BENEFITS, id, "",
                          "row_version=1&name_en=Funds&name_zh=x&sort=5&tier=902"
                          "&value_en=2+in+a+hundred&value_zh=y")
                         .status,
                     303);
    a = webtest_get(staff, editor, BENEFITS);
    assert_true(answer_has(&a, "2 in a hundred"));
    assert_int_equal(number("SELECT COUNT(*) FROM benefit WHERE active = 0"), 1);
}

static void test_benefit__is_given_in_both_languages_or_not(void **state)
{
    struct answer a;

    (void)state;
    three_partners();
    a = make(BENEFITS, "name_en=Funds&name_zh=x&sort=5&active=1&tier=901&value_en=&value_zh=y"
                       "&tier=902&value_en=z&value_zh=");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "value_en-0-err"));
    assert_true(answer_has(&a, "value_zh-1-err"));
    assert_int_equal(number("SELECT COUNT(*) FROM benefit"), 0);
}

static void test_benefit__is_deleted_with_what_tiers_give_unless_it_changed(void **state)
{
    int64_t id;

    (void)state;
    three_partners();
    id = benefit();
    assert_int_equal(post(BENEFITS, id, "/remove", "row_version=7").status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM tier_benefit"), 1);
    assert_int_equal(post(BENEFITS, id, "/remove", "row_version=1").status, 303);
    assert_int_equal(number("SELECT COUNT(*) FROM tier_benefit"), 0);
    assert_int_equal(number("SELECT COUNT(*) FROM benefit"), 0);
}

static void test_setup__is_found_from_the_page_of_settings(void **state)
{
    struct answer a = webtest_get(staff, editor, "/staff/setup");

    (void)state;
    assert_true(answer_has(&a, "/staff/setup/programme"));
    a = webtest_get(staff, editor, "/staff/setup/programme");
    assert_true(answer_has(&a, QUESTIONS));
    assert_true(answer_has(&a, CHECKLIST));
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_question__that_is_made_is_asked),
        TEST(test_question__that_is_off_is_not_asked),
        TEST(test_question__two_people_change_it_and_the_second_is_told),
        TEST(test_question__nobody_has_answered_is_deleted),
        TEST(test_question__that_was_answered_is_retired_and_not_deleted),
        TEST(test_question__faults_stand_at_their_fields),
        TEST(test_question__more_than_a_form_takes_are_refused),
        TEST(test_question__who_only_reads_sees_the_list_and_no_form),
        TEST(test_step__that_is_required_holds_back_and_an_optional_one_does_not),
        TEST(test_step__that_was_ticked_is_retired_and_leaves_the_checklist),
        TEST(test_tier__what_it_will_do_is_shown_before_it_is_stored),
        TEST(test_tier__other_requirements_than_were_shown_are_shown_first),
        TEST(test_tier__another_name_is_stored_at_once_and_read_by_its_people),
        TEST(test_tier__two_people_change_it_and_the_second_is_told),
        TEST(test_tier__faults_stand_at_their_fields),
        TEST(test_tier__a_new_one_is_made_with_what_it_asks),
        TEST(test_tier__who_only_reads_changes_nothing),
        TEST(test_benefit__is_seen_by_partners_while_it_is_in_use),
        TEST(test_benefit__is_given_in_both_languages_or_not),
        TEST(test_benefit__is_deleted_with_what_tiers_give_unless_it_changed),
        TEST(test_setup__is_found_from_the_page_of_settings),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

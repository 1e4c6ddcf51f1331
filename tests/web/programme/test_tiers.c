/* Tiers as partners and staff see them: figures that the worker rolls up, what would be if,
 * certificates and their ends, the yearly review that is proposed and decided. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "program/program.h"
#include "program/worker.h"

static struct portal portal;
static struct webtest *partner, *staff;
static struct visitor *reviewer, v, stranger;
static int64_t account;

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, portal_with_id(&portal, sql, id));
}

static void change(const char *sql, int64_t id)
{
    portal_run(&portal, portal_with_id(&portal, sql, id));
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    reviewer = &portal.people[AUD_STAFF];
    portal_run(
        &portal,
        "UPDATE session SET department_high = 9223372036854775807;"
        "DELETE FROM tier_requirement; UPDATE account SET tier_id = NULL; DELETE FROM tier;"
        "INSERT INTO tier (id, code, name_en, name_zh, rank) VALUES (901, 't1', 'Copper', "
        "'铜', 1), (902, 't2', 'Bronze', '青铜', 2);"
        "INSERT INTO tier_requirement (tier_id, measure, least) VALUES (902, 'revenue', 500),"
        " (902, 'certificates', 1);"
        "INSERT INTO benefit (id, sort, name_en, name_zh) VALUES (901, 1, 'Discount', '折扣');"
        "INSERT INTO tier_benefit (tier_id, benefit_id, value_en, value_zh)"
        " VALUES (902, 901, '5 in a hundred', '百分之五');"
        "REPLACE INTO system_parameter (name, value, updated_at) VALUES"
        " ('programme.review_month', '1', UTC_TIMESTAMP(6))");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

/* A partner of its own, in the first tier. */
static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    assert_ok(db_begin_write(portal.world.db));
    account = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    change("UPDATE account SET tier_id = 901 WHERE id = ?", account);
    v = stranger = (struct visitor){ 0 };
    portal_sign_in_as(partner, &v, AUD_PARTNER, account);
    portal_sign_in_as(partner, &stranger, AUD_PARTNER, 0);
    return 0;
}

static void run_jobs(void)
{
    volatile int stop = 0;
    struct worker_rooms rooms = { 0 };
    struct db *db;
    int ran;

    portal_run(&portal, "DELETE FROM job; INSERT INTO job (kind, due_at, created_at) VALUES"
                        " ('programme.figures', '2020-01-01', '2020-01-01'), ('programme.warnings',"
                        " '2020-01-01', '2020-01-01'), ('programme.reviews', '2020-01-02',"
                        " '2020-01-01')");
    assert_ok(testdb_connect_as(webtest_schema(partner), "worker", worker_statements, &db));
    assert_ok(deal_rooms_open(webtest_conf(partner), &rooms.deals));
    struct job_context ctx = { .db = db,
                               .arena = arena_new(4096),
                               .conf = webtest_conf(partner),
                               .rooms = &rooms,
                               .owner = "test" };

    assert_ok(job_run_due(&ctx, worker_jobs, &stop, &ran));
    assert_int_equal(
        portal_number(&portal, "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL"), 0);
    deal_rooms_close(rooms.deals);
    arena_free(ctx.arena);
    db_close(db);
}

static void won(int64_t of, int64_t value)
{
    struct deal_world *w = &portal.world;
    struct deal *d;

    assert_ok(db_begin_write(w->db));
    d = deal_world_draft(w, &w->north, portal_company(w->a), 1);
    assert_ok(db_commit(w->db));
    portal_run(&portal, arena_printf(w->a,
                                     "UPDATE deal SET account_id = %lld, state = 'won', "
                                     "total_report = %lld WHERE id = %lld",
                                     (long long)of, (long long)value, (long long)d->id));
}

static struct answer staff_post(const char *what, const char *body)
{
    const char *page = portal_with_id(&portal, "/staff/partners/?", account);

    return webtest_post(staff, reviewer, page, arena_printf(portal.world.a, "%s/%s", page, what),
                        body);
}

static struct answer certify(const char *person, const char *until)
{
    return staff_post("certificates",
                      arena_printf(portal.world.a,
                                   "person=%s&course_en=Edge&course_zh=x&issued_on=2026-01-01"
                                   "&expires_on=%s",
                                   person, until));
}

static void test_tier__figures_are_those_of_the_own_company(void **state)
{
    struct answer a;

    (void)state;
    won(account, 300);
    won(stranger.account_id, 99000);
    assert_int_equal(certify("Gu+Haining", "2099-12-31").status, 303);
    run_jobs();
    assert_int_equal(number("SELECT value FROM partner_figure WHERE measure = 'revenue' AND"
                            " account_id = ?",
                            account),
                     300);
    a = webtest_get(partner, &v, "/partner/programme/tier");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "On the way to Bronze"));
    assert_true(answer_has(&a, "USD 300 / USD 500"));
    assert_true(answer_has(&a, "1 / 1"));
    assert_true(answer_has(&a, "5 in a hundred"));
    assert_true(answer_has(&a, "Gu Haining"));
    assert_false(answer_has(&a, "99,000"));
    a = webtest_get(partner, &stranger, "/partner/programme/tier");
    assert_false(answer_has(&a, "Gu Haining"));
}

static void test_tier__stands_on_the_home_page(void **state)
{
    struct answer a;

    (void)state;
    won(account, 123);
    run_jobs();
    a = webtest_get(partner, &v, "/partner/");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "USD 123 / USD 500"));
}

static void test_tier__what_if_is_arithmetic_and_writes_nothing(void **state)
{
    struct answer a;

    (void)state;
    won(account, 300);
    run_jobs();
    a = webtest_get(partner, &v, "/partner/programme/tier?revenue=200&certificates=1&users=");
    assert_true(answer_has(&a, "That would be enough for Bronze."));
    a = webtest_get(partner, &v, "/partner/programme/tier?revenue=199&certificates=1&users=");
    assert_true(answer_has(&a, "That would be enough for Copper."));
    assert_int_equal(number("SELECT value FROM partner_figure WHERE measure = 'revenue' AND"
                            " account_id = ?",
                            account),
                     300);
}

static void test_certificate__that_ends_soon_is_told_once(void **state)
{
    const char *soon = portal_text(&portal, "SELECT UTC_DATE() + INTERVAL 30 DAY", 0);

    (void)state;
    assert_int_equal(certify("Gu+Haining", soon).status, 303);
    assert_int_equal(certify("Shen+Jia", "2099-12-31").status, 303);
    run_jobs();
    run_jobs();
    assert_int_equal(number("SELECT COUNT(*) FROM notification n JOIN user u ON u.id = n.user_id"
                            " WHERE n.event = 'programme.certificate' AND u.account_id = ?",
                            account),
                     1);
    struct answer a = webtest_get(staff, reviewer, "/staff/certificates");

    assert_true(answer_has(&a, "Shen Jia"));
}

static void test_certificate__ends_after_it_begins(void **state)
{
    struct answer a = certify("Gu+Haining", "2025-12-31");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "expires_on-err"));
}

static void test_certificate__is_removed_from_its_own_partner_alone(void **state)
{
    int64_t id, other = account;

    (void)state;
    assert_int_equal(certify("Gu+Haining", "2099-12-31").status, 303);
    id = portal_number(&portal, "SELECT MAX(id) FROM certificate");
    begin(NULL);
    assert_int_equal(
        staff_post("certificates/remove", portal_with_id(&portal, "certificate=?", id)).status,
        404);
    account = other;
    assert_int_equal(
        staff_post("certificates/remove", portal_with_id(&portal, "certificate=?", id)).status,
        303);
}

static void test_rating__is_the_mean_of_a_year(void **state)
{
    (void)state;
    assert_int_equal(staff_post("ratings", "mark=5&source=Survey").status, 303);
    assert_int_equal(staff_post("ratings", "mark=4&source=").status, 303);
    run_jobs();
    assert_int_equal(number("SELECT value FROM partner_figure WHERE measure = 'satisfaction' AND"
                            " account_id = ?",
                            account),
                     45);
}

static struct answer decide(int64_t review, int64_t version, int64_t tier)
{
    return webtest_post(staff, reviewer, "/staff/tier-reviews",
                        portal_with_id(&portal, "/staff/tier-reviews/?", review),
                        arena_printf(portal.world.a, "row_version=%lld&tier_id=%lld",
                                     (long long)version, (long long)tier));
}

static void test_review__is_proposed_once_a_year_and_decided_once(void **state)
{
    int64_t review;
    struct answer a;

    (void)state;
    won(account, 700);
    assert_int_equal(certify("Gu+Haining", "2099-12-31").status, 303);
    run_jobs();
    run_jobs();
    assert_int_equal(number("SELECT COUNT(*) FROM tier_review WHERE account_id = ?", account), 1);
    assert_int_equal(number("SELECT proposed_id FROM tier_review WHERE account_id = ?", account),
                     902);
    review = number("SELECT id FROM tier_review WHERE account_id = ?", account);
    assert_int_equal(webtest_get(staff, reviewer, "/staff/tier-reviews").status, 200);
    assert_int_equal(decide(review, 1, 999).status, 409);
    assert_int_equal(decide(review, 1, 902).status, 303);
    assert_int_equal(
        number("SELECT COUNT(*) FROM notification n JOIN user u ON u.id = n.user_id"
               " WHERE n.event = 'programme.moved' AND u.account_id = ? AND"
               " n.values_json LIKE '%changes your tier%'",
               account),
        number("SELECT COUNT(*) FROM user WHERE status = 'active' AND account_id = ?", account));
    assert_int_equal(decide(review, 1, 901).status, 409);
    assert_int_equal(number("SELECT tier_id FROM account WHERE id = ?", account), 902);
    a = webtest_get(partner, &v, "/partner/programme");
    assert_true(answer_has(&a, "Bronze"));
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_tier__figures_are_those_of_the_own_company),
        TEST(test_tier__stands_on_the_home_page),
        TEST(test_tier__what_if_is_arithmetic_and_writes_nothing),
        TEST(test_certificate__that_ends_soon_is_told_once),
        TEST(test_certificate__ends_after_it_begins),
        TEST(test_certificate__is_removed_from_its_own_partner_alone),
        TEST(test_rating__is_the_mean_of_a_year),
        TEST(test_review__is_proposed_once_a_year_and_decided_once),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

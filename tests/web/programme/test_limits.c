/* What the vendor allows a partner's own administrators: which roles they may give, and to how many
 * people; asked by the page, again by the worker, and at last by the database. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "job/queue.h"
#include "job/values.h"
#include "program/program.h"
#include "program/worker.h"

static struct portal portal;
static struct webtest *partner, *staff;
static struct visitor *reviewer, v;
static int64_t account, sales, technical;

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    reviewer = &portal.people[AUD_STAFF];
    portal_run(&portal, "UPDATE session SET department_high = 9223372036854775807");
    sales =
        portal_number(&portal, "SELECT id FROM role WHERE audience = 'partner' AND code = 'sales'");
    technical = portal_number(
        &portal, "SELECT id FROM role WHERE audience = 'partner' AND code = 'technical'");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

/* A partner of its own for each test, with one administrator. */
static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    assert_ok(db_begin_write(portal.world.db));
    account = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    v = (struct visitor){ 0 };
    portal_sign_in_as(partner, &v, AUD_PARTNER, account);
    portal_run(&portal, portal_with_id(&portal,
                                       "INSERT INTO user_role (user_id, role_id) SELECT ?, id FROM"
                                       " role WHERE audience = 'partner' AND code ="
                                       " 'administrator'",
                                       v.user_id));
    return 0;
}

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, portal_with_id(&portal, sql, id));
}

static void run_jobs(void)
{
    volatile int stop = 0;
    struct worker_rooms rooms = { 0 };
    struct db *db;
    int ran;

    portal_run(&portal, "DELETE FROM job WHERE kind NOT LIKE 'users.%'");
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

static struct answer limit(int64_t version, int users, int limited, int64_t role)
{
    const char *page = portal_with_id(&portal, "/staff/partners/?", account);

    return webtest_post(staff, reviewer, page, arena_printf(portal.world.a, "%s/limits", page),
                        arena_printf(portal.world.a, "row_version=%lld&users_most=%d%s&roles=%lld",
                                     (long long)version, users, limited ? "&roles_limited=1" : "",
                                     (long long)role));
}

static struct answer invite(const char *email, int64_t role)
{
    return webtest_post(partner, &v, "/partner/users/new", "/partner/users/new",
                        arena_printf(portal.world.a,
                                     "email=%s%%40limits.example&name=Somebody&language=en"
                                     "&roles=%lld",
                                     email, (long long)role));
}

static int64_t people(void)
{
    return number("SELECT COUNT(*) FROM user WHERE account_id = ?", account);
}

static void test_limit__a_role_that_is_not_allowed_is_neither_offered_nor_given(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(limit(0, 0, 1, sales).status, 303);
    a = webtest_get(partner, &v, "/partner/users/new");
    assert_true(answer_has(&a, ">Sales<"));
    assert_false(answer_has(&a, ">Technical<"));
    a = invite("one", technical);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "The vendor does not allow your company this role."));
    assert_int_equal(invite("one", sales).status, 303);
    run_jobs();
    assert_int_equal(people(), 2);
}

static void test_limit__nor_is_it_given_to_somebody_who_is_there(void **state)
{
    const char *page;
    int64_t id;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    id = fixture_user(portal.world.db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                                               .account_id = account,
                                                               .roles = FIXTURE_ROLES("sales") });
    assert_ok(db_commit(portal.world.db));
    assert_int_equal(limit(0, 0, 1, sales).status, 303);
    page = portal_with_id(&portal, "/partner/users/?", id);
    assert_int_equal(webtest_post(partner, &v, page, page,
                                  arena_printf(portal.world.a,
                                               "name=Somebody&row_version=1&roles=%lld&roles=%lld",
                                               (long long)sales, (long long)technical))
                         .status,
                     422);
    run_jobs();
    assert_int_equal(number("SELECT COUNT(*) FROM user_role WHERE user_id = ?", id), 1);
}

static void test_limit__nobody_more_is_invited_than_the_vendor_allows(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(limit(0, 2, 0, sales).status, 303);
    assert_int_equal(invite("two", sales).status, 303);
    run_jobs();
    a = invite("three", sales);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "as many users as the vendor allows"));
    portal_run(&portal, portal_with_id(&portal,
                                       "UPDATE user SET status = 'disabled' WHERE status ="
                                       " 'invited' AND account_id = ?",
                                       account));
    assert_int_equal(invite("four", sales).status, 303);
}

/* Both pages were right when they were sent. */
static void test_limit__of_two_invitations_at_once_one_is_kept(void **state)
{
    (void)state;
    assert_int_equal(limit(0, 2, 0, sales).status, 303);
    assert_int_equal(invite("five", sales).status, 303);
    assert_int_equal(invite("six", sales).status, 303);
    run_jobs();
    assert_int_equal(people(), 2);
}

static void test_limit__a_disabled_person_comes_back_only_within_it(void **state)
{
    const char *page;
    int64_t id;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    id = fixture_user(portal.world.db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                                               .account_id = account,
                                                               .status = "disabled",
                                                               .roles = FIXTURE_ROLES("sales") });
    assert_ok(db_commit(portal.world.db));
    assert_int_equal(limit(0, 1, 0, sales).status, 303);
    page = portal_with_id(&portal, "/partner/users/?", id);
    webtest_post(partner, &v, page, arena_printf(portal.world.a, "%s/enable", page), "");
    assert_string_equal(portal_text(&portal, "SELECT status FROM user WHERE id = ?", id),
                        "disabled");
    assert_int_equal(limit(1, 2, 0, sales).status, 303);
    assert_int_equal(
        webtest_post(partner, &v, page, arena_printf(portal.world.a, "%s/enable", page), "").status,
        303);
    assert_string_equal(portal_text(&portal, "SELECT status FROM user WHERE id = ?", id),
                        "invited");
}

/* As PROGRAM, past its pages. */
static struct db *speak_as(const char *program, db_stmt_table *const *tables)
{
    struct db *db;

    assert_ok(testdb_connect_as(webtest_schema(partner), program, tables, &db));
    assert_ok(db_begin_write(db));
    return db;
}

static void test_limit__a_job_that_no_page_would_have_sent_gives_no_closed_role(void **state)
{
    static db_stmt_table *const tables[] = { job_add_statements, NULL };
    struct arena *a = portal.world.a;
    const struct mail_value values[] = {
        { .name = "By", .value = arena_printf(a, "%lld", (long long)v.user_id) },
        { .name = "Account", .value = arena_printf(a, "%lld", (long long)account) },
        { .name = "Address", .value = "192.0.2.1" },
        { .name = "Email", .value = "seven@limits.example" },
        { .name = "Name", .value = "Seven" },
        { .name = "Title", .value = "" },
        { .name = "Language", .value = "en" },
        { .name = "Roles", .value = arena_printf(a, "%lld", (long long)technical) },
        { 0 },
    };

    (void)state;
    for (int closed = 1; closed >= 0; closed--) {
        struct db *db = speak_as("partner", tables);

        assert_int_equal(limit(!closed, 0, closed, sales).status, 303);
        assert_ok(job_add(db, "users.invite", account, 0, values_write(a, values), NULL));
        assert_ok(db_commit(db));
        db_close(db);
        run_jobs();
        assert_int_equal(people(), closed ? 1 : 2);
    }
}

static void test_limit__the_database_lets_no_worker_give_a_closed_role(void **state)
{
    static const struct db_stmt give = {
        .name = "test.give",
        .sql = "INSERT INTO user_role (user_id, role_id) VALUES (?, ?)",
        .binds = "ii",
        .flags = DB_WRITE,
    };
    static db_stmt_table gives[] = { &give, NULL };
    static db_stmt_table *const tables[] = { gives, NULL };
    struct db *db = speak_as("worker", tables);
    struct err *e;

    (void)state;
    assert_int_equal(limit(0, 0, 1, sales).status, 303);
    e = db_exec(db, &give, DB_ARGS(DB_I(v.user_id), DB_I(technical)), NULL);
    assert_non_null(e);
    err_free(e);
    db_rollback(db);
    assert_ok(db_begin_write(db));
    assert_ok(db_exec(db, &give, DB_ARGS(DB_I(v.user_id), DB_I(sales)), NULL));
    db_rollback(db);
    db_close(db);
}

static void test_limit__set_by_two_at_once_is_the_first_ones(void **state)
{
    (void)state;
    assert_int_equal(limit(0, 3, 0, sales).status, 303);
    assert_int_equal(limit(0, 9, 0, sales).status, 422);
    assert_int_equal(number("SELECT users_most FROM partner_limit WHERE account_id = ?", account),
                     3);
    assert_int_equal(limit(1, 4, 0, sales).status, 303);
    assert_int_equal(limit(1, 5, 0, sales).status, 422);
}

static void test_limit__leaves_in_the_trail_what_was_before(void **state)
{
    (void)state;
    assert_int_equal(limit(0, 3, 0, sales).status, 303);
    assert_int_equal(limit(1, 4, 0, sales).status, 303);
    assert_int_equal(number("SELECT before_json = '{\"users_most\":3}' AND after_json ="
                            " '{\"users_most\":4}' FROM audit_event WHERE kind = 'account' AND"
                            " object_id = ? ORDER BY seq DESC LIMIT 1",
                            account),
                     1);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_limit__a_role_that_is_not_allowed_is_neither_offered_nor_given),
        TEST(test_limit__nor_is_it_given_to_somebody_who_is_there),
        TEST(test_limit__nobody_more_is_invited_than_the_vendor_allows),
        TEST(test_limit__of_two_invitations_at_once_one_is_kept),
        TEST(test_limit__a_disabled_person_comes_back_only_within_it),
        TEST(test_limit__a_job_that_no_page_would_have_sent_gives_no_closed_role),
        TEST(test_limit__the_database_lets_no_worker_give_a_closed_role),
        TEST(test_limit__set_by_two_at_once_is_the_first_ones),
        TEST(test_limit__leaves_in_the_trail_what_was_before),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

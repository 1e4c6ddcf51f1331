/* Company administrators and their people: partner.fcgi asks, the worker does. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "admin/users.h"
#include "base/str.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/testdb.h"

static struct webtest *w, *public;

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_partner, NULL);
    public = webtest_open(&program_public, w);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(public);
    webtest_close(w);
    return 0;
}

/* Runs what the worker would run, under its account; none may fail. */
static void run_jobs(void)
{
    static const struct job_kind *const tables[] = { users_jobs, NULL };
    volatile int stop = 0;
    struct db *db;
    int ran;

    assert_ok(testdb_connect_as(webtest_schema(w), "worker", worker_statements, &db));
    struct job_context ctx = {
        .db = db, .arena = arena_new(4096), .conf = webtest_conf(w), .owner = "test"
    };

    assert_ok(job_run_due(&ctx, tables, &stop, &ran));
    arena_free(ctx.arena);
    db_close(db);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM job WHERE kind LIKE 'users.%'"
                                    " AND state = 'waiting'",
                                    0),
                     0);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM job WHERE last_error IS NOT NULL", 0), 0);
}

static int64_t role_id(const char *code)
{
    if (str_eq(code, "administrator"))
        return fixture_number(w,
                              "SELECT id AS n FROM role WHERE audience = 'partner' AND code ="
                              " 'administrator'",
                              0);
    if (str_eq(code, "sales"))
        return fixture_number(w,
                              "SELECT id AS n FROM role WHERE audience = 'partner' AND code ="
                              " 'sales'",
                              0);
    return fixture_number(w,
                          "SELECT id AS n FROM role WHERE audience = 'staff' AND code ="
                          " 'administrator'",
                          0);
}

/* An administrator who has just logged in. */
static struct fixture_person administrator(struct visitor *v)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);

    fixture_enter(public, v, &p);
    return p;
}

static struct answer invite(struct visitor *v, const char *email, const char *role)
{
    char body[300];

    snprintf(body, sizeof(body), "email=%s&name=New+Person&language=en&roles=%lld", email,
             (long long)role_id(role));
    return webtest_post(w, v, "/partner/users/new", "/partner/users/new", body);
}

static struct answer act(struct visitor *v, int64_t user_id, const char *what)
{
    char path[100];

    snprintf(path, sizeof(path), "/partner/users/%lld%s", (long long)user_id, what);
    return webtest_post(w, v, "/partner/users/new", path, "");
}

/* -- pages -------------------------------------------------------------------------------- */

static void test_home__shows_the_company_and_what_to_do(void **state)
{
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    administrator(&v);
    a = webtest_get(w, &v, "/partner/");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Nothing waits for you"));
    assert_true(answer_has(&a, "People with a log-in"));
}

static void test_users__list_shows_the_own_company_only(void **state)
{
    struct visitor v = { 0 }, other = { 0 };
    struct fixture_person mine = administrator(&v), theirs = administrator(&other);
    struct answer a = webtest_get(w, &v, "/partner/users");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, mine.email));
    assert_false(answer_has(&a, theirs.email));
}

static void test_users__list_pages_by_name_and_searches(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET name = 'Aa First' WHERE id = ?", p.id);
    for (int i = 0; i < 30; i++) {
        struct fixture_person more = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);

        fixture_run(w, "UPDATE user SET name = CONCAT('Mm Person ', LPAD(id, 6, '0')) WHERE id = ?",
                    more.id);
        if (i == 29)
            fixture_run(w, "UPDATE user SET name = '100% Zz' WHERE id = ?", more.id);
    }
    a = webtest_get(w, &v, "/partner/users");
    assert_true(answer_has(&a, "Aa First"));
    assert_true(answer_has(&a, "older="));
    a = webtest_get(w, &v, "/partner/users?q=first");
    assert_true(answer_has(&a, "Aa First"));
    assert_false(answer_has(&a, "Mm Person"));
    a = webtest_get(w, &v, "/partner/users?q=100%25");
    assert_true(answer_has(&a, "100% Zz"));
    assert_false(answer_has(&a, "Aa First"));
    a = webtest_get(w, &v, "/partner/users?status=invited");
    assert_false(answer_has(&a, "Aa First"));
}

static void test_c20__another_companys_person_is_not_there(void **state)
{
    static const char *const acts[] = { "", "/disable", "/enable", "/invite", "/sessions" };
    struct visitor v = { 0 }, other = { 0 };
    struct fixture_person theirs;
    char path[80];

    (void)state;
    administrator(&v);
    theirs = administrator(&other);
    snprintf(path, sizeof(path), "/partner/users/%lld", (long long)theirs.id);
    assert_int_equal(webtest_get(w, &v, path).status, 404);
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        assert_int_equal(act(&v, theirs.id, acts[i]).status, 404);
    assert_int_equal(
        fixture_number(w, "SELECT status = 'active' AS n FROM user WHERE id = ?", theirs.id), 1);
}

/* -- invitations ------------------------------------------------------------------------- */

static void test_invite__the_worker_makes_the_person_and_the_mail(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);

    (void)state;
    assert_int_equal(invite(&v, "fresh.person%40example.com", "sales").status, 303);
    run_jobs();
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM user u JOIN user_role ur ON"
                                    " ur.user_id = u.id WHERE u.account_id = ? AND u.email ="
                                    " 'fresh.person@example.com' AND u.status = 'invited' AND"
                                    " u.audience = 'partner'",
                                    p.account_id),
                     1);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox o JOIN user u ON u.id ="
                                    " o.user_id WHERE u.account_id = ? AND o.template ="
                                    " 'identity/invite' AND o.link = 'invite'",
                                    p.account_id),
                     1);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event e JOIN user u ON u.id"
                                    " = e.object_id WHERE u.account_id = ? AND e.action ="
                                    " 'user.invite' AND e.user_id <> 0",
                                    p.account_id),
                     1);
}

#define TOLD                                                                                  \
    "SELECT COUNT(*) AS n FROM notification WHERE user_id = ? AND event = 'user.joined' AND " \
    "values_json LIKE '%Joan Reed%'"

static void test_invite__who_invited_and_the_other_administrators_hear_that_somebody_joined(
    void **state)
{
    struct visitor v = { 0 }, guest = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person second = fixture_person(w, AUD_PARTNER, p.account_id, NULL, false);
    struct fixture_person seller = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);
    const char *path;
    int64_t id;

    (void)state;
    assert_int_equal(invite(&v, "joins.soon%40example.com", "sales").status, 303);
    run_jobs();
    id = fixture_number(w,
                        "SELECT id AS n FROM user WHERE account_id = ? AND email ="
                        " 'joins.soon@example.com'",
                        p.account_id);
    path = fixture_link(public, "invite", id);
    assert_int_equal(webtest_post(public, &guest, path, path,
                                  "name=Joan+Reed&language=en&password=a+heron+at+the+weir+77")
                         .status,
                     303);
    run_jobs();
    assert_int_equal(fixture_number(w, TOLD, p.id), 1);
    assert_int_equal(fixture_number(w, TOLD, second.id), 1);
    assert_int_equal(fixture_number(w, TOLD, seller.id), 0);
    assert_int_equal(fixture_number(w, TOLD, id), 0);
}

static void test_c06__inviting_somebody_elses_user_looks_like_any_invitation(void **state)
{
    struct visitor v = { 0 }, other = { 0 };
    struct fixture_person p = administrator(&v), theirs = administrator(&other);
    struct answer a;
    char email[100];

    (void)state;
    snprintf(email, sizeof(email), "%s", theirs.email);
    a = invite(&v, email, "sales");
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/partner/users?note=invited");
    run_jobs();
    a = webtest_get(w, &v, "/partner/users?q=visitor&status=invited");
    assert_true(answer_has(&a, theirs.email));
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox o JOIN user u ON u.id ="
                                    " o.user_id WHERE u.account_id = ? AND o.template ="
                                    " 'identity/invite_known' AND o.link IS NULL",
                                    p.account_id),
                     1);
    assert_int_equal(
        fixture_number(w, "SELECT status = 'active' AS n FROM user WHERE id = ?", theirs.id), 1);
}

static void test_invite__roles_of_staff_cannot_be_given(void **state)
{
    struct visitor v = { 0 };

    (void)state;
    administrator(&v);
    assert_int_equal(invite(&v, "intruder%40example.com", "staff").status, 422);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM job WHERE kind = 'users.invite'"
                                    " AND payload LIKE '%intruder%'",
                                    0),
                     0);
}

static void make_name_keys(void)
{
    struct job_context ctx = { .arena = arena_new(4096), .conf = webtest_conf(w), .owner = "test" };
    const struct job_kind *kind = users_jobs;

    while (!str_eq(kind->name, "users.names"))
        kind++;
    assert_ok(testdb_connect_as(webtest_schema(w), "worker", worker_statements, &ctx.db));
    assert_ok(kind->handler(&ctx, &(struct job){ .kind = kind->name, .tries = 1 }));
    arena_free(ctx.arena);
    db_close(ctx.db);
}

static int64_t colleague_called(int64_t account_id, const char *name)
{
    struct db *db = webtest_admin(w);
    int64_t id;

    assert_ok(db_begin_write(db));
    id = fixture_user(db, &(struct fixture_user){
                              .audience = AUD_PARTNER, .account_id = account_id, .name = name });
    assert_ok(db_commit(db));
    return id;
}

static void test_list__sorts_chinese_names_by_pinyin_among_the_others(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct answer a;

    (void)state;
    colleague_called(p.account_id, "张伟");
    colleague_called(p.account_id, "Maren Bo");
    colleague_called(p.account_id, "阿明");
    make_name_keys();
    a = webtest_get(w, &v, "/partner/users");
    assert_true(strstr(a.body, "阿明") < strstr(a.body, "Maren Bo"));
    assert_true(strstr(a.body, "Maren Bo") < strstr(a.body, "张伟"));
}

static void test_list__sorts_a_person_anew_who_takes_another_name(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct answer a;
    int64_t id;

    (void)state;
    id = colleague_called(p.account_id, "张伟");
    colleague_called(p.account_id, "Maren Bo");
    make_name_keys();
    fixture_run(w, "UPDATE user SET name = '阿明' WHERE id = ?", id);
    make_name_keys();
    a = webtest_get(w, &v, "/partner/users");
    assert_true(strstr(a.body, "阿明") < strstr(a.body, "Maren Bo"));
}

/* An invitation that partner.fcgi did not make, but whoever took it over. */
static void forge_invitation(int64_t by, int64_t account_id, int64_t role, const char *email)
{
    char sql[700];
    struct db *db = NULL;

    snprintf(sql, sizeof(sql),
             "INSERT INTO job (kind, ref, payload, due_at, created_at) VALUES ('users.invite', 0,"
             " '{\"By\":\"%lld\",\"Account\":\"%lld\",\"Email\":\"%s\",\"Name\":\"F\","
             "\"Title\":\"\",\"Language\":\"en\",\"Address\":\"\",\"Roles\":\"%lld\"}',"
             " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)); COMMIT",
             (long long)by, (long long)account_id, email, (long long)role);
    assert_ok(testdb_connect_as(webtest_schema(w), "partner", NULL, &db));
    assert_ok(db_script(db, sql));
    db_close(db);
    run_jobs();
}

static int64_t forged_people(void)
{
    return fixture_number(w, "SELECT COUNT(*) AS n FROM user WHERE email = 'forged@example.com'",
                          0);
}

static void test_invite__the_worker_refuses_a_forged_job(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);

    (void)state;
    forge_invitation(p.id, p.account_id, role_id("staff"), "forged@example.com");
    assert_int_equal(forged_people(), 0);
}

static void test_invite__the_worker_makes_nobody_of_another_audience(void **state)
{
    struct fixture_person buyer = fixture_person(w, AUD_CUSTOMER, 0, NULL, false);
    const int64_t role = fixture_number(w,
                                        "SELECT id AS n FROM role WHERE audience = 'customer' AND"
                                        " code = 'administrator'",
                                        0);

    (void)state;
    forge_invitation(buyer.id, buyer.account_id, role, "forged@example.com");
    assert_int_equal(forged_people(), 0);
}

static void test_c21__without_the_permission_the_pages_are_not_there(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, "finance", false);
    struct visitor v = { 0 };

    (void)state;
    fixture_enter(public, &v, &p);
    assert_int_equal(webtest_get(w, &v, "/partner/users").status, 404);
    assert_int_equal(webtest_get(w, &v, "/partner/users/new").status, 404);
}

/* -- changes ------------------------------------------------------------------------------ */

static void test_c16__a_disabled_colleague_is_out_at_the_next_request(void **state)
{
    struct visitor v = { 0 }, colleague = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);

    (void)state;
    fixture_enter(public, &colleague, &c);
    assert_int_equal(webtest_get(w, &colleague, "/partner/").status, 200);
    assert_int_equal(act(&v, c.id, "/disable").status, 303);
    assert_int_equal(webtest_get(w, &colleague, "/partner/").status, 303);
    run_jobs();
    assert_int_equal(act(&v, c.id, "/enable").status, 303);
    assert_int_equal(webtest_get(w, &colleague, "/partner/").status, 303);
    assert_int_equal(fixture_log_in(public, &colleague, &c, FIXTURE_PASSWORD).status, 303);
}

static void test_users__an_administrator_cannot_end_his_own_administration(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    char path[80], body[200];
    struct answer a;

    (void)state;
    assert_int_equal(act(&v, p.id, "/disable").status, 409);
    snprintf(path, sizeof(path), "/partner/users/%lld", (long long)p.id);
    snprintf(body, sizeof(body), "name=Me&row_version=1&roles=%lld", (long long)role_id("sales"));
    a = webtest_post(w, &v, path, path, body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "You cannot end your own administration."));
}

static void test_users__a_role_change_reaches_the_open_session(void **state)
{
    struct visitor v = { 0 }, colleague = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, NULL, false);
    char path[80], body[200];

    (void)state;
    fixture_enter(public, &colleague, &c);
    assert_int_equal(webtest_get(w, &colleague, "/partner/users").status, 200);
    snprintf(path, sizeof(path), "/partner/users/%lld", (long long)c.id);
    snprintf(body, sizeof(body), "name=Colleague&row_version=1&roles=%lld",
             (long long)role_id("sales"));
    assert_int_equal(webtest_post(w, &v, path, path, body).status, 303);
    run_jobs();
    assert_int_equal(webtest_get(w, &colleague, "/partner/users").status, 404);
    assert_int_equal(webtest_get(w, &colleague, "/partner/").status, 200);
}

static void test_users__a_change_meanwhile_is_not_overwritten(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);
    char path[80], body[200];
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET name = 'Changed Meanwhile', row_version = 2 WHERE id = ?",
                c.id);
    snprintf(path, sizeof(path), "/partner/users/%lld", (long long)c.id);
    snprintf(body, sizeof(body), "name=Mine&row_version=1&roles=%lld", (long long)role_id("sales"));
    a = webtest_post(w, &v, path, path, body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Changed Meanwhile"));
    assert_true(answer_has(&a, "value=\"Mine\""));
    assert_true(answer_has(&a, "name=\"row_version\" value=\"2\""));
}

static void test_c17__an_administrator_ends_a_colleagues_sessions(void **state)
{
    struct visitor v = { 0 }, colleague = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);

    (void)state;
    fixture_enter(public, &colleague, &c);
    assert_int_equal(act(&v, c.id, "/sessions").status, 303);
    run_jobs();
    assert_int_equal(webtest_get(w, &colleague, "/partner/").status, 303);
}

/* A mail with a link is none that a company's program may write: it is the worker's. */
static void test_invite__is_sent_again_by_the_worker(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);
    static const char mails[] = "SELECT COUNT(*) AS n FROM outbox WHERE template ="
                                " 'identity/invite' AND link = 'invite' AND user_id = ?";

    (void)state;
    fixture_run(w, "UPDATE user SET status = 'invited' WHERE id = ?", c.id);
    assert_int_equal(act(&v, c.id, "/invite").status, 303);
    run_jobs();
    assert_int_equal(fixture_number(w, mails, c.id), 1);
}

static void test_invite__is_not_sent_again_to_who_came_meanwhile(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, "sales", false);

    (void)state;
    fixture_run(w, "UPDATE user SET status = 'invited' WHERE id = ?", c.id);
    assert_int_equal(act(&v, c.id, "/invite").status, 303);
    fixture_run(w, "UPDATE user SET status = 'active' WHERE id = ?", c.id);
    run_jobs();
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ?", c.id),
                     0);
}

/* Two administrators who disable each other at the same time: the second finds himself disabled. */
static void test_users__a_disabled_administrator_changes_nobody(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = administrator(&v);
    struct fixture_person c = fixture_person(w, AUD_PARTNER, p.account_id, NULL, false);

    (void)state;
    fixture_run(w, "DELETE FROM user_role WHERE user_id = ?", p.id);
    assert_int_equal(act(&v, c.id, "/disable").status, 409);
    assert_int_equal(
        fixture_number(w, "SELECT status = 'active' AS n FROM user WHERE id = ?", c.id), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_home__shows_the_company_and_what_to_do),
        cmocka_unit_test(test_users__list_shows_the_own_company_only),
        cmocka_unit_test(test_users__list_pages_by_name_and_searches),
        cmocka_unit_test(test_c20__another_companys_person_is_not_there),
        cmocka_unit_test(test_invite__the_worker_makes_the_person_and_the_mail),
        cmocka_unit_test(
            test_invite__who_invited_and_the_other_administrators_hear_that_somebody_joined),
        cmocka_unit_test(test_invite__is_sent_again_by_the_worker),
        cmocka_unit_test(test_invite__is_not_sent_again_to_who_came_meanwhile),
        cmocka_unit_test(test_c06__inviting_somebody_elses_user_looks_like_any_invitation),
        cmocka_unit_test(test_invite__roles_of_staff_cannot_be_given),
        cmocka_unit_test(test_list__sorts_chinese_names_by_pinyin_among_the_others),
        cmocka_unit_test(test_list__sorts_a_person_anew_who_takes_another_name),
        cmocka_unit_test(test_invite__the_worker_refuses_a_forged_job),
        cmocka_unit_test(test_invite__the_worker_makes_nobody_of_another_audience),
        cmocka_unit_test(test_c21__without_the_permission_the_pages_are_not_there),
        cmocka_unit_test(test_c16__a_disabled_colleague_is_out_at_the_next_request),
        cmocka_unit_test(test_users__an_administrator_cannot_end_his_own_administration),
        cmocka_unit_test(test_users__a_role_change_reaches_the_open_session),
        cmocka_unit_test(test_users__a_change_meanwhile_is_not_overwritten),
        cmocka_unit_test(test_c17__an_administrator_ends_a_colleagues_sessions),
        cmocka_unit_test(test_users__a_disabled_administrator_changes_nobody),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

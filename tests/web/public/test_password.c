/* Passwords set by links of mails: reset and invitation. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "identity/identity.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/testdb.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <time.h>

#define NEW_PASSWORD "seven+quiet+herons"

static struct webtest *w;

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_public, NULL);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(w);
    return 0;
}

static struct answer set_password(struct visitor *v, const char *path, const char *password)
{
    char body[1200];

    snprintf(body, sizeof(body), "password=%s", password);
    return webtest_post(w, v, path, path, body);
}

/* -- asking -------------------------------------------------------------------------- */

static struct answer ask(struct visitor *v, const char *email)
{
    char body[200];

    snprintf(body, sizeof(body), "email=%s", email);
    return webtest_post(w, v, "/password", "/password", body);
}

static void test_c06__asking_for_a_reset_answers_the_same_for_any_address(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "192.0.2.60" };
    int64_t jobs = fixture_number(w,
                                  "SELECT COUNT(*) AS n FROM job WHERE kind ="
                                  " 'identity.reset'",
                                  0);
    struct answer a = ask(&v, p.email);

    (void)state;
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/login?note=reset_sent");
    a = ask(&v, "nobody.at.all@example.com");
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/login?note=reset_sent");
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM job WHERE kind ="
                                    " 'identity.reset'",
                                    0),
                     jobs + 2);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox WHERE template ="
                                    " 'identity/reset'",
                                    0),
                     0);
}

/* Runs what the worker would run, under its account. */
static void run_jobs(void)
{
    static const struct job_kind *const tables[] = { identity_jobs, NULL };
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
}

static void test_reset__the_worker_mails_people_and_nobody_else(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "192.0.2.61" };

    (void)state;
    ask(&v, p.email);
    ask(&v, "nobody.at.all@example.com");
    run_jobs();
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox WHERE template ="
                                    " 'identity/reset' AND link = 'reset' AND user_id = ?",
                                    p.id),
                     1);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE action ="
                                    " 'password.asked' AND object_id = ?",
                                    p.id),
                     1);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM job WHERE kind ="
                                    " 'identity.reset' AND state = 'failed'",
                                    0),
                     0);
}

static void test_c10__the_link_begins_with_the_configured_address(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    const char *path = fixture_link(w, "reset", p.id);

    (void)state;
    /* fixture_link() has checked that the base URL stands before it. */
    assert_true(str_starts(path, "/password/"));
    assert_int_equal(strlen(path), strlen("/password/") + 43);
}

/* -- using it ------------------------------------------------------------------------- */

static void test_c09__a_reset_sets_the_password_and_ends_every_session(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor inside = { 0 }, v = { 0 };
    struct answer a;

    (void)state;
    fixture_enter(w, &inside, &p);
    a = set_password(&v, fixture_link(w, "reset", p.id), NEW_PASSWORD);
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/login?note=password_set");
    assert_int_equal(webtest_get(w, &inside, "/account").status, 303);
    assert_null(visitor_cookie(&v, "fw-partner"));
    assert_int_equal(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD).status, 422);
    assert_int_equal(fixture_log_in(w, &v, &p, "seven quiet herons").status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox WHERE template ="
                                    " 'identity/password_changed' AND user_id = ?",
                                    p.id),
                     1);
}

static void test_c09__a_reset_does_not_replace_the_second_factor(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "192.0.2.62" };
    struct answer a;

    (void)state;
    set_password(&v, fixture_link(w, "reset", p.id), NEW_PASSWORD);
    a = fixture_log_in(w, &v, &p, "seven quiet herons");
    assert_string_equal(answer_header(&a, "Location"), "/2fa");
}

static void test_c09__a_link_works_once(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    char path[200];
    struct answer a;

    (void)state;
    snprintf(path, sizeof(path), "%s", fixture_link(w, "reset", p.id));
    assert_int_equal(set_password(&v, path, NEW_PASSWORD).status, 303);
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "This link no longer works"));
}

static void test_c09__a_link_ends_after_sixty_minutes(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    const char *path = fixture_link(w, "reset", p.id);
    struct answer a;

    (void)state;
    fixture_run(w,
                "UPDATE link_token SET expires_at = expires_at - INTERVAL 59 MINUTE"
                " WHERE user_id = ?",
                p.id);
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "Choose a new password"));
    fixture_run(w,
                "UPDATE link_token SET expires_at = expires_at - INTERVAL 2 MINUTE"
                " WHERE user_id = ?",
                p.id);
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "This link no longer works"));
}

/* A process of its own, which has fetched the page before all begin at once. */
static pid_t rival(const char *path, int number, const int start[2])
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    struct webtest *own = webtest_open(&program_public, w);
    struct visitor v = { 0 };
    char body[200], go;

    snprintf(body, sizeof(body), "form_token=%s&password=parallel+password+%d",
             webtest_token(own, &v, path), number);
    close(start[1]); /* the last one to be ready gives the signal */
    if (read(start[0], &go, 1) < 0)
        _exit(3);
    struct answer a = webtest_post_bare(own, &v, path, body);

    /* A machine with much to do sends some away to come again: every slot for hashing is taken. */
    for (int i = 0; i < 20 && a.status == 503; i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 150 * 1000 * 1000L }, NULL);
        a = webtest_post_bare(own, &v, path, body);
    }
    _exit(a.status == 303 ? 0 : a.status == 200 ? 1 : 2);
}

static void test_c09__of_parallel_uses_of_one_link_one_succeeds(void **state)
{
    enum { RIVALS = 4 };
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    const char *path = fixture_link(w, "reset", p.id);
    int start[2], results[4] = { 0 };
    pid_t pids[RIVALS];

    (void)state;
    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < RIVALS; i++) {
        pids[i] = rival(path, i, start);
        assert_true(pids[i] > 0);
    }
    close(start[1]);
    for (int i = 0; i < RIVALS; i++) {
        int status;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 4);
        results[WEXITSTATUS(status)]++;
    }
    close(start[0]);
    assert_int_equal(results[0], 1);
    assert_int_equal(results[1], RIVALS - 1);
}

static void test_c01_c02__short_common_and_personal_passwords_are_refused(void **state)
{
    static const struct {
        const char *typed, *words;
    } rows[] = {
        { "seven77", "Too short" },
        { "password123", "Too well known" },
        { "qwertyuiop", "Too well known" },
    };
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    const char *path = fixture_link(w, "reset", p.id);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct answer a = set_password(&v, path, rows[i].typed);

        assert_int_equal(a.status, 422);
        assert_true(answer_has(&a, rows[i].words));
    }
    assert_int_equal(set_password(&v, path, p.email).status, 422);
    assert_int_equal(set_password(&v, path, NEW_PASSWORD).status, 303);
}

static void test_c01__a_long_password_counts_to_its_last_byte(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "192.0.2.63" };
    char longest[129];

    (void)state;
    for (int i = 0; i < 128; i++)
        longest[i] = (char)('a' + i * 7 % 26);
    longest[128] = '\0';
    assert_int_equal(set_password(&v, fixture_link(w, "reset", p.id), longest).status, 303);
    longest[127]++;
    assert_int_equal(fixture_log_in(w, &v, &p, longest).status, 422);
    longest[72] = '\0';
    assert_int_equal(fixture_log_in(w, &v, &p, longest).status, 422);
}

static void test_c11__passwords_are_kept_as_argon2id(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    set_password(&v, fixture_link(w, "reset", p.id), NEW_PASSWORD);
    assert_int_equal(fixture_number(w,
                                    "SELECT password_hash LIKE '$argon2id$v=19$%' AS n FROM"
                                    " credential WHERE user_id = ?",
                                    p.id),
                     1);
}

/* -- invitation ------------------------------------------------------------------------- */

static void test_invite__a_partner_chooses_name_and_password_and_is_in(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    const char *path;
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET status = 'invited' WHERE id = ?", p.id);
    path = fixture_link(w, "invite", p.id);
    assert_true(str_starts(path, "/invite/"));
    a = webtest_post(w, &v, path, path, "name=Lin+Xiaowen&language=zh-CN&password=" NEW_PASSWORD);
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/partner/");
    a = webtest_get(w, &v, "/account");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Lin Xiaowen"));
    assert_true(answer_has(&a, "lang=\"zh-CN\""));
    assert_int_equal(
        fixture_number(w, "SELECT status = 'active' AS n FROM user WHERE id = ?", p.id), 1);
}

static void test_invite__staff_go_on_to_their_second_factor(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, false);
    struct visitor v = { 0 };
    const char *path;
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE user SET status = 'invited' WHERE id = ?", p.id);
    path = fixture_link(w, "invite", p.id);
    a = webtest_post(w, &v, path, path, "name=Maria+Keller&language=en&password=" NEW_PASSWORD);
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/2fa/setup");
    assert_null(visitor_cookie(&v, "fw-staff"));
}

static void test_invite__a_reset_link_invites_nobody_and_the_other_way_round(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    char path[200];
    struct answer a;

    (void)state;
    snprintf(path, sizeof(path), "/invite/%s",
             fixture_link(w, "reset", p.id) + strlen("/password/"));
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, "This link no longer works"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_c06__asking_for_a_reset_answers_the_same_for_any_address),
        cmocka_unit_test(test_reset__the_worker_mails_people_and_nobody_else),
        cmocka_unit_test(test_c10__the_link_begins_with_the_configured_address),
        cmocka_unit_test(test_c09__a_reset_sets_the_password_and_ends_every_session),
        cmocka_unit_test(test_c09__a_reset_does_not_replace_the_second_factor),
        cmocka_unit_test(test_c09__a_link_works_once),
        cmocka_unit_test(test_c09__a_link_ends_after_sixty_minutes),
        cmocka_unit_test(test_c09__of_parallel_uses_of_one_link_one_succeeds),
        cmocka_unit_test(test_c01_c02__short_common_and_personal_passwords_are_refused),
        cmocka_unit_test(test_c01__a_long_password_counts_to_its_last_byte),
        cmocka_unit_test(test_c11__passwords_are_kept_as_argon2id),
        cmocka_unit_test(test_invite__a_partner_chooses_name_and_password_and_is_in),
        cmocka_unit_test(test_invite__staff_go_on_to_their_second_factor),
        cmocka_unit_test(test_invite__a_reset_link_invites_nobody_and_the_other_way_round),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

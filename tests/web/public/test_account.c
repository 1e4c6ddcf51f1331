/* The own profile, password, second factor and sessions. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

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

static struct fixture_person enter(struct visitor *v, bool factor)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, factor);

    fixture_enter(w, v, &p);
    return p;
}

/* As if the password had been typed an hour ago. */
static void forget_proof(const struct fixture_person *p)
{
    fixture_run(w, "UPDATE session SET proved_at = proved_at - INTERVAL 1 HOUR WHERE user_id = ?",
                p->id);
}

static void assert_goes_to(struct answer a, const char *address)
{
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), address);
}

/* -- profile --------------------------------------------------------------------------- */

static void test_profile__a_change_shows_on_the_next_page(void **state)
{
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    enter(&v, false);
    a = webtest_post(w, &v, "/account", "/account",
                     "name=Lin+Xiaowen&title=Sales&phone=%2B86+512+6288+0140&language=zh-CN"
                     "&zone=Asia%2FShanghai&theme=dark");
    assert_goes_to(a, "/account?note=saved");
    a = webtest_get(w, &v, "/account");
    assert_true(answer_has(&a, "lang=\"zh-CN\""));
    assert_true(answer_has(&a, "data-bs-theme=\"dark\""));
    assert_true(answer_has(&a, "value=\"Lin Xiaowen\""));
    assert_true(answer_has(&a, "<option value=\"Asia/Shanghai\" selected>"));
}

static void test_profile__the_chosen_language_replaces_one_that_was_asked_for(void **state)
{
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    enter(&v, false);
    webtest_get(w, &v, "/account?lang=en");
    webtest_post(w, &v, "/account", "/account",
                 "name=Lin+Xiaowen&title=&phone=&language=zh-CN&zone=Asia%2FShanghai&theme=dark");
    a = webtest_get(w, &v, "/account");
    assert_true(answer_has(&a, "lang=\"zh-CN\""));
}

static void test_profile__an_unknown_time_zone_is_refused(void **state)
{
    struct visitor v = { 0 };

    (void)state;
    enter(&v, false);
    assert_int_equal(webtest_post(w, &v, "/account", "/account",
                                  "name=A&language=en&zone=Mars%2FBase&theme=dark")
                         .status,
                     422);
}

static void test_c22__profile_takes_no_rights_from_its_body(void **state)
{
    static const char *const extra[] = { "audience=staff",        "account_id=1", "status=active",
                                         "email=x%40example.com", "scope=all",    "role=1" };
    struct visitor v = { 0 };
    struct fixture_person p = enter(&v, false);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(extra); i++) {
        char body[200];

        snprintf(body, sizeof(body), "name=A&language=en&zone=UTC&theme=dark&%s", extra[i]);
        assert_int_equal(webtest_post(w, &v, "/account", "/account", body).status, 400);
    }
    assert_int_equal(fixture_number(w,
                                    "SELECT audience = 'partner' AND theme = 0 AS n FROM user"
                                    " WHERE id = ?",
                                    p.id),
                     1);
}

/* -- password --------------------------------------------------------------------------- */

static void test_c03__changing_the_password_needs_the_current_one(void **state)
{
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    enter(&v, false);
    a = webtest_post(w, &v, "/account/password", "/account/password",
                     "password=seven+quiet+herons");
    assert_int_equal(a.status, 422);
    a = webtest_post(w, &v, "/account/password", "/account/password",
                     "current=wrong+one&password=seven+quiet+herons");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "This is not your password."));
    a = webtest_post(w, &v, "/account/password", "/account/password",
                     "current=an+otter+in+the+rain+41&password=seven+quiet+herons");
    assert_goes_to(a, "/account/password?note=password_changed");
}

static void test_c17__changing_the_password_ends_the_other_sessions_only(void **state)
{
    struct visitor here = { 0 }, there = { 0 };
    struct fixture_person p = enter(&here, false);

    (void)state;
    fixture_enter(w, &there, &p);
    webtest_post(w, &here, "/account/password", "/account/password",
                 "current=an+otter+in+the+rain+41&password=seven+quiet+herons");
    assert_int_equal(webtest_get(w, &here, "/account").status, 200);
    assert_int_equal(webtest_get(w, &there, "/account").status, 303);
}

static void test_c42__guessing_the_current_password_is_slowed(void **state)
{
    struct visitor v = { 0 };
    int status = 0;

    (void)state;
    fixture_early_in_window();
    enter(&v, false);
    for (int i = 0; i < 11; i++)
        status = webtest_post(w, &v, "/account/password", "/account/password",
                              "current=wrong+one&password=seven+quiet+herons")
                     .status;
    assert_int_equal(status, 429);
}

/* -- second factor ------------------------------------------------------------------------ */

#define FACTOR "/account/second-factor"

static void confirm(struct visitor *v, struct fixture_person *p, struct answer *a)
{
    char body[64], code[TOTP_CODE_BYTES];

    fixture_pending_secret(w, p);
    fixture_code(p, 0, code);
    snprintf(body, sizeof(body), "code=%s", code);
    *a = webtest_post(w, v, FACTOR, FACTOR "/confirm", body);
}

static void test_factor__is_set_up_and_then_asked_for(void **state)
{
    struct visitor v = { 0 }, other = { 0 };
    struct fixture_person p = enter(&v, false);
    struct answer a;

    (void)state;
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/begin", ""), FACTOR);
    confirm(&v, &p, &a);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "fw-codes"));
    assert_goes_to(fixture_log_in(w, &other, &p, FIXTURE_PASSWORD), "/2fa");
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ?", p.id), 10);
}

static void test_c18__setting_up_asks_for_the_password_again(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = enter(&v, false);

    (void)state;
    forget_proof(&p);
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/begin", ""),
                   "/account/prove?next=%2Faccount%2Fsecond-factor");
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM second_factor_pending WHERE"
                                    " user_id = ?",
                                    p.id),
                     0);
    assert_int_equal(
        webtest_post(w, &v, "/account/prove", "/account/prove", "password=wrong").status, 422);
    assert_goes_to(webtest_post(w, &v, "/account/prove", "/account/prove",
                                "password=an+otter+in+the+rain+41&next=%2Faccount%2Fsecond-factor"),
                   FACTOR);
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/begin", ""), FACTOR);
}

/* Who has the password and a session that was left open must not get a second factor of his own. */
static void test_c18__with_a_second_factor_the_password_alone_is_no_proof(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = enter(&v, true);
    char body[120], code[TOTP_CODE_BYTES];

    (void)state;
    forget_proof(&p);
    assert_int_equal(
        webtest_post(w, &v, "/account/prove", "/account/prove", "password=an+otter+in+the+rain+41")
            .status,
        422);
    assert_int_equal(webtest_post(w, &v, "/account/prove", "/account/prove",
                                  "password=an+otter+in+the+rain+41&code=000000")
                         .status,
                     422);
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/begin", ""),
                   "/account/prove?next=%2Faccount%2Fsecond-factor");
    fixture_code(&p, 1, code);
    snprintf(body, sizeof(body), "password=an+otter+in+the+rain+41&code=%s", code);
    assert_goes_to(webtest_post(w, &v, "/account/prove", "/account/prove", body), "/account");
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/begin", ""), FACTOR);
}

static void test_c18__new_recovery_codes_ask_for_the_password_and_replace_the_old(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = enter(&v, true);
    char body[120], code[TOTP_CODE_BYTES];
    struct answer a;

    (void)state;
    forget_proof(&p);
    assert_int_equal(webtest_post(w, &v, FACTOR, FACTOR "/codes", "").status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ?", p.id), 0);
    fixture_code(&p, 1, code);
    snprintf(body, sizeof(body), "password=an+otter+in+the+rain+41&code=%s", code);
    webtest_post(w, &v, "/account/prove", "/account/prove", body);
    a = webtest_post(w, &v, FACTOR, FACTOR "/codes", "");
    assert_int_equal(a.status, 200);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ?", p.id), 10);
}

static void test_factor__is_turned_off_by_password_and_code(void **state)
{
    struct visitor v = { 0 };
    struct fixture_person p = enter(&v, true);
    char body[120], code[TOTP_CODE_BYTES];

    (void)state;
    fixture_code(&p, 1, code);
    snprintf(body, sizeof(body), "password=wrong&code=%s", code);
    assert_int_equal(webtest_post(w, &v, FACTOR, FACTOR "/off", body).status, 422);
    snprintf(body, sizeof(body), "password=an+otter+in+the+rain+41&code=000000");
    assert_int_equal(webtest_post(w, &v, FACTOR, FACTOR "/off", body).status, 422);
    snprintf(body, sizeof(body), "password=an+otter+in+the+rain+41&code=%s", code);
    assert_goes_to(webtest_post(w, &v, FACTOR, FACTOR "/off", body), FACTOR "?note=factor_off");
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM second_factor WHERE user_id = ?", p.id), 0);
}

static void test_factor__staff_cannot_turn_it_off(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "198.51.100.70" };
    char body[120], code[TOTP_CODE_BYTES];

    (void)state;
    fixture_enter(w, &v, &p);
    fixture_code(&p, 1, code);
    snprintf(body, sizeof(body), "password=an+otter+in+the+rain+41&code=%s", code);
    assert_int_equal(webtest_post(w, &v, FACTOR, FACTOR "/off", body).status, 409);
}

/* -- sessions ------------------------------------------------------------------------------- */

static void test_c17__other_sessions_are_listed_and_ended(void **state)
{
    struct visitor here = { 0 }, there = { .user_agent = "Mozilla/5.0 (X11; Linux) Firefox/140.0" };
    struct fixture_person p = enter(&here, false);
    struct answer a;

    (void)state;
    fixture_enter(w, &there, &p);
    a = webtest_get(w, &here, "/account/sessions");
    assert_true(answer_has(&a, "Firefox, Linux"));
    assert_true(answer_has(&a, "Now, this browser"));
    assert_goes_to(webtest_post(w, &here, "/account/sessions", "/account/sessions/end", ""),
                   "/account/sessions?note=sessions_over");
    assert_int_equal(webtest_get(w, &there, "/account").status, 303);
    assert_int_equal(webtest_get(w, &here, "/account").status, 200);
}

static void test_c17__ending_sessions_asks_for_the_password_again(void **state)
{
    struct visitor here = { 0 }, there = { .user_agent = "Mozilla/5.0 (X11; Linux) Firefox/140.0" };
    struct fixture_person p = enter(&here, false);
    char path[80];

    (void)state;
    fixture_enter(w, &there, &p);
    snprintf(
        path, sizeof(path), "/account/sessions/%lld/end",
        (long long)fixture_number(w, "SELECT MAX(id) AS n FROM session WHERE user_id = ?", p.id));
    forget_proof(&p);
    assert_goes_to(webtest_post(w, &here, "/account/sessions", path, ""),
                   "/account/prove?next=%2Faccount%2Fsessions");
    assert_goes_to(webtest_post(w, &here, "/account/sessions", "/account/sessions/end", ""),
                   "/account/prove?next=%2Faccount%2Fsessions");
    assert_int_equal(webtest_get(w, &there, "/account").status, 200);
}

static void test_c20__somebody_elses_session_is_not_there(void **state)
{
    struct visitor mine = { 0 }, theirs = { 0 };
    struct fixture_person other;
    char path[80];
    int64_t id;

    (void)state;
    enter(&mine, false);
    other = enter(&theirs, false);
    id = fixture_number(w, "SELECT MAX(id) AS n FROM session WHERE user_id = ?", other.id);
    snprintf(path, sizeof(path), "/account/sessions/%lld/end", (long long)id);
    assert_int_equal(webtest_post(w, &mine, "/account/sessions", path, "").status, 404);
    assert_int_equal(webtest_get(w, &theirs, "/account").status, 200);
}

static void test_c14__idle_and_old_sessions_end(void **state)
{
    struct visitor idle = { 0 }, old = { 0 };
    struct fixture_person a = enter(&idle, false), b = enter(&old, false);

    (void)state;
    fixture_run(w,
                "UPDATE session SET last_seen_at = last_seen_at - INTERVAL 13 HOUR WHERE"
                " user_id = ?",
                a.id);
    fixture_run(w, "UPDATE session SET expires_at = expires_at - INTERVAL 8 DAY WHERE user_id = ?",
                b.id);
    assert_int_equal(webtest_get(w, &idle, "/account").status, 303);
    assert_int_equal(webtest_get(w, &old, "/account").status, 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profile__a_change_shows_on_the_next_page),
        cmocka_unit_test(test_profile__the_chosen_language_replaces_one_that_was_asked_for),
        cmocka_unit_test(test_profile__an_unknown_time_zone_is_refused),
        cmocka_unit_test(test_c22__profile_takes_no_rights_from_its_body),
        cmocka_unit_test(test_c03__changing_the_password_needs_the_current_one),
        cmocka_unit_test(test_c17__changing_the_password_ends_the_other_sessions_only),
        cmocka_unit_test(test_c42__guessing_the_current_password_is_slowed),
        cmocka_unit_test(test_factor__is_set_up_and_then_asked_for),
        cmocka_unit_test(test_c18__setting_up_asks_for_the_password_again),
        cmocka_unit_test(test_c18__with_a_second_factor_the_password_alone_is_no_proof),
        cmocka_unit_test(test_c18__new_recovery_codes_ask_for_the_password_and_replace_the_old),
        cmocka_unit_test(test_factor__is_turned_off_by_password_and_code),
        cmocka_unit_test(test_factor__staff_cannot_turn_it_off),
        cmocka_unit_test(test_c17__other_sessions_are_listed_and_ended),
        cmocka_unit_test(test_c17__ending_sessions_asks_for_the_password_again),
        cmocka_unit_test(test_c20__somebody_elses_session_is_not_there),
        cmocka_unit_test(test_c14__idle_and_old_sessions_end),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

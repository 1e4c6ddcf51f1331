/* Log-in: password, second factor, throttling, sessions.  Names with cNN are those of the security
 * checklist. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void assert_goes_to(struct answer a, const char *address)
{
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), address);
}

static bool is_signed_in(struct visitor *v)
{
    return webtest_get(w, v, "/account").status == 200;
}

static void test_login__right_password_opens_a_session_at_home(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    assert_goes_to(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD), "/partner/");
    assert_non_null(visitor_cookie(&v, "fw-partner"));
    assert_true(is_signed_in(&v));
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM session WHERE user_id = ?", p.id),
                     1);
}

static void test_login__address_is_found_in_any_letter_case(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_CUSTOMER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    p.email[0] = 'V';
    assert_goes_to(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD), "/customer/");
}

static void test_login__wrong_password_is_refused_and_the_address_kept(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    struct answer a = fixture_log_in(w, &v, &p, "not this one");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "E-mail or password is not right."));
    assert_true(answer_has(&a, p.email));
    assert_false(answer_has(&a, "not this one"));
    assert_null(visitor_cookie(&v, "fw-partner"));
}

/* The page with everything that differs by right taken out. */
static void normalise(char *text, const char *email)
{
    static const char mark[] = "form_token\" value=\"";

    for (char *at = text; (at = strstr(at, mark)) != NULL;) {
        at += sizeof(mark) - 1;
        memset(at, 'T', strcspn(at, "\""));
    }
    for (char *at = text; (at = strstr(at, email)) != NULL;)
        memset(at, 'E', strlen(email));
}

static void test_c06__unknown_address_gets_the_same_answer(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false), nobody = p;
    struct visitor v = { .address = "192.0.2.6" };
    struct answer a = fixture_log_in(w, &v, &p, "not this one");
    char *known = strdup(a.body);
    int status = a.status;
    char *unknown;

    (void)state;
    nobody.email[0] = 'w';
    a = fixture_log_in(w, &v, &nobody, "not this one");
    unknown = strdup(a.body);
    normalise(known, p.email);
    normalise(unknown, nobody.email);
    assert_int_equal(a.status, status);
    assert_string_equal(known, unknown);
    free(known);
    free(unknown);
}

static void test_c05__twenty_bad_logins_slow_down_but_owner_elsewhere_gets_in(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor guesser = { .address = "198.51.100.7" }, owner = { .address = "203.0.113.9" };
    struct answer a;
    int slowed = 0;

    (void)state;
    fixture_early_in_window();
    for (int i = 0; i < 20; i++)
        slowed += fixture_log_in(w, &guesser, &p, "guess number").status == 429;
    assert_int_equal(slowed, 10);
    a = fixture_log_in(w, &guesser, &p, FIXTURE_PASSWORD);
    assert_int_equal(a.status, 429);
    assert_non_null(answer_header(&a, "Retry-After"));
    assert_true(answer_has(&a, "Try again in ")); /* seconds, or minutes from two on */
    assert_goes_to(fixture_log_in(w, &owner, &p, FIXTURE_PASSWORD), "/partner/");
}

static void test_c05__known_browser_gets_in_from_the_guessers_address(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor guesser = { .address = "198.51.100.8" }, owner = { .address = "198.51.100.8" };

    (void)state;
    fixture_early_in_window();
    fixture_enter(w, &owner, &p);
    webtest_post(w, &owner, "/account", "/logout", "");
    for (int i = 0; i < 12; i++)
        fixture_log_in(w, &guesser, &p, "guess number");
    assert_goes_to(fixture_log_in(w, &owner, &p, FIXTURE_PASSWORD), "/partner/");
}

static void test_login__many_right_log_ins_are_no_guesses(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);

    (void)state;
    for (int i = 0; i < 12; i++) {
        struct visitor v = { .address = "198.51.100.9" };

        assert_goes_to(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD), "/partner/");
    }
}

static void test_login__disabled_and_invited_people_stay_out(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "198.51.100.10" };

    (void)state;
    fixture_run(w, "UPDATE user SET status = 'disabled' WHERE id = ?", p.id);
    assert_int_equal(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD).status, 422);
    fixture_run(w, "UPDATE user SET status = 'invited' WHERE id = ?", p.id);
    assert_int_equal(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD).status, 422);
}

static void test_c13__login_never_keeps_a_session_that_was_presented(void **state)
{
    struct fixture_person victim = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct fixture_person attacker = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor planted = { 0 }, v = { 0 };
    char before[COOKIE_VALUE_BYTES];

    (void)state;
    fixture_enter(w, &planted, &attacker);
    snprintf(before, sizeof(before), "%s", visitor_cookie(&planted, "fw-partner"));
    assert_goes_to(fixture_log_in(w, &v, &victim, FIXTURE_PASSWORD), "/partner/");
    webtest_post(w, &v, "/account", "/logout", "");
    webtest_use_token(&v, AUD_PARTNER, before);
    /* A signed-in browser is sent home from the log-in page: the token comes from elsewhere. */
    struct answer a =
        webtest_post(w, &v, "/account", "/login", "email=visitor1%40example.com&password=wrong");

    assert_int_equal(a.status, 422);
    char body[200];

    snprintf(body, sizeof(body), "email=%s&password=an+otter+in+the+rain+41", victim.email);
    a = webtest_post(w, &v, "/account", "/login", body);
    assert_goes_to(a, "/partner/");
    assert_string_not_equal(visitor_cookie(&v, "fw-partner"), before);
    assert_false(is_signed_in(&planted));
}

static void test_c15__a_cookie_is_dead_after_logging_out(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 }, thief = { 0 };
    struct answer a;

    (void)state;
    fixture_enter(w, &v, &p);
    webtest_use_token(&thief, AUD_PARTNER, visitor_cookie(&v, "fw-partner"));
    a = webtest_post(w, &v, "/account", "/logout", "");
    assert_int_equal(a.status, 303);
    assert_non_null(answer_header(&a, "Clear-Site-Data"));
    assert_null(visitor_cookie(&v, "fw-partner"));
    assert_false(is_signed_in(&thief));
}

static void test_c16__a_disabled_person_is_out_at_the_next_request(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    fixture_enter(w, &v, &p);
    fixture_run(w, "UPDATE user SET status = 'disabled' WHERE id = ?", p.id);
    assert_false(is_signed_in(&v));
}

static void test_c19__session_cookies_are_for_this_host_over_tls_and_no_script(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    struct webtest *tls;
    const char *line;
    struct answer a;

    (void)state;
    setenv("FAIRWAY_BASE_URL", "https://portal.example", 1);
    tls = webtest_open(&program_public, w);
    unsetenv("FAIRWAY_BASE_URL");
    a = fixture_log_in(tls, &v, &p, FIXTURE_PASSWORD);
    line = strstr(a.headers, "__Host-fw-partner=");
    assert_non_null(line);
    line = strndup(line, strcspn(line, "\r"));
    assert_non_null(strstr(line, "; Path=/;"));
    assert_non_null(strstr(line, "; HttpOnly"));
    assert_non_null(strstr(line, "; Secure"));
    assert_non_null(strstr(line, "; SameSite=Lax"));
    assert_null(strstr(line, "Domain"));
    free((char *)line);
    webtest_close(tls);
}

static void test_c33__next_leads_only_to_pages_of_ours(void **state)
{
    static const struct {
        const char *next, *address;
    } rows[] = {
        { "%2Fpartner%2Fdeals%2FDR-1", "/partner/deals/DR-1" },
        { "%2Fpartner%2Fdeals%3Fview%3Dopen", "/partner/deals?view=open" },
        { "%2F%2Fevil.example", "/partner/" },
        { "%2F%5Cevil.example", "/partner/" },
        { "https%3A%2F%2Fevil.example%2Fpartner%2F", "/partner/" },
        { "%2F%09%2Fevil.example", "/partner/" },
        { "%252F%252Fevil.example", "/partner/" },
        { "%2Fpartner%2F%5C..%2Fevil", "/partner/" },
        { "%2Flogout", "/partner/" },
        { "", "/partner/" },
    };
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct visitor v = { .address = "198.51.100.33" };
        char body[300];

        snprintf(body, sizeof(body), "email=%s&password=an+otter+in+the+rain+41&next=%s", p.email,
                 rows[i].next);
        assert_goes_to(webtest_post(w, &v, "/login", "/login", body), rows[i].address);
    }
}

/* -- second factor ------------------------------------------------------------------ */

static struct answer post_code(struct visitor *v, const char *code)
{
    char body[64];

    snprintf(body, sizeof(body), "code=%s", code);
    return webtest_post(w, v, "/2fa", "/2fa", body);
}

static void test_c08__password_alone_is_no_session_with_a_second_factor(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "198.51.100.40" };

    (void)state;
    assert_goes_to(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD), "/2fa");
    assert_null(visitor_cookie(&v, "fw-staff"));
    assert_false(is_signed_in(&v));
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM session WHERE user_id = ?", p.id),
                     0);
}

static void test_c08__the_right_code_opens_the_session(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "198.51.100.41" };
    char code[TOTP_CODE_BYTES];

    (void)state;
    fixture_log_in(w, &v, &p, FIXTURE_PASSWORD);
    fixture_code(&p, 0, code);
    assert_goes_to(post_code(&v, code), "/staff/");
    assert_true(is_signed_in(&v));
}

static void test_c08__the_same_code_works_once(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor first = { .address = "198.51.100.42" }, second = { .address = "198.51.100.43" };
    char code[TOTP_CODE_BYTES];
    struct answer a;

    (void)state;
    fixture_log_in(w, &first, &p, FIXTURE_PASSWORD);
    fixture_log_in(w, &second, &p, FIXTURE_PASSWORD);
    fixture_code(&p, 0, code);
    assert_goes_to(post_code(&first, code), "/staff/");
    a = post_code(&second, code);
    assert_int_equal(a.status, 422);
    assert_false(is_signed_in(&second));
}

/* A process of its own with a step of its own; all send the same code at once. */
static pid_t rival(const struct visitor *before, const char *code, const int start[2])
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    close(start[1]);
    struct webtest *own = webtest_open(&program_public, w);
    struct visitor v = *before;
    char body[200], go;

    snprintf(body, sizeof(body), "form_token=%s&code=%s", webtest_token(own, &v, "/2fa"), code);
    if (read(start[0], &go, 1) < 0)
        _exit(3);
    struct answer a = webtest_post_bare(own, &v, "/2fa", body);

    _exit(a.status == 303 ? 0 : a.status == 422 ? 1 : 2);
}

static void test_c08__the_same_code_works_once_also_in_parallel(void **state)
{
    enum { RIVALS = 4 };
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    int start[2], results[4] = { 0 };
    char code[TOTP_CODE_BYTES];
    pid_t pids[RIVALS];

    (void)state;
    assert_int_equal(pipe(start), 0);
    fixture_code(&p, 0, code);
    for (int i = 0; i < RIVALS; i++) {
        struct visitor v = { .address = "198.51.100.48" };

        fixture_log_in(w, &v, &p, FIXTURE_PASSWORD);
        pids[i] = rival(&v, code, start);
        assert_true(pids[i] > 0);
    }
    close(start[0]);
    close(start[1]); /* the end of the file is the starting signal */
    for (int i = 0; i < RIVALS; i++) {
        int status;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 4);
        results[WEXITSTATUS(status)]++;
    }
    assert_int_equal(results[0], 1);
    assert_int_equal(results[1], RIVALS - 1);
}

static void test_c08__wrong_codes_are_counted_and_then_refused(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "198.51.100.44" };
    char code[TOTP_CODE_BYTES];
    struct answer a;

    (void)state;
    fixture_early_in_window();
    fixture_log_in(w, &v, &p, FIXTURE_PASSWORD);
    a = post_code(&v, "000000");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "You have 4 tries left."));
    for (int i = 0; i < 4; i++)
        post_code(&v, "000000");
    fixture_code(&p, 0, code);
    assert_int_equal(post_code(&v, code).status, 429);
    assert_false(is_signed_in(&v));
}

static void test_code__a_step_without_password_leads_back_to_the_log_in(void **state)
{
    struct visitor v = { 0 };

    (void)state;
    assert_goes_to(webtest_get(w, &v, "/2fa"), "/login?note=login_again");
    assert_goes_to(webtest_get(w, &v, "/2fa/setup"), "/login?note=login_again");
}

/* The text between two marks of a page. */
static void cut(const struct answer *a, const char *from, const char *until, char *out, size_t size)
{
    const char *at = strstr(a->body, from);

    assert_non_null(at);
    at += strlen(from);
    snprintf(out, size, "%.*s", (int)(strstr(at, until) - at), at);
}

static void test_c08__staff_without_a_factor_set_one_up_before_anything_else(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, false);
    struct visitor v = { .address = "198.51.100.45" };
    char code[TOTP_CODE_BYTES], body[64], recovery[64];
    struct answer a;

    (void)state;
    assert_goes_to(fixture_log_in(w, &v, &p, FIXTURE_PASSWORD), "/2fa/setup");
    assert_false(is_signed_in(&v));
    a = webtest_get(w, &v, "/2fa/setup");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "<svg"));
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM second_factor_pending WHERE user_id = ?",
                       p.id),
        1);
    snprintf(body, sizeof(body), "code=000000");
    assert_int_equal(webtest_post(w, &v, "/2fa/setup", "/2fa/setup", body).status, 422);
    fixture_pending_secret(w, &p);
    fixture_code(&p, 0, code);
    snprintf(body, sizeof(body), "code=%s", code);
    a = webtest_post(w, &v, "/2fa/setup", "/2fa/setup", body);
    assert_int_equal(a.status, 200);
    cut(&a, "<ol class=\"fw-code fw-codes\"><li>", "</li>", recovery, sizeof(recovery));
    assert_int_equal(strlen(recovery), 9);
    assert_true(is_signed_in(&v));

    /* The code that set it up is spent; the recovery code stands in for the next one, once. */
    struct visitor other = { .address = "198.51.100.46" }, third = { .address = "198.51.100.47" };

    assert_goes_to(fixture_log_in(w, &other, &p, FIXTURE_PASSWORD), "/2fa");
    assert_int_equal(post_code(&other, code).status, 422);
    assert_goes_to(post_code(&other, recovery), "/staff/");
    fixture_log_in(w, &third, &p, FIXTURE_PASSWORD);
    assert_int_equal(post_code(&third, recovery).status, 422);
}

#define SECRET_BEGINS "<p class=\"fw-code my-2\">"

/* Who guessed the password first must not keep a copy of the secret that its owner then confirms.
 */
static void test_c08__a_secret_is_seen_by_the_log_in_that_sets_it_up_alone(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, false);
    struct visitor thief = { .address = "198.51.100.48" }, owner = { .address = "198.51.100.49" };
    char seen[80], own[80];
    struct answer a;

    (void)state;
    fixture_log_in(w, &thief, &p, FIXTURE_PASSWORD);
    a = webtest_get(w, &thief, "/2fa/setup");
    cut(&a, SECRET_BEGINS, "</", seen, sizeof(seen));
    fixture_log_in(w, &owner, &p, FIXTURE_PASSWORD);
    a = webtest_get(w, &owner, "/2fa/setup");
    cut(&a, SECRET_BEGINS, "</", own, sizeof(own));
    assert_string_not_equal(seen, own);
    assert_goes_to(webtest_get(w, &thief, "/2fa/setup"), "/login?note=login_again");
}

/* -- browsers and audit --------------------------------------------------------------- */

static int64_t mails(const struct fixture_person *p)
{
    return fixture_number(w,
                          "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ? AND"
                          " template = 'identity/new_device'",
                          p->id);
}

static void test_login__a_browser_that_is_used_stays_known(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    fixture_enter(w, &v, &p);
    fixture_run(w,
                "UPDATE known_device SET seen_at = UTC_TIMESTAMP(6) - INTERVAL 300 DAY WHERE"
                " user_id = ?",
                p.id);
    webtest_post(w, &v, "/account", "/logout", "");
    fixture_enter(w, &v, &p);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM known_device WHERE user_id = ? AND"
                                    " seen_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR",
                                    p.id),
                     1);
}

static void test_login__a_new_browser_is_told_by_mail_but_the_first_is_not(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor first = { 0 }, second = { 0 };

    (void)state;
    fixture_enter(w, &first, &p);
    assert_int_equal(mails(&p), 0);
    webtest_post(w, &first, "/account", "/logout", "");
    fixture_enter(w, &first, &p);
    assert_int_equal(mails(&p), 0);
    fixture_enter(w, &second, &p);
    assert_int_equal(mails(&p), 1);
}

static void test_c58__log_ins_and_refusals_leave_audit_rows(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "198.51.100.58" };
    int64_t refused = fixture_number(
        w, "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'login.refused'", 0);

    (void)state;
    fixture_log_in(w, &v, &p, "not this one");
    fixture_enter(w, &v, &p);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'login'"
                                    " AND action = 'login.refused' AND address ="
                                    " '198.51.100.58'",
                                    0),
                     1);
    assert_true(fixture_number(w,
                               "SELECT COUNT(*) AS n FROM audit_event WHERE action ="
                               " 'login.refused'",
                               0) > refused);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user'"
                                    " AND action = 'login' AND user_id = ?",
                                    p.id),
                     1);
}

static void test_c12__the_database_holds_no_session_token(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    fixture_enter(w, &v, &p);
    assert_int_equal(strlen(visitor_cookie(&v, "fw-partner")), 43);
    assert_int_equal(fixture_number(w,
                                    "SELECT LENGTH(token_hash) AS n FROM session WHERE"
                                    " user_id = ?",
                                    p.id),
                     32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_login__right_password_opens_a_session_at_home),
        cmocka_unit_test(test_login__address_is_found_in_any_letter_case),
        cmocka_unit_test(test_login__wrong_password_is_refused_and_the_address_kept),
        cmocka_unit_test(test_c06__unknown_address_gets_the_same_answer),
        cmocka_unit_test(test_c05__twenty_bad_logins_slow_down_but_owner_elsewhere_gets_in),
        cmocka_unit_test(test_c05__known_browser_gets_in_from_the_guessers_address),
        cmocka_unit_test(test_login__many_right_log_ins_are_no_guesses),
        cmocka_unit_test(test_login__disabled_and_invited_people_stay_out),
        cmocka_unit_test(test_c13__login_never_keeps_a_session_that_was_presented),
        cmocka_unit_test(test_c15__a_cookie_is_dead_after_logging_out),
        cmocka_unit_test(test_c16__a_disabled_person_is_out_at_the_next_request),
        cmocka_unit_test(test_c19__session_cookies_are_for_this_host_over_tls_and_no_script),
        cmocka_unit_test(test_c33__next_leads_only_to_pages_of_ours),
        cmocka_unit_test(test_c08__password_alone_is_no_session_with_a_second_factor),
        cmocka_unit_test(test_c08__the_right_code_opens_the_session),
        cmocka_unit_test(test_c08__the_same_code_works_once),
        cmocka_unit_test(test_c08__the_same_code_works_once_also_in_parallel),
        cmocka_unit_test(test_c08__wrong_codes_are_counted_and_then_refused),
        cmocka_unit_test(test_code__a_step_without_password_leads_back_to_the_log_in),
        cmocka_unit_test(test_c08__staff_without_a_factor_set_one_up_before_anything_else),
        cmocka_unit_test(test_c08__a_secret_is_seen_by_the_log_in_that_sets_it_up_alone),
        cmocka_unit_test(test_login__a_browser_that_is_used_stays_known),
        cmocka_unit_test(test_login__a_new_browser_is_told_by_mail_but_the_first_is_not),
        cmocka_unit_test(test_c58__log_ins_and_refusals_leave_audit_rows),
        cmocka_unit_test(test_c12__the_database_holds_no_session_token),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

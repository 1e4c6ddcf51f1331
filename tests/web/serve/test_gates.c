/* The gates of web/serve.c, on a program of the test's own whose handlers do next to nothing: what
 * they leave are audit events, which can be counted. */
#include "support/test.h"
#include "support/counted.h"
#include "support/webtest.h"

#include "access/audit.h"
#include "access/rate.h"
#include "access/session.h"
#include "base/log.h"
#include "base/str.h"
#include "db/inside.h"
#include "web/inside.h"
#include "web/request.h"
#include "web/token.h"
#include "web/web_sql.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* -- the program
 * ---------------------------------------------------------------------------------------- */

struct note {
    const char *email; /* called as the page that shows the form calls it */
    int64_t number;
    struct value_list items;
};

static const struct field note_fields[] = {
    { .name = "email",
      .label = "Title",
      .kind = FIELD_TEXT,
      .required = true,
      .needed = "Say what it is called.",
      .max = 20,
      .offset = offsetof(struct note, email) },
    { .name = "number",
      .label = "Number",
      .kind = FIELD_INT,
      .min = 1,
      .max = 9,
      .offset = offsetof(struct note, number) },
    { .name = "items",
      .label = "Items",
      .kind = FIELD_TEXT,
      .list = true,
      .offset = offsetof(struct note, items) },
    { 0 },
};

static const struct form note_form = { .name = "note",
                                       .fields = note_fields,
                                       .size_bytes = sizeof(struct note),
                                       .draft_button = "draft",
                                       .body_max_bytes = 4096 };

static const struct rate twice = { .name = "test.twice", .limit = 2, .seconds = 3600 };

/* What the handlers of this file did and shall do; each test sets it. */
static struct {
    int runs;
    int fail_first_runs;
    enum err_kind fail_with;
    char email[64];
} script;

static struct err *show(struct request *req)
{
    page_title(req, "A note");
    form_show(req, &note_form, NULL);
    return NULL;
}

static struct err *act(struct request *req)
{
    const struct note *note = req->input;

    script.runs++;
    if (str_eq(form_button(req), "slowly"))
        poll(NULL, 0, 200);
    TRY(request_audit(req, "test", req->actor->user_id, NULL, "{}"));
    if (note != NULL)
        snprintf(script.email, sizeof(script.email), "%s", note->email);
    if (script.runs <= script.fail_first_runs)
        return err_raise(script.fail_with, "on purpose");
    return err_pass(reply_redirect(req, "saved", "/partner/note"));
}

static struct err *live(struct request *req)
{
    script.runs++;
    return err_pass(reply_text(req, "text/plain", "live", 4));
}

static struct err *write_on_get(struct request *req)
{
    TRY(request_audit(req, "test", req->actor->user_id, NULL, "{}"));
    return NULL;
}

static struct err *go_away(struct request *req)
{
    return err_pass(reply_redirect(req, NULL, "%s", request_param(req, "where")));
}

static struct err *show_item(struct request *req)
{
    return err_pass(reply_text(req, "text/plain", req->object, strlen(req->object)));
}

static struct err *load_item(struct request *req, int64_t id, const void **object_out)
{
    if (id == 7)
        *object_out = arena_printf(req->arena, "item %d of %s", 7, req->actor->account_name);
    return NULL;
}

static struct err *stream(struct request *req)
{
    TRY(reply_begin(req, "list “1”.csv", "text/csv"));
    TRY(reply_chunk(req, "a,b\n", 4));
    if (script.fail_with != ERR_NONE)
        return err_raise(script.fail_with, "in the middle");
    return err_pass(reply_chunk(req, "1,2\n", 4));
}

static const struct object_kind item_kind = { .name = "item", .prefix = "IT-", .load = load_item };

#define FOR_PARTNERS .audience = AUD_PARTNER, .permission = PERM_DEAL_VIEW

static const struct route test_routes[] = {
    { .name = "note.show",
      .method = HTTP_GET,
      .path = "/partner/note",
      FOR_PARTNERS,
      .handler = show,
      .page = "test/note.cs" },
    { .name = "note.save",
      .method = HTTP_POST,
      .path = "/partner/note",
      FOR_PARTNERS,
      .form = &note_form,
      .handler = act,
      .retry = show,
      .retry_page = "test/note.cs" },
    { .name = "note.live",
      .method = HTTP_POST,
      .path = "/partner/live",
      FOR_PARTNERS,
      .form = &note_form,
      .handler = live,
      .repeatable = "a check that changes nothing" },
    { .name = "note.hook",
      .method = HTTP_POST,
      .path = "/partner/hook",
      FOR_PARTNERS,
      .form = &form_empty,
      .handler = act,
      .no_token = "a machine calls it with a secret" },
    { .name = "note.bare",
      .method = HTTP_POST,
      .path = "/partner/bare",
      FOR_PARTNERS,
      .form = &note_form,
      .handler = act },
    { .name = "note.rated",
      .method = HTTP_GET,
      .path = "/partner/rated",
      FOR_PARTNERS,
      .handler = show,
      .page = "test/note.cs",
      .rate = &twice },
    { .name = "note.writes",
      .method = HTTP_GET,
      .path = "/partner/writes",
      FOR_PARTNERS,
      .handler = write_on_get,
      .page = "test/note.cs" },
    { .name = "note.away",
      .method = HTTP_GET,
      .path = "/partner/away/:where",
      FOR_PARTNERS,
      .handler = go_away },
    { .name = "item.show",
      .method = HTTP_GET,
      .path = "/partner/items/:id",
      FOR_PARTNERS,
      .object = &item_kind,
      .handler = show_item },
    { .name = "note.stream",
      .method = HTTP_GET,
      .path = "/partner/stream",
      FOR_PARTNERS,
      .handler = stream },
    { 0 },
};

static const struct route *const routes[] = { test_routes, NULL };
static db_stmt_table *const statements[] = { web_statements, session_read_statements,
                                             rate_statements, audit_statements, NULL };
static const struct object_kind *const objects[] = { &item_kind, NULL };
static const struct program program = { .name = "partner",
                                        .prefix = "/partner",
                                        .audience = AUD_PARTNER,
                                        .routes = routes,
                                        .statements = statements,
                                        .objects = objects };

/* -- helpers
 * ---------------------------------------------------------------------------------------------- */

static struct webtest *w;
static struct visitor partner;
static char last_log[4096];

static void keep_log(const char *line)
{
    snprintf(last_log, sizeof(last_log), "%s", line);
    if (getenv("TEST_LOG") != NULL)
        print_message("%s\n", line);
}

static struct permission_set set_of(enum permission permission)
{
    struct permission_set set = { { 0 } };

    permission_add(&set, permission);
    return set;
}

struct count {
    int64_t n;
};

static const struct db_field count_fields[] = { DB_FIELD(struct count, n, DB_I64, 0), { 0 } };
static const struct db_stmt count_audit = { .name = "test.count_audit",
                                            .sql = "SELECT COUNT(*) AS n FROM audit_event",
                                            .binds = "",
                                            .fields = count_fields,
                                            .row_bytes = sizeof(struct count) };

static int64_t effects(void)
{
    struct arena *a = arena_new(1024);
    struct db *db = webtest_admin(w);
    struct count count;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, a, &count_audit, DB_NO_ARGS, &count));
    assert_ok(db_commit(db));
    arena_free(a);
    return count.n;
}

static int set_up_all(void **state)
{
    struct permission_set set = set_of(PERM_DEAL_VIEW);

    (void)state;
    log_set_sink(keep_log);
    w = webtest_open(&program, NULL);
    webtest_sign_in(w, &partner, AUD_PARTNER, &set, 0);
    return 0;
}

static int tear_down_all(void **state)
{
    (void)state;
    webtest_close(w);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    memset(&script, 0, sizeof(script));
    clock_set_us(0);
    return 0;
}

/* -- who may come in
 * -------------------------------------------------------------------------------------- */

static void test_gates__a_guest_is_asked_to_log_in_and_comes_back(void **state)
{
    struct visitor guest = { 0 };
    struct answer a = webtest_get(w, &guest, "/partner/note?lang=zh");

    (void)state;
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/login?next=%2Fpartner%2Fnote%3Flang%3Dzh");
}

static void test_gates__a_guest_who_posts_is_asked_to_log_in(void **state)
{
    struct visitor guest = { 0 };
    struct answer a = webtest_post_bare(w, &guest, "/partner/bare", "email=x");

    (void)state;
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/login?next=%2Fpartner%2F");
    assert_int_equal(script.runs, 0);
}

static void test_gates__a_fragment_of_a_guest_becomes_the_log_in_page_as_a_whole(void **state)
{
    struct visitor guest = { .htmx = true };
    struct answer a = webtest_get(w, &guest, "/partner/note");

    (void)state;
    assert_int_equal(a.status, 204);
    assert_string_equal(answer_header(&a, "HX-Redirect"), "/login?next=%2Fpartner%2Fnote");
}

static void test_gates__a_check_beside_a_form_leaves_a_guest_where_he_types(void **state)
{
    struct visitor guest = { .htmx = true };
    struct answer a = webtest_post_bare(w, &guest, "/partner/bare", "email=x");

    (void)state;
    assert_int_equal(a.status, 204);
    assert_null(answer_header(&a, "HX-Redirect"));
    assert_int_equal(script.runs, 0);
}

static void test_gates__a_session_of_another_audience_is_none(void **state)
{
    struct permission_set set = set_of(PERM_DEAL_VIEW);
    struct visitor staff = { 0 };

    (void)state;
    webtest_sign_in(w, &staff, AUD_STAFF, &set, 0);
    /* His token under the name of a partner's cookie. */
    webtest_use_token(&staff, AUD_PARTNER, visitor_cookie(&staff, "fw-staff"));
    assert_int_equal(webtest_get(w, &staff, "/partner/note").status, 303);
}

static void test_gates__a_missing_permission_is_a_missing_page(void **state)
{
    struct permission_set set = set_of(PERM_HOME);
    struct visitor other = { 0 };
    struct answer a;

    (void)state;
    webtest_sign_in(w, &other, AUD_PARTNER, &set, 0);
    a = webtest_get(w, &other, "/partner/note");
    assert_int_equal(a.status, 404);
    assert_int_equal(webtest_get(w, &other, "/partner/nothing").status, 404);
}

static void test_gates__a_page_is_private_and_says_what_it_may_load(void **state)
{
    struct answer a = webtest_get(w, &partner, "/partner/note");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_string_equal(answer_header(&a, "Cache-Control"), "no-store");
    assert_string_equal(answer_header(&a, "X-Content-Type-Options"), "nosniff");
    assert_string_equal(answer_header(&a, "X-Frame-Options"), "DENY");
    assert_string_equal(answer_header(&a, "Referrer-Policy"), "same-origin");
    assert_non_null(strstr(answer_header(&a, "Content-Security-Policy"), "default-src 'none'"));
    assert_null(strstr(answer_header(&a, "Content-Security-Policy"), "unsafe"));
    assert_null(answer_header(&a, "Access-Control-Allow-Origin"));
}

/* -- tokens
 * -------------------------------------------------------------------------------------------------
 */

static void test_gates__a_write_without_token_is_refused(void **state)
{
    int64_t before = effects();
    struct answer a = webtest_post_bare(w, &partner, "/partner/note", "email=x");

    (void)state;
    assert_int_equal(a.status, 403);
    assert_int_equal(script.runs, 0);
    assert_int_equal(effects(), before);
}

static struct answer post_with(const char *token, const char *path, const char *rest)
{
    char body[512];

    snprintf(body, sizeof(body), "form_token=%s&%s", token, rest);
    return webtest_post_bare(w, &partner, path, body);
}

static void test_gates__a_token_of_another_session_is_refused(void **state)
{
    struct permission_set set = set_of(PERM_DEAL_VIEW);
    struct visitor other = { 0 };

    (void)state;
    webtest_sign_in(w, &other, AUD_PARTNER, &set, 0);
    assert_int_equal(
        post_with(webtest_token(w, &other, "/partner/note"), "/partner/note", "email=x").status,
        403);
    assert_int_equal(script.runs, 0);
}

static void test_gates__an_old_token_is_refused(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    clock_set_us(clock_now_us() + 8 * CLOCK_DAY);
    assert_int_equal(post_with(token, "/partner/note", "email=x").status, 403);
}

static void test_gates__another_site_is_refused_even_with_the_token(void **state)
{
    struct visitor from_elsewhere = partner;
    struct answer a;

    (void)state;
    from_elsewhere.origin = "https://evil.example";
    a = webtest_post(w, &from_elsewhere, "/partner/note", "/partner/note", "email=x");
    assert_int_equal(a.status, 403);
    from_elsewhere.origin = "null";
    a = webtest_post(w, &from_elsewhere, "/partner/note", "/partner/note", "email=x");
    assert_int_equal(a.status, 403);
    from_elsewhere.origin = NULL;
    from_elsewhere.site = "cross-site";
    a = webtest_post(w, &from_elsewhere, "/partner/note", "/partner/note", "email=x");
    assert_int_equal(a.status, 403);
    from_elsewhere.site = "same-site";
    a = webtest_post(w, &from_elsewhere, "/partner/note", "/partner/note", "email=x");
    assert_int_equal(a.status, 403);
    assert_int_equal(script.runs, 0);
}

static void test_gates__our_own_origin_passes(void **state)
{
    struct visitor v = partner;
    struct answer a;

    (void)state;
    v.origin = "http://127.0.0.1:8080";
    v.site = "same-origin";
    a = webtest_post(w, &v, "/partner/note", "/partner/note", "email=origin");
    assert_int_equal(a.status, 303);
}

/* Nor may a page of one name send to the other: the names keep them apart. */
static void test_gates__staff_may_have_a_name_of_their_own(void **state)
{
    struct permission_set set = set_of(PERM_DEAL_VIEW);
    struct visitor v = { 0 };
    struct webtest *two;

    (void)state;
    setenv("FAIRWAY_STAFF_URL", "http://localhost:8080", 1);
    two = webtest_open(&program, w);
    unsetenv("FAIRWAY_STAFF_URL");
    webtest_sign_in(two, &v, AUD_PARTNER, &set, 0);
    v.host = "localhost:8080";
    v.origin = "http://localhost:8080";
    assert_int_equal(webtest_post(two, &v, "/partner/note", "/partner/note", "email=a").status,
                     303);
    v.origin = "http://127.0.0.1:8080";
    assert_int_equal(webtest_post(two, &v, "/partner/note", "/partner/note", "email=b").status,
                     403);
    v.host = "127.0.0.1:8080";
    assert_int_equal(webtest_post(two, &v, "/partner/note", "/partner/note", "email=c").status,
                     303);
    v.origin = "https://evil.example";
    v.host = "evil.example";
    assert_int_equal(webtest_post(two, &v, "/partner/note", "/partner/note", "email=d").status,
                     403);
    webtest_close(two);
}

/* What a program says at its start, before it has looked at anything else. */
static struct err *start_with(const char *base, const char *staff)
{
    struct conf conf = *webtest_conf(w);
    struct server_state *none = NULL;

    conf.base_url = base;
    conf.staff_url = staff;
    return server_state_new(&program, &conf, NULL, NULL, NULL, &none);
}

static void test_gates__plain_http_is_for_ones_own_machine(void **state)
{
    (void)state;
    assert_err_kind(start_with("http://portal.example", ""), ERR_CONFIG);
    assert_err_kind(start_with("http://127.0.0.1.evil.example", ""), ERR_CONFIG);
    assert_err_kind(start_with("https://portal.example", "http://staff.portal.example"),
                    ERR_CONFIG);
    assert_err_kind(start_with("https://portal.example", "http://127.0.0.1"), ERR_CONFIG);
    assert_err_kind(start_with("https://portal.example", "https://staff.portal.example/x"),
                    ERR_CONFIG);
}

static void test_gates__a_form_acts_once_and_its_repetition_gets_the_result(void **state)
{
    int64_t before = effects();
    char token[TOKEN_TEXT_BYTES];
    struct answer a;

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    a = post_with(token, "/partner/note", "email=once");
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/partner/note?note=saved");
    a = post_with(token, "/partner/note", "email=once");
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/partner/note?note=again");
    assert_int_equal(script.runs, 1);
    assert_int_equal(effects(), before + 1);
}

/* Each child is a browser tab with a connection of its own. */
static pid_t start_tab(const char *token)
{
    pid_t pid = fork();
    struct visitor v = partner;
    struct webtest *tab;
    char body[200];

    if (pid != 0)
        return pid;
    tab = webtest_open(&program, w);
    snprintf(body, sizeof(body), "form_token=%s&email=parallel&do=slowly", token);
    struct answer a = webtest_post_bare(tab, &v, "/partner/note", body);

    _exit(a.status == 303 ? script.runs : 100);
}

static void test_c41__of_five_equal_posts_at_once_one_acts_and_all_succeed(void **state)
{
    int64_t before = effects();
    char token[TOKEN_TEXT_BYTES];
    pid_t tabs[5];
    int acted = 0;

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_own_token(w, &partner, AUD_PARTNER));
    for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
        tabs[i] = start_tab(token);
    for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
        int status;

        waitpid(tabs[i], &status, 0);
        assert_true(WIFEXITED(status));
        assert_in_range(WEXITSTATUS(status), 0, 1);
        acted += WEXITSTATUS(status);
    }
    assert_int_equal(acted, 1);
    assert_int_equal(effects(), before + 1);
}

static void test_gates__a_used_token_with_another_body_is_a_conflict(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    assert_int_equal(post_with(token, "/partner/note", "email=one").status, 303);
    assert_int_equal(post_with(token, "/partner/note", "email=two").status, 409);
    assert_int_equal(script.runs, 1);
}

static void test_gates__two_forms_of_one_page_both_act(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    assert_int_equal(post_with(token, "/partner/note", "email=one").status, 303);
    assert_int_equal(post_with(token, "/partner/bare", "email=one").status, 303);
    assert_int_equal(script.runs, 2);
}

static void test_gates__a_live_check_may_repeat_its_token(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    assert_int_equal(post_with(token, "/partner/live", "email=a").status, 200);
    assert_int_equal(post_with(token, "/partner/live", "email=b").status, 200);
    assert_int_equal(script.runs, 2);
}

static void test_gates__a_route_without_token_says_why_and_passes(void **state)
{
    (void)state;
    assert_int_equal(webtest_post_bare(w, &partner, "/partner/hook", "").status, 303);
}

/* -- forms
 * --------------------------------------------------------------------------------------------------
 */

static void test_gates__faults_show_the_form_again_with_what_was_typed(void **state)
{
    int64_t before = effects();
    struct answer a = webtest_post(w, &partner, "/partner/note", "/partner/note",
                                   "email=this+is+longer+than+twenty+characters&number=12");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "this is longer than twenty characters"));
    assert_true(answer_has(&a, "At most 20 characters; this has 37."));
    assert_true(answer_has(&a, "Enter a number from 1 to 9."));
    assert_true(answer_has(&a, "2 fields need a correction"));
    assert_int_equal(script.runs, 0);
    assert_int_equal(effects(), before);
}

static void test_gates__a_refused_form_can_be_sent_again_with_the_same_token(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &partner, "/partner/note"));
    assert_int_equal(post_with(token, "/partner/note", "email=").status, 422);
    assert_int_equal(post_with(token, "/partner/note", "email=better").status, 303);
}

static void test_gates__a_draft_needs_nothing_but_keeps_its_limits(void **state)
{
    (void)state;
    assert_int_equal(
        webtest_post(w, &partner, "/partner/note", "/partner/note", "email=&do=draft").status, 303);
    assert_int_equal(
        webtest_post(w, &partner, "/partner/note", "/partner/note", "number=10&do=draft").status,
        422);
}

static void test_gates__a_form_without_a_page_to_retry_lists_its_faults(void **state)
{
    struct answer a = webtest_post(w, &partner, "/partner/note", "/partner/bare", "email=");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_int_equal(script.runs, 0);
}

static void test_gates__unknown_and_repeated_fields_are_refused(void **state)
{
    (void)state;
    assert_int_equal(
        webtest_post(w, &partner, "/partner/note", "/partner/note", "email=x&account_id=2").status,
        400);
    assert_int_equal(
        webtest_post(w, &partner, "/partner/note", "/partner/note", "email=x&email=y").status, 400);
    assert_int_equal(webtest_get(w, &partner, "/partner/note?id=1").status, 400);
    assert_int_equal(script.runs, 0);
}

static void test_gates__a_list_may_repeat(void **state)
{
    (void)state;
    assert_int_equal(webtest_post(w, &partner, "/partner/note", "/partner/note",
                                  "email=x&items=1&items=2&items=3")
                         .status,
                     303);
}

static void test_gates__a_body_beyond_the_routes_limit_is_too_large(void **state)
{
    char body[5000];

    (void)state;
    memset(body, 'a', sizeof(body) - 1);
    body[sizeof(body) - 1] = '\0';
    assert_int_equal(webtest_post_bare(w, &partner, "/partner/note", body).status, 413);
}

/* -- routes
 * -------------------------------------------------------------------------------------------------
 */

static void test_gates__another_method_is_told_which_ones_there_are(void **state)
{
    struct answer a = webtest_get(w, &partner, "/partner/live");

    (void)state;
    assert_int_equal(a.status, 405);
    assert_string_equal(answer_header(&a, "Allow"), "POST");
    a = webtest_send(w, &partner, "TRACE", "/partner/note", NULL, NULL, 0);
    assert_int_equal(a.status, 405);
    assert_string_equal(answer_header(&a, "Allow"), "GET, HEAD, POST");
}

static void test_gates__head_has_the_headers_and_no_body(void **state)
{
    struct answer a = webtest_send(w, &partner, "HEAD", "/partner/note", NULL, NULL, 0);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_int_equal(a.body_len, 0);
}

static void test_gates__an_object_that_is_not_his_is_not_there(void **state)
{
    static const char *const absent[] = {
        "/partner/items/IT-8",  "/partner/items/7",     "/partner/items/IT-07",
        "/partner/items/IT--7", "/partner/items/IT-7x", "/partner/items/IT-9223372036854775808",
        "/partner/items/",
    };
    struct answer a = webtest_get(w, &partner, "/partner/items/IT-7");

    (void)state;
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < ARRAY_LEN(absent); i++)
        assert_int_equal(webtest_get(w, &partner, absent[i]).status, 404);
}

static void test_gates__the_third_of_two_is_too_many(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(webtest_get(w, &partner, "/partner/rated").status, 200);
    assert_int_equal(webtest_get(w, &partner, "/partner/rated").status, 200);
    a = webtest_get(w, &partner, "/partner/rated");
    assert_int_equal(a.status, 429);
    assert_non_null(answer_header(&a, "Retry-After"));
}

static void test_gates__odd_bytes_are_no_request(void **state)
{
    static const char *const odd[] = {
        "/partner/note?x",        "/partner/note?lang=%zz", "/partner/note?lang=%00",
        "/partner/note?lang=%ff", "/partner//note",         "/partner/../staff",
        "/partner/no\\te",        "/partner/note?&",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        assert_int_equal(webtest_get(w, &partner, odd[i]).status, 400);
}

/* -- transactions
 * --------------------------------------------------------------------------------------------- */

static void test_gates__a_lost_transaction_is_run_again_and_acts_once(void **state)
{
    int64_t before = effects();

    (void)state;
    script.fail_first_runs = 2;
    script.fail_with = ERR_AGAIN;
    assert_int_equal(
        webtest_post(w, &partner, "/partner/note", "/partner/note", "email=again").status, 303);
    assert_int_equal(script.runs, 3);
    assert_int_equal(effects(), before + 1);
    assert_string_equal(script.email, "again");
}

static void test_gates__a_fault_changes_nothing_and_has_a_number(void **state)
{
    int64_t before = effects();
    struct answer a;

    (void)state;
    script.fail_first_runs = 1;
    script.fail_with = ERR_BUG;
    a = webtest_post(w, &partner, "/partner/note", "/partner/note", "email=fault");
    assert_int_equal(a.status, 500);
    assert_int_equal(effects(), before);
    const char *at = strstr(last_log, "\"reference\":\"");
    char reference[10];

    assert_non_null(at);
    snprintf(reference, sizeof(reference), "%s", at + strlen("\"reference\":\""));
    assert_true(answer_has(&a, reference));
    assert_non_null(strstr(last_log, "on purpose"));
    assert_false(answer_has(&a, "on purpose"));
}

static void test_gates__a_get_cannot_write(void **state)
{
    int64_t before = effects();

    (void)state;
    assert_int_equal(webtest_get(w, &partner, "/partner/writes").status, 500);
    assert_int_equal(effects(), before);
}

static void test_gates__a_handler_cannot_redirect_away(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(w, &partner, "/partner/away/evil.example").status, 500);
}

static void test_gates__a_stream_is_a_download(void **state)
{
    struct answer a = webtest_get(w, &partner, "/partner/stream");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_string_equal(a.body, "a,b\n1,2\n");
    assert_non_null(strstr(answer_header(&a, "Content-Disposition"),
                           "attachment; filename=\"list ___1___.csv\"; "
                           "filename*=UTF-8''list%20%E2%80%9C1%E2%80%9D.csv"));
    assert_non_null(strstr(answer_header(&a, "Content-Security-Policy"), "sandbox"));
}

/* -- language and health
 * --------------------------------------------------------------------------------------- */

static void test_gates__a_page_can_be_asked_for_in_the_other_language(void **state)
{
    struct answer a = webtest_get(w, &partner, "/partner/note?lang=zh");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "<html lang=\"zh-CN\""));
    assert_true(answer_has(&a, "href=\"/partner/note?lang=en\""));
}

static void test_gates__the_other_language_stays_on_the_next_pages(void **state)
{
    struct visitor reader = partner;
    struct answer a;

    (void)state;
    webtest_get(w, &reader, "/partner/note?lang=zh");
    a = webtest_get(w, &reader, "/partner/note");
    assert_true(answer_has(&a, "<html lang=\"zh-CN\""));
    webtest_get(w, &reader, "/partner/note?lang=en");
    a = webtest_get(w, &reader, "/partner/note");
    assert_true(answer_has(&a, "<html lang=\"en\""));
}

/* What the server was told about waiting for other nodes. */
static int sync_wait(void)
{
    struct server_state *state = webtest_state(w);
    MYSQL_RES *result;
    int value;

    assert_int_equal(mysql_query(state->db->mysql, "SELECT @@wsrep_sync_wait"), 0);
    result = mysql_store_result(state->db->mysql);
    value = atoi(mysql_fetch_row(result)[0]);
    mysql_free_result(result);
    return value;
}

/* As if the server were a node of a cluster, and the option set. */
static void become_node(bool node)
{
    struct server_state *state = webtest_state(w);

    state->db->cluster = state->db->settings.sync = node;
}

static void test_gates__on_a_cluster_the_page_after_a_form_waits_for_what_the_form_changed(
    void **state)
{
    struct permission_set set = set_of(PERM_DEAL_VIEW);
    struct visitor reader = { 0 };

    (void)state;
    webtest_sign_in(w, &reader, AUD_PARTNER, &set, 0);
    become_node(true);
    webtest_get(w, &reader, "/partner/note");
    assert_int_equal(sync_wait(), 0);
    assert_int_equal(
        webtest_post(w, &reader, "/partner/note", "/partner/note", "email=waits").status, 303);
    assert_int_equal(sync_wait(), 3);
    webtest_get(w, &reader, "/partner/note");
    assert_int_equal(sync_wait(), 3);
    webtest_get(w, &partner, "/partner/note");
    assert_int_equal(sync_wait(), 0);
    become_node(false);
}

static void test_gates__on_one_server_nobody_waits_and_nobody_gets_a_cookie_for_it(void **state)
{
    (void)state;
    webtest_post(w, &partner, "/partner/note", "/partner/note", "email=alone");
    assert_null(visitor_cookie(&partner, "fw-changed"));
    assert_int_equal(sync_wait(), 0);
}

static void test_gates__health_is_told_to_anybody(void **state)
{
    struct visitor guest = { 0 };
    struct answer a = webtest_get(w, &guest, "/partner/healthz");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_string_equal(a.body, "ok\n");
}

static void test_gates__each_request_is_counted_in_its_class_once(void **state)
{
    (void)state;
    counted_begin(METRIC_WEB, NULL);
    webtest_get(w, &partner, "/partner/note");
    webtest_get(w, &partner, "/partner/nowhere");
    webtest_get(w, &partner, "/partner/healthz");
    webtest_post_bare(w, &partner, "/partner/note", "email=x");
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_PAGE, 1), 1);
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_NO_ROUTE, 3), 1);
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_HEALTH, 1), 1);
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_FORM, 3), 1);
    assert_int_equal(counted_times(METRIC_REQUEST_SECONDS, METRIC_PAGE), 1);
    assert_int_equal(counted_times(METRIC_REQUEST_SECONDS, METRIC_FORM), 1);
    assert_int_equal(counted(METRIC_REFUSED, ERR_NOT_FOUND - 1, 0), 1);
    assert_int_equal(counted(METRIC_REFUSED, ERR_DENIED - 1, 0), 1);
    assert_true(counted(METRIC_STATEMENTS, 0, 0) > 1);
    assert_true(counted(METRIC_STATEMENT_SECONDS, 0, 0) > 0);
    counted_end();
}

static void test_gates__runs_again_and_faults_are_counted(void **state)
{
    (void)state;
    counted_begin(METRIC_WEB, NULL);
    script.fail_first_runs = 2;
    script.fail_with = ERR_AGAIN;
    webtest_post(w, &partner, "/partner/note", "/partner/note", "email=counted");
    assert_int_equal(counted(METRIC_REPEATED, METRIC_LOST_CONFLICT, 0), 2);
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_FORM, 2), 1);
    memset(&script, 0, sizeof(script));
    script.fail_first_runs = 1;
    script.fail_with = ERR_BUG;
    webtest_post(w, &partner, "/partner/note", "/partner/note", "email=fault");
    assert_int_equal(counted(METRIC_REQUESTS, METRIC_FORM, 4), 1);
    assert_int_equal(counted(METRIC_REFUSED, ERR_LAST_REFUSAL, 0), 1);
    counted_end();
}

static void test_gates__the_log_has_no_query_and_no_cookie(void **state)
{
    (void)state;
    webtest_get(w, &partner, "/partner/note?lang=zh");
    assert_null(strstr(last_log, "lang"));
    assert_null(strstr(last_log, visitor_cookie(&partner, "fw-partner")));
    assert_non_null(strstr(last_log, "\"route\":\"note.show\""));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(test_gates__##name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(a_guest_is_asked_to_log_in_and_comes_back),
        TEST(a_guest_who_posts_is_asked_to_log_in),
        TEST(a_fragment_of_a_guest_becomes_the_log_in_page_as_a_whole),
        TEST(a_check_beside_a_form_leaves_a_guest_where_he_types),
        TEST(a_session_of_another_audience_is_none),
        TEST(a_missing_permission_is_a_missing_page),
        TEST(a_page_is_private_and_says_what_it_may_load),
        TEST(a_write_without_token_is_refused),
        TEST(a_token_of_another_session_is_refused),
        TEST(an_old_token_is_refused),
        TEST(another_site_is_refused_even_with_the_token),
        TEST(our_own_origin_passes),
        TEST(staff_may_have_a_name_of_their_own),
        TEST(plain_http_is_for_ones_own_machine),
        TEST(a_form_acts_once_and_its_repetition_gets_the_result),
        cmocka_unit_test_setup(test_c41__of_five_equal_posts_at_once_one_acts_and_all_succeed,
                               set_up),
        TEST(a_used_token_with_another_body_is_a_conflict),
        TEST(two_forms_of_one_page_both_act),
        TEST(a_live_check_may_repeat_its_token),
        TEST(a_route_without_token_says_why_and_passes),
        TEST(faults_show_the_form_again_with_what_was_typed),
        TEST(a_refused_form_can_be_sent_again_with_the_same_token),
        TEST(a_draft_needs_nothing_but_keeps_its_limits),
        TEST(a_form_without_a_page_to_retry_lists_its_faults),
        TEST(unknown_and_repeated_fields_are_refused),
        TEST(a_list_may_repeat),
        TEST(a_body_beyond_the_routes_limit_is_too_large),
        TEST(another_method_is_told_which_ones_there_are),
        TEST(head_has_the_headers_and_no_body),
        TEST(an_object_that_is_not_his_is_not_there),
        TEST(the_third_of_two_is_too_many),
        TEST(odd_bytes_are_no_request),
        TEST(a_lost_transaction_is_run_again_and_acts_once),
        TEST(a_fault_changes_nothing_and_has_a_number),
        TEST(a_get_cannot_write),
        TEST(a_handler_cannot_redirect_away),
        TEST(a_stream_is_a_download),
        TEST(a_page_can_be_asked_for_in_the_other_language),
        TEST(the_other_language_stays_on_the_next_pages),
        TEST(health_is_told_to_anybody),
        TEST(each_request_is_counted_in_its_class_once),
        TEST(runs_again_and_faults_are_counted),
        TEST(the_log_has_no_query_and_no_cookie),
        TEST(on_a_cluster_the_page_after_a_form_waits_for_what_the_form_changed),
        TEST(on_one_server_nobody_waits_and_nobody_gets_a_cookie_for_it),
    };

    return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}

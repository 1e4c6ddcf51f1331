/* The N-th call to the database fails while somebody asks for a page or sends a form, on every
 * route of every program, without knowing any.  What he asked for is then done wholly or not at
 * all, he has one proper answer, a failure that he sees is one error in the log, and the same again
 * works.
 *
 * A call fails with an error of its own; or the server has taken the transaction back, or the
 * connection is gone, or a commit is done and its answer lost: then the request is run again and
 * acts once.
 *
 * Every call of every route would take minutes: each kind of failure has a stride (below), and a
 * route begins where the one before it ended, so that routes which begin alike share their calls.
 * FAULTS=all takes every call. */
#include "support/test.h"
#include "fixture/portal_form.h"
#include "fixture/stored.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "web/inside.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STAGES = 5 };

static struct portal portal;
static struct arena *scratch;
static int errors, faults;
static char last_error[2000]; /* of the log */

static void watch_log(const char *line)
{
    if (strstr(line, "\"level\":\"error\"") == NULL)
        return;
    errors++;
    snprintf(last_error, sizeof(last_error), "%s", line);
}

/* -- one request ---------------------------------------------------------------------------------
 */

struct target {
    struct portal_route *at;
    int stage;
    bool refused; /* also undisturbed */
    bool leaves;  /* it ended its own session, or made another of it */
};

struct result {
    int status, calls[FAULT_KIND_COUNT], errors;
    bool untouched, proper;
    const char *effect;
};

static const struct form *form_of(const struct route *route)
{
    return route->method == HTTP_POST ? route->form : route->query;
}

static bool is_log_in(const struct answer *a)
{
    const char *location = answer_header(a, "Location");

    return a->status == 303 && location != NULL && str_starts(location, "/login");
}

static bool is_proper(const struct answer *a)
{
    const char *type = answer_header(a, "Content-Type");

    if (a->status < 500)
        return true;
    return type != NULL && str_starts(type, "text/html") && answer_has(a, "</html>") &&
           strlen(strstr(last_error, "\"reference\":\"") + 13) > 9 &&
           memmem(a->body, a->body_len, strstr(last_error, "\"reference\":\"") + 13, 9) != NULL;
}

static struct answer ask(struct target *t, const char *path, int64_t version, enum fault_kind kind,
                         int n)
{
    struct portal_route *at = t->at;
    const bool post = at->route->method == HTTP_POST;
    const char *body =
        form_of(at->route) == NULL ? "" : portal_body(at, form_of(at->route), NULL, NULL, version);
    struct answer a;

    errors = 0;
    last_error[0] = '\0';
    for (int k = 0; k < FAULT_KIND_COUNT; k++)
        fault_arm(k, 0);
    fault_arm(kind, n);
    a = post ? webtest_post_bare(at->w, at->v, path, body)
             : webtest_get(at->w, at->v,
                           arena_printf(scratch, "%s%s%s", path, *body != '\0' ? "?" : "", body));
    return a;
}

static bool send_with_fault(struct target *t, enum fault_kind kind, int n, struct result *out)
{
    struct portal_route *at = t->at;
    char path[PORTAL_PATH_BYTES];
    struct stored before, after;
    struct answer a;
    int64_t id = 0;

    arena_clear(scratch);
    if (at->route->method == HTTP_POST)
        portal_forget_rates(&portal);
    if (t->leaves)
        portal_sign_in(&portal, at->audience);
    if (at->route->object != NULL)
        id = portal_object(at, t->stage);
    if (at->route->object != NULL && id == 0)
        return false;
    portal_path_of(at->route, id, path);
    before = stored_now(scratch);
    a = ask(t, path, portal_version(at, id), kind, n);
    for (int k = 0; k < FAULT_KIND_COUNT; k++) {
        out->calls[k] = fault_calls(k);
        fault_arm(k, 0);
    }
    after = stored_now(scratch);
    out->status = a.status;
    out->errors = errors;
    out->proper = a.status < 500 || (errors > 0 && is_proper(&a));
    out->effect = arena_dup(portal.world.a, stored_difference(scratch, before, after, t->refused));
    out->untouched = before.content == after.content && out->effect[0] == '\0';
    t->leaves = t->leaves || is_log_in(&a);
    return true;
}

/* -- each call of a route ------------------------------------------------------------------------
 */

struct way {
    const char *name;
    enum fault_kind kind;
    enum fault_way way;
    bool again;    /* the request is run again, and nobody notices */
    int stride[2]; /* of reading and of writing routes */
    int cases;
};

static struct way ways[] = {
    { "error", FAULT_DB, FAULT_ERROR, false, { 5, 2 }, 0 },
    { "deadlock", FAULT_DB, FAULT_DEADLOCK, true, { 11, 5 }, 0 },
    { "lost", FAULT_DB, FAULT_LOST, true, { 29, 15 }, 0 },
    { "answer", FAULT_ANSWER, FAULT_LOST, true, { 3, 1 }, 0 },
};

static bool as_undisturbed(const struct result *r, const struct result *whole)
{
    return r->status == whole->status && r->errors == whole->errors &&
           strcmp(r->effect, whole->effect) == 0;
}

/* Who opened a record is written after his page, and left when that fails. */
static bool as_read(const struct target *t, const struct result *r, const struct result *whole)
{
    return t->at->route->method == HTTP_GET && r->status == whole->status && r->errors == 0 &&
           r->untouched;
}

/* Others took meanwhile what it would have taken: once more undisturbed. */
static bool as_undisturbed_now(struct target *t, const struct result *r, struct result *whole)
{
    if (as_undisturbed(r, whole))
        return true;
    send_with_fault(t, FAULT_DB, 0, whole);
    return as_undisturbed(r, whole);
}

static bool as_before(const struct result *r)
{
    return r->status >= 500 && r->untouched && r->errors == 1 && r->proper;
}

static void complain(const struct target *t, const struct way *way, int n,
                     const struct result *whole, const struct result *r)
{
    static const struct route *last;
    static const struct way *last_way;

    faults++;
    if (last_way == way && last == t->at->route && getenv("FAULTS_TIME") == NULL)
        return; /* one example of each */
    last = t->at->route;
    last_way = way;
    print_error("%s (%s), stage %d: %s at call %d of %d: %d instead of %d, errors %d%s%s\n"
                "  now: %s\n  undisturbed: %s\n  %.900s\n",
                t->at->route->name, t->at->route->path, t->stage, way->name, n,
                whole->calls[way->kind], r->status, whole->status, r->errors,
                r->untouched ? "" : ", touched", r->proper ? "" : ", no proper answer", r->effect,
                whole->effect, last_error);
}

/* A password costs a tenth of a second. */
static bool has_secret(const struct form *form)
{
    for (const struct field *f = form != NULL ? form->fields : NULL; f != NULL && f->name != NULL;
         f++)
        if (f->kind == FIELD_SECRET)
            return true;
    return false;
}

static int stride_of(const struct target *t, const struct way *way)
{
    const struct route *route = t->at->route;

    if (str_eq(getenv("FAULTS"), "all"))
        return 1;
    return way->stride[route->method == HTTP_POST] * (has_secret(form_of(route)) ? 6 : 1);
}

static void each_call_fails(struct target *t, struct way *way, struct result *whole)
{
    static int from;
    const int stride = stride_of(t, way);
    const int calls = whole->calls[way->kind];
    struct result r;

    fault_set_way(way->way);
    for (int n = 1 + from % stride; n <= calls; n += stride) {
        from++;
        way->cases++;
        if (!send_with_fault(t, way->kind, n, &r))
            return;
        if (!(as_before(&r) && !way->again) && !as_read(t, &r, whole) &&
            !as_undisturbed_now(t, &r, whole))
            complain(t, way, n, whole, &r);
    }
    fault_set_way(FAULT_ERROR);
}

static int routes, writing, accepted;

/* The first state of the record in which it is done; else the first. */
static bool aim(struct target *t, struct result *whole)
{

    portal_forget_rates(&portal);
    portal_sign_in(&portal, t->at->audience);
    for (t->stage = 0; t->stage < STAGES; t->stage++) {
        if (!send_with_fault(t, FAULT_DB, 0, whole))
            break;
        if (whole->status == 303 || whole->status == 200) {
            accepted += t->at->route->method == HTTP_POST;
            return true;
        }
        if (t->at->route->object == NULL)
            break;
    }
    t->stage = 0;
    t->refused = true;
    return send_with_fault(t, FAULT_DB, 0, whole);
}

static void try_route(struct portal_route *at)
{
    struct target t = { .at = at };
    const int64_t began = clock_monotonic_us();
    struct result whole;

    routes++;
    writing += at->route->method == HTTP_POST;
    if (!aim(&t, &whole))
        return;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        portal_forget_rates(&portal);
        each_call_fails(&t, &ways[i], &whole);
    }
    if (getenv("FAULTS_TIME") != NULL)
        print_message("# %6lld ms %s\n", (long long)(clock_monotonic_us() - began) / 1000,
                      at->route->name);
}

/* Enough waits for whoever takes the next. */
static void make_queue(void)
{
    struct deal_world *w = &portal.world;

    assert_ok(db_begin_write(w->db));
    for (int i = 0; i < 30; i++)
        deal_world_submitted(w, &w->south, arena_printf(w->a, "Waiting %c%c", 'A' + i, 'z' - i), 1);
    assert_ok(db_commit(w->db));
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(watch_log);
    scratch = arena_new(65536);
    portal_open(&portal);
    stored_open(&portal);
    make_queue();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stored_close();
    portal_close(&portal);
    arena_free(scratch);
    log_set_sink(NULL);
    return 0;
}

static void test_fault__every_request_is_done_wholly_or_not_at_all(void **state)
{
    const int64_t began = clock_monotonic_us();

    (void)state;
    portal_each(&portal, try_route);
    print_message("# %d routes, %d that write, %d of them with effect;", routes, writing, accepted);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        print_message(" %s %d,", ways[i].name, ways[i].cases);
    print_message(" %lld ms\n", (long long)(clock_monotonic_us() - began) / 1000);
    assert_int_equal(faults, 0);
}

/* -- memory --------------------------------------------------------------------------------------
 */

/* How a worker ends that finds no memory (log_die): nginx then sends the page of a portal that is
 * away, and the master starts another worker. */
enum { ENDS_WITHOUT_MEMORY = 70 };

static struct {
    int requests, deaths, from;
} memory;

/* In a process of its own, with a connection of its own. */
static void die_of_memory(struct target *t, const char *path, int64_t version, int n)
{
    webtest_state(t->at->w)->db = NULL;
    _exit(ask(t, path, version, FAULT_MEMORY, n).status >= 500 ? 1 : 0);
}

static int wait_for(pid_t pid)
{
    int status = 0;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void fail_memory(struct target *t, const char *path, int64_t id, int n,
                        const struct result *whole)
{
    const int64_t version = portal_version(t->at, id);
    const struct stored before = stored_now(scratch);
    const char *effect;
    pid_t pid;
    int end;

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        die_of_memory(t, path, version, n);
    end = wait_for(pid);
    effect = stored_difference(scratch, before, stored_now(scratch), whole->status >= 400);
    memory.requests++;
    memory.deaths += end == ENDS_WITHOUT_MEMORY;
    if ((end == ENDS_WITHOUT_MEMORY && effect[0] == '\0') ||
        ((end == 0 || end == ENDS_WITHOUT_MEMORY) && str_eq(effect, whole->effect)))
        return;
    faults++;
    print_error("%s (%s): piece %d of %d: ended with %d, %s, undisturbed %s\n", t->at->route->name,
                t->at->route->path, n, whole->calls[FAULT_MEMORY], end, effect, whole->effect);
}

/* One piece of each route, at another place each time. */
static void try_memory(struct portal_route *at)
{
    struct target t = { .at = at };
    char path[PORTAL_PATH_BYTES];
    struct result whole;
    int64_t id = 0;

    if (!aim(&t, &whole) || whole.calls[FAULT_MEMORY] == 0)
        return;
    portal_forget_rates(&portal);
    if (at->route->method == HTTP_POST)
        portal_sign_in(&portal, at->audience);
    if (at->route->object != NULL)
        id = portal_object(at, t.stage);
    portal_path_of(at->route, id, path);
    memory.from += 7919;
    fail_memory(&t, path, id, 1 + memory.from % whole.calls[FAULT_MEMORY], &whole);
}

static void test_fault__without_memory_a_worker_ends_and_nothing_is_half_done(void **state)
{
    const int64_t began = clock_monotonic_us();

    (void)state;
    faults = 0;
    portal_each(&portal, try_memory);
    print_message("# %d requests without memory, %d workers ended, %lld ms\n", memory.requests,
                  memory.deaths, (long long)(clock_monotonic_us() - began) / 1000);
    assert_true(memory.deaths > 100);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__every_request_is_done_wholly_or_not_at_all),
        cmocka_unit_test(test_fault__without_memory_a_worker_ends_and_nothing_is_half_done),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

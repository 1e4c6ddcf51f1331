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
#include "fixture/portal_walk.h"

#include "base/clock.h"
#include "base/str.h"
#include "web/inside.h"

#include <stdlib.h>

static struct portal portal;
static int faults;

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
    { "file", FAULT_FILE, FAULT_ERROR, false, { 1, 1 }, 0 },
};

static bool as_undisturbed(const struct walk_result *r, const struct walk_result *whole)
{
    return r->status == whole->status && r->errors == whole->errors &&
           strcmp(r->effect, whole->effect) == 0;
}

/* Who opened a record is written after his page, and left when that fails.  A file of which the
 * first piece may have gone out is broken off, and that is an error in the log. */
static bool as_read(const struct walk_target *t, const struct walk_result *r,
                    const struct walk_result *whole)
{
    return t->at->route->method == HTTP_GET && r->status == whole->status &&
           r->errors == (r->broken ? 1 : 0) && r->untouched;
}

/* Others took meanwhile what it would have taken: once more undisturbed. */
static bool as_undisturbed_now(struct walk_target *t, const struct walk_result *r,
                               struct walk_result *whole)
{
    if (as_undisturbed(r, whole))
        return true;
    walk_send(t, FAULT_DB, 0, whole);
    return as_undisturbed(r, whole);
}

static bool as_before(const struct walk_result *r)
{
    return r->status >= 500 && r->untouched && r->errors == 1 && r->proper;
}

static void complain(const struct walk_target *t, const struct way *way, int n,
                     const struct walk_result *whole, const struct walk_result *r)
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
                whole->effect, r->error);
}

/* A password costs a tenth of a second, and ten recovery codes a whole one. */
static int price_of(const struct route *route)
{
    static const char *const codes[] = { "login.setup", "second_factor.confirm",
                                         "second_factor.codes" };
    const struct form *form = route->form;

    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (str_eq(codes[i], route->name))
            return 60;
    for (const struct field *f = form != NULL ? form->fields : NULL; f != NULL && f->name != NULL;
         f++)
        if (f->kind == FIELD_SECRET)
            return 6;
    return 1;
}

static int stride_of(const struct walk_target *t, const struct way *way)
{
    const struct route *route = t->at->route;

    if (str_eq(getenv("FAULTS"), "all"))
        return 1;
    return way->stride[route->method == HTTP_POST] * price_of(route);
}

static void each_call_fails(struct walk_target *t, struct way *way, struct walk_result *whole)
{
    static int from;
    const int stride = stride_of(t, way);
    const int calls = whole->calls[way->kind];
    struct walk_result r;

    fault_set_way(way->way);
    for (int n = 1 + from % stride; n <= calls; n += stride) {
        from++;
        way->cases++;
        if (!walk_send(t, way->kind, n, &r))
            return;
        if (!(as_before(&r) && !way->again) && !as_read(t, &r, whole) &&
            !as_undisturbed_now(t, &r, whole))
            complain(t, way, n, whole, &r);
    }
    fault_set_way(FAULT_ERROR);
}

/* -- what a request is for -----------------------------------------------------------------------
 */

static int routes, writing;

#define NO_LOG "no worker has appended anything to the log"

/* What the walk reaches only up to a refusal, or what leaves nothing
 * behind, and why. */
static struct {
    const char *route;
    enum audience audience;
    int status;
    const char *why;
    int seen;
} exceptions[] = {
    { "log.checkpoint", AUD_PUBLIC, 404, NO_LOG, 0 },
    { "log.tile1", AUD_PUBLIC, 404, NO_LOG, 0 },
    { "log.tile2", AUD_PUBLIC, 404, NO_LOG, 0 },
    { "log.tile3", AUD_PUBLIC, 404, NO_LOG, 0 },
    { "log.tile4", AUD_PUBLIC, 404, NO_LOG, 0 },
    { "receipt.print", AUD_PARTNER, 404, NO_LOG, 0 },
    { "receipt.file", AUD_PARTNER, 404, NO_LOG, 0 },
    { "receipt.print", AUD_STAFF, 404, NO_LOG, 0 },
    { "receipt.file", AUD_STAFF, 404, NO_LOG, 0 },
    { "second_factor.off", AUD_STAFF, 409, "staff must have one", 0 },
    { "receipt.verify", AUD_PUBLIC, 200, "it reads a file and answers", 0 },
    { "deal.check", AUD_PARTNER, 200, "it answers while somebody types", 0 },
};

static bool is_exception(const struct portal_route *at, const struct walk_result *whole)
{
    for (size_t i = 0; i < ARRAY_LEN(exceptions); i++)
        if (str_eq(exceptions[i].route, at->route->name) &&
            exceptions[i].audience == at->audience && exceptions[i].status == whole->status) {
            exceptions[i].seen++;
            return true;
        }
    return false;
}

/* Undisturbed it does what it is for: else its failures say little. */
static void judge_aim(const struct walk_target *t, const struct walk_result *whole)
{
    if (!t->refused || is_exception(t->at, whole))
        return;
    faults++;
    print_error(
        "%s (%s) of %s does nothing even when nothing fails: %d.  What it takes belongs into"
        " fixture/portal_scene.c.\n  %.900s\n",
        t->at->route->name, t->at->route->path, audience_name(t->at->audience), whole->status,
        whole->error);
}

static void judge_exceptions(void)
{
    for (size_t i = 0; i < ARRAY_LEN(exceptions); i++)
        if (exceptions[i].seen != 1 && getenv("FAULTS_ROUTES") == NULL) {
            faults++;
            print_error("%s: the exception was met %d times\n", exceptions[i].route,
                        exceptions[i].seen);
        }
}

/* FAULTS_ROUTES=currencies. walks those alone: for whoever writes new ones. */
static bool is_left_out(const struct portal_route *at)
{
    const char *only = getenv("FAULTS_ROUTES");

    return only != NULL && !str_starts(at->route->name, only);
}

static void try_route(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    const int64_t began = clock_monotonic_us();
    struct walk_result whole;

    if (is_left_out(at))
        return;
    routes++;
    writing += at->route->method == HTTP_POST;
    if (!walk_aim(&t, &whole)) {
        faults++;
        print_error("%s: no record of its kind\n", at->route->name);
        return;
    }
    judge_aim(&t, &whole);
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
    walk_open(&portal);
    make_queue();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    walk_close(&portal);
    return 0;
}

static void test_fault__every_request_is_done_wholly_or_not_at_all(void **state)
{
    const int64_t began = clock_monotonic_us();

    (void)state;
    portal_each(&portal, try_route);
    judge_exceptions();
    print_message("# %d routes, %d that write;", routes, writing);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        print_message(" %s %d,", ways[i].name, ways[i].cases);
    print_message(" %lld ms\n", (long long)(clock_monotonic_us() - began) / 1000);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__every_request_is_done_wholly_or_not_at_all),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* A piece of memory is not there while somebody asks for a page or sends a form, on every route of
 * every program: the worker ends, nothing is half done, and a done request is done once.
 *
 * One piece of each route, at another place each time. */
#include "support/test.h"
#include "fixture/portal_walk.h"
#include "fixture/stored.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "web/inside.h"

#include <sys/wait.h>
#include <unistd.h>

/* How a worker ends that finds no memory (log_die): nginx then sends the page of a portal that is
 * away, and the master starts another worker. */
enum { ENDS_WITHOUT_MEMORY = 70 };

static struct portal portal;
static struct arena *scratch;
static int faults;
static struct {
    int requests, deaths, from;
} memory;

/* The connection over which files are written is one that the child shares with us: ended by the
 * server, each makes its own. */
static void end_connections(void)
{
    const char *kills = portal_text(
        &portal,
        "SELECT GROUP_CONCAT('KILL ', id SEPARATOR ';') FROM information_schema.processlist"
        " WHERE db = DATABASE() AND user LIKE 'fw\\_%'",
        0);

    if (*kills != '\0')
        portal_run(&portal, kills);
}

/* In a process of its own, with a connection of its own. */
static void die_of_memory(const struct walk_target *t, const struct walk_letter *letter, int n)
{
    webtest_state(t->at->w)->db = NULL;
    _exit(walk_ask(t, letter, FAULT_MEMORY, n).status >= 500 ? 1 : 0);
}

static int wait_for(pid_t pid)
{
    int status = 0;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void fail_memory(const struct walk_target *t, const struct walk_letter *letter, int n,
                        const struct walk_result *whole)
{
    const struct stored before = stored_now(scratch);
    const char *effect;
    pid_t pid;
    int end;

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        die_of_memory(t, letter, n);
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

static void try_memory(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    struct walk_letter letter;
    struct walk_result whole;

    arena_clear(scratch);
    if (!walk_aim(&t, &whole) || whole.calls[FAULT_MEMORY] == 0)
        return;
    if (at->route->method == HTTP_POST)
        portal_sign_in(&portal, at->audience);
    if (!walk_prepare(&t, &letter))
        return;
    if (letter.type != NULL && str_starts(letter.type, "multipart/"))
        end_connections();
    memory.from += 7919;
    fail_memory(&t, &letter, 1 + memory.from % whole.calls[FAULT_MEMORY], &whole);
}

static void test_fault__without_memory_a_worker_ends_and_nothing_is_half_done(void **state)
{
    const int64_t began = clock_monotonic_us();

    (void)state;
    portal_each(&portal, try_memory);
    print_message("# %d requests without memory, %d workers ended, %lld ms\n", memory.requests,
                  memory.deaths, (long long)(clock_monotonic_us() - began) / 1000);
    assert_true(memory.deaths > 100);
    assert_int_equal(faults, 0);
}

static int set_up(void **state)
{
    (void)state;
    scratch = arena_new(65536);
    walk_open(&portal);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    walk_close(&portal);
    arena_free(scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__without_memory_a_worker_ends_and_nothing_is_half_done),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

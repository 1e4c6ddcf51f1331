/* Two people who place two companies below each other at once: one of them is refused. */
#include "support/test.h"
#include "fixture/fixture.h"

#include "account/account_tree.h"
#include "support/testdb.h"

#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 12, WON = 0, LOST = 1, BROKEN = 2 };

static struct testdb copy;
static struct db *db;
static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    testdb_copy(&copy);
    db = testdb_connect(copy.name, NULL);
    a = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    db_close(db);
    testdb_drop(&copy);
    return 0;
}

struct attempt {
    struct arena *a;
    int64_t id, parent;
};

static struct err *attempt(struct db *own, void *arg)
{
    const struct attempt *t = arg;
    const struct audit_who nobody = { .address = "" };
    struct account *account;

    TRY(account_of_worker(own, t->a, t->id, &account));
    return err_pass(account_set_parent(own, t->a, &nobody, account, t->parent));
}

static int try_apart(int start_fd, int64_t id, int64_t parent)
{
    struct attempt t = { .a = arena_new(4096), .id = id, .parent = parent };
    struct db *own = testdb_connect(copy.name, NULL);
    struct err *e;
    char byte;

    while (read(start_fd, &byte, 1) > 0) {
    }
    e = db_transaction(own, attempt, &t);
    return e == NULL ? WON : err_is(e, ERR_CONFLICT) ? LOST : BROKEN;
}

/* How many of the two won; none may have failed in another way. */
static int race(int64_t x, int64_t y)
{
    int start[2], status, won = 0;
    pid_t pids[2];

    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < 2; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            close(start[1]);
            _exit(try_apart(start[0], i == 0 ? x : y, i == 0 ? y : x));
        }
    }
    close(start[0]);
    usleep(50000);
    close(start[1]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) != BROKEN);
        won += WEXITSTATUS(status) == WON;
    }
    return won;
}

static void test_tree__two_at_once_make_no_circle(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        int64_t x, y;

        assert_ok(db_begin_write(db));
        x = fixture_account(db, "customer", NULL);
        y = fixture_account(db, "customer", NULL);
        assert_ok(db_commit(db));
        assert_int_equal(race(x, y), 1);
    }
}

static void test_tree__is_never_higher_than_it_may_be(void **state)
{
    const struct audit_who nobody = { .address = "" };
    int64_t below = 0;
    struct err *e = NULL;

    (void)state;
    assert_ok(db_begin_write(db));
    for (int i = 0; i < ACCOUNT_TREE_DEPTH + 1; i++) {
        const int64_t id = fixture_account(db, "customer", NULL);
        struct account *account;

        if (below != 0) {
            assert_ok(account_of_worker(db, a, below, &account));
            e = account_set_parent(db, a, &nobody, account, id);
            if (i < ACCOUNT_TREE_DEPTH)
                assert_ok(e);
        }
        below = id;
    }
    assert_true(err_is(e, ERR_CONFLICT));
    assert_string_equal(err_detail(e), "depth");
    err_free(e);
    db_rollback(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree__two_at_once_make_no_circle),
        cmocka_unit_test(test_tree__is_never_higher_than_it_may_be),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Many at once: of those who move an opportunity from the version that they saw, one does. */
#include "support/test.h"
#include "fixture/fixture_deal.h"

#include "base/str.h"
#include "opportunity/opportunity.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 40, WON = 0, LOST = 1, BROKEN = 2 };

static struct testdb copy;
static struct deal_world world;

static int set_up(void **state)
{
    struct deal_world *at = &world;

    (void)state;
    testdb_copy(&copy);
    world.db = testdb_connect(copy.name, NULL);
    world.a = arena_new(65536);
    assert_ok(text_format_init());
    assert_ok(text_ctx_new(&world.text));
    assert_ok(match_names_new(world.text, &world.names));
    deal_world_begin((void **)&at);
    assert_ok(db_commit(world.db));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    match_names_free(world.names);
    text_ctx_free(world.text);
    arena_free(world.a);
    db_close(world.db);
    testdb_drop(&copy);
    return 0;
}

static int64_t made(void)
{
    struct opportunity o = { .account_id = world.north.account,
                             .customer_name = "Kiesel Werke GmbH",
                             .customer_country = "DE",
                             .name = "Line 4",
                             .currency = "EUR",
                             .amount = 10000000,
                             .expected_close = 25000,
                             .next_step = "Call",
                             .next_step_on = DAY_NONE };

    assert_ok(db_begin_write(world.db));
    assert_ok(opportunity_create(world.db, world.a, &world.north.by, &o));
    assert_ok(db_commit(world.db));
    return o.id;
}

struct attempt {
    struct arena *a;
    int64_t id, version, stage;
};

/* As a page does it: what was shown must be what is there. */
static struct err *attempt(struct db *db, void *arg)
{
    const struct attempt *t = arg;
    const struct opportunity_move move = { .stage_id = t->stage };
    struct opportunity *o;

    TRY(opportunity_of_account(db, t->a, world.north.account, t->id, &o));
    if (o->row_version != t->version)
        return err_raise(ERR_CONFLICT, "it has changed");
    return err_pass(opportunity_move(db, t->a, &world.north.by, o, &move));
}

/* All begin when the pipe closes. */
static int try_apart(int start_fd, struct attempt *t)
{
    struct db *db = testdb_connect(copy.name, NULL);
    struct err *e;
    char byte;

    t->a = arena_new(65536);
    while (read(start_fd, &byte, 1) > 0) {
    }
    e = db_transaction(db, attempt, t);
    return e == NULL ? WON : err_is(e, ERR_CONFLICT) ? LOST : BROKEN;
}

static void test_race__of_many_who_move_one_version_one_does(void **state)
{
    struct attempt t = { .id = made(), .version = 1 };
    int start[2], won = 0;
    pid_t pids[MANY];

    (void)state;
    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < MANY; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            t.stage = 2 + i % 4;
            close(start[1]);
            _exit(try_apart(start[0], &t));
        }
    }
    close(start[0]);
    close(start[1]);
    for (int i = 0; i < MANY; i++) {
        int status = 0;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status));
        assert_int_not_equal(WEXITSTATUS(status), BROKEN);
        won += WEXITSTATUS(status) == WON;
    }
    assert_int_equal(won, 1);
    assert_ok(db_begin_read(world.db));
    assert_int_equal(deal_world_number(&world,
                                       "SELECT COUNT(*) AS n FROM opportunity_step WHERE"
                                       " opportunity_id = ?",
                                       t.id),
                     2);
    db_rollback(world.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_race__of_many_who_move_one_version_one_does),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

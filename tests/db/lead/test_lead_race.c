/* Many at once: the version of a lead decides who has it, and a rule gives two leads at once to two
 * partners. */
#include "support/test.h"
#include "fixture/fixture_deal.h"

#include "base/str.h"
#include "lead/lead_route.h"

#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 100, WON = 0, LOST = 1, BROKEN = 2 };

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
    assert_ok(db_script(world.db, "UPDATE account SET country = 'DE' WHERE kind = 'partner'"));
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

static int64_t made(const char *pool)
{
    const struct lead_actor by = { .who = world.vendor.by.who, .as = LEAD_BY_STAFF };
    struct lead lead = { .company_name = "Kiesel Werke GmbH",
                         .country = "DE",
                         .region = "",
                         .city = "Kiel",
                         .website = "",
                         .person_name = "Jo",
                         .person_title = "",
                         .email = "jo@kiesel.example",
                         .phone = "",
                         .budget = "",
                         .timeframe = "",
                         .lang = "en",
                         .note = "",
                         .source = "web",
                         .campaign = "",
                         .pool = "" };
    struct lead *stored;

    assert_ok(db_begin_write(world.db));
    assert_ok(lead_create(world.db, world.a, &by, &lead));
    assert_ok(lead_of_worker(world.db, world.a, lead.id, &stored));
    if (*pool != '\0')
        assert_ok(lead_set_pool(world.db, world.a, &by, stored, pool));
    assert_ok(db_commit(world.db));
    return lead.id;
}

struct attempt {
    struct arena *a;
    int64_t lead_id;
    const struct side *side; /* NULL: the rules */
};

static struct err *attempt(struct db *db, void *arg)
{
    const struct attempt *t = arg;
    struct lead_change change = { .verb = LEAD_TAKE, .account_name = "Taker" };
    struct lead_actor by = { .as = LEAD_BY_PARTNER };
    enum lead_routed routed;
    struct lead *lead;

    if (t->side == NULL) {
        TRY(lead_of_worker(db, t->a, t->lead_id, &lead));
        return err_pass(lead_route(db, t->a, lead, &routed));
    }
    TRY(lead_of_pool(db, t->a, t->lead_id, &lead));
    if (lead == NULL)
        return err_with_detail(err_raise(ERR_CONFLICT, "gone"), "gone");
    change.account_id = t->side->account;
    by.who = t->side->by.who;
    return err_pass(lead_apply(db, t->a, &by, lead, &change));
}

static int try_apart(int start_fd, int64_t lead_id, const struct side *side)
{
    struct attempt t = { .a = arena_new(65536), .lead_id = lead_id, .side = side };
    struct db *db = testdb_connect(copy.name, NULL);
    struct err *e;
    char byte;

    while (read(start_fd, &byte, 1) > 0) {
    }
    e = db_transaction(db, attempt, &t);
    return e == NULL ? WON : err_is(e, ERR_CONFLICT) ? LOST : BROKEN;
}

/* How many of COUNT processes, begun together, won; none may have failed in another way. */
static int run_all(const int64_t *ids, int count, bool by_rules)
{
    int start[2], won = 0;
    pid_t pids[MANY];

    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < count; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            close(start[1]);
            _exit(try_apart(start[0], ids[i],
                            by_rules     ? NULL
                            : i % 2 == 0 ? &world.north
                                         : &world.south));
        }
    }
    close(start[0]);
    close(start[1]);
    for (int i = 0; i < count; i++) {
        int status = 0;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status));
        assert_int_not_equal(WEXITSTATUS(status), BROKEN);
        won += WEXITSTATUS(status) == WON;
    }
    return won;
}

static void test_race__of_a_hundred_takes_of_one_lead_one_wins(void **state)
{
    const int64_t id = made("take");
    int64_t ids[MANY];

    (void)state;
    for (int i = 0; i < MANY; i++)
        ids[i] = id;
    assert_int_equal(run_all(ids, MANY, false), 1);
    assert_ok(db_begin_read(world.db));
    assert_int_equal(
        deal_world_number(&world, "SELECT COUNT(*) AS n FROM lead_offer WHERE lead_id = ?", id), 1);
    assert_int_equal(
        deal_world_number(&world, "SELECT SUM(open) AS n FROM lead_share WHERE open > ?", 0), 1);
    db_rollback(world.db);
}

static void test_race__leads_routed_at_once_are_given_in_turn(void **state)
{
    enum { LEADS = 8 };
    int64_t ids[LEADS];

    (void)state;
    for (int i = 0; i < LEADS; i++)
        ids[i] = made("");
    assert_int_equal(run_all(ids, LEADS, true), LEADS);
    assert_ok(db_begin_read(world.db));
    assert_int_equal(deal_world_number(&world,
                                       "SELECT MAX(times) - MIN(times) AS n FROM lead_turn WHERE"
                                       " times > ?",
                                       0),
                     0);
    db_rollback(world.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_race__of_a_hundred_takes_of_one_lead_one_wins),
        cmocka_unit_test(test_race__leads_routed_at_once_are_given_in_turn),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

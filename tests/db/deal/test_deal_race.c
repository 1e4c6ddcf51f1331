/* Many at once: the unique key and the version of a claim decide, whoever else tries. */
#include "support/test.h"
#include "fixture/fixture_deal.h"

#include "account/account.h"
#include "account/account_bin.h"
#include "base/str.h"
#include "deal/deal_amend.h"
#include "deal/deal_appeal.h"
#include "deal/deal_inside.h"
#include "deal/deal_jobs.h"
#include "opportunity/opportunity.h"

#include <stdlib.h>
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

static int64_t submitted(struct side *side, const char *company)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, side, company, 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static int64_t number(const char *sql, int64_t id)
{
    int64_t n;

    assert_ok(db_begin_read(world.db));
    n = deal_world_number(&world, sql, id);
    db_rollback(world.db);
    return n;
}

struct attempt {
    struct arena *a;
    int64_t deal_id;
    bool appeals;
    const struct deal_amend_answer *change; /* NULL: no answer to a change */
    const struct deal_overrule *over; /* NULL: takes the claims, its rank being checked already */
};

static struct err *attempt(struct db *db, void *arg)
{
    const struct attempt *t = arg;
    struct deal *deal;
    bool decided;

    TRY(deal_of_worker(db, t->a, t->deal_id, &deal));
    TRY(deal_load_lines(db, t->a, deal));
    if (t->change != NULL)
        return err_pass(deal_amend_give(db, t->a, &world.vendor.by, deal, t->change, &decided));
    if (t->appeals)
        return err_pass(deal_appeal(db, t->a, &world.north.by, deal, "Look at it again"));
    if (t->over != NULL)
        return err_pass(deal_overrule(db, t->a, &world.vendor.by, deal, t->over));
    TRY(deal_apply(db, t->a, &world.vendor.by, deal, DEAL_APPROVE, NULL));
    return err_pass(claim_take_all(db, t->a, deal, world.vendor.user));
}

/* What a process of its own does, as every worker is one: all begin when the pipe closes. */
static int try_apart(int start_fd, int64_t deal_id, const struct attempt *what)
{
    struct attempt t = *what;
    struct db *db = testdb_connect(copy.name, NULL);
    struct err *e;
    char byte;

    t.a = arena_new(65536);
    t.deal_id = deal_id;
    while (read(start_fd, &byte, 1) > 0) {
    }
    e = db_transaction(db, attempt, &t);
    return e == NULL ? WON : err_is(e, ERR_CONFLICT) ? LOST : BROKEN;
}

/* How many of MANY won; none may have failed in another way. */
static int run_all(const int64_t *ids, struct attempt what)
{
    int start[2], won = 0;
    pid_t pids[MANY];

    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < MANY; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            close(start[1]);
            _exit(try_apart(start[0], ids[i], &what));
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
    return won;
}

static void test_race__of_a_hundred_approvals_of_one_claim_one_wins(void **state)
{
    int64_t ids[MANY];

    (void)state;
    for (int i = 0; i < MANY; i++)
        ids[i] = submitted(&world.north, "Kiesel Werke GmbH");
    assert_int_equal(run_all(ids, (struct attempt){ 0 }), 1);
}

static void test_race__of_a_hundred_overrulings_naming_one_version_one_wins(void **state)
{
    struct deal_overrule over = { .reason_code = "customer_choice", .reason_text = "In writing" };
    int64_t ids[MANY], first = submitted(&world.north, "Findling Stein GmbH");
    struct deal_obstacle *shown;
    struct deal *deal;

    (void)state;
    assert_ok(db_begin_write(world.db));
    assert_ok(deal_of_worker(world.db, world.a, first, &deal));
    assert_ok(deal_decide(world.db, world.a, &world.vendor.by, deal,
                          &(struct deal_decision){ .verb = DEAL_APPROVE }));
    assert_ok(db_commit(world.db));
    ids[0] = submitted(&world.north, "Findling Stein GmbH");
    for (int i = 1; i < MANY; i++)
        ids[i] = ids[0];
    assert_ok(db_begin_read(world.db));
    assert_ok(deal_of_worker(world.db, world.a, ids[0], &deal));
    assert_ok(deal_obstacles(world.db, world.a, deal, &shown, &over.count));
    db_rollback(world.db);
    assert_int_equal(over.count, 1);
    over.shown = shown;
    assert_int_equal(run_all(ids, (struct attempt){ .over = &over }), 1);
}

static void test_race__of_a_hundred_appeals_on_one_refusal_one_wins(void **state)
{
    const int64_t id = submitted(&world.north, "Langholm Kabel AB");
    int64_t ids[MANY];
    struct deal *deal;

    (void)state;
    assert_ok(db_begin_write(world.db));
    assert_ok(deal_of_worker(world.db, world.a, id, &deal));
    assert_ok(
        deal_decide(world.db, world.a, &world.vendor.by, deal,
                    &(struct deal_decision){ .verb = DEAL_REJECT, .reason_code = "other_reject" }));
    assert_ok(db_commit(world.db));
    for (int i = 0; i < MANY; i++)
        ids[i] = id;
    assert_int_equal(run_all(ids, (struct attempt){ .appeals = true }), 1);
}

/* One step, which is the vendor's: whoever approves it first decides, and all others find that. */
static void test_race__of_a_hundred_approvals_of_a_changes_last_step_one_decides(void **state)
{
    const int64_t id = submitted(&world.north, "Rotbach Walzwerk GmbH");
    struct deal_amend_answer yes = { .approved = true, .reason = "" };
    struct job_context ctx = { .db = world.db, .arena = world.a };
    struct deal *deal, wanted;
    struct deal_line line;
    int64_t ids[MANY];

    (void)state;
    assert_ok(db_begin_write(world.db));
    assert_ok(db_script(world.db, arena_printf(world.a,
                                               "INSERT INTO deal_plan (id, position, name_en,"
                                               " name_zh, active, covers) VALUES (900, 1, 'P',"
                                               " 'P', 1, 'deal_amend'); INSERT INTO deal_plan_step"
                                               " (plan_id, stage, title_en, deciders) VALUES"
                                               " (900, 1, 'One', 'user_%lld')",
                                               (long long)world.vendor.user)));
    assert_ok(deal_of_worker(world.db, world.a, id, &deal));
    assert_ok(deal_decide(world.db, world.a, &world.vendor.by, deal,
                          &(struct deal_decision){ .verb = DEAL_APPROVE }));
    wanted = *deal;
    line = deal->lines[0];
    line.value *= 3;
    wanted.lines = &line;
    assert_ok(deal_amend(world.db, world.a, &world.north.by, deal, &wanted));
    assert_ok(db_commit(world.db));
    assert_ok(deal_amend_run(&ctx, &(struct job){ .ref = id }, world.names));
    yes.amendment_id = number("SELECT MAX(id) AS n FROM deal_amendment WHERE deal_id = ?", id);
    for (int i = 0; i < MANY; i++)
        ids[i] = id;
    assert_int_equal(run_all(ids, (struct attempt){ .change = &yes }), 1);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'deal' AND action"
                            " = 'deal.amend_step' AND object_id = ?",
                            id),
                     1);
}

/* -- an end customer that is being deleted -------------------------------------------------------
 */

/* Gives the other process time to come as far as the row that is held here. */
enum { LONG_ENOUGH_US = 400000 };

struct newcomer {
    struct arena *a;
    int64_t draft_id; /* 0: an opportunity */
    const char *company;
};

static struct err *come(struct db *db, void *arg)
{
    const struct newcomer *n = arg;
    struct opportunity o = { .account_id = world.north.account,
                             .customer_name = n->company,
                             .customer_country = "CN",
                             .name = "Late",
                             .currency = "EUR",
                             .next_step_on = DAY_NONE };
    struct deal *deal;

    if (n->draft_id == 0)
        return err_pass(opportunity_create(db, n->a, &world.north.by, &o));
    TRY(deal_of_worker(db, n->a, n->draft_id, &deal));
    return err_pass(deal_submit(db, n->a, &world.north.by, deal));
}

static int come_apart(const struct newcomer *what)
{
    struct newcomer n = *what;
    struct db *db = testdb_connect(copy.name, NULL);

    n.a = arena_new(65536);
    return db_transaction(db, come, &n) == NULL ? WON : BROKEN;
}

/* An account that one closed registration of NORTH refers to; nothing stands against its deletion.
 */
static int64_t left_alone(const char *company)
{
    int64_t id = submitted(&world.north, company);
    const struct deal_decision back = { .verb = DEAL_WITHDRAW };
    struct deal *deal;

    assert_ok(db_begin_write(world.db));
    assert_ok(deal_of_worker(world.db, world.a, id, &deal));
    assert_ok(deal_load_lines(world.db, world.a, deal));
    assert_ok(deal_decide(world.db, world.a, &world.north.by, deal, &back));
    assert_ok(db_commit(world.db));
    return number("SELECT end_customer_id AS n FROM deal WHERE id = ?", id);
}

/* Where both are on nodes of their own, who commits first wins, and the account may stay. */
static void delete_or_lose(void)
{
    struct err *e = db_commit(world.db);

    if (e == NULL)
        return;
    assert_true(err_is(e, ERR_AGAIN));
    err_free(e);
    if (db_in_transaction(world.db))
        db_rollback(world.db);
}

/* N comes while account ID is on its way into the bin. */
static void meet(int64_t id, const struct newcomer *n)
{
    const struct audit_who nobody = { .address = "" };
    struct account *account;
    int status;
    pid_t pid;

    assert_ok(db_begin_write(world.db));
    assert_ok(account_of_worker(world.db, world.a, id, &account));
    assert_ok(account_delete(world.db, world.a, world.names, &nobody, account, ""));
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(come_apart(n));
    usleep(LONG_ENOUGH_US);
    delete_or_lose();
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), WON);
}

static void test_race__a_registration_does_not_come_to_hang_on_a_customer_in_the_bin(void **state)
{
    const char company[] = "Habichtswald Optik GmbH";
    int64_t id = left_alone(company);
    struct newcomer n = { .company = company };
    struct deal *draft;

    (void)state;
    assert_ok(db_begin_write(world.db));
    draft = deal_world_draft(&world, &world.north, company, 1);
    assert_ok(db_commit(world.db));
    n.draft_id = draft->id;
    meet(id, &n);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal d JOIN account e ON e.id = "
                            "d.end_customer_id AND e.deleted_at IS NULL WHERE d.id = ? AND "
                            "d.state = 'submitted'",
                            draft->id),
                     1);
}

static void test_race__an_opportunity_does_not_come_to_hang_on_a_customer_in_the_bin(void **state)
{
    const char company[] = "Sperberhof Technik GmbH";
    int64_t id = left_alone(company);

    (void)state;
    meet(id, &(struct newcomer){ .company = company });
    assert_int_equal(number("SELECT COUNT(*) AS n FROM opportunity o JOIN account e ON e.id = "
                            "o.end_customer_id AND e.deleted_at IS NULL WHERE o.name = 'Late' AND "
                            "e.id >= ?",
                            id),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_race__of_a_hundred_approvals_of_one_claim_one_wins),
        cmocka_unit_test(test_race__of_a_hundred_overrulings_naming_one_version_one_wins),
        cmocka_unit_test(test_race__of_a_hundred_appeals_on_one_refusal_one_wins),
        cmocka_unit_test(test_race__of_a_hundred_approvals_of_a_changes_last_step_one_decides),
        cmocka_unit_test(test_race__a_registration_does_not_come_to_hang_on_a_customer_in_the_bin),
        cmocka_unit_test(test_race__an_opportunity_does_not_come_to_hang_on_a_customer_in_the_bin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* db/tx.c: transactions are whole or not at all, and run again when that may help. */
#include "support/test.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/str.h"
#include "support/counted.h"
#include "support/testdb.h"

#include "db/inside.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct one_number {
    int64_t n;
};
static const struct db_field n_fields[] = { DB_FIELD(struct one_number, n, DB_I64, 0), { 0 } };

static const struct db_stmt read_n = {
    .name = "t.read",
    .sql = "SELECT n FROM t WHERE id = ?",
    .binds = "i",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
static const struct db_stmt add_n = {
    .name = "t.add",
    .sql = "UPDATE t SET n = n + ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt insert_u = {
    .name = "u.add",
    .sql = "INSERT INTO u (code) VALUES (?)",
    .binds = "s",
    .flags = DB_WRITE,
};
/* Fails in the server without any rule of the connector being broken. */
static const struct db_stmt fails = {
    .name = "t.fails",
    .sql = "UPDATE t SET n = -1 WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
/* Writes although it looks like reading. */
static const struct db_stmt sly_write = {
    .name = "t.sly",
    .sql = "SELECT NEXTVAL(s) AS n",
    .binds = "",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
static const struct db_stmt connection_id = {
    .name = "connection",
    .sql = "SELECT CONNECTION_ID() AS n",
    .binds = "",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
static const struct db_stmt sleep_long = {
    .name = "sleep",
    .sql = "SELECT SLEEP(30) AS n",
    .binds = "",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
/* Fails with any number. */
static const struct db_stmt fail_with = {
    .name = "fail_with",
    .sql = "CALL fail_with(?)",
    .binds = "i",
    .flags = DB_WRITE,
};
/* Round trips of this connection, this one among them. */
static const struct db_stmt questions = {
    .name = "questions",
    .sql = "SELECT CAST(VARIABLE_VALUE AS SIGNED) AS n FROM information_schema.SESSION_STATUS"
           " WHERE VARIABLE_NAME = 'QUESTIONS'",
    .binds = "",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
/* What is open in the engine: 0 when nothing is. */
static const struct db_stmt open_transactions = {
    .name = "open_transactions",
    .sql = "SELECT COUNT(*) AS n FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = ?",
    .binds = "i",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
static db_stmt_table statements[] = {
    &read_n,    &add_n,     &insert_u,          &fails, &sly_write, &connection_id, &sleep_long,
    &fail_with, &questions, &open_transactions, NULL
};
static db_stmt_table *const tables[] = { statements, NULL };

struct world {
    struct testdb schema;
    struct db *one, *two;
    struct arena *a;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    struct db *db;

    testdb_empty(&w->schema);
    db = testdb_connect(w->schema.name, NULL);
    assert_ok(db_script(db, "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL,"
                            " CHECK (n >= 0)) ENGINE=InnoDB;"
                            "CREATE TABLE u (code VARCHAR(20) PRIMARY KEY) ENGINE=InnoDB;"
                            "CREATE SEQUENCE s NOCACHE INCREMENT BY 0 ENGINE=InnoDB;"
                            "CREATE PROCEDURE fail_with(IN number INT)"
                            " SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = number;"
                            "INSERT INTO t VALUES (1, 0), (2, 0)"));
    db_close(db);
    w->one = testdb_connect(w->schema.name, tables);
    w->two = testdb_connect(w->schema.name, tables);
    w->a = arena_new(1024);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->one);
    db_close(w->two);
    testdb_drop(&w->schema);
    arena_free(w->a);
    free(w);
    return 0;
}

/* What a statement is that the server refuses with NUMBER; the transaction is over then. */
static enum err_kind kind_of_failing(struct world *w, int64_t number)
{
    enum err_kind kind;
    struct err *e;

    assert_ok(db_begin_write(w->one));
    e = db_exec(w->one, &fail_with, DB_ARGS(DB_I(number)), NULL);
    kind = err_kind(e);
    err_free(e);
    db_rollback(w->one);
    return kind;
}

static struct err *set_zero(struct db *db, void *arg)
{
    int64_t n = *(int64_t *)arg;
    struct one_number row;

    TRY(db_get(db, NULL, &read_n, DB_ARGS(DB_I(n)), &row));
    return err_pass(db_exec(db, &add_n, DB_ARGS(DB_I(-row.n), DB_I(n)), NULL));
}

static int start_again(void **state)
{
    struct world *w = *state;

    fault_arm(FAULT_DB, 0);
    db_rollback(w->one);
    db_rollback(w->two);
    for (int64_t id = 1; id <= 2; id++)
        assert_ok(db_transaction(w->one, set_zero, &id));
    return 0;
}

static int64_t value_of(struct world *w, int64_t id)
{
    struct one_number row;

    assert_ok(db_begin_read(w->two));
    assert_ok(db_get(w->two, w->a, &read_n, DB_ARGS(DB_I(id)), &row));
    assert_ok(db_commit(w->two));
    return row.n;
}

static int64_t id_of(struct db *db)
{
    struct one_number row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, NULL, &connection_id, DB_NO_ARGS, &row));
    assert_ok(db_commit(db));
    return row.n;
}

static void kill_connection(struct world *w, struct db *victim, const char *how)
{
    char sql[64];

    snprintf(sql, sizeof(sql), "KILL %s %lld", how, (long long)id_of(victim));
    assert_ok(db_script(w->two, sql));
}

static struct err *add_one(struct db *db, void *arg)
{
    int *runs = arg;

    ++*runs;
    return err_pass(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
}

static void test_db_transaction__writes_what_its_function_writes(void **state)
{
    struct world *w = *state;
    int runs = 0;

    assert_ok(db_transaction(w->one, add_one, &runs));
    assert_int_equal(runs, 1);
    assert_int_equal(value_of(w, 1), 1);
    assert_false(db_in_transaction(w->one));
}

static struct err *add_and_refuse(struct db *db, void *arg)
{
    int *runs = arg;

    ++*runs;
    TRY(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    return err_raise(ERR_CONFLICT, "no");
}

static void test_db_transaction__leaves_nothing_after_a_refusal(void **state)
{
    struct world *w = *state;
    int runs = 0;

    assert_err_kind(db_transaction(w->one, add_and_refuse, &runs), ERR_CONFLICT);
    assert_int_equal(runs, 1);
    assert_int_equal(value_of(w, 1), 0);
    assert_false(db_in_transaction(w->one));
}

static void test_db_begin_read__the_server_refuses_to_write(void **state)
{
    struct world *w = *state;
    struct one_number row;
    bool found;

    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_one(w->one, w->a, &sly_write, DB_NO_ARGS, &row, &found), ERR_BUG);
    db_rollback(w->one);
    assert_ok(db_begin_write(w->one));
    assert_ok(db_one(w->one, w->a, &sly_write, DB_NO_ARGS, &row, &found));
    assert_true(found);
}

static void test_db_begin_read__refuses_a_statement_that_writes(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL), ERR_BUG);
}

static void test_db_begin_write__is_read_only_again_afterwards(void **state)
{
    struct world *w = *state;
    struct one_number row;
    bool found;
    int runs = 0;

    assert_ok(db_transaction(w->one, add_one, &runs));
    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_one(w->one, w->a, &sly_write, DB_NO_ARGS, &row, &found), ERR_BUG);
}

static void test_db__an_ignored_error_cannot_end_in_a_commit(void **state)
{
    struct world *w = *state;
    struct one_number row;

    assert_ok(db_begin_write(w->one));
    assert_ok(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    assert_err_kind(db_exec(w->one, &fails, DB_ARGS(DB_I(1)), NULL), ERR_DB);
    assert_err_kind(db_get(w->one, w->a, &read_n, DB_ARGS(DB_I(1)), &row), ERR_DB);
    assert_err_kind(db_commit(w->one), ERR_DB);
    db_rollback(w->one);
    assert_int_equal(value_of(w, 1), 0);
    assert_ok(db_begin_read(w->one));
    assert_ok(db_get(w->one, w->a, &read_n, DB_ARGS(DB_I(1)), &row));
}

static void test_db_doom__makes_a_commit_impossible(void **state)
{
    struct world *w = *state;
    struct err *e;

    assert_ok(db_begin_write(w->one));
    assert_ok(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    e = db_doom(w->one, err_raise(ERR_AGAIN, "too late"));
    assert_err_kind(e, ERR_AGAIN);
    assert_err_kind(db_commit(w->one), ERR_AGAIN);
    db_rollback(w->one);
    assert_int_equal(value_of(w, 1), 0);
}

static void test_db_rollback__takes_back_what_was_written(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->one));
    assert_ok(db_exec(w->one, &add_n, DB_ARGS(DB_I(5), DB_I(1)), NULL));
    db_rollback(w->one);
    assert_int_equal(value_of(w, 1), 0);
}

static void test_db_begin__refuses_to_nest(void **state)
{
    struct world *w = *state;
    int runs = 0;

    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_begin_write(w->one), ERR_BUG);
    assert_err_kind(db_transaction(w->one, add_one, &runs), ERR_BUG);
    assert_int_equal(runs, 0);
}

static void test_db_commit__without_a_transaction_is_a_bug(void **state)
{
    struct world *w = *state;

    assert_err_kind(db_commit(w->one), ERR_BUG);
}

static void test_db_now__stays_the_same_in_a_transaction(void **state)
{
    struct world *w = *state;
    int64_t first, second, later;

    assert_ok(db_begin_read(w->one));
    assert_ok(db_now(w->one, &first));
    assert_ok(db_now(w->one, &second));
    assert_ok(db_commit(w->one));
    assert_true(first == second);
    assert_true(llabs(first - clock_now_us()) < 60 * CLOCK_SECOND);
    assert_ok(db_begin_read(w->one));
    assert_ok(db_now(w->one, &later));
    assert_true(later > first);
}

/* Two that each hold what the other wants. */
struct crossing {
    struct db *db;
    pthread_barrier_t *both_hold_one;
    int64_t first, second;
    int runs;
    struct err *e;
};

static struct err *cross(struct db *db, void *arg)
{
    struct crossing *c = arg;

    TRY(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(c->first)), NULL));
    if (++c->runs == 1)
        pthread_barrier_wait(c->both_hold_one);
    return err_pass(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(c->second)), NULL));
}

static void *run_crossing(void *arg)
{
    struct crossing *c = arg;

    c->e = db_transaction(c->db, cross, c);
    return NULL;
}

static void test_db_transaction__runs_a_deadlocked_one_again_as_a_whole(void **state)
{
    struct world *w = *state;
    pthread_barrier_t barrier;
    struct crossing one = { w->one, &barrier, 1, 2, 0, NULL };
    struct crossing two = { w->two, &barrier, 2, 1, 0, NULL };
    pthread_t thread;

    pthread_barrier_init(&barrier, NULL, 2);
    assert_int_equal(pthread_create(&thread, NULL, run_crossing, &two), 0);
    run_crossing(&one);
    pthread_join(thread, NULL);
    pthread_barrier_destroy(&barrier);
    assert_ok(one.e);
    assert_ok(two.e);
    assert_true(one.runs + two.runs >= 3);
    assert_int_equal(value_of(w, 1), 2);
    assert_int_equal(value_of(w, 2), 2);
}

static void test_db__a_lock_that_is_not_given_back_is_again(void **state)
{
    struct world *w = *state;

    assert_ok(db_script(w->one, "SET SESSION innodb_lock_wait_timeout = 0"));
    assert_ok(db_begin_write(w->two));
    assert_ok(db_exec(w->two, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    assert_ok(db_begin_write(w->one));
    assert_err_kind(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL), ERR_AGAIN);
    assert_err_kind(db_commit(w->one), ERR_AGAIN);
    db_rollback(w->one);
    db_rollback(w->two);
    assert_ok(db_script(w->one, "SET SESSION innodb_lock_wait_timeout = 4"));
}

struct killing {
    struct world *w;
    int runs;
};

static struct err *kill_then_add(struct db *db, void *arg)
{
    struct killing *c = arg;
    struct one_number row;
    char sql[64];

    TRY(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    if (++c->runs == 1) {
        TRY(db_get(db, NULL, &connection_id, DB_NO_ARGS, &row));
        snprintf(sql, sizeof(sql), "KILL %lld", (long long)row.n);
        TRY(db_script(c->w->two, sql));
    }
    return err_pass(db_exec(db, &add_n, DB_ARGS(DB_I(1), DB_I(2)), NULL));
}

static void test_db_transaction__survives_the_loss_of_its_connection(void **state)
{
    struct world *w = *state;
    struct killing c = { .w = w };

    assert_ok(db_transaction(w->one, kill_then_add, &c));
    assert_int_equal(c.runs, 2);
    assert_int_equal(value_of(w, 1), 1);
    assert_int_equal(value_of(w, 2), 1);
}

static void test_db__a_killed_connection_is_opened_again_for_the_next_transaction(void **state)
{
    struct world *w = *state;
    struct one_number row;

    kill_connection(w, w->one, "");
    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_get(w->one, w->a, &read_n, DB_ARGS(DB_I(1)), &row), ERR_RECONNECT);
    db_rollback(w->one);
    assert_ok(db_begin_read(w->one));
    assert_ok(db_get(w->one, w->a, &read_n, DB_ARGS(DB_I(1)), &row));
}

static void test_db_rollback__of_a_broken_connection_gives_its_locks_back(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->one));
    assert_ok(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    assert_err_kind(db_script(w->one, "SIGNAL SQLSTATE '70100' SET MYSQL_ERRNO = 1317"),
                    ERR_RECONNECT);
    db_rollback(w->one);
    assert_ok(db_begin_write(w->two));
    assert_ok(db_exec(w->two, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    assert_ok(db_commit(w->two));
    assert_int_equal(value_of(w, 1), 1);
}

static void test_db_ping__opens_a_lost_connection_again(void **state)
{
    struct world *w = *state;

    assert_ok(db_ping(w->one));
    kill_connection(w, w->one, "");
    assert_ok(db_ping(w->one));
    assert_ok(db_ping(w->one));
}

static struct err *always_again(struct db *db, void *arg)
{
    (void)db;
    ++*(int *)arg;
    return err_raise(ERR_AGAIN, "never");
}

static void test_db_transaction__gives_up_after_ten_runs(void **state)
{
    struct world *w = *state;
    int runs = 0;
    int64_t began = clock_monotonic_us();

    assert_err_kind(db_transaction(w->one, always_again, &runs), ERR_UNAVAILABLE);
    assert_int_equal(runs, 10);
    assert_true(clock_monotonic_us() - began < 3 * CLOCK_SECOND);
}

static void test_db_retry_next__passes_on_what_no_second_run_would_help(void **state)
{
    struct world *w = *state;
    struct db_retry retry = { 0 };

    assert_err_kind(db_retry_next(w->one, &retry, err_raise(ERR_INVALID, "x")), ERR_INVALID);
    assert_err_kind(db_retry_next(w->one, &retry, err_raise(ERR_DB, "x")), ERR_DB);
    assert_int_equal(retry.runs, 0);
}

static void test_db_retry_next__counts_second_runs_and_those_in_vain(void **state)
{
    struct world *w = *state;
    struct db_retry retry = { 0 }, late = { .began_us = clock_monotonic_us() - 9 * CLOCK_SECOND };

    counted_begin(METRIC_WEB, NULL);
    assert_ok(db_retry_next(w->one, &retry, err_raise(ERR_AGAIN, "x")));
    assert_ok(db_retry_next(w->one, &retry, err_raise(ERR_RECONNECT, "x")));
    assert_err_kind(db_retry_next(w->one, &late, err_raise(ERR_AGAIN, "x")), ERR_UNAVAILABLE);
    assert_ok(db_reopen(w->one));
    assert_int_equal(counted(METRIC_REPEATED, METRIC_LOST_CONFLICT, 0), 1);
    assert_int_equal(counted(METRIC_REPEATED, METRIC_LOST_CONNECTION, 0), 1);
    assert_int_equal(counted(METRIC_GIVEN_UP, METRIC_LOST_CONFLICT, 0), 1);
    assert_int_equal(counted(METRIC_CONNECTS, 0, 0), 1);
    counted_end();
}

static void test_db_retry_next__gives_up_when_its_time_is_over(void **state)
{
    struct world *w = *state;
    struct db_retry retry = { .began_us = clock_monotonic_us() - 9 * CLOCK_SECOND };

    assert_err_kind(db_retry_next(w->one, &retry, err_raise(ERR_AGAIN, "x")), ERR_UNAVAILABLE);
}

/* -- a server that is away: its socket is a link that leads nowhere -------------------------------
 */

struct absence {
    struct db *db;
    const char *socket; /* the server's */
    char link[64];
};

static void go_away(struct absence *away, struct db *db)
{
    *away = (struct absence){ .db = db, .socket = db->settings.socket };
    snprintf(away->link, sizeof(away->link), "/tmp/fairway-test-%d.sock", (int)getpid());
    unlink(away->link);
    db->settings.socket = away->link;
    db_hang_up(db);
}

static void come_back(struct absence *away)
{
    unlink(away->link);
    away->db->settings.socket = away->socket;
    assert_ok(db_reopen(away->db));
}

static void *link_later(void *arg)
{
    const struct absence *away = arg;

    usleep(400000);
    return symlink(away->socket, away->link) == 0 ? NULL : arg;
}

static void test_db_begin__waits_for_a_server_that_has_just_gone(void **state)
{
    struct world *w = *state;
    struct absence away;
    pthread_t thread;
    struct err *e;

    go_away(&away, w->one);
    assert_int_equal(pthread_create(&thread, NULL, link_later, &away), 0);
    e = db_begin_read(w->one);
    pthread_join(thread, NULL);
    come_back(&away);
    assert_ok(e);
}

static void test_db_begin__waits_no_more_for_a_server_that_is_away_for_long(void **state)
{
    struct world *w = *state;
    struct absence away;
    int64_t began = clock_monotonic_us();
    struct err *e;

    go_away(&away, w->one);
    w->one->away_us = began - 9 * CLOCK_SECOND;
    e = db_begin_read(w->one);
    come_back(&away);
    assert_err_kind(e, ERR_UNAVAILABLE);
    assert_true(clock_monotonic_us() - began < CLOCK_SECOND);
}

/* Everything that a failover, a lost certification or a busy server may answer. */
static void test_db__an_error_that_a_second_run_may_help_is_known_by_its_number(void **state)
{
    static const int64_t same_connection[] = { 1213, 1205, 1020, 1180 };
    static const int64_t new_connection[] = { 1047, 2002, 2003, 2006, 2013, 1927, 1053, 1158, 1159,
                                              1160, 1161, 1040, 1317, 1290, 2012, 2026, 2055 };
    static const int64_t in_vain[] = { 1105, 1146, 4165 };
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(same_connection); i++)
        assert_int_equal(kind_of_failing(w, same_connection[i]), ERR_AGAIN);
    for (size_t i = 0; i < ARRAY_LEN(new_connection); i++)
        assert_int_equal(kind_of_failing(w, new_connection[i]), ERR_RECONNECT);
    for (size_t i = 0; i < ARRAY_LEN(in_vain); i++)
        assert_int_equal(kind_of_failing(w, in_vain[i]), ERR_DB);
}

static void test_db__what_a_new_connection_helps_gets_one_and_the_rest_keeps_its_own(void **state)
{
    struct world *w = *state;
    int64_t before = id_of(w->one);

    kind_of_failing(w, 1213);
    assert_true(id_of(w->one) == before);
    kind_of_failing(w, 1290);
    assert_true(id_of(w->one) != before);
}

static void test_db__a_key_taken_by_another_connection_is_a_duplicate(void **state)
{
    struct world *w = *state;
    struct err *e;

    assert_ok(db_begin_write(w->two));
    assert_ok(db_exec(w->two, &insert_u, DB_ARGS(DB_S("taken")), NULL));
    assert_ok(db_commit(w->two));
    assert_ok(db_begin_write(w->one));
    e = db_exec(w->one, &insert_u, DB_ARGS(DB_S("taken")), NULL);
    assert_string_equal(err_detail(e), "PRIMARY");
    assert_err_kind(e, ERR_DUPLICATE);
    assert_ok(db_exec(w->one, &add_n, DB_ARGS(DB_I(1), DB_I(1)), NULL));
    assert_ok(db_commit(w->one));
    assert_int_equal(value_of(w, 1), 1);
}

static void test_db__a_statement_may_not_run_for_ever(void **state)
{
    struct world *w = *state;
    struct one_number row;
    bool found;

    assert_ok(db_script(w->one, "SET SESSION max_statement_time = 0.05"));
    assert_ok(db_begin_read(w->one));
    assert_err_kind(db_one(w->one, w->a, &sleep_long, DB_NO_ARGS, &row, &found), ERR_DB);
    db_rollback(w->one);
    assert_ok(db_reopen(w->one));
}

static void test_db__any_call_that_fails_leaves_nothing_behind(void **state)
{
    struct world *w = *state;
    int n, runs;

    for (n = 1; n < 20; n++) {
        struct err *e;

        fault_arm(FAULT_DB, n);
        runs = 0;
        e = db_transaction(w->one, add_one, &runs);
        if (fault_calls(FAULT_DB) < n) {
            assert_ok(e);
            break;
        }
        assert_err_kind(e, ERR_DB);
        fault_arm(FAULT_DB, 0);
        assert_false(db_in_transaction(w->one));
        assert_int_equal(value_of(w, 1), 0);
    }
    /* START TRANSACTION, the statement, COMMIT. */
    assert_int_equal(n, 4);
    fault_arm(FAULT_DB, 0);
    assert_int_equal(value_of(w, 1), 1);
}

static int64_t questions_of(struct db *db)
{
    struct one_number row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, NULL, &questions, DB_NO_ARGS, &row));
    assert_ok(db_commit(db));
    return row.n;
}

static void test_db_begin_read__costs_the_statements_alone(void **state)
{
    struct world *w = *state;
    int64_t before;

    value_of(w, 1); /* prepared */
    questions_of(w->two);
    before = questions_of(w->two);
    value_of(w, 1);
    assert_int_equal(questions_of(w->two) - before, 2);
}

static void test_db_commit__of_a_reading_transaction_leaves_nothing_open(void **state)
{
    struct world *w = *state;
    const int64_t id = id_of(w->two);
    struct one_number row;

    value_of(w, 1);
    assert_ok(db_begin_read(w->one));
    assert_ok(db_get(w->one, NULL, &open_transactions, DB_ARGS(DB_I(id)), &row));
    assert_ok(db_commit(w->one));
    assert_int_equal(row.n, 0);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, start_again, start_again)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_db_transaction__writes_what_its_function_writes),
        IN_WORLD(test_db_transaction__leaves_nothing_after_a_refusal),
        IN_WORLD(test_db_begin_read__the_server_refuses_to_write),
        IN_WORLD(test_db_begin_read__refuses_a_statement_that_writes),
        IN_WORLD(test_db_begin_read__costs_the_statements_alone),
        IN_WORLD(test_db_commit__of_a_reading_transaction_leaves_nothing_open),
        IN_WORLD(test_db_begin_write__is_read_only_again_afterwards),
        IN_WORLD(test_db__an_ignored_error_cannot_end_in_a_commit),
        IN_WORLD(test_db_doom__makes_a_commit_impossible),
        IN_WORLD(test_db_rollback__takes_back_what_was_written),
        IN_WORLD(test_db_begin__refuses_to_nest),
        IN_WORLD(test_db_commit__without_a_transaction_is_a_bug),
        IN_WORLD(test_db_now__stays_the_same_in_a_transaction),
        IN_WORLD(test_db_transaction__runs_a_deadlocked_one_again_as_a_whole),
        IN_WORLD(test_db__a_lock_that_is_not_given_back_is_again),
        IN_WORLD(test_db_transaction__survives_the_loss_of_its_connection),
        IN_WORLD(test_db__a_killed_connection_is_opened_again_for_the_next_transaction),
        IN_WORLD(test_db_rollback__of_a_broken_connection_gives_its_locks_back),
        IN_WORLD(test_db_ping__opens_a_lost_connection_again),
        IN_WORLD(test_db_transaction__gives_up_after_ten_runs),
        IN_WORLD(test_db_retry_next__passes_on_what_no_second_run_would_help),
        IN_WORLD(test_db_retry_next__counts_second_runs_and_those_in_vain),
        IN_WORLD(test_db_retry_next__gives_up_when_its_time_is_over),
        IN_WORLD(test_db_begin__waits_for_a_server_that_has_just_gone),
        IN_WORLD(test_db_begin__waits_no_more_for_a_server_that_is_away_for_long),
        IN_WORLD(test_db__an_error_that_a_second_run_may_help_is_known_by_its_number),
        IN_WORLD(test_db__what_a_new_connection_helps_gets_one_and_the_rest_keeps_its_own),
        IN_WORLD(test_db__a_key_taken_by_another_connection_is_a_duplicate),
        IN_WORLD(test_db__a_statement_may_not_run_for_ever),
        IN_WORLD(test_db__any_call_that_fails_leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}

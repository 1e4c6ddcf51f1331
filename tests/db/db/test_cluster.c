/* db/tx.c on a cluster (make test-cluster): two connections on two nodes. */
#include "support/test.h"

#include "base/str.h"
#include "db/inside.h"
#include "support/testdb.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct one_number {
    int64_t n;
};
static const struct db_field n_fields[] = { DB_FIELD(struct one_number, n, DB_I64, 0), { 0 } };
static const struct db_stmt read_n = {
    .name = "t.read",
    .sql = "SELECT n FROM t WHERE id = 1",
    .binds = "",
    .fields = n_fields,
    .row_bytes = sizeof(struct one_number),
};
static const struct db_stmt add_one = {
    .name = "t.add",
    .sql = "UPDATE t SET n = n + 1 WHERE id = 1",
    .binds = "",
    .flags = DB_WRITE,
};
static db_stmt_table statements[] = { &read_n, &add_one, NULL };
static db_stmt_table *const tables[] = { statements, NULL };

static struct testdb schema;
static struct db *one, *two, *holder;

static bool on_a_cluster(void)
{
    const char *sockets = getenv("FAIRWAY_TEST_DB_SOCKET");

    return sockets != NULL && strchr(sockets, ',') != NULL;
}

static void connect_to(const char *node, struct db **db_out)
{
    struct db *db;

    /* Connections go round the nodes. */
    for (int i = 0; i < 8; i++) {
        db = testdb_connect(schema.name, tables);
        if (strstr(db->settings.socket, node) != NULL)
            break;
        db_close(db);
    }
    db->settings.sync = true;
    assert_ok(db_text(db, "SET SESSION wsrep_sync_wait=0", 29, "no waiting"));
    *db_out = db;
}

static int make_world(void **state)
{
    struct db *db;

    (void)state;
    if (!on_a_cluster())
        return 0;
    testdb_empty(&schema);
    db = testdb_connect(schema.name, NULL);
    assert_ok(db_script(db, "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)"
                            " ENGINE=InnoDB; INSERT INTO t VALUES (1, 0)"));
    db_close(db);
    connect_to("/n1/", &one);
    connect_to("/n2/", &two);
    connect_to("/n2/", &holder);
    return 0;
}

static int end_world(void **state)
{
    (void)state;
    if (!on_a_cluster())
        return 0;
    db_close(one);
    db_close(two);
    db_close(holder);
    testdb_drop(&schema);
    return 0;
}

static struct err *add(struct db *db, void *arg)
{
    int *runs = arg;

    if (runs != NULL)
        ++*runs;
    return err_pass(db_exec(db, &add_one, DB_NO_ARGS, NULL));
}

static int64_t value_on(struct db *db)
{
    struct one_number row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, NULL, &read_n, DB_NO_ARGS, &row));
    assert_ok(db_commit(db));
    return row.n;
}

/* As long as the table is locked there, the node cannot take in what others changed. */
static void hold_back(bool hold)
{
    static const char lock[] = "LOCK TABLES t READ";
    static const char unlock[] = "UNLOCK TABLES";

    if (hold)
        assert_ok(db_text(holder, lock, sizeof(lock) - 1, lock));
    else
        assert_ok(db_text(holder, unlock, sizeof(unlock) - 1, unlock));
}

static void *let_go_later(void *arg)
{
    struct timespec pause = { .tv_nsec = 400 * 1000 * 1000 };

    (void)arg;
    nanosleep(&pause, NULL);
    hold_back(false);
    return NULL;
}

static void test_db_see_all__shows_what_another_node_has_acknowledged(void **state)
{
    int64_t before;
    pthread_t thread;

    (void)state;
    if (!on_a_cluster())
        skip();
    db_see_all(two, true);
    before = value_on(two);
    hold_back(true);
    assert_ok(db_transaction(one, add, NULL));
    db_see_all(two, false);
    assert_true(value_on(two) == before);
    assert_int_equal(pthread_create(&thread, NULL, let_go_later, NULL), 0);
    db_see_all(two, true);
    assert_true(value_on(two) == before + 1);
    pthread_join(thread, NULL);
}

static void test_db_see_all__holds_for_every_one_of_many_changes(void **state)
{
    (void)state;
    if (!on_a_cluster())
        skip();
    db_see_all(one, true);
    db_see_all(two, true);
    for (int i = 0; i < 300; i++) {
        int64_t before = value_on(one);

        assert_ok(db_transaction(one, add, NULL));
        assert_true(value_on(two) == before + 1);
    }
}

static void test_db_transaction__that_loses_to_another_node_is_again(void **state)
{
    int64_t before;
    struct err *e;

    (void)state;
    if (!on_a_cluster())
        skip();
    db_see_all(two, true);
    before = value_on(two);
    assert_ok(db_begin_write(two));
    assert_ok(add(two, NULL));
    assert_ok(db_transaction(one, add, NULL));
    e = db_commit(two);
    assert_int_equal(err_kind(e), ERR_AGAIN);
    err_free(e);
    db_rollback(two);
    assert_true(value_on(two) == before + 1);
}

struct racer {
    struct db *db;
    struct err *e;
    int runs;
};

static void *race(void *arg)
{
    struct racer *r = arg;

    for (int i = 0; i < 100 && r->e == NULL; i++)
        r->e = db_transaction(r->db, add, &r->runs);
    return NULL;
}

static void test_db_transaction__on_two_nodes_at_once_loses_and_doubles_nothing(void **state)
{
    struct racer racers[2] = { { .db = one }, { .db = two } };
    pthread_t threads[2];
    int64_t before;

    (void)state;
    if (!on_a_cluster())
        skip();
    db_see_all(one, true);
    before = value_on(one);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_ok(racers[0].e);
    assert_ok(racers[1].e);
    assert_true(value_on(one) == before + 200);
    print_message("# 200 changes took %d runs\n", racers[0].runs + racers[1].runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db_see_all__shows_what_another_node_has_acknowledged),
        cmocka_unit_test(test_db_see_all__holds_for_every_one_of_many_changes),
        cmocka_unit_test(test_db_transaction__that_loses_to_another_node_is_again),
        cmocka_unit_test(test_db_transaction__on_two_nodes_at_once_loses_and_doubles_nothing),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}

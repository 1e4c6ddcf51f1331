/* test_rotation.c - the log's key is rotated with fairwayctl while fairway-worker runs, both as the
 * processes that they are. */
#include "support/test.h"

#include "base/str.h"
#include "fixture/fixture_receipt.h"
#include "support/folder.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 900, TRY_MS = 50 }; /* a job that failed is tried again after five seconds */

static struct {
    struct receipt_world *w;
    struct folder folder;
    pid_t worker;
    char children[100]; /* the numbers of its processes */
} t;

/* -- processes -----------------------------------------------------------------------------------
 */

static const char *binary(const char *name)
{
    const char *b = getenv("B");

    return arena_printf(t.w->a, "%s/bin/%s", str_is_empty(b) ? "build" : b, name);
}

static void set_options(void)
{
    const struct passwd *me = getpwuid(geteuid());

    setenv("FAIRWAY_VAR", t.folder.path, 1);
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    setenv("FAIRWAY_DB_NAME", t.w->schema.name, 1);
    setenv("FAIRWAY_SIGN_KEY_FILE", t.w->conf.sign_key_file, 1);
    setenv("FAIRWAY_LOG_ORIGIN", t.w->conf.log_origin, 1);
    setenv("FAIRWAY_DB_USER", me != NULL ? me->pw_name : "root", 1);
}

static void start_worker(void)
{
    const char *path = binary("fairway-worker"), *password = testdb_password_file("worker");
    const char *log = arena_printf(t.w->a, "%s/log", t.folder.path);

    t.worker = fork();
    if (t.worker != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves nobody behind */
    setenv("FAIRWAY_DB_USER", "fw_worker", 1);
    setenv("FAIRWAY_DB_PASSWORD_FILE", password, 1);
    dup2(open(log, O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
    execl(path, path, (char *)NULL);
    _exit(127);
}

static void read_children(char out[100])
{
    FILE *f = fopen(arena_printf(t.w->a, "/proc/%d/task/%d/children", (int)t.worker, (int)t.worker),
                    "re");
    size_t len;

    assert_non_null(f);
    len = fread(out, 1, 99, f);
    out[len] = '\0';
    fclose(f);
}

/* As an operator does; the new public key is what it prints. */
static struct note_key rotate(void)
{
    char text[NOTE_VKEY_BYTES + 2] = "";
    struct note_key key;
    FILE *f = popen(arena_printf(t.w->a, "'%s' key rotate", binary("fairwayctl")), "re");

    assert_non_null(f);
    assert_non_null(fgets(text, sizeof(text), f));
    assert_int_equal(pclose(f), 0);
    text[strcspn(text, "\n")] = '\0';
    assert_ok(note_key_parse(text, &key));
    return key;
}

/* -- what the worker did -------------------------------------------------------------------------
 */

static bool is_signed(int64_t id)
{
    return receipt_world_number(
               t.w, "SELECT COUNT(*) AS n FROM receipt WHERE id = ? AND signed_at IS NOT NULL",
               id) == 1;
}

static bool is_leaf(int64_t id)
{
    return receipt_world_leaf(t.w, "receipt", id) >= 0;
}

static void wait_until(bool (*fn)(int64_t id), int64_t id)
{
    for (int i = 0; i < TRIES && !fn(id); i++)
        poll(NULL, 0, TRY_MS);
    assert_true(fn(id));
}

/* Signed, and a leaf: the log is appended to every twenty seconds, which a test need not wait for.
 */
static void wait_done(int64_t id)
{
    wait_until(is_signed, id);
    receipt_world_run(
        t.w, "UPDATE job SET due_at = UTC_TIMESTAMP(6) WHERE kind = 'log.append' AND id > ?", 0);
    wait_until(is_leaf, id);
}

static enum note_check signed_by(int64_t id, const struct note_key *key)
{
    struct receipt receipt = receipt_world_read(t.w, id);

    return note_verify(&receipt.statement_note, key, 1);
}

static enum note_check head_signed_by(const struct note_key *key)
{
    struct log_checkpoint_row *row;
    struct note note;

    assert_ok(db_begin_read(t.w->db));
    assert_ok(log_checkpoint_newest(t.w->db, t.w->a, &row));
    assert_ok(db_commit(t.w->db));
    assert_ok(note_parse(t.w->a, row->note, strlen(row->note), &note));
    return note_verify(&note, key, 1);
}

/* Every check of the receipt, with the keys that the portal publishes. */
static void assert_valid(int64_t id)
{
    struct receipt_trust trust = { .origin = t.w->conf.log_origin };
    struct receipt receipt = receipt_world_read(t.w, id);
    struct receipt_checks checks;
    struct log_key_row *rows;
    struct note_key *keys;

    assert_ok(db_begin_read(t.w->db));
    assert_ok(log_keys_read(t.w->db, t.w->a, &rows, &keys, &trust.key_count));
    assert_ok(db_commit(t.w->db));
    trust.keys = keys;
    checks = receipt_verify(&receipt, &trust, NULL, 0);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
}

static void assert_same_processes(void)
{
    char now[100];

    read_children(now);
    assert_string_equal(now, t.children);
}

/* -- tests ---------------------------------------------------------------------------------------
 */

static int set_up(void **state)
{
    (void)state;
    t.w = receipt_world_new();
    folder_make(&t.folder);
    set_options();
    start_worker();
    wait_done(receipt_world_statement(t.w, 10400, "submitted"));
    read_children(t.children);
    return 0;
}

static int tear_down(void **state)
{
    int status;

    (void)state;
    kill(t.worker, SIGTERM);
    waitpid(t.worker, &status, 0);
    unlink(testdb_password_file("worker"));
    folder_remove(&t.folder);
    receipt_world_free(t.w);
    return status;
}

static void test_rotation__the_running_worker_signs_what_follows_with_the_new_key(void **state)
{
    const struct note_key old = t.w->key;
    int64_t before = receipt_world_statement(t.w, 10401, "submitted"), after;
    struct note_key fresh;

    (void)state;
    wait_done(before);
    assert_int_equal(head_signed_by(&old), NOTE_VALID);
    fresh = rotate();
    assert_int_not_equal(fresh.id, old.id);
    after = receipt_world_statement(t.w, 10401, "approved");
    wait_done(after);
    assert_int_equal(signed_by(after, &fresh), NOTE_VALID);
    assert_int_equal(head_signed_by(&fresh), NOTE_VALID);
    assert_int_equal(signed_by(before, &old), NOTE_VALID);
    assert_valid(before);
    assert_valid(after);
    assert_same_processes();
}

/* A rotation may come between the worker's look at the file and its signature. */
static void test_rotation__again_and_again_amid_work_loses_no_receipt(void **state)
{
    enum { ROTATIONS = 8 };
    int64_t ids[ROTATIONS * 3];
    size_t count = 0;

    (void)state;
    for (int i = 0; i < ROTATIONS; i++) {
        for (int j = 0; j < 3; j++)
            ids[count++] =
                receipt_world_statement(t.w, 10410 + i, j == 0 ? "submitted" : "approved");
        rotate();
    }
    for (size_t i = 0; i < count; i++)
        wait_done(ids[i]);
    for (size_t i = 0; i < count; i++)
        assert_valid(ids[i]);
    assert_same_processes();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rotation__the_running_worker_signs_what_follows_with_the_new_key),
        cmocka_unit_test(test_rotation__again_and_again_amid_work_loses_no_receipt),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

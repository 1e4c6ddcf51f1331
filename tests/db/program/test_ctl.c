/* program/ctl.c and ctl_user.c: what an operator gets to see, and what is then in the database. */
#include "support/test.h"

#include "base/arena.h"
#include "base/str.h"
#include "program/ctl.h"
#include "support/testdb.h"

#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 8192, WORDS_MAX = 20 };

struct world {
    struct testdb schema;
    struct arena *a;
    char output[OUTPUT_BYTES]; /* of the last command: standard output and error */
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    testdb_copy(&w->schema);
    w->a = arena_new(8192);
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    setenv("FAIRWAY_DB_NAME", w->schema.name, 1);
    setenv("FAIRWAY_DB_USER", getpwuid(geteuid())->pw_name, 1);
    setenv("FAIRWAY_BASE_URL", "https://portal.example", 1);
    setenv("FAIRWAY_SQL_DIR", testdb_sql_dir(), 1);
    setenv("FAIRWAY_SOCKET_DIR", "/nowhere", 1);
    unsetenv("FAIRWAY_DB_PASSWORD_FILE");
    unsetenv("FAIRWAY_CONF");
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    testdb_drop(&w->schema);
    arena_free(w->a);
    free(w);
    return 0;
}

_Noreturn static void be_ctl(int in, int out, int argc, char **argv)
{
    int status;

    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    status = ctl_main(argc, argv);
    fflush(NULL);
    _exit(status);
}

/* Runs LINE (words separated by one space, _ stands for a space in a word) with INPUT, and gives
 * the exit status. */
static int ctl(struct world *w, const char *line, const char *input)
{
    char *argv[WORDS_MAX] = { "fairwayctl" };
    int argc = 1, in[2], out[2], status;
    size_t count, len = 0;
    ssize_t got;
    char **words = str_split(w->a, line, ' ', &count);
    pid_t child;

    for (size_t i = 0; i < count && *line != '\0'; i++) {
        for (char *p = words[i]; *p != '\0'; p++)
            *p = *p == '_' ? ' ' : *p;
        argv[argc++] = words[i];
    }
    assert_int_equal(pipe(in) | pipe(out), 0);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        close(in[1]);
        be_ctl(in[0], out[1], argc, argv);
    }
    close(in[0]);
    close(out[1]);
    assert_int_equal(write(in[1], input, strlen(input)), strlen(input));
    close(in[1]);
    while ((got = read(out[0], w->output + len, OUTPUT_BYTES - 1 - len)) > 0)
        len += (size_t)got;
    close(out[0]);
    w->output[len] = '\0';
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static bool said(const struct world *w, const char *words)
{
    bool found = strstr(w->output, words) != NULL;

    if (!found)
        print_error("\"%s\" is not in: %s\n", words, w->output);
    return found;
}

struct number {
    int64_t n;
};
static const struct db_field n_fields[] = { DB_FIELD(struct number, n, DB_I64, 0), { 0 } };

static int64_t ask(struct world *w, const char *sql)
{
    struct db_stmt st = { .name = "ask",
                          .sql = sql,
                          .binds = "",
                          .fields = n_fields,
                          .row_bytes = sizeof(struct number) };
    struct db *db = testdb_connect(w->schema.name, NULL);
    struct number row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, w->a, &st, DB_NO_ARGS, &row));
    db_close(db);
    return row.n;
}

static void test_ctl__says_how_it_is_used(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w, "", ""), 2);
    assert_true(said(w, "user add"));
    assert_int_equal(ctl(w, "nonsense", ""), 2);
    assert_int_equal(ctl(w, "user", ""), 2);
    assert_int_equal(ctl(w, "help", ""), 0);
    assert_int_equal(ctl(w, "migrate now", ""), 2);
    assert_int_equal(ctl(w, "check --fast", ""), 2);
    assert_true(said(w, "--fast is no option"));
}

static void test_ctl__one_line_says_what_failed(void **state)
{
    struct world *w = *state;

    setenv("FAIRWAY_DB_SOCKET", "/nowhere", 1);
    assert_int_equal(ctl(w, "migrate", ""), 1);
    assert_true(said(w, "fairwayctl: connect: 2002"));
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    assert_ptr_equal(strchr(w->output, '\n'), w->output + strlen(w->output) - 1);
}

static void test_ctl_check__that_cannot_begin_has_failed(void **state)
{
    struct world *w = *state;

    setenv("FAIRWAY_WORKERS", "many", 1);
    assert_int_equal(ctl(w, "check", ""), 2);
    unsetenv("FAIRWAY_WORKERS");
    assert_true(said(w, "option workers"));
    setenv("FAIRWAY_DB_SOCKET", "/nowhere", 1);
    assert_int_equal(ctl(w, "check", ""), 2);
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    assert_true(said(w, "fail  database"));
    assert_true(said(w, "connect: 2002"));
}

static void test_ctl_migrate__twice_is_as_good_as_once(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w, "migrate", ""), 0);
    assert_int_equal(ctl(w, "migrate", ""), 0);

    /* Nothing serves here. */
    assert_int_equal(ctl(w, "check", ""), 2);
    assert_true(said(w, "ok    schema"));
    assert_true(said(w, "ok    rights"));
    assert_true(said(w, "fail  programs"));
    assert_true(said(w, "-> start it"));
    assert_int_equal(ctl(w, "check --json", ""), 2);
    assert_true(said(w, "{\"level\":\"fail\",\"lines\":[{\"name\":\"database\",\"level\":\"ok\""));
}

static void test_ctl_user_add__prints_an_invitation(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w,
                         "user add Ada@Example.com --audience staff --role administrator"
                         " --name Ada_L.",
                         ""),
                     0);
    assert_true(said(w, "https://portal.example/"));
    assert_int_equal(ask(w,
                         "SELECT COUNT(*) AS n FROM user u JOIN user_role ur ON ur.user_id = u.id"
                         " JOIN role r ON r.id = ur.role_id AND r.code = 'administrator'"
                         " WHERE u.email = 'Ada@Example.com' AND u.status = 'invited'"
                         " AND u.name = 'Ada L.' AND u.scope = 'all'"),
                     1);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'user.add'"), 1);
    assert_int_equal(
        ctl(w, "user add ada@example.com --audience staff --role auditor --name Ada", ""), 1);
    assert_true(said(w, "is a user already"));
    assert_int_equal(ctl(w, "audit verify", ""), 0);
}

static void test_ctl_user_add__takes_the_manager_of_somebody_of_staff(void **state)
{
    struct world *w = *state;

    assert_int_equal(
        ctl(w, "user add head@example.com --audience staff --role auditor --name Head", ""), 0);
    assert_int_equal(ctl(w,
                         "user add led@example.com --audience staff --role auditor --name Led"
                         " --manager Head@Example.com",
                         ""),
                     0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user u JOIN user m ON m.id = u.manager_id"
                            " WHERE u.name = 'Led' AND m.name = 'Head'"),
                     1);
    assert_int_equal(ctl(w,
                         "user add lost@example.com --audience staff --role auditor --name Lost"
                         " --manager nobody@example.com",
                         ""),
                     1);
    assert_true(said(w, "nobody@example.com is nobody of staff"));
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user WHERE name = 'Lost'"), 0);
}

static void test_ctl_user_add__takes_a_password_from_standard_input(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w,
                         "user add bob@example.com --audience staff --role auditor --name Bob"
                         " --password-file -",
                         "correct horse battery\n"),
                     0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user u JOIN credential c ON c.user_id = u.id"
                            " WHERE u.email_key = 'bob@example.com' AND u.status = 'active'"
                            " AND c.password_hash LIKE '$argon2id$%'"),
                     1);
}

static void test_ctl_user_add__refuses_bad_passwords_and_leaves_nothing(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w,
                         "user add carl@example.com --audience staff --role auditor --name Carl"
                         " --password-file -",
                         "short\n"),
                     1);
    assert_true(said(w, "shorter than 8"));
    assert_int_equal(ctl(w,
                         "user add carl@example.com --audience staff --role auditor --name Carl"
                         " --password-file -",
                         "password1\n"),
                     1);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user WHERE email_key = 'carl@example.com'"),
                     0);
}

static void test_ctl_user_add__refuses_what_does_not_fit_together(void **state)
{
    static const struct {
        const char *line, *words;
        int status;
    } cases[] = {
        { "user add", "one more word", 2 },
        { "user add d@example.com", "--audience is", 2 },
        { "user add d@example.com --audience god --role x --name D", "--audience is", 2 },
        { "user add d@example.com --audience staff --name D", "--role and --name", 2 },
        { "user add d@example.com --audience partner --role x --name D --account 1 --manager m@a.b",
          "only staff", 2 },
        { "user add nonsense --audience staff --role auditor --name D", "no mail address", 2 },
        { "user add a@b@c --audience staff --role auditor --name D", "no mail address", 2 },
        { "user add d@example.com --audience partner --role sales --name D", "--account is needed",
          2 },
        { "user add d@example.com --audience partner --role sales --name D --account x",
          "--account is a number", 2 },
        { "user add d@example.com --audience partner --role sales --name D --account 999",
          "no partner account 999", 1 },
        { "user add d@example.com --audience staff --role buyer --name D", "has no role buyer", 1 },
        { "user add d@example.com --audience staff --role auditor --name D --account 1",
          "staff have no", 2 },
        { "user add d@example.com --audience staff --role auditor --name D --scope world",
          "--scope is", 2 },
        { "user add d@example.com --name D --name E", "twice", 2 },
        { "user add d@example.com --name", "needs a value", 2 },
        { "user add d@example.com e@example.com", "too many", 2 },
    };
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(ctl(w, cases[i].line, ""), cases[i].status);
        assert_true(said(w, cases[i].words));
    }
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user WHERE email_key = 'd@example.com'"), 0);
}

static void test_ctl_user_reset__ends_sessions_and_drops_the_second_factor(void **state)
{
    struct world *w = *state;
    struct db *db;

    assert_int_equal(ctl(w,
                         "user add eve@example.com --audience staff --role auditor --name Eve"
                         " --password-file -",
                         "correct horse battery\n"),
                     0);
    db = testdb_connect(w->schema.name, NULL);
    assert_ok(db_script(db,
                        "INSERT INTO second_factor (user_id, secret, confirmed_at) SELECT id,"
                        " 'x', UTC_TIMESTAMP(6) FROM user WHERE email_key = 'eve@example.com'"));
    db_close(db);
    assert_int_equal(ctl(w, "user reset EVE@example.com", ""), 0);
    assert_true(said(w, "https://portal.example/"));
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM second_factor"), 1);
    assert_int_equal(ctl(w, "user reset eve@example.com --second-factor", ""), 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM second_factor"), 0);
    assert_int_equal(ctl(w, "user reset nobody@example.com", ""), 1);
    assert_true(said(w, "is no user"));
}

static void test_ctl_audit_verify__fails_when_the_trail_was_changed(void **state)
{
    struct world *w = *state;
    struct db *db = testdb_connect(w->schema.name, NULL);

    assert_int_equal(
        ctl(w, "user add fay@example.com --audience staff --role auditor --name Fay", ""), 0);
    assert_ok(
        db_script(db, "UPDATE audit_event SET action = 'user.drop' ORDER BY id DESC LIMIT 1"));
    assert_int_equal(ctl(w, "audit verify", ""), 1);
    assert_true(said(w, "was changed"));
    db_close(db);
}

static void test_ctl_match__judges_pairs_without_a_database(void **state)
{
    struct world *w = *state;

    setenv("FAIRWAY_DB_SOCKET", "/nowhere", 1);
    assert_int_equal(ctl(w, "match --pairs -", "a,b\nAcme Ltd,ACME Limited\n"), 0);
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    assert_true(said(w, "Acme Ltd,ACME Limited,"));
    assert_int_equal(ctl(w, "match", ""), 2);
    assert_int_equal(ctl(w, "match --pairs /nowhere", ""), 1);
}

static void test_ctl_receipt__is_checked_with_public_keys_alone(void **state)
{
    static const char good[] = "receipt verify tests/data/receipt/approved.fairway-receipt"
                               " --keys tests/data/receipt/vkey --origin portal.example/log";
    struct world *w = *state;

    assert_int_equal(ctl(w, good, ""), 0);
    assert_true(said(w, "the statement is in the log          passed"));
    assert_true(said(w, "the content is what was signed       not checked"));
    assert_true(said(w, "signed by portal.example/log"));
    assert_int_equal(
        ctl(w, arena_printf(w->a, "%s --content tests/data/receipt/content.json", good), ""), 0);
    assert_true(said(w, "the content is what was signed       passed"));
    assert_int_equal(ctl(w, arena_printf(w->a, "%s --content tests/data/receipt/vkey", good), ""),
                     1);
    assert_true(said(w, "the content is what was signed       FAILED"));
    assert_true(said(w, "does not hold"));
    assert_int_equal(
        ctl(w, "receipt verify tests/data/receipt/vkey --keys tests/data/receipt/vkey", ""), 1);
    assert_int_equal(ctl(w, "receipt verify tests/data/receipt/approved.fairway-receipt", ""), 2);
}

static void test_ctl_receipt__takes_one_key_from_the_line(void **state)
{
    static const char file[] = "receipt verify tests/data/receipt/approved.fairway-receipt"
                               " --origin portal.example/log --key ";
    static const char ours[] =
        "portal.example/log+46e6c65c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    struct world *w = *state;

    assert_int_equal(ctl(w, arena_printf(w->a, "%s%s", file, ours), ""), 0);
    assert_int_equal(ctl(w, arena_printf(w->a, "%s%s", file, "nonsense"), ""), 1);
    assert_int_equal(
        ctl(w, arena_printf(w->a, "%s%s --keys tests/data/receipt/vkey", file, ours), ""), 2);
}

static void test_ctl_key__makes_one_and_replaces_it(void **state)
{
    char folder[] = "/tmp/fairway-ctl-XXXXXX";
    struct world *w = *state;
    const char *path;
    struct stat st;

    assert_non_null(mkdtemp(folder));
    path = arena_printf(w->a, "%s/keys/log.key", folder);
    setenv("FAIRWAY_VAR", folder, 1);
    assert_int_equal(ctl(w, "key rotate", ""), 1);
    assert_int_equal(ctl(w, "key new", ""), 0);
    assert_true(said(w, "fairway.example/log+"));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(ctl(w, "key new", ""), 1);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM sign_key"), 1);
    assert_int_equal(ctl(w, "key rotate", ""), 0);
    assert_int_equal(ctl(w, "key list", ""), 0);
    assert_true(said(w, " until "));
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM sign_key WHERE retired_at IS NULL"), 1);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM sign_key"), 2);
    unsetenv("FAIRWAY_VAR");
    unlink(path);
    rmdir(arena_printf(w->a, "%s/keys", folder));
    rmdir(folder);
}

/* The path of a file with TEXT, which the caller unlinks. */
static const char *file_of(struct world *w, const char *text)
{
    char path[] = "/tmp/fairway-ctl-file-XXXXXX";
    const int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return arena_dup(w->a, path);
}

static void run(struct world *w, const char *sql)
{
    struct db *db = testdb_connect(w->schema.name, NULL);

    assert_ok(db_script(db, sql));
    db_close(db);
}

static void test_ctl_import__that_was_killed_is_taken_back(void **state)
{
    struct world *w = *state;
    const char *two = file_of(w, "name,country\nKormoran Netze,DE\nLachmöwe Kabel,DE\n");
    const char *one = file_of(w, "name,country\nTordalk Pumpen,DE\n");
    int64_t id;

    assert_int_equal(ctl(w, arena_printf(w->a, "import accounts %s", two), ""), 0);
    id = ask(w, "SELECT MAX(id) AS n FROM transfer");
    run(w,
        arena_printf(w->a, "UPDATE transfer SET state = 'running' WHERE id = %lld", (long long)id));
    run(w,
        arena_printf(w->a, "UPDATE transfer_set SET running_id = %lld WHERE dataset = 'accounts'",
                     (long long)id));
    assert_int_equal(ctl(w, arena_printf(w->a, "import accounts %s", one), ""), 1);
    assert_true(said(w, arena_printf(w->a, "fairwayctl import undo IM-%lld", (long long)id)));
    assert_int_equal(ctl(w, arena_printf(w->a, "import undo IM-%lld", (long long)id), ""), 0);
    assert_true(said(w, "2 taken back"));
    assert_int_equal(ctl(w, arena_printf(w->a, "import accounts %s", one), ""), 0);
    unlink(one);
    unlink(two);
}

static void test_ctl_import__of_people_makes_staff_who_wait_or_are_mailed(void **state)
{
    struct world *w = *state;
    const char *waits = file_of(w, "email,name,roles\nwanda@vendor.example,Wanda,auditor\n");
    const char *mailed = file_of(w, "email,name,roles\nmilo@vendor.example,Milo,sales\n"
                                    "WANDA@vendor.example,Wanda,auditor\n");

    assert_int_equal(ctl(w, arena_printf(w->a, "import users %s", waits), ""), 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM outbox o JOIN user u ON u.id = o.user_id"
                            " WHERE u.email = 'wanda@vendor.example'"),
                     0);
    assert_int_equal(ctl(w, arena_printf(w->a, "import users --invite %s", mailed), ""), 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM outbox o JOIN user u ON u.id = o.user_id"
                            " WHERE u.email = 'milo@vendor.example' AND u.audience = 'staff'"),
                     1);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user WHERE name = 'Wanda'"), 1);
    assert_int_equal(ctl(w, "export users", ""), 0);
    assert_true(said(w, "milo@vendor.example,Milo,,,sales,"));
    unlink(waits);
    unlink(mailed);
}

static void test_ctl_import__takes_managers_by_their_addresses_and_export_gives_them_out(
    void **state)
{
    struct world *w = *state;
    const char *head = file_of(w, "email,name,roles\nhilda@vendor.example,Hilda,auditor\n");
    const char *led = file_of(w, "email,name,roles,manager\n"
                                 "lena@vendor.example,Lena,sales,Hilda@Vendor.example\n");
    const char *bad = file_of(w, "email,name,roles,manager\n"
                                 "lost@vendor.example,Lost,sales,nobody@vendor.example\n");

    assert_int_equal(ctl(w, arena_printf(w->a, "import users %s", head), ""), 0);
    assert_int_equal(ctl(w, arena_printf(w->a, "import users %s", led), ""), 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM user u JOIN user m ON m.id = u.manager_id"
                            " WHERE u.name = 'Lena' AND m.name = 'Hilda'"),
                     1);
    assert_int_equal(ctl(w, arena_printf(w->a, "import users %s", bad), ""), 1);
    assert_int_equal(ctl(w, "export users", ""), 0);
    assert_true(said(w, "language,zone,manager"));
    assert_true(said(w, ",hilda@vendor.example"));
    unlink(head);
    unlink(led);
    unlink(bad);
}

static void test_ctl_import__takes_custom_fields_and_export_gives_them_out(void **state)
{
    struct world *w = *state;
    const char *file = file_of(w, "name,country,sites\nSumpfohreule Netze,DE,14\n");
    const char *bad = file_of(w, "name,country,sites\nSperbereule Netze,DE,many\n");

    run(w, "INSERT INTO custom_field (kind, code, type, name_en, name_zh) VALUES ('account',"
           " 'sites', 'int', 'Sites', 'S')");
    assert_int_equal(ctl(w, arena_printf(w->a, "import accounts %s", file), ""), 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM custom_value WHERE number_value = 14"), 1);
    assert_int_equal(ctl(w, arena_printf(w->a, "import accounts %s", bad), ""), 1);
    assert_int_equal(ctl(w, "export accounts", ""), 0);
    assert_true(said(w, "department,owner,sites"));
    assert_true(said(w, "Sumpfohreule Netze"));
    assert_true(said(w, ",14"));
    run(w, "DELETE FROM custom_value; DELETE FROM custom_field");
    unlink(file);
    unlink(bad);
}

static void test_ctl_conf__lists_the_options(void **state)
{
    struct world *w = *state;

    assert_int_equal(ctl(w, "conf", ""), 0);
    assert_true(said(w, "db_socket"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ctl__says_how_it_is_used),
        cmocka_unit_test(test_ctl__one_line_says_what_failed),
        cmocka_unit_test(test_ctl_check__that_cannot_begin_has_failed),
        cmocka_unit_test(test_ctl_migrate__twice_is_as_good_as_once),
        cmocka_unit_test(test_ctl_user_add__prints_an_invitation),
        cmocka_unit_test(test_ctl_user_add__takes_the_manager_of_somebody_of_staff),
        cmocka_unit_test(test_ctl_user_add__takes_a_password_from_standard_input),
        cmocka_unit_test(test_ctl_user_add__refuses_bad_passwords_and_leaves_nothing),
        cmocka_unit_test(test_ctl_user_add__refuses_what_does_not_fit_together),
        cmocka_unit_test(test_ctl_user_reset__ends_sessions_and_drops_the_second_factor),
        cmocka_unit_test(test_ctl_audit_verify__fails_when_the_trail_was_changed),
        cmocka_unit_test(test_ctl_match__judges_pairs_without_a_database),
        cmocka_unit_test(test_ctl_receipt__is_checked_with_public_keys_alone),
        cmocka_unit_test(test_ctl_receipt__takes_one_key_from_the_line),
        cmocka_unit_test(test_ctl_key__makes_one_and_replaces_it),
        cmocka_unit_test(test_ctl_import__that_was_killed_is_taken_back),
        cmocka_unit_test(test_ctl_import__of_people_makes_staff_who_wait_or_are_mailed),
        cmocka_unit_test(
            test_ctl_import__takes_managers_by_their_addresses_and_export_gives_them_out),
        cmocka_unit_test(test_ctl_import__takes_custom_fields_and_export_gives_them_out),
        cmocka_unit_test(test_ctl_conf__lists_the_options),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}

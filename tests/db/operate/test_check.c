/* operate/check*.c: a portal that is well, and each way in which it may not be. */
#include "support/test.h"

#include "backup/manifest.h"
#include "base/clock.h"
#include "base/str.h"
#include "db/migrate.h"
#include "operate/inside.h"
#include "receipt/log_key.h"
#include "support/folder.h"
#include "support/testdb.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* -- a portal that is well -----------------------------------------------------------------------
 */

static const char *const programs[] = { "public", "login", "partner", "customer", "staff" };
enum { PROGRAMS = sizeof(programs) / sizeof(programs[0]) };

struct world {
    struct testdb schema;
    struct folder folder;
    struct arena *a;
    struct db *db;
    struct conf conf;
    pid_t served_by; /* 0: nobody */
    struct check c;
};
static struct world *w;

/* A schema with its grants takes a second: tests that leave it as it was share one. */
static struct testdb kept;
static bool is_kept, is_touched;

static struct testdb schema_for_a_test(void)
{
    if (!is_kept)
        testdb_copy(&kept);
    is_kept = true;
    is_touched = false;
    return kept;
}

static int forget_schema(void **state)
{
    (void)state;
    if (is_kept)
        testdb_drop(&kept);
    is_kept = false;
    return 0;
}

static int listen_at(const char *path)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    unlink(path);
    snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
    assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
    assert_int_equal(listen(fd, 8), 0);
    assert_int_equal(chmod(path, 0660), 0);
    return fd;
}

_Noreturn static void answer_all(struct pollfd *sockets, const char *answer)
{
    unsigned char head[8] = { 1, 6, 0, 1, 0, (unsigned char)strlen(answer), 0, 0 };
    char request[1024];

    for (;;) {
        poll(sockets, PROGRAMS, -1);
        for (int i = 0; i < PROGRAMS; i++) {
            int fd = (sockets[i].revents & POLLIN) != 0 ? accept(sockets[i].fd, NULL, NULL) : -1;

            if (fd < 0)
                continue;
            if (recv(fd, request, sizeof(request), 0) > 0 &&
                send(fd, head, sizeof(head), MSG_NOSIGNAL) == sizeof(head))
                send(fd, answer, strlen(answer), MSG_NOSIGNAL);
            close(fd);
        }
    }
}

/* Stands in for the web programs: each answers with these headers. */
static void serve(const char *answer)
{
    struct pollfd sockets[PROGRAMS];

    for (int i = 0; i < PROGRAMS; i++)
        sockets[i] = (struct pollfd){ .fd = listen_at(arena_printf(w->a, "%s/run/%s.sock",
                                                                   w->folder.path, programs[i])),
                                      .events = POLLIN };
    fflush(NULL);
    w->served_by = fork();
    if (w->served_by == 0)
        answer_all(sockets, answer);
    for (int i = 0; i < PROGRAMS; i++)
        close(sockets[i].fd);
}

static void end_serving(void)
{
    if (w->served_by == 0)
        return;
    kill(w->served_by, SIGKILL);
    waitpid(w->served_by, NULL, 0);
    w->served_by = 0;
}

static const char *path_of(const char *name)
{
    return arena_printf(w->a, "%s/%s", w->folder.path, name);
}

static void make_backup(int64_t at)
{
    struct manifest_file file = { .file = { .path = "db/ibdata1", .size = 1 },
                                  .sha256 = "0123456789abcdef0123456789abcdef"
                                            "0123456789abcdef0123456789abcdef" };
    struct manifest m = { .at = at,
                          .server = "10.11",
                          .database = "fairway",
                          .migration = 350,
                          .log_name = "",
                          .key = "",
                          .files = &file,
                          .count = 1 };

    unlink(path_of("backups/one/manifest"));
    assert_ok(manifest_write(w->a, path_of("backups/one"), &m));
}

static int make_world(void **state)
{
    struct note_key key;
    bool with_grants;

    (void)state;
    w = calloc(1, sizeof(*w));
    w->a = arena_new(64 * 1024);
    folder_make(&w->folder);
    with_grants = !is_kept;
    w->schema = schema_for_a_test();
    w->db = testdb_connect(w->schema.name, NULL);
    w->conf = (struct conf){ .var = w->folder.path,
                             .base_url = "https://portal.example",
                             .templates = "templates",
                             .static_dir = w->folder.path,
                             .locale_dir = w->folder.path,
                             .sql_dir = testdb_sql_dir(),
                             .db_name = w->schema.name,
                             .db_password_file = path_of("db.password"),
                             .smtp_password_file = path_of("smtp.password"),
                             .smtp_url = "smtp://mail.example",
                             .sign_key_file = "",
                             .socket_dir = "",
                             .tls_certificate = "",
                             .backup_dir = path_of("backups"),
                             .log_origin = "portal.example/log" };
    folder_write(&w->folder, "manifest.txt", "");
    folder_write(&w->folder, "zh_CN.UTF-8/LC_CTYPE", "");
    folder_write(&w->folder, "db.password", "secret\n");
    folder_write(&w->folder, "smtp.password", "secret\n");
    folder_write(&w->folder, "run/.keep", "");
    folder_write(&w->folder, "backups/one/.keep", "");
    chmod(path_of("db.password"), 0600);
    chmod(path_of("smtp.password"), 0400);
    make_backup(clock_now_us() - CLOCK_HOUR);
    if (with_grants)
        assert_ok(migrate_grants(w->db, w->a, w->conf.sql_dir, w->conf.db_name, NULL));
    assert_ok(db_script(w->db, "DELETE FROM sign_key"));
    assert_ok(log_key_new(w->db, w->a, &w->conf, &key));
    serve("Status: 200 OK\r\n\r\nok");
    return 0;
}

static int end_world(void **state)
{
    (void)state;
    end_serving();
    clock_set_us(0);
    db_close(w->db);
    if (is_touched)
        forget_schema(state);
    folder_remove(&w->folder);
    arena_free(w->a);
    free(w);
    return 0;
}

/* -- looking -------------------------------------------------------------------------------------
 */

static void look(void)
{
    w->c = (struct check){ .a = w->a, .conf = &w->conf, .db = w->db };
    check_all(&w->c, NULL);
}

static void print_lines(void)
{
    for (size_t i = 0; i < w->c.count; i++)
        print_error("  %s %s: %s (%s)\n", check_level_name(w->c.lines[i].level), w->c.lines[i].name,
                    w->c.lines[i].found, w->c.lines[i].todo);
}

/* Fails unless NAME has a line of LEVEL with WORDS and what to do, and every other question is
 * well. */
static void expect_only(const char *name, enum check_level level, const char *words)
{
    int hits = 0, others = 0;

    look();
    for (size_t i = 0; i < w->c.count; i++) {
        const struct check_line *line = &w->c.lines[i];

        if (line->level == CHECK_OK)
            continue;
        if (str_eq(line->name, name) && line->level == level &&
            strstr(line->found, words) != NULL && *line->todo != '\0')
            hits++;
        else
            others += !str_eq(line->name, name);
    }
    if (hits == 0 || others != 0)
        print_lines();
    assert_true(hits > 0);
    assert_int_equal(others, 0);
    assert_int_equal(check_worst(&w->c), level);
}

static void script(const char *sql)
{
    is_touched = true;
    assert_ok(db_script(w->db, sql));
}

static void test_check__all_is_well(void **state)
{
    (void)state;
    look();
    if (check_worst(&w->c) != CHECK_OK)
        print_lines();
    assert_int_equal(check_worst(&w->c), CHECK_OK);
    assert_true(w->c.count > 15);
}

static void test_check__a_database_that_is_away_does_not_hide_the_rest(void **state)
{
    struct err *away = err_raise(ERR_UNAVAILABLE, "connect: 2002");

    (void)state;
    w->conf.tls_certificate = "/nowhere/portal.pem";
    w->c = (struct check){ .a = w->a, .conf = &w->conf };
    check_all(&w->c, away);
    err_free(away);
    assert_int_equal(w->c.lines[0].level, CHECK_FAIL);
    assert_non_null(strstr(w->c.lines[0].found, "2002"));
    assert_string_equal(w->c.lines[w->c.count - 1].name, "certificate");
    assert_int_equal(w->c.lines[w->c.count - 1].level, CHECK_FAIL);
}

static void test_check__options_that_name_nothing(void **state)
{
    (void)state;
    w->conf.templates = "/nowhere";
    expect_only("options", CHECK_FAIL, "option templates: cannot read /nowhere");
}

static void test_check__pages_in_the_open(void **state)
{
    (void)state;
    w->conf.base_url = "http://portal.example";
    expect_only("options", CHECK_FAIL, "in the open");
}

static void test_check__mails_that_reach_nobody(void **state)
{
    (void)state;
    w->conf.smtp_url = "";
    expect_only("options", CHECK_WARN, "reach nobody");
}

static void test_check__a_password_that_others_may_read(void **state)
{
    (void)state;
    chmod(w->conf.smtp_password_file, 0640);
    expect_only("secrets", CHECK_FAIL, "may be read by others");
}

static void test_check__no_key(void **state)
{
    (void)state;
    assert_int_equal(unlink(path_of("keys/log.key")), 0);
    expect_only("key", CHECK_FAIL, "log.key");
}

static void test_check__a_key_that_others_may_read(void **state)
{
    (void)state;
    chmod(path_of("keys/log.key"), 0644);
    expect_only("key", CHECK_FAIL, "log.key");
}

static void test_check__a_key_that_is_not_in_use(void **state)
{
    (void)state;
    script("UPDATE sign_key SET retired_at = UTC_TIMESTAMP(6)");
    expect_only("key", CHECK_FAIL, "is not in use");
}

static void test_check__a_key_that_is_old(void **state)
{
    (void)state;
    script("UPDATE sign_key SET valid_from = UTC_TIMESTAMP(6) - INTERVAL 4 YEAR");
    expect_only("key", CHECK_WARN, "signs for portal.example/log");
}

static void test_check__a_migration_that_is_missing(void **state)
{
    (void)state;
    script("DELETE FROM schema_migration WHERE number = 350");
    expect_only("schema", CHECK_FAIL, "0350_deal_bulk.sql");
}

static void test_check__a_migration_that_was_changed(void **state)
{
    (void)state;
    script("UPDATE schema_migration SET sha256 = SHA2('', 256) WHERE number = 3");
    expect_only("schema", CHECK_FAIL, "0003_job_shared.sql was changed");
}

static void test_check__an_account_with_another_right(void **state)
{
    (void)state;
    script(arena_printf(w->a, "GRANT SELECT ON `%s`.credential TO fw_partner@localhost",
                        w->schema.name));
    expect_only("rights", CHECK_FAIL, "other rights than their file says: 1");
}

static void test_check__clocks_that_differ(void **state)
{
    (void)state;
    clock_set_us(clock_now_us() - 10 * CLOCK_SECOND);
    expect_only("clock", CHECK_WARN, "differ by 10.");
    clock_set_us(0);
    clock_set_us(clock_now_us() + 60 * CLOCK_SECOND);
    expect_only("clock", CHECK_FAIL, "differ by 59.");
}

static void test_check__jobs_that_nobody_takes(void **state)
{
    (void)state;
    script("INSERT INTO job (kind, due_at, created_at) VALUES ('x',"
           " UTC_TIMESTAMP(6) - INTERVAL 90 SECOND, UTC_TIMESTAMP(6))");
    expect_only("jobs", CHECK_WARN, "waits 90 s");
    script("UPDATE job SET due_at = due_at - INTERVAL 20 MINUTE");
    expect_only("jobs", CHECK_FAIL, "waits 129");
}

static void test_check__a_job_that_was_given_up(void **state)
{
    (void)state;
    script("INSERT INTO job (kind, state, due_at, created_at, ended_at) VALUES ('x', 'failed',"
           " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    expect_only("jobs", CHECK_WARN, "given up in the last week: 1");
}

#define MAIL                                                                                         \
    "INSERT INTO outbox (template, lang, values_json, state, due_at, created_at) VALUES ('x', 'en'," \
    " '{}', "

static void test_check__mails_that_wait(void **state)
{
    (void)state;
    script(MAIL "'waiting', UTC_TIMESTAMP(6) - INTERVAL 1 HOUR,"
                " UTC_TIMESTAMP(6) - INTERVAL 1 HOUR)");
    expect_only("mails", CHECK_WARN, "waiting: 1");
    script("UPDATE outbox SET created_at = created_at - INTERVAL 1 DAY");
    expect_only("mails", CHECK_FAIL, "waiting: 1");
}

static void test_check__a_mail_that_was_given_up(void **state)
{
    (void)state;
    script(MAIL "'failed', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    expect_only("mails", CHECK_WARN, "given up in the last week: 1");
}

static void add_event(const char *age)
{
    script("DELETE FROM audit_event");
    script(arena_printf(w->a,
                        "INSERT INTO audit_event (kind, object_id, seq, at, user_id, audience,"
                        " address, action, prev_hash, hash) VALUES ('x', 1, 1,"
                        " UTC_TIMESTAMP(6) - INTERVAL %s, 1, 'staff', '', 'x', '', '')",
                        age));
}

static void test_check__events_that_never_reach_the_log(void **state)
{
    (void)state;
    add_event("5 MINUTE");
    expect_only("log", CHECK_WARN, "no leaf yet: 1");
    add_event("2 HOUR");
    expect_only("log", CHECK_FAIL, "no leaf yet: 1");
}

static void test_check__receipts_that_nobody_signs(void **state)
{
    (void)state;
    script("SET SESSION foreign_key_checks = 0; INSERT INTO receipt (deal_id, account_id, event,"
           " statement, salt, made_at) VALUES (1, 1, 'submitted', '', '',"
           " UTC_TIMESTAMP(6) - INTERVAL 1 HOUR)");
    expect_only("log", CHECK_FAIL, "not signed: 1");
}

static void test_check__a_log_that_nobody_signed(void **state)
{
    (void)state;
    script("UPDATE log_head SET size = 7");
    expect_only("log", CHECK_FAIL, "leaves: 7, signed up to 0");
}

static void test_check__a_program_that_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(unlink(path_of("run/staff.sock")), 0);
    expect_only("programs", CHECK_FAIL, "staff: there is no socket");
}

static void test_check__a_program_that_nobody_runs(void **state)
{
    (void)state;
    end_serving();
    expect_only("programs", CHECK_FAIL, "does not answer");
}

static void test_check__a_program_that_is_ill(void **state)
{
    (void)state;
    end_serving();
    serve("Status: 503 Service Unavailable\r\n\r\n");
    expect_only("programs", CHECK_FAIL, "partner: it answers 503");
}

static void test_check__a_socket_for_everybody(void **state)
{
    (void)state;
    chmod(path_of("run/login.sock"), 0666);
    expect_only("programs", CHECK_FAIL, "login: everybody may speak to it");
}

static void test_check__a_backup_that_is_old(void **state)
{
    (void)state;
    make_backup(clock_now_us() - 30 * CLOCK_HOUR);
    expect_only("backup", CHECK_WARN, "one is the newest, 30 hours old");
    make_backup(clock_now_us() - 9 * CLOCK_DAY);
    expect_only("backup", CHECK_FAIL, "one is the newest");
}

static void test_check__no_backup(void **state)
{
    (void)state;
    assert_int_equal(unlink(path_of("backups/one/manifest")), 0);
    expect_only("backup", CHECK_FAIL, "no complete backup");
    w->conf.backup_dir = "/nowhere";
    expect_only("backup", CHECK_FAIL, "cannot read /nowhere");
    w->conf.backup_dir = "";
    expect_only("backup", CHECK_WARN, "nobody knows");
}

static void test_check__a_disk_that_is_full(void **state)
{
    (void)state;
    assert_int_equal(check_room(15), CHECK_OK);
    assert_int_equal(check_room(14), CHECK_WARN);
    assert_int_equal(check_room(5), CHECK_WARN);
    assert_int_equal(check_room(4), CHECK_FAIL);
}

/* Made for this test, good until 2026-12-27 13:48:03 UTC. */
static const char certificate[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhjCCAS2gAwIBAgIURUfZ7ndHcBi4KrSmm+Gdno0rrV4wCgYIKoZIzj0EAwIw\n"
    "GTEXMBUGA1UEAwwOcG9ydGFsLmV4YW1wbGUwHhcNMjYxMTI3MTM0ODAzWhcNMjYx\n"
    "MjI3MTM0ODAzWjAZMRcwFQYDVQQDDA5wb3J0YWwuZXhhbXBsZTBZMBMGByqGSM49\n"
    "AgEGCCqGSM49AwEHA0IABNfLUvqoB2qXbwOgTWOx8lH80OyNz74hNENWg7WuA+3N\n"
    "8kAxLohyFMM+LJFDIqrsOc4w/0p3rhCjMqmbgX0Ml8CjUzBRMB0GA1UdDgQWBBSg\n"
    "38TVtEjdC92ov6+OS0wFsi9oITAfBgNVHSMEGDAWgBSg38TVtEjdC92ov6+OS0wF\n"
    "si9oITAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIBbeyEj7MvSC\n"
    "aY5JNsJTWUS/XmDhEjX5ARs/UJQvE1cJAiAZ3ZM0CbByyK1C+/ey4ZvZeAhbzsL9\n"
    "G5UeryslxAm9WQ==\n"
    "-----END CERTIFICATE-----\n";

static void test_check__a_certificate_that_ends(void **state)
{
    int64_t ends = 1798379283 * CLOCK_SECOND;

    (void)state;
    folder_write(&w->folder, "portal.pem", certificate);
    w->conf.tls_certificate = path_of("portal.pem");
    w->c = (struct check){ .a = w->a, .conf = &w->conf, .name = "certificate" };
    clock_set_us(ends - 30 * CLOCK_DAY);
    assert_ok(check_certificate(&w->c));
    assert_int_equal(w->c.lines[0].level, CHECK_OK);
    clock_set_us(ends - 10 * CLOCK_DAY);
    assert_ok(check_certificate(&w->c));
    assert_int_equal(w->c.lines[1].level, CHECK_WARN);
    clock_set_us(ends + CLOCK_DAY);
    assert_ok(check_certificate(&w->c));
    assert_int_equal(w->c.lines[2].level, CHECK_FAIL);
    clock_set_us(0);
    folder_write(&w->folder, "portal.pem", "nothing");
    expect_only("certificate", CHECK_FAIL, "holds no certificate");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, end_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_check__all_is_well),
        TEST(test_check__a_database_that_is_away_does_not_hide_the_rest),
        TEST(test_check__options_that_name_nothing),
        TEST(test_check__pages_in_the_open),
        TEST(test_check__mails_that_reach_nobody),
        TEST(test_check__a_password_that_others_may_read),
        TEST(test_check__no_key),
        TEST(test_check__a_key_that_others_may_read),
        TEST(test_check__a_key_that_is_not_in_use),
        TEST(test_check__a_key_that_is_old),
        TEST(test_check__a_migration_that_is_missing),
        TEST(test_check__a_migration_that_was_changed),
        TEST(test_check__an_account_with_another_right),
        TEST(test_check__clocks_that_differ),
        TEST(test_check__jobs_that_nobody_takes),
        TEST(test_check__a_job_that_was_given_up),
        TEST(test_check__mails_that_wait),
        TEST(test_check__a_mail_that_was_given_up),
        TEST(test_check__events_that_never_reach_the_log),
        TEST(test_check__receipts_that_nobody_signs),
        TEST(test_check__a_log_that_nobody_signed),
        TEST(test_check__a_program_that_is_not_there),
        TEST(test_check__a_program_that_nobody_runs),
        TEST(test_check__a_program_that_is_ill),
        TEST(test_check__a_socket_for_everybody),
        TEST(test_check__a_backup_that_is_old),
        TEST(test_check__no_backup),
        TEST(test_check__a_disk_that_is_full),
        TEST(test_check__a_certificate_that_ends),
    };

    return cmocka_run_group_tests(tests, NULL, forget_schema);
}

/* A master with its workers as processes, behind a socket: starts, reloads, crashes, drains. */
#include "support/test.h"
#include "support/fcgi_client.h"
#include "support/folder.h"
#include "support/testdb.h"
#include "support/webtest.h"

#include "access/session.h"
#include "base/clock.h"
#include "base/metric_read.h"
#include "base/str.h"
#include "operate/metrics_inside.h"
#include "program/program.h"
#include "text/xlsx_write.h"
#include "web/master.h"
#include "web/request.h"
#include "web/web_sql.h"
#include "web/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* -- the program
 * ---------------------------------------------------------------------------------------- */

static struct err *tell_pid(struct request *req)
{
    const char *text = arena_printf(req->arena, "%d", (int)getpid());

    return err_pass(reply_text(req, "text/plain", text, strlen(text)));
}

/* What a new version of the program answers differently. */
static struct err *tell_version(struct request *req)
{
    const char *version = getenv("TEST_VERSION");
    const char *text = version == NULL ? "1" : version;

    return err_pass(reply_text(req, "text/plain", text, strlen(text)));
}

static struct err *be_slow(struct request *req)
{
    poll(NULL, 0, 700);
    return err_pass(tell_pid(req));
}

static struct err *crash(struct request *req)
{
    (void)req;
    __builtin_trap();
}

static struct err *spin(struct request *req)
{
    volatile unsigned turns = 0;

    while (req != NULL)
        turns++;
    return NULL;
}

enum { BIG_BYTES = 8 * 1024 * 1024 };

static struct err *be_big(struct request *req)
{
    return err_pass(reply_text(req, "text/plain", arena_alloc(req->arena, BIG_BYTES), BIG_BYTES));
}

static struct err *stream(struct request *req)
{
    char piece[1000];

    memset(piece, 's', sizeof(piece));
    TRY(reply_begin(req, "s.txt", "text/plain"));
    for (int i = 0; i < 1000; i++)
        TRY(reply_chunk(req, piece, sizeof(piece)));
    return NULL;
}

static struct err *break_stream(struct request *req)
{
    TRY(stream(req));
    return err_raise(ERR_BUG, "in the middle");
}

/* What a subverted worker would like to do. */
static struct err *try_things(struct request *req)
{
    char *const none[] = { NULL };
    const char *text;

    errno = 0;
    int file = open("sandbox-was-here", O_WRONLY | O_CREAT, 0600);
    int file_errno = errno;
    int run = execve("/bin/true", none, none);
    int run_errno = errno;
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    text = arena_printf(req->arena, "%d %d %d %d %d", file, file_errno == EPERM, run,
                        run_errno == EPERM, (int)child);
    return err_pass(reply_text(req, "text/plain", text, strlen(text)));
}

/* The one kind of file that a server writes: no name, and none ever. */
static struct err *write_workbook(struct request *req)
{
    static const struct text_xlsx_column columns[] = { { "Name", XLSX_TEXT, 0 } };
    const char *const cells[] = { "北辰" };
    char bytes[4096], own[40];
    struct text_xlsx_out *x;
    const char *text;
    FILE *file;

    TRY(text_xlsx_begin("/tmp", "Test", columns, 1, 0, &x));
    TRY(text_xlsx_row(x, cells));
    TRY(text_xlsx_end(x, &file));
    const size_t len = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    const int nameless = open("/tmp", O_RDWR | O_TMPFILE | O_EXCL, 0600);
    snprintf(own, sizeof(own), "/proc/self/fd/%d", nameless);
    const int named = linkat(AT_FDCWD, own, AT_FDCWD, "/tmp/sandbox-was-here", AT_SYMLINK_FOLLOW);
    const int nameable = open("/tmp", O_RDWR | O_TMPFILE, 0600);
    close(nameless);
    text = arena_printf(req->arena, "%d %d %d %d %d", len > 1000, memcmp(bytes, "PK", 2) == 0,
                        nameless >= 0, named, nameable);
    return err_pass(reply_text(req, "text/plain", text, strlen(text)));
}

#define FOR_ALL .method = HTTP_GET, .audience = AUD_PUBLIC, .permission = PERM_PUBLIC

static const struct route test_routes[] = {
    { .name = "t.pid", FOR_ALL, .path = "/pid", .handler = tell_pid },
    { .name = "t.version", FOR_ALL, .path = "/version", .handler = tell_version },
    { .name = "t.slow", FOR_ALL, .path = "/slow", .handler = be_slow },
    { .name = "t.crash", FOR_ALL, .path = "/crash", .handler = crash },
    { .name = "t.spin", FOR_ALL, .path = "/spin", .handler = spin },
    { .name = "t.big", FOR_ALL, .path = "/big", .handler = be_big },
    { .name = "t.stream", FOR_ALL, .path = "/stream", .handler = stream },
    { .name = "t.broken", FOR_ALL, .path = "/broken", .handler = break_stream },
    { .name = "t.things", FOR_ALL, .path = "/things", .handler = try_things },
    { .name = "t.workbook", FOR_ALL, .path = "/workbook", .handler = write_workbook },
    { 0 },
};

static const struct route *const routes[] = { test_routes, NULL };
static db_stmt_table *const statements[] = { web_statements, session_read_statements, NULL };
/* As after a migration that did not run: its table is not there. */
static const struct db_stmt unfit_stmt = {
    .name = "test.unfit", .sql = "DELETE FROM no_such_table", .binds = "", .flags = DB_WRITE
};
static db_stmt_table unfit_statements[] = { &unfit_stmt, NULL };
static db_stmt_table *const statements_unfit[] = { web_statements, session_read_statements,
                                                   unfit_statements, NULL };
static const struct program program = { .name = "public",
                                        .prefix = "",
                                        .audience = AUD_PUBLIC,
                                        .routes = routes,
                                        .statements = statements,
                                        .request_cpu_seconds = 1 };

/* -- a running one
 * ------------------------------------------------------------------------------------------ */

struct portal {
    char folder[200], socket[256], conf[256], db_link[256];
    char log[256];
    char test[256]; /* the path of this test */
    char path[256]; /* of the program: at first a link to this test, which then is the program */
    pid_t master;
};

static void write_conf(const struct portal *p, const char *templates)
{
    FILE *f = fopen(p->conf, "we");

    assert_non_null(f);
    fprintf(f, "workers = 2\ntemplates = %s\n", templates);
    fclose(f);
}

static void sleep_ms(int ms)
{
    poll(NULL, 0, ms);
}

static int status_of(const struct portal *p, const char *address)
{
    struct fcgi_answer a = fcgi_get(p->socket, address);
    int status = a.complete ? a.status : 0;

    fcgi_answer_free(&a);
    return status;
}

/* Asks until STATUS comes; false after ten seconds. */
static bool wait_for(const struct portal *p, const char *address, int status)
{
    for (int i = 0; i < 200; i++) {
        if (status_of(p, address) == status)
            return true;
        sleep_ms(50);
    }
    return false;
}

static void start(struct portal *p)
{
    fflush(NULL);
    p->master = fork();
    if (p->master == 0) {
        static const int caught[] = { SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGABRT };

        /* The test framework would take a crash of a worker for one of its own. */
        for (size_t i = 0; i < ARRAY_LEN(caught); i++)
            signal(caught[i], SIG_DFL);
        int log = getenv("TEST_LOG") != NULL ? STDERR_FILENO
                                             : open(p->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

        dup2(log, STDERR_FILENO);
        dup2(log, STDOUT_FILENO);
        execl(p->path, p->path, (char *)NULL);
        _exit(127);
    }
}

/* Puts another program at its path, as an installation does. */
static void install(const struct portal *p, const char *script)
{
    char made[300];
    FILE *f;

    snprintf(made, sizeof(made), "%s.new", p->path);
    f = fopen(made, "we");
    assert_non_null(f);
    fputs(script, f);
    assert_int_equal(fchmod(fileno(f), 0700), 0);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(rename(made, p->path), 0);
}

static void install_version(const struct portal *p, int version)
{
    char script[1024];

    snprintf(script, sizeof(script), "#!/bin/bash\nTEST_VERSION=%d exec -a \"$0\" '%s' \"$@\"\n",
             version, p->test);
    install(p, script);
}

static bool version_is(const struct portal *p, const char *version)
{
    struct fcgi_answer a = fcgi_get(p->socket, "/version");
    bool is = a.complete && a.status == 200 && strcmp(a.body, version) == 0;

    fcgi_answer_free(&a);
    return is;
}

/* False after ten seconds. */
static bool wait_for_version(const struct portal *p, const char *version)
{
    for (int i = 0; i < 200; i++) {
        if (version_is(p, version))
            return true;
        sleep_ms(50);
    }
    return false;
}

static bool log_says(const struct portal *p, const char *text)
{
    char line[2048];
    bool says = false;
    FILE *f = fopen(p->log, "re");

    assert_non_null(f);
    while (!says && fgets(line, sizeof(line), f) != NULL)
        says = strstr(line, text) != NULL;
    fclose(f);
    return says;
}

static bool wait_for_log(const struct portal *p, const char *text)
{
    for (int i = 0; i < 200; i++) {
        if (log_says(p, text))
            return true;
        sleep_ms(50);
    }
    return false;
}

static int stop(struct portal *p)
{
    int status = -1;

    kill(p->master, SIGTERM);
    waitpid(p->master, &status, 0);
    p->master = 0;
    return status;
}

static int set_up(void **state)
{
    const struct passwd *me = getpwuid(geteuid());
    static struct portal p;

    p = (struct portal){ 0 };
    snprintf(p.folder, sizeof(p.folder), "/tmp/fairway-master-%d", (int)getpid());
    snprintf(p.socket, sizeof(p.socket), "%s/run/public.sock", p.folder);
    snprintf(p.conf, sizeof(p.conf), "%s/conf", p.folder);
    snprintf(p.db_link, sizeof(p.db_link), "%s/db.sock", p.folder);
    mkdir(p.folder, 0700);
    char run[256];
    snprintf(run, sizeof(run), "%s/run", p.folder);
    mkdir(run, 0700);
    unlink(p.db_link);
    assert_int_equal(symlink(testdb_socket(), p.db_link), 0);
    snprintf(p.log, sizeof(p.log), "%s/log", p.folder);
    snprintf(p.path, sizeof(p.path), "%s/public.fcgi", p.folder);
    unlink(p.log);
    unlink(p.path);
    assert_true(readlink("/proc/self/exe", p.test, sizeof(p.test) - 1) > 0);
    assert_int_equal(symlink(p.test, p.path), 0);
    write_conf(&p, "templates");
    setenv("FAIRWAY_CONF", p.conf, 1);
    setenv("FAIRWAY_VAR", p.folder, 1);
    setenv("FAIRWAY_DB_SOCKET", p.db_link, 1);
    setenv("FAIRWAY_DB_NAME", testdb_shared(), 1);
    setenv("FAIRWAY_DB_USER", me != NULL ? me->pw_name : "root", 1);
    *state = &p;
    return 0;
}

static int tear_down(void **state)
{
    struct portal *p = *state;

    if (p->master != 0)
        stop(p);
    return 0;
}

static int pid_of_worker(const struct portal *p)
{
    struct fcgi_answer a = fcgi_get(p->socket, "/pid");
    int pid = a.complete && a.body != NULL ? atoi(a.body) : 0;

    fcgi_answer_free(&a);
    return pid;
}

/* -- tests
 * ---------------------------------------------------------------------------------------------------
 */

static int status_asked(const struct portal *p, const char *address, int seconds_ago)
{
    char at[40];
    struct fcgi_answer a;
    int status;

    snprintf(at, sizeof(at), "%lld.000", (long long)(clock_now_us() / CLOCK_SECOND - seconds_ago));
    a = fcgi_get_asked_at(p->socket, address, at);
    status = a.complete ? a.status : 0;
    fcgi_answer_free(&a);
    return status;
}

static void test_master__sends_away_who_waited_too_long_when_the_queue_stands(void **state)
{
    struct portal *p = *state;
    int64_t until;
    int status;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    until = clock_monotonic_us() + 8 * CLOCK_SECOND;
    while ((status = status_asked(p, "/pid", 5)) == 200 && clock_monotonic_us() < until)
        ;
    assert_int_equal(status, 529);
    assert_int_equal(status_asked(p, "/healthz", 5), 200);
    assert_int_equal(status_asked(p, "/pid", -1), 200);
    assert_int_equal(status_of(p, "/pid"), 200);
}

static bool wait_for_room(const struct portal *p, int64_t room)
{
    int64_t waiting, found = 0;

    for (int i = 0; i < 200 && found != room; i++) {
        sleep_ms(50);
        if (!metrics_queue(p->socket, &waiting, &found))
            return false;
    }
    return found == room;
}

static void test_master__a_reload_gives_the_queue_its_room_back(void **state)
{
    struct portal *p = *state;
    int64_t until;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    assert_true(wait_for_room(p, 40));
    until = clock_monotonic_us() + 8 * CLOCK_SECOND;
    while (status_asked(p, "/pid", 5) == 200 && clock_monotonic_us() < until)
        ;
    assert_true(wait_for_room(p, 10));
    kill(p->master, SIGHUP);
    assert_true(wait_for_room(p, 40));
}

static void test_master__serves_on_a_socket_for_its_group_only(void **state)
{
    struct portal *p = *state;
    struct fcgi_answer a;
    struct stat st;

    start(p);
    assert_true(wait_for(p, "/healthz", 200));
    assert_int_equal(stat(p->socket, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    a = fcgi_get(p->socket, "/healthz");
    assert_non_null(strstr(a.head, "Content-Length: 3\r\n"));
    assert_string_equal(a.body, "ok\n");
    fcgi_answer_free(&a);
    assert_int_equal(stop(p), 0);
    /* Whoever comes next finds it, and puts his own in its place. */
    assert_int_equal(stat(p->socket, &st), 0);
}

static void test_master__replaces_a_worker_that_was_killed(void **state)
{
    struct portal *p = *state;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(status_of(p, "/crash"), 0);
        assert_true(wait_for(p, "/pid", 200));
    }
    assert_int_equal(kill(pid_of_worker(p), SIGKILL), 0);
    assert_true(wait_for(p, "/pid", 200));
}

/* Requests that all workers together answered with 200; pages alone. */
static int64_t pages_counted(const struct portal *p)
{
    struct arena *a = arena_new(64 * 1024);
    struct metric_file file;
    char path[300];
    int64_t count;

    snprintf(path, sizeof(path), "%s/run/public.metrics", p->folder);
    assert_ok(metric_file_read(a, path, NULL, &file));
    assert_true(file.up && file.counted);
    count = metric_file_value(&file, METRIC_REQUESTS, METRIC_PAGE, 1, 0);
    arena_free(a);
    return count;
}

static int64_t deaths_counted(const struct portal *p)
{
    struct arena *a = arena_new(64 * 1024);
    struct metric_file file;
    char path[300];
    int64_t count;

    snprintf(path, sizeof(path), "%s/run/public.metrics", p->folder);
    assert_ok(metric_file_read(a, path, NULL, &file));
    count = metric_file_value(&file, METRIC_DIED, METRIC_BY_SIGNAL, 0, 0);
    arena_free(a);
    return count;
}

/* Until the count is what it should be: a worker counts after its answer.  False after ten seconds.
 */
static bool wait_for_pages(const struct portal *p, int64_t count)
{
    for (int i = 0; i < 200 && pages_counted(p) != count; i++)
        sleep_ms(50);
    return pages_counted(p) == count;
}

static void test_master__what_a_killed_worker_counted_is_not_lost(void **state)
{
    struct portal *p = *state;
    int64_t before, deaths;
    int killed;

    start(p);
    assert_true(wait_for(p, "/healthz", 200));
    before = pages_counted(p);
    deaths = deaths_counted(p);
    for (int i = 0; i < 20; i++)
        assert_int_equal(status_of(p, "/version"), 200);
    killed = pid_of_worker(p);
    assert_true(wait_for_pages(p, before + 21));
    assert_int_equal(kill(killed, SIGKILL), 0);
    for (int i = 0; i < 200 && deaths_counted(p) != deaths + 1; i++)
        sleep_ms(50);
    assert_int_equal(deaths_counted(p), deaths + 1);
    assert_true(wait_for(p, "/healthz", 200));
    assert_true(wait_for_pages(p, before + 21));
    /* Nor by a reload, nor by a restart. */
    kill(p->master, SIGHUP);
    assert_true(wait_for_log(p, "master.reloaded"));
    assert_true(wait_for_pages(p, before + 21));
    assert_int_equal(stop(p), 0);
    start(p);
    assert_true(wait_for(p, "/healthz", 200));
    assert_true(wait_for_pages(p, before + 21));
}

static void test_master__ends_a_request_that_will_not_end(void **state)
{
    struct portal *p = *state;
    int64_t began;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    began = clock_monotonic_us();
    assert_int_equal(status_of(p, "/spin"), 0);
    assert_true(clock_monotonic_us() - began < 20 * CLOCK_SECOND);
    assert_true(wait_for(p, "/pid", 200));
}

/* Asks without a pause until it is told to stop; the exit status counts failures. */
static pid_t start_client(const struct portal *p, const char *address)
{
    pid_t pid = fork();

    if (pid == 0) {
        int64_t until = clock_monotonic_us() + 3 * CLOCK_SECOND;
        int failed = 0;

        while (clock_monotonic_us() < until)
            failed += status_of(p, address) != 200;
        _exit(failed > 100 ? 100 : failed);
    }
    return pid;
}

static int failures_of(pid_t client)
{
    int status;

    waitpid(client, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

static void test_master__reloads_under_load_without_a_failed_request(void **state)
{
    struct portal *p = *state;
    pid_t clients[3];
    int before, after;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    before = pid_of_worker(p);
    for (int i = 0; i < 3; i++)
        clients[i] = start_client(p, i == 0 ? "/slow" : "/pid");
    for (int i = 0; i < 3; i++) {
        sleep_ms(600);
        kill(p->master, SIGHUP);
    }
    for (int i = 0; i < 3; i++)
        assert_int_equal(failures_of(clients[i]), 0);
    after = pid_of_worker(p);
    assert_int_not_equal(before, after);
}

static void test_master__finishes_a_slow_answer_before_it_ends(void **state)
{
    struct portal *p = *state;
    struct fcgi_answer a;
    int fd;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    fd = fcgi_begin(p->socket, "GET", "/slow", "", NULL, 0);
    sleep_ms(100);
    kill(p->master, SIGTERM);
    a = fcgi_end(fd, 0);
    assert_true(a.complete);
    assert_int_equal(a.status, 200);
    fcgi_answer_free(&a);
    assert_int_equal(stop(p), 0);
}

static void test_master__a_slow_reader_gets_all_of_it_through_a_reload(void **state)
{
    struct portal *p = *state;
    struct fcgi_answer a;
    int fd;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    fd = fcgi_begin(p->socket, "GET", "/big", "", NULL, 0);
    sleep_ms(50);
    kill(p->master, SIGHUP);
    a = fcgi_end(fd, 5);
    assert_true(a.complete);
    assert_int_equal(a.body_len, BIG_BYTES);
    fcgi_answer_free(&a);
}

static void test_master__a_reload_takes_the_new_program_without_a_failed_request(void **state)
{
    struct portal *p = *state;
    pid_t clients[3], master;

    start(p);
    master = p->master;
    assert_true(wait_for(p, "/pid", 200));
    assert_true(version_is(p, "1"));
    for (int i = 0; i < 3; i++)
        clients[i] = start_client(p, i == 0 ? "/slow" : "/pid");
    for (int version = 2; version <= 3; version++) {
        char text[16];

        snprintf(text, sizeof(text), "%d", version);
        install_version(p, version);
        assert_int_equal(kill(master, SIGHUP), 0);
        assert_true(wait_for_version(p, text));
    }
    for (int i = 0; i < 3; i++)
        assert_int_equal(failures_of(clients[i]), 0);
    /* Still the same process, which ends when it is told to, with all its workers. */
    assert_int_equal(stop(p), 0);
    assert_int_equal(status_of(p, "/pid"), 0);
}

static void test_master__a_new_program_that_cannot_start_leaves_the_old_one_serving(void **state)
{
    struct portal *p = *state;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    install(p, "#!/bin/sh\necho broken on purpose >&2\nexit 1\n");
    kill(p->master, SIGHUP);
    assert_true(wait_for_log(p, "master.reload_failed"));
    assert_true(log_says(p, "broken on purpose"));
    assert_true(version_is(p, "1"));
    install_version(p, 2);
    kill(p->master, SIGHUP);
    assert_true(wait_for_version(p, "2"));
}

static void test_master__a_program_that_is_gone_leaves_the_old_one_serving(void **state)
{
    struct portal *p = *state;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    unlink(p->path);
    kill(p->master, SIGHUP);
    assert_true(wait_for_log(p, "master.reload_failed"));
    assert_true(log_says(p, "No such file"));
    assert_true(version_is(p, "1"));
}

static void test_master__a_new_program_that_fits_only_on_trial_leaves_the_old_one_serving(
    void **state)
{
    struct portal *p = *state;
    char script[1024];

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    snprintf(script, sizeof(script),
             "#!/bin/bash\n[ \"$1\" = --check ] && exit 0\n"
             "FAIRWAY_TEMPLATES=no-such-folder exec -a \"$0\" '%s'\n",
             p->test);
    install(p, script);
    kill(p->master, SIGHUP);
    assert_true(wait_for_log(p, "master.reload_failed"));
    assert_true(version_is(p, "1"));
    assert_true(version_is(p, "1"));
}

static void test_master__a_program_that_does_not_fit_ends_at_its_start(void **state)
{
    struct portal *p = *state;
    int status;

    write_conf(p, "no-such-folder");
    start(p);
    assert_int_equal(waitpid(p->master, &status, 0), p->master);
    p->master = 0;
    assert_int_equal(WEXITSTATUS(status), WORKER_UNFIT);
    assert_true(log_says(p, "master.unfit"));
}

static void test_master__a_statement_that_does_not_fit_ends_it_at_its_start(void **state)
{
    struct portal *p = *state;
    int status;

    setenv("TEST_UNFIT", "1", 1);
    start(p);
    unsetenv("TEST_UNFIT");
    assert_int_equal(waitpid(p->master, &status, 0), p->master);
    p->master = 0;
    assert_int_equal(WEXITSTATUS(status), WORKER_UNFIT);
    assert_true(log_says(p, "statement test.unfit"));
}

static int status_of_check(const struct portal *p)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        int log = open(p->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

        dup2(log, STDERR_FILENO);
        execl(p->path, p->path, "--check", (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_master__a_check_starts_nothing(void **state)
{
    struct portal *p = *state;

    unlink(p->socket);
    assert_int_equal(status_of_check(p), 0);
    assert_int_not_equal(access(p->socket, F_OK), 0);
}

static void test_master__a_check_names_a_statement_that_does_not_fit(void **state)
{
    struct portal *p = *state;

    setenv("TEST_UNFIT", "1", 1);
    assert_int_equal(status_of_check(p), WORKER_UNFIT);
    unsetenv("TEST_UNFIT");
    assert_true(log_says(p, "statement test.unfit"));
}

static void test_master__new_templates_at_fault_leave_the_old_workers_serving(void **state)
{
    struct portal *p = *state;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    write_conf(p, "no-such-folder");
    kill(p->master, SIGHUP);
    for (int i = 0; i < 10; i++) {
        sleep_ms(100);
        assert_int_equal(status_of(p, "/pid"), 200);
    }
    write_conf(p, "templates");
    kill(p->master, SIGHUP);
    sleep_ms(500);
    assert_true(wait_for(p, "/pid", 200));
}

static void test_master__begins_without_the_database_and_recovers(void **state)
{
    struct portal *p = *state;
    struct fcgi_answer a;

    unlink(p->db_link);
    start(p);
    assert_true(wait_for(p, "/healthz", 503));
    a = fcgi_get(p->socket, "/pid");
    assert_int_equal(a.status, 503);
    assert_non_null(strstr(a.head, "Retry-After: 15\r\n"));
    fcgi_answer_free(&a);
    assert_int_equal(symlink(testdb_socket(), p->db_link), 0);
    assert_true(wait_for(p, "/healthz", 200));
}

static void test_master__a_stream_is_whole_or_has_no_end(void **state)
{
    struct portal *p = *state;
    struct fcgi_answer a;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    a = fcgi_get(p->socket, "/stream");
    assert_true(a.complete);
    assert_int_equal(a.body_len, 1000000);
    fcgi_answer_free(&a);
    a = fcgi_get(p->socket, "/broken");
    assert_false(a.complete);
    fcgi_answer_free(&a);
}

static void test_master__a_refused_body_does_not_cost_the_answer(void **state)
{
    enum { TOO_MANY = 3 * 1024 * 1024 };
    struct portal *p = *state;
    char *body = calloc(1, TOO_MANY);
    struct fcgi_answer a;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    a = fcgi_end(fcgi_begin(p->socket, "POST", "/pid", "text/plain", body, TOO_MANY), 0);
    free(body);
    assert_true(a.complete);
    assert_int_equal(a.status, 405);
    fcgi_answer_free(&a);
}

static void test_master__a_worker_can_neither_write_files_nor_run_programs(void **state)
{
#if UNDER_ASAN
    (void)state;
    skip();
#else
    struct portal *p = *state;
    struct fcgi_answer a;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    a = fcgi_get(p->socket, "/things");
    assert_int_equal(a.status, 200);
    assert_string_equal(a.body, "-1 1 -1 1 -1");
    fcgi_answer_free(&a);
#endif
}

static void test_master__a_worker_writes_files_that_have_no_name_and_get_none(void **state)
{
#if UNDER_ASAN
    (void)state;
    skip();
#else
    struct portal *p = *state;
    struct fcgi_answer a;

    start(p);
    assert_true(wait_for(p, "/pid", 200));
    a = fcgi_get(p->socket, "/workbook");
    assert_int_equal(a.status, 200);
    assert_string_equal(a.body, "1 1 1 -1 -1");
    fcgi_answer_free(&a);
#endif
}

/* The public program as it is, below valgrind, which writes a file for each process with what it
 * found. */
static void install_below_valgrind(const struct portal *p)
{
    char script[2048], folder[300], link[320];

    snprintf(folder, sizeof(folder), "%s/real", p->folder);
    snprintf(link, sizeof(link), "%s/public.fcgi", folder);
    mkdir(folder, 0700);
    unlink(link);
    assert_int_equal(symlink(p->test, link), 0);
    snprintf(script, sizeof(script),
             "#!/bin/sh\nexport FAIRWAY_NO_SANDBOX=1 FAIRWAY_WORKERS=1 TEST_REAL=1\n"
             "exec valgrind -q --leak-check=full --show-leak-kinds=definite"
             " --errors-for-leak-kinds=definite --suppressions=tests/valgrind.supp"
             " --log-file=%s/valgrind.%%p '%s' \"$@\"\n",
             p->folder, link);
    install(p, script);
}

/* How many files valgrind wrote; what stands in one is shown and counted as a finding. */
static int valgrind_files(const struct portal *p, int *findings_out)
{
    char pattern[300], line[512];
    glob_t files = { 0 };
    int count;

    *findings_out = 0;
    snprintf(pattern, sizeof(pattern), "%s/valgrind.*", p->folder);
    if (glob(pattern, 0, NULL, &files) != 0)
        return 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        FILE *f = fopen(files.gl_pathv[i], "re");

        assert_non_null(f);
        for (; fgets(line, sizeof(line), f) != NULL; ++*findings_out)
            print_error("%s", line);
        fclose(f);
        unlink(files.gl_pathv[i]);
    }
    count = (int)files.gl_pathc;
    globfree(&files);
    return count;
}

static void test_master__a_worker_loses_no_memory(void **state)
{
    static const struct {
        const char *address;
        int status;
    } asked[] = { { "/", 200 },        { "/login", 200 },         { "/password", 200 },
                  { "/verify", 200 },  { "/account", 303 },       { "/login?next=/partner/", 200 },
                  { "/healthz", 200 }, { "/login?other=1", 400 }, { "/no/such/page", 404 } };
    enum { ROUNDS = 12 };
    struct portal *p = *state;
    int findings;

    if (UNDER_ASAN || system("command -v valgrind >/dev/null") != 0)
        skip();
    (void)valgrind_files(p, &findings);
    install_below_valgrind(p);
    start(p);
    assert_true(wait_for(p, "/healthz", 200) || wait_for(p, "/healthz", 200));
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < ARRAY_LEN(asked); i++)
            assert_int_equal(status_of(p, asked[i].address), asked[i].status);
    assert_int_equal(stop(p), 0);
    assert_int_equal(valgrind_files(p, &findings), 2); /* the master and its worker */
    assert_int_equal(findings, 0);
}

static void test_master__waits_longer_the_more_often_workers_die(void **state)
{
    (void)state;
    assert_int_equal(master_fork_wait_ms(0), 0);
    assert_int_equal(master_fork_wait_ms(3), 0);
    assert_int_equal(master_fork_wait_ms(4), 250);
    assert_int_equal(master_fork_wait_ms(5), 500);
    assert_int_equal(master_fork_wait_ms(1000), 30000);
}

/* The program itself, when it is called by its path. */
static int be_the_program(int argc, char **argv)
{
    struct program it = getenv("TEST_REAL") != NULL ? program_public : program;

    if (getenv("TEST_UNFIT") != NULL)
        it.statements = statements_unfit;
    return server_main(&it, argc, argv);
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');

    if (slash != NULL && strcmp(slash, "/public.fcgi") == 0)
        return be_the_program(argc, argv);
#define TEST(name) cmocka_unit_test_setup_teardown(test_master__##name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(serves_on_a_socket_for_its_group_only),
        TEST(replaces_a_worker_that_was_killed),
        TEST(what_a_killed_worker_counted_is_not_lost),
        TEST(ends_a_request_that_will_not_end),
        TEST(reloads_under_load_without_a_failed_request),
        TEST(a_reload_takes_the_new_program_without_a_failed_request),
        TEST(a_new_program_that_cannot_start_leaves_the_old_one_serving),
        TEST(a_program_that_is_gone_leaves_the_old_one_serving),
        TEST(a_new_program_that_fits_only_on_trial_leaves_the_old_one_serving),
        TEST(a_program_that_does_not_fit_ends_at_its_start),
        TEST(a_statement_that_does_not_fit_ends_it_at_its_start),
        TEST(a_check_starts_nothing),
        TEST(a_check_names_a_statement_that_does_not_fit),
        TEST(finishes_a_slow_answer_before_it_ends),
        TEST(a_slow_reader_gets_all_of_it_through_a_reload),
        TEST(new_templates_at_fault_leave_the_old_workers_serving),
        TEST(begins_without_the_database_and_recovers),
        TEST(a_stream_is_whole_or_has_no_end),
        TEST(a_refused_body_does_not_cost_the_answer),
        TEST(sends_away_who_waited_too_long_when_the_queue_stands),
        TEST(a_reload_gives_the_queue_its_room_back),
        TEST(a_worker_loses_no_memory),
        TEST(a_worker_can_neither_write_files_nor_run_programs),
        TEST(a_worker_writes_files_that_have_no_name_and_get_none),
        cmocka_unit_test(test_master__waits_longer_the_more_often_workers_die),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

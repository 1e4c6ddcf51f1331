/* What a machine does to a portal: a clock that jumps, a database that answers late or cannot
 * write, a disk that is full or read-only.  Requests go through serve() in this process
 * (support/webtest.h); a backup on a full disk is tests/script/test_backup.sh, a mail server in a
 * bad mood tests/db/job/test_outbox.c. */
#include "support/test.h"
#include "fixture/portal_walk.h"
#include "fixture/stored.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "job/mail.h"
#include "program/worker.h"
#include "support/folder.h"

#include <fcntl.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_WAIT_SECONDS = 11 };

static struct portal portal;
static struct arena *scratch;
static int errors, faults;

static int set_up(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    scratch = arena_new(65536);
    walk_open(&portal);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    walk_close(&portal);
    arena_free(scratch);
    return 0;
}

/* -- clocks --------------------------------------------------------------------------------------
 */

/* Everything that is asked once, while this host's clock is not the database's. */
static void ask(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    struct walk_letter letter;
    struct answer a;

    portal_forget_rates(&portal);
    if (at->route->method == HTTP_POST)
        portal_sign_in(&portal, at->audience);
    if (!walk_prepare(&t, &letter))
        return;
    a = walk_ask(&t, &letter, FAULT_DB, 0);
    errors += walk_errors();
    if (a.status < 500)
        return;
    faults++;
    print_error("%s (%s): %d\n", at->route->name, at->route->path, a.status);
}

static void walk_at(int64_t shift_us)
{
    for (enum audience audience = AUD_PARTNER; audience <= AUD_STAFF; audience++)
        portal_sign_in(&portal, audience);
    clock_set_us(clock_now_us() + shift_us);
    portal_each(&portal, ask);
    clock_set_us(0);
}

static void test_clock__that_jumped_ahead_fails_no_page(void **state)
{
    (void)state;
    faults = errors = 0;
    walk_at(400 * CLOCK_DAY);
    assert_int_equal(faults, 0);
    assert_int_equal(errors, 0);
}

static void test_clock__that_jumped_back_fails_no_page(void **state)
{
    (void)state;
    faults = errors = 0;
    walk_at(-400 * CLOCK_DAY);
    assert_int_equal(faults, 0);
    assert_int_equal(errors, 0);
}

/* -- a database that answers late ----------------------------------------------------------------
 */

static int64_t submitted(void)
{
    struct deal_world *w = &portal.world;
    int64_t id;

    assert_ok(db_begin_write(w->db));
    id = deal_world_submitted(w, &w->north, "Late Answers Ltd", 1)->id;
    assert_ok(db_commit(w->db));
    return id;
}

/* Somebody holds what is to be written, for longer than anybody may wait. */
static void test_slow_database__is_waited_for_and_then_503(void **state)
{
    struct visitor *v = &portal.people[AUD_STAFF];
    struct webtest *w = portal.programs[PORTAL_PROGRAMS - 1];
    const int64_t id = submitted();
    const char *path = arena_printf(scratch, "/staff/deals/DR-%lld/comment", (long long)id);
    struct db *other = testdb_connect(webtest_schema(portal.programs[0]), NULL);
    const int64_t version = portal_number(
        &portal,
        arena_printf(scratch, "SELECT row_version AS n FROM deal WHERE id = %lld", (long long)id));
    struct stored before;
    struct answer a;
    int64_t began;

    (void)state;
    portal_sign_in(&portal, AUD_STAFF);
    before = stored_now(scratch);
    assert_ok(db_begin_write(other));
    assert_ok(db_script(other, "SELECT id FROM deal FOR UPDATE"));
    walk_forget_errors();
    began = clock_monotonic_us();
    a = webtest_post_bare(w, v, arena_printf(scratch, "/staff/deals/DR-%lld/take", (long long)id),
                          arena_printf(scratch, "form_token=%s&row_version=%lld",
                                       webtest_own_token(w, v, AUD_STAFF), (long long)version));
    assert_true(clock_monotonic_us() - began < MOST_WAIT_SECONDS * CLOCK_SECOND);
    assert_int_equal(a.status, 503);
    assert_non_null(answer_header(&a, "Retry-After"));
    assert_true(answer_has(&a, "</html>"));
    assert_int_equal(walk_errors(), 1);
    db_rollback(other);
    db_close(other);
    assert_string_equal(stored_difference(scratch, before, stored_now(scratch), false), "");
    a = webtest_post_bare(w, v, path,
                          arena_printf(scratch, "form_token=%s&body=Well&do=comment",
                                       webtest_own_token(w, v, AUD_STAFF)));
    assert_int_equal(a.status, 303);
}

/* Each call to the database takes a second, in a smaller measure: what it costs is a page's calls,
 * and nothing waits for itself. */
enum { SLOW_US = 1000, CALLS_OF_A_PAGE = 40, CALLS_OF_A_FORM = 200 };

static int most_calls[2];

/* What all signed-in people have is the same for each of them. */
static bool is_another_of(const struct portal_route *at)
{
    return at->route->audience == AUD_SIGNED_IN && at->audience != AUD_PARTNER;
}

static void slow_down(bool begins)
{
    fault_slow(begins ? SLOW_US : 0);
}

static void try_slow(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    struct walk_result whole, r;
    const bool post = at->route->method == HTTP_POST;

    /* Twice, since the first of its kind may leave more. */
    if (is_another_of(at) || !walk_aim(&t, &whole) || !walk_send(&t, FAULT_DB, 0, &whole))
        return;
    walk_around(slow_down);
    walk_send(&t, FAULT_DB, 0, &r);
    walk_around(NULL);
    if (r.calls[FAULT_DB] > most_calls[post])
        most_calls[post] = r.calls[FAULT_DB];
    if (r.status == whole.status && r.errors == whole.errors && str_eq(r.effect, whole.effect) &&
        r.calls[FAULT_DB] <= (post ? CALLS_OF_A_FORM : CALLS_OF_A_PAGE))
        return;
    faults++;
    print_error("%s (%s): %d instead of %d, errors %d, %d calls in %lld ms, %s instead of %s\n",
                at->route->name, at->route->path, r.status, whole.status, r.errors,
                r.calls[FAULT_DB], (long long)r.us / 1000, r.effect, whole.effect);
}

static void test_slow_database__is_slow_and_fails_nothing(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, try_slow);
    print_message("# at most %d calls of a page, %d of a form\n", most_calls[0], most_calls[1]);
    assert_int_equal(faults, 0);
}

/* -- a database that cannot write ----------------------------------------------------------------
 */

static int pages_read, forms_refused;

static void read_only(bool begins)
{
    assert_ok(db_script(portal.world.db,
                        begins ? "SET GLOBAL read_only = 1" : "SET GLOBAL read_only = 0"));
}

static bool is_refused_well(const struct walk_result *r)
{
    return r->status == 503 && r->later && r->errors == 1 && r->proper && r->untouched;
}

static void try_read_only(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    struct walk_result whole, r;
    const bool post = at->route->method == HTTP_POST;
    bool well;

    if (is_another_of(at) || !walk_aim(&t, &whole))
        return;
    walk_around(read_only);
    walk_send(&t, FAULT_DB, 0, &r);
    walk_around(NULL);
    pages_read += !post && r.status == whole.status;
    forms_refused += post && r.status == 503;
    well = is_refused_well(&r) ||
           (r.status == whole.status && r.errors == 0 && r.untouched && (!post || t.refused));
    if (well && walk_send(&t, FAULT_DB, 0, &r) && r.status == whole.status)
        return; /* and back again as soon as it can write */
    faults++;
    print_error("%s (%s): %d instead of %d, errors %d%s%s, %.700s\n", at->route->name,
                at->route->path, r.status, whole.status, r.errors, r.untouched ? "" : ", touched",
                r.proper ? "" : ", no proper answer", r.error);
}

static void test_read_only_disk__of_the_database_leaves_pages_and_puts_forms_off(void **state)
{
    (void)state;
    faults = 0;
    portal_each(&portal, try_read_only);
    print_message("# %d pages shown, %d forms put off\n", pages_read, forms_refused);
    assert_int_equal(faults, 0);
    assert_true(pages_read > 60 && forms_refused > 70);
}

/* -- a full disk ---------------------------------------------------------------------------------
 */

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int files_below(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int count = 0;

    if (dir == NULL)
        return 0;
    while ((entry = readdir(dir)) != NULL)
        count += strstr(entry->d_name, ".eml") != NULL;
    closedir(dir);
    return count;
}

struct post {
    struct conf conf;
    struct folder folder;
    struct templates *templates;
    struct mailer *mailer;
    struct outbox_sender sender;
    struct job_context ctx;
};

static void post_open(struct post *p)
{
    char manifest[600];

    folder_make(&p->folder);
    p->conf = *webtest_conf(portal.programs[0]);
    p->conf.var = p->folder.path;
    p->conf.smtp_url = "";
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", p->conf.static_dir);
    assert_ok(templates_new(p->conf.templates, manifest, false, &p->templates));
    assert_ok(mailer_new(&p->conf, &p->mailer));
    outbox_sender_init(&p->sender, p->mailer, p->templates, worker_links);
    p->sender.contents = worker_contents;
    p->ctx = (struct job_context){ .arena = arena_new(65536), .conf = &p->conf, .owner = "test" };
    assert_ok(testdb_connect_as(webtest_schema(portal.programs[0]), "worker", worker_statements,
                                &p->ctx.db));
}

static void post_close(struct post *p)
{
    db_close(p->ctx.db);
    arena_free(p->ctx.arena);
    outbox_sender_clear(&p->sender);
    mailer_free(p->mailer);
    templates_free(p->templates);
    folder_remove(&p->folder);
}

static int post_send(struct post *p)
{
    static const volatile int never;
    int sent;

    portal_run(&portal, "UPDATE outbox SET due_at = '2020-01-01' WHERE state <> 'sent'");
    p->sender.hold_until_us = 0;
    assert_ok(outbox_send_due(&p->ctx, &p->sender, &never, &sent));
    return sent;
}

static void test_full_disk__mails_wait_and_leave_no_half_files(void **state)
{
    struct deal_world *w = &portal.world;
    struct post p = { 0 };
    const char *mails;

    (void)state;
    post_open(&p);
    mails = arena_printf(scratch, "%s/mail", p.folder.path);
    portal_run(&portal, "DELETE FROM outbox");
    assert_ok(db_begin_write(w->db));
    assert_ok(outbox_add(w->db, scratch,
                         &(struct mail){ .template = "identity/password_changed",
                                         .user_id = portal.people[AUD_STAFF].user_id,
                                         .kind = "",
                                         .reason = "It was changed." }));
    assert_ok(db_commit(w->db));
    limit_files(0);
    assert_int_equal(post_send(&p), 0);
    limit_files(RLIM_INFINITY);
    assert_int_equal(files_below(mails), 0);
    assert_int_equal(portal_number(&portal, "SELECT tries AS n FROM outbox"), 0);
    assert_int_equal(post_send(&p), 1);
    assert_int_equal(files_below(mails), 1);
    post_close(&p);
}

/* Who may not write there: as on a disk that is mounted read-only, whoever runs the tests. */
static void be_stranger(bool begins)
{
    setfsuid(begins ? 65534 : geteuid());
}

static void test_read_only_disk__mails_wait_and_then_go(void **state)
{
    struct deal_world *w = &portal.world;
    struct post p = { 0 };
    const char *mails;

    (void)state;
    post_open(&p);
    mails = arena_printf(scratch, "%s/mail", p.folder.path);
    portal_run(&portal, "DELETE FROM outbox");
    assert_ok(db_begin_write(w->db));
    assert_ok(outbox_add(w->db, scratch,
                         &(struct mail){ .template = "identity/password_changed",
                                         .user_id = portal.people[AUD_STAFF].user_id,
                                         .kind = "",
                                         .reason = "It was changed." }));
    assert_ok(db_commit(w->db));
    mkdir(mails, 0700);
    assert_int_equal(chmod(mails, 0555), 0);
    be_stranger(true);
    assert_int_equal(post_send(&p), 0);
    be_stranger(false);
    assert_int_equal(chmod(mails, 0700), 0);
    assert_int_equal(files_below(mails), 0);
    assert_int_equal(portal_number(&portal, "SELECT tries FROM outbox"), 0);
    assert_int_equal(post_send(&p), 1);
    assert_int_equal(files_below(mails), 1);
    post_close(&p);
}

/* A request whose log line cannot be written is answered all the same. */
static void test_full_disk__of_the_log_stops_no_request(void **state)
{
    struct visitor guest = { 0 };
    const int kept = dup(STDERR_FILENO), full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct answer a;

    (void)state;
    assert_true(kept >= 0 && full >= 0);
    log_set_sink(NULL);
    dup2(full, STDERR_FILENO);
    a = webtest_get(portal.programs[0], &guest, "/login");
    dup2(kept, STDERR_FILENO);
    walk_watch_log();
    close(kept);
    close(full);
    assert_int_equal(a.status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock__that_jumped_ahead_fails_no_page),
        cmocka_unit_test(test_clock__that_jumped_back_fails_no_page),
        cmocka_unit_test(test_slow_database__is_waited_for_and_then_503),
        cmocka_unit_test(test_slow_database__is_slow_and_fails_nothing),
        cmocka_unit_test(test_read_only_disk__of_the_database_leaves_pages_and_puts_forms_off),
        cmocka_unit_test(test_read_only_disk__mails_wait_and_then_go),
        cmocka_unit_test(test_full_disk__mails_wait_and_leave_no_half_files),
        cmocka_unit_test(test_full_disk__of_the_log_stops_no_request),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

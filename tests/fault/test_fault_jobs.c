/* The N-th call to the database, to a file or to the mail server fails while the worker does a job
 * or sends a mail: for every kind of job in its tables, and every kind of mail that came of a form.
 * The job is done in the end, once; the mail has gone, and twice only under one name.
 *
 * Jobs and mails come from the forms of every route, sent once each; of each kind the last one is
 * taken, put back before every try, and compared with what it leaves behind when nothing fails.  Of
 * each kind and each way to fail some calls are taken, evenly spaced (below); FAULTS=all takes all.
 */
#include "support/test.h"
#include "fixture/portal_walk.h"
#include "fixture/stored.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "job/mail.h"
#include "job/queue.h"
#include "notification/notification.h"
#include "program/worker.h"
#include "receipt/log_key.h"
#include "support/folder.h"
#include "support/scanner.h"
#include "support/smtp.h"

#include <stdlib.h>

enum { ROUNDS = 6, SQL_BYTES = 600 };

static struct portal portal;
static struct conf conf;
static struct folder folder;
static struct smtp_sink sink;
static struct scanner scanner;
static struct templates *templates;
static struct worker_rooms rooms;
static struct outbox_sender sender;
static struct job_context ctx;
static const volatile int never;
static int faults, cases;

/* -- where they come from ------------------------------------------------------------------------
 */

static void send_form(struct portal_route *at)
{
    struct walk_target t = { .at = at };
    struct walk_letter letter;

    if (at->route->method != HTTP_POST || at->route->form == NULL)
        return;
    portal_sign_in(&portal, at->audience);
    for (t.stage = 0; walk_prepare(&t, &letter); t.stage++) {
        walk_ask(&t, &letter, FAULT_DB, 0);
        if (at->route->object == NULL)
            return;
    }
}

#define HOUR_AGO "UTC_TIMESTAMP(6) - INTERVAL 1 HOUR"
#define A_REVIEWER                                                                  \
    "reviewer_id = (SELECT MIN(id) FROM user WHERE audience = 'staff' AND status =" \
    " 'active')"
#define ADD_FILE(scan)                                                                             \
    "INSERT INTO file (public_id, name, mime, size_bytes, sha256, complete, scan, created_by,"     \
    " created_at) VALUES (RANDOM_BYTES(16), 'a.txt', 'text/plain', 5, RANDOM_BYTES(32), 1, '" scan \
    "', 1, UTC_TIMESTAMP(6)); INSERT INTO file_chunk (file_id, part, data) SELECT MAX(id), 0,"     \
    " 'Words' FROM file; "

/* Nobody's again, and nobody's copy. */
#define FREE_LEAD                                                                         \
    "UPDATE lead_offer SET live = NULL WHERE lead_id = ?; UPDATE lead SET state = 'new'," \
    " phase = 1, account_id = NULL, due_at = NULL, email = CONCAT(id, '@quay.example')"   \
    " WHERE id = ?; "

/* What a kind of job finds to do, made anew for each try: a form that asks for it, or a record in
 * some state, to which SQL is done; "?" is its id.  REF is what the job is about, if not the
 * record. */
static struct task {
    const char *kind, *route, *object;
    int stage;
    const char *sql, *ref;
    bool unseen;      /* what it does makes no row and no version more */
    const char *done; /* then this is 1 */
    struct portal_route at;
} tasks[] = {
    { .kind = "users.invite", .route = "users.new" },
    { .kind = "users.reinvite", .route = "users.reinvite", .stage = 1 },
    { .kind = "users.roles", .route = "users.update" },
    { .kind = "users.end_sessions",
      .route = "users.end_sessions",
      .unseen = true,
      .done =
          "SELECT COUNT(*) = 0 FROM session s JOIN job j ON j.ref = s.user_id WHERE j.id ="
          " (SELECT MAX(id) FROM job WHERE kind = 'users.end_sessions') AND s.ended_at IS NULL" },
    { .kind = "identity.reset", .route = "password.ask" },
    { .kind = "attachment.scan",
      .object = "deal",
      .sql = ADD_FILE("waiting"),
      .ref = "SELECT MAX(id) FROM file",
      .unseen = true,
      .done = "SELECT scan = 'clean' FROM file ORDER BY id DESC LIMIT 1" },
    { .kind = "attachment.purge",
      .object = "deal",
      .sql = ADD_FILE("none") "INSERT INTO attachment (kind, object_id, file_id, created_at,"
                              " removed_at) SELECT 'deal', ?, MAX(id), '2020-01-01', '2020-01-01'"
                              " FROM file" },
    { .kind = "deal.extension",
      .object = "deal",
      .stage = 4,
      .sql = "UPDATE deal SET " A_REVIEWER " WHERE id = ?" },
    { .kind = "deal.ends",
      .object = "deal",
      .stage = 2,
      .sql = "UPDATE deal SET protected_until_at = " HOUR_AGO " WHERE id = ?" },
    { .kind = "deal.warnings",
      .object = "deal",
      .stage = 2,
      .sql = "UPDATE deal SET protected_until_at = UTC_TIMESTAMP(6) + INTERVAL 3 DAY"
             " WHERE id = ?" },
    { .kind = "deal.clocks",
      .object = "deal",
      .stage = 1,
      .sql = "UPDATE deal SET half_at = " HOUR_AGO ", due_at = " HOUR_AGO ", " A_REVIEWER
             " WHERE id = ?" },
    { .kind = "deal.idle",
      .object = "opportunity",
      .sql = "UPDATE opportunity SET worked_at = UTC_TIMESTAMP(6) - INTERVAL 900 DAY"
             " WHERE id = ?; UPDATE deal SET reminded_at = UTC_TIMESTAMP(6) WHERE id = (SELECT"
             " deal_id FROM opportunity WHERE id = ?)" },
    { .kind = "opportunity.carry",
      .object = "opportunity",
      .sql =
          "INSERT IGNORE INTO custom_field (kind, code, type, name_en, name_zh) VALUES ('deal',"
          " 'hull', 'text', 'H', 'H'), ('opportunity', 'hull', 'text', 'H', 'H'); INSERT INTO"
          " custom_value (kind, object_id, field_id, text_value) SELECT 'deal', o.deal_id, f.id,"
          " 'Steel' FROM opportunity o JOIN custom_field f ON f.kind = 'deal' AND f.code = 'hull'"
          " WHERE o.id = ?",
      .done = "SELECT COUNT(*) FROM custom_value v JOIN custom_field f ON f.id = v.field_id AND"
              " f.code = 'hull' JOIN job j ON j.ref = v.object_id WHERE v.kind = 'opportunity' AND"
              " j.id = (SELECT MAX(id) FROM job WHERE kind = 'opportunity.carry')" },
    { .kind = "deal.rules", .object = "deal", .stage = 1 },
    { .kind = "deal.counts", .object = "deal", .stage = 1, .unseen = true },
    { .kind = "notification.digest",
      .object = "deal",
      .sql =
          "DELETE FROM digest; DELETE FROM digest_item; INSERT INTO notification (user_id, event,"
          " kind, object_id, values_json, created_at) SELECT created_by, 'deal.returned',"
          " 'deal', id, '{}', UTC_TIMESTAMP(6) FROM deal WHERE id = ?; INSERT INTO digest_item"
          " (notification_id, user_id, created_at) SELECT MAX(id), MAX(user_id),"
          " UTC_TIMESTAMP(6) - INTERVAL 2 DAY FROM notification WHERE id = (SELECT MAX(id) FROM"
          " notification)" },
    { .kind = "deal.bulk", .object = "deal_bulk", .stage = 1 },
    { .kind = "transfer.run", .object = "transfer", .stage = 2 },
    { .kind = "lead.route",
      .object = "lead",
      .sql = FREE_LEAD "UPDATE lead_staff SET judged_at = NULL WHERE lead_id = ?" },
    { .kind = "lead.wished",
      .object = "lead",
      .sql = FREE_LEAD "INSERT INTO lead_wish (lead_id, account_id, wished_at) SELECT ?,"
                       " MAX(account_id), UTC_TIMESTAMP(6) FROM lead_offer" },
    { .kind = "lead.clocks",
      .object = "lead",
      .sql = "UPDATE lead SET due_at = " HOUR_AGO " WHERE id = ?" },
    { .kind = "programme.received", .route = "programme.apply" },
    { .kind = "programme.figures",
      .object = "deal",
      .stage = 2,
      .sql = "UPDATE deal SET state = 'won' WHERE id = ?; DELETE FROM partner_figure" },
    { .kind = "programme.warnings",
      .object = "deal",
      .sql =
          "INSERT INTO certificate (account_id, person_name, course_en, course_zh, issued_on,"
          " expires_on, created_name, created_at) SELECT account_id, 'Gu', 'Edge', '边缘',"
          " '2026-01-01', UTC_DATE() + INTERVAL 9 DAY, 'K', UTC_TIMESTAMP(6) FROM deal WHERE id = ?" },
    { .kind = "programme.reviews",
      .object = "deal",
      .sql =
          "DELETE FROM tier_review; REPLACE INTO system_parameter (name, value, updated_at) VALUES"
          " ('programme.review_month', '1', UTC_TIMESTAMP(6)); DO ?" },
    { .kind = "report.mail",
      .object = "report",
      .sql = "DELETE FROM report_mail; INSERT INTO report_mail (report_id, user_id, every, hour,"
             " next_at) SELECT id, owner_id, 'day', 7, " HOUR_AGO " FROM report WHERE id = ?" },
    { .kind = "programme.check", .object = "application" },
    { .kind = "programme.late",
      .object = "application",
      .sql = "UPDATE application SET state = 'applied', escalated_at = NULL, due_at = " HOUR_AGO
             " WHERE id = ?" },
    { .kind = "programme.purge",
      .object = "application",
      .sql = "UPDATE application SET state = 'review', updated_at = UTC_TIMESTAMP(6) - INTERVAL"
             " 900 DAY WHERE id = ?" },
    { .kind = "programme.ask",
      .object = "agreement",
      .sql = "UPDATE account SET agreement_due = 0; UPDATE agreement SET state = 'published',"
             " published_at = UTC_TIMESTAMP(6) WHERE id = ?" },
};

static struct task *task_of(const char *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        if (str_eq(tasks[i].kind, kind))
            return &tasks[i];
    return NULL;
}

/* A company's forms: staff do the same at once. */
static void find_form(struct portal_route *at)
{
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        if (str_eq(tasks[i].route, at->route->name) && at->audience <= AUD_PARTNER)
            tasks[i].at = *at;
}

/* Each event that people are told of, and each template of a mail. */
static void make_mails(void)
{
    static const struct mail_value values[] = {
        { .name = "number", .value = "DR-1" },
        { .name = "company", .value = "Blue Harbor" },
        { .name = "third", .value = "x" },
        { .name = "fourth", .value = "y" },
        { 0 },
    };
    static const struct {
        const char *template, *link;
    } mails[] = {
        { "identity/reset", "reset" },      { "identity/invite", "invite" },
        { "identity/invite_known", NULL },  { "identity/email_changed", NULL },
        { "identity/factor_off", NULL },    { "identity/factor_set", NULL },
        { "identity/new_device", NULL },    { "identity/password_changed", NULL },
        { "identity/recovery_used", NULL }, { "notification/digest", NULL },
        { "report/report", NULL },          { "programme/received", NULL },
        { "programme/refused", NULL },
    };
    struct deal_world *w = &portal.world;

    assert_ok(db_begin_write(w->db));
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        for (enum audience audience = AUD_PARTNER; audience <= AUD_STAFF; audience++) {
            const struct notification word = {
                .event = e->name, .kind = "deal", .object_id = 1, .values = values
            };

            assert_ok(notification_send(w->db, w->a, &word, &portal.people[audience].user_id, 1));
        }
    for (size_t i = 0; i < ARRAY_LEN(mails); i++)
        assert_ok(outbox_add(w->db, w->a,
                             &(struct mail){ .template = mails[i].template,
                                             .user_id = portal.people[AUD_PARTNER].user_id,
                                             .kind = "",
                                             .reason = "Somebody asked for it.",
                                             .values = values,
                                             .link = mails[i].link }));
    assert_ok(db_commit(w->db));
}

static int set_up(void **state)
{
    struct note_key key;
    char manifest[600];

    (void)state;
    walk_open(&portal);
    portal_each(&portal, send_form);
    portal_each(&portal, find_form);
    portal_sign_in(&portal, AUD_PARTNER); /* a scene may have left somebody of another company */
    folder_make(&folder);
    make_mails();
    portal_run(&portal, "DELETE FROM deal_rule; INSERT INTO deal_rule (position, name_en, name_zh,"
                        " active, outcome, reason_code) VALUES (1, 'r', 'r', 1, 'approve', '')");
    smtp_sink_start(&sink, SMTP_TAKES);
    conf = *webtest_conf(portal.programs[0]);
    conf.var = folder.path;
    conf.smtp_url = sink.url;
    scanner_start(&scanner, "stream: OK");
    conf.clamd_socket = scanner.path;
    conf.sign_key_file = arena_printf(portal.world.a, "%s/keys/log.key", folder.path);
    conf.log_origin = "portal.example/log";
    assert_ok(log_key_new(portal.world.db, portal.world.a, &conf, &key));
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", conf.static_dir);
    assert_ok(templates_new(conf.templates, manifest, false, &templates));
    assert_ok(mailer_new(&conf, &rooms.mailer));
    assert_ok(deal_rooms_open(&conf, &rooms.deals));
    outbox_sender_init(&sender, rooms.mailer, templates, worker_links);
    sender.contents = worker_contents;
    ctx = (struct job_context){
        .arena = arena_new(65536), .conf = &conf, .rooms = &rooms, .owner = "test"
    };
    assert_ok(testdb_connect_as(webtest_schema(portal.programs[0]), "worker", worker_statements,
                                &ctx.db));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(ctx.db);
    outbox_sender_clear(&sender);
    deal_rooms_close(rooms.deals);
    mailer_free(rooms.mailer);
    templates_free(templates);
    arena_free(ctx.arena);
    smtp_sink_stop(&sink);
    scanner_stop(&scanner);
    folder_remove(&folder);
    walk_close(&portal);
    return 0;
}

/* -- failing -------------------------------------------------------------------------------------
 */

static const struct way {
    const char *name;
    enum fault_kind kind;
    enum fault_way way;
    int most;
} ways[] = {
    { "error", FAULT_DB, FAULT_ERROR, 12 }, { "deadlock", FAULT_DB, FAULT_DEADLOCK, 4 },
    { "lost", FAULT_DB, FAULT_LOST, 2 },    { "answer", FAULT_ANSWER, FAULT_LOST, 4 },
    { "mail", FAULT_MAIL, FAULT_ERROR, 6 }, { "file", FAULT_FILE, FAULT_ERROR, 6 },
};

/* At most so many of one kind of failure, evenly spaced. */
static int stride_of(const struct way *way, int calls)
{
    const int most = str_eq(getenv("FAULTS"), "all") ? 1000000 : way->most;

    return calls <= most ? 1 : (calls + most - 1) / most;
}

static void arm(const struct way *way, int n)
{
    for (int k = 0; k < FAULT_KIND_COUNT; k++)
        fault_arm(k, 0);
    if (way == NULL)
        return;
    fault_set_way(way->way);
    fault_arm(way->kind, n);
}

static int calls_made[FAULT_KIND_COUNT];

static void disarm(void)
{
    for (int k = 0; k < FAULT_KIND_COUNT; k++) {
        calls_made[k] = fault_calls(k);
        fault_arm(k, 0);
    }
    fault_set_way(FAULT_ERROR);
}

/* The worker's loop: an error of the queue itself is looked at again. */
static void settle(struct err *e)
{
    err_free(e);
    if (db_in_transaction(ctx.db))
        db_rollback(ctx.db);
    arena_clear(ctx.arena);
}

/* SQL ends where ID belongs. */
static int64_t number(const char *begin, int64_t id)
{
    char sql[SQL_BYTES];

    snprintf(sql, sizeof(sql), "%s%lld", begin, (long long)id);
    return portal_number(&portal, sql);
}

static void change(const char *begin, int64_t id)
{
    char sql[SQL_BYTES];

    snprintf(sql, sizeof(sql), "%s%lld", begin, (long long)id);
    portal_run(&portal, sql);
}

/* -- jobs ----------------------------------------------------------------------------------------
 */

/* A record in the state that the task wants; what the job is about. */
static int64_t make_record(const struct task *task)
{
    struct object_kind object = { .name = task->object };
    struct route route = { .name = task->kind, .object = &object };
    struct portal_route at = { .portal = &portal,
                               .route = &route,
                               .audience = AUD_PARTNER,
                               .v = &portal.people[AUD_PARTNER] };
    const int64_t id = portal_object(&at, task->stage);

    if (task->sql != NULL)
        portal_run(&portal, portal_with_id(&portal, task->sql, id));
    return task->ref != NULL ? portal_number(&portal, task->ref) : id;
}

static void ask_for_job(struct task *task)
{
    struct walk_target t = { .at = &task->at, .stage = task->stage };
    struct walk_letter letter;

    assert_non_null(task->at.route);
    assert_true(walk_prepare(&t, &letter));
    assert_int_equal(walk_ask(&t, &letter, FAULT_DB, 0).status, 303);
}

static int64_t last_job(const struct job_kind *kind)
{
    char sql[SQL_BYTES];

    snprintf(sql, sizeof(sql), "SELECT IFNULL(MAX(id), 0) FROM job WHERE kind = '%s'", kind->name);
    return portal_number(&portal, sql);
}

static int64_t newest_job; /* before the one under test ran */

/* The last of its kind again: the row itself, since the database wrote into it who asked.  Only
 * this one is due. */
static int64_t put_job(const struct job_kind *kind)
{
    struct task *task = task_of(kind->name);
    const bool recorded = task != NULL && task->object != NULL;
    const int64_t record = recorded ? make_record(task) : 0;
    const bool about = recorded && kind->every_seconds == 0;
    char sql[SQL_BYTES];
    int64_t id;

    if (task != NULL && task->route != NULL)
        ask_for_job(task);
    portal_run(&portal, "UPDATE job SET due_at = '2100-01-01' WHERE state = 'waiting'");
    newest_job = portal_number(&portal, "SELECT MAX(id) FROM job");
    if (last_job(kind) == 0) {
        snprintf(sql, sizeof(sql),
                 "INSERT INTO job (kind, due_at, created_at) VALUES ('%s', '2020-01-01',"
                 " UTC_TIMESTAMP(6))",
                 kind->name);
        portal_run(&portal, sql);
    }
    id = last_job(kind);
    snprintf(sql, sizeof(sql),
             "UPDATE job SET state = 'waiting', tries = 0, last_error = NULL, ended_at = NULL,"
             " ref = IF(%d, %lld, ref) WHERE id = %lld",
             about, (long long)record, (long long)id);
    portal_run(&portal, sql);
    return id;
}

#define AGAIN                                                                                 \
    "UPDATE job SET due_at = '2020-01-01', lease_until = IF(state = 'running', '2020-01-01'," \
    " NULL) WHERE state <> 'done' AND "

static void run_once(int64_t id, const struct way *way, int n)
{
    struct err *e;
    int ran;

    change(AGAIN "id = ", id);
    change(AGAIN "id > ", newest_job); /* what the job asked for in turn */
    arm(way, n);
    e = job_run_due(&ctx, worker_jobs, &never, &ran);
    disarm();
    settle(e);
}

static void complain(const char *kind, const struct way *way, int n, const char *what)
{
    faults++;
    print_error("%s: %s at call %d: %s\n", kind, way->name, n, what);
}

struct undisturbed {
    int calls[FAULT_KIND_COUNT];
    bool well, compares; /* it has a record of its own, so that its effect is the same each time */
    const char *effect;
};

/* Without the due times of others, which no job of these changes. */
static const char *effect_since(struct stored before)
{
    return stored_difference(portal.world.a, before, stored_now(portal.world.a), false);
}

/* What is in no version. */
static bool has_done(const char *kind)
{
    const struct task *task = task_of(kind);

    return task == NULL || task->done == NULL || portal_number(&portal, task->done) == 1;
}

static bool is_done(int64_t id)
{
    return number("SELECT state = 'done' OR (state = 'waiting' AND tries = 0 AND last_error IS NULL"
                  " AND due_at > '2021-01-01') AS n FROM job WHERE id = ",
                  id) == 1 &&
           number("SELECT COUNT(*) FROM job WHERE state <> 'done' AND id > ", newest_job) == 0;
}

/* A job is idempotent: after a failure it is run again, and ends as it does without one. */
static void fail_job(const struct job_kind *kind, const struct way *way, int n,
                     const struct undisturbed *whole)
{
    const int64_t id = put_job(kind);
    const struct stored before = stored_now(portal.world.a);
    const char *effect;

    cases++;
    walk_forget_errors();
    run_once(id, way, n);
    if (walk_errors() > 1)
        complain(kind->name, way, n, "more than one error in the log");
    for (int round = 0; round < ROUNDS && !is_done(id); round++)
        run_once(id, NULL, 0);
    if (kind->every_seconds != 0)
        run_once(id, NULL, 0); /* a timer takes up next time what it could not do with one record */
    if (whole->well && !is_done(id))
        complain(kind->name, way, n, "it is not done");
    if (whole->well && !has_done(kind->name))
        complain(kind->name, way, n, "it has done nothing");
    effect = effect_since(before);
    if (whole->compares && strcmp(effect, whole->effect) != 0)
        complain(kind->name, way, n,
                 arena_printf(portal.world.a, "%sinstead of %s", effect, whole->effect));
}

static struct undisturbed run_undisturbed(const struct job_kind *kind)
{
    const struct task *task = task_of(kind->name);
    struct undisturbed out = { .compares = task != NULL };
    struct stored before;
    int64_t id;

    /* Once for what waits already. */
    run_once(put_job(kind), NULL, 0);
    id = put_job(kind);
    before = stored_now(portal.world.a);
    run_once(id, NULL, 0);
    for (int k = 0; k < FAULT_KIND_COUNT; k++)
        out.calls[k] = calls_made[k];
    out.well = is_done(id) && has_done(kind->name);
    out.effect = effect_since(before);
    if (!out.well || (task != NULL && !task->unseen && out.effect[0] == '\0')) {
        faults++;
        print_error("%s: does nothing even when nothing fails (%s)\n", kind->name,
                    out.well ? "done" : "not done");
    }
    if (getenv("FAULTS_TIME") != NULL)
        print_message("# %s: %d calls, %s\n", kind->name, out.calls[FAULT_DB], out.effect);
    return out;
}

static void try_job(const struct job_kind *kind)
{
    const struct undisturbed whole = run_undisturbed(kind);

    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        for (int n = 1; n <= whole.calls[ways[i].kind];
             n += stride_of(&ways[i], whole.calls[ways[i].kind]))
            fail_job(kind, &ways[i], n, &whole);
}

static void test_fault__every_kind_of_job_is_done_in_the_end(void **state)
{
    const int64_t began = clock_monotonic_us();
    int kinds = 0;

    (void)state;
    faults = cases = 0;
    for (const struct job_kind *const *table = worker_jobs; *table != NULL; table++)
        for (const struct job_kind *kind = *table; kind->name != NULL; kind++, kinds++)
            try_job(kind);
    print_message("# %d kinds of jobs, %d failures, %lld ms\n", kinds, cases,
                  (long long)(clock_monotonic_us() - began) / 1000);
    assert_true(kinds > 15);
    assert_int_equal(faults, 0);
}

/* -- mails ---------------------------------------------------------------------------------------
 */

static const struct db_field id_fields[] = { { "n", DB_I64, 0, 0, false }, { 0 } };
static const struct db_stmt list_kinds = {
    .name = "test.mail_kinds",
    .sql = "SELECT MAX(id) AS n FROM outbox GROUP BY template, kind, reason ORDER BY n",
    .binds = "",
    .fields = id_fields,
    .row_bytes = sizeof(int64_t),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};

static void send_once(int64_t id, const struct way *way, int n)
{
    struct err *e;
    int sent;

    change("UPDATE outbox SET due_at = '2020-01-01' WHERE state <> 'sent' AND id = ", id);
    sender.hold_until_us = 0;
    arm(way, n);
    e = outbox_send_due(&ctx, &sender, &never, &sent);
    disarm();
    settle(e);
}

static const char put_back[] =
    "UPDATE outbox SET state = 'waiting', tries = 0, lease_owner = NULL, due_at = '2020-01-01'"
    " WHERE id = ";
static const char is_sent[] = "SELECT state = 'sent' AS n FROM outbox WHERE id = ";

static bool have_one_name(int from)
{
    const char *first = NULL;

    for (const char *p = smtp_sink_text(&sink); (p = strstr(p, "Message-ID:")) != NULL; p++) {
        if (from-- > 0)
            continue;
        if (first != NULL && strncmp(first, p, strcspn(p, "\r")) != 0)
            return false;
        first = p;
    }
    return true;
}

static void fail_mail(int64_t id, const struct way *way, int n)
{
    const int before = smtp_sink_count(&sink);
    char name[40];
    int copies;

    snprintf(name, sizeof(name), "mail %lld", (long long)id);
    cases++;
    change(put_back, id);
    send_once(id, way, n);
    for (int round = 0; round < ROUNDS && number(is_sent, id) != 1; round++)
        send_once(id, NULL, 0);
    copies = smtp_sink_count(&sink) - before;
    if (number(is_sent, id) != 1)
        complain(name, way, n, "it is not sent");
    if (copies < 1 || copies > 2 || !have_one_name(before))
        complain(name, way, n, "lost, or doubled under another name");
}

static void try_mail(int64_t id)
{
    int calls[FAULT_KIND_COUNT];

    change(put_back, id);
    send_once(id, NULL, 0);
    for (int k = 0; k < FAULT_KIND_COUNT; k++)
        calls[k] = calls_made[k];
    if (number(is_sent, id) != 1)
        return; /* to nobody who may be written to */
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        for (int n = 1; n <= calls[ways[i].kind]; n += stride_of(&ways[i], calls[ways[i].kind]))
            fail_mail(id, &ways[i], n);
}

static void test_fault__every_kind_of_mail_goes_out_under_one_name(void **state)
{
    const int64_t began = clock_monotonic_us();
    int64_t *ids;
    size_t count;

    (void)state;
    faults = cases = 0;
    assert_ok(db_begin_read(portal.world.db));
    assert_ok(db_list(portal.world.db, portal.world.a, &list_kinds, DB_NO_ARGS, &ids, &count));
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal, "UPDATE outbox SET due_at = '2100-01-01'");
    for (size_t i = 0; i < count; i++)
        try_mail(ids[i]);
    print_message("# %zu kinds of mails, %d failures, %lld ms\n", count, cases,
                  (long long)(clock_monotonic_us() - began) / 1000);
    assert_true(count > 9);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__every_kind_of_job_is_done_in_the_end),
        cmocka_unit_test(test_fault__every_kind_of_mail_goes_out_under_one_name),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

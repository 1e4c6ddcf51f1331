/* notification/digest.c and link.c: the mail of the day, once a person and day, and the links in
 * mails.  The job opens transactions of its own, so these tests work in a copy of the schema. */
#include "support/test.h"

#include "base/str.h"
#include "db/migrate.h"
#include "fixture/fixture.h"
#include "job/outbox.h"
#include "notification/link.h"
#include "notification/notification.h"
#include "program/worker.h"
#include "support/folder.h"
#include "support/testdb.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static struct testdb schema;
static struct db *admin, *worker;
static struct arena *arena, *job_arena;
static struct job_context ctx;
static struct conf conf, read_conf; /* CONF with what a test sets, READ_CONF what it owns */
static int64_t person;

static void run_sql(const char *sql)
{
    assert_ok(db_begin_write(admin));
    assert_ok(db_script(admin, sql));
    assert_ok(db_commit(admin));
}

struct one_number {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct one_number, n, DB_I64, 0), { 0 } };

/* "?" is the person.  A statement is known by its address, so each text has one of its own. */
static int64_t number(const char *sql)
{
    enum { MOST = 20 };
    static struct db_stmt statements[MOST];
    struct db_stmt *st = statements;
    struct one_number row;

    while (st->sql != NULL && !str_eq(st->sql, sql))
        st++;
    assert_true(st < statements + MOST);
    *st = (struct db_stmt){ .name = "test.number",
                            .sql = sql,
                            .binds = "i",
                            .fields = number_fields,
                            .row_bytes = sizeof(row) };
    assert_ok(db_begin_read(admin));
    assert_ok(db_get(admin, arena, st, DB_ARGS(DB_I(person)), &row));
    assert_ok(db_commit(admin));
    return row.n;
}

static int64_t mails(void)
{
    return number("SELECT COUNT(*) AS n FROM outbox WHERE user_id = ?"
                  " AND template = 'notification/digest'");
}

static int64_t waiting(void)
{
    return number("SELECT COUNT(*) AS n FROM digest_item WHERE user_id = ? AND digest_id IS NULL");
}

static void tell(const char *event, int64_t deal)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_printf(arena, "DR-%lld", (long long)deal) },
        { .name = "company", .value = "Kestrel <Foods>" },
        { .name = "reason", .value = "Which plant?" },
        { 0 },
    };

    assert_ok(db_begin_write(worker));
    assert_ok(
        notification_send(worker, arena,
                          &(struct notification){
                              .event = event, .kind = "deal", .object_id = deal, .values = values },
                          &person, 1));
    assert_ok(db_commit(worker));
}

/* As if it had happened so long ago. */
static void age(const char *interval)
{
    run_sql(arena_printf(arena,
                         "UPDATE digest_item SET created_at = UTC_TIMESTAMP(6) - INTERVAL %s"
                         " WHERE digest_id IS NULL",
                         interval));
}

static void collect(void)
{
    assert_ok(notification_jobs[0].handler(
        &ctx, &(struct job){ .kind = notification_jobs[0].name, .tries = 1 }));
}

static void new_person_of(const char *lang, const char *zone)
{
    assert_ok(db_begin_write(admin));
    person = fixture_user(
        admin, &(struct fixture_user){ .audience = AUD_PARTNER,
                                       .account_id = fixture_account(admin, "partner", NULL),
                                       .lang = lang,
                                       .zone = zone });
    assert_ok(db_commit(admin));
    run_sql(arena_printf(arena,
                         "INSERT INTO notification_preference (user_id, event, mail) VALUES"
                         " (%lld, 'deal.returned', 'daily'), (%lld, 'deal.rejected', 'daily')",
                         (long long)person, (long long)person));
}

static int new_person(void **state)
{
    (void)state;
    new_person_of("en", "UTC");
    return 0;
}

/* -- collecting ------------------------------------------------------------------------ */

static void test_digest__is_one_mail_of_everything_that_waits(void **state)
{
    (void)state;
    tell("deal.returned", 1);
    tell("deal.rejected", 2);
    age("2 DAY");
    collect();
    assert_int_equal(mails(), 1);
    assert_int_equal(waiting(), 0);
}

static void test_digest__goes_out_once_however_often_the_job_runs(void **state)
{
    (void)state;
    tell("deal.returned", 1);
    age("2 DAY");
    collect();
    collect();
    tell("deal.returned", 2); /* late for its day: it stands in the next */
    age("2 DAY");
    collect();
    assert_int_equal(mails(), 1);
    assert_int_equal(waiting(), 1);
    run_sql("UPDATE digest SET day = day - INTERVAL 1 DAY");
    collect();
    assert_int_equal(mails(), 2);
    assert_int_equal(waiting(), 0);
}

static void test_digest__is_not_written_when_nothing_waits(void **state)
{
    (void)state;
    collect();
    assert_int_equal(mails(), 0);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM digest WHERE user_id = ?"), 0);
}

static void test_digest__waits_for_the_hour_of_the_persons_day(void **state)
{
    (void)state;
    tell("deal.returned", 1); /* after the hour that has passed last */
    run_sql("UPDATE digest_item SET created_at = UTC_TIMESTAMP(6) + INTERVAL 1 SECOND"
            " WHERE digest_id IS NULL");
    collect();
    assert_int_equal(mails(), 0);
    assert_int_equal(waiting(), 1);
}

static void test_digest__goes_by_the_clock_of_the_person(void **state)
{
    int64_t hour = number("SELECT HOUR(UTC_TIMESTAMP()) AS n FROM user WHERE id = ?");

    (void)state;
    /* In Tokyo the set hour was a moment ago; in UTC it is nine hours off. */
    run_sql(arena_printf(arena,
                         "REPLACE INTO system_parameter (name, value, updated_at) VALUES"
                         " ('mail.digest_hour', '%lld', UTC_TIMESTAMP(6))",
                         (long long)((hour + 9) % 24)));
    tell("deal.returned", 1);
    age("61 MINUTE");
    collect();
    assert_int_equal(mails(), 0);
    new_person_of("en", "Asia/Tokyo");
    tell("deal.returned", 1);
    age("61 MINUTE");
    collect();
    assert_int_equal(mails(), 1);
    run_sql("DELETE FROM system_parameter WHERE name = 'mail.digest_hour'");
}

static void test_digest__leaves_out_what_was_read_muted_or_switched_off_meanwhile(void **state)
{
    (void)state;
    tell("deal.returned", 1);
    run_sql("UPDATE notification SET read_at = UTC_TIMESTAMP(6)");
    tell("deal.returned", 2);
    run_sql(arena_printf(arena,
                         "INSERT INTO notification_mute (user_id, kind, object_id, created_at)"
                         " VALUES (%lld, 'deal', 2, UTC_TIMESTAMP(6))",
                         (long long)person));
    tell("deal.rejected", 3);
    run_sql("UPDATE notification_preference SET mail = 'never' WHERE event = 'deal.rejected'");
    age("2 DAY");
    collect();
    assert_int_equal(mails(), 0);
    assert_int_equal(waiting(), 0);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM notification WHERE user_id = ?"), 3);
}

static void test_digest__is_not_for_who_may_no_longer_log_in(void **state)
{
    (void)state;
    tell("deal.returned", 1);
    age("2 DAY");
    run_sql(arena_printf(arena, "UPDATE user SET status = 'disabled' WHERE id = %lld",
                         (long long)person));
    collect();
    assert_int_equal(mails(), 0);
}

/* -- the mail -------------------------------------------------------------------------- */

/* The text of the mail that was written last into FOLDER. */
static char *sent_text(const struct folder *folder, struct outbox_sender *sender)
{
    const volatile int never = 0;
    char path[700] = "";
    static char text[60000];
    struct dirent *entry;
    size_t len;
    FILE *f;
    DIR *d;
    int sent;

    assert_ok(outbox_send_due(&ctx, sender, &never, &sent));
    assert_true(sent > 0);
    d = opendir(arena_printf(arena, "%s/mail", folder->path));
    assert_non_null(d);
    while ((entry = readdir(d)) != NULL)
        if (str_ends(entry->d_name, ".eml"))
            snprintf(path, sizeof(path), "%s/mail/%s", folder->path, entry->d_name);
    closedir(d);
    f = fopen(path, "rb");
    assert_non_null(f);
    len = fread(text, 1, sizeof(text) - 1, f);
    text[len] = '\0';
    fclose(f);
    return text;
}

static void with_sender(void (*fn)(const struct folder *, struct outbox_sender *))
{
    struct outbox_sender sender;
    struct templates *templates;
    struct mailer *mailer;
    struct folder folder;
    char manifest[600];

    folder_make(&folder);
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", conf.static_dir);
    conf.var = folder.path;
    conf.smtp_url = "";
    ctx.conf = &conf;
    run_sql(arena_printf(arena, "DELETE FROM outbox WHERE user_id <> %lld", (long long)person));
    assert_ok(templates_new(conf.templates, manifest, false, &templates));
    assert_ok(mailer_new(&conf, &mailer));
    outbox_sender_init(&sender, mailer, templates, worker_links);
    sender.contents = worker_contents;
    fn(&folder, &sender);
    outbox_sender_clear(&sender);
    mailer_free(mailer);
    templates_free(templates);
    folder_remove(&folder);
    ctx.conf = NULL;
}

static void look_at_english(const struct folder *folder, struct outbox_sender *sender)
{
    char *text = sent_text(folder, sender);
    char *second;

    assert_non_null(strstr(text, "3 things happened"));
    assert_non_null(strstr(text, "# DR-1\r\n"));
    second = strstr(text, "# DR-2\r\n");
    assert_non_null(second);
    /* Both of the first record stand under it, before the second. */
    assert_true(strstr(text, "DR-1 is rejected") < second);
    assert_non_null(strstr(text, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert_non_null(strstr(text, "\r\nhttp://127.0.0.1:8080/partner/notifications/preferences"));
    assert_non_null(strstr(text, "Kestrel &lt;Foods&gt;"));
    assert_non_null(strstr(text, "Why did I get this?"));
}

static void test_digest__groups_by_record_and_says_how_to_end_it(void **state)
{
    (void)state;
    tell("deal.returned", 1);
    tell("deal.returned", 2);
    tell("deal.rejected", 1);
    age("2 DAY");
    collect();
    with_sender(look_at_english);
}

static void look_at_the_vendors_words(const struct folder *folder, struct outbox_sender *sender)
{
    char *text = sent_text(folder, sender);

    assert_non_null(strstr(text, "Please look at DR-1 of Kestrel &lt;Foods&gt;"));
    assert_null(strstr(text, "DR-1 was returned"));
    assert_non_null(strstr(text, "Answer in time to keep your place")); /* what is not worded */
    assert_non_null(strstr(text, "DR-2 is rejected"));
}

static void test_digest__speaks_in_the_words_of_the_vendor(void **state)
{
    (void)state;
    run_sql("INSERT INTO mail_text (event, title_en, title_zh, updated_at) VALUES ('deal.returned',"
            " 'Please look at {1} of {2}', '不是这个', UTC_TIMESTAMP(6))");
    tell("deal.returned", 1);
    tell("deal.rejected", 2);
    age("2 DAY");
    collect();
    with_sender(look_at_the_vendors_words);
    run_sql("DELETE FROM mail_text");
}

static void look_at_the_vendors_mail(const struct folder *folder, struct outbox_sender *sender)
{
    char *text = sent_text(folder, sender);

    assert_non_null(strstr(text, "Subject: Yours: DR-3"));
    assert_non_null(strstr(text, "Kestrel &lt;Foods&gt;, 100% safe"));
}

static void test_mail__of_an_event_speaks_in_the_words_of_the_vendor(void **state)
{
    (void)state;
    run_sql("INSERT INTO mail_text (event, title_en, text_en, updated_at) VALUES ('deal.approved',"
            " 'Yours: {1}', '{2}, 100% safe', UTC_TIMESTAMP(6))");
    tell("deal.approved", 3);
    with_sender(look_at_the_vendors_mail);
    run_sql("DELETE FROM mail_text");
}

/* -- links ----------------------------------------------------------------------------- */

static struct mail_link of_event(int64_t user_id)
{
    return (
        struct mail_link){ .kind = MAIL_LINK_EVENT, .user_id = user_id, .event = "deal.returned" };
}

static char *make_token(const struct mail_link *link)
{
    const char *url;

    assert_ok(db_begin_write(worker));
    assert_ok(mail_link_make(worker, arena, "https://p.example", link, &url));
    assert_ok(db_commit(worker));
    assert_true(str_starts(url, "https://p.example/m/"));
    return arena_dup(arena, url + strlen("https://p.example/m/"));
}

static bool is_good(const char *token, struct mail_link *link)
{
    bool good;

    assert_ok(db_begin_read(worker));
    assert_ok(mail_link_read(worker, arena, token, link, &good));
    assert_ok(db_commit(worker));
    return good;
}

static void test_link__says_what_it_was_made_for(void **state)
{
    const struct mail_link record = {
        .kind = MAIL_LINK_RECORD, .user_id = person, .record_kind = "deal", .object_id = 77
    };
    const struct mail_link event = of_event(person);
    struct mail_link read;

    (void)state;
    assert_true(is_good(make_token(&event), &read));
    assert_int_equal(read.kind, MAIL_LINK_EVENT);
    assert_int_equal(read.user_id, person);
    assert_string_equal(read.event, "deal.returned");
    assert_true(is_good(make_token(&record), &read));
    assert_int_equal(read.kind, MAIL_LINK_RECORD);
    assert_int_equal(read.object_id, 77);
}

static void test_link__that_was_changed_anywhere_is_none(void **state)
{
    const struct mail_link event = of_event(person);
    char *token = make_token(&event);
    struct mail_link read;

    (void)state;
    for (size_t i = 0; token[i] != '\0'; i++) {
        const char was = token[i];

        token[i] = was == 'A' ? 'B' : 'A';
        assert_false(is_good(token, &read));
        token[i] = was;
    }
    assert_true(is_good(token, &read));
    assert_false(is_good("", &read));
    token[strlen(token) - 1] = '\0';
    assert_false(is_good(token, &read));
}

static void test_link__of_one_person_is_none_for_another(void **state)
{
    const struct mail_link mine = of_event(person);
    struct mail_link theirs, read;

    (void)state;
    make_token(&mine);
    new_person_of("en", "UTC");
    theirs = of_event(person);
    make_token(&theirs);
    assert_true(is_good(make_token(&mine), &read));
    assert_int_equal(read.user_id, mine.user_id);
}

static void test_link__ends_after_ninety_days(void **state)
{
    const struct mail_link event = of_event(person);
    char *token = make_token(&event);
    struct mail_link read;
    bool good;

    (void)state;
    assert_ok(db_begin_read(worker));
    db_now_is(worker, clock_now_us() + 92 * CLOCK_DAY);
    assert_ok(mail_link_read(worker, arena, token, &read, &good));
    assert_ok(db_commit(worker));
    assert_false(good);
}

static int open_all(void **state)
{
    (void)state;
    assert_ok(conf_read(&read_conf));
    conf = read_conf;
    assert_ok(lang_init(conf.locale_dir));
    assert_ok(text_format_init());
    testdb_copy(&schema);
    arena = arena_new(65536);
    job_arena = arena_new(65536);
    admin = testdb_connect(schema.name, NULL);
    assert_ok(migrate_grants(admin, arena, testdb_sql_dir(), schema.name, NULL));
    assert_ok(testdb_connect_as(schema.name, "worker", worker_statements, &worker));
    ctx = (struct job_context){ .db = worker, .arena = job_arena, .owner = "test" };
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    db_close(worker);
    db_close(admin);
    testdb_drop(&schema);
    conf_free(&read_conf);
    arena_free(job_arena);
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_digest__is_one_mail_of_everything_that_waits, new_person),
        cmocka_unit_test_setup(test_digest__goes_out_once_however_often_the_job_runs, new_person),
        cmocka_unit_test_setup(test_digest__is_not_written_when_nothing_waits, new_person),
        cmocka_unit_test_setup(test_digest__waits_for_the_hour_of_the_persons_day, new_person),
        cmocka_unit_test_setup(test_digest__goes_by_the_clock_of_the_person, new_person),
        cmocka_unit_test_setup(
            test_digest__leaves_out_what_was_read_muted_or_switched_off_meanwhile, new_person),
        cmocka_unit_test_setup(test_digest__is_not_for_who_may_no_longer_log_in, new_person),
        cmocka_unit_test_setup(test_digest__groups_by_record_and_says_how_to_end_it, new_person),
        cmocka_unit_test_setup(test_digest__speaks_in_the_words_of_the_vendor, new_person),
        cmocka_unit_test_setup(test_mail__of_an_event_speaks_in_the_words_of_the_vendor,
                               new_person),
        cmocka_unit_test_setup(test_link__says_what_it_was_made_for, new_person),
        cmocka_unit_test_setup(test_link__that_was_changed_anywhere_is_none, new_person),
        cmocka_unit_test_setup(test_link__of_one_person_is_none_for_another, new_person),
        cmocka_unit_test_setup(test_link__ends_after_ninety_days, new_person),
    };

    return cmocka_run_group_tests_name("digest", tests, open_all, close_all);
}

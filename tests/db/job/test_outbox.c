/* test_outbox.c - rows to mails, against servers in every mood and with failures at every call. */
#include "support/test.h"

#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "job/outbox.h"
#include "support/counted.h"
#include "support/folder.h"
#include "support/smtp.h"
#include "support/testdb.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#define SECRET "Q1w2E3r4T5y6U7i8O9p0Q1w2E3r4T5y6U7i8O9p0abc"

static db_stmt_table *const statements[] = { outbox_add_statements, outbox_send_statements, NULL };
static struct testdb schema;
static struct db *db, *lazy;
static struct arena *arena;
static struct folder folder;
static struct conf conf;
static struct smtp_sink sink;
static struct templates *templates;
static struct mailer *mailer;
static struct outbox_sender sender;
static int64_t chinese, german;
static const volatile int never;

static struct err *make_link(struct db *connection, struct arena *a, const char *base,
                             const char *kind, int64_t user_id, const char **url_out)
{
    assert_true(db_in_transaction(connection));
    *url_out = arena_printf(a, "%s/%s/" SECRET "?user=%lld", base, kind, (long long)user_id);
    return NULL;
}

static const struct outbox_link links[] = { { "invite", make_link }, { 0 } };

/* -- helpers ----------------------------------------------------------------------- */

static void script(const char *sql)
{
    assert_ok(db_script(lazy, sql));
}

struct row {
    int64_t tries;
    const char *state, *last_error, *subject, *values_json;
};
static const struct db_field row_fields[] = {
    DB_FIELD(struct row, state, DB_TEXT, 8),
    DB_FIELD(struct row, tries, DB_I64, 0),
    DB_NULLABLE(struct row, last_error, DB_TEXT, 2000),
    DB_FIELD(struct row, subject, DB_TEXT, 1200),
    DB_FIELD(struct row, values_json, DB_TEXT, 4000),
    { 0 },
};
static const struct db_stmt get_row = {
    .name = "test.outbox",
    .sql = "SELECT state, tries, last_error, subject, values_json FROM outbox",
    .binds = "",
    .fields = row_fields,
    .row_bytes = sizeof(struct row),
};

static struct row row(void)
{
    struct row r = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, &get_row, DB_NO_ARGS, &r));
    assert_ok(db_commit(lazy));
    return r;
}

static const struct mail_value values[] = {
    { .name = "Number", .value = "DR-10423" },
    { .name = "Until", .kind = VALUE_AT, .number = INT64_C(1795271527000000) },
    { .name = "State", .kind = VALUE_MESSAGE, .value = "Approved" },
    { 0 },
};

static void add(const struct mail *mail)
{
    assert_ok(db_begin_write(db));
    assert_ok(outbox_add(db, arena, mail));
    assert_ok(db_commit(db));
}

static void add_to(int64_t user_id)
{
    add(&(struct mail){ .template = "test/decided",
                        .user_id = user_id,
                        .kind = "deal",
                        .object_id = 10423,
                        .reason = "You registered this deal.",
                        .values = values });
}

static struct err *try_to_send(int *sent)
{
    struct arena *own = arena_new(16 * 1024);
    struct job_context ctx = { .db = db, .arena = own, .conf = &conf, .owner = "test" };
    struct err *e;

    sender.hold_until_us = 0;
    e = outbox_send_due(&ctx, &sender, &never, sent);
    arena_free(own);
    return e;
}

static int send_due(void)
{
    int sent;

    assert_ok(try_to_send(&sent));
    return sent;
}

static void use(const char *smtp_url)
{
    conf.smtp_url = smtp_url;
    assert_ok(mailer_new(&conf, &mailer));
    outbox_sender_init(&sender, mailer, templates, links);
}

static void leave_server(void)
{
    outbox_sender_clear(&sender);
    mailer_free(mailer);
    mailer = NULL;
    smtp_sink_stop(&sink);
}

static void use_server(enum smtp_mood mood)
{
    if (mailer != NULL)
        leave_server();
    smtp_sink_start(&sink, mood);
    use(sink.url);
}

/* -- what arrives ------------------------------------------------------------------ */

static void test_outbox_send_due__writes_to_a_person_in_his_language_and_zone(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_to(chinese);
    assert_int_equal(send_due(), 1);
    assert_non_null(strstr(smtp_sink_text(&sink), "RCPT TO:<lin@huaxin.example>"));
    assert_non_null(strstr(smtp_sink_text(&sink), "Content-Language: zh-CN"));
    assert_non_null(strstr(smtp_sink_text(&sink), "22:32")); /* Shanghai */
}

static void test_outbox_send_due__writes_the_same_otherwise_for_another_reader(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_to(german);
    assert_int_equal(send_due(), 1);
    assert_non_null(strstr(smtp_sink_text(&sink), "RCPT TO:<insa@nordlicht.example>"));
    assert_non_null(strstr(smtp_sink_text(&sink), "Content-Language: en"));
    assert_non_null(strstr(smtp_sink_text(&sink), "15:32")); /* Berlin */
    assert_non_null(strstr(smtp_sink_text(&sink), "Subject: DR-10423: Approved\r\n"));
    assert_non_null(strstr(smtp_sink_text(&sink), "You registered this deal."));
    assert_non_null(strstr(smtp_sink_text(&sink), "References: <deal.10423@portal.example>"));
}

static void test_outbox_send_due__writes_to_an_address_without_a_user(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add(&(struct mail){ .template = "test/decided",
                        .to_address = "new@applicant.example",
                        .to_name = "Ada",
                        .lang = LANG_ZH,
                        .values = values });
    assert_int_equal(send_due(), 1);
    assert_non_null(strstr(smtp_sink_text(&sink), "RCPT TO:<new@applicant.example>"));
    assert_non_null(strstr(smtp_sink_text(&sink), "Content-Language: zh-CN"));
}

static void test_outbox_send_due__sends_a_mail_once_and_keeps_its_subject(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_to(german);
    send_due();
    script("UPDATE outbox SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 DAY");
    assert_int_equal(send_due(), 0);
    assert_int_equal(smtp_sink_count(&sink), 1);
    assert_string_equal(row().state, "sent");
    assert_string_equal(row().subject, "DR-10423: Approved");
}

static void test_outbox_add__is_part_of_the_transaction(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    assert_ok(db_begin_write(db));
    assert_ok(
        outbox_add(db, arena, &(struct mail){ .template = "test/decided", .user_id = german }));
    db_rollback(db);
    assert_int_equal(send_due(), 0);
}

static void test_outbox_send_due__does_not_write_to_a_disabled_user(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_to(german);
    script("UPDATE user SET status = 'disabled' WHERE email = 'insa@nordlicht.example'");
    assert_int_equal(send_due(), 0);
    script("UPDATE user SET status = 'active'");
    assert_string_equal(row().state, "dropped");
    assert_int_equal(smtp_sink_count(&sink), 0);
}

static void test_outbox_send_due__counts_what_became_of_each_mail(void **state)
{
    (void)state;
    counted_begin(METRIC_WORKER, NULL);
    use_server(SMTP_TAKES);
    add_to(german);
    send_due();
    use_server(SMTP_PUTS_OFF);
    add_to(german);
    send_due();
    script("UPDATE outbox SET tries = 13, due_at = UTC_TIMESTAMP(6) WHERE state = 'waiting'");
    send_due();
    use_server(SMTP_TAKES);
    add_to(german);
    script("UPDATE user SET status = 'disabled' WHERE email = 'insa@nordlicht.example'");
    send_due();
    script("UPDATE user SET status = 'active'");
    assert_int_equal(counted(METRIC_MAILS, METRIC_MAIL_SENT, 0), 1);
    assert_int_equal(counted(METRIC_MAILS, METRIC_MAIL_AGAIN, 0), 1);
    assert_int_equal(counted(METRIC_MAILS, METRIC_MAIL_FAILED, 0), 1);
    assert_int_equal(counted(METRIC_MAILS, METRIC_MAIL_DROPPED, 0), 1);
    counted_end();
}

/* -- servers that do not take it --------------------------------------------------- */

static void test_outbox_send_due__tries_again_later_what_a_server_puts_off(void **state)
{
    (void)state;
    use_server(SMTP_PUTS_OFF);
    add_to(german);
    assert_int_equal(send_due(), 0);
    assert_string_equal(row().state, "waiting");
    assert_int_equal(row().tries, 1);
    assert_non_null(strstr(row().last_error, "451"));
    assert_int_equal(send_due(), 0); /* not due yet */
    assert_int_equal(row().tries, 1);
}

static void test_outbox_send_due__gives_up_in_the_end(void **state)
{
    (void)state;
    use_server(SMTP_PUTS_OFF);
    add_to(german);
    script("UPDATE outbox SET tries = 13");
    send_due();
    assert_string_equal(row().state, "failed");
}

static void test_outbox_send_due__gives_up_at_once_what_a_server_refuses(void **state)
{
    (void)state;
    use_server(SMTP_REFUSES);
    add_to(german);
    send_due();
    assert_string_equal(row().state, "failed");
    assert_non_null(strstr(row().last_error, "550"));
}

static void test_outbox_send_due__counts_no_tries_while_there_is_no_server(void **state)
{
    struct job_context ctx = { .db = db, .arena = arena, .conf = &conf, .owner = "test" };
    int sent;

    (void)state;
    use_server(SMTP_IS_BUSY);
    add_to(german);
    add_to(chinese);
    assert_ok(outbox_send_due(&ctx, &sender, &never, &sent));
    assert_true(sender.hold_until_us > clock_monotonic_us());
    script("DELETE FROM outbox WHERE tries = 0 AND last_error IS NULL"); /* was not even tried */
    assert_string_equal(row().state, "waiting");
    assert_int_equal(row().tries, 0);
}

static void test_outbox_send_due__sends_again_under_the_same_name_when_nobody_knows(void **state)
{
    const char *first, *second;

    (void)state;
    use_server(SMTP_DROPS_AFTER_DATA);
    add_to(german);
    assert_int_equal(send_due(), 0);
    script("UPDATE outbox SET due_at = UTC_TIMESTAMP(6)");
    assert_int_equal(send_due(), 0);
    assert_int_equal(smtp_sink_count(&sink), 2);
    first = strstr(smtp_sink_text(&sink), "Message-ID:");
    second = strstr(first + 1, "Message-ID:");
    assert_memory_equal(first, second, strcspn(first, "\r"));
}

static void test_outbox_send_due__fails_for_a_receiver_that_is_no_address(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add(&(struct mail){ .template = "test/decided",
                        .to_address = "a@b.example\r\nBcc: all@evil.example",
                        .values = values });
    assert_int_equal(send_due(), 0);
    assert_string_equal(row().state, "failed");
    assert_int_equal(smtp_sink_count(&sink), 0);
}

static void test_outbox_send_due__leaves_what_another_worker_sends(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_to(german);
    script("UPDATE outbox SET state = 'sending', lease_owner = 'other', tries = 1,"
           " due_at = UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE");
    assert_int_equal(send_due(), 0);
    script("UPDATE outbox SET due_at = UTC_TIMESTAMP(6)"); /* it died */
    assert_int_equal(send_due(), 1);
    assert_int_equal(row().tries, 2);
}

/* A failure of the database at every call, one after the other: the mail is sent in the end, and it
 * is one mail however often it went out. */
static void test_outbox_send_due__loses_and_doubles_nothing_when_any_call_fails(void **state)
{
    int failed_calls = 0;

    (void)state;
    use_server(SMTP_TAKES);
    for (int n = 1;; n++) {
        int sent, before = smtp_sink_count(&sink), copies;
        const char *id;
        struct err *e;

        script("DELETE FROM outbox");
        add_to(german);
        fault_arm(FAULT_DB, n);
        e = try_to_send(&sent);
        fault_arm(FAULT_DB, 0);
        if (e == NULL && sent == 1)
            break;
        err_free(e);
        failed_calls++;
        if (db_in_transaction(db))
            db_rollback(db);
        script("UPDATE outbox SET due_at = UTC_TIMESTAMP(6) WHERE state <> 'sent'");
        send_due();
        assert_string_equal(row().state, "sent");
        copies = smtp_sink_count(&sink) - before;
        assert_true(copies == 1 || copies == 2);
        if (copies == 1)
            continue;
        id = NULL;
        for (const char *p = smtp_sink_text(&sink); (p = strstr(p, "Message-ID:")) != NULL; p++) {
            if (--before >= 0)
                continue;
            if (id != NULL)
                assert_memory_equal(id, p, strcspn(p, "\r"));
            id = p;
        }
    }
    assert_true(failed_calls > 5);
}

/* -- links ------------------------------------------------------------------------- */

static void add_invitation(void)
{
    add(&(struct mail){ .template = "test/invite", .user_id = german, .link = "invite" });
}

static void test_outbox_send_due__puts_a_fresh_link_into_a_security_mail(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_invitation();
    assert_int_equal(send_due(), 1);
    assert_non_null(strstr(smtp_sink_text(&sink), SECRET));
}

static void test_outbox_send_due__leads_staff_to_their_own_name(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_invitation();
    script("UPDATE user u JOIN outbox o ON o.user_id = u.id SET u.audience = 'staff'");
    conf.staff_url = "https://staff.portal.example";
    assert_int_equal(send_due(), 1);
    conf.staff_url = "";
    assert_non_null(strstr(smtp_sink_text(&sink), "https://staff.portal.example/"));
    assert_null(strstr(smtp_sink_text(&sink), "https://portal.example/"));
}

static void test_outbox__never_holds_the_link_in_the_table(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add_invitation();
    send_due();
    assert_null(strstr(row().values_json, "Q1w2"));
    assert_null(strstr(row().subject, "Q1w2"));
}

static char *file_text(const char *path)
{
    char *text = arena_alloc(arena, 65536);
    FILE *f = fopen(path, "re");

    assert_non_null(f);
    text[fread(text, 1, 65535, f)] = '\0';
    fclose(f);
    return text;
}

/* The only file below SUB. */
static char *only_file(const char *sub)
{
    const struct dirent *entry;
    char *path = NULL;
    DIR *dir = opendir(arena_printf(arena, "%s/%s", folder.path, sub));

    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_type == DT_REG) {
            assert_null(path);
            path = arena_printf(arena, "%s/%s/%s", folder.path, sub, entry->d_name);
        }
    closedir(dir);
    assert_non_null(path);
    return path;
}

static void test_outbox_send_due__keeps_the_link_out_of_mail_files(void **state)
{
    const char *mail, *link;

    (void)state;
    smtp_sink_start(&sink, SMTP_TAKES); /* for tear_down */
    use("");
    add_invitation();
    assert_int_equal(send_due(), 1);
    mail = only_file("mail");
    link = only_file("mail/links");
    assert_null(strstr(file_text(mail), "Q1w2"));
    assert_non_null(strstr(file_text(mail), "mail/links/"));
    assert_true(str_starts(file_text(link), "https://portal.example/invite/" SECRET));
    unlink(mail);
    unlink(link);
}

static void test_outbox_send_due__waits_with_a_link_that_nobody_makes(void **state)
{
    (void)state;
    use_server(SMTP_TAKES);
    add(&(struct mail){ .template = "test/invite", .user_id = german, .link = "unknown" });
    assert_int_equal(send_due(), 0);
    assert_string_equal(row().state, "waiting");
    assert_non_null(strstr(row().last_error, "unknown"));
}

/* -- surroundings ------------------------------------------------------------------ */

static int set_up(void **state)
{
    (void)state;
    script("DELETE FROM outbox");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    leave_server();
    return 0;
}

static void make_templates(void)
{
    char layout[PATH_MAX];

    folder_make(&folder);
    assert_non_null(realpath("templates/layout", layout));
    assert_int_equal(symlink(layout, arena_printf(arena, "%s/layout", folder.path)), 0);
    folder_write(&folder, "manifest.txt", "a.css /static/a.1.css\n");
    folder_write(&folder, "mail/test/decided.cs",
                 "<?cs # frame: mail ?>\n"
                 "<?cs call:mail_subject(\"{{%1$s: %2$s|Mail.Number|Mail.State}}\") ?>\n"
                 "<?cs call:mail_fact(\"{{Until}}\", Mail.Until) ?>\n");
    folder_write(&folder, "mail/test/invite.cs",
                 "<?cs # frame: mail ?>\n<?cs call:mail_subject(\"{{Your invitation}}\") ?>\n"
                 "<?cs call:mail_button(\"{{Begin}}\", Mail.Link) ?>\n");
    assert_ok(templates_new(folder.path, arena_printf(arena, "%s/manifest.txt", folder.path), false,
                            &templates));
}

struct id_row {
    int64_t id;
};
static const struct db_field id_fields[] = { DB_FIELD(struct id_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt find_user = {
    .name = "test.user",
    .sql = "SELECT id FROM user WHERE email = ?",
    .binds = "s",
    .fields = id_fields,
    .row_bytes = sizeof(struct id_row),
};

static int64_t user_of(const char *email)
{
    struct id_row found = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, &find_user, DB_ARGS(DB_S(email)), &found));
    assert_ok(db_commit(lazy));
    return found.id;
}

static int begin(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR + 1); /* what fails here fails on purpose */
    arena = arena_new(16 * 1024);
    assert_ok(text_format_init());
    make_templates();
    conf = (struct conf){ .var = folder.path,
                          .base_url = "https://portal.example",
                          .mail_from = "Halden Compute <portal@halden.example>",
                          .vendor_name = "Halden Compute",
                          .smtp_user = "",
                          .smtp_password_file = "" };
    testdb_copy(&schema);
    db = testdb_connect(schema.name, statements);
    lazy = testdb_connect(schema.name, NULL);
    script("INSERT INTO user (audience, email, email_key, name, lang, zone, status, created_at,"
           " updated_at) VALUES"
           " ('partner', 'lin@huaxin.example', 'lin@huaxin.example', '林晓雯', 'zh-CN',"
           " 'Asia/Shanghai', 'active', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),"
           " ('partner', 'insa@nordlicht.example', 'insa@nordlicht.example', 'Insa Petersen', 'en',"
           " 'Europe/Berlin', 'active', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    chinese = user_of("lin@huaxin.example");
    german = user_of("insa@nordlicht.example");
    return 0;
}

static int end(void **state)
{
    (void)state;
    templates_free(templates);
    db_close(db);
    db_close(lazy);
    testdb_drop(&schema);
    unlink(arena_printf(arena, "%s/layout", folder.path));
    folder_remove(&folder);
    text_format_end();
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_outbox_send_due__writes_to_a_person_in_his_language_and_zone),
        TEST(test_outbox_send_due__writes_the_same_otherwise_for_another_reader),
        TEST(test_outbox_send_due__writes_to_an_address_without_a_user),
        TEST(test_outbox_send_due__sends_a_mail_once_and_keeps_its_subject),
        TEST(test_outbox_add__is_part_of_the_transaction),
        TEST(test_outbox_send_due__does_not_write_to_a_disabled_user),
        TEST(test_outbox_send_due__counts_what_became_of_each_mail),
        TEST(test_outbox_send_due__tries_again_later_what_a_server_puts_off),
        TEST(test_outbox_send_due__gives_up_in_the_end),
        TEST(test_outbox_send_due__gives_up_at_once_what_a_server_refuses),
        TEST(test_outbox_send_due__counts_no_tries_while_there_is_no_server),
        TEST(test_outbox_send_due__sends_again_under_the_same_name_when_nobody_knows),
        TEST(test_outbox_send_due__fails_for_a_receiver_that_is_no_address),
        TEST(test_outbox_send_due__leaves_what_another_worker_sends),
        TEST(test_outbox_send_due__loses_and_doubles_nothing_when_any_call_fails),
        TEST(test_outbox_send_due__puts_a_fresh_link_into_a_security_mail),
        TEST(test_outbox_send_due__leads_staff_to_their_own_name),
        TEST(test_outbox__never_holds_the_link_in_the_table),
        TEST(test_outbox_send_due__keeps_the_link_out_of_mail_files),
        TEST(test_outbox_send_due__waits_with_a_link_that_nobody_makes),
    };

    return cmocka_run_group_tests_name("job/outbox", tests, begin, end);
}

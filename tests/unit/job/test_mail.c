/* test_mail.c - how a mail leaves: to servers in every mood, and to files. */
#include "support/test.h"

#include "base/str.h"
#include "job/mail.h"
#include "support/smtp.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct conf conf;
static struct mailer *mailer;
static struct smtp_sink sink;
static struct buf message;
static char folder[] = "/tmp/fairway-test-mail-XXXXXX";
static char why[256];

static void use_sink(enum smtp_mood mood)
{
    smtp_sink_start(&sink, mood);
    conf.smtp_url = sink.url;
    assert_ok(mailer_new(&conf, &mailer));
}

static enum mail_result send_one(int64_t id)
{
    return mailer_send(mailer, id, "portal@halden.example", "lin@huaxin.example", &message, why);
}

static void test_mailer_send__hands_envelope_and_mail_to_the_server(void **state)
{
    (void)state;
    use_sink(SMTP_TAKES);
    assert_int_equal(send_one(1), MAIL_SENT);
    assert_int_equal(smtp_sink_count(&sink), 1);
    assert_non_null(strstr(smtp_sink_text(&sink), "MAIL FROM:<portal@halden.example>"));
    assert_non_null(strstr(smtp_sink_text(&sink), "RCPT TO:<lin@huaxin.example>"));
    assert_non_null(
        strstr(smtp_sink_text(&sink), "Subject: Test\r\n\r\nOne line\r\n.leading dot\r\n"));
}

static void test_mailer_send__sends_many_over_one_mailer(void **state)
{
    (void)state;
    use_sink(SMTP_TAKES);
    for (int i = 0; i < 5; i++)
        assert_int_equal(send_one(i), MAIL_SENT);
    assert_int_equal(smtp_sink_count(&sink), 5);
}

static void test_mailer_send__of_a_receiver_put_off_is_tried_later(void **state)
{
    (void)state;
    use_sink(SMTP_PUTS_OFF);
    assert_int_equal(send_one(1), MAIL_LATER);
    assert_non_null(strstr(why, "451"));
}

static void test_mailer_send__of_an_unknown_receiver_is_refused_for_good(void **state)
{
    (void)state;
    use_sink(SMTP_REFUSES);
    assert_int_equal(send_one(1), MAIL_REFUSED);
    assert_non_null(strstr(why, "550"));
}

static void test_mailer_send__of_a_mail_that_the_server_does_not_want_is_refused(void **state)
{
    (void)state;
    use_sink(SMTP_REFUSES_MAIL);
    assert_int_equal(send_one(1), MAIL_REFUSED);
}

static void test_mailer_send__to_a_busy_server_reaches_nobody(void **state)
{
    (void)state;
    use_sink(SMTP_IS_BUSY);
    assert_int_equal(send_one(1), MAIL_NO_SERVER);
}

static void test_mailer_send__that_is_cut_off_after_the_mail_is_tried_later(void **state)
{
    (void)state;
    use_sink(SMTP_DROPS_AFTER_DATA);
    assert_int_equal(send_one(1), MAIL_LATER);
    assert_int_equal(smtp_sink_count(&sink), 1);
}

static void test_mailer_send__does_not_wait_for_ever(void **state)
{
    (void)state;
    use_sink(SMTP_HANGS);
    mailer_set_patience(mailer, 1);
    assert_int_equal(send_one(1), MAIL_LATER);
}

static void test_mailer_send__without_anybody_listening_reaches_nobody(void **state)
{
    (void)state;
    use_sink(SMTP_TAKES);
    smtp_sink_stop(&sink);
    assert_int_equal(send_one(1), MAIL_NO_SERVER);
    smtp_sink_start(&sink, SMTP_TAKES); /* for tear_down */
}

static int count_files(const char *sub, char name_out[400])
{
    char path[128];
    const struct dirent *entry;
    int count = 0;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/%s", folder, sub);
    dir = opendir(path);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.' && entry->d_type == DT_REG) {
            snprintf(name_out, 400, "%s/%s", path, entry->d_name);
            count++;
        }
    closedir(dir);
    return count;
}

static void use_files(void)
{
    conf.smtp_url = "";
    assert_ok(mailer_new(&conf, &mailer));
    smtp_sink_start(&sink, SMTP_TAKES); /* for tear_down */
}

static void test_mailer_send__without_a_server_writes_one_file_for_its_owner(void **state)
{
    char name[400];
    struct stat st;

    (void)state;
    use_files();
    assert_int_equal(send_one(7), MAIL_SENT);
    assert_int_equal(send_one(7), MAIL_SENT); /* after a crash between the file and its mark */
    assert_int_equal(count_files("mail", name), 1);
    assert_non_null(strstr(name, "/7-"));
    assert_true(str_ends(name, ".eml"));
    assert_int_equal(stat(name, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, (long)message.len);
}

static void test_mailer_keep_link__is_for_the_operator_alone(void **state)
{
    char name[400];
    struct stat st;

    (void)state;
    use_files();
    assert_ok(mailer_keep_link(mailer, 8, "http://127.0.0.1:8080/invite/secret"));
    assert_int_equal(count_files("mail/links", name), 1);
    assert_true(str_ends(name, "/links/8"));
    assert_int_equal(stat(name, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    unlink(name);
}

static void test_mailer_drop_links__removes_old_ones_alone(void **state)
{
    char name[400];

    (void)state;
    use_files();
    assert_ok(mailer_keep_link(mailer, 9, "http://127.0.0.1:8080/invite/secret"));
    assert_ok(mailer_drop_links(mailer, 3600));
    assert_int_equal(count_files("mail/links", name), 1);
    assert_ok(mailer_drop_links(mailer, -10));
    assert_int_equal(count_files("mail/links", name), 0);
}

static int tear_down(void **state)
{
    (void)state;
    mailer_free(mailer);
    mailer = NULL;
    smtp_sink_stop(&sink);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    conf = (struct conf){ .smtp_user = "", .smtp_password_file = "", .var = mkdtemp(folder) };
    buf_init(&message, 256, 0);
    buf_puts(&message, "Subject: Test\r\n\r\nOne line\r\n.leading dot\r\n");
    return conf.var == NULL;
}

static int end(void **state)
{
    char name[400];

    (void)state;
    buf_free(&message);
    while (count_files("mail", name) > 0)
        unlink(name);
    snprintf(name, sizeof(name), "%s/mail/links", folder);
    rmdir(name);
    snprintf(name, sizeof(name), "%s/mail", folder);
    rmdir(name);
    return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_mailer_send__hands_envelope_and_mail_to_the_server),
        TEST(test_mailer_send__sends_many_over_one_mailer),
        TEST(test_mailer_send__of_a_receiver_put_off_is_tried_later),
        TEST(test_mailer_send__of_an_unknown_receiver_is_refused_for_good),
        TEST(test_mailer_send__of_a_mail_that_the_server_does_not_want_is_refused),
        TEST(test_mailer_send__to_a_busy_server_reaches_nobody),
        TEST(test_mailer_send__that_is_cut_off_after_the_mail_is_tried_later),
        TEST(test_mailer_send__does_not_wait_for_ever),
        TEST(test_mailer_send__without_anybody_listening_reaches_nobody),
        TEST(test_mailer_send__without_a_server_writes_one_file_for_its_owner),
        TEST(test_mailer_keep_link__is_for_the_operator_alone),
        TEST(test_mailer_drop_links__removes_old_ones_alone),
    };

    return cmocka_run_group_tests_name("job/mail", tests, begin, end);
}

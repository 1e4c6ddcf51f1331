/* test_mime.c - what a mail looks like on the wire. */
#include "support/test.h"

#include "base/str.h"
#include "crypt/b64.h"
#include "job/mime.h"

#include <stdlib.h>

static struct buf out;

static struct mime_mail plain_mail(void)
{
    return (struct mime_mail){ .from = "Halden Compute <portal@halden.example>",
                               .to_address = "lin.xiaowen@huaxin.example",
                               .to_name = "Lin Xiaowen",
                               .subject = "Set a new password",
                               .message_id = "42.1795300000@portal.example",
                               .thread_id = "",
                               .language = "en",
                               .note = "",
                               .at_us =
                                   1795271527 * INT64_C(1000000), /* Sat 21 Nov 2026 14:32:07 */
                               .text = "Hello\n",
                               .html = "<p>Hello</p>\n" };
}

static void build(const struct mime_mail *mail)
{
    buf_reset(&out);
    assert_ok(mime_build(mail, &out));
}

static void assert_has(const char *text)
{
    if (strstr(out.data, text) == NULL)
        fail_msg("not found: %s\nin:\n%s", text, out.data);
}

/* The headers' lines that begin with NAME and a colon. */
static int count_header(const char *name)
{
    const char *end = strstr(out.data, "\r\n\r\n");
    size_t len = strlen(name);
    int count = 0;

    for (const char *line = out.data; line != NULL && line < end; line = strstr(line, "\r\n")) {
        line += line == out.data ? 0 : 2;
        count += strncasecmp(line, name, len) == 0 && line[len] == ':';
    }
    return count;
}

/* The value of a header with its encoded words read, as a mail program does it. */
static char *decoded_header(const char *name)
{
    static char value[4096];
    const char *p = strstr(out.data, name);
    size_t len = 0;

    assert_non_null(p);
    p += strlen(name) + 2;
    while (strncmp(p, "=?UTF-8?B?", 10) == 0) {
        const char *end = strstr(p, "?=");
        size_t got;

        assert_true(
            b64_decode(p + 10, (size_t)(end - p - 10), value + len, sizeof(value) - len, &got));
        len += got;
        p = end + 2;
        p += strspn(p, "\r\n ");
    }
    value[len] = '\0';
    return value;
}

static void test_mime_build__offers_to_end_such_mails_with_one_post(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.unsubscribe = "https://portal.example/m/abc";
    build(&mail);
    assert_has("\r\nList-Unsubscribe:\r\n <https://portal.example/m/abc>\r\n");
    assert_has("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    mail.unsubscribe = NULL;
    build(&mail);
    assert_int_equal(count_header("List-Unsubscribe"), 0);
}

static void test_mime_build__takes_no_address_that_could_end_its_header(void **state)
{
    static const char *const bad[] = { "https://a>\r\nBcc: <b@c", "https://a/b c",
                                       "https://a/\xe4" };
    struct mime_mail mail = plain_mail();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        mail.unsubscribe = bad[i];
        build(&mail);
        assert_int_equal(count_header("List-Unsubscribe"), 0);
        assert_int_equal(count_header("List-Unsubscribe-Post"), 0);
        assert_int_equal(count_header("Bcc"), 0);
    }
}

static void test_mime_build__writes_the_headers_of_an_automatic_mail(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    build(&mail);
    assert_has("From: \"Halden Compute\"\r\n <portal@halden.example>\r\n");
    assert_has("To: \"Lin Xiaowen\"\r\n <lin.xiaowen@huaxin.example>\r\n");
    assert_has("Subject: Set a new password\r\n");
    assert_has("Date: Sat, 21 Nov 2026 14:32:07 +0000\r\n");
    assert_has("Message-ID: <42.1795300000@portal.example>\r\n");
    assert_has("Auto-Submitted: auto-generated\r\n");
    assert_has("Content-Language: en\r\n");
    assert_has("MIME-Version: 1.0\r\n");
    assert_int_equal(count_header("In-Reply-To"), 0);
}

static void test_mime_build__ties_the_mails_of_a_record_together(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.thread_id = "deal.10423@portal.example";
    build(&mail);
    assert_has("In-Reply-To: <deal.10423@portal.example>\r\n");
    assert_has("References: <deal.10423@portal.example>\r\n");
}

static void test_mime_build__encodes_a_chinese_subject_in_whole_characters(void **state)
{
    static const char subject[] =
        "商机报备 DR-10423 已批准：上海澄远医疗管理有限公司的边缘服务器与存储项目，保护期至2027年2月19日";
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.subject = subject;
    build(&mail);
    assert_string_equal(decoded_header("Subject"), subject);
    for (const char *p = strstr(out.data, "=?UTF-8?B?"); p != NULL;
         p = strstr(p + 1, "=?UTF-8?B?")) {
        char word[80];
        size_t got;

        assert_true(strstr(p, "?=") - p <= 73);
        assert_true(
            b64_decode(p + 10, (size_t)(strstr(p, "?=") - p - 10), word, sizeof(word), &got));
        assert_true(utf8_valid(word, got));
    }
}

static void test_mime_build__encodes_a_chinese_name(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.to_name = "林晓雯";
    build(&mail);
    assert_string_equal(decoded_header("To"), "林晓雯");
    assert_has("?=\r\n <lin.xiaowen@huaxin.example>\r\n");
}

static void assert_short_lines(void)
{
    size_t line = 0;

    for (const char *p = out.data; *p != '\0'; p++) {
        line = *p == '\n' ? 0 : line + 1;
        if (line > 78)
            fail_msg("a line is too long: %.90s", p - line + 1);
        if (*p == '\n')
            assert_int_equal(p[-1], '\r');
    }
}

static void test_mime_build__keeps_lines_short_whatever_it_is_given(void **state)
{
    struct mime_mail mail = plain_mail();
    char words[600], solid[600], han[601];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(words); i++)
        words[i] = i % 9 == 8 ? ' ' : 'w';
    memset(solid, 'x', sizeof(solid));
    for (size_t i = 0; i < 600; i += 3)
        memcpy(han + i, "商", 3);
    words[599] = solid[599] = han[600] = '\0';
    mail.subject = words;
    mail.text = words;
    mail.html = han;
    build(&mail);
    assert_short_lines();
    mail.subject = solid;
    mail.to_name = solid;
    mail.text = solid;
    build(&mail);
    assert_short_lines();
    assert_string_equal(decoded_header("Subject"), solid);
    mail.subject = han;
    mail.to_name = han;
    build(&mail);
    assert_short_lines();
    assert_string_equal(decoded_header("Subject"), han);
}

static void test_c37__line_ends_in_subject_name_or_note_make_no_header(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.subject = "Hello\r\nBcc: everybody@evil.example\r\n\r\n<html>";
    mail.to_name = "Mallory\nBcc: everybody@evil.example";
    mail.note = "note\r\nBcc: everybody@evil.example";
    mail.from = "Portal\r\nBcc: everybody@evil.example <portal@halden.example>";
    build(&mail);
    assert_int_equal(count_header("Bcc"), 0);
    assert_int_equal(count_header("Subject"), 1);
    assert_has("Subject: Hello Bcc: everybody@evil.example <html>\r\n");
}

static void test_c37__a_receiver_that_is_no_address_is_refused(void **state)
{
    static const char *const bad[] = { "",
                                       "nobody",
                                       "a@b@c.example",
                                       "a b@c.example",
                                       "a@c.example\r\nBcc: x@y.example",
                                       "<a@c.example>",
                                       "a@c.example>,<b@c.example",
                                       "@c.example",
                                       "a@",
                                       "a@.example",
                                       "a@-c.example",
                                       "a@c.example.",
                                       "林@c.example",
                                       "a;b@c.example" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct mime_mail mail = plain_mail();

        mail.to_address = bad[i];
        buf_reset(&out);
        assert_err_kind(mime_build(&mail, &out), ERR_INVALID);
    }
}

static void test_mime_address_valid__takes_what_people_have(void **state)
{
    static const char *const good[] = { "a@b.example", "first.last+tag@sub.halden.example",
                                        "o'brien@x.example", "root@localhost" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(mime_address_valid(good[i]));
}

static void test_mime_build__does_not_take_an_encoded_word_of_the_writer_for_its_own(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.subject = "=?UTF-8?B?SGVsbG8=?=";
    build(&mail);
    assert_string_equal(decoded_header("Subject"), mail.subject);
}

static void test_mime_build__writes_english_readably_and_chinese_as_base_64(void **state)
{
    struct mime_mail mail = plain_mail();

    (void)state;
    mail.text = "Price = 10\n.\nend \n";
    mail.html = "<p>您好，商机报备已批准。</p>";
    build(&mail);
    assert_has("Content-Type: text/plain; charset=UTF-8\r\n"
               "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
               "Price =3D 10\r\n=2E\r\nend=20\r\n");
    assert_has("Content-Type: text/html; charset=UTF-8\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\n"
               "PHA+5oKo5aW977yM5ZWG5py65oql5aSH5bey5om55YeG44CCPC9wPg==\r\n");
}

static void test_mime_build__has_a_boundary_that_no_body_can_contain(void **state)
{
    struct mime_mail mail = plain_mail();
    char boundary[64];
    const char *p;
    int count = 0;

    (void)state;
    build(&mail);
    p = strstr(out.data, "boundary=\"");
    assert_non_null(p);
    snprintf(boundary, sizeof(boundary), "%.*s", (int)strcspn(p + 10, "\""), p + 10);
    mail.text = boundary; /* a writer who guessed it */
    build(&mail);
    for (p = out.data; (p = strstr(p, boundary)) != NULL; p++)
        count++;
    assert_int_equal(count, 4); /* its declaration, two parts, the end */
}

static void test_mime_address_of__finds_the_address_beside_a_name(void **state)
{
    char address[256];

    (void)state;
    assert_true(mime_address_of("Fairway <portal@localhost>", address));
    assert_string_equal(address, "portal@localhost");
    assert_true(mime_address_of("portal@localhost", address));
    assert_string_equal(address, "portal@localhost");
    assert_false(mime_address_of("Fairway <portal@localhost> x", address));
    assert_false(mime_address_of("Fairway <portal@localhost", address));
}

static int begin(void **state)
{
    (void)state;
    buf_init(&out, 4096, 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_free(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mime_build__offers_to_end_such_mails_with_one_post),
        cmocka_unit_test(test_mime_build__takes_no_address_that_could_end_its_header),
        cmocka_unit_test(test_mime_build__writes_the_headers_of_an_automatic_mail),
        cmocka_unit_test(test_mime_build__ties_the_mails_of_a_record_together),
        cmocka_unit_test(test_mime_build__encodes_a_chinese_subject_in_whole_characters),
        cmocka_unit_test(test_mime_build__encodes_a_chinese_name),
        cmocka_unit_test(test_mime_build__keeps_lines_short_whatever_it_is_given),
        cmocka_unit_test(test_c37__line_ends_in_subject_name_or_note_make_no_header),
        cmocka_unit_test(test_c37__a_receiver_that_is_no_address_is_refused),
        cmocka_unit_test(test_mime_address_valid__takes_what_people_have),
        cmocka_unit_test(test_mime_build__does_not_take_an_encoded_word_of_the_writer_for_its_own),
        cmocka_unit_test(test_mime_build__writes_english_readably_and_chinese_as_base_64),
        cmocka_unit_test(test_mime_build__has_a_boundary_that_no_body_can_contain),
        cmocka_unit_test(test_mime_address_of__finds_the_address_beside_a_name),
    };

    return cmocka_run_group_tests_name("job/mime", tests, begin, end);
}

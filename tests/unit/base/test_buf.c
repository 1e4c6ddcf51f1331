/* test_buf.c */
#include "support/test.h"
#include "base/buf.h"

static struct buf b;

static int tear_down(void **state)
{
    (void)state;
    buf_free(&b);
    return 0;
}

static void test_buf__grows_and_always_ends_with_an_end_mark(void **state)
{
    (void)state;
    buf_init(&b, 1, 0);
    assert_string_equal(b.data, "");
    for (size_t i = 1; i <= 5000; i++) {
        buf_putc(&b, (char)('a' + i % 26));
        assert_int_equal(b.len, i);
        assert_int_equal(b.data[i], '\0');
    }
    for (size_t i = 1; i <= 5000; i++)
        assert_int_equal(b.data[i - 1], 'a' + i % 26);
    assert_false(b.failed);
}

static void test_buf__keeps_bytes_of_every_kind(void **state)
{
    char bytes[256];

    (void)state;
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    buf_init(&b, 1, 0);
    buf_add(&b, bytes, 256);
    buf_add(&b, NULL, 0);
    assert_int_equal(b.len, 256);
    assert_memory_equal(b.data, bytes, 256);
}

static void test_buf__beyond_its_limit_fails_for_good_and_stays_whole(void **state)
{
    (void)state;
    buf_init(&b, 1, 10);
    buf_puts(&b, "12345678");
    buf_puts(&b, "90a");
    assert_true(b.failed);
    assert_string_equal(b.data, "12345678");
    buf_puts(&b, "9");
    buf_printf(&b, "%d", 9);
    assert_string_equal(b.data, "12345678");
    buf_reset(&b);
    assert_false(b.failed);
    buf_puts(&b, "1234567890");
    assert_false(b.failed);
    assert_string_equal(b.data, "1234567890");
}

static void test_buf_printf__writes_texts_longer_than_the_first_memory(void **state)
{
    (void)state;
    buf_init(&b, 1, 0);
    buf_printf(&b, "%s|%5000d|%s", "begin", 7, "end");
    assert_int_equal(b.len, 5 + 1 + 5000 + 1 + 3);
    assert_string_equal(b.data + b.len - 6, " 7|end");
}

static void test_buf_printf__leaves_nothing_of_a_text_beyond_the_limit(void **state)
{
    (void)state;
    buf_init(&b, 4096, 8);
    buf_puts(&b, "kept");
    buf_printf(&b, "%s", "too long");
    assert_true(b.failed);
    assert_string_equal(b.data, "kept");
    assert_int_equal(b.len, 4);
}

static void test_buf_json__leaves_no_way_out_of_the_string(void **state)
{
    (void)state;
    buf_init(&b, 1, 0);
    buf_json(&b, "a\"b\\c\n\x01\x7f</é");
    assert_string_equal(b.data, "\"a\\\"b\\\\c\\u000a\\u0001\\u007f</é\"");
}

static void test_buf_html__leaves_no_way_out_of_content_and_attributes(void **state)
{
    (void)state;
    buf_init(&b, 1, 0);
    buf_html(&b, "<a href='x' title=\"y\">&amp;</a>é");
    assert_string_equal(b.data,
                        "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;&lt;/a&gt;é");
    buf_reset(&b);
    buf_html(&b, "");
    assert_string_equal(b.data, "");
}

int main(void)
{
#define WITH_BUF(test) cmocka_unit_test_teardown(test, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_BUF(test_buf__grows_and_always_ends_with_an_end_mark),
        WITH_BUF(test_buf__keeps_bytes_of_every_kind),
        WITH_BUF(test_buf__beyond_its_limit_fails_for_good_and_stays_whole),
        WITH_BUF(test_buf_printf__writes_texts_longer_than_the_first_memory),
        WITH_BUF(test_buf_printf__leaves_nothing_of_a_text_beyond_the_limit),
        WITH_BUF(test_buf_json__leaves_no_way_out_of_the_string),
        WITH_BUF(test_buf_html__leaves_no_way_out_of_content_and_attributes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

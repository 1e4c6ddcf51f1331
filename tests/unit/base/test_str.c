/* test_str.c */
#include "support/test.h"
#include "base/str.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_str_eq__treats_null_as_equal_to_null_only(void **state)
{
    (void)state;
    assert_true(str_eq(NULL, NULL));
    assert_true(str_eq("a", "a"));
    assert_false(str_eq("a", "b"));
    assert_false(str_eq("", NULL));
    assert_false(str_eq(NULL, ""));
}

static void test_str_starts_and_ends__compare_whole_prefixes(void **state)
{
    (void)state;
    assert_true(str_starts("partner/deals", "partner/"));
    assert_false(str_starts("part", "partner"));
    assert_true(str_starts("x", ""));
    assert_true(str_ends("a.css", ".css"));
    assert_false(str_ends("css", ".css"));
    assert_true(str_ends("x", ""));
    assert_true(str_is_empty(NULL) && str_is_empty("") && !str_is_empty(" "));
}

static void test_str_is_ascii__knows_the_first_byte_that_is_not(void **state)
{
    (void)state;
    assert_true(str_is_ascii(""));
    assert_true(str_is_ascii("deal \x7f"));
    assert_false(str_is_ascii("d\xc3\xa9"));
    assert_false(str_is_ascii("\x80"));
}

static void test_str_to_i64__reads_the_whole_range(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } rows[] = {
        { "0", 0 },
        { "7", 7 },
        { "-7", -7 },
        { "1000000", 1000000 },
        { "9223372036854775807", INT64_MAX },
        { "-9223372036854775808", INT64_MIN },
    };
    int64_t value;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(str_to_i64(rows[i].text, &value));
        assert_int_equal(value, rows[i].value);
    }
}

static void test_str_to_i64__refuses_every_other_spelling(void **state)
{
    static const char *const rows[] = {
        "",
        "-",
        "+1",
        "01",
        "00",
        "-0",
        " 1",
        "1 ",
        "1.0",
        "a",
        "1a",
        "0x",
        "--1",
        "1e3",
        "1,000",
        "１",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
    };
    int64_t value = 42;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_to_i64(rows[i], &value))
            fail_msg("'%s' is read", rows[i]);
    assert_int_equal(value, 42);
}

/* The encoder that utf8_valid() is held against. */
static size_t encode(uint32_t point, size_t bytes, char *out)
{
    static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

    for (size_t i = bytes - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)(marks[bytes == 1 ? 0 : bytes] | point);
    return bytes;
}

static void test_utf8_valid__takes_each_code_point_in_its_shortest_form_alone(void **state)
{
    static const uint32_t limits[] = { 0, 0x80, 0x800, 0x10000, 0x110000 };
    char text[4];

    (void)state;
    for (uint32_t point = 0; point < 0x110000; point += point < 0x3000 ? 1 : 37)
        for (size_t bytes = 1; bytes <= 4; bytes++) {
            const bool fits = point < (bytes == 1 ? 0x80u : 1u << (bytes * 5 + 1));
            const bool right = point >= limits[bytes - 1] && point < limits[bytes] &&
                               !(point >= 0xd800 && point < 0xe000);

            if (fits)
                assert_int_equal(utf8_valid(text, encode(point, bytes, text)), right);
        }
}

static void test_utf8_valid__refuses_broken_sequences(void **state)
{
    static const char *const rows[] = { "\x80",
                                        "\xc0\x80",
                                        "\xc2",
                                        "\xe4\xb8",
                                        "\xe4\xb8z",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xff",
                                        "a\xfe",
                                        "\xed\xa0\x80",
                                        "\xf0\x8f\xbf\xbf" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_false(utf8_valid(rows[i], strlen(rows[i])));
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid("a\0b", 3));
    assert_true(utf8_valid("海港é", strlen("海港é")));
}

static void test_utf8_prefix__never_cuts_a_code_point(void **state)
{
    const char *text = "a海é😀z";

    (void)state;
    assert_int_equal(utf8_count(text), 5);
    for (size_t max = 0; max <= strlen(text) + 2; max++) {
        const size_t len = utf8_prefix_bytes(text, max);

        assert_true(len <= max && utf8_valid(text, len));
        assert_true(len + 4 > max || len == strlen(text));
    }
}

static void test_str_hex__is_read_back(void **state)
{
    unsigned char bytes[256], got[256];
    char text[513];

    (void)state;
    for (int i = 0; i < 256; i++)
        bytes[i] = (unsigned char)i;
    str_hex(bytes, 256, text);
    assert_int_equal(strlen(text), 512);
    assert_true(str_unhex(text, got, 256));
    assert_memory_equal(bytes, got, 256);
    assert_true(str_unhex("0aFf", got, 2) && got[0] == 0x0a && got[1] == 0xff);
    assert_false(str_unhex("0a", got, 2));
    assert_false(str_unhex("0a0g", got, 2));
    assert_false(str_unhex("0a0", got, 1));
}

static void test_str_split__keeps_empty_parts(void **state)
{
    size_t count;
    char **parts = str_split(arena, ",a,,bc,", ',', &count);

    (void)state;
    assert_int_equal(count, 5);
    assert_string_equal(parts[0], "");
    assert_string_equal(parts[1], "a");
    assert_string_equal(parts[2], "");
    assert_string_equal(parts[3], "bc");
    assert_string_equal(parts[4], "");
    assert_null(parts[5]);
    parts = str_split(arena, "", ',', NULL);
    assert_string_equal(parts[0], "");
    assert_null(parts[1]);
}

static void test_str_trim__cuts_both_ends_only(void **state)
{
    (void)state;
    assert_string_equal(str_trim(arena, " \t\r\n a b \v\f"), "a b");
    assert_string_equal(str_trim(arena, " \n "), "");
    assert_string_equal(str_trim(arena, "海"), "海");
}

static void test_str_from_i64__writes_what_str_to_i64_reads(void **state)
{
    static const int64_t values[] = { 0, 7, -1, 10423, INT64_MAX, INT64_MIN };
    char space[STR_I64_BYTES];
    int64_t back;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        assert_true(str_to_i64(str_from_i64(values[i], space), &back));
        assert_int_equal(back, values[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str_eq__treats_null_as_equal_to_null_only),
        cmocka_unit_test(test_str_starts_and_ends__compare_whole_prefixes),
        cmocka_unit_test(test_str_is_ascii__knows_the_first_byte_that_is_not),
        cmocka_unit_test(test_str_to_i64__reads_the_whole_range),
        cmocka_unit_test(test_str_to_i64__refuses_every_other_spelling),
        cmocka_unit_test(test_utf8_valid__takes_each_code_point_in_its_shortest_form_alone),
        cmocka_unit_test(test_utf8_valid__refuses_broken_sequences),
        cmocka_unit_test(test_utf8_prefix__never_cuts_a_code_point),
        cmocka_unit_test(test_str_hex__is_read_back),
        cmocka_unit_test(test_str_split__keeps_empty_parts),
        cmocka_unit_test(test_str_trim__cuts_both_ends_only),
        cmocka_unit_test(test_str_from_i64__writes_what_str_to_i64_reads),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

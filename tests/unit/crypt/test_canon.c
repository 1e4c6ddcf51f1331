/* test_canon.c - one content, one text. */
#include "support/test.h"
#include "base/str.h"
#include "crypt/canon.h"

static struct arena *arena;
static struct buf out;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(4096);
    buf_init(&out, 256, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&out);
    arena_free(arena);
    return 0;
}

static void test_canon_write__sorts_names_and_leaves_no_space(void **state)
{
    const struct canon lines[] = { CANON_T(NULL, "FW-1"), CANON_N(NULL, -3) };
    const struct canon inner[] = { CANON_N("z", 1), CANON_T("a_b", "海港") };
    const struct canon members[] = {
        CANON_T("zeta", ""),
        CANON_L("lines", lines, 2),
        CANON_O("inner", inner, 2),
        CANON_N("a", CANON_NUMBER_MAX),
    };

    (void)state;
    assert_ok(canon_write(members, ARRAY_LEN(members), &out));
    assert_string_equal(out.data, "{\"a\":9007199254740991,\"inner\":{\"a_b\":\"海港\",\"z\":1},"
                                  "\"lines\":[\"FW-1\",-3],\"zeta\":\"\"}");
}

static void test_canon_write__escapes_as_rfc_8785(void **state)
{
    const struct canon member = CANON_T("t", "\"\\\b\f\n\r\t\x01\x1f/\x7f<é");

    (void)state;
    assert_ok(canon_write(&member, 1, &out));
    assert_string_equal(out.data, "{\"t\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f/\x7f<é\"}");
}

static void test_canon_write__refuses_what_has_no_canonical_form(void **state)
{
    const struct canon twice[] = { CANON_N("a", 1), CANON_N("b", 1), CANON_N("a", 2) };
    const struct canon rows[] = {
        CANON_N("a", CANON_NUMBER_MAX + 1),
        CANON_N("a", -CANON_NUMBER_MAX - 1),
        CANON_T("a", "\xff"),
        CANON_T("a", NULL),
        CANON_T("A", "x"),
        CANON_T("", "x"),
        CANON_T(NULL, "x"),
        CANON_T("a b", "x"),
    };
    struct canon deep[10] = { CANON_N("a", 1) };

    (void)state;
    assert_err_kind(canon_write(twice, 3, &out), ERR_INVALID);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(canon_write(&rows[i], 1, &out), ERR_INVALID);
    for (size_t i = 1; i < ARRAY_LEN(deep); i++)
        deep[i] = CANON_O("a", &deep[i - 1], 1);
    assert_ok(canon_write(&deep[7], 1, &out));
    assert_err_kind(canon_write(&deep[8], 1, &out), ERR_INVALID);
}

static void test_canon_read_flat__reads_what_is_written(void **state)
{
    const struct canon members[] = {
        CANON_T("text", "a\"\\\n\x02é海"),
        CANON_N("least", -CANON_NUMBER_MAX),
        CANON_N("zero", 0),
        CANON_T("empty", ""),
    };
    struct canon *got;
    size_t count;

    (void)state;
    assert_ok(canon_write(members, ARRAY_LEN(members), &out));
    assert_ok(canon_read_flat(arena, out.data, out.len, &got, &count));
    assert_int_equal(count, 4);
    assert_string_equal(canon_find(got, count, "text")->text, "a\"\\\n\x02é海");
    assert_int_equal(canon_find(got, count, "least")->number, -CANON_NUMBER_MAX);
    assert_int_equal(canon_find(got, count, "zero")->number, 0);
    assert_string_equal(canon_find(got, count, "empty")->text, "");
    assert_null(canon_find(got, count, "tex"));
}

static void test_canon_read_flat__refuses_every_other_spelling(void **state)
{
    static const char *const rows[] = {
        "",
        "{",
        "}",
        "{}x",
        " {}",
        "{ }",
        "{\"a\":1}\n",
        "{\"a\": 1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":+1}",
        "{\"a\":1.0}",
        "{\"a\":1e3}",
        "{\"a\":9007199254740992}",
        "{\"a\":99999999999999999999}",
        "{\"a\":true}",
        "{\"a\":null}",
        "{\"a\":[]}",
        "{\"a\":{}}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\u001F\"}",
        "{\"a\":\"\\u000a\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\u00",
        "{\"a\"}",
        "{\"a\":}",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"A\":1}",
        "{\"\":1}",
        "{\"\\u0061\":1}",
        "{a:1}",
        "[1]",
    };
    struct canon *got;
    size_t count;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(canon_read_flat(arena, rows[i], strlen(rows[i]), &got, &count), ERR_PARSE);
    assert_err_kind(canon_read_flat(arena, "{\"a\":\"x\0\"}", 10, &got, &count), ERR_PARSE);
    assert_ok(canon_read_flat(arena, "{}", 2, &got, &count));
    assert_int_equal(count, 0);
}

int main(void)
{
#define WITH_BUF(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_BUF(test_canon_write__sorts_names_and_leaves_no_space),
        WITH_BUF(test_canon_write__escapes_as_rfc_8785),
        WITH_BUF(test_canon_write__refuses_what_has_no_canonical_form),
        WITH_BUF(test_canon_read_flat__reads_what_is_written),
        WITH_BUF(test_canon_read_flat__refuses_every_other_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

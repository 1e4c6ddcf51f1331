/* Tests of text/norm.h: what typed text becomes, and what is refused. */
#include "support/test.h"

#include "text/norm.h"

#include "base/str.h"

static int open_arena(void **state)
{
    *state = arena_new(4096);
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void expect_clean(struct arena *a, const char *typed, enum text_lines lines,
                         const char *wanted)
{
    char *got = NULL;

    assert_int_equal(text_clean(a, typed, strlen(typed), lines, &got), TEXT_OK);
    assert_string_equal(got, wanted);
}

static void test_text_clean__cuts_white_space_of_any_kind_from_both_ends(void **state)
{
    expect_clean(*state, " \t\n Acme \xC2\xA0\xE3\x80\x80", TEXT_ONE_LINE, "Acme");
}

static void test_text_clean__composes_letters_with_their_accents(void **state)
{
    expect_clean(*state, "Ne\xCC\x81stle", TEXT_ONE_LINE, "Néstle");
}

static void test_text_clean__keeps_line_breaks_of_any_kind_as_one_kind(void **state)
{
    expect_clean(*state, "a\r\nb\rc\nd", TEXT_MANY_LINES, "a\nb\nc\nd");
}

static void test_text_clean__makes_one_line_of_many_where_one_is_asked(void **state)
{
    expect_clean(*state, "a\r\nb\tc", TEXT_ONE_LINE, "a b c");
}

static void test_text_clean__keeps_emptiness(void **state)
{
    expect_clean(*state, "", TEXT_ONE_LINE, "");
    expect_clean(*state, "   ", TEXT_MANY_LINES, "");
}

/* A name that nobody sees, or that only looks like another's. */
static void test_text_clean__drops_what_is_never_seen(void **state)
{
    expect_clean(*state, "\u200B\u2060\uFEFF", TEXT_ONE_LINE, "");
    expect_clean(*state, " \u3164 \u200D\uFE0F", TEXT_ONE_LINE, "");
    expect_clean(*state, "Cla\u00ADire\u200B Ben\u2063nett\u200E", TEXT_ONE_LINE, "Claire Bennett");
    expect_clean(*state, "上海\uFEFF澄远", TEXT_MANY_LINES, "上海澄远");
}

static void test_text_clean__keeps_what_joins_and_varies_signs(void **state)
{
    static const char *const kept[] = { "\u2764\uFE0F", "\U0001F468\u200D\U0001F469",
                                        "葛\U000E0100城市", "می\u200Cخواهم" };

    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        expect_clean(*state, kept[i], TEXT_ONE_LINE, kept[i]);
}

static void test_text_clean__refuses_control_characters(void **state)
{
    static const char *const bad[] = { "a\x01", "\x7f", "a\xC2\x85z", "x\x1b[0m" };
    char *got = NULL;

    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(text_clean(*state, bad[i], strlen(bad[i]), TEXT_MANY_LINES, &got),
                         TEXT_BAD_CONTROL);
    assert_int_equal(text_clean(*state, "a\0b", 3, TEXT_ONE_LINE, &got), TEXT_BAD_CONTROL);
}

static void test_text_clean__refuses_what_turns_the_reading_direction(void **state)
{
    static const char spoof[] = "invoice\xE2\x80\xAE"
                                "fdp.exe";
    char *got = NULL;

    assert_int_equal(text_clean(*state, spoof, strlen(spoof), TEXT_ONE_LINE, &got),
                     TEXT_BAD_CONTROL);
}

static void test_text_clean__refuses_bytes_that_are_no_utf8(void **state)
{
    char *got = NULL;

    assert_int_equal(text_clean(*state, "\xC0\xAF", 2, TEXT_ONE_LINE, &got), TEXT_BAD_UTF8);
    assert_int_equal(text_clean(*state, "abc\xE4\xBD", 5, TEXT_ONE_LINE, &got), TEXT_BAD_UTF8);
}

static void test_text_nfc__leaves_composed_text_as_it_is(void **state)
{
    assert_string_equal(text_nfc(*state, "华为 Ü"), "华为 Ü");
}

static void test_text_fold__makes_case_width_and_spaces_equal(void **state)
{
    assert_string_equal(text_fold(*state, "  Ｈｕａｗｅｉ　 STRAßE "), "huawei strasse");
    assert_string_equal(text_fold(*state, "Acme  Corp"), "acme corp");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_clean__cuts_white_space_of_any_kind_from_both_ends),
        cmocka_unit_test(test_text_clean__composes_letters_with_their_accents),
        cmocka_unit_test(test_text_clean__keeps_line_breaks_of_any_kind_as_one_kind),
        cmocka_unit_test(test_text_clean__makes_one_line_of_many_where_one_is_asked),
        cmocka_unit_test(test_text_clean__keeps_emptiness),
        cmocka_unit_test(test_text_clean__drops_what_is_never_seen),
        cmocka_unit_test(test_text_clean__keeps_what_joins_and_varies_signs),
        cmocka_unit_test(test_text_clean__refuses_control_characters),
        cmocka_unit_test(test_text_clean__refuses_what_turns_the_reading_direction),
        cmocka_unit_test(test_text_clean__refuses_bytes_that_are_no_utf8),
        cmocka_unit_test(test_text_nfc__leaves_composed_text_as_it_is),
        cmocka_unit_test(test_text_fold__makes_case_width_and_spaces_equal),
    };

    return cmocka_run_group_tests_name("text/norm", tests, open_arena, close_arena);
}

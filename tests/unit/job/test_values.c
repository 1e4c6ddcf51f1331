/* test_values.c - values from writer to reader. */
#include "support/test.h"

#include "base/str.h"
#include "job/values.h"

static struct arena *arena;
static const struct text_locale *shanghai, *berlin;

static const struct mail_value all_kinds[] = {
    { .name = "Text", .value = "a \"quoted\" <text>\n商机" },
    { .name = "Message", .kind = VALUE_MESSAGE, .value = "Approved" },
    { .name = "Number", .kind = VALUE_NUMBER, .number = 1234567 },
    { .name = "Money", .kind = VALUE_MONEY, .number = 1234500000, .value = "USD" },
    { .name = "At", .kind = VALUE_AT, .number = INT64_C(1795271527000000) },
    { .name = "Day", .kind = VALUE_DAY, .number = 20778 },
    { .name = "Format", .kind = VALUE_FORMAT, .value = "%1$s at %5$s, 100%%" },
    { 0 },
};

static struct mail_value *through_json(const struct mail_value *values)
{
    struct mail_value *read;

    assert_ok(values_read(arena, values_write(arena, values), &read));
    return read;
}

static const char *shown(const struct text_locale *loc, const char *name)
{
    const struct mail_value *values = through_json(all_kinds);

    for (const struct mail_value *v = values; v->name != NULL; v++)
        if (str_eq(v->name, name))
            return values_text(loc, arena, values, v);
    fail_msg("no value %s", name);
    return "";
}

static void test_values__come_back_as_they_were_written(void **state)
{
    const struct mail_value *read = through_json(all_kinds);

    (void)state;
    for (size_t i = 0; all_kinds[i].name != NULL; i++) {
        assert_string_equal(read[i].name, all_kinds[i].name);
        assert_int_equal(read[i].kind, all_kinds[i].kind);
        assert_int_equal(read[i].number, all_kinds[i].number);
        assert_string_equal(read[i].value, all_kinds[i].value != NULL ? all_kinds[i].value : "");
    }
    assert_null(read[ARRAY_LEN(all_kinds) - 1].name);
}

static void test_values__of_nothing_are_an_empty_list(void **state)
{
    (void)state;
    assert_string_equal(values_write(arena, NULL), "{}");
    assert_null(through_json(NULL)[0].name);
}

static void test_values_text__follows_the_zone_of_the_reader(void **state)
{
    (void)state;
    assert_string_equal(shown(berlin, "At"), "21 Nov 2026, 15:32");
    assert_string_equal(shown(shanghai, "At"), "2026年11月21日 22:32");
}

static void test_values_text__writes_amounts_numbers_and_days_as_the_reader_does(void **state)
{
    (void)state;
    assert_string_equal(shown(berlin, "Number"), "1,234,567");
    assert_string_equal(shown(berlin, "Money"), "USD 123,450.00");
    assert_string_equal(shown(berlin, "Day"), "21 Nov 2026");
    assert_string_equal(shown(shanghai, "Day"), "2026年11月21日");
}

static void test_values_fill__puts_values_into_their_places(void **state)
{
    (void)state;
    assert_string_equal(shown(berlin, "Format"),
                        "a \"quoted\" <text>\n商机 at 21 Nov 2026, 15:32, 100%");
}

static void test_values_fill__takes_nothing_in_a_value_for_a_place(void **state)
{
    const struct mail_value values[] = { { .name = "A", .value = "%2$s %n %s" },
                                         { .name = "B", .value = "b" },
                                         { 0 } };

    (void)state;
    assert_string_equal(values_fill(berlin, arena, "%1$s|%2$s|%3$s|%0$s|%", values),
                        "%2$s %n %s|b||%0$s|%");
}

static void test_values_fill__does_not_follow_a_format_in_a_format(void **state)
{
    const struct mail_value values[] = { { .name = "A", .kind = VALUE_FORMAT, .value = "%1$s" },
                                         { 0 } };

    (void)state;
    assert_string_equal(values_fill(berlin, arena, "[%1$s]", values), "[]");
}

static void test_values_read__refuses_what_it_would_not_write(void **state)
{
    static const char *const bad[] = { "",
                                       "[]",
                                       "{",
                                       "{\"A\":1}",
                                       "{\"A\":null}",
                                       "{\"A\":{\"kind\":\"magic\",\"number\":0,\"value\":\"\"}}",
                                       "{\"A\":{\"kind\":\"at\",\"value\":\"\"}}",
                                       "{\"A.B\":\"x\"}",
                                       "{\"\":\"x\"}",
                                       "{\"1A\":\"x\"}",
                                       "{\"A\":\"x\",\"A\":\"y\"}" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct mail_value *values;

        assert_err_kind(values_read(arena, bad[i], &values), ERR_PARSE);
    }
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    assert_ok(text_format_init());
    berlin = text_locale_get(LANG_EN, "Europe/Berlin");
    shanghai = text_locale_get(LANG_ZH, "Asia/Shanghai");
    return 0;
}

static int end(void **state)
{
    (void)state;
    text_format_end();
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values__come_back_as_they_were_written),
        cmocka_unit_test(test_values__of_nothing_are_an_empty_list),
        cmocka_unit_test(test_values_text__follows_the_zone_of_the_reader),
        cmocka_unit_test(test_values_text__writes_amounts_numbers_and_days_as_the_reader_does),
        cmocka_unit_test(test_values_fill__puts_values_into_their_places),
        cmocka_unit_test(test_values_fill__takes_nothing_in_a_value_for_a_place),
        cmocka_unit_test(test_values_fill__does_not_follow_a_format_in_a_format),
        cmocka_unit_test(test_values_read__refuses_what_it_would_not_write),
    };

    return cmocka_run_group_tests_name("job/values", tests, begin, end);
}

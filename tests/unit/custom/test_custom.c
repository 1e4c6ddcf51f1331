/* custom/custom.c: what limits a type may have, and how values are written down. */
#include "support/test.h"

#include "base/money.h"
#include "custom/custom_sheet.h"
#include "web/sheet.h"

static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    a = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static bool takes(enum custom_type type, const char *least, const char *most)
{
    struct custom_limits limits;
    bool least_bad;

    return custom_limits_read(type, least, most, &limits, &least_bad);
}

static void test_limits__are_of_the_field_s_type(void **state)
{
    (void)state;
    assert_true(takes(CUSTOM_TEXT, "2", "40"));
    assert_false(takes(CUSTOM_TEXT, "", "501"));
    assert_false(takes(CUSTOM_TEXT, "-1", ""));
    assert_true(takes(CUSTOM_INT, "-5", "5"));
    assert_false(takes(CUSTOM_INT, "", "1.5"));
    assert_true(takes(CUSTOM_AMOUNT, "0.5", "1234.50"));
    assert_false(takes(CUSTOM_AMOUNT, "1e3", ""));
    assert_true(takes(CUSTOM_DAY, "2026-01-01", ""));
    assert_false(takes(CUSTOM_DAY, "2026-02-30", ""));
    assert_true(takes(CUSTOM_FLAG, "", ""));
    assert_false(takes(CUSTOM_FLAG, "1", ""));
    assert_false(takes(CUSTOM_CHOICE, "", "1"));
}

static void test_limits__the_least_is_not_above_the_most(void **state)
{
    struct custom_limits limits;
    bool least_bad;

    (void)state;
    assert_false(custom_limits_read(CUSTOM_INT, "6", "5", &limits, &least_bad));
    assert_true(least_bad);
    assert_true(takes(CUSTOM_INT, "5", "5"));
    assert_false(takes(CUSTOM_DAY, "2027-01-01", "2026-01-01"));
}

static void test_limits__none_are_the_widest_of_the_type(void **state)
{
    struct custom_limits limits;
    bool least_bad;

    (void)state;
    assert_true(custom_limits_read(CUSTOM_TEXT, "", "", &limits, &least_bad));
    assert_false(limits.own);
    assert_int_equal(limits.most, CUSTOM_TEXT_MOST);
}

static const char *text_of(enum custom_type type, struct custom_value value)
{
    static struct custom_option gold = { .id = 7, .code = "gold" };
    const struct custom_field field = {
        .id = 1, .type = type, .options = &gold, .option_count = 1
    };

    value.field_id = 1;
    return custom_text(a, &field, &value);
}

static void test_values__are_written_as_they_are_typed(void **state)
{
    (void)state;
    assert_string_equal(text_of(CUSTOM_TEXT, (struct custom_value){ .text = "Kiel" }), "Kiel");
    assert_string_equal(text_of(CUSTOM_INT, (struct custom_value){ .e4 = -120000 }), "-12");
    assert_string_equal(text_of(CUSTOM_AMOUNT, (struct custom_value){ .e4 = 12345000 }), "1234.50");
    assert_string_equal(text_of(CUSTOM_AMOUNT, (struct custom_value){ .e4 = 10000 }), "1");
    assert_string_equal(text_of(CUSTOM_DAY, (struct custom_value){ .day = 0 }), "1970-01-01");
    assert_string_equal(text_of(CUSTOM_FLAG, (struct custom_value){ .e4 = 0 }), "no");
    assert_string_equal(text_of(CUSTOM_FLAG, (struct custom_value){ .e4 = MONEY_SCALE }), "yes");
    assert_string_equal(text_of(CUSTOM_CHOICE, (struct custom_value){ .e4 = 7 * MONEY_SCALE }),
                        "gold");
    assert_string_equal(text_of(CUSTOM_CHOICE, (struct custom_value){ .e4 = 8 * MONEY_SCALE }), "");
}

/* -- cells ---------------------------------------------------------------------------------------
 */

static struct custom_option options[] = {
    { 1, "own_funds", "Own funds", "自有资金", true },
    { 2, "lease", "Leasing", "融资租赁", true },
    { 3, "gone", "Leasing", "赠与", false },
    { 4, "other", "Lease", "其他", true },
};
static const struct custom_field choice = { .type = CUSTOM_CHOICE,
                                            .options = options,
                                            .option_count = 4 };

static void test_cell__of_a_choice_is_its_key_or_its_name_in_either_language(void **state)
{
    (void)state;
    assert_string_equal(custom_cell(a, &choice, " OWN_funds "), "own_funds");
    assert_string_equal(custom_cell(a, &choice, "own FUNDS"), "own_funds");
    assert_string_equal(custom_cell(a, &choice, "融资租赁"), "lease");
    assert_string_equal(custom_cell(a, &choice, "nothing"), "nothing");
    assert_string_equal(custom_cell(a, &choice, " "), "");
}

static void test_cell__that_names_two_choices_is_the_one_that_is_offered_and_a_key_comes_first(
    void **state)
{
    (void)state;
    assert_string_equal(custom_cell(a, &choice, "Leasing"), "lease");
    assert_string_equal(custom_cell(a, &choice, "lease"), "lease");
    assert_string_equal(custom_cell(a, &choice, "赠与"), "gone");
}

static void test_cell__of_other_types_is_as_spreadsheets_write_it(void **state)
{
    const struct custom_field flag = { .type = CUSTOM_FLAG }, day = { .type = CUSTOM_DAY },
                              words = { .type = CUSTOM_TEXT };

    (void)state;
    assert_string_equal(custom_cell(a, &flag, "YES"), "yes");
    assert_string_equal(custom_cell(a, &flag, " no "), "no");
    assert_string_equal(custom_cell(a, &flag, "1"), "1");
    assert_string_equal(custom_cell(a, &day, "2026年3月9日"), "2026-03-09");
    assert_string_equal(custom_cell(a, &day, "9/3/2026"), "9/3/2026");
    assert_string_equal(custom_cell(a, &words, " as it is "), " as it is ");
}

static void test_takes__names_what_is_offered(void **state)
{
    const struct custom_field words = { .type = CUSTOM_LINES };

    (void)state;
    assert_string_equal(custom_takes(a, &choice, LANG_EN), "Own funds · Leasing · Lease");
    assert_string_equal(custom_takes(a, &choice, LANG_ZH), "自有资金 · 融资租赁 · 其他");
    assert_null(custom_takes(a, &words, LANG_EN));
}

static void test_sheet_day__reads_what_begins_with_the_year(void **state)
{
    (void)state;
    assert_string_equal(sheet_day(a, "2026/1/5"), "2026-01-05");
    assert_string_equal(sheet_day(a, "2026.01.05"), "2026-01-05");
    assert_string_equal(sheet_day(a, "2026-1-5"), "2026-01-05");
    assert_string_equal(sheet_day(a, "2026/1/5 9:00"), "2026/1/5 9:00");
    assert_string_equal(sheet_day(a, "1/5/2026"), "1/5/2026");
    assert_string_equal(sheet_day(a, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits__are_of_the_field_s_type),
        cmocka_unit_test(test_limits__the_least_is_not_above_the_most),
        cmocka_unit_test(test_limits__none_are_the_widest_of_the_type),
        cmocka_unit_test(test_values__are_written_as_they_are_typed),
        cmocka_unit_test(test_cell__of_a_choice_is_its_key_or_its_name_in_either_language),
        cmocka_unit_test(
            test_cell__that_names_two_choices_is_the_one_that_is_offered_and_a_key_comes_first),
        cmocka_unit_test(test_cell__of_other_types_is_as_spreadsheets_write_it),
        cmocka_unit_test(test_takes__names_what_is_offered),
        cmocka_unit_test(test_sheet_day__reads_what_begins_with_the_year),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

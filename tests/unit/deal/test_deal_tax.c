/* deal/deal_tax.c - tax numbers.  The Chinese ones are made up: their check characters are
 * computed. */
#include "support/test.h"

#include "base/str.h"
#include "deal/deal_forms.h"

static void test_tax__takes_a_credit_code_with_its_check_character(void **state)
{
    (void)state;
    assert_null(deal_tax_number_fault("CN", "91350100M000100Y43"));
}

static void test_tax__finds_any_one_changed_character_of_a_credit_code(void **state)
{
    static const char good[] = "91350100M000100Y43";
    char code[sizeof(good)];

    (void)state;
    for (size_t i = 0; i < sizeof(good) - 1; i++) {
        memcpy(code, good, sizeof(good));
        code[i] = code[i] == '2' ? '5' : '2';
        if (deal_tax_number_fault("CN", code) == NULL)
            fail_msg("%s passed", code);
    }
}

static void test_tax__refuses_a_credit_code_of_another_length(void **state)
{
    static const char *const codes[] = { "91350100M000100Y4", "91350100M000100Y430", "9",
                                         "一二三四五六七八九十一二三四五六七" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_non_null(deal_tax_number_fault("CN", codes[i]));
}

static void test_tax__refuses_letters_that_a_credit_code_never_has(void **state)
{
    static const char *const codes[] = { "9135010OM000100Y43", "91350100I000100Y43",
                                         "91350100S000100Y43", "91350100Z000100Y43",
                                         "91350100M000100y43", "91350100M00010 Y43" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_non_null(deal_tax_number_fault("CN", codes[i]));
}

static void test_tax__is_lenient_with_the_numbers_of_other_countries(void **state)
{
    static const char *const codes[] = { "DE811569869", "GB 123 4567 89", "201912345K",
                                         "FR-12.345" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_null(deal_tax_number_fault("DE", codes[i]));
}

static void test_tax__refuses_what_is_no_number_anywhere(void **state)
{
    static const char *const codes[] = { "12", "abc;drop", "<b>1234</b>", "税号一二三四",
                                         "1234567890123456789012345678901" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_non_null(deal_tax_number_fault("SG", codes[i]));
}

static void test_tax__may_be_left_out(void **state)
{
    (void)state;
    assert_null(deal_tax_number_fault("CN", ""));
    assert_null(deal_tax_number_fault("", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tax__takes_a_credit_code_with_its_check_character),
        cmocka_unit_test(test_tax__finds_any_one_changed_character_of_a_credit_code),
        cmocka_unit_test(test_tax__refuses_a_credit_code_of_another_length),
        cmocka_unit_test(test_tax__refuses_letters_that_a_credit_code_never_has),
        cmocka_unit_test(test_tax__is_lenient_with_the_numbers_of_other_countries),
        cmocka_unit_test(test_tax__refuses_what_is_no_number_anywhere),
        cmocka_unit_test(test_tax__may_be_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

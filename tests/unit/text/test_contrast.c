/* Colours and their contrast, against figures of WCAG's own examples. */
#include "support/test.h"

#include "text/contrast.h"

static struct colour colour(const char *text)
{
    struct colour c;

    assert_true(colour_read(text, &c));
    return c;
}

static void test_colour__is_read_in_either_case_and_written_in_lower_case(void **state)
{
    char text[COLOUR_BYTES];

    (void)state;
    colour_write(colour("#0A5C4f"), text);
    assert_string_equal(text, "#0a5c4f");
}

static void test_colour__what_is_none_is_not_read(void **state)
{
    static const char *const texts[] = { "",       "#",       "#12345",  "#1234567",
                                         "123456", "#12345g", "#12 456", "red" };
    struct colour c;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_false(colour_read(texts[i], &c));
}

static void test_contrast__is_that_of_the_standard(void **state)
{
    (void)state;
    assert_int_equal(contrast_e2(colour("#000000"), colour("#ffffff")), 2100);
    assert_int_equal(contrast_e2(colour("#777777"), colour("#ffffff")), 447);
    assert_int_equal(contrast_e2(colour("#767676"), colour("#ffffff")), 454);
    assert_int_equal(contrast_e2(colour("#ffffff"), colour("#ff0000")), 399);
    assert_int_equal(contrast_e2(colour("#123456"), colour("#123456")), 100);
}

static void test_contrast__mixing_ends_where_it_goes_to(void **state)
{
    char text[COLOUR_BYTES];

    (void)state;
    colour_write(colour_mix(colour("#102030"), colour("#ffffff"), 256), text);
    assert_string_equal(text, "#ffffff");
    colour_write(colour_mix(colour("#102030"), colour("#ffffff"), 0), text);
    assert_string_equal(text, "#102030");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colour__is_read_in_either_case_and_written_in_lower_case),
        cmocka_unit_test(test_colour__what_is_none_is_not_read),
        cmocka_unit_test(test_contrast__is_that_of_the_standard),
        cmocka_unit_test(test_contrast__mixing_ends_where_it_goes_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The values of a page: names, kinds, lists, and being used again for the next page. */
#include "support/test.h"

#include "view/hdf.h"
#include "view/view.h"

static int make(void **state)
{
    *state = view_new();
    return 0;
}

static int drop(void **state)
{
    view_free(*state);
    return 0;
}

static void test_view__gives_back_what_was_set(void **state)
{
    struct view *v = *state;

    view_text(v, "Title", "a <b> & \"c\"");
    assert_string_equal(view_get(v, "Title"), "a <b> & \"c\"");
    assert_string_equal(view_get(v, "Missing"), "");
}

static void test_view__takes_null_as_empty(void **state)
{
    view_text(*state, "Title", NULL);
    assert_string_equal(view_get(*state, "Title"), "");
}

static void test_view__cuts_a_text_at_its_length(void **state)
{
    static char text[1000];

    view_text_n(*state, "Short", "abcdef", 3);
    memset(text, 'x', sizeof(text));
    view_text_n(*state, "Long", text, 600);
    assert_string_equal(view_get(*state, "Short"), "abc");
    assert_int_equal(strlen(view_get(*state, "Long")), 600);
}

static void test_view__writes_whole_numbers_of_every_size(void **state)
{
    struct view *v = *state;

    view_int(v, "Zero", 0);
    view_int(v, "Least", INT64_MIN);
    view_int(v, "Most", INT64_MAX);
    assert_string_equal(view_get(v, "Zero"), "0");
    assert_string_equal(view_get(v, "Least"), "-9223372036854775808");
    assert_string_equal(view_get(v, "Most"), "9223372036854775807");
}

static void test_view__a_flag_that_is_off_is_absent(void **state)
{
    struct view *v = *state;

    view_flag(v, "May", true);
    assert_string_equal(view_get(v, "May"), "1");
    view_flag(v, "May", false);
    assert_null(hdf_get_obj(view_hdf(v), "May"));
}

static void test_view__rows_of_two_lists_filled_in_turn_keep_their_order(void **state)
{
    struct view *v = *state;
    char name[32];

    for (int i = 0; i < 30; i++) {
        view_int(view_row(v, "A"), "N", i);
        view_int(view_row(view_at(v, "B"), "Rows"), "N", 100 + i);
        for (int j = 0; j < 6; j++) {
            snprintf(name, sizeof(name), "Other%d", j);
            view_row(v, name);
        }
    }
    assert_string_equal(view_get(v, "A.29.N"), "29");
    assert_string_equal(view_get(v, "B.Rows.29.N"), "129");
    assert_string_equal(view_get(v, "A.30.N"), "");
}

static void test_view__a_row_is_a_place_of_its_own(void **state)
{
    struct view *row = view_row(*state, "Rows");

    view_text(view_at(row, "Status"), "Label", "Draft");
    assert_string_equal(view_get(row, "Status.Label"), "Draft");
    assert_string_equal(view_get(*state, "Rows.0.Status.Label"), "Draft");
}

static void test_view__reset_empties_it_for_the_next_page(void **state)
{
    struct view *v = *state;

    for (int page = 0; page < 3; page++) {
        assert_string_equal(view_get(v, "Rows.0.N"), "");
        for (int i = 0; i < 500; i++)
            view_int(view_row(v, "Rows"), "N", i);
        assert_string_equal(view_get(v, "Rows.499.N"), "499");
        view_reset(v);
    }
}

static void test_view__two_sets_of_values_do_not_meet(void **state)
{
    struct view *other = view_new();

    view_text(*state, "Title", "one");
    view_text(other, "Title", "two");
    view_reset(*state);
    assert_string_equal(view_get(other, "Title"), "two");
    view_free(other);
}

static void refuses_name(struct view *v, const char *name)
{
    view_text(v, name, "x");
    assert_err_kind(view_take_error(v), ERR_BUG);
}

static void test_view__refuses_names_that_would_write_elsewhere(void **state)
{
    refuses_name(*state, "");
    refuses_name(*state, ".a");
    refuses_name(*state, "a.");
    refuses_name(*state, "a..b");
    refuses_name(*state, "a b");
    refuses_name(*state, "中");
}

static void test_view__keeps_the_first_error_until_it_is_taken(void **state)
{
    struct view *v = *state;
    struct err *e;

    view_text(v, "first fault", "x");
    view_text(v, "second fault", "x");
    e = view_take_error(v);
    assert_non_null(strstr(err_message(e), "first fault"));
    err_free(e);
    assert_ok(view_take_error(v));
}

static void test_view__reset_forgets_an_error(void **state)
{
    view_text(*state, "no name", "x");
    view_reset(*state);
    assert_ok(view_take_error(*state));
}

static void test_view__takes_a_value_after_the_last_one_was_removed(void **state)
{
    struct view *v = *state;

    view_flag(v, "First", true);
    view_flag(v, "Last", true);
    view_flag(v, "Last", false);
    view_text(v, "Next", "here");
    assert_string_equal(view_get(v, "First"), "1");
    assert_string_equal(view_get(v, "Last"), "");
    assert_string_equal(view_get(v, "Next"), "here");
    view_flag(v, "First", false);
    view_flag(v, "Next", false);
    view_text(v, "Alone", "here");
    assert_string_equal(view_get(v, "Alone"), "here");
}

static void test_view__sets_a_value_again_among_many(void **state)
{
    struct view *v = *state;
    char name[16];

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 40; i++) {
            snprintf(name, sizeof(name), "Name%d", i);
            view_int(v, name, 100 * round + i);
        }
    view_text(v, "Name7.Below.It", "deep");
    assert_string_equal(view_get(v, "Name0"), "100");
    assert_string_equal(view_get(v, "Name39"), "139");
    assert_string_equal(view_get(v, "Name7"), "107");
    assert_string_equal(view_get(view_at(v, "Name7.Below"), "It"), "deep");
}

static void test_view__refuses_text_under_a_name_of_html_and_html_under_another(void **state)
{
    struct view_html html = { .text = (char *)"<b>" };

    view_html(*state, "BoxHtml", &html);
    assert_null(view_take_error(*state));
    view_text(*state, "BoxHtml", "<script>");
    assert_err_kind(view_take_error(*state), ERR_BUG);
    view_html(*state, "Box", &html);
    assert_err_kind(view_take_error(*state), ERR_BUG);
    assert_string_equal(view_get(*state, "BoxHtml"), "<b>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_view__gives_back_what_was_set, make, drop),
        cmocka_unit_test_setup_teardown(test_view__takes_null_as_empty, make, drop),
        cmocka_unit_test_setup_teardown(test_view__cuts_a_text_at_its_length, make, drop),
        cmocka_unit_test_setup_teardown(test_view__writes_whole_numbers_of_every_size, make, drop),
        cmocka_unit_test_setup_teardown(test_view__a_flag_that_is_off_is_absent, make, drop),
        cmocka_unit_test_setup_teardown(
            test_view__rows_of_two_lists_filled_in_turn_keep_their_order, make, drop),
        cmocka_unit_test_setup_teardown(test_view__a_row_is_a_place_of_its_own, make, drop),
        cmocka_unit_test_setup_teardown(test_view__reset_empties_it_for_the_next_page, make, drop),
        cmocka_unit_test_setup_teardown(test_view__two_sets_of_values_do_not_meet, make, drop),
        cmocka_unit_test_setup_teardown(test_view__refuses_names_that_would_write_elsewhere, make,
                                        drop),
        cmocka_unit_test_setup_teardown(test_view__keeps_the_first_error_until_it_is_taken, make,
                                        drop),
        cmocka_unit_test_setup_teardown(test_view__reset_forgets_an_error, make, drop),
        cmocka_unit_test_setup_teardown(test_view__takes_a_value_after_the_last_one_was_removed,
                                        make, drop),
        cmocka_unit_test_setup_teardown(test_view__sets_a_value_again_among_many, make, drop),
        cmocka_unit_test_setup_teardown(
            test_view__refuses_text_under_a_name_of_html_and_html_under_another, make, drop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

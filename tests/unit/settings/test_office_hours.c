/* settings/office_hours.c and areas.c: what people write, read and written again. */
#include "support/test.h"

#include "base/str.h"
#include "settings/areas.h"
#include "settings/office_hours.h"

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

static const char *again(const char *text)
{
    struct office_span spans[OFFICE_SPANS];
    size_t count;

    return office_hours_read(text, spans, &count) ? office_hours_text(a, spans, count) : NULL;
}

static void test_hours__are_read_as_people_write_them(void **state)
{
    (void)state;
    assert_string_equal(again("09:00-12:00, 13:00-18:00"), "09:00-12:00, 13:00-18:00");
    assert_string_equal(again("9-12,13:30 – 18"), "09:00-12:00, 13:30-18:00");
    assert_string_equal(again("9：00～12：00，13：00—18：00"), "09:00-12:00, 13:00-18:00");
    assert_string_equal(again("0-24"), "00:00-24:00");
    assert_string_equal(again(" "), "");
}

static void test_hours__of_no_sense_are_refused(void **state)
{
    static const char *const bad[] = {
        "nine to five",         "9",           "12-9",        "9-25",      "9:60-12",
        "9-12,11-13",           "9-12,",       "9-12 13",     "-12",       "9--12",
        "1-2,3-4,5-6,7-8,9-10", "24:01-24:02", "9:000-10:00", "13-14,9-10"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_null(again(bad[i]));
}

static void test_hours__longer_than_any_day_are_refused(void **state)
{
    char text[300];

    (void)state;
    memset(text, '1', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    assert_null(again(text));
}

static void test_areas__are_read_line_by_line(void **state)
{
    struct area_fault fault;
    struct area *areas;
    size_t count;

    (void)state;
    assert_true(areas_read(a, "de\n\n CN  上海 \nCN", &areas, &count, &fault));
    assert_int_equal(count, 3);
    assert_string_equal(areas_text(a, areas, count), "DE\nCN 上海\nCN");
}

static void test_areas__say_which_line_is_wrong(void **state)
{
    struct area_fault fault;
    struct area *areas;
    size_t count;

    (void)state;
    assert_false(areas_read(a, "DE\nGermany", &areas, &count, &fault));
    assert_int_equal(fault.kind, AREA_NO_COUNTRY);
    assert_string_equal(fault.line, "Germany");
    assert_false(areas_read(a, "DE\nXX", &areas, &count, &fault));
    assert_int_equal(fault.kind, AREA_NO_COUNTRY);
    assert_false(areas_read(a, "CN 上海\ncn 上海", &areas, &count, &fault));
    assert_int_equal(fault.kind, AREA_TWICE);
}

static void test_areas__have_an_end(void **state)
{
    char *text = arena_alloc(a, (AREAS_MOST + 1) * sizeof("DE r000000\n")), *at = text;
    struct area_fault fault;
    struct area *areas;
    size_t count;

    (void)state;
    for (int i = 0; i <= AREAS_MOST; i++)
        at += sprintf(at, "DE r%06d\n", i);
    assert_false(areas_read(a, text, &areas, &count, &fault));
    assert_int_equal(fault.kind, AREA_MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hours__are_read_as_people_write_them),
        cmocka_unit_test(test_hours__of_no_sense_are_refused),
        cmocka_unit_test(test_hours__longer_than_any_day_are_refused),
        cmocka_unit_test(test_areas__are_read_line_by_line),
        cmocka_unit_test(test_areas__say_which_line_is_wrong),
        cmocka_unit_test(test_areas__have_an_end),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

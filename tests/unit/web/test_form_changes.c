/* What a form changed, as the audit trail tells it. */
#include "support/test.h"

#include "base/clock.h"
#include "web/form_changes.h"

#include <string.h>

struct input {
    int64_t row_version, count, amount;
    int32_t day;
    bool flag;
    const char *name, *note, *secret;
    struct value_list lines;
};
#define AT(member) .offset = offsetof(struct input, member)
static const struct field fields[] = {
    { .name = "row_version", .kind = FIELD_INT, AT(row_version) },
    { .name = "name", .kind = FIELD_TEXT, AT(name) },
    { .name = "note", .kind = FIELD_LINES, AT(note) },
    { .name = "count", .kind = FIELD_INT, AT(count) },
    { .name = "amount", .kind = FIELD_MONEY, AT(amount) },
    { .name = "day", .kind = FIELD_DAY, AT(day) },
    { .name = "flag", .kind = FIELD_FLAG, AT(flag) },
    { .name = "secret", .kind = FIELD_SECRET, AT(secret) },
    { .name = "line", .kind = FIELD_ID, .list = true, AT(lines) },
    { 0 },
};
static const struct form form = { .name = "test",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct input) };

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

static struct input stored(void)
{
    return (struct input){ .row_version = 3,
                           .count = 5,
                           .amount = 125000,
                           .day = DAY_NONE,
                           .name = "Quay",
                           .note = "",
                           .secret = "one" };
}

static struct form_changes changed(const struct input *before, const struct input *after)
{
    struct form_changes out;

    assert_ok(form_changes(a, (struct form_of){ &form, NULL }, before, after, &out));
    return out;
}

static void test_form_changes__tell_what_differs_and_nothing_else(void **state)
{
    struct input before = stored(), after = stored();
    struct form_changes got;

    (void)state;
    after.name = "Quay & Sons";
    after.row_version = 4;
    got = changed(&before, &after);
    assert_string_equal(got.before, "{\"name\":\"Quay\"}");
    assert_string_equal(got.after, "{\"name\":\"Quay & Sons\"}");
}

static void test_form_changes__write_days_amounts_and_flags_as_people_read_them(void **state)
{
    struct input before = stored(), after = stored();
    struct form_changes got;

    (void)state;
    assert_true(day_parse("2026-11-29", &after.day));
    after.amount = 20000;
    after.flag = true;
    got = changed(&before, &after);
    assert_string_equal(got.before, "{\"amount\":\"12.50\",\"day\":\"\",\"flag\":0}");
    assert_string_equal(got.after, "{\"amount\":\"2.00\",\"day\":\"2026-11-29\",\"flag\":1}");
}

static void test_form_changes__of_a_repeated_field_are_its_values(void **state)
{
    const char *one[] = { "1", "2" }, *other[] = { "1", "3" };
    struct input before = stored(), after = stored();
    struct form_changes got;

    (void)state;
    before.lines = (struct value_list){ .count = 2, .texts = one };
    after.lines = (struct value_list){ .count = 2, .texts = other };
    got = changed(&before, &after);
    assert_string_equal(got.before, "{\"line\":[\"1\",\"2\"]}");
    assert_string_equal(got.after, "{\"line\":[\"1\",\"3\"]}");
}

static void test_form_changes__never_tell_a_secret(void **state)
{
    struct input before = stored(), after = stored();

    (void)state;
    after.secret = "two";
    assert_string_equal(changed(&before, &after).after, "{}");
}

static void test_form_changes__tell_what_it_is_though_that_did_not_change(void **state)
{
    struct input before = stored(), after = stored();
    struct form_changes got;

    (void)state;
    after.count = 6;
    assert_ok(form_changes(a, (struct form_of){ &form, "name note" }, &before, &after, &got));
    assert_string_equal(got.before, "{\"count\":5,\"name\":\"Quay\",\"note\":\"\"}");
    assert_string_equal(got.after, "{\"count\":6,\"name\":\"Quay\",\"note\":\"\"}");
}

static void test_form_changes__of_a_long_text_are_its_first_bytes_whole_characters(void **state)
{
    struct input before = stored(), after = stored();
    char *text = arena_alloc(a, 3 * 1000 + 1);
    struct form_changes got;

    (void)state;
    for (int i = 0; i < 1000; i++)
        memcpy(text + 3 * i, "\xe6\x96\x87", 3);
    text[3000] = '\0';
    after.note = text;
    got = changed(&before, &after);
    assert_int_equal(strlen(got.after), strlen("{\"note\":\"\"}") + 1998 + strlen("…"));
}

static void test_form_changes__of_what_is_made_are_all_that_has_a_value(void **state)
{
    struct input after = stored();
    struct form_changes got = changed(NULL, &after);

    (void)state;
    assert_null(got.before);
    assert_string_equal(got.after, "{\"amount\":\"12.50\",\"count\":5,\"name\":\"Quay\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_changes__tell_what_differs_and_nothing_else),
        cmocka_unit_test(test_form_changes__write_days_amounts_and_flags_as_people_read_them),
        cmocka_unit_test(test_form_changes__of_a_repeated_field_are_its_values),
        cmocka_unit_test(test_form_changes__never_tell_a_secret),
        cmocka_unit_test(test_form_changes__tell_what_it_is_though_that_did_not_change),
        cmocka_unit_test(test_form_changes__of_a_long_text_are_its_first_bytes_whole_characters),
        cmocka_unit_test(test_form_changes__of_what_is_made_are_all_that_has_a_value),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

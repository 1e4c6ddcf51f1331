/* Kinds of fields: what is taken, how it is kept, what is said about the rest. */
#include "support/test.h"

#include "base/str.h"
#include "text/format.h"
#include "web/field.h"

static struct request *req;

static int set_up(void **state)
{
    static struct request request;

    (void)state;
    assert_ok(text_format_init());
    request =
        (struct request){ .arena = arena_new(4096), .locale = text_locale_get(LANG_EN, "UTC") };
    req = &request;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    clock_set_us(0);
    arena_free(req->arena);
    return 0;
}

static const char *fault_of(const struct field *field, const char *typed, struct field_value *value)
{
    return field_read(req, field, typed, strlen(typed), value);
}

static void takes(const struct field *field, const char *typed, const char *kept)
{
    struct field_value value;
    const char *fault = fault_of(field, typed, &value);

    if (fault != NULL)
        print_error("\"%s\": %s\n", typed, fault);
    assert_null(fault);
    assert_string_equal(value.text, kept);
}

static void takes_number(const struct field *field, const char *typed, int64_t kept)
{
    struct field_value value;

    assert_null(fault_of(field, typed, &value));
    assert_int_equal(value.number, kept);
}

static void refuses(const struct field *field, const char *typed)
{
    struct field_value value;
    const char *fault = fault_of(field, typed, &value);

    if (fault == NULL)
        print_error("taken: \"%s\" as \"%s\" %lld\n", typed, value.text, (long long)value.number);
    assert_non_null(fault);
}

static void test_field__text_is_one_clean_line_within_its_limits(void **state)
{
    const struct field field = { .kind = FIELD_TEXT, .min = 2, .max = 5 };
    struct field_value value;

    (void)state;
    takes(&field, "  a\tb ", "a b");
    takes(&field, "e\xcc\x81t\xc3\xa9", "été");
    takes(&field, "中文名称五", "中文名称五");
    takes(&field, "", "");
    refuses(&field, "abcdef");
    refuses(&field, "a");
    refuses(&field, "a\x01z");
    refuses(&field, "a\xe2\x80\xae"
                    "b");
    assert_string_equal(fault_of(&field, "中文名称五个", &value),
                        "At most 5 characters; this has 6.");
}

static void test_field__lines_keep_their_breaks(void **state)
{
    const struct field field = { .kind = FIELD_LINES };

    (void)state;
    takes(&field, "a\r\nb\nc\n", "a\nb\nc");
}

static void test_field__a_secret_is_taken_as_typed(void **state)
{
    const struct field field = { .kind = FIELD_SECRET, .min = 8, .max = 128 };

    (void)state;
    takes(&field, " pass word ", " pass word ");
    refuses(&field, "seven77");
}

static void test_c38__numbers_are_whole_and_in_range(void **state)
{
    static const char *const bad[] = { "-1",  "0",   "10", "1e9", "0.5", "9223372036854775808",
                                       "1 2", "0x1", "01", "+1",  "one" };
    const struct field field = { .kind = FIELD_INT, .min = 1, .max = 9 };

    (void)state;
    takes_number(&field, " 7 ", 7);
    takes_number(&field, "７", 7);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        refuses(&field, bad[i]);
}

static void test_field__amounts_are_exact(void **state)
{
    const struct field field = { .kind = FIELD_MONEY, .min = 10000, .max = INT64_C(100000000000) };

    (void)state;
    takes_number(&field, "1,234,567.89", INT64_C(12345678900));
    takes_number(&field, "1", 10000);
    refuses(&field, "0.99");
    refuses(&field, "10000000.01");
    refuses(&field, "-5");
    refuses(&field, "1.23456");
    refuses(&field, "twelve");
}

/* The end of a last day would be an instant of the year 10000. */
static void test_field__days_are_within_what_is_kept(void **state)
{
    const struct field field = { .kind = FIELD_DAY };

    (void)state;
    takes_number(&field, "1000-01-02", day_from_civil(1000, 1, 2));
    takes_number(&field, "9999-12-29", day_from_civil(9999, 12, 29));
    refuses(&field, "1000-01-01");
    refuses(&field, "9999-12-30");
    refuses(&field, "0001-01-01");
}

static void test_field__days_are_real_and_not_past(void **state)
{
    const struct field field = { .kind = FIELD_DAY, .min = 0, .max = 30 };
    struct field_value value;

    (void)state;
    clock_set_us((int64_t)day_from_civil(2026, 11, 21) * CLOCK_DAY + 12 * CLOCK_HOUR);
    takes_number(&field, "2026-11-21", day_from_civil(2026, 11, 21));
    takes_number(&field, "2026-12-21", day_from_civil(2026, 12, 21));
    refuses(&field, "2026-12-22");
    refuses(&field, "2026-02-30");
    refuses(&field, "21.11.2026");
    assert_string_equal(fault_of(&field, "2026-11-02", &value),
                        "2 Nov 2026 has passed. Choose a date from today on.");
    assert_null(fault_of(&field, "", &value));
    assert_int_equal(value.number, DAY_NONE);
}

static void test_field__mail_addresses_are_ones(void **state)
{
    static const char *const bad[] = { "a",
                                       "a@b",
                                       "@b.de",
                                       "a@.de",
                                       "a@b..de",
                                       "a b@c.de",
                                       "a@b.de\nBcc: x@y.de",
                                       "a@b@c.de",
                                       "\"a\"@b.de",
                                       ".a@b.de",
                                       "a.@b.de",
                                       "a..b@c.de",
                                       "a@-b.de",
                                       "a@b-.de",
                                       "<a@b.de>",
                                       "a@b.d",
                                       "a@b_c.de",
                                       "a@[127.0.0.1]" };
    const struct field field = { .kind = FIELD_EMAIL };

    (void)state;
    takes(&field, " Lin.X+deals@Firma.DE ", "Lin.X+deals@firma.de");
    takes(&field, "王@公司.中国", "王@公司.中国");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        refuses(&field, bad[i]);
}

static void test_field__web_addresses_get_their_scheme(void **state)
{
    static const char *const bad[] = { "javascript:alert(1)",
                                       "ftp://a.de",
                                       "http://",
                                       "https://a",
                                       "//a.de x",
                                       "a",
                                       "https://a.de:99999x",
                                       "http://a.de\"><script>" };
    const struct field field = { .kind = FIELD_URL };

    (void)state;
    takes(&field, "www.firma.de", "https://www.firma.de");
    takes(&field, "http://firma.de:8080/x?y=1", "http://firma.de:8080/x?y=1");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        refuses(&field, bad[i]);
}

static void test_field__phone_numbers_have_digits(void **state)
{
    const struct field field = { .kind = FIELD_PHONE };

    (void)state;
    takes(&field, "+86 21 5555-0100", "+86 21 5555-0100");
    refuses(&field, "call me");
    refuses(&field, "12");
    refuses(&field, "12+34567");
}

static void test_field__a_choice_is_one_of_its_list(void **state)
{
    static const struct choice choices[] = { { "a", "A" }, { "b", "B" }, { 0 } };
    const struct field field = { .kind = FIELD_CHOICE, .choices = choices };

    (void)state;
    takes(&field, "b", "b");
    refuses(&field, "c");
    refuses(&field, "A");
}

static void test_field__ids_flags_countries_and_currencies(void **state)
{
    const struct field id = { .kind = FIELD_ID }, flag = { .kind = FIELD_FLAG };
    const struct field country = { .kind = FIELD_COUNTRY }, currency = { .kind = FIELD_CURRENCY };

    (void)state;
    takes_number(&id, "42", 42);
    refuses(&id, "0");
    refuses(&id, "-1");
    refuses(&id, "1 OR 1=1");
    takes_number(&flag, "1", 1);
    takes_number(&flag, "", 0);
    refuses(&flag, "maybe");
    takes(&country, "CN", "CN");
    refuses(&country, "XX");
    takes(&currency, "EUR", "EUR");
    refuses(&currency, "EUX");
}

struct stored {
    int64_t amount, id;
    int32_t day;
    bool flag;
    const char *text;
};

static void test_field__stored_values_are_shown_as_typed(void **state)
{
    const struct stored stored = { .amount = 12345600, .day = 0, .flag = true, .text = "x" };
    const struct field amount = { .kind = FIELD_MONEY, .offset = offsetof(struct stored, amount) };
    const struct field id = { .kind = FIELD_ID, .offset = offsetof(struct stored, id) };
    const struct field day = { .kind = FIELD_DAY, .offset = offsetof(struct stored, day) };
    const struct field flag = { .kind = FIELD_FLAG, .offset = offsetof(struct stored, flag) };
    const struct field text = { .kind = FIELD_TEXT, .offset = offsetof(struct stored, text) };

    (void)state;
    assert_string_equal(field_text(req, &amount, &stored), "1234.56");
    assert_string_equal(field_text(req, &id, &stored), "");
    assert_string_equal(field_text(req, &day, &stored), "1970-01-01");
    assert_string_equal(field_text(req, &flag, &stored), "1");
    assert_string_equal(field_text(req, &text, &stored), "x");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_field__text_is_one_clean_line_within_its_limits),
        TEST(test_field__lines_keep_their_breaks),
        TEST(test_field__a_secret_is_taken_as_typed),
        TEST(test_c38__numbers_are_whole_and_in_range),
        TEST(test_field__amounts_are_exact),
        TEST(test_field__days_are_within_what_is_kept),
        TEST(test_field__days_are_real_and_not_past),
        TEST(test_field__mail_addresses_are_ones),
        TEST(test_field__web_addresses_get_their_scheme),
        TEST(test_field__phone_numbers_have_digits),
        TEST(test_field__a_choice_is_one_of_its_list),
        TEST(test_field__ids_flags_countries_and_currencies),
        TEST(test_field__stored_values_are_shown_as_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

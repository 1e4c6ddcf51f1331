/* test_money.c - examples, and random amounts against arithmetic on decimal digits, which shares
 * nothing with the code under test. */
#include "support/test.h"
#include "base/money.h"
#include "base/str.h"

#include <stdlib.h>

enum { ROUNDS = 20000, SEED = 1121, DIGITS = 48 };
#define E4_MAX INT64_C(9000000000000000000)

static struct money eur(int64_t e4)
{
    return (struct money){ e4, "EUR" };
}

/* A whole number as decimal digits, least first. */
struct decimal {
    int digits[DIGITS];
    bool negative;
};

static struct decimal decimal_of(int64_t value)
{
    struct decimal d = { .negative = value < 0 };
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    for (int i = 0; rest > 0; i++, rest /= 10)
        d.digits[i] = (int)(rest % 10);
    return d;
}

static struct decimal decimal_product(int64_t a, int64_t b)
{
    const struct decimal left = decimal_of(a), right = decimal_of(b);
    struct decimal product = { .negative = left.negative != right.negative };

    for (int i = 0; i < DIGITS / 2; i++)
        for (int j = 0; j < DIGITS / 2; j++)
            product.digits[i + j] += left.digits[i] * right.digits[j];
    for (int i = 0; i < DIGITS - 1; i++) {
        product.digits[i + 1] += product.digits[i] / 10;
        product.digits[i] %= 10;
    }
    return product;
}

/* Sets the last PLACES digits to zero, half away from zero. */
static void decimal_round(struct decimal *d, int places)
{
    const bool up = places > 0 && d->digits[places - 1] >= 5;

    for (int i = 0; i < places; i++)
        d->digits[i] = 0;
    if (!up)
        return;
    d->digits[places]++;
    for (int i = places; i < DIGITS - 1 && d->digits[i] > 9; i++) {
        d->digits[i] -= 10;
        d->digits[i + 1]++;
    }
}

/* The number without its last PLACES digits; false when it is beyond E4_MAX. */
static bool decimal_value(const struct decimal *d, int places, int64_t *out)
{
    uint64_t value = 0;

    for (int i = DIGITS - 1; i >= places; i--) {
        if (value > (uint64_t)E4_MAX / 10)
            return false;
        value = value * 10 + (uint64_t)d->digits[i];
    }
    if (value > (uint64_t)E4_MAX)
        return false;
    *out = d->negative ? -(int64_t)value : (int64_t)value;
    return true;
}

/* Numbers of all sizes: as many random bits as a random number says. */
static int64_t random_number(void)
{
    const uint64_t bits = (uint64_t)random() << 62 ^ (uint64_t)random() << 31 ^ (uint64_t)random();
    const int64_t value = (int64_t)((bits >> 1) >> random() % 62);

    return random() % 2 ? value % E4_MAX : -(value % E4_MAX);
}

static void test_money_digits__by_iso_4217(void **state)
{
    (void)state;
    assert_int_equal(money_digits("JPY"), 0);
    assert_int_equal(money_digits("KRW"), 0);
    assert_int_equal(money_digits("EUR"), 2);
    assert_int_equal(money_digits("CNY"), 2);
    assert_int_equal(money_digits("KWD"), 3);
    assert_int_equal(money_digits("XXX"), 2);
    assert_int_equal(money_digits("PY "), 2);
    assert_int_equal(money_digits(""), 2);
    assert_int_equal(money_digits("Y K"), 2);
}

static void test_money__refuses_to_add_two_currencies(void **state)
{
    struct money sum = eur(10000);

    (void)state;
    assert_err_kind(money_add(&sum, (struct money){ 10000, "USD" }), ERR_INVALID);
    assert_int_equal(sum.e4, 10000);
    assert_ok(money_add(&sum, eur(-500)));
    assert_int_equal(sum.e4, 9500);
}

static void test_money_add__refuses_a_sum_out_of_range_and_changes_nothing(void **state)
{
    struct money sum = eur(E4_MAX);

    (void)state;
    assert_err_kind(money_add(&sum, eur(1)), ERR_INVALID);
    assert_int_equal(sum.e4, E4_MAX);
    sum = eur(-E4_MAX);
    assert_err_kind(money_add(&sum, eur(-1)), ERR_INVALID);
    assert_int_equal(sum.e4, -E4_MAX);
}

static void test_money_times__is_exact_for_random_amounts(void **state)
{
    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t price = random_number(), quantity = random_number();
        const struct decimal product = decimal_product(price, quantity);
        struct money out = eur(42);
        int64_t expected;

        if (!decimal_value(&product, 0, &expected)) {
            assert_err_kind(money_times(eur(price), quantity, &out), ERR_INVALID);
            continue;
        }
        assert_ok(money_times(eur(price), quantity, &out));
        assert_int_equal(out.e4, expected);
        assert_string_equal(out.currency, "EUR");
    }
}

static void test_money_round__rounds_half_away_from_zero_for_random_amounts(void **state)
{
    static const char *const currencies[] = { "JPY", "EUR", "KWD" };

    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        struct money amount = { random_number(), "" };
        struct decimal d;
        int64_t expected = 0;

        memcpy(amount.currency, currencies[i % 3], 4);
        if (llabs(amount.e4) > E4_MAX - 10000)
            continue;
        d = decimal_of(amount.e4);
        decimal_round(&d, 4 - money_digits(amount.currency));
        assert_true(decimal_value(&d, 0, &expected));
        assert_int_equal(money_round(amount).e4, expected);
    }
}

static void test_money_share__rounds_once_for_random_amounts(void **state)
{
    static const char *const currencies[] = { "JPY", "EUR", "KWD" };

    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t points = random() % 20001 - 10000;
        struct money amount = { random_number(), "" }, out;
        struct decimal d;
        int64_t expected = 0;

        memcpy(amount.currency, currencies[i % 3], 4);
        d = decimal_product(amount.e4, points);
        decimal_round(&d, 8 - money_digits(amount.currency));
        if (!decimal_value(&d, 4, &expected))
            continue; /* the very edge of the range, after rounding */
        assert_ok(money_share(amount, points, &out));
        assert_int_equal(out.e4, expected);
    }
}

static void test_money_share__of_the_example(void **state)
{
    struct money out;

    (void)state;
    assert_ok(money_share(eur(102000), 250, &out));
    assert_int_equal(out.e4, 2600);
    assert_ok(money_share(eur(-102000), 250, &out));
    assert_int_equal(out.e4, -2600);
    assert_err_kind(money_share(eur(E4_MAX), 20000, &out), ERR_INVALID);
}

static void test_money_parse_e4__reads_what_money_text_writes(void **state)
{
    char text[MONEY_TEXT_BYTES];
    int64_t e4;

    (void)state;
    srandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
        const int64_t expected = random_number();

        money_text(expected, 4, text);
        assert_true(money_parse_e4(text, &e4));
        assert_int_equal(e4, expected);
    }
}

static void test_money_text__shows_as_many_decimals_as_asked(void **state)
{
    static const struct {
        int64_t e4;
        int digits;
        const char *text;
    } rows[] = {
        { 12345000, 2, "1234.50" },
        { 12345000, 0, "1235" },
        { 12344999, 0, "1234" },
        { 0, 2, "0.00" },
        { -1, 2, "0.00" },
        { -50, 2, "-0.01" },
        { -49, 2, "0.00" },
        { 1, 4, "0.0001" },
        { -10500, 4, "-1.0500" },
        { 99999, 3, "10.000" },
        { E4_MAX, 4, "900000000000000.0000" },
        { INT64_MIN, 4, "-922337203685477.5808" },
    };
    char text[MONEY_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        money_text(rows[i].e4, rows[i].digits, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void test_money_parse_e4__refuses_every_other_spelling(void **state)
{
    static const char *const rows[] = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "1.23456",
        "1,000",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "1e3",
        "0x1",
        "１",
        "900000000000000.0001",
        "99999999999999999999",
        "NaN",
    };
    int64_t e4 = 42;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (money_parse_e4(rows[i], &e4))
            fail_msg("'%s' is read", rows[i]);
    assert_int_equal(e4, 42);
}

static void test_money_parse_typed__reads_what_people_type(void **state)
{
    static const struct {
        const char *text;
        int64_t e4;
    } rows[] = {
        { "1,234,567.89", 12345678900 },
        { "1234567.89", 12345678900 },
        { " 1 234.5 ", 12345000 },
        { "１，２３４．５", 12345000 },
        { "0", 0 },
        { "999,999", 9999990000 },
        { "1,000", 10000000 },
    };
    int64_t e4;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(money_parse_typed(rows[i].text, &e4));
        assert_int_equal(e4, rows[i].e4);
    }
}

static void test_money_parse_typed__refuses_wrong_groups_and_minus(void **state)
{
    static const char *const rows[] = { "",         "1,23",   "12,34",  ",123", "1234,567",
                                        "1,234,56", "1,,234", "1,234,", "-5",   "1.000,5",
                                        "1,2345",   "abc",    "1.5,000" };
    int64_t e4;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (money_parse_typed(rows[i], &e4))
            fail_msg("'%s' is read", rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_money_digits__by_iso_4217),
        cmocka_unit_test(test_money__refuses_to_add_two_currencies),
        cmocka_unit_test(test_money_add__refuses_a_sum_out_of_range_and_changes_nothing),
        cmocka_unit_test(test_money_times__is_exact_for_random_amounts),
        cmocka_unit_test(test_money_round__rounds_half_away_from_zero_for_random_amounts),
        cmocka_unit_test(test_money_share__rounds_once_for_random_amounts),
        cmocka_unit_test(test_money_share__of_the_example),
        cmocka_unit_test(test_money_parse_e4__reads_what_money_text_writes),
        cmocka_unit_test(test_money_text__shows_as_many_decimals_as_asked),
        cmocka_unit_test(test_money_parse_e4__refuses_every_other_spelling),
        cmocka_unit_test(test_money_parse_typed__reads_what_people_type),
        cmocka_unit_test(test_money_parse_typed__refuses_wrong_groups_and_minus),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

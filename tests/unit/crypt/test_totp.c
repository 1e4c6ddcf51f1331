/* test_totp.c - RFC 6238, appendix B (its SHA-1 column, last six digits), and the address for apps.
 */
#include "support/test.h"
#include "base/clock.h"
#include "base/str.h"
#include "crypt/totp.h"

static const unsigned char secret[] = "12345678901234567890";

static void test_totp_code__gives_the_values_of_rfc_6238(void **state)
{
    static const struct {
        int64_t second;
        const char *code;
    } rows[] = {
        { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
        { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
    };
    char code[TOTP_CODE_BYTES];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        totp_code(secret, rows[i].second / TOTP_STEP_SECONDS, code);
        assert_string_equal(code, rows[i].code);
    }
}

static void test_totp_check__takes_the_step_before_and_after_and_no_other(void **state)
{
    const int64_t step = 1111111109 / 30;
    int64_t matched;

    (void)state;
    for (int64_t away = -3; away <= 3; away++) {
        const int64_t at = (step + away) * 30 * CLOCK_SECOND + 7 * CLOCK_SECOND;

        matched = 0;
        assert_int_equal(totp_check(secret, "081804", at, &matched), away >= -1 && away <= 1);
        assert_int_equal(matched, away >= -1 && away <= 1 ? step : 0);
    }
}

static void test_totp_check__ignores_spaces_and_refuses_all_else(void **state)
{
    static const char *const wrong[] = { "",       "08180",  "0818040",  "08180a",
                                         "-81804", "081805", "0818 0 5", "八一八零四" };
    const int64_t at = 1111111109 * CLOCK_SECOND;
    int64_t matched;

    (void)state;
    assert_true(totp_check(secret, " 081 804 ", at, &matched));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(totp_check(secret, wrong[i], at, &matched));
}

static void test_totp_secret__is_another_one_each_time(void **state)
{
    unsigned char a[TOTP_SECRET_BYTES], b[TOTP_SECRET_BYTES];

    (void)state;
    totp_secret_new(a);
    totp_secret_new(b);
    assert_memory_not_equal(a, b, sizeof(a));
}

static void test_totp_uri__is_what_authenticators_read(void **state)
{
    struct arena *a = arena_new(1024);

    (void)state;
    assert_string_equal(totp_uri(a, "Fairway & Co", "li.na+x@example.com", secret),
                        "otpauth://totp/Fairway%20%26%20Co:li.na%2Bx%40example.com"
                        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fairway%20%26%20Co");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totp_code__gives_the_values_of_rfc_6238),
        cmocka_unit_test(test_totp_check__takes_the_step_before_and_after_and_no_other),
        cmocka_unit_test(test_totp_check__ignores_spaces_and_refuses_all_else),
        cmocka_unit_test(test_totp_secret__is_another_one_each_time),
        cmocka_unit_test(test_totp_uri__is_what_authenticators_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

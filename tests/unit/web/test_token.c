/* Form tokens: whose they are, how long they last, and that no bit of one can be changed. */
#include "support/test.h"

#include "base/clock.h"
#include "web/token.h"

static const unsigned char key[TOKEN_KEY_BYTES] = "the key of one session, 32 bytes";
static const unsigned char other_key[TOKEN_KEY_BYTES] = "the key of another one, 32 bytes";
static const int64_t now = INT64_C(1795300000) * 1000000;

static void test_token__is_good_in_its_own_session(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(key, now, token);
    assert_int_equal(strlen(token), TOKEN_TEXT_BYTES - 1);
    assert_int_equal(token_check(key, token, now), TOKEN_GOOD);
    assert_int_equal(token_check(key, token, now + 6 * CLOCK_DAY), TOKEN_GOOD);
}

static void test_token__is_foreign_in_another(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(other_key, now, token);
    assert_int_equal(token_check(key, token, now), TOKEN_FOREIGN);
}

static void test_token__grows_old_after_seven_days(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(key, now, token);
    assert_int_equal(token_check(key, token, now + 7 * CLOCK_DAY + 2 * CLOCK_MINUTE), TOKEN_OLD);
}

static void test_token__of_the_future_is_none(void **state)
{
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(key, now + CLOCK_HOUR, token);
    assert_int_equal(token_check(key, token, now), TOKEN_OLD);
}

static void test_token__no_letter_can_be_changed(void **state)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char token[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(key, now, token);
    for (int i = 0; i < TOKEN_TEXT_BYTES - 1; i++) {
        char kept = token[i];

        for (const char *letter = letters; *letter != '\0'; letter++) {
            token[i] = *letter;
            assert_int_equal(token_check(key, token, now),
                             *letter == kept ? TOKEN_GOOD : TOKEN_FOREIGN);
        }
        token[i] = kept;
    }
}

static void test_token__other_texts_are_foreign(void **state)
{
    (void)state;
    assert_int_equal(token_check(key, "", now), TOKEN_FOREIGN);
    assert_int_equal(token_check(key, "AAAA", now), TOKEN_FOREIGN);
    assert_int_equal(token_check(key, "////////////////////////////////////////////////", now),
                     TOKEN_FOREIGN);
}

static void test_token__no_two_are_the_same(void **state)
{
    char one[TOKEN_TEXT_BYTES], two[TOKEN_TEXT_BYTES];

    (void)state;
    token_make(key, now, one);
    token_make(key, now, two);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token__is_good_in_its_own_session),
        cmocka_unit_test(test_token__is_foreign_in_another),
        cmocka_unit_test(test_token__grows_old_after_seven_days),
        cmocka_unit_test(test_token__of_the_future_is_none),
        cmocka_unit_test(test_token__no_letter_can_be_changed),
        cmocka_unit_test(test_token__other_texts_are_foreign),
        cmocka_unit_test(test_token__no_two_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

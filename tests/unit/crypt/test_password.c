/* test_password.c - hashing, and the judgement of new passwords. */
#include "support/test.h"
#include "base/str.h"
#include "crypt/password.h"
#include "crypt/password_words.h"

static enum password_verdict judge(const char *password)
{
    return password_judge(password, strlen(password), "li.na@example.com",
                          "Harbour Light 海港 Ltd");
}

static void test_password_hash__is_argon2id_and_checks_only_its_own_password(void **state)
{
    char encoded[PASSWORD_HASH_BYTES], again[PASSWORD_HASH_BYTES];

    (void)state;
    assert_ok(password_hash("correct horse", 13, encoded));
    assert_true(str_starts(encoded, "$argon2id$v=19$m=32768,t=3,p=1$"));
    assert_true(password_check(encoded, "correct horse", 13));
    assert_false(password_check(encoded, "correct horsf", 13));
    assert_false(password_check(encoded, "correct horse", 12));
    assert_ok(password_hash("correct horse", 13, again));
    assert_string_not_equal(encoded, again);
}

static void test_password_hash__cuts_nothing_and_takes_any_byte(void **state)
{
    char encoded[PASSWORD_HASH_BYTES], password[PASSWORD_MAX_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(password); i++)
        password[i] = (char)(i % 256); /* with zero bytes */
    assert_ok(password_hash(password, sizeof(password), encoded));
    assert_true(password_check(encoded, password, sizeof(password)));
    assert_false(password_check(encoded, password, 72));
    password[sizeof(password) - 1] ^= 1;
    assert_false(password_check(encoded, password, sizeof(password)));
}

static void test_password_check__is_false_for_what_is_no_hash(void **state)
{
    static const char *const rows[] = { "", "x", "$argon2id$",
                                        "$argon2i$v=19$m=32768,t=3,p=1$AAAA$AAAA",
                                        "$2y$10$abcdefghijklmnopqrstuv" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_false(password_check(rows[i], "", 0));
    assert_false(password_check_nobody("", 0));
    assert_false(password_check_nobody("password", 8));
}

static void test_password_needs_rehash__when_parameters_are_older(void **state)
{
    char encoded[PASSWORD_HASH_BYTES];

    (void)state;
    assert_ok(password_hash("correct horse", 13, encoded));
    assert_false(password_needs_rehash(encoded));
    assert_true(password_needs_rehash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$AAAA"));
    assert_true(password_needs_rehash(""));
}

static void test_password_judge__counts_code_points_and_limits_bytes(void **state)
{
    char longest[PASSWORD_MAX_BYTES + 2];

    (void)state;
    assert_int_equal(judge("xK4!m9z"), PASSWORD_TOO_SHORT);
    assert_int_equal(judge("xK4!m9zQ"), PASSWORD_OK);
    assert_int_equal(judge("山高月小水落"), PASSWORD_TOO_SHORT); /* 18 bytes, 6 signs */
    assert_int_equal(judge("山高月小水落石出"), PASSWORD_OK);
    assert_int_equal(password_judge("\xff\xfe\xfdxK4!z", 8, NULL, NULL), PASSWORD_OK);
    for (size_t i = 0; i < sizeof(longest); i++)
        longest[i] = (char)('!' + i * 7 % 90);
    assert_int_equal(password_judge(longest, PASSWORD_MAX_BYTES, NULL, NULL), PASSWORD_OK);
    assert_int_equal(password_judge(longest, PASSWORD_MAX_BYTES + 1, NULL, NULL),
                     PASSWORD_TOO_LONG);
}

static void test_password_judge__refuses_what_attackers_try_first(void **state)
{
    static const char *const rows[] = {
        "password",    "Password1!",   "P@ssw0rd",  "password2026", "12345678",     "qwertyuiop",
        "1qaz2wsx",    "qwerty123",    "aaaaaaaa",  "abcabcabc",    "iloveyou",     "Sunshine2025",
        "dragon!!123", "19851012",     "31121999",  "12311999",     "987654321",    "letmein!1",
        "Welcome1",    "Fairway2026!", "changeme1", "woaini1314",   "monkeymonkey", "m0nkeym0nkey",
        "asdfghjkl;",  "zxcvbnm123",   "abcd1234",  "trustno1",     "1q2w3e4r5t",   "administrator",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (judge(rows[i]) != PASSWORD_COMMON)
            fail_msg("%s is taken", rows[i]);
}

static void test_password_judge__refuses_every_word_of_its_table_with_a_year_or_twice(void **state)
{
    char text[128];

    (void)state;
    for (size_t i = 0; i < password_word_count; i++) {
        const char *word = password_words[i];

        snprintf(text, sizeof(text), "%s%s", word, word);
        if (judge(text) != PASSWORD_COMMON)
            fail_msg("%s is taken", text);
        if (strspn(word, "abcdefghijklmnopqrstuvwxyz") != strlen(word))
            continue;
        snprintf(text, sizeof(text), "%s2026", word);
        if (judge(text) != PASSWORD_COMMON)
            fail_msg("%s is taken", text);
    }
}

static void test_password_words__are_sorted_and_lower_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < password_word_count; i++) {
        assert_true(i == 0 || strcmp(password_words[i - 1], password_words[i]) < 0);
        assert_null(strpbrk(password_words[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    }
    assert_true(password_word_count > 3000);
}

static void test_password_judge__refuses_the_persons_own_names(void **state)
{
    static const char *const rows[] = {
        "li.na@example.com",   "LI.NA@EXAMPLE.COM", "Harbour Light 海港 Ltd",
        "harbourlight海港ltd", "Harbour2026",       "li.na2026",
        "--LiNa2026"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (judge(rows[i]) != PASSWORD_PERSONAL)
            fail_msg("%s is taken", rows[i]);
    assert_int_equal(password_judge("Harbour2026", 11, NULL, NULL), PASSWORD_OK);
    assert_int_equal(password_judge("Harbour2026", 11, "", ""), PASSWORD_OK);
}

static void test_password_judge__takes_good_ones_without_rules_on_signs(void **state)
{
    static const char *const rows[] = {
        "correct horse battery staple", "tide-lamp-orchard",  "vfqkzhwt",
        "dragon$84920481#22",           "我们下个月去爬黄山", "8402917365028"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (judge(rows[i]) != PASSWORD_OK)
            fail_msg("%s is refused", rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_password_hash__is_argon2id_and_checks_only_its_own_password),
        cmocka_unit_test(test_password_hash__cuts_nothing_and_takes_any_byte),
        cmocka_unit_test(test_password_check__is_false_for_what_is_no_hash),
        cmocka_unit_test(test_password_needs_rehash__when_parameters_are_older),
        cmocka_unit_test(test_password_judge__counts_code_points_and_limits_bytes),
        cmocka_unit_test(test_password_judge__refuses_what_attackers_try_first),
        cmocka_unit_test(test_password_judge__refuses_every_word_of_its_table_with_a_year_or_twice),
        cmocka_unit_test(test_password_words__are_sorted_and_lower_case),
        cmocka_unit_test(test_password_judge__refuses_the_persons_own_names),
        cmocka_unit_test(test_password_judge__takes_good_ones_without_rules_on_signs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

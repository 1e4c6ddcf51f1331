/* test_recovery.c */
#include "support/test.h"
#include "base/str.h"
#include "crypt/recovery.h"

#include <ctype.h>
#include <time.h>

static void test_recovery_new__gives_ten_different_codes_in_two_groups(void **state)
{
    struct recovery_set set;

    (void)state;
    assert_ok(recovery_new(&set));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        assert_int_equal(strlen(set.codes[i]), 9);
        assert_int_equal(strspn(set.codes[i], "23456789abcdefghijkmnpqrstuvwxyz"), 4);
        assert_int_equal(set.codes[i][4], '-');
        assert_int_equal(strspn(set.codes[i] + 5, "23456789abcdefghijkmnpqrstuvwxyz"), 4);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(set.codes[i], set.codes[j]);
    }
}

static void test_recovery_hash__finds_the_code_however_it_is_typed(void **state)
{
    unsigned char hash[RECOVERY_HASH_BYTES];
    struct recovery_set set;
    char typed[32];

    (void)state;
    assert_ok(recovery_new(&set));
    assert_ok(recovery_hash(set.codes[3], set.salt, hash));
    assert_memory_equal(hash, set.hashes[3], sizeof(hash));
    snprintf(typed, sizeof(typed), " %.4s %.4s ", set.codes[3], set.codes[3] + 5);
    for (char *p = typed; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    assert_ok(recovery_hash(typed, set.salt, hash));
    assert_memory_equal(hash, set.hashes[3], sizeof(hash));
    set.salt[0] ^= 1;
    assert_ok(recovery_hash(set.codes[3], set.salt, hash));
    assert_memory_not_equal(hash, set.hashes[3], sizeof(hash));
}

/* Forty bits are tried through in no time when a try costs none. */
static void test_recovery_hash__is_slow_and_differs_with_the_salt(void **state)
{
    enum { TRIES = 5, LEAST_MS = 5 };
    unsigned char salt[RECOVERY_SALT_BYTES] = { 0 };
    unsigned char hashes[TRIES][RECOVERY_HASH_BYTES];
    const clock_t began = clock();

    (void)state;
    for (size_t i = 0; i < TRIES; i++) {
        salt[0] = (unsigned char)i;
        assert_ok(recovery_hash("k7f3-9qxm", salt, hashes[i]));
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(hashes[i], hashes[j], RECOVERY_HASH_BYTES);
    }
    assert_true(clock() - began > TRIES * LEAST_MS * CLOCKS_PER_SEC / 1000);
}

static void test_recovery_hash__refuses_what_cannot_be_a_code(void **state)
{
    static const char *const rows[] = { "",          "k7f3-9qx",  "k7f3-9qxmm",
                                        "k7f3-9qx0", "k7f3-9qxl", "k7f3_9qxm" };
    unsigned char salt[RECOVERY_SALT_BYTES] = { 0 }, hash[RECOVERY_HASH_BYTES];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(recovery_hash(rows[i], salt, hash), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recovery_new__gives_ten_different_codes_in_two_groups),
        cmocka_unit_test(test_recovery_hash__finds_the_code_however_it_is_typed),
        cmocka_unit_test(test_recovery_hash__is_slow_and_differs_with_the_salt),
        cmocka_unit_test(test_recovery_hash__refuses_what_cannot_be_a_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

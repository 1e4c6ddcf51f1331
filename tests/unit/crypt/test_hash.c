/* test_hash.c - SHA-256 (FIPS 180-4 examples) and HMAC (RFC 4231). */
#include "support/test.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

static void test_sha256__gives_the_digests_of_the_standard(void **state)
{
    char hex[SHA256_HEX_BYTES];

    (void)state;
    sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_sha256__does_not_depend_on_how_data_is_cut(void **state)
{
    unsigned char data[300], whole[SHA256_BYTES], pieces[SHA256_BYTES];
    struct sha256 h;

    (void)state;
    crypt_random(data, sizeof(data));
    sha256(data, sizeof(data), whole);
    for (size_t step = 1; step < 70; step++) {
        sha256_begin(&h);
        for (size_t at = 0; at < sizeof(data); at += step)
            sha256_add(&h, data + at, at + step > sizeof(data) ? sizeof(data) - at : step);
        sha256_end(&h, pieces);
        assert_memory_equal(whole, pieces, sizeof(whole));
    }
}

static void check_hmac(const char *key, size_t key_len, const char *data, const char *expected)
{
    unsigned char mac[SHA256_BYTES];
    char hex[SHA256_HEX_BYTES];

    hmac_sha256(key, key_len, data, strlen(data), mac);
    str_hex(mac, sizeof(mac), hex);
    assert_string_equal(hex, expected);
}

static void test_hmac__gives_the_values_of_rfc_4231(void **state)
{
    static const char eleven[] = "\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"
                                 "\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b";

    (void)state;
    check_hmac(eleven, 20, "Hi There",
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_hmac("Jefe", 4, "what do ya want for nothing?",
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void test_hmac__with_an_empty_key_does_not_use_the_one_before(void **state)
{
    (void)state;
    check_hmac("other", 5, "x", "0d2e7a3a585678c4b1a81ffcfa7cfc9d33ec7fbc75bd258aac19f5f87bdef8b6");
    check_hmac(NULL, 0, "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void test_hash_equal__sees_each_bit(void **state)
{
    unsigned char a[32], b[32];

    (void)state;
    crypt_random(a, sizeof(a));
    for (size_t bit = 0; bit < 256; bit++) {
        memcpy(b, a, sizeof(a));
        assert_true(hash_equal(a, b, sizeof(a)));
        b[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_false(hash_equal(a, b, sizeof(a)));
    }
}

static void test_hash_equal_text__compares_texts_of_different_lengths(void **state)
{
    (void)state;
    assert_true(hash_equal_text("token", "token"));
    assert_false(hash_equal_text("token", "token2"));
    assert_false(hash_equal_text("", "t"));
}

static void test_crypt_token__is_43_characters_that_never_repeat(void **state)
{
    enum { MANY = 2000 };
    static char tokens[MANY][CRYPT_TOKEN_BYTES];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        crypt_token(tokens[i]);
        assert_int_equal(strlen(tokens[i]), 43);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(tokens[i], tokens[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256__gives_the_digests_of_the_standard),
        cmocka_unit_test(test_sha256__does_not_depend_on_how_data_is_cut),
        cmocka_unit_test(test_hmac__gives_the_values_of_rfc_4231),
        cmocka_unit_test(test_hmac__with_an_empty_key_does_not_use_the_one_before),
        cmocka_unit_test(test_hash_equal__sees_each_bit),
        cmocka_unit_test(test_hash_equal_text__compares_texts_of_different_lengths),
        cmocka_unit_test(test_crypt_token__is_43_characters_that_never_repeat),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

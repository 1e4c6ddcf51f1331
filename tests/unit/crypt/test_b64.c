/* test_b64.c - RFC 4648, section 10, and what strictness means. */
#include "support/test.h"
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/random.h"

static const struct {
    const char *plain, *b64, *b64url, *b32;
} rows[] = {
    { "", "", "", "" },
    { "f", "Zg==", "Zg", "MY" },
    { "fo", "Zm8=", "Zm8", "MZXQ" },
    { "foo", "Zm9v", "Zm9v", "MZXW6" },
    { "foob", "Zm9vYg==", "Zm9vYg", "MZXW6YQ" },
    { "fooba", "Zm9vYmE=", "Zm9vYmE", "MZXW6YTB" },
    { "foobar", "Zm9vYmFy", "Zm9vYmFy", "MZXW6YTBOI" },
    { "\xfb\xff\xfe", "+//+", "-__-", "7P774" },
};

static void test_encoders__give_the_texts_of_rfc_4648(void **state)
{
    char out[32];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        b64_encode(rows[i].plain, strlen(rows[i].plain), out);
        assert_string_equal(out, rows[i].b64);
        b64url_encode(rows[i].plain, strlen(rows[i].plain), out);
        assert_string_equal(out, rows[i].b64url);
        b32_encode(rows[i].plain, strlen(rows[i].plain), out);
        assert_string_equal(out, rows[i].b32);
    }
}

static void test_decoders__read_what_encoders_write(void **state)
{
    unsigned char data[100], got[100];
    char text[B32_TEXT_BYTES(100)];
    size_t len;

    (void)state;
    crypt_random(data, sizeof(data));
    for (size_t n = 0; n <= sizeof(data); n++) {
        b64_encode(data, n, text);
        assert_int_equal(strlen(text), B64_TEXT_BYTES(n) - 1);
        assert_true(b64_decode(text, strlen(text), got, n, &len) && len == n);
        assert_memory_equal(data, got, n);
        b64url_encode(data, n, text);
        assert_int_equal(strlen(text), B64URL_TEXT_BYTES(n) - 1);
        assert_true(b64url_decode(text, strlen(text), got, n, &len) && len == n);
        assert_memory_equal(data, got, n);
        b32_encode(data, n, text);
        assert_int_equal(strlen(text), B32_TEXT_BYTES(n) - 1);
        assert_true(b32_decode(text, strlen(text), got, n, &len) && len == n);
        assert_memory_equal(data, got, n);
    }
}

static void test_b64_decode__refuses_every_other_spelling(void **state)
{
    static const char *const wrong[] = {
        "Zg",       "Zg=",   "Zg===",  "Z===", "====", "Zh==", "Zm9=",   "Zm9v=",    "Zm9v====",
        "Zg==Zg==", "Z g==", "Zg==\n", "Zm-v", "Zm_v", "=Zg=", "Zm9vYg", "Zm9vZ===", "Zg=\xc3",
    };
    unsigned char out[16];
    size_t len;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(b64_decode(wrong[i], strlen(wrong[i]), out, sizeof(out), &len));
}

static void test_b64url_decode__refuses_padding_spare_bits_and_lone_characters(void **state)
{
    static const char *const wrong[] = { "Zg==", "Zh", "Zm9", "Z", "Zm9vY", "Zm+v", "Zm/v" };
    unsigned char out[16];
    size_t len;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(b64url_decode(wrong[i], strlen(wrong[i]), out, sizeof(out), &len));
}

static void test_b32_decode__takes_lower_case_but_no_wrong_length_or_spare_bits(void **state)
{
    static const char *const wrong[] = {
        "M", "MZX", "MZXW6Y", "MZ", "M1", "M8", "MY======", "MZXR"
    };
    unsigned char out[16];
    size_t len;

    (void)state;
    assert_true(b32_decode("mzxw6ytboi", 10, out, sizeof(out), &len));
    assert_memory_equal(out, "foobar", 6);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(b32_decode(wrong[i], strlen(wrong[i]), out, sizeof(out), &len));
}

static void test_b64_decode__never_writes_beyond_its_room(void **state)
{
    unsigned char out[4] = { 1, 2, 3, 4 };
    size_t len;

    (void)state;
    assert_false(b64_decode("Zm9vYg==", 8, out, 3, &len));
    assert_int_equal(out[3], 4);
    assert_false(b64_decode_exact("Zm9v", 4, out, 4));
    assert_true(b64_decode_exact("Zm9v", 4, out, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encoders__give_the_texts_of_rfc_4648),
        cmocka_unit_test(test_decoders__read_what_encoders_write),
        cmocka_unit_test(test_b64_decode__refuses_every_other_spelling),
        cmocka_unit_test(test_b64url_decode__refuses_padding_spare_bits_and_lone_characters),
        cmocka_unit_test(test_b32_decode__takes_lower_case_but_no_wrong_length_or_spare_bits),
        cmocka_unit_test(test_b64_decode__never_writes_beyond_its_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_sign.c - Ed25519 by the examples of RFC 8032, section 7.1, and what a key file must be. */
#include "support/test.h"
#include "base/fault.h"
#include "base/str.h"
#include "crypt/sign.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/fairway-sign-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof(path), "%s/log.key", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); /* fails when something else was left there */
}

static const struct {
    const char *seed, *public_key, *message, *signature;
} rows[] = {
    { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
      "d25bf5f0595bbe24655141438e7a100b" },
    { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
      "387b2eaeb4302aeeb00d291612bb0c00" },
    { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
      "4a7c15e9716ed28dc027beceea1ec40a" },
};

static void test_sign__gives_the_signatures_of_rfc_8032(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        unsigned char seed[32], public_key[32], message[8], signature[64], got[64];
        const size_t len = strlen(rows[i].message) / 2;
        struct sign_key *key;

        assert_true(str_unhex(rows[i].seed, seed, 32));
        assert_true(str_unhex(rows[i].public_key, public_key, 32));
        assert_true(str_unhex(rows[i].message, message, len));
        assert_true(str_unhex(rows[i].signature, signature, 64));
        assert_ok(sign_key_from_seed(seed, &key));
        sign_key_public(key, got);
        assert_memory_equal(got, public_key, 32);
        assert_ok(sign_make(key, message, len, got));
        assert_memory_equal(got, signature, 64);
        assert_true(sign_check(public_key, message, len, signature));
        sign_key_free(key);
    }
}

static void test_sign_check__finds_each_changed_bit(void **state)
{
    unsigned char message[] = "registered", signature[64], public_key[32];
    struct sign_key *key;

    (void)state;
    assert_ok(sign_key_new(&key));
    sign_key_public(key, public_key);
    assert_ok(sign_make(key, message, sizeof(message), signature));
    for (int bit = 0; bit < 512; bit++) {
        signature[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(sign_check(public_key, message, sizeof(message), signature));
        signature[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    for (size_t bit = 0; bit < sizeof(message) * 8; bit++) {
        message[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(sign_check(public_key, message, sizeof(message), signature));
        message[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_true(sign_check(public_key, message, sizeof(message), signature));
    sign_key_free(key);
}

static void test_key_file__gives_the_same_key_again(void **state)
{
    unsigned char first[32], second[32];
    struct sign_key *key;
    struct stat st;

    (void)state;
    assert_ok(sign_key_new(&key));
    sign_key_public(key, first);
    assert_ok(sign_key_write(key, path));
    sign_key_free(key);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_ok(sign_key_read(path, &key));
    sign_key_public(key, second);
    assert_memory_equal(first, second, 32);
    sign_key_free(key);
}

static void test_key_file__is_never_overwritten(void **state)
{
    struct sign_key *key;

    (void)state;
    assert_ok(sign_key_new(&key));
    assert_ok(sign_key_write(key, path));
    assert_err_kind(sign_key_write(key, path), ERR_CONFLICT);
    sign_key_free(key);
}

static void test_key_file__that_others_may_read_is_refused(void **state)
{
    struct sign_key *key;

    (void)state;
    assert_ok(sign_key_new(&key));
    assert_ok(sign_key_write(key, path));
    sign_key_free(key);
    assert_int_equal(chmod(path, 0640), 0);
    assert_err_kind(sign_key_read(path, &key), ERR_CONFIG);
}

static void test_key_file__that_is_absent_or_a_folder_is_refused(void **state)
{
    struct sign_key *key;

    (void)state;
    assert_err_kind(sign_key_read(path, &key), ERR_CONFIG);
    assert_err_kind(sign_key_read(folder, &key), ERR_CONFIG);
}

static void write_file(const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, 0600), 0);
}

static void test_key_file__with_another_kind_of_key_is_refused(void **state)
{
    struct sign_key *key;

    (void)state;
    write_file("no key at all\n");
    assert_err_kind(sign_key_read(path, &key), ERR_CONFIG);
    write_file("-----BEGIN PRIVATE KEY-----\n" /* X25519 */
               "MC4CAQAwBQYDK2VuBCIEIHcHbQpzGKV9PBbBclGyZkXfTC+H68CZKrF3+6UduSwq\n"
               "-----END PRIVATE KEY-----\n");
    assert_err_kind(sign_key_read(path, &key), ERR_CONFIG);
}

static void test_key_file__that_cannot_be_read_or_written_is_an_error_and_leaves_nothing(
    void **state)
{
    struct sign_key *key, *other;

    (void)state;
    assert_ok(sign_key_new(&key));
    fault_arm(FAULT_FILE, 1);
    assert_err_kind(sign_key_write(key, path), ERR_IO);
    assert_int_equal(access(path, F_OK), -1);
    fault_arm(FAULT_FILE, 0);
    assert_ok(sign_key_write(key, path));
    fault_arm(FAULT_FILE, 1);
    assert_err_kind(sign_key_read(path, &other), ERR_CONFIG);
    fault_arm(FAULT_FILE, 0);
    sign_key_free(key);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sign__gives_the_signatures_of_rfc_8032),
        cmocka_unit_test(test_sign_check__finds_each_changed_bit),
        IN_FOLDER(test_key_file__gives_the_same_key_again),
        IN_FOLDER(test_key_file__is_never_overwritten),
        IN_FOLDER(test_key_file__that_others_may_read_is_refused),
        IN_FOLDER(test_key_file__that_is_absent_or_a_folder_is_refused),
        IN_FOLDER(test_key_file__with_another_kind_of_key_is_refused),
        IN_FOLDER(test_key_file__that_cannot_be_read_or_written_is_an_error_and_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

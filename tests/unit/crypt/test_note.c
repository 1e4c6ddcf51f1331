/* test_note.c - signed notes: one that is not ours (the example in the documentation of Go's
 * sumdb/note), our own, and what must be refused. */
#include "support/test.h"
#include "base/str.h"
#include "crypt/note.h"

#define DASH          "\xe2\x80\x94 "
#define PUBLISHED_KEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define PUBLISHED_SIGNATURE                                                                        \
    DASH                                                                                           \
        "PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp" \
        "RZb6KE6RyyBwJnAM=\n"
#define PUBLISHED_NOTE                                           \
    "If you think cryptography is the answer to your problem,\n" \
    "then you don't know what your problem is.\n\n" PUBLISHED_SIGNATURE

static struct arena *arena;
static struct sign_key *key;
static struct note_key trusted;

static int set_up(void **state)
{
    unsigned char seed[SIGN_SEED_BYTES] = "a seed for tests, nothing more", public_key[32];

    (void)state;
    arena = arena_new(1 << 16);
    assert_ok(sign_key_from_seed(seed, &key));
    sign_key_public(key, public_key);
    assert_ok(note_key_make("portal.example/log", public_key, &trusted));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sign_key_free(key);
    arena_free(arena);
    return 0;
}

static struct err *parse(const char *text, struct note *note)
{
    return note_parse(arena, text, strlen(text), note);
}

static char *encoded(const struct note *note)
{
    struct buf b;
    char *text;

    buf_init(&b, 1024, 0);
    assert_ok(note_encode(note, &b));
    text = arena_dup_bytes(arena, b.data, b.len);
    buf_free(&b);
    return text;
}

static void test_note__that_others_published_is_verified(void **state)
{
    struct note_key published;
    struct note note;

    (void)state;
    assert_ok(note_key_parse(PUBLISHED_KEY, &published));
    assert_string_equal(published.name, "PeterNeumann");
    assert_int_equal(published.id, 0xc74f20a3);
    assert_ok(parse(PUBLISHED_NOTE, &note));
    assert_int_equal(note_verify(&note, &published, 1), NOTE_VALID);
    assert_int_equal(note_verify(&note, &trusted, 1), NOTE_NOT_CHECKED);
}

static void test_note_key__is_written_as_it_is_read(void **state)
{
    char text[NOTE_VKEY_BYTES];
    struct note_key got;

    (void)state;
    note_key_text(&trusted, text);
    assert_ok(note_key_parse(text, &got));
    assert_memory_equal(&got, &trusted, sizeof(got));
}

static void test_note_key_parse__refuses_ill_formed_keys(void **state)
{
    static const char *const rows[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA==",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    };
    struct note_key got;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(note_key_parse(rows[i], &got), ERR_PARSE);
}

static void test_note_name__has_no_spaces_of_any_script_and_no_plus(void **state)
{
    static const char *const wrong[] = { "",          "a b",       "a+b",          "a\tb",
                                         "a\nb",      "a\xc2\xa0", "\xe3\x80\x80", "a\xe2\x80\xa8",
                                         "a\xc2\x85", "\xff" };

    (void)state;
    assert_true(note_name_valid("portal.example/log"));
    assert_true(note_name_valid("日志"));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(note_name_valid(wrong[i]));
}

static void test_note_sign__makes_a_note_that_verifies(void **state)
{
    struct note note, got;

    (void)state;
    assert_ok(note_sign(arena, "two\n\nlines\n", "portal.example/log", key, &note));
    assert_ok(parse(encoded(&note), &got));
    assert_int_equal(got.text_len, 11);
    assert_string_equal(got.text, "two\n\nlines\n");
    assert_int_equal(note_verify(&got, &trusted, 1), NOTE_VALID);
}

static void test_note_sign__refuses_texts_and_names_that_are_none(void **state)
{
    static const char *const texts[] = { "", "no newline", "tab\t\n", "\xff\n" };
    struct note note;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        assert_err_kind(note_sign(arena, texts[i], "n", key, &note), ERR_INVALID);
    assert_err_kind(note_sign(arena, "x\n", "a b", key, &note), ERR_INVALID);
}

static void test_note__with_any_byte_changed_no_longer_verifies(void **state)
{
    static const unsigned char flips[] = { 0x01, 0x02, 0x10, 0x20, 0x80, 0xff };
    struct note note, got;
    size_t len;
    char *text;

    (void)state;
    assert_ok(note_sign(arena, "{\"a\":1}\n", "portal.example/log", key, &note));
    text = encoded(&note);
    len = strlen(text);
    for (size_t i = 0; i < len; i++)
        for (size_t f = 0; f < ARRAY_LEN(flips); f++) {
            struct err *e;

            text[i] ^= (char)flips[f];
            e = note_parse(arena, text, len, &got);
            if (e == NULL)
                assert_int_not_equal(note_verify(&got, &trusted, 1), NOTE_VALID);
            err_free(e);
            text[i] ^= (char)flips[f];
        }
    assert_ok(parse(text, &got));
    assert_int_equal(note_verify(&got, &trusted, 1), NOTE_VALID);
}

static void test_note__keeps_a_witness_as_not_checked(void **state)
{
    char *text = arena_printf(arena, "%s" DASH "witness.example AAAAAAEC\n", PUBLISHED_NOTE);
    struct note_key published;
    struct note note;

    (void)state;
    assert_ok(note_key_parse(PUBLISHED_KEY, &published));
    assert_ok(parse(text, &note));
    assert_int_equal(note_verify(&note, &published, 1), NOTE_VALID);
    assert_int_equal(note.signature_count, 2);
    assert_int_equal(note.signatures[0].check, NOTE_VALID);
    assert_int_equal(note.signatures[1].check, NOTE_NOT_CHECKED);
    assert_string_equal(encoded(&note), text);
}

static void test_note__with_one_false_signature_of_a_known_key_is_invalid_as_a_whole(void **state)
{
    struct note_key keys[2] = { trusted };
    struct note note, forged;

    (void)state;
    assert_ok(note_key_parse(PUBLISHED_KEY, &keys[1]));
    assert_ok(note_sign(arena, "another text\n", "portal.example/log", key, &note));
    assert_ok(
        parse(arena_printf(arena, "%s%s", PUBLISHED_NOTE, strstr(encoded(&note), DASH)), &forged));
    assert_int_equal(note_verify(&forged, &keys[1], 1), NOTE_VALID);
    assert_int_equal(note_verify(&forged, keys, 2), NOTE_INVALID);
}

static void test_note_parse__refuses_ill_formed_notes(void **state)
{
    static const char *const rows[] = {
        "",
        "text\n",
        "text\n\n",
        "text\n" PUBLISHED_SIGNATURE,
        "\n" PUBLISHED_SIGNATURE,
        "text\n\n- name AAAAAAEC\n",
        "text\n\n" DASH "name\n",
        "text\n\n" DASH "name \n",
        "text\n\n" DASH "name AAAAAA==\n",
        "text\n\n" DASH "name AAAAAAEC",
        "text\n\n" DASH "name AAAAAAEC \n",
        "text\n\n" DASH "name AAAAAAED=\n",
        "text\n\n" DASH " AAAAAAEC\n",
        "text\n\n" DASH "a+b AAAAAAEC\n",
        "text\n\n" DASH "a  AAAAAAEC\n",
        "text\n\n" DASH "a AAAAAAEC\n" DASH "a AAAAAAED\n",
        "text\r\n\n" DASH "a AAAAAAEC\n",
        "te\xffxt\n\n" DASH "a AAAAAAEC\n",
        "text\n\n" DASH "a AAAAAAEC\nmore\n",
        "text\n\n" DASH "a AAAAAAEC\n\n",
    };
    struct note note;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(parse(rows[i], &note), ERR_PARSE);
    assert_err_kind(note_parse(arena, "te\0t\n\n" DASH "a AAAAAAEC\n", 22, &note), ERR_PARSE);
}

static void test_note_parse__has_limits(void **state)
{
    struct buf b;
    struct note note;

    (void)state;
    buf_init(&b, 4096, 0);
    buf_puts(&b, "text\n\n");
    for (int i = 0; i < NOTE_MAX_SIGNATURES; i++)
        buf_printf(&b, DASH "witness%d AAAAAAEC\n", i);
    assert_ok(note_parse(arena, b.data, b.len, &note));
    buf_puts(&b, DASH "onemore AAAAAAEC\n");
    assert_err_kind(note_parse(arena, b.data, b.len, &note), ERR_PARSE);
    buf_reset(&b);
    for (int i = 0; i < NOTE_MAX_BYTES; i++)
        buf_putc(&b, 'x');
    buf_puts(&b, "\n\n" DASH "a AAAAAAEC\n");
    assert_err_kind(note_parse(arena, b.data, b.len, &note), ERR_PARSE);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_note__that_others_published_is_verified),
        cmocka_unit_test(test_note_key__is_written_as_it_is_read),
        cmocka_unit_test(test_note_key_parse__refuses_ill_formed_keys),
        cmocka_unit_test(test_note_name__has_no_spaces_of_any_script_and_no_plus),
        cmocka_unit_test(test_note_sign__makes_a_note_that_verifies),
        cmocka_unit_test(test_note_sign__refuses_texts_and_names_that_are_none),
        cmocka_unit_test(test_note__with_any_byte_changed_no_longer_verifies),
        cmocka_unit_test(test_note__keeps_a_witness_as_not_checked),
        cmocka_unit_test(test_note__with_one_false_signature_of_a_known_key_is_invalid_as_a_whole),
        cmocka_unit_test(test_note_parse__refuses_ill_formed_notes),
        cmocka_unit_test(test_note_parse__has_limits),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

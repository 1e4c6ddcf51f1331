/* test_receipt.c - receipts byte by byte. */
#include "support/test.h"
#include "support/sample_receipt.h"
#include "base/str.h"

static struct arena *arena;
static struct sample_receipt *sample, *pending;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    sample = sample_receipt_new(arena, false);
    pending = sample_receipt_new(arena, true);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct receipt_checks verify(const char *text, size_t len, const char *content)
{
    struct receipt receipt;

    return receipt_verify_text(arena, text, len, &sample->trust, content,
                               content == NULL ? 0 : strlen(content), &receipt);
}

static enum receipt_state overall(const char *text)
{
    struct receipt_checks checks = verify(text, strlen(text), SAMPLE_CONTENT);

    return receipt_overall(&checks);
}

/* TEXT with the first FROM replaced by TO. */
static const char *with(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);

    assert_non_null(place);
    return arena_printf(arena, "%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = arena_alloc(arena, 8192);

    assert_non_null(f);
    assert_true(fread(text, 1, 8191, f) > 0);
    fclose(f);
    return text;
}

static void test_receipt__has_exactly_the_documented_bytes(void **state)
{
    char vkey[NOTE_VKEY_BYTES];

    (void)state;
    note_key_text(&sample->key, vkey);
    assert_string_equal(sample->text, read_file("tests/data/receipt/approved.fairway-receipt"));
    assert_string_equal(pending->text, read_file("tests/data/receipt/pending.fairway-receipt"));
    assert_string_equal(arena_printf(arena, "%s\n", vkey), read_file("tests/data/receipt/vkey"));
    assert_string_equal(SAMPLE_CONTENT "\n", read_file("tests/data/receipt/content.json"));
    assert_non_null(strstr(read_file("cgi/crypt/RECEIPTS.md"), sample->text));
}

static void test_receipt__that_is_complete_passes_every_check(void **state)
{
    struct receipt_checks checks = verify(sample->text, strlen(sample->text), SAMPLE_CONTENT);

    (void)state;
    assert_int_equal(checks.well_formed, RECEIPT_PASSED);
    assert_int_equal(checks.statement, RECEIPT_PASSED);
    assert_int_equal(checks.checkpoint, RECEIPT_PASSED);
    assert_int_equal(checks.inclusion, RECEIPT_PASSED);
    assert_int_equal(checks.content, RECEIPT_PASSED);
    assert_int_equal(checks.not_checked_lines, 0);
    assert_string_equal(checks.statement_key, SAMPLE_ORIGIN);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
}

static void test_receipt__states_what_was_put_in(void **state)
{
    struct receipt r;

    (void)state;
    assert_ok(receipt_parse(arena, sample->text, strlen(sample->text), &r));
    assert_int_equal(canon_find(r.members, r.member_count, "event")->number, 4711);
    assert_string_equal(canon_find(r.members, r.member_count, "record")->text, "DR-10423");
    assert_string_equal(canon_find(r.members, r.member_count, "partner")->text,
                        "海港科技 Harbour Tech");
    assert_false(r.pending);
    assert_true(r.has_salt);
}

static void test_receipt__before_its_event_is_in_the_log_is_pending(void **state)
{
    struct receipt_checks checks = verify(pending->text, strlen(pending->text), SAMPLE_CONTENT);

    (void)state;
    assert_int_equal(checks.statement, RECEIPT_PASSED);
    assert_int_equal(checks.checkpoint, RECEIPT_PENDING);
    assert_int_equal(checks.inclusion, RECEIPT_PENDING);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PENDING);
}

static void test_receipt__with_any_byte_changed_fails(void **state)
{
    static const unsigned char flips[] = { 0x01, 0x02, 0x04, 0x10, 0x20, 0x80, 0xff };
    const size_t len = strlen(sample->text);
    char *text = arena_dup(arena, sample->text);

    (void)state;
    for (size_t i = 0; i < len; i++)
        for (size_t f = 0; f < ARRAY_LEN(flips); f++) {
            struct receipt_checks checks;

            text[i] ^= (char)flips[f];
            checks = verify(text, len, SAMPLE_CONTENT);
            if (receipt_overall(&checks) != RECEIPT_FAILED)
                fail_msg("byte %zu changed by %02x is not found", i, flips[f]);
            text[i] ^= (char)flips[f];
        }
    assert_int_equal(overall(text), RECEIPT_PASSED);
}

static void test_receipt__with_a_byte_less_or_more_fails(void **state)
{
    const size_t len = strlen(sample->text);

    (void)state;
    for (size_t i = 0; i < len; i++) {
        char *text = arena_printf(arena, "%.*s%s", (int)i, sample->text, sample->text + i + 1);

        assert_int_equal(overall(text), RECEIPT_FAILED);
        text = arena_printf(arena, "%.*s%c%s", (int)i, sample->text, sample->text[i],
                            sample->text + i);
        assert_int_equal(overall(text), RECEIPT_FAILED);
    }
}

static void test_receipt__cut_off_anywhere_fails(void **state)
{
    (void)state;
    for (size_t len = 0; len < strlen(sample->text); len++) {
        struct receipt_checks checks = verify(sample->text, len, SAMPLE_CONTENT);

        assert_int_equal(receipt_overall(&checks), RECEIPT_FAILED);
        assert_string_not_equal(checks.fault, "");
    }
}

static void test_receipt__of_other_content_fails_only_there(void **state)
{
    struct receipt_checks checks = verify(sample->text, strlen(sample->text), "{}");

    (void)state;
    assert_int_equal(checks.content, RECEIPT_FAILED);
    assert_int_equal(checks.inclusion, RECEIPT_PASSED);
    assert_int_equal(receipt_overall(&checks), RECEIPT_FAILED);
    checks = verify(sample->text, strlen(sample->text), NULL);
    assert_int_equal(checks.content, RECEIPT_NOT_CHECKED);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
}

static void test_receipt__of_an_unknown_key_or_log_fails(void **state)
{
    struct receipt_trust none = { NULL, 0, SAMPLE_ORIGIN };
    struct receipt_trust other_log = { &sample->key, 1, "other.example/log" };
    struct receipt_checks checks;
    struct receipt r;

    (void)state;
    assert_ok(receipt_parse(arena, sample->text, strlen(sample->text), &r));
    checks = receipt_verify(&r, &none, NULL, 0);
    assert_int_equal(checks.statement, RECEIPT_NOT_CHECKED);
    assert_int_equal(checks.not_checked_lines, 2);
    assert_int_equal(receipt_overall(&checks), RECEIPT_FAILED);
    checks = receipt_verify(&r, &other_log, NULL, 0);
    assert_int_equal(checks.statement, RECEIPT_PASSED);
    assert_int_equal(checks.checkpoint, RECEIPT_FAILED);
    assert_int_equal(receipt_overall(&checks), RECEIPT_FAILED);
}

static void test_receipt__keeps_the_line_of_a_witness_and_says_it_was_not_checked(void **state)
{
    const char *text =
        with(sample->text, "\n\nsalt ", "\n\xe2\x80\x94 witness.example AAAAAAEC\n\nsalt ");
    struct receipt_checks checks = verify(text, strlen(text), SAMPLE_CONTENT);

    (void)state;
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
    assert_int_equal(checks.not_checked_lines, 1);
}

static void test_receipt_parse__refuses_extra_data_and_other_types(void **state)
{
    struct receipt r;
    const char *text = with(sample->text, "index ", "extra AA==\nindex ");

    (void)state;
    assert_err_kind(receipt_parse(arena, text, strlen(text), &r), ERR_PARSE);
    text = with(sample->text, "fairway-receipt/1", "fairway-receipt/2");
    assert_err_kind(receipt_parse(arena, text, strlen(text), &r), ERR_PARSE);
    text = with(sample->text, ",\"type\":\"fairway-receipt/1\"", "");
    assert_err_kind(receipt_parse(arena, text, strlen(text), &r), ERR_PARSE);
    text = with(sample->text, "\"content\"", "\"consent\"");
    assert_err_kind(receipt_parse(arena, text, strlen(text), &r), ERR_PARSE);
    text = with(pending->text, "pending\n", "pending\npending\n");
    assert_err_kind(receipt_parse(arena, text, strlen(text), &r), ERR_PARSE);
}

static void test_receipt_parse_statement__reads_what_the_printed_code_carries(void **state)
{
    const char *end = strstr(strstr(sample->text, "\n\n") + 2, "\n\n");
    struct receipt_checks checks;
    struct receipt r;

    (void)state;
    assert_ok(receipt_parse_statement(arena, sample->text, (size_t)(end - sample->text) + 1, &r));
    checks = receipt_verify(&r, &sample->trust, SAMPLE_CONTENT, strlen(SAMPLE_CONTENT));
    assert_int_equal(checks.statement, RECEIPT_PASSED);
    assert_int_equal(checks.content, RECEIPT_NOT_CHECKED); /* it has no salt */
    assert_int_equal(receipt_overall(&checks), RECEIPT_PENDING);
    r.proof = sample->receipt.proof;
    r.pending = false;
    checks = receipt_verify(&r, &sample->trust, NULL, 0);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
}

static void test_receipt_statement__takes_texts_and_numbers_alone(void **state)
{
    const unsigned char hash[SHA256_BYTES] = { 0 };
    const struct canon list = CANON_L("a", NULL, 0), taken = CANON_T("type", "x");
    struct buf b;

    (void)state;
    buf_init(&b, 256, 0);
    assert_err_kind(receipt_statement(&list, 1, hash, &b), ERR_INVALID);
    assert_err_kind(receipt_statement(&taken, 1, hash, &b), ERR_INVALID);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_receipt__has_exactly_the_documented_bytes),
        cmocka_unit_test(test_receipt__that_is_complete_passes_every_check),
        cmocka_unit_test(test_receipt__states_what_was_put_in),
        cmocka_unit_test(test_receipt__before_its_event_is_in_the_log_is_pending),
        cmocka_unit_test(test_receipt__with_any_byte_changed_fails),
        cmocka_unit_test(test_receipt__with_a_byte_less_or_more_fails),
        cmocka_unit_test(test_receipt__cut_off_anywhere_fails),
        cmocka_unit_test(test_receipt__of_other_content_fails_only_there),
        cmocka_unit_test(test_receipt__of_an_unknown_key_or_log_fails),
        cmocka_unit_test(test_receipt__keeps_the_line_of_a_witness_and_says_it_was_not_checked),
        cmocka_unit_test(test_receipt_parse__refuses_extra_data_and_other_types),
        cmocka_unit_test(test_receipt_parse_statement__reads_what_the_printed_code_carries),
        cmocka_unit_test(test_receipt_statement__takes_texts_and_numbers_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

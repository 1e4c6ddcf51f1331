/* /verify and the published log, asked by people without a log-in. */
#include "support/test.h"

#include "fixture/fixture_receipt.h"
#include "program/program.h"
#include "receipt/receipt_pages.h"
#include "support/webtest.h"

#define BOUNDARY   "fairway-boundary"
#define MULTIPART  "multipart/form-data; boundary=" BOUNDARY
#define VERIFY     "/verify"
#define OPEN_PART  "--" BOUNDARY "\r\nContent-Disposition: form-data; name="
#define LAST_PART  "\r\n--" BOUNDARY "--\r\n"
#define IS_GENUINE "This receipt is genuine and in the log."
#define IS_PENDING "The log does not have it yet."
#define PARTNER    "海港科技 Harbour Tech"

static struct webtest *web;
static struct receipt_world *w;
static int64_t logged, waiting;

static int open_all(void **state)
{
    (void)state;
    web = webtest_open(&program_public, NULL);
    free((void *)(uintptr_t)webtest_conf(web)->log_origin);
    webtest_conf(web)->log_origin = strdup("portal.example/log");
    w = receipt_world_in(webtest_schema(web));
    logged = receipt_world_statement(w, 10423, "approved");
    receipt_world_event(w, 1);
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    receipt_world_event(w, 1);
    receipt_world_job(w, "log.append");
    waiting = receipt_world_statement(w, 10424, "submitted");
    receipt_world_job(w, "receipt.sign");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    receipt_world_free(w);
    webtest_close(web);
    return 0;
}

static const char *file_of(int64_t id)
{
    struct receipt receipt = receipt_world_read(w, id);
    struct buf out;
    const char *text;

    buf_init(&out, 4096, 0);
    assert_ok(receipt_encode(&receipt, &out));
    text = arena_dup_bytes(w->a, out.data, out.len);
    buf_free(&out);
    return text;
}

/* Each visitor has an address of his own: tries are counted. */
static struct visitor somebody(void)
{
    static int count;

    count++;
    return (struct visitor){ .address =
                                 arena_printf(w->a, "198.51.%d.%d", count / 200, count % 200 + 1) };
}

static struct answer paste(const char *text)
{
    struct visitor v = somebody();
    const char *body = arena_printf(w->a, OPEN_PART "\"text\"\r\n\r\n%s" LAST_PART, text);

    return webtest_send(web, &v, "POST", VERIFY, MULTIPART, body, strlen(body));
}

static struct answer upload(const char *name, const char *text)
{
    struct visitor v = somebody();
    const char *body = arena_printf(w->a,
                                    OPEN_PART "\"file\"; filename=\"%s\"\r\n"
                                              "Content-Type: text/plain\r\n\r\n%s" LAST_PART,
                                    name, text);

    return webtest_send(web, &v, "POST", VERIFY, MULTIPART, body, strlen(body));
}

static struct answer get(const char *address)
{
    struct visitor v = somebody();

    return webtest_get(web, &v, address);
}

static void test_verify__the_page_needs_no_log_in(void **state)
{
    struct visitor chinese = somebody();
    struct answer a = get(VERIFY);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Verify a receipt"));
    assert_false(answer_has(&a, "id=\"result\""));
    chinese.language = "zh-CN";
    a = webtest_get(web, &chinese, VERIFY);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "lang=\"zh-CN\""));
}

static void test_verify__a_pasted_receipt_in_the_log_is_valid(void **state)
{
    struct answer a = paste(file_of(logged));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, IS_GENUINE));
    assert_true(answer_has(&a, PARTNER));
    assert_true(answer_has(&a, "DR-10423"));
    assert_true(answer_has(&a, "Deal registration approved"));
    assert_true(answer_has(&a, "Proof of inclusion"));
}

static void test_verify__a_browser_may_send_other_line_ends(void **state)
{
    const char *file = file_of(logged);
    char *text = arena_alloc(w->a, 2 * strlen(file) + 1);
    struct answer a;

    (void)state;
    for (size_t n = 0; *file != '\0'; file++) {
        if (*file == '\n')
            text[n++] = '\r';
        text[n++] = *file;
    }
    a = paste(text);
    assert_true(answer_has(&a, IS_GENUINE));
}

static void test_verify__an_uploaded_file_is_valid(void **state)
{
    struct answer a = upload("DR-10423-approved-1.fairway-receipt", file_of(logged));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, IS_GENUINE));
}

static void test_verify__shows_nothing_but_what_the_receipt_states(void **state)
{
    struct answer a = paste(file_of(logged));

    (void)state;
    assert_false(answer_has(&a, "Harbour Light")); /* the end customer */
    assert_false(answer_has(&a, "192.0.2.7"));     /* what the audit trail knows */
}

/* As after a photo of a printed receipt. */
static void test_verify__a_scanned_code_gets_its_proof_from_the_log(void **state)
{
    struct receipt receipt = receipt_world_read(w, logged);
    const char *address = receipt_address(w->a, &receipt);
    struct answer a = get(address);

    (void)state;
    assert_true(answer_has(&a, IS_GENUINE));
    assert_true(answer_has(&a, "this one was taken from the log just now"));
    assert_null(strstr(address, "salt"));
}

static void test_verify__is_pending_until_the_log_has_it(void **state)
{
    const char *file = file_of(waiting);
    struct answer a = paste(file);

    (void)state;
    assert_true(answer_has(&a, IS_PENDING));
    assert_true(answer_has(&a, "DR-10424"));
    assert_false(answer_has(&a, "Proof of inclusion"));
    receipt_world_job(w, "log.append");
    a = paste(file);
    assert_true(answer_has(&a, IS_GENUINE));
}

static void assert_states_nothing(const struct answer *a)
{
    assert_int_equal(a->status, 200);
    assert_true(answer_has(a, "Not valid"));
    assert_false(answer_has(a, "What the receipt states"));
    assert_false(answer_has(a, PARTNER));
    assert_false(answer_has(a, "<dd>DR-10423"));
}

/* Every line of the file, once changed in its middle.  But the salt: what it belongs to is not in
 * the file. */
static void test_verify__a_changed_receipt_fails_and_states_nothing(void **state)
{
    const char *file = file_of(logged);
    int lines = 0;

    (void)state;
    for (const char *line = file; *line != '\0'; line = strchr(line, '\n') + 1) {
        size_t len = strcspn(line, "\n");
        char *changed = arena_dup(w->a, file), *at = &changed[line - file + (long)len / 2];
        struct answer a;

        if (len < 5 || strncmp(line, "salt ", 5) == 0)
            continue;
        *at = *at == 'A' ? 'B' : 'A';
        a = upload("x.fairway-receipt", changed);
        assert_states_nothing(&a);
        lines++;
    }
    assert_true(lines >= 7);
}

static void test_verify__a_stranger_s_signature_fails(void **state)
{
    struct receipt receipt = receipt_world_read(w, logged);
    struct sign_key *key;
    struct note note;
    struct buf out;
    struct answer a;

    (void)state;
    assert_ok(sign_key_new(&key));
    assert_ok(receipt_sign(w->a, receipt.statement, w->conf.log_origin, key, &note));
    receipt.statement_note = note;
    buf_init(&out, 4096, 0);
    assert_ok(receipt_encode(&receipt, &out));
    a = paste(out.data);
    assert_states_nothing(&a);
    assert_true(answer_has(&a, "It is not signed with a key of ours."));
    buf_free(&out);
    sign_key_free(key);
}

/* Another log signed with the same key: what whoever rewrites the past would need. */
static void test_verify__a_head_that_is_no_part_of_the_log_is_told(void **state)
{
    struct receipt receipt = receipt_world_read(w, logged);
    struct merkle_edge edge = { .size = 0 };
    struct merkle_node nodes[MERKLE_LEVELS];
    struct merkle_hash leaf = merkle_leaf(receipt.statement, receipt.statement_len);
    struct tlog_checkpoint cp = { .size = 1 };
    struct log_signer signer;
    struct buf out;
    struct answer a;
    size_t count;

    (void)state;
    assert_ok(log_signer_open(w->a, &w->conf, &signer));
    assert_ok(merkle_append(&edge, &leaf, nodes, &count));
    snprintf(cp.origin, sizeof(cp.origin), "%s", w->conf.log_origin);
    cp.root = merkle_edge_root(&edge);
    receipt.proof = (struct tlog_proof){ .index = 0, .checkpoint = cp };
    assert_ok(tlog_checkpoint_sign(w->a, &cp, signer.key, &receipt.proof.checkpoint_note));
    log_signer_close(&signer);
    buf_init(&out, 4096, 0);
    assert_ok(receipt_encode(&receipt, &out));
    a = paste(out.data);
    assert_states_nothing(&a);
    assert_true(answer_has(&a, "belongs to another log"));
    buf_free(&out);
}

static void test_verify__nothing_sent_is_a_fault_at_its_field(void **state)
{
    struct answer a = paste("");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Paste the receipt, or choose its file."));
}

static void test_verify__anything_else_is_no_receipt(void **state)
{
    static const char *const others[] = { "hello", "{}", "{}\n\npending\n\nsalt AA==",
                                          "<script>alert(1)</script>" };

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        struct answer a = paste(others[i]);

        assert_int_equal(a.status, 200);
        assert_true(answer_has(&a, "This is not a complete receipt."));
        assert_false(answer_has(&a, "<script>alert"));
    }
    assert_int_equal(get("/verify?s=%25%25&sig=x").status, 200);
}

/* -- the log -------------------------------------------------------------------------------------
 */

static void test_log__the_newest_head_is_published(void **state)
{
    struct answer a = get("/verify/log/checkpoint");
    struct tlog_checkpoint cp;
    struct note note;

    (void)state;
    assert_int_equal(a.status, 200);
    assert_ok(note_parse(w->a, a.body, a.body_len, &note));
    assert_int_equal(note_verify(&note, &w->key, 1), NOTE_VALID);
    assert_ok(tlog_checkpoint_parse(note.text, note.text_len, &cp));
    assert_string_equal(cp.origin, w->conf.log_origin);
}

/* Whoever has the tiles can make the root by himself. */
static void test_log__tiles_give_the_root_of_the_head(void **state)
{
    struct answer a = get("/verify/log/checkpoint");
    struct merkle_edge edge = { .size = 0 };
    struct merkle_node nodes[MERKLE_LEVELS];
    struct tlog_checkpoint cp;
    struct merkle_hash root;
    struct note note;
    size_t count;
    char path[80];

    (void)state;
    assert_ok(note_parse(w->a, arena_dup_bytes(w->a, a.body, a.body_len), a.body_len, &note));
    assert_ok(tlog_checkpoint_parse(note.text, note.text_len, &cp));
    assert_true(cp.size > 2 && cp.size < 256);
    snprintf(path, sizeof(path), "/verify/log/tile/0/000.p/%d", (int)cp.size);
    a = get(path);
    assert_int_equal(a.status, 200);
    assert_string_equal(answer_header(&a, "Content-Type"), "application/octet-stream");
    assert_int_equal(a.body_len, cp.size * MERKLE_HASH_BYTES);
    for (uint64_t i = 0; i < cp.size; i++) {
        struct merkle_hash leaf;

        memcpy(leaf.bytes, a.body + i * MERKLE_HASH_BYTES, MERKLE_HASH_BYTES);
        assert_ok(merkle_append(&edge, &leaf, nodes, &count));
    }
    root = merkle_edge_root(&edge);
    assert_memory_equal(&root, &cp.root, sizeof(root));
}

static void test_log__tiles_that_are_not_there_are_not_found(void **state)
{
    static const char *const paths[] = {
        "/verify/log/tile/0/000",
        "/verify/log/tile/0/000.p/255",
        "/verify/log/tile/1/000.p/1",
        "/verify/log/tile/0/x001/00",
        "/verify/log/tile/entries/000",
        "/verify/log/tile/9/000",
        "/verify/log/tile/0/x999/x999/x999/999",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
        assert_int_equal(get(paths[i]).status, 404);
}

static void test_log__public_keys_are_published(void **state)
{
    struct answer a = get("/verify/log/keys");
    char text[NOTE_VKEY_BYTES];

    (void)state;
    note_key_text(&w->key, text);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verify__the_page_needs_no_log_in),
        cmocka_unit_test(test_verify__a_pasted_receipt_in_the_log_is_valid),
        cmocka_unit_test(test_verify__a_browser_may_send_other_line_ends),
        cmocka_unit_test(test_verify__an_uploaded_file_is_valid),
        cmocka_unit_test(test_verify__shows_nothing_but_what_the_receipt_states),
        cmocka_unit_test(test_verify__a_scanned_code_gets_its_proof_from_the_log),
        cmocka_unit_test(test_verify__is_pending_until_the_log_has_it),
        cmocka_unit_test(test_verify__a_changed_receipt_fails_and_states_nothing),
        cmocka_unit_test(test_verify__a_stranger_s_signature_fails),
        cmocka_unit_test(test_verify__a_head_that_is_no_part_of_the_log_is_told),
        cmocka_unit_test(test_verify__nothing_sent_is_a_fault_at_its_field),
        cmocka_unit_test(test_verify__anything_else_is_no_receipt),
        cmocka_unit_test(test_log__the_newest_head_is_published),
        cmocka_unit_test(test_log__tiles_give_the_root_of_the_head),
        cmocka_unit_test(test_log__tiles_that_are_not_there_are_not_found),
        cmocka_unit_test(test_log__public_keys_are_published),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

/* receipt/verify.c - /verify: anybody checks a receipt, pasted, uploaded or scanned.  Nothing that
 * is sent is kept, and a receipt that fails states nothing. */
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/merkle_verify.h"
#include "receipt/log.h"
#include "receipt/receipt_pages.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_MAX = 4096, TEXT_MAX = 60000 };

struct verify_input {
    const char *text;
    struct upload_list files;
};
static const struct field form_fields[] = {
    { .name = "text",
      .label = N_("Paste the text"),
      .kind = FIELD_LINES,
      .max = TEXT_MAX,
      .offset = offsetof(struct verify_input, text) },
    { .name = "file",
      .label = N_("or upload the file"),
      .kind = FIELD_FILES,
      .max = 1,
      .offset = offsetof(struct verify_input, files) },
    { 0 },
};
static void check_form(struct request *req, void *data);
static const struct form verify_form = {
    .name = "receipt.verify",
    .fields = form_fields,
    .size_bytes = sizeof(struct verify_input),
    .check = check_form,
    .body_max_bytes = 2 * RECEIPT_MAX_BYTES,
};

static void check_form(struct request *req, void *data)
{
    const struct verify_input *in = data;

    if (str_is_empty(in->text) && in->files.count == 0)
        form_fault(req, "text", -1, tr(req, N_("Paste the receipt, or choose its file.")));
}

struct verify_query {
    const char *s, *sig;
};
static const struct field query_fields[] = {
    { .name = "s",
      .label = N_("Receipt"),
      .kind = FIELD_TEXT,
      .max = CODE_MAX,
      .offset = offsetof(struct verify_query, s) },
    { .name = "sig",
      .label = N_("Signature"),
      .kind = FIELD_TEXT,
      .max = CODE_MAX,
      .offset = offsetof(struct verify_query, sig) },
    { 0 },
};
static const struct form verify_query = {
    .name = "receipt.verify_query",
    .fields = query_fields,
    .size_bytes = sizeof(struct verify_query),
};

/* -- checking ------------------------------------------------------------------------------------
 */

struct check {
    struct receipt receipt;
    struct receipt_checks checks;
    enum receipt_state grows; /* the log of now contains the log that the receipt knows */
    struct log_key_row *keys;
    size_t key_count;
    struct log_checkpoint_row *head; /* the newest; NULL: the log is empty */
    bool added;                      /* the proof is ours: the receipt came without */
};

/* A receipt from before it was in the log, or from a printed code, gets its proof from us. */
static struct err *add_proof(struct request *req, struct check *c)
{
    const struct canon *number = canon_find(c->receipt.members, c->receipt.member_count, "number");
    int64_t deal_id, leaf_index;

    if (number == NULL || number->kind != CANON_TEXT || !str_starts(number->text, "DR-") ||
        !str_to_i64(number->text + 3, &deal_id))
        return NULL;
    TRY(log_find_receipt(req->db, req->arena, deal_id, c->receipt.statement,
                         c->receipt.statement_len, &leaf_index));
    if (leaf_index < 0)
        return NULL;
    TRY(log_proof(req->db, req->arena, leaf_index, &c->receipt.proof));
    c->receipt.pending = false;
    c->added = true;
    return NULL;
}

/* A signed head that is no part of today's log would be the proof that the past was rewritten. */
static struct err *check_growth(struct request *req, struct check *c)
{
    const struct tlog_checkpoint *then = &c->receipt.proof.checkpoint;
    struct merkle_proof proof;
    struct merkle_edge edge;
    struct merkle_hash root;
    struct log_reader r;

    c->grows = RECEIPT_FAILED;
    if (c->head == NULL || then->size == 0 || then->size > (uint64_t)c->head->size)
        return NULL;
    log_reader_init(&r, req->db, req->arena);
    TRY(merkle_consistency(&r.reader, then->size, (uint64_t)c->head->size, &proof));
    TRY(merkle_edge_read(&r.reader, (uint64_t)c->head->size, &edge));
    root = merkle_edge_root(&edge);
    if (merkle_verify_consistency(then->size, (uint64_t)c->head->size, &then->root, &root,
                                  proof.hashes, proof.count))
        c->grows = RECEIPT_PASSED;
    return NULL;
}

static struct err *check_receipt(struct request *req, struct check *c)
{
    struct receipt_trust trust = { .origin = req->conf->log_origin };
    struct note_key *keys = NULL;

    TRY(log_keys_read(req->db, req->arena, &c->keys, &keys, &c->key_count));
    TRY(log_checkpoint_newest(req->db, req->arena, &c->head));
    trust.keys = keys;
    trust.key_count = c->key_count;
    c->checks = receipt_verify(&c->receipt, &trust, NULL, 0);
    if (c->checks.statement != RECEIPT_PASSED)
        return NULL;
    if (c->receipt.pending) {
        TRY(add_proof(req, c));
        c->checks = receipt_verify(&c->receipt, &trust, NULL, 0);
    }
    if (c->checks.checkpoint == RECEIPT_PASSED && c->checks.inclusion == RECEIPT_PASSED)
        TRY(check_growth(req, c));
    return NULL;
}

/* -- showing -------------------------------------------------------------------------------------
 */

enum verdict { NO_RECEIPT, BAD_SIGNATURE, UNKNOWN_KEY, BAD_PLACE, OTHER_LOG, WAITING, GENUINE };

static const struct {
    const char *tone, *icon, *word, *title, *text;
} verdicts[] = {
    [NO_RECEIPT] = { "bad", "shield-x", N_("Not valid"), N_("This is not a complete receipt."),
                     N_("It was changed, is incomplete, or does not come from us. Do not rely on "
                        "what it says.") },
    [BAD_SIGNATURE] = { "bad", "shield-x", N_("Not valid"),
                        N_("The text does not match its signature."),
                        N_("It was changed, is incomplete, or does not come from us. Do not rely "
                           "on what it says.") },
    [UNKNOWN_KEY] = { "bad", "shield-x", N_("Not valid"),
                      N_("It is not signed with a key of ours."),
                      N_("It does not come from us. Do not rely on what it says.") },
    [BAD_PLACE] = { "bad", "shield-x", N_("Not valid"),
                    N_("The proof of its place in the log does not hold."),
                    N_("It was changed, is incomplete, or does not come from us. Do not rely on "
                       "what it says.") },
    [OTHER_LOG] = { "bad", "shield-x", N_("Not valid"),
                    N_("It is signed, but belongs to another log than the one of today."),
                    N_("Keep the file: it is evidence. Do not rely on what it says until this is "
                       "explained.") },
    [WAITING] = { "info", "clock", N_("Pending"),
                  N_("This receipt is genuine. The log does not have it yet."),
                  N_("New entries are added every 20 seconds. Try again in half a minute.") },
    [GENUINE] = { "good", "rosette-discount-check", N_("Valid"),
                  N_("This receipt is genuine and in the log."),
                  N_("Not one character was changed since it was signed.") },
};

static enum verdict verdict_of(const struct check *c)
{
    if (c->checks.well_formed != RECEIPT_PASSED)
        return NO_RECEIPT;
    if (c->checks.statement == RECEIPT_FAILED)
        return BAD_SIGNATURE;
    if (c->checks.statement != RECEIPT_PASSED)
        return UNKNOWN_KEY;
    if (c->receipt.pending)
        return WAITING;
    if (receipt_overall(&c->checks) != RECEIPT_PASSED)
        return BAD_PLACE;
    return c->grows == RECEIPT_PASSED ? GENUINE : OTHER_LOG;
}

static void show_check(struct request *req, const char *name, enum receipt_state state,
                       const char *detail)
{
    static const struct {
        const char *tone, *icon, *label;
    } looks[] = {
        [RECEIPT_FAILED] = { "bad", "shield-x", N_("No") },
        [RECEIPT_PASSED] = { "good", "rosette-discount-check", N_("Yes") },
        [RECEIPT_PENDING] = { "info", "clock", N_("Not yet") },
        [RECEIPT_NOT_CHECKED] = { "off", "minus", N_("Not checked") },
    };
    struct view *row = view_row(req->page, "Checks");
    struct view *status = view_at(row, "Status");

    view_text(row, "Name", name);
    view_text(row, "Detail", detail);
    view_text(status, "Tone", looks[state].tone);
    view_text(status, "Icon", looks[state].icon);
    view_text(status, "Label", tr(req, looks[state].label));
}

/* "portal.example/log+46e6c65c", and since when it is in use. */
static const char *key_words(struct request *req, const struct check *c)
{
    const struct note *note = &c->receipt.statement_note;

    for (size_t i = 0; i < note->signature_count; i++)
        for (size_t k = 0; k < c->key_count; k++)
            if (note->signatures[i].check == NOTE_VALID &&
                c->keys[k].key_id == note->signatures[i].id)
                return trf(req, N_("%1$s+%2$08x, in use since %3$s"), c->keys[k].name,
                           (unsigned)c->keys[k].key_id,
                           text_date(req->locale, req->arena, c->keys[k].valid_from));
    return "";
}

static const char *place_words(struct request *req, const struct check *c)
{
    if (c->receipt.pending)
        return "";
    return trf(req, N_("leaf %1$s of %2$s"),
               text_number(req->locale, req->arena, (int64_t)c->receipt.proof.index + 1),
               text_number(req->locale, req->arena, (int64_t)c->receipt.proof.checkpoint.size));
}

static void show_checks(struct request *req, const struct check *c)
{
    const struct receipt_checks *k = &c->checks;
    const bool place = k->statement == RECEIPT_PASSED;

    show_check(req, tr(req, N_("Form is complete")), k->well_formed, "");
    show_check(req, tr(req, N_("Signature")), k->statement,
               k->statement == RECEIPT_PASSED ? key_words(req, c) : "");
    show_check(req, tr(req, N_("Head of the log is signed")),
               place ? k->checkpoint : RECEIPT_NOT_CHECKED, "");
    show_check(req, tr(req, N_("Place in the log")), place ? k->inclusion : RECEIPT_NOT_CHECKED,
               place ? place_words(req, c) : tr(req, N_("signature must match first")));
    show_check(req, tr(req, N_("Log only grows")), c->grows,
               c->grows == RECEIPT_PASSED ? trf(req, N_("up to leaf %s of today"),
                                                text_number(req->locale, req->arena, c->head->size))
                                          : "");
    if (k->not_checked_lines > 0)
        show_check(req, tr(req, N_("Signatures of others")), RECEIPT_NOT_CHECKED,
                   text_number(req->locale, req->arena, (int64_t)k->not_checked_lines));
}

static void show_hash(struct request *req, const char *name, const struct merkle_hash *hash)
{
    char text[B64_TEXT_BYTES(MERKLE_HASH_BYTES)];
    struct view *row = view_row(view_at(req->page, "Proof"), "Rows");

    b64_encode(hash->bytes, MERKLE_HASH_BYTES, text);
    view_text(row, "Name", name);
    view_text(row, "Hash", text);
}

static struct err *show_proof(struct request *req, const struct check *c)
{
    const struct tlog_proof *proof = &c->receipt.proof;
    const struct merkle_hash leaf = merkle_leaf(c->receipt.statement, c->receipt.statement_len);
    struct log_checkpoint_row *first;

    show_hash(req, tr(req, N_("Leaf")), &leaf);
    for (size_t i = 0; i < proof->inclusion.count; i++)
        show_hash(req, text_number(req->locale, req->arena, (int64_t)i + 1),
                  &proof->inclusion.hashes[i]);
    show_hash(req, tr(req, N_("Head")), &proof->checkpoint.root);
    TRY(log_checkpoint_of(req->db, req->arena, (int64_t)proof->index, &first));
    if (first != NULL)
        page_at(req, view_at(req->page, "Proof"), "At", first->at);
    view_flag(view_at(req->page, "Proof"), "Ours", c->added);
    return NULL;
}

static struct err *show(struct request *req, const struct check *c)
{
    const enum verdict verdict = verdict_of(c);
    struct view *v = view_at(req->page, "Verdict");
    struct view *status = view_at(v, "Status");

    view_text(v, "Title", tr(req, verdicts[verdict].title));
    view_text(v, "Text", tr(req, verdicts[verdict].text));
    view_text(v, "Tone", verdicts[verdict].tone);
    view_text(status, "Tone", verdicts[verdict].tone);
    view_text(status, "Icon", verdicts[verdict].icon);
    view_text(status, "Label", tr(req, verdicts[verdict].word));
    show_checks(req, c);
    if (verdict < WAITING)
        return NULL;
    receipt_show_statement(req, req->page, "States", &c->receipt);
    return verdict == GENUINE ? err_pass(show_proof(req, c)) : NULL;
}

/* -- pages ---------------------------------------------------------------------------------------
 */

/* One of the two fields is needed: neither is optional by itself. */
static struct err *show_page(struct request *req)
{
    struct view *fields;

    page_title(req, tr(req, N_("Verify a receipt")));
    form_show(req, &verify_form, NULL);
    fields = view_at(view_at(req->page, "Form"), "F");
    view_text(view_at(fields, "text"), "Optional", "");
    view_text(view_at(fields, "file"), "Optional", "");
    return NULL;
}

static struct check nothing(void)
{
    return (struct check){ .checks = { .statement = RECEIPT_NOT_CHECKED,
                                       .checkpoint = RECEIPT_NOT_CHECKED,
                                       .inclusion = RECEIPT_NOT_CHECKED,
                                       .content = RECEIPT_NOT_CHECKED,
                                       .statement_key = "",
                                       .fault = "" },
                           .grows = RECEIPT_NOT_CHECKED };
}

static struct err *verify_show(struct request *req)
{
    const struct verify_query *in = req->input;
    struct check c = nothing();

    TRY(show_page(req));
    if (str_is_empty(in->s) && str_is_empty(in->sig))
        return NULL;
    if (receipt_of_address(req->arena, in->s, in->sig, req->conf->log_origin, &c.receipt))
        TRY(check_receipt(req, &c));
    return err_pass(show(req, &c));
}

/* A form sends no line end after the last line, which a receipt has. */
static struct err *parse_input(struct request *req, const struct verify_input *in,
                               struct receipt *out)
{
    const char *text;

    if (in->files.count > 0)
        return err_pass(receipt_parse(req->arena, (const char *)in->files.items[0].data,
                                      in->files.items[0].len, out));
    text = arena_printf(req->arena, "%s\n", in->text);
    return err_pass(receipt_parse(req->arena, text, strlen(text), out));
}

static struct err *verify_post(struct request *req)
{
    struct check c = nothing();
    struct err *e = parse_input(req, req->input, &c.receipt);

    TRY(show_page(req));
    if (e == NULL)
        TRY(check_receipt(req, &c));
    err_ignore(e); /* the answer is that it is no receipt */
    TRY(show(req, &c));
    return err_pass(reply_page(req, "receipt/verify.cs"));
}

/* -- the log -------------------------------------------------------------------------------------
 */

static struct err *checkpoint_show(struct request *req)
{
    struct log_checkpoint_row *head;

    TRY(log_checkpoint_newest(req->db, req->arena, &head));
    if (head == NULL)
        return err_raise(ERR_NOT_FOUND, "the log is empty");
    return err_pass(reply_text(req, "text/plain; charset=utf-8", head->note, strlen(head->note)));
}

static struct err *tile_show(struct request *req)
{
    static const char prefix[] = "/verify/log/";
    struct merkle_hash *hashes = arena_array(req->arena, TLOG_TILE_WIDTH, sizeof(*hashes));
    struct tlog_tile tile;
    bool found = false;

    if (str_starts(req->path, prefix) &&
        tlog_tile_path_parse(req->path + sizeof(prefix) - 1, &tile))
        TRY(log_tile(req->db, req->arena, &tile, hashes, &found));
    if (!found)
        return err_raise(ERR_NOT_FOUND, "no such tile");
    return err_pass(reply_text(req, "application/octet-stream", (const char *)hashes,
                               (size_t)tile.width * sizeof(*hashes)));
}

static struct err *keys_show(struct request *req)
{
    struct log_key_row *rows = NULL;
    struct note_key *keys = NULL;
    char *text = arena_dup(req->arena, "");
    size_t count;

    TRY(log_keys_read(req->db, req->arena, &rows, &keys, &count));
    for (size_t i = 0; i < count; i++) {
        char key[NOTE_VKEY_BYTES], from[CLOCK_ISO_BYTES], until[CLOCK_ISO_BYTES] = "";

        note_key_text(&keys[i], key);
        clock_iso(rows[i].valid_from, from);
        if (rows[i].retired_at != 0)
            clock_iso(rows[i].retired_at, until);
        text = arena_printf(req->arena, "%s# from %s%s%s\n%s\n", text, from,
                            *until != '\0' ? " until " : "", until, key);
    }
    return err_pass(reply_text(req, "text/plain; charset=utf-8", text, strlen(text)));
}

static const struct rate checks_rate = { "receipt.verify", 300, 900 };

#define GET_PUBLIC .method = HTTP_GET, .audience = AUD_PUBLIC, .permission = PERM_PUBLIC
#define TILE(name_, path_)                                                                   \
    {                                                                                        \
        .name = (name_), GET_PUBLIC, .path = "/verify/log/tile/" path_, .handler = tile_show \
    }

const struct route receipt_public_routes[] = {
    { .name = "receipt.verify_page",
      GET_PUBLIC,
      .path = "/verify",
      .query = &verify_query,
      .handler = verify_show,
      .page = "receipt/verify.cs",
      .rate = &checks_rate },
    { .name = "receipt.verify",
      .method = HTTP_POST,
      .audience = AUD_PUBLIC,
      .permission = PERM_PUBLIC,
      .path = "/verify",
      .form = &verify_form,
      .handler = verify_post,
      .retry = show_page,
      .retry_page = "receipt/verify.cs",
      .no_token = "it checks what is sent, keeps nothing, and is for people without a session",
      .rate = &checks_rate },
    { .name = "log.checkpoint",
      GET_PUBLIC,
      .path = "/verify/log/checkpoint",
      .handler = checkpoint_show },
    { .name = "log.keys", GET_PUBLIC, .path = "/verify/log/keys", .handler = keys_show },
    TILE("log.tile1", ":level/:a"),
    TILE("log.tile2", ":level/:a/:b"),
    TILE("log.tile3", ":level/:a/:b/:c"),
    TILE("log.tile4", ":level/:a/:b/:c/:d"),
    { 0 },
};

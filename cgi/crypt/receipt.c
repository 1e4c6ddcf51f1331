/* crypt/receipt.c - puts the parts of a receipt together, takes them apart again without tolerance,
 * and asks the questions that make one worth something. */
#include "crypt/receipt.h"
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/merkle_verify.h"

#include <string.h>

#define PENDING_WORD   "pending\n"
#define SALT_SEPARATOR "\n\nsalt "
enum {
    SALT_TEXT_BYTES = B64_TEXT_BYTES(RECEIPT_SALT_BYTES),
    CONTENT_TEXT_BYTES = B64_TEXT_BYTES(SHA256_BYTES)
};

void receipt_content_hash(const unsigned char salt[RECEIPT_SALT_BYTES], const char *content,
                          size_t content_len, unsigned char out[SHA256_BYTES])
{
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, salt, RECEIPT_SALT_BYTES);
    sha256_add(&h, content, content_len);
    sha256_end(&h, out);
}

struct err *receipt_statement(const struct canon *members, size_t count,
                              const unsigned char content_hash[SHA256_BYTES], struct buf *out)
{
    struct canon all[RECEIPT_MAX_MEMBERS];
    char content[CONTENT_TEXT_BYTES];

    if (count > RECEIPT_MAX_MEMBERS - 2)
        return err_raise(ERR_INVALID, "a statement has at most %d members", RECEIPT_MAX_MEMBERS);
    for (size_t i = 0; i < count; i++) {
        if (members[i].kind != CANON_TEXT && members[i].kind != CANON_NUMBER)
            return err_raise(ERR_INVALID, "a statement has texts and numbers alone");
        all[i] = members[i];
    }
    b64_encode(content_hash, SHA256_BYTES, content);
    all[count] = CANON_T("content", content);
    all[count + 1] = CANON_T("type", RECEIPT_TYPE);
    return err_pass(canon_write(all, count + 2, out));
}

struct err *receipt_sign(struct arena *a, const char *statement, const char *key_name,
                         const struct sign_key *key, struct note *note_out)
{
    return err_pass(note_sign(a, arena_printf(a, "%s\n", statement), key_name, key, note_out));
}

struct err *receipt_encode(const struct receipt *receipt, struct buf *out)
{
    char salt[SALT_TEXT_BYTES];

    TRY(note_encode(&receipt->statement_note, out));
    buf_putc(out, '\n');
    if (receipt->pending)
        buf_puts(out, PENDING_WORD);
    else
        TRY(tlog_proof_encode(&receipt->proof, out));
    b64_encode(receipt->salt, RECEIPT_SALT_BYTES, salt);
    buf_printf(out, "\nsalt %s\n", salt);
    return out->failed ? err_raise(ERR_INVALID, "the receipt is too long") : NULL;
}

/* What the statement says, with the two members that every one has. */
static struct err *read_members(struct arena *a, struct receipt *out)
{
    const struct canon *type, *content;
    struct canon *members;

    TRY(canon_read_flat(a, out->statement, out->statement_len, &members, &out->member_count));
    out->members = members;
    type = canon_find(members, out->member_count, "type");
    content = canon_find(members, out->member_count, "content");
    if (type == NULL || type->kind != CANON_TEXT || strcmp(type->text, RECEIPT_TYPE) != 0)
        return err_raise(ERR_PARSE, "the statement is no " RECEIPT_TYPE);
    if (out->member_count > RECEIPT_MAX_MEMBERS)
        return err_raise(ERR_PARSE, "the statement has too many members");
    if (content == NULL || content->kind != CANON_TEXT ||
        !b64_decode_exact(content->text, strlen(content->text), out->content_hash, SHA256_BYTES))
        return err_raise(ERR_PARSE, "the statement has no hash of its content");
    return NULL;
}

struct err *receipt_parse_statement(struct arena *a, const char *data, size_t len,
                                    struct receipt *out)
{
    memset(out, 0, sizeof(*out));
    out->pending = true;
    TRY(note_parse(a, data, len, &out->statement_note));
    out->statement_len = out->statement_note.text_len - 1;
    out->statement = arena_dup_bytes(a, out->statement_note.text, out->statement_len);
    return err_pass(read_members(a, out));
}

/* Where the three parts stand in the file. */
struct parts {
    size_t note_len;
    const char *proof;
    size_t proof_len;
    const char *salt;
    size_t salt_len;
};

static bool find_parts(const char *data, size_t len, struct parts *out)
{
    const char *end = data + len, *signatures, *note_end, *salt = NULL;

    signatures = memmem(data, len, "\n\n", 2);
    if (signatures == NULL)
        return false;
    note_end = memmem(signatures + 2, (size_t)(end - signatures - 2), "\n\n", 2);
    if (note_end == NULL)
        return false;
    out->note_len = (size_t)(note_end - data) + 1;
    out->proof = note_end + 2;
    for (const char *at = out->proof; at < end; at = salt + 1) {
        const char *found = memmem(at, (size_t)(end - at), SALT_SEPARATOR, strlen(SALT_SEPARATOR));

        if (found == NULL)
            break;
        salt = found;
    }
    if (salt == NULL || end[-1] != '\n')
        return false;
    out->proof_len = (size_t)(salt - out->proof) + 1;
    out->salt = salt + strlen(SALT_SEPARATOR);
    out->salt_len = (size_t)(end - out->salt) - 1;
    return true;
}

static struct err *read_proof(struct arena *a, const struct parts *parts, struct receipt *out)
{
    out->pending = parts->proof_len == strlen(PENDING_WORD) &&
                   memcmp(parts->proof, PENDING_WORD, parts->proof_len) == 0;
    if (out->pending)
        return NULL;
    TRY(tlog_proof_parse(a, parts->proof, parts->proof_len, &out->proof));
    /* nothing vouches for extra data, and a receipt says nothing that nobody vouches for */
    return out->proof.extra == NULL ? NULL : err_raise(ERR_PARSE, "the proof has extra data");
}

static struct err *check_same_bytes(const struct receipt *receipt, const char *data, size_t len)
{
    struct buf again;
    struct err *e;
    bool same;

    buf_init(&again, len + 1, 0);
    e = err_pass(receipt_encode(receipt, &again));
    same = e == NULL && again.len == len && memcmp(again.data, data, len) == 0;
    buf_free(&again);
    if (e != NULL)
        return e;
    return same ? NULL : err_raise(ERR_PARSE, "the receipt is not in its one form");
}

struct err *receipt_parse(struct arena *a, const char *data, size_t len, struct receipt *out)
{
    struct parts parts;

    memset(out, 0, sizeof(*out));
    if (len > RECEIPT_MAX_BYTES || !find_parts(data, len, &parts))
        return err_raise(ERR_PARSE, "no receipt: its three parts are not there");
    TRY(receipt_parse_statement(a, data, parts.note_len, out));
    TRY(read_proof(a, &parts, out));
    if (!b64_decode_exact(parts.salt, parts.salt_len, out->salt, RECEIPT_SALT_BYTES))
        return err_raise(ERR_PARSE, "ill-formed salt");
    out->has_salt = true;
    return err_pass(check_same_bytes(out, data, len));
}

static enum receipt_state state_of(enum note_check check)
{
    switch (check) {
    case NOTE_VALID:
        return RECEIPT_PASSED;
    case NOTE_NOT_CHECKED:
        return RECEIPT_NOT_CHECKED;
    case NOTE_INVALID:
        break;
    }
    return RECEIPT_FAILED;
}

/* The first name under which a known key signed, "" when there is none. */
static const char *valid_name(const struct note *note, size_t *not_checked)
{
    const char *name = "";

    for (size_t i = 0; i < note->signature_count; i++) {
        *not_checked += note->signatures[i].check == NOTE_NOT_CHECKED;
        if (note->signatures[i].check == NOTE_VALID && *name == '\0')
            name = note->signatures[i].name;
    }
    return name;
}

static bool signed_by(const struct note *note, const char *name)
{
    for (size_t i = 0; i < note->signature_count; i++)
        if (note->signatures[i].check == NOTE_VALID && strcmp(note->signatures[i].name, name) == 0)
            return true;
    return false;
}

static void verify_log(struct receipt *receipt, const struct receipt_trust *trust,
                       struct receipt_checks *checks)
{
    struct tlog_proof *proof = &receipt->proof;
    const struct merkle_hash leaf = merkle_leaf(receipt->statement, receipt->statement_len);

    checks->checkpoint =
        state_of(note_verify(&proof->checkpoint_note, trust->keys, trust->key_count));
    valid_name(&proof->checkpoint_note, &checks->not_checked_lines);
    if (strcmp(proof->checkpoint.origin, trust->origin) != 0 ||
        (checks->checkpoint == RECEIPT_PASSED &&
         !signed_by(&proof->checkpoint_note, trust->origin)))
        checks->checkpoint = RECEIPT_FAILED;
    checks->inclusion = merkle_verify_inclusion(proof->index, proof->checkpoint.size, &leaf,
                                                proof->inclusion.hashes, proof->inclusion.count,
                                                &proof->checkpoint.root)
                            ? RECEIPT_PASSED
                            : RECEIPT_FAILED;
}

static enum receipt_state verify_content(const struct receipt *receipt, const char *content,
                                         size_t content_len)
{
    unsigned char hash[SHA256_BYTES];

    if (content == NULL || !receipt->has_salt)
        return RECEIPT_NOT_CHECKED;
    receipt_content_hash(receipt->salt, content, content_len, hash);
    return hash_equal(hash, receipt->content_hash, sizeof(hash)) ? RECEIPT_PASSED : RECEIPT_FAILED;
}

struct receipt_checks receipt_verify(struct receipt *receipt, const struct receipt_trust *trust,
                                     const char *content, size_t content_len)
{
    struct receipt_checks checks = {
        .well_formed = RECEIPT_PASSED,
        .checkpoint = RECEIPT_PENDING,
        .inclusion = RECEIPT_PENDING,
        .fault = "",
    };

    checks.statement =
        state_of(note_verify(&receipt->statement_note, trust->keys, trust->key_count));
    checks.statement_key = valid_name(&receipt->statement_note, &checks.not_checked_lines);
    if (!receipt->pending)
        verify_log(receipt, trust, &checks);
    checks.content = verify_content(receipt, content, content_len);
    return checks;
}

struct receipt_checks receipt_verify_text(struct arena *a, const char *data, size_t len,
                                          const struct receipt_trust *trust, const char *content,
                                          size_t content_len, struct receipt *receipt_out)
{
    struct err *e = receipt_parse(a, data, len, receipt_out);
    struct receipt_checks checks = {
        .well_formed = RECEIPT_FAILED,
        .statement = RECEIPT_NOT_CHECKED,
        .checkpoint = RECEIPT_NOT_CHECKED,
        .inclusion = RECEIPT_NOT_CHECKED,
        .content = RECEIPT_NOT_CHECKED,
        .statement_key = "",
    };

    if (e == NULL)
        return receipt_verify(receipt_out, trust, content, content_len);
    checks.fault = arena_dup(a, err_message(e));
    err_ignore(e); /* the answer is "no receipt", with the reason kept above */
    return checks;
}

enum receipt_state receipt_overall(const struct receipt_checks *checks)
{
    if (checks->well_formed != RECEIPT_PASSED || checks->statement != RECEIPT_PASSED ||
        checks->content == RECEIPT_FAILED)
        return RECEIPT_FAILED;
    if (checks->checkpoint == RECEIPT_PENDING && checks->inclusion == RECEIPT_PENDING)
        return RECEIPT_PENDING;
    return checks->checkpoint == RECEIPT_PASSED && checks->inclusion == RECEIPT_PASSED
               ? RECEIPT_PASSED
               : RECEIPT_FAILED;
}

/* crypt/receipt.h - receipts that anybody can check: a canonical statement as a signed note, its
 * place in the transparency log, and the salt that ties it to the content.  RECEIPTS.md shows every
 * byte.
 *
 *   {"at":"...","content":"BASE64",...,"type":"fairway-receipt/1"}
 *   (empty)
 *   - NAME BASE64
 *   (empty)
 *   pending | a proof file
 *   (empty)
 *   salt BASE64
 *
 * The leaf of the log is the statement's bytes without its newline. */
#pragma once

#include "crypt/canon.h"
#include "crypt/hash.h"
#include "crypt/tlog.h"

#include <stdbool.h>

enum { RECEIPT_SALT_BYTES = 32, RECEIPT_MAX_BYTES = 256 * 1024, RECEIPT_MAX_MEMBERS = 32 };
#define RECEIPT_TYPE      "fairway-receipt/1"
#define RECEIPT_EXTENSION ".fairway-receipt"

/* SHA-256 over the salt and then the canonical JSON of the content. */
void receipt_content_hash(const unsigned char salt[RECEIPT_SALT_BYTES], const char *content,
                          size_t content_len, unsigned char out[SHA256_BYTES]);

/* Adds a statement of MEMBERS (texts and numbers; without "type" and "content", which are added) to
 * OUT, without a newline.  This is what is stored, signed and hashed as a leaf. */
struct err *receipt_statement(const struct canon *members, size_t count,
                              const unsigned char content_hash[SHA256_BYTES], struct buf *out);
/* Signs a statement: the note of the first part. */
struct err *receipt_sign(struct arena *a, const char *statement, const char *key_name,
                         const struct sign_key *key, struct note *note_out);

struct receipt {
    struct note statement_note;
    const char *statement; /* the leaf: the note's text without its newline */
    size_t statement_len;
    const struct canon *members; /* what it states, in order of names */
    size_t member_count;
    unsigned char content_hash[SHA256_BYTES];
    bool pending; /* no proof yet: the event is not in the log */
    struct tlog_proof proof;
    bool has_salt; /* false only for what came without: receipt_parse_statement() */
    unsigned char salt[RECEIPT_SALT_BYTES];
};

/* Adds the file. */
struct err *receipt_encode(const struct receipt *receipt, struct buf *out);
/* Reads a file; texts live in the arena.  ERR_PARSE unless encoding it again gives the same bytes.
 */
struct err *receipt_parse(struct arena *a, const char *data, size_t len, struct receipt *out);
/* Reads the first part alone, as the printed code carries it: pending until the caller sets a
 * proof. */
struct err *receipt_parse_statement(struct arena *a, const char *data, size_t len,
                                    struct receipt *out);

/* One question that was asked of a receipt. */
enum receipt_state {
    RECEIPT_FAILED,
    RECEIPT_PASSED,
    RECEIPT_PENDING,    /* cannot be answered before the event is in the log */
    RECEIPT_NOT_CHECKED /* nothing to check it with: unknown key, no content given */
};

struct receipt_checks {
    enum receipt_state well_formed;
    enum receipt_state statement;  /* a known key signed it */
    enum receipt_state checkpoint; /* a known key signed the log's head, under the log's name */
    enum receipt_state inclusion;  /* the statement is a leaf of that log */
    enum receipt_state content;    /* salt and content give the hash of the statement */
    size_t not_checked_lines;      /* signature lines of keys that are not known here */
    const char *statement_key;     /* name of the key that signed; "" when none is known */
    const char *fault; /* where it is not well-formed: English, for logs and operators */
};

/* What to check against. */
struct receipt_trust {
    const struct note_key *keys; /* of statements and of checkpoints, all ages */
    size_t key_count;
    const char *origin; /* name of the log; a checkpoint of another log fails */
};

/* CONTENT may be NULL: then it is not checked.  Names live as long as the receipt. */
struct receipt_checks receipt_verify(struct receipt *receipt, const struct receipt_trust *trust,
                                     const char *content, size_t content_len);
/* Reads and verifies in one go, for the command line and the page; never an error: a file that is
 * no receipt is one that failed. *RECEIPT_OUT is meaningful only when well_formed passed. */
struct receipt_checks receipt_verify_text(struct arena *a, const char *data, size_t len,
                                          const struct receipt_trust *trust, const char *content,
                                          size_t content_len, struct receipt *receipt_out);
/* The answer in one word: failed when anything failed or no known key signed the statement, then
 * pending, else passed.  Content that was not given does not matter. */
enum receipt_state receipt_overall(const struct receipt_checks *checks);

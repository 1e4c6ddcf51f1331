/* crypt/note.h - signed notes (c2sp.org/signed-note): a text and lines "- NAME BASE64", with an em
 * dash, that sign it.  Only Ed25519 (type 1) is made and checked; other well-formed lines, such as
 * a witness's, are kept and said to be not checked. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "crypt/sign.h"

#include <stdint.h>

enum {
    NOTE_MAX_BYTES = 64 * 1024,
    NOTE_MAX_SIGNATURES = 32,
    NOTE_MAX_NAME_BYTES = 200,
    NOTE_MAX_SIGNATURE_BYTES = 8192, /* post-quantum ones have up to 5 KB */
    NOTE_VKEY_BYTES = 300
};

/* Whose signatures are believed. */
struct note_key {
    char name[NOTE_MAX_NAME_BYTES + 1];
    uint32_t id;
    unsigned char public_key[SIGN_PUBLIC_BYTES];
};

enum note_check {
    NOTE_NOT_CHECKED, /* a key that is not known here */
    NOTE_VALID,
    NOTE_INVALID /* a known key, but it did not sign this text */
};

struct note_signature {
    const char *name;
    uint32_t id;
    const unsigned char *bytes; /* without the key id */
    size_t len;
    enum note_check check; /* NOTE_NOT_CHECKED until note_verify() */
};

struct note {
    const char *text; /* with its final newline */
    size_t text_len;
    struct note_signature *signatures;
    size_t signature_count;
};

/* False when NAME is no key name: empty, too long, no UTF-8, with a space of Unicode, a plus sign
 * or a control character. */
bool note_name_valid(const char *name);
/* ERR_INVALID for a name that is none. */
struct err *note_key_make(const char *name, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                          struct note_key *key_out);
/* "NAME+HEXID+BASE64", as other programs take it. */
void note_key_text(const struct note_key *key, char out[NOTE_VKEY_BYTES]);
/* Reads that.  ERR_PARSE when it is anything else, when the id does not belong to the key, or for
 * another type than Ed25519. */
struct err *note_key_parse(const char *text, struct note_key *key_out);

/* Reads a note; its texts live in the arena.  ERR_PARSE unless encoding it again gives the same
 * bytes. Nothing is verified yet. */
struct err *note_parse(struct arena *a, const char *data, size_t len, struct note *note_out);
/* Adds the note to OUT.  ERR_INVALID for a text without final newline, with control characters or
 * broken UTF-8, and when a limit is passed. */
struct err *note_encode(const struct note *note, struct buf *out);
/* TEXT with one signature by KEY under NAME, in the arena. */
struct err *note_sign(struct arena *a, const char *text, const char *name,
                      const struct sign_key *key, struct note *note_out);
/* Sets the check of each signature.  NOTE_VALID when at least one is valid and none is invalid;
 * NOTE_INVALID when one is invalid; NOTE_NOT_CHECKED when no key is known. */
enum note_check note_verify(struct note *note, const struct note_key *keys, size_t key_count);

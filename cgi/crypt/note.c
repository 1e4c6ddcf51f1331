/* crypt/note.c */
#include "crypt/note.h"
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/hash.h"

#include <stdio.h>
#include <string.h>

#define EM_DASH "\xe2\x80\x94 "
enum { EM_DASH_BYTES = 4, ID_BYTES = 4, TYPE_ED25519 = 1 };

/* The code points that Unicode calls White_Space, beyond ASCII, in UTF-8. */
static const char *const wide_spaces[] = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
};

bool note_name_valid(const char *name)
{
    const size_t len = strlen(name);

    if (len == 0 || len > NOTE_MAX_NAME_BYTES || !utf8_valid(name, len))
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if ((unsigned char)*p <= ' ' || *p == '+')
            return false;
    for (size_t i = 0; i < ARRAY_LEN(wide_spaces); i++)
        if (strstr(name, wide_spaces[i]) != NULL)
            return false;
    return true;
}

static void id_to_bytes(uint32_t id, unsigned char out[ID_BYTES])
{
    for (int i = 0; i < ID_BYTES; i++)
        out[i] = (unsigned char)(id >> (24 - 8 * i));
}

static uint32_t id_from_bytes(const unsigned char bytes[ID_BYTES])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

struct err *note_key_make(const char *name, const unsigned char public_key[SIGN_PUBLIC_BYTES],
                          struct note_key *key_out)
{
    unsigned char digest[SHA256_BYTES];
    struct sha256 h;

    if (!note_name_valid(name))
        return err_raise(ERR_INVALID, "no name of a key");
    memset(key_out, 0, sizeof(*key_out));
    memcpy(key_out->name, name, strlen(name) + 1);
    memcpy(key_out->public_key, public_key, SIGN_PUBLIC_BYTES);
    sha256_begin(&h);
    sha256_add(&h, name, strlen(name));
    sha256_add(&h, (unsigned char[]){ '\n', TYPE_ED25519 }, 2);
    sha256_add(&h, public_key, SIGN_PUBLIC_BYTES);
    sha256_end(&h, digest);
    key_out->id = id_from_bytes(digest);
    return NULL;
}

void note_key_text(const struct note_key *key, char out[NOTE_VKEY_BYTES])
{
    unsigned char typed[1 + SIGN_PUBLIC_BYTES] = { TYPE_ED25519 };
    char text[B64_TEXT_BYTES(sizeof(typed))];

    memcpy(typed + 1, key->public_key, SIGN_PUBLIC_BYTES);
    b64_encode(typed, sizeof(typed), text);
    snprintf(out, NOTE_VKEY_BYTES, "%s+%08x+%s", key->name, key->id, text);
}

struct err *note_key_parse(const char *text, struct note_key *key_out)
{
    const char *first = strchr(text, '+');
    const char *second = first == NULL ? NULL : strchr(first + 1, '+');
    char name[NOTE_MAX_NAME_BYTES + 1], again[NOTE_VKEY_BYTES];
    unsigned char typed[1 + SIGN_PUBLIC_BYTES];

    if (second == NULL || (size_t)(first - text) >= sizeof(name) ||
        !b64_decode_exact(second + 1, strlen(second + 1), typed, sizeof(typed)) ||
        typed[0] != TYPE_ED25519)
        return err_raise(ERR_PARSE, "no Ed25519 verifier key");
    memcpy(name, text, (size_t)(first - text));
    name[first - text] = '\0';
    if (!note_name_valid(name))
        return err_raise(ERR_PARSE, "no Ed25519 verifier key");
    TRY(note_key_make(name, typed + 1, key_out));
    note_key_text(key_out, again);
    if (strcmp(again, text) != 0)
        return err_raise(ERR_PARSE, "the verifier key's id is not its own");
    return NULL;
}

static bool text_valid(const char *text, size_t len)
{
    if (len == 0 || text[len - 1] != '\n' || !utf8_valid(text, len))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 && text[i] != '\n')
            return false;
    return true;
}

/* Reads "- NAME BASE64" without its newline. */
static bool read_signature(struct arena *a, const char *line, size_t len,
                           struct note_signature *out)
{
    const char *end = line + len, *name = line + EM_DASH_BYTES, *space;
    unsigned char *bytes;
    size_t got;

    if (len < EM_DASH_BYTES || memcmp(line, EM_DASH, EM_DASH_BYTES) != 0)
        return false;
    space = memchr(name, ' ', (size_t)(end - name));
    if (space == NULL)
        return false;
    out->name = arena_dup_bytes(a, name, (size_t)(space - name));
    bytes = arena_alloc(a, len);
    if (!note_name_valid(out->name) ||
        !b64_decode(space + 1, (size_t)(end - space - 1), bytes, len, &got) || got <= ID_BYTES ||
        got - ID_BYTES > NOTE_MAX_SIGNATURE_BYTES)
        return false;
    out->id = id_from_bytes(bytes);
    out->bytes = bytes + ID_BYTES;
    out->len = got - ID_BYTES;
    return true;
}

static bool signed_before(const struct note *note, const struct note_signature *s)
{
    for (size_t i = 0; i < note->signature_count; i++)
        if (note->signatures[i].id == s->id && strcmp(note->signatures[i].name, s->name) == 0)
            return true;
    return false;
}

static struct err *read_signatures(struct arena *a, const char *at, const char *end,
                                   struct note *note)
{
    note->signatures = arena_array(a, NOTE_MAX_SIGNATURES, sizeof(*note->signatures));
    note->signature_count = 0;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        struct note_signature s = { 0 };

        if (newline == NULL || !read_signature(a, at, (size_t)(newline - at), &s))
            return err_raise(ERR_PARSE, "ill-formed signature line");
        if (note->signature_count == NOTE_MAX_SIGNATURES || signed_before(note, &s))
            return err_raise(ERR_PARSE, "too many signatures, or one key twice");
        note->signatures[note->signature_count++] = s;
        at = newline + 1;
    }
    return note->signature_count == 0 ? err_raise(ERR_PARSE, "the note is not signed") : NULL;
}

/* The end of the last "\n\n", or NULL. */
static const char *after_last_empty_line(const char *data, size_t len)
{
    for (size_t i = len; i >= 2; i--)
        if (data[i - 1] == '\n' && data[i - 2] == '\n')
            return data + i;
    return NULL;
}

static struct err *check_same_bytes(const struct note *note, const char *data, size_t len)
{
    struct buf again;
    struct err *e;
    bool same;

    buf_init(&again, len + 1, 0);
    e = err_pass(note_encode(note, &again));
    same = e == NULL && again.len == len && memcmp(again.data, data, len) == 0;
    buf_free(&again);
    if (e != NULL)
        return e;
    return same ? NULL : err_raise(ERR_PARSE, "the note is not in its one form");
}

struct err *note_parse(struct arena *a, const char *data, size_t len, struct note *note_out)
{
    const char *signatures;

    if (len > NOTE_MAX_BYTES || !text_valid(data, len))
        return err_raise(ERR_PARSE, "no note: too long, or not plain UTF-8 lines");
    signatures = after_last_empty_line(data, len);
    if (signatures == NULL)
        return err_raise(ERR_PARSE, "the note has no empty line before its signatures");
    note_out->text_len = (size_t)(signatures - data) - 1;
    note_out->text = arena_dup_bytes(a, data, note_out->text_len);
    TRY(read_signatures(a, signatures, data + len, note_out));
    return err_pass(check_same_bytes(note_out, data, len));
}

static struct err *write_signature(const struct note_signature *s, struct buf *out)
{
    unsigned char bytes[ID_BYTES + NOTE_MAX_SIGNATURE_BYTES];
    char text[B64_TEXT_BYTES(sizeof(bytes))];

    if (!note_name_valid(s->name) || s->len == 0 || s->len > NOTE_MAX_SIGNATURE_BYTES)
        return err_raise(ERR_INVALID, "no signature of a note");
    id_to_bytes(s->id, bytes);
    memcpy(bytes + ID_BYTES, s->bytes, s->len);
    b64_encode(bytes, ID_BYTES + s->len, text);
    buf_printf(out, EM_DASH "%s %s\n", s->name, text);
    return NULL;
}

struct err *note_encode(const struct note *note, struct buf *out)
{
    const size_t before = out->len;

    if (!text_valid(note->text, note->text_len) || note->signature_count == 0 ||
        note->signature_count > NOTE_MAX_SIGNATURES)
        return err_raise(ERR_INVALID, "no text of a note, or no signatures");
    buf_add(out, note->text, note->text_len);
    buf_putc(out, '\n');
    for (size_t i = 0; i < note->signature_count; i++)
        TRY(write_signature(&note->signatures[i], out));
    if (out->failed || out->len - before > NOTE_MAX_BYTES)
        return err_raise(ERR_INVALID, "the note is too long");
    return NULL;
}

struct err *note_sign(struct arena *a, const char *text, const char *name,
                      const struct sign_key *key, struct note *note_out)
{
    struct note_signature *s = arena_alloc(a, sizeof(*s));
    unsigned char *bytes = arena_alloc(a, SIGN_BYTES), public_key[SIGN_PUBLIC_BYTES];
    struct note_key named;

    if (!text_valid(text, strlen(text)))
        return err_raise(ERR_INVALID, "no text of a note");
    sign_key_public(key, public_key);
    TRY(note_key_make(name, public_key, &named));
    TRY(sign_make(key, text, strlen(text), bytes));
    *s = (struct note_signature){ arena_dup(a, name), named.id, bytes, SIGN_BYTES,
                                  NOTE_NOT_CHECKED };
    *note_out = (struct note){ arena_dup(a, text), strlen(text), s, 1 };
    return NULL;
}

static enum note_check check_signature(const struct note *note, const struct note_signature *s,
                                       const struct note_key *keys, size_t key_count)
{
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].id != s->id || strcmp(keys[i].name, s->name) != 0)
            continue;
        return s->len == SIGN_BYTES &&
                       sign_check(keys[i].public_key, note->text, note->text_len, s->bytes)
                   ? NOTE_VALID
                   : NOTE_INVALID;
    }
    return NOTE_NOT_CHECKED;
}

enum note_check note_verify(struct note *note, const struct note_key *keys, size_t key_count)
{
    enum note_check all = NOTE_NOT_CHECKED;

    for (size_t i = 0; i < note->signature_count; i++) {
        struct note_signature *s = &note->signatures[i];

        s->check = check_signature(note, s, keys, key_count);
        if (s->check == NOTE_INVALID || (s->check == NOTE_VALID && all == NOTE_NOT_CHECKED))
            all = s->check;
    }
    return all;
}

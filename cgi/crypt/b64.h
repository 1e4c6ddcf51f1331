/* crypt/b64.h - the encodings of RFC 4648, strict: each value has exactly one text that is read.
 * Decoding refuses foreign characters, line breaks, wrong padding and spare bits that are not zero.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Bytes for the text of N bytes, with the end mark. */
#define B64_TEXT_BYTES(n)    (((n) + 2) / 3 * 4 + 1)
#define B64URL_TEXT_BYTES(n) (((n)*8 + 5) / 6 + 1)
#define B32_TEXT_BYTES(n)    (((n)*8 + 4) / 5 + 1)

/* Standard alphabet with padding (section 4). */
void b64_encode(const void *data, size_t len, char *out);
/* Reads TEXT_LEN characters into OUT, which holds MAX bytes.  False leaves OUT undefined. */
bool b64_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out);
/* The same when exactly LEN bytes are expected. */
bool b64_decode_exact(const char *text, size_t text_len, void *out, size_t len);

/* Alphabet for addresses and file names, without padding (section 5). */
void b64url_encode(const void *data, size_t len, char *out);
bool b64url_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out);

/* Base 32 without padding (section 6), upper case; decoding also takes lower case. */
void b32_encode(const void *data, size_t len, char *out);
bool b32_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out);

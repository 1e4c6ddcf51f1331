/* base/str.h - small questions about text.  Text is UTF-8 and NUL-terminated unless a length is
 * given. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

bool str_eq(const char *a, const char *b); /* NULL equals only NULL */
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
bool str_is_empty(const char *text); /* NULL counts as empty */
bool str_is_ascii(const char *text);

/* Strict decimal: an optional minus, digits, nothing else, no leading zeros beyond "0", in range.
 */
bool str_to_i64(const char *text, int64_t *value_out);

enum { STR_I64_BYTES = 24 };
/* The other way round: begins somewhere in SPACE and ends with it. */
char *str_from_i64(int64_t value, char space[STR_I64_BYTES]);

/* Well-formed UTF-8 by the Unicode Standard, table 3-7: no overlong forms, no surrogates. */
bool utf8_valid(const char *data, size_t len);
size_t utf8_count(const char *text); /* code points of valid UTF-8 */
/* The longest prefix of TEXT with at most MAX_BYTES bytes that ends between code points. */
size_t utf8_prefix_bytes(const char *text, size_t max_bytes);

void str_hex(const void *data, size_t len, char *out);   /* writes 2*len+1 bytes, lower case */
bool str_unhex(const char *text, void *out, size_t len); /* exactly 2*len digits */

/* Splits at SEPARATOR into a NULL-ended array in the arena; "" gives one empty part. */
char **str_split(struct arena *a, const char *text, char separator, size_t *count_out);
/* Cuts ASCII white space from both ends, in the arena. */
char *str_trim(struct arena *a, const char *text);

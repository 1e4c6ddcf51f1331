/* text/norm.h - text as it may enter: well-formed, without control characters, in Unicode's
 * composed form; and a key under which spellings that people take for the same are equal.  Names of
 * companies have a form of their own, text/company_name.h. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>

/* What opening costs milliseconds for: transliterators, break iterators, tables.  One for each
 * process, made at start-up; used by one thread. */
struct text_ctx;
struct err *text_ctx_new(struct text_ctx **ctx_out); /* ERR_CONFIG when ICU lacks its data */
void text_ctx_free(struct text_ctx *ctx);            /* NULL is allowed */

enum text_verdict {
    TEXT_OK,
    TEXT_BAD_UTF8,
    TEXT_BAD_CONTROL, /* control, direction override or noncharacter */
    TEXT_VERDICT_COUNT
};
enum text_lines { TEXT_ONE_LINE, TEXT_MANY_LINES };

/* Typed text of LEN bytes made fit to keep: NFC, white space cut from both ends; with TEXT_ONE_LINE
 * a tab or a line break within becomes a space, with TEXT_MANY_LINES CR LF and CR become LF and LF
 * stays.  What is never seen (zero-width and soft marks) is dropped, but for joiners and variation
 * selectors behind a sign.  Anything else that is a control character is refused, as are direction
 * overrides, which can make a name read as another.  *text_out is set only with TEXT_OK. */
enum text_verdict text_clean(struct arena *a, const char *typed, size_t len, enum text_lines lines,
                             char **text_out);
/* NFC of valid UTF-8; TEXT itself when it is composed already.  Bytes that are no UTF-8 become
 * U+FFFD. */
char *text_nfc(struct arena *a, const char *text);
/* NFKC_Casefold with runs of white space as one space: for comparing names, not for showing. */
char *text_fold(struct arena *a, const char *text);

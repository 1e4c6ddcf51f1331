/* text/latin.h - a key that sorts names of all scripts as one list: Chinese by its pinyin, the rest
 * by its Latin letters, folded.  For indexes, where the database's collations know no pinyin. */
#pragma once

#include "text/norm.h"

enum { TEXT_LATIN_KEY_BYTES = 120 };

/* At most TEXT_LATIN_KEY_BYTES bytes, cut between characters: "hua wei ji shu", "kestrel foods". */
char *text_latin_key(struct text_ctx *ctx, struct arena *a, const char *name);

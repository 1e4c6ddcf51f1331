/* account/tag.h - tags are words that staff put on companies: one however it is spelled. */
#pragma once

#include "base/arena.h"

enum { TAG_NAME_MOST = 40, TAG_KEY_MOST = 80 }; /* in characters, as table tag has them */

/* NAME folded (text/norm.h); NULL when nothing is left of it, or more than a key holds: some signs
 * become many letters. */
const char *tag_key(struct arena *a, const char *name);

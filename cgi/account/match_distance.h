/* account/match_distance.h - how far two short texts are apart. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { MATCH_DISTANCE_LEN_MAX = 64 };

/* Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between
 * two arrays of code points; only the first MATCH_DISTANCE_LEN_MAX of each count. */
size_t match_distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len);
/* The same for ASCII text. */
size_t match_distance_ascii(const char *a, size_t a_len, const char *b, size_t b_len);
/* Code points of valid UTF-8, at most MOST of them. */
size_t match_code_points(const char *text, uint32_t *out, size_t most);

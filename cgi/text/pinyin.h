/* text/pinyin.h - Chinese in Latin letters, for matching a Chinese name with its Latin spelling. */
#pragma once

#include "text/norm.h"

/* Toneless pinyin of the Han characters of TEXT, without spaces: 华为 is "huawei".  Every other
 * character is left out.  The most usual reading of each character, so 重庆 is "zhongqing". */
char *text_pinyin_joined(struct text_ctx *ctx, struct arena *a, const char *text);
/* The same by syllable: *syllables_out is an array of *count_out texts. */
void text_pinyin_syllables(struct text_ctx *ctx, struct arena *a, const char *text,
                           const char ***syllables_out, size_t *count_out);

/* account/match_inside.h - the parts of the score; only match_*.c include it. */
#pragma once

#include "account/match_score.h"

struct match_part {
    double score;
    enum match_rule rule;
};

/* Both by their Latin words (match_words.c). */
struct match_part match_score_words(const struct match_name *a, const struct match_name *b);
/* Both by their Chinese, Japanese or Korean brand, trade and region (match_han.c). */
struct match_part match_score_han(const struct match_name *a, const struct match_name *b);

bool match_regions_differ(const struct match_name *a, const struct match_name *b);

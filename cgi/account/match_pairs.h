/* account/match_pairs.h - judges a file of name pairs, to try the matcher on one's own data. */
#pragma once

#include "base/err.h"

#include <stdio.h>

/* Reads CSV from IN, its columns "a" and "b" or else the first two, and writes CSV with a, b,
 * score, verdict, evidence to OUT, in the same order.  Columns tax_id_a, domain_a, phone_a,
 * address_a and those with _b count when they are there.  Needs no database.  ERR_PARSE names the
 * line. */
struct err *match_pairs_run(FILE *in, FILE *out);

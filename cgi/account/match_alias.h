/* account/match_alias.h - names that no rule of spelling connects: brands in two scripts, tickers,
 * abbreviations, former names.  Facts that everybody can look up; staff add their own in the
 * database. */
#pragma once

#include <stddef.h>

/* Names of one company, separated by '|'; the first one stands for all. */
extern const char *const match_alias_rows[];
extern const size_t match_alias_row_count;

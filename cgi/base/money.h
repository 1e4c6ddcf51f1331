/* base/money.h - exact amounts.  An amount is a whole number of ten-thousandths of its currency's
 * main unit ({10500, "EUR"} is 1.05 euro), as in the database's DECIMAL(19,4).  No binary floating
 * point anywhere.  A price is rounded to the digits of its currency where it is made (half away
 * from zero), and stays as it is from then on.  Digits by ISO 4217. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

enum { MONEY_SCALE = 10000, MONEY_TEXT_BYTES = 32 };

struct money {
    int64_t e4;
    char currency[4];
};

/* Decimal places that people use with CURRENCY: JPY 0, EUR 2, KWD 3; 2 for an unknown one. */
int money_digits(const char *currency);
/* ERR_INVALID when the currencies differ or the sum overflows; *sum is then unchanged. */
struct err *money_add(struct money *sum, struct money b);
/* PRICE times a whole QUANTITY; ERR_INVALID on overflow. */
struct err *money_times(struct money price, int64_t quantity, struct money *out);
/* Basis points of an amount, rounded to its currency: 250 bp of 10.20 EUR is 0.26 EUR. */
struct err *money_share(struct money amount, int64_t basis_points, struct money *out);
/* Rounded to the digits of its currency, half away from zero. */
struct money money_round(struct money amount);

/* Reads "1234.5", "-0.01": digits, at most one point, at most 4 decimals, no sign but minus, no
 * grouping.  False when it is anything else or does not fit DECIMAL(19,4). */
bool money_parse_e4(const char *text, int64_t *e4_out);
/* What a person typed: spaces, grouping commas (1,234,567.89 or 1234567.89) and full-width digits
 * allowed.  Negative amounts are not read.  False on anything else. */
bool money_parse_typed(const char *text, int64_t *e4_out);
/* "1234.50": as many decimals as DIGITS (0..4), for machines; people get text/format.h. */
void money_text(int64_t e4, int digits, char out[MONEY_TEXT_BYTES]);

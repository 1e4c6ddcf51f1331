/* base/money.c - integer arithmetic on ten-thousandths; products go through 128 bits. */
#include "base/money.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* DECIMAL(19,4) holds 15 digits before the point; an int64_t of ten-thousandths holds a little
 * less. */
#define E4_MAX ((int64_t)9000000000000000000)

static const int64_t powers[] = { 1, 10, 100, 1000, 10000 };

int money_digits(const char *currency)
{
    static const struct {
        const char codes[64];
        int digits;
    } rows[] = {
        { "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF", 0 },
        { "BHD IQD JOD KWD LYD OMR TND", 3 },
    };

    if (strlen(currency) != 3)
        return 2;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (size_t at = 0; at + 4 <= sizeof(rows[i].codes); at += 4)
            if (rows[i].codes[at] == *currency && memcmp(rows[i].codes + at, currency, 3) == 0)
                return rows[i].digits;
    return 2;
}

static struct err *from_wide(__int128 wide, int64_t *out)
{
    if (wide > E4_MAX || wide < -E4_MAX)
        return err_raise(ERR_INVALID, "amount out of range");
    *out = (int64_t)wide;
    return NULL;
}

static __int128 divide_half_away(__int128 a, __int128 b)
{
    return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

struct err *money_add(struct money *sum, struct money b)
{
    int64_t total;

    if (strcmp(sum->currency, b.currency) != 0)
        return err_raise(ERR_INVALID, "cannot add %s to %s", b.currency, sum->currency);
    TRY(from_wide((__int128)sum->e4 + b.e4, &total));
    sum->e4 = total;
    return NULL;
}

struct err *money_times(struct money price, int64_t quantity, struct money *out)
{
    int64_t total;

    TRY(from_wide((__int128)price.e4 * quantity, &total));
    *out = price;
    out->e4 = total;
    return NULL;
}

struct money money_round(struct money amount)
{
    const __int128 step = powers[4 - money_digits(amount.currency)];

    amount.e4 = (int64_t)(divide_half_away(amount.e4, step) * step);
    return amount;
}

struct err *money_share(struct money amount, int64_t basis_points, struct money *out)
{
    const __int128 step = powers[4 - money_digits(amount.currency)];
    int64_t part;

    /* one rounding only: straight from the exact product to the currency's digits */
    TRY(from_wide(divide_half_away((__int128)amount.e4 * basis_points, 10000 * step) * step,
                  &part));
    *out = amount;
    out->e4 = part;
    return NULL;
}

bool money_parse_e4(const char *text, int64_t *e4_out)
{
    const bool negative = *text == '-';
    int64_t value = 0;
    int decimals = -1;
    bool any = false;

    if (negative)
        text++;
    for (; *text != '\0'; text++) {
        if (*text == '.' && decimals < 0 && any) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || (decimals >= 0 && ++decimals > 4))
            return false;
        any = true;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *text - '0', &value))
            return false;
    }
    if (!any || decimals == 0)
        return false;
    if (__builtin_mul_overflow(value, powers[4 - (decimals < 0 ? 0 : decimals)], &value) ||
        value > E4_MAX)
        return false;
    *e4_out = negative ? -value : value;
    return true;
}

/* Full-width digits, comma and point are EF BC 90..99, EF BC 8C, EF BC 8E. */
static size_t narrow(const char *p, char *out)
{
    const unsigned char *u = (const unsigned char *)p;

    if (u[0] == 0xef && u[1] == 0xbc &&
        ((u[2] >= 0x90 && u[2] <= 0x99) || u[2] == 0x8c || u[2] == 0x8e)) {
        *out = (char)(u[2] - 0x60);
        return 3;
    }
    *out = *p;
    return 1;
}

/* Groups are right when each comma has three digits behind it and one to three before the first. */
static bool grouping_is_right(const char *digits)
{
    const char *comma = strchr(digits, ',');
    size_t run;

    if (comma == NULL)
        return true;
    run = strspn(digits, "0123456789");
    if (comma != digits + run || run < 1 || run > 3)
        return false;
    while (*comma == ',') {
        run = strspn(comma + 1, "0123456789");
        if (run != 3)
            return false;
        comma += 1 + run;
    }
    return *comma == '\0' || *comma == '.';
}

bool money_parse_typed(const char *text, int64_t *e4_out)
{
    char plain[64], bare[64];
    size_t n = 0, m = 0;

    while (*text != '\0') {
        char c;
        size_t bytes = narrow(text, &c);

        text += bytes;
        if (c == ' ' || c == '\t')
            continue;
        if (n == sizeof(plain) - 1 || c == '-')
            return false;
        plain[n++] = c;
    }
    plain[n] = '\0';
    if (!grouping_is_right(plain))
        return false;
    for (size_t i = 0; i < n; i++)
        if (plain[i] != ',')
            bare[m++] = plain[i];
    bare[m] = '\0';
    return money_parse_e4(bare, e4_out);
}

void money_text(int64_t e4, int digits, char out[MONEY_TEXT_BYTES])
{
    const uint64_t magnitude = e4 < 0 ? 0 - (uint64_t)e4 : (uint64_t)e4;
    const int shown = digits < 0 ? 0 : digits > 4 ? 4 : digits;
    const uint64_t step = (uint64_t)powers[4 - shown];
    const uint64_t rounded = (magnitude + step / 2) / step;
    const uint64_t unit = (uint64_t)powers[shown];
    const char *sign = e4 < 0 && rounded != 0 ? "-" : "";

    if (shown == 0)
        snprintf(out, MONEY_TEXT_BYTES, "%s%llu", sign, (unsigned long long)rounded);
    else
        snprintf(out, MONEY_TEXT_BYTES, "%s%llu.%0*llu", sign, (unsigned long long)(rounded / unit),
                 shown, (unsigned long long)(rounded % unit));
}

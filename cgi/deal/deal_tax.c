/* deal/deal_tax.c - the form of tax numbers. */
#include "base/str.h"
#include "deal/deal_forms.h"
#include "web/request.h"

#include <string.h>

/* GB 32100-2015: the 17 characters are weighed by powers of 3 modulo 31; the last one makes the sum
 * a multiple of 31.  I, O, S, V and Z do not occur. */
static const char credit_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static bool credit_check(const char *code)
{
    int sum = 0, weight = 1;

    for (int i = 0; i < 17; i++) {
        const char *at = strchr(credit_alphabet, code[i]);

        if (at == NULL)
            return false;
        sum += (int)(at - credit_alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return credit_alphabet[(31 - sum % 31) % 31] == code[17];
}

static bool plain_number(const char *text, size_t least, size_t most)
{
    size_t kept = 0;

    for (; *text != '\0'; text++) {
        const bool letter = (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');

        if (letter || (*text >= '0' && *text <= '9'))
            kept++;
        else if (strchr(" -./", *text) == NULL)
            return false;
    }
    return kept >= least && kept <= most;
}

const char *deal_tax_number_fault(const char *country, const char *tax_number)
{
    if (str_is_empty(tax_number))
        return NULL;
    if (strcmp(country, "CN") != 0)
        return plain_number(tax_number, 4, 30) ? NULL
                                               : N_("A tax number has 4 to 30 letters and digits.");
    if (strlen(tax_number) != 18)
        return N_("A Chinese credit code has 18 characters.");
    return credit_check(tax_number)
               ? NULL
               : N_("The last character does not fit the others: check the code.");
}

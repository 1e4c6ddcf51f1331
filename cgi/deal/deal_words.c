/* deal/deal_words.c */
#include "deal/deal_words.h"

#include "base/str.h"

const char *deal_words(const struct deal_words *table, const char *detail)
{
    for (const struct deal_words *row = table; row->detail != NULL; row++)
        if (str_eq(row->detail, detail))
            return row->message;
    return table->message;
}

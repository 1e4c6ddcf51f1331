/* deal/deal_words.h - what is said of a refusal: an error's detail and its message. */
#pragma once

struct deal_words {
    const char *detail, *message; /* the message's English id */
};

/* The message of DETAIL in a table that ends with { 0 }; that of the first row for another detail.
 */
const char *deal_words(const struct deal_words *table, const char *detail);

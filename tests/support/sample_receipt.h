/* support/sample_receipt.h - the receipt of cgi/crypt/RECEIPTS.md and tests/data/receipt, made
 * again from a fixed key, a fixed salt and a log of eleven leaves. */
#pragma once

#include "crypt/receipt.h"

#define SAMPLE_ORIGIN "portal.example/log"
#define SAMPLE_CONTENT \
    "{\"customer\":\"Harbour Light Ltd\",\"lines\":[{\"product\":\"FW-200\",\"quantity\":3}]}"

struct sample_receipt {
    struct receipt receipt;
    struct receipt_trust trust;
    struct note_key key;
    char *text;
};

/* In the arena.  PENDING: as it is before the event is in the log. */
struct sample_receipt *sample_receipt_new(struct arena *a, bool pending);

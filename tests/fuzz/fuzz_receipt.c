/* fuzz_receipt.c - receipts: only the two that the sample's key signed may be anything but failed.
 */
#include "crypt/receipt.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SAMPLE_VKEY   "portal.example/log+46e6c65c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
#define SAMPLE_RECORD "\"record\":\"DR-10423\""

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(1 << 16);
    struct receipt_trust trust = { .key_count = 1, .origin = "portal.example/log" };
    struct receipt_checks checks;
    struct receipt receipt;
    struct note_key key;

    if (note_key_parse(SAMPLE_VKEY, &key) != NULL)
        abort();
    trust.keys = &key;
    checks = receipt_verify_text(a, (const char *)data, size, &trust, NULL, 0, &receipt);
    if (receipt_overall(&checks) != RECEIPT_FAILED &&
        memmem(receipt.statement, receipt.statement_len, SAMPLE_RECORD, strlen(SAMPLE_RECORD)) ==
            NULL)
        abort();
    arena_free(a);
    return 0;
}

/* Bodies and queries: nothing but UTF-8 without NUL comes out. */
#include "base/str.h"
#include "web/http.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    struct http_pairs pairs;
    struct err *e = http_read_urlencoded(a, (const char *)data, size, &pairs);

    for (size_t i = 0; e == NULL && i < pairs.count; i++) {
        const struct http_pair *pair = &pairs.items[i];

        if (strlen(pair->value) != pair->len || !utf8_valid(pair->value, pair->len) ||
            pair->name[0] == '\0' || pair->file_name != NULL)
            abort();
    }
    err_free(e);
    arena_free(a);
    return 0;
}

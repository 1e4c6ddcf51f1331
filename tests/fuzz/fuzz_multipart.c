/* Multipart bodies: names are text, values lie within the body, file names can be cleaned.  The
 * first line of the input is the content type. */
#include "base/str.h"
#include "web/http.h"
#include "web/upload.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct arena *a, const struct http_pairs *pairs, size_t size)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct http_pair *pair = &pairs->items[i];
        const char *clean;

        if (pair->len > size || pair->value[pair->len] != '\0' ||
            !utf8_valid(pair->name, strlen(pair->name)))
            abort();
        if (pair->file_name == NULL)
            continue;
        clean = upload_clean_name(a, pair->file_name);
        if (clean[0] == '\0' || strlen(clean) > 200 || strpbrk(clean, "/\\\"\r\n") != NULL ||
            !utf8_valid(clean, strlen(clean)))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    const uint8_t *line = memchr(data, '\n', size);
    size_t type_len = line != NULL ? (size_t)(line - data) : 0;
    const char *boundary = http_boundary(a, arena_dup_bytes(a, data, type_len));
    struct http_pairs pairs;
    struct err *e;

    if (line != NULL && boundary != NULL) {
        e = http_read_multipart(a, boundary, (const char *)line + 1, size - type_len - 1, &pairs);
        if (e == NULL)
            check(a, &pairs, size);
        err_free(e);
    }
    arena_free(a);
    return 0;
}

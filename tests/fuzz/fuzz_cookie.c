/* Headers that are texts: cookies, addresses to go on to, lengths, form tokens. */
#include "base/str.h"
#include "web/http.h"
#include "web/token.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const unsigned char key[TOKEN_KEY_BYTES];
    struct arena *a = arena_new(4096);
    const char *text = arena_dup_bytes(a, data, size);
    struct http_pairs pairs;
    size_t len;

    http_read_cookies(a, text, &pairs);
    for (size_t i = 0; i < pairs.count; i++)
        if (!str_starts(pairs.items[i].name, "fw-") &&
            !str_starts(pairs.items[i].name, "__Host-fw-"))
            abort();
    if (http_is_local_address(text) && (text[0] != '/' || text[1] == '/' || text[1] == '\\'))
        abort();
    if (http_read_length(text, &len) && strspn(text, "0123456789") != strlen(text))
        abort();
    if (token_check(key, text, 1) == TOKEN_GOOD)
        abort();
    arena_free(a);
    return 0;
}

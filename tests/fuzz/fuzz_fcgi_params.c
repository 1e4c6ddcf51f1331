/* Parameters of a request, one a line: whatever they are, they are taken or left, and a path is
 * taken apart or refused. */
#include "base/str.h"
#include "web/fcgi.h"
#include "web/http.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    size_t count;
    char **params = str_split(a, arena_dup_bytes(a, data, size), '\n', &count);
    const char *segments[HTTP_SEGMENTS_MAX];
    struct http_in in = { 0 };

    fcgi_read_params((const char *const *)params, &in);
    if (in.content_length != NULL && in.content_length[0] == '\0')
        abort();
    if (fcgi_asked_at_us(in.asked_at) < 0)
        abort();
    if (in.path != NULL)
        err_free(http_read_path(a, in.path, segments, &count));
    arena_free(a);
    return 0;
}

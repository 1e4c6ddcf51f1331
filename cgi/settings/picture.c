/* settings/picture.c */
#include "settings/picture.h"

#include "base/str.h"

#include <string.h>

struct bytes_in {
    const unsigned char *data;
    size_t len;
};

/* COUNT bytes at AT, the highest first; 0 where there are none. */
static int64_t high_first(struct bytes_in in, size_t at, size_t count)
{
    int64_t n = 0;

    if (in.len < count || at > in.len - count)
        return 0;
    for (size_t i = 0; i < count; i++)
        n = n << 8 | in.data[at + i];
    return n;
}

static int64_t low_first(struct bytes_in in, size_t at, size_t count)
{
    int64_t n = 0;

    if (in.len < count || at > in.len - count)
        return 0;
    for (size_t i = count; i > 0; i--)
        n = n << 8 | in.data[at + i - 1];
    return n;
}

static bool has(struct bytes_in in, size_t at, const char *text)
{
    const size_t len = strlen(text);

    return in.len >= len && at <= in.len - len && memcmp(in.data + at, text, len) == 0;
}

static bool png_size(struct bytes_in in, int64_t *width, int64_t *height)
{
    *width = high_first(in, 16, 4);
    *height = high_first(in, 20, 4);
    return has(in, 12, "IHDR");
}

/* The frame that starts the picture; C4, C8 and CC are none. */
static bool is_frame(int64_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_size(struct bytes_in in, int64_t *width, int64_t *height)
{
    size_t at = 2;

    while (at + 9 <= in.len && in.data[at] == 0xff) {
        const int64_t marker = in.data[at + 1], bytes = high_first(in, at + 2, 2);

        *height = high_first(in, at + 5, 2);
        *width = high_first(in, at + 7, 2);
        if (is_frame(marker))
            return true;
        if (marker == 0xff)
            at++;
        else if (bytes >= 2)
            at += 2 + (size_t)bytes;
        else
            return false;
    }
    return false;
}

static bool webp_size(struct bytes_in in, int64_t *width, int64_t *height)
{
    if (has(in, 12, "VP8X")) {
        *width = low_first(in, 24, 3) + 1;
        *height = low_first(in, 27, 3) + 1;
        return in.len >= 30;
    }
    if (has(in, 12, "VP8L")) {
        const int64_t bits = low_first(in, 21, 4);

        *width = (bits & 0x3fff) + 1;
        *height = (bits >> 14 & 0x3fff) + 1;
        return in.len >= 25;
    }
    *width = low_first(in, 26, 2) & 0x3fff;
    *height = low_first(in, 28, 2) & 0x3fff;
    return has(in, 12, "VP8 ");
}

static const struct {
    const char *mime;
    bool (*size)(struct bytes_in in, int64_t *width, int64_t *height);
} kinds[] = { { "image/png", png_size }, { "image/jpeg", jpeg_size }, { "image/webp", webp_size } };

bool picture_size(const char *mime, const unsigned char *data, size_t len, int64_t *width_out,
                  int64_t *height_out)
{
    const struct bytes_in in = { data, len };

    *width_out = *height_out = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(kinds[i].mime, mime))
            return kinds[i].size(in, width_out, height_out) && *width_out > 0 && *height_out > 0;
    return false;
}

/* crypt/qr.c - libqrencode finds the modules; here they become runs of a path. */
#include "crypt/qr.h"
#include "base/buf.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET_ZONE = 4, BYTES_MAX = 2331 };

static bool is_dark(const QRcode *code, int x, int y)
{
    return code->data[y * code->width + x] & 1;
}

static void add_row(const QRcode *code, int y, struct buf *path)
{
    int x = 0;

    while (x < code->width) {
        int end = x;

        while (end < code->width && is_dark(code, end, y))
            end++;
        if (end > x)
            buf_printf(path, "M%d %dh%dv1h-%dz", x + QUIET_ZONE, y + QUIET_ZONE, end - x, end - x);
        x = end + 1;
    }
}

struct err *qr_encode(struct arena *a, const char *text, struct qr *out)
{
    const size_t len = strlen(text);
    struct buf path;
    QRcode *code;

    if (len == 0 || len > BYTES_MAX)
        return err_raise(ERR_TOO_LARGE, "no QR code holds %zu bytes", len);
    code = QRcode_encodeData((int)len, (const unsigned char *)text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return err_raise(ERR_TOO_LARGE, "no QR code holds %zu bytes", len);
    buf_init(&path, 8192, 0);
    for (int y = 0; y < code->width; y++)
        add_row(code, y, &path);
    out->path = arena_dup_bytes(a, path.data, path.len);
    out->size = code->width + 2 * QUIET_ZONE;
    buf_free(&path);
    QRcode_free(code);
    return NULL;
}

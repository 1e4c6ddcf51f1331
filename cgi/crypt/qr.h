/* crypt/qr.h - QR codes as an SVG path. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct qr {
    const char *path; /* for <path d="...">: one "Mx yhNv1h-Nz" for each dark run of a row */
    int size;         /* viewBox="0 0 size size"; the quiet zone of four modules is part of it */
};

/* TEXT as bytes with error correction level M, in the arena.  ERR_TOO_LARGE when no code holds it
 * (2331 bytes). */
struct err *qr_encode(struct arena *a, const char *text, struct qr *out);

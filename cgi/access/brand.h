/* access/brand.h - how the vendor's portal calls itself and looks: one row, read by every program.
 */
#pragma once

#include "access/accent.h"
#include "db/db.h"
#include "text/lang.h"

extern const struct db_stmt brand_statement; /* among those of web/ and of the outbox */

enum { BRAND_NAME_MOST = 40, BRAND_HASH_BYTES = 33 };

struct brand_logo {
    char hash[BRAND_HASH_BYTES]; /* ""; or what its address ends with */
    int64_t width, height;       /* of the picture itself */
};

struct brand {
    int64_t row_version, updated_at;
    char name_en[4 * BRAND_NAME_MOST + 1], name_zh[4 * BRAND_NAME_MOST + 1]; /* "": Fairway */
    char accent[ACCENT_THEMES][COLOUR_BYTES];                                /* "": Fairway's own */
    struct brand_logo logo[ACCENT_THEMES];
    bool logo_alone; /* the logo says the name already */
};

/* As it is now, in the open transaction. */
struct err *brand_read(struct db *db, struct arena *a, struct brand *out);
/* The portal's name; BRAND may be zeroed. */
const char *brand_name(const struct brand *brand, enum lang lang);

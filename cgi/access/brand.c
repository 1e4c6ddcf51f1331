/* access/brand.c */
#include "access/brand.h"

#include "base/str.h"

#include <stdio.h>

struct row {
    int64_t row_version, updated_at, light_width, light_height, dark_width, dark_height;
    const char *name_en, *name_zh, *accent_light, *accent_dark, *logo_light, *logo_dark;
    bool logo_alone;
};
static const struct db_field fields[] = {
    DB_FIELD(struct row, row_version, DB_I64, 0),
    DB_NULLABLE(struct row, updated_at, DB_AT, 0),
    DB_FIELD(struct row, name_en, DB_TEXT, 4 * BRAND_NAME_MOST),
    DB_FIELD(struct row, name_zh, DB_TEXT, 4 * BRAND_NAME_MOST),
    DB_FIELD(struct row, accent_light, DB_TEXT, 7),
    DB_FIELD(struct row, accent_dark, DB_TEXT, 7),
    DB_FIELD(struct row, logo_light, DB_TEXT, 32),
    DB_FIELD(struct row, logo_dark, DB_TEXT, 32),
    DB_FIELD(struct row, logo_alone, DB_BOOL, 0),
    DB_NULLABLE(struct row, light_width, DB_I64, 0),
    DB_NULLABLE(struct row, light_height, DB_I64, 0),
    DB_NULLABLE(struct row, dark_width, DB_I64, 0),
    DB_NULLABLE(struct row, dark_height, DB_I64, 0),
    { 0 },
};
const struct db_stmt brand_statement = {
    .name = "brand.read",
    .sql = "SELECT b.row_version, b.updated_at, b.name_en, b.name_zh, b.accent_light,"
           " b.accent_dark, b.logo_light, b.logo_dark, b.logo_alone, l.width AS light_width,"
           " l.height AS light_height, d.width AS dark_width, d.height AS dark_height"
           " FROM brand b LEFT JOIN brand_logo l ON l.hash = b.logo_light"
           " LEFT JOIN brand_logo d ON d.hash = b.logo_dark WHERE b.id = 1",
    .binds = "",
    .fields = fields,
    .row_bytes = sizeof(struct row),
};

#define COPY(to, from) snprintf(to, sizeof(to), "%s", from)

struct err *brand_read(struct db *db, struct arena *a, struct brand *out)
{
    struct row row;

    *out = (struct brand){ 0 };
    TRY(db_get(db, a, &brand_statement, DB_NO_ARGS, &row));
    out->row_version = row.row_version;
    out->updated_at = row.updated_at;
    COPY(out->name_en, row.name_en);
    COPY(out->name_zh, row.name_zh);
    COPY(out->accent[ACCENT_LIGHT], row.accent_light);
    COPY(out->accent[ACCENT_DARK], row.accent_dark);
    COPY(out->logo[ACCENT_LIGHT].hash, row.logo_light);
    COPY(out->logo[ACCENT_DARK].hash, row.logo_dark);
    out->logo[ACCENT_LIGHT].width = row.light_width;
    out->logo[ACCENT_LIGHT].height = row.light_height;
    out->logo[ACCENT_DARK].width = row.dark_width;
    out->logo[ACCENT_DARK].height = row.dark_height;
    out->logo_alone = row.logo_alone;
    return NULL;
}

const char *brand_name(const struct brand *brand, enum lang lang)
{
    const char *name = lang == LANG_ZH ? brand->name_zh : brand->name_en;

    return *name != '\0' ? name : "Fairway";
}

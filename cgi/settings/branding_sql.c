/* settings/branding_sql.c - the row of the vendor's look, and its pictures. */
#include "base/str.h"
#include "crypt/hash.h"
#include "settings/branding.h"
#include "settings/settings.h"

#include <string.h>

static const struct db_stmt change_row = {
    .name = "branding.change",
    .sql = "UPDATE brand SET name_en = ?, name_zh = ?, accent_light = ?, accent_dark = ?,"
           " logo_light = ?, logo_dark = ?, logo_alone = ?, updated_at = UTC_TIMESTAMP(6),"
           " row_version = row_version + 1 WHERE id = 1 AND row_version = ?",
    .binds = "ssssssii",
    .flags = DB_WRITE,
};

/* -- pictures ------------------------------------------------------------------------------------
 */

struct size_row {
    int64_t width, height;
};
static const struct db_field size_fields[] = { DB_FIELD(struct size_row, width, DB_I64, 0),
                                               DB_FIELD(struct size_row, height, DB_I64, 0),
                                               { 0 } };
static const struct db_stmt find_logo = {
    .name = "branding.logo",
    .sql = "SELECT width, height FROM brand_logo WHERE hash = ?",
    .binds = "s",
    .fields = size_fields,
    .row_bytes = sizeof(struct size_row),
};
static const struct db_stmt add_logo = {
    .name = "branding.logo_add",
    .sql = "INSERT INTO brand_logo (hash, mime, width, height, content, used_at)"
           " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "ssiib",
    .flags = DB_WRITE,
};
static const struct db_stmt use_logo = {
    .name = "branding.logo_use",
    .sql = "UPDATE brand_logo SET used_at = UTC_TIMESTAMP(6) WHERE hash = ?",
    .binds = "s",
    .flags = DB_WRITE,
};

struct content_row {
    const char *mime;
    struct bytes content;
};
static const struct db_field content_fields[] = {
    DB_FIELD(struct content_row, mime, DB_TEXT, 20),
    DB_FIELD(struct content_row, content, DB_BYTES, BRANDING_LOGO_MOST),
    { 0 },
};
static const struct db_stmt read_logo = {
    .name = "branding.logo_content",
    .sql = "SELECT mime, content FROM brand_logo WHERE hash = ?",
    .binds = "s",
    .fields = content_fields,
    .row_bytes = sizeof(struct content_row),
};

db_stmt_table branding_statements[] = { &change_row, &find_logo, &add_logo, &use_logo, NULL };
db_stmt_table branding_public_statements[] = { &read_logo, NULL };

struct err *branding_write(struct request *req, const struct brand *next)
{
    int64_t changed;

    TRY(db_exec(req->db, &change_row,
                DB_ARGS(DB_S(next->name_en), DB_S(next->name_zh), DB_S(next->accent[ACCENT_LIGHT]),
                        DB_S(next->accent[ACCENT_DARK]), DB_S(next->logo[ACCENT_LIGHT].hash),
                        DB_S(next->logo[ACCENT_DARK].hash), DB_I(next->logo_alone),
                        DB_I(next->row_version)),
                &changed));
    return changed == 1 ? NULL : err_raise(ERR_AGAIN, "the look was changed just now");
}

/* Of no other text is the table asked. */
static bool is_hash(const char *text)
{
    return strlen(text) == BRAND_HASH_BYTES - 1 &&
           strspn(text, "0123456789abcdef") == BRAND_HASH_BYTES - 1;
}

struct err *branding_find_logo(struct request *req, const char *hash, struct brand_logo *logo_out,
                               bool *found_out)
{
    struct size_row row = { 0 };

    *found_out = false;
    if (!is_hash(hash))
        return NULL;
    TRY(db_one(req->db, req->arena, &find_logo, DB_ARGS(DB_S(hash)), &row, found_out));
    if (!*found_out)
        return NULL;
    *logo_out = (struct brand_logo){ .width = row.width, .height = row.height };
    memcpy(logo_out->hash, hash, strnlen(hash, sizeof(logo_out->hash) - 1));
    return err_pass(db_exec(req->db, &use_logo, DB_ARGS(DB_S(hash)), NULL));
}

struct err *branding_keep_logo(struct request *req, const struct upload *file, int64_t width,
                               int64_t height, struct brand_logo *logo_out)
{
    unsigned char digest[SHA256_BYTES];
    struct err *e;
    bool found;

    *logo_out = (struct brand_logo){ .width = width, .height = height };
    sha256(file->data, file->len, digest);
    str_hex(digest, (BRAND_HASH_BYTES - 1) / 2, logo_out->hash);
    e = db_exec(req->db, &add_logo,
                DB_ARGS(DB_S(logo_out->hash), DB_S(file->mime), DB_I(width), DB_I(height),
                        DB_B(file->data, file->len)),
                NULL);
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_pass(branding_find_logo(req, logo_out->hash, logo_out, &found));
}

/* -- what every page asks for --------------------------------------------------------------------
 */

/* The colours stand in the address, so that a sheet is never another one. */
static struct err *sheet_show(struct request *req)
{
    struct buf sheet;
    char *text;
    bool known;

    buf_init(&sheet, 512, 0);
    known = accent_sheet(request_param(req, "sheet"), &sheet);
    text = known ? arena_dup_bytes(req->arena, sheet.data, sheet.len) : NULL;
    buf_free(&sheet);
    if (text == NULL)
        return err_raise(ERR_NOT_FOUND, "no sheet of such colours");
    return err_pass(reply_for_ever(req, "text/css; charset=utf-8", text, strlen(text)));
}

static struct err *logo_show(struct request *req)
{
    const char *hash = request_param(req, "logo");
    struct content_row row;

    if (!is_hash(hash))
        return err_raise(ERR_NOT_FOUND, "no such logo");
    TRY(db_get(req->db, req->arena, &read_logo, DB_ARGS(DB_S(hash)), &row));
    return err_pass(reply_for_ever(req, row.mime, row.content.data, row.content.len));
}

const struct route branding_public_routes[] = {
    { .name = "branding.sheet",
      .method = HTTP_GET,
      .path = "/brand/:sheet",
      .audience = AUD_PUBLIC,
      .permission = PERM_PUBLIC,
      .handler = sheet_show },
    { .name = "branding.logo",
      .method = HTTP_GET,
      .path = "/brand/logo/:logo",
      .audience = AUD_PUBLIC,
      .permission = PERM_PUBLIC,
      .handler = logo_show },
    { 0 },
};

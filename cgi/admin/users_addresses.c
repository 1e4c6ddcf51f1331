/* admin/users_addresses.c - see users_addresses.h. */
#include "admin/users_addresses.h"

#include "base/buf.h"
#include "base/str.h"
#include "identity/identity.h"

const struct db_field users_address_fields[] = {
    DB_FIELD(struct users_address_row, place, DB_I64, 0),
    DB_FIELD(struct users_address_row, id, DB_I64, 0),
    { 0 },
};

struct err *users_addresses_find(struct db *db, struct arena *a, const struct db_stmt *stmt,
                                 const char *const *emails, size_t count, int64_t *ids_out)
{
    struct users_address_row *rows;
    size_t row_count;
    struct buf json;
    struct err *e;

    buf_init(&json, 60 * count + 16, 0);
    buf_putc(&json, '[');
    for (size_t i = 0; i < count; i++) {
        ids_out[i] = 0;
        if (str_is_empty(emails[i]))
            continue;
        buf_printf(&json, "%s[%zu,", json.len > 1 ? "," : "", i);
        buf_json(&json, identity_email_key(a, emails[i]));
        buf_putc(&json, ']');
    }
    buf_putc(&json, ']');
    e = db_list(db, a, stmt, DB_ARGS(DB_S(json.data)), &rows, &row_count);
    buf_free(&json);
    TRY(e);
    for (size_t r = 0; r < row_count; r++)
        ids_out[rows[r].place] = rows[r].id;
    return NULL;
}

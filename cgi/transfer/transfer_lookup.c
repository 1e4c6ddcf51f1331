/* transfer/transfer_lookup.c - what rows name, found for a whole batch in one statement. */
#include "base/buf.h"
#include "base/str.h"
#include "identity/identity.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct found {
    int64_t place, id;
};
static const struct db_field found_fields[] = {
    DB_FIELD(struct found, place, DB_I64, 0),
    DB_FIELD(struct found, id, DB_I64, 0),
    { 0 },
};
#define ASKED                                                                 \
    "JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', text VARCHAR(400) " \
    "CHARACTER SET utf8mb4 PATH '$[1]')) j"
static const struct db_stmt staff = {
    .name = "transfer.staff_of",
    .sql = "SELECT STRAIGHT_JOIN j.place, u.id FROM " ASKED " JOIN user u ON u.email_key = j.text "
           "COLLATE utf8mb4_bin AND u.audience = 'staff' AND u.status = 'active'",
    .binds = "s",
    .fields = found_fields,
    .row_bytes = sizeof(struct found),
};
/* Two of one name are found as two rows. */
static const struct db_stmt accounts_named = {
    .name = "transfer.accounts_named",
    .sql = "SELECT STRAIGHT_JOIN j.place, a.id FROM " ASKED " JOIN account a "
           "ON a.kind IN ('partner', 'customer', 'prospect') AND a.name = j.text "
           "COLLATE utf8mb4_nopad_bin WHERE (a.department_id BETWEEN ? AND ? "
           "OR a.department_id IS NULL) AND a.deleted_at IS NULL",
    .binds = "sii",
    .fields = found_fields,
    .row_bytes = sizeof(struct found),
};
static const struct db_stmt accounts_numbered = {
    .name = "transfer.accounts_numbered",
    .sql = "SELECT STRAIGHT_JOIN j.place, a.id FROM JSON_TABLE(?, '$[*]' COLUMNS "
           "(place INT PATH '$[0]', id BIGINT PATH '$[1]')) j JOIN account a ON a.id = j.id "
           "WHERE (a.department_id BETWEEN ? AND ? OR a.department_id IS NULL) "
           "AND a.deleted_at IS NULL",
    .binds = "sii",
    .fields = found_fields,
    .row_bytes = sizeof(struct found),
};
db_stmt_table transfer_lookup_statements[] = { &staff, &accounts_named, &accounts_numbered, NULL };

/* A list of [place, text], "[]" when TEXTS are all empty. */
static const char *list_json(struct arena *a, const char *const *texts, size_t count)
{
    const char *json;
    struct buf list;

    buf_init(&list, 60 * count + 16, 0);
    buf_putc(&list, '[');
    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(texts[i]))
            continue;
        buf_printf(&list, "%s[%zu,", list.len > 1 ? "," : "", i);
        buf_json(&list, texts[i]);
        buf_putc(&list, ']');
    }
    buf_putc(&list, ']');
    json = arena_dup_bytes(a, list.data, list.len);
    buf_free(&list);
    return json;
}

static void take(const struct found *rows, size_t row_count, int64_t *ids_out)
{
    for (size_t r = 0; r < row_count; r++) {
        int64_t *id = &ids_out[rows[r].place];

        *id = *id == 0 || *id == rows[r].id ? rows[r].id : TRANSFER_SEVERAL;
    }
}

struct err *transfer_staff_of(struct transfer_work *w, const char *const *emails, size_t count,
                              int64_t *ids_out)
{
    const char **keys = arena_array(w->a, count + 1, sizeof(*keys));
    struct found *rows;
    size_t row_count;
    const char *json;

    memset(ids_out, 0, count * sizeof(*ids_out));
    for (size_t i = 0; i < count; i++)
        keys[i] = str_is_empty(emails[i]) ? NULL : identity_email_key(w->a, emails[i]);
    json = list_json(w->a, keys, count);
    if (str_eq(json, "[]"))
        return NULL;
    TRY(db_list(w->db, w->a, &staff, DB_ARGS(DB_S(json)), &rows, &row_count));
    take(rows, row_count, ids_out);
    return NULL;
}

static struct err *ask_accounts(struct transfer_work *w, const struct db_stmt *st,
                                const char *const *texts, size_t count, int64_t *ids_out)
{
    const char *json = list_json(w->a, texts, count);
    struct found *rows;
    size_t row_count;

    if (str_eq(json, "[]"))
        return NULL;
    TRY(db_list(w->db, w->a, st,
                DB_ARGS(DB_S(json), DB_I(w->actor.department_low), DB_I(w->actor.department_high)),
                &rows, &row_count));
    take(rows, row_count, ids_out);
    return NULL;
}

struct err *transfer_accounts_of(struct transfer_work *w, const char *const *typed, size_t count,
                                 int64_t *ids_out)
{
    const char **numbers = arena_array(w->a, count + 1, sizeof(*numbers));
    int64_t id;

    memset(ids_out, 0, count * sizeof(*ids_out));
    TRY(ask_accounts(w, &accounts_named, typed, count, ids_out));
    for (size_t i = 0; i < count; i++)
        if (ids_out[i] == 0 && !str_is_empty(typed[i]) && str_to_i64(typed[i], &id) && id > 0)
            numbers[i] = typed[i];
    return err_pass(ask_accounts(w, &accounts_numbered, numbers, count, ids_out));
}

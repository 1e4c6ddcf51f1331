/* account/contact.c */
#include "account/contact.h"

#include "access/parameter.h"
#include "base/buf.h"
#include "base/str.h"
#include "custom/custom.h"
#include "text/latin.h"

static const struct db_field fields[] = {
    DB_FIELD(struct contact, id, DB_I64, 0),
    DB_FIELD(struct contact, account_id, DB_I64, 0),
    DB_FIELD(struct contact, row_version, DB_I64, 0),
    DB_FIELD(struct contact, updated_at, DB_AT, 0),
    DB_FIELD(struct contact, name, DB_TEXT, 240),
    DB_FIELD(struct contact, title, DB_TEXT, 240),
    DB_FIELD(struct contact, email, DB_TEXT, 254),
    DB_FIELD(struct contact, phone, DB_TEXT, 80),
    DB_FIELD(struct contact, lang, DB_TEXT, 8),
    DB_FIELD(struct contact, note, DB_TEXT, 1000),
    DB_NULLABLE(struct contact, deleted_at, DB_AT, 0),
    DB_FIELD(struct contact, deleted_name, DB_TEXT, 240),
    DB_FIELD(struct contact, deleted_reason, DB_TEXT, 600),
    { 0 },
};
#define COLUMNS                                                                               \
    "SELECT id, account_id, row_version, updated_at, name, title, email, phone, lang, note, " \
    "deleted_at, deleted_name, deleted_reason FROM contact "
static const struct db_stmt of_account = {
    .name = "contact.of_account",
    .sql = COLUMNS "WHERE account_id = ? AND id = ? AND deleted_at IS NULL",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct contact),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt any_of_account = {
    .name = "contact.any_of_account",
    .sql = COLUMNS "WHERE account_id = ? AND id = ?",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct contact),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt of_worker = {
    .name = "contact.of_worker",
    .sql = COLUMNS "WHERE id = ? AND deleted_at IS NULL",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct contact),
};
struct like_row {
    int64_t place, by_name, by_email;
};
static const struct db_field like_fields[] = {
    DB_FIELD(struct like_row, place, DB_I64, 0),
    DB_NULLABLE(struct like_row, by_name, DB_I64, 0),
    DB_NULLABLE(struct like_row, by_email, DB_I64, 0),
    { 0 },
};
#define WHO_HAS(column, value)                                                                             \
    "(SELECT c.id FROM contact c WHERE c.account_id = j.account_id AND c.deleted_at IS NULL AND c." column \
    " = " value " COLLATE utf8mb4_bin ORDER BY c.id LIMIT 1)"
static const struct db_stmt like_many = {
    .name = "contact.like_many",
    .sql = "SELECT j.place, " WHO_HAS("name_key", "j.name_key") " AS by_name, " WHO_HAS(
        "email_key",
        "LOWER(j.email)") " AS by_email FROM JSON_TABLE(?, '$[*]' COLUMNS ("
                          "place INT PATH '$[0]', account_id BIGINT PATH '$[1]', name_key VARCHAR(200) CHARACTER "
                          "SET utf8mb4 PATH '$[2]', email VARCHAR(400) CHARACTER SET utf8mb4 PATH '$[3]')) j",
    .binds = "s",
    .fields = like_fields,
    .row_bytes = sizeof(struct like_row),
};
static const struct db_stmt insert = {
    .name = "contact.insert",
    .sql = "INSERT INTO contact (account_id, name, name_key, title, email, phone, lang, note, "
           "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), "
           "UTC_TIMESTAMP(6))",
    .binds = "isssssss",
    .flags = DB_WRITE,
};
static const struct db_stmt update = {
    .name = "contact.update",
    .sql = "UPDATE contact SET name = ?, name_key = ?, title = ?, email = ?, phone = ?, lang = ?, "
           "note = ?, updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "sssssssiii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "contact.delete",
    .sql = "UPDATE contact SET deleted_at = UTC_TIMESTAMP(6), deleted_by = ?, deleted_name = ?, "
           "deleted_reason = ?, row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "issiii",
    .flags = DB_WRITE,
};

static const struct db_stmt restore = {
    .name = "contact.restore",
    .sql = "UPDATE contact SET deleted_at = NULL, deleted_by = NULL, deleted_name = '', "
           "deleted_reason = '', updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND deleted_at IS NOT NULL",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt purge = {
    .name = "contact.purge",
    .sql = "DELETE FROM contact WHERE id = ? AND row_version = ? AND deleted_at IS NOT NULL",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt list_due = {
    .name = "contact.purge_due",
    .sql = COLUMNS "FORCE INDEX (contact_bin) WHERE deleted_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY "
                   "ORDER BY deleted_at, id LIMIT 100",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct contact),
    .flags = DB_LISTS,
};

db_stmt_table contact_statements[] = { &of_account, &any_of_account, &insert, &update,
                                       &drop,       &restore,        NULL };
db_stmt_table contact_purge_statements[] = { &purge, &list_due, NULL };
db_stmt_table contact_many_statements[] = { &of_worker, &like_many, NULL };

static struct err *find(struct db *db, struct arena *a, const struct db_stmt *st,
                        int64_t account_id, int64_t id, struct contact **contact_out)
{
    struct contact *contact = arena_alloc(a, sizeof(*contact));
    bool found;

    TRY(db_one(db, a, st, DB_ARGS(DB_I(account_id), DB_I(id)), contact, &found));
    *contact_out = found ? contact : NULL;
    return NULL;
}

struct err *contact_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                               struct contact **contact_out)
{
    return err_pass(find(db, a, &of_account, account_id, id, contact_out));
}

struct err *contact_any_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                                   struct contact **contact_out)
{
    return err_pass(find(db, a, &any_of_account, account_id, id, contact_out));
}

struct err *contact_of_worker(struct db *db, struct arena *a, int64_t id,
                              struct contact **contact_out)
{
    struct contact *contact = arena_alloc(a, sizeof(*contact));
    bool found;

    TRY(db_one(db, a, &of_worker, DB_ARGS(DB_I(id)), contact, &found));
    *contact_out = found ? contact : NULL;
    return NULL;
}

static void put_like(struct buf *list, size_t place, const char *key, const struct contact *c)
{
    buf_printf(list, "%s[%zu,%lld,", place > 0 ? "," : "[", place, (long long)c->account_id);
    buf_json(list, key);
    buf_putc(list, ',');
    if (str_is_empty(c->email))
        buf_puts(list, "null");
    else
        buf_json(list, c->email);
    buf_putc(list, ']');
}

struct err *contact_like_many(struct db *db, struct arena *a, struct text_ctx *text,
                              const struct contact *list, size_t count, int64_t *ids_out)
{
    struct like_row *rows;
    size_t row_count;
    struct buf json;
    struct err *e;

    if (count == 0)
        return NULL;
    buf_init(&json, 120 * count, 0);
    for (size_t i = 0; i < count; i++)
        put_like(&json, i, text_latin_key(text, a, list[i].name), &list[i]);
    buf_putc(&json, ']');
    e = db_list(db, a, &like_many, DB_ARGS(DB_S(json.data)), &rows, &row_count);
    buf_free(&json);
    TRY(e);
    for (size_t r = 0; r < row_count; r++)
        ids_out[rows[r].place] = rows[r].by_email != 0 ? rows[r].by_email : rows[r].by_name;
    return NULL;
}

static const char *facts(struct arena *a, const struct contact *c)
{
    const char *json;
    struct buf b;

    buf_init(&b, 256, 0);
    buf_printf(&b, "{\"contact\":%lld,\"name\":", (long long)c->id);
    buf_json(&b, c->name);
    buf_puts(&b, ",\"title\":");
    buf_json(&b, c->title);
    buf_puts(&b, ",\"email\":");
    buf_json(&b, c->email);
    buf_puts(&b, ",\"phone\":");
    buf_json(&b, c->phone);
    buf_putc(&b, '}');
    json = arena_dup(a, b.data);
    buf_free(&b);
    return json;
}

/* BEFORE and AFTER: NULL for one that is new, or deleted. */
static struct err *note(struct db *db, struct arena *a, const struct audit_who *who,
                        int64_t account_id, const char *action, const char *before,
                        const char *after)
{
    return err_pass(audit_write(db, a, who,
                                &(struct audit_change){ .kind = "account",
                                                        .object_id = account_id,
                                                        .action = action,
                                                        .before = before,
                                                        .after = after }));
}

static struct err *changed_meanwhile(const struct contact *c)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "contact %lld changed", (long long)c->id),
                           "version");
}

static struct err *change(struct db *db, struct arena *a, const char *key,
                          const struct audit_who *who, struct contact *c)
{
    struct contact *before;
    int64_t changed;

    TRY(contact_of_account(db, a, c->account_id, c->id, &before));
    if (before == NULL)
        return err_pass(changed_meanwhile(c));
    TRY(db_exec(db, &update,
                DB_ARGS(DB_S(c->name), DB_S(key), DB_S(c->title), DB_S(c->email), DB_S(c->phone),
                        DB_S(c->lang), DB_S(c->note), DB_I(c->account_id), DB_I(c->id),
                        DB_I(c->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(c));
    c->row_version++;
    return err_pass(note(db, a, who, c->account_id, "contact.edit", facts(a, before), facts(a, c)));
}

struct err *contact_put(struct db *db, struct arena *a, struct text_ctx *text,
                        const struct audit_who *who, struct contact *c)
{
    const char *key = text_latin_key(text, a, c->name);

    if (c->id != 0)
        return err_pass(change(db, a, key, who, c));
    TRY(db_insert(db, &insert,
                  DB_ARGS(DB_I(c->account_id), DB_S(c->name), DB_S(key), DB_S(c->title),
                          DB_S(c->email), DB_S(c->phone), DB_S(c->lang), DB_S(c->note)),
                  &c->id));
    c->row_version = 1;
    return err_pass(note(db, a, who, c->account_id, "contact.new", NULL, facts(a, c)));
}

struct err *contact_delete(struct db *db, struct arena *a, const struct audit_who *who,
                           const struct contact *c, const char *reason)
{
    const struct actor *actor = who->actor;
    int64_t changed;

    TRY(db_exec(db, &drop,
                DB_ARGS(DB_ID(actor != NULL ? actor->user_id : 0),
                        DB_S(actor != NULL ? actor->name : ""), DB_S(reason), DB_I(c->account_id),
                        DB_I(c->id), DB_I(c->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(c));
    return err_pass(note(db, a, who, c->account_id, "contact.delete", facts(a, c), NULL));
}

/* -- the bin -------------------------------------------------------------------------------------
 */

struct err *contact_restore(struct db *db, struct arena *a, const struct audit_who *who,
                            const struct contact *c)
{
    int64_t changed;

    TRY(db_exec(db, &restore, DB_ARGS(DB_I(c->account_id), DB_I(c->id), DB_I(c->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(c));
    return err_pass(note(db, a, who, c->account_id, "contact.restore", NULL, facts(a, c)));
}

/* Who it was goes from the trail's new event, too: its number alone stays. */
struct err *contact_purge(struct db *db, struct arena *a, const struct audit_who *who,
                          const struct contact *c)
{
    int64_t changed;

    TRY(db_exec(db, &purge, DB_ARGS(DB_I(c->id), DB_I(c->row_version)), &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(c));
    TRY(custom_forget(db, CUSTOM_CONTACT, c->id));
    return err_pass(note(db, a, who, c->account_id, "contact.purge",
                         arena_printf(a, "{\"contact\":%lld}", (long long)c->id), NULL));
}

struct err *contact_purge_due(struct db *db, struct arena *a, size_t *count_out)
{
    static const struct audit_who system = { .address = "" };
    struct contact *rows;
    int64_t days;

    TRY(parameter_now(db, a, PARAM_KEEP_BIN, &days));
    TRY(db_list(db, a, &list_due, DB_ARGS(DB_I(days)), &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        struct err *e = contact_purge(db, a, &system, &rows[i]);

        if (!err_is(e, ERR_CONFLICT))
            TRY(e);
        else
            err_free(e); /* somebody restored it at that moment */
    }
    return NULL;
}

/* custom/custom_sql.c - definitions and values in their tables. */
#include "base/buf.h"
#include "base/money.h"
#include "base/str.h"
#include "custom/custom_inside.h"

/* -- definitions ---------------------------------------------------------------------------------
 */

/* A field, and one of its options. */
struct row {
    int64_t id, option_id;
    const char *kind, *type, *code, *name_en, *name_zh, *hint_en, *hint_zh, *least, *most;
    const char *option_code, *option_en, *option_zh;
    bool required, filterable, used, editable, shared, theirs, option_active;
};
static const struct db_field row_fields[] = {
    DB_FIELD(struct row, id, DB_I64, 0),
    DB_FIELD(struct row, kind, DB_TEXT, 12),
    DB_FIELD(struct row, type, DB_TEXT, 8),
    DB_FIELD(struct row, code, DB_TEXT, CUSTOM_CODE_MOST),
    DB_FIELD(struct row, name_en, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct row, name_zh, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct row, hint_en, DB_TEXT, 4 * CUSTOM_HINT_MOST),
    DB_FIELD(struct row, hint_zh, DB_TEXT, 4 * CUSTOM_HINT_MOST),
    DB_FIELD(struct row, least, DB_TEXT, CUSTOM_LIMIT_MOST),
    DB_FIELD(struct row, most, DB_TEXT, CUSTOM_LIMIT_MOST),
    DB_FIELD(struct row, required, DB_BOOL, 0),
    DB_FIELD(struct row, filterable, DB_BOOL, 0),
    DB_FIELD(struct row, used, DB_BOOL, 0),
    DB_FIELD(struct row, editable, DB_BOOL, 0),
    DB_FIELD(struct row, shared, DB_BOOL, 0),
    DB_FIELD(struct row, theirs, DB_BOOL, 0),
    DB_NULLABLE(struct row, option_id, DB_I64, 0),
    DB_NULLABLE(struct row, option_code, DB_TEXT, CUSTOM_CODE_MOST),
    DB_NULLABLE(struct row, option_en, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_NULLABLE(struct row, option_zh, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_NULLABLE(struct row, option_active, DB_BOOL, 0),
    { 0 },
};
#define FIELDS(name_, field, option, editable)                                                     \
    {                                                                                              \
        .name = name_,                                                                             \
        .sql = "SELECT f.id, f.kind, f.type, f.code, f.name_en, f.name_zh, f.hint_en, f.hint_zh, " \
               "f.least, f.most, f.required, f.filterable, f.used, " editable " AS editable, "     \
               "f.audience <> 'staff' AS shared, f.audience = 'edits' AS theirs, "                 \
               "o.id AS option_id, o.code AS option_code, o.name_en AS option_en, "                \
               "o.name_zh AS option_zh, o.active AS option_active FROM " field " f "               \
               "LEFT JOIN " option " o ON o.field_id = f.id "                                      \
               "WHERE f.active = 1 ORDER BY f.kind, f.sort, f.id, o.sort, o.id",                   \
        .binds = "", .fields = row_fields, .row_bytes = sizeof(struct row),                        \
        .flags = DB_LISTS | DB_WHOLE_TABLE,                                                        \
    }
static const struct db_stmt list_fields =
    FIELDS("custom.fields", "custom_field", "custom_option", "1");
static const struct db_stmt list_shared = FIELDS("custom.fields_shared", "custom_field_shared",
                                                 "custom_option_shared", "f.audience = 'edits'");

static bool is_of(const struct row *row, const char *kind)
{
    return str_eq(row->kind, kind) &&
           !(row->option_id == 0 && str_eq(row->type, custom_types[CUSTOM_CHOICE].code));
}

/* What is kept lives until the transaction ends, an import's columns longer. */
static bool field_of_row(const struct row *row, struct arena *a, enum custom_kind kind,
                         struct custom_field *out)
{
    bool least_bad;

    *out = (struct custom_field){ .id = row->id,
                                  .kind = kind,
                                  .code = arena_dup(a, row->code),
                                  .name_en = arena_dup(a, row->name_en),
                                  .name_zh = arena_dup(a, row->name_zh),
                                  .hint_en = arena_dup(a, row->hint_en),
                                  .hint_zh = arena_dup(a, row->hint_zh),
                                  .required = row->required,
                                  .filterable = row->filterable,
                                  .used = row->used,
                                  .editable = row->editable,
                                  .shared = row->shared,
                                  .theirs = row->theirs };
    return custom_type_find(row->type, &out->type) &&
           (!custom_types[out->type].limited ||
            custom_limits_read(out->type, row->least, row->most, &out->limits, &least_bad));
}

static void take_option(struct custom_field *field, struct arena *a, const struct row *rows,
                        size_t left)
{
    size_t count = 0;

    while (count < left && rows[count].id == field->id)
        count++;
    field->options = arena_array(a, count + 1, sizeof(*field->options));
    for (size_t i = 0; i < count && rows[i].option_id != 0; i++)
        field->options[field->option_count++] =
            (struct custom_option){ .id = rows[i].option_id,
                                    .code = arena_dup(a, rows[i].option_code),
                                    .name_en = arena_dup(a, rows[i].option_en),
                                    .name_zh = arena_dup(a, rows[i].option_zh),
                                    .active = rows[i].option_active };
}

struct err *custom_fields(struct db *db, struct arena *a, enum custom_kind kind,
                          enum custom_eyes eyes, struct custom_set *set_out)
{
    const struct row *rows;
    size_t count;

    TRY(db_kept(db, eyes == CUSTOM_STAFF ? &list_fields : &list_shared, &rows, &count));
    *set_out = (struct custom_set){ .kind = kind,
                                    .eyes = eyes,
                                    .fields = arena_array(a, count + 1, sizeof(*set_out->fields)) };
    for (size_t i = 0; i < count; i++) {
        struct custom_field *field = &set_out->fields[set_out->count];

        if (!is_of(&rows[i], custom_kinds[kind].code) || (i > 0 && rows[i].id == rows[i - 1].id) ||
            !field_of_row(&rows[i], a, kind, field))
            continue;
        take_option(field, a, &rows[i], count - i);
        set_out->count++;
    }
    return NULL;
}

/* -- values --------------------------------------------------------------------------------------
 */

static const struct db_field value_fields[] = {
    DB_FIELD(struct custom_value, object_id, DB_I64, 0),
    DB_FIELD(struct custom_value, field_id, DB_I64, 0),
    { .column = "text_value",
      .kind = DB_TEXT,
      .offset = offsetof(struct custom_value, text),
      .cap_bytes = 400,
      .nullable = true },
    { .column = "number_value",
      .kind = DB_E4,
      .offset = offsetof(struct custom_value, e4),
      .nullable = true },
    { .column = "day_value",
      .kind = DB_DAY,
      .offset = offsetof(struct custom_value, day),
      .nullable = true },
    { 0 },
};
#define VALUES "object_id, field_id, text_value, number_value, day_value"
#define LIST_VALUES(name_, value)                                                                  \
    {                                                                                              \
        .name = name_, .sql = "SELECT " VALUES " FROM " value " WHERE kind = ? AND object_id = ?", \
        .binds = "si", .fields = value_fields, .row_bytes = sizeof(struct custom_value),           \
        .flags = DB_LISTS,                                                                         \
    }
#define ROWS                                                                       \
    "JSON_TABLE(?, '$[*]' COLUMNS (object_id BIGINT PATH '$[0]', field_id BIGINT " \
    "PATH '$[1]', text_value VARCHAR(4000) CHARACTER SET utf8mb4 PATH '$[2]', "    \
    "number_value DECIMAL(19,4) PATH '$[3]', day_value DATE PATH '$[4]')) j"
#define PUT(name_, value)                                                                     \
    {                                                                                         \
        .name = name_,                                                                        \
        .sql = "INSERT INTO " value " (kind, " VALUES ") SELECT ?, j.object_id, j.field_id, " \
               "j.text_value, j.number_value, j.day_value FROM " ROWS                         \
               " ON DUPLICATE KEY UPDATE text_value = VALUES(text_value), "                   \
               "number_value = VALUES(number_value), day_value = VALUES(day_value)",          \
        .binds = "ss", .flags = DB_WRITE,                                                     \
    }
#define ADD(name_, value)                                                                     \
    {                                                                                         \
        .name = name_,                                                                        \
        .sql = "INSERT INTO " value " (kind, " VALUES ") SELECT ?, j.object_id, j.field_id, " \
               "j.text_value, j.number_value, j.day_value FROM " ROWS,                        \
        .binds = "ss", .flags = DB_WRITE,                                                     \
    }
#define DROP(name_, value)                                                                 \
    {                                                                                      \
        .name = name_,                                                                     \
        .sql = "DELETE v FROM " ROWS " JOIN " value " v ON v.object_id = j.object_id AND " \
               "v.field_id = j.field_id WHERE v.kind = ?",                                 \
        .binds = "ss", .flags = DB_WRITE,                                                  \
    }
#define USE(name_, field)                                                              \
    {                                                                                  \
        .name = name_,                                                                 \
        .sql = "UPDATE " field " SET used = 1 WHERE id = ? AND type = ? AND used = 0", \
        .binds = "is", .flags = DB_WRITE,                                              \
    }
static const struct db_stmt list_values = LIST_VALUES("custom.values", "custom_value");
static const struct db_stmt put_values = PUT("custom.put", "custom_value");
static const struct db_stmt add_values = ADD("custom.add", "custom_value");
static const struct db_stmt drop_values = DROP("custom.drop", "custom_value");
static const struct db_stmt use_field = USE("custom.use", "custom_field");
db_stmt_table custom_staff_statements[] = { &list_fields, &list_values, &put_values, &add_values,
                                            &drop_values, &use_field,   NULL };
static const struct db_stmt list_shared_values =
    LIST_VALUES("custom.values_shared", "custom_value_shared");
static const struct db_stmt put_shared = PUT("custom.put_shared", "custom_value_edited");
static const struct db_stmt add_shared = ADD("custom.add_shared", "custom_value_edited");
static const struct db_stmt drop_shared = DROP("custom.drop_shared", "custom_value_edited");
static const struct db_stmt use_shared = USE("custom.use_shared", "custom_field_shared");
db_stmt_table custom_partner_statements[] = { &list_shared, &list_shared_values, &put_shared,
                                              &add_shared,  &drop_shared,        &use_shared,
                                              NULL };

static const struct {
    const struct db_stmt *values, *put, *add, *drop, *use;
} of_eyes[CUSTOM_EYES] = {
    [CUSTOM_STAFF] = { &list_values, &put_values, &add_values, &drop_values, &use_field },
    [CUSTOM_PARTNER] = { &list_shared_values, &put_shared, &add_shared, &drop_shared, &use_shared },
};

static const struct db_stmt forget_one = {
    .name = "custom.forget",
    .sql = "DELETE FROM custom_value WHERE kind = ? AND object_id = ?",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt forget_contacts = {
    .name = "custom.forget_contacts",
    .sql = "DELETE v FROM contact c JOIN custom_value v ON v.kind = 'contact' "
           "AND v.object_id = c.id WHERE c.account_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt forget_many = {
    .name = "custom.forget_many",
    .sql = "DELETE v FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j JOIN custom_value v "
           "ON v.object_id = j.id WHERE v.kind = ?",
    .binds = "ss",
    .flags = DB_WRITE,
};
db_stmt_table custom_forget_statements[] = { &forget_one, &forget_contacts, &forget_many, NULL };

struct err *custom_values(struct db *db, struct arena *a, const struct custom_set *set,
                          int64_t object_id, struct custom_value **values_out)
{
    struct custom_value *rows;
    size_t count = 0;

    *values_out = arena_array(a, set->count + 1, sizeof(**values_out));
    if (set->count == 0 || object_id == 0)
        return NULL;
    TRY(db_list(db, a, of_eyes[set->eyes].values,
                DB_ARGS(DB_S(custom_kinds[set->kind].code), DB_I(object_id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < set->count; k++)
            if (set->fields[k].id == rows[i].field_id)
                (*values_out)[k] = rows[i];
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static bool is_number(enum custom_type type)
{
    return type == CUSTOM_INT || type == CUSTOM_AMOUNT || type == CUSTOM_FLAG ||
           type == CUSTOM_CHOICE;
}

static void put_row(struct buf *list, const struct custom_change *change)
{
    const struct custom_value *v = &change->value;
    const enum custom_type type = change->field->type;
    char number[MONEY_TEXT_BYTES], iso[DAY_ISO_BYTES];

    buf_printf(list, "%s[%lld,%lld,", list->len > 0 ? "," : "[", (long long)v->object_id,
               (long long)change->field->id);
    if (type == CUSTOM_TEXT || type == CUSTOM_LINES)
        buf_json(list, v->text != NULL ? v->text : "");
    else
        buf_puts(list, "null");
    money_text(v->e4, 4, number);
    buf_printf(list, is_number(type) ? ",\"%s\"" : ",null", number);
    day_iso(v->day, iso);
    buf_printf(list, type == CUSTOM_DAY ? ",\"%s\"]" : ",null]", iso);
}

static struct err *write_rows(struct db *db, const struct db_stmt *st, enum custom_kind kind,
                              const struct custom_change *changes, size_t count, bool removed)
{
    const struct db_arg of_kind = DB_S(custom_kinds[kind].code);
    struct err *e = NULL;
    struct buf list;

    buf_init(&list, 512, 0);
    for (size_t i = 0; i < count; i++)
        if ((changes[i].value.field_id == 0) == removed)
            put_row(&list, &changes[i]);
    buf_putc(&list, ']');
    if (list.len > 1)
        e = removed ? db_exec(db, st, DB_ARGS(DB_S(list.data), of_kind), NULL)
                    : db_exec(db, st, DB_ARGS(of_kind, DB_S(list.data)), NULL);
    buf_free(&list);
    return err_pass(e);
}

static bool is_first(const struct custom_change *changes, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (changes[k].field->id == changes[i].field->id && changes[k].value.field_id != 0)
            return false;
    return true;
}

/* The first value of a field holds its type: whoever changes that at this moment changes the same
 * row. */
static struct err *use_fields(struct db *db, enum custom_eyes eyes,
                              const struct custom_change *changes, size_t count)
{
    int64_t changed;

    for (size_t i = 0; i < count; i++) {
        const struct custom_field *field = changes[i].field;

        if (field->used || changes[i].value.field_id == 0 || !is_first(changes, i))
            continue;
        TRY(db_exec(db, of_eyes[eyes].use,
                    DB_ARGS(DB_I(field->id), DB_S(custom_types[field->type].code)), &changed));
        if (changed != 1)
            return err_raise(ERR_AGAIN, "field %lld was changed or used meanwhile",
                             (long long)field->id);
    }
    return NULL;
}

struct err *custom_put(struct db *db, const struct custom_set *set,
                       const struct custom_change *changes, size_t count)
{
    TRY(use_fields(db, set->eyes, changes, count));
    TRY(write_rows(db, of_eyes[set->eyes].put, set->kind, changes, count, false));
    return err_pass(write_rows(db, of_eyes[set->eyes].drop, set->kind, changes, count, true));
}

struct err *custom_add(struct db *db, const struct custom_set *set,
                       const struct custom_change *changes, size_t count)
{
    struct err *e;

    TRY(use_fields(db, set->eyes, changes, count));
    e = write_rows(db, of_eyes[set->eyes].add, set->kind, changes, count, false);
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "a %s got a value meanwhile", custom_kinds[set->kind].code);
}

struct err *custom_forget(struct db *db, enum custom_kind kind, int64_t object_id)
{
    return err_pass(
        db_exec(db, &forget_one, DB_ARGS(DB_S(custom_kinds[kind].code), DB_I(object_id)), NULL));
}

struct err *custom_forget_contacts(struct db *db, int64_t account_id)
{
    return err_pass(db_exec(db, &forget_contacts, DB_ARGS(DB_I(account_id)), NULL));
}

struct err *custom_forget_many(struct db *db, enum custom_kind kind, const int64_t *ids,
                               size_t count)
{
    struct buf list;
    struct err *e;

    if (count == 0)
        return NULL;
    buf_init(&list, 12 * count, 0);
    for (size_t i = 0; i < count; i++)
        buf_printf(&list, "%s%lld", i > 0 ? "," : "[", (long long)ids[i]);
    buf_putc(&list, ']');
    e = db_exec(db, &forget_many, DB_ARGS(DB_S(list.data), DB_S(custom_kinds[kind].code)), NULL);
    buf_free(&list);
    return err_pass(e);
}

/* access/parameter.c - system parameters: their list, and their values. */
#include "access/parameter.h"

#include "base/str.h"

#include <string.h>

enum { VALUE_BYTES = 1601 };

const struct parameter_row parameter_rows[PARAM_COUNT] = {
#define PARAMETER(id, name_, kind_, fallback_, unit_, least_, most_, help_) \
    [PARAM_##id] = { .name = (name_),                                       \
                     .kind = PARAMETER_##kind_,                             \
                     .fallback = (fallback_),                               \
                     .unit = (unit_),                                       \
                     .least = (least_),                                     \
                     .most = (most_),                                       \
                     .help = (help_) },
#include "access/parameters.def"
#undef PARAMETER
};

struct row {
    const char *name, *value;
};
static const struct db_field fields[] = { DB_FIELD(struct row, name, DB_TEXT, 60),
                                          DB_FIELD(struct row, value, DB_TEXT, 400),
                                          { 0 } };
static const struct db_stmt list_values = {
    .name = "parameter.list",
    .sql = "SELECT name, value FROM system_parameter",
    .binds = "",
    .fields = fields,
    .row_bytes = sizeof(struct row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt by_name = {
    .name = "parameter.by_name",
    .sql = "SELECT name, value FROM system_parameter WHERE name = ?",
    .binds = "s",
    .fields = fields,
    .row_bytes = sizeof(struct row),
};
static const struct db_stmt set_value = {
    .name = "parameter.set",
    .sql = "INSERT INTO system_parameter (name, value, updated_at) VALUES (?, ?, UTC_TIMESTAMP(6))"
           " ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = VALUES(updated_at),"
           " row_version = row_version + 1",
    .binds = "ss",
    .flags = DB_WRITE,
};
db_stmt_table parameter_read_statements[] = { &list_values, &by_name, NULL };

struct stored_row {
    int64_t id, row_version, updated_at;
    const char *name, *value;
};
static const struct db_field stored_fields[] = {
    DB_FIELD(struct stored_row, id, DB_I64, 0),
    DB_FIELD(struct stored_row, name, DB_TEXT, 60),
    DB_FIELD(struct stored_row, value, DB_TEXT, 400),
    DB_FIELD(struct stored_row, updated_at, DB_AT, 0),
    DB_FIELD(struct stored_row, row_version, DB_I64, 0),
    { 0 },
};
#define STORED "SELECT id, name, value, updated_at, row_version FROM system_parameter"
static const struct db_stmt list_stored = {
    .name = "parameter.stored",
    .sql = STORED,
    .binds = "",
    .fields = stored_fields,
    .row_bytes = sizeof(struct stored_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt one_stored = {
    .name = "parameter.stored_one",
    .sql = STORED " WHERE name = ?",
    .binds = "s",
    .fields = stored_fields,
    .row_bytes = sizeof(struct stored_row),
};
static const struct db_stmt add_value = {
    .name = "parameter.add",
    .sql = "INSERT INTO system_parameter (name, value, updated_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "ss",
    .flags = DB_WRITE,
};
static const struct db_stmt change_value = {
    .name = "parameter.change",
    .sql = "UPDATE system_parameter SET value = ?, updated_at = UTC_TIMESTAMP(6),"
           " row_version = row_version + 1 WHERE name = ? AND row_version = ?",
    .binds = "ssi",
    .flags = DB_WRITE,
};
db_stmt_table parameter_write_statements[] = { &set_value, &list_stored,  &one_stored,
                                               &add_value, &change_value, NULL };

enum parameter parameter_find(const char *name)
{
    for (int i = 0; i < PARAM_COUNT; i++)
        if (str_eq(parameter_rows[i].name, name))
            return (enum parameter)i;
    return PARAM_COUNT;
}

static bool in_range(const struct parameter_row *row, int64_t number)
{
    return number >= row->least && number <= row->most;
}

bool parameter_check(enum parameter parameter, const char *value)
{
    const struct parameter_row *row = &parameter_rows[parameter];
    int64_t number;

    if (row->kind == PARAMETER_TEXT)
        return strlen(value) < VALUE_BYTES && utf8_valid(value, strlen(value)) &&
               in_range(row, (int64_t)utf8_count(value));
    return str_to_i64(value, &number) && in_range(row, number);
}

/* VALUE where it may be, the default otherwise. */
static const char *accepted(enum parameter parameter, const char *value)
{
    return value != NULL && parameter_check(parameter, value) ? value
                                                              : parameter_rows[parameter].fallback;
}

static int64_t as_number(enum parameter parameter, const char *value)
{
    int64_t number = 0;

    if (parameter_rows[parameter].kind != PARAMETER_TEXT)
        str_to_i64(value, &number);
    return number;
}

static struct err *kept(struct db *db, enum parameter parameter, const char **value_out)
{
    const struct row *rows;
    size_t count, i = 0;

    TRY(db_kept(db, &list_values, &rows, &count));
    while (i < count && !str_eq(rows[i].name, parameter_rows[parameter].name))
        i++;
    *value_out = accepted(parameter, i < count ? rows[i].value : NULL);
    return NULL;
}

struct err *parameter_kept(struct db *db, enum parameter parameter, int64_t *value_out)
{
    const char *value;

    TRY(kept(db, parameter, &value));
    *value_out = as_number(parameter, value);
    return NULL;
}

struct err *parameter_kept_text(struct db *db, struct arena *a, enum parameter parameter,
                                const char **value_out)
{
    const char *value;

    TRY(kept(db, parameter, &value));
    *value_out = arena_dup(a, value);
    return NULL;
}

struct err *parameter_now(struct db *db, struct arena *a, enum parameter parameter,
                          int64_t *value_out)
{
    struct row row = { 0 };
    bool found;

    TRY(db_one(db, a, &by_name, DB_ARGS(DB_S(parameter_rows[parameter].name)), &row, &found));
    *value_out = as_number(parameter, accepted(parameter, found ? row.value : NULL));
    return NULL;
}

struct err *parameter_set(struct db *db, enum parameter parameter, const char *value)
{
    if (!parameter_check(parameter, value))
        return err_raise(ERR_INVALID, "%s may not be that", parameter_rows[parameter].name);
    return err_pass(
        db_exec(db, &set_value, DB_ARGS(DB_S(parameter_rows[parameter].name), DB_S(value)), NULL));
}

struct err *parameters_stored(struct db *db, struct arena *a,
                              struct parameter_stored stored_out[PARAM_COUNT])
{
    struct stored_row *rows;
    size_t count;

    for (int i = 0; i < PARAM_COUNT; i++)
        stored_out[i] = (struct parameter_stored){ .value = parameter_rows[i].fallback };
    TRY(db_list(db, a, &list_stored, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const enum parameter parameter = parameter_find(rows[i].name);

        if (parameter != PARAM_COUNT)
            stored_out[parameter] =
                (struct parameter_stored){ .value = accepted(parameter, rows[i].value),
                                           .id = rows[i].id,
                                           .row_version = rows[i].row_version,
                                           .updated_at = rows[i].updated_at };
    }
    return NULL;
}

/* The first change makes the row; who is second at that finds it there. */
static struct err *add_or_change(struct db *db, enum parameter parameter, const char *value,
                                 int64_t row_version, bool *changed_out)
{
    const char *name = parameter_rows[parameter].name;
    int64_t affected = 0;
    struct err *e;

    if (row_version != 0)
        TRY(db_exec(db, &change_value, DB_ARGS(DB_S(value), DB_S(name), DB_I(row_version)),
                    &affected));
    *changed_out = affected == 1;
    if (row_version != 0)
        return NULL;
    e = db_exec(db, &add_value, DB_ARGS(DB_S(name), DB_S(value)), NULL);
    *changed_out = e == NULL;
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return NULL;
    }
    return err_pass(e);
}

struct err *parameter_change(struct db *db, struct arena *a, enum parameter parameter,
                             const char *value, int64_t row_version, int64_t *id_out,
                             bool *changed_out)
{
    struct stored_row row;

    if (!parameter_check(parameter, value))
        return err_raise(ERR_INVALID, "%s may not be that", parameter_rows[parameter].name);
    TRY(add_or_change(db, parameter, value, row_version, changed_out));
    if (!*changed_out)
        return NULL;
    TRY(db_get(db, a, &one_stored, DB_ARGS(DB_S(parameter_rows[parameter].name)), &row));
    *id_out = row.id;
    return NULL;
}

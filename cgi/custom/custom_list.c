/* custom/custom_list.c */
#include "custom/custom_list.h"

#include "base/str.h"
#include "custom/custom_sheet.h"

#include <string.h>

enum { LIST_SECONDS = 4, FILE_SECONDS = 300 };

/* What staff read, and what partners do. */
static const struct {
    const char *fields, *values;
} tables[CUSTOM_EYES] = {
    [CUSTOM_STAFF] = { "custom_field", "custom_value" },
    [CUSTOM_PARTNER] = { "custom_field_shared", "custom_value_shared" },
};

struct filters {
    struct custom_test tests[CUSTOM_FILTERS_MOST];
    size_t count;
};

/* -- the statement -------------------------------------------------------------------------------
 */

/* Where a statement is cut.  What was not found is NULL. */
struct cuts {
    const char *columns;       /* behind SELECT */
    const char *led, *led_end; /* the table whose values may lead, with its index */
    const char *order;         /* its last "ORDER BY ... LIMIT ?" */
};

static const char *last_of(const char *text, const char *end, const char *what)
{
    const char *found = NULL, *at = text;

    while ((at = strstr(at, what)) != NULL && at < end)
        found = at++;
    return found;
}

static void find_led(const struct custom_list *l, struct arena *a, struct cuts *cuts)
{
    const char *from = arena_join(a, "FROM ", l->led, " FORCE INDEX (", NULL);

    cuts->led = strstr(cuts->columns, from);
    cuts->led_end = cuts->led != NULL ? strstr(cuts->led, ") ") : NULL;
    if (cuts->led_end == NULL)
        cuts->led = NULL;
    else
        cuts->led_end += strlen(") ");
}

static struct err *cut(const struct custom_list *l, struct arena *a, struct cuts *cuts)
{
    const char *sql = l->stmt->sql, *end = sql + strlen(sql);
    const char *limit = last_of(sql, end, "LIMIT ?");

    *cuts = (struct cuts){ 0 };
    if (str_starts(sql, "SELECT ") && limit != NULL)
        cuts->order = last_of(sql, limit, "ORDER BY ");
    if (cuts->order == NULL)
        return err_raise(ERR_BUG, "statement %s is no list", l->stmt->name);
    cuts->columns = sql + strlen("SELECT ");
    if (l->led != NULL)
        find_led(l, a, cuts);
    return NULL;
}

struct composing {
    const struct custom_list *l;
    const struct filters *f;
    struct db_compose *c;
    enum custom_eyes eyes;
    const struct db_arg *next; /* of the statement's own */
};

/* A part of the statement's own text, with its own values. */
static void add_own(struct composing *x, const char *from, const char *to)
{
    db_compose_part(x->c, from, (size_t)(to - from));
    for (; from < to; from++)
        if (*from == '?')
            db_compose_bind(x->c, *x->next++);
}

static const char sheet_values[] = CUSTOM_SHEET_VALUES;

static void add_column(struct composing *x)
{
    const char *kind = custom_kinds[x->l->kind].code;
    const char *id = x->l->shown != NULL ? x->l->shown : x->l->id;
    const char *const pieces[] = {
        "IF(EXISTS (SELECT 1 FROM ",
        tables[x->eyes].fields,
        " f WHERE f.kind = '",
        kind,
        "'), (SELECT ",
        sheet_values,
        " FROM ",
        tables[x->eyes].values,
        " v WHERE v.kind = '",
        kind,
        "' AND v.object_id = ",
        id,
        "), NULL) AS custom, ",
    };

    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        db_compose_add(x->c, pieces[i]);
}

static void add_test(struct composing *x, const struct custom_test *test, bool leads)
{
    const char *kind = custom_kinds[x->l->kind].code;
    const char *const pieces[] = { "AND EXISTS (SELECT 1 FROM ", tables[x->eyes].values,
                                   " x WHERE x.object_id = ", x->l->id, " " };

    for (size_t i = 0; i < ARRAY_LEN(pieces) && !leads; i++)
        db_compose_add(x->c, pieces[i]);
    db_compose_add(x->c, "AND x.kind = '");
    db_compose_add(x->c, kind);
    db_compose_add(x->c, "' AND ");
    custom_test_add(x->c, test);
    db_compose_add(x->c, leads ? " " : ") ");
}

/* The values of the first field, and the record of each. */
static void add_lead(struct composing *x)
{
    const char *const pieces[] = {
        "FROM ",          tables[x->eyes].values,       " x STRAIGHT_JOIN ",
        x->l->led,        " FORCE INDEX (PRIMARY) ON ", x->l->id,
        " = x.object_id "
    };

    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        db_compose_add(x->c, pieces[i]);
}

static struct err *compose(struct request *req, const struct custom_list *l,
                           const struct filters *f, bool with_column, struct db_compose **out)
{
    struct composing x = { .l = l,
                           .f = f,
                           .c = db_compose_new(req->arena, l->stmt->name),
                           .eyes = custom_eyes_of(req),
                           .next = l->args };
    struct cuts cuts;
    const char *at;

    TRY(cut(l, req->arena, &cuts));
    db_compose_add(x.c, "SELECT ");
    if (with_column)
        add_column(&x);
    at = cuts.columns;
    if (cuts.led != NULL && f->count > 0) {
        add_own(&x, at, cuts.led);
        add_lead(&x);
        at = cuts.led_end;
    }
    add_own(&x, at, cuts.order);
    for (size_t i = 0; i < f->count; i++)
        add_test(&x, &f->tests[i], i == 0 && cuts.led != NULL);
    add_own(&x, cuts.order, l->stmt->sql + strlen(l->stmt->sql));
    if (with_column)
        db_compose_column(x.c, (struct db_field){ .column = "custom",
                                                  .kind = DB_TEXT,
                                                  .offset = l->stmt->row_bytes,
                                                  .cap_bytes = 400,
                                                  .nullable = true });
    for (const struct db_field *field = l->stmt->fields; field->column != NULL; field++)
        db_compose_column(x.c, *field);
    *out = x.c;
    return NULL;
}

/* -- a page --------------------------------------------------------------------------------------
 */

struct err *custom_list_rows(struct request *req, const struct custom_list *l, void *rows_out,
                             size_t *count_out)
{
    struct filters f;
    struct db_compose *c;
    bool late;

    f.count = custom_tests(req, l->typed, f.tests);
    if (f.count == 0)
        return err_pass(db_list(req->db, req->arena, l->stmt, l->args, rows_out, count_out));
    TRY(compose(req, l, &f, false, &c));
    TRY(db_compose_list(req->db, req->arena, c, l->stmt->row_bytes, LIST_SECONDS, rows_out,
                        count_out, &late));
    return late ? err_raise(ERR_UNAVAILABLE, "a list by custom fields took too long") : NULL;
}

/* -- a file --------------------------------------------------------------------------------------
 */

/* A row of the statement with a text behind it. */
static size_t row_bytes(const struct custom_list *l)
{
    return l->stmt->row_bytes + sizeof(const char *);
}

struct file {
    struct request *req;
    const struct custom_list *l;
    const struct db_compose *c;
    struct custom_set set;
    struct export *x;
};

static void more_cells(const void *file_, struct arena *a, const void *row, const char **cells)
{
    const struct file *file = file_;
    const char *json;

    memcpy(&json, (const char *)row + file->l->stmt->row_bytes, sizeof(json));
    custom_sheet_cells(a, &file->set, json, cells);
}

static struct err *put(void *file_, const void *row)
{
    struct file *file = file_;

    return err_pass(export_put_row(file->x, row));
}

static struct err *fill(struct export *x, void *file_)
{
    struct file *file = file_;
    bool late;

    file->x = x;
    TRY(db_compose_each(file->req->db, file->c, row_bytes(file->l), FILE_SECONDS, put, file,
                        &late));
    return late ? err_pass(export_late(x)) : NULL;
}

struct err *custom_list_export(struct request *req, const struct custom_list *l,
                               const struct export_spec *spec, const void *arg)
{
    struct export_spec with = *spec;
    struct file file = { .req = req, .l = l };
    struct filters f;
    struct db_compose *c;

    f.count = custom_tests(req, l->typed, f.tests);
    TRY(custom_fields(req->db, req->arena, l->kind, custom_eyes_of(req), &file.set));
    if (f.count == 0 && file.set.count == 0)
        return err_pass(export_list(req, spec, l->stmt, l->args, arg));
    TRY(compose(req, l, &f, true, &c));
    file.c = c;
    with.columns = custom_sheet_columns(req, spec->columns, &file.set);
    with.as_is = true;
    with.more = more_cells;
    with.more_count = file.set.count;
    with.more_arg = &file;
    return err_pass(export_rows(req, &with, fill, &file, arg));
}

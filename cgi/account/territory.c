/* account/territory.c */
#include "account/territory.h"

static const struct db_field fields[] = {
    DB_FIELD(struct territory, id, DB_I64, 0),
    DB_NULLABLE(struct territory, parent_id, DB_I64, 0),
    DB_FIELD(struct territory, name_en, DB_TEXT, 480),
    DB_FIELD(struct territory, name_zh, DB_TEXT, 480),
    DB_FIELD(struct territory, placed, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt all = {
    .name = "territory.all",
    .sql = "SELECT t.id, t.parent_id, t.name_en, t.name_zh, EXISTS (SELECT 1 FROM territory_area a "
           "WHERE a.territory_id = t.id) AS placed FROM territory t ORDER BY t.name_en, t.id",
    .binds = "",
    .fields = fields,
    .row_bytes = sizeof(struct territory),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table territory_statements[] = { &all, NULL };

struct err *territories_read(struct db *db, const struct territory **rows_out, size_t *count_out)
{
    return err_pass(db_kept(db, &all, rows_out, count_out));
}

const char *territory_name(const struct territory *t, enum lang lang)
{
    return lang == LANG_ZH ? t->name_zh : t->name_en;
}

const struct territory *territory_find(const struct territory *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

struct err *territory_path_read(struct db *db, int64_t territory_id, struct territory_path *out)
{
    const struct territory *rows, *at;
    size_t count;

    *out = (struct territory_path){ 0 };
    if (territory_id == 0)
        return NULL;
    TRY(territories_read(db, &rows, &count));
    for (at = territory_find(rows, count, territory_id); at != NULL && out->count < TERRITORY_DEEP;
         at = territory_find(rows, count, at->parent_id))
        out->ids[out->count++] = at->id;
    return NULL;
}

bool territory_path_has(const struct territory_path *path, int64_t territory_id)
{
    for (size_t i = 0; i < path->count; i++)
        if (path->ids[i] == territory_id)
            return true;
    return false;
}

/* account/territory.c */
#include "account/territory.h"

struct parent_row {
    int64_t id, parent_id;
};
static const struct db_field parent_fields[] = {
    DB_FIELD(struct parent_row, id, DB_I64, 0),
    DB_NULLABLE(struct parent_row, parent_id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt parents = {
    .name = "territory.parents",
    .sql = "SELECT id, parent_id FROM territory",
    .binds = "",
    .fields = parent_fields,
    .row_bytes = sizeof(struct parent_row),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table territory_statements[] = { &parents, NULL };

static const struct parent_row *find(const struct parent_row *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

struct err *territory_path_read(struct db *db, int64_t territory_id, struct territory_path *out)
{
    const struct parent_row *rows, *at;
    size_t count;

    *out = (struct territory_path){ 0 };
    if (territory_id == 0)
        return NULL;
    TRY(db_kept(db, &parents, &rows, &count));
    for (at = find(rows, count, territory_id); at != NULL && out->count < TERRITORY_DEEP;
         at = find(rows, count, at->parent_id))
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

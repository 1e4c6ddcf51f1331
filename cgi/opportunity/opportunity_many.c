/* opportunity/opportunity_many.c */
#include "opportunity/opportunity_many.h"

#include "base/buf.h"
#include "base/str.h"
#include "opportunity/opportunity_sql.h"

struct like_row {
    int64_t place, id;
};
static const struct db_field like_fields[] = {
    DB_FIELD(struct like_row, place, DB_I64, 0),
    DB_NULLABLE(struct like_row, id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt like_many = {
    .name = "opportunity.like_many",
    .sql = "SELECT j.place, MAX(o.id) AS id FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH "
           "'$[0]', customer_id BIGINT PATH '$[1]', name VARCHAR(400) CHARACTER SET utf8mb4 PATH "
           "'$[2]')) j JOIN opportunity o ON o.end_customer_id = j.customer_id AND o.state = "
           "'open' AND o.name = j.name COLLATE utf8mb4_uca1400_as_ci GROUP BY j.place",
    .binds = "s",
    .fields = like_fields,
    .row_bytes = sizeof(struct like_row),
};
static const struct db_stmt note_add = {
    .name = "opportunity.note_add",
    .sql = "INSERT INTO opportunity_staff (opportunity_id, note, updated_by, updated_name, "
           "updated_at) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isis",
    .flags = DB_WRITE,
};

struct made_standing {
    int64_t row_version;
    bool fresh, used;
};
static const struct db_field standing_fields[] = {
    DB_FIELD(struct made_standing, row_version, DB_I64, 0),
    DB_FIELD(struct made_standing, fresh, DB_BOOL, 0),
    DB_FIELD(struct made_standing, used, DB_BOOL, 0),
    { 0 },
};
#define HAS(table, condition) "EXISTS (SELECT 1 FROM " table " x WHERE " condition ")"
#define HAS_WORDS(table)      HAS(table, "x.kind = 'opportunity' AND x.object_id = o.id")
#define HAS_OWN(table)        HAS(table, "x.opportunity_id = o.id")
#define WAS_WORKED_ON         HAS_OWN("opportunity_activity") " OR " HAS_OWN("opportunity_task")
#define WAS_TALKED_OF         HAS_WORDS("comment") " OR " HAS_WORDS("staff_note")
#define WAS_SHARED            HAS("opportunity_share", "x.opportunity_id = o.id AND x.own = 0")
#define HAS_FILES             HAS_WORDS("attachment")
static const struct db_stmt standing_of = {
    .name = "opportunity.standing",
    .sql = "SELECT o.row_version, o.state = 'open' AND o.worked_at = o.created_at AS fresh, "
           "(" WAS_WORKED_ON " OR " WAS_TALKED_OF " OR " WAS_SHARED " OR " HAS_FILES
           ") AS used FROM opportunity o WHERE o.id = ?",
    .binds = "i",
    .fields = standing_fields,
    .row_bytes = sizeof(struct made_standing),
};

db_stmt_table opportunity_many_statements[] = { &opportunity_sql_of_worker, &like_many, &note_add,
                                                &standing_of, NULL };

struct err *opportunity_like_many(struct db *db, struct arena *a,
                                  const struct opportunity_key *keys, size_t count,
                                  int64_t *ids_out)
{
    struct like_row *rows;
    size_t row_count;
    struct buf json;
    struct err *e;

    if (count == 0)
        return NULL;
    buf_init(&json, 100 * count, 0);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&json, "%s[%zu,%lld,", i > 0 ? "," : "[", i, (long long)keys[i].customer_id);
        buf_json(&json, keys[i].name);
        buf_putc(&json, ']');
        ids_out[i] = 0;
    }
    buf_putc(&json, ']');
    e = db_list(db, a, &like_many, DB_ARGS(DB_S(json.data)), &rows, &row_count);
    buf_free(&json);
    TRY(e);
    for (size_t r = 0; r < row_count; r++)
        ids_out[rows[r].place] = rows[r].id;
    return NULL;
}

struct err *opportunity_note_add(struct db *db, const struct deal_actor *by, int64_t id,
                                 const char *note)
{
    const struct actor *actor = by->who.actor;

    return err_pass(db_exec(db, &note_add,
                            DB_ARGS(DB_I(id), DB_S(note), DB_I(actor != NULL ? actor->user_id : 0),
                                    DB_S(actor != NULL && actor->name != NULL ? actor->name : "")),
                            NULL));
}

/* -- taking back ---------------------------------------------------------------------------------
 */

static const struct opportunity_stage *lost_stage(const struct opportunity_stages *stages,
                                                  int64_t pipeline_id)
{
    for (size_t i = 0; i < stages->count; i++) {
        const struct opportunity_stage *stage = &stages->rows[i];

        if (stage->pipeline_id == pipeline_id && stage->active && str_eq(stage->kind, "lost"))
            return stage;
    }
    return NULL;
}

/* Whoever changed it meanwhile has moved its version: it is looked at again. */
static struct err *end(struct db *db, struct arena *a, const struct deal_actor *by,
                       const struct opportunity_undone *undone)
{
    struct opportunity_move move = { .reason_code = OPPORTUNITY_IMPORT_UNDONE,
                                     .reason_text = undone->import };
    const struct opportunity_stage *stage;
    struct opportunity_stages stages;
    struct opportunity o;
    struct err *e;

    TRY(db_get(db, a, &opportunity_sql_of_worker, DB_ARGS(DB_I(undone->id)), &o));
    TRY(opportunity_stages_read(db, &stages));
    stage = lost_stage(&stages, o.pipeline_id);
    if (stage == NULL)
        return err_raise(ERR_BUG, "pipeline %lld loses nothing", (long long)o.pipeline_id);
    move.stage_id = stage->id;
    e = opportunity_move(db, a, by, &o, &move);
    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "the opportunity was changed just now");
}

struct err *opportunity_undo(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct opportunity_undone *undone,
                             enum opportunity_kept *kept_out)
{
    struct made_standing row;
    bool found;

    TRY(db_one(db, a, &standing_of, DB_ARGS(DB_I(undone->id)), &row, &found));
    *kept_out = !found                                                 ? OPPORTUNITY_GONE
                : row.used                                             ? OPPORTUNITY_USED
                : row.row_version != undone->row_version || !row.fresh ? OPPORTUNITY_CHANGED
                                                                       : OPPORTUNITY_ENDED;
    return *kept_out != OPPORTUNITY_ENDED ? NULL : err_pass(end(db, a, by, undone));
}

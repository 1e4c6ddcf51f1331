/* opportunity/opportunity_territory.c - a thousand at a time, so that nobody waits for it. */
#include "opportunity/opportunity_territory.h"

#include "account/territory.h"

enum { AT_ONCE = 1000 };

struct last_row {
    int64_t id;
};
static const struct db_field last_fields[] = {
    DB_NULLABLE(struct last_row, id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt last_of = {
    .name = "opportunity.territory_last",
    .sql = "SELECT MAX(x.id) AS id FROM (SELECT id FROM opportunity WHERE id > ? ORDER BY id "
           "LIMIT 1000) x",
    .binds = "i",
    .fields = last_fields,
    .row_bytes = sizeof(struct last_row),
};
static const struct db_stmt place = {
    .name = "opportunity.territory_set",
    .sql = "UPDATE opportunity o LEFT JOIN account a ON a.id = o.end_customer_id "
           "LEFT JOIN territory_area r ON r.country = o.customer_country AND r.region = a.region "
           "LEFT JOIN territory_area c ON c.country = o.customer_country AND c.region = '' "
           "SET o.territory_id = COALESCE(r.territory_id, c.territory_id) "
           "WHERE o.id > ? AND o.id <= ? "
           "AND NOT (o.territory_id <=> COALESCE(r.territory_id, c.territory_id))",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table opportunity_territory_statements[] = { &last_of, &place, NULL };

struct walk {
    struct arena *a;
    int64_t after, last;
};

static struct err *place_some(struct db *db, void *arg)
{
    struct walk *w = arg;
    struct last_row row;

    TRY(db_get(db, w->a, &last_of, DB_ARGS(DB_I(w->after)), &row));
    w->last = row.id;
    if (row.id == 0)
        return NULL;
    return err_pass(db_exec(db, &place, DB_ARGS(DB_I(w->after), DB_I(row.id)), NULL));
}

static struct err *place_all(struct job_context *ctx, const struct job *job)
{
    struct walk w = { .a = ctx->arena };

    (void)job;
    do {
        arena_clear(ctx->arena);
        TRY(db_transaction(ctx->db, place_some, &w));
        w.after = w.last;
    } while (w.last != 0);
    return NULL;
}

const struct job_kind opportunity_territory_jobs[] = {
    { .name = TERRITORY_CHANGED, .handler = place_all, .retries = 5, .timeout_seconds = 600 },
    { 0 },
};

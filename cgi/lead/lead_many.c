/* lead/lead_many.c */
#include "lead/lead_many.h"

#include "account/match_find.h"
#include "base/buf.h"
#include "base/str.h"
#include "lead/lead_inside.h"

#include <ctype.h>
#include <string.h>

struct like_row {
    int64_t place, by_core, by_email;
};
static const struct db_field like_fields[] = {
    DB_FIELD(struct like_row, place, DB_I64, 0),
    DB_NULLABLE(struct like_row, by_core, DB_I64, 0),
    DB_NULLABLE(struct like_row, by_email, DB_I64, 0),
    { 0 },
};
#define LATEST(condition)                                                             \
    "(SELECT l.id FROM lead_staff s JOIN lead l ON l.id = s.lead_id WHERE " condition \
    " AND l.state <> 'disqualified' ORDER BY l.id DESC LIMIT 1)"
static const struct db_stmt like_many = {
    .name = "lead.like_many",
    .sql = "SELECT j.place, " LATEST("s.core_hash = j.core_hash AND l.country = j.country") " AS by_core, " LATEST(
        "s.email_key = j.email COLLATE utf8mb4_bin") " AS by_email "
                                                     "FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', core_hash BIGINT PATH '$[1]', "
                                                     "country VARCHAR(4) CHARACTER SET ascii PATH '$[2]', "
                                                     "email VARCHAR(400) CHARACTER SET utf8mb4 PATH '$[3]')) j",
    .binds = "s",
    .fields = like_fields,
    .row_bytes = sizeof(struct like_row),
};

struct lead_standing {
    int64_t row_version;
    bool fresh, used;
};
static const struct db_field standing_fields[] = {
    DB_FIELD(struct lead_standing, row_version, DB_I64, 0),
    DB_FIELD(struct lead_standing, fresh, DB_BOOL, 0),
    DB_FIELD(struct lead_standing, used, DB_BOOL, 0),
    { 0 },
};
#define HAS(table, condition) "EXISTS (SELECT 1 FROM " table " x WHERE " condition ")"
static const struct db_stmt standing_of = {
    .name = "lead.standing",
    .sql = "SELECT l.row_version, l.state = 'new' AND l.pool = '' AS fresh, (" HAS("lead_offer", "x.lead_id = l.id") " OR " HAS(
        "lead_wish",
        "x.lead_id = l.id") " OR " HAS("lead_trace",
                                       "x.lead_id = l.id") " OR " HAS("comment",
                                                                      "x.kind = 'lead' AND x.object_id = l.id") " OR " HAS("staff_note",
                                                                                                                           "x.kind = 'lead' AND x.object_id = l.id") ") AS used "
                                                                                                                                                                     "FROM lead l WHERE l.id = ?",
    .binds = "i",
    .fields = standing_fields,
    .row_bytes = sizeof(struct lead_standing),
};
#define DROP(ident, name_, table, column)                                                      \
    static const struct db_stmt ident = { .name = name_,                                       \
                                          .sql = "DELETE FROM " table " WHERE " column " = ?", \
                                          .binds = "i",                                        \
                                          .flags = DB_WRITE }
DROP(drop_match, "lead.drop_match", "lead_match", "lead_id");
DROP(drop_step, "lead.drop_step", "lead_step", "lead_id");
DROP(drop_staff, "lead.drop_staff", "lead_staff", "lead_id");
/* Whoever changed it meanwhile has moved its version: it stays. */
static const struct db_stmt drop_lead = {
    .name = "lead.drop_lead",
    .sql = "DELETE FROM lead WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table lead_many_statements[] = { &lead_sql_insert,
                                         &lead_sql_insert_staff,
                                         &like_many,
                                         &standing_of,
                                         &drop_match,
                                         &drop_step,
                                         &drop_staff,
                                         &drop_lead,
                                         NULL };

/* -- who has asked already -----------------------------------------------------------------------
 */

struct lead_key lead_key_of(struct arena *a, struct match_names *names, const struct lead *lead)
{
    const struct match_party party = { .name = lead->company_name,
                                       .country = lead->country,
                                       .tax_number = "",
                                       .website = "",
                                       .phone = "",
                                       .address = "" };
    char *email = arena_dup(a, lead->email);
    struct match_entry entry;

    for (char *c = email; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    match_entry_make(names, a, &party, &entry);
    return (struct lead_key){ entry.core_hash, lead->country, email };
}

struct err *lead_like_many(struct db *db, struct arena *a, const struct lead_key *keys,
                           size_t count, int64_t *ids_out)
{
    struct like_row *rows;
    size_t row_count;
    struct buf json;
    struct err *e;

    if (count == 0)
        return NULL;
    buf_init(&json, 100 * count, 0);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&json, "%s[%zu,%lld,", i > 0 ? "," : "[", i, (long long)keys[i].core_hash);
        buf_json(&json, keys[i].country);
        buf_putc(&json, ',');
        buf_json(&json, keys[i].email);
        buf_putc(&json, ']');
    }
    buf_putc(&json, ']');
    e = db_list(db, a, &like_many, DB_ARGS(DB_S(json.data)), &rows, &row_count);
    buf_free(&json);
    TRY(e);
    for (size_t r = 0; r < row_count; r++)
        ids_out[rows[r].place] = rows[r].by_email != 0 ? rows[r].by_email : rows[r].by_core;
    return NULL;
}

/* -- taking back ---------------------------------------------------------------------------------
 */

static struct err *drop_all(struct db *db, int64_t id, int64_t row_version)
{
    static const struct db_stmt *const stmts[] = { &drop_match, &drop_step, &drop_staff };
    int64_t dropped;

    for (size_t i = 0; i < ARRAY_LEN(stmts); i++)
        TRY(db_exec(db, stmts[i], DB_ARGS(DB_I(id)), NULL));
    TRY(db_exec(db, &drop_lead, DB_ARGS(DB_I(id), DB_I(row_version)), &dropped));
    return dropped == 1 ? NULL : err_raise(ERR_AGAIN, "the lead was changed just now");
}

struct err *lead_remove(struct db *db, struct arena *a, const struct lead_actor *by, int64_t id,
                        int64_t row_version, enum lead_kept *kept_out)
{
    const struct lead lead = { .id = id, .state = LEAD_NEW };
    struct lead_standing standing;
    bool found;

    TRY(db_one(db, a, &standing_of, DB_ARGS(DB_I(id)), &standing, &found));
    *kept_out = !found                                                   ? LEAD_GONE
                : standing.used                                          ? LEAD_USED
                : standing.row_version != row_version || !standing.fresh ? LEAD_CHANGED
                                                                         : LEAD_REMOVED;
    if (*kept_out != LEAD_REMOVED)
        return NULL;
    TRY(drop_all(db, id, row_version));
    return err_pass(
        lead_write_audit(db, a, by, &lead, "lead.undo", lead_state_code(LEAD_NEW), NULL));
}

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
/* What was thrown away, or taken back, does not stand against a new one. */
#define LATEST(condition)                                                             \
    "(SELECT l.id FROM lead_staff s JOIN lead l ON l.id = s.lead_id WHERE " condition \
    " AND l.state <> 'disqualified' ORDER BY l.id DESC LIMIT 1)"
#define BY_CORE  LATEST("s.core_hash = j.core_hash AND l.country = j.country")
#define BY_EMAIL LATEST("s.email_key = j.email COLLATE utf8mb4_bin")
static const struct db_stmt like_many = {
    .name = "lead.like_many",
    .sql = "SELECT j.place, " BY_CORE " AS by_core, " BY_EMAIL " AS by_email "
           "FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', core_hash BIGINT PATH "
           "'$[1]', country VARCHAR(4) CHARACTER SET ascii PATH '$[2]', "
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
#define HAS_WORDS(table)      HAS(table, "x.kind = 'lead' AND x.object_id = l.id")
#define HAS_OWN(table)        HAS(table, "x.lead_id = l.id")
#define WAS_OFFERED           HAS_OWN("lead_offer") " OR " HAS_OWN("lead_wish") " OR " HAS_OWN("lead_trace")
#define WAS_TALKED_OF         HAS_WORDS("comment") " OR " HAS_WORDS("staff_note")
static const struct db_stmt standing_of = {
    .name = "lead.standing",
    .sql = "SELECT l.row_version, l.state = 'new' AND l.pool = '' AS fresh, (" WAS_OFFERED
           " OR " WAS_TALKED_OF ") AS used FROM lead l WHERE l.id = ?",
    .binds = "i",
    .fields = standing_fields,
    .row_bytes = sizeof(struct lead_standing),
};

db_stmt_table lead_many_statements[] = { &lead_sql_insert, &lead_sql_insert_staff, &like_many,
                                         &standing_of, NULL };

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

/* Whoever changed it meanwhile has moved its version: it is looked at again. */
static struct err *end(struct db *db, struct arena *a, const struct lead_actor *by, int64_t id,
                       const char *import)
{
    const struct lead_change change = { .verb = LEAD_DISQUALIFY,
                                        .reason_code = LEAD_IMPORT_UNDONE,
                                        .reason_text = import };
    struct lead *lead;
    struct err *e;

    TRY(lead_of_worker(db, a, id, &lead));
    if (lead == NULL)
        return err_raise(ERR_BUG, "lead %lld is not there", (long long)id);
    e = lead_apply(db, a, by, lead, &change);
    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "the lead was changed just now");
}

struct err *lead_undo(struct db *db, struct arena *a, const struct lead_actor *by,
                      const struct lead_undone *undone, enum lead_kept *kept_out)
{
    struct lead_standing standing;
    bool found;

    TRY(db_one(db, a, &standing_of, DB_ARGS(DB_I(undone->id)), &standing, &found));
    *kept_out = !found                                                           ? LEAD_GONE
                : standing.used                                                  ? LEAD_USED
                : standing.row_version != undone->row_version || !standing.fresh ? LEAD_CHANGED
                                                                                 : LEAD_ENDED;
    return *kept_out != LEAD_ENDED ? NULL : err_pass(end(db, a, by, undone->id, undone->import));
}

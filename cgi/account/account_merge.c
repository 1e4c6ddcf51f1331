/* account/account_merge.c */
#include "account/account_merge.h"

#include "account/account_tree.h"
#include "base/str.h"

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_stmt retire = {
    .name = "account.retire",
    .sql = "UPDATE account SET merged_into = ?, deleted_at = UTC_TIMESTAMP(6), deleted_by = ?, "
           "deleted_name = ?, parent_id = NULL, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "iisii",
    .flags = DB_WRITE,
};
static const struct db_stmt lead_on = {
    .name = "account.lead_on",
    .sql = "UPDATE account SET merged_into = ? WHERE merged_into = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_below = {
    .name = "account.move_below",
    .sql = "UPDATE account SET parent_id = ?, row_version = row_version + 1 "
           "WHERE parent_id = ? AND id <> ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_contacts = {
    .name = "account.move_contacts",
    .sql = "UPDATE contact SET account_id = ? WHERE account_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
/* Whoever is logged in stays so, as a person of the company that stays. */
static const struct db_stmt move_sessions = {
    .name = "account.move_sessions",
    .sql = "UPDATE user u JOIN session s ON s.user_id = u.id AND s.ended_at IS NULL "
           "SET s.account_id = ?, s.account_name = ? WHERE u.account_id = ?",
    .binds = "isi",
    .flags = DB_WRITE,
};
static const struct db_stmt move_people = {
    .name = "account.move_people",
    .sql = "UPDATE user SET account_id = ?, row_version = row_version + 1 WHERE account_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_files = {
    .name = "account.move_files",
    .sql = "UPDATE attachment SET object_id = ? WHERE kind = 'account' AND object_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_applications = {
    .name = "account.move_applications",
    .sql = "UPDATE application SET account_id = ? WHERE account_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt copy_tags = {
    .name = "account.copy_tags",
    .sql = "INSERT IGNORE INTO account_tag (account_id, tag_id) SELECT ?, tag_id FROM account_tag "
           "WHERE account_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_field number_fields[] = {
    DB_FIELD(struct account_number, id, DB_I64, 0),
    DB_FIELD(struct account_number, name, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt list_numbers = {
    .name = "account.numbers",
    .sql = "SELECT id, name FROM account FORCE INDEX (account_merged) WHERE merged_into = ? "
           "ORDER BY id LIMIT 50",
    .binds = "i",
    .fields = number_fields,
    .row_bytes = sizeof(struct account_number),
    .flags = DB_LISTS,
};

db_stmt_table account_merge_statements[] = { &retire,        &lead_on,           &move_below,
                                             &move_contacts, &move_sessions,     &move_people,
                                             &move_files,    &move_applications, &copy_tags,
                                             &copy_tags,     &list_numbers,      NULL };

/* -- rules ---------------------------------------------------------------------------------------
 */

struct err *account_retire(struct db *db, const struct audit_who *who, const struct account *gone,
                           int64_t kept_id)
{
    const struct actor *actor = who->actor;
    int64_t changed;

    TRY(db_exec(db, &retire,
                DB_ARGS(DB_I(kept_id), DB_ID(actor != NULL ? actor->user_id : 0),
                        DB_S(actor != NULL ? actor->name : ""), DB_I(gone->id),
                        DB_I(gone->row_version)),
                &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "account %lld changed", (long long)gone->id),
                               "version");
    return err_pass(db_exec(db, &lead_on, DB_ARGS(DB_I(kept_id), DB_I(gone->id)), NULL));
}

struct err *account_place_kept(struct db *db, struct arena *a, struct account *kept,
                               const struct account *gone)
{
    bool below = false, fits = true;
    int64_t parent = kept->parent_id;

    if (parent != 0)
        TRY(account_tree_below(db, a, kept->id, gone->id, &below));
    if (parent == 0 || below)
        parent = gone->parent_id;
    if (parent != 0)
        TRY(account_tree_fits(db, a, kept->id, parent, &fits));
    kept->parent_id = fits ? parent : 0;
    return NULL;
}

struct err *account_move_below(struct db *db, struct arena *a, const struct account *kept,
                               int64_t gone_id)
{
    bool fits = true;

    TRY(db_exec(db, &move_below, DB_ARGS(DB_I(kept->id), DB_I(gone_id), DB_I(kept->id)), NULL));
    if (kept->parent_id != 0)
        TRY(account_tree_fits(db, a, kept->id, kept->parent_id, &fits));
    if (fits)
        return NULL;
    return err_with_detail(
        err_raise(ERR_CONFLICT, "what stands below account %lld", (long long)gone_id), "depth");
}

struct err *account_move_parts(struct db *db, const struct account *kept, int64_t gone_id)
{
    static const struct db_stmt *const moves[] = { &move_contacts, &move_people, &move_files,
                                                   &move_applications, &copy_tags };

    TRY(db_exec(db, &move_sessions, DB_ARGS(DB_I(kept->id), DB_S(kept->name), DB_I(gone_id)),
                NULL));
    for (size_t i = 0; i < ARRAY_LEN(moves); i++)
        TRY(db_exec(db, moves[i], DB_ARGS(DB_I(kept->id), DB_I(gone_id)), NULL));
    return NULL;
}

struct err *account_numbers(struct db *db, struct arena *a, int64_t id,
                            struct account_number **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &list_numbers, DB_ARGS(DB_I(id)), rows_out, count_out));
}

/* account/account_tree.c */
#include "account/account_tree.h"

static const struct db_stmt take = {
    .name = "account.tree_take",
    .sql = "UPDATE counter SET value = value + 1 WHERE name = 'account.tree'",
    .binds = "",
    .flags = DB_WRITE,
};

struct step {
    int64_t id, level;
};
static const struct db_field step_fields[] = {
    DB_FIELD(struct step, id, DB_I64, 0),
    DB_FIELD(struct step, level, DB_I64, 0),
    { 0 },
};
/* From a company up to its root; the bound lies above what can be made. */
static const struct db_stmt read_chain = {
    .name = "account.tree_chain",
    .sql = "SELECT k.id, k.level FROM (WITH RECURSIVE up AS (SELECT id, parent_id, 1 AS level "
           "FROM account WHERE id = ? AND deleted_at IS NULL UNION ALL SELECT p.id, p.parent_id, "
           "u.level + 1 FROM up u JOIN account p ON p.id = u.parent_id WHERE u.level < 100) "
           "SELECT id, level FROM up) k ORDER BY k.level LIMIT 100",
    .binds = "i",
    .fields = step_fields,
    .row_bytes = sizeof(struct step),
};
/* The lowest that stands below it. */
static const struct db_stmt read_lowest = {
    .name = "account.tree_lowest",
    .sql = "SELECT k.id, k.level FROM (WITH RECURSIVE down AS (SELECT id, 1 AS level "
           "FROM account WHERE id = ? UNION ALL SELECT c.id, d.level + 1 FROM down d "
           "JOIN account c ON c.parent_id = d.id WHERE d.level < 100) "
           "SELECT id, level FROM down) k ORDER BY k.level DESC LIMIT 1",
    .binds = "i",
    .fields = step_fields,
    .row_bytes = sizeof(struct step),
};
static const struct db_stmt set = {
    .name = "account.tree_set",
    .sql = "UPDATE account SET parent_id = ?, updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "iii",
    .flags = DB_WRITE,
};

db_stmt_table account_tree_statements[] = { &take, &read_chain, &read_lowest, &set, NULL };

struct err *account_tree_take(struct db *db)
{
    return err_pass(db_exec(db, &take, DB_NO_ARGS, NULL));
}

static struct err *refuse(const char *detail, int64_t id)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "the parent of account %lld: %s", (long long)id, detail), detail);
}

/* What stands against it: "gone", "circle" or "depth"; NULL: nothing. */
static struct err *judge(struct db *db, struct arena *a, int64_t id, int64_t parent_id,
                         const char **against_out)
{
    struct step *chain, lowest;
    size_t count;

    TRY(db_list(db, a, &read_chain, DB_ARGS(DB_I(parent_id)), &chain, &count));
    *against_out = count == 0 ? "gone" : NULL;
    for (size_t i = 0; i < count; i++)
        if (chain[i].id == id)
            *against_out = "circle";
    if (*against_out != NULL)
        return NULL;
    TRY(db_get(db, a, &read_lowest, DB_ARGS(DB_I(id)), &lowest));
    if ((int64_t)count + lowest.level > ACCOUNT_TREE_DEPTH)
        *against_out = "depth";
    return NULL;
}

struct err *account_tree_below(struct db *db, struct arena *a, int64_t id, int64_t ancestor,
                               bool *below_out)
{
    struct step *chain;
    size_t count;

    TRY(db_list(db, a, &read_chain, DB_ARGS(DB_I(id)), &chain, &count));
    *below_out = false;
    for (size_t i = 1; i < count; i++)
        *below_out = *below_out || chain[i].id == ancestor;
    return NULL;
}

struct err *account_tree_fits(struct db *db, struct arena *a, int64_t id, int64_t parent_id,
                              bool *fits_out)
{
    const char *against;

    TRY(judge(db, a, id, parent_id, &against));
    *fits_out = against == NULL;
    return NULL;
}

static struct err *check(struct db *db, struct arena *a, int64_t id, int64_t parent_id)
{
    const char *against;

    TRY(judge(db, a, id, parent_id, &against));
    return against != NULL ? err_pass(refuse(against, id)) : NULL;
}

struct err *account_set_parent(struct db *db, struct arena *a, const struct audit_who *who,
                               struct account *account, int64_t parent_id)
{
    const int64_t before = account->parent_id;
    int64_t changed;

    TRY(account_tree_take(db));
    if (parent_id != 0)
        TRY(check(db, a, account->id, parent_id));
    TRY(db_exec(db, &set, DB_ARGS(DB_ID(parent_id), DB_I(account->id), DB_I(account->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse("version", account->id));
    account->parent_id = parent_id;
    account->row_version++;
    return err_pass(
        audit_write(db, a, who,
                    &(struct audit_change){
                        .kind = "account",
                        .object_id = account->id,
                        .action = "account.parent",
                        .before = arena_printf(a, "{\"parent\":%lld}", (long long)before),
                        .after = arena_printf(a, "{\"parent\":%lld}", (long long)parent_id) }));
}

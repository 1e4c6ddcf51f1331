/* account/account_bin.c */
#include "account/account_bin.h"

#include "account/account_inside.h"
#include "account/account_tree.h"
#include "account/contact.h"
#include "access/parameter.h"
#include "attachment/attachment.h"
#include "custom/custom.h"

/* -- what hangs on it ----------------------------------------------------------------------------
 */

#define FIELD(name) DB_FIELD(struct account_hangs, name, DB_I64, 0)
static const struct db_field hangs_fields[] = {
    FIELD(people),       FIELD(deals),
    FIELD(claims),       FIELD(opportunities),
    FIELD(leads),        FIELD(below),
    FIELD(contacts),     FIELD(files),
    FIELD(closed_deals), FIELD(closed_opportunities),
    FIELD(closed_leads), { 0 },
};
/* No more than the most of them are looked at, however many there are. */
#define SOME(name, from) "(SELECT COUNT(*) FROM (SELECT 1 FROM " from " LIMIT 1000) s) AS " name
#define OF_BOTH(name, from, a, b)                                                       \
    "(SELECT COUNT(*) FROM ((SELECT 1 FROM " from " WHERE " a " LIMIT 1000) UNION ALL " \
    "(SELECT 1 FROM " from " WHERE " b " LIMIT 1000)) s) AS " name
static const struct db_stmt read_hangs = {
    .name = "account.hangs",
    .sql =
        "SELECT " SOME("people", "user WHERE account_id = ? AND status <> 'disabled'") ", " OF_BOTH("deals", "deal", "account_id = ? AND phase IN (1, 2, 3)", "end_customer_id = ? AND phase IN (1, 2, 3)") ", " SOME(
            "claims",
            "account g JOIN claim c ON c.group_id = g.group_id JOIN deal d ON d.id = "
            "c.deal_id AND d.end_customer_id = g.id WHERE g.id = ?") ", "
                                                                     "(SELECT COUNT(*) FROM ((SELECT 1 FROM opportunity_share WHERE account_id = ? AND standing "
                                                                     "IN ('invited', 'accepted') AND state = 'open' LIMIT 1000) UNION ALL (SELECT 1 FROM "
                                                                     "opportunity WHERE end_customer_id = ? AND state = 'open' LIMIT 1000)) s) AS "
                                                                     "opportunities, " SOME("leads", "lead WHERE account_id = ? AND phase IN (1, 2, 3)") ", " SOME("below", "account WHERE parent_id = ? AND deleted_at IS NULL") ", " SOME("contacts", "contact WHERE account_id = ? AND deleted_at IS NULL") ", " SOME("files", "attachment WHERE kind = 'account' AND object_id = ? AND removed_at IS NULL") ", " OF_BOTH(
                                                                         "closed_deals", "deal",
                                                                         "account_id = ? AND phase = 4",
                                                                         "end_customer_id = ? AND phase = 4") ", " OF_BOTH("closed_opportunities",
                                                                                                                           "opportunity",
                                                                                                                           "account_id = ? AND state <> 'open'",
                                                                                                                           "end_customer_id = ? AND state <> 'open'") ", " SOME("closed_leads",
                                                                                                                                                                                "lead WHERE account_id = ? AND phase = 4"),
    .binds = "iiiiiiiiiiiiiii",
    .fields = hangs_fields,
    .row_bytes = sizeof(struct account_hangs),
};

struct err *account_hangs_read(struct db *db, struct arena *a, int64_t id,
                               struct account_hangs *out)
{
    const struct db_arg n = DB_I(id);

    return err_pass(
        db_get(db, a, &read_hangs, DB_ARGS(n, n, n, n, n, n, n, n, n, n, n, n, n, n, n), out));
}

bool account_may_be_deleted(const struct account_hangs *h)
{
    return h->people + h->deals + h->claims + h->opportunities + h->leads + h->below == 0;
}

/* -- into the bin, and out of it -----------------------------------------------------------------
 */

static const struct db_stmt drop = {
    .name = "account.delete",
    .sql = "UPDATE account SET deleted_at = UTC_TIMESTAMP(6), in_bin = 1, deleted_by = ?, "
           "deleted_name = ?, deleted_reason = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "issii",
    .flags = DB_WRITE,
};
static const struct db_stmt restore = {
    .name = "account.restore",
    .sql =
        "UPDATE account SET deleted_at = NULL, in_bin = 0, deleted_by = NULL, deleted_name = '', "
        "deleted_reason = '', parent_id = ?, updated_at = UTC_TIMESTAMP(6), "
        "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND in_bin = 1",
    .binds = "iii",
    .flags = DB_WRITE,
};

db_stmt_table account_bin_statements[] = { &read_hangs, &drop, &restore, NULL };

static struct err *refuse(const char *detail, int64_t id)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "account %lld: %s", (long long)id, detail),
                           detail);
}

static struct err *note(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                        const char *action, const char *before, const char *after)
{
    return err_pass(audit_write(db, a, who,
                                &(struct audit_change){ .kind = "account",
                                                        .object_id = id,
                                                        .action = action,
                                                        .before = before,
                                                        .after = after }));
}

/* It is deleted first: what comes to hang on it either is there already, or finds it gone. */
struct err *account_delete(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, const struct account *account,
                           const char *reason)
{
    const struct actor *actor = who->actor;
    struct account_hangs hangs;
    int64_t changed;

    TRY(account_tree_take(db));
    TRY(db_exec(db, &drop,
                DB_ARGS(DB_ID(actor != NULL ? actor->user_id : 0),
                        DB_S(actor != NULL ? actor->name : ""), DB_S(reason), DB_I(account->id),
                        DB_I(account->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse("version", account->id));
    TRY(account_hangs_read(db, a, account->id, &hangs));
    if (!account_may_be_deleted(&hangs))
        return err_pass(refuse("hangs", account->id));
    TRY(match_drop(db, a, names, account->id));
    return err_pass(
        note(db, a, who, account->id, "account.delete", account_facts_json(a, account), NULL));
}

struct err *account_restore(struct db *db, struct arena *a, struct match_names *names,
                            const struct audit_who *who, struct account *account)
{
    int64_t parent = account->parent_id, changed;
    bool fits = false;

    TRY(account_tree_take(db));
    if (parent != 0)
        TRY(account_tree_fits(db, a, account->id, parent, &fits));
    TRY(db_exec(db, &restore,
                DB_ARGS(DB_ID(fits ? parent : 0), DB_I(account->id), DB_I(account->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse("version", account->id));
    TRY(account_index(db, a, names, account));
    return err_pass(
        note(db, a, who, account->id, "account.restore", NULL, account_facts_json(a, account)));
}

/* -- for good ------------------------------------------------------------------------------------
 */

#define NAMED_BY(table, column) "EXISTS (SELECT 1 FROM " table " x WHERE x." column " = a.id)"
static const struct db_stmt purge = {
    .name = "account.purge",
    .sql = "UPDATE account a SET a.name = IF(" NAMED_BY("deal", "account_id") " OR " NAMED_BY("deal", "end_customer_id") " OR " NAMED_BY(
        "opportunity",
        "account_id") " OR " NAMED_BY("opportunity",
                                      "end_customer_id") " OR " NAMED_BY("lead",
                                                                         "account_id") " OR " NAMED_BY("user",
                                                                                                       "account_id") ", a.name, ''), a.region = '', a.city = '', a.address = '', "
                                                                                                                     "a.website = '', a.tax_number = '', a.phone = '', a.deleted_reason = '', "
                                                                                                                     "a.parent_id = NULL, a.owner_user_id = NULL, a.in_bin = 0, "
                                                                                                                     "a.row_version = a.row_version + 1 WHERE a.id = ? AND a.row_version = ? AND a.in_bin = 1",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_contacts = {
    .name = "account.purge_contacts",
    .sql = "DELETE FROM contact WHERE account_id = ? LIMIT 500",
    .binds = "i",
    .flags = DB_WRITE,
};
struct old_row {
    int64_t id, row_version;
};
static const struct db_field old_fields[] = {
    DB_FIELD(struct old_row, id, DB_I64, 0),
    DB_FIELD(struct old_row, row_version, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_old = {
    .name = "account.purge_due",
    .sql = "SELECT id, row_version FROM account FORCE INDEX (account_bin) WHERE in_bin = 1 "
           "AND deleted_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY ORDER BY deleted_at, id LIMIT 20",
    .binds = "i",
    .fields = old_fields,
    .row_bytes = sizeof(struct old_row),
    .flags = DB_LISTS,
};

db_stmt_table account_purge_statements[] = { &purge, &drop_contacts, &list_old, NULL };

struct err *account_purge(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                          int64_t row_version)
{
    int64_t changed;

    TRY(db_exec(db, &purge, DB_ARGS(DB_I(id), DB_I(row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse("version", id));
    TRY(custom_forget(db, CUSTOM_ACCOUNT, id));
    TRY(custom_forget_contacts(db, id));
    do
        TRY(db_exec(db, &drop_contacts, DB_ARGS(DB_I(id)), &changed));
    while (changed > 0);
    TRY(attachment_remove_all(db, "account", id));
    return err_pass(note(db, a, who, id, "account.purge", NULL, NULL));
}

struct due {
    struct arena *a;
    size_t count;
};

static struct err *purge_some(struct db *db, void *arg)
{
    static const struct audit_who system = { .address = "" };
    struct due *due = arg;
    struct old_row *rows;
    int64_t days;

    TRY(parameter_now(db, due->a, PARAM_KEEP_BIN, &days));
    TRY(db_list(db, due->a, &list_old, DB_ARGS(DB_I(days)), &rows, &due->count));
    for (size_t i = 0; i < due->count; i++) {
        struct err *e = account_purge(db, due->a, &system, rows[i].id, rows[i].row_version);

        if (!err_is(e, ERR_CONFLICT))
            TRY(e);
        else
            err_free(e); /* somebody restored it at that moment */
    }
    return NULL;
}

static struct err *purge_contacts(struct db *db, void *arg)
{
    struct due *due = arg;

    return err_pass(contact_purge_due(db, due->a, &due->count));
}

static struct err *purge_due(struct job_context *ctx, const struct job *job)
{
    struct due due = { .a = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, purge_some, &due));
    while (due.count > 0);
    do
        TRY(db_transaction(ctx->db, purge_contacts, &due));
    while (due.count > 0);
    return NULL;
}

const struct job_kind account_bin_jobs[] = {
    { .name = "account.purge",
      .handler = purge_due,
      .timeout_seconds = 600,
      .every_seconds = 3600 },
    { 0 },
};

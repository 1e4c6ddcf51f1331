/* account/account_many.c - made and taken back in one statement for all, where there is one. */
#include "account/account_many.h"

#include "account/account_inside.h"
#include "account/account_sql.h"
#include "base/buf.h"
#include "base/str.h"

#include <string.h>

/* -- statements ----------------------------------------------------------------------------------
 */

#define PAIRS "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]', number BIGINT PATH '$[1]')) j"

static const struct db_stmt set_groups = {
    .name = "account.set_groups",
    .sql = "UPDATE " PAIRS " STRAIGHT_JOIN account a ON a.id = j.id SET a.group_id = j.number",
    .binds = "s",
    .flags = DB_WRITE,
};
static const struct db_stmt take_back = {
    .name = "account.take_back",
    .sql = "UPDATE " PAIRS " STRAIGHT_JOIN account a ON a.id = j.id AND a.row_version = j.number "
           "SET a.deleted_at = ?, a.row_version = a.row_version + 1 WHERE a.deleted_at IS NULL",
    .binds = "st",
    .flags = DB_WRITE,
};
static const struct db_stmt leave_there = {
    .name = "account.leave_there",
    .sql = "UPDATE " PAIRS " STRAIGHT_JOIN account a ON a.id = j.id "
           "SET a.deleted_at = NULL, a.row_version = j.number",
    .binds = "s",
    .flags = DB_WRITE,
};

struct use_row {
    int64_t id, deleted_at;
    bool used, paired;
};
static const struct db_field use_fields[] = {
    DB_FIELD(struct use_row, id, DB_I64, 0),
    DB_NULLABLE(struct use_row, deleted_at, DB_AT, 0),
    DB_FIELD(struct use_row, used, DB_BOOL, 0),
    DB_FIELD(struct use_row, paired, DB_BOOL, 0),
    { 0 },
};
#define HAS(table, column)    "EXISTS (SELECT 1 FROM " table " x WHERE x." column " = a.id)"
#define OR_HAS(table, column) " OR " HAS(table, column)
static const struct db_stmt list_uses = {
    .name = "account.uses",
    .sql =
        "SELECT STRAIGHT_JOIN a.id, a.deleted_at, "
        "(" HAS("user", "account_id") OR_HAS("deal", "account_id") OR_HAS("deal", "end_customer_id")
            OR_HAS("opportunity", "account_id") OR_HAS("opportunity", "end_customer_id") OR_HAS(
                "lead", "account_id") OR_HAS("application", "account_id")
                OR_HAS("account", "parent_id") ") AS used, (" HAS("account_pair", "low_id") OR_HAS(
                    "account_pair",
                    "high_id") " OR EXISTS (SELECT 1 FROM account x WHERE x.group_id = a.id AND x.id <> a.id "
                               "AND x.deleted_at IS NULL)) AS paired FROM " PAIRS
                               " JOIN account a ON a.id = j.id",
    .binds = "s",
    .fields = use_fields,
    .row_bytes = sizeof(struct use_row),
};

struct id_row {
    int64_t id;
};
static const struct db_field id_fields[] = { DB_FIELD(struct id_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt partner_named = {
    .name = "account.partner_named",
    .sql = "SELECT id FROM account WHERE kind = 'partner' AND name = ? AND deleted_at IS NULL "
           "ORDER BY id LIMIT 1",
    .binds = "s",
    .fields = id_fields,
    .row_bytes = sizeof(struct id_row),
};

db_stmt_table account_many_statements[] = {
    &account_sql_insert, &set_groups, &take_back, &leave_there, &list_uses, &partner_named, NULL
};

static void put_pair(struct buf *list, int64_t id, int64_t number)
{
    buf_printf(list, "%s[%lld,%lld]", list->len > 1 ? "," : "", (long long)id, (long long)number);
}

/* -- making --------------------------------------------------------------------------------------
 */

struct making {
    struct db *db;
    struct arena *a;
    struct account *list;
    size_t count;
    struct match_party *parties; /* of end customers alone; places in them differ from the list's */
    struct match_entry *entries;
    size_t *place_of; /* in the list, of each party */
    size_t party_count;
    int64_t *groups;
};

static void make_entries(struct making *m, struct match_names *names)
{
    m->parties = arena_array(m->a, m->count + 1, sizeof(*m->parties));
    m->entries = arena_array(m->a, m->count + 1, sizeof(*m->entries));
    m->place_of = arena_array(m->a, m->count + 1, sizeof(*m->place_of));
    m->groups = arena_array(m->a, m->count + 1, sizeof(*m->groups));
    for (size_t i = 0; i < m->count; i++) {
        if (!account_is_end_customer(&m->list[i]))
            continue;
        m->parties[m->party_count] = account_party(&m->list[i]);
        match_entry_make(names, m->a, &m->parties[m->party_count], &m->entries[m->party_count]);
        m->place_of[m->party_count++] = i;
    }
}

static struct err *insert_all(struct making *m)
{
    int64_t now;

    TRY(db_now(m->db, &now));
    for (size_t i = 0; i < m->count; i++) {
        struct account *account = &m->list[i];

        account->created_at = account->updated_at = now;
        account->group_id = 0;
        account->row_version = 1;
        TRY(account_insert(m->db, account));
    }
    return NULL;
}

static bool same_taxpayer(const struct making *m, size_t x, size_t y)
{
    return *m->entries[x].fields.tax_id != '\0' &&
           str_eq(m->entries[x].fields.tax_id, m->entries[y].fields.tax_id) &&
           str_eq(m->parties[x].country, m->parties[y].country);
}

static int64_t group_of(const struct making *m, size_t p)
{
    return m->groups[p] != 0 ? m->groups[p] : m->list[m->place_of[p]].id;
}

/* The group of an equal tax number: one that is there, or one that came before in the list. */
static struct err *set_all_groups(struct making *m)
{
    struct buf list;
    struct err *e;

    for (size_t p = 0; p < m->party_count; p++)
        for (size_t before = 0; before < p && m->groups[p] == 0; before++)
            if (same_taxpayer(m, before, p))
                m->groups[p] = group_of(m, before);
    buf_init(&list, 24 * m->count, 0);
    buf_putc(&list, '[');
    for (size_t i = 0; i < m->count; i++)
        m->list[i].group_id = m->list[i].id;
    for (size_t p = 0; p < m->party_count; p++) {
        struct account *account = &m->list[m->place_of[p]];

        if (m->groups[p] != 0)
            account->group_id = m->groups[p];
        m->parties[p].id = account->id;
        m->parties[p].group_id = account->group_id;
    }
    for (size_t i = 0; i < m->count; i++)
        put_pair(&list, m->list[i].id, m->list[i].group_id);
    buf_putc(&list, ']');
    e = db_exec(m->db, &set_groups, DB_ARGS(DB_S(list.data)), NULL);
    buf_free(&list);
    return err_pass(e);
}

static struct err *note_all(struct making *m, const struct audit_who *who)
{
    struct audit_change *changes = arena_array(m->a, m->count + 1, sizeof(*changes));

    for (size_t i = 0; i < m->count; i++)
        changes[i] = (struct audit_change){ .kind = "account",
                                            .object_id = m->list[i].id,
                                            .action = "account.create",
                                            .after = account_facts_json(m->a, &m->list[i]) };
    return err_pass(audit_begin_many(m->db, who, changes, m->count));
}

struct err *account_create_many(struct db *db, struct arena *a, struct match_names *names,
                                const struct audit_who *who, struct account *list, size_t count)
{
    struct making m = { .db = db, .a = a, .list = list, .count = count };

    if (count == 0)
        return NULL;
    make_entries(&m, names);
    TRY(match_groups_many(db, a, m.parties, m.entries, m.party_count, m.groups));
    TRY(insert_all(&m));
    TRY(set_all_groups(&m));
    TRY(match_index_many(db, a, m.parties, m.entries, m.party_count));
    return err_pass(note_all(&m, who));
}

struct err *account_partner_named(struct db *db, struct arena *a, const char *name, int64_t *id_out)
{
    struct id_row row = { 0 };
    bool found;

    TRY(db_one(db, a, &partner_named, DB_ARGS(DB_S(name)), &row, &found));
    *id_out = found ? row.id : 0;
    return NULL;
}

/* -- taking back ---------------------------------------------------------------------------------
 */

static const char *pairs_json(struct arena *a, const struct account_undo *list, size_t count,
                              enum account_kept kept)
{
    const char *json;
    struct buf out;

    buf_init(&out, 24 * count + 16, 0);
    buf_putc(&out, '[');
    for (size_t i = 0; i < count; i++)
        if (kept == ACCOUNT_KEPT_COUNT || list[i].kept == kept)
            put_pair(&out, list[i].id, list[i].row_version);
    buf_putc(&out, ']');
    json = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return json;
}

static struct account_undo *find(struct account_undo *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].id == id)
            return &list[i];
    return NULL;
}

/* All are deleted first: what hangs on one of them either is there already, or waits for us and
 * then fails. */
static struct err *judge_all(struct db *db, struct arena *a, struct account_undo *list,
                             size_t count, int64_t now)
{
    struct use_row *rows;
    size_t row_count;

    for (size_t i = 0; i < count; i++)
        list[i].kept = ACCOUNT_GONE;
    TRY(db_list(db, a, &list_uses, DB_ARGS(DB_S(pairs_json(a, list, count, ACCOUNT_KEPT_COUNT))),
                &rows, &row_count));
    for (size_t r = 0; r < row_count; r++) {
        struct account_undo *one = find(list, count, rows[r].id);

        if (one == NULL)
            continue;
        if (rows[r].deleted_at == 0)
            one->kept = ACCOUNT_CHANGED;
        else if (rows[r].deleted_at == now)
            one->kept = rows[r].used     ? ACCOUNT_USED
                        : rows[r].paired ? ACCOUNT_PAIRED
                                         : ACCOUNT_UNDONE;
    }
    return NULL;
}

static struct err *finish_undone(struct db *db, struct arena *a, struct match_names *names,
                                 const struct audit_who *who, const struct account_undo *list,
                                 size_t count)
{
    int64_t *ids = arena_array(a, count + 1, sizeof(*ids));
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (list[i].kept != ACCOUNT_UNDONE)
            continue;
        ids[n++] = list[i].id;
        TRY(audit_write(db, a, who,
                        &(struct audit_change){ .kind = "account",
                                                .object_id = list[i].id,
                                                .action = "account.undo" }));
    }
    return n > 0 ? err_pass(match_drop_many(db, a, names, ids, n)) : NULL;
}

struct err *account_undo_many(struct db *db, struct arena *a, struct match_names *names,
                              const struct audit_who *who, struct account_undo *list, size_t count)
{
    static const enum account_kept left[] = { ACCOUNT_USED, ACCOUNT_PAIRED };
    int64_t now;

    if (count == 0)
        return NULL;
    TRY(db_now(db, &now));
    TRY(db_exec(db, &take_back,
                DB_ARGS(DB_S(pairs_json(a, list, count, ACCOUNT_KEPT_COUNT)), DB_T(now)), NULL));
    TRY(judge_all(db, a, list, count, now));
    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        TRY(db_exec(db, &leave_there, DB_ARGS(DB_S(pairs_json(a, list, count, left[i]))), NULL));
    return err_pass(finish_undone(db, a, names, who, list, count));
}

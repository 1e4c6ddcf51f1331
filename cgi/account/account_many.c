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

/* The group of each is its place below zero until set_groups, so that its id is found: nobody else
 * sees rows that are not committed. */
static const struct db_stmt make = {
    .name = "account.make_many",
    .sql =
        "INSERT INTO account (group_id, kind, name, country, region, city, address, website, "
        "tax_number, phone, parent_id, tier_id, zone, currency, named, owner_user_id, "
        "department_id, created_at, updated_at) SELECT -1 - j.place, j.kind, j.name, j.country, "
        "j.region, j.city, j.address, j.website, j.tax_number, j.phone, j.parent_id, j.tier_id, "
        "j.zone, j.currency, j.named, j.owner_user_id, j.department_id, ?, ? "
        "FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', kind VARCHAR(20) PATH '$[1]', "
        "name VARCHAR(400) PATH '$[2]', country VARCHAR(4) PATH '$[3]', "
        "region VARCHAR(400) PATH '$[4]', city VARCHAR(400) PATH '$[5]', "
        "address VARCHAR(400) PATH '$[6]', website VARCHAR(400) PATH '$[7]', "
        "tax_number VARCHAR(400) PATH '$[8]', phone VARCHAR(400) PATH '$[9]', "
        "zone VARCHAR(100) PATH '$[10]', currency VARCHAR(4) PATH '$[11]', "
        "parent_id BIGINT PATH '$[12]', tier_id BIGINT PATH '$[13]', named INT PATH '$[14]', "
        "owner_user_id BIGINT PATH '$[15]', department_id BIGINT PATH '$[16]')) j",
    .binds = "tts",
    .flags = DB_WRITE,
};
struct made_row {
    int64_t id, place;
};
static const struct db_field made_fields[] = {
    DB_FIELD(struct made_row, id, DB_I64, 0),
    DB_FIELD(struct made_row, place, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_made = {
    .name = "account.made_many",
    .sql = "SELECT id, -1 - group_id AS place FROM account FORCE INDEX (account_group) "
           "WHERE group_id BETWEEN ? AND -1",
    .binds = "i",
    .fields = made_fields,
    .row_bytes = sizeof(struct made_row),
};
static const struct db_field named_fields[] = {
    DB_FIELD(struct made_row, place, DB_I64, 0),
    DB_NULLABLE(struct made_row, id, DB_I64, 0),
    { 0 },
};
/* What changes rows joins no list of values: a cluster refuses that (4165). */
static const struct db_stmt set_groups = {
    .name = "account.set_groups",
    .sql = "UPDATE account FORCE INDEX (account_group) SET group_id = "
           "JSON_VALUE(?, CONCAT('$[', -1 - group_id, ']')) WHERE group_id BETWEEN ? AND -1",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt take_back = {
    .name = "account.take_back",
    .sql = "UPDATE account SET deleted_at = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "tii",
    .flags = DB_WRITE,
};
static const struct db_stmt leave_there = {
    .name = "account.leave_there",
    .sql = "UPDATE account SET deleted_at = NULL, row_version = ? WHERE id = ?",
    .binds = "ii",
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
        "(" HAS("user", "account_id") OR_HAS("deal", "account_id") OR_HAS(
            "deal", "end_customer_id") OR_HAS("opportunity", "account_id") OR_HAS("opportunity",
                                                                                  "end_customer_id")
            OR_HAS("lead", "account_id") OR_HAS("application", "account_id") OR_HAS(
                "account",
                "parent_id") " OR EXISTS (SELECT 1 FROM contact x "
                             "WHERE x.account_id = a.id AND x.deleted_at IS "
                             "NULL)) AS used, (" HAS("account_pair", "low_id") OR_HAS(
                                 "account_pair",
                                 "high_id") " OR EXISTS (SELECT 1 FROM account x WHERE x.group_id = a.id AND x.id <> a.id "
                                            "AND x.deleted_at IS NULL)) AS paired FROM " PAIRS
                                            " JOIN account a ON a.id = j.id",
    .binds = "s",
    .fields = use_fields,
    .row_bytes = sizeof(struct use_row),
};

static const struct db_stmt partners_named = {
    .name = "account.partners_named",
    .sql =
        "SELECT j.place, (SELECT a.id FROM account a WHERE a.kind = 'partner' AND a.name = j.name "
        "COLLATE utf8mb4_nopad_bin "
        "AND a.deleted_at IS NULL ORDER BY a.id LIMIT 1) AS id FROM JSON_TABLE(?, '$[*]' COLUMNS "
        "(place FOR ORDINALITY, name VARCHAR(400) PATH '$')) j",
    .binds = "s",
    .fields = named_fields,
    .row_bytes = sizeof(struct made_row),
};

db_stmt_table account_many_statements[] = {
    &make, &list_made, &set_groups, &take_back, &leave_there, &list_uses, &partners_named, NULL,
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

static void put_number(struct buf *list, int64_t number)
{
    if (number == 0)
        buf_puts(list, ",null");
    else
        buf_printf(list, ",%lld", (long long)number);
}

static void put_account(struct buf *list, size_t place, const struct account *account)
{
    const char *const texts[] = { account->kind,    account->name,       account->country,
                                  account->region,  account->city,       account->address,
                                  account->website, account->tax_number, account->phone,
                                  account->zone,    account->currency };

    buf_printf(list, "%s[%zu", place > 0 ? "," : "[", place);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        buf_putc(list, ',');
        buf_json(list, texts[i]);
    }
    put_number(list, account->parent_id);
    put_number(list, account->tier_id);
    buf_printf(list, ",%d", account->named);
    put_number(list, account->owner_user_id);
    put_number(list, account->department_id);
    buf_putc(list, ']');
}

static struct err *find_made(struct making *m)
{
    struct made_row *rows;
    size_t row_count;

    TRY(db_list(m->db, m->a, &list_made, DB_ARGS(DB_I(-(int64_t)m->count)), &rows, &row_count));
    if (row_count != m->count)
        return err_raise(ERR_BUG, "%zu accounts made, %zu there", m->count, row_count);
    for (size_t r = 0; r < row_count; r++)
        m->list[rows[r].place].id = rows[r].id;
    return NULL;
}

static struct err *insert_all(struct making *m)
{
    struct buf list;
    struct err *e;
    int64_t now;

    TRY(db_now(m->db, &now));
    buf_init(&list, 300 * m->count, 0);
    for (size_t i = 0; i < m->count; i++) {
        m->list[i].created_at = m->list[i].updated_at = now;
        m->list[i].group_id = 0;
        m->list[i].row_version = 1;
        put_account(&list, i, &m->list[i]);
    }
    buf_putc(&list, ']');
    e = db_exec(m->db, &make, DB_ARGS(DB_T(now), DB_T(now), DB_S(list.data)), NULL);
    buf_free(&list);
    return e != NULL ? err_pass(e) : err_pass(find_made(m));
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
        buf_printf(&list, "%s%lld", i > 0 ? "," : "", (long long)m->list[i].group_id);
    buf_putc(&list, ']');
    e = db_exec(m->db, &set_groups, DB_ARGS(DB_S(list.data), DB_I(-(int64_t)m->count)), NULL);
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

struct err *account_partners_named(struct db *db, struct arena *a, const char *const *names,
                                   size_t count, int64_t *ids_out)
{
    struct made_row *rows;
    size_t row_count;
    struct buf list;
    struct err *e;

    if (count == 0)
        return NULL;
    buf_init(&list, 100 * count, 0);
    for (size_t i = 0; i < count; i++) {
        buf_putc(&list, i > 0 ? ',' : '[');
        buf_json(&list, names[i]);
    }
    buf_putc(&list, ']');
    e = db_list(db, a, &partners_named, DB_ARGS(DB_S(list.data)), &rows, &row_count);
    buf_free(&list);
    TRY(e);
    for (size_t r = 0; r < row_count; r++)
        ids_out[rows[r].place - 1] = rows[r].id;
    return NULL;
}

/* -- taking back ---------------------------------------------------------------------------------
 */

static const char *pairs_json(struct arena *a, const struct account_undo *list, size_t count)
{
    const char *json;
    struct buf out;

    buf_init(&out, 24 * count + 16, 0);
    buf_putc(&out, '[');
    for (size_t i = 0; i < count; i++)
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
    TRY(db_list(db, a, &list_uses, DB_ARGS(DB_S(pairs_json(a, list, count))), &rows, &row_count));
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
    int64_t now;

    if (count == 0)
        return NULL;
    TRY(db_now(db, &now));
    for (size_t i = 0; i < count; i++)
        TRY(db_exec(db, &take_back, DB_ARGS(DB_T(now), DB_I(list[i].id), DB_I(list[i].row_version)),
                    NULL));
    TRY(judge_all(db, a, list, count, now));
    for (size_t i = 0; i < count; i++)
        if (list[i].kept == ACCOUNT_USED || list[i].kept == ACCOUNT_PAIRED)
            TRY(db_exec(db, &leave_there, DB_ARGS(DB_I(list[i].row_version), DB_I(list[i].id)),
                        NULL));
    return err_pass(finish_undone(db, a, names, who, list, count));
}

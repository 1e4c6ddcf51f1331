/* transfer/transfer_lookup.c - what rows name, found for a whole batch in one statement. */
#include "base/buf.h"
#include "base/str.h"
#include "identity/identity.h"
#include "text/norm.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct found {
    int64_t place, id;
};
static const struct db_field found_fields[] = {
    DB_FIELD(struct found, place, DB_I64, 0),
    DB_FIELD(struct found, id, DB_I64, 0),
    { 0 },
};
#define ASKED                                                                 \
    "JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', text VARCHAR(400) " \
    "CHARACTER SET utf8mb4 PATH '$[1]')) j"
static const struct db_stmt staff = {
    .name = "transfer.staff_of",
    .sql = "SELECT STRAIGHT_JOIN j.place, u.id FROM " ASKED " JOIN user u ON u.email_key = j.text "
           "COLLATE utf8mb4_bin AND u.audience = 'staff' AND u.status = 'active'",
    .binds = "s",
    .fields = found_fields,
    .row_bytes = sizeof(struct found),
};
/* Two of one name are found as two rows. */
#define SEEN \
    " WHERE (a.department_id BETWEEN ? AND ? OR a.department_id IS NULL) AND a.deleted_at IS NULL"
#define NAMED(name_, columns, kinds, more)                                                    \
    {                                                                                         \
        .name = "transfer." name_,                                                            \
        .sql = "SELECT STRAIGHT_JOIN j.place, a.id FROM JSON_TABLE(?, '$[*]' COLUMNS (place " \
               "INT PATH '$[0]', text VARCHAR(400) CHARACTER SET utf8mb4 PATH '$[1]'" columns \
               ")) j JOIN account a ON a.kind IN (" kinds ") AND a.name = j.text COLLATE "    \
               "utf8mb4_nopad_bin" SEEN more,                                                 \
        .binds = "sii", .fields = found_fields, .row_bytes = sizeof(struct found),            \
    }
#define NUMBERED(name_, more)                                                                     \
    {                                                                                             \
        .name = "transfer." name_,                                                                \
        .sql =                                                                                    \
            "SELECT STRAIGHT_JOIN j.place, a.id FROM JSON_TABLE(?, '$[*]' COLUMNS (place "        \
            "INT PATH '$[0]', id BIGINT PATH '$[1]')) j JOIN account a ON a.id = j.id" SEEN more, \
        .binds = "sii", .fields = found_fields, .row_bytes = sizeof(struct found),                \
    }
#define COUNTRY ", country VARCHAR(4) CHARACTER SET ascii PATH '$[2]'"
static const struct db_stmt accounts_named =
    NAMED("accounts_named", "", "'partner', 'customer', 'prospect'", "");
static const struct db_stmt customers_named =
    NAMED("customers_named", COUNTRY, "'customer', 'prospect'",
          " AND (j.country IS NULL OR a.country = j.country)");
static const struct db_stmt partners_named =
    NAMED("partners_named", "", "'partner'", " AND a.status = 'active'");
static const struct db_stmt accounts_numbered = NUMBERED("accounts_numbered", "");
static const struct db_stmt customers_numbered =
    NUMBERED("customers_numbered", " AND a.kind <> 'partner'");
static const struct db_stmt partners_numbered =
    NUMBERED("partners_numbered", " AND a.kind = 'partner' AND a.status = 'active'");
struct department_row {
    int64_t id, number;
    const char *name_en, *name_zh;
};
static const struct db_field department_fields[] = {
    DB_FIELD(struct department_row, id, DB_I64, 0),
    DB_FIELD(struct department_row, number, DB_I64, 0),
    DB_FIELD(struct department_row, name_en, DB_TEXT, 120),
    DB_FIELD(struct department_row, name_zh, DB_TEXT, 120),
    { 0 },
};
static const struct db_stmt list_departments = {
    .name = "transfer.departments",
    .sql = "SELECT id, number, name_en, name_zh FROM department ORDER BY id",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct department_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field company_fields[] = {
    DB_FIELD(struct transfer_company, id, DB_I64, 0),
    DB_FIELD(struct transfer_company, kind, DB_TEXT, 12),
    DB_FIELD(struct transfer_company, name, DB_TEXT, 800),
    DB_FIELD(struct transfer_company, country, DB_TEXT, 4),
    DB_FIELD(struct transfer_company, zone, DB_TEXT, 60),
    { 0 },
};
static const struct db_stmt companies = {
    .name = "transfer.companies",
    .sql = "SELECT a.id, a.kind, a.name, a.country, a.zone FROM account a WHERE a.id IN (SELECT "
           "j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "s",
    .fields = company_fields,
    .row_bytes = sizeof(struct transfer_company),
};
db_stmt_table transfer_lookup_statements[] = { &list_departments,   &staff,
                                               &accounts_named,     &customers_named,
                                               &partners_named,     &accounts_numbered,
                                               &customers_numbered, &partners_numbered,
                                               &companies,          NULL };

/* A list of [place, text, second], "[]" when TEXTS are all empty; SECONDS may be NULL. */
static const char *list_json(struct arena *a, const char *const *texts, const char *const *seconds,
                             size_t count)
{
    const char *json;
    struct buf list;

    buf_init(&list, 60 * count + 16, 0);
    buf_putc(&list, '[');
    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(texts[i]))
            continue;
        buf_printf(&list, "%s[%zu,", list.len > 1 ? "," : "", i);
        buf_json(&list, texts[i]);
        if (seconds != NULL && !str_is_empty(seconds[i])) {
            buf_putc(&list, ',');
            buf_json(&list, seconds[i]);
        }
        buf_putc(&list, ']');
    }
    buf_putc(&list, ']');
    json = arena_dup_bytes(a, list.data, list.len);
    buf_free(&list);
    return json;
}

static void take(const struct found *rows, size_t row_count, int64_t *ids_out)
{
    for (size_t r = 0; r < row_count; r++) {
        int64_t *id = &ids_out[rows[r].place];

        *id = *id == 0 || *id == rows[r].id ? rows[r].id : TRANSFER_SEVERAL;
    }
}

struct err *transfer_department_of(struct transfer_work *w, const char *typed, int64_t *id_out)
{
    const char *folded = text_fold(w->a, typed);
    struct department_row *rows;
    size_t count;

    *id_out = 0;
    TRY(db_kept(w->db, &list_departments, &rows, &count));
    for (size_t i = 0; i < count && *id_out == 0; i++) {
        const bool named = str_eq(folded, text_fold(w->a, rows[i].name_en)) ||
                           str_eq(folded, text_fold(w->a, rows[i].name_zh)) ||
                           str_eq(folded, arena_number(w->a, "", rows[i].number));

        if (named && rows[i].id >= w->actor.department_low &&
            rows[i].id <= w->actor.department_high)
            *id_out = rows[i].id;
    }
    return NULL;
}

struct err *transfer_staff_of(struct transfer_work *w, const char *const *emails, size_t count,
                              int64_t *ids_out)
{
    const char **keys = arena_array(w->a, count + 1, sizeof(*keys));
    struct found *rows;
    size_t row_count;
    const char *json;

    memset(ids_out, 0, count * sizeof(*ids_out));
    for (size_t i = 0; i < count; i++)
        keys[i] = str_is_empty(emails[i]) ? NULL : identity_email_key(w->a, emails[i]);
    json = list_json(w->a, keys, NULL, count);
    if (str_eq(json, "[]"))
        return NULL;
    TRY(db_list(w->db, w->a, &staff, DB_ARGS(DB_S(json)), &rows, &row_count));
    take(rows, row_count, ids_out);
    return NULL;
}

struct err *transfer_companies_read(struct transfer_work *w, const int64_t *ids, size_t count,
                                    struct transfer_company **rows_out, size_t *row_count_out)
{
    struct buf list;
    struct err *e;

    buf_init(&list, 20 * count + 16, 0);
    buf_putc(&list, '[');
    for (size_t i = 0; i < count; i++)
        if (ids[i] > 0)
            buf_printf(&list, "%s%lld", list.len > 1 ? "," : "", (long long)ids[i]);
    buf_putc(&list, ']');
    e = db_list(w->db, w->a, &companies, DB_ARGS(DB_S(list.data)), rows_out, row_count_out);
    buf_free(&list);
    return err_pass(e);
}

bool transfer_is_called(struct arena *a, const char *folded, const char *code, const char *name_en,
                        const char *name_zh)
{
    return str_eq(folded, text_fold(a, code)) || str_eq(folded, text_fold(a, name_en)) ||
           str_eq(folded, text_fold(a, name_zh));
}

const char *transfer_or(const char *text, const char *otherwise)
{
    return str_is_empty(text) ? otherwise : text;
}

struct asked {
    const struct db_stmt *named, *numbered;
    const char *const *texts, *const *countries;
    size_t count;
};

static struct err *ask(struct transfer_work *w, const struct db_stmt *st, const struct asked *asked,
                       const char *const *texts, int64_t *ids_out)
{
    const char *json = list_json(w->a, texts, asked->countries, asked->count);
    struct found *rows;
    size_t row_count;

    if (str_eq(json, "[]"))
        return NULL;
    TRY(db_list(w->db, w->a, st,
                DB_ARGS(DB_S(json), DB_I(w->actor.department_low), DB_I(w->actor.department_high)),
                &rows, &row_count));
    take(rows, row_count, ids_out);
    return NULL;
}

/* By their names; what nothing is called so may be a number. */
static struct err *ask_both(struct transfer_work *w, const struct asked *asked, int64_t *ids_out)
{
    const char **numbers = arena_array(w->a, asked->count + 1, sizeof(*numbers));
    int64_t id;

    memset(ids_out, 0, asked->count * sizeof(*ids_out));
    TRY(ask(w, asked->named, asked, asked->texts, ids_out));
    for (size_t i = 0; i < asked->count; i++)
        if (ids_out[i] == 0 && !str_is_empty(asked->texts[i]) && str_to_i64(asked->texts[i], &id) &&
            id > 0)
            numbers[i] = asked->texts[i];
    return err_pass(ask(w, asked->numbered, asked, numbers, ids_out));
}

struct err *transfer_accounts_of(struct transfer_work *w, const char *const *typed, size_t count,
                                 int64_t *ids_out)
{
    const struct asked asked = { &accounts_named, &accounts_numbered, typed, NULL, count };

    return err_pass(ask_both(w, &asked, ids_out));
}

struct err *transfer_customers_of(struct transfer_work *w, const char *const *typed,
                                  const char *const *countries, size_t count, int64_t *ids_out)
{
    const struct asked asked = { &customers_named, &customers_numbered, typed, countries, count };

    return err_pass(ask_both(w, &asked, ids_out));
}

struct err *transfer_partners_of(struct transfer_work *w, const char *const *typed, size_t count,
                                 int64_t *ids_out)
{
    const struct asked asked = { &partners_named, &partners_numbered, typed, NULL, count };

    return err_pass(ask_both(w, &asked, ids_out));
}

const char *transfer_account_fault(int64_t id)
{
    return id == 0 ? N_("No account of yours has this name or number.")
                   : N_("Several accounts have this name. Enter the number of one of them: it ends "
                        "the address of its page.");
}

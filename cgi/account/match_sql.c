/* account/match_sql.c - the statements over match_*.  Lists of fixed length take the place of IN
 * lists of any: what is left over is filled with a value that is there already. */
#include "account/match_sql.h"
#include "account/match_find.h"

#define Q4(x)  x ", " x ", " x ", " x
#define Q16(x) Q4(x) ", " Q4(x) ", " Q4(x) ", " Q4(x)
#define Q96    Q16("?") ", " Q16("?") ", " Q16("?") ", " Q16("?") ", " Q16("?") ", " Q16("?")
#define I16    "iiiiiiiiiiiiiiii"
#define I96    I16 I16 I16 I16 I16 I16

static const struct db_field df_fields[] = {
    DB_FIELD(struct match_df_row, gram, DB_I64, 0),
    DB_FIELD(struct match_df_row, df, DB_I64, 0),
    { 0 },
};
const struct db_stmt match_sql_df = {
    .name = "match.df",
    .sql = "SELECT gram, df FROM match_gram_df WHERE gram IN (" Q96 ")",
    .binds = I96,
    .fields = df_fields,
    .row_bytes = sizeof(struct match_df_row),
};

static const struct db_field party_fields[] = {
    DB_FIELD(struct match_party_row, id, DB_I64, 0),
    DB_FIELD(struct match_party_row, group_id, DB_I64, 0),
    DB_FIELD(struct match_party_row, named, DB_BOOL, 0),
    DB_FIELD(struct match_party_row, customer, DB_BOOL, 0),
    DB_FIELD(struct match_party_row, country, DB_TEXT, 4),
    DB_FIELD(struct match_party_row, packed, DB_TEXT, 300),
    DB_FIELD(struct match_party_row, core_hash, DB_I64, 0),
    DB_FIELD(struct match_party_row, tax_id, DB_TEXT, 40),
    DB_FIELD(struct match_party_row, domain, DB_TEXT, 64),
    DB_FIELD(struct match_party_row, phone, DB_TEXT, 10),
    DB_FIELD(struct match_party_row, address, DB_TEXT, 120),
    { 0 },
};
#define PARTY                                                                                       \
    "p.id, p.group_id, p.named, p.customer, p.country, p.packed, p.core_hash, p.tax_id, p.domain, " \
    "p.phone, p.address"
/* The sum of weights chooses; exact keys come beside it.  An empty key matches nobody. */
#define EXACT(where) " UNION (SELECT " PARTY " FROM match_party p WHERE " where " LIMIT 20)"
const struct db_stmt match_sql_candidates = {
    .name = "match.candidates",
    .sql = "SELECT " PARTY
           " FROM (SELECT g.party_id, SUM(LN(1000000 / GREATEST(COALESCE(d.df, 1), 1))) AS w "
           "FROM match_gram g LEFT JOIN match_gram_df d ON d.gram = g.gram WHERE g.gram IN (" Q96
           ") GROUP BY g.party_id ORDER BY w DESC, g.party_id LIMIT 60) best "
           "JOIN match_party p ON p.id = best.party_id" EXACT("p.tax_id = ? AND p.tax_id <> ''")
               EXACT("p.domain = ? AND p.domain <> ''") EXACT("p.phone = ? AND p.phone <> ''")
                   EXACT("p.core_hash = ?"),
    .binds = I96 "sssi",
    .fields = party_fields,
    .row_bytes = sizeof(struct match_party_row),
};

static const struct db_field live_fields[] = {
    DB_FIELD(struct match_live_row, group_id, DB_I64, 0),
    DB_FIELD(struct match_live_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct match_live_row, live, DB_I64, 0),
    DB_FIELD(struct match_live_row, direct, DB_BOOL, 0),
    { 0 },
};
const struct db_stmt match_sql_live = {
    .name = "match.live",
    .sql = "SELECT p.group_id, l.product_line_id, MAX(l.live) AS live, MAX(l.direct > 0) AS direct "
           "FROM match_party p JOIN match_line l ON l.party_id = p.id "
           "AND (l.live > 0 OR l.direct > 0) WHERE p.group_id IN (" Q16("?") ", " Q16("?") ", " Q16(
               "?") ", " Q16("?") ") GROUP BY p.group_id, l.product_line_id",
    .binds = I16 I16 I16 I16,
    .fields = live_fields,
    .row_bytes = sizeof(struct match_live_row),
};

static const struct db_field group_fields[] = {
    DB_FIELD(struct match_group_row, group_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt match_sql_tax_group = {
    .name = "match.tax_group",
    .sql = "SELECT group_id FROM match_party WHERE tax_id = ? AND country = ? ORDER BY id LIMIT 1",
    .binds = "ss",
    .fields = group_fields,
    .row_bytes = sizeof(struct match_group_row),
};

static const struct db_field packed_fields[] = {
    DB_FIELD(struct match_packed_row, packed, DB_TEXT, 300),
    { 0 },
};
const struct db_stmt match_sql_packed = {
    .name = "match.packed",
    .sql = "SELECT packed FROM match_party WHERE id = ?",
    .binds = "i",
    .fields = packed_fields,
    .row_bytes = sizeof(struct match_packed_row),
};
const struct db_stmt match_sql_party_put = {
    .name = "match.party_put",
    .sql =
        "INSERT INTO match_party (id, group_id, named, customer, country, packed, core_hash, tax_id, "
        "domain, phone, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "group_id = VALUES(group_id), named = VALUES(named), customer = VALUES(customer), "
        "country = VALUES(country), packed = VALUES(packed), core_hash = VALUES(core_hash), "
        "tax_id = VALUES(tax_id), domain = VALUES(domain), phone = VALUES(phone), "
        "address = VALUES(address)",
    .binds = "iiiississss",
    .flags = DB_WRITE,
};
const struct db_stmt match_sql_gram_put = {
    .name = "match.gram_put",
    .sql = "INSERT IGNORE INTO match_gram (gram, party_id) VALUES (?, ?)",
    .binds = "ii",
    .flags = DB_WRITE,
};
/* Sixteen grams in one round trip. */
#define V4(x) x ", " x ", " x ", " x
const struct db_stmt match_sql_gram_put16 = {
    .name = "match.gram_put16",
    .sql = "INSERT IGNORE INTO match_gram (gram, party_id) VALUES " V4("(?, ?)") ", " V4(
        "(?, ?)") ", " V4("(?, ?)") ", " V4("(?, ?)"),
    .binds = I16 I16,
    .flags = DB_WRITE,
};
const struct db_stmt match_sql_gram_drop = {
    .name = "match.gram_drop",
    .sql = "DELETE FROM match_gram WHERE gram = ? AND party_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt match_sql_join = {
    .name = "match.join_groups",
    .sql = "UPDATE match_party SET group_id = ? WHERE group_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt match_sql_party_drop = {
    .name = "match.party_drop",
    .sql = "DELETE FROM match_party WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt match_sql_df_count = {
    .name = "match.df_count",
    .sql =
        "INSERT INTO match_gram_df (gram, df) SELECT gram, COUNT(*) FROM match_gram GROUP BY gram "
        "ON DUPLICATE KEY UPDATE df = VALUES(df)",
    .binds = "",
    .flags = DB_WRITE | DB_WHOLE_TABLE,
};

db_stmt_table match_find_statements[] = { &match_sql_df, &match_sql_candidates, &match_sql_live,
                                          &match_sql_tax_group, NULL };
db_stmt_table match_index_statements[] = { &match_sql_packed,    &match_sql_party_put,
                                           &match_sql_gram_put,  &match_sql_gram_put16,
                                           &match_sql_gram_drop, NULL };
db_stmt_table match_group_statements[] = { &match_sql_join, &match_sql_party_drop, NULL };
db_stmt_table match_job_statements[] = { &match_sql_df_count, NULL };

/* account/account_sql.c */
#include "account/account_sql.h"
#include "account/account.h"

#define COLUMNS                                                                            \
    "id, kind, status, name, country, region, city, address, website, tax_number, phone, " \
    "parent_id, group_id, tier_id, zone, currency, named, owner_user_id, department_id, "  \
    "created_at, updated_at, row_version, deleted_at, in_bin, deleted_name, deleted_reason, merged_into"

static const struct db_field account_fields[] = {
    DB_FIELD(struct account, id, DB_I64, 0),
    DB_FIELD(struct account, kind, DB_TEXT, 12),
    DB_FIELD(struct account, status, DB_TEXT, 14),
    DB_FIELD(struct account, name, DB_TEXT, 400),
    DB_FIELD(struct account, country, DB_TEXT, 4),
    DB_FIELD(struct account, region, DB_TEXT, 160),
    DB_FIELD(struct account, city, DB_TEXT, 160),
    DB_FIELD(struct account, address, DB_TEXT, 400),
    DB_FIELD(struct account, website, DB_TEXT, 200),
    DB_FIELD(struct account, tax_number, DB_TEXT, 80),
    DB_FIELD(struct account, phone, DB_TEXT, 80),
    DB_NULLABLE(struct account, parent_id, DB_I64, 0),
    DB_NULLABLE(struct account, group_id, DB_I64, 0),
    DB_NULLABLE(struct account, tier_id, DB_I64, 0),
    DB_FIELD(struct account, zone, DB_TEXT, 60),
    DB_FIELD(struct account, currency, DB_TEXT, 4),
    DB_FIELD(struct account, named, DB_BOOL, 0),
    DB_NULLABLE(struct account, owner_user_id, DB_I64, 0),
    DB_NULLABLE(struct account, department_id, DB_I64, 0),
    DB_FIELD(struct account, created_at, DB_AT, 0),
    DB_FIELD(struct account, updated_at, DB_AT, 0),
    DB_FIELD(struct account, row_version, DB_I64, 0),
    DB_NULLABLE(struct account, deleted_at, DB_AT, 0),
    DB_FIELD(struct account, in_bin, DB_BOOL, 0),
    DB_FIELD(struct account, deleted_name, DB_TEXT, 240),
    DB_FIELD(struct account, deleted_reason, DB_TEXT, 600),
    DB_NULLABLE(struct account, merged_into, DB_I64, 0),
    { 0 },
};

/* An account without a department belongs to the whole vendor. */
const struct db_stmt account_sql_of_staff = {
    .name = "account.of_staff",
    .sql = "SELECT " COLUMNS " FROM account WHERE (department_id BETWEEN ? AND ? "
           "OR department_id IS NULL) AND id = ? AND deleted_at IS NULL",
    .binds = "iii",
    .fields = account_fields,
    .row_bytes = sizeof(struct account),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt account_sql_any_of_staff = {
    .name = "account.any_of_staff",
    .sql = "SELECT " COLUMNS " FROM account WHERE (department_id BETWEEN ? AND ? "
           "OR department_id IS NULL) AND id = ?",
    .binds = "iii",
    .fields = account_fields,
    .row_bytes = sizeof(struct account),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt account_sql_of_worker = {
    .name = "account.of_worker",
    .sql = "SELECT " COLUMNS " FROM account WHERE id = ?",
    .binds = "i",
    .fields = account_fields,
    .row_bytes = sizeof(struct account),
};
const struct db_stmt account_sql_insert = {
    .name = "account.insert",
    .sql = "INSERT INTO account (kind, name, country, region, city, address, website, tax_number, "
           "phone, parent_id, group_id, tier_id, zone, currency, named, owner_user_id, "
           "department_id, created_at, updated_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "sssssssssiiissiiitt",
    .flags = DB_WRITE,
};
/* The root of a new group is the account itself, whose number is known after the insert alone. */
const struct db_stmt account_sql_set_group = {
    .name = "account.set_group",
    .sql = "UPDATE account SET group_id = ? WHERE id = ? AND group_id IS NULL",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt account_sql_update = {
    .name = "account.update",
    .sql =
        "UPDATE account SET name = ?, country = ?, region = ?, city = ?, address = ?, website = ?, "
        "tax_number = ?, phone = ?, parent_id = ?, tier_id = ?, zone = ?, currency = ?, named = ?, "
        "owner_user_id = ?, department_id = ?, updated_at = ?, row_version = row_version + 1 "
        "WHERE id = ? AND row_version = ?",
    .binds = "ssssssssiissiiitii",
    .flags = DB_WRITE,
};

const struct db_stmt account_sql_pair_put = {
    .name = "account.pair_put",
    .sql = "INSERT INTO account_pair (low_id, high_id, decision, decided_by, decided_at) "
           "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE decision = VALUES(decision), "
           "decided_by = VALUES(decided_by), decided_at = VALUES(decided_at)",
    .binds = "iisit",
    .flags = DB_WRITE,
};
static const struct db_field count_fields[] = {
    DB_FIELD(struct account_count_row, n, DB_I64, 0),
    { 0 },
};
const struct db_stmt account_sql_pair_between = {
    .name = "account.pair_between",
    .sql =
        "SELECT COUNT(*) AS n FROM account x JOIN account_pair p ON p.low_id = x.id OR p.high_id = x.id "
        "JOIN account y ON y.id = IF(p.low_id = x.id, p.high_id, p.low_id) "
        "WHERE x.group_id = ? AND y.group_id = ? AND p.decision = 'different'",
    .binds = "ii",
    .fields = count_fields,
    .row_bytes = sizeof(struct account_count_row),
};
const struct db_stmt account_sql_join_groups = {
    .name = "account.join_groups",
    .sql = "UPDATE account SET group_id = ?, updated_at = ?, row_version = row_version + 1 "
           "WHERE group_id = ?",
    .binds = "iti",
    .flags = DB_WRITE,
};

const struct db_stmt account_sql_stays = {
    .name = "account.stays",
    .sql = "SELECT COUNT(*) AS n FROM account WHERE id = ? AND deleted_at IS NULL",
    .binds = "i",
    .fields = count_fields,
    .row_bytes = sizeof(struct account_count_row),
};

db_stmt_table account_partner_statements[] = { &account_sql_insert, &account_sql_set_group,
                                               &account_sql_stays, NULL };
db_stmt_table account_staff_statements[] = { &account_sql_of_staff,
                                             &account_sql_any_of_staff,
                                             &account_sql_of_worker,
                                             &account_sql_insert,
                                             &account_sql_set_group,
                                             &account_sql_update,
                                             &account_sql_pair_put,
                                             &account_sql_pair_between,
                                             &account_sql_join_groups,
                                             &account_sql_stays,
                                             NULL };

/* programme/programme_agreements_sql.c - the statements of agreements: their versions, who accepted
 * which, and who is asked to. */
#include "programme/programme_inside.h"

static const struct db_field agreement_fields[] = {
    DB_FIELD(struct agreement, id, DB_I64, 0),
    DB_FIELD(struct agreement, row_version, DB_I64, 0),
    DB_FIELD(struct agreement, created_at, DB_AT, 0),
    DB_NULLABLE(struct agreement, published_at, DB_AT, 0),
    DB_FIELD(struct agreement, state, DB_TEXT, 10),
    DB_FIELD(struct agreement, title_en, DB_TEXT, 800),
    DB_FIELD(struct agreement, title_zh, DB_TEXT, 800),
    DB_FIELD(struct agreement, body_en, DB_TEXT, 4000),
    DB_FIELD(struct agreement, body_zh, DB_TEXT, 4000),
    DB_FIELD(struct agreement, published_name, DB_TEXT, 480),
    DB_FIELD(struct agreement, asks_again, DB_BOOL, 0),
    { 0 },
};

#define AGREEMENT_COLUMNS(en, zh)                                                      \
    "SELECT id, row_version, created_at, published_at, state, title_en, title_zh, " en \
    " AS body_en, " zh " AS body_zh, published_name, asks_again FROM agreement "
#define AGREEMENT    AGREEMENT_COLUMNS("body_en", "body_zh")
#define OF_AGREEMENT .fields = agreement_fields, .row_bytes = sizeof(struct agreement)

const struct db_stmt programme_sql_agreements = {
    .name = "programme.agreements",
    .sql = AGREEMENT_COLUMNS("''", "''") "ORDER BY id DESC LIMIT 100",
    .binds = "",
    OF_AGREEMENT,
    .flags = DB_LISTS,
};
const struct db_stmt programme_sql_agreement = {
    .name = "programme.agreement",
    .sql = AGREEMENT "WHERE id = ?",
    .binds = "i",
    OF_AGREEMENT,
};
const struct db_stmt programme_sql_agreement_current = {
    .name = "programme.agreement_current",
    .sql = AGREEMENT "WHERE state = 'published' ORDER BY id DESC LIMIT 1",
    .binds = "",
    OF_AGREEMENT,
};

const struct db_stmt programme_sql_agreement_add = {
    .name = "programme.agreement_add",
    .sql = "INSERT INTO agreement (title_en, title_zh, body_en, body_zh, asks_again, created_at) "
           "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "ssssi",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_agreement_set = {
    .name = "programme.agreement_set",
    .sql =
        "UPDATE agreement SET title_en = ?, title_zh = ?, body_en = ?, body_zh = ?, asks_again = ?, "
        "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'draft'",
    .binds = "ssssiii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_agreement_publish = {
    .name = "programme.agreement_publish",
    .sql = "UPDATE agreement SET state = 'published', published_at = UTC_TIMESTAMP(6), "
           "published_name = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state = 'draft'",
    .binds = "sii",
    .flags = DB_WRITE,
};

static const struct db_field acceptance_fields[] = {
    DB_FIELD(struct acceptance, accepted_at, DB_AT, 0),
    DB_FIELD(struct acceptance, account_id, DB_I64, 0),
    DB_FIELD(struct acceptance, agreement_id, DB_I64, 0),
    DB_FIELD(struct acceptance, title_en, DB_TEXT, 800),
    DB_FIELD(struct acceptance, title_zh, DB_TEXT, 800),
    DB_FIELD(struct acceptance, account_name, DB_TEXT, 800),
    DB_FIELD(struct acceptance, user_name, DB_TEXT, 480),
    DB_FIELD(struct acceptance, address, DB_TEXT, 45),
    DB_FIELD(struct acceptance, lang, DB_TEXT, 8),
    { 0 },
};

#define ACCEPTANCE                                                                        \
    "SELECT x.accepted_at, x.account_id, x.agreement_id, g.title_en, g.title_zh, "        \
    "a.name AS account_name, x.user_name, x.address, x.lang FROM agreement_acceptance x " \
    "JOIN agreement g ON g.id = x.agreement_id JOIN account a ON a.id = x.account_id WHERE x."
#define OF_ACCEPTANCE .fields = acceptance_fields, .row_bytes = sizeof(struct acceptance)

const struct db_stmt programme_sql_acceptances = {
    .name = "programme.acceptances",
    .sql = ACCEPTANCE "agreement_id = ? ORDER BY x.accepted_at DESC, x.account_id LIMIT 100",
    .binds = "i",
    OF_ACCEPTANCE,
    .flags = DB_LISTS,
};
const struct db_stmt programme_sql_accepted = {
    .name = "programme.accepted",
    .sql = ACCEPTANCE "account_id = ? ORDER BY x.agreement_id DESC LIMIT 20",
    .binds = "i",
    OF_ACCEPTANCE,
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

const struct db_stmt programme_sql_accept = {
    .name = "programme.accept",
    .sql =
        "INSERT INTO agreement_acceptance (account_id, agreement_id, user_id, user_name, address, "
        "lang, text_hash, accepted_at) VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "iiisssb",
    .flags = DB_WRITE,
};

static const struct db_field ask_fields[] = {
    DB_FIELD(struct partner_to_ask, id, DB_I64, 0),
    { 0 },
};

const struct db_stmt programme_sql_to_ask = {
    .name = "programme.to_ask",
    .sql = "SELECT p.id FROM account p WHERE p.kind = 'partner' AND p.status IN ('onboarding', "
           "'active', 'suspended') AND p.agreement_due = 0 AND NOT EXISTS (SELECT 1 "
           "FROM agreement_acceptance x WHERE x.account_id = p.id AND x.agreement_id = ?) "
           "ORDER BY p.id LIMIT ?",
    .binds = "ii",
    .fields = ask_fields,
    .row_bytes = sizeof(struct partner_to_ask),
    .flags = DB_LISTS,
};

const struct db_stmt programme_sql_ask = {
    .name = "programme.ask",
    .sql = "UPDATE account SET agreement_due = 1, row_version = row_version + 1 "
           "WHERE id = ? AND agreement_due = 0 AND status <> 'ended'",
    .binds = "i",
    .flags = DB_WRITE,
};

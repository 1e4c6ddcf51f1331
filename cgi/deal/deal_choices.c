/* deal/deal_choices.c */
#include "deal/deal_choices.h"

static const struct db_field product_fields[] = {
    DB_FIELD(struct deal_product, id, DB_I64, 0),
    DB_FIELD(struct deal_product, code, DB_TEXT, 40),
    DB_FIELD(struct deal_product, name_en, DB_TEXT, 240),
    DB_FIELD(struct deal_product, name_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt products = {
    .name = "deal.choice.products",
    .sql = "SELECT id, code, name_en, name_zh FROM product_line WHERE active = 1 ORDER BY sort, id",
    .binds = "",
    .fields = product_fields,
    .row_bytes = sizeof(struct deal_product),
    .flags = DB_WHOLE_TABLE,
};

struct err *deal_products(struct request *req, struct deal_product **list_out, size_t *count_out)
{
    return err_pass(db_list(req->db, req->arena, &products, DB_NO_ARGS, list_out, count_out));
}

const char *deal_product_name(const struct request *req, const struct deal_product *product)
{
    return text_locale_lang(req->locale) == LANG_ZH ? product->name_zh : product->name_en;
}

const struct deal_product *deal_product_find(const struct deal_product *list, size_t count,
                                             int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].id == id)
            return &list[i];
    return NULL;
}

static const struct db_field person_fields[] = {
    DB_FIELD(struct deal_person, id, DB_I64, 0),
    DB_FIELD(struct deal_person, name, DB_TEXT, 200),
    { 0 },
};
static const struct db_stmt people = {
    .name = "deal.choice.people",
    .sql =
        "SELECT id, name FROM user WHERE account_id = ? AND status = 'active' ORDER BY name_key, id",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct deal_person),
    .flags = DB_ACCOUNT_FIRST,
};

struct err *deal_people(struct request *req, int64_t account_id, struct deal_person **list_out,
                        size_t *count_out)
{
    return err_pass(
        db_list(req->db, req->arena, &people, DB_ARGS(DB_I(account_id)), list_out, count_out));
}

struct currency_row {
    const char *code;
};
static const struct db_field currency_fields[] = {
    DB_FIELD(struct currency_row, code, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt currencies = {
    .name = "deal.choice.currencies",
    .sql = "SELECT code FROM currency WHERE active = 1 ORDER BY sort, code",
    .binds = "",
    .fields = currency_fields,
    .row_bytes = sizeof(struct currency_row),
    .flags = DB_WHOLE_TABLE,
};

const struct choice *deal_currencies(struct request *req)
{
    const enum lang lang = text_locale_lang(req->locale);
    struct currency_row *rows;
    struct choice *list;
    size_t count = 0;
    struct err *e = db_list(req->db, req->arena, &currencies, DB_NO_ARGS, &rows, &count);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        count = 0;
    err_ignore(e);
    list = arena_array(req->arena, count + 1, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        list[i] =
            (struct choice){ rows[i].code, arena_printf(req->arena, "%s, %s", rows[i].code,
                                                        text_currency_name(lang, rows[i].code)) };
    return list;
}

db_stmt_table deal_choice_statements[] = { &products, &people, &currencies, NULL };

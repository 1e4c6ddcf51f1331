/* deal/deal_staff_desk.c - a page to read beside the review: the log of "Is it free?". */
#include "base/str.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <jansson.h>

/* -- the log of questions ------------------------------------------------------------------------
 */

enum { CHECKS_SHOWN = 50 };

struct checks_query {
    int64_t before;
};
static const struct field checks_fields[] = {
    { .name = "before",
      .label = N_("Page"),
      .kind = FIELD_INT,
      .min = 0,
      .max = INT64_MAX,
      .offset = offsetof(struct checks_query, before) },
    { 0 },
};
const struct form deal_checks_query = { .name = "deal_checks",
                                        .fields = checks_fields,
                                        .size_bytes = sizeof(struct checks_query) };

struct check_row {
    int64_t id, at;
    const char *partner_name, *user_name, *company_name, *country, *answer_json;
};
static const struct db_field check_fields[] = {
    DB_FIELD(struct check_row, id, DB_I64, 0),
    DB_FIELD(struct check_row, at, DB_AT, 0),
    DB_FIELD(struct check_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct check_row, user_name, DB_TEXT, 120),
    DB_FIELD(struct check_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct check_row, country, DB_TEXT, 4),
    DB_FIELD(struct check_row, answer_json, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt checks = {
    .name = "deal.desk.checks",
    .sql = "SELECT c.id, c.at, a.name AS partner_name, COALESCE(u.name, '') AS user_name, "
           "c.company_name, c.country, c.answer_json FROM deal_check c "
           "JOIN account a ON a.id = c.account_id LEFT JOIN user u ON u.id = c.user_id "
           "WHERE (a.department_id BETWEEN ? AND ? OR a.department_id IS NULL) "
           "AND (? = 0 OR c.id < ?) ORDER BY c.id DESC LIMIT 51",
    .binds = "iiii",
    .fields = check_fields,
    .row_bytes = sizeof(struct check_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

db_stmt_table deal_desk_statements[] = { &checks, NULL };

static const char *product_name(const struct request *req, const struct deal_product *products,
                                size_t count, const char *key)
{
    int64_t id;
    const struct deal_product *product;

    if (!str_to_i64(key, &id))
        return key;
    product = deal_product_find(products, count, id);
    return product != NULL ? deal_product_name(req, product) : key;
}

/* An object of product lines and answers, written by "Is it free?". */
static void show_answers(struct request *req, struct view *row, const char *json,
                         const struct deal_product *products, size_t count)
{
    json_t *root = json_loads(json, 0, NULL), *value;
    const char *key;

    json_object_foreach(root, key, value)
    {
        struct view *answer = view_row(row, "Answers");

        view_text(answer, "Line", product_name(req, products, count, key));
        if (json_is_string(value))
            page_status(req, answer, "Status", deal_answer_statuses, json_string_value(value));
    }
    json_decref(root);
}

struct err *deal_checks_show(struct request *req)
{
    const struct checks_query *in = req->input;
    struct view *v = view_at(req->page, "Checks");
    struct deal_product *products;
    struct check_row *rows;
    size_t count, product_count;

    page_title(req, tr(req, N_("Questions “Is it free?”")));
    deal_staff_crumbs(req, NULL);
    TRY(deal_products(req, &products, &product_count));
    TRY(db_list(req->db, req->arena, &checks,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                        DB_I(in->before), DB_I(in->before)),
                &rows, &count));
    for (size_t i = 0; i < count && i < CHECKS_SHOWN; i++) {
        struct view *row = view_row(v, "Rows");

        page_at(req, row, "At", rows[i].at);
        view_text(row, "Partner", rows[i].partner_name);
        view_text(row, "Who", rows[i].user_name);
        view_text(row, "Company", rows[i].company_name);
        view_text(row, "Country",
                  text_country_name(text_locale_lang(req->locale), rows[i].country));
        show_answers(req, row, rows[i].answer_json, products, product_count);
    }
    if (count > CHECKS_SHOWN)
        view_text(
            v, "Older",
            arena_number(req->arena, "/staff/deals/checks?before=", rows[CHECKS_SHOWN - 1].id));
    return NULL;
}

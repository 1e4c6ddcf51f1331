/* deal/deal_staff_desk.c - two pages to read beside the review: the automatic rules with what their
 * last trial gave, and the log of "Is it free?". */
#include "base/str.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <jansson.h>

/* -- rules ---------------------------------------------------------------------------------------
 */

struct rule_row {
    int64_t id, position, amount_least, amount_most, tried_at, tried_matched, tried_agreed;
    const char *name_en, *name_zh, *tier_en, *tier_zh, *line_en, *line_zh, *country, *deal_type,
        *verdict, *outcome, *assign_name;
    bool active, has_least, has_most;
};
static const struct db_field rule_fields[] = {
    DB_FIELD(struct rule_row, id, DB_I64, 0),
    DB_FIELD(struct rule_row, position, DB_I64, 0),
    DB_NULLABLE(struct rule_row, amount_least, DB_E4, 0),
    DB_NULLABLE(struct rule_row, amount_most, DB_E4, 0),
    DB_NULLABLE(struct rule_row, tried_at, DB_AT, 0),
    DB_NULLABLE(struct rule_row, tried_matched, DB_I64, 0),
    DB_NULLABLE(struct rule_row, tried_agreed, DB_I64, 0),
    DB_FIELD(struct rule_row, name_en, DB_TEXT, 120),
    DB_FIELD(struct rule_row, name_zh, DB_TEXT, 120),
    DB_FIELD(struct rule_row, tier_en, DB_TEXT, 60),
    DB_FIELD(struct rule_row, tier_zh, DB_TEXT, 60),
    DB_FIELD(struct rule_row, line_en, DB_TEXT, 120),
    DB_FIELD(struct rule_row, line_zh, DB_TEXT, 120),
    DB_FIELD(struct rule_row, country, DB_TEXT, 4),
    DB_FIELD(struct rule_row, deal_type, DB_TEXT, 14),
    DB_FIELD(struct rule_row, verdict, DB_TEXT, 12),
    DB_FIELD(struct rule_row, outcome, DB_TEXT, 10),
    DB_FIELD(struct rule_row, assign_name, DB_TEXT, 120),
    DB_FIELD(struct rule_row, active, DB_BOOL, 0),
    DB_FIELD(struct rule_row, has_least, DB_BOOL, 0),
    DB_FIELD(struct rule_row, has_most, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt rules = {
    .name = "deal.desk.rules",
    .sql = "SELECT r.id, r.position, r.amount_least, r.amount_most, r.tried_at, r.tried_matched, "
           "r.tried_agreed, r.name_en, r.name_zh, COALESCE(t.name_en, '') AS tier_en, "
           "COALESCE(t.name_zh, '') AS tier_zh, COALESCE(p.name_en, '') AS line_en, "
           "COALESCE(p.name_zh, '') AS line_zh, r.country, r.deal_type, r.verdict, r.outcome, "
           "COALESCE(u.name, '') AS assign_name, r.active, r.amount_least IS NOT NULL AS "
           "has_least, r.amount_most IS NOT NULL AS has_most "
           "FROM deal_rule r LEFT JOIN tier t ON t.id = r.tier_id "
           "LEFT JOIN product_line p ON p.id = r.product_line_id "
           "LEFT JOIN user u ON u.id = r.assign_user_id ORDER BY r.position, r.id",
    .binds = "",
    .fields = rule_fields,
    .row_bytes = sizeof(struct rule_row),
    .flags = DB_WHOLE_TABLE,
};

static const struct status_row outcomes[] = {
    { "approve", "good", "shield-check", N_("Approve") },
    { "reject", "bad", "x", N_("Reject") },
    { "assign", "info", "user-check", N_("Give to a reviewer") },
    { 0 },
};
static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("Switched on") },
    { "off", "off", "player-pause", N_("Switched off") },
    { 0 },
};

static void add_condition(struct view *row, const char *text)
{
    if (!str_is_empty(text))
        view_text(view_row(row, "Conditions"), "Text", text);
}

static const char *amount(const struct request *req, int64_t e4)
{
    return text_decimal(req->locale, req->arena, e4, 0, 2);
}

static void show_conditions(struct request *req, struct view *row, const struct rule_row *r)
{
    add_condition(row, deal_staff_word(req, r->tier_en, r->tier_zh));
    if (r->has_least)
        add_condition(row, trf(req, N_("at least %s"), amount(req, r->amount_least)));
    if (r->has_most)
        add_condition(row, trf(req, N_("at most %s"), amount(req, r->amount_most)));
    add_condition(row, deal_staff_word(req, r->line_en, r->line_zh));
    if (!str_is_empty(r->country))
        add_condition(row, text_country_name(text_locale_lang(req->locale), r->country));
    add_condition(row, deal_choice(req, deal_types, r->deal_type));
    for (const struct status_row *s = deal_verdict_statuses; s->code != NULL; s++)
        if (str_eq(s->code, r->verdict))
            add_condition(row, tr(req, s->label));
}

static void show_rule(struct request *req, const struct rule_row *r)
{
    struct view *row = view_row(view_at(req->page, "Rules"), "Rows");

    page_int(req, row, "Position", r->position);
    view_text(row, "Name", deal_staff_word(req, r->name_en, r->name_zh));
    page_status(req, row, "Outcome", outcomes, r->outcome);
    page_status(req, row, "Switch", switches, r->active ? "on" : "off");
    view_text(row, "Assign", r->assign_name);
    show_conditions(req, row, r);
    page_at(req, row, "Tried", r->tried_at);
    if (r->tried_at != 0)
        view_text(row, "Trial",
                  trf(req, N_("decided %1$s of %2$s the same way"),
                      text_number(req->locale, req->arena, r->tried_agreed),
                      text_number(req->locale, req->arena, r->tried_matched)));
}

struct err *deal_rules_show(struct request *req)
{
    struct rule_row *rows;
    size_t count;

    page_title(req, tr(req, N_("Automatic rules")));
    deal_staff_crumbs(req, NULL);
    TRY(db_list(req->db, req->arena, &rules, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_rule(req, &rows[i]);
    return NULL;
}

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

db_stmt_table deal_desk_statements[] = { &rules, &checks, NULL };

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
        view_text(v, "Older",
                  arena_printf(req->arena, "/staff/deals/checks?before=%lld",
                               (long long)rows[CHECKS_SHOWN - 1].id));
    return NULL;
}

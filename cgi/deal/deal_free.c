/* deal/deal_free.c - the page "Is it free?": so many questions a day of a company, each kept with
 * its answer. */
#include "deal/deal_free.h"

#include "access/parameter.h"
#include "base/str.h"
#include "deal/deal_check.h"
#include "deal/deal_choices.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"

#include <jansson.h>
#include <stdio.h>

struct free_input {
    const char *company_name, *country, *tax_number, *website;
    struct value_list line;
};

static void check_free(struct request *req, void *input)
{
    struct free_input *in = input;
    const char *fault = deal_tax_number_fault(in->country, in->tax_number);

    if (fault != NULL)
        form_fault(req, "tax_number", -1, tr(req, fault));
}

static const struct field free_fields[] = {
    { .name = "company_name",
      .label = N_("Company name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the company’s name."),
      .max = 200,
      .offset = offsetof(struct free_input, company_name) },
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_COUNTRY,
      .required = true,
      .offset = offsetof(struct free_input, country) },
    { .name = "tax_number",
      .label = N_("Tax number"),
      .kind = FIELD_TEXT,
      .max = 40,
      .offset = offsetof(struct free_input, tax_number) },
    { .name = "website",
      .label = N_("Web site"),
      .kind = FIELD_URL,
      .max = 200,
      .offset = offsetof(struct free_input, website) },
    { .name = "line",
      .label = N_("Product lines"),
      .kind = FIELD_ID,
      .list = true,
      .required = true,
      .needed = N_("Choose at least one product line."),
      .offset = offsetof(struct free_input, line) },
    { 0 },
};
const struct form deal_free_form = { .name = "deal_free",
                                     .fields = free_fields,
                                     .size_bytes = sizeof(struct free_input),
                                     .check = check_free };

struct free_query {
    int64_t check;
};
static const struct field free_query_fields[] = {
    { .name = "check",
      .label = "",
      .kind = FIELD_ID,
      .offset = offsetof(struct free_query, check) },
    { 0 },
};
const struct form deal_free_query = { .name = "deal_free_query",
                                      .fields = free_query_fields,
                                      .size_bytes = sizeof(struct free_query) };

/* -- the questions of a company ------------------------------------------------------------------
 */

struct zone_row {
    const char *zone, *country;
};
static const struct db_field zone_fields[] = {
    DB_FIELD(struct zone_row, zone, DB_TEXT, 60),
    DB_FIELD(struct zone_row, country, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt zone_of = {
    .name = "deal.check.zone",
    .sql = "SELECT zone, country FROM account WHERE id = ?",
    .binds = "i",
    .fields = zone_fields,
    .row_bytes = sizeof(struct zone_row),
};

struct used_row {
    int64_t used;
};
static const struct db_field used_fields[] = {
    DB_FIELD(struct used_row, used, DB_I64, 0),
    { 0 },
};
static const struct db_stmt used_on = {
    .name = "deal.check.used",
    .sql = "SELECT COALESCE(MAX(no), 0) AS used FROM deal_check WHERE account_id = ? AND day = ?",
    .binds = "id",
    .fields = used_fields,
    .row_bytes = sizeof(struct used_row),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt check_insert = {
    .name = "deal.check.insert",
    .sql = "INSERT INTO deal_check (account_id, user_id, company_name, country, answer_json, at, "
           "day, no) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iissstdi",
    .flags = DB_WRITE,
};

struct check_row {
    int64_t id, at;
    const char *company_name, *country, *answer_json;
};
static const struct db_field check_row_fields[] = {
    DB_FIELD(struct check_row, id, DB_I64, 0),
    DB_FIELD(struct check_row, company_name, DB_TEXT, 400),
    DB_FIELD(struct check_row, country, DB_TEXT, 4),
    DB_FIELD(struct check_row, answer_json, DB_TEXT, 1000),
    DB_FIELD(struct check_row, at, DB_AT, 0),
    { 0 },
};
#define CHECK_COLUMNS "SELECT id, company_name, country, answer_json, at FROM deal_check "
static const struct db_stmt check_of = {
    .name = "deal.check.of",
    .sql = CHECK_COLUMNS "WHERE account_id = ? AND id = ?",
    .binds = "ii",
    .fields = check_row_fields,
    .row_bytes = sizeof(struct check_row),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt checks_last = {
    .name = "deal.check.last",
    .sql = CHECK_COLUMNS "WHERE account_id = ? ORDER BY at DESC LIMIT 8",
    .binds = "i",
    .fields = check_row_fields,
    .row_bytes = sizeof(struct check_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

db_stmt_table deal_free_statements[] = { &zone_of,  &used_on,     &check_insert,
                                         &check_of, &checks_last, NULL };

/* Today of the company, and what it has asked of what it may. */
struct allowance {
    struct zone_row account;
    int32_t day;
    int64_t now, used, most;
};

static struct err *allowance_read(struct request *req, struct allowance *out)
{
    const int64_t account_id = req->actor->account_id;
    struct used_row used;

    TRY(db_now(req->db, &out->now));
    TRY(db_get(req->db, req->arena, &zone_of, DB_ARGS(DB_I(account_id)), &out->account));
    out->day = text_local_day(text_locale_get(LANG_EN, out->account.zone), out->now);
    TRY(db_get(req->db, req->arena, &used_on, DB_ARGS(DB_I(account_id), DB_D(out->day)), &used));
    out->used = used.used;
    return err_pass(parameter_now(req->db, req->arena, PARAM_DEAL_CHECKS_A_DAY, &out->most));
}

/* -- answers as they are stored: {"12":"free","14":"look"} by product line -----------------------
 */

static const char *answers_json(struct arena *a, const struct deal *deal,
                                const struct deal_verdict *verdict)
{
    const char *text = "";

    for (size_t i = 0; i < deal->line_count; i++)
        text = arena_printf(a, "%s%s\"%lld\":\"%s\"", text, i > 0 ? "," : "",
                            (long long)deal->lines[i].product_line_id,
                            deal_answer_code(verdict->answers[i]));
    return arena_printf(a, "{%s}", text);
}

static const struct status_row *status_of(const char *code)
{
    for (const struct status_row *row = deal_answer_statuses; row->code != NULL; row++)
        if (str_eq(row->code, code))
            return row;
    return NULL;
}

/* The one that matters most: taken before look before free. */
static const struct status_row *worst_of(json_t *answers)
{
    static const char *const order[] = { "taken", "look", "free" };
    const char *line;
    json_t *value;

    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        json_object_foreach(answers, line, value)
        {
            if (str_eq(json_string_value(value), order[i]))
                return status_of(order[i]);
        }
    }
    return NULL;
}

static void show_last(struct request *req, const struct check_row *row)
{
    json_t *answers = json_loads(row->answer_json, 0, NULL);
    const struct status_row *worst = worst_of(answers);
    struct view *v = view_row(view_at(req->page, "Free"), "Last");

    view_text(v, "Company", row->company_name);
    page_at(req, v, "At", row->at);
    if (worst != NULL)
        page_status(req, v, "Status", deal_answer_statuses, worst->code);
    json_decref(answers);
}

static void show_answer(struct request *req, struct view *v, const struct deal_product *product,
                        const char *code)
{
    const struct status_row *status = status_of(code);
    struct view *row;

    if (status == NULL)
        return;
    row = view_row(v, "Lines");
    view_text(row, "Name", deal_product_name(req, product));
    view_text(row, "Code", status->code);
    view_text(row, "Tone", status->tone);
    view_text(row, "Icon", status->icon);
    view_text(row, "Label", tr(req, status->label));
}

static struct err *show_result(struct request *req, const struct check_row *row)
{
    struct view *v = view_at(view_at(req->page, "Free"), "Result");
    json_t *answers = json_loads(row->answer_json, 0, NULL);
    struct deal_product *products;
    struct err *e;
    size_t count;

    view_text(v, "Company", row->company_name);
    view_text(v, "Register", arena_number(req->arena, "/partner/deals/new?check=", row->id));
    view_text(v, "At", text_time(req->locale, req->arena, row->at));
    e = deal_products(req, &products, &count);
    for (size_t i = 0; e == NULL && i < count; i++) {
        char line[24];

        snprintf(line, sizeof(line), "%lld", (long long)products[i].id);
        show_answer(req, v, &products[i], json_string_value(json_object_get(answers, line)));
    }
    json_decref(answers);
    return err_pass(e);
}

/* -- the page ------------------------------------------------------------------------------------
 */

static void show_allowance(struct request *req, const struct allowance *all)
{
    struct view *v = view_at(req->page, "Free");
    const bool none = all->used >= all->most;

    page_int(req, v, "Used", all->used);
    page_int(req, v, "Most", all->most);
    view_int(v, "UsedValue", all->used);
    view_int(v, "MostValue", all->most > 0 ? all->most : 1);
    view_text(v, "Tone", none ? "bad" : all->used * 4 >= all->most * 3 ? "wait" : "info");
    view_flag(v, "None", none);
    view_text(v, "Zone", all->account.zone);
    view_text(v, "Label",
              trf(req, N_("%1$lld of %2$lld checks used today"), (long long)all->used,
                  (long long)all->most));
}

static struct err *show_form(struct request *req, const struct free_input *stored)
{
    struct view *field;
    struct deal_product *products;
    size_t count;

    form_show(req, &deal_free_form, stored);
    field = view_at(view_at(view_at(req->page, "Form"), "F"), "line");
    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(field, "Options");

        view_int(option, "Value", products[i].id);
        view_text(option, "Label", deal_product_name(req, &products[i]));
    }
    return NULL;
}

static struct err *show_check(struct request *req, int64_t id)
{
    struct check_row row;
    bool found;

    if (id == 0)
        return NULL;
    TRY(db_one(req->db, req->arena, &check_of, DB_ARGS(DB_I(req->actor->account_id), DB_I(id)),
               &row, &found));
    return found ? err_pass(show_result(req, &row)) : NULL;
}

static void add_line(struct deal_input *in, struct arena *a, const char *id)
{
    const size_t i = in->line.count;

    if (!str_to_i64(id, &in->line.numbers[i]))
        return;
    in->line.texts[i] = arena_dup(a, id);
    in->quantity.texts[i] = in->value.texts[i] = "";
    in->line.count = in->quantity.count = in->value.count = i + 1;
}

static struct value_list empty_list(struct arena *a, size_t most)
{
    return (struct value_list){ .texts = arena_array(a, most + 1, sizeof(const char *)),
                                .numbers = arena_array(a, most + 1, sizeof(int64_t)) };
}

struct err *deal_begin_checked(struct request *req, int64_t check_id, struct deal_input *in)
{
    struct check_row row;
    const char *line;
    json_t *answers, *answer;
    bool found;

    TRY(db_one(req->db, req->arena, &check_of,
               DB_ARGS(DB_I(req->actor->account_id), DB_I(check_id)), &row, &found));
    if (!found)
        return NULL;
    in->company_name = row.company_name;
    in->country = row.country;
    answers = json_loads(row.answer_json, 0, NULL);
    in->line = empty_list(req->arena, json_object_size(answers));
    in->quantity = empty_list(req->arena, json_object_size(answers));
    in->value = empty_list(req->arena, json_object_size(answers));
    json_object_foreach(answers, line, answer) add_line(in, req->arena, line);
    json_decref(answers);
    return NULL;
}

struct err *deal_free_show(struct request *req)
{
    const struct free_query *query = req->route->method == HTTP_GET ? req->input : NULL;
    struct free_input stored = { .company_name = "", .tax_number = "", .website = "" };
    struct allowance all;
    struct check_row *rows;
    size_t count;

    TRY(allowance_read(req, &all));
    stored.country = all.account.country;
    page_title(req, tr(req, N_("Is it free?")));
    page_fact(req, tr(req, N_("Ask before you invest. Nobody learns that you asked.")));
    deal_partner_crumbs(req, NULL);
    show_allowance(req, &all);
    TRY(show_check(req, query != NULL ? query->check : 0));
    TRY(db_list(req->db, req->arena, &checks_last, DB_ARGS(DB_I(req->actor->account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        show_last(req, &rows[i]);
    view_flag(view_at(req->page, "Free"), "MayEdit", actor_may(req->actor, PERM_DEAL_REGISTER));
    return err_pass(show_form(req, &stored));
}

static struct err *record_check(struct request *req, const struct free_input *in,
                                const struct allowance *all, const char *answers, int64_t *id_out)
{
    struct err *e = db_insert(req->db, &check_insert,
                              DB_ARGS(DB_I(req->actor->account_id), DB_I(req->actor->user_id),
                                      DB_S(in->company_name), DB_S(in->country), DB_S(answers),
                                      DB_T(all->now), DB_D(all->day), DB_I(all->used + 1)),
                              id_out);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "two questions of one company at once");
}

struct err *deal_free_post(struct request *req)
{
    const struct deal_rooms *rooms = req->rooms;
    const struct free_input *in = req->input;
    struct deal deal = { .account_id = req->actor->account_id,
                         .company_name = in->company_name,
                         .country = in->country,
                         .tax_number = in->tax_number,
                         .website = in->website,
                         .phone = "",
                         .address = "" };
    struct deal_verdict verdict;
    struct allowance all;
    int64_t id;

    TRY(allowance_read(req, &all));
    if (all.used >= all.most)
        return err_pass(
            form_refuse_at(req, "",
                           trn(req, "%s check a day is used. What you typed stays here.",
                               "%s checks a day are used. What you typed stays here.", all.most)));
    TRY(deal_check_lines(req, &in->line, &deal));
    if (deal.line_count == 0)
        return err_pass(form_refuse_at(req, "line", tr(req, N_("Choose a product line."))));
    TRY(deal_verdict_live(req->db, req->arena, rooms->names, &deal, true, &verdict));
    TRY(record_check(req, in, &all, answers_json(req->arena, &deal, &verdict), &id));
    return err_pass(reply_redirect(req, NULL, "/partner/free?check=%lld", (long long)id));
}

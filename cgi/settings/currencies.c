/* settings/currencies.c - the portal's currencies, and what one unit of each is worth in the
 * vendor's reporting currency from a day on.  A rate that was in effect stays as it was: figures of
 * that time can be computed again. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/settings.h"
#include "settings/setup.h"

#include <string.h>

#define ADDRESS "/staff/setup/currencies"
enum { WHOLE_DIGITS = 9, PART_DIGITS = 9, RATES_SHOWN = 50, DAYS_MOST = 3650 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct currency {
    int64_t number;
    const char *code, *rate; /* rate "": none yet */
    int32_t since;
    bool active;
};
static const struct db_field currency_fields[] = {
    DB_FIELD(struct currency, number, DB_I64, 0),   DB_FIELD(struct currency, code, DB_TEXT, 4),
    DB_FIELD(struct currency, active, DB_BOOL, 0),  DB_FIELD(struct currency, rate, DB_TEXT, 24),
    DB_NULLABLE(struct currency, since, DB_DAY, 0), { 0 },
};
static const struct db_stmt list_all = {
    .name = "currencies.list",
    .sql =
        "SELECT c.number, c.code, c.active, IFNULL((SELECT CAST(r.rate AS CHAR) FROM currency_rate r"
        " WHERE r.currency = c.code AND r.valid_from <= UTC_DATE() ORDER BY r.valid_from DESC"
        " LIMIT 1), '') AS rate, (SELECT MAX(r.valid_from) FROM currency_rate r WHERE"
        " r.currency = c.code AND r.valid_from <= UTC_DATE()) AS since FROM currency c"
        " ORDER BY c.sort, c.code",
    .binds = "",
    .fields = currency_fields,
    .row_bytes = sizeof(struct currency),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
struct dated_rate {
    const char *rate;
    int32_t since;
    bool coming;
};
static const struct db_field rate_fields[] = { DB_FIELD(struct dated_rate, rate, DB_TEXT, 24),
                                               DB_FIELD(struct dated_rate, since, DB_DAY, 0),
                                               DB_FIELD(struct dated_rate, coming, DB_BOOL, 0),
                                               { 0 } };
static const struct db_stmt rates_of = {
    .name = "currencies.rates",
    .sql = "SELECT CAST(rate AS CHAR) AS rate, valid_from AS since, valid_from > UTC_DATE() AS"
           " coming FROM currency_rate WHERE currency = ? ORDER BY valid_from DESC LIMIT ?",
    .binds = "si",
    .fields = rate_fields,
    .row_bytes = sizeof(struct dated_rate),
    .flags = DB_LISTS,
};
static const struct db_stmt rate_add = {
    .name = "currencies.rate_add",
    .sql = "INSERT INTO currency_rate (currency, valid_from, rate) VALUES (?, ?, ?)",
    .binds = "sds",
    .flags = DB_WRITE,
};
static const struct db_stmt set_active = {
    .name = "currencies.active",
    .sql = "UPDATE currency SET active = ? WHERE code = ? AND active = ?",
    .binds = "isi",
    .flags = DB_WRITE,
};
static const struct db_stmt rate_drop = {
    .name = "currencies.rate_drop",
    .sql = "DELETE FROM currency_rate WHERE currency = ? AND valid_from = ? AND valid_from >"
           " UTC_DATE()",
    .binds = "sd",
    .flags = DB_WRITE,
};
static const struct db_stmt add_one = {
    .name = "currencies.add",
    .sql = "INSERT INTO currency (code, active, sort) SELECT ?, 1, n.next FROM (SELECT"
           " IFNULL(MAX(sort), 0) + 1 AS next FROM currency) n",
    .binds = "s",
    .flags = DB_WRITE,
};
db_stmt_table currencies_statements[] = { &list_all,  &rates_of, &rate_add, &set_active,
                                          &rate_drop, &add_one,  NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct rate_input {
    const char *rate;
    int32_t since;
};
static const struct field rate_form_fields[] = {
    { .name = "rate",
      .label = N_("Rate"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter what one unit is worth."),
      .max = 20,
      .offset = offsetof(struct rate_input, rate) },
    { .name = "since",
      .label = N_("In effect from"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose the day from which it holds."),
      .min = -DAYS_MOST,
      .max = DAYS_MOST,
      .offset = offsetof(struct rate_input, since) },
    { 0 },
};
static const struct form rate_form = { .name = "currencies.rate",
                                       .fields = rate_form_fields,
                                       .size_bytes = sizeof(struct rate_input) };
struct active_input {
    bool active;
};
static const struct field active_fields[] = { { .name = "active",
                                                .label = N_("Offered"),
                                                .kind = FIELD_FLAG,
                                                .offset = offsetof(struct active_input, active) },
                                              { 0 } };
static const struct form active_form = { .name = "currencies.active",
                                         .fields = active_fields,
                                         .size_bytes = sizeof(struct active_input) };

struct new_input {
    const char *code;
};
static const struct field new_fields[] = { { .name = "code",
                                             .label = N_("Currency"),
                                             .kind = FIELD_CURRENCY,
                                             .required = true,
                                             .offset = offsetof(struct new_input, code) },
                                           { 0 } };
static const struct form new_form = { .name = "currencies.new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct new_input) };
struct drop_input {
    int32_t day;
};
static const struct field drop_fields[] = { { .name = "day",
                                              .label = N_("In effect from"),
                                              .kind = FIELD_DAY,
                                              .required = true,
                                              .offset = offsetof(struct drop_input, day) },
                                            { 0 } };
static const struct form drop_form = { .name = "currencies.rate_drop",
                                       .fields = drop_fields,
                                       .size_bytes = sizeof(struct drop_input) };

/* A positive decimal with at most nine digits on each side of the point. */
static bool is_rate(const char *text)
{
    const size_t whole = strspn(text, "0123456789");
    const char *part = text + whole;
    size_t digits;

    if (whole == 0 || whole > WHOLE_DIGITS || strspn(text, "0.") == strlen(text))
        return false;
    if (*part == '\0')
        return true;
    digits = *part == '.' ? strspn(part + 1, "0123456789") : 0;
    return digits > 0 && digits <= PART_DIGITS && part[1 + digits] == '\0';
}

/* -- pages ---------------------------------------------------------------------------------------
 */

/* Without zeros at its end. */
static const char *short_rate(struct arena *a, const char *rate)
{
    char *text = arena_dup(a, rate);
    size_t len = strlen(text);

    if (strchr(text, '.') == NULL)
        return text;
    while (text[len - 1] == '0')
        text[--len] = '\0';
    if (text[len - 1] == '.')
        text[len - 1] = '\0';
    return text;
}

static const char *name_of(const struct request *req, const char *code)
{
    return text_currency_name(text_locale_lang(req->locale), code);
}

static struct err *list_show(struct request *req)
{
    struct currency *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    setup_head(req, tr(req, N_("Currencies and rates")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    view_text(view_at(req->page, "Reporting"), "Code", page_reporting(req));
    if (actor_may(req->actor, PERM_PARAMETERS_VIEW))
        view_text(view_at(req->page, "Reporting"), "Href",
                  "/staff/parameters/money.reporting_currency");
    form_show(req, &new_form, NULL);
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Code", rows[i].code);
        view_text(v, "Name", name_of(req, rows[i].code));
        view_text(v, "Rate", short_rate(req->arena, rows[i].rate));
        page_day(req, v, "Since", rows[i].since);
        setup_switch(req, v, rows[i].active);
        view_text(v, "Href", arena_printf(req->arena, ADDRESS "/%s", rows[i].code));
    }
    return NULL;
}

static struct err *find(struct request *req, struct currency *out)
{
    const char *code = request_param(req, "currency");
    struct currency *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].code, code)) {
            *out = rows[i];
            return NULL;
        }
    return err_raise(ERR_NOT_FOUND, "no such currency");
}

static struct err *one_show(struct request *req)
{
    struct view *v = view_at(req->page, "Currency");
    struct currency currency;
    struct dated_rate *rates;
    size_t count;

    TRY(find(req, &currency));
    TRY(db_list(req->db, req->arena, &rates_of, DB_ARGS(DB_S(currency.code), DB_I(RATES_SHOWN)),
                &rates, &count));
    setup_head(req, name_of(req, currency.code));
    page_crumb(req, tr(req, N_("Currencies and rates")), ADDRESS);
    page_fact(req, currency.code);
    view_text(v, "Href", arena_printf(req->arena, ADDRESS "/%s", currency.code));
    view_flag(v, "Active", currency.active);
    view_flag(v, "MayEdit", setup_may_edit(req));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Rates");

        view_text(row, "Rate", short_rate(req->arena, rates[i].rate));
        page_day(req, row, "Since", rates[i].since);
        view_flag(row, "Coming", rates[i].coming);
        if (rates[i].coming)
            view_text(row, "Drop", setup_iso(req->arena, rates[i].since));
    }
    view_flag(v, "Rated", count > 0);
    form_show(req, &rate_form, NULL);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *audit(struct request *req, const struct currency *currency, const char *before,
                         const char *after)
{
    return err_pass(request_audit(req, "currency", currency->number, before, after));
}

static struct err *new_post(struct request *req)
{
    const struct new_input *in = req->input;
    struct currency made = { .code = in->code };
    struct err *e = db_insert(req->db, &add_one, DB_ARGS(DB_S(in->code)), &made.number);

    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "code", tr(req, N_("This currency is in the list already."))));
    }
    TRY(e);
    TRY(audit(req, &made, NULL, identity_json(req->arena, JSON_PAIRS({ "code", in->code }))));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", in->code));
}

/* What was in effect stays: the first rate alone may begin in the past. */
static struct err *check_day(struct request *req, const struct currency *currency, int32_t since)
{
    struct dated_rate *rates;
    size_t count;
    int64_t now;

    TRY(db_list(req->db, req->arena, &rates_of, DB_ARGS(DB_S(currency->code), DB_I(1)), &rates,
                &count));
    TRY(db_now(req->db, &now));
    if (count == 0 || since > text_local_day(text_locale_get(LANG_EN, "UTC"), now))
        return NULL;
    return err_pass(form_refuse_at(
        req, "since",
        tr(req, N_("Choose a day from tomorrow on: a rate that was in effect stays."))));
}

static struct err *rate_post(struct request *req)
{
    const struct rate_input *in = req->input;
    struct currency currency;
    struct err *e;

    TRY(find(req, &currency));
    if (!is_rate(in->rate))
        return err_pass(
            form_refuse_at(req, "rate", tr(req, N_("Enter a number above zero, such as 0.1374."))));
    TRY(check_day(req, &currency, in->since));
    e = db_exec(req->db, &rate_add, DB_ARGS(DB_S(currency.code), DB_D(in->since), DB_S(in->rate)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "since", tr(req, N_("There is a rate from that day already."))));
    }
    TRY(e);
    TRY(audit(req, &currency, NULL,
              identity_json(req->arena, JSON_PAIRS({ "rate", in->rate },
                                                   { "from", setup_iso(req->arena, in->since) }))));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", currency.code));
}

static struct err *rate_drop_post(struct request *req)
{
    const struct drop_input *in = req->input;
    struct currency currency;
    int64_t affected;

    TRY(find(req, &currency));
    TRY(db_exec(req->db, &rate_drop, DB_ARGS(DB_S(currency.code), DB_D(in->day)), &affected));
    if (affected != 1)
        return err_raise(ERR_NOT_FOUND, "no rate that is to come");
    TRY(audit(req, &currency,
              identity_json(req->arena, JSON_PAIRS({ "from", setup_iso(req->arena, in->day) })),
              NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS "/%s", currency.code));
}

static struct err *active_post(struct request *req)
{
    const struct active_input *in = req->input;
    struct currency currency;
    int64_t affected;

    TRY(find(req, &currency));
    TRY(db_exec(req->db, &set_active,
                DB_ARGS(DB_I(in->active), DB_S(currency.code), DB_I(!in->active)), &affected));
    if (affected == 1)
        TRY(audit(req, &currency,
                  identity_json(req->arena, JSON_PAIRS({ "offered", in->active ? "no" : "yes" })),
                  identity_json(req->arena, JSON_PAIRS({ "offered", in->active ? "yes" : "no" }))));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", currency.code));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm
#define RETRY(handler_, page_) .retry = handler_, .retry_page = page_

const struct route currencies_staff_routes[] = {
    { ROUTE("currencies.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/currencies.cs" },
    { ROUTE("currencies.new", HTTP_POST, "", PERM_SETTINGS_MANAGE), .form = &new_form,
      .handler = new_post, RETRY(list_show, "settings/currencies.cs") },
    { ROUTE("currencies.page", HTTP_GET, "/:currency", PERM_SETTINGS_VIEW), .handler = one_show,
      .page = "settings/currency.cs" },
    { ROUTE("currencies.rate", HTTP_POST, "/:currency/rates", PERM_SETTINGS_MANAGE),
      .form = &rate_form, .handler = rate_post, RETRY(one_show, "settings/currency.cs") },
    { ROUTE("currencies.rate_drop", HTTP_POST, "/:currency/rates/delete", PERM_SETTINGS_MANAGE),
      .form = &drop_form, .handler = rate_drop_post, RETRY(one_show, "settings/currency.cs") },
    { ROUTE("currencies.active", HTTP_POST, "/:currency/active", PERM_SETTINGS_MANAGE),
      .form = &active_form, .handler = active_post, RETRY(one_show, "settings/currency.cs") },
    { 0 },
};

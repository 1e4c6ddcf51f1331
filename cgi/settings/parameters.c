/* settings/parameters.c - the system parameters: listed with what each does, found, and changed
 * under the version that was seen.  A change is in effect within seconds, without a restart. */
#include "settings/settings.h"

#include "access/parameter.h"
#include "access/session.h"
#include "base/str.h"
#include "identity/identity.h"
#include "web/form_fields.h"
#include "web/request.h"

#include <string.h>

#define ADDRESS "/staff/parameters"

/* By the first part of their names. */
static const struct {
    const char *prefix, *title;
} groups[] = {
    { "session.", N_("Sessions") },
    { "login.", N_("Log-in") },
    { "mail.", N_("Mails") },
    { "money.", N_("Currencies and rates") },
    { "deal.", N_("Deal registrations") },
    { "keep.", N_("How long data is kept") },
    { "", N_("Other") },
};

static const char *group_of(const char *name)
{
    size_t i = 0;

    while (!str_starts(name, groups[i].prefix))
        i++;
    return groups[i].title;
}

/* -- a value in words ----------------------------------------------------------------------------
 */

static const char *in_words(struct request *req, enum parameter parameter, const char *value)
{
    const struct parameter_row *row = &parameter_rows[parameter];
    int64_t number;

    if (row->kind == PARAMETER_TEXT)
        return value;
    if (row->kind == PARAMETER_FLAG)
        return str_eq(value, "1") ? tr(req, N_("Yes")) : tr(req, N_("No"));
    if (!str_to_i64(value, &number))
        return value;
    if (*row->unit == '\0')
        return text_number(req->locale, req->arena, number);
    return trf(req, N_("%1$s %2$s"), text_number(req->locale, req->arena, number),
               tr(req, row->unit));
}

static const char *range_of(struct request *req, enum parameter parameter)
{
    const struct parameter_row *row = &parameter_rows[parameter];

    if (row->kind == PARAMETER_FLAG)
        return tr(req, N_("Yes or no"));
    if (parameter == PARAM_REPORTING_CURRENCY)
        return tr(req, N_("the code of a currency, while no amount has been counted in another"));
    return trf(req,
               row->kind == PARAMETER_TEXT ? N_("%1$s to %2$s characters") : N_("%1$s to %2$s"),
               text_number(req->locale, req->arena, row->least),
               text_number(req->locale, req->arena, row->most));
}

static void show_facts(struct request *req, struct view *v, enum parameter parameter,
                       const struct parameter_stored *stored)
{
    const struct parameter_row *row = &parameter_rows[parameter];

    view_text(v, "Name", row->name);
    view_text(v, "Help", tr(req, row->help));
    view_text(v, "Value", in_words(req, parameter, stored->value));
    view_text(v, "Default", in_words(req, parameter, row->fallback));
    view_text(v, "Range", range_of(req, parameter));
    view_text(v, "Unit", *row->unit != '\0' ? tr(req, row->unit) : "");
    view_flag(v, "Differs", !str_eq(stored->value, row->fallback));
    view_text(v, "Href", arena_printf(req->arena, ADDRESS "/%s", row->name));
    if (stored->updated_at != 0)
        page_at(req, v, "Updated", stored->updated_at);
}

/* -- the list ------------------------------------------------------------------------------------
 */

struct query {
    const char *q;
};
static const struct field query_fields[] = {
    { .name = "q",
      .label = N_("Search"),
      .kind = FIELD_TEXT,
      .max = 100,
      .offset = offsetof(struct query, q) },
    { 0 },
};
static const struct form query_form = { .name = "parameters_query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct query) };

static bool fits(const struct request *req, const struct parameter_row *row, const char *q)
{
    return str_is_empty(q) || strcasestr(row->name, q) != NULL ||
           strcasestr(row->help, q) != NULL || strcasestr(tr(req, row->help), q) != NULL;
}

static struct err *list_show(struct request *req)
{
    const struct query *in = req->input;
    const char *q = in != NULL ? in->q : "", *title = NULL;
    struct parameter_stored *stored = arena_array(req->arena, PARAM_COUNT, sizeof(*stored));
    struct view *group = NULL;

    TRY(parameters_stored(req->db, req->arena, stored));
    page_title(req, tr(req, N_("System parameters")));
    view_text(req->page, "Typed", q);
    view_flag(req->page, "MayEdit", actor_may(req->actor, PERM_PARAMETERS_MANAGE));
    for (int i = 0; i < PARAM_COUNT; i++) {
        const struct parameter_row *row = &parameter_rows[i];

        if (!fits(req, row, q))
            continue;
        if (title == NULL || !str_eq(title, group_of(row->name))) {
            title = group_of(row->name);
            group = view_row(req->page, "Groups");
            view_text(group, "Title", tr(req, title));
            view_text(group, "Id", arena_printf(req->arena, "group-%d", i));
        }
        show_facts(req, view_row(group, "Rows"), (enum parameter)i, &stored[i]);
    }
    return NULL;
}

/* -- one of them ---------------------------------------------------------------------------------
 */

struct input {
    int64_t row_version;
    const char *value;
};
static const struct field input_fields[] = {
    FORM_VERSION(struct input),
    { .name = "value",
      .label = N_("Value"),
      .kind = FIELD_TEXT,
      .max = 400,
      .offset = offsetof(struct input, value) },
    { 0 },
};
static const struct form input_form = { .name = "parameters.save",
                                        .fields = input_fields,
                                        .size_bytes = sizeof(struct input) };

/* The one that the address names. */
static struct err *find(struct request *req, enum parameter *parameter_out,
                        struct parameter_stored *stored_out)
{
    struct parameter_stored *stored = arena_array(req->arena, PARAM_COUNT, sizeof(*stored));

    *parameter_out = parameter_find(request_param(req, "name"));
    if (*parameter_out == PARAM_COUNT)
        return err_raise(ERR_NOT_FOUND, "no such parameter");
    TRY(parameters_stored(req->db, req->arena, stored));
    *stored_out = stored[*parameter_out];
    return NULL;
}

static void show(struct request *req, enum parameter parameter,
                 const struct parameter_stored *stored)
{
    const struct parameter_row *row = &parameter_rows[parameter];
    const struct input at = { .row_version = stored->row_version, .value = stored->value };
    struct view *v = view_at(req->page, "Parameter");

    page_title(req, tr(req, row->help));
    page_crumb(req, tr(req, N_("System parameters")), ADDRESS);
    page_fact(req, row->name);
    show_facts(req, v, parameter, stored);
    view_flag(v, "IsFlag", row->kind == PARAMETER_FLAG);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_PARAMETERS_MANAGE));
    view_int(v, "Version", stored->row_version);
    if (stored->id != 0 && actor_may(req->actor, PERM_AUDIT_VIEW))
        view_text(v, "History", arena_number(req->arena, "/staff/audit/parameter-", stored->id));
    form_show(req, &input_form, &at);
}

static struct err *one_show(struct request *req)
{
    struct parameter_stored stored;
    enum parameter parameter;

    TRY(find(req, &parameter, &stored));
    show(req, parameter, &stored);
    return NULL;
}

/* -- changing it ---------------------------------------------------------------------------------
 */

/* Sessions carry their limits with them. */
static struct err *carry_on(struct request *req, const char *name)
{
    static const enum audience audiences[] = { AUD_PARTNER, AUD_CUSTOMER, AUD_STAFF };

    for (size_t i = 0; i < ARRAY_LEN(audiences); i++)
        if (str_starts(name, arena_printf(req->arena, "session.%s_", audience_name(audiences[i]))))
            TRY(session_apply_limits(req->db, req->arena, audiences[i]));
    return NULL;
}

static struct err *refuse(struct request *req, enum parameter parameter)
{
    const struct parameter_row *row = &parameter_rows[parameter];

    return err_pass(
        form_refuse_at(req, "value",
                       row->kind == PARAMETER_NUMBER
                           ? trf(req, N_("Enter a whole number from %1$s to %2$s."),
                                 text_number(req->locale, req->arena, row->least),
                                 text_number(req->locale, req->arena, row->most))
                           : trf(req, N_("Not allowed here: %s."), range_of(req, parameter))));
}

/* Somebody was faster: his value stands in the page, what was typed in the form. */
static struct err *changed_meanwhile(struct request *req, enum parameter parameter,
                                     const struct parameter_stored *stored, const char *typed)
{
    show(req, parameter, stored);
    view_flag(view_at(req->page, "Parameter"), "Stale", true);
    view_text(view_at(req->page, "Parameter"), "Typed", typed);
    return err_pass(reply_conflict(req, "settings/parameter.cs"));
}

static struct err *save(struct request *req, enum parameter parameter, const char *before,
                        const char *value, int64_t id)
{
    const char *name = parameter_rows[parameter].name;

    TRY(request_audit(req, "parameter", id, identity_json(req->arena, JSON_PAIRS({ name, before })),
                      identity_json(req->arena, JSON_PAIRS({ name, value }))));
    TRY(carry_on(req, name));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", name));
}

struct counted {
    bool any;
};
static const struct db_field counted_fields[] = { DB_FIELD(struct counted, any, DB_BOOL, 0),
                                                  { 0 } };
static const struct db_stmt is_counted = {
    .name = "parameters.is_counted",
    .sql = "SELECT EXISTS (SELECT 1 FROM deal WHERE total_report <> 0) OR EXISTS (SELECT 1 FROM "
           "opportunity WHERE amount_report <> 0) AS any",
    .binds = "",
    .fields = counted_fields,
    .row_bytes = sizeof(struct counted),
};
db_stmt_table parameters_statements[] = { &is_counted, NULL };

static bool is_currency(const char *code)
{
    const struct text_choice *choices;
    size_t count;

    choices = text_currencies(LANG_EN, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(choices[i].value, code))
            return true;
    return false;
}

/* What was counted in the one before would be read as the other. */
static struct err *judge_currency(struct request *req, const char *code)
{
    struct counted counted;

    if (!is_currency(code))
        return err_pass(form_refuse_at(req, "value",
                                       tr(req, N_("Enter the code of a currency, such as EUR."))));
    TRY(db_get(req->db, req->arena, &is_counted, DB_NO_ARGS, &counted));
    if (!counted.any)
        return NULL;
    return err_pass(form_refuse_at(
        req, "value",
        tr(req, N_("Amounts were counted in the reporting currency already: it stays."))));
}

static struct err *one_save(struct request *req)
{
    const struct input *in = req->input;
    struct parameter_stored stored;
    enum parameter parameter;
    const char *value;
    bool changed;
    int64_t id;

    TRY(find(req, &parameter, &stored));
    value = str_eq(form_button(req), "default") ? parameter_rows[parameter].fallback : in->value;
    if (!parameter_check(parameter, value))
        return err_pass(refuse(req, parameter));
    if (in->row_version != stored.row_version)
        return err_pass(changed_meanwhile(req, parameter, &stored, value));
    if (str_eq(value, stored.value))
        return err_pass(
            reply_redirect(req, "saved", ADDRESS "/%s", parameter_rows[parameter].name));
    if (parameter == PARAM_REPORTING_CURRENCY)
        TRY(judge_currency(req, value));
    TRY(parameter_change(req->db, req->arena, parameter, value, in->row_version, &id, &changed));
    if (!changed)
        return err_raise(ERR_AGAIN, "somebody changed the parameter just now");
    return err_pass(save(req, parameter, stored.value, value, id));
}

const struct route settings_staff_routes[] = {
    { .name = "parameters.list",
      .method = HTTP_GET,
      .path = ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_PARAMETERS_VIEW,
      .query = &query_form,
      .handler = list_show,
      .page = "settings/parameters.cs" },
    { .name = "parameters.page",
      .method = HTTP_GET,
      .path = ADDRESS "/:name",
      .audience = AUD_STAFF,
      .permission = PERM_PARAMETERS_VIEW,
      .handler = one_show,
      .page = "settings/parameter.cs" },
    { .name = "parameters.save",
      .method = HTTP_POST,
      .path = ADDRESS "/:name",
      .audience = AUD_STAFF,
      .permission = PERM_PARAMETERS_MANAGE,
      .form = &input_form,
      .handler = one_save,
      .retry = one_show,
      .retry_page = "settings/parameter.cs" },
    { 0 },
};

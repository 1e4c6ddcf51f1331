/* lead/lead_desk.c - points of the score, how partners answer, and what each partner takes. */
#include "lead/lead_desk.h"

#include "base/str.h"
#include "deal/deal_choices.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_points.h"
#include "lead/lead_rule.h"
#include "web/form_fields.h"
#include "web/form_changes.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_stmt put_point = {
    .name = "lead.put_point",
    .sql = "INSERT INTO lead_point (kind, value, points) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
           "points = VALUES(points), row_version = row_version + 1",
    .binds = "ssi",
    .flags = DB_WRITE,
};
static const struct db_stmt delete_point = {
    .name = "lead.delete_point",
    .sql = "DELETE FROM lead_point WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

struct partner_row {
    int64_t id, open, offers, accepted, declined, timed_out, recalled, converted, answers,
        answer_minutes, answers_soon, open_most;
    int32_t paused_until;
    const char *name;
};
static const struct db_field partner_fields[] = {
    DB_FIELD(struct partner_row, id, DB_I64, 0),
    DB_FIELD(struct partner_row, open, DB_I64, 0),
    DB_FIELD(struct partner_row, offers, DB_I64, 0),
    DB_FIELD(struct partner_row, accepted, DB_I64, 0),
    DB_FIELD(struct partner_row, declined, DB_I64, 0),
    DB_FIELD(struct partner_row, timed_out, DB_I64, 0),
    DB_FIELD(struct partner_row, recalled, DB_I64, 0),
    DB_FIELD(struct partner_row, converted, DB_I64, 0),
    DB_FIELD(struct partner_row, answers, DB_I64, 0),
    DB_FIELD(struct partner_row, answer_minutes, DB_I64, 0),
    DB_FIELD(struct partner_row, answers_soon, DB_I64, 0),
    DB_FIELD(struct partner_row, open_most, DB_I64, 0),
    DB_NULLABLE(struct partner_row, paused_until, DB_DAY, 0),
    DB_FIELD(struct partner_row, name, DB_TEXT, 300),
    { 0 },
};
/* Rows that somebody keeps: nothing is counted here. */
static const struct db_stmt list_partners = {
    .name = "lead.desk_partners",
    .sql = "SELECT a.id, COALESCE(s.open, 0) AS open, COALESCE(s.offers, 0) AS offers, "
           "COALESCE(s.accepted, 0) AS accepted, COALESCE(s.declined, 0) AS declined, "
           "COALESCE(s.timed_out, 0) AS timed_out, COALESCE(s.recalled, 0) AS recalled, "
           "COALESCE(s.converted, 0) AS converted, COALESCE(s.answers, 0) AS answers, "
           "COALESCE(s.answer_minutes, 0) AS answer_minutes, COALESCE(s.answers_soon, 0) AS "
           "answers_soon, COALESCE(p.open_most, 0) AS open_most, p.paused_until, a.name FROM "
           "account a FORCE INDEX (account_kind) LEFT JOIN lead_share s ON s.account_id = a.id "
           "LEFT JOIN lead_partner p ON p.account_id = a.id WHERE (a.department_id BETWEEN ? AND ? "
           "OR a.department_id IS NULL) AND a.kind = 'partner' AND a.deleted_at IS NULL ORDER BY "
           "a.name LIMIT 500",
    .binds = "ii",
    .fields = partner_fields,
    .row_bytes = sizeof(struct partner_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

struct profile_row {
    int64_t id, open_most, row_version;
    int32_t paused_until;
    const char *name, *countries, *line_ids, *langs;
};
static const struct db_field profile_fields[] = {
    DB_FIELD(struct profile_row, id, DB_I64, 0),
    DB_FIELD(struct profile_row, open_most, DB_I64, 0),
    DB_FIELD(struct profile_row, row_version, DB_I64, 0),
    DB_NULLABLE(struct profile_row, paused_until, DB_DAY, 0),
    DB_FIELD(struct profile_row, name, DB_TEXT, 300),
    DB_FIELD(struct profile_row, countries, DB_TEXT, 200),
    DB_FIELD(struct profile_row, line_ids, DB_TEXT, 200),
    DB_FIELD(struct profile_row, langs, DB_TEXT, 40),
    { 0 },
};
static const struct db_stmt find_profile = {
    .name = "lead.profile",
    .sql =
        "SELECT a.id, COALESCE(p.open_most, 0) AS open_most, COALESCE(p.row_version, 0) AS "
        "row_version, p.paused_until, a.name, COALESCE(p.countries, '') AS countries, "
        "COALESCE(p.line_ids, '') AS line_ids, COALESCE(p.langs, '') AS langs FROM account a LEFT "
        "JOIN lead_partner p ON p.account_id = a.id WHERE (a.department_id BETWEEN ? AND ? OR "
        "a.department_id IS NULL) AND a.id = ? AND a.kind = 'partner' AND a.deleted_at IS NULL",
    .binds = "iii",
    .fields = profile_fields,
    .row_bytes = sizeof(struct profile_row),
    .flags = DB_STAFF_SCOPE,
};
static const struct db_stmt add_profile = {
    .name = "lead.add_profile",
    .sql = "INSERT IGNORE INTO lead_partner (account_id, row_version) VALUES (?, 0)",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt set_profile = {
    .name = "lead.set_profile",
    .sql =
        "UPDATE lead_partner SET countries = ?, line_ids = ?, langs = ?, open_most = ?, "
        "paused_until = ?, row_version = row_version + 1 WHERE account_id = ? AND row_version = ?",
    .binds = "sssidii",
    .flags = DB_WRITE,
};

db_stmt_table lead_setup_statements[] = { &put_point,    &delete_point, &list_partners,
                                          &find_profile, &add_profile,  &set_profile,
                                          NULL };

/* -- points --------------------------------------------------------------------------------------
 */

struct point_input {
    const char *kind, *value;
    int64_t points;
};
static const struct choice *kind_choices(struct request *req)
{
    struct choice *list;
    size_t count = 0;

    while (lead_point_kinds[count].code != NULL)
        count++;
    list = arena_array(req->arena, count + 1, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        list[i] = (struct choice){ lead_point_kinds[i].code, tr(req, lead_point_kinds[i].label) };
    return list;
}
static const struct field point_fields[] = {
    { .name = "kind",
      .label = N_("What is looked at"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what is looked at."),
      .choices_of = kind_choices,
      .offset = offsetof(struct point_input, kind) },
    { .name = "value",
      .label = N_("What it must be"),
      .kind = FIELD_TEXT,
      .max = 40,
      .offset = offsetof(struct point_input, value) },
    { .name = "points",
      .label = N_("Points"),
      .kind = FIELD_INT,
      .required = true,
      .needed = N_("Enter how many points."),
      .min = -LEAD_SCORE_MOST,
      .max = LEAD_SCORE_MOST,
      .offset = offsetof(struct point_input, points) },
    { 0 },
};
const struct form lead_point_form = { .name = "lead_point",
                                      .fields = point_fields,
                                      .size_bytes = sizeof(struct point_input) };
struct gone_input {
    int64_t point_id;
};
static const struct field gone_fields[] = {
    { .name = "point_id",
      .label = N_("Points"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct gone_input, point_id) },
    { 0 },
};
const struct form lead_point_gone_form = { .name = "lead_point_gone",
                                           .fields = gone_fields,
                                           .size_bytes = sizeof(struct gone_input) };

/* The words of a choice where the value is a code of ours. */
static const char *value_word(const struct request *req, const struct lead_point_row *row)
{
    static const struct {
        const char *kind;
        const struct choice *choices;
    } lists[] = { { "budget", lead_budgets },
                  { "timeframe", lead_timeframes },
                  { "source", lead_sources },
                  { "lang", lead_langs } };

    if (str_is_empty(row->value))
        return tr(req, N_("anything"));
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        if (str_eq(lists[i].kind, row->kind) &&
            *lead_choice(req, lists[i].choices, row->value) != '\0')
            return lead_choice(req, lists[i].choices, row->value);
    return str_eq(row->kind, "country")
               ? text_country_name(text_locale_lang(req->locale), row->value)
               : row->value;
}

static const char *kind_word(const struct request *req, const char *kind)
{
    for (const struct lead_point_kind *k = lead_point_kinds; k->code != NULL; k++)
        if (str_eq(k->code, kind))
            return tr(req, k->label);
    return kind;
}

struct err *lead_points_show(struct request *req)
{
    static const struct point_input empty = { .kind = "", .value = "" };
    struct lead_point_row *rows;
    size_t count;

    page_title(req, tr(req, N_("Points of the score")));
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    page_crumb(req, tr(req, N_("Routing rules")), "/staff/leads/rules");
    TRY(db_list(req->db, req->arena, &lead_sql_points, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(view_at(req->page, "Points"), "Rows");

        view_int(r, "Id", rows[i].id);
        view_text(r, "Kind", kind_word(req, rows[i].kind));
        view_text(r, "Value", value_word(req, &rows[i]));
        page_int(req, r, "Points", rows[i].points);
    }
    form_show(req, &lead_point_form, &empty);
    return NULL;
}

/* The row that WANTED names, by number or by what it is about; all NULL when there is none. */
static struct err *find_point(struct request *req, int64_t id, const struct point_input *wanted,
                              const struct point_input **out)
{
    struct lead_point_row *rows;
    size_t count;
    struct point_input *found = arena_alloc(req->arena, sizeof(*found));

    *out = NULL;
    TRY(db_list(req->db, req->arena, &lead_sql_points, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count && *out == NULL; i++) {
        *found = (struct point_input){ rows[i].kind, rows[i].value, rows[i].points };
        if (wanted == NULL
                ? rows[i].id == id
                : str_eq(found->kind, wanted->kind) && str_eq(found->value, wanted->value))
            *out = found;
    }
    return NULL;
}

struct err *lead_points_post(struct request *req)
{
    const struct point_input *in = req->input, *stored;

    TRY(find_point(req, 0, in, &stored));
    TRY(db_exec(req->db, &put_point, DB_ARGS(DB_S(in->kind), DB_S(in->value), DB_I(in->points)),
                NULL));
    TRY(form_audit(req, "lead_point", 1, (struct form_of){ &lead_point_form, "kind value" }, stored,
                   in));
    return err_pass(reply_redirect(req, "saved", "/staff/leads/points"));
}

struct err *lead_point_delete_post(struct request *req)
{
    static const struct point_input nothing = { .kind = "", .value = "" };
    const struct gone_input *in = req->input;
    const struct point_input *stored;
    int64_t gone;

    TRY(find_point(req, in->point_id, NULL, &stored));
    TRY(db_exec(req->db, &delete_point, DB_ARGS(DB_I(in->point_id)), &gone));
    if (gone == 1)
        TRY(form_audit(req, "lead_point", 1, (struct form_of){ &lead_point_form, NULL }, stored,
                       &nothing));
    return err_pass(reply_redirect(req, "deleted", "/staff/leads/points"));
}

/* -- how partners answer -------------------------------------------------------------------------
 */

static const char *hours(struct request *req, int64_t minutes)
{
    return minutes < 60 ? trf(req, N_("%lld m"), (long long)minutes)
                        : trf(req, N_("%1$lld h %2$02lld m"), (long long)(minutes / 60),
                              (long long)(minutes % 60));
}

struct err *lead_partners_show(struct request *req)
{
    struct partner_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    page_title(req, tr(req, N_("How partners answer")));
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    view_flag(view_at(req->page, "Page"), "Wide", true);
    TRY(db_list(req->db, req->arena, &list_partners,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high)), &rows,
                &count));
    for (size_t i = 0; i < count; i++) {
        const struct partner_row *p = &rows[i];
        struct view *r = view_row(view_at(req->page, "Partners"), "Rows");

        view_text(r, "Name", p->name);
        if (actor_may(req->actor, PERM_LEAD_RULES))
            view_text(r, "Href", arena_number(req->arena, "/staff/leads/partners/", p->id));
        page_int(req, r, "Open", p->open);
        page_int(req, r, "Offers", p->offers);
        page_int(req, r, "Accepted", p->accepted);
        page_int(req, r, "Declined", p->declined);
        page_int(req, r, "TimedOut", p->timed_out + p->recalled);
        page_int(req, r, "Converted", p->converted);
        view_text(r, "Answer", p->answers > 0 ? hours(req, p->answer_minutes / p->answers) : "–");
        view_text(r, "Soon", text_share(req->locale, req->arena, p->answers_soon, p->answers));
        if (p->paused_until != DAY_NONE && p->paused_until >= now / CLOCK_DAY)
            view_text(r, "Paused", text_day(req->locale, req->arena, p->paused_until));
    }
    return NULL;
}

/* -- what one takes ------------------------------------------------------------------------------
 */

struct profile_input {
    int64_t row_version, open_most;
    int32_t paused_until;
    const char *countries;
    struct value_list line, lang;
};
static const struct field profile_form_fields[] = {
    FORM_VERSION(struct profile_input),
    { .name = "countries",
      .label = N_("Countries"),
      .kind = FIELD_TEXT,
      .max = 190,
      .offset = offsetof(struct profile_input, countries) },
    { .name = "line",
      .label = N_("Product lines"),
      .kind = FIELD_ID,
      .list = true,
      .offset = offsetof(struct profile_input, line) },
    { .name = "language",
      .label = N_("Languages"),
      .kind = FIELD_CHOICE,
      .choices = lead_langs,
      .list = true,
      .offset = offsetof(struct profile_input, lang) },
    { .name = "open_most",
      .label = N_("Most open leads"),
      .kind = FIELD_INT,
      .max = 100000,
      .offset = offsetof(struct profile_input, open_most) },
    { .name = "paused_until",
      .label = N_("Takes none until"),
      .kind = FIELD_DAY,
      .offset = offsetof(struct profile_input, paused_until) },
    { 0 },
};
const struct form lead_profile_form = { .name = "lead_profile",
                                        .fields = profile_form_fields,
                                        .size_bytes = sizeof(struct profile_input) };

static struct err *find(struct request *req, struct profile_row *row)
{
    int64_t id = 0;
    bool found = false;

    if (str_to_i64(request_param(req, "partner"), &id) && id > 0)
        TRY(db_one(
            req->db, req->arena, &find_profile,
            DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)),
            row, &found));
    return found ? NULL : err_raise(ERR_NOT_FOUND, "no such partner");
}

/* V.Lines.n and V.Langs.n of what may be chosen. */
static struct err *show_choices(struct request *req, struct view *v, const struct profile_row *row)
{
    struct deal_product *products;
    char space[STR_I64_BYTES];
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Lines");

        view_int(r, "Value", products[i].id);
        view_text(r, "Label", deal_product_name(req, &products[i]));
        view_flag(r, "Chosen", lead_list_has(row->line_ids, str_from_i64(products[i].id, space)));
    }
    for (const struct choice *c = lead_langs; c->value != NULL; c++) {
        struct view *r = view_row(v, "Langs");

        view_text(r, "Value", c->value);
        view_text(r, "Label", tr(req, c->label));
        view_flag(r, "Chosen", lead_list_has(row->langs, c->value));
    }
    return NULL;
}

static struct value_list listed(struct arena *a, const char *codes)
{
    struct value_list list = { 0 };
    size_t count;
    char **parts = str_split(a, codes, ',', &count);

    list.texts = arena_array(a, count + 1, sizeof(*list.texts));
    list.numbers = arena_array(a, count + 1, sizeof(*list.numbers));
    for (size_t i = 0; i < count; i++) {
        if (*parts[i] == '\0')
            continue;
        (void)str_to_i64(parts[i], &list.numbers[list.count]); /* a language is none */
        list.texts[list.count++] = parts[i];
    }
    return list;
}

static struct profile_input as_input(struct arena *a, const struct profile_row *row)
{
    return (struct profile_input){ .row_version = row->row_version,
                                   .countries = row->countries,
                                   .line = listed(a, row->line_ids),
                                   .lang = listed(a, row->langs),
                                   .open_most = row->open_most,
                                   .paused_until = row->paused_until };
}

struct err *lead_profile_show(struct request *req)
{
    struct view *v = view_at(req->page, "Profile");
    struct profile_input stored;
    struct profile_row row;

    TRY(find(req, &row));
    page_title(req, row.name);
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    page_crumb(req, tr(req, N_("How partners answer")), "/staff/leads/partners");
    view_text(v, "Action", arena_number(req->arena, "/staff/leads/partners/", row.id));
    stored = as_input(req->arena, &row);
    form_show(req, &lead_profile_form, &stored);
    return err_pass(show_choices(req, v, &row));
}

/* "de, at" as "DE,AT"; NULL when a part is no country. */
static const char *read_countries(struct arena *a, const char *typed)
{
    const char *out = "";
    size_t count;
    char **parts = str_split(a, typed, ',', &count);

    for (size_t i = 0; i < count; i++) {
        char *code = str_trim(a, parts[i]);

        if (*code == '\0')
            continue;
        for (char *c = code; *c != '\0'; c++)
            *c = (char)toupper((unsigned char)*c);
        if (!text_country_valid(code))
            return NULL;
        out = arena_join(a, out, *out != '\0' ? "," : "", code, NULL);
    }
    return out;
}

static const char *joined(struct arena *a, const struct value_list *list)
{
    const char *out = "";

    for (size_t i = 0; i < list->count; i++)
        if (!lead_list_has(out, list->texts[i]))
            out = arena_join(a, out, *out != '\0' ? "," : "", list->texts[i], NULL);
    return out;
}

static struct err *check_lines(struct request *req, const struct value_list *list)
{
    struct deal_product *products;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < list->count; i++)
        if (deal_product_find(products, count, list->numbers[i]) == NULL)
            form_fault(req, "line", (int)i, tr(req, N_("Choose one of the product lines.")));
    return NULL;
}

struct err *lead_profile_post(struct request *req)
{
    const struct profile_input *in = req->input;
    const char *countries = read_countries(req->arena, in->countries);
    struct profile_input stored, next = *in;
    struct profile_row row;
    int64_t changed;

    TRY(find(req, &row));
    if (countries == NULL)
        form_fault(req, "countries", -1,
                   tr(req, N_("Write countries as two letters, separated by commas: DE, AT.")));
    TRY(check_lines(req, &in->line));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    TRY(db_exec(req->db, &add_profile, DB_ARGS(DB_I(row.id)), NULL));
    TRY(db_exec(req->db, &set_profile,
                DB_ARGS(DB_S(countries), DB_S(joined(req->arena, &in->line)),
                        DB_S(joined(req->arena, &in->lang)), DB_I(in->open_most),
                        DB_D(in->paused_until), DB_I(row.id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_at(
            req, "countries",
            tr(req, N_("Somebody changed this since you opened it. Look at it again."))));
    stored = as_input(req->arena, &row);
    next.countries = countries;
    TRY(form_audit(req, "account", row.id, (struct form_of){ &lead_profile_form, NULL }, &stored,
                   &next));
    return err_pass(reply_redirect(req, "saved", "/staff/leads/partners"));
}

/* -- routes --------------------------------------------------------------------------------------
 */

#define GET_(name_, path_, perm, handler_, page_)                                \
    {                                                                            \
        .name = name_, .method = HTTP_GET, .path = path_, .audience = AUD_STAFF, \
        .permission = perm, .handler = handler_, .page = page_                   \
    }
#define POST_(name_, path_, form_, handler_)                                      \
    {                                                                             \
        .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF, \
        .permission = PERM_LEAD_RULES, .form = form_, .handler = handler_         \
    }
#define POST_RETRY(name_, path_, form_, handler_, retry_, page_)                            \
    {                                                                                       \
        .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF,           \
        .permission = PERM_LEAD_RULES, .form = form_, .handler = handler_, .retry = retry_, \
        .retry_page = page_                                                                 \
    }

const struct route lead_desk_routes[] = {
    GET_("lead.rules_page", "/staff/leads/rules", PERM_LEAD_RULES, lead_rules_show,
         "lead/rules.cs"),
    POST_("lead.rules_try", "/staff/leads/rules/try", &form_empty, lead_rules_try),
    GET_("lead.rule_new_page", "/staff/leads/rules/new", PERM_LEAD_RULES, lead_rule_new_show,
         "lead/rule.cs"),
    POST_RETRY("lead.rule_new", "/staff/leads/rules/new", &lead_rule_form, lead_rule_new_post,
               lead_rule_new_show, "lead/rule.cs"),
    GET_("lead.rule_page", "/staff/leads/rules/:rule", PERM_LEAD_RULES, lead_rule_edit_show,
         "lead/rule.cs"),
    POST_RETRY("lead.rule", "/staff/leads/rules/:rule", &lead_rule_form, lead_rule_edit_post,
               lead_rule_edit_show, "lead/rule.cs"),
    POST_("lead.rule_delete", "/staff/leads/rules/:rule/delete", &lead_rule_gone_form,
          lead_rule_delete_post),
    GET_("lead.points_page", "/staff/leads/points", PERM_LEAD_RULES, lead_points_show,
         "lead/points.cs"),
    POST_RETRY("lead.points", "/staff/leads/points", &lead_point_form, lead_points_post,
               lead_points_show, "lead/points.cs"),
    POST_("lead.point_delete", "/staff/leads/points/delete", &lead_point_gone_form,
          lead_point_delete_post),
    GET_("lead.partners_page", "/staff/leads/partners", PERM_LEAD_VIEW, lead_partners_show,
         "lead/partners.cs"),
    GET_("lead.profile_page", "/staff/leads/partners/:partner", PERM_LEAD_RULES, lead_profile_show,
         "lead/profile.cs"),
    POST_RETRY("lead.profile", "/staff/leads/partners/:partner", &lead_profile_form,
               lead_profile_post, lead_profile_show, "lead/profile.cs"),
    { 0 },
};

/* lead/lead_rule_pages.c - the routing rules: read, changed under their version, tried on the past.
 */
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_names.h"
#include "lead/lead_desk.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_route.h"
#include "lead/lead_staff.h"
#include "web/form_fields.h"

#include <stddef.h>

#define ADDRESS "/staff/leads/rules"
#define KIND    "lead_rule"

/* -- statements ----------------------------------------------------------------------------------
 */

struct named_row {
    int64_t id;
    const char *name_en, *name_zh;
};
static const struct db_field named_fields[] = {
    DB_FIELD(struct named_row, id, DB_I64, 0),
    DB_FIELD(struct named_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct named_row, name_zh, DB_TEXT, 240),
    { 0 },
};
#define NAMED(ident, name_, table, order)                                    \
    static const struct db_stmt ident = {                                    \
        .name = name_,                                                       \
        .sql = "SELECT id, name_en, name_zh FROM " table " ORDER BY " order, \
        .binds = "",                                                         \
        .fields = named_fields,                                              \
        .row_bytes = sizeof(struct named_row),                               \
        .flags = DB_WHOLE_TABLE,                                             \
    }
NAMED(territories, "lead.territories", "territory", "code");
NAMED(tiers, "lead.tiers", "tier", "rank");
NAMED(lines, "lead.lines", "product_line", "sort");

/* Courses are named by the certificates that there are; the newest says how in Chinese. */
struct course_row {
    const char *name_en, *name_zh;
};
enum { COURSES_MOST = 300 };
static const struct db_field course_fields[] = {
    DB_FIELD(struct course_row, name_en, DB_TEXT, 480),
    DB_FIELD(struct course_row, name_zh, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt list_courses = {
    .name = "lead.courses",
    .sql = "SELECT course_en AS name_en, MAX(course_zh) AS name_zh FROM certificate "
           "GROUP BY course_en ORDER BY course_en LIMIT ?",
    .binds = "i",
    .fields = course_fields,
    .row_bytes = sizeof(struct course_row),
    .flags = DB_WHOLE_TABLE,
};

#define SETS                                                                                       \
    "position = ?, name_en = ?, name_zh = ?, active = ?, country = ?, region = ?, territory_id = " \
    "?, product_line_id = ?, lang = ?, score_least = ?, place = ?, sells_line = ?, speaks = ?, "   \
    "tier_id = ?, course = ?, method = ?"
static const struct db_stmt insert_rule = {
    .name = "lead.insert_rule",
    .sql = "INSERT INTO lead_rule SET " SETS,
    .binds = "ississiisisiiiss",
    .flags = DB_WRITE,
};
static const struct db_stmt update_rule = {
    .name = "lead.update_rule",
    .sql =
        "UPDATE lead_rule SET " SETS ", tried_at = NULL, row_version = row_version + 1 WHERE id = "
        "? AND row_version = ?",
    .binds = "ississiisisiiissii",
    .flags = DB_WRITE,
};
static const struct db_stmt delete_turns = {
    .name = "lead.delete_turns",
    .sql = "DELETE FROM lead_turn WHERE rule_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt delete_rule = {
    .name = "lead.delete_rule",
    .sql = "DELETE FROM lead_rule WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table lead_rule_statements[] = { &territories,  &tiers,       &lines,
                                         &list_courses, &insert_rule, &update_rule,
                                         &delete_turns, &delete_rule, NULL };

/* -- the form ------------------------------------------------------------------------------------
 */

struct rule_input {
    int64_t row_version, position, territory_id, product_line_id, score_least, tier_id;
    const char *name_en, *name_zh, *country, *region, *lang, *place, *course, *method;
    bool active, sells_line, speaks;
};
static const struct choice places[] = {
    { "", N_("Anywhere") },
    { "country", N_("Sells in the country of the lead") },
    { "territory", N_("Sits in the territory of the lead") },
    { 0 },
};
static const struct choice any_langs[] = {
    { "", N_("Any language") },
    { "en", N_("English") },
    { "zh-CN", N_("Chinese") },
    { 0 },
};
static const struct choice method_choices[] = {
    { "turn", N_("In turn: who was given something longest ago") },
    { "least", N_("Who has least open leads") },
    { "best", N_("Who converts most") },
    { "pool", N_("Into the pool") },
    { "person", N_("A person chooses") },
    { 0 },
};
#define AT(member) .offset = offsetof(struct rule_input, member)
static const struct field fields[] = {
    FORM_VERSION(struct rule_input),
    { .name = "position",
      .label = N_("Order"),
      .kind = FIELD_INT,
      .required = true,
      .needed = N_("Enter where in the order it stands."),
      .min = 1,
      .max = 100000,
      AT(position) },
    { .name = "name_en",
      .label = N_("Name in English"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name."),
      .min = 1,
      .max = 120,
      AT(name_en) },
    { .name = "name_zh",
      .label = N_("Name in Chinese"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name."),
      .min = 1,
      .max = 120,
      AT(name_zh) },
    FORM_IN_USE(struct rule_input),
    { .name = "territory_id", .label = N_("Territory"), .kind = FIELD_ID, AT(territory_id) },
    { .name = "country", .label = N_("Country"), .kind = FIELD_COUNTRY, AT(country) },
    { .name = "region",
      .label = N_("State or province"),
      .kind = FIELD_TEXT,
      .max = 80,
      AT(region) },
    { .name = "product_line_id",
      .label = N_("Product line"),
      .kind = FIELD_ID,
      AT(product_line_id) },
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .choices = any_langs,
      AT(lang) },
    { .name = "score_least",
      .label = N_("Least score"),
      .kind = FIELD_INT,
      .max = LEAD_SCORE_MOST,
      AT(score_least) },
    { .name = "place",
      .label = N_("Where it sells"),
      .kind = FIELD_CHOICE,
      .choices = places,
      AT(place) },
    { .name = "tier_id", .label = N_("Least tier"), .kind = FIELD_ID, AT(tier_id) },
    { .name = "course", .label = N_("Certificate"), .kind = FIELD_TEXT, .max = 120, AT(course) },
    { .name = "sells_line",
      .label = N_("Sells the product line of the lead"),
      .kind = FIELD_FLAG,
      AT(sells_line) },
    { .name = "speaks",
      .label = N_("Speaks the language of the lead"),
      .kind = FIELD_FLAG,
      AT(speaks) },
    { .name = "method",
      .label = N_("How it chooses"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose how it chooses."),
      .choices = method_choices,
      AT(method) },
    { 0 },
};
const struct form lead_rule_form = { .name = "lead_rule",
                                     .fields = fields,
                                     .size_bytes = sizeof(struct rule_input) };
static const struct field gone_fields[] = {
    FORM_VERSION(struct lead_version_input),
    { 0 },
};
const struct form lead_rule_gone_form = { .name = "lead_rule_gone",
                                          .fields = gone_fields,
                                          .size_bytes = sizeof(struct lead_version_input) };

/* -- choices that are data -----------------------------------------------------------------------
 */

static const char *named_word(const struct request *req, const struct named_row *row)
{
    return text_locale_lang(req->locale) == LANG_ZH ? row->name_zh : row->name_en;
}

static struct err *add_options(struct request *req, const struct db_stmt *stmt, const char *field)
{
    struct view *place = view_at(view_at(view_at(req->page, "Form"), "F"), field);
    struct named_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, stmt, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(place, "Options");

        view_int(option, "Value", rows[i].id);
        view_text(option, "Label", named_word(req, &rows[i]));
    }
    return NULL;
}

static struct err *check_among(struct request *req, const struct db_stmt *stmt, const char *field,
                               int64_t id)
{
    struct named_row *rows;
    bool found = id == 0;
    size_t count;

    TRY(db_list(req->db, req->arena, stmt, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        found = found || rows[i].id == id;
    if (!found)
        form_fault(req, field, -1, tr(req, N_("Choose one of the list.")));
    return NULL;
}

static struct err *read_courses(struct request *req, struct course_row **rows_out,
                                size_t *count_out)
{
    return err_pass(db_list(req->db, req->arena, &list_courses, DB_ARGS(DB_I(COURSES_MOST)),
                            rows_out, count_out));
}

static const char *course_word(const struct request *req, const struct course_row *course)
{
    return text_locale_lang(req->locale) == LANG_ZH ? course->name_zh : course->name_en;
}

static const char *course_named(const struct request *req, const struct course_row *rows,
                                size_t count, const char *name_en)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].name_en, name_en))
            return course_word(req, &rows[i]);
    return name_en;
}

static void add_course(struct view *place, const char *name_en, const char *word)
{
    struct view *option = view_row(place, "Options");

    view_text(option, "Value", name_en);
    view_text(option, "Label", word);
}

/* One that the rule asks for stays, though the last certificate of it is gone. */
static struct err *add_courses(struct request *req, const char *chosen)
{
    struct view *place = view_at(view_at(view_at(req->page, "Form"), "F"), "course");
    struct course_row *rows;
    bool listed = str_is_empty(chosen);
    size_t count;

    TRY(read_courses(req, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        listed = listed || str_eq(rows[i].name_en, chosen);
        add_course(place, rows[i].name_en, course_word(req, &rows[i]));
    }
    if (!listed)
        add_course(place, chosen, chosen);
    return NULL;
}

static struct err *check_course(struct request *req, const char *course, const char *stored)
{
    bool found = str_is_empty(course) || str_eq(course, stored);
    struct course_row *rows;
    size_t count;

    TRY(read_courses(req, &rows, &count));
    for (size_t i = 0; i < count; i++)
        found = found || str_eq(rows[i].name_en, course);
    if (!found)
        form_fault(req, "course", -1, tr(req, N_("Choose one of the list.")));
    return NULL;
}

/* STORED is the course that the rule asks for so far. */
static struct err *judge(struct request *req, const struct rule_input *in, const char *stored)
{
    TRY(check_among(req, &territories, "territory_id", in->territory_id));
    TRY(check_among(req, &tiers, "tier_id", in->tier_id));
    TRY(check_among(req, &lines, "product_line_id", in->product_line_id));
    TRY(check_course(req, in->course, stored));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

/* -- the list ------------------------------------------------------------------------------------
 */

static void condition(struct view *v, const char *list, const char *text)
{
    if (!str_is_empty(text))
        view_text(view_row(v, list), "Text", text);
}

static const char *name_in(const struct request *req, const struct named_row *rows, size_t count,
                           int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return named_word(req, &rows[i]);
    return "";
}

/* Names of what the rules point to. */
struct names {
    struct named_row *territories, *tiers, *lines;
    struct course_row *courses;
    size_t territory_count, tier_count, line_count, course_count;
};

static struct err *read_names(struct request *req, struct names *n)
{
    TRY(db_list(req->db, req->arena, &territories, DB_NO_ARGS, &n->territories,
                &n->territory_count));
    TRY(db_list(req->db, req->arena, &tiers, DB_NO_ARGS, &n->tiers, &n->tier_count));
    TRY(db_list(req->db, req->arena, &lines, DB_NO_ARGS, &n->lines, &n->line_count));
    return err_pass(read_courses(req, &n->courses, &n->course_count));
}

static void show_conditions(struct request *req, struct view *v, const struct lead_rule *rule,
                            const struct names *n)
{
    condition(v, "Leads", name_in(req, n->territories, n->territory_count, rule->territory_id));
    if (!str_is_empty(rule->country))
        condition(v, "Leads", text_country_name(text_locale_lang(req->locale), rule->country));
    condition(v, "Leads", rule->region);
    condition(v, "Leads", name_in(req, n->lines, n->line_count, rule->product_line_id));
    if (!str_is_empty(rule->lang))
        condition(v, "Leads", lead_choice(req, any_langs, rule->lang));
    if (rule->score_least > 0)
        condition(v, "Leads",
                  trf(req, N_("score %s or more"),
                      text_number(req->locale, req->arena, rule->score_least)));
    if (!str_is_empty(rule->place))
        condition(v, "Partners", lead_choice(req, places, rule->place));
    if (rule->tier_id != 0)
        condition(
            v, "Partners",
            trf(req, N_("%s or higher"), name_in(req, n->tiers, n->tier_count, rule->tier_id)));
    if (!str_is_empty(rule->course))
        condition(v, "Partners",
                  trf(req, N_("certified: %s"),
                      course_named(req, n->courses, n->course_count, rule->course)));
    if (rule->sells_line)
        condition(v, "Partners", tr(req, N_("Sells the product line of the lead")));
    if (rule->speaks)
        condition(v, "Partners", tr(req, N_("Speaks the language of the lead")));
}

/* What the last trial says against it. */
static const char *warning_of(const struct request *req, const struct lead_rule *rule)
{
    if (rule->tried_at == 0 || rule->tried_leads == 0)
        return "";
    if (rule->tried_matched == 0)
        return tr(req, N_("No lead of the past fits it."));
    if (rule->tried_served == 0)
        return tr(req, N_("Leads fit it, and no partner does."));
    if (rule->tried_matched == rule->tried_leads)
        return tr(req,
                  N_("Every lead fits it: rules behind it are asked only where it finds nobody."));
    return "";
}

static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("In use") },
    { "off", "off", "player-pause", N_("Off") },
    { 0 },
};

static void show_rule(struct request *req, struct view *v, const struct lead_rule *rule,
                      const struct names *n)
{
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", rule->id));
    page_int(req, v, "Position", rule->position);
    view_text(v, "Name", text_locale_lang(req->locale) == LANG_ZH ? rule->name_zh : rule->name_en);
    view_text(v, "Method", lead_choice(req, method_choices, rule->method));
    page_status(req, v, "Switch", switches, rule->active ? "on" : "off");
    show_conditions(req, v, rule, n);
    view_text(v, "Warning", warning_of(req, rule));
    if (rule->tried_at == 0)
        return;
    page_at(req, v, "Tried", rule->tried_at);
    view_text(v, "Trial",
              trf(req, N_("%1$s of %2$s leads fit, %3$s would find a partner"),
                  text_number(req->locale, req->arena, rule->tried_matched),
                  text_number(req->locale, req->arena, rule->tried_leads),
                  text_number(req->locale, req->arena, rule->tried_served)));
}

struct err *lead_rules_show(struct request *req)
{
    struct lead_rule *rules;
    struct names names;
    size_t count;

    page_title(req, tr(req, N_("Routing rules")));
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    TRY(read_names(req, &names));
    TRY(lead_rules_load(req->db, req->arena, &rules, &count));
    for (size_t i = 0; i < count; i++)
        show_rule(req, view_row(view_at(req->page, "Rules"), "Rows"), &rules[i], &names);
    form_token(req);
    return NULL;
}

struct err *lead_rules_try(struct request *req)
{
    struct lead_rule *rules;
    struct lead_past past;
    size_t count;

    TRY(lead_rules_load(req->db, req->arena, &rules, &count));
    TRY(lead_past_read(req->db, req->arena, &past));
    for (size_t i = 0; i < count; i++) {
        TRY(lead_rule_try(req->db, req->arena, &past, &rules[i]));
        TRY(request_audit(req, KIND, rules[i].id, NULL, NULL));
    }
    return err_pass(reply_redirect(req, "lead_tried", ADDRESS));
}

/* -- one rule ------------------------------------------------------------------------------------
 */

static struct err *find_rule(struct request *req, struct lead_rule *rule_out)
{
    struct lead_rule *rules;
    size_t count;
    int64_t id;

    TRY(lead_rules_load(req->db, req->arena, &rules, &count));
    if (str_to_i64(request_param(req, "rule"), &id))
        for (size_t i = 0; i < count; i++)
            if (rules[i].id == id) {
                *rule_out = rules[i];
                return NULL;
            }
    return err_raise(ERR_NOT_FOUND, "no such rule");
}

static struct err *show_form(struct request *req, const struct rule_input *stored,
                             const char *action)
{
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    page_crumb(req, tr(req, N_("Routing rules")), ADDRESS);
    view_text(view_at(req->page, "Rule"), "Action", action);
    form_show(req, &lead_rule_form, stored);
    TRY(add_options(req, &territories, "territory_id"));
    TRY(add_options(req, &lines, "product_line_id"));
    TRY(add_courses(req, stored->course));
    return err_pass(add_options(req, &tiers, "tier_id"));
}

struct err *lead_rule_new_show(struct request *req)
{
    const struct rule_input empty = { .position = 100,
                                      .name_en = "",
                                      .name_zh = "",
                                      .country = "",
                                      .region = "",
                                      .lang = "",
                                      .place = "country",
                                      .course = "",
                                      .method = "turn",
                                      .sells_line = true };

    page_title(req, tr(req, N_("New rule")));
    return err_pass(show_form(req, &empty, ADDRESS "/new"));
}

struct err *lead_rule_edit_show(struct request *req)
{
    struct lead_rule r;
    struct view *v = view_at(req->page, "Rule");

    TRY(find_rule(req, &r));
    const struct rule_input stored = { .row_version = r.row_version,
                                       .position = r.position,
                                       .name_en = r.name_en,
                                       .name_zh = r.name_zh,
                                       .active = r.active,
                                       .country = r.country,
                                       .region = r.region,
                                       .territory_id = r.territory_id,
                                       .product_line_id = r.product_line_id,
                                       .lang = r.lang,
                                       .score_least = r.score_least,
                                       .place = r.place,
                                       .sells_line = r.sells_line,
                                       .speaks = r.speaks,
                                       .tier_id = r.tier_id,
                                       .course = r.course,
                                       .method = r.method };

    page_title(req, text_locale_lang(req->locale) == LANG_ZH ? r.name_zh : r.name_en);
    view_int(v, "Version", r.row_version);
    view_text(v, "Delete", arena_printf(req->arena, ADDRESS "/%lld/delete", (long long)r.id));
    return err_pass(show_form(req, &stored, arena_number(req->arena, ADDRESS "/", r.id)));
}

#define ARGS(in)                                                                             \
    DB_I((in)->position), DB_S((in)->name_en), DB_S((in)->name_zh), DB_I((in)->active),      \
        DB_S((in)->country), DB_S((in)->region), DB_ID((in)->territory_id),                  \
        DB_ID((in)->product_line_id), DB_S((in)->lang), DB_I((in)->score_least),             \
        DB_S((in)->place), DB_I((in)->sells_line), DB_I((in)->speaks), DB_ID((in)->tier_id), \
        DB_S((in)->course), DB_S((in)->method)

/* What it was, and what it is: a rule decides who gets something. */
static struct err *rule_json(struct request *req, const char *name, const char *method,
                             int64_t position, bool active, const char **json_out)
{
    const struct canon members[] = { CANON_N("active", active), CANON_T("method", method),
                                     CANON_T("name", name), CANON_N("position", position) };

    return err_pass(canon_text(req->arena, members, ARRAY_LEN(members), json_out));
}

struct err *lead_rule_new_post(struct request *req)
{
    const struct rule_input *in = req->input;
    const char *after;
    int64_t id;

    TRY(judge(req, in, ""));
    TRY(db_insert(req->db, &insert_rule, DB_ARGS(ARGS(in)), &id));
    TRY(rule_json(req, in->name_en, in->method, in->position, in->active, &after));
    TRY(request_audit(req, KIND, id, NULL, after));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

struct err *lead_rule_edit_post(struct request *req)
{
    const struct rule_input *in = req->input;
    const char *before, *after;
    struct lead_rule r;
    int64_t changed;

    TRY(find_rule(req, &r));
    TRY(judge(req, in, r.course));
    TRY(db_exec(req->db, &update_rule, DB_ARGS(ARGS(in), DB_I(r.id), DB_I(in->row_version)),
                &changed));
    if (changed != 1) {
        return err_pass(form_refuse_at(
            req, "name_en",
            tr(req, N_("Somebody changed this rule since you opened it. The form shows what "
                       "you typed; go back to read what is stored."))));
    }
    TRY(rule_json(req, r.name_en, r.method, r.position, r.active, &before));
    TRY(rule_json(req, in->name_en, in->method, in->position, in->active, &after));
    TRY(request_audit(req, KIND, r.id, before, after));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

struct err *lead_rule_delete_post(struct request *req)
{
    const struct lead_version_input *in = req->input;
    const char *before;
    struct lead_rule r;
    int64_t changed;

    TRY(find_rule(req, &r));
    TRY(db_exec(req->db, &delete_turns, DB_ARGS(DB_I(r.id)), NULL));
    TRY(db_exec(req->db, &delete_rule, DB_ARGS(DB_I(r.id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(db_doom(req->db, err_raise(ERR_NOT_FOUND, "the rule has changed")));
    TRY(rule_json(req, r.name_en, r.method, r.position, r.active, &before));
    TRY(request_audit(req, KIND, r.id, before, NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS));
}

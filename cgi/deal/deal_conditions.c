/* deal/deal_conditions.c */
#include "deal/deal_conditions.h"
#include "base/str.h"
#include "deal/deal_view.h"

enum { CASES_SHOWN = 30 };

/* -- in words ------------------------------------------------------------------------------------
 */

const struct choice deal_verdict_choices[] = {
    { "different", N_("Different customer") },
    { "possible", N_("Possibly the same") },
    { "same", N_("Same customer") },
    { 0 },
};

static void add(struct view *row, const char *text)
{
    if (!str_is_empty(text))
        view_text(view_row(row, "Conditions"), "Text", text);
}

static const char *amount(const struct request *req, int64_t e4)
{
    return page_reported(req, e4, 0, 2);
}

void deal_conditions_show(struct request *req, struct view *row, const struct deal_conditions *c)
{
    add(row, deal_staff_word(req, c->tier_en, c->tier_zh));
    if (c->amount_least != 0)
        add(row, trf(req, N_("at least %s"), amount(req, c->amount_least)));
    if (c->amount_most != 0)
        add(row, trf(req, N_("at most %s"), amount(req, c->amount_most)));
    add(row, deal_staff_word(req, c->line_en, c->line_zh));
    if (!str_is_empty(c->country))
        add(row, text_country_name(text_locale_lang(req->locale), c->country));
    add(row, deal_choice(req, deal_types, c->deal_type));
    add(row, deal_choice(req, deal_verdict_choices, c->verdict));
}

struct deal_rule deal_conditions_rule(const struct deal_conditions *c)
{
    return (struct deal_rule){ .active = true,
                               .tier_id = c->tier_id,
                               .amount_least = c->amount_least,
                               .amount_most =
                                   c->amount_most == 0 ? DEAL_AMOUNT_ANY : c->amount_most,
                               .product_line_id = c->product_line_id,
                               .country = c->country,
                               .deal_type = c->deal_type,
                               .verdict = c->verdict,
                               .outcome = "assign" };
}

/* -- the form ------------------------------------------------------------------------------------
 */

struct name_row {
    int64_t id;
    const char *name_en, *name_zh;
};
static const struct db_field name_fields[] = {
    DB_FIELD(struct name_row, id, DB_I64, 0),
    DB_FIELD(struct name_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct name_row, name_zh, DB_TEXT, 240),
    { 0 },
};
#define NAMES(ident, name_, from)                        \
    static const struct db_stmt ident = {                \
        .name = name_,                                   \
        .sql = "SELECT id, name_en, name_zh FROM " from, \
        .binds = "",                                     \
        .fields = name_fields,                           \
        .row_bytes = sizeof(struct name_row),            \
        .flags = DB_WHOLE_TABLE,                         \
    }
NAMES(tiers, "deal.condition_tiers", "tier ORDER BY rank DESC");
NAMES(lines, "deal.condition_lines", "product_line ORDER BY sort, id");

db_stmt_table deal_condition_statements[] = { &tiers, &lines, NULL };

static const struct {
    const char *field;
    const struct db_stmt *stmt;
    size_t offset;
} named[] = {
    { "tier_id", &tiers, offsetof(struct deal_conditions, tier_id) },
    { "product_line_id", &lines, offsetof(struct deal_conditions, product_line_id) },
};

void deal_conditions_fault(struct request *req, bool wrong, const char *field, const char *message)
{
    if (wrong)
        form_fault(req, field, -1, message);
}

void deal_conditions_check(struct request *req, const struct deal_conditions *c)
{
    deal_conditions_fault(req, c->amount_most != 0 && c->amount_least > c->amount_most,
                          "amount_most", tr(req, N_("The upper bound is below the lower one.")));
}

/* What is not there to choose may not be chosen. */
struct err *deal_conditions_judge(struct request *req, const struct deal_conditions *c)
{
    struct name_row *rows;
    size_t count;

    for (size_t k = 0; k < ARRAY_LEN(named); k++) {
        const int64_t id = *(const int64_t *)(const void *)((const char *)c + named[k].offset);
        bool found = id == 0;

        TRY(db_list(req->db, req->arena, named[k].stmt, DB_NO_ARGS, &rows, &count));
        for (size_t i = 0; i < count; i++)
            found = found || rows[i].id == id;
        deal_conditions_fault(req, !found, named[k].field, tr(req, N_("Choose one of the list.")));
    }
    return NULL;
}

void deal_conditions_option(struct request *req, const char *field, int64_t id, const char *label)
{
    struct view *option =
        view_row(view_at(view_at(view_at(req->page, "Form"), "F"), field), "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

struct err *deal_conditions_options(struct request *req)
{
    struct name_row *rows;
    size_t count;

    for (size_t k = 0; k < ARRAY_LEN(named); k++) {
        TRY(db_list(req->db, req->arena, named[k].stmt, DB_NO_ARGS, &rows, &count));
        for (size_t i = 0; i < count; i++)
            deal_conditions_option(req, named[k].field, rows[i].id,
                                   deal_staff_word(req, rows[i].name_en, rows[i].name_zh));
    }
    return NULL;
}

/* -- tried on the past ---------------------------------------------------------------------------
 */

static void show_case(struct request *req, struct view *v, const struct deal_trial_case *c)
{
    struct view *row = view_row(v, "Cases");

    view_text(row, "Number", deal_number(req->arena, c->id));
    view_text(row, "Href", deal_staff_address(req, c->id));
    view_text(row, "Title", c->company_name);
    view_flag(row, "Change", c->change);
    page_status(req, row, "Status", deal_staff_statuses, c->state);
    page_at(req, row, "At", c->decided_at);
    view_flag(row, "Otherwise", !c->agrees);
    view_flag(row, "Earlier", c->earlier);
}

/* Those that people decided otherwise first; only what the visitor could open. */
static void show_cases(struct request *req, struct view *v, const struct deal_trial *trial)
{
    int shown = 0;

    for (int same = 0; same <= 1; same++)
        for (size_t i = 0; i < trial->count && shown < CASES_SHOWN; i++) {
            const struct deal_trial_case *c = &trial->cases[i];

            if (c->agrees != (same == 1) || !deal_staff_sees(req, c->department_id, c->reviewer_id))
                continue;
            show_case(req, v, c);
            shown++;
        }
}

void deal_conditions_tried(struct request *req, struct view *v, const struct deal_trial *trial,
                           struct rule_trial *out)
{
    *out = (struct rule_trial){ .tried = trial->tried,
                                .fits = trial->fits,
                                .matched = trial->matched,
                                .agreed = trial->agreed,
                                .earlier = trial->earlier };
    if (v != NULL)
        show_cases(req, v, trial);
}

struct err *deal_conditions_try(struct request *req, struct view *v,
                                const struct deal_trial_spec *spec, struct rule_trial *out)
{
    struct deal_trial *trial = arena_alloc(req->arena, sizeof(*trial));

    TRY(deal_rule_trial(req->db, req->arena, spec, trial));
    deal_conditions_tried(req, v, trial, out);
    return NULL;
}

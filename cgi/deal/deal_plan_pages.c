/* deal/deal_plan_pages.c - which registrations, and which changes to approved ones, need several
 * steps, as a book of rule/rule.h: the conditions that all rules about registrations share, and up
 * to three steps of up to three deciders. */
#include "base/str.h"
#include "deal/deal_amend_trial.h"
#include "deal/deal_conditions.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"

#include <string.h>

enum { HOURS_MOST = 240 };

/* -- rows ----------------------------------------------------------------------------------------
 */

struct step {
    int64_t hours; /* 0: there is no such step */
    const char *need, *title_en, *title_zh, *deciders;
};
struct plan_row {
    struct rule_head head;
    const char *covers;
    struct deal_conditions when;
    struct step steps[APPROVAL_STAGES];
};
#define STEP_FIELD(n, name, kind_, cap)                                                \
    {                                                                                  \
        .column = #name "_" #n, .kind = (kind_), .cap_bytes = (cap), .nullable = true, \
        .offset = offsetof(struct plan_row, steps) + ((n)-1) * sizeof(struct step) +   \
                  offsetof(struct step, name)                                          \
    }
#define STEP_FIELDS(n)                                                                \
    STEP_FIELD(n, hours, DB_I64, 0), STEP_FIELD(n, need, DB_TEXT, 4),                 \
        STEP_FIELD(n, title_en, DB_TEXT, 240), STEP_FIELD(n, title_zh, DB_TEXT, 240), \
        STEP_FIELD(n, deciders, DB_TEXT, DEAL_DECIDERS_BYTES)
static const struct db_field plan_fields[] = {
    RULE_FIELDS(struct plan_row),
    DB_FIELD(struct plan_row, covers, DB_TEXT, 12),
    DEAL_CONDITION_FIELDS(struct plan_row),
    STEP_FIELDS(1),
    STEP_FIELDS(2),
    STEP_FIELDS(3),
    { 0 },
};
#define STEP_COLUMNS(n)                                                                       \
    ", s" n ".hours AS hours_" n ", COALESCE(s" n ".need, 'all') AS need_" n ", COALESCE(s" n \
    ".title_en, '') AS title_en_" n ", COALESCE(s" n ".title_zh, '') AS title_zh_" n          \
    ", COALESCE(s" n ".deciders, '') AS deciders_" n
#define STEP_JOIN(n) \
    "LEFT JOIN deal_plan_step s" n " ON s" n ".plan_id = r.id AND s" n ".stage = " n " "
static const struct db_stmt plans = {
    .name = "deal.plan_rows",
    .sql = "SELECT " RULE_COLUMNS("r") ", r.covers, " DEAL_CONDITION_COLUMNS STEP_COLUMNS("1")
        STEP_COLUMNS("2") STEP_COLUMNS("3") " FROM deal_plan r" DEAL_CONDITION_JOINS STEP_JOIN("1")
            STEP_JOIN("2") STEP_JOIN("3") "WHERE r.deleted_at IS NULL ORDER BY r.position, r.id",
    .binds = "",
    .fields = plan_fields,
    .row_bytes = sizeof(struct plan_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_stmt plan_insert = {
    .name = "deal.plan_insert",
    .sql =
        "INSERT INTO deal_plan (position, name_en, name_zh, active, covers, tier_id, "
        "amount_least, amount_most, product_line_id, country, deal_type, verdict) "
        "SELECT last.position + 10, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM " RULE_LAST("deal_plan"),
    .binds = "ssis" DEAL_CONDITION_BINDS,
    .flags = DB_WRITE,
};
static const struct db_stmt plan_update = {
    .name = "deal.plan_update",
    .sql =
        "UPDATE deal_plan SET name_en = ?, name_zh = ?, active = ?, covers = ?, "
        "tier_id = ?, amount_least = ?, amount_most = ?, product_line_id = ?, country = ?, deal_type = ?, "
        "verdict = ?, row_version = row_version + 1 "
        "WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "ssis" DEAL_CONDITION_BINDS "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt step_put = {
    .name = "deal.plan_step_put",
    .sql = "INSERT INTO deal_plan_step (plan_id, stage, need, hours, title_en, title_zh, deciders) "
           "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE need = VALUES(need), "
           "hours = VALUES(hours), title_en = VALUES(title_en), title_zh = VALUES(title_zh), "
           "deciders = VALUES(deciders)",
    .binds = "iisisss",
    .flags = DB_WRITE,
};
RULE_STATEMENTS(plan, "deal.plan", "deal_plan");

struct role_row {
    int64_t id;
    const char *name_en, *name_zh;
};
static const struct db_field role_fields[] = {
    DB_FIELD(struct role_row, id, DB_I64, 0),
    DB_FIELD(struct role_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct role_row, name_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt roles = {
    .name = "deal.plan_roles",
    .sql = "SELECT r.id, r.name_en, r.name_zh FROM role r JOIN role_permission p "
           "ON p.role_id = r.id AND p.permission = 'deal.decide' WHERE r.audience = 'staff' "
           "ORDER BY r.id",
    .binds = "",
    .fields = role_fields,
    .row_bytes = sizeof(struct role_row),
    .flags = DB_WHOLE_TABLE,
};

db_stmt_table deal_plan_page_statements[] = {
    &plans,      &plan_insert, &plan_update, &step_put, &plan_turn,
    &plan_place, &plan_remove, &plan_tried,  &roles,    NULL,
};

/* -- the form ------------------------------------------------------------------------------------
 */

struct step_input {
    int64_t hours;
    const char *title_en, *title_zh, *need, *who[APPROVAL_SLOTS];
};
struct plan_form_input {
    struct rule_input rule;
    const char *covers;
    struct deal_conditions when;
    struct step_input steps[APPROVAL_STAGES];
};

static const struct choice needs[] = {
    { "all", N_("all of them") },
    { "any", N_("one of them") },
    { 0 },
};

static const struct choice coverages[] = {
    { DEAL_ROUND, N_("New registrations") },
    { DEAL_ROUND_AMEND, N_("Changes to approved registrations") },
    { "both", N_("Both: registrations, and changes to them") },
    { 0 },
};

static void add_choice(struct choice *list, size_t *n, const char *value, const char *label)
{
    list[(*n)++] = (struct choice){ value, label };
}

/* The manager of who has it, roles that may decide, people who may decide. */
static const struct choice *deciders(struct request *req)
{
    struct deal_reviewer_row *people;
    struct role_row *rows;
    struct choice *list;
    size_t row_count = 0, people_count = 0, n = 0;
    struct err *e = db_kept(req->db, &roles, &rows, &row_count);

    if (e == NULL)
        e = db_kept(req->db, &deal_staff_reviewers, &people, &people_count);
    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        row_count = people_count = 0;
    err_ignore(e);
    list = arena_array(req->arena, row_count + people_count + 2, sizeof(*list));
    add_choice(list, &n, "manager", tr(req, N_("The manager of who has it")));
    for (size_t i = 0; i < row_count; i++)
        add_choice(
            list, &n, arena_number(req->arena, "role_", rows[i].id),
            trf(req, N_("Role: %s"), deal_staff_word(req, rows[i].name_en, rows[i].name_zh)));
    for (size_t i = 0; i < people_count; i++)
        add_choice(list, &n, arena_number(req->arena, "user_", people[i].id), people[i].name);
    return list;
}

#define AT(n, member)                                                                         \
    .offset = offsetof(struct plan_form_input, steps) + ((n)-1) * sizeof(struct step_input) + \
              offsetof(struct step_input, member)
#define WHO(n, k)                                                                                 \
    {                                                                                             \
        .name = "step" #n "_who" #k, .label = N_("Who decides"), .kind = FIELD_CHOICE,            \
        .choices_of = deciders,                                                                   \
        .offset = offsetof(struct plan_form_input, steps) + ((n)-1) * sizeof(struct step_input) + \
                  offsetof(struct step_input, who) + ((k)-1) * sizeof(const char *)               \
    }
#define STEP(n)                           \
    { .name = "step" #n "_title_en",      \
      .label = N_("Name in English"),     \
      .kind = FIELD_TEXT,                 \
      .max = 120,                         \
      AT(n, title_en) },                  \
        { .name = "step" #n "_title_zh",  \
          .label = N_("Name in Chinese"), \
          .kind = FIELD_TEXT,             \
          .max = 120,                     \
          AT(n, title_zh) },              \
        { .name = "step" #n "_hours",     \
          .label = N_("Business hours"),  \
          .kind = FIELD_INT,              \
          .min = 0,                       \
          .max = HOURS_MOST,              \
          AT(n, hours) },                 \
        { .name = "step" #n "_need",      \
          .label = N_("How many"),        \
          .kind = FIELD_CHOICE,           \
          .choices = needs,               \
          AT(n, need) },                  \
        WHO(n, 1), WHO(n, 2), WHO(n, 3)
static const struct field form_fields[] = {
    RULE_INPUTS(struct plan_form_input),
    { .name = "covers",
      .label = N_("Decides"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = coverages,
      .offset = offsetof(struct plan_form_input, covers) },
    DEAL_CONDITION_INPUTS(struct plan_form_input),
    STEP(1),
    STEP(2),
    STEP(3),
    { 0 },
};

static const char *const who_fields[] = { "step1_who1", "step2_who1", "step3_who1" };
static const char *const title_fields[] = { "step1_title_en", "step2_title_en", "step3_title_en" };
static const char *const hours_fields[] = { "step1_hours", "step2_hours", "step3_hours" };

static bool has_deciders(const struct step_input *step)
{
    bool any = false;

    for (size_t k = 0; k < APPROVAL_SLOTS; k++)
        any = any || !str_is_empty(step->who[k]);
    return any;
}

static void check_plan(struct request *req, void *input)
{
    const struct plan_form_input *in = input;

    deal_conditions_check(req, &in->when);
    deal_conditions_fault(req, !has_deciders(&in->steps[0]), who_fields[0],
                          tr(req, N_("Say who decides in the first step.")));
    for (size_t i = 0; i < APPROVAL_STAGES; i++) {
        const struct step_input *step = &in->steps[i];
        const bool wanted = has_deciders(step);

        deal_conditions_fault(req, wanted && str_is_empty(step->title_en), title_fields[i],
                              tr(req, N_("Name the step: the partner reads it.")));
        deal_conditions_fault(req, wanted && step->hours == 0, hours_fields[i],
                              tr(req, N_("Enter how many business hours it may take.")));
        deal_conditions_fault(req, i > 0 && !wanted && !str_is_empty(step->title_en), who_fields[i],
                              tr(req, N_("Say who decides in this step.")));
    }
}

static const struct form plan_form = { .name = "deal.plan",
                                       .fields = form_fields,
                                       .size_bytes = sizeof(struct plan_form_input),
                                       .check = check_plan };

static struct err *judge_plan(struct request *req, const void *input)
{
    const struct plan_form_input *in = input;

    return err_pass(deal_conditions_judge(req, &in->when));
}

/* -- stored --------------------------------------------------------------------------------------
 */

static const char *nth_word(struct request *req, const char *text, size_t n)
{
    for (; n > 0 && *text != '\0'; n--) {
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    return arena_printf(req->arena, "%.*s", (int)strcspn(text, " "), text);
}

static void stored_plan(struct request *req, const void *rule, void *input_out)
{
    const struct plan_row *r = rule;
    struct plan_form_input *in = input_out;

    *in = (struct plan_form_input){
        .rule = { r->head.row_version, r->head.name_en, r->head.name_zh, r->head.active },
        .covers = r->covers,
        .when = r->when,
    };
    for (size_t i = 0; i < APPROVAL_STAGES; i++) {
        in->steps[i] = (struct step_input){ .hours = r->steps[i].hours,
                                            .title_en = r->steps[i].title_en,
                                            .title_zh = r->steps[i].title_zh,
                                            .need = r->steps[i].need };
        for (size_t k = 0; k < APPROVAL_SLOTS; k++)
            in->steps[i].who[k] = nth_word(req, r->steps[i].deciders, k);
    }
}

static struct err *write_step(struct request *req, int64_t id, size_t i,
                              const struct step_input *step)
{
    const bool wanted = has_deciders(step);
    const char *words = "";

    for (size_t k = 0; k < APPROVAL_SLOTS; k++)
        if (!str_is_empty(step->who[k]))
            words = arena_join(req->arena, words, *words != '\0' ? " " : "", step->who[k], NULL);
    return err_pass(db_exec(
        req->db, &step_put,
        DB_ARGS(DB_I(id), DB_I((int64_t)i + 1), DB_S(str_is_empty(step->need) ? "all" : step->need),
                DB_I(wanted ? step->hours : 0), DB_S(wanted ? step->title_en : ""),
                DB_S(wanted ? step->title_zh : ""), DB_S(words)),
        NULL));
}

static const char *covered(const char *typed)
{
    return str_is_empty(typed) ? DEAL_ROUND : typed;
}

static struct err *write_plan(struct request *req, int64_t id, const void *input, int64_t *id_out)
{
    const struct plan_form_input *in = input;
    /* A new one has no id: its arguments end there. */
    static const struct db_arg none = { 0 };
    const struct db_arg known = DB_I(id), key = id == 0 ? none : known;
    const struct db_arg args[] = {
        DB_S(in->rule.name_en),
        DB_S(str_is_empty(in->rule.name_zh) ? in->rule.name_en : in->rule.name_zh),
        DB_I(in->rule.active),
        DB_S(covered(in->covers)),
        DEAL_CONDITION_ARGS(&in->when),
        key,
        DB_I(in->rule.row_version),
        { 0 },
    };
    int64_t changed = 1;

    *id_out = id;
    TRY(id == 0 ? db_insert(req->db, &plan_insert, args, id_out)
                : db_exec(req->db, &plan_update, args, &changed));
    if (changed != 1)
        *id_out = 0;
    for (size_t i = 0; *id_out != 0 && i < APPROVAL_STAGES; i++)
        TRY(write_step(req, *id_out, i, &in->steps[i]));
    return NULL;
}

/* -- the book ------------------------------------------------------------------------------------
 */

static const struct status_row outcomes[] = {
    { "0", "off", "x", N_("No step") },
    { "1", "info", "user-check", N_("One step") },
    { "2", "info", "users", N_("Two steps") },
    { "3", "info", "users", N_("Three steps") },
    { 0 },
};

static void describe(struct request *req, struct view *row, const void *rule)
{
    const struct plan_row *r = rule;
    const char *text = "";
    int n = 0;

    view_text(view_row(row, "Conditions"), "Text", deal_choice(req, coverages, r->covers));
    deal_conditions_show(req, row, &r->when);
    for (size_t i = 0; i < APPROVAL_STAGES; i++) {
        const struct step *s = &r->steps[i];
        const char *title = deal_staff_word(req, s->title_en,
                                            str_is_empty(s->title_zh) ? s->title_en : s->title_zh);

        if (s->hours == 0)
            continue;
        text = arena_join(
            req->arena, text, n++ > 0 ? " → " : "",
            trf(req, N_("%1$s (%2$s h)"), title, text_number(req->locale, req->arena, s->hours)),
            NULL);
    }
    page_status(req, row, "Outcome", outcomes, arena_printf(req->arena, "%d", n));
    view_text(row, "Assign", text);
}

static void crumbs(struct request *req)
{
    deal_staff_crumbs(req, NULL);
}

/* One that is asked about what the other covers. */
static bool covers_alike(const char *x, const char *y)
{
    return str_eq(x, y) || str_eq(x, "both") || str_eq(y, "both");
}

static struct err *plans_before(struct request *req, const struct rule_head *head,
                                const char *covers, struct deal_trial_spec *spec)
{
    struct plan_row *rows;
    struct deal_rule *before;
    size_t count;

    TRY(db_list(req->db, req->arena, &plans, DB_NO_ARGS, &rows, &count));
    before = arena_array(req->arena, count + 1, sizeof(*before));
    for (size_t i = 0; i < count && (head == NULL || rows[i].head.id != head->id); i++) {
        before[i] = deal_conditions_rule(&rows[i].when);
        before[i].active = rows[i].head.active && covers_alike(rows[i].covers, covers);
        spec->before_count = i + 1;
    }
    spec->before = before;
    return NULL;
}

static const struct {
    const char *covers;
    struct err *(*trial)(struct db *db, struct arena *a, const struct deal_trial_spec *spec,
                         struct deal_trial *trial_out);
} past_records[] = { { DEAL_ROUND, deal_rule_trial }, { DEAL_ROUND_AMEND, deal_amend_trial } };

/* On past records of the kinds that it covers. */
static struct err *try_plan(struct request *req, struct view *v, const struct rule_head *head,
                            const void *input, struct rule_trial *out)
{
    const struct plan_form_input *in = input;
    const struct deal_rule rule = deal_conditions_rule(&in->when);
    struct deal_trial *all = arena_alloc(req->arena, sizeof(*all));
    struct deal_trial *one = arena_alloc(req->arena, sizeof(*one));

    for (size_t i = 0; i < ARRAY_LEN(past_records); i++) {
        struct deal_trial_spec spec = { .rule = &rule, .most = DEAL_TRIED_AT_ONCE };

        if (!covers_alike(covered(in->covers), past_records[i].covers))
            continue;
        TRY(plans_before(req, head, past_records[i].covers, &spec));
        TRY(past_records[i].trial(req->db, req->arena, &spec, one));
        deal_trial_join(all, one);
    }
    deal_conditions_tried(req, v, all, out);
    return NULL;
}

static const struct rule_book deal_plan = {
    .kind = "deal_plan",
    .address = "/staff/deals/steps",
    .title = N_("Steps of approval"),
    .edit = PERM_DEAL_RULES_EDIT,
    .form = &plan_form,
    .row_bytes = sizeof(struct plan_row),
    .rows = &plans,
    .turn = &plan_turn,
    .place = &plan_place,
    .remove = &plan_remove,
    .tried = &plan_tried,
    .crumbs = crumbs,
    .describe = describe,
    .options = deal_conditions_options,
    .judge = judge_plan,
    .stored = stored_plan,
    .write = write_plan,
    .try_out = try_plan,
};
RULE_HANDLERS(deal_plan, "deal_plan");

const struct route deal_plan_routes[] = {
    RULE_ROUTES(deal_plan, "deal.plan", "/staff/deals/steps", PERM_DEAL_RULES, PERM_DEAL_RULES_EDIT,
                &plan_form, "deal/staff_plans.cs", "deal/staff_plan.cs",
                "deal/staff_rule_delete.cs"),
    { 0 },
};

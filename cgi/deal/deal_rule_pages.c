/* deal/deal_rule_pages.c - the automatic rules as a book of rule/rule.h: their outcomes in words
 * and in a form, beside the conditions that they share with others. */
#include "base/str.h"
#include "deal/deal_conditions.h"
#include "deal/deal_view.h"

/* -- rows ----------------------------------------------------------------------------------------
 */

struct rule_row {
    struct rule_head head;
    struct deal_conditions when;
    int64_t assign_user_id, assign_department_id;
    const char *outcome, *reason_code, *reason_en, *reason_zh, *assign_name, *department_en,
        *department_zh;
};
static const struct db_field rule_fields[] = {
    RULE_FIELDS(struct rule_row),
    DEAL_CONDITION_FIELDS(struct rule_row),
    DB_NULLABLE(struct rule_row, assign_user_id, DB_I64, 0),
    DB_NULLABLE(struct rule_row, assign_department_id, DB_I64, 0),
    DB_FIELD(struct rule_row, outcome, DB_TEXT, 10),
    DB_FIELD(struct rule_row, reason_code, DB_TEXT, 24),
    DB_FIELD(struct rule_row, reason_en, DB_TEXT, 480),
    DB_FIELD(struct rule_row, reason_zh, DB_TEXT, 480),
    DB_FIELD(struct rule_row, assign_name, DB_TEXT, 240),
    DB_FIELD(struct rule_row, department_en, DB_TEXT, 240),
    DB_FIELD(struct rule_row, department_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt rules = {
    .name = "deal.rule_rows",
    .sql = "SELECT " RULE_COLUMNS(
        "r") ", " DEAL_CONDITION_COLUMNS
             ", r.assign_user_id, r.assign_department_id, r.outcome, r.reason_code, "
             "COALESCE(w.text_en, '') AS reason_en, COALESCE(w.text_zh, '') AS reason_zh, "
             "COALESCE(u.name, '') AS assign_name, COALESCE(g.name_en, '') AS department_en, "
             "COALESCE(g.name_zh, '') AS department_zh FROM deal_rule r" DEAL_CONDITION_JOINS
             "LEFT JOIN deal_reason w ON w.code = r.reason_code "
             "LEFT JOIN user u ON u.id = r.assign_user_id "
             "LEFT JOIN department g ON g.id = r.assign_department_id "
             "WHERE r.deleted_at IS NULL ORDER BY r.position, r.id",
    .binds = "",
    .fields = rule_fields,
    .row_bytes = sizeof(struct rule_row),
    .flags = DB_WHOLE_TABLE,
};

static const struct db_stmt rule_insert = {
    .name = "deal.rule_insert",
    .sql = "INSERT INTO deal_rule (position, name_en, name_zh, active, tier_id, amount_least, "
           "amount_most, product_line_id, country, deal_type, verdict, outcome, reason_code, "
           "assign_user_id, assign_department_id) SELECT last.position + 10, "
           "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM " RULE_LAST("deal_rule"),
    .binds = "ssi" DEAL_CONDITION_BINDS "ssii",
    .flags = DB_WRITE,
};
static const struct db_stmt rule_update = {
    .name = "deal.rule_update",
    .sql = "UPDATE deal_rule SET name_en = ?, name_zh = ?, active = ?, tier_id = ?, "
           "amount_least = ?, amount_most = ?, product_line_id = ?, country = ?, deal_type = ?, "
           "verdict = ?, outcome = ?, reason_code = ?, assign_user_id = ?, "
           "assign_department_id = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND deleted_at IS NULL",
    .binds = "ssi" DEAL_CONDITION_BINDS "ssiiii",
    .flags = DB_WRITE,
};
RULE_STATEMENTS(rule, "deal.rule", "deal_rule");

struct department_row {
    int64_t id;
    const char *name_en, *name_zh;
};
static const struct db_field department_fields[] = {
    DB_FIELD(struct department_row, id, DB_I64, 0),
    DB_FIELD(struct department_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct department_row, name_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt departments = {
    .name = "deal.rule_departments",
    .sql = "SELECT id, name_en, name_zh FROM department ORDER BY id",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct department_row),
    .flags = DB_WHOLE_TABLE,
};

db_stmt_table deal_rule_page_statements[] = {
    &rules,       &rule_insert, &rule_update, &rule_turn, &rule_place,
    &rule_remove, &rule_tried,  &departments, NULL,
};

/* -- the form ------------------------------------------------------------------------------------
 */

struct rule_form_input {
    struct rule_input rule;
    struct deal_conditions when;
    int64_t assign_user_id, assign_department_id;
    const char *outcome, *reason_code;
};

static const struct choice outcome_choices[] = {
    { "approve", N_("Approve") },
    { "reject", N_("Reject") },
    { "assign", N_("Give to a reviewer") },
    { 0 },
};

static const struct choice *reasons(struct request *req)
{
    struct deal_reason_choice *rows;
    struct choice *list;
    size_t count = 0, n = 0;
    struct err *e = db_kept(req->db, &deal_staff_reasons, &rows, &count);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        count = 0;
    err_ignore(e);
    list = arena_array(req->arena, count + 1, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].use_for, "reject"))
            list[n++] = (struct choice){ rows[i].code,
                                         deal_staff_word(req, rows[i].text_en, rows[i].text_zh) };
    return list;
}

#define AT(member) .offset = offsetof(struct rule_form_input, member)
static const struct field form_fields[] = {
    RULE_INPUTS(struct rule_form_input),
    DEAL_CONDITION_INPUTS(struct rule_form_input),
    { .name = "outcome",
      .label = N_("Then"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what the rule does."),
      .choices = outcome_choices,
      AT(outcome) },
    { .name = "reason_code",
      .label = N_("Reason"),
      .kind = FIELD_CHOICE,
      .choices_of = reasons,
      AT(reason_code) },
    { .name = "assign_user_id", .label = N_("Reviewer"), .kind = FIELD_ID, AT(assign_user_id) },
    { .name = "assign_department_id",
      .label = N_("Department"),
      .kind = FIELD_ID,
      AT(assign_department_id) },
    { 0 },
};

static struct deal_rule as_rule(const struct rule_form_input *in)
{
    struct deal_rule rule = deal_conditions_rule(&in->when);

    rule.outcome = in->outcome;
    return rule;
}

/* A condition that can never hold, and an outcome that says nothing. */
static void check_rule(struct request *req, void *input)
{
    const struct rule_form_input *in = input;
    const struct deal_facts none = { .verdict = "different" };
    const struct deal_rule rule = as_rule(in);
    const bool approves = str_eq(in->outcome, "approve"), rejects = str_eq(in->outcome, "reject"),
               assigns = str_eq(in->outcome, "assign");

    deal_conditions_check(req, &in->when);
    deal_conditions_fault(req, rejects && str_is_empty(in->reason_code), "reason_code",
                          tr(req, N_("Choose a reason.")));
    deal_conditions_fault(
        req, rejects && !deal_rule_decides(&rule, &none), "outcome",
        tr(req, N_("No rule rejects because of the conflict check alone: add a condition.")));
    deal_conditions_fault(
        req, approves && !str_is_empty(in->when.verdict) && !str_eq(in->when.verdict, "different"),
        "verdict", tr(req, N_("What may be the same customer is approved by a person only.")));
    deal_conditions_fault(req, assigns && in->assign_user_id == 0 && in->assign_department_id == 0,
                          "assign_user_id", tr(req, N_("Choose a reviewer or a department.")));
}

static const struct form rule_form = { .name = "deal.rule",
                                       .fields = form_fields,
                                       .size_bytes = sizeof(struct rule_form_input),
                                       .check = check_rule };

static struct err *show_options(struct request *req)
{
    struct deal_reviewer_row *people;
    struct department_row *rows;
    size_t count;

    TRY(deal_conditions_options(req));
    TRY(db_list(req->db, req->arena, &departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        deal_conditions_option(req, "assign_department_id", rows[i].id,
                               deal_staff_word(req, rows[i].name_en, rows[i].name_zh));
    TRY(db_list(req->db, req->arena, &deal_staff_reviewers, DB_NO_ARGS, &people, &count));
    for (size_t i = 0; i < count; i++)
        deal_conditions_option(req, "assign_user_id", people[i].id, people[i].name);
    return NULL;
}

static struct err *judge_rule(struct request *req, const void *input)
{
    const struct rule_form_input *in = input;
    bool person = in->assign_user_id == 0, department = in->assign_department_id == 0;
    struct deal_reviewer_row *people;
    struct department_row *rows;
    size_t count;

    TRY(deal_conditions_judge(req, &in->when));
    TRY(db_list(req->db, req->arena, &departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        department = department || rows[i].id == in->assign_department_id;
    TRY(db_list(req->db, req->arena, &deal_staff_reviewers, DB_NO_ARGS, &people, &count));
    for (size_t i = 0; i < count; i++)
        person = person || people[i].id == in->assign_user_id;
    deal_conditions_fault(req, !department, "assign_department_id",
                          tr(req, N_("Choose one of the list.")));
    deal_conditions_fault(req, !person, "assign_user_id",
                          tr(req, N_("Choose somebody who may decide.")));
    return NULL;
}

static void stored_rule(struct request *req, const void *rule, void *input_out)
{
    const struct rule_row *r = rule;
    struct rule_form_input *in = input_out;

    (void)req;
    *in = (struct rule_form_input){
        .rule = { r->head.row_version, r->head.name_en, r->head.name_zh, r->head.active },
        .when = r->when,
        .assign_user_id = r->assign_user_id,
        .assign_department_id = r->assign_department_id,
        .outcome = r->outcome,
        .reason_code = r->reason_code,
    };
}

/* What belongs to another outcome is left out. */
static struct err *write_rule(struct request *req, int64_t id, const void *input, int64_t *id_out)
{
    const struct rule_form_input *in = input;
    const bool assigns = str_eq(in->outcome, "assign"), rejects = str_eq(in->outcome, "reject");
    /* A new one has no id: its arguments end there. */
    static const struct db_arg none = { 0 };
    const struct db_arg known = DB_I(id), key = id == 0 ? none : known;
    const struct db_arg args[] = {
        DB_S(in->rule.name_en),
        DB_S(str_is_empty(in->rule.name_zh) ? in->rule.name_en : in->rule.name_zh),
        DB_I(in->rule.active),
        DEAL_CONDITION_ARGS(&in->when),
        DB_S(in->outcome),
        DB_S(rejects ? in->reason_code : ""),
        DB_ID(assigns ? in->assign_user_id : 0),
        DB_ID(assigns ? in->assign_department_id : 0),
        key,
        DB_I(in->rule.row_version),
        { 0 },
    };
    int64_t changed;

    if (id == 0)
        return err_pass(db_insert(req->db, &rule_insert, args, id_out));
    TRY(db_exec(req->db, &rule_update, args, &changed));
    *id_out = changed == 1 ? id : 0;
    return NULL;
}

/* -- the book ------------------------------------------------------------------------------------
 */

static const struct status_row outcomes[] = {
    { "approve", "good", "shield-check", N_("Approve") },
    { "reject", "bad", "x", N_("Reject") },
    { "assign", "info", "user-check", N_("Give to a reviewer") },
    { 0 },
};

static void describe(struct request *req, struct view *row, const void *rule)
{
    const struct rule_row *r = rule;
    const char *department = deal_staff_word(req, r->department_en, r->department_zh);

    deal_conditions_show(req, row, &r->when);
    page_status(req, row, "Outcome", outcomes, r->outcome);
    view_text(row, "Assign",
              !str_is_empty(r->assign_name) ? r->assign_name
              : !str_is_empty(department)   ? department
                                            : deal_staff_word(req, r->reason_en, r->reason_zh));
}

static void crumbs(struct request *req)
{
    deal_staff_crumbs(req, NULL);
}

/* After those that stand before it; a new one after all. */
static struct err *try_rule(struct request *req, struct view *v, const struct rule_head *head,
                            const void *input, struct rule_trial *out)
{
    const struct deal_rule rule = as_rule(input);
    struct deal_trial_spec spec = { .rule = &rule, .most = DEAL_TRIED_AT_ONCE };
    struct deal_rule *all;
    size_t count;

    TRY(deal_rules_load(req->db, req->arena, &all, &count));
    while (spec.before_count < count && (head == NULL || all[spec.before_count].id != head->id))
        spec.before_count++;
    spec.before = all;
    return err_pass(deal_conditions_try(req, v, &spec, out));
}

static const struct rule_book deal_rule = {
    .kind = "deal_rule",
    .address = "/staff/deals/rules",
    .title = N_("Automatic rules"),
    .edit = PERM_DEAL_RULES_EDIT,
    .form = &rule_form,
    .row_bytes = sizeof(struct rule_row),
    .rows = &rules,
    .turn = &rule_turn,
    .place = &rule_place,
    .remove = &rule_remove,
    .tried = &rule_tried,
    .crumbs = crumbs,
    .describe = describe,
    .options = show_options,
    .judge = judge_rule,
    .stored = stored_rule,
    .write = write_rule,
    .try_out = try_rule,
};
RULE_HANDLERS(deal_rule, "deal_rule");

const struct route deal_rule_routes[] = {
    RULE_ROUTES(deal_rule, "deal.rule", "/staff/deals/rules", PERM_DEAL_RULES, PERM_DEAL_RULES_EDIT,
                &rule_form, "deal/staff_rules.cs", "deal/staff_rule.cs",
                "deal/staff_rule_delete.cs"),
    { 0 },
};

/* report/report_sets.c - the data sets, and what is asked of their fields.
 *
 * A set's scope is that of its list: both are made of access/scope.h. */
#include "report/report_inside.h"
#include "access/scope.h"

#include "base/str.h"
#include "deal/deal_forms.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "lead/lead_forms.h"
#include "lead/lead_view.h"
#include "opportunity/opportunity_many.h"
#include "opportunity/opportunity_view.h"
#include "programme/programme.h"

#include <string.h>
#include <strings.h>

#define FIELD(name_, label_, type_, sql_) \
    .name = name_, .label = (label_), .type = REPORT_##type_, .sql = (sql_)
#define NAMED(name_, label_, table)                                                 \
    .name = name_, .label = (label_), .type = REPORT_TEXT, .sql = table ".name_en", \
    .sql_zh = table ".name_zh"

/* -- registrations -------------------------------------------------------------------------------
 */

static const struct report_field deal_fields[] = {
    { FIELD("status", N_("Status"), CODE, "d.state"), .words = deal_staff_statuses },
    { FIELD("customer", N_("Customer"), TEXT, "d.company_name") },
    { FIELD("country", N_("Country"), COUNTRY, "d.country") },
    { FIELD("partner", N_("Partner"), TEXT, "a.name") },
    { NAMED("tier", N_("Tier"), "t") },
    { NAMED("department", N_("Department"), "x") },
    { FIELD("project", N_("Project"), TEXT, "d.project_name") },
    { FIELD("type", N_("Type of deal"), CODE, "d.deal_type"), .choices = deal_types },
    { FIELD("value", N_("Estimated value"), MONEY, "d.total_report") },
    { FIELD("currency", N_("Currency"), TEXT, "d.currency") },
    { FIELD("verdict", N_("Conflict check"), CODE, "d.verdict"), .words = deal_conflict_statuses },
    { FIELD("reviewer", N_("Reviewer"), TEXT, "d.reviewer_name") },
    { FIELD("created", N_("Begun"), INSTANT, "d.created_at") },
    { FIELD("submitted", N_("Submitted"), INSTANT, "d.submitted_at") },
    { FIELD("decided", N_("Decided"), INSTANT, "d.decided_at") },
    { FIELD("decision_hours", N_("Business hours to decision"), NUMBER,
            "ROUND(d.decision_minutes / 60, 2)"),
      .permission = PERM_DEAL_FIGURES },
    { FIELD("protected_until", N_("Protected until"), DAY, "d.protected_until") },
    { FIELD("expected_close", N_("Expected close"), DAY, "d.expected_close") },
    { 0 },
};

/* -- opportunities -------------------------------------------------------------------------------
 */

static const struct report_field opportunity_fields[] = {
    { FIELD("title", N_("Opportunity"), TEXT, "o.name") },
    { FIELD("customer", N_("Customer"), TEXT, "o.customer_name") },
    { FIELD("country", N_("Country"), COUNTRY, "o.customer_country") },
    { FIELD("partner", N_("Partner"), TEXT, "p.name") },
    { NAMED("territory", N_("Territory"), "y") },
    { NAMED("stage", N_("Stage"), "s") },
    { FIELD("status", N_("Status"), CODE, "o.state"), .words = opportunity_states },
    { FIELD("category", N_("Forecast category"), CODE, "o.category"),
      .words = opportunity_categories },
    { FIELD("amount", N_("Amount"), MONEY, "o.amount_report") },
    { FIELD("weighted", N_("Weighted amount"), MONEY, "o.weighted_report") },
    { FIELD("probability", N_("Probability, per cent"), NUMBER, "o.probability") },
    { FIELD("owner", N_("Owner"), TEXT, "o.owner_name") },
    { NAMED("department", N_("Department"), "x") },
    { FIELD("slips", N_("Times postponed"), NUMBER, "o.slips") },
    { FIELD("expected_close", N_("Expected close"), DAY, "o.expected_close") },
    { FIELD("next_step_on", N_("Next step on"), DAY, "o.next_step_on") },
    { FIELD("created", N_("Created"), INSTANT, "o.created_at") },
    { FIELD("closed", N_("Closed"), INSTANT, "o.closed_at") },
    { 0 },
};

/* -- leads ---------------------------------------------------------------------------------------
 */

static const struct report_field lead_fields[] = {
    { FIELD("status", N_("Status"), CODE, "l.state"), .words = lead_staff_statuses },
    { FIELD("company", N_("Company"), TEXT, "l.company_name") },
    { FIELD("country", N_("Country"), COUNTRY, "l.country") },
    { FIELD("city", N_("City"), TEXT, "l.city") },
    { FIELD("partner", N_("Partner"), TEXT, "p.name") },
    { NAMED("line", N_("Product line"), "g") },
    { NAMED("department", N_("Department"), "x") },
    { FIELD("source", N_("Source"), CODE, "l.source"), .choices = lead_sources },
    { FIELD("campaign", N_("Campaign"), TEXT, "l.campaign") },
    { FIELD("budget", N_("Budget"), CODE, "l.budget"), .choices = lead_budgets },
    { FIELD("timeframe", N_("Timeframe"), CODE, "l.timeframe"), .choices = lead_timeframes },
    { FIELD("score", N_("Score"), NUMBER, "l.score") },
    { FIELD("created", N_("Created"), INSTANT, "l.created_at") },
    { FIELD("accepted", N_("Accepted"), INSTANT, "l.accepted_at") },
    { FIELD("closed", N_("Closed"), INSTANT, "l.closed_at") },
    { 0 },
};

/* -- accounts and partners -----------------------------------------------------------------------
 */

static const struct status_row account_kinds[] = {
    { "partner", "good", "building-store", N_("Partner") },
    { "customer", "info", "building", N_("Customer") },
    { "prospect", "neutral", "user-search", N_("Prospect") },
    { 0 },
};
static const struct choice yes_no[] = { { "1", N_("yes") }, { "0", N_("no") }, { 0 } };
static const struct status_row partner_standings[] = {
#define X(id, code, tone, icon, word) { code, tone, icon, word },
    PARTNER_STATES(X)
#undef X
        { 0 },
};

static const struct report_field account_fields[] = {
    { FIELD("company", N_("Company"), TEXT, "a.name") },
    { FIELD("kind", N_("Kind"), CODE, "a.kind"), .words = account_kinds },
    { FIELD("country", N_("Country"), COUNTRY, "a.country") },
    { FIELD("city", N_("City"), TEXT, "a.city") },
    { NAMED("tier", N_("Tier"), "t") },
    { NAMED("department", N_("Department"), "x") },
    { FIELD("named", N_("Named account"), CODE, "IF(a.named, '1', '0')"), .choices = yes_no },
    { FIELD("created", N_("Created"), INSTANT, "a.created_at") },
    { FIELD("changed", N_("Changed"), INSTANT, "a.updated_at") },
    { 0 },
};

static const struct report_field partner_fields[] = {
    { FIELD("partner", N_("Partner"), TEXT, "a.name") },
    { FIELD("status", N_("Status"), CODE, "a.status"), .words = partner_standings },
    { FIELD("country", N_("Country"), COUNTRY, "a.country") },
    { FIELD("city", N_("City"), TEXT, "a.city") },
    { NAMED("tier", N_("Tier"), "t") },
    { NAMED("department", N_("Department"), "x") },
    { FIELD("revenue", N_("Revenue, 12 months"), MONEY, "r.value") },
    { FIELD("certificates", N_("Certificates"), NUMBER, "c.value") },
    { FIELD("users", N_("Users"), NUMBER, "n.value") },
    { FIELD("satisfaction", N_("Satisfaction, of 5"), NUMBER, "ROUND(s.value / 10, 1)") },
    { FIELD("leads_open", N_("Open leads"), NUMBER, "h.open") },
    { FIELD("leads_offered", N_("Leads offered"), NUMBER, "h.offers") },
    { FIELD("leads_accepted", N_("Leads accepted"), NUMBER, "h.accepted") },
    { FIELD("leads_converted", N_("Leads converted"), NUMBER, "h.converted") },
    { FIELD("since", N_("Partner since"), INSTANT, "a.created_at") },
    { 0 },
};

#define DEPARTMENT(of) "LEFT JOIN department x ON x.id = " of ".department_id "
#define FIGURE(alias, measure_)                                          \
    "LEFT JOIN partner_figure " alias " ON " alias ".account_id = a.id " \
    "AND " alias ".measure = '" measure_ "' "

/* What an import brought and took back stays as a record, and is nobody's loss. */
#define NOT_UNDONE(of, reason) "AND " of ".reason_code <> '" reason "' "

const struct report_set report_sets[] = {
    { .name = "deals",
      .label = N_("Deal registrations"),
      .help = N_("What partners registered: status, value, decision, protection."),
      .icon = "shield-check",
      .permission = PERM_DEAL_VIEW,
      .export_permission = PERM_DEAL_EXPORT,
      .from = "FROM deal d JOIN account a ON a.id = d.account_id "
              "LEFT JOIN tier t ON t.id = a.tier_id " DEPARTMENT("d"),
      .scope = SCOPE_WITHIN_OR_OWN(
          "d.", "reviewer_id") "AND (d.state <> 'draft' OR d.on_behalf_by IS NOT NULL) ",
      .scope_values = "lhu",
      .id = "d.id",
      .number = "DR-",
      .address = "/staff/deals/DR-",
      .fields = deal_fields },
    { .name = "opportunities",
      .label = N_("Opportunities"),
      .help = N_("The pipeline: stage, amount, forecast, expected close."),
      .icon = "target-arrow",
      .permission = PERM_OPPORTUNITY_VIEW,
      .export_permission = PERM_OPPORTUNITY_EXPORT,
      .from = "FROM opportunity o LEFT JOIN account p ON p.id = o.account_id "
              "LEFT JOIN territory y ON y.id = o.territory_id "
              "LEFT JOIN opportunity_stage s ON s.id = o.stage_id " DEPARTMENT("o"),
      .scope =
          SCOPE_WITHIN_OR_OWN("o.", "owner_user_id") NOT_UNDONE("o", OPPORTUNITY_IMPORT_UNDONE),
      .scope_values = "lhu",
      .id = "o.id",
      .number = "OP-",
      .address = "/staff/opportunities/OP-",
      .fields = opportunity_fields },
    { .name = "leads",
      .label = N_("Leads"),
      .help = N_("Where leads come from, who has them, what becomes of them."),
      .icon = "user-star",
      .permission = PERM_LEAD_VIEW,
      .export_permission = PERM_LEAD_EXPORT,
      .from = "FROM lead l LEFT JOIN account p ON p.id = l.account_id "
              "LEFT JOIN product_line g ON g.id = l.product_line_id " DEPARTMENT("l"),
      .scope = SCOPE_WITHIN("l.") NOT_UNDONE("l", LEAD_IMPORT_UNDONE),
      .scope_values = "lh",
      .id = "l.id",
      .number = "LD-",
      .address = "/staff/leads/LD-",
      .fields = lead_fields },
    { .name = "accounts",
      .label = N_("Accounts"),
      .help = N_("Partners, customers and prospects by place, tier and age."),
      .icon = "building",
      .permission = PERM_ACCOUNT_VIEW,
      .export_permission = PERM_ACCOUNT_EXPORT,
      .from = "FROM account a LEFT JOIN tier t ON t.id = a.tier_id " DEPARTMENT("a"),
      .scope = SCOPE_WITHIN("a.") "AND a.deleted_at IS NULL ",
      .scope_values = "lh",
      .id = "a.id",
      .number = "",
      .address = "/staff/accounts/",
      .fields = account_fields },
    { .name = "partners",
      .label = N_("Partner programme"),
      .help = N_("Partners with what counts for their tier, and what they make of leads."),
      .icon = "award",
      .permission = PERM_PROGRAMME_VIEW,
      .export_permission = PERM_ACCOUNT_EXPORT,
      .from = "FROM account a LEFT JOIN tier t ON t.id = a.tier_id " DEPARTMENT("a")
          FIGURE("r", "revenue") FIGURE("c", "certificates") FIGURE("n", "users")
              FIGURE("s", "satisfaction") "LEFT JOIN lead_share h ON h.account_id = a.id ",
      .scope = SCOPE_WITHIN("a.") "AND a.kind = 'partner' AND a.deleted_at IS NULL ",
      .scope_values = "lh",
      .id = "a.id",
      .number = "",
      .address = "/staff/partners/",
      .fields = partner_fields },
    { 0 },
};

/* -- asking --------------------------------------------------------------------------------------
 */

const struct report_set *report_set_find(const char *name)
{
    for (const struct report_set *set = report_sets; set->name != NULL; set++)
        if (str_eq(set->name, name))
            return set;
    return NULL;
}

bool report_set_may(const struct actor *actor, const struct report_set *set)
{
    return actor_may(actor, set->permission);
}

bool report_field_may(const struct actor *actor, const struct report_field *field)
{
    return field->permission == PERM_UNSET || actor_may(actor, field->permission);
}

const struct report_field *report_field_find(const struct actor *actor,
                                             const struct report_set *set, const char *name)
{
    for (const struct report_field *field = set->fields; field->name != NULL; field++)
        if (str_eq(field->name, name))
            return report_field_may(actor, field) ? field : NULL;
    return NULL;
}

const char *report_field_sql(const struct request *req, const struct report_field *field)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH && field->sql_zh != NULL;

    return zh ? field->sql_zh : field->sql;
}

bool report_is_date(const struct report_field *field)
{
    return field->type == REPORT_DAY || field->type == REPORT_INSTANT;
}

bool report_is_number(const struct report_field *field)
{
    return field->type == REPORT_NUMBER || field->type == REPORT_MONEY;
}

/* -- codes and their words -----------------------------------------------------------------------
 */

/* The code and word at place I, whichever table the field has; false behind the last. */
static bool word_at(const struct report_field *field, size_t i, const char **code_out,
                    const char **word_out)
{
    if (field->words != NULL) {
        *code_out = field->words[i].code;
        *word_out = field->words[i].label;
    } else if (field->choices != NULL) {
        *code_out = field->choices[i].value;
        *word_out = field->choices[i].label;
    } else {
        return false;
    }
    return *code_out != NULL;
}

const char *report_code_word(const struct request *req, const struct report_field *field,
                             const char *code)
{
    const char *at, *word;

    for (size_t i = 0; word_at(field, i, &at, &word); i++)
        if (str_eq(at, code))
            return *code == '\0' ? "" : tr(req, word);
    return code;
}

static bool is_word(const char *typed, const char *word)
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (strcasecmp(typed, lang_tr(lang, word)) == 0)
            return true;
    return false;
}

const char *report_code_typed(const struct report_field *field, const char *typed)
{
    const char *code, *word;

    for (size_t i = 0; word_at(field, i, &code, &word); i++)
        if (*code != '\0' && (strcasecmp(typed, code) == 0 || is_word(typed, word)))
            return code;
    return NULL;
}

const char *report_code_words(const struct request *req, const struct report_field *field)
{
    const char *code, *word, *all = "";

    for (size_t i = 0; word_at(field, i, &code, &word); i++)
        if (*code != '\0')
            all = arena_join(req->arena, all, *all == '\0' ? "" : ", ", tr(req, word), NULL);
    return all;
}

/* auditing/auditing_view.c - an event in words: who, when, which record, and what changed. */
#include "auditing/auditing_inside.h"

#include "base/str.h"

#include <jansson.h>
#include <string.h>

bool auditing_sees_all(const struct request *req)
{
    return req->actor->department_low == 0 && req->actor->department_high == INT64_MAX;
}

#define PROGRAMME_ "/staff/setup/programme/"

/* Of a kind that does not stand here the name itself is shown, without a way to its page. */
static const struct kind {
    const char *kind, *word, *prefix, *address; /* address: of the page, before the number */
} kinds[] = {
    { "account", N_("Account"), "", "/staff/accounts/" },
    { "agreement", N_("Agreement"), "", "/staff/agreements/" },
    { "application", N_("Application"), "PA-", "/staff/applications/PA-" },
    { "application_question", N_("Question to applicants"), "", PROGRAMME_ "questions/" },
    { "announcement", N_("Announcement"), "", "/staff/announcements/desk/" },
    { "audit_check", N_("Check of the trail"), "", NULL },
    { "benefit", N_("Benefit of tiers"), "", PROGRAMME_ "benefits/" },
    { "brand", N_("Branding"), "", NULL },
    { "calendar", N_("Business calendar"), "", NULL },
    { "certificate", N_("Certificate"), "", NULL },
    { "currency", N_("Currency"), "", NULL },
    { "custom_field", N_("Custom field"), "", "/staff/setup/fields/" },
    { "deal", N_("Deal registration"), "DR-", "/staff/deals/DR-" },
    { "deal_bulk", N_("List of registrations"), "", NULL },
    { "deal_plan", N_("Plan of approval steps"), "", NULL },
    { "deal_reason", N_("Reason of decisions"), "", "/staff/setup/reasons/" },
    { "deal_rule", N_("Automatic decision rule"), "", NULL },
    { "department", N_("Department"), "", "/staff/departments/" },
    { "lead", N_("Lead"), "LD-", "/staff/leads/LD-" },
    { "lead_point", N_("Scoring rule"), "", NULL },
    { "lead_rule", N_("Routing rule"), "", NULL },
    { "document", N_("Document"), "", "/staff/library/" },
    { "mail_text", N_("Words of a mail"), "", NULL },
    { "onboarding_step", N_("Step of the checklist"), "", PROGRAMME_ "checklist/" },
    { "opportunity", N_("Opportunity"), "OP-", "/staff/opportunities/OP-" },
    { "opportunity_setup", N_("Stages and reasons"), "", NULL },
    { "parameter", N_("System parameter"), "", NULL },
    { "partner", N_("Partner"), "", "/staff/partners/" },
    { "report", N_("Report"), "", "/staff/reports/" },
    { "product_line", N_("Product line"), "", "/staff/setup/lines/" },
    { "role", N_("Role"), "", NULL },
    { "tag", N_("Tag"), "", NULL },
    { "territory", N_("Territory"), "", "/staff/setup/territories/" },
    { "tier", N_("Tier"), "", PROGRAMME_ "tiers/" },
    { "tier_review", N_("Tier review"), "", NULL },
    { "transfer", N_("Import"), "IM-", "/staff/imports/IM-" },
    { "user", N_("Person"), "", "/staff/users/" },
};

static const struct kind *kind_find(const char *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(kinds[i].kind, kind))
            return &kinds[i];
    return NULL;
}

const char *auditing_kind_word(const struct request *req, const char *kind)
{
    const struct kind *row = kind_find(kind);

    return row != NULL ? tr(req, row->word) : kind;
}

const char *auditing_number(struct arena *a, const char *kind, int64_t object_id)
{
    const struct kind *row = kind_find(kind);

    return arena_printf(a, "%s%lld", row != NULL ? row->prefix : "", (long long)object_id);
}

const char *auditing_address(struct arena *a, const char *kind, int64_t object_id)
{
    const struct kind *row = kind_find(kind);

    return row != NULL && row->address != NULL
               ? arena_printf(a, "%s%lld", row->address, (long long)object_id)
               : "";
}

int64_t auditing_typed_number(const char *kind, const char *typed)
{
    const struct kind *row = kind_find(kind);
    int64_t number = 0;

    if (row != NULL && strncasecmp(typed, row->prefix, strlen(row->prefix)) == 0)
        typed += strlen(row->prefix);
    return str_to_i64(typed, &number) && number > 0 ? number : 0;
}

/* -- before and after ----------------------------------------------------------------------------
 */

static const char *value_text(struct arena *a, const json_t *value)
{
    const char *text = "";
    char *dumped;

    if (value == NULL || json_is_null(value))
        return text;
    if (json_is_string(value))
        return arena_dup(a, json_string_value(value));
    dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
    if (dumped != NULL)
        text = arena_dup(a, dumped);
    free(dumped);
    return text;
}

/* What is told of records besides the fields of a form. */
static const struct {
    const char *name, *word;
} members[] = {
    { "account", N_("Account") },
    { "address", N_("Address") },
    { "amount", N_("Amount") },
    { "budget", N_("Budget") },
    { "category", N_("Category") },
    { "city", N_("City") },
    { "close", N_("Expected close") },
    { "company_name", N_("Company name") },
    { "competitors", N_("Competitors") },
    { "contact_email", N_("E-mail of the contact") },
    { "contact_name", N_("Contact") },
    { "country", N_("Country") },
    { "currency", N_("Currency") },
    { "decision", N_("Decision") },
    { "department", N_("Department") },
    { "description", N_("Description") },
    { "email", N_("E-mail") },
    { "expected_close", N_("Expected close") },
    { "kind", N_("Kind") },
    { "level", N_("Level") },
    { "lines", N_("Product lines") },
    { "name", N_("Name") },
    { "next_step", N_("Next step") },
    { "next_step_on", N_("Next step on") },
    { "owner", N_("Owner") },
    { "partner", N_("Partner") },
    { "phone", N_("Phone") },
    { "probability", N_("Probability") },
    { "project_name", N_("Project name") },
    { "protected_until", N_("Protected until") },
    { "reason", N_("Reason") },
    { "reason_text", N_("Reason in words") },
    { "region", N_("Region") },
    { "registrations", N_("Registrations") },
    { "role", N_("Role") },
    { "roles", N_("Roles") },
    { "scope", N_("Scope") },
    { "second_factor", N_("Second factor") },
    { "second_factor_needed", N_("Second factor is needed") },
    { "stage", N_("Stage") },
    { "state", N_("Status") },
    { "status", N_("Status") },
    { "tax_number", N_("Tax number") },
    { "tier_id", N_("Tier") },
    { "title", N_("Title") },
    { "website", N_("Website") },
};

static const char *member_word(const struct request *req, const struct field *field,
                               const char *name)
{
    if (field != NULL)
        return tr(req, field->label);
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (str_eq(members[i].name, name))
            return tr(req, members[i].word);
    return name;
}

/* Choices and boxes as the form calls them. */
static const char *member_value(const struct request *req, const struct field *field,
                                const json_t *value)
{
    const char *text = value_text(req->arena, value);

    if (field == NULL || *text == '\0')
        return text;
    if (field->kind == FIELD_FLAG)
        return str_eq(text, "1") ? tr(req, N_("yes")) : tr(req, N_("no"));
    for (const struct choice *c = field->choices; c != NULL && c->value != NULL; c++)
        if (str_eq(c->value, text))
            return tr(req, c->label);
    return text;
}

static void show_member(struct request *req, struct view *v, const char *action, const char *name,
                        const json_t *before, const json_t *after)
{
    const struct field *field = form_field_of(req, action, name);
    struct view *row;

    if (before != NULL && after != NULL && json_equal(before, after))
        return;
    row = view_row(v, "Changes");
    view_text(row, "Name", member_word(req, field, name));
    view_text(row, "Before", member_value(req, field, before));
    view_text(row, "After", member_value(req, field, after));
}

static json_t *read_object(const char *text)
{
    json_t *root = text != NULL ? json_loads(text, 0, NULL) : NULL;

    if (root != NULL && !json_is_object(root)) {
        json_decref(root);
        root = NULL;
    }
    return root;
}

static void show_changes(struct request *req, struct view *v, const struct auditing_row *row)
{
    json_t *before = read_object(row->before_json), *after = read_object(row->after_json);
    const char *name;
    json_t *value;

    json_object_foreach(before, name, value)
        show_member(req, v, row->action, name, value, json_object_get(after, name));
    json_object_foreach(after, name, value) if (json_object_get(before, name) == NULL)
        show_member(req, v, row->action, name, NULL, value);
    json_decref(before);
    json_decref(after);
}

/* -- the event -----------------------------------------------------------------------------------
 */

static const char *who(const struct request *req, const struct auditing_row *row)
{
    if (*row->user_name != '\0')
        return row->user_name;
    return row->user_id != 0 ? trf(req, N_("Person %lld"), (long long)row->user_id)
                             : tr(req, N_("automatically"));
}

static void show_record(struct request *req, struct view *v, const struct auditing_row *row)
{
    view_text(v, "Kind", auditing_kind_word(req, row->kind));
    view_text(v, "Number", auditing_number(req->arena, row->kind, row->object_id));
    view_text(
        v, "History",
        arena_printf(req->arena, "/staff/audit/%s-%lld", row->kind, (long long)row->object_id));
    view_text(v, "Href", auditing_address(req->arena, row->kind, row->object_id));
}

void auditing_show_event(struct request *req, struct view *v, const struct auditing_row *row)
{
    page_at(req, v, "At", row->at);
    page_int(req, v, "Seq", row->seq);
    view_text(v, "Who", who(req, row));
    if (row->user_id != 0)
        view_text(v, "WhoHref", arena_number(req->arena, "/staff/audit?person=", row->user_id));
    view_text(v, "For", row->for_name);
    view_text(v, "Audience", row->audience);
    view_text(v, "Address", row->address);
    view_text(v, "Word", audit_action_word(req, row->action));
    view_text(v, "Action", row->action);
    show_record(req, v, row);
    show_changes(req, v, row);
}

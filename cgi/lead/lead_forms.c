/* lead/lead_forms.c */
#include "lead/lead_forms.h"

#include "base/str.h"
#include "deal/deal_choices.h"
#include "web/form_fields.h"

#include <stddef.h>

const struct choice lead_budgets[] = {
    { "", N_("Not said") },
    { "to50", N_("Up to 50,000 US dollars") },
    { "to250", N_("50,000 to 250,000 US dollars") },
    { "over250", N_("More than 250,000 US dollars") },
    { 0 },
};
const struct choice lead_timeframes[] = {
    { "", N_("Not said") },
    { "quarter", N_("Within three months") },
    { "half", N_("Within half a year") },
    { "year", N_("Within a year") },
    { "later", N_("Later") },
    { 0 },
};
const struct choice lead_sources[] = {
    { "staff", N_("Typed in") },
    { "web", N_("Web form") },
    { "fair", N_("Trade fair") },
    { "phone", N_("Phone call") },
    { "referral", N_("Referral") },
    { "campaign", N_("Campaign") },
    { 0 },
};
const struct choice lead_langs[] = {
    { "en", N_("English") },
    { "zh-CN", N_("Chinese") },
    { 0 },
};
const struct choice lead_decline_reasons[] = {
    { "no_capacity", N_("No capacity now") },
    { "not_region", N_("Not our region") },
    { "not_field", N_("Not our field") },
    { "conflict", N_("We work for a competitor of theirs") },
    { "other_decline", N_("Another reason") },
    { 0 },
};
const struct choice lead_disqualify_reasons[] = {
    { "no_need", N_("No need, or no project") },
    { "no_budget", N_("No budget") },
    { "not_reached", N_("Nobody can be reached") },
    { "copy", N_("The same as another lead") },
    { "junk", N_("Not meant seriously") },
    { "other_disqualify", N_("Another reason") },
    { 0 },
};
const struct choice lead_undo_reasons[] = {
    { LEAD_IMPORT_UNDONE, N_("Its import was taken back") },
    { 0 },
};
const struct choice lead_recall_reasons[] = {
    { "not_worked_on", N_("Not worked on") },
    { "customer_wish", N_("The customer wishes another partner") },
    { "wrong_partner", N_("Given to the wrong partner") },
    { "other_recall", N_("Another reason") },
    { 0 },
};

const char *lead_choice(const struct request *req, const struct choice *choices, const char *code)
{
    for (; choices->value != NULL; choices++)
        if (str_eq(choices->value, code))
            return str_is_empty(code) ? "" : tr(req, choices->label);
    return "";
}

const char *lead_reason(const struct request *req, const char *code)
{
    static const struct choice *const lists[] = { lead_decline_reasons, lead_disqualify_reasons,
                                                  lead_recall_reasons, lead_undo_reasons };
    const char *word = "";

    for (size_t i = 0; i < ARRAY_LEN(lists) && *word == '\0'; i++)
        word = lead_choice(req, lists[i], code);
    return word;
}

/* -- the record ----------------------------------------------------------------------------------
 */

#define AT(member) .offset = offsetof(struct lead_input, member)
#define TEXT(member, label_, most)                                                    \
    {                                                                                 \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .max = most, AT(member) \
    }
#define CHOICE(member, label_, list_)                                                        \
    {                                                                                        \
        .name = #member, .label = label_, .kind = FIELD_CHOICE, .choices = list_, AT(member) \
    }

#define WHO                                                                                     \
    { .name = "company_name",                                                                   \
      .label = N_("Company name"),                                                              \
      .kind = FIELD_TEXT,                                                                       \
      .required = true,                                                                         \
      .needed = N_("Enter the company’s name."),                                                \
      .min = 1,                                                                                 \
      .max = 200,                                                                               \
      AT(company_name) },                                                                       \
        { .name = "country",                                                                    \
          .label = N_("Country"),                                                               \
          .kind = FIELD_COUNTRY,                                                                \
          .required = true,                                                                     \
          AT(country) },                                                                        \
        TEXT(region, N_("State or province"), 80), TEXT(city, N_("City"), 80),                  \
        { .name = "website",                                                                    \
          .label = N_("Web site"),                                                              \
          .kind = FIELD_URL,                                                                    \
          .max = 200,                                                                           \
          AT(website) },                                                                        \
        { .name = "person_name",                                                                \
          .label = N_("Name of the person"),                                                    \
          .kind = FIELD_TEXT,                                                                   \
          .required = true,                                                                     \
          .needed = N_("Enter the person’s name."),                                             \
          .min = 1,                                                                             \
          .max = 120,                                                                           \
          AT(person_name) },                                                                    \
        TEXT(person_title, N_("Job title"), 120),                                               \
        { .name = "email",                                                                      \
          .label = N_("E-mail"),                                                                \
          .kind = FIELD_EMAIL,                                                                  \
          .required = true,                                                                     \
          .needed = N_("Enter an e-mail address."),                                             \
          AT(email) },                                                                          \
        { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, .max = 40, AT(phone) },   \
        { .name = "product_line_id",                                                            \
          .label = N_("Product line"),                                                          \
          .kind = FIELD_ID,                                                                     \
          AT(product_line_id) },                                                                \
        CHOICE(budget, N_("Budget"), lead_budgets),                                             \
        CHOICE(timeframe, N_("When"), lead_timeframes),                                         \
    {                                                                                           \
        .name = "question", .label = N_("What is it about?"), .kind = FIELD_LINES, .max = 4000, \
        AT(note)                                                                                \
    }

static const struct field fields[] = {
    FORM_VERSION(struct lead_input),
    WHO,
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a language."),
      .choices = lead_langs,
      AT(lang) },
    { .name = "source",
      .label = N_("Source"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose where it comes from."),
      .choices = lead_sources,
      AT(source) },
    TEXT(campaign, N_("Campaign"), 80),
    { .name = "consent",
      .label = N_("The person agreed that a partner may get in touch"),
      .kind = FIELD_FLAG,
      AT(consent) },
    { 0 },
};
const struct form lead_form = { .name = "lead",
                                .fields = fields,
                                .size_bytes = sizeof(struct lead_input) };

static void check_consent(struct request *req, void *input)
{
    const struct lead_input *in = input;

    if (!in->consent)
        form_fault(req, "consent", -1,
                   tr(req, N_("Without this we may not pass your question on.")));
}
static const struct field ask_fields[] = {
    WHO,
    { .name = "consent",
      .label = N_("A partner may get in touch with me"),
      .kind = FIELD_FLAG,
      AT(consent) },
    TEXT(campaign, N_("Campaign"), 80),
    TEXT(fax, N_("Fax"), 200),
    { .name = "shown",
      .label = N_("Sent too quickly"),
      .kind = FIELD_INT,
      .max = INT64_MAX,
      AT(shown) },
    { 0 },
};
const struct form lead_ask_form = { .name = "lead_ask",
                                    .fields = ask_fields,
                                    .size_bytes = sizeof(struct lead_input),
                                    .check = check_consent };

void lead_from_input(const struct lead_input *in, struct lead *lead)
{
    lead->company_name = in->company_name;
    lead->country = in->country;
    lead->region = in->region;
    lead->city = in->city;
    lead->website = in->website;
    lead->person_name = in->person_name;
    lead->person_title = in->person_title;
    lead->email = in->email;
    lead->phone = in->phone;
    lead->product_line_id = in->product_line_id;
    lead->budget = in->budget;
    lead->timeframe = in->timeframe;
    lead->lang = in->lang;
    lead->note = in->note;
    lead->source = in->source;
    lead->campaign = in->campaign;
}

void lead_to_input(const struct lead *lead, struct lead_input *in)
{
    *in = (struct lead_input){ .row_version = lead->row_version,
                               .company_name = lead->company_name,
                               .country = lead->country,
                               .region = lead->region,
                               .city = lead->city,
                               .website = lead->website,
                               .person_name = lead->person_name,
                               .person_title = lead->person_title,
                               .email = lead->email,
                               .phone = lead->phone,
                               .product_line_id = lead->product_line_id,
                               .budget = lead->budget,
                               .timeframe = lead->timeframe,
                               .lang = lead->lang,
                               .note = lead->note,
                               .source = lead->source,
                               .campaign = lead->campaign,
                               .consent = lead->consent_at != 0,
                               .fax = "" };
}

struct err *lead_show_lines(struct request *req, int64_t chosen)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "product_line_id");
    struct deal_product *products;
    size_t count;

    (void)chosen;
    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(field, "Options");

        view_int(option, "Value", products[i].id);
        view_text(option, "Label", deal_product_name(req, &products[i]));
    }
    return NULL;
}

struct err *lead_check_line(struct request *req, int64_t product_line_id)
{
    struct deal_product *products;
    size_t count;

    if (product_line_id == 0)
        return NULL;
    TRY(deal_products(req, &products, &count));
    if (deal_product_find(products, count, product_line_id) == NULL)
        form_fault(req, "product_line_id", -1, tr(req, N_("Choose one of the product lines.")));
    return NULL;
}

/* -- steps ---------------------------------------------------------------------------------------
 */

static const struct field version_fields[] = { FORM_VERSION(struct lead_version_input), { 0 } };
const struct form lead_version_form = { .name = "lead_version",
                                        .fields = version_fields,
                                        .size_bytes = sizeof(struct lead_version_input) };

#define REASON_FORM(form_, name_, list_)                          \
    static const struct field form_##_fields[] = {                \
        FORM_VERSION(struct lead_reason_input),                   \
        { .name = "reason",                                       \
          .label = N_("Reason"),                                  \
          .kind = FIELD_CHOICE,                                   \
          .required = true,                                       \
          .needed = N_("Choose a reason."),                       \
          .choices = list_,                                       \
          .offset = offsetof(struct lead_reason_input, reason) }, \
        { .name = "text",                                         \
          .label = N_("In your words"),                           \
          .kind = FIELD_TEXT,                                     \
          .max = 300,                                             \
          .offset = offsetof(struct lead_reason_input, text) },   \
        { 0 },                                                    \
    };                                                            \
    const struct form form_ = { .name = name_,                    \
                                .fields = form_##_fields,         \
                                .size_bytes = sizeof(struct lead_reason_input) }

REASON_FORM(lead_decline_form, "lead_decline", lead_decline_reasons);
REASON_FORM(lead_disqualify_form, "lead_disqualify", lead_disqualify_reasons);
REASON_FORM(lead_recall_form, "lead_recall", lead_recall_reasons);

static const struct field assign_fields[] = {
    FORM_VERSION(struct lead_assign_input),
    { .name = "account_id",
      .label = N_("Partner"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose a partner."),
      .offset = offsetof(struct lead_assign_input, account_id) },
    { .name = "why", /* beside the reason of another form of the page */
      .label = N_("Reason, kept with the lead"),
      .kind = FIELD_TEXT,
      .max = 300,
      .offset = offsetof(struct lead_assign_input, reason) },
    { 0 },
};
const struct form lead_assign_form = { .name = "lead_assign",
                                       .fields = assign_fields,
                                       .size_bytes = sizeof(struct lead_assign_input) };

static const struct choice pool_choices[] = {
    { "take", N_("Whoever takes it first") },
    { "apply", N_("Partners ask for it, and you choose") },
    { "out", N_("Out of the pool") },
    { 0 },
};
static const struct field pool_fields[] = {
    FORM_VERSION(struct lead_pool_input),
    { .name = "how",
      .label = N_("How it is given"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose how it is given."),
      .choices = pool_choices,
      .offset = offsetof(struct lead_pool_input, how) },
    { 0 },
};
const struct form lead_pool_form = { .name = "lead_pool",
                                     .fields = pool_fields,
                                     .size_bytes = sizeof(struct lead_pool_input) };

static const struct field take_fields[] = {
    FORM_VERSION(struct lead_take_input),
    { .name = "lead_id",
      .label = N_("Lead"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct lead_take_input, lead_id) },
    { .name = "words",
      .label = N_("Why it should be yours"),
      .kind = FIELD_TEXT,
      .max = 300,
      .offset = offsetof(struct lead_take_input, words) },
    { 0 },
};
const struct form lead_take_form = { .name = "lead_take",
                                     .fields = take_fields,
                                     .size_bytes = sizeof(struct lead_take_input) };

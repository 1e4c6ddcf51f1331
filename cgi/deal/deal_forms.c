/* deal/deal_forms.c - the fields of a registration, and the way between a form and a record. */
#include "deal/deal_forms.h"
#include "base/str.h"
#include "web/request.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

const struct choice deal_types[] = {
    { "new", N_("New customer") },
    { "expansion", N_("Expansion") },
    { "renewal", N_("Renewal") },
    { "displacement", N_("Displacement of a competitor") },
    { 0 },
};
const struct choice deal_stages[] = {
    { "", N_("Not said") },
    { "contact", N_("First contact") },
    { "discovery", N_("Needs are being found out") },
    { "proof", N_("Proof of concept") },
    { "proposal", N_("Proposal") },
    { "negotiation", N_("Negotiation") },
    { 0 },
};
const struct choice deal_known[] = {
    { "yes", N_("Yes") },
    { "no", N_("No") },
    { "unknown", N_("Not known") },
    { 0 },
};

enum { DESCRIPTION_MAX = 4000, UPLOAD_BODY_BYTES = 26 * 1024 * 1024, LINES_MAX = 30 };

#define TEXT(field, label_, most)                                         \
    {                                                                     \
        .name = #field, .label = label_, .kind = FIELD_TEXT, .max = most, \
        .offset = offsetof(struct deal_input, field)                      \
    }
#define CHOICE(field, label_, list_)                                             \
    {                                                                            \
        .name = #field, .label = label_, .kind = FIELD_CHOICE, .choices = list_, \
        .offset = offsetof(struct deal_input, field)                             \
    }

/* Nothing is required of a draft; what a submission needs is deal_check_complete()'s to say, once.
 */
#define DEAL_FIELDS                                                                                \
    { .name = "row_version",                                                                       \
      .label = "",                                                                                 \
      .kind = FIELD_INT,                                                                           \
      .min = 0,                                                                                    \
      .max = INT64_MAX,                                                                            \
      .offset = offsetof(struct deal_input, row_version) },                                        \
        TEXT(company_name, N_("Company name"), 200),                                               \
        { .name = "country",                                                                       \
          .label = N_("Country"),                                                                  \
          .kind = FIELD_COUNTRY,                                                                   \
          .offset = offsetof(struct deal_input, country) },                                        \
        TEXT(region, N_("State or province"), 80), TEXT(city, N_("City"), 80),                     \
        TEXT(address, N_("Address"), 300),                                                         \
        { .name = "website",                                                                       \
          .label = N_("Web site"),                                                                 \
          .kind = FIELD_URL,                                                                       \
          .max = 200,                                                                              \
          .offset = offsetof(struct deal_input, website) },                                        \
        TEXT(tax_number, N_("Tax number"), 40),                                                    \
        { .name = "phone",                                                                         \
          .label = N_("Phone"),                                                                    \
          .kind = FIELD_PHONE,                                                                     \
          .offset = offsetof(struct deal_input, phone) },                                          \
        TEXT(contact_name, N_("Contact at the customer"), 120),                                    \
        TEXT(contact_title, N_("Title"), 120),                                                     \
        { .name = "contact_email",                                                                 \
          .label = N_("E-mail"),                                                                   \
          .kind = FIELD_EMAIL,                                                                     \
          .offset = offsetof(struct deal_input, contact_email) },                                  \
        { .name = "contact_phone",                                                                 \
          .label = N_("Phone"),                                                                    \
          .kind = FIELD_PHONE,                                                                     \
          .offset = offsetof(struct deal_input, contact_phone) },                                  \
        TEXT(project_name, N_("Project name"), 160),                                               \
        { .name = "description",                                                                   \
          .label = N_("Description"),                                                              \
          .kind = FIELD_LINES,                                                                     \
          .max = DESCRIPTION_MAX,                                                                  \
          .offset = offsetof(struct deal_input, description) },                                    \
        CHOICE(deal_type, N_("Deal type"), deal_types), TEXT(competitors, N_("Competitors"), 300), \
        CHOICE(sales_stage, N_("Sales stage"), deal_stages),                                       \
        CHOICE(budget, N_("Is there a budget?"), deal_known),                                      \
        CHOICE(decision_maker, N_("Do you know who decides?"), deal_known),                        \
        { .name = "done_so_far",                                                                   \
          .label = N_("What you have done so far"),                                                \
          .kind = FIELD_LINES,                                                                     \
          .max = DESCRIPTION_MAX,                                                                  \
          .offset = offsetof(struct deal_input, done_so_far) },                                    \
        TEXT(distributor, N_("Distributor"), 200),                                                 \
        { .name = "currency",                                                                      \
          .label = N_("Currency"),                                                                 \
          .kind = FIELD_CURRENCY,                                                                  \
          .offset = offsetof(struct deal_input, currency) },                                       \
        { .name = "expected_close",                                                                \
          .label = N_("Expected close date"),                                                      \
          .kind = FIELD_DAY,                                                                       \
          .offset = offsetof(struct deal_input, expected_close) },                                 \
        { .name = "sales_user_id",                                                                 \
          .label = N_("Sales person"),                                                             \
          .kind = FIELD_ID,                                                                        \
          .offset = offsetof(struct deal_input, sales_user_id) },                                  \
        { .name = "line",                                                                          \
          .label = N_("Product line"),                                                             \
          .kind = FIELD_ID,                                                                        \
          .list = true,                                                                            \
          .offset = offsetof(struct deal_input, line) },                                           \
        { .name = "quantity",                                                                      \
          .label = N_("Quantity"),                                                                 \
          .kind = FIELD_INT,                                                                       \
          .list = true,                                                                            \
          .min = 1,                                                                                \
          .max = 1000000000,                                                                       \
          .offset = offsetof(struct deal_input, quantity) },                                       \
        { .name = "value",                                                                         \
          .label = N_("Estimated value"),                                                          \
          .kind = FIELD_MONEY,                                                                     \
          .list = true,                                                                            \
          .min = 0,                                                                                \
          .max = INT64_C(10000000000000000),                                                       \
          .offset = offsetof(struct deal_input, value) },                                          \
    {                                                                                              \
        .name = "files", .label = N_("Attachments"), .kind = FIELD_FILES,                          \
        .offset = offsetof(struct deal_input, files)                                               \
    }

static const struct field deal_fields[] = { DEAL_FIELDS, { 0 } };
static const struct field behalf_fields[] = {
    DEAL_FIELDS,
    { .name = "partner_id",
      .label = N_("Partner"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_input, partner_id) },
    { 0 },
};

/* The fields say whether a form is a draft; a line without a product line and without figures is an
 * empty row of the table and no fault. */
static void check(struct request *req, void *input)
{
    const struct deal_input *in = input;
    const char *fault = deal_tax_number_fault(in->country, in->tax_number);

    if (fault != NULL)
        form_fault(req, "tax_number", -1, tr(req, fault));
    if (in->line.count != in->quantity.count || in->line.count != in->value.count)
        form_fault(req, "line", -1, tr(req, N_("Each product line needs a quantity and a value.")));
}

const struct form deal_form = { .name = "deal",
                                .fields = deal_fields,
                                .size_bytes = sizeof(struct deal_input),
                                .check = check,
                                .body_max_bytes = UPLOAD_BODY_BYTES,
                                .lists_max = LINES_MAX };
const struct form deal_behalf_form = { .name = "deal_behalf",
                                       .fields = behalf_fields,
                                       .size_bytes = sizeof(struct deal_input),
                                       .check = check,
                                       .body_max_bytes = UPLOAD_BODY_BYTES,
                                       .lists_max = LINES_MAX };

/* -- the way between -----------------------------------------------------------------------------
 */

/* Texts that a form and a record share under one name. */
#define SHARED_TEXTS(X) \
    X(company_name)     \
    X(country)          \
    X(region)           \
    X(city)             \
    X(address)          \
    X(website)          \
    X(phone)            \
    X(contact_name)     \
    X(contact_title)    \
    X(contact_email)    \
    X(contact_phone)    \
    X(project_name)     \
    X(description)      \
    X(deal_type)        \
    X(competitors)      \
    X(sales_stage)      \
    X(budget)           \
    X(decision_maker)   \
    X(done_so_far)      \
    X(distributor)      \
    X(currency)

static const char *upper(struct arena *a, const char *text)
{
    char *copy = arena_dup(a, text);

    for (char *p = copy; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    return copy;
}

void deal_from_input(struct arena *a, const struct deal_input *in, struct deal *deal)
{
#define COPY(name) deal->name = in->name;
    SHARED_TEXTS(COPY)
#undef COPY
    deal->tax_number = upper(a, in->tax_number);
    deal->expected_close = in->expected_close;
    deal->sales_user_id = in->sales_user_id;
    deal->row_version = in->row_version;
    deal->lines = arena_array(a, in->line.count + 1, sizeof(*deal->lines));
    deal->line_count = 0;
    for (size_t i = 0; i < in->line.count; i++) {
        if (in->line.numbers[i] == 0)
            continue;
        deal->lines[deal->line_count++] =
            (struct deal_line){ .product_line_id = in->line.numbers[i],
                                .quantity = in->quantity.numbers[i],
                                .value = in->value.numbers[i] };
    }
}

static struct value_list numbers_of(struct arena *a, size_t count)
{
    return (struct value_list){ .count = count,
                                .texts = arena_array(a, count + 1, sizeof(const char *)),
                                .numbers = arena_array(a, count + 1, sizeof(int64_t)) };
}

static void add_number(struct arena *a, struct value_list *list, size_t i, int64_t number)
{
    list->numbers[i] = number;
    list->texts[i] = arena_printf(a, "%lld", (long long)number);
}

void deal_to_input(struct arena *a, const struct deal *deal, struct deal_input *out)
{
    const int digits = money_digits(deal->currency);

    *out = (struct deal_input){ .tax_number = deal->tax_number,
                                .expected_close = deal->expected_close,
                                .sales_user_id = deal->sales_user_id,
                                .row_version = deal->row_version,
                                .line = numbers_of(a, deal->line_count),
                                .quantity = numbers_of(a, deal->line_count),
                                .value = numbers_of(a, deal->line_count) };
#define COPY(name) out->name = deal->name;
    SHARED_TEXTS(COPY)
#undef COPY
    for (size_t i = 0; i < deal->line_count; i++) {
        char *value = arena_alloc(a, MONEY_TEXT_BYTES);

        add_number(a, &out->line, i, deal->lines[i].product_line_id);
        add_number(a, &out->quantity, i, deal->lines[i].quantity);
        out->value.numbers[i] = deal->lines[i].value;
        money_text(deal->lines[i].value, digits, value);
        out->value.texts[i] = value;
    }
}

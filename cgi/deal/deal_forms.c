/* deal/deal_forms.c - the fields of a registration, and the way between a form and a record. */
#include "deal/deal_forms.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_choices.h"
#include "web/field.h"
#include "web/form_fields.h"
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
#define NEEDED(field, label_, most)                                                       \
    {                                                                                     \
        .name = #field, .label = label_, .kind = FIELD_TEXT, .wanted = true, .max = most, \
        .offset = offsetof(struct deal_input, field)                                      \
    }
#define CHOICE(field, label_, list_)                                             \
    {                                                                            \
        .name = #field, .label = label_, .kind = FIELD_CHOICE, .choices = list_, \
        .offset = offsetof(struct deal_input, field)                             \
    }

#define LIST(field, label_)                                                           \
    {                                                                                 \
        .name = #field, .label = label_, .kind = FIELD_TEXT, .list = true, .max = 40, \
        .offset = offsetof(struct deal_input, field)                                  \
    }

/* Nothing is required of a draft; what a submission needs is deal_check_complete()'s to say, once.
 */
#define DEAL_FIELDS                                                                                \
    FORM_VERSION(struct deal_input), NEEDED(company_name, N_("Company name"), 200),                \
        { .name = "country",                                                                       \
          .wanted = true,                                                                          \
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
        NEEDED(contact_name, N_("Contact at the customer"), 120),                                  \
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
          .wanted = true,                                                                          \
          .label = N_("Currency"),                                                                 \
          .kind = FIELD_CHOICE,                                                                    \
          .choices_of = deal_currencies,                                                           \
          .offset = offsetof(struct deal_input, currency) },                                       \
        { .name = "expected_close",                                                                \
          .wanted = true,                                                                          \
          .label = N_("Expected close date"),                                                      \
          .kind = FIELD_DAY,                                                                       \
          .offset = offsetof(struct deal_input, expected_close) },                                 \
        { .name = "sales_user_id",                                                                 \
          .label = N_("Sales person"),                                                             \
          .kind = FIELD_ID,                                                                        \
          .offset = offsetof(struct deal_input, sales_user_id) },                                  \
        LIST(line, N_("Product line")), LIST(quantity, N_("Quantity")),                            \
        LIST(value, N_("Estimated value")),                                                        \
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
      .needed = N_("Choose a partner."),
      .offset = offsetof(struct deal_input, partner_id) },
    { 0 },
};

/* -- product lines
 * ---------------------------------------------------------------------------------
 */

static const struct field quantity_field = {
    .name = "quantity", .label = "", .kind = FIELD_INT, .min = 1, .max = 1000000000
};
static const struct field value_field = {
    .name = "value", .label = "", .kind = FIELD_MONEY, .min = 0, .max = INT64_C(10000000000000000)
};
static const struct field line_field = {
    .name = "line", .wanted = true, .label = "", .kind = FIELD_ID
};

int deal_removed_row(const char *button, size_t count)
{
    int64_t row;

    if (!str_starts(button, "remove-") || !str_to_i64(button + strlen("remove-"), &row) ||
        row < 0 || (size_t)row >= count)
        return -1;
    return (int)row;
}

/* Reads row I of one list; what is not typed gets FALLBACK. */
static void read_cell(struct request *req, const struct field *field, struct value_list *list,
                      size_t i, int64_t fallback)
{
    const char *text = list->texts[i];
    struct field_value value = { 0 };
    const char *fault = field_read(req, field, text, strlen(text), &value);

    if (fault != NULL)
        form_fault(req, field->name, (int)i, fault);
    list->numbers[i] = str_is_empty(text) ? fallback : value.number;
}

static bool line_before(const struct value_list *line, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (line->numbers[k] == line->numbers[i])
            return true;
    return false;
}

static void read_row(struct request *req, struct deal_input *in, size_t i)
{
    read_cell(req, &line_field, &in->line, i, 0);
    if (str_is_empty(in->line.texts[i]) && str_is_empty(in->quantity.texts[i]) &&
        str_is_empty(in->value.texts[i]))
        return;
    read_cell(req, &quantity_field, &in->quantity, i, 1);
    read_cell(req, &value_field, &in->value, i, 0);
    if (str_is_empty(in->line.texts[i]))
        form_fault(req, "line", (int)i, tr(req, N_("Choose a product line.")));
    else if (in->line.numbers[i] != 0 && line_before(&in->line, i))
        form_fault(req, "line", (int)i,
                   tr(req, N_("This product line stands further up already.")));
}

static void read_rows(struct request *req, struct deal_input *in)
{
    const int removed = deal_removed_row(form_button(req), in->line.count);

    if (in->line.count != in->quantity.count || in->line.count != in->value.count) {
        form_fault(req, "line", -1, tr(req, N_("Each product line needs a quantity and a value.")));
        return;
    }
    for (size_t i = 0; i < in->line.count; i++)
        if ((int)i != removed)
            read_row(req, in, i);
}

static const char *upper(struct arena *a, const char *text)
{
    char *copy = arena_dup(a, text);

    for (char *p = copy; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    return copy;
}

/* What a submission lacks, beside the other faults, so that all are seen at once. */
struct whole {
    struct request *req;
    const struct deal_input *in;
};

static bool any_typed(const struct value_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (!str_is_empty(list->texts[i]))
            return true;
    return false;
}

/* What was typed wrongly has its fault already and is not missing too. */
static void at_field(void *arg, const char *field, const char *message)
{
    const struct whole *whole = arg;
    const bool day = str_eq(field, "expected_close");

    if ((day && whole->in->expected_close == DAY_NONE && form_given(whole->req, field)) ||
        (str_eq(field, "line") && any_typed(&whole->in->line)))
        return;
    form_fault(whole->req, field, -1, tr(whole->req, message));
}

static void check_whole(struct request *req, const struct deal_input *in)
{
    struct whole whole = { req, in };
    struct deal deal = { 0 };

    if (!str_eq(form_button(req), "submit"))
        return;
    deal_from_input(req->arena, in, &deal);
    deal_check_complete(&deal, text_local_day(req->locale, clock_now_us()), at_field, &whole);
    custom_demand(req, &in->custom);
}

static void check(struct request *req, void *input)
{
    struct deal_input *in = input;
    const char *fault;

    in->tax_number = upper(req->arena, in->tax_number);
    fault = deal_tax_number_fault(in->country, in->tax_number);
    if (fault != NULL)
        form_fault(req, "tax_number", -1, tr(req, fault));
    read_rows(req, in);
    check_whole(req, in);
}

/* -- somebody else changed it meanwhile
 * ------------------------------------------------------------
 */

static const struct choice keep_choices[] = {
    { "", "" },
    { "yours", N_("Yours") },
    { "theirs", N_("Saved meanwhile") },
    { 0 },
};

#define KEEP(field)            \
    { .name = "keep_" #field,  \
      .label = "",             \
      .kind = FIELD_CHOICE,    \
      .choices = keep_choices, \
      .offset = offsetof(struct deal_merge_input, keep_##field) },

static const struct field merge_fields[] = {
    DEAL_FIELDS,
    DEAL_KEPT_TEXTS(KEEP) KEEP(expected_close) KEEP(sales_user_id) KEEP(line){ 0 },
};

static bool theirs(const char *keep)
{
    return str_eq(keep, "theirs");
}

void deal_merge(struct deal_merge_input *in, const struct deal_input *stored)
{
#define X(name)                  \
    if (theirs(in->keep_##name)) \
        in->typed.name = stored->name;
    DEAL_KEPT_TEXTS(X)
#undef X
    if (theirs(in->keep_expected_close))
        in->typed.expected_close = stored->expected_close;
    if (theirs(in->keep_sales_user_id))
        in->typed.sales_user_id = stored->sales_user_id;
    if (!theirs(in->keep_line))
        return;
    in->typed.line = stored->line;
    in->typed.quantity = stored->quantity;
    in->typed.value = stored->value;
}

#define FORM(name_, fields_, type)                                                \
    .name = name_, .fields = fields_, .size_bytes = sizeof(type), .check = check, \
    .body_max_bytes = UPLOAD_BODY_BYTES, .lists_max = LINES_MAX

const struct form deal_form = { FORM("deal", deal_fields, struct deal_input),
                                .more = custom_more_deal,
                                .more_offset = offsetof(struct deal_input, custom) };
const struct form deal_merge_form = { FORM("deal_merge", merge_fields, struct deal_merge_input),
                                      .more = custom_more_deal_merge,
                                      .more_offset =
                                          offsetof(struct deal_merge_input, typed.custom) };
const struct form deal_amend_form = { FORM("deal_amend", merge_fields, struct deal_merge_input) };
const struct form deal_behalf_form = { FORM("deal_behalf", behalf_fields, struct deal_input),
                                       .more = custom_more_deal,
                                       .more_offset = offsetof(struct deal_input, custom) };

/* -- the way between -----------------------------------------------------------------------------
 */

void deal_from_input(struct arena *a, const struct deal_input *in, struct deal *deal)
{
#define COPY(name) deal->name = in->name;
    DEAL_KEPT_TEXTS(COPY)
#undef COPY
    if (str_is_empty(deal->deal_type))
        deal->deal_type = deal_types[0].value;
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
    list->texts[i] = arena_number(a, "", number);
}

void deal_to_input(struct arena *a, const struct deal *deal, struct deal_input *out)
{
    const int digits = money_digits(deal->currency);

    *out = (struct deal_input){ .expected_close = deal->expected_close,
                                .sales_user_id = deal->sales_user_id,
                                .row_version = deal->row_version,
                                .line = numbers_of(a, deal->line_count),
                                .quantity = numbers_of(a, deal->line_count),
                                .value = numbers_of(a, deal->line_count) };
#define COPY(name) out->name = deal->name;
    DEAL_KEPT_TEXTS(COPY)
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

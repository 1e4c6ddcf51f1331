/* opportunity/opportunity_forms.c */
#include "opportunity/opportunity_forms.h"

#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_choices.h"
#include "opportunity/opportunity_many.h"
#include "web/field.h"
#include "web/form_fields.h"

#include <string.h>

/* -- reasons -------------------------------------------------------------------------------------
 */

static const struct db_field reason_fields[] = {
    DB_FIELD(struct opportunity_reason, code, DB_TEXT, 20),
    DB_FIELD(struct opportunity_reason, kind, DB_TEXT, 8),
    DB_FIELD(struct opportunity_reason, text_en, DB_TEXT, 240),
    DB_FIELD(struct opportunity_reason, text_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt reasons = {
    .name = "opportunity.reasons",
    .sql = "SELECT code, kind, text_en, text_zh FROM opportunity_reason WHERE active = 1 "
           "ORDER BY kind, sort, code",
    .binds = "",
    .fields = reason_fields,
    .row_bytes = sizeof(struct opportunity_reason),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table opportunity_form_statements[] = { &reasons, NULL };

struct err *opportunity_reasons(struct db *db, const struct opportunity_reason **rows_out,
                                size_t *count_out)
{
    return err_pass(db_kept(db, &reasons, rows_out, count_out));
}

static const char *reason_text(const struct request *req, const struct opportunity_reason *row)
{
    return text_locale_lang(req->locale) == LANG_ZH ? row->text_zh : row->text_en;
}

/* The transaction is dead after an error: whatever comes next meets it and reports it. */
static size_t read_reasons(struct db *db, const struct opportunity_reason **rows)
{
    size_t count = 0;
    struct err *e = opportunity_reasons(db, rows, &count);

    if (e != NULL)
        count = 0;
    err_ignore(e);
    return count;
}

const char *opportunity_reason_name(const struct request *req, const char *code)
{
    const struct opportunity_reason *rows;
    size_t count;

    if (str_eq(code, OPPORTUNITY_IMPORT_UNDONE))
        return tr(req, N_("Its import was taken back"));
    count = read_reasons(req->db, &rows);
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].code, code))
            return reason_text(req, &rows[i]);
    return "";
}

static const struct choice *reason_choices(struct request *req)
{
    const struct opportunity_reason *rows;
    const size_t count = read_reasons(req->db, &rows);
    struct choice *list = arena_array(req->arena, count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = (struct choice){ arena_dup(req->arena, rows[i].code),
                                   str_eq(rows[i].kind, "lost")
                                       ? trf(req, N_("Lost: %s"), reason_text(req, &rows[i]))
                                       : trf(req, N_("Won: %s"), reason_text(req, &rows[i])) };
    return list;
}

/* -- fields --------------------------------------------------------------------------------------
 */

static const struct choice categories[] = {
    { "", N_("As its stage") }, { "pipeline", N_("Pipeline") }, { "best", N_("Best case") },
    { "commit", N_("Commit") }, { "omitted", N_("Omitted") },   { 0 },
};

enum { NAME_MAX_CHARS = 200, NOTE_MAX_CHARS = 4000 };
#define AMOUNT_MAX INT64_C(10000000000000000)

#define AT(member) .offset = offsetof(struct opportunity_input, member)
#define TEXT(name_, label_, most)                                                       \
    {                                                                                   \
        .name = #name_, .label = (label_), .kind = FIELD_TEXT, .max = (most), AT(name_) \
    }
#define LIST(name_, label_)                                                                       \
    {                                                                                             \
        .name = #name_, .label = (label_), .kind = FIELD_TEXT, .max = 40, .list = true, AT(name_) \
    }

#define COMMON                                                                                   \
    FORM_VERSION(struct opportunity_input),                                                      \
        { .name = "name",                                                                        \
          .label = N_("Name of the opportunity"),                                                \
          .kind = FIELD_TEXT,                                                                    \
          .required = true,                                                                      \
          .needed = N_("Give it a name."),                                                       \
          .min = 1,                                                                              \
          .max = NAME_MAX_CHARS,                                                                 \
          AT(name) },                                                                            \
        { .name = "currency",                                                                    \
          .label = N_("Currency"),                                                               \
          .kind = FIELD_CHOICE,                                                                  \
          .required = true,                                                                      \
          .needed = N_("Choose the currency."),                                                  \
          .choices_of = deal_currencies,                                                         \
          AT(currency) },                                                                        \
        { .name = "amount",                                                                      \
          .label = N_("Amount"),                                                                 \
          .kind = FIELD_MONEY,                                                                   \
          .min = 0,                                                                              \
          .max = AMOUNT_MAX,                                                                     \
          AT(amount) },                                                                          \
        LIST(line, N_("Product line")), LIST(quantity, N_("Quantity")),                          \
        LIST(price, N_("Price of one")),                                                         \
        { .name = "expected_close",                                                              \
          .label = N_("Expected close date"),                                                    \
          .kind = FIELD_DAY,                                                                     \
          .required = true,                                                                      \
          .needed = N_("Say when you expect it to close."),                                      \
          AT(expected_close) },                                                                  \
        { .name = "probability",                                                                 \
          .label = N_("Probability (%)"),                                                        \
          .kind = FIELD_INT,                                                                     \
          .min = 0,                                                                              \
          .max = 100,                                                                            \
          AT(probability) },                                                                     \
        { .name = "category",                                                                    \
          .label = N_("Forecast"),                                                               \
          .kind = FIELD_CHOICE,                                                                  \
          .choices = categories,                                                                 \
          AT(category) },                                                                        \
        { .name = "owner_user_id", .label = N_("Owner"), .kind = FIELD_ID, AT(owner_user_id) },  \
        TEXT(competitors, N_("Competitors"), 300), TEXT(next_step, N_("Next step"), 300),        \
    {                                                                                            \
        .name = "next_step_on", .label = N_("Next step on"), .kind = FIELD_DAY, AT(next_step_on) \
    }

#define CUSTOMER                                                           \
    { .name = "customer_name",                                             \
      .label = N_("End customer"),                                         \
      .kind = FIELD_TEXT,                                                  \
      .required = true,                                                    \
      .needed = N_("Name the end customer."),                              \
      .min = 1,                                                            \
      .max = NAME_MAX_CHARS,                                               \
      AT(customer_name) },                                                 \
        { .name = "customer_country",                                      \
          .label = N_("Country"),                                          \
          .kind = FIELD_COUNTRY,                                           \
          .required = true,                                                \
          AT(customer_country) },                                          \
    {                                                                      \
        .name = "stage", .label = N_("Stage"), .kind = FIELD_ID, AT(stage) \
    }

#define NOTE                                                                                  \
    {                                                                                         \
        .name = "inside_note", .label = N_("Note for the vendor alone"), .kind = FIELD_LINES, \
        .max = NOTE_MAX_CHARS, AT(note)                                                       \
    }

/* Asked only where a partner protects what is saved. */
#define DESPITE                                                                               \
    {                                                                                         \
        .name = "despite", .label = N_("Go on nevertheless"), .kind = FIELD_FLAG, AT(despite) \
    }

static const struct field new_fields[] = { COMMON, CUSTOMER, { 0 } };
static const struct field edit_fields[] = { COMMON, { 0 } };
static const struct field staff_new_fields[] = { COMMON, CUSTOMER, NOTE, DESPITE, { 0 } };
static const struct field staff_edit_fields[] = { COMMON, NOTE, DESPITE, { 0 } };

/* -- product lines -------------------------------------------------------------------------------
 */

static const struct field quantity_field = {
    .name = "quantity", .label = "", .kind = FIELD_INT, .min = 1, .max = 1000000
};
static const struct field price_field = {
    .name = "price", .label = "", .kind = FIELD_MONEY, .min = 0, .max = AMOUNT_MAX
};
static const struct field line_field = { .name = "line", .label = "", .kind = FIELD_ID };

/* What is not typed gets FALLBACK. */
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

static void read_row(struct request *req, struct opportunity_input *in, size_t i)
{
    read_cell(req, &line_field, &in->line, i, 0);
    if (str_is_empty(in->line.texts[i]) && str_is_empty(in->quantity.texts[i]) &&
        str_is_empty(in->price.texts[i]))
        return;
    read_cell(req, &quantity_field, &in->quantity, i, 1);
    read_cell(req, &price_field, &in->price, i, 0);
    if (str_is_empty(in->line.texts[i]))
        form_fault(req, "line", (int)i, tr(req, N_("Choose a product line.")));
    else if (in->line.numbers[i] != 0 && line_before(&in->line, i))
        form_fault(req, "line", (int)i,
                   tr(req, N_("This product line stands further up already.")));
}

/* A sum that no amount can hold is refused where it is typed. */
static void check_sum(struct request *req, const struct opportunity_input *in)
{
    __int128 sum = 0;

    for (size_t i = 0; i < in->line.count; i++)
        if (in->line.numbers[i] != 0)
            sum += (__int128)in->quantity.numbers[i] * in->price.numbers[i];
    if (sum > AMOUNT_MAX)
        form_fault(req, "price", 0, tr(req, N_("Together this is too much for an amount.")));
}

static void check(struct request *req, void *input)
{
    struct opportunity_input *in = input;

    if (in->line.count != in->quantity.count || in->line.count != in->price.count) {
        form_fault(req, "line", -1, tr(req, N_("Each product line needs a quantity and a price.")));
        return;
    }
    for (size_t i = 0; i < in->line.count; i++)
        read_row(req, in, i);
    if (!form_has_faults(req))
        check_sum(req, in);
}

#define FORM(ident, name_, fields_)                                                        \
    const struct form ident = { .name = name_,                                             \
                                .fields = fields_,                                         \
                                .size_bytes = sizeof(struct opportunity_input),            \
                                .check = check,                                            \
                                .more = custom_more_opportunity,                           \
                                .more_offset = offsetof(struct opportunity_input, custom), \
                                .lists_max = OPPORTUNITY_LINES }
FORM(opportunity_new_form, "opportunity_new", new_fields);
FORM(opportunity_edit_form, "opportunity_edit", edit_fields);
FORM(opportunity_staff_new_form, "opportunity_staff_new", staff_new_fields);
FORM(opportunity_staff_edit_form, "opportunity_staff_edit", staff_edit_fields);

/* -- the way between -----------------------------------------------------------------------------
 */

void opportunity_from_input(struct arena *a, const struct opportunity_input *in,
                            struct opportunity *o)
{
    o->name = in->name;
    o->currency = in->currency;
    o->amount = in->amount;
    o->expected_close = in->expected_close;
    o->probability = in->probability;
    o->category = in->category;
    o->owner_user_id = in->owner_user_id;
    o->competitors = in->competitors;
    o->next_step = in->next_step;
    o->next_step_on = in->next_step_on;
    o->lines = arena_array(a, in->line.count + 1, sizeof(*o->lines));
    o->line_count = 0;
    for (size_t i = 0; i < in->line.count; i++)
        if (in->line.numbers[i] != 0)
            o->lines[o->line_count++] =
                (struct opportunity_line){ .product_line_id = in->line.numbers[i],
                                           .quantity = in->quantity.numbers[i],
                                           .price = in->price.numbers[i] };
}

static struct value_list list_of(struct arena *a, size_t count)
{
    return (struct value_list){ .count = count,
                                .texts = arena_array(a, count + 1, sizeof(const char *)),
                                .numbers = arena_array(a, count + 1, sizeof(int64_t)) };
}

static void put_number(struct arena *a, struct value_list *list, size_t i, int64_t number)
{
    list->numbers[i] = number;
    list->texts[i] = arena_number(a, "", number);
}

static void put_money(struct arena *a, struct value_list *list, size_t i, int64_t e4, int digits)
{
    char *text = arena_alloc(a, MONEY_TEXT_BYTES);

    money_text(e4, digits, text);
    list->numbers[i] = e4;
    list->texts[i] = text;
}

void opportunity_to_input(struct arena *a, const struct opportunity *o,
                          struct opportunity_input *out)
{
    *out = (struct opportunity_input){ .row_version = o->row_version,
                                       .name = o->name,
                                       .customer_name = o->customer_name,
                                       .customer_country = o->customer_country,
                                       .currency = o->currency,
                                       .amount = o->amount,
                                       .line = list_of(a, o->line_count),
                                       .quantity = list_of(a, o->line_count),
                                       .price = list_of(a, o->line_count),
                                       .expected_close = o->expected_close,
                                       .next_step_on = o->next_step_on,
                                       .stage = o->stage_id,
                                       .probability = o->probability,
                                       .owner_user_id = o->owner_user_id,
                                       .category = o->category,
                                       .competitors = o->competitors,
                                       .next_step = o->next_step,
                                       .note = "" };
    for (size_t i = 0; i < o->line_count; i++) {
        put_number(a, &out->line, i, o->lines[i].product_line_id);
        put_number(a, &out->quantity, i, o->lines[i].quantity);
        put_money(a, &out->price, i, o->lines[i].price, money_digits(o->currency));
    }
}

/* -- from stage to stage -------------------------------------------------------------------------
 */

#define MOVE_AT(member) .offset = offsetof(struct opportunity_move_input, member)
static const struct choice backs[] = { { "", "" }, { "board", "" }, { "mine", "" }, { 0 } };
static const struct field move_fields[] = {
    FORM_VERSION(struct opportunity_move_input),
    { .name = "stage",
      .label = N_("New stage"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose a stage."),
      MOVE_AT(stage) },
    { .name = "reason",
      .label = N_("Why it was won without an order, or lost"),
      .kind = FIELD_CHOICE,
      .choices_of = reason_choices,
      MOVE_AT(reason) },
    { .name = "lost_to", .label = N_("Lost to"), .kind = FIELD_TEXT, .max = 120, MOVE_AT(lost_to) },
    { .name = "text",
      .label = N_("What decided it"),
      .kind = FIELD_TEXT,
      .max = 300,
      MOVE_AT(text) },
    { .name = "back", .label = "", .kind = FIELD_CHOICE, .choices = backs, MOVE_AT(back) },
    { 0 },
};
const struct form opportunity_move_form = { .name = "opportunity_move",
                                            .fields = move_fields,
                                            .size_bytes = sizeof(struct opportunity_move_input) };

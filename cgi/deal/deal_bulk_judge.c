/* deal/deal_bulk_judge.c - a row of a list through the form of a registration: the same fields, the
 * same checks, the same words. */
#include "base/buf.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "custom/custom_sheet.h"
#include "deal/deal_bulk.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "web/judge.h"
#include "web/sheet.h"

#include <jansson.h>

static struct err *read_known(struct request *req, struct deal_bulk_known *out)
{
    TRY(deal_products(req, &out->products, &out->product_count));
    return err_pass(deal_people(req, req->actor->account_id, &out->people, &out->people_count));
}

/* The sales person is the one who sends it, unless the row says otherwise, as on the form. */
static const char *value_of(const struct request *req, const struct deal_bulk_known *known,
                            int column, const char *cell)
{
    const char *value = deal_bulk_value(req->arena, known, column, cell);

    if (*value == '\0' && str_eq(deal_bulk_columns[column].field, "sales_user_id"))
        return arena_number(req->arena, "", req->actor->user_id);
    return value;
}

/* In the order of the columns, those of one column as they were found. */
static void put_in_order(struct deal_bulk_fault *list, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && list[k - 1].column > list[k].column; k--) {
            const struct deal_bulk_fault later = list[k];

            list[k] = list[k - 1];
            list[k - 1] = later;
        }
}

/* A row at work: what it holds, and what the vendor asks of it besides. */
struct judging {
    struct request *req;
    enum lang lang;
    const struct deal_bulk_cells *cells;
    struct deal_bulk_own own;
    struct deal_bulk_judged *out;
};

/* Where the fault of a field is shown. */
static int place_of(const struct judging *j, const char *field, int index)
{
    for (size_t i = 0; i < j->own.count; i++)
        if (str_eq(field, custom_field_name(j->req->arena, &j->own.fields[i])))
            return DEAL_BULK_COLUMNS + (int)i;
    return deal_bulk_column_of(field, index);
}

static const struct deal_bulk_cell *own_cell(const struct judging *j, int column)
{
    return deal_bulk_cell_of(j->cells, j->own.fields[column - DEAL_BULK_COLUMNS].code);
}

static enum text_cell_kind kind_of(const struct judging *j, int column)
{
    const struct deal_bulk_cell *cell;

    if (column < DEAL_BULK_COLUMNS)
        return j->cells->kinds[column];
    cell = own_cell(j, column);
    return cell != NULL ? cell->kind : CELL_PLAIN;
}

static void add_fault(struct judging *j, int column, const char *text)
{
    struct deal_bulk_fault *fault = &j->out->faults[j->out->fault_count++];

    *fault = (struct deal_bulk_fault){ .column = column, .text = text };
    if (column < DEAL_BULK_COLUMNS)
        return;
    fault->code = j->own.fields[column - DEAL_BULK_COLUMNS].code;
    fault->name = deal_bulk_heading(j->req->arena, &j->own, column, j->lang);
}

/* Of a cell that holds no value nothing else is worth saying. */
static void keep_faults(struct judging *j)
{
    const int columns = DEAL_BULK_COLUMNS + (int)j->own.count;
    const struct judge_fault *list;
    size_t count;

    list = judge_faults(j->req, &count);
    j->out->faults = arena_array(j->req->arena, count + (size_t)columns, sizeof(*j->out->faults));
    for (size_t i = 0; i < count; i++) {
        const int column = place_of(j, list[i].field, list[i].index);

        if (kind_of(j, column) == CELL_PLAIN)
            add_fault(j, column, list[i].message);
    }
    for (int i = 0; i < columns; i++)
        if (kind_of(j, i) != CELL_PLAIN)
            add_fault(j, i, lang_tr(j->lang, sheet_cell_faults[kind_of(j, i)]));
    put_in_order(j->out->faults, j->out->fault_count);
}

static struct judge_value own_value(const struct judging *j, size_t i,
                                    const struct deal_bulk_cell *cell)
{
    const struct custom_field *field = &j->own.fields[i];

    return (struct judge_value){ custom_field_name(j->req->arena, field),
                                 custom_cell(j->req->arena, field, cell->text) };
}

/* A registration that is new has nothing that is not offered any more. */
static void check_options(const struct judging *j)
{
    for (size_t i = 0; i < j->own.count; i++) {
        const struct deal_bulk_cell *cell = own_cell(j, DEAL_BULK_COLUMNS + (int)i);

        if (cell != NULL && custom_is_off(&j->own.fields[i], own_value(j, i, cell).value))
            form_fault(j->req, own_value(j, i, cell).name, -1, tr(j->req, custom_off_words));
    }
}

static struct err *values_of(const struct judging *j, struct judge_value **values_out,
                             size_t *count_out)
{
    struct judge_value *values =
        arena_array(j->req->arena, DEAL_BULK_COLUMNS + j->own.count + 1, sizeof(*values));
    struct deal_bulk_known known;
    size_t n = 0;

    TRY(read_known(j->req, &known));
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        values[n++] = (struct judge_value){ deal_bulk_columns[i].field,
                                            value_of(j->req, &known, i, j->cells->texts[i]) };
    for (size_t i = 0; i < j->own.count; i++) {
        const struct deal_bulk_cell *cell = own_cell(j, DEAL_BULK_COLUMNS + (int)i);

        if (cell != NULL)
            values[n++] = own_value(j, i, cell);
    }
    values[n++] = (struct judge_value){ "do", "submit" };
    *values_out = values;
    *count_out = n;
    return NULL;
}

struct err *deal_bulk_judge(struct db *db, struct arena *a, const struct actor *actor,
                            enum lang lang, const struct deal_bulk_cells *cells,
                            struct deal_bulk_judged *out)
{
    struct judging j = {
        .req = judge_request(a, db, actor, lang), .lang = lang, .cells = cells, .out = out
    };
    const struct deal_input *input;
    struct judge_value *values = NULL;
    const void *read;
    size_t count = 0;

    *out = (struct deal_bulk_judged){
        .deal = { .account_id = actor->account_id, .created_by = actor->user_id }, .req = j.req
    };
    TRY(deal_bulk_own_fields(j.req, &j.own));
    TRY(values_of(&j, &values, &count));
    TRY(judge_form(j.req, &deal_form, values, count, &read));
    input = read;
    if (input != NULL) {
        TRY(deal_judge_input(j.req, input, NULL, &out->deal));
        out->own = &input->custom;
    }
    check_options(&j);
    keep_faults(&j);
    return NULL;
}

/* -- as they are kept: {"en":[[8,"Choose one of the list."],["tender","Fill this in.","Tender"]],
 * "zh-CN":[…]} -- a column of the form by its place, the vendor's own by its key and with its name,
 * so that it is read as it was said.
 */

static void put_fault(struct buf *out, const struct deal_bulk_fault *fault)
{
    buf_putc(out, '[');
    if (fault->code != NULL)
        buf_json(out, fault->code);
    else
        buf_printf(out, "%d", fault->column);
    buf_putc(out, ',');
    buf_json(out, fault->text);
    if (fault->code != NULL) {
        buf_putc(out, ',');
        buf_json(out, fault->name);
    }
    buf_putc(out, ']');
}

const char *deal_bulk_faults_json(struct arena *a,
                                  const struct deal_bulk_judged by_lang[LANG_COUNT])
{
    const char *json;
    struct buf out;

    buf_init(&out, 512, 0);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct deal_bulk_judged *judged = &by_lang[lang];

        buf_printf(&out, "%s\"%s\":[", lang == 0 ? "{" : ",", lang_code((enum lang)lang));
        for (size_t i = 0; i < judged->fault_count; i++) {
            buf_puts(&out, i > 0 ? "," : "");
            put_fault(&out, &judged->faults[i]);
        }
        buf_putc(&out, ']');
    }
    buf_putc(&out, '}');
    json = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return json;
}

static const char *text_at(struct arena *a, const json_t *list, size_t i)
{
    const char *text = json_string_value(json_array_get(list, i));

    return arena_dup(a, text != NULL ? text : "");
}

static struct err *read_fault(struct arena *a, const json_t *one, struct deal_bulk_fault *out)
{
    const json_t *place = json_array_get(one, 0);
    const json_int_t column = json_integer_value(place);

    if (column < 0 || column >= DEAL_BULK_COLUMNS)
        return err_raise(ERR_PARSE, "a fault in column %lld of a list", (long long)column);
    *out = (struct deal_bulk_fault){ .column = (int)column, .text = text_at(a, one, 1) };
    if (!json_is_string(place))
        return NULL;
    out->column = DEAL_BULK_COLUMNS;
    out->code = text_at(a, one, 0);
    out->name = text_at(a, one, 2);
    return NULL;
}

struct err *deal_bulk_faults_read(struct arena *a, const char *json, enum lang lang,
                                  struct deal_bulk_fault **list_out, size_t *count_out)
{
    json_t *root = *json != '\0' ? json_loads(json, 0, NULL) : json_object();
    const json_t *list = json_object_get(root, lang_code(lang));
    struct err *e = NULL;

    *count_out = json_array_size(list);
    *list_out = arena_array(a, *count_out + 1, sizeof(**list_out));
    for (size_t i = 0; e == NULL && i < *count_out; i++)
        e = read_fault(a, json_array_get(list, i), &(*list_out)[i]);
    json_decref(root);
    return err_pass(e);
}

const char *deal_bulk_fault_place(const struct deal_bulk_fault *fault, enum lang lang)
{
    return fault->code != NULL ? fault->name
                               : lang_tr(lang, deal_bulk_columns[fault->column].heading);
}

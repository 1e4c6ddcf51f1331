/* deal/deal_bulk_judge.c - a row of a list through the form of a registration: the same fields, the
 * same checks, the same words. */
#include "base/buf.h"
#include "base/str.h"
#include "custom/custom.h"
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

static void add_fault(struct deal_bulk_judged *out, int column, const char *text)
{
    out->faults[out->fault_count++] = (struct deal_bulk_fault){ column, text };
}

/* Of a cell that holds no value nothing else is worth saying. */
static void keep_faults(struct request *req, enum lang lang, const struct deal_bulk_cells *cells,
                        struct deal_bulk_judged *out)
{
    size_t count;
    const struct judge_fault *list = judge_faults(req, &count);

    out->faults = arena_array(req->arena, count + DEAL_BULK_COLUMNS, sizeof(*out->faults));
    for (size_t i = 0; i < count; i++) {
        const int column = deal_bulk_column_of(list[i].field, list[i].index);

        if (cells->kinds[column] == CELL_PLAIN)
            add_fault(out, column, list[i].message);
    }
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        if (cells->kinds[i] != CELL_PLAIN)
            add_fault(out, i, lang_tr(lang, sheet_cell_faults[cells->kinds[i]]));
    put_in_order(out->faults, out->fault_count);
}

/* A list holds none of the vendor's own fields: what needs one is registered by the form. */
static struct err *demand_custom(struct request *req)
{
    struct custom_set set;

    TRY(custom_fields(req->db, req->arena, CUSTOM_DEAL, CUSTOM_STAFF, &set));
    for (size_t i = 0; i < set.count; i++)
        if (set.fields[i].required && set.fields[i].theirs)
            form_fault(req, "company_name", -1,
                       trf(req,
                           N_("“%s” is needed, which a list cannot hold. Register this one by the "
                              "form."),
                           custom_name(&set.fields[i], text_locale_lang(req->locale))));
    return NULL;
}

struct err *deal_bulk_judge(struct db *db, struct arena *a, const struct actor *actor,
                            enum lang lang, const struct deal_bulk_cells *cells,
                            struct deal_bulk_judged *out)
{
    struct request *req = judge_request(a, db, actor, lang);
    struct judge_value values[DEAL_BULK_COLUMNS + 1];
    struct deal_bulk_known known;
    const void *input;

    *out = (struct deal_bulk_judged){ .deal = { .account_id = actor->account_id,
                                                .created_by = actor->user_id } };
    TRY(read_known(req, &known));
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        values[i] = (struct judge_value){ deal_bulk_columns[i].field,
                                          value_of(req, &known, i, cells->texts[i]) };
    values[DEAL_BULK_COLUMNS] = (struct judge_value){ "do", "submit" };
    TRY(judge_form(req, &deal_row_form, values, DEAL_BULK_COLUMNS + 1, &input));
    if (input != NULL)
        TRY(deal_judge_input(req, input, NULL, &out->deal));
    TRY(demand_custom(req));
    keep_faults(req, lang, cells, out);
    return NULL;
}

/* -- as they are kept: {"en":[[8,"Choose one of the list."]],"zh-CN":[…]} ------------------------
 */

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
            buf_printf(&out, "%s[%d,", i > 0 ? "," : "", judged->faults[i].column);
            buf_json(&out, judged->faults[i].text);
            buf_putc(&out, ']');
        }
        buf_putc(&out, ']');
    }
    buf_putc(&out, '}');
    json = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return json;
}

struct err *deal_bulk_faults_read(struct arena *a, const char *json, enum lang lang,
                                  struct deal_bulk_fault **list_out, size_t *count_out)
{
    json_t *root = *json != '\0' ? json_loads(json, 0, NULL) : json_object();
    const json_t *list = json_object_get(root, lang_code(lang));

    *count_out = json_array_size(list);
    *list_out = arena_array(a, *count_out + 1, sizeof(**list_out));
    for (size_t i = 0; i < *count_out; i++) {
        const json_t *one = json_array_get(list, i);
        const json_int_t column = json_integer_value(json_array_get(one, 0));

        if (column < 0 || column >= DEAL_BULK_COLUMNS) {
            json_decref(root);
            return err_raise(ERR_PARSE, "a fault in column %lld of a list", (long long)column);
        }
        (*list_out)[i] =
            (struct deal_bulk_fault){ (int)column,
                                      arena_dup(a, json_string_value(json_array_get(one, 1))) };
    }
    json_decref(root);
    return NULL;
}

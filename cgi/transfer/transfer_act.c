/* transfer/transfer_act.c - what is done with an import: its columns are chosen, its rows written
 * or dropped, all taken back; and its faulty rows as a file to correct. */
#include "base/buf.h"
#include "base/str.h"
#include "transfer/transfer_inside.h"
#include "web/export.h"
#include "web/form_fields.h"

#include <string.h>

/* -- forms ---------------------------------------------------------------------------------------
 */

static const struct field map_fields[] = {
    FORM_VERSION_NEEDED(struct transfer_map_input),
    { .name = "column",
      .label = N_("Column"),
      .kind = FIELD_TEXT,
      .max = 40,
      .list = true,
      .offset = offsetof(struct transfer_map_input, column) },
    { 0 },
};
const struct form transfer_map_form = { .name = "transfer_map",
                                        .fields = map_fields,
                                        .size_bytes = sizeof(struct transfer_map_input),
                                        .lists_max = TRANSFER_FILE_COLUMNS };

static const struct field choose_fields[] = {
    FORM_VERSION_NEEDED(struct transfer_choose_input),
    { .name = "twins",
      .label = N_("Write rows too that are like a record that is there, or like an earlier row"),
      .kind = FIELD_FLAG,
      .offset = offsetof(struct transfer_choose_input, twins) },
    { .name = "mails",
      .label = N_("Mail each of these people an invitation now; else they wait until somebody "
                  "invites them on their page"),
      .kind = FIELD_FLAG,
      .offset = offsetof(struct transfer_choose_input, mails) },
    { 0 },
};
const struct form transfer_choose_form = { .name = "transfer_choose",
                                           .fields = choose_fields,
                                           .size_bytes = sizeof(struct transfer_choose_input) };
static const struct field undo_fields[] = { FORM_VERSION_NEEDED(struct transfer_choose_input),
                                            { 0 } };
const struct form transfer_undo_form = { .name = "transfer_undo",
                                         .fields = undo_fields,
                                         .size_bytes = sizeof(struct transfer_choose_input) };

/* -- what is done with it ------------------------------------------------------------------------
 */

/* Somebody else did something with it, or its work went on. */
static struct err *refuse_moved(struct request *req, const char *message)
{
    const struct transfer *t = req->object;
    struct view *v = view_at(req->page, "Import");

    transfer_show_head(req, t, transfer_set_find(t->dataset));
    view_text(v, "Message", message);
    view_text(v, "Href", transfer_address(req->arena, t));
    return err_pass(reply_conflict(req, "transfer/moved.cs"));
}

static struct err *refuse_seen(struct request *req)
{
    return err_pass(refuse_moved(req, tr(req, N_("This import has moved on since you saw it."))));
}

static struct err *back(struct request *req, const char *after)
{
    const struct transfer *t = req->object;

    TRY(request_audit(req, "transfer", t->id, NULL, after));
    return err_pass(reply_redirect(req, NULL, "%s", transfer_address(req->arena, t)));
}

static struct err *drop(struct request *req, int64_t row_version)
{
    const struct transfer *t = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &transfer_sql_drop, DB_ARGS(DB_I(t->id), DB_I(row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse_seen(req));
    TRY(request_audit(req, "transfer", t->id, NULL, "{\"action\":\"drop\"}"));
    return err_pass(reply_redirect(req, "import_dropped", "/staff/imports"));
}

static void read_columns(struct request *req, const struct transfer_set *set,
                         const struct transfer_map_input *in, int *columns)
{
    for (size_t i = 0; i < in->column.count; i++) {
        columns[i] =
            *in->column.texts[i] == '\0' ? -1 : transfer_column_of(set, in->column.texts[i]);
        if (columns[i] < 0 && *in->column.texts[i] != '\0')
            form_fault(req, "column", (int)i,
                       tr(req, N_("Choose a field of the list for each column, or none.")));
    }
}

struct err *transfer_map_post(struct request *req)
{
    const struct transfer_map_input *in = req->input;
    const struct transfer *t = req->object;
    const struct transfer_set *set;
    int *columns = arena_array(req->arena, in->column.count + 1, sizeof(*columns));
    const char *fault, *what, *json;
    size_t head_count;
    int64_t now, changed;

    if (str_eq(form_button(req), "drop"))
        return err_pass(drop(req, in->row_version));
    TRY(transfer_set_of(req, t, &set));
    transfer_texts_read(req->arena, t->heads_json, &head_count);
    if (in->column.count != head_count)
        return err_raise(ERR_MALFORMED, "%zu columns of %zu", in->column.count, head_count);
    read_columns(req, set, in, columns);
    fault = transfer_columns_fault(set, columns, head_count, &what);
    if (fault != NULL && !form_has_faults(req))
        form_fault(req, "column", 0, trf(req, fault, tr(req, what)));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    json = transfer_numbers_json(req->arena, columns, head_count);
    TRY(db_exec(req->db, &transfer_sql_map, DB_ARGS(DB_S(json), DB_I(t->id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse_seen(req));
    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &transfer_sql_mapping_put,
                DB_ARGS(DB_S(t->dataset), DB_B(t->heads_hash.data, t->heads_hash.len), DB_S(json),
                        DB_I(req->actor->user_id), DB_T(now)),
                NULL));
    TRY(job_add(req->db, "transfer.run", t->id, 0, NULL, NULL));
    return err_pass(back(req, arena_printf(req->arena, "{\"columns\":%s}", json)));
}

/* Another import wrote since the rows were compared: they are compared again. */
static struct err *check_again(struct request *req, int64_t row_version)
{
    const struct transfer *t = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &transfer_sql_again, DB_ARGS(DB_I(t->id), DB_I(row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse_seen(req));
    TRY(job_add(req->db, "transfer.run", t->id, 0, NULL, NULL));
    return err_pass(back(req, "{\"action\":\"check again\"}"));
}

static struct err *start(struct request *req, const char *mode)
{
    const struct transfer_choose_input *in = req->input;
    const struct transfer *t = req->object;
    const struct transfer_set *set = transfer_set_find(t->dataset);
    const bool twins = in->twins && !set->once, mails = in->mails && set->mails;
    struct transfer_running running;
    int64_t now, changed;

    TRY(db_get(req->db, req->arena, &transfer_sql_running, DB_ARGS(DB_S(t->dataset)), &running));
    if (running.written_at > t->checked_at)
        return err_pass(check_again(req, in->row_version));
    TRY(db_exec(req->db, &transfer_sql_run_take, DB_ARGS(DB_I(t->id), DB_S(t->dataset)), &changed));
    if (changed != 1)
        return err_pass(refuse_moved(
            req, tr(req, N_("Another import of the same kind is being written. Start this one "
                            "when it is through."))));
    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &transfer_sql_choose,
                DB_ARGS(DB_S(mode), DB_I(twins), DB_I(mails), DB_T(now), DB_I(t->id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse_seen(req));
    TRY(job_add(req->db, "transfer.run", t->id, 0, NULL, NULL));
    return err_pass(
        back(req, arena_printf(req->arena, "{\"mode\":\"%s\",\"duplicates\":%s,\"mails\":%s}", mode,
                               twins ? "true" : "false", mails ? "true" : "false")));
}

struct err *transfer_choose_post(struct request *req)
{
    const struct transfer_choose_input *in = req->input;
    const struct transfer *t = req->object;
    const char *button = form_button(req);

    if (str_eq(button, "drop"))
        return err_pass(drop(req, in->row_version));
    if (str_eq(button, "all") && t->fault_count > 0)
        return err_pass(refuse_seen(req));
    if (!str_eq(button, "all") && !str_eq(button, "good"))
        return err_raise(ERR_MALFORMED, "an import is all, good rows only, or cancelled");
    return err_pass(start(req, button));
}

struct err *transfer_undo_post(struct request *req)
{
    const struct transfer_choose_input *in = req->input;
    const struct transfer *t = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &transfer_sql_undo, DB_ARGS(DB_I(t->id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse_seen(req));
    TRY(job_add(req->db, "transfer.run", t->id, 0, NULL, NULL));
    return err_pass(back(req, NULL));
}

/* -- rows to correct -----------------------------------------------------------------------------
 */

struct faulty {
    struct request *req;
    const struct transfer *t;
    const struct transfer_set *set;
    struct export *x;
};

static const char *all_faults(struct request *req, struct arena *a, const struct transfer_set *set,
                              const struct transfer_fault *list, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_join(
            a, text, *text != '\0' ? " | " : "",
            list[i].column >= 0 ? tr(req, transfer_field(set, list[i].column)->label) : "",
            list[i].column >= 0 ? ": " : "", list[i].texts[text_locale_lang(req->locale)], NULL);
    return text;
}

static struct err *put_faulty(void *arg, const void *row_)
{
    const struct faulty *f = arg;
    const struct transfer_row *row = row_;
    const size_t count = transfer_column_count(f->set);
    const char *texts[TRANSFER_COLUMNS_MOST + 2];
    struct arena *a = export_arena(f->x);
    struct transfer_fault *list;
    struct transfer_cells cells;
    size_t fault_count;

    TRY(transfer_cells_read(a, row->cells_json, count, &cells));
    TRY(transfer_faults_read(a, row->faults_json, &list, &fault_count));
    memcpy(texts, cells.texts, count * sizeof(*texts));
    texts[count] = arena_number(a, "", row->line_no);
    texts[count + 1] = all_faults(f->req, a, f->set, list, fault_count);
    return err_pass(export_put(f->x, texts));
}

static struct err *put_all_faulty(struct export *x, void *arg)
{
    struct faulty *f = arg;

    f->x = x;
    return err_pass(
        db_each(f->req->db, &transfer_sql_faulty, DB_ARGS(DB_I(f->t->id)), put_faulty, f));
}

/* The columns of the template, and beside them what is wrong: to be corrected and sent again. */
struct err *transfer_faulty(struct request *req)
{
    struct faulty f = { .req = req, .t = req->object };
    struct text_xlsx_column heads[TRANSFER_COLUMNS_MOST + 3] = { { 0 } };
    const struct export_spec spec = { .file_name = "rows-to-correct",
                                      .title = N_("Rows with faults"),
                                      .columns = heads,
                                      .as_is = true };
    size_t count;

    TRY(transfer_set_of(req, f.t, &f.set));
    count = transfer_column_count(f.set);
    for (size_t i = 0; i < count; i++)
        heads[i].head = tr(req, transfer_field(f.set, (int)i)->label);
    heads[count].head = tr(req, N_("Row"));
    heads[count + 1].head = tr(req, N_("What is wrong"));
    return err_pass(export_filled(req, &spec, put_all_faulty, &f));
}

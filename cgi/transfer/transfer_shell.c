/* transfer/transfer_shell.c - the same import from fairwayctl, in one go. */
#include "access/parameter.h"
#include "base/buf.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "text/csv.h"
#include "custom/custom_sheet.h"
#include "transfer/transfer_inside.h"
#include "web/judge.h"
#include "web/sheet.h"

#include <string.h>

enum { ARENA_BYTES = 4 << 20 };

struct shell {
    struct transfer_work w;
    const struct transfer_order *order;
    struct transfer_result *result;
    struct transfer_heads heads;
    int *columns;
    int64_t id, most_rows;
    const char *codes; /* of custom fields */
};

/* -- beginning -----------------------------------------------------------------------------------
 */

static struct err *check_columns(struct shell *s)
{
    const char *fault, *what;

    for (size_t i = 0; i < s->heads.count; i++)
        if (s->columns[i] < 0)
            return err_raise(ERR_PARSE, "column '%s' is unknown, or there twice",
                             s->heads.heads[i]);
    fault = transfer_columns_fault(s->w.set, s->columns, s->heads.count, &what);
    return fault == NULL ? NULL : err_raise(ERR_PARSE, "column '%s' is missing", what);
}

static struct err *insert(struct db *db, void *arg)
{
    struct shell *s = arg;
    unsigned char heads_hash[SHA256_BYTES];
    const char *heads = transfer_texts_json(s->w.kept, s->heads.heads, s->heads.count);
    int64_t now;

    sha256(heads, strlen(heads), heads_hash);
    TRY(db_now(db, &now));
    TRY(db_insert(db, &transfer_sql_insert,
                  DB_ARGS(DB_S(s->w.set->code), DB_I(0), DB_S("fairwayctl"),
                          DB_S(s->order->file_name), DB_S(heads), DB_S(s->heads.sample_json),
                          DB_S(transfer_numbers_json(s->w.kept, s->columns, s->heads.count)),
                          DB_S(s->codes), DB_B(heads_hash, sizeof(heads_hash)), DB_S("reading"),
                          DB_T(now)),
                  &s->id));
    return err_pass(audit_write(db, s->w.kept, &s->w.who,
                                &(struct audit_change){ .kind = "transfer",
                                                        .object_id = s->id,
                                                        .action = "transfer.upload" }));
}

static struct err *begin(struct db *db, void *arg)
{
    struct shell *s = arg;
    struct request *req = judge_request(s->w.kept, db, &s->w.actor, LANG_EN);

    TRY(parameter_now(db, s->w.kept, PARAM_IMPORT_ROWS, &s->most_rows));
    TRY(transfer_heads_read(req, s->order->data, s->order->len, s->most_rows, &s->heads));
    if (s->heads.fault != NULL)
        return err_raise(ERR_PARSE, "%s", s->heads.fault);
    s->columns = arena_array(s->w.kept, s->heads.count + 1, sizeof(*s->columns));
    transfer_guess(s->w.kept, s->w.set, s->heads.heads, s->heads.count, s->columns);
    TRY(check_columns(s));
    return err_pass(insert(db, s));
}

static struct err *open(struct db *db, void *arg)
{
    struct shell *s = arg;
    bool found, may;

    (void)db;
    TRY(transfer_open(&s->w, s->id, &found, &may));
    if (!found || s->w.set == NULL)
        return err_raise(ERR_NOT_FOUND, "there is no import %lld", (long long)s->id);
    return NULL;
}

/* -- its phases ----------------------------------------------------------------------------------
 */

struct turn {
    struct shell *s;
    const char *next;
};

static struct err *turn_to(struct db *db, void *arg)
{
    const struct turn *turn = arg;
    const struct transfer *t = &turn->s->w.t;
    struct transfer_running running = { 0 };
    bool found;
    int64_t taken = 1;

    if (str_eq(turn->next, "running"))
        TRY(db_exec(db, &transfer_sql_run_take, DB_ARGS(DB_I(t->id), DB_S(t->dataset)), &taken));
    if (taken != 1)
        TRY(db_one(db, turn->s->w.a, &transfer_sql_running, DB_ARGS(DB_S(t->dataset)), &running,
                   &found));
    if (taken != 1)
        return err_raise(ERR_CONFLICT,
                         "another import of %s is being written; if its process is gone, take it"
                         " back: fairwayctl import undo IM-%lld",
                         t->dataset, (long long)running.running_id);
    return err_pass(
        db_exec(db, &transfer_sql_phase,
                DB_ARGS(DB_S(turn->next), DB_S(t->message), DB_I(t->id), DB_S(t->state)), NULL));
}

static struct err *turn(struct shell *s, const char *next)
{
    struct turn t = { s, next };

    TRY(db_transaction(s->w.db, turn_to, &t));
    s->w.t.state = next;
    s->w.t.place = 0;
    return NULL;
}

/* Checking and writing are as much work as each other; a dry run only checks. */
static void tell(const struct shell *s)
{
    const struct transfer *t = &s->w.t;
    const int64_t checked = t->good_count + t->twin_count + t->fault_count;
    const int64_t written = t->made_count + t->failed_count;

    if (s->order == NULL || s->order->progress == NULL)
        return;
    s->order->progress(s->order->dry_run ? checked : (checked + written) / 2, t->row_count);
}

static struct err *run_phase(struct shell *s)
{
    bool left = true;

    while (left) {
        TRY(transfer_step(&s->w, &left));
        tell(s);
    }
    return err_pass(transfer_end_phase(&s->w));
}

static struct err *read_file(struct shell *s)
{
    bool done = false;

    while (!done && *s->w.t.message == '\0')
        TRY(transfer_stage(&s->w, s->order->data, s->order->len, s->most_rows, INT64_MAX, &done));
    if (*s->w.t.message != '\0') {
        size_t count;
        const char **texts = transfer_texts_read(s->w.kept, s->w.t.message, &count);

        TRY(turn(s, "refused"));
        return err_raise(ERR_PARSE, "%s", count > 0 ? texts[0] : "the file cannot be read");
    }
    return err_pass(turn(s, "checking"));
}

/* -- faults --------------------------------------------------------------------------------------
 */

static struct err *say_fault(void *arg, const void *row_)
{
    struct shell *s = arg;
    const struct transfer_row *row = row_;
    struct transfer_fault *list;
    struct buf line;
    size_t count;

    TRY(transfer_faults_read(s->w.a, row->faults_json, &list, &count));
    buf_init(&line, 256, 0);
    for (size_t i = 0; i < count; i++) {
        const char *cells[] = {
            arena_number(s->w.a, "", row->line_no),
            list[i].column >= 0 ? s->w.set->columns[list[i].column].field : "",
            list[i].texts[LANG_EN],
        };

        text_csv_write(&line, cells, ARRAY_LEN(cells));
    }
    fwrite(line.data, 1, line.len, s->order->faults);
    buf_free(&line);
    arena_clear(s->w.a);
    return NULL;
}

static struct err *say_faults(struct db *db, void *arg)
{
    struct shell *s = arg;

    return err_pass(db_each(db, &transfer_sql_faulty, DB_ARGS(DB_I(s->id)), say_fault, s));
}

/* -- the whole -----------------------------------------------------------------------------------
 */

static void fill_result(struct shell *s)
{
    const struct transfer *t = &s->w.t;

    *s->result = (struct transfer_result){ .id = s->id,
                                           .rows = t->row_count,
                                           .good = t->good_count + t->twin_count,
                                           .faulty = t->fault_count,
                                           .twins = t->twin_count,
                                           .written = t->made_count - t->undone_count };
}

static struct err *write_rows(struct shell *s)
{
    s->w.t.mode = s->order->good_rows_only ? "good" : "all";
    s->w.t.twins = !s->order->skip_twins && !s->w.set->once;
    s->w.t.mails = s->order->mails;
    s->w.vendor = s->order->vendor;
    TRY(turn(s, "running"));
    TRY(run_phase(s));
    if (!str_eq(s->w.t.state, "undoing"))
        return NULL;
    TRY(run_phase(s));
    return err_raise(ERR_CONFLICT, "a row could not be written; all were taken back");
}

static struct err *run_all(struct shell *s)
{
    TRY(db_transaction(s->w.db, begin, s));
    TRY(db_transaction(s->w.db, open, s));
    TRY(read_file(s));
    TRY(run_phase(s));
    fill_result(s);
    TRY(db_transaction(s->w.db, say_faults, s));
    if (s->order->dry_run)
        return err_pass(turn(s, "dropped"));
    if (s->w.t.fault_count > 0 && !s->order->good_rows_only) {
        TRY(turn(s, "dropped"));
        return err_raise(ERR_CONFLICT, "%lld of %lld rows are faulty; nothing was written",
                         (long long)s->w.t.fault_count, (long long)s->w.t.row_count);
    }
    TRY(write_rows(s));
    fill_result(s);
    return NULL;
}

static struct shell new_shell(struct db *db, struct match_names *names)
{
    struct shell s = { .w = { .db = db,
                              .a = arena_new(ARENA_BYTES),
                              .kept = arena_new(ARENA_BYTES),
                              .names = names,
                              .actor = actor_nobody(LANG_EN),
                              .who = { .address = "" } } };

    return s;
}

static struct err *end_shell(struct shell *s, struct err *e)
{
    arena_free(s->w.a);
    arena_free(s->w.kept);
    return err_pass(e);
}

/* The set that was found, with columns for the vendor's own fields. */
static struct err *add_custom(struct db *db, void *arg)
{
    struct shell *s = arg;
    const struct transfer_set *set = transfer_set_find(s->order->dataset);

    TRY(transfer_custom_codes(db, s->w.kept, set, &s->codes));
    return err_pass(transfer_set_with(db, s->w.kept, LANG_EN, set, s->codes, &s->w.set));
}

static struct err *run_with_custom(struct shell *s)
{
    TRY(db_transaction(s->w.db, add_custom, s));
    return err_pass(run_all(s));
}

struct err *transfer_shell(struct db *db, struct match_names *names,
                           const struct transfer_order *order, struct transfer_result *result_out)
{
    struct shell s = new_shell(db, names);

    *result_out = (struct transfer_result){ 0 };
    s.order = order;
    s.result = result_out;
    s.w.set = transfer_set_find(order->dataset);
    if (s.w.set == NULL)
        return end_shell(&s, err_raise(ERR_INVALID, "nothing is called %s", order->dataset));
    return end_shell(&s, run_with_custom(&s));
}

/* An import of the shell whose process was killed goes no further by itself. */
static bool can_be_undone(const struct transfer *t)
{
    return str_eq(t->state, "done") || str_eq(t->state, "stopped") ||
           (t->user_id == 0 && (str_eq(t->state, "running") || str_eq(t->state, "undoing")));
}

static struct err *undo_all(struct shell *s)
{
    TRY(db_transaction(s->w.db, open, s));
    if (!can_be_undone(&s->w.t))
        return err_raise(ERR_CONFLICT, "import %lld is %s", (long long)s->id, s->w.t.state);
    if (!str_eq(s->w.t.state, "undoing"))
        TRY(turn(s, "undoing"));
    return err_pass(run_phase(s));
}

struct err *transfer_shell_undo(struct db *db, struct match_names *names, int64_t id,
                                int64_t *undone_out, int64_t *kept_out)
{
    struct shell s = new_shell(db, names);
    struct err *e;

    s.id = id;
    e = undo_all(&s);
    *undone_out = s.w.t.undone_count;
    *kept_out = s.w.t.kept_count;
    return end_shell(&s, e);
}

/* -- and out -------------------------------------------------------------------------------------
 */

struct sheet {
    const struct transfer_set *set;
    struct custom_set custom; /* behind the columns of the set */
    struct arena *row;
    struct buf text;
    size_t own, count;
    FILE *out;
};

static struct err *write_cells(struct sheet *s, const char *const *cells)
{
    buf_reset(&s->text);
    text_csv_write(&s->text, cells, s->count);
    return fwrite(s->text.data, 1, s->text.len, s->out) == s->text.len
               ? NULL
               : err_raise(ERR_IO, "cannot write the file");
}

static struct err *write_record(void *arg, const void *row_)
{
    const struct transfer_sheet_row *row = row_;
    struct sheet *s = arg;
    const char *cells[TRANSFER_COLUMNS_MOST];

    arena_clear(s->row);
    for (size_t i = 0; i < s->own; i++)
        cells[i] = row->cells[i] != NULL ? row->cells[i] : "";
    custom_sheet_cells(s->row, &s->custom, row->custom, &cells[s->own]);
    return err_pass(write_cells(s, cells));
}

static struct err *write_sheet(struct db *db, struct arena *kept, struct sheet *s)
{
    const char *heads[TRANSFER_COLUMNS_MOST];

    TRY(db_begin_read(db));
    if (s->set->has_custom)
        TRY(custom_fields(db, kept, s->set->custom, CUSTOM_STAFF, &s->custom));
    s->count = s->own + s->custom.count;
    for (size_t i = 0; i < s->own; i++)
        heads[i] = s->set->columns[i].field;
    for (size_t i = 0; i < s->custom.count; i++)
        heads[s->own + i] = s->custom.fields[i].code;
    TRY(write_cells(s, heads));
    TRY(db_each(db, s->set->sheet, DB_NO_ARGS, write_record, s));
    return err_pass(db_commit(db));
}

struct err *transfer_shell_export(struct db *db, const char *dataset, FILE *out)
{
    struct sheet s = { .set = transfer_set_find(dataset), .out = out };
    struct arena *kept;
    struct err *e;

    if (s.set == NULL)
        return err_raise(ERR_INVALID, "nothing is called %s", dataset);
    s.own = transfer_column_count(s.set);
    s.row = arena_new(4096);
    kept = arena_new(4096);
    buf_init(&s.text, 1024, 0);
    e = write_sheet(db, kept, &s);
    buf_free(&s.text);
    arena_free(kept);
    arena_free(s.row);
    return err_pass(e);
}

/* transfer/transfer_step.c - an import batch by batch: judged and compared, written, taken back.
 *
 * A batch is one transaction that begins by moving the import's place on to its last line, from the
 * line before it: whoever does that does the batch, whoever dies leaves it undone.  A batch that
 * fails is done again row by row, so that the row at fault is found. */
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct counts {
    int64_t good, fault, twin, made, failed, undone, kept;
};

struct batch;
struct phase {
    const char *state, *next;
    const char *rows[2]; /* the states of rows that it takes; NULL: all */
    struct err *(*act)(struct batch *b);
    bool writes; /* holds the data set's place while it runs */
};

struct batch {
    struct transfer_work *w;
    const struct phase *phase;
    struct transfer_item *items;
    size_t count;
    const char *second; /* the other state of rows */
    struct counts counts;
    bool moved; /* somebody else did it */
};

/* -- judging -------------------------------------------------------------------------------------
 */

/* A row of the same file that came before, with an equal key. */
static struct err *find_earlier(struct batch *b)
{
    struct transfer_work *w = b->w;
    struct transfer_earlier *rows;
    struct buf list;
    size_t row_count;
    struct err *e;

    buf_init(&list, 64 * b->count, 0);
    for (size_t i = 0; i < b->count; i++) {
        const struct transfer_item *item = &b->items[i];

        buf_printf(&list, "%s[%zu,%lld,", i == 0 ? "[" : ",", i, (long long)item->line_no);
        buf_printf(&list, item->keys[0] != 0 ? "%lld," : "null,", (long long)item->keys[0]);
        buf_printf(&list, item->keys[1] != 0 ? "%lld]" : "null]", (long long)item->keys[1]);
    }
    buf_putc(&list, ']');
    e = db_list(w->db, w->a, &transfer_sql_earlier,
                DB_ARGS(DB_I(w->t.id), DB_I(w->t.id), DB_S(list.data)), &rows, &row_count);
    buf_free(&list);
    TRY(e);
    for (size_t i = 0; i < row_count; i++)
        b->items[rows[i].place].twin_line = rows[i].line_no;
    return NULL;
}

static bool same_key(const struct transfer_item *x, const struct transfer_item *y)
{
    for (int k = 0; k < 2; k++)
        if (x->keys[k] != 0 && x->keys[k] == y->keys[k])
            return true;
    return false;
}

static void find_within(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        for (size_t before = 0; before < i && b->items[i].twin_line == 0; before++)
            if (b->items[before].fault_count == 0 && same_key(&b->items[before], &b->items[i]))
                b->items[i].twin_line = b->items[before].line_no;
}

static struct err *judge_all(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        struct transfer_item *item = &b->items[i];

        item->keys[0] = item->keys[1] = item->twin_id = item->twin_line = 0;
        TRY(transfer_judge(b->w, item));
    }
    return err_pass(b->w->set->check(b->w, b->items, b->count, true));
}

static struct err *check_batch(struct batch *b)
{
    TRY(judge_all(b));
    TRY(find_earlier(b));
    find_within(b);
    for (size_t i = 0; i < b->count; i++) {
        struct transfer_item *item = &b->items[i];
        const bool twin = item->twin_id != 0 || item->twin_line != 0;

        if (item->fault_count > 0)
            item->keys[0] = item->keys[1] = item->twin_id = item->twin_line = 0;
        item->state = item->fault_count > 0 ? "fault" : twin ? "twin" : "good";
        ++*(item->fault_count > 0 ? &b->counts.fault : twin ? &b->counts.twin : &b->counts.good);
    }
    return NULL;
}

/* -- writing, taking back ------------------------------------------------------------------------
 */

/* Judged again: a department may be gone since.  What the row was like stays as it was found. */
static struct err *write_batch(struct batch *b)
{
    struct transfer_item *good = arena_array(b->w->a, b->count + 1, sizeof(*good));
    size_t *place = arena_array(b->w->a, b->count + 1, sizeof(*place));
    struct transfer_item *judged = arena_array(b->w->a, b->count + 1, sizeof(*judged));
    size_t n = 0;

    memcpy(judged, b->items, b->count * sizeof(*judged));
    for (size_t i = 0; i < b->count; i++)
        TRY(transfer_judge(b->w, &judged[i]));
    TRY(b->w->set->check(b->w, judged, b->count, false));
    for (size_t i = 0; i < b->count; i++) {
        b->items[i].faults = judged[i].faults;
        b->items[i].fault_count = judged[i].fault_count;
        b->items[i].state = judged[i].fault_count > 0 ? "failed" : "made";
        if (judged[i].fault_count > 0)
            continue;
        place[n] = i;
        good[n++] = judged[i];
    }
    TRY(b->w->set->write(b->w, good, n));
    for (size_t i = 0; i < n; i++) {
        b->items[place[i]].object_id = good[i].object_id;
        b->items[place[i]].object_version = good[i].object_version;
    }
    b->counts.made = (int64_t)n;
    b->counts.failed = (int64_t)(b->count - n);
    return NULL;
}

static struct err *undo_batch(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        b->items[i].kept = "";
    TRY(b->w->set->undo(b->w, b->items, b->count));
    for (size_t i = 0; i < b->count; i++) {
        const bool undone = *b->items[i].kept == '\0';

        b->items[i].state = undone ? "undone" : "kept";
        ++*(undone ? &b->counts.undone : &b->counts.kept);
    }
    return NULL;
}

static const struct phase phases[] = {
    { .state = "checking", .next = "preview", .rows = { NULL }, .act = check_batch },
    { .state = "running",
      .next = "done",
      .rows = { "good", "good" },
      .act = write_batch,
      .writes = true },
    { .state = "undoing",
      .next = "undone",
      .rows = { "made", "made" },
      .act = undo_batch,
      .writes = true },
};

static const struct phase *phase_of(const char *state)
{
    for (size_t i = 0; i < ARRAY_LEN(phases); i++)
        if (str_eq(phases[i].state, state))
            return &phases[i];
    return NULL;
}

/* -- a batch -------------------------------------------------------------------------------------
 */

static void put_number(struct buf *out, int64_t number)
{
    if (number == 0)
        buf_puts(out, ",null");
    else
        buf_printf(out, ",%lld", (long long)number);
}

static struct err *mark_all(struct batch *b)
{
    struct transfer_work *w = b->w;
    struct buf list;
    struct err *e;

    buf_init(&list, 128 * b->count, 0);
    for (size_t i = 0; i < b->count; i++) {
        const struct transfer_item *item = &b->items[i];

        buf_printf(&list, "%s[%lld,\"%s\",", i == 0 ? "[" : ",", (long long)item->line_no,
                   item->state);
        buf_json(&list, transfer_faults_json(w->a, item));
        put_number(&list, item->keys[0]);
        put_number(&list, item->keys[1]);
        put_number(&list, item->twin_id);
        put_number(&list, item->twin_line);
        put_number(&list, item->object_id);
        put_number(&list, item->object_version);
        buf_printf(&list, ",\"%s\"]", item->kept != NULL ? item->kept : "");
    }
    buf_putc(&list, ']');
    e = db_exec(w->db, &transfer_sql_mark, DB_ARGS(DB_I(w->t.id), DB_S(list.data)), NULL);
    buf_free(&list);
    return err_pass(e);
}

static struct err *move_on(struct batch *b, int64_t from, int64_t to, bool *moved_out)
{
    const struct counts *c = &b->counts;
    int64_t changed;

    TRY(db_exec(b->w->db, &transfer_sql_step,
                DB_ARGS(DB_I(to), DB_I(c->good), DB_I(c->fault), DB_I(c->twin), DB_I(c->made),
                        DB_I(c->failed), DB_I(c->undone), DB_I(c->kept), DB_I(b->w->t.id),
                        DB_S(b->w->t.state), DB_I(from)),
                &changed));
    *moved_out = changed == 1;
    return NULL;
}

/* The line is taken first; what was counted is added to it when all is done. */
static struct err *do_batch(struct db *db, void *arg)
{
    struct batch *b = arg;
    const int64_t last = b->items[b->count - 1].line_no;
    bool mine;

    (void)db;
    b->counts = (struct counts){ 0 };
    TRY(move_on(b, b->w->t.place, last, &mine));
    b->moved = !mine;
    if (!mine)
        return NULL;
    TRY(b->phase->act(b));
    TRY(mark_all(b));
    TRY(move_on(b, last, last, &mine));
    return NULL;
}

static void add_counts(struct batch *b)
{
    struct transfer *t = &b->w->t;

    t->place = b->items[b->count - 1].line_no;
    t->good_count += b->counts.good;
    t->fault_count += b->counts.fault;
    t->twin_count += b->counts.twin;
    t->made_count += b->counts.made;
    t->failed_count += b->counts.failed;
    t->undone_count += b->counts.undone;
    t->kept_count += b->counts.kept;
}

/* One row that cannot be done. */
static struct err *fail_one(struct batch *b)
{
    struct transfer_item *item = b->items;
    const bool undoing = str_eq(b->phase->state, "undoing");

    item->faults = NULL;
    item->fault_count = 0;
    transfer_fault_add(b->w, item, "", N_("The portal could not do this row. Its log says why."));
    item->state = undoing ? "kept" : "failed";
    item->kept = undoing ? "failed" : "";
    ++*(undoing ? &b->counts.kept : &b->counts.failed);
    return NULL;
}

static struct err *run_batch(struct batch *b)
{
    struct err *e = db_transaction(b->w->db, do_batch, b);

    if (e == NULL && !b->moved)
        add_counts(b);
    if (e == NULL || err_is(e, ERR_UNAVAILABLE))
        return err_pass(e);
    log_event(LOG_WARN, "transfer.row", LOG_I("import", b->w->t.id),
              LOG_I("row", b->items[0].line_no), LOG_S("message", err_message(e)));
    err_free(e);
    if (b->count == 1) {
        struct batch alone = *b;
        const struct phase fails = { .state = b->phase->state, .act = fail_one };

        alone.phase = &fails;
        TRY(db_transaction(b->w->db, do_batch, &alone));
        if (!alone.moved)
            add_counts(&alone);
        b->moved = alone.moved;
        return NULL;
    }
    for (size_t i = 0; i < b->count && !b->moved; i++) {
        struct batch one = *b;

        one.items = &b->items[i];
        one.count = 1;
        TRY(run_batch(&one));
        b->moved = one.moved;
    }
    return NULL;
}

/* -- which rows come next ------------------------------------------------------------------------
 */

static struct err *read_rows(struct db *db, void *arg)
{
    struct batch *b = arg;
    const struct transfer *t = &b->w->t;
    struct transfer_row *rows;

    if (b->phase->rows[0] == NULL)
        TRY(db_list(db, b->w->a, &transfer_sql_all_rows,
                    DB_ARGS(DB_I(t->id), DB_I(t->place), DB_I(TRANSFER_BATCH)), &rows, &b->count));
    else
        TRY(db_list(db, b->w->a, &transfer_sql_next,
                    DB_ARGS(DB_I(t->id), DB_I(t->place), DB_S(b->phase->rows[0]), DB_S(b->second),
                            DB_I(TRANSFER_BATCH)),
                    &rows, &b->count));
    b->items = arena_array(b->w->a, b->count + 1, sizeof(*b->items));
    for (size_t i = 0; i < b->count; i++)
        b->items[i] = (struct transfer_item){ .line_no = rows[i].line_no,
                                              .cells_json = rows[i].cells_json,
                                              .twin_id = rows[i].twin_id,
                                              .twin_line = rows[i].twin_line,
                                              .object_id = rows[i].object_id,
                                              .object_version = rows[i].object_version,
                                              .kept = "" };
    return NULL;
}

/* All or nothing: what went wrong at one row takes the others back. */
bool transfer_has_to_undo(const struct transfer *t)
{
    return str_eq(t->state, "running") && str_eq(t->mode, "all") && t->failed_count > 0;
}

struct err *transfer_step(struct transfer_work *w, bool *left_out)
{
    struct batch b = { .w = w, .phase = phase_of(w->t.state) };

    *left_out = false;
    if (b.phase == NULL)
        return NULL;
    b.second = str_eq(w->t.state, "running") && w->t.twins ? "twin" : b.phase->rows[1];
    arena_clear(w->a);
    TRY(db_transaction(w->db, read_rows, &b));
    if (b.count > 0)
        TRY(run_batch(&b));
    *left_out = b.count > 0 && !transfer_has_to_undo(&w->t);
    return NULL;
}

/* -- the end of a phase --------------------------------------------------------------------------
 */

struct ending {
    struct transfer_work *w;
    const struct phase *phase;
};

/* The next state, or the way back when all or nothing is what was chosen. */
static struct err *end_phase(struct db *db, void *arg)
{
    const struct ending *end = arg;
    struct transfer_work *w = end->w;
    const bool back = transfer_has_to_undo(&w->t);
    const char *next = back ? "undoing" : end->phase->next;
    int64_t changed;

    TRY(db_exec(db, &transfer_sql_phase,
                DB_ARGS(DB_S(next), DB_S(w->t.message), DB_I(w->t.id), DB_S(w->t.state)),
                &changed));
    if (changed != 1)
        return NULL;
    if (end->phase->writes && !back) {
        TRY(db_exec(db, &transfer_sql_run_drop, DB_ARGS(DB_S(w->set->code), DB_I(w->t.id)), NULL));
        TRY(audit_write(
            db, w->a, &w->who,
            &(struct audit_change){
                .kind = "transfer",
                .object_id = w->t.id,
                .action = arena_printf(w->a, "transfer.%s", next),
                .after = arena_printf(w->a,
                                      "{\"made\":%lld,\"failed\":%lld,"
                                      "\"undone\":%lld,\"kept\":%lld}",
                                      (long long)w->t.made_count, (long long)w->t.failed_count,
                                      (long long)w->t.undone_count, (long long)w->t.kept_count),
            }));
        TRY(w->set->finish != NULL ? w->set->finish(w) : NULL);
    }
    w->t.state = next;
    return NULL;
}

struct err *transfer_end_phase(struct transfer_work *w)
{
    struct ending end = { w, phase_of(w->t.state) };

    if (end.phase == NULL)
        return NULL;
    TRY(db_transaction(w->db, end_phase, &end));
    w->t.place = 0;
    return NULL;
}

/* deal/deal_bulk_jobs.c - a list row by row: checked, and, once its partner has chosen, sent.
 *
 * A row is one transaction that begins with its state as guard, so a row is done once, whoever dies
 * and whoever goes on.  A slice ends after two seconds and asks for the next: other work comes in
 * between, and a lease that nobody ends is short. */
#include "access/rate.h"
#include "access/role.h"
#include "account/match_find.h"
#include "base/log.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_bulk.h"
#include "deal/deal_bulk_sql.h"
#include "deal/deal_check.h"
#include "notification/notification.h"
#include "web/request.h"

enum { SLICE_US = 2 * CLOCK_SECOND, ROW_ARENA_BYTES = 256 * 1024 };

struct slice {
    struct job_context *ctx;
    const struct deal_rooms *rooms;
    int64_t bulk_id;
    struct deal_bulk_work list;
    struct actor actor;
    const struct phase *phase;
    struct arena *a; /* of one row */
    int64_t after;   /* the last row that was looked at */
    const struct deal_bulk_row *row;
    bool may_ask; /* the checks of this hour are not used up */
};

/* What is done in a state of the list, and which state comes after its last row. */
struct phase {
    const char *state, *next;
    enum deal_bulk_state rows[3];
    struct err *(*before)(struct slice *s); /* outside of the row's transaction; NULL: nothing */
    struct err *(*act)(struct db *db, void *slice);
    bool tells; /* its end is worth a word to who sent it */
};

static struct deal_actor who_sends(const struct slice *s)
{
    return (struct deal_actor){ .who = { .actor = &s->actor, .address = "" },
                                .as = BY_PARTNER,
                                .for_user_name = "",
                                .names = s->rooms->names,
                                .text = s->rooms->text };
}

/* Only what is in state FROM becomes STATE: else somebody else has done it. */
static struct err *mark(struct db *db, const struct slice *s, enum deal_bulk_state state,
                        const char *faults, int64_t own_id, bool *marked_out)
{
    int64_t changed;

    TRY(db_exec(db, &bulk_sql_mark,
                DB_ARGS(DB_S(deal_bulk_states[state]), DB_S(faults), DB_ID(own_id),
                        DB_I(s->bulk_id), DB_I(s->row->line_no), DB_S(s->row->state)),
                &changed));
    *marked_out = changed == 1;
    return NULL;
}

/* The row in every language; the registration is the same in all. */
static struct err *judge(struct db *db, struct slice *s,
                         struct deal_bulk_judged by_lang[LANG_COUNT])
{
    struct deal_bulk_cells cells;

    TRY(deal_bulk_cells_read(s->a, s->row->cells_json, &cells));
    for (int lang = 0; lang < LANG_COUNT; lang++)
        TRY(deal_bulk_judge(db, s->a, &s->actor, (enum lang)lang, &cells, &by_lang[lang]));
    return NULL;
}

/* -- checking ------------------------------------------------------------------------------------
 */

/* A row counts as one live check of who sent the list. */
static struct err *count_check(struct slice *s)
{
    const char *subject = arena_number(s->a, "user:", s->actor.user_id);
    int left, wait;

    if (!s->may_ask)
        return NULL;
    TRY(rate_hit(s->ctx->db, &deal_live_checks, subject, &left, &wait));
    s->may_ask = left >= 0;
    return NULL;
}

static struct err *put_key(struct db *db, const struct slice *s, const char *customer,
                           int64_t product_line_id, int64_t *first_out)
{
    const struct db_arg bulk = DB_I(s->bulk_id), who = DB_S(customer), line = DB_I(product_line_id);
    struct deal_bulk_key_row row = { 0 };
    struct err *e =
        db_exec(db, &bulk_sql_key_put, DB_ARGS(bulk, who, line, DB_I(s->row->line_no)), NULL);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    TRY(db_get(db, s->a, &bulk_sql_key_who, DB_ARGS(bulk, who, line), &row));
    if (row.line_no != s->row->line_no)
        *first_out = row.line_no;
    return NULL;
}

/* The row that spoke first for this customer and one of these lines; 0: none.  A customer is its
 * tax number, and the core of its name in its country. */
static struct err *find_earlier(struct db *db, const struct slice *s, const struct deal *deal,
                                int64_t *first_out)
{
    const struct match_party party = { .name = deal->company_name,
                                       .country = deal->country,
                                       .tax_number = deal->tax_number,
                                       .website = deal->website,
                                       .phone = deal->phone,
                                       .address = deal->address };
    struct match_entry entry;
    const char *names[2];

    match_entry_make(s->rooms->names, s->a, &party, &entry);
    names[0] = arena_printf(s->a, "%s %lld", deal->country, (long long)entry.core_hash);
    names[1] = str_is_empty(deal->tax_number)
                   ? NULL
                   : arena_printf(s->a, "%s tax %s", deal->country, deal->tax_number);
    *first_out = 0;
    for (size_t i = 0; i < deal->line_count; i++)
        for (size_t k = 0; k < 2 && names[k] != NULL && *first_out == 0; k++)
            TRY(put_key(db, s, names[k], deal->lines[i].product_line_id, first_out));
    return *first_out == 0
               ? NULL
               : err_pass(db_exec(db, &bulk_sql_key_drop,
                                  DB_ARGS(DB_I(s->bulk_id), DB_I(s->row->line_no)), NULL));
}

static void add_repeat(const struct slice *s, int64_t first, struct deal_bulk_judged *judged,
                       enum lang lang)
{
    const char *message = lang_tr(lang, LANG_N("Row %1$s of this file has the same customer and "
                                               "product line."));
    const struct mail_value values[] = { { .name = "row", .kind = VALUE_NUMBER, .number = first },
                                         { 0 } };

    judged->faults = arena_alloc(s->a, sizeof(*judged->faults));
    judged->faults[0] =
        (struct deal_bulk_fault){ .column = deal_bulk_column_of("company_name", -1),
                                  .text = values_fill(text_locale_get(lang, s->actor.zone), s->a,
                                                      message, values) };
    judged->fault_count = 1;
}

/* Never who, what or when: something is there, or nothing is. */
static struct err *ask(struct db *db, struct slice *s, const struct deal *deal,
                       enum deal_bulk_state *state_out, int64_t *own_out)
{
    struct deal_verdict verdict;

    *state_out = BULK_UNASKED;
    *own_out = 0;
    if (!s->may_ask)
        return NULL;
    TRY(deal_verdict_live(db, s->a, s->rooms->names, deal, false, &verdict));
    *state_out = BULK_FREE;
    for (size_t i = 0; i < deal->line_count; i++)
        if (verdict.answers[i] != DEAL_FREE)
            *state_out = BULK_LOOK;
    *own_out = verdict.own_deal_id;
    return NULL;
}

static struct err *check_row(struct db *db, void *slice)
{
    struct deal_bulk_judged judged[LANG_COUNT];
    struct slice *s = slice;
    enum deal_bulk_state state = BULK_FAULT;
    int64_t first = 0, own = 0;
    bool marked;

    TRY(judge(db, s, judged));
    if (judged[0].fault_count == 0)
        TRY(find_earlier(db, s, &judged[0].deal, &first));
    for (int lang = 0; lang < LANG_COUNT && first != 0; lang++)
        add_repeat(s, first, &judged[lang], (enum lang)lang);
    if (judged[0].fault_count == 0)
        TRY(ask(db, s, &judged[0].deal, &state, &own));
    return err_pass(mark(db, s, state, deal_bulk_faults_json(s->a, judged), own, &marked));
}

/* -- sending -------------------------------------------------------------------------------------
 */

static struct err *submit(struct db *db, struct slice *s, int64_t deal_id)
{
    const struct deal_actor by = who_sends(s);
    struct deal *deal;

    TRY(deal_of_worker(db, s->a, deal_id, &deal));
    if (deal == NULL)
        return err_raise(ERR_BUG, "deal %lld is gone after it was made", (long long)deal_id);
    return err_pass(deal_submit(db, s->a, &by, deal));
}

static struct err *make(struct db *db, struct slice *s, struct deal_bulk_judged *row)
{
    const struct deal_actor by = who_sends(s);
    struct deal *deal = &row->deal;

    deal->bulk_id = s->bulk_id;
    TRY(deal_create(db, s->a, &by, deal));
    TRY(custom_save(row->req, CUSTOM_DEAL, deal->id, deal->id, row->own));
    TRY(db_exec(db, &bulk_sql_made,
                DB_ARGS(DB_I(deal->id), DB_I(s->bulk_id), DB_I(s->row->line_no)), NULL));
    return str_eq(s->list.action, "submit") ? err_pass(submit(db, s, deal->id)) : NULL;
}

/* Judged again: a day may have passed since, or a product line be sold no more. */
static struct err *send_row(struct db *db, void *slice)
{
    struct deal_bulk_judged judged[LANG_COUNT];
    struct slice *s = slice;
    bool good, marked;

    TRY(judge(db, s, judged));
    good = judged[0].fault_count == 0;
    TRY(mark(db, s, good ? BULK_MADE : BULK_FAULT, deal_bulk_faults_json(s->a, judged), 0,
             &marked));
    return good && marked ? err_pass(make(db, s, &judged[0])) : NULL;
}

static const struct phase phases[] = {
    { .state = "checking",
      .next = "preview",
      .rows = { BULK_WAITING, BULK_WAITING, BULK_WAITING },
      .before = count_check,
      .act = check_row },
    { .state = "sending",
      .next = "done",
      .rows = { BULK_FREE, BULK_LOOK, BULK_UNASKED },
      .act = send_row,
      .tells = true },
};

/* -- rows ----------------------------------------------------------------------------------------
 */

static struct err *mark_failed(struct db *db, void *slice)
{
    struct slice *s = slice;
    bool marked;

    return err_pass(mark(db, s, BULK_FAILED, "", 0, &marked));
}

/* One bad row must not hold up the others; a database that is away holds up all. */
static struct err *one_row(struct slice *s)
{
    struct err *e = NULL;

    if (s->phase->before != NULL)
        TRY(s->phase->before(s));
    e = db_transaction(s->ctx->db, s->phase->act, s);
    if (e == NULL || err_is(e, ERR_UNAVAILABLE))
        return err_pass(e);
    log_event(LOG_WARN, "deal.bulk_row", LOG_I("list", s->bulk_id), LOG_I("row", s->row->line_no),
              LOG_S("message", err_message(e)));
    err_free(e);
    return err_pass(db_transaction(s->ctx->db, mark_failed, s));
}

struct batch {
    struct slice *s;
    struct deal_bulk_row *rows;
    size_t count;
};

static struct err *read_batch(struct db *db, void *arg)
{
    struct batch *b = arg;
    const enum deal_bulk_state *of = b->s->phase->rows;

    return err_pass(
        db_list(db, b->s->ctx->arena, &bulk_sql_next,
                DB_ARGS(DB_I(b->s->bulk_id), DB_I(b->s->after), DB_S(deal_bulk_states[of[0]]),
                        DB_S(deal_bulk_states[of[1]]), DB_S(deal_bulk_states[of[2]])),
                &b->rows, &b->count));
}

static struct err *some_rows(struct slice *s, int64_t until_us, bool *left_out)
{
    struct batch b = { .s = s };

    TRY(db_transaction(s->ctx->db, read_batch, &b));
    *left_out = b.count > 0;
    for (size_t i = 0; i < b.count && clock_monotonic_us() < until_us; i++) {
        s->row = b.rows + i;
        TRY(one_row(s));
        s->after = s->row->line_no;
        arena_clear(s->a);
    }
    return NULL;
}

/* -- the list ------------------------------------------------------------------------------------
 */

static struct err *tell(struct db *db, struct slice *s)
{
    struct arena *a = s->ctx->arena;
    struct deal_bulk_count *rows;
    int64_t made = 0, refused = 0;
    size_t count;

    TRY(db_list(db, a, &bulk_sql_counts, DB_ARGS(DB_I(s->bulk_id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        *(str_eq(rows[i].state, deal_bulk_states[BULK_MADE]) ? &made : &refused) += rows[i].count;
    const struct mail_value values[] = {
        { .name = "file", .value = s->list.file_name },
        { .name = "made", .kind = VALUE_NUMBER, .number = made },
        { .name = "refused", .kind = VALUE_NUMBER, .number = refused },
        { 0 },
    };
    const struct notification word = {
        .event = "deal.bulk_done", .kind = "deal_bulk", .object_id = s->bulk_id, .values = values
    };

    return err_pass(notification_send(db, a, &word, &s->list.user_id, 1));
}

static struct err *finish(struct db *db, void *slice)
{
    struct slice *s = slice;
    int64_t changed;

    TRY(db_exec(db, &bulk_sql_finish,
                DB_ARGS(DB_S(s->phase->next), DB_I(s->bulk_id), DB_S(s->phase->state)), &changed));
    return changed == 1 && s->phase->tells ? err_pass(tell(db, s)) : NULL;
}

static struct err *ask_again(struct db *db, void *slice)
{
    struct slice *s = slice;

    return err_pass(job_add(db, "deal.bulk", s->bulk_id, 0, NULL, NULL));
}

static void find_phase(struct slice *s)
{
    s->phase = NULL;
    for (size_t i = 0; i < ARRAY_LEN(phases); i++)
        if (str_eq(phases[i].state, s->list.state))
            s->phase = &phases[i];
}

/* Who sent it must be one who may at this moment: his rights are not those of the day he sent it.
 * Leaves no phase when there is nothing to do. */
static struct err *open_list(struct db *db, void *slice)
{
    struct slice *s = slice;
    bool found;

    s->phase = NULL;
    TRY(db_one(db, s->ctx->arena, &bulk_sql_work, DB_ARGS(DB_I(s->bulk_id)), &s->list, &found));
    if (!found)
        return NULL;
    s->actor = actor_nobody(LANG_EN);
    s->actor.audience = AUD_PARTNER;
    s->actor.user_id = s->list.user_id;
    s->actor.account_id = s->list.account_id;
    s->actor.name = s->list.name;
    s->actor.email = s->list.email;
    s->actor.zone = s->list.zone;
    lang_from_code(s->list.lang, &s->actor.lang);
    TRY(role_permissions(db, s->ctx->arena, s->list.user_id, &s->actor.permissions));
    find_phase(s);
    if (s->phase == NULL || (s->list.active && actor_may(&s->actor, PERM_DEAL_REGISTER)))
        return NULL;
    TRY(db_exec(db, &bulk_sql_finish,
                DB_ARGS(DB_S("stopped"), DB_I(s->bulk_id), DB_S(s->phase->state)), NULL));
    s->phase = NULL;
    return NULL;
}

static struct err *run_slice(struct slice *s)
{
    const int64_t until_us = clock_monotonic_us() + SLICE_US;
    bool left = true;

    TRY(db_transaction(s->ctx->db, open_list, s));
    if (s->phase == NULL)
        return NULL;
    while (left && clock_monotonic_us() < until_us)
        TRY(some_rows(s, until_us, &left));
    return err_pass(db_transaction(s->ctx->db, left ? ask_again : finish, s));
}

struct err *deal_bulk_run(struct job_context *ctx, const struct job *job,
                          const struct deal_rooms *rooms)
{
    struct slice s = { .ctx = ctx, .rooms = rooms, .bulk_id = job->ref, .may_ask = true };
    struct err *e;

    s.a = arena_new(ROW_ARENA_BYTES);
    e = run_slice(&s);
    arena_free(s.a);
    return err_pass(e);
}

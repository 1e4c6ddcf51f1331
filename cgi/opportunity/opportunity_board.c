/* opportunity/opportunity_board.c - a column for each open stage, a card for each of its soonest
 * opportunities.  Cards are moved by one form of the page, which the script fills in when a card is
 * dragged, moved by an arrow key, or chosen. */
#include "opportunity/opportunity_board.h"

#include "base/str.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_board_sql.h"
#include "opportunity/opportunity_view.h"
#include "web/hint.h"
#include "web/rows.h"

enum { CARDS_MOST = 10, SUMS_SECONDS = 10 };

struct board_query {
    const char *view, *move;
};
static const struct choice views[] = { { "", N_("All") }, { "mine", N_("Mine") }, { 0 } };
static const struct field query_fields[] = {
    { .name = "view",
      .label = N_("View"),
      .kind = FIELD_TEXT,
      .max = 10,
      .offset = offsetof(struct board_query, view) },
    { .name = "move",
      .label = N_("Move"),
      .kind = FIELD_TEXT,
      .max = 24,
      .offset = offsetof(struct board_query, move) },
    { 0 },
};
const struct form opportunity_board_query = { .name = "opportunity_board",
                                              .fields = query_fields,
                                              .size_bytes = sizeof(struct board_query) };

void opportunity_show_tabs(struct request *req, struct view *v, const char *current)
{
    static const struct {
        const char *code, *path, *label;
        enum permission permission;
    } tabs[] = {
        { "list", "", N_("List"), PERM_OPPORTUNITY_VIEW },
        { "board", "/board", N_("Board"), PERM_OPPORTUNITY_VIEW },
        { "figures", "/figures", N_("Funnel and forecast"), PERM_OPPORTUNITY_FIGURES },
        { "next", "/next", N_("Next steps"), PERM_OPPORTUNITY_VIEW },
        { "tasks", "/tasks", N_("My tasks"), PERM_OPPORTUNITY_VIEW },
        { "setup", "/setup", N_("Stages and reasons"), PERM_OPPORTUNITY_SETUP },
    };

    for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
        struct view *row;

        if (!actor_may(req->actor, tabs[i].permission))
            continue;
        row = view_row(v, "Tabs");
        view_text(row, "Label", tr(req, tabs[i].label));
        view_text(row, "Href", arena_join(req->arena, opportunity_base(req), tabs[i].path, NULL));
        view_flag(row, "Current", str_eq(tabs[i].code, current));
    }
}

/* -- reading -------------------------------------------------------------------------------------
 */

struct column {
    const struct opportunity_stage *stage;
    const struct opportunity_card *cards;
    size_t count; /* CARDS_MOST and one more at most */
};
struct board {
    struct column *columns;
    size_t count;
};

static bool is_column(const struct opportunity_stage *stage)
{
    return stage->pipeline_id == OPPORTUNITY_PIPELINE && stage->active &&
           str_eq(stage->kind, "open");
}

static void choose_columns(struct request *req, const struct opportunity_stages *stages,
                           struct board *board)
{
    board->columns = arena_array(req->arena, stages->count + 1, sizeof(*board->columns));
    for (size_t i = 0; i < stages->count; i++)
        if (is_column(&stages->rows[i]))
            board->columns[board->count++].stage = &stages->rows[i];
}

static const struct db_stmt *cards_of(const struct request *req, bool mine)
{
    if (req->actor->audience == AUD_STAFF)
        return mine ? &opportunity_staff_cards_mine : &opportunity_staff_cards;
    return mine ? &opportunity_own_cards_mine : &opportunity_own_cards;
}

/* The parameters of one stage.  Returns how many. */
static size_t stage_args(const struct request *req, bool mine, int64_t stage, struct db_arg *args)
{
    size_t n = 0;

    if (req->actor->audience == AUD_STAFF) {
        args[n++] = DB_I(req->actor->department_low);
        args[n++] = DB_I(req->actor->department_high);
        args[n++] = DB_I(req->actor->user_id);
    } else {
        args[n++] = DB_I(req->actor->account_id);
    }
    if (mine)
        args[n++] = DB_I(req->actor->user_id);
    args[n++] = DB_I(stage);
    args[n++] = DB_I(CARDS_MOST + 1);
    return n;
}

/* Those of a column follow each other. */
static void deal_out(const struct board *board, const struct opportunity_card *rows, size_t count)
{
    for (size_t i = 0; i < board->count; i++) {
        struct column *column = &board->columns[i];

        for (size_t j = 0; j < count; j++)
            if (rows[j].stage_id == column->stage->id && column->count++ == 0)
                column->cards = &rows[j];
    }
}

static int64_t stage_at(const struct board *board, size_t column)
{
    return column < board->count ? board->columns[column].stage->id : 0;
}

static struct err *read_cards(struct request *req, bool mine, const struct board *board)
{
    for (size_t from = 0; from < board->count; from += BOARD_STAGES) {
        struct db_arg args[BOARD_ARGS + 1] = { 0 };
        struct opportunity_card *rows;
        size_t count, n = 0;

        for (size_t i = from; i < from + BOARD_STAGES; i++)
            n += stage_args(req, mine, stage_at(board, i), args + n);
        TRY(db_list(req->db, req->arena, cards_of(req, mine), args, &rows, &count));
        deal_out(board, rows, count);
    }
    return NULL;
}

static bool has_more(const struct column *column)
{
    return column->count > CARDS_MOST;
}

/* -- what the heads of columns say ---------------------------------------------------------------
 */

/* Nothing of the reader's own, and of more than are summed up. */
struct heads {
    bool shown;
    const struct opportunity_sum *sums;
    size_t count;
};

/* Without one open in the stage it says 0. */
static const struct opportunity_sum *sum_of(const struct heads *heads, int64_t stage)
{
    static const struct opportunity_sum none;

    for (size_t i = 0; i < heads->count; i++)
        if (heads->sums[i].key == stage)
            return &heads->sums[i];
    return heads->shown ? &none : NULL;
}

/* All are on the board. */
static void sum_cards(struct request *req, const struct board *board, struct heads *out)
{
    struct opportunity_sum *sums = arena_array(req->arena, board->count + 1, sizeof(*sums));

    for (size_t i = 0; i < board->count; i++) {
        const struct column *column = &board->columns[i];

        sums[i] = (struct opportunity_sum){ .key = column->stage->id, .n = (int64_t)column->count };
        for (size_t j = 0; j < column->count; j++)
            sums[i].amount += column->cards[j].amount_report;
    }
    *out = (struct heads){ true, sums, board->count };
}

/* Whose sums: of all that he may see. */
static struct hint sums_of(const struct request *req, const char *what)
{
    const struct actor *actor = req->actor;

    if (actor->audience == AUD_STAFF)
        return (struct hint){ what,
                              { actor->department_low, actor->department_high, actor->user_id } };
    return (struct hint){ what, { actor->account_id } };
}

static struct err *newest_change(struct request *req, struct opportunity_newest *out)
{
    const bool is_staff = req->actor->audience == AUD_STAFF;
    bool found;

    *out = (struct opportunity_newest){ 0 };
    return err_pass(
        db_one(req->db, req->arena, is_staff ? &opportunity_staff_newest : &opportunity_own_newest,
               is_staff ? DB_NO_ARGS : DB_ARGS(DB_I(req->actor->account_id)), out, &found));
}

/* The sums as a worker keeps them. */
struct sums_kept {
    size_t count;
    struct {
        int64_t key, n, amount;
    } rows[10];
};
_Static_assert(sizeof(struct sums_kept) <= HINT_BYTES, "a hint is as long as that");

static void keep_sums(struct request *req, const struct hint *hint, const struct heads *heads)
{
    struct sums_kept kept = { .count = heads->count };

    if (heads->count > ARRAY_LEN(kept.rows))
        return;
    for (size_t i = 0; i < heads->count; i++) {
        kept.rows[i].key = heads->sums[i].key;
        kept.rows[i].n = heads->sums[i].n;
        kept.rows[i].amount = heads->sums[i].amount;
    }
    hint_keep(req, hint, &kept, sizeof(kept), SUMS_SECONDS * CLOCK_SECOND);
}

static void use_kept(struct request *req, const struct sums_kept *kept, struct heads *out)
{
    struct opportunity_sum *sums = arena_array(req->arena, kept->count + 1, sizeof(*sums));

    for (size_t i = 0; i < kept->count; i++) {
        sums[i].key = kept->rows[i].key;
        sums[i].n = kept->rows[i].n;
        sums[i].amount = kept->rows[i].amount;
    }
    *out = (struct heads){ true, sums, kept->count };
}

/* Whoever had more than are summed up has them for a minute, and is not counted again.  Sums are
 * counted again after each change, and after some seconds without one. */
static struct err *sum_all(struct request *req, struct heads *out)
{
    static const char of_many[] = "more than a board sums up", of_sums[] = "sums of a board";
    const struct hint many = sums_of(req, of_many);
    struct hint hint = sums_of(req, of_sums);
    struct opportunity_newest newest;
    const struct sums_kept *kept;
    struct opportunity_sum *rows;
    size_t count;
    int64_t all = 0;

    if (hint_find(req, &many) != NULL)
        return NULL;
    TRY(newest_change(req, &newest));
    hint.of[3] = newest.updated_at;
    hint.of[4] = newest.id;
    kept = hint_find(req, &hint);
    if (kept != NULL) {
        use_kept(req, kept, out);
        return NULL;
    }
    TRY(opportunity_sums(req, SUM_STAGE_FEW, &rows, &count));
    for (size_t i = 0; i < count; i++)
        all += rows[i].n;
    if (all > OPPORTUNITY_FEW) {
        hint_keep(req, &many, "", 1, CLOCK_MINUTE);
        return NULL;
    }
    *out = (struct heads){ true, rows, count };
    keep_sums(req, &hint, out);
    return NULL;
}

static struct err *read_heads(struct request *req, const struct board *board, struct heads *out)
{
    for (size_t i = 0; i < board->count; i++)
        if (has_more(&board->columns[i]))
            return err_pass(sum_all(req, out));
    sum_cards(req, board, out);
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* What part/board_row.cs prints: the head of a column, a card, or the foot of a column. */
enum {
    ROW_STAGE,
    ROW_LABEL,
    ROW_COUNT,
    ROW_SUM,
    ROW_NUMBER,
    ROW_BASE,
    ROW_VERSION,
    ROW_AMOUNT,
    ROW_NAME,
    ROW_CUSTOMER,
    ROW_CLOSE,
    ROW_LATE,
    ROW_STALE,
    ROW_NEXT,
    ROW_MOVE,
    ROW_MORE,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_STAGE] = "Stage",       [ROW_LABEL] = "Label",   [ROW_COUNT] = "Count",
    [ROW_SUM] = "Sum",           [ROW_NUMBER] = "Number", [ROW_BASE] = "Base",
    [ROW_VERSION] = "Version",   [ROW_AMOUNT] = "Amount", [ROW_NAME] = "Name",
    [ROW_CUSTOMER] = "Customer", [ROW_CLOSE] = "Close",   [ROW_LATE] = "Late",
    [ROW_STALE] = "Stale",       [ROW_NEXT] = "Next",     [ROW_MOVE] = "Move",
    [ROW_MORE] = "More",
};
static const struct rows_part row_part = { "part/board_row.cs", row_names };

static const char *number_text(struct request *req, int64_t n)
{
    return arena_number(req->arena, "", n);
}

static struct mould_value flag(bool set)
{
    return mould_text(set ? "1" : "");
}

static void show_head(struct request *req, const struct opportunity_stage *stage,
                      const struct opportunity_sum *sum)
{
    const struct text_locale *l = req->locale;

    rows_add(req, (const struct mould_value[ROW_VALUES]){
                      [ROW_STAGE] = mould_text(number_text(req, stage->id)),
                      [ROW_LABEL] = mould_text(opportunity_stage_name(req, stage)),
                      [ROW_COUNT] = mould_text(sum ? text_number(l, req->arena, sum->n) : ""),
                      [ROW_SUM] = mould_text(sum ? page_reported(req, sum->amount, 0, 0) : ""),
                  });
}

struct showing {
    const char *base, *move; /* the address that opens a card's form, but for its number */
    bool may_edit;
    int32_t today;
};

static void show_card(struct request *req, const struct showing *s,
                      const struct opportunity_card *card)
{
    const char *number = opportunity_number(req->arena, card->id);
    const bool moves = s->may_edit && str_eq(card->level, "lead");
    struct arena *a = req->arena;

    rows_add(
        req,
        (const struct mould_value[ROW_VALUES]){
            [ROW_NUMBER] = mould_text(number),
            [ROW_BASE] = mould_text(s->base),
            [ROW_VERSION] = mould_text(moves ? number_text(req, card->row_version) : ""),
            [ROW_AMOUNT] = mould_text(
                card->amount > 0 ? deal_total_text(req, card->amount, card->currency) : ""),
            [ROW_NAME] = mould_text(card->name),
            [ROW_CUSTOMER] = mould_text(card->customer_name),
            [ROW_CLOSE] = mould_text(text_day(req->locale, a, card->expected_close)),
            [ROW_LATE] = flag(card->expected_close != DAY_NONE && card->expected_close < s->today),
            [ROW_STALE] = flag(card->stale_on != DAY_NONE && card->stale_on <= s->today),
            [ROW_NEXT] = mould_text(card->next_step),
            [ROW_MOVE] = mould_text(moves ? s->move : ""),
        });
}

/* A column without a card has its list all the same. */
static void show_foot(struct request *req, const struct showing *s, const struct column *column)
{
    const char *more =
        has_more(column)
            ? arena_join(req->arena, s->base, "?stage=", number_text(req, column->stage->id), NULL)
            : "";

    rows_add(req, (const struct mould_value[ROW_VALUES]){ [ROW_MORE] = mould_text(more) });
}

static void show_columns(struct request *req, struct view *v, const struct showing *s,
                         const struct board *board, const struct heads *heads)
{
    rows_begin(req, &row_part);
    for (size_t i = 0; i < board->count; i++) {
        const struct column *column = &board->columns[i];

        show_head(req, column->stage, sum_of(heads, column->stage->id));
        for (size_t j = 0; j < column->count && j < CARDS_MOST; j++)
            show_card(req, s, &column->cards[j]);
        show_foot(req, s, column);
    }
    rows_show(req, v, "RowsHtml");
}

/* The form that the script brings to a card; without it the page is asked for again with the card's
 * number, and the form stands above the board. */
static struct err *show_move(struct request *req, struct view *v, const struct board *board,
                             const char *typed)
{
    const int64_t id = opportunity_typed_number(typed);
    struct opportunity *o = NULL;
    struct view *move = view_at(v, "Move");

    if (id != 0)
        TRY(opportunity_find(req, id, &o));
    if (o != NULL && (!str_eq(o->state, "open") || !opportunity_may_lead(req, o)))
        o = NULL;
    for (size_t i = 0; i < board->count; i++) {
        const struct opportunity_stage *stage = board->columns[i].stage;
        struct view *option;

        if (o != NULL && o->stage_id == stage->id)
            continue;
        option = view_row(move, "Stages");
        view_int(option, "Value", stage->id);
        view_text(option, "Label", opportunity_stage_name(req, stage));
    }
    if (o == NULL)
        return NULL;
    view_text(move, "Number", opportunity_number(req->arena, o->id));
    view_text(move, "Href", opportunity_href(req, o->id));
    view_text(move, "Name", o->name);
    view_int(move, "Version", o->row_version);
    return NULL;
}

static void show_views(struct request *req, struct view *v, const char *chosen)
{
    for (const struct choice *c = views; c->value != NULL; c++) {
        struct view *row = view_row(v, "Views");

        view_text(row, "Label", tr(req, c->label));
        view_text(row, "Href",
                  arena_join(req->arena, opportunity_base(req), "/board",
                             *c->value != '\0' ? "?view=" : "", c->value, NULL));
        view_flag(row, "Current", str_eq(c->value, chosen));
    }
}

struct err *opportunity_board_show(struct request *req)
{
    const struct board_query *in = req->input;
    const bool mine = str_eq(in->view, "mine");
    struct view *v = view_at(req->page, "Board");
    struct showing showing = { .base = opportunity_base(req),
                               .move = mine ? "?view=mine&move=" : "?move=",
                               .may_edit = actor_may(req->actor, PERM_OPPORTUNITY_EDIT) };
    struct opportunity_stages stages;
    struct heads heads = { 0 };
    struct board board = { 0 };
    int64_t now;

    TRY(db_now(req->db, &now));
    showing.today = text_local_day(req->locale, now);
    TRY(opportunity_stages_read(req->db, &stages));
    choose_columns(req, &stages, &board);
    TRY(read_cards(req, mine, &board));
    if (!mine)
        TRY(read_heads(req, &board, &heads));
    page_title(req, tr(req, N_("Opportunities")));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_text(v, "Base", showing.base);
    view_flag(v, "MayEdit", showing.may_edit);
    view_flag(v, "Many", !mine && !heads.shown && actor_may(req->actor, PERM_OPPORTUNITY_FIGURES));
    opportunity_show_tabs(req, v, "board");
    show_views(req, v, mine ? "mine" : "");
    show_columns(req, v, &showing, &board, &heads);
    view_text(v, "Back", mine ? "mine" : "board");
    if (showing.may_edit)
        TRY(show_move(req, v, &board, in->move));
    (void)form_token(req);
    return NULL;
}

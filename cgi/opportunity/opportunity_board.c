/* opportunity/opportunity_board.c - a column for each open stage, a card for each opportunity; a
 * card is moved by the form in it, which the page's script fills in when one is dragged or moved by
 * an arrow key. */
#include "opportunity/opportunity_board.h"

#include "base/str.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_list_sql.h"
#include "opportunity/opportunity_view.h"

enum { CARDS_MOST = 25 };

struct board_query {
    const char *view;
};
static const struct choice views[] = { { "", N_("All") }, { "mine", N_("Mine") }, { 0 } };
static const struct field query_fields[] = {
    { .name = "view",
      .label = N_("View"),
      .kind = FIELD_TEXT,
      .max = 10,
      .offset = offsetof(struct board_query, view) },
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

/* The soonest of one stage: as the list asks for them. */
static struct err *read_cards(struct request *req, int64_t stage, int64_t owner,
                              struct opportunity_row **rows, size_t *count)
{
    const bool is_staff = req->actor->audience == AUD_STAFF;
    const struct opportunity_asked asked = { .state = "open",
                                             .category = "",
                                             .stage = stage,
                                             .owner = owner,
                                             .from = day_from_civil(1, 1, 1),
                                             .until = day_from_civil(9999, 12, 31) };
    struct db_arg args[OPPORTUNITY_TAIL_ARGS + 8] = { 0 };
    size_t n = 0;

    if (is_staff) {
        args[n++] = DB_I(req->actor->department_low);
        args[n++] = DB_I(req->actor->department_high);
        args[n++] = DB_I(req->actor->user_id);
        args[n++] = DB_I(stage);
    } else {
        args[n++] = DB_I(req->actor->account_id);
        args[n++] = DB_S("open");
    }
    n += opportunity_list_tail(args + n, &asked);
    args[n] = DB_I(CARDS_MOST + 1);
    return err_pass(db_list(req->db, req->arena,
                            is_staff ? opportunity_staff_list(LEAD_STAGE, ORDER_CLOSE, LIST_FIRST)
                                     : opportunity_own_list(LEAD_STATE, ORDER_CLOSE, LIST_FIRST),
                            args, rows, count));
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* What the heads of columns say: nothing of the reader's own, and of more than are summed up. */
struct heads {
    bool shown;
    const struct opportunity_sum *sums;
    size_t count;
};
static struct err *read_heads(struct request *req, struct view *v, struct heads *out)
{
    struct opportunity_sum *rows;
    size_t count;
    int64_t all = 0;

    TRY(opportunity_sums(req, SUM_STAGE_FEW, &rows, &count));
    for (size_t i = 0; i < count; i++)
        all += rows[i].n;
    if (all > OPPORTUNITY_FEW)
        view_flag(v, "Many", actor_may(req->actor, PERM_OPPORTUNITY_FIGURES));
    else
        *out = (struct heads){ true, rows, count };
    return NULL;
}

/* Without one open in the stage it says 0. */
static const struct opportunity_sum *sum_of(const struct heads *heads, int64_t stage)
{
    static const struct opportunity_sum none;

    for (size_t i = 0; i < heads->count; i++)
        if (heads->sums[i].key == stage)
            return &heads->sums[i];
    return heads->shown ? &none : NULL;
}

static void show_card(struct request *req, struct view *column, const struct opportunity_row *row,
                      int32_t today)
{
    struct view *card = view_row(column, "Cards");

    view_text(card, "Number", opportunity_number(req->arena, row->id));
    view_text(card, "Href", opportunity_href(req, row->id));
    view_int(card, "Version", row->row_version);
    view_text(card, "Name", row->name);
    view_text(card, "Customer", row->customer_name);
    view_text(card, "Amount",
              row->amount > 0 ? deal_total_text(req, row->amount, row->currency) : "");
    view_text(card, "Close", text_day(req->locale, req->arena, row->expected_close));
    view_flag(card, "Late", row->expected_close != DAY_NONE && row->expected_close < today);
    view_flag(card, "Stale", row->stale_on != DAY_NONE && row->stale_on <= today);
    view_text(card, "Next", row->next_step);
    view_text(card, "Owner", row->owner_name);
    view_flag(card, "MayMove",
              actor_may(req->actor, PERM_OPPORTUNITY_EDIT) && str_eq(row->level, "lead"));
}

static struct err *show_column(struct request *req, struct view *v,
                               const struct opportunity_stage *stage,
                               const struct opportunity_sum *sum, int64_t owner)
{
    struct view *column = view_row(v, "Columns");
    struct opportunity_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(read_cards(req, stage->id, owner, &rows, &count));
    view_int(column, "Id", stage->id);
    view_text(column, "Label", opportunity_stage_name(req, stage));
    if (sum != NULL) {
        page_int(req, column, "Count", sum->n);
        view_text(column, "Sum", text_decimal(req->locale, req->arena, sum->amount, 0, 0));
    }
    for (size_t i = 0; i < count && i < CARDS_MOST; i++)
        show_card(req, column, &rows[i], text_local_day(req->locale, now));
    if (count > CARDS_MOST)
        view_text(
            column, "More",
            arena_printf(req->arena, "%s?stage=%lld", opportunity_base(req), (long long)stage->id));
    return NULL;
}

static bool is_column(const struct opportunity_stage *stage)
{
    return stage->pipeline_id == OPPORTUNITY_PIPELINE && stage->active &&
           str_eq(stage->kind, "open");
}

static void show_stage_choices(struct request *req, struct view *v,
                               const struct opportunity_stages *stages)
{
    for (size_t i = 0; i < stages->count; i++) {
        struct view *option;

        if (!is_column(&stages->rows[i]))
            continue;
        option = view_row(v, "Stages");
        view_int(option, "Value", stages->rows[i].id);
        view_text(option, "Label", opportunity_stage_name(req, &stages->rows[i]));
    }
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
    struct opportunity_stages stages;
    struct heads heads = { 0 };

    TRY(opportunity_stages_read(req->db, &stages));
    if (!mine)
        TRY(read_heads(req, v, &heads));
    page_title(req, tr(req, N_("Opportunities")));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_text(v, "Base", opportunity_base(req));
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_OPPORTUNITY_EDIT));
    opportunity_show_tabs(req, v, "board");
    show_views(req, v, mine ? "mine" : "");
    show_stage_choices(req, v, &stages);
    for (size_t i = 0; i < stages.count; i++)
        if (is_column(&stages.rows[i]))
            TRY(show_column(req, v, &stages.rows[i], sum_of(&heads, stages.rows[i].id),
                            mine ? req->actor->user_id : 0));
    (void)form_token(req);
    return NULL;
}

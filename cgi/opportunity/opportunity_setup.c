/* opportunity/opportunity_setup.c */
#include "opportunity/opportunity_setup.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_setup_sql.h"
#include "opportunity/opportunity_view.h"
#include "web/form_fields.h"
#include "web/form_changes.h"

#include <string.h>

#define ADDRESS "/staff/opportunities/setup"
#define KIND    "opportunity_setup"

enum { SORT_STEP = 10, STALE_MOST = 365, NAME_MOST = 60, REASON_MOST = 120, SORT_MOST = 1000 };

/* -- forms ---------------------------------------------------------------------------------------
 */

static const struct choice categories[] = {
    { "pipeline", N_("Pipeline") },
    { "best", N_("Best case") },
    { "commit", N_("Commit") },
    { "omitted", N_("Omitted") },
    { 0 },
};
struct stage_input {
    int64_t row_version, probability, stale_days;
    const char *name_en, *name_zh, *category;
    bool amount, next_step, competitors, close, active;
};
#define AT(member) .offset = offsetof(struct stage_input, member)
#define WORDS(name_, label_, most, at)                                          \
    {                                                                           \
        .name = name_, .label = (label_), .kind = FIELD_TEXT, .required = true, \
        .needed = N_("Enter a name."), .min = 1, .max = (most), .offset = (at)  \
    }
#define NEEDED(member, label_)                                                      \
    {                                                                               \
        .name = "needs_" #member, .label = (label_), .kind = FIELD_FLAG, AT(member) \
    }
static const struct field stage_form_fields[] = {
    FORM_VERSION(struct stage_input),
    WORDS("name_en", N_("Name in English"), NAME_MOST, offsetof(struct stage_input, name_en)),
    WORDS("name_zh", N_("Name in Chinese"), NAME_MOST, offsetof(struct stage_input, name_zh)),
    { .name = "probability",
      .label = N_("Probability, per cent"),
      .kind = FIELD_INT,
      .required = true,
      .needed = N_("Enter the probability."),
      .min = 0,
      .max = 100,
      AT(probability) },
    { .name = "category",
      .label = N_("Forecast"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose the forecast."),
      .choices = categories,
      AT(category) },
    { .name = "stale_days",
      .label = N_("Days until it is stale"),
      .kind = FIELD_INT,
      .min = 0,
      .max = STALE_MOST,
      AT(stale_days) },
    NEEDED(amount, N_("Amount")),
    NEEDED(next_step, N_("Next step")),
    NEEDED(competitors, N_("Competitors")),
    NEEDED(close, N_("Expected close date")),
    FORM_IN_USE(struct stage_input),
    { 0 },
};
#undef AT
static const struct form stage_form = { .name = "opportunity_stage",
                                        .fields = stage_form_fields,
                                        .size_bytes = sizeof(struct stage_input) };

struct move_input {
    int64_t row_version;
    const char *to;
};
static const struct choice ways[] = { { "up", N_("Up") }, { "down", N_("Down") }, { 0 } };
static const struct field move_fields[] = {
    FORM_VERSION(struct move_input),
    { .name = "to",
      .label = N_("Order"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = ways,
      .offset = offsetof(struct move_input, to) },
    { 0 },
};
static const struct form move_form = { .name = "opportunity_stage_move",
                                       .fields = move_fields,
                                       .size_bytes = sizeof(struct move_input) };
static const struct field gone_fields[] = { FORM_VERSION(struct move_input), { 0 } };
static const struct form gone_form = { .name = "opportunity_stage_gone",
                                       .fields = gone_fields,
                                       .size_bytes = sizeof(struct move_input) };

struct reason_input {
    int64_t row_version, sort;
    const char *kind, *text_en, *text_zh;
    bool active;
};
#define AT(member) .offset = offsetof(struct reason_input, member)
static const struct choice reason_kinds[] = { { "lost", N_("Lost") }, { "won", N_("Won") }, { 0 } };
static const struct field reason_form_fields[] = {
    FORM_VERSION(struct reason_input),
    { .name = "kind",
      .label = N_("Closes as"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = reason_kinds,
      AT(kind) },
    WORDS("text_en", N_("Reason in English"), REASON_MOST, offsetof(struct reason_input, text_en)),
    WORDS("text_zh", N_("Reason in Chinese"), REASON_MOST, offsetof(struct reason_input, text_zh)),
    { .name = "sort",
      .label = N_("Order"),
      .kind = FIELD_INT,
      .required = true,
      .needed = N_("Enter where in the order it stands."),
      .min = 1,
      .max = SORT_MOST,
      AT(sort) },
    FORM_IN_USE(struct reason_input),
    { 0 },
};
#undef AT
static const struct form reason_form = { .name = "opportunity_reason",
                                         .fields = reason_form_fields,
                                         .size_bytes = sizeof(struct reason_input) };

/* -- the page ------------------------------------------------------------------------------------
 */

static bool is_zh(const struct request *req)
{
    return text_locale_lang(req->locale) == LANG_ZH;
}

static bool is_open(const struct stage_row *row)
{
    return str_eq(row->kind, "open");
}

static struct err *read_stages(struct request *req, struct stage_row **rows, size_t *count)
{
    return err_pass(db_list(req->db, req->arena, &opportunity_setup_stages,
                            DB_ARGS(DB_I(OPPORTUNITY_PIPELINE)), rows, count));
}

static const struct status_row switches[] = {
    { "on", "good", "player-play", N_("In use") },
    { "off", "off", "player-pause", N_("Off") },
    { 0 },
};

static void show_stage(struct request *req, struct view *v, const struct stage_row *rows, size_t i,
                       size_t count)
{
    const struct stage_row *row = &rows[i];

    view_text(v, "Name", is_zh(req) ? row->name_zh : row->name_en);
    view_int(v, "Version", row->row_version);
    view_text(v, "Probability", text_percent(req->locale, req->arena, row->probability * 100));
    page_status(req, v, "Forecast", opportunity_categories, row->category);
    view_text(v, "Stale",
              row->stale_days > 0 ? trn(req, "%s day", "%s days", row->stale_days) : "");
    page_status(req, v, "Switch", switches, row->active ? "on" : "off");
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/stages/", row->id));
    view_flag(v, "Up", is_open(row) && i > 0 && is_open(&rows[i - 1]));
    view_flag(v, "Down", is_open(row) && i + 1 < count && is_open(&rows[i + 1]));
}

static struct err *setup_show(struct request *req)
{
    struct view *v = view_at(req->page, "Setup");
    struct reason_row *reasons;
    struct stage_row *stages;
    size_t count;

    page_title(req, tr(req, N_("Stages and reasons")));
    opportunity_crumbs(req, NULL);
    opportunity_show_tabs(req, v, "setup");
    TRY(read_stages(req, &stages, &count));
    for (size_t i = 0; i < count; i++)
        show_stage(req, view_row(v, "Stages"), stages, i, count);
    TRY(db_list(req->db, req->arena, &opportunity_setup_reasons, DB_NO_ARGS, &reasons, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Reasons");

        view_text(row, "Text", is_zh(req) ? reasons[i].text_zh : reasons[i].text_en);
        page_status(req, row, "Kind", opportunity_states, reasons[i].kind);
        page_status(req, row, "Switch", switches, reasons[i].active ? "on" : "off");
        view_text(row, "Href", arena_printf(req->arena, ADDRESS "/reasons/%s", reasons[i].code));
    }
    form_token(req);
    return NULL;
}

static void crumbs(struct request *req)
{
    opportunity_crumbs(req, NULL);
    page_crumb(req, tr(req, N_("Stages and reasons")), ADDRESS);
}

/* What is audited: one chain for all that is set up. */
static struct err *note(struct request *req, const struct canon *members, size_t count)
{
    const char *after = NULL;

    TRY(canon_text(req->arena, members, count, &after));
    return err_pass(request_audit(req, KIND, OPPORTUNITY_PIPELINE, NULL, after));
}

/* -- one stage -----------------------------------------------------------------------------------
 */

struct stage_list {
    struct stage_row *rows;
    size_t count, at;
};

static struct err *find_stage(struct request *req, struct stage_list *list)
{
    int64_t id;

    TRY(read_stages(req, &list->rows, &list->count));
    if (str_to_i64(request_param(req, "stage"), &id))
        for (list->at = 0; list->at < list->count; list->at++)
            if (list->rows[list->at].id == id)
                return NULL;
    return err_raise(ERR_NOT_FOUND, "no such stage");
}

static void show_stage_form(struct request *req, const struct stage_input *stored,
                            const char *action)
{
    crumbs(req);
    view_text(view_at(req->page, "Stage"), "Action", action);
    form_show(req, &stage_form, stored);
}

static struct err *stage_new_show(struct request *req)
{
    const struct stage_input empty = { .name_en = "",
                                       .name_zh = "",
                                       .category = "pipeline",
                                       .probability = 50,
                                       .stale_days = 30,
                                       .active = true };

    page_title(req, tr(req, N_("New stage")));
    show_stage_form(req, &empty, ADDRESS "/stages/new");
    view_flag(view_at(req->page, "Stage"), "IsOpen", true);
    return NULL;
}

static struct stage_input as_input(const struct stage_row *r)
{
    return (struct stage_input){ .row_version = r->row_version,
                                 .name_en = r->name_en,
                                 .name_zh = r->name_zh,
                                 .probability = r->probability,
                                 .category = r->category,
                                 .stale_days = r->stale_days,
                                 .amount = strstr(r->needed, "amount") != NULL,
                                 .next_step = strstr(r->needed, "next_step") != NULL,
                                 .competitors = strstr(r->needed, "competitors") != NULL,
                                 .close = strstr(r->needed, "close") != NULL,
                                 .active = r->active };
}

static struct err *stage_show(struct request *req)
{
    struct view *v = view_at(req->page, "Stage");
    struct stage_input stored;
    struct stage_list list;
    const struct stage_row *r;
    const char *action;

    TRY(find_stage(req, &list));
    r = &list.rows[list.at];
    stored = as_input(r);
    action = arena_number(req->arena, ADDRESS "/stages/", r->id);
    page_title(req, is_zh(req) ? r->name_zh : r->name_en);
    view_flag(v, "IsOpen", is_open(r));
    view_int(v, "Version", r->row_version);
    if (is_open(r))
        view_text(v, "Delete", arena_join(req->arena, action, "/delete", NULL));
    show_stage_form(req, &stored, action);
    return NULL;
}

static const char *needed_text(struct request *req, const struct stage_input *in)
{
    return arena_join(req->arena, in->amount ? "amount " : "", in->next_step ? "next_step " : "",
                      in->competitors ? "competitors " : "", in->close ? "close" : "", NULL);
}

static struct err *note_stage(struct request *req, const char *name, int64_t probability,
                              bool active)
{
    const struct canon members[] = { CANON_N("active", active), CANON_T("stage", name),
                                     CANON_N("probability", probability) };

    return err_pass(note(req, members, ARRAY_LEN(members)));
}

/* Tens again, in their order: room for what comes between. */
static struct err *number_stages(struct request *req, const struct stage_row *rows, size_t count)
{
    int64_t changed;

    for (size_t i = 0; i < count; i++) {
        const int64_t sort = (int64_t)(i + 1) * SORT_STEP;

        if (rows[i].sort == sort)
            continue;
        TRY(db_exec(req->db, &opportunity_setup_stage_sort,
                    DB_ARGS(DB_I(sort), DB_I(rows[i].id), DB_I(rows[i].row_version)), &changed));
        if (changed != 1)
            return err_raise(ERR_AGAIN, "a stage changed while they were put in order");
    }
    return NULL;
}

static struct err *stage_new_post(struct request *req)
{
    const struct stage_input *in = req->input;
    struct stage_row *rows;
    int64_t sort = 0;
    size_t count;
    struct err *e;

    TRY(read_stages(req, &rows, &count));
    for (size_t i = 0; i < count; i++)
        sort = is_open(&rows[i]) ? rows[i].sort : sort;
    e = db_exec(req->db, &opportunity_setup_stage_insert,
                DB_ARGS(DB_I(OPPORTUNITY_PIPELINE), DB_S(in->name_en), DB_S(in->name_zh),
                        DB_I(sort), DB_I(in->probability), DB_S(in->category),
                        DB_S(needed_text(req, in)), DB_I(in->stale_days), DB_I(in->active)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "two stages were made at once");
    }
    TRY(e);
    TRY(read_stages(req, &rows, &count));
    TRY(number_stages(req, rows, count));
    TRY(form_audit(req, KIND, OPPORTUNITY_PIPELINE, (struct form_of){ &stage_form, NULL }, NULL,
                   in));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static size_t count_in_use(const struct stage_list *list)
{
    size_t n = 0;

    for (size_t i = 0; i < list->count; i++)
        n += is_open(&list->rows[i]) && list->rows[i].active;
    return n;
}

/* What is switched off is empty, and one is left to begin in; won and lost stay. */
static struct err *judge_stage(struct request *req, const struct stage_list *list,
                               const struct stage_input *in)
{
    const struct stage_row *r = &list->rows[list->at];
    struct use_row use;

    if (in->active || !r->active)
        return NULL;
    TRY(db_get(req->db, req->arena, &opportunity_setup_use,
               DB_ARGS(DB_I(r->id), DB_I(r->id), DB_I(r->id), DB_I(r->id)), &use));
    if (!is_open(r))
        form_fault(req, "active", -1, tr(req, N_("Every pipeline has this stage.")));
    else if (use.open)
        form_fault(req, "active", -1,
                   tr(req, N_("Open opportunities stand in it: move them first.")));
    else if (count_in_use(list) < 2)
        form_fault(req, "active", -1, tr(req, N_("One stage must be left to begin in.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *stage_post(struct request *req)
{
    const struct stage_input *in = req->input;
    struct stage_list list;
    const struct stage_row *r;
    struct stage_input stored;
    int64_t changed;

    TRY(find_stage(req, &list));
    r = &list.rows[list.at];
    TRY(judge_stage(req, &list, in));
    TRY(db_exec(req->db, &opportunity_setup_stage_update,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh),
                        DB_I(is_open(r) ? in->probability : r->probability),
                        DB_S(is_open(r) ? in->category : r->category),
                        DB_S(is_open(r) ? needed_text(req, in) : ""),
                        DB_I(is_open(r) ? in->stale_days : 0), DB_I(in->active), DB_I(r->id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    stored = as_input(r);
    TRY(form_audit(req, KIND, OPPORTUNITY_PIPELINE, (struct form_of){ &stage_form, "name_en" },
                   &stored, in));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *stage_move_post(struct request *req)
{
    const struct move_input *in = req->input;
    const bool up = str_eq(in->to, "up");
    struct stage_list list;
    struct stage_row other;
    size_t to;

    TRY(find_stage(req, &list));
    to = up ? list.at - 1 : list.at + 1; /* below the first is none */
    if (list.rows[list.at].row_version != in->row_version || to >= list.count ||
        !is_open(&list.rows[to]) || !is_open(&list.rows[list.at]))
        return err_pass(reply_redirect(req, NULL, ADDRESS));
    other = list.rows[to];
    list.rows[to] = list.rows[list.at];
    list.rows[list.at] = other;
    TRY(number_stages(req, list.rows, list.count));
    TRY(note_stage(req, list.rows[to].name_en, list.rows[to].probability, list.rows[to].active));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *stage_delete_post(struct request *req)
{
    const struct move_input *in = req->input;
    struct stage_list list;
    struct use_row use;
    const struct stage_row *r;
    int64_t changed;

    TRY(find_stage(req, &list));
    r = &list.rows[list.at];
    TRY(db_get(req->db, req->arena, &opportunity_setup_use,
               DB_ARGS(DB_I(r->id), DB_I(r->id), DB_I(r->id), DB_I(r->id)), &use));
    if (use.used || !is_open(r) || count_in_use(&list) < 1 + (size_t)r->active)
        return err_pass(
            form_refuse_at(req, "",
                           tr(req, N_("It is in use and stays: figures come from it. Switch it off "
                                      "instead."))));
    TRY(db_exec(req->db, &opportunity_setup_stage_delete,
                DB_ARGS(DB_I(r->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, ""));
    TRY(note_stage(req, r->name_en, r->probability, false));
    return err_pass(reply_redirect(req, "deleted", ADDRESS));
}

/* -- one reason ----------------------------------------------------------------------------------
 */

static struct err *find_reason(struct request *req, struct reason_row *out)
{
    const char *code = request_param(req, "reason");
    struct reason_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &opportunity_setup_reasons, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].code, code)) {
            *out = rows[i];
            return NULL;
        }
    return err_raise(ERR_NOT_FOUND, "no such reason");
}

static struct err *reason_new_show(struct request *req)
{
    const struct reason_input empty = {
        .kind = "lost", .text_en = "", .text_zh = "", .sort = 5, .active = true
    };

    page_title(req, tr(req, N_("New reason")));
    crumbs(req);
    view_text(view_at(req->page, "Reason"), "Action", ADDRESS "/reasons/new");
    view_flag(view_at(req->page, "Reason"), "IsNew", true);
    form_show(req, &reason_form, &empty);
    return NULL;
}

static struct err *reason_show(struct request *req)
{
    struct reason_row r;

    TRY(find_reason(req, &r));
    const struct reason_input stored = { .row_version = r.row_version,
                                         .sort = r.sort,
                                         .kind = r.kind,
                                         .text_en = r.text_en,
                                         .text_zh = r.text_zh,
                                         .active = r.active };

    page_title(req, is_zh(req) ? r.text_zh : r.text_en);
    crumbs(req);
    view_text(view_at(req->page, "Reason"), "Action",
              arena_printf(req->arena, ADDRESS "/reasons/%s", r.code));
    form_show(req, &reason_form, &stored);
    return NULL;
}

static struct err *note_reason(struct request *req, const struct reason_input *in)
{
    const struct canon members[] = { CANON_N("active", in->active), CANON_T("kind", in->kind),
                                     CANON_T("reason", in->text_en) };

    return err_pass(note(req, members, ARRAY_LEN(members)));
}

static struct err *reason_new_post(struct request *req)
{
    const struct reason_input *in = req->input;
    struct err *e = db_exec(req->db, &opportunity_setup_reason_insert,
                            DB_ARGS(DB_S(in->kind), DB_S(in->text_en), DB_S(in->text_zh),
                                    DB_I(in->sort), DB_I(in->active)),
                            NULL);

    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "two reasons were made at once");
    }
    TRY(e);
    TRY(note_reason(req, in));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *reason_post(struct request *req)
{
    const struct reason_input *in = req->input;
    struct reason_row r;
    int64_t changed;

    TRY(find_reason(req, &r));
    TRY(db_exec(req->db, &opportunity_setup_reason_update,
                DB_ARGS(DB_S(in->text_en), DB_S(in->text_zh), DB_I(in->sort), DB_I(in->active),
                        DB_S(r.code), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "text_en"));
    TRY(note_reason(req, in));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

/* -- routes --------------------------------------------------------------------------------------
 */

#define SETUP .audience = AUD_STAFF, .permission = PERM_OPPORTUNITY_SETUP
#define GET(name_, path_, handler_, page_)                                                  \
    .name = name_, .method = HTTP_GET, .path = ADDRESS path_, SETUP, .handler = (handler_), \
    .page = (page_)
#define POST(name_, path_, handler_, form_)                                                  \
    .name = name_, .method = HTTP_POST, .path = ADDRESS path_, SETUP, .handler = (handler_), \
    .form = &(form_)
#define STAGE  "opportunity/stage.cs"
#define REASON "opportunity/reason.cs"

const struct route opportunity_setup_routes[] = {
    { GET("opportunity.setup", "", setup_show, "opportunity/setup.cs") },
    { GET("opportunity.stage_new", "/stages/new", stage_new_show, STAGE) },
    { POST("opportunity.stage_create", "/stages/new", stage_new_post, stage_form),
      .retry = stage_new_show, .retry_page = STAGE },
    { GET("opportunity.stage_page", "/stages/:stage", stage_show, STAGE) },
    { POST("opportunity.stage_save", "/stages/:stage", stage_post, stage_form), .retry = stage_show,
      .retry_page = STAGE },
    { POST("opportunity.stage_move", "/stages/:stage/move", stage_move_post, move_form) },
    { POST("opportunity.stage_delete", "/stages/:stage/delete", stage_delete_post, gone_form),
      .retry = stage_show, .retry_page = STAGE },
    { GET("opportunity.reason_new", "/reasons/new", reason_new_show, REASON) },
    { POST("opportunity.reason_create", "/reasons/new", reason_new_post, reason_form),
      .retry = reason_new_show, .retry_page = REASON },
    { GET("opportunity.reason_page", "/reasons/:reason", reason_show, REASON) },
    { POST("opportunity.reason_save", "/reasons/:reason", reason_post, reason_form),
      .retry = reason_show, .retry_page = REASON },
    { 0 },
};

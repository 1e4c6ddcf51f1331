/* deal/deal_view_rows.c - what belongs to a registration in tables of its own: its history, its
 * extensions, its receipts, and who opened it; read and shown, one statement each. */
#include "base/str.h"
#include "deal/deal_view.h"

/* -- history -------------------------------------------------------------------------------------
 */

/* What happened, in words; the tone and picture are those of the state that it led to. */
static const struct {
    const char *action, *words;
} actions[] = {
    { "deal.create", N_("Draft begun") },
    { "deal.submit", N_("Submitted") },
    { "deal.answer", N_("Answered, place in line kept") },
    { "deal.take", N_("Taken for review") },
    { "deal.return", N_("Returned") },
    { "deal.approve", N_("Approved") },
    { "deal.reject", N_("Rejected") },
    { "deal.duplicate", N_("Marked as a duplicate") },
    { "deal.appeal", N_("Appealed: somebody else decides") },
    { "deal.withdraw", N_("Withdrawn") },
    { "deal.unanswered", N_("Expired: not answered in time") },
    { "deal.end", N_("Protection given up") },
    { "deal.expire", N_("Protection ended") },
    { "deal.convert", N_("Converted to an opportunity") },
    { "deal.win", N_("Won") },
    { "deal.lose", N_("Lost") },
    { "deal.idle", N_("Expired: not worked on") },
    { "deal.revoke", N_("Revoked") },
};

static const char *action_words(const struct request *req, const char *action)
{
    for (size_t i = 0; i < ARRAY_LEN(actions); i++)
        if (str_eq(actions[i].action, action))
            return tr(req, actions[i].words);
    return action;
}

/* "Maria Keller for Ana Ruiz"; nobody's name for what a rule or the clock did. */
static const char *who(const struct request *req, const struct deal_step *row)
{
    if (str_is_empty(row->user_name))
        return tr(req, N_("automatically"));
    if (str_is_empty(row->for_user_name))
        return row->user_name;
    return trf(req, N_("%1$s for %2$s"), row->user_name, row->for_user_name);
}

static const char *reason(const struct request *req, const struct deal_step *row)
{
    const char *label = text_locale_lang(req->locale) == LANG_ZH ? row->reason_zh : row->reason_en;

    if (str_is_empty(row->reason_text) || str_is_empty(label))
        return str_is_empty(label) ? row->reason_text : label;
    return trf(req, N_("%1$s – “%2$s”"), label, row->reason_text);
}

static void show_trail_row(struct request *req, struct view *v, const struct deal_step *row)
{
    const struct status_row *status = deal_statuses(req);
    struct view *event = view_row(v, "History");

    while (status->code != NULL && !str_eq(status->code, row->state))
        status++;
    if (status->code != NULL) {
        view_text(event, "Tone", status->tone);
        view_text(event, "Icon", status->icon);
    }
    view_text(event, "Title", action_words(req, row->action));
    view_text(event, "Text", reason(req, row));
    view_text(event, "Who", who(req, row));
    page_at(req, event, "At", row->from_at);
}

void deal_show_history(struct request *req, struct view *v, const struct deal *deal)
{
    for (size_t i = deal->step_count; i-- > 0;)
        show_trail_row(req, v, &deal->steps[i]);
}

/* -- extensions ----------------------------------------------------------------------------------
 */

struct extension_row {
    int64_t id, asked_at, decided_at;
    const char *state, *progress, *decided_name, *reason_text;
    int32_t old_until, new_until;
};
static const struct db_field extension_fields[] = {
    DB_FIELD(struct extension_row, id, DB_I64, 0),
    DB_FIELD(struct extension_row, state, DB_TEXT, 10),
    DB_FIELD(struct extension_row, progress, DB_TEXT, 1000),
    DB_FIELD(struct extension_row, asked_at, DB_AT, 0),
    DB_FIELD(struct extension_row, decided_name, DB_TEXT, 200),
    DB_NULLABLE(struct extension_row, decided_at, DB_AT, 0),
    DB_FIELD(struct extension_row, reason_text, DB_TEXT, 400),
    DB_FIELD(struct extension_row, old_until, DB_DAY, 0),
    DB_NULLABLE(struct extension_row, new_until, DB_DAY, 0),
    { 0 },
};
static const struct db_stmt extensions = {
    .name = "deal.view.extensions",
    .sql =
        "SELECT id, state, progress, asked_at, decided_name, decided_at, reason_text, old_until, "
        "new_until FROM deal_extension WHERE deal_id = ? ORDER BY id DESC",
    .binds = "i",
    .fields = extension_fields,
    .row_bytes = sizeof(struct extension_row),
};

static void show_extension(struct request *req, struct view *v, const struct extension_row *row)
{
    struct view *e = view_row(v, "Extensions");

    page_status(req, e, "Status", deal_extension_statuses, row->state);
    view_int(e, "Id", row->id);
    page_at(req, e, "Asked", row->asked_at);
    page_at(req, e, "Decided", row->decided_at);
    view_text(e, "DecidedName", row->decided_name);
    view_text(e, "Progress", row->progress);
    view_text(e, "Reason", row->reason_text);
    page_day(req, e, "OldUntil", row->old_until);
    if (row->new_until != DAY_NONE)
        page_day(req, e, "NewUntil", row->new_until);
}

struct err *deal_show_extensions(struct request *req, struct view *v, const struct deal *deal,
                                 int64_t *pending_out)
{
    struct extension_row *rows;
    int64_t pending = 0;
    size_t count;

    TRY(db_list(req->db, req->arena, &extensions, DB_ARGS(DB_I(deal->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        show_extension(req, v, &rows[i]);
        if (str_eq(rows[i].state, "asked"))
            pending = rows[i].id;
    }
    if (pending_out != NULL)
        *pending_out = pending;
    return NULL;
}

/* -- receipts ------------------------------------------------------------------------------------
 */

struct receipt_row {
    int64_t id, made_at, signed_at;
    const char *event;
};
static const struct db_field receipt_fields[] = {
    DB_FIELD(struct receipt_row, id, DB_I64, 0),
    DB_FIELD(struct receipt_row, event, DB_TEXT, 14),
    DB_FIELD(struct receipt_row, made_at, DB_AT, 0),
    DB_NULLABLE(struct receipt_row, signed_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt receipts = {
    .name = "deal.view.receipts",
    .sql = "SELECT id, event, made_at, signed_at FROM receipt WHERE deal_id = ? ORDER BY id DESC",
    .binds = "i",
    .fields = receipt_fields,
    .row_bytes = sizeof(struct receipt_row),
};

static const struct choice receipt_events[] = {
    { "submitted", N_("Submitted") }, { "answered", N_("Answered") },
    { "approved", N_("Approved") },   { "rejected", N_("Rejected") },
    { "duplicate", N_("Duplicate") }, { "appealed", N_("Appealed") },
    { "amended", N_("Changed") },     { "expired", N_("Expired") },
    { "revoked", N_("Revoked") },     { 0 },
};

struct err *deal_show_receipts(struct request *req, struct view *v, const struct deal *deal)
{
    struct receipt_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &receipts, DB_ARGS(DB_I(deal->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Receipts");

        view_int(r, "Id", rows[i].id);
        page_status(req, r, "Status", deal_receipt_statuses,
                    rows[i].signed_at != 0 ? "signed" : "pending");
        view_text(r, "Event", deal_choice(req, receipt_events, rows[i].event));
        page_at(req, r, "At", rows[i].made_at);
    }
    return NULL;
}

/* -- who opened it -------------------------------------------------------------------------------
 */

struct opened_row {
    const char *user_name;
    int64_t days, last_at;
};
static const struct db_field opened_fields[] = {
    DB_FIELD(struct opened_row, user_name, DB_TEXT, 200),
    DB_FIELD(struct opened_row, days, DB_I64, 0),
    DB_FIELD(struct opened_row, last_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt opened = {
    .name = "deal.view.opened",
    .sql =
        "SELECT MAX(user_name) AS user_name, COUNT(*) AS days, MAX(last_at) AS last_at "
        "FROM opened WHERE kind = 'deal' AND object_id = ? GROUP BY user_id ORDER BY last_at DESC",
    .binds = "i",
    .fields = opened_fields,
    .row_bytes = sizeof(struct opened_row),
};

struct err *deal_show_opened(struct request *req, struct view *v, const struct deal *deal)
{
    struct opened_row *rows;
    size_t count;

    if (!deal->has_opened)
        return NULL;
    TRY(db_list(req->db, req->arena, &opened, DB_ARGS(DB_I(deal->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *o = view_row(v, "Opened");

        view_text(o, "Name", rows[i].user_name);
        page_int(req, o, "Days", rows[i].days);
        page_at(req, o, "Last", rows[i].last_at);
    }
    return NULL;
}

db_stmt_table deal_view_statements[] = { &extensions, &receipts, &opened, NULL };

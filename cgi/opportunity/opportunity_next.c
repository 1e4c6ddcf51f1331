/* opportunity/opportunity_next.c */
#include "opportunity/opportunity_next.h"

#include "base/str.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_calendar.h"
#include "opportunity/opportunity_view.h"
#include "text/ical.h"

enum { DAYS_BEHIND = 90, DAYS_AHEAD = 365, STEPS_MOST = 300 };

struct next_row {
    int64_t id, updated_at;
    int32_t next_step_on;
    const char *name, *customer_name, *next_step;
};
static const struct db_field fields[] = {
    DB_FIELD(struct next_row, id, DB_I64, 0),
    DB_FIELD(struct next_row, updated_at, DB_AT, 0),
    DB_NULLABLE(struct next_row, next_step_on, DB_DAY, 0),
    DB_FIELD(struct next_row, name, DB_TEXT, 400),
    DB_FIELD(struct next_row, customer_name, DB_TEXT, 400),
    DB_FIELD(struct next_row, next_step, DB_TEXT, 600),
    { 0 },
};
#define NEXT                                                                           \
    "SELECT o.id, o.updated_at, o.next_step_on, o.name, o.customer_name, o.next_step " \
    "FROM opportunity o FORCE INDEX (opportunity_owner_close) "
#define DUE                                                                        \
    "o.owner_user_id = ? AND o.state = 'open' AND o.next_step_on BETWEEN ? AND ? " \
    "ORDER BY o.next_step_on, o.id LIMIT ?"
/* A person owns few that are open: their days are sorted without an index. */
static const struct db_stmt own_next = {
    .name = "opportunity.own_next",
    .sql = NEXT "JOIN opportunity_share s ON s.opportunity_id = o.id AND s.account_id = ? "
                "AND s.standing = 'accepted' WHERE " DUE,
    .binds = "iiddi",
    .fields = fields,
    .row_bytes = sizeof(struct next_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
static const struct db_stmt staff_next = {
    .name = "opportunity.staff_next",
    .sql = NEXT "WHERE " DUE,
    .binds = "iddi",
    .fields = fields,
    .row_bytes = sizeof(struct next_row),
    .flags = DB_LISTS,
};
db_stmt_table opportunity_own_next_statements[] = { &own_next, NULL };
db_stmt_table opportunity_staff_next_statements[] = { &staff_next, NULL };

static struct err *read_steps(struct request *req, int32_t *today_out, struct next_row **rows,
                              size_t *count)
{
    struct db_arg args[8] = { 0 };
    const bool staff = req->actor->audience == AUD_STAFF;
    size_t n = 0;
    int64_t now;

    TRY(db_now(req->db, &now));
    *today_out = text_local_day(req->locale, now);
    if (!staff)
        args[n++] = DB_I(req->actor->account_id);
    args[n++] = DB_I(req->actor->user_id);
    args[n++] = DB_D(*today_out - DAYS_BEHIND);
    args[n++] = DB_D(*today_out + DAYS_AHEAD);
    args[n] = DB_I(STEPS_MOST);
    return err_pass(
        db_list(req->db, req->arena, staff ? &staff_next : &own_next, args, rows, count));
}

struct err *opportunity_next_show(struct request *req)
{
    struct view *v = view_at(req->page, "Next");
    struct next_row *rows;
    int32_t today;
    size_t count;

    TRY(read_steps(req, &today, &rows, &count));
    page_title(req, tr(req, N_("My next steps")));
    opportunity_crumbs(req, NULL);
    opportunity_show_tabs(req, v, "next");
    view_text(v, "File", arena_join(req->arena, opportunity_base(req), "/next.ics", NULL));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Steps");

        view_text(row, "Day", text_day(req->locale, req->arena, rows[i].next_step_on));
        view_flag(row, "Late", rows[i].next_step_on < today);
        view_flag(row, "Today", rows[i].next_step_on == today);
        view_text(row, "Step", rows[i].next_step);
        view_text(row, "Number", opportunity_number(req->arena, rows[i].id));
        view_text(row, "Href", opportunity_href(req, rows[i].id));
        view_text(row, "Name", rows[i].name);
        view_text(row, "Customer", rows[i].customer_name);
    }
    return err_pass(opportunity_show_link(req, v));
}

static void add_step(struct request *req, struct buf *out, const struct next_row *row)
{
    const char *number = opportunity_number(req->arena, row->id);

    ical_add(
        out,
        &(struct ical_event){
            .uid = arena_printf(req->arena, "%s-next@fairway", number),
            .summary = arena_printf(req->arena, "%s (%s)",
                                    *row->next_step != '\0' ? row->next_step : row->name, number),
            .description = arena_printf(req->arena, "%s\n%s", row->name, row->customer_name),
            .url =
                arena_join(req->arena, req->conf->base_url, opportunity_href(req, row->id), NULL),
            .day = row->next_step_on,
            .changed_at = row->updated_at });
}

struct err *opportunity_next_file(struct request *req)
{
    struct next_row *rows;
    const char *text;
    struct buf out;
    int32_t today;
    size_t count, len;

    TRY(read_steps(req, &today, &rows, &count));
    buf_init(&out, 4096, 0);
    ical_begin(&out, tr(req, N_("My next steps")));
    for (size_t i = 0; i < count; i++)
        add_step(req, &out, &rows[i]);
    ical_end(&out);
    len = out.len;
    text = arena_dup_bytes(req->arena, out.data, out.len);
    buf_free(&out);
    return err_pass(reply_file(req, "next-steps.ics", "text/calendar; charset=utf-8", text, len));
}

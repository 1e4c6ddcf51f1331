/* deal/deal_waiting.c - the approval steps that wait for the reader, of registrations and of
 * changes to them, whoever has the registration: his own, those of a role that he has, and of whom
 * he stands in for; soonest first. */
#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_round.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <stdlib.h>

enum { SHOWN_MOST = 100 };

struct waiting_row {
    int64_t id, deal_id, stage, stages, opened_at, due_at;
    const char *kind, *company_name, *partner_name, *title_en, *title_zh;
    const char *for_name; /* of whom he stands in for; NULL: his own */
};
static const struct db_field waiting_fields[] = {
    DB_FIELD(struct waiting_row, id, DB_I64, 0),
    DB_FIELD(struct waiting_row, deal_id, DB_I64, 0),
    DB_FIELD(struct waiting_row, stage, DB_I64, 0),
    DB_FIELD(struct waiting_row, stages, DB_I64, 0),
    DB_NULLABLE(struct waiting_row, opened_at, DB_AT, 0),
    DB_NULLABLE(struct waiting_row, due_at, DB_AT, 0),
    DB_FIELD(struct waiting_row, kind, DB_TEXT, 20),
    DB_FIELD(struct waiting_row, company_name, DB_TEXT, 800),
    DB_FIELD(struct waiting_row, partner_name, DB_TEXT, 800),
    DB_FIELD(struct waiting_row, title_en, DB_TEXT, 480),
    DB_FIELD(struct waiting_row, title_zh, DB_TEXT, 480),
    { 0 },
};
/* Only what the reader may open (deal.of_staff): of his departments, or where he himself is asked.
 */
static const struct db_stmt waiting = {
    .name = "deal.approvals",
    .sql =
        "SELECT s.id, d.id AS deal_id, s.stage, (SELECT COUNT(*) FROM approval_step t WHERE "
        "t.kind = s.kind AND t.object_id = d.id AND t.round = s.round) AS stages, s.opened_at, "
        "s.due_at, s.kind, d.company_name, a.name AS partner_name, s.title_en, s.title_zh FROM "
        "approval_step s FORCE INDEX (approval_step_due) STRAIGHT_JOIN deal d ON d.id = "
        "s.object_id STRAIGHT_JOIN account a ON a.id = d.account_id WHERE (d.department_id "
        "BETWEEN ? AND ? OR d.department_id IS NULL OR d.reviewer_id = ? OR EXISTS (SELECT 1 FROM "
        "approval_vote x WHERE x.step_id = s.id AND x.user_id = ?)) AND s.state = 'open' AND "
        "s.kind IN ('deal', 'deal_amend') AND EXISTS (SELECT 1 FROM approval_vote v WHERE v.step_id = s.id AND "
        "v.at IS NULL AND (v.user_id = ? OR v.role_id IN (SELECT r.role_id FROM user_role r "
        "WHERE r.user_id = ?))) ORDER BY s.due_at, s.id LIMIT ?",
    .binds = "iiiiiii",
    .fields = waiting_fields,
    .row_bytes = sizeof(struct waiting_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
db_stmt_table deal_waiting_statements[] = { &waiting, NULL };

struct waiting_list {
    struct waiting_row *rows;
    size_t count;
    bool more;
};

static bool has_step(const struct waiting_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].id == id)
            return true;
    return false;
}

/* Those of USER_ID besides what the list has; FOR_NAME: who he is, NULL for the reader. */
static struct err *read_of(struct request *req, int64_t user_id, const char *for_name,
                           struct waiting_list *list)
{
    const struct actor *actor = req->actor;
    struct waiting_row *found, *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &waiting,
                DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                        DB_I(actor->user_id), DB_I(actor->user_id), DB_I(user_id), DB_I(user_id),
                        DB_I(SHOWN_MOST + 1)),
                &found, &count));
    rows = arena_array(req->arena, list->count + count + 1, sizeof(*rows));
    for (size_t i = 0; i < list->count; i++)
        rows[i] = list->rows[i];
    list->rows = rows;
    list->more = list->more || count > SHOWN_MOST;
    for (size_t i = 0; i < count && i < SHOWN_MOST; i++)
        if (!has_step(list, found[i].id)) {
            found[i].for_name = for_name;
            list->rows[list->count++] = found[i];
        }
    return NULL;
}

static int soonest_first(const void *x, const void *y)
{
    const struct waiting_row *a = x, *b = y;

    if (a->due_at != b->due_at)
        return a->due_at < b->due_at ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static struct err *read_all(struct request *req, struct waiting_list *list)
{
    struct delegation *people;
    size_t count;

    TRY(read_of(req, req->actor->user_id, NULL, list));
    TRY(delegate_people_of(req->db, req->arena, req->actor->user_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        TRY(read_of(req, people[i].user_id, people[i].user_name, list));
    if (list->count > 0)
        qsort(list->rows, list->count, sizeof(*list->rows), soonest_first);
    return NULL;
}

static void show_row(struct request *req, struct view *row, const struct waiting_row *w,
                     int64_t now)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;

    view_text(row, "Number", deal_number(req->arena, w->deal_id));
    view_text(row, "Href", deal_staff_address(req, w->deal_id));
    view_text(row, "Company", w->company_name);
    view_flag(row, "IsChange", str_eq(w->kind, DEAL_ROUND_AMEND));
    view_text(row, "Partner", w->partner_name);
    view_text(row, "Step", chinese ? w->title_zh : w->title_en);
    view_text(row, "Place",
              trf(req, N_("%1$s of %2$s"), text_number(req->locale, req->arena, w->stage),
                  text_number(req->locale, req->arena, w->stages)));
    view_text(row, "For", w->for_name);
    deal_show_due(req, row, "Due", NULL, (struct deal_clock_span){ w->opened_at, w->due_at, now });
}

struct err *deal_approvals_show(struct request *req)
{
    struct view *v = view_at(req->page, "Approvals");
    struct waiting_list list = { 0 };
    int64_t now;

    page_title(req, tr(req, N_("Approvals that wait for you")));
    deal_staff_crumbs(req, NULL);
    TRY(db_now(req->db, &now));
    TRY(read_all(req, &list));
    for (size_t i = 0; i < list.count && i < SHOWN_MOST; i++)
        show_row(req, view_row(v, "Rows"), &list.rows[i], now);
    view_flag(v, "More", list.more || list.count > SHOWN_MOST);
    return NULL;
}

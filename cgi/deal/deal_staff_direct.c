/* deal/deal_staff_direct.c - what the vendor's own sales work on, beside a registration.  Staff who
 * may not open an opportunity learn that there is one, since it keeps the registration from being
 * approved by a rule; whose it is stays with those who see it. */
#include "deal/deal_staff.h"
#include "deal/deal_staff_sql.h"

static bool sees(const struct request *req, const struct deal_direct_row *row)
{
    return actor_may(req->actor, PERM_OPPORTUNITY_VIEW) &&
           deal_staff_sees(req, row->department_id, row->owner_user_id);
}

static void show_one(struct request *req, struct view *v, const struct deal_direct_row *o)
{
    struct view *row = view_row(v, "Rows");

    view_text(row, "Number", arena_number(req->arena, "OP-", o->id));
    view_text(row, "Href", arena_number(req->arena, "/staff/opportunities/OP-", o->id));
    view_text(row, "Customer", o->customer_name);
    view_text(row, "Owner", o->owner_name);
    view_text(row, "Stage", deal_staff_word(req, o->stage_en, o->stage_zh));
    view_text(row, "Close", text_day(req->locale, req->arena, o->expected_close));
    view_text(row, "Lines", deal_staff_lines(req, o->line_names));
}

struct err *deal_direct_show(struct request *req, const struct deal *deal)
{
    struct view *v = view_at(req->page, "Direct");
    struct deal_direct_row *rows;
    size_t count, hidden = 0;

    if (deal_state_phase(deal->state) != DEAL_WITH_VENDOR &&
        deal_state_phase(deal->state) != DEAL_PROTECTED)
        return NULL;
    TRY(db_list(req->db, req->arena, &deal_staff_direct, DB_ARGS(DB_I(deal->id), DB_I(deal->id)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (sees(req, &rows[i]))
            show_one(req, v, &rows[i]);
        else
            hidden++;
    view_flag(v, "Shown", count > 0);
    if (hidden > 0)
        view_text(v, "Hidden",
                  trn(req, "%s opportunity that you may not open.",
                      "%s opportunities that you may not open.", (int64_t)hidden));
    return NULL;
}

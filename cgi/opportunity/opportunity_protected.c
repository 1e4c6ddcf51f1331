/* opportunity/opportunity_protected.c */
#include "opportunity/opportunity_protected.h"

#include "account/match_find.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

/* -- what is protected ---------------------------------------------------------------------------
 */

enum { GROUPS = 8 };

static const struct db_field fields[] = {
    DB_FIELD(struct opportunity_protection, deal_id, DB_I64, 0),
    DB_FIELD(struct opportunity_protection, product_line_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity_protection, department_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity_protection, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity_protection, until, DB_DAY, 0),
    DB_FIELD(struct opportunity_protection, company_name, DB_TEXT, 800),
    DB_FIELD(struct opportunity_protection, partner_name, DB_TEXT, 800),
    DB_FIELD(struct opportunity_protection, line_en, DB_TEXT, 240),
    DB_FIELD(struct opportunity_protection, line_zh, DB_TEXT, 240),
    { 0 },
};
/* The last place is that of the customer itself, which has a group once it is known. */
static const struct db_stmt claims = {
    .name = "opportunity.protected",
    .sql =
        "SELECT d.id AS deal_id, c.product_line_id, d.department_id, d.reviewer_id, "
        "d.protected_until AS until, d.company_name, a.name AS partner_name, "
        "p.name_en AS line_en, p.name_zh AS line_zh FROM claim c JOIN deal d ON d.id = c.deal_id "
        "JOIN account a ON a.id = d.account_id JOIN product_line p ON p.id = c.product_line_id "
        "WHERE c.group_id IN (?, ?, ?, ?, ?, ?, ?, ?, "
        "COALESCE((SELECT m.group_id FROM match_party m WHERE m.id = ?), 0)) "
        "ORDER BY d.id, p.sort LIMIT 100",
    .binds = "iiiiiiiii",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity_protection),
};
db_stmt_table opportunity_protected_statements[] = { &claims, NULL };

static bool has_line(const struct opportunity *o, int64_t product_line_id)
{
    for (size_t i = 0; o != NULL && i < o->line_count; i++)
        if (o->lines[i].product_line_id == product_line_id)
            return true;
    return false;
}

static struct err *find_groups(struct db *db, struct arena *a, struct match_names *names,
                               const struct opportunity *o, struct db_arg *args)
{
    const struct match_party party = { .name = o->customer_name,
                                       .country = o->customer_country,
                                       .tax_number = "",
                                       .website = "",
                                       .phone = "",
                                       .address = "",
                                       .id = o->end_customer_id };
    struct match_found *found;
    size_t count;

    TRY(match_find(db, a, names, &party, &found, &count));
    for (size_t i = 0; i < GROUPS; i++)
        args[i] = DB_I(i < count ? found[i].group_id : 0);
    args[GROUPS] = DB_I(o->end_customer_id);
    return NULL;
}

struct err *opportunity_protections(struct request *req, const struct opportunity *before,
                                    const struct opportunity *o,
                                    struct opportunity_protections *out)
{
    const struct deal_rooms *rooms = req->rooms;
    struct db_arg args[GROUPS + 2] = { 0 };
    size_t count;

    *out = (struct opportunity_protections){ .count = 0 };
    if (req->actor->audience != AUD_STAFF || o->account_id != 0 || o->line_count == 0)
        return NULL;
    TRY(find_groups(req->db, req->arena, rooms->names, o, args));
    TRY(db_list(req->db, req->arena, &claims, args, &out->rows, &count));
    for (size_t i = 0; i < count; i++)
        if (has_line(o, out->rows[i].product_line_id) &&
            !has_line(before, out->rows[i].product_line_id))
            out->rows[out->count++] = out->rows[i];
    return NULL;
}

void opportunity_show_protected(struct request *req, const struct opportunity_protections *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct opportunity_protection *p = &found->rows[i];
        struct view *row = view_row(view_at(req->page, "Opportunity"), "Protected");

        view_text(row, "Company", p->company_name);
        view_text(row, "Partner", p->partner_name);
        view_text(row, "Number", deal_number(req->arena, p->deal_id));
        if (actor_may(req->actor, PERM_DEAL_VIEW) &&
            deal_staff_sees(req, p->department_id, p->reviewer_id))
            view_text(row, "Href", deal_staff_address(req, p->deal_id));
        view_text(row, "Line", deal_staff_word(req, p->line_en, p->line_zh));
        view_text(row, "Until", text_day(req->locale, req->arena, p->until));
    }
}

struct err *opportunity_audit_despite(struct request *req, int64_t id,
                                      const struct opportunity_protections *found)
{
    const struct deal_actor by = deal_actor_of(req, BY_STAFF);
    const char *list = "";

    if (found->count == 0)
        return NULL;
    for (size_t i = 0; i < found->count; i++)
        if (i == 0 || found->rows[i].deal_id != found->rows[i - 1].deal_id)
            list = arena_printf(req->arena, "%s%sDR-%lld", list, i > 0 ? " " : "",
                                (long long)found->rows[i].deal_id);
    return err_pass(
        audit_write(req->db, req->arena, &by.who,
                    &(struct audit_change){
                        .kind = "opportunity",
                        .object_id = id,
                        .action = "opportunity.despite",
                        .after = arena_printf(req->arena, "{\"registrations\":\"%s\"}", list) }));
}

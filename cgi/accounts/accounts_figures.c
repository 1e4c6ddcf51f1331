/* accounts/accounts_figures.c - what a company is worth, over what the reader may see of it: open
 * opportunities, what was won this year, how many of this year's decisions were approvals. */
#include "accounts/accounts_inside.h"
#include "base/str.h"

struct sums {
    int64_t open_value, won_value, open_count, won_count, decided, approved;
};
static const struct db_field fields[] = {
    DB_FIELD(struct sums, open_value, DB_E4, 0),
    DB_FIELD(struct sums, won_value, DB_E4, 0),
    DB_FIELD(struct sums, open_count, DB_I64, 0),
    DB_FIELD(struct sums, won_count, DB_I64, 0),
    DB_FIELD(struct sums, decided, DB_I64, 0),
    DB_FIELD(struct sums, approved, DB_I64, 0),
    { 0 },
};
#define SUM_OF(what)   "CAST(COALESCE(SUM(" what "), 0) AS DECIMAL(19,4))"
#define COUNT_OF(what) "CAST(COALESCE(SUM(" what "), 0) AS SIGNED)"
#define FIGURES(ident, name_, opportunities, deals, whose_o, whose_d)                                                                                                                                                                      \
    static const struct db_stmt ident = {                                                                                                                                                                                                  \
        .name = name_,                                                                                                                                                                                                                     \
        .sql =                                                                                                                                                                                                                             \
            "SELECT o.open_value, o.won_value, o.open_count, o.won_count, d.decided, "                                                                                                                                                     \
            "d.approved FROM (SELECT " SUM_OF("IF(o.state = 'open', o.amount_report, 0)") " AS open_value, " SUM_OF("IF(o.state = 'won', o.amount_report, 0)") " AS won_value, " COUNT_OF("o.state = 'open'") " AS open_count, " COUNT_OF( \
                "o.state = 'won'") " AS won_count FROM " opportunities                                                                                                                                                                     \
                                   " WHERE (o.department_id BETWEEN ? AND ? OR o.department_id IS NULL OR "                                                                                                                                \
                                   "o.owner_user_id = ?) AND " whose_o                                                                                                                                                                     \
                                   " = ? AND (o.state = 'open' OR "                                                                                                                                                                        \
                                   "(o.state = 'won' AND o.closed_at >= ?))) o JOIN (SELECT COUNT(*) AS decided, " COUNT_OF(                                                                                                               \
                                       "d.protected_from_at IS NOT NULL") " AS approved FROM " deals                                                                                                                                       \
                                                                          " WHERE (d.department_id BETWEEN ? AND ? OR d.department_id IS NULL OR "                                                                                         \
                                                                          "d.reviewer_id = ?) AND " whose_d                                                                                                                                \
                                                                          " = ? AND d.decided_at >= ?) d ON 1 = 1",                                                                                                                        \
        .binds = "iiiitiiiit",                                                                                                                                                                                                             \
        .fields = fields,                                                                                                                                                                                                                  \
        .row_bytes = sizeof(struct sums),                                                                                                                                                                                                  \
        .flags = DB_STAFF_SCOPE,                                                                                                                                                                                                           \
    }
FIGURES(of_partner, "accounts.figures_by", "opportunity o FORCE INDEX (opportunity_account_sums)",
        "deal d FORCE INDEX (deal_account_decided)", "o.account_id", "d.account_id");
#define GROUP "account g FORCE INDEX (account_group) STRAIGHT_JOIN "
FIGURES(of_customer, "accounts.figures_for",
        GROUP "opportunity o FORCE INDEX (opportunity_customer) ON o.end_customer_id = g.id",
        GROUP "deal d FORCE INDEX (deal_customer) ON d.end_customer_id = g.id", "g.group_id",
        "g.group_id");

db_stmt_table accounts_figure_statements[] = { &of_partner, &of_customer, NULL };

static void add(struct view *v, const char *label, const char *value, const char *note,
                const char *href)
{
    struct view *row = view_row(v, "Figures");

    view_text(row, "Label", label);
    view_text(row, "Value", value);
    view_text(row, "Note", note);
    view_text(row, "Href", href);
}

static const char *amount(struct request *req, int64_t e4)
{
    return page_reported(req, e4, 0, 0);
}

static void show_opportunities(struct request *req, struct view *v, const struct account *a,
                               const struct sums *s)
{
    const char *own = arena_join(req->arena, accounts_href(req, a->id), "/opportunities", NULL);
    const char *won = own, *open = own;

    if (str_eq(a->kind, "partner")) {
        open = arena_number(req->arena, "/staff/opportunities?partner=", a->id);
        won = arena_number(req->arena, "/staff/opportunities?view=won&partner=", a->id);
    }
    add(v, tr(req, N_("Open value")), amount(req, s->open_value),
        trn(req, "%s open opportunity", "%s open opportunities", s->open_count), open);
    add(v, tr(req, N_("Won this year")), amount(req, s->won_value),
        trn(req, "%s opportunity", "%s opportunities", s->won_count), won);
}

static void show_approval(struct request *req, struct view *v, const struct account *a,
                          const struct sums *s)
{
    add(v, tr(req, N_("Approved this year")),
        text_share(req->locale, req->arena, s->approved, s->decided),
        trn(req, "of %s registration decided", "of %s registrations decided", s->decided),
        arena_join(req->arena, accounts_href(req, a->id), "/deals", NULL));
}

/* The first instant of this year, where the reader is. */
static struct err *this_year(struct request *req, int64_t *at_out)
{
    struct civil today;
    int64_t now;

    TRY(db_now(req->db, &now));
    today = text_local_civil(req->locale, now);
    *at_out = (int64_t)day_from_civil(today.year, 1, 1) * CLOCK_DAY;
    return NULL;
}

struct err *accounts_show_figures(struct request *req, struct view *v, const struct account *a)
{
    const bool partner = str_eq(a->kind, "partner");
    const struct db_arg low = DB_I(req->actor->department_low),
                        high = DB_I(req->actor->department_high), self = DB_I(req->actor->user_id),
                        whose = DB_I(partner ? a->id : a->group_id);
    struct sums sums;
    int64_t since = 0;

    TRY(this_year(req, &since));
    TRY(db_get(req->db, req->arena, partner ? &of_partner : &of_customer,
               DB_ARGS(low, high, self, whose, DB_T(since), low, high, self, whose, DB_T(since)),
               &sums));
    if (actor_may(req->actor, PERM_OPPORTUNITY_VIEW))
        show_opportunities(req, v, a, &sums);
    if (actor_may(req->actor, PERM_DEAL_VIEW))
        show_approval(req, v, a, &sums);
    return NULL;
}

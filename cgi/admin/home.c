/* admin/home.c - home pages as lists of cards. */
#include "admin/home.h"
#include "admin/home_waiting.h"

#include "deal/deal_figures.h"
#include "deal/deal_staff.h"
#include "identity/home_card.h"
#include "opportunity/opportunity_work_pages.h"
#include "programme/tier.h"
#include "publishing/announcement.h"
#include "report/report_home.h"

/* -- cards of this room -------------------------------------------------------------- */

struct company_row {
    int64_t people, invited;
};
static const struct db_field company_fields[] = {
    DB_FIELD(struct company_row, people, DB_I64, 0),
    DB_FIELD(struct company_row, invited, DB_I64, 0),
    { 0 },
};
/* The people of one account: tens, not thousands. */
static const struct db_stmt company_facts = {
    .name = "home.company",
    .sql = "SELECT IFNULL(SUM(status = 'active'), 0) AS people,"
           " IFNULL(SUM(status = 'invited'), 0) AS invited FROM user WHERE account_id = ?",
    .binds = "i",
    .fields = company_fields,
    .row_bytes = sizeof(struct company_row),
    .flags = DB_ACCOUNT_FIRST,
};

db_stmt_table home_company_statements[] = { &company_facts, NULL };

static struct err *fill_company(struct request *req, struct view *card)
{
    const struct actor *actor = req->actor;
    const char *tier = actor_tier(actor, text_locale_lang(req->locale));
    struct company_row row;

    TRY(db_get(req->db, req->arena, &company_facts, DB_ARGS(DB_I(actor->account_id)), &row));
    home_fact(card, tr(req, N_("Company")), actor->account_name);
    if (*tier != '\0')
        home_fact(card, tr(req, N_("Tier")), tier);
    home_fact(card, tr(req, N_("People with a log-in")),
              text_number(req->locale, req->arena, row.people));
    if (row.invited > 0)
        home_fact(card, tr(req, N_("Invited, not here yet")),
                  text_number(req->locale, req->arena, row.invited));
    if (actor_may(actor, PERM_USERS_VIEW))
        home_link(card, tr(req, N_("All users")),
                  arena_printf(req->arena, "/%s/users", audience_name(actor->audience)));
    return NULL;
}

static struct err *fill_login(struct request *req, struct view *card)
{
    home_fact(card, tr(req, N_("E-mail")), req->actor->email);
    home_fact(card, tr(req, N_("Time zone")), req->actor->zone);
    home_link(card, tr(req, N_("My account")), "/account");
    home_link(card, tr(req, N_("Where you are logged in")), "/account/sessions");
    return NULL;
}

static struct err *fill_people(struct request *req, struct view *card)
{
    static const struct {
        const char *label, *address;
    } lists[] = {
        { N_("Staff"), "/staff/users?view=staff" },
        { N_("Partners’ users"), "/staff/users?view=partner" },
        { N_("Customers’ users"), "/staff/users?view=customer" },
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        home_link(card, tr(req, lists[i].label), lists[i].address);
    if (actor_may(req->actor, PERM_ROLES_VIEW))
        home_link(card, tr(req, N_("Roles and permissions")), "/staff/roles");
    return NULL;
}

static const struct home_card company_card = {
    .id = "company", .title = N_("Your company"), .permission = PERM_HOME, .fill = fill_company
};
static const struct home_card login_card = { .id = "login",
                                             .title = N_("Your log-in"),
                                             .column = HOME_SIDE,
                                             .permission = PERM_HOME,
                                             .fill = fill_login };
static const struct home_card people_card = { .id = "people",
                                              .title = N_("People and roles"),
                                              .column = HOME_SIDE,
                                              .permission = PERM_USERS_VIEW,
                                              .fill = fill_people };

/* -- the pages ----------------------------------------------------------------------- */

static const struct home_card *const company_cards[] = { &company_card, &announcement_home_card,
                                                         &login_card, NULL };
static const struct home_card *const partner_cards[] = {
    &home_waiting_partner,   &deal_home_yours,        &deal_home_vendor,
    &deal_home_months,       &opportunity_tasks_card, &deal_home_ending,
    &announcement_home_card, &programme_home_card,    NULL,
};
static const struct home_card *const staff_cards[] = {
    &deal_card_work,
    &home_waiting_staff,
    &opportunity_tasks_card,
    &report_home_card,
    &deal_card_time,
    &announcement_home_card,
    &people_card,
    NULL,
};

static const struct home_card *const *const cards_of[AUD_COUNT] = {
    [AUD_PARTNER] = partner_cards,
    [AUD_CUSTOMER] = company_cards,
    [AUD_STAFF] = staff_cards,
};

static const char *greeting(const struct request *req, int64_t now)
{
    int hour = text_local_civil(req->locale, now).hour;

    if (hour >= 5 && hour < 12)
        return trf(req, N_("Good morning, %s"), req->actor->name);
    if (hour >= 12 && hour < 18)
        return trf(req, N_("Good afternoon, %s"), req->actor->name);
    return trf(req, N_("Good evening, %s"), req->actor->name);
}

/* What a person may begin here; the last one that may is the page's primary button. */
struct home_action {
    const char *label, *address, *icon;
    enum permission permission;
    bool posts; /* a form of one button */
};
static const struct home_action partner_actions[] = {
    { N_("Is it free?"), "/partner/free", "search", PERM_DEAL_CHECK, false },
    { N_("Register a deal"), "/partner/deals/new", "plus", PERM_DEAL_REGISTER, false },
    { 0 },
};
static const struct home_action customer_actions[] = {
    { N_("Invite a person"), "/customer/users/new", "user-plus", PERM_USERS_MANAGE, false },
    { 0 },
};
static const struct home_action staff_actions[] = {
    { N_("While I am away"), "/staff/away", "user-check", PERM_DEAL_DECIDE, false },
    { N_("Take the next one"), "/staff/deals/next", "player-play", PERM_DEAL_DECIDE, true },
    { 0 },
};
static const struct home_action *const actions_of[AUD_COUNT] = {
    [AUD_PARTNER] = partner_actions,
    [AUD_CUSTOMER] = customer_actions,
    [AUD_STAFF] = staff_actions,
};

static void show_actions(struct request *req)
{
    const struct home_action *action = actions_of[req->actor->audience];
    struct view *row = NULL;

    for (; action->label != NULL; action++) {
        if (!actor_may(req->actor, action->permission))
            continue;
        row = view_row(view_at(req->page, "Home"), "Actions");
        view_text(row, "Label", tr(req, action->label));
        view_text(row, "Href", action->address);
        view_text(row, "Icon", action->icon);
        view_flag(row, "Posts", action->posts);
    }
    if (row != NULL)
        view_flag(row, "Primary", true);
}

static void show_head(struct request *req, int64_t now)
{
    const struct actor *actor = req->actor;

    page_title(req, greeting(req, now));
    page_fact(req, text_date(req->locale, req->arena, now));
    page_fact(req, actor->account_name);
    page_fact(req, actor_tier(actor, text_locale_lang(req->locale)));
    show_actions(req);
}

static struct err *show_card(struct request *req, const struct home_card *card)
{
    if (card->cards != NULL)
        return err_pass(card->cards(req));
    return err_pass(card->fill(req, home_begin(req, card->column, card->id, tr(req, card->title))));
}

static struct err *home_show(struct request *req)
{
    const struct home_card *const *cards = cards_of[req->actor->audience];
    int64_t now;

    TRY(db_now(req->db, &now));
    show_head(req, now);
    for (; *cards != NULL; cards++)
        if (actor_may(req->actor, (*cards)->permission))
            TRY(show_card(req, *cards));
    return NULL;
}

#define HOME_ROUTE(path_, aud)                                                   \
    {                                                                            \
        .name = "home.page", .method = HTTP_GET, .path = path_, .audience = aud, \
        .permission = PERM_HOME, .handler = home_show, .page = "admin/home.cs"   \
    }

const struct route home_partner_routes[] = { HOME_ROUTE("/partner/", AUD_PARTNER), { 0 } };
const struct route home_customer_routes[] = { HOME_ROUTE("/customer/", AUD_CUSTOMER), { 0 } };
const struct route home_staff_routes[] = { HOME_ROUTE("/staff/", AUD_STAFF), { 0 } };

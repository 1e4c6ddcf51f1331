/* accounts/accounts_parts.c - the lists that belong to a company, on its page and on their own. */
#include "accounts/accounts_inside.h"
#include "accounts/accounts_parts_sql.h"
#include "base/str.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "identity/identity.h"
#include "lead/lead_view.h"
#include "opportunity/opportunity_view.h"

#include <string.h>

enum { ROWS_ON_PAGE = 5 };

/* -- rows ----------------------------------------------------------------------------------------
 */

static void show_record(struct request *req, struct view *row, const struct accounts_item *item,
                        const char *number, const char *address)
{
    view_text(row, "Number", number);
    view_text(row, "Href", address);
    view_text(row, "Name", item->name);
    view_text(row, "Other", item->other);
    page_at(req, row, "At", item->at);
    if (*item->currency != '\0')
        page_money(req, row, "Total", item->total, item->currency);
}

static void show_deal(struct request *req, struct view *row, const struct accounts_item *item)
{
    show_record(req, row, item, deal_number(req->arena, item->id),
                deal_staff_address(req, item->id));
    page_status(req, row, "Status", deal_staff_statuses, item->state);
}

static void show_opportunity(struct request *req, struct view *row,
                             const struct accounts_item *item)
{
    show_record(req, row, item, opportunity_number(req->arena, item->id),
                opportunity_href(req, item->id));
    page_status(req, row, "Status", opportunity_states, item->state);
}

static void show_lead(struct request *req, struct view *row, const struct accounts_item *item)
{
    const char *number = arena_number(req->arena, "LD-", item->id);

    show_record(req, row, item, number, arena_join(req->arena, "/staff/leads/", number, NULL));
    page_status(req, row, "Status", lead_staff_statuses, item->state);
}

static void show_user(struct request *req, struct view *row, const struct accounts_item *item)
{
    view_text(row, "Href", arena_number(req->arena, "/staff/users/", item->id));
    view_text(row, "Name", item->name);
    view_text(row, "Other", item->other);
    page_status(req, row, "Status", identity_user_status, item->state);
    if (item->at != 0)
        page_at(req, row, "At", item->at);
}

/* Job title, e-mail and telephone arrive as lines of one text. */
static void show_contact(struct request *req, struct view *row, const struct accounts_item *item)
{
    view_text(row, "Href", accounts_contact_href(req, req->object_id, item->id));
    view_text(row, "Name", item->name);
    view_text(row, "Other", item->other);
}

/* -- the table -----------------------------------------------------------------------------------
 */

#define THREE(set)                               \
    {                                            \
        &set##_first, &set##_older, &set##_newer \
    }
const struct accounts_part accounts_parts[] = {
    { .code = "deals",
      .title = N_("Registrations"),
      .permission = PERM_DEAL_VIEW,
      .scope = SCOPE_OWN_TOO,
      .partner = THREE(accounts_deals_by),
      .customer = THREE(accounts_deals_for),
      .show = show_deal },
    { .code = "opportunities",
      .title = N_("Opportunities"),
      .permission = PERM_OPPORTUNITY_VIEW,
      .scope = SCOPE_OWN_TOO,
      .partner = THREE(accounts_opportunities_by),
      .customer = THREE(accounts_opportunities_for),
      .show = show_opportunity },
    { .code = "leads",
      .title = N_("Leads"),
      .permission = PERM_LEAD_VIEW,
      .scope = SCOPE_DEPARTMENTS,
      .partner = THREE(accounts_leads_by),
      .show = show_lead },
    { .code = "contacts",
      .title = N_("Contacts"),
      .permission = PERM_ACCOUNT_VIEW,
      .by_name = true,
      .partner = THREE(accounts_contacts),
      .customer = THREE(accounts_contacts),
      .show = show_contact },
    { .code = "users",
      .title = N_("People with a log-in"),
      .permission = PERM_USERS_VIEW,
      .by_name = true,
      .partner = THREE(accounts_users),
      .customer = THREE(accounts_users),
      .show = show_user },
    { 0 },
};

/* -- reading -------------------------------------------------------------------------------------
 */

static bool is_partner(const struct account *a)
{
    return str_eq(a->kind, "partner");
}

static const struct db_stmt *statement_of(const struct accounts_part *part, const struct account *a,
                                          enum list_direction direction)
{
    return (is_partner(a) ? part->partner : part->customer)[direction];
}

static size_t add_scope(const struct request *req, enum accounts_scope scope, struct db_arg *args)
{
    size_t n = 0;

    if (scope == SCOPE_NONE)
        return n;
    args[n++] = DB_I(req->actor->department_low);
    args[n++] = DB_I(req->actor->department_high);
    if (scope == SCOPE_OWN_TOO)
        args[n++] = DB_I(req->actor->user_id);
    return n;
}

/* Of an end customer's records those of its whole group; people are its own. */
static int64_t whose(const struct accounts_part *part, const struct account *a)
{
    return is_partner(a) || part->scope == SCOPE_NONE ? a->id : a->group_id;
}

/* LIST NULL: the first MOST. */
static struct err *read_rows(struct request *req, const struct accounts_part *part,
                             const struct account *a, const struct list *list, int64_t most,
                             struct accounts_item **rows, size_t *count)
{
    const enum list_direction direction = list != NULL ? list->direction : LIST_FIRST;
    struct db_arg args[10] = { 0 };
    size_t n = add_scope(req, part->scope, args);

    args[n++] = DB_I(whose(part, a));
    if (direction != LIST_FIRST)
        for (int i = 0; i < 2; i++)
            args[n++] = part->by_name ? DB_S(list->key.text) : DB_T(list->key.number);
    if (direction != LIST_FIRST)
        args[n++] = DB_I(list->key.id);
    args[n] = DB_I(most);
    return err_pass(
        db_list(req->db, req->arena, statement_of(part, a, direction), args, rows, count));
}

static bool is_shown(const struct request *req, const struct accounts_part *part,
                     const struct account *a)
{
    return actor_may(req->actor, part->permission) && statement_of(part, a, LIST_FIRST) != NULL;
}

static const char *address_of(struct request *req, const struct account *a,
                              const struct accounts_part *part)
{
    return arena_printf(req->arena, "/staff/accounts/%lld/%s", (long long)a->id, part->code);
}

/* -- on the company's page -----------------------------------------------------------------------
 */

static struct err *show_part(struct request *req, struct view *v, const struct accounts_part *part,
                             const struct account *a)
{
    struct view *card = view_row(v, "Parts");
    struct accounts_item *rows;
    size_t count;

    view_text(card, "Code", part->code);
    view_text(card, "Title", tr(req, part->title));
    view_text(card, "Href", address_of(req, a, part));
    TRY(read_rows(req, part, a, NULL, ROWS_ON_PAGE + 1, &rows, &count));
    view_flag(card, "More", count > ROWS_ON_PAGE);
    for (size_t i = 0; i < count && i < ROWS_ON_PAGE; i++)
        part->show(req, view_row(card, "Rows"), &rows[i]);
    return NULL;
}

struct err *accounts_show_parts(struct request *req, struct view *v, const struct account *a)
{
    for (const struct accounts_part *part = accounts_parts; part->code != NULL; part++)
        if (is_shown(req, part, a))
            TRY(show_part(req, v, part, a));
    return NULL;
}

/* -- by itself -----------------------------------------------------------------------------------
 */

struct part_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct part_query), { 0 } };
const struct form accounts_part_query = { .name = "accounts_part",
                                          .fields = query_fields,
                                          .size_bytes = sizeof(struct part_query) };

static const struct list_column by_name[] = { { "name", true, true }, { 0 } };
static const struct list_column by_change[] = { { "updated", false, false }, { 0 } };

static const struct accounts_part *part_of_route(const struct request *req)
{
    const struct accounts_part *part = accounts_parts;

    while (part->code != NULL && !str_eq(req->route->name + strlen("accounts."), part->code))
        part++;
    return part->code != NULL ? part : NULL;
}

static struct list_key key_of(const struct accounts_item *item)
{
    return (struct list_key){ .number = item->at, .text = item->key, .id = item->id };
}

static void show_head(struct request *req, struct view *v, const struct accounts_part *part,
                      const struct account *a)
{
    page_title(req, tr(req, part->title));
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, a->name, accounts_href(req, a->id));
    page_fact(req, a->name);
    view_text(v, "Code", part->code);
    view_text(v, "Title", tr(req, part->title));
    if (str_eq(part->code, "contacts") && actor_may(req->actor, PERM_ACCOUNT_EDIT))
        view_text(v, "New", accounts_contact_href(req, a->id, 0));
}

struct err *accounts_part_show(struct request *req)
{
    const struct accounts_part *part = part_of_route(req);
    const struct part_query *in = req->input;
    const struct account *a = req->object;
    struct view *v = view_at(req->page, "Part");
    struct accounts_item *rows;
    struct list_spec spec = { 0 };
    struct list list;
    size_t count;

    if (part == NULL || !is_shown(req, part, a))
        return err_raise(ERR_NOT_FOUND, "%s of account %lld", req->route->name, (long long)a->id);
    spec.address = address_of(req, a, part);
    spec.columns = part->by_name ? by_name : by_change;
    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(read_rows(req, part, a, &list, list.fetch, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    show_head(req, v, part, a);
    for (size_t i = 0; i < count; i++)
        part->show(req, view_row(v, "Rows"), &rows[i]);
    const struct list_key first = count > 0 ? key_of(&rows[0]) : (struct list_key){ 0 };
    const struct list_key last = count > 0 ? key_of(&rows[count - 1]) : (struct list_key){ 0 };

    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

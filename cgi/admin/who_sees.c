/* admin/who_sees.c - the people with the permission for a record's kind, and what each one's scope
 * says of this record. */
#include "admin/who_sees.h"

#include "access/session.h"
#include "account/account.h"
#include "base/str.h"
#include "deal/deal.h"
#include "deal/deal_view.h"
#include "lead/lead.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_share.h"
#include "opportunity/opportunity_view.h"
#include "web/request.h"

#include <string.h>

enum { PEOPLE_MOST = 500 };

/* -- statements ---------------------------------------------------------------------- */

struct person {
    int64_t id, department_id, last_id;
    const char *name, *scopes, *roles_en, *roles_zh, *department_en, *department_zh;
};
static const struct db_field fields[] = {
    DB_FIELD(struct person, id, DB_I64, 0),
    DB_FIELD(struct person, department_id, DB_I64, 0),
    DB_FIELD(struct person, last_id, DB_I64, 0),
    DB_FIELD(struct person, name, DB_TEXT, 120),
    DB_FIELD(struct person, scopes, DB_TEXT, 60),
    DB_FIELD(struct person, roles_en, DB_TEXT, 200),
    DB_FIELD(struct person, roles_zh, DB_TEXT, 200),
    DB_FIELD(struct person, department_en, DB_TEXT, 120),
    DB_FIELD(struct person, department_zh, DB_TEXT, 120),
    { 0 },
};
#define PEOPLE                                                                                \
    "SELECT u.id, IFNULL(d.id, 0) AS department_id, IFNULL(d.last_id, 0) AS last_id, u.name," \
    " CONCAT(u.scope, ',', IFNULL((SELECT GROUP_CONCAT(DISTINCT o.scope) FROM user_role x"    \
    " JOIN role o ON o.id = x.role_id WHERE x.user_id = u.id), '')) AS scopes,"               \
    " GROUP_CONCAT(DISTINCT r.name_en ORDER BY r.id SEPARATOR ', ') AS roles_en,"             \
    " GROUP_CONCAT(DISTINCT r.name_zh ORDER BY r.id SEPARATOR '、') AS roles_zh,"            \
    " IFNULL(d.name_en, '') AS department_en, IFNULL(d.name_zh, '') AS department_zh"         \
    " FROM role_permission p JOIN role r ON r.id = p.role_id AND r.audience = ?"              \
    " JOIN user_role ur ON ur.role_id = r.id JOIN user u ON u.id = ur.user_id"                \
    " AND u.audience = r.audience AND u.status = 'active'"                                    \
    " LEFT JOIN department d ON d.id = u.department_id WHERE p.permission = ?"
#define GROUP_BY " GROUP BY u.id, u.name, u.scope, d.id, d.last_id, d.name_en, d.name_zh"
static const struct db_stmt staff_with = {
    .name = "who_sees.staff",
    .sql = PEOPLE GROUP_BY " ORDER BY u.name, u.id LIMIT ?",
    .binds = "ssi",
    .fields = fields,
    .row_bytes = sizeof(struct person),
    .flags = DB_LISTS,
};
static const struct db_stmt company_with = {
    .name = "who_sees.company",
    .sql = PEOPLE " AND u.account_id = ? " GROUP_BY " ORDER BY u.name, u.id LIMIT ?",
    .binds = "ssii",
    .fields = fields,
    .row_bytes = sizeof(struct person),
    .flags = DB_LISTS,
};
db_stmt_table who_sees_statements[] = { &staff_with, &company_with, NULL };

/* -- records ------------------------------------------------------------------------- */

/* A partner whose people see it, too, and by which rule: finished text. */
struct company {
    int64_t account_id;
    const char *rule;
};
struct record {
    int64_t department_id; /* 0: none */
    int64_t holder_id;     /* who sees it wherever it stands; 0: nobody */
    const char *holds;     /* why: a message */
    struct company *companies;
    size_t company_count;
    const char *everybody; /* more who see of it: finished text, or NULL */
    const char *title, *address;
};

static void add_company(struct request *req, struct record *record, int64_t account_id,
                        const char *rule)
{
    struct company *longer = arena_array(req->arena, record->company_count + 1, sizeof(*longer));

    for (size_t i = 0; i < record->company_count; i++)
        longer[i] = record->companies[i];
    longer[record->company_count++] = (struct company){ account_id, rule };
    record->companies = longer;
}

static struct err *load_account(struct request *req, int64_t id, struct record *out, bool *found)
{
    struct account *account = NULL;

    TRY(account_of_staff(req->db, req->arena, req->actor->department_low,
                         req->actor->department_high, id, &account));
    *found = account != NULL;
    if (*found)
        *out = (struct record){ .department_id = account->department_id,
                                .title = account->name,
                                .address = arena_number(req->arena, "/staff/accounts/", id) };
    return NULL;
}

static struct err *load_deal(struct request *req, int64_t id, struct record *out, bool *found)
{
    struct deal *deal = NULL;

    TRY(deal_of_staff(req->db, req->arena, req->actor->department_low, req->actor->department_high,
                      req->actor->user_id, id, &deal));
    *found = deal != NULL;
    if (*found)
        *out = (struct record){ .department_id = deal->department_id,
                                .holder_id = deal->reviewer_id,
                                .holds = N_("Reviews it"),
                                .title = deal_number(req->arena, id),
                                .address = arena_number(req->arena, "/staff/deals/DR-", id) };
    if (*found)
        add_company(req, out, deal->account_id, tr(req, N_("It is the own company’s")));
    return NULL;
}

/* By which share a partner sees an opportunity; NULL: it sees nothing any more. */
static const char *share_rule(const struct request *req, const struct opportunity_share *s)
{
    static const struct {
        const char *level, *rule;
    } levels[] = {
        { "view", N_("Shared with %s, to look at") },
        { "collaborate", N_("Shared with %s, to work on") },
        { "lead", N_("Shared with %s, to lead") },
    };

    if (s->own)
        return tr(req, N_("It is the own company’s"));
    if (str_eq(s->standing, "invited"))
        return trf(req, N_("%s is invited: sees what the invitation says, and no more"),
                   s->partner_name);
    if (!str_eq(s->standing, "accepted"))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (str_eq(levels[i].level, s->level))
            return trf(req, levels[i].rule, s->partner_name);
    return s->partner_name;
}

static struct err *add_shares(struct request *req, int64_t id, struct record *out)
{
    struct opportunity_share *shares;
    size_t count;

    TRY(opportunity_shares(req->db, req->arena, id, &shares, &count));
    for (size_t i = 0; i < count; i++) {
        const char *rule = share_rule(req, &shares[i]);

        if (rule != NULL)
            add_company(req, out, shares[i].account_id, rule);
    }
    return NULL;
}

static struct err *load_opportunity(struct request *req, int64_t id, struct record *out,
                                    bool *found)
{
    struct opportunity *o = NULL;

    TRY(opportunity_of_staff(req->db, req->arena, req->actor, id, &o));
    *found = o != NULL;
    if (o == NULL)
        return NULL;
    *out = (struct record){ .department_id = o->department_id,
                            .holder_id = o->owner_user_id,
                            .holds = N_("Owns it"),
                            .title = opportunity_number(req->arena, id),
                            .address = arena_number(req->arena, "/staff/opportunities/OP-", id) };
    return err_pass(add_shares(req, id, out));
}

static struct err *load_lead(struct request *req, int64_t id, struct record *out, bool *found)
{
    struct lead *lead = NULL;

    TRY(lead_of_staff(req->db, req->arena, req->actor->department_low, req->actor->department_high,
                      id, &lead));
    *found = lead != NULL;
    if (lead == NULL)
        return NULL;
    *out = (struct record){ .department_id = lead->department_id,
                            .title = arena_number(req->arena, "LD-", id),
                            .address = arena_number(req->arena, "/staff/leads/LD-", id) };
    if (lead->account_id != 0)
        add_company(req, out, lead->account_id,
                    lead->accepted_at == 0
                        ? tr(req, N_("It is offered to the own company: without who asked"))
                        : tr(req, N_("The own company has accepted it")));
    if (!str_is_empty(lead->pool))
        out->everybody = tr(req, N_("It stands in the pool: people of every active partner who may "
                                    "see leads see it, without company and person."));
    return NULL;
}

static const struct kind {
    const char *name, *permission;
    enum permission needed; /* the same, of the visitor himself */
    struct err *(*load)(struct request *req, int64_t id, struct record *out, bool *found);
} kinds[] = {
    { "account", "account.view", PERM_ACCOUNT_VIEW, load_account },
    { "deal", "deal.view", PERM_DEAL_VIEW, load_deal },
    { "opportunity", "opportunity.view", PERM_OPPORTUNITY_VIEW, load_opportunity },
    { "lead", "lead.view", PERM_LEAD_VIEW, load_lead },
};

/* "deal-10423", within what the visitor sees himself. */
static struct err *find(struct request *req, const struct kind **kind_out, struct record *record)
{
    const char *name = request_param(req, "record"), *dash = strrchr(name, '-');
    bool found = false;
    int64_t id;

    for (size_t i = 0; dash != NULL && i < ARRAY_LEN(kinds) && !found; i++) {
        if (strlen(kinds[i].name) != (size_t)(dash - name) || !str_starts(name, kinds[i].name) ||
            !actor_may(req->actor, kinds[i].needed) || !str_to_i64(dash + 1, &id) || id <= 0)
            continue;
        *kind_out = &kinds[i];
        TRY(kinds[i].load(req, id, record, &found));
    }
    return found ? NULL : err_raise(ERR_NOT_FOUND, "no such record, or not his to see");
}

/* -- the rule ------------------------------------------------------------------------ */

static const char *word(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH ? zh : en;
}

/* By which rule the person sees it; NULL: by none. */
static const char *rule_of(struct request *req, const struct record *record, const struct person *p)
{
    const struct session_scope scope = session_scope_of(p->scopes, p->department_id, p->last_id);
    const char *department = word(req, p->department_en, p->department_zh);

    if (record->holder_id == p->id)
        return tr(req, record->holds);
    if (scope.low == 0 && scope.high == INT64_MAX)
        return tr(req, N_("Sees everything"));
    if (record->department_id == 0)
        return tr(req, N_("It belongs to no department: everybody with the permission sees it"));
    if (record->department_id < scope.low || record->department_id > scope.high)
        return NULL;
    return scope.low == scope.high ? trf(req, N_("Sees the department “%s”"), department)
                                   : trf(req, N_("Sees “%s” and what is below"), department);
}

/* -- the page ------------------------------------------------------------------------ */

static void show_person(struct request *req, const char *list, const struct person *p,
                        const char *rule)
{
    struct view *v = view_row(req->page, list);

    view_text(v, "Name", p->name);
    view_text(v, "Roles", word(req, p->roles_en, p->roles_zh));
    view_text(v, "Rule", rule);
    if (actor_may(req->actor, PERM_USERS_VIEW))
        view_text(v, "Href", arena_number(req->arena, "/staff/users/", p->id));
}

static struct err *show_staff(struct request *req, const struct kind *kind,
                              const struct record *record)
{
    struct person *people;
    int64_t others = 0;
    size_t count;

    TRY(db_list(req->db, req->arena, &staff_with,
                DB_ARGS(DB_S("staff"), DB_S(kind->permission), DB_I(PEOPLE_MOST)), &people,
                &count));
    for (size_t i = 0; i < count; i++) {
        const char *rule = rule_of(req, record, &people[i]);

        if (rule != NULL)
            show_person(req, "Staff", &people[i], rule);
        others += rule == NULL;
    }
    view_text(req->page, "Others",
              trn(req, N_("%s more person may see such records, but not this one."),
                  N_("%s more people may see such records, but not this one."), others));
    return NULL;
}

static struct err *show_company(struct request *req, const struct kind *kind,
                                const struct company *company)
{
    struct person *people;
    size_t count;

    view_flag(req->page, "HasCompany", true);
    TRY(db_list(req->db, req->arena, &company_with,
                DB_ARGS(DB_S("partner"), DB_S(kind->permission), DB_I(company->account_id),
                        DB_I(PEOPLE_MOST)),
                &people, &count));
    for (size_t i = 0; i < count; i++)
        show_person(req, "Company", &people[i], company->rule);
    return NULL;
}

static struct err *who_show(struct request *req)
{
    const struct kind *kind = NULL;
    struct record record;

    TRY(find(req, &kind, &record));
    page_title(req, tr(req, N_("Who can see this?")));
    page_crumb(req, record.title, record.address);
    view_text(req->page, "Permission", kind->permission);
    TRY(show_staff(req, kind, &record));
    for (size_t i = 0; i < record.company_count; i++)
        TRY(show_company(req, kind, &record.companies[i]));
    view_text(req->page, "Everybody", record.everybody);
    return NULL;
}

const struct route who_sees_staff_routes[] = {
    { .name = "who_sees.page",
      .method = HTTP_GET,
      .path = "/staff/who-sees/:record",
      .audience = AUD_STAFF,
      .permission = PERM_WHO_SEES_VIEW,
      .handler = who_show,
      .page = "admin/who_sees.cs" },
    { 0 },
};

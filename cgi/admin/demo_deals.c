/* admin/demo_deals.c - plays the registrations of the demo company: every step is done by a named
 * person through the rules that the pages use, at its own time.  The steps of all registrations are
 * played in the order of time, so that ranks, matches and claims come about as they would have. */
#include "admin/demo_deals.h"

#include "account/account.h"
#include "account/match_find.h"
#include "admin/demo_inside.h"
#include "approval/business_clock.h"
#include "approval/delegate.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal.h"
#include "deal/deal_clock.h"
#include "deal/deal_convert.h"
#include "deal/deal_extension.h"
#include "deal/deal_grant.h"
#include "deal/deal_jobs.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEAD_OF_CHANNEL = 102, /* decides in the name of who is away */
    AWAY = 106,
    COUNTRIES = 24,
    DECISION_HOURS = 16,
    EXTENSION_DAYS = 30,
    FIGURE_MONTHS = 12
};

/* -- statements ----------------------------------------------------------------------------------
 */

struct person {
    int64_t id, account_id, manager_id;
    const char *name, *audience, *email, *lang, *currency;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person, id, DB_I64, 0),
    DB_NULLABLE(struct person, account_id, DB_I64, 0),
    DB_NULLABLE(struct person, manager_id, DB_I64, 0),
    DB_FIELD(struct person, name, DB_TEXT, 480),
    DB_FIELD(struct person, audience, DB_TEXT, 10),
    DB_FIELD(struct person, email, DB_TEXT, 254),
    DB_FIELD(struct person, lang, DB_TEXT, 8),
    DB_FIELD(struct person, currency, DB_TEXT, 4),
    { 0 },
};
/* manager_id: the vendor's person for the partner. */
static const struct db_stmt list_people = {
    .name = "demo.actors",
    .sql = "SELECT u.id, u.account_id, a.owner_user_id AS manager_id, u.name, u.audience, u.email,"
           " u.lang, COALESCE(a.currency, '') AS currency"
           " FROM user u LEFT JOIN account a ON a.id = u.account_id",
    .binds = "",
    .fields = person_fields,
    .row_bytes = sizeof(struct person),
    .flags = DB_WHOLE_TABLE,
};

struct product {
    int64_t id;
    const char *code;
};
static const struct db_field product_fields[] = {
    DB_FIELD(struct product, id, DB_I64, 0),
    DB_FIELD(struct product, code, DB_TEXT, 40),
    { 0 },
};
static const struct db_stmt list_products = {
    .name = "demo.products",
    .sql = "SELECT id, code FROM product_line ORDER BY sort",
    .binds = "",
    .fields = product_fields,
    .row_bytes = sizeof(struct product),
    .flags = DB_WHOLE_TABLE,
};

struct extension_row {
    int64_t id;
};
static const struct db_field extension_fields[] = {
    DB_FIELD(struct extension_row, id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt pending_extension = {
    .name = "demo.extension",
    .sql = "SELECT id FROM deal_extension WHERE deal_id = ? AND pending = 1",
    .binds = "i",
    .fields = extension_fields,
    .row_bytes = sizeof(struct extension_row),
};

static const struct db_stmt close_opportunity = {
    .name = "demo.opportunity_close",
    .sql = "UPDATE opportunity SET state = ?, closed_at = ?, worked_at = ?, updated_at = ?"
           " WHERE deal_id = ?",
    .binds = "sttti",
    .flags = DB_WRITE,
};

/* What the past has sent and done: a registration that waits keeps its job for the rules, one that
 * was given up the job that frees its claims. */
static const char clean_up[] =
    "DELETE FROM outbox WHERE kind = 'deal';"
    "DELETE FROM job WHERE kind = 'deal.freed' OR (kind = 'deal.rules' AND ref NOT IN"
    " (SELECT id FROM deal WHERE state = 'submitted'));"
    "UPDATE notification SET read_at = created_at + INTERVAL 2 HOUR"
    " WHERE read_at IS NULL AND created_at < UTC_TIMESTAMP(6) - INTERVAL 4 DAY;"
    "UPDATE user u SET counter_notifications = (SELECT COUNT(*) FROM notification n"
    " WHERE n.user_id = u.id AND n.read_at IS NULL)";

struct left_job {
    int64_t id, ref, created_at;
    const char *kind;
};
static const struct db_field left_fields[] = {
    DB_FIELD(struct left_job, id, DB_I64, 0),
    DB_FIELD(struct left_job, ref, DB_I64, 0),
    DB_FIELD(struct left_job, created_at, DB_AT, 0),
    DB_FIELD(struct left_job, kind, DB_TEXT, 40),
    { 0 },
};
static const struct db_stmt list_left_jobs = {
    .name = "demo.jobs",
    .sql = "SELECT id, ref, created_at, kind FROM job WHERE kind IN ('deal.rules', 'deal.free')"
           " AND state = 'waiting' ORDER BY id",
    .binds = "",
    .fields = left_fields,
    .row_bytes = sizeof(struct left_job),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_stmt drop_job = {
    .name = "demo.job_drop",
    .sql = "DELETE FROM job WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- the play ------------------------------------------------------------------------------------
 */

struct office {
    char country[3];
    struct business_calendar calendar;
};

struct play {
    const struct demo_deal *row;
    size_t number; /* of the row: what varies by it is the same in every run */
    const struct account *customer;
    const char *plot; /* what is left of it */
    size_t word;
    int64_t deal_id, at; /* of the next step */
};

struct stage {
    struct db *db;
    struct arena *a;    /* for the whole play */
    struct arena *step; /* cleared after each step */
    struct match_names *names;
    struct text_ctx *text;
    int64_t now, at;
    struct person *people;
    size_t person_count;
    struct product *products;
    size_t product_count;
    struct office offices[COUNTRIES];
    size_t office_count;
};

/* -- the clock -----------------------------------------------------------------------------------
 */

struct err *demo_set_clock(struct db *db, int64_t at_us)
{
    char sql[80];

    if (at_us == 0)
        return err_pass(db_script(db, "SET @@timestamp = DEFAULT"));
    snprintf(sql, sizeof(sql), "SET @@timestamp = %lld.%06lld", (long long)(at_us / CLOCK_SECOND),
             (long long)(at_us % CLOCK_SECOND));
    return err_pass(db_script(db, sql));
}

static struct err *office_of(struct stage *s, const char *country,
                             const struct business_calendar **calendar_out)
{
    for (size_t i = 0; i < s->office_count; i++) {
        if (str_eq(s->offices[i].country, country)) {
            *calendar_out = &s->offices[i].calendar;
            return NULL;
        }
    }
    if (s->office_count == COUNTRIES)
        return err_raise(ERR_BUG, "more countries than offices");
    snprintf(s->offices[s->office_count].country, 3, "%s", country);
    TRY(deal_calendar(s->db, s->a, country, &s->offices[s->office_count].calendar));
    *calendar_out = &s->offices[s->office_count++].calendar;
    return NULL;
}

/* A number that varies by row and place and is the same in every run. */
static unsigned vary(const struct play *p, unsigned place, unsigned most)
{
    uint32_t h = (uint32_t)p->number * 2654435761u + place * 40503u;

    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return h % most;
}

/* Within business hours; a step that is moved to the opening comes somewhat later. */
static int64_t in_office(const struct business_calendar *calendar, const struct play *p, int64_t at)
{
    const int64_t opens_at = business_opens_at(calendar, at);

    if (opens_at == at)
        return at;
    return opens_at + (int64_t)vary(p, 7 + (unsigned)*p->plot, 140) * CLOCK_MINUTE;
}

/* The last moment until AT at which somebody is there. */
static int64_t last_in_office(const struct business_calendar *calendar, int64_t at)
{
    while (!business_is_open(calendar, at))
        at -= 11 * CLOCK_MINUTE;
    return at;
}

static size_t steps_left(const struct play *p)
{
    size_t count = 1;

    for (const char *c = p->plot; *c != '\0'; c++)
        count += *c == ' ';
    return count;
}

/* The latest submission whose decision is due no later than the row says. */
static int64_t submission_due_soon(const struct business_calendar *calendar, const struct play *p,
                                   int64_t now)
{
    const int64_t due_at =
        business_opens_at(calendar, now) + (int64_t)p->row->due_in_hours * CLOCK_HOUR;
    int64_t at = now - CLOCK_HOUR;

    while (!business_is_open(calendar, at) ||
           business_due_at(calendar, at, DECISION_HOURS * CLOCK_HOUR, NULL, 0) > due_at)
        at -= 7 * CLOCK_MINUTE;
    return at;
}

/* Some steps come when something has run out. */
static struct err *end_of(struct stage *s, const struct play *p, int64_t *at_out)
{
    struct deal *deal;

    TRY(deal_of_worker(s->db, s->step, p->deal_id, &deal));
    *at_out = (*p->plot == 'E' ? deal->protected_until_at : deal->answer_due_at) +
              (int64_t)(5 + vary(p, 3, 50)) * CLOCK_SECOND;
    return NULL;
}

/* When the next step of P comes, FROM_AT on. */
static struct err *set_next(struct stage *s, struct play *p, int64_t from_at)
{
    const struct business_calendar *calendar;
    const int64_t last = s->now - (int64_t)steps_left(p) * 4 * CLOCK_MINUTE;

    TRY(office_of(s, p->customer->country, &calendar));
    if (*p->plot == 'E' || *p->plot == 'U')
        return err_pass(end_of(s, p, &p->at));
    p->at = from_at + strtol(p->plot + 1, NULL, 10) * CLOCK_HOUR;
    if (*p->plot == 'R')
        p->at += 2 * CLOCK_SECOND;
    else if (*p->plot == 's' && p->row->due_in_hours != 0)
        p->at = from_at + 40 * CLOCK_MINUTE;
    else
        p->at = in_office(calendar, p, p->at) +
                (int64_t)vary(p, (unsigned)*p->plot, 1700) * CLOCK_SECOND;
    p->at += (int64_t)vary(p, 99 + (unsigned)*p->plot, 1000000);
    if (p->at > last)
        p->at = last_in_office(calendar, last);
    if (p->at <= from_at)
        p->at = from_at + (last - from_at) / 3;
    return NULL;
}

static struct err *set_first(struct stage *s, struct play *p)
{
    const struct business_calendar *calendar;

    TRY(office_of(s, p->customer->country, &calendar));
    if (p->row->due_in_hours != 0)
        p->at = submission_due_soon(calendar, p, s->now) - 40 * CLOCK_MINUTE;
    else
        p->at = last_in_office(calendar, s->now - p->row->days_ago * CLOCK_DAY -
                                             (int64_t)vary(p, 41, 9 * 3600) * CLOCK_SECOND) -
                (int64_t)vary(p, 42, 1000000);
    return NULL;
}

/* -- who acts ------------------------------------------------------------------------------------
 */

static const struct person *person_of(const struct stage *s, int64_t id)
{
    for (size_t i = 0; i < s->person_count; i++)
        if (s->people[i].id == id)
            return &s->people[i];
    return NULL;
}

static struct deal_actor act_as(struct stage *s, int64_t user_id, enum deal_who as)
{
    const struct person *who = person_of(s, user_id);
    struct actor *actor = arena_alloc(s->step, sizeof(*actor));

    *actor = (struct actor){ .audience = audience_find(who->audience),
                             .user_id = who->id,
                             .account_id = who->account_id,
                             .name = who->name,
                             .email = who->email };
    return (struct deal_actor){ .who = { .actor = actor, .address = "" },
                                .as = as,
                                .for_user_name = "",
                                .names = s->names,
                                .text = s->text };
}

static struct deal_actor the_seller(struct stage *s, const struct play *p)
{
    return act_as(s, p->row->seller_id, BY_PARTNER);
}

static struct deal_actor the_manager(struct stage *s, const struct play *p)
{
    return act_as(s, person_of(s, p->row->seller_id)->manager_id, BY_STAFF);
}

static struct deal_actor the_portal(struct stage *s, enum deal_who as)
{
    return (struct deal_actor){
        .who = { .address = "" }, .as = as, .for_user_name = "", .names = s->names, .text = s->text
    };
}

static const char *next_word(struct play *p)
{
    const char *word = p->word < DEMO_WORDS ? p->row->words[p->word] : NULL;

    p->word++;
    return word != NULL ? word : "";
}

/* -- what is typed -------------------------------------------------------------------------------
 */

static bool is_chinese(const struct stage *s, const struct play *p)
{
    return str_eq(person_of(s, p->row->seller_id)->lang, "zh-CN");
}

static const char *pick(const char *const *list, size_t count, const struct play *p, unsigned place)
{
    return list[vary(p, place, (unsigned)count)];
}
#define PICK(list, p, place) pick(list, ARRAY_LEN(list), p, place)

static void type_contact(struct stage *s, const struct play *p, struct deal *deal)
{
    static const char *const zh_names[] = { "王建国", "李志远", "陈晓峰", "刘慧敏", "周文博",
                                            "吴丽华", "徐海涛", "孙雅琴", "马俊杰", "朱梦瑶",
                                            "高振宇", "何静怡", "郭立新", "罗思远" };
    static const char *const zh_titles[] = { "信息部经理", "设备部部长", "采购主管", "信息中心主任",
                                             "生产总监" };
    static const char *const en_names[] = { "Alan Whitmore",   "Julia Hartmann", "Peter Nyström",
                                            "Sofia Marchetti", "Daniel Osei",    "Hannah Clarke",
                                            "Martin Vogt",     "Grace Lim",      "Robert Delaney",
                                            "Ingrid Solberg",  "Samuel Ortega",  "Petra de Graaf" };
    static const char *const en_titles[] = { "Head of IT", "Plant engineer", "Procurement",
                                             "Infrastructure manager", "Operations director" };
    const bool zh = str_eq(p->customer->country, "CN") && is_chinese(s, p);

    deal->contact_name = zh ? PICK(zh_names, p, 11) : PICK(en_names, p, 11);
    deal->contact_title = zh ? PICK(zh_titles, p, 12) : PICK(en_titles, p, 12);
    if (zh)
        deal->contact_phone = arena_printf(s->step, "+86 21 5550 %04u", 1000 + vary(p, 13, 8999));
    else
        deal->contact_email =
            arena_printf(s->step, "contact@customer-%lld.example", (long long)p->customer->id);
}

static void type_story(struct stage *s, const struct play *p, struct deal *deal)
{
    static const char *const zh_stories[] = {
        "客户计划在本年度完成首期建设，已完成现场调研，正在确认配置清单。",
        "现有设备即将到保修期，客户希望在停产检修期间完成切换。",
        "集团统一规划，首期一个厂区试点，验收后推广到其余厂区。",
        "客户对交付周期和本地备件有明确要求，已约定技术交流。",
    };
    static const char *const en_stories[] = {
        "First phase is budgeted for this year; the site survey is done and the configuration is "
        "being agreed.",
        "The present equipment leaves its warranty soon; the change is planned for the yearly "
        "shutdown.",
        "One site as a pilot, the others follow after acceptance.",
        "Delivery time and local spare parts matter most; a technical meeting is agreed.",
    };
    static const char *const stages[] = { "contact", "discovery", "proof", "proposal",
                                          "negotiation" };
    static const char *const known[] = { "yes", "no", "unknown" };
    static const char *const rivals[] = { "", "", "Norvik Systems", "Castellan", "Qilin Storage" };

    deal->description = is_chinese(s, p) ? PICK(zh_stories, p, 21) : PICK(en_stories, p, 21);
    deal->sales_stage = PICK(stages, p, 22);
    deal->budget = PICK(known, p, 23);
    deal->decision_maker = PICK(known, p, 24);
    deal->competitors = PICK(rivals, p, 25);
}

static struct err *type_lines(struct stage *s, const struct play *p, struct deal *deal)
{
    deal->lines = arena_array(s->step, DEMO_LINES + 1, sizeof(*deal->lines));
    deal->line_count = 0;
    for (size_t i = 0; p->row->lines[i].code != NULL; i++) {
        struct deal_line *line = &deal->lines[deal->line_count];

        for (size_t k = 0; k < s->product_count; k++)
            if (str_eq(s->products[k].code, p->row->lines[i].code))
                line->product_line_id = s->products[k].id;
        if (line->product_line_id == 0)
            return err_raise(ERR_CONFIG, "no product line %s", p->row->lines[i].code);
        line->quantity = p->row->lines[i].quantity;
        line->value = p->row->lines[i].value * MONEY_SCALE;
        deal->line_count++;
    }
    return NULL;
}

static struct err *create(struct stage *s, struct play *p, const struct deal_actor *by)
{
    const struct person *seller = person_of(s, p->row->seller_id);
    const struct account *c = p->customer;
    struct deal deal = { .account_id = seller->account_id,
                         .company_name = p->row->typed_name != NULL ? p->row->typed_name : c->name,
                         .country = c->country,
                         .region = c->region,
                         .city = c->city,
                         .address = c->address,
                         .website = c->website,
                         .tax_number = p->row->typed_name != NULL ? "" : c->tax_number,
                         .phone = c->phone,
                         .contact_email = "",
                         .contact_phone = "",
                         .project_name = p->row->project,
                         .deal_type = p->row->deal_type,
                         .done_so_far = "",
                         .distributor = "",
                         .currency = seller->currency,
                         .expected_close =
                             (int32_t)(s->at / CLOCK_DAY) + 50 + (int32_t)vary(p, 31, 90),
                         .sales_user_id = seller->id,
                         .sales_name = seller->name,
                         .created_by = seller->id };

    type_contact(s, p, &deal);
    type_story(s, p, &deal);
    TRY(type_lines(s, p, &deal));
    TRY(deal_create(s->db, s->step, by, &deal));
    p->deal_id = deal.id;
    return NULL;
}

/* -- steps ---------------------------------------------------------------------------------------
 */

static struct err *do_create(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    (void)deal;
    return err_pass(create(s, p, &by));
}

static struct err *do_create_on_behalf(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);

    (void)deal;
    return err_pass(create(s, p, &by));
}

static struct err *do_update(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    deal->done_so_far = is_chinese(s, p) ? "已完成两次现场交流，样机测试报告已提交客户。"
                                         : "Two visits on site; the test report is with the "
                                           "customer.";
    return err_pass(deal_update(s->db, s->step, &by, deal));
}

static struct err *do_submit(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    return err_pass(deal_submit(s->db, s->step, &by, deal));
}

static struct err *decide(struct stage *s, struct play *p, struct deal *deal,
                          const struct deal_actor *by, enum deal_verb verb)
{
    const bool explains = deal_move(verb)->needs_reason || verb == DEAL_MARK_DUPLICATE;
    struct deal_decision decision = { .verb = verb };

    if (explains) {
        decision.reason_code = p->row->reason_code;
        decision.reason_text = next_word(p);
    }
    if (verb == DEAL_APPROVE && p->row->ends_in_days != 0)
        decision.protect_days = (int32_t)((s->now - s->at) / CLOCK_DAY) + p->row->ends_in_days;
    return err_pass(deal_decide(s->db, s->step, by, deal, &decision));
}

#define BY_MANAGER(name, verb)                                                  \
    static struct err *name(struct stage *s, struct play *p, struct deal *deal) \
    {                                                                           \
        const struct deal_actor by = the_manager(s, p);                         \
                                                                                \
        return err_pass(decide(s, p, deal, &by, verb));                         \
    }
#define BY_SELLER(name, verb)                                                   \
    static struct err *name(struct stage *s, struct play *p, struct deal *deal) \
    {                                                                           \
        const struct deal_actor by = the_seller(s, p);                          \
                                                                                \
        return err_pass(decide(s, p, deal, &by, verb));                         \
    }
#define BY_PORTAL(name, verb)                                                   \
    static struct err *name(struct stage *s, struct play *p, struct deal *deal) \
    {                                                                           \
        const struct deal_actor by = the_portal(s, BY_WORKER);                  \
                                                                                \
        return err_pass(decide(s, p, deal, &by, verb));                         \
    }
BY_MANAGER(do_take, DEAL_TAKE)
BY_MANAGER(do_return, DEAL_RETURN)
BY_MANAGER(do_approve, DEAL_APPROVE)
BY_MANAGER(do_reject, DEAL_REJECT)
BY_MANAGER(do_revoke, DEAL_REVOKE)
BY_SELLER(do_withdraw, DEAL_WITHDRAW)
BY_SELLER(do_end, DEAL_END)
BY_PORTAL(do_expire, DEAL_EXPIRE)
BY_PORTAL(do_expire_unanswered, DEAL_EXPIRE_UNANSWERED)

/* The head of channel stands in for the manager. */
static struct err *do_approve_as_delegate(struct stage *s, struct play *p, struct deal *deal)
{
    const struct person *away = person_of(s, person_of(s, p->row->seller_id)->manager_id);
    struct deal_actor by = act_as(s, HEAD_OF_CHANNEL, BY_STAFF);

    by.who.for_user_id = away->id;
    by.for_user_name = away->name;
    return err_pass(decide(s, p, deal, &by, DEAL_APPROVE));
}

static struct err *do_rule(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_portal(s, BY_RULE);
    struct deal_decision decision = { 0 };
    const struct deal_rule *rule;
    struct deal_rule *rules;
    struct deal_facts facts;
    size_t count;

    TRY(deal_facts_read(s->db, s->step, deal, &facts));
    TRY(deal_rules_load(s->db, s->step, &rules, &count));
    rule = deal_rule_first(rules, count, &facts);
    if (rule == NULL || str_eq(rule->outcome, "assign"))
        return err_raise(ERR_CONFIG, "no rule decides row %zu of the demo", p->number);
    decision.verb = str_eq(rule->outcome, "approve") ? DEAL_APPROVE : DEAL_REJECT;
    decision.reason_code = rule->reason_code;
    decision.rule_id = rule->id;
    return err_pass(deal_decide(s->db, s->step, &by, deal, &decision));
}

static struct err *do_resolve_same(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);
    struct deal_obstacle *list;
    size_t count;

    TRY(deal_obstacles(s->db, s->step, deal, &list, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(list[i].kind, "match"))
            TRY(deal_resolve(s->db, s->step, &by, deal, list[i].party_id, PAIR_SAME));
    return NULL;
}

static struct err *do_duplicate(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);
    struct deal_decision decision = { .verb = DEAL_MARK_DUPLICATE, .reason_text = next_word(p) };
    struct deal_obstacle *list;
    size_t count;

    TRY(deal_obstacles(s->db, s->step, deal, &list, &count));
    if (count == 0)
        return err_raise(ERR_CONFIG, "row %zu of the demo is nobody's duplicate", p->number);
    decision.duplicate_of = list[0].other_deal_id;
    return err_pass(deal_decide(s->db, s->step, &by, deal, &decision));
}

static struct err *do_overrule(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);
    struct deal_overrule over = { .reason_code = p->row->reason_code, .reason_text = next_word(p) };
    struct deal_obstacle *shown;

    TRY(deal_obstacles(s->db, s->step, deal, &shown, &over.count));
    over.shown = shown;
    return err_pass(deal_overrule(s->db, s->step, &by, deal, &over));
}

static struct err *do_partner_comment(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);
    int64_t id;

    return err_pass(comment_add(s->db, by.who.actor, "deal", deal->id, next_word(p), &id));
}

static struct err *do_vendor_comment(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);
    int64_t id;

    return err_pass(comment_add(s->db, by.who.actor, "deal", deal->id, next_word(p), &id));
}

static struct err *do_note(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_manager(s, p);

    return err_pass(comment_add_note(s->db, by.who.actor, "deal", deal->id, next_word(p)));
}

static struct err *do_ask_extension(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);
    const struct deal_extension_ask ask = { .progress = next_word(p), .days = "30" };

    return err_pass(deal_extension_ask(s->db, s->step, &by, deal, &ask));
}

static struct err *answer_extension(struct stage *s, struct play *p, struct deal *deal,
                                    bool granted)
{
    const struct deal_actor by = the_manager(s, p);
    struct deal_extension_answer answer = { .granted = granted,
                                            .until = deal->protected_until + EXTENSION_DAYS,
                                            .reason = next_word(p) };
    struct extension_row row;

    TRY(db_get(s->db, s->step, &pending_extension, DB_ARGS(DB_I(deal->id)), &row));
    answer.extension_id = row.id;
    return err_pass(deal_extension_decide(s->db, s->step, &by, deal, &answer));
}

static struct err *do_grant_extension(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(answer_extension(s, p, deal, true));
}

static struct err *do_refuse_extension(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(answer_extension(s, p, deal, false));
}

static struct err *do_convert(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    return err_pass(deal_convert(s->db, s->step, &by, deal));
}

static struct err *close_deal(struct stage *s, struct play *p, struct deal *deal,
                              enum deal_verb verb, const char *word)
{
    const struct deal_actor by = the_manager(s, p);

    TRY(decide(s, p, deal, &by, verb));
    return err_pass(
        db_exec(s->db, &close_opportunity,
                DB_ARGS(DB_S(word), DB_T(s->at), DB_T(s->at), DB_T(s->at), DB_I(deal->id)), NULL));
}

static struct err *do_win(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(close_deal(s, p, deal, DEAL_WIN, "won"));
}

static struct err *do_lose(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(close_deal(s, p, deal, DEAL_LOSE, "lost"));
}

static const struct {
    char letter;
    struct err *(*act)(struct stage *s, struct play *p, struct deal *deal);
} steps[] = {
    { 'c', do_create },
    { 'B', do_create_on_behalf },
    { 'u', do_update },
    { 's', do_submit },
    { 't', do_take },
    { 'r', do_return },
    { 'a', do_approve },
    { 'b', do_approve_as_delegate },
    { 'R', do_rule },
    { 'x', do_reject },
    { 'w', do_withdraw },
    { 'e', do_end },
    { 'E', do_expire },
    { 'U', do_expire_unanswered },
    { 'm', do_resolve_same },
    { 'D', do_duplicate },
    { 'O', do_overrule },
    { 'K', do_revoke },
    { 'p', do_partner_comment },
    { 'v', do_vendor_comment },
    { 'n', do_note },
    { 'q', do_ask_extension },
    { 'g', do_grant_extension },
    { 'h', do_refuse_extension },
    { 'o', do_convert },
    { 'W', do_win },
    { 'L', do_lose },
};

/* -- playing -------------------------------------------------------------------------------------
 */

static struct err *play_step(struct stage *s, struct play *p)
{
    struct deal *deal = NULL;
    size_t i = 0;

    while (i < ARRAY_LEN(steps) && steps[i].letter != *p->plot)
        i++;
    if (i == ARRAY_LEN(steps))
        return err_raise(ERR_BUG, "no step '%c'", *p->plot);
    s->at = p->at;
    TRY(demo_set_clock(s->db, s->at));
    if (p->deal_id != 0) {
        TRY(deal_of_worker(s->db, s->step, p->deal_id, &deal));
        TRY(deal_load_lines(s->db, s->step, deal));
    }
    return err_pass(steps[i].act(s, p, deal));
}

static struct err *play_next(struct stage *s, struct play *p)
{
    const char *space = strchr(p->plot, ' ');
    struct err *e = play_step(s, p);

    if (e != NULL) {
        struct err *told = err_raise(err_kind(e), "row %zu of the demo (%s), step %c: %s",
                                     p->number, p->customer->name, *p->plot, err_message(e));

        err_free(e);
        return told;
    }
    p->plot = space != NULL ? space + 1 : "";
    if (*p->plot != '\0')
        TRY(set_next(s, p, p->at));
    arena_clear(s->step);
    return NULL;
}

static struct play *earliest(struct play *plays, size_t count)
{
    struct play *found = NULL;

    for (size_t i = 0; i < count; i++)
        if (*plays[i].plot != '\0' && (found == NULL || plays[i].at < found->at))
            found = &plays[i];
    return found;
}

static struct err *play_all(struct stage *s)
{
    struct play *plays = arena_array(s->a, demo_deal_row_count, sizeof(*plays));
    struct play *p;

    for (size_t i = 0; i < demo_deal_row_count; i++) {
        struct account *customer;

        TRY(account_of_worker(s->db, s->a, demo_deal_rows[i].customer_id, &customer));
        if (customer == NULL || person_of(s, demo_deal_rows[i].seller_id) == NULL)
            return err_raise(ERR_CONFIG, "row %zu of the demo: no such customer or seller", i);
        plays[i] = (struct play){ .row = &demo_deal_rows[i],
                                  .number = i,
                                  .customer = customer,
                                  .plot = demo_deal_rows[i].plot };
        TRY(set_first(s, &plays[i]));
    }
    while ((p = earliest(plays, demo_deal_row_count)) != NULL)
        TRY(play_next(s, p));
    return NULL;
}

static struct err *play_and_clean_up(struct stage *s)
{
    TRY(db_now(s->db, &s->now));
    TRY(db_list(s->db, s->a, &list_people, DB_NO_ARGS, &s->people, &s->person_count));
    TRY(db_list(s->db, s->a, &list_products, DB_NO_ARGS, &s->products, &s->product_count));
    TRY(play_all(s));
    TRY(demo_set_clock(s->db, 0));
    TRY(delegate_add(s->db, s->a, AWAY, HEAD_OF_CHANNEL, s->now + CLOCK_HOUR,
                     s->now + 9 * CLOCK_DAY));
    TRY(db_script(s->db, clean_up));
    return err_pass(match_count_grams(s->db));
}

struct err *demo_deals_play(struct db *db, struct match_names *names, struct text_ctx *text)
{
    struct stage s = { .db = db,
                       .a = arena_new(64 * 1024),
                       .step = arena_new(64 * 1024),
                       .names = names,
                       .text = text };
    struct err *e = play_and_clean_up(&s);

    arena_free(s.step);
    arena_free(s.a);
    return err_pass(e);
}

/* -- afterwards ----------------------------------------------------------------------------------
 */

struct left {
    struct arena *a;
    struct left_job *jobs;
    size_t count;
};

static struct err *list_jobs(struct db *db, void *arg)
{
    struct left *left = arg;

    return err_pass(db_list(db, left->a, &list_left_jobs, DB_NO_ARGS, &left->jobs, &left->count));
}

static struct err *drop(struct db *db, void *arg)
{
    return err_pass(db_exec(db, &drop_job, DB_ARGS(DB_I(*(const int64_t *)arg)), NULL));
}

/* Within a second of being asked for, as the worker does it. */
static struct err *run_job(struct job_context *ctx, struct left_job *left)
{
    const struct job job = { .id = left->id, .ref = left->ref, .kind = left->kind, .tries = 1 };

    for (const struct job_kind *kind = deal_jobs; kind->name != NULL; kind++) {
        if (!str_eq(kind->name, left->kind))
            continue;
        TRY(demo_set_clock(ctx->db, left->created_at + 600000));
        TRY(kind->handler(ctx, &job));
    }
    return err_pass(db_transaction(ctx->db, drop, &left->id));
}

static struct err *run_jobs(struct db *db, struct arena *a)
{
    struct left left = { .a = a };
    struct job_context ctx = { .db = db, .arena = a };
    struct err *e = db_transaction(db, list_jobs, &left);
    struct err *reset;

    for (size_t i = 0; e == NULL && i < left.count; i++)
        e = run_job(&ctx, &left.jobs[i]);
    reset = demo_set_clock(db, 0);
    if (e == NULL)
        return err_pass(reset);
    err_free(reset);
    return err_pass(e);
}

static struct err *try_rules(struct db *db, void *arg)
{
    struct arena *a = arg;
    struct deal_rule *rules;
    int64_t matched, agreed;
    size_t count;

    TRY(deal_rules_load(db, a, &rules, &count));
    for (size_t i = 0; i < count; i++)
        TRY(deal_rule_try(db, a, &rules[i], &matched, &agreed));
    return NULL;
}

struct err *demo_deals_settle(struct db *db)
{
    struct arena *a = arena_new(64 * 1024);
    struct err *e;

    TRY_TO(done, e, run_jobs(db, a));
    TRY_TO(done, e, db_script(db, clean_up));
    TRY_TO(done, e, deal_figures_make(db, FIGURE_MONTHS));
    e = err_pass(db_transaction(db, try_rules, a));
done:
    arena_free(a);
    return e;
}

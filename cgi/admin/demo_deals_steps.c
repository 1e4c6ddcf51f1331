/* admin/demo_deals_steps.c - what a step of the demo company's registrations does: who acts, what
 * he types, and the rule of the pages that he calls. */
#include "admin/demo_deals.h"

#include "admin/demo_stage.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal_clock.h"
#include "deal/deal_amend.h"
#include "deal/deal_appeal.h"
#include "deal/deal_extension.h"
#include "deal/deal_grant.h"
#include "deal/deal_jobs.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rules.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_convert.h"

enum { EXTENSION_DAYS = 30 };

struct id_row {
    int64_t id;
};
static const struct db_field id_fields[] = { DB_FIELD(struct id_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt pending_extension = {
    .name = "demo.extension",
    .sql = "SELECT id FROM deal_extension WHERE deal_id = ? AND pending = 1",
    .binds = "i",
    .fields = id_fields,
    .row_bytes = sizeof(struct id_row),
};
static const struct db_stmt pending_change = {
    .name = "demo.change",
    .sql = "SELECT id FROM deal_amendment WHERE deal_id = ? AND pending = 1",
    .binds = "i",
    .fields = id_fields,
    .row_bytes = sizeof(struct id_row),
};

/* -- who acts ------------------------------------------------------------------------------------
 */
static struct deal_actor act_as(struct stage *s, int64_t user_id, enum deal_who as)
{
    const struct person *who = demo_person(s, user_id);
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
    return act_as(s, demo_person(s, p->row->seller_id)->manager_id, BY_STAFF);
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
    return str_eq(demo_person(s, p->row->seller_id)->lang, "zh-CN");
}

static const char *pick(const char *const *list, size_t count, const struct play *p, unsigned place)
{
    return list[demo_vary(p, place, (unsigned)count)];
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
        deal->contact_phone =
            arena_printf(s->step, "+86 21 5550 %04u", 1000 + demo_vary(p, 13, 8999));
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
    const struct person *seller = demo_person(s, p->row->seller_id);
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
                             (int32_t)(s->at / CLOCK_DAY) + 50 + (int32_t)demo_vary(p, 31, 90),
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
    const struct person *away = demo_person(s, demo_person(s, p->row->seller_id)->manager_id);
    struct deal_actor by = act_as(s, DEMO_HEAD_OF_CHANNEL, BY_STAFF);

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
    struct id_row row;

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

static struct err *do_appeal(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    return err_pass(deal_appeal(s->db, s->step, &by, deal, next_word(p)));
}

/* By the head of channel, since the manager refused it. */
static struct err *do_reject_appeal(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = act_as(s, DEMO_HEAD_OF_CHANNEL, BY_STAFF);

    return err_pass(decide(s, p, deal, &by, DEAL_REJECT));
}

/* More of everything: twice the value of the first line. */
static struct err *do_ask_change(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);
    struct deal_line *lines;
    struct deal wanted;

    TRY(deal_load_lines(s->db, s->step, deal));
    wanted = *deal;
    lines = arena_array(s->step, deal->line_count + 1, sizeof(*lines));
    for (size_t i = 0; i < deal->line_count; i++)
        lines[i] = deal->lines[i];
    lines[0].quantity *= 2;
    lines[0].value *= 2;
    wanted.lines = lines;
    return err_pass(deal_amend(s->db, s->step, &by, deal, &wanted));
}

static struct err *answer_change(struct stage *s, struct play *p, struct deal *deal, bool approved)
{
    const struct deal_actor by = the_manager(s, p);
    struct deal_amend_answer answer = { .approved = approved,
                                        .reason = approved ? "" : next_word(p) };
    struct id_row row;

    TRY(db_get(s->db, s->step, &pending_change, DB_ARGS(DB_I(deal->id)), &row));
    answer.amendment_id = row.id;
    return err_pass(deal_amend_decide(s->db, s->step, &by, deal, &answer));
}

static struct err *do_make_change(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(answer_change(s, p, deal, true));
}

static struct err *do_refuse_change(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(answer_change(s, p, deal, false));
}

static struct err *do_convert(struct stage *s, struct play *p, struct deal *deal)
{
    const struct deal_actor by = the_seller(s, p);

    return err_pass(deal_convert(s->db, s->step, &by, deal));
}

/* Through the stages that a sale goes through, and out: the registration ends with it. */
static struct err *close_deal(struct stage *s, struct play *p, struct deal *deal, int64_t stage,
                              const char *reason)
{
    const struct deal_actor by = the_manager(s, p);
    const struct opportunity_move move = { .stage_id = stage,
                                           .reason_code = reason,
                                           .reason_text = "" };
    const struct actor everywhere = { .department_high = INT64_MAX };
    struct opportunity *o;

    TRY(opportunity_of_staff(s->db, s->step, &everywhere, deal->opportunity_id, &o));
    if (o == NULL)
        return err_raise(ERR_BUG, "no opportunity of deal %lld", (long long)deal->id);
    return err_pass(opportunity_move(s->db, s->step, &by, o, &move));
}

static struct err *do_win(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(close_deal(s, p, deal, 6, "order_follows"));
}

static struct err *do_lose(struct stage *s, struct play *p, struct deal *deal)
{
    return err_pass(close_deal(s, p, deal, 7, "price"));
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
    { 'l', do_appeal },
    { 'X', do_reject_appeal },
    { 'z', do_ask_change },
    { 'Z', do_make_change },
    { 'y', do_refuse_change },
    { 'q', do_ask_extension },
    { 'g', do_grant_extension },
    { 'h', do_refuse_extension },
    { 'o', do_convert },
    { 'W', do_win },
    { 'L', do_lose },
};

struct err *demo_step(struct stage *s, struct play *p, struct deal *deal)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].letter == *p->plot)
            return err_pass(steps[i].act(s, p, deal));
    return err_raise(ERR_BUG, "no step '%c'", *p->plot);
}

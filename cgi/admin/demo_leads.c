/* admin/demo_leads.c - plays the leads of the demo company: who has them, and why, is what the
 * rules choose; what partners do with them stands in the rows of demo_leads_rows.c. */
#include "admin/demo_leads.h"

#include "admin/demo_deals.h"
#include "admin/demo_leads_inside.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal.h"
#include "lead/lead_convert.h"
#include "lead/lead_route.h"

#include <stdlib.h>
#include <string.h>

enum { STAFF = 102 }; /* who enters, takes back, throws away */

struct seller {
    int64_t id, account_id;
    const char *name, *account_name;
};
static const struct db_field seller_fields[] = {
    DB_FIELD(struct seller, id, DB_I64, 0),
    DB_FIELD(struct seller, account_id, DB_I64, 0),
    DB_FIELD(struct seller, name, DB_TEXT, 480),
    DB_FIELD(struct seller, account_name, DB_TEXT, 800),
    { 0 },
};
static const struct db_stmt seller_of = {
    .name = "demo.lead_seller",
    .sql =
        "SELECT u.id, u.account_id, u.name, a.name AS account_name FROM user u JOIN account a ON "
        "a.id = u.account_id JOIN user_role ur ON ur.user_id = u.id JOIN role_permission rp ON "
        "rp.role_id = ur.role_id AND rp.permission = 'lead.work' WHERE u.account_id = ? AND "
        "u.status = 'active' ORDER BY u.id LIMIT 1",
    .binds = "i",
    .fields = seller_fields,
    .row_bytes = sizeof(struct seller),
};
/* In turn among those that may. */
static const struct db_stmt taker = {
    .name = "demo.lead_taker",
    .sql =
        "SELECT u.id, u.account_id, u.name, a.name AS account_name FROM user u JOIN account a ON "
        "a.id = u.account_id AND a.kind = 'partner' JOIN user_role ur ON ur.user_id = u.id JOIN "
        "role_permission rp ON rp.role_id = ur.role_id AND rp.permission = 'lead.work' WHERE "
        "u.status = 'active' AND u.id >= 200 + ? ORDER BY u.id LIMIT 1",
    .binds = "i",
    .fields = seller_fields,
    .row_bytes = sizeof(struct seller),
};
struct line_row {
    int64_t id;
};
static const struct db_field line_fields[] = { DB_FIELD(struct line_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt line_of = {
    .name = "demo.lead_line",
    .sql = "SELECT id FROM product_line WHERE code = ?",
    .binds = "s",
    .fields = line_fields,
    .row_bytes = sizeof(struct line_row),
};
static const struct db_stmt add_wish = {
    .name = "demo.lead_wish",
    .sql = "INSERT IGNORE INTO lead_wish (lead_id, account_id, user_name, words, wished_at) VALUES "
           "(?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "iiss",
    .flags = DB_WRITE,
};

/* The past has sent its mails, and what it asked of the worker is done.  What people were told lead
 * by lead would stand in no order of time. */
static const char clean_up[] =
    "DELETE FROM outbox WHERE kind = 'lead';"
    "DELETE FROM job WHERE kind IN ('lead.route', 'lead.wished');"
    "DELETE FROM notification WHERE kind = 'lead';"
    "UPDATE user u SET counter_notifications = (SELECT COUNT(*) FROM notification n"
    " WHERE n.user_id = u.id AND n.read_at IS NULL)";

/* -- the play ------------------------------------------------------------------------------------
 */

struct leads_play {
    struct db *db;
    struct arena *a;
    struct match_names *names;
    struct text_ctx *text;
    int64_t now;
    /* the lead that goes on */
    const struct demo_lead *row;
    size_t number;
    struct lead *lead;
    const char *plot;
    int64_t at;
};

static struct err *reload(struct leads_play *p)
{
    return err_pass(lead_of_worker(p->db, p->a, p->lead->id, &p->lead));
}

static struct lead_actor by_staff(struct leads_play *p)
{
    struct actor *actor = arena_alloc(p->a, sizeof(*actor));

    *actor = actor_nobody(LANG_EN);
    actor->audience = AUD_STAFF;
    actor->user_id = STAFF;
    actor->name = "Claire Bennett";
    return (struct lead_actor){ .who = { .actor = actor, .address = "" }, .as = LEAD_BY_STAFF };
}

static struct err *person_of(struct leads_play *p, const struct seller *seller,
                             struct deal_actor *by_out)
{
    struct actor *actor = arena_alloc(p->a, sizeof(*actor));

    *actor = actor_nobody(LANG_EN);
    actor->audience = AUD_PARTNER;
    actor->user_id = seller->id;
    actor->account_id = seller->account_id;
    actor->name = arena_dup(p->a, seller->name);
    actor->account_name = arena_dup(p->a, seller->account_name);
    *by_out = (struct deal_actor){ .who = { .actor = actor, .address = "" },
                                   .as = BY_PARTNER,
                                   .for_user_name = "",
                                   .names = p->names,
                                   .text = p->text };
    return NULL;
}

static struct err *holder(struct leads_play *p, struct deal_actor *by_out)
{
    struct seller seller;

    TRY(db_get(p->db, p->a, &seller_of, DB_ARGS(DB_I(p->lead->account_id)), &seller));
    return err_pass(person_of(p, &seller, by_out));
}

static struct err *move(struct leads_play *p, enum lead_verb verb, enum lead_who as,
                        const char *reason)
{
    struct lead_change change = { .verb = verb, .reason_code = reason, .reason_text = "" };
    struct lead_actor by = { .who = { .address = "" }, .as = as };
    struct deal_actor person;

    if (as == LEAD_BY_STAFF)
        by = by_staff(p);
    if (as == LEAD_BY_PARTNER) {
        TRY(holder(p, &person));
        by.who = person.who;
    }
    return err_pass(lead_apply(p->db, p->a, &by, p->lead, &change));
}

/* -- steps ---------------------------------------------------------------------------------------
 */

static struct err *come_in(struct leads_play *p)
{
    const struct demo_lead *r = p->row;
    const bool web = str_eq(r->source, "web");
    struct lead_actor by = by_staff(p);
    struct actor guest = actor_nobody(LANG_EN);
    struct line_row line = { 0 };
    struct lead lead = { .company_name = r->company,
                         .country = r->country,
                         .region = r->region,
                         .city = r->city,
                         .website = "",
                         .person_name = r->person,
                         .person_title = r->title,
                         .email = r->email,
                         .phone = r->phone,
                         .budget = r->budget,
                         .timeframe = r->timeframe,
                         .lang = r->lang,
                         .note = r->note,
                         .source = r->source,
                         .campaign = r->campaign,
                         .pool = "" };

    if (*r->line != '\0') {
        TRY(db_get(p->db, p->a, &line_of, DB_ARGS(DB_S(r->line)), &line));
        lead.product_line_id = line.id;
    }
    if (web) {
        by = (struct lead_actor){ .who = { .actor = &guest, .address = "" }, .as = LEAD_BY_GUEST };
        lead.consent_at = p->at;
        lead.consent_text = "Halden Compute may pass my question and how to reach me on to one of "
                            "its partners, who may get in touch with me about it. I can take this "
                            "back at any time.";
    }
    TRY(lead_create(p->db, p->a, &by, &lead));
    TRY(lead_of_worker(p->db, p->a, lead.id, &p->lead));
    TRY(lead_judge(p->db, p->a, p->names, p->lead));
    return err_pass(reload(p));
}

static struct err *route(struct leads_play *p)
{
    enum lead_routed routed;

    return err_pass(lead_route(p->db, p->a, p->lead, &routed));
}

static struct err *say(struct leads_play *p)
{
    static const char *const words[] = { "Called; they send their drawings on Thursday.",
                                         "已电话沟通，下周上门拜访。",
                                         "Asked for a meeting with their head of IT.",
                                         "Sent a first offer for the pilot site." };
    struct deal_actor by;
    int64_t id;

    TRY(holder(p, &by));
    TRY(comment_add(p->db, by.who.actor, "lead", p->lead->id, words[p->number % ARRAY_LEN(words)],
                    &id));
    return err_pass(lead_worked(p->db, p->a, p->lead));
}

static struct err *convert(struct leads_play *p, bool deal)
{
    struct deal_actor by;
    int64_t id;

    TRY(holder(p, &by));
    return err_pass(lead_convert(p->db, p->a, &by, p->lead, deal, &id));
}

static struct err *wish(struct leads_play *p, int64_t from)
{
    struct seller seller;

    TRY(db_get(p->db, p->a, &taker, DB_ARGS(DB_I(from)), &seller));
    return err_pass(db_exec(p->db, &add_wish,
                            DB_ARGS(DB_I(p->lead->id), DB_I(seller.account_id), DB_S(seller.name),
                                    DB_S("We have two reference sites in this trade.")),
                            NULL));
}

static struct err *take(struct leads_play *p)
{
    struct lead_change change = { .verb = LEAD_TAKE };
    struct lead_actor by = { .as = LEAD_BY_PARTNER };
    struct deal_actor person;
    struct seller seller;

    TRY(db_get(p->db, p->a, &taker, DB_ARGS(DB_I((int64_t)(p->number % 20))), &seller));
    TRY(person_of(p, &seller, &person));
    by.who = person.who;
    change.account_id = seller.account_id;
    change.account_name = person.who.actor->account_name;
    return err_pass(lead_apply(p->db, p->a, &by, p->lead, &change));
}

static struct err *to_pool(struct leads_play *p, const char *how)
{
    const struct lead_actor by = by_staff(p);

    return err_pass(lead_set_pool(p->db, p->a, &by, p->lead, how));
}

static struct err *step(struct leads_play *p, char letter)
{
    static const char *const reasons[] = { "no_capacity", "not_field", "not_region" };

    switch (letter) {
    case 'r':
        return err_pass(route(p));
    case 'a':
        return err_pass(move(p, LEAD_ACCEPT, LEAD_BY_PARTNER, NULL));
    case 'd':
        return err_pass(
            move(p, LEAD_DECLINE, LEAD_BY_PARTNER, reasons[p->number % ARRAY_LEN(reasons)]));
    case 't':
        return err_pass(move(p, LEAD_TIME_OUT, LEAD_BY_WORKER, "not_worked_on"));
    case 'c':
        return err_pass(move(p, LEAD_CONTACT, LEAD_BY_PARTNER, NULL));
    case 'q':
        return err_pass(move(p, LEAD_QUALIFY, LEAD_BY_PARTNER, NULL));
    case 'n':
        return err_pass(say(p));
    case 'v':
        return err_pass(convert(p, true));
    case 'o':
        return err_pass(convert(p, false));
    case 'x':
        return err_pass(move(p, LEAD_DISQUALIFY, LEAD_BY_PARTNER, "no_budget"));
    case 'X':
        return err_pass(move(p, LEAD_DISQUALIFY, LEAD_BY_STAFF, "junk"));
    case 'k':
        return err_pass(move(p, LEAD_RECALL, LEAD_BY_WORKER, "not_worked_on"));
    case 'p':
        return err_pass(to_pool(p, "take"));
    case 'P':
        return err_pass(to_pool(p, "apply"));
    case 'w':
        TRY(wish(p, 5));
        return err_pass(wish(p, 16));
    case 'm':
        return err_pass(take(p));
    default:
        return err_raise(ERR_BUG, "no step %c", letter);
    }
}

/* What a plot asks for and the rules made impossible is left out: a lead that nobody has is not
 * accepted. */
static bool is_possible(const struct leads_play *p, char letter)
{
    const bool held = p->lead->account_id != 0;

    if (strchr("acdqnvoxtk", letter) != NULL)
        return held;
    return letter == 'w' || letter == 'm' || !held;
}

/* "r0 a5 c20": each letter, and how many hours after the step before. */
static struct err *play_rest(struct leads_play *p)
{
    while (*p->plot != '\0') {
        const char letter = *p->plot;
        char *end;

        p->at += strtoll(p->plot + 1, &end, 10) * CLOCK_HOUR + 7 * CLOCK_MINUTE +
                 (int64_t)(p->number * 37 % 50) * CLOCK_SECOND;
        p->plot = *end == ' ' ? end + 1 : end;
        if (p->at > p->now)
            return NULL;
        TRY(demo_set_clock(p->db, p->at));
        TRY(reload(p));
        if (is_possible(p, letter))
            TRY(step(p, letter));
    }
    return NULL;
}

static struct err *play_one(struct leads_play *p)
{
    p->at = p->now - p->row->hours_ago * CLOCK_HOUR - (int64_t)(p->number * 13 % 47) * CLOCK_MINUTE;
    p->plot = p->row->plot;
    TRY(demo_set_clock(p->db, p->at));
    TRY(come_in(p));
    return err_pass(play_rest(p));
}

static struct err *try_rules(struct leads_play *p)
{
    struct lead_rule *rules;
    struct lead_past past;
    size_t count;

    TRY(lead_rules_load(p->db, p->a, &rules, &count));
    TRY(lead_past_read(p->db, p->a, &past));
    for (size_t i = 0; i < count; i++)
        TRY(lead_rule_try(p->db, p->a, &past, &rules[i]));
    return NULL;
}

static struct err *play_all(struct leads_play *p)
{
    TRY(db_now(p->db, &p->now));
    for (size_t i = 0; i < demo_lead_row_count; i++) {
        struct err *e;

        p->row = &demo_lead_rows[i];
        p->number = i;
        e = play_one(p);
        if (e != NULL) {
            struct err *told = err_raise(err_kind(e), "lead %zu of the demo (%s), at “%s”: %s", i,
                                         p->row->company, p->plot, err_message(e));

            err_free(e);
            return told;
        }
        arena_clear(p->a);
    }
    TRY(demo_set_clock(p->db, 0));
    TRY(try_rules(p));
    return err_pass(db_script(p->db, clean_up));
}

struct err *demo_leads_play(struct db *db, struct match_names *names, struct text_ctx *text)
{
    struct leads_play p = { .db = db, .a = arena_new(64 * 1024), .names = names, .text = text };
    struct err *e = play_all(&p);

    arena_free(p.a);
    return err_pass(e);
}

/* admin/demo_deals.c - plays the registrations of the demo company: every step is done by a named
 * person through the rules that the pages use, at its own time.  The steps of all registrations are
 * played in the order of time, so that ranks, matches and claims come about as they would have. */
#include "admin/demo_deals.h"

#include "admin/demo_stage.h"
#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_amend.h"
#include "deal/deal_jobs.h"
#include "deal/deal_rules.h"
#include "deal/deal_steps.h"

#include <string.h>

enum {
    AWAY = 106, /* whose decisions the head of channel takes */
    FIGURE_MONTHS = 12
};

/* -- statements ----------------------------------------------------------------------------------
 */

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

/* What the past has sent and done: a registration that waits keeps its job for the rules, one that
 * was given up the job that frees its claims. */
static const char clean_up[] =
    "DELETE FROM outbox WHERE kind = 'deal';"
    "DELETE FROM job WHERE kind IN ('deal.freed', 'opportunity.carry') OR (kind = 'deal.rules'"
    " AND ref NOT IN (SELECT id FROM deal WHERE state = 'submitted'));"
    "UPDATE notification SET read_at = created_at + INTERVAL 2 HOUR"
    " WHERE read_at IS NULL AND created_at < UTC_TIMESTAMP(6) - INTERVAL 4 DAY;"
    "UPDATE user u SET counter_notifications = (SELECT COUNT(*) FROM notification n"
    " WHERE n.user_id = u.id AND n.read_at IS NULL)";

/* What a newcomer should find chosen: a mail of the day, and a record without mails. */
static const char choices[] =
    "INSERT IGNORE INTO notification_preference (user_id, event, mail) SELECT id, 'deal.comment',"
    " 'daily' FROM user WHERE email IN ('lin.xiaowen@huaxin.example',"
    " 'claire.bennett@halden.example');"
    "INSERT IGNORE INTO notification_mute (user_id, kind, object_id, label, created_at)"
    " SELECT u.id, 'deal', d.id, d.company_name, d.created_at FROM user u JOIN deal d ON d.id ="
    " (SELECT MAX(x.id) FROM deal x WHERE x.account_id = u.account_id AND x.state = 'expired')"
    " WHERE u.email = 'lin.xiaowen@huaxin.example'";

/* What partners and the vendor say of them in custom fields (sql/demo/10_custom_fields.sql). */
static const char custom[] =
    "INSERT INTO custom_value (kind, object_id, field_id, text_value) SELECT 'deal', id, 12,"
    " CONCAT(IF(country = 'CN', 'ZB', 'T'), YEAR(created_at), '-', 1000 + id % 900) FROM deal"
    " WHERE id % 3 = 0;"
    "INSERT INTO custom_value (kind, object_id, field_id, day_value) SELECT 'deal', id, 13,"
    " expected_close + INTERVAL 40 + id % 5 * 7 DAY FROM deal WHERE id % 4 <> 1"
    " AND expected_close IS NOT NULL;"
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'deal', id, 14,"
    " ELT(id % 3 + 1, 12, 13, 14) FROM deal WHERE id % 4 <> 2;"
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'deal', id, 15,"
    " ELT(id % 2 + 1, 15, 16) FROM deal WHERE state <> 'draft' AND id % 5 < 2;"
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'deal', id, 16,"
    " ELT(id % 4 + 1, 17, 17, 18, 19) FROM deal WHERE phase IN (2, 3) AND id % 3 <> 1";

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
struct first_step {
    int64_t deal_id, user_id, amendment_id;
    const char *name;
};
static const struct db_field first_step_fields[] = {
    DB_FIELD(struct first_step, deal_id, DB_I64, 0),
    DB_FIELD(struct first_step, user_id, DB_I64, 0),
    DB_NULLABLE(struct first_step, amendment_id, DB_I64, 0),
    DB_FIELD(struct first_step, name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt list_first_step = {
    .name = "demo.first_step",
    .sql =
        "SELECT s.object_id AS deal_id, u.id AS user_id, m.id AS amendment_id, u.name "
        "FROM approval_step s JOIN deal d ON d.id = s.object_id JOIN user u ON u.id = d.reviewer_id "
        "LEFT JOIN deal_amendment m ON m.deal_id = d.id AND m.pending = 1 WHERE s.kind = ? "
        "AND s.state = 'open' AND s.stage = 1 ORDER BY s.object_id LIMIT 1",
    .binds = "s",
    .fields = first_step_fields,
    .row_bytes = sizeof(struct first_step),
};
static const struct db_stmt list_left_jobs = {
    .name = "demo.jobs",
    .sql =
        "SELECT id, ref, created_at, kind FROM job WHERE state = 'waiting'"
        " AND kind IN ('deal.rules', 'deal.free', 'deal.extension', 'deal.appeal', 'deal.amend') ORDER BY id",
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

const struct person *demo_person(const struct stage *s, int64_t id)
{
    for (size_t i = 0; i < s->person_count; i++)
        if (s->people[i].id == id)
            return &s->people[i];
    return NULL;
}

/* -- playing -------------------------------------------------------------------------------------
 */

static struct err *play_step(struct stage *s, struct play *p)
{
    struct deal *deal = NULL;

    s->at = p->at;
    TRY(demo_set_clock(s->db, s->at));
    if (p->deal_id != 0) {
        TRY(deal_of_worker(s->db, s->step, p->deal_id, &deal));
        TRY(deal_load_lines(s->db, s->step, deal));
    }
    return err_pass(demo_step(s, p, deal));
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
        TRY(demo_set_next(s, p, p->at));
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
        if (customer == NULL || demo_person(s, demo_deal_rows[i].seller_id) == NULL)
            return err_raise(ERR_CONFIG, "row %zu of the demo: no such customer or seller", i);
        plays[i] = (struct play){ .row = &demo_deal_rows[i],
                                  .number = i,
                                  .customer = customer,
                                  .plot = demo_deal_rows[i].plot };
        TRY(demo_set_first(s, &plays[i]));
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
    TRY(delegate_add(s->db, s->a, AWAY, DEMO_HEAD_OF_CHANNEL, s->now + CLOCK_HOUR,
                     s->now + 9 * CLOCK_DAY));
    TRY(db_script(s->db, clean_up));
    TRY(db_script(s->db, choices));
    TRY(db_script(s->db, custom));
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
static struct err *run_job(struct job_context *ctx, struct match_names *names,
                           struct left_job *left)
{
    const struct job job = { .id = left->id, .ref = left->ref, .kind = left->kind, .tries = 1 };

    if (str_eq(left->kind, "deal.rules")) {
        TRY(demo_set_clock(ctx->db, left->created_at + 600000));
        TRY(deal_rules_run(ctx, &job, names));
    }
    if (str_eq(left->kind, "deal.amend")) {
        TRY(demo_set_clock(ctx->db, left->created_at + 600000));
        TRY(deal_amend_run(ctx, &job, names));
    }
    if (str_eq(left->kind, "deal.appeal")) {
        TRY(demo_set_clock(ctx->db, left->created_at + 600000));
        TRY(deal_appeal_run(ctx, &job, names));
    }

    for (const struct job_kind *kind = deal_jobs; kind->name != NULL; kind++) {
        if (!str_eq(kind->name, left->kind))
            continue;
        TRY(demo_set_clock(ctx->db, left->created_at + 600000));
        TRY(kind->handler(ctx, &job));
    }
    return err_pass(db_transaction(ctx->db, drop, &left->id));
}

static struct err *run_jobs(struct db *db, struct arena *a, struct match_names *names)
{
    struct left left = { .a = a };
    struct job_context ctx = { .db = db, .arena = a };
    struct err *e = db_transaction(db, list_jobs, &left);
    struct err *reset;

    for (size_t i = 0; e == NULL && i < left.count; i++)
        e = run_job(&ctx, names, &left.jobs[i]);
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

/* Of those that wait for steps one registration, and one change, is in its second: who looks after
 * the region has approved. */
struct first_vote {
    struct arena *a;
    const char *kind;
};

static struct err *approve_first_step(struct db *db, void *arg)
{
    const struct first_vote *vote = arg;
    struct actor voter = { .audience = AUD_STAFF };
    const struct deal_actor by = { .who = { .actor = &voter, .address = "" },
                                   .as = BY_STAFF,
                                   .for_user_name = "" };
    struct deal_amend_answer yes = { .approved = true, .reason = "" };
    struct first_step row;
    struct deal *deal;
    bool found, decided;

    TRY(db_one(db, vote->a, &list_first_step, DB_ARGS(DB_S(vote->kind)), &row, &found));
    if (!found)
        return err_raise(ERR_CONFIG, "nothing of the demo waits in a step of %s", vote->kind);
    voter.user_id = row.user_id;
    voter.name = row.name;
    yes.amendment_id = row.amendment_id;
    TRY(deal_of_worker(db, vote->a, row.deal_id, &deal));
    return str_eq(vote->kind, DEAL_ROUND)
               ? err_pass(deal_steps_give(db, vote->a, &by, deal))
               : err_pass(deal_amend_give(db, vote->a, &by, deal, &yes, &decided));
}

static struct err *approve_first_steps(struct db *db, struct arena *a)
{
    struct first_vote deal = { a, DEAL_ROUND }, change = { a, DEAL_ROUND_AMEND };

    TRY(db_transaction(db, approve_first_step, &deal));
    return err_pass(db_transaction(db, approve_first_step, &change));
}

struct err *demo_deals_settle(struct db *db, struct match_names *names)
{
    struct arena *a = arena_new(64 * 1024);
    struct err *e;

    TRY_TO(done, e, run_jobs(db, a, names));
    TRY_TO(done, e, approve_first_steps(db, a));
    TRY_TO(done, e, db_script(db, clean_up));
    TRY_TO(done, e, deal_figures_make(db, FIGURE_MONTHS));
    TRY_TO(done, e, deal_scope_figures_make(db));
    e = err_pass(db_transaction(db, try_rules, a));
done:
    arena_free(a);
    return e;
}

/* admin/demo_opportunities.c - what becomes of what the demo company and its partners are selling.
 */
#include "admin/demo_opportunities.h"

#include "admin/demo_deals.h"
#include "admin/demo_sales.h"
#include "admin/demo_work.h"
#include "base/str.h"
#include "comment/comment.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_share.h"

#include <stdlib.h>

enum { STEP_TEXT = 16 };

struct demo_person {
    int64_t id, account_id, department_id;
    const char *name, *audience, *email, *currency, *account_name;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct demo_person, id, DB_I64, 0),
    DB_NULLABLE(struct demo_person, account_id, DB_I64, 0),
    DB_NULLABLE(struct demo_person, department_id, DB_I64, 0),
    DB_FIELD(struct demo_person, name, DB_TEXT, 480),
    DB_FIELD(struct demo_person, audience, DB_TEXT, 10),
    DB_FIELD(struct demo_person, email, DB_TEXT, 254),
    DB_FIELD(struct demo_person, currency, DB_TEXT, 4),
    DB_FIELD(struct demo_person, account_name, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt find_person = {
    .name = "demo.seller",
    .sql =
        "SELECT u.id, u.account_id, u.department_id, u.name, u.audience, u.email, "
        "COALESCE(a.currency, 'EUR') AS currency, COALESCE(a.name, '') AS account_name FROM user u "
        "LEFT JOIN account a ON a.id = u.account_id WHERE u.id = ?",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct demo_person),
};
struct demo_product {
    int64_t id;
};
static const struct db_field product_fields[] = { DB_FIELD(struct demo_product, id, DB_I64, 0),
                                                  { 0 } };
static const struct db_stmt find_product = {
    .name = "demo.product",
    .sql = "SELECT id FROM product_line WHERE code = ?",
    .binds = "s",
    .fields = product_fields,
    .row_bytes = sizeof(struct demo_product),
};

struct telling {
    struct db *db;
    struct arena *a; /* of one sale */
    struct match_names *names;
    struct text_ctx *text;
    int64_t now;
    const struct demo_sale *sale;
    struct demo_person owner;
    struct deal_actor by;
    struct opportunity o;
    int64_t at;
};

/* -- beginning -----------------------------------------------------------------------------------
 */

static struct err *set_owner(struct telling *t)
{
    struct actor *actor = arena_alloc(t->a, sizeof(*actor));

    TRY(db_get(t->db, t->a, &find_person, DB_ARGS(DB_I(t->sale->owner)), &t->owner));
    *actor = (struct actor){ .audience = audience_find(t->owner.audience),
                             .user_id = t->owner.id,
                             .account_id = t->owner.account_id,
                             .department_id = t->owner.department_id,
                             .department_high = INT64_MAX,
                             .name = t->owner.name,
                             .email = t->owner.email,
                             .account_name = t->owner.account_name };
    t->by = (struct deal_actor){ .who = { .actor = actor, .address = "" },
                                 .as = t->owner.account_id != 0 ? BY_PARTNER : BY_STAFF,
                                 .for_user_name = "",
                                 .names = t->names,
                                 .text = t->text };
    return NULL;
}

static struct err *set_lines(struct telling *t)
{
    struct opportunity *o = &t->o;

    o->lines = arena_array(t->a, DEMO_SALE_LINES, sizeof(*o->lines));
    for (size_t i = 0; i < DEMO_SALE_LINES && t->sale->lines[i].code != NULL; i++) {
        struct demo_product product;

        TRY(db_get(t->db, t->a, &find_product, DB_ARGS(DB_S(t->sale->lines[i].code)), &product));
        o->lines[o->line_count++] =
            (struct opportunity_line){ .product_line_id = product.id,
                                       .quantity = t->sale->lines[i].quantity,
                                       .price = t->sale->lines[i].price * MONEY_SCALE };
    }
    return NULL;
}

/* The vendor sells in the customer's money, partners in their own. */
static const char *currency_of(const struct telling *t)
{
    static const struct {
        const char *country, *currency;
    } own[] = { { "CN", "CNY" }, { "GB", "GBP" }, { "US", "USD" }, { "SG", "SGD" } };

    if (t->owner.account_id != 0)
        return t->owner.currency;
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq(own[i].country, t->sale->country))
            return own[i].currency;
    return "EUR";
}

static int32_t day_from_today(const struct telling *t, int days)
{
    return (int32_t)(t->now / CLOCK_DAY) + days;
}

/* How many steps put the closing off, which it was before. */
static int put_offs(const struct demo_sale *sale)
{
    int n = 0;

    for (const char *c = sale->plot; *c != '\0'; c++)
        n += *c == 'm';
    return n;
}

enum { PUT_OFF_DAYS = 35 };

static struct err *begin(struct telling *t)
{
    const struct demo_sale *sale = t->sale;

    t->o = (struct opportunity){ .account_id = t->owner.account_id,
                                 .customer_name = sale->customer,
                                 .customer_country = sale->country,
                                 .name = sale->name,
                                 .currency = currency_of(t),
                                 .expected_close = day_from_today(
                                     t, sale->closes_in - PUT_OFF_DAYS * put_offs(sale)),
                                 .owner_user_id = t->owner.id,
                                 .owner_name = t->owner.name,
                                 .competitors = sale->competitors,
                                 .next_step = sale->next_step,
                                 .next_step_on = day_from_today(t, sale->next_in) };
    TRY(set_lines(t));
    return err_pass(opportunity_create(t->db, t->a, &t->by, &t->o));
}

/* -- going on ------------------------------------------------------------------------------------
 */

static struct err *put_off(struct telling *t)
{
    const struct opportunity before = t->o;

    t->o.expected_close += PUT_OFF_DAYS;
    return err_pass(opportunity_update(t->db, t->a, &t->by, &before, &t->o));
}

static struct err *say(struct telling *t, bool inside)
{
    int64_t id;

    if (inside)
        return err_pass(
            comment_add_note(t->db, t->by.who.actor, "opportunity", t->o.id, t->sale->word));
    TRY(comment_add(t->db, t->by.who.actor, "opportunity", t->o.id, t->sale->word, &id));
    return err_pass(opportunity_worked(t->db, &t->o));
}

static struct err *move_on(struct telling *t, int64_t stage)
{
    const char *reason = stage == 6   ? "order_follows"
                         : stage == 7 ? (*t->sale->competitors != '\0' ? "price" : "stopped")
                                      : "";
    const struct opportunity_move move = { .stage_id = stage,
                                           .reason_code = reason,
                                           .reason_text = stage > 5 ? t->sale->word : "",
                                           .lost_to = stage == 7 ? t->sale->competitors : "" };

    return err_pass(opportunity_move(t->db, t->a, &t->by, &t->o, &move));
}

static struct err *step(struct telling *t, char what)
{
    if (what == 'm')
        return err_pass(put_off(t));
    if (what == 'c' || what == 'n')
        return err_pass(say(t, what == 'n'));
    return err_pass(move_on(t, what - '0'));
}

static struct err *go_on(struct telling *t)
{
    const char *c = t->sale->plot;

    while (*c != '\0') {
        const char what = *c;
        char *end;

        t->at += strtol(c + 2, &end, 10) * CLOCK_DAY + 37 * CLOCK_MINUTE;
        TRY(demo_set_clock(t->db, t->at));
        TRY(step(t, what));
        c = *end == ' ' ? end + 1 : end;
    }
    return NULL;
}

/* -- sharing -------------------------------------------------------------------------------------
 */

/* Of the vendor's own: who is invited, and what the partner's person says to it. */
static const struct {
    const char *sale, *role, *level, *title, *message;
    int64_t partner, person; /* who answers; 0: nobody yet */
    const char *declines;    /* why not; NULL: accepts */
    bool show_customer, sees_others;
    int days_ago;
} shares[] = {
    { "长三角区域数据中心", "fulfilment", "collaborate", "华东数据中心交付", "请评估交付能力。",
      1006, 201, NULL, true, false, 30 },
    { "长三角区域数据中心", "influence", "view", "华东数据中心咨询", "", 1010, 220, NULL, false,
      false, 28 },
    { "Automotive test benches", "cosell", "lead", "Test benches in the south of Germany",
      "Cooling is the point here; we would like your people on site.", 1003, 0, NULL, false, false,
      2 },
    { "Retail chain, 400 branches", "fulfilment", "lead", "A retailer with 400 branches",
      "Roll-out over nine months.", 1004, 211, NULL, true, true, 60 },
    { "Nordic timber mills", "cosell", "collaborate", "Timber mills in Sweden", "", 1012, 222,
      "We have nobody in Sweden before summer.", false, false, 40 },
    { "Broadcast archive", "cosell", "lead", "An archive for a broadcaster", "", 1001, 205, NULL,
      true, false, 25 },
    { "Chemical park", "influence", "view", "A chemical park on the Weser", "", 1007, 0, NULL,
      false, false, 1 },
};

static struct err *answer_share(struct telling *t, size_t at)
{
    const struct demo_sale asked = { .owner = shares[at].person };
    struct opportunity_share *rows;
    size_t count;

    t->sale = &asked;
    TRY(set_owner(t));
    TRY(opportunity_shares(t->db, t->a, t->o.id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].account_id == shares[at].partner)
            return err_pass(
                opportunity_answer(t->db, t->a, &t->by, &rows[i], shares[at].declines == NULL,
                                   shares[at].declines != NULL ? shares[at].declines : ""));
    return NULL;
}

static struct err *share(struct telling *t, size_t at)
{
    const struct opportunity_invitation invitation = { .account_id = shares[at].partner,
                                                       .role = shares[at].role,
                                                       .level = shares[at].level,
                                                       .title = shares[at].title,
                                                       .message = shares[at].message,
                                                       .show_customer = shares[at].show_customer,
                                                       .sees_others = shares[at].sees_others,
                                                       .days = 5 };

    t->at = t->now - shares[at].days_ago * CLOCK_DAY;
    TRY(demo_set_clock(t->db, t->at));
    TRY(opportunity_invite(t->db, t->a, &t->by, &t->o, &invitation));
    if (shares[at].person == 0)
        return NULL;
    TRY(demo_set_clock(t->db, t->at + CLOCK_DAY));
    return err_pass(answer_share(t, at));
}

static struct err *share_all(struct telling *t)
{
    for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
        if (!str_eq(shares[i].sale, t->sale->name))
            continue;
        const struct demo_sale *sale = t->sale;

        TRY(share(t, i));
        t->sale = sale;
        TRY(set_owner(t));
    }
    return NULL;
}

/* Of an open one since its last stage, of a closed one until then. */
static struct err *work_on(struct telling *t, size_t number, int64_t began)
{
    const bool open = str_eq(t->o.state, "open");

    return err_pass(demo_work_play(t->db, t->a, t->by.who.actor, &t->o, number,
                                   open ? t->at : began, open ? t->now : t->at));
}

static struct err *tell(struct telling *t, size_t number)
{
    int64_t began;

    t->at = t->now / CLOCK_DAY * CLOCK_DAY - t->sale->days_ago * CLOCK_DAY + 8 * CLOCK_HOUR +
            (int64_t)(number * 13 % 47) * 9 * CLOCK_MINUTE;
    began = t->at;
    TRY(demo_set_clock(t->db, t->at));
    TRY(set_owner(t));
    TRY(begin(t));
    TRY(go_on(t));
    TRY(work_on(t, number, began));
    return err_pass(share_all(t));
}

/* Those that are open and that nothing says is stale were worked on lately. */
static const char touch[] =
    "DELETE FROM outbox WHERE kind = 'opportunity' OR kind = 'opportunity_share';"
    /* What was told in the past stands before what was told since. */
    "DELETE n FROM notification n JOIN notification o ON o.user_id = n.user_id AND o.id < n.id"
    " AND o.created_at > n.created_at WHERE n.kind LIKE 'opportunity%';"
    "UPDATE notification SET read_at = created_at + INTERVAL 2 HOUR WHERE kind LIKE 'opportunity%'"
    " AND created_at < UTC_TIMESTAMP(6) - INTERVAL 4 DAY AND read_at IS NULL;"
    "UPDATE user u SET counter_notifications = (SELECT COUNT(*) FROM notification n"
    " WHERE n.user_id = u.id AND n.read_at IS NULL);"
    "UPDATE opportunity SET worked_at = UTC_TIMESTAMP(6) - INTERVAL id % 6 + 1 DAY,"
    " stale_on = DATE(UTC_TIMESTAMP(6)) + INTERVAL 20 DAY"
    " WHERE state = 'open' AND slips = 0 AND id % 7 <> 0;"
    /* What partners and the vendor say of them in custom fields (sql/demo/10_custom_fields.sql). */
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'opportunity', id, 8,"
    " ELT(id % 5 + 1, 8, 12, 20, 35, 60) FROM opportunity WHERE id % 4 <> 3;"
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'opportunity', id, 9,"
    " ELT(id % 3 + 1, 9, 10, 11) FROM opportunity WHERE id % 5 <> 4;"
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'opportunity', id,"
    " 10, ROUND(amount * 0.88, -3) FROM opportunity WHERE side = 'vendor' AND amount > 20000;"
    "INSERT INTO custom_value (kind, object_id, field_id, day_value) SELECT 'opportunity', id, 11,"
    " expected_close + INTERVAL 30 + id % 6 * 7 DAY FROM opportunity WHERE id % 4 <> 0"
    " AND expected_close IS NOT NULL;"
    /* What was converted has brought along who pays, and the campaign. */
    "INSERT INTO custom_value (kind, object_id, field_id, number_value) SELECT 'opportunity', o.id,"
    " c.field_id, c.id FROM opportunity o JOIN custom_value v ON v.kind = 'deal' AND v.object_id ="
    " o.deal_id AND v.field_id IN (14, 15) JOIN custom_option d ON d.id = v.number_value"
    " JOIN custom_option c ON c.field_id = v.field_id + 3 AND c.code = d.code";

struct err *demo_opportunities_play(struct db *db, struct match_names *names, struct text_ctx *text)
{
    struct telling t = { .db = db, .a = arena_new(65536), .names = names, .text = text };
    struct err *e = db_now(db, &t.now);

    for (size_t i = 0; e == NULL && i < demo_sale_count; i++) {
        t.sale = &demo_sales[i];
        e = tell(&t, i);
        arena_clear(t.a);
    }
    if (e == NULL)
        e = demo_set_clock(db, 0);
    if (e == NULL)
        e = db_script(db, touch);
    arena_free(t.a);
    return err_pass(e);
}

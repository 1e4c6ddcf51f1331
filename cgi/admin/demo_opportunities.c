/* admin/demo_opportunities.c - what the demo company and its partners are selling: companies,
 * projects and values are invented. */
#include "admin/demo_opportunities.h"

#include "admin/demo_deals.h"
#include "admin/demo_work.h"
#include "base/str.h"
#include "comment/comment.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_share.h"

#include <stdlib.h>

enum { LINES_MOST = 2, STEP_TEXT = 16 };

/* PLOT: what becomes of it, a step and the days after the one before: "2+9" moves it to stage 2
 * nine days later (6 is won, 7 lost), "m" puts its closing off by five weeks, "c" is a word of its
 * owner, "n" one of the vendor's among themselves. */
struct sale {
    int64_t owner; /* of staff for one of the vendor's own */
    const char *name, *customer, *country;
    struct {
        const char *code;
        int64_t quantity, price; /* whole units of the currency */
    } lines[LINES_MOST];
    int days_ago;
    const char *plot;
    int closes_in; /* days from today */
    const char *next_step;
    int next_in;
    const char *competitors, *word;
};

#define EDGE(q, p)   \
    {                \
        "edge", q, p \
    }
#define STORAGE(q, p)   \
    {                   \
        "storage", q, p \
    }
#define NETWORK(q, p)   \
    {                   \
        "network", q, p \
    }
#define COOLING(q, p)   \
    {                   \
        "cooling", q, p \
    }
#define SOFTWARE(q, p)   \
    {                    \
        "software", q, p \
    }

static const struct sale sales[] = {
    { 205,
      "Trading floor renewal",
      "Marlowe Securities",
      "GB",
      { EDGE(12, 9400), NETWORK(6, 3100) },
      258,
      "2+10 3+25 4+30 5+20 6+18",
      -150,
      "Sign the order",
      -150,
      "Northwind Servers",
      "Their CTO wants delivery before the audit." },
    { 206,
      "Cold store control",
      "Kestrel Foods Ltd",
      "GB",
      { EDGE(20, 7200), COOLING(4, 5400) },
      240,
      "2+14 3+20 4+22 7+30",
      -120,
      "Answer on price",
      -121,
      "Aldergate",
      "They compare three offers line by line." },
    { 206,
      "Harbour cameras, phase two",
      "Tidewell Ports",
      "GB",
      { EDGE(36, 6100), { 0 } },
      96,
      "2+12 3+20 c+9 4+14",
      24,
      "Site visit in Dover",
      5,
      "Aldergate",
      "The pilot ran for six weeks without a fault." },
    { 205,
      "Data room for the hospital trust",
      "St Bride Hospitals",
      "GB",
      { STORAGE(4, 42000), SOFTWARE(4, 6500) },
      70,
      "2+8 3+21 4+15 5+12",
      12,
      "Final talk with procurement",
      3,
      "",
      "Budget is released, the framework number is in." },
    { 206,
      "Branch servers",
      "Calder Building Society",
      "GB",
      { EDGE(64, 3900), { 0 } },
      40,
      "2+11",
      75,
      "Sizing workshop",
      9,
      "",
      "" },
    { 207,
      "Archive migration",
      "Wexcombe Council",
      "GB",
      { STORAGE(2, 38000), { 0 } },
      120,
      "2+20 3+26 m+15",
      -9,
      "Wait for the committee",
      2,
      "Northwind Servers",
      "The committee met twice without a decision." },
    { 201,
      "智慧园区边缘节点",
      "苏州鼎峰精密机械有限公司",
      "CN",
      { EDGE(18, 62000), { 0 } },
      221,
      "2+12 3+18 4+24 5+15 6+21",
      -110,
      "签订合同",
      -110,
      "浪川",
      "客户希望年底前完成上线。" },
    { 202,
      "冷链仓储监控",
      "厦门鹭港冷链物流有限公司",
      "CN",
      { EDGE(25, 48000), COOLING(5, 36000) },
      160,
      "2+9 3+25 4+30 7+25",
      -60,
      "回复报价",
      -62,
      "浪川",
      "价格差距超过一成。" },
    { 201,
      "药厂批次数据存储",
      "南京紫金生物制药有限公司",
      "CN",
      { STORAGE(3, 310000), SOFTWARE(3, 42000) },
      88,
      "2+10 3+16 4+20 5+14",
      18,
      "确认交付计划",
      4,
      "",
      "质量部门已同意方案。" },
    { 202,
      "染整车间能耗采集",
      "绍兴越城印染有限公司",
      "CN",
      { EDGE(40, 21000), { 0 } },
      52,
      "2+15 3+14",
      45,
      "现场勘测",
      6,
      "",
      "车间温度高，需要散热方案。" },
    { 202,
      "船坞网络改造",
      "南通长江船舶修造有限公司",
      "CN",
      { NETWORK(30, 12500), { 0 } },
      33,
      "2+12",
      80,
      "提交拓扑图",
      12,
      "",
      "" },
    { 203,
      "酒店集团统一存储",
      "上海静远酒店管理有限公司",
      "CN",
      { STORAGE(2, 268000), { 0 } },
      130,
      "2+30 3+20 2+18 m+20",
      -4,
      "重新确认预算",
      1,
      "",
      "预算推迟到下一季度。" },
    { 201,
      "轨道交通车站边缘计算",
      "常州恒立轨道交通设备有限公司",
      "CN",
      { EDGE(60, 55000), NETWORK(20, 14000) },
      75,
      "2+6 3+14 4+20",
      36,
      "技术澄清会",
      7,
      "浪川",
      "招标文件下月发布。" },
    { 209,
      "Walzwerk Linie 3",
      "Weserstahl Walzwerke GmbH",
      "DE",
      { EDGE(14, 11800), COOLING(6, 6200) },
      190,
      "2+16 3+22 4+25 5+18 6+20",
      -70,
      "Auftrag",
      -71,
      "",
      "The line manager signed off the test." },
    { 210,
      "Logistikzentrum Nord",
      "Aurora Logistics AG",
      "DE",
      { EDGE(48, 5200), SOFTWARE(48, 900) },
      84,
      "2+10 3+18 4+16",
      28,
      "Demo on site",
      8,
      "Serverwerk",
      "They want one contact for hardware and software." },
    { 210,
      "Stadtarchiv",
      "Stadt Wiesmoor",
      "DE",
      { STORAGE(1, 64000), { 0 } },
      47,
      "2+14",
      60,
      "Tender questions",
      10,
      "",
      "" },
    { 209,
      "Klinikverbund Bildarchiv",
      "Klinikverbund Ostheide",
      "DE",
      { STORAGE(5, 51000), { 0 } },
      112,
      "2+12 3+24 4+20 m+12",
      9,
      "Security review",
      2,
      "Serverwerk",
      "Their security officer asks for the update policy in writing." },
    { 216,
      "Windpark Leitwarte",
      "Nordsee Windbetrieb",
      "DE",
      { EDGE(22, 8900), { 0 } },
      61,
      "2+18 3+20",
      50,
      "Offer for spares",
      14,
      "",
      "" },
    { 211,
      "Campus research cluster",
      "Greenfield University",
      "US",
      { EDGE(30, 12400), STORAGE(3, 58000) },
      204,
      "2+15 3+30 4+28 5+20 6+25",
      -62,
      "Purchase order",
      -62,
      "Bluemont",
      "Grant money must be spent this year." },
    { 212,
      "Clinic imaging edge",
      "Harlow Clinics",
      "US",
      { EDGE(16, 8700), { 0 } },
      66,
      "2+8 3+14 4+18",
      22,
      "Pilot report",
      5,
      "Bluemont",
      "Radiology likes it; IT wants a second reference." },
    { 212,
      "Warehouse vision",
      "Mapleton Freight",
      "US",
      { EDGE(54, 6600), { 0 } },
      29,
      "2+10",
      90,
      "Proof of concept plan",
      11,
      "",
      "" },
    { 211,
      "Utility substations",
      "Granite State Power",
      "US",
      { EDGE(85, 5100), COOLING(85, 420) },
      143,
      "2+20 3+25 4+30 7+28",
      -20,
      "Close the file",
      -20,
      "Bluemont",
      "The programme was stopped by the regulator." },
    { 213,
      "海关查验影像",
      "上海浦晟证券信息服务有限公司",
      "CN",
      { STORAGE(2, 350000), { 0 } },
      58,
      "2+12 3+16",
      40,
      "方案评审",
      6,
      "",
      "" },
    { 214,
      "汽车零部件质检",
      "上海申驰汽车零部件有限公司",
      "CN",
      { EDGE(35, 46000), { 0 } },
      97,
      "2+10 3+20 4+25 5+15",
      15,
      "商务谈判",
      3,
      "浪川",
      "客户要求三年质保。" },
    { 215,
      "热力站远程监控",
      "北京京西热力有限公司",
      "CN",
      { EDGE(120, 9800), { 0 } },
      79,
      "2+15 3+20",
      55,
      "提交测试报告",
      9,
      "",
      "" },
    { 217,
      "Ferry terminal screens",
      "Blue Harbor Shipping Pte. Ltd.",
      "SG",
      { EDGE(26, 7400), { 0 } },
      101,
      "2+12 3+20 4+22 5+16",
      10,
      "Contract review",
      2,
      "",
      "Legal has two small remarks." },
    { 218,
      "Airport baggage sensors",
      "Changi Southgate Services",
      "SG",
      { EDGE(72, 4800), NETWORK(12, 2900) },
      44,
      "2+14",
      70,
      "Meet the integrator",
      13,
      "",
      "" },
    { 219,
      "Refinery safety network",
      "Calico Refining",
      "US",
      { NETWORK(40, 3300), { 0 } },
      54,
      "2+12 3+15",
      38,
      "Explosion-proof housing",
      6,
      "",
      "" },
    { 221,
      "Stadium access",
      "Pennine Arena",
      "GB",
      { EDGE(18, 5600), { 0 } },
      36,
      "2+9",
      64,
      "Walk the site",
      8,
      "",
      "" },
    { 222,
      "Polder pumps",
      "Waterschap Zuidermeer",
      "NL",
      { EDGE(44, 3800), { 0 } },
      118,
      "2+14 3+26 4+28 6+30",
      -12,
      "Order",
      -12,
      "",
      "Chosen for the low power draw." },
    { 223,
      "港口集装箱识别",
      "广东越洲港务股份有限公司",
      "CN",
      { EDGE(50, 52000), { 0 } },
      68,
      "2+10 3+18 4+18",
      26,
      "现场演示",
      5,
      "",
      "" },
    { 226,
      "Porzellanmanufaktur",
      "Elbtal Porzellan",
      "DE",
      { EDGE(8, 6900), { 0 } },
      25,
      "",
      85,
      "First talk",
      4,
      "",
      "" },
    { 227,
      "Distillery monitoring",
      "Glen Torran Distillers",
      "GB",
      { EDGE(12, 4300), { 0 } },
      31,
      "2+16",
      58,
      "Send the price list",
      6,
      "",
      "" },
    { 228,
      "School district edge",
      "Lakeview Schools",
      "US",
      { EDGE(90, 2700), { 0 } },
      140,
      "2+25 3+30 m+20",
      -15,
      "Board meeting",
      -3,
      "Bluemont",
      "The board postponed all purchases once more." },
    { 104,
      "长三角区域数据中心",
      "上海澄远医疗管理有限公司",
      "CN",
      { STORAGE(6, 330000), NETWORK(24, 15800) },
      126,
      "2+15 3+25 4+30 n+6",
      33,
      "Choose a partner for delivery",
      5,
      "浪川",
      "Price floor agreed with finance: eleven per cent below list, not a point more." },
    { 106,
      "Automotive test benches",
      "Rhein Prüftechnik",
      "DE",
      { EDGE(28, 13200), COOLING(14, 5100) },
      92,
      "2+18 3+20 n+8",
      47,
      "Bring in a partner",
      7,
      "Serverwerk",
      "Serverwerk is weak in cooling; keep the offer to ourselves until the site visit." },
    { 107,
      "Nordic timber mills",
      "Lindqvist Timber AB",
      "SE",
      { EDGE(33, 7100), { 0 } },
      105,
      "2+12 3+22 4+24",
      20,
      "Pilot at the second mill",
      4,
      "",
      "" },
    { 108,
      "Retail chain, 400 branches",
      "Bramble & Finch Stores",
      "US",
      { EDGE(400, 1900), SOFTWARE(400, 350) },
      149,
      "2+20 3+28 4+30 5+25 n+4",
      14,
      "Executive sponsor call",
      2,
      "Bluemont",
      "Their CFO told us the budget: 950 000. Do not go above." },
    { 109,
      "汽车研究院算力平台",
      "宁波海晟集装箱有限公司",
      "CN",
      { EDGE(24, 68000), { 0 } },
      56,
      "2+14 3+18",
      42,
      "组织产品演示",
      6,
      "",
      "" },
    { 111,
      "Chemical park",
      "Chemiepark Unterweser",
      "DE",
      { NETWORK(60, 2500), { 0 } },
      38,
      "2+15",
      68,
      "Safety paperwork",
      9,
      "",
      "" },
    { 112,
      "Broadcast archive",
      "Harrowgate Broadcast",
      "GB",
      { STORAGE(3, 47000), { 0 } },
      85,
      "2+10 3+20 2+15",
      52,
      "New requirements",
      8,
      "",
      "" },
    { 113,
      "Hospital network",
      "Tri-County Health",
      "US",
      { EDGE(40, 6900), STORAGE(2, 61000) },
      178,
      "2+15 3+25 4+25 5+20 6+30",
      -50,
      "Order",
      -50,
      "Bluemont",
      "Delivered on time; they are a reference now." },
    { 110,
      "特种钢轧线",
      "天津渤钢特种材料有限公司",
      "CN",
      { EDGE(16, 71000), COOLING(8, 39000) },
      64,
      "2+16 3+18",
      48,
      "热测试",
      7,
      "",
      "" },
    { 102,
      "Group framework",
      "Delta Port Services B.V.",
      "NL",
      { EDGE(150, 5400), { 0 } },
      83,
      "2+20 3+25",
      88,
      "Draft of the framework",
      15,
      "",
      "" },
};

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
    const struct sale *sale;
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

    o->lines = arena_array(t->a, LINES_MOST, sizeof(*o->lines));
    for (size_t i = 0; i < LINES_MOST && t->sale->lines[i].code != NULL; i++) {
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
static int put_offs(const struct sale *sale)
{
    int n = 0;

    for (const char *c = sale->plot; *c != '\0'; c++)
        n += *c == 'm';
    return n;
}

enum { PUT_OFF_DAYS = 35 };

static struct err *begin(struct telling *t)
{
    const struct sale *sale = t->sale;

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
    const struct sale asked = { .owner = shares[at].person };
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
        const struct sale *sale = t->sale;

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
    " AND expected_close IS NOT NULL";

struct err *demo_opportunities_play(struct db *db, struct match_names *names, struct text_ctx *text)
{
    struct telling t = { .db = db, .a = arena_new(65536), .names = names, .text = text };
    struct err *e = db_now(db, &t.now);

    for (size_t i = 0; e == NULL && i < ARRAY_LEN(sales); i++) {
        t.sale = &sales[i];
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

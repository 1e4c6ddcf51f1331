/* admin/demo_scale_rows.c - what a registration of a large demo is, and its rows as text. */
#include "admin/demo_scale_inside.h"
#include "base/str.h"
#include "text/latin.h"

#include <string.h>

enum { ROWS_A_STATEMENT = 400, SPAN_DAYS = 730, PERCENT = 100 };

const struct scale_market scale_markets[] = {
    { "CN", "上海", "上海", "CNY", "Asia/Shanghai", NULL, 1430, 111, 104, "Maria Keller" },
    { "CN", "江苏", "苏州", "CNY", "Asia/Shanghai", NULL, 1430, 111, 104, "Maria Keller" },
    { "CN", "浙江", "杭州", "CNY", "Asia/Shanghai", NULL, 1430, 111, 104, "Maria Keller" },
    { "CN", "北京", "北京", "CNY", "Asia/Shanghai", NULL, 1430, 112, 105, "赵明远" },
    { "CN", "山东", "青岛", "CNY", "Asia/Shanghai", NULL, 1430, 112, 105, "赵明远" },
    { "CN", "广东", "深圳", "CNY", "Asia/Shanghai", NULL, 1430, 113, 105, "赵明远" },
    { "CN", "四川", "成都", "CNY", "Asia/Shanghai", NULL, 1430, 113, 105, "赵明远" },
    { "GB", "England", "Leeds", "GBP", "Europe/London", "Ltd", 13450, 142, 107, "Ana Ruiz" },
    { "DE", "Hamburg", "Hamburg", "EUR", "Europe/Berlin", "GmbH", 11740, 141, 106, "Jonas Wendt" },
    { "US", "Ohio", "Columbus", "USD", "America/New_York", "Inc.", 10000, 171, 108, "Ben Ortiz" },
    { "SG", "", "Singapore", "SGD", "Asia/Singapore", "Pte. Ltd.", 7770, 191, 104, "Maria Keller" },
};
const size_t scale_market_count = ARRAY_LEN(scale_markets);

/* -- chance that is the same in every run --------------------------------------------------------
 */

/* The finaliser of SplitMix64: every bit of the result depends on every bit of I and PLACE. */
static uint64_t chance(int64_t i, unsigned place)
{
    uint64_t z = (uint64_t)i * 64 + place + 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int64_t below(int64_t i, unsigned place, int64_t most)
{
    return (int64_t)(chance(i, place) % (uint64_t)most);
}

/* -- what it is ----------------------------------------------------------------------------------
 */

/* Percents of the states that a registration of some age is in; the first row that is old enough.
 */
struct share {
    enum deal_state state;
    int percent;
};
static const struct {
    int64_t least_hours;
    struct share shares[8];
} ages[] = {
    { 75 * 24,
      { { DEAL_EXPIRED, 34 },
        { DEAL_WON, 26 },
        { DEAL_LOST, 16 },
        { DEAL_REJECTED, 12 },
        { DEAL_WITHDRAWN, 6 },
        { DEAL_ENDED, 3 },
        { DEAL_REVOKED, 3 } } },
    { 45 * 24, { { DEAL_APPROVED, 66 }, { DEAL_REJECTED, 20 }, { DEAL_WITHDRAWN, 14 } } },
    { 4 * 24,
      { { DEAL_APPROVED, 62 },
        { DEAL_CONVERTED, 14 },
        { DEAL_REJECTED, 14 },
        { DEAL_WITHDRAWN, 8 },
        { DEAL_DRAFT, 2 } } },
    { 36,
      { { DEAL_RETURNED, 20 }, { DEAL_APPROVED, 50 }, { DEAL_REJECTED, 15 }, { DEAL_DRAFT, 15 } } },
    { 0, { { DEAL_SUBMITTED, 50 }, { DEAL_REVIEW, 35 }, { DEAL_DRAFT, 15 } } },
};

static enum deal_state state_of(int64_t i, int64_t age_us)
{
    int64_t left = below(i, 1, PERCENT);
    size_t row = 0;

    while (age_us < ages[row].least_hours * CLOCK_HOUR)
        row++;
    for (const struct share *s = ages[row].shares; s->percent != 0; s++) {
        if (left < s->percent)
            return s->state;
        left -= s->percent;
    }
    return DEAL_DRAFT;
}

#define BIT(state) (1u << DEAL_##state)
static const unsigned decided_states = BIT(APPROVED) | BIT(REJECTED) | BIT(EXPIRED) | BIT(ENDED) |
                                       BIT(CONVERTED) | BIT(WON) | BIT(LOST) | BIT(REVOKED);
static const unsigned protected_once = BIT(APPROVED) | BIT(EXPIRED) | BIT(ENDED) | BIT(CONVERTED) |
                                       BIT(WON) | BIT(LOST) | BIT(REVOKED);
static const unsigned holding = BIT(APPROVED) | BIT(CONVERTED) | BIT(WON);
static const unsigned converted_once = BIT(CONVERTED) | BIT(WON) | BIT(LOST);
static const unsigned speaking_for =
    BIT(SUBMITTED) | BIT(REVIEW) | BIT(RETURNED) | BIT(APPROVED) | BIT(CONVERTED);

static bool is_one_of(const struct scale_deal *d, unsigned states)
{
    return (states & (1u << d->state)) != 0;
}

/* Decided within a day and a half; ended between a month and two after that. */
static void set_times(const struct scale *scale, int64_t i, struct scale_deal *d)
{
    const int64_t age_us = (scale->count - i) * (SPAN_DAYS * CLOCK_DAY / scale->count);

    d->submitted_at = d->updated_at = scale->now - age_us;
    d->created_at = d->submitted_at - (1 + below(i, 2, 72)) * CLOCK_HOUR;
    d->state = state_of(i, age_us);
    d->protected_until = DAY_NONE;
    if (is_one_of(d, decided_states))
        d->decided_at = d->updated_at = d->submitted_at + (2 + below(i, 3, 30)) * CLOCK_HOUR;
    if (is_one_of(d, protected_once)) {
        d->protected_until = (int32_t)(d->decided_at / CLOCK_DAY) +
                             (d->state == DEAL_APPROVED || d->state == DEAL_CONVERTED ? 90 : 60);
        d->protected_until_at = (int64_t)(d->protected_until + 1) * CLOCK_DAY;
    }
    if (d->state == DEAL_EXPIRED)
        d->updated_at = d->protected_until_at;
    else if (is_one_of(d, BIT(WON) | BIT(LOST) | BIT(ENDED) | BIT(REVOKED)))
        d->updated_at = d->decided_at + (25 + below(i, 4, 30)) * CLOCK_DAY;
    else if (d->state == DEAL_CONVERTED)
        d->updated_at = d->decided_at + CLOCK_DAY;
    if (is_one_of(d, BIT(SUBMITTED) | BIT(REVIEW)))
        d->due_at = scale->now + (1 + below(i, 5, 60)) * CLOCK_HOUR;
    if (d->state == DEAL_RETURNED)
        d->answer_due_at = scale->now + (20 + below(i, 5, 80)) * CLOCK_HOUR;
    if (d->state == DEAL_DRAFT)
        d->created_at = d->updated_at = d->submitted_at;
    if (d->state == DEAL_DRAFT)
        d->submitted_at = 0;
}

const struct scale_market *scale_market_of(int64_t k)
{
    return &scale_markets[below(k, 40, (int64_t)scale_market_count)];
}

static void set_partner(const struct scale *scale, int64_t i, struct scale_deal *d)
{
    const int64_t every = scale->count >= 2000 ? scale->count / 1000 : 2;
    const int64_t k = below(i, 6, scale->partners);

    d->partner_id = i % every == 0 ? SCALE_BIG_PARTNER : SCALE_PARTNER_ID + k;
    d->seller_id = i % every == 0 ? SCALE_BIG_SELLER : SCALE_PARTNER_ID + k;
    d->seller_name = i % every == 0 ? "赵倩" : "Sales desk";
    d->market = i % every == 0 ? &scale_markets[below(i, 7, 3)] : scale_market_of(k);
}

void scale_deal_make(const struct scale *scale, struct arena *a, int64_t i, struct scale_deal *out)
{
    const int64_t first = below(i, 8, SCALE_PRODUCTS), more = below(i, 9, 3);

    *out = (struct scale_deal){ .id = SCALE_FIRST_ID + i };
    set_partner(scale, i, out);
    set_times(scale, i, out);
    out->company = out->market->suffix == NULL
                       ? demo_name_zh(&scale->names, a, out->market->city, (uint64_t)i)
                       : demo_name_en(a, out->market->suffix, (uint64_t)i);
    for (int64_t k = first; k <= first + more; k++) {
        int64_t *value = &out->value[k % SCALE_PRODUCTS];

        *value = (20 + below(i, 10 + (unsigned)k, 4000)) * 100 * MONEY_SCALE;
        out->total += *value;
    }
}

/* -- text ----------------------------------------------------------------------------------------
 */

enum table { ACCOUNTS, PARTIES, DEALS, LINES, STEPS, CLAIMS, EVENTS, LIVE, OPPORTUNITIES };

static const char *const heads[SCALE_TABLES] = {
    [ACCOUNTS] = "account (id, kind, name, country, region, city, group_id, zone, currency,"
                 " created_at, updated_at)",
    [PARTIES] = "match_party (id, group_id, country, packed, core_hash, tax_id, domain, phone,"
                " address)",
    [DEALS] =
        "deal (id, account_id, state, phase, row_version, company_name, company_key, country,"
        " region, city, contact_name, contact_email, project_name, deal_type, currency, total,"
        " line_ids,"
        " total_report, expected_close, sales_user_id, sales_name, created_by,"
        " end_customer_id, verdict, rank_no, submitted_at, due_at, half_at, answer_due_at,"
        " decided_at, decision_minutes, reason_code, protected_from_at, protected_until_at,"
        " protected_until, warned_days, opportunity_id, department_id, reviewer_id,"
        " reviewer_name, created_at,"
        " updated_at)",
    [LINES] = "deal_line (deal_id, product_line_id, quantity, value)",
    [STEPS] = "deal_step (deal_id, seq, state, action, from_at, until_at, user_id, user_name,"
              " audience)",
    [CLAIMS] = "claim (group_id, product_line_id, deal_id, taken_at)",
    [EVENTS] = "claim_event (group_id, product_line_id, deal_id, event, at)",
    [LIVE] = "match_line (party_id, product_line_id, live)",
    [OPPORTUNITIES] =
        "opportunity (id, deal_id, source, account_id, end_customer_id, customer_name, name, state,"
        " stage_id, probability, category, currency, amount, amount_report, weighted_report,"
        " expected_close, owner_user_id, owner_name, department_id, worked_at, closed_at, created_at,"
        " updated_at)",
};

void scale_script_init(struct scale_script *script)
{
    memset(script, 0, sizeof(*script));
    for (int t = 0; t < SCALE_TABLES; t++)
        buf_init(&script->table[t].text, 1 << 20, 0);
}

void scale_script_free(struct scale_script *script)
{
    for (int t = 0; t < SCALE_TABLES; t++)
        buf_free(&script->table[t].text);
}

void scale_script_reset(struct scale_script *script)
{
    for (int t = 0; t < SCALE_TABLES; t++) {
        buf_reset(&script->table[t].text);
        script->table[t].rows = 0;
    }
}

void scale_script_join(const struct scale_script *script, struct buf *out)
{
    for (int t = 0; t < SCALE_TABLES; t++) {
        buf_add(out, script->table[t].text.data, script->table[t].text.len);
        buf_puts(out, ";\n");
    }
}

/* Begins a row: the caller writes its values and the closing bracket. */
static struct buf *row(struct scale_script *script, enum table t)
{
    struct buf *b = &script->table[t].text;

    if (script->table[t].rows++ % ROWS_A_STATEMENT == 0)
        buf_printf(b, "%sINSERT INTO %s VALUES (", script->table[t].rows == 1 ? "" : ";\n",
                   heads[t]);
    else
        buf_puts(b, ",(");
    return b;
}

static void put_text(struct buf *b, const char *text)
{
    buf_putc(b, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            buf_putc(b, '\\');
        buf_putc(b, *text);
    }
    buf_puts(b, "',");
}

static void put_number(struct buf *b, int64_t number)
{
    buf_printf(b, "%lld,", (long long)number);
}

static void put_money(struct buf *b, int64_t e4)
{
    buf_printf(b, "%lld.%04lld,", (long long)(e4 / MONEY_SCALE), (long long)(e4 % MONEY_SCALE));
}

static void put_time(struct buf *b, int64_t at_us)
{
    const struct civil c = civil_from_us(at_us);

    if (at_us == 0)
        buf_puts(b, "NULL,");
    else
        buf_printf(b, "'%04d-%02d-%02d %02d:%02d:%02d.%06d',", c.year, c.month, c.day, c.hour,
                   c.minute, c.second, c.microsecond);
}

static void put_day(struct buf *b, int32_t day)
{
    char iso[DAY_ISO_BYTES];

    day_iso(day, iso);
    if (day == DAY_NONE)
        buf_puts(b, "NULL,");
    else
        buf_printf(b, "'%s',", iso);
}

/* The last comma becomes the bracket. */
static void end_row(struct buf *b)
{
    b->data[b->len - 1] = ')';
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static void write_account(const struct scale_deal *d, struct scale_script *script)
{
    struct buf *b = row(script, ACCOUNTS);

    put_number(b, d->id);
    put_text(b, "prospect");
    put_text(b, d->company);
    put_text(b, d->market->country);
    put_text(b, d->market->region);
    put_text(b, d->market->city);
    put_number(b, d->id);
    put_text(b, d->market->zone);
    put_text(b, d->market->currency);
    put_time(b, d->created_at);
    put_time(b, d->created_at);
    end_row(b);
}

static void write_party(const struct scale_deal *d, const struct match_entry *entry,
                        struct scale_script *script)
{
    struct buf *b = row(script, PARTIES);

    put_number(b, d->id);
    put_number(b, d->id);
    put_text(b, d->market->country);
    put_text(b, entry->packed);
    put_number(b, entry->core_hash);
    put_text(b, entry->fields.tax_id);
    put_text(b, entry->fields.domain);
    put_text(b, entry->fields.phone);
    put_text(b, entry->fields.address);
    end_row(b);
}

struct step {
    enum deal_verb verb;
    enum deal_state state;
    int64_t at;
    bool by_partner;
};

/* What a state was reached by, from the approval or the submission on. */
static size_t steps_of(const struct scale_deal *d, struct step out[SCALE_STEPS])
{
    static const enum deal_verb last_verb[DEAL_STATE_COUNT] = {
        [DEAL_REVIEW] = DEAL_TAKE,
        [DEAL_RETURNED] = DEAL_RETURN,
        [DEAL_APPROVED] = DEAL_APPROVE,
        [DEAL_REJECTED] = DEAL_REJECT,
        [DEAL_WITHDRAWN] = DEAL_WITHDRAW,
        [DEAL_EXPIRED] = DEAL_EXPIRE,
        [DEAL_ENDED] = DEAL_END,
        [DEAL_CONVERTED] = DEAL_CONVERT,
        [DEAL_WON] = DEAL_WIN,
        [DEAL_LOST] = DEAL_LOSE,
        [DEAL_REVOKED] = DEAL_REVOKE,
    };
    const bool partner_ends = is_one_of(d, BIT(WITHDRAWN) | BIT(ENDED) | BIT(CONVERTED));
    size_t n = 0;

    out[n++] = (struct step){ DEAL_CREATE, DEAL_DRAFT, d->created_at, true };
    if (d->submitted_at != 0)
        out[n++] = (struct step){ DEAL_SUBMIT, DEAL_SUBMITTED, d->submitted_at, true };
    if (is_one_of(d, protected_once) && d->state != DEAL_APPROVED)
        out[n++] = (struct step){ DEAL_APPROVE, DEAL_APPROVED, d->decided_at, false };
    if (is_one_of(d, BIT(WON) | BIT(LOST)))
        out[n++] = (struct step){ DEAL_CONVERT, DEAL_CONVERTED, d->decided_at + CLOCK_DAY, true };
    if (d->state != DEAL_DRAFT && d->state != DEAL_SUBMITTED)
        out[n++] = (struct step){ last_verb[d->state], d->state, d->updated_at, partner_ends };
    return n;
}

static void write_steps(const struct scale_deal *d, const struct step *steps, size_t count,
                        struct scale_script *script)
{
    for (size_t k = 0; k < count; k++) {
        const struct step *s = &steps[k];
        struct buf *b = row(script, STEPS);

        put_number(b, d->id);
        put_number(b, (int64_t)k + 1);
        put_text(b, deal_state_code(s->state));
        put_text(b, deal_move(s->verb)->action);
        put_time(b, s->at);
        put_time(b, k + 1 < count ? steps[k + 1].at : 0);
        put_number(b, s->by_partner ? d->seller_id : d->market->reviewer_id);
        put_text(b, s->by_partner ? d->seller_name : d->market->reviewer_name);
        put_text(b, s->by_partner ? "partner" : "staff");
        end_row(b);
    }
}

static void write_decision(const struct scale_deal *d, struct buf *b)
{
    const bool was_protected = is_one_of(d, protected_once);

    put_time(b, d->submitted_at);
    put_time(b, d->due_at);
    put_time(b, d->due_at);
    put_time(b, d->answer_due_at);
    put_time(b, d->decided_at);
    if (d->decided_at != 0)
        put_number(b, (d->decided_at - d->submitted_at) / CLOCK_MINUTE / 3);
    else
        buf_puts(b, "NULL,");
    put_text(b, d->state == DEAL_REJECTED   ? "no_project"
                : d->state == DEAL_RETURNED ? "project_unclear"
                : d->state == DEAL_REVOKED  ? "not_worked_on"
                                            : "");
    put_time(b, was_protected ? d->decided_at : 0);
    put_time(b, d->protected_until_at);
    put_day(b, d->protected_until);
    buf_puts(b, d->state == DEAL_APPROVED ? "1," : "NULL,"); /* warned: no flood of messages */
}

static const char *line_ids(const struct scale *scale, struct arena *a, const struct scale_deal *d)
{
    const char *ids = "";

    for (size_t k = 0; k < SCALE_PRODUCTS; k++)
        if (d->value[k] != 0)
            ids = arena_printf(a, "%s%s%lld", ids, *ids != '\0' ? "," : "",
                               (long long)scale->products[k]);
    return ids;
}

static void write_deal(const struct scale *scale, struct arena *a, const struct scale_deal *d,
                       size_t version, struct scale_script *script)
{
    struct buf *b = row(script, DEALS);
    const bool sent = d->submitted_at != 0;

    put_number(b, d->id);
    put_number(b, d->partner_id);
    put_text(b, deal_state_code(d->state));
    put_number(b, deal_state_phase(d->state));
    put_number(b, (int64_t)version);
    put_text(b, d->company);
    put_text(b, text_latin_key(scale->text, a, d->company));
    put_text(b, d->market->country);
    put_text(b, d->market->region);
    put_text(b, d->market->city);
    put_text(b, d->market->suffix == NULL ? "王建国" : "Alan Whitmore");
    put_text(b, "contact@customer.example");
    put_text(b, d->market->suffix == NULL ? "扩容项目" : "Site extension");
    put_text(b, d->id % 4 == 0 ? "expansion" : "new");
    put_text(b, d->market->currency);
    put_money(b, d->total);
    put_text(b, line_ids(scale, a, d));
    put_money(b, d->total / MONEY_SCALE * d->market->rate_e4);
    put_day(b, (int32_t)(d->created_at / CLOCK_DAY) + 90);
    put_number(b, d->seller_id);
    put_text(b, d->seller_name);
    put_number(b, d->seller_id);
    put_number(b, d->id);
    put_text(b, sent ? "different" : "");
    if (sent)
        put_number(b, scale->first_rank + d->id - SCALE_FIRST_ID);
    else
        buf_puts(b, "NULL,");
    write_decision(d, b);
    if (is_one_of(d, converted_once))
        put_number(b, d->id);
    else
        buf_puts(b, "NULL,");
    put_number(b, d->market->department_id);
    if (d->state == DEAL_SUBMITTED || !sent)
        buf_puts(b, "NULL,'',");
    else
        buf_printf(b, "%lld,'%s',", (long long)d->market->reviewer_id, d->market->reviewer_name);
    put_time(b, d->created_at);
    put_time(b, d->updated_at);
    end_row(b);
}

static void write_event(const struct scale_deal *d, int64_t product, const char *event, int64_t at,
                        struct scale_script *script)
{
    struct buf *b = row(script, EVENTS);

    put_number(b, d->id);
    put_number(b, product);
    put_number(b, d->id);
    put_text(b, event);
    put_time(b, at);
    end_row(b);
}

static void write_claim(const struct scale_deal *d, int64_t product, struct scale_script *script)
{
    struct buf *b;

    write_event(d, product, "taken", d->decided_at, script);
    if (!is_one_of(d, holding)) {
        write_event(d, product, "freed", d->updated_at, script);
        return;
    }
    b = row(script, CLAIMS);
    put_number(b, d->id);
    put_number(b, product);
    put_number(b, d->id);
    put_time(b, d->decided_at);
    end_row(b);
}

static void write_lines(const struct scale *scale, const struct scale_deal *d,
                        struct scale_script *script)
{
    const bool live =
        is_one_of(d, speaking_for) || (d->state == DEAL_WON && d->protected_until_at > scale->now);

    for (size_t k = 0; k < SCALE_PRODUCTS; k++) {
        struct buf *b;

        if (d->value[k] == 0)
            continue;
        b = row(script, LINES);
        put_number(b, d->id);
        put_number(b, scale->products[k]);
        put_number(b, 1 + d->value[k] / (100000 * (int64_t)MONEY_SCALE));
        put_money(b, d->value[k]);
        end_row(b);
        if (d->submitted_at != 0) {
            b = row(script, LIVE);
            put_number(b, d->id);
            put_number(b, scale->products[k]);
            put_number(b, live);
            end_row(b);
        }
        if (is_one_of(d, protected_once))
            write_claim(d, scale->products[k], script);
    }
}

struct scale_sale {
    int64_t id, deal_id;   /* 0: without a registration */
    enum deal_state state; /* WON, LOST, or CONVERTED while it is open */
    int64_t began_at, updated_at;
};

/* A stage of the default pipeline: the open ones in turn, won, lost. */
struct scale_stage {
    int64_t id, probability;
    const char *state, *category;
};
static struct scale_stage stage_of(const struct scale_sale *sale)
{
    static const struct scale_stage open[] = { { 1, 10, "open", "pipeline" },
                                               { 2, 20, "open", "pipeline" },
                                               { 3, 40, "open", "pipeline" },
                                               { 4, 60, "open", "best" },
                                               { 5, 80, "open", "commit" } };

    if (sale->state == DEAL_WON)
        return (struct scale_stage){ 6, 100, "won", "closed" };
    if (sale->state == DEAL_LOST)
        return (struct scale_stage){ 7, 0, "lost", "omitted" };
    return open[(size_t)sale->id % ARRAY_LEN(open)];
}

/* A registration that was converted goes on in its opportunity; beside any other its partner has
 * one of the same customer that needed none. */
static struct scale_sale sale_of(const struct scale *scale, const struct scale_deal *d)
{
    const int64_t i = d->id - SCALE_FIRST_ID, answer = below(i, 20, PERCENT);
    struct scale_sale sale = { .id = d->id, .deal_id = d->id, .state = d->state };

    if (is_one_of(d, converted_once)) {
        sale.began_at = d->decided_at + CLOCK_DAY;
        sale.updated_at = d->updated_at;
        return sale;
    }
    sale.deal_id = 0;
    sale.began_at = d->created_at;
    sale.updated_at = d->created_at + below(i, 21, 60) * CLOCK_DAY;
    sale.state = answer < 45 ? DEAL_WON : answer < 80 ? DEAL_LOST : DEAL_CONVERTED;
    if (sale.updated_at >= scale->now) {
        sale.updated_at = d->created_at;
        sale.state = DEAL_CONVERTED;
    }
    return sale;
}

static void write_opportunity(const struct scale *scale, const struct scale_deal *d,
                              struct scale_script *script)
{
    const int64_t report = d->total / MONEY_SCALE * d->market->rate_e4;
    const struct scale_sale sale = sale_of(scale, d);
    const struct scale_stage stage = stage_of(&sale);
    struct buf *b = row(script, OPPORTUNITIES);

    put_number(b, sale.id);
    if (sale.deal_id != 0)
        put_number(b, sale.deal_id);
    else
        buf_puts(b, "NULL,");
    put_text(b, sale.deal_id != 0 ? "deal" : "partner");
    put_number(b, d->partner_id);
    put_number(b, d->id);
    put_text(b, d->company);
    put_text(b, d->company);
    put_text(b, stage.state);
    put_number(b, stage.id);
    put_number(b, stage.probability);
    put_text(b, stage.category);
    put_text(b, d->market->currency);
    put_money(b, d->total);
    put_money(b, report);
    put_money(b, report / 100 * stage.probability);
    put_day(b, (int32_t)(d->created_at / CLOCK_DAY) + 90);
    put_number(b, d->seller_id);
    put_text(b, d->seller_name);
    put_number(b, d->market->department_id);
    put_time(b, sale.updated_at);
    put_time(b, sale.state == DEAL_CONVERTED ? 0 : sale.updated_at);
    put_time(b, sale.began_at);
    put_time(b, sale.updated_at);
    end_row(b);
}

void scale_rows_write(const struct scale *scale, struct arena *a, const struct scale_deal *deal,
                      const struct match_entry *entry, struct scale_script *script)
{
    struct step steps[SCALE_STEPS];
    const size_t count = steps_of(deal, steps);

    write_account(deal, script);
    write_party(deal, entry, script);
    write_deal(scale, a, deal, count, script);
    write_lines(scale, deal, script);
    write_steps(deal, steps, count, script);
    write_opportunity(scale, deal, script);
}

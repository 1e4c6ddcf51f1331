/* transfer/transfer_opportunities.c - open opportunities as a data set: the vendor's own, or those
 * of the partner that a row names.  Their companies are there before: an import makes none. */
#include "base/buf.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "custom/custom_sheet.h"
#include "identity/identity.h"
#include "opportunity/opportunity_many.h"
#include "text/format.h"
#include "text/norm.h"
#include "transfer/transfer_inside.h"
#include "web/judge.h"

#include <string.h>

struct opportunity_row {
    const char *name, *account, *country, *partner, *owner, *stage, *currency, *next_step,
        *competitors, *source, *note;
    int64_t amount, probability;
    int32_t expected_close, next_step_on;
    bool has_probability;
    struct form_more custom;
};

static const struct choice sources[] = {
    { "staff", N_("The vendor") },
    { "partner", N_("The partner") },
    { "lead", N_("Lead") },
    { 0 },
};

/* A probability of 0 is one. */
static void check_form(struct request *req, void *input)
{
    struct opportunity_row *in = input;

    in->has_probability = form_given(req, "probability");
}

#define AMOUNT_MAX INT64_C(10000000000000000)
#define AT(member) .offset = offsetof(struct opportunity_row, member)
static const struct field fields[] = {
    { .name = "name",
      .label = N_("Name of the opportunity"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Give it a name."),
      .min = 1,
      .max = 200,
      AT(name) },
    { .name = "account",
      .label = N_("End customer"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the name or the number of an account."),
      .min = 1,
      .max = 200,
      AT(account) },
    { .name = "country", .label = N_("Country"), .kind = FIELD_COUNTRY, AT(country) },
    TRANSFER_TEXT(partner, N_("Partner"), 200),
    { .name = "owner", .label = N_("Owner"), .kind = FIELD_EMAIL, AT(owner) },
    TRANSFER_TEXT(stage, N_("Stage"), 60),
    { .name = "amount",
      .label = N_("Amount"),
      .kind = FIELD_MONEY,
      .min = 0,
      .max = AMOUNT_MAX,
      AT(amount) },
    { .name = "currency",
      .label = N_("Currency"),
      .kind = FIELD_CURRENCY,
      .required = true,
      .needed = N_("Choose the currency."),
      AT(currency) },
    { .name = "expected_close",
      .label = N_("Expected close date"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Say when you expect it to close."),
      AT(expected_close) },
    { .name = "probability",
      .label = N_("Probability (%)"),
      .kind = FIELD_INT,
      .min = 0,
      .max = 100,
      AT(probability) },
    TRANSFER_TEXT(next_step, N_("Next step"), 300),
    { .name = "next_step_on", .label = N_("Next step on"), .kind = FIELD_DAY, AT(next_step_on) },
    TRANSFER_TEXT(competitors, N_("Competitors"), 300),
    { .name = "source",
      .label = N_("Source"),
      .kind = FIELD_CHOICE,
      .choices = sources,
      AT(source) },
    { .name = "note",
      .label = N_("Note for the vendor alone"),
      .kind = FIELD_LINES,
      .max = 4000,
      AT(note) },
    { 0 },
};
static const struct form form = { .name = "transfer_opportunities",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct opportunity_row),
                                  .check = check_form,
                                  .more = custom_more_opportunity,
                                  .more_offset = offsetof(struct opportunity_row, custom) };

static const struct transfer_column columns[] = {
    { "name", "opportunity|opportunity name|deal|deal name|title|商机|商机名称|名称|", NULL },
    { "account", "company|company name|customer|account name|公司|公司名称|客户|客户名称|",
      N_("The name or number of an account") },
    { "country", "country code|country/region|国家/地区|",
      N_("Tells companies of the same name apart") },
    { "partner", "reseller|partner name|合作伙伴|伙伴|",
      N_("The name or number of the partner whose it is; the vendor’s own, when it is empty") },
    { "owner", "opportunity owner|owner email|sales|负责人|",
      N_("The e-mail address of somebody of the vendor, or of the partner whose it is") },
    { "stage", "phase|sales stage|阶段|",
      N_("The name or code of an open stage; the first, when it is empty") },
    { "amount", "value|revenue|total|金额|", NULL },
    { "currency", "currency code|币种|", NULL },
    { "expected_close", "close date|closing date|close|预计成交日期|成交日期|", NULL },
    { "probability", "chance|赢单概率|概率|", N_("That of the stage, when it is empty") },
    { "next_step", "next|下一步|", NULL },
    { "next_step_on", "next step date|", NULL },
    { "competitors", "competitor|竞争对手|", NULL },
    { "source", "origin|来源|", NULL },
    { "note", "notes|comment|description|备注|", NULL },
    { 0 },
};

static const struct db_field sheet_fields[] = {
    TRANSFER_SHEET(0, "name", 300),
    TRANSFER_SHEET(1, "account", 300),
    TRANSFER_SHEET(2, "country", 4),
    TRANSFER_SHEET(3, "partner", 300),
    TRANSFER_SHEET(4, "owner", 254),
    TRANSFER_SHEET(5, "stage", 20),
    TRANSFER_SHEET(6, "amount", 30),
    TRANSFER_SHEET(7, "currency", 4),
    TRANSFER_SHEET(8, "expected_close", 12),
    TRANSFER_SHEET(9, "probability", 4),
    TRANSFER_SHEET(10, "next_step", 400),
    TRANSFER_SHEET(11, "next_step_on", 12),
    TRANSFER_SHEET(12, "competitors", 400),
    TRANSFER_SHEET(13, "source", 12),
    TRANSFER_SHEET(14, "note", 600),
    TRANSFER_SHEET_CUSTOM,
    { 0 },
};
static const struct db_stmt opportunity_sheet = {
    .name = "transfer.opportunity_sheet",
    .sql = "SELECT o.name, o.customer_name AS account, o.customer_country AS country, "
           "p.name AS partner, u.email AS owner, s.code AS stage, TRIM(TRAILING '.' FROM "
           "TRIM(TRAILING '0' FROM CAST(o.amount AS CHAR))) AS amount, o.currency, "
           "CAST(o.expected_close AS CHAR) AS expected_close, CAST(o.probability AS CHAR) AS "
           "probability, o.next_step, CAST(o.next_step_on AS CHAR) AS next_step_on, "
           "o.competitors, o.source, n.note, " CUSTOM_SHEET(
               "opportunity",
               "o.id") " FROM opportunity o "
                       "JOIN opportunity_stage s ON s.id = o.stage_id "
                       "LEFT JOIN account p ON p.id = o.account_id "
                       "LEFT JOIN user u ON u.id = o.owner_user_id "
                       "LEFT JOIN opportunity_staff n ON n.opportunity_id = o.id ORDER BY o.id",
    .binds = "",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct transfer_sheet_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
const struct db_stmt transfer_opportunity_names = {
    .name = "transfer.opportunity_names",
    .sql = "SELECT o.id, o.name, CONCAT('OP-', o.id) AS path FROM opportunity o "
           "WHERE (o.department_id BETWEEN ? AND ? OR o.department_id IS NULL) AND o.id IN "
           "(SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "iis",
    .fields = transfer_name_fields,
    .row_bytes = sizeof(struct transfer_name),
    .flags = DB_STAFF_SCOPE,
};

struct owner_row {
    int64_t place, id;
    const char *name;
};
static const struct db_field owner_fields[] = {
    DB_FIELD(struct owner_row, place, DB_I64, 0),
    DB_FIELD(struct owner_row, id, DB_I64, 0),
    DB_FIELD(struct owner_row, name, DB_TEXT, 240),
    { 0 },
};
/* Of the vendor where ACCOUNT is 0, else of that partner. */
static const struct db_stmt owners_of = {
    .name = "transfer.owners_of",
    .sql = "SELECT STRAIGHT_JOIN j.place, u.id, u.name FROM JSON_TABLE(?, '$[*]' COLUMNS (place "
           "INT PATH '$[0]', email VARCHAR(400) CHARACTER SET utf8mb4 PATH '$[1]', account_id "
           "BIGINT PATH '$[2]')) j JOIN user u ON u.email_key = j.email COLLATE utf8mb4_bin "
           "AND u.status = 'active' AND IF(j.account_id = 0, u.audience = 'staff', u.account_id "
           "= j.account_id)",
    .binds = "s",
    .fields = owner_fields,
    .row_bytes = sizeof(struct owner_row),
};
struct currency_row {
    const char *code;
};
static const struct db_field currency_fields[] = { DB_FIELD(struct currency_row, code, DB_TEXT, 4),
                                                   { 0 } };
static const struct db_stmt currencies = {
    .name = "transfer.currencies",
    .sql = "SELECT code FROM currency WHERE active = 1 ORDER BY code",
    .binds = "",
    .fields = currency_fields,
    .row_bytes = sizeof(struct currency_row),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table transfer_opportunity_statements[] = { &owners_of, &currencies, NULL };

/* -- what rows name ------------------------------------------------------------------------------
 */

/* A row in the making; input NULL: it has faults. */
struct making {
    struct transfer_item *item;
    const struct opportunity_row *in;
    struct opportunity o;
};

static const char *member(const struct making *m, size_t offset)
{
    return m->in != NULL ? *(const char *const *)(const void *)((const char *)m->in + offset)
                         : NULL;
}

static const char **members(struct transfer_work *w, const struct making *list, size_t count,
                            size_t offset)
{
    const char **texts = arena_array(w->a, count + 1, sizeof(*texts));

    for (size_t i = 0; i < count; i++)
        texts[i] = member(&list[i], offset);
    return texts;
}
#define MEMBERS(name) members(w, list, count, offsetof(struct opportunity_row, name))

static struct err *name_customers(struct transfer_work *w, struct making *list, size_t count,
                                  const int64_t *ids)
{
    struct transfer_company *rows;
    size_t row_count;

    TRY(transfer_companies_read(w, ids, count, &rows, &row_count));
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < row_count; r++)
            if (rows[r].id == ids[i]) {
                list[i].o.customer_name = rows[r].name;
                list[i].o.customer_country = rows[r].country;
            }
    return NULL;
}

static struct err *look_up_companies(struct transfer_work *w, struct making *list, size_t count)
{
    const char **accounts = MEMBERS(account), **partners = MEMBERS(partner);
    int64_t *account_ids = arena_array(w->a, count + 1, sizeof(*account_ids));
    int64_t *partner_ids = arena_array(w->a, count + 1, sizeof(*partner_ids));

    TRY(transfer_customers_of(w, accounts, MEMBERS(country), count, account_ids));
    TRY(transfer_partners_of(w, partners, count, partner_ids));
    for (size_t i = 0; i < count; i++) {
        if (accounts[i] != NULL && account_ids[i] <= 0)
            transfer_fault_add(w, list[i].item, "account", transfer_account_fault(account_ids[i]));
        if (!str_is_empty(partners[i]) && partner_ids[i] <= 0)
            transfer_fault_add(w, list[i].item, "partner",
                               N_("No active partner of yours has this name or number, or several "
                                  "have it."));
        list[i].o.end_customer_id = account_ids[i];
        list[i].o.account_id = partner_ids[i] > 0 ? partner_ids[i] : 0;
    }
    return err_pass(name_customers(w, list, count, account_ids));
}

static const char *owners_json(struct transfer_work *w, const struct making *list, size_t count)
{
    const char **emails = MEMBERS(owner), *json;
    struct buf text;

    buf_init(&text, 60 * count + 16, 0);
    buf_putc(&text, '[');
    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(emails[i]))
            continue;
        buf_printf(&text, "%s[%zu,", text.len > 1 ? "," : "", i);
        buf_json(&text, identity_email_key(w->a, emails[i]));
        buf_printf(&text, ",%lld]", (long long)list[i].o.account_id);
    }
    buf_putc(&text, ']');
    json = arena_dup_bytes(w->a, text.data, text.len);
    buf_free(&text);
    return json;
}

/* Without one the vendor's own belong to who imports them. */
static struct err *look_up_owners(struct transfer_work *w, struct making *list, size_t count)
{
    struct owner_row *rows;
    size_t row_count;

    TRY(db_list(w->db, w->a, &owners_of, DB_ARGS(DB_S(owners_json(w, list, count))), &rows,
                &row_count));
    for (size_t r = 0; r < row_count; r++) {
        list[rows[r].place].o.owner_user_id = rows[r].id;
        list[rows[r].place].o.owner_name = rows[r].name;
    }
    for (size_t i = 0; i < count; i++) {
        const char *typed = member(&list[i], offsetof(struct opportunity_row, owner));
        struct opportunity *o = &list[i].o;

        if (!str_is_empty(typed) && o->owner_user_id == 0)
            transfer_fault_add(w, list[i].item, "owner",
                               o->account_id == 0 ? N_("Nobody of the vendor has this address.")
                                                  : N_("Nobody of this partner has this address."));
        if (str_is_empty(typed) && o->account_id == 0 && w->who.actor != NULL) {
            o->owner_user_id = w->actor.user_id;
            o->owner_name = w->actor.name;
        }
    }
    return NULL;
}

static bool is_called(struct arena *a, const char *folded, const struct opportunity_stage *stage)
{
    return transfer_is_called(a, folded, stage->code, stage->name_en, stage->name_zh);
}

static bool begins(const struct opportunity_stage *stage)
{
    return stage->active && stage->pipeline_id == OPPORTUNITY_PIPELINE &&
           str_eq(stage->kind, "open");
}

static struct err *look_up_stage(struct transfer_work *w, struct making *m)
{
    const struct opportunity_stage *found = NULL;
    struct opportunity_stages stages;
    const char *folded = text_fold(w->a, m->in->stage);

    TRY(opportunity_stages_read(w->db, &stages));
    if (str_is_empty(m->in->stage))
        found = opportunity_stage_first(&stages, OPPORTUNITY_PIPELINE);
    for (size_t i = 0; i < stages.count && found == NULL; i++)
        if (begins(&stages.rows[i]) && is_called(w->a, folded, &stages.rows[i]))
            found = &stages.rows[i];
    if (found == NULL) {
        transfer_fault_add(w, m->item, "stage", N_("This is no stage that it can begin in."));
        return NULL;
    }
    m->o.pipeline_id = OPPORTUNITY_PIPELINE;
    m->o.stage_id = found->id;
    m->o.category = found->category;
    m->o.probability = m->in->has_probability ? m->in->probability : found->probability;
    return NULL;
}

static struct err *check_currency(struct transfer_work *w, const struct making *m)
{
    struct currency_row *rows;
    bool active = false;
    size_t count;

    TRY(db_kept(w->db, &currencies, &rows, &count));
    for (size_t i = 0; i < count; i++)
        active = active || str_eq(rows[i].code, m->in->currency);
    if (!active)
        transfer_fault_add(w, m->item, "currency", N_("Amounts in this currency are not taken."));
    return NULL;
}

static struct err *check_close(struct transfer_work *w, const struct making *m)
{
    const struct request *req = judge_request(w->a, w->db, &w->actor, LANG_EN);
    int64_t now;

    TRY(db_now(w->db, &now));
    if (m->in->expected_close < text_local_day(req->locale, now))
        transfer_fault_add(w, m->item, "expected_close",
                           N_("An open opportunity cannot close in the past."));
    return NULL;
}

static void take_typed(struct making *m)
{
    const struct opportunity_row *in = m->in;

    m->o.name = in->name;
    m->o.amount = in->amount;
    m->o.currency = in->currency;
    m->o.expected_close = in->expected_close;
    m->o.next_step = in->next_step;
    m->o.next_step_on = in->next_step_on;
    m->o.competitors = in->competitors;
    m->o.source = str_is_empty(in->source) ? "staff" : in->source;
}

/* Rows without faults, as they will be written; what they name is looked up, and faults added. */
static struct err *make_all(struct transfer_work *w, struct transfer_item *items, size_t count,
                            struct making **list_out)
{
    struct making *list = arena_array(w->a, count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++) {
        list[i] = (struct making){ .item = &items[i],
                                   .in = items[i].fault_count == 0 ? items[i].input : NULL };
        if (list[i].in == NULL)
            continue;
        take_typed(&list[i]);
        TRY(look_up_stage(w, &list[i]));
        TRY(check_currency(w, &list[i]));
        TRY(check_close(w, &list[i]));
    }
    TRY(look_up_companies(w, list, count));
    TRY(look_up_owners(w, list, count));
    *list_out = list;
    return NULL;
}

/* -- the three functions -------------------------------------------------------------------------
 */

/* Like one: of the same name for the same company, and open. */
static struct err *compare(struct transfer_work *w, const struct making *list, size_t count)
{
    struct opportunity_key *keys = arena_array(w->a, count + 1, sizeof(*keys));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    size_t *place = arena_array(w->a, count + 1, sizeof(*place));
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct opportunity *o = &list[i].o;

        if (list[i].item->fault_count > 0)
            continue;
        list[i].item->keys[0] =
            transfer_hash(text_fold(w->a, o->name), arena_number(w->a, "", o->end_customer_id));
        keys[n] = (struct opportunity_key){ o->end_customer_id, o->name };
        place[n++] = i;
    }
    TRY(opportunity_like_many(w->db, w->a, keys, n, ids));
    for (size_t i = 0; i < n; i++)
        list[place[i]].item->twin_id = ids[i];
    return NULL;
}

static struct err *check(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compares)
{
    struct making *list;

    TRY(make_all(w, items, count, &list));
    TRY(transfer_custom_check(w, items, count));
    return compares ? err_pass(compare(w, list, count)) : NULL;
}

static struct deal_actor staff_of(const struct transfer_work *w)
{
    return (struct deal_actor){ .who = w->who,
                                .as = BY_STAFF,
                                .for_user_name = "",
                                .names = w->names,
                                .text = match_names_text(w->names) };
}

static struct err *write(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    const struct deal_actor by = staff_of(w);
    struct making *list;

    TRY(make_all(w, items, count, &list));
    for (size_t i = 0; i < count; i++) {
        struct opportunity *o = &list[i].o;

        TRY(opportunity_create(w->db, w->a, &by, o));
        if (!str_is_empty(list[i].in->note))
            TRY(opportunity_note_add(w->db, &by, o->id, list[i].in->note));
        items[i].object_id = o->id;
        items[i].object_version = o->row_version;
    }
    return err_pass(transfer_custom_write(w, items, count));
}

/* What is closed keeps its values: it stays as evidence. */
static struct err *undo(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    static const char *const words[] = { [OPPORTUNITY_ENDED] = "",
                                         [OPPORTUNITY_GONE] = "gone",
                                         [OPPORTUNITY_CHANGED] = "changed",
                                         [OPPORTUNITY_USED] = "worked" };
    const struct deal_actor by = staff_of(w);
    struct opportunity_undone undone = { .import = arena_number(w->a, "IM-", w->t.id) };

    for (size_t i = 0; i < count; i++) {
        enum opportunity_kept kept;

        undone.id = items[i].object_id;
        undone.row_version = items[i].object_version;
        TRY(opportunity_undo(w->db, w->a, &by, &undone, &kept));
        items[i].kept = words[kept];
    }
    return NULL;
}

const struct transfer_set transfer_opportunities = {
    .code = "opportunities",
    .title = N_("Opportunities"),
    .kind = "opportunity",
    .address = "/staff/opportunities/",
    .permission = PERM_OPPORTUNITY_IMPORT,
    .has_custom = true,
    .custom = CUSTOM_OPPORTUNITY,
    .form = &form,
    .columns = columns,
    .names = &transfer_opportunity_names,
    .sheet = &opportunity_sheet,
    .check = check,
    .write = write,
    .undo = undo,
};

/* transfer/transfer_leads.c - leads as a data set: they come in as a person of the vendor types
 * them, and wait for being given to a partner. */
#include "base/str.h"
#include "lead/lead_forms.h"
#include "lead/lead_many.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct lead_row {
    const char *company_name, *country, *region, *city, *website, *person_name, *person_title,
        *email, *phone, *product_line, *budget, *timeframe, *language, *question, *source,
        *campaign;
};

#define AT(member) .offset = offsetof(struct lead_row, member)
static const struct field fields[] = {
    { .name = "company_name",
      .label = N_("Company name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the company’s name."),
      .min = 1,
      .max = 200,
      AT(company_name) },
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_COUNTRY,
      .required = true,
      AT(country) },
    TRANSFER_TEXT(region, N_("State or province"), 80),
    TRANSFER_TEXT(city, N_("City"), 80),
    { .name = "website", .label = N_("Web site"), .kind = FIELD_URL, .max = 200, AT(website) },
    { .name = "person_name",
      .label = N_("Name of the person"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the person’s name."),
      .min = 1,
      .max = 120,
      AT(person_name) },
    TRANSFER_TEXT(person_title, N_("Job title"), 120),
    { .name = "email",
      .label = N_("E-mail"),
      .kind = FIELD_EMAIL,
      .required = true,
      .needed = N_("Enter an e-mail address."),
      AT(email) },
    { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, .max = 40, AT(phone) },
    TRANSFER_TEXT(product_line, N_("Product line"), 120),
    TRANSFER_CHOICE(budget, N_("Budget"), lead_budgets),
    TRANSFER_CHOICE(timeframe, N_("When"), lead_timeframes),
    TRANSFER_CHOICE(language, N_("Language"), lead_langs),
    { .name = "question",
      .label = N_("What is it about?"),
      .kind = FIELD_LINES,
      .max = 4000,
      AT(question) },
    TRANSFER_CHOICE(source, N_("Source"), lead_sources),
    TRANSFER_TEXT(campaign, N_("Campaign"), 80),
    { 0 },
};
static const struct form form = { .name = "transfer_leads",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct lead_row) };

static const struct transfer_column columns[] = {
    { "company_name", "company|name of the company|account|customer|公司|公司名称|", NULL },
    { "country", "country code|country/region|国家/地区|", NULL },
    { "region", "state|province|state/province|省|省份|", NULL },
    { "city", "town|城市|", NULL },
    { "website", "web|url|web address|homepage|网站|网址|", NULL },
    { "person_name", "person|contact|contact name|name|full name|姓名|联系人|", NULL },
    { "person_title", "title|position|role|职位|职务|", NULL },
    { "email", "mail|e-mail address|email address|邮箱|电子邮箱|", NULL },
    { "phone", "telephone|tel|mobile|phone number|电话|手机|", NULL },
    { "product_line", "product|product lines|interest|产品|产品线|",
      N_("The name or code of a product line") },
    { "budget", "预算|", NULL },
    { "timeframe", "time frame|timing|时间|", NULL },
    { "language", "lang|语言|", NULL },
    { "question", "note|notes|comment|message|留言|备注|", NULL },
    { "source", "lead source|来源|", NULL },
    { "campaign", "活动|", NULL },
    { 0 },
};

static const struct db_field sheet_fields[] = {
    TRANSFER_SHEET(0, "company_name", 300),
    TRANSFER_SHEET(1, "country", 4),
    TRANSFER_SHEET(2, "region", 160),
    TRANSFER_SHEET(3, "city", 160),
    TRANSFER_SHEET(4, "website", 200),
    TRANSFER_SHEET(5, "person_name", 240),
    TRANSFER_SHEET(6, "person_title", 240),
    TRANSFER_SHEET(7, "email", 254),
    TRANSFER_SHEET(8, "phone", 80),
    TRANSFER_SHEET(9, "product_line", 40),
    TRANSFER_SHEET(10, "budget", 8),
    TRANSFER_SHEET(11, "timeframe", 8),
    TRANSFER_SHEET(12, "language", 8),
    TRANSFER_SHEET(13, "question", 600),
    TRANSFER_SHEET(14, "source", 10),
    TRANSFER_SHEET(15, "campaign", 160),
    { 0 },
};
static const struct db_stmt lead_sheet = {
    .name = "transfer.lead_sheet",
    .sql = "SELECT l.company_name, l.country, l.region, l.city, l.website, l.person_name, "
           "l.person_title, l.email, l.phone, p.code AS product_line, l.budget, l.timeframe, "
           "l.lang AS language, l.note AS question, l.source, l.campaign FROM lead l "
           "LEFT JOIN product_line p ON p.id = l.product_line_id ORDER BY l.id",
    .binds = "",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct transfer_sheet_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
const struct db_stmt transfer_lead_names = {
    .name = "transfer.lead_names",
    .sql = "SELECT l.id, l.company_name AS name, CONCAT('LD-', l.id) AS path FROM lead l "
           "WHERE (l.department_id BETWEEN ? AND ? OR l.department_id IS NULL) AND l.id IN "
           "(SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "iis",
    .fields = transfer_name_fields,
    .row_bytes = sizeof(struct transfer_name),
    .flags = DB_STAFF_SCOPE,
};

/* -- what rows name ------------------------------------------------------------------------------
 */

struct line_row {
    int64_t id;
    const char *code, *name_en, *name_zh;
};
static const struct db_field line_fields[] = {
    DB_FIELD(struct line_row, id, DB_I64, 0),
    DB_FIELD(struct line_row, code, DB_TEXT, 40),
    DB_FIELD(struct line_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct line_row, name_zh, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt list_lines = {
    .name = "transfer.product_lines",
    .sql = "SELECT id, code, name_en, name_zh FROM product_line WHERE active = 1 ORDER BY sort, id",
    .binds = "",
    .fields = line_fields,
    .row_bytes = sizeof(struct line_row),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table transfer_lead_statements[] = { &list_lines, NULL };

static struct err *look_up(struct transfer_work *w, struct transfer_item *item, struct lead *lead)
{
    const struct lead_row *in = item->input;
    const char *folded;
    struct line_row *rows;
    size_t count;

    lead->product_line_id = 0;
    if (str_is_empty(in->product_line))
        return NULL;
    folded = text_fold(w->a, in->product_line);
    TRY(db_kept(w->db, &list_lines, &rows, &count));
    for (size_t i = 0; i < count && lead->product_line_id == 0; i++)
        if (transfer_is_called(w->a, folded, rows[i].code, rows[i].name_en, rows[i].name_zh))
            lead->product_line_id = rows[i].id;
    if (lead->product_line_id == 0)
        transfer_fault_add(w, item, "product_line", N_("Choose a product line that is sold."));
    return NULL;
}

static void to_lead(const struct transfer_item *item, struct lead *lead)
{
    const struct lead_row *in = item->input;

    *lead = (struct lead){ .company_name = in->company_name,
                           .country = in->country,
                           .region = in->region,
                           .city = in->city,
                           .website = in->website,
                           .person_name = in->person_name,
                           .person_title = in->person_title,
                           .email = in->email,
                           .phone = in->phone,
                           .budget = in->budget,
                           .timeframe = in->timeframe,
                           .lang = transfer_or(in->language, "en"),
                           .note = in->question,
                           .source = transfer_or(in->source, "staff"),
                           .campaign = in->campaign,
                           .held = "",
                           .verdict = "",
                           .pool = "" };
}

/* -- what they are like: a lead of the same company or of the same person ------------------------
 */

static struct err *compare(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct lead_key *keys = arena_array(w->a, count + 1, sizeof(*keys));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    size_t *place = arena_array(w->a, count + 1, sizeof(*place));
    struct lead lead;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].fault_count > 0)
            continue;
        to_lead(&items[i], &lead);
        keys[n] = lead_key_of(w->a, w->names, &lead);
        items[i].keys[0] = keys[n].core_hash ^ transfer_hash(lead.country, "");
        items[i].keys[1] = transfer_hash(keys[n].email, "");
        place[n++] = i;
    }
    TRY(lead_like_many(w->db, w->a, keys, n, ids));
    for (size_t i = 0; i < n; i++)
        items[place[i]].twin_id = ids[i];
    return NULL;
}

/* -- the three functions -------------------------------------------------------------------------
 */

static struct err *check(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compares)
{
    struct lead lead;

    for (size_t i = 0; i < count; i++)
        if (items[i].fault_count == 0)
            TRY(look_up(w, &items[i], &lead));
    return compares ? err_pass(compare(w, items, count)) : NULL;
}

static struct lead_actor staff_of(const struct transfer_work *w)
{
    return (struct lead_actor){ .who = w->who, .as = LEAD_BY_STAFF };
}

static struct err *write(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    const struct lead_actor by = staff_of(w);

    for (size_t i = 0; i < count; i++) {
        struct lead lead;

        to_lead(&items[i], &lead);
        TRY(look_up(w, &items[i], &lead));
        TRY(lead_create(w->db, w->a, &by, &lead));
        TRY(lead_judge(w->db, w->a, w->names, &lead));
        items[i].object_id = lead.id;
        items[i].object_version = lead.row_version;
    }
    return NULL;
}

static struct err *undo(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    static const char *const words[] = {
        [LEAD_ENDED] = "", [LEAD_GONE] = "gone", [LEAD_CHANGED] = "changed", [LEAD_USED] = "used"
    };
    const struct lead_actor by = staff_of(w);
    struct lead_undone undone = { .import = arena_number(w->a, "IM-", w->t.id) };

    for (size_t i = 0; i < count; i++) {
        enum lead_kept kept;

        undone.id = items[i].object_id;
        undone.row_version = items[i].object_version;
        TRY(lead_undo(w->db, w->a, &by, &undone, &kept));
        items[i].kept = words[kept];
    }
    return NULL;
}

const struct transfer_set transfer_leads = {
    .code = "leads",
    .title = N_("Leads"),
    .kind = "lead",
    .address = "/staff/leads/",
    .permission = PERM_LEAD_IMPORT,
    .form = &form,
    .columns = columns,
    .names = &transfer_lead_names,
    .sheet = &lead_sheet,
    .check = check,
    .write = write,
    .undo = undo,
};

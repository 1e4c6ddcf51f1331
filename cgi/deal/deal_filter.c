/* deal/deal_filter.c */
#include "deal/deal_filter.h"

#include "base/str.h"
#include "deal/deal_names.h"
#include "deal/deal_staff_sql.h"

#include <stdio.h>

enum { MONTHS = 24, YEAR = 12 };

/* -- choices -------------------------------------------------------------------------------------
 */

struct name_row {
    const char *name;
};
static const struct db_field name_fields[] = { DB_FIELD(struct name_row, name, DB_TEXT, 800),
                                               { 0 } };
/* Of a partner whose registrations the reader sees. */
static const struct db_stmt partner_name = {
    .name = "deal.filter.partner",
    .sql =
        "SELECT a.name FROM account a WHERE a.id = ? AND a.kind = 'partner' AND EXISTS (SELECT 1 "
        "FROM deal d FORCE INDEX (deal_account_submitted) WHERE d.account_id = a.id AND "
        "(d.department_id BETWEEN ? AND ? OR d.department_id IS NULL OR d.reviewer_id = ?))",
    .binds = "iiii",
    .fields = name_fields,
    .row_bytes = sizeof(struct name_row),
};

static int64_t number_of(const char *text)
{
    int64_t n;

    if (str_is_empty(text))
        return 0;
    return str_to_i64(text, &n) && n > 0 ? n : -1;
}

static const struct choice outcome_choices[] = {
    { "", N_("All outcomes") }, { "approved", N_("Approved") }, { "rejected", N_("Rejected") },
    { "won", N_("Won") },       { "lost", N_("Lost") },         { 0 },
};
static const struct choice place_choices[] = { { "", N_("All that I see") },
                                               { "within", N_("My departments") },
                                               { 0 } };

static int32_t month_first(int64_t now, int months_ago)
{
    int year, month, day;

    day_to_civil((int32_t)(now / CLOCK_DAY), &year, &month, &day);
    month = year * 12 + month - 1 - months_ago;
    return day_from_civil(month / 12, month % 12 + 1, 1);
}

static const struct choice *month_choices(struct request *req, int64_t now)
{
    struct choice *list = arena_array(req->arena, MONTHS + 3, sizeof(*list));
    char iso[DAY_ISO_BYTES];

    list[0] = (struct choice){ "", tr(req, N_("All months")) };
    list[1] = (struct choice){ "year", tr(req, N_("Last 12 months")) };
    for (int i = 0; i < MONTHS; i++) {
        const int32_t first = month_first(now, i);

        day_iso(first, iso);
        list[i + 2] = (struct choice){ arena_dup_bytes(req->arena, iso, 7),
                                       text_month(req->locale, req->arena, first) };
    }
    return list;
}

static struct err *partner_choices(struct request *req, const char *value,
                                   const struct choice **out)
{
    struct choice *list = arena_array(req->arena, 3, sizeof(*list));
    const struct actor *actor = req->actor;
    const int64_t id = number_of(value);
    struct name_row row;
    bool found = false;

    list[0] = (struct choice){ "", tr(req, N_("All partners")) };
    if (id > 0)
        TRY(db_one(req->db, req->arena, &partner_name,
                   DB_ARGS(DB_I(id), DB_I(actor->department_low), DB_I(actor->department_high),
                           DB_I(actor->user_id)),
                   &row, &found));
    if (found)
        list[1] = (struct choice){ value, row.name };
    *out = list;
    return NULL;
}

struct err *deal_filter_rows(struct request *req, const struct deal_filter *filter,
                             struct list_filter rows[DEAL_FILTERS])
{
    const struct deal_names *names;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_names_read(req, &names));
    rows[0] = (struct list_filter){ .name = "month",
                                    .said = true,
                                    .label = tr(req, N_("Month of submission")),
                                    .choices = month_choices(req, now) };
    rows[1] =
        (struct list_filter){ .name = "partner", .said = true, .label = tr(req, N_("Partner")) };
    TRY(partner_choices(req, filter->partner, &rows[1].choices));
    rows[2] = (struct list_filter){ .name = "tier",
                                    .said = true,
                                    .label = tr(req, N_("Tier")),
                                    .choices = deal_names_tier_choices(req, names) };
    rows[3] = (struct list_filter){ .name = "line",
                                    .said = true,
                                    .label = tr(req, N_("Product line")),
                                    .choices = deal_names_line_choices(req, names) };
    rows[4] = (struct list_filter){ .name = "outcome",
                                    .label = N_("Outcome"),
                                    .choices = outcome_choices };
    rows[5] = (struct list_filter){ .name = "place",
                                    .label = N_("Departments"),
                                    .choices = place_choices };
    return NULL;
}

bool deal_filter_is_set(const struct deal_filter *f)
{
    const char *const values[] = { f->month, f->partner, f->tier, f->line, f->outcome, f->place };

    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (!str_is_empty(values[i]))
            return true;
    return false;
}

/* -- reading -------------------------------------------------------------------------------------
 */

struct span {
    int64_t from_at, until_at;
};

static int64_t end_of_time(void)
{
    return day_from_civil(9999, 12, 31) * CLOCK_DAY;
}

/* No time at all for what is no month. */
static struct span span_of(const char *month, int64_t now)
{
    char iso[16];
    int32_t first;

    if (str_is_empty(month))
        return (struct span){ 1, end_of_time() };
    if (str_eq(month, "year"))
        return (struct span){ month_first(now, YEAR - 1) * CLOCK_DAY, end_of_time() };
    snprintf(iso, sizeof(iso), "%.7s-01", month);
    if (!day_parse(iso, &first))
        return (struct span){ 1, 1 };
    return (struct span){ first * CLOCK_DAY, month_first((first + 31) * CLOCK_DAY, 0) * CLOCK_DAY };
}

static int64_t place_of(const char *value, const struct choice *choices)
{
    int64_t at = 0;

    if (str_is_empty(value))
        return 0;
    while (choices[at].value != NULL && !str_eq(choices[at].value, value))
        at++;
    return choices[at].value != NULL ? at : -1;
}

struct err *deal_filter_read(struct request *req, const struct deal_filter *filter,
                             const struct list *list, int64_t limit,
                             struct deal_filter_reading *out)
{
    const struct actor *actor = req->actor;
    const int64_t partner = number_of(filter->partner), tier = number_of(filter->tier),
                  line = number_of(filter->line);
    struct span span;
    int64_t now;
    size_t n = 0;

    TRY(db_now(req->db, &now));
    span = span_of(filter->month, now);
    *out =
        (struct deal_filter_reading){ .stmt = deal_queue_filtered(partner != 0, list->direction) };
    out->args[n++] = DB_I(actor->department_low);
    out->args[n++] = DB_I(actor->department_high);
    out->args[n++] = DB_I(actor->user_id);
    if (partner != 0)
        out->args[n++] = DB_I(partner);
    out->args[n++] = DB_T(span.from_at);
    out->args[n++] = DB_T(span.until_at);
    out->args[n++] = DB_I(tier);
    out->args[n++] = DB_I(tier);
    out->args[n++] = DB_I(line);
    out->args[n++] = DB_I(line);
    out->args[n++] = DB_I(place_of(filter->outcome, outcome_choices));
    out->args[n++] = DB_I(place_of(filter->place, place_choices));
    out->args[n++] = DB_I(actor->department_low);
    out->args[n++] = DB_I(actor->department_high);
    out->args[n++] = DB_S(list_searches(list) ? list_pattern(req->arena, list) : "%");
    if (list->direction != LIST_FIRST) {
        out->args[n++] = DB_T(list->key.number);
        out->args[n++] = DB_T(list->key.number);
        out->args[n++] = DB_I(list->key.id);
    }
    out->args[n] = DB_I(limit);
    return NULL;
}

db_stmt_table deal_filter_statements[] = { &partner_name, NULL };

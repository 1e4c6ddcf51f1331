/* deal/deal_amend.c */
#include "deal/deal_amend.h"
#include "access/parameter.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_inside.h"
#include "deal/deal_words.h"
#include "job/queue.h"

#include <stdlib.h>
#include <string.h>

/* -- which field is what ------------------------------------------------------------------------
 */

#define OF(name_, label_, kind_)                                            \
    {                                                                       \
        .name = #name_, .label = label_, .kind = kind_, .type = AMEND_TEXT, \
        .offset = offsetof(struct deal, name_)                              \
    }
const struct deal_amend_field deal_amend_fields[] = {
    OF(company_name, N_("Company name"), AMEND_DECIDED),
    OF(country, N_("Country"), AMEND_DECIDED),
    OF(region, N_("State or province"), AMEND_DECIDED),
    OF(city, N_("City"), AMEND_DECIDED),
    OF(address, N_("Address"), AMEND_DECIDED),
    OF(website, N_("Web site"), AMEND_DECIDED),
    OF(tax_number, N_("Tax number"), AMEND_DECIDED),
    OF(phone, N_("Phone"), AMEND_DECIDED),
    OF(contact_name, N_("Contact at the customer"), AMEND_AT_ONCE),
    OF(contact_title, N_("Title"), AMEND_AT_ONCE),
    OF(contact_email, N_("E-mail"), AMEND_AT_ONCE),
    OF(contact_phone, N_("Phone"), AMEND_AT_ONCE),
    OF(project_name, N_("Project name"), AMEND_AT_ONCE),
    OF(description, N_("Description"), AMEND_AT_ONCE),
    OF(deal_type, N_("Deal type"), AMEND_NEVER),
    OF(competitors, N_("Competitors"), AMEND_AT_ONCE),
    OF(sales_stage, N_("Sales stage"), AMEND_AT_ONCE),
    OF(budget, N_("Is there a budget?"), AMEND_AT_ONCE),
    OF(decision_maker, N_("Do you know who decides?"), AMEND_AT_ONCE),
    OF(done_so_far, N_("What you have done so far"), AMEND_AT_ONCE),
    OF(distributor, N_("Distributor"), AMEND_AT_ONCE),
    OF(currency, N_("Currency"), AMEND_NEVER),
    { .name = "expected_close",
      .label = N_("Expected close date"),
      .kind = AMEND_AT_ONCE,
      .type = AMEND_DAY },
    { .name = "sales_user_id",
      .label = N_("Sales person"),
      .kind = AMEND_AT_ONCE,
      .type = AMEND_PERSON },
    { .name = "line", .label = N_("Product lines"), .kind = AMEND_DECIDED, .type = AMEND_LINES },
    { 0 },
};

/* -- texts of values ----------------------------------------------------------------------------
 */

static int by_product(const void *a_, const void *b_)
{
    const struct deal_line *a = a_, *b = b_;

    return a->product_line_id < b->product_line_id ? -1 : a->product_line_id > b->product_line_id;
}

/* In one order, whatever order they were typed in. */
static const char *lines_text(struct arena *a, const struct deal *deal)
{
    struct deal_line *lines = arena_array(a, deal->line_count + 1, sizeof(*lines));
    const char *text = "";

    if (deal->line_count > 0)
        memcpy(lines, deal->lines, deal->line_count * sizeof(*lines));
    qsort(lines, deal->line_count, sizeof(*lines), by_product);
    for (size_t i = 0; i < deal->line_count; i++)
        text = arena_printf(a, "%s%s%lld:%lld:%lld", text, i > 0 ? "," : "",
                            (long long)lines[i].product_line_id, (long long)lines[i].quantity,
                            (long long)lines[i].value);
    return text;
}

const char *deal_amend_text(struct arena *a, const struct deal_amend_field *field,
                            const struct deal *deal)
{
    char *day;

    switch (field->type) {
    case AMEND_TEXT:
        return *(const char *const *)((const char *)deal + field->offset);
    case AMEND_DAY:
        day = arena_alloc(a, DAY_ISO_BYTES);
        day_iso(deal->expected_close, day);
        return day;
    case AMEND_PERSON:
        return deal->sales_user_id == 0
                   ? ""
                   : arena_printf(a, "%lld %s", (long long)deal->sales_user_id, deal->sales_name);
    case AMEND_LINES:
        return lines_text(a, deal);
    }
    return "";
}

void deal_amend_compare(struct arena *a, const struct deal *before, const struct deal *after,
                        struct deal_amend_change_list *list)
{
    *list = (struct deal_amend_change_list){ 0 };
    for (const struct deal_amend_field *f = deal_amend_fields; f->name != NULL; f++) {
        const struct deal_amend_change change = { f, deal_amend_text(a, f, before),
                                                  deal_amend_text(a, f, after) };

        if (str_eq(change.before, change.after))
            continue;
        list->at[list->count++] = change;
        list->decided += f->kind == AMEND_DECIDED;
    }
}

/* -- asking -------------------------------------------------------------------------------------
 */

static const struct db_stmt change_at_once = {
    .name = "deal.amend.at_once",
    .sql = "UPDATE deal SET contact_name = ?, contact_title = ?, contact_email = ?, "
           "contact_phone = ?, project_name = ?, description = ?, competitors = ?, "
           "sales_stage = ?, budget = ?, decision_maker = ?, done_so_far = ?, distributor = ?, "
           "expected_close = ?, sales_user_id = ?, sales_name = ?, updated_at = ?, "
           "row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND state = 'approved'",
    .binds = "ssssssssssssdistiii",
    .flags = DB_WRITE,
};
/* The unique key over the pending one decides when two ask at once. */
static const struct db_stmt insert = {
    .name = "deal.amend.insert",
    .sql =
        "INSERT INTO deal_amendment (deal_id, state, pending, before_json, after_json, asked_by, "
        "asked_name, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "isissist",
    .flags = DB_WRITE,
};
db_stmt_table deal_amend_statements[] = { &change_at_once, &insert, NULL };

static const struct db_stmt touch = {
    .name = "deal.amend.touch",
    .sql = "UPDATE deal SET updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND state = 'approved'",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt take_back = {
    .name = "deal.amend.take_back",
    .sql = "UPDATE deal_amendment SET state = 'withdrawn', pending = NULL, decided_by = ?, "
           "decided_name = ?, decided_at = UTC_TIMESTAMP(6) WHERE id = ? AND deal_id = ? "
           "AND pending = 1",
    .binds = "isii",
    .flags = DB_WRITE,
};
db_stmt_table deal_amend_back_statements[] = { &touch, &take_back, NULL };

static const struct deal_words refusals[] = {
    { "state", N_("Only an approved registration can be changed, while its protection lasts.") },
    { "pending", N_("A change was asked for already, and is being decided: other changes of what "
                    "needs a decision come after it.") },
    { "never", N_("Deal type and currency stay as they were approved: register it anew for "
                  "others.") },
    { "same", N_("Nothing was changed.") },
    { "decided", N_("This change is decided already.") },
    { "version", N_("This registration has changed since you opened it. Nothing was done: look "
                    "at it again first.") },
    { 0 },
};

const char *deal_amend_refusal(const char *detail)
{
    return deal_words(refusals, detail);
}

static struct err *refuse(const struct deal *deal, const char *detail)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "change of deal %lld: %s", (long long)deal->id, detail), detail);
}

/* Of one kind alone, before or after, as a flat object. */
static struct err *side_json(struct arena *a, const struct deal_amend_change_list *list,
                             enum deal_amend_kind kind, bool after, const char **json_out)
{
    struct canon members[DEAL_AMEND_CHANGES];
    size_t n = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].field->kind == kind)
            members[n++] =
                CANON_T(list->at[i].field->name, after ? list->at[i].after : list->at[i].before);
    return err_pass(canon_text(a, members, n, json_out));
}

/* The row, and its audit event with the same words. */
static struct err *write_row(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct deal *deal, const struct deal_amend_change_list *list,
                             enum deal_amend_kind kind)
{
    const bool asks = kind == AMEND_DECIDED;
    struct audit_change change = { .kind = "deal",
                                   .object_id = deal->id,
                                   .action = asks ? "deal.amend_ask" : "deal.amend" };
    struct err *e;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(side_json(a, list, kind, false, &change.before));
    TRY(side_json(a, list, kind, true, &change.after));
    e = db_exec(db, &insert,
                DB_ARGS(DB_I(deal->id), DB_S(asks ? "asked" : "made"), DB_ID(asks ? 1 : 0),
                        DB_S(change.before), DB_S(change.after), DB_I(deal_actor_user(by)),
                        DB_S(deal_actor_name(by)), DB_T(now)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(refuse(deal, "pending"));
    }
    TRY(e);
    return err_pass(audit_write(db, a, &by->who, &change));
}

static struct err *write_at_once(struct db *db, struct deal *deal, const struct deal *w)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &change_at_once,
                DB_ARGS(DB_S(w->contact_name), DB_S(w->contact_title), DB_S(w->contact_email),
                        DB_S(w->contact_phone), DB_S(w->project_name), DB_S(w->description),
                        DB_S(w->competitors), DB_S(w->sales_stage), DB_S(w->budget),
                        DB_S(w->decision_maker), DB_S(w->done_so_far), DB_S(w->distributor),
                        DB_D(w->expected_close), DB_ID(w->sales_user_id), DB_S(w->sales_name),
                        DB_T(now), DB_I(deal->account_id), DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(deal, "version"));
    deal->row_version++;
    return NULL;
}

static bool has_never(const struct deal_amend_change_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].field->kind == AMEND_NEVER)
            return true;
    return false;
}

struct err *deal_amend(struct db *db, struct arena *a, const struct deal_actor *by,
                       struct deal *deal, const struct deal *wanted)
{
    struct deal_amend_change_list list;
    int64_t now;

    TRY(db_now(db, &now));
    if (deal->state != DEAL_APPROVED || now >= deal->protected_until_at)
        return err_pass(refuse(deal, "state"));
    deal_amend_compare(a, deal, wanted, &list);
    if (list.count == 0)
        return err_pass(refuse(deal, "same"));
    if (has_never(&list))
        return err_pass(refuse(deal, "never"));
    /* The record is written in any case, so that a decision or a revocation at the same moment
     * finds it changed. */
    TRY(write_at_once(db, deal, wanted));
    if (list.count > list.decided)
        TRY(write_row(db, a, by, deal, &list, AMEND_AT_ONCE));
    if (list.decided == 0)
        return NULL;
    TRY(write_row(db, a, by, deal, &list, AMEND_DECIDED));
    return err_pass(job_add(db, "deal.amend", deal->id, 0, NULL, NULL));
}

struct err *deal_amend_withdraw(struct db *db, struct arena *a, const struct deal_actor *by,
                                struct deal *deal, int64_t amendment_id)
{
    const struct audit_change change = {
        .kind = "deal",
        .object_id = deal->id,
        .action = "deal.amend_back",
        .after = arena_printf(a, "{\"amendment\":%lld}", (long long)amendment_id),
    };
    int64_t changed;

    if (deal->state != DEAL_APPROVED)
        return err_pass(refuse(deal, "state"));
    TRY(db_exec(db, &touch,
                DB_ARGS(DB_I(deal->account_id), DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(deal, "version"));
    deal->row_version++;
    TRY(db_exec(db, &take_back,
                DB_ARGS(DB_I(deal_actor_user(by)), DB_S(deal_actor_name(by)), DB_I(amendment_id),
                        DB_I(deal->id)),
                &changed));
    return changed == 1 ? err_pass(audit_write(db, a, &by->who, &change))
                        : err_pass(refuse(deal, "decided"));
}

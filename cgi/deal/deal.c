/* deal/deal.c - the record: made, loaded, changed by its partner, and what its content is. */
#include "deal/deal.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "text/latin.h"

#include <stdlib.h>
#include <string.h>

/* -- loading -------------------------------------------------------------------------------------
 */

static struct err *load(struct db *db, struct arena *a, const struct db_stmt *st,
                        const struct db_arg *args, struct deal **deal_out)
{
    struct deal *deal = arena_alloc(a, sizeof(*deal));
    bool found;

    *deal_out = NULL;
    TRY(db_one(db, a, st, args, deal, &found));
    if (!found)
        return NULL;
    deal->state = deal_state_find(deal->state_code);
    if (deal->state == DEAL_STATE_COUNT)
        return err_raise(ERR_BUG, "deal %lld has the unknown state '%s'", (long long)deal->id,
                         deal->state_code);
    *deal_out = deal;
    return NULL;
}

struct err *deal_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                            struct deal **deal_out)
{
    return err_pass(
        load(db, a, &deal_sql_of_account, DB_ARGS(DB_I(account_id), DB_I(id)), deal_out));
}

struct err *deal_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high,
                          int64_t user_id, int64_t id, struct deal **deal_out)
{
    return err_pass(load(db, a, &deal_sql_of_staff,
                         DB_ARGS(DB_I(low), DB_I(high), DB_I(user_id), DB_I(user_id), DB_I(id)),
                         deal_out));
}

struct err *deal_of_worker(struct db *db, struct arena *a, int64_t id, struct deal **deal_out)
{
    return err_pass(load(db, a, &deal_sql_of_worker, DB_ARGS(DB_I(id)), deal_out));
}

/* In the order of the product lines, of one product line as they were entered. */
static int compare_lines(const void *a_, const void *b_)
{
    const struct deal_line *a = a_, *b = b_;

    if (a->sort != b->sort)
        return a->sort < b->sort ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Sorted here: the server would make a table of these few rows. */
struct err *deal_load_lines(struct db *db, struct arena *a, struct deal *deal)
{
    TRY(db_list(db, a, &deal_sql_lines, DB_ARGS(DB_I(deal->id)), &deal->lines, &deal->line_count));
    if (deal->line_count > 1)
        qsort(deal->lines, deal->line_count, sizeof(*deal->lines), compare_lines);
    return NULL;
}

struct err *deal_load_steps(struct db *db, struct arena *a, struct deal *deal)
{
    return err_pass(
        db_list(db, a, &deal_sql_steps, DB_ARGS(DB_I(deal->id)), &deal->steps, &deal->step_count));
}

/* -- making and changing -------------------------------------------------------------------------
 */

struct err *deal_create(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal)
{
    const int64_t behalf = by->as == BY_STAFF ? by->who.actor->user_id : 0;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(db_insert(db, &deal_sql_insert,
                  DB_ARGS(DB_I(deal->created_by), DB_ID(behalf), DB_ID(deal->cloned_from),
                          DB_ID(deal->bulk_id), DB_S(deal->currency), DB_ID(deal->sales_user_id),
                          DB_S(deal->sales_name), DB_ID(deal->department_id), DB_T(now), DB_T(now),
                          DB_I(deal->account_id)),
                  &deal->id));
    deal->state = DEAL_DRAFT;
    deal->row_version = 1;
    deal->created_at = deal->updated_at = now;
    TRY(deal_write_step(db, by, deal, DEAL_CREATE, NULL));
    TRY(deal_write_content(db, a, by, deal));
    return err_pass(deal_write_audit(db, a, by, deal, DEAL_CREATE, "", NULL));
}

static struct err *write_lines(struct db *db, const struct deal *deal)
{
    TRY(db_exec(db, &deal_sql_line_delete_all, DB_ARGS(DB_I(deal->id)), NULL));
    for (size_t i = 0; i < deal->line_count; i++) {
        const struct deal_line *l = &deal->lines[i];

        TRY(db_exec(
            db, &deal_sql_line_insert,
            DB_ARGS(DB_I(deal->id), DB_I(l->product_line_id), DB_I(l->quantity), DB_M(l->value)),
            NULL));
    }
    return NULL;
}

struct err *deal_sum_lines(struct deal *deal)
{
    struct money total = { 0 };

    memcpy(total.currency, deal->currency, strnlen(deal->currency, 3));
    for (size_t i = 0; i < deal->line_count; i++) {
        struct money value = total;

        value.e4 = deal->lines[i].value;
        TRY(money_add(&total, value));
    }
    deal->total = total.e4;
    return NULL;
}

static const char *line_ids(struct arena *a, const struct deal *deal)
{
    char id[STR_I64_BYTES];
    const char *ids = "";

    for (size_t i = 0; i < deal->line_count; i++)
        ids = arena_join(a, ids, i > 0 ? "," : "", str_from_i64(deal->lines[i].product_line_id, id),
                         NULL);
    return ids;
}

struct err *deal_write_content(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal)
{
    const char *key = text_latin_key(by->text, a, deal->company_name);
    int64_t changed, now;

    TRY(db_now(db, &now));
    TRY(deal_sum_lines(deal));
    TRY(db_exec(
        db, &deal_sql_update_content,
        DB_ARGS(DB_S(deal->company_name), DB_S(key), DB_S(deal->country), DB_S(deal->region),
                DB_S(deal->city), DB_S(deal->address), DB_S(deal->website), DB_S(deal->tax_number),
                DB_S(deal->phone), DB_S(deal->contact_name), DB_S(deal->contact_title),
                DB_S(deal->contact_email), DB_S(deal->contact_phone), DB_S(deal->project_name),
                DB_S(deal->description), DB_S(deal->deal_type), DB_S(deal->competitors),
                DB_S(deal->sales_stage), DB_S(deal->budget), DB_S(deal->decision_maker),
                DB_S(deal->done_so_far), DB_S(deal->distributor), DB_S(deal->currency),
                DB_M(deal->total), DB_S(line_ids(a, deal)), DB_D(deal->expected_close),
                DB_ID(deal->sales_user_id), DB_S(deal->sales_name), DB_T(now),
                DB_I(deal->account_id), DB_I(deal->id), DB_I(deal->row_version)),
        &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld changed", (long long)deal->id),
                               "version");
    deal->row_version++;
    deal->updated_at = now;
    return err_pass(write_lines(db, deal));
}

struct err *deal_update(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal)
{
    struct audit_change change = { .kind = "deal", .object_id = deal->id, .action = "deal.update" };

    TRY(deal_write_content(db, a, by, deal));
    TRY(deal_load_lines(db, a, deal)); /* what was typed has numbers alone, the content has codes */
    TRY(deal_content_json(a, deal, &change.after));
    return err_pass(audit_write(db, a, &by->who, &change));
}

/* -- what a submission needs ---------------------------------------------------------------------
 */

void deal_check_complete(const struct deal *deal, int32_t today,
                         void (*fault)(void *arg, const char *field, const char *message),
                         void *arg)
{
    const struct {
        bool missing;
        const char *field, *message;
    } rules[] = {
        { str_is_empty(deal->company_name), "company_name", LANG_N("Enter the company’s name.") },
        { str_is_empty(deal->country), "country", LANG_N("Choose a country.") },
        { deal->line_count == 0, "line", LANG_N("Add at least one product line.") },
        { str_is_empty(deal->currency), "currency", LANG_N("Choose a currency.") },
        { deal->expected_close == DAY_NONE, "expected_close",
          LANG_N("Choose the day on which you expect to close.") },
        { deal->expected_close != DAY_NONE && deal->expected_close < today, "expected_close",
          LANG_N("This day has passed. Choose a date from today on.") },
        { deal->expected_close != DAY_NONE && deal->expected_close > today + 5 * 366,
          "expected_close", LANG_N("This is more than five years away.") },
        { str_is_empty(deal->contact_name), "contact_name",
          LANG_N("Enter the name of a contact at the customer.") },
        { str_is_empty(deal->contact_email) && str_is_empty(deal->contact_phone), "contact_email",
          LANG_N("Enter the contact’s e-mail or phone.") },
    };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (rules[i].missing)
            fault(arg, rules[i].field, rules[i].message);
}

/* -- content -------------------------------------------------------------------------------------
 */

static struct canon line_content(struct arena *a, const struct deal_line *line)
{
    struct canon *items = arena_array(a, 3, sizeof(*items));
    char *value = arena_alloc(a, MONEY_TEXT_BYTES);

    money_text(line->value, 4, value);
    items[0] = CANON_T("product_line", line->code);
    items[1] = CANON_N("quantity", line->quantity);
    items[2] = CANON_T("value", value);
    return CANON_O("line", items, 3);
}

struct err *deal_content_json(struct arena *a, const struct deal *deal, const char **json_out)
{
    char *day = arena_alloc(a, DAY_ISO_BYTES);
    struct canon *lines = arena_array(a, deal->line_count + 1, sizeof(*lines));

    day_iso(deal->expected_close, day);
    for (size_t i = 0; i < deal->line_count; i++)
        lines[i] = line_content(a, &deal->lines[i]);
    const struct canon members[] = {
        CANON_T("address", deal->address),
        CANON_T("budget", deal->budget),
        CANON_T("city", deal->city),
        CANON_T("company_name", deal->company_name),
        CANON_T("competitors", deal->competitors),
        CANON_T("contact_email", deal->contact_email),
        CANON_T("contact_name", deal->contact_name),
        CANON_T("contact_phone", deal->contact_phone),
        CANON_T("contact_title", deal->contact_title),
        CANON_T("country", deal->country),
        CANON_T("currency", deal->currency),
        CANON_T("deal_type", deal->deal_type),
        CANON_T("decision_maker", deal->decision_maker),
        CANON_T("description", deal->description),
        CANON_T("distributor", deal->distributor),
        CANON_T("done_so_far", deal->done_so_far),
        CANON_T("expected_close", day),
        CANON_L("lines", lines, deal->line_count),
        CANON_T("phone", deal->phone),
        CANON_T("project_name", deal->project_name),
        CANON_T("region", deal->region),
        CANON_T("sales_name", deal->sales_name),
        CANON_T("sales_stage", deal->sales_stage),
        CANON_T("tax_number", deal->tax_number),
        CANON_T("website", deal->website),
    };
    return err_pass(canon_text(a, members, ARRAY_LEN(members), json_out));
}

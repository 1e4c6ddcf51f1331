/* account/account.c - the rules of companies and of their groups. */
#include "account/account.h"
#include "account/account_inside.h"
#include "account/account_sql.h"
#include "base/buf.h"
#include "base/str.h"

#include <string.h>

static struct err *find(struct db *db, struct arena *a, const struct db_stmt *st,
                        const struct db_arg *args, struct account **account_out)
{
    struct account *account = arena_alloc(a, sizeof(*account));
    bool found;

    TRY(db_one(db, a, st, args, account, &found));
    *account_out = found ? account : NULL;
    return NULL;
}

struct err *account_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high, int64_t id,
                             struct account **account_out)
{
    return err_pass(
        find(db, a, &account_sql_of_staff, DB_ARGS(DB_I(low), DB_I(high), DB_I(id)), account_out));
}

struct err *account_any_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high,
                                 int64_t id, struct account **account_out)
{
    return err_pass(find(db, a, &account_sql_any_of_staff, DB_ARGS(DB_I(low), DB_I(high), DB_I(id)),
                         account_out));
}

struct err *account_of_worker(struct db *db, struct arena *a, int64_t id,
                              struct account **account_out)
{
    return err_pass(find(db, a, &account_sql_of_worker, DB_ARGS(DB_I(id)), account_out));
}

struct err *account_stays(struct db *db, struct arena *a, int64_t id)
{
    struct account_count_row row;

    TRY(db_get(db, a, &account_sql_stays, DB_ARGS(DB_I(id)), &row));
    return row.n == 1 ? NULL : err_raise(ERR_AGAIN, "account %lld is deleted", (long long)id);
}

bool account_is_end_customer(const struct account *account)
{
    return strcmp(account->kind, "partner") != 0;
}

struct match_party account_party(const struct account *account)
{
    return (struct match_party){
        .name = account->name,
        .country = account->country,
        .tax_number = account->tax_number,
        .website = account->website,
        .phone = account->phone,
        .address = account->address,
        .id = account->id,
        .group_id = account->group_id,
        .named = account->named,
        .customer = strcmp(account->kind, "customer") == 0,
    };
}

struct err *account_index(struct db *db, struct arena *a, struct match_names *names,
                          const struct account *account)
{
    const struct match_party party = account_party(account);

    return account_is_end_customer(account) ? err_pass(match_index(db, a, names, &party)) : NULL;
}

const char *account_facts_json(struct arena *a, const struct account *account)
{
    const struct {
        const char *name, *value;
    } facts[] = { { "address", account->address }, { "city", account->city },
                  { "country", account->country }, { "kind", account->kind },
                  { "name", account->name },       { "phone", account->phone },
                  { "region", account->region },   { "tax_number", account->tax_number },
                  { "website", account->website } };
    const char *json;
    struct buf b;

    buf_init(&b, 512, 0);
    for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
        buf_puts(&b, i == 0 ? "{" : ",");
        buf_json(&b, facts[i].name);
        buf_putc(&b, ':');
        buf_json(&b, facts[i].value);
    }
    buf_putc(&b, '}');
    json = arena_dup(a, b.data);
    buf_free(&b);
    return json;
}

static struct err *note(struct db *db, struct arena *a, const struct audit_who *who,
                        const struct account *account, const char *action)
{
    return err_pass(audit_write(db, a, who,
                                &(struct audit_change){ .kind = "account",
                                                        .object_id = account->id,
                                                        .action = action,
                                                        .after = account_facts_json(a, account) }));
}

struct err *account_insert(struct db *db, struct account *account)
{
    return err_pass(db_insert(
        db, &account_sql_insert,
        DB_ARGS(DB_S(account->kind), DB_S(account->name), DB_S(account->country),
                DB_S(account->region), DB_S(account->city), DB_S(account->address),
                DB_S(account->website), DB_S(account->tax_number), DB_S(account->phone),
                DB_ID(account->parent_id), DB_ID(account->group_id), DB_ID(account->tier_id),
                DB_S(account->zone), DB_S(account->currency), DB_I(account->named),
                DB_ID(account->owner_user_id), DB_ID(account->department_id),
                DB_T(account->created_at), DB_T(account->updated_at)),
        &account->id));
}

struct err *account_create(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, struct account *account)
{
    int64_t now, group = 0;

    TRY(db_now(db, &now));
    if (account_is_end_customer(account))
        TRY(match_group_of_tax_number(db, a, account->tax_number, account->country, &group));
    account->group_id = group;
    account->created_at = account->updated_at = now;
    TRY(account_insert(db, account));
    if (group == 0)
        TRY(db_exec(db, &account_sql_set_group, DB_ARGS(DB_I(account->id), DB_I(account->id)),
                    NULL));
    account->group_id = group != 0 ? group : account->id;
    account->row_version = 1;
    TRY(account_index(db, a, names, account));
    return err_pass(note(db, a, who, account, "account.create"));
}

struct err *account_update(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, struct account *account)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &account_sql_update,
                DB_ARGS(DB_S(account->name), DB_S(account->country), DB_S(account->region),
                        DB_S(account->city), DB_S(account->address), DB_S(account->website),
                        DB_S(account->tax_number), DB_S(account->phone), DB_ID(account->parent_id),
                        DB_ID(account->tier_id), DB_S(account->zone), DB_S(account->currency),
                        DB_I(account->named), DB_ID(account->owner_user_id),
                        DB_ID(account->department_id), DB_T(now), DB_I(account->id),
                        DB_I(account->row_version)),
                &changed));
    if (changed != 1)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "account %lld changed", (long long)account->id), "version");
    account->row_version++;
    account->updated_at = now;
    TRY(account_index(db, a, names, account));
    return err_pass(note(db, a, who, account, "account.update"));
}

/* -- groups --------------------------------------------------------------------------------------
 */

static const char *const decision_words[] = {
    [PAIR_SAME] = "same", [PAIR_DIFFERENT] = "different"
};

static struct err *remember_pair(struct db *db, struct arena *a, const struct audit_who *who,
                                 int64_t x_id, int64_t y_id, enum pair_decision decision)
{
    const char *word = decision_words[decision];
    int64_t now;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &account_sql_pair_put,
                DB_ARGS(DB_I(x_id < y_id ? x_id : y_id), DB_I(x_id < y_id ? y_id : x_id),
                        DB_S(word), DB_I(who->actor != NULL ? who->actor->user_id : 0), DB_T(now)),
                NULL));
    for (int side = 0; side < 2; side++)
        TRY(audit_write(db, a, who,
                        &(struct audit_change){
                            .kind = "account",
                            .object_id = side == 0 ? x_id : y_id,
                            .action = "account.pair",
                            .after = arena_printf(a, "{\"decision\":\"%s\",\"other\":%lld}", word,
                                                  (long long)(side == 0 ? y_id : x_id)),
                        }));
    return NULL;
}

static struct err *group_of(struct db *db, struct arena *a, int64_t id, int64_t *group_out)
{
    struct account *account;

    TRY(account_of_worker(db, a, id, &account));
    if (account == NULL)
        return err_raise(ERR_NOT_FOUND, "no account %lld", (long long)id);
    *group_out = account->group_id != 0 ? account->group_id : account->id;
    return NULL;
}

static struct err *join_groups(struct db *db, struct arena *a, int64_t kept, int64_t gone)
{
    struct account_count_row apart;
    int64_t now;

    TRY(db_get(db, a, &account_sql_pair_between, DB_ARGS(DB_I(kept), DB_I(gone)), &apart));
    if (apart.n > 0)
        return err_with_detail(err_raise(ERR_CONFLICT, "groups %lld and %lld were marked different",
                                         (long long)kept, (long long)gone),
                               "pair");
    TRY(db_now(db, &now));
    TRY(db_exec(db, &account_sql_join_groups, DB_ARGS(DB_I(kept), DB_T(now), DB_I(gone)), NULL));
    return err_pass(match_join_groups(db, kept, gone));
}

struct err *account_decide_pair(struct db *db, struct arena *a, const struct audit_who *who,
                                int64_t x_id, int64_t y_id, enum pair_decision decision,
                                int64_t *kept_out, int64_t *gone_out)
{
    int64_t x_group, y_group;

    if (x_id == y_id)
        return err_raise(ERR_INVALID, "account %lld with itself", (long long)x_id);
    TRY(group_of(db, a, x_id, &x_group));
    TRY(group_of(db, a, y_id, &y_group));
    *kept_out = x_group < y_group ? x_group : y_group;
    *gone_out = x_group < y_group ? y_group : x_group;
    TRY(remember_pair(db, a, who, x_id, y_id, decision));
    if (decision == PAIR_DIFFERENT && x_group == y_group)
        return err_with_detail(err_raise(ERR_CONFLICT, "accounts %lld and %lld stand in one group",
                                         (long long)x_id, (long long)y_id),
                               "group");
    if (decision == PAIR_DIFFERENT)
        *gone_out = *kept_out;
    if (*kept_out == *gone_out)
        return NULL;
    return err_pass(join_groups(db, a, *kept_out, *gone_out));
}

/* deal/deal_submit.c - a submission: rank, end customer, conflict check, clock, receipt, and the
 * job that applies the rules.  The rank's counter row is touched last, so that submissions wait for
 * each other as short as can be. */
#include "account/account.h"
#include "base/str.h"
#include "crypt/random.h"
#include "crypt/receipt.h"
#include "deal/deal_conflict.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "job/queue.h"

#include <string.h>

/* -- the end customer ----------------------------------------------------------------------------
 */

static struct err *make_end_customer(struct db *db, struct arena *a, const struct deal_actor *by,
                                     struct deal *deal)
{
    struct account party = { .kind = "prospect",
                             .name = deal->company_name,
                             .country = deal->country,
                             .region = deal->region,
                             .city = deal->city,
                             .address = deal->address,
                             .website = deal->website,
                             .tax_number = deal->tax_number,
                             .phone = deal->phone,
                             .zone = "UTC",
                             .currency = deal->currency };

    TRY(account_create(db, a, by->names, &by->who, &party));
    deal->end_customer_id = party.id;
    return NULL;
}

/* The one that this partner registered before under the same tax number or name in the same
 * country; else a new one.  Never one that another partner brought: groups tell that two are one.
 */
struct err *deal_find_customer(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal)
{
    struct deal_customer_row row;
    bool found;

    TRY(db_one(db, a, &deal_sql_own_customer,
               DB_ARGS(DB_I(deal->account_id), DB_S(deal->country), DB_S(deal->tax_number),
                       DB_S(deal->company_name)),
               &row, &found));
    if (!found)
        return err_pass(make_end_customer(db, a, by, deal));
    deal->end_customer_id = row.end_customer_id;
    return NULL;
}

/* -- the total in the vendor's reporting currency ------------------------------------------------
 */

/* A rate has nine decimals; the product is rounded half away from zero to ten-thousandths. */
static bool parse_rate_e9(const char *text, int64_t *e9_out)
{
    const char *point = strchr(text, '.');
    char digits[32];
    size_t whole = point != NULL ? (size_t)(point - text) : strlen(text);
    size_t decimals = point != NULL ? strlen(point + 1) : 0;

    if (whole > 12 || decimals > 9)
        return false;
    memcpy(digits, text, whole);
    memset(digits + whole, '0', 9);
    if (point != NULL)
        memcpy(digits + whole, point + 1, decimals);
    digits[whole + 9] = '\0';
    *e9_out = 0;
    for (const char *p = digits; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return false;
        *e9_out = *e9_out * 10 + (*p - '0');
    }
    return true;
}

/* A currency without a rate counts as nothing: rules on amounts then leave it to a person. */
struct err *deal_report_total(struct db *db, struct arena *a, struct deal *deal)
{
    const int64_t one = 1000000000;
    struct deal_rate_row row;
    int64_t now, rate;
    bool found;

    TRY(db_now(db, &now));
    TRY(db_one(db, a, &deal_sql_rate_on,
               DB_ARGS(DB_S(deal->currency), DB_D((int32_t)(now / CLOCK_DAY))), &row, &found));
    if (!found || !parse_rate_e9(row.rate, &rate))
        return NULL;
    deal->total_report = (int64_t)(((__int128)deal->total * rate + one / 2) / one);
    return NULL;
}

/* -- which product lines of the end customer are spoken for
 * ---------------------------------------- */

struct err *deal_set_live(struct db *db, const struct deal *deal)
{
    TRY(db_exec(db, &deal_sql_live_put, DB_ARGS(DB_I(deal->id)), NULL));
    return err_pass(db_exec(db, &deal_sql_live_count, DB_ARGS(DB_I(deal->end_customer_id)), NULL));
}

/* -- the submission ------------------------------------------------------------------------------
 */

static void count_fault(void *arg, const char *field, const char *message)
{
    (void)field;
    (void)message;
    ++*(int *)arg;
}

static struct err *refuse_incomplete(struct db *db, const struct deal *deal)
{
    int faults = 0;
    int64_t now;

    TRY(db_now(db, &now));
    deal_check_complete(deal, text_local_day(text_locale_get(LANG_EN, deal->partner_zone), now),
                        count_fault, &faults);
    return faults == 0 ? NULL
                       : err_raise(ERR_INVALID, "deal %lld is incomplete", (long long)deal->id);
}

static struct err *seal_content(struct arena *a, struct deal *deal)
{
    unsigned char *salt = arena_alloc(a, RECEIPT_SALT_BYTES);
    unsigned char *hash = arena_alloc(a, SHA256_BYTES);
    const char *content;

    TRY(deal_content_json(a, deal, &content));
    crypt_random(salt, RECEIPT_SALT_BYTES);
    receipt_content_hash(salt, content, strlen(content), hash);
    deal->content_salt = (struct bytes){ salt, RECEIPT_SALT_BYTES };
    deal->content_hash = (struct bytes){ hash, SHA256_BYTES };
    return NULL;
}

/* Only a first submission takes a rank; an answer keeps the one that it has. */
static struct err *take_rank(struct db *db, struct deal *deal)
{
    if (deal->rank_no != 0)
        return NULL;
    TRY(db_insert(db, &deal_sql_rank_next, DB_NO_ARGS, &deal->rank_no));
    return err_pass(db_now(db, &deal->submitted_at));
}

static struct err *mark_submitted(struct db *db, const struct deal *deal, int64_t half_at)
{
    return err_pass(
        db_exec(db, &deal_sql_mark_submitted,
                DB_ARGS(DB_I(deal->rank_no), DB_T(deal->submitted_at), DB_T(deal->due_at),
                        DB_T(half_at), DB_S(deal->verdict), DB_I(deal->end_customer_id),
                        DB_B(deal->content_hash.data, deal->content_hash.len),
                        DB_B(deal->content_salt.data, deal->content_salt.len),
                        DB_M(deal->total_report), DB_I(deal->id)),
                NULL));
}

/* Who else spoke of this end customer and these lines; kept beside the registration. */
static struct err *judge(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal)
{
    struct deal_conflict conflict;

    TRY(deal_find_customer(db, a, by, deal));
    TRY(deal_conflict_find(db, a, by->names, deal, &conflict));
    deal->verdict = conflict.verdict;
    return err_pass(deal_conflict_keep(db, a, deal, &conflict));
}

struct err *deal_submit(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal)
{
    const enum deal_verb verb = deal->state == DEAL_RETURNED ? DEAL_ANSWER : DEAL_SUBMIT;
    int64_t half_at;

    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    TRY(refuse_incomplete(db, deal));
    TRY(judge(db, a, by, deal));
    TRY(deal_report_total(db, a, deal));
    TRY(seal_content(a, deal));
    TRY(deal_clock_start(db, a, deal, &deal->due_at, &half_at));
    TRY(deal_apply(db, a, by, deal, verb, NULL));
    TRY(job_add(db, "deal.rules", deal->id, 0, NULL, NULL));
    TRY(take_rank(db, deal));
    TRY(mark_submitted(db, deal, half_at));
    TRY(account_stays(db, a, deal->end_customer_id));
    TRY(deal_set_live(db, deal));
    return err_pass(deal_finish(db, a, by, deal, verb, NULL));
}

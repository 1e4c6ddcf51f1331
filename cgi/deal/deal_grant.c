/* deal/deal_grant.c - an extension decided: its own row, and when granted the registration's end.
 */
#include "deal/deal_grant.h"
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_words.h"
#include "web/request.h"

static const struct db_stmt settle = {
    .name = "deal.grant.settle",
    .sql = "UPDATE deal_extension SET state = ?, pending = NULL, decided_by = ?, decided_name = ?, "
           "decided_at = ?, reason_text = ?, new_until = ? "
           "WHERE id = ? AND deal_id = ? AND pending = 1",
    .binds = "sistsdii",
    .flags = DB_WRITE,
};
/* Warned again before the new end. */
static const struct db_stmt move_end = {
    .name = "deal.grant.move_end",
    .sql = "UPDATE deal SET protected_until = ?, protected_until_at = ?, warned_days = NULL, "
           "extensions_granted = extensions_granted + 1, updated_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'approved'",
    .binds = "dttii",
    .flags = DB_WRITE,
};
db_stmt_table deal_grant_statements[] = { &settle, &move_end, NULL };

static const struct deal_words refusals[] = {
    { "decided", N_("This extension is decided already.") },
    { "over", N_("This protection is over.") },
    { "until", N_("The new last day must come after the one that holds now.") },
    { "version", N_("This registration has changed since you opened it.") },
    { 0 },
};

const char *deal_grant_refusal(const char *detail)
{
    return deal_words(refusals, detail);
}

static struct err *refuse(const struct deal *deal, const char *detail)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "extension of deal %lld: %s", (long long)deal->id, detail), detail);
}

static struct err *prolong(struct db *db, struct deal *deal, int32_t until, int64_t now)
{
    const struct text_locale *zone = text_locale_get(LANG_EN, deal->partner_zone);
    const int64_t until_at = text_day_ends_at(zone, until);
    int64_t changed;

    if (deal->state != DEAL_APPROVED || now >= deal->protected_until_at)
        return err_pass(refuse(deal, "over"));
    if (until <= deal->protected_until)
        return err_pass(refuse(deal, "until"));
    TRY(db_exec(
        db, &move_end,
        DB_ARGS(DB_D(until), DB_T(until_at), DB_T(now), DB_I(deal->id), DB_I(deal->row_version)),
        &changed));
    if (changed != 1)
        return err_pass(refuse(deal, "version"));
    deal->row_version++;
    deal->protected_until = until;
    deal->protected_until_at = until_at;
    return NULL;
}

struct err *deal_extension_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                                  struct deal *deal, const struct deal_extension_answer *answer)
{
    const char *word = answer->granted ? "granted" : "refused";
    const struct mail_value until = { .name = "until", .kind = VALUE_DAY, .number = answer->until };
    const struct mail_value reason = { .name = "reason", .value = answer->reason };
    char day[DAY_ISO_BYTES];
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &settle,
                DB_ARGS(DB_S(word), DB_I(deal_actor_user(by)), DB_S(deal_actor_name(by)), DB_T(now),
                        DB_S(answer->reason), DB_D(answer->granted ? answer->until : DAY_NONE),
                        DB_I(answer->extension_id), DB_I(deal->id)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(deal, "decided"));
    if (answer->granted)
        TRY(prolong(db, deal, answer->until, now));
    day_iso(answer->granted ? answer->until : deal->protected_until, day);
    TRY(audit_write(
        db, a, &by->who,
        &(struct audit_change){ .kind = "deal",
                                .object_id = deal->id,
                                .action = answer->granted ? "deal.extension_grant"
                                                          : "deal.extension_refuse",
                                .after = arena_printf(a, "{\"protected_until\":\"%s\"}", day) }));
    return err_pass(deal_tell(db, a, deal,
                              answer->granted ? "deal.extension_granted" : "deal.extension_refused",
                              answer->granted ? &until : &reason));
}

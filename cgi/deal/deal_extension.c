/* deal/deal_extension.c */
#include "deal/deal_extension.h"
#include "deal/deal_words.h"
#include "access/parameter.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "job/queue.h"
#include "web/form_fields.h"
#include "web/request.h"

/* -- the form ------------------------------------------------------------------------------------
 */

static const struct choice lengths[] = {
    { "30", N_("30 days") },
    { "60", N_("60 days") },
    { "90", N_("90 days") },
    { 0 },
};

static const struct field fields[] = {
    FORM_VERSION(struct deal_extension_input),
    { .name = "progress",
      .label = N_("What has happened since, and what comes next"),
      .kind = FIELD_LINES,
      .required = true,
      .needed = N_("Say what has happened since, and what comes next."),
      .min = 10,
      .max = 2000,
      .offset = offsetof(struct deal_extension_input, progress) },
    { .name = "days",
      .label = N_("Extend by"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose by how much."),
      .choices = lengths,
      .offset = offsetof(struct deal_extension_input, days) },
    { 0 },
};
const struct form deal_extension_form = { .name = "deal_extension",
                                          .fields = fields,
                                          .size_bytes = sizeof(struct deal_extension_input) };

/* -- asking --------------------------------------------------------------------------------------
 */

/* The unique key over the pending one decides when two ask at once. */
static const struct db_stmt insert = {
    .name = "deal.extension_ask",
    .sql =
        "INSERT INTO deal_extension (deal_id, progress, asked_days, asked_by, asked_at, old_until) "
        "VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "isiitd",
    .flags = DB_WRITE,
};
db_stmt_table deal_extension_statements[] = { &insert, NULL };

static const struct deal_words refusals[] = {
    { "state", N_("Only the protection of an approved registration can be extended.") },
    { "pending", N_("You have asked already; that request is being decided.") },
    { "most", N_("This protection has been extended as often as the programme allows.") },
    { "over", N_("This protection is over.") },
    { 0 },
};

const char *deal_extension_refusal(const char *detail)
{
    return deal_words(refusals, detail);
}

static struct err *refuse(const struct deal *deal, const char *detail)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "deal %lld may not be extended: %s", (long long)deal->id, detail),
        detail);
}

static struct err *refuse_unless_allowed(struct db *db, struct arena *a, const struct deal *deal,
                                         int64_t now)
{
    int64_t most;

    if (deal->state != DEAL_APPROVED)
        return err_pass(refuse(deal, "state"));
    if (now >= deal->protected_until_at)
        return err_pass(refuse(deal, "over"));
    TRY(parameter_now(db, a, PARAM_DEAL_EXTENSIONS_MOST, &most));
    return deal->extensions_granted < most ? NULL : err_pass(refuse(deal, "most"));
}

static struct err *write_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct deal *deal, const struct deal_extension_ask *ask)
{
    const struct canon after[] = { CANON_T("days", ask->days), CANON_T("progress", ask->progress) };
    struct audit_change change = { .kind = "deal",
                                   .object_id = deal->id,
                                   .action = "deal.extension_ask" };
    struct err *e;
    struct buf out;

    buf_init(&out, 256, 0);
    e = canon_write(after, ARRAY_LEN(after), &out);
    if (e == NULL) {
        change.after = out.data;
        e = audit_write(db, a, &by->who, &change);
    }
    buf_free(&out);
    return err_pass(e);
}

struct err *deal_extension_ask(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal, const struct deal_extension_ask *ask)
{
    int64_t now, days;
    struct err *e;

    TRY(db_now(db, &now));
    TRY(refuse_unless_allowed(db, a, deal, now));
    if (!str_to_i64(ask->days, &days))
        return err_raise(ERR_INVALID, "no number of days");
    e = db_exec(db, &insert,
                DB_ARGS(DB_I(deal->id), DB_S(ask->progress), DB_I(days),
                        DB_I(by->who.actor->user_id), DB_T(now), DB_D(deal->protected_until)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(refuse(deal, "pending"));
    }
    TRY(e);
    TRY(job_add(db, "deal.extension", deal->id, 0, NULL, NULL));
    return err_pass(write_audit(db, a, by, deal, ask));
}

/* deal/deal_tell.c - what a move leaves for others to know: which lines are spoken for, the
 * receipt, and word to the partner's people.  Never who else it was, or what they hold. */
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "notification/notification.h"

#include <string.h>

/* What the third place of an event's text holds. */
enum third { THIRD_NOTHING, THIRD_REASON, THIRD_PROTECTED_UNTIL };

static const struct {
    const char *event;
    enum third third;
} thirds[] = {
    { "deal.returned", THIRD_REASON },
    { "deal.rejected", THIRD_REASON },
    { "deal.revoked", THIRD_REASON },
    { "deal.approved", THIRD_PROTECTED_UNTIL },
};

static enum third third_of(const char *event)
{
    for (size_t i = 0; i < ARRAY_LEN(thirds); i++)
        if (strcmp(thirds[i].event, event) == 0)
            return thirds[i].third;
    return THIRD_NOTHING;
}

/* The typed text, else the words of the list; the catalogue translates those that it knows. */
static struct err *reason_value(struct db *db, struct arena *a, const struct deal_reason *reason,
                                struct mail_value *out)
{
    struct deal_reason_row row = { 0 };
    bool found;

    *out = (struct mail_value){ .name = "reason", .value = reason != NULL ? reason->text : "" };
    if (reason == NULL || !str_is_empty(reason->text))
        return NULL;
    TRY(db_one(db, a, &deal_sql_reason, DB_ARGS(DB_S(reason->code)), &row, &found));
    if (found)
        *out = (struct mail_value){ .name = "reason", .value = row.text_en, .kind = VALUE_MESSAGE };
    return NULL;
}

struct err *deal_told(struct db *db, struct arena *a, const struct deal *deal, int64_t **ids_out,
                      size_t *count_out)
{
    struct deal_told_row *rows;
    int64_t *ids;
    size_t count, n = 0;

    TRY(db_list(db, a, &deal_sql_told,
                DB_ARGS(DB_I(deal->account_id), DB_I(deal->created_by), DB_I(deal->sales_user_id)),
                &rows, &count));
    ids = arena_array(a, count + 2, sizeof(*ids));
    ids[n++] = deal->created_by;
    if (deal->sales_user_id != 0)
        ids[n++] = deal->sales_user_id;
    for (size_t i = 0; i < count; i++)
        ids[n++] = rows[i].user_id;
    *ids_out = ids;
    *count_out = n;
    return NULL;
}

struct err *deal_tell(struct db *db, struct arena *a, const struct deal *deal, const char *event,
                      const struct mail_value *third)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_number(a, "DR-", deal->id) },
        { .name = "company", .value = deal->company_name },
        third != NULL ? *third : (struct mail_value){ 0 },
        { 0 },
    };
    const struct notification word = {
        .event = event, .kind = "deal", .object_id = deal->id, .values = values
    };
    int64_t *people;
    size_t count;

    TRY(deal_told(db, a, deal, &people, &count));
    return err_pass(notification_send(db, a, &word, people, count));
}

/* What refuses an appeal says that it is final. */
static const char *event_of(const struct deal *deal, const char *event)
{
    const bool refused = deal->state == DEAL_REJECTED || deal->state == DEAL_DUPLICATE;

    return refused && deal->has_appeal ? "deal.appeal_failed" : event;
}

static struct err *tell_move(struct db *db, struct arena *a, const struct deal *deal,
                             const char *event, const struct deal_reason *reason)
{
    struct mail_value third = { .name = "until",
                                .kind = VALUE_DAY,
                                .number = deal->protected_until };

    switch (third_of(event)) {
    case THIRD_REASON:
        TRY(reason_value(db, a, reason, &third));
        break;
    case THIRD_PROTECTED_UNTIL:
        break;
    case THIRD_NOTHING:
        return err_pass(deal_tell(db, a, deal, event, NULL));
    }
    return err_pass(deal_tell(db, a, deal, event, &third));
}

struct err *deal_finish(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, enum deal_verb verb, const struct deal_reason *reason)
{
    const struct deal_move *move = deal_move(verb);

    if (deal->end_customer_id != 0)
        TRY(deal_set_live(db, deal));
    if (move->receipt != NULL)
        TRY(deal_write_receipt(db, a, deal, move->receipt));
    if (move->event != NULL && by->as != BY_PARTNER)
        TRY(tell_move(db, a, deal, event_of(deal, move->event), reason));
    return NULL;
}

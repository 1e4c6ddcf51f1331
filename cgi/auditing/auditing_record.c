/* auditing/auditing_record.c - the history of one record with before and after, and whether its
 * chain is whole. */
#include "auditing/auditing_inside.h"

#include "account/account.h"
#include "base/str.h"
#include "deal/deal.h"

#include <string.h>

enum { CHECKED_MOST = 10000 };

static const struct list_column columns[] = { { "seq", false, false }, { 0 } };

struct record_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct record_query), { 0 } };
const struct form auditing_record_query = { .name = "auditing_record",
                                            .fields = query_fields,
                                            .size_bytes = sizeof(struct record_query) };

/* -- who may see it ------------------------------------------------------------------------------
 */

static struct err *sees_account(struct request *req, int64_t id, bool *sees_out)
{
    struct account *account = NULL;

    TRY(account_any_of_staff(req->db, req->arena, req->actor->department_low,
                             req->actor->department_high, id, &account));
    *sees_out = account != NULL && actor_may(req->actor, PERM_ACCOUNT_VIEW);
    return NULL;
}

static struct err *sees_deal(struct request *req, int64_t id, bool *sees_out)
{
    struct deal *deal = NULL;

    TRY(deal_of_staff(req->db, req->arena, req->actor->department_low, req->actor->department_high,
                      req->actor->user_id, id, &deal));
    *sees_out = deal != NULL && actor_may(req->actor, PERM_DEAL_VIEW);
    return NULL;
}

static struct err *is_himself(struct request *req, int64_t id, bool *sees_out)
{
    *sees_out = id == req->actor->user_id;
    return NULL;
}

static const struct {
    const char *kind;
    struct err *(*sees)(struct request *req, int64_t id, bool *sees_out);
} visible[] = { { "account", sees_account }, { "deal", sees_deal }, { "user", is_himself } };

static struct err *may_open(struct request *req, const char *kind, int64_t id, bool *opens_out)
{
    *opens_out = false;
    for (size_t i = 0; i < ARRAY_LEN(visible); i++)
        if (str_eq(visible[i].kind, kind))
            return err_pass(visible[i].sees(req, id, opens_out));
    return NULL;
}

/* Whoever does not see everything sees the history of what he may open. */
static struct err *may_see(struct request *req, const char *kind, int64_t id, bool *sees_out)
{
    *sees_out = auditing_sees_all(req);
    return *sees_out ? NULL : err_pass(may_open(req, kind, id, sees_out));
}

/* -- the page ------------------------------------------------------------------------------------
 */

static struct err *show_chain(struct request *req, const char *kind, int64_t id)
{
    struct view *v = view_at(req->page, "Chain");
    struct audit_report report;

    TRY(audit_verify_record(req->db, kind, id, CHECKED_MOST, &report));
    view_text(v, "Tone", report.faults > 0 ? "bad" : "good");
    view_text(v, "Text",
              report.faults > 0
                  ? trf(req, N_("This history was changed: %s"), report.first)
                  : trn(req, N_("The chain is whole: %s event, unchanged since it was written."),
                        N_("The chain is whole: %s events, unchanged since they were written."),
                        report.events));
    return NULL;
}

static struct err *show_events(struct request *req, struct list *list, const char *kind, int64_t id,
                               size_t *count)
{
    const bool newer = list->direction == LIST_NEWER;
    const int64_t above = newer ? list->key.number : 0;
    const int64_t below = list->direction == LIST_OLDER ? list->key.number : INT64_MAX;
    struct list_key first, last;
    struct auditing_row *rows;

    TRY(db_list(req->db, req->arena, auditing_record(newer),
                DB_ARGS(DB_S(kind), DB_I(id), DB_I(above), DB_I(below), DB_I(list->fetch)), &rows,
                count));
    list_end(req, list, rows, sizeof(*rows), count);
    for (size_t i = 0; i < *count; i++)
        auditing_show_event(req, view_row(req->page, "Events"), &rows[i]);
    if (*count > 0) {
        first = (struct list_key){ .number = rows[0].seq, .id = rows[0].seq };
        last = (struct list_key){ .number = rows[*count - 1].seq, .id = rows[*count - 1].seq };
    }
    list_show(req, list, *count > 0 ? &first : NULL, *count > 0 ? &last : NULL);
    return NULL;
}

/* The page of the record itself, where there is one. */
static void show_way(struct request *req, const char *kind, int64_t id)
{
    const char *name = request_param(req, "record");

    if (actor_may(req->actor, PERM_WHO_SEES_VIEW) &&
        (str_eq(kind, "account") || str_eq(kind, "deal") || str_eq(kind, "opportunity") ||
         str_eq(kind, "lead")))
        view_text(req->page, "WhoHref", arena_join(req->arena, "/staff/who-sees/", name, NULL));
    view_text(req->page, "RecordHref", auditing_address(req->arena, kind, id));
}

/* "deal-10423". */
static bool read_name(struct request *req, const char **kind_out, int64_t *id_out)
{
    const char *name = request_param(req, "record"), *dash = strrchr(name, '-');

    if (dash == NULL || !str_to_i64(dash + 1, id_out) || *id_out < 0)
        return false;
    *kind_out = arena_dup_bytes(req->arena, name, (size_t)(dash - name));
    return true;
}

struct err *auditing_record_show(struct request *req)
{
    const struct record_query *in = req->input;
    struct list_spec spec = { .columns = columns };
    const char *kind, *title;
    struct list list;
    bool sees = false;
    size_t count;
    int64_t id;

    if (!read_name(req, &kind, &id))
        return err_raise(ERR_NOT_FOUND, "no name of a record");
    TRY(may_see(req, kind, id, &sees));
    if (!sees)
        return err_raise(ERR_NOT_FOUND, "not a record that he sees");
    spec.address = arena_printf(req->arena, "/staff/audit/%s-%lld", kind, (long long)id);
    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(show_events(req, &list, kind, id, &count));
    if (count == 0) {
        TRY(may_open(req, kind, id, &sees));
        if (!sees)
            return err_raise(ERR_NOT_FOUND, "nothing was done to such a record");
    }
    title = trf(req, N_("History of %1$s %2$s"), auditing_kind_word(req, kind),
                auditing_number(req->arena, kind, id));
    page_title(req, title);
    page_crumb(req, tr(req, N_("Audit trail")), "/staff/audit");
    show_way(req, kind, id);
    return err_pass(show_chain(req, kind, id));
}

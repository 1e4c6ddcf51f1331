/* admin/home_waiting_partner.c */
#include "admin/home_waiting.h"

#include "base/str.h"
#include "lead/lead_view.h"

enum { SHOWN = 8 };

struct waiting_row {
    int64_t id, due_at;
    const char *kind, *title_en, *title_zh;
};
static const struct db_field fields[] = {
    DB_FIELD(struct waiting_row, kind, DB_TEXT, 9),
    DB_FIELD(struct waiting_row, id, DB_I64, 0),
    DB_FIELD(struct waiting_row, title_en, DB_TEXT, 1200),
    DB_FIELD(struct waiting_row, title_zh, DB_TEXT, 1200),
    DB_NULLABLE(struct waiting_row, due_at, DB_AT, 0),
    { 0 },
};
/* Of each kind that the reader may see, a hundred at most: what has a deadline does not grow. */
static const struct db_stmt waiting = {
    .name = "home.waiting.own",
    .sql =
        "(SELECT 'lead' AS kind, id, company_name AS title_en, company_name AS title_zh, due_at "
        "FROM lead FORCE INDEX (lead_own) WHERE account_id = ? AND phase = 2 AND ? = 1 "
        "ORDER BY updated_at DESC, id DESC LIMIT 100) UNION ALL "
        "(SELECT 'invited', id, shown_title, shown_title, due_at FROM opportunity_share "
        "FORCE INDEX (opportunity_share_all) WHERE account_id = ? AND standing = 'invited' "
        "AND due_at > UTC_TIMESTAMP(6) AND ? = 1 ORDER BY updated_at DESC, opportunity_id DESC "
        "LIMIT 100) UNION ALL "
        "(SELECT 'agreement', id, '', '', NULL FROM account WHERE id = ? AND (status = 'agreement' "
        "OR agreement_due = 1) AND ? = 1) UNION ALL "
        "(SELECT 'step', s.id, s.text_en, s.text_zh, NULL FROM account a JOIN onboarding_step s "
        "ON s.active = 1 LEFT JOIN onboarding_done d ON d.account_id = a.id AND d.step_id = s.id "
        "WHERE a.id = ? AND a.status = 'onboarding' AND d.step_id IS NULL AND ? = 1 "
        "ORDER BY s.sort, s.id LIMIT 100) "
        "ORDER BY due_at IS NULL, due_at, kind, id LIMIT ?",
    .binds = "iiiiiiiii",
    .fields = fields,
    .row_bytes = sizeof(struct waiting_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
db_stmt_table home_waiting_partner_statements[] = { &waiting, NULL };

struct waiting_kind {
    const char *kind, *icon, *text, *action;
    const char *address; /* begins it, or is all of it */
    bool numbered;
};
static const struct waiting_kind kinds[] = {
    { "lead", "user-check", N_("A lead is offered to you"), N_("Answer"), "/partner/leads/LD-",
      true },
    { "invited", "mail", N_("You are invited to an opportunity"), N_("Answer"),
      "/partner/opportunities/invitations/", true },
    { "agreement", "writing-sign", N_("Your company has not accepted it yet"), N_("Read"),
      "/partner/programme", false },
    { "step", "list-check", N_("A step of your onboarding"), N_("Look"), "/partner/programme",
      false },
};

static const struct waiting_kind *kind_of(const char *code)
{
    const struct waiting_kind *kind = kinds;

    while (!str_eq(kind->kind, code))
        kind++;
    return kind;
}

static const char *title_of(const struct request *req, const struct waiting_row *row)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;

    if (str_eq(row->kind, "agreement"))
        return tr(req, N_("The partner agreement"));
    return chinese && !str_is_empty(row->title_zh) ? row->title_zh : row->title_en;
}

static void show_row(struct request *req, struct view *card, const struct waiting_row *row,
                     int64_t now)
{
    const struct waiting_kind *kind = kind_of(row->kind);
    const struct lead_left left = lead_time_left(req, now, row->due_at);
    struct view *v = home_work(
        card, &(struct home_work){ .tone = "wait",
                                   .icon = kind->icon,
                                   .title = title_of(req, row),
                                   .text = tr(req, kind->text),
                                   .address = kind->numbered
                                                  ? arena_number(req->arena, kind->address, row->id)
                                                  : kind->address,
                                   .action = tr(req, kind->action) });

    view_text(view_at(v, "Clock"), "Tone", left.tone);
    view_text(view_at(v, "Clock"), "Icon", "clock");
    view_text(view_at(v, "Clock"), "Text", left.text);
}

static struct err *read_rows(struct request *req, struct waiting_row **rows_out, size_t *count_out)
{
    const struct actor *actor = req->actor;
    const struct db_arg account = DB_I(actor->account_id);
    const struct db_arg leads = DB_I(actor_may(actor, PERM_LEAD_VIEW));
    const struct db_arg invitations = DB_I(actor_may(actor, PERM_OPPORTUNITY_VIEW));
    const struct db_arg programme = DB_I(actor_may(actor, PERM_PROGRAMME_ACCEPT));

    return err_pass(db_list(req->db, req->arena, &waiting,
                            DB_ARGS(account, leads, account, invitations, account, programme,
                                    account, programme, DB_I(SHOWN + 1)),
                            rows_out, count_out));
}

static struct err *show_cards(struct request *req)
{
    struct waiting_row *rows;
    struct view *card;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(read_rows(req, &rows, &count));
    if (count == 0)
        return NULL;
    card = home_begin(req, HOME_MAIN, "waiting", tr(req, N_("Waiting for you")));
    for (size_t i = 0; i < count && i < SHOWN; i++)
        show_row(req, card, &rows[i], now);
    if (count <= SHOWN)
        return NULL;
    view_text(card, "Order", tr(req, N_("soonest first; there are more")));
    if (actor_may(req->actor, PERM_LEAD_VIEW))
        home_link(card, tr(req, N_("All leads to answer")), "/partner/leads?view=answer");
    if (actor_may(req->actor, PERM_OPPORTUNITY_VIEW))
        home_link(card, tr(req, N_("All invitations")), "/partner/opportunities");
    return NULL;
}

const struct home_card home_waiting_partner = { .permission = PERM_HOME, .cards = show_cards };

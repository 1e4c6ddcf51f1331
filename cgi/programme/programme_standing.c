/* programme/programme_standing.c - staff's pages of where partners stand: the list, one with its
 * checklist and how it went, and the moves that are the vendor's. */
#include "programme/tier_inside.h"

#include "base/str.h"
#include "notification/notification.h"
#include "web/form_fields.h"

#define ADDRESS "/staff/partners"

/* -- the list ------------------------------------------------------------------------------------
 */

static const struct list_view views[] = {
    { "active", N_("Active") },
    { "onboarding", N_("Onboarding") },
    { "agreement", N_("Agreement open") },
    { "suspended", N_("Suspended") },
    { "ended", N_("Ended") },
    { "all", N_("All") },
    { 0 },
};
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Beginning of the name"),
};

static const struct field query_fields[] = { LIST_FIELDS(struct list_only), { 0 } };
const struct form partner_query = { .name = "partner.query",
                                    .fields = query_fields,
                                    .size_bytes = sizeof(struct list_only) };

/* "%typed%" of list_pattern() without its first sign: a beginning. */
static const char *beginning(struct request *req, const struct list *list)
{
    return list_pattern(req->arena, list) + 1;
}

static struct err *read_rows(struct request *req, const struct list *list,
                             struct partner_account **rows, size_t *count)
{
    const bool all = str_eq(list->view->code, "all");
    struct db_arg args[9] = { DB_I(req->actor->department_low), DB_I(req->actor->department_high) };
    size_t n = 2;

    if (list_searches(list)) {
        args[n++] = DB_S(beginning(req, list));
        args[n] = DB_I(4 * LIST_ROWS);
        return err_pass(
            db_list(req->db, req->arena, &programme_sql_partner_search, args, rows, count));
    }
    if (!all)
        args[n++] = DB_S(list->view->code);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena, programme_sql_partner_list(!all, list->direction),
                            args, rows, count));
}

static void show_row(struct request *req, const struct partner_account *p)
{
    struct view *v = view_row(view_at(req->page, "Partners"), "Rows");

    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", p->id));
    view_text(v, "Name", p->name);
    view_text(v, "Country", text_country_name(text_locale_lang(req->locale), p->country));
    view_text(v, "City", p->city);
    view_text(v, "Tier", programme_word(req, p->tier_en, p->tier_zh));
    view_flag(v, "Due", p->agreement_due);
    page_status(req, v, "Status", partner_statuses, p->status);
    page_at(req, v, "Updated", p->updated_at);
}

static struct list_key key_of(const struct partner_account *p)
{
    return (struct list_key){ .number = p->updated_at, .id = p->id };
}

struct err *partner_list_show(struct request *req)
{
    const struct list_only *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct partner_account *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Partner programme")));
    view_flag(view_at(req->page, "Partners"), "MayEdit",
              actor_may(req->actor, PERM_PROGRAMME_EDIT));
    TRY(read_rows(req, &list, &rows, &count));
    if (!list_searches(&list))
        list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* -- one of them ---------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct partner_account *p = arena_alloc(req->arena, sizeof(*p));
    bool found;

    TRY(db_one(
        req->db, req->arena, &programme_sql_partner,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)), p,
        &found));
    *object_out = found ? p : NULL;
    return NULL;
}

const struct object_kind programme_account_object = { .name = "account",
                                                      .prefix = "",
                                                      .load = load };

struct move_input {
    int64_t row_version;
    const char *verb, *reason;
};

static const struct choice verbs[] = {
    { "activate", N_("Activate") },
    { "suspend", N_("Suspend") },
    { "resume", N_("Resume") },
    { "end", N_("End the partnership") },
    { 0 },
};

static const struct field move_fields[] = {
    FORM_VERSION_NEEDED(struct move_input),
    { .name = "verb",
      .label = N_("What happens"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what happens."),
      .choices = verbs,
      .offset = offsetof(struct move_input, verb) },
    { .name = "reason",
      .label = N_("Told to the partner"),
      .kind = FIELD_LINES,
      .max = 1000,
      .offset = offsetof(struct move_input, reason) },
    { 0 },
};
const struct form partner_move_form = { .name = "partner.move",
                                        .fields = move_fields,
                                        .size_bytes = sizeof(struct move_input) };

struct step_input {
    int64_t step;
    const char *verb;
};
static const struct choice step_verbs[] = { { "verify", N_("Verified") },
                                            { "undo", N_("Not yet") },
                                            { 0 } };
static const struct field step_fields[] = {
    { .name = "step",
      .label = N_("Step"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct step_input, step) },
    { .name = "verb",
      .label = N_("What happens"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what happens."),
      .choices = step_verbs,
      .offset = offsetof(struct step_input, verb) },
    { 0 },
};
const struct form partner_step_form = { .name = "partner.step",
                                        .fields = step_fields,
                                        .size_bytes = sizeof(struct step_input) };

/* A button for each move that the table lets staff make now. */
static void show_moves(struct request *req, struct view *v, enum partner_state state)
{
    if (!actor_may(req->actor, PERM_PROGRAMME_MANAGE))
        return;
    for (const struct choice *c = verbs; c->value != NULL; c++) {
        const enum partner_verb verb = partner_verb_find(c->value);
        struct view *row;

        if (!partner_can(state, verb, BY_VENDOR))
            continue;
        row = view_row(v, "Moves");
        view_text(row, "Verb", c->value);
        view_text(row, "Label", tr(req, c->label));
        view_flag(row, "Bad", partner_move(verb)->needs_reason);
    }
}

struct err *partner_show(struct request *req)
{
    const struct partner_account *p = req->object;
    const struct move_input stored = { .row_version = p->row_version, .verb = "", .reason = "" };
    struct view *v = view_at(req->page, "Partner");
    size_t open;

    page_title(req, p->name);
    page_status(req, view_at(req->page, "Page"), "Status", partner_statuses, p->status);
    page_crumb(req, tr(req, N_("Partner programme")), ADDRESS);
    page_fact(req, text_country_name(text_locale_lang(req->locale), p->country));
    page_fact(req, programme_word(req, p->tier_en, p->tier_zh));
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", p->id));
    if (actor_may(req->actor, PERM_ACCOUNT_VIEW))
        view_text(v, "Account", arena_number(req->arena, "/staff/accounts/", p->id));
    view_flag(v, "Due", p->agreement_due);
    view_flag(v, "MayVerify",
              actor_may(req->actor, PERM_PROGRAMME_MANAGE) &&
                  partner_state_find(p->status) == PARTNER_ONBOARDING);
    form_show(req, &partner_move_form, &stored);
    form_show_as(req, "Step", &partner_step_form, NULL);
    show_moves(req, v, partner_state_find(p->status));
    TRY(partner_limit_show(req, v, p->id));
    TRY(tier_show_partner(req, v, p->id));
    TRY(programme_show_steps(req, v, p->id, &open));
    page_int(req, v, "Open", (int64_t)open);
    return err_pass(programme_show_history(req, v, p->id));
}

/* -- moves ---------------------------------------------------------------------------------------
 */

/* Untranslated: each reader has his language. */
static const char *status_label(const char *code)
{
    const struct status_row *row = partner_statuses;

    while (row->code != NULL && !str_eq(row->code, code))
        row++;
    return row->label;
}

static struct err *tell(struct request *req, const struct partner_account *p,
                        enum partner_verb verb, const char *reason)
{
    const char *code = partner_state_code((enum partner_state)partner_move(verb)->to);
    const struct mail_value values[] = {
        { .name = "company", .value = p->name },
        { .name = "status", .kind = VALUE_MESSAGE, .value = status_label(code) },
        { .name = "reason", .value = reason },
        { 0 },
    };
    const struct notification word = {
        .event = "programme.moved", .kind = "account", .object_id = p->id, .values = values
    };
    struct programme_person *people;
    int64_t *ids;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_everybody, DB_ARGS(DB_I(p->id)), &people,
                &count));
    ids = arena_array(req->arena, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    return err_pass(notification_send(req->db, req->arena, &word, ids, count));
}

/* Nobody is active whose checklist is open. */
static struct err *judge(struct request *req, const struct partner_account *p,
                         const struct move_input *in)
{
    const enum partner_verb verb = partner_verb_find(in->verb);
    struct onboarding_row *rows;
    size_t count;

    if (in->row_version != p->row_version ||
        !partner_can(partner_state_find(p->status), verb, BY_VENDOR))
        return err_pass(form_refuse_at(
            req, "verb",
            tr(req, N_("This partner has changed since you opened the page. This is how it stands "
                       "now."))));
    if (partner_move(verb)->needs_reason && str_is_empty(in->reason))
        return err_pass(
            form_refuse_at(req, "reason", tr(req, N_("Say why: the partner reads it."))));
    if (verb != PARTNER_ACTIVATE)
        return NULL;
    TRY(db_list(req->db, req->arena, &programme_sql_steps, DB_ARGS(DB_I(p->id)), &rows, &count));
    return programme_open_steps(rows, count) == 0
               ? NULL
               : err_pass(form_refuse_at(
                     req, "verb", tr(req, N_("Steps of the checklist are not verified yet."))));
}

struct err *partner_move_post(struct request *req)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    const struct move_input *in = req->input;
    const struct partner_account *p = req->object;
    struct partner_standing at = { p->id, p->row_version, partner_state_find(p->status) };
    const enum partner_verb verb = partner_verb_find(in->verb);
    struct err *e;

    TRY(judge(req, p, in));
    e = partner_move_to(req->db, req->arena, &who, BY_VENDOR, &at, verb, in->reason);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "partner %lld was moved meanwhile", (long long)p->id);
    }
    TRY(e);
    if (verb != PARTNER_END) /* nobody of it could read it in the portal */
        TRY(tell(req, p, verb, in->reason));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)p->id));
}

/* -- the checklist -------------------------------------------------------------------------------
 */

struct err *partner_step_post(struct request *req)
{
    const struct step_input *in = req->input;
    const struct partner_account *p = req->object;
    const bool verify = str_eq(in->verb, "verify");
    int64_t changed = 0;

    if (partner_state_find(p->status) == PARTNER_ONBOARDING && verify)
        TRY(db_exec(req->db, &programme_sql_step_verify,
                    DB_ARGS(DB_S(req->actor->name), DB_I(p->id), DB_I(in->step)), &changed));
    else if (partner_state_find(p->status) == PARTNER_ONBOARDING)
        TRY(db_exec(req->db, &programme_sql_step_undo, DB_ARGS(DB_I(p->id), DB_I(in->step)),
                    &changed));
    if (changed != 1)
        return err_pass(form_refuse_at(
            req, "step", tr(req, N_("This step has changed since you opened the page."))));
    TRY(request_audit(req, "account", p->id, NULL,
                      arena_printf(req->arena, "{\"step\":%lld,\"verb\":\"%s\"}",
                                   (long long)in->step, in->verb)));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)p->id));
}

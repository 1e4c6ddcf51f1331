/* opportunity/opportunity_share_pages.c */
#include "opportunity/opportunity_share_pages.h"

#include "base/str.h"
#include "opportunity/opportunity_view.h"
#include "web/form_fields.h"

/* -- forms ---------------------------------------------------------------------------------------
 */

struct share_input {
    int64_t partner_id, days;
    const char *role, *level, *title, *message;
    bool show_customer, sees_others;
};
#define AT(member) .offset = offsetof(struct share_input, member)
static const struct field share_fields[] = {
    { .name = "partner_id",
      .label = N_("Partner"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose a partner."),
      AT(partner_id) },
    { .name = "role",
      .label = N_("Role"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = opportunity_roles,
      AT(role) },
    { .name = "level",
      .label = N_("What it may do"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = opportunity_levels,
      AT(level) },
    { .name = "title",
      .label = N_("What the invitation calls it"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Say what it is about."),
      .min = 1,
      .max = 200,
      AT(title) },
    { .name = "show_customer",
      .label = N_("The invitation names the end customer"),
      .kind = FIELD_FLAG,
      AT(show_customer) },
    { .name = "sees_others",
      .label = N_("It sees the other partners of this opportunity"),
      .kind = FIELD_FLAG,
      AT(sees_others) },
    { .name = "message", .label = N_("Message"), .kind = FIELD_LINES, .max = 1000, AT(message) },
    { .name = "days",
      .label = N_("Days to answer"),
      .kind = FIELD_INT,
      .required = true,
      .needed = N_("Say how long it may take to answer."),
      .min = 1,
      .max = 60,
      AT(days) },
    { 0 },
};
#undef AT
const struct form opportunity_share_form = { .name = "opportunity_share",
                                             .fields = share_fields,
                                             .size_bytes = sizeof(struct share_input) };

struct one_input {
    int64_t share_id, row_version;
    const char *reason, *level;
    bool sees_others;
};
#define AT(member) .offset = offsetof(struct one_input, member)
#define SHARE_ID                                                                          \
    {                                                                                     \
        .name = "share_id", .label = "", .kind = FIELD_ID, .required = true, AT(share_id) \
    }
static const struct field end_fields[] = {
    SHARE_ID,
    FORM_VERSION(struct one_input),
    { .name = "reason", .label = N_("Reason"), .kind = FIELD_TEXT, .max = 300, AT(reason) },
    { 0 },
};
static const struct field change_fields[] = {
    SHARE_ID,
    FORM_VERSION(struct one_input),
    { .name = "level",
      .label = N_("What it may do"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = opportunity_levels,
      AT(level) },
    { .name = "sees_others",
      .label = N_("Sees the other partners"),
      .kind = FIELD_FLAG,
      AT(sees_others) },
    { 0 },
};
static const struct field accept_fields[] = { FORM_VERSION(struct one_input), { 0 } };
static const struct field decline_fields[] = {
    FORM_VERSION(struct one_input),
    { .name = "reason",
      .label = N_("Why not?"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Say why: it helps to find another partner."),
      .min = 1,
      .max = 300,
      AT(reason) },
    { 0 },
};
#define FORM(ident, name_, fields_)                \
    const struct form ident = { .name = name_,     \
                                .fields = fields_, \
                                .size_bytes = sizeof(struct one_input) }
FORM(opportunity_share_end_form, "opportunity_share_end", end_fields);
FORM(opportunity_share_change_form, "opportunity_share_change", change_fields);
FORM(opportunity_accept_form, "opportunity_accept", accept_fields);
FORM(opportunity_decline_form, "opportunity_decline", decline_fields);

/* -- partners to choose from ---------------------------------------------------------------------
 */

struct partner_row {
    int64_t id;
    const char *name, *status;
};
static const struct db_field partner_fields[] = {
    DB_FIELD(struct partner_row, id, DB_I64, 0),
    DB_FIELD(struct partner_row, name, DB_TEXT, 200),
    DB_FIELD(struct partner_row, status, DB_TEXT, 14),
    { 0 },
};
#define PARTNERS                                                                    \
    "SELECT id, name, status FROM account WHERE (department_id BETWEEN ? AND ? OR " \
    "department_id IS NULL) AND kind = 'partner' AND deleted_at IS NULL "
static const struct db_stmt partners = {
    .name = "opportunity.partners",
    .sql = PARTNERS "AND status = 'active' ORDER BY name, id LIMIT 2000",
    .binds = "ii",
    .fields = partner_fields,
    .row_bytes = sizeof(struct partner_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
static const struct db_stmt partner_by_id = {
    .name = "opportunity.partner",
    .sql = PARTNERS "AND id = ?",
    .binds = "iii",
    .fields = partner_fields,
    .row_bytes = sizeof(struct partner_row),
    .flags = DB_STAFF_SCOPE,
};
db_stmt_table opportunity_share_page_statements[] = { &partners, &partner_by_id, NULL };

static struct db_arg low_of(const struct request *req)
{
    return DB_I(req->actor->department_low);
}

static struct db_arg high_of(const struct request *req)
{
    return DB_I(req->actor->department_high);
}

/* -- on the record -------------------------------------------------------------------------------
 */

static const char *word(const struct request *req, const struct choice *list, const char *value)
{
    for (; list->value != NULL; list++)
        if (str_eq(list->value, value))
            return tr(req, list->label);
    return value;
}

static bool is_live(const struct opportunity_share *s)
{
    return str_eq(s->standing, "invited") || str_eq(s->standing, "accepted");
}

static void show_levels(struct request *req, struct view *row, const struct opportunity_share *s)
{
    for (const struct choice *c = opportunity_levels; c->value != NULL; c++) {
        struct view *option = view_row(row, "Levels");

        view_text(option, "Value", c->value);
        view_text(option, "Label", tr(req, c->label));
        view_flag(option, "Chosen", str_eq(c->value, s->level));
    }
}

static void show_share(struct request *req, struct view *v, const struct opportunity_share *s,
                       bool may)
{
    struct view *row = view_row(v, "Shares");

    view_int(row, "Id", s->id);
    view_int(row, "Version", s->row_version);
    view_text(row, "Partner", s->partner_name);
    view_text(row, "Role", word(req, opportunity_roles, s->role));
    view_text(row, "Level", word(req, opportunity_levels, s->level));
    if (req->actor->audience != AUD_STAFF)
        return;
    page_status(req, row, "Status", opportunity_standings, s->standing);
    view_flag(row, "Own", s->own);
    view_flag(row, "SeesOthers", s->sees_others);
    view_text(row, "Reason", s->reason);
    view_text(row, "Invited", s->invited_name);
    view_text(row, "Answered", s->answered_name);
    if (str_eq(s->standing, "invited"))
        page_at(req, row, "Due", s->due_at);
    view_flag(row, "MayChange", may && is_live(s));
    view_flag(row, "MayEnd", may && is_live(s) && !s->own);
    show_levels(req, row, s);
}

struct err *opportunity_show_shares(struct request *req, struct view *v,
                                    const struct opportunity *o)
{
    const bool staff = req->actor->audience == AUD_STAFF;
    const bool may = staff && actor_may(req->actor, PERM_OPPORTUNITY_SHARE);
    struct opportunity_share *rows;
    size_t count;

    view_flag(view_at(v, "May"), "Share", may && str_eq(o->state, "open"));
    if (!staff && !o->sees_others)
        return NULL;
    TRY(opportunity_shares(req->db, req->arena, o->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (staff ||
            (str_eq(rows[i].standing, "accepted") && rows[i].account_id != req->actor->account_id))
            show_share(req, v, &rows[i], may);
    return NULL;
}

/* -- staff ---------------------------------------------------------------------------------------
 */

enum { DAYS_TO_ANSWER = 5 };

struct err *opportunity_share_show(struct request *req)
{
    const struct opportunity *o = req->object;
    const struct share_input stored = {
        .role = "cosell", .level = "collaborate", .title = "", .message = "", .days = DAYS_TO_ANSWER
    };
    struct view *v = view_at(req->page, "Opportunity"), *field;
    struct partner_row *rows;
    size_t count;

    if (!str_eq(o->state, "open"))
        return err_pass(
            opportunity_refuse(req, o, tr(req, N_("It is closed: it is shared with nobody new."))));
    opportunity_show_head(req, o);
    opportunity_crumbs(req, o);
    view_text(v, "Href", opportunity_href(req, o->id));
    form_show(req, &opportunity_share_form, &stored);
    TRY(db_list(req->db, req->arena, &partners, DB_ARGS(low_of(req), high_of(req)), &rows, &count));
    field = view_at(view_at(view_at(req->page, "Form"), "F"), "partner_id");
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(field, "Options");

        view_int(option, "Value", rows[i].id);
        view_text(option, "Label", rows[i].name);
    }
    return NULL;
}

static struct err *judge_partner(struct request *req, int64_t id)
{
    struct partner_row row;
    bool found;

    TRY(db_one(req->db, req->arena, &partner_by_id, DB_ARGS(low_of(req), high_of(req), DB_I(id)),
               &row, &found));
    if (!found)
        form_fault(req, "partner_id", -1, tr(req, N_("Choose a partner.")));
    else if (str_eq(row.status, "suspended"))
        form_fault(req, "partner_id", -1,
                   tr(req, N_("This partner is suspended: nothing is shared with it.")));
    else if (!str_eq(row.status, "active"))
        form_fault(req, "partner_id", -1, tr(req, N_("This partner is no longer one.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

/* Two invite at once: the key decides, and the second run finds the first one's. */
static struct err *refuse_shared(struct request *req, struct err *e)
{
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a partner was invited by somebody else");
    }
    if (!err_is(e, ERR_CONFLICT) || !str_eq(err_detail(e), "shared"))
        return err_pass(e);
    err_free(e);
    return err_pass(form_refuse_at(req, "partner_id",
                                   tr(req, N_("This partner has it, or is invited, already."))));
}

struct err *opportunity_share_post(struct request *req)
{
    const struct share_input *in = req->input;
    const struct opportunity *o = req->object;
    const struct deal_actor by = opportunity_actor(req);
    const struct opportunity_invitation invitation = { .account_id = in->partner_id,
                                                       .role = in->role,
                                                       .level = in->level,
                                                       .title = in->title,
                                                       .message = in->message,
                                                       .show_customer = in->show_customer,
                                                       .sees_others = in->sees_others,
                                                       .days = in->days };

    if (!str_eq(o->state, "open"))
        return err_pass(
            opportunity_refuse(req, o, tr(req, N_("It is closed: it is shared with nobody new."))));
    TRY(judge_partner(req, in->partner_id));
    TRY(refuse_shared(req, opportunity_invite(req->db, req->arena, &by, o, &invitation)));
    return err_pass(reply_redirect(req, "opportunity_shared", "%s/OP-%lld", opportunity_base(req),
                                   (long long)o->id));
}

/* The share that a form on the record's page is about; NULL when it is not what was shown. */
static struct err *find_shown(struct request *req, const struct opportunity_share **out)
{
    const struct one_input *in = req->input;
    const struct opportunity *o = req->object;
    struct opportunity_share *rows;
    size_t count;

    *out = NULL;
    TRY(opportunity_shares(req->db, req->arena, o->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == in->share_id && rows[i].row_version == in->row_version &&
            is_live(&rows[i]))
            *out = &rows[i];
    return NULL;
}

static struct err *refuse_changed(struct request *req)
{
    return err_pass(opportunity_refuse(
        req, req->object,
        tr(req, N_("This share has changed since you opened it. Nothing was done: look at it "
                   "again first."))));
}

static struct err *after_share(struct request *req, struct err *e)
{
    const struct opportunity *o = req->object;

    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a share changed while it was written");
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "saved", "%s/OP-%lld", opportunity_base(req), (long long)o->id));
}

struct err *opportunity_share_end_post(struct request *req)
{
    const struct one_input *in = req->input;
    const struct deal_actor by = opportunity_actor(req);
    const struct opportunity_share *share;

    TRY(find_shown(req, &share));
    if (share == NULL || share->own)
        return err_pass(refuse_changed(req));
    return err_pass(
        after_share(req, opportunity_end_share(req->db, req->arena, &by, share, in->reason)));
}

struct err *opportunity_share_change_post(struct request *req)
{
    const struct one_input *in = req->input;
    const struct deal_actor by = opportunity_actor(req);
    const struct opportunity_share *share;

    TRY(find_shown(req, &share));
    if (share == NULL)
        return err_pass(refuse_changed(req));
    return err_pass(after_share(req, opportunity_change_share(req->db, req->arena, &by, share,
                                                              in->level, in->sees_others)));
}

/* -- partners ------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct opportunity_share *share;

    TRY(opportunity_share_of_account(req->db, req->arena, req->actor->account_id, id, &share));
    *object_out = share;
    return NULL;
}
const struct object_kind opportunity_invitation_object = { .name = "opportunity_share",
                                                           .prefix = "",
                                                           .load = load };

static const char *invitation_href(const struct request *req, int64_t id)
{
    return arena_number(req->arena, "/partner/opportunities/invitations/", id);
}

static const char *customer_words(struct request *req, const struct opportunity_share *s)
{
    const char *country = str_is_empty(s->shown_country)
                              ? ""
                              : text_country_name(text_locale_lang(req->locale), s->shown_country);

    if (str_is_empty(s->shown_customer))
        return *country != '\0' ? trf(req, N_("Named when you accept (%s)"), country)
                                : tr(req, N_("Named when you accept"));
    return *country != '\0' ? trf(req, N_("%1$s, %2$s"), s->shown_customer, country)
                            : s->shown_customer;
}

struct err *opportunity_show_invitations(struct request *req, struct view *v)
{
    struct opportunity_share *rows;
    size_t count;

    TRY(opportunity_invitations(req->db, req->arena, req->actor->account_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Invitations");

        view_text(row, "Title", rows[i].shown_title);
        view_text(row, "Href", invitation_href(req, rows[i].id));
        view_text(row, "Customer", customer_words(req, &rows[i]));
        view_text(row, "Role", word(req, opportunity_roles, rows[i].role));
        page_at(req, row, "Due", rows[i].due_at);
    }
    return NULL;
}

/* Of an invitation nothing but its own row is read here. */
struct err *opportunity_invitation_show(struct request *req)
{
    const struct opportunity_share *s = req->object;
    const struct one_input stored = { .row_version = s->row_version, .reason = "" };
    struct view *v = view_at(req->page, "Invitation");
    int64_t now;

    TRY(db_now(req->db, &now));
    page_title(req, s->shown_title);
    opportunity_crumbs(req, NULL);
    page_status(req, view_at(req->page, "Page"), "Status", opportunity_standings, s->standing);
    view_text(v, "Href", invitation_href(req, s->id));
    view_text(v, "Customer", customer_words(req, s));
    view_text(v, "Role", word(req, opportunity_roles, s->role));
    view_text(v, "Level", word(req, opportunity_levels, s->level));
    view_text(v, "Message", s->message);
    view_text(v, "Invited", s->invited_name);
    page_at(req, v, "At", s->invited_at);
    page_at(req, v, "Due", s->due_at);
    view_text(v, "Reason", s->reason);
    view_text(v, "Answered", s->answered_name);
    view_flag(v, "Late", str_eq(s->standing, "invited") && s->due_at <= now);
    view_flag(v, "MayAnswer",
              str_eq(s->standing, "invited") && s->due_at > now &&
                  actor_may(req->actor, PERM_OPPORTUNITY_EDIT));
    if (str_eq(s->standing, "accepted"))
        view_text(v, "Opportunity", opportunity_href(req, s->opportunity_id));
    form_show(req, &opportunity_decline_form, &stored);
    return NULL;
}

static struct err *refuse_answer(struct request *req)
{
    const struct opportunity_share *s = req->object;
    struct view *v = view_at(req->page, "Opportunity");

    page_title(req, s->shown_title);
    opportunity_crumbs(req, NULL);
    view_text(v, "Message",
              tr(req, N_("This invitation was answered, ended, or is too old. Nothing was done.")));
    view_text(v, "Href", invitation_href(req, s->id));
    return err_pass(reply_conflict(req, "opportunity/refused.cs"));
}

/* *DONE_OUT false: it cannot be answered any more, and the page says so. */
static struct err *give_answer(struct request *req, bool accepts, const char *reason,
                               bool *done_out)
{
    const struct one_input *in = req->input;
    const struct opportunity_share *s = req->object;
    const struct deal_actor by = opportunity_actor(req);
    struct err *e;
    int64_t now;

    TRY(db_now(req->db, &now));
    *done_out =
        str_eq(s->standing, "invited") && s->due_at > now && in->row_version == s->row_version;
    if (!*done_out)
        return err_pass(refuse_answer(req));
    e = opportunity_answer(req->db, req->arena, &by, s, accepts, reason);
    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "an invitation changed while it was answered");
    }
    return err_pass(e);
}

struct err *opportunity_accept_post(struct request *req)
{
    const struct opportunity_share *s = req->object;
    bool done;

    TRY(give_answer(req, true, "", &done));
    if (!done)
        return NULL;
    return err_pass(reply_redirect(req, "opportunity_accepted", "/partner/opportunities/OP-%lld",
                                   (long long)s->opportunity_id));
}

struct err *opportunity_decline_post(struct request *req)
{
    const struct one_input *in = req->input;
    bool done;

    TRY(give_answer(req, false, in->reason, &done));
    if (!done)
        return NULL;
    return err_pass(reply_redirect(req, "opportunity_declined", "/partner/opportunities"));
}

/* programme/programme_decide.c - an application is taken, refused with a reason, or accepted: a new
 * partner is made, or the applicant joins one that there is; the mail with the invitation leaves
 * with it. */
#include "programme/programme_inside.h"

#include "account/account.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "identity/identity.h"
#include "web/form_fields.h"

struct reject_input {
    int64_t row_version;
    const char *reason;
};
struct accept_input {
    int64_t row_version, tier_id, department_id;
    const char *join, *email, *zone, *currency;
};

/* -- forms ---------------------------------------------------------------------------------------
 */

#define AT(member) .offset = offsetof(struct accept_input, member)

static const struct field reject_fields[] = {
    FORM_VERSION_NEEDED(struct reject_input),
    { .name = "reason",
      .label = N_("Told to the applicant"),
      .kind = FIELD_LINES,
      .required = true,
      .needed = N_("Say why: the applicant reads it."),
      .max = 1000,
      .offset = offsetof(struct reject_input, reason) },
    { 0 },
};
const struct form application_reject_form = { .name = "application.reject",
                                              .fields = reject_fields,
                                              .size_bytes = sizeof(struct reject_input) };

static const struct field accept_fields[] = {
    FORM_VERSION_NEEDED(struct accept_input),
    { .name = "join",
      .label = N_("Number of a partner that it belongs to"),
      .kind = FIELD_TEXT,
      .max = 20,
      AT(join) },
    { .name = "email",
      .label = N_("Who is invited as administrator"),
      .kind = FIELD_EMAIL,
      .required = true,
      AT(email) },
    { .name = "tier_id", .label = N_("Tier"), .kind = FIELD_ID, AT(tier_id) },
    { .name = "department_id", .label = N_("Department"), .kind = FIELD_ID, AT(department_id) },
    { .name = "zone",
      .label = N_("Time zone"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a time zone."),
      .choices_of = form_zones,
      AT(zone) },
    { .name = "currency",
      .label = N_("Currency"),
      .kind = FIELD_CURRENCY,
      .required = true,
      AT(currency) },
    { 0 },
};
const struct form application_accept_form = { .name = "application.accept",
                                              .fields = accept_fields,
                                              .size_bytes = sizeof(struct accept_input) };

struct err *programme_show_decision(struct request *req, const struct application *p)
{
    const struct accept_input accept = { .row_version = p->row_version,
                                         .email = p->email,
                                         .department_id = p->department_id,
                                         .join = "",
                                         .zone = req->actor->zone,
                                         .currency = "USD" };
    const struct reject_input reject = { .row_version = p->row_version, .reason = "" };

    form_show_as(req, "Reject", &application_reject_form, &reject);
    form_show(req, &application_accept_form, &accept);
    return err_pass(programme_show_options(req));
}

static bool may_choose(const struct request *req, int64_t department_id)
{
    return department_id >= req->actor->department_low &&
           department_id <= req->actor->department_high;
}

static void add_option(const struct request *req, struct view *field,
                       const struct programme_choice *row)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", row->id);
    view_text(option, "Label", programme_word(req, row->name_en, row->name_zh));
}

struct err *programme_show_options(struct request *req)
{
    struct view *fields = view_at(view_at(req->page, "Form"), "F");
    struct programme_choice *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_tiers, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_option(req, view_at(fields, "tier_id"), &rows[i]);
    TRY(db_list(req->db, req->arena, &programme_sql_departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (may_choose(req, rows[i].id))
            add_option(req, view_at(fields, "department_id"), &rows[i]);
    return NULL;
}

static struct err *is_one_of(struct request *req, const struct db_stmt *stmt, int64_t id,
                             bool *yes_out)
{
    struct programme_choice *rows;
    size_t count;

    *yes_out = id == 0;
    TRY(db_list(req->db, req->arena, stmt, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        *yes_out = *yes_out || rows[i].id == id;
    return NULL;
}

struct err *programme_check_options(struct request *req, int64_t tier_id, int64_t department_id)
{
    bool tier, department;

    TRY(is_one_of(req, &programme_sql_tiers, tier_id, &tier));
    TRY(is_one_of(req, &programme_sql_departments, department_id, &department));
    if (!tier)
        form_fault(req, "tier_id", -1, tr(req, N_("Choose one of the list.")));
    if (!department || (department_id != 0 && !may_choose(req, department_id)))
        form_fault(req, "department_id", -1, tr(req, N_("Choose one of your departments.")));
    return NULL;
}

/* -- moves ---------------------------------------------------------------------------------------
 */

struct outcome {
    enum application_verb verb;
    int64_t shown_version, account_id;
    const char *reason;
};

/* The page as it is now, with what was asked in vain. */
static struct err *refuse(struct request *req, const char *field)
{
    return err_pass(form_refuse_at(
        req, field,
        tr(req, N_("This application has changed since you opened it, or cannot be decided "
                   "so. This is how it stands now."))));
}

static struct err *move(struct request *req, const struct application *p, const struct outcome *to,
                        const char *field)
{
    const struct programme_move *step = application_move(to->verb);
    const char *after = application_state_code((enum application_state)step->to);
    int64_t changed, now;

    if (to->shown_version != p->row_version ||
        !application_can(application_state_of(p), to->verb, BY_VENDOR))
        return err_pass(refuse(req, field));
    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &programme_sql_application_move,
                DB_ARGS(DB_S(after), DB_I(req->actor->user_id), DB_S(req->actor->name),
                        DB_S(to->reason), DB_ID(to->account_id),
                        DB_T(to->verb == APPLICATION_TAKE ? 0 : now), DB_I(p->id),
                        DB_I(p->row_version), DB_S(p->state_code)),
                &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "application %lld was decided meanwhile", (long long)p->id);
    return err_pass(audit_write(
        req->db, req->arena,
        &(struct audit_who){ .actor = req->actor, .address = req->remote_addr },
        &(struct audit_change){
            .kind = "application",
            .object_id = p->id,
            .action = step->action,
            .before = identity_json(req->arena, JSON_PAIRS({ "state", p->state_code })),
            .after =
                identity_json(req->arena, JSON_PAIRS({ "reason", to->reason }, { "state", after })),
        }));
}

static struct err *go_back(struct request *req, const struct application *p, const char *note)
{
    return err_pass(reply_redirect(req, note, "/staff/applications/PA-%lld", (long long)p->id));
}

struct err *application_take_post(struct request *req)
{
    const struct programme_version_input *in = req->input;
    const struct application *p = req->object;
    const struct outcome to = { APPLICATION_TAKE, in->row_version, 0, "" };

    TRY(move(req, p, &to, "row_version"));
    return err_pass(go_back(req, p, "deal_taken"));
}

/* Compared anew: somebody may have been made or changed since. */
struct err *application_check_post(struct request *req)
{
    const struct application *p = req->object;

    TRY(job_add(req->db, "programme.check", p->id, 0, NULL, NULL));
    TRY(request_audit(req, "application", p->id, NULL, NULL));
    return err_pass(go_back(req, p, "application_check"));
}

static struct err *mail_refusal(struct request *req, const struct application *p,
                                const char *reason)
{
    const struct mail_value values[] = {
        { .name = "Company", .value = p->company_name },
        { .name = "Text", .value = reason },
        { .name = "Number", .value = application_number(req->arena, p->id) },
        { 0 },
    };
    enum lang lang = LANG_EN;

    lang_from_code(p->lang, &lang);
    return err_pass(outbox_add(req->db, req->arena,
                               &(struct mail){ .template = "programme/refused",
                                               .to_address = p->email,
                                               .to_name = p->contact_name,
                                               .lang = lang,
                                               .kind = "application",
                                               .object_id = p->id,
                                               .reason = N_("You asked to become a partner."),
                                               .values = values }));
}

struct err *application_reject_post(struct request *req)
{
    const struct reject_input *in = req->input;
    const struct application *p = req->object;
    const struct outcome to = { APPLICATION_REJECT, in->row_version, 0, in->reason };

    TRY(move(req, p, &to, "reason"));
    TRY(mail_refusal(req, p, in->reason));
    return err_pass(go_back(req, p, "application_decided"));
}

/* -- accepting -----------------------------------------------------------------------------------
 */

/* A new partner, which first of all accepts the agreement. */
static struct err *make_partner(struct request *req, const struct application *p,
                                const struct accept_input *in, int64_t *account_out)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    const struct deal_rooms *rooms = req->rooms;
    struct account account = {
        .kind = "partner",
        .name = p->company_name,
        .country = p->country,
        .region = "",
        .city = p->city,
        .address = p->address,
        .website = p->website,
        .tax_number = p->tax_number,
        .phone = p->contact_phone,
        .zone = in->zone,
        .currency = in->currency,
        .tier_id = in->tier_id,
        .department_id = in->department_id,
        .owner_user_id = req->actor->user_id,
    };
    int64_t changed;

    TRY(account_create(req->db, req->arena, rooms->names, &who, &account));
    TRY(db_exec(req->db, &programme_sql_status_set,
                DB_ARGS(DB_S(partner_state_code(PARTNER_AGREEMENT)), DB_I(account.id),
                        DB_I(account.row_version), DB_S("active")),
                &changed));
    if (changed != 1)
        return err_raise(ERR_BUG, "a new account has another status");
    TRY(db_exec(req->db, &programme_sql_move_add,
                DB_ARGS(DB_I(account.id), DB_S("admit"),
                        DB_S(partner_state_code(PARTNER_AGREEMENT)), DB_I(req->actor->user_id),
                        DB_S(req->actor->name), DB_S("")),
                NULL));
    *account_out = account.id;
    return NULL;
}

/* The one that it is said to belong to: one that the visitor sees, and that has not ended. */
static struct err *find_joined(struct request *req, const char *typed, int64_t *account_out)
{
    struct partner_account row;
    bool found = false;
    int64_t id;

    *account_out = 0;
    if (str_to_i64(typed, &id) && id > 0)
        TRY(db_one(
            req->db, req->arena, &programme_sql_partner,
            DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)),
            &row, &found));
    if (found && partner_state_find(row.status) != PARTNER_ENDED)
        *account_out = id;
    else
        form_fault(req, "join", -1, tr(req, N_("There is no such partner that could be joined.")));
    return NULL;
}

static struct err *invite(struct request *req, const struct application *p,
                          const struct accept_input *in, int64_t account_id)
{
    int64_t user_id;
    struct err *e = db_insert(
        req->db, &programme_sql_user_add,
        DB_ARGS(DB_I(account_id), DB_S(in->email), DB_S(identity_email_key(req->arena, in->email)),
                DB_S(p->contact_name), DB_S(p->contact_title), DB_S(p->lang), DB_S(in->zone)),
        &user_id);

    if (err_is(e, ERR_DUPLICATE)) { /* somebody was faster than judge() */
        err_free(e);
        return err_raise(ERR_AGAIN, "the address was taken meanwhile");
    }
    TRY(e);
    TRY(db_exec(req->db, &programme_sql_user_role, DB_ARGS(DB_I(user_id)), NULL));
    TRY(request_audit(req, "user", user_id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "roles", "administrator" }))));
    return err_pass(
        identity_invite(req->db, req->arena, user_id, req->actor->name, p->company_name));
}

/* Staff may know that an address has a log-in; the applicant is never told. */
static struct err *judge(struct request *req, const struct accept_input *in, int64_t *joined_out)
{
    struct programme_known known;
    bool found;

    *joined_out = 0;
    if (!str_is_empty(in->join))
        TRY(find_joined(req, in->join, joined_out));
    TRY(db_one(req->db, req->arena, &programme_sql_user_known,
               DB_ARGS(DB_S(identity_email_key(req->arena, in->email))), &known, &found));
    if (found)
        form_fault(req, "email", -1, tr(req, N_("This address has a log-in already.")));
    TRY(programme_check_options(req, in->tier_id, in->department_id));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

struct err *application_accept_post(struct request *req)
{
    const struct accept_input *in = req->input;
    const struct application *p = req->object;
    struct outcome to = { APPLICATION_ACCEPT, in->row_version, 0, "" };

    TRY(judge(req, in, &to.account_id));
    if (to.account_id == 0)
        TRY(make_partner(req, p, in, &to.account_id));
    TRY(move(req, p, &to, "email"));
    TRY(invite(req, p, in, to.account_id));
    return err_pass(go_back(req, p, "application_decided"));
}

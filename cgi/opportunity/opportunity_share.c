/* opportunity/opportunity_share.c */
#include "opportunity/opportunity_share.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "notification/notification.h"

#define KIND "opportunity"

const struct status_row opportunity_standings[] = {
    { "invited", "wait", "mail", N_("Invited") },
    { "accepted", "good", "circle-check", N_("Takes part") },
    { "declined", "off", "x", N_("Declined") },
    { "expired", "off", "clock-off", N_("Not answered") },
    { "ended", "off", "minus", N_("Ended") },
    { 0 },
};
const struct choice opportunity_roles[] = {
    { "sourced", N_("Brought it") },
    { "cosell", N_("Sells with us") },
    { "fulfilment", N_("Delivers") },
    { "influence", N_("Influences") },
    { 0 },
};
const struct choice opportunity_levels[] = {
    { "view", N_("May look") },
    { "collaborate", N_("May change it") },
    { "lead", N_("Leads: may also move it from stage to stage") },
    { 0 },
};

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field share_fields[] = {
    DB_FIELD(struct opportunity_share, id, DB_I64, 0),
    DB_FIELD(struct opportunity_share, opportunity_id, DB_I64, 0),
    DB_FIELD(struct opportunity_share, account_id, DB_I64, 0),
    DB_FIELD(struct opportunity_share, row_version, DB_I64, 0),
    DB_NULLABLE(struct opportunity_share, invited_by, DB_I64, 0),
    DB_NULLABLE(struct opportunity_share, answered_by, DB_I64, 0),
    DB_FIELD(struct opportunity_share, own, DB_BOOL, 0),
    DB_FIELD(struct opportunity_share, sees_others, DB_BOOL, 0),
    DB_FIELD(struct opportunity_share, role, DB_TEXT, 12),
    DB_FIELD(struct opportunity_share, level, DB_TEXT, 12),
    DB_FIELD(struct opportunity_share, standing, DB_TEXT, 10),
    DB_FIELD(struct opportunity_share, partner_name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_share, shown_title, DB_TEXT, 200),
    DB_FIELD(struct opportunity_share, shown_customer, DB_TEXT, 200),
    DB_FIELD(struct opportunity_share, shown_country, DB_TEXT, 4),
    DB_FIELD(struct opportunity_share, message, DB_TEXT, 300),
    DB_FIELD(struct opportunity_share, invited_name, DB_TEXT, 120),
    DB_FIELD(struct opportunity_share, answered_name, DB_TEXT, 120),
    DB_FIELD(struct opportunity_share, reason, DB_TEXT, 300),
    DB_FIELD(struct opportunity_share, invited_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity_share, due_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity_share, answered_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity_share, ended_at, DB_AT, 0),
    { 0 },
};
#define SHARE(name)                                                                             \
    "SELECT s.id, s.opportunity_id, s.account_id, s.row_version, s.invited_by, s.answered_by, " \
    "s.own, s.sees_others, s.role, s.level, s.standing, " name " AS partner_name, "             \
    "s.shown_title, s.shown_customer, s.shown_country, s.message, s.invited_name, "             \
    "s.answered_name, s.reason, s.invited_at, s.due_at, s.answered_at, s.ended_at "             \
    "FROM opportunity_share s "

static const struct db_stmt of_record = {
    .name = "opportunity.shares",
    .sql = SHARE("a.name") "JOIN account a ON a.id = s.account_id WHERE s.opportunity_id = ? "
                           "ORDER BY s.own DESC, s.id LIMIT 100",
    .binds = "i",
    .fields = share_fields,
    .row_bytes = sizeof(struct opportunity_share),
};
static const struct db_stmt of_account = {
    .name = "opportunity.share_of_account",
    .sql = SHARE("''") "WHERE s.account_id = ? AND s.id = ? AND s.own = 0",
    .binds = "ii",
    .fields = share_fields,
    .row_bytes = sizeof(struct opportunity_share),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt invitations = {
    .name = "opportunity.invitations",
    .sql = SHARE("''") "FORCE INDEX (opportunity_share_all) WHERE s.account_id = ? "
                       "AND s.standing = 'invited' AND s.due_at > UTC_TIMESTAMP(6) "
                       "ORDER BY s.updated_at DESC, s.opportunity_id DESC LIMIT 20",
    .binds = "i",
    .fields = share_fields,
    .row_bytes = sizeof(struct opportunity_share),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
static const struct db_stmt invite = {
    .name = "opportunity.invite",
    .sql = "INSERT INTO opportunity_share (opportunity_id, account_id, role, level, standing, "
           "sees_others, shown_title, shown_customer, shown_country, message, invited_by, "
           "invited_name, invited_at, due_at, state, stage_id, close_on, stale_on, slips, "
           "updated_at) SELECT id, ?, ?, ?, 'invited', ?, ?, ?, ?, ?, ?, ?, ?, ?, state, "
           "stage_id, close_on, stale_on, slips, updated_at FROM opportunity WHERE id = ?",
    .binds = "ississssistti",
    .flags = DB_WRITE,
};
/* One that was declined, not answered or ended can be asked again. */
static const struct db_stmt invite_again = {
    .name = "opportunity.invite_again",
    .sql = "UPDATE opportunity_share SET role = ?, level = ?, standing = 'invited', "
           "sees_others = ?, shown_title = ?, shown_customer = ?, shown_country = ?, message = ?, "
           "invited_by = ?, invited_name = ?, invited_at = ?, due_at = ?, answered_by = NULL, "
           "answered_name = '', answered_at = NULL, reason = '', ended_at = NULL, "
           "row_version = row_version + 1 WHERE opportunity_id = ? AND account_id = ? "
           "AND standing IN ('declined', 'expired', 'ended')",
    .binds = "ssissssisttii",
    .flags = DB_WRITE,
};
static const struct db_stmt answer = {
    .name = "opportunity.answer",
    .sql = "UPDATE opportunity_share SET standing = ?, reason = ?, answered_by = ?, "
           "answered_name = ?, answered_at = ?, row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND row_version = ? AND standing = 'invited' "
           "AND due_at > ?",
    .binds = "ssistiiit",
    .flags = DB_WRITE,
};
static const struct db_stmt end = {
    .name = "opportunity.end_share",
    .sql = "UPDATE opportunity_share SET standing = 'ended', reason = ?, ended_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND own = 0 "
           "AND standing IN ('invited', 'accepted')",
    .binds = "stii",
    .flags = DB_WRITE,
};
static const struct db_stmt change = {
    .name = "opportunity.change_share",
    .sql = "UPDATE opportunity_share SET level = IF(own = 1, 'lead', ?), sees_others = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? "
           "AND standing IN ('invited', 'accepted')",
    .binds = "siii",
    .flags = DB_WRITE,
};

struct person_row {
    int64_t user_id, account_id;
    const char *audience;
    bool sees_others;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person_row, user_id, DB_I64, 0),
    DB_NULLABLE(struct person_row, account_id, DB_I64, 0),
    DB_FIELD(struct person_row, audience, DB_TEXT, 10),
    DB_FIELD(struct person_row, sees_others, DB_BOOL, 0),
    { 0 },
};
/* Who may answer for a company: its people who work on opportunities. */
static const struct db_stmt company_people = {
    .name = "opportunity.company_people",
    .sql = "SELECT DISTINCT u.id AS user_id, u.account_id, u.audience, 0 AS sees_others "
           "FROM user u JOIN user_role r ON r.user_id = u.id JOIN role_permission p "
           "ON p.role_id = r.role_id AND p.permission = 'opportunity.edit' "
           "WHERE u.account_id = ? AND u.status = 'active' LIMIT 200",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct person_row),
    .flags = DB_ACCOUNT_FIRST,
};
/* Who takes part: its owner, its maker, those who invited and those who accepted.  A partner's
 * person counts while his company has it. */
static const struct db_stmt people = {
    .name = "opportunity.people",
    .sql = "SELECT u.id AS user_id, u.account_id, u.audience, MAX(COALESCE(m.sees_others, 0)) AS "
           "sees_others FROM (SELECT owner_user_id AS id FROM opportunity WHERE id = ? "
           "UNION SELECT created_by FROM opportunity WHERE id = ? "
           "UNION SELECT invited_by FROM opportunity_share WHERE opportunity_id = ? "
           "UNION SELECT answered_by FROM opportunity_share WHERE opportunity_id = ? "
           "AND standing = 'accepted') x JOIN user u ON u.id = x.id AND u.status = 'active' "
           "LEFT JOIN opportunity_share m ON m.opportunity_id = ? AND m.account_id = u.account_id "
           "AND m.standing = 'accepted' WHERE u.audience = 'staff' OR m.id IS NOT NULL "
           "GROUP BY u.id, u.account_id, u.audience LIMIT 200",
    .binds = "iiiii",
    .fields = person_fields,
    .row_bytes = sizeof(struct person_row),
};

db_stmt_table opportunity_share_statements[] = { &of_record, &people, NULL };
db_stmt_table opportunity_share_own_statements[] = { &of_account, &invitations, &answer, NULL };

/* -- finding -------------------------------------------------------------------------------------
 */

struct err *opportunity_shares(struct db *db, struct arena *a, int64_t opportunity_id,
                               struct opportunity_share **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &of_record, DB_ARGS(DB_I(opportunity_id)), rows_out, count_out));
}

struct err *opportunity_share_of_account(struct db *db, struct arena *a, int64_t account_id,
                                         int64_t id, struct opportunity_share **out)
{
    struct opportunity_share *row = arena_alloc(a, sizeof(*row));
    bool found;

    TRY(db_one(db, a, &of_account, DB_ARGS(DB_I(account_id), DB_I(id)), row, &found));
    *out = found ? row : NULL;
    return NULL;
}

struct err *opportunity_invitations(struct db *db, struct arena *a, int64_t account_id,
                                    struct opportunity_share **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &invitations, DB_ARGS(DB_I(account_id)), rows_out, count_out));
}

/* -- what is written with each change ------------------------------------------------------------
 */

struct words {
    const char *action, *role, *level, *standing, *reason;
    int64_t account_id;
    bool sees_others;
};

static struct err *audit(struct db *db, struct arena *a, const struct deal_actor *by,
                         int64_t opportunity_id, const struct words *w)
{
    const struct canon members[] = {
        CANON_N("partner", w->account_id),
        CANON_T("role", w->role),
        CANON_T("level", w->level),
        CANON_T("standing", w->standing),
        CANON_N("sees_others", w->sees_others),
        CANON_T("reason", w->reason != NULL ? w->reason : ""),
    };
    struct audit_change event = { .kind = KIND, .object_id = opportunity_id, .action = w->action };

    TRY(canon_text(a, members, ARRAY_LEN(members), &event.after));
    return err_pass(audit_write(db, a, &by->who, &event));
}

static struct err *audit_share(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity_share *share, const char *action,
                               const char *standing, const char *reason)
{
    return err_pass(audit(db, a, by, share->opportunity_id,
                          &(struct words){ .action = action,
                                           .role = share->role,
                                           .level = share->level,
                                           .standing = standing,
                                           .reason = reason,
                                           .account_id = share->account_id,
                                           .sees_others = share->sees_others }));
}

static struct err *changed_meanwhile(void)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "a share changed"), "version");
}

/* -- word to the others --------------------------------------------------------------------------
 */

static struct err *tell(struct db *db, struct arena *a, const char *event, const char *kind,
                        int64_t object_id, const struct mail_value *values, const int64_t *users,
                        size_t count)
{
    const struct notification word = {
        .event = event, .kind = kind, .object_id = object_id, .values = values
    };

    return err_pass(notification_send(db, a, &word, users, count));
}

/* To everybody who may answer: of an invitation its own words alone, since the record is not theirs
 * to read yet. */
static struct err *tell_company(struct db *db, struct arena *a, const char *event, int64_t share_id,
                                int64_t account_id, const char *title, const char *role)
{
    const struct mail_value values[] = {
        { .name = "title", .value = title },
        { .name = "role", .value = role, .kind = VALUE_MESSAGE },
        { 0 },
    };
    struct person_row *rows;
    int64_t *ids;
    size_t count;

    TRY(db_list(db, a, &company_people, DB_ARGS(DB_I(account_id)), &rows, &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].user_id;
    return err_pass(tell(db, a, event, "opportunity_share", share_id, values, ids, count));
}

static const char *role_word(const char *role)
{
    for (const struct choice *c = opportunity_roles; c->value != NULL; c++)
        if (str_eq(c->value, role))
            return c->label;
    return "";
}

static bool may_hear(const struct person_row *row, const struct actor *actor)
{
    if (row->user_id == actor->user_id)
        return false;
    return str_eq(row->audience, "staff") || actor->audience == AUD_STAFF ||
           row->account_id == actor->account_id || row->sees_others;
}

/* Neither who says it nor what stands in the mail: another partner may read it who must not know.
 */
struct err *opportunity_tell_comment(struct db *db, struct arena *a, const struct actor *actor,
                                     const struct opportunity *o)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_number(a, "OP-", o->id) },
        { .name = "name", .value = o->name },
        { 0 },
    };
    struct person_row *rows;
    size_t count, n = 0;
    int64_t *ids;

    TRY(db_list(db, a, &people,
                DB_ARGS(DB_I(o->id), DB_I(o->id), DB_I(o->id), DB_I(o->id), DB_I(o->id)), &rows,
                &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        if (may_hear(&rows[i], actor))
            ids[n++] = rows[i].user_id;
    return err_pass(tell(db, a, "opportunity.comment", KIND, o->id, values, ids, n));
}

static struct err *tell_inviter(struct db *db, struct arena *a, const struct opportunity_share *s,
                                const char *event, const char *partner, const char *reason)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_number(a, "OP-", s->opportunity_id) },
        { .name = "partner", .value = partner },
        { .name = "reason", .value = reason },
        { 0 },
    };

    if (s->invited_by == 0)
        return NULL;
    return err_pass(tell(db, a, event, KIND, s->opportunity_id, values, &s->invited_by, 1));
}

/* -- inviting ------------------------------------------------------------------------------------
 */

struct id_row {
    int64_t id;
};
static const struct db_field id_fields[] = { DB_FIELD(struct id_row, id, DB_I64, 0), { 0 } };
static const struct db_stmt find_share = {
    .name = "opportunity.find_share",
    .sql = "SELECT id FROM opportunity_share WHERE opportunity_id = ? AND account_id = ?",
    .binds = "ii",
    .fields = id_fields,
    .row_bytes = sizeof(struct id_row),
};

db_stmt_table opportunity_share_staff_statements[] = { &invite, &invite_again,   &end,
                                                       &change, &company_people, &find_share,
                                                       NULL };

static struct err *write_invitation(struct db *db, const struct deal_actor *by,
                                    const struct opportunity *o,
                                    const struct opportunity_invitation *x, bool again, int64_t now)
{
    const char *customer = x->show_customer ? o->customer_name : "";
    const int64_t due = now + x->days * CLOCK_DAY;
    int64_t changed;

    if (!again)
        return err_pass(db_exec(db, &invite,
                                DB_ARGS(DB_I(x->account_id), DB_S(x->role), DB_S(x->level),
                                        DB_I(x->sees_others), DB_S(x->title), DB_S(customer),
                                        DB_S(o->customer_country), DB_S(x->message),
                                        DB_I(by->who.actor->user_id), DB_S(by->who.actor->name),
                                        DB_T(now), DB_T(due), DB_I(o->id)),
                                NULL));
    TRY(db_exec(db, &invite_again,
                DB_ARGS(DB_S(x->role), DB_S(x->level), DB_I(x->sees_others), DB_S(x->title),
                        DB_S(customer), DB_S(o->customer_country), DB_S(x->message),
                        DB_I(by->who.actor->user_id), DB_S(by->who.actor->name), DB_T(now),
                        DB_T(due), DB_I(o->id), DB_I(x->account_id)),
                &changed));
    if (changed == 1)
        return NULL;
    return err_with_detail(err_raise(ERR_CONFLICT, "shared with it already"), "shared");
}

struct err *opportunity_invite(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity *o,
                               const struct opportunity_invitation *invitation)
{
    struct id_row share = { 0 };
    int64_t now;
    bool found;

    TRY(db_now(db, &now));
    TRY(db_one(db, a, &find_share, DB_ARGS(DB_I(o->id), DB_I(invitation->account_id)), &share,
               &found));
    TRY(write_invitation(db, by, o, invitation, found, now));
    if (!found)
        TRY(db_get(db, a, &find_share, DB_ARGS(DB_I(o->id), DB_I(invitation->account_id)), &share));
    TRY(audit(db, a, by, o->id,
              &(struct words){ .action = "opportunity.share",
                               .role = invitation->role,
                               .level = invitation->level,
                               .standing = "invited",
                               .account_id = invitation->account_id,
                               .sees_others = invitation->sees_others }));
    return err_pass(tell_company(db, a, "opportunity.invited", share.id, invitation->account_id,
                                 invitation->title, role_word(invitation->role)));
}

/* -- answering, ending ---------------------------------------------------------------------------
 */

struct err *opportunity_answer(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity_share *share, bool accepts,
                               const char *reason)
{
    const struct actor *actor = by->who.actor;
    const char *standing = accepts ? "accepted" : "declined";
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &answer,
                DB_ARGS(DB_S(standing), DB_S(reason), DB_I(actor->user_id), DB_S(actor->name),
                        DB_T(now), DB_I(share->account_id), DB_I(share->id),
                        DB_I(share->row_version), DB_T(now)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile());
    TRY(audit_share(db, a, by, share, accepts ? "opportunity.accept" : "opportunity.decline",
                    standing, reason));
    return err_pass(tell_inviter(db, a, share,
                                 accepts ? "opportunity.accepted" : "opportunity.declined",
                                 actor->account_name, reason));
}

struct err *opportunity_end_share(struct db *db, struct arena *a, const struct deal_actor *by,
                                  const struct opportunity_share *share, const char *reason)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &end,
                DB_ARGS(DB_S(reason), DB_T(now), DB_I(share->id), DB_I(share->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile());
    TRY(audit_share(db, a, by, share, "opportunity.end_share", "ended", reason));
    return err_pass(tell_company(db, a, "opportunity.share_ended", share->id, share->account_id,
                                 share->shown_title, role_word(share->role)));
}

struct err *opportunity_change_share(struct db *db, struct arena *a, const struct deal_actor *by,
                                     const struct opportunity_share *share, const char *level,
                                     bool sees_others)
{
    struct opportunity_share next = *share;
    int64_t changed;

    next.level = share->own ? "lead" : level;
    next.sees_others = sees_others;
    if (str_eq(next.level, share->level) && sees_others == share->sees_others)
        return NULL;
    TRY(db_exec(db, &change,
                DB_ARGS(DB_S(level), DB_I(sees_others), DB_I(share->id), DB_I(share->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile());
    return err_pass(audit_share(db, a, by, &next, "opportunity.change_share", share->standing, ""));
}

/* -- invitations that nobody answered ------------------------------------------------------------
 */

static const struct db_stmt due = {
    .name = "opportunity.invitations_due",
    .sql = SHARE("a.name") "FORCE INDEX (opportunity_share_due) JOIN account a "
                           "ON a.id = s.account_id WHERE s.standing = 'invited' "
                           "AND s.due_at <= UTC_TIMESTAMP(6) LIMIT 100",
    .binds = "",
    .fields = share_fields,
    .row_bytes = sizeof(struct opportunity_share),
    .flags = DB_LISTS,
};
static const struct db_stmt expire = {
    .name = "opportunity.invitation_expire",
    .sql = "UPDATE opportunity_share SET standing = 'expired', row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND standing = 'invited'",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table opportunity_share_job_statements[] = { &due, &expire, NULL };

struct expiring {
    struct arena *a;
    struct opportunity_share *rows;
    size_t count, at;
};

static struct err *read_due(struct db *db, void *arg)
{
    struct expiring *x = arg;

    return err_pass(db_list(db, x->a, &due, DB_NO_ARGS, &x->rows, &x->count));
}

/* One, in a transaction of its own: an answer in the last moment wins or comes too late. */
static struct err *expire_one(struct db *db, void *arg)
{
    const struct expiring *x = arg;
    const struct opportunity_share *share = &x->rows[x->at];
    const struct deal_actor nobody = { .who = { .address = "" },
                                       .as = BY_WORKER,
                                       .for_user_name = "" };
    int64_t changed;

    TRY(db_exec(db, &expire, DB_ARGS(DB_I(share->id), DB_I(share->row_version)), &changed));
    if (changed != 1)
        return NULL;
    TRY(audit_share(db, x->a, &nobody, share, "opportunity.expire", "expired", ""));
    return err_pass(
        tell_inviter(db, x->a, share, "opportunity.unanswered", share->partner_name, ""));
}

static struct err *run_expiring(struct job_context *ctx, const struct job *job)
{
    struct expiring x = { .a = ctx->arena };

    (void)job;
    TRY(db_transaction(ctx->db, read_due, &x));
    for (x.at = 0; x.at < x.count; x.at++)
        TRY(db_transaction(ctx->db, expire_one, &x));
    return NULL;
}

const struct job_kind opportunity_jobs[] = {
    { .name = "opportunity.invitations",
      .handler = run_expiring,
      .timeout_seconds = 120,
      .every_seconds = 300 },
    { 0 },
};

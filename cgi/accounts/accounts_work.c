/* accounts/accounts_work.c - what was done with a company lately, and the files that staff keep of
 * it. */
#include "accounts/accounts_inside.h"
#include "access/scope.h"
#include "attachment/attachment.h"
#include "base/str.h"
#include "deal/deal_files.h"
#include "deal/deal_rooms.h"
#include "opportunity/opportunity_activity.h"
#include "opportunity/opportunity_view.h"
#include "opportunity/opportunity_work_pages.h"

#define KIND "account"

/* -- activities ----------------------------------------------------------------------------------
 */

struct done_row {
    struct opportunity_activity activity;
    int64_t opportunity_id;
    const char *opportunity_name;
};
#define DONE(member, kind_, cap)                                                                  \
    {                                                                                             \
        .column = #member, .kind = (kind_), .offset = offsetof(struct done_row, activity.member), \
        .cap_bytes = (cap)                                                                        \
    }
static const struct db_field done_fields[] = {
    DONE(id, DB_I64, 0),
    DONE(kind, DB_TEXT, 8),
    DONE(at, DB_AT, 0),
    DONE(minutes, DB_I64, 0),
    DONE(people, DB_TEXT, 300),
    DONE(body, DB_TEXT, 1000),
    DONE(inside, DB_BOOL, 0),
    DONE(user_name, DB_TEXT, 240),
    DONE(audience, DB_TEXT, 10),
    DB_FIELD(struct done_row, opportunity_id, DB_I64, 0),
    DB_FIELD(struct done_row, opportunity_name, DB_TEXT, 400),
    { 0 },
};
/* Of the opportunities that changed last: one that something was done about is among them. */
#define NEWEST "ORDER BY updated_at DESC, id DESC LIMIT 40"
#define SCOPE  SCOPE_WITHIN_OR_OWN("o.", "owner_user_id")
#define ACTIVITIES(ident, name_, from)                                                           \
    static const struct db_stmt ident = {                                                        \
        .name = name_,                                                                           \
        .sql =                                                                                   \
            "SELECT a.id, a.kind, a.at, a.minutes, a.people, a.body, a.inside, a.user_name, "    \
            "a.audience, r.id AS opportunity_id, r.name AS opportunity_name FROM (SELECT o.id, " \
            "o.name, o.updated_at FROM " from " " NEWEST                                         \
            ") r STRAIGHT_JOIN opportunity_activity a "                                          \
            "FORCE INDEX (opportunity_activity_record) ON a.opportunity_id = r.id "              \
            "ORDER BY a.at DESC, a.id DESC LIMIT ?",                                             \
        .binds = "iiiii",                                                                        \
        .fields = done_fields,                                                                   \
        .row_bytes = sizeof(struct done_row),                                                    \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                      \
    }
ACTIVITIES(done_by, "accounts.activities_by",
           "opportunity_share s FORCE INDEX (opportunity_share_all) STRAIGHT_JOIN opportunity o "
           "FORCE INDEX (PRIMARY) ON o.id = s.opportunity_id WHERE " SCOPE
           "AND s.account_id = ? AND s.standing = 'accepted'");
ACTIVITIES(done_for, "accounts.activities_for",
           "account g FORCE INDEX (account_group) STRAIGHT_JOIN opportunity o FORCE INDEX "
           "(opportunity_customer) ON o.end_customer_id = g.id WHERE " SCOPE "AND g.group_id = ?");

db_stmt_table accounts_work_statements[] = { &done_by, &done_for, NULL };

enum { ACTIVITIES_SHOWN_HERE = 6 };

struct err *accounts_show_activities(struct request *req, struct view *v, const struct account *a)
{
    const bool partner = str_eq(a->kind, "partner");
    struct done_row *rows;
    size_t count;

    if (!actor_may(req->actor, PERM_OPPORTUNITY_VIEW))
        return NULL;
    view_flag(v, "ShowActivities", true);
    TRY(db_list(req->db, req->arena, partner ? &done_by : &done_for,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                        DB_I(req->actor->user_id), DB_I(partner ? a->id : a->group_id),
                        DB_I(ACTIVITIES_SHOWN_HERE)),
                &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Activities");

        opportunity_show_activity_event(req, row, &rows[i].activity);
        view_text(row, "Name", rows[i].opportunity_name);
        view_text(row, "Href", opportunity_href(req, rows[i].opportunity_id));
    }
    return NULL;
}

/* -- files ---------------------------------------------------------------------------------------
 */

static const char *files_of(struct request *req, int64_t id)
{
    return arena_join(req->arena, accounts_href(req, id), "/files/", NULL);
}

struct err *accounts_show_files(struct request *req, struct view *v, const struct account *a)
{
    struct attachment *rows;
    size_t count;

    TRY(attachment_list(req->db, req->arena, KIND, a->id, &rows, &count));
    attachment_show(req, v, "Files", rows, count, files_of(req, a->id));
    return NULL;
}

struct err *accounts_files_post(struct request *req)
{
    const struct deal_attach_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct attachment_owner owner = { .kind = KIND,
                                            .object_id = req->object_id,
                                            .user_id = req->actor->user_id };

    for (size_t i = 0; i < in->files.count; i++)
        TRY(attachment_add(rooms->files, req->db, req->arena, &owner, &in->files.items[i]));
    TRY(request_audit(req, KIND, req->object_id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "saved", "/staff/accounts/%lld", (long long)req->object_id));
}

struct err *accounts_file_show(struct request *req)
{
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, KIND, req->object_id, request_param(req, "file"),
                       &row));
    return err_pass(attachment_send(req, &row));
}

struct err *accounts_file_drop_post(struct request *req)
{
    TRY(attachment_remove(req->db, KIND, req->object_id, request_param(req, "file")));
    TRY(request_audit(req, KIND, req->object_id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "deleted", "/staff/accounts/%lld", (long long)req->object_id));
}

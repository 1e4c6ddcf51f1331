/* opportunity/opportunity_activity.c */
#include "opportunity/opportunity_activity.h"

#include "base/str.h"
#include "notification/notification.h"

#define KIND "opportunity"

/* -- reading -------------------------------------------------------------------------------------
 */

static const struct db_field activity_fields[] = {
    DB_FIELD(struct opportunity_activity, id, DB_I64, 0),
    DB_FIELD(struct opportunity_activity, kind, DB_TEXT, 8),
    DB_FIELD(struct opportunity_activity, at, DB_AT, 0),
    DB_FIELD(struct opportunity_activity, minutes, DB_I64, 0),
    DB_FIELD(struct opportunity_activity, people, DB_TEXT, 300),
    DB_FIELD(struct opportunity_activity, body, DB_TEXT, 1000),
    DB_FIELD(struct opportunity_activity, inside, DB_BOOL, 0),
    DB_FIELD(struct opportunity_activity, user_name, DB_TEXT, 240),
    DB_FIELD(struct opportunity_activity, audience, DB_TEXT, 10),
    { 0 },
};
#define ACTIVITY(inside) \
    "SELECT id, kind, at, minutes, people, body, " inside " AS inside, user_name, audience FROM "
#define NEWEST "ORDER BY at DESC, id DESC LIMIT ?"
/* Other partners' work is for those who may see them. */
static const struct db_stmt own_activities = {
    .name = "opportunity.own_activities",
    .sql = ACTIVITY("0") "opportunity_activity_shared WHERE opportunity_id = ? AND (? = 1 OR "
                         "account_id IS NULL OR account_id = ?) " NEWEST,
    .binds = "iiii",
    .fields = activity_fields,
    .row_bytes = sizeof(struct opportunity_activity),
    .flags = DB_LISTS,
};
static const struct db_stmt staff_activities = {
    .name = "opportunity.staff_activities",
    .sql = ACTIVITY("inside") "opportunity_activity WHERE opportunity_id = ? " NEWEST,
    .binds = "ii",
    .fields = activity_fields,
    .row_bytes = sizeof(struct opportunity_activity),
    .flags = DB_LISTS,
};

static const struct db_field task_fields[] = {
    DB_FIELD(struct opportunity_task, id, DB_I64, 0),
    DB_FIELD(struct opportunity_task, opportunity_id, DB_I64, 0),
    DB_FIELD(struct opportunity_task, title, DB_TEXT, 400),
    DB_FIELD(struct opportunity_task, due_on, DB_DAY, 0),
    DB_FIELD(struct opportunity_task, inside, DB_BOOL, 0),
    DB_FIELD(struct opportunity_task, owner_user_id, DB_I64, 0),
    DB_FIELD(struct opportunity_task, owner_name, DB_TEXT, 240),
    DB_NULLABLE(struct opportunity_task, owner_account_id, DB_I64, 0),
    DB_FIELD(struct opportunity_task, user_name, DB_TEXT, 240),
    DB_FIELD(struct opportunity_task, done, DB_BOOL, 0),
    DB_NULLABLE(struct opportunity_task, done_at, DB_AT, 0),
    DB_FIELD(struct opportunity_task, done_name, DB_TEXT, 240),
    DB_FIELD(struct opportunity_task, row_version, DB_I64, 0),
    { 0 },
};
#define TASK(inside)                                                                       \
    "SELECT id, opportunity_id, title, due_on, " inside " AS inside, owner_user_id, "      \
    "owner_name, owner_account_id, user_name, done, done_at, done_name, row_version FROM " \
    "opportunity_task"
#define SEEN                                                                                  \
    "AND (? = 1 OR ((account_id IS NULL OR account_id = ?) AND (owner_account_id IS NULL OR " \
    "owner_account_id = ?))) "
#define SOONEST "ORDER BY done, due_on, id LIMIT ?"
#define TASK_STMT(ident, name_, sql_, binds_, flags_) \
    static const struct db_stmt ident = {             \
        .name = name_,                                \
        .sql = sql_,                                  \
        .binds = binds_,                              \
        .fields = task_fields,                        \
        .row_bytes = sizeof(struct opportunity_task), \
        .flags = flags_,                              \
    }
TASK_STMT(own_tasks, "opportunity.own_tasks",
          TASK("0") "_shared WHERE opportunity_id = ? " SEEN SOONEST, "iiiii", DB_LISTS);
TASK_STMT(staff_tasks, "opportunity.staff_tasks",
          TASK("inside") " WHERE opportunity_id = ? " SOONEST, "ii", DB_LISTS);
TASK_STMT(own_task, "opportunity.own_task",
          TASK("0") "_shared WHERE id = ? AND opportunity_id = ? " SEEN, "iiiii", 0);
TASK_STMT(staff_task, "opportunity.staff_task",
          TASK("inside") " WHERE id = ? AND opportunity_id = ?", "ii", 0);

static const struct db_field my_fields[] = {
    DB_FIELD(struct opportunity_my_task, id, DB_I64, 0),
    DB_FIELD(struct opportunity_my_task, opportunity_id, DB_I64, 0),
    DB_FIELD(struct opportunity_my_task, row_version, DB_I64, 0),
    DB_FIELD(struct opportunity_my_task, due_on, DB_DAY, 0),
    DB_FIELD(struct opportunity_my_task, title, DB_TEXT, 400),
    DB_FIELD(struct opportunity_my_task, name, DB_TEXT, 400),
    DB_FIELD(struct opportunity_my_task, customer_name, DB_TEXT, 400),
    { 0 },
};
#define MINE \
    "SELECT t.id, t.opportunity_id, t.row_version, t.due_on, t.title, o.name, o.customer_name FROM "
#define MINE_OPEN "t.owner_user_id = ? AND t.done = 0 ORDER BY t.due_on, t.id LIMIT ?"
static const struct db_stmt own_mine = {
    .name = "opportunity.own_my_tasks",
    .sql = MINE "opportunity_task_shared t STRAIGHT_JOIN opportunity_share s ON s.opportunity_id = "
                "t.opportunity_id AND s.account_id = ? AND s.standing = 'accepted' "
                "STRAIGHT_JOIN opportunity o ON o.id = t.opportunity_id WHERE " MINE_OPEN,
    .binds = "iii",
    .fields = my_fields,
    .row_bytes = sizeof(struct opportunity_my_task),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
/* What was given to him and lies outside what he sees stays outside. */
static const struct db_stmt staff_mine = {
    .name = "opportunity.staff_my_tasks",
    .sql = MINE "opportunity_task t STRAIGHT_JOIN opportunity o ON o.id = t.opportunity_id WHERE "
                "(o.department_id BETWEEN ? AND ? OR o.department_id IS NULL OR o.owner_user_id = "
                "?) AND " MINE_OPEN,
    .binds = "iiiii",
    .fields = my_fields,
    .row_bytes = sizeof(struct opportunity_my_task),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

struct err *opportunity_activities(struct request *req, const struct opportunity *o,
                                   struct opportunity_activity **rows_out, size_t *count_out)
{
    if (is_staff(req))
        return err_pass(db_list(req->db, req->arena, &staff_activities,
                                DB_ARGS(DB_I(o->id), DB_I(ACTIVITIES_SHOWN)), rows_out, count_out));
    return err_pass(db_list(req->db, req->arena, &own_activities,
                            DB_ARGS(DB_I(o->id), DB_I(o->sees_others), DB_I(req->actor->account_id),
                                    DB_I(ACTIVITIES_SHOWN)),
                            rows_out, count_out));
}

struct err *opportunity_tasks(struct request *req, const struct opportunity *o,
                              struct opportunity_task **rows_out, size_t *count_out)
{
    const int64_t account = req->actor->account_id;

    if (is_staff(req))
        return err_pass(db_list(req->db, req->arena, &staff_tasks,
                                DB_ARGS(DB_I(o->id), DB_I(TASKS_SHOWN)), rows_out, count_out));
    return err_pass(db_list(
        req->db, req->arena, &own_tasks,
        DB_ARGS(DB_I(o->id), DB_I(o->sees_others), DB_I(account), DB_I(account), DB_I(TASKS_SHOWN)),
        rows_out, count_out));
}

struct err *opportunity_task_of(struct request *req, const struct opportunity *o, int64_t id,
                                struct opportunity_task **out)
{
    struct opportunity_task *row = arena_alloc(req->arena, sizeof(*row));
    const int64_t account = req->actor->account_id;
    bool found;

    if (is_staff(req))
        TRY(db_one(req->db, req->arena, &staff_task, DB_ARGS(DB_I(id), DB_I(o->id)), row, &found));
    else
        TRY(db_one(
            req->db, req->arena, &own_task,
            DB_ARGS(DB_I(id), DB_I(o->id), DB_I(o->sees_others), DB_I(account), DB_I(account)), row,
            &found));
    *out = found ? row : NULL;
    return NULL;
}

struct err *opportunity_my_tasks(struct request *req, int64_t most,
                                 struct opportunity_my_task **rows_out, size_t *count_out)
{
    const struct actor *actor = req->actor;

    if (is_staff(req))
        return err_pass(db_list(req->db, req->arena, &staff_mine,
                                DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                                        DB_I(actor->user_id), DB_I(actor->user_id), DB_I(most)),
                                rows_out, count_out));
    return err_pass(db_list(req->db, req->arena, &own_mine,
                            DB_ARGS(DB_I(actor->account_id), DB_I(actor->user_id), DB_I(most)),
                            rows_out, count_out));
}

/* -- writing -------------------------------------------------------------------------------------
 */

#define ACTIVITY_COLUMNS \
    "opportunity_id, kind, at, minutes, people, body, user_id, user_name, audience, account_id"
static const struct db_stmt own_activity_insert = {
    .name = "opportunity.own_activity_insert",
    .sql = "INSERT INTO opportunity_activity_shared (" ACTIVITY_COLUMNS ", created_at) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "istississi",
    .flags = DB_WRITE,
};
static const struct db_stmt staff_activity_insert = {
    .name = "opportunity.staff_activity_insert",
    .sql = "INSERT INTO opportunity_activity (" ACTIVITY_COLUMNS ", inside, created_at) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "istississii",
    .flags = DB_WRITE,
};
#define TASK_COLUMNS                                                                        \
    "opportunity_id, title, due_on, owner_user_id, owner_name, owner_account_id, user_id, " \
    "user_name, account_id"
#define TASK_SETS \
    " SET title = ?, due_on = ?, owner_user_id = ?, owner_name = ?, owner_account_id = ?, "
#define TASK_GUARD "row_version = row_version + 1 WHERE id = ? AND row_version = ?"
#define DONE_SETS  " SET done = ?, done_at = ?, done_name = ?, "
static const struct db_stmt own_task_insert = {
    .name = "opportunity.own_task_insert",
    .sql = "INSERT INTO opportunity_task_shared (" TASK_COLUMNS ", created_at) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isdisiisi",
    .flags = DB_WRITE,
};
static const struct db_stmt staff_task_insert = {
    .name = "opportunity.staff_task_insert",
    .sql = "INSERT INTO opportunity_task (" TASK_COLUMNS ", inside, created_at) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isdisiisii",
    .flags = DB_WRITE,
};
static const struct db_stmt own_task_update = {
    .name = "opportunity.own_task_update",
    .sql = "UPDATE opportunity_task_shared" TASK_SETS TASK_GUARD,
    .binds = "sdisiii",
    .flags = DB_WRITE,
};
static const struct db_stmt staff_task_update = {
    .name = "opportunity.staff_task_update",
    .sql = "UPDATE opportunity_task" TASK_SETS "inside = ?, " TASK_GUARD,
    .binds = "sdisiiii",
    .flags = DB_WRITE,
};
static const struct db_stmt own_task_done = {
    .name = "opportunity.own_task_done",
    .sql = "UPDATE opportunity_task_shared" DONE_SETS TASK_GUARD,
    .binds = "itsii",
    .flags = DB_WRITE,
};
static const struct db_stmt staff_task_done = {
    .name = "opportunity.staff_task_done",
    .sql = "UPDATE opportunity_task" DONE_SETS TASK_GUARD,
    .binds = "itsii",
    .flags = DB_WRITE,
};

db_stmt_table opportunity_own_work_statements[] = {
    &own_activities,  &own_tasks,       &own_task,      &own_mine, &own_activity_insert,
    &own_task_insert, &own_task_update, &own_task_done, NULL,
};
db_stmt_table opportunity_staff_work_statements[] = {
    &staff_activities,  &staff_tasks,       &staff_task,      &staff_mine, &staff_activity_insert,
    &staff_task_insert, &staff_task_update, &staff_task_done, NULL,
};

/* The last argument of staff's statements; a partner's have none. */
static struct db_arg inside_of(const struct actor *actor, bool inside)
{
    return actor->audience == AUD_STAFF ? DB_I(inside) : (struct db_arg){ 0 };
}

struct err *opportunity_activity_add(struct db *db, const struct actor *actor,
                                     const struct opportunity *o,
                                     const struct opportunity_activity *activity)
{
    const bool staff = actor->audience == AUD_STAFF;

    if (activity->inside && !staff)
        return err_raise(ERR_BUG, "something inside of somebody who is not staff");
    TRY(db_exec(db, staff ? &staff_activity_insert : &own_activity_insert,
                DB_ARGS(DB_I(o->id), DB_S(activity->kind), DB_T(activity->at),
                        DB_I(activity->minutes), DB_S(activity->people), DB_S(activity->body),
                        DB_I(actor->user_id), DB_S(actor->name),
                        DB_S(audience_name(actor->audience)), DB_ID(actor->account_id),
                        inside_of(actor, activity->inside)),
                NULL));
    if (activity->inside || !str_eq(o->state, "open"))
        return NULL;
    return err_pass(opportunity_worked(db, o));
}

static struct err *changed_meanwhile(void)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "a task changed"), "version");
}

static struct err *insert_task(struct db *db, const struct actor *actor,
                               const struct opportunity *o, const struct opportunity_task *x)
{
    return err_pass(
        db_exec(db, actor->audience == AUD_STAFF ? &staff_task_insert : &own_task_insert,
                DB_ARGS(DB_I(o->id), DB_S(x->title), DB_D(x->due_on), DB_I(x->owner_user_id),
                        DB_S(x->owner_name), DB_ID(x->owner_account_id), DB_I(actor->user_id),
                        DB_S(actor->name), DB_ID(actor->account_id), inside_of(actor, x->inside)),
                NULL));
}

static struct err *update_task(struct db *db, const struct actor *actor,
                               const struct opportunity_task *x)
{
    struct db_arg args[9] = { DB_S(x->title), DB_D(x->due_on), DB_I(x->owner_user_id),
                              DB_S(x->owner_name), DB_ID(x->owner_account_id) };
    const bool staff = actor->audience == AUD_STAFF;
    size_t n = 5;
    int64_t changed;

    if (staff)
        args[n++] = DB_I(x->inside);
    args[n++] = DB_I(x->id);
    args[n] = DB_I(x->row_version);
    TRY(db_exec(db, staff ? &staff_task_update : &own_task_update, args, &changed));
    return changed == 1 ? NULL : changed_meanwhile();
}

static struct err *tell_owner(struct db *db, struct arena *a, const struct actor *actor,
                              const struct opportunity *o, const struct opportunity_task *x)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_number(a, "OP-", o->id) },
        { .name = "task", .value = x->title },
        { .name = "due", .kind = VALUE_DAY, .number = x->due_on },
        { .name = "person", .value = actor->name },
        { 0 },
    };
    const struct notification word = {
        .event = "opportunity.task", .kind = KIND, .object_id = o->id, .values = values
    };

    return err_pass(notification_send(db, a, &word, &x->owner_user_id, 1));
}

struct err *opportunity_task_put(struct db *db, struct arena *a, const struct actor *actor,
                                 const struct opportunity *o, const struct opportunity_task *task,
                                 int64_t owner_before)
{
    if (task->inside && (actor->audience != AUD_STAFF || task->owner_account_id != 0))
        return err_raise(ERR_BUG, "something inside for somebody who is not staff");
    if (task->id == 0)
        TRY(insert_task(db, actor, o, task));
    else
        TRY(update_task(db, actor, task));
    if (task->owner_user_id == owner_before || task->owner_user_id == actor->user_id)
        return NULL;
    return err_pass(tell_owner(db, a, actor, o, task));
}

struct err *opportunity_task_set_done(struct db *db, const struct actor *actor,
                                      const struct opportunity_task *task, bool done)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, actor->audience == AUD_STAFF ? &staff_task_done : &own_task_done,
                DB_ARGS(DB_I(done), DB_T(done ? now : 0), DB_S(done ? actor->name : ""),
                        DB_I(task->id), DB_I(task->row_version)),
                &changed));
    return changed == 1 ? NULL : changed_meanwhile();
}

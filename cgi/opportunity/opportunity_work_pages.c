/* opportunity/opportunity_work_pages.c */
#include "opportunity/opportunity_work_pages.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_choices.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_view.h"
#include "web/form_fields.h"

#include <stdlib.h>
#include <string.h>

#define KIND "opportunity"

enum { DAYS_BACK = 3650, DAYS_ON = 3650, MINUTES_MOST = 1440, TITLE_MOST = 200, PEOPLE_MOST = 300 };

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

/* -- forms ---------------------------------------------------------------------------------------
 */

static const struct choice kinds[] = {
    { "call", N_("Call") },
    { "meeting", N_("Meeting") },
    { "mail", N_("Mail") },
    { "note", N_("Note") },
    { 0 },
};

struct activity_input {
    const char *kind, *time, *people, *body;
    int32_t day;
    int64_t minutes;
    bool inside;
};
#define AT(member) .offset = offsetof(struct activity_input, member)
#define ACTIVITY_FIELDS                                                                           \
    { .name = "activity_kind",                                                                    \
      .label = N_("Kind"),                                                                        \
      .kind = FIELD_CHOICE,                                                                       \
      .required = true,                                                                           \
      .needed = N_("Choose what it was."),                                                        \
      .choices = kinds,                                                                           \
      AT(kind) },                                                                                 \
        { .name = "activity_day",                                                                 \
          .label = N_("Day"),                                                                     \
          .kind = FIELD_DAY,                                                                      \
          .required = true,                                                                       \
          .needed = N_("Enter the day."),                                                         \
          .min = -DAYS_BACK,                                                                      \
          .max = 0,                                                                               \
          AT(day) },                                                                              \
        { .name = "activity_time", .label = N_("Time"), .kind = FIELD_TEXT, .max = 5, AT(time) }, \
        { .name = "activity_minutes",                                                             \
          .label = N_("Minutes"),                                                                 \
          .kind = FIELD_INT,                                                                      \
          .min = 0,                                                                               \
          .max = MINUTES_MOST,                                                                    \
          AT(minutes) },                                                                          \
        { .name = "activity_people",                                                              \
          .label = N_("With whom"),                                                               \
          .kind = FIELD_TEXT,                                                                     \
          .max = PEOPLE_MOST,                                                                     \
          AT(people) },                                                                           \
    {                                                                                             \
        .name = "activity_body", .label = N_("What came of it"), .kind = FIELD_LINES,             \
        .required = true, .needed = N_("Write what came of it."), .min = 1, .max = 4000, AT(body) \
    }
static const struct field activity_fields[] = { ACTIVITY_FIELDS, { 0 } };
static const struct field staff_activity_fields[] = {
    ACTIVITY_FIELDS,
    { .name = "activity_inside",
      .label = N_("For the vendor alone"),
      .kind = FIELD_FLAG,
      AT(inside) },
    { 0 },
};
#undef AT

/* "9:30", "09:30": minutes of the day; -1 for anything else. */
static int minutes_of(const char *text)
{
    const size_t digits = strspn(text, "0123456789");
    long hour, minute;

    if (digits < 1 || digits > 2 || text[digits] != ':' ||
        strspn(text + digits + 1, "0123456789") != 2 || text[digits + 3] != '\0')
        return -1;
    hour = strtol(text, NULL, 10);
    minute = strtol(text + digits + 1, NULL, 10);
    return hour > 23 || minute > 59 ? -1 : (int)(hour * 60 + minute);
}

static void check_activity(struct request *req, void *input)
{
    const struct activity_input *in = input;

    if (!str_is_empty(in->time) && minutes_of(in->time) < 0)
        form_fault(req, "activity_time", -1, tr(req, N_("Enter a time such as 14:30.")));
}
const struct form opportunity_activity_form = { .name = "opportunity_activity",
                                                .fields = activity_fields,
                                                .size_bytes = sizeof(struct activity_input),
                                                .check = check_activity };
const struct form opportunity_staff_activity_form = { .name = "opportunity_staff_activity",
                                                      .fields = staff_activity_fields,
                                                      .size_bytes = sizeof(struct activity_input),
                                                      .check = check_activity };

struct task_input {
    int64_t task, row_version, owner_user_id;
    const char *title;
    int32_t due_on;
    bool inside;
};
#define AT(member) .offset = offsetof(struct task_input, member)
#define TASK_FIELDS                                                                               \
    { .name = "task", .label = "", .kind = FIELD_ID, AT(task) }, FORM_VERSION(struct task_input), \
        { .name = "title",                                                                        \
          .label = N_("Task"),                                                                    \
          .kind = FIELD_TEXT,                                                                     \
          .required = true,                                                                       \
          .needed = N_("Say what is to be done."),                                                \
          .min = 1,                                                                               \
          .max = TITLE_MOST,                                                                      \
          AT(title) },                                                                            \
        { .name = "due_on",                                                                       \
          .label = N_("Due on"),                                                                  \
          .kind = FIELD_DAY,                                                                      \
          .required = true,                                                                       \
          .needed = N_("Enter the day by which it is to be done."),                               \
          .min = -DAYS_BACK,                                                                      \
          .max = DAYS_ON,                                                                         \
          AT(due_on) },                                                                           \
    {                                                                                             \
        .name = "owner_user_id", .label = N_("Who does it"), .kind = FIELD_ID, .required = true,  \
        .needed = N_("Choose who does it."), AT(owner_user_id)                                    \
    }
static const struct field task_fields[] = { TASK_FIELDS, { 0 } };
static const struct field staff_task_fields[] = {
    TASK_FIELDS,
    { .name = "inside", .label = N_("For the vendor alone"), .kind = FIELD_FLAG, AT(inside) },
    { 0 },
};
static const struct field query_fields[] = {
    { .name = "task", .label = N_("Task"), .kind = FIELD_ID, AT(task) },
    { 0 },
};
#undef AT
const struct form opportunity_task_form = { .name = "opportunity_task",
                                            .fields = task_fields,
                                            .size_bytes = sizeof(struct task_input) };
const struct form opportunity_staff_task_form = { .name = "opportunity_staff_task",
                                                  .fields = staff_task_fields,
                                                  .size_bytes = sizeof(struct task_input) };
const struct form opportunity_task_query = { .name = "opportunity_task_query",
                                             .fields = query_fields,
                                             .size_bytes = sizeof(struct task_input) };

struct done_input {
    int64_t task, row_version;
    bool done;
    const char *back; /* "tasks": where it was pressed */
};
#define AT(member) .offset = offsetof(struct done_input, member)
static const struct field done_fields[] = {
    { .name = "task", .label = "", .kind = FIELD_ID, .required = true, AT(task) },
    FORM_VERSION(struct done_input),
    { .name = "done", .label = "", .kind = FIELD_FLAG, AT(done) },
    { .name = "back", .label = "", .kind = FIELD_TEXT, .max = 10, AT(back) },
    { 0 },
};
#undef AT
const struct form opportunity_done_form = { .name = "opportunity_done",
                                            .fields = done_fields,
                                            .size_bytes = sizeof(struct done_input) };

/* -- activities on the record --------------------------------------------------------------------
 */

static const struct {
    const char *kind, *icon;
} icons[] = {
    { "call", "phone" }, { "meeting", "users" }, { "mail", "mail" }, { "note", "pencil" }
};

static const char *icon_of(const char *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(icons); i++)
        if (str_eq(icons[i].kind, kind))
            return icons[i].icon;
    return "pencil";
}

static const char *title_of(struct request *req, const struct opportunity_activity *row)
{
    const char *kind = deal_choice(req, kinds, row->kind);

    if (str_is_empty(row->people))
        return kind;
    return trf(req, N_("%1$s with %2$s"), kind, row->people);
}

void opportunity_show_activity_event(struct request *req, struct view *v,
                                     const struct opportunity_activity *row)
{
    view_text(v, "Title", title_of(req, row));
    view_text(v, "Tone", row->inside ? "wait" : "neutral");
    view_text(v, "Icon", icon_of(row->kind));
    view_text(v, "Text", row->inside ? tr(req, N_("For the vendor alone")) : "");
    view_text(v, "Who", row->user_name);
    page_at(req, v, "At", row->at);
}

static void show_activity(struct request *req, struct view *v,
                          const struct opportunity_activity *row)
{
    view_text(v, "Icon", icon_of(row->kind));
    view_text(v, "Title", title_of(req, row));
    view_text(v, "Minutes",
              row->minutes > 0 ? trn(req, "%s minute", "%s minutes", row->minutes) : "");
    view_text(v, "Who", row->user_name);
    view_text(v, "Text", row->body);
    view_flag(v, "Inside", row->inside);
    view_flag(v, "Vendor", str_eq(row->audience, "staff"));
    page_at(req, v, "At", row->at);
}

/* -- tasks on the record -------------------------------------------------------------------------
 */

static bool may_do(const struct request *req, const struct opportunity *o,
                   const struct opportunity_task *task)
{
    return actor_may(req->actor, PERM_OPPORTUNITY_EDIT) &&
           (task->owner_user_id == req->actor->user_id || opportunity_may_edit(req, o));
}

static void show_task(struct request *req, struct view *v, const struct opportunity *o,
                      const struct opportunity_task *task, int32_t today)
{
    view_int(v, "Id", task->id);
    view_int(v, "Version", task->row_version);
    view_text(v, "Title", task->title);
    view_text(v, "Due", text_day(req->locale, req->arena, task->due_on));
    view_text(v, "Owner", task->owner_name);
    view_flag(v, "Inside", task->inside);
    view_flag(v, "Late", !task->done && task->due_on < today);
    view_flag(v, "Today", !task->done && task->due_on == today);
    view_flag(v, "May", may_do(req, o, task));
    if (!task->done)
        return;
    view_flag(v, "Done", true);
    view_text(v, "DoneBy",
              trf(req, N_("Done by %1$s on %2$s"), task->done_name,
                  text_date(req->locale, req->arena, task->done_at)));
}

static struct err *show_tasks(struct request *req, struct view *v, const struct opportunity *o,
                              int32_t today)
{
    struct opportunity_task *rows;
    size_t count;

    TRY(opportunity_tasks(req, o, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_task(req, view_row(v, rows[i].done ? "TasksDone" : "Tasks"), o, &rows[i], today);
    view_flag(view_at(v, "May"), "Task", opportunity_may_edit(req, o));
    return NULL;
}

struct err *opportunity_show_work(struct request *req, struct view *v, const struct opportunity *o,
                                  struct opportunity_activity **rows_out, size_t *count_out)
{
    struct activity_input stored = { .kind = "call", .time = "", .people = "", .body = "" };
    int64_t now;

    TRY(db_now(req->db, &now));
    stored.day = text_local_day(req->locale, now);
    TRY(opportunity_activities(req, o, rows_out, count_out));
    for (size_t i = 0; i < *count_out; i++)
        show_activity(req, view_row(v, "Activities"), &(*rows_out)[i]);
    form_show_as(req, "Activity",
                 is_staff(req) ? &opportunity_staff_activity_form : &opportunity_activity_form,
                 &stored);
    return err_pass(show_tasks(req, v, o, stored.day));
}

/* -- doing ---------------------------------------------------------------------------------------
 */

static struct err *note_change(struct request *req, const struct opportunity *o,
                               const struct canon *members, size_t count)
{
    const char *after = NULL;

    TRY(canon_text(req->arena, members, count, &after));
    return err_pass(request_audit(req, KIND, o->id, NULL, after));
}

static int64_t instant_of(const struct request *req, const struct activity_input *in, int64_t now)
{
    const int minutes = str_is_empty(in->time) ? 12 * 60 : minutes_of(in->time);
    struct civil local = { .hour = minutes / 60, .minute = minutes % 60 };
    int64_t at;

    if (str_is_empty(in->time) && in->day == text_local_day(req->locale, now))
        return now;
    day_to_civil(in->day, &local.year, &local.month, &local.day);
    at = text_instant(req->locale, &local);
    return at < now ? at : now;
}

struct err *opportunity_activity_post(struct request *req)
{
    const struct activity_input *in = req->input;
    const struct opportunity *o = req->object;
    const struct canon members[] = { CANON_T("kind", in->kind), CANON_T("people", in->people),
                                     CANON_N("inside", in->inside) };
    int64_t now;

    TRY(opportunity_let_write(req, o));
    TRY(db_now(req->db, &now));
    TRY(opportunity_activity_add(req->db, req->actor, o,
                                 &(struct opportunity_activity){ .kind = in->kind,
                                                                 .at = instant_of(req, in, now),
                                                                 .minutes = in->minutes,
                                                                 .people = in->people,
                                                                 .body = in->body,
                                                                 .inside = in->inside }));
    TRY(note_change(req, o, members, ARRAY_LEN(members)));
    return err_pass(reply_redirect(req, "saved", "%s#activities", opportunity_href(req, o->id)));
}

/* -- one task as a form --------------------------------------------------------------------------
 */

struct helper {
    int64_t id, account_id;
    const char *name, *account_name;
};
static const struct db_field helper_fields[] = {
    DB_FIELD(struct helper, id, DB_I64, 0),
    DB_NULLABLE(struct helper, account_id, DB_I64, 0),
    DB_FIELD(struct helper, name, DB_TEXT, 240),
    DB_FIELD(struct helper, account_name, DB_TEXT, 400),
    { 0 },
};
/* The vendor's people, and those of the partners that take part. */
static const struct db_stmt helpers = {
    .name = "opportunity.helpers",
    .sql = "(SELECT u.id, u.account_id, u.name, '' AS account_name FROM user u WHERE u.audience = "
           "'staff' AND u.status = 'active' ORDER BY u.name_key, u.id LIMIT 500) UNION ALL "
           "(SELECT u.id, u.account_id, u.name, a.name AS account_name FROM opportunity_share s "
           "JOIN account a ON a.id = s.account_id JOIN user u ON u.account_id = s.account_id AND "
           "u.status = 'active' WHERE s.opportunity_id = ? AND s.standing = 'accepted' "
           "ORDER BY a.name, u.name, u.id LIMIT 200)",
    .binds = "i",
    .fields = helper_fields,
    .row_bytes = sizeof(struct helper),
};
db_stmt_table opportunity_staff_people_statements[] = { &helpers, NULL };

/* Whom the visitor may give work to. */
static struct err *read_helpers(struct request *req, const struct opportunity *o,
                                struct helper **out, size_t *count)
{
    struct deal_person *people;

    if (is_staff(req))
        return err_pass(db_list(req->db, req->arena, &helpers, DB_ARGS(DB_I(o->id)), out, count));
    TRY(deal_people(req, req->actor->account_id, &people, count));
    *out = arena_array(req->arena, *count + 1, sizeof(**out));
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = (struct helper){ .id = people[i].id,
                                     .account_id = req->actor->account_id,
                                     .name = people[i].name,
                                     .account_name = "" };
    return NULL;
}

static const struct helper *find_helper(const struct helper *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

static struct err *show_helpers(struct request *req, const struct opportunity *o,
                                const struct opportunity_task *task)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "owner_user_id");
    struct helper *rows;
    struct view *option;
    size_t count;

    TRY(read_helpers(req, o, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        option = view_row(field, "Options");
        view_int(option, "Value", rows[i].id);
        view_text(option, "Label",
                  str_is_empty(rows[i].account_name)
                      ? rows[i].name
                      : arena_printf(req->arena, "%s (%s)", rows[i].name, rows[i].account_name));
    }
    if (task == NULL || find_helper(rows, count, task->owner_user_id) != NULL)
        return NULL;
    option = view_row(field, "Options");
    view_int(option, "Value", task->owner_user_id);
    view_text(option, "Label", task->owner_name);
    return NULL;
}

/* The task that the form is about, NULL for a new one; 404 for one that is not his to change. */
static struct err *task_asked_for(struct request *req, const struct opportunity *o, int64_t id,
                                  struct opportunity_task **out)
{
    *out = NULL;
    TRY(opportunity_let_write(req, o));
    if (id == 0)
        return NULL;
    TRY(opportunity_task_of(req, o, id, out));
    if (*out == NULL)
        return err_raise(ERR_NOT_FOUND, "no such task");
    return NULL;
}

static const struct form *task_form(const struct request *req)
{
    return is_staff(req) ? &opportunity_staff_task_form : &opportunity_task_form;
}

struct err *opportunity_task_show(struct request *req)
{
    const struct opportunity *o = req->object;
    const bool again = req->route->method == HTTP_POST;
    struct task_input stored = { .title = "", .owner_user_id = req->actor->user_id };
    struct opportunity_task *task;
    int64_t now, id = 0;

    TRY(db_now(req->db, &now));
    if (again)
        id = form_typed_id(req, "task");
    else if (req->input != NULL)
        id = ((const struct task_input *)req->input)->task;
    TRY(task_asked_for(req, o, id, &task));
    stored.due_on = text_local_day(req->locale, now) + 7;
    if (task != NULL)
        stored = (struct task_input){ .task = task->id,
                                      .row_version = task->row_version,
                                      .owner_user_id = task->owner_user_id,
                                      .title = task->title,
                                      .due_on = task->due_on,
                                      .inside = task->inside };
    page_title(req, task != NULL ? task->title : tr(req, N_("New task")));
    opportunity_crumbs(req, o);
    form_show(req, task_form(req), &stored);
    view_text(view_at(req->page, "Task"), "Href", opportunity_href(req, o->id));
    view_flag(view_at(req->page, "Task"), "IsStaff", is_staff(req));
    return err_pass(show_helpers(req, o, task));
}

/* The owner as the list has him; one who left it since may stay. */
static struct err *judge_task(struct request *req, const struct opportunity *o,
                              const struct opportunity_task *before, struct opportunity_task *x)
{
    const struct helper *owner;
    struct helper *rows;
    size_t count;

    TRY(read_helpers(req, o, &rows, &count));
    owner = find_helper(rows, count, x->owner_user_id);
    if (owner != NULL) {
        x->owner_name = owner->name;
        x->owner_account_id = owner->account_id;
    } else if (before != NULL && before->owner_user_id == x->owner_user_id) {
        x->owner_name = before->owner_name;
        x->owner_account_id = before->owner_account_id;
    } else {
        form_fault(req, "owner_user_id", -1, tr(req, N_("Choose one of the list.")));
    }
    if (x->inside && x->owner_account_id != 0)
        form_fault(req, "owner_user_id", -1,
                   tr(req, N_("What is for the vendor alone is done by one of its people.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *refuse_task(struct request *req, const struct opportunity *o)
{
    return err_pass(
        opportunity_refuse(req, o,
                           tr(req, N_("This task has changed since you opened it. Nothing was "
                                      "done: look at it again first."))));
}

struct err *opportunity_task_post(struct request *req)
{
    const struct task_input *in = req->input;
    const struct opportunity *o = req->object;
    struct opportunity_task x = { .id = in->task,
                                  .row_version = in->row_version,
                                  .title = in->title,
                                  .due_on = in->due_on,
                                  .owner_user_id = in->owner_user_id,
                                  .inside = in->inside };
    const struct canon members[] = { CANON_T("title", in->title),
                                     CANON_N("owner", in->owner_user_id),
                                     CANON_N("inside", in->inside) };
    struct opportunity_task *before;
    struct err *e;

    TRY(task_asked_for(req, o, in->task, &before));
    if (before != NULL && before->row_version != in->row_version)
        return err_pass(refuse_task(req, o));
    TRY(judge_task(req, o, before, &x));
    e = opportunity_task_put(req->db, req->arena, req->actor, o, &x,
                             before != NULL ? before->owner_user_id : 0);
    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a task changed while it was written");
    }
    TRY(e);
    TRY(note_change(req, o, members, ARRAY_LEN(members)));
    return err_pass(reply_redirect(req, "saved", "%s#tasks", opportunity_href(req, o->id)));
}

struct err *opportunity_done_post(struct request *req)
{
    const struct done_input *in = req->input;
    const struct opportunity *o = req->object;
    struct opportunity_task *task;
    struct err *e;

    TRY(opportunity_task_of(req, o, in->task, &task));
    if (task == NULL || !may_do(req, o, task))
        return err_raise(ERR_NOT_FOUND, "no such task of his");
    if (task->row_version != in->row_version)
        return err_pass(refuse_task(req, o));
    e = opportunity_task_set_done(req->db, req->actor, task, in->done);
    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a task changed while it was done");
    }
    TRY(e);
    TRY(note_change(
        req, o, (const struct canon[]){ CANON_T("title", task->title), CANON_N("done", in->done) },
        2));
    if (str_eq(in->back, "tasks"))
        return err_pass(reply_redirect(req, "saved", "%s/tasks", opportunity_base(req)));
    return err_pass(reply_redirect(req, "saved", "%s#tasks", opportunity_href(req, o->id)));
}

/* -- one's own -----------------------------------------------------------------------------------
 */

enum { MINE_MOST = 300, CARD_MOST = 5 };

struct err *opportunity_my_tasks_show(struct request *req)
{
    struct view *v = view_at(req->page, "Mine");
    struct opportunity_my_task *rows;
    int64_t now;
    size_t count;

    TRY(db_now(req->db, &now));
    TRY(opportunity_my_tasks(req, MINE_MOST, &rows, &count));
    page_title(req, tr(req, N_("My tasks")));
    opportunity_crumbs(req, NULL);
    opportunity_show_tabs(req, v, "tasks");
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_OPPORTUNITY_EDIT));
    form_token(req);
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Tasks");
        const int32_t today = text_local_day(req->locale, now);

        view_int(row, "Id", rows[i].id);
        view_int(row, "Version", rows[i].row_version);
        view_text(row, "Day", text_day(req->locale, req->arena, rows[i].due_on));
        view_flag(row, "Late", rows[i].due_on < today);
        view_flag(row, "Today", rows[i].due_on == today);
        view_text(row, "Title", rows[i].title);
        view_text(row, "Number", opportunity_number(req->arena, rows[i].opportunity_id));
        view_text(row, "Href", opportunity_href(req, rows[i].opportunity_id));
        view_text(row, "Name", rows[i].name);
        view_text(row, "Customer", rows[i].customer_name);
    }
    return NULL;
}

static void show_due(struct request *req, struct view *row, int32_t due_on, int32_t today)
{
    struct view *clock = view_at(row, "Clock");

    view_text(clock, "Tone", due_on < today ? "bad" : due_on == today ? "wait" : "info");
    view_text(clock, "Icon", "clock");
    view_text(clock, "Text", text_day(req->locale, req->arena, due_on));
}

static struct err *fill_tasks(struct request *req, struct view *card)
{
    struct opportunity_my_task *rows;
    int32_t today;
    int64_t now;
    size_t count;

    TRY(db_now(req->db, &now));
    today = text_local_day(req->locale, now);
    TRY(opportunity_my_tasks(req, CARD_MOST, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct home_work work = { .tone = rows[i].due_on < today ? "bad" : "info",
                                        .icon = "list-check",
                                        .title = rows[i].title,
                                        .text = arena_printf(
                                            req->arena, "%s · %s",
                                            opportunity_number(req->arena, rows[i].opportunity_id),
                                            rows[i].customer_name),
                                        .address = opportunity_href(req, rows[i].opportunity_id),
                                        .action = tr(req, N_("Look")) };

        show_due(req, home_work(card, &work), rows[i].due_on, today);
    }
    if (count == 0)
        home_empty(card, "list-check", tr(req, N_("No tasks")),
                   tr(req, N_("Tasks on opportunities that are given to you stand here.")));
    home_link(card, tr(req, N_("All my tasks")),
              arena_join(req->arena, opportunity_base(req), "/tasks", NULL));
    return NULL;
}

const struct home_card opportunity_tasks_card = {
    .id = "tasks", .title = N_("My tasks"), .permission = PERM_OPPORTUNITY_VIEW, .fill = fill_tasks
};

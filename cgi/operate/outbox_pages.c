/* operate/mails.c - see outbox_pages.h. */
#include "operate/outbox_pages.h"

#include "base/str.h"
#include "identity/identity.h"
#include "notification/wording.h"
#include "web/list.h"
#include "web/request.h"

#define ADDRESS "/staff/mails"

/* -- statements ----------------------------------------------------------------------------------
 */

struct mail_row {
    int64_t id, user_id, created_at, due_at, sent_at, tries, object_id;
    const char *template, *state, *error, *subject, *kind, *values_json, *name, *address;
};
static const struct db_field mail_fields[] = {
    DB_FIELD(struct mail_row, id, DB_I64, 0),
    DB_NULLABLE(struct mail_row, user_id, DB_I64, 0),
    DB_FIELD(struct mail_row, created_at, DB_AT, 0),
    DB_FIELD(struct mail_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct mail_row, sent_at, DB_AT, 0),
    DB_FIELD(struct mail_row, tries, DB_I64, 0),
    DB_FIELD(struct mail_row, object_id, DB_I64, 0),
    DB_FIELD(struct mail_row, template, DB_TEXT, 60),
    DB_FIELD(struct mail_row, state, DB_TEXT, 8),
    DB_FIELD(struct mail_row, error, DB_TEXT, 500),
    DB_FIELD(struct mail_row, subject, DB_TEXT, 600),
    DB_FIELD(struct mail_row, kind, DB_TEXT, 20),
    DB_FIELD(struct mail_row, values_json, DB_TEXT, 1000),
    DB_FIELD(struct mail_row, name, DB_TEXT, 480),
    DB_FIELD(struct mail_row, address, DB_TEXT, 254),
    { 0 },
};
#define MAILS(index)                                                                          \
    "SELECT o.id, o.user_id, o.created_at, o.due_at, o.sent_at, o.tries, o.object_id,"        \
    " o.template, o.state, COALESCE(o.last_error, '') AS error, o.subject, o.kind,"           \
    " o.values_json, COALESCE(u.name, o.to_name) AS name,"                                    \
    " COALESCE(u.email, o.to_address) AS address FROM outbox o " index " LEFT JOIN user u ON" \
    " u.id = o.user_id "
#define LIST(name_, index, where, binds_, order)                                          \
    {                                                                                     \
        .name = name_, .sql = MAILS("FORCE INDEX (" index ")") where order " LIMIT ?",    \
        .binds = binds_ "i", .fields = mail_fields, .row_bytes = sizeof(struct mail_row), \
        .flags = DB_LISTS                                                                 \
    }
#define BY_CREATED(way) "ORDER BY o.created_at " way ", o.id " way
#define BY_DUE(way)     "ORDER BY o.due_at " way ", o.id " way
#define BY_ID(way)      "ORDER BY o.id " way
#define OLDER(column)   "o." column " <= ? AND (o." column " < ? OR o.id < ?) "
#define NEWER(column)   "o." column " >= ? AND (o." column " > ? OR o.id > ?) "

/* All of them; those in a state; those to a person. */
enum lists { OF_ALL, OF_STATE, OF_PERSON, LISTS };
static const struct db_stmt lists[LISTS][3] = {
    [OF_ALL] = { LIST("outbox.page.all.first", "outbox_created", "", "", BY_CREATED("DESC")),
                 LIST("outbox.page.all.older", "outbox_created", "WHERE " OLDER("created_at"),
                      "tti", BY_CREATED("DESC")),
                 LIST("outbox.page.all.newer", "outbox_created", "WHERE " NEWER("created_at"),
                      "tti", BY_CREATED("ASC")) },
    [OF_STATE] = { LIST("outbox.page.state.first", "outbox_due", "WHERE o.state = ? ", "s",
                        BY_DUE("DESC")),
                   LIST("outbox.page.state.older", "outbox_due",
                        "WHERE o.state = ? AND " OLDER("due_at"), "stti", BY_DUE("DESC")),
                   LIST("outbox.page.state.newer", "outbox_due",
                        "WHERE o.state = ? AND " NEWER("due_at"), "stti", BY_DUE("ASC")) },
#define OF_USER "WHERE o.user_id = (SELECT p.id FROM user p WHERE p.email_key = ?) "
    [OF_PERSON] = { LIST("outbox.page.person.first", "outbox_user", OF_USER, "s", BY_ID("DESC")),
                    LIST("outbox.page.person.older", "outbox_user", OF_USER "AND o.id < ? ", "si",
                         BY_ID("DESC")),
                    LIST("outbox.page.person.newer", "outbox_user", OF_USER "AND o.id > ? ", "si",
                         BY_ID("ASC")) },
};
static const struct db_stmt one = {
    .name = "outbox.page.one",
    .sql = MAILS("") "WHERE o.id = ?",
    .binds = "i",
    .fields = mail_fields,
    .row_bytes = sizeof(struct mail_row),
};

#define THREE(kind) &lists[kind][0], &lists[kind][1], &lists[kind][2]
db_stmt_table outbox_page_statements[] = { THREE(OF_ALL), THREE(OF_STATE), THREE(OF_PERSON), &one,
                                           NULL };

/* -- in words ------------------------------------------------------------------------------------
 */

static const struct status_row states[] = {
    { "waiting", "wait", "clock", N_("Waiting") },
    { "sending", "wait", "send", N_("Being sent") },
    { "sent", "good", "circle-check", N_("Sent out") },
    { "failed", "bad", "alert-circle", N_("Failed") },
    { "dropped", "off", "ban", N_("Not sent") },
    { 0 },
};

/* What mails are about that are no events. */
static const struct {
    const char *template, *label;
} labels[] = {
    { "identity/email_changed", N_("E-mail address changed") },
    { "identity/factor_off", N_("Second factor turned off") },
    { "identity/factor_set", N_("Second factor set up") },
    { "identity/invite", N_("Invitation") },
    { "identity/invite_known", N_("Invitation of somebody who has a log-in") },
    { "identity/new_device", N_("Log-in from a new browser") },
    { "identity/password_changed", N_("Password changed") },
    { "identity/recovery_used", N_("Recovery code used") },
    { "identity/reset", N_("Link for a new password") },
    { "lead/offer", N_("Lead offered") },
    { "notification/digest", N_("What happened in a day") },
    { "programme/received", N_("Application received") },
    { "programme/refused", N_("Application refused") },
    { "report/report", N_("Report") },
};

static const char *label_of(const struct request *req, const char *template)
{
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_eq(labels[i].template, template))
            return tr(req, labels[i].label);
    return template;
}

/* What it is about, and what it says: "" where the row does not tell. */
struct words {
    const char *about, *title, *text;
};

static struct err *words_of(struct request *req, const struct mail_row *row,
                            const struct wording *worded, size_t count, struct words *out)
{
    const struct notification_event *event;
    struct mail_value *values;

    *out = (struct words){ .about = label_of(req, row->template), .title = "", .text = "" };
    TRY(values_read(req->arena, row->values_json, &values));
    event = notification_event_find(values_named(values, "Event"));
    if (event != NULL) {
        out->about = tr(req, event->label);
        wording_apply(req->arena, event, wording_of(worded, count, event->name), req->locale,
                      values, &out->title, &out->text);
        return NULL;
    }
    for (const struct mail_value *v = values; v->name != NULL; v++)
        if (str_eq(v->name, "Title"))
            out->title = values_text(req->locale, req->arena, values, v);
        else if (str_eq(v->name, "Text"))
            out->text = values_text(req->locale, req->arena, values, v);
    return NULL;
}

static const char *first_said(const char *one_, const char *other)
{
    return str_is_empty(one_) ? other : one_;
}

static void show_row(struct request *req, struct view *v, const struct mail_row *row,
                     const struct words *words)
{
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", row->id));
    view_text(v, "Subject", first_said(words->title, first_said(row->subject, words->about)));
    view_text(v, "Name", row->name);
    view_text(v, "Address", row->address);
    page_status(req, v, "State", states, row->state);
    page_at(req, v, "Created", row->created_at);
    page_at(req, v, "Sent", row->sent_at);
}

/* -- the list ------------------------------------------------------------------------------------
 */

struct mails_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct mails_query), { 0 } };
static const struct form query_form = { .name = "mails",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct mails_query) };
static const struct list_column columns[] = { { "created", false, false }, { 0 } };
/* Codes are those of states, but for the first. */
static const struct list_view views[] = {
    { "all", N_("All") },       { "waiting", N_("Waiting") },  { "sent", N_("Sent out") },
    { "failed", N_("Failed") }, { "dropped", N_("Not sent") }, { 0 }
};
static const struct list_spec spec = { .address = ADDRESS,
                                       .views = views,
                                       .columns = columns,
                                       .search_label = N_("E-mail of a person with a log-in") };

static struct err *read_rows(struct request *req, const struct list *list, enum lists of,
                             struct mail_row **rows_out, size_t *count_out)
{
    const struct db_stmt *stmt = &lists[of][list->direction];
    const char *person = identity_email_key(req->arena, list->input->q);
    struct db_arg args[6] = { 0 }; /* ended by one without a kind */
    size_t count = 0;

    if (of == OF_STATE)
        args[count++] = DB_S(list->view->code);
    if (of == OF_PERSON)
        args[count++] = DB_S(person);
    for (int i = 0; i < 2 && of != OF_PERSON && list->direction != LIST_FIRST; i++)
        args[count++] = DB_T(list->key.number);
    if (list->direction != LIST_FIRST)
        args[count++] = DB_I(list->key.id);
    args[count] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena, stmt, args, rows_out, count_out));
}

static struct list_key key_of(const struct mail_row *row, enum lists of)
{
    return (struct list_key){ .number = of == OF_STATE ? row->due_at : row->created_at,
                              .id = row->id };
}

static struct err *mails_show(struct request *req)
{
    const struct mails_query *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct wording *worded;
    struct mail_row *rows;
    size_t count, words;
    struct list list;
    enum lists of;

    page_title(req, tr(req, N_("Mails")));
    TRY(list_begin(req, &spec, &in->list, &list));
    if (list_searches(&list))
        list_turn_to(&list, "all");
    of = list_searches(&list) ? OF_PERSON : list.view_no == 0 ? OF_ALL : OF_STATE;
    TRY(read_rows(req, &list, of, &rows, &count));
    TRY(wording_list(req->db, req->arena, &worded, &words));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++) {
        struct words said;

        TRY(words_of(req, &rows[i], worded, words, &said));
        show_row(req, view_row(req->page, "Rows"), &rows[i], &said);
    }
    if (count > 0) {
        first = key_of(&rows[0], of);
        last = key_of(&rows[count - 1], of);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* -- one of them ---------------------------------------------------------------------------------
 */

static struct err *find(struct request *req, struct mail_row *out)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "mail"), &id))
        return err_raise(ERR_NOT_FOUND, "no such mail");
    return err_pass(db_get(req->db, req->arena, &one, DB_ARGS(DB_I(id)), out));
}

static void show_record(struct request *req, struct view *v, const struct mail_row *row)
{
    const struct notification_record *record = notification_record_find(row->kind);

    if (record == NULL || record->address[AUD_STAFF] == NULL)
        return;
    view_text(v, "Record", notification_record_number(req->arena, record, row->object_id));
    view_text(v, "RecordHref",
              arena_number(req->arena, record->address[AUD_STAFF], row->object_id));
}

static struct err *mail_show(struct request *req)
{
    struct view *v = view_at(req->page, "Mail");
    struct wording *worded;
    struct words words;
    struct mail_row row;
    size_t count;

    TRY(find(req, &row));
    TRY(wording_list(req->db, req->arena, &worded, &count));
    TRY(words_of(req, &row, worded, count, &words));
    show_row(req, v, &row, &words);
    page_title(req, view_get(v, "Subject"));
    page_crumb(req, tr(req, N_("Mails")), ADDRESS);
    view_text(v, "About", words.about);
    view_flag(v, "IsEvent", !str_is_empty(words.title));
    view_text(v, "Text", words.text);
    view_text(v, "Error", row.error);
    page_int(req, v, "Tries", row.tries);
    view_int(v, "Id", row.id);
    if (str_eq(row.state, "waiting"))
        page_at(req, v, "Due", row.due_at);
    view_flag(v, "MayRun",
              str_eq(row.state, "failed") && actor_may(req->actor, PERM_OPERATIONS_MANAGE));
    show_record(req, v, &row);
    (void)form_token(req);
    return NULL;
}

const struct route outbox_staff_routes[] = {
    { .name = "outbox.list",
      .method = HTTP_GET,
      .path = ADDRESS,
      .audience = AUD_STAFF,
      .permission = PERM_MAIL_VIEW,
      .query = &query_form,
      .handler = mails_show,
      .page = "operate/mails.cs" },
    { .name = "outbox.page",
      .method = HTTP_GET,
      .path = ADDRESS "/:mail",
      .audience = AUD_STAFF,
      .permission = PERM_MAIL_VIEW,
      .handler = mail_show,
      .page = "operate/mail.cs" },
    { 0 },
};

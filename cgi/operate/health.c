/* operate/health.c - the health page, and the lists of jobs and mails that failed. */
#include "operate/health.h"

#include "base/build_id.h"
#include "base/str.h"
#include "operate/check.h"
#include "operate/figures.h"
#include "web/list.h"
#include "web/request.h"

enum { BUILD_SHOWN = 16, FAILED_SHOWN = 10 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct failed {
    int64_t id, due_at, created_at, tries;
    const char *kind, *words, *error;
};
static const struct db_field failed_fields[] = {
    DB_FIELD(struct failed, id, DB_I64, 0),        DB_FIELD(struct failed, due_at, DB_AT, 0),
    DB_FIELD(struct failed, created_at, DB_AT, 0), DB_FIELD(struct failed, tries, DB_I64, 0),
    DB_FIELD(struct failed, kind, DB_TEXT, 60),    DB_FIELD(struct failed, words, DB_TEXT, 400),
    DB_FIELD(struct failed, error, DB_TEXT, 400),  { 0 },
};
#define FAILED(name_, columns, table, index, behind, binds_, order)                               \
    {                                                                                             \
        .name = name_,                                                                            \
        .sql =                                                                                    \
            "SELECT id, due_at, created_at, tries, " columns                                      \
            " COALESCE(last_error, '') AS error FROM " table " FORCE INDEX (" index               \
            ") WHERE state = 'failed' " behind "ORDER BY due_at " order ", id " order " LIMIT ?", \
        .binds = binds_ "i", .fields = failed_fields, .row_bytes = sizeof(struct failed),         \
        .flags = DB_LISTS                                                                         \
    }
#define OLDER           "AND due_at <= ? AND (due_at < ? OR id < ?) "
#define NEWER           "AND due_at >= ? AND (due_at > ? OR id > ?) "
#define JOBS(name, ...) FAILED(name, "kind, '' AS words,", "job", "job_due", __VA_ARGS__)
#define MAILS(name, ...)                                                                         \
    FAILED(name, "template AS kind, IF(subject <> '', subject, to_address) AS words,", "outbox", \
           "outbox_due", __VA_ARGS__)
static const struct db_stmt jobs[3] = { JOBS("health.jobs.first", "", "", "DESC"),
                                        JOBS("health.jobs.older", OLDER, "tti", "DESC"),
                                        JOBS("health.jobs.newer", NEWER, "tti", "ASC") };
static const struct db_stmt mails[3] = { MAILS("health.mails.first", "", "", "DESC"),
                                         MAILS("health.mails.older", OLDER, "tti", "DESC"),
                                         MAILS("health.mails.newer", NEWER, "tti", "ASC") };

static const struct db_stmt job_again = {
    .name = "health.job_again",
    .sql =
        "UPDATE job SET state = 'waiting', due_at = UTC_TIMESTAMP(6), tries = 0, ended_at = NULL,"
        " lease_owner = NULL, lease_until = NULL WHERE id = ? AND state = 'failed'",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt mail_again = {
    .name = "health.mail_again",
    .sql = "UPDATE outbox SET state = 'waiting', due_at = UTC_TIMESTAMP(6), tries = 0"
           " WHERE id = ? AND state = 'failed'",
    .binds = "i",
    .flags = DB_WRITE,
};

struct migration {
    int64_t number, applied_at;
    const char *name;
};
static const struct db_field migration_fields[] = {
    DB_FIELD(struct migration, number, DB_I64, 0),
    DB_FIELD(struct migration, name, DB_TEXT, 120),
    DB_NULLABLE(struct migration, applied_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt migrations = {
    .name = "health.migrations",
    .sql = "SELECT number, name, applied_at FROM schema_migration ORDER BY number DESC LIMIT 8",
    .binds = "",
    .fields = migration_fields,
    .row_bytes = sizeof(struct migration),
    .flags = DB_LISTS,
};

struct server {
    const char *version, *nodes, *state;
    int64_t up_seconds;
};
static const struct db_field server_fields[] = {
    DB_FIELD(struct server, version, DB_TEXT, 80),
    DB_FIELD(struct server, nodes, DB_TEXT, 20),
    DB_FIELD(struct server, state, DB_TEXT, 40),
    DB_FIELD(struct server, up_seconds, DB_I64, 0),
    { 0 },
};
#define STATUS(name, as) \
    "COALESCE(MAX(CASE WHEN variable_name = '" name "' THEN variable_value END), '') AS " as
static const struct db_stmt server = {
    .name = "health.server",
    .sql = "SELECT VERSION() AS version, " STATUS("WSREP_CLUSTER_SIZE", "nodes") ", " STATUS(
        "WSREP_LOCAL_STATE_COMMENT", "state") ", CAST(MAX(CASE WHEN variable_name = 'UPTIME' THEN"
                                              " variable_value ELSE 0 END) AS SIGNED) AS up_seconds"
                                              " FROM information_schema.global_status WHERE"
                                              " variable_name IN ('WSREP_CLUSTER_SIZE',"
                                              " 'WSREP_LOCAL_STATE_COMMENT', 'UPTIME')",
    .binds = "",
    .fields = server_fields,
    .row_bytes = sizeof(struct server),
};

db_stmt_table health_statements[] = { &jobs[0],    &jobs[1],  &jobs[2],   &mails[0],
                                      &mails[1],   &mails[2], &job_again, &mail_again,
                                      &migrations, &server,   NULL };

/* -- the page ------------------------------------------------------------------------------------
 */

static const struct status_row levels[] = {
    { "ok", "good", "circle-check", N_("Good") },
    { "warn", "wait", "alert-triangle", N_("Look at it") },
    { "fail", "bad", "alert-circle", N_("Broken") },
    { 0 },
};

static const struct {
    const char *name, *label;
} questions[] = {
    { "database", N_("Database") },
    { "clock", N_("Clock") },
    { "jobs", N_("Jobs") },
    { "mails", N_("Mails") },
    { "log", N_("Transparency log") },
    { "programs", N_("Programs") },
    { "backup", N_("Backup") },
    { "disk", N_("Disk") },
    { "certificate", N_("Certificate") },
};

static const char *label_of(const struct request *req, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        if (str_eq(questions[i].name, name))
            return tr(req, questions[i].label);
    return name;
}

static const char *words(const void *reader, const char *message)
{
    return tr(reader, message);
}

static struct err *show_lines(struct request *req)
{
    struct check *c = arena_alloc(req->arena, sizeof(*c));

    *c = (struct check){ .a = req->arena,
                         .conf = req->conf,
                         .db = req->db,
                         .program = "staff",
                         .words = words,
                         .reader = req };
    TRY(check_seen(c));
    page_status(req, view_at(req->page, "Page"), "Status", levels,
                check_level_name(check_worst(c)));
    for (size_t i = 0; i < c->count; i++) {
        struct view *v = view_row(req->page, "Lines");

        view_text(v, "Label", label_of(req, c->lines[i].name));
        page_status(req, v, "Status", levels, check_level_name(c->lines[i].level));
        view_text(v, "Found", c->lines[i].found);
        view_text(v, "Todo", c->lines[i].todo);
    }
    return NULL;
}

static void add_fact(struct view *v, const char *label, const char *value)
{
    struct view *row = view_row(v, "Facts");

    view_text(row, "Label", label);
    view_text(row, "Value", value);
}

static struct err *show_server(struct request *req)
{
    struct view *v = view_at(req->page, "Server");
    char build[BUILD_SHOWN + 1];
    struct server row;

    build_id(build, sizeof(build));
    TRY(db_get(req->db, req->arena, &server, DB_NO_ARGS, &row));
    add_fact(v, tr(req, N_("Version of the portal")), build);
    add_fact(v, tr(req, N_("Database server")), row.version);
    add_fact(v, tr(req, N_("It runs for")),
             trn(req, N_("%s hour"), N_("%s hours"), row.up_seconds / 3600));
    add_fact(v, tr(req, N_("Replication")),
             str_is_empty(row.nodes) || str_eq(row.nodes, "0")
                 ? tr(req, N_("One server, no cluster"))
                 : trf(req, N_("Cluster of %1$s nodes, this one is: %2$s"), row.nodes, row.state));
    return NULL;
}

static struct err *show_migrations(struct request *req)
{
    struct migration *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &migrations, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Migrations");

        view_text(v, "Name", rows[i].name);
        view_text(v, "Number", arena_printf(req->arena, "%04lld", (long long)rows[i].number));
        page_at(req, v, "At", rows[i].applied_at);
    }
    return NULL;
}

static struct err *show_waiting(struct request *req)
{
    struct figures_jobs *of_jobs;
    struct figures_mails *of_mails;
    size_t count;

    TRY(figures_jobs_read(req->db, req->arena, &of_jobs, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *v;

        if (str_eq(of_jobs[i].state, "done"))
            continue;
        v = view_row(req->page, "Queues");
        view_text(v, "Kind", of_jobs[i].kind);
        view_text(v, "State", of_jobs[i].state);
        page_int(req, v, "Count", of_jobs[i].count);
    }
    TRY(figures_mails_read(req->db, req->arena, &of_mails, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Mails");

        view_text(v, "State", of_mails[i].state);
        page_int(req, v, "Count", of_mails[i].count);
    }
    return NULL;
}

static void show_failed(struct request *req, const char *list, const struct failed *row)
{
    struct view *v = view_row(req->page, list);

    view_int(v, "Id", row->id);
    view_text(v, "Kind", row->kind);
    view_text(v, "Words", row->words);
    view_text(v, "Error", row->error);
    page_int(req, v, "Tries", row->tries);
    page_at(req, v, "At", row->due_at);
}

static struct err *show_some(struct request *req, const char *list, const struct db_stmt *stmt)
{
    struct failed *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, stmt, DB_ARGS(DB_I(FAILED_SHOWN)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_failed(req, list, &rows[i]);
    return NULL;
}

static void show_rights(struct request *req)
{
    view_flag(req->page, "MayRun", actor_may(req->actor, PERM_OPERATIONS_MANAGE));
    (void)form_token(req);
}

static struct err *health_show(struct request *req)
{
    page_title(req, tr(req, N_("Health")));
    show_rights(req);
    TRY(show_lines(req));
    TRY(show_server(req));
    TRY(show_migrations(req));
    TRY(show_waiting(req));
    TRY(show_some(req, "FailedJobs", &jobs[LIST_FIRST]));
    return err_pass(show_some(req, "FailedMails", &mails[LIST_FIRST]));
}

/* -- everything that failed ----------------------------------------------------------------------
 */

struct failed_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct failed_query), { 0 } };
static const struct form query_form = { .name = "health_failed",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct failed_query) };
static const struct list_column columns[] = { { "due", false, false }, { 0 } };
static const struct list_view views[] = { { "jobs", N_("Jobs") }, { "mails", N_("Mails") }, { 0 } };
static const struct list_spec spec = { .address = "/staff/health/failed",
                                       .views = views,
                                       .columns = columns };

static struct err *failed_show(struct request *req)
{
    const struct failed_query *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    const struct db_stmt *of;
    struct failed *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("What failed")));
    page_crumb(req, tr(req, N_("Health")), "/staff/health");
    show_rights(req);
    view_flag(req->page, "OfMails", list.view_no == 1);
    of = list.view_no == 1 ? mails : jobs;
    if (list.direction == LIST_FIRST)
        TRY(db_list(req->db, req->arena, &of[0], DB_ARGS(DB_I(list.fetch)), &rows, &count));
    else
        TRY(db_list(req->db, req->arena, &of[list.direction],
                    DB_ARGS(DB_T(list.key.number), DB_T(list.key.number), DB_I(list.key.id),
                            DB_I(list.fetch)),
                    &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_failed(req, "Rows", &rows[i]);
    if (count > 0) {
        first = (struct list_key){ .number = rows[0].due_at, .id = rows[0].id };
        last = (struct list_key){ .number = rows[count - 1].due_at, .id = rows[count - 1].id };
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* -- once more -----------------------------------------------------------------------------------
 */

struct again_input {
    int64_t id;
};
static const struct field again_fields[] = {
    { .name = "id",
      .label = N_("Number"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose what runs again."),
      .offset = offsetof(struct again_input, id) },
    { 0 },
};
static const struct form again_form = { .name = "health.again",
                                        .fields = again_fields,
                                        .size_bytes = sizeof(struct again_input) };

/* Whoever is second finds it waiting already, which is what he wanted. */
static struct err *again(struct request *req, const struct db_stmt *stmt, const char *kind)
{
    const struct again_input *in = req->input;
    int64_t affected;

    TRY(db_exec(req->db, stmt, DB_ARGS(DB_I(in->id)), &affected));
    if (affected == 1)
        TRY(request_audit(req, kind, in->id, NULL, NULL));
    return err_pass(reply_redirect(req, "runs_again", "/staff/health"));
}

static struct err *job_again_post(struct request *req)
{
    return err_pass(again(req, &job_again, "job"));
}

static struct err *mail_again_post(struct request *req)
{
    return err_pass(again(req, &mail_again, "mail"));
}

#define AGAIN(name_, path_, handler_)                                                   \
    {                                                                                   \
        .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF,       \
        .permission = PERM_OPERATIONS_MANAGE, .form = &again_form, .handler = handler_, \
        .retry = health_show, .retry_page = "operate/health.cs"                         \
    }

const struct route health_staff_routes[] = {
    { .name = "health.page",
      .method = HTTP_GET,
      .path = "/staff/health",
      .audience = AUD_STAFF,
      .permission = PERM_OPERATIONS_VIEW,
      .handler = health_show,
      .page = "operate/health.cs" },
    { .name = "health.failed",
      .method = HTTP_GET,
      .path = "/staff/health/failed",
      .audience = AUD_STAFF,
      .permission = PERM_OPERATIONS_VIEW,
      .query = &query_form,
      .handler = failed_show,
      .page = "operate/failed.cs" },
    AGAIN("health.job_again", "/staff/health/jobs", job_again_post),
    AGAIN("health.mail_again", "/staff/health/mails", mail_again_post),
    { 0 },
};

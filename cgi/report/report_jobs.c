/* report/report_jobs.c - reports by mail.
 *
 * What is due is taken by an update under its own time, with the mail's row in the outbox: once,
 * whoever dies or runs twice.  A worker that was away for days sends one mail, not one a day.  The
 * report is run when the mail is sent, as the person it goes to: nothing of it stands in the
 * outbox, and rights that were taken meanwhile are gone. */
#include "report/report_jobs.h"

#include "access/session.h"
#include "base/str.h"
#include "report/report_inside.h"
#include "report/report_mail.h"
#include "web/judge.h"

enum { EVERY_SECONDS = 300, ROWS_IN_MAIL = 20 };

struct due {
    int64_t report_id, user_id, hour, next_at;
    const char *every, *zone, *status;
};
static const struct db_field due_fields[] = {
    DB_FIELD(struct due, report_id, DB_I64, 0), DB_FIELD(struct due, user_id, DB_I64, 0),
    DB_FIELD(struct due, hour, DB_I64, 0),      DB_FIELD(struct due, next_at, DB_AT, 0),
    DB_FIELD(struct due, every, DB_TEXT, 8),    DB_FIELD(struct due, zone, DB_TEXT, 60),
    DB_FIELD(struct due, status, DB_TEXT, 10),  { 0 },
};
static const struct db_stmt next_due = {
    .name = "report.due",
    .sql = "SELECT m.report_id, m.user_id, m.hour, m.next_at, m.every, u.zone, u.status FROM "
           "report_mail m FORCE INDEX (report_mail_due) JOIN user u ON u.id = m.user_id "
           "WHERE m.next_at <= UTC_TIMESTAMP(6) ORDER BY m.next_at LIMIT 1",
    .binds = "",
    .fields = due_fields,
    .row_bytes = sizeof(struct due),
    .flags = DB_LISTS,
};
static const struct db_stmt take = {
    .name = "report.due_take",
    .sql = "UPDATE report_mail SET next_at = ?, sent_at = UTC_TIMESTAMP(6) "
           "WHERE report_id = ? AND user_id = ? AND next_at = ?",
    .binds = "tiit",
    .flags = DB_WRITE,
};

db_stmt_table report_job_statements[] = { &next_due, &take, &report_sql_one, &report_sql_parts,
                                          NULL };

/* -- the job -------------------------------------------------------------------------------------
 */

struct sending {
    struct arena *a;
    bool found;
};

static struct err *write_mail(struct db *db, struct arena *a, const struct due *due)
{
    return err_pass(
        outbox_add(db, a,
                   &(struct mail){ .template = REPORT_MAIL,
                                   .user_id = due->user_id,
                                   .kind = REPORT_KIND,
                                   .object_id = due->report_id,
                                   .reason = LANG_N("You asked for this report by mail.") }));
}

static struct err *send_next(struct db *db, void *arg)
{
    struct sending *s = arg;
    struct due due;
    int64_t now, taken;

    TRY(db_one(db, s->a, &next_due, DB_NO_ARGS, &due, &s->found));
    if (!s->found)
        return NULL;
    TRY(db_now(db, &now));
    TRY(db_exec(db, &take,
                DB_ARGS(DB_T(report_next_at(text_locale_get(LANG_EN, due.zone), due.every,
                                            (int)due.hour, now)),
                        DB_I(due.report_id), DB_I(due.user_id), DB_T(due.next_at)),
                &taken));
    if (taken != 1 || !str_eq(due.status, "active"))
        return NULL;
    return err_pass(write_mail(db, s->a, &due));
}

static struct err *send_due(struct job_context *ctx, const struct job *job)
{
    struct sending s = { .a = ctx->arena, .found = true };

    (void)job;
    while (s.found) {
        arena_clear(ctx->arena);
        TRY(db_transaction(ctx->db, send_next, &s));
    }
    return NULL;
}

const struct job_kind report_jobs[] = {
    { .name = "report.mail",
      .handler = send_due,
      .timeout_seconds = 300,
      .every_seconds = EVERY_SECONDS },
    { 0 },
};

/* -- the mail ------------------------------------------------------------------------------------
 */

/* The report as the reader may see it; NULL: it is not there for him. */
static struct err *find_report(struct request *req, int64_t id)
{
    const void *object;

    TRY(report_object.load(req, id, &object));
    req->object = object;
    return NULL;
}

/* "Sum: Value 1,250 · Number of records 2"; of single rows "Amber Works · Germany". */
static const char *row_text(const struct report_query *q, const struct report_row *row, size_t from)
{
    struct arena *a = q->req->arena;
    const char *text = "";

    for (size_t i = from; i < report_cell_count(q); i++) {
        const bool named = q->def->group_count > 0;

        text = arena_join(a, text, *text == '\0' ? "" : " · ", named ? report_cell_head(q, i) : "",
                          named ? " " : "", report_cell_text(q, i, &row->cells[i]), NULL);
    }
    return text;
}

static struct err *fill_rows(const struct report_query *q, struct view *v)
{
    struct report_row *rows;
    size_t count;
    bool late;

    TRY(db_compose_list(q->req->db, q->req->arena, report_compose(q, ROWS_IN_MAIL + 1),
                        sizeof(*rows), REPORT_SECONDS, &rows, &count, &late));
    view_flag(v, "IsLate", late);
    view_flag(v, "IsEmpty", !late && count == 0);
    view_flag(v, "More", count > ROWS_IN_MAIL);
    for (size_t i = 0; i < count && i < ROWS_IN_MAIL; i++) {
        struct view *row = view_row(v, "Rows");

        view_text(row, "Label", report_row_label(q, &rows[i]));
        view_text(row, "Text", row_text(q, &rows[i], q->def->group_count));
    }
    return NULL;
}

static struct err *fill_report(struct request *req, struct view *v)
{
    const struct report *r = req->object;
    struct report_input *in = arena_alloc(req->arena, sizeof(*in));
    struct report_def def;
    struct report_query q = { .req = req, .def = &def };

    view_text(v, "Title", report_name(req, r));
    view_text(v, "Text", report_description(req, r));
    view_text(v, "Address", arena_number(req->arena, REPORT_ADDRESS "/", r->id));
    TRY(report_load_input(req, r, in));
    TRY(db_now(req->db, &q.now));
    if (report_def_read(req, r->set, in, false, &def))
        return err_pass(fill_rows(&q, v));
    view_flag(v, "IsGone", true);
    return NULL;
}

struct err *report_fill_mail(struct db *db, struct arena *a, struct outbox_reading *mail)
{
    struct request *req;
    struct actor actor;
    bool found;

    TRY(session_actor(db, a, mail->user_id, &actor, &found));
    req = judge_request(a, db, &actor, text_locale_lang(mail->locale));
    if (found && actor.audience == AUD_STAFF && actor_may(&actor, PERM_REPORT_VIEW))
        TRY(find_report(req, mail->object_id));
    if (req->object != NULL)
        return err_pass(fill_report(req, mail->view));
    view_text(mail->view, "Title", tr(req, N_("not there any more")));
    view_text(mail->view, "Address", REPORT_ADDRESS);
    view_flag(mail->view, "IsGone", true);
    return NULL;
}

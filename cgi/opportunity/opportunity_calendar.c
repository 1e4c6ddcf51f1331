/* opportunity/opportunity_calendar.c */
#include "opportunity/opportunity_calendar.h"

#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "opportunity/opportunity_view.h"
#include "text/ical.h"

#include <string.h>

#define KIND "user"

enum { DAYS_BEHIND = 90, DAYS_AHEAD = 365, ROWS_MOST = 300 };

/* -- the address, as its person has it -----------------------------------------------------------
 */

struct link_row {
    int64_t created_at;
};
static const struct db_field link_fields[] = { DB_FIELD(struct link_row, created_at, DB_AT, 0),
                                               { 0 } };
static const struct db_stmt find_link = {
    .name = "opportunity.ical_link",
    .sql = "SELECT created_at FROM ical_link WHERE user_id = ?",
    .binds = "i",
    .fields = link_fields,
    .row_bytes = sizeof(struct link_row),
};
static const struct db_stmt end_link = {
    .name = "opportunity.ical_link_end",
    .sql = "DELETE FROM ical_link WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt make_link = {
    .name = "opportunity.ical_link_make",
    .sql = "INSERT INTO ical_link (user_id, token_hash, created_at) VALUES (?, ?, "
           "UTC_TIMESTAMP(6))",
    .binds = "ib",
    .flags = DB_WRITE,
};
db_stmt_table opportunity_link_statements[] = { &find_link, &end_link, &make_link, NULL };

struct err *opportunity_show_link(struct request *req, struct view *v)
{
    struct view *link = view_at(v, "Link");
    struct link_row row;
    bool found;

    TRY(db_one(req->db, req->arena, &find_link, DB_ARGS(DB_I(req->actor->user_id)), &row, &found));
    view_text(link, "Action", arena_join(req->arena, opportunity_base(req), "/calendar", NULL));
    if (found)
        page_at(req, link, "Made", row.created_at);
    form_token(req);
    return NULL;
}

/* The old one, if there is one, ends with it.  Of two at once the later finds the other's. */
struct err *opportunity_link_post(struct request *req)
{
    char token[CRYPT_TOKEN_BYTES];
    unsigned char hash[SHA256_BYTES];
    struct err *e;

    crypt_token(token);
    sha256(token, strlen(token), hash);
    TRY(db_exec(req->db, &end_link, DB_ARGS(DB_I(req->actor->user_id)), NULL));
    e = db_exec(req->db, &make_link, DB_ARGS(DB_I(req->actor->user_id), DB_B(hash, sizeof(hash))),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a calendar address was made twice at once");
    }
    TRY(e);
    TRY(request_audit(req, KIND, req->actor->user_id, NULL, NULL));
    page_title(req, tr(req, N_("The address for your calendar")));
    opportunity_crumbs(req, NULL);
    page_crumb(req, tr(req, N_("My next steps")),
               arena_join(req->arena, opportunity_base(req), "/next", NULL));
    view_text(view_at(req->page, "Calendar"), "Address",
              arena_printf(req->arena, "%s/calendar/%s/fairway.ics", req->conf->base_url, token));
    view_text(view_at(req->page, "Calendar"), "Back",
              arena_join(req->arena, opportunity_base(req), "/next", NULL));
    crypt_wipe(token, sizeof(token));
    return err_pass(reply_page(req, "opportunity/calendar.cs"));
}

struct err *opportunity_link_end_post(struct request *req)
{
    int64_t ended;

    TRY(db_exec(req->db, &end_link, DB_ARGS(DB_I(req->actor->user_id)), &ended));
    if (ended > 0)
        TRY(request_audit(req, KIND, req->actor->user_id, NULL, NULL));
    return err_pass(reply_redirect(req, "saved", "%s/next", opportunity_base(req)));
}

/* -- the address, as a calendar program asks for it ----------------------------------------------
 */

struct person_row {
    int64_t user_id;
    const char *audience;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person_row, user_id, DB_I64, 0),
    DB_FIELD(struct person_row, audience, DB_TEXT, 10),
    { 0 },
};
static const struct db_stmt find_person = {
    .name = "opportunity.ical_person",
    .sql = "SELECT user_id, audience FROM ical_person WHERE token_hash = ?",
    .binds = "b",
    .fields = person_fields,
    .row_bytes = sizeof(struct person_row),
};

struct day_row {
    int64_t id, opportunity_id, changed_at;
    int32_t day;
    const char *title, *name, *customer_name;
};
static const struct db_field day_fields[] = {
    DB_FIELD(struct day_row, id, DB_I64, 0),
    DB_FIELD(struct day_row, opportunity_id, DB_I64, 0),
    DB_FIELD(struct day_row, changed_at, DB_AT, 0),
    DB_NULLABLE(struct day_row, day, DB_DAY, 0),
    DB_FIELD(struct day_row, title, DB_TEXT, 400),
    DB_FIELD(struct day_row, name, DB_TEXT, 400),
    DB_FIELD(struct day_row, customer_name, DB_TEXT, 400),
    { 0 },
};
#define OF_LINK(day) "WHERE token_hash = ? AND " day " BETWEEN ? AND ? ORDER BY " day ", 1 LIMIT ?"
static const struct db_stmt read_steps = {
    .name = "opportunity.ical_steps",
    .sql = "SELECT 0 AS id, opportunity_id, updated_at AS changed_at, next_step_on AS day, "
           "next_step AS title, name, customer_name FROM ical_step " OF_LINK("next_step_on"),
    .binds = "bddi",
    .fields = day_fields,
    .row_bytes = sizeof(struct day_row),
    .flags = DB_LISTS,
};
static const struct db_stmt read_tasks = {
    .name = "opportunity.ical_tasks",
    .sql = "SELECT id, opportunity_id, created_at AS changed_at, due_on AS day, title, '' AS name, "
           "'' AS customer_name FROM ical_task " OF_LINK("due_on"),
    .binds = "bddi",
    .fields = day_fields,
    .row_bytes = sizeof(struct day_row),
    .flags = DB_LISTS,
};
db_stmt_table opportunity_calendar_statements[] = { &find_person, &read_steps, &read_tasks, NULL };

struct asked {
    unsigned char hash[SHA256_BYTES];
    struct person_row person;
    int32_t today;
};

static void add_day(struct request *req, struct buf *out, const struct asked *asked,
                    const struct day_row *row)
{
    const char *number = opportunity_number(req->arena, row->opportunity_id);
    const char *what = str_is_empty(row->title) ? row->name : row->title;
    const struct ical_event event = {
        .uid = row->id != 0 ? arena_printf(req->arena, "task-%lld@fairway", (long long)row->id)
                            : arena_printf(req->arena, "%s-next@fairway", number),
        .summary = arena_printf(req->arena, "%s (%s)", what, number),
        .description = str_is_empty(row->name)
                           ? ""
                           : arena_printf(req->arena, "%s\n%s", row->name, row->customer_name),
        .url = arena_printf(req->arena, "%s/%s/opportunities/%s", req->conf->base_url,
                            asked->person.audience, number),
        .day = row->day,
        .changed_at = row->changed_at
    };

    ical_add(out, &event);
}

static struct err *add_days(struct request *req, struct buf *out, const struct asked *asked,
                            const struct db_stmt *stmt)
{
    struct day_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, stmt,
                DB_ARGS(DB_B(asked->hash, sizeof(asked->hash)), DB_D(asked->today - DAYS_BEHIND),
                        DB_D(asked->today + DAYS_AHEAD), DB_I(ROWS_MOST)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_day(req, out, asked, &rows[i]);
    return NULL;
}

static struct err *write_days(struct request *req, struct buf *out, const struct asked *asked)
{
    ical_begin(out, req->conf->vendor_name);
    TRY(add_days(req, out, asked, &read_steps));
    TRY(add_days(req, out, asked, &read_tasks));
    ical_end(out);
    return NULL;
}

/* An address that ended, or never was, is the same 404. */
static struct err *calendar_show(struct request *req)
{
    const char *token = request_param(req, "token"), *text;
    struct asked asked;
    struct buf out;
    struct err *e;
    int64_t now;
    size_t len;
    bool found;

    sha256(token, strlen(token), asked.hash);
    TRY(db_now(req->db, &now));
    asked.today = text_local_day(req->locale, now);
    TRY(db_one(req->db, req->arena, &find_person, DB_ARGS(DB_B(asked.hash, sizeof(asked.hash))),
               &asked.person, &found));
    if (!found)
        return err_raise(ERR_NOT_FOUND, "no such calendar");
    buf_init(&out, 4096, 0);
    e = write_days(req, &out, &asked);
    len = out.len;
    text = e == NULL ? arena_dup_bytes(req->arena, out.data, out.len) : "";
    buf_free(&out);
    TRY(e);
    return err_pass(reply_file(req, "fairway.ics", "text/calendar; charset=utf-8", text, len));
}

/* Calendar programs ask a few times an hour; whoever guesses asks more. */
static const struct rate asks = { "calendar.ask", 240, 3600 };

const struct route opportunity_calendar_routes[] = {
    { .name = "calendar.file",
      .method = HTTP_GET,
      .path = "/calendar/:token/fairway.ics",
      .audience = AUD_PUBLIC,
      .permission = PERM_PUBLIC,
      .handler = calendar_show,
      .rate = &asks },
    { 0 },
};

/* report/report_home_jobs.c - the bars of pins, made by the worker as the person whose page it is.
 *
 * Only for who was here lately: nobody looks at the others.  A pin is taken by its own time, so two
 * workers do not make it twice; one that nobody finished is due again. */
#include "report/report_home.h"

#include "access/session.h"
#include "base/str.h"
#include "report/report_inside.h"
#include "web/judge.h"

#include <stdlib.h>

enum { EVERY_SECONDS = 60, STALE_SECONDS = 900, SECONDS_AT_ONCE = 240, THOUSAND = 1000 };

/* -- which ---------------------------------------------------------------------------------------
 */

/* What a role brings: to whoever has it and may see the report. */
static const struct db_stmt roles_bring = {
    .name = "report.home_bring",
    .sql = "INSERT IGNORE INTO report_pin (user_id, report_id, own, due_at) "
           "SELECT DISTINCT y.user_id, h.report_id, 0, UTC_TIMESTAMP(6) FROM report_home_role h "
           "JOIN report r ON r.id = h.report_id JOIN user_role y ON y.role_id = h.role_id "
           "JOIN user u ON u.id = y.user_id AND u.status = 'active' AND u.account_id IS NULL "
           "LEFT JOIN report_pin p ON p.user_id = y.user_id AND p.report_id = h.report_id "
           "WHERE p.user_id IS NULL AND (r.owner_id IS NULL OR r.owner_id = y.user_id OR "
           "r.share = 'staff' OR (r.share = 'roles' AND EXISTS (SELECT 1 FROM report_role x JOIN "
           "user_role z ON z.role_id = x.role_id AND z.user_id = y.user_id "
           "WHERE x.report_id = r.id)))",
    .binds = "",
    .flags = DB_WRITE,
};
static const struct db_stmt roles_take = {
    .name = "report.home_take",
    .sql = "DELETE FROM report_pin WHERE own = 0 AND NOT EXISTS (SELECT 1 FROM "
           "report_home_role h JOIN user_role y ON y.role_id = h.role_id "
           "WHERE h.report_id = report_pin.report_id "
           "AND y.user_id = report_pin.user_id) ORDER BY user_id LIMIT 1000",
    .binds = "",
    .flags = DB_WRITE,
};

struct pin {
    int64_t user_id, report_id, due_at;
};
static const struct db_field pin_fields[] = {
    DB_FIELD(struct pin, user_id, DB_I64, 0),
    DB_FIELD(struct pin, report_id, DB_I64, 0),
    DB_FIELD(struct pin, due_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt next_pin = {
    .name = "report.home_next",
    .sql = "SELECT p.user_id, p.report_id, p.due_at FROM report_pin p FORCE INDEX "
           "(report_pin_due) WHERE p.due_at <= UTC_TIMESTAMP(6) AND p.shown = 1 AND EXISTS "
           "(SELECT 1 FROM session s WHERE s.user_id = p.user_id AND s.ended_at IS NULL AND "
           "s.last_seen_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR) ORDER BY p.due_at LIMIT 1",
    .binds = "",
    .fields = pin_fields,
    .row_bytes = sizeof(struct pin),
    .flags = DB_LISTS,
};
static const struct db_stmt take_pin = {
    .name = "report.home_due",
    .sql = "UPDATE report_pin SET due_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND "
           "WHERE user_id = ? AND report_id = ? AND due_at = ?",
    .binds = "iiit",
    .flags = DB_WRITE,
};

/* -- making --------------------------------------------------------------------------------------
 */

static const struct db_stmt bars_gone = {
    .name = "report.home_bars_gone",
    .sql = "DELETE FROM report_bar WHERE user_id = ? AND report_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt bar_add = {
    .name = "report.home_bar_add",
    .sql = "INSERT INTO report_bar (user_id, report_id, place, label, figure, size, address) "
           "VALUES (?, ?, ?, LEFT(?, 400), LEFT(?, 100), ?, ?)",
    .binds = "iiissis",
    .flags = DB_WRITE,
};
static const struct db_stmt pin_made = {
    .name = "report.home_made",
    .sql = "UPDATE report_pin SET made_at = UTC_TIMESTAMP(6), made_for = ?, "
           "measure = LEFT(?, 200) "
           "WHERE user_id = ? AND report_id = ?",
    .binds = "ssii",
    .flags = DB_WRITE,
};

db_stmt_table report_home_job_statements[] = {
    &roles_bring, &roles_take, &next_pin, &take_pin, &bars_gone, &bar_add, &pin_made, NULL,
};

static int by_first_day(const void *a, const void *b)
{
    const int32_t x = ((const struct report_row *)a)->cells[0].day,
                  y = ((const struct report_row *)b)->cells[0].day;

    return (x > y) - (x < y);
}

/* Of days the last ones, as a calendar has them; of anything else what the report puts first. */
static const struct report_row *choose(const struct report_query *q, struct report_row *rows,
                                       size_t *count_io)
{
    const size_t most = *count_io < REPORT_BARS_MOST ? *count_io : REPORT_BARS_MOST;
    const struct report_row *first = rows;

    if (q->def->groups[0].span != NULL) {
        qsort(rows, *count_io, sizeof(*rows), by_first_day);
        first = rows + (*count_io - most);
    }
    *count_io = most;
    return first;
}

static struct err *write_bars(const struct report_query *q, int64_t report_id,
                              const struct report_row *rows, size_t count)
{
    const size_t figure = q->def->group_count;
    int64_t most = 1;

    for (size_t i = 0; i < count; i++) {
        const int64_t size = report_cell_size(&rows[i].cells[figure]);

        most = size > most ? size : most;
    }
    for (size_t i = 0; i < count; i++)
        TRY(db_exec(q->req->db, &bar_add,
                    DB_ARGS(DB_I(q->req->actor->user_id), DB_I(report_id), DB_I((int64_t)i),
                            DB_S(report_row_label(q, &rows[i])),
                            DB_S(report_cell_text(q, figure, &rows[i].cells[figure])),
                            DB_I((int64_t)((__int128)report_cell_size(&rows[i].cells[figure]) *
                                           THOUSAND / most)),
                            DB_S(report_rows_address(q, report_id, &rows[i]))),
                    NULL));
    return NULL;
}

/* A report of single rows, or one that uses what this person may not see, has no bars. */
static struct err *make_bars(struct request *req, const struct report *r, const char **measure_out)
{
    struct report_input *in = arena_alloc(req->arena, sizeof(*in));
    struct report_def def;
    struct report_query q = { .req = req, .def = &def };
    struct report_row *rows;
    const struct report_row *first;
    size_t count;
    bool late;

    *measure_out = "";
    TRY(report_load_input(req, r, in));
    TRY(db_now(req->db, &q.now));
    if (!report_def_read(req, r->set, in, false, &def) || def.group_count == 0)
        return NULL;
    TRY(db_compose_list(req->db, req->arena, report_compose(&q, REPORT_ROWS), sizeof(*rows),
                        REPORT_SECONDS, &rows, &count, &late));
    if (late)
        return NULL;
    *measure_out = report_cell_head(&q, def.group_count);
    first = choose(&q, rows, &count);
    return err_pass(write_bars(&q, r->id, first, count));
}

static struct err *make_pin(struct db *db, struct arena *a, const struct pin *pin)
{
    struct actor actor;
    struct request *req;
    const void *object = NULL;
    const struct report *r;
    const char *measure;
    bool found;

    TRY(db_exec(db, &bars_gone, DB_ARGS(DB_I(pin->user_id), DB_I(pin->report_id)), NULL));
    TRY(session_actor(db, a, pin->user_id, &actor, &found));
    if (!found || actor.audience != AUD_STAFF || !actor_may(&actor, PERM_REPORT_VIEW))
        return NULL;
    req = judge_request(a, db, &actor, actor.lang);
    TRY(report_object.load(req, pin->report_id, &object));
    r = object;
    if (r == NULL)
        return NULL;
    TRY(make_bars(req, r, &measure));
    return err_pass(db_exec(db, &pin_made,
                            DB_ARGS(DB_S(report_rights(a, &actor, r->set, r->row_version)),
                                    DB_S(measure), DB_I(pin->user_id), DB_I(pin->report_id)),
                            NULL));
}

/* -- the jobs ------------------------------------------------------------------------------------
 */

struct making {
    struct arena *a;
    bool found;
};

static struct err *make_next(struct db *db, void *arg)
{
    struct making *m = arg;
    struct pin pin;
    int64_t taken;

    TRY(db_one(db, m->a, &next_pin, DB_NO_ARGS, &pin, &m->found));
    if (!m->found)
        return NULL;
    TRY(db_exec(
        db, &take_pin,
        DB_ARGS(DB_I(STALE_SECONDS), DB_I(pin.user_id), DB_I(pin.report_id), DB_T(pin.due_at)),
        &taken));
    return taken == 1 ? err_pass(make_pin(db, m->a, &pin)) : NULL;
}

static struct err *make_due(struct job_context *ctx, const struct job *job)
{
    const int64_t end = clock_monotonic_us() + (int64_t)SECONDS_AT_ONCE * CLOCK_SECOND;
    struct making m = { .a = ctx->arena, .found = true };

    (void)job;
    while (m.found && clock_monotonic_us() < end) {
        arena_clear(ctx->arena);
        TRY(db_transaction(ctx->db, make_next, &m));
    }
    return NULL;
}

static struct err *follow_roles(struct db *db, void *arg)
{
    (void)arg;
    TRY(db_exec(db, &roles_take, DB_NO_ARGS, NULL));
    return err_pass(db_exec(db, &roles_bring, DB_NO_ARGS, NULL));
}

static struct err *tick(struct job_context *ctx, const struct job *job)
{
    TRY(db_transaction(ctx->db, follow_roles, NULL));
    return err_pass(make_due(ctx, job));
}

/* Beside the timer, at once when somebody puts one on his page. */
const struct job_kind report_home_jobs[] = {
    { .name = "report.home",
      .handler = tick,
      .timeout_seconds = 300,
      .every_seconds = EVERY_SECONDS },
    { .name = "report.home_make", .handler = make_due, .retries = 3, .timeout_seconds = 300 },
    { 0 },
};

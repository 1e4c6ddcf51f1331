/* transfer/transfer_jobs.c - the worker's part: slices of some seconds, so that other work comes in
 * between and a lease that nobody ends is short; and what is old goes. */
#include "access/parameter.h"
#include "access/role.h"
#include "access/session.h"
#include "base/log.h"
#include "base/str.h"
#include "notification/notification.h"
#include "transfer/transfer_inside.h"

#include <stdlib.h>
#include <string.h>

enum { SLICE_US = 4 * CLOCK_SECOND, BATCH_ARENA_BYTES = 4 << 20, PURGE_SECONDS = 3600 };

/* -- who -----------------------------------------------------------------------------------------
 */

static struct err *read_person(struct transfer_work *w, bool *may_out)
{
    struct transfer_person person;
    struct session_scope scope;
    bool found;

    *may_out = false;
    TRY(db_one(w->db, w->kept, &transfer_sql_person, DB_ARGS(DB_I(w->t.user_id)), &person, &found));
    if (!found)
        return NULL;
    scope = session_scope_of(person.scopes, person.department_id, person.department_last_id);
    w->actor.user_id = w->t.user_id;
    w->actor.name = person.name;
    w->actor.email = person.email;
    w->actor.zone = person.zone;
    w->actor.department_id = person.department_id;
    w->actor.department_low = scope.low;
    w->actor.department_high = scope.high;
    lang_from_code(person.lang, &w->actor.lang);
    TRY(role_permissions(w->db, w->kept, w->t.user_id, &w->actor.permissions));
    w->who.actor = &w->actor;
    *may_out = person.active && transfer_may(&w->actor, w->set);
    return NULL;
}

struct err *transfer_open(struct transfer_work *w, int64_t id, bool *found_out, bool *may_out)
{
    TRY(db_one(w->db, w->kept, &transfer_sql_work, DB_ARGS(DB_I(id)), &w->t, found_out));
    *may_out = false;
    if (!*found_out)
        return NULL;
    w->set = transfer_set_find(w->t.dataset);
    w->actor = actor_nobody(LANG_EN);
    w->actor.audience = AUD_STAFF;
    w->actor.department_high = INT64_MAX;
    w->who = (struct audit_who){ .address = "" };
    if (w->set == NULL)
        return NULL;
    TRY(transfer_set_with(w->db, w->kept, LANG_EN, w->set, w->t.custom_json, &w->set));
    if (w->t.user_id != 0)
        return err_pass(read_person(w, may_out));
    *may_out = true; /* from the shell: the system itself */
    return NULL;
}

/* -- reading the file ----------------------------------------------------------------------------
 */

struct loading {
    struct transfer_work *w;
    struct transfer_file file;
    bool found;
    char *data;
    size_t len;
    int64_t most_rows;
};

static struct err *take_part(void *arg, const void *row)
{
    struct loading *l = arg;
    const struct transfer_part *part = row;

    if (l->len + part->data.len > (size_t)l->file.size_bytes)
        return err_raise(ERR_BUG, "file %lld is longer than it says", (long long)l->file.file_id);
    memcpy(l->data + l->len, part->data.data, part->data.len);
    l->len += part->data.len;
    return NULL;
}

static struct err *load_file(struct db *db, void *arg)
{
    struct loading *l = arg;

    free(l->data);
    l->data = NULL;
    l->len = 0;
    TRY(parameter_now(db, l->w->kept, PARAM_IMPORT_ROWS, &l->most_rows));
    TRY(db_one(db, l->w->kept, &transfer_sql_file, DB_ARGS(DB_I(l->w->t.id)), &l->file, &l->found));
    if (!l->found || (!str_eq(l->file.scan, "none") && !str_eq(l->file.scan, "clean")))
        return NULL;
    l->data = malloc((size_t)l->file.size_bytes + 1);
    if (l->data == NULL)
        log_die("out of memory");
    return err_pass(db_each(db, &transfer_sql_parts, DB_ARGS(DB_I(l->file.file_id)), take_part, l));
}

struct turn {
    struct transfer_work *w;
    const char *next;
    int64_t wait_us;
};

static struct err *turn_to(struct db *db, void *arg)
{
    const struct turn *turn = arg;

    TRY(db_exec(db, &transfer_sql_phase,
                DB_ARGS(DB_S(turn->next), DB_S(turn->w->t.message), DB_I(turn->w->t.id),
                        DB_S(turn->w->t.state)),
                NULL));
    TRY(db_exec(db, &transfer_sql_run_drop, DB_ARGS(DB_S(turn->w->set->code), DB_I(turn->w->t.id)),
                NULL));
    return str_eq(turn->next, "preview") || str_eq(turn->next, "checking")
               ? err_pass(db_exec(db, &transfer_sql_file_done, DB_ARGS(DB_I(turn->w->t.id)), NULL))
               : NULL;
}

static struct err *turn(struct transfer_work *w, const char *next)
{
    struct turn t = { w, next, 0 };

    TRY(db_transaction(w->db, turn_to, &t));
    w->t.state = next;
    w->t.place = 0;
    return NULL;
}

/* *left_out: there is more to do; *wait_out: but not now, the scanner has the file. */
static struct err *read_slice(struct transfer_work *w, int64_t until_us, bool *left_out,
                              bool *wait_out)
{
    struct loading l = { .w = w };
    struct err *e = db_transaction(w->db, load_file, &l);
    bool done = false;

    *left_out = *wait_out = false;
    if (e == NULL && l.data != NULL)
        e = transfer_stage(w, l.data, l.len, l.most_rows, until_us, &done);
    free(l.data);
    TRY(e);
    if (l.found && str_eq(l.file.scan, "waiting")) {
        *left_out = *wait_out = true;
        return NULL;
    }
    if (*w->t.message != '\0' || l.data == NULL)
        return err_pass(turn(w, "refused"));
    *left_out = true;
    return done ? err_pass(turn(w, "checking")) : NULL;
}

/* -- a slice -------------------------------------------------------------------------------------
 */

static struct err *tell(struct db *db, void *arg)
{
    struct transfer_work *w = arg;
    const struct mail_value values[] = {
        { .name = "file", .value = w->t.file_name },
        { .name = "made", .kind = VALUE_NUMBER, .number = w->t.made_count },
        { .name = "failed", .kind = VALUE_NUMBER, .number = w->t.row_count - w->t.made_count },
        { 0 },
    };
    const struct notification word = {
        .event = "import.done", .kind = "transfer", .object_id = w->t.id, .values = values
    };

    return err_pass(notification_send(db, w->kept, &word, &w->t.user_id, 1));
}

static struct err *step_slice(struct transfer_work *w, int64_t until_us, bool *left_out)
{
    bool more = true;

    while (more && clock_monotonic_us() < until_us)
        TRY(transfer_step(w, &more));
    *left_out = more;
    if (more)
        return NULL;
    TRY(transfer_end_phase(w));
    *left_out = str_eq(w->t.state, "undoing");
    return str_eq(w->t.state, "done") ? err_pass(db_transaction(w->db, tell, w)) : NULL;
}

struct again {
    int64_t id;
    bool wait;
};

static struct err *ask_again(struct db *db, void *arg)
{
    const struct again *again = arg;
    int64_t now;

    TRY(db_now(db, &now));
    return err_pass(job_add(db, "transfer.run", again->id, again->wait ? now + 5 * CLOCK_SECOND : 0,
                            NULL, NULL));
}

static struct err *open_in_transaction(struct db *db, void *arg)
{
    void **args = arg;
    struct transfer_work *w = args[0];

    (void)db;
    return err_pass(transfer_open(w, *(int64_t *)args[1], args[2], args[3]));
}

static bool is_at_work(const char *state)
{
    return str_eq(state, "reading") || str_eq(state, "checking") || str_eq(state, "running") ||
           str_eq(state, "undoing");
}

static struct err *run_slice(struct transfer_work *w, int64_t id)
{
    const int64_t until_us = clock_monotonic_us() + SLICE_US;
    struct again again = { .id = id };
    bool found, may, left = false;
    void *args[] = { w, &id, &found, &may };

    TRY(db_transaction(w->db, open_in_transaction, args));
    if (!found || w->set == NULL || !is_at_work(w->t.state))
        return NULL;
    if (!may)
        return err_pass(turn(w, "stopped"));
    if (str_eq(w->t.state, "reading"))
        TRY(read_slice(w, until_us, &left, &again.wait));
    else
        TRY(step_slice(w, until_us, &left));
    return left ? err_pass(db_transaction(w->db, ask_again, &again)) : NULL;
}

struct err *transfer_run(struct job_context *ctx, const struct job *job, struct match_names *names)
{
    struct transfer_work w = { .db = ctx->db,
                               .kept = ctx->arena,
                               .names = names,
                               .vendor = ctx->conf != NULL ? ctx->conf->vendor_name : "" };
    struct err *e;

    w.a = arena_new(BATCH_ARENA_BYTES);
    e = run_slice(&w, job->ref);
    arena_free(w.a);
    return err_pass(e);
}

/* -- what is old ---------------------------------------------------------------------------------
 */

struct old {
    struct arena *a;
    int64_t days, rows;
    struct transfer t;
    bool found;
};

static struct err *find_old(struct db *db, void *arg)
{
    struct old *old = arg;

    TRY(parameter_now(db, old->a, PARAM_KEEP_IMPORTS, &old->days));
    return err_pass(
        db_one(db, old->a, &transfer_sql_old, DB_ARGS(DB_I(old->days)), &old->t, &old->found));
}

static struct err *drop_old(struct db *db, void *arg)
{
    struct old *old = arg;

    TRY(db_exec(db, &transfer_sql_old_rows, DB_ARGS(DB_I(old->t.id)), &old->rows));
    if (old->rows > 0)
        return NULL;
    TRY(db_exec(db, &transfer_sql_file_done, DB_ARGS(DB_I(old->t.id)), NULL));
    return err_pass(db_exec(db, &transfer_sql_old_drop, DB_ARGS(DB_I(old->t.id)), NULL));
}

static struct err *purge(struct job_context *ctx, const struct job *job)
{
    struct old old = { .a = ctx->arena, .found = true };

    (void)job;
    while (old.found) {
        TRY(db_transaction(ctx->db, find_old, &old));
        old.rows = 1;
        while (old.found && old.rows > 0)
            TRY(db_transaction(ctx->db, drop_old, &old));
    }
    return NULL;
}

const struct job_kind transfer_jobs[] = {
    { .name = "transfer.purge",
      .handler = purge,
      .timeout_seconds = 600,
      .every_seconds = PURGE_SECONDS },
    { 0 },
};

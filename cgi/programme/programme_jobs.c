/* programme/programme_jobs.c - what the worker does for the programme: an application that came in
 * is answered by mail, compared with every company that is known, and told to who reviews it; a new
 * agreement is asked for. */
#include "programme/programme_jobs.h"
#include "programme/application_clock.h"
#include "programme/programme_inside.h"

#include "account/match_find.h"
#include "account/match_keys.h"
#include "base/str.h"
#include "notification/notification.h"

#include <stdlib.h>

enum { MATCHES_MOST = 20, ASKED_AT_ONCE = 100 };

/* -- who it could be -----------------------------------------------------------------------------
 */

struct candidate {
    int64_t id;
    struct match_evidence evidence;
};

struct comparing {
    struct match_names *names;
    struct arena *arena, *scratch; /* SCRATCH is cleared after each partner */
    struct match_name name;
    struct match_fields fields;
    struct candidate *best;
    size_t count, cap;
};

static void keep(struct comparing *c, int64_t id, const struct match_evidence *evidence)
{
    if (evidence->verdict == MATCH_DIFFERENT)
        return;
    if (c->count == c->cap) {
        struct candidate *more = arena_array(c->arena, 2 * c->cap + 8, sizeof(*more));

        for (size_t i = 0; i < c->count; i++)
            more[i] = c->best[i];
        c->best = more;
        c->cap = 2 * c->cap + 8;
    }
    c->best[c->count++] = (struct candidate){ id, *evidence };
}

/* Partners are no end customers, so the conflict check has no keys of theirs: there are few enough
 * of them to be compared one by one. */
static struct err *compare_partner(void *arg, const void *row)
{
    const struct programme_party *party = row;
    struct comparing *c = arg;
    struct match_evidence evidence;
    struct match_fields fields;
    struct match_name name;

    match_name_read(c->names, c->scratch, party->name, &name);
    match_fields_read(c->scratch, party->tax_number, party->website, party->phone, party->address,
                      &fields);
    match_score(&c->name, &c->fields, &name, &fields, &evidence);
    keep(c, party->id, &evidence);
    arena_clear(c->scratch);
    return NULL;
}

static int best_first(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;

    if (a->evidence.verdict != b->evidence.verdict)
        return a->evidence.verdict > b->evidence.verdict ? -1 : 1;
    if (a->evidence.score != b->evidence.score)
        return a->evidence.score > b->evidence.score ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static struct err *compare(struct db *db, struct comparing *c, const struct application *p)
{
    const struct match_party asked = { .name = p->company_name,
                                       .country = p->country,
                                       .tax_number = p->tax_number,
                                       .website = p->website,
                                       .phone = p->contact_phone,
                                       .address = p->address };
    struct match_found *found;
    size_t count;

    TRY(match_find(db, c->arena, c->names, &asked, &found, &count));
    for (size_t i = 0; i < count; i++)
        keep(c, found[i].party_id, &found[i].evidence);
    match_name_read(c->names, c->arena, asked.name, &c->name);
    match_fields_read(c->arena, asked.tax_number, asked.website, asked.phone, asked.address,
                      &c->fields);
    TRY(db_each(db, &programme_sql_partners, DB_NO_ARGS, compare_partner, c));
    if (c->count > 0)
        qsort(c->best, c->count, sizeof(*c->best), best_first);
    return NULL;
}

static struct err *write_matches(struct db *db, struct comparing *c, int64_t id)
{
    TRY(db_exec(db, &programme_sql_match_clear, DB_ARGS(DB_I(id)), NULL));
    for (size_t i = 0; i < c->count && i < MATCHES_MOST; i++) {
        const struct match_evidence *e = &c->best[i].evidence;
        const char *json =
            arena_printf(c->arena, "{\"rule\":\"%s\",\"caps\":%u,\"equal\":%u,\"differ\":%u}",
                         match_rule_name(e->rule), e->caps, e->fields_equal, e->fields_differ);

        TRY(db_exec(db, &programme_sql_match_add,
                    DB_ARGS(DB_I(id), DB_I(c->best[i].id), DB_S(match_verdict_name(e->verdict)),
                            DB_I((int64_t)(e->score * 1000 + .5)), DB_S(json)),
                    NULL));
    }
    return NULL;
}

/* -- an application came in ----------------------------------------------------------------------
 */

struct work {
    struct job_context *ctx;
    const struct job *job;
    struct match_names *names;
    struct arena *scratch;
    bool is_new; /* and not compared again */
};

static struct err *mail_applicant(struct db *db, struct arena *a, const struct application *p)
{
    const struct mail_value values[] = {
        { .name = "Company", .value = p->company_name },
        { .name = "Number", .value = application_number(a, p->id) },
        { 0 },
    };
    enum lang lang = LANG_EN;

    lang_from_code(p->lang, &lang);
    return err_pass(outbox_add(db, a,
                               &(struct mail){ .template = "programme/received",
                                               .to_address = p->email,
                                               .to_name = p->contact_name,
                                               .lang = lang,
                                               .kind = "application",
                                               .object_id = p->id,
                                               .reason = LANG_N("You asked to become a partner."),
                                               .values = values }));
}

static struct err *tell(struct db *db, struct arena *a, const struct notification *word,
                        const struct db_stmt *people, int64_t of)
{
    struct programme_person *rows;
    int64_t *ids;
    size_t count;

    TRY(db_list(db, a, people, DB_ARGS(DB_I(of)), &rows, &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    return err_pass(notification_send(db, a, word, ids, count));
}

static struct err *tell_reviewers(struct db *db, struct arena *a, const struct application *p,
                                  int64_t department)
{
    const struct mail_value values[] = {
        { .name = "number", .value = application_number(a, p->id) },
        { .name = "company", .value = p->company_name },
        { 0 },
    };

    return err_pass(tell(db, a,
                         &(struct notification){ .event = "programme.applied",
                                                 .kind = "application",
                                                 .object_id = p->id,
                                                 .values = values },
                         &programme_sql_reviewers, department));
}

static struct err *find_department(struct db *db, struct arena *a, const struct application *p,
                                   int64_t *id_out)
{
    struct programme_department row = { 0 };
    bool found;

    TRY(db_one(db, a, &programme_sql_territory, DB_ARGS(DB_S(p->country)), &row, &found));
    *id_out = p->department_id != 0 ? p->department_id : (found ? row.id : 0);
    return NULL;
}

static struct err *work_on(struct db *db, void *arg)
{
    struct work *w = arg;
    struct arena *a = w->ctx->arena;
    struct comparing c = { .names = w->names, .arena = a, .scratch = w->scratch };
    struct application p;
    int64_t department = 0;
    bool mine, found;

    TRY(job_end_within(w->ctx, db, w->job, &mine));
    if (!mine)
        return NULL;
    TRY(db_one(db, a, &programme_sql_application_worker, DB_ARGS(DB_I(w->job->ref)), &p, &found));
    if (!found)
        return NULL;
    TRY(compare(db, &c, &p));
    TRY(write_matches(db, &c, p.id));
    TRY(find_department(db, a, &p, &department));
    TRY(db_exec(db, &programme_sql_application_checked, DB_ARGS(DB_ID(department), DB_I(p.id)),
                NULL));
    if (!w->is_new)
        return NULL;
    TRY(application_set_due(db, a, p.id, p.country, p.created_at));
    TRY(mail_applicant(db, a, &p));
    return err_pass(tell_reviewers(db, a, &p, department));
}

static struct err *run(struct job_context *ctx, const struct job *job, struct match_names *names,
                       bool is_new)
{
    struct work w = {
        .ctx = ctx, .job = job, .names = names, .scratch = arena_new(16384), .is_new = is_new
    };
    struct err *e = db_transaction(ctx->db, work_on, &w);

    arena_free(w.scratch);
    return err_pass(e);
}

struct err *programme_run_received(struct job_context *ctx, const struct job *job,
                                   struct match_names *names)
{
    return err_pass(run(ctx, job, names, true));
}

struct err *programme_run_check(struct job_context *ctx, const struct job *job,
                                struct match_names *names)
{
    return err_pass(run(ctx, job, names, false));
}

/* -- a new agreement -----------------------------------------------------------------------------
 */

struct asking {
    struct arena *arena;
    size_t count;
};

static struct err *ask_one(struct db *db, struct arena *a, const struct agreement *g,
                           int64_t account_id)
{
    const struct mail_value values[] = {
        { .name = "title", .value = arena_printf(a, "%s / %s", g->title_en, g->title_zh) },
        { 0 },
    };
    int64_t changed;

    TRY(db_exec(db, &programme_sql_ask, DB_ARGS(DB_I(account_id)), &changed));
    if (changed == 0)
        return NULL;
    return err_pass(tell(db, a,
                         &(struct notification){ .event = "programme.agreement",
                                                 .kind = "agreement",
                                                 .object_id = g->id,
                                                 .values = values },
                         &programme_sql_everybody, account_id));
}

static struct err *ask_some(struct db *db, void *arg)
{
    struct asking *asking = arg;
    struct arena *a = asking->arena;
    struct partner_to_ask *rows;
    struct agreement g;
    bool found;

    asking->count = 0;
    TRY(db_one(db, a, &programme_sql_agreement_current, DB_NO_ARGS, &g, &found));
    if (!found)
        return NULL;
    TRY(db_list(db, a, &programme_sql_to_ask, DB_ARGS(DB_I(g.id), DB_I(ASKED_AT_ONCE)), &rows,
                &asking->count));
    for (size_t i = 0; i < asking->count; i++)
        TRY(ask_one(db, a, &g, rows[i].id));
    return NULL;
}

/* Each round asks those who have not been asked, so it may be run again. */
static struct err *run_ask(struct job_context *ctx, const struct job *job)
{
    struct asking asking = { .arena = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, ask_some, &asking));
    while (asking.count == ASKED_AT_ONCE);
    return NULL;
}

const struct job_kind programme_jobs[] = {
    { .name = "programme.ask", .handler = run_ask, .retries = 8, .timeout_seconds = 300 },
    { 0 },
};

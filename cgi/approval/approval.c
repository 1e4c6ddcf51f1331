/* approval/approval.c */
#include "approval/approval.h"
#include "approval/delegate.h"
#include "base/str.h"

#include <string.h>

/* -- statements ----------------------------------------------------------------------------------
 */

struct step_row {
    int64_t id, round, stage, hours, opened_at, due_at, closed_at;
    const char *need, *title_en, *title_zh, *state;
    int64_t slot, role_id, user_id, at;
    const char *who, *name_en, *name_zh, *by_name, *for_name;
};
static const struct db_field step_fields[] = {
    DB_FIELD(struct step_row, id, DB_I64, 0),
    DB_FIELD(struct step_row, round, DB_I64, 0),
    DB_FIELD(struct step_row, stage, DB_I64, 0),
    DB_FIELD(struct step_row, hours, DB_I64, 0),
    DB_NULLABLE(struct step_row, opened_at, DB_AT, 0),
    DB_NULLABLE(struct step_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct step_row, closed_at, DB_AT, 0),
    DB_FIELD(struct step_row, need, DB_TEXT, 4),
    DB_FIELD(struct step_row, title_en, DB_TEXT, 240),
    DB_FIELD(struct step_row, title_zh, DB_TEXT, 240),
    DB_FIELD(struct step_row, state, DB_TEXT, 10),
    DB_FIELD(struct step_row, slot, DB_I64, 0),
    DB_NULLABLE(struct step_row, role_id, DB_I64, 0),
    DB_NULLABLE(struct step_row, user_id, DB_I64, 0),
    DB_NULLABLE(struct step_row, at, DB_AT, 0),
    DB_FIELD(struct step_row, who, DB_TEXT, 6),
    DB_FIELD(struct step_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct step_row, name_zh, DB_TEXT, 240),
    DB_FIELD(struct step_row, by_name, DB_TEXT, 240),
    DB_FIELD(struct step_row, for_name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt read_steps = {
    .name = "approval.steps",
    .sql = "SELECT s.id, s.round, s.stage, s.hours, s.opened_at, s.due_at, s.closed_at, s.need, "
           "s.title_en, s.title_zh, s.state, v.slot, v.role_id, v.user_id, v.at, v.who, "
           "COALESCE(r.name_en, u.name, '') AS name_en, COALESCE(r.name_zh, u.name, '') AS "
           "name_zh, v.by_name, v.for_name FROM approval_step s "
           "JOIN approval_vote v ON v.step_id = s.id LEFT JOIN role r ON r.id = v.role_id "
           "LEFT JOIN user u ON u.id = v.user_id WHERE s.kind = ? AND s.object_id = ? "
           "ORDER BY s.round DESC, s.stage, v.slot LIMIT 9",
    .binds = "si",
    .fields = step_fields,
    .row_bytes = sizeof(struct step_row),
    .flags = DB_LISTS,
};

struct number {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number, n, DB_I64, 0), { 0 } };
static const struct db_stmt has_role = {
    .name = "approval.has_role",
    .sql = "SELECT COUNT(*) AS n FROM user_role WHERE user_id = ? AND role_id = ?",
    .binds = "ii",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};

static const struct db_stmt end_steps = {
    .name = "approval.end",
    .sql = "UPDATE approval_step SET state = 'void', closed_at = UTC_TIMESTAMP(6) "
           "WHERE kind = ? AND object_id = ? AND state IN ('open', 'waiting')",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt add_step = {
    .name = "approval.add_step",
    .sql = "INSERT INTO approval_step (kind, object_id, round, stage, need, title_en, title_zh, "
           "hours) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "siiisssi",
    .flags = DB_WRITE,
};
static const struct db_stmt add_vote = {
    .name = "approval.add_vote",
    .sql =
        "INSERT INTO approval_vote (step_id, slot, who, role_id, user_id) VALUES (?, ?, ?, ?, ?)",
    .binds = "iisii",
    .flags = DB_WRITE,
};
static const struct db_stmt open_step = {
    .name = "approval.open",
    .sql = "UPDATE approval_step SET state = 'open', opened_at = UTC_TIMESTAMP(6), due_at = ?, "
           "half_at = ? WHERE id = ? AND state = 'waiting'",
    .binds = "tti",
    .flags = DB_WRITE,
};
static const struct db_stmt give_vote = {
    .name = "approval.give",
    .sql = "UPDATE approval_vote SET at = UTC_TIMESTAMP(6), by_user_id = ?, by_name = ?, "
           "for_name = ? WHERE step_id = ? AND slot = ? AND at IS NULL",
    .binds = "issii",
    .flags = DB_WRITE,
};
static const struct db_stmt close_step = {
    .name = "approval.close",
    .sql = "UPDATE approval_step SET state = 'approved', closed_at = UTC_TIMESTAMP(6) "
           "WHERE id = ? AND state = 'open'",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table approval_read_statements[] = { &read_steps, &has_role, NULL };
db_stmt_table approval_write_statements[] = { &end_steps, &add_step,   &add_vote, &open_step,
                                              &give_vote, &close_step, NULL };

/* -- reading -------------------------------------------------------------------------------------
 */

static void take_row(struct approval *out, const struct step_row *row)
{
    struct approval_step *step = out->count > 0 ? &out->steps[out->count - 1] : NULL;

    if (step == NULL || step->id != row->id) {
        if (out->count == APPROVAL_STAGES)
            return;
        step = &out->steps[out->count++];
        *step = (struct approval_step){ .id = row->id,
                                        .round = row->round,
                                        .stage = row->stage,
                                        .hours = row->hours,
                                        .need = row->need,
                                        .title_en = row->title_en,
                                        .title_zh = row->title_zh,
                                        .state = row->state,
                                        .opened_at = row->opened_at,
                                        .due_at = row->due_at,
                                        .closed_at = row->closed_at };
    }
    if (step->vote_count < APPROVAL_SLOTS)
        step->votes[step->vote_count++] =
            (struct approval_vote){ row->slot,    row->who,     row->role_id,
                                    row->user_id, row->name_en, row->name_zh,
                                    row->at,      row->by_name, row->for_name };
}

struct err *approval_read(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                          struct approval *out)
{
    struct step_row *rows;
    size_t count;

    *out = (struct approval){ 0 };
    TRY(db_list(db, a, &read_steps, DB_ARGS(DB_S(kind), DB_I(object_id)), &rows, &count));
    for (size_t i = 0; i < count && rows[i].round == rows[0].round; i++)
        take_row(out, &rows[i]);
    return NULL;
}

static struct approval_step *first_in(struct approval *approval, const char *state)
{
    for (size_t i = 0; i < approval->count; i++)
        if (str_eq(approval->steps[i].state, state))
            return &approval->steps[i];
    return NULL;
}

struct approval_step *approval_open_step(struct approval *approval)
{
    return first_in(approval, "open");
}

struct approval_step *approval_next_step(struct approval *approval)
{
    return first_in(approval, "waiting");
}

/* -- a round -------------------------------------------------------------------------------------
 */

struct err *approval_end(struct db *db, const char *kind, int64_t object_id)
{
    return err_pass(db_exec(db, &end_steps, DB_ARGS(DB_S(kind), DB_I(object_id)), NULL));
}

static struct err *write_step(struct db *db, const char *kind, int64_t object_id,
                              struct approval_step *step)
{
    step->state = "waiting";
    TRY(db_insert(db, &add_step,
                  DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(step->round), DB_I(step->stage),
                          DB_S(step->need), DB_S(step->title_en), DB_S(step->title_zh),
                          DB_I(step->hours)),
                  &step->id));
    for (size_t i = 0; i < step->vote_count; i++) {
        struct approval_vote *vote = &step->votes[i];

        vote->slot = (int64_t)i + 1;
        TRY(db_exec(db, &add_vote,
                    DB_ARGS(DB_I(step->id), DB_I(vote->slot), DB_S(vote->who), DB_ID(vote->role_id),
                            DB_ID(vote->user_id)),
                    NULL));
    }
    return NULL;
}

struct err *approval_begin(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                           struct approval *plan)
{
    struct approval before;

    TRY(approval_read(db, a, kind, object_id, &before));
    if (before.count > 0)
        TRY(approval_end(db, kind, object_id));
    for (size_t i = 0; i < plan->count; i++) {
        plan->steps[i].round = before.count > 0 ? before.steps[0].round + 1 : 1;
        plan->steps[i].stage = (int64_t)i + 1;
        TRY(write_step(db, kind, object_id, &plan->steps[i]));
    }
    return NULL;
}

struct err *approval_open(struct db *db, struct approval_step *step, int64_t due_at,
                          int64_t half_at)
{
    int64_t changed;

    TRY(db_exec(db, &open_step, DB_ARGS(DB_T(due_at), DB_T(half_at), DB_I(step->id)), &changed));
    if (changed != 1)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "step %lld is no longer to be opened", (long long)step->id),
            "version");
    step->state = "open";
    step->due_at = due_at;
    return NULL;
}

/* -- votes ---------------------------------------------------------------------------------------
 */

/* Who asks, and for whom he stands in today. */
struct voter {
    struct db *db;
    struct arena *a;
    int64_t user_id;
    struct delegation *people;
    size_t count;
};

static struct err *voter_read(struct db *db, struct arena *a, int64_t user_id, struct voter *out)
{
    *out = (struct voter){ .db = db, .a = a, .user_id = user_id };
    return err_pass(delegate_people_of(db, a, user_id, &out->people, &out->count));
}

static struct err *user_has_role(const struct voter *voter, int64_t user_id, int64_t role_id,
                                 bool *has_out)
{
    struct number row;

    TRY(db_get(voter->db, voter->a, &has_role, DB_ARGS(DB_I(user_id), DB_I(role_id)), &row));
    *has_out = row.n > 0;
    return NULL;
}

/* *for_out: the name of whom he stands in for, "" for himself; NULL when the place is not his. */
static struct err *role_is_his(const struct voter *voter, const struct approval_vote *vote,
                               const char **for_out)
{
    bool has;

    TRY(user_has_role(voter, voter->user_id, vote->role_id, &has));
    if (has)
        *for_out = "";
    for (size_t i = 0; !has && i < voter->count; i++) {
        TRY(user_has_role(voter, voter->people[i].user_id, vote->role_id, &has));
        if (has)
            *for_out = voter->people[i].user_name;
    }
    return NULL;
}

static struct err *place_is_his(const struct voter *voter, const struct approval_vote *vote,
                                const char **for_out)
{
    bool may;

    *for_out = NULL;
    if (str_eq(vote->who, "role"))
        return err_pass(role_is_his(voter, vote, for_out));
    if (vote->user_id != voter->user_id && voter->count == 0)
        return NULL; /* at the end of any chain of delegates one stands in for somebody */
    TRY(delegate_may_decide_for(voter->db, voter->a, voter->user_id, vote->user_id, &may));
    if (may)
        *for_out = vote->user_id == voter->user_id ? "" : vote->name_en;
    return NULL;
}

struct err *approval_may_vote(struct db *db, struct arena *a, const struct approval_step *step,
                              int64_t user_id, bool *may_out, bool *completes_out)
{
    struct voter voter;
    size_t given = 0;

    *may_out = false;
    TRY(voter_read(db, a, user_id, &voter));
    for (size_t i = 0; i < step->vote_count; i++) {
        const char *for_name = NULL;

        if (step->votes[i].at == 0)
            TRY(place_is_his(&voter, &step->votes[i], &for_name));
        *may_out = *may_out || for_name != NULL;
        given += step->votes[i].at != 0 || for_name != NULL;
    }
    *completes_out = *may_out && (str_eq(step->need, "any") || given == step->vote_count);
    return NULL;
}

static struct err *write_vote(struct db *db, const struct approval_step *step,
                              struct approval_vote *vote, const struct actor *actor,
                              const char *for_name)
{
    int64_t changed;

    TRY(db_exec(db, &give_vote,
                DB_ARGS(DB_I(actor->user_id), DB_S(actor->name), DB_S(for_name), DB_I(step->id),
                        DB_I(vote->slot)),
                &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "somebody voted at the same time"),
                               "version");
    vote->by_name = actor->name;
    vote->for_name = for_name;
    return err_pass(db_now(db, &vote->at));
}

static bool is_complete(const struct approval_step *step)
{
    size_t given = 0;

    for (size_t i = 0; i < step->vote_count; i++)
        given += step->votes[i].at != 0;
    return str_eq(step->need, "any") ? given > 0 : given == step->vote_count;
}

struct err *approval_give(struct db *db, struct arena *a, struct approval_step *step,
                          const struct actor *actor, bool *complete_out)
{
    struct voter voter;
    bool voted = false;
    int64_t closed;

    TRY(voter_read(db, a, actor->user_id, &voter));
    for (size_t i = 0; i < step->vote_count; i++) {
        const char *for_name = NULL;

        if (step->votes[i].at == 0)
            TRY(place_is_his(&voter, &step->votes[i], &for_name));
        if (for_name == NULL)
            continue;
        TRY(write_vote(db, step, &step->votes[i], actor, for_name));
        voted = true;
    }
    if (!voted)
        return err_with_detail(err_raise(ERR_CONFLICT, "the step waits for others"), "approver");
    *complete_out = is_complete(step);
    if (!*complete_out)
        return NULL;
    TRY(db_exec(db, &close_step, DB_ARGS(DB_I(step->id)), &closed));
    step->state = "approved";
    return closed == 1 ? NULL
                       : err_with_detail(err_raise(ERR_CONFLICT, "the step is over"), "version");
}

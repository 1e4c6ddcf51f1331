/* programme/tier_trial.c */
#include "programme/tier_trial.h"
#include "programme/programme_setup.h"

#include <stdlib.h>

struct figure_row {
    int64_t tier_id, department_id;
    const char *name;
    struct tier_figures figures;
};
#define FIGURE(code, measure)                                         \
    {                                                                 \
        .column = code, .kind = DB_I64,                               \
        .offset = offsetof(struct figure_row, figures.value[measure]) \
    }
static const struct db_field figure_fields[] = {
    DB_NULLABLE(struct figure_row, tier_id, DB_I64, 0),
    DB_NULLABLE(struct figure_row, department_id, DB_I64, 0),
    DB_FIELD(struct figure_row, name, DB_TEXT, 800),
    FIGURE("revenue", TIER_REVENUE),
    FIGURE("certificates", TIER_CERTIFICATES),
    FIGURE("users", TIER_USERS),
    FIGURE("satisfaction", TIER_SATISFACTION),
    { 0 },
};
#define OF(code)                                                                  \
    "IFNULL((SELECT f.value FROM partner_figure f WHERE f.account_id = a.id AND " \
    "f.measure = '" code "'), 0) AS " code
static const struct db_stmt every_partner = {
    .name = "programme.trial_figures",
    .sql =
        "SELECT a.tier_id, a.department_id, a.name, " OF("revenue") ", " OF("certificates") ", " OF(
            "users") ", " OF("satisfaction") " FROM account a WHERE a.kind = "
                                             "'partner' AND a.status <> 'ended' "
                                             "AND a.deleted_at IS NULL",
    .binds = "",
    .fields = figure_fields,
    .row_bytes = sizeof(struct figure_row),
    .flags = DB_LISTS,
};
db_stmt_table tier_trial_statements[] = { &every_partner, NULL };

struct trying {
    struct arena *arena;
    const struct actor *actor;
    const struct tier_ask *before, *after, *changed;
    size_t before_count, after_count;
    struct tier_trial *trial;
};

static bool meets(const struct tier_ask *tiers, size_t count, int64_t id,
                  const struct tier_figures *figures)
{
    for (size_t i = 0; i < count && tier_is_met(&tiers[i], figures); i++)
        if (tiers[i].id == id)
            return true;
    return false;
}

static void note_holder(struct trying *t, const struct figure_row *row)
{
    const int64_t d = row->department_id;

    t->trial->holders++;
    if (t->trial->names < TIER_TRIAL_NAMES &&
        (d == 0 || (d >= t->actor->department_low && d <= t->actor->department_high)))
        t->trial->name[t->trial->names++] = arena_dup(t->arena, row->name);
}

static struct err *try_one(void *arg, const void *found)
{
    struct trying *t = arg;
    const struct figure_row *row = found;
    const int64_t id = t->changed->id;
    const bool before = id != 0 && meets(t->before, t->before_count, id, &row->figures);
    const bool after = meets(t->after, t->after_count, id, &row->figures);

    t->trial->partners++;
    t->trial->before += before;
    t->trial->after += after;
    t->trial->gained += after && !before;
    t->trial->lost += before && !after;
    if (id != 0 && row->tier_id == id && !after)
        note_holder(t, row);
    return NULL;
}

static int lowest_first(const void *x, const void *y)
{
    const struct tier_ask *a = x, *b = y;

    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* The tiers with the changed one in its place. */
static struct tier_ask *changed_tiers(struct arena *a, const struct tier_ask *tiers, size_t count,
                                      const struct tier_ask *changed, size_t *count_out)
{
    struct tier_ask *after = arena_array(a, count + 1, sizeof(*after));
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (tiers[i].id != changed->id)
            after[n++] = tiers[i];
    after[n++] = *changed;
    qsort(after, n, sizeof(*after), lowest_first);
    *count_out = n;
    return after;
}

struct err *tier_try(struct db *db, struct arena *a, const struct actor *actor,
                     const struct tier_ask *changed, struct tier_trial *trial_out)
{
    struct trying t = { .arena = a, .actor = actor, .changed = changed, .trial = trial_out };
    struct tier_ask *tiers;

    *trial_out = (struct tier_trial){ 0 };
    TRY(tier_read_asks(db, a, &tiers, &t.before_count));
    t.before = tiers;
    t.after = changed_tiers(a, tiers, t.before_count, changed, &t.after_count);
    return err_pass(db_each(db, &every_partner, DB_NO_ARGS, try_one, &t));
}

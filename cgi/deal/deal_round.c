/* deal/deal_round.c */
#include "deal/deal_round.h"
#include "base/str.h"
#include "deal/deal_clock.h"
#include "deal/deal_inside.h"
#include "deal/deal_jobs_inside.h"
#include "deal/deal_jobs_sql.h"

#include <stdio.h>
#include <string.h>

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field plan_fields[] = {
    DB_FIELD(struct deal_rule, id, DB_I64, 0),
    DB_FIELD(struct deal_rule, position, DB_I64, 0),
    DB_FIELD(struct deal_rule, active, DB_BOOL, 0),
    DB_FIELD(struct deal_rule, covers, DB_TEXT, 12),
    DB_NULLABLE(struct deal_rule, tier_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, amount_least, DB_E4, 0),
    DB_FIELD(struct deal_rule, amount_most, DB_E4, 0),
    DB_NULLABLE(struct deal_rule, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, country, DB_TEXT, 4),
    DB_FIELD(struct deal_rule, deal_type, DB_TEXT, 14),
    DB_FIELD(struct deal_rule, verdict, DB_TEXT, 12),
    { 0 },
};
/* No bound is the largest amount that fits: DEAL_AMOUNT_ANY. */
const struct db_stmt deal_plans = {
    .name = "deal.plans",
    .sql =
        "SELECT id, position, active, covers, tier_id, COALESCE(amount_least, 0) AS amount_least, "
        "COALESCE(amount_most, 900000000000000.0000) AS amount_most, product_line_id, country, "
        "deal_type, verdict FROM deal_plan WHERE active = 1 ORDER BY position, id",
    .binds = "",
    .fields = plan_fields,
    .row_bytes = sizeof(struct deal_rule),
    .flags = DB_WHOLE_TABLE,
};

struct plan_step_row {
    int64_t plan_id, hours;
    const char *need, *title_en, *title_zh, *deciders;
};
static const struct db_field plan_step_fields[] = {
    DB_FIELD(struct plan_step_row, plan_id, DB_I64, 0),
    DB_FIELD(struct plan_step_row, hours, DB_I64, 0),
    DB_FIELD(struct plan_step_row, need, DB_TEXT, 4),
    DB_FIELD(struct plan_step_row, title_en, DB_TEXT, 240),
    DB_FIELD(struct plan_step_row, title_zh, DB_TEXT, 240),
    DB_FIELD(struct plan_step_row, deciders, DB_TEXT, DEAL_DECIDERS_BYTES),
    { 0 },
};
#define PLAN_STEPS(ident, name_, deciders_)                                                  \
    static const struct db_stmt ident = {                                                    \
        .name = name_,                                                                       \
        .sql = "SELECT plan_id, hours, need, title_en, title_zh, " deciders_ " AS deciders " \
               "FROM deal_plan_step WHERE hours > 0 ORDER BY plan_id, stage",                \
        .binds = "",                                                                         \
        .fields = plan_step_fields,                                                          \
        .row_bytes = sizeof(struct plan_step_row),                                           \
        .flags = DB_WHOLE_TABLE,                                                             \
    }
PLAN_STEPS(plan_steps, "deal.plan_steps", "deciders");
PLAN_STEPS(plan_steps_told, "deal.plan_steps_told", "''");

db_stmt_table deal_plan_statements[] = { &deal_plans, &plan_steps, &deal_sql_tier_of, NULL };
db_stmt_table deal_plan_preview_statements[] = { &deal_plans, &plan_steps_told, &deal_sql_tier_of,
                                                 NULL };

static const struct db_stmt touch = {
    .name = "deal.round_touch",
    .sql = "UPDATE deal SET row_version = row_version + 1, updated_at = UTC_TIMESTAMP(6) "
           "WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct deal_round_person, id, DB_I64, 0),
    DB_NULLABLE(struct deal_round_person, manager_id, DB_I64, 0),
    DB_FIELD(struct deal_round_person, name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt person_by_id = {
    .name = "deal.round_person",
    .sql = "SELECT id, manager_id, name FROM user WHERE id = ? AND status = 'active'",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct deal_round_person),
};
/* Those of a role whose department has the registration's in it. */
static const struct db_stmt people_of_role = {
    .name = "deal.round_role",
    .sql = "SELECT u.id, u.manager_id, u.name FROM user_role ur JOIN user u ON u.id = ur.user_id "
           "JOIN department dep ON dep.id = u.department_id AND ? BETWEEN dep.id AND dep.last_id "
           "WHERE ur.role_id = ? AND u.audience = 'staff' AND u.status = 'active' "
           "ORDER BY u.id LIMIT 20",
    .binds = "ii",
    .fields = person_fields,
    .row_bytes = sizeof(struct deal_round_person),
    .flags = DB_LISTS,
};
db_stmt_table deal_round_statements[] = { &touch, &person_by_id, &people_of_role, NULL };

/* -- which rule ----------------------------------------------------------------------------------
 */

static bool covers(const struct deal_rule *rule, const char *what)
{
    return str_eq(rule->covers, what) || str_eq(rule->covers, "both");
}

int64_t deal_plan_first(const struct deal_rule *rows, size_t count, const char *what,
                        const struct deal_facts *facts)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].active && covers(&rows[i], what) && deal_rule_holds(&rows[i], facts))
            return rows[i].id;
    return 0;
}

/* -- the people of a step ------------------------------------------------------------------------
 */

struct err *deal_round_person(struct db *db, struct arena *a, int64_t id,
                              struct deal_round_person *row, bool *found_out)
{
    *found_out = false;
    return id == 0 ? NULL
                   : err_pass(db_one(db, a, &person_by_id, DB_ARGS(DB_I(id)), row, found_out));
}

static bool has_vote(const struct approval_step *step, int64_t role_id, int64_t user_id)
{
    for (size_t i = 0; i < step->vote_count; i++)
        if (step->votes[i].role_id == role_id && step->votes[i].user_id == user_id)
            return true;
    return false;
}

static void add_vote(struct approval_step *step, const char *who, int64_t role_id, int64_t user_id)
{
    if (step->vote_count < APPROVAL_SLOTS && !has_vote(step, role_id, user_id))
        step->votes[step->vote_count++] =
            (struct approval_vote){ .who = who, .role_id = role_id, .user_id = user_id };
}

/* Who has left, and a manager that nobody has, are stood in for by who has the registration. */
static struct err *add_person(struct db *db, struct arena *a, struct approval_step *step,
                              int64_t user_id, int64_t owner_id)
{
    struct deal_round_person row;
    bool found;

    TRY(deal_round_person(db, a, user_id, &row, &found));
    add_vote(step, "user", 0, found ? user_id : owner_id);
    return NULL;
}

static struct err *add_decider(struct db *db, struct arena *a, struct approval_step *step,
                               const char *word, int64_t owner_id)
{
    struct deal_round_person owner = { 0 };
    int64_t id = 0;
    bool found;

    if (str_starts(word, "role_") && str_to_i64(word + strlen("role_"), &id)) {
        add_vote(step, "role", id, 0);
        return NULL;
    }
    if (str_starts(word, "user_") && str_to_i64(word + strlen("user_"), &id))
        return err_pass(add_person(db, a, step, id, owner_id));
    TRY(deal_round_person(db, a, owner_id, &owner, &found));
    return err_pass(add_person(db, a, step, owner.manager_id, owner_id));
}

static struct err *add_deciders(struct db *db, struct arena *a, struct approval_step *step,
                                const char *deciders, int64_t owner_id)
{
    char word[32];

    for (size_t len; *deciders != '\0'; deciders += len + (deciders[len] == ' ')) {
        len = strcspn(deciders, " ");
        snprintf(word, sizeof(word), "%.*s", (int)len, deciders);
        if (len > 0)
            TRY(add_decider(db, a, step, word, owner_id));
    }
    return NULL;
}

struct err *deal_round_make(struct db *db, struct arena *a, int64_t plan_id, int64_t owner_id,
                            struct approval *round)
{
    struct plan_step_row *rows;
    size_t count;

    *round = (struct approval){ 0 };
    TRY(db_list(db, a, &plan_steps, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count && round->count < APPROVAL_STAGES; i++) {
        struct approval_step *step = &round->steps[round->count];

        if (rows[i].plan_id != plan_id)
            continue;
        *step = (struct approval_step){ .need = rows[i].need,
                                        .hours = rows[i].hours,
                                        .title_en = rows[i].title_en,
                                        .title_zh = rows[i].title_zh };
        TRY(add_deciders(db, a, step, rows[i].deciders, owner_id));
        round->count += step->vote_count > 0;
    }
    return NULL;
}

/* -- telling -------------------------------------------------------------------------------------
 */

static struct err *tell_person(struct db *db, struct arena *a, const struct deal *deal,
                               const struct deal_round_word *word,
                               const struct deal_round_person *person)
{
    const struct mail_value due = { .name = "due", .kind = VALUE_AT, .number = word->step->due_at };
    const struct mail_value *third = word->third != NULL ? word->third : &due;

    TRY(deal_tell_staff(db, a, deal, word->event, person->id, third));
    return word->managers && person->manager_id != 0
               ? err_pass(deal_tell_staff(db, a, deal, word->event, person->manager_id, third))
               : NULL;
}

static struct err *tell_place(struct db *db, struct arena *a, const struct deal *deal,
                              const struct deal_round_word *word, const struct approval_vote *vote)
{
    struct deal_round_person *rows, row;
    size_t count;
    bool found;

    if (str_eq(vote->who, "user")) {
        TRY(deal_round_person(db, a, vote->user_id, &row, &found));
        return found ? err_pass(tell_person(db, a, deal, word, &row)) : NULL;
    }
    TRY(db_list(db, a, &people_of_role, DB_ARGS(DB_I(deal->department_id), DB_I(vote->role_id)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell_person(db, a, deal, word, &rows[i]));
    return NULL;
}

struct err *deal_round_tell(struct db *db, struct arena *a, const struct deal *deal,
                            const struct deal_round_word *word)
{
    for (size_t i = 0; i < word->step->vote_count; i++)
        if (word->step->votes[i].at == 0)
            TRY(tell_place(db, a, deal, word, &word->step->votes[i]));
    return NULL;
}

/* -- a round -------------------------------------------------------------------------------------
 */

struct err *deal_round_open(struct db *db, struct arena *a, const struct deal *deal,
                            const struct deal_round_word *word, struct approval_step *step)
{
    struct deal_round_word opened = *word;
    struct business_calendar calendar;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    TRY(approval_open(db, step, business_due_at(&calendar, now, step->hours * CLOCK_HOUR, NULL, 0),
                      business_due_at(&calendar, now, step->hours * CLOCK_HOUR / 2, NULL, 0)));
    opened.step = step;
    return err_pass(deal_round_tell(db, a, deal, &opened));
}

/* Of two at once one finds the version changed. */
struct err *deal_round_touch(struct db *db, struct deal *deal)
{
    int64_t changed;

    TRY(db_exec(db, &touch, DB_ARGS(DB_I(deal->id), DB_I(deal->row_version)), &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld changed", (long long)deal->id),
                               "version");
    deal->row_version++;
    return NULL;
}

struct err *deal_round_vote(struct db *db, struct arena *a, struct approval *round, int64_t user_id,
                            struct deal_vote *out)
{
    const struct approval_step *step = approval_open_step(round);

    *out = (struct deal_vote){ .may = true, .last = true };
    if (step == NULL)
        return NULL;
    TRY(approval_may_vote(db, a, step, user_id, &out->may, &out->last));
    out->last = out->last && approval_next_step(round) == NULL;
    return NULL;
}

bool deal_round_waits(struct approval *round)
{
    return approval_open_step(round) != NULL || approval_next_step(round) != NULL;
}

struct err *deal_round_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct deal *deal, const struct approval_step *step,
                             const char *action)
{
    const struct audit_change change = {
        .kind = "deal",
        .object_id = deal->id,
        .action = action,
        .after = arena_printf(a, "{\"round\":%lld,\"stage\":%lld}", (long long)step->round,
                              (long long)step->stage),
    };

    return err_pass(audit_write(db, a, &by->who, &change));
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static const struct status_row step_statuses[] = {
    { "waiting", "neutral", "clock", N_("Later") },
    { "open", "active", "eye", N_("Now") },
    { "approved", "good", "check", N_("Approved") },
    { "void", "off", "x", N_("Not needed any more") },
    { 0 },
};

static const char *word(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH && !str_is_empty(zh) ? zh : en;
}

static void show_vote(struct request *req, struct view *row, const struct approval_vote *vote)
{
    struct view *v = view_row(row, "Votes");

    view_text(v, "Name", word(req, vote->name_en, vote->name_zh));
    view_flag(v, "Done", vote->at != 0);
    view_text(v, "By", vote->by_name);
    view_text(v, "For", vote->for_name);
    page_at(req, v, "At", vote->at);
}

void deal_round_show(struct request *req, struct view *v, const struct approval *round)
{
    for (size_t i = 0; i < round->count; i++) {
        const struct approval_step *step = &round->steps[i];
        struct view *row = view_row(v, "Steps");

        view_text(row, "Title", word(req, step->title_en, step->title_zh));
        page_status(req, row, "Status", step_statuses, step->state);
        if (step->vote_count > 1)
            view_text(row, "Need",
                      str_eq(step->need, "any") ? tr(req, N_("one of them is enough"))
                                                : tr(req, N_("all of them")));
        if (str_eq(step->state, "open"))
            page_at(req, row, "Due", step->due_at);
        for (size_t k = 0; k < step->vote_count; k++)
            show_vote(req, row, &step->votes[k]);
    }
}

struct err *deal_preview_facts(struct request *req, const struct deal *deal,
                               struct deal_facts *facts)
{
    struct deal copy = *deal;
    struct deal_tier_row tier = { 0 };

    TRY(db_get(req->db, req->arena, &deal_sql_tier_of, DB_ARGS(DB_I(deal->account_id)), &tier));
    TRY(deal_sum_lines(&copy));
    TRY(deal_report_total(req->db, req->arena, &copy));
    /* What the conflict check finds is nobody's to learn from this. */
    *facts = (struct deal_facts){ .tier_id = tier.tier_id,
                                  .amount = copy.total_report,
                                  .lines = deal->lines,
                                  .line_count = deal->line_count,
                                  .country = deal->country,
                                  .deal_type = deal->deal_type,
                                  .verdict = "different" };
    return NULL;
}

struct err *deal_plan_show(struct request *req, struct view *v, int64_t plan_id)
{
    const bool staff = req->actor->audience == AUD_STAFF;
    struct plan_step_row *steps;
    size_t count;
    int64_t hours = 0;

    TRY(db_kept(req->db, staff ? &plan_steps : &plan_steps_told, &steps, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row;

        if (steps[i].plan_id != plan_id)
            continue;
        row = view_row(v, "Plan");
        view_text(row, "Title", word(req, steps[i].title_en, steps[i].title_zh));
        page_int(req, row, "Hours", steps[i].hours);
        hours += steps[i].hours;
    }
    page_int(req, v, "Hours", hours);
    return NULL;
}

struct err *deal_plan_preview(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_rule *rows;
    struct deal_facts facts;
    size_t count;
    int64_t plan_id;

    TRY(db_kept(req->db, &deal_plans, &rows, &count));
    if (count == 0)
        return NULL;
    TRY(deal_preview_facts(req, deal, &facts));
    plan_id = deal_plan_first(rows, count, DEAL_ROUND, &facts);
    return plan_id != 0 ? err_pass(deal_plan_show(req, v, plan_id)) : NULL;
}

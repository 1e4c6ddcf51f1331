/* lead/lead_judge.c - who has asked already?  The same matcher as for registrations says which
 * known end customer it could be; other leads are found by the core of the name, or by the address
 * of who asked.  What may be a copy, or is spoken for, waits for a person. */
#include "account/match_find.h"
#include "base/str.h"
#include "lead/lead_inside.h"
#include "lead/lead_judge.h"

#include <ctype.h>

struct other_row {
    int64_t id;
    bool same_person;
};
static const struct db_field other_fields[] = {
    DB_FIELD(struct other_row, id, DB_I64, 0),
    DB_FIELD(struct other_row, same_person, DB_BOOL, 0),
    { 0 },
};
/* What was thrown away does not stand against a new one. */
#define OTHERS(condition)                                                                      \
    "SELECT l.id, s.email_key = ? AS same_person FROM lead_staff s JOIN lead l ON l.id = "     \
    "s.lead_id WHERE " condition " AND l.id <> ? AND l.state <> 'disqualified' ORDER BY l.id " \
    "DESC LIMIT 10"
static const struct db_stmt others_by_core = {
    .name = "lead.others_by_core",
    .sql = OTHERS("s.core_hash = ? AND l.country = ?"),
    .binds = "sisi",
    .fields = other_fields,
    .row_bytes = sizeof(struct other_row),
    .flags = DB_LISTS,
};
static const struct db_stmt others_by_person = {
    .name = "lead.others_by_person",
    .sql = OTHERS("s.email_key = ?"),
    .binds = "ssi",
    .fields = other_fields,
    .row_bytes = sizeof(struct other_row),
    .flags = DB_LISTS,
};
static const struct db_stmt drop_matches = {
    .name = "lead.drop_matches",
    .sql = "DELETE FROM lead_match WHERE lead_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt keep_match = {
    .name = "lead.keep_match",
    .sql = "INSERT IGNORE INTO lead_match (lead_id, kind, other_id, verdict, score, found_at) "
           "VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "isisit",
    .flags = DB_WRITE,
};
static const struct db_stmt mark_judged = {
    .name = "lead.mark_judged",
    .sql = "UPDATE lead_staff SET held = ?, verdict = ?, core_hash = ?, email_key = ?, "
           "judged_at = ? WHERE lead_id = ?",
    .binds = "ssisti",
    .flags = DB_WRITE,
};
static const struct db_stmt set_place = {
    .name = "lead.set_place",
    .sql = "UPDATE lead SET department_id = ?, score = ? WHERE id = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_held = {
    .name = "lead.set_held",
    .sql = "UPDATE lead_staff SET held = ? WHERE lead_id = ?",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_field place_fields[] = {
    DB_NULLABLE(struct lead_place, territory_id, DB_I64, 0),
    DB_NULLABLE(struct lead_place, department_id, DB_I64, 0),
    { 0 },
};
/* The region's own territory, else that of the whole country. */
static const struct db_stmt place_of = {
    .name = "lead.place",
    .sql = "SELECT t.id AS territory_id, t.department_id FROM territory_area ta "
           "JOIN territory t ON t.id = ta.territory_id WHERE ta.country = ? AND ta.region IN "
           "(?, '') ORDER BY ta.region = '' LIMIT 1",
    .binds = "ss",
    .fields = place_fields,
    .row_bytes = sizeof(struct lead_place),
};

db_stmt_table lead_judge_statements[] = { &others_by_core, &others_by_person, &drop_matches,
                                          &keep_match,     &mark_judged,      &set_place,
                                          &set_held,       &place_of,         NULL };

struct err *lead_place_read(struct db *db, struct arena *a, const struct lead *lead,
                            struct lead_place *out)
{
    bool found;

    *out = (struct lead_place){ 0 };
    return err_pass(
        db_one(db, a, &place_of, DB_ARGS(DB_S(lead->country), DB_S(lead->region)), out, &found));
}

/* -- judging -------------------------------------------------------------------------------------
 */

struct judging {
    struct lead *lead;
    int64_t now;
    const char *held;
    enum match_verdict worst;
};

static struct err *keep(struct db *db, const struct judging *j, const char *kind, int64_t other_id,
                        enum match_verdict verdict, int64_t score)
{
    return err_pass(db_exec(db, &keep_match,
                            DB_ARGS(DB_I(j->lead->id), DB_S(kind), DB_I(other_id),
                                    DB_S(match_verdict_name(verdict)), DB_I(score), DB_T(j->now)),
                            NULL));
}

static void worsen(struct judging *j, enum match_verdict verdict)
{
    if (verdict > j->worst)
        j->worst = verdict;
}

static struct err *keep_others(struct db *db, struct judging *j, const struct other_row *rows,
                               size_t count)
{
    for (size_t i = 0; i < count; i++) {
        TRY(keep(db, j, "lead", rows[i].id, MATCH_SAME, rows[i].same_person ? 1000 : 900));
        worsen(j, MATCH_SAME);
        j->held = "copy";
    }
    return NULL;
}

/* Spoken for: somebody has registered it, or it is served directly. */
static bool is_spoken_for(const struct match_found *found)
{
    return found->evidence.verdict == MATCH_SAME && (found->named || found->live_count > 0);
}

static struct err *keep_accounts(struct db *db, struct judging *j, const struct match_found *found,
                                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        TRY(keep(db, j, "account", found[i].party_id, found[i].evidence.verdict,
                 (int64_t)(found[i].evidence.score * 1000 + 0.5)));
        worsen(j, found[i].evidence.verdict);
        if (is_spoken_for(&found[i]) && *j->held == '\0')
            j->held = "known";
    }
    return NULL;
}

static const char *email_key(struct arena *a, const char *email)
{
    char *key = arena_dup(a, email);

    for (char *c = key; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return key;
}

static struct err *find_others(struct db *db, struct arena *a, struct judging *j, int64_t core,
                               const char *email)
{
    const struct lead *lead = j->lead;
    struct other_row *rows;
    size_t count;

    TRY(db_list(db, a, &others_by_core,
                DB_ARGS(DB_S(email), DB_I(core), DB_S(lead->country), DB_I(lead->id)), &rows,
                &count));
    TRY(keep_others(db, j, rows, count));
    if (str_is_empty(email))
        return NULL;
    TRY(db_list(db, a, &others_by_person, DB_ARGS(DB_S(email), DB_S(email), DB_I(lead->id)), &rows,
                &count));
    return err_pass(keep_others(db, j, rows, count));
}

static struct err *place(struct db *db, struct arena *a, struct lead *lead)
{
    struct lead_place where;

    TRY(lead_place_read(db, a, lead, &where));
    if (where.department_id != 0)
        lead->department_id = where.department_id;
    TRY(lead_score_now(db, a, lead));
    return err_pass(db_exec(db, &set_place,
                            DB_ARGS(DB_ID(lead->department_id), DB_I(lead->score), DB_I(lead->id)),
                            NULL));
}

struct err *lead_judge(struct db *db, struct arena *a, struct match_names *names, struct lead *lead)
{
    const struct match_party party = { .name = lead->company_name,
                                       .country = lead->country,
                                       .tax_number = "",
                                       .website = lead->website,
                                       .phone = lead->phone,
                                       .address = "" };
    struct judging j = { .lead = lead, .held = "", .worst = MATCH_DIFFERENT };
    const char *email = email_key(a, lead->email);
    struct match_entry entry;
    struct match_found *found;
    size_t count;

    TRY(db_now(db, &j.now));
    TRY(place(db, a, lead));
    match_entry_make(names, a, &party, &entry);
    TRY(db_exec(db, &drop_matches, DB_ARGS(DB_I(lead->id)), NULL));
    TRY(find_others(db, a, &j, entry.core_hash, email));
    TRY(match_find(db, a, names, &party, &found, &count));
    TRY(keep_accounts(db, &j, found, count));
    lead->held = j.held;
    lead->verdict = match_verdict_name(j.worst);
    return err_pass(db_exec(db, &mark_judged,
                            DB_ARGS(DB_S(lead->held), DB_S(lead->verdict), DB_I(entry.core_hash),
                                    DB_S(email), DB_T(j.now), DB_I(lead->id)),
                            NULL));
}

struct err *lead_release(struct db *db, struct arena *a, const struct lead_actor *by,
                         struct lead *lead)
{
    TRY(db_exec(db, &set_held, DB_ARGS(DB_S(""), DB_I(lead->id)), NULL));
    lead->held = "";
    return err_pass(
        lead_write_audit(db, a, by, lead, "lead.release", lead_state_code(lead->state), NULL));
}

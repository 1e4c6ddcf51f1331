/* lead/lead_route.c */
#include "lead/lead_route.h"

#include "access/parameter.h"
#include "base/buf.h"
#include "base/str.h"
#include "lead/lead_inside.h"
#include "lead/lead_judge.h"

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field rule_fields[] = {
    DB_FIELD(struct lead_rule, id, DB_I64, 0),
    DB_FIELD(struct lead_rule, position, DB_I64, 0),
    DB_FIELD(struct lead_rule, row_version, DB_I64, 0),
    DB_FIELD(struct lead_rule, name_en, DB_TEXT, 480),
    DB_FIELD(struct lead_rule, name_zh, DB_TEXT, 480),
    DB_FIELD(struct lead_rule, active, DB_BOOL, 0),
    DB_FIELD(struct lead_rule, country, DB_TEXT, 4),
    DB_FIELD(struct lead_rule, region, DB_TEXT, 320),
    DB_FIELD(struct lead_rule, lang, DB_TEXT, 8),
    DB_NULLABLE(struct lead_rule, territory_id, DB_I64, 0),
    DB_NULLABLE(struct lead_rule, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead_rule, score_least, DB_I64, 0),
    DB_FIELD(struct lead_rule, place, DB_TEXT, 10),
    DB_FIELD(struct lead_rule, sells_line, DB_BOOL, 0),
    DB_FIELD(struct lead_rule, speaks, DB_BOOL, 0),
    DB_NULLABLE(struct lead_rule, tier_id, DB_I64, 0),
    DB_FIELD(struct lead_rule, tier_rank, DB_I64, 0),
    DB_FIELD(struct lead_rule, course, DB_TEXT, 480),
    DB_FIELD(struct lead_rule, method, DB_TEXT, 8),
    DB_NULLABLE(struct lead_rule, tried_at, DB_AT, 0),
    DB_FIELD(struct lead_rule, tried_leads, DB_I64, 0),
    DB_FIELD(struct lead_rule, tried_matched, DB_I64, 0),
    DB_FIELD(struct lead_rule, tried_served, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_rules = {
    .name = "lead.rules",
    .sql =
        "SELECT r.id, r.position, r.row_version, r.name_en, r.name_zh, r.active, r.country, "
        "r.region, r.lang, r.territory_id, r.product_line_id, r.score_least, r.place, "
        "r.sells_line, r.speaks, r.tier_id, COALESCE(t.rank, 0) AS tier_rank, r.course, r.method, "
        "r.tried_at, r.tried_leads, r.tried_matched, r.tried_served FROM lead_rule r "
        "LEFT JOIN tier t ON t.id = r.tier_id ORDER BY r.position, r.id",
    .binds = "",
    .fields = rule_fields,
    .row_bytes = sizeof(struct lead_rule),
    .flags = DB_WHOLE_TABLE,
};

static const struct db_field candidate_fields[] = {
    DB_FIELD(struct lead_candidate, account_id, DB_I64, 0),
    DB_FIELD(struct lead_candidate, name, DB_TEXT, 800),
    DB_FIELD(struct lead_candidate, status, DB_TEXT, 12),
    DB_FIELD(struct lead_candidate, country, DB_TEXT, 4),
    DB_FIELD(struct lead_candidate, territory_id, DB_I64, 0),
    DB_FIELD(struct lead_candidate, tier_rank, DB_I64, 0),
    DB_FIELD(struct lead_candidate, countries, DB_TEXT, 200),
    DB_FIELD(struct lead_candidate, line_ids, DB_TEXT, 200),
    DB_FIELD(struct lead_candidate, langs, DB_TEXT, 40),
    DB_FIELD(struct lead_candidate, people_langs, DB_TEXT, 100),
    DB_FIELD(struct lead_candidate, open, DB_I64, 0),
    DB_FIELD(struct lead_candidate, open_most, DB_I64, 0),
    DB_FIELD(struct lead_candidate, closed, DB_I64, 0),
    DB_FIELD(struct lead_candidate, converted, DB_I64, 0),
    DB_NULLABLE(struct lead_candidate, last_at, DB_AT, 0),
    DB_FIELD(struct lead_candidate, paused, DB_BOOL, 0),
    DB_FIELD(struct lead_candidate, had_it, DB_BOOL, 0),
    DB_FIELD(struct lead_candidate, certified, DB_BOOL, 0),
    { 0 },
};
/* Every partner, with what table lead_partner says of it, who there answers for leads, its figures,
 * whether it has had this one, and whether somebody there holds a certificate of the course that is
 * asked for. */
static const struct db_stmt list_candidates = {
    .name = "lead.candidates",
    .sql =
        "SELECT a.id AS account_id, a.name, a.status, a.country, "
        "COALESCE(own.territory_id, whole.territory_id, 0) AS territory_id, "
        "COALESCE(ti.rank, 0) AS tier_rank, "
        "COALESCE(p.countries, '') AS countries, COALESCE(p.line_ids, '') AS line_ids, "
        "COALESCE(p.langs, '') AS langs, COALESCE(CAST((SELECT GROUP_CONCAT(DISTINCT u.lang) FROM "
        "user u JOIN user_role ur ON ur.user_id = u.id JOIN role_permission rp ON rp.role_id = "
        "ur.role_id AND rp.permission = 'lead.work' WHERE u.account_id = a.id AND u.status = "
        "'active') AS CHAR(100)), '') AS people_langs, COALESCE(s.open, 0) AS open, "
        "COALESCE(p.open_most, 0) AS open_most, COALESCE(s.converted + s.disqualified + "
        "s.recalled, 0) AS closed, COALESCE(s.converted, 0) AS converted, n.last_at, "
        "COALESCE(p.paused_until >= UTC_DATE(), 0) AS paused, EXISTS (SELECT 1 FROM lead_offer o "
        "WHERE o.lead_id = ? AND o.account_id = a.id) AS had_it, (? = '' OR EXISTS (SELECT 1 FROM "
        "certificate c WHERE c.account_id = a.id AND c.expires_on >= UTC_DATE() AND c.course_en = "
        "?)) AS certified "
        "FROM account a FORCE INDEX (account_kind) LEFT JOIN tier ti ON ti.id = a.tier_id "
        "LEFT JOIN lead_partner p ON p.account_id = a.id LEFT JOIN lead_share s ON s.account_id = "
        "a.id LEFT JOIN lead_turn n ON n.rule_id = ? AND n.account_id = a.id "
        "LEFT JOIN territory_area own ON own.country = a.country AND own.region = a.region AND "
        "a.region <> '' LEFT JOIN territory_area whole ON whole.country = a.country AND "
        "whole.region = '' WHERE a.kind = 'partner' AND a.deleted_at IS NULL ORDER BY a.id",
    .binds = "issi",
    .fields = candidate_fields,
    .row_bytes = sizeof(struct lead_candidate),
    .flags = DB_LISTS,
};
/* Nobody else has given it something since it was read. */
static const struct db_stmt take_turn = {
    .name = "lead.take_turn",
    .sql = "UPDATE lead_turn SET last_at = ?, times = times + 1 WHERE rule_id = ? AND "
           "account_id = ? AND last_at = ?",
    .binds = "tiit",
    .flags = DB_WRITE,
};
static const struct db_stmt first_turn = {
    .name = "lead.first_turn",
    .sql = "INSERT INTO lead_turn (rule_id, account_id, last_at) VALUES (?, ?, ?)",
    .binds = "iit",
    .flags = DB_WRITE,
};
static const struct db_stmt write_trace = {
    .name = "lead.write_trace",
    .sql = "INSERT INTO lead_trace (lead_id, rule_id, rule_version, name_en, name_zh, method, "
           "chosen_id, chosen_name, looked_at, fitting, overridden, user_name, reason_text, body, "
           "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iiisssisiisssst",
    .flags = DB_WRITE,
};
struct past_row {
    int64_t id, product_line_id, score;
    const char *country, *region, *lang;
};
static const struct db_field past_fields[] = {
    DB_FIELD(struct past_row, id, DB_I64, 0),
    DB_NULLABLE(struct past_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct past_row, score, DB_I64, 0),
    DB_FIELD(struct past_row, country, DB_TEXT, 4),
    DB_FIELD(struct past_row, region, DB_TEXT, 320),
    DB_FIELD(struct past_row, lang, DB_TEXT, 8),
    { 0 },
};
static const struct db_stmt list_past = {
    .name = "lead.past",
    .sql = "SELECT id, product_line_id, score, country, region, lang FROM lead ORDER BY id DESC "
           "LIMIT ?",
    .binds = "i",
    .fields = past_fields,
    .row_bytes = sizeof(struct past_row),
    .flags = DB_LISTS,
};
static const struct db_stmt keep_trial = {
    .name = "lead.keep_trial",
    .sql = "UPDATE lead_rule SET tried_at = ?, tried_leads = ?, tried_matched = ?, "
           "tried_served = ? WHERE id = ?",
    .binds = "tiiii",
    .flags = DB_WRITE,
};

db_stmt_table lead_route_statements[] = { &list_rules,  &list_candidates, &take_turn,  &first_turn,
                                          &write_trace, &list_past,       &keep_trial, NULL };

struct err *lead_rules_load(struct db *db, struct arena *a, struct lead_rule **rules_out,
                            size_t *count_out)
{
    return err_pass(db_list(db, a, &list_rules, DB_NO_ARGS, rules_out, count_out));
}

/* -- looking -------------------------------------------------------------------------------------
 */

struct err *lead_facts_read(struct db *db, struct arena *a, const struct lead *lead,
                            struct lead_facts *out)
{
    struct lead_place place;

    TRY(lead_place_read(db, a, lead, &place));
    *out = (struct lead_facts){ .id = lead->id,
                                .product_line_id = lead->product_line_id,
                                .score = lead->score,
                                .country = lead->country,
                                .region = lead->region,
                                .lang = lead->lang };
    return err_pass(territory_path_read(db, place.territory_id, &out->territories));
}

static void fit_all(struct arena *a, struct lead_look *look)
{
    look->why = arena_array(a, look->count + 1, sizeof(*look->why));
    look->fitting = 0;
    for (size_t i = 0; i < look->count; i++) {
        look->why[i] = lead_fit(look->rule, &look->facts, &look->partners[i]);
        look->fitting += look->why[i] == LEAD_FITS;
    }
}

struct err *lead_look(struct db *db, struct arena *a, const struct lead_facts *facts,
                      const struct lead_rule *rule, struct lead_look *out)
{
    const char *course = rule != NULL ? rule->course : "";

    *out = (struct lead_look){ .rule = rule, .facts = *facts };
    TRY(db_list(
        db, a, &list_candidates,
        DB_ARGS(DB_I(facts->id), DB_S(course), DB_S(course), DB_I(rule != NULL ? rule->id : 0)),
        &out->partners, &out->count));
    fit_all(a, out);
    if (rule != NULL)
        out->chosen =
            lead_choose(lead_method_find(rule->method), out->partners, out->why, out->count);
    return NULL;
}

/* -- why, as a text ------------------------------------------------------------------------------
 */

enum { TRACE_LINES = 60, TRACE_BYTES = 40000 };

/* Those that fit first, then the others, as many as there is room for: the numbers of all stand
 * beside the text. */
static const char *trace_body(struct arena *a, const struct lead_look *look)
{
    struct buf out;
    const char *text;
    int lines = 0;

    buf_init(&out, 1024, TRACE_BYTES);
    for (int fits = 1; fits >= 0; fits--)
        for (size_t i = 0; i < look->count && lines < TRACE_LINES; i++) {
            const struct lead_candidate *p = &look->partners[i];

            if ((look->why[i] == LEAD_FITS) != (fits == 1))
                continue;
            buf_printf(&out, "%s|%lld|%lld|%lld|%s\n", lead_why_codes[look->why[i]],
                       (long long)p->account_id, (long long)p->open, (long long)lead_closing_bp(p),
                       p->name);
            lines++;
        }
    text = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return text;
}

struct trace {
    const char *method, *overridden, *user_name, *reason;
    const struct lead_candidate *chosen;
};

static struct err *keep_trace(struct db *db, struct arena *a, const struct lead *lead,
                              const struct lead_look *look, const struct trace *t)
{
    static const struct lead_rule no_rule = { .name_en = "", .name_zh = "" };
    const struct lead_rule *rule = look->rule != NULL ? look->rule : &no_rule;
    int64_t now;

    TRY(db_now(db, &now));
    return err_pass(
        db_exec(db, &write_trace,
                DB_ARGS(DB_I(lead->id), DB_ID(rule->id), DB_I(rule->row_version),
                        DB_S(rule->name_en), DB_S(rule->name_zh), DB_S(t->method),
                        DB_ID(t->chosen != NULL ? t->chosen->account_id : 0),
                        DB_S(t->chosen != NULL ? t->chosen->name : ""), DB_I((int64_t)look->count),
                        DB_I((int64_t)look->fitting), DB_S(t->overridden), DB_S(t->user_name),
                        DB_S(t->reason), DB_S(trace_body(a, look)), DB_T(now)),
                NULL));
}

/* -- by the rules --------------------------------------------------------------------------------
 */

static struct err *mark_turn(struct db *db, int64_t rule_id, const struct lead_candidate *chosen)
{
    int64_t now, changed;
    struct err *e;

    TRY(db_now(db, &now));
    if (chosen->last_at != 0) {
        TRY(db_exec(
            db, &take_turn,
            DB_ARGS(DB_T(now), DB_I(rule_id), DB_I(chosen->account_id), DB_T(chosen->last_at)),
            &changed));
        return changed == 1 ? NULL : err_raise(ERR_AGAIN, "another lead took this turn");
    }
    e = db_exec(db, &first_turn, DB_ARGS(DB_I(rule_id), DB_I(chosen->account_id), DB_T(now)), NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return db_doom(db, err_raise(ERR_AGAIN, "another lead took this turn"));
    }
    return err_pass(e);
}

static struct lead_actor the_rules(void)
{
    return (struct lead_actor){ .who = { .address = "" }, .as = LEAD_BY_WORKER };
}

static struct err *give(struct db *db, struct arena *a, struct lead *lead,
                        const struct lead_look *look)
{
    const struct lead_actor by = the_rules();
    const struct lead_change change = { .verb = LEAD_ASSIGN,
                                        .account_id = look->chosen->account_id,
                                        .account_name = look->chosen->name };

    TRY(mark_turn(db, look->rule->id, look->chosen));
    return err_pass(lead_apply(db, a, &by, lead, &change));
}

static struct err *to_pool(struct db *db, struct arena *a, struct lead *lead)
{
    const struct lead_actor by = the_rules();
    int64_t score;

    TRY(parameter_now(db, a, PARAM_LEAD_POOL_SCORE, &score));
    return err_pass(lead_set_pool(db, a, &by, lead, lead->score >= score ? "apply" : "take"));
}

static struct err *follow(struct db *db, struct arena *a, struct lead *lead,
                          const struct lead_look *look, enum lead_routed *routed_out)
{
    const enum lead_method method = lead_method_find(look->rule->method);
    const struct trace t = { .method = look->rule->method,
                             .overridden = "",
                             .user_name = "",
                             .reason = "",
                             .chosen = look->chosen };

    TRY(keep_trace(db, a, lead, look, &t));
    if (look->chosen != NULL) {
        *routed_out = LEAD_ROUTED_TO_PARTNER;
        return err_pass(give(db, a, lead, look));
    }
    if (method == LEAD_TO_POOL) {
        *routed_out = LEAD_ROUTED_TO_POOL;
        return err_pass(to_pool(db, a, lead));
    }
    *routed_out = method == LEAD_TO_PERSON ? LEAD_ROUTED_HELD : LEAD_ROUTED_NOT;
    return NULL;
}

static struct err *by_rules(struct db *db, struct arena *a, struct lead *lead,
                            const struct lead_facts *facts, enum lead_routed *routed_out)
{
    struct lead_rule *rules;
    size_t count;

    *routed_out = LEAD_ROUTED_NOT;
    TRY(lead_rules_load(db, a, &rules, &count));
    for (size_t i = 0; i < count && *routed_out == LEAD_ROUTED_NOT; i++) {
        struct lead_look look;

        if (!rules[i].active || !lead_rule_matches(&rules[i], facts))
            continue;
        TRY(lead_look(db, a, facts, &rules[i], &look));
        TRY(follow(db, a, lead, &look, routed_out));
    }
    return NULL;
}

struct err *lead_route(struct db *db, struct arena *a, struct lead *lead,
                       enum lead_routed *routed_out)
{
    const struct mail_value none = { .name = "place", .value = lead->city };
    struct lead_facts facts;

    *routed_out = LEAD_ROUTED_HELD;
    if (lead_state_phase(lead->state) != LEAD_NOBODYS || *lead->pool != '\0')
        return NULL;
    if (*lead->held != '\0')
        return err_pass(lead_tell_staff(db, a, lead, "lead.held", &none));
    TRY(lead_facts_read(db, a, lead, &facts));
    TRY(by_rules(db, a, lead, &facts, routed_out));
    if (*routed_out == LEAD_ROUTED_TO_PARTNER)
        return NULL;
    if (*routed_out == LEAD_ROUTED_NOT) {
        *routed_out = LEAD_ROUTED_TO_POOL;
        TRY(to_pool(db, a, lead));
    }
    return err_pass(lead_tell_staff(
        db, a, lead, *routed_out == LEAD_ROUTED_HELD ? "lead.held" : "lead.nobody", &none));
}

/* -- by hand -------------------------------------------------------------------------------------
 */

/* The first rule that the lead fits and that chooses partners. */
static const struct lead_rule *rule_of(const struct lead_rule *rules, size_t count,
                                       const struct lead_facts *facts)
{
    for (size_t i = 0; i < count; i++)
        if (rules[i].active && lead_method_find(rules[i].method) < LEAD_TO_POOL &&
            lead_rule_matches(&rules[i], facts))
            return &rules[i];
    return NULL;
}

static bool may_give(enum lead_why why, const struct lead_by_hand *hand)
{
    if (why == LEAD_FITS)
        return true;
    return hand->may_override && why != LEAD_WHY_STATUS && why != LEAD_WHY_NOBODY &&
           !str_is_empty(hand->reason);
}

static struct err *give_by_hand(struct db *db, struct arena *a, const struct lead_actor *by,
                                struct lead *lead, struct lead_look *look, size_t at,
                                const char *reason)
{
    const struct lead_candidate *chosen = &look->partners[at];
    const struct trace t = { .method = "hand",
                             .overridden = lead_why_codes[look->why[at]],
                             .user_name = lead_actor_name(by),
                             .reason = reason,
                             .chosen = chosen };
    const struct lead_change change = { .verb = LEAD_ASSIGN,
                                        .account_id = chosen->account_id,
                                        .account_name = chosen->name };

    TRY(keep_trace(db, a, lead, look, &t));
    return err_pass(lead_apply(db, a, by, lead, &change));
}

struct err *lead_assign(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead, const struct lead_by_hand *hand, enum lead_why *why_out,
                        bool *done_out)
{
    struct lead_rule *rules;
    struct lead_facts facts;
    struct lead_look look;
    size_t count, at = 0;

    *done_out = false;
    *why_out = LEAD_WHY_STATUS;
    TRY(lead_facts_read(db, a, lead, &facts));
    TRY(lead_rules_load(db, a, &rules, &count));
    TRY(lead_look(db, a, &facts, rule_of(rules, count, &facts), &look));
    while (at < look.count && look.partners[at].account_id != hand->account_id)
        at++;
    if (at == look.count)
        return NULL;
    *why_out = look.why[at];
    if (!may_give(look.why[at], hand))
        return NULL;
    *done_out = true;
    return err_pass(give_by_hand(db, a, by, lead, &look, at, hand->reason));
}

/* -- trying --------------------------------------------------------------------------------------
 */

static const struct lead_facts *same_place(const struct lead_past *past, const struct past_row *row)
{
    for (size_t i = 0; i < past->count; i++)
        if (str_eq(past->facts[i].country, row->country) &&
            str_eq(past->facts[i].region, row->region))
            return &past->facts[i];
    return NULL;
}

static struct err *facts_of_past(struct db *db, struct arena *a, const struct past_row *row,
                                 const struct lead_past *past, struct lead_facts *out)
{
    const struct lead_facts *known = same_place(past, row);
    const struct lead lead = { .id = row->id,
                               .country = row->country,
                               .region = row->region,
                               .lang = row->lang,
                               .score = row->score,
                               .product_line_id = row->product_line_id };

    if (known == NULL)
        return err_pass(lead_facts_read(db, a, &lead, out));
    *out = *known;
    out->id = row->id;
    out->lang = row->lang;
    out->score = row->score;
    out->product_line_id = row->product_line_id;
    return NULL;
}

struct err *lead_past_read(struct db *db, struct arena *a, struct lead_past *out)
{
    struct past_row *rows;
    size_t count;

    TRY(db_list(db, a, &list_past, DB_ARGS(DB_I(LEAD_TRIED_MOST)), &rows, &count));
    *out = (struct lead_past){ .facts = arena_array(a, count + 1, sizeof(*out->facts)) };
    for (; out->count < count; out->count++)
        TRY(facts_of_past(db, a, &rows[out->count], out, &out->facts[out->count]));
    return NULL;
}

/* That a partner has had one of them already does not count: it is about what the rule would do
 * with leads like these. */
static bool serves(const struct lead_rule *rule, const struct lead_facts *facts,
                   const struct lead_look *look)
{
    for (size_t i = 0; i < look->count; i++) {
        struct lead_candidate p = look->partners[i];

        p.had_it = false;
        if (lead_fit(rule, facts, &p) == LEAD_FITS)
            return true;
    }
    return false;
}

struct err *lead_rule_try(struct db *db, struct arena *a, const struct lead_past *past,
                          struct lead_rule *rule)
{
    const bool chooses = lead_method_find(rule->method) < LEAD_TO_POOL;
    struct lead_look look;

    TRY(lead_look(db, a, &(struct lead_facts){ .country = "", .region = "", .lang = "" }, rule,
                  &look));
    rule->tried_leads = (int64_t)past->count;
    rule->tried_matched = rule->tried_served = 0;
    for (size_t i = 0; i < past->count; i++) {
        if (!lead_rule_matches(rule, &past->facts[i]))
            continue;
        rule->tried_matched++;
        rule->tried_served += !chooses || serves(rule, &past->facts[i], &look);
    }
    TRY(db_now(db, &rule->tried_at));
    return err_pass(
        db_exec(db, &keep_trial,
                DB_ARGS(DB_T(rule->tried_at), DB_I(rule->tried_leads), DB_I(rule->tried_matched),
                        DB_I(rule->tried_served), DB_I(rule->id)),
                NULL));
}

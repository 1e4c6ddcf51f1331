/* deal/deal_staff_match.c - is it the same customer?  Each match beside the registration, field by
 * field, with what was equal, what differs, and what keeps the verdict from being better.  Accounts
 * of one customer are one match with a column each: each pair is marked by itself. */
#include "account/match_score.h"
#include "base/str.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <jansson.h>
#include <string.h>

struct evidence {
    unsigned caps, equal, differ;
    bool exact;
    int64_t name; /* thousandths */
    const char *rule;
};

/* Written by ourselves; what cannot be read counts as nothing known. */
static struct evidence read_evidence(struct arena *a, const char *json)
{
    struct evidence e = { .rule = "" };
    json_t *root = json_loads(json, 0, NULL);
    const char *rule = json_string_value(json_object_get(root, "rule"));

    e.caps = (unsigned)json_integer_value(json_object_get(root, "caps"));
    e.equal = (unsigned)json_integer_value(json_object_get(root, "equal"));
    e.differ = (unsigned)json_integer_value(json_object_get(root, "differ"));
    e.exact = json_integer_value(json_object_get(root, "exact")) != 0;
    e.name = json_integer_value(json_object_get(root, "name"));
    e.rule = rule != NULL ? arena_dup(a, rule) : "";
    json_decref(root);
    return e;
}

/* -- words ---------------------------------------------------------------------------------------
 */

static const struct {
    enum match_rule rule;
    const char *words;
} rule_words[] = {
    { MATCH_BY_CORE, N_("equal but for legal form and region") },
    { MATCH_BY_WORDS, N_("shares its words") },
    { MATCH_BY_CONTAINED, N_("one name is part of the other") },
    { MATCH_BY_SPELLING, N_("equal but for its spelling") },
    { MATCH_BY_ALIAS, N_("known under both names") },
    { MATCH_BY_PINYIN, N_("the Chinese name in Latin letters") },
    { MATCH_BY_BRAND, N_("the same brand") },
    { MATCH_BY_CHARACTERS, N_("all characters but one") },
};

const char *deal_match_rule_text(const struct request *req, const char *rule)
{
    for (size_t i = 0; i < ARRAY_LEN(rule_words); i++)
        if (str_eq(match_rule_name(rule_words[i].rule), rule))
            return tr(req, rule_words[i].words);
    return tr(req, N_("no likeness"));
}

static const struct {
    unsigned cap;
    const char *words;
} cap_words[] = {
    { MATCH_CAP_LEGAL, N_("another legal form") },
    { MATCH_CAP_BRANCH, N_("one is a branch or a group") },
    { MATCH_CAP_COUNTRY, N_("another country in the name") },
    { MATCH_CAP_NUMBER, N_("another number in the name") },
    { MATCH_CAP_REGION, N_("another region in the name") },
    { MATCH_CAP_OFFICE, N_("one is an office") },
    { MATCH_CAP_TAX_ID, N_("another tax number") },
};

const char *deal_match_cap_text(const struct request *req, unsigned caps)
{
    const char *text = "";

    for (size_t i = 0; i < ARRAY_LEN(cap_words); i++)
        if ((caps & cap_words[i].cap) != 0)
            text = arena_printf(req->arena, "%s%s%s", text, *text == '\0' ? "" : tr(req, N_(", ")),
                                tr(req, cap_words[i].words));
    return text;
}

static const char *score_text(const struct request *req, int64_t thousandths)
{
    return text_decimal(req->locale, req->arena, thousandths * 10, 2, 2);
}

/* -- the table: one row a field, one cell a match ------------------------------------------------
 */

struct table {
    struct request *req;
    const struct deal *deal;
    const struct deal_match_row *matches;
    const struct evidence *evidence;
    size_t count;
    struct view *v;
};

struct cell {
    const char *value, *tone, *note;
};

static struct view *begin_row(const struct table *t, const char *label, const char *own)
{
    struct view *row = view_row(t->v, "Rows");

    view_text(row, "Label", tr(t->req, label));
    view_text(row, "Own", own);
    return row;
}

static void add_cell(struct view *row, struct cell cell)
{
    struct view *c = view_row(row, "Cells");

    view_text(c, "Value", cell.value);
    view_text(c, "Tone", cell.tone);
    view_text(c, "Note", cell.note);
}

/* How many matches from I on are of one group of end customers: they stand side by side. */
static size_t group_size(const struct deal_match_row *matches, size_t count, size_t i)
{
    size_t n = 1;

    while (i + n < count && matches[i].group_id != 0 &&
           matches[i + n].group_id == matches[i].group_id)
        n++;
    return n;
}

/* The members of a group follow the first of them. */
static void stand_together(struct deal_match_row *matches, size_t count)
{
    for (size_t i = 0; i < count; i += group_size(matches, count, i))
        for (size_t k = i + 1, to = i + 1; k < count; k++)
            if (matches[k].group_id == matches[i].group_id && matches[i].group_id != 0) {
                const struct deal_match_row member = matches[k];

                memmove(&matches[to + 1], &matches[to], (k - to) * sizeof(*matches));
                matches[to++] = member;
            }
}

static void show_groups(const struct table *t)
{
    int64_t number = 1;
    size_t n;

    for (size_t i = 0; i < t->count; i += n, number++) {
        struct view *group = view_row(t->v, "Groups");

        n = group_size(t->matches, t->count, i);
        view_int(group, "Span", (int64_t)n);
        view_text(group, "Title",
                  trf(t->req, N_("Match %s"), text_number(t->req->locale, t->req->arena, number)));
        if (n > 1)
            view_text(group, "Note",
                      trn(t->req, "%s account of one customer", "%s accounts of one customer",
                          (int64_t)n));
    }
}

static void show_verdicts(const struct table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct deal_match_row *m = &t->matches[i];
        struct view *head = view_row(t->v, "Heads");

        view_text(head, "Company", m->name);
        view_text(head, "Href", arena_number(t->req->arena, "/staff/accounts/", m->party_id));
        page_status(t->req, head, "Verdict", deal_verdict_statuses, m->verdict);
        view_text(head, "Score", score_text(t->req, m->score));
        view_text(head, "Caps", deal_match_cap_text(t->req, t->evidence[i].caps));
        view_flag(head, "Named", m->named);
        view_flag(head, "Customer", str_eq(m->kind, "customer"));
    }
}

static void show_names(const struct table *t)
{
    struct view *row = begin_row(t, N_("Company name"), t->deal->company_name);

    for (size_t i = 0; i < t->count; i++)
        add_cell(row, (struct cell){ t->matches[i].name,
                                     t->evidence[i].name >= 920   ? "bad"
                                     : t->evidence[i].name >= 650 ? "wait"
                                                                  : "good",
                                     trf(t->req, N_("%1$s, %2$s"),
                                         score_text(t->req, t->evidence[i].name),
                                         deal_match_rule_text(t->req, t->evidence[i].rule)) });
}

static const char *joined(const struct request *req, const char *x, const char *y)
{
    if (str_is_empty(x) || str_is_empty(y))
        return str_is_empty(x) ? y : x;
    return trf(req, N_("%1$s, %2$s"), x, y);
}

/* A field that the matcher compares; FIELD 0 is only shown. */
struct compared {
    const char *label;
    unsigned field;
    const char *(*own)(const struct table *t);
    const char *(*theirs)(const struct table *t, const struct deal_match_row *m);
};

static const char *country_of(const struct table *t, const char *code)
{
    return str_is_empty(code) ? "" : text_country_name(text_locale_lang(t->req->locale), code);
}
static const char *own_tax(const struct table *t)
{
    return t->deal->tax_number;
}
static const char *their_tax(const struct table *t, const struct deal_match_row *m)
{
    (void)t;
    return m->tax_number;
}
static const char *own_site(const struct table *t)
{
    return t->deal->website;
}
static const char *their_site(const struct table *t, const struct deal_match_row *m)
{
    (void)t;
    return m->website;
}
static const char *own_phone(const struct table *t)
{
    return t->deal->phone;
}
static const char *their_phone(const struct table *t, const struct deal_match_row *m)
{
    (void)t;
    return m->phone;
}
static const char *own_address(const struct table *t)
{
    return joined(t->req, t->deal->address, t->deal->city);
}
static const char *their_address(const struct table *t, const struct deal_match_row *m)
{
    return joined(t->req, m->address, m->city);
}
static const char *own_country(const struct table *t)
{
    return country_of(t, t->deal->country);
}
static const char *their_country(const struct table *t, const struct deal_match_row *m)
{
    return country_of(t, m->country);
}

static const struct compared fields[] = {
    { N_("Tax number"), MATCH_FIELD_TAX_ID, own_tax, their_tax },
    { N_("Web site"), MATCH_FIELD_DOMAIN, own_site, their_site },
    { N_("Phone"), MATCH_FIELD_PHONE, own_phone, their_phone },
    { N_("Address"), MATCH_FIELD_ADDRESS, own_address, their_address },
    { N_("Country"), 0, own_country, their_country },
};

static struct cell compare(const struct table *t, const struct compared *f, size_t i)
{
    struct cell cell = { .value = f->theirs(t, &t->matches[i]), .tone = "", .note = "" };

    if ((t->evidence[i].equal & f->field) != 0) {
        cell.tone = "bad";
        cell.note = tr(t->req, N_("equal"));
    } else if ((t->evidence[i].differ & f->field) != 0) {
        cell.tone = "good";
        cell.note = tr(t->req, N_("differs"));
    }
    return cell;
}

static void show_fields(const struct table *t)
{
    for (size_t k = 0; k < ARRAY_LEN(fields); k++) {
        const char *own = fields[k].own(t);
        bool any = !str_is_empty(own);
        struct view *row;

        for (size_t i = 0; i < t->count; i++)
            any = any || !str_is_empty(fields[k].theirs(t, &t->matches[i]));
        if (!any)
            continue;
        row = begin_row(t, fields[k].label, own);
        for (size_t i = 0; i < t->count; i++)
            add_cell(row, compare(t, &fields[k], i));
    }
}

/* -- who holds it, and what a person made of it --------------------------------------------------
 */

static void show_rival(const struct table *t, struct view *cell, const struct deal_rival_row *r)
{
    struct view *v = view_row(cell, "Deals");
    const char *lines = deal_staff_lines(t->req, r->line_names);

    view_text(v, "Number", deal_number(t->req->arena, r->id));
    if (deal_staff_sees(t->req, r->department_id, r->reviewer_id))
        view_text(v, "Href", deal_staff_address(t->req, r->id));
    view_text(v, "Partner", r->partner_name);
    page_status(t->req, v, "Status", deal_staff_statuses, r->state_code);
    view_text(v, "Rank",
              r->rank_no != 0 ? trf(t->req, N_("rank %s"),
                                    text_number(t->req->locale, t->req->arena, r->rank_no))
                              : "");
    page_at(t->req, v, "Submitted", r->submitted_at);
    view_text(v, "Until", text_day(t->req->locale, t->req->arena, r->protected_until));
    view_text(v, "Lines", lines);
}

static struct err *show_rivals(const struct table *t)
{
    struct request *req = t->req;
    struct deal_rival_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &deal_staff_rivals, DB_ARGS(DB_I(t->deal->id)), &rows,
                &count));
    for (size_t i = 0; i < t->count; i += group_size(t->matches, t->count, i)) {
        struct view *cell = view_row(t->v, "Held");

        view_int(cell, "Span", (int64_t)group_size(t->matches, t->count, i));
        view_flag(cell, "None", true);
        for (size_t k = 0; k < count; k++)
            if (rows[k].party_id == t->matches[i].party_id) {
                view_flag(cell, "None", false);
                show_rival(t, cell, &rows[k]);
            }
    }
    return NULL;
}

static void show_marks(const struct table *t)
{
    const bool may =
        actor_may(t->req->actor, PERM_ACCOUNT_MERGE) && actor_may(t->req->actor, PERM_DEAL_DECIDE);

    for (size_t i = 0; i < t->count; i++) {
        const struct deal_match_row *m = &t->matches[i];
        struct view *mark = view_row(t->v, "Marks");

        view_int(mark, "Party", m->party_id);
        view_text(mark, "Company", m->name);
        view_text(mark, "Who", m->resolved_name);
        page_at(t->req, mark, "At", m->resolved_at);
        if (m->joined || !str_is_empty(m->resolution))
            page_status(t->req, mark, "Status", deal_verdict_statuses,
                        m->joined ? "same" : m->resolution);
        else
            view_flag(mark, "MayMark", may);
    }
}

struct err *deal_match_show(struct request *req, const struct deal *deal)
{
    struct table t = { .req = req, .deal = deal, .v = view_at(req->page, "Evidence") };
    struct deal_match_row *matches;
    struct evidence *evidence;

    if (!deal->has_matches)
        return NULL;
    TRY(db_list(req->db, req->arena, &deal_staff_matches, DB_ARGS(DB_I(deal->id)), &matches,
                &t.count));
    if (t.count == 0)
        return NULL;
    stand_together(matches, t.count);
    evidence = arena_array(req->arena, t.count, sizeof(*evidence));
    for (size_t i = 0; i < t.count; i++)
        evidence[i] = read_evidence(req->arena, matches[i].evidence_json);
    t.matches = matches;
    t.evidence = evidence;
    show_groups(&t);
    show_verdicts(&t);
    show_names(&t);
    show_fields(&t);
    TRY(show_rivals(&t));
    show_marks(&t);
    return NULL;
}

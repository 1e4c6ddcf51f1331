/* account/match_score.c - from evidence to a verdict: the name's score (match_words.c for Latin
 * words, match_han.c for Chinese names), caps, fields, thresholds. */
#include "account/match_score.h"

#include "account/match_inside.h"
#include "base/str.h"

#include <string.h>

const double match_same_from = .92;
const double match_possible_from = .65;

/* The most a capped pair can have: just below "same". */
static const double capped_score = .91;

/* ---- the name ---- */

static bool has_han(const struct match_name *n)
{
    return n->brand_len > 0;
}

static bool has_own_words(const struct match_name *n)
{
    return n->part.token_count > 0;
}

static void take_better(struct match_part *best, struct match_part other)
{
    if (other.score > best->score)
        *best = other;
}

static struct match_part score_name(const struct match_name *a, const struct match_name *b)
{
    struct match_part best = { 0 };

    /* Words are paired first come, first served: always in the same order, so that the score is
     * symmetric. */
    if (strcmp(a->part.core, b->part.core) > 0) {
        const struct match_name *first = b;

        b = a;
        a = first;
    }

    if (a->part.core[0] != '\0' && strcmp(a->part.core, b->part.core) == 0)
        return (struct match_part){ 1.0, MATCH_BY_CORE };
    if (has_han(a) && has_han(b)) {
        best = match_score_han(a, b);
        /* "58同城" and "59同城": words and characters must both agree. */
        if (has_own_words(a) && has_own_words(b)) {
            struct match_part words = match_score_words(a, b);

            if (words.score < best.score)
                best = words;
        }
        if (a->by_alias && b->by_alias)
            take_better(&best, match_score_words(a, b));
        return best;
    }
    best = match_score_words(a, b);
    if (a->by_pinyin || b->by_pinyin) {
        /* Many Chinese brands share a spelling: never more than possible. */
        best.score *= .91;
        best.rule = MATCH_BY_PINYIN;
    }
    return best;
}

/* ---- what contradicts ---- */

static bool holds_token(const struct match_name *n, const struct company_token *t)
{
    for (size_t i = 0; i < n->token_count; i++)
        if (n->tokens[i].kind == t->kind && strcmp(n->tokens[i].text, t->text) == 0)
            return true;
    return false;
}

static bool misses_token(const struct match_name *a, const struct match_name *b, int kind)
{
    for (size_t i = 0; i < a->token_count; i++)
        if (a->tokens[i].kind == kind && !holds_token(b, &a->tokens[i]))
            return true;
    return false;
}

static bool tokens_differ(const struct match_name *a, const struct match_name *b, int kind)
{
    return misses_token(a, b, kind) || misses_token(b, a, kind);
}

/* Forms that a translation may put in each other's place, and "Co." which fits any. */
static bool is_loose_form(const char *legal)
{
    return strcmp(legal, "co") == 0;
}

static bool is_share_form(const char *legal)
{
    return strcmp(legal, "kk") == 0 || strcmp(legal, "corp") == 0 || strcmp(legal, "ltd") == 0;
}

static bool legal_differs(const struct match_name *a, const struct match_name *b)
{
    const char *la = a->part.legal, *lb = b->part.legal;

    if (la[0] == '\0' || lb[0] == '\0' || strcmp(la, lb) == 0)
        return false;
    if (has_han(a) != has_han(b) || is_loose_form(la) || is_loose_form(lb))
        return false;
    bool translated = strcmp(la, "kk") == 0 || strcmp(lb, "kk") == 0;
    return !(translated && is_share_form(la) && is_share_form(lb));
}

/* "江苏南京" and "南京" agree; so does nothing with anything. */
bool match_regions_differ(const struct match_name *a, const struct match_name *b)
{
    const char *ra = a->part.region, *rb = b->part.region;

    return ra[0] != '\0' && rb[0] != '\0' && strstr(ra, rb) == NULL && strstr(rb, ra) == NULL;
}

static unsigned caps_of(const struct match_name *a, const struct match_name *b)
{
    unsigned caps = 0;

    caps |= legal_differs(a, b) ? MATCH_CAP_LEGAL : 0u;
    caps |= tokens_differ(a, b, TOKEN_BRANCH) ? MATCH_CAP_BRANCH : 0u;
    caps |= tokens_differ(a, b, TOKEN_COUNTRY) ? MATCH_CAP_COUNTRY : 0u;
    caps |= tokens_differ(a, b, TOKEN_NUMBER) ? MATCH_CAP_NUMBER : 0u;
    caps |= match_regions_differ(a, b) ? MATCH_CAP_REGION : 0u;
    caps |= strcmp(a->part.office, b->part.office) != 0 ? MATCH_CAP_OFFICE : 0u;
    return caps;
}

/* ---- fields ---- */

static const struct {
    enum match_field field;
    size_t offset;
    double bonus;
    const char *name;
} field_rows[] = {
    { MATCH_FIELD_TAX_ID, offsetof(struct match_fields, tax_id), 0, "tax id" },
    { MATCH_FIELD_DOMAIN, offsetof(struct match_fields, domain), .25, "domain" },
    { MATCH_FIELD_PHONE, offsetof(struct match_fields, phone), .15, "phone" },
    { MATCH_FIELD_ADDRESS, offsetof(struct match_fields, address), .15, "address" },
};

static const char *field_of(const struct match_fields *fields, size_t offset)
{
    const char *value =
        fields == NULL ? NULL : *(const char *const *)((const char *)fields + offset);

    return value != NULL ? value : "";
}

static double compare_fields(const struct match_fields *a, const struct match_fields *b,
                             struct match_evidence *out)
{
    double bonus = 0;

    for (size_t i = 0; i < ARRAY_LEN(field_rows); i++) {
        const char *va = field_of(a, field_rows[i].offset);
        const char *vb = field_of(b, field_rows[i].offset);

        if (va[0] == '\0' || vb[0] == '\0')
            continue;
        if (strcmp(va, vb) == 0) {
            out->fields_equal |= field_rows[i].field;
            bonus += field_rows[i].bonus;
        } else {
            out->fields_differ |= field_rows[i].field;
        }
    }
    return bonus;
}

void match_score(const struct match_name *a, const struct match_fields *a_fields,
                 const struct match_name *b, const struct match_fields *b_fields,
                 struct match_evidence *out)
{
    struct match_part name = score_name(a, b);

    *out = (struct match_evidence){ .name_score = name.score, .rule = name.rule };
    out->caps = caps_of(a, b);
    double score = name.score + compare_fields(a_fields, b_fields, out);
    if (out->fields_differ & MATCH_FIELD_TAX_ID)
        out->caps |= MATCH_CAP_TAX_ID;
    if (out->caps != 0 && score > capped_score)
        score = capped_score;
    if (out->fields_equal & MATCH_FIELD_TAX_ID)
        score = 1;
    out->score = score < 1 ? score : 1;
    out->verdict = out->score >= match_same_from       ? MATCH_SAME
                   : out->score >= match_possible_from ? MATCH_POSSIBLE
                                                       : MATCH_DIFFERENT;
}

/* ---- words ---- */

const char *match_verdict_name(enum match_verdict verdict)
{
    static const char *const names[MATCH_VERDICT_COUNT] = {
        [MATCH_DIFFERENT] = "different",
        [MATCH_POSSIBLE] = "possible",
        [MATCH_SAME] = "same",
    };

    return names[verdict];
}

const char *match_rule_name(enum match_rule rule)
{
    static const char *const names[MATCH_RULE_COUNT] = {
        [MATCH_BY_NOTHING] = "nothing",       [MATCH_BY_CORE] = "core",
        [MATCH_BY_WORDS] = "words",           [MATCH_BY_CONTAINED] = "contained",
        [MATCH_BY_SPELLING] = "spelling",     [MATCH_BY_ALIAS] = "alias",
        [MATCH_BY_PINYIN] = "pinyin",         [MATCH_BY_BRAND] = "brand",
        [MATCH_BY_CHARACTERS] = "characters",
    };

    return names[rule];
}

static const char *list_caps(struct arena *a, unsigned caps)
{
    static const char *const names[] = { "legal form", "branch word", "country", "number",
                                         "region",     "office",      "tax id" };
    const char *text = "";

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (caps & 1u << i)
            text = arena_printf(a, "%s%s%s", text, text[0] != '\0' ? ", " : "", names[i]);
    return text;
}

static const char *list_fields(struct arena *a, unsigned fields)
{
    const char *text = "";

    for (size_t i = 0; i < ARRAY_LEN(field_rows); i++)
        if (fields & field_rows[i].field)
            text = arena_printf(a, "%s%s%s", text, text[0] != '\0' ? ", " : "", field_rows[i].name);
    return text;
}

char *match_evidence_text(struct arena *a, const struct match_evidence *e)
{
    const char *caps = list_caps(a, e->caps), *same = list_fields(a, e->fields_equal);

    return arena_printf(a, "%s %.2f%s%s%s%s", match_rule_name(e->rule), e->name_score,
                        caps[0] != '\0' ? "; differ: " : "", caps,
                        same[0] != '\0' ? "; same: " : "", same);
}

/* programme/programme_match.c - which known company the applicant may be, with the evidence in
 * words. */
#include "programme/programme_inside.h"

#include "account/match_score.h"
#include "base/str.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <jansson.h>

struct evidence {
    unsigned caps, equal, differ;
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
    e.rule = rule != NULL ? arena_dup(a, rule) : "";
    json_decref(root);
    return e;
}

static const struct {
    unsigned field;
    const char *words;
} field_words[] = {
    { MATCH_FIELD_TAX_ID, N_("tax number") },
    { MATCH_FIELD_DOMAIN, N_("domain") },
    { MATCH_FIELD_PHONE, N_("phone") },
    { MATCH_FIELD_ADDRESS, N_("address") },
};

static const char *fields_text(const struct request *req, unsigned fields)
{
    const char *text = "";

    for (size_t i = 0; i < ARRAY_LEN(field_words); i++)
        if ((fields & field_words[i].field) != 0)
            text = arena_printf(req->arena, "%s%s%s", text, *text == '\0' ? "" : tr(req, N_(", ")),
                                tr(req, field_words[i].words));
    return text;
}

static void show_match(struct request *req, struct view *v, const struct application_match *m)
{
    const struct evidence e = read_evidence(req->arena, m->evidence_json);
    struct view *row = view_row(v, "Matches");
    const bool partner = str_eq(m->kind, "partner");

    view_text(row, "Name", m->name);
    view_int(row, "Id", m->id);
    view_text(row, "Href", arena_number(req->arena, "/staff/accounts/", m->id));
    view_text(row, "Country", text_country_name(text_locale_lang(req->locale), m->country));
    view_text(row, "City", m->city);
    view_text(row, "Kind",
              partner ? tr(req, N_("Partner"))
                      : (str_eq(m->kind, "customer") ? tr(req, N_("Customer"))
                                                     : tr(req, N_("Prospect"))));
    view_flag(row, "IsPartner", partner && !str_eq(m->status, "ended"));
    page_status(req, row, "Verdict", deal_verdict_statuses, m->verdict);
    view_text(row, "Score", text_decimal(req->locale, req->arena, m->score * 10, 2, 2));
    view_text(row, "Rule", deal_match_rule_text(req, e.rule));
    view_text(row, "Equal", fields_text(req, e.equal));
    view_text(row, "Differ", fields_text(req, e.differ));
    view_text(row, "Caps", deal_match_cap_text(req, e.caps));
}

struct err *programme_show_matches(struct request *req, struct view *v,
                                   const struct application *application)
{
    struct application_match *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_matches, DB_ARGS(DB_I(application->id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        show_match(req, v, &rows[i]);
    return NULL;
}

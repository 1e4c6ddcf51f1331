/* programme/programme_show.c - what several pages of the programme show: texts, the checklist, how
 * it went, statuses. */
#include "programme/programme_inside.h"

#include "base/str.h"
#include "web/form_fields.h"

#include <string.h>

const struct status_row application_statuses[] = {
#define X(id, code, tone, icon, word) { code, tone, icon, word },
    APPLICATION_STATES(X)
#undef X
        { 0 },
};
const struct status_row partner_statuses[] = {
#define X(id, code, tone, icon, word) { code, tone, icon, word },
    PARTNER_STATES(X)
#undef X
        { 0 },
};

static const struct field version_fields[] = {
    FORM_VERSION_NEEDED(struct programme_version_input),
    { 0 },
};
const struct form programme_version_form = { .name = "programme.version",
                                             .fields = version_fields,
                                             .size_bytes = sizeof(struct programme_version_input) };

const char *programme_word(const struct request *req, const char *en, const char *zh)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    const char *text = chinese ? zh : en;

    return text != NULL ? text : "";
}

const char *application_number(struct arena *a, int64_t id)
{
    return arena_number(a, "PA-", id);
}

enum application_state application_state_of(const struct application *application)
{
    return application_state_find(application->state_code);
}

void programme_show_text(struct request *req, struct view *v, const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        const size_t len = end != NULL ? (size_t)(end - text) : strlen(text);
        const char *part = str_trim(req->arena, arena_dup_bytes(req->arena, text, len));

        if (*part != '\0')
            view_text(view_row(v, "Paragraphs"), "Text", part);
        text += len;
        text += strspn(text, "\n");
    }
}

static void show_step(struct request *req, struct view *v, const struct onboarding_row *row)
{
    struct view *step = view_row(v, "Steps");

    view_int(step, "Id", row->id);
    view_text(step, "Text", programme_word(req, row->text_en, row->text_zh));
    view_flag(step, "IsOptional", !row->required);
    view_text(step, "TickedName", row->ticked_name);
    view_text(step, "VerifiedName", row->verified_name);
    view_flag(step, "IsTicked", row->ticked_at != 0);
    view_flag(step, "IsVerified", row->verified_at != 0);
    page_at(req, step, "Ticked", row->ticked_at);
    page_at(req, step, "Verified", row->verified_at);
}

size_t programme_open_steps(const struct onboarding_row *rows, size_t count)
{
    size_t open = 0;

    for (size_t i = 0; i < count; i++)
        open += rows[i].required && rows[i].verified_at == 0;
    return open;
}

struct err *programme_show_steps(struct request *req, struct view *v, int64_t account_id,
                                 size_t *open_out)
{
    struct onboarding_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_steps, DB_ARGS(DB_I(account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        show_step(req, v, &rows[i]);
    *open_out = programme_open_steps(rows, count);
    return NULL;
}

static const struct status_row move_words[] = {
    { "accept", "good", "writing-sign", N_("Agreement accepted") },
    { "activate", "good", "circle-check", N_("Activated") },
    { "suspend", "bad", "player-pause", N_("Suspended") },
    { "resume", "good", "player-play", N_("Resumed") },
    { "end", "off", "plug-off", N_("Ended") },
    { "tier", "info", "award", N_("New tier") },
    { "admit", "info", "building-store", N_("Admitted") },
    { 0 },
};

static const struct status_row *move_word(const char *verb)
{
    const struct status_row *row = move_words;

    while (row->code != NULL && !str_eq(row->code, verb))
        row++;
    return row;
}

static void show_move(struct request *req, struct view *v, const struct partner_move_row *move)
{
    const struct status_row *word = move_word(move->verb);
    struct view *row = view_row(v, "History");

    view_text(row, "Tone", word->code != NULL ? word->tone : "neutral");
    view_text(row, "Icon", word->code != NULL ? word->icon : "history");
    view_text(row, "Title", word->code != NULL ? tr(req, word->label) : move->verb);
    view_text(row, "Text", move->reason_text);
    view_text(row, "Who", move->user_name);
    page_at(req, row, "At", move->at);
}

static void show_acceptance(struct request *req, struct view *v, const struct acceptance *row)
{
    struct view *item = view_row(v, "Accepted");

    view_text(item, "Title", programme_word(req, row->title_en, row->title_zh));
    view_text(item, "Who", row->user_name);
    view_text(item, "Address", row->address);
    page_at(req, item, "At", row->accepted_at);
}

struct err *programme_show_history(struct request *req, struct view *v, int64_t account_id)
{
    struct partner_move_row *moves;
    struct acceptance *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_moves, DB_ARGS(DB_I(account_id)), &moves,
                &count));
    for (size_t i = 0; i < count; i++)
        show_move(req, v, &moves[i]);
    TRY(db_list(req->db, req->arena, &programme_sql_accepted, DB_ARGS(DB_I(account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        show_acceptance(req, v, &rows[i]);
    return NULL;
}

/* web/rows.c */
#include "web/rows.h"

#include "base/log.h"
#include "web/form.h"
#include "web/inside.h"

/* A worker keeps a mould for each part that it has shown. */
static struct mould *mould_of(struct server_state *state, const struct rows_part *part)
{
    struct rows_kept *kept = state->moulds;

    while (kept->part != NULL && kept->part != part)
        kept++;
    if (kept == state->moulds + MOULDS_KEPT - 1)
        log_die("more kinds of rows than a worker has places for");
    if (kept->part == NULL)
        *kept = (struct rows_kept){ part, mould_new(state->templates, part->page, part->names) };
    /* Whoever works on templates sees each change at once. */
    if (state->conf->dev != 0)
        mould_forget(kept->mould);
    return kept->mould;
}

void rows_begin(struct request *req, const struct rows_part *part)
{
    struct server_state *state = req->serve->state;

    state->mould = mould_of(state, part);
    if (req->serve->rows_shown == NULL)
        buf_reset(&state->rows);
    state->rows_at = state->rows.len;
}

void rows_add(struct request *req, const struct mould_value *values)
{
    struct server_state *state = req->serve->state;

    view_fail(req->page, mould_fill(state->mould, text_locale_lang(req->locale), values,
                                    state->part_values, &state->rows));
}

void rows_show(struct request *req, struct view *v, const char *name)
{
    struct serve *s = req->serve;
    struct rows_shown *shown = arena_alloc(req->arena, sizeof(*shown));

    *shown = (struct rows_shown){ v, name, s->state->rows_at, s->rows_shown };
    s->rows_shown = shown;
    buf_putc(&s->state->rows, '\0');
    s->state->rows_at = s->state->rows.len;
}

struct mould_value rows_take(struct request *req)
{
    struct server_state *state = req->serve->state;
    const char *rows = state->rows.data + state->rows_at;
    const char *html = arena_dup_bytes(req->arena, rows, state->rows.len - state->rows_at);

    state->rows.len = state->rows_at;
    return (struct mould_value){ html, true };
}

/* Not before: the buffer moves while it grows. */
void rows_lend(const struct serve *s)
{
    for (const struct rows_shown *shown = s->rows_shown; shown != NULL; shown = shown->next)
        view_html_lent(shown->place, shown->name, s->state->rows.data + shown->at);
}

struct mould_value rows_token(struct request *req)
{
    return mould_text(arena_dup(req->arena, form_token(req)));
}

struct mould_value rows_status(struct request *req, const struct status_row *table,
                               const char *code)
{
    return mould_html(status_part(req, table, code));
}

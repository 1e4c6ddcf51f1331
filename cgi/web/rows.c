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
    buf_reset(&state->rows);
}

void rows_add(struct request *req, const struct mould_value *values)
{
    struct server_state *state = req->serve->state;

    view_fail(req->page, mould_fill(state->mould, text_locale_lang(req->locale), values,
                                    state->part_values, &state->rows));
}

void rows_show(struct request *req, struct view *v, const char *name)
{
    view_html_text(v, name, req->serve->state->rows.data);
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

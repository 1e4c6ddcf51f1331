/* web/judge.c */
#include "web/judge.h"

#include "web/inside.h"

#include <string.h>

/* What a refusal names. */
static const struct route nowhere = { .name = "judge" };

struct request *judge_request(struct arena *a, struct db *db, const struct actor *actor,
                              enum lang lang)
{
    struct serve *s = arena_alloc(a, sizeof(*s));
    struct server_state *state = arena_alloc(a, sizeof(*state));

    state->kept = state->run = a;
    s->state = state;
    s->method = HTTP_POST;
    s->actor = *actor;
    s->req = (struct request){ .arena = a,
                               .db = db,
                               .actor = &s->actor,
                               .route = &nowhere,
                               .locale = text_locale_get(lang, actor->zone),
                               .path = "",
                               .query = "",
                               .remote_addr = "",
                               .user_agent = "",
                               .serve = s };
    return &s->req;
}

struct err *judge_form(struct request *req, const struct form *form,
                       const struct judge_value *values, size_t count, const void **input_out)
{
    struct serve *s = req->serve;
    struct err *e;

    s->body.items = arena_array(req->arena, count + 1, sizeof(*s->body.items));
    s->body.count = count;
    for (size_t i = 0; i < count; i++)
        s->body.items[i] = (struct http_pair){ .name = values[i].name,
                                               .value = values[i].value,
                                               .len = strlen(values[i].value) };
    *input_out = NULL;
    e = form_read(s, form, &s->body, input_out);
    if (!err_is(e, ERR_INVALID))
        return err_pass(e);
    err_free(e);
    return NULL;
}

const struct judge_fault *judge_faults(const struct request *req, size_t *count_out)
{
    const struct serve *s = req->serve;
    struct judge_fault *list;
    size_t count = 0;

    for (const struct fault *f = s->faults; f != NULL; f = f->next)
        count++;
    list = arena_array(req->arena, count + 1, sizeof(*list));
    *count_out = 0;
    for (const struct fault *f = s->faults; f != NULL; f = f->next)
        list[(*count_out)++] = (struct judge_fault){ f->field, f->index, f->message };
    return list;
}

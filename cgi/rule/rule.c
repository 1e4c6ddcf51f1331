/* rule/rule.c - what changes a table of rules: one added or changed, switched, moved, deleted, each
 * under what its person was shown, each in the audit. */
#include "rule/rule_inside.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "web/form_fields.h"

#include <string.h>

enum { STEP = 10, FIELDS_MOST = 40 };

const struct rule_head *rule_at(const struct rule_book *book, const void *rows, size_t i)
{
    return (const void *)((const char *)rows + i * book->row_bytes);
}

struct err *rule_rows(const struct rule_book *book, struct request *req, const void **rows_out,
                      size_t *count_out)
{
    unsigned char *rows;

    TRY(db_list(req->db, req->arena, book->rows, DB_NO_ARGS, &rows, count_out));
    *rows_out = rows;
    return NULL;
}

struct err *rule_load(const struct rule_book *book, struct request *req, int64_t id,
                      const void **object_out)
{
    const void *rows;
    size_t count;

    *object_out = NULL;
    TRY(rule_rows(book, req, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rule_at(book, rows, i)->id == id)
            *object_out = rule_at(book, rows, i);
    return NULL;
}

/* -- the audit -----------------------------------------------------------------------------------
 */

/* What a field holds, as text: amounts are beyond what JSON's numbers keep. */
static const char *held(struct request *req, const struct field *field, const void *input)
{
    const void *member = (const char *)input + field->offset;
    int64_t number;

    switch (field->kind) {
    case FIELD_FLAG:
        return *(const bool *)member ? "yes" : "no";
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_ID:
        number = *(const int64_t *)member;
        return number == 0 ? "" : arena_number(req->arena, "", number);
    default:
        return *(const char *const *)member;
    }
}

/* Everything that the form has but the version, without what is empty. */
static struct err *as_json(const struct rule_book *book, struct request *req, const void *input,
                           const char **json_out)
{
    struct canon members[FIELDS_MOST];
    size_t n = 0;

    for (const struct field *f = book->form->fields; f->name != NULL && n < FIELDS_MOST; f++) {
        const char *text = f->list || str_eq(f->name, "row_version") ? "" : held(req, f, input);

        if (!str_is_empty(text))
            members[n++] = CANON_T(f->name, text);
    }
    return err_pass(canon_text(req->arena, members, n, json_out));
}

const void *rule_stored(const struct rule_book *book, struct request *req, const void *rule)
{
    unsigned char *input = arena_alloc(req->arena, book->form->size_bytes);

    memset(input, 0, book->form->size_bytes);
    book->stored(req, rule, input);
    return input;
}

/* -- added and changed ---------------------------------------------------------------------------
 */

static struct err *refuse_changed(struct request *req)
{
    return err_pass(form_refuse_at(
        req, "name_en",
        tr(req, N_("Somebody changed this rule since you opened it. The form shows what you "
                   "typed; save again to keep it, or go back to read what is stored."))));
}

/* What it would have done is kept with it, so that its list never shows an old trial. */
static struct err *remember_trial(const struct rule_book *book, struct request *req,
                                  const struct rule_head *head, const void *input)
{
    struct rule_trial trial = { 0 };

    TRY(book->try_out(req, NULL, head, input, &trial));
    return err_pass(db_exec(
        req->db, book->tried,
        DB_ARGS(DB_I(trial.tried), DB_I(trial.matched), DB_I(trial.agreed), DB_I(head->id)), NULL));
}

struct err *rule_add(const struct rule_book *book, struct request *req)
{
    struct rule_head head = { 0 };
    const char *after = NULL;
    const void *rows;
    size_t count;

    TRY(rule_rows(book, req, &rows, &count));
    if (count >= RULES_MOST)
        return err_pass(
            form_refuse_at(req, "name_en", tr(req, N_("There are 200 rules: delete one first."))));
    TRY(book->write(req, 0, req->input, &head.id));
    TRY(as_json(book, req, req->input, &after));
    TRY(request_audit(req, book->kind, head.id, NULL, after));
    head.position = count == 0 ? STEP : rule_at(book, rows, count - 1)->position + STEP;
    TRY(remember_trial(book, req, &head, req->input));
    return err_pass(reply_redirect(req, "saved", "%s", book->address));
}

struct err *rule_change(const struct rule_book *book, struct request *req)
{
    const struct rule_head *head = req->object;
    const char *before = NULL, *after = NULL;
    int64_t id = 0;

    TRY(book->write(req, head->id, req->input, &id));
    if (id == 0)
        return err_pass(refuse_changed(req));
    TRY(as_json(book, req, rule_stored(book, req, head), &before));
    TRY(as_json(book, req, req->input, &after));
    TRY(request_audit(req, book->kind, head->id, before, after));
    TRY(remember_trial(book, req, head, req->input));
    return err_pass(reply_redirect(req, "saved", "%s", book->address));
}

/* -- switched, moved, deleted --------------------------------------------------------------------
 */

static const struct field version_fields[] = {
    FORM_VERSION_NEEDED(struct rule_version_input),
    { 0 },
};
const struct form rule_version_form = { .name = "rule.version",
                                        .fields = version_fields,
                                        .size_bytes = sizeof(struct rule_version_input) };

static const struct field move_fields[] = {
    { .name = "other",
      .label = N_("The rule beside it"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct rule_move_input, other) },
    { 0 },
};
const struct form rule_move_form = { .name = "rule.move",
                                     .fields = move_fields,
                                     .size_bytes = sizeof(struct rule_move_input) };

static struct err *refuse_list(struct request *req, const char *field)
{
    return err_pass(form_refuse_at(
        req, field,
        tr(req, N_("Somebody changed these rules since you opened them. Nothing was done; "
                   "this is how they stand now."))));
}

struct err *rule_turn_post(const struct rule_book *book, struct request *req)
{
    const struct rule_version_input *in = req->input;
    const struct rule_head *head = req->object;
    int64_t changed;

    TRY(db_exec(req->db, book->turn,
                DB_ARGS(DB_I(!head->active), DB_I(head->id), DB_I(in->row_version)), &changed));
    if (changed != 1 || in->row_version != head->row_version)
        return err_pass(refuse_list(req, "row_version"));
    TRY(request_audit(req, book->kind, head->id,
                      head->active ? "{\"active\":\"yes\"}" : "{\"active\":\"no\"}",
                      head->active ? "{\"active\":\"no\"}" : "{\"active\":\"yes\"}"));
    return err_pass(reply_redirect(req, "saved", "%s", book->address));
}

struct err *rule_delete_post(const struct rule_book *book, struct request *req)
{
    const struct rule_version_input *in = req->input;
    const struct rule_head *head = req->object;
    const char *before = NULL;
    int64_t changed;

    TRY(db_exec(req->db, book->remove, DB_ARGS(DB_I(head->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse_list(req, "row_version"));
    TRY(as_json(book, req, rule_stored(book, req, head), &before));
    TRY(request_audit(req, book->kind, head->id, before, NULL));
    return err_pass(reply_redirect(req, "deleted", "%s", book->address));
}

/* Somebody moved one of them meanwhile: run again, this time it shows. */
static struct err *place(const struct rule_book *book, struct request *req,
                         const struct rule_head *head, int64_t position)
{
    int64_t changed;

    if (head->position == position)
        return NULL;
    TRY(db_exec(req->db, book->place, DB_ARGS(DB_I(position), DB_I(head->id), DB_I(head->position)),
                &changed));
    return changed == 1 ? NULL : err_raise(ERR_AGAIN, "rules were moved at the same time");
}

/* All are numbered anew, the two in each other's place; most have their number already. */
static struct err *swap(const struct rule_book *book, struct request *req, const void *rows,
                        size_t count, size_t at, size_t other)
{
    for (size_t i = 0; i < count; i++) {
        const size_t to = i == at ? other : i == other ? at : i;

        TRY(place(book, req, rule_at(book, rows, i), (int64_t)(to + 1) * STEP));
    }
    return NULL;
}

static size_t find(const struct rule_book *book, const void *rows, size_t count, int64_t id)
{
    size_t i = 0;

    while (i < count && rule_at(book, rows, i)->id != id)
        i++;
    return i;
}

struct err *rule_move_post(const struct rule_book *book, struct request *req)
{
    const struct rule_move_input *in = req->input;
    const struct rule_head *head = req->object;
    const void *rows;
    size_t count, at, other;

    TRY(rule_rows(book, req, &rows, &count));
    at = find(book, rows, count, head->id);
    other = find(book, rows, count, in->other);
    if (at == count || other == count || (at + 1 != other && other + 1 != at))
        return err_pass(refuse_list(req, "other"));
    TRY(swap(book, req, rows, count, at, other));
    TRY(request_audit(req, book->kind, head->id,
                      arena_printf(req->arena, "{\"place\":%zu}", at + 1),
                      arena_printf(req->arena, "{\"place\":%zu}", other + 1)));
    return err_pass(reply_redirect(req, "saved", "%s", book->address));
}

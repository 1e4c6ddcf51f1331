/* programme/programme_agreement.c - staff's pages of the partner agreement: its versions, a draft
 * that is written, its publication, and who accepted it, when and from where. */
#include "programme/programme_inside.h"

#include "base/str.h"
#include "web/form_fields.h"
#include "web/form_changes.h"

#define ADDRESS "/staff/agreements"

enum { BODY_LENGTH = 40000, BODY_BYTES = 1024 * 1024 };

static const struct status_row statuses[] = {
    { "draft", "neutral", "pencil", N_("Draft") },
    { "published", "good", "world", N_("Published") },
    { 0 },
};

struct agreement_input {
    int64_t row_version;
    const char *title_en, *title_zh, *body_en, *body_zh;
    bool asks_again;
};
#define AT(member) .offset = offsetof(struct agreement_input, member)
#define TITLE(member, label_)                                                             \
    {                                                                                     \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .required = true, .min = 1, \
        .max = 200, .needed = N_("Enter the title in both languages."), AT(member)        \
    }
#define BODY(member, label_)                                                               \
    {                                                                                      \
        .name = #member, .label = label_, .kind = FIELD_LINES, .required = true, .min = 1, \
        .max = BODY_LENGTH, .needed = N_("Enter the text in both languages."), AT(member)  \
    }
static const struct field fields[] = {
    FORM_VERSION(struct agreement_input),
    TITLE(title_en, N_("Title, English")),
    TITLE(title_zh, N_("Title, Chinese")),
    BODY(body_en, N_("Text, English")),
    BODY(body_zh, N_("Text, Chinese")),
    { .name = "asks_again",
      .label = N_("Partners that have accepted an older version are asked again"),
      .kind = FIELD_FLAG,
      AT(asks_again) },
    { 0 },
};
const struct form agreement_form = { .name = "agreement",
                                     .fields = fields,
                                     .size_bytes = sizeof(struct agreement_input),
                                     .body_max_bytes = BODY_BYTES };

/* -- pages ---------------------------------------------------------------------------------------
 */

struct err *agreement_list_show(struct request *req)
{
    struct view *v = view_at(req->page, "Agreements");
    struct agreement *rows;
    size_t count;

    page_title(req, tr(req, N_("Partner agreement")));
    page_crumb(req, tr(req, N_("Partner programme")), "/staff/partners");
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_PROGRAMME_EDIT));
    TRY(db_list(req->db, req->arena, &programme_sql_agreements, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Rows");

        view_int(row, "Id", rows[i].id);
        view_text(row, "Href", arena_number(req->arena, ADDRESS "/", rows[i].id));
        view_text(row, "Title", programme_word(req, rows[i].title_en, rows[i].title_zh));
        view_text(row, "Who", rows[i].published_name);
        page_status(req, row, "Status", statuses, rows[i].state);
        page_at(req, row, "Published", rows[i].published_at);
    }
    return NULL;
}

static struct agreement_input as_input(const struct agreement *g)
{
    return (struct agreement_input){ .row_version = g->row_version,
                                     .title_en = g->title_en,
                                     .title_zh = g->title_zh,
                                     .body_en = g->body_en,
                                     .body_zh = g->body_zh,
                                     .asks_again = g->asks_again };
}

static void show_form(struct request *req, const struct agreement *g)
{
    const struct agreement_input stored = as_input(g);
    struct view *v = view_at(req->page, "Agreement");

    form_show(req, &agreement_form, &stored);
    view_text(v, "Action",
              g->id == 0 ? ADDRESS "/new" : arena_number(req->arena, ADDRESS "/", g->id));
    view_text(v, "Publish",
              g->id == 0 ? ""
                         : arena_printf(req->arena, ADDRESS "/%lld/publish", (long long)g->id));
    view_int(v, "Version", g->row_version);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_PROGRAMME_EDIT));
}

/* Begins with the current text: a new version is as a rule the old one with a change. */
struct err *agreement_new_show(struct request *req)
{
    struct agreement g;
    bool found;

    TRY(db_one(req->db, req->arena, &programme_sql_agreement_current, DB_NO_ARGS, &g, &found));
    if (!found)
        g = (struct agreement){ .title_en = "", .title_zh = "", .body_en = "", .body_zh = "" };
    g.id = g.row_version = 0;
    g.asks_again = true;
    page_title(req, tr(req, N_("New version of the agreement")));
    page_crumb(req, tr(req, N_("Partner agreement")), ADDRESS);
    show_form(req, &g);
    return NULL;
}

static struct err *show_acceptances(struct request *req, struct view *v, int64_t id)
{
    struct acceptance *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_acceptances, DB_ARGS(DB_I(id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Accepted");

        view_text(row, "Company", rows[i].account_name);
        view_text(row, "Href", arena_number(req->arena, "/staff/partners/", rows[i].account_id));
        view_text(row, "Who", rows[i].user_name);
        view_text(row, "Address", rows[i].address);
        view_text(row, "Language",
                  lang_name(str_eq(rows[i].lang, lang_code(LANG_ZH)) ? LANG_ZH : LANG_EN));
        page_at(req, row, "At", rows[i].accepted_at);
    }
    return NULL;
}

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct agreement *g = arena_alloc(req->arena, sizeof(*g));
    bool found;

    TRY(db_one(req->db, req->arena, &programme_sql_agreement, DB_ARGS(DB_I(id)), g, &found));
    *object_out = found ? g : NULL;
    return NULL;
}

const struct object_kind agreement_object = { .name = "agreement", .prefix = "", .load = load };

static bool is_draft(const struct agreement *g)
{
    return str_eq(g->state, "draft");
}

struct err *agreement_show(struct request *req)
{
    const struct agreement *g = req->object;
    struct view *v = view_at(req->page, "Agreement");

    page_title(req, programme_word(req, g->title_en, g->title_zh));
    page_status(req, view_at(req->page, "Page"), "Status", statuses, g->state);
    page_crumb(req, tr(req, N_("Partner agreement")), ADDRESS);
    page_fact(req, trf(req, N_("Version %lld"), (long long)g->id));
    if (!is_draft(g))
        page_fact(req, trf(req, N_("published by %s"), g->published_name));
    view_flag(v, "IsDraft", is_draft(g));
    show_form(req, g);
    programme_show_text(req, v, programme_word(req, g->body_en, g->body_zh));
    return err_pass(show_acceptances(req, v, g->id));
}

/* -- writing -------------------------------------------------------------------------------------
 */

struct err *agreement_new_post(struct request *req)
{
    const struct agreement_input *in = req->input;
    int64_t id;

    TRY(db_insert(req->db, &programme_sql_agreement_add,
                  DB_ARGS(DB_S(in->title_en), DB_S(in->title_zh), DB_S(in->body_en),
                          DB_S(in->body_zh), DB_I(in->asks_again)),
                  &id));
    TRY(form_audit(req, "agreement", id, (struct form_of){ &agreement_form, NULL }, NULL, in));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)id));
}

static struct err *refuse(struct request *req)
{
    return err_pass(form_refuse_at(
        req, "row_version",
        tr(req, N_("Somebody changed or published this version since you opened it."))));
}

struct err *agreement_edit_post(struct request *req)
{
    const struct agreement_input *in = req->input;
    const struct agreement *g = req->object;
    const struct agreement_input stored = as_input(g);
    int64_t changed;

    TRY(db_exec(req->db, &programme_sql_agreement_set,
                DB_ARGS(DB_S(in->title_en), DB_S(in->title_zh), DB_S(in->body_en),
                        DB_S(in->body_zh), DB_I(in->asks_again), DB_I(g->id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(form_audit(req, "agreement", g->id, (struct form_of){ &agreement_form, NULL }, &stored,
                   in));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)g->id));
}

/* From now on it stays as it is; the worker asks the partners. */
struct err *agreement_publish_post(struct request *req)
{
    const struct programme_version_input *in = req->input;
    const struct agreement *g = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &programme_sql_agreement_publish,
                DB_ARGS(DB_S(req->actor->name), DB_I(g->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(request_audit(req, "agreement", g->id, "{\"state\":\"draft\"}",
                      "{\"state\":\"published\"}"));
    if (g->asks_again)
        TRY(job_add(req->db, "programme.ask", g->id, 0, NULL, "programme.ask"));
    return err_pass(reply_redirect(req, "agreement_published", ADDRESS "/%lld", (long long)g->id));
}

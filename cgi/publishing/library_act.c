/* publishing/library_act.c - documents are written, published, retired; a file becomes the next
 * version.  The version of the row that was shown decides who was first. */
#include "publishing/library_staff.h"

#include "attachment/attachment.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "identity/identity.h"
#include "web/form_fields.h"

#define ADDRESS "/staff/library"

/* -- forms ---------------------------------------------------------------------------------------
 */

#define AT(member) .offset = offsetof(struct document_input, member)
#define NAME(member, label_)                                                              \
    {                                                                                     \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .required = true, .min = 1, \
        .max = 160, .needed = N_("Enter the name in both languages."), AT(member)         \
    }
#define TEXT(member, label_)                                                           \
    {                                                                                  \
        .name = #member, .label = label_, .kind = FIELD_LINES, .max = 1000, AT(member) \
    }
#define FACTS                                                                                 \
    NAME(name_en, N_("Name, English")), NAME(name_zh, N_("Name, Chinese")),                   \
        TEXT(text_en, N_("Description, English")), TEXT(text_zh, N_("Description, Chinese")), \
        { .name = "category",                                                                 \
          .label = N_("Category"),                                                            \
          .kind = FIELD_CHOICE,                                                               \
          .required = true,                                                                   \
          .choices = library_categories,                                                      \
          AT(category) },                                                                     \
        { .name = "language",                                                                 \
          .label = N_("Language of the file"),                                                \
          .kind = FIELD_CHOICE,                                                               \
          .choices = library_languages,                                                       \
          AT(language) },                                                                     \
        { .name = "tier",                                                                     \
          .label = N_("For partners"),                                                        \
          .kind = FIELD_CHOICE,                                                               \
          .choices_of = library_tier_choices,                                                 \
          AT(tier) },                                                                         \
        { .name = "line",                                                                     \
          .label = N_("Product line"),                                                        \
          .kind = FIELD_CHOICE,                                                               \
          .choices_of = library_line_choices,                                                 \
          AT(line) },                                                                         \
    {                                                                                         \
        .name = "countries", .label = N_("Countries"), .kind = FIELD_TEXT, .max = 200,        \
        AT(countries)                                                                         \
    }

/* What was typed becomes what is stored. */
static void check(struct request *req, void *data)
{
    struct document_input *in = data;

    if (!library_read_countries(req, in->countries, &in->countries))
        form_fault(req, "countries", -1,
                   tr(req, N_("Two letters for each country, with commas between: CN, DE.")));
}

static const struct field new_fields[] = {
    FACTS,
    { .name = "files", .label = N_("File"), .kind = FIELD_FILES, .required = true, AT(files) },
    { 0 }
};
const struct form library_new_form = { .name = "document.new",
                                       .fields = new_fields,
                                       .size_bytes = sizeof(struct document_input),
                                       .body_max_bytes = LIBRARY_BODY_BYTES,
                                       .lists_max = 1,
                                       .check = check };
static const struct field edit_fields[] = { FORM_VERSION(struct document_input), FACTS, { 0 } };
const struct form library_edit_form = { .name = "document",
                                        .fields = edit_fields,
                                        .size_bytes = sizeof(struct document_input),
                                        .check = check };

struct version_input {
    int64_t row_version;
    const char *change_note;
    struct upload_list files;
};
#undef AT
#define AT(member) .offset = offsetof(struct version_input, member)
static const struct field version_fields[] = {
    FORM_VERSION(struct version_input),
    { .name = "change_note",
      .label = N_("What is new in it"),
      .kind = FIELD_TEXT,
      .max = 400,
      AT(change_note) },
    { .name = "files", .label = N_("File"), .kind = FIELD_FILES, .required = true, AT(files) },
    { 0 },
};
const struct form library_version_form = { .name = "document.version",
                                           .fields = version_fields,
                                           .size_bytes = sizeof(struct version_input),
                                           .body_max_bytes = LIBRARY_BODY_BYTES,
                                           .lists_max = 1 };

struct move_input {
    int64_t row_version;
    const char *to;
};
#undef AT
#define AT(member) .offset = offsetof(struct move_input, member)
static const struct choice moves[] = { { "published", N_("Publish") },
                                       { "retired", N_("Retire") },
                                       { 0 } };
static const struct field move_fields[] = {
    FORM_VERSION(struct move_input),
    { .name = "to",
      .label = N_("Status"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = moves,
      AT(to) },
    { 0 },
};
const struct form library_move_form = { .name = "document.move",
                                        .fields = move_fields,
                                        .size_bytes = sizeof(struct move_input) };

/* -- acts ----------------------------------------------------------------------------------------
 */

static struct err *add_version(struct request *req, int64_t document_id, int64_t no,
                               const char *note, const struct upload_list *files)
{
    struct attachment_owner owner = { .kind = LIBRARY_KIND, .user_id = req->actor->user_id };
    const struct deal_rooms *rooms = req->rooms;

    TRY(db_insert(req->db, &library_sql_version_add,
                  DB_ARGS(DB_I(document_id), DB_I(no), DB_S(note), DB_S(req->actor->name)),
                  &owner.object_id));
    return err_pass(attachment_add(rooms->files, req->db, req->arena, &owner, &files->items[0]));
}

static struct err *go_to(struct request *req, int64_t id, const char *note)
{
    return err_pass(reply_redirect(req, note, ADDRESS "/%lld", (long long)id));
}

struct err *library_new_post(struct request *req)
{
    const struct document_input *in = req->input;
    int64_t id;

    TRY(db_insert(req->db, &library_sql_add,
                  DB_ARGS(DB_S(in->category), DB_S(in->language), DB_ID(library_number(in->tier)),
                          DB_ID(library_number(in->line)), DB_S(in->countries), DB_S(in->name_en),
                          DB_S(in->name_zh), DB_S(in->text_en), DB_S(in->text_zh),
                          DB_S(req->actor->name)),
                  &id));
    TRY(add_version(req, id, 1, "", &in->files));
    TRY(request_audit(req, LIBRARY_KIND, id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "name", in->name_en }))));
    return err_pass(go_to(req, id, "saved"));
}

static struct err *refuse(struct request *req)
{
    return err_pass(form_refuse_at(
        req, "",
        tr(req, N_("Somebody changed this document since you opened it. Look at it again."))));
}

static const char *facts_json(struct arena *a, const char *name, const char *category,
                              const char *tier, const char *countries)
{
    return identity_json(a, JSON_PAIRS({ "name", name }, { "category", category }, { "tier", tier },
                                       { "countries", countries }));
}

struct err *library_edit_post(struct request *req)
{
    const struct document_input *in = req->input;
    const struct document *d = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &library_sql_set,
                DB_ARGS(DB_S(in->category), DB_S(in->language), DB_ID(library_number(in->tier)),
                        DB_ID(library_number(in->line)), DB_S(in->countries), DB_S(in->name_en),
                        DB_S(in->name_zh), DB_S(in->text_en), DB_S(in->text_zh), DB_I(d->id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(request_audit(req, LIBRARY_KIND, d->id,
                      facts_json(req->arena, d->name_en, d->category,
                                 arena_number(req->arena, "", d->tier_id), d->countries),
                      facts_json(req->arena, in->name_en, in->category,
                                 arena_number(req->arena, "", library_number(in->tier)),
                                 in->countries)));
    return err_pass(go_to(req, d->id, "saved"));
}

struct err *library_version_post(struct request *req)
{
    const struct version_input *in = req->input;
    const struct document *d = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &library_sql_next, DB_ARGS(DB_I(d->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(add_version(req, d->id, d->version_no + 1, in->change_note, &in->files));
    TRY(request_audit(
        req, LIBRARY_KIND, d->id,
        arena_printf(req->arena, "{\"version\":%lld}", (long long)d->version_no),
        arena_printf(req->arena, "{\"version\":%lld}", (long long)d->version_no + 1)));
    return err_pass(go_to(req, d->id, "saved"));
}

struct err *library_move_post(struct request *req)
{
    const struct move_input *in = req->input;
    const struct document *d = req->object;
    int64_t changed;

    TRY(db_exec(
        req->db, &library_sql_move,
        DB_ARGS(DB_S(in->to), DB_S(in->to), DB_I(d->id), DB_I(in->row_version), DB_S(in->to)),
        &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(request_audit(req, LIBRARY_KIND, d->id,
                      identity_json(req->arena, JSON_PAIRS({ "state", d->state })),
                      identity_json(req->arena, JSON_PAIRS({ "state", in->to }))));
    return err_pass(go_to(req, d->id, "saved"));
}

/* transfer/transfer_new.c - the list of imports, a new one, and templates to fill in. */
#include "access/parameter.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "deal/deal_rooms.h"
#include "transfer/transfer_inside.h"
#include "custom/custom_sheet.h"
#include "web/export.h"
#include "web/list.h"

#include <string.h>

#define ADDRESS "/staff/imports"

enum { FILE_BYTES_MOST = 25 * 1024 * 1024, FORM_BYTES = 4096, NAME_LETTERS_MOST = 200 };

const struct status_row transfer_states[] = {
    { "mapping", "wait", "columns", N_("Columns to choose") },
    { "reading", "active", "loader", N_("Being read") },
    { "checking", "active", "loader", N_("Being checked") },
    { "preview", "wait", "eye", N_("Waits for you") },
    { "running", "active", "loader", N_("Being written") },
    { "done", "good", "check", N_("Done") },
    { "undoing", "active", "loader", N_("Being taken back") },
    { "undone", "off", "arrow-back-up", N_("Taken back") },
    { "dropped", "off", "x", N_("Cancelled") },
    { "refused", "bad", "alert-circle", N_("Cannot be read") },
    { "stopped", "bad", "x", N_("Stopped") },
    { 0 },
};

bool transfer_may(const struct actor *actor, const struct transfer_set *set)
{
    return actor_may(actor, set->permission);
}

const char *transfer_address(struct arena *a, const struct transfer *t)
{
    return arena_number(a, ADDRESS "/IM-", t->id);
}

void transfer_crumbs(struct request *req)
{
    page_crumb(req, tr(req, N_("Imports")), ADDRESS);
}

/* Of others only who sees every department. */
static struct db_arg sees_all(const struct actor *actor)
{
    return DB_I(actor->department_low == 0 && actor->department_high == INT64_MAX);
}

/* -- whose ---------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct transfer *t = arena_alloc(req->arena, sizeof(*t));
    const struct transfer_set *set;
    bool found;

    TRY(db_one(req->db, req->arena, &transfer_sql_of_staff,
               DB_ARGS(DB_I(id), DB_I(req->actor->user_id), sees_all(req->actor)), t, &found));
    set = found ? transfer_set_find(t->dataset) : NULL;
    *object_out = set != NULL && transfer_may(req->actor, set) ? t : NULL;
    return NULL;
}
const struct object_kind transfer_object = { .name = "transfer", .prefix = "IM-", .load = load };

/* -- the list ------------------------------------------------------------------------------------
 */

struct list_query {
    struct list_input list;
};
static const struct field list_fields[] = { LIST_FIELDS(struct list_query), { 0 } };
const struct form transfer_list_query = { .name = "transfer_list",
                                          .fields = list_fields,
                                          .size_bytes = sizeof(struct list_query) };
static const struct list_column list_columns[] = { { "newest", false, false }, { 0 } };
static const struct list_spec list_spec = { .address = ADDRESS, .columns = list_columns };

static void show_line(struct request *req, const struct transfer *t)
{
    const struct transfer_set *set = transfer_set_find(t->dataset);
    struct view *row;

    if (set == NULL || !transfer_may(req->actor, set))
        return;
    row = view_row(view_at(req->page, "Imports"), "Rows");
    view_text(row, "Number", arena_number(req->arena, "IM-", t->id));
    view_text(row, "Href", transfer_address(req->arena, t));
    view_text(row, "File", t->file_name);
    view_text(row, "Set", tr(req, set->title));
    view_text(row, "Who", t->user_name);
    page_at(req, row, "At", t->created_at);
    page_int(req, row, "Count", t->row_count);
    page_int(req, row, "Made", t->made_count - t->undone_count);
    page_status(req, row, "Status", transfer_states, t->state);
}

static struct err *read_list(struct request *req, const struct list *list,
                             struct transfer **rows_out, size_t *count_out)
{
    const struct db_stmt *const stmts[] = { [LIST_FIRST] = &transfer_sql_list,
                                            [LIST_OLDER] = &transfer_sql_list_older,
                                            [LIST_NEWER] = &transfer_sql_list_newer };
    struct db_arg args[5] = { DB_I(req->actor->user_id), sees_all(req->actor) };
    size_t n = 2;

    if (list->direction != LIST_FIRST)
        args[n++] = DB_I(list->key.id);
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, stmts[list->direction], args, rows_out, count_out));
}

struct err *transfer_list_show(struct request *req)
{
    const struct list_query *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct transfer *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &list_spec, &in->list, &list));
    TRY(read_list(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    page_title(req, tr(req, N_("Imports")));
    for (size_t i = 0; i < count; i++)
        show_line(req, &rows[i]);
    if (count > 0) {
        first = (struct list_key){ .number = rows[0].id, .id = rows[0].id };
        last = (struct list_key){ .number = rows[count - 1].id, .id = rows[count - 1].id };
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* -- a new one -----------------------------------------------------------------------------------
 */

static const struct choice *own_sets(struct request *req)
{
    struct choice *list;
    size_t count = 0, n = 0;

    while (transfer_sets[count] != NULL)
        count++;
    list = arena_array(req->arena, count + 1, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        if (transfer_may(req->actor, transfer_sets[i]))
            list[n++] = (struct choice){ transfer_sets[i]->code, tr(req, transfer_sets[i]->title) };
    return list;
}

struct new_input {
    const char *set;
    struct upload_list file;
};
static const struct field new_fields[] = {
    { .name = "set",
      .label = N_("What is in it"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices_of = own_sets,
      .offset = offsetof(struct new_input, set) },
    { .name = "file",
      .label = N_("File"),
      .kind = FIELD_FILES,
      .required = true,
      .any_kind = true,
      .offset = offsetof(struct new_input, file) },
    { 0 },
};
const struct form transfer_new_form = { .name = "transfer_new",
                                        .fields = new_fields,
                                        .size_bytes = sizeof(struct new_input),
                                        .body_max_bytes = FILE_BYTES_MOST + FORM_BYTES,
                                        .lists_max = 1 };

struct new_query {
    const char *set;
};
static const struct field query_fields[] = {
    { .name = "set",
      .label = N_("What is in it"),
      .kind = FIELD_CHOICE,
      .choices_of = own_sets,
      .offset = offsetof(struct new_query, set) },
    { 0 },
};
const struct form transfer_new_query = { .name = "transfer_new_query",
                                         .fields = query_fields,
                                         .size_bytes = sizeof(struct new_query) };
const struct form transfer_template_query = { .name = "transfer_template",
                                              .fields = query_fields,
                                              .size_bytes = sizeof(struct new_query) };

/* The set that is asked for, or the first that the person may import. */
static const struct transfer_set *set_asked(struct request *req, const char *code)
{
    const struct transfer_set *set = str_is_empty(code) ? NULL : transfer_set_find(code);

    for (size_t i = 0; set == NULL && transfer_sets[i] != NULL; i++)
        if (transfer_may(req->actor, transfer_sets[i]))
            set = transfer_sets[i];
    return set;
}

static const char *takes(struct request *req, const struct transfer_set *set, int i)
{
    const struct field *field = transfer_field(set, i);
    const struct choice *c = field->choices;
    const char *words = "";

    if (transfer_custom_of(set, (size_t)i) != NULL)
        return set->columns[i].takes != NULL ? set->columns[i].takes : "";
    if (set->columns[i].takes != NULL)
        return tr(req, set->columns[i].takes);
    if (field->kind == FIELD_INT)
        return tr(req, custom_takes_number);
    if (field->kind == FIELD_MONEY)
        return tr(req, custom_takes_amount);
    if (field->kind == FIELD_DAY)
        return tr(req, custom_takes_day);
    if (field->kind == FIELD_COUNTRY)
        return tr(req, N_("Name or two-letter code"));
    if (field->kind == FIELD_CURRENCY)
        return tr(req, N_("A code such as EUR"));
    if (field->kind == FIELD_EMAIL)
        return tr(req, N_("An e-mail address"));
    for (; c != NULL && c->value != NULL; c++)
        words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? " · " : "",
                             tr(req, c->label));
    return words;
}

static void show_sets(struct request *req, const struct transfer_set *set)
{
    struct view *v = view_at(req->page, "Import");

    for (int i = 0; transfer_sets[i] != NULL; i++) {
        struct view *chip;

        if (!transfer_may(req->actor, transfer_sets[i]))
            continue;
        chip = view_row(v, "Sets");
        view_text(chip, "Label", tr(req, transfer_sets[i]->title));
        view_text(chip, "Href",
                  arena_printf(req->arena, ADDRESS "/new?set=%s", transfer_sets[i]->code));
        view_flag(chip, "Current", transfer_sets[i] == set);
    }
}

static void show_columns(struct request *req, const struct transfer_set *set)
{
    struct view *v = view_at(req->page, "Import");

    for (int i = 0; set->columns[i].field != NULL; i++) {
        const struct field *field = transfer_field(set, i);
        struct view *row = view_row(v, "Columns");

        view_text(row, "Heading", tr(req, field->label));
        view_text(row, "Takes", takes(req, set, i));
        view_flag(row, "Needed", field->required);
    }
    view_text(v, "Template",
              arena_printf(req->arena, ADDRESS "/template.%s?set=%s", "csv", set->code));
    view_text(v, "TemplateXlsx",
              arena_printf(req->arena, ADDRESS "/template.%s?set=%s", "xlsx", set->code));
}

static struct err *show_limits(struct request *req)
{
    int64_t most;

    TRY(parameter_now(req->db, req->arena, PARAM_IMPORT_ROWS, &most));
    view_text(view_at(req->page, "Import"), "Limits",
              trf(req, N_("XLSX or CSV, at most %1$s rows and %2$s."),
                  text_number(req->locale, req->arena, most),
                  text_bytes(req->locale, req->arena, FILE_BYTES_MOST)));
    return NULL;
}

struct err *transfer_new_show(struct request *req)
{
    const struct new_query *query = req->route->method == HTTP_GET ? req->input : NULL;
    const struct transfer_set *set =
        set_asked(req, query != NULL ? query->set : form_typed(req, "set"));
    struct new_input stored = { 0 };

    page_title(req, tr(req, N_("New import")));
    page_fact(req, tr(req, N_("Nothing is written before you have seen what is in the file.")));
    transfer_crumbs(req);
    if (set == NULL || !transfer_may(req->actor, set))
        return NULL;
    show_sets(req, set);
    TRY(transfer_set_now(req, set, &set));
    stored.set = set->code;
    view_text(view_at(req->page, "Import"), "Set", tr(req, set->title));
    show_columns(req, set);
    form_show(req, &transfer_new_form, &stored);
    return err_pass(show_limits(req));
}

static struct err *refuse_file(struct request *req, const char *message)
{
    return err_pass(form_refuse_at(req, "file", message));
}

/* What these headings were the last time, else what they say. */
static struct err *columns_for(struct request *req, const struct transfer_set *set,
                               const struct transfer_heads *heads, const unsigned char *hash,
                               const char **json_out)
{
    int *columns = arena_array(req->arena, heads->count + 1, sizeof(*columns));
    struct transfer_columns kept;
    bool found;

    TRY(db_one(req->db, req->arena, &transfer_sql_mapping_get,
               DB_ARGS(DB_S(set->code), DB_B(hash, SHA256_BYTES)), &kept, &found));
    if (found) {
        *json_out = kept.columns_json;
        return NULL;
    }
    transfer_guess(req->arena, set, heads->heads, heads->count, columns);
    *json_out = transfer_numbers_json(req->arena, columns, heads->count);
    return NULL;
}

static const char *name_with_sheet(struct request *req, const char *name, const char *sheet)
{
    const char *both = arena_join(req->arena, name, " › ", sheet, NULL);

    return *sheet != '\0' && utf8_count(both) <= NAME_LETTERS_MOST ? both : name;
}

static struct err *keep(struct request *req, const struct transfer_set *set,
                        const struct transfer_heads *heads, const struct upload *file,
                        int64_t *id_out)
{
    const struct deal_rooms *rooms = req->rooms;
    const char *json = transfer_texts_json(req->arena, heads->heads, heads->count);
    const char *columns = "[]";
    const char *codes, *both;
    unsigned char hash[SHA256_BYTES];
    struct attachment_owner owner = { .kind = "transfer", .user_id = req->actor->user_id };
    int64_t now;

    TRY(transfer_custom_codes(req->db, req->arena, set, &codes));
    both = str_eq(codes, "[]") ? json : arena_join(req->arena, json, codes, NULL);
    sha256(both, strlen(both), hash);
    TRY(columns_for(req, set, heads, hash, &columns));
    TRY(db_now(req->db, &now));
    TRY(db_insert(req->db, &transfer_sql_insert,
                  DB_ARGS(DB_S(set->code), DB_I(req->actor->user_id), DB_S(req->actor->name),
                          DB_S(name_with_sheet(req, file->name, heads->sheet)), DB_S(json),
                          DB_S(heads->sample_json), DB_S(columns), DB_S(codes),
                          DB_B(hash, sizeof(hash)), DB_S("mapping"), DB_T(now)),
                  id_out));
    owner.object_id = *id_out;
    TRY(attachment_add(rooms->files, req->db, req->arena, &owner, file));
    return err_pass(request_audit(req, "transfer", *id_out, NULL,
                                  arena_printf(req->arena, "{\"dataset\":\"%s\"}", set->code)));
}

struct err *transfer_new_post(struct request *req)
{
    const struct new_input *in = req->input;
    const struct upload *file = &in->file.items[0];
    const struct transfer_set *set = transfer_set_find(in->set);
    struct transfer_heads heads;
    int64_t most, id;

    if (set == NULL || !transfer_may(req->actor, set))
        return err_raise(ERR_NOT_FOUND, "no data set of this person");
    TRY(transfer_set_now(req, set, &set));
    if (file->len > FILE_BYTES_MOST)
        return err_pass(
            refuse_file(req, trf(req, N_("At most %s in one file. Split it into several."),
                                 text_bytes(req->locale, req->arena, FILE_BYTES_MOST))));
    TRY(parameter_now(req->db, req->arena, PARAM_IMPORT_ROWS, &most));
    TRY(transfer_heads_read(req, file->data, file->len, most, &heads));
    if (heads.fault != NULL)
        return err_pass(refuse_file(req, heads.fault));
    TRY(keep(req, set, &heads, file, &id));
    return err_pass(reply_redirect(req, NULL, ADDRESS "/IM-%lld", (long long)id));
}

/* -- an empty file to fill in --------------------------------------------------------------------
 */

static struct err *no_rows(struct export *x, void *arg)
{
    (void)x, (void)arg;
    return NULL;
}

struct err *transfer_template(struct request *req)
{
    const struct new_query *query = req->input;
    const struct transfer_set *set = set_asked(req, query->set);
    struct text_xlsx_column heads[TRANSFER_COLUMNS_MOST + 1] = { { 0 } };
    const struct export_spec spec = {
        .file_name = "import-template", .title = N_("Import"), .columns = heads, .as_is = true
    };

    if (set == NULL || !transfer_may(req->actor, set))
        return err_raise(ERR_NOT_FOUND, "no data set of this person");
    TRY(transfer_set_now(req, set, &set));
    for (int i = 0; set->columns[i].field != NULL; i++)
        heads[i].head = tr(req, transfer_field(set, i)->label);
    return err_pass(export_filled(req, &spec, no_rows, NULL));
}

/* web/saved_view.c */
#include "web/saved_view.h"

#include "base/str.h"

#include <string.h>

enum { HERE_MAX = 400, NAME_MAX_CHARS = 60 };

struct saved_row {
    int64_t id;
    const char *name, *query;
};
static const struct db_field saved_fields[] = {
    DB_FIELD(struct saved_row, id, DB_I64, 0),
    DB_FIELD(struct saved_row, name, DB_TEXT, 320),
    DB_FIELD(struct saved_row, query, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt saved_of = {
    .name = "web.saved_view_of",
    .sql = "SELECT id, name, query FROM saved_view WHERE user_id = ? AND list = ? ORDER BY name"
           " LIMIT 20",
    .binds = "is",
    .fields = saved_fields,
    .row_bytes = sizeof(struct saved_row),
};
static const struct db_stmt saved_put = {
    .name = "web.saved_view_put",
    .sql = "INSERT INTO saved_view (user_id, list, name, query, created_at)"
           " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE query = VALUES(query)",
    .binds = "isss",
    .flags = DB_WRITE,
};
static const struct db_stmt saved_delete = {
    .name = "web.saved_view_delete",
    .sql = "DELETE FROM saved_view WHERE user_id = ? AND list = ? AND id = ?",
    .binds = "isi",
    .flags = DB_WRITE,
};

db_stmt_table saved_view_statements[] = { &saved_of, &saved_put, &saved_delete, NULL };

/* -- forms -------------------------------------------------------------------------------------
 */

static const struct field save_fields[] = {
    { .name = "name",
      .label = N_("Name of the view"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name for the view."),
      .max = NAME_MAX_CHARS,
      .offset = offsetof(struct saved_view_input, name) },
    { .name = "here",
      .label = "",
      .kind = FIELD_TEXT,
      .max = HERE_MAX,
      .offset = offsetof(struct saved_view_input, here) },
    { 0 },
};

/* Only what List.Here can be made of: the query of an address, encoded. */
static void check_here(struct request *req, void *input)
{
    const struct saved_view_input *in = input;
    const char *here = in->here;

    if (*here == '\0')
        return;
    if (*here != '?' || strspn(here + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789-_.~%=&") != strlen(here + 1))
        form_fault(req, "name", -1, tr(req, N_("This list cannot be saved.")));
}

const struct form saved_view_form = { .name = "saved_view",
                                      .fields = save_fields,
                                      .size_bytes = sizeof(struct saved_view_input),
                                      .check = check_here };

static const struct field gone_fields[] = {
    { .name = "view_id",
      .label = "",
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct saved_view_gone_input, view_id) },
    { 0 },
};
const struct form saved_view_gone_form = { .name = "saved_view_gone",
                                           .fields = gone_fields,
                                           .size_bytes = sizeof(struct saved_view_gone_input) };

/* -- showing and writing -----------------------------------------------------------------------
 */

struct err *saved_view_show(struct request *req, const struct list *list)
{
    struct view *v = view_at(req->page, "List");
    const char *here = view_get(v, "Here");
    struct saved_row *rows;
    bool found = false;
    size_t count;

    TRY(db_list(req->db, req->arena, &saved_of,
                DB_ARGS(DB_I(req->actor->user_id), DB_S(list->spec->address)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const bool current = !found && *here != '\0' && str_eq(rows[i].query, here);
        struct view *chip;

        if (current)
            list_leave_view(req, list);
        found = found || current;
        chip = view_row(v, "Views");

        view_text(chip, "Label", rows[i].name);
        view_text(chip, "Href",
                  arena_printf(req->arena, "%s%s", list->spec->address, rows[i].query));
        view_flag(chip, "Current", current);
        if (current) {
            view_int(view_at(v, "Saved"), "Id", rows[i].id);
            view_text(view_at(v, "Saved"), "Name", rows[i].name);
        }
    }
    form_show_as(req, "SaveView", &saved_view_form, NULL);
    return NULL;
}

struct err *saved_view_save(struct request *req, const char *address)
{
    const struct saved_view_input *in = req->input;

    TRY(db_exec(req->db, &saved_put,
                DB_ARGS(DB_I(req->actor->user_id), DB_S(address), DB_S(in->name), DB_S(in->here)),
                NULL));
    return err_pass(reply_redirect(req, "saved", "%s%s", address, in->here));
}

struct err *saved_view_delete(struct request *req, const char *address)
{
    const struct saved_view_gone_input *in = req->input;

    TRY(db_exec(req->db, &saved_delete,
                DB_ARGS(DB_I(req->actor->user_id), DB_S(address), DB_I(in->view_id)), NULL));
    return err_pass(reply_redirect(req, "deleted", "%s", address));
}

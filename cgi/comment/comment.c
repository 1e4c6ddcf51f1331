/* comment/comment.c */
#include "comment/comment.h"

#include "base/str.h"

static const struct db_stmt insert_comment = {
    .name = "comment.insert",
    .sql = "INSERT INTO comment (kind, object_id, user_id, user_name, audience, body, created_at)"
           " VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "siisss",
    .flags = DB_WRITE,
};

static const struct db_stmt insert_note = {
    .name = "comment.insert_note",
    .sql = "INSERT INTO staff_note (kind, object_id, user_id, user_name, body, created_at)"
           " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "siiss",
    .flags = DB_WRITE,
};

static const struct db_field comment_fields[] = {
    DB_FIELD(struct comment, id, DB_I64, 0),
    DB_FIELD(struct comment, user_id, DB_I64, 0),
    DB_FIELD(struct comment, user_name, DB_TEXT, 480),
    DB_FIELD(struct comment, audience, DB_TEXT, 10),
    DB_FIELD(struct comment, body, DB_TEXT, 2000),
    DB_FIELD(struct comment, created_at, DB_AT, 0),
    { 0 },
};

#define COMMENT_COLUMNS "id, user_id, user_name, audience, body, created_at"
/* Newest first, as the index has them: turned round by the server they would go through a file. */
#define NEWEST(columns, table) \
    "SELECT " columns " FROM " table " WHERE kind = ? AND object_id = ? ORDER BY id DESC LIMIT ?"

static const struct db_stmt list_comments = {
    .name = "comment.list",
    .sql = NEWEST(COMMENT_COLUMNS, "comment"),
    .binds = "sii",
    .fields = comment_fields,
    .row_bytes = sizeof(struct comment),
    .flags = DB_LISTS,
};

static const struct db_stmt list_notes = {
    .name = "comment.list_notes",
    .sql = NEWEST("id, user_id, user_name, '' AS audience, body, created_at", "staff_note"),
    .binds = "sii",
    .fields = comment_fields,
    .row_bytes = sizeof(struct comment),
    .flags = DB_LISTS,
};

struct writer {
    int64_t user_id;
};
static const struct db_field writer_fields[] = { DB_FIELD(struct writer, user_id, DB_I64, 0),
                                                 { 0 } };

static const struct db_stmt list_writers = {
    .name = "comment.writers",
    .sql = "SELECT DISTINCT user_id FROM comment WHERE kind = ? AND object_id = ? LIMIT ?",
    .binds = "sii",
    .fields = writer_fields,
    .row_bytes = sizeof(struct writer),
    .flags = DB_LISTS,
};

db_stmt_table comment_statements[] = { &insert_comment, &list_comments, &list_writers, NULL };
db_stmt_table comment_staff_statements[] = { &insert_note, &list_notes, NULL };

struct err *comment_add(struct db *db, const struct actor *actor, const char *kind,
                        int64_t object_id, const char *body, int64_t *id_out)
{
    return err_pass(
        db_insert(db, &insert_comment,
                  DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(actor->user_id), DB_S(actor->name),
                          DB_S(audience_name(actor->audience)), DB_S(body)),
                  id_out));
}

struct err *comment_add_note(struct db *db, const struct actor *actor, const char *kind,
                             int64_t object_id, const char *body)
{
    if (actor->audience != AUD_STAFF)
        return err_raise(ERR_BUG, "a note of somebody who is not staff");
    return err_pass(db_exec(
        db, &insert_note,
        DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(actor->user_id), DB_S(actor->name), DB_S(body)),
        NULL));
}

/* The newest COMMENTS_SHOWN, oldest of them first. */
static struct err *list_newest(struct db *db, struct arena *a, const struct db_stmt *stmt,
                               const char *kind, int64_t object_id, struct comment **rows_out,
                               size_t *count_out)
{
    struct comment *rows;
    size_t count;

    TRY(db_list(db, a, stmt, DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(COMMENTS_SHOWN)), &rows,
                &count));
    for (size_t low = 0, high = count; low + 1 < high; low++) {
        const struct comment other = rows[--high];

        rows[high] = rows[low];
        rows[low] = other;
    }
    *rows_out = rows;
    *count_out = count;
    return NULL;
}

struct err *comment_list(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                         struct comment **rows_out, size_t *count_out)
{
    return err_pass(list_newest(db, a, &list_comments, kind, object_id, rows_out, count_out));
}

struct err *comment_list_notes(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                               struct comment **rows_out, size_t *count_out)
{
    return err_pass(list_newest(db, a, &list_notes, kind, object_id, rows_out, count_out));
}

struct err *comment_writers(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                            int64_t **user_ids_out, size_t *count_out)
{
    struct writer *rows;

    TRY(db_list(db, a, &list_writers, DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(COMMENTS_SHOWN)),
                &rows, count_out));
    *user_ids_out = arena_array(a, *count_out + 1, sizeof(**user_ids_out));
    for (size_t i = 0; i < *count_out; i++)
        (*user_ids_out)[i] = rows[i].user_id;
    return NULL;
}

static const struct field comment_form_fields[] = {
    { .name = "body",
      .label = N_("Comment"),
      .kind = FIELD_LINES,
      .required = true,
      .needed = N_("Write the comment."),
      .min = 1,
      .max = COMMENT_MAX_CHARS,
      .offset = offsetof(struct comment_input, body) },
    { 0 },
};

const struct form comment_form = {
    .name = "comment",
    .fields = comment_form_fields,
    .size_bytes = sizeof(struct comment_input),
};

/* Whose words they are, seen from the reader: his own, those of his side, those of the other. */
static const char *side_of(const struct request *req, const struct comment *row)
{
    if (row->user_id == req->actor->user_id)
        return "own";
    return str_eq(row->audience, "staff") ? "vendor" : "other";
}

void comment_show(struct request *req, struct view *v, const char *list, const struct comment *rows,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view *item = view_row(v, list);
        const char *side = side_of(req, &rows[i]);

        view_text(item, "Who", rows[i].user_name);
        view_text(item, "Side", side);
        view_text(item, "SideLabel",
                  str_eq(side, "own")      ? tr(req, "You")
                  : str_eq(side, "vendor") ? req->conf->vendor_name
                                           : "");
        view_text(item, "Text", rows[i].body);
        page_at(req, item, "At", rows[i].created_at);
    }
}

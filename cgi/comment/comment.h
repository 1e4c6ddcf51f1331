/* comment/comment.h - what is said about a record: comments, which both sides read, and staff
 * notes, which stand in a table that only staff's programs have rights on.
 *
 * Nothing is changed or taken back: what was said was said.  Who may read and write is decided by
 * who may see the record, which callers load first.  Names stand in the rows as they were. */
#pragma once

#include "access/actor.h"
#include "base/arena.h"
#include "db/db.h"
#include "web/request.h"

extern db_stmt_table comment_statements[];       /* every program with records */
extern db_stmt_table comment_staff_statements[]; /* staff.fcgi: notes */

enum { COMMENT_MAX_CHARS = 4000, COMMENTS_SHOWN = 200 };

struct comment {
    int64_t id, user_id, created_at;
    const char *user_name, *audience, *body; /* audience "" for a note */
};

/* In the open transaction.  *ID_OUT may be given to attachments. */
struct err *comment_add(struct db *db, const struct actor *actor, const char *kind,
                        int64_t object_id, const char *body, int64_t *id_out);
struct err *comment_add_note(struct db *db, const struct actor *actor, const char *kind,
                             int64_t object_id, const char *body);

/* The newest COMMENTS_SHOWN, oldest first. */
struct err *comment_list(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                         struct comment **rows_out, size_t *count_out);
struct err *comment_list_notes(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                               struct comment **rows_out, size_t *count_out);
/* Who has said something to the record, each once: whom a new comment is told. */
struct err *comment_writers(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                            int64_t **user_ids_out, size_t *count_out);

/* The form of a comment and of a note: one field, "body". */
struct comment_input {
    const char *body;
};
extern const struct form comment_form;

/* Fills LIST in V: .Who, .Side ("own", "other", "vendor"), .SideLabel, .Text, .At. */
void comment_show(struct request *req, struct view *v, const char *list, const struct comment *rows,
                  size_t count);

/* notification/mute.c - records that a person wants no mails about.  The portal itself tells him
 * all the same. */
#include "notification/inside.h"

#include "base/str.h"

enum { LIST_MAX = 500 };

struct mute_row {
    int64_t id, object_id, created_at;
    const char *kind, *label;
};
static const struct db_field mute_fields[] = {
    DB_FIELD(struct mute_row, id, DB_I64, 0),        DB_FIELD(struct mute_row, kind, DB_TEXT, 20),
    DB_FIELD(struct mute_row, object_id, DB_I64, 0), DB_FIELD(struct mute_row, label, DB_TEXT, 800),
    DB_FIELD(struct mute_row, created_at, DB_AT, 0), { 0 },
};
static const struct db_stmt list_mutes = {
    .name = "notification.mutes",
    .sql = "SELECT id, kind, object_id, label, created_at FROM notification_mute"
           " WHERE user_id = ? ORDER BY kind, object_id LIMIT ?",
    .binds = "ii",
    .fields = mute_fields,
    .row_bytes = sizeof(struct mute_row),
    .flags = DB_LISTS,
};
static const struct db_stmt find_mute = {
    .name = "notification.mute",
    .sql = "SELECT id, kind, object_id, label, created_at FROM notification_mute"
           " WHERE user_id = ? AND kind = ? AND object_id = ?",
    .binds = "isi",
    .fields = mute_fields,
    .row_bytes = sizeof(struct mute_row),
};
static const struct db_stmt add_mute = {
    .name = "notification.add_mute",
    .sql = "INSERT INTO notification_mute (user_id, kind, object_id, label, created_at)"
           " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isis",
    .flags = DB_WRITE,
};
static const struct db_stmt remove_mute = {
    .name = "notification.remove_mute",
    .sql = "DELETE FROM notification_mute WHERE user_id = ? AND kind = ? AND object_id = ?",
    .binds = "isi",
    .flags = DB_WRITE,
};
static const struct db_stmt remove_mute_row = {
    .name = "notification.remove_mute_row",
    .sql = "DELETE FROM notification_mute WHERE id = ? AND user_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table notification_mute_statements[] = { &add_mute, &remove_mute, NULL };
db_stmt_table notification_muted_statements[] = { &list_mutes, &find_mute, &remove_mute_row, NULL };

/* Muting twice is muting once. */
struct err *notification_mute(struct db *db, int64_t user_id, const char *kind, int64_t object_id,
                              const char *label, bool *changed_out)
{
    struct err *e = db_exec(db, &add_mute,
                            DB_ARGS(DB_I(user_id), DB_S(kind), DB_I(object_id), DB_S(label)), NULL);

    *changed_out = e == NULL;
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return NULL;
}

struct err *notification_unmute(struct db *db, int64_t user_id, const char *kind, int64_t object_id,
                                bool *changed_out)
{
    int64_t removed;

    TRY(db_exec(db, &remove_mute, DB_ARGS(DB_I(user_id), DB_S(kind), DB_I(object_id)), &removed));
    *changed_out = removed > 0;
    return NULL;
}

struct err *notification_show_muted(struct request *req, struct view *v, const char *kind,
                                    int64_t object_id)
{
    struct mute_row row;
    bool found;

    TRY(db_one(req->db, req->arena, &find_mute,
               DB_ARGS(DB_I(req->actor->user_id), DB_S(kind), DB_I(object_id)), &row, &found));
    view_flag(v, "Muted", found);
    return NULL;
}

/* -- the list under the preferences ------------------------------------------------ */

struct err *mutes_show(struct request *req)
{
    const enum audience audience = req->actor->audience;
    struct view *place = view_at(req->page, "Notifications");
    struct mute_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_mutes,
                DB_ARGS(DB_I(req->actor->user_id), DB_I(LIST_MAX)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct notification_record *record = notification_record_find(rows[i].kind);
        struct view *row;

        if (record == NULL) /* of a newer version that was taken back */
            continue;
        row = view_row(place, "Muted");
        view_text(row, "Number", notification_record_number(req->arena, record, rows[i].object_id));
        view_text(row, "Label", rows[i].label);
        if (record->address[audience] != NULL)
            view_text(row, "Href",
                      arena_printf(req->arena, "%s%lld", record->address[audience],
                                   (long long)rows[i].object_id));
        view_text(row, "Action",
                  arena_printf(req->arena, "%s/notifications/muted/%lld/remove",
                               notification_prefix(audience), (long long)rows[i].id));
        page_at(req, row, "At", rows[i].created_at);
    }
    return NULL;
}

/* Somebody else's, or one that is gone, changes nothing and says nothing. */
struct err *mute_remove_post(struct request *req)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "mute"), &id))
        return err_raise(ERR_NOT_FOUND, "no number of a muted record");
    TRY(db_exec(req->db, &remove_mute_row, DB_ARGS(DB_I(id), DB_I(req->actor->user_id)), NULL));
    return err_pass(reply_redirect(req, "unmuted", "%s/notifications/preferences",
                                   notification_prefix(req->actor->audience)));
}

/* notification/wording.c */
#include "notification/wording.h"

#include "base/buf.h"
#include "base/str.h"

#include <string.h>

static const struct db_field wording_fields[] = {
    DB_FIELD(struct wording, id, DB_I64, 0),
    DB_FIELD(struct wording, event, DB_TEXT, 60),
    DB_FIELD(struct wording, title_en, DB_TEXT, 4 * WORDING_TITLE_MOST),
    DB_FIELD(struct wording, text_en, DB_TEXT, 4 * WORDING_TEXT_MOST),
    DB_FIELD(struct wording, title_zh, DB_TEXT, 4 * WORDING_TITLE_MOST),
    DB_FIELD(struct wording, text_zh, DB_TEXT, 4 * WORDING_TEXT_MOST),
    DB_FIELD(struct wording, updated_at, DB_AT, 0),
    DB_FIELD(struct wording, row_version, DB_I64, 0),
    { 0 },
};
#define COLUMNS \
    "SELECT id, event, title_en, text_en, title_zh, text_zh, updated_at, row_version FROM mail_text"
static const struct db_stmt list_all = {
    .name = "wording.list",
    .sql = COLUMNS,
    .binds = "",
    .fields = wording_fields,
    .row_bytes = sizeof(struct wording),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt find_one = {
    .name = "wording.one",
    .sql = COLUMNS " WHERE event = ?",
    .binds = "s",
    .fields = wording_fields,
    .row_bytes = sizeof(struct wording),
};
static const struct db_stmt add_one = {
    .name = "wording.add",
    .sql = "INSERT INTO mail_text (event, title_en, text_en, title_zh, text_zh, updated_at)"
           " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "sssss",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "wording.change",
    .sql = "UPDATE mail_text SET title_en = ?, text_en = ?, title_zh = ?, text_zh = ?,"
           " updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1"
           " WHERE event = ? AND row_version = ?",
    .binds = "sssssi",
    .flags = DB_WRITE,
};
db_stmt_table wording_read_statements[] = { &list_all, &find_one, NULL };
db_stmt_table wording_write_statements[] = { &add_one, &change_one, NULL };

/* -- rows ----------------------------------------------------------------------------------------
 */

struct err *wording_list(struct db *db, struct arena *a, struct wording **rows_out,
                         size_t *count_out)
{
    return err_pass(db_list(db, a, &list_all, DB_NO_ARGS, rows_out, count_out));
}

struct err *wording_find(struct db *db, struct arena *a, const char *event,
                         struct wording *wording_out)
{
    bool found;

    *wording_out = (struct wording){
        .event = event, .title_en = "", .text_en = "", .title_zh = "", .text_zh = ""
    };
    return err_pass(db_one(db, a, &find_one, DB_ARGS(DB_S(event)), wording_out, &found));
}

/* The first change makes the row; who is second at that finds it there. */
static struct err *add(struct db *db, const struct wording *w, int64_t *id_out, bool *changed_out)
{
    struct err *e = db_insert(db, &add_one,
                              DB_ARGS(DB_S(w->event), DB_S(w->title_en), DB_S(w->text_en),
                                      DB_S(w->title_zh), DB_S(w->text_zh)),
                              id_out);

    *changed_out = e == NULL;
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return NULL;
}

struct err *wording_change(struct db *db, const struct wording *w, int64_t *id_out,
                           bool *changed_out)
{
    int64_t affected;

    if (w->row_version == 0)
        return err_pass(add(db, w, id_out, changed_out));
    TRY(db_exec(db, &change_one,
                DB_ARGS(DB_S(w->title_en), DB_S(w->text_en), DB_S(w->title_zh), DB_S(w->text_zh),
                        DB_S(w->event), DB_I(w->row_version)),
                &affected));
    *id_out = w->id;
    *changed_out = affected == 1;
    return NULL;
}

/* -- places --------------------------------------------------------------------------------------
 */

/* The number of the place "%N$s" that begins at TEXT; 0: none does. */
static int place_of_message(const char *text)
{
    const bool is_place =
        text[0] == '%' && text[1] >= '1' && text[1] <= '9' && text[2] == '$' && text[3] == 's';

    return is_place ? text[1] - '0' : 0;
}

/* Likewise of "{N}". */
static int place_of_wording(const char *text)
{
    return text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? text[1] - '0' : 0;
}

static char *taken(struct arena *a, struct buf *b)
{
    char *text = arena_dup_bytes(a, b->data, b->len);

    buf_free(b);
    return text;
}

char *wording_own(struct arena *a, enum lang lang, const char *message)
{
    const char *p = *message != '\0' ? lang_tr(lang, message) : "";
    struct buf b;

    buf_init(&b, 128, 0);
    while (*p != '\0') {
        const int place = place_of_message(p);

        if (place != 0)
            buf_printf(&b, "{%d}", place);
        else
            buf_putc(&b, *p);
        p += place != 0 ? strlen("%1$s") : p[0] == '%' && p[1] == '%' ? 2 : 1;
    }
    return taken(a, &b);
}

static int highest(const char *message)
{
    int most = 0;

    for (; *message != '\0'; message++)
        if (place_of_message(message) > most)
            most = place_of_message(message);
    return most;
}

int wording_places(const struct notification_event *event)
{
    const int title = highest(event->title), text = highest(event->text);

    return title > text ? title : text;
}

const char *wording_fault(struct arena *a, const char *text, int places)
{
    for (const char *p = strchr(text, '{'); p != NULL; p = strchr(p + 1, '{')) {
        const size_t len = strcspn(p, "}");
        const int place = place_of_wording(p);

        if (place == 0 || place > places)
            return arena_dup_bytes(a, p, utf8_prefix_bytes(p, p[len] == '}' ? len + 1 : len));
    }
    return NULL;
}

char *wording_fill(const struct text_locale *loc, struct arena *a, const char *text,
                   const struct mail_value *values)
{
    struct buf b;
    char *format;

    buf_init(&b, 128, 0);
    while (*text != '\0') {
        const int place = place_of_wording(text);

        if (place != 0)
            buf_printf(&b, "%%%d$s", place);
        else if (*text == '%')
            buf_puts(&b, "%%");
        else
            buf_putc(&b, *text);
        text += place != 0 ? strlen("{1}") : 1;
    }
    format = taken(a, &b);
    return values_fill(loc, a, format, values);
}

const struct wording *wording_of(const struct wording *rows, size_t count, const char *event)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].event, event))
            return &rows[i];
    return NULL;
}

/* The vendor's words where there are some, the portal's own otherwise. */
static const char *say(const struct text_locale *loc, struct arena *a, const char *worded,
                       const char *message, const struct mail_value *values)
{
    if (!str_is_empty(worded))
        return wording_fill(loc, a, worded, values);
    if (*message == '\0')
        return "";
    return values_fill(loc, a, lang_tr(text_locale_lang(loc), message), values);
}

void wording_apply(struct arena *a, const struct notification_event *event,
                   const struct wording *wording, const struct text_locale *loc,
                   const struct mail_value *values, const char **title_out, const char **text_out)
{
    const enum lang lang = text_locale_lang(loc);
    const char *title = "", *text = "";

    if (wording != NULL) {
        title = lang == LANG_ZH ? wording->title_zh : wording->title_en;
        text = lang == LANG_ZH ? wording->text_zh : wording->text_en;
    }
    *title_out = say(loc, a, title, event->title, values);
    *text_out = say(loc, a, text, event->text, values);
}

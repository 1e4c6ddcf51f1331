/* publishing/announcement_pages.c - announcements as their readers see them: a list with marks of
 * what is unread, one with its files, and the newest unread on the home page. */
#include "publishing/announcement_inside.h"

#include "access/session.h"
#include "attachment/attachment.h"
#include "base/str.h"

#include <string.h>

enum { HOME_SHOWN = 3, EXCERPT_BYTES = 240, HIGHEST_RANK = 32767, LIST_ARGS = 15 };

static const struct list_column columns[] = { { "new", false, false }, { 0 } };
#define SPEC(address_)                                                               \
    {                                                                                \
        .address = address_, .columns = columns, .search_label = N_("Search: title") \
    }
static const struct list_spec specs[AUD_COUNT] = {
    [AUD_PARTNER] = SPEC("/partner/announcements"),
    [AUD_CUSTOMER] = SPEC("/customer/announcements"),
    [AUD_STAFF] = SPEC("/staff/announcements"),
};
static const struct field query_fields[] = { LIST_FIELDS(struct announcement_query_input), { 0 } };
const struct form announcement_query = { .name = "announcement.query",
                                         .fields = query_fields,
                                         .size_bytes = sizeof(struct announcement_query_input) };

static const char *base_of(const struct request *req)
{
    return specs[req->actor->audience].address;
}

static struct err *read_reader(struct request *req, struct announcement_reader *out)
{
    const struct actor *actor = req->actor;
    struct document_reader company = { .tier_rank = HIGHEST_RANK, .country = "" };

    if (actor->account_id != 0)
        TRY(db_get(req->db, req->arena, &library_sql_reader, DB_ARGS(DB_I(actor->account_id)),
                   &company));
    *out = (struct announcement_reader){
        .user_id = actor->user_id,
        .audience = audience_name(actor->audience),
        .tier_rank = actor->audience == AUD_PARTNER ? company.tier_rank : HIGHEST_RANK,
        .country = company.country,
    };
    return NULL;
}

/* What every statement of a reader begins with; how many. */
static size_t begin_args(const struct announcement_reader *reader, struct db_arg *args)
{
    size_t n = 0;

    args[n++] = DB_I(reader->user_id);
    for (int i = 0; i < 3; i++)
        args[n++] = DB_S(reader->audience);
    args[n++] = DB_I(reader->tier_rank);
    for (int i = 0; i < 2; i++)
        args[n++] = DB_S(reader->country);
    return n;
}

static struct err *read_rows(struct request *req, const struct list *list,
                             struct announcement **rows, size_t *count)
{
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "";
    struct announcement_reader reader;
    struct db_arg args[LIST_ARGS] = { 0 };
    size_t n;

    TRY(read_reader(req, &reader));
    n = begin_args(&reader, args);
    for (int i = 0; i < 3; i++)
        args[n++] = DB_S(pattern);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, announcement_sql_list(list->direction), args, rows, count));
}

/* The first lines, cut at a letter. */
static const char *excerpt(struct arena *a, const char *body)
{
    const size_t len = utf8_prefix_bytes(body, EXCERPT_BYTES);
    char *text = arena_dup_bytes(a, body, len);

    for (char *c = text; *c != '\0'; c++)
        if (*c == '\n')
            *c = ' ';
    return body[len] == '\0' ? text : arena_printf(a, "%s…", text);
}

static void show_row(struct request *req, struct view *row, const struct announcement *n)
{
    view_text(row, "Title", library_word(req, n->title_en, n->title_zh));
    view_text(row, "Text", excerpt(req->arena, library_word(req, n->body_en, n->body_zh)));
    view_text(row, "Href", arena_printf(req->arena, "%s/%lld", base_of(req), (long long)n->id));
    view_text(row, "At", text_date(req->locale, req->arena, n->from_at));
    view_flag(row, "Unread", n->unread);
    view_flag(row, "Important", n->important);
}

static struct list_key key_of(const struct announcement *n)
{
    return (struct list_key){ .number = n->from_at, .id = n->id };
}

struct err *announcement_list_show(struct request *req)
{
    const struct announcement_query_input *in = req->input;
    struct view *v = view_at(req->page, "Announcements");
    const int unread = req->actor->counters[COUNTER_ANNOUNCEMENTS];
    struct list_key first = { 0 }, last = { 0 };
    struct announcement *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &specs[req->actor->audience], &in->list, &list));
    page_title(req, tr(req, N_("Announcements")));
    if (unread > 0)
        page_fact(req, trn(req, "%s unread", "%s unread", unread));
    TRY(read_rows(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(v, "Rows"), &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_text(v, "Base", base_of(req));
    view_flag(v, "AnyUnread", unread > 0);
    view_flag(v, "MayWrite", actor_may(req->actor, PERM_ANNOUNCEMENTS_MANAGE));
    view_flag(v, "IsFiltered", list_searches(&list));
    return NULL;
}

/* -- one -----------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct announcement *row = arena_alloc(req->arena, sizeof(*row));
    struct announcement_reader reader;
    struct db_arg args[LIST_ARGS] = { 0 };
    bool found;
    size_t n;

    TRY(read_reader(req, &reader));
    n = begin_args(&reader, args);
    args[n] = DB_I(id);
    TRY(db_one(req->db, req->arena, &announcement_sql_shown, args, row, &found));
    *object_out = found ? row : NULL;
    return NULL;
}

const struct object_kind announcement_object = { .name = "announcement",
                                                 .prefix = "",
                                                 .load = load };

void announcement_show_text(struct request *req, struct view *v, const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        const size_t len = end != NULL ? (size_t)(end - text) : strlen(text);
        const char *part = str_trim(req->arena, arena_dup_bytes(req->arena, text, len));

        if (*part != '\0')
            view_text(view_row(v, "Paragraphs"), "Text", part);
        text += len;
        text += strspn(text, "\n");
    }
}

struct err *announcement_show(struct request *req)
{
    const struct announcement *n = req->object;
    struct view *v = view_at(req->page, "Announcement");
    struct attachment *rows;
    size_t count;

    page_title(req, library_word(req, n->title_en, n->title_zh));
    page_crumb(req, tr(req, N_("Announcements")), base_of(req));
    page_fact(req, text_date(req->locale, req->arena, n->from_at));
    if (n->until_at != 0)
        page_fact(req,
                  trf(req, N_("until %s"), text_date(req->locale, req->arena, n->until_at - 1)));
    view_flag(v, "Important", n->important);
    announcement_show_text(req, v, library_word(req, n->body_en, n->body_zh));
    TRY(attachment_list(req->db, req->arena, ANNOUNCEMENT_KIND, n->id, &rows, &count));
    attachment_show(req, v, "Files", rows, count,
                    arena_printf(req->arena, "%s/%lld/files/", base_of(req), (long long)n->id));
    return NULL;
}

struct err *announcement_file_show(struct request *req)
{
    const struct announcement *n = req->object;
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, ANNOUNCEMENT_KIND, n->id, request_param(req, "file"),
                       &row));
    return err_pass(attachment_send(req, &row));
}

/* -- read ----------------------------------------------------------------------------------------
 */

/* Opened is read. */
struct err *announcement_noted(struct request *req)
{
    const struct announcement *n = req->object;
    const int64_t user = req->actor->user_id;
    int64_t changed;

    TRY(db_exec(req->db, &announcement_sql_seen, DB_ARGS(DB_I(n->id), DB_I(user)), &changed));
    if (changed > 0)
        return err_pass(session_count(req->db, user, COUNTER_ANNOUNCEMENTS, -1));
    return err_pass(
        db_exec(req->db, &announcement_sql_read, DB_ARGS(DB_I(n->id), DB_I(user)), NULL));
}

struct err *announcement_all_read(struct request *req)
{
    const int64_t user = req->actor->user_id;
    int64_t read;

    TRY(db_exec(req->db, &announcement_sql_all_read, DB_ARGS(DB_I(user)), &read));
    if (read > 0)
        TRY(session_count(req->db, user, COUNTER_ANNOUNCEMENTS, -(int)read));
    return err_pass(reply_redirect(req, NULL, "%s", base_of(req)));
}

/* -- home ----------------------------------------------------------------------------------------
 */

/* Asks the database for nothing when nothing is unread. */
static struct err *fill_home(struct request *req, struct view *card)
{
    const int unread = req->actor->counters[COUNTER_ANNOUNCEMENTS];
    struct announcement_title *rows;
    size_t count = 0;

    if (unread > 0)
        TRY(db_list(req->db, req->arena, &announcement_sql_unread,
                    DB_ARGS(DB_I(req->actor->user_id), DB_I(HOME_SHOWN)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        home_link(card,
                  arena_printf(req->arena, "%s, %s",
                               library_word(req, rows[i].title_en, rows[i].title_zh),
                               text_date(req->locale, req->arena, rows[i].from_at)),
                  arena_printf(req->arena, "%s/%lld", base_of(req), (long long)rows[i].id));
    if (count > 0)
        page_int(req, card, "Count", unread);
    home_link(card,
              count > 0 ? tr(req, N_("All announcements"))
                        : tr(req, N_("Nothing unread: all announcements")),
              base_of(req));
    return NULL;
}

const struct home_card announcement_home_card = { .id = "announcements",
                                                  .title = N_("Announcements"),
                                                  .column = HOME_SIDE,
                                                  .permission = PERM_HOME,
                                                  .fill = fill_home };

/* publishing/announcement_desk.c - staff write announcements: a draft, whom it is for and how
 * long, its files; published it goes to its readers by the worker, and may be withdrawn. */
#include "publishing/announcement_inside.h"

#include "attachment/attachment.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "identity/identity.h"
#include "web/form_fields.h"

#define DESK    "/staff/announcements/desk"
#define ADDRESS "/staff/announcements/desk/%lld"

static const struct status_row states[] = {
    { "draft", "neutral", "pencil", N_("Draft") },
    { "published", "good", "world", N_("Published") },
    { "withdrawn", "off", "arrow-bar-left", N_("Withdrawn") },
    { 0 },
};

/* -- the list ------------------------------------------------------------------------------------
 */

static const struct list_view views[] = { { "published", N_("Published") },
                                          { "draft", N_("Drafts") },
                                          { "withdrawn", N_("Withdrawn") },
                                          { 0 } };
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = DESK, .views = views, .columns = columns, .search_label = N_("Search: title")
};
static const struct field query_fields[] = { LIST_FIELDS(struct announcement_query_input), { 0 } };
const struct form announcement_desk_query = { .name = "announcement.desk_query",
                                              .fields = query_fields,
                                              .size_bytes =
                                                  sizeof(struct announcement_query_input) };

static struct err *read_rows(struct request *req, const struct list *list,
                             struct announcement **rows, size_t *count)
{
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "";
    struct db_arg args[9] = { DB_S(list->view->code), DB_S(pattern), DB_S(pattern), DB_S(pattern) };
    size_t n = 4;

    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena, announcement_sql_desk_list(list->direction), args,
                            rows, count));
}

static const char *for_whom(const struct request *req, const struct announcement *n)
{
    const struct {
        bool yes;
        const char *label;
    } parts[] = { { n->for_partner, N_("Partners") },
                  { n->for_customer, N_("Customers") },
                  { n->for_staff, N_("Staff") } };
    const char *names = "";

    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i].yes)
            names = arena_printf(req->arena, "%s%s%s", names, *names == '\0' ? "" : " · ",
                                 tr(req, parts[i].label));
    if (n->countries[0] != '\0')
        names =
            arena_printf(req->arena, "%s · %s", names, library_country_names(req, n->countries));
    return names;
}

static struct list_key key_of(const struct announcement *n)
{
    return (struct list_key){ .number = n->updated_at, .id = n->id };
}

static void show_row(struct request *req, struct view *row, const struct announcement *n)
{
    view_text(row, "Title", library_word(req, n->title_en, n->title_zh));
    view_text(row, "Href", arena_printf(req->arena, ADDRESS, (long long)n->id));
    view_text(row, "For", for_whom(req, n));
    view_text(row, "From", text_date(req->locale, req->arena, n->from_at));
    view_text(row, "Until",
              n->until_at != 0 ? text_date(req->locale, req->arena, n->until_at - 1) : "");
    view_flag(row, "Important", n->important);
    page_at(req, row, "Updated", n->updated_at);
}

struct err *announcement_desk_show(struct request *req)
{
    const struct announcement_query_input *in = req->input;
    struct view *v = view_at(req->page, "Announcements");
    struct list_key first = { 0 }, last = { 0 };
    struct announcement *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Write announcements")));
    page_crumb(req, tr(req, N_("Announcements")), "/staff/announcements");
    TRY(read_rows(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(v, "Rows"), &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_flag(v, "IsFiltered", list_searches(&list));
    return NULL;
}

/* -- what is typed -------------------------------------------------------------------------------
 */

struct announcement_input {
    int64_t row_version;
    const char *title_en, *title_zh, *body_en, *body_zh, *tier, *line, *countries;
    bool for_partner, for_customer, for_staff, important;
    int32_t from_on, until_on;
};
#define AT(member) .offset = offsetof(struct announcement_input, member)
#define TITLE(member, label_)                                                             \
    {                                                                                     \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .required = true, .min = 1, \
        .max = 200, .needed = N_("Enter the title in both languages."), AT(member)        \
    }
#define BODY(member, label_)                                                                \
    {                                                                                       \
        .name = #member, .label = label_, .kind = FIELD_LINES, .required = true, .min = 1,  \
        .max = ANNOUNCEMENT_BODY_LENGTH, .needed = N_("Enter the text in both languages."), \
        AT(member)                                                                          \
    }
#define FLAG(member, label_)                                             \
    {                                                                    \
        .name = #member, .label = label_, .kind = FIELD_FLAG, AT(member) \
    }
static const struct field fields[] = {
    FORM_VERSION(struct announcement_input),
    TITLE(title_en, N_("Title, English")),
    TITLE(title_zh, N_("Title, Chinese")),
    BODY(body_en, N_("Text, English")),
    BODY(body_zh, N_("Text, Chinese")),
    FLAG(for_partner, N_("Partners")),
    FLAG(for_customer, N_("Customers")),
    FLAG(for_staff, N_("Staff")),
    FLAG(important, N_("Important: marked as such until it is read, and mailed")),
    { .name = "tier",
      .label = N_("Which partners"),
      .kind = FIELD_CHOICE,
      .choices_of = library_tier_choices,
      AT(tier) },
    { .name = "line",
      .label = N_("Product line"),
      .kind = FIELD_CHOICE,
      .choices_of = library_line_choices,
      AT(line) },
    { .name = "countries",
      .label = N_("Countries"),
      .kind = FIELD_TEXT,
      .max = 200,
      AT(countries) },
    { .name = "from_on",
      .label = N_("From"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose a date."),
      AT(from_on) },
    { .name = "until_on", .label = N_("Until"), .kind = FIELD_DAY, AT(until_on) },
    { 0 },
};

static void check(struct request *req, void *data)
{
    struct announcement_input *in = data;

    if (!library_read_countries(req, in->countries, &in->countries))
        form_fault(req, "countries", -1,
                   tr(req, N_("Two letters for each country, with commas between: CN, DE.")));
    if (!in->for_partner && !in->for_customer && !in->for_staff)
        form_fault(req, "for_partner", -1, tr(req, N_("Choose whom it is for.")));
    if (in->from_on != DAY_NONE && in->until_on != DAY_NONE && in->until_on < in->from_on)
        form_fault(req, "until_on", -1, tr(req, N_("It ends on the day it begins, or later.")));
}
const struct form announcement_form = { .name = "announcement",
                                        .fields = fields,
                                        .size_bytes = sizeof(struct announcement_input),
                                        .body_max_bytes = 256 * 1024,
                                        .check = check };

struct move_input {
    int64_t row_version;
    const char *to;
};
#undef AT
#define AT(member) .offset = offsetof(struct move_input, member)
static const struct choice moves[] = { { "published", N_("Publish") },
                                       { "withdrawn", N_("Withdraw") },
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
const struct form announcement_move_form = { .name = "announcement.move",
                                             .fields = move_fields,
                                             .size_bytes = sizeof(struct move_input) };

struct files_input {
    struct upload_list files;
};
static const struct field files_fields[] = {
    { .name = "files",
      .label = N_("Attachments"),
      .kind = FIELD_FILES,
      .required = true,
      .offset = offsetof(struct files_input, files) },
    { 0 },
};
const struct form announcement_files_form = { .name = "announcement.files",
                                              .fields = files_fields,
                                              .size_bytes = sizeof(struct files_input),
                                              .body_max_bytes = LIBRARY_BODY_BYTES,
                                              .lists_max = 10 };

/* -- one -----------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct announcement *n = arena_alloc(req->arena, sizeof(*n));
    bool found;

    TRY(db_one(req->db, req->arena, &announcement_sql_one, DB_ARGS(DB_I(id)), n, &found));
    *object_out = found ? n : NULL;
    return NULL;
}

const struct object_kind announcement_desk_object = { .name = "announcement",
                                                      .prefix = "",
                                                      .load = load };

struct err *announcement_new_show(struct request *req)
{
    struct announcement_input stored = { .for_partner = true, .until_on = DAY_NONE };
    int64_t now;

    TRY(db_now(req->db, &now));
    stored.from_on = text_local_day(req->locale, now);
    page_title(req, tr(req, N_("New announcement")));
    page_crumb(req, tr(req, N_("Write announcements")), DESK);
    form_show(req, &announcement_form, &stored);
    return NULL;
}

static const char *number_or_none(struct arena *a, int64_t id)
{
    return id == 0 ? "" : arena_number(a, "", id);
}

static void show_form(struct request *req, const struct announcement *n)
{
    const struct announcement_input stored = {
        .row_version = n->row_version,
        .title_en = n->title_en,
        .title_zh = n->title_zh,
        .body_en = n->body_en,
        .body_zh = n->body_zh,
        .tier = number_or_none(req->arena, n->tier_id),
        .line = number_or_none(req->arena, n->product_line_id),
        .countries = n->countries,
        .for_partner = n->for_partner,
        .for_customer = n->for_customer,
        .for_staff = n->for_staff,
        .important = n->important,
        .from_on = text_local_day(req->locale, n->from_at),
        .until_on = n->until_at != 0 ? text_local_day(req->locale, n->until_at - 1) : DAY_NONE,
    };

    form_show(req, &announcement_form, &stored);
    form_show_as(req, "Add", &announcement_files_form, NULL);
}

static struct err *show_readers(struct request *req, struct view *v, const struct announcement *n)
{
    struct announcement_reach reach;
    struct announcement_read *rows;
    size_t count;

    TRY(db_get(req->db, req->arena, &announcement_sql_reach, DB_ARGS(DB_I(n->id)), &reach));
    view_text(v, "Reach",
              trf(req, N_("%1$s of %2$s have read it."),
                  text_number(req->locale, req->arena, reach.read),
                  text_number(req->locale, req->arena, reach.told)));
    TRY(db_list(req->db, req->arena, &announcement_sql_readers,
                DB_ARGS(DB_I(n->id), DB_I(LIBRARY_DOWNLOADS_SHOWN)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Readers");

        view_text(row, "Who", rows[i].user_name);
        view_text(row, "Company", rows[i].account_name);
        page_at(req, row, "At", rows[i].read_at);
    }
    return NULL;
}

struct err *announcement_edit_show(struct request *req)
{
    const struct announcement *n = req->object;
    struct view *v = view_at(req->page, "Announcement");
    const char *base = arena_printf(req->arena, ADDRESS, (long long)n->id);
    struct attachment *rows;
    size_t count;

    page_title(req, library_word(req, n->title_en, n->title_zh));
    page_status(req, view_at(req->page, "Page"), "Status", states, n->state);
    page_crumb(req, tr(req, N_("Announcements")), "/staff/announcements");
    page_crumb(req, tr(req, N_("Write announcements")), DESK);
    page_fact(req, for_whom(req, n));
    if (*n->published_name != '\0')
        page_fact(req, trf(req, N_("published by %s"), n->published_name));
    view_text(v, "Action", base);
    view_int(v, "Version", n->row_version);
    view_text(v, "State", n->state);
    show_form(req, n);
    TRY(attachment_list(req->db, req->arena, ANNOUNCEMENT_KIND, n->id, &rows, &count));
    attachment_show(req, v, "Files", rows, count, arena_printf(req->arena, "%s/files/", base));
    return err_pass(show_readers(req, v, n));
}

/* -- acts ----------------------------------------------------------------------------------------
 */

static struct err *go_to(struct request *req, int64_t id, const char *note)
{
    return err_pass(reply_redirect(req, note, ADDRESS, (long long)id));
}

static int64_t end_of(struct request *req, int32_t day)
{
    return day == DAY_NONE ? 0 : text_day_ends_at(req->locale, day);
}

struct err *announcement_new_post(struct request *req)
{
    const struct announcement_input *in = req->input;
    int64_t id;

    TRY(db_insert(req->db, &announcement_sql_add,
                  DB_ARGS(DB_I(in->for_partner), DB_I(in->for_customer), DB_I(in->for_staff),
                          DB_I(in->important), DB_ID(library_number(in->tier)),
                          DB_ID(library_number(in->line)), DB_S(in->countries),
                          DB_T(text_day_starts_at(req->locale, in->from_on)),
                          DB_T(end_of(req, in->until_on)), DB_S(in->title_en), DB_S(in->title_zh),
                          DB_S(in->body_en), DB_S(in->body_zh), DB_S(req->actor->name)),
                  &id));
    TRY(request_audit(req, ANNOUNCEMENT_KIND, id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "title", in->title_en }))));
    return err_pass(go_to(req, id, "saved"));
}

static struct err *refuse(struct request *req)
{
    return err_pass(form_refuse_at(
        req, "",
        tr(req, N_("Somebody changed this announcement since you opened it. Look at it again."))));
}

struct err *announcement_edit_post(struct request *req)
{
    const struct announcement_input *in = req->input;
    const struct announcement *n = req->object;
    int64_t changed;

    TRY(db_exec(req->db, &announcement_sql_set,
                DB_ARGS(DB_I(in->for_partner), DB_I(in->for_customer), DB_I(in->for_staff),
                        DB_I(in->important), DB_ID(library_number(in->tier)),
                        DB_ID(library_number(in->line)), DB_S(in->countries),
                        DB_T(text_day_starts_at(req->locale, in->from_on)),
                        DB_T(end_of(req, in->until_on)), DB_S(in->title_en), DB_S(in->title_zh),
                        DB_S(in->body_en), DB_S(in->body_zh), DB_I(n->id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(request_audit(
        req, ANNOUNCEMENT_KIND, n->id,
        identity_json(req->arena, JSON_PAIRS({ "title", n->title_en }, { "body", n->body_en },
                                             { "body_zh", n->body_zh })),
        identity_json(req->arena, JSON_PAIRS({ "title", in->title_en }, { "body", in->body_en },
                                             { "body_zh", in->body_zh }))));
    return err_pass(go_to(req, n->id, "saved"));
}

struct err *announcement_move_post(struct request *req)
{
    const struct move_input *in = req->input;
    const struct announcement *n = req->object;
    int64_t changed;

    if (str_eq(in->to, "published"))
        TRY(db_exec(req->db, &announcement_sql_publish,
                    DB_ARGS(DB_S(req->actor->name), DB_I(n->id), DB_I(in->row_version)), &changed));
    else
        TRY(db_exec(req->db, &announcement_sql_withdraw,
                    DB_ARGS(DB_I(n->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_pass(refuse(req));
    TRY(request_audit(req, ANNOUNCEMENT_KIND, n->id,
                      identity_json(req->arena, JSON_PAIRS({ "state", n->state })),
                      identity_json(req->arena, JSON_PAIRS({ "state", in->to }))));
    TRY(job_add(req->db, "announcement.deliver", 0, n->from_at, NULL, "announcement.deliver.now"));
    return err_pass(go_to(req, n->id, "saved"));
}

struct err *announcement_files_post(struct request *req)
{
    const struct files_input *in = req->input;
    const struct announcement *n = req->object;
    const struct attachment_owner owner = { .kind = ANNOUNCEMENT_KIND,
                                            .object_id = n->id,
                                            .user_id = req->actor->user_id };
    const struct deal_rooms *rooms = req->rooms;

    for (size_t i = 0; i < in->files.count; i++)
        TRY(attachment_add(rooms->files, req->db, req->arena, &owner, &in->files.items[i]));
    TRY(request_audit(req, ANNOUNCEMENT_KIND, n->id, NULL, NULL));
    return err_pass(go_to(req, n->id, "saved"));
}

struct err *announcement_file_gone_post(struct request *req)
{
    const struct announcement *n = req->object;

    TRY(attachment_remove(req->db, ANNOUNCEMENT_KIND, n->id, request_param(req, "file")));
    TRY(request_audit(req, ANNOUNCEMENT_KIND, n->id, NULL, NULL));
    return err_pass(go_to(req, n->id, "deleted"));
}

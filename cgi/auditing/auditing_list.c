/* auditing/auditing_list.c - the audit trail, newest first, by person, record, event and days; and
 * the same as a file. */
#include "auditing/auditing_inside.h"

#include "base/str.h"
#include "identity/identity.h"
#include "web/export.h"

#include <string.h>

#define ADDRESS "/staff/audit"

static const struct list_column columns[] = { { "at", false, false }, { 0 } };

struct auditing_query {
    struct list_input list;
    const char *person, *kind, *number, *action, *from, *until;
};
#define TEXT(name_, label_, most)                                         \
    {                                                                     \
        .name = #name_, .label = label_, .kind = FIELD_TEXT, .max = most, \
        .offset = offsetof(struct auditing_query, name_)                  \
    }
static const struct field query_fields[] = {
    LIST_FIELDS(struct auditing_query), TEXT(person, N_("Person"), 200),
    TEXT(kind, N_("Record"), 20),       TEXT(number, N_("Number"), 20),
    TEXT(action, N_("Event"), 40),      TEXT(from, N_("From"), 10),
    TEXT(until, N_("Until"), 10),       { 0 },
};
const struct form auditing_query_form = { .name = "auditing_query",
                                          .fields = query_fields,
                                          .size_bytes = sizeof(struct auditing_query) };

/* -- what was asked for --------------------------------------------------------------------------
 */

struct asked {
    const struct auditing_query *in;
    int64_t user_id;                /* 0: everybody */
    bool nobody;                    /* a person was asked for, and none is known */
    const char *kind, *action;      /* "": all; names are ASCII, and "-" is none */
    struct auditing_person *people; /* who may be meant, when it is not one */
    size_t people_count;
    const char *person_name;   /* of USER_ID, when it was asked for */
    int64_t from_at, until_at; /* always set */
    int64_t above, below;      /* ids that the days leave */
};

/* What may be a day, and is no day, is none. */
static int32_t day_of(const char *typed)
{
    int32_t day;

    return day_parse(typed, &day) ? day : DAY_NONE;
}

/* Ids rise with time but for transactions that ran beside each other: an hour is more than any of
 * them may last. */
static struct err *find_days(struct request *req, struct asked *asked)
{
    const int32_t from = day_of(asked->in->from), until = day_of(asked->in->until);
    struct auditing_id row;
    bool found;

    asked->from_at = 1;
    asked->until_at = day_from_civil(9000, 1, 1) * CLOCK_DAY;
    asked->above = 0;
    asked->below = INT64_MAX;
    if (from != DAY_NONE) {
        asked->from_at = text_day_starts_at(req->locale, from);
        TRY(db_one(req->db, req->arena, &auditing_first_since,
                   DB_ARGS(DB_T(asked->from_at - CLOCK_HOUR)), &row, &found));
        asked->above = found ? row.id - 1 : INT64_MAX - 1;
    }
    if (until != DAY_NONE) {
        asked->until_at = text_day_ends_at(req->locale, until);
        TRY(db_one(req->db, req->arena, &auditing_last_until,
                   DB_ARGS(DB_T(asked->until_at + CLOCK_HOUR)), &row, &found));
        asked->below = found ? row.id + 1 : 0;
    }
    return NULL;
}

static const char *beginning(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, 2 * strlen(text) + 2), *at = out;

    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            *at++ = '\\';
        *at++ = *text;
    }
    *at++ = '%';
    *at = '\0';
    return out;
}

static struct err *find_by_number(struct request *req, int64_t id, struct asked *asked)
{
    struct auditing_person row = { 0 };
    bool found;

    TRY(db_one(req->db, req->arena, &auditing_person_by_id, DB_ARGS(DB_I(id)), &row, &found));
    asked->nobody = !found;
    asked->user_id = id;
    asked->person_name = found ? row.name : "";
    return NULL;
}

/* A number, an address, or how a name begins. */
static struct err *find_person(struct request *req, struct asked *asked)
{
    const char *typed = asked->in->person;
    int64_t id;

    if (str_is_empty(typed))
        return NULL;
    if (str_to_i64(typed, &id))
        return err_pass(find_by_number(req, id, asked));
    TRY(db_list(
        req->db, req->arena, &auditing_people,
        DB_ARGS(DB_S(identity_email_key(req->arena, typed)), DB_S(beginning(req->arena, typed))),
        &asked->people, &asked->people_count));
    asked->nobody = asked->people_count != 1;
    if (!asked->nobody) {
        asked->user_id = asked->people[0].id;
        asked->person_name = asked->people[0].name;
        asked->people_count = 0;
    }
    return NULL;
}

static struct err *read_asked(struct request *req, struct asked *asked)
{
    *asked = (struct asked){ .in = req->input, .person_name = "" };
    asked->kind = str_is_ascii(asked->in->kind) ? asked->in->kind : "-";
    asked->action = str_is_ascii(asked->in->action) ? asked->in->action : "-";
    if (auditing_sees_all(req))
        TRY(find_person(req, asked));
    else
        asked->user_id = req->actor->user_id;
    return err_pass(find_days(req, asked));
}

/* -- reading -------------------------------------------------------------------------------------
 */

struct reading {
    const struct db_stmt *stmt;
    struct db_arg args[16];
};

static enum auditing_driver driver_of(const struct asked *asked)
{
    if (asked->user_id != 0 || asked->nobody)
        return BY_PERSON;
    if (!str_is_empty(asked->action))
        return BY_ACTION;
    return !str_is_empty(asked->kind) ? BY_KIND : BY_TIME;
}

static struct reading read_what(const struct list *list, const struct asked *asked, int64_t limit)
{
    const enum auditing_driver driver = driver_of(asked);
    const bool newer = list->direction == LIST_NEWER;
    const int64_t key = list->key.id, person = asked->nobody ? -1 : asked->user_id;
    struct reading r = { .stmt = auditing_list(driver, newer) };
    const int64_t above = newer && key > asked->above ? key : asked->above;
    const int64_t below = list->direction == LIST_OLDER && key < asked->below ? key : asked->below;
    size_t n = 0;

    if (driver == BY_PERSON)
        r.args[n++] = DB_I(person);
    else if (driver != BY_TIME)
        r.args[n++] = DB_S(driver == BY_ACTION ? asked->action : asked->kind);
    r.args[n++] = DB_I(above);
    r.args[n++] = DB_I(below);
    r.args[n++] = DB_T(asked->from_at);
    r.args[n++] = DB_T(asked->until_at);
    r.args[n++] = DB_S(asked->kind);
    r.args[n++] = DB_S(asked->kind);
    r.args[n++] = DB_S(asked->action);
    r.args[n++] = DB_S(asked->action);
    r.args[n++] = DB_I(person);
    r.args[n++] = DB_I(person);
    r.args[n] = DB_I(limit);
    return r;
}

static struct list_key key_of(const struct auditing_row *row)
{
    return (struct list_key){ .number = row->id, .id = row->id };
}

/* -- filters -------------------------------------------------------------------------------------
 */

enum { FILTERS = 6 };

static struct err *choices(struct request *req, const struct db_stmt *stmt, const char *all,
                           const char *(*word)(const struct request *req, const char *code),
                           const struct choice **list_out)
{
    struct auditing_word *rows;
    struct choice *list;
    size_t count;

    TRY(db_list(req->db, req->arena, stmt, DB_NO_ARGS, &rows, &count));
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", all };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ rows[i].word, word(req, rows[i].word) };
    *list_out = list;
    return NULL;
}

/* What is typed freely has one choice, and its own field in the page's form. */
static struct err *make_spec(struct request *req, struct list_spec *spec)
{
    static const struct choice typed[] = { { "", "" }, { 0 } };
    struct list_filter *filters = arena_array(req->arena, FILTERS + 1, sizeof(*filters));

    filters[0] = (struct list_filter){ .name = "kind", .label = N_("Record") };
    filters[1] = (struct list_filter){ .name = "action", .label = N_("Event") };
    filters[2] = (struct list_filter){ .name = "person", .label = N_("Person"), .choices = typed };
    filters[3] = (struct list_filter){ .name = "number", .label = N_("Number"), .choices = typed };
    filters[4] = (struct list_filter){ .name = "from", .label = N_("From"), .choices = typed };
    filters[5] = (struct list_filter){ .name = "until", .label = N_("Until"), .choices = typed };
    TRY(choices(req, &auditing_kinds, N_("All records"), auditing_kind_word, &filters[0].choices));
    TRY(choices(req, &auditing_actions, N_("All events"), audit_action_word, &filters[1].choices));
    *spec = (struct list_spec){ .address = ADDRESS, .columns = columns, .filters = filters };
    return NULL;
}

static void show_typed(struct request *req, const struct asked *asked)
{
    struct view *v = view_at(req->page, "Typed");

    view_text(v, "Person", *asked->person_name != '\0' ? asked->person_name : asked->in->person);
    view_text(v, "Number", asked->in->number);
    view_text(v, "From", asked->in->from);
    view_text(v, "Until", asked->in->until);
    view_flag(v, "Nobody", asked->nobody && asked->people_count == 0);
    for (size_t i = 0; i < asked->people_count; i++) {
        struct view *row = view_row(v, "People");

        view_text(row, "Name", asked->people[i].name);
        view_text(row, "Email", asked->people[i].email);
        view_text(row, "Href", arena_number(req->arena, ADDRESS "?person=", asked->people[i].id));
    }
}

/* A kind and a number lead to the history of that record. */
static bool names_record(struct request *req, int64_t *number_out)
{
    const struct auditing_query *in = req->input;

    *number_out = auditing_typed_number(in->kind, in->number);
    return !str_is_empty(in->kind) && *number_out != 0;
}

/* -- the page ------------------------------------------------------------------------------------
 */

static struct err *show_rows(struct request *req, struct list *list, const struct asked *asked)
{
    struct reading r = read_what(list, asked, list->fetch);
    struct auditing_row *rows;
    struct list_key first = { 0 }, last = { 0 };
    size_t count;

    TRY(db_list(req->db, req->arena, r.stmt, r.args, &rows, &count));
    list_end(req, list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        auditing_show_event(req, view_row(req->page, "Events"), &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

static const char *query_of(struct request *req)
{
    return str_is_empty(req->query) ? "" : arena_printf(req->arena, "?%s", req->query);
}

struct err *auditing_list_show(struct request *req)
{
    const struct auditing_query *in = req->input;
    struct list_spec spec;
    struct asked asked;
    struct list list;
    int64_t number;

    if (names_record(req, &number))
        return err_pass(reply_redirect(req, NULL, ADDRESS "/%s-%lld", in->kind, (long long)number));
    TRY(make_spec(req, &spec));
    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(read_asked(req, &asked));
    page_title(req, tr(req, N_("Audit trail")));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_flag(req->page, "OwnAlone", !auditing_sees_all(req));
    show_typed(req, &asked);
    TRY(show_rows(req, &list, &asked));
    if (actor_may(req->actor, PERM_AUDIT_EXPORT))
        export_offer(req, view_at(req->page, "Files"), ADDRESS, query_of(req));
    return err_pass(auditing_show_check(req));
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    const struct auditing_row *row = row_;
    char at[CLOCK_ISO_BYTES];
    struct arena *a = export_arena(x);

    clock_iso(row->at, at);
    const char *const cells[] = { at,
                                  row->user_name,
                                  row->for_name,
                                  row->audience,
                                  row->address,
                                  row->action,
                                  auditing_kind_word(req, row->kind),
                                  auditing_number(a, row->kind, row->object_id),
                                  arena_number(a, "", row->seq),
                                  row->before_json != NULL ? row->before_json : "",
                                  row->after_json != NULL ? row->after_json : "" };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("When"), XLSX_INSTANT, 0 },
    { N_("Person"), XLSX_TEXT, 24 },
    { N_("In the name of"), XLSX_TEXT, 20 },
    { N_("Audience"), XLSX_TEXT, 10 },
    { N_("Address"), XLSX_TEXT, 18 },
    { N_("Event"), XLSX_TEXT, 24 },
    { N_("Record"), XLSX_TEXT, 20 },
    { N_("Number"), XLSX_TEXT, 12 },
    { N_("Place in its chain"), XLSX_NUMBER, 0 },
    { N_("Before"), XLSX_TEXT, 40 },
    { N_("After"), XLSX_TEXT, 40 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "audit",
    .title = N_("Audit trail"),
    .columns = export_columns,
    .row = export_row,
};

struct err *auditing_list_export(struct request *req)
{
    const struct auditing_query *in = req->input;
    const struct list_spec spec = { .address = ADDRESS, .columns = columns };
    struct asked asked;
    struct reading r;
    struct list list;

    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(read_asked(req, &asked));
    list.direction = LIST_FIRST;
    r = read_what(&list, &asked, EXPORT_ALL_ROWS);
    return err_pass(export_list(req, &export_spec, r.stmt, r.args, NULL));
}

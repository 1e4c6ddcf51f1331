/* programme/certificates.c */
#include "programme/certificates.h"

#include "access/scope.h"
#include "base/str.h"

enum { SOON_DAYS = 60, NEXT_SHOWN = 8, COURSES_MOST = 100, ARGS_MOST = 12 };

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field certificate_fields[] = {
    DB_FIELD(struct certificate, id, DB_I64, 0),
    DB_FIELD(struct certificate, account_id, DB_I64, 0),
    DB_FIELD(struct certificate, issued_on, DB_DAY, 0),
    DB_FIELD(struct certificate, expires_on, DB_DAY, 0),
    DB_FIELD(struct certificate, account_name, DB_TEXT, 800),
    DB_FIELD(struct certificate, person_name, DB_TEXT, 480),
    DB_FIELD(struct certificate, course_en, DB_TEXT, 480),
    DB_FIELD(struct certificate, course_zh, DB_TEXT, 480),
    { 0 },
};
#define FROM(key)                                                                    \
    "SELECT c.id, c.account_id, c.issued_on, c.expires_on, a.name AS account_name, " \
    "c.person_name, c.course_en, c.course_zh FROM certificate c FORCE INDEX (" key   \
    ") STRAIGHT_JOIN account a ON a.id = c.account_id WHERE "
#define BETWEEN "AND c.expires_on BETWEEN ? AND ? "
/* Both take the course twice: one index begins with it, the others do not. */
#define OF_COURSE  "AND c.course_en = ? AND ? <> '' "
#define ANY_COURSE "AND (? = '' OR c.course_en = ?) "

#define ALL    FROM("certificate_expires") SCOPE_WITHIN("a.") BETWEEN ANY_COURSE SEARCH
#define ONE    FROM("certificate_course") SCOPE_WITHIN("a.") BETWEEN OF_COURSE SEARCH
#define SEARCH "AND (c.person_name LIKE ? OR a.name LIKE ?) "
#define OWN \
    FROM("certificate_account") "c.account_id = ? " BETWEEN ANY_COURSE "AND c.person_name LIKE ? "

#define UP    "ORDER BY c.expires_on, c.id LIMIT ?"
#define DOWN  "ORDER BY c.expires_on DESC, c.id DESC LIMIT ?"
#define AFTER "AND c.expires_on >= ? AND (c.expires_on > ? OR c.id > ?) " UP
#define UNTIL "AND c.expires_on <= ? AND (c.expires_on < ? OR c.id < ?) " DOWN
#define LIST(ident, name_, sql_, binds_, flag)                                     \
    static const struct db_stmt ident = { .name = "programme.certificates_" name_, \
                                          .sql = sql_,                             \
                                          .binds = binds_,                         \
                                          .fields = certificate_fields,            \
                                          .row_bytes = sizeof(struct certificate), \
                                          .flags = (flag) | DB_LISTS }
LIST(all_up, "all_up", ALL UP, "iiddssssi", DB_STAFF_SCOPE);
LIST(all_down, "all_down", ALL DOWN, "iiddssssi", DB_STAFF_SCOPE);
LIST(all_after, "all_after", ALL AFTER, "iiddssssddii", DB_STAFF_SCOPE);
LIST(all_until, "all_until", ALL UNTIL, "iiddssssddii", DB_STAFF_SCOPE);
LIST(one_up, "one_up", ONE UP, "iiddssssi", DB_STAFF_SCOPE);
LIST(one_down, "one_down", ONE DOWN, "iiddssssi", DB_STAFF_SCOPE);
LIST(one_after, "one_after", ONE AFTER, "iiddssssddii", DB_STAFF_SCOPE);
LIST(one_until, "one_until", ONE UNTIL, "iiddssssddii", DB_STAFF_SCOPE);
LIST(own_up, "own_up", OWN UP, "iddsssi", DB_ACCOUNT_FIRST);
LIST(own_down, "own_down", OWN DOWN, "iddsssi", DB_ACCOUNT_FIRST);
LIST(own_after, "own_after", OWN AFTER, "iddsssddii", DB_ACCOUNT_FIRST);
LIST(own_until, "own_until", OWN UNTIL, "iddsssddii", DB_ACCOUNT_FIRST);

struct course {
    const char *name_en, *name_zh;
};
static const struct db_field course_fields[] = { DB_FIELD(struct course, name_en, DB_TEXT, 480),
                                                 DB_FIELD(struct course, name_zh, DB_TEXT, 480),
                                                 { 0 } };
#define COURSES(ident, name_, where, binds_, flag)                                              \
    static const struct db_stmt ident = {                                                       \
        .name = "programme.courses_" name_,                                                     \
        .sql = "SELECT course_en AS name_en, MAX(course_zh) AS name_zh FROM certificate " where \
               "GROUP BY course_en ORDER BY course_en LIMIT ?",                                 \
        .binds = binds_,                                                                        \
        .fields = course_fields,                                                                \
        .row_bytes = sizeof(struct course),                                                     \
        .flags = flag,                                                                          \
    }
COURSES(all_courses, "all", "", "i", DB_WHOLE_TABLE);
COURSES(own_courses, "own", "WHERE account_id = ? ", "ii", DB_ACCOUNT_FIRST);

db_stmt_table certificates_staff_statements[] = { &all_up,      &all_down, &all_after, &all_until,
                                                  &one_up,      &one_down, &one_after, &one_until,
                                                  &all_courses, NULL };
db_stmt_table certificates_partner_statements[] = { &own_up,    &own_down,    &own_after,
                                                    &own_until, &own_courses, NULL };

enum whose { ALL_OF_THEM, OF_ONE_COURSE, OF_OWN_COMPANY, WHOSE_COUNT };
static const struct db_stmt *const from_top[WHOSE_COUNT][2] = {
    [ALL_OF_THEM] = { &all_up, &all_down },
    [OF_ONE_COURSE] = { &one_up, &one_down },
    [OF_OWN_COMPANY] = { &own_up, &own_down },
};
static const struct db_stmt *const from_key[WHOSE_COUNT][2] = {
    [ALL_OF_THEM] = { &all_after, &all_until },
    [OF_ONE_COURSE] = { &one_after, &one_until },
    [OF_OWN_COMPANY] = { &own_after, &own_until },
};

/* -- what is asked for ---------------------------------------------------------------------------
 */

struct certificate_query {
    struct list_input list;
    const char *course, *within;
};
static const struct choice days_left[] = {
    { "", N_("Whenever it ends") },        { "30", N_("Ends within 30 days") },
    { "60", N_("Ends within 60 days") },   { "90", N_("Ends within 90 days") },
    { "180", N_("Ends within 180 days") }, { 0 },
};
static const struct field query_fields[] = {
    LIST_FIELDS(struct certificate_query),
    { .name = "course",
      .label = N_("Course"),
      .kind = FIELD_TEXT,
      .max = 120,
      .offset = offsetof(struct certificate_query, course) },
    { .name = "within",
      .label = N_("End"),
      .kind = FIELD_CHOICE,
      .choices = days_left,
      .offset = offsetof(struct certificate_query, within) },
    { 0 },
};
const struct form certificate_query = { .name = "certificate.query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct certificate_query) };

/* Those that have ended are read backwards: the last first. */
static const struct list_view views[] = {
    { "valid", N_("Valid") }, { "ended", N_("Have ended") }, { "all", N_("All") }, { 0 }
};
static const struct list_column columns[] = { { "expires", false, true }, { 0 } };

static struct err *read_courses(struct request *req, bool own, struct course **rows, size_t *count)
{
    if (own)
        return err_pass(db_list(req->db, req->arena, &own_courses,
                                DB_ARGS(DB_I(req->actor->account_id), DB_I(COURSES_MOST)), rows,
                                count));
    return err_pass(
        db_list(req->db, req->arena, &all_courses, DB_ARGS(DB_I(COURSES_MOST)), rows, count));
}

static struct err *make_spec(struct request *req, bool own, struct list_spec *spec)
{
    struct list_filter *filters = arena_array(req->arena, 3, sizeof(*filters));
    struct choice *choices;
    struct course *rows;
    size_t count;

    TRY(read_courses(req, own, &rows, &count));
    choices = arena_array(req->arena, count + 2, sizeof(*choices));
    choices[0] = (struct choice){ "", tr(req, N_("Every course")) };
    for (size_t i = 0; i < count; i++)
        choices[i + 1] = (struct choice){ rows[i].name_en,
                                          programme_word(req, rows[i].name_en, rows[i].name_zh) };
    filters[0] =
        (struct list_filter){ .name = "course", .label = N_("Course"), .choices = choices };
    filters[1] = (struct list_filter){ .name = "within", .label = N_("End"), .choices = days_left };
    *spec = (struct list_spec){ .address =
                                    own ? "/partner/programme/certificates" : "/staff/certificates",
                                .views = views,
                                .columns = columns,
                                .filters = filters,
                                .search_label = own ? N_("Person") : N_("Person, partner") };
    return NULL;
}

/* The days between which it ends. */
static void days_of(const struct certificate_query *in, const struct list *list, int32_t today,
                    int32_t *from, int32_t *until)
{
    int64_t within;

    *from = str_eq(list->view->code, "valid") ? today : day_from_civil(1900, 1, 1);
    *until = str_eq(list->view->code, "ended") ? today - 1 : day_from_civil(9999, 12, 31);
    if (!str_to_i64(in->within, &within))
        return;
    *from = today;
    if (today + within < *until)
        *until = today + (int32_t)within;
}

/* -- the list ------------------------------------------------------------------------------------
 */

struct asking {
    const struct certificate_query *in;
    const struct list *list;
    enum whose whose;
    int32_t today;
};

static size_t put_scope(struct request *req, const struct asking *ask, struct db_arg *args)
{
    if (ask->whose == OF_OWN_COMPANY) {
        args[0] = DB_I(req->actor->account_id);
        return 1;
    }
    args[0] = DB_I(req->actor->department_low);
    args[1] = DB_I(req->actor->department_high);
    return 2;
}

static struct err *read_rows(struct request *req, const struct asking *ask,
                             struct certificate **rows, size_t *count)
{
    const struct list *list = ask->list;
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "%";
    const bool back = str_eq(list->view->code, "ended") != (list->direction == LIST_NEWER);
    struct db_arg args[ARGS_MOST + 1] = { 0 };
    size_t n = put_scope(req, ask, args);
    int32_t from, until;

    days_of(ask->in, list, ask->today, &from, &until);
    args[n++] = DB_D(from);
    args[n++] = DB_D(until);
    args[n++] = DB_S(ask->in->course);
    args[n++] = DB_S(ask->in->course);
    args[n++] = DB_S(pattern);
    if (ask->whose != OF_OWN_COMPANY)
        args[n++] = DB_S(pattern);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_D((int32_t)list->key.number);
        args[n++] = DB_D((int32_t)list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena,
                            (list->direction == LIST_FIRST ? from_top : from_key)[ask->whose][back],
                            args, rows, count));
}

static const struct status_row statuses[] = {
    { "valid", "good", "circle-check", N_("Valid") },
    { "soon", "wait", "clock", N_("Ends soon") },
    { "over", "off", "clock-off", N_("Has ended") },
    { 0 },
};

void certificate_show(struct request *req, struct view *row, const struct certificate *c,
                      int64_t now)
{
    const int32_t today = text_local_day(req->locale, now);

    view_int(row, "Id", c->id);
    view_text(row, "Person", c->person_name);
    view_text(row, "Course", programme_word(req, c->course_en, c->course_zh));
    view_text(row, "Company", c->account_name);
    view_text(row, "Href", arena_number(req->arena, "/staff/partners/", c->account_id));
    page_day(req, row, "Issued", c->issued_on);
    page_day(req, row, "Expires", c->expires_on);
    page_status(req, row, "Status", statuses,
                c->expires_on < today               ? "over"
                : c->expires_on < today + SOON_DAYS ? "soon"
                                                    : "valid");
}

static struct list_key key_of(const struct certificate *c)
{
    return (struct list_key){ .number = c->expires_on, .id = c->id };
}

static struct err *show(struct request *req, bool own)
{
    const struct certificate_query *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct view *v = view_at(req->page, "Certificates");
    struct asking ask = { .in = in };
    struct certificate *rows;
    struct list_spec spec;
    struct list list;
    size_t count;
    int64_t now;

    TRY(make_spec(req, own, &spec));
    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(db_now(req->db, &now));
    ask.list = &list;
    ask.today = text_local_day(req->locale, now);
    ask.whose = own ? OF_OWN_COMPANY : str_is_empty(in->course) ? ALL_OF_THEM : OF_ONE_COURSE;
    TRY(read_rows(req, &ask, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    page_title(req, tr(req, N_("Certificates")));
    view_flag(v, "IsOwn", own);
    for (size_t i = 0; i < count; i++)
        certificate_show(req, view_row(v, "Rows"), &rows[i], now);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

struct err *certificate_list_show(struct request *req)
{
    page_crumb(req, tr(req, N_("Partner programme")), "/staff/partners");
    return err_pass(show(req, false));
}

struct err *certificate_own_show(struct request *req)
{
    page_crumb(req, tr(req, N_("Partner programme")), "/partner/programme");
    page_crumb(req, tr(req, N_("Tier")), "/partner/programme/tier");
    return err_pass(show(req, true));
}

struct err *certificates_show_next(struct request *req, struct view *v)
{
    struct certificate *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(db_list(req->db, req->arena, &own_up,
                DB_ARGS(DB_I(req->actor->account_id), DB_D(text_local_day(req->locale, now)),
                        DB_D(day_from_civil(9999, 12, 31)), DB_S(""), DB_S(""), DB_S("%"),
                        DB_I(NEXT_SHOWN)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        certificate_show(req, view_row(v, "Certificates"), &rows[i], now);
    return NULL;
}

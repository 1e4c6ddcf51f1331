/* report/report_home.c - pins: the cards of a home page, and who puts a report there. */
#include "report/report_home.h"

#include "base/str.h"
#include "identity/identity.h"
#include "report/report_inside.h"

enum { PINS_SHOWN = 4 };

const char *report_rights(struct arena *a, const struct actor *actor, const struct report_set *set,
                          int64_t row_version)
{
    char may[REPORT_FIELDS_MOST + 1] = "";
    size_t n = 0;

    for (const struct report_field *f = set->fields; f->name != NULL && n < REPORT_FIELDS_MOST; f++)
        may[n++] = report_field_may(actor, f) ? '1' : '0';
    return arena_printf(a, "%lld-%lld %d %lld %s", (long long)actor->department_low,
                        (long long)actor->department_high, (int)actor->lang, (long long)row_version,
                        may);
}

/* -- the cards -----------------------------------------------------------------------------------
 */

struct pin_row {
    int64_t report_id, row_version, made_at, size;
    const char *data_set, *name, *name_zh, *made_for, *measure, *label, *figure, *address;
};
static const struct db_field pin_fields[] = {
    DB_FIELD(struct pin_row, report_id, DB_I64, 0),
    DB_FIELD(struct pin_row, row_version, DB_I64, 0),
    DB_NULLABLE(struct pin_row, made_at, DB_AT, 0),
    DB_NULLABLE(struct pin_row, size, DB_I64, 0),
    DB_FIELD(struct pin_row, data_set, DB_TEXT, 20),
    DB_FIELD(struct pin_row, name, DB_TEXT, 300),
    DB_FIELD(struct pin_row, name_zh, DB_TEXT, 300),
    DB_FIELD(struct pin_row, made_for, DB_TEXT, 120),
    DB_FIELD(struct pin_row, measure, DB_TEXT, 600),
    DB_NULLABLE(struct pin_row, label, DB_TEXT, 1200),
    DB_NULLABLE(struct pin_row, figure, DB_TEXT, 300),
    DB_NULLABLE(struct pin_row, address, DB_TEXT, 1000),
    { 0 },
};
/* The bars of a pin lie beside each other. */
static const struct db_stmt pins_of = {
    .name = "report.home",
    .sql = "SELECT r.id AS report_id, r.row_version, p.made_at, b.size, r.data_set, r.name, "
           "r.name_zh, p.made_for, p.measure, b.label, b.figure, b.address FROM report_pin p "
           "JOIN report r ON r.id = p.report_id LEFT JOIN report_bar b ON b.user_id = p.user_id "
           "AND b.report_id = p.report_id WHERE " REPORT_SEEN "AND p.user_id = ? AND p.shown = 1 "
           "ORDER BY p.report_id, b.place LIMIT 48",
    .binds = "iii",
    .fields = pin_fields,
    .row_bytes = sizeof(struct pin_row),
};

static const char *name_of(const struct request *req, const struct pin_row *row)
{
    return report_name(req, &(struct report){ .name = row->name, .name_zh = row->name_zh });
}

static void show_bar(struct request *req, struct view *card, const struct pin_row *row)
{
    home_bar(card, &(struct home_bar){
                       .tone = "info",
                       .title = row->label,
                       .address = row->address,
                       .text = row->figure,
                       .label = arena_join(req->arena, row->label, ": ", row->figure, NULL),
                       .value = row->size,
                       .most = 1000 });
}

/* What a card says that has no bars. */
static void show_none(struct request *req, struct view *card, bool made)
{
    if (made)
        home_empty(
            card, "chart-bar", tr(req, N_("Nothing to draw")),
            tr(req, N_("The report counts nothing for you now, or takes too long: open it.")));
    else
        home_empty(card, "clock", tr(req, N_("In a minute")),
                   tr(req, N_("This chart is being made for you.")));
}

static void show_pin(struct request *req, const struct pin_row *row, size_t count)
{
    const struct report_set *set = report_set_find(row->data_set);
    struct view *card;
    bool made;

    if (set == NULL || !report_set_may(req->actor, set))
        return;
    made = row->made_at != 0 &&
           str_eq(row->made_for, report_rights(req->arena, req->actor, set, row->row_version));
    card = home_begin(req, HOME_MAIN, arena_number(req->arena, "report-", row->report_id),
                      name_of(req, row));
    for (size_t i = 0; made && i < count && row[i].label != NULL; i++)
        show_bar(req, card, &row[i]);
    if (made)
        view_text(card, "Order",
                  trf(req, N_("%1$s, as of %2$s"), row->measure,
                      text_time(req->locale, req->arena, row->made_at)));
    if (!made || row->label == NULL)
        show_none(req, card, made);
    home_link(card, tr(req, N_("Open the report")),
              arena_number(req->arena, REPORT_ADDRESS "/", row->report_id));
}

static struct err *show_cards(struct request *req)
{
    const int64_t me = req->actor->user_id;
    struct pin_row *rows;
    size_t count, end;

    TRY(db_list(req->db, req->arena, &pins_of, DB_ARGS(DB_I(me), DB_I(me), DB_I(me)), &rows,
                &count));
    for (size_t i = 0; i < count; i = end) {
        for (end = i; end < count && rows[end].report_id == rows[i].report_id; end++)
            continue;
        show_pin(req, &rows[i], end - i);
    }
    return NULL;
}

const struct home_card report_home_card = { .permission = PERM_REPORT_VIEW, .cards = show_cards };

/* -- on the report's page ------------------------------------------------------------------------
 */

struct standing_row {
    int64_t shown, pins;
};
static const struct db_field standing_fields[] = {
    DB_FIELD(struct standing_row, shown, DB_I64, 0),
    DB_FIELD(struct standing_row, pins, DB_I64, 0),
    { 0 },
};
/* Of one person's pins, which are a handful. */
static const struct db_stmt standing = {
    .name = "report.home_standing",
    .sql = "SELECT IFNULL(SUM(report_id = ? AND shown = 1), 0) AS shown, "
           "IFNULL(SUM(shown), 0) AS pins FROM report_pin WHERE user_id = ?",
    .binds = "ii",
    .fields = standing_fields,
    .row_bytes = sizeof(struct standing_row),
};
static const struct db_stmt pin = {
    .name = "report.home_pin",
    .sql = "INSERT INTO report_pin (user_id, report_id, own, shown, due_at) VALUES "
           "(?, ?, 1, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE own = 1, shown = "
           "VALUES(shown), due_at = VALUES(due_at)",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_field role_fields[] = {
    DB_FIELD(struct report_role, id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt roles_of = {
    .name = "report.home_roles",
    .sql = "SELECT role_id AS id FROM report_home_role WHERE report_id = ? LIMIT 100",
    .binds = "i",
    .fields = role_fields,
    .row_bytes = sizeof(struct report_role),
};
/* Nothing is added for a role of others than staff. */
static const struct db_stmt role_add = {
    .name = "report.home_role_add",
    .sql = "INSERT IGNORE INTO report_home_role (report_id, role_id) SELECT ?, id FROM role "
           "WHERE id = ? AND audience = 'staff'",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt roles_gone = {
    .name = "report.home_roles_gone",
    .sql = "DELETE FROM report_home_role WHERE report_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table report_home_statements[] = { &pins_of,  &standing,   &pin, &roles_of,
                                           &role_add, &roles_gone, NULL };

static const struct choice shown_choices[] = { { "yes", "" }, { "no", "" }, { 0 } };

struct home_input {
    const char *shown;
};
static const struct field home_fields[] = {
    { .name = "shown",
      .label = N_("On my home page"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = shown_choices,
      .offset = offsetof(struct home_input, shown) },
    { 0 },
};
const struct form report_home_form = { .name = "report_home",
                                       .fields = home_fields,
                                       .size_bytes = sizeof(struct home_input) };

struct roles_input {
    struct value_list home_roles;
};
static const struct field roles_fields[] = {
    { .name = "home_roles",
      .label = N_("On the home page of"),
      .kind = FIELD_ID,
      .list = true,
      .wanted = true,
      .offset = offsetof(struct roles_input, home_roles) },
    { 0 },
};
const struct form report_home_roles_form = { .name = "report_home_roles",
                                             .fields = roles_fields,
                                             .size_bytes = sizeof(struct roles_input) };

static struct err *show_roles(struct request *req, int64_t report_id)
{
    struct roles_input stored = { 0 };
    struct report_role *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &roles_of, DB_ARGS(DB_I(report_id)), &rows, &count));
    stored.home_roles.numbers = arena_array(req->arena, count + 1, sizeof(int64_t));
    for (size_t i = 0; i < count; i++)
        stored.home_roles.numbers[stored.home_roles.count++] = rows[i].id;
    form_show_as(req, "HomeRoles", &report_home_roles_form, &stored);
    return err_pass(report_role_options(req, "HomeRoles", "home_roles"));
}

struct err *report_home_show(struct request *req, struct view *v)
{
    const struct report *r = req->object;
    struct view *home = view_at(v, "Home");
    struct standing_row row;

    TRY(db_get(req->db, req->arena, &standing, DB_ARGS(DB_I(r->id), DB_I(req->actor->user_id)),
               &row));
    view_flag(home, "May", true);
    view_flag(home, "Shown", row.shown > 0);
    view_flag(home, "Full", row.shown == 0 && row.pins >= PINS_SHOWN);
    if (!actor_may(req->actor, PERM_REPORT_MANAGE))
        return NULL;
    view_flag(home, "MayRoles", true);
    return err_pass(show_roles(req, r->id));
}

static struct err *done(struct request *req, const char *what)
{
    const struct report *r = req->object;

    TRY(request_audit(req, REPORT_KIND, r->id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "on_home", what }))));
    return err_pass(reply_redirect(req, "saved", REPORT_ADDRESS "/%lld", (long long)r->id));
}

struct err *report_home_post(struct request *req)
{
    const struct home_input *in = req->input;
    const struct report *r = req->object;
    const int64_t me = req->actor->user_id;
    const bool shown = str_eq(in->shown, "yes");
    struct standing_row row;

    TRY(db_get(req->db, req->arena, &standing, DB_ARGS(DB_I(r->id), DB_I(me)), &row));
    if (shown && row.shown == 0 && row.pins >= PINS_SHOWN)
        return err_pass(form_refuse_at(req, "shown",
                                       tr(req, N_("Four charts are there: take one off first."))));
    TRY(db_exec(req->db, &pin, DB_ARGS(DB_I(me), DB_I(r->id), DB_I(shown ? 1 : 0)), NULL));
    if (shown)
        TRY(job_add(req->db, "report.home_make", me, 0, NULL, NULL));
    return err_pass(done(req, in->shown));
}

struct err *report_home_roles_post(struct request *req)
{
    const struct roles_input *in = req->input;
    const struct report *r = req->object;

    TRY(db_exec(req->db, &roles_gone, DB_ARGS(DB_I(r->id)), NULL));
    for (size_t i = 0; i < in->home_roles.count; i++)
        TRY(db_exec(req->db, &role_add, DB_ARGS(DB_I(r->id), DB_I(in->home_roles.numbers[i])),
                    NULL));
    return err_pass(done(req, "roles"));
}

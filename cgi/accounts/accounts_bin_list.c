/* accounts/accounts_bin_list.c - what lies in the bin, deleted last first. */
#include "access/parameter.h"
#include "access/scope.h"
#include "accounts/accounts_inside.h"
#include "base/str.h"

struct bin_row {
    int64_t id, account_id, deleted_at;
    const char *name, *company, *kind, *deleted_name, *deleted_reason;
};
static const struct db_field fields[] = {
    DB_FIELD(struct bin_row, id, DB_I64, 0),
    DB_FIELD(struct bin_row, account_id, DB_I64, 0),
    DB_FIELD(struct bin_row, name, DB_TEXT, 400),
    DB_FIELD(struct bin_row, company, DB_TEXT, 400),
    DB_FIELD(struct bin_row, kind, DB_TEXT, 12),
    DB_FIELD(struct bin_row, deleted_at, DB_AT, 0),
    DB_FIELD(struct bin_row, deleted_name, DB_TEXT, 240),
    DB_FIELD(struct bin_row, deleted_reason, DB_TEXT, 600),
    { 0 },
};
#define LIST(ident, name_, select, of, behind, b, order)                                        \
    static const struct db_stmt ident = {                                                       \
        .name = name_,                                                                          \
        .sql = select behind "ORDER BY " of "deleted_at " order ", " of "id " order " LIMIT ?", \
        .binds = "ii" b "i",                                                                    \
        .fields = fields,                                                                       \
        .row_bytes = sizeof(struct bin_row),                                                    \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                     \
    }
#define THREE(set, name_, select, of)                                                             \
    LIST(set##_first, name_ ".first", select, of, "", "", "DESC");                                \
    LIST(set##_older, name_ ".older", select, of,                                                 \
         "AND " of "deleted_at <= ? AND (" of "deleted_at < ? OR " of "id < ?) ", "tti", "DESC"); \
    LIST(set##_newer, name_ ".newer", select, of,                                                 \
         "AND " of "deleted_at >= ? AND (" of "deleted_at > ? OR " of "id > ?) ", "tti", "ASC")

THREE(companies, "accounts.bin_accounts",
      "SELECT a.id, a.id AS account_id, a.name, '' AS company, a.kind, a.deleted_at, "
      "a.deleted_name, a.deleted_reason FROM account a FORCE INDEX (account_bin) "
      "WHERE " SCOPE_WITHIN("a.") "AND a.in_bin = 1 ",
      "a.");
/* Of a company that lies in the bin itself they come back, or go, with it. */
THREE(people, "accounts.bin_contacts",
      "SELECT c.id, c.account_id, c.name, a.name AS company, a.kind, c.deleted_at, "
      "c.deleted_name, c.deleted_reason FROM contact c FORCE INDEX (contact_bin) "
      "STRAIGHT_JOIN account a ON a.id = c.account_id "
      "WHERE " SCOPE_WITHIN("a.") "AND a.deleted_at IS NULL AND c.deleted_at IS NOT NULL ",
      "c.");

db_stmt_table accounts_bin_statements[] = { &companies_first,
                                            &companies_older,
                                            &companies_newer,
                                            &people_first,
                                            &people_older,
                                            &people_newer,
                                            NULL };

struct bin_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct bin_query), { 0 } };
const struct form accounts_bin_query = { .name = "accounts_bin",
                                         .fields = query_fields,
                                         .size_bytes = sizeof(struct bin_query) };
static const struct list_view views[] = { { "accounts", N_("Accounts") },
                                          { "contacts", N_("Contacts") },
                                          { 0 } };
static const struct list_column columns[] = { { "deleted", false, false }, { 0 } };
static const struct list_spec spec = { .address = "/staff/accounts/bin",
                                       .views = views,
                                       .columns = columns };

static struct err *read_rows(struct request *req, const struct list *list, struct bin_row **rows,
                             size_t *count)
{
    static const struct db_stmt *const lists[2][3] = {
        { &companies_first, &companies_older, &companies_newer },
        { &people_first, &people_older, &people_newer },
    };
    struct db_arg args[7] = { DB_I(req->actor->department_low), DB_I(req->actor->department_high) };
    size_t n = 2;

    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, lists[list->view_no][list->direction], args, rows, count));
}

static void show_row(struct request *req, const struct bin_row *row, bool people, int64_t days)
{
    struct view *v = view_row(view_at(req->page, "Bin"), "Rows");

    view_text(v, "Name", row->name);
    view_text(v, "Href",
              people ? accounts_contact_href(req, row->account_id, row->id)
                     : accounts_href(req, row->id));
    view_text(v, "Company", row->company);
    page_status(req, v, "Kind", accounts_kinds, row->kind);
    page_at(req, v, "At", row->deleted_at);
    page_at(req, v, "PurgedAt", row->deleted_at + days * CLOCK_DAY);
    view_text(v, "Who",
              str_is_empty(row->deleted_name) ? tr(req, N_("automatically")) : row->deleted_name);
    view_text(v, "Reason", row->deleted_reason);
}

static struct list_key key_of(const struct bin_row *row)
{
    return (struct list_key){ .number = row->deleted_at, .id = row->id };
}

struct err *accounts_bin_show(struct request *req)
{
    const struct bin_query *in = req->input;
    struct bin_row *rows;
    struct list list;
    size_t count;
    int64_t days;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Bin")));
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    view_flag(view_at(req->page, "Bin"), "People", list.view_no == 1);
    TRY(parameter_now(req->db, req->arena, PARAM_KEEP_BIN, &days));
    TRY(read_rows(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i], list.view_no == 1, days);
    const struct list_key first = count > 0 ? key_of(&rows[0]) : (struct list_key){ 0 };
    const struct list_key last = count > 0 ? key_of(&rows[count - 1]) : (struct list_key){ 0 };

    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

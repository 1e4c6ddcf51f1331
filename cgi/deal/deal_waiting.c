/* deal/deal_waiting.c - the approval steps that wait for the reader, of registrations and of
 * changes to them, whoever has the registration: his own, those of a role that he has, and of whom
 * he stands in for; soonest first. */
#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_round.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "web/list.h"

#include <stdio.h>
#include <string.h>

#define ADDRESS "/staff/deals/approvals"

/* -- statements ----------------------------------------------------------------------------------
 */

struct waiting_row {
    int64_t id, deal_id, stage, stages, opened_at, due_at;
    const char *kind, *company_name, *partner_name, *title_en, *title_zh;
    const char *places; /* that are not answered: "u104,r5" */
};
static const struct db_field waiting_fields[] = {
    DB_FIELD(struct waiting_row, id, DB_I64, 0),
    DB_FIELD(struct waiting_row, deal_id, DB_I64, 0),
    DB_FIELD(struct waiting_row, stage, DB_I64, 0),
    DB_FIELD(struct waiting_row, stages, DB_I64, 0),
    DB_NULLABLE(struct waiting_row, opened_at, DB_AT, 0),
    DB_NULLABLE(struct waiting_row, due_at, DB_AT, 0),
    DB_FIELD(struct waiting_row, kind, DB_TEXT, 20),
    DB_FIELD(struct waiting_row, company_name, DB_TEXT, 800),
    DB_FIELD(struct waiting_row, partner_name, DB_TEXT, 800),
    DB_FIELD(struct waiting_row, title_en, DB_TEXT, 480),
    DB_FIELD(struct waiting_row, title_zh, DB_TEXT, 480),
    DB_FIELD(struct waiting_row, places, DB_TEXT, 100),
    { 0 },
};
#define OPEN_PLACE                                                         \
    "v.step_id = s.id AND v.at IS NULL AND (FIND_IN_SET(v.user_id, ?) OR " \
    "FIND_IN_SET(v.role_id, ?))"
/* Only what the reader may open (deal.of_staff): of his departments, or where he himself is asked.
 */
#define WAITING(ident, name_, behind, b, way)                                                      \
    static const struct db_stmt ident = {                                                          \
        .name = name_,                                                                             \
        .sql =                                                                                     \
            "SELECT s.id, d.id AS deal_id, s.stage, (SELECT COUNT(*) FROM approval_step t WHERE "  \
            "t.kind = s.kind AND t.object_id = d.id AND t.round = s.round) AS stages, "            \
            "s.opened_at, s.due_at, s.kind, d.company_name, a.name AS partner_name, s.title_en, "  \
            "s.title_zh, COALESCE(CAST((SELECT GROUP_CONCAT(IF(v.user_id IS NULL, "                \
            "CONCAT('r', v.role_id), CONCAT('u', v.user_id)) ORDER BY v.slot) FROM approval_vote " \
            "v WHERE v.step_id = s.id AND v.at IS NULL) AS CHAR(100)), '') AS places FROM "        \
            "approval_step s FORCE INDEX (approval_step_due) STRAIGHT_JOIN deal d ON d.id = "      \
            "s.object_id STRAIGHT_JOIN account a ON a.id = d.account_id WHERE (d.department_id "   \
            "BETWEEN ? AND ? OR d.department_id IS NULL OR d.reviewer_id = ? OR EXISTS (SELECT 1 " \
            "FROM approval_vote x WHERE x.step_id = s.id AND x.user_id = ?)) AND s.state = "       \
            "'open' AND s.kind IN ('deal', 'deal_amend') AND EXISTS (SELECT 1 FROM approval_vote " \
            "v WHERE " OPEN_PLACE ") " behind "ORDER BY s.due_at " way ", s.id " way " LIMIT ?",   \
        .binds = "iiiiss" b "i",                                                                   \
        .fields = waiting_fields,                                                                  \
        .row_bytes = sizeof(struct waiting_row),                                                   \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                        \
    }
#define BEHIND(sign) "AND s.due_at " sign "= ? AND (s.due_at " sign " ? OR s.id " sign " ?) "
WAITING(waiting_first, "deal.approvals.first", "", "", "ASC");
WAITING(waiting_older, "deal.approvals.older", BEHIND(">"), "tti", "ASC");
WAITING(waiting_newer, "deal.approvals.newer", BEHIND("<"), "tti", "DESC");

struct role_row {
    int64_t user_id, role_id;
};
static const struct db_field role_fields[] = { DB_FIELD(struct role_row, user_id, DB_I64, 0),
                                               DB_FIELD(struct role_row, role_id, DB_I64, 0),
                                               { 0 } };
static const struct db_stmt roles = {
    .name = "deal.approvals.roles",
    .sql = "SELECT STRAIGHT_JOIN r.user_id, r.role_id FROM JSON_TABLE(?, '$[*]' COLUMNS "
           "(id BIGINT PATH '$')) j JOIN user_role r ON r.user_id = j.id",
    .binds = "s",
    .fields = role_fields,
    .row_bytes = sizeof(struct role_row),
};
db_stmt_table deal_waiting_statements[] = { &waiting_first, &waiting_older, &waiting_newer, &roles,
                                            NULL };

/* -- whose steps ---------------------------------------------------------------------------------
 */

/* The reader, and of whom he stands in for. */
struct asked {
    struct delegation *people; /* [0] is the reader */
    size_t count;
    struct role_row *roles;
    size_t role_count;
    const char *user_list, *role_list; /* with commas between */
};

static struct err *read_people(struct request *req, struct asked *asked)
{
    struct delegation *others;
    size_t count;

    TRY(delegate_people_of(req->db, req->arena, req->actor->user_id, &others, &count));
    asked->people = arena_array(req->arena, count + 1, sizeof(*asked->people));
    asked->people[0] = (struct delegation){ .user_id = req->actor->user_id };
    for (size_t i = 0; i < count; i++)
        asked->people[i + 1] = others[i];
    asked->count = count + 1;
    return NULL;
}

static const char *with_number(struct arena *a, const char *list, int64_t number)
{
    return arena_printf(a, "%s%s%lld", list, *list != '\0' ? "," : "", (long long)number);
}

static struct err *read_asked(struct request *req, struct asked *asked)
{
    struct arena *a = req->arena;

    *asked = (struct asked){ .user_list = "", .role_list = "" };
    TRY(read_people(req, asked));
    for (size_t i = 0; i < asked->count; i++)
        asked->user_list = with_number(a, asked->user_list, asked->people[i].user_id);
    TRY(db_list(req->db, a, &roles, DB_ARGS(DB_S(arena_join(a, "[", asked->user_list, "]", NULL))),
                &asked->roles, &asked->role_count));
    for (size_t i = 0; i < asked->role_count; i++)
        asked->role_list = with_number(a, asked->role_list, asked->roles[i].role_id);
    return NULL;
}

static bool has_role(const struct asked *asked, int64_t user_id, int64_t role_id)
{
    for (size_t i = 0; i < asked->role_count; i++)
        if (asked->roles[i].user_id == user_id && asked->roles[i].role_id == role_id)
            return true;
    return false;
}

static bool is_asked(struct arena *a, const struct asked *asked, int64_t user_id,
                     const char *places)
{
    size_t count;
    char **words = str_split(a, places, ',', &count);
    int64_t id;

    for (size_t i = 0; i < count; i++)
        if (str_to_i64(words[i] + 1, &id) &&
            (*words[i] == 'u' ? id == user_id : has_role(asked, user_id, id)))
            return true;
    return false;
}

/* Whom the reader stands in for there; NULL where he is asked himself. */
static const char *for_whom(struct arena *a, const struct asked *asked, const char *places)
{
    for (size_t i = 0; i < asked->count; i++)
        if (is_asked(a, asked, asked->people[i].user_id, places))
            return asked->people[i].user_name;
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------
 */

struct waiting_query {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct waiting_query), { 0 } };
const struct form deal_approvals_query = { .name = "deal_approvals",
                                           .fields = query_fields,
                                           .size_bytes = sizeof(struct waiting_query) };
static const struct list_column columns[] = { { "due", false, true }, { 0 } };
static const struct list_spec spec = { .address = ADDRESS, .columns = columns };

static struct err *read_rows(struct request *req, const struct list *list,
                             const struct asked *asked, struct waiting_row **rows_out,
                             size_t *count_out)
{
    static const struct db_stmt *const stmts[] = {
        [LIST_FIRST] = &waiting_first, [LIST_OLDER] = &waiting_older, [LIST_NEWER] = &waiting_newer
    };
    const struct actor *actor = req->actor;
    struct db_arg args[11] = { DB_I(actor->department_low), DB_I(actor->department_high),
                               DB_I(actor->user_id),        DB_I(actor->user_id),
                               DB_S(asked->user_list),      DB_S(asked->role_list) };
    size_t n = 6;

    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, stmts[list->direction], args, rows_out, count_out));
}

static void show_row(struct request *req, struct view *row, const struct waiting_row *w,
                     const struct asked *asked, int64_t now)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;

    view_text(row, "Number", deal_number(req->arena, w->deal_id));
    view_text(row, "Href", deal_staff_address(req, w->deal_id));
    view_text(row, "Company", w->company_name);
    view_flag(row, "IsChange", str_eq(w->kind, DEAL_ROUND_AMEND));
    view_text(row, "Partner", w->partner_name);
    view_text(row, "Step", chinese && !str_is_empty(w->title_zh) ? w->title_zh : w->title_en);
    view_text(row, "Place",
              trf(req, N_("%1$s of %2$s"), text_number(req->locale, req->arena, w->stage),
                  text_number(req->locale, req->arena, w->stages)));
    view_text(row, "For", for_whom(req->arena, asked, w->places));
    deal_show_due(req, row, "Due", NULL, (struct deal_clock_span){ w->opened_at, w->due_at, now });
}

static struct list_key key_of(const struct waiting_row *row)
{
    return (struct list_key){ .number = row->due_at, .id = row->id };
}

struct err *deal_approvals_show(struct request *req)
{
    const struct waiting_query *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct waiting_row *rows;
    struct asked asked;
    struct list list;
    size_t count;
    int64_t now;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Approvals that wait for you")));
    deal_staff_crumbs(req, NULL);
    TRY(db_now(req->db, &now));
    TRY(read_asked(req, &asked));
    TRY(read_rows(req, &list, &asked, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(view_at(req->page, "Approvals"), "Rows"), &rows[i], &asked, now);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* rule/rule.h - ordered tables of rules: conditions and an outcome each; the first that is switched
 * on and fits is the one that counts.
 *
 * A feature has the table and knows what a rule of it means; it says so in a struct rule_book. What
 * is the same for all of them is here: the pages to list, add, change, order, switch, try and
 * delete them, their versions and audit, and the warnings of a rule that never or always fits. */
#pragma once

#include "db/stmt.h"
#include "web/form.h"
#include "web/request.h"

enum { RULES_MOST = 200 }; /* of one book: it is read whole */

/* Behind FROM in an INSERT ... SELECT: last.position is that of the last rule, 0 without any.  (Run
 * again, MariaDB 10.11 refuses a prepared SELECT that mixes an aggregate with parameters.) */
#define RULE_LAST(table) \
    "(SELECT COALESCE(MAX(position), 0) AS position FROM " table " WHERE deleted_at IS NULL) last"

/* The beginning of a feature's row. */
struct rule_head {
    int64_t id, position, row_version;
    const char *name_en, *name_zh;
    bool active;
    /* The last trial: how many past records it asked, would have decided, and the same way. */
    int64_t tried_at, tried_count, tried_matched, tried_agreed;
};
#define RULE_COLUMNS(r)                                                                        \
    r ".id, " r ".position, " r ".row_version, " r ".name_en, " r ".name_zh, " r ".active, " r \
      ".tried_at, " r ".tried_count, " r ".tried_matched, " r ".tried_agreed"
#define RULE_HEAD_FIELD(type, name, kind_, cap)                                                    \
    {                                                                                              \
        .column = #name, .kind = (kind_), .offset = offsetof(type, head.name), .cap_bytes = (cap), \
        .nullable = true                                                                           \
    }
/* TYPE begins with struct rule_head head. */
#define RULE_FIELDS(type)                                                                         \
    RULE_HEAD_FIELD(type, id, DB_I64, 0), RULE_HEAD_FIELD(type, position, DB_I64, 0),             \
        RULE_HEAD_FIELD(type, row_version, DB_I64, 0),                                            \
        RULE_HEAD_FIELD(type, name_en, DB_TEXT, 240),                                             \
        RULE_HEAD_FIELD(type, name_zh, DB_TEXT, 240), RULE_HEAD_FIELD(type, active, DB_BOOL, 0),  \
        RULE_HEAD_FIELD(type, tried_at, DB_AT, 0), RULE_HEAD_FIELD(type, tried_count, DB_I64, 0), \
        RULE_HEAD_FIELD(type, tried_matched, DB_I64, 0),                                          \
        RULE_HEAD_FIELD(type, tried_agreed, DB_I64, 0)

/* The beginning of a feature's form, and of the struct that it fills. */
struct rule_input {
    int64_t row_version; /* that was shown; 0 of a new one */
    const char *name_en, *name_zh;
    bool active;
};
#define RULE_INPUTS(type)                                                 \
    { .name = "row_version",                                              \
      .label = N_("Version"),                                             \
      .kind = FIELD_INT,                                                  \
      .max = INT64_MAX,                                                   \
      .offset = offsetof(type, rule.row_version) },                       \
        { .name = "name_en",                                              \
          .label = N_("Name in English"),                                 \
          .kind = FIELD_TEXT,                                             \
          .required = true,                                               \
          .needed = N_("Give the rule a name."),                          \
          .max = 120,                                                     \
          .offset = offsetof(type, rule.name_en) },                       \
        { .name = "name_zh",                                              \
          .label = N_("Name in Chinese"),                                 \
          .kind = FIELD_TEXT,                                             \
          .max = 120,                                                     \
          .offset = offsetof(type, rule.name_zh) },                       \
    {                                                                     \
        .name = "active", .label = N_("Switched on"), .kind = FIELD_FLAG, \
        .offset = offsetof(type, rule.active)                             \
    }

/* What trying a rule on past records came to. */
struct rule_trial {
    int64_t tried;   /* that were asked */
    int64_t fits;    /* of them: its conditions hold */
    int64_t matched; /* of those: it would have decided */
    int64_t agreed;  /* of those: as people did */
    int64_t earlier; /* of those that fit: a rule before it counts */
};

struct rule_book {
    const char *kind;     /* of its rules in the audit, and as an object: "deal_rule" */
    const char *address;  /* of its list: "/staff/deals/rules" */
    const char *title;    /* English message id: "Automatic rules" */
    enum permission edit; /* who may change them; the routes say who may look */
    const struct form *form;
    size_t row_bytes;
    const struct db_stmt *rows; /* all of them in their order */
    const struct db_stmt *turn; /* the others: RULE_STATEMENTS() */
    const struct db_stmt *place, *remove, *tried;
    void (*crumbs)(struct request *req); /* the way to its list */
    /* ROW.Conditions.n.Text, ROW.Outcome and what else its list shows. */
    void (*describe)(struct request *req, struct view *row, const void *rule);
    /* Options of the form that come from data. */
    struct err *(*options)(struct request *req);
    /* Faults that need the database. */
    struct err *(*judge)(struct request *req, const void *input);
    /* What the form shows of a stored rule. */
    void (*stored)(struct request *req, const void *rule, void *input_out);
    /* Writes a new one (ID 0) at the end, or changes ID under the version of INPUT; *id_out is 0
     * when that is another by now. */
    struct err *(*write)(struct request *req, int64_t id, const void *input, int64_t *id_out);
    /* Puts a rule as typed to past records; HEAD is NULL for one that is not stored yet.  V, unless
     * it is NULL, gets Cases.n.{Number,Href,Title,Status,At,Otherwise,Earlier}. */
    struct err *(*try_out)(struct request *req, struct view *v, const struct rule_head *head,
                           const void *input, struct rule_trial *out);
};

/* The statements that every table of rules needs, which has id, position, active, row_version,
 * deleted_at and the columns of a trial. */
#define RULE_STATEMENTS(ident, prefix, table)                                       \
    static const struct db_stmt ident##_turn = {                                    \
        .name = prefix "_turn",                                                     \
        .sql = "UPDATE " table " SET active = ?, row_version = row_version + 1"     \
               " WHERE id = ? AND row_version = ? AND deleted_at IS NULL",          \
        .binds = "iii",                                                             \
        .flags = DB_WRITE,                                                          \
    };                                                                              \
    static const struct db_stmt ident##_place = {                                   \
        .name = prefix "_place",                                                    \
        .sql = "UPDATE " table " SET position = ? WHERE id = ? AND position = ?"    \
               " AND deleted_at IS NULL",                                           \
        .binds = "iii",                                                             \
        .flags = DB_WRITE,                                                          \
    };                                                                              \
    static const struct db_stmt ident##_remove = {                                  \
        .name = prefix "_remove",                                                   \
        .sql = "UPDATE " table " SET deleted_at = UTC_TIMESTAMP(6), active = 0,"    \
               " row_version = row_version + 1"                                     \
               " WHERE id = ? AND row_version = ? AND deleted_at IS NULL",          \
        .binds = "ii",                                                              \
        .flags = DB_WRITE,                                                          \
    };                                                                              \
    static const struct db_stmt ident##_tried = {                                   \
        .name = prefix "_tried",                                                    \
        .sql = "UPDATE " table " SET tried_at = UTC_TIMESTAMP(6), tried_count = ?," \
               " tried_matched = ?, tried_agreed = ? WHERE id = ?",                 \
        .binds = "iiii",                                                            \
        .flags = DB_WRITE,                                                          \
    }

/* -- for a book's routes -------------------------------------------------------------------------
 */

extern const struct form rule_move_form, rule_version_form;

/* For struct object_kind.load: one of the book's rows. */
struct err *rule_load(const struct rule_book *book, struct request *req, int64_t id,
                      const void **object_out);
struct err *rule_list_show(const struct rule_book *book, struct request *req);
struct err *rule_new_show(const struct rule_book *book, struct request *req);
struct err *rule_new_post(const struct rule_book *book, struct request *req);
struct err *rule_edit_show(const struct rule_book *book, struct request *req);
struct err *rule_edit_post(const struct rule_book *book, struct request *req);
struct err *rule_turn_post(const struct rule_book *book, struct request *req);
struct err *rule_move_post(const struct rule_book *book, struct request *req);
struct err *rule_delete_show(const struct rule_book *book, struct request *req);
struct err *rule_delete_post(const struct rule_book *book, struct request *req);

/* Handlers of one book under the names IDENT_list, IDENT_new and so on, and its kind of object. */
#define RULE_HANDLER(ident, what, fn)                      \
    static struct err *ident##_##what(struct request *req) \
    {                                                      \
        return err_pass(fn(&(ident), req));                \
    }
#define RULE_HANDLERS(ident, kind_)                                                           \
    RULE_HANDLER(ident, list, rule_list_show)                                                 \
    RULE_HANDLER(ident, new, rule_new_show)                                                   \
    RULE_HANDLER(ident, add, rule_new_post)                                                   \
    RULE_HANDLER(ident, edit, rule_edit_show)                                                 \
    RULE_HANDLER(ident, change, rule_edit_post)                                               \
    RULE_HANDLER(ident, turn, rule_turn_post)                                                 \
    RULE_HANDLER(ident, move, rule_move_post)                                                 \
    RULE_HANDLER(ident, ask, rule_delete_show)                                                \
    RULE_HANDLER(ident, delete, rule_delete_post)                                             \
    static struct err *ident##_load(struct request *req, int64_t id, const void **object_out) \
    {                                                                                         \
        return err_pass(rule_load(&(ident), req, id, object_out));                            \
    }                                                                                         \
    const struct object_kind ident##_kind = { .name = (kind_), .prefix = "", .load = ident##_load }

#define RULE_GET_(name_, path_, perm, handler_, page_)                                           \
    .name = name_, .method = HTTP_GET, .path = path_, .audience = AUD_STAFF, .permission = perm, \
    .handler = handler_, .page = page_
#define RULE_POST_(name_, path_, perm, form_, handler_)                                           \
    .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF, .permission = perm, \
    .form = form_, .handler = handler_
/* The rows of a table of routes.  ROOM is "deal.rule"; LIST, ONE and ASK are its pages. */
#define RULE_ROUTES(ident, room, address, look, change_, form_, list_page, one_page, ask_page)   \
    { RULE_GET_(room "_list", address, look, ident##_list, list_page) },                         \
        { RULE_GET_(room "_new", address "/new", change_, ident##_new, one_page) },              \
        { RULE_POST_(room "_add", address "/new", change_, form_, ident##_add),                  \
          .retry = ident##_new, .retry_page = one_page },                                        \
        { RULE_GET_(room "_one", address "/:id", look, ident##_edit, one_page),                  \
          .object = &ident##_kind },                                                             \
        { RULE_POST_(room "_change", address "/:id", change_, form_, ident##_change),            \
          .object = &ident##_kind, .retry = ident##_edit, .retry_page = one_page },              \
        { RULE_POST_(room "_turn", address "/:id/turn", change_, &rule_version_form,             \
                     ident##_turn),                                                              \
          .object = &ident##_kind, .retry = ident##_list, .retry_page = list_page },             \
        { RULE_POST_(room "_move", address "/:id/move", change_, &rule_move_form, ident##_move), \
          .object = &ident##_kind, .retry = ident##_list, .retry_page = list_page },             \
        { RULE_GET_(room "_ask", address "/:id/delete", change_, ident##_ask, ask_page),         \
          .object = &ident##_kind },                                                             \
    {                                                                                            \
        RULE_POST_(room "_delete", address "/:id/delete", change_, &rule_version_form,           \
                   ident##_delete),                                                              \
            .object = &ident##_kind, .retry = ident##_ask, .retry_page = ask_page                \
    }

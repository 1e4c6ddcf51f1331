/* report/report_inside.h - what the files of this room share. */
#pragma once

#include "db/compose.h"
#include "report/report.h"
#include "web/list.h"

#define REPORT_KIND    "report" /* of audit events */
#define REPORT_ADDRESS "/staff/reports"

enum {
    REPORT_COLUMNS = 8,
    REPORT_FILTERS = 5,
    REPORT_GROUPS = 2,
    REPORT_FIGURES = 3,
    REPORT_ROWS = 1000,     /* of a page */
    REPORT_BARS_MOST = 12,  /* of a chart on a home page */
    REPORT_SECONDS = 4,     /* that one statement may take */
    REPORT_FIELDS_MOST = 24 /* of a data set */
};

/* -- data sets (report_sets.c) -------------------------------------------------------------------
 */

enum report_type {
    REPORT_TEXT = 1,
    REPORT_CODE,    /* one of words or choices */
    REPORT_COUNTRY, /* ISO 3166-1 alpha-2 */
    REPORT_NUMBER,
    REPORT_MONEY, /* in the reporting currency */
    REPORT_DAY,
    REPORT_INSTANT,
    REPORT_TYPE_COUNT
};

struct report_field {
    const char *name, *label; /* label: English message id; NULL name ends a table */
    enum report_type type;
    const char *sql;    /* constant; of codes text, of numbers a number */
    const char *sql_zh; /* for readers of Chinese; NULL: the same */
    const struct status_row *words;
    const struct choice *choices;
    enum permission permission; /* beside that of the set; PERM_UNSET: none */
};

/* Whose value stands at each ? of a scope. */
enum report_scope_value { REPORT_LOW = 'l', REPORT_HIGH = 'h', REPORT_USER = 'u' };

struct report_set {
    const char *name, *label, *help, *icon; /* NULL name ends the table */
    enum permission permission, export_permission;
    const char *from;         /* "FROM deal d JOIN ..." */
    const char *scope;        /* which rows a reader sees, as the set's list has it */
    const char *scope_values; /* a letter per ? of it */
    const char *id;           /* "d.id": of the record behind a row */
    const char *number;       /* "DR-": before it */
    const char *address;      /* "/staff/deals/DR-" */
    const struct report_field *fields;
};
extern const struct report_set report_sets[]; /* ended by a name of NULL */

const struct report_set *report_set_find(const char *name); /* NULL: none of that name */
bool report_set_may(const struct actor *actor, const struct report_set *set);
/* NULL also for one that the actor may not see. */
const struct report_field *report_field_find(const struct actor *actor,
                                             const struct report_set *set, const char *name);
bool report_field_may(const struct actor *actor, const struct report_field *field);
const char *report_field_sql(const struct request *req, const struct report_field *field);
/* "won" as "Won"; the code itself when the field has no word for it. */
const char *report_code_word(const struct request *req, const struct report_field *field,
                             const char *code);
/* The code of what was typed: the code itself or its word in any language; NULL for neither. */
const char *report_code_typed(const struct report_field *field, const char *typed);
/* All words of a field, with commas. */
const char *report_code_words(const struct request *req, const struct report_field *field);
bool report_is_date(const struct report_field *field);
bool report_is_number(const struct report_field *field);

/* -- definitions (report_def.c) ------------------------------------------------------------------
 */

/* What a form says of a report; its texts are stored as they stand here, under the names of the
 * form's fields. */
struct report_input {
    int64_t row_version;
    const char *name, *description, *share, *chart, *sort, *order;
    struct value_list roles;
    const char *column[REPORT_COLUMNS];
    const char *filter_field[REPORT_FILTERS], *filter_op[REPORT_FILTERS],
        *filter_value[REPORT_FILTERS];
    const char *group[REPORT_GROUPS], *span[REPORT_GROUPS];
    const char *figure[REPORT_FIGURES];
};

enum report_need { REPORT_NOTHING, REPORT_A_VALUE, REPORT_SOME_DAYS };

struct report_op {
    const char *code, *label;
    unsigned types; /* bits 1 << REPORT_x */
    enum report_need need;
};
extern const struct report_op report_ops[]; /* ended by a code of NULL */

/* How a date is grouped. */
struct report_span {
    const char *code, *label;
    const char *head, *middle, *tail; /* SQL around the date; middle NULL: it stands once */
};
extern const struct report_span report_spans[];

struct report_filter {
    const struct report_field *field;
    const struct report_op *op;
    const char *value; /* of a code its code */
    int64_t number;    /* REPORT_NUMBER, REPORT_MONEY: ten-thousandths; days */
    int32_t day;       /* REPORT_DAY, REPORT_INSTANT */
};
struct report_group {
    const struct report_field *field;
    const struct report_span *span; /* NULL: the value itself */
};
enum report_sum { REPORT_COUNT, REPORT_SUM, REPORT_AVERAGE };
struct report_figure {
    enum report_sum sum;
    const struct report_field *field; /* NULL: REPORT_COUNT */
};
enum report_chart { REPORT_NO_CHART, REPORT_BARS, REPORT_LINE };

struct report_def {
    const struct report_set *set;
    const struct report_field *columns[REPORT_COLUMNS];
    size_t column_count;
    struct report_filter filters[REPORT_FILTERS];
    size_t filter_count;
    struct report_group groups[REPORT_GROUPS];
    size_t group_count; /* 0: single rows */
    struct report_figure figures[REPORT_FIGURES];
    size_t figure_count; /* of groups at least one */
    /* Of groups by a group or a figure, of rows by a field; the other is then -1 or NULL. */
    int sort_group, sort_figure;
    const struct report_field *sort_field;
    bool ascending;
    enum report_chart chart;
};

extern const struct form report_form, report_gone_form;
struct report_gone_input {
    int64_t row_version;
};

/* What IN means over SET for this reader.  False when something is no choice of his - a field that
 * is not there (any more), or not for him - or does not fit; with TELL each is a fault of the form.
 * Writes into IN what a value means: of a typed word its code. */
bool report_def_read(struct request *req, const struct report_set *set, struct report_input *in,
                     bool tell, struct report_def *def_out);
/* "Submitted: by month", "Sum of Value". */
const char *report_group_label(struct request *req, const struct report_group *group);
const char *report_figure_label(struct request *req, const struct report_figure *figure);
/* "Status is Won". */
const char *report_filter_text(struct request *req, const struct report_filter *filter);
/* A filter's value as it is typed: of a code its word. */
const char *report_value_typed(struct request *req, const struct report_set *set, const char *field,
                               const char *value);
/* The set that a new report's address names, or that of the report that is open; NULL: none that
 * the visitor may see. */
const struct report_set *report_asked_set(struct request *req);

/* -- statements of reports themselves (report_sql.c) ---------------------------------------------
 */

struct report {
    int64_t id, row_version, owner_id, updated_at;
    const char *data_set, *name, *name_zh, *description, *description_zh, *share, *owner_name;
    bool own;
    /* set when it is loaded */
    const struct report_set *set;
};
struct report_part {
    const char *name, *value;
};
struct report_role {
    int64_t id;
    const char *name_en, *name_zh;
};
const char *report_name(const struct request *req, const struct report *r);
const char *report_description(const struct request *req, const struct report *r);
bool report_may_edit(const struct actor *actor, const struct report *r);
/* Its choices, in place of those that it had. */
struct err *report_parts_save(struct request *req, int64_t id, struct report_input *in);
/* The report as a form gave it. */
struct err *report_load_input(struct request *req, const struct report *r,
                              struct report_input *in_out);

/* Which reports a person may see: one's own, the ready-made ones, and what others share with all or
 * with a role that he has.  The person twice. */
#define REPORT_SEEN                                                                  \
    "(r.owner_id = ? OR r.owner_id IS NULL OR r.share = 'staff' OR (r.share = "      \
    "'roles' AND EXISTS (SELECT 1 FROM report_role x JOIN user_role y ON y.role_id " \
    "= x.role_id AND y.user_id = ? WHERE x.report_id = r.id))) "

/* reader twice, five names of data sets, view, reader twice; search; key; limit */
const struct db_stmt *report_sql_list(enum list_direction direction);
enum { REPORT_LIST_SETS = 5 };
extern const struct db_stmt report_sql_one; /* reader twice, id */
extern const struct db_stmt report_sql_parts, report_sql_roles_of, report_sql_roles;
extern const struct db_stmt report_sql_add, report_sql_set, report_sql_gone;
extern const struct db_stmt report_sql_part_add, report_sql_parts_gone;
extern const struct db_stmt report_sql_role_add, report_sql_roles_gone;

/* -- running (report_query.c) --------------------------------------------------------------------
 */

/* One value that came.  Numbers come as text, since 0 and nothing differ. */
struct report_cell {
    const char *text; /* NULL: nothing */
    int64_t at;
    int32_t day;
};
/* A row of a result: groups, then figures; or columns; and the record behind a single row. */
struct report_row {
    int64_t id;
    struct report_cell cells[REPORT_COLUMNS];
};

/* Which groups' rows are asked for; of a group that is not chosen nothing. */
struct report_pick {
    bool chosen, none; /* none: those without a value */
    const char *text;
    int32_t day;
};

struct report_query {
    struct request *req;
    const struct report_def *def;
    struct report_pick picks[REPORT_GROUPS];
    bool rows; /* single rows, also of a report that is grouped */
    int64_t now;
};

/* How many cells a row has. */
size_t report_cell_count(const struct report_query *q);
/* What a row is called: its groups, or the number of its record. */
const char *report_row_label(const struct report_query *q, const struct report_row *row);
/* Where the records behind a row of a grouped report are. */
const char *report_rows_address(const struct report_query *q, int64_t report_id,
                                const struct report_row *row);
const char *report_cell_head(const struct report_query *q, size_t i);
bool report_cell_is_number(const struct report_query *q, size_t i);
bool report_cell_is_money(const struct report_query *q, size_t i);
struct db_compose *report_compose(const struct report_query *q, int64_t limit);
/* One row of figures over everything that fits: cell 0 is how many rows, then the figures of the
 * report, of single rows the sum of each column of money. */
struct db_compose *report_compose_totals(const struct report_query *q);
size_t report_total_count(const struct report_query *q);
const char *report_total_label(const struct report_query *q, size_t i);
const char *report_total_text(const struct report_query *q, size_t i,
                              const struct report_cell *cell);
/* As a person reads it, and as a machine does. */
const char *report_cell_text(const struct report_query *q, size_t i,
                             const struct report_cell *cell);
const char *report_cell_plain(const struct report_query *q, struct arena *a, size_t i,
                              const struct report_cell *cell);
/* A figure's size for a chart: ten-thousandths, never negative. */
int64_t report_cell_size(const struct report_cell *cell);

/* -- the chart (report_chart.c) ------------------------------------------------------------------
 */

/* V.Chart for templates/report/show.cs, from the rows of a grouped report; ADDRESSES has for each
 * row where its records are. */
void report_chart_show(const struct report_query *q, struct view *v, const struct report_row *rows,
                       size_t count, const char *const *addresses);

/* -- pages ---------------------------------------------------------------------------------------
 */

/* With which rights ACTOR would run R: departments, language, fields that he may see.  Bars on a
 * home page are made for it. */
const char *report_rights(struct arena *a, const struct actor *actor, const struct report_set *set,
                          int64_t row_version);

extern const struct form report_list_query, report_rows_query;
/* The roles of staff as options of a list of checks: FORM and FIELD of the page. */
struct err *report_role_options(struct request *req, const char *form, const char *field);
struct err *report_list_show(struct request *req);
struct err *report_new_show(struct request *req);
struct err *report_new_set_show(struct request *req);
struct err *report_new_post(struct request *req);
struct err *report_show(struct request *req);
struct err *report_rows_show(struct request *req);
struct err *report_export(struct request *req);
struct err *report_edit_show(struct request *req);
struct err *report_edit_post(struct request *req);
struct err *report_copy_post(struct request *req);
struct err *report_gone_show(struct request *req);
struct err *report_gone_post(struct request *req);

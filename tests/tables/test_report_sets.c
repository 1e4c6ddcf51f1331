/* Every field of every data set, as column, group, figure, order and in every comparison, runs as
 * the accounts of staff and of the worker, which sends reports by mail: a report that a person can
 * write cannot fail at the database. */
#include "support/test.h"

#include "base/str.h"
#include "report/report_inside.h"
#include "report/report_jobs.h"
#include "support/testdb.h"
#include "text/format.h"
#include "web/judge.h"

static struct db *db;
static struct arena *a;
static int faults, runs;

static int set_up(void **state)
{
    (void)state;
    assert_ok(text_format_init());
    a = arena_new(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    text_format_end();
    return 0;
}

static struct actor reader(void)
{
    struct actor actor = { .audience = AUD_STAFF,
                           .user_id = 1,
                           .department_low = 0,
                           .department_high = -1,
                           .zone = "Asia/Shanghai",
                           .name = "Ana",
                           .email = "" };

    for (int p = 1; p < PERM_LIMIT; p++)
        permission_add(&actor.permissions, (enum permission)p);
    return actor;
}

static void complain(const struct report_def *def, const char *what, struct err *e)
{
    print_error("%s: %s: %s\n", def->set->name, what, err_message(e));
    err_free(e);
    faults++;
    db_rollback(db);
    assert_ok(db_begin_read(db));
}

static void run(const struct report_query *q, const char *what)
{
    struct report_row *rows;
    size_t count;
    bool late;
    struct err *e =
        db_compose_list(db, a, report_compose(q, 3), sizeof(*rows), 8, &rows, &count, &late);

    runs++;
    if (e != NULL) {
        complain(q->def, what, e);
        return;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < report_cell_count(q); k++)
            assert_non_null(report_cell_text(q, k, &rows[i].cells[k]));
    e = db_compose_list(db, a, report_compose_totals(q), sizeof(*rows), 8, &rows, &count, &late);
    if (e != NULL)
        complain(q->def, what, e);
}

static struct report_query query(struct request *req, const struct report_def *def)
{
    return (struct report_query){ .req = req, .def = def, .now = 1795824000 * CLOCK_SECOND };
}

static void run_column(struct request *req, const struct report_set *set,
                       const struct report_field *field)
{
    const struct report_def def = { .set = set,
                                    .columns = { field },
                                    .column_count = 1,
                                    .sort_group = -1,
                                    .sort_figure = -1,
                                    .sort_field = field };
    const struct report_query q = query(req, &def);

    run(&q, field->name);
}

/* The group with its rows, those of a value and those of none. */
static void run_group(struct request *req, const struct report_set *set,
                      const struct report_field *field, const struct report_span *span)
{
    const struct report_def def = { .set = set,
                                    .groups = { { field, span }, { &set->fields[0], NULL } },
                                    .group_count = 2,
                                    .figures = { { REPORT_COUNT, NULL } },
                                    .figure_count = 1,
                                    .sort_group = 0,
                                    .sort_figure = -1 };
    struct report_query q = query(req, &def);

    run(&q, field->name);
    q.rows = true;
    q.picks[0] = (struct report_pick){ .chosen = true, .text = "x", .day = 20000 };
    run(&q, field->name);
    q.picks[0].none = true;
    run(&q, field->name);
}

static void run_figure(struct request *req, const struct report_set *set,
                       const struct report_field *field)
{
    const struct report_def def = { .set = set,
                                    .groups = { { &set->fields[0], NULL } },
                                    .group_count = 1,
                                    .figures = { { REPORT_SUM, field }, { REPORT_AVERAGE, field } },
                                    .figure_count = 2,
                                    .sort_group = -1,
                                    .sort_figure = 1 };
    const struct report_query q = query(req, &def);

    run(&q, field->name);
}

static void run_filter(struct request *req, const struct report_set *set,
                       const struct report_field *field, const struct report_op *op)
{
    const struct report_def def = {
        .set = set,
        .columns = { field },
        .column_count = 1,
        .filters = { { .field = field, .op = op, .value = "50%_\\'", .number = 30, .day = 20000 } },
        .filter_count = 1,
        .sort_group = -1,
        .sort_figure = -1
    };
    const struct report_query q = query(req, &def);

    run(&q, op->code);
}

static void run_field(struct request *req, const struct report_set *set,
                      const struct report_field *field)
{
    run_column(req, set, field);
    for (const struct report_span *span = report_spans; report_is_date(field) && span->code != NULL;
         span++)
        run_group(req, set, field, span);
    if (report_is_number(field))
        run_figure(req, set, field);
    else if (!report_is_date(field))
        run_group(req, set, field, NULL);
    for (const struct report_op *op = report_ops; op->code != NULL; op++)
        if ((op->types & (1u << field->type)) != 0)
            run_filter(req, set, field, op);
}

static void run_in(enum lang lang)
{
    const struct actor actor = reader();
    struct request *req = judge_request(a, db, &actor, lang);

    assert_ok(db_begin_read(db));
    for (const struct report_set *set = report_sets; set->name != NULL; set++)
        for (const struct report_field *field = set->fields; field->name != NULL; field++)
            run_field(req, set, field);
    db_rollback(db);
}

static void run_as(const char *program, db_stmt_table *statements)
{
    db_stmt_table *const tables[] = { statements, NULL };

    assert_ok(testdb_connect_as(testdb_shared(), program, tables, &db));
    faults = runs = 0;
    run_in(LANG_EN);
    run_in(LANG_ZH);
    db_close(db);
    assert_int_equal(faults, 0);
    assert_true(runs > 500);
}

static void test_report_sets__every_field_runs_in_every_way(void **state)
{
    (void)state;
    run_as("staff", report_statements);
}

static void test_report_sets__every_field_runs_for_mails_too(void **state)
{
    (void)state;
    run_as("worker", report_job_statements);
}

static int compare_set(const struct report_set *set)
{
    int bad = 0;
    size_t n = 0;

    bad += set->permission == PERM_UNSET || set->export_permission == PERM_UNSET;
    for (const struct report_field *f = set->fields; f->name != NULL; f++, n++) {
        bad += f->type == 0 || f->type >= REPORT_TYPE_COUNT || f->sql == NULL || f->label == NULL;
        bad += f->type == REPORT_CODE && f->words == NULL && f->choices == NULL;
        bad += strlen(f->name) > 20;
    }
    if (bad != 0 || n > REPORT_FIELDS_MOST || strlen(set->name) > 20)
        print_error("%s: %d faults, %zu fields\n", set->name, bad, n);
    return bad + (n > REPORT_FIELDS_MOST);
}

static void test_report_sets__say_all_of_each_field(void **state)
{
    int bad = 0;
    size_t n = 0;

    (void)state;
    for (const struct report_set *set = report_sets; set->name != NULL; set++, n++)
        bad += compare_set(set);
    assert_int_equal(bad, 0);
    assert_int_equal(n, REPORT_LIST_SETS);
}

/* The first ? of a scope is the range of departments, as in the lists. */
static void test_report_sets__begin_with_the_departments_of_their_reader(void **state)
{
    (void)state;
    for (const struct report_set *set = report_sets; set->name != NULL; set++) {
        size_t marks = 0;

        for (const char *c = set->scope; *c != '\0'; c++)
            marks += *c == '?';
        assert_int_equal(marks, strlen(set->scope_values));
        assert_non_null(strstr(set->scope, "department_id BETWEEN ? AND ?"));
        assert_true(str_starts(set->scope_values, "lh"));
        assert_null(strchr(set->from, '?'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_sets__every_field_runs_in_every_way),
        cmocka_unit_test(test_report_sets__every_field_runs_for_mails_too),
        cmocka_unit_test(test_report_sets__say_all_of_each_field),
        cmocka_unit_test(test_report_sets__begin_with_the_departments_of_their_reader),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

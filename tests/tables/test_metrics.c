/* base/metrics.def against conf/README.md, against the rules of names, and against what could grow
 * without end. */
#include "support/test.h"

#include "base/metric.h"
#include "base/str.h"
#include "db/migrate.h"
#include "job/queue.h"
#include "operate/metrics.h"
#include "program/worker.h"
#include "support/exposition.h"
#include "support/testdb.h"
#include "support/folder.h"

#include <ctype.h>

static const char *type_of(const struct metric *m)
{
    static const char *const types[] = { [METRIC_COUNTER] = "counter",
                                         [METRIC_SECONDS] = "counter",
                                         [METRIC_GAUGE] = "gauge",
                                         [METRIC_HISTOGRAM] = "histogram" };

    return types[m->type];
}

/* "class, status"; in front of it "program" where programs differ. */
static const char *labels_of(struct arena *a, enum metric_id id)
{
    const struct metric *m = &metrics[id];
    const char *text = m->source != METRIC_ASKED || id < METRIC_DATABASE_UP ? "program" : "";

    for (size_t i = 0; i < ARRAY_LEN(m->labels); i++)
        if (m->labels[i] != LABEL_NONE)
            text = arena_join(a, text, *text != '\0' ? ", " : "", metric_labels[m->labels[i]].name,
                              NULL);
    return m->type == METRIC_HISTOGRAM ? arena_join(a, text, ", le", NULL) : text;
}

static const char *row_of(struct arena *a, enum metric_id id)
{
    const struct metric *m = &metrics[id];

    return arena_printf(a, "| `%s` | %s | %s | %s |\n", m->name, type_of(m), labels_of(a, id),
                        m->help);
}

static char *read_document(struct arena *a, const char *path)
{
    enum { MOST = 1 << 20 };
    char *text = arena_alloc(a, MOST + 1);
    FILE *f = fopen(path, "re");

    assert_non_null(f);
    assert_true(fread(text, 1, MOST, f) < MOST);
    fclose(f);
    return text;
}

static void test_metrics__the_document_has_the_rows_of_the_table_and_no_other(void **state)
{
    struct arena *a = arena_new(64 * 1024);
    const char *text = read_document(a, "conf/README.md");
    size_t rows = 0;
    int faults = 0;

    (void)state;
    for (enum metric_id id = 0; id < METRIC_COUNT; id++)
        if (strstr(text, row_of(a, id)) == NULL) {
            print_error("conf/README.md lacks: %s", row_of(a, id));
            faults++;
        }
    for (const char *at = text; (at = strstr(at, "\n| `fairway_")) != NULL; at++)
        rows++;
    assert_int_equal(faults, 0);
    assert_int_equal(rows, METRIC_COUNT);
    arena_free(a);
}

static void test_metrics__names_follow_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        const struct metric *m = &metrics[i];
        const bool counter = str_eq(type_of(m), "counter");

        assert_true(str_starts(m->name, "fairway_"));
        assert_int_equal(strspn(m->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(m->name));
        assert_int_equal(str_ends(m->name, "_total"), counter);
        if (m->type == METRIC_SECONDS)
            assert_true(str_ends(m->name, "_seconds_total"));
        if (m->type == METRIC_HISTOGRAM)
            assert_true(str_ends(m->name, "_seconds"));
        assert_null(strpbrk(m->help, "|\n"));
        assert_true(str_ends(m->help, "."));
    }
}

/* The only labels whose values stand elsewhere: kinds of jobs, which are the program's, and its
 * build. */
static void test_metrics__a_label_has_a_handful_of_values_that_the_program_itself_knows(
    void **state)
{
    (void)state;
    for (enum metric_label_id id = LABEL_NONE + 1; id < LABEL_COUNT; id++) {
        size_t count = 0;

        while (metric_labels[id].values[count] != NULL)
            count++;
        assert_true(count <= 12);
        assert_int_equal(count == 0, id == LABEL_KIND || id == LABEL_BUILD);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(
                strspn(metric_labels[id].values[i], "abcdefghijklmnopqrstuvwxyz_0123456789"),
                strlen(metric_labels[id].values[i]));
    }
}

struct portal {
    struct arena *a;
    struct testdb schema;
    struct db *owner, *db; /* the second as fw_metrics */
    struct folder folder;
    struct conf conf;
    struct buf out;
    struct exposition read;
};

static int set_up(void **state)
{
    struct portal *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    p->a = arena_new(64 * 1024);
    folder_make(&p->folder);
    p->conf = (struct conf){ .var = p->folder.path, .metrics_dir = p->folder.path };
    buf_init(&p->out, 4096, 0);
    testdb_copy(&p->schema);
    p->owner = testdb_connect(p->schema.name, NULL);
    assert_ok(migrate_grants(p->owner, p->a, testdb_sql_dir(), p->schema.name, NULL));
    assert_ok(testdb_connect_as(p->schema.name, "metrics", metrics_statements, &p->db));
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct portal *p = *state;

    db_close(p->db);
    db_close(p->owner);
    testdb_drop(&p->schema);
    folder_remove(&p->folder);
    buf_free(&p->out);
    arena_free(p->a);
    free(p);
    return 0;
}

static const char *look(struct portal *p)
{
    const struct metrics_place place = { .conf = &p->conf,
                                         .db = p->db,
                                         .kinds = job_kind_names(p->a, worker_jobs) };

    buf_reset(&p->out);
    metrics_write(&place, p->a, &p->out);
    exposition_read(p->out.data, &p->read);
    return p->out.data;
}

static void run(struct portal *p, const char *sql)
{
    assert_ok(db_begin_write(p->owner));
    assert_ok(db_script(p->owner, sql));
    assert_ok(db_commit(p->owner));
}

static void test_metrics__show_what_waits_in_the_database(void **state)
{
    struct portal *p = *state;

    run(p, "INSERT INTO job (kind, due_at, created_at) VALUES"
           " ('log.append', UTC_TIMESTAMP(6) - INTERVAL 100 SECOND, UTC_TIMESTAMP(6)),"
           " ('log.append', UTC_TIMESTAMP(6) + INTERVAL 100 SECOND, UTC_TIMESTAMP(6))");
    assert_true(exposition_value(look(p), "fairway_database_up") == 1);
    assert_true(exposition_value(p->out.data,
                                 "fairway_job_rows{kind=\"log.append\",state=\"waiting\"}") == 2);
    assert_true(exposition_value(p->out.data, "fairway_jobs_late_seconds") >= 100);
    assert_true(exposition_value(p->out.data, "fairway_mail_rows{state=\"waiting\"}") == 0);
    assert_true(exposition_value(p->out.data, "fairway_log_leaves") >= 0);
}

/* Whoever may ask for a job may make up its kind: an address, or a thousand of them. */
static void test_metrics__what_others_wrote_makes_no_series(void **state)
{
    struct portal *p = *state;
    size_t before;

    look(p);
    before = p->read.count;
    run(p, "INSERT INTO job (kind, due_at, created_at)"
           " SELECT CONCAT('ann', seq, '@example.com'), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
           " FROM seq_1_to_1000");
    assert_true(exposition_value(look(p), "fairway_job_rows{kind=\"other\",state=\"waiting\"}") ==
                1000);
    assert_int_equal(p->read.count, before + 1);
    assert_null(strstr(p->out.data, "@example.com"));
}

static void test_metrics__a_whole_portal_has_a_bounded_number_of_series(void **state)
{
    static const char *const names[] = { "public", "login", "partner", "customer", "staff" };
    struct portal *p = *state;

    for (size_t i = 0; i < ARRAY_LEN(names) + 1; i++) {
        const bool worker = i == ARRAY_LEN(names);
        const struct metric_start start = {
            .path =
                arena_printf(p->a, "%s/%s.metrics", p->folder.path, worker ? "worker" : names[i]),
            .source = worker ? METRIC_WORKER : METRIC_WEB,
            .kinds = worker ? job_kind_names(p->a, worker_jobs) : NULL,
            .workers = 2,
        };

        assert_ok(metric_open(&start));
        metric_close();
    }
    look(p);
    assert_true(p->read.count > 500);
    assert_true(p->read.count < 1500);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metrics__the_document_has_the_rows_of_the_table_and_no_other),
        cmocka_unit_test(test_metrics__names_follow_the_rules),
        cmocka_unit_test(
            test_metrics__a_label_has_a_handful_of_values_that_the_program_itself_knows),
        T(test_metrics__show_what_waits_in_the_database),
        T(test_metrics__what_others_wrote_makes_no_series),
        T(test_metrics__a_whole_portal_has_a_bounded_number_of_series),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

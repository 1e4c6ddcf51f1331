/* test_metrics.c - what Prometheus reads, of programs whose files are there. */
#include "support/test.h"

#include "operate/metrics_inside.h"
#include "support/exposition.h"
#include "support/folder.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const kinds[] = { "deal.rules", "log.append", NULL };

struct place {
    struct folder folder;
    struct conf conf;
    struct arena *a;
    struct buf out;
    struct exposition read;
};

static int set_up(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    folder_make(&p->folder);
    p->a = arena_new(64 * 1024);
    buf_init(&p->out, 4096, 0);
    p->conf = (struct conf){ .var = p->folder.path,
                             .metrics_dir = p->folder.path,
                             .socket_dir = p->folder.path };
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;

    metric_close();
    folder_remove(&p->folder);
    buf_free(&p->out);
    arena_free(p->a);
    free(p);
    return 0;
}

static void begin(const struct place *p, const char *name, enum metric_source source)
{
    char path[FOLDER_PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s.metrics", p->folder.path, name);
    assert_ok(metric_open(&(struct metric_start){
        .path = path,
        .source = source,
        .kinds = source == METRIC_WORKER ? kinds : NULL,
        .workers = 2,
    }));
}

/* Each look is read as strictly as can be. */
static const char *look(struct place *p)
{
    const struct metrics_place place = { .conf = &p->conf, .kinds = kinds };

    buf_reset(&p->out);
    metrics_write(&place, p->a, &p->out);
    exposition_read(p->out.data, &p->read);
    return p->out.data;
}

static double value(struct place *p, const char *series)
{
    return exposition_value(look(p), series);
}

static void test_metrics__a_portal_of_which_nothing_is_there_still_answers(void **state)
{
    struct place *p = *state;

    assert_true(value(p, "fairway_database_up") == 0);
    assert_int_equal(p->read.count, 1);
}

static void test_metrics__numbers_of_a_program_stand_under_its_name(void **state)
{
    struct place *p = *state;

    begin(p, "partner", METRIC_WEB);
    metric_add(METRIC_REQUESTS, METRIC_FORM, 4, 3);
    metric_add(METRIC_REPEATED, METRIC_LOST_CONFLICT, 0, 2);
    begin(p, "staff", METRIC_WEB);
    metric_add(METRIC_REQUESTS, METRIC_FORM, 4, 7);
    assert_true(value(p, "fairway_requests_total{program=\"partner\",class=\"form\","
                         "status=\"5xx\"}") == 3);
    assert_true(value(p, "fairway_requests_total{program=\"staff\",class=\"form\","
                         "status=\"5xx\"}") == 7);
    assert_true(value(p, "fairway_transactions_repeated_total{program=\"partner\","
                         "why=\"conflict\"}") == 2);
    assert_true(value(p, "fairway_up{program=\"staff\"}") == 1);
    assert_true(value(p, "fairway_start_time_seconds{program=\"staff\"}") > 1.7e9);
}

static void test_metrics__jobs_stand_under_their_kinds(void **state)
{
    struct place *p = *state;

    begin(p, "worker", METRIC_WORKER);
    metric_add(METRIC_JOBS, 1, METRIC_JOB_DONE, 5);
    metric_add(METRIC_JOB_SECONDS, 1, 0, 1250000);
    metric_add(METRIC_MAILS, METRIC_MAIL_AGAIN, 0, 1);
    assert_true(value(p, "fairway_jobs_total{program=\"worker\",kind=\"log.append\","
                         "result=\"done\"}") == 5);
    assert_true(value(p, "fairway_job_seconds_total{program=\"worker\",kind=\"log.append\"}") ==
                1.25);
    assert_true(value(p, "fairway_mails_total{program=\"worker\",result=\"again\"}") == 1);
    assert_false(exposition_has(
        p->out.data, "fairway_requests_total{program=\"worker\",class=\"page\",status=\"2xx\"}"));
}

static void test_metrics__a_histogram_adds_up(void **state)
{
    struct place *p = *state;
    static const char of[] = "fairway_request_seconds_bucket{program=\"public\",class=\"page\",";
    char series[160];

    begin(p, "public", METRIC_WEB);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_PAGE, 900);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_PAGE, 2000);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_PAGE, 60000000);
    snprintf(series, sizeof(series), "%sle=\"0.001\"}", of);
    assert_true(value(p, series) == 1);
    snprintf(series, sizeof(series), "%sle=\"10\"}", of);
    assert_true(value(p, series) == 2);
    snprintf(series, sizeof(series), "%sle=\"+Inf\"}", of);
    assert_true(value(p, series) == 3);
    assert_true(value(p, "fairway_request_seconds_sum{program=\"public\",class=\"page\"}") ==
                60.0029);
    assert_true(value(p, "fairway_request_seconds_count{program=\"public\",class=\"page\"}") == 3);
}

static void test_metrics__a_queue_says_how_long_it_is(void **state)
{
    struct place *p = *state;
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    const int listening = socket(AF_UNIX, SOCK_STREAM, 0);
    int waiting[3];

    begin(p, "partner", METRIC_WEB);
    snprintf(name.sun_path, sizeof(name.sun_path), "%s/partner.sock", p->folder.path);
    assert_int_equal(bind(listening, (struct sockaddr *)&name, sizeof(name)), 0);
    assert_int_equal(listen(listening, 5), 0);
    for (int i = 0; i < 3; i++) {
        waiting[i] = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(connect(waiting[i], (struct sockaddr *)&name, sizeof(name)), 0);
    }
    assert_true(value(p, "fairway_queue_requests{program=\"partner\"}") == 3);
    assert_true(value(p, "fairway_queue_room_requests{program=\"partner\"}") == 5);
    for (int i = 0; i < 3; i++)
        close(waiting[i]);
    close(listening);
}

static void test_metrics__each_program_may_have_a_folder_of_its_own(void **state)
{
    struct place *p = *state;

    folder_write(&p->folder, "login/keep", "");
    begin(p, "login/login", METRIC_WEB);
    assert_true(value(p, "fairway_up{program=\"login\"}") == 1);
}

static void test_metrics__a_file_that_cannot_be_read_takes_nothing_else_with_it(void **state)
{
    struct place *p = *state;

    begin(p, "partner", METRIC_WEB);
    folder_write(&p->folder, "staff.metrics", "nonsense");
    assert_true(value(p, "fairway_up{program=\"partner\"}") == 1);
    assert_non_null(strstr(p->out.data, "staff.metrics is no file of counters\n"));
    assert_false(exposition_has(p->out.data, "fairway_up{program=\"staff\"}"));
}

static void test_metrics__help_and_labels_are_escaped(void **state)
{
    struct place *p = *state;
    struct metrics m = { .a = p->a, .out = &p->out };

    metrics_family(&m, METRIC_UP);
    metrics_sample(&m, METRIC_UP, "",
                   (const struct metrics_pair[]){ { "program", "a\"b\\c\nd" }, { 0 } }, "1");
    assert_non_null(strstr(p->out.data, "fairway_up{program=\"a\\\"b\\\\c\\nd\"} 1\n"));
    exposition_read(p->out.data, &p->read);
    assert_string_equal(p->read.samples[0].labels[0].value, "a\"b\\c\nd");
}

static void test_metrics__seconds_are_written_out(void **state)
{
    struct place *p = *state;

    assert_string_equal(metrics_seconds(p->a, 0), "0");
    assert_string_equal(metrics_seconds(p->a, 1), "0.000001");
    assert_string_equal(metrics_seconds(p->a, 2500000), "2.5");
    assert_string_equal(metrics_seconds(p->a, 10000000), "10");
    assert_string_equal(metrics_seconds(p->a, -1500000), "-1.5");
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_metrics__a_portal_of_which_nothing_is_there_still_answers),
        T(test_metrics__numbers_of_a_program_stand_under_its_name),
        T(test_metrics__jobs_stand_under_their_kinds),
        T(test_metrics__a_histogram_adds_up),
        T(test_metrics__a_queue_says_how_long_it_is),
        T(test_metrics__each_program_may_have_a_folder_of_its_own),
        T(test_metrics__a_file_that_cannot_be_read_takes_nothing_else_with_it),
        T(test_metrics__help_and_labels_are_escaped),
        T(test_metrics__seconds_are_written_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

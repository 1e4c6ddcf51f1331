/* web/export.c: a file whose rows run into their time, on a program of the test's own. */
#include "support/test.h"
#include "support/webtest.h"

#include "access/audit.h"
#include "access/rate.h"
#include "access/session.h"
#include "base/log.h"
#include "web/export.h"
#include "web/token.h"
#include "web/web_sql.h"

#include <string.h>

/* -- the program ------------------------------------------------------------------------------- */

static int rows_first; /* before the time is over */

static struct err *fill(struct export *x, void *arg)
{
    const char *const cells[] = { "Harbour Works, of which this cell says more than is needed",
                                  "1" };

    (void)arg;
    for (int i = 0; i < rows_first; i++)
        TRY(export_put(x, cells));
    return err_pass(export_late(x));
}

static struct err *take(struct request *req)
{
    static const struct text_xlsx_column columns[] = { { "Company", XLSX_TEXT, 0 },
                                                       { "Count", XLSX_NUMBER, 0 },
                                                       { 0 } };
    const struct export_spec spec = {
        .file_name = "list", .title = "List", .columns = columns, .as_is = true
    };

    return err_pass(export_filled(req, &spec, fill, NULL));
}

#define FILE_ROUTE(name_, path_)                                                   \
    {                                                                              \
        .name = name_, .method = HTTP_GET, .path = path_, .audience = AUD_PARTNER, \
        .permission = PERM_DEAL_VIEW, .handler = take                              \
    }
static const struct route test_routes[] = { FILE_ROUTE("list.csv", "/partner/list.csv"),
                                            FILE_ROUTE("list.xlsx", "/partner/list.xlsx"),
                                            { 0 } };
static const struct route *const routes[] = { test_routes, NULL };
static db_stmt_table *const statements[] = { web_statements, session_read_statements,
                                             rate_statements, audit_statements, NULL };
static const struct object_kind *const objects[] = { NULL };
static const struct program program = { .name = "partner",
                                        .prefix = "/partner",
                                        .audience = AUD_PARTNER,
                                        .routes = routes,
                                        .statements = statements,
                                        .objects = objects };

static struct webtest *w;
static struct visitor partner;

static void keep_quiet(const char *line)
{
    (void)line;
}

static int set_up(void **state)
{
    struct permission_set set = { { 0 } };

    (void)state;
    log_set_sink(keep_quiet);
    permission_add(&set, PERM_DEAL_VIEW);
    w = webtest_open(&program, NULL);
    webtest_sign_in(w, &partner, AUD_PARTNER, &set, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    webtest_close(w);
    return 0;
}

/* -- tests ------------------------------------------------------------------------------------- */

static void test_export__that_is_late_with_nothing_sent_is_refused(void **state)
{
    (void)state;
    rows_first = 3;
    assert_int_equal(webtest_get(w, &partner, "/partner/list.csv").status, 503);
    rows_first = 2000;
    assert_int_equal(webtest_get(w, &partner, "/partner/list.xlsx").status, 503);
}

static void test_export__that_is_late_in_the_middle_says_so_in_its_last_row(void **state)
{
    struct answer a;

    (void)state;
    rows_first = 2000;
    a = webtest_get(w, &partner, "/partner/list.csv");
    assert_int_equal(a.status, 200);
    assert_non_null(strstr(a.body, "Company,Count\r\n"));
    assert_non_null(strstr(strstr(a.body, "This file is not complete"), ",\r\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_export__that_is_late_with_nothing_sent_is_refused),
        cmocka_unit_test(test_export__that_is_late_in_the_middle_says_so_in_its_last_row),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

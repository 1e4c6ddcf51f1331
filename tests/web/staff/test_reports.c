/* Reports as requests: written, run, opened by others with their own eyes, and what is refused. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"
#include "web/request.h"

#include <stdio.h>

#define BASE "/staff/reports"

static struct portal portal;
static struct webtest *staff;
static struct visitor writer, other;

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
}

static const char *with(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

enum { NORTH = 500000000, SOUTH = 500001000 };

/* Registrations: two of north's department, one of south's that OTHER reviews, one more of south's.
 * OTHER sees no department. */
static int begin(void **state)
{
    const int64_t account = portal.world.north.account;

    (void)state;
    portal_forget_rates(&portal);
    writer = other = (struct visitor){ 0 };
    portal_sign_in_as(staff, &writer, AUD_STAFF, 0);
    portal_sign_in_as(staff, &other, AUD_STAFF, 0);
    portal_run(&portal, with("UPDATE session SET department_low = 0, department_high = -1"
                             " WHERE user_id = ?",
                             other.user_id));
    portal_run(&portal,
               "DELETE FROM report_role; DELETE FROM report WHERE"
               " owner_id IS NOT NULL; INSERT IGNORE INTO department (id, last_id, name_en,"
               " name_zh) VALUES (500000000, 500000999, 'North', '北'),"
               " (500001000, 500001999, 'South', '南'); DELETE FROM deal_line; DELETE FROM"
               " deal WHERE project_name = 'reports'");
    portal_run(
        &portal,
        with("INSERT INTO deal (account_id, created_by, state, phase, company_name, country,"
             " project_name, total_report, department_id, submitted_at, created_at, updated_at)"
             " SELECT ?, 1, state, 2, name, 'DE', 'reports', total, department, at, at, at FROM"
             " (SELECT 'submitted' AS state, 'Amber Works' AS name, 100 AS total, 500000000 AS"
             " department, '2026-01-31 23:30:00' AS at UNION ALL SELECT 'approved', 'Birch &amp;"
             " Sons', 250.5, 500000000, '2026-02-10 12:00:00' UNION ALL SELECT 'approved',"
             " 'Cobalt Ltd', 1000, 500001000, '2026-02-11 12:00:00' UNION ALL SELECT 'approved',"
             " 'Dune Ltd', 7, 500001000, '2026-03-11 12:00:00') x",
             account));
    portal_run(&portal, with("UPDATE deal SET reviewer_id = ? WHERE project_name = 'reports' AND"
                             " company_name = 'Cobalt Ltd'",
                             other.user_id));
    return 0;
}

#define ONLY_OURS "&filter1=project&op1=is&value1=reports"
#define BY_MONTH  "&group1=submitted&span1=month&figure1=count&figure2=sum+value&chart=bars"

static struct answer try_to_write(struct visitor *v, const char *set, const char *body)
{
    const char *page = arena_join(portal.world.a, BASE "/new/", set, NULL);

    return webtest_post(staff, v, page, page, body);
}

static int64_t written(struct visitor *v, const char *body)
{
    assert_int_equal(try_to_write(v, "deals", body).status, 303);
    return number("SELECT MAX(id) FROM report");
}

static struct answer look(struct visitor *v, int64_t id)
{
    return webtest_get(staff, v, with(BASE "/?", id));
}

static struct answer send(struct visitor *v, int64_t id, const char *verb, const char *body)
{
    const char *path = arena_join(portal.world.a, with(BASE "/?", id), verb, NULL);

    return webtest_post(staff, v, path, path, body);
}

/* -- what a report shows ------------------------------------------------------------------------
 */

static void test_report__groups_by_month_with_counts_sums_and_a_chart(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS BY_MONTH);
    struct answer a = look(&writer, id);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Jan 2026"));
    assert_true(answer_has(&a, "Feb 2026"));
    assert_true(answer_has(&a, "1,250.5"));
    assert_true(answer_has(&a, "1,357.5")); /* of all */
    assert_true(answer_has(&a, "fw-chart-long"));
    assert_true(answer_has(&a, "Feb 2026: 2"));
    assert_true(answer_has(&a, "rows?g1=v2026-02-01"));
}

static void test_report__lists_rows_in_the_columns_and_order_that_were_chosen(void **state)
{
    const int64_t id = written(&writer, "name=Rows&share=private&column1=value&column2=customer"
                                        "&sort=field+value&order=up" ONLY_OURS);
    struct answer a = look(&writer, id);
    const char *value = strstr(a.body, ">Estimated value<"),
               *customer = strstr(a.body, ">Customer<"), *least = strstr(a.body, "Dune Ltd"),
               *most = strstr(a.body, "Cobalt Ltd");

    (void)state;
    assert_true(value != NULL && customer != NULL && value < customer);
    assert_true(least != NULL && most != NULL && least < most);
    assert_true(answer_has(&a, "Birch &amp;amp; Sons")); /* as it was typed */
}

static void test_report__opens_the_rows_behind_a_group(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS BY_MONTH);
    struct answer a;

    (void)state;
    a = webtest_get(staff, &writer,
                    arena_printf(portal.world.a, BASE "/%lld/rows?g1=v2026-02-01", (long long)id));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Cobalt Ltd"));
    assert_false(answer_has(&a, "Amber Works"));
    assert_true(answer_has(&a, "/staff/deals/DR-"));
    a = webtest_get(staff, &writer,
                    arena_printf(portal.world.a, BASE "/%lld/rows?g1=n", (long long)id));
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Cobalt Ltd"));
}

/* 31 January, 23:30 UTC is February in Shanghai. */
static void test_report__counts_months_where_its_reader_is(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS BY_MONTH);
    struct answer a;

    (void)state;
    portal_run(&portal,
               with("UPDATE session SET zone = 'Asia/Shanghai' WHERE user_id = ?", writer.user_id));
    a = look(&writer, id);
    assert_true(answer_has(&a, "Feb 2026: 3"));
    assert_false(answer_has(&a, "Jan 2026"));
}

static void test_report__filters_by_words_days_and_amounts(void **state)
{
    static const struct {
        const char *filter;
        const char *there, *gone;
    } cases[] = {
        { "&filter2=status&op2=is&value2=Approved", "Birch", "Amber" },
        { "&filter2=status&op2=is_not&value2=approved", "Amber", "Birch" },
        { "&filter2=customer&op2=contains&value2=ltd", "Cobalt", "Amber" },
        { "&filter2=customer&op2=contains&value2=%25", NULL, "Amber" },
        { "&filter2=customer&op2=begins&value2=amb", "Amber", "Birch" },
        { "&filter2=value&op2=least&value2=250.5", "Birch", "Amber" },
        { "&filter2=value&op2=most&value2=250.5", "Amber", "Cobalt" },
        { "&filter2=submitted&op2=on&value2=2026-02-10", "Birch", "Cobalt" },
        { "&filter2=submitted&op2=from&value2=2026-02-11", "Cobalt", "Birch" },
        { "&filter2=submitted&op2=until&value2=2026-01-31", "Amber", "Birch" },
        { "&filter2=submitted&op2=last_days&value2=1", NULL, "Amber" },
        { "&filter2=decided&op2=empty", "Amber", NULL },
        { "&filter2=decided&op2=filled", NULL, "Amber" },
        { "&filter2=country&op2=is&value2=Germany", "Amber", NULL },
        { "&filter2=country&op2=is&value2=FR", NULL, "Amber" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const int64_t id =
            written(&writer, arena_join(portal.world.a, "name=F&share=private&column1=customer",
                                        ONLY_OURS, cases[i].filter, NULL));
        const struct answer a = look(&writer, id);

        if (cases[i].there != NULL && !answer_has(&a, cases[i].there))
            fail_msg("%s: %s is missing", cases[i].filter, cases[i].there);
        if (cases[i].gone != NULL && answer_has(&a, cases[i].gone))
            fail_msg("%s: %s is there", cases[i].filter, cases[i].gone);
    }
}

/* What an import brought and took back was never won or lost by anybody. */
static void test_report__does_not_count_what_an_import_took_back(void **state)
{
    struct answer a;

    (void)state;
    portal_run(&portal,
               "INSERT INTO opportunity (name, customer_name, state, stage_id, reason_code, side,"
               " currency, amount, amount_report, competitors, worked_at, created_at, updated_at)"
               " SELECT name, 'Erle Ltd', 'lost', 7, reason, 'vendor', 'EUR', amount, amount,"
               " 'reports', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM"
               " (SELECT 'Beaten' AS name, 'price' AS reason, 40 AS amount"
               " UNION ALL SELECT 'Undone', 'import_undone', 900) x");
    portal_run(&portal,
               "INSERT INTO lead (company_name, country, state, reason_code, campaign, created_at,"
               " updated_at) SELECT name, 'DE', 'disqualified', reason, 'reports',"
               " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM (SELECT 'Weak Ltd' AS name, 'other' AS"
               " reason UNION ALL SELECT 'Undone Ltd', 'import_undone') x");
    assert_int_equal(try_to_write(&writer, "opportunities",
                                  "name=Lost&share=private&column1=title&column2=status"
                                  "&filter1=customer&op1=is&value1=Erle+Ltd")
                         .status,
                     303);
    a = look(&writer, number("SELECT MAX(id) FROM report"));
    assert_true(answer_has(&a, "Beaten"));
    assert_false(answer_has(&a, "Undone"));
    assert_int_equal(try_to_write(&writer, "leads",
                                  "name=Lost&share=private&column1=company&column2=status"
                                  "&filter1=campaign&op1=is&value1=reports")
                         .status,
                     303);
    a = look(&writer, number("SELECT MAX(id) FROM report"));
    assert_true(answer_has(&a, "Weak Ltd"));
    assert_false(answer_has(&a, "Undone Ltd"));
}

static void test_report__cuts_a_thousand_rows_and_counts_all(void **state)
{
    int64_t id;
    struct answer a;

    (void)state;
    portal_run(&portal,
               with("INSERT INTO deal (account_id, created_by, state, phase, company_name,"
                    " project_name, created_at, updated_at) SELECT ?, 1, 'submitted', 2,"
                    " CONCAT('Many ', seq), 'reports', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM"
                    " seq_1_to_10000",
                    portal.world.north.account));
    id = written(&writer, "name=Many&share=private&group1=customer&chart=bars" ONLY_OURS);
    a = look(&writer, id);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "The first 1,000 are shown."));
    assert_true(answer_has(&a, "10,004"));
    a = webtest_get(staff, &writer, with(BASE "/?/export.csv", id));
    assert_true(answer_has(&a, "Many 10000"));
    portal_run(&portal, "DELETE FROM deal WHERE project_name = 'reports'");
}

static void test_report__is_a_file_with_what_its_page_shows(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS BY_MONTH);
    struct answer a = webtest_get(staff, &writer, with(BASE "/?/export.csv", id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "2026-02-01,2,1250.5000"));
    a = webtest_get(staff, &writer, with(BASE "/?/export.xlsx", id));
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body, "PK", 2);
}

static void test_report__speaks_the_readers_language(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS
                                        "&filter2=status&op2=is&value2=Approved" BY_MONTH);
    struct answer a;

    (void)state;
    portal_run(&portal,
               with("UPDATE session SET lang = 'zh-CN' WHERE user_id = ?", writer.user_id));
    a = look(&writer, id);
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Status is"));
    assert_int_equal(look(&writer, 1).status, 200);
}

/* -- whose eyes ---------------------------------------------------------------------------------
 */

/* The canary: OTHER sees what he reviews, in the table, the totals, the chart, the rows behind it
 * and the file, though the report is somebody's who sees all. */
static void test_report__shows_each_reader_his_own_rows(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=staff" ONLY_OURS BY_MONTH),
                  rows = written(&writer,
                                 "name=Rows&share=staff&column1=customer&column2=value" ONLY_OURS);
    const char *const addresses[] = {
        with(BASE "/?", rows),
        with(BASE "/?/export.csv", rows),
        arena_printf(portal.world.a, BASE "/%lld/rows?g1=v2026-02-01", (long long)id),
    };
    struct answer a = look(&other, id);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Feb 2026: 1"));
    assert_true(answer_has(&a, "1,000"));
    assert_false(answer_has(&a, "1,250.5"));
    assert_false(answer_has(&a, "1,357.5"));
    assert_false(answer_has(&a, "Jan 2026"));
    assert_false(answer_has(&a, "Mar 2026"));
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
        a = webtest_get(staff, &other, addresses[i]);
        assert_int_equal(a.status, 200);
        assert_true(answer_has(&a, "Cobalt"));
        assert_false(answer_has(&a, "Birch"));
        assert_false(answer_has(&a, "Dune"));
        assert_false(answer_has(&a, "Amber"));
    }
    a = webtest_get(staff, &other, with(BASE "/?/export.csv", id));
    assert_true(answer_has(&a, "2026-02-01,1,1000"));
    assert_false(answer_has(&a, "2026-01-01"));
}

static void test_report__is_there_for_whom_it_is_shared_with(void **state)
{
    const int64_t role = number("SELECT id FROM role WHERE audience = 'staff' AND code = 'sales'"),
                  own = written(&writer, "name=Own&share=private&column1=status"),
                  all = written(&writer, "name=Everybody&share=staff&column1=status"),
                  some = written(&writer,
                                 arena_printf(portal.world.a,
                                              "name=Some&share=roles&roles=%lld&column1=status",
                                              (long long)role));
    struct answer a;

    (void)state;
    portal_run(&portal, with("DELETE FROM user_role WHERE user_id = ?", other.user_id));
    assert_int_equal(look(&other, own).status, 404);
    assert_int_equal(look(&other, some).status, 404);
    assert_int_equal(look(&other, all).status, 200);
    a = webtest_get(staff, &other, BASE);
    assert_true(answer_has(&a, "Everybody"));
    assert_false(answer_has(&a, ">Own<"));
    assert_false(answer_has(&a, ">Some<"));
    portal_run(&portal, portal_with_id(&portal,
                                       "INSERT INTO user_role (user_id, role_id) SELECT ?, id FROM"
                                       " role WHERE audience = 'staff' AND code = 'sales'",
                                       other.user_id));
    assert_int_equal(look(&other, some).status, 200);
}

static void without(struct visitor *v, enum permission gone)
{
    struct permission_set set = { 0 };

    for (const struct permission_row *row = permission_rows; row->name != NULL; row++)
        if (row->permission != gone && (row->audiences & (1u << AUD_STAFF)) != 0)
            permission_add(&set, row->permission);
    *v = (struct visitor){ 0 };
    webtest_sign_in(staff, v, AUD_STAFF, &set, 0);
}

static void test_report__over_a_set_that_is_not_for_the_reader_is_not_there(void **state)
{
    const int64_t id = written(&writer, "name=Hidden&share=staff&column1=status");
    struct visitor v;
    struct answer a;

    (void)state;
    without(&v, PERM_DEAL_VIEW);
    assert_int_equal(look(&v, id).status, 404);
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/rows", id)).status, 404);
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/export.csv", id)).status, 404);
    assert_int_equal(webtest_get(staff, &v, BASE "/new/deals").status, 404);
    a = webtest_get(staff, &v, BASE);
    assert_false(answer_has(&a, ">Hidden<"));
    assert_false(answer_has(&a, "Registrations by month"));
    a = webtest_get(staff, &v, BASE "/new");
    assert_false(answer_has(&a, "/new/deals"));
    assert_true(answer_has(&a, "/new/leads"));
}

static void test_report__with_a_field_that_is_not_for_the_reader_is_not_run(void **state)
{
    const int64_t id = written(&writer, "name=Hours&share=staff&column1=customer"
                                        "&column2=decision_hours" ONLY_OURS);
    struct visitor v;
    struct answer a;

    (void)state;
    without(&v, PERM_DEAL_FIGURES);
    a = look(&v, id);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "so it is not run"));
    assert_false(answer_has(&a, "Amber"));
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/export.csv", id)).status, 404);
    a = webtest_get(staff, &v, BASE "/new/deals");
    assert_false(answer_has(&a, "decision_hours"));
    assert_int_equal(try_to_write(&v, "deals", "name=x&column1=decision_hours").status, 422);
}

static void test_report__is_no_file_and_no_sql_without_the_permission(void **state)
{
    const int64_t id = written(&writer, "name=Rows&share=staff&column1=customer" ONLY_OURS);
    struct visitor v;
    struct answer a;

    (void)state;
    a = look(&writer, id);
    assert_true(answer_has(&a, "FROM deal d"));
    without(&v, PERM_REPORT_SQL);
    a = look(&v, id);
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "FROM deal d"));
    without(&v, PERM_DEAL_EXPORT);
    a = look(&v, id);
    assert_false(answer_has(&a, "export.csv"));
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/export.csv", id)).status, 404);
}

/* -- writing ------------------------------------------------------------------------------------
 */

static void test_report__is_changed_by_its_owner_under_its_version(void **state)
{
    const int64_t id = written(&writer, "name=First&share=staff&column1=status");
    struct answer a;

    (void)state;
    assert_int_equal(
        send(&writer, id, "/edit", "row_version=1&name=Second&share=staff&column1=customer").status,
        303);
    a = look(&writer, id);
    assert_true(answer_has(&a, "Second"));
    assert_int_equal(
        send(&writer, id, "/edit", "row_version=1&name=Third&share=staff&column1=status").status,
        409);
    a = look(&writer, id);
    assert_true(answer_has(&a, "Second"));
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE action = 'report.edit'") > 0,
                     1);
    assert_int_equal(send(&writer, id, "/delete", "row_version=1").status, 409);
    assert_int_equal(send(&writer, id, "/delete", "row_version=2").status, 303);
    assert_int_equal(look(&writer, id).status, 404);
}

static void test_report__of_another_is_copied_not_changed(void **state)
{
    const int64_t id = written(&writer, "name=Kept&share=staff&column1=status" ONLY_OURS);
    struct visitor v;
    int64_t copy;

    (void)state;
    without(&v, PERM_REPORT_MANAGE);
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/edit", id)).status, 404);
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/delete", id)).status, 404);
    assert_int_equal(
        webtest_post(staff, &v, with(BASE "/?", id), with(BASE "/?/copy", id), "").status, 303);
    copy = number("SELECT MAX(id) FROM report");
    assert_int_equal(number(with("SELECT owner_id FROM report WHERE id = ?", copy)), v.user_id);
    assert_int_equal(number(with("SELECT COUNT(*) FROM report_part WHERE report_id = ?", copy)), 4);
    assert_int_equal(webtest_get(staff, &v, with(BASE "/?/edit", copy)).status, 200);
    assert_int_equal(look(&writer, copy).status, 404);
}

static void test_report__that_is_ready_made_stays_as_it_is(void **state)
{
    (void)state;
    assert_int_equal(look(&writer, 1).status, 200);
    assert_int_equal(webtest_get(staff, &writer, BASE "/1/edit").status, 404);
    assert_int_equal(webtest_get(staff, &writer, BASE "/1/delete").status, 404);
    for (int64_t id = 1; id <= 7; id++) {
        const struct answer a = look(&writer, id);

        assert_int_equal(a.status, 200);
        assert_false(answer_has(&a, "so it is not run"));
    }
}

static void test_report__of_a_person_who_is_gone_stays_readable(void **state)
{
    const int64_t id = written(&writer, "name=Left&share=staff&column1=status" ONLY_OURS);

    (void)state;
    portal_run(&portal, with("UPDATE user SET status = 'disabled' WHERE id = ?", writer.user_id));
    assert_int_equal(look(&other, id).status, 200);
    assert_int_equal(send(&other, id, "/delete", "row_version=1").status, 303);
}

/* -- what is refused ----------------------------------------------------------------------------
 */

static void test_report__takes_nothing_that_is_no_choice(void **state)
{
    static const char *const bodies[] = {
        "name=x",
        "name=&column1=status",
        "name=x&column1=d.state",
        "name=x&column1=status%20FROM%20user--",
        "name=x&column1=status&sort=field+1;DROP+TABLE+deal",
        "name=x&column1=status&sort=group1",
        "name=x&column1=status&chart=bars",
        "name=x&group1=partner&chart=line",
        "name=x&group1=value",
        "name=x&group1=partner&figure1=sum+partner",
        "name=x&group1=partner&figure1=sum+value)--",
        "name=x&group1=partner&sort=figure3",
        "name=x&group1=partner&sort=field+status",
        "name=x&group1=submitted&span1=week",
        "name=x&column1=status&filter1=status&op1=is&value1=nonsense",
        "name=x&column1=status&filter1=status&op1=contains&value1=a",
        "name=x&column1=status&filter1=status&op1=or+1%3D1&value1=a",
        "name=x&column1=status&filter1=value&op1=least&value1=much",
        "name=x&column1=status&filter1=submitted&op1=on&value1=yesterday",
        "name=x&column1=status&filter1=submitted&op1=on&value1=2026-02-30",
        "name=x&column1=status&filter1=submitted&op1=last_days&value1=0",
        "name=x&column1=status&filter1=submitted&op1=last_days&value1=99999999999",
        "name=x&column1=status&filter1=status&op1=is",
        "name=x&column1=status&value1=alone",
        "name=x&column1=status&share=everyone",
        "name=x&column1=status&share=roles",
    };
    const int64_t before = number("SELECT COUNT(*) FROM report");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        const struct answer a = try_to_write(&writer, "deals", bodies[i]);

        if (a.status != 422)
            fail_msg("%s: %d", bodies[i], a.status);
    }
    assert_int_equal(try_to_write(&writer, "deals", "name=x&column1=status&column9=x").status, 400);
    assert_int_equal(number("SELECT COUNT(*) FROM report"), before);
}

static void test_report__asks_for_no_unknown_set_or_group(void **state)
{
    const int64_t id = written(&writer, "name=Months&share=private" ONLY_OURS BY_MONTH);
    static const char *const queries[] = { "g1=x", "g1=v2026-13-01", "g1=v'--", "g2=vx",
                                           "g1=v2026-02-01&g2=n" };

    (void)state;
    assert_int_equal(webtest_get(staff, &writer, BASE "/new/user").status, 404);
    assert_int_equal(webtest_get(staff, &writer, BASE "/new/deals%20x").status, 404);
    for (size_t i = 0; i < ARRAY_LEN(queries); i++)
        assert_int_equal(webtest_get(staff, &writer,
                                     arena_printf(portal.world.a, BASE "/%lld/rows?%s",
                                                  (long long)id, queries[i]))
                             .status,
                         404);
}

/* What stands in the tables is not believed either: an older release, or another hand. */
static void test_report__that_was_tampered_with_is_not_run(void **state)
{
    static const char *const parts[] = {
        "('column1', 'd.state')", "('figure1', 'sum d.total)')", "('op1', '= 1 OR 1')",
        "('group1', 'x')",        "('filter1', 'secret')",       "('sort', 'field nothing')",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const int64_t id = written(&writer, "name=Bent&share=private&column2=status" ONLY_OURS);
        const char *values = parts[i];
        struct answer a;

        portal_run(&portal,
                   arena_printf(portal.world.a,
                                "INSERT INTO report_part (report_id, name, value) SELECT %lld, x.*"
                                " FROM (SELECT SUBSTRING_INDEX(SUBSTRING_INDEX(q, '''', 2), '''',"
                                " -1) AS n, SUBSTRING_INDEX(SUBSTRING_INDEX(q, '''', 4), '''', -1)"
                                " AS v FROM (SELECT \"%s\" AS q) y) x ON DUPLICATE KEY UPDATE value"
                                " = VALUES(value)",
                                (long long)id, values));
        a = look(&writer, id);
        assert_int_equal(a.status, 200);
        if (!answer_has(&a, "so it is not run"))
            fail_msg("%s was run", values);
    }
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report__groups_by_month_with_counts_sums_and_a_chart),
        TEST(test_report__lists_rows_in_the_columns_and_order_that_were_chosen),
        TEST(test_report__opens_the_rows_behind_a_group),
        TEST(test_report__counts_months_where_its_reader_is),
        TEST(test_report__filters_by_words_days_and_amounts),
        TEST(test_report__does_not_count_what_an_import_took_back),
        TEST(test_report__cuts_a_thousand_rows_and_counts_all),
        TEST(test_report__is_a_file_with_what_its_page_shows),
        TEST(test_report__speaks_the_readers_language),
        TEST(test_report__shows_each_reader_his_own_rows),
        TEST(test_report__is_there_for_whom_it_is_shared_with),
        TEST(test_report__over_a_set_that_is_not_for_the_reader_is_not_there),
        TEST(test_report__with_a_field_that_is_not_for_the_reader_is_not_run),
        TEST(test_report__is_no_file_and_no_sql_without_the_permission),
        TEST(test_report__is_changed_by_its_owner_under_its_version),
        TEST(test_report__of_another_is_copied_not_changed),
        TEST(test_report__that_is_ready_made_stays_as_it_is),
        TEST(test_report__of_a_person_who_is_gone_stays_readable),
        TEST(test_report__takes_nothing_that_is_no_choice),
        TEST(test_report__asks_for_no_unknown_set_or_group),
        TEST(test_report__that_was_tampered_with_is_not_run),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

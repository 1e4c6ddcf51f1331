/* What a registration has in the vendor's own fields, in the opportunity that it becomes: at once
 * what its partner changes, by a worker under its own account the rest, once. */
#include "support/test.h"
#include "fixture/sides.h"

#include "access/audit.h"
#include "base/str.h"
#include "opportunity/opportunity_convert.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/testdb.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANARY "Zaunkoenig"

static struct job_context ctx;
static const volatile int never;
static const struct job_kind *const kinds[] = { opportunity_convert_jobs, NULL };

/* Of each kind a registration's field and an opportunity's; NULL: none. */
#define FIELD(kind, code, type, limits, audience) \
    "('" kind "', '" code "', '" type "', 'The " code "', 'Z', " limits ", '" audience "')"
#define SAME(code, type, deal, opportunity)   \
    FIELD("deal", code, type, "'', ''", deal) \
    ", " FIELD("opportunity", code, type, "'', ''", opportunity)

static int define_fields(void **state)
{
    (void)state;
    portal_run(&portal,
               "DELETE FROM custom_value WHERE object_id > 0; DELETE FROM custom_option WHERE id >"
               " 0; DELETE FROM custom_field WHERE id > 0; DELETE FROM job WHERE kind ="
               " 'opportunity.carry'");
    portal_run(
        &portal,
        "INSERT INTO custom_field (kind, code, type, name_en, name_zh, least, most, audience)"
        " VALUES " SAME(
            "tender", "text",
            "edits", "edits") ", " SAME("notes", "lines",
                                        "edits", "edits") ", " SAME("racks", "int", "edits",
                                                                    "edits") ", " SAME("rent",
                                                                                       "amount", "edits", "edits") ", " SAME("need_by", "day", "edits", "edits") ", " SAME("urgent", "flag", "edits", "edits") ", " SAME("funding", "choice", "edits", "edits") ", " SAME("campaign", "text", "reads", "reads") ", " SAME("credit",
                                                                                                                                                                                                                                                                                                                          "text", "staff", "staff") ", " SAME("secret",
                                                                                                                                                                                                                                                                                                                                                              "text",
                                                                                                                                                                                                                                                                                                                                                              "staff",
                                                                                                                                                                                                                                                                                                                                                              "edits") ", " SAME("hidden",
                                                                                                                                                                                                                                                                                                                                                                                 "text",
                                                                                                                                                                                                                                                                                                                                                                                 "staff", "reads") ", " SAME("word",
                                                                                                                                                                                                                                                                                                                                                                                                             "text", "edits", "staff") ", " FIELD("deal", "depth", "int", "'', ''", "edits") ", " FIELD("opportunity",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "depth",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "text",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "'', ''", "edits") ", " FIELD("deal",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "alone", "text",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "'', ''", "edits") ", " FIELD("deal",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "short",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "text",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "'', ''", "edits") ", " FIELD("opportunity",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "short", "text", "'', '3'", "edits") ", " FIELD("deal",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "few",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "int",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "'', ''",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "edits") ", " FIELD("opportunity",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "few",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "int",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "'2', '4'",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "edits"));
    portal_run(&portal,
               "INSERT INTO custom_option (field_id, code, name_en, name_zh, active) SELECT f.id,"
               " o.code, o.code, o.code, o.code <> 'gift' OR f.kind = 'deal' FROM custom_field f"
               " JOIN (SELECT 'own' AS code UNION SELECT 'lease' UNION SELECT 'gift' UNION SELECT"
               " 'barter') o ON f.code = 'funding' AND (o.code <> 'barter' OR f.kind = 'deal')"
               " ORDER BY f.kind DESC, o.code");
    portal_forget_rates(&portal);
    return 0;
}

/* -- registrations, and what becomes of them -----------------------------------------------------
 */

#define DEAL(rest)   text("/partner/deals/DR-#" rest, id)
#define REVIEW(rest) text("/staff/deals/DR-#" rest, id)

static int64_t approved(const char *custom)
{
    const char *facts = arena_printf(
        portal.world.a,
        "company_name=%s&country=SG&expected_close=2029-12-31&row_version=0&line=%lld&quantity=2"
        "&value=100&contact_name=Gu&contact_phone=86+512+6288&deal_type=new&currency=USD&do=submit"
        "%s",
        portal_company(portal.world.a), (long long)portal.world.line[0], custom);
    int64_t id;

    assert_int_equal(
        webtest_post(partner, member, "/partner/deals/new", "/partner/deals/new", facts).status,
        303);
    id = newest("deal");
    assert_int_equal(webtest_post(staff, manager, REVIEW("/fields"), REVIEW("/fields"),
                                  arena_printf(portal.world.a,
                                               "row_version=%lld&custom_campaign=Edge+days"
                                               "&custom_credit=" CANARY "&custom_secret=" CANARY
                                               "&custom_hidden=" CANARY,
                                               (long long)deal_version(id)))
                         .status,
                     303);
    run("UPDATE deal SET state = 'approved', protected_until_at = UTC_TIMESTAMP(6) + INTERVAL 90"
        " DAY, phase = 3 WHERE id = #",
        id);
    return id;
}

static int64_t converted(const char *custom)
{
    const int64_t id = approved(custom);

    assert_int_equal(webtest_post(partner, member, DEAL(""), DEAL("/convert"),
                                  text("row_version=#", deal_version(id)))
                         .status,
                     303);
    return newest("opportunity");
}

static int work(void)
{
    int ran = 0;

    assert_ok(job_run_due(&ctx, kinds, &never, &ran));
    arena_clear(ctx.arena);
    return ran;
}

/* What stands in a field of the opportunity, as text; "" for nothing. */
static const char *value(int64_t op, const char *code)
{
    return text_of(arena_printf(portal.world.a,
                                "SELECT COALESCE(v.text_value, v.day_value, IF(f.type = 'choice',"
                                " (SELECT o.code FROM custom_option o WHERE o.id = v.number_value"
                                " AND o.field_id = f.id), TRIM(v.number_value) + 0)) FROM"
                                " custom_value v JOIN custom_field f ON f.id = v.field_id AND"
                                " f.kind = v.kind WHERE v.kind = 'opportunity' AND f.code = '%s'"
                                " AND v.object_id = #",
                                code),
                   op);
}

#define EVENTS(op)                                                                    \
    number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND action =" \
           " 'opportunity.fields' AND object_id = #",                                 \
           op)
#define VALUES_OF(op) \
    number("SELECT COUNT(*) FROM custom_value WHERE kind = 'opportunity' AND object_id = #", op)

static int open_all(void **state)
{
    sides_open(state);
    ctx = (struct job_context){ .arena = arena_new(65536), .owner = "test" };
    assert_ok(testdb_connect_as(webtest_schema(partner), "worker", worker_statements, &ctx.db));
    return 0;
}

static int close_all(void **state)
{
    db_close(ctx.db);
    arena_free(ctx.arena);
    return sides_close(state);
}

/* -- tests ---------------------------------------------------------------------------------------
 */

static void test_conversion__carries_what_the_partner_changes_at_once(void **state)
{
    const int64_t op =
        converted("&custom_tender=T-17&custom_notes=One%0ATwo&custom_racks=4&custom_rent=1234.50"
                  "&custom_need_by=2027-03-09&custom_urgent=no&custom_funding=lease");
    struct answer page = webtest_get(partner, member, OURS(""));

    (void)state;
    assert_string_equal(value(op, "tender"), "T-17");
    assert_string_equal(value(op, "notes"), "One\nTwo");
    assert_string_equal(value(op, "racks"), "4");
    assert_string_equal(value(op, "rent"), "1234.5");
    assert_string_equal(value(op, "need_by"), "2027-03-09");
    assert_string_equal(value(op, "urgent"), "0");
    assert_string_equal(value(op, "funding"), "lease");
    assert_true(answer_has(&page, "T-17"));
    assert_int_equal(EVENTS(op), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND action"
                            " = 'opportunity.fields' AND JSON_VALUE(after_json, '$.funding') ="
                            " 'lease' AND JSON_VALUE(before_json, '$.funding') = '' AND audience ="
                            " 'partner' AND object_id = #",
                            op),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_field WHERE kind = 'opportunity' AND used"
                            " = 1 AND id > # - #",
                            op),
                     7);
}

static void test_conversion__carries_what_partners_only_read_or_do_not_see_by_the_worker(
    void **state)
{
    const int64_t op = converted("&custom_tender=T-17&custom_word=Ours");
    struct answer page;

    (void)state;
    assert_int_equal(VALUES_OF(op), 1);
    assert_int_equal(work(), 1);
    assert_string_equal(value(op, "campaign"), "Edge days");
    assert_string_equal(value(op, "credit"), CANARY);
    assert_string_equal(value(op, "word"), "Ours");
    page = webtest_get(partner, member, OURS(""));
    assert_true(answer_has(&page, "Edge days"));
    assert_false(answer_has(&page, CANARY));
    page = webtest_get(staff, manager, THEIRS(""));
    assert_true(answer_has(&page, CANARY));
    assert_int_equal(
        number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND action"
               " = 'opportunity.fields' AND JSON_VALUE(after_json, '$.credit') = '" CANARY
               "' AND user_id = 0 AND object_id = #",
               op),
        1);
}

/* A field of the same name says that it is the same, not that its value may be shown to more. */
static void test_conversion__shows_nobody_what_he_did_not_see_before(void **state)
{
    const int64_t op = converted("");

    (void)state;
    work();
    assert_string_equal(value(op, "secret"), "");
    assert_string_equal(value(op, "hidden"), "");
}

static void test_conversion__leaves_what_the_other_field_does_not_take(void **state)
{
    static const char *const codes[] = { "depth", "alone", "short", "few" };
    int64_t op = converted("&custom_depth=3&custom_alone=x&custom_short=abcd&custom_few=5"
                           "&custom_funding=gift");

    (void)state;
    work();
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        assert_string_equal(value(op, codes[i]), "");
    assert_string_equal(value(op, "funding"), "");
    op = converted("&custom_short=abc&custom_few=4&custom_funding=barter");
    assert_string_equal(value(op, "short"), "abc");
    assert_string_equal(value(op, "few"), "4");
    assert_string_equal(value(op, "funding"), "");
}

static void test_conversion__leaves_fields_that_are_off(void **state)
{
    int64_t op;

    (void)state;
    portal_run(&portal, "UPDATE custom_field SET active = 0 WHERE kind = 'opportunity' AND code IN"
                        " ('tender', 'credit')");
    op = converted("&custom_tender=T-17&custom_racks=4");
    work();
    assert_string_equal(value(op, "tender"), "");
    assert_string_equal(value(op, "credit"), "");
    assert_string_equal(value(op, "racks"), "4");
}

static void test_conversion__without_fields_leaves_no_trace(void **state)
{
    int64_t op;

    (void)state;
    op = converted("");
    assert_int_equal(EVENTS(op), 0);
    portal_run(&portal, "UPDATE custom_field SET active = 0 WHERE kind = 'opportunity'");
    assert_int_equal(work(), 1);
    assert_int_equal(VALUES_OF(op), 0);
    assert_int_equal(EVENTS(op), 0);
}

static void test_worker__leaves_what_staff_have_written_since(void **state)
{
    const int64_t op = converted("");
    struct answer got;

    (void)state;
    got = webtest_post(
        staff, manager, THEIRS(""), THEIRS("/edit"),
        arena_printf(portal.world.a,
                     "row_version=%lld&name=Cold+store&currency=USD&amount=1000&expected_close"
                     "=2031-05-20&owner_user_id=&inside_note=&custom_credit=Passed",
                     (long long)opportunity_version(op)));
    assert_int_equal(got.status, 303);
    work();
    assert_string_equal(value(op, "credit"), "Passed");
    assert_string_equal(value(op, "campaign"), "Edge days");
}

/* The answer to its commit was lost, and the job comes again. */
static void test_worker__does_not_bring_back_what_was_removed_after_it(void **state)
{
    const int64_t op = converted("");
    struct job job = { .kind = opportunity_convert_jobs[0].name, .ref = op, .tries = 1 };

    (void)state;
    job.id = number("SELECT MAX(id) FROM job WHERE kind = 'opportunity.carry' AND ref = #", op);
    work();
    assert_string_equal(value(op, "credit"), CANARY);
    run("DELETE FROM custom_value WHERE kind = 'opportunity' AND object_id = #", op);
    assert_ok(opportunity_convert_jobs[0].handler(&ctx, &job));
    assert_int_equal(VALUES_OF(op), 0);
    assert_int_equal(EVENTS(op), 1);
}

static pid_t start_worker(void)
{
    pid_t pid = fork();
    int ran;

    if (pid != 0)
        return pid;
    struct job_context own = { .arena = arena_new(65536), .owner = "killed" };
    struct err *e =
        testdb_connect_as(webtest_schema(partner), "worker", worker_statements, &own.db);

    if (e == NULL)
        e = job_run_due(&own, kinds, &never, &ran);
    _exit(e == NULL ? 0 : 1);
}

/* The server reads its table of transactions anew when nobody has asked for a tenth of a second. */
static void wait_for(const char *sql, int64_t id)
{
    for (int i = 0; i < 100 && number(sql, id) == 0; i++)
        usleep(150000);
    assert_int_not_equal(number(sql, id), 0);
}

/* Somebody holds a definition while the worker is between its first statement and its last. */
static void test_worker__killed_in_the_middle_another_carries_all_of_it_once(void **state)
{
    const int64_t op = converted("&custom_word=Ours");
    struct db *other = testdb_connect(webtest_schema(partner), NULL);
    pid_t pid;

    (void)state;
    assert_ok(db_begin_write(other));
    assert_ok(db_script(other, "UPDATE custom_field SET used = 1, hint_en = 'held' WHERE kind ="
                               " 'opportunity' AND code = 'word'"));
    pid = start_worker();
    wait_for("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT' AND"
             " # > 0",
             op);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    db_rollback(other);
    db_close(other);
    assert_int_equal(VALUES_OF(op), 0);
    assert_int_equal(work(), 0);
    wait_for("SELECT COUNT(*) = 0 FROM information_schema.innodb_trx WHERE # > 0", op);
    run("UPDATE job SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE ref = # AND kind ="
        " 'opportunity.carry'",
        op);
    assert_int_equal(work(), 1);
    assert_int_equal(work(), 0);
    assert_string_equal(value(op, "word"), "Ours");
    assert_string_equal(value(op, "campaign"), "Edge days");
    assert_string_equal(value(op, "credit"), CANARY);
    assert_int_equal(VALUES_OF(op), 3);
    assert_int_equal(EVENTS(op), 1);
}

static void test_trail__of_an_opportunity_that_was_converted_holds(void **state)
{
    const int64_t op = converted("&custom_tender=T-17");
    struct audit_report report = { 0 };

    (void)state;
    work();
    assert_int_equal(EVENTS(op), 2);
    assert_ok(db_begin_read(portal.world.db));
    assert_ok(audit_verify_record(portal.world.db, "opportunity", op, 100, &report));
    db_rollback(portal.world.db);
    assert_int_equal(report.faults, 0);
    assert_true(report.events >= 3);
}

#define FRESH(test) cmocka_unit_test_setup(test, define_fields)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_conversion__carries_what_the_partner_changes_at_once),
        FRESH(test_conversion__carries_what_partners_only_read_or_do_not_see_by_the_worker),
        FRESH(test_conversion__shows_nobody_what_he_did_not_see_before),
        FRESH(test_conversion__leaves_what_the_other_field_does_not_take),
        FRESH(test_conversion__leaves_fields_that_are_off),
        FRESH(test_conversion__without_fields_leaves_no_trace),
        FRESH(test_worker__leaves_what_staff_have_written_since),
        FRESH(test_worker__does_not_bring_back_what_was_removed_after_it),
        FRESH(test_worker__killed_in_the_middle_another_carries_all_of_it_once),
        FRESH(test_trail__of_an_opportunity_that_was_converted_holds),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

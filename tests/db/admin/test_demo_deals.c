/* test_demo_deals.c - the registrations of the demo company: their histories are whole. */
#include "support/test.h"

#include "access/audit.h"
#include "admin/demo.h"
#include "base/clock.h"
#include "deal/deal.h"
#include "support/testdb.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/fairway-test-deals-XXXXXX";
static struct testdb schema;
static struct db *db;
static struct arena *arena;
static struct conf conf;

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

static int64_t number(const struct db_stmt *st, const struct db_arg *args)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, arena, st, args, &row));
    assert_ok(db_commit(db));
    return row.n;
}

/* Statements are known by their address, so each must be static. */
#define NUMBER(text)                                                                  \
    ({                                                                                \
        static const struct db_stmt st_ = { .name = "test",                           \
                                            .sql = (text),                            \
                                            .binds = "",                              \
                                            .fields = number_fields,                  \
                                            .row_bytes = sizeof(struct number_row) }; \
        number(&st_, DB_NO_ARGS);                                                     \
    })

static bool load(FILE *out)
{
    bool loaded;

    assert_ok(demo_load(db, &conf, out, &loaded));
    return loaded;
}

static void test_demo_deals__has_a_registration_in_every_state(void **state)
{
    static const struct db_stmt in_state = { .name = "test.in_state",
                                             .sql =
                                                 "SELECT COUNT(*) AS n FROM deal WHERE state = ?",
                                             .binds = "s",
                                             .fields = number_fields,
                                             .row_bytes = sizeof(struct number_row) };

    (void)state;
    for (int s = 0; s < DEAL_STATE_COUNT; s++)
        if (number(&in_state, DB_ARGS(DB_S(deal_state_code((enum deal_state)s)))) == 0)
            fail_msg("no registration is %s", deal_state_code((enum deal_state)s));
}

static void test_demo_deals__fills_nine_months_and_nothing_beyond_now(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM deal") >= 120);
    assert_true(NUMBER("SELECT DATEDIFF(UTC_TIMESTAMP(), MIN(created_at)) AS n FROM deal") > 240);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_step"
                            " WHERE from_at > UTC_TIMESTAMP(6) OR until_at < from_at"),
                     0);
}

static void test_demo_deals__claims_are_the_lines_that_are_protected(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_line l JOIN deal d ON d.id = l.deal_id"
                            " JOIN account e ON e.id = d.end_customer_id"
                            " LEFT JOIN claim c ON c.deal_id = d.id"
                            " AND c.product_line_id = l.product_line_id"
                            " AND c.group_id = e.group_id"
                            " WHERE (d.state IN ('approved', 'converted', 'won')"
                            " AND l.lost_at IS NULL) <> (c.id IS NOT NULL)"),
                     0);
}

static void test_demo_deals__every_taking_and_freeing_is_remembered(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT SUM(event = 'taken') - SUM(event <> 'taken')"
                            " - (SELECT COUNT(*) FROM claim) AS n FROM claim_event"),
                     0);
}

static void test_demo_deals__ranks_follow_the_times_of_submission(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal a JOIN deal b"
                            " ON a.rank_no < b.rank_no AND a.submitted_at > b.submitted_at"),
                     0);
}

static void test_demo_deals__steps_have_no_gaps(void **state)
{
    (void)state;
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal d WHERE (SELECT COUNT(*) FROM deal_step s"
               " WHERE s.deal_id = d.id AND s.until_at IS NULL"
               " AND s.state = d.state) <> 1"),
        0);
}

static void test_demo_deals__every_submission_has_its_receipt(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal d WHERE d.submitted_at IS NOT NULL"
                            " AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.deal_id = d.id"
                            " AND r.event = 'submitted' AND r.made_at = d.submitted_at)"),
                     0);
}

static void test_demo_deals__audit_chains_are_whole(void **state)
{
    struct audit_report report;

    (void)state;
    assert_ok(db_begin_read(db));
    assert_ok(audit_verify(db, &report));
    db_rollback(db);
    assert_int_equal(report.faults, 0);
    assert_true(report.events > 500);
}

static void test_demo_deals__figures_agree_with_the_registrations(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT (SELECT SUM(submitted) FROM deal_figure)"
                            " - (SELECT COUNT(*) FROM deal WHERE submitted_at IS NOT NULL) AS n"),
                     0);
    assert_int_equal(NUMBER("SELECT (SELECT SUM(won) FROM deal_figure)"
                            " - (SELECT COUNT(*) FROM deal WHERE state = 'won') AS n"),
                     0);
}

static void test_demo_deals__nothing_is_overdue_for_the_worker(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE"
                            " (state = 'approved' AND protected_until_at < UTC_TIMESTAMP(6))"
                            " OR (state = 'returned' AND answer_due_at < UTC_TIMESTAMP(6))"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM job WHERE kind LIKE 'deal.%'"), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM outbox"), 0);
}

static void test_demo_deals__protections_end_soon_and_later(void **state)
{
    (void)state;
    for (const int *days = (const int[]){ 1, 7, 14, 30, 0 }; *days != 0; days++) {
        static const struct db_stmt ending = {
            .name = "test.ending",
            .sql = "SELECT COUNT(*) AS n FROM deal WHERE state = 'approved'"
                   " AND ABS(DATEDIFF(protected_until, UTC_TIMESTAMP()) - ?) <= 1",
            .binds = "i",
            .fields = number_fields,
            .row_bytes = sizeof(struct number_row)
        };

        assert_true(number(&ending, DB_ARGS(DB_I(*days))) > 0);
    }
}

static void test_demo_deals__conflicts_wait_for_a_person(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(DISTINCT m.deal_id) AS n FROM deal_match m"
                       " JOIN deal d ON d.id = m.deal_id AND d.phase = 2"
                       " JOIN deal o ON o.end_customer_id = m.party_id AND o.phase = 2"
                       " AND o.account_id <> d.account_id"
                       " WHERE m.overlap = 1 AND m.resolution IS NULL") >= 3);
}

static void test_demo_deals__nearly_all_that_waits_has_a_reviewer(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE phase = 2") >= 12);
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE phase = 2 AND reviewer_id IS NULL") <=
                2);
}

static void test_demo_deals__some_decisions_are_due_within_a_working_day(void **state)
{
    (void)state;
    assert_true(
        NUMBER("SELECT COUNT(*) AS n FROM deal WHERE phase = 2"
               " AND due_at BETWEEN UTC_TIMESTAMP() AND UTC_TIMESTAMP() + INTERVAL 4 DAY") >= 5);
}

static void test_demo_deals__people_of_huaxin_have_answers_to_give(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE state = 'returned'"
                            " AND sales_user_id = 201 AND answer_due_at > UTC_TIMESTAMP(6)"),
                     3);
}

static void test_demo_deals__the_bell_counts_what_is_unread(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM notification WHERE read_at IS NULL") > 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM user u WHERE u.counter_notifications <>"
                            " (SELECT COUNT(*) FROM notification x WHERE x.user_id = u.id"
                            " AND x.read_at IS NULL)"),
                     0);
}

static void test_demo_deals__rules_were_tried_and_decided(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_rule WHERE tried_at IS NULL"), 0);
    assert_true(NUMBER("SELECT COUNT(*) AS n FROM deal_staff WHERE rule_id IS NOT NULL") >= 8);
}

static void test_demo_deals__one_waits_in_its_second_step_for_two_people(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM approval_step s JOIN deal d ON d.id = "
                            "s.object_id AND d.phase = 2 WHERE s.kind = 'deal' AND s.stage = 2 "
                            "AND s.state = 'open'"),
                     1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM approval_vote v JOIN approval_step s ON "
                            "s.id = v.step_id WHERE s.kind = 'deal' AND s.stage = 2 AND s.state "
                            "= 'open'"),
                     2);
}

static void test_demo_deals__a_change_waits_in_its_second_step(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM approval_step s JOIN deal_amendment m ON "
                            "m.deal_id = s.object_id AND m.pending = 1 AND m.round = s.round "
                            "WHERE s.kind = 'deal_amend' AND s.stage = 2 AND s.state = 'open'"),
                     1);
}

static void test_demo_deals__leaves_the_clock_running(void **state)
{
    (void)state;
    assert_true(llabs(NUMBER("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), UTC_TIMESTAMP(6)) + "
                             "UNIX_TIMESTAMP() AS n") -
                      clock_now_us() / CLOCK_SECOND) < 60);
}

static void test_demo_deals__a_second_load_changes_nothing(void **state)
{
    const int64_t before = NUMBER("SELECT COUNT(*) AS n FROM deal_step");
    FILE *out = fopen("/dev/null", "w");

    (void)state;
    assert_false(load(out));
    fclose(out);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_step"), before);
}

static int begin(void **state)
{
    FILE *out = fopen("/dev/null", "w");
    bool loaded;

    (void)state;
    conf = (struct conf){ .var = mkdtemp(folder), .sql_dir = testdb_sql_dir() };
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, NULL);
    loaded = load(out);
    fclose(out);
    return !loaded;
}

static int end(void **state)
{
    char path[128];

    (void)state;
    db_close(db);
    testdb_drop(&schema);
    arena_free(arena);
    snprintf(path, sizeof(path), "%s/demo-people.csv", folder);
    unlink(path);
    return rmdir(folder);
}

/* Each record with each thing that hangs on it, and the bit of it in record_part. */
#define HANGS                                                                                 \
    "(SELECT kind, object_id, 1 AS part FROM comment UNION SELECT kind, object_id, 2 FROM"    \
    " attachment UNION SELECT kind, object_id, 4 FROM opened UNION SELECT kind, object_id, 8" \
    " FROM notification_mute UNION SELECT 'deal', deal_id, 16 FROM deal_appeal UNION"         \
    " SELECT 'deal', deal_id, 32 FROM deal_amendment UNION SELECT kind, object_id, 64 FROM"   \
    " approval_step) x"

static void test_demo_deals__what_hangs_on_a_record_is_known_at_its_part(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT COUNT(DISTINCT part) AS n FROM " HANGS) >= 6);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM " HANGS " LEFT JOIN record_part p ON p.kind = x.kind"
               " AND p.object_id = x.object_id WHERE COALESCE(p.parts, 0) & x.part = 0"),
        0);
    assert_int_equal(NUMBER("SELECT COALESCE(SUM(BIT_COUNT(parts)), 0) AS n FROM record_part"),
                     NUMBER("SELECT COUNT(*) AS n FROM " HANGS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo_deals__has_a_registration_in_every_state),
        cmocka_unit_test(test_demo_deals__fills_nine_months_and_nothing_beyond_now),
        cmocka_unit_test(test_demo_deals__claims_are_the_lines_that_are_protected),
        cmocka_unit_test(test_demo_deals__every_taking_and_freeing_is_remembered),
        cmocka_unit_test(test_demo_deals__ranks_follow_the_times_of_submission),
        cmocka_unit_test(test_demo_deals__steps_have_no_gaps),
        cmocka_unit_test(test_demo_deals__every_submission_has_its_receipt),
        cmocka_unit_test(test_demo_deals__audit_chains_are_whole),
        cmocka_unit_test(test_demo_deals__figures_agree_with_the_registrations),
        cmocka_unit_test(test_demo_deals__nothing_is_overdue_for_the_worker),
        cmocka_unit_test(test_demo_deals__protections_end_soon_and_later),
        cmocka_unit_test(test_demo_deals__conflicts_wait_for_a_person),
        cmocka_unit_test(test_demo_deals__nearly_all_that_waits_has_a_reviewer),
        cmocka_unit_test(test_demo_deals__some_decisions_are_due_within_a_working_day),
        cmocka_unit_test(test_demo_deals__people_of_huaxin_have_answers_to_give),
        cmocka_unit_test(test_demo_deals__the_bell_counts_what_is_unread),
        cmocka_unit_test(test_demo_deals__rules_were_tried_and_decided),
        cmocka_unit_test(test_demo_deals__one_waits_in_its_second_step_for_two_people),
        cmocka_unit_test(test_demo_deals__a_change_waits_in_its_second_step),
        cmocka_unit_test(test_demo_deals__what_hangs_on_a_record_is_known_at_its_part),
        cmocka_unit_test(test_demo_deals__leaves_the_clock_running),
        cmocka_unit_test(test_demo_deals__a_second_load_changes_nothing),
    };

    return cmocka_run_group_tests_name("admin/demo deals", tests, begin, end);
}

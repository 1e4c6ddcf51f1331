/* test_demo_scale.c - a large demo holds together although no rule has made it. */
#include "support/test.h"

#include "account/match_find.h"
#include "admin/demo.h"
#include "admin/demo_names.h"
#include "admin/demo_scale.h"
#include "base/str.h"
#include "deal/deal.h"
#include "support/testdb.h"

#include <stdlib.h>
#include <unistd.h>

enum { SCALE = 2000 };

static char folder[] = "/tmp/fairway-test-scale-XXXXXX";
static struct testdb schema;
static struct db *db;
static struct arena *arena;
static struct conf conf;
static int64_t last_done;

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

static int64_t number(const struct db_stmt *st)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, arena, st, DB_NO_ARGS, &row));
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
        number(&st_);                                                                 \
    })

#define LARGE " id BETWEEN 1000000 AND 1001999"

static void test_demo_scale__brings_as_many_customers_and_registrations(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE" LARGE), SCALE);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM account a JOIN match_party p ON p.id = a.id"
                            " WHERE a.kind = 'prospect' AND a." LARGE),
                     SCALE);
    assert_int_equal(last_done, SCALE);
}

static void test_demo_scale__brings_an_opportunity_with_each_registration(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM opportunity WHERE" LARGE), SCALE);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM opportunity o JOIN deal d ON d.id = o.id"
                            " WHERE o." LARGE
                            " AND (d.opportunity_id <=> o.id) <> (o.deal_id <=> d.id)"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM opportunity WHERE" LARGE
                            " AND ((state = 'open') <> (closed_at IS NULL)"
                            " OR updated_at < created_at OR updated_at > UTC_TIMESTAMP(6))"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT stage_id) AS n FROM opportunity"
                            " WHERE deal_id IS NULL AND" LARGE),
                     7);
}

static void test_demo_scale__gives_one_partner_a_thousand(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE account_id = 1006 AND" LARGE),
                     1000);
}

static void test_demo_scale__claims_are_the_lines_that_are_protected(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_line l JOIN deal d ON d.id = l.deal_id"
                            " LEFT JOIN claim c ON c.deal_id = d.id"
                            " AND c.product_line_id = l.product_line_id WHERE d." LARGE
                            " AND (d.state IN ('approved', 'converted', 'won'))"
                            " <> (c.id IS NOT NULL)"),
                     0);
}

static void test_demo_scale__totals_are_the_sums_of_their_lines(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal d WHERE" LARGE
                            " AND (SELECT COALESCE(SUM(l.value), 0) FROM deal_line l"
                            " WHERE l.deal_id = d.id) <> d.total"),
                     0);
}

static void test_demo_scale__steps_end_in_the_state(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal d WHERE" LARGE
                            " AND (SELECT COUNT(*) FROM deal_step s WHERE s.deal_id = d.id"
                            " AND s.until_at IS NULL AND s.state = d.state"
                            " AND s.seq = d.row_version) <> 1"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_step WHERE until_at < from_at"), 0);
}

static void test_demo_scale__nothing_is_due_at_once(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE" LARGE " AND ("
                            " (state = 'approved' AND protected_until_at < UTC_TIMESTAMP(6))"
                            " OR (phase = 2 AND due_at < UTC_TIMESTAMP(6))"
                            " OR updated_at > UTC_TIMESTAMP(6))"),
                     0);
}

static void test_demo_scale__names_differ(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT name, country) AS n FROM account WHERE" LARGE),
                     SCALE);
}

static void test_demo_scale__points_to_nothing_that_is_missing(void **state)
{
    (void)state;
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal d LEFT JOIN account p"
                            " ON p.id = d.account_id LEFT JOIN user u ON u.id = d.created_by"
                            " LEFT JOIN department x ON x.id = d.department_id WHERE d." LARGE
                            " AND (p.tier_id IS NULL OR u.account_id <> p.id OR x.id IS NULL)"),
                     0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal d LEFT JOIN opportunity o"
                            " ON o.deal_id = d.id WHERE d." LARGE
                            " AND NOT (d.opportunity_id <=> o.id)"),
                     0);
}

static void test_demo_scale__pages_can_load_one(void **state)
{
    struct deal *deal;

    (void)state;
    assert_ok(db_begin_read(db));
    assert_ok(deal_of_account(db, arena, 1006, 1000000, &deal));
    assert_non_null(deal);
    assert_ok(deal_load_lines(db, arena, deal));
    assert_ok(db_commit(db));
    assert_true(deal->line_count >= 1);
}

static void test_demo_scale__the_conflict_check_finds_its_customers(void **state)
{
    struct demo_names names;
    struct text_ctx *text;
    struct match_names *matcher;
    struct match_found *found;
    struct deal *deal;
    size_t count;

    (void)state;
    assert_ok(demo_names_load(arena, conf.sql_dir, &names));
    assert_ok(text_ctx_new(&text));
    assert_ok(match_names_new(text, &matcher));
    assert_ok(db_begin_read(db));
    assert_ok(deal_of_worker(db, arena, 1000777, &deal));
    assert_ok(
        match_find(db, arena, matcher,
                   &(struct match_party){ .name = deal->company_name, .country = deal->country },
                   &found, &count));
    assert_ok(db_commit(db));
    assert_true(count > 0);
    assert_int_equal(found[0].party_id, 1000777);
    assert_int_equal(found[0].evidence.verdict, MATCH_SAME);
    match_names_free(matcher);
    text_ctx_free(text);
}

static void test_demo_scale__figures_count_them(void **state)
{
    (void)state;
    assert_true(NUMBER("SELECT SUM(submitted) AS n FROM deal_figure") > SCALE * 9 / 10);
}

static void test_demo_scale__is_done_once(void **state)
{
    (void)state;
    assert_err_kind(demo_scale(db, &conf, SCALE, NULL), ERR_CONFLICT);
}

static void test_demo_scale__refuses_a_count_that_is_none(void **state)
{
    (void)state;
    assert_err_kind(demo_scale(db, &conf, 0, NULL), ERR_INVALID);
    assert_err_kind(demo_scale(db, &conf, (int64_t)DEMO_SCALE_MOST + 1, NULL), ERR_INVALID);
}

static void keep(int64_t done, int64_t all)
{
    assert_true(done >= last_done && done <= all);
    last_done = done;
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
    assert_ok(demo_load(db, &conf, out, &loaded));
    fclose(out);
    assert_ok(demo_scale(db, &conf, SCALE, keep));
    return 0;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo_scale__brings_as_many_customers_and_registrations),
        cmocka_unit_test(test_demo_scale__brings_an_opportunity_with_each_registration),
        cmocka_unit_test(test_demo_scale__gives_one_partner_a_thousand),
        cmocka_unit_test(test_demo_scale__claims_are_the_lines_that_are_protected),
        cmocka_unit_test(test_demo_scale__totals_are_the_sums_of_their_lines),
        cmocka_unit_test(test_demo_scale__steps_end_in_the_state),
        cmocka_unit_test(test_demo_scale__nothing_is_due_at_once),
        cmocka_unit_test(test_demo_scale__names_differ),
        cmocka_unit_test(test_demo_scale__points_to_nothing_that_is_missing),
        cmocka_unit_test(test_demo_scale__pages_can_load_one),
        cmocka_unit_test(test_demo_scale__the_conflict_check_finds_its_customers),
        cmocka_unit_test(test_demo_scale__figures_count_them),
        cmocka_unit_test(test_demo_scale__is_done_once),
        cmocka_unit_test(test_demo_scale__refuses_a_count_that_is_none),
    };

    return cmocka_run_group_tests_name("admin/demo scale", tests, begin, end);
}

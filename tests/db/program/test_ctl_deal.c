/* program/ctl_deal.c: automatic rules tried on the past. */
#include "support/test.h"

#include "base/str.h"
#include "deal/deal_rules.h"
#include "program/ctl.h"
#include "support/testdb.h"

#include <string.h>

static struct testdb schema;
static struct db *db;
static struct arena *arena;
static char said[2048];

/* Two decided registrations of one partner, one approved and one rejected, and two rules. */
static const char past[] =
    "INSERT INTO account (id, kind, name, country, created_at, updated_at) VALUES"
    " (71, 'partner', 'Partner', 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));"
    "INSERT INTO product_line (id, code, name_en, name_zh, sort) VALUES (81, 'line', 'L', 'L', 1);"
    "INSERT INTO deal (id, account_id, state, phase, total_report, verdict, created_by, decided_at,"
    " created_at, updated_at) VALUES"
    " (91, 71, 'approved', 3, 5000, 'different', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
    " UTC_TIMESTAMP(6)),"
    " (92, 71, 'rejected', 4, 6000, 'different', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
    " UTC_TIMESTAMP(6));"
    "INSERT INTO deal_line (deal_id, product_line_id, quantity, value) VALUES"
    " (91, 81, 1, 1), (92, 81, 1, 1);"
    "INSERT INTO deal_rule (id, position, name_en, name_zh, active, amount_most, outcome) VALUES"
    " (1, 1, 'Up to ten thousand', 'x', 1, 10000, 'approve'),"
    " (2, 2, 'Up to a thousand', 'x', 0, 1000, 'approve')";

static struct err *run(char *word)
{
    char *argv[] = { word };
    FILE *out = fmemopen(said, sizeof(said), "w");
    struct ctl ctl = { .a = arena, .db = db, .out = out, .argc = word != NULL, .argv = argv };
    struct err *e = ctl_deal_commands[0].handler(&ctl);

    fclose(out);
    /* cppcheck-suppress returnDanglingLifetime ; an error keeps nothing of the command */
    return e;
}

static void test_rules_try__says_how_often_a_rule_would_have_agreed(void **state)
{
    (void)state;
    assert_ok(run(NULL));
    assert_non_null(strstr(said, "1 Up to ten thousand: would have decided 2, the same way 1\n"));
    assert_non_null(
        strstr(said, "2 Up to a thousand (not active): would have decided 0, the same way 0\n"));
}

static void test_rules_try__tries_one_rule_by_its_number(void **state)
{
    (void)state;
    assert_ok(run((char[]){ "2" }));
    assert_null(strstr(said, "1 Up to ten thousand"));
    assert_non_null(strstr(said, "2 Up to a thousand"));
}

static void test_rules_try__keeps_the_result_with_the_rule(void **state)
{
    struct deal_rule *rules;
    size_t count;

    (void)state;
    assert_ok(run(NULL));
    assert_ok(db_begin_read(db));
    assert_ok(deal_rules_load(db, arena, &rules, &count));
    assert_ok(db_commit(db));
    assert_int_equal(count, 2);
    assert_int_equal(rules[0].tried_matched, 2);
    assert_int_equal(rules[0].tried_agreed, 1);
    assert_true(rules[0].tried_at > 0);
}

static void test_rules_try__refuses_a_rule_that_is_not_there(void **state)
{
    (void)state;
    assert_err_kind(run((char[]){ "77" }), ERR_NOT_FOUND);
    assert_err_kind(run((char[]){ "first" }), ERR_INVALID);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, NULL);
    assert_ok(db_script(db, past));
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    testdb_drop(&schema);
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_try__says_how_often_a_rule_would_have_agreed),
        cmocka_unit_test(test_rules_try__tries_one_rule_by_its_number),
        cmocka_unit_test(test_rules_try__keeps_the_result_with_the_rule),
        cmocka_unit_test(test_rules_try__refuses_a_rule_that_is_not_there),
    };

    return cmocka_run_group_tests_name("program/ctl deal", tests, begin, end);
}

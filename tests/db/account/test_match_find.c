/* Tests of account/match_find.h: parties kept and found again, within three statements. */
#include "support/test.h"

#include "account/match_find.h"
#include "base/str.h"
#include "support/testdb.h"

struct world {
    struct text_ctx *ctx;
    struct match_names *names;
    struct arena *arena;
    struct db *db;
};

static struct world world;

static db_stmt_table *const tables[] = { match_find_statements, match_index_statements,
                                         match_group_statements, match_job_statements, NULL };

static int open_world(void **state)
{
    (void)state;
    world.arena = arena_new(65536);
    assert_ok(text_ctx_new(&world.ctx));
    assert_ok(match_names_new(world.ctx, &world.names));
    world.db = testdb_open(tables);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    db_close(world.db);
    match_names_free(world.names);
    text_ctx_free(world.ctx);
    arena_free(world.arena);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    assert_ok(db_begin_write(world.db));
    return 0;
}

static int roll_back(void **state)
{
    (void)state;
    db_rollback(world.db);
    arena_clear(world.arena);
    return 0;
}

static struct match_party party(int64_t id, const char *name)
{
    return (struct match_party){ .name = name,
                                 .country = "CN",
                                 .tax_number = "",
                                 .website = "",
                                 .phone = "",
                                 .address = "",
                                 .id = id,
                                 .group_id = id };
}

static void keep(const struct match_party *p)
{
    assert_ok(match_index(world.db, world.arena, world.names, p));
}

static void keep_name(int64_t id, const char *name)
{
    struct match_party p = party(id, name);

    keep(&p);
}

static size_t find_party(const struct match_party *asked, struct match_found **found_out)
{
    size_t count;

    assert_ok(match_find(world.db, world.arena, world.names, asked, found_out, &count));
    return count;
}

static size_t find_name(const char *name, struct match_found **found_out)
{
    struct match_party asked = party(0, name);

    return find_party(&asked, found_out);
}

static void test_match_find__finds_variants_best_first(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900001, "Zephyrine Quillon Energy Ltd");
    keep_name(900002, "Zephyrine Quillon Energy Holdings Ltd");
    keep_name(900003, "Vexelmar Foods Ltd");
    assert_int_equal(find_name("ZEPHYRINE QUILLON ENERGY LIMITED", &found), 2);
    assert_int_equal(found[0].party_id, 900001);
    assert_int_equal(found[0].evidence.verdict, MATCH_SAME);
    assert_int_equal(found[1].evidence.verdict, MATCH_POSSIBLE);
    assert_int_equal(found[1].evidence.caps, MATCH_CAP_BRANCH);
}

static void test_match_find__finds_typing_errors_and_short_names(void **state)
{
    static const char *const asked[] = { "Vexelmer Foods Ltd", "Vexelmar", "Vexlemar Foods" };
    struct match_found *found;

    (void)state;
    keep_name(900003, "Vexelmar Foods Ltd");
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        assert_int_equal(find_name(asked[i], &found), 1);
        assert_int_equal(found[0].evidence.verdict, MATCH_POSSIBLE);
    }
}

static void test_match_find__finds_chinese_names_in_either_script(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900004, "苏州鹭汀岚网络科技有限公司");
    assert_int_equal(find_name("鷺汀嵐網絡科技有限公司", &found), 1);
    assert_int_equal(find_name("鹭汀岚", &found), 1);
    assert_int_equal(found[0].party_id, 900004);
}

static void test_match_find__needs_at_most_three_statements(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900003, "Vexelmar Foods Ltd");
    (void)db_statement_count(world.db);
    assert_int_equal(find_name("Vexelmar Foods", &found), 1);
    assert_true(db_statement_count(world.db) <= 3);
}

static void test_match_find__finds_nobody_for_a_new_company(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900003, "Vexelmar Foods Ltd");
    assert_int_equal(find_name("Hjolpurk Foods Ltd", &found), 0);
}

static void test_match_find__leaves_the_asking_party_out(void **state)
{
    struct match_party p = party(900003, "Vexelmar Foods Ltd");
    struct match_found *found;

    (void)state;
    keep(&p);
    assert_int_equal(find_party(&p, &found), 0);
}

static void test_match_find__finds_an_equal_tax_number_under_any_name(void **state)
{
    struct match_party kept = party(900005, "Vexelmar Foods Ltd"), asked = party(0, "Orrinvale");
    struct match_found *found;

    (void)state;
    kept.tax_number = "CN 9988-7766-55";
    asked.tax_number = "9988776655";
    keep(&kept);
    assert_int_equal(find_party(&asked, &found), 1);
    assert_int_equal(found[0].evidence.verdict, MATCH_SAME);
    assert_true(found[0].exact);
}

static void test_match_find__forgets_a_name_that_was_changed(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900006, "Vexelmar Foods Ltd");
    keep_name(900006, "Tamarquill Marine Ltd");
    assert_int_equal(find_name("Vexelmar Foods Ltd", &found), 0);
    assert_int_equal(find_name("Tamarquill Marine Ltd", &found), 1);
}

static void test_match_find__finds_after_the_grams_were_counted(void **state)
{
    struct match_found *found;

    (void)state;
    keep_name(900001, "Zephyrine Quillon Energy Ltd");
    assert_ok(match_count_grams(world.db));
    assert_int_equal(find_name("Zephyrine Quilon Energy Ltd", &found), 1);
}

static void test_match_find__keeps_the_longest_names(void **state)
{
    char *latin = arena_alloc(world.arena, 201), *han = arena_dup(world.arena, "");
    struct match_found *found;

    (void)state;
    for (size_t i = 0; i < 200; i++)
        latin[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 7);
    for (size_t i = 0; i < 50; i++)
        han = arena_printf(world.arena, "%s网络科技", han);
    keep_name(900007, latin);
    keep_name(900008, han);
    assert_int_equal(find_name(latin, &found), 1);
    assert_int_equal(find_name(han, &found), 1);
}

#define IN_TRANSACTION(test) cmocka_unit_test_setup_teardown(test, begin, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TRANSACTION(test_match_find__finds_variants_best_first),
        IN_TRANSACTION(test_match_find__finds_typing_errors_and_short_names),
        IN_TRANSACTION(test_match_find__finds_chinese_names_in_either_script),
        IN_TRANSACTION(test_match_find__needs_at_most_three_statements),
        IN_TRANSACTION(test_match_find__finds_nobody_for_a_new_company),
        IN_TRANSACTION(test_match_find__leaves_the_asking_party_out),
        IN_TRANSACTION(test_match_find__finds_an_equal_tax_number_under_any_name),
        IN_TRANSACTION(test_match_find__forgets_a_name_that_was_changed),
        IN_TRANSACTION(test_match_find__finds_after_the_grams_were_counted),
        IN_TRANSACTION(test_match_find__keeps_the_longest_names),
    };

    return cmocka_run_group_tests_name("account/match_find", tests, open_world, close_world);
}

/* test_comment.c - what is said about a record, and what only staff may read. */
#include "support/test.h"

#include "comment/comment.h"
#include "fixture/fixture.h"
#include "support/testdb.h"

static struct db *db;
static struct arena *arena;
static struct actor partner, staff;

static int64_t say(const struct actor *actor, int64_t object_id, const char *body)
{
    int64_t id;

    assert_ok(comment_add(db, actor, "deal", object_id, body, &id));
    return id;
}

static struct comment *listed(int64_t object_id, size_t *count)
{
    struct comment *rows;

    assert_ok(comment_list(db, arena, "deal", object_id, &rows, count));
    return rows;
}

static void test_comment_list__shows_both_sides_in_order_with_their_names(void **state)
{
    struct comment *rows;
    size_t count;

    (void)state;
    say(&partner, 1, "哪个厂区？");
    say(&staff, 1, "Which plant?");
    rows = listed(1, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].body, "哪个厂区？");
    assert_string_equal(rows[0].audience, "partner");
    assert_string_equal(rows[0].user_name, partner.name);
    assert_string_equal(rows[1].audience, "staff");
    assert_true(rows[1].created_at != 0);
}

static void test_comment_list__is_of_one_record_alone(void **state)
{
    struct comment *rows;
    size_t count;

    (void)state;
    say(&partner, 1, "one");
    assert_ok(comment_list(db, arena, "account", 1, &rows, &count));
    assert_int_equal(count, 0);
    listed(2, &count);
    assert_int_equal(count, 0);
}

static void test_comment_list__keeps_the_newest_of_a_long_thread(void **state)
{
    struct comment *rows;
    size_t count;
    int64_t last = 0;

    (void)state;
    for (int i = 0; i < COMMENTS_SHOWN + 5; i++)
        last = say(&partner, 1, "more");
    rows = listed(1, &count);
    assert_int_equal(count, COMMENTS_SHOWN);
    assert_int_equal(rows[count - 1].id, last);
    assert_true(rows[0].id < rows[1].id);
}

static void test_comment_notes__stand_apart_from_comments(void **state)
{
    struct comment *rows;
    size_t count;

    (void)state;
    assert_ok(comment_add_note(db, &staff, "deal", 1, "They always ask twice."));
    listed(1, &count);
    assert_int_equal(count, 0);
    assert_ok(comment_list_notes(db, arena, "deal", 1, &rows, &count));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].body, "They always ask twice.");
}

static void test_comment_notes__cannot_be_written_by_a_partner(void **state)
{
    (void)state;
    assert_err_kind(comment_add_note(db, &partner, "deal", 1, "hello"), ERR_BUG);
}

static void test_comment_notes__are_refused_to_partners_by_the_database(void **state)
{
    static db_stmt_table *const tables[] = { comment_staff_statements, NULL };
    struct db *mine = NULL;

    (void)state;
    assert_err_kind(testdb_connect_as(testdb_shared(), "partner", tables, &mine), ERR_CONFIG);
    db_close(mine);
}

static void test_comment_writers__are_named_once(void **state)
{
    int64_t *ids;
    size_t count;

    (void)state;
    say(&partner, 1, "one");
    say(&staff, 1, "two");
    say(&partner, 1, "three");
    assert_ok(comment_writers(db, arena, "deal", 1, &ids, &count));
    assert_int_equal(count, 2);
    assert_true(ids[0] != ids[1]);
}

static int set_up(void **state)
{
    int64_t partner_id, staff_id;

    (void)state;
    assert_ok(db_begin_write(db));
    partner_id = fixture_user(
        db, &(struct fixture_user){ .audience = AUD_PARTNER,
                                    .account_id = fixture_account(db, "partner", NULL) });
    staff_id = fixture_user(db, &(struct fixture_user){ .audience = AUD_STAFF });
    partner = fixture_actor(db, arena, partner_id);
    staff = fixture_actor(db, arena, staff_id);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_rollback(db);
    arena_clear(arena);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(4096);
    db = testdb_open(NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_comment_list__shows_both_sides_in_order_with_their_names),
        TEST(test_comment_list__is_of_one_record_alone),
        TEST(test_comment_list__keeps_the_newest_of_a_long_thread),
        TEST(test_comment_notes__stand_apart_from_comments),
        TEST(test_comment_notes__cannot_be_written_by_a_partner),
        TEST(test_comment_notes__are_refused_to_partners_by_the_database),
        TEST(test_comment_writers__are_named_once),
    };

    return cmocka_run_group_tests_name("comment", tests, begin, end);
}

/* Tags of companies: renamed, and two made one. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#define TAGS "/staff/setup/tags"

static struct webtest *w;
static struct arena *a;
static struct visitor manager, reader;
static int64_t fair, trade; /* tags: two companies have the first, one of them the second, too */

static int set_up(void **state)
{
    static const enum permission changes[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_TAGS_MANAGE,
                                               PERM_UNSET },
                                 reads[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    manager = fixture_staff(w, changes);
    reader = fixture_staff(w, reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

static int64_t number(const char *sql, int64_t id)
{
    return fixture_number(w, sql, id);
}

static void bears(int64_t account_id, int64_t tag_id)
{
    fixture_run(w,
                arena_printf(a, "INSERT INTO account_tag (account_id, tag_id) VALUES (?, %lld)",
                             (long long)tag_id),
                account_id);
}

static int two_tags(void **state)
{
    struct db *db = webtest_admin(w);
    int64_t one, other;

    (void)state;
    fixture_run(w, "DELETE FROM account_tag WHERE tag_id > ?", 0);
    fixture_run(w, "DELETE FROM tag WHERE id > ?", 0);
    assert_ok(db_begin_write(db));
    one = fixture_account(db, "prospect", NULL);
    other = fixture_account(db, "prospect", NULL);
    assert_ok(db_commit(db));
    fixture_run(w, "INSERT INTO tag (name, name_key) SELECT 'Fair', 'fair' WHERE ? = 0", 0);
    fixture_run(w, "INSERT INTO tag (name, name_key) SELECT 'Trade fair', 'trade fair' WHERE ? = 0",
                0);
    fair = number("SELECT id AS n FROM tag WHERE name_key = 'fair' AND id > ?", 0);
    trade = number("SELECT id AS n FROM tag WHERE name_key = 'trade fair' AND id > ?", 0);
    bears(one, fair);
    bears(one, trade);
    bears(other, fair);
    return 0;
}

static const char *page_of(int64_t tag)
{
    return arena_printf(a, TAGS "/%lld", (long long)tag);
}

static int64_t version_of(int64_t tag)
{
    return number("SELECT row_version AS n FROM tag WHERE id = ?", tag);
}

static struct answer rename_to(int64_t tag, int64_t version, const char *name)
{
    return webtest_post(w, &manager, page_of(tag), page_of(tag),
                        arena_printf(a, "row_version=%lld&name=%s", (long long)version, name));
}

static struct answer merge(int64_t tag, int64_t into, int64_t into_version, const char *button)
{
    return webtest_post(w, &manager, page_of(tag), arena_printf(a, "%s/merge", page_of(tag)),
                        arena_printf(a, "row_version=%lld&into=%lld&into_version=%lld&do=%s",
                                     (long long)version_of(tag), (long long)into,
                                     (long long)into_version, button));
}

static int64_t bearers(int64_t tag)
{
    return number("SELECT COUNT(*) AS n FROM account_tag WHERE tag_id = ?", tag);
}

static void test_tags__are_listed_with_how_many_companies_have_each(void **state)
{
    struct answer list = webtest_get(w, &reader, TAGS);

    (void)state;
    assert_int_equal(list.status, 200);
    assert_true(answer_has(&list, "Fair</th><td class=\"num\">2</td>"));
    assert_true(answer_has(&list, "Trade fair</th><td class=\"num\">1</td>"));
    fixture_run(w, "DELETE FROM account_tag WHERE tag_id = ? LIMIT 1", fair);
    list = webtest_get(w, &reader, TAGS);
    assert_true(answer_has(&list, "Fair</th><td class=\"num\">1</td>"));
}

static void test_tags__are_renamed_with_a_trace(void **state)
{
    (void)state;
    assert_int_equal(rename_to(fair, 1, "Fair+%3Cb%3E2027").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM tag WHERE id = ? AND name = 'Fair <b>2027'"
                            " AND name_key <> 'fair'",
                            fair),
                     1);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'tag' AND action ="
                            " 'tags.rename' AND object_id = ?",
                            fair),
                     1);
}

static void test_tags__a_name_that_another_has_is_refused(void **state)
{
    struct answer got = rename_to(fair, 1, "TRADE+Fair");

    (void)state;
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "merge the two instead"));
    assert_int_equal(rename_to(fair, 1, "").status, 422);
    assert_int_equal(rename_to(fair, 1, "FAIR").status, 303);
}

static void test_tags__who_was_slower_is_told(void **state)
{
    (void)state;
    assert_int_equal(rename_to(fair, 1, "First").status, 303);
    assert_int_equal(rename_to(fair, 1, "Second").status, 422);
}

static void test_tags__a_merge_is_shown_in_figures_before_it_happens(void **state)
{
    struct answer got = merge(fair, trade, 0, "try");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "2 companies with “Fair” get “Trade fair” instead."));
    assert_true(answer_has(&got, "1 of them has it already."));
    assert_int_equal(bearers(fair), 2);
}

static void test_tags__a_merge_leaves_one_that_all_have_once(void **state)
{
    (void)state;
    assert_int_equal(merge(fair, trade, version_of(trade), "merge").status, 303);
    assert_int_equal(bearers(trade), 2);
    assert_int_equal(number("SELECT accounts AS n FROM tag WHERE id = ?", trade), 2);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM tag WHERE id = ?", fair), 0);
    assert_int_equal(webtest_get(w, &manager, page_of(fair)).status, 404);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'tag' AND action ="
                            " 'tags.merge' AND object_id = ?",
                            trade),
                     1);
}

static void test_tags__a_merge_into_one_that_was_changed_since_is_refused(void **state)
{
    const int64_t seen = version_of(trade);

    (void)state;
    assert_int_equal(rename_to(trade, seen, "Something+else").status, 303);
    assert_int_equal(merge(fair, trade, seen, "merge").status, 422);
    assert_int_equal(bearers(fair), 2);
}

static void test_tags__one_into_itself_or_into_none_is_refused(void **state)
{
    (void)state;
    assert_int_equal(merge(fair, fair, version_of(fair), "merge").status, 422);
    assert_int_equal(merge(fair, 999999, 1, "try").status, 422);
    assert_int_equal(bearers(fair), 2);
}

static void test_tags__who_may_not_change_them_has_no_page_of_one(void **state)
{
    struct answer list = webtest_get(w, &reader, TAGS);

    (void)state;
    assert_false(answer_has(&list, TAGS "/"));
    assert_int_equal(webtest_get(w, &reader, page_of(fair)).status, 404);
    assert_int_equal(
        webtest_post(w, &reader, TAGS, page_of(fair), "row_version=1&name=Mine").status, 404);
}

#define FRESH(test) cmocka_unit_test_setup(test, two_tags)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_tags__are_listed_with_how_many_companies_have_each),
        FRESH(test_tags__are_renamed_with_a_trace),
        FRESH(test_tags__a_name_that_another_has_is_refused),
        FRESH(test_tags__who_was_slower_is_told),
        FRESH(test_tags__a_merge_is_shown_in_figures_before_it_happens),
        FRESH(test_tags__a_merge_leaves_one_that_all_have_once),
        FRESH(test_tags__a_merge_into_one_that_was_changed_since_is_refused),
        FRESH(test_tags__one_into_itself_or_into_none_is_refused),
        FRESH(test_tags__who_may_not_change_them_has_no_page_of_one),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

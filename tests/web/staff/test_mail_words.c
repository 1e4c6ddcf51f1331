/* Words of mails: the vendor's instead of the portal's, for each event and language. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#define APPROVED "/staff/setup/mails/deal.approved"

static struct webtest *w;
static struct arena *a;
static struct visitor administrator, reader;

static int set_up(void **state)
{
    static const enum permission changes[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_SETTINGS_MANAGE,
                                               PERM_UNSET },
                                 reads[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    administrator = fixture_staff(w, changes);
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

static int never_worded(void **state)
{
    (void)state;
    fixture_run(w, "DELETE FROM mail_text WHERE id > ?", 0);
    return 0;
}

static int64_t number(const char *sql)
{
    return fixture_number(w, sql, 0);
}

static struct answer save(int64_t version, const char *body)
{
    return webtest_post(w, &administrator, APPROVED, APPROVED,
                        arena_printf(a, "row_version=%lld&%s", (long long)version, body));
}

static void test_words__are_saved_and_shown_in_the_list(void **state)
{
    struct answer list;

    (void)state;
    assert_int_equal(
        save(0, "title_en=Good+news:+{1}+is+yours&text_zh=%E6%81%AD%E5%96%9C&do=save").status, 303);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM mail_text WHERE event = 'deal.approved' AND"
               " title_en = 'Good news: {1} is yours' AND text_zh = '恭喜' AND text_en = ''"
               " AND id > ?"),
        1);
    list = webtest_get(w, &reader, "/staff/setup/mails");
    assert_true(answer_has(&list, "Good news: {1} is yours"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'mail_text'"
                            " AND action = 'mails.save' AND id > ?"),
                     1);
}

static void test_words__a_preview_fills_the_places_and_saves_nothing(void **state)
{
    struct answer got;

    (void)state;
    got = save(0, "title_en={1}+for+%3Cb%3E{2}&text_en=100%25+yours&do=try");
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "DR-10423 for &lt;b&gt;Nordlicht Logistik GmbH"));
    assert_true(answer_has(&got, "100% yours"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM mail_text WHERE id > ?"), 0);
}

static void test_words__an_example_goes_to_who_asks_for_it(void **state)
{
    struct answer got;

    (void)state;
    got = save(0, "title_en=Hurrah+{1}&do=send");
    assert_int_equal(got.status, 200);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox WHERE user_id = ? AND"
                                    " values_json LIKE '%Hurrah DR-10423%'",
                                    administrator.user_id),
                     1);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM mail_text WHERE id > ?"), 0);
}

static void test_words__a_place_that_the_event_does_not_fill_is_refused(void **state)
{
    static const char *const typed[] = { "title_en={4}", "text_en={0}", "title_zh={name}",
                                         "text_zh={1", "text_en={" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        assert_int_equal(save(0, arena_printf(a, "%s&do=save", typed[i])).status, 422);
        assert_int_equal(save(0, arena_printf(a, "%s&do=send", typed[i])).status, 422);
    }
    assert_int_equal(number("SELECT COUNT(*) AS n FROM mail_text WHERE id > ?"), 0);
}

static void test_words__who_was_slower_is_told(void **state)
{
    (void)state;
    assert_int_equal(save(0, "title_en=First&do=save").status, 303);
    assert_int_equal(save(0, "title_en=Second&do=save").status, 422);
    assert_int_equal(save(1, "title_en=Third&do=save").status, 303);
    assert_int_equal(save(1, "do=default").status, 422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM mail_text WHERE title_en = 'Third' AND"
                            " row_version = 2 AND id > ?"),
                     1);
}

static void test_words__go_back_to_those_of_the_portal(void **state)
{
    struct answer got;

    (void)state;
    save(0, "title_en=First&do=save");
    assert_int_equal(save(1, "title_en=Typed&do=default").status, 303);
    got = webtest_get(w, &reader, APPROVED);
    assert_true(answer_has(&got, "DR-10423 is approved"));
    assert_false(answer_has(&got, "First"));
}

static void test_words__are_shown_to_who_may_not_change_them_without_a_form(void **state)
{
    struct answer got;

    (void)state;
    got = webtest_get(w, &reader, APPROVED);
    assert_int_equal(got.status, 200);
    assert_false(answer_has(&got, "title_en"));
    assert_int_equal(webtest_get(w, &reader, "/staff/setup/mails/deal.unknown").status, 404);
}

#define FRESH(test) cmocka_unit_test_setup(test, never_worded)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_words__are_saved_and_shown_in_the_list),
        FRESH(test_words__a_preview_fills_the_places_and_saves_nothing),
        FRESH(test_words__an_example_goes_to_who_asks_for_it),
        FRESH(test_words__a_place_that_the_event_does_not_fill_is_refused),
        FRESH(test_words__who_was_slower_is_told),
        FRESH(test_words__go_back_to_those_of_the_portal),
        FRESH(test_words__are_shown_to_who_may_not_change_them_without_a_form),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

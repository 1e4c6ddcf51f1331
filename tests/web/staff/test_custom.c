/* Custom fields of accounts and contacts: asked for, checked, shown, traced, removed. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct deal_world world;
static struct arena *a;
static struct visitor manager;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME,           PERM_ACCOUNT_VIEW,
                                           PERM_ACCOUNT_EDIT,   PERM_ACCOUNT_MERGE,
                                           PERM_ACCOUNT_DELETE, PERM_ACCOUNT_PURGE,
                                           PERM_ACCOUNT_EXPORT, PERM_SETTINGS_VIEW,
                                           PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    manager = fixture_staff(w, all);
    deal_world_open(&world, webtest_admin(w));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    arena_free(a);
    webtest_close(w);
    return 0;
}

static int no_fields(void **state)
{
    (void)state;
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM custom_option WHERE id > ?", 0);
    fixture_run(w, "DELETE FROM custom_field WHERE id > ?", 0);
    return 0;
}

/* MORE: columns and values that differ from the usual. */
static int64_t define(const char *kind, const char *code, const char *type, const char *columns,
                      const char *values)
{
    const char *sql =
        arena_printf(a,
                     "INSERT INTO custom_field (kind, code, type, name_en, name_zh%s) SELECT '%s',"
                     " '%s', '%s', 'The %s', '%s'%s WHERE ? = 0",
                     columns, kind, code, type, code, "字段", values);

    fixture_run(w, sql, 0);
    return fixture_number(w, "SELECT MAX(id) AS n FROM custom_field WHERE id > ?", 0);
}

static int every_type(void **state)
{
    int64_t grade;

    no_fields(state);
    define("account", "motto", "text", ", least, most", ", '3', '20'");
    define("account", "story", "lines", "", "");
    define("account", "seats", "int", ", least, most", ", '-5', '500'");
    define("account", "budget", "amount", "", "");
    define("account", "contract_end", "day", ", least", ", '2020-01-01'");
    define("account", "audited", "flag", "", "");
    grade = define("account", "grade", "choice", "", "");
    fixture_run(w,
                "INSERT INTO custom_option (field_id, code, name_en, name_zh) VALUES (?, 'gold',"
                " 'Golden', '金')",
                grade);
    fixture_run(w,
                "INSERT INTO custom_option (field_id, code, name_en, name_zh, active) VALUES (?,"
                " 'tin', 'Tin', '锡', 0)",
                grade);
    return 0;
}

#define ACCOUNT(name)                                                                      \
    "name=" name "&country=DE&region=&city=Kiel&address=&website=&tax_number=&phone=&zone" \
    "=Europe%2FBerlin&currency=EUR&tier_id=&department_id="
#define ALL                                                                                         \
    "&custom_motto=Blue+%3Cb%3Esky&custom_story=One%0D%0ATwo&custom_seats=-4&custom_budget=1,234.5" \
    "&custom_contract_end=2027-03-31&custom_audited=no&custom_grade=gold"

static int64_t id_in(const char *location)
{
    const char *last = strrchr(location, '/');
    int64_t id = 0;

    for (const char *c = last + 1; *c >= '0' && *c <= '9'; c++)
        id = id * 10 + (*c - '0');
    return id;
}

static struct answer post_new(const char *custom)
{
    return webtest_post(w, &manager, "/staff/accounts/new", "/staff/accounts/new",
                        arena_join(a, "kind=prospect&", ACCOUNT("Own+Fields+GmbH"), custom, NULL));
}

static int64_t made(const char *custom)
{
    struct answer got = post_new(custom);

    assert_int_equal(got.status, 303);
    return id_in(answer_header(&got, "Location"));
}

static const char *page_of(int64_t id)
{
    return arena_printf(a, "/staff/accounts/%lld", (long long)id);
}

static struct answer edit(int64_t id, int64_t version, const char *custom)
{
    return webtest_post(w, &manager, page_of(id), arena_join(a, page_of(id), "/edit", NULL),
                        arena_printf(a,
                                     "row_version=%lld&"
                                     "%s%s",
                                     (long long)version, ACCOUNT("Own+Fields+GmbH"), custom));
}

static int64_t values_of(int64_t id)
{
    return fixture_number(
        w, "SELECT COUNT(*) AS n FROM custom_value WHERE kind = 'account' AND object_id = ?", id);
}

static void test_fields__of_each_type_are_asked_for_stored_and_shown(void **state)
{
    int64_t id;
    struct answer page = webtest_get(w, &manager, "/staff/accounts/new");

    (void)state;
    assert_true(answer_has(&page, "name=\"custom_motto\""));
    assert_true(answer_has(&page, "min=\"2020-01-01\""));
    assert_true(answer_has(&page, "<option value=\"gold\""));
    assert_false(answer_has(&page, "<option value=\"tin\""));
    id = made(ALL);
    page = webtest_get(w, &manager, page_of(id));
    assert_true(answer_has(&page, "The motto"));
    assert_true(answer_has(&page, "Blue &lt;b&gt;sky"));
    assert_true(answer_has(&page, "-4"));
    assert_true(answer_has(&page, "1,234.50"));
    assert_true(answer_has(&page, "31 Mar 2027"));
    assert_true(answer_has(&page, "Golden"));
    page = webtest_get(w, &manager, arena_join(a, page_of(id), "/edit", NULL));
    assert_true(answer_has(&page, "value=\"2027-03-31\""));
    assert_true(answer_has(&page, "value=\"1234.50\""));
    assert_true(answer_has(&page, "<option value=\"no\" selected"));
}

static void test_fields__without_a_value_are_no_rows_and_not_shown(void **state)
{
    const int64_t id = made("&custom_motto=&custom_seats=0");
    struct answer page = webtest_get(w, &manager, page_of(id));

    (void)state;
    assert_int_equal(values_of(id), 1);
    assert_true(answer_has(&page, "The seats"));
    assert_false(answer_has(&page, "The motto"));
    assert_int_equal(edit(id, 1, "&custom_seats=").status, 303);
    assert_int_equal(values_of(id), 0);
}

static void test_fields__faults_stand_at_their_fields_and_what_was_typed_stays(void **state)
{
    static const struct {
        const char *custom, *field;
    } bad[] = {
        { "&custom_motto=ab", "motto" },
        { "&custom_motto=abcdefghijklmnopqrstuvwxyz", "motto" },
        { "&custom_seats=1.5", "seats" },
        { "&custom_seats=501", "seats" },
        { "&custom_budget=-1", "budget" },
        { "&custom_budget=lots", "budget" },
        { "&custom_contract_end=2019-12-31", "contract_end" },
        { "&custom_contract_end=31.03.2027", "contract_end" },
        { "&custom_audited=perhaps", "audited" },
        { "&custom_grade=silver", "grade" },
        { "&custom_grade=tin", "grade" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct answer got = post_new(bad[i].custom);

        assert_int_equal(got.status, 422);
        assert_true(answer_has(&got, arena_printf(a, "id=\"custom_%s-err\"", bad[i].field)));
        assert_true(answer_has(
            &got, arena_printf(a, "href=\"#custom_%s\">The %s</a>", bad[i].field, bad[i].field)));
        assert_true(answer_has(&got, "value=\"Own Fields GmbH\""));
    }
}

static void test_fields__faults_are_in_the_person_s_language(void **state)
{
    struct answer got;

    (void)state;
    fixture_run(w, "UPDATE user SET lang = 'zh-CN' WHERE id = ?", manager.user_id);
    fixture_run(w, "UPDATE session SET lang = 'zh-CN' WHERE user_id = ?", manager.user_id);
    got = post_new("&custom_seats=501");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, ">字段</a>"));
    assert_false(answer_has(&got, "Enter a number"));
    fixture_run(w, "UPDATE user SET lang = 'en' WHERE id = ?", manager.user_id);
    fixture_run(w, "UPDATE session SET lang = 'en' WHERE user_id = ?", manager.user_id);
}

static void test_fields__one_that_is_needed_is_asked_for(void **state)
{
    struct answer got;

    (void)state;
    define("account", "origin", "text", ", required", ", 1");
    got = post_new("");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"custom_origin-err\""));
    assert_int_equal(post_new("&custom_origin=Fair").status, 303);
}

static void test_fields__one_turned_off_meanwhile_loses_nothing_else(void **state)
{
    int64_t id;

    (void)state;
    fixture_run(w, "UPDATE custom_field SET active = 0 WHERE code = 'motto' AND id > ?", 0);
    id = made(ALL);
    assert_int_equal(values_of(id), 6);
    assert_int_equal(webtest_post(w, &manager, "/staff/accounts/new", "/staff/accounts/new",
                                  "kind=prospect&" ACCOUNT("X") "&customs=1")
                         .status,
                     400);
}

static void test_fields__an_option_turned_off_is_kept_by_who_has_it(void **state)
{
    const int64_t id = made("&custom_grade=gold");
    struct answer page;

    (void)state;
    fixture_run(w, "UPDATE custom_option SET active = 0 WHERE id > ?", 0);
    page = webtest_get(w, &manager, arena_join(a, page_of(id), "/edit", NULL));
    assert_true(answer_has(&page, "<option value=\"gold\" selected"));
    assert_int_equal(edit(id, 1, "&custom_grade=gold").status, 303);
    assert_int_equal(edit(id, 2, "&custom_grade=").status, 303);
    assert_int_equal(edit(id, 3, "&custom_grade=gold").status, 422);
}

static void test_fields__two_people_at_once_are_one_after_the_other(void **state)
{
    const int64_t id = made("&custom_seats=1");
    struct answer got;

    (void)state;
    assert_int_equal(edit(id, 1, "&custom_seats=2").status, 303);
    got = edit(id, 1, "&custom_seats=3");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "name=\"custom_seats\" value=\"3\""));
    assert_int_equal(
        fixture_number(
            w, "SELECT CAST(number_value AS INT) AS n FROM custom_value WHERE object_id = ?", id),
        2);
}

static void test_fields__a_change_stands_in_the_trail_with_before_and_after(void **state)
{
    const int64_t id = made("&custom_seats=1&custom_grade=gold");

    (void)state;
    assert_int_equal(edit(id, 1, "&custom_seats=2&custom_grade=gold").status, 303);
    assert_int_equal(
        fixture_number(w,
                       "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'account' AND object_id"
                       " = ? AND action = 'account.fields' AND before_json = '{\"seats\":\"1\"}'"
                       " AND after_json = '{\"seats\":\"2\"}'",
                       id),
        1);
    assert_int_equal(edit(id, 2, "&custom_seats=2&custom_grade=gold").status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE object_id = ?"
                                    " AND action = 'account.fields'",
                                    id),
                     2);
}

static void test_fields__the_first_value_holds_the_type(void **state)
{
    (void)state;
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM custom_field WHERE used = 1 AND id > ?", 0),
        0);
    made("&custom_seats=1&custom_motto=");
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM custom_field WHERE used = 1 AND id > ?", 0),
        1);
}

static void test_fields__a_copy_begins_with_them(void **state)
{
    const int64_t id = made(ALL);
    struct answer page =
        webtest_get(w, &manager, arena_printf(a, "/staff/accounts/new?from=%lld", (long long)id));

    (void)state;
    assert_true(answer_has(&page, "value=\"Blue &lt;b&gt;sky\""));
    assert_true(answer_has(&page, "<option value=\"gold\" selected"));
}

static void put_into_bin(int64_t id)
{
    assert_int_equal(
        webtest_post(
            w, &manager, page_of(id), arena_join(a, page_of(id), "/delete", NULL),
            arena_printf(a, "reason=&row_version=%lld",
                         (long long)fixture_number(w,
                                                   "SELECT row_version AS n FROM account WHERE id"
                                                   " = ?",
                                                   id)))
            .status,
        303);
}

static int64_t contact_with(int64_t account, const char *custom)
{
    const char *people = arena_join(a, page_of(account), "/contacts/new", NULL);

    assert_int_equal(webtest_post(w, &manager, people, people,
                                  arena_join(a, "name=Ana&title=&email=&phone=&language=en&remark=",
                                             custom, NULL))
                         .status,
                     303);
    return fixture_number(w, "SELECT MAX(id) AS n FROM contact WHERE account_id = ?", account);
}

static void test_fields__of_contacts_are_theirs(void **state)
{
    const int64_t id = made("");
    struct answer page;
    int64_t contact;

    (void)state;
    define("contact", "birthday", "day", "", "");
    contact = contact_with(id, "&custom_birthday=1980-02-29");
    page = webtest_get(w, &manager,
                       arena_printf(a, "%s/contacts/%lld", page_of(id), (long long)contact));
    assert_true(answer_has(&page, "value=\"1980-02-29\""));
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'account'"
                                    " AND object_id = ? AND action = 'contact.fields' AND"
                                    " after_json LIKE '%\"birthday\":\"1980-02-29\"%'",
                                    id),
                     1);
    page = webtest_get(w, &manager, arena_join(a, page_of(id), "/edit", NULL));
    assert_false(answer_has(&page, "custom_birthday"));
}

static void test_fields__are_gone_with_what_is_removed_for_good(void **state)
{
    const int64_t id = made(ALL);
    int64_t contact;

    (void)state;
    define("contact", "birthday", "day", "", "");
    contact = contact_with(id, "&custom_birthday=1980-02-29");
    put_into_bin(id);
    assert_int_equal(values_of(id), 7);
    assert_int_equal(
        webtest_post(w, &manager, "/staff/accounts/new", arena_join(a, page_of(id), "/purge", NULL),
                     arena_printf(a, "row_version=%lld",
                                  (long long)fixture_number(
                                      w, "SELECT row_version AS n FROM account WHERE id = ?", id)))
            .status,
        303);
    assert_int_equal(values_of(id), 0);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM custom_value WHERE kind = 'contact'"
                                    " AND object_id = ?",
                                    contact),
                     0);
}

static struct answer merge(int64_t own, int64_t other, const char *picks)
{
    const char *page = arena_printf(a, "%s/merge", page_of(own));

    return webtest_post(w, &manager, arena_printf(a, "%s?with=%lld", page, (long long)other), page,
                        arena_printf(a, "other=%lld&own_version=1&other_version=1&survivor=own%s",
                                     (long long)other, picks));
}

static void test_merge__shows_both_values_and_keeps_those_that_were_chosen(void **state)
{
    const int64_t own = made("&custom_seats=1&custom_motto=Mine"),
                  other = made("&custom_seats=2&custom_motto=Yours&custom_grade=gold");
    struct answer page = webtest_get(
        w, &manager, arena_printf(a, "%s/merge?with=%lld", page_of(own), (long long)other));

    (void)state;
    assert_true(answer_has(&page, "name=\"custom_motto\" value=\"other\""));
    assert_true(answer_has(&page, "The grade: Golden"));
    assert_int_equal(merge(own, other, "&custom_motto=other&custom_seats=own").status, 303);
    page = webtest_get(w, &manager, arena_join(a, page_of(own), "/edit", NULL));
    assert_true(answer_has(&page, "value=\"Yours\""));
    assert_true(answer_has(&page, "name=\"custom_seats\" value=\"1\""));
    assert_true(answer_has(&page, "<option value=\"gold\" selected"));
}

/* -- lists and files ----------------------------------------------------------------------------
 */

static bool lists(const char *query, const char *name)
{
    struct answer got =
        webtest_get(w, &manager, arena_join(a, "/staff/accounts?view=all&", query, NULL));

    assert_int_equal(got.status, 200);
    return answer_has(&got, arena_join(a, ">", name, "<", NULL));
}

static void named(int64_t id, const char *name)
{
    fixture_run(w, arena_printf(a, "UPDATE account SET name = '%s' WHERE id = ?", name), id);
}

static void test_filters__find_records_by_a_field_of_each_type(void **state)
{
    static const struct {
        const char *query;
        bool first, second;
    } asked[] = {
        { "custom_grade=gold", true, false },
        { "custom_grade=tin", false, false },
        { "custom_grade=no_such", false, false },
        { "custom_audited=no", true, false },
        { "custom_audited=yes", false, true },
        { "custom_seats=..0", true, false },
        { "custom_seats=7", false, true },
        { "custom_seats=-10..10", true, true },
        { "custom_seats=words", false, false },
        { "custom_contract_end=2027-03-31", true, false },
        { "custom_contract_end=2027-01-01..", true, true },
        { "custom_motto=Blue+%3Cb%3E", true, false },
        { "custom_motto=%25", false, false },
        { "custom_seats=-10..10&custom_grade=gold", true, false },
        { "custom_seats=-10..10&q=Wren", false, true },
        { "custom_seats=-10..10&country=FR", false, false },
        { "custom_gone=1", true, true },
    };
    const int64_t first = made(ALL),
                  second = made("&custom_motto=Grey+sky&custom_seats=7&custom_audited=yes"
                                "&custom_contract_end=2027-04-01");

    (void)state;
    fixture_run(w, "UPDATE custom_field SET filterable = 1 WHERE type <> 'lines' AND id > ?", 0);
    named(first, "Owl GmbH");
    named(second, "Wren GmbH");
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        if (lists(asked[i].query, "Owl GmbH") != asked[i].first ||
            lists(asked[i].query, "Wren GmbH") != asked[i].second)
            print_error("%s\n", asked[i].query);
        assert_int_equal(lists(asked[i].query, "Owl GmbH"), asked[i].first);
        assert_int_equal(lists(asked[i].query, "Wren GmbH"), asked[i].second);
    }
}

static void test_filters__are_those_of_fields_that_filter(void **state)
{
    struct answer page;

    (void)state;
    fixture_run(w, "UPDATE custom_field SET filterable = 1 WHERE code = 'grade' AND id > ?", 0);
    page = webtest_get(w, &manager, "/staff/accounts?view=all&custom_grade=gold");
    assert_true(answer_has(&page, "id=\"list-custom_grade\""));
    assert_true(answer_has(&page, "<option value=\"gold\" selected"));
    assert_false(answer_has(&page, "custom_seats"));
}

static void test_filters__lead_to_further_pages(void **state)
{
    struct answer page;
    const char *older;
    int64_t grade, gold;

    (void)state;
    fixture_run(w, "UPDATE custom_field SET filterable = 1 WHERE code = 'grade' AND id > ?", 0);
    grade =
        fixture_number(w, "SELECT id AS n FROM custom_field WHERE code = 'grade' AND id > ?", 0);
    gold = fixture_number(w, "SELECT MIN(id) AS n FROM custom_option WHERE field_id = ?", grade);
    fixture_run(w,
                "INSERT INTO account (kind, name, country, zone, currency, created_at, updated_at)"
                " SELECT 'prospect', CONCAT('Page ', seq), 'DE', 'UTC', 'EUR', UTC_TIMESTAMP(6),"
                " UTC_TIMESTAMP(6) - INTERVAL seq SECOND FROM seq_101_to_160 WHERE ? = 0",
                0);
    fixture_run(
        w,
        arena_printf(a,
                     "INSERT INTO custom_value (kind, object_id, field_id, number_value)"
                     " SELECT 'account', id, %lld, ? FROM account WHERE name LIKE 'Page %%'",
                     (long long)grade),
        gold);
    page = webtest_get(w, &manager, "/staff/accounts?view=all&custom_grade=gold");
    assert_true(answer_has(&page, ">Page 101<"));
    assert_false(answer_has(&page, ">Page 126<"));
    older = strstr(page.body, ";older=");
    assert_non_null(older);
    page = webtest_get(w, &manager,
                       arena_printf(a, "/staff/accounts?view=all&custom_grade=gold&%.*s",
                                    (int)strcspn(older + 1, "\"&"), older + 1));
    assert_true(answer_has(&page, ">Page 126<"));
    assert_false(answer_has(&page, ">Page 101<"));
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM account WHERE name LIKE 'Page %' AND id > ?", 0);
}

static void test_files__have_a_column_for_each_field_and_follow_the_filters(void **state)
{
    const int64_t first = made(ALL), second = made("");
    struct answer file;

    (void)state;
    fixture_run(w, "UPDATE custom_field SET filterable = 1 WHERE code = 'grade' AND id > ?", 0);
    named(first, "Owl GmbH");
    named(second, "Wren GmbH");
    file = webtest_get(w, &manager, "/staff/accounts.csv?view=all");
    assert_true(answer_has(&file, "Changed,The motto,The story,The seats,The budget,The "
                                  "contract_end,The audited,The grade"));
    assert_true(answer_has(&file, "Blue <b>sky,\"One\nTwo\",-4,1234.50,2027-03-31,no,gold"));
    assert_true(answer_has(&file, "Wren GmbH"));
    file = webtest_get(w, &manager, "/staff/accounts.csv?view=all&custom_grade=gold");
    assert_true(answer_has(&file, "Owl GmbH"));
    assert_false(answer_has(&file, "Wren GmbH"));
    assert_int_equal(webtest_get(w, &manager, "/staff/accounts.xlsx?view=all").status, 200);
}

#define FRESH(test) cmocka_unit_test_setup(test, every_type)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_fields__of_each_type_are_asked_for_stored_and_shown),
        FRESH(test_fields__without_a_value_are_no_rows_and_not_shown),
        FRESH(test_fields__faults_stand_at_their_fields_and_what_was_typed_stays),
        FRESH(test_fields__faults_are_in_the_person_s_language),
        FRESH(test_fields__one_that_is_needed_is_asked_for),
        FRESH(test_fields__one_turned_off_meanwhile_loses_nothing_else),
        FRESH(test_fields__an_option_turned_off_is_kept_by_who_has_it),
        FRESH(test_fields__two_people_at_once_are_one_after_the_other),
        FRESH(test_fields__a_change_stands_in_the_trail_with_before_and_after),
        FRESH(test_fields__the_first_value_holds_the_type),
        FRESH(test_fields__a_copy_begins_with_them),
        FRESH(test_fields__of_contacts_are_theirs),
        FRESH(test_fields__are_gone_with_what_is_removed_for_good),
        FRESH(test_merge__shows_both_values_and_keeps_those_that_were_chosen),
        FRESH(test_filters__find_records_by_a_field_of_each_type),
        FRESH(test_filters__are_those_of_fields_that_filter),
        FRESH(test_filters__lead_to_further_pages),
        FRESH(test_files__have_a_column_for_each_field_and_follow_the_filters),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

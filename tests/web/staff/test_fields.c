/* Custom fields: how they are defined. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "custom/custom.h"
#include "program/program.h"

#define FIELDS "/staff/setup/fields"

static struct webtest *w;
static struct arena *a;
static struct visitor manager, reader;

static int set_up(void **state)
{
    static const enum permission changes[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_FIELDS_MANAGE,
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

static int none(void **state)
{
    (void)state;
    fixture_run(w, "DELETE FROM custom_value WHERE field_id > ?", 0);
    fixture_run(w, "DELETE FROM custom_option WHERE id > ?", 0);
    fixture_run(w, "DELETE FROM custom_field WHERE id > ?", 0);
    return 0;
}

static struct answer add(const char *code, const char *type, const char *more)
{
    return webtest_post(w, &manager, FIELDS "/new", FIELDS "/new",
                        arena_printf(a,
                                     "kind=account&code=%s&type=%s&name_en=Field+%s&name_zh=%s"
                                     "&hint_en=&hint_zh=&sort=10&active=1&%s",
                                     code, type, code, "%E5%AD%97%E6%AE%B5", more));
}

static int64_t made(const char *code, const char *type)
{
    assert_int_equal(add(code, type, "least=&most=").status, 303);
    return fixture_number(w, "SELECT MAX(id) AS n FROM custom_field WHERE id > ?", 0);
}

static const char *page_of(int64_t id)
{
    return arena_printf(a, FIELDS "/%lld", (long long)id);
}

static int64_t version_of(int64_t id)
{
    return fixture_number(w, "SELECT row_version AS n FROM custom_field WHERE id = ?", id);
}

static struct answer edit(int64_t id, int64_t version, const char *type, const char *more)
{
    return webtest_post(w, &manager, page_of(id), page_of(id),
                        arena_printf(a,
                                     "row_version=%lld&type=%s&name_en=Another&name_zh=X&hint_en="
                                     "&hint_zh=&least=&most=&sort=20%s",
                                     (long long)version, type, more));
}

static struct answer add_option(int64_t id, const char *code)
{
    return webtest_post(
        w, &manager, page_of(id), arena_printf(a, "%s/options/new", page_of(id)),
        arena_printf(a, "code=%s&name_en=Choice+%s&name_zh=X&sort=1&active=1", code, code));
}

static void test_fields__one_is_made_listed_and_traced(void **state)
{
    const int64_t id = made("contract_end", "day");
    struct answer list = webtest_get(w, &reader, FIELDS);

    (void)state;
    assert_true(answer_has(&list, "Field contract_end"));
    assert_false(answer_has(&list, page_of(id)));
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind ="
                                    " 'custom_field' AND action = 'fields.new' AND object_id = ?",
                                    id),
                     1);
}

static void test_fields__a_key_is_one_of_its_records_and_plain(void **state)
{
    struct answer got;

    (void)state;
    made("segment", "text");
    got = add("segment", "int", "least=&most=");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "a field of that key already"));
    assert_int_equal(add("Segment", "text", "least=&most=").status, 422);
    assert_int_equal(add("1st", "text", "least=&most=").status, 422);
    assert_int_equal(add("a-b", "text", "least=&most=").status, 422);
    assert_int_equal(add("%E5%AD%97", "text", "least=&most=").status, 422);
    assert_int_equal(add("", "text", "least=&most=").status, 422);
}

static void test_fields__faults_of_limits_stand_at_them_and_what_was_typed_stays(void **state)
{
    struct answer got = add("seats", "int", "least=10&most=5");

    (void)state;
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"least-err\""));
    assert_true(answer_has(&got, "The least is more than the most."));
    assert_true(answer_has(&got, "value=\"seats\""));
    got = add("seats", "int", "least=&most=1.5");
    assert_true(answer_has(&got, "id=\"most-err\""));
    assert_int_equal(add("agreed", "flag", "least=1&most=").status, 422);
}

static void test_fields__a_type_changes_until_there_is_a_value(void **state)
{
    const int64_t id = made("rank", "text");
    struct answer got;

    (void)state;
    assert_int_equal(edit(id, version_of(id), "int", "&active=1").status, 303);
    fixture_run(w, "UPDATE custom_field SET used = 1 WHERE id = ?", id);
    got = edit(id, version_of(id), "text", "&active=1");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "it keeps its type"));
    assert_int_equal(edit(id, version_of(id), "int", "&active=1").status, 303);
}

static void test_fields__are_turned_off_and_on_again_under_their_version(void **state)
{
    const int64_t id = made("old_one", "text"), version = version_of(id);

    (void)state;
    assert_int_equal(edit(id, version, "text", "").status, 303);
    assert_int_equal(fixture_number(w, "SELECT active AS n FROM custom_field WHERE id = ?", id), 0);
    assert_int_equal(edit(id, version, "text", "&active=1").status, 422);
    assert_int_equal(edit(id, version + 1, "text", "&active=1").status, 303);
}

static void test_fields__no_more_than_forty_are_in_use(void **state)
{
    (void)state;
    fixture_run(w,
                "INSERT INTO custom_field (kind, code, type, name_en, name_zh) SELECT 'account',"
                " CONCAT('f', seq), 'text', 'F', 'F' FROM seq_1_to_40 WHERE ? = 0",
                0);
    assert_int_equal(add("one_more", "text", "least=&most=").status, 422);
    fixture_run(w, "UPDATE custom_field SET active = 0 WHERE code = 'f7' AND id > ?", 0);
    assert_int_equal(add("one_more", "text", "least=&most=").status, 303);
}

static void test_fields__no_more_than_eight_filter_a_list_and_contacts_have_none(void **state)
{
    (void)state;
    fixture_run(w,
                "INSERT INTO custom_field (kind, code, type, name_en, name_zh, filterable) SELECT"
                " 'account', CONCAT('f', seq), 'text', 'F', 'F', 1 FROM seq_1_to_8 WHERE ? = 0",
                0);
    assert_int_equal(add("ninth", "text", "least=&most=&filterable=1").status, 422);
    assert_int_equal(add("ninth", "text", "least=&most=").status, 303);
    fixture_run(w, "UPDATE custom_field SET kind = 'contact' WHERE code = 'ninth' AND id > ?", 0);
    assert_int_equal(
        edit(fixture_number(w, "SELECT MAX(id) AS n FROM custom_field WHERE id > ?", 0), 1, "text",
             "&active=1&filterable=1")
            .status,
        422);
}

static void test_fields__partners_see_those_of_records_that_they_see(void **state)
{
    (void)state;
    assert_int_equal(add("inside", "text", "least=&most=&audience=reads").status, 422);
    assert_int_equal(
        webtest_post(w, &manager, FIELDS "/new", FIELDS "/new",
                     "kind=opportunity&code=racks&type=int&name_en=R&name_zh=R&hint_en="
                     "&hint_zh=&sort=1&active=1&least=&most=&audience=edits")
            .status,
        303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM custom_field WHERE audience ="
                                    " 'edits' AND id > ?",
                                    0),
                     1);
}

static void test_options__of_a_choice_are_added_named_and_turned_off(void **state)
{
    const int64_t id = made("grade", "choice");
    struct answer page;
    int64_t option;

    (void)state;
    assert_int_equal(add_option(id, "gold").status, 303);
    assert_int_equal(add_option(id, "gold").status, 422);
    assert_int_equal(add_option(id, "Gold").status, 422);
    page = webtest_get(w, &manager, page_of(id));
    assert_true(answer_has(&page, "Choice gold"));
    option = fixture_number(w, "SELECT id AS n FROM custom_option WHERE field_id = ?", id);
    assert_int_equal(
        webtest_post(w, &manager, page_of(id),
                     arena_printf(a, "%s/options/%lld", page_of(id), (long long)option),
                     "row_version=1&name_en=Golden&name_zh=X&sort=2")
            .status,
        303);
    assert_int_equal(
        fixture_number(w, "SELECT active AS n FROM custom_option WHERE id = ? AND code = 'gold'",
                       option),
        0);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind ="
                                    " 'custom_field' AND action LIKE 'fields.option%' AND"
                                    " object_id = ?",
                                    id),
                     2);
}

static void test_options__belong_to_choices_alone(void **state)
{
    const int64_t text = made("plain", "text"), grade = made("grade", "choice");
    int64_t option;

    (void)state;
    assert_int_equal(add_option(text, "gold").status, 404);
    add_option(grade, "gold");
    option = fixture_number(w, "SELECT id AS n FROM custom_option WHERE field_id = ?", grade);
    made("other", "choice");
    assert_int_equal(webtest_get(w, &manager,
                                 arena_printf(a, FIELDS "/%lld/options/%lld",
                                              (long long)(grade + 1), (long long)option))
                         .status,
                     404);
}

static void test_fields__who_may_not_change_them_has_no_page_of_one(void **state)
{
    const int64_t id = made("segment", "text");

    (void)state;
    assert_int_equal(webtest_get(w, &reader, page_of(id)).status, 404);
    assert_int_equal(webtest_get(w, &reader, FIELDS "/new").status, 404);
    assert_int_equal(webtest_post(w, &reader, FIELDS, page_of(id), "row_version=1").status, 404);
}

static void test_field__of_registrations_and_opportunities_says_what_conversion_does(void **state)
{
    static const struct {
        const char *kind;
        bool says;
    } kinds[] = {
        { "deal", true }, { "opportunity", true }, { "account", false }, { "contact", false }
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct answer page =
            webtest_get(w, &manager, arena_join(a, FIELDS "/new?kind=", kinds[i].kind, NULL));

        assert_int_equal(page.status, 200);
        assert_int_equal(answer_has(&page, "When a registration is converted"), kinds[i].says);
    }
}

#define FRESH(test) cmocka_unit_test_setup(test, none)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_field__of_registrations_and_opportunities_says_what_conversion_does),
        FRESH(test_fields__one_is_made_listed_and_traced),
        FRESH(test_fields__a_key_is_one_of_its_records_and_plain),
        FRESH(test_fields__faults_of_limits_stand_at_them_and_what_was_typed_stays),
        FRESH(test_fields__a_type_changes_until_there_is_a_value),
        FRESH(test_fields__are_turned_off_and_on_again_under_their_version),
        FRESH(test_fields__no_more_than_forty_are_in_use),
        FRESH(test_fields__no_more_than_eight_filter_a_list_and_contacts_have_none),
        FRESH(test_fields__partners_see_those_of_records_that_they_see),
        FRESH(test_options__of_a_choice_are_added_named_and_turned_off),
        FRESH(test_options__belong_to_choices_alone),
        FRESH(test_fields__who_may_not_change_them_has_no_page_of_one),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Custom fields of opportunities: the vendor's own are nowhere for a partner, others are read, or
 * changed by whoever may change the record. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"

#define CANARY "Zaunkoenig"

static int set_up(void **state)
{
    sides_open(state);
    portal_run(&portal, "INSERT INTO custom_field (kind, code, type, name_en, name_zh, audience,"
                        " filterable) VALUES ('opportunity', 'inside', 'text', '" CANARY
                        " inside', 'I', 'staff', 1), ('opportunity', 'decided', 'choice',"
                        " 'Decided by', 'D', 'reads', 1), ('opportunity', 'racks', 'int', 'Racks',"
                        " 'R', 'edits', 1)");
    portal_run(&portal, "INSERT INTO custom_option (field_id, code, name_en, name_zh) SELECT id,"
                        " 'board', 'The board', 'B' FROM custom_field WHERE code = 'decided'");
    return 0;
}

#define FACTS                                                                         \
    "name=Cold+store&customer_name=Otterbach&customer_country=DE&currency=USD&amount" \
    "=1000&expected_close=2031-05-20&stage=1&owner_user_id="
#define CHANGED "&name=Cold+store&currency=USD&amount=1000&expected_close=2031-05-20&owner_user_id="

static int64_t made(const char *custom)
{
    return opportunity_of_partner(arena_join(portal.world.a, "row_version=0&" FACTS, custom, NULL));
}

static struct answer edit(struct webtest *w, struct visitor *v, const char *page, int64_t op,
                          const char *custom)
{
    return webtest_post(w, v, page, arena_join(portal.world.a, page, "/edit", NULL),
                        arena_printf(portal.world.a, "row_version=%lld" CHANGED "%s",
                                     (long long)opportunity_version(op), custom));
}

static int64_t with_all(void)
{
    const int64_t op = made("&custom_racks=4");

    assert_int_equal(edit(staff, manager, THEIRS(""), op,
                          "&inside_note=&custom_inside=" CANARY "&custom_decided=board"
                          "&custom_racks=4")
                         .status,
                     303);
    return op;
}

static void test_custom__a_partner_sees_what_the_vendor_lets_him_see(void **state)
{
    const int64_t op = with_all();
    struct answer page = webtest_get(partner, member, OURS(""));

    (void)state;
    assert_true(answer_has(&page, "The board"));
    assert_true(answer_has(&page, "Racks"));
    assert_false(answer_has(&page, CANARY));
    page = webtest_get(partner, member, OURS("/edit"));
    assert_true(answer_has(&page, "name=\"custom_racks\" value=\"4\""));
    assert_false(answer_has(&page, "custom_decided"));
    assert_false(answer_has(&page, CANARY));
    page = webtest_get(staff, manager, THEIRS(""));
    assert_true(answer_has(&page, CANARY));
    assert_true(answer_has(&page, "The board"));
}

static void test_custom__a_partner_changes_no_field_that_he_only_reads(void **state)
{
    const int64_t op = with_all();

    (void)state;
    assert_int_equal(
        edit(partner, member, OURS(""), op, "&custom_racks=5&custom_decided=&custom_inside=mine")
            .status,
        303);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_value v JOIN custom_field f ON f.id ="
                            " v.field_id WHERE v.object_id = # AND v.kind = 'opportunity' AND"
                            " (v.text_value = '" CANARY "' OR f.code = 'decided' OR"
                            " v.number_value = 5)",
                            op),
                     3);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'opportunity' AND"
                            " object_id = # AND action = 'opportunity.fields' AND after_json ="
                            " '{\"racks\":\"5\"}'",
                            op),
                     1);
}

static void test_custom__a_fault_stands_at_its_field(void **state)
{
    const int64_t op = with_all();
    struct answer got = edit(partner, member, OURS(""), op, "&custom_racks=many");

    (void)state;
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"custom_racks-err\""));
    assert_true(answer_has(&got, "value=\"many\""));
}

static void test_custom__who_was_slower_sees_both_values(void **state)
{
    const int64_t op = with_all();
    struct answer got;

    (void)state;
    got = webtest_post(partner, member, OURS(""), OURS("/edit"),
                       "row_version=1" CHANGED "&custom_racks=9");
    assert_int_equal(got.status, 409);
    assert_true(answer_has(&got, "<td data-label=\"Yours\">9</td>"));
    assert_true(answer_has(&got, "name=\"custom_racks\" value=\"9\""));
}

static void test_custom__a_stranger_has_none_of_it(void **state)
{
    const int64_t op = with_all();

    (void)state;
    assert_int_equal(webtest_get(partner, &stranger, OURS("")).status, 404);
    assert_int_equal(
        edit(partner, &stranger, "/partner/opportunities/new", op, "&custom_racks=7").status, 404);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_value WHERE object_id = # AND"
                            " number_value = 7",
                            op),
                     0);
}

static void test_custom__taken_from_partners_is_gone_at_once(void **state)
{
    const int64_t op = with_all();

    (void)state;
    portal_run(&portal, "UPDATE custom_field SET audience = 'staff' WHERE code = 'racks'");
    assert_false(answer_has((struct answer[]){ webtest_get(partner, member, OURS("")) }, "Racks"));
    portal_run(&portal, "UPDATE custom_field SET audience = 'edits' WHERE code = 'racks'");
}

/* -- lists and files -----------------------------------------------------------------------------
 */

static void named(int64_t op, const char *name)
{
    portal_run(&portal, arena_join(portal.world.a, "UPDATE opportunity SET name = '", name,
                                   text("' WHERE id = #", op), NULL));
}

static bool lists(struct webtest *w, struct visitor *v, const char *address, const char *name)
{
    struct answer got = webtest_get(w, v, address);

    if (got.status != 200)
        print_error("%s: %d\n", address, got.status);
    assert_int_equal(got.status, 200);
    return answer_has(&got, arena_join(portal.world.a, ">", name, "<", NULL));
}

static bool ours_lists(const char *query, const char *name)
{
    return lists(partner, member, arena_join(portal.world.a, "/partner/opportunities", query, NULL),
                 name);
}

static bool theirs_lists(const char *query, const char *name)
{
    return lists(staff, manager, arena_join(portal.world.a, "/staff/opportunities", query, NULL),
                 name);
}

/* Heron with all fields, Egret with some racks. */
static void heron_and_egret(void)
{
    portal_run(&portal, "UPDATE opportunity SET state = 'lost', name = 'Gone'");
    named(with_all(), "Heron");
    named(made("&custom_racks=9"), "Egret");
}

static void test_filters__find_what_a_partner_sees_by_what_he_sees(void **state)
{
    static const struct {
        const char *query;
        bool heron, egret;
    } asked[] = {
        { "?custom_racks=4", true, false },
        { "?custom_racks=5..", false, true },
        { "?custom_decided=board", true, false },
        { "?custom_decided=board&custom_racks=9", false, false },
        { "?view=mine&custom_racks=4..9", false, false },
        { "?view=lost&custom_racks=4", false, false },
        { "?sort=updated&custom_racks=9", false, true },
        { "?q=Heron&custom_racks=..5", true, false },
        { "?q=Heron&custom_racks=9", false, false },
    };

    (void)state;
    heron_and_egret();
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        if (ours_lists(asked[i].query, "Heron") != asked[i].heron ||
            ours_lists(asked[i].query, "Egret") != asked[i].egret)
            print_error("%s\n", asked[i].query);
        assert_int_equal(ours_lists(asked[i].query, "Heron"), asked[i].heron);
        assert_int_equal(ours_lists(asked[i].query, "Egret"), asked[i].egret);
    }
    assert_false(lists(partner, &stranger, "/partner/opportunities?custom_racks=4", "Heron"));
}

/* Otherwise he could find out by asking. */
static void test_filters__of_the_vendor_s_own_fields_are_none_for_a_partner(void **state)
{
    struct answer page;

    (void)state;
    heron_and_egret();
    assert_true(ours_lists("?custom_inside=" CANARY, "Heron"));
    assert_true(ours_lists("?custom_inside=" CANARY, "Egret"));
    page = webtest_get(partner, member, "/partner/opportunities?custom_racks=4");
    assert_true(answer_has(&page, "id=\"list-custom_racks\""));
    assert_false(answer_has(&page, "custom_inside"));
    assert_false(answer_has(&page, CANARY));
}

static void test_filters__work_in_each_list_of_staff(void **state)
{
    static const char *const asked[] = {
        "?view=all",          "?view=open",     "?view=mine", "?view=stale",
        "?view=open&stage=1", "?owner=1",       "?partner=1", "?territory=1",
        "?view=slipping",     "?month=2031-05", "?view=won",  "?q=Heron",
    };

    (void)state;
    heron_and_egret();
    assert_true(theirs_lists("?custom_inside=" CANARY, "Heron"));
    assert_false(theirs_lists("?custom_inside=" CANARY, "Egret"));
    assert_true(theirs_lists("?sort=updated&custom_racks=4..9&custom_decided=board", "Heron"));
    assert_false(theirs_lists("?sort=updated&custom_racks=4..9&custom_decided=board", "Egret"));
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        const char *with = arena_join(portal.world.a, asked[i], "&custom_racks=9", NULL);

        assert_false(theirs_lists(with, "Heron"));
        assert_false(
            theirs_lists(arena_join(portal.world.a, with, "&sort=updated", NULL), "Heron"));
        assert_false(
            theirs_lists(arena_join(portal.world.a, with, "&older=20000.1", NULL), "Heron"));
        assert_false(theirs_lists(arena_join(portal.world.a, with, "&newer=1.1", NULL), "Heron"));
    }
}

static void test_filters__by_partner_hold_beside_them(void **state)
{
    (void)state;
    heron_and_egret();
    assert_true(
        theirs_lists(text("?custom_racks=4&partner=#", portal.world.north.account), "Heron"));
    assert_false(
        theirs_lists(text("?custom_racks=4&partner=#", portal.world.south.account), "Heron"));
}

static void test_files__have_the_fields_that_their_reader_sees(void **state)
{
    struct answer file;

    (void)state;
    heron_and_egret();
    file = webtest_get(partner, member, "/partner/opportunities.csv?custom_racks=4");
    assert_true(answer_has(&file, "Changed,Decided by,Racks"));
    assert_true(answer_has(&file, ",board,4"));
    assert_false(answer_has(&file, CANARY));
    assert_false(answer_has(&file, "Egret"));
    file = webtest_get(staff, manager, "/staff/opportunities.csv");
    assert_true(answer_has(&file, "Changed," CANARY " inside,Decided by,Racks"));
    assert_true(answer_has(&file, "," CANARY ",board,4"));
    assert_true(answer_has(&file, "Egret"));
    assert_int_equal(webtest_get(staff, manager, "/staff/opportunities.xlsx?q=Heron").status, 200);
    assert_int_equal(webtest_get(partner, member, "/partner/opportunities.xlsx").status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_custom__a_partner_sees_what_the_vendor_lets_him_see),
        cmocka_unit_test(test_custom__a_partner_changes_no_field_that_he_only_reads),
        cmocka_unit_test(test_custom__a_fault_stands_at_its_field),
        cmocka_unit_test(test_custom__who_was_slower_sees_both_values),
        cmocka_unit_test(test_custom__a_stranger_has_none_of_it),
        cmocka_unit_test(test_custom__taken_from_partners_is_gone_at_once),
        cmocka_unit_test(test_filters__find_what_a_partner_sees_by_what_he_sees),
        cmocka_unit_test(test_filters__of_the_vendor_s_own_fields_are_none_for_a_partner),
        cmocka_unit_test(test_filters__work_in_each_list_of_staff),
        cmocka_unit_test(test_filters__by_partner_hold_beside_them),
        cmocka_unit_test(test_files__have_the_fields_that_their_reader_sees),
    };

    return cmocka_run_group_tests(tests, set_up, sides_close);
}

/* Custom fields of registrations: typed in a draft, demanded when it is sent, seen by whom the
 * vendor lets see them, and part of no receipt. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"

#define CANARY "Zaunkoenig"

static int set_up(void **state)
{
    sides_open(state);
    portal_run(&portal, "INSERT INTO custom_field (kind, code, type, name_en, name_zh, audience,"
                        " filterable) VALUES ('deal', 'inside', 'text', '" CANARY
                        " inside', 'I', 'staff', 1), ('deal', 'campaign', 'choice', 'Campaign',"
                        " 'C', 'reads', 1), ('deal', 'racks', 'int', 'Racks', 'R', 'edits', 1),"
                        " ('deal', 'tender', 'text', 'Tender', 'T', 'edits', 1)");
    portal_run(&portal, "INSERT INTO custom_option (field_id, code, name_en, name_zh) SELECT id,"
                        " 'edge', 'Edge days', 'E' FROM custom_field WHERE code = 'campaign'");
    return 0;
}

static int not_required(void **state)
{
    (void)state;
    portal_run(&portal, "UPDATE custom_field SET required = 0");
    portal_forget_rates(&portal);
    return 0;
}

static const char *join(const char *x, const char *y)
{
    return arena_join(portal.world.a, x, y, NULL);
}

#define DEAL(rest)   text("/partner/deals/DR-#" rest, id)
#define REVIEW(rest) text("/staff/deals/DR-#" rest, id)

/* Whole; the company is one that no other is taken for. */
static const char *facts(const char *button, int64_t version)
{
    return arena_printf(portal.world.a,
                        "company_name=%s&country=SG&expected_close=2029-12-31&row_version=%lld"
                        "&line=%lld&quantity=2&value=100&contact_name=Gu&contact_phone=86+512+6288"
                        "&deal_type=new&currency=USD&do=%s",
                        portal_company(portal.world.a), (long long)version,
                        (long long)portal.world.line[0], button);
}

static struct answer begin(const char *button, const char *custom)
{
    return webtest_post(partner, member, "/partner/deals/new", "/partner/deals/new",
                        join(facts(button, 0), custom));
}

static int64_t made(const char *button, const char *custom)
{
    struct answer got = begin(button, custom);

    assert_int_equal(got.status, 303);
    return newest("deal");
}

static struct answer edit(int64_t id, int64_t version, const char *button, const char *custom)
{
    return webtest_post(partner, member, DEAL("/edit"), DEAL("/edit"),
                        join(facts(button, version), custom));
}

/* What the vendor adds of its own. */
static struct answer add(int64_t id, int64_t version, const char *custom)
{
    return webtest_post(
        staff, manager, REVIEW("/fields"), REVIEW("/fields"),
        arena_printf(portal.world.a, "row_version=%lld%s", (long long)version, custom));
}

#define VALUES_OF(id) \
    number("SELECT COUNT(*) FROM custom_value WHERE kind = 'deal' AND object_id = #", id)

static int64_t with_all(void)
{
    const int64_t id = made("submit", "&custom_racks=4&custom_tender=T-17");

    assert_int_equal(
        add(id, deal_version(id), "&custom_inside=" CANARY "&custom_campaign=edge").status, 303);
    return id;
}

/* -- forms and pages -----------------------------------------------------------------------------
 */

static void test_draft__keeps_what_was_typed_and_asks_for_nothing(void **state)
{
    struct answer page;
    int64_t id;

    (void)state;
    portal_run(&portal, "UPDATE custom_field SET required = 1 WHERE code = 'tender'");
    page = webtest_get(partner, member, "/partner/deals/new");
    assert_true(answer_has(&page, "name=\"custom_tender\""));
    assert_false(answer_has(&page, "custom_campaign"));
    assert_false(answer_has(&page, CANARY));
    id = made("save", "&custom_racks=4&custom_tender=");
    assert_int_equal(VALUES_OF(id), 1);
    page = webtest_get(partner, member, DEAL("/edit"));
    assert_true(answer_has(&page, "name=\"custom_racks\" value=\"4\""));
    assert_int_equal(edit(id, deal_version(id), "save", "&custom_racks=&custom_tender=T-1").status,
                     303);
    assert_int_equal(VALUES_OF(id), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'deal' AND object_id ="
                            " # AND action = 'deal.fields' AND after_json = '{\"racks\":\"\","
                            "\"tender\":\"T-1\"}'",
                            id),
                     1);
}

static void test_submission__needs_what_is_required(void **state)
{
    struct answer got;

    (void)state;
    portal_run(&portal, "UPDATE custom_field SET required = 1 WHERE code IN ('tender', 'inside')");
    got = begin("submit", "&custom_tender=");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"custom_tender-err\""));
    assert_true(answer_has(&got, "href=\"#custom_tender\">Tender</a>"));
    assert_int_equal(begin("submit", "&custom_tender=T-2").status, 303);
}

static void test_fault__stands_at_its_field_in_a_draft_too(void **state)
{
    struct answer got = begin("save", "&custom_racks=many");

    (void)state;
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"custom_racks-err\""));
    assert_true(answer_has(&got, "value=\"many\""));
}

static void test_record__shows_each_side_what_is_its_to_see(void **state)
{
    const int64_t id = with_all();
    struct answer page = webtest_get(partner, member, DEAL(""));

    (void)state;
    assert_true(answer_has(&page, "Edge days"));
    assert_true(answer_has(&page, "T-17"));
    assert_false(answer_has(&page, CANARY));
    page = webtest_get(staff, manager, REVIEW(""));
    assert_true(answer_has(&page, "Edge days"));
    assert_true(answer_has(&page, "T-17"));
    assert_true(answer_has(&page, CANARY));
    assert_int_equal(webtest_get(partner, &stranger, DEAL("")).status, 404);
}

static void test_vendor__adds_its_own_and_leaves_what_was_registered(void **state)
{
    const int64_t id = with_all();
    struct answer page = webtest_get(staff, manager, REVIEW("/fields"));

    (void)state;
    assert_true(answer_has(&page, "name=\"custom_inside\" value=\"" CANARY "\""));
    assert_false(answer_has(&page, "custom_racks"));
    assert_int_equal(
        add(id, deal_version(id), "&custom_inside=Other&custom_campaign=&custom_racks=9").status,
        303);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_value WHERE kind = 'deal' AND object_id ="
                            " # AND (text_value IN ('Other', 'T-17') OR number_value = 4)",
                            id),
                     3);
    assert_int_equal(add(id, 1, "&custom_inside=Late").status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_value WHERE object_id = # AND text_value"
                            " = 'Late'",
                            id),
                     0);
}

static void test_vendor__registers_for_a_partner_with_all_of_them(void **state)
{
    const char *form = text("/staff/deals/new?partner=#", portal.world.north.account);
    struct answer got;

    (void)state;
    portal_run(&portal, "UPDATE custom_field SET required = 1 WHERE code = 'inside'");
    got = webtest_get(staff, manager, form);
    assert_true(answer_has(&got, "name=\"custom_inside\""));
    assert_true(answer_has(&got, "name=\"custom_racks\""));
    got = webtest_post(
        staff, manager, form, "/staff/deals/new",
        join(facts("submit", 0), text("&partner_id=#&custom_racks=3", portal.world.north.account)));
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "id=\"custom_inside-err\""));
    got = webtest_post(
        staff, manager, form, "/staff/deals/new",
        join(facts("submit", 0),
             text("&partner_id=#&custom_racks=3&custom_inside=" CANARY "&custom_campaign=edge",
                  portal.world.north.account)));
    assert_int_equal(got.status, 303);
    assert_int_equal(VALUES_OF(newest("deal")), 3);
}

static void test_copy__begins_with_what_the_partner_may_change(void **state)
{
    int64_t id = with_all();
    struct answer page;

    (void)state;
    assert_int_equal(webtest_post(partner, member, DEAL(""), DEAL("/clone"), "").status, 303);
    id = newest("deal");
    page = webtest_get(partner, member, DEAL("/edit"));
    assert_true(answer_has(&page, "name=\"custom_tender\" value=\"T-17\""));
    assert_int_equal(VALUES_OF(id), 2);
}

static void test_changed_by_two__each_field_is_chosen(void **state)
{
    const int64_t id = made("save", "&custom_racks=1&custom_tender=old"), first = deal_version(id);
    struct answer got;
    const char *typed;

    (void)state;
    assert_int_equal(edit(id, first, "save", "&custom_racks=2&custom_tender=theirs").status, 303);
    typed = "&custom_racks=3&custom_tender=mine";
    got = edit(id, first, "save", typed);
    assert_int_equal(got.status, 409);
    assert_true(answer_has(&got, "name=\"custom_racks\" value=\"3\""));
    assert_true(answer_has(&got, "name=\"custom_tender.keep\" value=\"theirs\""));
    got = webtest_post(partner, member, DEAL("/edit"), DEAL("/merge"),
                       arena_join(portal.world.a, facts("save", deal_version(id)), typed,
                                  "&custom_racks.keep=yours&custom_tender.keep=theirs", NULL));
    assert_int_equal(got.status, 303);
    assert_int_equal(number("SELECT COUNT(*) FROM custom_value WHERE kind = 'deal' AND object_id ="
                            " # AND (text_value = 'theirs' OR number_value = 3)",
                            id),
                     2);
}

/* The signed statement is what both sides agreed on, whatever the vendor asks besides. */
static void test_receipt__says_nothing_of_them(void **state)
{
    const int64_t plain = made("submit", ""), id = with_all();

    (void)state;
    assert_int_equal(number("SELECT COUNT(*) FROM receipt WHERE deal_id = #", id),
                     number("SELECT COUNT(*) FROM receipt WHERE deal_id = #", plain));
    assert_int_equal(number("SELECT COUNT(*) FROM receipt WHERE deal_id = # AND (statement LIKE"
                            " '%T-17%' OR statement LIKE '%racks%')",
                            id),
                     0);
    assert_int_equal(edit(id, deal_version(id), "save", "&custom_racks=7").status, 409);
}

/* -- lists and files -----------------------------------------------------------------------------
 */

static bool lists(struct webtest *w, struct visitor *v, const char *address, int64_t id)
{
    struct answer got = webtest_get(w, v, address);

    if (got.status != 200)
        print_error("%s: %d\n", address, got.status);
    assert_int_equal(got.status, 200);
    return answer_has(&got, text(">DR-#<", id));
}

static void test_filters__find_registrations_by_what_their_reader_sees(void **state)
{
    static const struct {
        const char *query;
        bool all, few;
    } asked[] = {
        { "?custom_racks=4", true, false },
        { "?custom_racks=5..", false, true },
        { "?custom_tender=T-", true, false },
        { "?custom_campaign=edge&custom_racks=4", true, false },
        { "?view=vendor&custom_racks=4..9", true, true },
        { "?view=closed&custom_racks=4", false, false },
        { "?sort=company&custom_racks=9", false, true },
        { "?sort=close&custom_racks=9", false, true },
        { "?q=DR&custom_racks=9", false, false },
    };
    int64_t all, few;

    (void)state;
    portal_run(&portal, "DELETE FROM custom_value WHERE kind = 'deal'");
    all = with_all();
    few = made("submit", "&custom_racks=9");
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        const char *ours = join("/partner/deals", asked[i].query);

        if (lists(partner, member, ours, all) != asked[i].all ||
            lists(partner, member, ours, few) != asked[i].few)
            print_error("%s\n", ours);
        assert_int_equal(lists(partner, member, ours, all), asked[i].all);
        assert_int_equal(lists(partner, member, ours, few), asked[i].few);
    }
    assert_false(lists(partner, &stranger, "/partner/deals?custom_racks=4", all));
    assert_true(lists(partner, member, "/partner/deals?custom_inside=Nobody", few));
}

static void test_filters__work_in_each_list_of_staff(void **state)
{
    static const char *const views[] = { "mine",      "unassigned", "conflict", "appeal", "amend",
                                         "extension", "returned",   "open",     "all" };
    int64_t all, few;

    (void)state;
    portal_run(&portal, "DELETE FROM custom_value WHERE kind = 'deal'");
    all = with_all();
    few = made("submit", "&custom_racks=9");
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        const char *list = arena_join(portal.world.a, "/staff/deals?view=", views[i],
                                      "&custom_racks=4..9&custom_inside=" CANARY, NULL);

        assert_false(lists(staff, manager, list, few));
        assert_false(lists(staff, manager, join(list, "&older=0.1"), few));
        assert_false(lists(staff, manager, join(list, "&newer=0.1"), few));
    }
    assert_true(lists(staff, manager, "/staff/deals?view=all&custom_inside=" CANARY, all));
    assert_true(lists(staff, manager, "/staff/deals?view=open&custom_racks=9", few));
    assert_false(lists(staff, manager, "/staff/deals?q=nothing&custom_racks=9", few));
}

static void test_files__have_the_fields_that_their_reader_sees(void **state)
{
    struct answer file;

    (void)state;
    with_all();
    file = webtest_get(partner, member, "/partner/deals.csv?custom_racks=4");
    assert_true(answer_has(&file, "Changed,Campaign,Racks,Tender"));
    assert_true(answer_has(&file, ",edge,4,T-17"));
    assert_false(answer_has(&file, CANARY));
    file = webtest_get(staff, manager, "/staff/deals.csv?view=all");
    assert_true(answer_has(&file, "Appeal," CANARY " inside,Campaign,Racks,Tender"));
    assert_true(answer_has(&file, "," CANARY ",edge,4,T-17"));
    assert_int_equal(webtest_get(staff, manager, "/staff/deals.xlsx?q=a").status, 200);
    assert_int_equal(webtest_get(partner, member, "/partner/deals.xlsx?q=a").status, 200);
}

#define FRESH(test) cmocka_unit_test_setup(test, not_required)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_draft__keeps_what_was_typed_and_asks_for_nothing),
        FRESH(test_submission__needs_what_is_required),
        FRESH(test_fault__stands_at_its_field_in_a_draft_too),
        FRESH(test_record__shows_each_side_what_is_its_to_see),
        FRESH(test_vendor__adds_its_own_and_leaves_what_was_registered),
        FRESH(test_vendor__registers_for_a_partner_with_all_of_them),
        FRESH(test_copy__begins_with_what_the_partner_may_change),
        FRESH(test_changed_by_two__each_field_is_chosen),
        FRESH(test_receipt__says_nothing_of_them),
        FRESH(test_filters__find_registrations_by_what_their_reader_sees),
        FRESH(test_filters__work_in_each_list_of_staff),
        FRESH(test_files__have_the_fields_that_their_reader_sees),
    };

    return cmocka_run_group_tests(tests, set_up, sides_close);
}

/* What somebody would try who has a log-in of a partner, and no good in mind. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#include <stdio.h>

static struct webtest *w, *public;
static struct deal_world world;
static struct visitor north;

static struct visitor member(int64_t account_id)
{
    static const enum permission all[] = { PERM_HOME,       PERM_DEAL_VIEW,   PERM_DEAL_EDIT,
                                           PERM_DEAL_CHECK, PERM_DEAL_EXPORT, PERM_DEAL_REGISTER };
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        permission_add(&set, all[i]);
    webtest_sign_in(w, &v, AUD_PARTNER, &set, account_id);
    return v;
}

static int set_up(void **state)
{

    (void)state;
    w = webtest_open(&program_partner, NULL);
    public = webtest_open(&program_public, w);
    deal_world_open(&world, webtest_admin(w));
    north = member(world.north.account);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    webtest_close(public);
    webtest_close(w);
    return 0;
}

static int64_t draft_of(struct side *side, const char *company)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_draft(&world, side, company, 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static const char *address(int64_t id, const char *rest)
{
    return arena_printf(world.a, "/partner/deals/DR-%lld%s", (long long)id, rest);
}

/* -- asking for many names ------------------------------------------------------------- */

static void test_check__drafts_are_no_way_around_the_limit_of_live_checks(void **state)
{
    const int64_t id = draft_of(&world.north, "Kvarnholm Textil");

    (void)state;
    fixture_early_in_window();
    assert_int_equal(webtest_get(w, &north, address(id, "/edit")).status, 200);
    fixture_run(w, "UPDATE rate_bucket SET hits = ?", 600);
    assert_int_equal(webtest_get(w, &north, address(id, "/edit")).status, 429);
    fixture_run(w, "UPDATE rate_bucket SET hits = ?", 0);
}

/* -- other people's numbers (c20) ------------------------------------------------------ */

static const char *const pages[] = { "",
                                     "/edit",
                                     "/withdraw",
                                     "/end",
                                     "/convert",
                                     "/extension",
                                     "/files/00112233445566778899aabbccddeeff" };

static void test_c20__pages_of_another_partners_registration_are_those_of_none(void **state)
{
    const int64_t id = draft_of(&world.south, "Kvarnholm Canary");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct answer a = webtest_get(w, &north, address(id, pages[i]));

        assert_int_equal(a.status, 404);
        assert_false(answer_has(&a, "Canary"));
        assert_int_equal(webtest_get(w, &north, address(99999999, pages[i])).status, 404);
    }
}

static const struct {
    const char *path, *body;
} posts[] = {
    { "/edit", "row_version=1&company_name=Taken&country=CN" },
    { "/merge", "row_version=1&company_name=Taken&country=CN" },
    { "/withdraw", "row_version=1" },
    { "/end", "row_version=1" },
    { "/convert", "row_version=1" },
    { "/clone", "" },
    { "/extension", "row_version=1&progress=x&days=30" },
    { "/comment", "body=hello" },
    { "/files/00112233445566778899aabbccddeeff/remove", "" },
};

static void test_c20__posts_to_another_partners_registration_change_nothing(void **state)
{
    const int64_t id = draft_of(&world.south, "Kvarnholm Canary");
    const int64_t deals = fixture_number(w, "SELECT COUNT(*) AS n FROM deal WHERE 0 = ?", 0);
    const int64_t version = fixture_number(w, "SELECT row_version AS n FROM deal WHERE id = ?", id);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(posts); i++)
        assert_int_equal(
            webtest_post(w, &north, "/partner/deals/new", address(id, posts[i].path), posts[i].body)
                .status,
            404);
    assert_int_equal(fixture_number(w, "SELECT row_version AS n FROM deal WHERE id = ?", id),
                     version);
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM deal WHERE 0 = ?", 0), deals);
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM comment WHERE object_id = ?", id),
                     0);
}

/* -- fields that no form has (c22) ----------------------------------------------------- */

static void test_c22__fields_that_the_form_does_not_have_refuse_the_whole_request(void **state)
{
    static const char *const forged[] = {
        "account_id=1",      "partner_id=1", "state=approved",
        "rank_no=1",         "phase=3",      "reviewer_id=1",
        "end_customer_id=1", "total=0",      "protected_until=2030-01-01"
    };
    const int64_t deals = fixture_number(w, "SELECT COUNT(*) AS n FROM deal WHERE 0 = ?", 0);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(forged); i++)
        assert_int_equal(
            webtest_post(
                w, &north, "/partner/deals/new", "/partner/deals/new",
                arena_printf(world.a, "row_version=0&company_name=X&do=save&%s", forged[i]))
                .status,
            400);
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM deal WHERE 0 = ?", 0), deals);
}

static void test_c26__a_sales_person_of_another_company_is_refused(void **state)
{
    (void)state;
    struct answer a = webtest_post(w, &north, "/partner/deals/new", "/partner/deals/new",
                                   arena_printf(world.a,
                                                "row_version=0&company_name=X&do=save&deal_type=new"
                                                "&sales_user_id=%lld",
                                                (long long)world.south.user));

    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "id=\"sales_user_id-err\""));
}

/* -- addresses (c5, c55) ------------------------------------------------------------------ */

static void test_c5__guesses_over_one_mapped_address_do_not_lock_out_the_others(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor guesses = { .address = "::ffff:192.0.2.7" },
                   other = { .address = "::ffff:192.0.2.8" };
    int status = 422;

    (void)state;
    fixture_early_in_window();
    for (int i = 0; i < 12 && status == 422; i++)
        status = fixture_log_in(public, &guesses, &p, "not this one").status;
    assert_int_equal(status, 429);
    assert_int_equal(fixture_log_in(public, &other, &p, FIXTURE_PASSWORD).status, 303);
}

/* -- a place in line that was taken for somebody else ------------------------------------ */

static int64_t returned_of(struct side *side, const char *company)
{
    const struct deal_decision back = { .verb = DEAL_RETURN,
                                        .reason_code = "other_return",
                                        .reason_text = "Which plant?" };
    struct deal *d;

    fixture_run(w, "INSERT IGNORE INTO currency (code, active, sort) VALUES ('USD', 1, ?)", 1);
    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, side, company, 1);
    assert_ok(deal_decide(world.db, world.a, &world.vendor.by, d, &back));
    assert_ok(db_commit(world.db));
    return d->id;
}

static int64_t line_of(int64_t deal_id, const char *how)
{
    return fixture_number(w,
                          arena_printf(world.a,
                                       "SELECT MIN(id) AS n FROM product_line WHERE active = 1 AND"
                                       " id %s (SELECT product_line_id FROM deal_line WHERE"
                                       " deal_id = ?)",
                                       how),
                          deal_id);
}

static struct answer answer_with(int64_t id, const char *company, int64_t line)
{
    const int64_t version = fixture_number(w, "SELECT row_version AS n FROM deal WHERE id = ?", id);

    return webtest_post(w, &north, address(id, "/edit"), address(id, "/edit"),
                        arena_printf(world.a,
                                     "row_version=%lld&company_name=%s&country=CN&currency=USD&"
                                     "line=%lld&quantity=1&value=1000&do=save",
                                     (long long)version, company, (long long)line));
}

static void test_answer__keeps_its_place_in_line_for_its_own_customer_alone(void **state)
{
    const int64_t id = returned_of(&world.north, "Kvarnholm Textil");
    const int64_t line = line_of(id, "IN");
    struct answer a;

    (void)state;
    a = answer_with(id, "Ostermeier+Hydraulik", line);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "This is another customer"));
    /* Nor by and by. */
    assert_int_equal(answer_with(id, "Kvarnholm+Textil+Ostermeier", line).status, 303);
    assert_int_equal(answer_with(id, "Ostermeier+Hydraulik", line).status, 422);
    assert_int_equal(answer_with(id, "Kvarnholm+Textile+AB", line).status, 303);
}

static void test_answer__keeps_its_place_in_line_for_its_own_product_lines_alone(void **state)
{
    const int64_t id = returned_of(&world.north, "Kvarnholm Möbel");
    struct answer a;

    (void)state;
    a = answer_with(id, "Kvarnholm+M%C3%B6bel", line_of(id, "NOT IN"));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "was not in what you submitted"));
    assert_int_equal(answer_with(id, "Kvarnholm+M%C3%B6bel", line_of(id, "IN")).status, 303);
}

/* -- everything at once, and again ------------------------------------------------------- */

static void test_c42__a_person_gets_so_many_sheets_an_hour(void **state)
{
    struct visitor v = member(world.north.account), other = member(world.north.account);
    int got = 0;

    (void)state;
    fixture_early_in_window();
    while (got < 200 && webtest_get(w, &v, "/partner/deals.csv").status == 200)
        got++;
    assert_int_equal(got, 60);
    assert_int_equal(webtest_get(w, &v, "/partner/deals.csv").status, 429);
    assert_int_equal(webtest_get(w, &other, "/partner/deals.csv").status, 200);
}

/* -- browsers that say nothing of themselves --------------------------------------------- */

static void test_login__a_second_browser_without_a_name_is_let_in(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor first = { 0 }, second = { .user_agent = "" };

    (void)state;
    assert_int_equal(fixture_log_in(public, &first, &p, FIXTURE_PASSWORD).status, 303);
    assert_int_equal(fixture_log_in(public, &second, &p, FIXTURE_PASSWORD).status, 303);
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM session WHERE user_id = ?", p.id),
                     2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__drafts_are_no_way_around_the_limit_of_live_checks),
        cmocka_unit_test(test_c20__pages_of_another_partners_registration_are_those_of_none),
        cmocka_unit_test(test_c20__posts_to_another_partners_registration_change_nothing),
        cmocka_unit_test(test_c22__fields_that_the_form_does_not_have_refuse_the_whole_request),
        cmocka_unit_test(test_c26__a_sales_person_of_another_company_is_refused),
        cmocka_unit_test(test_c5__guesses_over_one_mapped_address_do_not_lock_out_the_others),
        cmocka_unit_test(test_answer__keeps_its_place_in_line_for_its_own_customer_alone),
        cmocka_unit_test(test_answer__keeps_its_place_in_line_for_its_own_product_lines_alone),
        cmocka_unit_test(test_c42__a_person_gets_so_many_sheets_an_hour),
        cmocka_unit_test(test_login__a_second_browser_without_a_name_is_let_in),
    };

    return cmocka_run_group_tests_name("attack as a partner", tests, set_up, tear_down);
}

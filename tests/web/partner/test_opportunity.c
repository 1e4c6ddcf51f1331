/* Opportunities as requests: made, changed, moved from stage to stage and listed, by its partner,
 * the vendor, and a stranger. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"

#include <stdio.h>

#define FACTS(name)                                                                             \
    "row_version=0&name=" name "&customer_name=Otterbach+Glas&customer_country=DE&currency=USD" \
    "&amount=1000&expected_close=2031-05-20&stage=1&owner_user_id=&next_step=Call&next_step_on="

static struct answer make(struct webtest *w, struct visitor *v, const char *base, const char *body)
{
    char page[80];

    snprintf(page, sizeof(page), "%s/new", base);
    return webtest_post(w, v, page, page, body);
}

static int64_t made_by_partner(void)
{
    return opportunity_of_partner(FACTS("Glass+line+4"));
}

static int64_t made_by_staff(void)
{
    return opportunity_of_vendor(FACTS("Vendor+deal") "&inside_note=Floor+is+nine+percent");
}

static const char *version(int64_t op, const char *rest)
{
    static char body[700];

    snprintf(body, sizeof(body), "row_version=%lld&%s", (long long)opportunity_version(op), rest);
    return body;
}

static struct answer move(int64_t op, const char *rest)
{
    return webtest_post(partner, member, OURS(""), OURS("/stage"), version(op, rest));
}

/* -- making and changing ----------------------------------------------------------------------- */

static void test_opportunity__of_a_partner_begins_in_its_stage_and_belongs_to_it(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    assert_int_equal(number("SELECT stage_id = 1 AND state = 'open' AND side = 'partner' AND amount"
                            " = 1000 AND probability = 10 FROM opportunity WHERE id = #",
                            op),
                     1);
    assert_int_equal(number("SELECT account_id FROM opportunity WHERE id = #", op),
                     portal.world.north.account);
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_step WHERE opportunity_id = #", op),
                     1);
    assert_int_equal(number("SELECT own = 1 AND level = 'lead' AND standing = 'accepted' FROM"
                            " opportunity_share WHERE opportunity_id = #",
                            op),
                     1);
    assert_true(
        answer_has((struct answer[]){ webtest_get(partner, member, OURS("")) }, "Otterbach Glas"));
}

static void test_opportunity__of_the_vendor_is_nobody_elses(void **state)
{
    const int64_t op = made_by_staff();

    (void)state;
    assert_int_equal(number("SELECT account_id IS NULL AND side = 'vendor' FROM opportunity WHERE"
                            " id = #",
                            op),
                     1);
    assert_int_equal(webtest_get(staff, manager, THEIRS("")).status, 200);
    assert_int_equal(webtest_get(partner, member, OURS("")).status, 404);
}

static void test_opportunity__is_worth_the_sum_of_its_lines(void **state)
{
    char body[900];
    int64_t op;

    (void)state;
    snprintf(body, sizeof(body), FACTS("Lines") "&line=%lld&quantity=3&price=19.99",
             (long long)portal.world.line[0]);
    assert_int_equal(make(partner, member, "/partner/opportunities", body).status, 303);
    op = newest("opportunity");
    assert_int_equal(number("SELECT amount = 59.97 FROM opportunity WHERE id = #", op), 1);
    assert_int_equal(number("SELECT quantity * price = 59.97 FROM opportunity_line WHERE"
                            " opportunity_id = #",
                            op),
                     1);
}

static void test_opportunity__does_not_close_in_the_past(void **state)
{
    struct answer a = make(partner, member, "/partner/opportunities",
                           "row_version=0&name=Late&customer_name=X&customer_country=DE"
                           "&currency=USD&amount=1&expected_close=2020-01-01&stage=1");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "cannot close in the past"));
}

static void test_opportunity__begins_in_no_stage_of_another_kind(void **state)
{
    struct answer a = make(partner, member, "/partner/opportunities",
                           "row_version=0&name=Won&customer_name=X&customer_country=DE"
                           "&currency=USD&amount=1&expected_close=2031-01-01&stage=6");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "no stage that it can begin in"));
}

static void test_opportunity__that_two_change_shows_both_and_loses_neither(void **state)
{
    const int64_t op = made_by_partner();
    char first[700], second[700];
    struct answer a;

    (void)state;
    snprintf(first, sizeof(first), "%s",
             version(op, "name=Theirs&currency=USD&amount=7"
                         "&expected_close=2031-05-20&category="));
    snprintf(second, sizeof(second), "%s",
             version(op, "name=Mine&currency=USD&amount=7"
                         "&expected_close=2031-05-20&category="));
    assert_int_equal(webtest_post(staff, manager, THEIRS("/edit"), THEIRS("/edit"), first).status,
                     303);
    a = webtest_post(partner, member, OURS("/edit"), OURS("/edit"), second);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "value=\"Mine\""));
    assert_true(answer_has(&a, ">Theirs<"));
    assert_int_equal(number("SELECT name = 'Theirs' FROM opportunity WHERE id = #", op), 1);
    assert_int_equal(webtest_post(partner, member, OURS("/edit"), OURS("/edit"),
                                  version(op, "name=Mine&currency=USD&amount=7"
                                              "&expected_close=2031-05-20&category="))
                         .status,
                     303);
    assert_int_equal(number("SELECT name = 'Mine' FROM opportunity WHERE id = #", op), 1);
}

static void test_opportunity__whose_closing_moves_to_a_later_month_has_slipped(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    webtest_post(
        partner, member, OURS("/edit"), OURS("/edit"),
        version(op, "name=Slips&currency=USD&amount=7&expected_close=2031-07-01&category="));
    assert_int_equal(number("SELECT slips FROM opportunity WHERE id = #", op), 1);
    assert_true(answer_has(
        (struct answer[]){ webtest_get(partner, member, "/partner/opportunities?view=slipping") },
        text("OP-#", op)));
}

/* -- from stage to stage ----------------------------------------------------------------------- */

static void test_move__keeps_who_and_when_and_takes_the_stages_probability(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    assert_int_equal(move(op, "stage=2").status, 303);
    assert_int_equal(number("SELECT probability = 20 AND weighted_report = ROUND(amount_report / 5,"
                            " 4) FROM opportunity WHERE id = #",
                            op),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_step WHERE opportunity_id = # AND"
                            " stage_id = 2 AND from_stage_id = 1 AND back = 0 AND until_at IS NULL",
                            op),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM opportunity_step WHERE opportunity_id = # AND"
                            " stage_id = 1 AND until_at IS NOT NULL",
                            op),
                     1);
}

static void test_move__back_is_allowed_and_recorded(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    move(op, "stage=2");
    assert_int_equal(move(op, "stage=1").status, 303);
    assert_int_equal(
        number("SELECT COUNT(*) FROM opportunity_step WHERE opportunity_id = # AND back = 1", op),
        1);
    assert_true(answer_has((struct answer[]){ webtest_get(partner, member, OURS("")) },
                           "Back to Qualification"));
}

static void test_move__to_a_stage_of_no_pipeline_of_its_own_is_refused_at_the_field(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a = move(op, "stage=99");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "no stage of its pipeline"));
    assert_int_equal(number("SELECT stage_id FROM opportunity WHERE id = #", op), 1);
}

static void test_move__waits_for_what_its_stage_needs(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal,
               text("UPDATE opportunity SET stage_id = 3, next_step = '' WHERE id = #", op));
    a = move(op, "stage=4");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "fill in: next step"));
    portal_run(&portal, text("UPDATE opportunity SET next_step = 'Meet' WHERE id = #", op));
    assert_int_equal(move(op, "stage=4").status, 303);
}

static void test_move__to_lost_needs_a_reason_and_the_competitor(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    assert_true(answer_has((struct answer[]){ move(op, "stage=7") }, "Choose why it was lost."));
    assert_true(answer_has((struct answer[]){ move(op, "stage=7&reason=order_follows") },
                           "does not fit the new stage"));
    assert_true(answer_has((struct answer[]){ move(op, "stage=7&reason=competitor") },
                           "Name the competitor"));
    assert_int_equal(move(op, "stage=7&reason=competitor&lost_to=Aldergate").status, 303);
    assert_int_equal(
        number("SELECT state = 'lost' AND lost_to = 'Aldergate' AND weighted_report = 0"
               " AND closed_at IS NOT NULL FROM opportunity WHERE id = #",
               op),
        1);
}

static void test_move__to_won_says_why_there_is_no_order(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    assert_true(
        answer_has((struct answer[]){ move(op, "stage=6") }, "Choose why there is no order"));
    assert_int_equal(move(op, "stage=6&reason=order_follows").status, 303);
    assert_int_equal(move(op, "stage=1").status, 409);
    assert_int_equal(webtest_get(partner, member, OURS("/edit")).status, 409);
}

static void test_move__with_an_old_version_changes_nothing(void **state)
{
    const int64_t op = made_by_partner();
    char old[700];

    (void)state;
    snprintf(old, sizeof(old), "%s", version(op, "stage=3"));
    move(op, "stage=2");
    assert_int_equal(webtest_post(partner, member, OURS(""), OURS("/stage"), old).status, 409);
    assert_int_equal(number("SELECT stage_id FROM opportunity WHERE id = #", op), 2);
}

/* -- who sees what ----------------------------------------------------------------------------- */

static void test_c20__an_opportunity_of_a_partner_is_not_a_strangers(void **state)
{
    static const char *const paths[] = { "/stage", "/edit", "/note" };
    const int64_t op = made_by_partner();

    (void)state;
    assert_int_equal(webtest_get(partner, &stranger, OURS("")).status, 404);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        char path[120], body[300];

        snprintf(path, sizeof(path), "%s%s", OURS(""), paths[i]);
        snprintf(body, sizeof(body), "form_token=%s&row_version=1&stage=2&body=x&name=x",
                 webtest_own_token(partner, &stranger, AUD_PARTNER));
        assert_int_equal(webtest_post_bare(partner, &stranger, path, body).status, 404);
    }
    assert_false(answer_has(
        (struct answer[]){ webtest_get(partner, &stranger, "/partner/opportunities?view=all") },
        text("OP-#", op)));
    assert_false(answer_has(
        (struct answer[]){ webtest_get(partner, &stranger, "/partner/opportunities?q=Otterbach") },
        text("OP-#", op)));
}

static void test_note__of_the_vendor_is_on_no_page_of_the_partner(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    assert_int_equal(
        webtest_post(staff, manager, THEIRS(""), THEIRS("/inside"), "inside=Zaunkoenig+floor")
            .status,
        303);
    assert_int_equal(
        webtest_post(staff, manager, THEIRS("/edit"), THEIRS("/edit"),
                     version(op, "name=Glass&currency=USD&amount=7&category="
                                 "&expected_close=2031-05-20&inside_note=Zaunkoenig+price"))
            .status,
        303);
    a = webtest_get(staff, manager, THEIRS(""));
    assert_true(answer_has(&a, "Zaunkoenig floor"));
    assert_true(answer_has(&a, "Zaunkoenig price"));
    assert_false(
        answer_has((struct answer[]){ webtest_get(partner, member, OURS("")) }, "Zaunkoenig"));
    assert_false(
        answer_has((struct answer[]){ webtest_get(partner, member, OURS("/edit")) }, "Zaunkoenig"));
    assert_false(
        answer_has((struct answer[]){ webtest_get(partner, member, "/partner/opportunities.csv") },
                   "Zaunkoenig"));
}

/* -- lists ------------------------------------------------------------------------------------- */

static int rows_of(const struct answer *a)
{
    int n = 0;

    for (const char *at = a->body; (at = strstr(at, "<tr><th scope=\"row\">")) != NULL; at++)
        n++;
    return n;
}

static void test_list__pages_by_key_in_both_orders_and_shows_each_once(void **state)
{
    static const char *const sorts[] = { "close", "updated" };

    (void)state;
    for (int i = 0; i < 28; i++)
        made_by_partner();
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
        char address[700];
        struct answer a;
        const char *next;
        int seen = 0;

        snprintf(address, sizeof(address), "/partner/opportunities?view=all&sort=%s", sorts[i]);
        for (int pages = 0; pages < 9; pages++) {
            a = webtest_get(partner, member, address);
            assert_int_equal(a.status, 200);
            seen += rows_of(&a);
            next = strstr(a.body, "rel=\"next\"");
            if (next == NULL)
                break;
            while (strncmp(next, "href=\"", 6) != 0)
                next--;
            snprintf(address, sizeof(address), "%.*s", (int)strcspn(next + 6, "\""), next + 6);
            for (char *amp = strstr(address, "&amp;"); amp != NULL; amp = strstr(address, "&amp;"))
                memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
        }
        assert_int_equal(seen, number("SELECT COUNT(*) FROM opportunity_share WHERE account_id = #",
                                      portal.world.north.account));
    }
}

static void test_list__filters_by_stage_month_owner_and_forecast(void **state)
{
    const int64_t op = made_by_partner();

    (void)state;
    move(op, "stage=2");
    portal_run(&portal, text("UPDATE opportunity SET expected_close = '2033-03-09', category ="
                             " 'commit' WHERE id = #",
                             op));
    for (int side = 0; side < 2; side++) {
        struct webtest *w = side == 0 ? partner : staff;
        struct visitor *v = side == 0 ? member : manager;
        const char *base = side == 0 ? "/partner/opportunities" : "/staff/opportunities";
        char address[200];
        struct answer a;

        snprintf(address, sizeof(address), "%s?stage=2&month=2033-03&category=commit", base);
        a = webtest_get(w, v, address);
        assert_int_equal(rows_of(&a), 1);
        assert_true(answer_has(&a, text("OP-#", op)));
        snprintf(address, sizeof(address), "%s?stage=3&month=2033-03", base);
        a = webtest_get(w, v, address);
        assert_int_equal(rows_of(&a), 0);
    }
}

static void test_list__is_searched_under_the_filters_and_the_view_that_were_chosen(void **state)
{
    static const struct {
        const char *query;
        bool finds;
    } cases[] = { { "", true },           { "&stage=2", true },   { "&stage=3", false },
                  { "&view=open", true }, { "&view=won", false }, { "&category=commit", false } };
    const int64_t op = made_by_partner();

    (void)state;
    move(op, "stage=2");
    for (size_t i = 0; i < 2 * ARRAY_LEN(cases); i++) {
        const bool own = i < ARRAY_LEN(cases);
        char address[120];
        struct answer a;

        snprintf(address, sizeof(address), "/%s/opportunities?q=Otterbach%s",
                 own ? "partner" : "staff", cases[i % ARRAY_LEN(cases)].query);
        a = webtest_get(own ? partner : staff, own ? member : manager, address);
        assert_int_equal(answer_has(&a, text("OP-#", op)), cases[i % ARRAY_LEN(cases)].finds);
    }
    portal_run(&portal, text("UPDATE opportunity SET state = 'won' WHERE id = #", op));
    assert_true(answer_has(
        (struct answer[]){ webtest_get(staff, manager, "/staff/opportunities?q=Otterbach") },
        text("OP-#", op)));
}

static void test_list__of_staff_can_be_that_of_one_partner(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    a = webtest_get(
        staff, manager,
        text("/staff/opportunities?view=all&sort=updated&partner=#", portal.world.north.account));
    assert_true(answer_has(&a, text("OP-#", op)));
    a = webtest_get(
        staff, manager,
        text("/staff/opportunities?view=all&sort=updated&partner=#", portal.world.south.account));
    assert_false(answer_has(&a, text("OP-#", op)));
    a = webtest_get(staff, manager,
                    text("/staff/opportunities?q=Otterbach&partner=#", portal.world.north.account));
    assert_true(answer_has(&a, text("OP-#", op)));
    a = webtest_get(staff, manager,
                    text("/staff/opportunities?q=Otterbach&partner=#", portal.world.south.account));
    assert_false(answer_has(&a, text("OP-#", op)));
}

static void test_list__as_a_file_has_what_the_filters_show(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal, text("UPDATE opportunity SET expected_close = '2034-04-09', name ="
                             " '=1+1' WHERE id = #",
                             op));
    a = webtest_get(partner, member, "/partner/opportunities.csv?month=2034-04");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, text("OP-#", op)));
    assert_false(answer_has(&a, ",=1+1"));
    assert_null(strstr(strstr(a.body, "OP-") + 3, "OP-"));
}

/* -- the board and the figures ----------------------------------------------------------------- */

static void test_board__has_a_card_that_its_form_moves(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal,
               text("UPDATE opportunity SET expected_close = '2000-01-01' WHERE id = #", op));
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, text("id=\"OP-#\"", op)));
    a = webtest_post(partner, member, "/partner/opportunities/board", OURS("/stage"),
                     version(op, "stage=2&back=board"));
    assert_int_equal(a.status, 303);
    assert_non_null(strstr(answer_header(&a, "Location"), "/opportunities/board?note=saved#OP-"));
    assert_int_equal(number("SELECT stage_id FROM opportunity WHERE id = #", op), 2);
    assert_int_equal(webtest_get(staff, manager, "/staff/opportunities/board").status, 200);
}

/* Of the partner, and before all others in its column. */
static int64_t made_soonest(void)
{
    static int days = 0;
    const int64_t op = made_by_partner();
    char sql[120];

    snprintf(sql, sizeof(sql),
             "UPDATE opportunity SET expected_close = '2010-01-01' - INTERVAL %d DAY WHERE id = #",
             ++days);
    portal_run(&portal, text(sql, op));
    return op;
}

/* Of a page as it is now. */
static size_t bytes_of_board(const char *path)
{
    const struct answer a = webtest_get(partner, member, path);

    assert_int_equal(a.status, 200);
    return strlen(a.body);
}

/* What the head of a column of the partner's says, by the database. */
static const char *head_of_stage(int64_t stage)
{
    static char head[80];
    char sql[300];

    snprintf(sql, sizeof(sql),
             "SELECT COUNT(*) FROM opportunity_share s JOIN opportunity o ON o.id ="
             " s.opportunity_id WHERE s.account_id = %lld AND s.standing = 'accepted' AND"
             " o.state = 'open' AND o.stage_id = #",
             (long long)portal.world.north.account);
    snprintf(head, sizeof(head), " <span class=\"fw-2\">%lld</span></h2>",
             (long long)number(sql, stage));
    return head;
}

static void test_board__has_cards_of_few_bytes(void **state)
{
    const int64_t op = made_by_partner();
    const size_t before = bytes_of_board("/partner/opportunities/board");

    (void)state;
    portal_run(&portal, text("UPDATE opportunity SET stage_id = 5 WHERE id = #", op));
    for (int i = 0; i < 5; i++)
        portal_run(
            &portal,
            text("INSERT INTO opportunity (account_id, name, customer_name, currency, amount,"
                 " stage_id, expected_close, next_step, worked_at, created_at, updated_at)"
                 " SELECT account_id, 'Slim', customer_name, currency, amount, stage_id,"
                 " expected_close, next_step, worked_at, created_at, updated_at"
                 " FROM opportunity WHERE id = #",
                 op));
    assert_in_range(bytes_of_board("/partner/opportunities/board"), before + 5 * 200,
                    before + 5 * 470);
    portal_run(&portal, "DELETE s, o FROM opportunity_share s JOIN opportunity o"
                        " ON o.id = s.opportunity_id WHERE o.name = 'Slim'");
}

static void test_board__counts_again_what_was_just_moved(void **state)
{
    const int64_t op = made_soonest();
    struct answer a;

    (void)state;
    portal_run(&portal,
               text("INSERT INTO opportunity (account_id, name, currency, amount, stage_id,"
                    " worked_at, created_at, updated_at) SELECT account_id, 'Crowd', currency,"
                    " amount, 5, worked_at, created_at, updated_at FROM opportunity"
                    " JOIN seq_1_to_40 WHERE id = #",
                    op));
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, head_of_stage(5)));
    assert_int_equal(webtest_post(partner, member, "/partner/opportunities/board", OURS("/stage"),
                                  version(op, "stage=5&back=board"))
                         .status,
                     303);
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, head_of_stage(5)));
    portal_run(&portal, "DELETE s, o FROM opportunity_share s JOIN opportunity o"
                        " ON o.id = s.opportunity_id WHERE o.name = 'Crowd'");
}

static void test_board__leads_back_to_ones_own_from_where_a_card_was_moved(void **state)
{
    const int64_t op = made_soonest();
    struct answer a = webtest_get(partner, member, "/partner/opportunities/board?view=mine");

    (void)state;
    assert_true(answer_has(&a, "name=\"back\" value=\"mine\""));
    a = webtest_post(partner, member, "/partner/opportunities/board?view=mine", OURS("/stage"),
                     version(op, "stage=2&back=mine"));
    assert_int_equal(a.status, 303);
    assert_non_null(strstr(answer_header(&a, "Location"), "/board?view=mine&note=saved#OP-"));
}

static void test_board__without_a_script_shows_the_form_of_the_card_that_was_chosen(void **state)
{
    const int64_t op = made_soonest();
    struct answer a = webtest_get(partner, member, "/partner/opportunities/board");
    char sql[80];

    (void)state;
    assert_true(answer_has(&a, text("href=\"?move=OP-#", op)));
    assert_false(answer_has(&a, text("OP-#/stage", op)));
    a = webtest_get(partner, member, text("/partner/opportunities/board?move=OP-#", op));
    assert_true(
        answer_has(&a, text("action=\"/partner/opportunities/OP-#/stage\" method=\"post\">", op)));
    assert_true(answer_has(&a, "<option value=\"2\">"));
    assert_false(answer_has(&a, "<option value=\"1\">"));
    snprintf(sql, sizeof(sql), "UPDATE opportunity SET owner_user_id = %lld WHERE id = #",
             (long long)member->user_id);
    portal_run(&portal, text(sql, op));
    a = webtest_get(partner, member, "/partner/opportunities/board?view=mine");
    assert_true(answer_has(&a, text("?view=mine&amp;move=OP-#", op)));
}

static void test_board__has_no_form_for_what_cannot_be_moved(void **state)
{
    const int64_t op = made_soonest(), theirs = made_by_staff();
    struct answer a;

    (void)state;
    a = webtest_get(partner, member, text("/partner/opportunities/board?move=OP-#", theirs));
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, text("OP-#/stage", theirs)));
    assert_false(answer_has(&a, text("id=\"OP-#\"", theirs)));
    portal_run(&portal,
               text("UPDATE opportunity_share SET level = 'view' WHERE opportunity_id = #", op));
    a = webtest_get(partner, member, text("/partner/opportunities/board?move=OP-#", op));
    assert_true(answer_has(&a, text("id=\"OP-#\">", op)));
    assert_false(answer_has(&a, text("OP-#/stage", op)));
    assert_false(answer_has(&a, text("href=\"?move=OP-#", op)));
    a = webtest_get(partner, member, "/partner/opportunities/board?move=%3Cb%3E");
    assert_int_equal(a.status, 200);
}

static void test_board__counts_the_cards_that_it_shows_as_the_database_does(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal, text("UPDATE opportunity SET stage_id = 4 WHERE id = #", op));
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, head_of_stage(4)));
}

static void test_board__shows_the_soonest_of_a_stage_and_leads_to_the_others(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal,
               text("INSERT INTO opportunity (account_id, name, currency, amount, stage_id,"
                    " expected_close, worked_at, created_at, updated_at) SELECT account_id,"
                    " CONCAT('Queue ', seq, '.'), currency, amount, 3, '2032-01-01' + INTERVAL seq"
                    " DAY, worked_at, created_at, updated_at FROM opportunity JOIN seq_1_to_20"
                    " WHERE id = #",
                    op));
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, "Queue 1."));
    assert_false(answer_has(&a, "Queue 20."));
    assert_true(answer_has(&a, "/partner/opportunities?stage=3"));
    assert_true(answer_has(&a, " <span class=\"fw-2\">20</span></h2>"));
    a = webtest_get(partner, member, "/partner/opportunities?stage=3");
    assert_true(answer_has(&a, "Queue 20."));
    portal_run(&portal, "DELETE s, o FROM opportunity_share s JOIN opportunity o"
                        " ON o.id = s.opportunity_id WHERE o.name LIKE 'Queue %'");
}

static void test_board__leaves_sums_of_more_than_two_thousand_to_the_funnel(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, "</span></h2>"));
    assert_false(answer_has(&a, "More is open than a board sums up."));
    portal_run(&portal,
               text("INSERT INTO opportunity (account_id, name, currency, amount, worked_at,"
                    " created_at, updated_at) SELECT account_id, 'Crowd', currency, amount,"
                    " worked_at, created_at, updated_at FROM opportunity JOIN seq_1_to_2000"
                    " WHERE id = #",
                    op));
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_false(answer_has(&a, "</span></h2>"));
    assert_true(answer_has(&a, "More is open than a board sums up."));
    assert_true(answer_has(&a, "class=\"fw-deal\""));
    portal_run(&portal, "DELETE s, o FROM opportunity_share s JOIN opportunity o"
                        " ON o.id = s.opportunity_id WHERE o.name = 'Crowd'");
    a = webtest_get(partner, member, "/partner/opportunities/board");
    assert_true(answer_has(&a, "More is open than a board sums up.")); /* for a minute */
}

/* The ninth cell of each row of a file. */
static int64_t sum_of_file(const struct answer *a)
{
    int64_t sum = 0, e4;

    for (const char *row = strstr(a->body, "OP-"); row != NULL; row = strstr(row, "\nOP-")) {
        char cell[60];

        row += *row == '\n';
        for (int i = 0; i < 8; i++)
            row = strchr(row, ',') + 1;
        snprintf(cell, sizeof(cell), "%.*s", (int)strcspn(row, ","), row);
        assert_true(money_parse_e4(cell, &e4));
        sum += e4;
    }
    return sum;
}

static void test_list__of_a_code_that_is_none_is_empty(void **state)
{
    (void)state;
    assert_int_equal(
        webtest_get(partner, member, "/partner/opportunities?category=%C2%BF%27").status, 200);
    assert_int_equal(webtest_get(staff, manager, "/staff/opportunities?category=%E6%B7%B1").status,
                     200);
}

static void test_figures__are_those_of_the_list_to_the_cent(void **state)
{
    static const char *const filters[] = { "", "&stage=1", "&stage=2", "&month=2031-05" };
    static const char *const sums[] = { "1 = 1", "o.stage_id = 1", "o.stage_id = 2",
                                        "o.close_on BETWEEN '2031-05-01' AND '2031-05-31'" };
    char address[200], sql[400];
    struct answer a;

    (void)state;
    portal_run(&portal, "UPDATE opportunity SET amount_report = id * 1.0137, weighted_report ="
                        " id * 0.1013");
    for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
        int64_t sum;
        char shown[60];

        snprintf(address, sizeof(address), "/partner/opportunities.csv?view=open%s", filters[i]);
        a = webtest_get(partner, member, address);
        assert_int_equal(a.status, 200);
        sum = sum_of_file(&a);
        snprintf(
            sql, sizeof(sql),
            "SELECT CAST(SUM(o.amount_report) * 10000 AS INT) FROM opportunity_share s JOIN"
            " opportunity o ON o.id = s.opportunity_id WHERE s.account_id = %lld AND s.standing"
            " = 'accepted' AND o.state = 'open' AND %s",
            (long long)portal.world.north.account, sums[i]);
        assert_int_equal(sum, portal_number(&portal, sql));
        a = webtest_get(partner, member, "/partner/opportunities/figures");
        snprintf(shown, sizeof(shown), ">USD %s<",
                 text_decimal(text_locale_get(LANG_EN, "UTC"), portal.world.a, sum, 2, 2));
        assert_true(answer_has(&a, shown));
    }
    assert_int_equal(webtest_get(staff, manager, "/staff/opportunities/figures").status, 200);
}

static void test_next__steps_stand_by_day_and_as_a_calendar(void **state)
{
    const int64_t op = made_by_partner();
    struct answer a;

    (void)state;
    portal_run(&portal,
               arena_printf(portal.world.a,
                            "UPDATE opportunity SET owner_user_id = %lld, next_step ="
                            " 'Call, then meet', next_step_on = UTC_DATE() + INTERVAL 3 DAY"
                            " WHERE id = %lld",
                            (long long)member->user_id, (long long)op));
    a = webtest_get(partner, member, "/partner/opportunities/next");
    assert_true(answer_has(&a, "Call, then meet"));
    a = webtest_get(partner, member, "/partner/opportunities/next.ics");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, text("SUMMARY:Call\\, then meet (OP-#)\r\n", op)));
    assert_true(answer_has(&a, "BEGIN:VCALENDAR\r\n"));
    assert_false(answer_has(
        (struct answer[]){ webtest_get(partner, &stranger, "/partner/opportunities/next.ics") },
        "VEVENT"));
    assert_int_equal(webtest_get(staff, manager, "/staff/opportunities/next").status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opportunity__of_a_partner_begins_in_its_stage_and_belongs_to_it),
        cmocka_unit_test(test_opportunity__of_the_vendor_is_nobody_elses),
        cmocka_unit_test(test_opportunity__is_worth_the_sum_of_its_lines),
        cmocka_unit_test(test_opportunity__does_not_close_in_the_past),
        cmocka_unit_test(test_opportunity__begins_in_no_stage_of_another_kind),
        cmocka_unit_test(test_opportunity__that_two_change_shows_both_and_loses_neither),
        cmocka_unit_test(test_opportunity__whose_closing_moves_to_a_later_month_has_slipped),
        cmocka_unit_test(test_move__keeps_who_and_when_and_takes_the_stages_probability),
        cmocka_unit_test(test_move__back_is_allowed_and_recorded),
        cmocka_unit_test(test_move__to_a_stage_of_no_pipeline_of_its_own_is_refused_at_the_field),
        cmocka_unit_test(test_move__waits_for_what_its_stage_needs),
        cmocka_unit_test(test_move__to_lost_needs_a_reason_and_the_competitor),
        cmocka_unit_test(test_move__to_won_says_why_there_is_no_order),
        cmocka_unit_test(test_move__with_an_old_version_changes_nothing),
        cmocka_unit_test(test_c20__an_opportunity_of_a_partner_is_not_a_strangers),
        cmocka_unit_test(test_note__of_the_vendor_is_on_no_page_of_the_partner),
        cmocka_unit_test(test_list__pages_by_key_in_both_orders_and_shows_each_once),
        cmocka_unit_test(test_list__filters_by_stage_month_owner_and_forecast),
        cmocka_unit_test(test_list__is_searched_under_the_filters_and_the_view_that_were_chosen),
        cmocka_unit_test(test_list__of_staff_can_be_that_of_one_partner),
        cmocka_unit_test(test_list__as_a_file_has_what_the_filters_show),
        cmocka_unit_test(test_board__has_a_card_that_its_form_moves),
        cmocka_unit_test(test_board__has_cards_of_few_bytes),
        cmocka_unit_test(test_board__counts_again_what_was_just_moved),
        cmocka_unit_test(test_board__leads_back_to_ones_own_from_where_a_card_was_moved),
        cmocka_unit_test(test_board__without_a_script_shows_the_form_of_the_card_that_was_chosen),
        cmocka_unit_test(test_board__has_no_form_for_what_cannot_be_moved),
        cmocka_unit_test(test_board__counts_the_cards_that_it_shows_as_the_database_does),
        cmocka_unit_test(test_board__shows_the_soonest_of_a_stage_and_leads_to_the_others),
        cmocka_unit_test(test_board__leaves_sums_of_more_than_two_thousand_to_the_funnel),
        cmocka_unit_test(test_list__of_a_code_that_is_none_is_empty),
        cmocka_unit_test(test_figures__are_those_of_the_list_to_the_cent),
        cmocka_unit_test(test_next__steps_stand_by_day_and_as_a_calendar),
    };

    return cmocka_run_group_tests(tests, sides_open, sides_close);
}

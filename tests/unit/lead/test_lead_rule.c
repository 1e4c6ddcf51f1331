/* lead/lead_rule.c - who fits a rule, whom it chooses, and that it is fair over many leads. */
#include "support/test.h"

#include "base/str.h"
#include "lead/lead_rule.h"

enum { LEADS = 10000, PARTNERS = 7 };

static const struct lead_facts harbour = { .id = 1,
                                           .territories = { { 11, 10, 9 }, 3 },
                                           .product_line_id = 3,
                                           .score = 70,
                                           .country = "DE",
                                           .region = "Hamburg",
                                           .lang = "en" };

static struct lead_rule any_rule(void)
{
    return (struct lead_rule){
        .id = 1, .country = "", .region = "", .lang = "", .place = "", .method = "turn"
    };
}

static struct lead_candidate partner(int64_t id)
{
    return (struct lead_candidate){ .account_id = id,
                                    .name = "P",
                                    .status = "active",
                                    .country = "DE",
                                    .territory_id = 11,
                                    .tier_rank = 2,
                                    .countries = "",
                                    .line_ids = "",
                                    .langs = "",
                                    .people_langs = "en",
                                    .certified = true };
}

/* -- which leads --------------------------------------------------------------------- */

static void test_rule__without_conditions_fits_every_lead(void **state)
{
    const struct lead_rule rule = any_rule();

    (void)state;
    assert_true(lead_rule_matches(&rule, &harbour));
}

static void test_rule__each_condition_keeps_out_a_lead_that_differs(void **state)
{
    struct lead_rule rules[6];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        rules[i] = any_rule();
    rules[0].country = "CN";
    rules[1].region = "Bayern";
    rules[2].lang = "zh-CN";
    rules[3].territory_id = 12;
    rules[4].product_line_id = 4;
    rules[5].score_least = 71;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        assert_false(lead_rule_matches(&rules[i], &harbour));
}

static void test_rule__a_territory_covers_those_below_it(void **state)
{
    struct lead_rule rule = any_rule();

    (void)state;
    rule.territory_id = 10;
    assert_true(lead_rule_matches(&rule, &harbour));
    rule.territory_id = 9;
    assert_true(lead_rule_matches(&rule, &harbour));
}

/* -- which partners ------------------------------------------------------------------ */

static enum lead_why why(const struct lead_rule *rule, struct lead_candidate p)
{
    return lead_fit(rule, &harbour, &p);
}

static void test_fit__whoever_may_not_or_cannot_is_named_with_the_reason(void **state)
{
    struct lead_rule rule = any_rule();
    struct lead_candidate p = partner(1);

    (void)state;
    assert_int_equal(why(&rule, p), LEAD_FITS);
    p.status = "suspended";
    assert_int_equal(why(&rule, p), LEAD_WHY_STATUS);
    p = partner(1), p.people_langs = "";
    assert_int_equal(why(&rule, p), LEAD_WHY_NOBODY);
    p = partner(1), p.paused = true;
    assert_int_equal(why(&rule, p), LEAD_WHY_PAUSED);
    p = partner(1), p.had_it = true;
    assert_int_equal(why(&rule, p), LEAD_WHY_HAD_IT);
    p = partner(1), p.open = 5, p.open_most = 5;
    assert_int_equal(why(&rule, p), LEAD_WHY_FULL);
}

static void test_fit__the_conditions_of_the_rule_are_asked_of_the_partner(void **state)
{
    struct lead_rule rule = any_rule();
    struct lead_candidate p = partner(1);

    (void)state;
    rule.place = "country";
    p.country = "AT";
    assert_int_equal(why(&rule, p), LEAD_WHY_PLACE);
    p.countries = "CH,DE";
    assert_int_equal(why(&rule, p), LEAD_FITS);
    rule.sells_line = true;
    p.line_ids = "1,33";
    assert_int_equal(why(&rule, p), LEAD_WHY_LINE);
    p.line_ids = "1,3";
    rule.tier_rank = 3;
    assert_int_equal(why(&rule, p), LEAD_WHY_TIER);
    p.tier_rank = 3;
    p.certified = false;
    assert_int_equal(why(&rule, p), LEAD_WHY_COURSE);
    p.certified = true;
    rule.speaks = true;
    p.langs = "zh-CN";
    assert_int_equal(why(&rule, p), LEAD_WHY_LANG);
    p.langs = "zh-CN,en";
    assert_int_equal(why(&rule, p), LEAD_FITS);
}

static void test_fit__a_territory_is_the_partners_own_or_one_above(void **state)
{
    struct lead_rule rule = any_rule();
    struct lead_candidate p = partner(1);

    (void)state;
    rule.place = "territory";
    assert_int_equal(why(&rule, p), LEAD_FITS);
    p.territory_id = 12;
    assert_int_equal(why(&rule, p), LEAD_WHY_PLACE);
    p.territory_id = 10;
    assert_int_equal(why(&rule, p), LEAD_FITS);
    p.territory_id = 9;
    assert_int_equal(why(&rule, p), LEAD_FITS);
    p.territory_id = 0;
    assert_int_equal(why(&rule, p), LEAD_WHY_PLACE);
}

/* -- whom ---------------------------------------------------------------------------- */

static void test_choose__nobody_when_nobody_fits(void **state)
{
    const struct lead_candidate p = partner(1);
    const enum lead_why no = LEAD_WHY_PLACE;

    (void)state;
    assert_null(lead_choose(LEAD_BY_TURN, &p, &no, 1));
}

static void test_choose__nobody_where_a_person_or_the_pool_decides(void **state)
{
    const struct lead_candidate p = partner(1);
    const enum lead_why fits = LEAD_FITS;

    (void)state;
    assert_null(lead_choose(LEAD_TO_POOL, &p, &fits, 1));
    assert_null(lead_choose(LEAD_TO_PERSON, &p, &fits, 1));
}

/* Leads come one after the other; how many each partner gets. One of the partners does not fit. */
struct market {
    struct lead_candidate partners[PARTNERS];
    enum lead_why why[PARTNERS];
    int64_t got[PARTNERS];
    unsigned seed;
};

static void open_market(struct market *m)
{
    *m = (struct market){ .seed = 11 };
    for (int i = 0; i < PARTNERS; i++)
        m->partners[i] = partner(100 + i);
    m->why[PARTNERS - 1] = LEAD_WHY_PLACE;
}

static unsigned dice(struct market *m, unsigned sides)
{
    m->seed = m->seed * 1664525u + 1013904223u;
    return (m->seed >> 16) % sides;
}

static int give(struct market *m, enum lead_method method, int64_t now)
{
    const struct lead_candidate *p = lead_choose(method, m->partners, m->why, PARTNERS);
    const int i = (int)(p - m->partners);

    assert_non_null(p);
    m->partners[i].last_at = now;
    m->partners[i].open++;
    m->got[i]++;
    return i;
}

/* Each that fits within two parts in a hundred of an equal share. */
static void assert_fair(const struct market *m)
{
    const int64_t share = LEADS / (PARTNERS - 1);

    for (int i = 0; i < PARTNERS - 1; i++) {
        const int64_t off = m->got[i] > share ? m->got[i] - share : share - m->got[i];

        if (off * 100 > share * 2)
            fail_msg("partner %d got %lld of %lld", i, (long long)m->got[i], (long long)share);
    }
    assert_int_equal(m->got[PARTNERS - 1], 0);
}

static void test_turn__gives_everybody_an_equal_share_of_ten_thousand(void **state)
{
    struct market m;

    (void)state;
    open_market(&m);
    for (int n = 1; n <= LEADS; n++)
        give(&m, LEAD_BY_TURN, n);
    assert_fair(&m);
}

/* Every lead is open for the same time: it ends when so many others have come. */
static void test_least__gives_everybody_an_equal_share_where_all_close_alike(void **state)
{
    enum { OPEN = 50 };
    int holders[OPEN] = { 0 };
    struct market m;

    (void)state;
    open_market(&m);
    for (int n = 1; n <= LEADS; n++) {
        if (n > OPEN)
            m.partners[holders[n % OPEN]].open--;
        holders[n % OPEN] = give(&m, LEAD_BY_LEAST, n);
    }
    assert_fair(&m);
}

static void test_least__asks_who_has_less_to_do(void **state)
{
    struct market m;

    (void)state;
    open_market(&m);
    for (int i = 0; i < PARTNERS; i++)
        m.partners[i].open = 9 - i;
    assert_int_equal(give(&m, LEAD_BY_LEAST, 1), PARTNERS - 2);
}

static void test_best__always_chooses_the_best_that_fits(void **state)
{
    struct market m;

    (void)state;
    open_market(&m);
    for (int n = 1; n <= LEADS; n++) {
        int64_t best = -1;
        int chosen;

        for (int i = 0; i < PARTNERS; i++) {
            m.partners[i].closed = dice(&m, 50);
            m.partners[i].converted =
                m.partners[i].closed == 0 ? 0 : dice(&m, (unsigned)m.partners[i].closed + 1);
        }
        for (int i = 0; i < PARTNERS - 1; i++)
            if (lead_closing_bp(&m.partners[i]) > best)
                best = lead_closing_bp(&m.partners[i]);
        chosen = give(&m, LEAD_BY_BEST, n);
        assert_int_not_equal(chosen, PARTNERS - 1);
        assert_int_equal(lead_closing_bp(&m.partners[chosen]), best);
    }
}

static void test_best__somebody_new_is_thought_of_as_middling(void **state)
{
    struct lead_candidate fresh = partner(1), good = partner(2), bad = partner(3);

    (void)state;
    good.closed = bad.closed = 20;
    good.converted = 12;
    assert_true(lead_closing_bp(&good) > lead_closing_bp(&fresh));
    assert_true(lead_closing_bp(&fresh) > lead_closing_bp(&bad));
}

static void test_list__has_whole_parts_alone(void **state)
{
    (void)state;
    assert_true(lead_list_has("DE,AT", "AT"));
    assert_false(lead_list_has("13,33", "3"));
    assert_false(lead_list_has("", "3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule__without_conditions_fits_every_lead),
        cmocka_unit_test(test_rule__each_condition_keeps_out_a_lead_that_differs),
        cmocka_unit_test(test_rule__a_territory_covers_those_below_it),
        cmocka_unit_test(test_fit__whoever_may_not_or_cannot_is_named_with_the_reason),
        cmocka_unit_test(test_fit__the_conditions_of_the_rule_are_asked_of_the_partner),
        cmocka_unit_test(test_fit__a_territory_is_the_partners_own_or_one_above),
        cmocka_unit_test(test_choose__nobody_when_nobody_fits),
        cmocka_unit_test(test_choose__nobody_where_a_person_or_the_pool_decides),
        cmocka_unit_test(test_turn__gives_everybody_an_equal_share_of_ten_thousand),
        cmocka_unit_test(test_least__gives_everybody_an_equal_share_where_all_close_alike),
        cmocka_unit_test(test_least__asks_who_has_less_to_do),
        cmocka_unit_test(test_best__always_chooses_the_best_that_fits),
        cmocka_unit_test(test_best__somebody_new_is_thought_of_as_middling),
        cmocka_unit_test(test_list__has_whole_parts_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

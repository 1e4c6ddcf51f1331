/* What the vendor's own sales work on speaks for a customer, whoever writes it, and ends with it.
 */
#include "support/test.h"

#include "account/account.h"
#include "deal/deal_conflict.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rules.h"
#include "fixture/fixture_deal.h"
#include "opportunity/opportunity.h"

static struct opportunity *direct_for(struct deal_world *w, const struct side *side,
                                      const char *company, size_t lines)
{
    struct opportunity *o = arena_alloc(w->a, sizeof(*o));

    *o = (struct opportunity){ .account_id = side->actor.account_id,
                               .customer_name = company,
                               .customer_country = "SG",
                               .name = "Ours",
                               .currency = "USD",
                               .expected_close = 25000,
                               .next_step = "Call",
                               .next_step_on = DAY_NONE,
                               .competitors = "",
                               .lines = arena_array(w->a, 4, sizeof(*o->lines)),
                               .line_count = lines };
    for (size_t i = 0; i < lines; i++)
        o->lines[i] = (struct opportunity_line){ .product_line_id = w->line[i],
                                                 .quantity = 1,
                                                 .price = 10000 };
    assert_ok(opportunity_create(w->db, w->a, &side->by, o));
    return o;
}

static struct opportunity *ours(struct deal_world *w, const char *company, size_t lines)
{
    return direct_for(w, &w->vendor, company, lines);
}

static int64_t direct_on(struct deal_world *w, int64_t party)
{
    return deal_world_number(
        w, "SELECT COALESCE(SUM(direct), 0) AS n FROM match_line WHERE party_id = ?", party);
}

static void change(struct deal_world *w, const char *sql, int64_t id)
{
    assert_ok(db_script(w->db, arena_printf(w->a, "%s%lld", sql, (long long)id)));
}

/* -- how many ------------------------------------------------------------------------------------
 */

static void test_direct__each_line_of_an_open_one_counts(void **state)
{
    struct deal_world *w = *state;

    assert_int_equal(direct_on(w, ours(w, "Almere Dairy", 2)->end_customer_id), 2);
}

static void test_direct__a_partners_does_not_count(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = direct_for(w, &w->north, "Bergen Salmon", 2);

    assert_int_equal(direct_on(w, o->end_customer_id), 0);
}

static void test_direct__a_line_that_is_taken_out_no_longer_counts(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = ours(w, "Cadiz Shipyard", 2), now = *o;

    now.line_count = 1;
    assert_ok(opportunity_update(w->db, w->a, &w->vendor.by, o, &now));
    assert_int_equal(direct_on(w, o->end_customer_id), 1);
}

static void test_direct__a_lost_one_no_longer_counts(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = ours(w, "Delft Ceramics", 2);
    const struct opportunity_move move = { .stage_id = 7, .reason_code = "price" };

    assert_ok(opportunity_move(w->db, w->a, &w->vendor.by, o, &move));
    assert_int_equal(direct_on(w, o->end_customer_id), 0);
}

static void test_direct__one_that_is_opened_again_counts_again(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = ours(w, "Esbjerg Winds", 2);

    change(w, "UPDATE opportunity SET state = 'lost' WHERE id = ", o->id);
    change(w, "UPDATE opportunity SET state = 'open' WHERE id = ", o->id);
    assert_int_equal(direct_on(w, o->end_customer_id), 2);
}

static void test_direct__one_that_is_given_to_a_partner_no_longer_counts(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = ours(w, "Fagor Tools", 2);

    change(w,
           arena_printf(w->a, "UPDATE opportunity SET account_id = %lld WHERE id = ",
                        (long long)w->north.account),
           o->id);
    assert_int_equal(direct_on(w, o->end_customer_id), 0);
}

static void test_direct__goes_along_when_two_accounts_become_one(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *gone = ours(w, "Gavle Paper", 2), *kept = ours(w, "Hamar Glass", 1);

    change(w,
           arena_printf(w->a, "UPDATE opportunity SET end_customer_id = %lld WHERE id = ",
                        (long long)kept->end_customer_id),
           gone->id);
    assert_int_equal(direct_on(w, gone->end_customer_id), 0);
    assert_int_equal(direct_on(w, kept->end_customer_id), 3);
}

static void test_direct__two_on_one_line_end_one_by_one(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *one = ours(w, "Izmir Textiles", 1), *other = ours(w, "Jaca Stone", 1);

    change(w,
           arena_printf(w->a, "UPDATE opportunity SET end_customer_id = %lld WHERE id = ",
                        (long long)one->end_customer_id),
           other->id);
    change(w, "UPDATE opportunity SET state = 'won' WHERE id = ", one->id);
    assert_int_equal(direct_on(w, one->end_customer_id), 1);
}

static void test_direct__what_registrations_say_of_a_line_stays(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "Kalmar Yards", 1);
    const int64_t live = deal_world_number(
        w, "SELECT SUM(live) AS n FROM match_line WHERE party_id = ?", d->end_customer_id);
    struct opportunity *o = ours(w, "Lund Optics", 1);

    change(w,
           arena_printf(w->a, "UPDATE opportunity SET end_customer_id = %lld WHERE id = ",
                        (long long)d->end_customer_id),
           o->id);
    assert_int_equal(deal_world_number(w,
                                       "SELECT SUM(live) AS n FROM match_line WHERE party_id = ?",
                                       d->end_customer_id),
                     live);
}

/* -- the check -----------------------------------------------------------------------------------
 */

static void test_check__finds_what_our_own_sales_work_on(void **state)
{
    struct deal_world *w = *state;

    ours(w, "Marstrand Ropeworks", 1);
    assert_string_equal(deal_world_submitted(w, &w->north, "Marstrand Ropeworks", 1)->verdict,
                        "same");
}

static void test_check__another_product_line_is_no_conflict(void **state)
{
    struct deal_world *w = *state;
    const int64_t first = w->line[0];

    w->line[0] = w->line[2];
    ours(w, "Narvik Ore", 1);
    w->line[0] = first;
    assert_string_equal(deal_world_submitted(w, &w->north, "Narvik Ore", 1)->verdict, "different");
}

static void test_check__a_closed_one_is_no_conflict(void **state)
{
    struct deal_world *w = *state;

    change(w, "UPDATE opportunity SET state = 'lost' WHERE id = ", ours(w, "Oporto Corks", 1)->id);
    assert_string_equal(deal_world_submitted(w, &w->north, "Oporto Corks", 1)->verdict,
                        "different");
}

/* The end customer of the registration itself is never among its matches. */
static void test_check__finds_one_for_the_very_same_account(void **state)
{
    struct deal_world *w = *state;
    struct deal *d = deal_world_submitted(w, &w->north, "Pecs Porcelain", 1);
    struct deal_conflict conflict;
    struct opportunity *o = ours(w, "Quimper Bolts", 1);

    change(w,
           arena_printf(w->a, "UPDATE opportunity SET end_customer_id = %lld WHERE id = ",
                        (long long)d->end_customer_id),
           o->id);
    assert_ok(deal_load_lines(w->db, w->a, d));
    assert_ok(deal_conflict_find(w->db, w->a, w->names, d, &conflict));
    assert_string_equal(conflict.verdict, "same");
}

static void test_check__is_it_free_says_that_a_person_must_look(void **state)
{
    struct deal_world *w = *state;
    struct deal *draft = deal_world_draft(w, &w->north, "Ribe Lace", 1);
    struct deal_conflict conflict;

    ours(w, "Ribe Lace", 1);
    assert_ok(deal_load_lines(w->db, w->a, draft));
    assert_ok(deal_conflict_find(w->db, w->a, w->names, draft, &conflict));
    assert_int_equal(deal_line_answer(&conflict, w->line[0], true), DEAL_LOOK);
}

/* -- what may be decided -------------------------------------------------------------------------
 */

static struct err *approve(struct deal_world *w, struct deal *d)
{
    return err_pass(deal_decide(w->db, w->a, &w->vendor.by, d,
                                &(struct deal_decision){ .verb = DEAL_APPROVE }));
}

static void test_approval__waits_until_the_match_is_marked(void **state)
{
    struct deal_world *w = *state;
    struct deal *d;

    ours(w, "Skagen Lamps", 1);
    d = deal_world_submitted(w, &w->north, "Skagen Lamps", 1);
    assert_err_kind(approve(w, d), ERR_CONFLICT);
}

static void test_approval__a_person_may_give_it_once_it_is_the_same_customer(void **state)
{
    struct deal_world *w = *state;
    struct opportunity *o = ours(w, "Tromso Nets", 1);
    struct deal *d = deal_world_submitted(w, &w->north, "Tromso Nets", 1);

    assert_ok(deal_resolve(w->db, w->a, &w->vendor.by, d, o->end_customer_id, PAIR_SAME));
    assert_ok(approve(w, deal_world_reload(w, d)));
}

#define DIRECT(test) cmocka_unit_test_setup_teardown(test, deal_world_begin, deal_world_roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DIRECT(test_direct__each_line_of_an_open_one_counts),
        DIRECT(test_direct__a_partners_does_not_count),
        DIRECT(test_direct__a_line_that_is_taken_out_no_longer_counts),
        DIRECT(test_direct__a_lost_one_no_longer_counts),
        DIRECT(test_direct__one_that_is_opened_again_counts_again),
        DIRECT(test_direct__one_that_is_given_to_a_partner_no_longer_counts),
        DIRECT(test_direct__goes_along_when_two_accounts_become_one),
        DIRECT(test_direct__two_on_one_line_end_one_by_one),
        DIRECT(test_direct__what_registrations_say_of_a_line_stays),
        DIRECT(test_check__finds_what_our_own_sales_work_on),
        DIRECT(test_check__another_product_line_is_no_conflict),
        DIRECT(test_check__a_closed_one_is_no_conflict),
        DIRECT(test_check__finds_one_for_the_very_same_account),
        DIRECT(test_check__is_it_free_says_that_a_person_must_look),
        DIRECT(test_approval__waits_until_the_match_is_marked),
        DIRECT(test_approval__a_person_may_give_it_once_it_is_the_same_customer),
    };

    return cmocka_run_group_tests(tests, deal_world_make, deal_world_end);
}

/* deal/: what a partner can notice of another's registration, and when. */
#include "support/test.h"

#include "account/account.h"
#include "deal/deal.h"
#include "deal/deal_conflict.h"
#include "deal/deal_resolve.h"
#include "fixture/fixture_deal.h"

static enum deal_answer asked_free(struct deal_world *w, const char *company, const char *country)
{
    const struct deal question = { .account_id = w->south.account,
                                   .company_name = company,
                                   .country = country,
                                   .tax_number = "",
                                   .website = "",
                                   .phone = "",
                                   .address = "" };
    struct deal_conflict conflict;

    assert_ok(deal_conflict_find(w->db, w->a, w->names, &question, &conflict));
    return deal_line_answer(&conflict, w->line[0], true);
}

static void approve(struct deal_world *w, struct deal *d)
{
    assert_ok(deal_decide(
        w->db, w->a, &w->vendor.by, d,
        &(struct deal_decision){ .verb = DEAL_APPROVE, .reason_code = "", .reason_text = "" }));
}

static void test_free__an_undecided_registration_is_not_told_as_taken(void **state)
{
    struct deal_world *w = *state;

    deal_world_submitted(w, &w->north, "Ostermoor Pumpwerke", 1);
    assert_int_equal(asked_free(w, "Ostermoor Pumpwerke", "CN"), DEAL_LOOK);
}

static void test_free__a_claim_is_told_as_taken(void **state)
{
    struct deal_world *w = *state;

    approve(w, deal_world_submitted(w, &w->north, "Ostermoor Pumpwerke", 1));
    assert_int_equal(asked_free(w, "Ostermoor Pumpwerke", "CN"), DEAL_TAKEN);
}

static void test_free__a_claim_of_an_equal_name_in_another_country_needs_a_person(void **state)
{
    struct deal_world *w = *state;

    approve(w, deal_world_submitted(w, &w->north, "Ostermoor Pumpwerke", 1));
    assert_int_equal(asked_free(w, "Ostermoor Pumpwerke", "DE"), DEAL_LOOK);
}

static int64_t changed_at(struct deal_world *w, const struct deal *d)
{
    return deal_world_reload(w, d)->updated_at;
}

/* Joining is done in another transaction than submitting, and so at another time. */
static void move_back_a_day(struct deal_world *w, const struct deal *d)
{
    static const struct db_stmt stmt = {
        .name = "test.move_back",
        .sql = "UPDATE deal SET updated_at = updated_at - INTERVAL 1 DAY WHERE id = ?",
        .binds = "i",
        .flags = DB_WRITE,
    };

    assert_ok(db_exec(w->db, &stmt, DB_ARGS(DB_I(d->id)), NULL));
}

static void test_resolve__joining_two_customers_leaves_no_trace_on_the_others_registration(
    void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "Ostermoor Pumpwerke", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Ostermoor Pumpwerke", 1);
    const int64_t version = deal_world_reload(w, first)->row_version;
    int64_t before;

    move_back_a_day(w, first);
    before = changed_at(w, first);
    assert_ok(deal_resolve(w->db, w->a, &w->vendor.by, deal_world_reload(w, second),
                           first->end_customer_id, PAIR_SAME));
    assert_int_equal(changed_at(w, first), before);
    assert_int_equal(deal_world_reload(w, first)->row_version, version);
}

static void test_resolve__joining_is_a_write_that_an_approval_under_way_meets(void **state)
{
    struct deal_world *w = *state;
    struct deal *first = deal_world_submitted(w, &w->north, "Ostermoor Pumpwerke", 1);
    struct deal *second = deal_world_submitted(w, &w->south, "Ostermoor Pumpwerke", 1);

    assert_ok(deal_resolve(w->db, w->a, &w->vendor.by, deal_world_reload(w, second),
                           first->end_customer_id, PAIR_SAME));
    assert_int_equal(deal_world_number(w, "SELECT touched AS n FROM deal WHERE id = ?", first->id),
                     1);
    assert_int_equal(deal_world_number(w, "SELECT touched AS n FROM deal WHERE id = ?", second->id),
                     1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, deal_world_begin, deal_world_roll_back)
    const struct CMUnitTest tests[] = {
        T(test_free__an_undecided_registration_is_not_told_as_taken),
        T(test_free__a_claim_is_told_as_taken),
        T(test_free__a_claim_of_an_equal_name_in_another_country_needs_a_person),
        T(test_resolve__joining_two_customers_leaves_no_trace_on_the_others_registration),
        T(test_resolve__joining_is_a_write_that_an_approval_under_way_meets),
    };

    return cmocka_run_group_tests_name("deal discretion", tests, deal_world_make, deal_world_end);
}

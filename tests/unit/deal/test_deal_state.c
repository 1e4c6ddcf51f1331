/* deal/deal_state.c - the state machine, asked for every state, verb and kind of actor. */
#include "support/test.h"

#include "base/str.h"
#include "deal/deal.h"

#define AT(state) (1u << DEAL_##state)

/* What the specification allows, written out once more: from, who. */
static const struct {
    enum deal_verb verb;
    unsigned from, who;
    enum deal_state to;
} spec[] = {
    { DEAL_SUBMIT, AT(DRAFT), BY_PARTNER | BY_STAFF, DEAL_SUBMITTED },
    { DEAL_ANSWER, AT(RETURNED), BY_PARTNER | BY_STAFF, DEAL_SUBMITTED },
    { DEAL_TAKE, AT(SUBMITTED), BY_STAFF, DEAL_REVIEW },
    { DEAL_RETURN, AT(SUBMITTED) | AT(REVIEW), BY_STAFF, DEAL_RETURNED },
    { DEAL_APPROVE, AT(SUBMITTED) | AT(REVIEW), BY_STAFF | BY_RULE, DEAL_APPROVED },
    { DEAL_REJECT, AT(SUBMITTED) | AT(REVIEW), BY_STAFF | BY_RULE, DEAL_REJECTED },
    { DEAL_MARK_DUPLICATE, AT(SUBMITTED) | AT(REVIEW), BY_STAFF, DEAL_DUPLICATE },
    { DEAL_APPEAL, AT(REJECTED) | AT(DUPLICATE), BY_PARTNER, DEAL_REVIEW },
    { DEAL_WITHDRAW, AT(DRAFT) | AT(SUBMITTED) | AT(REVIEW) | AT(RETURNED), BY_PARTNER,
      DEAL_WITHDRAWN },
    { DEAL_EXPIRE_UNANSWERED, AT(RETURNED), BY_WORKER, DEAL_EXPIRED },
    { DEAL_END, AT(APPROVED), BY_PARTNER, DEAL_ENDED },
    { DEAL_EXPIRE, AT(APPROVED), BY_WORKER, DEAL_EXPIRED },
    { DEAL_CONVERT, AT(APPROVED), BY_PARTNER | BY_STAFF, DEAL_CONVERTED },
    { DEAL_WIN, AT(CONVERTED), BY_PARTNER | BY_STAFF | BY_WORKER, DEAL_WON },
    { DEAL_LOSE, AT(CONVERTED), BY_PARTNER | BY_STAFF | BY_WORKER, DEAL_LOST },
    { DEAL_EXPIRE_IDLE, AT(CONVERTED), BY_WORKER, DEAL_EXPIRED },
    { DEAL_REVOKE, AT(APPROVED) | AT(CONVERTED), BY_STAFF, DEAL_REVOKED },
};

static bool allowed(enum deal_state state, enum deal_verb verb, unsigned who)
{
    for (size_t i = 0; i < ARRAY_LEN(spec); i++)
        if (spec[i].verb == verb)
            return (spec[i].from & (1u << state)) != 0 && (spec[i].who & who) != 0;
    return false;
}

static void test_state__lets_exactly_the_specified_moves_pass(void **state)
{
    static const unsigned actors[] = { BY_PARTNER, BY_STAFF, BY_RULE, BY_WORKER };

    (void)state;
    for (int s = 0; s < DEAL_STATE_COUNT; s++)
        for (int v = 0; v < DEAL_VERB_COUNT; v++)
            for (size_t a = 0; a < ARRAY_LEN(actors); a++)
                if (deal_can((enum deal_state)s, (enum deal_verb)v, (enum deal_who)actors[a]) !=
                    allowed((enum deal_state)s, (enum deal_verb)v, actors[a]))
                    fail_msg("%s, %s, by %u", deal_state_code((enum deal_state)s),
                             deal_move((enum deal_verb)v)->action, actors[a]);
}

static void test_state__leads_each_verb_where_the_specification_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(spec); i++)
        assert_int_equal(deal_move(spec[i].verb)->to, spec[i].to);
}

static void test_state__frees_claims_wherever_a_protection_ends_but_at_won(void **state)
{
    (void)state;
    for (int v = 0; v < DEAL_VERB_COUNT; v++) {
        const struct deal_move *move = deal_move((enum deal_verb)v);
        const bool from_protection = (move->from & (AT(APPROVED) | AT(CONVERTED))) != 0;
        const bool ends = deal_state_phase(move->to) == DEAL_CLOSED && move->to != DEAL_WON;

        assert_int_equal(move->frees_claims, from_protection && ends);
    }
}

static void test_state__names_are_found_again(void **state)
{
    (void)state;
    for (int s = 0; s < DEAL_STATE_COUNT; s++)
        assert_int_equal(deal_state_find(deal_state_code((enum deal_state)s)), s);
    assert_int_equal(deal_state_find("nowhere"), DEAL_STATE_COUNT);
    assert_int_equal(deal_state_find(""), DEAL_STATE_COUNT);
}

static void test_state__beyond_the_table_may_nothing(void **state)
{
    (void)state;
    assert_false(deal_can(DEAL_STATE_COUNT, DEAL_SUBMIT, BY_PARTNER));
    assert_false(deal_can(DEAL_DRAFT, DEAL_VERB_COUNT, BY_PARTNER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_state__lets_exactly_the_specified_moves_pass),
        cmocka_unit_test(test_state__leads_each_verb_where_the_specification_says),
        cmocka_unit_test(test_state__frees_claims_wherever_a_protection_ends_but_at_won),
        cmocka_unit_test(test_state__names_are_found_again),
        cmocka_unit_test(test_state__beyond_the_table_may_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* lead/lead_state.c - the state machine, asked for every state, verb and kind of actor. */
#include "support/test.h"

#include "base/str.h"
#include "lead/lead.h"

#define AT(state) (1u << LEAD_##state)
#define FREE      (AT(NEW) | AT(DECLINED) | AT(TIMED_OUT) | AT(RECALLED))
#define WORK      (AT(ACCEPTED) | AT(CONTACTED) | AT(QUALIFIED))

/* What the specification allows, written out once more: from, who. */
static const struct {
    enum lead_verb verb;
    unsigned from, who;
    enum lead_state to;
} spec[] = {
    { LEAD_ASSIGN, FREE, LEAD_BY_STAFF | LEAD_BY_WORKER, LEAD_ASSIGNED },
    { LEAD_ACCEPT, AT(ASSIGNED), LEAD_BY_PARTNER, LEAD_ACCEPTED },
    { LEAD_DECLINE, AT(ASSIGNED), LEAD_BY_PARTNER, LEAD_DECLINED },
    { LEAD_TIME_OUT, AT(ASSIGNED), LEAD_BY_WORKER, LEAD_TIMED_OUT },
    { LEAD_TAKE, FREE, LEAD_BY_PARTNER, LEAD_ACCEPTED },
    { LEAD_CONTACT, AT(ACCEPTED), LEAD_BY_PARTNER, LEAD_CONTACTED },
    { LEAD_QUALIFY, AT(CONTACTED), LEAD_BY_PARTNER, LEAD_QUALIFIED },
    { LEAD_DISQUALIFY, FREE | WORK, LEAD_BY_PARTNER | LEAD_BY_STAFF, LEAD_DISQUALIFIED },
    { LEAD_CONVERT, AT(QUALIFIED), LEAD_BY_PARTNER, LEAD_CONVERTED },
    { LEAD_RECALL, AT(ASSIGNED) | WORK, LEAD_BY_STAFF | LEAD_BY_WORKER, LEAD_RECALLED },
    { LEAD_REOPEN, AT(DISQUALIFIED), LEAD_BY_STAFF, LEAD_NEW },
};

static bool allowed(enum lead_state state, enum lead_verb verb, unsigned who)
{
    for (size_t i = 0; i < ARRAY_LEN(spec); i++)
        if (spec[i].verb == verb)
            return (spec[i].from & (1u << state)) != 0 && (spec[i].who & who) != 0;
    return false;
}

static void test_state__lets_exactly_the_specified_moves_pass(void **state)
{
    static const unsigned actors[] = { LEAD_BY_PARTNER, LEAD_BY_STAFF, LEAD_BY_WORKER,
                                       LEAD_BY_GUEST };

    (void)state;
    for (int s = 0; s < LEAD_STATE_COUNT; s++)
        for (int v = 0; v < LEAD_VERB_COUNT; v++)
            for (size_t a = 0; a < ARRAY_LEN(actors); a++)
                if (lead_can((enum lead_state)s, (enum lead_verb)v, (enum lead_who)actors[a]) !=
                    allowed((enum lead_state)s, (enum lead_verb)v, actors[a]))
                    fail_msg("%s, %s, by %u", lead_state_code((enum lead_state)s),
                             lead_move((enum lead_verb)v)->action, actors[a]);
}

static void test_state__leads_each_verb_where_the_specification_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(spec); i++)
        assert_int_equal(lead_move(spec[i].verb)->to, spec[i].to);
}

static void test_state__a_new_one_is_made_by_staff_and_guests_alone(void **state)
{
    (void)state;
    assert_int_equal(lead_move(LEAD_CREATE)->who, LEAD_BY_STAFF | LEAD_BY_GUEST);
    assert_int_equal(lead_move(LEAD_CREATE)->to, LEAD_NEW);
}

static void test_state__codes_are_found_again(void **state)
{
    (void)state;
    for (int s = 0; s < LEAD_STATE_COUNT; s++)
        assert_int_equal(lead_state_find(lead_state_code((enum lead_state)s)), s);
    assert_int_equal(lead_state_find("dancing"), LEAD_STATE_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_state__lets_exactly_the_specified_moves_pass),
        cmocka_unit_test(test_state__leads_each_verb_where_the_specification_says),
        cmocka_unit_test(test_state__a_new_one_is_made_by_staff_and_guests_alone),
        cmocka_unit_test(test_state__codes_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* programme/programme_state.c - both state machines, asked for every state, verb and kind of actor;
 * and what a standing takes away. */
#include "support/test.h"

#include "access/standing.h"
#include "base/str.h"
#include "programme/programme.h"

#define A_(state) (1u << APPLICATION_##state)
#define P_(state) (1u << PARTNER_##state)

/* What the specification allows, written out once more. */
static const struct {
    int verb;
    unsigned from, who;
    int to;
} applications[] = {
    { APPLICATION_TAKE, A_(APPLIED) | A_(REVIEW), BY_VENDOR, APPLICATION_REVIEW },
    { APPLICATION_ACCEPT, A_(REVIEW), BY_VENDOR, APPLICATION_ACCEPTED },
    { APPLICATION_REJECT, A_(APPLIED) | A_(REVIEW), BY_VENDOR, APPLICATION_REJECTED },
    { APPLICATION_ABANDON, A_(APPLIED) | A_(REVIEW), BY_TIME, APPLICATION_ABANDONED },
}, partners[] = {
    { PARTNER_ACCEPT, P_(AGREEMENT), BY_COMPANY, PARTNER_ONBOARDING },
    { PARTNER_ACTIVATE, P_(ONBOARDING), BY_VENDOR, PARTNER_ACTIVE },
    { PARTNER_SUSPEND, P_(ACTIVE), BY_VENDOR, PARTNER_SUSPENDED },
    { PARTNER_RESUME, P_(SUSPENDED), BY_VENDOR, PARTNER_ACTIVE },
    { PARTNER_END, P_(AGREEMENT) | P_(ONBOARDING) | P_(ACTIVE) | P_(SUSPENDED), BY_VENDOR,
      PARTNER_ENDED },
};
static const unsigned actors[] = { BY_APPLICANT, BY_COMPANY, BY_VENDOR, BY_TIME };

static void test_application_state__lets_exactly_the_specified_moves_pass(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(applications); i++) {
        const enum application_verb verb = (enum application_verb)applications[i].verb;

        assert_int_equal(application_move(verb)->to, applications[i].to);
        for (unsigned s = 0; s < APPLICATION_STATE_COUNT; s++)
            for (size_t a = 0; a < ARRAY_LEN(actors); a++)
                assert_int_equal(
                    application_can((enum application_state)s, verb, (enum programme_who)actors[a]),
                    (applications[i].from >> s & 1) != 0 && (applications[i].who & actors[a]) != 0);
    }
    assert_int_equal(ARRAY_LEN(applications), APPLICATION_VERB_COUNT);
}

static void test_partner_state__lets_exactly_the_specified_moves_pass(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(partners); i++) {
        const enum partner_verb verb = (enum partner_verb)partners[i].verb;

        assert_int_equal(partner_move(verb)->to, partners[i].to);
        assert_int_equal(partner_verb_find(partner_move(verb)->code), verb);
        for (unsigned s = 0; s < PARTNER_STATE_COUNT; s++)
            for (size_t a = 0; a < ARRAY_LEN(actors); a++)
                assert_int_equal(
                    partner_can((enum partner_state)s, verb, (enum programme_who)actors[a]),
                    (partners[i].from >> s & 1) != 0 && (partners[i].who & actors[a]) != 0);
    }
    assert_int_equal(ARRAY_LEN(partners), PARTNER_VERB_COUNT);
}

static void test_programme_state__names_are_found_again(void **state)
{
    (void)state;
    for (unsigned s = 0; s < PARTNER_STATE_COUNT; s++)
        assert_int_equal(partner_state_find(partner_state_code((enum partner_state)s)), s);
    for (unsigned s = 0; s < APPLICATION_STATE_COUNT; s++)
        assert_int_equal(application_state_find(application_state_code((enum application_state)s)),
                         s);
    assert_int_equal(partner_state_find("no such"), PARTNER_STATE_COUNT);
    assert_int_equal(partner_verb_find("no such"), PARTNER_VERB_COUNT);
}

static void test_standing__every_status_of_a_partner_has_one(void **state)
{
    static const enum standing wanted[PARTNER_STATE_COUNT] = {
        [PARTNER_AGREEMENT] = STANDING_AGREEMENT, [PARTNER_ONBOARDING] = STANDING_LIMITED,
        [PARTNER_ACTIVE] = STANDING_FULL,         [PARTNER_SUSPENDED] = STANDING_LIMITED,
        [PARTNER_ENDED] = STANDING_AGREEMENT, /* nobody gets that far */
    };

    (void)state;
    for (unsigned s = 0; s < PARTNER_STATE_COUNT; s++)
        assert_int_equal(standing_of(partner_state_code((enum partner_state)s), false), wanted[s]);
    assert_int_equal(standing_of("active", true), STANDING_LIMITED);
    assert_int_equal(standing_of("onboarding", true), STANDING_LIMITED);
    assert_int_equal(standing_of("unheard of", false), STANDING_AGREEMENT);
}

static void test_standing__a_limited_company_keeps_all_but_what_begins_something(void **state)
{
    struct permission_set set = { 0 };

    (void)state;
    for (int p = PERM_SELF + 1; p < PERM_LIMIT; p++)
        permission_add(&set, (enum permission)p);
    standing_limit(STANDING_FULL, &set);
    assert_true(permission_has(&set, PERM_DEAL_REGISTER));
    standing_limit(STANDING_LIMITED, &set);
    assert_false(permission_has(&set, PERM_DEAL_REGISTER));
    assert_false(permission_has(&set, PERM_DEAL_CHECK));
    assert_true(permission_has(&set, PERM_DEAL_EDIT));
    assert_true(permission_has(&set, PERM_USERS_MANAGE));
}

static void test_standing__without_an_agreement_there_is_nothing_but_it(void **state)
{
    struct permission_set set = { 0 };
    int left = 0;

    (void)state;
    for (int p = PERM_SELF + 1; p < PERM_LIMIT; p++)
        if (p != PERM_PROGRAMME_ACCEPT)
            permission_add(&set, (enum permission)p);
    standing_limit(STANDING_AGREEMENT, &set);
    for (int p = 0; p < PERM_LIMIT; p++)
        left += permission_has(&set, (enum permission)p);
    assert_true(permission_has(&set, PERM_HOME));
    assert_true(permission_has(&set, PERM_PROGRAMME_VIEW));
    assert_int_equal(left, 2); /* it gives nothing that was not there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_application_state__lets_exactly_the_specified_moves_pass),
        cmocka_unit_test(test_partner_state__lets_exactly_the_specified_moves_pass),
        cmocka_unit_test(test_programme_state__names_are_found_again),
        cmocka_unit_test(test_standing__every_status_of_a_partner_has_one),
        cmocka_unit_test(test_standing__a_limited_company_keeps_all_but_what_begins_something),
        cmocka_unit_test(test_standing__without_an_agreement_there_is_nothing_but_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What stands around every page: the words about the person. */
#include "support/test.h"
#include "fixture/portal.h"

#include "program/program.h"

static struct portal portal;
static struct webtest *partner;
static struct visitor *member;

static int set_up(void **state)
{
    (void)state;
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    member = &portal.people[AUD_PARTNER];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static void test_tier__is_named_in_the_language_of_the_page(void **state)
{
    struct answer a;

    (void)state;
    portal_run(&portal, "UPDATE session SET tier_name_en = 'Goldish', tier_name_zh = '金牌级'");
    a = webtest_get(partner, member, "/partner/?lang=zh-CN");
    assert_true(answer_has(&a, "金牌级"));
    assert_false(answer_has(&a, "Goldish"));
    a = webtest_get(partner, member, "/partner/?lang=en");
    assert_true(answer_has(&a, "Goldish"));
    assert_false(answer_has(&a, "金牌级"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tier__is_named_in_the_language_of_the_page),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

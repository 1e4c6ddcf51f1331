/* access/permission.c and access/actor.c: what a set of permissions allows. */
#include "support/test.h"

#include "access/actor.h"
#include "base/str.h"

static void test_permissions__have_their_own_number_and_name(void **state)
{
    (void)state;
    for (const struct permission_row *p = permission_rows; p->name != NULL; p++) {
        assert_true(p->permission > PERM_SELF && p->permission < PERM_LIMIT);
        assert_true(p->audiences != 0);
        assert_true(*p->help != '\0');
        assert_ptr_equal(permission_find(p->name), p);
        for (const struct permission_row *q = p + 1; q->name != NULL; q++)
            assert_true(p->permission != q->permission);
    }
}

static void test_permission_find__knows_no_other_name(void **state)
{
    (void)state;
    assert_null(permission_find(""));
    assert_null(permission_find("deal"));
    assert_null(permission_find("no.such"));
}

static void test_permission_set__holds_what_was_added_and_nothing_else(void **state)
{
    struct permission_set set = { 0 };

    (void)state;
    for (int p = 0; p < PERM_LIMIT; p += 3)
        permission_add(&set, (enum permission)p);
    for (int p = 0; p < PERM_LIMIT; p++)
        assert_int_equal(permission_has(&set, (enum permission)p), p % 3 == 0);
    permission_add(&set, PERM_LIMIT);
    assert_false(permission_has(&set, PERM_LIMIT));
}

static void test_audiences__are_found_by_their_names(void **state)
{
    (void)state;
    for (int i = AUD_UNSET + 1; i < AUD_COUNT; i++)
        assert_int_equal(audience_find(audience_name((enum audience)i)), i);
    assert_int_equal(audience_find(""), AUD_UNSET);
    assert_int_equal(audience_find("nobody"), AUD_UNSET);
    assert_string_equal(audience_name(AUD_COUNT), "");
}

static void test_actor_nobody__may_only_what_is_public(void **state)
{
    struct actor nobody = actor_nobody(LANG_ZH);

    (void)state;
    assert_false(actor_is_signed_in(&nobody));
    assert_true(actor_may(&nobody, PERM_PUBLIC));
    assert_false(actor_may(&nobody, PERM_SELF));
    assert_false(actor_may(&nobody, PERM_UNSET));
    for (const struct permission_row *p = permission_rows; p->name != NULL; p++)
        assert_false(actor_may(&nobody, p->permission));
    assert_true(nobody.department_low > nobody.department_high);
    assert_int_equal(nobody.lang, LANG_ZH);
    assert_string_equal(nobody.name, "");
}

static void test_actor_may__follows_the_set(void **state)
{
    struct actor actor = { .user_id = 1, .audience = AUD_PARTNER };

    (void)state;
    permission_add(&actor.permissions, PERM_DEAL_VIEW);
    assert_true(actor_may(&actor, PERM_DEAL_VIEW));
    assert_true(actor_may(&actor, PERM_SELF));
    assert_false(actor_may(&actor, PERM_DEAL_EDIT));
    assert_false(actor_may(&actor, PERM_UNSET));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_permissions__have_their_own_number_and_name),
        cmocka_unit_test(test_permission_find__knows_no_other_name),
        cmocka_unit_test(test_permission_set__holds_what_was_added_and_nothing_else),
        cmocka_unit_test(test_audiences__are_found_by_their_names),
        cmocka_unit_test(test_actor_nobody__may_only_what_is_public),
        cmocka_unit_test(test_actor_may__follows_the_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The rules of user administration. */
#include "support/test.h"

#include "admin/users_inside.h"

enum { ADMINISTRATOR = 1, SALES = 2, MANAGER = 3, ME = 70, SOMEBODY = 71 };

static struct role_row rows[3];
static const struct role_list list = { .count = 3, .rows = rows };
static struct permission_set all, few;

static int make_roles(void **state)
{
    (void)state;
    memset(rows, 0, sizeof(rows));
    rows[0].id = ADMINISTRATOR;
    rows[1].id = SALES;
    rows[2].id = MANAGER;
    permission_add(&rows[0].permissions, PERM_USERS_MANAGE);
    permission_add(&rows[0].permissions, PERM_ROLES_MANAGE);
    permission_add(&rows[1].permissions, PERM_DEAL_VIEW);
    permission_add(&rows[2].permissions, PERM_USERS_MANAGE);
    permission_add(&all, PERM_USERS_MANAGE);
    permission_add(&all, PERM_ROLES_MANAGE);
    permission_add(&few, PERM_USERS_MANAGE);
    return 0;
}

static enum users_verdict check(enum audience audience, const struct permission_set *may,
                                int64_t user_id, int64_t role)
{
    const struct users_roles roles = { role != 0, &role };

    return users_roles_check(&list, audience, may, ME, user_id, roles);
}

static void test_roles__a_person_needs_one(void **state)
{
    (void)state;
    assert_int_equal(check(AUD_PARTNER, &all, SOMEBODY, 0), USERS_NO_ROLE);
}

static void test_roles__only_those_of_the_audience(void **state)
{
    (void)state;
    assert_int_equal(check(AUD_PARTNER, &all, SOMEBODY, 99), USERS_ROLE_UNKNOWN);
}

static void test_roles__staff_give_none_above_their_own(void **state)
{
    (void)state;
    assert_int_equal(check(AUD_STAFF, &few, SOMEBODY, ADMINISTRATOR), USERS_ROLE_HIGHER);
    assert_int_equal(check(AUD_STAFF, &few, SOMEBODY, MANAGER), USERS_OK);
    assert_int_equal(check(AUD_STAFF, &all, SOMEBODY, ADMINISTRATOR), USERS_OK);
}

static void test_roles__companies_give_what_the_vendor_lets_their_roles_do(void **state)
{
    (void)state;
    assert_int_equal(check(AUD_PARTNER, &few, SOMEBODY, SALES), USERS_OK);
}

static void test_roles__nobody_ends_his_own_administration(void **state)
{
    (void)state;
    assert_int_equal(check(AUD_PARTNER, &few, ME, SALES), USERS_SELF);
    assert_int_equal(check(AUD_PARTNER, &few, ME, MANAGER), USERS_OK);
}

static void test_touch__staff_leave_those_who_may_do_more(void **state)
{
    struct arena *a = arena_new(1024);
    struct user_row boss = { .role_ids = "2,1" }, seller = { .role_ids = "2" }, none = { 0 };

    (void)state;
    permission_add(&few, PERM_DEAL_VIEW);
    assert_int_equal(users_touch_check(a, &list, AUD_STAFF, &few, &boss), USERS_HIGHER);
    assert_int_equal(users_touch_check(a, &list, AUD_STAFF, &few, &seller), USERS_OK);
    assert_int_equal(users_touch_check(a, &list, AUD_STAFF, &few, &none), USERS_OK);
    assert_int_equal(users_touch_check(a, &list, AUD_STAFF, &all, &boss), USERS_OK);
    arena_free(a);
}

static void test_roles_read__numbers_only(void **state)
{
    struct arena *a = arena_new(1024);

    (void)state;
    assert_int_equal(users_roles_read(a, NULL).count, 0);
    assert_int_equal(users_roles_read(a, "").count, 0);
    assert_int_equal(users_roles_read(a, "3,x,5").count, 2);
    assert_string_equal(users_roles_text(a, users_roles_read(a, "3,5")), "3,5");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roles__a_person_needs_one),
        cmocka_unit_test(test_roles__only_those_of_the_audience),
        cmocka_unit_test(test_roles__staff_give_none_above_their_own),
        cmocka_unit_test(test_roles__companies_give_what_the_vendor_lets_their_roles_do),
        cmocka_unit_test(test_roles__nobody_ends_his_own_administration),
        cmocka_unit_test(test_touch__staff_leave_those_who_may_do_more),
        cmocka_unit_test(test_roles_read__numbers_only),
    };

    return cmocka_run_group_tests(tests, make_roles, NULL);
}

/* Receipts of a registration, as staff read them. */
#include "support/test.h"

#include "fixture/fixture_receipt.h"
#include "program/program.h"
#include "support/webtest.h"

static struct webtest *staff;
static struct receipt_world *w;
static struct visitor reviewer, other;
static int64_t receipt;

static int open_all(void **state)
{
    struct permission_set viewer = { 0 }, nothing = { 0 };

    (void)state;
    permission_add(&viewer, PERM_DEAL_VIEW);
    permission_add(&nothing, PERM_HOME);
    staff = webtest_open(&program_staff, NULL);
    w = receipt_world_in(webtest_schema(staff));
    receipt = receipt_world_statement(w, 10423, "approved");
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    webtest_sign_in(staff, &reviewer, AUD_STAFF, &viewer, 0);
    webtest_sign_in(staff, &other, AUD_STAFF, &nothing, 0);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    receipt_world_free(w);
    webtest_close(staff);
    return 0;
}

static const char *path(const char *rest)
{
    return arena_printf(w->a, "/staff/deals/DR-10423/receipts/%lld%s", (long long)receipt, rest);
}

static void test_receipts__staff_read_list_file_and_sheet(void **state)
{
    struct answer a = webtest_get(staff, &reviewer, "/staff/deals/DR-10423/receipts");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, path("/file")));
    assert_int_equal(webtest_get(staff, &reviewer, path("/file")).status, 200);
    assert_int_equal(webtest_get(staff, &reviewer, path("")).status, 200);
}

static void test_receipts__staff_without_the_permission_see_none(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(staff, &other, "/staff/deals/DR-10423/receipts").status, 404);
    assert_int_equal(webtest_get(staff, &other, path("/file")).status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_receipts__staff_read_list_file_and_sheet),
        cmocka_unit_test(test_receipts__staff_without_the_permission_see_none),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

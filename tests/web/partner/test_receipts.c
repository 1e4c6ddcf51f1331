/* Receipts on the pages of a registration: the list, the file, the page to print; for its partner,
 * for staff, and for nobody else. */
#include "support/test.h"

#include "base/str.h"
#include "fixture/fixture_receipt.h"
#include "program/program.h"
#include "support/webtest.h"

static struct webtest *partner;
static struct receipt_world *w;
static struct visitor owner, stranger;
static int64_t complete, fresh;

static int open_all(void **state)
{
    struct permission_set viewer = { 0 };

    (void)state;
    permission_add(&viewer, PERM_DEAL_VIEW);
    partner = webtest_open(&program_partner, NULL);
    w = receipt_world_in(webtest_schema(partner));
    complete = receipt_world_statement(w, 10423, "approved");
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    fresh = receipt_world_statement(w, 10423, "revoked");
    webtest_sign_in(partner, &owner, AUD_PARTNER, &viewer, w->account_id);
    webtest_sign_in(partner, &stranger, AUD_PARTNER, &viewer, 0);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    receipt_world_free(w);
    webtest_close(partner);
    return 0;
}

static const char *path(int64_t id, const char *rest)
{
    return arena_printf(w->a, "/partner/deals/DR-10423/receipts/%lld%s", (long long)id, rest);
}

static void test_receipts__are_listed_with_what_they_have_reached(void **state)
{
    struct answer a = webtest_get(partner, &owner, "/partner/deals/DR-10423/receipts");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Signed and in the log"));
    assert_true(answer_has(&a, "Being signed"));
    assert_true(answer_has(&a, path(complete, "/file")));
    assert_false(answer_has(&a, path(fresh, "/file")));
}

static void test_receipts__a_file_passes_every_check(void **state)
{
    struct answer a = webtest_get(partner, &owner, path(complete, "/file"));
    const struct receipt_trust trust = { &w->key, 1, w->conf.log_origin };
    struct receipt receipt;
    struct receipt_checks checks =
        receipt_verify_text(w->a, a.body, a.body_len, &trust, RECEIPT_WORLD_CONTENT,
                            strlen(RECEIPT_WORLD_CONTENT), &receipt);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
    assert_int_equal(checks.content, RECEIPT_PASSED);
    assert_non_null(strstr(answer_header(&a, "Content-Disposition"), ".fairway-receipt"));
}

static void test_receipts__the_page_to_print_has_a_code_without_the_salt(void **state)
{
    struct answer a = webtest_get(partner, &owner, path(complete, ""));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "fw-qr"));
    assert_true(answer_has(&a, "Deal registration approved"));
    assert_false(answer_has(&a, "salt "));
}

static void test_receipts__one_that_is_not_signed_is_none_yet(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(partner, &owner, path(fresh, "")).status, 404);
    assert_int_equal(webtest_get(partner, &owner, path(fresh, "/file")).status, 404);
}

static void test_receipts__of_another_registration_are_not_found(void **state)
{
    int64_t other = receipt_world_statement(w, 10500, "submitted");

    (void)state;
    receipt_world_job(w, "receipt.sign");
    assert_int_equal(webtest_get(partner, &owner, path(other, "/file")).status, 404);
    assert_int_equal(webtest_get(partner, &owner, path(0, "x")).status, 404);
}

static void test_receipts__are_not_a_stranger_s(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(partner, &stranger, "/partner/deals/DR-10423/receipts").status,
                     404);
    assert_int_equal(webtest_get(partner, &stranger, path(complete, "")).status, 404);
    assert_int_equal(webtest_get(partner, &stranger, path(complete, "/file")).status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_receipts__are_listed_with_what_they_have_reached),
        cmocka_unit_test(test_receipts__a_file_passes_every_check),
        cmocka_unit_test(test_receipts__the_page_to_print_has_a_code_without_the_salt),
        cmocka_unit_test(test_receipts__one_that_is_not_signed_is_none_yet),
        cmocka_unit_test(test_receipts__of_another_registration_are_not_found),
        cmocka_unit_test(test_receipts__are_not_a_stranger_s),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

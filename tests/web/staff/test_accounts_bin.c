/* Accounts and contacts that are deleted: refused while something hangs on them, found nowhere but
 * in the bin, restored, removed for good. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "account/account_bin.h"
#include "account/match_find.h"
#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct deal_world world;
static struct visitor manager, editor, reader;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME,           PERM_ACCOUNT_VIEW,
                                           PERM_ACCOUNT_EDIT,   PERM_ACCOUNT_MERGE,
                                           PERM_ACCOUNT_DELETE, PERM_ACCOUNT_PURGE,
                                           PERM_DEAL_VIEW,      PERM_AUDIT_VIEW,
                                           PERM_ACCOUNT_EXPORT, PERM_UNSET };
    static const enum permission edits[] = { PERM_HOME, PERM_ACCOUNT_VIEW, PERM_ACCOUNT_EDIT,
                                             PERM_UNSET };
    static const enum permission reads[] = { PERM_HOME, PERM_ACCOUNT_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    manager = fixture_staff(w, all);
    editor = fixture_staff(w, edits);
    reader = fixture_staff(w, reads);
    deal_world_open(&world, webtest_admin(w));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    deal_world_close(&world);
    webtest_close(w);
    return 0;
}

/* -- steps ---------------------------------------------------------------------------------------
 */

static int64_t made(const char *name)
{
    struct answer a = webtest_post(
        w, &manager, "/staff/accounts/new", "/staff/accounts/new",
        arena_printf(
            world.a,
            "kind=prospect&name=%s&country=DE&region=&city=Kiel&address=&website=&"
            "tax_number=&phone=&zone=Europe%%2FBerlin&currency=EUR&tier_id=&department_id=",
            name));
    const char *location = answer_header(&a, "Location");
    int64_t id = 0;

    assert_int_equal(a.status, 303);
    for (const char *c = location + strlen("/staff/accounts/"); *c >= '0' && *c <= '9'; c++)
        id = id * 10 + (*c - '0');
    return id;
}

static const char *page_of(int64_t id, const char *rest)
{
    return arena_printf(world.a, "/staff/accounts/%lld%s", (long long)id, rest);
}

static int64_t version_of(int64_t id)
{
    return fixture_number(w, "SELECT row_version AS n FROM account WHERE id = ?", id);
}

static struct answer act(struct visitor *v, int64_t id, const char *verb, int64_t version)
{
    return webtest_post(
        w, v, page_of(id, ""), page_of(id, verb),
        arena_printf(world.a, "row_version=%lld&reason=Entered+twice", (long long)version));
}

static struct answer move(struct visitor *v, int64_t id, const char *verb, int64_t version)
{
    return webtest_post(w, v, page_of(id, ""), page_of(id, verb),
                        arena_printf(world.a, "row_version=%lld", (long long)version));
}

static void binned(int64_t id)
{
    assert_int_equal(act(&manager, id, "/delete", version_of(id)).status, 303);
}

static bool is_deleted(int64_t id)
{
    return fixture_number(w, "SELECT deleted_at IS NOT NULL AS n FROM account WHERE id = ?", id) !=
           0;
}

static bool is_matched(int64_t id)
{
    return fixture_number(w, "SELECT COUNT(*) AS n FROM match_party WHERE id = ?", id) != 0;
}

static bool list_has(const char *address, const char *text)
{
    struct answer a = webtest_get(w, &manager, address);

    assert_int_equal(a.status, 200);
    return answer_has(&a, text);
}

/* -- accounts ------------------------------------------------------------------------------------
 */

static void test_delete__takes_it_out_of_lists_and_of_the_conflict_check(void **state)
{
    const int64_t id = made("Rohrdommel+Werft+GmbH");

    (void)state;
    assert_true(is_matched(id));
    binned(id);
    assert_true(is_deleted(id));
    assert_false(is_matched(id));
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM match_gram WHERE party_id = ?", id), 0);
    assert_false(list_has("/staff/accounts?view=all&q=Rohrdommel", "Rohrdommel Werft"));
    assert_false(list_has("/staff/accounts.csv?view=all", "Rohrdommel Werft"));
}

static void test_delete__leaves_the_address_that_says_who_and_why(void **state)
{
    const int64_t id = made("Kampflaeufer+GmbH");
    struct answer a;

    (void)state;
    binned(id);
    a = webtest_get(w, &manager, page_of(id, ""));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "It lies in the bin"));
    assert_true(answer_has(&a, "Entered twice"));
    assert_true(answer_has(&a, "/restore\""));
    a = webtest_get(w, &reader, page_of(id, ""));
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "/restore\""));
    assert_false(answer_has(&a, "/purge\""));
    assert_int_equal(webtest_get(w, &manager, page_of(id, "/edit")).status, 404);
    assert_int_equal(webtest_get(w, &manager, page_of(id, "/contacts")).status, 404);
}

static void test_delete__is_refused_with_what_stands_against_it(void **state)
{
    const int64_t top = made("Sumpfohreule+Holding+GmbH"), low = made("Sumpfohreule+Kiel+GmbH");
    struct answer a;

    (void)state;
    fixture_run(
        w,
        arena_printf(world.a, "UPDATE account SET parent_id = %lld WHERE id = ?", (long long)top),
        low);
    a = webtest_get(w, &manager, page_of(top, "/delete"));
    assert_true(answer_has(&a, "Accounts that stand below it"));
    a = act(&manager, top, "/delete", version_of(top));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Accounts that stand below it"));
    assert_false(is_deleted(top));
    assert_true(is_matched(top));
    binned(low);
    binned(top);
}

static void test_delete__is_refused_for_a_partner_with_people_and_registrations(void **state)
{
    struct deal *deal;
    struct answer a;

    (void)state;
    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Tuepfelralle GmbH", 1);
    assert_ok(db_commit(world.db));
    a = act(&manager, world.north.account, "/delete", version_of(world.north.account));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "People who may log in"));
    assert_true(answer_has(&a, "Open registrations"));
    assert_false(is_deleted(world.north.account));
    a = act(&manager, deal->end_customer_id, "/delete", version_of(deal->end_customer_id));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Open registrations"));
    assert_false(is_deleted(deal->end_customer_id));
}

static void test_delete__of_what_was_changed_since_is_refused(void **state)
{
    const int64_t id = made("Blaukehlchen+GmbH");

    (void)state;
    assert_int_equal(act(&manager, id, "/delete", version_of(id) - 1).status, 422);
    assert_false(is_deleted(id));
}

static void test_delete__needs_its_permission_and_the_department(void **state)
{
    const int64_t id = made("Zwergdommel+GmbH");
    struct visitor far = fixture_staff(
        w, (const enum permission[]){ PERM_HOME, PERM_ACCOUNT_VIEW, PERM_ACCOUNT_EDIT,
                                      PERM_ACCOUNT_DELETE, PERM_ACCOUNT_PURGE, PERM_UNSET });

    (void)state;
    assert_int_equal(act(&editor, id, "/delete", version_of(id)).status, 404);
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES (?, 799, "
                "'Far', '远')",
                700);
    fixture_run(w, "UPDATE account SET department_id = 700 WHERE id = ?", id);
    fixture_run(w,
                "UPDATE session SET department_low = 500, department_high = 599 WHERE user_id = ?",
                far.user_id);
    assert_int_equal(
        webtest_post(w, &far, "/staff/accounts", page_of(id, "/delete"), "row_version=1&reason=")
            .status,
        404);
    binned(id);
    assert_int_equal(webtest_get(w, &far, page_of(id, "")).status, 404);
    assert_int_equal(
        webtest_post(w, &far, "/staff/accounts", page_of(id, "/restore"), "row_version=2").status,
        404);
    assert_int_equal(
        webtest_post(w, &far, "/staff/accounts", page_of(id, "/purge"), "row_version=2").status,
        404);
    assert_true(is_deleted(id));
    {
        struct answer a = webtest_get(w, &far, "/staff/accounts/bin");

        assert_int_equal(a.status, 200);
        assert_false(answer_has(&a, "Zwergdommel"));
    }
}

static void test_bin__lists_it_with_who_and_when(void **state)
{
    const int64_t id = made("Schelladler+GmbH");

    (void)state;
    binned(id);
    assert_true(list_has("/staff/accounts/bin", "Schelladler GmbH"));
    assert_true(list_has("/staff/accounts/bin", "Entered twice"));
    assert_false(list_has("/staff/accounts/bin?view=contacts", "Schelladler GmbH"));
    assert_int_equal(webtest_get(w, &reader, "/staff/accounts/bin").status, 404);
}

static void test_bin__is_read_in_pages(void **state)
{
    struct answer a;

    (void)state;
    fixture_run(w,
                "INSERT INTO account (kind, name, country, created_at, updated_at, deleted_at, "
                "in_bin) SELECT 'prospect', CONCAT('Paged bin ', seq), 'DE', UTC_TIMESTAMP(6), "
                "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL seq HOUR, ? FROM seq_1_to_60",
                1);
    a = webtest_get(w, &manager, "/staff/accounts/bin");
    assert_true(answer_has(&a, "rel=\"next\""));
    assert_true(answer_has(&a, "Paged bin 5<"));
    assert_false(answer_has(&a, "Paged bin 60<"));
}

static void test_restore__puts_it_back_where_it_was(void **state)
{
    const int64_t top = made("Gerfalke+Holding+GmbH"), id = made("Gerfalke+Kiel+GmbH");

    (void)state;
    fixture_run(
        w,
        arena_printf(world.a, "UPDATE account SET parent_id = %lld WHERE id = ?", (long long)top),
        id);
    binned(id);
    assert_int_equal(move(&manager, id, "/restore", version_of(id)).status, 303);
    assert_false(is_deleted(id));
    assert_true(is_matched(id));
    assert_true(list_has("/staff/accounts?view=all&q=Gerfalke+Kiel", "Gerfalke Kiel GmbH"));
    assert_int_equal(fixture_number(w, "SELECT parent_id AS n FROM account WHERE id = ?", id), top);
}

static void test_restore__stands_below_no_account_that_is_gone(void **state)
{
    const int64_t top = made("Raubwuerger+Holding+GmbH"), id = made("Raubwuerger+Kiel+GmbH");

    (void)state;
    fixture_run(
        w,
        arena_printf(world.a, "UPDATE account SET parent_id = %lld WHERE id = ?", (long long)top),
        id);
    binned(id);
    binned(top);
    assert_int_equal(move(&manager, id, "/restore", version_of(id)).status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COALESCE(parent_id, 0) AS n FROM account WHERE id = ?", id), 0);
}

static void test_restore__needs_its_permission_and_the_version_that_was_seen(void **state)
{
    const int64_t id = made("Seggenrohrsaenger+GmbH");

    (void)state;
    binned(id);
    assert_int_equal(move(&editor, id, "/restore", version_of(id)).status, 404);
    assert_int_equal(move(&manager, id, "/restore", version_of(id) - 1).status, 422);
    assert_true(is_deleted(id));
}

static void test_restore__of_what_was_restored_shows_it(void **state)
{
    const int64_t id = made("Rotschenkel+GmbH");
    const int64_t version = version_of(id);
    struct answer a;

    (void)state;
    a = move(&manager, id, "/restore", version);
    assert_int_equal(a.status, 303);
    assert_int_equal(version_of(id), version);
    a = move(&manager, id, "/purge", version);
    assert_int_equal(a.status, 303);
    assert_false(is_deleted(id));
}

static void test_purge__leaves_nothing_but_the_number(void **state)
{
    const int64_t id = made("Doppelschnepfe+GmbH");

    (void)state;
    fixture_run(w,
                "INSERT INTO contact (account_id, name, name_key, created_at, updated_at) VALUES "
                "(?, 'Ina Weg', 'ina weg', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                id);
    binned(id);
    assert_int_equal(move(&editor, id, "/purge", version_of(id)).status, 404);
    assert_int_equal(move(&manager, id, "/purge", version_of(id) - 1).status, 422);
    assert_int_equal(move(&manager, id, "/purge", version_of(id)).status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM contact WHERE account_id = ?", id), 0);
    assert_int_equal(
        fixture_number(w, "SELECT name = '' AND city = '' AS n FROM account WHERE id = ?", id), 1);
    assert_int_equal(webtest_get(w, &manager, page_of(id, "")).status, 404);
    assert_false(list_has("/staff/accounts/bin", "Doppelschnepfe"));
    assert_int_equal(
        webtest_post(w, &manager, "/staff/accounts", page_of(id, "/restore"), "row_version=3")
            .status,
        404);
}

static void test_delete__of_a_customer_lets_its_next_registration_make_a_new_one(void **state)
{
    struct deal *first, *second;

    (void)state;
    assert_ok(db_begin_write(world.db));
    first = deal_world_submitted(&world, &world.north, "Steppenweihe GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w, "UPDATE deal SET state = 'rejected', phase = 4 WHERE id = ?", first->id);
    binned(first->end_customer_id);
    assert_ok(db_begin_write(world.db));
    second = deal_world_submitted(&world, &world.north, "Steppenweihe GmbH", 1);
    assert_ok(db_commit(world.db));
    assert_int_not_equal(second->end_customer_id, first->end_customer_id);
}

static void test_purge__keeps_the_name_that_records_refer_to(void **state)
{
    struct deal *deal;

    (void)state;
    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, &world.north, "Wachtelkoenig GmbH", 1);
    assert_ok(db_commit(world.db));
    fixture_run(w, "UPDATE deal SET state = 'rejected', phase = 4 WHERE id = ?", deal->id);
    binned(deal->end_customer_id);
    assert_int_equal(
        move(&manager, deal->end_customer_id, "/purge", version_of(deal->end_customer_id)).status,
        303);
    assert_int_equal(
        fixture_number(w, "SELECT name = 'Wachtelkoenig GmbH' AS n FROM account WHERE id = ?",
                       deal->end_customer_id),
        1);
}

/* -- contacts ------------------------------------------------------------------------------------
 */

static int64_t contact_of(int64_t account, const char *name)
{
    fixture_run(w,
                arena_printf(world.a,
                             "INSERT INTO contact (account_id, name, name_key, created_at, "
                             "updated_at, deleted_at, deleted_name) VALUES (?, '%s', 'x', "
                             "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'Somebody')",
                             name),
                account);
    return fixture_number(w, "SELECT MAX(id) AS n FROM contact WHERE account_id = ?", account);
}

static const char *contact_page(int64_t account, int64_t contact, const char *rest)
{
    return arena_printf(world.a, "/staff/accounts/%lld/contacts/%lld%s", (long long)account,
                        (long long)contact, rest);
}

static struct answer contact_move(struct visitor *v, int64_t account, int64_t contact,
                                  const char *verb, const char *version)
{
    return webtest_post(w, v, "/staff/accounts", contact_page(account, contact, verb),
                        arena_printf(world.a, "row_version=%s", version));
}

static void test_contact__in_the_bin_is_listed_and_restored(void **state)
{
    const int64_t account = made("Uferschnepfe+GmbH"), id = contact_of(account, "Gone Person");
    struct answer a = webtest_get(w, &manager, contact_page(account, id, ""));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "It lies in the bin"));
    assert_true(list_has("/staff/accounts/bin?view=contacts", "Gone Person"));
    assert_int_equal(contact_move(&reader, account, id, "/restore", "1").status, 404);
    assert_int_equal(contact_move(&editor, account, id, "/restore", "7").status, 422);
    assert_int_equal(contact_move(&editor, account, id, "/restore", "1").status, 303);
    assert_true(list_has(page_of(account, ""), "Gone Person"));
    assert_false(list_has("/staff/accounts/bin?view=contacts", "Gone Person"));
}

static void test_contact__is_removed_for_good_by_who_may(void **state)
{
    const int64_t account = made("Waldwasserlaeufer+GmbH"), id = contact_of(account, "For Good");
    const int64_t other = made("Bruchwasserlaeufer+GmbH");

    (void)state;
    assert_int_equal(contact_move(&editor, account, id, "/purge", "1").status, 404);
    assert_int_equal(contact_move(&manager, other, id, "/purge", "1").status, 404);
    assert_int_equal(contact_move(&manager, account, id, "/purge", "1").status, 303);
    assert_int_equal(fixture_number(w, "SELECT COUNT(*) AS n FROM contact WHERE id = ?", id), 0);
    assert_int_equal(contact_move(&manager, account, id, "/purge", "1").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delete__takes_it_out_of_lists_and_of_the_conflict_check),
        cmocka_unit_test(test_delete__leaves_the_address_that_says_who_and_why),
        cmocka_unit_test(test_delete__is_refused_with_what_stands_against_it),
        cmocka_unit_test(test_delete__is_refused_for_a_partner_with_people_and_registrations),
        cmocka_unit_test(test_delete__of_what_was_changed_since_is_refused),
        cmocka_unit_test(test_delete__needs_its_permission_and_the_department),
        cmocka_unit_test(test_delete__of_a_customer_lets_its_next_registration_make_a_new_one),
        cmocka_unit_test(test_bin__lists_it_with_who_and_when),
        cmocka_unit_test(test_bin__is_read_in_pages),
        cmocka_unit_test(test_restore__puts_it_back_where_it_was),
        cmocka_unit_test(test_restore__stands_below_no_account_that_is_gone),
        cmocka_unit_test(test_restore__needs_its_permission_and_the_version_that_was_seen),
        cmocka_unit_test(test_restore__of_what_was_restored_shows_it),
        cmocka_unit_test(test_purge__leaves_nothing_but_the_number),
        cmocka_unit_test(test_purge__keeps_the_name_that_records_refer_to),
        cmocka_unit_test(test_contact__in_the_bin_is_listed_and_restored),
        cmocka_unit_test(test_contact__is_removed_for_good_by_who_may),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

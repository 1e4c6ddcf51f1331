/* The audit trail as staff read it: filters, one record's history, files, and the check. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "access/audit.h"
#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct arena *a;
static struct visitor auditor, limited, stranger;
static int64_t account;

static struct visitor member(const enum permission *permissions, bool everything)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    for (; *permissions != PERM_UNSET; permissions++)
        permission_add(&set, *permissions);
    webtest_sign_in(w, &v, AUD_STAFF, &set, 0);
    fixture_run(w,
                everything ? "UPDATE session SET department_low = 0,"
                             " department_high = 9223372036854775807 WHERE user_id = ?"
                           : "UPDATE session SET department_low = 0, department_high = -1"
                             " WHERE user_id = ?",
                v.user_id);
    return v;
}

/* An event of account OBJECT by a person. */
static void put(int64_t user_id, const char *kind, int64_t object, const char *action,
                const char *before, const char *after)
{
    const struct actor actor = { .audience = AUD_STAFF, .user_id = user_id };
    const struct audit_who who = { .actor = &actor, .address = "192.0.2.9" };
    const struct audit_change change = {
        .kind = kind, .object_id = object, .action = action, .before = before, .after = after
    };
    struct db *db = webtest_admin(w);

    assert_ok(db_begin_write(db));
    assert_ok(audit_write(db, a, &who, &change));
    assert_ok(db_commit(db));
}

static int set_up(void **state)
{
    static const enum permission reads[] = { PERM_HOME,        PERM_AUDIT_VIEW,   PERM_AUDIT_EXPORT,
                                             PERM_AUDIT_CHECK, PERM_ACCOUNT_VIEW, PERM_UNSET };
    static const enum permission none[] = { PERM_HOME, PERM_UNSET };
    struct db *db;

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    auditor = member(reads, true);
    limited = member(reads, false);
    stranger = member(none, true);
    db = webtest_admin(w);
    assert_ok(db_begin_write(db));
    account = fixture_account(db, "prospect", "Zwergdommel AG");
    fixture_department(db, 790000001, 790000001, 0);
    assert_ok(db_commit(db));
    put(auditor.user_id, "account", account, "account.create", NULL, "{\"name\":\"Zwergdommel\"}");
    put(limited.user_id, "account", account, "account.update", "{\"name\":\"Zwergdommel\"}",
        "{\"name\":\"Zwergdommel AG <b>\"}");
    put(auditor.user_id, "role", 5, "roles.save", NULL, "{\"gained\":\"deal.view\"}");
    put(auditor.user_id, "opportunity_setup", 1, "opportunity.stage_save",
        "{\"stale_days\":3,"
        "\"active\":0,\"category\":\"best\"}",
        "{\"stale_days\":5,\"active\":1,\"category\":\"commit\"}");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

static const char *history(void)
{
    return arena_printf(a, "/staff/audit/account-%lld", (long long)account);
}

static void test_trail__is_shown_newest_first_with_who_and_what(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/audit");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "Role changed"));
    assert_true(answer_has(&got, "Account made"));
    assert_true(answer_has(&got, "192.0.2.9"));
    assert_true(strstr(got.body, "<span>Role changed") < strstr(got.body, "<span>Account made"));
}

static void test_trail__is_filtered_by_event_record_and_person(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/audit?action=roles.save");

    (void)state;
    assert_false(answer_has(&got, "<th scope=\"row\"><span>Account made"));
    got = webtest_get(w, &auditor, "/staff/audit?kind=account");
    assert_true(answer_has(&got, "<th scope=\"row\"><span>Account made"));
    assert_false(answer_has(&got, "<th scope=\"row\"><span>Role changed"));
    got = webtest_get(w, &auditor,
                      arena_printf(a, "/staff/audit?person=%lld", (long long)limited.user_id));
    assert_true(answer_has(&got, "<th scope=\"row\"><span>Account changed"));
    assert_false(answer_has(&got, "<th scope=\"row\"><span>Account made"));
}

static void test_trail__is_filtered_by_days(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/audit?until=2001-01-01");

    (void)state;
    assert_true(answer_has(&got, "No events fit"));
    got = webtest_get(w, &auditor, "/staff/audit?from=2001-01-01");
    assert_true(answer_has(&got, "Role changed"));
}

static void test_trail__a_record_that_is_named_leads_to_its_history(void **state)
{
    struct answer got = webtest_get(
        w, &auditor, arena_printf(a, "/staff/audit?kind=account&number=%lld", (long long)account));

    (void)state;
    assert_int_equal(got.status, 303);
    assert_string_equal(answer_header(&got, "Location"), history());
}

static void test_history__shows_before_and_after_and_that_the_chain_is_whole(void **state)
{
    struct answer got = webtest_get(w, &auditor, history());

    (void)state;
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, ">Zwergdommel</td>"));
    assert_true(answer_has(&got, "Zwergdommel AG &lt;b&gt;"));
    assert_true(answer_has(&got, "The chain is whole"));
}

static void test_history__calls_fields_and_their_values_as_the_form_does(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/audit/opportunity_setup-1");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_false(answer_has(&got, "stale_days"));
    assert_true(answer_has(&got, "Days until it is stale"));
    assert_true(answer_has(&got, "Best case"));
    assert_false(answer_has(&got, ">best<"));
    assert_true(answer_has(&got, ">yes<"));
}

static void test_history__tells_that_an_event_was_changed(void **state)
{
    struct answer got;

    (void)state;
    put(auditor.user_id, "role", 77, "roles.save", NULL, "{}");
    fixture_run(w,
                "UPDATE audit_event SET action = 'roles.page' WHERE kind = 'role' AND"
                " object_id = ?",
                77);
    got = webtest_get(w, &auditor, "/staff/audit/role-77");
    assert_true(answer_has(&got, "This history was changed"));
    fixture_run(w,
                "UPDATE audit_event SET action = 'roles.save' WHERE kind = 'role' AND"
                " object_id = ?",
                77);
}

static void test_trail__who_does_not_see_everything_sees_his_own_work_alone(void **state)
{
    struct answer got = webtest_get(w, &limited, "/staff/audit");

    (void)state;
    assert_true(answer_has(&got, "<th scope=\"row\"><span>Account changed"));
    assert_false(answer_has(&got, "<th scope=\"row\"><span>Role changed"));
    got = webtest_get(w, &limited,
                      arena_printf(a, "/staff/audit?person=%lld", (long long)auditor.user_id));
    assert_false(answer_has(&got, "<th scope=\"row\"><span>Role changed"));
    got = webtest_get(w, &limited, "/staff/audit.csv");
    assert_false(answer_has(&got, "roles.save"));
}

static void test_history__of_a_record_to_which_nothing_was_done_has_no_row(void **state)
{
    struct db *db = webtest_admin(w);
    struct answer got;
    int64_t fresh;

    (void)state;
    assert_ok(db_begin_write(db));
    fresh = fixture_account(db, "prospect", "Ungeschehen AG");
    assert_ok(db_commit(db));
    got = webtest_get(w, &auditor, arena_printf(a, "/staff/audit/account-%lld", (long long)fresh));
    assert_int_equal(got.status, 200);
    assert_false(answer_has(&got, "<th scope=\"row\">"));
    assert_true(
        answer_has(&got, arena_printf(a, "href=\"/staff/accounts/%lld\"", (long long)fresh)));
}

static void test_history__of_a_record_out_of_scope_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(w, &limited, history()).status, 200);
    fixture_run(w, "UPDATE account SET department_id = 790000001 WHERE id = ?", account);
    assert_int_equal(webtest_get(w, &limited, history()).status, 404);
    assert_int_equal(webtest_get(w, &auditor, history()).status, 200);
    fixture_run(w, "UPDATE account SET department_id = NULL WHERE id = ?", account);
    assert_int_equal(webtest_get(w, &limited, "/staff/audit/role-5").status, 404);
    assert_int_equal(webtest_get(w, &auditor, "/staff/audit/role-99999").status, 404);
    assert_int_equal(webtest_get(w, &auditor, "/staff/audit/role-x").status, 404);
}

static void test_trail__nothing_of_it_is_there_without_the_permission(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(w, &stranger, "/staff/audit").status, 404);
    assert_int_equal(webtest_get(w, &stranger, history()).status, 404);
    assert_int_equal(webtest_get(w, &stranger, "/staff/audit.csv").status, 404);
}

static void test_files__hold_what_the_filter_shows(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/audit.csv?kind=account");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "account.create"));
    assert_false(answer_has(&got, "roles.save"));
    got = webtest_get(w, &auditor, "/staff/audit.xlsx?kind=account");
    assert_int_equal(got.status, 200);
    assert_memory_equal(got.body, "PK", 2);
}

static struct answer check(struct visitor *v)
{
    return webtest_post(w, v, "/staff/audit", "/staff/audit/check", "");
}

static void test_check__reads_every_chain_and_tells_the_result(void **state)
{
    struct answer got = check(&auditor);

    (void)state;
    assert_int_equal(got.status, 303);
    got = webtest_get(w, &auditor, "/staff/audit");
    assert_true(answer_has(&got, "are whole: none was changed, none is missing"));
}

static void test_check__finds_what_was_changed(void **state)
{
    struct answer got;

    (void)state;
    fixture_run(w,
                "UPDATE audit_event SET address = '192.0.2.10' WHERE kind = 'role' AND"
                " object_id = ?",
                5);
    assert_int_equal(check(&auditor).status, 303);
    got = webtest_get(w, &auditor, "/staff/audit");
    assert_true(answer_has(&got, "were changed or are missing"));
    assert_true(answer_has(&got, "role 5, event 1"));
    fixture_run(w,
                "UPDATE audit_event SET address = '192.0.2.9' WHERE kind = 'role' AND"
                " object_id = ?",
                5);
}

static void test_check__is_not_for_who_does_not_see_everything(void **state)
{
    (void)state;
    assert_int_equal(check(&limited).status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trail__is_shown_newest_first_with_who_and_what),
        cmocka_unit_test(test_trail__is_filtered_by_event_record_and_person),
        cmocka_unit_test(test_trail__is_filtered_by_days),
        cmocka_unit_test(test_trail__a_record_that_is_named_leads_to_its_history),
        cmocka_unit_test(test_history__shows_before_and_after_and_that_the_chain_is_whole),
        cmocka_unit_test(test_history__calls_fields_and_their_values_as_the_form_does),
        cmocka_unit_test(test_history__tells_that_an_event_was_changed),
        cmocka_unit_test(test_trail__who_does_not_see_everything_sees_his_own_work_alone),
        cmocka_unit_test(test_history__of_a_record_to_which_nothing_was_done_has_no_row),
        cmocka_unit_test(test_history__of_a_record_out_of_scope_is_not_there),
        cmocka_unit_test(test_trail__nothing_of_it_is_there_without_the_permission),
        cmocka_unit_test(test_files__hold_what_the_filter_shows),
        cmocka_unit_test(test_check__reads_every_chain_and_tells_the_result),
        cmocka_unit_test(test_check__finds_what_was_changed),
        cmocka_unit_test(test_check__is_not_for_who_does_not_see_everything),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

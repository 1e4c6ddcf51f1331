/* Departments, roles and their reach, and who can see a record. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct arena *a;
static struct visitor administrator, reader;

static struct visitor member(const enum permission *permissions)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    for (; *permissions != PERM_UNSET; permissions++)
        permission_add(&set, *permissions);
    webtest_sign_in(w, &v, AUD_STAFF, &set, 0);
    fixture_run(w,
                "UPDATE session SET department_low = 0, department_high = 9223372036854775807"
                " WHERE user_id = ?",
                v.user_id);
    return v;
}

static int set_up(void **state)
{
    static const enum permission all[] = {
        PERM_HOME,         PERM_DEPARTMENTS_VIEW, PERM_DEPARTMENTS_MANAGE,
        PERM_ROLES_VIEW,   PERM_ROLES_MANAGE,     PERM_WHO_SEES_VIEW,
        PERM_ACCOUNT_VIEW, PERM_USERS_VIEW,       PERM_UNSET
    };
    static const enum permission reads[] = { PERM_HOME, PERM_DEPARTMENTS_VIEW, PERM_ROLES_VIEW,
                                             PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    administrator = member(all);
    reader = member(reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

/* -- departments ------------------------------------------------------------------------- */

static int64_t tree_version(void)
{
    return fixture_number(w,
                          "SELECT value AS n FROM counter WHERE name = 'department.tree'"
                          " AND value > ?",
                          0);
}

static struct answer post(const char *path, int64_t tree, const char *name, int64_t below)
{
    return webtest_post(w, &administrator, "/staff/departments/new", path,
                        arena_printf(a, "tree=%lld&name_en=%s&name_zh=%s&below=%s", (long long)tree,
                                     name, name,
                                     below == 0 ? "" : arena_printf(a, "%lld", (long long)below)));
}

/* The number of the newest department. */
static int64_t newest(void)
{
    return fixture_number(w, "SELECT MAX(number) AS n FROM department WHERE number > ?", 0);
}

static int64_t make(const char *name, int64_t below)
{
    assert_int_equal(post("/staff/departments/new", tree_version(), name, below).status, 303);
    return newest();
}

static int64_t id_of(int64_t number)
{
    return fixture_number(w, "SELECT id AS n FROM department WHERE number = ?", number);
}

static const char *path_of(int64_t number)
{
    return arena_printf(a, "/staff/departments/%lld", (long long)number);
}

static int64_t is_within(int64_t number, int64_t other)
{
    return fixture_number(w,
                          arena_printf(a,
                                       "SELECT COUNT(*) AS n FROM department d JOIN department o"
                                       " ON d.id BETWEEN o.id AND o.last_id AND o.number = %lld"
                                       " WHERE d.number = ?",
                                       (long long)other),
                          number);
}

static void test_departments__one_that_moves_takes_its_records_along(void **state)
{
    const int64_t north = make("Northern+Sales", 0), south = make("Southern+Sales", 0);
    const int64_t city = make("Kiel", north);
    struct db *db = webtest_admin(w);
    int64_t account;

    (void)state;
    assert_int_equal(is_within(city, north), 1);
    assert_ok(db_begin_write(db));
    account = fixture_account(db, "prospect", NULL);
    assert_ok(db_commit(db));
    fixture_run(w,
                arena_printf(a, "UPDATE account SET department_id = %lld WHERE id = ?",
                             (long long)id_of(city)),
                account);
    assert_int_equal(post(path_of(city), tree_version(), "Kiel", south).status, 303);
    assert_int_equal(is_within(city, south), 1);
    assert_int_equal(is_within(city, north), 0);
    assert_int_equal(
        fixture_number(w, "SELECT department_id AS n FROM account WHERE id = ?", account),
        id_of(city));
}

static void test_departments__who_is_logged_in_sees_the_new_range_at_once(void **state)
{
    const int64_t home = make("Harbour", 0);
    struct visitor v = { 0 };
    struct permission_set set = { 0 };

    (void)state;
    permission_add(&set, PERM_HOME);
    webtest_sign_in(w, &v, AUD_STAFF, &set, 0);
    fixture_run(w,
                arena_printf(a,
                             "UPDATE user SET scope = 'department', department_id = %lld"
                             " WHERE id = ?",
                             (long long)id_of(home)),
                v.user_id);
    make("Quay", home);
    assert_int_equal(
        fixture_number(w, "SELECT department_low AS n FROM session WHERE user_id = ?", v.user_id),
        id_of(home));
    assert_true(fixture_number(w, "SELECT department_high AS n FROM session WHERE user_id = ?",
                               v.user_id) > id_of(home));
}

static void test_departments__circles_are_refused(void **state)
{
    const int64_t top = make("Top", 0), low = make("Low", top);
    struct answer got = post(path_of(top), tree_version(), "Top", low);

    (void)state;
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "A department cannot stand below itself."));
    assert_int_equal(is_within(low, top), 1);
    assert_int_equal(post(path_of(top), tree_version(), "Top", top).status, 422);
}

static void test_departments__two_who_change_the_tree_do_not_mix(void **state)
{
    const int64_t seen = tree_version();
    struct answer got;

    (void)state;
    assert_int_equal(post("/staff/departments/new", seen, "First", 0).status, 303);
    got = post("/staff/departments/new", seen, "Second", 0);
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "Somebody changed the departments meanwhile"));
}

static struct answer drop(struct visitor *v, int64_t number)
{
    return webtest_post(w, v, "/staff/departments", arena_printf(a, "%s/delete", path_of(number)),
                        arena_printf(a, "tree=%lld", (long long)tree_version()));
}

static void test_departments__an_empty_one_is_deleted_another_is_not(void **state)
{
    const int64_t top = make("Empty+soon", 0), low = make("Leaf", top);

    (void)state;
    assert_int_equal(drop(&administrator, top).status, 422);
    assert_int_equal(drop(&administrator, low).status, 303);
    assert_int_equal(drop(&administrator, top).status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM department WHERE number = ?", top), 0);
}

static void test_departments__who_only_reads_changes_nothing(void **state)
{
    struct answer got = webtest_get(w, &reader, "/staff/departments");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_false(answer_has(&got, "New department"));
    assert_int_equal(webtest_get(w, &reader, "/staff/departments/new").status, 404);
    assert_int_equal(drop(&reader, make("Spare", 0)).status, 404);
}

/* -- roles ------------------------------------------------------------------------------- */

static int64_t newest_role(void)
{
    return fixture_number(w, "SELECT MAX(id) AS n FROM role WHERE id > ?", 0);
}

static struct answer make_role(const char *name, int64_t from, const char *scope)
{
    return webtest_post(w, &administrator, "/staff/roles/new", "/staff/roles/new",
                        arena_printf(a, "audience=staff&name_en=%s&name_zh=%s&scope=%s&from=%s",
                                     name, name, scope,
                                     from == 0 ? "" : arena_printf(a, "%lld", (long long)from)));
}

static const char *role_path(int64_t id, const char *rest)
{
    return arena_printf(a, "/staff/roles/%lld%s", (long long)id, rest);
}

static void test_roles__a_copy_allows_what_the_other_does(void **state)
{
    const int64_t auditor = fixture_number(
        w, "SELECT id AS n FROM role WHERE audience = 'staff' AND code = 'auditor' AND id > ?", 0);
    int64_t copy;

    (void)state;
    assert_int_equal(make_role("Night+auditor", auditor, "").status, 303);
    copy = newest_role();
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM role_permission WHERE role_id = ?", copy),
        fixture_number(w, "SELECT COUNT(*) AS n FROM role_permission WHERE role_id = ?", auditor));
    assert_int_equal(make_role("Night+auditor", auditor, "").status, 422);
}

static void test_roles__one_that_somebody_has_stays(void **state)
{
    int64_t id;

    (void)state;
    make_role("Passing+guest", 0, "");
    id = newest_role();
    fixture_run(
        w,
        arena_printf(a, "INSERT INTO user_role (user_id, role_id) VALUES (?, %lld)", (long long)id),
        reader.user_id);
    assert_int_equal(webtest_post(w, &administrator, role_path(id, ""), role_path(id, "/delete"),
                                  "row_version=1")
                         .status,
                     422);
    assert_true(
        fixture_number(w, "SELECT COUNT(*) AS n FROM role_permission WHERE role_id = ?", id) > 0);
    fixture_run(w, "DELETE FROM user_role WHERE role_id = ?", id);
    assert_int_equal(webtest_post(w, &administrator, role_path(id, ""), role_path(id, "/delete"),
                                  "row_version=1")
                         .status,
                     303);
}

static void test_roles__those_of_the_portal_stay(void **state)
{
    const int64_t id = fixture_number(
        w, "SELECT id AS n FROM role WHERE audience = 'staff' AND code = 'order_desk' AND id > ?",
        0);

    (void)state;
    assert_int_equal(webtest_post(w, &administrator, role_path(id, ""), role_path(id, "/delete"),
                                  "row_version=1")
                         .status,
                     422);
}

static void test_roles__the_widest_reach_of_a_person_counts_at_once(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_STAFF, 0, "sales", true);
    struct db *db = webtest_admin(w);
    char token[SESSION_TOKEN_BYTES];
    int64_t id;

    (void)state;
    make_role("Overseer", 0, "");
    id = newest_role();
    fixture_run(
        w,
        arena_printf(a, "INSERT INTO user_role (user_id, role_id) VALUES (?, %lld)", (long long)id),
        p.id);
    assert_ok(db_begin_write(db));
    fixture_session(db, a, p.id, token);
    assert_ok(db_commit(db));
    assert_int_equal(webtest_post(w, &administrator, role_path(id, ""), role_path(id, ""),
                                  "row_version=1&name_en=Overseer&name_zh=Overseer&scope=all")
                         .status,
                     303);
    assert_int_equal(fixture_number(w,
                                    "SELECT department_high = 9223372036854775807 AS n FROM"
                                    " session WHERE user_id = ?",
                                    p.id),
                     1);
    assert_int_equal(webtest_post(w, &administrator, role_path(id, ""), role_path(id, ""),
                                  "row_version=1&name_en=Overseer&name_zh=Overseer&scope=own")
                         .status,
                     422);
}

/* -- who sees ---------------------------------------------------------------------------- */

static void test_who_sees__names_each_person_with_the_rule(void **state)
{
    const int64_t home = make("Lighthouse", 0);
    const struct fixture_person p = fixture_person(w, AUD_STAFF, 0, "channel_manager", true);
    struct db *db = webtest_admin(w);
    struct answer got;
    int64_t account;

    (void)state;
    assert_ok(db_begin_write(db));
    account = fixture_account(db, "prospect", NULL);
    assert_ok(db_commit(db));
    fixture_run(w,
                arena_printf(a,
                             "UPDATE user SET name = 'Tessa Keeper', scope = 'department',"
                             " department_id = %lld WHERE id = ?",
                             (long long)id_of(home)),
                p.id);
    fixture_run(w,
                arena_printf(a, "UPDATE account SET department_id = %lld WHERE id = ?",
                             (long long)id_of(home)),
                account);
    got = webtest_get(w, &administrator,
                      arena_printf(a, "/staff/who-sees/account-%lld", (long long)account));
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "Tessa Keeper"));
    assert_true(answer_has(&got, "Sees “Lighthouse” and what is below"));
    fixture_run(w, "UPDATE user SET scope = 'own' WHERE id = ?", p.id);
    got = webtest_get(w, &administrator,
                      arena_printf(a, "/staff/who-sees/account-%lld", (long long)account));
    assert_false(answer_has(&got, "Tessa Keeper"));
}

static void test_who_sees__of_a_record_that_is_not_one_s_own_there_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(webtest_get(w, &administrator, "/staff/who-sees/account-99999999").status,
                     404);
    assert_int_equal(webtest_get(w, &administrator, "/staff/who-sees/user-1").status, 404);
    assert_int_equal(webtest_get(w, &reader, "/staff/who-sees/account-1").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_departments__one_that_moves_takes_its_records_along),
        cmocka_unit_test(test_departments__who_is_logged_in_sees_the_new_range_at_once),
        cmocka_unit_test(test_departments__circles_are_refused),
        cmocka_unit_test(test_departments__two_who_change_the_tree_do_not_mix),
        cmocka_unit_test(test_departments__an_empty_one_is_deleted_another_is_not),
        cmocka_unit_test(test_departments__who_only_reads_changes_nothing),
        cmocka_unit_test(test_roles__a_copy_allows_what_the_other_does),
        cmocka_unit_test(test_roles__one_that_somebody_has_stays),
        cmocka_unit_test(test_roles__those_of_the_portal_stay),
        cmocka_unit_test(test_roles__the_widest_reach_of_a_person_counts_at_once),
        cmocka_unit_test(test_who_sees__names_each_person_with_the_rule),
        cmocka_unit_test(test_who_sees__of_a_record_that_is_not_one_s_own_there_is_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

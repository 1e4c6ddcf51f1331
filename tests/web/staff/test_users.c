/* Staff over all users, and the matrix of roles. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#include <stdlib.h>

static struct webtest *w, *public;

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_staff, NULL);
    public = webtest_open(&program_public, w);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(public);
    webtest_close(w);
    return 0;
}

static struct fixture_person enter(struct visitor *v, const char *role)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, role, true);

    fixture_enter(public, v, &p);
    return p;
}

static int64_t role_id(const char *code)
{
    if (str_eq(code, "administrator"))
        return fixture_number(w,
                              "SELECT id AS n FROM role WHERE audience = 'staff' AND code ="
                              " 'administrator'",
                              0);
    if (str_eq(code, "sales"))
        return fixture_number(w,
                              "SELECT id AS n FROM role WHERE audience = 'staff' AND code ="
                              " 'sales'",
                              0);
    if (str_eq(code, "channel_manager"))
        return fixture_number(w,
                              "SELECT id AS n FROM role WHERE audience = 'staff' AND code ="
                              " 'channel_manager'",
                              0);
    return fixture_number(w,
                          "SELECT id AS n FROM role WHERE audience = 'partner' AND code ="
                          " 'sales'",
                          0);
}

static struct answer act(struct visitor *v, int64_t user_id, const char *what, const char *body)
{
    char path[100];

    snprintf(path, sizeof(path), "/staff/users/%lld%s", (long long)user_id, what);
    return webtest_post(w, v, "/staff/", path, body);
}

/* -- people ------------------------------------------------------------------------------ */

static void test_c08__a_staff_page_needs_a_session_with_second_factor(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { 0 };

    (void)state;
    fixture_log_in(public, &v, &p, FIXTURE_PASSWORD);
    assert_int_equal(webtest_get(w, &v, "/staff/").status, 303);
    assert_int_equal(webtest_get(w, &v, "/staff/users").status, 303);
}

static void test_users__lists_of_all_three_audiences(void **state)
{
    struct fixture_person partner = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct fixture_person customer = fixture_person(w, AUD_CUSTOMER, 0, NULL, false);
    struct visitor v = { 0 };
    struct fixture_person me = enter(&v, NULL);
    struct answer a = webtest_get(w, &v, "/staff/users");

    (void)state;
    assert_true(answer_has(&a, me.email));
    assert_false(answer_has(&a, partner.email));
    a = webtest_get(w, &v, "/staff/users?view=partner");
    assert_true(answer_has(&a, partner.email));
    a = webtest_get(w, &v, "/staff/users?view=customer");
    assert_true(answer_has(&a, customer.email));
}

static void test_users__the_list_is_a_file_too_for_who_may_export(void **state)
{
    struct fixture_person partner = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 }, auditor = { 0 };
    struct fixture_person me = enter(&v, NULL);
    struct answer a;

    (void)state;
    enter(&auditor, "auditor");
    a = webtest_get(w, &v, "/staff/users?view=partner");
    assert_true(answer_has(&a, "/staff/users.csv?view=partner"));
    a = webtest_get(w, &v, "/staff/users.csv?view=partner");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, partner.email));
    assert_false(answer_has(&a, me.email));
    a = webtest_get(w, &v, "/staff/users.csv");
    assert_true(answer_has(&a, me.email));
    assert_int_equal(webtest_get(w, &auditor, "/staff/users.csv").status, 404);
    a = webtest_get(w, &auditor, "/staff/users");
    assert_false(answer_has(&a, "/staff/users.csv"));
}

static void test_users__staff_and_people_of_an_account_are_invited(void **state)
{
    struct fixture_person partner = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };
    char page[80], body[300];
    struct answer a;

    (void)state;
    enter(&v, NULL);
    snprintf(body, sizeof(body),
             "email=new.colleague%%40example.com&name=New&language=en&scope=all&roles=%lld",
             (long long)role_id("sales"));
    assert_int_equal(webtest_post(w, &v, "/staff/users/new", "/staff/users/new", body).status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM user WHERE audience = 'staff' AND"
                                    " email = 'new.colleague@example.com' AND scope = 'all'",
                                    0),
                     1);
    snprintf(page, sizeof(page), "/staff/users/new?account=%lld", (long long)partner.account_id);
    snprintf(body, sizeof(body),
             "email=new.partner%%40example.com&name=New&language=en&roles=%lld&account=%lld",
             (long long)role_id("partner sales"), (long long)partner.account_id);
    assert_int_equal(webtest_post(w, &v, page, "/staff/users/new", body).status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM user WHERE audience = 'partner'"
                                    " AND email = 'new.partner@example.com' AND account_id = ?",
                                    partner.account_id),
                     1);
    a = webtest_post(w, &v, page, "/staff/users/new", body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "This address has a log-in already."));
}

static void test_users__nobody_gives_a_role_above_his_own(void **state)
{
    struct visitor v = { 0 };
    struct answer a;
    char body[300];

    (void)state;
    fixture_run(w,
                "INSERT IGNORE INTO role_permission (role_id, permission) SELECT id,"
                " 'users.manage' FROM role WHERE audience = 'staff' AND code ="
                " 'channel_manager'",
                0);
    enter(&v, "channel_manager");
    snprintf(body, sizeof(body), "email=boss%%40example.com&name=New&language=en&roles=%lld",
             (long long)role_id("administrator"));
    a = webtest_post(w, &v, "/staff/users/new", "/staff/users/new", body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "You cannot give a role that allows more"));
    struct fixture_person boss = fixture_person(w, AUD_STAFF, 0, NULL, false);

    assert_int_equal(act(&v, boss.id, "/disable", "").status, 409);
}

static void test_users__a_role_change_reaches_the_open_session_at_once(void **state)
{
    struct visitor v = { 0 }, colleague = { 0 };
    struct fixture_person c;
    char body[200];

    (void)state;
    enter(&v, NULL);
    c = enter(&colleague, NULL);
    assert_int_equal(webtest_get(w, &colleague, "/staff/roles").status, 200);
    snprintf(body, sizeof(body), "name=Colleague&row_version=1&scope=own&roles=%lld",
             (long long)role_id("sales"));
    assert_int_equal(act(&v, c.id, "", body).status, 303);
    assert_int_equal(webtest_get(w, &colleague, "/staff/roles").status, 404);
    assert_int_equal(webtest_get(w, &colleague, "/staff/").status, 200);
}

static void test_users__a_change_says_in_the_trail_what_was_before_and_what_is_now(void **state)
{
    const struct fixture_person c = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { 0 };
    char body[120];

    (void)state;
    enter(&v, NULL);
    fixture_run(w, "UPDATE user SET scope = 'own' WHERE id = ?", c.id);
    snprintf(body, sizeof(body), "name=Colleague&row_version=1&scope=all&roles=%lld",
             (long long)role_id("sales"));
    assert_int_equal(act(&v, c.id, "", body).status, 303);
    assert_int_equal(
        fixture_number(
            w,
            "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user' AND object_id = ? "
            "AND before_json LIKE '%\"scope\":\"own\"%' AND after_json LIKE "
            "'%\"scope\":\"all\"%' AND after_json LIKE '%\"name\":\"Colleague\"%'",
            c.id),
        1);
}

/* -- who leads whom ---------------------------------------------------------------------- */

static struct answer lead(struct visitor *v, int64_t user_id, int64_t manager_id)
{
    char body[200], manager[30] = "";

    if (manager_id != 0)
        snprintf(manager, sizeof(manager), "%lld", (long long)manager_id);
    snprintf(
        body, sizeof(body), "name=Colleague&row_version=%lld&scope=own&roles=%lld&manager=%s",
        (long long)fixture_number(w, "SELECT row_version AS n FROM user WHERE id = ?", user_id),
        (long long)role_id("sales"), manager);
    return act(v, user_id, "", body);
}

static int64_t manager_of(int64_t user_id)
{
    return fixture_number(w, "SELECT IFNULL(manager_id, 0) AS n FROM user WHERE id = ?", user_id);
}

static struct fixture_person colleague(void)
{
    return fixture_person(w, AUD_STAFF, 0, "sales", true);
}

static void test_manager__is_chosen_shown_and_audited(void **state)
{
    const struct fixture_person c = colleague(), boss = colleague();
    struct visitor v = { 0 };
    char path[60], href[60];
    struct answer a;

    (void)state;
    enter(&v, NULL);
    fixture_run(w, "UPDATE user SET name = 'Boss' WHERE id = ?", boss.id);
    assert_int_equal(lead(&v, c.id, boss.id).status, 303);
    assert_int_equal(manager_of(c.id), boss.id);
    snprintf(path, sizeof(path), "/staff/users/%lld", (long long)c.id);
    snprintf(href, sizeof(href), "<a href=\"/staff/users/%lld\">Boss</a>", (long long)boss.id);
    a = webtest_get(w, &v, path);
    assert_true(answer_has(&a, href));
    assert_int_equal(
        fixture_number(
            w,
            "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user' AND object_id = ? "
            "AND before_json LIKE '%\"manager\":\"\"%' AND after_json LIKE "
            "'%\"manager\":\"Boss\"%'",
            c.id),
        1);
    assert_int_equal(lead(&v, c.id, 0).status, 303);
    assert_int_equal(manager_of(c.id), 0);
}

static void test_manager__nobody_leads_himself_not_over_others_either(void **state)
{
    const struct fixture_person one = colleague(), two = colleague(), three = colleague();
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    enter(&v, NULL);
    a = lead(&v, one.id, one.id);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "manager-err"));
    assert_int_equal(lead(&v, one.id, two.id).status, 303);
    assert_int_equal(lead(&v, two.id, three.id).status, 303);
    a = lead(&v, three.id, one.id);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "manager-err"));
    assert_int_equal(manager_of(three.id), 0);
}

static void test_manager__is_of_staff_and_not_shut_out(void **state)
{
    const struct fixture_person c = colleague(), gone = colleague();
    const struct fixture_person partner = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    enter(&v, NULL);
    fixture_run(w, "UPDATE user SET status = 'disabled' WHERE id = ?", gone.id);
    assert_int_equal(lead(&v, c.id, gone.id).status, 422);
    assert_int_equal(lead(&v, c.id, partner.id).status, 422);
    assert_int_equal(lead(&v, c.id, 987654321).status, 422);
    assert_int_equal(manager_of(c.id), 0);
}

static void test_manager__who_leaves_hands_his_people_on(void **state)
{
    const struct fixture_person c = colleague(), boss = colleague(), head = colleague();
    struct visitor v = { 0 };

    (void)state;
    enter(&v, NULL);
    assert_int_equal(lead(&v, c.id, boss.id).status, 303);
    assert_int_equal(lead(&v, boss.id, head.id).status, 303);
    assert_int_equal(act(&v, boss.id, "/disable", "").status, 303);
    assert_int_equal(manager_of(c.id), head.id);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user' AND "
                                    "object_id = ? AND action = 'user.manager'",
                                    c.id),
                     1);
    assert_int_equal(act(&v, head.id, "/disable", "").status, 303);
    assert_int_equal(manager_of(c.id), 0);
}

static void test_manager__is_chosen_when_somebody_is_invited(void **state)
{
    const struct fixture_person boss = colleague();
    struct visitor v = { 0 };
    char body[300];

    (void)state;
    enter(&v, NULL);
    snprintf(body, sizeof(body),
             "email=led%%40vendor.example&name=Led&language=en&scope=own&roles=%lld&manager=%lld",
             (long long)role_id("sales"), (long long)boss.id);
    assert_int_equal(webtest_post(w, &v, "/staff/users/new", "/staff/users/new", body).status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM user WHERE name = 'Led' AND manager_id = ?",
                       boss.id),
        1);
    snprintf(
        body, sizeof(body),
        "email=lost%%40vendor.example&name=Lost&language=en&scope=own&roles=%lld&manager=987654",
        (long long)role_id("sales"));
    assert_int_equal(webtest_post(w, &v, "/staff/users/new", "/staff/users/new", body).status, 422);
}

static void test_users__a_lost_second_factor_is_removed_by_staff_who_proved_themselves(void **state)
{
    struct visitor v = { 0 }, colleague = { 0 };
    struct fixture_person me, c;
    struct answer a;

    (void)state;
    me = enter(&v, NULL);
    c = enter(&colleague, NULL);
    fixture_run(w, "UPDATE session SET proved_at = proved_at - INTERVAL 1 HOUR WHERE user_id = ?",
                me.id);
    a = act(&v, c.id, "/second-factor", "");
    assert_true(str_starts(answer_header(&a, "Location"), "/account/prove?next="));
    fixture_run(w, "UPDATE session SET proved_at = UTC_TIMESTAMP(6) WHERE user_id = ?", me.id);
    a = act(&v, c.id, "/second-factor", "");
    assert_int_equal(a.status, 303);
    assert_int_equal(
        fixture_number(w, "SELECT COUNT(*) AS n FROM second_factor WHERE user_id = ?", c.id), 0);
    assert_int_equal(webtest_get(w, &colleague, "/staff/").status, 303);
    a = fixture_log_in(public, &colleague, &c, FIXTURE_PASSWORD);
    assert_string_equal(answer_header(&a, "Location"), "/2fa/setup");
}

static void test_c18__a_new_address_needs_proof_and_voids_what_the_old_one_got(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct fixture_person other = fixture_person(w, AUD_PARTNER, 0, NULL, false), me;
    struct visitor v = { 0 }, inside = { 0 };
    char path[200], body[120];
    struct answer a;

    (void)state;
    me = enter(&v, NULL);
    fixture_enter(public, &inside, &p);
    snprintf(path, sizeof(path), "%s", fixture_link(w, "reset", p.id));
    fixture_run(w, "UPDATE session SET proved_at = proved_at - INTERVAL 1 HOUR WHERE user_id = ?",
                me.id);
    a = act(&v, p.id, "/email", "email=moved%40example.com");
    assert_true(str_starts(answer_header(&a, "Location"), "/account/prove?next="));
    fixture_run(w, "UPDATE session SET proved_at = UTC_TIMESTAMP(6) WHERE user_id = ?", me.id);
    snprintf(body, sizeof(body), "email=%s", other.email);
    assert_int_equal(act(&v, p.id, "/email", body).status, 422);
    assert_int_equal(act(&v, p.id, "/email", "email=Moved%40example.com").status, 303);
    assert_int_equal(webtest_get(public, &inside, "/account").status, 303);
    a = webtest_get(public, &inside, path);
    assert_true(answer_has(&a, "This link no longer works"));
    snprintf(p.email, sizeof(p.email), "moved@example.com");
    assert_int_equal(fixture_log_in(public, &inside, &p, FIXTURE_PASSWORD).status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM outbox WHERE template ="
                                    " 'identity/email_changed'",
                                    0),
                     2);
}

static void test_c21__the_auditor_sees_and_changes_nothing(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    enter(&v, "auditor");
    assert_int_equal(webtest_get(w, &v, "/staff/users").status, 200);
    assert_int_equal(webtest_get(w, &v, "/staff/roles").status, 200);
    assert_int_equal(act(&v, p.id, "/disable", "").status, 404);
    assert_int_equal(
        webtest_post(w, &v, "/staff/", "/staff/roles", "audience=staff&version=0").status, 404);
}

/* -- roles ------------------------------------------------------------------------------------ */

static void test_roles__each_group_of_permissions_stands_once(void **state)
{
    static const char heading[] = ">Users and roles</th>";
    struct visitor v = { 0 };
    struct answer got;
    const char *first;

    (void)state;
    enter(&v, "auditor");
    got = webtest_get(w, &v, "/staff/roles");
    first = strstr(got.body, heading);
    assert_non_null(first);
    assert_null(strstr(first + 1, heading));
}

static int64_t version(const char *audience)
{
    return str_eq(audience, "staff")
               ? fixture_number(w,
                                "SELECT CAST(SUM(row_version) AS SIGNED) AS n FROM role WHERE"
                                " audience = 'staff'",
                                0)
               : fixture_number(w,
                                "SELECT CAST(SUM(row_version) AS SIGNED) AS n FROM role WHERE"
                                " audience = 'customer'",
                                0);
}

/* Every cell that is ticked on the page, as the browser sends them; without the one called
 * LEFT_OUT. */
static char *ticked(const char *page, const char *left_out)
{
    static const char mark[] = "name=\"grant\" value=\"";
    char *body = calloc(1, strlen(page) + 1), *body_end = body;

    for (const char *at = page; (at = strstr(at, mark)) != NULL;) {
        const char *end;
        char cell[100];

        at += sizeof(mark) - 1;
        snprintf(cell, sizeof(cell), "%.*s", (int)strcspn(at, "\""), at);
        end = strchr(at, '>');
        if (memmem(at, (size_t)(end - at), " checked", 8) == NULL ||
            memmem(at, (size_t)(end - at), " disabled", 9) != NULL || str_eq(cell, left_out))
            continue;
        body_end = stpcpy(stpcpy(body_end, "&grant="), cell);
    }
    return body;
}

static void test_roles__a_change_is_reviewed_saved_and_reaches_open_sessions(void **state)
{
    struct visitor v = { 0 }, seller = { 0 };
    char left_out[60], *cells, *body;
    struct answer a;

    (void)state;
    enter(&v, NULL);
    enter(&seller, "auditor");
    assert_int_equal(webtest_get(w, &seller, "/staff/users").status, 200);
    snprintf(left_out, sizeof(left_out), "%lld:users.view",
             (long long)fixture_number(w,
                                       "SELECT id AS n FROM role WHERE audience = 'staff' AND"
                                       " code = 'auditor'",
                                       0));
    a = webtest_get(w, &v, "/staff/roles");
    assert_int_equal(a.status, 200);
    cells = ticked(a.body, left_out);
    body = malloc(strlen(cells) + 100);
    sprintf(body, "audience=staff&version=%lld&do=review%s", (long long)version("staff"), cells);
    a = webtest_post(w, &v, "/staff/roles", "/staff/roles", body);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Auditor loses"));
    assert_true(answer_has(&a, "Save 1 change"));
    assert_int_equal(webtest_get(w, &seller, "/staff/users").status, 200);
    sprintf(body, "audience=staff&version=%lld&do=save%s", (long long)version("staff"), cells);
    a = webtest_post(w, &v, "/staff/roles", "/staff/roles", body);
    assert_int_equal(a.status, 303);
    assert_int_equal(webtest_get(w, &seller, "/staff/users").status, 404);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'role'"
                                    " AND before_json LIKE '%users.view%'",
                                    0),
                     1);
    free(cells);
    free(body);
}

static void test_roles__the_administrator_keeps_what_he_needs_to_undo(void **state)
{
    struct visitor v = { 0 };
    char body[100];
    int64_t had = fixture_number(w,
                                 "SELECT COUNT(*) AS n FROM role_permission p JOIN role r ON r.id"
                                 " = p.role_id WHERE r.audience = 'staff' AND r.code ="
                                 " 'administrator' AND p.permission IN ('roles.manage',"
                                 " 'users.manage')",
                                 0);

    (void)state;
    enter(&v, NULL);
    snprintf(body, sizeof(body), "audience=staff&version=%lld&do=save",
             (long long)version("staff"));
    assert_int_equal(webtest_post(w, &v, "/staff/roles", "/staff/roles", body).status, 303);
    assert_int_equal(had, 2);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM role_permission p JOIN role r ON"
                                    " r.id = p.role_id WHERE r.audience = 'staff' AND r.code ="
                                    " 'administrator' AND p.permission IN ('roles.manage',"
                                    " 'users.manage')",
                                    0),
                     2);
    assert_int_equal(webtest_get(w, &v, "/staff/roles").status, 200);
}

static void test_roles__a_stale_form_is_shown_again_and_saves_nothing(void **state)
{
    struct visitor v = { 0 };
    struct answer a;
    char body[100];

    (void)state;
    enter(&v, NULL);
    fixture_run(w,
                "INSERT IGNORE INTO role_permission (role_id, permission) SELECT id, 'users.view'"
                " FROM role WHERE audience = 'customer' AND code <> 'administrator'",
                0);
    snprintf(body, sizeof(body), "audience=customer&version=%lld&do=save",
             (long long)version("customer") - 1);
    a = webtest_post(w, &v, "/staff/roles?audience=customer", "/staff/roles", body);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Somebody changed these roles meanwhile."));
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM role_permission p JOIN role r ON"
                                    " r.id = p.role_id WHERE r.audience = 'customer' AND"
                                    " p.permission = 'users.manage'",
                                    0),
                     1);
}

/* The second run of a save whose answer was lost finds what it wanted. */
static void test_roles__a_stale_form_that_changes_nothing_is_saved(void **state)
{
    struct visitor v = { 0 };
    char body[100];

    (void)state;
    enter(&v, NULL);
    snprintf(body, sizeof(body), "audience=customer&version=%lld&do=save",
             (long long)version("customer"));
    webtest_post(w, &v, "/staff/roles?audience=customer", "/staff/roles", body);
    snprintf(body, sizeof(body), "audience=customer&version=%lld&do=save",
             (long long)version("customer") - 1);
    assert_int_equal(
        webtest_post(w, &v, "/staff/roles?audience=customer", "/staff/roles", body).status, 303);
}

static void test_users__a_department_that_is_not_there_is_a_fault_at_its_field(void **state)
{
    struct visitor v = { 0 };
    struct answer a;
    char body[200];

    (void)state;
    enter(&v, NULL);
    snprintf(
        body, sizeof(body),
        "email=nowhere%%40example.com&name=N&language=en&roles=%lld&department=999999",
        (long long)fixture_number(w, "SELECT MIN(id) AS n FROM role WHERE audience = 'staff'", 0));
    a = webtest_post(w, &v, "/staff/users/new", "/staff/users/new", body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "department-err"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_c08__a_staff_page_needs_a_session_with_second_factor),
        cmocka_unit_test(test_users__lists_of_all_three_audiences),
        cmocka_unit_test(test_users__the_list_is_a_file_too_for_who_may_export),
        cmocka_unit_test(test_users__staff_and_people_of_an_account_are_invited),
        cmocka_unit_test(test_users__nobody_gives_a_role_above_his_own),
        cmocka_unit_test(test_users__a_role_change_reaches_the_open_session_at_once),
        cmocka_unit_test(test_users__a_change_says_in_the_trail_what_was_before_and_what_is_now),
        cmocka_unit_test(test_manager__is_chosen_shown_and_audited),
        cmocka_unit_test(test_manager__nobody_leads_himself_not_over_others_either),
        cmocka_unit_test(test_manager__is_of_staff_and_not_shut_out),
        cmocka_unit_test(test_manager__who_leaves_hands_his_people_on),
        cmocka_unit_test(test_manager__is_chosen_when_somebody_is_invited),
        cmocka_unit_test(
            test_users__a_lost_second_factor_is_removed_by_staff_who_proved_themselves),
        cmocka_unit_test(test_c18__a_new_address_needs_proof_and_voids_what_the_old_one_got),
        cmocka_unit_test(test_c21__the_auditor_sees_and_changes_nothing),
        cmocka_unit_test(test_roles__each_group_of_permissions_stands_once),
        cmocka_unit_test(test_roles__a_change_is_reviewed_saved_and_reaches_open_sessions),
        cmocka_unit_test(test_roles__the_administrator_keeps_what_he_needs_to_undo),
        cmocka_unit_test(test_roles__a_stale_form_is_shown_again_and_saves_nothing),
        cmocka_unit_test(test_roles__a_stale_form_that_changes_nothing_is_saved),
        cmocka_unit_test(test_users__a_department_that_is_not_there_is_a_fault_at_its_field),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

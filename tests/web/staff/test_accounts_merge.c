/* Two records of one company become one: what is chosen stays, everything moves, the old number
 * leads on; and what must not be merged is refused. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct deal_world world;
static struct visitor manager, editor;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME,           PERM_ACCOUNT_VIEW,
                                           PERM_ACCOUNT_EDIT,   PERM_ACCOUNT_MERGE,
                                           PERM_ACCOUNT_DELETE, PERM_DEAL_VIEW,
                                           PERM_UNSET };
    static const enum permission edits[] = { PERM_HOME, PERM_ACCOUNT_VIEW, PERM_ACCOUNT_EDIT,
                                             PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    manager = fixture_staff(w, all);
    editor = fixture_staff(w, edits);
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

static int64_t made_as(const char *kind, const char *name, const char *city)
{
    struct answer a = webtest_post(
        w, &manager, "/staff/accounts/new", "/staff/accounts/new",
        arena_printf(world.a,
                     "kind=%s&name=%s&country=DE&region=&city=%s&address=&website=&tax_number=&"
                     "phone=&zone=Europe%%2FBerlin&currency=EUR&tier_id=&department_id=",
                     kind, name, city));
    const char *location = answer_header(&a, "Location");
    int64_t id = 0;

    assert_int_equal(a.status, 303);
    for (const char *c = location + strlen("/staff/accounts/"); *c >= '0' && *c <= '9'; c++)
        id = id * 10 + (*c - '0');
    return id;
}

static int64_t made(const char *name, const char *city)
{
    return made_as("prospect", name, city);
}

static const char *page_of(int64_t id, const char *rest)
{
    return arena_printf(world.a, "/staff/accounts/%lld%s", (long long)id, rest);
}

static int64_t number(const char *sql, int64_t id)
{
    return fixture_number(w, sql, id);
}

static int64_t version_of(int64_t id)
{
    return number("SELECT row_version AS n FROM account WHERE id = ?", id);
}

static const char *body(int64_t own, int64_t other, const char *more)
{
    return arena_printf(world.a, "other=%lld&own_version=%lld&other_version=%lld&%s",
                        (long long)other, (long long)version_of(own), (long long)version_of(other),
                        more);
}

/* OTHER gives way to OWN. */
static struct answer merge(int64_t own, int64_t other, const char *picks)
{
    return webtest_post(w, &manager, "/staff/accounts", page_of(own, "/merge"),
                        body(own, other, arena_join(world.a, "survivor=own", picks, NULL)));
}

static int64_t merged_into(int64_t id)
{
    return number("SELECT COALESCE(merged_into, 0) AS n FROM account WHERE id = ?", id);
}

static struct deal *submitted(struct side *side, const char *company)
{
    struct deal *deal;

    assert_ok(db_begin_write(world.db));
    deal = deal_world_submitted(&world, side, company, 1);
    assert_ok(db_commit(world.db));
    return deal;
}

/* -- what is chosen ------------------------------------------------------------------------------
 */

static void test_merge__shows_both_side_by_side(void **state)
{
    const int64_t own = made("Elster+Logistik+GmbH", "Kiel"), other = made("Elster+Log", "Ulm");
    struct answer a;

    (void)state;
    a = webtest_get(w, &manager, page_of(own, "/merge"));
    assert_int_equal(a.status, 200);
    a = webtest_get(
        w, &manager,
        arena_printf(world.a, "%s?with=%lld", page_of(own, "/merge"), (long long)other));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Elster Logistik GmbH"));
    assert_true(answer_has(&a, "Elster Log"));
    assert_true(answer_has(&a, "name=\"pick_city\""));
    assert_false(answer_has(&a, "name=\"pick_country\"")); /* the same */
}

static void test_merge__keeps_the_values_that_were_chosen(void **state)
{
    const int64_t own = made("Dohle+Eins+GmbH", "Kiel"), other = made("Dohle+Zwei+GmbH", "Ulm");

    (void)state;
    assert_int_equal(merge(own, other, "&pick_name=other&pick_city=own").status, 303);
    assert_int_equal(number("SELECT name = 'Dohle Zwei GmbH' AND city = 'Kiel' AS n FROM account "
                            "WHERE id = ?",
                            own),
                     1);
    assert_int_equal(merged_into(other), own);
}

static void test_merge__may_keep_the_other_number(void **state)
{
    const int64_t own = made("Kolkrabe+Eins+GmbH", "Kiel"), other = made("Kolkrabe+Zwei", "Ulm");
    struct answer a = webtest_post(w, &manager, "/staff/accounts", page_of(own, "/merge"),
                                   body(own, other, "survivor=other&pick_name=own"));

    (void)state;
    assert_int_equal(a.status, 303);
    assert_int_equal(merged_into(own), other);
    assert_int_equal(
        number("SELECT name = 'Kolkrabe Eins GmbH' AND city = 'Ulm' AS n FROM account WHERE id = ?",
               other),
        1);
}

static void test_merge__of_a_customer_and_a_prospect_is_a_customer(void **state)
{
    const int64_t own = made("Nebelkraehe+GmbH", "Kiel");
    const int64_t other = made_as("customer", "Nebelkraehe+AG", "Kiel");

    (void)state;
    assert_int_equal(merge(own, other, "").status, 303);
    assert_int_equal(number("SELECT kind = 'customer' AS n FROM account WHERE id = ?", own), 1);
    assert_int_equal(number("SELECT customer AS n FROM match_party WHERE id = ?", own), 1);
}

/* -- what moves ----------------------------------------------------------------------------------
 */

static void test_merge__moves_everything_and_the_old_number_leads_on(void **state)
{
    struct deal *first = submitted(&world.north, "Birkhuhn Eins GmbH");
    struct deal *second = submitted(&world.south, "Birkhahn Zwei GmbH");
    const int64_t own = first->end_customer_id, other = second->end_customer_id;
    struct answer a;

    (void)state;
    fixture_run(w,
                "INSERT INTO contact (account_id, name, name_key, created_at, updated_at) VALUES "
                "(?, 'Ina Weg', 'ina weg', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                other);
    assert_int_equal(merge(own, other, "").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal WHERE end_customer_id = ?", own), 2);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal WHERE end_customer_id = ?", other), 0);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM contact WHERE account_id = ?", own), 1);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM match_party WHERE id = ?", other), 0);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM match_gram WHERE party_id = ?", other), 0);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM match_line WHERE party_id = ? AND live > 0", own), 1);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM match_line WHERE party_id = ? AND live > 0", other), 0);
    a = webtest_get(w, &manager, page_of(other, ""));
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), page_of(own, ""));
    a = webtest_get(w, &manager, page_of(own, ""));
    assert_true(answer_has(&a, "Ina Weg"));
    assert_true(answer_has(&a, arena_printf(world.a, "%lld", (long long)other)));
    assert_int_equal(webtest_get(w, &manager, page_of(other, "/edit")).status, 404);
}

static void test_merge__keeps_every_claim_of_both(void **state)
{
    struct deal *first = submitted(&world.north, "Auerhahn Eins GmbH");
    struct deal *second = submitted(&world.south, "Auerhuhn Zwei GmbH");
    const int64_t own = first->end_customer_id, other = second->end_customer_id;

    (void)state;
    fixture_run(w,
                arena_printf(world.a,
                             "INSERT INTO claim (group_id, product_line_id, deal_id, taken_at) "
                             "SELECT group_id, %lld, %lld, UTC_TIMESTAMP(6) FROM account "
                             "WHERE id = ?",
                             (long long)world.line[1], (long long)second->id),
                other);
    fixture_run(w, "UPDATE deal SET state = 'approved', phase = 3 WHERE id = ?", second->id);
    assert_int_equal(merge(own, other, "").status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM claim c JOIN account a ON a.group_id = "
                            "c.group_id WHERE a.id = ?",
                            own),
                     1);
}

static void test_merge__is_refused_when_both_hold_a_claim_on_one_line(void **state)
{
    struct deal *deals[2] = { submitted(&world.north, "Haselhuhn Eins GmbH"),
                              submitted(&world.south, "Schneehuhn Zwei GmbH") };
    struct answer a;

    (void)state;
    for (int i = 0; i < 2; i++)
        fixture_run(w,
                    arena_printf(world.a,
                                 "INSERT INTO claim (group_id, product_line_id, deal_id, "
                                 "taken_at) SELECT group_id, %lld, %lld, UTC_TIMESTAMP(6) "
                                 "FROM account WHERE id = ?",
                                 (long long)world.line[2], (long long)deals[i]->id),
                    deals[i]->end_customer_id);
    a = merge(deals[0]->end_customer_id, deals[1]->end_customer_id, "");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "hold a protected claim on the same product line"));
    assert_int_equal(merged_into(deals[1]->end_customer_id), 0);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal WHERE end_customer_id = ?",
                            deals[1]->end_customer_id),
                     1);
}

static void test_merge__of_a_merged_one_leads_all_numbers_on(void **state)
{
    const int64_t a = made("Wendehals+Eins", "Kiel"), b = made("Wendehals+Zwei", "Kiel"),
                  c = made("Wendehals+Drei", "Kiel");

    (void)state;
    assert_int_equal(merge(b, a, "").status, 303);
    assert_int_equal(merge(c, b, "").status, 303);
    assert_int_equal(merged_into(a), c);
    assert_int_equal(merged_into(b), c);
}

static void set_parent(int64_t id, int64_t parent)
{
    fixture_run(w,
                arena_printf(world.a, "UPDATE account SET parent_id = %lld WHERE id = ?",
                             (long long)parent),
                id);
}

static int64_t parent_of(int64_t id)
{
    return number("SELECT COALESCE(parent_id, 0) AS n FROM account WHERE id = ?", id);
}

static void test_merge__leaves_a_tree_without_circles(void **state)
{
    const int64_t top = made("Spechte+Holding", "Kiel"), gone = made("Buntspecht", "Kiel"),
                  mid = made("Gruenspecht", "Kiel"), kept = made("Buntspecht+GmbH", "Kiel");

    (void)state;
    set_parent(gone, top);
    set_parent(mid, gone);
    set_parent(kept, mid);
    assert_int_equal(merge(kept, gone, "").status, 303);
    assert_int_equal(parent_of(kept), top);
    assert_int_equal(parent_of(mid), kept);
}

/* -- what is refused -----------------------------------------------------------------------------
 */

static void test_merge__with_itself_is_refused(void **state)
{
    const int64_t id = made("Zilpzalp+GmbH", "Kiel");
    struct answer a = merge(id, id, "");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "not merged with itself"));
    assert_int_equal(merged_into(id), 0);
}

static void test_merge__across_a_fresh_change_is_a_conflict(void **state)
{
    const int64_t own = made("Fitis+Eins+GmbH", "Kiel"), other = made("Fitis+Zwei+GmbH", "Ulm");
    const char *seen = body(own, other, "survivor=own");
    struct answer a;

    (void)state;
    fixture_run(w, "UPDATE account SET city = 'Husum', row_version = row_version + 1 WHERE id = ?",
                other);
    a = webtest_post(w, &manager, "/staff/accounts", page_of(own, "/merge"), seen);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "Husum"));
    assert_true(answer_has(&a, "Nothing was merged"));
    assert_int_equal(merged_into(other), 0);
}

static void test_merge__that_was_done_the_other_way_round_shows_what_stays(void **state)
{
    const int64_t own = made("Girlitz+Eins+GmbH", "Kiel"), other = made("Girlitz+Zwei", "Ulm");
    const char *seen = body(other, own, "survivor=own");
    struct answer a;

    (void)state;
    assert_int_equal(merge(own, other, "").status, 303);
    a = webtest_post(w, &manager, "/staff/accounts", page_of(other, "/merge"), seen);
    assert_int_equal(a.status, 303);
    assert_true(str_starts(answer_header(&a, "Location"), page_of(own, "")));
    assert_int_equal(merged_into(own), 0);
}

static void test_merge__of_a_partner_and_a_customer_is_refused(void **state)
{
    const int64_t id = made("Erlenzeisig+GmbH", "Kiel");

    (void)state;
    assert_int_equal(merge(id, world.north.account, "").status, 422);
    assert_int_equal(merge(world.north.account, id, "").status, 422);
    assert_int_equal(merged_into(id), 0);
}

static void test_merge__of_a_partner_that_has_people_is_refused(void **state)
{
    struct answer a = merge(world.north.account, world.south.account, "");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "has people, registrations"));
    assert_int_equal(merged_into(world.south.account), 0);
}

static void test_merge__of_a_partner_that_was_entered_twice_is_done(void **state)
{
    const int64_t twice = made_as("partner", "North+again", "Kiel");

    (void)state;
    assert_int_equal(merge(world.north.account, twice, "").status, 303);
    assert_int_equal(merged_into(twice), world.north.account);
}

static void test_merge__is_nobody_else_s(void **state)
{
    const int64_t own = made("Kernbeisser+Eins", "Kiel"), other = made("Kernbeisser+Zwei", "Ulm");

    (void)state;
    assert_int_equal(webtest_get(w, &editor, page_of(own, "/merge")).status, 404);
    assert_int_equal(webtest_post(w, &editor, "/staff/accounts", page_of(own, "/merge"),
                                  body(own, other, "survivor=own"))
                         .status,
                     404);
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES (?, 799, "
                "'Far', '远')",
                700);
    fixture_run(w, "UPDATE account SET department_id = 700 WHERE id = ?", other);
    fixture_run(w,
                "UPDATE session SET department_low = 500, department_high = 599 WHERE user_id = ?",
                manager.user_id);
    assert_int_equal(merge(own, other, "").status, 422);
    assert_int_equal(merged_into(other), 0);
    fixture_run(w,
                "UPDATE session SET department_low = 0, department_high = 9223372036854775807 "
                "WHERE user_id = ?",
                manager.user_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merge__shows_both_side_by_side),
        cmocka_unit_test(test_merge__keeps_the_values_that_were_chosen),
        cmocka_unit_test(test_merge__may_keep_the_other_number),
        cmocka_unit_test(test_merge__of_a_customer_and_a_prospect_is_a_customer),
        cmocka_unit_test(test_merge__moves_everything_and_the_old_number_leads_on),
        cmocka_unit_test(test_merge__keeps_every_claim_of_both),
        cmocka_unit_test(test_merge__is_refused_when_both_hold_a_claim_on_one_line),
        cmocka_unit_test(test_merge__of_a_merged_one_leads_all_numbers_on),
        cmocka_unit_test(test_merge__leaves_a_tree_without_circles),
        cmocka_unit_test(test_merge__with_itself_is_refused),
        cmocka_unit_test(test_merge__across_a_fresh_change_is_a_conflict),
        cmocka_unit_test(test_merge__that_was_done_the_other_way_round_shows_what_stays),
        cmocka_unit_test(test_merge__of_a_partner_and_a_customer_is_refused),
        cmocka_unit_test(test_merge__of_a_partner_that_has_people_is_refused),
        cmocka_unit_test(test_merge__of_a_partner_that_was_entered_twice_is_done),
        cmocka_unit_test(test_merge__is_nobody_else_s),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

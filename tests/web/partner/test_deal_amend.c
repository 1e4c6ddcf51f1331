/* Changes to an approved registration: what is changed at once, what is asked for, and what staff's
 * answer does to lines, claims and the end customer. */
#include "support/test.h"
#include "fixture/sides.h"

#include "base/str.h"
#include "deal/deal_amend.h"
#include "deal/deal_forms.h"
#include "deal/deal_jobs.h"

/* -- what is asked ----------------------------------------------------------------------------- */

static int64_t approved(void)
{
    return deal_approved(&portal.world.north, portal_company(portal.world.a));
}

struct change {
    const char *company, *contact, *lines; /* NULL: as it is */
    int64_t version;                       /* 0: as it is */
};

static const char *line(int which, int quantity, int value)
{
    return arena_printf(portal.world.a, "&line=%lld&quantity=%d&value=%d",
                        (long long)portal.world.line[which], quantity, value);
}

static struct answer amend_as(struct webtest *w, struct visitor *v, const char *side, int64_t id,
                              struct change c)
{
    struct arena *a = portal.world.a;
    const char *close = text_of("SELECT expected_close FROM deal WHERE id = #", id);
    const char *company = c.company != NULL
                              ? c.company
                              : text_of("SELECT REPLACE(company_name, ' ', '+') FROM deal WHERE"
                                        " id = #",
                                        id);

    return webtest_post(
        w, v, v == &stranger ? "/partner/home" : deal_page(side, id),
        arena_printf(a, "%s/amend", deal_page(side, id)),
        arena_printf(a,
                     "do=submit&row_version=%lld&company_name=%s&country=CN&contact_name=%s&"
                     "contact_email=gu%%40customer.example&project_name=Plant+3&deal_type=new&"
                     "currency=USD&expected_close=%s%s",
                     (long long)(c.version != 0 ? c.version : deal_version(id)), company,
                     c.contact != NULL ? c.contact : "Gu+Jianming", close,
                     c.lines != NULL ? c.lines : line(0, 2, 1000)));
}

static struct answer amend(int64_t id, struct change c)
{
    return amend_as(partner, member, "partner", id, c);
}

static int64_t asked_id(int64_t id)
{
    return number("SELECT id FROM deal_amendment WHERE pending = 1 AND deal_id = #", id);
}

static struct answer answer(int64_t id, const char *word)
{
    return webtest_post(staff, manager, deal_page("staff", id),
                        arena_printf(portal.world.a, "%s/amendment", deal_page("staff", id)),
                        arena_printf(portal.world.a,
                                     "row_version=%lld&amendment_id=%lld&answer=%s&text=%s",
                                     (long long)deal_version(id), (long long)asked_id(id), word,
                                     str_eq(word, "reject") ? "Not+in+the+tender" : ""));
}

static int64_t claims(int64_t id)
{
    return number("SELECT COUNT(*) FROM claim WHERE deal_id = #", id);
}

static const char *both_lines(void)
{
    return arena_printf(portal.world.a, "%s%s", line(0, 2, 1000), line(1, 1, 400));
}

static void run_job(int64_t id)
{
    struct job_context ctx = { .db = portal.world.db, .arena = portal.world.a };

    assert_ok(deal_amend_run(&ctx, &(struct job){ .ref = id }, portal.world.names));
}

/* -- the table --------------------------------------------------------------------------------- */

static void test_amend__says_of_each_field_of_the_form_what_it_is(void **state)
{
    static const char *const of_a_line[] = { "quantity", "value", "row_version", "files" };

    (void)state;
    for (const struct field *f = deal_form.fields; f->name != NULL; f++) {
        bool known = false;

        for (size_t i = 0; i < ARRAY_LEN(of_a_line); i++)
            known = known || str_eq(f->name, of_a_line[i]);
        for (const struct deal_amend_field *m = deal_amend_fields; m->name != NULL; m++)
            known = known || (str_eq(m->name, f->name) && m->kind != AMEND_UNSAID);
        if (!known)
            fail_msg("deal_amend_fields does not know %s", f->name);
    }
}

/* -- the partner ------------------------------------------------------------------------------- */

static void test_amend__of_a_contact_is_made_at_once_and_leaves_before_and_after(void **state)
{
    const int64_t id = approved();
    struct answer a;

    (void)state;
    assert_int_equal(amend(id, (struct change){ .contact = "Fang+Lu" }).status, 303);
    assert_string_equal(text_of("SELECT contact_name FROM deal WHERE id = #", id), "Fang Lu");
    assert_int_equal(asked_id(id), 0);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'deal' AND"
                            " action = 'deal.amend' AND object_id = #",
                            id),
                     1);
    a = webtest_get(partner, member, deal_page("partner", id));
    assert_true(answer_has(&a, "<del class=\"fw-2\">Gu Jianming</del>"));
    assert_true(answer_has(&a, "<ins>Fang Lu</ins>"));
}

static void test_amend__of_a_line_waits_and_leaves_the_protection_as_it_was(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
    assert_int_not_equal(asked_id(id), 0);
    assert_int_equal(claims(id), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM deal_line WHERE deal_id = #", id), 1);
}

static void test_amend__is_asked_for_once_at_a_time(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
    assert_int_equal(amend(id, (struct change){ .lines = line(0, 3, 9000) }).status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM deal_amendment WHERE deal_id = #", id), 1);
}

static void test_amend__of_a_version_that_has_gone_shows_what_changed(void **state)
{
    const int64_t id = approved(), shown = deal_version(id);
    struct answer a;

    (void)state;
    assert_int_equal(amend(id, (struct change){ .contact = "Fang+Lu" }).status, 303);
    a = amend(id, (struct change){ .contact = "He+Bin", .version = shown });
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "He Bin"));
    assert_true(answer_has(&a, "Fang Lu"));
}

static void test_amend__of_what_is_not_approved_or_another_companys_is_refused(void **state)
{
    const int64_t sent = deal_sent(&portal.world.north, portal_company(portal.world.a));
    const int64_t id = approved();

    (void)state;
    assert_int_equal(amend(sent, (struct change){ .contact = "Fang+Lu" }).status, 409);
    assert_int_equal(
        amend_as(partner, &stranger, "partner", id, (struct change){ .contact = "Eve" }).status,
        404);
    assert_string_equal(text_of("SELECT contact_name FROM deal WHERE id = #", id), "Gu Jianming");
}

static void test_amend__is_made_by_staff_on_behalf(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(
        amend_as(staff, manager, "staff", id, (struct change){ .contact = "Fang+Lu" }).status, 303);
    assert_string_equal(text_of("SELECT contact_name FROM deal WHERE id = #", id), "Fang Lu");
}

/* -- the decision ------------------------------------------------------------------------------ */

static void test_amend__approved_adds_the_line_and_takes_its_claim(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
    assert_int_equal(answer(id, "approve").status, 303);
    assert_int_equal(claims(id), 2);
    assert_int_equal(number("SELECT total FROM deal WHERE id = #", id), 1400);
    assert_int_equal(
        number("SELECT COUNT(*) FROM receipt WHERE event = 'amended' AND deal_id = #", id), 1);
    assert_int_equal(number("SELECT LENGTH(line_ids) - LENGTH(REPLACE(line_ids, ',', '')) FROM deal"
                            " WHERE id = #",
                            id),
                     1);
}

static void test_amend__approved_without_a_line_frees_its_claim(void **state)
{
    const int64_t id = approved();

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = line(1, 2, 1000) }).status, 303);
    assert_int_equal(answer(id, "approve").status, 303);
    assert_int_equal(number("SELECT product_line_id FROM claim WHERE deal_id = #", id),
                     portal.world.line[1]);
    assert_int_equal(claims(id), 1);
}

static void test_amend__rejected_changes_nothing_and_says_why(void **state)
{
    const int64_t id = approved();
    struct answer a;

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
    assert_int_equal(answer(id, "reject").status, 303);
    assert_int_equal(claims(id), 1);
    a = webtest_get(partner, member, deal_page("partner", id));
    assert_true(answer_has(&a, "Not in the tender"));
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
}

/* Somebody else waits for, or holds, the line: his claim is not taken by way of a change. */
static void test_amend__takes_no_line_that_somebody_holds_or_waits_for(void **state)
{
    (void)state;
    for (int held = 0; held < 2; held++) {
        const int64_t id = approved();
        const char *name = text_of("SELECT company_name FROM deal WHERE id = #", id);
        const int64_t other = deal_sent(&portal.world.south, name);
        const char *sql = arena_printf(
            portal.world.a,
            "UPDATE deal_line SET product_line_id = %lld WHERE deal_id = %lld; UPDATE deal_match"
            " SET resolution = 'same' WHERE deal_id IN (%lld, %lld); UPDATE account SET group_id ="
            " (SELECT end_customer_id FROM deal WHERE id = %lld) WHERE id = (SELECT"
            " end_customer_id FROM deal WHERE id = %lld)",
            (long long)portal.world.line[1], (long long)other, (long long)id, (long long)other,
            (long long)id, (long long)other);

        portal_run(&portal, sql);
        if (held == 1)
            portal_run(&portal,
                       arena_printf(portal.world.a,
                                    "INSERT INTO claim (group_id, product_line_id, deal_id,"
                                    " taken_at) SELECT end_customer_id, %lld, %lld, '2026-01-01'"
                                    " FROM deal WHERE id = %lld; UPDATE deal SET state ="
                                    " 'approved', phase = 3 WHERE id = %lld",
                                    (long long)portal.world.line[1], (long long)other,
                                    (long long)id, (long long)other));
        assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
        assert_int_equal(answer(id, "approve").status, 422);
        assert_int_equal(claims(id), 1);
        assert_int_equal(number("SELECT COUNT(*) FROM deal_line WHERE deal_id = #", id), 1);
        assert_int_not_equal(asked_id(id), 0);
    }
}

static void test_amend__to_another_customer_moves_the_claims_to_it(void **state)
{
    const int64_t id = approved();
    const int64_t group = number("SELECT group_id FROM claim WHERE deal_id = #", id);
    const char *name = portal_company(portal.world.a);

    (void)state;
    assert_int_equal(amend(id, (struct change){ .company = arena_printf(portal.world.a, "%.9s+%s",
                                                                        name, name + 10) })
                         .status,
                     303);
    assert_int_equal(number("SELECT group_id FROM claim WHERE deal_id = #", id), group);
    assert_int_equal(answer(id, "approve").status, 303);
    assert_int_not_equal(number("SELECT group_id FROM claim WHERE deal_id = #", id), group);
    assert_string_equal(text_of("SELECT company_name FROM deal WHERE id = #", id), name);
}

static void test_amend__answered_twice_or_after_a_revocation_says_so(void **state)
{
    const int64_t id = approved(), other = approved();

    (void)state;
    assert_int_equal(amend(id, (struct change){ .lines = both_lines() }).status, 303);
    assert_int_equal(answer(id, "approve").status, 303);
    assert_int_equal(answer(id, "approve").status, 422);
    assert_int_equal(amend(other, (struct change){ .lines = both_lines() }).status, 303);
    run("UPDATE deal SET state = 'revoked', phase = 4 WHERE id = #", other);
    assert_int_equal(answer(other, "approve").status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM deal_line WHERE deal_id = #", other), 1);
}

static void test_amend__of_a_value_within_the_bound_is_made_without_a_person(void **state)
{
    const int64_t small = approved(), large = approved();

    (void)state;
    assert_int_equal(amend(small, (struct change){ .lines = line(0, 2, 1200) }).status, 303);
    run_job(small);
    assert_int_equal(number("SELECT total FROM deal WHERE id = #", small), 1200);
    assert_int_equal(amend(large, (struct change){ .lines = line(0, 2, 1201) }).status, 303);
    run_job(large);
    assert_int_equal(number("SELECT total FROM deal WHERE id = #", large), 1000);
    assert_int_not_equal(asked_id(large), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amend__says_of_each_field_of_the_form_what_it_is),
        cmocka_unit_test(test_amend__of_a_contact_is_made_at_once_and_leaves_before_and_after),
        cmocka_unit_test(test_amend__of_a_line_waits_and_leaves_the_protection_as_it_was),
        cmocka_unit_test(test_amend__is_asked_for_once_at_a_time),
        cmocka_unit_test(test_amend__of_a_version_that_has_gone_shows_what_changed),
        cmocka_unit_test(test_amend__of_what_is_not_approved_or_another_companys_is_refused),
        cmocka_unit_test(test_amend__is_made_by_staff_on_behalf),
        cmocka_unit_test(test_amend__approved_adds_the_line_and_takes_its_claim),
        cmocka_unit_test(test_amend__approved_without_a_line_frees_its_claim),
        cmocka_unit_test(test_amend__rejected_changes_nothing_and_says_why),
        cmocka_unit_test(test_amend__takes_no_line_that_somebody_holds_or_waits_for),
        cmocka_unit_test(test_amend__to_another_customer_moves_the_claims_to_it),
        cmocka_unit_test(test_amend__answered_twice_or_after_a_revocation_says_so),
        cmocka_unit_test(test_amend__of_a_value_within_the_bound_is_made_without_a_person),
    };

    return cmocka_run_group_tests(tests, sides_open, sides_close);
}

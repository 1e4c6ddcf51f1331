/* The N-th call to the database fails, for every N, while somebody logs in, registers a deal,
 * decides on it or writes to the partner.  What he asked for is then done wholly or not at all, he
 * has one proper answer, and a failure that he sees is one error in the log. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

#include <stdlib.h>

enum { BODY_BYTES = 1600 };

static struct webtest *public_web, *partner_web, *staff_web;
static struct deal_world world;
static int errors;

static void count_errors(const char *line)
{
    errors += strstr(line, "\"level\":\"error\"") != NULL;
}

static int set_up(void **state)
{
    struct deal_world *at = &world;

    (void)state;
    public_web = webtest_open(&program_public, NULL);
    partner_web = webtest_open(&program_partner, public_web);
    staff_web = webtest_open(&program_staff, public_web);
    world.db = webtest_admin(public_web);
    world.a = arena_new(65536);
    assert_ok(text_format_init());
    assert_ok(text_ctx_new(&world.text));
    assert_ok(match_names_new(world.text, &world.names));
    deal_world_begin((void **)&at);
    assert_ok(db_script(world.db, "INSERT IGNORE INTO currency (code, active, sort)"
                                  " VALUES ('USD', 1, 1)"));
    assert_ok(db_commit(world.db));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    log_set_sink(NULL);
    match_names_free(world.names);
    text_ctx_free(world.text);
    arena_free(world.a);
    webtest_close(staff_web);
    webtest_close(partner_web);
    webtest_close(public_web);
    return 0;
}

/* -- what is asked -------------------------------------------------------------------------------
 */

/* A request that lacks only its sending, and whose effects are counted. */
struct asked {
    struct webtest *w;
    struct visitor visitor;
    char path[80], body[BODY_BYTES], address[20];
    int64_t subject;
};

/* All that a move of a registration leaves behind, as one number. */
static const char deal_effects[] =
    "SELECT d.row_version * 1000000"
    " + (SELECT COUNT(*) FROM deal_step s WHERE s.deal_id = d.id) * 100000"
    " + (SELECT COUNT(*) FROM receipt r WHERE r.deal_id = d.id) * 10000"
    " + (SELECT COUNT(*) FROM claim c WHERE c.deal_id = d.id) * 1000"
    " + (SELECT COUNT(*) FROM audit_event e WHERE e.object_id = d.id) * 100"
    " + (SELECT COUNT(*) FROM comment c WHERE c.object_id = d.id) * 10"
    " + (SELECT COUNT(*) FROM job j WHERE j.ref = d.id) AS n FROM deal d WHERE d.id = ?";
static const char version_of_deal[] = "SELECT row_version AS n FROM deal WHERE id = ?";
static const char session_effects[] = "SELECT COUNT(*) AS n FROM session WHERE user_id = ?";

static void sign_in(struct asked *r, struct webtest *w, enum audience audience, int64_t account_id)
{
    static const enum permission some[] = { PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_EDIT,
                                            PERM_DEAL_REGISTER };
    static const enum permission others[] = { PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE,
                                              PERM_DEAL_OVERRULE };
    struct permission_set set = { 0 };

    if (audience == AUD_STAFF) {
        for (size_t i = 0; i < ARRAY_LEN(others); i++)
            permission_add(&set, others[i]);
    } else {
        for (size_t i = 0; i < ARRAY_LEN(some); i++)
            permission_add(&set, some[i]);
    }
    r->w = w;
    webtest_sign_in(w, &r->visitor, audience, &set, account_id);
}

/* Names that no rule takes for one another: six letters of no word. */
static const char *company(void)
{
    static unsigned number;
    char letters[7] = { 0 };
    unsigned seed = ++number * 2654435761u;

    for (size_t i = 0; i < 6; i++, seed /= 20)
        letters[i] = "bcdfghjklmnpqrstvwxz"[seed % 20];
    return arena_dup(world.a, letters);
}

static int64_t draft(void)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_draft(&world, &world.north, company(), 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static int64_t submitted(struct side *side)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, side, company(), 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static void complete(struct asked *r, const char *side, const char *verb, const char *fields)
{
    const enum audience audience = r->w == staff_web ? AUD_STAFF : AUD_PARTNER;

    snprintf(r->path, sizeof(r->path), "/%s/deals/DR-%lld/%s", side, (long long)r->subject, verb);
    snprintf(r->body, sizeof(r->body), "form_token=%s%s&%s",
             webtest_own_token(r->w, &r->visitor, audience),
             str_eq(verb, "comment")
                 ? ""
                 : arena_printf(world.a, "&row_version=%lld",
                                (long long)fixture_number(public_web, version_of_deal, r->subject)),
             fields);
}

static const char *form_of_deal(const char *button)
{
    return arena_printf(world.a,
                        "company_name=%s&country=SG&expected_close=2029-12-31&line=%lld"
                        "&quantity=24&value=1234.50&contact_name=Gu&contact_phone=62886288"
                        "&deal_type=new&currency=USD&do=%s",
                        company(), (long long)world.line[0], button);
}

static void ask_to_save(struct asked *r)
{
    r->subject = draft();
    sign_in(r, partner_web, AUD_PARTNER, world.north.account);
    complete(r, "partner", "edit", form_of_deal("save"));
}

static void ask_to_submit(struct asked *r)
{
    r->subject = draft();
    sign_in(r, partner_web, AUD_PARTNER, world.north.account);
    complete(r, "partner", "edit", form_of_deal("submit"));
}

static void ask_to_approve(struct asked *r)
{
    r->subject = submitted(&world.north);
    sign_in(r, staff_web, AUD_STAFF, 0);
    complete(r, "staff", "decide", "verb=approve&reason=&text=&duplicate_of=&staff_note=");
}

static void ask_to_comment(struct asked *r)
{
    r->subject = submitted(&world.north);
    sign_in(r, staff_web, AUD_STAFF, 0);
    complete(r, "staff", "comment", "body=When+do+they+build&do=comment");
}

/* The customer of an approved registration turns out to be that of a later one. */
static void ask_to_overrule(struct asked *r)
{
    int64_t holder = submitted(&world.south);
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    assert_ok(deal_of_worker(world.db, world.a, holder, &d));
    assert_ok(deal_decide(world.db, world.a, &world.vendor.by, d,
                          &(struct deal_decision){ .verb = DEAL_APPROVE }));
    assert_ok(db_commit(world.db));
    r->subject = submitted(&world.north);
    fixture_run(public_web,
                "UPDATE account a JOIN deal d ON d.end_customer_id = a.id SET a.group_id = "
                "(SELECT h.group_id FROM claim h ORDER BY h.id DESC LIMIT 1) WHERE d.id = ?",
                r->subject);
    sign_in(r, staff_web, AUD_STAFF, 0);
    complete(r, "staff", "overrule",
             arena_printf(world.a,
                          "shown=claim+%lld+%lld+%lld+1&reason=customer_choice&text=In+writing",
                          (long long)holder, (long long)world.line[0],
                          (long long)fixture_number(
                              public_web, "SELECT id AS n FROM claim WHERE deal_id = ?", holder)));
}

static void ask_to_log_in(struct asked *r)
{
    struct fixture_person p = fixture_person(public_web, AUD_PARTNER, 0, NULL, false);
    static int visitors;

    r->w = public_web;
    r->subject = p.id;
    snprintf(r->address, sizeof(r->address), "198.51.100.%d", ++visitors % 250);
    r->visitor.address = r->address;
    snprintf(r->path, sizeof(r->path), "/login");
    snprintf(r->body, sizeof(r->body), "form_token=%s&email=%s&password=an+otter+in+the+rain+41",
             webtest_token(public_web, &r->visitor, "/login"), p.email);
}

/* -- each call fails once ------------------------------------------------------------------------
 */

struct result {
    int status, calls, errors;
    int64_t effect;
};

static struct result send_with_fault(void (*ask)(struct asked *r), const char *effects,
                                     enum fault_kind kind, int n)
{
    struct asked r = { 0 };
    struct result result;
    struct answer a;
    int64_t before;

    ask(&r);
    before = fixture_number(public_web, effects, r.subject);
    errors = 0;
    log_set_sink(count_errors);
    fault_arm(kind, n);
    a = webtest_post_bare(r.w, &r.visitor, r.path, r.body);
    result = (struct result){ .status = a.status, .calls = fault_calls(kind) };
    fault_arm(kind, 0);
    log_set_sink(NULL);
    assert_true(a.status < 500 || answer_has(&a, "</html>"));
    result.errors = errors;
    result.effect = fixture_number(public_web, effects, r.subject) - before;
    return result;
}

static void each_call_fails(void (*ask)(struct asked *r), const char *effects)
{
    const struct result whole = send_with_fault(ask, effects, FAULT_DB, 0);

    if (whole.status != 303)
        print_error("without a fault: status %d\n", whole.status);
    assert_int_equal(whole.status, 303);
    assert_int_equal(whole.errors, 0);
    assert_true(whole.effect > 0);
    for (int n = 1; n <= whole.calls; n++) {
        const struct result r = send_with_fault(ask, effects, FAULT_DB, n);
        const bool failed = r.status >= 500;

        if (r.effect != (failed ? 0 : whole.effect) || (failed && r.errors != 1))
            print_error("call %d of %d: status %d, effect %lld, errors %d\n", n, whole.calls,
                        r.status, (long long)r.effect, r.errors);
        assert_true(failed || r.status == 303);
        assert_int_equal(r.effect, failed ? 0 : whole.effect);
        if (failed)
            assert_int_equal(r.errors, 1);
    }
}

/* -- each commit is done, and its answer lost
 * --------------------------------------------------- */

static void each_answer_is_lost(void (*ask)(struct asked *r), const char *effects)
{
    const struct result whole = send_with_fault(ask, effects, FAULT_ANSWER, 0);

    assert_int_equal(whole.status, 303);
    for (int n = 1; n <= whole.calls; n++) {
        const struct result r = send_with_fault(ask, effects, FAULT_ANSWER, n);

        if (r.status != 303 || r.effect != whole.effect)
            print_error("commit %d of %d: status %d, effect %lld instead of %lld\n", n, whole.calls,
                        r.status, (long long)r.effect, (long long)whole.effect);
        assert_int_equal(r.status, 303);
        assert_int_equal(r.effect, whole.effect);
    }
}

/* Each run makes a token of its own: the next one finds the mark of the one that was done, and
 * gives the browser the answer that was lost. */
static void test_lost_answer__of_a_log_in_is_one_session(void **state)
{
    (void)state;
    each_answer_is_lost(ask_to_log_in, session_effects);
}

static void test_lost_answer__of_a_submission_is_one_submission(void **state)
{
    (void)state;
    each_answer_is_lost(ask_to_submit, deal_effects);
}

static void test_lost_answer__of_an_approval_is_one_approval(void **state)
{
    (void)state;
    each_answer_is_lost(ask_to_approve, deal_effects);
}

static void test_lost_answer__of_a_comment_is_one_comment(void **state)
{
    (void)state;
    each_answer_is_lost(ask_to_comment, deal_effects);
}

static void test_fault__a_log_in_is_a_session_or_nothing(void **state)
{
    (void)state;
    each_call_fails(ask_to_log_in, session_effects);
}

static void test_fault__a_draft_is_saved_or_as_before(void **state)
{
    (void)state;
    each_call_fails(ask_to_save, deal_effects);
}

static void test_fault__a_submission_is_complete_or_a_draft(void **state)
{
    (void)state;
    each_call_fails(ask_to_submit, deal_effects);
}

static void test_fault__an_approval_is_complete_or_undecided(void **state)
{
    (void)state;
    each_call_fails(ask_to_approve, deal_effects);
}

static void test_fault__an_overruling_is_complete_or_undecided(void **state)
{
    (void)state;
    each_call_fails(ask_to_overrule, deal_effects);
}

static void test_fault__a_comment_is_written_or_not(void **state)
{
    (void)state;
    each_call_fails(ask_to_comment, deal_effects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__a_log_in_is_a_session_or_nothing),
        cmocka_unit_test(test_fault__a_draft_is_saved_or_as_before),
        cmocka_unit_test(test_fault__a_submission_is_complete_or_a_draft),
        cmocka_unit_test(test_fault__an_approval_is_complete_or_undecided),
        cmocka_unit_test(test_fault__an_overruling_is_complete_or_undecided),
        cmocka_unit_test(test_fault__a_comment_is_written_or_not),
        cmocka_unit_test(test_lost_answer__of_a_log_in_is_one_session),
        cmocka_unit_test(test_lost_answer__of_a_submission_is_one_submission),
        cmocka_unit_test(test_lost_answer__of_an_approval_is_one_approval),
        cmocka_unit_test(test_lost_answer__of_a_comment_is_one_comment),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

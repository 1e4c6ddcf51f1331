/* A company's way: it applies, staff review it, its administrator accepts the agreement and does
 * what the checklist asks; it is active, suspended, and ends.  And who must not do, or learn, what
 * on the way. */
#include "support/test.h"
#include "fixture/fixture_login.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"
#include "program/worker.h"
#include "programme/programme.h"
#include "deal/deal_rooms.h"

static struct portal portal;
static struct webtest *public, *partner, *staff;
static struct visitor *reviewer;

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    public = portal_program(&portal, &program_public);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    reviewer = &portal.people[AUD_STAFF];
    portal_run(&portal, "INSERT INTO agreement (state, title_en, title_zh, body_en, body_zh,"
                        " published_at, created_at) VALUES ('published', 'Terms of old', '旧条款', "
                        "'We agree.', '双方同意。', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    portal_run(&portal, "UPDATE user SET scope = 'all' WHERE audience = 'staff'");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    return 0;
}

/* -- what is asked ----------------------------------------------------------------------------- */

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, portal_with_id(&portal, sql, id));
}

static const char *text(const char *sql, int64_t id)
{
    return portal_text(&portal, sql, id);
}

static void change(const char *sql, int64_t id)
{
    portal_run(&portal, portal_with_id(&portal, sql, id));
}

static const char *said(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

/* The worker's jobs of this room, under its account; none may fail. */
static void run_jobs(void)
{
    volatile int stop = 0;
    struct worker_rooms rooms = { 0 };
    struct db *db;
    int ran;

    portal_run(&portal, "DELETE FROM job WHERE kind NOT LIKE 'programme.%'");
    assert_ok(testdb_connect_as(webtest_schema(public), "worker", worker_statements, &db));
    assert_ok(deal_rooms_open(webtest_conf(public), &rooms.deals));
    struct job_context ctx = { .db = db,
                               .arena = arena_new(4096),
                               .conf = webtest_conf(public),
                               .rooms = &rooms,
                               .owner = "test" };

    assert_ok(job_run_due(&ctx, worker_jobs, &stop, &ran));
    assert_int_equal(
        portal_number(&portal, "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL"), 0);
    deal_rooms_close(rooms.deals);
    arena_free(ctx.arena);
    db_close(db);
}

/* -- applying ---------------------------------------------------------------------------------- */

static const char *application(const char *company, const char *email)
{
    const char *questions =
        text("SELECT GROUP_CONCAT(id ORDER BY sort, id SEPARATOR '&question=') FROM"
             " application_question",
             0);

    return arena_printf(
        portal.world.a,
        "company_name=%s&country=DE&city=Kiel&address=&website=www.%s.example"
        "&tax_number=&contact_name=Ida+West&contact_title=&email=%s%%40west.example"
        "&contact_phone=&question=%s&answer=We+sell&answer=Edge&answer=Nine&answer=&answer="
        "&consent=1",
        company, email, email, questions);
}

static struct answer apply(const char *company, const char *email)
{
    struct visitor guest = { 0 };

    return webtest_post(public, &guest, "/apply", "/apply", application(company, email));
}

static int64_t applied(const char *company, const char *email)
{
    assert_int_equal(apply(company, email).status, 303);
    return portal_number(&portal, "SELECT MAX(id) FROM application");
}

static void test_apply__writes_the_company_its_answers_and_nothing_else(void **state)
{
    const int64_t accounts = portal_number(&portal, "SELECT COUNT(*) FROM account");
    const int64_t people = portal_number(&portal, "SELECT COUNT(*) FROM user");
    const int64_t id = applied("Weststern+Systeme", "ida1");

    (void)state;
    assert_string_equal(text("SELECT company_name FROM application WHERE id = ?", id),
                        "Weststern Systeme");
    assert_string_equal(text("SELECT state FROM application WHERE id = ?", id), "applied");
    assert_int_equal(number("SELECT COUNT(*) FROM application_answer WHERE application_id = ?", id),
                     3);
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM account"), accounts);
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM user"), people);
}

/* Known and unknown, to the byte; the address of the answer has no number of anything. */
static void test_apply__answers_the_same_whether_company_and_address_are_known(void **state)
{
    struct answer a, b;
    const char *location;

    (void)state;
    portal_run(&portal,
               "INSERT INTO user (audience, email, email_key, name, created_at, updated_at)"
               " VALUES ('staff', 'known@west.example', 'known@west.example', 'K',"
               " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
    a = apply("Nobody+Knows+It", "unheard");
    location = arena_dup(portal.world.a, answer_header(&a, "Location"));
    b = apply("Company+1", "known");
    assert_int_equal(a.status, b.status);
    assert_string_equal(location, answer_header(&b, "Location"));
    assert_string_equal(location, "/apply/done");
}

static void test_apply__names_every_fault_and_keeps_what_was_typed(void **state)
{
    struct visitor guest = { 0 };
    struct answer a = webtest_post(public, &guest, "/apply", "/apply",
                                   "company_name=Weststern+GmbH&country=DE&website=&email=no"
                                   "&contact_name=&question=1&answer=");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Weststern GmbH"));
    assert_true(answer_has(&a, "Without your agreement nothing can be kept."));
    assert_true(answer_has(&a, "website-err"));
}

static void test_apply__an_unanswered_question_is_a_fault_at_it(void **state)
{
    struct visitor guest = { 0 };
    char *body = arena_dup(portal.world.a, application("Weststern+GmbH", "ida0"));
    struct answer a;

    (void)state;
    memset(strstr(body, "We+sell"), '+', strlen("We+sell"));
    a = webtest_post(public, &guest, "/apply", "/apply", body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "answer-0-err"));
}

static void test_c42__applications_are_counted_by_address(void **state)
{
    struct answer a = { 0 };

    (void)state;
    for (int i = 0; i < 21; i++)
        a = apply("Weststern+Systeme", "often");
    assert_int_equal(a.status, 429);
}

/* -- the worker -------------------------------------------------------------------------------- */

static void test_application__is_confirmed_by_mail_compared_and_told_to_reviewers(void **state)
{
    int64_t id, known;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    known = fixture_account(portal.world.db, "partner", "Nordkante Rechnersysteme GmbH");
    assert_ok(db_commit(portal.world.db));
    id = applied("Nordkante+Rechnersysteme", "ida2");
    run_jobs();
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM outbox WHERE template ="
                                            " 'programme/received' AND to_address ="
                                            " 'ida2@west.example'"),
                     1);
    assert_int_equal(number("SELECT party_id FROM application_match WHERE application_id = ?", id),
                     known);
    assert_int_equal(
        number("SELECT COUNT(*) > 0 FROM notification WHERE event = 'programme.applied'"
               " AND object_id = ?",
               id),
        1);
}

/* -- the review -------------------------------------------------------------------------------- */

static const char *page_of(int64_t id)
{
    return said("/staff/applications/PA-?", id);
}

static struct answer decide(int64_t id, const char *verb, const char *body)
{
    return webtest_post(
        staff, reviewer, page_of(id), arena_printf(portal.world.a, "%s/%s", page_of(id), verb),
        arena_printf(portal.world.a, "row_version=%lld%s",
                     (long long)number("SELECT row_version FROM application WHERE id = ?", id),
                     body));
}

static const char *acceptance(const char *email, const char *join)
{
    return arena_printf(portal.world.a,
                        "&email=%s%%40west.example&join=%s&tier_id=&department_id=&zone=UTC"
                        "&currency=USD",
                        email, join);
}

static int64_t taken(const char *company, const char *email)
{
    const int64_t id = applied(company, email);

    assert_int_equal(decide(id, "take", "").status, 303);
    return id;
}

static int64_t accepted(const char *company, const char *email)
{
    const int64_t id = taken(company, email);

    assert_int_equal(decide(id, "accept", acceptance(email, "")).status, 303);
    return number("SELECT account_id FROM application WHERE id = ?", id);
}

static void test_review__shows_what_was_sent_and_the_evidence(void **state)
{
    int64_t id;
    struct answer a;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    fixture_account(portal.world.db, "partner", "Ostwind Netze GmbH");
    assert_ok(db_commit(portal.world.db));
    id = applied("Ostwind+Netze+AG", "ida3");
    run_jobs();
    a = webtest_get(staff, reviewer, page_of(id));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Ostwind Netze GmbH"));
    assert_true(answer_has(&a, "We sell"));
    assert_true(answer_has(&a, "ida3@west.example"));
    a = webtest_get(staff, reviewer, "/staff/applications");
    assert_true(answer_has(&a, "Ostwind Netze AG"));
}

static void test_review__what_was_typed_stands_in_the_page_as_text(void **state)
{
    const int64_t id = applied("%3Cscript%3Ealert(1)%3C%2Fscript%3E", "ida4");
    struct answer a = webtest_get(staff, reviewer, page_of(id));

    (void)state;
    assert_false(answer_has(&a, "<script>alert(1)"));
    assert_true(answer_has(&a, "&lt;script&gt;alert(1)"));
}

static void test_review__a_refusal_needs_a_reason_and_is_mailed(void **state)
{
    const int64_t id = taken("Weststern+Systeme", "ida5");

    (void)state;
    assert_int_equal(decide(id, "reject", "&reason=").status, 422);
    assert_int_equal(decide(id, "reject", "&reason=No+engineers").status, 303);
    assert_string_equal(text("SELECT state FROM application WHERE id = ?", id), "rejected");
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM outbox WHERE template ="
                                            " 'programme/refused' AND to_address ="
                                            " 'ida5@west.example' AND values_json LIKE"
                                            " '%No engineers%'"),
                     1);
    assert_int_equal(decide(id, "accept", acceptance("ida5", "")).status, 422);
}

static void test_review__acceptance_makes_a_partner_and_invites_its_administrator(void **state)
{
    const int64_t account = accepted("Weststern+Systeme", "ida6");

    (void)state;
    assert_string_equal(text("SELECT status FROM account WHERE id = ?", account), "agreement");
    assert_string_equal(text("SELECT email FROM user WHERE account_id = ?", account),
                        "ida6@west.example");
    assert_string_equal(text("SELECT r.code FROM user u JOIN user_role ur ON ur.user_id = u.id JOIN"
                             " role r ON r.id = ur.role_id WHERE u.account_id = ?",
                             account),
                        "administrator");
    assert_int_equal(number("SELECT COUNT(*) FROM outbox o JOIN user u ON u.id = o.user_id WHERE"
                            " o.template = 'identity/invite' AND u.account_id = ?",
                            account),
                     1);
}

static void test_review__an_applicant_joins_a_partner_that_there_is(void **state)
{
    const int64_t id = taken("Weststern+Nord", "ida7"), north = portal.world.north.account;
    char join[24];

    (void)state;
    snprintf(join, sizeof(join), "%lld", (long long)north);
    assert_int_equal(decide(id, "accept", acceptance("ida7", join)).status, 303);
    assert_int_equal(number("SELECT account_id FROM application WHERE id = ?", id), north);
    assert_string_equal(text("SELECT status FROM account WHERE id = ?", north), "active");
    assert_int_equal(decide(taken("West", "ida8"), "accept", acceptance("ida8", "999999")).status,
                     422);
}

static void test_review__an_address_with_a_log_in_is_told_to_staff(void **state)
{
    const int64_t id = taken("Weststern+West", "ida9");

    (void)state;
    accepted("Weststern+Sued", "ida10");
    assert_int_equal(decide(id, "accept", acceptance("ida10", "")).status, 422);
    assert_string_equal(text("SELECT state FROM application WHERE id = ?", id), "review");
}

static void test_review__a_stale_page_decides_nothing(void **state)
{
    const int64_t id = taken("Weststern+Ost", "ida11");
    struct answer a;

    (void)state;
    a = webtest_post(staff, reviewer, page_of(id),
                     arena_printf(portal.world.a, "%s/accept", page_of(id)),
                     arena_printf(portal.world.a, "row_version=1%s", acceptance("ida11", "")));
    assert_int_equal(a.status, 422);
    assert_string_equal(text("SELECT state FROM application WHERE id = ?", id), "review");
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM account WHERE name ="
                                            " 'Weststern Ost'"),
                     0);
}

static void test_review__an_application_of_another_department_is_not_there(void **state)
{
    const int64_t id = applied("Weststern+Fern", "ida12");
    struct permission_set all = { 0 };
    struct visitor other = { 0 };

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    fixture_department(portal.world.db, 700000001, 700000001, 0);
    assert_ok(db_commit(portal.world.db));
    change("UPDATE application SET department_id = 700000001 WHERE id = ?", id);
    permission_add(&all, PERM_PROGRAMME_VIEW);
    webtest_sign_in(staff, &other, AUD_STAFF, &all, 0);
    change("UPDATE session SET department_low = 0, department_high = -1 WHERE user_id = ?",
           other.user_id);
    assert_int_equal(webtest_get(staff, &other, page_of(id)).status, 404);
    struct answer a = webtest_get(staff, &other, "/staff/applications");

    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Weststern Fern"));
}

/* -- the agreement ----------------------------------------------------------------------------- */

/* Its administrator, who has set a password. */
static struct visitor administrator(int64_t account)
{
    struct visitor v = { 0 };

    portal_sign_in_as(public, &v, AUD_PARTNER, account);
    return v;
}

#define PROGRAMME "/partner/programme"

static struct answer accept_terms(struct visitor *v, int64_t agreement)
{
    return webtest_post(partner, v, PROGRAMME, PROGRAMME "/accept",
                        said("agreement=?&agree=1", agreement));
}

static int64_t current(void)
{
    return portal_number(&portal, "SELECT MAX(id) FROM agreement WHERE state = 'published'");
}

static void test_agreement__before_it_nothing_else_is_possible(void **state)
{
    struct visitor v = administrator(accepted("Nordkap", "kap1"));
    static const char *const closed[] = { "/partner/deals", "/partner/deals/new", "/partner/users",
                                          "/partner/free" };
    struct answer a;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(closed); i++)
        assert_int_equal(webtest_get(partner, &v, closed[i]).status, 404);
    a = webtest_get(partner, &v, "/partner/");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "accepts the partner agreement"));
    a = webtest_get(partner, &v, PROGRAMME);
    assert_true(answer_has(&a, "We agree."));
}

static void test_agreement__is_accepted_once_by_whom_when_and_from_where(void **state)
{
    const int64_t account = accepted("Nordkap", "kap2");
    struct visitor v = administrator(account);

    (void)state;
    v.address = "198.51.100.7";
    assert_int_equal(accept_terms(&v, current()).status, 303);
    assert_string_equal(text("SELECT status FROM account WHERE id = ?", account), "onboarding");
    assert_string_equal(
        text("SELECT address FROM agreement_acceptance WHERE account_id = ?", account),
        "198.51.100.7");
    assert_int_equal(
        number("SELECT user_id FROM agreement_acceptance WHERE account_id = ?", account),
        v.user_id);
    assert_int_equal(accept_terms(&v, current()).status, 422);
    assert_int_equal(webtest_get(partner, &v, "/partner/users").status, 200);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 404);
}

static void test_agreement__an_old_version_is_not_accepted(void **state)
{
    struct visitor v = administrator(accepted("Nordkap", "kap3"));

    (void)state;
    assert_int_equal(accept_terms(&v, current() - 1).status, 422);
}

static int64_t published(const char *title)
{
    const char *path;
    int64_t id;

    assert_int_equal(webtest_post(staff, reviewer, "/staff/agreements/new", "/staff/agreements/new",
                                  arena_printf(portal.world.a,
                                               "title_en=%s&title_zh=x&body_en=More&body_zh=x"
                                               "&asks_again=1",
                                               title))
                         .status,
                     303);
    id = portal_number(&portal, "SELECT MAX(id) FROM agreement");
    path = said("/staff/agreements/?", id);
    assert_int_equal(webtest_post(staff, reviewer, path,
                                  arena_printf(portal.world.a, "%s/publish", path), "row_version=1")
                         .status,
                     303);
    return id;
}

/* Those who work with us go on with what is under way. */
static void test_agreement__a_new_version_asks_again(void **state)
{
    const int64_t account = accepted("Nordkap", "kap4");
    struct visitor v = administrator(account);
    int64_t id;

    (void)state;
    assert_int_equal(accept_terms(&v, current()).status, 303);
    change("UPDATE account SET status = 'active' WHERE id = ?", account);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 200);
    id = published("Terms+of+now");
    run_jobs();
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 404);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals").status, 200);
    assert_int_equal(accept_terms(&v, id).status, 303);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 200);
    change("UPDATE account SET agreement_due = 0 WHERE id <> ?", account);
}

static void test_agreement__what_is_published_stays_as_it_is(void **state)
{
    const int64_t id = published("Terms+for+good");
    const char *path = said("/staff/agreements/?", id);
    struct answer a = webtest_post(staff, reviewer, path, path,
                                   "row_version=2&title_en=Other&title_zh=x&body_en=x&body_zh=x");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_string_equal(text("SELECT title_en FROM agreement WHERE id = ?", id), "Terms for good");
    portal_run(&portal, "DELETE FROM job WHERE kind = 'programme.ask'");
}

/* -- where a partner stands -------------------------------------------------------------------- */

static const char *partner_page(int64_t account)
{
    return said("/staff/partners/?", account);
}

static struct answer move(int64_t account, const char *verb, const char *reason)
{
    return webtest_post(
        staff, reviewer, partner_page(account),
        arena_printf(portal.world.a, "%s/move", partner_page(account)),
        arena_printf(portal.world.a, "row_version=%lld&verb=%s&reason=%s",
                     (long long)number("SELECT row_version FROM account WHERE id = ?", account),
                     verb, reason));
}

static int64_t boarding(struct visitor *v, const char *email)
{
    const int64_t account = accepted("Suedhang", email);

    *v = administrator(account);
    assert_int_equal(accept_terms(v, current()).status, 303);
    return account;
}

static void tick_all(struct visitor *v, int64_t account)
{
    for (int64_t step = 0;
         (step =
              number("SELECT IFNULL(MIN(id), 0) FROM onboarding_step WHERE active = 1 AND id > ?",
                     step)) != 0;) {
        assert_int_equal(
            webtest_post(partner, v, PROGRAMME, PROGRAMME "/tick", said("step=?", step)).status,
            303);
        assert_int_equal(
            webtest_post(staff, reviewer, partner_page(account),
                         arena_printf(portal.world.a, "%s/step", partner_page(account)),
                         said("step=?&verb=verify", step))
                .status,
            303);
    }
}

static void test_partner__is_active_when_every_step_is_verified(void **state)
{
    struct visitor v;
    const int64_t account = boarding(&v, "hang1");

    (void)state;
    assert_int_equal(move(account, "activate", "").status, 422);
    tick_all(&v, account);
    assert_int_equal(move(account, "activate", "").status, 303);
    assert_string_equal(text("SELECT status FROM account WHERE id = ?", account), "active");
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 200);
    assert_int_equal(number("SELECT COUNT(*) FROM notification n JOIN user u ON u.id = n.user_id"
                            " WHERE n.event = 'programme.moved' AND u.account_id = ?",
                            account),
                     1);
}

static void test_partner__suspended_reads_and_finishes_and_registers_nothing(void **state)
{
    struct visitor v;
    const int64_t account = boarding(&v, "hang2");
    const char *body = "company_name=Harbour&country=SG&row_version=0&do=draft";
    struct answer a;

    (void)state;
    change("UPDATE account SET status = 'active' WHERE id = ?", account);
    assert_int_equal(move(account, "suspend", "").status, 422);
    assert_int_equal(move(account, "suspend", "Unpaid").status, 303);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals").status, 200);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 404);
    assert_int_equal(webtest_post(partner, &v, "/partner/deals", "/partner/deals/new", body).status,
                     404);
    a = webtest_get(partner, &v, PROGRAMME);
    assert_true(answer_has(&a, "Unpaid"));
    assert_int_equal(move(account, "resume", "").status, 303);
    assert_int_equal(webtest_get(partner, &v, "/partner/deals/new").status, 200);
}

static void test_partner__suspended_submits_no_draft_of_before(void **state)
{
    struct deal_world *w = &portal.world;
    struct visitor *member = &portal.people[AUD_PARTNER];
    const char *path, *body;
    struct answer a;
    struct deal *d;

    (void)state;
    portal_sign_in(&portal, AUD_PARTNER);
    assert_ok(db_begin_write(w->db));
    d = deal_world_draft(w, &w->north, portal_company(w->a), 1);
    assert_ok(db_commit(w->db));
    change("UPDATE account SET status = 'suspended' WHERE id = ?", w->north.account);
    path = said("/partner/deals/DR-?/edit", d->id);
    body = arena_printf(w->a,
                        "company_name=Harbour&country=SG&expected_close=2029-12-31&row_version=%lld"
                        "&line=%lld&quantity=1&value=10&contact_name=Gu&contact_phone=86+512+6288"
                        "&deal_type=new&currency=USD&do=submit",
                        (long long)d->row_version, (long long)w->line[0]);
    a = webtest_post(partner, member, path, path, body);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "can register nothing new"));
    assert_string_equal(text("SELECT state FROM deal WHERE id = ?", d->id), "draft");
    change("UPDATE account SET status = 'active' WHERE id = ?", w->north.account);
    assert_int_equal(webtest_post(partner, member, path, path, body).status, 303);
}

static void test_partner__ended_is_out_at_once_and_cannot_log_in(void **state)
{
    struct visitor v, again = { 0 };
    const int64_t account = boarding(&v, "hang3");
    struct fixture_person person = fixture_person(public, AUD_PARTNER, account, NULL, false);
    struct answer a;

    (void)state;
    fixture_enter(public, &again, &person);
    assert_int_equal(move(account, "end", "We part").status, 303);
    a = webtest_get(partner, &v, "/partner/");
    assert_int_equal(a.status, 303);
    assert_true(str_starts(answer_header(&a, "Location"), "/login"));
    again = (struct visitor){ 0 };
    a = fixture_log_in(public, &again, &person, FIXTURE_PASSWORD);
    assert_int_equal(a.status, 422);
    assert_int_equal(move(account, "resume", "").status, 422);
}

static void test_partner__a_page_of_before_moves_nobody(void **state)
{
    struct visitor v;
    const int64_t account = boarding(&v, "hang4");
    struct answer a;

    (void)state;
    a = webtest_post(staff, reviewer, partner_page(account),
                     arena_printf(portal.world.a, "%s/move", partner_page(account)),
                     "row_version=1&verb=end&reason=Old+page");
    assert_int_equal(a.status, 422);
    assert_string_equal(text("SELECT status FROM account WHERE id = ?", account), "onboarding");
}

/* Both saw the same page: one acts. */
static void test_partner__of_two_who_move_it_at_once_one_does(void **state)
{
    struct visitor v, second = { 0 };
    const int64_t account = boarding(&v, "hang5");
    struct answer a, b;
    const char *path = arena_printf(portal.world.a, "%s/move", partner_page(account)), *body;

    (void)state;
    change("UPDATE account SET status = 'active' WHERE id = ?", account);
    portal_sign_in_as(public, &second, AUD_STAFF, 0);
    body = arena_printf(portal.world.a, "row_version=%lld&verb=suspend&reason=Twice",
                        (long long)number("SELECT row_version FROM account WHERE id = ?", account));
    a = webtest_post(staff, reviewer, partner_page(account), path, body);
    b = webtest_post(staff, &second, partner_page(account), path, body);
    assert_int_equal(a.status, 303);
    assert_int_equal(b.status, 422);
    assert_int_equal(number("SELECT COUNT(*) FROM programme_move WHERE verb = 'suspend' AND"
                            " account_id = ?",
                            account),
                     1);
}

static void test_c20__staff_pages_are_for_partners_alone(void **state)
{
    int64_t prospect;

    (void)state;
    assert_ok(db_begin_write(portal.world.db));
    prospect = fixture_account(portal.world.db, "prospect", NULL);
    assert_ok(db_commit(portal.world.db));
    assert_int_equal(webtest_get(staff, reviewer, partner_page(prospect)).status, 404);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_apply__writes_the_company_its_answers_and_nothing_else),
        TEST(test_apply__answers_the_same_whether_company_and_address_are_known),
        TEST(test_apply__names_every_fault_and_keeps_what_was_typed),
        TEST(test_apply__an_unanswered_question_is_a_fault_at_it),
        TEST(test_c42__applications_are_counted_by_address),
        TEST(test_application__is_confirmed_by_mail_compared_and_told_to_reviewers),
        TEST(test_review__shows_what_was_sent_and_the_evidence),
        TEST(test_review__what_was_typed_stands_in_the_page_as_text),
        TEST(test_review__a_refusal_needs_a_reason_and_is_mailed),
        TEST(test_review__acceptance_makes_a_partner_and_invites_its_administrator),
        TEST(test_review__an_applicant_joins_a_partner_that_there_is),
        TEST(test_review__an_address_with_a_log_in_is_told_to_staff),
        TEST(test_review__a_stale_page_decides_nothing),
        TEST(test_review__an_application_of_another_department_is_not_there),
        TEST(test_agreement__before_it_nothing_else_is_possible),
        TEST(test_agreement__is_accepted_once_by_whom_when_and_from_where),
        TEST(test_agreement__an_old_version_is_not_accepted),
        TEST(test_agreement__a_new_version_asks_again),
        TEST(test_agreement__what_is_published_stays_as_it_is),
        TEST(test_partner__is_active_when_every_step_is_verified),
        TEST(test_partner__suspended_reads_and_finishes_and_registers_nothing),
        TEST(test_partner__suspended_submits_no_draft_of_before),
        TEST(test_partner__ended_is_out_at_once_and_cannot_log_in),
        TEST(test_partner__a_page_of_before_moves_nobody),
        TEST(test_partner__of_two_who_move_it_at_once_one_does),
        TEST(test_c20__staff_pages_are_for_partners_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

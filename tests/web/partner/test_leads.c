/* A lead from its coming in to its end: routed, answered, declined from the mail, routed again,
 * taken from the pool, worked on, converted; by partners, staff, guests and the worker. */
#include "support/test.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "lead/lead_jobs.h"
#include "lead/lead_public.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/testdb.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct webtest *partner, *staff, *public;
static struct deal_world world;
static struct db *worker;
static struct visitor seller, other, manager, clerk;

static struct visitor person(enum audience audience, int64_t account_id,
                             const enum permission *permissions, const char *role)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    for (; *permissions != PERM_UNSET; permissions++)
        permission_add(&set, *permissions);
    webtest_sign_in(partner, &v, audience, &set, account_id);
    fixture_run(partner,
                arena_printf(world.a,
                             "INSERT INTO user_role (user_id, role_id) SELECT ?, id FROM role "
                             "WHERE audience = '%s' AND code = '%s'",
                             audience_name(audience), role),
                v.user_id);
    return v;
}

static int set_up(void **state)
{
    static const enum permission sells[] = { PERM_HOME,      PERM_LEAD_VIEW,
                                             PERM_LEAD_WORK, PERM_LEAD_EXPORT,
                                             PERM_DEAL_VIEW, PERM_OPPORTUNITY_VIEW,
                                             PERM_UNSET };
    static const enum permission manages[] = {
        PERM_HOME,       PERM_LEAD_VIEW,   PERM_LEAD_EDIT,    PERM_LEAD_ASSIGN, PERM_LEAD_OVERRIDE,
        PERM_LEAD_RULES, PERM_LEAD_EXPORT, PERM_ACCOUNT_VIEW, PERM_UNSET
    };
    static const enum permission enters[] = { PERM_HOME, PERM_LEAD_VIEW, PERM_LEAD_EDIT,
                                              PERM_LEAD_ASSIGN, PERM_UNSET };
    struct deal_world *at = &world;

    (void)state;
    partner = webtest_open(&program_partner, NULL);
    staff = webtest_open(&program_staff, partner);
    public = webtest_open(&program_public, partner);
    world.db = webtest_admin(partner);
    world.a = arena_new(65536);
    assert_ok(text_format_init());
    assert_ok(text_ctx_new(&world.text));
    assert_ok(match_names_new(world.text, &world.names));
    deal_world_begin((void **)&at);
    assert_ok(db_commit(world.db));
    assert_ok(testdb_connect_as(webtest_schema(partner), "worker", worker_statements, &worker));
    seller = person(AUD_PARTNER, world.north.account, sells, "sales");
    other = person(AUD_PARTNER, world.south.account, sells, "sales");
    manager = person(AUD_STAFF, 0, manages, "channel_manager");
    clerk = person(AUD_STAFF, 0, enters, "sales");
    fixture_run(partner, "UPDATE account SET country = 'DE' WHERE kind = 'partner' AND id > ?", 0);
    fixture_run(partner,
                "INSERT INTO system_parameter (name, value, updated_at) VALUES"
                " ('lead.form_seconds', ?, UTC_TIMESTAMP(6))",
                0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(worker);
    match_names_free(world.names);
    text_ctx_free(world.text);
    arena_free(world.a);
    webtest_close(public);
    webtest_close(staff);
    webtest_close(partner);
    return 0;
}

static int64_t number(const char *sql, int64_t id)
{
    return fixture_number(partner, sql, id);
}

/* Each test begins with partners that have nothing and rules that have given nothing. */
static int forget(void **state)
{
    (void)state;
    fixture_run(partner, "DELETE FROM lead_turn WHERE rule_id > ?", 0);
    fixture_run(partner, "UPDATE lead SET pool = '', pooled_at = NULL WHERE id > ?", 0);
    fixture_run(partner, "DELETE FROM lead_share WHERE account_id > ?", 0);
    fixture_run(partner, "DELETE FROM lead_partner WHERE account_id > ?", 0);
    fixture_run(partner, "UPDATE lead_staff SET email_key = '', core_hash = 0 WHERE lead_id > ?",
                0);
    return 0;
}

/* -- a lead ---------------------------------------------------------------------------- */

static int made;

static const char *lead_body(const char *company)
{
    return arena_printf(world.a,
                        "company_name=%s&country=DE&region=&city=Kiel&website=&person_name=Jo+Quay"
                        "&person_title=&email=jo%d%%40quay.example&phone=&product_line_id=&budget="
                        "&timeframe=&question=Crane+control",
                        company, ++made);
}

static int64_t entered(const char *company)
{
    struct answer a =
        webtest_post(staff, &clerk, "/staff/leads/new", "/staff/leads/new",
                     arena_printf(world.a, "%s&language=en&source=fair&campaign=&consent=1&do=save",
                                  lead_body(company)));
    const char *location = answer_header(&a, "Location");

    assert_int_equal(a.status, 303);
    assert_non_null(location);
    return strtoll(strstr(location, "LD-") + 3, NULL, 10);
}

static void route(int64_t id)
{
    struct job_context ctx = { .db = worker, .arena = world.a };

    assert_ok(lead_route_run(&ctx, &(struct job){ .ref = id, .tries = 1 }, world.names));
}

static int64_t holder(int64_t id)
{
    return number("SELECT COALESCE(account_id, 0) AS n FROM lead WHERE id = ?", id);
}

static bool is_in(int64_t id, const char *state)
{
    return number(arena_printf(world.a,
                               "SELECT COUNT(*) AS n FROM lead WHERE id = ? AND state = '%s'",
                               state),
                  id) == 1;
}

static const char *page_of(const char *side, int64_t id)
{
    return arena_printf(world.a, "/%s/leads/LD-%lld", side, (long long)id);
}

static struct answer does(struct visitor *v, int64_t id, const char *step, const char *rest)
{
    const bool is_staff = v == &manager || v == &clerk;
    const char *page = page_of(is_staff ? "staff" : "partner", id);

    return webtest_post(
        is_staff ? staff : partner, v, page, arena_printf(world.a, "%s/%s", page, step),
        arena_printf(world.a, "row_version=%lld%s",
                     (long long)number("SELECT row_version AS n FROM lead WHERE id = ?", id),
                     rest));
}

static struct visitor *person_of(int64_t account_id)
{
    return account_id == world.north.account ? &seller : &other;
}

static int64_t offered(const char *company)
{
    const int64_t id = entered(company);

    route(id);
    assert_true(is_in(id, "assigned"));
    return id;
}

/* -- coming in ------------------------------------------------------------------------- */

static struct answer ask(const char *rest)
{
    struct visitor guest = { 0 };

    return webtest_post(
        public, &guest, "/contact", "/contact",
        arena_printf(world.a, "%s&campaign=&fax=&shown=1%s", lead_body("Quayside+Foods"), rest));
}

static int64_t newest(void)
{
    return number("SELECT MAX(id) AS n FROM lead WHERE id > ?", 0);
}

static void test_ask__keeps_what_was_agreed_to_and_when(void **state)
{
    struct answer a = ask("&consent=1");

    (void)state;
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), "/contact/thanks");
    assert_int_equal(number("SELECT consent_at IS NOT NULL AND consent_text LIKE '%partners%' AND"
                            " source = 'web' AS n FROM lead WHERE id = ?",
                            newest()),
                     1);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM job WHERE kind = 'lead.route' AND ref = ?", newest()), 1);
}

static void test_ask__without_consent_nothing_is_kept(void **state)
{
    const int64_t before = newest();
    struct answer a = ask("");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Crane control"));
    assert_int_equal(newest(), before);
}

static void test_ask__what_fills_in_the_hidden_field_is_thanked_and_thrown_away(void **state)
{
    struct visitor guest = { 0 };
    const int64_t before = newest();
    struct answer a;

    (void)state;
    a = webtest_post(
        public, &guest, "/contact", "/contact",
        arena_printf(world.a, "%s&campaign=&shown=1&fax=5551234&consent=1", lead_body("Bot+Ltd")));
    assert_int_equal(a.status, 303);
    assert_int_equal(newest(), before);
}

static void test_ask__what_is_sent_at_once_is_asked_for_again(void **state)
{
    struct visitor guest = { 0 };
    struct answer a;

    (void)state;
    fixture_run(partner,
                "UPDATE system_parameter SET value = '60' WHERE name ="
                " 'lead.form_seconds' AND ? = 0",
                0);
    a = webtest_post(public, &guest, "/contact", "/contact",
                     arena_printf(world.a, "%s&campaign=&fax=&consent=1&shown=%lld",
                                  lead_body("Fast+Ltd"), (long long)time(NULL)));
    fixture_run(partner,
                "UPDATE system_parameter SET value = '0' WHERE name ="
                " 'lead.form_seconds' AND ? = 0",
                0);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "That was quick"));
}

static void test_ask__hostile_text_comes_back_as_text(void **state)
{
    struct visitor guest = { 0 };
    struct answer a;

    (void)state;
    a = webtest_post(public, &guest, "/contact", "/contact",
                     "company_name=%3Cscript%3Ealert(1)%3C%2Fscript%3E&country=DE&person_name=x"
                     "&email=x%40y.example&question=&fax=&shown=1&campaign=");
    assert_int_equal(a.status, 422);
    assert_false(answer_has(&a, "<script>alert"));
    assert_true(answer_has(&a, "&lt;script&gt;alert"));
}

static void test_ask__too_often_is_refused_for_a_while(void **state)
{
    struct visitor guest = { .address = "198.51.100.77" };
    struct answer a = { 0 };

    (void)state;
    for (int i = 0; i < 21; i++)
        a = webtest_post(
            public, &guest, "/contact", "/contact",
            arena_printf(world.a, "%s&campaign=&fax=&shown=1&consent=1", lead_body("Often+Ltd")));
    assert_int_equal(a.status, 429);
}

/* -- routing --------------------------------------------------------------------------- */

static void test_route__keeps_why_this_partner(void **state)
{
    const int64_t id = offered("Holtenau+Crane+GmbH");
    struct answer a = webtest_get(staff, &manager, page_of("staff", id));

    (void)state;
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM lead_trace WHERE lead_id = ? AND chosen_id IS NOT NULL",
               id),
        1);
    assert_true(answer_has(&a, "Why this partner"));
    assert_true(answer_has(&a, "Partners of the country, in turn"));
}

static void test_route__gives_leads_in_turn(void **state)
{
    const int64_t first = offered("Friedrichsort+Netz+GmbH"), second = offered("Laboe+Stahl+GmbH");

    (void)state;
    assert_int_not_equal(holder(first), holder(second));
}

static void test_route__a_copy_waits_for_a_person(void **state)
{
    const int64_t first = entered("Schilksee+Optik+GmbH"), second = entered("Schilksee+Optik+GmbH");
    struct answer a;

    (void)state;
    route(second);
    assert_true(is_in(second, "new"));
    a = webtest_get(staff, &manager, page_of("staff", second));
    assert_true(answer_has(&a, "may be a copy"));
    assert_true(answer_has(&a, page_of("staff", first)));
    assert_int_equal(does(&manager, second, "release", "").status, 303);
    route(second);
    assert_true(is_in(second, "assigned"));
}

static void test_route__what_nobody_fits_goes_to_the_pool(void **state)
{
    const int64_t id = entered("Strande+Papier+GmbH");

    (void)state;
    fixture_run(partner, "UPDATE lead SET country = 'FR' WHERE id = ?", id);
    route(id);
    assert_int_equal(number("SELECT pool <> '' AS n FROM lead WHERE id = ?", id), 1);
}

static void certify(int64_t account_id, const char *until)
{
    fixture_run(partner,
                arena_printf(world.a,
                             "INSERT INTO certificate (account_id, person_name, course_en,"
                             " course_zh, issued_on, expires_on, created_name, created_at) VALUES"
                             " (?, 'Gu', 'Cold rooms', '冷库', '2020-01-01', '%s', 'K',"
                             " UTC_TIMESTAMP(6))",
                             until),
                account_id);
}

static void forget_courses(void)
{
    fixture_run(partner, "DELETE FROM certificate WHERE id > ?", 0);
    fixture_run(partner, "UPDATE lead_rule SET course = '' WHERE id > ?", 0);
}

static void test_route__a_rule_that_asks_for_a_certificate_passes_over_who_has_none(void **state)
{
    const int64_t with = number("SELECT account_id AS n FROM user WHERE id = ?", seller.user_id);
    int64_t first, second;

    (void)state;
    certify(with, "2099-01-01");
    fixture_run(partner, "UPDATE lead_rule SET course = 'Cold rooms' WHERE id > ?", 0);
    first = offered("Stakendorf+Eis+GmbH");
    second = offered("Hohwacht+Frost+GmbH");
    assert_int_equal(holder(first), with);
    assert_int_equal(holder(second), with);
    forget_courses();
}

static void test_route__a_certificate_that_ran_out_counts_for_nothing(void **state)
{
    const int64_t with = number("SELECT account_id AS n FROM user WHERE id = ?", seller.user_id);
    const int64_t id = entered("Behrensdorf+Schnee+GmbH");

    (void)state;
    certify(with, "2021-01-01");
    fixture_run(partner, "UPDATE lead_rule SET course = 'Cold rooms' WHERE id > ?", 0);
    route(id);
    assert_int_equal(number("SELECT pool <> '' AS n FROM lead WHERE id = ?", id), 1);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM lead_trace WHERE lead_id = ? AND body LIKE 'course|%'",
               id),
        1);
    forget_courses();
}

/* -- the partner's page ---------------------------------------------------------------- */

static void test_lead__before_it_is_accepted_nobody_is_named(void **state)
{
    const int64_t id = offered("Eckernfoerde+Werft+GmbH");
    struct visitor *v = person_of(holder(id));
    struct answer a = webtest_get(partner, v, page_of("partner", id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Jo Quay"));
    assert_false(answer_has(&a, "quay.example"));
    assert_int_equal(does(v, id, "accept", "").status, 303);
    a = webtest_get(partner, v, page_of("partner", id));
    assert_true(answer_has(&a, "Jo Quay"));
    assert_true(answer_has(&a, "quay.example"));
}

static void test_lead__is_not_there_for_another_partner(void **state)
{
    const int64_t id = offered("Damp+Licht+GmbH");
    struct visitor *v = person_of(holder(id)), *stranger = v == &seller ? &other : &seller;
    struct answer a;

    (void)state;
    a = webtest_get(partner, stranger, page_of("partner", id));
    assert_int_equal(a.status, 404);
    a = webtest_post_bare(partner, stranger,
                          arena_printf(world.a, "%s/accept", page_of("partner", id)),
                          arena_printf(world.a, "form_token=%s&row_version=2",
                                       webtest_own_token(partner, stranger, AUD_PARTNER)));
    assert_int_equal(a.status, 404);
    assert_true(is_in(id, "assigned"));
}

static void test_lead__an_old_version_changes_nothing(void **state)
{
    const int64_t id = offered("Maasholm+Netz+GmbH");
    struct visitor *v = person_of(holder(id));
    const char *page = page_of("partner", id);
    struct answer a;

    (void)state;
    a = webtest_post(partner, v, page, arena_printf(world.a, "%s/accept", page), "row_version=1");
    assert_int_equal(a.status, 409);
    assert_true(is_in(id, "assigned"));
}

static void test_lead__declining_needs_a_reason_and_gives_it_to_the_next(void **state)
{
    const int64_t id = offered("Arnis+Segel+GmbH"), first = holder(id);
    struct visitor *v = person_of(first);

    (void)state;
    assert_int_equal(does(v, id, "decline", "&reason=&text=").status, 422);
    assert_int_equal(does(v, id, "decline", "&reason=no_capacity&text=").status, 303);
    assert_true(is_in(id, "declined"));
    route(id);
    assert_true(is_in(id, "assigned"));
    assert_int_not_equal(holder(id), first);
    assert_int_equal(webtest_get(partner, v, page_of("partner", id)).status, 404);
    assert_true(webtest_get(partner, v, "/partner/leads?view=past").status == 200);
}

static void test_lead__is_worked_on_to_its_conversion_into_a_draft(void **state)
{
    const int64_t id = offered("Kappeln+Kabel+GmbH");
    struct visitor *v = person_of(holder(id));
    struct answer a;

    (void)state;
    assert_int_equal(does(v, id, "accept", "").status, 303);
    assert_int_equal(does(v, id, "qualified", "").status, 409); /* not before it was contacted */
    assert_int_equal(does(v, id, "contacted", "").status, 303);
    assert_int_equal(does(v, id, "note", "&body=Called+them").status, 400);
    assert_int_equal(does(v, id, "qualified", "").status, 303);
    a = does(v, id, "convert", "&into=deal");
    assert_int_equal(a.status, 303);
    assert_true(is_in(id, "converted"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM lead l JOIN deal d ON d.id = l.deal_id AND"
                            " d.state = 'draft' AND d.company_name = 'Kappeln Kabel GmbH' AND"
                            " d.contact_name = 'Jo Quay' WHERE l.id = ?",
                            id),
                     1);
}

static void test_lead__becomes_an_opportunity(void **state)
{
    const int64_t id = offered("Schleimuende+Bau+GmbH");
    struct visitor *v = person_of(holder(id));
    struct answer a;

    (void)state;
    does(v, id, "accept", "");
    does(v, id, "contacted", "");
    does(v, id, "qualified", "");
    a = does(v, id, "convert", "&into=opportunity");
    assert_int_equal(a.status, 303);
    assert_int_equal(webtest_get(partner, v, answer_header(&a, "Location")).status, 200);
}

static void test_lead__a_note_keeps_it_longer(void **state)
{
    const int64_t id = offered("Missunde+Faehre+GmbH");
    struct visitor *v = person_of(holder(id));
    const char *page = page_of("partner", id);

    (void)state;
    does(v, id, "accept", "");
    fixture_run(partner, "UPDATE lead SET due_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE id = ?",
                id);
    assert_int_equal(
        webtest_post(partner, v, page, arena_printf(world.a, "%s/note", page), "body=Called")
            .status,
        303);
    assert_int_equal(
        number("SELECT due_at > UTC_TIMESTAMP(6) + INTERVAL 2 DAY AS n FROM lead WHERE id = ?", id),
        1);
}

/* -- the clock ------------------------------------------------------------------------- */

static void run_clocks(void)
{
    struct job_context ctx = { .db = worker, .arena = world.a };

    assert_ok(lead_clocks_run(&ctx));
}

/* How often each of the partner's people. */
static int64_t told(int64_t id, const char *event)
{
    return number(arena_printf(world.a,
                               "SELECT COUNT(*) DIV GREATEST(COUNT(DISTINCT user_id), 1) AS n FROM"
                               " notification WHERE object_id = ? AND kind"
                               " = 'lead' AND event = '%s'",
                               event),
                  id);
}

static void test_clock__warns_once_before_it_takes_a_lead_back(void **state)
{
    const int64_t id = offered("Ulsnis+Moebel+GmbH");

    (void)state;
    fixture_run(partner,
                "UPDATE lead SET warn_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE WHERE id = ?", id);
    run_clocks();
    run_clocks();
    assert_int_equal(told(id, "lead.answer_soon"), 1);
    assert_true(is_in(id, "assigned"));
    fixture_run(partner,
                "UPDATE lead SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE WHERE id = ?", id);
    run_clocks();
    assert_true(is_in(id, "timed_out"));
    assert_int_equal(told(id, "lead.timed_out"), 1);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM job WHERE kind = 'lead.route' AND ref = ?", id), 1);
}

static void test_clock__takes_back_what_nobody_works_on(void **state)
{
    const int64_t id = offered("Sieseby+Glas+GmbH");

    (void)state;
    does(person_of(holder(id)), id, "accept", "");
    fixture_run(partner,
                "UPDATE lead SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE WHERE id = ?", id);
    run_clocks();
    assert_true(is_in(id, "recalled"));
    assert_int_equal(told(id, "lead.recalled"), 1);
}

/* -- by hand --------------------------------------------------------------------------- */

static void test_assign__outside_the_rules_needs_the_permission_and_a_reason(void **state)
{
    const int64_t id = entered("Brodersby+Mehl+GmbH");
    const char *to = arena_printf(world.a, "&account_id=%lld", (long long)world.north.account);
    struct answer a;

    (void)state;
    fixture_run(partner, "INSERT INTO lead_partner (account_id, countries) VALUES (?, 'CN')",
                world.north.account);
    a = does(&clerk, id, "assign", arena_printf(world.a, "%s&why=Because", to));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "does not sell there"));
    a = does(&manager, id, "assign", arena_printf(world.a, "%s&why=", to));
    assert_int_equal(a.status, 422);
    a = does(&manager, id, "assign", arena_printf(world.a, "%s&why=The+customer+asked", to));
    assert_int_equal(a.status, 303);
    assert_int_equal(
        number("SELECT overridden = 'place' AS n FROM lead_trace WHERE lead_id = ?", id), 1);
}

static void test_assign__a_suspended_partner_gets_nothing_whoever_says_so(void **state)
{
    const int64_t id = entered("Rieseby+Druck+GmbH");
    struct answer a;

    (void)state;
    fixture_run(partner, "UPDATE account SET status = 'suspended' WHERE id = ?",
                world.north.account);
    a = does(&manager, id, "assign",
             arena_printf(world.a, "&account_id=%lld&why=Please", (long long)world.north.account));
    fixture_run(partner, "UPDATE account SET status = 'active' WHERE id = ?", world.north.account);
    assert_int_equal(a.status, 422);
    assert_true(is_in(id, "new"));
}

static void test_staff__take_back_and_open_again(void **state)
{
    const int64_t id = offered("Loose+Wind+GmbH");

    (void)state;
    assert_int_equal(does(&manager, id, "recall", "&reason=wrong_partner&text=").status, 303);
    assert_true(is_in(id, "recalled"));
    assert_int_equal(does(&manager, id, "disqualify", "&reason=junk&text=").status, 303);
    assert_true(is_in(id, "disqualified"));
    assert_int_equal(does(&manager, id, "reopen", "").status, 303);
    assert_true(is_in(id, "new"));
}

/* -- the pool -------------------------------------------------------------------------- */

static struct answer take(struct visitor *v, int64_t id, const char *words)
{
    return webtest_post(
        partner, v, "/partner/leads/pool", "/partner/leads/pool",
        arena_printf(world.a, "lead_id=%lld&row_version=%lld&words=%s", (long long)id,
                     (long long)number("SELECT row_version AS n FROM lead WHERE id = ?", id),
                     words));
}

static void test_pool__says_nothing_of_who_asks_and_gives_to_the_first(void **state)
{
    const int64_t id = entered("Gelting+Hof+GmbH");
    struct answer a;

    (void)state;
    assert_int_equal(does(&manager, id, "pool", "&how=take").status, 303);
    a = webtest_get(partner, &seller, "/partner/leads/pool");
    assert_true(answer_has(&a, "Kiel"));
    assert_false(answer_has(&a, "Gelting"));
    assert_false(answer_has(&a, "Jo Quay"));
    assert_int_equal(take(&seller, id, "").status, 303);
    assert_true(is_in(id, "accepted"));
    assert_int_equal(take(&other, id, "").status, 409);
    assert_int_equal(holder(id), world.north.account);
}

static void test_pool__a_partner_takes_no_more_than_it_may(void **state)
{
    const int64_t id = entered("Steinberg+Obst+GmbH");
    struct answer a;

    (void)state;
    does(&manager, id, "pool", "&how=take");
    fixture_run(partner, "INSERT INTO lead_share (account_id, open) VALUES (?, 20)",
                world.north.account);
    a = take(&seller, id, "");
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "as many open leads"));
    assert_true(is_in(id, "new"));
}

static void test_pool__partners_ask_and_staff_choose(void **state)
{
    const int64_t id = entered("Norgaardholz+Kamin+GmbH");
    struct answer a;

    (void)state;
    does(&manager, id, "pool", "&how=apply");
    assert_int_equal(take(&seller, id, "We+know+them").status, 303);
    assert_true(is_in(id, "new"));
    a = webtest_get(staff, &manager, page_of("staff", id));
    assert_true(answer_has(&a, "We know them"));
    a = webtest_get(partner, &seller, "/partner/leads/pool");
    assert_true(answer_has(&a, "You have asked for it"));
}

/* -- from the mail --------------------------------------------------------------------- */

/* The link of the mail to V, as the worker makes it when it sends. */
static const char *link_of(int64_t id, const struct visitor *v)
{
    unsigned char hash[SHA256_BYTES];
    char token[CRYPT_TOKEN_BYTES], hex[2 * SHA256_BYTES + 1];

    crypt_token(token);
    sha256(token, strlen(token), hash);
    str_hex(hash, sizeof(hash), hex);
    fixture_run(partner,
                arena_printf(world.a,
                             "INSERT INTO lead_link (token_hash, lead_id, offer_id, user_id,"
                             " created_at, expires_at) SELECT UNHEX('%s'), lead_id, id, %lld,"
                             " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY FROM lead_offer"
                             " WHERE live = 1 AND lead_id = ?",
                             hex, (long long)v->user_id),
                id);
    return arena_printf(world.a, "/lead/%s", token);
}

static void test_link__a_look_changes_nothing_and_a_press_answers_once(void **state)
{
    const int64_t id = offered("Habernis+Muehle+GmbH");
    const char *link = link_of(id, person_of(holder(id)));
    struct visitor guest = { 0 };
    struct answer a;

    (void)state;
    a = webtest_get(public, &guest, link);
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Jo Quay"));
    assert_true(is_in(id, "assigned"));
    a = webtest_post(public, &guest, link, arena_printf(world.a, "%s/accept", link), "");
    assert_int_equal(a.status, 200);
    assert_true(is_in(id, "accepted"));
    a = webtest_get(public, &guest, link);
    assert_true(answer_has(&a, "no longer works"));
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'lead' AND object_id = ? AND"
               " action = 'lead.accept' AND user_id > 0",
               id),
        1);
}

static void test_link__declines_with_a_reason(void **state)
{
    const int64_t id = offered("Falshoeft+Turm+GmbH");
    const char *link = link_of(id, person_of(holder(id)));
    struct visitor guest = { 0 };

    (void)state;
    assert_int_equal(webtest_post(public, &guest, link, arena_printf(world.a, "%s/decline", link),
                                  "reason=&text=")
                         .status,
                     422);
    assert_int_equal(webtest_post(public, &guest, link, arena_printf(world.a, "%s/decline", link),
                                  "reason=not_field&text=No")
                         .status,
                     200);
    assert_true(is_in(id, "declined"));
}

static void test_link__of_a_person_who_left_is_dead(void **state)
{
    const int64_t id = offered("Pottloch+Strand+GmbH");
    struct visitor *v = person_of(holder(id)), guest = { 0 };
    const char *link = link_of(id, v);
    struct answer a;

    (void)state;
    fixture_run(partner, "UPDATE user SET status = 'disabled' WHERE id = ?", v->user_id);
    a = webtest_get(public, &guest, link);
    fixture_run(partner, "UPDATE user SET status = 'active' WHERE id = ?", v->user_id);
    fixture_run(partner, "UPDATE session SET ended_at = NULL WHERE user_id = ?", v->user_id);
    assert_true(answer_has(&a, "no longer works"));
}

/* -- lists, rules ---------------------------------------------------------------------- */

static void test_pages__of_staff_can_be_read(void **state)
{
    static const char *const pages[] = { "/staff/leads?view=free", "/staff/leads?view=offered",
                                         "/staff/leads?view=work", "/staff/leads?view=closed",
                                         "/staff/leads?view=all",  "/staff/leads?view=all&q=GmbH",
                                         "/staff/leads.csv",       "/staff/leads/rules",
                                         "/staff/leads/points",    "/staff/leads/partners",
                                         "/staff/leads/rules/new" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        assert_int_equal(webtest_get(staff, &manager, pages[i]).status, 200);
}

static void test_pages__of_the_partner_can_be_read(void **state)
{
    static const char *const pages[] = {
        "/partner/leads",           "/partner/leads?view=work",        "/partner/leads?view=closed",
        "/partner/leads?view=past", "/partner/leads?view=work&q=GmbH", "/partner/leads.csv",
        "/partner/leads/pool"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        assert_int_equal(webtest_get(partner, &seller, pages[i]).status, 200);
}

static void test_rules__a_rule_that_no_lead_fits_is_warned_of(void **state)
{
    struct answer a;

    (void)state;
    entered("Kronsgaard+Feld+GmbH");
    a = webtest_post(staff, &manager, "/staff/leads/rules/new", "/staff/leads/rules/new",
                     "row_version=0&position=5&name_en=Nowhere&name_zh=Nowhere&territory_id="
                     "&country=IS&region=&product_line_id=&language=&score_least=0&place=country"
                     "&tier_id=&method=turn");
    assert_int_equal(a.status, 303);
    a = webtest_post(staff, &manager, "/staff/leads/rules", "/staff/leads/rules/try", "");
    assert_int_equal(a.status, 303);
    a = webtest_get(staff, &manager, "/staff/leads/rules");
    assert_true(answer_has(&a, "No lead of the past fits it."));
    assert_true(answer_has(&a, "Every lead fits it"));
}

static void test_rules__a_rule_asks_for_a_course_that_there_is(void **state)
{
    static const char rule[] =
        "row_version=0&position=6&name_en=Cold&name_zh=Cold&territory_id=&country=IS&region="
        "&product_line_id=&language=&score_least=0&place=country&tier_id=&method=turn&course=";
    struct answer a;

    (void)state;
    certify(number("SELECT account_id AS n FROM user WHERE id = ?", seller.user_id), "2099-01-01");
    a = webtest_post(staff, &manager, "/staff/leads/rules/new", "/staff/leads/rules/new",
                     arena_printf(world.a, "%sUnknown", rule));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "course-err"));
    a = webtest_post(staff, &manager, "/staff/leads/rules/new", "/staff/leads/rules/new",
                     arena_printf(world.a, "%sCold+rooms", rule));
    assert_int_equal(a.status, 303);
    a = webtest_get(staff, &manager, "/staff/leads/rules");
    assert_true(answer_has(&a, "certified: Cold rooms"));
    fixture_run(partner, "DELETE FROM lead_rule WHERE course <> '' AND id > ?", 0);
    forget_courses();
}

static void test_score__is_the_sum_of_the_points_that_staff_set(void **state)
{
    int64_t id;

    (void)state;
    assert_int_equal(webtest_post(staff, &manager, "/staff/leads/points", "/staff/leads/points",
                                  "kind=country&value=de&points=33")
                         .status,
                     303);
    id = entered("Hasselberg+Sand+GmbH"); /* from a fair: 10 */
    assert_int_equal(number("SELECT score AS n FROM lead WHERE id = ?", id), 43);
    fixture_run(partner, "DELETE FROM lead_point WHERE kind = 'country' AND id > ?", 0);
}

/* Of the newest event of KIND: whether its COLUMN is like PATTERN. */
static bool trail_says(const char *kind, const char *column, const char *pattern)
{
    return fixture_number(staff,
                          arena_printf(world.a,
                                       "SELECT %s LIKE '%s' AS n FROM audit_event WHERE kind ="
                                       " '%s' AND id > ? ORDER BY id DESC LIMIT 1",
                                       column, pattern, kind),
                          0) == 1;
}

static void test_trail__has_what_an_edited_lead_was_before(void **state)
{
    const int64_t id = entered("Trailhead+Ltd");
    const char *path = arena_printf(world.a, "/staff/leads/LD-%lld/edit", (long long)id);

    (void)state;
    assert_int_equal(
        webtest_post(staff, &clerk, path, path,
                     arena_printf(world.a, "row_version=%lld&language=en&source=fair&campaign=&%s",
                                  (long long)number("SELECT row_version AS n FROM lead WHERE id"
                                                    " = ?",
                                                    id),
                                  lead_body("Trailing+Ltd")))
            .status,
        303);
    assert_true(trail_says("lead", "before_json", "%\"company_name\":\"Trailhead Ltd\"%"));
    assert_true(trail_says("lead", "after_json", "%\"company_name\":\"Trailing Ltd\"%"));
    assert_false(trail_says("lead", "after_json", "%\"city\"%"));
}

static void test_trail__has_which_points_were_changed(void **state)
{
    (void)state;
    webtest_post(staff, &manager, "/staff/leads/points", "/staff/leads/points",
                 "kind=country&value=at&points=5");
    webtest_post(staff, &manager, "/staff/leads/points", "/staff/leads/points",
                 "kind=country&value=at&points=8");
    assert_true(trail_says("lead_point", "before_json",
                           "{\"kind\":\"country\",\"points\":5,\"value\":\"at\"}"));
    assert_true(trail_says("lead_point", "after_json",
                           "{\"kind\":\"country\",\"points\":8,\"value\":\"at\"}"));
    fixture_run(partner, "DELETE FROM lead_point WHERE kind = 'country' AND id > ?", 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup(test, forget)
    const struct CMUnitTest tests[] = {
        T(test_ask__keeps_what_was_agreed_to_and_when),
        T(test_ask__without_consent_nothing_is_kept),
        T(test_ask__what_fills_in_the_hidden_field_is_thanked_and_thrown_away),
        T(test_ask__what_is_sent_at_once_is_asked_for_again),
        T(test_ask__hostile_text_comes_back_as_text),
        T(test_ask__too_often_is_refused_for_a_while),
        T(test_route__keeps_why_this_partner),
        T(test_route__gives_leads_in_turn),
        T(test_route__a_copy_waits_for_a_person),
        T(test_route__what_nobody_fits_goes_to_the_pool),
        T(test_route__a_rule_that_asks_for_a_certificate_passes_over_who_has_none),
        T(test_route__a_certificate_that_ran_out_counts_for_nothing),
        T(test_lead__before_it_is_accepted_nobody_is_named),
        T(test_lead__is_not_there_for_another_partner),
        T(test_lead__an_old_version_changes_nothing),
        T(test_lead__declining_needs_a_reason_and_gives_it_to_the_next),
        T(test_lead__is_worked_on_to_its_conversion_into_a_draft),
        T(test_lead__becomes_an_opportunity),
        T(test_lead__a_note_keeps_it_longer),
        T(test_clock__warns_once_before_it_takes_a_lead_back),
        T(test_clock__takes_back_what_nobody_works_on),
        T(test_assign__outside_the_rules_needs_the_permission_and_a_reason),
        T(test_assign__a_suspended_partner_gets_nothing_whoever_says_so),
        T(test_staff__take_back_and_open_again),
        T(test_pool__says_nothing_of_who_asks_and_gives_to_the_first),
        T(test_pool__a_partner_takes_no_more_than_it_may),
        T(test_pool__partners_ask_and_staff_choose),
        T(test_link__a_look_changes_nothing_and_a_press_answers_once),
        T(test_link__declines_with_a_reason),
        T(test_link__of_a_person_who_left_is_dead),
        T(test_pages__of_staff_can_be_read),
        T(test_pages__of_the_partner_can_be_read),
        T(test_rules__a_rule_that_no_lead_fits_is_warned_of),
        T(test_rules__a_rule_asks_for_a_course_that_there_is),
        T(test_score__is_the_sum_of_the_points_that_staff_set),
        T(test_trail__has_what_an_edited_lead_was_before),
        T(test_trail__has_which_points_were_changed),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Registrations as staff see and decide them: the queue, the review page, matches, overruling. */
#include "support/test.h"
#include "support/sheet.h"
#include "fixture/fixture_deal.h"
#include "fixture/fixture_login.h"

#include "account/account.h"
#include "approval/delegate.h"
#include "base/clock.h"
#include "base/str.h"
#include "opportunity/opportunity.h"
#include "program/program.h"

#include <stdlib.h>
#include <string.h>

static struct webtest *w;
static struct deal_world world;
static struct visitor manager, auditor, decider, seller;

static int set_up(void **state)
{
    static const enum permission all[] = {
        PERM_HOME,         PERM_DEAL_VIEW,    PERM_DEAL_DECIDE,    PERM_DEAL_OVERRULE,
        PERM_DEAL_REVOKE,  PERM_DEAL_EXPORT,  PERM_DEAL_ON_BEHALF, PERM_DEAL_RULES,
        PERM_DEAL_FIGURES, PERM_ACCOUNT_VIEW, PERM_ACCOUNT_EDIT,   PERM_ACCOUNT_MERGE,
        PERM_UNSET
    };
    static const enum permission reads[] = { PERM_HOME,       PERM_DEAL_VIEW,    PERM_DEAL_EXPORT,
                                             PERM_DEAL_RULES, PERM_DEAL_FIGURES, PERM_ACCOUNT_VIEW,
                                             PERM_UNSET };
    static const enum permission decides[] = { PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE,
                                               PERM_UNSET };

    static const enum permission sells[] = {
        PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE, PERM_OPPORTUNITY_VIEW, PERM_OPPORTUNITY_EDIT,
        PERM_UNSET
    };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    manager = fixture_staff(w, all);
    auditor = fixture_staff(w, reads);
    decider = fixture_staff(w, decides);
    seller = fixture_staff(w, sells);
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

/* -- registrations -------------------------------------------------------------------- */

/* Each test has companies of its own, so that none matches those of another. */
static const char *company(const char *name)
{
    static int number;
    static const char *const towns[] = { "Aldersund", "Brimhaven", "Corvalen",   "Dunmarrow",
                                         "Esterholt", "Farrowick", "Glimmerby",  "Hestavik",
                                         "Ironquay",  "Juniperra", "Kolderstad", "Lynmouthe",
                                         "Morrowdal", "Nettlebar", "Oxenfurde",  "Pellworth",
                                         "Quillbeck", "Ravenskar", "Silverloh",  "Thornmere",
                                         "Umbervale", "Vixenholm", "Wyrmfeldt",  "Yarrowkin" };

    return arena_printf(world.a, "%s %s", towns[(size_t)number++ % ARRAY_LEN(towns)], name);
}

static int64_t submitted(struct side *side, const char *name)
{
    struct deal *d;

    assert_ok(db_begin_write(world.db));
    d = deal_world_submitted(&world, side, name, 1);
    assert_ok(db_commit(world.db));
    return d->id;
}

static int64_t number(const char *sql, int64_t id)
{
    return fixture_number(w, sql, id);
}

static bool state_is(int64_t id, const char *state)
{
    struct deal *d;

    assert_ok(db_begin_read(world.db));
    assert_ok(deal_of_worker(world.db, world.a, id, &d));
    db_rollback(world.db);
    return str_eq(d->state_code, state);
}

static const char *page_of(int64_t id)
{
    return arena_printf(world.a, "/staff/deals/DR-%lld", (long long)id);
}

static int64_t version_of(int64_t id)
{
    return number("SELECT row_version AS n FROM deal WHERE id = ?", id);
}

static struct answer post(struct visitor *v, int64_t id, const char *verb, const char *body)
{
    return webtest_post(w, v, page_of(id), arena_printf(world.a, "%s/%s", page_of(id), verb),
                        arena_printf(world.a, "row_version=%lld%s%s", (long long)version_of(id),
                                     *body != '\0' ? "&" : "", body));
}

static struct answer approve(struct visitor *v, int64_t id)
{
    return post(v, id, "decide", "verb=approve&reason=&text=&duplicate_of=&staff_note=");
}

static int64_t party_of(int64_t id)
{
    return number("SELECT end_customer_id AS n FROM deal WHERE id = ?", id);
}

static struct answer mark(struct visitor *v, int64_t id, int64_t other, const char *what)
{
    return webtest_post(
        w, v, page_of(id), arena_printf(world.a, "%s/match", page_of(id)),
        arena_printf(world.a, "party_id=%lld&mark=%s", (long long)party_of(other), what));
}

/* -- the queue ------------------------------------------------------------------------ */

static void test_queue__lists_what_nobody_has(void **state)
{
    const char *name = company("Turbines GmbH");
    struct answer a;

    (void)state;
    submitted(&world.north, name);
    a = webtest_get(w, &manager, "/staff/deals?view=unassigned");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, name));
}

static void test_queue__every_view_and_direction_can_be_read(void **state)
{
    static const char *const views[] = { "mine",     "unassigned", "conflict", "extension",
                                         "returned", "open",       "all" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        assert_int_equal(
            webtest_get(w, &manager, arena_printf(world.a, "/staff/deals?view=%s", views[i]))
                .status,
            200);
}

static void test_queue__a_number_that_is_typed_leads_to_its_record(void **state)
{
    int64_t id = submitted(&world.north, company("Weavers Ltd"));
    struct answer a;

    (void)state;
    a = webtest_get(w, &manager, arena_printf(world.a, "/staff/deals?q=dr+%lld", (long long)id));
    assert_int_equal(a.status, 303);
    assert_string_equal(answer_header(&a, "Location"), page_of(id));
}

static void test_queue__is_found_by_company(void **state)
{
    const char *name = company("Porcelain AG");
    struct answer a;

    (void)state;
    submitted(&world.north, name);
    a = webtest_get(w, &manager, "/staff/deals?view=all&q=Porcelain");
    assert_true(answer_has(&a, name));
}

static void test_queue__that_is_searched_shows_that_all_of_it_is(void **state)
{
    struct answer a = webtest_get(w, &manager, "/staff/deals?view=returned&q=Porcelain");

    (void)state;
    assert_true(answer_has(&a, "view=all\" aria-current=\"page\""));
}

static void test_queue__the_next_one_is_taken(void **state)
{
    struct answer a;

    (void)state;
    submitted(&world.north, company("Looms SA"));
    a = webtest_post(w, &decider, "/staff/deals", "/staff/deals/next", "");
    assert_int_equal(a.status, 303);
    assert_true(str_starts(answer_header(&a, "Location"), "/staff/deals/DR-"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal WHERE reviewer_id = ? AND state = "
                            "'review'",
                            decider.user_id),
                     1);
}

static void test_queue__is_exported_with_formulas_made_harmless(void **state)
{
    struct answer a;

    (void)state;
    submitted(&world.north, "=cmd Grinders Inc");
    a = webtest_get(w, &manager, "/staff/deals.csv?view=open");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Grinders"));
    assert_false(answer_has(&a, ",=cmd"));
}

static void test_queue__is_exported_as_a_workbook(void **state)
{
    struct arena *a = arena_new(4096);
    struct answer book;
    char *rows;

    (void)state;
    submitted(&world.north, "=cmd Millers Inc");
    book = webtest_get(w, &manager, "/staff/deals.xlsx?view=open");
    assert_int_equal(book.status, 200);
    rows = sheet_text(a, book.body, book.body_len);
    assert_true(str_starts(rows, "Registration|Status|Company|Partner|"));
    assert_non_null(strstr(rows, "|=cmd Millers Inc|"));
    arena_free(a);
}

static void test_queue__exports_which_are_appeals(void **state)
{
    int64_t id = submitted(&world.north, company("Coopers Ltd"));
    struct answer a;
    const char *head, *row;

    (void)state;
    fixture_run(w,
                "INSERT INTO deal_appeal (deal_id, reason, asked_by, asked_name, asked_at) VALUES"
                " (?, 'r', 1, 'n', UTC_TIMESTAMP(6))",
                id);
    a = webtest_get(w, &manager, "/staff/deals.csv?view=open");
    head = strstr(a.body, ",Reviewer,Appeal\r\n");
    row = strstr(a.body, arena_printf(world.a, "DR-%lld,", (long long)id));
    assert_non_null(head);
    assert_non_null(row);
    assert_memory_equal(strstr(row, "\r\n") - 4, ",yes", 4);
}

/* -- steps ----------------------------------------------------------------------------- */

/* The registration waits for one of these, then for the other. */
static int64_t in_steps(const struct visitor *first, const struct visitor *second)
{
    int64_t id = submitted(&world.north, company("Steps Works"));

    fixture_run(w,
                "INSERT INTO approval_step (kind, object_id, round, stage, need, title_en,"
                " title_zh, hours, state, opened_at, due_at) SELECT 'deal', d.id, 1, n.stage,"
                " 'all', IF(n.stage = 1, 'First look', 'Second look'), '', 8, IF(n.stage = 1,"
                " 'open', 'waiting'), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY FROM"
                " deal d JOIN (SELECT 1 AS stage UNION ALL SELECT 2) n WHERE d.id = ?",
                id);
    fixture_run(w,
                arena_printf(world.a,
                             "INSERT INTO approval_vote (step_id, slot, who, user_id) SELECT s.id,"
                             " 1, 'user', IF(s.stage = 1, %lld, %lld) FROM approval_step s WHERE"
                             " s.kind = 'deal' AND s.object_id = ?",
                             (long long)first->user_id, (long long)second->user_id),
                id);
    return id;
}

static void test_steps__each_approves_in_turn_and_the_last_decides(void **state)
{
    int64_t id = in_steps(&decider, &manager);
    struct answer a;

    (void)state;
    a = webtest_get(w, &decider, page_of(id));
    assert_true(answer_has(&a, "First look"));
    assert_true(answer_has(&a, "Your approval is one of several"));
    a = approve(&decider, id);
    assert_int_equal(a.status, 303);
    assert_true(state_is(id, "review"));
    assert_int_equal(approve(&manager, id).status, 303);
    assert_true(state_is(id, "approved"));
}

static void test_steps__who_is_not_asked_is_offered_no_decision_and_refused(void **state)
{
    int64_t id = in_steps(&decider, &manager);
    struct answer a;

    (void)state;
    a = webtest_get(w, &manager, page_of(id));
    assert_true(answer_has(&a, "This step waits for others."));
    assert_false(answer_has(&a, "/decide"));
    assert_int_equal(approve(&manager, id).status, 409);
    assert_int_equal(post(&manager, id, "decide",
                          "verb=reject&reason=other_reject&text=&duplicate_of=&staff_note=")
                         .status,
                     409);
    assert_true(state_is(id, "submitted"));
}

static void test_steps__a_rejection_in_the_first_is_the_end(void **state)
{
    int64_t id = in_steps(&decider, &manager);

    (void)state;
    assert_int_equal(post(&decider, id, "decide",
                          "verb=reject&reason=other_reject&text=&duplicate_of=&staff_note=")
                         .status,
                     303);
    assert_true(state_is(id, "rejected"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM approval_step WHERE object_id = ? AND state"
                            " = 'void'",
                            id),
                     2);
}

static void test_steps__whoever_is_asked_sees_it_in_another_department(void **state)
{
    int64_t id = in_steps(&decider, &manager);

    (void)state;
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) SELECT 700, 700,"
                " 'D', 'D' FROM DUAL WHERE ? > 0",
                id);
    fixture_run(w, "UPDATE deal SET department_id = 700 WHERE id = ?", id);
    fixture_run(w,
                "UPDATE session SET department_low = 999999, department_high = 999999 WHERE"
                " user_id = ?",
                decider.user_id);
    assert_int_equal(webtest_get(w, &decider, page_of(id)).status, 200);
    fixture_run(w, "DELETE FROM approval_vote WHERE user_id = ?", decider.user_id);
    assert_int_equal(webtest_get(w, &decider, page_of(id)).status, 404);
    fixture_run(w,
                "UPDATE session SET department_low = 0, department_high = 9223372036854775807"
                " WHERE user_id = ?",
                decider.user_id);
}

static void test_steps__that_wait_for_the_reader_stand_on_one_page(void **state)
{
    const int64_t id = in_steps(&decider, &manager);
    const char *number_of = arena_printf(world.a, "DR-%lld", (long long)id);
    struct answer a = webtest_get(w, &decider, "/staff/deals/approvals");

    (void)state;
    assert_true(answer_has(&a, number_of));
    assert_true(answer_has(&a, "First look"));
    assert_true(answer_has(&a, "1 of 2"));
    a = webtest_get(w, &manager, "/staff/deals/approvals");
    assert_false(answer_has(&a, number_of));
    assert_int_equal(approve(&decider, id).status, 303);
    a = webtest_get(w, &decider, "/staff/deals/approvals");
    assert_false(answer_has(&a, number_of));
    a = webtest_get(w, &manager, "/staff/deals/approvals");
    assert_true(answer_has(&a, "Second look"));
}

static void test_steps__of_a_role_wait_for_those_who_have_it_and_see_the_registration(void **state)
{
    const int64_t id = in_steps(&decider, &manager);
    const char *number_of = arena_printf(world.a, "DR-%lld", (long long)id);
    struct answer a;

    (void)state;
    fixture_run(
        w,
        "UPDATE approval_vote v JOIN approval_step s ON s.id = v.step_id SET v.who = 'role',"
        " v.user_id = NULL, v.role_id = (SELECT MIN(id) FROM role WHERE audience = 'staff')"
        " WHERE s.object_id = ?",
        id);
    fixture_run(w, "DELETE FROM user_role WHERE user_id = ?", decider.user_id);
    a = webtest_get(w, &decider, "/staff/deals/approvals");
    assert_false(answer_has(&a, number_of));
    fixture_run(
        w,
        "INSERT INTO user_role (user_id, role_id) SELECT ?, MIN(id) FROM role WHERE audience"
        " = 'staff'",
        decider.user_id);
    a = webtest_get(w, &decider, "/staff/deals/approvals");
    assert_true(answer_has(&a, number_of));
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) SELECT 700, 700,"
                " 'D', 'D' FROM DUAL WHERE ? > 0",
                id);
    fixture_run(w, "UPDATE deal SET department_id = 700 WHERE id = ?", id);
    fixture_run(w, "UPDATE session SET department_high = -1 WHERE user_id = ?", decider.user_id);
    a = webtest_get(w, &decider, "/staff/deals/approvals");
    assert_false(answer_has(&a, number_of));
    assert_int_equal(webtest_get(w, &decider, page_of(id)).status, 404);
    fixture_run(w, "UPDATE session SET department_high = 9223372036854775807 WHERE user_id = ?",
                decider.user_id);
}

/* The links of a page of approvals: how many registrations it shows, and where NAME leads. */
static int page_of_approvals(struct visitor *v, const char *address, const char *name, char *next,
                             size_t next_bytes)
{
    struct answer a = webtest_get(w, v, address);
    const char *at = strstr(a.body, arena_printf(world.a, "?%s=", name));
    int seen = 0;

    assert_int_equal(a.status, 200);
    *next = '\0';
    if (at != NULL)
        snprintf(next, next_bytes, "/staff/deals/approvals%.*s", (int)strcspn(at, "\""), at);
    for (at = a.body; (at = strstr(at, "class=\"fw-id\"")) != NULL; at++)
        seen++;
    return seen;
}

static void test_steps__that_wait_fill_pages_without_loss(void **state)
{
    char older[700], newer[700];
    struct visitor many = fixture_staff(
        w, (const enum permission[]){ PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE, PERM_UNSET });

    (void)state;
    for (int i = 0; i < 28; i++)
        in_steps(&many, &manager);
    assert_int_equal(
        page_of_approvals(&many, "/staff/deals/approvals", "older", older, sizeof(older)), 25);
    assert_string_not_equal(older, "");
    assert_int_equal(page_of_approvals(&many, older, "newer", newer, sizeof(newer)), 3);
    assert_int_equal(page_of_approvals(&many, newer, "older", older, sizeof(older)), 25);
    assert_int_equal(webtest_get(w, &many, "/staff/deals/approvals?older=x").status, 400);
}

static void test_steps__of_whom_the_reader_stands_in_for_say_for_whom(void **state)
{
    struct visitor away = fixture_staff(
        w, (const enum permission[]){ PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE, PERM_UNSET });
    struct visitor there = fixture_staff(
        w, (const enum permission[]){ PERM_HOME, PERM_DEAL_VIEW, PERM_DEAL_DECIDE, PERM_UNSET });
    const int64_t id = in_steps(&away, &manager);
    struct answer a;
    int64_t now;

    (void)state;
    fixture_run(w, "UPDATE user SET name = 'Ruth Away' WHERE id = ?", away.user_id);
    assert_ok(db_begin_write(world.db));
    assert_ok(db_now(world.db, &now));
    assert_ok(delegate_add(world.db, world.a, away.user_id, there.user_id, now - CLOCK_HOUR,
                           now + CLOCK_DAY));
    assert_ok(db_commit(world.db));
    a = webtest_get(w, &there, "/staff/deals/approvals");
    assert_true(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)id)));
    assert_true(answer_has(&a, "for Ruth Away, who is away"));
}

/* -- who may -------------------------------------------------------------------------- */

static void test_review__an_auditor_reads_and_is_offered_nothing(void **state)
{
    int64_t id = submitted(&world.north, company("Bakers Oy"));
    struct answer a = webtest_get(w, &auditor, page_of(id));

    (void)state;
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "/decide"));
    assert_false(answer_has(&a, "/comment"));
    assert_false(answer_has(&a, "/take"));
}

static void test_review__an_auditor_decides_nothing(void **state)
{
    int64_t id = submitted(&world.north, company("Printers BV"));

    (void)state;
    assert_int_equal(approve(&auditor, id).status, 404);
    assert_true(state_is(id, "submitted"));
}

static void test_review__another_department_finds_nothing(void **state)
{
    int64_t id = submitted(&world.north, company("Glaziers SpA"));

    (void)state;
    assert_ok(db_begin_write(world.db));
    fixture_department(world.db, 7000 + id, 7000 + id, 0);
    assert_ok(db_commit(world.db));
    fixture_run(w, "UPDATE deal SET department_id = 7000 + id WHERE id = ?", id);
    fixture_run(w, "UPDATE session SET department_low = 1, department_high = 2 WHERE user_id = ?",
                decider.user_id);
    assert_int_equal(webtest_get(w, &decider, page_of(id)).status, 404);
    fixture_run(w,
                "UPDATE session SET department_low = 0, department_high = 999999 WHERE user_id = ?",
                decider.user_id);
    assert_int_equal(webtest_get(w, &decider, page_of(id)).status, 200);
}

static void test_review__says_who_opened_it(void **state)
{
    int64_t id = submitted(&world.north, company("Brewers AS"));

    (void)state;
    webtest_get(w, &manager, page_of(id));
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM opened WHERE kind = 'deal' AND object_id = ?", id), 1);
}

/* -- decisions ------------------------------------------------------------------------ */

static void test_review__its_audit_speaks_in_words(void **state)
{
    int64_t id = submitted(&world.north, company("Trail"));
    struct visitor reader = fixture_staff(
        w, (enum permission[]){ PERM_HOME, PERM_DEAL_VIEW, PERM_AUDIT_VIEW, PERM_UNSET });
    const char *page = page_of(id);
    const char *audit = strstr(webtest_get(w, &reader, page).body, "id=\"audit-h\"");

    (void)state;
    assert_non_null(audit);
    assert_non_null(strstr(audit, "Registration submitted"));
    assert_null(strstr(audit, "deal.submit"));
    audit = strstr(webtest_get(w, &reader, arena_printf(world.a, "%s?lang=zh", page)).body,
                   "id=\"audit-h\"");
    assert_non_null(audit);
    assert_null(strstr(audit, "Registration submitted"));
    assert_null(strstr(audit, "deal.submit"));
}

static void test_review__is_taken(void **state)
{
    int64_t id = submitted(&world.north, company("Coopers KG"));

    (void)state;
    assert_int_equal(post(&manager, id, "take", "").status, 303);
    assert_true(state_is(id, "review"));
    assert_int_equal(number("SELECT reviewer_id AS n FROM deal WHERE id = ?", id), manager.user_id);
}

static void test_review__approves_and_protects(void **state)
{
    int64_t id = submitted(&world.north, company("Tanners NV"));

    (void)state;
    assert_int_equal(approve(&manager, id).status, 303);
    assert_true(state_is(id, "approved"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", id), 1);
}

static void test_review__returns_with_a_reason_and_keeps_a_note_for_staff(void **state)
{
    int64_t id = submitted(&world.north, company("Dyers ApS"));
    struct answer a = post(&manager, id, "decide",
                           "verb=return&reason=project_unclear&text=Which+plant%3F&duplicate_of="
                           "&staff_note=Looks+thin");

    (void)state;
    assert_int_equal(a.status, 303);
    assert_true(state_is(id, "returned"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM staff_note WHERE object_id = ?", id), 1);
}

static void test_review__rejects_with_a_reason_of_the_list(void **state)
{
    int64_t id = submitted(&world.north, company("Joiners Kft"));

    (void)state;
    assert_int_equal(post(&manager, id, "decide",
                          "verb=reject&reason=below_minimum&text=&duplicate_of=&staff_note=")
                         .status,
                     303);
    assert_true(state_is(id, "rejected"));
}

static void test_review__needs_a_reason_to_reject(void **state)
{
    int64_t id = submitted(&world.north, company("Sawyers Sro"));
    struct answer a = post(&manager, id, "decide",
                           "verb=reject&reason=&text=Kept+text&duplicate_of=&staff_note=");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Choose a reason."));
    assert_true(answer_has(&a, "Kept text"));
    assert_true(state_is(id, "submitted"));
}

static void test_review__refuses_a_reason_of_another_decision(void **state)
{
    int64_t id = submitted(&world.north, company("Masons Doo"));

    (void)state;
    assert_int_equal(post(&manager, id, "decide",
                          "verb=reject&reason=project_unclear&text=&duplicate_of=&staff_note=")
                         .status,
                     422);
    assert_true(state_is(id, "submitted"));
}

static void test_review__marks_a_duplicate_of_one_that_it_sees(void **state)
{
    int64_t first = submitted(&world.north, company("Potters Ab"));
    int64_t second = submitted(&world.south, company("Saddlers Ab"));
    struct answer a =
        post(&manager, second, "decide",
             arena_printf(world.a, "verb=duplicate&reason=&text=&duplicate_of=DR-%lld&staff_note=",
                          (long long)first));

    (void)state;
    assert_int_equal(a.status, 303);
    assert_true(state_is(second, "duplicate"));
    assert_int_equal(number("SELECT duplicate_of AS n FROM deal_staff WHERE deal_id = ?", second),
                     first);
}

static void test_review__is_no_duplicate_of_itself_or_of_nothing(void **state)
{
    int64_t id = submitted(&world.north, company("Cutlers Ab"));

    (void)state;
    assert_int_equal(
        post(&manager, id, "decide",
             arena_printf(world.a, "verb=duplicate&reason=&text=&duplicate_of=DR-%lld&staff_note=",
                          (long long)id))
            .status,
        422);
    assert_int_equal(post(&manager, id, "decide",
                          "verb=duplicate&reason=&text=&duplicate_of=DR-99999999&staff_note=")
                         .status,
                     422);
    assert_true(state_is(id, "submitted"));
}

static void test_review__refuses_an_old_version_and_shows_what_changed(void **state)
{
    int64_t id = submitted(&world.north, company("Furriers Ou"));
    int64_t shown = version_of(id);
    struct answer a;

    (void)state;
    assert_int_equal(post(&decider, id, "take", "").status, 303);
    a = webtest_post(
        w, &manager, page_of(id), arena_printf(world.a, "%s/decide", page_of(id)),
        arena_printf(world.a,
                     "row_version=%lld&verb=approve&reason=&text=Typed&duplicate_of=&staff_note=",
                     (long long)shown));
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "has changed since you opened it"));
    assert_true(answer_has(&a, "Typed"));
    assert_true(state_is(id, "review"));
}

static void test_review__gives_it_to_another_reviewer(void **state)
{
    int64_t id = submitted(&world.north, company("Hatters Sia")), other;
    struct db *db = world.db;

    (void)state;
    assert_ok(db_begin_write(db));
    other = fixture_user(db, &(struct fixture_user){ .audience = AUD_STAFF,
                                                     .roles = FIXTURE_ROLES("channel_manager") });
    assert_ok(db_commit(db));
    assert_int_equal(
        post(&manager, id, "assign", arena_printf(world.a, "user_id=%lld", (long long)other))
            .status,
        303);
    assert_int_equal(number("SELECT reviewer_id AS n FROM deal WHERE id = ?", id), other);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM notification WHERE user_id = ?", other), 1);
}

static void test_review__gives_it_to_nobody_who_may_not_decide(void **state)
{
    int64_t id = submitted(&world.north, company("Fullers Uab"));

    (void)state;
    assert_int_equal(post(&manager, id, "assign",
                          arena_printf(world.a, "user_id=%lld", (long long)world.north.user))
                         .status,
                     422);
}

/* From yesterday until tomorrow. */
static void stand_in(const struct visitor *delegate, const struct visitor *person)
{
    static const struct db_stmt add = {
        .name = "test.delegate",
        .sql = "INSERT INTO delegate (user_id, delegate_id, from_at, until_at, created_at) "
               "VALUES (?, ?, UTC_TIMESTAMP(6) - INTERVAL 1 DAY, "
               "UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6))",
        .binds = "ii",
        .flags = DB_WRITE,
    };

    assert_ok(db_begin_write(world.db));
    assert_ok(
        db_exec(world.db, &add, DB_ARGS(DB_I(person->user_id), DB_I(delegate->user_id)), NULL));
    assert_ok(db_commit(world.db));
}

static void test_review__a_delegate_decides_and_both_names_are_recorded(void **state)
{
    int64_t id = submitted(&world.north, company("Chandlers Zrt"));

    (void)state;
    assert_int_equal(post(&manager, id, "take", "").status, 303);
    stand_in(&decider, &manager);
    assert_int_equal(approve(&decider, id).status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_step WHERE deal_id = ? AND action = "
                            "'deal.approve' AND for_user_name <> ''",
                            id),
                     1);
    assert_int_equal(number("SELECT for_user_id AS n FROM audit_event WHERE kind = 'deal' AND "
                            "action = 'deal.approve' AND object_id = ?",
                            id),
                     manager.user_id);
}

static void test_queue__gives_the_date_of_a_clock_without_repeating_its_head(void **state)
{
    struct answer a;

    (void)state;
    submitted(&world.north, company("Clockworks"));
    a = webtest_get(w, &manager, "/staff/deals?view=open");
    assert_true(answer_has(&a, "fw-clock"));
    assert_false(answer_has(&a, "decision by"));
}

/* -- views ---------------------------------------------------------------------------- */

static size_t times(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

static void test_saved_view__that_equals_a_view_of_the_list_is_the_current_one_alone(void **state)
{
    struct answer a = webtest_get(w, &auditor, "/staff/deals?view=open");
    const size_t before = times(a.body, "aria-current");

    (void)state;
    assert_int_equal(webtest_post(w, &auditor, "/staff/deals?view=open", "/staff/deals/views",
                                  "name=What+waits&here=%3Fview%3Dopen")
                         .status,
                     303);
    assert_int_equal(webtest_post(w, &auditor, "/staff/deals?view=open", "/staff/deals/views",
                                  "name=What+waits+again&here=%3Fview%3Dopen")
                         .status,
                     303);
    a = webtest_get(w, &auditor, "/staff/deals?view=open");
    assert_int_equal(times(a.body, "aria-current"), before);
    assert_true(answer_has(&a, "aria-current=\"page\">What waits<"));
}

/* -- matches -------------------------------------------------------------------------- */

/* Two registrations of what looks like one customer, at two partners. */
static void rivals(int64_t *first, int64_t *second)
{
    const char *name = company("Instruments");

    *first = submitted(&world.north, arena_printf(world.a, "%s GmbH", name));
    *second = submitted(&world.south, arena_printf(world.a, "%s Ltd", name));
}

static void test_match__forbids_approval_and_says_so(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    rivals(&first, &second);
    a = approve(&manager, second);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "a match is still to be resolved"));
    assert_true(state_is(second, "submitted"));
}

static void test_match__stands_beside_the_registration_with_its_evidence(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    rivals(&first, &second);
    a = webtest_get(w, &manager, page_of(second));
    assert_true(answer_has(&a, "Same customer"));
    assert_true(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)first)));
    a = webtest_get(w, &manager, "/staff/deals?view=conflict");
    assert_true(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)second)));
}

/* An opportunity of the vendor's own sales for the customer and line of a registration. */
static int64_t direct_for(const char *name)
{
    struct opportunity_line line = { .product_line_id = world.line[0], .quantity = 1 };
    struct opportunity o = { .customer_name = name,
                             .customer_country = "CN",
                             .name = "Direct sale",
                             .currency = "USD",
                             .owner_name = "Tanager Field",
                             .expected_close = 25000,
                             .next_step_on = DAY_NONE,
                             .lines = &line,
                             .line_count = 1 };

    assert_ok(db_begin_write(world.db));
    assert_ok(opportunity_create(world.db, world.a, &world.vendor.by, &o));
    assert_ok(db_commit(world.db));
    return o.id;
}

static void test_direct__stands_beside_the_registration_for_who_may_open_it(void **state)
{
    const char *name = company("Foundry");
    const char *op = arena_number(world.a, "/staff/opportunities/OP-", direct_for(name));
    int64_t id = submitted(&world.north, name);
    struct answer a = webtest_get(w, &seller, page_of(id));

    (void)state;
    assert_true(answer_has(&a, op));
    assert_true(answer_has(&a, "Tanager Field"));
}

static void test_direct__says_only_that_there_is_one_to_who_may_not_open_it(void **state)
{
    const char *name = company("Smelters");
    const char *op = arena_number(world.a, "OP-", direct_for(name));
    int64_t id = submitted(&world.north, name);
    struct answer a = webtest_get(w, &decider, page_of(id));

    (void)state;
    assert_true(answer_has(&a, "1 opportunity that you may not open."));
    assert_false(answer_has(&a, op));
    assert_false(answer_has(&a, "Tanager Field"));
}

static void test_direct__brings_the_registration_into_the_conflict_queue(void **state)
{
    const char *name = company("Rollers");
    struct answer a;
    int64_t id;

    (void)state;
    direct_for(name);
    id = submitted(&world.north, name);
    a = webtest_get(w, &manager, "/staff/deals?view=conflict");
    assert_true(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)id)));
}

static void test_direct__of_the_very_customer_is_in_the_conflict_queue_until_decided(void **state)
{
    const int64_t op = direct_for(company("Presses"));
    const int64_t id = submitted(&world.north, company("Forges"));
    struct answer a;

    (void)state;
    fixture_run(w,
                arena_printf(world.a,
                             "UPDATE opportunity SET end_customer_id = (SELECT end_customer_id FROM"
                             " deal WHERE id = %lld) WHERE id = ?",
                             (long long)id),
                op);
    fixture_run(w, "UPDATE deal SET verdict = 'same' WHERE id = ?", id);
    a = webtest_get(w, &manager, "/staff/deals?view=conflict");
    assert_true(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)id)));
    assert_int_equal(approve(&manager, id).status, 303);
    a = webtest_get(w, &manager, "/staff/deals?view=conflict");
    assert_false(answer_has(&a, arena_printf(world.a, "DR-%lld", (long long)id)));
}

/* -- conversion ------------------------------------------------------------------------ */

static int64_t approved(const char *name)
{
    int64_t id = submitted(&world.north, name);

    assert_int_equal(approve(&manager, id).status, 303);
    return id;
}

static struct answer convert(struct visitor *v, int64_t id)
{
    const char *path = arena_printf(world.a, "%s/convert", page_of(id));

    return webtest_post(w, v, page_of(id), path,
                        arena_printf(world.a, "row_version=%lld", (long long)version_of(id)));
}

static void test_conversion__is_offered_to_who_works_on_opportunities(void **state)
{
    int64_t id = approved(company("Millwrights"));
    struct answer a;

    (void)state;
    a = webtest_get(w, &seller, page_of(id));
    assert_true(answer_has(&a, arena_printf(world.a, "%s/convert", page_of(id))));
    a = webtest_get(w, &seller, arena_printf(world.a, "%s/convert", page_of(id)));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Convert it?"));
}

static void test_conversion__by_staff_makes_an_opportunity_of_the_partner(void **state)
{
    int64_t id = approved(company("Thatchers"));
    struct answer a;

    (void)state;
    a = convert(&seller, id);
    assert_int_equal(a.status, 303);
    assert_true(str_starts(answer_header(&a, "Location"), "/staff/opportunities/OP-"));
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM opportunity o JOIN deal d ON d.id = o.deal_id"
               " WHERE d.id = ? AND d.state = 'converted' AND d.opportunity_id = o.id"
               " AND o.account_id = d.account_id",
               id),
        1);
}

static void test_conversion__by_staff_is_told_to_the_partner(void **state)
{
    int64_t id = approved(company("Glaziers"));

    (void)state;
    convert(&seller, id);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM notification WHERE event = 'deal.converted'"
                            " AND object_id = ?",
                            id),
                     1);
}

static void test_conversion__by_staff_stands_in_the_trail(void **state)
{
    int64_t id = approved(company("Farriers"));

    (void)state;
    convert(&seller, id);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'deal.convert'"
                            " AND object_id = ?",
                            id),
                     1);
}

static void test_conversion__is_not_for_who_works_on_no_opportunities(void **state)
{
    int64_t id = approved(company("Wheelwrights"));
    struct answer a;

    (void)state;
    a = webtest_get(w, &manager, page_of(id));
    assert_false(answer_has(&a, "/convert"));
    assert_int_equal(convert(&manager, id).status, 404);
    assert_true(state_is(id, "approved"));
}

static void test_conversion__is_done_once(void **state)
{
    int64_t id = approved(company("Chandlers"));

    (void)state;
    convert(&seller, id);
    assert_int_equal(convert(&seller, id).status, 409);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM opportunity WHERE deal_id = ?", id), 1);
}

static void test_conversion__leads_from_the_registration_to_its_opportunity(void **state)
{
    int64_t id = approved(company("Saddlers"));
    struct answer a;

    (void)state;
    convert(&seller, id);
    a = webtest_get(w, &seller, page_of(id));
    assert_true(answer_has(
        &a, arena_number(world.a, "/staff/opportunities/OP-",
                         number("SELECT opportunity_id AS n FROM deal WHERE id = ?", id))));
}

/* Another account of the customer of FIRST, which matches SECOND as well. */
static void sister_of(int64_t first, int64_t second)
{
    fixture_run(w,
                "INSERT INTO account (kind, name, country, zone, currency, group_id, created_at,"
                " updated_at) SELECT kind, CONCAT(name, ' Sister'), country, zone,"
                " currency, group_id, created_at, updated_at FROM account WHERE id ="
                " (SELECT end_customer_id FROM deal WHERE id = ?)",
                first);
    fixture_run(
        w,
        "INSERT INTO deal_match (deal_id, party_id, verdict, score, evidence_json, overlap,"
        " found_at) SELECT deal_id, (SELECT MAX(id) FROM account), verdict, score, evidence_json,"
        " overlap, found_at FROM deal_match WHERE deal_id = ? LIMIT 1",
        second);
}

static void test_match__of_two_accounts_of_one_customer_is_one_with_two_pairs(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    rivals(&first, &second);
    sister_of(first, second);
    a = webtest_get(w, &manager, page_of(second));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "2 accounts of one customer"));
    assert_false(answer_has(&a, "Match 2"));
    assert_int_equal(times(a.body, "A match that nobody has resolved yet"), 1);
    assert_int_equal(times(a.body, "value=\"different\""), 2);
}

static void test_match__marked_as_different_is_never_asked_about_again(void **state)
{
    int64_t first, second;

    (void)state;
    rivals(&first, &second);
    assert_int_equal(mark(&manager, second, first, "different").status, 303);
    assert_int_equal(approve(&manager, second).status, 303);
    assert_int_equal(approve(&manager, first).status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_match WHERE resolution = 'different' "
                            "AND deal_id = ?",
                            second),
                     1);
}

static void test_match__marked_as_the_same_leaves_the_place_in_line(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    rivals(&first, &second);
    assert_int_equal(mark(&manager, second, first, "same").status, 303);
    a = approve(&manager, second);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "came earlier"));
    assert_int_equal(approve(&manager, first).status, 303);
}

static void test_match__cannot_become_one_while_both_hold_the_same_line(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    rivals(&first, &second);
    assert_int_equal(mark(&manager, second, first, "different").status, 303);
    assert_int_equal(approve(&manager, first).status, 303);
    assert_int_equal(approve(&manager, second).status, 303);
    fixture_run(w, "UPDATE deal_match SET resolution = NULL WHERE deal_id = ?", second);
    a = mark(&manager, second, first, "same");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Both companies hold a protected claim"));
}

static void test_match__moves_the_claims_of_the_group_that_goes(void **state)
{
    int64_t first, second, group;

    (void)state;
    rivals(&first, &second);
    assert_int_equal(mark(&manager, second, first, "different").status, 303);
    assert_int_equal(approve(&manager, second).status, 303);
    fixture_run(w, "UPDATE deal_match SET resolution = NULL WHERE deal_id = ?", second);
    fixture_run(w, "DELETE FROM account_pair WHERE low_id > 0 AND high_id > 0 AND ? > 0", second);
    assert_int_equal(mark(&manager, second, first, "same").status, 303);
    group = number("SELECT group_id AS n FROM account JOIN deal ON deal.end_customer_id = "
                   "account.id WHERE deal.id = ?",
                   first);
    assert_int_equal(number("SELECT group_id AS n FROM claim WHERE deal_id = ?", second), group);
}

static void test_match__is_not_marked_without_the_permission(void **state)
{
    int64_t first, second;

    (void)state;
    rivals(&first, &second);
    assert_int_equal(mark(&decider, second, first, "same").status, 404);
}

/* -- overruling and revoking ----------------------------------------------------------- */

static void same_customer(int64_t *first, int64_t *second)
{
    rivals(first, second);
    assert_int_equal(mark(&manager, *second, *first, "same").status, 303);
    assert_int_equal(approve(&manager, *first).status, 303);
}

static const char *shown_claim(int64_t first)
{
    return arena_printf(
        world.a, "claim+%lld+%lld+%lld+%lld", (long long)first, (long long)world.line[0],
        (long long)number("SELECT id AS n FROM claim WHERE deal_id = ?", first),
        (long long)number("SELECT version AS n FROM claim WHERE deal_id = ?", first));
}

static struct answer overrule(struct visitor *v, int64_t id, const char *shown)
{
    return webtest_post(
        w, v, page_of(id), arena_printf(world.a, "%s/overrule", page_of(id)),
        arena_printf(world.a, "row_version=%lld&shown=%s&reason=customer_choice&text=In+writing",
                     (long long)version_of(id), shown));
}

static void test_overrule__takes_the_claim_that_was_shown(void **state)
{
    int64_t first, second;
    struct answer a;

    (void)state;
    same_customer(&first, &second);
    a = webtest_get(w, &manager, arena_printf(world.a, "%s/overrule", page_of(second)));
    assert_true(answer_has(&a, "Overrule and approve"));
    a = overrule(&manager, second, shown_claim(first));
    assert_int_equal(a.status, 303);
    assert_true(state_is(first, "revoked"));
    assert_true(state_is(second, "approved"));
}

static void test_overrule__refuses_what_was_not_shown_and_shows_it(void **state)
{
    int64_t first, second;
    const char *shown;
    struct answer a;

    (void)state;
    same_customer(&first, &second);
    shown = shown_claim(first);
    fixture_run(w, "UPDATE claim SET version = version + 1 WHERE deal_id = ?", first);
    a = overrule(&manager, second, shown);
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "new since you looked"));
    assert_true(state_is(first, "approved"));
}

static void test_overrule__has_a_permission_of_its_own(void **state)
{
    int64_t first, second;

    (void)state;
    same_customer(&first, &second);
    assert_int_equal(overrule(&decider, second, shown_claim(first)).status, 404);
    assert_true(state_is(first, "approved"));
}

static void test_revoke__frees_the_claims_and_needs_words(void **state)
{
    int64_t id = submitted(&world.north, company("Wheelwrights Pte"));

    (void)state;
    assert_int_equal(approve(&manager, id).status, 303);
    assert_int_equal(post(&manager, id, "revoke", "reason=not_worked_on&text=").status, 422);
    assert_int_equal(post(&manager, id, "revoke", "reason=not_worked_on&text=Silent").status, 303);
    assert_true(state_is(id, "revoked"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM claim WHERE deal_id = ?", id), 0);
}

/* -- extensions ------------------------------------------------------------------------ */

static int64_t asked_for(int64_t id)
{
    fixture_run(w,
                "INSERT INTO deal_extension (deal_id, progress, asked_days, asked_by, asked_at, "
                "old_until) SELECT id, 'Pilot runs', 30, created_by, UTC_TIMESTAMP(6), "
                "protected_until FROM deal WHERE id = ?",
                id);
    return number("SELECT MAX(id) AS n FROM deal_extension WHERE deal_id = ?", id);
}

/* What a reviewer sends who gives 390 more days. */
static const char *granting(int64_t extension)
{
    char until[DAY_ISO_BYTES];

    day_iso((int32_t)(clock_now_us() / CLOCK_DAY) + 390, until);
    return arena_printf(
        world.a, "extension_id=%lld&answer=grant&until=%s&text=", (long long)extension, until);
}

static void test_extension__granted_moves_the_end(void **state)
{
    int64_t id = submitted(&world.north, company("Smiths Plc")), extension, before;
    struct answer a;

    (void)state;
    assert_int_equal(approve(&manager, id).status, 303);
    extension = asked_for(id);
    before = number("SELECT TO_DAYS(protected_until) AS n FROM deal WHERE id = ?", id);
    a = webtest_get(w, &manager, page_of(id));
    assert_true(answer_has(&a, "Pilot runs"));
    a = post(&manager, id, "extension", granting(extension));
    assert_int_equal(a.status, 303);
    assert_true(number("SELECT TO_DAYS(protected_until) AS n FROM deal WHERE id = ?", id) > before);
    assert_int_equal(number("SELECT extensions_granted AS n FROM deal WHERE id = ?", id), 1);
}

static void test_extension__decided_by_another_meanwhile_says_so(void **state)
{
    int64_t id = submitted(&world.north, company("Coopers Plc")), extension;
    const char *answer;
    struct answer a;

    (void)state;
    assert_int_equal(approve(&manager, id).status, 303);
    extension = asked_for(id);
    answer = granting(extension);
    assert_int_equal(post(&manager, id, "extension", answer).status, 303);
    a = post(&manager, id, "extension", answer);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "is no longer asked here"));
}

static void test_extension__is_refused_with_a_reason(void **state)
{
    int64_t id = submitted(&world.north, company("Bowyers Plc")), extension;

    (void)state;
    assert_int_equal(approve(&manager, id).status, 303);
    extension = asked_for(id);
    assert_int_equal(post(&manager, id, "extension",
                          arena_printf(world.a, "extension_id=%lld&answer=refuse&until=&text=",
                                       (long long)extension))
                         .status,
                     422);
    assert_int_equal(post(&manager, id, "extension",
                          arena_printf(world.a,
                                       "extension_id=%lld&answer=refuse&until=&text=No+"
                                       "progress",
                                       (long long)extension))
                         .status,
                     303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM deal_extension WHERE state = 'refused' AND "
                            "pending IS NULL AND id = ?",
                            extension),
                     1);
}

/* -- comments -------------------------------------------------------------------------- */

static void test_comment__reaches_the_partner_and_a_note_does_not(void **state)
{
    int64_t id = submitted(&world.north, company("Fletchers Plc"));
    const char *told = "SELECT COUNT(*) AS n FROM notification WHERE object_id = ? AND event = "
                       "'deal.comment'";

    (void)state;
    webtest_post(w, &manager, page_of(id), arena_printf(world.a, "%s/comment", page_of(id)),
                 "body=For+us&do=note");
    assert_int_equal(number(told, id), 0);
    webtest_post(w, &manager, page_of(id), arena_printf(world.a, "%s/comment", page_of(id)),
                 "body=For+you&do=comment");
    assert_int_equal(number(told, id), 1);
}

/* -- who is told ------------------------------------------------------------------------ */

static int64_t told_of(int64_t id, const char *event)
{
    return number(arena_printf(world.a,
                               "SELECT COUNT(*) AS n FROM notification WHERE user_id = %lld AND "
                               "event = '%s' AND object_id = ?",
                               (long long)world.north.user, event),
                  id);
}

static void test_told__of_what_staff_registered_are_those_of_the_partner_who_write_registrations(
    void **state)
{
    const int64_t id = submitted(&world.north, company("Locks AG"));

    (void)state;
    fixture_run(w, "UPDATE deal SET sales_user_id = NULL WHERE id = ?", id);
    fixture_run(w,
                arena_printf(world.a, "UPDATE deal SET created_by = %lld WHERE id = ?",
                             (long long)manager.user_id),
                id);
    fixture_run(w,
                "INSERT IGNORE INTO user_role (user_id, role_id) SELECT ?, id FROM role "
                "WHERE audience = 'partner' AND code = 'sales'",
                world.north.user);
    webtest_post(w, &manager, page_of(id), arena_printf(world.a, "%s/comment", page_of(id)),
                 "body=Which+plant%3F&do=comment");
    assert_int_equal(told_of(id, "deal.comment"), 1);
    assert_int_equal(post(&manager, id, "decide",
                          "verb=return&reason=project_unclear&text=Which+plant%3F&duplicate_of=&"
                          "staff_note=")
                         .status,
                     303);
    assert_int_equal(told_of(id, "deal.returned"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queue__lists_what_nobody_has),
        cmocka_unit_test(test_queue__every_view_and_direction_can_be_read),
        cmocka_unit_test(test_queue__a_number_that_is_typed_leads_to_its_record),
        cmocka_unit_test(test_queue__is_found_by_company),
        cmocka_unit_test(test_queue__that_is_searched_shows_that_all_of_it_is),
        cmocka_unit_test(test_queue__the_next_one_is_taken),
        cmocka_unit_test(test_queue__is_exported_with_formulas_made_harmless),
        cmocka_unit_test(test_queue__is_exported_as_a_workbook),
        cmocka_unit_test(test_queue__exports_which_are_appeals),
        cmocka_unit_test(test_steps__each_approves_in_turn_and_the_last_decides),
        cmocka_unit_test(test_steps__who_is_not_asked_is_offered_no_decision_and_refused),
        cmocka_unit_test(test_steps__a_rejection_in_the_first_is_the_end),
        cmocka_unit_test(test_steps__whoever_is_asked_sees_it_in_another_department),
        cmocka_unit_test(test_steps__that_wait_for_the_reader_stand_on_one_page),
        cmocka_unit_test(test_steps__of_a_role_wait_for_those_who_have_it_and_see_the_registration),
        cmocka_unit_test(test_steps__that_wait_fill_pages_without_loss),
        cmocka_unit_test(test_steps__of_whom_the_reader_stands_in_for_say_for_whom),
        cmocka_unit_test(test_review__an_auditor_reads_and_is_offered_nothing),
        cmocka_unit_test(test_review__an_auditor_decides_nothing),
        cmocka_unit_test(test_review__another_department_finds_nothing),
        cmocka_unit_test(test_review__says_who_opened_it),
        cmocka_unit_test(test_review__its_audit_speaks_in_words),
        cmocka_unit_test(test_review__is_taken),
        cmocka_unit_test(test_review__approves_and_protects),
        cmocka_unit_test(test_review__returns_with_a_reason_and_keeps_a_note_for_staff),
        cmocka_unit_test(test_review__rejects_with_a_reason_of_the_list),
        cmocka_unit_test(test_review__needs_a_reason_to_reject),
        cmocka_unit_test(test_review__refuses_a_reason_of_another_decision),
        cmocka_unit_test(test_review__marks_a_duplicate_of_one_that_it_sees),
        cmocka_unit_test(test_review__is_no_duplicate_of_itself_or_of_nothing),
        cmocka_unit_test(test_review__refuses_an_old_version_and_shows_what_changed),
        cmocka_unit_test(test_review__gives_it_to_another_reviewer),
        cmocka_unit_test(test_review__gives_it_to_nobody_who_may_not_decide),
        cmocka_unit_test(test_review__a_delegate_decides_and_both_names_are_recorded),
        cmocka_unit_test(test_queue__gives_the_date_of_a_clock_without_repeating_its_head),
        cmocka_unit_test(test_saved_view__that_equals_a_view_of_the_list_is_the_current_one_alone),
        cmocka_unit_test(test_match__forbids_approval_and_says_so),
        cmocka_unit_test(test_match__stands_beside_the_registration_with_its_evidence),
        cmocka_unit_test(test_direct__stands_beside_the_registration_for_who_may_open_it),
        cmocka_unit_test(test_direct__says_only_that_there_is_one_to_who_may_not_open_it),
        cmocka_unit_test(test_direct__brings_the_registration_into_the_conflict_queue),
        cmocka_unit_test(test_direct__of_the_very_customer_is_in_the_conflict_queue_until_decided),
        cmocka_unit_test(test_conversion__is_offered_to_who_works_on_opportunities),
        cmocka_unit_test(test_conversion__by_staff_makes_an_opportunity_of_the_partner),
        cmocka_unit_test(test_conversion__by_staff_is_told_to_the_partner),
        cmocka_unit_test(test_conversion__by_staff_stands_in_the_trail),
        cmocka_unit_test(test_conversion__is_not_for_who_works_on_no_opportunities),
        cmocka_unit_test(test_conversion__is_done_once),
        cmocka_unit_test(test_conversion__leads_from_the_registration_to_its_opportunity),
        cmocka_unit_test(test_match__of_two_accounts_of_one_customer_is_one_with_two_pairs),
        cmocka_unit_test(test_match__marked_as_different_is_never_asked_about_again),
        cmocka_unit_test(test_match__marked_as_the_same_leaves_the_place_in_line),
        cmocka_unit_test(test_match__cannot_become_one_while_both_hold_the_same_line),
        cmocka_unit_test(test_match__moves_the_claims_of_the_group_that_goes),
        cmocka_unit_test(test_match__is_not_marked_without_the_permission),
        cmocka_unit_test(test_overrule__takes_the_claim_that_was_shown),
        cmocka_unit_test(test_overrule__refuses_what_was_not_shown_and_shows_it),
        cmocka_unit_test(test_overrule__has_a_permission_of_its_own),
        cmocka_unit_test(test_revoke__frees_the_claims_and_needs_words),
        cmocka_unit_test(test_extension__granted_moves_the_end),
        cmocka_unit_test(test_extension__decided_by_another_meanwhile_says_so),
        cmocka_unit_test(test_extension__is_refused_with_a_reason),
        cmocka_unit_test(test_comment__reaches_the_partner_and_a_note_does_not),
        cmocka_unit_test(
            test_told__of_what_staff_registered_are_those_of_the_partner_who_write_registrations),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

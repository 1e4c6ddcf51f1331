/* What a partner does with its registrations, as requests: the form, its faults, the record, and
 * what must not happen to either. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"
#include "support/sheet.h"
#include "support/testdb.h"

#include <stdio.h>
#include <stdlib.h>

static struct webtest *w;
static int64_t edge, storage, gone;

static int64_t add_line(const char *code, int active)
{
    static const struct db_stmt insert = {
        .name = "test.line",
        .sql = "INSERT INTO product_line (code, name_en, name_zh, sort, active)"
               " VALUES (?, ?, ?, 1, ?)",
        .binds = "sssi",
        .flags = DB_WRITE,
    };
    struct db *db = webtest_admin(w);
    int64_t id = 0;

    assert_ok(db_begin_write(db));
    assert_ok(
        db_insert(db, &insert, DB_ARGS(DB_S(code), DB_S(code), DB_S(code), DB_I(active)), &id));
    assert_ok(db_commit(db));
    return id;
}

static void run_sql(const char *sql)
{
    struct db *db = webtest_admin(w);

    assert_ok(db_begin_write(db));
    assert_ok(db_script(db, sql));
    assert_ok(db_commit(db));
}

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_partner, NULL);
    edge = add_line("test-edge", 1);
    storage = add_line("test-storage", 1);
    gone = add_line("test-gone", 0);
    run_sql("INSERT IGNORE INTO currency (code, active, sort) VALUES ('USD', 1, 1);"
            "INSERT IGNORE INTO calendar (code, name_en, name_zh, zone)"
            " VALUES ('default', 'Office', 'Office', 'UTC');"
            "INSERT IGNORE INTO calendar_hours (calendar_id, weekday, from_minute, until_minute)"
            " SELECT id, 1, 540, 1080 FROM calendar WHERE code = 'default'");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(w);
    return 0;
}

/* -- visitors and forms ------------------------------------------------------------------------ */

static void sign_in(struct visitor *v, int64_t account_id)
{
    struct permission_set all = { { 0 } };

    permission_add(&all, PERM_HOME);
    permission_add(&all, PERM_DEAL_VIEW);
    permission_add(&all, PERM_DEAL_EDIT);
    permission_add(&all, PERM_DEAL_REGISTER);
    permission_add(&all, PERM_DEAL_EXPORT);
    permission_add(&all, PERM_DEAL_CHECK);
    permission_add(&all, PERM_DEAL_FIGURES);
    permission_add(&all, PERM_OPPORTUNITY_VIEW);
    permission_add(&all, PERM_OPPORTUNITY_EDIT);
    *v = (struct visitor){ 0 };
    webtest_sign_in(w, v, AUD_PARTNER, &all, account_id);
}

#define CONTACT "&contact_name=Gu&contact_phone=86+512+6288&deal_type=new&currency=USD"

static const char *body_of(const char *company, int64_t line, const char *close,
                           const char *version, const char *button)
{
    static char body[1200];

    snprintf(body, sizeof(body),
             "company_name=%s&country=SG&expected_close=%s&row_version=%s&line=%lld&quantity=24"
             "&value=1%%2C234.50&do=%s" CONTACT,
             company, close, version, (long long)line, button);
    return body;
}

#define FAR "2029-12-31"

static struct answer begin(struct visitor *v, const char *company, const char *button)
{
    return webtest_post(w, v, "/partner/deals/new", "/partner/deals/new",
                        body_of(company, edge, FAR, "0", button));
}

static int64_t id_of(const struct answer *a)
{
    const char *location = answer_header(a, "Location");
    const char *at = location != NULL ? strstr(location, "DR-") : NULL;

    if (at == NULL)
        fail_msg("no address of a registration: status %d", a->status);
    return at == NULL ? 0 : atoll(at + 3);
}

static char *path_of(int64_t id, const char *what)
{
    static char path[2][100];
    static int turn;

    turn = !turn;
    snprintf(path[turn], sizeof(path[turn]), "/partner/deals/DR-%lld%s", (long long)id, what);
    return path[turn];
}

#define NUMBER(sql, id) fixture_number(w, sql, id)
#define DEALS_OF(v)     NUMBER("SELECT COUNT(*) AS n FROM deal WHERE account_id = ?", (v)->account_id)
#define VERSION_OF(id)  NUMBER("SELECT row_version AS n FROM deal WHERE id = ?", id)

/* -- drafts ------------------------------------------------------------------------------------ */

static void test_draft__is_saved_with_a_company_alone(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new",
                                   "company_name=Kestrel&row_version=0&do=save");
    assert_int_equal(a.status, 303);
    int64_t id = id_of(&a);

    a = webtest_get(w, &v, path_of(id, "/edit"));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Kestrel"));
}

static void test_draft__keeps_lines_and_amounts(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = begin(&v, "Kestrel", "save");
    int64_t id = id_of(&a);

    assert_int_equal(NUMBER("SELECT CAST(value * 10000 AS SIGNED) AS n FROM deal_line"
                            " WHERE deal_id = ?",
                            id),
                     12345000);
    a = webtest_get(w, &v, path_of(id, "/edit"));
    assert_true(answer_has(&a, "1234.50"));
}

static void test_draft__gets_another_row_without_a_script(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = begin(&v, "Kestrel", "add");

    assert_int_equal(a.status, 303);
    assert_non_null(strstr(answer_header(&a, "Location"), "more=1"));
    a = webtest_get(w, &v, path_of(id_of(&a), "/edit?more=1"));
    assert_true(answer_has(&a, "id=\"line-1\""));
}

static void test_draft__loses_a_row_without_a_script_whatever_it_holds(void **state)
{
    struct visitor v;
    char body[600];

    (void)state;
    sign_in(&v, 0);
    snprintf(body, sizeof(body),
             "company_name=Kestrel&row_version=0&line=%lld&quantity=3&value=5&line=%lld"
             "&quantity=nonsense&value=-1&do=remove-1",
             (long long)edge, (long long)storage);
    struct answer a = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new", body);

    assert_int_equal(a.status, 303);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_line WHERE deal_id = ?", id_of(&a)), 1);
}

static void test_draft__is_written_once_when_sent_twice(void **state)
{
    struct visitor v;
    char body[1400];

    (void)state;
    sign_in(&v, 0);
    const char *token = webtest_token(w, &v, "/partner/deals/new");

    snprintf(body, sizeof(body), "form_token=%s&%s", token,
             body_of("Kestrel", edge, FAR, "0", "save"));
    struct answer a = webtest_post_bare(w, &v, "/partner/deals/new", body);
    int64_t first = id_of(&a);

    a = webtest_post_bare(w, &v, "/partner/deals/new", body);
    assert_int_equal(a.status, 303);
    assert_int_equal(id_of(&a), first);
    assert_non_null(strstr(answer_header(&a, "Location"), "note=again"));
    assert_int_equal(DEALS_OF(&v), 1);
}

static void test_draft__shows_hostile_text_as_text(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = begin(&v, "%3Cscript%3Ealert%281%29%3C%2Fscript%3E", "save");
    int64_t id = id_of(&a);

    a = webtest_get(w, &v, path_of(id, ""));
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "<script>alert"));
    assert_true(answer_has(&a, "&lt;script&gt;alert"));
}

static void test_draft__of_another_partner_is_not_there(void **state)
{
    static const char *const pages[] = {
        "", "/edit", "/withdraw", "/end", "/convert", "/extension"
    };
    struct visitor v, stranger;

    (void)state;
    sign_in(&v, 0);
    sign_in(&stranger, 0);
    struct answer a = begin(&v, "Kestrel", "save");
    int64_t id = id_of(&a);

    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        assert_int_equal(webtest_get(w, &stranger, path_of(id, pages[i])).status, 404);
    a = webtest_post(w, &stranger, "/partner/deals/new", path_of(id, "/edit"),
                     body_of("Stolen", edge, FAR, "2", "save"));
    assert_int_equal(a.status, 404);
    a = webtest_post(w, &stranger, "/partner/deals/new", path_of(id, "/clone"), "");
    assert_int_equal(a.status, 404);
    assert_int_equal(NUMBER("SELECT company_name = 'Kestrel' AS n FROM deal WHERE id = ?", id), 1);
}

static void test_draft__takes_no_field_that_the_form_has_not(void **state)
{
    static const char *const extra[] = { "state=approved", "rank_no=1", "account_id=1",
                                         "protected_until=2030-01-01" };
    struct visitor v;
    char body[1400];

    (void)state;
    sign_in(&v, 0);
    for (size_t i = 0; i < ARRAY_LEN(extra); i++) {
        snprintf(body, sizeof(body), "%s&%s", body_of("Kestrel", edge, FAR, "0", "save"), extra[i]);
        assert_int_equal(
            webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new", body).status, 400);
    }
    assert_int_equal(DEALS_OF(&v), 0);
}

/* -- faults ------------------------------------------------------------------------------------ */

static struct answer submit_with(struct visitor *v, const char *field, const char *value)
{
    char body[1400];

    snprintf(body, sizeof(body),
             "company_name=Kestrel&country=SG&expected_close=" FAR
             "&row_version=0&line=%lld&quantity=24&value=10&do=submit" CONTACT "&%s=%s",
             (long long)edge, field, value);
    return webtest_post(w, v, "/partner/deals/new", "/partner/deals/new", body);
}

static void test_submission__names_every_fault_at_once(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new",
                                   "country=CN&tax_number=913205&row_version=0&do=submit");
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "id=\"company_name-err\""));
    assert_true(answer_has(&a, "id=\"tax_number-err\""));
    assert_true(answer_has(&a, "id=\"expected_close-err\""));
    assert_true(answer_has(&a, "id=\"contact_name-err\""));
    assert_true(answer_has(&a, "value=\"913205\""));
    assert_int_equal(DEALS_OF(&v), 0);
}

static void test_submission__refuses_what_is_absurd_at_its_field(void **state)
{
    static const struct {
        const char *line, *quantity, *value, *close, *fault;
    } rows[] = {
        { NULL, "-1", "10", FAR, "quantity-0-err" },
        { NULL, "0", "10", FAR, "quantity-0-err" },
        { NULL, "1e9", "10", FAR, "quantity-0-err" },
        { NULL, "1", "-5", FAR, "value-0-err" },
        { NULL, "1", "96.000%2C00", FAR, "value-0-err" },
        { NULL, "1", "99999999999999999999", FAR, "value-0-err" },
        { NULL, "1", "10", "2026-02-30", "expected_close-err" },
        { NULL, "1", "10", "2001-01-01", "expected_close-err" },
        { NULL, "1", "10", "9000-01-01", "expected_close-err" },
        { "999999999", "1", "10", FAR, "line-0-err" },
        { "x", "1", "10", FAR, "line-0-err" },
        { "", "1", "10", FAR, "line-0-err" },
    };
    struct visitor v;
    char body[1400], line[24];

    (void)state;
    sign_in(&v, 0);
    snprintf(line, sizeof(line), "%lld", (long long)edge);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        snprintf(body, sizeof(body),
                 "company_name=Kestrel&country=SG&row_version=0&line=%s&quantity=%s&value=%s"
                 "&expected_close=%s&do=submit" CONTACT,
                 rows[i].line != NULL ? rows[i].line : line, rows[i].quantity, rows[i].value,
                 rows[i].close);
        struct answer a = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new", body);

        if (a.status != 422 || !answer_has(&a, rows[i].fault))
            fail_msg("row %zu: %d, no fault %s", i, a.status, rows[i].fault);
    }
    assert_int_equal(DEALS_OF(&v), 0);
}

static void test_submission__refuses_a_product_line_that_is_not_sold(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new",
                                   body_of("Kestrel", gone, FAR, "0", "submit"));
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "line-0-err"));
}

static void test_submission__refuses_a_person_of_another_company(void **state)
{
    struct visitor v, other;
    char id[24];

    (void)state;
    sign_in(&v, 0);
    sign_in(&other, 0);
    snprintf(id, sizeof(id), "%lld", (long long)other.user_id);
    struct answer a = submit_with(&v, "sales_user_id", id);

    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "sales_user_id-err"));
}

/* -- submission and after ---------------------------------------------------------------------- */

static int64_t submitted(struct visitor *v, const char *company)
{
    struct answer a = begin(v, company, "submit");

    assert_int_equal(a.status, 303);
    return id_of(&a);
}

static void test_submission__takes_a_rank_a_clock_and_a_receipt(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Quayside");

    assert_int_equal(NUMBER("SELECT state = 'submitted' AND rank_no IS NOT NULL AND due_at IS NOT"
                            " NULL AS n FROM deal WHERE id = ?",
                            id),
                     1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM receipt WHERE deal_id = ?", id), 1);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM job WHERE kind = 'deal.rules' AND ref = ?", id), 1);
    struct answer a = webtest_get(w, &v, path_of(id, ""));

    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Quayside"));
    assert_true(answer_has(&a, "Submitted"));
}

static void test_submission__cannot_be_edited_any_more(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Lockside");
    struct answer a = webtest_get(w, &v, path_of(id, "/edit"));

    assert_int_equal(a.status, 409);
    a = webtest_post(w, &v, "/partner/deals/new", path_of(id, "/edit"),
                     body_of("Other", edge, FAR, "3", "save"));
    assert_int_equal(a.status, 409);
    assert_int_equal(NUMBER("SELECT company_name = 'Lockside' AS n FROM deal WHERE id = ?", id), 1);
}

static void test_withdrawal__is_asked_and_then_done(void **state)
{
    struct visitor v;
    char body[60];

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Mooring");
    char page[100];

    snprintf(page, sizeof(page), "%s", path_of(id, "/withdraw"));
    snprintf(body, sizeof(body), "row_version=%lld", (long long)VERSION_OF(id));
    struct answer a = webtest_post(w, &v, page, page, body);

    assert_int_equal(a.status, 303);
    assert_int_equal(NUMBER("SELECT state = 'withdrawn' AS n FROM deal WHERE id = ?", id), 1);
}

static void test_withdrawal__of_what_changed_meanwhile_is_refused(void **state)
{
    struct visitor v;
    char page[100];

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Slipway");

    snprintf(page, sizeof(page), "%s", path_of(id, "/withdraw"));
    struct answer a = webtest_post(w, &v, page, page, "row_version=1");

    assert_int_equal(a.status, 409);
    assert_int_equal(NUMBER("SELECT state = 'submitted' AS n FROM deal WHERE id = ?", id), 1);
}

static void test_protection__cannot_be_ended_before_there_is_one(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Breakwater");

    assert_int_equal(webtest_get(w, &v, path_of(id, "/end")).status, 409);
    assert_int_equal(webtest_get(w, &v, path_of(id, "/convert")).status, 409);
    assert_int_equal(webtest_get(w, &v, path_of(id, "/extension")).status, 409);
}

static void test_copy__is_a_draft_of_its_own(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = submitted(&v, "Dockyard");
    char page[100];

    snprintf(page, sizeof(page), "%s", path_of(id, ""));
    struct answer a = webtest_post(w, &v, page, path_of(id, "/clone"), "");

    assert_int_equal(a.status, 303);
    assert_int_equal(NUMBER("SELECT state = 'draft' AND rank_no IS NULL AND end_customer_id IS NULL"
                            " AS n FROM deal WHERE id = ?",
                            id_of(&a)),
                     1);
}

/* -- two people -------------------------------------------------------------------------------- */

static void test_change__by_two_shows_both_versions_and_loses_neither(void **state)
{
    struct visitor v, colleague;
    char page[100], version[24];

    (void)state;
    sign_in(&v, 0);
    sign_in(&colleague, v.account_id);
    struct answer a = begin(&v, "Kestrel", "save");
    int64_t id = id_of(&a);

    snprintf(page, sizeof(page), "%s", path_of(id, "/edit"));
    snprintf(version, sizeof(version), "%lld", (long long)VERSION_OF(id));
    a = webtest_post(w, &colleague, page, page,
                     body_of("Kestrel+Foods", edge, FAR, version, "save"));
    assert_int_equal(a.status, 303);
    a = webtest_post(w, &v, page, page, body_of("Kestrel+Group", edge, FAR, version, "save"));
    assert_int_equal(a.status, 409);
    assert_true(answer_has(&a, "Kestrel Foods"));
    assert_true(answer_has(&a, "Kestrel Group"));
    assert_true(answer_has(&a, "keep_company_name"));
    assert_int_equal(
        NUMBER("SELECT company_name = 'Kestrel Foods' AS n FROM deal WHERE id = ?", id), 1);
}

static void test_change__by_two_is_brought_together_field_by_field(void **state)
{
    struct visitor v;
    char page[100], version[24], body[1400];

    (void)state;
    sign_in(&v, 0);
    struct answer a = begin(&v, "Kestrel", "save");
    int64_t id = id_of(&a);

    snprintf(page, sizeof(page), "%s", path_of(id, "/edit"));
    snprintf(version, sizeof(version), "%lld", (long long)VERSION_OF(id));
    snprintf(body, sizeof(body), "%s&keep_company_name=theirs&keep_expected_close=yours",
             body_of("Kestrel+Group", edge, "2029-11-30", version, "save"));
    a = webtest_post(w, &v, page, path_of(id, "/merge"), body);
    assert_int_equal(a.status, 303);
    assert_int_equal(NUMBER("SELECT company_name = 'Kestrel' AND expected_close = '2029-11-30' AS n"
                            " FROM deal WHERE id = ?",
                            id),
                     1);
}

/* -- home -------------------------------------------------------------------------------------- */

static void test_home__leads_to_what_a_returned_registration_asks(void **state)
{
    struct visitor v;
    struct answer a;
    char sql[300];

    (void)state;
    sign_in(&v, 0);
    a = begin(&v, "Ours+Ltd", "submit");
    int64_t id = id_of(&a);

    snprintf(sql, sizeof(sql),
             "UPDATE deal SET state = 'returned', phase = 1, reason_text = 'Which plant?',"
             " answer_due_at = '2029-12-31' WHERE id = %lld",
             (long long)id);
    run_sql(sql);
    a = webtest_get(w, &v, "/partner/");
    assert_true(answer_has(&a, "returned: “Which plant?”"));
    assert_true(answer_has(&a, "answer by"));
    assert_true(answer_has(&a, path_of(id, "/edit\">Answer")));
}

static void test_home__shows_who_has_what_waits_for_the_vendor(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    a = begin(&v, "Ours+Ltd", "submit");
    int64_t id = id_of(&a);

    a = webtest_get(w, &v, "/partner/");
    assert_true(answer_has(&a, path_of(id, "\">DR-")));
    assert_true(answer_has(&a, "the queue"));
}

static void test_search__stands_on_every_page_and_asks_the_list(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    a = webtest_get(w, &v, "/partner/");
    assert_true(answer_has(&a, "role=\"search\" action=\"/partner/deals\""));
}

/* -- list and checks --------------------------------------------------------------------------- */

static void test_list__holds_the_own_companys_alone(void **state)
{
    struct visitor v, other;

    (void)state;
    sign_in(&v, 0);
    sign_in(&other, 0);
    begin(&v, "Ours+Ltd", "save");
    begin(&other, "Theirs+Ltd", "save");
    struct answer a = webtest_get(w, &v, "/partner/deals");

    assert_true(answer_has(&a, "Ours Ltd"));
    assert_false(answer_has(&a, "Theirs Ltd"));
    a = webtest_get(w, &v, "/partner/deals?q=Ltd");
    assert_true(answer_has(&a, "Ours Ltd"));
    assert_false(answer_has(&a, "Theirs Ltd"));
}

static void test_list__pages_through_every_order_without_loss(void **state)
{
    static const char *const sorts[] = { "updated", "close", "company" };
    struct visitor v;
    char company[40], address[800];

    (void)state;
    sign_in(&v, 0);
    for (int i = 0; i < 30; i++) {
        snprintf(company, sizeof(company), "Company+%02d", i);
        begin(&v, company, "save");
    }
    for (size_t s = 0; s < ARRAY_LEN(sorts); s++) {
        int seen = 0;

        snprintf(address, sizeof(address), "/partner/deals?sort=%s", sorts[s]);
        for (int page = 0; page < 2; page++) {
            struct answer a = webtest_get(w, &v, address);
            const char *older = strstr(a.body, "&amp;older=");

            assert_int_equal(a.status, 200);
            for (const char *at = a.body; (at = strstr(at, "class=\"fw-id\"")) != NULL; at++)
                seen++;
            if (page == 0) {
                assert_non_null(older);
                snprintf(address, sizeof(address), "/partner/deals?sort=%s&%.*s", sorts[s],
                         (int)strcspn(older + 5, "\""), older + 5);
            }
        }
        assert_int_equal(seen, 30);
    }
}

static void test_export__neutralises_formulas(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    begin(&v, "%3Dcmd%7Ccalc", "save");
    struct answer a = webtest_get(w, &v, "/partner/deals.csv");

    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "'=cmd|calc"));
}

static void test_export__is_a_workbook_of_what_the_filter_shows(void **state)
{
    struct arena *a = arena_new(4096);
    struct visitor v;
    char *rows;

    (void)state;
    sign_in(&v, 0);
    begin(&v, "%3Dcmd%7Ccalc", "save");
    struct answer book = webtest_get(w, &v, "/partner/deals.xlsx");

    assert_int_equal(book.status, 200);
    assert_string_equal(answer_header(&book, "Content-Type"),
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_non_null(strstr(answer_header(&book, "Content-Disposition"), "registrations.xlsx"));
    rows = sheet_text(a, book.body, book.body_len);
    assert_true(str_starts(rows, "Registration|Status|Company|"));
    assert_non_null(strstr(rows, "|=cmd|calc|"));
    book = webtest_get(w, &v, "/partner/deals.xlsx?view=protected");
    rows = sheet_text(a, book.body, book.body_len);
    assert_null(strstr(rows, "cmd"));
    arena_free(a);
}

static void test_export__needs_its_own_permission_in_both_formats(void **state)
{
    struct permission_set some = { { 0 } };
    struct visitor v = { 0 };
    struct answer page;

    (void)state;
    permission_add(&some, PERM_HOME);
    permission_add(&some, PERM_DEAL_VIEW);
    webtest_sign_in(w, &v, AUD_PARTNER, &some, 0);
    assert_int_equal(webtest_get(w, &v, "/partner/deals.csv").status, 404);
    assert_int_equal(webtest_get(w, &v, "/partner/deals.xlsx").status, 404);
    page = webtest_get(w, &v, "/partner/deals");
    assert_false(answer_has(&page, ".xlsx"));
    sign_in(&v, 0);
    page = webtest_get(w, &v, "/partner/deals?view=closed");
    assert_true(answer_has(&page, "/partner/deals.csv?view=closed"));
    assert_true(answer_has(&page, "/partner/deals.xlsx?view=closed"));
}

static void test_free__is_answered_as_often_as_the_parameter_says(void **state)
{
    struct visitor v;
    char body[200];

    (void)state;
    sign_in(&v, 0);
    run_sql("REPLACE INTO system_parameter (name, value, updated_at)"
            " VALUES ('deal.checks_a_day', '2', UTC_TIMESTAMP(6))");
    snprintf(body, sizeof(body), "company_name=Nobody+Knows&country=SG&line=%lld", (long long)edge);
    for (int i = 0; i < 2; i++)
        assert_int_equal(webtest_post(w, &v, "/partner/free", "/partner/free", body).status, 303);
    struct answer a = webtest_post(w, &v, "/partner/free", "/partner/free", body);

    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Nobody Knows"));
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal_check WHERE account_id = ?", v.account_id), 2);
}

static void test_free__goes_on_to_a_form_that_knows_what_was_asked(void **state)
{
    struct visitor v, other;
    struct answer a;
    char body[200], address[100];

    (void)state;
    sign_in(&v, 0);
    sign_in(&other, 0);
    snprintf(body, sizeof(body), "company_name=Asked+Before+Ltd&country=SG&line=%lld",
             (long long)storage);
    a = webtest_post(w, &v, "/partner/free", "/partner/free", body);
    assert_int_equal(a.status, 303);
    snprintf(address, sizeof(address), "/partner/deals/new%s",
             strchr(answer_header(&a, "Location"), '?'));
    a = webtest_get(w, &v, address);
    assert_true(answer_has(&a, "Asked Before Ltd"));
    snprintf(body, sizeof(body), "<option value=\"%lld\" selected>test-storage",
             (long long)storage);
    assert_true(answer_has(&a, body));
    a = webtest_get(w, &other, address);
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Asked Before Ltd"));
}

static void test_check__says_never_who(void **state)
{
    struct visitor holder, asker;
    char body[300];

    (void)state;
    sign_in(&holder, 0);
    sign_in(&asker, 0);
    submitted(&holder, "Aurora+Harbour+Logistics");
    snprintf(body, sizeof(body),
             "company_name=Aurora+Harbour+Logistics&country=SG&line=%lld&line=%lld",
             (long long)edge, (long long)storage);
    asker.htmx = true;
    struct answer a = webtest_post(w, &asker, "/partner/deals/new", "/partner/deals/check", body);

    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "a person will look"));
    assert_true(answer_has(&a, "free to submit"));
    assert_false(answer_has(&a, "DR-"));
    assert_false(answer_has(&a, "Company "));
}

static struct answer ask_free(struct visitor *v, const char *company)
{
    char body[200], address[200];

    snprintf(body, sizeof(body), "company_name=%s&country=SG&line=%lld", company, (long long)edge);
    struct answer a = webtest_post(w, v, "/partner/free", "/partner/free", body);

    assert_int_equal(a.status, 303);
    snprintf(address, sizeof(address), "%s", answer_header(&a, "Location"));
    return webtest_get(w, v, address);
}

static void test_free__says_taken_of_a_protection_and_of_nothing_less(void **state)
{
    struct visitor holder, asker;

    (void)state;
    sign_in(&holder, 0);
    sign_in(&asker, 0);
    int64_t id = submitted(&holder, "Zanzibar+Instruments");
    struct answer a = ask_free(&asker, "Zanzibar+Instruments");

    assert_true(answer_has(&a, "A person must look"));
    assert_false(answer_has(&a, ": Taken"));
    fixture_run(w,
                "UPDATE match_line SET live = 2 WHERE party_id ="
                " (SELECT end_customer_id FROM deal WHERE id = ?)",
                id);
    a = ask_free(&asker, "Zanzibar+Instruments");
    assert_true(answer_has(&a, ": Taken"));
    assert_false(answer_has(&a, "DR-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draft__is_saved_with_a_company_alone),
        cmocka_unit_test(test_draft__keeps_lines_and_amounts),
        cmocka_unit_test(test_draft__gets_another_row_without_a_script),
        cmocka_unit_test(test_draft__loses_a_row_without_a_script_whatever_it_holds),
        cmocka_unit_test(test_draft__is_written_once_when_sent_twice),
        cmocka_unit_test(test_draft__shows_hostile_text_as_text),
        cmocka_unit_test(test_draft__of_another_partner_is_not_there),
        cmocka_unit_test(test_draft__takes_no_field_that_the_form_has_not),
        cmocka_unit_test(test_submission__names_every_fault_at_once),
        cmocka_unit_test(test_submission__refuses_what_is_absurd_at_its_field),
        cmocka_unit_test(test_submission__refuses_a_product_line_that_is_not_sold),
        cmocka_unit_test(test_submission__refuses_a_person_of_another_company),
        cmocka_unit_test(test_submission__takes_a_rank_a_clock_and_a_receipt),
        cmocka_unit_test(test_submission__cannot_be_edited_any_more),
        cmocka_unit_test(test_withdrawal__is_asked_and_then_done),
        cmocka_unit_test(test_withdrawal__of_what_changed_meanwhile_is_refused),
        cmocka_unit_test(test_protection__cannot_be_ended_before_there_is_one),
        cmocka_unit_test(test_copy__is_a_draft_of_its_own),
        cmocka_unit_test(test_change__by_two_shows_both_versions_and_loses_neither),
        cmocka_unit_test(test_change__by_two_is_brought_together_field_by_field),
        cmocka_unit_test(test_home__leads_to_what_a_returned_registration_asks),
        cmocka_unit_test(test_home__shows_who_has_what_waits_for_the_vendor),
        cmocka_unit_test(test_search__stands_on_every_page_and_asks_the_list),
        cmocka_unit_test(test_list__holds_the_own_companys_alone),
        cmocka_unit_test(test_list__pages_through_every_order_without_loss),
        cmocka_unit_test(test_export__neutralises_formulas),
        cmocka_unit_test(test_export__is_a_workbook_of_what_the_filter_shows),
        cmocka_unit_test(test_export__needs_its_own_permission_in_both_formats),
        cmocka_unit_test(test_free__is_answered_as_often_as_the_parameter_says),
        cmocka_unit_test(test_free__says_taken_of_a_protection_and_of_nothing_less),
        cmocka_unit_test(test_free__goes_on_to_a_form_that_knows_what_was_asked),
        cmocka_unit_test(test_check__says_never_who),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

/* The library: what staff publish, in versions, and what partners of a tier and a country find,
 * download, and never see. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

static struct portal portal;
static struct webtest *partner, *staff;
static struct visitor *editor, v;
static int64_t account;

static const char *text(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, text(sql, id));
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    partner = portal_program(&portal, &program_partner);
    staff = portal_program(&portal, &program_staff);
    editor = &portal.people[AUD_STAFF];
    portal_run(&portal,
               "UPDATE account SET tier_id = NULL; DELETE FROM tier_requirement;"
               "DELETE FROM tier_benefit; DELETE FROM tier;"
               "INSERT INTO tier (id, code, name_en, name_zh, rank) VALUES (901, 't1', 'Copper',"
               " '铜', 1), (902, 't2', 'Bronze', '青铜', 2)");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

/* A partner in the lower tier, in Germany. */
static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    assert_ok(db_begin_write(portal.world.db));
    account = fixture_account(portal.world.db, "partner", NULL);
    assert_ok(db_commit(portal.world.db));
    portal_run(&portal, text("UPDATE document SET state = 'retired'; UPDATE account SET"
                             " tier_id = 901, country = 'DE' WHERE id = ?",
                             account));
    v = (struct visitor){ 0 };
    portal_sign_in_as(partner, &v, AUD_PARTNER, account);
    return 0;
}

#define BOUNDARY "fairway-library"

static const char *part(const char *name, const char *value)
{
    return arena_printf(portal.world.a,
                        "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s"
                        "\r\n",
                        name, value);
}

static struct answer send_file(const char *page, const char *path, const char *fields,
                               const char *words)
{
    const char *body = arena_printf(
        portal.world.a,
        "%s%s--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"files\";"
        " filename=\"sheet.txt\"\r\nContent-Type: text/plain\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
        part("form_token", webtest_token(staff, editor, page)), fields, words);

    return webtest_send(staff, editor, "POST", path, "multipart/form-data; boundary=" BOUNDARY,
                        body, strlen(body));
}

/* A draft by its address; its number. */
static int64_t write_draft(const char *name, const char *tier, const char *countries,
                           const char *words)
{
    const char *fields = arena_join(portal.world.a, part("name_en", name), part("name_zh", "单页"),
                                    part("category", "datasheet"), part("tier", tier),
                                    part("countries", countries), NULL);
    const struct answer a = send_file("/staff/library/new", "/staff/library/new", fields, words);

    assert_int_equal(a.status, 303);
    return portal_number(&portal, "SELECT MAX(id) FROM document");
}

static struct answer move(int64_t id, const char *to)
{
    const char *page = text("/staff/library/?", id);

    return webtest_post(staff, editor, page, arena_join(portal.world.a, page, "/move", NULL),
                        arena_printf(portal.world.a, "row_version=%lld&to=%s",
                                     (long long)number("SELECT row_version FROM document WHERE"
                                                       " id = ?",
                                                       id),
                                     to));
}

static int64_t publish(const char *name, const char *tier, const char *countries)
{
    const int64_t id = write_draft(name, tier, countries, "First words.");

    assert_int_equal(move(id, "published").status, 303);
    return id;
}

static struct answer download(int64_t id)
{
    return webtest_get(partner, &v, text("/partner/library/?/file", id));
}

static void test_library__a_draft_is_not_there_for_partners(void **state)
{
    const int64_t id = write_draft("Sheet of edges", "", "", "Words.");
    struct answer a = webtest_get(partner, &v, "/partner/library");

    (void)state;
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "Sheet of edges"));
    assert_int_equal(download(id).status, 404);
    assert_int_equal(move(id, "published").status, 303);
    a = webtest_get(partner, &v, "/partner/library");
    assert_true(answer_has(&a, "Sheet of edges"));
    assert_true(answer_has(&a, "Just published"));
}

static void test_library__shows_a_tier_what_is_for_it_and_those_below(void **state)
{
    const int64_t own = publish("For copper", "901", ""), above = publish("For bronze", "902", "");
    struct answer a = webtest_get(partner, &v, "/partner/library");

    (void)state;
    assert_true(answer_has(&a, "For copper"));
    assert_false(answer_has(&a, "For bronze"));
    assert_int_equal(download(own).status, 200);
    assert_int_equal(download(above).status, 404);
    portal_run(&portal, text("UPDATE account SET tier_id = 902 WHERE id = ?", account));
    assert_int_equal(download(above).status, 200);
    portal_run(&portal, text("UPDATE account SET tier_id = NULL WHERE id = ?", account));
    assert_int_equal(download(own).status, 404);
}

static void test_library__shows_a_country_what_is_for_it(void **state)
{
    const int64_t there = publish("For China", "", "cn"), here = publish("For both", "", "CN, de");

    (void)state;
    assert_int_equal(download(there).status, 404);
    assert_int_equal(download(here).status, 200);
}

static void test_library__refuses_what_is_no_country(void **state)
{
    const char *fields =
        arena_join(portal.world.a, part("name_en", "Nowhere"), part("name_zh", "单页"),
                   part("category", "datasheet"), part("countries", "DE, Atlantis"), NULL);
    const struct answer a = send_file("/staff/library/new", "/staff/library/new", fields, "Words.");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Two letters for each country"));
    assert_int_equal(number("SELECT COUNT(*) FROM document WHERE name_en = 'Nowhere' AND ? = ?", 1),
                     0);
}

static void test_library__notes_each_download_with_its_version(void **state)
{
    const int64_t id = publish("Counted", "", "");
    struct answer a = download(id);

    (void)state;
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "First words."));
    download(id);
    assert_int_equal(number("SELECT downloads FROM document_version WHERE document_id = ?", id), 2);
    assert_int_equal(number("SELECT COUNT(*) FROM document_download WHERE document_id = ? AND"
                            " version_no = 1",
                            id),
                     2);
    a = webtest_get(staff, editor, text("/staff/library/?", id));
    assert_true(
        answer_has(&a, portal_text(&portal, "SELECT name FROM user WHERE id = ?", v.user_id)));
}

static void test_library__does_not_count_who_looks_as_another(void **state)
{
    const int64_t id = publish("Seen as", "", "");
    const int64_t looks = number("SELECT MAX(id) FROM session WHERE user_id = ? AND ended_at IS"
                                 " NULL",
                                 editor->user_id);

    (void)state;
    portal_run(&portal,
               arena_printf(portal.world.a,
                            "UPDATE session SET seen_by = %lld, seen_session = %lld"
                            " WHERE user_id = %lld",
                            (long long)editor->user_id, (long long)looks, (long long)v.user_id));
    assert_int_equal(download(id).status, 200);
    assert_int_equal(number("SELECT downloads FROM document_version WHERE document_id = ?", id), 0);
}

static void test_library__gives_partners_the_newest_version_and_staff_all(void **state)
{
    const int64_t id = publish("In versions", "", "");
    const char *page = text("/staff/library/?", id);
    const char *version = part("row_version", portal_text(&portal,
                                                          "SELECT row_version FROM"
                                                          " document WHERE id = ?",
                                                          id));
    struct answer a =
        send_file(page, arena_join(portal.world.a, page, "/versions", NULL),
                  arena_join(portal.world.a, version, part("change_note", "Better words"), NULL),
                  "Second words.");

    (void)state;
    assert_int_equal(a.status, 303);
    a = download(id);
    assert_true(answer_has(&a, "Second words."));
    a = webtest_get(staff, editor, arena_join(portal.world.a, page, "/files/1", NULL));
    assert_true(answer_has(&a, "First words."));
    assert_int_equal(
        webtest_get(staff, editor, arena_join(portal.world.a, page, "/files/3", NULL)).status, 404);
    a = webtest_get(staff, editor, page);
    assert_true(answer_has(&a, "Better words"));
}

static void test_library__a_retired_document_is_gone_for_partners(void **state)
{
    const int64_t id = publish("Old", "", "");

    (void)state;
    assert_int_equal(move(id, "retired").status, 303);
    assert_int_equal(download(id).status, 404);
}

static void test_library__who_comes_second_changes_nothing(void **state)
{
    const int64_t id = publish("Two at once", "", "");
    const char *page = text("/staff/library/?", id);
    const struct answer a = webtest_post(
        staff, editor, page, page,
        "row_version=1&name_en=Later&name_zh=x&category=other&tier=&line=&countries=&language=");

    (void)state;
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "Somebody changed this document"));
    assert_int_equal(number("SELECT COUNT(*) FROM document WHERE name_en = 'Later' AND id = ?", id),
                     0);
}

static void test_library__waits_for_the_scanner(void **state)
{
    const int64_t id = publish("Scanned", "", "");
    struct answer a;

    (void)state;
    portal_run(&portal, text("UPDATE file f JOIN attachment x ON x.file_id = f.id JOIN"
                             " document_version w ON w.id = x.object_id AND x.kind = 'document'"
                             " SET f.scan = 'waiting' WHERE w.document_id = ?",
                             id));
    a = webtest_get(partner, &v, "/partner/library");
    assert_true(answer_has(&a, "Being checked for viruses"));
    assert_int_equal(download(id).status, 409);
    assert_int_equal(number("SELECT downloads FROM document_version WHERE document_id = ?", id), 0);
}

static void test_library__is_found_by_words_and_filters(void **state)
{
    struct answer a;

    (void)state;
    publish("Harbour cranes", "", "");
    publish("Quiet fans", "", "");
    a = webtest_get(partner, &v, "/partner/library?q=crane&category=datasheet");
    assert_true(answer_has(&a, "Harbour cranes"));
    assert_false(answer_has(&a, "Quiet fans"));
    a = webtest_get(partner, &v, "/partner/library?category=prices");
    assert_true(answer_has(&a, "No documents here"));
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_library__a_draft_is_not_there_for_partners),
        TEST(test_library__shows_a_tier_what_is_for_it_and_those_below),
        TEST(test_library__shows_a_country_what_is_for_it),
        TEST(test_library__refuses_what_is_no_country),
        TEST(test_library__notes_each_download_with_its_version),
        TEST(test_library__does_not_count_who_looks_as_another),
        TEST(test_library__gives_partners_the_newest_version_and_staff_all),
        TEST(test_library__a_retired_document_is_gone_for_partners),
        TEST(test_library__who_comes_second_changes_nothing),
        TEST(test_library__waits_for_the_scanner),
        TEST(test_library__is_found_by_words_and_filters),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

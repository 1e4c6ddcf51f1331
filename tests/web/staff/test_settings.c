/* Settings: currencies and rates, business calendars, territories, product lines. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct arena *a;
static struct visitor administrator, reader;

static int set_up(void **state)
{
    static const enum permission changes[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_SETTINGS_MANAGE,
                                               PERM_UNSET },
                                 reads[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    administrator = fixture_staff(w, changes);
    reader = fixture_staff(w, reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

static int64_t number(const char *sql)
{
    return fixture_number(w, sql, 0);
}

static const char *day(int offset)
{
    char iso[DAY_ISO_BYTES];

    day_iso((int32_t)(clock_now_us() / CLOCK_DAY) + offset, iso);
    return arena_dup(a, iso);
}

static struct answer post(const char *page, const char *path, const char *body)
{
    return webtest_post(w, &administrator, page, path, body);
}

/* -- currencies -------------------------------------------------------------------------- */

static struct answer add_rate(const char *code, const char *rate, int from)
{
    return post(arena_printf(a, "/staff/setup/currencies/%s", code),
                arena_printf(a, "/staff/setup/currencies/%s/rates", code),
                arena_printf(a, "rate=%s&since=%s", rate, day(from)));
}

static void test_currencies__one_is_added_and_offered(void **state)
{
    (void)state;
    assert_int_equal(post("/staff/setup/currencies", "/staff/setup/currencies", "code=PLN").status,
                     303);
    assert_int_equal(number("SELECT active AS n FROM currency WHERE code = 'PLN' AND number > ?"),
                     1);
    assert_int_equal(post("/staff/setup/currencies", "/staff/setup/currencies", "code=PLN").status,
                     422);
    assert_int_equal(
        post("/staff/setup/currencies/PLN", "/staff/setup/currencies/PLN/active", "").status, 303);
    assert_int_equal(number("SELECT active AS n FROM currency WHERE code = 'PLN' AND number > ?"),
                     0);
}

static void test_currencies__a_rate_that_was_in_effect_stays(void **state)
{
    (void)state;
    post("/staff/setup/currencies", "/staff/setup/currencies", "code=CZK");
    assert_int_equal(add_rate("CZK", "0.044", -400).status, 303);
    assert_int_equal(add_rate("CZK", "0.045", -10).status, 422);
    assert_int_equal(add_rate("CZK", "0.045", 0).status, 422);
    assert_int_equal(add_rate("CZK", "0.045", 1).status, 303);
    assert_int_equal(add_rate("CZK", "0.046", 1).status, 422);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM currency_rate WHERE currency = 'CZK' AND rate > ?"), 2);
}

static void test_currencies__a_rate_can_be_removed_until_it_holds(void **state)
{
    (void)state;
    post("/staff/setup/currencies", "/staff/setup/currencies", "code=HUF");
    add_rate("HUF", "0.0028", -5);
    add_rate("HUF", "0.0029", 30);
    assert_int_equal(post("/staff/setup/currencies/HUF", "/staff/setup/currencies/HUF/rates/delete",
                          arena_printf(a, "day=%s", day(30)))
                         .status,
                     303);
    assert_int_equal(post("/staff/setup/currencies/HUF", "/staff/setup/currencies/HUF/rates/delete",
                          arena_printf(a, "day=%s", day(-5)))
                         .status,
                     404);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM currency_rate WHERE currency = 'HUF' AND rate > ?"), 1);
}

static void test_currencies__what_is_no_rate_is_refused(void **state)
{
    static const char *const bad[] = {
        "0", "-1", "1,5", "abc", "1.0000000001", "1e3", ".5", "0.0"
    };

    (void)state;
    post("/staff/setup/currencies", "/staff/setup/currencies", "code=DKK");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(add_rate("DKK", bad[i], 5).status, 422);
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM currency_rate WHERE currency = 'DKK' AND rate > ?"), 0);
}

/* -- calendars --------------------------------------------------------------------------- */

static const char *office(const char *country, const char *monday, const char *friday)
{
    return arena_printf(a,
                        "country=%s&name_en=Office&name_zh=Office&zone=Europe/Berlin&monday=%s&"
                        "tuesday=&wednesday=&thursday=&friday=%s&saturday=&sunday=",
                        country, monday, friday);
}

static const char *changed(int64_t version, const char *monday)
{
    return arena_printf(a,
                        "row_version=%lld&name_en=Office&name_zh=Office&zone=Europe/Berlin&"
                        "monday=%s&tuesday=&wednesday=&thursday=&friday=&saturday=&sunday=",
                        (long long)version, monday);
}

static void test_calendars__one_is_made_with_its_hours(void **state)
{
    (void)state;
    assert_int_equal(post("/staff/setup/calendars/new", "/staff/setup/calendars/new",
                          office("AT", "08:00-12:00,+13:00-16:30", "8-12"))
                         .status,
                     303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM calendar_hours h JOIN calendar c ON c.id ="
                            " h.calendar_id WHERE c.code = 'AT' AND h.until_minute > ?"),
                     3);
    assert_int_equal(number("SELECT MAX(until_minute) AS n FROM calendar_hours h JOIN calendar c"
                            " ON c.id = h.calendar_id WHERE c.code = 'AT' AND c.id > ?"),
                     16 * 60 + 30);
    assert_int_equal(
        post("/staff/setup/calendars/new", "/staff/setup/calendars/new", office("AT", "8-12", ""))
            .status,
        422);
}

static void test_calendars__hours_that_cannot_be_read_are_refused(void **state)
{
    (void)state;
    assert_int_equal(post("/staff/setup/calendars/new", "/staff/setup/calendars/new",
                          office("BE", "late", "8-12"))
                         .status,
                     422);
    assert_int_equal(
        post("/staff/setup/calendars/new", "/staff/setup/calendars/new", office("BE", "", ""))
            .status,
        422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM calendar WHERE code = 'BE' AND id > ?"), 0);
}

static void test_calendars__who_was_slower_is_told(void **state)
{
    const char *page = "/staff/setup/calendars/CH";

    (void)state;
    post("/staff/setup/calendars/new", "/staff/setup/calendars/new", office("CH", "8-12", ""));
    assert_int_equal(post(page, page, changed(1, "9-12")).status, 303);
    assert_int_equal(post(page, page, changed(1, "10-12")).status, 422);
    assert_int_equal(number("SELECT MIN(from_minute) AS n FROM calendar_hours h JOIN calendar c ON"
                            " c.id = h.calendar_id WHERE c.code = 'CH' AND c.id > ?"),
                     9 * 60);
}

static struct answer holidays(const char *from, const char *until, const char *kind)
{
    return post("/staff/setup/calendars/DK", "/staff/setup/calendars/DK/days",
                arena_printf(a, "day=%s&until=%s&kind=%s&holiday_en=Rest&holiday_zh=Rest", from,
                             until, kind));
}

static void test_calendars__holidays_are_entered_and_removed(void **state)
{
    static const char all[] = "SELECT COUNT(*) AS n FROM holiday h JOIN calendar c ON c.id ="
                              " h.calendar_id WHERE c.code = 'DK' AND c.id > ?";

    (void)state;
    post("/staff/setup/calendars/new", "/staff/setup/calendars/new", office("DK", "8-12", ""));
    assert_int_equal(holidays(day(10), day(16), "holiday").status, 303);
    assert_int_equal(number(all), 7);
    assert_int_equal(holidays(day(14), day(20), "worked").status, 422);
    assert_int_equal(holidays(day(30), day(29), "worked").status, 422);
    assert_int_equal(holidays(day(30), day(90), "worked").status, 422);
    assert_int_equal(number(all), 7);
    assert_int_equal(post("/staff/setup/calendars/DK", "/staff/setup/calendars/DK/days/delete",
                          arena_printf(a, "gone=%s", day(12)))
                         .status,
                     303);
    assert_int_equal(post("/staff/setup/calendars/DK", "/staff/setup/calendars/DK/days/delete",
                          arena_printf(a, "gone=%s", day(12)))
                         .status,
                     404);
    assert_int_equal(number(all), 6);
}

/* -- territories ------------------------------------------------------------------------- */

static int64_t tree(void)
{
    return number("SELECT value AS n FROM counter WHERE name = 'territory.tree' AND value > ?");
}

static struct answer territory(const char *path, int64_t seen, const char *code, int64_t below,
                               const char *areas)
{
    return post("/staff/setup/territories/new", path,
                arena_printf(a,
                             "tree=%lld&code=%s&name_en=Name&name_zh=Name&below=%s&department=&"
                             "areas=%s",
                             (long long)seen, code,
                             below == 0 ? "" : arena_printf(a, "%lld", (long long)below), areas));
}

static int64_t made(const char *code, int64_t below, const char *areas)
{
    assert_int_equal(territory("/staff/setup/territories/new", tree(), code, below, areas).status,
                     303);
    return number(
        arena_printf(a, "SELECT id AS n FROM territory WHERE code = '%s' AND id > ?", code));
}

static const char *path_of(int64_t id)
{
    return arena_printf(a, "/staff/setup/territories/%lld", (long long)id);
}

static void test_territories__a_place_belongs_to_one(void **state)
{
    const int64_t first = made("ISLES", 0, "IE%0AGB+Wales");

    (void)state;
    assert_int_equal(number(arena_printf(a,
                                         "SELECT COUNT(*) AS n FROM territory_area WHERE"
                                         " territory_id = %lld AND territory_id > ?",
                                         (long long)first)),
                     2);
    assert_int_equal(
        territory("/staff/setup/territories/new", tree(), "OTHER", 0, "GB+Wales").status, 422);
    assert_int_equal(territory("/staff/setup/territories/new", tree(), "OTHER", 0, "Wales").status,
                     422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM territory WHERE code = 'OTHER' AND id > ?"),
                     0);
}

static void test_territories__none_stands_below_itself(void **state)
{
    const int64_t top = made("TOP", 0, ""), middle = made("MIDDLE", top, ""),
                  low = made("LOW", middle, "");

    (void)state;
    assert_int_equal(territory(path_of(top), tree(), "TOP", low, "").status, 422);
    assert_int_equal(territory(path_of(top), tree(), "TOP", top, "").status, 422);
    assert_int_equal(territory(path_of(low), tree(), "LOW", top, "").status, 303);
}

static void test_territories__have_eight_levels(void **state)
{
    int64_t above = 0;

    (void)state;
    for (int i = 0; i < 8; i++)
        above = made(arena_printf(a, "LEVEL-%d", i), above, "");
    assert_int_equal(territory("/staff/setup/territories/new", tree(), "LEVEL-8", above, "").status,
                     422);
}

static void test_territories__who_was_slower_is_told(void **state)
{
    const int64_t seen = tree();

    (void)state;
    assert_int_equal(territory("/staff/setup/territories/new", seen, "QUICK", 0, "").status, 303);
    assert_int_equal(territory("/staff/setup/territories/new", seen, "SLOW", 0, "").status, 422);
}

static struct answer gone(int64_t id)
{
    return post("/staff/setup/territories/new", arena_printf(a, "%s/delete", path_of(id)),
                arena_printf(a, "tree=%lld", (long long)tree()));
}

static void test_territories__one_in_use_is_not_deleted(void **state)
{
    const int64_t top = made("PARENT", 0, "NO"), low = made("CHILD", top, "");

    (void)state;
    assert_int_equal(gone(top).status, 422);
    assert_int_equal(gone(low).status, 303);
    assert_int_equal(gone(top).status, 303);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM territory_area WHERE country = 'NO' AND"
                            " territory_id > ?"),
                     0);
}

static void test_territories__the_code_is_plain(void **state)
{
    (void)state;
    assert_int_equal(territory("/staff/setup/territories/new", tree(), "%E5%8D%8E", 0, "").status,
                     422);
    assert_int_equal(territory("/staff/setup/territories/new", tree(), "low", 0, "").status, 422);
}

/* -- product lines ----------------------------------------------------------------------- */

static void test_lines__one_is_made_changed_and_turned_off(void **state)
{
    const char *path;

    (void)state;
    assert_int_equal(post("/staff/setup/lines/new", "/staff/setup/lines/new",
                          "code=tape&name_en=Tape&name_zh=Tape&sort=5&active=1")
                         .status,
                     303);
    assert_int_equal(post("/staff/setup/lines/new", "/staff/setup/lines/new",
                          "code=tape&name_en=Tape&name_zh=Tape&sort=5&active=1")
                         .status,
                     422);
    path = arena_printf(
        a, "/staff/setup/lines/%lld",
        (long long)number("SELECT id AS n FROM product_line WHERE code = 'tape' AND id > ?"));
    assert_int_equal(post(path, path, "row_version=1&name_en=Tapes&name_zh=Tape&sort=6").status,
                     303);
    assert_int_equal(post(path, path, "row_version=1&name_en=Late&name_zh=Tape&sort=6").status,
                     422);
    assert_int_equal(number("SELECT active AS n FROM product_line WHERE code = 'tape' AND name_en"
                            " = 'Tapes' AND id > ?"),
                     0);
}

/* -- reasons of decisions ----------------------------------------------------------------- */

#define REASONS "/staff/setup/reasons"

static struct answer reason(int64_t id, const char *body)
{
    const char *path = arena_printf(a, REASONS "/%lld", (long long)id);

    return post(path, path, body);
}

static int64_t reason_id(const char *code)
{
    return number(
        arena_printf(a, "SELECT id AS n FROM deal_reason WHERE code = '%s' AND id > ?", code));
}

static int64_t made_reason(const char *text)
{
    assert_int_equal(
        post(REASONS "/new", REASONS "/new",
             arena_printf(a, "use_for=reject&text_en=%s&text_zh=x&sort=8&active=1", text))
            .status,
        303);
    return number("SELECT MAX(id) AS n FROM deal_reason WHERE id > ?");
}

static void test_reasons__one_is_made_reworded_and_turned_off(void **state)
{
    const int64_t id = made_reason("Too+late");
    struct answer got = webtest_get(w, &administrator, REASONS);

    (void)state;
    assert_true(answer_has(&got, "Too late"));
    assert_int_equal(reason(id, "row_version=1&text_en=Much+too+late&text_zh=x&sort=2").status,
                     303);
    assert_int_equal(number(arena_printf(a,
                                         "SELECT COUNT(*) AS n FROM deal_reason WHERE id = %lld AND"
                                         " text_en = 'Much too late' AND active = 0 AND sort > ?",
                                         (long long)id)),
                     1);
    assert_int_equal(
        number(arena_printf(a,
                            "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'deal_reason' AND"
                            " object_id = %lld AND before_json LIKE '%%Too late%%' AND after_json"
                            " LIKE '%%Much too late%%' AND id > ?",
                            (long long)id)),
        1);
}

static void test_reasons__who_was_slower_is_told(void **state)
{
    const int64_t id = made_reason("Slow");

    (void)state;
    assert_int_equal(reason(id, "row_version=1&text_en=A&text_zh=x&sort=2&active=1").status, 303);
    assert_int_equal(reason(id, "row_version=1&text_en=B&text_zh=x&sort=2&active=1").status, 422);
}

static void test_reasons__one_that_a_rule_gives_stays_in_use(void **state)
{
    const int64_t id = reason_id("no_project");
    struct answer got;

    (void)state;
    fixture_run(w,
                "INSERT INTO deal_rule (position, name_en, name_zh, active, outcome, reason_code)"
                " SELECT 900, 'R', 'R', 1, 'reject', code FROM deal_reason WHERE id = ?",
                id);
    got = reason(id, "row_version=1&text_en=No+project&text_zh=x&sort=2");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "active-err"));
    assert_int_equal(
        reason(id, "row_version=1&text_en=No+project&text_zh=x&sort=2&active=1").status, 303);
    fixture_run(w, "DELETE FROM deal_rule WHERE position > ?", 899);
}

static void test_reasons__one_is_left_for_each_decision(void **state)
{
    const int64_t id = reason_id("other_revoke");
    struct answer got;

    (void)state;
    fixture_run(w, "UPDATE deal_reason SET active = 0 WHERE use_for = 'revoke' AND id <> ?", id);
    got = reason(id, "row_version=1&text_en=Another&text_zh=x&sort=9");
    assert_int_equal(got.status, 422);
    assert_true(answer_has(&got, "active-err"));
    fixture_run(w, "UPDATE deal_reason SET active = 1 WHERE id > ?", 0);
}

/* -- who may ----------------------------------------------------------------------------- */

static void test_settings__who_only_reads_is_shown_no_form(void **state)
{
    static const char *const pages[] = { "/staff/setup",
                                         "/staff/setup/currencies",
                                         "/staff/setup/currencies/CZK",
                                         "/staff/setup/calendars",
                                         "/staff/setup/calendars/default",
                                         "/staff/setup/territories",
                                         "/staff/setup/lines",
                                         "/staff/setup/reasons" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct answer got = webtest_get(w, &reader, pages[i]);

        assert_int_equal(got.status, 200);
        assert_null(strstr(got.body, "/new\""));
        assert_null(strstr(got.body, "btn-primary"));
    }
    assert_int_equal(webtest_get(w, &reader, "/staff/setup/lines/new").status, 404);
}

static void test_settings__every_change_is_in_the_trail(void **state)
{
    static const char *const kinds[] = { "currency", "calendar", "territory", "product_line",
                                         "deal_reason" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        assert_true(number(arena_printf(
                        a, "SELECT COUNT(*) AS n FROM audit_event WHERE kind = '%s' AND id > ?",
                        kinds[i])) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_currencies__one_is_added_and_offered),
        cmocka_unit_test(test_currencies__a_rate_that_was_in_effect_stays),
        cmocka_unit_test(test_currencies__a_rate_can_be_removed_until_it_holds),
        cmocka_unit_test(test_currencies__what_is_no_rate_is_refused),
        cmocka_unit_test(test_calendars__one_is_made_with_its_hours),
        cmocka_unit_test(test_calendars__hours_that_cannot_be_read_are_refused),
        cmocka_unit_test(test_calendars__who_was_slower_is_told),
        cmocka_unit_test(test_calendars__holidays_are_entered_and_removed),
        cmocka_unit_test(test_territories__a_place_belongs_to_one),
        cmocka_unit_test(test_territories__none_stands_below_itself),
        cmocka_unit_test(test_territories__have_eight_levels),
        cmocka_unit_test(test_territories__who_was_slower_is_told),
        cmocka_unit_test(test_territories__one_in_use_is_not_deleted),
        cmocka_unit_test(test_territories__the_code_is_plain),
        cmocka_unit_test(test_lines__one_is_made_changed_and_turned_off),
        cmocka_unit_test(test_reasons__one_is_made_reworded_and_turned_off),
        cmocka_unit_test(test_reasons__who_was_slower_is_told),
        cmocka_unit_test(test_reasons__one_that_a_rule_gives_stays_in_use),
        cmocka_unit_test(test_reasons__one_is_left_for_each_decision),
        cmocka_unit_test(test_settings__who_only_reads_is_shown_no_form),
        cmocka_unit_test(test_settings__every_change_is_in_the_trail),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

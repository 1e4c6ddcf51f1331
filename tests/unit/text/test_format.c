/* Tests of text/format.h: what people of a language and a zone read. */
#include "support/test.h"

#include "text/format.h"

#include "base/str.h"

static struct arena *arena;
static const struct text_locale *en_berlin, *en_utc, *zh_shanghai;

static int open_world(void **state)
{
    (void)state;
    arena = arena_new(65536);
    assert_ok(text_format_init());
    en_berlin = text_locale_get(LANG_EN, "Europe/Berlin");
    en_utc = text_locale_get(LANG_EN, "UTC");
    zh_shanghai = text_locale_get(LANG_ZH, "Asia/Shanghai");
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    text_format_end();
    arena_free(arena);
    return 0;
}

static int64_t at(int year, int month, int day, int hour, int minute)
{
    struct civil c = { .year = year, .month = month, .day = day, .hour = hour, .minute = minute };

    return civil_to_us(&c);
}

static struct money money(int64_t e4, const char *currency)
{
    struct money m = { .e4 = e4 };

    memcpy(m.currency, currency, sizeof(m.currency));
    return m;
}

static void test_format__groups_numbers(void **state)
{
    (void)state;
    assert_string_equal(text_number(en_utc, arena, 1234567), "1,234,567");
    assert_string_equal(text_number(zh_shanghai, arena, -1234), "-1,234");
    assert_string_equal(text_number(en_utc, arena, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void test_format__rounds_decimals_half_away_from_zero(void **state)
{
    (void)state;
    assert_string_equal(text_decimal(en_utc, arena, 12345000, 0, 1), "1,234.5");
    assert_string_equal(text_decimal(en_utc, arena, 12500, 0, 1), "1.3");
    assert_string_equal(text_decimal(en_utc, arena, -12500, 0, 1), "-1.3");
    assert_string_equal(text_decimal(en_utc, arena, 10000, 2, 2), "1.00");
}

static void test_format__shows_money_with_the_digits_of_its_currency(void **state)
{
    (void)state;
    assert_string_equal(text_money(en_utc, arena, money(12340000, "USD")), "USD 1,234.00");
    assert_string_equal(text_money(zh_shanghai, arena, money(12340000, "JPY")), "JPY 1,234");
    assert_string_equal(text_money(en_utc, arena, money(-50000, "KWD")), "KWD -5.000");
}

static void test_format__never_hides_decimals_of_an_amount(void **state)
{
    (void)state;
    assert_string_equal(text_money(en_utc, arena, money(1, "USD")), "USD 0.0001");
}

static void test_format__is_exact_for_the_largest_amounts(void **state)
{
    (void)state;
    assert_string_equal(text_money(en_utc, arena, money(INT64_C(9007199254740993), "USD")),
                        "USD 900,719,925,474.0993");
}

static void test_format__shows_percent_and_sizes(void **state)
{
    (void)state;
    assert_string_equal(text_percent(en_utc, arena, 1250), "12.5%");
    assert_string_equal(text_percent(zh_shanghai, arena, 800), "8%");
    assert_string_equal(text_bytes(en_utc, arena, 512), "512 B");
    assert_string_equal(text_bytes(en_utc, arena, 14541), "14.2 KB");
    assert_string_equal(text_bytes(en_utc, arena, 3 * 1048576), "3 MB");
}

static void test_text_share__is_rounded_and_of_nothing_a_dash(void **state)
{
    (void)state;
    assert_string_equal(text_share(en_utc, arena, 2, 3), "67%");
    assert_string_equal(text_share(en_utc, arena, 1, 3), "33%");
    assert_string_equal(text_share(en_utc, arena, 0, 7), "0%");
    assert_string_equal(text_share(en_utc, arena, 0, 0), "–");
}

static void test_format__shows_dates_in_the_language(void **state)
{
    int32_t day = day_from_civil(2026, 11, 21);

    (void)state;
    assert_string_equal(text_day(en_utc, arena, day), "21 Nov 2026");
    assert_string_equal(text_day(zh_shanghai, arena, day), "2026年11月21日");
    assert_string_equal(text_month(en_utc, arena, day), "Nov 2026");
    assert_string_equal(text_month(zh_shanghai, arena, day), "2026年11月");
}

static void test_format__shows_instants_in_the_zone(void **state)
{
    int64_t evening = at(2026, 11, 21, 22, 32);

    (void)state;
    assert_string_equal(text_date_time(en_utc, arena, evening), "21 Nov 2026, 22:32");
    assert_string_equal(text_date_time(en_berlin, arena, evening), "21 Nov 2026, 23:32");
    assert_string_equal(text_date_time(zh_shanghai, arena, evening), "2026年11月22日 06:32");
    assert_string_equal(text_date(zh_shanghai, arena, evening), "2026年11月22日");
}

static void test_format__leaves_the_year_out_when_it_is_this_one(void **state)
{
    int64_t now = at(2026, 12, 31, 20, 0), new_year = at(2026, 12, 31, 17, 0);

    (void)state;
    assert_string_equal(text_date_time_short(en_utc, arena, new_year, now), "31 Dec, 17:00");
    /* In Shanghai both are in 2027. */
    assert_string_equal(text_date_time_short(zh_shanghai, arena, new_year, now), "1月1日 01:00");
    assert_string_equal(text_date_time_short(en_utc, arena, at(2025, 1, 2, 3, 4), now),
                        "2 Jan 2025, 03:04");
}

static void test_format__shows_nothing_for_no_time(void **state)
{
    (void)state;
    assert_string_equal(text_date_time(en_utc, arena, 0), "");
    assert_string_equal(text_date(en_utc, arena, 0), "");
    assert_string_equal(text_day(en_utc, arena, DAY_NONE), "");
}

static void test_format__names_the_distance_from_utc(void **state)
{
    (void)state;
    assert_string_equal(text_zone_offset(zh_shanghai, arena, at(2026, 1, 1, 0, 0)), "UTC+08:00");
    assert_string_equal(text_zone_offset(en_berlin, arena, at(2026, 7, 1, 0, 0)), "UTC+02:00");
    assert_string_equal(
        text_zone_offset(text_locale_get(LANG_EN, "America/St_Johns"), arena, at(2026, 1, 1, 0, 0)),
        "UTC-03:30");
}

static void test_format__splits_a_span_into_parts(void **state)
{
    int64_t from = at(2026, 11, 21, 12, 0);
    struct text_span span =
        text_span_between(en_utc, from, from + 3 * CLOCK_HOUR + 15 * CLOCK_MINUTE);

    (void)state;
    assert_false(span.past);
    assert_int_equal(span.days, 0);
    assert_int_equal(span.hours, 3);
    assert_int_equal(span.minutes, 15);
    span = text_span_between(en_utc, from, from - 41 * CLOCK_DAY - CLOCK_HOUR);
    assert_true(span.past);
    assert_int_equal(span.days, 41);
    assert_int_equal(span.hours, 1);
}

static void test_format__counts_calendar_days_by_local_midnights(void **state)
{
    int64_t before = at(2026, 11, 21, 15, 59), after = at(2026, 11, 21, 16, 1);

    (void)state;
    assert_int_equal(text_span_between(zh_shanghai, before, after).calendar_days, 1);
    assert_int_equal(text_span_between(en_utc, before, after).calendar_days, 0);
    assert_int_equal(text_span_between(zh_shanghai, after, before).calendar_days, -1);
}

static void test_format__gives_a_day_of_23_hours_when_clocks_go_forward(void **state)
{
    int32_t day = day_from_civil(2026, 3, 29);

    (void)state;
    assert_int_equal(text_day_starts_at(en_berlin, day), at(2026, 3, 28, 23, 0));
    assert_int_equal(text_day_ends_at(en_berlin, day) - text_day_starts_at(en_berlin, day),
                     23 * CLOCK_HOUR);
}

static void test_format__gives_a_day_of_25_hours_when_clocks_go_back(void **state)
{
    int32_t day = day_from_civil(2026, 10, 25);

    (void)state;
    assert_int_equal(text_day_ends_at(en_berlin, day) - text_day_starts_at(en_berlin, day),
                     25 * CLOCK_HOUR);
}

static void test_format__begins_a_day_without_midnight_after_the_gap(void **state)
{
    const struct text_locale *sao_paulo = text_locale_get(LANG_EN, "America/Sao_Paulo");
    int32_t day = day_from_civil(2018, 11, 4); /* 00:00 became 01:00 */

    (void)state;
    assert_int_equal(text_day_starts_at(sao_paulo, day), at(2018, 11, 4, 3, 0));
    assert_int_equal(text_local_day(sao_paulo, text_day_starts_at(sao_paulo, day)), day);
    assert_int_equal(text_local_day(sao_paulo, text_day_starts_at(sao_paulo, day) - 1), day - 1);
}

static void test_format__takes_the_earlier_of_a_time_that_occurs_twice(void **state)
{
    struct civil twice = { .year = 2026, .month = 10, .day = 25, .hour = 2, .minute = 30 };
    struct civil skipped = { .year = 2026, .month = 3, .day = 29, .hour = 2, .minute = 30 };

    (void)state;
    assert_int_equal(text_instant(en_berlin, &twice), at(2026, 10, 25, 0, 30));
    assert_int_equal(text_instant(en_berlin, &skipped), at(2026, 3, 29, 1, 30));
}

static void test_format__finds_local_days_before_1970(void **state)
{
    (void)state;
    assert_int_equal(text_local_day(en_utc, -1), -1);
    assert_string_equal(text_day(en_utc, arena, -1), "31 Dec 1969");
}

static void test_format__knows_valid_zones(void **state)
{
    (void)state;
    assert_true(text_zone_valid("Asia/Shanghai"));
    assert_true(text_zone_valid("UTC"));
    assert_true(text_zone_valid("America/Argentina/Buenos_Aires"));
    assert_false(text_zone_valid("Asia/Atlantis"));
    assert_false(text_zone_valid("CST"));
    assert_false(text_zone_valid(""));
    assert_false(text_zone_valid(NULL));
    assert_false(text_zone_valid("../../etc/passwd"));
}

static void test_format__counts_an_unknown_zone_as_utc(void **state)
{
    (void)state;
    assert_string_equal(text_locale_zone(text_locale_get(LANG_ZH, "No/Where")), "UTC");
    assert_ptr_equal(text_locale_get(LANG_EN, "Europe/Berlin"), en_berlin);
}

static void test_format__lists_countries_currencies_and_zones_by_name(void **state)
{
    size_t count;
    const struct text_choice *list = text_countries(LANG_EN, &count);

    (void)state;
    assert_true(count > 200);
    for (size_t i = 1; i < count; i++)
        assert_true(text_compare(LANG_EN, list[i - 1].label, list[i].label) <= 0);
    text_zones(LANG_ZH, &count);
    assert_true(count > 300);
    text_currencies(LANG_ZH, &count);
    assert_true(count > 100);
    assert_string_equal(text_country_name(LANG_ZH, "DE"), "德国");
    assert_string_equal(text_currency_name(LANG_ZH, "CNY"), "人民币");
    assert_string_equal(text_country_name(LANG_EN, "??"), "??");
}

static void test_format__knows_valid_codes(void **state)
{
    (void)state;
    assert_true(text_country_valid("CN"));
    assert_false(text_country_valid("cn"));
    assert_false(text_country_valid("XX"));
    assert_true(text_currency_valid("EUR"));
    assert_false(text_currency_valid("DEM"));
    assert_false(text_currency_valid(NULL));
}

static void test_format__sorts_chinese_by_pinyin(void **state)
{
    (void)state;
    assert_true(text_compare(LANG_ZH, "安徽", "北京") < 0);
    assert_true(text_compare(LANG_ZH, "北京", "重庆") < 0);
    assert_true(text_compare(LANG_EN, "apple", "Banana") < 0);
}

static void test_format__makes_sort_keys_in_the_same_order(void **state)
{
    size_t a_len, b_len;
    char *a = text_sort_key(LANG_ZH, arena, "安徽", 64, &a_len);
    char *b = text_sort_key(LANG_ZH, arena, "北京", 64, &b_len);

    (void)state;
    assert_true(a_len > 0 && a_len <= 64 && b_len > 0);
    assert_true(memcmp(a, b, a_len < b_len ? a_len : b_len) < 0);
    text_sort_key(LANG_ZH, arena, "北京北京北京北京北京", 8, &b_len);
    assert_true(b_len <= 8);
}

static void test_format__changes_the_offset_in_the_microsecond_in_which_clocks_change(void **state)
{
    const int64_t spring = at(2026, 3, 29, 1, 0), autumn = at(2026, 10, 25, 1, 0);
    const int64_t instants[] = { spring, autumn, spring - 1,           autumn - 1,
                                 0,      spring, at(2031, 7, 1, 0, 0), at(1985, 1, 1, 0, 0),
                                 autumn, spring };
    const char *const offsets[] = {
        "UTC+02:00", "UTC+01:00", "UTC+01:00", "UTC+02:00", "UTC+01:00",
        "UTC+02:00", "UTC+02:00", "UTC+01:00", "UTC+01:00", "UTC+02:00"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(instants); i++)
        assert_string_equal(text_zone_offset(en_berlin, arena, instants[i]), offsets[i]);
}

static void test_format__writes_every_minute_of_a_day(void **state)
{
    char expected[8];

    (void)state;
    for (int minute = 1; minute < 24 * 60; minute++) {
        snprintf(expected, sizeof(expected), "%02d:%02d", minute / 60, minute % 60);
        assert_string_equal(text_time(en_utc, arena, minute * CLOCK_MINUTE + 59 * CLOCK_SECOND),
                            expected);
    }
}

/* Of the library's data: 0 is Monday, 6 is Sunday. */
static void test_text_week_starts__goes_by_the_country_of_the_zone(void **state)
{
    static const struct {
        const char *zone;
        int start;
    } zones[] = {
        { "Europe/London", 0 },    { "Europe/Berlin", 0 }, { "Asia/Shanghai", 0 },
        { "America/New_York", 6 }, { "Asia/Tokyo", 6 },    { "Asia/Dubai", 0 },
        { "Asia/Singapore", 6 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            const int start = text_week_starts(text_locale_get(lang, zones[i].zone));

            if (start != zones[i].start)
                print_error("%s: %d\n", zones[i].zone, start);
        }
    assert_int_equal(text_week_starts(text_locale_get(LANG_EN, "Europe/London")), 0);
    assert_int_equal(text_week_starts(text_locale_get(LANG_EN, "America/New_York")), 6);
    assert_int_equal(text_week_starts(text_locale_get(LANG_ZH, "America/New_York")), 6);
}

static void test_text_week_starts__goes_by_the_language_where_the_zone_has_no_country(void **state)
{
    (void)state;
    assert_int_equal(text_week_starts(text_locale_get(LANG_EN, "UTC")), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_week_starts__goes_by_the_country_of_the_zone),
        cmocka_unit_test(test_text_week_starts__goes_by_the_language_where_the_zone_has_no_country),
        cmocka_unit_test(test_format__groups_numbers),
        cmocka_unit_test(test_format__rounds_decimals_half_away_from_zero),
        cmocka_unit_test(test_format__shows_money_with_the_digits_of_its_currency),
        cmocka_unit_test(test_format__never_hides_decimals_of_an_amount),
        cmocka_unit_test(test_format__is_exact_for_the_largest_amounts),
        cmocka_unit_test(test_format__shows_percent_and_sizes),
        cmocka_unit_test(test_text_share__is_rounded_and_of_nothing_a_dash),
        cmocka_unit_test(test_format__shows_dates_in_the_language),
        cmocka_unit_test(test_format__shows_instants_in_the_zone),
        cmocka_unit_test(test_format__leaves_the_year_out_when_it_is_this_one),
        cmocka_unit_test(test_format__shows_nothing_for_no_time),
        cmocka_unit_test(test_format__names_the_distance_from_utc),
        cmocka_unit_test(test_format__splits_a_span_into_parts),
        cmocka_unit_test(test_format__counts_calendar_days_by_local_midnights),
        cmocka_unit_test(test_format__gives_a_day_of_23_hours_when_clocks_go_forward),
        cmocka_unit_test(test_format__gives_a_day_of_25_hours_when_clocks_go_back),
        cmocka_unit_test(test_format__begins_a_day_without_midnight_after_the_gap),
        cmocka_unit_test(test_format__takes_the_earlier_of_a_time_that_occurs_twice),
        cmocka_unit_test(test_format__finds_local_days_before_1970),
        cmocka_unit_test(test_format__knows_valid_zones),
        cmocka_unit_test(test_format__counts_an_unknown_zone_as_utc),
        cmocka_unit_test(test_format__lists_countries_currencies_and_zones_by_name),
        cmocka_unit_test(test_format__knows_valid_codes),
        cmocka_unit_test(test_format__sorts_chinese_by_pinyin),
        cmocka_unit_test(test_format__makes_sort_keys_in_the_same_order),
        cmocka_unit_test(test_format__changes_the_offset_in_the_microsecond_in_which_clocks_change),
        cmocka_unit_test(test_format__writes_every_minute_of_a_day),
    };

    return cmocka_run_group_tests_name("text/format", tests, open_world, close_world);
}

/* Tests of text/ical.h: what people wrote stays text, and lines have the length that RFC 5545 asks
 * for. */
#include "support/test.h"

#include "text/ical.h"

#include "base/clock.h"
#include "base/str.h"

static struct buf out;

static const char *made(const char *summary)
{
    buf_init(&out, 256, 0);
    ical_begin(&out, "Next steps");
    ical_add(&out, &(struct ical_event){ .uid = "OP-1@portal.example",
                                         .summary = summary,
                                         .description = "",
                                         .url = "https://portal.example/OP-1",
                                         .day = day_from_civil(2026, 12, 31),
                                         .changed_at = 1700000000 * CLOCK_SECOND });
    ical_end(&out);
    return out.data;
}

static void test_ical__is_a_calendar_of_whole_days(void **state)
{
    (void)state;
    assert_string_equal(made("Call"), "BEGIN:VCALENDAR\r\n"
                                      "VERSION:2.0\r\n"
                                      "PRODID:-//Fairway//Fairway//EN\r\n"
                                      "CALSCALE:GREGORIAN\r\n"
                                      "X-WR-CALNAME:Next steps\r\n"
                                      "BEGIN:VEVENT\r\n"
                                      "UID:OP-1@portal.example\r\n"
                                      "DTSTAMP:20231114T221320Z\r\n"
                                      "DTSTART;VALUE=DATE:20261231\r\n"
                                      "DTEND;VALUE=DATE:20270101\r\n"
                                      "SUMMARY:Call\r\n"
                                      "URL:https://portal.example/OP-1\r\n"
                                      "TRANSP:TRANSPARENT\r\n"
                                      "END:VEVENT\r\n"
                                      "END:VCALENDAR\r\n");
    buf_free(&out);
}

static void test_ical__escapes_what_would_end_a_value_or_a_line(void **state)
{
    (void)state;
    assert_non_null(
        strstr(made("a,b;c\\d\nEND:VEVENT\rX\x01Y"), "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENTXY\r\n"));
    assert_null(strstr(out.data, "\nEND:VEVENTX"));
    buf_free(&out);
}

static void test_ical__folds_lines_at_75_bytes_between_characters(void **state)
{
    const char *line;
    int folded = 0;

    (void)state;
    line = made("客户现场技术澄清会议客户现场技术澄清会议客户现场技术澄清会议客户现场技术澄清会议");
    assert_true(utf8_valid(out.data, out.len));
    while (*line != '\0') {
        const size_t len = strcspn(line, "\r");

        assert_true(len <= 75);
        assert_true(utf8_valid(line, len));
        folded += *line == ' ';
        line += len + 2;
    }
    assert_true(folded >= 1);
    buf_free(&out);
}

static void test_ical__never_divides_an_escaped_character(void **state)
{
    (void)state;
    made(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,");
    assert_null(strstr(out.data, "\\\r\n"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ical__is_a_calendar_of_whole_days),
        cmocka_unit_test(test_ical__escapes_what_would_end_a_value_or_a_line),
        cmocka_unit_test(test_ical__folds_lines_at_75_bytes_between_characters),
        cmocka_unit_test(test_ical__never_divides_an_escaped_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

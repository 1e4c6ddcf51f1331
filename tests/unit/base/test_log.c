/* test_log.c - lines are read back as JSON by a library that is not ours. */
#include "support/test.h"
#include "base/clock.h"
#include "base/log.h"

#include <jansson.h>
#include <unistd.h>

static const char *const host = "mx.example", *const second = "second";
static char last[8192];
static int lines;

static void keep(const char *line)
{
    snprintf(last, sizeof(last), "%s", line);
    lines++;
}

static int set_up(void **state)
{
    (void)state;
    lines = 0;
    log_set_sink(keep);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    log_set_sink(NULL);
    log_set_level(LOG_INFO);
    log_set_program("fairway");
    clock_set_us(0);
    return 0;
}

/* The last line as an object; fails the test when it is none, or not a single line. */
static json_t *read_last(void)
{
    json_t *object = json_loads(last, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(object);
    assert_null(strchr(last, '\n'));
    return object;
}

static const char *text(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void test_log__writes_one_object_with_time_and_place(void **state)
{
    json_t *object;

    (void)state;
    log_set_program("partner");
    clock_set_us(1795253400123456);
    log_event(LOG_WARN, "mail.refused", LOG_I("outbox", -42), LOG_S("host", host));
    object = read_last();
    assert_string_equal(text(object, "at"), "2026-11-21T09:30:00.123456Z");
    assert_string_equal(text(object, "level"), "warn");
    assert_string_equal(text(object, "program"), "partner");
    assert_string_equal(text(object, "event"), "mail.refused");
    assert_string_equal(text(object, "host"), "mx.example");
    assert_int_equal(json_integer_value(json_object_get(object, "outbox")), -42);
    assert_int_equal(json_integer_value(json_object_get(object, "pid")), getpid());
    json_decref(object);
}

static void test_log__cannot_be_given_a_second_line_by_a_hostile_text(void **state)
{
    static const char hostile[] =
        "a\n{\"level\":\"error\"}\r\n\",\"level\":\"error\\ \x01\x1f\x7f\t";
    json_t *object;

    (void)state;
    log_event(LOG_INFO, "login", LOG_S("name", hostile));
    assert_int_equal(lines, 1);
    object = read_last();
    assert_string_equal(text(object, "name"), hostile);
    assert_string_equal(text(object, "level"), "info");
    json_decref(object);
}

static void test_log__cuts_long_values_but_stays_an_object(void **state)
{
    static char wide[6000];
    json_t *object;

    (void)state;
    for (size_t len = 3500; len < sizeof(wide) - 1; len += 1) {
        memset(wide, len % 2 ? '"' : 'x', len);
        wide[len] = '\0';
        log_event(LOG_INFO, "x", LOG_S("a", wide), LOG_S("b", second), LOG_I("c", 7));
        assert_true(strlen(last) < 4096);
        object = read_last();
        json_decref(object);
    }
}

static void test_log__shows_the_members_after_a_long_value(void **state)
{
    static char wide[6000];
    json_t *object;

    (void)state;
    for (size_t i = 0; i + 3 < sizeof(wide); i += 3)
        memcpy(wide + i, (const char[]){ '\xe6', '\xb5', '\xb7' }, 3);
    log_event(LOG_INFO, "x", LOG_S("a", wide), LOG_S("b", second), LOG_I("c", 7));
    object = read_last();
    assert_true(json_string_length(json_object_get(object, "a")) > 3000);
    assert_non_null(text(object, "b"));
    assert_int_equal(json_integer_value(json_object_get(object, "c")), 7);
    json_decref(object);
}

static void test_log__replaces_bytes_that_are_no_utf8(void **state)
{
    const char *broken = "\xff\xe6\xb5|\xe6\xb5\xb7\xc0\x80\xe6";
    json_t *object;

    (void)state;
    log_event(LOG_INFO, "x", LOG_S("a", broken));
    object = read_last();
    assert_string_equal(text(object, "a"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|\xe6\xb5\xb7"
                                           "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    json_decref(object);
}

static void test_log__leaves_out_what_is_below_its_level(void **state)
{
    (void)state;
    log_plain(LOG_DEBUG, "x");
    assert_int_equal(lines, 0);
    log_set_level(LOG_DEBUG);
    log_plain(LOG_DEBUG, "x");
    assert_int_equal(lines, 1);
    log_set_level(LOG_ERROR);
    log_plain(LOG_WARN, "x");
    assert_int_equal(lines, 1);
}

static void test_log__takes_null_as_an_empty_text(void **state)
{
    const char *nothing = NULL;
    json_t *object;

    (void)state;
    log_event(LOG_INFO, "x", LOG_S("a", nothing), LOG_S("b", second));
    object = read_last();
    assert_string_equal(text(object, "a"), "");
    assert_string_equal(text(object, "b"), second);
    json_decref(object);
}

int main(void)
{
#define WITH_SINK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SINK(test_log__writes_one_object_with_time_and_place),
        WITH_SINK(test_log__cannot_be_given_a_second_line_by_a_hostile_text),
        WITH_SINK(test_log__cuts_long_values_but_stays_an_object),
        WITH_SINK(test_log__shows_the_members_after_a_long_value),
        WITH_SINK(test_log__replaces_bytes_that_are_no_utf8),
        WITH_SINK(test_log__leaves_out_what_is_below_its_level),
        WITH_SINK(test_log__takes_null_as_an_empty_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

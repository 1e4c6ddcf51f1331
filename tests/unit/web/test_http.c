/* Bytes of requests: what is read, and what is refused. */
#include "support/test.h"

#include "base/str.h"
#include "web/http.h"

#include <stdlib.h>

static int set_up(void **state)
{
    *state = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static enum err_kind read_form(struct arena *a, const char *text, struct http_pairs *pairs)
{
    struct err *e = http_read_urlencoded(a, text, strlen(text), pairs);
    enum err_kind kind = err_kind(e);

    err_free(e);
    return kind;
}

static void test_http__reads_names_and_values_in_order(void **state)
{
    struct http_pairs pairs;

    assert_int_equal(read_form(*state, "a=1&b=x+y%2B%e4%b8%ad&a=", &pairs), ERR_NONE);
    assert_int_equal(pairs.count, 3);
    assert_string_equal(pairs.items[0].value, "1");
    assert_string_equal(pairs.items[1].value, "x y+中");
    assert_string_equal(pairs.items[2].name, "a");
    assert_int_equal(pairs.items[2].len, 0);
}

static void test_http__an_empty_body_has_no_pairs(void **state)
{
    struct http_pairs pairs;

    assert_int_equal(read_form(*state, "", &pairs), ERR_NONE);
    assert_int_equal(pairs.count, 0);
}

static void test_http__refuses_what_no_browser_sends(void **state)
{
    static const char *const bad[] = { "a",        "=1",     "a=1&",        "&a=1",
                                       "a=1&&b=2", "a=%",    "a=%4",        "a=%4g",
                                       "a=%00",    "a=%ff",  "a=%c0%80",    "%00=1",
                                       "a%20b=1",  "a=\xff", "a=%ed%a0%80", "a=%f4%90%80%80" };
    struct http_pairs pairs;

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (read_form(*state, bad[i], &pairs) != ERR_MALFORMED)
            print_error("taken: %s\n", bad[i]);
        assert_int_equal(read_form(*state, bad[i], &pairs), ERR_MALFORMED);
    }
}

static void test_http__a_thousand_names_are_enough(void **state)
{
    char *text = malloc(8 * (HTTP_PAIRS_MAX + 1));
    struct http_pairs pairs;
    size_t n = 0;

    for (int i = 0; i <= HTTP_PAIRS_MAX; i++)
        n += (size_t)sprintf(text + n, "%sa=1", i > 0 ? "&" : "");
    assert_int_equal(read_form(*state, text, &pairs), ERR_TOO_LARGE);
    text[n - 4] = '\0';
    assert_int_equal(read_form(*state, text, &pairs), ERR_NONE);
    assert_int_equal(pairs.count, HTTP_PAIRS_MAX);
    free(text);
}

/* -- multipart
 * -------------------------------------------------------------------------------------------- */

static enum err_kind read_parts(struct arena *a, const char *text, struct http_pairs *pairs)
{
    struct err *e = http_read_multipart(a, "B", text, strlen(text), pairs);
    enum err_kind kind = err_kind(e);

    err_free(e);
    return kind;
}

#define PART(head, data) "--B\r\n" head "\r\n\r\n" data "\r\n"
#define FIELD(name)      "Content-Disposition: form-data; name=\"" name "\""
#define FILE_PART(name, file)                                                      \
    "Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n" \
    "Content-Type: text/html"

static void test_http__reads_fields_and_files_of_a_multipart_body(void **state)
{
    struct http_pairs pairs;

    assert_int_equal(read_parts(*state,
                                PART(FIELD("title"), "a\r\nb")
                                    PART(FILE_PART("f", "x%22y.txt"), "x--B is no end\r\n--C")
                                        PART(FILE_PART("f", ""), "") "--B--\r\n",
                                &pairs),
                     ERR_NONE);
    assert_int_equal(pairs.count, 2);
    assert_string_equal(pairs.items[0].value, "a\r\nb");
    assert_null(pairs.items[0].file_name);
    assert_string_equal(pairs.items[1].file_name, "x\"y.txt");
    assert_string_equal(pairs.items[1].value, "x--B is no end\r\n--C");
}

static void test_http__a_multipart_body_is_whole_or_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "--B",
        "--B--x",
        "x--B\r\n",
        PART(FIELD("a"), "1"),
        PART(FIELD("a"), "1") "--B-",
        PART(FIELD("a"), "1") "--B--\r\nmore",
        PART("Content-Type: text/plain", "1") "--B--",
        PART("Content-Disposition: attachment; name=\"a\"", "1") "--B--",
        PART("Content-Disposition: form-data; name=a", "1") "--B--",
        PART("Content-Disposition: form-data; name=\"a", "1") "--B--",
        PART("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "1") "--B--",
        PART("Content-Disposition: form-data; name=\"\"", "1") "--B--",
        PART(FIELD("a") "\r\n" FIELD("b"), "1") "--B--",
        PART(FIELD("a"), "\xff") "--B--",
        "--B\r\n" FIELD("a") "\r\n--B--",
    };
    struct http_pairs pairs;

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (read_parts(*state, bad[i], &pairs) != ERR_MALFORMED)
            print_error("taken: %s\n", bad[i]);
        assert_int_equal(read_parts(*state, bad[i], &pairs), ERR_MALFORMED);
    }
}

static void test_http__a_thousand_parts_are_too_many(void **state)
{
    static const char part[] = PART(FIELD("a"), "1");
    size_t len = sizeof(part) - 1;
    char *text = calloc(1, len * 1000 + 8);
    struct http_pairs pairs;

    for (int i = 0; i < 1000; i++)
        memcpy(text + len * (size_t)i, part, len);
    memcpy(text + len * 1000, "--B--", sizeof("--B--"));
    assert_int_equal(read_parts(*state, text, &pairs), ERR_TOO_LARGE);
    free(text);
}

static void test_http__a_file_may_hold_any_bytes(void **state)
{
    static const char body[] = PART(FILE_PART("f", "a"), "x\0\xff\xfe") "--B--";
    struct http_pairs pairs;

    assert_ok(http_read_multipart(*state, "B", body, sizeof(body) - 1, &pairs));
    assert_int_equal(pairs.items[0].len, 4);
    assert_memory_equal(pairs.items[0].value, "x\0\xff\xfe", 5);
}

static void test_http__finds_the_boundary_of_its_own_type_only(void **state)
{
    struct arena *a = *state;

    assert_string_equal(http_boundary(a, "multipart/form-data; boundary=--x1"), "--x1");
    assert_string_equal(http_boundary(a, "Multipart/Form-Data;boundary=\"a:b\""), "a:b");
    assert_null(http_boundary(a, NULL));
    assert_null(http_boundary(a, "multipart/form-data"));
    assert_null(http_boundary(a, "multipart/form-data; boundary="));
    assert_null(http_boundary(a, "multipart/form-data; boundary=a b"));
    assert_null(http_boundary(a, "multipart/form-data; boundary=\"a"));
    assert_null(http_boundary(a, "multipart/form-datax; boundary=a"));
    assert_null(http_boundary(
        a, "multipart/form-data; boundary="
           "12345678901234567890123456789012345678901234567890123456789012345678901"));
    assert_true(http_is_urlencoded("application/x-www-form-urlencoded; charset=UTF-8"));
    assert_false(http_is_urlencoded("application/json"));
}

/* -- cookies, lengths, paths
 * ------------------------------------------------------------------------------- */

static void test_http__keeps_our_cookies_and_skips_odd_ones(void **state)
{
    struct http_pairs pairs;

    http_read_cookies(
        *state, "other=1; =; ;; fw-partner=abc; x; fw-bad; __Host-fw-staff=d=e; fw-z=\xff", &pairs);
    assert_int_equal(pairs.count, 2);
    assert_string_equal(http_find(&pairs, "fw-partner")->value, "abc");
    assert_string_equal(http_find(&pairs, "__Host-fw-staff")->value, "d=e");
    http_read_cookies(*state, NULL, &pairs);
    assert_int_equal(pairs.count, 0);
}

static void test_http__a_length_is_digits_and_nothing_else(void **state)
{
    static const char *const bad[] = { "",   "-1",  "+1",  " 1",  "1 ",
                                       "01", "0x1", "1e3", "1,0", "1234567890123456789" };
    size_t len;

    (void)state;
    assert_true(http_read_length("0", &len));
    assert_int_equal(len, 0);
    assert_true(http_read_length("26214400", &len));
    assert_int_equal(len, 26214400);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(http_read_length(bad[i], &len));
}

static void test_http__takes_a_path_apart(void **state)
{
    const char *segments[HTTP_SEGMENTS_MAX];
    size_t count;

    assert_ok(http_read_path(*state, "/", segments, &count));
    assert_int_equal(count, 0);
    assert_ok(http_read_path(*state, "/partner/deals/DR-1", segments, &count));
    assert_int_equal(count, 3);
    assert_string_equal(segments[2], "DR-1");
    assert_ok(http_read_path(*state, "/partner/", segments, &count));
    assert_int_equal(count, 2);
    assert_string_equal(segments[1], "");
}

static void test_http__refuses_paths_that_climb_or_hide(void **state)
{
    static const char *const bad[] = { "",     "a",     "//",    "/a//b", "/../a",  "/a/..",
                                       "/./a", "/a\\b", "/a\nb", "/\xff", "/a/\x7f" };
    const char *segments[HTTP_SEGMENTS_MAX];
    size_t count;

    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_err_kind(http_read_path(*state, bad[i], segments, &count), ERR_MALFORMED);
    assert_err_kind(http_read_path(*state, "/1/2/3/4/5/6/7/8/9/10/11/12/13", segments, &count),
                    ERR_NOT_FOUND);
}

static void test_c33__only_addresses_of_ours_are_local(void **state)
{
    static const char *const bad[] = {
        NULL,           "",
        "//evil",       "/\\evil",
        "\\\\evil",     "https:evil",
        "https://evil", "javascript:alert(1)",
        "%2f%2fevil",   "/%2fevil",
        "/%2Fevil",     "/%5cevil",
        "/%255cevil",   "/%252fevil",
        "/%09/evil",    "/\t/evil",
        "/ /evil",      "/a\r\nSet-Cookie: x=1",
        "/%0d%0aX: 1",  "/%00",
        "/\xff",        "/%zz",
        "evil",         "///evil",
        "/a/..//evil",  "/a//evil",
        "/a/../b",      "/a/%2e%2e/b",
        "/./b",         "/a/..",
        "/\x7f",
    };
    static const char *const good[] = { "/",
                                        "/partner/deals?view=mine",
                                        "/partner/deals/DR-1#notes",
                                        "/login?next=%2Fpartner%2F",
                                        "/kb?q=%E4%B8%AD%20b",
                                        "/kb?q=50%25",
                                        "/kb?q=a//b/../c" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (http_is_local_address(bad[i]))
            print_error("taken: %s\n", bad[i]);
        assert_false(http_is_local_address(bad[i]));
    }
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(http_is_local_address(good[i]));
}

static void test_http__writes_addresses(void **state)
{
    struct arena *a = *state;

    assert_string_equal(http_encode(a, "/a b/中?", true), "/a%20b/%E4%B8%AD%3F");
    assert_string_equal(http_encode(a, "/a", false), "%2Fa");
    assert_string_equal(http_with_param(a, "/x", "a=1&lang=en&b=2", "lang", "zh"),
                        "/x?a=1&b=2&lang=zh");
    assert_string_equal(http_with_param(a, "/x", "lang=en", "lang", NULL), "/x");
    assert_string_equal(http_with_param(a, "/x", "language=1", "lang", "zh"),
                        "/x?language=1&lang=zh");
    assert_string_equal(http_with_param(a, "/x", NULL, "note", "saved"), "/x?note=saved");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http__reads_names_and_values_in_order),
        cmocka_unit_test(test_http__an_empty_body_has_no_pairs),
        cmocka_unit_test(test_http__refuses_what_no_browser_sends),
        cmocka_unit_test(test_http__a_thousand_names_are_enough),
        cmocka_unit_test(test_http__reads_fields_and_files_of_a_multipart_body),
        cmocka_unit_test(test_http__a_multipart_body_is_whole_or_refused),
        cmocka_unit_test(test_http__a_thousand_parts_are_too_many),
        cmocka_unit_test(test_http__a_file_may_hold_any_bytes),
        cmocka_unit_test(test_http__finds_the_boundary_of_its_own_type_only),
        cmocka_unit_test(test_http__keeps_our_cookies_and_skips_odd_ones),
        cmocka_unit_test(test_http__a_length_is_digits_and_nothing_else),
        cmocka_unit_test(test_http__takes_a_path_apart),
        cmocka_unit_test(test_http__refuses_paths_that_climb_or_hide),
        cmocka_unit_test(test_c33__only_addresses_of_ours_are_local),
        cmocka_unit_test(test_http__writes_addresses),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

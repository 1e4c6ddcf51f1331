/* test_takeover.c - what a predecessor left is for one process, and for one look. */
#include "support/test.h"

#include "base/takeover.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool finds(const char *text, struct takeover *found)
{
    setenv("FAIRWAY_TAKEOVER", text, 1);
    return takeover_found(found);
}

static void test_takeover__finds_what_was_left_for_this_process(void **state)
{
    struct takeover found;
    char text[64];

    (void)state;
    snprintf(text, sizeof(text), "%d 7 101 102", (int)getpid());
    assert_true(finds(text, &found));
    assert_int_equal(found.fd, 7);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.children[0], 101);
    assert_int_equal(found.children[1], 102);
}

static void test_takeover__answers_once(void **state)
{
    struct takeover found;
    char text[64];

    (void)state;
    snprintf(text, sizeof(text), "%d -1", (int)getpid());
    assert_true(finds(text, &found));
    assert_int_equal(found.fd, -1);
    assert_int_equal(found.count, 0);
    assert_false(takeover_found(&found));
}

static void test_takeover__takes_nothing_that_is_anothers_or_malformed(void **state)
{
    struct takeover found = { .fd = 42 };
    char text[64];

    (void)state;
    snprintf(text, sizeof(text), "%d 7 101", (int)getppid());
    assert_false(finds(text, &found));
    snprintf(text, sizeof(text), "%d", (int)getpid());
    assert_false(finds(text, &found));
    snprintf(text, sizeof(text), "%d 7 10x", (int)getpid());
    assert_false(finds(text, &found));
    assert_false(finds("", &found));
    assert_int_equal(found.fd, 42);
}

static void test_takeover__what_cannot_be_become_leaves_everything_as_it_was(void **state)
{
    struct takeover left = { .fd = -1, .count = 1, .children = { 101 } }, found;
    struct err *e = takeover_become("/no/such/program", &left);

    (void)state;
    assert_true(err_is(e, ERR_IO));
    err_free(e);
    assert_false(takeover_found(&found));
}

static void test_takeover__the_path_is_where_the_program_was_called(void **state)
{
    char self[256];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

    (void)state;
    assert_true(len > 0);
    self[len] = '\0';
    assert_string_equal(takeover_path("./here"), "./here");
    assert_string_equal(takeover_path("found-by-name"), self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takeover__finds_what_was_left_for_this_process),
        cmocka_unit_test(test_takeover__answers_once),
        cmocka_unit_test(test_takeover__takes_nothing_that_is_anothers_or_malformed),
        cmocka_unit_test(test_takeover__what_cannot_be_become_leaves_everything_as_it_was),
        cmocka_unit_test(test_takeover__the_path_is_where_the_program_was_called),
    };

    return cmocka_run_group_tests_name("base/takeover", tests, NULL, NULL);
}

/* test_err.c */
#include "support/test.h"

static struct err *third(void)
{
    return err_raise(ERR_NOT_FOUND, "no deal %d", 42);
}

static struct err *second(void)
{
    TRY(third());
    return NULL;
}

static struct err *first(int *undone)
{
    struct err *e;

    TRY_TO(done, e, second());
done:
    (*undone)++;
    return e;
}

static struct err *fine(void)
{
    TRY(NULL);
    return NULL;
}

static void test_err__collects_its_way_up(void **state)
{
    char trace[1024];
    int undone = 0;
    struct err *e = first(&undone);
    const char *at;

    (void)state;
    assert_int_equal(undone, 1);
    assert_string_equal(err_message(e), "no deal 42");
    err_trace(e, trace, sizeof(trace));
    at = strstr(trace, "no deal 42; from ");
    assert_ptr_equal(at, trace);
    at = strstr(at, " third < ");
    assert_non_null(at);
    at = strstr(at, " second < ");
    assert_non_null(at);
    assert_non_null(strstr(at, " first"));
    err_free(e);
}

static void test_err__of_a_function_that_went_well_is_null(void **state)
{
    (void)state;
    assert_null(fine());
    assert_null(err_pass(NULL));
    assert_null(err_with_detail(NULL, "x"));
    assert_int_equal(err_kind(NULL), ERR_NONE);
    assert_string_equal(err_message(NULL), "");
    assert_string_equal(err_detail(NULL), "");
    assert_false(err_is_refusal(NULL));
    err_free(NULL);
}

static void test_err__says_which_kinds_are_refusals(void **state)
{
    (void)state;
    for (int kind = ERR_NOT_FOUND; kind < ERR_KIND_COUNT; kind++) {
        struct err *e = err_raise((enum err_kind)kind, "x");

        assert_true(err_is(e, (enum err_kind)kind));
        assert_int_equal(err_is_refusal(e), kind <= ERR_LAST_REFUSAL);
        assert_int_equal(err_http_status((enum err_kind)kind) == 500, kind > ERR_LAST_REFUSAL);
        assert_string_not_equal(err_kind_name((enum err_kind)kind), "unknown");
        err_free(e);
    }
    assert_int_equal(err_http_status((enum err_kind)99), 500);
    assert_string_equal(err_kind_name((enum err_kind)99), "unknown");
}

static void test_err__of_no_kind_is_a_bug(void **state)
{
    struct err *e = err_raise((enum err_kind)99, "x");

    (void)state;
    assert_true(err_is(e, ERR_BUG));
    err_free(e);
}

static void test_err__cuts_long_messages_details_and_traces_within_their_room(void **state)
{
    char word[1000], trace[40];
    struct err *e;

    (void)state;
    memset(word, 'x', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    e = err_with_detail(err_raise(ERR_IO, "%s", word), word);
    assert_int_equal(strlen(err_message(e)), 511);
    assert_int_equal(strlen(err_detail(e)), 63);
    for (size_t size = 1; size <= sizeof(trace); size++) {
        memset(trace, '#', sizeof(trace));
        err_trace(e, trace, size);
        assert_int_equal(strlen(trace), size - 1);
        assert_true(size == sizeof(trace) || trace[size] == '#');
    }
    err_free(e);
}

static void test_err__of_a_deep_chain_says_how_many_places_it_left_out(void **state)
{
    struct err *e = err_raise(ERR_IO, "deep");
    char trace[8192];

    (void)state;
    for (int i = 0; i < 99; i++)
        e = err_pass(e);
    err_trace(e, trace, sizeof(trace));
    assert_non_null(strstr(trace, " < 76 more"));
    err_ignore(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err__collects_its_way_up),
        cmocka_unit_test(test_err__of_a_function_that_went_well_is_null),
        cmocka_unit_test(test_err__says_which_kinds_are_refusals),
        cmocka_unit_test(test_err__of_no_kind_is_a_bug),
        cmocka_unit_test(test_err__cuts_long_messages_details_and_traces_within_their_room),
        cmocka_unit_test(test_err__of_a_deep_chain_says_how_many_places_it_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

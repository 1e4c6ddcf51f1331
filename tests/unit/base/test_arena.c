/* test_arena.c */
#include "support/test.h"
#include "base/arena.h"

#include <stdalign.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_arena_alloc__gives_zeroed_aligned_memory_that_does_not_overlap(void **state)
{
    struct arena *a = arena_new(256);
    unsigned char *parts[200];

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 200; i++) {
            parts[i] = arena_alloc(a, i);
            assert_int_equal((uintptr_t)parts[i] % alignof(max_align_t), 0);
            for (size_t j = 0; j < i; j++)
                assert_int_equal(parts[i][j], 0);
            memset(parts[i], (int)i, i);
        }
        for (size_t i = 0; i < 200; i++)
            for (size_t j = 0; j < i; j++)
                assert_int_equal(parts[i][j], (unsigned char)i);
        arena_clear(a); /* the second round gets used memory and must not see it */
    }
    arena_free(a);
}

static void test_arena_alloc__gives_more_than_a_block_holds(void **state)
{
    struct arena *a = arena_new(256);
    char *large = arena_alloc(a, 1 << 20), *small = arena_alloc(a, 8);

    (void)state;
    memset(large, 'x', 1 << 20);
    assert_int_equal(small[0], 0);
    assert_int_equal(arena_used_bytes(a), (1 << 20) + 8);
    arena_free(a);
}

static void test_arena_clear__counts_from_nothing_again(void **state)
{
    struct arena *a = arena_new(256);

    (void)state;
    arena_alloc(a, 10000);
    arena_clear(a);
    assert_int_equal(arena_used_bytes(a), 0);
    arena_free(a);
}

static char order[8]; /* what ran, a letter each */

static void note_down(void *arg)
{
    order[strlen(order)] = *(const char *)arg;
}

static void test_arena_on_clear__runs_the_last_one_first_and_each_once(void **state)
{
    struct arena *a = arena_new(256);

    (void)state;
    memset(order, 0, sizeof(order));
    arena_on_clear(a, note_down, "a");
    arena_on_clear(a, note_down, "b");
    arena_clear(a);
    assert_string_equal(order, "ba");
    arena_on_clear(a, note_down, "c");
    arena_free(a);
    assert_string_equal(order, "bac");
}

static void test_arena_texts__are_copies_with_an_end_mark(void **state)
{
    struct arena *a = arena_new(256);
    char source[] = "text";
    char *copy = arena_dup(a, source), *bytes = arena_dup_bytes(a, "a\0b", 3);

    (void)state;
    source[0] = 'T';
    assert_string_equal(copy, "text");
    assert_memory_equal(bytes, "a\0b", 4);
    assert_string_equal(arena_dup(a, NULL), "");
    assert_string_equal(arena_printf(a, "%s-%d", copy, 42), "text-42");
    assert_int_equal(strlen(arena_printf(a, "%5000d", 1)), 5000);
    arena_free(a);
}

/* True when FN ends a process of its own with status 70, as a program without memory does. */
static bool dies(void (*fn)(void))
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) != NULL)
            fn();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 70;
}

static void allocate_absurd_size(void)
{
    arena_alloc(arena_new(256), SIZE_MAX / 2);
}

static void allocate_product_that_overflows(void)
{
    arena_array(arena_new(256), SIZE_MAX / 4, 8);
}

static void test_arena__ends_the_process_rather_than_give_too_little(void **state)
{
    (void)state;
    assert_true(dies(allocate_absurd_size));
    assert_true(dies(allocate_product_that_overflows));
}

static void test_arena_join__puts_texts_one_after_another(void **state)
{
    struct arena *a = arena_new(256);

    (void)state;
    assert_string_equal(arena_join(a, "/deals/", "DR-1", "", "/take", NULL), "/deals/DR-1/take");
    assert_string_equal(arena_join(a, "", NULL), "");
    arena_free(a);
}

static void test_arena_number__puts_a_number_behind_a_text(void **state)
{
    struct arena *a = arena_new(256);

    (void)state;
    assert_string_equal(arena_number(a, "OP-", 1047), "OP-1047");
    assert_string_equal(arena_number(a, "", INT64_MIN), "-9223372036854775808");
    arena_free(a);
}

static void test_arena_texts__end_where_memory_was_used_before(void **state)
{
    struct arena *a = arena_new(256);

    (void)state;
    memset(arena_alloc(a, 200), 'x', 200);
    arena_clear(a);
    assert_string_equal(arena_dup_bytes(a, "ab", 2), "ab");
    assert_string_equal(arena_dup(a, NULL), "");
    assert_string_equal(arena_join(a, "a", "b", NULL), "ab");
    assert_string_equal(arena_printf(a, "%d", 7), "7");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_alloc__gives_zeroed_aligned_memory_that_does_not_overlap),
        cmocka_unit_test(test_arena_alloc__gives_more_than_a_block_holds),
        cmocka_unit_test(test_arena_clear__counts_from_nothing_again),
        cmocka_unit_test(test_arena_on_clear__runs_the_last_one_first_and_each_once),
        cmocka_unit_test(test_arena_texts__are_copies_with_an_end_mark),
        cmocka_unit_test(test_arena__ends_the_process_rather_than_give_too_little),
        cmocka_unit_test(test_arena_join__puts_texts_one_after_another),
        cmocka_unit_test(test_arena_number__puts_a_number_behind_a_text),
        cmocka_unit_test(test_arena_texts__end_where_memory_was_used_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

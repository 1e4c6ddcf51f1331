/* The region of a page's values: what the engine's libraries get for malloc and its family. */
#include "support/test.h"

#include "view/hdf.h"
#include "view/memory.h"

#include <stdlib.h>

enum { MEGABYTE = 1024 * 1024 };

/* As the build names them within ClearSilver's libraries. */
void *view_lib_malloc(size_t size);
void *view_lib_calloc(size_t count, size_t size);
void *view_lib_realloc(void *old, size_t size);
void view_lib_free(void *p);
char *view_lib_strdup(const char *text);

static int make(void **state)
{
    *state = view_memory_new();
    view_memory_enter(*state);
    return 0;
}

static int drop(void **state)
{
    view_memory_leave();
    view_memory_free(*state);
    return 0;
}

static void drop_all(struct view_memory *memory)
{
    HDF *none = NULL;

    view_memory_drop(memory, &none);
}

static void test_view_memory__pieces_are_aligned_and_apart(void **state)
{
    char *one = view_lib_malloc(3), *two = view_lib_malloc(5);

    (void)state;
    assert_int_equal((uintptr_t)one % 16, 0);
    assert_int_equal((uintptr_t)two % 16, 0);
    assert_true(two >= one + 3);
}

static void test_view_memory__dropping_begins_anew(void **state)
{
    void *before = view_lib_malloc(1000);

    drop_all(*state);
    assert_ptr_equal(view_lib_malloc(1000), before);
}

static void test_view_memory__calloc_is_zeroed_where_something_was(void **state)
{
    static const char zeros[100];

    memset(view_lib_malloc(100), 'x', 100);
    drop_all(*state);
    assert_memory_equal(view_lib_calloc(10, 10), zeros, 100);
}

static void test_view_memory__realloc_keeps_what_was_there(void **state)
{
    char *text = view_lib_strdup("kept");

    (void)state;
    view_lib_strdup("between");
    text = view_lib_realloc(text, 4000);
    assert_string_equal(text, "kept");
    assert_non_null(view_lib_realloc(NULL, 10));
}

static void test_view_memory__takes_back_what_malloc_gave_after_leaving(void **state)
{
    char *outside;

    view_memory_leave();
    outside = view_lib_strdup("from malloc");
    view_memory_enter(*state);
    outside = view_lib_realloc(outside, 100);
    view_lib_free(outside); /* lent, for all that is known */
    assert_string_equal(outside, "from malloc");
    view_memory_leave();
    view_lib_free(outside); /* the sanitizer would see a leak, or a wrong free */
    view_lib_free(NULL);
    view_memory_enter(*state);
}

static void test_view_memory__frees_a_piece_after_leaving(void **state)
{
    char *inside = view_lib_malloc(10);

    view_memory_leave();
    view_lib_free(inside);
    view_memory_enter(*state);
}

static void test_view_memory__refuses_more_than_it_has(void **state)
{
    assert_null(view_lib_malloc((size_t)65 * MEGABYTE));
    assert_null(view_lib_malloc(SIZE_MAX));
    assert_null(view_lib_calloc(SIZE_MAX, SIZE_MAX));
    assert_non_null(view_lib_malloc((size_t)40 * MEGABYTE));
    assert_null(view_lib_malloc((size_t)40 * MEGABYTE));
    assert_null(view_lib_realloc(NULL, (size_t)40 * MEGABYTE));
    drop_all(*state);
    assert_non_null(view_lib_malloc((size_t)40 * MEGABYTE));
}

static void test_view_memory__two_regions_know_their_own(void **state)
{
    struct view_memory *other = view_memory_new();
    char *mine = view_lib_strdup("mine"), *others;

    view_memory_enter(other);
    others = view_lib_strdup("others");
    mine = view_lib_realloc(mine, 50);
    drop_all(other);
    assert_string_equal(mine, "mine");
    (void)others;
    view_memory_free(other);
    view_memory_enter(*state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_view_memory__pieces_are_aligned_and_apart),
        TEST(test_view_memory__dropping_begins_anew),
        TEST(test_view_memory__calloc_is_zeroed_where_something_was),
        TEST(test_view_memory__realloc_keeps_what_was_there),
        TEST(test_view_memory__takes_back_what_malloc_gave_after_leaving),
        TEST(test_view_memory__frees_a_piece_after_leaving),
        TEST(test_view_memory__refuses_more_than_it_has),
        TEST(test_view_memory__two_regions_know_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* admin/departments_tree.c: ids nest as the departments do, and none is one that another has. */
#include "support/test.h"

#include "admin/departments_tree.h"
#include "base/str.h"

/* 1 (10..19 (11), 20..29), 40 */
static const struct department_node start[] = {
    { .id = 1, .last_id = 39 },
    { .id = 10, .last_id = 19, .parent_id = 1 },
    { .id = 11, .last_id = 11, .parent_id = 10 },
    { .id = 20, .last_id = 29, .parent_id = 1 },
    { .id = 40, .last_id = 40 },
};
enum { START = sizeof(start) / sizeof(start[0]), MOST = 400 };

static struct department_node nodes[MOST];
static size_t count;

static int begin(void **state)
{
    (void)state;
    memset(nodes, 0, sizeof(nodes));
    memcpy(nodes, start, sizeof(start));
    count = START;
    return 0;
}

static int64_t parent_after(size_t i, size_t moved, int64_t below)
{
    return i == moved ? below : nodes[i].parent_id;
}

/* Each lies within its parent, and beside those that have the same one. */
static void assert_nested(size_t moved, int64_t below)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(nodes[i].new_id > 0);
        assert_true(nodes[i].new_last_id >= nodes[i].new_id);
        for (size_t k = 0; k < count; k++) {
            const int64_t parent = parent_after(i, moved, below);

            if (parent != 0 && nodes[k].id == parent) {
                assert_true(nodes[i].new_id > nodes[k].new_id);
                assert_true(nodes[i].new_last_id <= nodes[k].new_last_id);
            }
            if (k != i && parent_after(k, moved, below) == parent)
                assert_true(nodes[i].new_last_id < nodes[k].new_id ||
                            nodes[k].new_last_id < nodes[i].new_id);
            /* An id that changes is not one that somebody still has. */
            if (nodes[i].new_id != nodes[i].id)
                assert_true(nodes[i].new_id != nodes[k].id);
        }
    }
}

/* What was placed stands, as after the change in the database. */
static void settle(size_t moved, int64_t below)
{
    int64_t parents[MOST];

    for (size_t i = 0; i < count; i++) {
        const int64_t parent = parent_after(i, moved, below);

        parents[i] = 0;
        for (size_t k = 0; k < count; k++)
            if (parent != 0 && nodes[k].id == parent)
                parents[i] = nodes[k].new_id;
    }
    for (size_t i = 0; i < count; i++) {
        nodes[i].id = nodes[i].new_id;
        nodes[i].last_id = nodes[i].new_last_id;
        nodes[i].parent_id = parents[i];
    }
}

static void test_tree__one_that_moves_takes_along_what_is_below_it(void **state)
{
    (void)state;
    assert_true(department_tree_place(nodes, count, 1, 20));
    assert_nested(1, 20);
    assert_true(nodes[2].new_id > nodes[1].new_id && nodes[2].new_id <= nodes[1].new_last_id);
    assert_int_equal(nodes[0].new_id, 1);
    assert_int_equal(nodes[4].new_id, 40);
}

static void test_tree__nothing_stands_below_itself(void **state)
{
    (void)state;
    assert_false(department_tree_place(nodes, count, 1, 10));
    assert_false(department_tree_place(nodes, count, 1, 11));
    assert_false(department_tree_place(nodes, count, 0, 11));
    assert_false(department_tree_place(nodes, count, 1, 999));
}

static void test_tree__without_a_gap_all_get_room(void **state)
{
    (void)state;
    assert_true(department_tree_place(nodes, count, 1, 40));
    assert_nested(1, 40);
}

static void test_tree__one_becomes_a_root(void **state)
{
    (void)state;
    assert_true(department_tree_place(nodes, count, 1, 0));
    assert_nested(1, 0);
    assert_true(nodes[1].new_id > 40);
}

static void test_tree__any_number_find_room_one_after_another(void **state)
{
    static const size_t below[] = { 2, 0, 4, 1, 3 };

    (void)state;
    while (count < MOST) {
        const size_t at = count++;
        const int64_t parent = nodes[at % 7 == 0 ? at / 2 : below[at % ARRAY_LEN(below)]].id;

        nodes[at] = (struct department_node){ 0 };
        assert_true(department_tree_place(nodes, count, at, parent));
        assert_nested(at, parent);
        settle(at, parent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_tree__one_that_moves_takes_along_what_is_below_it, begin),
        cmocka_unit_test_setup(test_tree__nothing_stands_below_itself, begin),
        cmocka_unit_test_setup(test_tree__without_a_gap_all_get_room, begin),
        cmocka_unit_test_setup(test_tree__one_becomes_a_root, begin),
        cmocka_unit_test_setup(test_tree__any_number_find_room_one_after_another, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

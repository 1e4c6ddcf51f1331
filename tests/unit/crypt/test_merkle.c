/* test_merkle.c - the tree against known roots, its definition, and its own verifier. */
#include "support/test.h"
#include "support/memory_log.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypt/merkle_verify.h"

enum { LEAVES = 70 };

static struct arena *arena;
static struct memory_log *tree;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    tree = memory_log_new(arena);
    memory_log_fill(tree, LEAVES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_hash(struct merkle_hash got, const char *expected_hex)
{
    char hex[65];

    str_hex(got.bytes, sizeof(got.bytes), hex);
    assert_string_equal(hex, expected_hex);
}

/* The eight leaves that implementations of RFC 6962 have tested with since the first one. */
static const struct {
    const char *hex, *root;
} known[] = {
    { "", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
    { "00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
    { "10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
    { "2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
    { "3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
    { "40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
    { "5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
    { "606162636465666768696a6b6c6d6e6f",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
};

static void test_root__is_the_known_one_for_each_of_the_eight_reference_trees(void **state)
{
    struct memory_log *reference = memory_log_new(arena);
    unsigned char data[16];

    (void)state;
    assert_hash(merkle_edge_root(&reference->edge),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        const size_t len = strlen(known[i].hex) / 2;

        assert_true(str_unhex(known[i].hex, data, len));
        memory_log_add(reference, data, len);
        assert_hash(merkle_edge_root(&reference->edge), known[i].root);
    }
}

static void test_append__gives_the_root_of_the_definition_at_every_size(void **state)
{
    struct memory_log *growing = memory_log_new(arena);

    (void)state;
    for (uint64_t size = 0; size <= 600; size++) {
        struct merkle_hash root = merkle_edge_root(&growing->edge);
        struct merkle_hash defined = memory_log_root(growing, size);

        assert_memory_equal(&root, &defined, sizeof(root));
        memory_log_fill(growing, size + 1);
    }
}

static void test_append__refuses_a_full_tree(void **state)
{
    struct merkle_edge edge = { .size = MERKLE_SIZE_MAX };
    struct merkle_hash leaf = merkle_leaf("", 0);
    struct merkle_node nodes[MERKLE_LEVELS];
    size_t count;

    (void)state;
    assert_err_kind(merkle_append(&edge, &leaf, nodes, &count), ERR_INVALID);
    edge.size = MERKLE_SIZE_MAX / 2;
    assert_ok(merkle_append(&edge, &leaf, nodes, &count));
    assert_int_equal(count, MERKLE_LEVELS);
}

static void test_edge_read__gives_what_appending_had(void **state)
{
    struct memory_log *growing = memory_log_new(arena);
    struct merkle_edge edge;

    (void)state;
    for (uint64_t size = 0; size < 300; size++) {
        const size_t count = (size_t)merkle_edge_count(size);

        assert_ok(merkle_edge_read(&growing->reader, size, &edge));
        assert_int_equal(edge.size, size);
        assert_memory_equal(edge.hashes, growing->edge.hashes, count * sizeof(edge.hashes[0]));
        memory_log_fill(growing, size + 1);
    }
}

static bool included(uint64_t index, uint64_t size, const struct merkle_hash *leaf,
                     const struct merkle_proof *p, const struct merkle_hash *root)
{
    return merkle_verify_inclusion(index, size, leaf, p->hashes, p->count, root);
}

static void test_inclusion__is_proved_for_every_leaf_of_every_tree(void **state)
{
    struct merkle_proof p;

    (void)state;
    for (uint64_t size = 1; size <= LEAVES; size++) {
        struct merkle_hash root = memory_log_root(tree, size);

        for (uint64_t index = 0; index < size; index++) {
            assert_ok(merkle_inclusion(&tree->reader, index, size, &p));
            assert_true(included(index, size, &tree->nodes[0][index], &p, &root));
        }
    }
}

static void test_inclusion__does_not_hold_for_another_place_leaf_or_root(void **state)
{
    struct merkle_proof p;

    (void)state;
    for (uint64_t size = 2; size <= LEAVES; size++) {
        struct merkle_hash root = memory_log_root(tree, size);
        struct merkle_hash before = memory_log_root(tree, size - 1);

        for (uint64_t index = 0; index < size; index++) {
            const struct merkle_hash *leaf = &tree->nodes[0][index];

            assert_ok(merkle_inclusion(&tree->reader, index, size, &p));
            for (uint64_t other = 0; other <= size + 1; other++)
                assert_true(other == index || !included(other, size, leaf, &p, &root));
            assert_false(included(index, size, &tree->nodes[0][(index + 1) % size], &p, &root));
            assert_false(included(index, size, leaf, &p, &before));
        }
    }
}

static void test_inclusion__does_not_hold_with_any_bit_changed_or_a_hash_more_or_less(void **state)
{
    struct merkle_proof p;

    (void)state;
    for (uint64_t size = 2; size <= 40; size++) {
        struct merkle_hash root = memory_log_root(tree, size);
        const uint64_t index = size / 3;
        const struct merkle_hash *leaf = &tree->nodes[0][index];

        assert_ok(merkle_inclusion(&tree->reader, index, size, &p));
        for (size_t bit = 0; bit < p.count * 256; bit += 7) {
            unsigned char *byte = &p.hashes[bit / 256].bytes[bit / 8 % 32];

            *byte ^= (unsigned char)(1u << bit % 8);
            assert_false(included(index, size, leaf, &p, &root));
            *byte ^= (unsigned char)(1u << bit % 8);
        }
        p.count--;
        assert_false(included(index, size, leaf, &p, &root));
        p.count += 2;
        p.hashes[p.count - 1] = root;
        assert_false(included(index, size, leaf, &p, &root));
    }
}

static void test_inclusion__of_a_leaf_beyond_the_tree_is_refused(void **state)
{
    struct merkle_proof p;

    (void)state;
    assert_err_kind(merkle_inclusion(&tree->reader, 5, 5, &p), ERR_INVALID);
    assert_err_kind(merkle_inclusion(&tree->reader, 0, 0, &p), ERR_INVALID);
}

static bool consistent(uint64_t first, uint64_t second, const struct merkle_proof *p,
                       const struct merkle_hash *first_root, const struct merkle_hash *second_root)
{
    return merkle_verify_consistency(first, second, first_root, second_root, p->hashes, p->count);
}

static void test_consistency__is_proved_between_every_two_sizes(void **state)
{
    struct merkle_proof p;

    (void)state;
    for (uint64_t second = 1; second <= LEAVES; second++) {
        struct merkle_hash second_root = memory_log_root(tree, second);

        for (uint64_t first = 1; first <= second; first++) {
            struct merkle_hash first_root = memory_log_root(tree, first);

            assert_ok(merkle_consistency(&tree->reader, first, second, &p));
            assert_true(consistent(first, second, &p, &first_root, &second_root));
        }
    }
}

static void test_consistency__does_not_hold_for_wrong_sizes_roots_or_hashes(void **state)
{
    struct merkle_proof p;

    (void)state;
    for (uint64_t second = 2; second <= 40; second++) {
        struct merkle_hash second_root = memory_log_root(tree, second);

        for (uint64_t first = 1; first < second; first++) {
            struct merkle_hash first_root = memory_log_root(tree, first);

            assert_ok(merkle_consistency(&tree->reader, first, second, &p));
            assert_false(consistent(first, second, &p, &second_root, &first_root));
            assert_false(consistent(first + 1, second, &p, &first_root, &second_root));
            assert_false(consistent(first - 1, second, &p, &first_root, &second_root));
            for (size_t i = 0; i < p.count; i++) {
                p.hashes[i].bytes[i % 32] ^= 1;
                assert_false(consistent(first, second, &p, &first_root, &second_root));
                p.hashes[i].bytes[i % 32] ^= 1;
            }
            p.count--;
            assert_false(consistent(first, second, &p, &first_root, &second_root));
        }
    }
}

static void test_consistency__shows_a_log_that_was_rewritten(void **state)
{
    struct memory_log *rewritten = memory_log_new(arena);
    struct merkle_hash first_root = memory_log_root(tree, 20), second_root;
    struct merkle_proof p;

    (void)state;
    memory_log_fill(rewritten, 7);
    memory_log_add(rewritten, "another past", 12);
    memory_log_fill(rewritten, 40);
    second_root = merkle_edge_root(&rewritten->edge);
    assert_ok(merkle_consistency(&rewritten->reader, 20, 40, &p));
    assert_false(consistent(20, 40, &p, &first_root, &second_root));
}

static void test_consistency__of_a_shrinking_log_is_refused(void **state)
{
    struct merkle_proof p;

    (void)state;
    assert_err_kind(merkle_consistency(&tree->reader, 9, 8, &p), ERR_INVALID);
    assert_ok(merkle_consistency(&tree->reader, 0, 8, &p));
    assert_int_equal(p.count, 0);
}

static struct err *read_fails(void *arg, int level, uint64_t index, struct merkle_hash *hash_out)
{
    (void)arg, (void)level, (void)index, (void)hash_out;
    return err_raise(ERR_DB, "no node today");
}

static void test_proofs__pass_on_the_error_of_the_store(void **state)
{
    const struct merkle_reader broken = { read_fails, NULL };
    struct merkle_edge edge;
    struct merkle_proof p;

    (void)state;
    assert_err_kind(merkle_inclusion(&broken, 3, 11, &p), ERR_DB);
    assert_err_kind(merkle_consistency(&broken, 3, 11, &p), ERR_DB);
    assert_err_kind(merkle_edge_read(&broken, 11, &edge), ERR_DB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_root__is_the_known_one_for_each_of_the_eight_reference_trees),
        cmocka_unit_test(test_append__gives_the_root_of_the_definition_at_every_size),
        cmocka_unit_test(test_append__refuses_a_full_tree),
        cmocka_unit_test(test_edge_read__gives_what_appending_had),
        cmocka_unit_test(test_inclusion__is_proved_for_every_leaf_of_every_tree),
        cmocka_unit_test(test_inclusion__does_not_hold_for_another_place_leaf_or_root),
        cmocka_unit_test(test_inclusion__does_not_hold_with_any_bit_changed_or_a_hash_more_or_less),
        cmocka_unit_test(test_inclusion__of_a_leaf_beyond_the_tree_is_refused),
        cmocka_unit_test(test_consistency__is_proved_between_every_two_sizes),
        cmocka_unit_test(test_consistency__does_not_hold_for_wrong_sizes_roots_or_hashes),
        cmocka_unit_test(test_consistency__shows_a_log_that_was_rewritten),
        cmocka_unit_test(test_consistency__of_a_shrinking_log_is_refused),
        cmocka_unit_test(test_proofs__pass_on_the_error_of_the_store),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

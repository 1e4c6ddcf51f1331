/* test_tlog.c - checkpoints, proof files and tiles. */
#include "support/test.h"
#include "support/memory_log.h"
#include "base/str.h"
#include "crypt/tlog.h"

#define ORIGIN "portal.example/log"
#define ROOT   "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

static struct arena *arena;
static struct sign_key *key;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    assert_ok(sign_key_new(&key));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sign_key_free(key);
    arena_free(arena);
    return 0;
}

static void test_checkpoint__of_the_specification_is_read_and_written(void **state)
{
    static const char text[] = "example.com/behind-the-sofa\n20852163\n" ROOT "\n";
    struct tlog_checkpoint cp;
    struct buf b;

    (void)state;
    assert_ok(tlog_checkpoint_parse(text, strlen(text), &cp));
    assert_string_equal(cp.origin, "example.com/behind-the-sofa");
    assert_int_equal(cp.size, 20852163);
    buf_init(&b, 100, 0);
    assert_ok(tlog_checkpoint_text(&cp, &b));
    assert_string_equal(b.data, text);
    buf_free(&b);
}

static void test_checkpoint_parse__refuses_ill_formed_ones(void **state)
{
    static const char *const rows[] = {
        "",
        ORIGIN "\n",
        ORIGIN "\n1\n",
        "\n1\n" ROOT "\n",
        ORIGIN "\n01\n" ROOT "\n",
        ORIGIN "\n-1\n" ROOT "\n",
        ORIGIN "\n\n" ROOT "\n",
        ORIGIN "\n9223372036854775808\n" ROOT "\n",
        ORIGIN "\n1 \n" ROOT "\n",
        ORIGIN "\n1\n" ROOT,
        ORIGIN "\n1\n" ROOT "\nextension\n",
        ORIGIN "\n1\nAAAA\n",
        ORIGIN "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
    };
    struct tlog_checkpoint cp;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_err_kind(tlog_checkpoint_parse(rows[i], strlen(rows[i]), &cp), ERR_PARSE);
}

/* A proof of leaf INDEX in a log of SIZE leaves, as text in the arena. */
static char *make_proof(uint64_t index, uint64_t size, const char *extra)
{
    struct memory_log *log = memory_log_new(arena);
    struct tlog_proof proof = { .index = index, .extra = (const unsigned char *)extra };
    struct tlog_checkpoint cp = { .origin = ORIGIN, .size = size };
    struct buf b;
    char *text;

    memory_log_fill(log, size);
    cp.root = merkle_edge_root(&log->edge);
    proof.extra_len = extra == NULL ? 0 : strlen(extra);
    assert_ok(merkle_inclusion(&log->reader, index, size, &proof.inclusion));
    assert_ok(tlog_checkpoint_sign(arena, &cp, key, &proof.checkpoint_note));
    buf_init(&b, 4096, 0);
    assert_ok(tlog_proof_encode(&proof, &b));
    text = arena_dup_bytes(arena, b.data, b.len);
    buf_free(&b);
    return text;
}

static void test_proof__is_read_as_it_was_written(void **state)
{
    const char *text = make_proof(5, 11, "age-v1.2.1-darwin");
    struct tlog_proof proof;

    (void)state;
    assert_true(
        str_starts(text, "c2sp.org/tlog-proof@v1\nextra YWdlLXYxLjIuMS1kYXJ3aW4=\nindex 5\n"));
    assert_ok(tlog_proof_parse(arena, text, strlen(text), &proof));
    assert_int_equal(proof.index, 5);
    assert_int_equal(proof.inclusion.count, 4);
    assert_int_equal(proof.checkpoint.size, 11);
    assert_string_equal(proof.checkpoint.origin, ORIGIN);
    assert_memory_equal(proof.extra, "age-v1.2.1-darwin", proof.extra_len);
}

static void test_proof__of_the_only_leaf_has_no_hashes(void **state)
{
    const char *text = make_proof(0, 1, NULL);
    struct tlog_proof proof;

    (void)state;
    assert_true(str_starts(text, "c2sp.org/tlog-proof@v1\nindex 0\n\n" ORIGIN "\n1\n"));
    assert_ok(tlog_proof_parse(arena, text, strlen(text), &proof));
    assert_int_equal(proof.inclusion.count, 0);
    assert_null(proof.extra);
}

/* TEXT with the first FROM replaced by TO. */
static const char *with(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);

    assert_non_null(place);
    return arena_printf(arena, "%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
}

static void test_proof_parse__refuses_ill_formed_files(void **state)
{
    static const char *const changes[][2] = {
        { "tlog-proof@v1", "tlog-proof@v2" },
        { "@v1\n", "@v1 \n" },
        { "index 5", "index 05" },
        { "index 5", "index -5" },
        { "index 5", "Index 5" },
        { "index 5\n", "index 5\n\n" },
        { "index 5\n", "" },
        { "index 5\n", "extra \nindex 5\n" },
        { "index 5\n", "extra AB==\nindex 5\n" },
        { "index 5\n", "extra AA==\nextra AA==\nindex 5\n" },
        { "index 5\n", "index 5\nextra AA==\n" },
        { "index 5\n", "index 5\nAAAA\n" },
        { "=\n\n", "=\n" },
        { "\n11\n", "\n011\n" },
    };
    const char *text = make_proof(5, 11, NULL);
    struct tlog_proof proof;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        const char *changed = with(text, changes[i][0], changes[i][1]);

        assert_err_kind(tlog_proof_parse(arena, changed, strlen(changed), &proof), ERR_PARSE);
    }
    for (size_t len = 0; len < strlen(text); len++)
        assert_err_kind(tlog_proof_parse(arena, text, len, &proof), ERR_PARSE);
}

static void test_proof_parse__takes_no_more_than_64_hashes(void **state)
{
    struct tlog_proof proof = { .index = 1, .inclusion.count = MERKLE_PROOF_MAX };
    struct tlog_checkpoint cp = { .origin = ORIGIN, .size = 2 };
    struct buf b;

    (void)state;
    assert_ok(tlog_checkpoint_sign(arena, &cp, key, &proof.checkpoint_note));
    buf_init(&b, 4096, 0);
    assert_ok(tlog_proof_encode(&proof, &b));
    assert_ok(tlog_proof_parse(arena, b.data, b.len, &proof));
    const char *more = with(b.data, "index 1\n", "index 1\n" ROOT "\n");
    assert_err_kind(tlog_proof_parse(arena, more, strlen(more), &proof), ERR_PARSE);
    buf_free(&b);
}

static const struct {
    struct tlog_tile tile;
    const char *path;
} paths[] = {
    { { 0, 0, 256 }, "tile/0/000" },
    { { 0, 999, 256 }, "tile/0/999" },
    { { 0, 1000, 256 }, "tile/0/x001/000" },
    { { 0, 1067, 256 }, "tile/0/x001/067" },
    { { 0, 1234067, 256 }, "tile/0/x001/x234/067" },
    { { 1, 0, 17 }, "tile/1/000.p/17" },
    { { 2, 1000000, 1 }, "tile/2/x001/x000/000.p/1" },
    { { 7, 0, 127 }, "tile/7/000.p/127" },
    { { 0, UINT64_C(36028797018963967), 255 }, "tile/0/x036/x028/x797/x018/x963/967.p/255" },
};

static void test_tile_path__is_that_of_the_specification(void **state)
{
    char path[TLOG_PATH_BYTES];
    struct tlog_tile tile;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        tlog_tile_path(&paths[i].tile, path);
        assert_string_equal(path, paths[i].path);
        assert_true(tlog_tile_path_parse(path, &tile));
        assert_int_equal(tile.level, paths[i].tile.level);
        assert_int_equal(tile.index, paths[i].tile.index);
        assert_int_equal(tile.width, paths[i].tile.width);
    }
}

static void test_tile_path_parse__refuses_every_other_spelling(void **state)
{
    static const char *const rows[] = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/00/001",
        "tile/8/000",
        "tile/-1/000",
        "tile/entries/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000.p/1/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/7/001",
    };
    struct tlog_tile tile;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (tlog_tile_path_parse(rows[i], &tile))
            fail_msg("%s is read", rows[i]);
}

static bool exists(int level, uint64_t index, int width, uint64_t size)
{
    return tlog_tile_exists(&(struct tlog_tile){ level, index, width }, size);
}

static void test_tile_exists__for_a_log_of_70000_as_in_the_specification(void **state)
{
    (void)state;
    assert_true(exists(0, 272, 256, 70000));
    assert_false(exists(0, 273, 256, 70000));
    assert_true(exists(0, 273, 112, 70000));
    assert_true(exists(0, 273, 111, 70000)); /* of an earlier checkpoint */
    assert_false(exists(0, 273, 113, 70000));
    assert_true(exists(1, 0, 256, 70000));
    assert_true(exists(1, 1, 17, 70000));
    assert_false(exists(1, 1, 18, 70000));
    assert_true(exists(2, 0, 1, 70000));
    assert_false(exists(2, 0, 2, 70000));
    assert_false(exists(3, 0, 1, 70000));
    assert_false(exists(0, 0, 1, 0));
    assert_false(exists(0, UINT64_C(1) << 60, 1, 70000));
}

static void test_tiles__give_every_node_of_the_tree(void **state)
{
    struct memory_log *log = memory_log_new(arena);
    struct merkle_hash hashes[TLOG_TILE_WIDTH];

    (void)state;
    memory_log_fill(log, 1500);
    for (int level = 0; level < MEMORY_LOG_LEVELS; level++)
        for (uint64_t index = 0; (index + 1) << level <= 1500; index++) {
            int first, height;
            struct tlog_tile tile = tlog_tile_of_node(level, index, &first, &height);
            struct merkle_hash node;

            assert_true(tlog_tile_exists(&tile, 1500));
            assert_ok(tlog_tile_read(&log->reader, &tile, hashes));
            node = tlog_tile_root(hashes + first, height);
            assert_memory_equal(&node, &log->nodes[level][index], sizeof(node));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checkpoint__of_the_specification_is_read_and_written),
        cmocka_unit_test(test_checkpoint_parse__refuses_ill_formed_ones),
        cmocka_unit_test(test_proof__is_read_as_it_was_written),
        cmocka_unit_test(test_proof__of_the_only_leaf_has_no_hashes),
        cmocka_unit_test(test_proof_parse__refuses_ill_formed_files),
        cmocka_unit_test(test_proof_parse__takes_no_more_than_64_hashes),
        cmocka_unit_test(test_tile_path__is_that_of_the_specification),
        cmocka_unit_test(test_tile_path_parse__refuses_every_other_spelling),
        cmocka_unit_test(test_tile_exists__for_a_log_of_70000_as_in_the_specification),
        cmocka_unit_test(test_tiles__give_every_node_of_the_tree),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* fuzz_tlog_proof.c - proof files, checkpoints and paths of tiles. */
#include "crypt/tlog.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(struct arena *a, const uint8_t *data, size_t size)
{
    const char *path = arena_dup_bytes(a, data, size);
    char again[TLOG_PATH_BYTES];
    struct tlog_tile tile;

    if (!tlog_tile_path_parse(path, &tile))
        return;
    tlog_tile_path(&tile, again);
    if (strcmp(again, path) != 0 || tile.width < 1 || tile.width > TLOG_TILE_WIDTH)
        abort();
    tlog_tile_exists(&tile, MERKLE_SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(1 << 16);
    struct tlog_checkpoint cp;
    struct tlog_proof proof;

    err_free(tlog_proof_parse(a, (const char *)data, size, &proof));
    err_free(tlog_checkpoint_parse((const char *)data, size, &cp));
    check_path(a, data, size);
    arena_free(a);
    return 0;
}

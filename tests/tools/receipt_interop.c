/* receipt_interop.c - our half of tests/interop.
 *   receipt_interop write FOLDER   a verifier key, checkpoints, proofs and the hashes of a log's
 * tree receipt_interop read FOLDER    verifies what the other half wrote there; ends with 1 if
 * anything fails */
#include "support/memory_log.h"
#include "base/str.h"
#include "crypt/merkle_verify.h"
#include "crypt/tlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ORIGIN "portal.example/log"
enum { LEAVES = 300 };

static void need(struct err *e)
{
    char trace[1024];

    if (e == NULL)
        return;
    err_trace(e, trace, sizeof(trace));
    fprintf(stderr, "receipt_interop: %s\n", trace);
    exit(1);
}

static void need_true(bool condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "receipt_interop: %s\n", what);
    exit(1);
}

static void write_file(const char *folder, const char *name, const char *data, size_t len)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "w");
    need_true(f != NULL && fwrite(data, 1, len, f) == len && fclose(f) == 0, path);
}

static char *read_file(struct arena *a, const char *folder, const char *name, size_t *len_out)
{
    char path[4096], *data = arena_alloc(a, 1 << 16);
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "r");
    need_true(f != NULL, path);
    *len_out = fread(data, 1, (1 << 16) - 1, f);
    fclose(f);
    return data;
}

static void write_proof(struct arena *a, const char *folder, const struct memory_log *log,
                        const struct sign_key *key, uint64_t index, uint64_t size)
{
    struct tlog_proof proof = { .index = index };
    struct tlog_checkpoint cp = { .origin = ORIGIN, .size = size };
    char name[64];
    struct buf b;

    cp.root = memory_log_root(log, size);
    need(merkle_inclusion(&log->reader, index, size, &proof.inclusion));
    need(tlog_checkpoint_sign(a, &cp, key, &proof.checkpoint_note));
    buf_init(&b, 4096, 0);
    need(tlog_proof_encode(&proof, &b));
    snprintf(name, sizeof(name), "%llu-%llu.tlog-proof", (unsigned long long)index,
             (unsigned long long)size);
    write_file(folder, name, b.data, b.len);
    buf_free(&b);
}

static void write_consistency(const char *folder, const struct memory_log *log, uint64_t first,
                              uint64_t second)
{
    struct merkle_proof proof;
    char name[64];

    need(merkle_consistency(&log->reader, first, second, &proof));
    snprintf(name, sizeof(name), "%llu-%llu.consistency", (unsigned long long)first,
             (unsigned long long)second);
    write_file(folder, name, (const char *)proof.hashes, proof.count * sizeof(proof.hashes[0]));
}

static void write_tile(const char *folder, const struct memory_log *log, int level, int width)
{
    const struct tlog_tile tile = { level, level == 0 ? 1 : 0, width };
    struct merkle_hash hashes[TLOG_TILE_WIDTH];
    char name[64];

    need(tlog_tile_read(&log->reader, &tile, hashes));
    snprintf(name, sizeof(name), "%d.tile", level);
    write_file(folder, name, (const char *)hashes, (size_t)width * sizeof(hashes[0]));
}

static void write_all(struct arena *a, const char *folder)
{
    static const uint64_t sizes[] = { 1, 2, 3, 7, 8, 64, 100, 255, 256, 257, LEAVES };
    struct memory_log *log = memory_log_new(a);
    unsigned char public_key[SIGN_PUBLIC_BYTES];
    char vkey[NOTE_VKEY_BYTES];
    struct note_key named;
    struct sign_key *key;

    need(sign_key_new(&key));
    sign_key_public(key, public_key);
    need(note_key_make(ORIGIN, public_key, &named));
    note_key_text(&named, vkey);
    write_file(folder, "vkey", vkey, strlen(vkey));
    memory_log_fill(log, LEAVES);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        write_proof(a, folder, log, key, sizes[i] / 2, sizes[i]);
        write_proof(a, folder, log, key, sizes[i] - 1, sizes[i]);
        for (size_t j = 0; j < i; j++)
            write_consistency(folder, log, sizes[j], sizes[i]);
    }
    write_tile(folder, log, 0, LEAVES - TLOG_TILE_WIDTH);
    write_tile(folder, log, 1, 1);
    sign_key_free(key);
}

/* The note of the other half: a checkpoint of size 5 with the leaves "leaf 0" to "leaf 4", and the
 * proof of leaf 3. */
static void read_all(struct arena *a, const char *folder)
{
    struct tlog_proof proof;
    struct note_key key;
    struct merkle_hash leaf = merkle_leaf("leaf 3", 6);
    char *text;
    size_t len;

    text = read_file(a, folder, "other-vkey", &len);
    need(note_key_parse(text, &key));
    text = read_file(a, folder, "other.tlog-proof", &len);
    need(tlog_proof_parse(a, text, len, &proof));
    need_true(note_verify(&proof.checkpoint_note, &key, 1) == NOTE_VALID, "signature");
    need_true(proof.checkpoint_note.signature_count == 2, "two signatures");
    need_true(proof.checkpoint.size == 5, "size");
    need_true(merkle_verify_inclusion(proof.index, proof.checkpoint.size, &leaf,
                                      proof.inclusion.hashes, proof.inclusion.count,
                                      &proof.checkpoint.root),
              "inclusion");
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(1 << 20);

    if (argc != 3)
        return 2;
    if (strcmp(argv[1], "write") == 0)
        write_all(a, argv[2]);
    else
        read_all(a, argv[2]);
    arena_free(a);
    return 0;
}

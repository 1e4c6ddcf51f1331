/* crypt/tlog.h - the public formats of the transparency log: checkpoints
 * (c2sp.org/tlog-checkpoint), proof files (c2sp.org/tlog-proof) and tiles (c2sp.org/tlog-tiles).
 * All readers are strict: what they accept gives the same bytes when it is written again. */
#pragma once

#include "crypt/merkle.h"
#include "crypt/note.h"

#include <stdbool.h>

/* The text of a checkpoint.  Extension lines are refused: nobody could audit them. */
struct tlog_checkpoint {
    char origin[NOTE_MAX_NAME_BYTES + 1];
    uint64_t size;
    struct merkle_hash root;
};

/* Adds "ORIGIN\nSIZE\nROOT\n".  ERR_INVALID when the origin is empty, too long, or no single line.
 */
struct err *tlog_checkpoint_text(const struct tlog_checkpoint *cp, struct buf *out);
struct err *tlog_checkpoint_parse(const char *text, size_t len, struct tlog_checkpoint *cp_out);
/* Signs a checkpoint under its origin as key name, as the specification advises. */
struct err *tlog_checkpoint_sign(struct arena *a, const struct tlog_checkpoint *cp,
                                 const struct sign_key *key, struct note *note_out);

enum { TLOG_PROOF_MAX_BYTES = 128 * 1024, TLOG_EXTRA_MAX_BYTES = 16 * 1024 };
#define TLOG_PROOF_FIRST_LINE "c2sp.org/tlog-proof@v1"

/* A proof file. */
struct tlog_proof {
    const unsigned char *extra; /* NULL: no such line.  Nothing vouches for it. */
    size_t extra_len;
    uint64_t index;
    struct merkle_proof inclusion;
    struct note checkpoint_note;
    struct tlog_checkpoint checkpoint; /* what the note's text says */
};

/* Adds the file; the checkpoint is written from checkpoint_note. */
struct err *tlog_proof_encode(const struct tlog_proof *proof, struct buf *out);
/* Reads a file; its texts live in the arena.  Nothing is verified yet. */
struct err *tlog_proof_parse(struct arena *a, const char *data, size_t len,
                             struct tlog_proof *proof_out);

/* Tiles of height 8: a full one has 256 hashes. */
enum { TLOG_TILE_HEIGHT = 8, TLOG_TILE_WIDTH = 256, TLOG_TILE_LEVELS = 8, TLOG_PATH_BYTES = 64 };

struct tlog_tile {
    int level;      /* 0..7: hashes of the tree's level 8*level */
    uint64_t index; /* hash i of the tile is node (8*level, 256*index + i) */
    int width;      /* 1..256 */
};

/* "tile/0/x001/067", "tile/1/000.p/17". */
void tlog_tile_path(const struct tlog_tile *tile, char out[TLOG_PATH_BYTES]);
/* Reads exactly that form; false otherwise, also for "tile/entries/...". */
bool tlog_tile_path_parse(const char *path, struct tlog_tile *tile_out);
/* True when the tile is part of the log at SIZE leaves: full, or the partial one of exactly that
 * size. */
bool tlog_tile_exists(const struct tlog_tile *tile, uint64_t size);
/* The hashes of a tile, read node by node. */
struct err *tlog_tile_read(const struct merkle_reader *reader, const struct tlog_tile *tile,
                           struct merkle_hash *hashes_out);
/* The tile that a node can be made from, and its place there: the node is the root over
 * 2^height_out hashes from first_out on.  The width is the least that has them. */
struct tlog_tile tlog_tile_of_node(int level, uint64_t index, int *first_out, int *height_out);
/* The root over the 2^HEIGHT hashes at HASHES. */
struct merkle_hash tlog_tile_root(const struct merkle_hash *hashes, int height);

/* crypt/tlog.c */
#include "crypt/tlog.h"
#include "base/str.h"
#include "crypt/b64.h"

#include <stdio.h>
#include <string.h>

enum { HASH_TEXT_BYTES = B64_TEXT_BYTES(MERKLE_HASH_BYTES), HASH_TEXT_LEN = HASH_TEXT_BYTES - 1 };

/* A place in bytes made of lines. */
struct lines {
    const char *at, *end;
};

/* Takes the next line, without its newline; false when there is none. */
static bool next_line(struct lines *l, const char **line_out, size_t *len_out)
{
    const char *newline = l->at == l->end ? NULL : memchr(l->at, '\n', (size_t)(l->end - l->at));

    if (newline == NULL)
        return false;
    *line_out = l->at;
    *len_out = (size_t)(newline - l->at);
    l->at = newline + 1;
    return true;
}

static bool read_count(const char *text, size_t len, uint64_t *count_out)
{
    char digits[24];
    int64_t value;

    if (len >= sizeof(digits))
        return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    if (strlen(digits) != len || !str_to_i64(digits, &value) || value < 0)
        return false;
    *count_out = (uint64_t)value;
    return true;
}

static void add_hash(const struct merkle_hash *hash, struct buf *out)
{
    char text[HASH_TEXT_BYTES];

    b64_encode(hash->bytes, MERKLE_HASH_BYTES, text);
    buf_printf(out, "%s\n", text);
}

static bool read_hash(const char *text, size_t len, struct merkle_hash *hash_out)
{
    return len == HASH_TEXT_LEN && b64_decode_exact(text, len, hash_out->bytes, MERKLE_HASH_BYTES);
}

static bool origin_valid(const char *origin, size_t len)
{
    if (len == 0 || len > NOTE_MAX_NAME_BYTES || !utf8_valid(origin, len))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)origin[i] < 0x20)
            return false;
    return true;
}

struct err *tlog_checkpoint_text(const struct tlog_checkpoint *cp, struct buf *out)
{
    if (!origin_valid(cp->origin, strlen(cp->origin)) || cp->size > MERKLE_SIZE_MAX)
        return err_raise(ERR_INVALID, "no origin or size of a log");
    buf_printf(out, "%s\n%llu\n", cp->origin, (unsigned long long)cp->size);
    add_hash(&cp->root, out);
    return NULL;
}

struct err *tlog_checkpoint_parse(const char *text, size_t len, struct tlog_checkpoint *cp_out)
{
    struct lines l = { text, text + len };
    const char *line;
    size_t line_len;

    if (!next_line(&l, &line, &line_len) || !origin_valid(line, line_len))
        return err_raise(ERR_PARSE, "checkpoint: ill-formed origin");
    memcpy(cp_out->origin, line, line_len);
    cp_out->origin[line_len] = '\0';
    if (!next_line(&l, &line, &line_len) || !read_count(line, line_len, &cp_out->size))
        return err_raise(ERR_PARSE, "checkpoint: ill-formed tree size");
    if (!next_line(&l, &line, &line_len) || !read_hash(line, line_len, &cp_out->root))
        return err_raise(ERR_PARSE, "checkpoint: ill-formed root");
    return l.at == l.end ? NULL : err_raise(ERR_PARSE, "checkpoint: more than three lines");
}

struct err *tlog_checkpoint_sign(struct arena *a, const struct tlog_checkpoint *cp,
                                 const struct sign_key *key, struct note *note_out)
{
    struct buf text;
    struct err *e;

    buf_init(&text, 512, 0);
    TRY_TO(done, e, tlog_checkpoint_text(cp, &text));
    TRY_TO(done, e, note_sign(a, text.data, cp->origin, key, note_out));
done:
    buf_free(&text);
    return e;
}

static struct err *write_extra(const struct tlog_proof *proof, struct buf *out)
{
    char text[B64_TEXT_BYTES(TLOG_EXTRA_MAX_BYTES)];

    if (proof->extra == NULL)
        return NULL;
    if (proof->extra_len == 0 || proof->extra_len > TLOG_EXTRA_MAX_BYTES)
        return err_raise(ERR_INVALID, "proof: extra data empty or too long");
    b64_encode(proof->extra, proof->extra_len, text);
    buf_printf(out, "extra %s\n", text);
    return NULL;
}

struct err *tlog_proof_encode(const struct tlog_proof *proof, struct buf *out)
{
    if (proof->index > MERKLE_SIZE_MAX || proof->inclusion.count > MERKLE_PROOF_MAX)
        return err_raise(ERR_INVALID, "proof: index or length out of range");
    buf_puts(out, TLOG_PROOF_FIRST_LINE "\n");
    TRY(write_extra(proof, out));
    buf_printf(out, "index %llu\n", (unsigned long long)proof->index);
    for (size_t i = 0; i < proof->inclusion.count; i++)
        add_hash(&proof->inclusion.hashes[i], out);
    buf_putc(out, '\n');
    TRY(note_encode(&proof->checkpoint_note, out));
    return out->failed ? err_raise(ERR_INVALID, "proof: too long") : NULL;
}

static bool line_begins(const char *line, size_t len, const char *word)
{
    return len >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static bool read_extra(struct arena *a, const char *text, size_t len, struct tlog_proof *out)
{
    unsigned char *extra;

    if (len == 0 || len >= B64_TEXT_BYTES(TLOG_EXTRA_MAX_BYTES))
        return false;
    extra = arena_alloc(a, TLOG_EXTRA_MAX_BYTES);
    out->extra = extra;
    return b64_decode(text, len, extra, TLOG_EXTRA_MAX_BYTES, &out->extra_len);
}

/* The lines before the hashes. */
static struct err *read_head(struct arena *a, struct lines *l, struct tlog_proof *out)
{
    const char *line;
    size_t len;

    if (!next_line(l, &line, &len) || len != strlen(TLOG_PROOF_FIRST_LINE) ||
        !line_begins(line, len, TLOG_PROOF_FIRST_LINE))
        return err_raise(ERR_PARSE, "proof: not " TLOG_PROOF_FIRST_LINE);
    if (!next_line(l, &line, &len))
        return err_raise(ERR_PARSE, "proof: no index");
    if (line_begins(line, len, "extra ") &&
        (!read_extra(a, line + 6, len - 6, out) || !next_line(l, &line, &len)))
        return err_raise(ERR_PARSE, "proof: ill-formed extra data");
    if (!line_begins(line, len, "index ") || !read_count(line + 6, len - 6, &out->index))
        return err_raise(ERR_PARSE, "proof: ill-formed index");
    return NULL;
}

static struct err *read_hashes(struct lines *l, struct merkle_proof *out)
{
    const char *line;
    size_t len;

    for (;;) {
        if (!next_line(l, &line, &len))
            return err_raise(ERR_PARSE, "proof: no empty line before the checkpoint");
        if (len == 0)
            return NULL;
        if (out->count == MERKLE_PROOF_MAX || !read_hash(line, len, &out->hashes[out->count]))
            return err_raise(ERR_PARSE, "proof: ill-formed hash, or too many");
        out->count++;
    }
}

static struct err *check_same_bytes(const struct tlog_proof *proof, const char *data, size_t len)
{
    struct buf again;
    struct err *e;
    bool same;

    buf_init(&again, len + 1, 0);
    e = err_pass(tlog_proof_encode(proof, &again));
    same = e == NULL && again.len == len && memcmp(again.data, data, len) == 0;
    buf_free(&again);
    if (e != NULL)
        return e;
    return same ? NULL : err_raise(ERR_PARSE, "the proof is not in its one form");
}

struct err *tlog_proof_parse(struct arena *a, const char *data, size_t len,
                             struct tlog_proof *proof_out)
{
    struct lines l = { data, data + len };

    if (len > TLOG_PROOF_MAX_BYTES)
        return err_raise(ERR_PARSE, "proof: too long");
    memset(proof_out, 0, sizeof(*proof_out));
    TRY(read_head(a, &l, proof_out));
    TRY(read_hashes(&l, &proof_out->inclusion));
    TRY(note_parse(a, l.at, (size_t)(l.end - l.at), &proof_out->checkpoint_note));
    TRY(tlog_checkpoint_parse(proof_out->checkpoint_note.text, proof_out->checkpoint_note.text_len,
                              &proof_out->checkpoint));
    return err_pass(check_same_bytes(proof_out, data, len));
}

void tlog_tile_path(const struct tlog_tile *tile, char out[TLOG_PATH_BYTES])
{
    uint64_t group = 1;
    size_t n;

    /* groups of three digits, all but the last with an x before them */
    while (tile->index / group >= 1000)
        group *= 1000;
    n = (size_t)snprintf(out, TLOG_PATH_BYTES, "tile/%d/", tile->level);
    for (; group > 1; group /= 1000)
        n += (size_t)snprintf(out + n, TLOG_PATH_BYTES - n, "x%03u/",
                              (unsigned)(tile->index / group % 1000));
    n += (size_t)snprintf(out + n, TLOG_PATH_BYTES - n, "%03u", (unsigned)(tile->index % 1000));
    if (tile->width < TLOG_TILE_WIDTH)
        snprintf(out + n, TLOG_PATH_BYTES - n, ".p/%d", tile->width);
}

/* Reads "x001/x234/067"; stops behind it. */
static bool take_index(const char **path, uint64_t *index_out)
{
    uint64_t index = 0;
    bool more;

    do {
        more = **path == 'x';
        *path += more;
        for (int i = 0; i < 3; i++, (*path)++) {
            if (**path < '0' || **path > '9' || index > MERKLE_SIZE_MAX / 10)
                return false;
            index = index * 10 + (uint64_t)(**path - '0');
        }
        if (more && *(*path)++ != '/')
            return false;
    } while (more);
    *index_out = index;
    return true;
}

bool tlog_tile_path_parse(const char *path, struct tlog_tile *tile_out)
{
    const char *at = path + 7;
    char again[TLOG_PATH_BYTES];
    uint64_t width = TLOG_TILE_WIDTH;

    if (!str_starts(path, "tile/") || path[5] < '0' || path[5] >= '0' + TLOG_TILE_LEVELS ||
        path[6] != '/' || !take_index(&at, &tile_out->index))
        return false;
    if (str_starts(at, ".p/") &&
        (!read_count(at + 3, strlen(at + 3), &width) || width == 0 || width >= TLOG_TILE_WIDTH))
        return false;
    tile_out->level = path[5] - '0';
    tile_out->width = (int)width;
    if (tile_out->index > (MERKLE_SIZE_MAX >> TLOG_TILE_HEIGHT * tile_out->level) / TLOG_TILE_WIDTH)
        return false;
    tlog_tile_path(tile_out, again);
    return strcmp(again, path) == 0;
}

bool tlog_tile_exists(const struct tlog_tile *tile, uint64_t size)
{
    const uint64_t hashes = size >> TLOG_TILE_HEIGHT * tile->level;

    return tile->index <= hashes / TLOG_TILE_WIDTH &&
           tile->index * TLOG_TILE_WIDTH + (uint64_t)tile->width <= hashes;
}

struct err *tlog_tile_read(const struct merkle_reader *reader, const struct tlog_tile *tile,
                           struct merkle_hash *hashes_out)
{
    for (int i = 0; i < tile->width; i++)
        TRY(reader->read(reader->arg, TLOG_TILE_HEIGHT * tile->level,
                         tile->index * TLOG_TILE_WIDTH + (uint64_t)i, &hashes_out[i]));
    return NULL;
}

struct tlog_tile tlog_tile_of_node(int level, uint64_t index, int *first_out, int *height_out)
{
    const int height = level % TLOG_TILE_HEIGHT;
    const uint64_t place = index << height;

    *first_out = (int)(place % TLOG_TILE_WIDTH);
    *height_out = height;
    return (struct tlog_tile){ .level = level / TLOG_TILE_HEIGHT,
                               .index = place / TLOG_TILE_WIDTH,
                               .width = *first_out + (1 << height) };
}

struct merkle_hash tlog_tile_root(const struct merkle_hash *hashes, int height)
{
    struct merkle_hash row[TLOG_TILE_WIDTH];

    memcpy(row, hashes, sizeof(*row) << height);
    for (int left = height; left > 0; left--)
        for (int i = 0; i < 1 << (left - 1); i++)
            row[i] = merkle_parent(&row[2 * i], &row[2 * i + 1]);
    return row[0];
}

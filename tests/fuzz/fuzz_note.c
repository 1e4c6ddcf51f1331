/* fuzz_note.c - signed notes and verifier keys: what is read is written again, byte by byte, and no
 * input is ever believed for a key that did not sign it. */
#include "crypt/note.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_key(struct arena *a, const uint8_t *data, size_t size)
{
    const char *text = arena_dup_bytes(a, data, size);
    struct err *e;
    struct note_key key;
    char again[NOTE_VKEY_BYTES];

    e = note_key_parse(text, &key);
    if (e == NULL) {
        note_key_text(&key, again);
        if (strcmp(again, text) != 0)
            abort();
    }
    err_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct note_key nobody = { .name = "nobody.example/log", .id = 1 };
    struct arena *a = arena_new(1 << 16);
    struct note note;
    struct err *e = note_parse(a, (const char *)data, size, &note);

    if (e == NULL && note_verify(&note, &nobody, 1) == NOTE_VALID)
        abort();
    err_free(e);
    check_key(a, data, size);
    arena_free(a);
    return 0;
}

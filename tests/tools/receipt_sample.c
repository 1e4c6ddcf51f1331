/* receipt_sample.c - writes the files of tests/data/receipt into a folder: receipt_sample FOLDER.
 * Only for a change of the format; test_receipt.c holds the files to these bytes. */
#include "support/sample_receipt.h"

#include <stdio.h>
#include <stdlib.h>

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "w");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(1 << 20);
    struct sample_receipt *approved = sample_receipt_new(a, false);
    char vkey[NOTE_VKEY_BYTES];

    if (argc != 2)
        return 2;
    note_key_text(&approved->key, vkey);
    write_file(argv[1], "approved.fairway-receipt", approved->text);
    write_file(argv[1], "pending.fairway-receipt", sample_receipt_new(a, true)->text);
    write_file(argv[1], "content.json", SAMPLE_CONTENT "\n");
    write_file(argv[1], "vkey", arena_printf(a, "%s\n", vkey));
    arena_free(a);
    return 0;
}

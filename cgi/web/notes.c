/* web/notes.c - the table of notes. */
#include "web/notes.h"

#include "base/str.h"
#include "web/request.h"

const struct note_row note_rows[] = {
#define NOTE(code, tone, text) { #code, tone, N_(text) },
#include "web/notes.def"
#undef NOTE
    { 0 },
};

const struct note_row *note_find(const char *code)
{
    for (const struct note_row *row = note_rows; row->code != NULL; row++)
        if (str_eq(row->code, code))
            return row;
    return NULL;
}

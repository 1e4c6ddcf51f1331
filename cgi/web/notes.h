/* web/notes.h - the notes of web/notes.def by their code. */
#pragma once

struct note_row {
    const char *code, *tone, *text; /* text: English message id */
};

extern const struct note_row note_rows[];           /* ended by { 0 } */
const struct note_row *note_find(const char *code); /* NULL when there is none */

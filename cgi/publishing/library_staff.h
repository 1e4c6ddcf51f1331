/* publishing/library_staff.h - what staff type of a document. */
#pragma once

#include "publishing/library_inside.h"

/* Of a new document and of one that is changed; only the first has files. */
struct document_input {
    int64_t row_version;
    const char *name_en, *name_zh, *text_en, *text_zh, *category, *language, *tier, *line,
        *countries;
    struct upload_list files;
};

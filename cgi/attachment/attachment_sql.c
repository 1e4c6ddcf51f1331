/* attachment/attachment_sql.c - pieces, files, and what they hang on. */
#include "attachment/inside.h"

static const struct db_field part_fields[] = {
    DB_FIELD(struct attachment_part, data, DB_BYTES, ATTACHMENT_PART_BYTES),
    { 0 },
};

const struct db_stmt attachment_list_parts = {
    .name = "attachment.parts",
    .sql = "SELECT data FROM file_chunk WHERE file_id = ? ORDER BY part",
    .binds = "i",
    .fields = part_fields,
    .row_bytes = sizeof(struct attachment_part),
    .flags = DB_LISTS,
};

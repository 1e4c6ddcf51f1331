/* attachment/inside.h - what the files of this room share. */
#pragma once

#include "attachment/attachment.h"

/* The pieces of a file, in their order; db_each() shows struct attachment_part. */
struct attachment_part {
    struct bytes data;
};
extern const struct db_stmt attachment_list_parts;

/* What a scanner says of a file. */
enum scan_result { SCAN_CLEAN = 1, SCAN_FOUND, SCAN_FAILED };
/* Sends a file's pieces to clamd at SOCKET (its INSTREAM command).  WHAT_OUT gets the name of what
 * was found, or why it failed.  An error is one of the database. */
struct err *attachment_scan(struct db *db, int64_t file_id, const char *socket,
                            enum scan_result *result_out, char what_out[128]);

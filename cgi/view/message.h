/* view/message.h - what happens to a template between the disk and the parser: messages and asset
 * addresses are put in, and lines that hold nothing but tags leave no empty line behind. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "text/lang.h"

#include <stdbool.h>
#include <stddef.h>

struct message_input {
    const char *name; /* of the file, for errors */
    const char *text;
    size_t len;
    enum lang lang;
    bool plain; /* the page is text, not HTML: nothing is escaped */
    /* The address of an asset, NULL when there is none of that name. */
    const char *(*asset)(void *arg, const char *name);
    void *asset_arg;
};

/* Where the lines of the source begin in the result: entry n is the offset of line n + 1. */
struct message_lines {
    size_t *offsets;
    size_t count, cap;
};

/* Appends the prepared text to OUT and, unless LINES is NULL, its line table to LINES.  ERR_CONFIG
 * names file and line. */
struct err *message_prepare(const struct message_input *in, struct buf *out,
                            struct message_lines *lines);
/* The line of the source that OFFSET of the result came from, counted from 1. */
int message_line_at(const struct message_lines *lines, size_t offset);
void message_lines_free(struct message_lines *lines);

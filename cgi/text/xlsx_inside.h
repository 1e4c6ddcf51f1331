/* text/xlsx_inside.h - what the files of the XLSX reader share; no other file includes it. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "text/xlsx_read.h"

#include <expat.h>
#include <zip.h>

enum { XLSX_NUMBER_BYTES = 64 };

/* How a style shows its numbers. */
enum xlsx_format {
    XLSX_GENERAL,
    XLSX_DATE,
    XLSX_TIME,
    XLSX_ZEROS /* and what is beyond: that many digits, with zeros in front */
};

/* -- parts ---------------------------------------------------------------------------------------
 */

struct xlsx_part;

/* Element names come without a prefix. */
struct xlsx_handlers {
    void (*start)(struct xlsx_part *part, const char *name, const char **attributes);
    void (*end)(struct xlsx_part *part, const char *name);
    void (*text)(struct xlsx_part *part, const char *text, size_t len); /* NULL: nobody reads it */
    int64_t most_bytes;                                                 /* of such a part */
};

struct xlsx_part {
    struct text_xlsx *x;
    const struct xlsx_handlers *handlers;
    const char *name;
    void *arg;
    zip_file_t *file;
    XML_Parser parser;
    int64_t given; /* bytes, to the parser */
    int depth;
    bool suspended, ended;
};

/* *found_out false: there is no such part. */
struct err *xlsx_part_open(struct text_xlsx *x, const char *name,
                           const struct xlsx_handlers *handlers, void *arg, struct xlsx_part *part,
                           bool *found_out);
void xlsx_part_close(struct xlsx_part *part);
/* Parses on until a handler pauses, or the part ends (part->ended). */
struct err *xlsx_part_step(struct xlsx_part *part);
/* All of it at once. */
struct err *xlsx_part_read(struct text_xlsx *x, const char *name,
                           const struct xlsx_handlers *handlers, void *arg, bool *found_out);
/* For handlers: wait for the next step; read no more; refuse. */
void xlsx_part_pause(struct xlsx_part *part);
void xlsx_part_stop(struct xlsx_part *part);
void xlsx_part_refuse(struct xlsx_part *part, enum text_sheet_fault fault);
/* The attribute of that local name; NULL: none. */
const char *xlsx_attribute(const char **attributes, const char *name);

/* -- the workbook --------------------------------------------------------------------------------
 */

struct xlsx_strings {
    struct buf text; /* each with its end mark */
    uint32_t *starts;
    size_t count, room;
    bool cut; /* there are more than are kept */
};

struct xlsx_cell; /* of xlsx_read.c */

struct text_xlsx {
    struct arena *arena;
    zip_t *zip;
    struct text_csv_limits limits;
    enum text_sheet_fault fault;
    char place[24]; /* of the fault: a row; "" means the part */
    const char *part_name;
    int64_t unpacked;

    bool from_1904;
    const char *book_path, *strings_path, *styles_path, *sheet_path, *sheet_name;
    size_t sheet_count;
    struct xlsx_strings strings;
    unsigned char *formats; /* of each style */
    size_t format_count;

    struct xlsx_part sheet;
    bool sheet_open;
    struct xlsx_cell *cell;
};

/* Notes the fault; returns ERR_PARSE with the place as its detail. */
struct err *xlsx_refuse(struct text_xlsx *x, enum text_sheet_fault fault);
/* Finds the parts of the workbook and the first visible sheet (xlsx_book.c). */
struct err *xlsx_book_read(struct text_xlsx *x);
/* Texts and formats that cells name by number (xlsx_tables.c). */
struct err *xlsx_strings_read(struct text_xlsx *x);
struct err *xlsx_styles_read(struct text_xlsx *x);
/* Turns _x000A_ into what it stands for, in place; controls that no text has go. */
void xlsx_unescape(char *text);

/* -- values (xlsx_value.c) -----------------------------------------------------------------------
 */

/* What a number format makes of numbers. */
unsigned char xlsx_format_of_code(const char *code);
unsigned char xlsx_format_builtin(long id);
/* A stored number as the text that its format means. */
enum text_cell_kind xlsx_number(const char *stored, unsigned char format, bool from_1904,
                                char out[XLSX_NUMBER_BYTES]);
/* "2026-11-21T00:00:00" without its empty time. */
void xlsx_iso(const char *stored, char out[XLSX_NUMBER_BYTES]);

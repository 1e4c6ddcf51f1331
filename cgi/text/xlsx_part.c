/* text/xlsx_part.c - one part of a workbook: unpacked and parsed in blocks, within limits. */
#include "text/xlsx_inside.h"

#include "base/log.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 16 * 1024 };

struct err *xlsx_refuse(struct text_xlsx *x, enum text_sheet_fault fault)
{
    const char *place = *x->place != '\0' ? x->place : x->part_name;

    x->fault = fault;
    return err_with_detail(err_raise(ERR_PARSE, "workbook, %s: fault %d", place, (int)fault),
                           place);
}

/* -- handlers ------------------------------------------------------------------------------------
 */

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (str_eq(local(attributes[0]), name))
            return attributes[1];
    return NULL;
}

void xlsx_part_refuse(struct xlsx_part *part, enum text_sheet_fault fault)
{
    if (part->x->fault == SHEET_FINE)
        part->x->fault = fault;
    XML_StopParser(part->parser, XML_FALSE);
}

void xlsx_part_pause(struct xlsx_part *part)
{
    XML_StopParser(part->parser, XML_TRUE);
}

void xlsx_part_stop(struct xlsx_part *part)
{
    part->ended = true;
    XML_StopParser(part->parser, XML_FALSE);
}

/* What comes after a stop is of no interest any more. */
static bool is_over(const struct xlsx_part *part)
{
    return part->ended || part->x->fault != SHEET_FINE;
}

static void XMLCALL on_start(void *arg, const char *name, const char **attributes)
{
    struct xlsx_part *part = arg;

    if (is_over(part))
        return;
    if (++part->depth > XLSX_DEPTH_MOST)
        xlsx_part_refuse(part, SHEET_TOO_LARGE);
    else
        part->handlers->start(part, local(name), attributes);
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct xlsx_part *part = arg;

    if (is_over(part))
        return;
    part->depth--;
    part->handlers->end(part, local(name));
}

static void XMLCALL on_text(void *arg, const char *text, int len)
{
    struct xlsx_part *part = arg;

    if (!is_over(part))
        part->handlers->text(part, text, (size_t)len);
}

/* Without a DTD there are no entities, and nothing from elsewhere. */
static void XMLCALL on_doctype(void *arg, const char *name, const char *system_id,
                               const char *public_id, int has_inside)
{
    (void)name, (void)system_id, (void)public_id, (void)has_inside;
    xlsx_part_refuse(arg, SHEET_UNSAFE);
}

/* -- reading -------------------------------------------------------------------------------------
 */

struct err *xlsx_part_open(struct text_xlsx *x, const char *name,
                           const struct xlsx_handlers *handlers, void *arg, struct xlsx_part *part,
                           bool *found_out)
{
    const zip_int64_t at = zip_name_locate(x->zip, name, ZIP_FL_NOCASE);

    *part = (struct xlsx_part){ .x = x, .handlers = handlers, .name = name, .arg = arg };
    *found_out = at >= 0;
    if (at < 0)
        return NULL;
    x->part_name = name;
    part->file = zip_fopen_index(x->zip, (zip_uint64_t)at, 0);
    if (part->file == NULL)
        return xlsx_refuse(x, SHEET_BROKEN);
    part->parser = XML_ParserCreate(NULL);
    if (part->parser == NULL)
        log_die("out of memory");
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    if (handlers->text != NULL)
        XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return NULL;
}

void xlsx_part_close(struct xlsx_part *part)
{
    if (part->parser != NULL)
        XML_ParserFree(part->parser);
    if (part->file != NULL)
        zip_fclose(part->file);
    part->parser = NULL;
    part->file = NULL;
}

/* A tag that does not end makes the parser keep all of it. */
static bool has_long_tag(const struct xlsx_part *part)
{
    return part->given - (int64_t)XML_GetCurrentByteIndex(part->parser) > XLSX_TAG_BYTES_MOST;
}

static struct err *take_status(struct xlsx_part *part, enum XML_Status status)
{
    if (part->x->fault != SHEET_FINE)
        return xlsx_refuse(part->x, part->x->fault);
    if (part->ended)
        return NULL;
    if (status == XML_STATUS_ERROR)
        return xlsx_refuse(part->x, SHEET_BROKEN);
    part->suspended = status == XML_STATUS_SUSPENDED;
    return !part->suspended && has_long_tag(part) ? xlsx_refuse(part->x, SHEET_TOO_LARGE) : NULL;
}

static struct err *next_block(struct xlsx_part *part)
{
    void *block = XML_GetBuffer(part->parser, BLOCK_BYTES);
    struct text_xlsx *x = part->x;
    zip_int64_t got;

    if (block == NULL)
        return xlsx_refuse(x, SHEET_TOO_LARGE);
    got = zip_fread(part->file, block, BLOCK_BYTES);
    if (got < 0)
        return xlsx_refuse(x, SHEET_BROKEN);
    x->unpacked += got;
    part->given += got;
    if (x->unpacked > XLSX_UNPACKED_MOST || part->given > part->handlers->most_bytes)
        return xlsx_refuse(x, SHEET_TOO_LARGE);
    TRY(take_status(part, XML_ParseBuffer(part->parser, (int)got, got == 0)));
    part->ended = part->ended || (got == 0 && !part->suspended);
    return NULL;
}

struct err *xlsx_part_step(struct xlsx_part *part)
{
    if (part->suspended)
        TRY(take_status(part, XML_ResumeParser(part->parser)));
    while (!part->suspended && !part->ended)
        TRY(next_block(part));
    return NULL;
}

struct err *xlsx_part_read(struct text_xlsx *x, const char *name,
                           const struct xlsx_handlers *handlers, void *arg, bool *found_out)
{
    struct xlsx_part part;
    struct err *e = xlsx_part_open(x, name, handlers, arg, &part, found_out);

    if (e == NULL && *found_out)
        e = xlsx_part_step(&part);
    xlsx_part_close(&part);
    return err_pass(e);
}

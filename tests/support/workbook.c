/* support/workbook.c */
#include "support/workbook.h"

#include "support/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct workbook_part plain[] = {
    { "[Content_Types].xml",
      WORKBOOK_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    "<Default Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEET_TYPE
                    "sheet.main+xml\"/>"
                    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" SHEET_TYPE
                    "worksheet+xml\"/></Types>",
      0 },
    { "_rels/.rels",
      WORKBOOK_HEAD
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"" WORKBOOK_TYPES "/officeDocument\" "
      "Target=\"xl/workbook.xml\"/></Relationships>",
      0 },
    { "xl/workbook.xml",
      WORKBOOK_HEAD "<workbook xmlns=\"" WORKBOOK_MAIN "\" xmlns:r=\"" WORKBOOK_TYPES "\"><sheets>"
                    "<sheet name=\"Deals\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
      0 },
    { "xl/_rels/workbook.xml.rels",
      WORKBOOK_HEAD
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"" WORKBOOK_TYPES "/worksheet\" "
      "Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"" WORKBOOK_TYPES "/styles\" Target=\"styles.xml\"/>"
      "<Relationship Id=\"rId3\" Type=\"" WORKBOOK_TYPES "/sharedStrings\" "
      "Target=\"/xl/sharedStrings.xml\"/></Relationships>",
      0 },
};

static void put_part(zip_t *zip, const struct workbook_part *part)
{
    const size_t len = part->len != 0 ? part->len : strlen(part->data);

    assert_true(zip_file_add(zip, part->name, zip_source_buffer(zip, part->data, len, 0),
                             ZIP_FL_ENC_UTF_8) >= 0);
}

static char *take_bytes(zip_source_t *source, size_t *len_out)
{
    zip_stat_t stat;
    char *data;

    assert_int_equal(zip_source_stat(source, &stat), 0);
    data = malloc(stat.size + 1);
    assert_non_null(data);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, data, stat.size), (zip_int64_t)stat.size);
    zip_source_close(source);
    *len_out = stat.size;
    return data;
}

char *workbook_archive(const struct workbook_part *parts, size_t *len_out)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    char *data;

    assert_non_null(zip);
    zip_source_keep(source);
    for (; parts->name != NULL; parts++)
        if (parts->data != NULL)
            put_part(zip, parts);
    assert_int_equal(zip_close(zip), 0);
    data = take_bytes(source, len_out);
    zip_source_free(source);
    return data;
}

static struct workbook_part *find(struct workbook_part *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

char *workbook_make(const char *rows, const struct workbook_part *parts, size_t *len_out)
{
    struct workbook_part all[40] = { { 0 } };
    size_t count = sizeof(plain) / sizeof(plain[0]);
    char *sheet = malloc(strlen(rows) + 1000), *data;

    assert_non_null(sheet);
    sprintf(sheet, WORKBOOK_SHEET("%s"), rows);
    memcpy(all, plain, sizeof(plain));
    all[count++] = (struct workbook_part){ "xl/worksheets/sheet1.xml", sheet, 0 };
    for (; parts != NULL && parts->name != NULL; parts++) {
        struct workbook_part *same = find(all, count, parts->name);

        assert_true(count < 39);
        *(same != NULL ? same : &all[count++]) = *parts;
    }
    data = workbook_archive(all, len_out);
    free(sheet);
    return data;
}

/* -- a tall one ----------------------------------------------------------------------------------
 */

struct tall {
    int count, next; /* 0: the head */
    bool ended;
    char text[400];
    size_t len, at;
};

static void fill(struct tall *t)
{
    const int n = t->next;

    t->at = 0;
    if (t->next == 0)
        t->len = (size_t)sprintf(
            t->text, "%s", WORKBOOK_HEAD "<worksheet xmlns=\"" WORKBOOK_MAIN "\"><sheetData>");
    else if (t->next <= t->count)
        t->len = (size_t)sprintf(t->text,
                                 "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"B%d\" "
                                 "t=\"inlineStr\"><is><t>DE</t></is></c></row>",
                                 n, n, n, n);
    else
        t->len = (size_t)sprintf(t->text, "</sheetData></worksheet>");
    t->ended = t->next > t->count;
    t->next++;
}

static zip_int64_t give(struct tall *t, char *out, size_t room)
{
    size_t given = 0;

    while (given < room) {
        size_t part;

        if (t->at == t->len && t->ended)
            break;
        if (t->at == t->len)
            fill(t);
        part = t->len - t->at < room - given ? t->len - t->at : room - given;
        memcpy(out + given, t->text + t->at, part);
        t->at += part;
        given += part;
    }
    return (zip_int64_t)given;
}

static zip_int64_t tall_source(void *arg, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    struct tall *t = arg;

    switch (command) {
    case ZIP_SOURCE_OPEN:
        *t = (struct tall){ .count = t->count };
        return 0;
    case ZIP_SOURCE_READ:
        return give(t, data, len);
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              -1);
    default:
        return 0;
    }
}

char *workbook_tall(int count, size_t *len_out)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    struct tall tall = { .count = count };
    char *data;

    assert_non_null(zip);
    zip_source_keep(source);
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        put_part(zip, &plain[i]);
    assert_true(zip_file_add(zip, "xl/worksheets/sheet1.xml",
                             zip_source_function(zip, tall_source, &tall), ZIP_FL_ENC_UTF_8) >= 0);
    assert_int_equal(zip_close(zip), 0);
    data = take_bytes(source, len_out);
    zip_source_free(source);
    return data;
}

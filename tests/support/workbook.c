/* support/workbook.c */
#include "support/workbook.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
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

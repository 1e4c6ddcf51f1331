/* fuzz/fuzz_xlsx.c - any bytes as a workbook, and any XML as the parts of one: rows or a refusal,
 * within the limits.
 *
 * The first byte says what the rest is: 0 the archive itself; else one part of a sound workbook,
 * which is then packed around it, since random changes of an archive seldom come past its
 * checksums. */
#include "text/xlsx_read.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { ROWS = 200, COLUMNS = 20, CELL_BYTES = 200 };

static const struct text_csv_limits limits = { ROWS, COLUMNS, CELL_BYTES };

static const struct part {
    const char *name, *text;
} parts[] = {
    { "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row><c t=\"s\" s=\"1\"><v>0</v></c><c s=\"0\"><v>46347.5</v></c>"
      "</row></sheetData></worksheet>" },
    { "xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>" },
    { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
    { "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"r2\" Type=\"/styles\" Target=\"styles.xml\"/>"
      "<Relationship Id=\"r3\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>"
      "</Relationships>" },
    { "_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"/officeDocument\" "
                     "Target=\"xl/workbook.xml\"/></Relationships>" },
    { "[Content_Types].xml",
      "<Types><Override PartName=\"/xl/workbook.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
      "</Types>" },
};
enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

static void check_row(const struct text_sheet_row *row, int64_t *last)
{
    if (row->count < 1 || row->count > COLUMNS || row->line <= *last)
        abort();
    for (size_t i = 0; i < row->count; i++)
        if (strlen(row->cells[i]) > CELL_BYTES || row->kinds[i] >= CELL_KIND_COUNT)
            abort();
    *last = row->line;
}

static void read_book(const void *data, size_t len)
{
    struct text_xlsx *x = NULL;
    struct text_sheet_row row;
    int64_t last = 0, rows = 0;
    bool found = true;
    struct err *e = text_xlsx_open(data, len, &limits, &x);

    while (e == NULL && found) {
        e = text_xlsx_read(x, &row, &found);
        if (e == NULL && found)
            check_row(&row, &last);
        rows += e == NULL && found;
    }
    if (rows > ROWS || (e != NULL) != (text_xlsx_fault(x) != SHEET_FINE))
        abort();
    err_free(e);
    text_xlsx_close(x);
}

static void *pack(const void *changed, size_t len, size_t which, size_t *len_out)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    zip_stat_t stat;
    void *data;

    zip_source_keep(source);
    for (size_t i = 0; i < PARTS; i++) {
        const void *text = i == which ? changed : parts[i].text;
        zip_int64_t at =
            zip_file_add(zip, parts[i].name,
                         zip_source_buffer(zip, text, i == which ? len : strlen(text), 0), 0);

        zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
    }
    if (zip_close(zip) != 0 || zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
        abort();
    data = malloc(stat.size);
    if (zip_source_read(source, data, stat.size) != (zip_int64_t)stat.size)
        abort();
    zip_source_close(source);
    zip_source_free(source);
    *len_out = stat.size;
    return data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    size_t size;
    void *book;

    if (len == 0)
        return 0;
    if (data[0] == 0) {
        read_book(data + 1, len - 1);
        return 0;
    }
    book = pack(data + 1, len - 1, (data[0] - 1U) % PARTS, &size);
    read_book(book, size);
    free(book);
    return 0;
}

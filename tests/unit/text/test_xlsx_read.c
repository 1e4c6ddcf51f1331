/* Tests of text/xlsx_read.h and text/sheet.h: rows out of workbooks as programs and people write
 * them, and everything that is refused. */
#include "support/test.h"
#include "support/workbook.h"

#include "base/arena.h"
#include "text/xlsx_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static const struct text_csv_limits limits = { .max_rows = 5,
                                               .max_columns = 6,
                                               .max_cell_bytes = 100 };

/* All rows as "3:a|b\n", a mark behind what is no plain cell, or "PLACE fault F" for what is
 * refused; in front the sheet's name when it was chosen. */
static char *read_all(struct arena *a, const char *data, size_t len)
{
    static const char *const marks[CELL_KIND_COUNT] = { "", "<formula>", "<error>", "<rounded>" };
    struct text_sheet *sheet = NULL;
    struct text_sheet_row row;
    bool found = true;
    struct err *e = text_sheet_open(data, len, &limits, &sheet);
    char *out = arena_dup(a, "");

    if (e == NULL && *text_sheet_chosen(sheet) != '\0')
        out = arena_printf(a, "(%s)\n", text_sheet_chosen(sheet));
    while (e == NULL && found) {
        e = text_sheet_read(sheet, &row, &found);
        if (e != NULL || !found)
            break;
        out = arena_printf(a, "%s%lld:", out, (long long)row.line);
        for (size_t i = 0; i < row.count; i++)
            out = arena_printf(a, "%s%s%s%s", out, i > 0 ? "|" : "", row.cells[i],
                               marks[row.kinds[i]]);
        out = arena_printf(a, "%s\n", out);
    }
    if (e != NULL)
        out = arena_printf(a, "%s%s fault %d", out, err_detail(e), (int)text_sheet_fault(sheet));
    err_free(e);
    text_sheet_close(sheet);
    return out;
}

static void expect_bytes(const char *data, size_t len, const char *wanted)
{
    struct arena *a = arena_new(4096);
    /* Behind the last byte is nothing that may be read. */
    char *exact = malloc(len > 0 ? len : 1);

    memcpy(exact, data, len);
    assert_string_equal(read_all(a, exact, len), wanted);
    free(exact);
    arena_free(a);
}

static void expect_parts(const char *rows, const struct workbook_part *parts, const char *wanted)
{
    size_t len;
    char *data = workbook_make(rows, parts, &len);

    expect_bytes(data, len, wanted);
    free(data);
}

static void expect(const char *rows, const char *wanted)
{
    expect_parts(rows, NULL, wanted);
}

static void refuses(const char *rows, const struct workbook_part *parts, const char *place,
                    enum text_sheet_fault fault)
{
    char wanted[100];

    snprintf(wanted, sizeof(wanted), "%s fault %d", place, (int)fault);
    expect_parts(rows, parts, wanted);
}

#define PARTS(...) ((const struct workbook_part[]){ __VA_ARGS__, { 0 } })
#define PART(name, data) \
    {                    \
        name, data, 0    \
    }
#define BOOK      "xl/workbook.xml"
#define BOOK_RELS "xl/_rels/workbook.xml.rels"
#define SHEET1    "xl/worksheets/sheet1.xml"
#define STRINGS   "xl/sharedStrings.xml"
#define STYLES    "xl/styles.xml"
#define ROW       "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
#define WORKBOOK(inside)                                                                         \
    WORKBOOK_HEAD "<workbook xmlns=\"" WORKBOOK_MAIN "\" xmlns:r=\"" WORKBOOK_TYPES "\">" inside \
                  "</workbook>"
#define RELATIONS(inside) "<Relationships>" inside "</Relationships>"
#define RELATION(id, type, target) \
    "<Relationship Id=\"" id "\" Type=\"" WORKBOOK_TYPES "/" type "\" Target=\"" target "\"/>"

/* -- cells ------------------------------------------------------------------------------------- */

static void test_xlsx__reads_shared_rich_and_inline_texts(void **state)
{
    (void)state;
    expect_parts(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
        "<c r=\"C1\" t=\"inlineStr\"><is><t>in</t><r><t>line</t></r>"
        "<rPh><t>no</t></rPh></is></c><c r=\"D1\" t=\"s\"><v>2</v></c></row>",
        PARTS(PART(STRINGS, WORKBOOK_HEAD
                   "<sst xmlns=\"" WORKBOOK_MAIN "\"><si><t>报备</t></si><si><r><t>a &amp; </t></r>"
                   "<r><t xml:space=\"preserve\"> b</t></r><rPh sb=\"0\" eb=\"1\"><t>reading</t>"
                   "</rPh></si><si><t/></si></sst>")),
        "1:报备|a &  b|inline\n");
}

static void test_xlsx__keeps_empty_cells_between_and_skips_empty_rows(void **state)
{
    (void)state;
    expect("<row r=\"2\"><c r=\"B2\"><v>5</v></c><c r=\"F2\" s=\"0\"/></row>"
           "<row r=\"3\"/><row r=\"7\" spans=\"1:3\"><c r=\"A7\"/><c r=\"D7\"><v>6</v></c></row>",
           "2:|5\n7:|||6\n");
}

static void test_xlsx__counts_rows_and_cells_that_do_not_say_where_they_are(void **state)
{
    (void)state;
    expect("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>",
           "1:1||2\n3:3\n");
}

static void test_xlsx__gives_booleans_errors_and_formulas(void **state)
{
    (void)state;
    expect("<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c>"
           "<c r=\"C1\" t=\"e\"><v>#N/A</v></c><c r=\"D1\"><f>A1*2</f><v>2</v></c>"
           "<c r=\"E1\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>x</v></c>"
           "<c r=\"F1\" t=\"str\"><v>=1+1</v></c></row>",
           "1:TRUE|FALSE|#N/A<error>|=A1*2<formula>|=<formula>|=1+1\n");
}

static void test_xlsx__of_merged_cells_the_first_has_the_text(void **state)
{
    (void)state;
    expect_parts("",
                 PARTS(PART(SHEET1, WORKBOOK_HEAD
                            "<worksheet xmlns=\"" WORKBOOK_MAIN "\"><sheetData><row r=\"1\">"
                            "<c r=\"A1\"><v>1</v></c><c r=\"B1\"/><c r=\"C1\"><v>2</v></c></row>"
                            "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/>"
                            "</mergeCells></worksheet>")),
                 "1:1||2\n");
}

static void test_xlsx__decodes_what_xml_has_no_letters_for(void **state)
{
    (void)state;
    expect("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a_x000A_b_x000D_c_x0001_</t></is></c>"
           "<c r=\"B1\" t=\"inlineStr\"><is><t>_x005F_x000A__x62A5_</t></is></c>"
           "<c r=\"C1\" t=\"inlineStr\"><is><t>_xD800__x00_xyz</t></is></c></row>",
           "1:a\nbc|_x000A_报|_xD800__x00_xyz\n");
}

/* One number in a cell of style 0: a format code, or a built-in number. */
static void expect_number(const char *stored, const char *format, const char *wanted)
{
    char rows[200], styles[600], line[100];
    const bool builtin = format[0] >= '0' && format[0] <= '9' && strlen(format) < 3;

    snprintf(rows, sizeof(rows), "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>%s</v></c></row>", stored);
    snprintf(styles, sizeof(styles),
             "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"%s\"/></numFmts>"
             "<cellStyleXfs><xf numFmtId=\"1\"/></cellStyleXfs>"
             "<cellXfs><xf numFmtId=\"%s\"/></cellXfs></styleSheet>",
             builtin ? "0.00" : format, builtin ? format : "164");
    snprintf(line, sizeof(line), "1:%s\n", wanted);
    expect_parts(rows, PARTS(PART(STYLES, styles)), line);
}

static void test_xlsx__numbers_keep_the_digits_that_were_typed(void **state)
{
    (void)state;
    expect_number("100000", "General", "100000");
    expect_number("1E+5", "General", "100000");
    expect_number("1.2345E-3", "General", "0.0012345");
    expect_number("1234.5", "#,##0.00", "1234.5");
    expect_number("0.30000000000000004", "General", "0.3");
    expect_number("1234567.8900000001", "General", "1234567.89");
    expect_number("-12.50", "General", "-12.5");
    expect_number("-0", "General", "0");
    expect_number("123456789012345", "General", "123456789012345");
    expect_number("0.05", "0%", "0.05");
    expect_number("1.5E2", "General", "150");
    expect_number("0012", "General", "12");
}

static void test_xlsx__marks_numbers_that_lost_digits(void **state)
{
    (void)state;
    expect_number("9.1310000123456794E+17", "General", "913100001234568000<rounded>");
    expect_number("1E+300", "General", "1E+300<rounded>");
}

static void test_xlsx__zeros_of_a_format_stand_in_front(void **state)
{
    (void)state;
    expect_number("123", "00000", "00123");
    expect_number("123456", "00000", "123456");
}

static void test_xlsx__days_become_iso_days(void **state)
{
    (void)state;
    expect_number("46347", "14", "2026-11-21");
    expect_number("46347", "yyyy-mm-dd", "2026-11-21");
    expect_number("46347", "[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
                  "2026-11-21");
    expect_number("46347.5625", "22", "2026-11-21 13:30");
    expect_number("46347.999999", "14", "2026-11-22");
    expect_number("0.5625", "20", "13:30");
    expect_number("1", "14", "1900-01-01");
    expect_number("59", "14", "1900-02-28");
    expect_number("60", "14", "60");
    expect_number("61", "14", "1900-03-01");
    expect_number("2958465", "14", "9999-12-31");
    expect_number("2958466", "14", "2958466");
    expect_number("46347", "57", "2026-11-21");
    expect_number("46347", "mmm yy", "2026-11-21");
}

static void test_xlsx__words_in_a_format_make_no_day_of_a_number(void **state)
{
    (void)state;
    expect_number("12", "0 &quot;days&quot;", "12");
    expect_number("12", "[Red]0.00", "12");
    expect_number("12", "0.00_);[Red]\\(0.00\\)", "12");
    expect_number("12", "\\d0", "12");
}

static void test_xlsx__days_of_the_1904_system(void **state)
{
    (void)state;
    expect_parts("<row r=\"1\"><c r=\"A1\" s=\"0\"><v>44885</v></c><c r=\"B1\" t=\"d\">"
                 "<v>2026-11-21T00:00:00.000Z</v></c><c r=\"C1\" t=\"d\"><v>2026-11-21T09:30</v>"
                 "</c></row>",
                 PARTS(PART(BOOK, WORKBOOK("<workbookPr date1904=\"1\"/><sheets><sheet name=\"x\" "
                                           "r:id=\"rId1\"/></sheets>")),
                       PART(STYLES, "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs>"
                                    "</styleSheet>")),
                 "1:2026-11-21|2026-11-21|2026-11-21 09:30\n");
}

/* -- sheets and parts -------------------------------------------------------------------------- */

static void test_xlsx__reads_the_first_visible_sheet_and_says_which(void **state)
{
    (void)state;
    expect_parts(
        ROW,
        PARTS(PART(BOOK, WORKBOOK("<sheets><sheet name=\"a\" state=\"hidden\" r:id=\"h\"/>"
                                  "<sheet name=\"chart\" r:id=\"c\"/>"
                                  "<sheet name=\"b\" state=\"veryHidden\" r:id=\"h\"/>"
                                  "<sheet name=\"Seen\" r:id=\"s\"/>"
                                  "<sheet name=\"Next\" r:id=\"n\"/></sheets>")),
              PART(BOOK_RELS,
                   RELATIONS(RELATION("h", "worksheet", "worksheets/no.xml")
                                 RELATION("c", "chartsheet", "chartsheets/sheet1.xml")
                                     RELATION("n", "worksheet", "worksheets/no.xml")
                                         RELATION("s", "worksheet", "worksheets/sheet1.xml")))),
        "(Seen)\n1:1\n");
}

static void test_xlsx__follows_absolute_and_relative_names_of_parts(void **state)
{
    (void)state;
    expect_parts(
        ROW,
        PARTS(PART("_rels/.rels", RELATIONS(RELATION("r", "officeDocument", "/xl/./workbook.xml"))),
              PART(BOOK_RELS,
                   RELATIONS(RELATION("rId1", "worksheet", "../xl/worksheets/sheet1.xml")))),
        "1:1\n");
}

static void test_xlsx__reads_elements_with_prefixes(void **state)
{
    (void)state;
    expect_parts(
        "",
        PARTS(PART(SHEET1, "<x:worksheet xmlns:x=\"" WORKBOOK_MAIN "\"><x:sheetData><x:row>"
                           "<x:c r=\"A1\"><x:v>7</x:v></x:c></x:row></x:sheetData>"
                           "</x:worksheet>")),
        "1:7\n");
}

static void test_xlsx__an_empty_sheet_has_no_rows(void **state)
{
    (void)state;
    expect("", "");
}

/* -- what is refused --------------------------------------------------------------------------- */

static void test_xlsx__refuses_what_is_no_workbook(void **state)
{
    size_t len;
    char *data = workbook_archive(PARTS(PART("mimetype", "application/x-ods")), &len);

    (void)state;
    expect_bytes(data, len, "ZIP fault 8");
    free(data);
    refuses(ROW, PARTS(PART("[Content_Types].xml", "<Types/>")), "[Content_Types].xml",
            SHEET_NO_WORKBOOK);
    refuses(ROW,
            PARTS(PART("[Content_Types].xml",
                       "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                       "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                       "</Types>")),
            "[Content_Types].xml", SHEET_NO_WORKBOOK);
}

static void test_xlsx__refuses_compound_files(void **state)
{
    (void)state;
    expect_bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", 17, "1 fault 9");
}

static void test_xlsx__refuses_archives_that_are_cut_or_damaged(void **state)
{
    size_t len;
    char *data = workbook_make(ROW, NULL, &len);

    (void)state;
    expect_bytes(data, len / 2, "ZIP fault 10");
    expect_bytes("PK\x03\x04", 4, "ZIP fault 10");
    for (size_t i = 40; i < 140; i++)
        data[i] = (char)(data[i] ^ 0x55);
    expect_bytes(data, len, "[Content_Types].xml fault 10");
    free(data);
}

static void test_xlsx__refuses_xml_that_is_none(void **state)
{
    (void)state;
    refuses("<row r=\"1\"><c r=\"A1\"><v>1</c></row>", NULL, SHEET1, SHEET_BROKEN);
    refuses("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>\xC3\x28</t></is></c></row>", NULL,
            SHEET1, SHEET_BROKEN);
    refuses("<row r=\"1\"><c r=\"A1\"><v>&lol;</v></c></row>", NULL, SHEET1, SHEET_BROKEN);
    refuses(ROW, PARTS({ BOOK, " ", 1 }), BOOK, SHEET_BROKEN);
    refuses(ROW, PARTS(PART(STRINGS, "<sst><si>")), STRINGS, SHEET_BROKEN);
}

static void test_xlsx__refuses_parts_that_are_not_there(void **state)
{
    (void)state;
    refuses(ROW, PARTS(PART(SHEET1, NULL)), BOOK_RELS, SHEET_BROKEN);
    refuses(ROW, PARTS(PART(BOOK, NULL)), "[Content_Types].xml", SHEET_BROKEN);
}

static void test_xlsx__refuses_entities_and_dtds(void **state)
{
    static const char *const laughs =
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;\">]>"
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&lol2;</t></is></c></row>"
        "</sheetData></worksheet>";
    static const char *const outside =
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\"><sst><si><t>a</t></si></sst>";

    (void)state;
    refuses(ROW, PARTS(PART(SHEET1, laughs)), SHEET1, SHEET_UNSAFE);
    refuses(ROW, PARTS(PART(STRINGS, outside)), STRINGS, SHEET_UNSAFE);
}

static void test_xlsx__refuses_parts_that_lie_elsewhere(void **state)
{
    (void)state;
    refuses(ROW,
            PARTS(PART(
                BOOK_RELS,
                RELATIONS("<Relationship Id=\"rId1\" TargetMode=\"External\" Type=\"x/worksheet\""
                          " Target=\"http://127.0.0.1/sheet1.xml\"/>"))),
            BOOK_RELS, SHEET_UNSAFE);
    refuses(ROW,
            PARTS(PART(BOOK_RELS, RELATIONS(RELATION("rId1", "worksheet", "../../etc/passwd")))),
            BOOK_RELS, SHEET_UNSAFE);
}

static void test_xlsx__ignores_links_to_elsewhere_that_it_does_not_need(void **state)
{
    (void)state;
    expect_parts(
        ROW,
        PARTS(PART(BOOK_RELS,
                   RELATIONS("<Relationship Id=\"x\" TargetMode=\"External\" "
                             "Type=\"x/externalLink\" Target=\"file:///etc/passwd\"/>" RELATION(
                                 "rId1", "worksheet", "worksheets/sheet1.xml")))),
        "1:1\n");
}

static void test_xlsx__refuses_books_without_a_visible_sheet(void **state)
{
    (void)state;
    refuses(ROW,
            PARTS(PART(BOOK, WORKBOOK("<sheets><sheet name=\"a\" state=\"hidden\" r:id=\"rId1\"/>"
                                      "</sheets>"))),
            BOOK_RELS, SHEET_NO_SHEET);
}

static void test_xlsx__refuses_rows_columns_and_cells_beyond_the_limits(void **state)
{
    struct arena *a = arena_new(4096);
    char *rows = arena_dup(a, ""), text[200];

    (void)state;
    for (int i = 1; i <= 6; i++)
        rows = arena_printf(a, "%s<row r=\"%d\"><c><v>1</v></c></row>", rows, 10 * i);
    expect(rows, "10:1\n20:1\n30:1\n40:1\n50:1\n60 fault 5");
    expect("<row r=\"3\"><c r=\"F3\"><v>1</v></c><c r=\"G3\"/></row>", "3:|||||1\n");
    expect("<row r=\"3\"><c r=\"G3\"><v>1</v></c></row>", "3 fault 6");
    memset(text, 'x', 101);
    text[101] = '\0';
    expect(arena_printf(a, "<row><c t=\"inlineStr\"><is><t>%s</t></is></c></row>", text),
           "1 fault 7");
    arena_free(a);
}

static long peak_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Reads until the end, or what refuses it; how many rows there were. */
static int64_t count_rows(const char *data, size_t len, int64_t most, enum text_sheet_fault *why)
{
    const struct text_csv_limits tall = { .max_rows = most,
                                          .max_columns = 6,
                                          .max_cell_bytes = 100 };
    struct text_sheet *sheet;
    struct text_sheet_row row;
    int64_t count = 0;
    bool found = true;
    struct err *e = text_sheet_open(data, len, &tall, &sheet);

    while (e == NULL && (e = text_sheet_read(sheet, &row, &found)) == NULL && found)
        assert_int_equal(row.line, ++count);
    *why = text_sheet_fault(sheet);
    err_free(e);
    text_sheet_close(sheet);
    return count;
}

static void test_xlsx__as_many_rows_as_the_format_has_need_no_more_memory(void **state)
{
    enum { ROWS_MOST = 1048576, LIMIT = 200001 };
    enum text_sheet_fault why;
    size_t len;
    long before;
    char *data;

    (void)state;
    if (UNDER_ASAN)
        skip();
    data = workbook_tall(ROWS_MOST, &len);
    before = peak_kib();
    assert_int_equal(count_rows(data, len, ROWS_MOST, &why), ROWS_MOST);
    assert_int_equal(why, SHEET_FINE);
    assert_int_equal(count_rows(data, len, LIMIT, &why), LIMIT);
    assert_int_equal(why, SHEET_TOO_MANY_ROWS);
    assert_in_range(peak_kib() - before, 0, 4096);
    free(data);
}

static void test_xlsx__refuses_rows_and_cells_out_of_order(void **state)
{
    (void)state;
    expect(ROW "<row r=\"1\"><c><v>1</v></c></row>", "1:1\n1 fault 10");
    expect("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "1 fault 10");
    expect("<row r=\"1\"><c r=\"XFE1\"/></row>", "1 fault 10");
    refuses("<row r=\"1048577\"><c><v>1</v></c></row>", NULL, "0", SHEET_BROKEN);
    refuses("<row r=\"-1\"/>", NULL, "0", SHEET_BROKEN);
    expect("<row r=\"1\"><c t=\"s\"><v>0</v></c></row>", "1 fault 10");
    expect("<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>", "1 fault 10");
}

static void test_xlsx__refuses_depth_and_endless_tags(void **state)
{
    struct arena *a = arena_new(4096);
    const size_t len = 400000;
    char *deep = arena_dup(a, ""), *tag = arena_alloc(a, len + 1);

    (void)state;
    for (int i = 0; i < 50; i++)
        deep = arena_printf(a, "<a>%s</a>", deep);
    refuses(deep, NULL, SHEET1, SHEET_TOO_LARGE);
    memset(tag, 'x', len);
    /* not so alike that the archive's figures tell it before */
    for (size_t i = 0; i < len; i += 7)
        tag[i] = (char)('a' + (i * i / 7) % 23);
    refuses(arena_printf(a, "<row %s=\"1\"/>", tag), NULL, SHEET1, SHEET_TOO_LARGE);
    arena_free(a);
}

static void test_xlsx__refuses_a_bomb_by_the_archives_own_figures(void **state)
{
    const size_t len = 4 << 20;
    char *zeros = calloc(1, len);

    (void)state;
    memset(zeros, ' ', len);
    refuses(ROW, (const struct workbook_part[]){ { "xl/media/bomb.xml", zeros, len }, { 0 } },
            "ZIP", SHEET_TOO_LARGE);
    free(zeros);
}

static void test_xlsx__counts_what_is_unpacked_when_the_figures_lie(void **state)
{
    const size_t len = 3 << 20;
    char *spaces = malloc(len + 1), *data;
    size_t size, changed = 0;

    (void)state;
    memset(spaces, ' ', len);
    spaces[len] = '\0';
    data = workbook_make("", (const struct workbook_part[]){ { BOOK, spaces, len }, { 0 } }, &size);
    /* Its size, in both headers, says one KiB. */
    for (size_t i = 0; i + 4 < size; i++)
        if (memcmp(data + i, "\0\0\x30\0", 4) == 0) {
            memcpy(data + i, "\0\4\0\0", 4);
            changed++;
        }
    assert_true(changed >= 2);
    expect_bytes(data, size, BOOK " fault 12");
    free(data);
    free(spaces);
}

static void test_xlsx__refuses_too_many_entries(void **state)
{
    static struct workbook_part parts[XLSX_ENTRIES_MOST + 2];
    static char names[XLSX_ENTRIES_MOST + 1][8];
    size_t len;
    char *data;

    (void)state;
    for (int i = 0; i <= XLSX_ENTRIES_MOST; i++) {
        snprintf(names[i], sizeof(names[i]), "p%d", i);
        parts[i] = (struct workbook_part){ names[i], "x", 1 };
    }
    data = workbook_archive(parts, &len);
    expect_bytes(data, len, "ZIP fault 12");
    free(data);
}

static void test_sheet__takes_a_file_by_its_bytes(void **state)
{
    (void)state;
    expect_bytes("a;b\n1,5;2\n", 10, "1:a|b\n2:1,5|2\n");
    expect_bytes("a\n\"b", 4, "1:a\n2 fault 3");
    expect_bytes("\xFF\xFF\xFF", 3, "1 fault 1");
    expect_bytes("", 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xlsx__reads_shared_rich_and_inline_texts),
        cmocka_unit_test(test_xlsx__keeps_empty_cells_between_and_skips_empty_rows),
        cmocka_unit_test(test_xlsx__counts_rows_and_cells_that_do_not_say_where_they_are),
        cmocka_unit_test(test_xlsx__gives_booleans_errors_and_formulas),
        cmocka_unit_test(test_xlsx__of_merged_cells_the_first_has_the_text),
        cmocka_unit_test(test_xlsx__decodes_what_xml_has_no_letters_for),
        cmocka_unit_test(test_xlsx__numbers_keep_the_digits_that_were_typed),
        cmocka_unit_test(test_xlsx__marks_numbers_that_lost_digits),
        cmocka_unit_test(test_xlsx__zeros_of_a_format_stand_in_front),
        cmocka_unit_test(test_xlsx__days_become_iso_days),
        cmocka_unit_test(test_xlsx__words_in_a_format_make_no_day_of_a_number),
        cmocka_unit_test(test_xlsx__days_of_the_1904_system),
        cmocka_unit_test(test_xlsx__reads_the_first_visible_sheet_and_says_which),
        cmocka_unit_test(test_xlsx__follows_absolute_and_relative_names_of_parts),
        cmocka_unit_test(test_xlsx__reads_elements_with_prefixes),
        cmocka_unit_test(test_xlsx__an_empty_sheet_has_no_rows),
        cmocka_unit_test(test_xlsx__refuses_what_is_no_workbook),
        cmocka_unit_test(test_xlsx__refuses_compound_files),
        cmocka_unit_test(test_xlsx__refuses_archives_that_are_cut_or_damaged),
        cmocka_unit_test(test_xlsx__refuses_xml_that_is_none),
        cmocka_unit_test(test_xlsx__refuses_parts_that_are_not_there),
        cmocka_unit_test(test_xlsx__refuses_entities_and_dtds),
        cmocka_unit_test(test_xlsx__refuses_parts_that_lie_elsewhere),
        cmocka_unit_test(test_xlsx__ignores_links_to_elsewhere_that_it_does_not_need),
        cmocka_unit_test(test_xlsx__refuses_books_without_a_visible_sheet),
        cmocka_unit_test(test_xlsx__refuses_rows_columns_and_cells_beyond_the_limits),
        cmocka_unit_test(test_xlsx__as_many_rows_as_the_format_has_need_no_more_memory),
        cmocka_unit_test(test_xlsx__refuses_rows_and_cells_out_of_order),
        cmocka_unit_test(test_xlsx__refuses_depth_and_endless_tags),
        cmocka_unit_test(test_xlsx__refuses_a_bomb_by_the_archives_own_figures),
        cmocka_unit_test(test_xlsx__counts_what_is_unpacked_when_the_figures_lie),
        cmocka_unit_test(test_xlsx__refuses_too_many_entries),
        cmocka_unit_test(test_sheet__takes_a_file_by_its_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

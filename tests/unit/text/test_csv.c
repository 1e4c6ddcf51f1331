/* Tests of text/csv.h: rows read from bytes of any origin, and what a spreadsheet may open. */
#include "support/test.h"

#include "text/csv.h"

#include "base/arena.h"
#include "base/str.h"

struct bytes {
    const char *data;
    size_t len, at, step;
};

/* Gives at most STEP bytes a call, so that every boundary can fall anywhere. */
static struct err *read_bytes(void *arg, char *buffer, size_t size, size_t *got_out)
{
    struct bytes *b = arg;
    size_t n = b->len - b->at;

    n = n < size ? n : size;
    n = b->step != 0 && n > b->step ? b->step : n;
    memcpy(buffer, b->data + b->at, n);
    b->at += n;
    *got_out = n;
    return NULL;
}

static const struct text_csv_limits limits = { .max_rows = 5,
                                               .max_columns = 4,
                                               .max_cell_bytes = 10 };

/* All rows as "a|b\n", or "line N fault F" in place of the first row that is refused. */
static char *read_all(struct arena *a, const char *data, size_t len, size_t step)
{
    struct bytes bytes = { data, len, 0, step };
    struct text_csv *csv = NULL;
    struct text_csv_row row;
    char *out = arena_dup(a, "");
    bool found = true;
    struct err *e = text_csv_open((struct text_csv_source){ read_bytes, &bytes }, &limits, &csv);

    while (e == NULL && found) {
        e = text_csv_read(csv, &row, &found);
        for (size_t i = 0; e == NULL && found && i < row.count; i++)
            out = arena_printf(a, "%s%s%s", out, i > 0 ? "|" : "", row.cells[i]);
        if (e == NULL && found)
            out = arena_printf(a, "%s\n", out);
    }
    if (e != NULL)
        out = arena_printf(a, "%sline %s fault %d", out, err_detail(e),
                           csv != NULL ? (int)text_csv_fault(csv) : -1);
    err_free(e);
    text_csv_close(csv);
    return out;
}

static void expect_bytes(const char *data, size_t len, const char *wanted)
{
    struct arena *a = arena_new(4096);

    assert_string_equal(read_all(a, data, len, 0), wanted);
    assert_string_equal(read_all(a, data, len, 1), wanted);
    arena_free(a);
}

static void expect(const char *text, const char *wanted)
{
    expect_bytes(text, strlen(text), wanted);
}

static void test_csv__reads_plain_rows_with_any_line_end(void **state)
{
    (void)state;
    expect("a,b\r\n1,2\n3,4\r5,", "a|b\n1|2\n3|4\n5|\n");
}

static void test_csv__reads_quotes_line_breaks_and_separators_within_quotes(void **state)
{
    (void)state;
    expect("a,b\n\"x,\"\"y\"\"\",\"1\n2\"\n", "a|b\nx,\"y\"|1\n2\n");
}

static void test_csv__keeps_a_quoted_empty_cell_and_skips_empty_lines(void **state)
{
    (void)state;
    expect("a\n\n\"\"\n\r\nb\n", "a\n\nb\n");
}

static void test_csv__finds_semicolon_and_tab(void **state)
{
    (void)state;
    expect("a;b\n1,5;2\n", "a|b\n1,5|2\n");
    expect("a\tb\n1\t2", "a|b\n1|2\n");
    expect("\"x,y,z\";b\n1;2", "x,y,z|b\n1|2\n");
}

static void test_csv__reads_utf8_with_a_byte_order_mark(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF名称,b\n", "名称|b\n");
}

static void test_csv__reads_utf16_of_both_byte_orders(void **state)
{
    (void)state;
    expect_bytes("\xFF\xFE\x0D\x54,\0b\0\n\0", 10, "名|b\n");
    expect_bytes("\xFE\xFF\x54\x0D\0,\0b\0\n", 10, "名|b\n");
}

static void test_csv__reads_gb18030_when_the_bytes_are_no_utf8(void **state)
{
    (void)state;
    /* 公司,名称 / 华为,技术 / 北京,上海 */
    expect("\xB9\xAB\xCB\xBE,\xC3\xFB\xB3\xC6\n\xBB\xAA\xCE\xAA,\xBC\xBC\xCA\xF5\n"
           "\xB1\xB1\xBE\xA9,\xC9\xCF\xBA\xA3\n",
           "公司|名称\n华为|技术\n北京|上海\n");
}

static void test_csv__refuses_bytes_of_no_known_encoding(void **state)
{
    (void)state;
    expect("a\xFF\xFF\xFF,b\n", "line 1 fault -1");
}

static void test_csv__refuses_a_zero_byte(void **state)
{
    (void)state;
    expect_bytes("a,b\n1\0,2\n", 9, "a|b\nline 2 fault 2");
}

static void test_csv__names_the_line_where_an_open_quote_began(void **state)
{
    (void)state;
    expect("a\n\"x\ny", "a\nline 2 fault 3");
}

static void test_csv__refuses_text_behind_a_closing_quote(void **state)
{
    (void)state;
    expect("a\n\n\"x\"y\n", "a\nline 3 fault 4");
}

static void test_csv__holds_its_limits(void **state)
{
    (void)state;
    expect("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nline 6 fault 5");
    expect("1,2,3,4,5\n", "line 1 fault 6");
    expect("1234567890\n12345678901\n", "1234567890\nline 2 fault 7");
}

static void test_csv__counts_line_breaks_within_quotes(void **state)
{
    (void)state;
    expect("\"a\nb\"\n\"c\n\nd\"x\n", "a\nb\nline 5 fault 4");
}

static void test_csv__reads_an_empty_file_as_no_rows(void **state)
{
    (void)state;
    expect("", "");
    expect("\xEF\xBB\xBF", "");
}

static void test_csv__reads_cells_across_blocks(void **state)
{
    struct arena *a = arena_new(4096);
    struct buf text;
    const size_t rows = 30000;

    (void)state;
    buf_init(&text, 1024, 0);
    for (size_t i = 0; i < rows; i++)
        buf_puts(&text, "华为,ab\n");
    struct bytes bytes = { text.data, text.len, 0, 0 };
    struct text_csv_limits wide = { .max_rows = 100000, .max_columns = 2, .max_cell_bytes = 10 };
    struct text_csv *csv;
    struct text_csv_row row;
    bool found;
    size_t seen = 0;

    assert_ok(text_csv_open((struct text_csv_source){ read_bytes, &bytes }, &wide, &csv));
    for (;; seen++) {
        assert_ok(text_csv_read(csv, &row, &found));
        if (!found)
            break;
        assert_string_equal(row.cells[0], "华为");
        assert_int_equal(row.line, seen + 1);
    }
    assert_int_equal(seen, rows);
    text_csv_close(csv);
    buf_free(&text);
    arena_free(a);
}

static void expect_written(const char *cell, const char *wanted)
{
    struct buf out;
    char line[128];

    buf_init(&out, 64, 0);
    text_csv_write(&out, (const char *const[]){ cell }, 1);
    snprintf(line, sizeof(line), "%s\r\n", wanted);
    assert_string_equal(out.data, line);
    buf_free(&out);
}

static void test_csv_write__quotes_what_must_be_quoted(void **state)
{
    (void)state;
    expect_written("plain", "plain");
    expect_written("a,b", "\"a,b\"");
    expect_written("say \"x\"", "\"say \"\"x\"\"\"");
    expect_written("1\n2", "\"1\n2\"");
}

static void test_csv_write__disarms_formulas_but_not_numbers(void **state)
{
    (void)state;
    expect_written("=1+1", "'=1+1");
    expect_written("@SUM(A1)", "'@SUM(A1)");
    expect_written("+49 30 123", "'+49 30 123");
    expect_written("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0");
    expect_written("\t=1", "\"'\t=1\"");
    expect_written("-12.50", "-12.50");
    expect_written("-", "'-");
    expect_written("-1-1", "'-1-1");
}

static void test_csv_write__disarms_full_width_signs(void **state)
{
    (void)state;
    expect_written("＝1+1", "'＝1+1");
    expect_written("＋1", "'＋1");
    expect_written("－1", "'－1");
    expect_written("＠SUM(A1)", "'＠SUM(A1)");
    expect_written("！", "！");
}

static void test_csv_write__is_read_back_as_it_was(void **state)
{
    static const char *const cells[] = { "a", "b;\"c\"", "\n", " x" };
    struct buf out;
    struct arena *a = arena_new(4096);

    (void)state;
    buf_init(&out, 64, 0);
    text_csv_write_mark(&out);
    text_csv_write(&out, cells, ARRAY_LEN(cells));
    assert_string_equal(read_all(a, out.data, out.len, 0), "a|b;\"c\"|\n| x\n");
    buf_free(&out);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__reads_plain_rows_with_any_line_end),
        cmocka_unit_test(test_csv__reads_quotes_line_breaks_and_separators_within_quotes),
        cmocka_unit_test(test_csv__keeps_a_quoted_empty_cell_and_skips_empty_lines),
        cmocka_unit_test(test_csv__finds_semicolon_and_tab),
        cmocka_unit_test(test_csv__reads_utf8_with_a_byte_order_mark),
        cmocka_unit_test(test_csv__reads_utf16_of_both_byte_orders),
        cmocka_unit_test(test_csv__reads_gb18030_when_the_bytes_are_no_utf8),
        cmocka_unit_test(test_csv__refuses_bytes_of_no_known_encoding),
        cmocka_unit_test(test_csv__refuses_a_zero_byte),
        cmocka_unit_test(test_csv__names_the_line_where_an_open_quote_began),
        cmocka_unit_test(test_csv__refuses_text_behind_a_closing_quote),
        cmocka_unit_test(test_csv__holds_its_limits),
        cmocka_unit_test(test_csv__counts_line_breaks_within_quotes),
        cmocka_unit_test(test_csv__reads_an_empty_file_as_no_rows),
        cmocka_unit_test(test_csv__reads_cells_across_blocks),
        cmocka_unit_test(test_csv_write__quotes_what_must_be_quoted),
        cmocka_unit_test(test_csv_write__disarms_formulas_but_not_numbers),
        cmocka_unit_test(test_csv_write__disarms_full_width_signs),
        cmocka_unit_test(test_csv_write__is_read_back_as_it_was),
    };

    return cmocka_run_group_tests_name("text/csv", tests, NULL, NULL);
}

/* Tests of text/xlsx_write.h: what is written is read back by text/xlsx_read.h. */
#include "support/test.h"
#include "support/folder.h"

#include "base/arena.h"
#include "text/xlsx_read.h"
#include "text/xlsx_write.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <zip.h>

static const struct text_xlsx_column columns[] = { { "Name", XLSX_TEXT, 0 },
                                                   { "金额", XLSX_NUMBER, 0 },
                                                   { "Day", XLSX_DAY, 0 },
                                                   { "At", XLSX_INSTANT, 0 } };
enum { COLUMNS = 4 };
static const struct text_csv_limits limits = { .max_rows = 3000000,
                                               .max_columns = COLUMNS,
                                               .max_cell_bytes = 40000 };

static struct text_xlsx_out *begin(int sheet_rows)
{
    struct text_xlsx_out *x;

    assert_ok(text_xlsx_begin("/tmp", "Deals: all/'new'", columns, COLUMNS, sheet_rows, &x));
    return x;
}

#define ROW(x, ...) assert_ok(text_xlsx_row(x, (const char *const[COLUMNS]){ __VA_ARGS__ }))

static char *bytes_of(struct text_xlsx_out *x, size_t *len_out)
{
    FILE *file;
    char *data;

    assert_ok(text_xlsx_end(x, &file));
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *len_out = (size_t)ftell(file);
    rewind(file);
    data = malloc(*len_out);
    assert_int_equal(fread(data, 1, *len_out, file), *len_out);
    fclose(file);
    return data;
}

/* Rows as "a|b\n", behind the sheet's name when there are several. */
static char *rows_of(struct arena *a, struct text_xlsx_out *x)
{
    struct text_sheet *sheet = NULL;
    struct text_sheet_row row;
    bool found = true;
    size_t len;
    char *data = bytes_of(x, &len), *out;

    assert_ok(text_sheet_open(data, len, &limits, &sheet));
    out = arena_dup(a, text_sheet_chosen(sheet));
    while (found) {
        assert_ok(text_sheet_read(sheet, &row, &found));
        for (size_t i = 0; found && i < row.count; i++) {
            assert_int_equal(row.kinds[i], CELL_PLAIN);
            out = arena_printf(a, "%s%s%s", out, i > 0 ? "|" : "\n", row.cells[i]);
        }
    }
    text_sheet_close(sheet);
    free(data);
    return out;
}

static char *part_of(const char *data, size_t len, const char *name)
{
    zip_t *zip =
        zip_open_from_source(zip_source_buffer_create(data, len, 0, NULL), ZIP_RDONLY, NULL);
    zip_stat_t stat;
    zip_file_t *file;
    char *text;

    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    text = calloc(1, stat.size + 1);
    file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return text;
}

static void test_xlsx__what_is_written_is_read_back(void **state)
{
    struct arena *a = arena_new(4096);
    struct text_xlsx_out *x = begin(0);

    (void)state;
    ROW(x, "北辰 & <Co> \"x\"", "1234.50", "2026-11-21", "2026-11-21T09:30:00.000000Z");
    ROW(x, "", "", "", "");
    ROW(x, "a\nb", "-7", "", "");
    assert_string_equal(rows_of(a, x), "\nName|金额|Day|At\n北辰 & <Co> \"x\"|1234.5|2026-11-21|"
                                       "2026-11-21 09:30\na\nb|-7");
    arena_free(a);
}

static void test_xlsx__texts_are_never_formulas(void **state)
{
    static const char *const texts[] = { "=1+1",  "+1",     "-1", "@x", "http://x.example",
                                         "{=A1}", "_x0041_" };
    struct arena *a = arena_new(4096);
    struct text_xlsx_out *x = begin(0);
    char *sheet, *data, *wanted = arena_dup(a, "\nName|金额|Day|At");
    size_t len;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        ROW(x, texts[i], "=2", "", "");
        wanted = arena_printf(a, "%s\n%s|=2", wanted, texts[i]);
    }
    assert_string_equal(rows_of(a, x), wanted);
    x = begin(0);
    ROW(x, "=1+1", "=2", "=3", "=4");
    data = bytes_of(x, &len);
    sheet = part_of(data, len, "xl/worksheets/sheet1.xml");
    assert_null(strstr(sheet, "<f>"));
    assert_null(strstr(sheet, "hyperlink"));
    free(sheet);
    free(data);
    arena_free(a);
}

static void test_xlsx__numbers_and_days_are_stored_as_such_and_the_head_is_frozen(void **state)
{
    struct text_xlsx_out *x = begin(0);
    char *data, *sheet, *styles;
    size_t len;

    (void)state;
    ROW(x, "123", "1234.50", "2026-11-21", "2026-11-21T12:00:00Z");
    data = bytes_of(x, &len);
    sheet = part_of(data, len, "xl/worksheets/sheet1.xml");
    styles = part_of(data, len, "xl/styles.xml");
    assert_non_null(strstr(sheet, "<v>1234.5</v>"));
    assert_non_null(strstr(sheet, "<v>46347</v>"));
    assert_non_null(strstr(sheet, "<v>46347.5</v>"));
    assert_non_null(strstr(sheet, "<t>123</t>"));
    assert_non_null(strstr(sheet, "state=\"frozen\""));
    assert_non_null(strstr(sheet, "<cols>"));
    assert_non_null(strstr(styles, "<b/>"));
    free(styles);
    free(sheet);
    free(data);
}

static void test_xlsx__what_is_no_number_or_day_stays_text(void **state)
{
    struct arena *a = arena_new(4096);
    struct text_xlsx_out *x = begin(0);

    (void)state;
    ROW(x, "x", "1234567890123456", "1899-12-31", "never");
    ROW(x, "x", "1e5", "2026-02-30", "2026-11-21");
    assert_string_equal(rows_of(a, x), "\nName|金额|Day|At\nx|1234567890123456|1899-12-31|never"
                                       "\nx|1e5|2026-02-30|2026-11-21");
    arena_free(a);
}

static void test_xlsx__controls_go_and_endless_texts_are_cut(void **state)
{
    struct arena *a = arena_new(4096);
    struct text_xlsx_out *x = begin(0);
    char *text = arena_alloc(a, 50001), *rows;

    (void)state;
    for (size_t i = 0; i + 3 <= 50000; i++)
        text[i] = "报"[i % 3];
    ROW(x, "a\x01\x1f\rb\xEF\xBF\xBF", "", "", "");
    ROW(x, text, "", "", "");
    rows = rows_of(a, x);
    assert_true(strncmp(rows, "\nName|金额|Day|At\nab\n报报", 29) == 0);
    assert_in_range(strlen(rows), 31000, 32100);
    arena_free(a);
}

static void test_xlsx__a_full_sheet_goes_on_in_the_next(void **state)
{
    struct arena *a = arena_new(4096);
    struct text_xlsx_out *x = begin(3);
    char *data, *book, *sheet;
    size_t len;

    (void)state;
    for (int i = 1; i <= 5; i++)
        ROW(x, arena_printf(a, "row %d", i), "", "", "");
    data = bytes_of(x, &len);
    book = part_of(data, len, "xl/workbook.xml");
    assert_non_null(strstr(book, "name=\"Deals  all  new  3\""));
    sheet = part_of(data, len, "xl/worksheets/sheet3.xml");
    assert_non_null(strstr(sheet, "row 5"));
    assert_non_null(strstr(sheet, "Name"));
    assert_null(strstr(sheet, "row 4"));
    free(sheet);
    free(book);
    free(data);
    arena_free(a);
}

static int entries_of(const char *path)
{
    DIR *dir = opendir(path);
    int count = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

static void test_xlsx__no_file_stays_whatever_happens(void **state)
{
    const int before = entries_of("/proc/self/fd");
    struct text_xlsx_out *x;
    struct folder folder;
    size_t len;

    (void)state;
    folder_make(&folder);
    assert_ok(text_xlsx_begin(folder.path, "x", columns, COLUMNS, 0, &x));
    ROW(x, "x", "", "", "");
    assert_int_equal(entries_of(folder.path), 2);
    text_xlsx_drop(x);
    assert_ok(text_xlsx_begin(folder.path, "x", columns, COLUMNS, 0, &x));
    free(bytes_of(x, &len));
    assert_int_equal(entries_of("/proc/self/fd"), before);
    assert_int_equal(entries_of(folder.path), 2);
    folder_remove(&folder);
}

static void test_xlsx__a_full_disk_is_an_error_and_no_workbook(void **state)
{
    const struct rlimit small = { 4096, RLIM_INFINITY };
    struct rlimit was;
    struct text_xlsx_out *x;
    struct err *e = NULL;
    FILE *file = NULL;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &was);
    x = begin(0);
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 1000 && e == NULL; i++)
        e = text_xlsx_row(x, (const char *const[COLUMNS]){ "some text", "1", "", "" });
    if (e == NULL)
        e = text_xlsx_end(x, &file);
    else
        text_xlsx_drop(x);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_err_kind(e, ERR_IO);
    assert_null(file);
}

static long peak_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void test_xlsx__memory_does_not_grow_with_the_rows(void **state)
{
    struct text_xlsx_out *x;
    struct text_sheet *sheet;
    struct text_sheet_row row;
    bool found = true;
    long before;
    FILE *file;
    size_t len;
    char *data;
    int rows = 0;
    struct text_csv_limits few = limits;

    (void)state;
    if (UNDER_ASAN)
        skip();
    x = begin(0);
    ROW(x, "text", "1", "2026-11-21", "");
    before = peak_kib();
    for (int i = 0; i < 200000; i++)
        ROW(x, "text", "1", "2026-11-21", "");
    assert_ok(text_xlsx_end(x, &file));
    assert_in_range(peak_kib() - before, 0, 4096);
    fseek(file, 0, SEEK_END);
    len = (size_t)ftell(file);
    rewind(file);
    data = malloc(len);
    assert_int_equal(fread(data, 1, len, file), len);
    fclose(file);
    before = peak_kib();
    few.max_rows = 150000;
    assert_ok(text_sheet_open(data, len, &few, &sheet));
    for (struct err *e = NULL; found && e == NULL;) {
        e = text_sheet_read(sheet, &row, &found);
        rows += e == NULL && found;
        if (e != NULL)
            assert_err_kind(e, ERR_PARSE);
        else
            continue;
        break;
    }
    assert_int_equal(rows, 150000);
    assert_int_equal(text_sheet_fault(sheet), SHEET_TOO_MANY_ROWS);
    assert_in_range(peak_kib() - before, 0, 4096);
    text_sheet_close(sheet);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xlsx__what_is_written_is_read_back),
        cmocka_unit_test(test_xlsx__texts_are_never_formulas),
        cmocka_unit_test(test_xlsx__numbers_and_days_are_stored_as_such_and_the_head_is_frozen),
        cmocka_unit_test(test_xlsx__what_is_no_number_or_day_stays_text),
        cmocka_unit_test(test_xlsx__controls_go_and_endless_texts_are_cut),
        cmocka_unit_test(test_xlsx__a_full_sheet_goes_on_in_the_next),
        cmocka_unit_test(test_xlsx__no_file_stays_whatever_happens),
        cmocka_unit_test(test_xlsx__a_full_disk_is_an_error_and_no_workbook),
        cmocka_unit_test(test_xlsx__memory_does_not_grow_with_the_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* support/sheet.c */
#include "support/sheet.h"

#include "support/test.h"

#include "text/sheet.h"

char *sheet_text(struct arena *a, const void *data, size_t len)
{
    static const struct text_csv_limits limits = { 100000, 100, 40000 };
    struct text_sheet *sheet;
    struct text_sheet_row row;
    char *out = arena_dup(a, "");
    bool found = true;

    assert_ok(text_sheet_open(data, len, &limits, &sheet));
    while (found) {
        assert_ok(text_sheet_read(sheet, &row, &found));
        for (size_t i = 0; found && i < row.count; i++) {
            assert_int_equal(row.kinds[i], CELL_PLAIN);
            out = arena_printf(a, "%s%s%s", out, row.cells[i], i + 1 < row.count ? "|" : "\n");
        }
    }
    text_sheet_close(sheet);
    return out;
}

/* web/sheet.c */
#include "web/sheet.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

const char *const sheet_cell_faults[CELL_KIND_COUNT] = {
    [CELL_FORMULA] = N_("The cell holds a formula. Put the value itself there."),
    [CELL_ERROR] = N_("The cell holds an error of the spreadsheet."),
    [CELL_ROUNDED] =
        N_("The number has more than 15 digits, and the spreadsheet kept only 15. Format "
           "the cell as text and enter it again."),
};

static const char *const words[SHEET_FAULT_COUNT] = {
    [SHEET_ENCODING] = N_("Line %s holds bytes that are no text. Save the file as “CSV UTF-8”."),
    [SHEET_NUL] = N_("Line %s holds a zero byte, which no text has. Save the sheet as CSV."),
    [SHEET_QUOTE_OPEN] = N_("The quoted cell that begins in line %s has no end."),
    [SHEET_AFTER_QUOTE] = N_("In line %s something stands behind a closing quotation mark."),
    [SHEET_TOO_MANY_ROWS] = N_("At most %s rows in one file. Split it into several."),
    [SHEET_TOO_MANY_COLUMNS] = N_("Line %s has more cells than any list."),
    [SHEET_CELL_TOO_LONG] = N_("Line %s has a cell that is too long for any field."),
    [SHEET_NO_WORKBOOK] = N_("The file is no XLSX workbook. Save the sheet as XLSX or as CSV."),
    [SHEET_LOCKED] = N_("The workbook has a password or is of an old kind. Save it as XLSX without "
                        "a password."),
    [SHEET_BROKEN] = N_("The workbook is damaged (%s). Open it, save it again and upload that."),
    [SHEET_UNSAFE] = N_("The workbook holds what no spreadsheet writes (%s). Copy the sheet into a "
                        "new workbook."),
    [SHEET_TOO_LARGE] =
        N_("Unpacked, the workbook is too large. Copy the rows into a new workbook."),
    [SHEET_NO_SHEET] = N_("The workbook has no sheet that can be seen."),
};

const char *sheet_fault(struct request *req, const struct text_sheet *sheet, const struct err *e,
                        int64_t most_rows)
{
    const enum text_sheet_fault fault = text_sheet_fault(sheet);
    const char *place = fault == SHEET_TOO_MANY_ROWS
                            ? text_number(req->locale, req->arena, most_rows)
                            : arena_dup(req->arena, err_detail(e));

    return trf(req, words[fault], place);
}

/* Reads digits from *TEXT on, at most MOST of them; 0 when there are none. */
static int take_number(const char **text, int most)
{
    int n = 0;

    for (int i = 0; i < most && isdigit((unsigned char)**text); i++)
        n = n * 10 + *(*text)++ - '0';
    return n;
}

static bool take_mark(const char **text, const char *marks)
{
    static const char *const units[] = { "年", "月", "日" };

    if (**text != '\0' && strchr(marks, **text) != NULL) {
        ++*text;
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_starts(*text, units[i])) {
            *text += strlen(units[i]);
            return true;
        }
    return false;
}

const char *sheet_day(struct arena *a, const char *cell)
{
    const char *at = cell;
    const int year = take_number(&at, 4);
    int month, day;

    if (year < 1000 || !take_mark(&at, "-/."))
        return cell;
    month = take_number(&at, 2);
    if (!take_mark(&at, "-/."))
        return cell;
    day = take_number(&at, 2);
    take_mark(&at, "");
    return *at == '\0' ? arena_printf(a, "%04d-%02d-%02d", year, month, day) : cell;
}

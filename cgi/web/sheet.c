/* web/sheet.c */
#include "web/sheet.h"

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

/* text/xlsx_write.c - libxlsxwriter with its files taken from it.
 *
 * The library writes to temporary files and to a file with a name, by lxw_tmpfile() and zipOpen().
 * Both are here again: a program's own functions come before a library's, and what is opened
 * instead has no name in any folder (O_TMPFILE).  Nothing has to be removed, whatever happens;
 * programs that may only read files (web/sandbox.c) need no more than this; and every write is
 * counted and looked at, which the library does not do. */
#include "text/xlsx_write.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    DECIMALS_MOST = 4,
    DIGITS_MOST = 15,  /* of a number, without loss */
    TEXT_MOST = 32000, /* bytes; the format has room for 32,767 units */
    TITLE_BYTES = 124,
    TITLE_LETTERS = 26,
    WIDTH_MOST = 60,
    WIDTH_BESIDE = 3,
    WIDTH_TEXT = 24,
    WIDTH_NUMBER = 16,
    WIDTH_DAY = 12,
    WIDTH_INSTANT = 21,
    DAY_OF_EPOCH = 25569, /* 1970-01-01, as spreadsheets count */
    FIRST_DAY = 61,       /* 1900-03-01: before it they count a day that was not */
};
static const int64_t most_bytes = INT64_C(4) << 30; /* of one workbook's files together */

struct text_xlsx_out {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *numbers[DECIMALS_MOST + 1], *day, *instant;
    const struct text_xlsx_column *columns;
    const char *folder;
    char title[TITLE_BYTES];
    size_t count;
    int sheets, sheet_rows, row;
    int64_t written;
    int fault;              /* errno of the first write that failed */
    FILE *file;             /* the archive */
    struct nameless *files; /* all that are open: the library leaves some */
};

/* Whose the library's calls are: it is told only a name.  One at a time: programs have one thread.
 */
static struct text_xlsx_out *current;

/* -- files ---------------------------------------------------------------------------------------
 */

struct nameless {
    struct text_xlsx_out *x; /* counts; NULL once the workbook is done */
    struct nameless *next;   /* of the same workbook */
    FILE *file;
    int fd;
};

static ssize_t nameless_write(void *cookie, const char *data, size_t len)
{
    struct nameless *n = cookie;
    ssize_t wrote;

    if (n->x == NULL || n->x->fault != 0)
        return 0;
    n->x->written += (int64_t)len;
    errno = EFBIG;
    wrote = n->x->written > most_bytes ? -1 : write(n->fd, data, len);
    if (wrote < 0)
        n->x->fault = errno;
    return wrote < 0 ? 0 : wrote;
}

static ssize_t nameless_read(void *cookie, char *buffer, size_t size)
{
    return read(((struct nameless *)cookie)->fd, buffer, size);
}

static int nameless_seek(void *cookie, off64_t *offset, int whence)
{
    *offset = lseek(((struct nameless *)cookie)->fd, *offset, whence);
    return *offset < 0 ? -1 : 0;
}

/* Out of its workbook's list. */
static void forget(struct nameless *n)
{
    struct nameless **at = n->x != NULL ? &n->x->files : NULL;

    while (at != NULL && *at != NULL && *at != n)
        at = &(*at)->next;
    if (at != NULL && *at == n)
        *at = n->next;
    n->x = NULL;
}

static int nameless_close(void *cookie)
{
    struct nameless *n = cookie;
    const int rc = close(n->fd);

    forget(n);
    free(n);
    return rc;
}

/* Not every file system can have files without a name; where programs run, /tmp is their own. */
static int open_nameless(const char *folder)
{
    const int flags = O_RDWR | O_TMPFILE | O_EXCL | O_CLOEXEC;
    int fd = open(folder, flags, 0600);

    return fd >= 0 ? fd : open("/tmp", flags, 0600);
}

static FILE *nameless_file(struct text_xlsx_out *x)
{
    const cookie_io_functions_t calls = { nameless_read, nameless_write, nameless_seek,
                                          nameless_close };
    const int fd = open_nameless(x->folder);
    struct nameless *n;

    if (fd < 0) {
        x->fault = errno;
        return NULL;
    }
    n = calloc(1, sizeof(*n));
    if (n == NULL)
        log_die("out of memory");
    *n = (struct nameless){ .x = x, .next = x->files, .fd = fd };
    n->file = fopencookie(n, "w+", calls);
    if (n->file == NULL)
        log_die("out of memory");
    x->files = n;
    return n->file;
}

/* In the library's place: see the top. */
FILE *lxw_tmpfile(char *tmpdir) /* NOLINT(readability-non-const-parameter): the library's words */
{
    (void)tmpdir;
    return current != NULL ? nameless_file(current) : NULL;
}

static voidpf archive_open(voidpf x, const void *name, int mode)
{
    (void)name, (void)mode;
    return ((struct text_xlsx_out *)x)->file;
}

static uLong archive_read(voidpf x, voidpf file, void *buffer, uLong size)
{
    (void)x;
    return fread(buffer, 1, size, file);
}

static uLong archive_write(voidpf x, voidpf file, const void *data, uLong len)
{
    (void)x;
    return fwrite(data, 1, len, file);
}

static ZPOS64_T archive_tell(voidpf x, voidpf file)
{
    (void)x;
    return (ZPOS64_T)ftello(file);
}

static long archive_seek(voidpf x, voidpf file, ZPOS64_T offset, int origin)
{
    static const int whence[] = { [ZLIB_FILEFUNC_SEEK_SET] = SEEK_SET,
                                  [ZLIB_FILEFUNC_SEEK_CUR] = SEEK_CUR,
                                  [ZLIB_FILEFUNC_SEEK_END] = SEEK_END };

    (void)x;
    return fseeko(file, (off_t)offset, whence[origin]);
}

/* It is read once it is whole. */
static int archive_close(voidpf x, voidpf file)
{
    (void)x;
    return fflush(file);
}

static int archive_error(voidpf x, voidpf file)
{
    (void)x;
    return ferror((FILE *)file);
}

zipFile zipOpen(const char *name, int append)
{
    zlib_filefunc64_def calls = { archive_open, archive_read,  archive_write, archive_tell,
                                  archive_seek, archive_close, archive_error, current };

    if (current == NULL || current->file == NULL)
        return NULL;
    return zipOpen2_64(name, append, NULL, &calls);
}

/* -- cells ---------------------------------------------------------------------------------------
 */

/* Digits with at most one point and a minus: *decimals_out, or -1. */
static int decimals_of(const char *text)
{
    int digits = 0, decimals = -1;

    for (text += *text == '-'; *text != '\0'; text++) {
        if (*text == '.' && digits > 0 && decimals < 0)
            decimals = 0;
        else if (*text < '0' || *text > '9')
            return -1;
        else if (decimals >= 0)
            decimals++;
        digits += *text != '.';
    }
    if (digits == 0 || digits > DIGITS_MOST || decimals > DECIMALS_MOST)
        return -1;
    return decimals < 0 ? 0 : decimals;
}

static bool put_number(struct text_xlsx_out *x, lxw_col_t column, const char *text)
{
    const int decimals = decimals_of(text);

    if (decimals < 0)
        return false;
    worksheet_write_number(x->sheet, (lxw_row_t)x->row, column, strtod(text, NULL),
                           x->numbers[decimals]);
    return true;
}

/* False before 1900-03-01. */
static bool moment_of(const char *text, bool instant, double *serial_out)
{
    int64_t at = 0;
    int32_t day = 0;

    if (instant ? !clock_parse(text, &at) : !day_parse(text, &day))
        return false;
    *serial_out = DAY_OF_EPOCH + (instant ? (double)at / (double)CLOCK_DAY : day);
    return *serial_out >= FIRST_DAY;
}

static bool put_moment(struct text_xlsx_out *x, lxw_col_t column, const char *text, bool instant)
{
    double serial;

    if (!moment_of(text, instant, &serial))
        return false;
    worksheet_write_number(x->sheet, (lxw_row_t)x->row, column, serial,
                           instant ? x->instant : x->day);
    return true;
}

/* "_x0041_" as a text: what reads it would take it for a letter. */
static bool is_escape(const char *text)
{
    return str_starts(text, "_x") && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

/* No control but line breaks, and neither of the two code points that no XML has. */
static void copy_text(const char *text, char *to)
{
    size_t len = 0;

    while (*text != '\0' && len < TEXT_MOST - 8) {
        if (str_starts(text, "\xEF\xBF\xBE") || str_starts(text, "\xEF\xBF\xBF")) {
            text += 3;
            continue;
        }
        if (is_escape(text)) {
            memcpy(to + len, "_x005F", 6);
            len += 6;
        }
        if ((unsigned char)*text >= 0x20 || *text == '\n' || *text == '\t')
            to[len++] = *text;
        text++;
    }
    /* A character that the end has cut goes whole. */
    while (*text != '\0' && len > 0 && ((unsigned char)*text & 0xC0) == 0x80) {
        len--;
        text--;
    }
    to[len] = '\0';
}

static void put_text(struct text_xlsx_out *x, lxw_col_t column, const char *text,
                     lxw_format *format)
{
    static char clean[TEXT_MOST];

    copy_text(text, clean);
    if (*clean != '\0')
        worksheet_write_string(x->sheet, (lxw_row_t)x->row, column, clean, format);
}

static bool put_typed(struct text_xlsx_out *x, lxw_col_t column, enum text_xlsx_kind kind,
                      const char *text)
{
    if (kind == XLSX_NUMBER)
        return put_number(x, column, text);
    if (kind == XLSX_DAY || kind == XLSX_INSTANT)
        return put_moment(x, column, text, kind == XLSX_INSTANT);
    return false;
}

/* -- sheets --------------------------------------------------------------------------------------
 */

static struct err *failed(const struct text_xlsx_out *x, const char *what)
{
    return err_raise(ERR_IO, "a workbook cannot be written (%s): %s", what,
                     x->fault != 0 ? strerror(x->fault) : "the library refuses");
}

/* Letters of East Asia are twice as wide. */
static int width_of(const struct text_xlsx_column *column)
{
    static const int widths[] = { [XLSX_TEXT] = WIDTH_TEXT,
                                  [XLSX_NUMBER] = WIDTH_NUMBER,
                                  [XLSX_DAY] = WIDTH_DAY,
                                  [XLSX_INSTANT] = WIDTH_INSTANT };
    int head = WIDTH_BESIDE, width = column->width != 0 ? column->width : widths[column->kind];

    for (const char *at = column->head; *at != '\0'; at++)
        head += (*at & 0xC0) == 0x80 ? 0 : (unsigned char)*at >= 0xE0 ? 2 : 1;
    width = head > width ? head : width;
    return width > WIDTH_MOST ? WIDTH_MOST : width;
}

static struct err *begin_sheet(struct text_xlsx_out *x)
{
    char name[TITLE_BYTES + 16];

    current = x;
    x->sheets++;
    snprintf(name, sizeof(name), x->sheets > 1 ? "%s %d" : "%s", x->title, x->sheets);
    x->sheet = workbook_add_worksheet(x->book, name);
    if (x->sheet == NULL)
        return failed(x, "a sheet");
    worksheet_freeze_panes(x->sheet, 1, 0);
    x->row = 0;
    for (size_t i = 0; i < x->count; i++) {
        worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width_of(&x->columns[i]), NULL);
        put_text(x, (lxw_col_t)i, x->columns[i].head, x->head);
    }
    x->row = 1;
    return NULL;
}

/* What a sheet's name may not have. */
static void set_title(struct text_xlsx_out *x, const char *title)
{
    size_t letters = 0, len = 0;

    for (; *title != '\0' && len + 1 < sizeof(x->title); title++) {
        letters += (*title & 0xC0) != 0x80;
        if (letters > TITLE_LETTERS)
            break;
        x->title[len++] = (char)(strchr("[]:*?/\\'", *title) != NULL ? ' ' : *title);
    }
    x->title[len] = '\0';
}

static void make_formats(struct text_xlsx_out *x)
{
    static const char *const numbers[] = { "#,##0", "#,##0.0", "#,##0.00", "#,##0.000",
                                           "#,##0.0000" };

    x->head = workbook_add_format(x->book);
    format_set_bold(x->head);
    for (size_t i = 0; i < ARRAY_LEN(x->numbers); i++) {
        x->numbers[i] = workbook_add_format(x->book);
        format_set_num_format(x->numbers[i], numbers[i]);
    }
    x->day = workbook_add_format(x->book);
    format_set_num_format(x->day, "yyyy-mm-dd");
    x->instant = workbook_add_format(x->book);
    format_set_num_format(x->instant, "yyyy-mm-dd hh:mm \"UTC\"");
}

struct err *text_xlsx_begin(const char *folder, const char *title,
                            const struct text_xlsx_column *columns, size_t count, int sheet_rows,
                            struct text_xlsx_out **out)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    struct text_xlsx_out *x = calloc(1, sizeof(*x));
    struct err *e = NULL;

    if (x == NULL)
        log_die("out of memory");
    *x = (struct text_xlsx_out){ .columns = columns,
                                 .count = count,
                                 .folder = folder,
                                 .sheet_rows = sheet_rows != 0 ? sheet_rows : XLSX_ROWS_MOST };
    set_title(x, title);
    x->file = nameless_file(x);
    x->book = workbook_new_opt("", &options);
    if (x->book == NULL)
        log_die("out of memory");
    make_formats(x);
    e = x->file != NULL ? begin_sheet(x) : failed(x, "a file");
    if (e == NULL)
        *out = x;
    else
        text_xlsx_drop(x);
    return err_pass(e);
}

struct err *text_xlsx_row(struct text_xlsx_out *x, const char *const *cells)
{
    current = x;
    if (x->row == x->sheet_rows)
        TRY(begin_sheet(x));
    for (size_t i = 0; i < x->count; i++)
        if (!put_typed(x, (lxw_col_t)i, x->columns[i].kind, cells[i]))
            put_text(x, (lxw_col_t)i, cells[i], NULL);
    x->row++;
    return x->fault != 0 ? failed(x, "a row") : NULL;
}

/* The archive outlives the rest. */
static void keep(struct text_xlsx_out *x)
{
    for (struct nameless *n = x->files; n != NULL; n = n->next)
        if (n->file == x->file) {
            forget(n);
            return;
        }
}

struct err *text_xlsx_end(struct text_xlsx_out *x, FILE **file_out)
{
    struct err *e = NULL;
    lxw_error rc;

    current = x;
    rc = workbook_close(x->book);
    x->book = NULL;
    if (rc != LXW_NO_ERROR || x->fault != 0 || fflush(x->file) != 0 ||
        fseeko(x->file, 0, SEEK_SET) != 0)
        e = failed(x, rc != LXW_NO_ERROR ? lxw_strerror(rc) : "its end");
    if (e == NULL) {
        *file_out = x->file;
        keep(x);
    }
    text_xlsx_drop(x);
    return e;
}

void text_xlsx_drop(struct text_xlsx_out *x)
{
    if (x == NULL)
        return;
    if (x->book != NULL)
        lxw_workbook_free(x->book);
    /* What is still to be written goes nowhere. */
    x->fault = ECANCELED;
    while (x->files != NULL)
        fclose(x->files->file);
    current = NULL;
    free(x);
    /* Rare and large: what it took is given back, not kept for the next page. */
    malloc_trim(0);
}

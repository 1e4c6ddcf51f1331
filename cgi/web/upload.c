/* web/upload.c - kinds and names of files. */
#include "web/upload.h"

#include "base/str.h"
#include "text/norm.h"

#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct magic_set {
    magic_t cookie;
};

struct err *magic_set_new(struct magic_set **out)
{
    struct magic_set *set = calloc(1, sizeof(*set));

    if (set == NULL)
        return err_raise(ERR_CONFIG, "no memory for libmagic");
    set->cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF |
                             MAGIC_NO_CHECK_TOKENS);
    if (set->cookie == NULL || magic_load(set->cookie, NULL) != 0) {
        magic_set_free(set);
        return err_raise(ERR_CONFIG, "libmagic has no database of kinds");
    }
    *out = set;
    return NULL;
}

void magic_set_free(struct magic_set *set)
{
    if (set == NULL)
        return;
    if (set->cookie != NULL)
        magic_close(set->cookie);
    free(set);
}

#define OFFICE(kind) "application/vnd.openxmlformats-officedocument." kind
#define OPEN(kind)   "application/vnd.oasis.opendocument." kind

/* Ending, what the content is found to be, and what it is then called.  A plain "application/zip"
 * is what some writers of Office files are found to be; the ending then decides, and nothing is
 * ever unpacked. */
static const struct {
    const char *ending, *found, *mime;
} kinds[] = {
    { ".pdf", "application/pdf", "application/pdf" },
    { ".png", "image/png", "image/png" },
    { ".jpg", "image/jpeg", "image/jpeg" },
    { ".jpeg", "image/jpeg", "image/jpeg" },
    { ".gif", "image/gif", "image/gif" },
    { ".webp", "image/webp", "image/webp" },
    { ".docx", OFFICE("wordprocessingml.document"), OFFICE("wordprocessingml.document") },
    { ".xlsx", OFFICE("spreadsheetml.sheet"), OFFICE("spreadsheetml.sheet") },
    { ".pptx", OFFICE("presentationml.presentation"), OFFICE("presentationml.presentation") },
    { ".docx", "application/zip", OFFICE("wordprocessingml.document") },
    { ".xlsx", "application/zip", OFFICE("spreadsheetml.sheet") },
    { ".pptx", "application/zip", OFFICE("presentationml.presentation") },
    { ".odt", OPEN("text"), OPEN("text") },
    { ".ods", OPEN("spreadsheet"), OPEN("spreadsheet") },
    { ".odp", OPEN("presentation"), OPEN("presentation") },
    { ".doc", "application/msword", "application/msword" },
    { ".xls", "application/vnd.ms-excel", "application/vnd.ms-excel" },
    { ".ppt", "application/vnd.ms-powerpoint", "application/vnd.ms-powerpoint" },
    { ".txt", "text/plain", "text/plain" },
    { ".log", "text/plain", "text/plain" },
    { ".fairway-receipt", "text/plain", "text/plain" },
    { ".csv", "text/plain", "text/csv" },
    { ".csv", "text/csv", "text/csv" },
    { ".csv", "application/csv", "text/csv" },
    { ".zip", "application/zip", "application/zip" },
};

static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot != NULL ? dot : "";
}

static const char *find_mime(const char *name, const char *found)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcasecmp(ending_of(name), kinds[i].ending) == 0 && str_eq(found, kinds[i].found))
            return kinds[i].mime;
    return NULL;
}

enum upload_verdict upload_read(struct magic_set *set, struct arena *a, const char *file_name,
                                const void *data, size_t len, struct upload *out)
{
    const char *name = upload_clean_name(a, file_name);
    const char *mime;

    if (len == 0)
        return UPLOAD_EMPTY;
    mime = find_mime(name, magic_buffer(set->cookie, data, len));
    if (mime == NULL)
        return UPLOAD_KIND;
    *out = (struct upload){ .name = name, .mime = mime, .data = data, .len = len };
    return UPLOAD_OK;
}

/* Copies TEXT without what no name may hold: controls, quotes, separators, and the marks by which
 * text changes its direction (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) or hides
 * (U+FEFF). */
static size_t copy_clean(const char *text, char *out)
{
    size_t n = 0;

    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        bool mark =
            c[0] == 0xe2 &&
            ((c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae))) ||
             (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9));
        bool hidden = c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf;
        /* U+0080 to U+009F are controls as well. */
        bool control = *c < ' ' || *c == 0x7f || (c[0] == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f);

        if (mark || hidden)
            c += 2;
        else if (control)
            c += c[0] == 0xc2;
        else if (strchr("\"*<>?|:;", *c) == NULL)
            out[n++] = (char)*c;
    }
    out[n] = '\0';
    return n;
}

/* Cuts in the middle of the name, so that its ending stays. */
static const char *shorten(struct arena *a, const char *name, size_t max_bytes)
{
    const char *ending = ending_of(name);
    size_t ending_len = strlen(ending);

    if (strlen(name) <= max_bytes)
        return name;
    if (ending_len > 16)
        ending_len = 0;
    return arena_printf(a, "%.*s%s", (int)utf8_prefix_bytes(name, max_bytes - ending_len), name,
                        ending_len != 0 ? ending : "");
}

const char *upload_clean_name(struct arena *a, const char *name)
{
    enum { NAME_MAX_BYTES = 200 };
    char *clean;

    for (const char *c = name; *c != '\0'; c++)
        if (*c == '/' || *c == '\\')
            name = c + 1;
    clean = arena_alloc(a, strlen(name) + 1);
    copy_clean(name, clean);
    clean = str_trim(a, text_nfc(a, clean));
    clean += strspn(clean, ".");
    return clean[0] != '\0' ? shorten(a, clean, NAME_MAX_BYTES) : "file";
}

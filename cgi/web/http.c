/* web/http.c - parsing of query, body, cookies and path.  Strict on purpose: what no browser sends
 * is refused, so that two programs on the way of a request cannot read it differently. */
#include "web/http.h"

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes %XX, and + when PLUS, from DATA into OUT (at least LEN + 1 bytes).  False on a bad
 * escape. */
static bool percent_decode(const char *data, size_t len, bool plus, char *out, size_t *len_out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = data[i];

        if (c == '%') {
            int high = i + 2 < len ? hex_value(data[i + 1]) : -1;
            int low = i + 2 < len ? hex_value(data[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        out[n++] = c;
    }
    out[n] = '\0';
    *len_out = n;
    return true;
}

static bool is_text(const char *data, size_t len)
{
    return memchr(data, '\0', len) == NULL && utf8_valid(data, len);
}

/* Decodes one half of name=value; the text in the arena. */
static struct err *read_piece(struct arena *a, const char *data, size_t len, const char **text_out,
                              size_t *len_out)
{
    char *text = arena_alloc(a, len + 1);

    if (!percent_decode(data, len, true, text, len_out))
        return err_raise(ERR_MALFORMED, "bad %% escape");
    if (!is_text(text, *len_out))
        return err_raise(ERR_MALFORMED, "no UTF-8 text");
    *text_out = text;
    return NULL;
}

static struct err *check_name(const char *name, size_t len)
{
    if (len == 0 || len > HTTP_NAME_MAX)
        return err_raise(ERR_MALFORMED, "a name of %zu bytes", len);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] <= ' ' || name[i] == 0x7f)
            return err_raise(ERR_MALFORMED, "a name with spaces or controls");
    return NULL;
}

static struct err *read_pair(struct arena *a, const char *data, size_t len, struct http_pair *pair)
{
    const char *equals = memchr(data, '=', len);
    size_t name_len;

    if (equals == NULL)
        return err_raise(ERR_MALFORMED, "a name without =");
    TRY(read_piece(a, data, (size_t)(equals - data), &pair->name, &name_len));
    TRY(check_name(pair->name, name_len));
    TRY(read_piece(a, equals + 1, len - (size_t)(equals - data) - 1, &pair->value, &pair->len));
    return NULL;
}

struct err *http_read_urlencoded(struct arena *a, const char *data, size_t len,
                                 struct http_pairs *pairs_out)
{
    const char *end = data + len;
    size_t count = 0;

    *pairs_out = (struct http_pairs){ 0 };
    if (len == 0)
        return NULL;
    for (size_t i = 0; i < len; i++)
        count += data[i] == '&';
    if (count >= HTTP_PAIRS_MAX)
        return err_raise(ERR_TOO_LARGE, "more than %d names", HTTP_PAIRS_MAX);
    pairs_out->items = arena_array(a, count + 1, sizeof(*pairs_out->items));
    for (const char *at = data; at <= end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));

        if (stop == NULL)
            stop = end;
        TRY(read_pair(a, at, (size_t)(stop - at), &pairs_out->items[pairs_out->count]));
        pairs_out->count++;
        at = stop + 1;
    }
    return NULL;
}

/* -- content types
 * --------------------------------------------------------------------------------- */

/* The parameters behind a media type, or NULL when CONTENT_TYPE is another one. */
static const char *type_parameters(const char *content_type, const char *type)
{
    size_t len = strlen(type);

    if (content_type == NULL || strncasecmp(content_type, type, len) != 0)
        return NULL;
    content_type += len;
    content_type += strspn(content_type, " \t");
    if (*content_type != '\0' && *content_type != ';')
        return NULL;
    return content_type;
}

bool http_is_urlencoded(const char *content_type)
{
    return type_parameters(content_type, "application/x-www-form-urlencoded") != NULL;
}

/* Characters of a boundary, RFC 2046 5.1.1. */
static const char boundary_chars[] =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "'()+_,-./:=?";

const char *http_boundary(struct arena *a, const char *content_type)
{
    const char *at = type_parameters(content_type, "multipart/form-data");
    size_t len;

    if (at == NULL || *at != ';')
        return NULL;
    at++;
    at += strspn(at, " \t");
    if (strncasecmp(at, "boundary=", 9) != 0)
        return NULL;
    at += 9;
    if (*at == '"') {
        len = strspn(at + 1, boundary_chars);
        if (at[1 + len] != '"' || at[2 + len] != '\0')
            return NULL;
        at++;
    } else {
        len = strspn(at, boundary_chars);
        if (at[len] != '\0')
            return NULL;
    }
    if (len == 0 || len > 70)
        return NULL;
    return arena_dup_bytes(a, at, len);
}

/* -- multipart
 * ------------------------------------------------------------------------------------- */

struct part_head {
    const char *name;
    const char *file_name; /* NULL when none is given */
};

/* Reads a quoted string at *AT; browsers write " CR LF in it as %22 %0D %0A. */
static struct err *read_quoted(struct arena *a, const char **at, const char **text_out)
{
    const char *start = *at;
    const char *stop;
    struct buf plain;
    struct err *e = NULL;

    if (*start++ != '"')
        return err_raise(ERR_MALFORMED, "a parameter without quotes");
    stop = strchr(start, '"');
    if (stop == NULL)
        return err_raise(ERR_MALFORMED, "a parameter without its closing quote");
    buf_init(&plain, (size_t)(stop - start) + 1, 0);
    for (const char *c = start; c < stop; c++) {
        if (strncmp(c, "%22", 3) == 0 || strncasecmp(c, "%0D", 3) == 0 ||
            strncasecmp(c, "%0A", 3) == 0) {
            buf_putc(&plain, (char)(hex_value(c[1]) * 16 + hex_value(c[2])));
            c += 2;
        } else {
            buf_putc(&plain, *c);
        }
    }
    if (is_text(plain.data, plain.len))
        *text_out = arena_dup_bytes(a, plain.data, plain.len);
    else
        e = err_raise(ERR_MALFORMED, "a part's name is no UTF-8");
    buf_free(&plain);
    *at = stop + 1;
    return e;
}

static struct err *read_disposition(struct arena *a, const char *line, struct part_head *head)
{
    const char *at = type_parameters(line, "form-data");

    if (at == NULL)
        return err_raise(ERR_MALFORMED, "a part that is no form-data");
    while (*at == ';') {
        const char **to = NULL;

        at++;
        at += strspn(at, " \t");
        if (strncasecmp(at, "name=", 5) == 0) {
            to = &head->name;
            at += 5;
        } else if (strncasecmp(at, "filename=", 9) == 0) {
            to = &head->file_name;
            at += 9;
        }
        if (to == NULL || *to != NULL)
            return err_raise(ERR_MALFORMED, "an unknown or repeated parameter of a part");
        TRY(read_quoted(a, &at, to));
        at += strspn(at, " \t");
    }
    return *at == '\0' ? NULL : err_raise(ERR_MALFORMED, "text behind a part's parameters");
}

/* Headers of a part: lines ended by CR LF, LEN bytes without the empty line. */
static struct err *read_part_head(struct arena *a, const char *data, size_t len,
                                  struct part_head *head)
{
    static const char wanted[] = "content-disposition:";
    char *text = arena_dup_bytes(a, data, len);
    bool found = false;

    *head = (struct part_head){ 0 };
    if (strlen(text) != len)
        return err_raise(ERR_MALFORMED, "NUL in a part's headers");
    while (text != NULL) {
        char *next = strstr(text, "\r\n");

        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        if (strncasecmp(text, wanted, sizeof(wanted) - 1) == 0) {
            const char *value = text + sizeof(wanted) - 1;

            if (found)
                return err_raise(ERR_MALFORMED, "two dispositions of a part");
            found = true;
            TRY(read_disposition(a, value + strspn(value, " \t"), head));
        }
        text = next;
    }
    if (head->name == NULL)
        return err_raise(ERR_MALFORMED, "a part without a name");
    return check_name(head->name, strlen(head->name));
}

static struct err *read_part(struct arena *a, const char *data, size_t len,
                             struct http_pairs *pairs)
{
    size_t look = len < HTTP_PART_HEAD_MAX ? len : HTTP_PART_HEAD_MAX;
    const char *end = memmem(data, look, "\r\n\r\n", 4);
    struct http_pair *pair = &pairs->items[pairs->count];
    struct part_head head;

    if (end == NULL)
        return err_raise(ERR_MALFORMED, "a part without an end of its headers");
    TRY(read_part_head(a, data, (size_t)(end - data), &head));
    end += 4;
    len -= (size_t)(end - data);
    if (head.file_name != NULL && head.file_name[0] == '\0' && len == 0)
        return NULL;
    if (head.file_name == NULL && !is_text(end, len))
        return err_raise(ERR_MALFORMED, "a field is no UTF-8 text");
    *pair = (struct http_pair){ .name = head.name,
                                .value = arena_dup_bytes(a, end, len),
                                .len = len,
                                .file_name = head.file_name };
    pairs->count++;
    return NULL;
}

struct err *http_read_multipart(struct arena *a, const char *boundary, const char *data, size_t len,
                                struct http_pairs *pairs_out)
{
    char *mark = arena_printf(a, "\r\n--%s", boundary);
    size_t mark_len = strlen(mark);
    const char *end = data + len;
    const char *at;

    *pairs_out = (struct http_pairs){ 0 };
    /* The first boundary has no line break before it. */
    if (len < mark_len - 2 || memcmp(data, mark + 2, mark_len - 2) != 0)
        return err_raise(ERR_MALFORMED, "the body does not begin with its boundary");
    pairs_out->items = arena_array(a, HTTP_PARTS_MAX, sizeof(*pairs_out->items));
    at = data + mark_len - 2;
    for (size_t parts = 0;; parts++) {
        const char *stop;

        if (end - at >= 2 && memcmp(at, "--", 2) == 0)
            break;
        if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
            return err_raise(ERR_MALFORMED, "a boundary without its line break");
        if (parts == HTTP_PARTS_MAX)
            return err_raise(ERR_TOO_LARGE, "more than %d parts", HTTP_PARTS_MAX);
        at += 2;
        stop = memmem(at, (size_t)(end - at), mark, mark_len);
        if (stop == NULL)
            return err_raise(ERR_MALFORMED, "a part without an end");
        TRY(read_part(a, at, (size_t)(stop - at), pairs_out));
        at = stop + mark_len;
    }
    at += 2;
    if (at != end && !(end - at == 2 && memcmp(at, "\r\n", 2) == 0))
        return err_raise(ERR_MALFORMED, "bytes behind the last boundary");
    return NULL;
}

/* -- cookies, lengths, paths
 * ------------------------------------------------------------------------ */

void http_read_cookies(struct arena *a, const char *header, struct http_pairs *pairs_out)
{
    enum { COOKIES_MAX = 16 };

    *pairs_out = (struct http_pairs){ 0 };
    if (header == NULL || strlen(header) > HTTP_HEADER_MAX)
        return;
    pairs_out->items = arena_array(a, COOKIES_MAX, sizeof(*pairs_out->items));
    while (*header != '\0' && pairs_out->count < COOKIES_MAX) {
        size_t len = strcspn(header, ";");
        const char *equals = memchr(header, '=', len);
        bool ours = str_starts(header, "fw-") || str_starts(header, "__Host-fw-");

        if (ours && equals != NULL && is_text(header, len)) {
            struct http_pair *pair = &pairs_out->items[pairs_out->count++];

            pair->name = arena_dup_bytes(a, header, (size_t)(equals - header));
            pair->len = len - (size_t)(equals - header) - 1;
            pair->value = arena_dup_bytes(a, equals + 1, pair->len);
        }
        header += len;
        header += strspn(header, "; ");
    }
}

bool http_read_length(const char *text, size_t *len_out)
{
    size_t digits = strspn(text, "0123456789");

    if (digits == 0 || digits > 18 || text[digits] != '\0' || (digits > 1 && text[0] == '0'))
        return false;
    *len_out = (size_t)strtoull(text, NULL, 10);
    return true;
}

static struct err *check_path(const char *path)
{
    size_t len = strlen(path);

    if (len > HTTP_PATH_MAX)
        return err_raise(ERR_MALFORMED, "a path of %zu bytes", len);
    if (path[0] != '/' || !utf8_valid(path, len))
        return err_raise(ERR_MALFORMED, "a path that is none");
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)path[i] < ' ' || path[i] == 0x7f || path[i] == '\\')
            return err_raise(ERR_MALFORMED, "a path with control characters");
    return NULL;
}

struct err *http_read_path(struct arena *a, const char *path,
                           const char *segments[HTTP_SEGMENTS_MAX], size_t *count_out)
{
    char **parts;
    size_t count;

    *count_out = 0;
    TRY(check_path(path));
    if (path[1] == '\0')
        return NULL;
    parts = str_split(a, path + 1, '/', &count);
    if (count > HTTP_SEGMENTS_MAX)
        return err_raise(ERR_NOT_FOUND, "a path of %zu parts", count);
    for (size_t i = 0; i < count; i++) {
        if ((parts[i][0] == '\0' && i + 1 < count) || str_eq(parts[i], ".") ||
            str_eq(parts[i], ".."))
            return err_raise(ERR_MALFORMED, "an empty or dotted part of a path");
        segments[i] = parts[i];
    }
    *count_out = count;
    return NULL;
}

const struct http_pair *http_find(const struct http_pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, name) == 0)
            return &pairs->items[i];
    return NULL;
}

/* -- addresses
 * -------------------------------------------------------------------------------------- */

/* What a browser, or a server before us, would make another path of. */
static bool has_odd_parts(const char *address)
{
    for (const char *c = address; *c != '\0' && *c != '?' && *c != '#'; c++) {
        const size_t part = strcspn(c + 1, "/?#");

        if (*c != '/')
            continue;
        if (part == 0 && c[1] == '/')
            return true;
        if ((part == 1 || part == 2) && strspn(c + 1, ".") == part)
            return true;
    }
    return false;
}

static bool looks_local(const char *address)
{
    if (address[0] != '/' || has_odd_parts(address))
        return false;
    for (const char *c = address; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '\\')
            return false;
    return true;
}

bool http_is_local_address(const char *address)
{
    enum { ADDRESS_MAX = 2000, DECODINGS = 2 };
    char now[ADDRESS_MAX + 1], next[ADDRESS_MAX + 1];
    size_t len = address != NULL ? strlen(address) : 0;

    if (len == 0 || len > ADDRESS_MAX || !utf8_valid(address, len) || !looks_local(address))
        return false;
    memcpy(now, address, len + 1);
    for (int i = 0; i < DECODINGS; i++) {
        /* Spaces and line breaks may stand, encoded, in a query; in the path they may not. */
        size_t path_len = strcspn(now, "?#");
        size_t next_len;

        if (!percent_decode(now, path_len, false, next, &next_len))
            return i > 0;
        if (strlen(next) != next_len || !looks_local(next))
            return false;
        memcpy(now, next, next_len + 1);
    }
    return true;
}

char *http_encode(struct arena *a, const char *text, bool keep_slash)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(a, strlen(text) * 3 + 1);
    char *to = out;

    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || strchr("-._~", *c) != NULL ||
                     (keep_slash && *c == '/');

        if (plain) {
            *to++ = (char)*c;
        } else {
            *to++ = '%';
            *to++ = digits[*c >> 4];
            *to++ = digits[*c & 15];
        }
    }
    *to = '\0';
    return out;
}

char *http_with_param(struct arena *a, const char *path, const char *query, const char *name,
                      const char *value)
{
    size_t name_len = strlen(name);
    struct buf out;
    char *address;
    char join = '?';

    buf_init(&out, 256, 0);
    buf_puts(&out, path);
    while (query != NULL && *query != '\0') {
        size_t len = strcspn(query, "&");

        if (len > 0 && !(strncmp(query, name, name_len) == 0 && query[name_len] == '=')) {
            buf_putc(&out, join);
            buf_add(&out, query, len);
            join = '&';
        }
        query += len;
        query += *query == '&';
    }
    if (value != NULL) {
        buf_putc(&out, join);
        buf_printf(&out, "%s=%s", name, value);
    }
    address = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return address;
}

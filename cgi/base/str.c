/* base/str.c */
#include "base/str.h"

#include <string.h>

bool str_eq(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
    const size_t text_len = strlen(text), suffix_len = strlen(suffix);

    return text_len >= suffix_len && strcmp(text + text_len - suffix_len, suffix) == 0;
}

bool str_is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

bool str_is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

bool str_to_i64(const char *text, int64_t *value_out)
{
    const bool negative = *text == '-';
    int64_t value = 0;

    if (negative)
        text++;
    if (*text == '\0' || (*text == '0' && (text[1] != '\0' || negative)))
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *text - '0', &value))
            return false;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *value_out = negative ? value : -value;
    return true;
}

char *str_from_i64(int64_t value, char space[STR_I64_BYTES])
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *at = &space[STR_I64_BYTES - 1];

    *at = '\0';
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0)
        *--at = '-';
    return at;
}

/* The bytes of the sequence that begins at P with N bytes left; 0 when it is not well-formed. */
static size_t sequence_bytes(const unsigned char *p, size_t n)
{
    static const struct {
        unsigned char first_low, first_high, second_low, second_high, bytes;
    } rows[] = {
        { 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
        { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
        { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
    };

    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        if (p[0] < rows[r].first_low || p[0] > rows[r].first_high)
            continue;
        if (rows[r].bytes > n)
            return 0;
        if (rows[r].bytes > 1 && (p[1] < rows[r].second_low || p[1] > rows[r].second_high))
            return 0;
        for (size_t i = 2; i < rows[r].bytes; i++)
            if ((p[i] & 0xc0) != 0x80)
                return 0;
        return rows[r].bytes;
    }
    return 0;
}

bool utf8_valid(const char *data, size_t len)
{
    const unsigned char *p = (const unsigned char *)data;

    while (len > 0) {
        const size_t bytes = *p < 0x80 ? 1 : sequence_bytes(p, len);

        if (bytes == 0)
            return false;
        p += bytes;
        len -= bytes;
    }
    return true;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

size_t utf8_prefix_bytes(const char *text, size_t max_bytes)
{
    size_t len = strnlen(text, max_bytes + 1);

    if (len <= max_bytes)
        return len;
    len = max_bytes;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return len;
}

void str_hex(const void *data, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *p = data;

    for (size_t i = 0; i < len; i++) {
        *out++ = digits[p[i] >> 4];
        *out++ = digits[p[i] & 15];
    }
    *out = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_unhex(const char *text, void *out, size_t len)
{
    unsigned char *p = out;

    if (strlen(text) != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++) {
        const int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        p[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

char **str_split(struct arena *a, const char *text, char separator, size_t *count_out)
{
    size_t count = 1, i = 0;
    char **parts;

    for (const char *p = text; *p != '\0'; p++)
        count += *p == separator;
    parts = arena_array(a, count + 1, sizeof(*parts));
    for (const char *end; (end = strchr(text, separator)) != NULL; text = end + 1)
        parts[i++] = arena_dup_bytes(a, text, (size_t)(end - text));
    parts[i] = arena_dup(a, text);
    if (count_out != NULL)
        *count_out = count;
    return parts;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

char *str_trim(struct arena *a, const char *text)
{
    size_t len;

    while (is_space(*text))
        text++;
    len = strlen(text);
    while (len > 0 && is_space(text[len - 1]))
        len--;
    return arena_dup_bytes(a, text, len);
}

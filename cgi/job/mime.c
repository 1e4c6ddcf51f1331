/* job/mime.c */
#include "job/mime.h"

#include "base/clock.h"
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/hash.h"

#include <stdio.h>
#include <string.h>

enum {
    LINE_MAX_CHARS = 76,
    ADDRESS_BYTES = 256,
    /* An encoded word has at most 75 characters; 12 of them are "=?UTF-8?B?" and "?=". */
    WORD_BYTES = 45,
    B64_LINE_BYTES = 57, /* 76 characters */
    BOUNDARY_BYTES = 48
};

/* -- addresses --------------------------------------------------------------------- */

bool mime_address_valid(const char *address)
{
    const char *at = strrchr(address, '@');

    if (at == NULL || at == address || at - address > 64 || strlen(address) > 254 ||
        at != strchr(address, '@'))
        return false;
    if (at[1] == '\0' || at[1] == '.' || at[1] == '-' || address[strlen(address) - 1] == '.')
        return false;
    for (const char *p = address; *p != '\0'; p++)
        if (*p <= ' ' || *p > '~' || strchr("<>()[],;:\\\"", *p) != NULL)
            return false;
    return true;
}

bool mime_address_of(const char *mailbox, char out[ADDRESS_BYTES])
{
    const char *open = strrchr(mailbox, '<');
    const char *close = open != NULL ? strchr(open, '>') : NULL;
    int len;

    if (open == NULL)
        len = snprintf(out, ADDRESS_BYTES, "%s", mailbox);
    else if (close == NULL || close[1] != '\0')
        return false;
    else
        len = snprintf(out, ADDRESS_BYTES, "%.*s", (int)(close - open - 1), open + 1);
    return len < ADDRESS_BYTES && mime_address_valid(out);
}

/* -- header fields ----------------------------------------------------------------- */

static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

/* Control characters, line ends above all, become spaces: a value stays within its line. */
static void add_clean(struct buf *clean, const char *text)
{
    for (; *text != '\0'; text++)
        buf_putc(clean, (unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
}

/* Words of ASCII as they are, folded before a word that would cross the line's end.  USED is how
 * many characters the line has already. */
static void add_words(struct buf *out, const char *text, size_t used)
{
    while (*text != '\0') {
        size_t word = strcspn(text, " ");

        if (used > 1 && used + word > LINE_MAX_CHARS) {
            buf_puts(out, "\r\n ");
            used = 1;
        }
        buf_add(out, text, word);
        used += word;
        text += word;
        if (*text == ' ') {
            text += strspn(text, " ");
            if (*text != '\0') {
                buf_putc(out, ' ');
                used++;
            }
        }
    }
}

/* As encoded words of UTF-8 in base 64, each of whole characters, one a line. */
static void add_encoded(struct buf *out, const char *text)
{
    char encoded[B64_TEXT_BYTES(WORD_BYTES)];

    for (bool first = true; *text != '\0'; first = false) {
        /* The first line holds the field's name, too. */
        size_t len = utf8_prefix_bytes(text, first ? WORD_BYTES - 12 : WORD_BYTES);

        if (len == 0) /* no UTF-8: a byte is better than a loop without end */
            len = 1;
        b64_encode(text, len, encoded);
        buf_printf(out, "%s=?UTF-8?B?%s?=", first ? "" : "\r\n ", encoded);
        text += len;
    }
}

static bool has_long_word(const char *text)
{
    for (; *text != '\0'; text += strcspn(text, " ") + (text[strcspn(text, " ")] == ' '))
        if (strcspn(text, " ") > LINE_MAX_CHARS - 20)
            return true;
    return false;
}

static void add_unstructured(struct buf *out, const char *name, const char *text)
{
    struct buf clean;

    buf_init(&clean, 128, 0);
    add_clean(&clean, text);
    buf_printf(out, "%s: ", name);
    if (is_plain(clean.data) && strstr(clean.data, "=?") == NULL && !has_long_word(clean.data))
        add_words(out, clean.data, strlen(name) + 2);
    else
        add_encoded(out, clean.data);
    buf_puts(out, "\r\n");
    buf_free(&clean);
}

static void add_quoted(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

/* "Name" <address>, on two lines: the name may be long. */
static void add_mailbox(struct buf *out, const char *field, const char *name, const char *address)
{
    struct buf clean;

    buf_init(&clean, 128, 0);
    add_clean(&clean, name);
    buf_printf(out, "%s: ", field);
    if (clean.len != 0) {
        if (is_plain(clean.data) && clean.len < 50)
            add_quoted(out, clean.data);
        else
            add_encoded(out, clean.data);
        buf_puts(out, "\r\n ");
    }
    buf_printf(out, "<%s>\r\n", address);
    buf_free(&clean);
}

/* The name before the angle bracket, without quotes and spaces around it. */
static void name_of(const char *mailbox, char out[ADDRESS_BYTES])
{
    const char *open = strrchr(mailbox, '<');
    size_t len = open != NULL ? (size_t)(open - mailbox) : 0;

    while (len > 0 && (*mailbox == ' ' || *mailbox == '"')) {
        mailbox++;
        len--;
    }
    while (len > 0 && (mailbox[len - 1] == ' ' || mailbox[len - 1] == '"'))
        len--;
    snprintf(out, ADDRESS_BYTES, "%.*s", (int)len, mailbox);
}

static void add_date(struct buf *out, int64_t at_us)
{
    static const char days[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil c = civil_from_us(at_us);

    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
               days[(size_t)(at_us / CLOCK_DAY) % ARRAY_LEN(days)], c.day, months[c.month - 1],
               c.year, c.hour, c.minute, c.second);
}

/* -- bodies ------------------------------------------------------------------------ */

/* Chinese takes nine characters a sign as quoted-printable and four as base 64; English is readable
 * in the first. */
static bool better_as_base64(const char *text, size_t len)
{
    size_t high = 0;

    for (size_t i = 0; i < len; i++)
        high += (unsigned char)text[i] >= 0x80;
    return high > len / 6;
}

static void add_base64(struct buf *out, const char *data, size_t len)
{
    char line[B64_TEXT_BYTES(B64_LINE_BYTES)];

    for (size_t at = 0; at < len; at += B64_LINE_BYTES) {
        b64_encode(data + at, len - at < B64_LINE_BYTES ? len - at : B64_LINE_BYTES, line);
        buf_printf(out, "%s\r\n", line);
    }
}

/* RFC 2045, 6.7: white space at a line's end and a dot alone on a line do not survive all mail
 * servers. */
static bool must_escape(const char *p, size_t used)
{
    unsigned char c = (unsigned char)*p;

    if (c == ' ' || c == '\t')
        return p[1] == '\n' || p[1] == '\0' || p[1] == '\r';
    return c < '!' || c > '~' || c == '=' || (c == '.' && used == 0);
}

static void add_quoted_printable(struct buf *out, const char *text)
{
    size_t used = 0;

    for (const char *p = text; *p != '\0'; p++) {
        bool escape = must_escape(p, used);

        if (*p == '\r' && p[1] == '\n')
            continue;
        if (*p == '\n') {
            buf_puts(out, "\r\n");
            used = 0;
            continue;
        }
        if (used + (escape ? 3 : 1) > LINE_MAX_CHARS - 1) {
            buf_puts(out, "=\r\n");
            used = 0;
            escape = must_escape(p, used);
        }
        if (escape)
            buf_printf(out, "=%02X", (unsigned char)*p);
        else
            buf_putc(out, *p);
        used += escape ? 3 : 1;
    }
    buf_puts(out, "\r\n");
}

static void add_part(struct buf *out, const char *boundary, const char *type, const char *body)
{
    size_t len = strlen(body);
    bool base64 = better_as_base64(body, len);

    buf_printf(out,
               "--%s\r\nContent-Type: %s; charset=UTF-8\r\n"
               "Content-Transfer-Encoding: %s\r\n\r\n",
               boundary, type, base64 ? "base64" : "quoted-printable");
    if (base64)
        add_base64(out, body, len);
    else
        add_quoted_printable(out, body);
}

/* "=_" can stand in neither encoding, so no body can contain the boundary. */
static void make_boundary(const char *message_id, char out[BOUNDARY_BYTES])
{
    char hex[SHA256_HEX_BYTES];

    sha256_hex(message_id, strlen(message_id), hex);
    snprintf(out, BOUNDARY_BYTES, "=_%.32s", hex);
}

/* What can stand between angle brackets on one line. */
static bool link_is_valid(const char *url)
{
    enum { LINK_MAX_CHARS = 900 };

    if (str_is_empty(url) || strlen(url) > LINK_MAX_CHARS)
        return false;
    for (; *url != '\0'; url++)
        if (*url <= ' ' || *url > '~' || *url == '<' || *url == '>')
            return false;
    return true;
}

static void add_headers(struct buf *out, const struct mime_mail *mail, const char *from_address)
{
    char from_name[ADDRESS_BYTES];

    name_of(mail->from, from_name);
    add_mailbox(out, "From", from_name, from_address);
    add_mailbox(out, "To", mail->to_name, mail->to_address);
    add_unstructured(out, "Subject", mail->subject);
    add_date(out, mail->at_us);
    buf_printf(out, "Message-ID: <%s>\r\n", mail->message_id);
    if (!str_is_empty(mail->thread_id))
        buf_printf(out, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", mail->thread_id,
                   mail->thread_id);
    buf_printf(out, "Auto-Submitted: auto-generated\r\nContent-Language: %s\r\n", mail->language);
    if (link_is_valid(mail->unsubscribe))
        buf_printf(out,
                   "List-Unsubscribe:\r\n <%s>\r\n"
                   "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                   mail->unsubscribe);
    if (!str_is_empty(mail->note))
        add_unstructured(out, "X-Fairway-Note", mail->note);
}

struct err *mime_build(const struct mime_mail *mail, struct buf *out)
{
    char from_address[ADDRESS_BYTES], boundary[BOUNDARY_BYTES];

    if (!mime_address_of(mail->from, from_address))
        return err_raise(ERR_CONFIG, "the sender '%s' has no valid address", mail->from);
    if (!mime_address_valid(mail->to_address))
        return err_raise(ERR_INVALID, "the receiver has no valid address");
    make_boundary(mail->message_id, boundary);
    add_headers(out, mail, from_address);
    buf_printf(out,
               "MIME-Version: 1.0\r\n"
               "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n",
               boundary);
    add_part(out, boundary, "text/plain", mail->text);
    add_part(out, boundary, "text/html", mail->html);
    buf_printf(out, "--%s--\r\n", boundary);
    return out->failed ? err_raise(ERR_TOO_LARGE, "a mail is too long") : NULL;
}

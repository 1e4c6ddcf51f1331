/* fuzz/fuzz_mime.c - any bytes as what people write into a mail: no new header, no long line,
 * nothing but ASCII, and a body that ends where it should. */
#include "base/str.h"
#include "job/mime.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PARTS = 5, LINE_MAX_CHARS = 998 };

static const char *const known[] = { "From",
                                     "To",
                                     "Subject",
                                     "Date",
                                     "Message-ID",
                                     "Auto-Submitted",
                                     "MIME-Version",
                                     "Content-Type",
                                     "Content-Language",
                                     "X-Fairway-Note",
                                     "List-Unsubscribe",
                                     "List-Unsubscribe-Post" };

static bool is_known(const char *line, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (len == strlen(known[i]) && strncmp(line, known[i], len) == 0)
            return true;
    return false;
}

/* Every line of the head is a known field or the continuation of one. */
static void check_head(const char *head, size_t len)
{
    int fields = 0;

    for (const char *line = head; line < head + len; line = strstr(line, "\r\n") + 2) {
        if (*line == ' ')
            continue;
        if (!is_known(line, strcspn(line, ":")))
            abort();
        fields++;
    }
    if (fields > (int)ARRAY_LEN(known))
        abort();
}

static void check_lines(const struct buf *out)
{
    size_t line = 0;

    for (size_t i = 0; i < out->len; i++) {
        unsigned char c = (unsigned char)out->data[i];

        if (c >= 0x80 || (c < ' ' && c != '\r' && c != '\n' && c != '\t'))
            abort();
        if (c == '\n' && (i == 0 || out->data[i - 1] != '\r'))
            abort();
        line = c == '\n' ? 0 : line + 1;
        if (line > LINE_MAX_CHARS)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *rest = text, *parts[PARTS];
    struct mime_mail mail = { .from = "Portal <portal@halden.example>",
                              .message_id = "1.1@portal.example",
                              .thread_id = "",
                              .language = "en",
                              .at_us = 1 };
    struct buf out;
    struct err *e;

    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (int i = 0; i < PARTS; i++) { /* parts end with a byte 1 */
        parts[i] = rest != NULL ? strsep(&rest, "\1") : NULL;
        if (parts[i] == NULL)
            parts[i] = text + size;
    }
    mail.to_address = *parts[0] != '\0' ? parts[0] : "ada@halden.example";
    mail.to_name = parts[1];
    mail.subject = parts[2];
    mail.note = mail.text = parts[3];
    mail.html = parts[4];
    buf_init(&out, 1024, 0);
    e = mime_build(&mail, &out);
    if (e == NULL) {
        const char *end = strstr(out.data, "\r\n\r\n");

        if (end == NULL)
            abort();
        check_head(out.data, (size_t)(end - out.data) + 2);
        check_lines(&out);
        if (!str_ends(out.data, "--\r\n"))
            abort();
    }
    err_free(e);
    buf_free(&out);
    free(text);
    return 0;
}

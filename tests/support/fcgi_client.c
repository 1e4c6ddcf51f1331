/* support/fcgi_client.c - see fcgi_client.h. */
#include "support/fcgi_client.h"

#include "base/buf.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6, HEAD = 8 };

static void add_record(struct buf *out, int type, const void *data, size_t len)
{
    unsigned char head[HEAD] = {
        1, (unsigned char)type, 0, 1, (unsigned char)(len >> 8), (unsigned char)len, 0, 0
    };

    buf_add(out, head, sizeof(head));
    buf_add(out, data, len);
}

static void add_param(struct buf *params, const char *name, const char *value)
{
    size_t value_len = strlen(value);

    buf_putc(params, (char)strlen(name));
    if (value_len < 128) {
        buf_putc(params, (char)value_len);
    } else {
        buf_putc(params, (char)(0x80 | (value_len >> 24)));
        buf_putc(params, (char)(value_len >> 16));
        buf_putc(params, (char)(value_len >> 8));
        buf_putc(params, (char)value_len);
    }
    buf_puts(params, name);
    buf_puts(params, value);
}

struct asked {
    const char *method, *address, *content_type, *at;
    const void *body;
    size_t len;
};

static void add_request(struct buf *out, const struct asked *x)
{
    static const unsigned char begin[8] = { 0, 1, 0, 0, 0, 0, 0, 0 };
    const char *query = strchr(x->address, '?');
    char path[512], length[32];
    struct buf params;

    snprintf(path, sizeof(path), "%.*s", (int)strcspn(x->address, "?"), x->address);
    snprintf(length, sizeof(length), "%zu", x->len);
    buf_init(&params, 512, 0);
    add_param(&params, "REQUEST_METHOD", x->method);
    add_param(&params, "DOCUMENT_URI", path);
    add_param(&params, "QUERY_STRING", query != NULL ? query + 1 : "");
    add_param(&params, "REMOTE_ADDR", "192.0.2.1");
    add_param(&params, "CONTENT_TYPE", x->content_type);
    add_param(&params, "CONTENT_LENGTH", x->body != NULL ? length : "");
    add_param(&params, "REQUEST_AT", x->at);
    add_record(out, BEGIN, begin, sizeof(begin));
    add_record(out, PARAMS, params.data, params.len);
    add_record(out, PARAMS, "", 0);
    for (size_t at = 0; at < x->len; at += 32768)
        add_record(out, STDIN, (const char *)x->body + at,
                   x->len - at < 32768 ? x->len - at : 32768);
    add_record(out, STDIN, "", 0);
    buf_free(&params);
}

static bool write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        data += sent;
        len -= (size_t)sent;
    }
    return true;
}

static int begin(const char *socket_path, const struct asked *x)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct buf request;
    bool sent;

    snprintf(name.sun_path, sizeof(name.sun_path), "%s", socket_path);
    if (fd < 0 || connect(fd, (struct sockaddr *)&name, sizeof(name)) != 0) {
        close(fd);
        return -1;
    }
    buf_init(&request, 1024, 0);
    add_request(&request, x);
    sent = write_all(fd, request.data, request.len);
    buf_free(&request);
    if (sent)
        return fd;
    close(fd);
    return -1;
}

int fcgi_begin(const char *socket_path, const char *method, const char *address,
               const char *content_type, const void *body, size_t len)
{
    return begin(socket_path, &(struct asked){ method, address, content_type, "", body, len });
}

/* Takes the stdout records of RAW together. */
static bool join_records(const struct buf *raw, struct buf *out)
{
    const unsigned char *at = (const unsigned char *)raw->data;
    const unsigned char *end = at + raw->len;

    while (end - at >= HEAD) {
        size_t len = (size_t)at[4] << 8 | at[5];

        if ((size_t)(end - at) < HEAD + len + at[6])
            return false;
        if (at[1] == STDOUT)
            buf_add(out, at + HEAD, len);
        if (at[1] == END)
            return true;
        at += HEAD + len + at[6];
    }
    return false;
}

struct fcgi_answer fcgi_end(int fd, int pause_ms)
{
    struct fcgi_answer answer = { 0 };
    char piece[65536];
    struct buf raw, text;
    char *body;
    ssize_t got;

    if (fd < 0)
        return answer;
    buf_init(&raw, 65536, 0);
    buf_init(&text, 65536, 0);
    while ((got = read(fd, piece, sizeof(piece))) > 0) {
        buf_add(&raw, piece, (size_t)got);
        if (pause_ms > 0)
            poll(NULL, 0, pause_ms);
    }
    close(fd);
    answer.complete = join_records(&raw, &text);
    if (strncmp(text.data, "Status: ", 8) == 0)
        answer.status = atoi(text.data + 8);
    body = strstr(text.data, "\r\n\r\n");
    if (body != NULL) {
        answer.head = strndup(text.data, (size_t)(body - text.data) + 2);
        answer.body_len = text.len - (size_t)(body + 4 - text.data);
        answer.body = malloc(answer.body_len + 1);
        memcpy(answer.body, body + 4, answer.body_len + 1);
    }
    buf_free(&raw);
    buf_free(&text);
    return answer;
}

struct fcgi_answer fcgi_get(const char *socket_path, const char *address)
{
    return fcgi_end(fcgi_begin(socket_path, "GET", address, "", NULL, 0), 0);
}

struct fcgi_answer fcgi_get_asked_at(const char *socket_path, const char *address,
                                     const char *asked_at)
{
    return fcgi_end(begin(socket_path, &(struct asked){ "GET", address, "", asked_at, NULL, 0 }),
                    0);
}

void fcgi_answer_free(struct fcgi_answer *answer)
{
    free(answer->head);
    free(answer->body);
    *answer = (struct fcgi_answer){ 0 };
}

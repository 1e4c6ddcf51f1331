/* web/fcgi.c - one connection, one request, one write.
 *
 * The library reads parameters and body.  The answer is written here as finished records with one
 * sendmsg(), and the connection closed at once: its own stream would make a write of each 8 KiB and
 * wait for the peer to close.  Signals come in only while we wait for a connection, so that none
 * can cut a request in two. */
#include "web/fcgi.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/money.h"
#include "base/str.h"
#include "web/overload.h"

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* -- parameters
 * --------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t offset;
} params_known[] = {
    { "REQUEST_METHOD=", offsetof(struct http_in, method) },
    { "DOCUMENT_URI=", offsetof(struct http_in, path) },
    { "QUERY_STRING=", offsetof(struct http_in, query) },
    { "CONTENT_TYPE=", offsetof(struct http_in, content_type) },
    { "CONTENT_LENGTH=", offsetof(struct http_in, content_length) },
    { "REMOTE_ADDR=", offsetof(struct http_in, remote_addr) },
    { "REQUEST_AT=", offsetof(struct http_in, asked_at) },
    { "HTTP_COOKIE=", offsetof(struct http_in, cookie) },
    { "HTTP_ORIGIN=", offsetof(struct http_in, origin) },
    { "HTTP_HOST=", offsetof(struct http_in, host) },
    { "HTTP_SEC_FETCH_SITE=", offsetof(struct http_in, sec_fetch_site) },
    { "HTTP_ACCEPT_LANGUAGE=", offsetof(struct http_in, accept_language) },
    { "HTTP_USER_AGENT=", offsetof(struct http_in, user_agent) },
    { "HTTP_HX_REQUEST=", offsetof(struct http_in, hx_request) },
    { "HTTP_SEC_CH_PREFERS_COLOR_SCHEME=", offsetof(struct http_in, color_scheme) },
};

static void read_param(const char *param, struct http_in *in)
{
    for (size_t i = 0; i < ARRAY_LEN(params_known); i++) {
        const char **member = (const char **)(void *)((char *)in + params_known[i].offset);

        if (!str_starts(param, params_known[i].name))
            continue;
        if (*member == NULL)
            *member = param + strlen(params_known[i].name);
        return;
    }
}

void fcgi_read_params(const char *const *params, struct http_in *in_out)
{
    for (; *params != NULL; params++)
        read_param(*params, in_out);
    /* What is empty was not sent: nginx gives CONTENT_LENGTH= without a body. */
    if (str_is_empty(in_out->content_length))
        in_out->content_length = NULL;
    if (str_is_empty(in_out->content_type))
        in_out->content_type = NULL;
}

/* -- records (FastCGI 1.0, section 3.3)
 * ---------------------------------------------------------------- */

enum {
    RECORD_STDOUT = 6,
    RECORD_END = 3,
    RECORD_HEAD = 8,
    RECORD_MAX = 65528, /* a multiple of 8, so that no padding is needed */
    SEND_SECONDS = 30,
    STATUS_SENT_AWAY = 529 /* no status of HTTP: nginx's own 503 takes its place (conf/nginx) */
};

struct answering {
    int fd;
    int request_id;
    bool failed;
};

static void record_head(unsigned char head[RECORD_HEAD], int type, int request_id, size_t len)
{
    head[0] = 1;
    head[1] = (unsigned char)type;
    head[2] = (unsigned char)(request_id >> 8);
    head[3] = (unsigned char)request_id;
    head[4] = (unsigned char)(len >> 8);
    head[5] = (unsigned char)len;
    head[6] = 0;
    head[7] = 0;
}

/* Waits until the reader takes more.  False when it does not for SEND_SECONDS. */
static bool wait_writable(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLOUT };

    return poll(&p, 1, SEND_SECONDS * 1000) == 1 && (p.revents & (POLLERR | POLLHUP)) == 0;
}

static void skip_sent(struct iovec **at, size_t *count, size_t sent)
{
    while (*count > 0 && sent >= (*at)->iov_len) {
        sent -= (*at)->iov_len;
        (*at)++;
        (*count)--;
    }
    if (*count > 0) {
        (*at)->iov_base = (char *)(*at)->iov_base + sent;
        (*at)->iov_len -= sent;
    }
}

static bool send_all(struct answering *a, struct iovec *parts, size_t count)
{
    while (count > 0 && !a->failed) {
        struct msghdr message = { .msg_iov = parts, .msg_iovlen = count };
        ssize_t sent = sendmsg(a->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (sent >= 0)
            skip_sent(&parts, &count, (size_t)sent);
        else if (errno == EAGAIN)
            a->failed = !wait_writable(a->fd);
        else if (errno != EINTR)
            a->failed = true;
    }
    return !a->failed;
}

/* Sends DATA as one or more stdout records. */
static bool send_data(struct answering *a, const char *data, size_t len)
{
    while (len > 0 && !a->failed) {
        size_t part = len < RECORD_MAX ? len : RECORD_MAX;
        unsigned char head[RECORD_HEAD];
        struct iovec parts[] = { { head, sizeof(head) }, { (void *)(uintptr_t)data, part } };

        record_head(head, RECORD_STDOUT, a->request_id, part);
        send_all(a, parts, ARRAY_LEN(parts));
        data += part;
        len -= part;
    }
    return !a->failed;
}

/* The end of stdout and of the request, as bytes. */
static size_t end_records(const struct answering *a, unsigned char out[3 * RECORD_HEAD])
{
    memset(out, 0, 3 * RECORD_HEAD);
    record_head(out, RECORD_STDOUT, a->request_id, 0);
    record_head(out + RECORD_HEAD, RECORD_END, a->request_id, RECORD_HEAD);
    return 3 * RECORD_HEAD;
}

static int write_head(char *out, size_t size, const struct http_out *answer, bool with_length)
{
    char length[48] = "";

    if (with_length)
        snprintf(length, sizeof(length), "Content-Length: %zu\r\n", answer->length_bytes);
    return snprintf(out, size, "Status: %d\r\n%s", answer->status, length);
}

/* A whole answer in one write, unless it is longer than a record. */
static void send_answer(struct answering *a, const struct http_out *answer)
{
    char status[96];
    bool no_body = answer->status == 204 || answer->status == 304;
    size_t status_len = (size_t)write_head(status, sizeof(status), answer, !no_body);
    size_t head_len = status_len + answer->headers.len + 2;
    size_t first = answer->body.len;
    unsigned char head[RECORD_HEAD], end[3 * RECORD_HEAD];
    size_t end_len = end_records(a, end);
    bool whole = head_len + first <= RECORD_MAX;

    if (!whole)
        first = 0;
    record_head(head, RECORD_STDOUT, a->request_id, head_len + first);
    struct iovec parts[] = { { head, sizeof(head) },
                             { status, status_len },
                             { answer->headers.data, answer->headers.len },
                             { (void *)(uintptr_t) "\r\n", 2 },
                             { answer->body.data, first },
                             { end, whole ? end_len : 0 } };

    send_all(a, parts, ARRAY_LEN(parts));
    if (whole)
        return;
    send_data(a, answer->body.data, answer->body.len);

    struct iovec last = { end, end_len };

    send_all(a, &last, 1);
}

/* -- streams
 * ------------------------------------------------------------------------------------------- */

static int stream_begin(void *arg, const struct http_out *answer)
{
    struct answering *a = arg;
    char status[96];
    size_t status_len = (size_t)write_head(status, sizeof(status), answer, false);

    return send_data(a, status, status_len) &&
                   send_data(a, answer->headers.data, answer->headers.len) &&
                   send_data(a, "\r\n", 2)
               ? 0
               : -1;
}

static int stream_write(void *arg, const void *data, size_t len)
{
    return send_data(arg, data, len) ? 0 : -1;
}

/* A stream that broke has no end: nginx then closes the visitor's connection, and his browser sees
 * that the file is not whole. */
static void stream_end(struct answering *a, const struct http_out *answer)
{
    unsigned char end[3 * RECORD_HEAD];
    struct iovec last = { end, end_records(a, end) };

    if (!answer->broken)
        send_all(a, &last, 1);
}

/* -- one request
 * ---------------------------------------------------------------------------------------- */

static long read_stdin(void *arg, void *out, size_t size)
{
    FCGX_Request *request = arg;
    int got = FCGX_GetStr(out, (int)size, request->in);

    return FCGX_GetError(request->in) != 0 ? -1 : got;
}

/* Closing while the peer still sends would throw our answer away: what is left is read first. */
static void drain_body(FCGX_Request *request)
{
    enum { DRAIN_MAX = 32 * 1024 * 1024 };
    char piece[16384];
    size_t total = 0;
    long got;

    while (total < DRAIN_MAX && (got = read_stdin(request, piece, sizeof(piece))) > 0)
        total += (size_t)got;
}

static void answer_it(struct server_state *state, const struct http_in *in, struct answering *a,
                      FCGX_Request *request, struct http_out *out)
{
    out->begin = stream_begin;
    out->write = stream_write;
    out->write_arg = a;
    serve(state, in, out);
    if (out->body_left)
        drain_body(request);
    if (out->streamed)
        stream_end(a, out);
    else
        send_answer(a, out);
}

/* nginx makes its calm page of it: for the visitor it is as if there had been no room. */
static void send_away(struct answering *a, FCGX_Request *request, struct http_out *out)
{
    static const char said[] = "busy\n";

    metric_add(METRIC_SENT_AWAY, 0, 0, 1);
    drain_body(request);
    buf_reset(&out->headers);
    buf_reset(&out->body);
    buf_puts(&out->headers, "Content-Type: text/plain\r\nRetry-After: 15\r\n");
    buf_puts(&out->body, said);
    out->status = STATUS_SENT_AWAY;
    out->length_bytes = out->body.len;
    send_answer(a, out);
}

int64_t fcgi_asked_at_us(const char *text)
{
    const int64_t unit_us = CLOCK_SECOND / MONEY_SCALE;
    int64_t e4; /* the parser of decimals is that of amounts */

    if (text == NULL || !money_parse_e4(text, &e4) || e4 < 0 || e4 > INT64_MAX / unit_us)
        return 0;
    return e4 * unit_us;
}

/* The workers share the queue and judge each for itself: whoever sends somebody away says it again.
 */
static void set_room(const struct fcgi_loop *loop, const struct overload *o)
{
    listen(loop->listen_fd, loop->room / (o->refuses ? OVERLOAD_ROOM_SHARE : 1));
}

/* Whoever asks for its health wants to know whether it serves, however late. */
static bool is_sent_away(const struct fcgi_loop *loop, struct overload *o, const struct http_in *in)
{
    const int64_t asked_us = fcgi_asked_at_us(in->asked_at);
    const bool refused = o->refuses;
    bool away;

    if (asked_us == 0 || in->path == NULL || str_ends(in->path, "/healthz"))
        return false;
    away = overload_sends_away(o, clock_now_us() - asked_us, clock_monotonic_us());
    if (away || refused != o->refuses)
        set_room(loop, o);
    return away;
}

static void answer_request(const struct fcgi_loop *loop, struct overload *overload,
                           FCGX_Request *request, struct http_out *out)
{
    struct answering a = { .fd = request->ipcFd, .request_id = request->requestId };
    struct http_in in = { .read_body = read_stdin, .body_arg = request };

    fcgi_read_params((const char *const *)request->envp, &in);
    if (is_sent_away(loop, overload, &in))
        send_away(&a, request, out);
    else
        answer_it(loop->state, &in, &a, request, out);
    close(request->ipcFd);
    request->ipcFd = -1;
    FCGX_Free(request, 0);
}

/* -- the loop
 * ------------------------------------------------------------------------------------------- */

/* EPOLLEXCLUSIVE: one idle worker wakes for a connection, not all of them. */
static int watch(int listen_fd)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
    int fd = epoll_create1(EPOLL_CLOEXEC);

    if (fd >= 0 && epoll_ctl(fd, EPOLL_CTL_ADD, listen_fd, &event) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void set_timeouts(void)
{
    /* A peer that connects and says nothing holds a worker no longer than this, in milliseconds. */
    setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "500", 1);
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1);
}

/* Only nginx of this machine has the clock that we have. */
static bool is_local(int listen_fd)
{
    struct sockaddr_storage name = { 0 };
    socklen_t len = sizeof(name);

    return getsockname(listen_fd, (struct sockaddr *)&name, &len) == 0 && name.ss_family == AF_UNIX;
}

static struct err *loop_until_stopped(const struct fcgi_loop *loop, int epoll,
                                      FCGX_Request *request, struct http_out *out)
{
    struct overload overload = { .most_us = is_local(loop->listen_fd) ? loop->queue_us : 0 };

    /* Whoever was killed may have left it with less. */
    if (overload.most_us != 0)
        set_room(loop, &overload);
    while (*loop->stop == 0) {
        struct epoll_event event;
        int ready = epoll_pwait(epoll, &event, 1, -1, loop->wake);

        if (*loop->stop != 0)
            break;
        /* A signal, or another worker that was faster, wakes us for nothing. */
        if (ready <= 0 || FCGX_Accept_r(request) < 0)
            continue;
        if (loop->busy != NULL)
            *loop->busy += 1;
        metric_set(METRIC_BUSY, 1);
        answer_request(loop, &overload, request, out);
        metric_set(METRIC_BUSY, 0);
        if (loop->busy != NULL)
            *loop->busy += 1;
    }
    if (overload.refuses) {
        overload_end(&overload);
        set_room(loop, &overload);
    }
    return NULL;
}

struct err *fcgi_serve(const struct fcgi_loop *loop)
{
    enum { BODY_FIRST = 64 * 1024, BODY_MAX = 256 * 1024 * 1024, HEADERS_FIRST = 2048 };
    FCGX_Request request;
    struct http_out out = { 0 };
    struct err *e;
    int epoll;

    set_timeouts();
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, loop->listen_fd, 0) != 0)
        return err_raise(ERR_IO, "FastCGI cannot begin");
    epoll = watch(loop->listen_fd);
    if (epoll < 0)
        return err_raise(ERR_IO, "no epoll: %s", strerror(errno));
    buf_init(&out.headers, HEADERS_FIRST, 0);
    buf_init(&out.body, BODY_FIRST, BODY_MAX);
    e = loop_until_stopped(loop, epoll, &request, &out);
    buf_free(&out.headers);
    buf_free(&out.body);
    FCGX_Free(&request, 1);
    close(epoll);
    return err_pass(e);
}

/* operate/check_programs.c - asks each web program through its socket, as nginx would, whether it
 * can serve and reach the database. */
#include "base/buf.h"
#include "base/str.h"
#include "operate/inside.h"
#include "text/lang.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_SECONDS = 5, ANSWER_BYTES = 4096 };

static const struct {
    const char *name, *path;
} programs[] = {
    { "public", "/healthz" },          { "login", "/healthz" },
    { "partner", "/partner/healthz" }, { "customer", "/customer/healthz" },
    { "staff", "/staff/healthz" },
};

/* -- FastCGI 1.0: one GET ------------------------------------------------------------------------
 */

enum { BEGIN = 1, PARAMS = 4, STDIN = 5, STDOUT = 6, HEAD_BYTES = 8 };

static void add_record(struct buf *out, int type, const void *data, size_t len)
{
    const unsigned char head[HEAD_BYTES] = {
        1, (unsigned char)type, 0, 1, (unsigned char)(len >> 8), (unsigned char)len, 0, 0
    };

    buf_add(out, head, sizeof(head));
    buf_add(out, data, len);
}

static void add_param(struct buf *out, const char *name, const char *value)
{
    buf_putc(out, (char)strlen(name));
    buf_putc(out, (char)strlen(value));
    buf_puts(out, name);
    buf_puts(out, value);
}

static void add_get(struct buf *out, const char *path)
{
    static const unsigned char responder[8] = { 0, 1 };
    struct buf params;

    buf_init(&params, 256, 0);
    add_param(&params, "REQUEST_METHOD", "GET");
    add_param(&params, "DOCUMENT_URI", path);
    add_param(&params, "QUERY_STRING", "");
    add_param(&params, "REMOTE_ADDR", "127.0.0.1");
    add_record(out, BEGIN, responder, sizeof(responder));
    add_record(out, PARAMS, params.data, params.len);
    add_record(out, PARAMS, "", 0);
    add_record(out, STDIN, "", 0);
    buf_free(&params);
}

static int open_socket(const char *path)
{
    const struct timeval limit = { .tv_sec = ANSWER_SECONDS };
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
    if (connect(fd, (const struct sockaddr *)&name, sizeof(name)) == 0)
        return fd;
    close(fd);
    return -1;
}

/* "Status: 200" in the first record; without the line it is 200. */
static int status_of(const char *answer, size_t len)
{
    const char *status;

    if (len <= HEAD_BYTES || answer[1] != STDOUT)
        return 0;
    status = strstr(answer + HEAD_BYTES, "Status: ");
    return status == NULL ? 200 : (int)strtol(status + strlen("Status: "), NULL, 10);
}

static int exchange(int fd, const struct buf *request)
{
    char answer[ANSWER_BYTES + 1];
    size_t len = 0;
    ssize_t got;

    if (send(fd, request->data, request->len, MSG_NOSIGNAL) != (ssize_t)request->len)
        return 0;
    while (len < ANSWER_BYTES && (got = recv(fd, answer + len, ANSWER_BYTES - len, 0)) > 0)
        len += (size_t)got;
    answer[len] = '\0';
    return status_of(answer, len);
}

/* 0: nobody answered in time. */
static int ask_status(const char *socket_path, const char *path)
{
    const int fd = open_socket(socket_path);
    struct buf request;
    int status;

    if (fd < 0)
        return 0;
    buf_init(&request, 512, 0);
    add_get(&request, path);
    status = exchange(fd, &request);
    buf_free(&request);
    close(fd);
    return status;
}

/* -- the questions -------------------------------------------------------------------------------
 */

static const char *socket_of(struct check *c, const char *program)
{
    return str_is_empty(c->conf->socket_dir)
               ? arena_printf(c->a, "%s/run/%s.sock", c->conf->var, program)
               : arena_printf(c->a, "%s/%s.sock", c->conf->socket_dir, program);
}

static void ask(struct check *c, const char *name, const char *path)
{
    static const char start[] = LANG_N("start it; see its log, and the option socket_dir");
    const char *at = socket_of(c, name);
    struct stat st;
    int status;

    if (stat(at, &st) != 0 || !S_ISSOCK(st.st_mode)) {
        check_add(c, CHECK_FAIL, start, LANG_N("%s: there is no socket at %s"), name, at);
        return;
    }
    if ((st.st_mode & 07) != 0)
        check_add(c, CHECK_FAIL, LANG_N("chmod 0660, as conf/systemd makes it"),
                  LANG_N("%s: everybody may speak to it (mode %03o)"), name, st.st_mode & 0777);
    status = ask_status(at, path);
    if (status == 200)
        check_add(c, CHECK_OK, "", LANG_N("%s: it serves and reaches the database"), name);
    else if (status == 0)
        check_add(c, CHECK_FAIL, start, LANG_N("%s: it does not answer within %d s"), name,
                  ANSWER_SECONDS);
    else
        check_add(c, CHECK_FAIL, LANG_N("see its log: as a rule it does not reach the database"),
                  LANG_N("%s: it answers %d"), name, status);
}

/* A program may not speak to every other, where each has an account of its own. */
static void ask_if_seen(struct check *c, const char *name, const char *path)
{
    if (access(socket_of(c, name), W_OK) != 0 && errno == EACCES)
        check_add(c, CHECK_OK, "", LANG_N("%s: it cannot be seen from here; fairwayctl check says"),
                  name);
    else
        ask(c, name, path);
}

struct err *check_programs(struct check *c)
{
    for (size_t i = 0; i < ARRAY_LEN(programs); i++)
        if (c->program == NULL)
            ask(c, programs[i].name, programs[i].path);
        else if (!str_eq(c->program, programs[i].name))
            ask_if_seen(c, programs[i].name, programs[i].path);
    return NULL;
}

/* attachment/scan.c - asks clamd, over its unix socket, whether there is something bad in a file.
 * clamd's INSTREAM: the command, then pieces each with its length in network order, a length of
 * zero; the answer is one line. */
#include "attachment/inside.h"

#include "base/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_BYTES = 256, TIMEOUT_SECONDS = 60, WHAT_BYTES = 128 };

struct stream {
    int fd;
    bool broken; /* clamd went away, or the file is above its limit: its answer says */
};

static bool send_all(int fd, const void *data, size_t len)
{
    const char *p = data;

    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

static struct err *send_part(void *arg, const void *row)
{
    const struct attachment_part *part = row;
    struct stream *s = arg;
    uint32_t len = htonl((uint32_t)part->data.len);

    if (!s->broken && part->data.len > 0)
        s->broken = !send_all(s->fd, &len, sizeof(len)) ||
                    !send_all(s->fd, part->data.data, part->data.len);
    return NULL;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const struct timeval patience = { .tv_sec = TIMEOUT_SECONDS };
    int fd;

    if (strlen(path) >= sizeof(address.sun_path))
        return -1;
    memcpy(address.sun_path, path, strlen(path));
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        return fd;
    close(fd);
    return -1;
}

static void read_answer(int fd, char answer[ANSWER_BYTES])
{
    size_t len = 0;
    ssize_t n;

    while (len < ANSWER_BYTES - 1 && (n = recv(fd, answer + len, ANSWER_BYTES - 1 - len, 0)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    answer[strcspn(answer, "\r\n")] = '\0';
}

/* "stream: OK", "stream: Eicar-Test-Signature FOUND", "INSTREAM size limit exceeded. ERROR" */
static enum scan_result judge(char *answer, char what_out[WHAT_BYTES])
{
    char *name = str_starts(answer, "stream: ") ? answer + strlen("stream: ") : answer;

    if (str_eq(answer, "stream: OK"))
        return SCAN_CLEAN;
    if (str_starts(answer, "stream: ") && str_ends(answer, " FOUND")) {
        name[strlen(name) - strlen(" FOUND")] = '\0';
        snprintf(what_out, WHAT_BYTES, "%.100s", name);
        return SCAN_FOUND;
    }
    snprintf(what_out, WHAT_BYTES, "%.100s", *name != '\0' ? name : "no answer");
    return SCAN_FAILED;
}

struct err *attachment_scan(struct db *db, int64_t file_id, const char *socket_path,
                            enum scan_result *result_out, char what_out[WHAT_BYTES])
{
    struct stream s = { .fd = connect_to(socket_path) };
    char answer[ANSWER_BYTES];
    const uint32_t end = 0;
    struct err *e;

    what_out[0] = '\0';
    *result_out = SCAN_FAILED;
    if (s.fd < 0) {
        snprintf(what_out, WHAT_BYTES, "clamd is not reached: %s", strerror(errno));
        return NULL;
    }
    s.broken = !send_all(s.fd, "zINSTREAM", sizeof("zINSTREAM"));
    e = db_each(db, &attachment_list_parts, DB_ARGS(DB_I(file_id)), send_part, &s);
    if (e == NULL) {
        if (!s.broken)
            send_all(s.fd, &end, sizeof(end));
        read_answer(s.fd, answer);
        *result_out = judge(answer, what_out);
    }
    close(s.fd);
    return err_pass(e);
}

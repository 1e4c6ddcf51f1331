/* operate/metrics_queue.c - asks the kernel how many connections wait at a listening socket
 * (sock_diag(7)).  A program cannot count them, since it has not seen them. */
#include "base/str.h"
#include "operate/metrics_inside.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ANSWER_BYTES = 64 * 1024, WAIT_SECONDS = 2 };

struct look {
    const char *socket;
    bool found;
    int64_t waiting, room;
};

static int ask(void)
{
    const struct {
        struct nlmsghdr head;
        struct unix_diag_req what;
    } request = { .head = { .nlmsg_len = sizeof(request),
                            .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
                  .what = { .sdiag_family = AF_UNIX,
                            .udiag_states = 1U << TCP_LISTEN,
                            .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_RQLEN } };
    const struct timeval limit = { .tv_sec = WAIT_SECONDS };
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (send(fd, &request, sizeof(request), 0) == (ssize_t)sizeof(request))
        return fd;
    close(fd);
    return -1;
}

/* A socket that a program made itself was bound as PATH.PID, and then given its name. */
static bool is_named(const char *name, size_t len, const char *socket)
{
    const size_t stem = strlen(socket);

    if (len < stem || memcmp(name, socket, stem) != 0)
        return false;
    return len == stem || name[stem] == '\0' ||
           (name[stem] == '.' && name[stem + 1] >= '0' && name[stem + 1] <= '9');
}

static void read_socket(const struct nlmsghdr *message, struct look *look)
{
    const struct unix_diag_msg *socket = NLMSG_DATA(message);
    const struct rtattr *part = (const struct rtattr *)(const void *)(socket + 1);
    int left = (int)message->nlmsg_len - (int)NLMSG_LENGTH(sizeof(*socket));
    const struct unix_diag_rqlen *queue = NULL;
    bool ours = false;

    for (; RTA_OK(part, left); part = RTA_NEXT(part, left)) {
        if (part->rta_type == UNIX_DIAG_NAME)
            ours = is_named(RTA_DATA(part), RTA_PAYLOAD(part), look->socket);
        if (part->rta_type == UNIX_DIAG_RQLEN)
            queue = RTA_DATA(part);
    }
    if (!ours || queue == NULL)
        return;
    look->found = true;
    look->waiting = queue->udiag_rqueue;
    look->room = queue->udiag_wqueue;
}

/* False at the end of the answer. */
static bool read_messages(const char *data, size_t len, struct look *look)
{
    const struct nlmsghdr *message = (const struct nlmsghdr *)(const void *)data;

    for (; NLMSG_OK(message, len); message = NLMSG_NEXT(message, len)) {
        if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY)
            return false;
        read_socket(message, look);
    }
    return true;
}

bool metrics_queue(const char *socket, int64_t *waiting_out, int64_t *room_out)
{
    static _Alignas(struct nlmsghdr) char answer[ANSWER_BYTES];
    struct look look = { .socket = socket };
    const int fd = ask();
    ssize_t len;

    while (fd >= 0 && (len = recv(fd, answer, sizeof(answer), 0)) > 0)
        if (!read_messages(answer, (size_t)len, &look))
            break;
    if (fd >= 0)
        close(fd);
    *waiting_out = look.waiting;
    *room_out = look.room;
    return look.found;
}

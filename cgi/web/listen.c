/* web/listen.c - the socket that a program serves on. */
#include "web/listen.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool passed_socket(int *fd_out)
{
    enum { FIRST_PASSED = 3 };
    const char *pid = getenv("LISTEN_PID");
    const char *fds = getenv("LISTEN_FDS");
    int64_t for_pid, count;

    if (pid == NULL || fds == NULL || !str_to_i64(pid, &for_pid) || !str_to_i64(fds, &count) ||
        for_pid != getpid() || count < 1)
        return false;
    *fd_out = FIRST_PASSED;
    return true;
}

static struct err *bind_at(int fd, const char *path, int waiting)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int len = snprintf(address.sun_path, sizeof(address.sun_path), "%s.%d", path, (int)getpid());

    if (len < 0 || (size_t)len >= sizeof(address.sun_path))
        return err_raise(ERR_CONFIG, "socket path %s is too long (100 bytes): shorten FAIRWAY_VAR",
                         path);
    /* What may stand there is left of a process with our number that is gone. */
    unlink(address.sun_path);
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(fd, waiting) != 0 ||
        chmod(address.sun_path, 0660) != 0 || rename(address.sun_path, path) != 0) {
        int saved = errno;

        unlink(address.sun_path);
        return err_raise(ERR_CONFIG, "socket %s: %s", path, strerror(saved));
    }
    return NULL;
}

struct err *listen_open(const char *path, int waiting, int *fd_out)
{
    int fd = -1;
    struct err *e = NULL;

    if (!passed_socket(&fd)) {
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        if (fd < 0)
            return err_raise(ERR_CONFIG, "no socket: %s", strerror(errno));
        e = bind_at(fd, path, waiting);
    }
    /* One that was passed may have been made with another number. */
    if (e == NULL && listen(fd, waiting) != 0)
        e = err_raise(ERR_CONFIG, "socket %s: %s", path, strerror(errno));
    /* Of several workers that wake for one connection all but one find nothing. */
    if (e == NULL && fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0)
        e = err_raise(ERR_CONFIG, "socket %s: %s", path, strerror(errno));
    if (e != NULL)
        close(fd);
    else
        *fd_out = fd;
    return err_pass(e);
}

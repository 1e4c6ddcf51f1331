/* base/takeover.c - what is left travels in the environment, with the number of the process that it
 * is for: nobody else who inherits the variable takes it for his. */
#include "base/takeover.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NUMBER_BYTES = 12, NOT_STARTED = 127, TRIAL_NICE = 19 };
/* "PID FD CHILD CHILD ..." */
static const char variable[] = "FAIRWAY_TAKEOVER";

const char *takeover_path(const char *argv0)
{
    static char path[PATH_MAX];
    ssize_t len;

    if (strchr(argv0, '/') != NULL)
        return argv0;
    len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[len > 0 ? len : 0] = '\0';
    return path;
}

pid_t takeover_try(const char *path, const sigset_t *mask, int fd)
{
    pid_t parent = getpid(), pid = fork();

    if (pid < 0)
        log_event(LOG_ERROR, "takeover.fork", LOG_S("message", strerror(errno)));
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent)
        _exit(NOT_STARTED);
    if (fd >= 0)
        close(fd);
    sigprocmask(SIG_SETMASK, mask, NULL);
    /* Those who are served meanwhile come first. */
    (void)!nice(TRIAL_NICE);
    execl(path, path, "--check", (char *)NULL);
    log_event(LOG_ERROR, "takeover.program", LOG_S("path", path),
              LOG_S("message", strerror(errno)));
    _exit(NOT_STARTED);
}

static bool leave(const struct takeover *left)
{
    char text[NUMBER_BYTES * (TAKEOVER_CHILDREN + 2)];
    int len = snprintf(text, sizeof(text), "%d %d", (int)getpid(), left->fd);

    for (size_t i = 0; i < left->count; i++)
        len += snprintf(text + len, sizeof(text) - (size_t)len, " %d", (int)left->children[i]);
    return setenv(variable, text, 1) == 0;
}

struct err *takeover_become(const char *path, const struct takeover *left)
{
    struct err *e;

    if (!leave(left))
        return err_raise(ERR_IO, "no memory for the environment");
    if (left->fd >= 0)
        fcntl(left->fd, F_SETFD, 0);
    execl(path, path, (char *)NULL);
    e = err_raise(ERR_IO, "%s: %s", path, strerror(errno));
    unsetenv(variable);
    return e;
}

/* The next number of *TEXT. */
static bool next_number(const char **text, int *number_out)
{
    char *end;
    long number = strtol(*text, &end, 10);

    if (end == *text || (*end != ' ' && *end != '\0') || number < INT_MIN || number > INT_MAX)
        return false;
    *text = end;
    *number_out = (int)number;
    return true;
}

static bool read_left(const char *text, struct takeover *found)
{
    int pid, child;

    if (!next_number(&text, &pid) || pid != getpid() || !next_number(&text, &found->fd))
        return false;
    for (found->count = 0; found->count < TAKEOVER_CHILDREN && next_number(&text, &child);)
        found->children[found->count++] = (pid_t)child;
    return *text == '\0';
}

bool takeover_found(struct takeover *found)
{
    struct takeover left = { .fd = -1 };
    const char *text = getenv(variable);
    bool ours = text != NULL && read_left(text, &left);

    unsetenv(variable);
    if (ours)
        *found = left;
    return ours;
}

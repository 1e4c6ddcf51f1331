/* base/proc.c - starting programs and waiting for them. */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127 };

/* In the child: exec() wants words that it could change, and does not. */
_Noreturn static void become(const char *const *argv, struct proc_io io)
{
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(io.in > 0 ? io.in : nothing, STDIN_FILENO);
    dup2(io.out > 0 ? io.out : nothing, STDOUT_FILENO);
    dup2(io.err > 0 ? io.err : nothing, STDERR_FILENO);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(NOT_THERE);
}

struct err *proc_start(struct proc *p, const char *const *argv, struct proc_io io)
{
    p->name = argv[0];
    p->pid = fork();
    if (p->pid < 0) {
        p->pid = 0;
        return err_raise(ERR_IO, "cannot start %s: %s", p->name, strerror(errno));
    }
    if (p->pid == 0)
        become(argv, io);
    return NULL;
}

static struct err *judge(const struct proc *p, int status)
{
    if (WIFSIGNALED(status))
        return err_raise(ERR_IO, "%s was ended by signal %d", p->name, WTERMSIG(status));
    if (WEXITSTATUS(status) == NOT_THERE)
        return err_raise(ERR_CONFIG, "%s cannot be run: is it installed?", p->name);
    if (WEXITSTATUS(status) != 0)
        return err_raise(ERR_IO, "%s failed with status %d", p->name, WEXITSTATUS(status));
    return NULL;
}

static struct err *look(struct proc *p, int flags, bool *ended_out)
{
    int status = 0;
    pid_t got;

    *ended_out = p->pid == 0;
    if (*ended_out)
        return NULL;
    do
        got = waitpid(p->pid, &status, flags);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        return NULL;
    *ended_out = true;
    p->pid = 0;
    return got < 0 ? err_raise(ERR_IO, "cannot wait for %s: %s", p->name, strerror(errno))
                   : err_pass(judge(p, status));
}

struct err *proc_poll(struct proc *p, bool *ended_out)
{
    return err_pass(look(p, WNOHANG, ended_out));
}

struct err *proc_wait(struct proc *p)
{
    bool ended;

    return err_pass(look(p, 0, &ended));
}

void proc_end(struct proc *p)
{
    if (p->pid == 0)
        return;
    kill(p->pid, SIGTERM);
    err_ignore(proc_wait(p)); /* it was told to end: how is its affair */
}

/* web/sandbox.c - limits and the filter of system calls.
 *
 * What is not on the list fails with EPERM instead of killing the process: a library that probes
 * for a newer call falls back, and an attacker gets nothing.  Files are opened for reading only, by
 * a rule on the flags, unless the kind writes; but for one without a name, which ends with who
 * opened it (text/xlsx_write.h). */
#include "web/sandbox.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

static const int calls_server[] = {
    /* reading, writing, waiting */
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fcntl),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(ioctl),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(flock),
    SCMP_SYS(dup),
    SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),
    /* connections */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(connect),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(shutdown),
    SCMP_SYS(bind),
    SCMP_SYS(getsockname),
    SCMP_SYS(listen), /* the queue has less room while it stands */
    SCMP_SYS(getpeername),
    SCMP_SYS(setsockopt),
    SCMP_SYS(getsockopt),
    /* memory and threads of libraries */
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sysinfo),
    /* time, chance, self */
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(getrusage),
    SCMP_SYS(setitimer),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(tgkill),
    SCMP_SYS(prlimit64),
};

/* Writing mails to files, and the resolver thread of libcurl. */
static const int calls_worker[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fchmod),
    SCMP_SYS(pwrite64),
    SCMP_SYS(umask),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(socketpair),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(signalfd4),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(alarm),
};

static int allow_calls(scmp_filter_ctx filter, const int *calls, size_t count)
{
    int rc = 0;

    for (size_t i = 0; i < count && rc == 0; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    return rc;
}

/* open() for reading, creating nothing. */
static int allow_reading(scmp_filter_ctx filter)
{
    const unsigned writing = O_ACCMODE | O_CREAT | O_TRUNC;
    int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));

    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                              SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    return rc;
}

/* open() of a file that is in no folder and never can be. */
static int allow_nameless(scmp_filter_ctx filter)
{
    const unsigned flags = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_EXCL | O_TMPFILE;

    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, flags, O_RDWR | O_EXCL | O_TMPFILE));
}

/* Unix and internet sockets; netlink for the resolver's look at the machine's addresses. */
static int allow_sockets(scmp_filter_ctx filter)
{
    static const unsigned families[] = { 1 /* AF_UNIX */, 2 /* AF_INET */, 10 /* AF_INET6 */,
                                         16 /* AF_NETLINK */ };
    int rc = 0;

    for (size_t i = 0; i < ARRAY_LEN(families) && rc == 0; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
                              SCMP_A0(SCMP_CMP_EQ, families[i], 0));
    return rc;
}

static int filter_calls(enum sandbox_kind kind)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int rc;

    if (filter == NULL)
        return -ENOMEM;
    rc = allow_calls(filter, calls_server, ARRAY_LEN(calls_server));
    if (rc == 0)
        rc = allow_sockets(filter);
    if (rc == 0 && kind == SANDBOX_WORKER)
        rc = allow_calls(filter, calls_worker, ARRAY_LEN(calls_worker));
    if (rc == 0 && kind == SANDBOX_SERVER)
        rc = allow_reading(filter);
    if (rc == 0 && kind == SANDBOX_SERVER)
        rc = allow_nameless(filter);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    return rc;
}

static int limit(int what, rlim_t most)
{
    struct rlimit now;

    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return -1;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    now = (struct rlimit){ most, most };
    return setrlimit((__rlimit_resource_t)what, &now);
}

static struct err *set_limits(void)
{
    enum { MEMORY_BYTES = 1 << 30, FILES = 256 };

    if (limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_NOFILE, FILES) != 0)
        return err_raise(ERR_CONFIG, "limits: %s", strerror(errno));
    /* AddressSanitizer reserves more than any limit that would mean something. */
    if (!WITH_ASAN && limit(RLIMIT_AS, MEMORY_BYTES) != 0)
        return err_raise(ERR_CONFIG, "limit of memory: %s", strerror(errno));
    return NULL;
}

struct err *sandbox_enter(enum sandbox_kind kind)
{
    int rc;

    /* Valgrind needs files and calls of its own. */
    if (str_eq(getenv("FAIRWAY_NO_SANDBOX"), "1"))
        return NULL;
    TRY(set_limits());
    /* The sanitizer's last look for leaks traces its own process. */
    if (WITH_ASAN)
        return NULL;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_raise(ERR_CONFIG, "prctl: %s", strerror(errno));
    rc = filter_calls(kind);
    if (rc != 0)
        return err_raise(ERR_CONFIG, "filter of system calls: %s", strerror(-rc));
    return NULL;
}

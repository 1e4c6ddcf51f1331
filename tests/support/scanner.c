/* support/scanner.c - see scanner.h. */
#include "support/test.h"

#include "support/scanner.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pieces, each with its length in front, up to one of no length. */
static void read_stream(FILE *peer)
{
    unsigned char head[4];

    while (fread(head, 1, 4, peer) == 4) {
        size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];

        if (len == 0)
            return;
        while (len-- > 0)
            fgetc(peer);
    }
}

/* Who breaks the rules gets no answer. */
static void serve_one(int fd, const char *answer)
{
    FILE *peer = fdopen(fd, "r+");
    char command[10];

    if (peer == NULL)
        _exit(1);
    if (fread(command, 1, sizeof(command), peer) == sizeof(command) &&
        strcmp(command, "zINSTREAM") == 0) {
        read_stream(peer);
        fflush(peer);
        /* Who has gone meanwhile hears nothing. */
        (void)!send(fd, answer, strlen(answer) + 1, MSG_NOSIGNAL);
    }
    fclose(peer);
}

static _Noreturn void serve_all(int listener, const char *answer)
{
    int fd;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while ((fd = accept(listener, NULL, NULL)) >= 0)
        serve_one(fd, answer);
    _exit(0);
}

void scanner_start(struct scanner *s, const char *answer)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(s->path, sizeof(s->path), "/tmp/fairway-test-clamd-%d", (int)getpid());
    unlink(s->path);
    memcpy(address.sun_path, s->path, strlen(s->path));
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(listener, 4), 0);
    s->pid = fork();
    assert_true(s->pid >= 0);
    if (s->pid == 0)
        serve_all(listener, answer);
    close(listener);
}

void scanner_stop(struct scanner *s)
{
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
    unlink(s->path);
}

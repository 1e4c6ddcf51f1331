/* support/smtp.c - see smtp.h.  A child process serves one connection after the other; what it
 * reads goes to a file in memory that its parent reads. */
#include "support/smtp.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define END_MARK "\n--- end of mail\n"

static void say(FILE *peer, const char *line)
{
    fprintf(peer, "%s\r\n", line);
    fflush(peer);
}

static void keep(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) < 0)
        _exit(1);
}

/* False when the connection is to end. */
static int read_mail(FILE *in, FILE *out, int fd, enum smtp_mood mood)
{
    char line[1200];

    say(out, "354 go on");
    while (fgets(line, sizeof(line), in) != NULL && strcmp(line, ".\r\n") != 0)
        keep(fd, line[0] == '.' ? line + 1 : line);
    keep(fd, END_MARK);
    if (mood == SMTP_DROPS_AFTER_DATA)
        return 0;
    say(out, mood == SMTP_REFUSES_MAIL ? "554 not this one" : "250 taken");
    return 1;
}

static void answer_receiver(FILE *out, enum smtp_mood mood)
{
    say(out, mood == SMTP_PUTS_OFF  ? "451 try again later"
             : mood == SMTP_REFUSES ? "550 no such mailbox"
                                    : "250 known");
}

static void serve(FILE *in, FILE *out, int fd, enum smtp_mood mood)
{
    char line[1200];

    if (mood == SMTP_IS_BUSY) {
        say(out, "421 too busy");
        return;
    }
    say(out, "220 sink.example ready");
    while (mood != SMTP_HANGS && fgets(line, sizeof(line), in) != NULL) {
        if (strncasecmp(line, "MAIL", 4) == 0 || strncasecmp(line, "RCPT", 4) == 0)
            keep(fd, line);
        if (strncasecmp(line, "RCPT", 4) == 0) {
            answer_receiver(out, mood);
        } else if (strncasecmp(line, "DATA", 4) == 0) {
            if (!read_mail(in, out, fd, mood))
                return;
        } else if (strncasecmp(line, "QUIT", 4) == 0) {
            say(out, "221 bye");
            return;
        } else {
            say(out, "250 sink.example");
        }
    }
    if (mood == SMTP_HANGS)
        pause();
}

static void serve_all(int listener, int fd, enum smtp_mood mood)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int peer = accept(listener, NULL, NULL);
        FILE *in = fdopen(peer, "r"), *out = fdopen(dup(peer), "w");

        if (in == NULL || out == NULL)
            _exit(1);
        serve(in, out, fd, mood);
        fclose(in);
        fclose(out);
    }
}

static void must(int ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    exit(1);
}

void smtp_sink_start(struct smtp_sink *sink, enum smtp_mood mood)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    must(listener >= 0, "socket");
    must(bind(listener, (struct sockaddr *)&address, len) == 0, "bind");
    must(listen(listener, 8) == 0, "listen");
    must(getsockname(listener, (struct sockaddr *)&address, &len) == 0, "getsockname");
    sink->fd = memfd_create("smtp-sink", MFD_CLOEXEC);
    must(sink->fd >= 0, "memfd_create");
    snprintf(sink->url, sizeof(sink->url), "smtp://127.0.0.1:%d", ntohs(address.sin_port));
    fflush(NULL);
    sink->pid = fork();
    must(sink->pid >= 0, "fork");
    if (sink->pid == 0)
        serve_all(listener, sink->fd, mood);
    close(listener);
}

void smtp_sink_stop(struct smtp_sink *sink)
{
    kill(sink->pid, SIGKILL);
    waitpid(sink->pid, NULL, 0);
    close(sink->fd);
}

/* All of it, however much came: a limit here would look like a mail that was lost. */
const char *smtp_sink_text(const struct smtp_sink *sink)
{
    static char *text;
    struct stat seen;
    char *grown;
    ssize_t len;

    must(fstat(sink->fd, &seen) == 0, "fstat");
    grown = realloc(text, (size_t)seen.st_size + 1);
    must(grown != NULL, "realloc");
    text = grown;
    len = pread(sink->fd, text, (size_t)seen.st_size, 0);
    text[len > 0 ? len : 0] = '\0';
    return text;
}

int smtp_sink_count(const struct smtp_sink *sink)
{
    int count = 0;

    for (const char *p = smtp_sink_text(sink); (p = strstr(p, END_MARK)) != NULL; p++)
        count++;
    return count;
}

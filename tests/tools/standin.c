/* A program that stands in for each of the portal's, to test how a portal is started and ended: it
 * listens where a program would, answers everything with its name and its account, takes HUP, and
 * says whether it could start (--check). Called fairwayctl it says what it was asked and ends. */
#include "base/str.h"

#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);

    return value == NULL ? "" : value;
}

static int operate(int argc, char **argv)
{
    FILE *people;
    char path[512];

    for (int i = 1; i < argc; i++)
        printf("%s%c", argv[i], i + 1 < argc ? ' ' : '\n');
    if (argc < 2 || !str_eq(argv[1], "demo"))
        return 0;
    snprintf(path, sizeof(path), "%s/demo-people.csv", from_environment("FAIRWAY_VAR"));
    people = fopen(path, "we");
    if (people == NULL)
        return 1;
    fputs("name,email\n\"Ann Example\",ann@example.com\n", people);
    return fclose(people);
}

/* "login" of ".../run/login.sock". */
static const char *name_of(char *path)
{
    char *name = strrchr(path, '/') + 1;

    name[strcspn(name, ".")] = '\0';
    return name;
}

static int serve(const char *name)
{
    FCGX_Request request;
    const char *said;
    char path[512];
    int fd;

    snprintf(path, sizeof(path), "%s", from_environment("FAIRWAY_SOCKET"));
    if (path[0] == '\0')
        snprintf(path, sizeof(path), "%s/run/%s.sock", from_environment("FAIRWAY_VAR"), name);
    if (FCGX_Init() != 0 || (fd = FCGX_OpenSocket(path, 64)) < 0 ||
        FCGX_InitRequest(&request, fd, 0) != 0)
        return 1;
    said = name_of(path);
    while (FCGX_Accept_r(&request) >= 0) {
        FCGX_FPrintF(request.out, "Content-Type: text/plain\r\n\r\n%s as %s\n", said,
                     from_environment("FAIRWAY_DB_USER"));
        FCGX_Finish_r(&request);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    char name[64];

    snprintf(name, sizeof(name), "%s", slash == NULL ? argv[0] : slash + 1);
    if (str_eq(name, "fairwayctl"))
        return operate(argc, argv);
    if (str_eq(from_environment("STANDIN_BREAKS"), name)) {
        fprintf(stderr, "%s: broken on purpose\n", name);
        return 1;
    }
    if (argc > 1)
        return str_eq(argv[1], "--check") ? 0 : 2;
    signal(SIGHUP, SIG_IGN);
    if (str_eq(name, "fairway-worker"))
        for (;;)
            pause();
    name[strcspn(name, ".")] = '\0';
    return serve(name);
}

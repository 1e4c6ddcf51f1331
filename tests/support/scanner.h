/* support/scanner.h - a virus scanner that reads a stream as clamd does and says what it is told
 * to. */
#pragma once

#include <sys/types.h>

struct scanner {
    char path[64]; /* of its socket */
    pid_t pid;
};

/* ANSWER: "stream: OK", "stream: Some.Name FOUND". */
void scanner_start(struct scanner *s, const char *answer);
void scanner_stop(struct scanner *s);

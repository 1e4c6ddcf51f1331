/* support/fcgi_client.h - a web server's side of FastCGI over a unix socket, one request a
 * connection. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct fcgi_answer {
    bool complete; /* the end of the request was seen */
    int status;    /* 0: none came */
    char *head;    /* heap: headers */
    char *body;    /* heap, ended by NUL */
    size_t body_len;
};

/* GETs ADDRESS (path and query).  A connection that is refused or ends early leaves complete false.
 */
struct fcgi_answer fcgi_get(const char *socket_path, const char *address);
/* The same in two halves, for doing something while it is under way. */
int fcgi_begin(const char *socket_path, const char *method, const char *address,
               const char *content_type, const void *body, size_t len); /* -1: no connection */
/* As if nginx had handed it on at ASKED_AT, its $msec. */
struct fcgi_answer fcgi_get_asked_at(const char *socket_path, const char *address,
                                     const char *asked_at);
/* Waits PAUSE_MS between reads of 64 KiB, as a slow reader does. */
struct fcgi_answer fcgi_end(int fd, int pause_ms);
void fcgi_answer_free(struct fcgi_answer *answer);

/* web/fcgi.h - a request as FastCGI brings it, and answers as FastCGI records.  The only file of
 * web/ whose .c knows the protocol's library; parsing parameters is pure. */
#pragma once

#include "web/serve.h"

/* Takes what is known from the parameters ("NAME=value", ended by NULL).  Strings stay where they
 * are. A parameter that comes twice is the first one. */
void fcgi_read_params(const char *const *params, struct http_in *in_out);

/* When nginx handed the request on, as its $msec says it ("1795900000.123"), in microseconds; 0 for
 * what says no time. */
int64_t fcgi_asked_at_us(const char *text);

/* Accepts and answers requests on LISTEN_FD, which does not block, until *STOP is set by a signal.
 * Signals in WAKE are let in only while it waits.  BUSY (may be NULL) is raised by one with each
 * request that begins and with each that ends: odd while one is under way. */
struct fcgi_loop {
    int listen_fd;
    struct server_state *state;
    const volatile int *stop;
    volatile unsigned *busy;
    const void *wake; /* sigset_t: blocked outside of waiting */
    int64_t queue_us; /* web/overload.h; 0: nobody is sent away */
    int room;         /* of the queue, as it was opened */
};
struct err *fcgi_serve(const struct fcgi_loop *loop);

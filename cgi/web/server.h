/* web/server.h - a program: its tables, and the master and workers that serve them. */
#pragma once

#include "base/conf.h"
#include "db/stmt.h"
#include "view/view.h"
#include "web/route.h"

struct menu_item {
    const char *group;          /* heading, English message id; "" for the first group */
    const char *label;          /* English message id */
    const char *address;        /* "/partner/deals" */
    const char *icon;           /* Tabler outline name */
    enum permission permission; /* shown only with it */
    int counter;                /* enum counter + 1; 0: none */
    const char *tab_label;      /* in the bar at the bottom of a phone; NULL: not there */
    const char *search_label;   /* its list takes ?q= from the top bar, of the first; NULL: no */
};

struct program {
    const char *name;   /* "partner": account fw_partner, socket partner.sock */
    const char *prefix; /* "/partner"; "" for public */
    enum audience audience;
    const struct route *const *routes;        /* tables, each ended by { 0 }; the array by NULL */
    db_stmt_table *const *statements;         /* tables; the array ended by NULL */
    const struct object_kind *const *objects; /* ended by NULL */
    const struct menu_item *menu; /* of guests, and of those without one in menu_of; or NULL */
    const struct menu_item
        *menu_of[AUD_COUNT]; /* of signed-in people, by audience; ended by { 0 } */
    /* What handlers need beyond a request (text tools, matchers): opened once, before the fork, so
     * that workers share it, reached as req->rooms, whose type the program's features agree on.
     * NULL: nothing. */
    struct err *(*rooms_open)(const struct conf *conf, void **rooms_out);
    void (*rooms_close)(void *rooms);
    unsigned request_cpu_seconds;     /* of processor time, before a worker is ended; 0: 10 */
    struct err *(*before_fork)(void); /* once, in the master: what workers share; NULL: nothing */
};

/* Checks the tables (names, paths, permissions, templates, statements), binds the socket, forks
 * workers, serves until SIGTERM.  SIGHUP: becomes what lies at ARGV[0] now, when that could start;
 * new workers begin, old ones finish.  With --check in ARGV it only says whether it could start.
 * Returns the exit status, WORKER_UNFIT when it could not. */
int server_main(const struct program *program, int argc, char **argv);

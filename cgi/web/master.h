/* web/master.h - the parts of server_main() that tests look at one by one. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* The socket to serve on: descriptor 3 when a service manager passed one (LISTEN_FDS), else a unix
 * socket made at PATH with mode 0660.  It is made under another name and moved into place, so that
 * there is no moment without one; and nobody removes it when he ends, since it may be his
 * successor's by then. */
struct err *master_listen(const char *path, int *fd_out);

/* How long to wait before the next fork, in milliseconds, after DEATHS early deaths in a row:
 * nothing for the first few, then twice as long each time, up to half a minute. */
int master_fork_wait_ms(int deaths);

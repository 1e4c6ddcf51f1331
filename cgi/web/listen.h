/* web/listen.h - the socket that a program serves on. */
#pragma once

#include "base/err.h"

/* At most WAITING connections wait to be taken; more are refused at once, and nginx answers 503.
 * Descriptor 3 when a service manager passed one (LISTEN_FDS), else a unix socket made at PATH with
 * mode 0660.  It is made under another name and moved into place, so that there is no moment
 * without one; and nobody removes it when he ends, since it may be his successor's by then.
 * Does not block: of several workers that wake for one connection all but one find nothing.
 * ERR_CONFIG with the path and what the system says. */
struct err *listen_open(const char *path, int waiting, int *fd_out);

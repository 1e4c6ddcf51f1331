/* crypt/certificate.h - until when a TLS certificate is good. */
#pragma once

#include "base/err.h"

#include <stdint.h>

/* Of the first certificate in a PEM file, the one that is shown.  ERR_CONFIG when there is none. */
struct err *certificate_ends(const char *path, int64_t *at_us_out);

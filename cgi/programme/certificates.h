/* programme/certificates.h - certificates of partners' people: staff's list of all that they may
 * see, and the partner's own. */
#pragma once

#include "programme/tier_inside.h"

/* The next of the own company to end, as V.Certificates. */
struct err *certificates_show_next(struct request *req, struct view *v);

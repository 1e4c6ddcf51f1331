/* program/landing.h - the first page: what the portal is for, and the log-in. */
#pragma once

#include "web/route.h"

extern const struct route landing_routes[];

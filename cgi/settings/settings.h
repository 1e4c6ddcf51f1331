/* settings/settings.h - what staff set up: system parameters. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route settings_staff_routes[];

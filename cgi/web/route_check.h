/* web/route_check.h - refuses a program whose tables are at fault, before it serves anybody. */
#pragma once

#include "base/err.h"
#include "view/template.h"
#include "web/server.h"

/* ERR_CONFIG with the name of the route and the rule it breaks. */
struct err *route_check(const struct program *program);
/* Parses every page that the program may show, those of faults included.  GENTLY: with a sixth of a
 * processor, for those who are served meanwhile. */
struct err *pages_load(const struct program *program, struct templates *templates, bool gently);

/* program/program.h - what each program serves: one file a program, and nothing in it but lists of
 * the features' tables.  A new feature adds its lines here; cgi/main/ only starts what stands here,
 * and tests walk it. */
#pragma once

#include "web/server.h"

extern const struct program program_public, program_partner, program_customer, program_staff;

/* The menus of signed-in people, by audience: shown by their own program, and by public.fcgi on the
 * pages of their own profile. */
extern const struct menu_item menu_partner[], menu_customer[], menu_staff[], menu_public[];

/* All programs that serve pages, ended by NULL. */
extern const struct program *const programs[];

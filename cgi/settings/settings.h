/* settings/settings.h - what staff set up: system parameters, and what the portal counts with -
 * currencies and rates, business calendars, territories, product lines.
 *
 * Nothing that a record may name is deleted: it is no longer offered. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route settings_staff_routes[]; /* system parameters */
extern const struct route setup_staff_routes[];    /* the page that leads to those below */
extern const struct route currencies_staff_routes[];
extern const struct route calendars_staff_routes[];
extern const struct route territories_staff_routes[];
extern const struct route lines_staff_routes[];
extern const struct route reasons_staff_routes[]; /* of decisions on registrations */
extern const struct route mails_staff_routes[];
extern const struct route tags_staff_routes[];
extern const struct route fields_staff_routes[]; /* the vendor's own fields */
extern const struct route field_option_routes[]; /* what they offer to choose from */
extern const struct route branding_staff_routes[];
extern const struct route branding_public_routes[]; /* its style sheets and pictures */

extern db_stmt_table parameters_statements[];
extern db_stmt_table currencies_statements[];
extern db_stmt_table calendars_statements[];
extern db_stmt_table territories_statements[];
extern db_stmt_table lines_statements[];
extern db_stmt_table reasons_statements[];
extern db_stmt_table tags_statements[];
extern db_stmt_table fields_statements[];
extern db_stmt_table field_option_statements[];
extern db_stmt_table branding_statements[];
extern db_stmt_table branding_public_statements[];

/* publishing/library.h - documents and marketing material: staff write and publish them, in
 * versions, for partners of a tier and country; partners find and download them, and each download
 * is noted. */
#pragma once

#include "db/stmt.h"
#include "web/request.h"

extern const struct route library_partner_routes[], library_staff_routes[];
extern const struct object_kind library_partner_object, library_staff_object;
extern db_stmt_table library_partner_statements[]; /* beside attachment_statements */
extern db_stmt_table library_staff_statements[];

/* admin/home.h - the home pages of the three audiences: what waits first, then facts.  Features
 * bring their cards (identity/home_card.h); home.c lists them. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route home_partner_routes[], home_customer_routes[], home_staff_routes[];
extern db_stmt_table home_company_statements[]; /* partner.fcgi, customer.fcgi */

/* accounts/accounts_parts_sql.h - the statements of accounts_parts.c, each in three directions. */
#pragma once

#include "accounts/accounts_parts.h"

#define ACCOUNTS_THREE(set) extern const struct db_stmt set##_first, set##_older, set##_newer
ACCOUNTS_THREE(accounts_deals_by);          /* scope, id of the partner */
ACCOUNTS_THREE(accounts_deals_for);         /* scope, group of the end customer */
ACCOUNTS_THREE(accounts_opportunities_by);  /* the same */
ACCOUNTS_THREE(accounts_opportunities_for); /* the same */
ACCOUNTS_THREE(accounts_leads_by);          /* departments, id of the partner */
ACCOUNTS_THREE(accounts_users);             /* id */
ACCOUNTS_THREE(accounts_contacts);          /* id */

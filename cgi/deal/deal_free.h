/* deal/deal_free.h - the page "Is it free?"; its handlers stand in deal_partner.h. */
#pragma once

#include "db/stmt.h"
#include "web/form.h"

extern db_stmt_table deal_free_statements[];
extern const struct form deal_free_form, deal_free_query;

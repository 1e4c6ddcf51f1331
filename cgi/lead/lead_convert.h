/* lead/lead_convert.h - a qualified lead becomes an opportunity, or the draft of a registration. */
#pragma once

#include "deal/deal.h"
#include "lead/lead.h"
#include "web/request.h"

extern db_stmt_table lead_convert_statements[]; /* partner.fcgi */

/* In the open transaction, by a partner's person; *ID_OUT is what it became. */
struct err *lead_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct lead *lead, bool into_deal, int64_t *id_out);

struct lead_convert_input {
    int64_t row_version;
    const char *into; /* opportunity, deal */
};
extern const struct form lead_convert_form;
struct err *lead_convert_post(struct request *req);

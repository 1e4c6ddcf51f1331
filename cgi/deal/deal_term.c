/* deal/deal_term.c */
#include "deal/deal_term.h"

#include "access/parameter.h"
#include "deal/deal_sql.h"

struct err *deal_term_of(struct db *db, struct arena *a, int64_t account_id, const char *deal_type,
                         struct deal_term *term_out)
{
    bool found;

    *term_out = (struct deal_term){ 0 };
    TRY(db_one(db, a, &deal_sql_term, DB_ARGS(DB_I(account_id), DB_S(deal_type)), term_out,
               &found));
    if (term_out->days > 0)
        return NULL;
    return err_pass(parameter_now(db, a, PARAM_DEAL_PROTECT_DAYS, &term_out->days));
}

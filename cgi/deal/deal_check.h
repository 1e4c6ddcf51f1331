/* deal/deal_check.h - what a partner may be told of a customer before anybody decided: while the
 * form is filled in, and on "Is it free?".  Never who, what or when. */
#pragma once

#include "access/rate.h"
#include "deal/deal_conflict.h"
#include "web/form.h"

extern db_stmt_table deal_verdict_statements[]; /* with match_find_statements: the verdict alone */
/* How often a person's registrations may be checked while they are written. */
extern const struct rate deal_live_checks;

struct deal_verdict {
    enum deal_answer *answers; /* one for each line of the registration that was asked about */
    int64_t own_deal_id;       /* the partner's own open registration of this customer; 0: none */
};
/* For a registration with company and country that need not be stored.  MAY_SAY_TAKEN as
 * deal_line_answer(). */
struct err *deal_verdict_live(struct db *db, struct arena *a, struct match_names *names,
                              const struct deal *deal, bool may_say_taken,
                              struct deal_verdict *out);

/* "free", "taken", "look": how an answer is stored and shown. */
const char *deal_answer_code(enum deal_answer answer);

/* DEAL's lines from the ids that were chosen: of product lines that are sold, each once. */
struct err *deal_check_lines(struct request *req, const struct value_list *ids, struct deal *deal);

extern const struct form deal_check_form;

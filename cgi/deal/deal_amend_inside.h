/* deal/deal_amend_inside.h - what the sources of changes to approved registrations share. */
#pragma once

#include "deal/deal_amend.h"

/* The change that waits. */
struct deal_asked {
    int64_t id, asked_at, told, round; /* round: of its steps; 0: none */
    const char *before_json, *after_json;
};
struct err *deal_asked_find(struct db *db, struct arena *a, int64_t deal_id, struct deal_asked *out,
                            bool *found_out);
/* That of an answer: ERR_CONFLICT "state" or "decided" when nothing is to be decided any more. */
struct err *deal_asked_get(struct db *db, struct arena *a, const struct deal *deal, int64_t id,
                           struct deal_asked *out);
/* DEAL as it would be; *customer_out: another end customer, or written otherwise.  ERR_CONFLICT
 * "version" when DEAL is not what it was when it was asked for.  Needs its lines. */
struct err *deal_asked_wanted(struct arena *a, const struct deal *deal,
                              const struct deal_asked *row, struct deal *next, bool *customer_out);
/* "3:10:25000000,…" into the lines of DEAL. */
struct err *deal_amend_lines(struct arena *a, const char *text, struct deal *deal);
/* The conflict check of what it would be, kept beside the registration. */
struct err *deal_asked_judge(struct db *db, struct arena *a, struct match_names *names,
                             const struct deal *next, const char **verdict_out);

struct err *deal_amend_conflict(const struct deal *deal, const char *detail);

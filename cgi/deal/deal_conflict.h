/* deal/deal_conflict.h - the conflict check of a registration: who its end customer could be, and
 * what that means for each of its product lines. */
#pragma once

#include "account/match_find.h"
#include "deal/deal.h"

/* For a submission: worst verdict over what matters (another party's live line in common, or a
 * company that policy keeps out), and every match with its evidence. */
struct deal_conflict {
    const char *verdict; /* "different", "possible", "same" */
    struct match_found *found;
    size_t count;
};
struct err *deal_conflict_find(struct db *db, struct arena *a, struct match_names *names,
                               const struct deal *deal, struct deal_conflict *out);
/* True when FOUND speaks for a line of DEAL, or is kept out. */
bool deal_conflict_overlaps(const struct deal *deal, const struct match_found *found);
/* Writes what was found beside the registration, for staff. */
struct err *deal_conflict_keep(struct db *db, struct arena *a, const struct deal *deal,
                               const struct deal_conflict *conflict);

/* What a partner may be told of one product line, while typing and on "Is it free?". */
enum deal_answer { DEAL_FREE, DEAL_TAKEN, DEAL_LOOK };
/* TAKEN only with MAY_SAY_TAKEN, for an exact key and a protected line; else it is LOOK. */
enum deal_answer deal_line_answer(const struct deal_conflict *conflict, int64_t product_line_id,
                                  bool may_say_taken);

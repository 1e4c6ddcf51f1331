/* deal/deal_conflict.h - the conflict check of a registration: who its end customer could be, and
 * what that means for each of its product lines. */
#pragma once

#include "account/match_find.h"
#include "deal/deal.h"

/* For a submission: worst verdict over what matters (another party's live line in common, a company
 * that policy keeps out, or a line that the vendor's own sales work on), and every match with its
 * evidence. */
struct deal_conflict {
    const char *verdict; /* "different", "possible", "same" */
    struct match_found *found;
    size_t count;
};
extern db_stmt_table deal_conflict_statements[]; /* every program that checks */
struct err *deal_conflict_find(struct db *db, struct arena *a, struct match_names *names,
                               const struct deal *deal, struct deal_conflict *out);
/* True when the vendor's own sales have an open opportunity for the end customer of DEAL, as that
 * one and its group stand now, on one of its lines.  False before it has an end customer. */
struct err *deal_worked_directly(struct db *db, struct arena *a, const struct deal *deal,
                                 bool *out);
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

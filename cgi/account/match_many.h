/* account/match_many.h - the conflict check's tables for hundreds of end customers at once, as an
 * import has them: some statements for all of them, where match_find.h takes some for each.
 *
 * What is asked is narrower than match_find(): of the rarest grams of a name no more than a few
 * hundred rows are read and the best few candidates scored, beside equal tax number, domain and
 * core.  It finds what is the same, not all that is possible. */
#pragma once

#include "account/match_find.h"

extern db_stmt_table match_many_statements[]; /* the worker, fairwayctl */

enum { MATCH_MANY_MOST = 500 };

struct match_best {
    int64_t party_id; /* 0: nobody */
    struct match_evidence evidence;
};

/* The best known party of each of COUNT (at most MATCH_MANY_MOST); ENTRIES are theirs. */
struct err *match_find_many(struct db *db, struct arena *a, struct match_names *names,
                            const struct match_party *parties, const struct match_entry *entries,
                            size_t count, struct match_best *best_out);
/* Writes the keys of new end customers. */
struct err *match_index_many(struct db *db, struct arena *a, const struct match_party *parties,
                             const struct match_entry *entries, size_t count);
/* Takes out the keys of end customers that are no more. */
struct err *match_drop_many(struct db *db, struct arena *a, struct match_names *names,
                            const int64_t *ids, size_t count);
/* The group that an equal tax number in one country gives each of them, 0 where none does. */
struct err *match_groups_many(struct db *db, struct arena *a, const struct match_party *parties,
                              const struct match_entry *entries, size_t count, int64_t *groups_out);

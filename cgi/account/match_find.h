/* account/match_find.h - who among the known end customers could this be?  Keeps the match_* tables
 * and asks them: at most three statements a check.
 *
 * Candidates come from the rarest grams that the names share, and from equal tax number, domain,
 * phone or core; match_score() judges each.  The budget of rows (grams that no more than
 * MATCH_DF_MOST parties hold, until MATCH_ROWS_ENOUGH) keeps a check at a million parties within
 * milliseconds. */
#pragma once

#include "account/match_keys.h"
#include "account/match_name.h"
#include "account/match_score.h"
#include "db/db.h"

extern db_stmt_table match_find_statements[]; /* every program that checks */
extern db_stmt_table
    match_index_statements[]; /* every program that makes or changes end customers */
extern db_stmt_table match_group_statements[]; /* staff: joins groups */
extern db_stmt_table match_job_statements[];   /* the worker, fairwayctl: counts grams */

enum { MATCH_CANDIDATES = 60, MATCH_ROWS_ENOUGH = 400, MATCH_DF_MOST = 8000 };

/* match_line.live: spoken for by an undecided registration, or by a protection.  match_line.direct:
 * how many open opportunities of the vendor's own are on it, which triggers count. */
enum { MATCH_UNDECIDED = 1, MATCH_CLAIMED = 2 };

/* What is known of a company: as typed, "" where nothing is. */
struct match_party {
    const char *name, *country, *tax_number, *website, *phone, *address;
    /* for keeping */
    int64_t id, group_id;
    bool named, customer;
};

struct match_found {
    int64_t party_id, group_id;
    bool named, customer;
    bool exact; /* equal tax number, corporate domain, or core and country */
    struct match_evidence evidence;
    const int64_t *live_lines; /* product lines of its group that somebody works on */
    const bool *live_claimed;  /* for each: by a protection, not only by an undecided one */
    size_t live_count;
};

/* Everything possible or same, best first.  PARTY->id is left out of the answer (0: nothing is). */
struct err *match_find(struct db *db, struct arena *a, struct match_names *names,
                       const struct match_party *party, struct match_found **found_out,
                       size_t *count_out);

/* What is kept of an end customer, in the arena: for loading many at once. */
struct match_entry {
    const char *packed;
    int64_t core_hash;
    struct match_fields fields;
    struct match_keys keys;
};
void match_entry_make(struct match_names *names, struct arena *a, const struct match_party *party,
                      struct match_entry *out);

/* Writes or rewrites the keys of an end customer. */
struct err *match_index(struct db *db, struct arena *a, struct match_names *names,
                        const struct match_party *party);
/* Takes out the keys of an end customer that is no more. */
struct err *match_drop(struct db *db, struct arena *a, struct match_names *names, int64_t party_id);
/* The group of the party that has this tax number in this country; 0 when there is none. */
struct err *match_group_of_tax_number(struct db *db, struct arena *a, const char *tax_number,
                                      const char *country, int64_t *group_out);
/* Every party of group GONE stands in group KEPT from now on. */
struct err *match_join_groups(struct db *db, int64_t kept, int64_t gone);
/* Counts the grams again: for the job that does it, and after bulk loads. */
struct err *match_count_grams(struct db *db);

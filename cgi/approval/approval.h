/* approval/approval.h - what several people decide: steps one after the other, and in a step all of
 * its deciders, or any of them, side by side.
 *
 * The steps belong to a record of any kind; each beginning anew is a round, and the newest counts.
 * Who decides is a person, or whoever has a role; a delegate stands in for either.  The record's
 * own room says when a round begins, what an approval of the last step does, and guards the
 * record's version: every vote changes it, so that of two at once one finds it changed. */
#pragma once

#include "access/audit.h"
#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table approval_read_statements[], approval_write_statements[];

enum { APPROVAL_STAGES = 3, APPROVAL_SLOTS = 3 };

struct approval_vote {
    int64_t slot;
    const char *who;          /* "role", "user" */
    int64_t role_id, user_id; /* one of them; the other is 0 */
    const char *name_en, *name_zh;
    int64_t at; /* 0: not yet */
    const char *by_name, *for_name;
};
struct approval_step {
    int64_t id, round, stage, hours;
    const char *need;                /* "all", "any" */
    const char *title_en, *title_zh; /* what the partner may read of it */
    const char *state;               /* waiting, open, approved, void */
    int64_t opened_at, due_at, closed_at;
    struct approval_vote votes[APPROVAL_SLOTS];
    size_t vote_count;
};
struct approval {
    struct approval_step steps[APPROVAL_STAGES];
    size_t count;
};

/* The newest round of a record; count 0 when it never had one. */
struct err *approval_read(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                          struct approval *out);
/* The step that waits for votes, and the one after it; NULL: none. */
struct approval_step *approval_open_step(struct approval *approval);
struct approval_step *approval_next_step(struct approval *approval);

/* Ends what is open and writes PLAN as the next round, none of it open yet; fills in its ids. */
struct err *approval_begin(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                           struct approval *plan);
struct err *approval_open(struct db *db, struct approval_step *step, int64_t due_at,
                          int64_t half_at);
/* Whatever is open or waits is void: the record was decided otherwise. */
struct err *approval_end(struct db *db, const char *kind, int64_t object_id);

/* Whether USER_ID may vote in STEP now, for himself or as a delegate, and whether that completes
 * it. */
struct err *approval_may_vote(struct db *db, struct arena *a, const struct approval_step *step,
                              int64_t user_id, bool *may_out, bool *completes_out);
/* Answers every place of STEP that is ACTOR's, or of whom he stands in for.  *complete_out: the
 * step is approved.  ERR_CONFLICT "approver" when none is, "version" when somebody was faster. */
struct err *approval_give(struct db *db, struct arena *a, struct approval_step *step,
                          const struct actor *actor, bool *complete_out);

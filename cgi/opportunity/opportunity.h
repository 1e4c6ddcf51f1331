/* opportunity/opportunity.h - a sale that partner and vendor work on: the record, its stages, and
 * what may be done to it.
 *
 * The rules know neither HTML nor who shows them.  Every verb runs in the caller's open write
 * transaction, changes the row with its row_version as guard, and writes the step and the audit
 * event with it; all or nothing.  Who sees an opportunity stands in opportunity_share: the partner
 * whose it is has a row there from the start, made by the database. */
#pragma once

#include "deal/deal.h"

/* -- stages, which are rows that staff set up ----------------------------------------------------
 */

struct opportunity_stage {
    int64_t id, pipeline_id;
    const char *code, *name_en, *name_zh;
    int64_t sort;
    const char *kind; /* open, won, lost */
    int64_t probability;
    const char *category;
    const char *needed; /* fields that must be filled before it is left for a later one: "amount" */
    int64_t stale_days; /* 0: never */
    bool active;
};
struct opportunity_stages {
    const struct opportunity_stage *rows; /* by pipeline and order */
    size_t count;
};
/* Good until the transaction ends. */
struct err *opportunity_stages_read(struct db *db, struct opportunity_stages *out);
/* NULL when ID is none. */
const struct opportunity_stage *opportunity_stage_find(const struct opportunity_stages *stages,
                                                       int64_t id);
/* The first open one of a pipeline; NULL when it has none. */
const struct opportunity_stage *opportunity_stage_first(const struct opportunity_stages *stages,
                                                        int64_t pipeline_id);

/* -- the record ----------------------------------------------------------------------------------
 */

struct opportunity_line {
    int64_t product_line_id;
    const char *name_en, *name_zh;
    int64_t quantity, price; /* price of one, ten-thousandths of the record's currency */
};

enum { OPPORTUNITY_LINES = 50, OPPORTUNITY_PIPELINE = 1 };

struct opportunity {
    int64_t id, deal_id, account_id, end_customer_id, row_version;
    int64_t pipeline_id, stage_id, probability, slips;
    int64_t owner_user_id, created_by, department_id, territory_id;
    const char *name, *state; /* open, won, lost: the kind of its stage */
    const char *side;         /* whose it is: partner, vendor */
    const char *source;       /* deal, lead, partner, staff */
    const char *category;     /* pipeline, best, commit, closed, omitted */
    const char *customer_name, *customer_country, *currency, *owner_name;
    const char *competitors, *next_step, *reason_code, *close_reason, *lost_to;
    const char *partner_name; /* "" for one of the vendor's own */
    int64_t amount, amount_report;
    int32_t expected_close, next_step_on, stale_on;
    int64_t stage_at, worked_at, closed_at, created_at, updated_at;
    /* how the reader sees it: his share's; staff "lead" */
    int64_t share_id;
    const char *level, *role;
    bool sees_others;
    /* loaded by opportunity_load_lines() */
    struct opportunity_line *lines;
    size_t line_count;
};

/* Makes one.  What is 0 or NULL is filled in: pipeline, stage (the first), probability and category
 * (the stage's), amount (the sum of the lines, where there are some), source and side by who makes
 * it.  Sets id and row_version.  end_customer_id 0: a prospect is made of customer_name and
 * customer_country. */
struct err *opportunity_create(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct opportunity *o);
/* Writes what may be edited, with the lines of O; BEFORE is what is stored.  ERR_CONFLICT
 * "version" when it was changed meanwhile. */
struct err *opportunity_update(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity *before, struct opportunity *o);

struct opportunity_move {
    int64_t stage_id;
    const char *reason_code, *reason_text, *lost_to;
};
/* Why it cannot move so: an English message id and the field it is about; NULL when it can.
 * *missing_out (may be NULL) gets the names of fields that must be filled first. */
const char *opportunity_move_fault(const struct opportunity_stages *stages,
                                   const struct opportunity *o, const struct opportunity_move *move,
                                   const char **field_out, const char **missing_out);
/* To another stage of its pipeline; a won or lost one closes the registration it came from.
 * ERR_INVALID for what opportunity_move_fault() refuses, ERR_CONFLICT "version" when it was changed
 * meanwhile. */
struct err *opportunity_move(struct db *db, struct arena *a, const struct deal_actor *by,
                             struct opportunity *o, const struct opportunity_move *move);
/* Somebody did something about it: no longer stale, and its registration stays protected. */
struct err *opportunity_worked(struct db *db, const struct opportunity *o);

/* -- finding -------------------------------------------------------------------------------------
 */

/* NULL when it is not there, not shared with the account, or not accepted yet. */
struct err *opportunity_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                                   struct opportunity **out);
struct err *opportunity_of_staff(struct db *db, struct arena *a, const struct actor *actor,
                                 int64_t id, struct opportunity **out);
struct err *opportunity_load_lines(struct db *db, struct arena *a, struct opportunity *o);

/* deal/deal_jobs_inside.h - what the sources of the worker's jobs share. */
#pragma once

#include "deal/deal_inside.h"
#include "deal/deal_jobs.h"

/* To somebody of staff, and to who stands in for him today; THIRD fills %3$s. */
struct err *deal_tell_staff(struct db *db, struct arena *a, const struct deal *deal,
                            const char *event, int64_t user_id, const struct mail_value *third);
/* The conflict check once more, here: what the partner's program found and wrote is a hint for
 * people, and decides nothing. */
struct err *deal_judge_again(struct db *db, struct arena *a, struct match_names *names,
                             struct deal *deal);
/* An appeal under review gets a reviewer who may decide it, where there is one: deal_appeal_jobs.c
 */
struct err *deal_appeal_give(struct db *db, struct arena *a, struct deal *deal);

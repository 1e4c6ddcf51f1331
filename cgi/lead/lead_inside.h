/* lead/lead_inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "job/values.h"
#include "lead/lead.h"
#include "lead/lead_sql.h"

#define LEAD_KIND "lead"

/* -- lead_clock.c --------------------------------------------------------------------------------
 */

/* When a partner must have answered, and when it is warned: business hours of its country. */
struct err *lead_clock_answer(struct db *db, struct arena *a, int64_t account_id,
                              int64_t *due_at_out, int64_t *warn_at_out);
/* When it must have worked on it: business days of its country. */
struct err *lead_clock_work(struct db *db, struct arena *a, int64_t account_id, int64_t *due_at_out,
                            int64_t *warn_at_out);
/* Business minutes of its country between the two. */
struct err *lead_clock_minutes(struct db *db, struct arena *a, int64_t account_id, int64_t from_at,
                               int64_t until_at, int64_t *minutes_out);

/* -- lead_tell.c ---------------------------------------------------------------------------------
 */

/* To the partner's people that answer for leads.  THIRD fills %3$s; NULL: nothing. */
struct err *lead_tell_partner(struct db *db, struct arena *a, const struct lead *lead,
                              int64_t account_id, const char *event,
                              const struct mail_value *third);
/* To who entered it, else to those of its department that assign leads. */
struct err *lead_tell_staff(struct db *db, struct arena *a, const struct lead *lead,
                            const char *event, const struct mail_value *third);
const char *lead_number(struct arena *a, int64_t id); /* "LD-2219" */

/* -- lead_score.c --------------------------------------------------------------------------------
 */

enum { LEAD_SCORE_MOST = 100 };
int64_t lead_score(const struct lead *lead, const struct lead_point_row *rows, size_t count);
/* The same with the rows as they stand. */
struct err *lead_score_now(struct db *db, struct arena *a, struct lead *lead);

/* -- lead.c --------------------------------------------------------------------------------------
 */

int64_t lead_actor_user(const struct lead_actor *by);
const char *lead_actor_name(const struct lead_actor *by);
const char *lead_actor_audience(const struct lead_actor *by);
/* CHANGE may be NULL; of who has it, the account. */
struct err *lead_write_step(struct db *db, const struct lead_actor *by, const struct lead *lead,
                            const char *action, const struct lead_change *change);
struct err *lead_write_audit(struct db *db, struct arena *a, const struct lead_actor *by,
                             const struct lead *lead, const char *action, const char *before_state,
                             const struct lead_change *change);

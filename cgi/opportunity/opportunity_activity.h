/* opportunity/opportunity_activity.h - what was done about an opportunity, and what is to be done.
 *
 * What is inside never leaves the vendor: a partner's program has no right on the tables, only on
 * views without it.  Of other partners' work a partner sees what it may see of them.  What was done
 * stays as it was written. */
#pragma once

#include "opportunity/opportunity.h"
#include "web/request.h"

struct opportunity_activity {
    int64_t id, at, minutes;
    const char *kind; /* call, meeting, mail, note */
    const char *people, *body, *user_name, *audience;
    bool inside;
};

struct opportunity_task {
    int64_t id, opportunity_id, owner_user_id, owner_account_id, done_at, row_version;
    int32_t due_on;
    const char *title, *owner_name, *user_name, *done_name;
    bool inside, done;
};

/* Newest first; what the visitor may see of it. */
enum { ACTIVITIES_SHOWN = 60, TASKS_SHOWN = 60 };
struct err *opportunity_activities(struct request *req, const struct opportunity *o,
                                   struct opportunity_activity **rows_out, size_t *count_out);
/* Open ones first, soonest first. */
struct err *opportunity_tasks(struct request *req, const struct opportunity *o,
                              struct opportunity_task **rows_out, size_t *count_out);
/* NULL when the visitor sees no such task of O. */
struct err *opportunity_task_of(struct request *req, const struct opportunity *o, int64_t id,
                                struct opportunity_task **out);

/* The visitor's own open tasks, soonest first, with what they are about. */
struct opportunity_my_task {
    int64_t id, opportunity_id, row_version;
    int32_t due_on;
    const char *title, *name, *customer_name;
};
struct err *opportunity_my_tasks(struct request *req, int64_t most,
                                 struct opportunity_my_task **rows_out, size_t *count_out);

/* In the open transaction, as ACTOR; an open opportunity counts as worked on, but for what is
 * inside: a partner would see that something happened. */
struct err *opportunity_activity_add(struct db *db, const struct actor *actor,
                                     const struct opportunity *o,
                                     const struct opportunity_activity *activity);
/* Makes TASK, or changes it when it has an id, under its row_version: ERR_CONFLICT "version".  Its
 * new owner is told, unless it is ACTOR. */
struct err *opportunity_task_put(struct db *db, struct arena *a, const struct actor *actor,
                                 const struct opportunity *o, const struct opportunity_task *task,
                                 int64_t owner_before);
/* Done, or not after all.  ERR_CONFLICT "version". */
struct err *opportunity_task_set_done(struct db *db, const struct actor *actor,
                                      const struct opportunity_task *task, bool done);

extern db_stmt_table opportunity_own_work_statements[];   /* partner.fcgi */
extern db_stmt_table opportunity_staff_work_statements[]; /* staff.fcgi */

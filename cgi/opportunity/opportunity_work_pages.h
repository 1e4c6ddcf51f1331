/* opportunity/opportunity_work_pages.h - activities and tasks as pages: on the record, as one's own
 * list, and on the home page. */
#pragma once

#include "identity/home_card.h"
#include "opportunity/opportunity_activity.h"

extern const struct form opportunity_activity_form, opportunity_staff_activity_form;
extern const struct form opportunity_task_form, opportunity_staff_task_form;
extern const struct form opportunity_task_query, opportunity_done_form;
extern db_stmt_table opportunity_staff_people_statements[];

/* V.Activities.n, V.Tasks.n and the form Activity on the record's page; gives the activities to its
 * history. */
struct err *opportunity_show_work(struct request *req, struct view *v, const struct opportunity *o,
                                  struct opportunity_activity **rows_out, size_t *count_out);
/* A row of layout/record.cs timeline(). */
void opportunity_show_activity_event(struct request *req, struct view *v,
                                     const struct opportunity_activity *row);

struct err *opportunity_activity_post(struct request *req);
struct err *opportunity_task_show(struct request *req);
struct err *opportunity_task_post(struct request *req);
struct err *opportunity_done_post(struct request *req);
struct err *opportunity_my_tasks_show(struct request *req);

extern const struct home_card opportunity_tasks_card;

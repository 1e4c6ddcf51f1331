/* lead/lead_view.h - how a lead looks, whoever reads it. */
#pragma once

#include "lead/lead.h"
#include "web/request.h"

extern const struct status_row lead_staff_statuses[];
extern const struct status_row lead_partner_statuses[]; /* "For you" */
extern const struct status_row lead_outcome_statuses[];

/* "LD-2219", "ld 2219", "2219"; 0 for anything else. */
int64_t lead_typed_number(const char *text);
/* Page.Title, .Status, .Facts. */
struct err *lead_show_head(struct request *req, const struct lead *lead);
/* V.Content.n.{Label,Value} of what was asked, V.Person.n of who asked, V.Note, V.Score. */
struct err *lead_show_content(struct request *req, struct view *v, const struct lead *lead);
/* V.Clock: the time that is left. */
void lead_show_clock(struct request *req, struct view *v, const struct lead *lead, int64_t now);

/* In a list: "6 h left", with its tone; "" when nothing waits. */
struct lead_left {
    const char *tone, *text;
};
struct lead_left lead_time_left(const struct request *req, int64_t now, int64_t due_at);

struct lead_step_row {
    int64_t at;
    const char *state, *action, *user_name, *audience, *account_name, *reason_code, *reason_text;
};
/* V.History.n for timeline(); NAMES says whether people and partners are named. */
void lead_show_history(struct request *req, struct view *v, const struct lead_step_row *rows,
                       size_t count, bool names);
/* "Hamburg, Germany". */
const char *lead_place(const struct request *req, const char *city, const char *region,
                       const char *country);
/* Why something was not done, as a page; DETAIL is the word of a conflict. */
struct err *lead_refuse(struct request *req, const struct lead *lead, const char *detail);

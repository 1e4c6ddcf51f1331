/* programme/programme_setup.h - what staff set up of the programme: the questions to applicants,
 * the steps of the checklist, tiers with what they ask, what each of them gives, and how long
 * approvals protect. */
#pragma once

#include "web/request.h"

#define PROGRAMME_SETUP "/staff/setup/programme"

extern const struct route programme_setup_routes[]; /* the page that leads to those below */
extern const struct route programme_item_routes[];  /* questions and steps */
extern const struct route tier_setup_routes[], benefit_setup_routes[], term_setup_routes[];
extern db_stmt_table programme_item_statements[], tier_setup_statements[], tier_trial_statements[],
    benefit_setup_statements[], term_setup_statements[];

/* Title, and the way here from the page of all settings. */
void programme_setup_head(struct request *req, const char *title);
bool programme_setup_may_edit(const struct request *req);
/* "in use" or "off", as V.Switch. */
void programme_setup_switch(struct request *req, struct view *v, bool is_on);
const char *programme_setup_flag(bool flag); /* as the audit has it */

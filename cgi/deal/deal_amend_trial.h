/* deal/deal_amend_trial.h - a rule for steps of changes, put to changes that were decided. */
#pragma once

#include "deal/deal_rules.h"

extern db_stmt_table deal_amend_trial_statements[];

/* As deal_rule_trial(), with what each registration would have been.  What a change left alone, and
 * the partner's tier, are as they stand today.  One that was made without a person because it was
 * small fits only where the rule did not hold before it, as the worker judges. */
struct err *deal_amend_trial(struct db *db, struct arena *a, const struct deal_trial_spec *spec,
                             struct deal_trial *trial_out);

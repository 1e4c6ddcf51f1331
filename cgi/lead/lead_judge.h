/* lead/lead_judge.h - where a lead belongs, and whether a person must look at it first. */
#pragma once

#include "lead/lead.h"

extern db_stmt_table lead_judge_statements[]; /* with match_find_statements */

/* The territory of a lead's place, and who looks after it; 0 for none. */
struct lead_place {
    int64_t territory_id, department_id;
};
struct err *lead_place_read(struct db *db, struct arena *a, const struct lead *lead,
                            struct lead_place *out);
/* A person has looked: the rules may go on. */
struct err *lead_release(struct db *db, struct arena *a, const struct lead_actor *by,
                         struct lead *lead);

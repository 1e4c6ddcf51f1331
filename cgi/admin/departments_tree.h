/* admin/departments_tree.h - departments as intervals of ids: where one that is new or moves finds
 * room.  Pure numbers, no database. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct department_node {
    int64_t id, last_id; /* 0: not placed yet */
    int64_t parent_id;   /* 0: a root */
    int64_t new_id, new_last_id;
    size_t size; /* of itself and what is below it */
};

/* Places NODES[MOVED], with all that is below it, below the department with id BELOW (0: as a
 * root). Every node gets new_id and new_last_id; those of most are what they were.  False: BELOW is
 * MOVED itself, below it, or nothing. */
bool department_tree_place(struct department_node *nodes, size_t count, size_t moved,
                           int64_t below);

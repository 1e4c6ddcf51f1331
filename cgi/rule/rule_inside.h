/* rule/rule_inside.h - what the sources of this room share and nobody else calls. */
#pragma once

#include "rule/rule.h"

struct rule_version_input {
    int64_t row_version;
};
/* OTHER: the neighbour that it changes places with. */
struct rule_move_input {
    int64_t other;
};

/* The I-th of a book's rows. */
const struct rule_head *rule_at(const struct rule_book *book, const void *rows, size_t i);
struct err *rule_rows(const struct rule_book *book, struct request *req, const void **rows_out,
                      size_t *count_out);
/* A stored rule as its form holds it. */
const void *rule_stored(const struct rule_book *book, struct request *req, const void *rule);

/* What was typed is judged already. */
struct err *rule_add(const struct rule_book *book, struct request *req);
struct err *rule_change(const struct rule_book *book, struct request *req);

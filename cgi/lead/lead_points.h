/* lead/lead_points.h - what a point of the score may look at. */
#pragma once

#include <stddef.h>

struct lead_point_kind {
    const char *code, *label; /* NULL code ends the table; label: English message id */
    size_t offset;            /* of the text in struct lead */
};
extern const struct lead_point_kind lead_point_kinds[];

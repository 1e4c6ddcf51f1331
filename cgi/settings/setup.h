/* settings/setup.h - what the pages of settings share. */
#pragma once

#include "web/request.h"

#define SETUP_ADDRESS "/staff/setup"

/* Fields that most forms of settings have, of the members of TYPE that are called so: the two names
 * that each thing has (MOST characters, 120 of SETUP_NAMES), its version, its place (from 1), and
 * whether it is in use. */
#define SETUP_NAME(type, member, label_, needed_, most)                                \
    {                                                                                  \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, .required = true,      \
        .needed = (needed_), .min = 1, .max = (most), .offset = offsetof(type, member) \
    }
#define SETUP_NAMES_OF(type, most)                                                          \
    SETUP_NAME(type, name_en, N_("Name in English"), N_("Enter a name in English."), most), \
        SETUP_NAME(type, name_zh, N_("Name in Chinese"), N_("Enter a name in Chinese."), most)
#define SETUP_NAMES(type) SETUP_NAMES_OF(type, 120)
#define SETUP_VERSION(type)                                                                 \
    {                                                                                       \
        .name = "row_version", .label = N_("Version"), .kind = FIELD_INT, .max = INT64_MAX, \
        .offset = offsetof(type, row_version)                                               \
    }
#define SETUP_ORDER(type, most)                                                       \
    {                                                                                 \
        .name = "sort", .label = N_("Order"), .kind = FIELD_INT, .required = true,    \
        .needed = N_("Enter where in the order it stands."), .min = 1, .max = (most), \
        .offset = offsetof(type, sort)                                                \
    }
#define SETUP_IN_USE(type)                                           \
    {                                                                \
        .name = "active", .label = N_("In use"), .kind = FIELD_FLAG, \
        .offset = offsetof(type, active)                             \
    }

/* Title, and the way here from the page of all settings. */
void setup_head(struct request *req, const char *title);
bool setup_may_edit(const struct request *req);
/* The one of two names that the visitor reads. */
const char *setup_name(const struct request *req, const char *name_en, const char *name_zh);
const char *setup_iso(struct arena *a, int32_t day); /* "2026-11-21", as addresses have it */
/* "in use" or "off", as V.Switch. */
void setup_switch(struct request *req, struct view *v, bool is_on);

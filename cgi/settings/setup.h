/* settings/setup.h - what the pages of settings share. */
#pragma once

#include "web/request.h"

#define SETUP_ADDRESS "/staff/setup"

/* The two names that each thing has, as fields of its form. */
#define SETUP_NAME(type, member, label_, needed_)                                   \
    {                                                                               \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, .required = true,   \
        .needed = (needed_), .min = 1, .max = 120, .offset = offsetof(type, member) \
    }
#define SETUP_NAMES(type)                                                             \
    SETUP_NAME(type, name_en, N_("Name in English"), N_("Enter a name in English.")), \
        SETUP_NAME(type, name_zh, N_("Name in Chinese"), N_("Enter a name in Chinese."))

/* Title, and the way here from the page of all settings. */
void setup_head(struct request *req, const char *title);
bool setup_may_edit(const struct request *req);
/* The one of two names that the visitor reads. */
const char *setup_name(const struct request *req, const char *name_en, const char *name_zh);
const char *setup_iso(struct arena *a, int32_t day); /* "2026-11-21", as addresses have it */
/* "in use" or "off", as V.Switch. */
void setup_switch(struct request *req, struct view *v, bool is_on);

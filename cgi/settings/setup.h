/* settings/setup.h - what the pages of settings share. */
#pragma once

#include "web/request.h"

#define SETUP_ADDRESS "/staff/setup"

/* Title, and the way here from the page of all settings. */
void setup_head(struct request *req, const char *title);
bool setup_may_edit(const struct request *req);
/* The one of two names that the visitor reads. */
const char *setup_name(const struct request *req, const char *name_en, const char *name_zh);
const char *setup_iso(struct arena *a, int32_t day); /* "2026-11-21", as addresses have it */
/* "in use" or "off", as V.Switch. */
void setup_switch(struct request *req, struct view *v, bool is_on);

/* deal/deal_bulk_view.h - how a list of registrations and its rows look. */
#pragma once

#include "web/request.h"

extern const struct status_row deal_bulk_statuses[];
extern const char *const deal_bulk_failed_words; /* English message id */

/* opportunity/opportunity_setup_sql.h - the statements behind the pages where staff set up stages
 * and closing reasons. */
#pragma once

#include "db/stmt.h"

struct stage_row {
    int64_t id, sort, probability, stale_days, row_version;
    const char *name_en, *name_zh, *kind, *category, *needed;
    bool active;
};

struct use_row {
    bool used, open;
};

struct reason_row {
    const char *code, *kind, *text_en, *text_zh;
    int64_t sort, row_version;
    bool active;
};

extern const struct db_stmt opportunity_setup_stages, opportunity_setup_use,
    opportunity_setup_stage_insert, opportunity_setup_stage_update, opportunity_setup_stage_sort,
    opportunity_setup_stage_delete;
extern const struct db_stmt opportunity_setup_reasons, opportunity_setup_reason_insert,
    opportunity_setup_reason_update;

/* settings/fields_inside.h - what the pages of a field of the vendor's own share. */
#pragma once

#include "custom/custom.h"
#include "web/request.h"

#define FIELDS_ADDRESS "/staff/setup/fields"

struct fields_row {
    int64_t id, sort, row_version;
    const char *kind, *code, *type, *name_en, *name_zh, *hint_en, *hint_zh, *least, *most,
        *audience;
    bool required, filterable, active, used;
};
/* The one that the address names. */
struct err *fields_find(struct request *req, struct fields_row *out);
const char *fields_href(struct arena *a, const struct fields_row *row);
/* Small letters, digits and underscores, a letter first: it stands in files and in the trail. */
bool fields_is_code(const char *text);

/* The options of a choice: Options.n and where a new one is made. */
struct err *fields_show_options(struct request *req, const struct fields_row *field);

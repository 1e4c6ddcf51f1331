/* web/rows.h - the rows of a list, each filled into the mould of its template (view/mould.h).
 *
 *     rows_begin(req, &part);
 *     for (…)
 *         rows_add(req, (const struct mould_value[]){ [ROW_NUMBER] = mould_text(number), … });
 *     rows_show(req, v, "RowsHtml");          <?cs uvar:Deals.RowsHtml ?>
 *
 * One list at a time; a page may show several.  A fault of the template is the page's, as of a
 * value that cannot be set. */
#pragma once

#include "view/mould.h"
#include "web/request.h"

struct rows_part {
    const char *page;         /* "part/deal_row.cs" */
    const char *const *names; /* of the values, in their order; ended by NULL */
};

void rows_begin(struct request *req, const struct rows_part *part);
void rows_add(struct request *req, const struct mould_value *values); /* one for each name */
void rows_show(struct request *req, struct view *v, const char *name);
/* The rows of the list under way, for a value of another list's row; it is empty again. */
struct mould_value rows_take(struct request *req);
/* The form token of the page, for rows with a button. */
struct mould_value rows_token(struct request *req);
/* A status as a value; TABLE is a static one. */
struct mould_value rows_status(struct request *req, const struct status_row *table,
                               const char *code);

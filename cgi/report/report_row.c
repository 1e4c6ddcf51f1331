/* report/report_row.c - what a row of a result is called, and where the records behind it are. */
#include "report/report_inside.h"

#include "web/http.h"

static const char *escaped(struct arena *a, const char *text)
{
    return http_encode(a, text, false);
}

static const char *group_value(const struct report_query *q, size_t i,
                               const struct report_cell *cell)
{
    char day[DAY_ISO_BYTES];

    if (q->def->groups[i].span == NULL)
        return cell->text == NULL ? "n" : arena_join(q->req->arena, "v", cell->text, NULL);
    if (cell->day == DAY_NONE)
        return "n";
    day_iso(cell->day, day);
    return arena_join(q->req->arena, "v", day, NULL);
}

const char *report_rows_address(const struct report_query *q, int64_t report_id,
                                const struct report_row *row)
{
    struct arena *a = q->req->arena;
    const char *address = arena_printf(a, REPORT_ADDRESS "/%lld/rows?g1=%s", (long long)report_id,
                                       escaped(a, group_value(q, 0, &row->cells[0])));

    if (q->def->group_count < 2)
        return address;
    return arena_join(a, address, "&g2=", escaped(a, group_value(q, 1, &row->cells[1])), NULL);
}

const char *report_row_label(const struct report_query *q, const struct report_row *row)
{
    const struct report_def *def = q->def;
    struct arena *a = q->req->arena;
    const char *first;

    if (def->group_count == 0)
        return arena_printf(a, "%s%lld", def->set->number, (long long)row->id);
    first = report_cell_text(q, 0, &row->cells[0]);
    return def->group_count == 1
               ? first
               : arena_join(a, first, ", ", report_cell_text(q, 1, &row->cells[1]), NULL);
}

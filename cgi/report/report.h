/* report/report.h - saved reports over named data sets, for staff.
 *
 * A data set is a constant table: where its rows come from, which of them a reader may see - the
 * clause of the set's own list - and its fields.  A report is a choice among them: columns,
 * filters, groups, figures, an order, a chart.  It holds no rows and no rights: whoever opens one
 * sees what he may see, and one over a data set that he may not see is not there for him. */
#pragma once

#include "web/request.h"

extern db_stmt_table report_statements[];
extern const struct route report_staff_routes[];
extern const struct object_kind report_object;

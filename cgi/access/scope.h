/* access/scope.h - which records a member of staff sees, as a clause of SQL: written once, since
 * every list, count, report and file must mean the same.
 *
 * Departments are intervals of ids: what stands below one lies between its own id and the last of
 * those below it.  What has no department is everybody's.  OF is a table's alias with its dot
 * ("d."), or "". */
#pragma once

/* Binds two numbers: the actor's department_low and department_high. */
#define SCOPE_WITHIN(of) "(" of "department_id BETWEEN ? AND ? OR " of "department_id IS NULL) "
/* What is one's own is seen wherever it stands.  Binds a third number: the actor's user_id. */
#define SCOPE_WITHIN_OR_OWN(of, person) \
    "(" of "department_id BETWEEN ? AND ? OR " of "department_id IS NULL OR " of person " = ?) "

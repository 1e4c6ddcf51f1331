/* admin/users.h - who may use the portal: invitations, roles, disabling, for company administrators
 * over their own account and for staff over all.
 *
 * The company programs (partner.fcgi, customer.fcgi) may not make users, give roles or touch
 * sessions: they queue what their administrator asked for, and the worker does it when the rules
 * allow it to that person.  A subverted company program can therefore make nobody staff.  What it
 * does write itself is a person's name and whether he may log in. */
#pragma once

#include "db/stmt.h"
#include "job/queue.h"
#include "web/request.h"

extern const struct route users_partner_routes[], users_customer_routes[], users_staff_routes[];
extern const struct object_kind users_kind;
extern db_stmt_table users_company_statements[]; /* partner.fcgi, customer.fcgi */
extern db_stmt_table users_staff_statements[];   /* staff.fcgi */
extern db_stmt_table users_job_statements[];     /* the worker */
extern const struct job_kind users_jobs[];       /* the worker */

/* publishing/announcement.h - what the vendor tells partners, customers and staff: written in both
 * languages, for a time, for a tier and for countries; counted in the menu until it is read. */
#pragma once

#include "identity/home_card.h"
#include "job/queue.h"
#include "web/request.h"

extern const struct route announcement_partner_routes[], announcement_customer_routes[],
    announcement_staff_routes[];
extern const struct object_kind announcement_object, announcement_desk_object;
/* Beside attachment_statements and session_count_statements. */
extern db_stmt_table announcement_read_statements[];
extern db_stmt_table
    announcement_desk_statements[]; /* staff.fcgi, beside library_staff_statements */
extern db_stmt_table announcement_job_statements[]; /* the worker */
extern const struct job_kind announcement_jobs[];
extern const struct home_card announcement_home_card;

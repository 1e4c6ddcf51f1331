/* program/customer.c - customer.fcgi: everything below /customer/. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/session.h"
#include "admin/home.h"
#include "admin/users.h"
#include "attachment/attachment.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "notification/notification.h"
#include "publishing/announcement.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    home_customer_routes,
    users_customer_routes,
    notification_customer_routes,
    announcement_customer_routes,
    NULL,
};

static db_stmt_table *const statements[] = {
    web_statements,
    session_read_statements,
    rate_statements,
    audit_statements,
    parameter_read_statements,
    job_add_statements,
    outbox_add_statements,
    session_count_statements,
    notification_send_statements,
    notification_read_statements,
    notification_choice_statements,
    notification_mute_statements,
    notification_muted_statements,
    users_company_statements,
    home_company_statements,
    attachment_statements,
    announcement_read_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &users_kind,
    &announcement_object,
    NULL,
};

const struct program program_customer = {
    .name = "customer",
    .prefix = "/customer",
    .audience = AUD_CUSTOMER,
    .routes = routes,
    .statements = statements,
    .objects = objects,
    .menu_of = { [AUD_CUSTOMER] = menu_customer },
};

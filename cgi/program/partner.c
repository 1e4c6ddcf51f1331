/* program/partner.c - partner.fcgi: everything below /partner/. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/session.h"
#include "admin/home.h"
#include "admin/users.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "notification/notification.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    home_partner_routes,
    users_partner_routes,
    notification_partner_routes,
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
    users_company_statements,
    home_company_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &users_kind,
    NULL,
};

const struct program program_partner = {
    .name = "partner",
    .prefix = "/partner",
    .audience = AUD_PARTNER,
    .routes = routes,
    .statements = statements,
    .objects = objects,
    .menu_of = { [AUD_PARTNER] = menu_partner },
};

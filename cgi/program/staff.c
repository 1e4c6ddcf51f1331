/* program/staff.c - staff.fcgi: everything below /staff/. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/role.h"
#include "access/session.h"
#include "admin/home.h"
#include "admin/roles.h"
#include "admin/users.h"
#include "approval/delegate.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "notification/notification.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    home_staff_routes,         users_staff_routes,    roles_staff_routes,
    notification_staff_routes, delegate_staff_routes, NULL,
};

static db_stmt_table *const statements[] = {
    web_statements,
    session_read_statements,
    rate_statements,
    audit_statements,
    parameter_read_statements,
    opened_statements,
    session_end_statements,
    role_statements,

    job_add_statements,
    outbox_add_statements,
    session_count_statements,
    notification_send_statements,
    notification_read_statements,
    delegate_statements,
    delegate_lookup_statements,
    users_staff_statements,
    roles_staff_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &users_kind,
    NULL,
};

const struct program program_staff = {
    .name = "staff",
    .prefix = "/staff",
    .audience = AUD_STAFF,
    .routes = routes,
    .statements = statements,
    .objects = objects,
    .menu_of = { [AUD_STAFF] = menu_staff },
};

/* program/public.c - public.fcgi: the first page, identity and own profile, and what needs no
 * log-in. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/role.h"
#include "access/session.h"
#include "attachment/attachment.h"
#include "identity/identity.h"
#include "identity/identity_slots.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "approval/business_clock.h"
#include "deal/deal_choices.h"
#include "lead/lead.h"
#include "lead/lead_public.h"
#include "lead/lead_sql.h"
#include "notification/notification.h"
#include "opportunity/opportunity_calendar.h"
#include "program/landing.h"
#include "programme/programme.h"
#include "programme/programme_rooms.h"
#include "receipt/log.h"
#include "receipt/receipt_pages.h"
#include "settings/settings.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    landing_routes,
    identity_routes,
    receipt_public_routes,
    notification_public_routes,
    programme_public_routes,
    lead_public_routes,
    opportunity_calendar_routes,
    branding_public_routes,
    NULL,
};

static db_stmt_table *const statements[] = {
    web_statements,
    session_read_statements,
    session_write_statements,
    session_end_statements,
    role_statements,
    rate_statements,
    audit_statements,
    parameter_read_statements,
    outbox_add_statements,
    job_add_statements,
    identity_statements,
    identity_see_as_statements,
    log_read_statements,
    log_find_statements,
    log_key_statements,
    mail_link_statements,
    notification_choice_statements,
    notification_mute_statements,
    attachment_take_statements,
    programme_public_statements,
    business_calendar_statements,
    deal_choice_statements,
    lead_guest_statements,
    lead_answer_statements,
    lead_clock_statements,
    lead_link_statements,
    opportunity_calendar_statements,
    branding_public_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &identity_session_kind,
    NULL,
};

const struct program program_public = {
    .name = "public",
    .prefix = "",
    .audience = AUD_PUBLIC,
    .routes = routes,
    .statements = statements,
    .objects = objects,
    .menu = menu_public,
    .menu_of = { [AUD_PARTNER] = menu_partner,
                 [AUD_CUSTOMER] = menu_customer,
                 [AUD_STAFF] = menu_staff },
    .rooms_open = programme_rooms_open,
    .rooms_close = programme_rooms_close,
    .before_fork = identity_slots_open,
};

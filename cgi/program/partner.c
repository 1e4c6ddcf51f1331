/* program/partner.c - partner.fcgi: everything below /partner/. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/session.h"
#include "account/account.h"
#include "admin/home.h"
#include "admin/home_waiting.h"
#include "admin/users.h"
#include "approval/business_clock.h"
#include "attachment/attachment.h"
#include "comment/comment.h"
#include "custom/custom.h"
#include "deal/deal_bulk_sql.h"
#include "deal/deal_calendar.h"
#include "deal/deal_check.h"
#include "deal/deal_choices.h"
#include "deal/deal_conflict.h"
#include "deal/deal_amend.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_appeal.h"
#include "deal/deal_extension.h"
#include "deal/deal_figures.h"
#include "deal/deal_free.h"
#include "deal/deal_list_sql.h"
#include "deal/deal_names.h"
#include "deal/deal_partner.h"
#include "deal/deal_sql.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "lead/lead_convert.h"
#include "lead/lead_partner.h"
#include "lead/lead_sql.h"
#include "lead/lead_view.h"
#include "notification/notification.h"
#include "receipt/log.h"
#include "receipt/receipt_pages.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_board_sql.h"
#include "opportunity/opportunity_calendar.h"
#include "opportunity/opportunity_list_sql.h"
#include "opportunity/opportunity_next.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_share_pages.h"
#include "opportunity/opportunity_sql.h"
#include "opportunity/opportunity_work_pages.h"
#include "programme/programme.h"
#include "programme/programme_limit.h"
#include "programme/tier.h"
#include "publishing/announcement.h"
#include "publishing/library.h"
#include "web/saved_view.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    home_partner_routes,    users_partner_routes,        notification_partner_routes,
    deal_partner_routes,    opportunity_partner_routes,  receipt_partner_routes,
    lead_partner_routes,    programme_partner_routes,    tier_partner_routes,
    library_partner_routes, announcement_partner_routes, NULL,
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
    home_waiting_partner_statements,
    saved_view_statements,
    attachment_statements,
    comment_statements,
    business_calendar_statements,
    account_partner_statements,
    match_find_statements,
    match_index_statements,
    deal_partner_statements,
    deal_own_list_statements,
    deal_view_statements,
    deal_choice_statements,
    deal_edit_statements,
    deal_plan_preview_statements,
    deal_progress_statements,
    deal_judge_statements,
    deal_verdict_statements,
    deal_conflict_statements,
    deal_free_statements,
    deal_bulk_statements,
    deal_extension_statements,
    deal_appeal_statements,
    deal_amend_statements,
    deal_amend_back_statements,
    deal_name_statements,
    deal_amend_show_statements,
    deal_appeal_show_statements,
    deal_figure_statements,
    deal_own_calendar_statements,
    deal_name_statements,
    custom_partner_statements,
    opportunity_statements,
    opportunity_partner_find_statements,
    opportunity_own_list_statements,
    opportunity_own_sum_statements,
    opportunity_own_board_statements,
    opportunity_own_next_statements,
    opportunity_own_work_statements,
    opportunity_link_statements,
    opportunity_form_statements,
    opportunity_edit_statements,
    opportunity_page_statements,
    opportunity_share_statements,
    opportunity_share_own_statements,
    lead_partner_statements,
    lead_clock_statements,
    lead_own_statements,
    lead_convert_statements,
    receipt_file_statements,
    log_read_statements,
    programme_partner_statements,
    tier_partner_statements,
    certificates_partner_statements,
    library_partner_statements,
    announcement_read_statements,
    partner_limit_statements,
    partner_limit_hold_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &users_kind,
    &deal_partner_object,
    &deal_bulk_object,
    &opportunity_partner_object,
    &opportunity_invitation_object,
    &lead_partner_object,
    &library_partner_object,
    &announcement_object,
    NULL,
};

const struct program program_partner = {
    .name = "partner",
    .prefix = "/partner",
    .audience = AUD_PARTNER,
    .routes = routes,
    .statements = statements,
    .objects = objects,
    .rooms_open = deal_rooms_open_partner,
    .rooms_close = deal_rooms_close,
    .menu_of = { [AUD_PARTNER] = menu_partner },
};

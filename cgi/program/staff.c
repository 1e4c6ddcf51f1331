/* program/staff.c - staff.fcgi: everything below /staff/. */
#include "program/program.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/role.h"
#include "access/session.h"
#include "account/account.h"
#include "account/account_bin.h"
#include "account/account_merge.h"
#include "account/account_tree.h"
#include "account/contact.h"
#include "custom/custom.h"
#include "accounts/accounts.h"
#include "account/territory.h"
#include "admin/departments.h"
#include "admin/home.h"
#include "admin/home_waiting.h"
#include "admin/roles.h"
#include "admin/see_as.h"
#include "admin/users.h"
#include "admin/users_manager.h"
#include "admin/who_sees.h"
#include "approval/delegate.h"
#include "approval/business_clock.h"
#include "attachment/attachment.h"
#include "auditing/auditing.h"
#include "comment/comment.h"
#include "deal/deal_calendar.h"
#include "deal/deal_choices.h"
#include "deal/deal_conflict.h"
#include "deal/deal_filter.h"
#include "deal/deal_conditions.h"
#include "deal/deal_amend.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_amend_trial.h"
#include "deal/deal_appeal.h"
#include "deal/deal_grant.h"
#include "deal/deal_resolve.h"
#include "deal/deal_sql.h"
#include "deal/deal_names.h"
#include "deal/deal_reviewers.h"
#include "deal/deal_rules.h"
#include "deal/deal_staff.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "lead/lead_desk.h"
#include "lead/lead_judge.h"
#include "lead/lead_route.h"
#include "lead/lead_sql.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"
#include "notification/notification.h"
#include "notification/wording.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_board_sql.h"
#include "opportunity/opportunity_calendar.h"
#include "opportunity/opportunity_list_sql.h"
#include "opportunity/opportunity_next.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_protected.h"
#include "opportunity/opportunity_setup.h"
#include "opportunity/opportunity_share_pages.h"
#include "opportunity/opportunity_sql.h"
#include "opportunity/opportunity_work_pages.h"
#include "operate/figures.h"
#include "operate/health.h"
#include "operate/outbox_pages.h"
#include "receipt/log.h"
#include "receipt/receipt_pages.h"
#include "report/report.h"
#include "report/report_home.h"
#include "report/report_mail.h"
#include "settings/calendars.h"
#include "settings/settings.h"
#include "programme/programme.h"
#include "programme/programme_limit.h"
#include "programme/programme_setup.h"
#include "programme/tier.h"
#include "transfer/transfer.h"
#include "publishing/announcement.h"
#include "publishing/library.h"
#include "web/saved_view.h"
#include "web/web_sql.h"

static const struct route *const routes[] = {
    home_staff_routes,         users_staff_routes,        roles_staff_routes,
    notification_staff_routes, delegate_staff_routes,     deal_staff_routes,
    receipt_staff_routes,      accounts_staff_routes,     opportunity_staff_routes,
    opportunity_setup_routes,  auditing_staff_routes,     settings_staff_routes,
    health_staff_routes,       programme_staff_routes,    deal_rule_routes,
    deal_plan_routes,          lead_desk_routes,          lead_staff_routes,
    see_as_staff_routes,       who_sees_staff_routes,     departments_staff_routes,
    roles_edit_routes,         tier_staff_routes,         transfer_staff_routes,
    library_staff_routes,      announcement_staff_routes, report_staff_routes,
    setup_staff_routes,        currencies_staff_routes,   calendars_staff_routes,
    territories_staff_routes,  lines_staff_routes,        mails_staff_routes,
    branding_staff_routes,     tags_staff_routes,         programme_setup_routes,
    programme_item_routes,     tier_setup_routes,         benefit_setup_routes,
    fields_staff_routes,       field_option_routes,       outbox_staff_routes,
    reasons_staff_routes,      term_setup_routes,         NULL,
};

static db_stmt_table *const statements[] = {
    web_statements,
    session_read_statements,
    rate_statements,
    audit_statements,
    audit_walk_statements,
    parameter_read_statements,
    parameter_write_statements,
    opened_statements,
    session_end_statements,
    role_statements,

    job_add_statements,
    outbox_add_statements,
    session_count_statements,
    notification_send_statements,
    notification_read_statements,
    notification_choice_statements,
    notification_mute_statements,
    notification_muted_statements,
    delegate_statements,
    delegate_lookup_statements,
    users_staff_statements,
    users_manager_statements,
    roles_staff_statements,
    roles_edit_statements,
    departments_statements,
    parameters_statements,
    currencies_statements,
    calendars_statements,
    calendar_days_statements,
    territories_statements,
    lines_statements,
    reasons_statements,
    wording_read_statements,
    wording_write_statements,
    branding_statements,
    tags_statements,
    fields_statements,
    field_option_statements,
    custom_staff_statements,
    custom_forget_statements,
    see_as_staff_statements,
    who_sees_statements,
    receipt_file_statements,
    log_read_statements,
    saved_view_statements,
    business_calendar_statements,
    attachment_statements,
    comment_statements,
    comment_staff_statements,
    match_find_statements,
    match_index_statements,
    match_group_statements,
    account_staff_statements,
    account_tree_statements,
    account_bin_statements,
    account_merge_statements,
    account_purge_statements,
    contact_statements,
    contact_purge_statements,
    attachment_remove_statements,
    deal_vendor_statements,
    deal_conflict_statements,
    deal_view_statements,
    deal_choice_statements,
    deal_staff_statements,
    deal_name_statements,
    deal_resolve_statements,
    deal_grant_statements,
    deal_appeal_show_statements,
    deal_amend_statements,
    deal_amend_show_statements,
    deal_amend_decide_statements,
    deal_amend_step_statements,
    deal_amend_trial_statements,
    deal_staff_figure_statements,
    deal_reviewer_statements,
    deal_staff_calendar_statements,
    deal_behalf_statements,
    deal_fields_statements,
    deal_desk_statements,
    deal_waiting_statements,
    deal_rule_statements,
    approval_read_statements,
    approval_write_statements,
    deal_plan_statements,
    deal_round_statements,
    deal_step_statements,
    deal_plan_page_statements,
    deal_condition_statements,
    deal_rule_page_statements,
    accounts_statements,
    accounts_owner_statements,
    accounts_part_statements,
    accounts_tree_statements,
    accounts_figure_statements,
    accounts_work_statements,
    accounts_bin_statements,
    accounts_merge_statements,
    accounts_tag_statements,
    opportunity_statements,
    opportunity_staff_find_statements,
    opportunity_staff_list_statements,
    opportunity_staff_sum_statements,
    opportunity_staff_board_statements,
    opportunity_staff_next_statements,
    opportunity_staff_work_statements,
    opportunity_setup_statements,
    opportunity_link_statements,
    opportunity_staff_people_statements,
    opportunity_form_statements,
    opportunity_staff_edit_statements,
    opportunity_protected_statements,
    opportunity_page_statements,
    opportunity_share_statements,
    opportunity_share_staff_statements,
    opportunity_share_page_statements,
    auditing_statements,
    figures_statements,
    health_statements,
    outbox_page_statements,
    programme_staff_statements,
    programme_partners_statements,
    programme_item_statements,
    tier_setup_statements,
    tier_trial_statements,
    benefit_setup_statements,
    term_setup_statements,
    tier_staff_statements,
    certificates_staff_statements,
    library_staff_statements,
    announcement_read_statements,
    announcement_desk_statements,
    partner_limit_statements,
    lead_staff_statements,
    lead_clock_statements,
    lead_tell_statements,
    lead_judge_statements,
    lead_route_statements,
    territory_statements,
    lead_desk_statements,
    lead_setup_statements,
    lead_rule_statements,
    transfer_staff_statements,
    transfer_name_statements,
    report_statements,
    report_mail_statements,
    report_home_statements,
    home_waiting_staff_statements,
    deal_filter_statements,
    NULL,
};

static const struct object_kind *const objects[] = {
    &users_kind,
    &deal_staff_object,
    &accounts_kind,
    &accounts_any_kind,
    &opportunity_staff_object,
    &application_object,
    &agreement_object,
    &programme_account_object,
    &tier_review_object,
    &library_staff_object,
    &announcement_object,
    &announcement_desk_object,
    &deal_rule_kind,
    &deal_plan_kind,
    &lead_staff_object,
    &transfer_object,
    &report_object,
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
    .rooms_open = deal_rooms_open_staff,
    .rooms_close = deal_rooms_close,
};

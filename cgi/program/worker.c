/* program/worker.c - fairway-worker: what happens without anybody waiting for a page. */
#include "program/worker.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "access/rate.h"
#include "access/role.h"
#include "access/session.h"
#include "admin/home_waiting.h"
#include "admin/users.h"
#include "admin/users_manager.h"
#include "admin/users_many.h"
#include "account/match_find.h"
#include "account/match_jobs.h"
#include "approval/business_clock.h"
#include "approval/delegate.h"
#include "attachment/attachment.h"
#include "account/account.h"
#include "account/account_bin.h"
#include "account/contact.h"
#include "custom/custom.h"
#include "lead/lead_many.h"
#include "account/territory.h"
#include "deal/deal_amend.h"
#include "deal/deal_bulk.h"
#include "deal/deal_check.h"
#include "deal/deal_choices.h"
#include "deal/deal_conflict.h"
#include "deal/deal_counts.h"
#include "deal/deal_jobs.h"
#include "deal/deal_jobs_sql.h"
#include "deal/deal_rooms.h"
#include "deal/deal_sql.h"
#include "deal/deal_steps.h"
#include "identity/identity.h"
#include "identity/identity_link.h"
#include "job/purge.h"
#include "lead/lead_jobs.h"
#include "lead/lead_judge.h"
#include "lead/lead_public.h"
#include "lead/lead_route.h"
#include "lead/lead_sql.h"
#include "notification/notification.h"
#include "notification/wording.h"
#include "opportunity/opportunity_convert.h"
#include "opportunity/opportunity_many.h"
#include "opportunity/opportunity_share.h"
#include "opportunity/opportunity_sql.h"
#include "opportunity/opportunity_territory.h"
#include "programme/programme.h"
#include "programme/programme_jobs.h"
#include "programme/programme_limit.h"
#include "programme/tier.h"
#include "publishing/announcement.h"
#include "receipt/log.h"
#include "receipt/receipt_jobs.h"
#include "report/report_home.h"
#include "report/report_jobs.h"
#include "transfer/transfer.h"
#include "account/account_many.h"
#include "account/match_many.h"

enum { LINK_LIFE_SECONDS = 7 * 24 * 3600 };

static struct err *drop_links(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;

    (void)job;
    return err_pass(mailer_drop_links(rooms->mailer, LINK_LIFE_SECONDS));
}

static const struct job_kind mail_jobs[] = {
    { .name = "mail.drop_links",
      .handler = drop_links,
      .retries = 0,
      .timeout_seconds = 60,
      .every_seconds = 3600 },
    { 0 },
};

static struct err *run_bulk(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;

    return err_pass(deal_bulk_run(ctx, job, rooms->deals));
}

static struct err *run_rules(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(deal_rules_run(ctx, job, deals->names));
}

static struct err *run_appeal(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(deal_appeal_run(ctx, job, deals->names));
}

static struct err *run_amend(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(deal_amend_run(ctx, job, deals->names));
}

static struct err *run_lead(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(lead_route_run(ctx, job, deals->names));
}

static struct err *run_received(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(programme_run_received(ctx, job, deals->names));
}

static struct err *run_check(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(programme_run_check(ctx, job, deals->names));
}

static const struct job_kind programme_room_jobs[] = {
    { .name = "programme.received", .handler = run_received, .retries = 8, .timeout_seconds = 120 },
    { .name = "programme.check", .handler = run_check, .retries = 8, .timeout_seconds = 120 },
    { 0 },
};

static struct err *run_transfer(struct job_context *ctx, const struct job *job)
{
    const struct worker_rooms *rooms = ctx->rooms;
    const struct deal_rooms *deals = rooms->deals;

    return err_pass(transfer_run(ctx, job, deals->names));
}

static const struct job_kind transfer_room_jobs[] = {
    { .name = "transfer.run", .handler = run_transfer, .retries = 8, .timeout_seconds = 60 },
    { 0 },
};

/* A slice takes seconds; its lease is what a list waits for when a worker dies. */
static const struct job_kind deal_room_jobs[] = {
    { .name = "deal.rules", .handler = run_rules, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.appeal", .handler = run_appeal, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.amend", .handler = run_amend, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.bulk", .handler = run_bulk, .retries = 8, .timeout_seconds = 30 },
    { .name = "lead.route", .handler = run_lead, .retries = 8, .timeout_seconds = 30 },
    { 0 },
};

const struct job_kind *const worker_jobs[] = {
    job_purge_jobs,
    mail_jobs,
    attachment_jobs,
    identity_jobs,
    users_jobs,
    deal_jobs,
    deal_scope_jobs,
    deal_count_jobs,
    deal_room_jobs,
    match_jobs,
    receipt_jobs,
    notification_jobs,
    opportunity_jobs,
    opportunity_territory_jobs,
    opportunity_convert_jobs,
    programme_jobs,
    application_clock_jobs,
    programme_room_jobs,
    deal_step_jobs,
    lead_jobs,
    tier_jobs,
    transfer_jobs,
    transfer_room_jobs,
    announcement_jobs,
    report_jobs,
    report_home_jobs,
    home_waiting_jobs,
    account_bin_jobs,
    NULL,
};

const struct outbox_link worker_links[] = {
    { "reset", identity_link_make },
    { "invite", identity_link_make },
    { 0 },
};

const struct outbox_content worker_contents[] = {
    { "notification/event", notification_fill_event },
    { "notification/digest", notification_fill_digest },
    { "lead/offer", lead_fill_offer },
    { REPORT_MAIL, report_fill_mail },
    { 0 },
};

db_stmt_table *const worker_statements[] = {
    job_add_statements,
    job_worker_statements,
    job_purge_statements,
    outbox_add_statements,
    outbox_send_statements,
    audit_statements,
    session_count_statements,
    notification_send_statements,
    notification_job_statements,
    mail_link_statements,
    mail_key_statements,
    wording_read_statements,
    attachment_store_statements,
    attachment_job_statements,

    opportunity_share_job_statements,
    opportunity_territory_statements,
    opportunity_convert_job_statements,
    parameter_read_statements,
    session_end_statements,
    role_statements,
    identity_link_statements,
    identity_job_statements,
    users_job_statements,
    business_calendar_statements,
    delegate_lookup_statements,
    deal_vendor_statements,
    deal_conflict_statements,
    deal_job_statements,
    deal_scope_job_statements,
    approval_read_statements,
    approval_write_statements,
    deal_plan_statements,
    deal_round_statements,
    deal_step_statements,
    deal_step_job_statements,
    deal_appeal_job_statements,
    deal_amend_decide_statements,
    deal_amend_step_statements,
    deal_count_statements,
    deal_choice_statements,
    deal_verdict_statements,
    deal_bulk_worker_statements,
    rate_statements,
    account_partner_statements,
    match_find_statements,
    match_index_statements,
    match_job_statements,
    announcement_job_statements,
    lead_worker_statements,
    lead_clock_statements,
    lead_tell_statements,
    lead_judge_statements,
    lead_route_statements,
    territory_statements,
    lead_job_statements,
    lead_link_make_statements,
    log_append_statements,
    log_key_statements,
    programme_job_statements,
    application_clock_statements,
    tier_job_statements,
    partner_limit_statements,
    partner_limit_hold_statements,
    audit_many_statements,
    match_many_statements,
    account_many_statements,
    transfer_lookup_statements,
    transfer_lead_statements,
    lead_many_statements,
    opportunity_statements,
    opportunity_many_statements,
    transfer_opportunity_statements,
    users_many_statements,
    users_manager_look_up,
    contact_statements,
    contact_many_statements,
    transfer_work_statements,
    report_job_statements,
    report_home_job_statements,
    home_waiting_job_statements,
    account_purge_statements,
    contact_purge_statements,
    custom_forget_statements,
    custom_staff_statements,
    custom_partner_statements,
    attachment_remove_statements,
    NULL,
};

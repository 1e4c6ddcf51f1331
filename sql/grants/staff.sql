-- staff.fcgi: staff work and administration.  No password, no second factor's secret, no link; the audit
-- trail only grows.

-- db
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;

-- access
GRANT SELECT, INSERT, UPDATE ON @DB@.system_parameter TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.role TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.role_permission TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.user_role TO @ACCOUNT@;
GRANT SELECT, UPDATE (last_seen_at, ended_at, counter_notifications, counter_deals, counter_announcements, account_id,
    department_id, department_low, department_high, permissions, user_name, email, account_name,
    tier_name_en, tier_name_zh, lang, zone, theme, idle_seconds, expires_at)
    ON @DB@.session TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.rate_bucket TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.audit_event TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.audit_check TO @ACCOUNT@;

-- web
GRANT SELECT, UPDATE ON @DB@.brand TO @ACCOUNT@;
GRANT SELECT (hash, width, height), INSERT, UPDATE (used_at) ON @DB@.brand_logo TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (result) ON @DB@.form_use TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opened TO @ACCOUNT@;
GRANT SELECT ON @DB@.record_part TO @ACCOUNT@;

-- job
GRANT SELECT, INSERT, UPDATE ON @DB@.job TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (state, due_at, tries, last_error) ON @DB@.outbox TO @ACCOUNT@;

-- admin: who somebody is; a second factor may be taken away, never read or set
GRANT SELECT, INSERT, UPDATE ON @DB@.user TO @ACCOUNT@;
GRANT SELECT (user_id, confirmed_at), DELETE ON @DB@.second_factor TO @ACCOUNT@;
GRANT SELECT (user_id, created_at), DELETE ON @DB@.second_factor_pending TO @ACCOUNT@;
GRANT SELECT (user_id, used_at), DELETE ON @DB@.recovery_code TO @ACCOUNT@;
GRANT SELECT (user_id, kind, created_at, expires_at, used_at), UPDATE (used_at)
    ON @DB@.link_token TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.delegate TO @ACCOUNT@;
GRANT INSERT ON @DB@.see_as TO @ACCOUNT@;

-- account
GRANT SELECT, INSERT, UPDATE ON @DB@.account TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.contact TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.tag TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.account_tag TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.tier TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.department TO @ACCOUNT@;

-- custom: fields of the vendor's own, which are never deleted, and their values
GRANT SELECT, INSERT, UPDATE ON @DB@.custom_field TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.custom_option TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.custom_value TO @ACCOUNT@;

-- settings: a rate that was in effect stays as it was
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.territory TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.territory_area TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.currency TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.currency_rate TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.calendar TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.calendar_hours TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.holiday TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.product_line TO @ACCOUNT@;

-- notification
GRANT SELECT, INSERT, UPDATE (read_at) ON @DB@.notification TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.notification_preference TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.mail_text TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.notification_mute TO @ACCOUNT@;
GRANT INSERT ON @DB@.digest_item TO @ACCOUNT@;

-- attachment, comment: a file is written in pieces, then owned; nothing is ever overwritten
GRANT SELECT, INSERT, UPDATE (complete) ON @DB@.file TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.file_chunk TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (object_id, removed_at) ON @DB@.attachment TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.comment TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.staff_note TO @ACCOUNT@;

-- web: lists under a name
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.saved_view TO @ACCOUNT@;

-- account: which companies are one end customer, and what the conflict check reads
GRANT SELECT, INSERT, UPDATE ON @DB@.account_pair TO @ACCOUNT@;
GRANT SELECT ON @DB@.account_alias TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.match_party TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.match_gram TO @ACCOUNT@;
GRANT SELECT ON @DB@.match_gram_df TO @ACCOUNT@;
GRANT SELECT, INSERT (party_id, product_line_id, live), UPDATE (live) ON @DB@.match_line TO @ACCOUNT@;

-- deal: decides, claims, tells; steps, claim events and receipts only grow
GRANT SELECT, INSERT, UPDATE ON @DB@.deal TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.deal_line TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.deal_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.deal_assignment TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_staff TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_match TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.deal_extension TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_appeal TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_amendment TO @ACCOUNT@;
GRANT SELECT, UPDATE (group_id, told_at) ON @DB@.deal_waiting TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.claim TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.claim_event TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.receipt TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.counter TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_reason TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_rule TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_reviewer_figure TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_scope_figure TO @ACCOUNT@;
GRANT SELECT ON @DB@.waiting_count TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_plan TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_plan_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.approval_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.approval_vote TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_check TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_figure TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.protection_term TO @ACCOUNT@;

-- opportunity: steps only grow
GRANT SELECT ON @DB@.opportunity_pipeline TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.opportunity_stage TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opportunity_reason TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opportunity TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.opportunity_step TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.opportunity_line TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opportunity_staff TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opportunity_share TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.opportunity_activity TO @ACCOUNT@;
GRANT SELECT (user_id, created_at), INSERT, DELETE ON @DB@.ical_link TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (title, due_on, inside, owner_user_id, owner_name, owner_account_id, done, done_at,
    done_name, row_version) ON @DB@.opportunity_task TO @ACCOUNT@;

-- programme: agreements and moves only grow
GRANT SELECT, UPDATE (state, reviewer_id, reviewer_name, reason_text, account_id, decided_at, updated_at,
    row_version) ON @DB@.application TO @ACCOUNT@;
GRANT SELECT ON @DB@.application_answer TO @ACCOUNT@;
GRANT SELECT ON @DB@.application_match TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.agreement TO @ACCOUNT@;
GRANT SELECT ON @DB@.agreement_acceptance TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.application_question TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.onboarding_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.onboarding_done TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.programme_move TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.tier_requirement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.benefit TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.tier_benefit TO @ACCOUNT@;
GRANT SELECT ON @DB@.partner_figure TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.certificate TO @ACCOUNT@;
GRANT INSERT ON @DB@.partner_rating TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.tier_review TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.partner_limit TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.partner_limit_role TO @ACCOUNT@;

-- publishing: versions and downloads only grow
GRANT SELECT, INSERT, UPDATE ON @DB@.document TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.document_version TO @ACCOUNT@;
GRANT SELECT ON @DB@.document_download TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.announcement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (counted, read_at) ON @DB@.announcement_reader TO @ACCOUNT@;

-- receipt: the proof that goes into a receipt
GRANT SELECT ON @DB@.log_leaf TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_node TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_checkpoint TO @ACCOUNT@;
GRANT SELECT (id, size, audit_floor) ON @DB@.log_head TO @ACCOUNT@;

-- lead
GRANT SELECT, INSERT, UPDATE ON @DB@.lead TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_staff TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.lead_match TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.lead_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (outcome, answered_at, answer_minutes, ended_at, live) ON @DB@.lead_offer TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_share TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_partner TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.lead_rule TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.lead_turn TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.lead_trace TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.lead_point TO @ACCOUNT@;
GRANT SELECT ON @DB@.lead_wish TO @ACCOUNT@;

-- report: what it reads beyond this is what the lists read
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.report TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.report_part TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.report_role TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.report_mail TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.report_pin TO @ACCOUNT@;
GRANT SELECT ON @DB@.report_bar TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.report_home_role TO @ACCOUNT@;

-- transfer: imports; their rows are the worker's to write
GRANT SELECT, INSERT, UPDATE (columns_json, state, mode, twins, mails, begun_at, place, good_count, fault_count,
    twin_count, row_version) ON @DB@.transfer TO @ACCOUNT@;
GRANT SELECT ON @DB@.transfer_row TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.transfer_mapping TO @ACCOUNT@;
GRANT SELECT, UPDATE (running_id) ON @DB@.transfer_set TO @ACCOUNT@;

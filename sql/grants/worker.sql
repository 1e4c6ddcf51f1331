-- fairway-worker: jobs and mail.  It makes the links of mails, and reads neither passwords nor second
-- factors.

-- db
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;

-- access
GRANT SELECT ON @DB@.system_parameter TO @ACCOUNT@;
GRANT SELECT ON @DB@.brand TO @ACCOUNT@;
GRANT SELECT (hash, width, height, used_at), DELETE ON @DB@.brand_logo TO @ACCOUNT@;
GRANT SELECT ON @DB@.role TO @ACCOUNT@;
GRANT SELECT ON @DB@.role_permission TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.user_role TO @ACCOUNT@;
GRANT SELECT, UPDATE (ended_at, counter_notifications, counter_deals, counter_announcements, account_id, department_id,
    department_low, department_high, permissions, user_name, email, account_name, tier_name_en,
    tier_name_zh, lang, zone, theme, idle_seconds, expires_at), DELETE ON @DB@.session TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.rate_bucket TO @ACCOUNT@;
GRANT SELECT (id, kind, object_id, seq, at, hash, action, user_id), INSERT ON @DB@.audit_event TO @ACCOUNT@;

-- web: used form tokens are thrown away when they are old
GRANT SELECT, DELETE ON @DB@.form_use TO @ACCOUNT@;

-- job
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.job TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.outbox TO @ACCOUNT@;

-- identity
GRANT SELECT, INSERT, UPDATE (name_key, updated_at, status, row_version, counter_notifications, counter_deals,
    counter_announcements)
    ON @DB@.user TO @ACCOUNT@;
GRANT SELECT (token_hash, user_id, kind, created_at, expires_at, used_at), INSERT, UPDATE (used_at),
    DELETE ON @DB@.link_token TO @ACCOUNT@;
GRANT SELECT (expires_at), DELETE ON @DB@.see_as TO @ACCOUNT@;
GRANT SELECT (user_id, seen_at), DELETE ON @DB@.known_device TO @ACCOUNT@;
GRANT SELECT (user_id, created_at), DELETE ON @DB@.second_factor_pending TO @ACCOUNT@;
GRANT SELECT (user_id, confirmed_at), DELETE ON @DB@.second_factor TO @ACCOUNT@;
GRANT SELECT (user_id, used_at), DELETE ON @DB@.recovery_code TO @ACCOUNT@;

-- account
GRANT SELECT, INSERT, UPDATE ON @DB@.account TO @ACCOUNT@;
GRANT SELECT, DELETE ON @DB@.contact TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.custom_value TO @ACCOUNT@;
GRANT SELECT, UPDATE (used) ON @DB@.custom_field TO @ACCOUNT@;
GRANT SELECT ON @DB@.custom_option TO @ACCOUNT@;
-- (a list of registrations is written as its partner would write it)
GRANT SELECT, UPDATE (used) ON @DB@.custom_field_shared TO @ACCOUNT@;
GRANT SELECT ON @DB@.custom_option_shared TO @ACCOUNT@;
GRANT SELECT ON @DB@.custom_value_shared TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.custom_value_edited TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier TO @ACCOUNT@;
GRANT SELECT ON @DB@.department TO @ACCOUNT@;
GRANT SELECT ON @DB@.territory TO @ACCOUNT@;
GRANT SELECT ON @DB@.territory_area TO @ACCOUNT@;
GRANT SELECT ON @DB@.currency TO @ACCOUNT@;
GRANT SELECT ON @DB@.currency_rate TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar_hours TO @ACCOUNT@;
GRANT SELECT ON @DB@.holiday TO @ACCOUNT@;
GRANT SELECT ON @DB@.product_line TO @ACCOUNT@;

-- notification
GRANT SELECT, INSERT, DELETE ON @DB@.notification TO @ACCOUNT@;
GRANT SELECT ON @DB@.notification_preference TO @ACCOUNT@;
GRANT SELECT ON @DB@.mail_text TO @ACCOUNT@;
GRANT SELECT ON @DB@.notification_mute TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (digest_id), DELETE ON @DB@.digest_item TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.digest TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.mail_key TO @ACCOUNT@;

-- attachment, approval
GRANT SELECT, INSERT, UPDATE (complete, scan), DELETE ON @DB@.file TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.file_chunk TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (removed_at), DELETE ON @DB@.attachment TO @ACCOUNT@;
GRANT SELECT ON @DB@.delegate TO @ACCOUNT@;

-- deal: rules, ends, claims, figures
GRANT SELECT, INSERT, UPDATE ON @DB@.deal TO @ACCOUNT@;
GRANT SELECT ON @DB@.record_part TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.deal_line TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.deal_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.deal_assignment TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_staff TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.deal_match TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.claim TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.claim_event TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_rule TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.deal_reviewer_figure TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.deal_scope_figure TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.waiting_count TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_plan TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_plan_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.approval_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.approval_vote TO @ACCOUNT@;
GRANT SELECT (deal_id, state, pending, progress, told_at), UPDATE (told_at) ON @DB@.deal_extension TO @ACCOUNT@;
GRANT SELECT, UPDATE (told_at) ON @DB@.deal_appeal TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.deal_amendment TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_reason TO @ACCOUNT@;
GRANT SELECT ON @DB@.protection_term TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.deal_figure TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (note, leaf_index, signed_at) ON @DB@.receipt TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.counter TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.opportunity TO @ACCOUNT@;
GRANT SELECT, UPDATE (standing, row_version) ON @DB@.opportunity_share TO @ACCOUNT@;
-- opportunity: imported ones; steps only grow
GRANT SELECT ON @DB@.opportunity_pipeline TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.opportunity_step TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.opportunity_line TO @ACCOUNT@;
GRANT INSERT ON @DB@.opportunity_staff TO @ACCOUNT@;
GRANT SELECT (opportunity_id) ON @DB@.opportunity_activity TO @ACCOUNT@;
GRANT SELECT (opportunity_id) ON @DB@.opportunity_task TO @ACCOUNT@;
GRANT SELECT ON @DB@.account_pair TO @ACCOUNT@;

-- deal: lists of registrations, row by row
GRANT SELECT, UPDATE (state, ended_at, row_version), DELETE ON @DB@.deal_bulk TO @ACCOUNT@;
GRANT SELECT, UPDATE (state, faults_json, own_id, deal_id) ON @DB@.deal_bulk_row TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.deal_bulk_key TO @ACCOUNT@;

-- account: which product lines are spoken for; how many parties hold a gram
-- (a list that is sent makes end customers)
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.match_party TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.match_gram TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.match_gram_df TO @ACCOUNT@;
GRANT SELECT, INSERT (party_id, product_line_id, live), UPDATE (live) ON @DB@.match_line TO @ACCOUNT@;

-- programme: what applicants could be, and who is asked again
GRANT SELECT, UPDATE (department_id, checked_at, due_at, escalated_at, purged_at, company_name, city,
    address, website, tax_number, tax_key, domain_key, contact_name, contact_title, contact_phone, email, email_key,
    remote_addr, reason_text, updated_at, row_version) ON @DB@.application TO @ACCOUNT@;
GRANT SELECT (application_id), DELETE ON @DB@.application_answer TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.application_match TO @ACCOUNT@;
GRANT SELECT ON @DB@.agreement TO @ACCOUNT@;
GRANT SELECT ON @DB@.agreement_acceptance TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier_requirement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.partner_figure TO @ACCOUNT@;
GRANT SELECT, UPDATE (warned_at) ON @DB@.certificate TO @ACCOUNT@;
GRANT SELECT ON @DB@.partner_rating TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.tier_review TO @ACCOUNT@;
GRANT SELECT, UPDATE (held_at) ON @DB@.partner_limit TO @ACCOUNT@;
GRANT SELECT ON @DB@.partner_limit_role TO @ACCOUNT@;

-- receipt: signatures and the log; fairwayctl key new and key rotate run as this account, too
GRANT SELECT, INSERT ON @DB@.log_leaf TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.log_node TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.log_checkpoint TO @ACCOUNT@;
GRANT SELECT, UPDATE (size, edge, audit_floor) ON @DB@.log_head TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (retired_at) ON @DB@.sign_key TO @ACCOUNT@;

-- lead: finds partners, warns them, takes leads back
GRANT SELECT, INSERT, UPDATE ON @DB@.lead TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_staff TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.lead_match TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.lead_step TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (outcome, answered_at, answer_minutes, ended_at, live) ON @DB@.lead_offer TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_share TO @ACCOUNT@;
GRANT SELECT ON @DB@.lead_partner TO @ACCOUNT@;
GRANT SELECT, UPDATE (tried_at, tried_leads, tried_matched, tried_served) ON @DB@.lead_rule TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.lead_turn TO @ACCOUNT@;
GRANT SELECT (lead_id), INSERT ON @DB@.lead_trace TO @ACCOUNT@;
GRANT SELECT ON @DB@.lead_point TO @ACCOUNT@;
GRANT SELECT ON @DB@.lead_wish TO @ACCOUNT@;
GRANT SELECT (token_hash, lead_id, offer_id, user_id, created_at, expires_at), INSERT, DELETE ON @DB@.lead_link TO @ACCOUNT@;
GRANT SELECT (kind, object_id) ON @DB@.comment TO @ACCOUNT@;
GRANT SELECT (kind, object_id) ON @DB@.staff_note TO @ACCOUNT@;

-- transfer: imports row by row
GRANT SELECT, UPDATE (state, message, place, good_count, fault_count, twin_count, made_count, failed_count,
    undone_count, kept_count, row_count, checked_at, ended_at, row_version), DELETE ON @DB@.transfer TO @ACCOUNT@;
-- INSERT ... ON DUPLICATE KEY UPDATE wants UPDATE on what it inserts too
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.transfer_row TO @ACCOUNT@;
GRANT SELECT, UPDATE (running_id, written_at) ON @DB@.transfer_set TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.contact TO @ACCOUNT@;

-- publishing: announcements go to their readers
GRANT SELECT, UPDATE (delivered_to, delivered_at, ended_at) ON @DB@.announcement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (counted) ON @DB@.announcement_reader TO @ACCOUNT@;

-- report: run for the people who get them by mail
GRANT SELECT ON @DB@.report TO @ACCOUNT@;
GRANT SELECT ON @DB@.report_part TO @ACCOUNT@;
GRANT SELECT ON @DB@.report_role TO @ACCOUNT@;
GRANT SELECT, UPDATE (next_at, sent_at) ON @DB@.report_mail TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (due_at, made_at, made_for, measure), DELETE ON @DB@.report_pin TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.report_bar TO @ACCOUNT@;
GRANT SELECT ON @DB@.report_home_role TO @ACCOUNT@;
GRANT SELECT ON @DB@.opportunity_stage TO @ACCOUNT@;

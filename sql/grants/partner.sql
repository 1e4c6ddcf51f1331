-- partner.fcgi: what partners own.  No password, no second factor, no link, nothing that only staff read.

-- db
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;

-- access
GRANT SELECT ON @DB@.system_parameter TO @ACCOUNT@;
GRANT SELECT ON @DB@.role TO @ACCOUNT@;
GRANT SELECT ON @DB@.role_permission TO @ACCOUNT@;
GRANT SELECT ON @DB@.user_role TO @ACCOUNT@;
GRANT SELECT (id, token_hash, user_id, audience, account_id, department_id, department_low,
    department_high, permissions, user_name, email, account_name, tier_name_en, tier_name_zh, lang,
    zone, theme, counter_notifications, counter_deals, counter_announcements, idle_seconds, last_seen_at, expires_at,
    proved_at, ended_at, seen_by, seen_session, account_status, agreement_due),
    UPDATE (last_seen_at, counter_notifications, counter_deals, counter_announcements) ON @DB@.session TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.rate_bucket TO @ACCOUNT@;
GRANT SELECT (kind, object_id, seq, hash), INSERT ON @DB@.audit_event TO @ACCOUNT@;

-- web
GRANT SELECT ON @DB@.brand TO @ACCOUNT@;
GRANT SELECT (hash, width, height) ON @DB@.brand_logo TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (result) ON @DB@.form_use TO @ACCOUNT@;

-- job: INSERT ... ON DUPLICATE KEY UPDATE wants UPDATE on what it inserts too; the state is not among it
GRANT SELECT (unique_key, asked, due_at), INSERT,
    UPDATE (kind, ref, payload, unique_key, asked, due_at, created_at) ON @DB@.job TO @ACCOUNT@;
GRANT INSERT ON @DB@.outbox TO @ACCOUNT@;

-- admin: the people of the own account; what may be changed of a person is who he is and whether he may
-- log in, never his account, audience, address or scope
GRANT SELECT (id, audience, account_id, email, email_key, name, name_key, title, phone, lang, zone, status,
    department_id, scope, second_factor_needed, counter_notifications, counter_deals, counter_announcements, last_login_at,
    updated_at, row_version),
    UPDATE (name, title, phone, status, updated_at, row_version, counter_notifications,
    counter_deals, counter_announcements) ON @DB@.user TO @ACCOUNT@;
GRANT SELECT (id, kind, name, zone, currency, country, tier_id, status, department_id,
    agreement_due, row_version, deleted_at) ON @DB@.account
    TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier TO @ACCOUNT@;

-- notification
GRANT SELECT, INSERT, UPDATE (read_at) ON @DB@.notification TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.notification_preference TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.notification_mute TO @ACCOUNT@;
GRANT INSERT ON @DB@.digest_item TO @ACCOUNT@;

-- attachment, comment: a file is written in pieces, then owned; nothing is ever overwritten
GRANT SELECT, INSERT, UPDATE (complete) ON @DB@.file TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.file_chunk TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (removed_at) ON @DB@.attachment TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.comment TO @ACCOUNT@;

-- web: saved views
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.saved_view TO @ACCOUNT@;

-- account: a registration makes its end customer, and nothing ever changes one
GRANT SELECT (group_id), INSERT, UPDATE (group_id) ON @DB@.account TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.match_party TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.match_gram TO @ACCOUNT@;
GRANT SELECT ON @DB@.match_gram_df TO @ACCOUNT@;
-- How many of the vendor's own sales are on a line is not its to write.
GRANT SELECT, INSERT (party_id, product_line_id, live), UPDATE (live) ON @DB@.match_line TO @ACCOUNT@;

-- programme: where the company stands is read; that the agreement is accepted, and what of the checklist is
-- done, is written (triggers hold the rest)
GRANT UPDATE (status, agreement_due, updated_at, row_version) ON @DB@.account TO @ACCOUNT@;
GRANT SELECT ON @DB@.agreement TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.agreement_acceptance TO @ACCOUNT@;
GRANT SELECT ON @DB@.onboarding_step TO @ACCOUNT@;
GRANT SELECT, INSERT (account_id, step_id, ticked_at, ticked_name) ON @DB@.onboarding_done TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.programme_move TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_progress TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier_requirement TO @ACCOUNT@;
GRANT SELECT ON @DB@.benefit TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier_benefit TO @ACCOUNT@;
GRANT SELECT ON @DB@.partner_figure TO @ACCOUNT@;
GRANT SELECT ON @DB@.certificate TO @ACCOUNT@;
GRANT SELECT, UPDATE (held_at) ON @DB@.partner_limit TO @ACCOUNT@;
GRANT SELECT ON @DB@.partner_limit_role TO @ACCOUNT@;

-- publishing: what is offered; that it was downloaded is written, by whom else is not even read
GRANT SELECT (id, state, category, lang, tier_id, product_line_id, countries, name_en, name_zh, text_en, text_zh,
    version_no, published_at) ON @DB@.document TO @ACCOUNT@;
GRANT SELECT (id, document_id, no, downloads), UPDATE (downloads) ON @DB@.document_version TO @ACCOUNT@;
GRANT INSERT (document_id, version_no, account_id, account_name, user_id, user_name, at)
    ON @DB@.document_download TO @ACCOUNT@;
GRANT SELECT (id, state, for_partner, for_customer, for_staff, important, tier_id, product_line_id, countries, title_en,
    title_zh, body_en, body_zh, from_at, until_at, delivered_at, updated_at, row_version) ON @DB@.announcement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (counted, read_at) ON @DB@.announcement_reader TO @ACCOUNT@;

-- deal: what is typed, its state and its place in line.  Protection, reviewer, decision and reason are the
-- vendor's to write; claims, rules, staff's own rows and what the conflict check found are not even read.
GRANT SELECT ON @DB@.product_line TO @ACCOUNT@;
GRANT SELECT ON @DB@.currency TO @ACCOUNT@;
GRANT SELECT ON @DB@.currency_rate TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar_hours TO @ACCOUNT@;
GRANT SELECT ON @DB@.holiday TO @ACCOUNT@;
GRANT SELECT ON @DB@.protection_term TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_reason TO @ACCOUNT@;
GRANT SELECT (name, value), UPDATE (value) ON @DB@.counter TO @ACCOUNT@;
GRANT SELECT, INSERT (account_id, created_by, on_behalf_by, cloned_from, bulk_id, currency, sales_user_id,
    sales_name, department_id, created_at, updated_at),
    UPDATE (company_name, company_key, country, region, city, address, website, tax_number, phone,
    contact_name, contact_title, contact_email, contact_phone, project_name, description, deal_type,
    competitors, sales_stage, budget, decision_maker, done_so_far, distributor, currency, total, line_ids,
    expected_close, sales_user_id, sales_name, updated_at, row_version, state, phase, rank_no,
    submitted_at, due_at, half_at, answer_due_at, verdict, end_customer_id, content_hash, content_salt,
    total_report, opportunity_id, worked_at) ON @DB@.deal TO @ACCOUNT@;
GRANT SELECT, INSERT (deal_id, product_line_id, quantity, value), DELETE ON @DB@.deal_line TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.deal_step TO @ACCOUNT@;
GRANT SELECT (deal_id, party_id), INSERT, UPDATE (verdict, score, evidence_json, overlap, found_at)
    ON @DB@.deal_match TO @ACCOUNT@;
GRANT SELECT, INSERT (deal_id, progress, asked_days, asked_by, asked_at, old_until)
    ON @DB@.deal_extension TO @ACCOUNT@;
GRANT SELECT (deal_id, reason, asked_name, asked_at), INSERT (deal_id, reason, asked_by, asked_name, asked_at,
    reviewer_id, decided_by) ON @DB@.deal_appeal TO @ACCOUNT@;
GRANT SELECT, INSERT (deal_id, state, pending, before_json, after_json, asked_by, asked_name, asked_at),
    UPDATE (state, pending, decided_by, decided_name, decided_at) ON @DB@.deal_amendment TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.deal_check TO @ACCOUNT@;
GRANT SELECT, INSERT (account_id, user_id, file_name, row_count, created_at),
    UPDATE (state, action, sent_at, row_version) ON @DB@.deal_bulk TO @ACCOUNT@;
GRANT SELECT, INSERT (bulk_id, line_no, cells_json), DELETE ON @DB@.deal_bulk_row TO @ACCOUNT@;
GRANT SELECT, INSERT (deal_id, account_id, event, statement, salt, made_at) ON @DB@.receipt TO @ACCOUNT@;
GRANT SELECT ON @DB@.opened TO @ACCOUNT@;
GRANT SELECT ON @DB@.record_part TO @ACCOUNT@;
-- who will look at a registration, and for how long; not which people
GRANT SELECT (id, position, active, covers, tier_id, amount_least, amount_most, product_line_id, country, deal_type,
    verdict) ON @DB@.deal_plan TO @ACCOUNT@;
GRANT SELECT (plan_id, stage, need, hours, title_en, title_zh) ON @DB@.deal_plan_step TO @ACCOUNT@;
GRANT SELECT ON @DB@.deal_figure TO @ACCOUNT@;

-- custom: the fields that the vendor lets partners see, and the values of those that they may change
GRANT SELECT, UPDATE (used) ON @DB@.custom_field_shared TO @ACCOUNT@;
GRANT SELECT ON @DB@.custom_option_shared TO @ACCOUNT@;
GRANT SELECT ON @DB@.custom_value_shared TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.custom_value_edited TO @ACCOUNT@;

-- opportunity: its own, and what is shared with it; what the vendor keeps for itself (opportunity_staff,
-- staff_note) is not even read.  Whose one is and who sees it is not the partner's to write.
GRANT SELECT ON @DB@.opportunity_pipeline TO @ACCOUNT@;
GRANT SELECT ON @DB@.opportunity_stage TO @ACCOUNT@;
GRANT SELECT ON @DB@.opportunity_reason TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (name, currency, amount, amount_report, weighted_report, expected_close, slips,
    probability, category, owner_user_id, owner_name, competitors, next_step, next_step_on, stale_on, state,
    stage_id, stage_at, reason_code, close_reason, lost_to, closed_at, worked_at, updated_at, row_version)
    ON @DB@.opportunity TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (until_at) ON @DB@.opportunity_step TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.opportunity_line TO @ACCOUNT@;
GRANT SELECT, UPDATE (standing, reason, answered_by, answered_name, answered_at, row_version)
    ON @DB@.opportunity_share TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.opportunity_activity_shared TO @ACCOUNT@;
GRANT SELECT (user_id, created_at), INSERT, DELETE ON @DB@.ical_link TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (title, due_on, owner_user_id, owner_name, owner_account_id, done, done_at, done_name,
    row_version) ON @DB@.opportunity_task_shared TO @ACCOUNT@;

-- receipt: the proof that goes into a receipt
GRANT SELECT ON @DB@.log_leaf TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_node TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_checkpoint TO @ACCOUNT@;

-- lead: what it was given, and what it does with it; how a partner was chosen is not even read
GRANT SELECT, UPDATE (state, phase, account_id, pool, pooled_at, due_at, warn_at, accepted_at, worked_at,
    closed_at, reason_code, reason_text, opportunity_id, deal_id, updated_at, row_version) ON @DB@.lead TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.lead_step TO @ACCOUNT@;
GRANT SELECT, INSERT (lead_id, account_id, outcome, offered_at, answered_at, answer_minutes),
    UPDATE (outcome, answered_at, answer_minutes, ended_at, live) ON @DB@.lead_offer TO @ACCOUNT@;
GRANT SELECT, INSERT (account_id), UPDATE ON @DB@.lead_share TO @ACCOUNT@;
GRANT SELECT, INSERT ON @DB@.lead_wish TO @ACCOUNT@;

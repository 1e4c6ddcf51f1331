-- public.fcgi: everybody's program, and the only one that reads passwords, second factors and links.

-- db
GRANT SELECT ON @DB@.schema_migration TO @ACCOUNT@;

-- access
GRANT SELECT ON @DB@.system_parameter TO @ACCOUNT@;
GRANT SELECT ON @DB@.role TO @ACCOUNT@;
GRANT SELECT ON @DB@.role_permission TO @ACCOUNT@;
GRANT SELECT ON @DB@.user_role TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.session TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.rate_bucket TO @ACCOUNT@;
GRANT SELECT (kind, object_id, seq, hash), INSERT ON @DB@.audit_event TO @ACCOUNT@;

-- web
GRANT SELECT ON @DB@.brand TO @ACCOUNT@;
GRANT SELECT ON @DB@.brand_logo TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (result) ON @DB@.form_use TO @ACCOUNT@;

-- job: INSERT ... ON DUPLICATE KEY UPDATE wants UPDATE on what it inserts too; the state is not among it
GRANT SELECT (unique_key, asked, due_at), INSERT,
    UPDATE (kind, ref, payload, unique_key, asked, due_at, created_at) ON @DB@.job TO @ACCOUNT@;
GRANT INSERT ON @DB@.outbox TO @ACCOUNT@;

-- identity
GRANT SELECT, UPDATE (status, name, title, phone, lang, zone, theme, last_login_at, updated_at,
    row_version) ON @DB@.user TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.credential TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.second_factor TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.second_factor_pending TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE, DELETE ON @DB@.recovery_code TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.link_token TO @ACCOUNT@;
GRANT SELECT, UPDATE (used_at) ON @DB@.see_as TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE ON @DB@.known_device TO @ACCOUNT@;
GRANT SELECT (id, kind, name, status, tier_id, agreement_due, country, deleted_at) ON @DB@.account TO @ACCOUNT@;
GRANT SELECT ON @DB@.tier TO @ACCOUNT@;
GRANT SELECT ON @DB@.department TO @ACCOUNT@;

-- notification: an administrator is told that somebody joined
GRANT INSERT ON @DB@.notification TO @ACCOUNT@;
-- (the links of mails change what he wants to be told by mail)
GRANT SELECT, INSERT, UPDATE ON @DB@.notification_preference TO @ACCOUNT@;
GRANT SELECT, INSERT, DELETE ON @DB@.notification_mute TO @ACCOUNT@;
GRANT SELECT ON @DB@.mail_key TO @ACCOUNT@;

-- programme: an application is written and never read again; its files neither
GRANT SELECT ON @DB@.application_question TO @ACCOUNT@;
GRANT INSERT (company_name, country, city, address, website, tax_number, tax_key, domain_key, contact_name,
    contact_title, contact_phone, email, email_key, lang, remote_addr, consent_at, created_at, updated_at)
    ON @DB@.application TO @ACCOUNT@;
GRANT INSERT ON @DB@.application_answer TO @ACCOUNT@;
GRANT SELECT (id), INSERT, UPDATE (complete) ON @DB@.file TO @ACCOUNT@;
GRANT INSERT ON @DB@.file_chunk TO @ACCOUNT@;
GRANT SELECT (kind, object_id, removed_at), INSERT ON @DB@.attachment TO @ACCOUNT@;

-- receipt: proofs and keys for everybody; of a receipt only where it is in the log
GRANT SELECT ON @DB@.log_leaf TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_node TO @ACCOUNT@;
GRANT SELECT ON @DB@.log_checkpoint TO @ACCOUNT@;
GRANT SELECT ON @DB@.sign_key TO @ACCOUNT@;
GRANT SELECT (deal_id, leaf_index) ON @DB@.receipt TO @ACCOUNT@;

-- lead: anybody may ask, and reads nothing of it; an offer is answered from its mail
GRANT SELECT ON @DB@.product_line TO @ACCOUNT@;
GRANT SELECT ON @DB@.currency TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar TO @ACCOUNT@;
GRANT SELECT ON @DB@.calendar_hours TO @ACCOUNT@;
GRANT SELECT ON @DB@.holiday TO @ACCOUNT@;
GRANT SELECT (id, row_version, state, phase, account_id, company_name, country, region, city, product_line_id,
    budget, timeframe, score, pool, pooled_at, due_at, created_at, updated_at),
    INSERT (company_name, country, region, city, website, person_name, person_title, email, phone,
    product_line_id, budget, timeframe, lang, note, source, campaign, consent_text, consent_at, score,
    created_at, updated_at),
    UPDATE (state, phase, account_id, pool, pooled_at, due_at, warn_at, accepted_at, worked_at, closed_at,
    reason_code, reason_text, updated_at, row_version) ON @DB@.lead TO @ACCOUNT@;
GRANT INSERT (lead_id, created_by, email_key) ON @DB@.lead_staff TO @ACCOUNT@;
GRANT INSERT ON @DB@.lead_step TO @ACCOUNT@;
GRANT SELECT (id, lead_id, account_id, live, offered_at, answered_at),
    UPDATE (outcome, answered_at, answer_minutes, ended_at, live) ON @DB@.lead_offer TO @ACCOUNT@;
GRANT SELECT, UPDATE ON @DB@.lead_share TO @ACCOUNT@;
GRANT SELECT, UPDATE (used_at) ON @DB@.lead_link TO @ACCOUNT@;

-- opportunity: days and words for whoever has a calendar's secret address
GRANT SELECT ON @DB@.ical_person TO @ACCOUNT@;
GRANT SELECT ON @DB@.ical_step TO @ACCOUNT@;
GRANT SELECT ON @DB@.ical_task TO @ACCOUNT@;

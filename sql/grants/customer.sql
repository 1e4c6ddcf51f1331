-- customer.fcgi: what customers own.  No password, no second factor, no link, nothing that only staff read.

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
GRANT SELECT (id, kind, name, zone, currency, country, tier_id, status, agreement_due, deleted_at) ON @DB@.account
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

-- publishing: who wrote an announcement is not even read
GRANT SELECT (id, state, for_partner, for_customer, for_staff, important, tier_id, product_line_id, countries, title_en,
    title_zh, body_en, body_zh, from_at, until_at, delivered_at, updated_at, row_version) ON @DB@.announcement TO @ACCOUNT@;
GRANT SELECT, INSERT, UPDATE (counted, read_at) ON @DB@.announcement_reader TO @ACCOUNT@;

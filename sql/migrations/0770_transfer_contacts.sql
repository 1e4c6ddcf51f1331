-- Imports of contacts: who may, and how a person is found by an address at one company, whatever its letter case.
ALTER TABLE contact
    ADD COLUMN email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (LOWER(email)) PERSISTENT,
    ADD KEY contact_email (account_id, email_key);

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'account.import_contacts' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager');

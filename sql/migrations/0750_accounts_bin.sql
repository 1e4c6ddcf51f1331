-- Deleted accounts lie in the bin until they are restored or purged.

-- in_bin: deleted by a person, and can be restored; an account that was purged, or taken back with its import, is
-- deleted and not in the bin.  A purged one keeps its number, and its name where records refer to it.
ALTER TABLE account
    ADD COLUMN in_bin TINYINT(1) NOT NULL DEFAULT 0,
    ADD COLUMN deleted_by BIGINT NULL,
    ADD COLUMN deleted_name VARCHAR(120) NOT NULL DEFAULT '',
    ADD COLUMN deleted_reason VARCHAR(300) NOT NULL DEFAULT '',
    ADD KEY account_bin (in_bin, deleted_at, id);

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'account.delete' AS permission UNION ALL SELECT 'account.purge') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'account.delete' FROM role WHERE audience = 'staff' AND code = 'channel_manager';

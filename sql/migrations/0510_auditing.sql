-- The audit trail is read by event and by kind of record, and checked from beginning to end.

ALTER TABLE audit_event ADD KEY audit_event_kind (kind, id), ADD KEY audit_event_action (action, id);

-- A check of every chain.  kind to hash: how far it has come; expected: the newest event when it began.
CREATE TABLE audit_check (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    begun_at DATETIME(6) NOT NULL,
    begun_by BIGINT NOT NULL DEFAULT 0,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    expected BIGINT NOT NULL,
    kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    object_id BIGINT NOT NULL DEFAULT 0,
    seq INT NOT NULL DEFAULT 0,
    hash BINARY(32) NOT NULL DEFAULT 0,
    events BIGINT NOT NULL DEFAULT 0,
    chains BIGINT NOT NULL DEFAULT 0,
    faults BIGINT NOT NULL DEFAULT 0,
    first_fault VARCHAR(160) NOT NULL DEFAULT '',
    ended_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY audit_check_ended (ended_at, id)
) ENGINE=InnoDB;

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'audit.export' AS permission UNION ALL SELECT 'audit.check') p
    WHERE r.audience = 'staff' AND r.code IN ('administrator', 'auditor');

-- A parameter that was changed once has a number, under which its changes are audited.
ALTER TABLE system_parameter ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT FIRST, ADD UNIQUE KEY system_parameter_id (id);

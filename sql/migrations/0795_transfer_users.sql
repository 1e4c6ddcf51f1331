-- Imports of users: whether their people are mailed an invitation, and who may.
ALTER TABLE transfer ADD COLUMN mails TINYINT(1) NOT NULL DEFAULT 0 AFTER twins;

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.import' AS permission UNION ALL SELECT 'users.export') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';

-- The worker shuts out who waits for an invitation when an import is taken back, and lets nobody in.
/*M!100000 CREATE TRIGGER user_shut_out BEFORE UPDATE ON user FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_worker@%' AND NEW.status <> OLD.status
        AND NOT (OLD.status = 'invited' AND NEW.status = 'disabled') THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'the worker shuts out invited people alone';
    END IF;
END */;

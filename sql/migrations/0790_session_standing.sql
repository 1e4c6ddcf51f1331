-- A session finds its person with one look-up in one table: where his company stands travels with the row,
-- as all else that a page asks of its reader.  The database itself holds the copy true, whoever writes.
ALTER TABLE session
    ADD COLUMN account_status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
    ADD COLUMN agreement_due TINYINT(1) NOT NULL DEFAULT 0,
    ADD KEY session_account (account_id, ended_at);
UPDATE session s JOIN account a ON a.id = s.account_id
    SET s.account_status = a.status, s.agreement_due = a.agreement_due WHERE s.ended_at IS NULL;
UPDATE session s JOIN user u ON u.id = s.user_id AND u.status <> 'active'
    SET s.ended_at = UTC_TIMESTAMP(6) WHERE s.ended_at IS NULL;

-- Who changes the company meanwhile waits until the session is there, or is waited for.
/*M!100000 CREATE TRIGGER session_made BEFORE INSERT ON session FOR EACH ROW
BEGIN
    DECLARE stands VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE due TINYINT(1);
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET stands = 'active', due = 0;

    IF NEW.account_id <> 0 THEN
        SELECT status, agreement_due INTO stands, due FROM account WHERE id = NEW.account_id LOCK IN SHARE MODE;
        SET NEW.account_status = stands, NEW.agreement_due = due;
    END IF;
END */;
/*M!100000 CREATE TRIGGER session_moved BEFORE UPDATE ON session FOR EACH ROW
BEGIN
    DECLARE stands VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE due TINYINT(1);
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET stands = 'active', due = 0;

    IF NEW.account_id <> OLD.account_id THEN
        SELECT status, agreement_due INTO stands, due FROM account WHERE id = NEW.account_id LOCK IN SHARE MODE;
        SET NEW.account_status = stands, NEW.agreement_due = due;
    END IF;
END */;
/*M!100000 CREATE TRIGGER account_stands AFTER UPDATE ON account FOR EACH ROW
BEGIN
    IF NEW.status <> OLD.status OR NEW.agreement_due <> OLD.agreement_due THEN
        UPDATE session SET account_status = NEW.status, agreement_due = NEW.agreement_due
            WHERE account_id = NEW.id AND ended_at IS NULL;
    END IF;
END */;
/*M!100000 CREATE TRIGGER user_out AFTER UPDATE ON user FOR EACH ROW
BEGIN
    IF OLD.status = 'active' AND NEW.status <> 'active' THEN
        UPDATE session SET ended_at = UTC_TIMESTAMP(6) WHERE user_id = NEW.id AND ended_at IS NULL;
    END IF;
END */;

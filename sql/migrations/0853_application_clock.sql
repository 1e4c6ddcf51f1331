-- Until when an application is answered, whether its reviewers were told that it is late, and when what it said of
-- the company was removed.
ALTER TABLE application
    ADD due_at DATETIME(6) NULL,
    ADD escalated_at DATETIME(6) NULL,
    ADD purged_at DATETIME(6) NULL,
    ADD KEY application_due (state, due_at, id),
    ADD KEY application_purge (purged_at, state, decided_at);

-- What is emptied before it was decided is abandoned: the database says so, since the worker has no right to decide.
-- What it may change of the company is only to remove all of it, and nothing of a partner.
/*M!100000 CREATE TRIGGER application_emptied BEFORE UPDATE ON application FOR EACH ROW
BEGIN
    IF NEW.purged_at IS NOT NULL AND OLD.purged_at IS NULL THEN
        IF OLD.state IN ('applied', 'review') THEN
            SET NEW.state = 'abandoned', NEW.decided_at = NEW.purged_at;
        END IF;
    ELSEIF NEW.company_name = '' AND OLD.company_name <> '' THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'emptied without a date';
    END IF;
    IF USER() LIKE 'fw\_worker@%'
        AND NOT (NEW.company_name = OLD.company_name AND NEW.email = OLD.email AND NEW.reason_text = OLD.reason_text)
        AND NOT (NEW.purged_at IS NOT NULL AND NEW.company_name = '' AND NEW.email = '' AND NEW.reason_text = ''
            AND OLD.state <> 'accepted') THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'what a company has sent is not the worker''s';
    END IF;
END */;

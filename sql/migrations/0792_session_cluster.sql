-- On a cluster a lock of one node holds nobody on another.  A company's change of standing changes its people
-- too, whom a log-in changes as well: the later of both is run again, and its session knows the standing.
DROP TRIGGER account_stands;
/*M!100000 CREATE TRIGGER account_stands AFTER UPDATE ON account FOR EACH ROW
BEGIN
    IF NEW.status <> OLD.status OR NEW.agreement_due <> OLD.agreement_due THEN
        UPDATE user SET updated_at = UTC_TIMESTAMP(6) WHERE account_id = NEW.id;
        UPDATE session SET account_status = NEW.status, agreement_due = NEW.agreement_due
            WHERE account_id = NEW.id AND ended_at IS NULL;
    END IF;
END */;

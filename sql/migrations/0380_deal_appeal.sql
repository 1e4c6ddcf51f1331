-- A registration that was refused can be appealed against once: the key is the registration's own.
-- reviewer_id had it when it was refused, decided_by refused it (NULL: a rule); neither may have it again.
CREATE TABLE deal_appeal (
    deal_id BIGINT NOT NULL PRIMARY KEY,
    reason VARCHAR(1000) NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_name VARCHAR(120) NOT NULL,
    asked_at DATETIME(6) NOT NULL,
    reviewer_id BIGINT NULL,
    decided_by BIGINT NULL,
    told_at DATETIME(6) NULL,
    CONSTRAINT deal_appeal_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- Until when a refusal can be appealed against: written with it; NULL where it is final.  What was refused
-- before gets two weeks of five days, which are the ten business days that a new one gets.
ALTER TABLE deal ADD COLUMN appeal_until_at DATETIME(6) NULL;
UPDATE deal SET appeal_until_at = decided_at + INTERVAL 14 DAY WHERE state IN ('rejected', 'duplicate');

INSERT INTO deal_partner_move (from_state, to_state) VALUES ('rejected', 'review'), ('duplicate', 'review');

-- A partner appeals against what was refused, in time, and says the truth about who refused it.
/*M!100000 CREATE TRIGGER deal_appeal_by_partner BEFORE INSERT ON deal_appeal FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.id = NEW.deal_id
        AND d.state IN ('rejected', 'duplicate') AND d.appeal_until_at > UTC_TIMESTAMP(6)
        AND d.reviewer_id <=> NEW.reviewer_id
        AND NEW.decided_by <=> (SELECT NULLIF(s.user_id, 0) FROM deal_step s WHERE s.deal_id = d.id
            AND s.state = d.state ORDER BY s.seq DESC LIMIT 1)) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'an appeal that cannot be made';
    END IF;
END */;
/*M!100000 CREATE TRIGGER deal_appealed_by_partner BEFORE UPDATE ON deal FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NEW.state = 'review' AND OLD.state <> 'review'
        AND NOT (COALESCE(OLD.appeal_until_at > UTC_TIMESTAMP(6), 0)
        AND EXISTS (SELECT 1 FROM deal_appeal WHERE deal_id = OLD.id)) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'a refusal is looked at again by an appeal in time, once';
    END IF;
END */;

-- Receipts that a partner's own doing gives: each in the state that it leads to.
DROP TRIGGER receipt_by_partner;
/*M!100000 CREATE TRIGGER receipt_by_partner BEFORE INSERT ON receipt FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (
        JSON_VALUE(NEW.statement, '$.event') COLLATE utf8mb4_bin <=> NEW.event
        AND JSON_VALUE(NEW.statement, '$.number') COLLATE utf8mb4_bin <=> CONCAT('DR-', NEW.deal_id)
        AND EXISTS (SELECT 1 FROM deal d WHERE d.id = NEW.deal_id AND d.account_id = NEW.account_id
            AND ((NEW.event IN ('submitted', 'answered') AND d.state = 'submitted')
            OR (NEW.event = 'appealed' AND d.state = 'review'
            AND EXISTS (SELECT 1 FROM deal_appeal WHERE deal_id = d.id)))
            AND JSON_VALUE(NEW.statement, '$.rank') COLLATE utf8mb4_bin <=> CAST(d.rank_no AS CHAR))) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'a receipt that the partner cannot give itself';
    END IF;
END */;

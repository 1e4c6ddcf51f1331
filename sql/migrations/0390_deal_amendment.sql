-- Changes to an approved registration: made at once (made), or asked for and decided (asked, approved,
-- rejected).  before_json and after_json hold the fields that change and no others.  pending is 1 while it
-- is undecided, else NULL: the unique key allows one pending a registration.
CREATE TABLE deal_amendment (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    pending TINYINT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_name VARCHAR(120) NOT NULL,
    asked_at DATETIME(6) NOT NULL,
    decided_by BIGINT NULL,
    decided_name VARCHAR(120) NOT NULL DEFAULT '',
    decided_at DATETIME(6) NULL,
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    told_at DATETIME(6) NULL,
    UNIQUE KEY deal_amendment_pending (deal_id, pending),
    KEY deal_amendment_asked (state, asked_at),
    CONSTRAINT deal_amendment_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- A partner writes down what it changed or asks for; what was decided is the vendor's.
/*M!100000 CREATE TRIGGER deal_amendment_by_partner BEFORE INSERT ON deal_amendment FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.state IN ('made', 'asked')
        AND NEW.pending <=> IF(NEW.state = 'asked', 1, NULL)
        AND EXISTS (SELECT 1 FROM deal WHERE id = NEW.deal_id AND state = 'approved')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a change that the partner cannot make';
    END IF;
END */;

-- Who the end customer is, and for which lines, stays what was approved until somebody decides.
/*M!100000 CREATE TRIGGER deal_identity_by_partner BEFORE UPDATE ON deal FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND OLD.state NOT IN ('draft', 'returned', 'submitted') AND NOT (
        NEW.country = OLD.country AND NEW.region = OLD.region AND NEW.city = OLD.city
        AND NEW.address = OLD.address AND NEW.website = OLD.website AND NEW.tax_number = OLD.tax_number
        AND NEW.phone = OLD.phone AND NEW.deal_type = OLD.deal_type AND NEW.line_ids = OLD.line_ids) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'who was registered for what changes by a decision';
    END IF;
END */;

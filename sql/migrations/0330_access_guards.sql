-- What a program's account may write in a column, where a grant on the column alone says too much.
-- A statement that somebody slips into partner.fcgi runs with the rights of fw_partner: these triggers
-- are what stands between it and a decision.  USER() is who is connected; CURRENT_USER() would be the
-- triggers' own maker.  Nobody but the accounts named here is looked at.
--
-- The comments that the server runs keep each trigger one statement.

-- The moves of a registration that are its partner's own; the same as in deal/deal_state.c, which a test
-- holds.
CREATE TABLE deal_partner_move (
    from_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    to_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (from_state, to_state)
) ENGINE=InnoDB;

INSERT INTO deal_partner_move (from_state, to_state) VALUES
    ('draft', 'submitted'), ('returned', 'submitted'),
    ('draft', 'withdrawn'), ('submitted', 'withdrawn'), ('review', 'withdrawn'), ('returned', 'withdrawn'),
    ('approved', 'ended'), ('approved', 'converted'), ('converted', 'won'), ('converted', 'lost');

-- Two registrations never have one rank, whatever a program believes.  (No trigger on the counter: it
-- would take the value away that LAST_INSERT_ID(value + 1) hands to the client.)
ALTER TABLE deal ADD UNIQUE KEY deal_rank (rank_no);

/*M!100000 CREATE TRIGGER deal_by_partner BEFORE UPDATE ON deal FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' THEN
        IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM deal_partner_move
            WHERE from_state = OLD.state AND to_state = NEW.state) THEN
            SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
                MESSAGE_TEXT = 'this move of a registration is not the partner''s (deal_partner_move)';
        END IF;
        IF NOT (NEW.phase <=> OLD.phase) AND NEW.state = OLD.state THEN
            SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
                MESSAGE_TEXT = 'the phase of a registration changes with its state';
        END IF;
        IF NOT (NEW.rank_no <=> OLD.rank_no) AND (OLD.rank_no IS NOT NULL
            OR NOT NEW.rank_no <=> (SELECT value FROM counter WHERE name = 'deal.rank')
            OR NEW.rank_no <= (SELECT IFNULL(MAX(rank_no), 0) FROM deal)) THEN
            SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
                MESSAGE_TEXT = 'a rank is the next of all, and stays';
        END IF;
        IF OLD.state NOT IN ('draft', 'returned', 'submitted') AND NOT (
            NEW.company_name = OLD.company_name AND NEW.currency = OLD.currency
            AND NEW.total = OLD.total AND NEW.total_report = OLD.total_report
            AND NEW.verdict = OLD.verdict AND NEW.end_customer_id <=> OLD.end_customer_id
            AND NEW.content_hash <=> OLD.content_hash AND NEW.submitted_at <=> OLD.submitted_at) THEN
            SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
                MESSAGE_TEXT = 'what was registered stays as it was';
        END IF;
    END IF;
END */;

-- The lines of a registration change while it is being written.
/*M!100000 CREATE TRIGGER deal_line_added_by_partner BEFORE INSERT ON deal_line FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT EXISTS (SELECT 1 FROM deal
        WHERE id = NEW.deal_id AND state IN ('draft', 'returned')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'lines are added to drafts and returned registrations';
    END IF;
END */;
/*M!100000 CREATE TRIGGER deal_line_removed_by_partner BEFORE DELETE ON deal_line FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT EXISTS (SELECT 1 FROM deal
        WHERE id = OLD.deal_id AND state IN ('draft', 'returned')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'lines are removed from drafts and returned registrations';
    END IF;
END */;

-- A step says what the record says, and who did it is no member of staff.
/*M!100000 CREATE TRIGGER deal_step_by_partner BEFORE INSERT ON deal_step FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.audience = 'partner' AND EXISTS (SELECT 1 FROM deal
        WHERE id = NEW.deal_id AND state = NEW.state)) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a step of another''s making';
    END IF;
END */;

-- The worker signs what stands in a receipt: a decision is not the partner's to write down.
/*M!100000 CREATE TRIGGER receipt_by_partner BEFORE INSERT ON receipt FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.event IN ('submitted', 'answered')
        AND JSON_VALUE(NEW.statement, '$.event') COLLATE utf8mb4_bin <=> NEW.event
        AND JSON_VALUE(NEW.statement, '$.number') COLLATE utf8mb4_bin <=> CONCAT('DR-', NEW.deal_id)
        AND EXISTS (SELECT 1 FROM deal WHERE id = NEW.deal_id AND account_id = NEW.account_id
            AND state = 'submitted'
            AND JSON_VALUE(NEW.statement, '$.rank') COLLATE utf8mb4_bin <=> CAST(rank_no AS CHAR))) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'a receipt that the partner cannot give itself';
    END IF;
END */;

-- A registration makes its end customer; companies of other kinds, named accounts and groups are the
-- vendor's.
/*M!100000 CREATE TRIGGER account_made_by_partner BEFORE INSERT ON account FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.kind = 'prospect' AND NEW.named = 0) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a partner makes prospects';
    END IF;
END */;
/*M!100000 CREATE TRIGGER account_changed_by_partner BEFORE UPDATE ON account FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.group_id <=> OLD.group_id)
        AND NOT (OLD.group_id IS NULL AND NEW.group_id = OLD.id) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'groups are joined by staff';
    END IF;
END */;

-- People of one's own kind; and a log-in is opened by an invitation alone.
/*M!100000 CREATE TRIGGER user_changed BEFORE UPDATE ON user FOR EACH ROW
BEGIN
    DECLARE asker VARCHAR(80) DEFAULT SUBSTRING_INDEX(USER(), '@', 1);

    IF asker IN ('fw_partner', 'fw_customer') AND asker <> CONCAT('fw_', OLD.audience)
        AND NOT (NEW.name = OLD.name AND NEW.title = OLD.title AND NEW.phone = OLD.phone
            AND NEW.status = OLD.status AND NEW.row_version = OLD.row_version) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a person of another audience';
    END IF;
    IF NEW.status <> OLD.status AND ((asker = 'fw_public' AND OLD.status <> 'invited')
        OR (asker IN ('fw_partner', 'fw_customer') AND OLD.status = 'invited' AND NEW.status = 'active'))
    THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'a change of status that is not this program''s';
    END IF;
END */;
/*M!100000 CREATE TRIGGER user_made BEFORE INSERT ON user FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_worker@%' AND NEW.audience NOT IN ('partner', 'customer') THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'staff are invited by staff';
    END IF;
END */;

-- A role goes with its own kind of people; the worker gives none to staff.
/*M!100000 CREATE TRIGGER user_role_given BEFORE INSERT ON user_role FOR EACH ROW
BEGIN
    DECLARE asker VARCHAR(80) DEFAULT SUBSTRING_INDEX(USER(), '@', 1);

    IF asker LIKE 'fw\_%' AND NOT EXISTS (SELECT 1 FROM user u JOIN role r ON r.audience = u.audience
        WHERE u.id = NEW.user_id AND r.id = NEW.role_id
        AND (asker <> 'fw_worker' OR u.audience <> 'staff')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a role of another audience';
    END IF;
END */;

-- Who asked for a job: the worker believes this, not what stands in the payload.  Who asks again for
-- one that waits moves its time and nothing else.
ALTER TABLE job ADD COLUMN asked_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

/*M!100000 CREATE TRIGGER job_asked BEFORE INSERT ON job FOR EACH ROW
BEGIN
    SET NEW.asked_by = LEFT(SUBSTRING_INDEX(USER(), '@', 1), 32);
END */;
/*M!100000 CREATE TRIGGER job_asked_again BEFORE UPDATE ON job FOR EACH ROW
BEGIN
    IF SUBSTRING_INDEX(USER(), '@', 1) IN ('fw_public', 'fw_partner', 'fw_customer')
        AND NOT (NEW.kind = OLD.kind AND NEW.ref = OLD.ref AND NEW.payload <=> OLD.payload
            AND NEW.unique_key <=> OLD.unique_key AND NEW.created_at = OLD.created_at) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a job of somebody else';
    END IF;
    SET NEW.asked_by = OLD.asked_by;
END */;

-- Mails of programs that face strangers go to people who are known, and carry no link that opens
-- anything.
/*M!100000 CREATE TRIGGER outbox_by_strangers BEFORE INSERT ON outbox FOR EACH ROW
BEGIN
    IF SUBSTRING_INDEX(USER(), '@', 1) IN ('fw_public', 'fw_partner', 'fw_customer')
        AND NOT (NEW.user_id IS NOT NULL AND NEW.to_address = '' AND NEW.link IS NULL) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a mail to a stranger, or a link';
    END IF;
END */;

-- Words stand under the name of who wrote them.
/*M!100000 CREATE TRIGGER comment_by_company BEFORE INSERT ON comment FOR EACH ROW
BEGIN
    DECLARE asker VARCHAR(80) DEFAULT SUBSTRING_INDEX(USER(), '@', 1);

    IF asker IN ('fw_partner', 'fw_customer') AND asker <> CONCAT('fw_', NEW.audience) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'words of another audience';
    END IF;
END */;

-- What the conflict check knows of a company is written once.
/*M!100000 CREATE TRIGGER match_party_by_partner BEFORE UPDATE ON match_party FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a company that is known already';
    END IF;
END */;
/*M!100000 CREATE TRIGGER match_gram_by_partner BEFORE DELETE ON match_gram FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a company that is known already';
    END IF;
END */;

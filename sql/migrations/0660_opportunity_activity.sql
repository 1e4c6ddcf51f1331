-- What was done about an opportunity - calls, meetings, mails, notes - and what is to be done.

-- account_id: the company of whoever wrote it; NULL for the vendor's people.  inside: for the vendor alone.
CREATE TABLE opportunity_activity (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    opportunity_id BIGINT NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at DATETIME(6) NOT NULL,
    minutes SMALLINT NOT NULL DEFAULT 0,
    people VARCHAR(300) NOT NULL DEFAULT '',
    body VARCHAR(4000) NOT NULL,
    inside TINYINT(1) NOT NULL DEFAULT 0,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    KEY opportunity_activity_record (opportunity_id, at DESC, id DESC),
    CONSTRAINT opportunity_activity_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id)
) ENGINE=InnoDB;

-- owner_account_id: the company of who is to do it; NULL for the vendor's people.
CREATE TABLE opportunity_task (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    opportunity_id BIGINT NOT NULL,
    title VARCHAR(200) NOT NULL,
    due_on DATE NOT NULL,
    inside TINYINT(1) NOT NULL DEFAULT 0,
    owner_user_id BIGINT NOT NULL,
    owner_name VARCHAR(120) NOT NULL,
    owner_account_id BIGINT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    account_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    done TINYINT(1) NOT NULL DEFAULT 0,
    done_at DATETIME(6) NULL,
    done_name VARCHAR(120) NOT NULL DEFAULT '',
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY opportunity_task_record (opportunity_id, done, due_on, id),
    KEY opportunity_task_own (owner_user_id, done, due_on, id),
    CONSTRAINT opportunity_task_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id),
    CONSTRAINT opportunity_task_owner FOREIGN KEY (owner_user_id) REFERENCES user (id)
) ENGINE=InnoDB;

-- What a partner's program reads and writes: it has no right on the tables, so that what is inside cannot be
-- read by it, whatever it asks for, and what it writes is never inside.
CREATE SQL SECURITY DEFINER VIEW opportunity_activity_shared AS
    SELECT id, opportunity_id, kind, at, minutes, people, body, user_id, user_name, audience, account_id,
        created_at
    FROM opportunity_activity WHERE inside = 0 WITH CASCADED CHECK OPTION;
CREATE SQL SECURITY DEFINER VIEW opportunity_task_shared AS
    SELECT id, opportunity_id, title, due_on, owner_user_id, owner_name, owner_account_id, user_id, user_name,
        account_id, created_at, done, done_at, done_name, row_version
    FROM opportunity_task WHERE inside = 0 WITH CASCADED CHECK OPTION;

-- It writes as itself, about what it takes part in, and gives work to its own people alone.
/*M!100000 CREATE TRIGGER opportunity_activity_by_partner BEFORE INSERT ON opportunity_activity FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.audience = 'partner' AND EXISTS (SELECT 1 FROM opportunity_share
        WHERE opportunity_id = NEW.opportunity_id AND account_id = NEW.account_id AND standing = 'accepted')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'an activity of another''s making';
    END IF;
END */;
/*M!100000 CREATE TRIGGER opportunity_task_by_partner BEFORE INSERT ON opportunity_task FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.owner_account_id <=> NEW.account_id AND EXISTS (SELECT 1
        FROM opportunity_share WHERE opportunity_id = NEW.opportunity_id AND account_id = NEW.account_id
        AND standing = 'accepted')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a task of another''s making';
    END IF;
END */;

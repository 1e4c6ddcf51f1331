-- How a company becomes a partner, under which agreement, and where it stands in the programme.
-- account.status of a partner is one of: agreement, onboarding, active, suspended, ended; the moves between them
-- stand in programme/programme_state.c.

-- agreement_due: a newer agreement waits for the company's acceptance.
ALTER TABLE account
    ADD COLUMN agreement_due TINYINT(1) NOT NULL DEFAULT 0,
    ADD KEY account_programme (kind, status, updated_at DESC, id DESC);

-- tax_key, domain_key: what was typed, made comparable (account/match_keys.h); they find other applications of
-- the same company.
CREATE TABLE application (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'applied',
    company_name VARCHAR(200) NOT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    city VARCHAR(80) NOT NULL DEFAULT '',
    address VARCHAR(300) NOT NULL DEFAULT '',
    website VARCHAR(200) NOT NULL DEFAULT '',
    tax_number VARCHAR(40) NOT NULL DEFAULT '',
    tax_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    domain_key VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    contact_name VARCHAR(120) NOT NULL,
    contact_title VARCHAR(120) NOT NULL DEFAULT '',
    contact_phone VARCHAR(40) NOT NULL DEFAULT '',
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    remote_addr VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent_at DATETIME(6) NOT NULL,
    department_id BIGINT NULL,
    checked_at DATETIME(6) NULL,
    reviewer_id BIGINT NULL,
    reviewer_name VARCHAR(120) NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    account_id BIGINT NULL,
    decided_at DATETIME(6) NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY application_state (state, created_at DESC, id DESC),
    KEY application_created (created_at DESC, id DESC),
    KEY application_email (email_key),
    KEY application_tax (tax_key),
    KEY application_domain (domain_key),
    KEY application_account (account_id),
    CONSTRAINT application_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT application_department FOREIGN KEY (department_id) REFERENCES department (id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;

-- The questionnaire: what is asked stays with the answer, since questions change.
CREATE TABLE application_question (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sort SMALLINT NOT NULL,
    text_en VARCHAR(300) NOT NULL,
    text_zh VARCHAR(300) NOT NULL,
    required TINYINT(1) NOT NULL DEFAULT 0,
    active TINYINT(1) NOT NULL DEFAULT 1
) ENGINE=InnoDB;

CREATE TABLE application_answer (
    application_id BIGINT NOT NULL,
    place SMALLINT NOT NULL,
    question_en VARCHAR(300) NOT NULL,
    question_zh VARCHAR(300) NOT NULL,
    answer VARCHAR(1000) NOT NULL,
    PRIMARY KEY (application_id, place),
    CONSTRAINT application_answer_application FOREIGN KEY (application_id) REFERENCES application (id)
) ENGINE=InnoDB;

-- Which known company it may be: found by the worker, for staff's eyes.  evidence_json as of deal_match.
CREATE TABLE application_match (
    application_id BIGINT NOT NULL,
    party_id BIGINT NOT NULL,
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    score INT NOT NULL,
    evidence_json VARCHAR(400) NOT NULL,
    PRIMARY KEY (application_id, party_id),
    KEY application_match_party (party_id),
    CONSTRAINT application_match_application FOREIGN KEY (application_id) REFERENCES application (id),
    CONSTRAINT application_match_party FOREIGN KEY (party_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- A published text never changes; the newest published one is the current.
CREATE TABLE agreement (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
    title_en VARCHAR(200) NOT NULL,
    title_zh VARCHAR(200) NOT NULL,
    body_en MEDIUMTEXT NOT NULL,
    body_zh MEDIUMTEXT NOT NULL,
    asks_again TINYINT(1) NOT NULL DEFAULT 1,
    published_at DATETIME(6) NULL,
    published_name VARCHAR(120) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY agreement_state (state, id DESC)
) ENGINE=InnoDB;

-- text_hash: SHA-256 of what stood on the page, title and body in the language of the person.
CREATE TABLE agreement_acceptance (
    account_id BIGINT NOT NULL,
    agreement_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text_hash BINARY(32) NOT NULL,
    accepted_at DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, agreement_id),
    KEY agreement_acceptance_agreement (agreement_id, accepted_at DESC, account_id),
    CONSTRAINT agreement_acceptance_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT agreement_acceptance_agreement FOREIGN KEY (agreement_id) REFERENCES agreement (id)
) ENGINE=InnoDB;

CREATE TABLE onboarding_step (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sort SMALLINT NOT NULL,
    text_en VARCHAR(300) NOT NULL,
    text_zh VARCHAR(300) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1
) ENGINE=InnoDB;

-- The partner says that it is done, the vendor that it is so.
CREATE TABLE onboarding_done (
    account_id BIGINT NOT NULL,
    step_id BIGINT NOT NULL,
    ticked_at DATETIME(6) NOT NULL,
    ticked_name VARCHAR(120) NOT NULL,
    verified_at DATETIME(6) NULL,
    verified_name VARCHAR(120) NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, step_id),
    CONSTRAINT onboarding_done_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT onboarding_done_step FOREIGN KEY (step_id) REFERENCES onboarding_step (id)
) ENGINE=InnoDB;

-- Where a partner stood, since when, by whom and why: both sides see it.
CREATE TABLE programme_move (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    verb VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    to_status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at DATETIME(6) NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    KEY programme_move_account (account_id, id DESC),
    CONSTRAINT programme_move_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

INSERT INTO application_question (sort, text_en, text_zh, required) VALUES
    (10, 'What does your company do, and for whom?', '贵公司主营业务是什么，主要服务哪些客户？', 1),
    (20, 'Which of our products do you want to sell, and where?', '您计划在哪些地区销售我们的哪些产品？', 1),
    (30, 'How many people sell, and how many engineers do you have?', '贵公司有多少销售人员和工程师？', 1),
    (40, 'Which revenue with our products do you expect in the first year?', '预计第一年我们产品的销售额是多少？', 0),
    (50, 'Which other vendors do you work with?', '贵公司目前还与哪些厂商合作？', 0);

INSERT INTO onboarding_step (sort, text_en, text_zh) VALUES
    (10, 'Bank and billing details are with us', '已提供银行及开票信息'),
    (20, 'Your sales people have a log-in', '销售人员已开通账号'),
    (30, 'One engineer has booked the first course', '至少一名工程师已报名首期课程'),
    (40, 'First talk with your channel manager', '已与渠道经理完成首次沟通');

-- -- rights of roles -------------------------------------------------------------------------------

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'programme.view' FROM role WHERE audience = 'partner'
    OR (audience = 'staff' AND code IN ('administrator', 'channel_manager', 'auditor'));
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'programme.accept' FROM role WHERE audience = 'partner' AND code = 'administrator';
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'programme.review' AS permission UNION ALL SELECT 'programme.manage' UNION ALL
          SELECT 'programme.edit') p
    WHERE r.audience = 'staff' AND r.code IN ('administrator', 'channel_manager');

-- Whoever wrote registrations may go on to begin them: that is now a right of its own, which a partner that
-- is not active has not.  It is bit 7 of byte 14 in sessions, deal.edit bit 3 of byte 6.
INSERT INTO role_permission (role_id, permission)
    SELECT p.role_id, 'deal.register' FROM role_permission p WHERE p.permission = 'deal.edit';
UPDATE session SET permissions = INSERT(permissions, 15, 1, CHAR(ORD(SUBSTRING(permissions, 15, 1)) | 128))
    WHERE ended_at IS NULL AND ORD(SUBSTRING(permissions, 7, 1)) & 8 <> 0;

-- -- guards ----------------------------------------------------------------------------------------

-- Of where it stands, a partner's program changes one thing: that the current agreement is accepted.
/*M!100000 CREATE TRIGGER account_standing_by_partner BEFORE UPDATE ON account FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%'
        AND NOT (NEW.status = OLD.status AND NEW.agreement_due = OLD.agreement_due)
        AND NOT (NEW.agreement_due = 0
            AND (NEW.status = OLD.status OR (OLD.status = 'agreement' AND NEW.status = 'onboarding'))
            AND EXISTS (SELECT 1 FROM agreement_acceptance WHERE account_id = NEW.id AND agreement_id =
                (SELECT MAX(id) FROM agreement WHERE state = 'published'))) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
            MESSAGE_TEXT = 'where a partner stands is the vendor''s to say';
    END IF;
END */;

/*M!100000 CREATE TRIGGER agreement_accepted_by_partner BEFORE INSERT ON agreement_acceptance FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (
        EXISTS (SELECT 1 FROM user WHERE id = NEW.user_id AND account_id = NEW.account_id
            AND audience = 'partner' AND status = 'active')
        AND EXISTS (SELECT 1 FROM agreement WHERE id = NEW.agreement_id AND state = 'published')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'accepted for another company';
    END IF;
END */;

-- A partner's own move is that acceptance alone.
/*M!100000 CREATE TRIGGER programme_move_by_partner BEFORE INSERT ON programme_move FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NEW.verb <> 'accept' THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a move of the vendor''s';
    END IF;
END */;

-- A text that partners have accepted stays as it was.
/*M!100000 CREATE TRIGGER agreement_published BEFORE UPDATE ON agreement FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_%' AND OLD.state = 'published' THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a published agreement stays as it is';
    END IF;
END */;

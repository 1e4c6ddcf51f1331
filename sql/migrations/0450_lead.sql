-- Leads: who asked, which partner has it, and how that came about.

-- The number people quote is the id: LD-2219.  phase groups the states for lists and timers: 1 nobody's,
-- 2 offered to a partner, 3 a partner works on it, 4 closed.  account_id is that partner; NULL while it is
-- nobody's.  due_at is when it is taken back: not answered (2), or not worked on (3); warn_at when its
-- partner is warned of that, NULL once he was.  pool: '' no, 'take' whoever is first, 'apply' staff choose.
CREATE TABLE lead (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'new',
    phase TINYINT NOT NULL DEFAULT 1,
    row_version BIGINT NOT NULL DEFAULT 1,
    account_id BIGINT NULL,
    company_name VARCHAR(200) NOT NULL DEFAULT '',
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    region VARCHAR(80) NOT NULL DEFAULT '',
    city VARCHAR(80) NOT NULL DEFAULT '',
    website VARCHAR(200) NOT NULL DEFAULT '',
    person_name VARCHAR(120) NOT NULL DEFAULT '',
    person_title VARCHAR(120) NOT NULL DEFAULT '',
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    phone VARCHAR(40) NOT NULL DEFAULT '',
    product_line_id BIGINT NULL,
    budget VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    timeframe VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
    note TEXT NOT NULL DEFAULT '',
    source VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'staff',
    campaign VARCHAR(80) NOT NULL DEFAULT '',
    consent_text VARCHAR(600) NOT NULL DEFAULT '',
    consent_at DATETIME(6) NULL,
    score SMALLINT NOT NULL DEFAULT 0,
    pool VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    pooled_at DATETIME(6) NULL,
    due_at DATETIME(6) NULL,
    warn_at DATETIME(6) NULL,
    accepted_at DATETIME(6) NULL,
    worked_at DATETIME(6) NULL,
    closed_at DATETIME(6) NULL,
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    opportunity_id BIGINT NULL,
    deal_id BIGINT NULL,
    department_id BIGINT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    KEY lead_own (account_id, phase, updated_at DESC, id DESC),
    KEY lead_phase (phase, updated_at DESC, id DESC, department_id),
    KEY lead_all (updated_at DESC, id DESC, department_id),
    KEY lead_due (phase, due_at),
    KEY lead_warn (phase, warn_at),
    KEY lead_pooled (pooled_at DESC, id DESC),
    KEY lead_product (product_line_id),
    KEY lead_department (department_id),
    CONSTRAINT lead_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT lead_product FOREIGN KEY (product_line_id) REFERENCES product_line (id),
    CONSTRAINT lead_department FOREIGN KEY (department_id) REFERENCES department (id) ON UPDATE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=2001;

-- What only staff may know of a lead.  held: why the rules leave it to a person ('' they do not):
-- 'copy' it may be another lead, 'known' its company is spoken for.  core_hash and email_key find other
-- leads of the same company or person.
CREATE TABLE lead_staff (
    lead_id BIGINT NOT NULL PRIMARY KEY,
    created_by BIGINT NULL,
    held VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    core_hash BIGINT NOT NULL DEFAULT 0,
    email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    judged_at DATETIME(6) NULL,
    KEY lead_staff_core (core_hash),
    KEY lead_staff_email (email_key),
    CONSTRAINT lead_staff_lead FOREIGN KEY (lead_id) REFERENCES lead (id)
) ENGINE=InnoDB;

-- Who it could be a copy of: kind 'lead', or 'account' for an end customer that is known.
CREATE TABLE lead_match (
    lead_id BIGINT NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    other_id BIGINT NOT NULL,
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    score SMALLINT NOT NULL,
    found_at DATETIME(6) NOT NULL,
    PRIMARY KEY (lead_id, kind, other_id),
    CONSTRAINT lead_match_lead FOREIGN KEY (lead_id) REFERENCES lead (id)
) ENGINE=InnoDB;

-- What happened to it, in order; account_id is the partner that had it at that step.
CREATE TABLE lead_step (
    lead_id BIGINT NOT NULL,
    seq INT NOT NULL,
    state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at DATETIME(6) NOT NULL,
    user_id BIGINT NOT NULL DEFAULT 0,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BIGINT NULL,
    account_name VARCHAR(200) NOT NULL DEFAULT '',
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    PRIMARY KEY (lead_id, seq),
    CONSTRAINT lead_step_lead FOREIGN KEY (lead_id) REFERENCES lead (id)
) ENGINE=InnoDB;

-- Each time that a partner was given it, with the answer and the end.  A lead that goes to another
-- partner keeps its rows here: nothing is moved.  live is 1 while the partner has it, else NULL: the
-- unique key allows one at a time.
CREATE TABLE lead_offer (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    lead_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    live TINYINT NULL DEFAULT 1,
    outcome VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'offered',
    offered_at DATETIME(6) NOT NULL,
    answered_at DATETIME(6) NULL,
    answer_minutes INT NULL,
    ended_at DATETIME(6) NULL,
    UNIQUE KEY lead_offer_live (lead_id, live),
    KEY lead_offer_account (account_id, id DESC),
    CONSTRAINT lead_offer_lead FOREIGN KEY (lead_id) REFERENCES lead (id),
    CONSTRAINT lead_offer_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Figures of a partner, kept by whoever changes a lead: no page and no rule counts rows.
CREATE TABLE lead_share (
    account_id BIGINT NOT NULL PRIMARY KEY,
    open INT NOT NULL DEFAULT 0,
    offers INT NOT NULL DEFAULT 0,
    accepted INT NOT NULL DEFAULT 0,
    declined INT NOT NULL DEFAULT 0,
    timed_out INT NOT NULL DEFAULT 0,
    recalled INT NOT NULL DEFAULT 0,
    converted INT NOT NULL DEFAULT 0,
    disqualified INT NOT NULL DEFAULT 0,
    answers INT NOT NULL DEFAULT 0,
    answer_minutes BIGINT NOT NULL DEFAULT 0,
    answers_soon INT NOT NULL DEFAULT 0,
    CONSTRAINT lead_share_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- What a partner takes: lists are separated by commas, '' stands for what its account says (countries,
-- languages) or for all (lines).
CREATE TABLE lead_partner (
    account_id BIGINT NOT NULL PRIMARY KEY,
    countries VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    line_ids VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    langs VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    open_most INT NOT NULL DEFAULT 0,
    paused_until DATE NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    CONSTRAINT lead_partner_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Routing rules in order; NULL and '' stand for "any".  First what the lead must be, then what its partner
-- must be: place '' anywhere, 'country', 'territory'.  method: turn, least, best, pool, person.
CREATE TABLE lead_rule (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    position INT NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 0,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    region VARCHAR(80) NOT NULL DEFAULT '',
    territory_id BIGINT NULL,
    product_line_id BIGINT NULL,
    lang VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    score_least SMALLINT NOT NULL DEFAULT 0,
    place VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    sells_line TINYINT(1) NOT NULL DEFAULT 0,
    speaks TINYINT(1) NOT NULL DEFAULT 0,
    tier_id BIGINT NULL,
    method VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tried_at DATETIME(6) NULL,
    tried_leads INT NOT NULL DEFAULT 0,
    tried_matched INT NOT NULL DEFAULT 0,
    tried_served INT NOT NULL DEFAULT 0,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY lead_rule_position (position, id),
    CONSTRAINT lead_rule_territory FOREIGN KEY (territory_id) REFERENCES territory (id),
    CONSTRAINT lead_rule_product FOREIGN KEY (product_line_id) REFERENCES product_line (id),
    CONSTRAINT lead_rule_tier FOREIGN KEY (tier_id) REFERENCES tier (id)
) ENGINE=InnoDB;

-- When a rule last gave a partner something.
CREATE TABLE lead_turn (
    rule_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    last_at DATETIME(6) NOT NULL,
    times BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (rule_id, account_id),
    KEY lead_turn_account (account_id),
    CONSTRAINT lead_turn_rule FOREIGN KEY (rule_id) REFERENCES lead_rule (id),
    CONSTRAINT lead_turn_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Why this partner: what a rule looked at when it chose, as it was then.  body has a line for each
-- partner: why it does not fit ("" it does), id, open leads, closing rate in basis points, name.
CREATE TABLE lead_trace (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    lead_id BIGINT NOT NULL,
    rule_id BIGINT NULL,
    rule_version BIGINT NOT NULL DEFAULT 0,
    name_en VARCHAR(120) NOT NULL DEFAULT '',
    name_zh VARCHAR(120) NOT NULL DEFAULT '',
    method VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    chosen_id BIGINT NULL,
    chosen_name VARCHAR(200) NOT NULL DEFAULT '',
    looked_at INT NOT NULL,
    fitting INT NOT NULL,
    overridden VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    made_at DATETIME(6) NOT NULL,
    KEY lead_trace_lead (lead_id, id),
    CONSTRAINT lead_trace_lead FOREIGN KEY (lead_id) REFERENCES lead (id)
) ENGINE=InnoDB;

-- What makes a score: kind says what of the lead is looked at, value what it must be ('' anything).
CREATE TABLE lead_point (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value VARCHAR(40) NOT NULL DEFAULT '',
    points SMALLINT NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY lead_point_once (kind, value)
) ENGINE=InnoDB;

-- Partners that ask for a lead of the pool; staff choose one.
CREATE TABLE lead_wish (
    lead_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    words VARCHAR(500) NOT NULL DEFAULT '',
    wished_at DATETIME(6) NOT NULL,
    PRIMARY KEY (lead_id, account_id),
    KEY lead_wish_account (account_id),
    CONSTRAINT lead_wish_lead FOREIGN KEY (lead_id) REFERENCES lead (id),
    CONSTRAINT lead_wish_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

-- Links of mails by which a partner's person answers an offer, once: the token's hash alone stands here.
CREATE TABLE lead_link (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    lead_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    KEY lead_link_expires (expires_at),
    KEY lead_link_lead (lead_id),
    CONSTRAINT lead_link_lead FOREIGN KEY (lead_id) REFERENCES lead (id)
) ENGINE=InnoDB;

INSERT INTO lead_point (kind, value, points) VALUES
    ('budget', 'over250', 30), ('budget', 'to250', 20), ('budget', 'to50', 10),
    ('timeframe', 'quarter', 25), ('timeframe', 'half', 15), ('timeframe', 'year', 5),
    ('line', '', 10), ('phone', '', 10), ('website', '', 5), ('title', '', 5),
    ('source', 'fair', 10), ('source', 'referral', 15), ('source', 'web', 5);

-- Without a rule that fits better, the partners of the country in turn.
INSERT INTO lead_rule (position, name_en, name_zh, active, place, method) VALUES
    (1000, 'Partners of the country, in turn', '当地合作伙伴轮流分配', 1, 'country', 'turn');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'lead.view' AS permission UNION ALL SELECT 'lead.work' UNION ALL SELECT 'lead.export') p
    WHERE r.audience = 'partner' AND r.code IN ('administrator', 'sales');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, 'lead.view' FROM role r WHERE r.audience = 'partner' AND r.code = 'technical';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'lead.view' AS permission UNION ALL SELECT 'lead.edit' UNION ALL SELECT 'lead.assign' UNION ALL
          SELECT 'lead.override' UNION ALL SELECT 'lead.rules' UNION ALL SELECT 'lead.export') p
    WHERE r.audience = 'staff' AND r.code IN ('administrator', 'channel_manager');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'lead.view' AS permission UNION ALL SELECT 'lead.edit' UNION ALL SELECT 'lead.assign') p
    WHERE r.audience = 'staff' AND r.code = 'sales';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'lead.view' AS permission UNION ALL SELECT 'lead.export') p
    WHERE r.audience = 'staff' AND r.code = 'auditor';

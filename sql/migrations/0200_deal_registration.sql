-- Deal registration: what partners register, what is decided, who is protected for what.

-- The number people quote is the id: DR-10423.  What was typed about the end customer stays as it was
-- typed; end_customer_id points to the account that stands for it.  phase groups the states for lists:
-- 1 with the partner, 2 with the vendor, 3 protected, 4 closed.  total_report is the total in the
-- vendor's reporting currency at the rate of the day of submission.  company_key is the name in Latin
-- letters (Chinese as pinyin), folded: lists in both languages sort by it.
CREATE TABLE deal (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
    phase TINYINT NOT NULL DEFAULT 1,
    row_version BIGINT NOT NULL DEFAULT 1,
    company_name VARCHAR(200) NOT NULL DEFAULT '',
    company_key VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    region VARCHAR(80) NOT NULL DEFAULT '',
    city VARCHAR(80) NOT NULL DEFAULT '',
    address VARCHAR(300) NOT NULL DEFAULT '',
    website VARCHAR(200) NOT NULL DEFAULT '',
    tax_number VARCHAR(40) NOT NULL DEFAULT '',
    phone VARCHAR(40) NOT NULL DEFAULT '',
    contact_name VARCHAR(120) NOT NULL DEFAULT '',
    contact_title VARCHAR(120) NOT NULL DEFAULT '',
    contact_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    contact_phone VARCHAR(40) NOT NULL DEFAULT '',
    project_name VARCHAR(160) NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    deal_type VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'new',
    competitors VARCHAR(300) NOT NULL DEFAULT '',
    sales_stage VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    budget VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    decision_maker VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    done_so_far TEXT NOT NULL DEFAULT '',
    distributor VARCHAR(200) NOT NULL DEFAULT '',
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'USD',
    total DECIMAL(19,4) NOT NULL DEFAULT 0,
    total_report DECIMAL(19,4) NOT NULL DEFAULT 0,
    expected_close DATE NULL,
    close_on DATE AS (COALESCE(expected_close, DATE '9999-12-31')) PERSISTENT,
    sales_user_id BIGINT NULL,
    sales_name VARCHAR(120) NOT NULL DEFAULT '',
    created_by BIGINT NOT NULL,
    on_behalf_by BIGINT NULL,
    cloned_from BIGINT NULL,
    bulk_id BIGINT NULL,
    end_customer_id BIGINT NULL,
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    rank_no BIGINT NULL,
    submitted_at DATETIME(6) NULL,
    due_at DATETIME(6) NULL,
    half_at DATETIME(6) NULL,
    reminded_at DATETIME(6) NULL,
    escalated_at DATETIME(6) NULL,
    answer_due_at DATETIME(6) NULL,
    decided_at DATETIME(6) NULL,
    decision_minutes INT NULL,
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    protected_from_at DATETIME(6) NULL,
    protected_until_at DATETIME(6) NULL,
    protected_until DATE NULL,
    warned_days SMALLINT NULL,
    extensions_granted SMALLINT NOT NULL DEFAULT 0,
    opportunity_id BIGINT NULL,
    worked_at DATETIME(6) NULL,
    department_id BIGINT NULL,
    reviewer_id BIGINT NULL,
    reviewer_name VARCHAR(120) NOT NULL DEFAULT '',
    content_salt BINARY(32) NULL,
    content_hash BINARY(32) NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    KEY deal_own (account_id, updated_at DESC, id DESC, state, company_name, project_name, currency,
        sales_name, total, protected_until_at, due_at,
        expected_close, close_on, company_key),
    KEY deal_own_phase (account_id, phase, updated_at DESC, id DESC, state, company_name, project_name, currency,
        sales_name, total, protected_until_at, due_at,
        expected_close, close_on, company_key),
    KEY deal_own_close (account_id, close_on, id),
    KEY deal_own_phase_close (account_id, phase, close_on, id),
    KEY deal_own_name (account_id, company_key, id),
    KEY deal_own_phase_name (account_id, phase, company_key, id),
    KEY deal_queue (phase, due_at, id, department_id, state, account_id, company_name, reviewer_id),
    KEY deal_reviewer (reviewer_id, phase, due_at, id),
    KEY deal_all (updated_at DESC, id DESC, department_id, phase, state),
    KEY deal_phase (phase, updated_at DESC, id DESC, department_id, state),
    KEY deal_customer (end_customer_id, phase),
    KEY deal_answer (state, answer_due_at),
    KEY deal_protection (state, protected_until_at),
    KEY deal_department (department_id),
    KEY deal_submitted (submitted_at),
    CONSTRAINT deal_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT deal_end_customer FOREIGN KEY (end_customer_id) REFERENCES account (id),
    CONSTRAINT deal_department FOREIGN KEY (department_id) REFERENCES department (id) ON UPDATE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=10001;

-- lost_at: the line is no longer protected by this registration (overruled); the others stay.
CREATE TABLE deal_line (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    value DECIMAL(19,4) NOT NULL,
    discount_bp INT NOT NULL DEFAULT 0,
    lost_at DATETIME(6) NULL,
    UNIQUE KEY deal_line_once (deal_id, product_line_id),
    KEY deal_line_product (product_line_id),
    CONSTRAINT deal_line_deal FOREIGN KEY (deal_id) REFERENCES deal (id),
    CONSTRAINT deal_line_product FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- Each state that a registration was in, with its beginning and end: the timeline, and the decision
-- clock, are made from these rows.  reason is what the partner may read.
CREATE TABLE deal_step (
    deal_id BIGINT NOT NULL,
    seq INT NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    from_at DATETIME(6) NOT NULL,
    until_at DATETIME(6) NULL,
    user_id BIGINT NOT NULL DEFAULT 0,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    for_user_name VARCHAR(120) NOT NULL DEFAULT '',
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    PRIMARY KEY (deal_id, seq),
    CONSTRAINT deal_step_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- Who has it to review, from when to when.
CREATE TABLE deal_assignment (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    user_name VARCHAR(120) NOT NULL,
    by_user_id BIGINT NOT NULL DEFAULT 0,
    from_at DATETIME(6) NOT NULL,
    until_at DATETIME(6) NULL,
    KEY deal_assignment_deal (deal_id, until_at),
    CONSTRAINT deal_assignment_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- What only staff may know of a registration.
CREATE TABLE deal_staff (
    deal_id BIGINT NOT NULL PRIMARY KEY,
    duplicate_of BIGINT NULL,
    rule_id BIGINT NULL,
    overruled_by BIGINT NULL,
    CONSTRAINT deal_staff_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- The live claims: one holder a group of end customers and product line, decided by the unique key.
-- version grows with each change of hands: an overruling names the version that it was shown.
CREATE TABLE claim (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    group_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    deal_id BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    taken_at DATETIME(6) NOT NULL,
    UNIQUE KEY claim_once (group_id, product_line_id),
    KEY claim_deal (deal_id),
    KEY claim_product (product_line_id),
    CONSTRAINT claim_deal FOREIGN KEY (deal_id) REFERENCES deal (id),
    CONSTRAINT claim_product FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- Each taking and freeing, for good.
CREATE TABLE claim_event (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    group_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    deal_id BIGINT NOT NULL,
    event VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at DATETIME(6) NOT NULL,
    user_id BIGINT NOT NULL DEFAULT 0,
    reason VARCHAR(1000) NOT NULL DEFAULT '',
    KEY claim_event_group (group_id, product_line_id, id),
    KEY claim_event_deal (deal_id, id)
) ENGINE=InnoDB;

-- What the conflict check found: party is an end customer's account.  Written with the submission;
-- read by staff alone.  resolution: what a person made of it.
CREATE TABLE deal_match (
    deal_id BIGINT NOT NULL,
    party_id BIGINT NOT NULL,
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    score SMALLINT NOT NULL,
    evidence_json TEXT NOT NULL,
    overlap TINYINT(1) NOT NULL DEFAULT 0,
    found_at DATETIME(6) NOT NULL,
    resolution VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
    resolved_by BIGINT NULL,
    resolved_at DATETIME(6) NULL,
    PRIMARY KEY (deal_id, party_id),
    KEY deal_match_party (party_id),
    CONSTRAINT deal_match_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- pending is 1 while it is undecided, else NULL: the unique key allows one pending a registration.
CREATE TABLE deal_extension (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'asked',
    pending TINYINT NULL DEFAULT 1,
    progress VARCHAR(2000) NOT NULL,
    asked_days SMALLINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at DATETIME(6) NOT NULL,
    decided_by BIGINT NULL,
    decided_name VARCHAR(120) NOT NULL DEFAULT '',
    decided_at DATETIME(6) NULL,
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    old_until DATE NOT NULL,
    new_until DATE NULL,
    UNIQUE KEY deal_extension_pending (deal_id, pending),
    KEY deal_extension_asked (state, asked_at),
    CONSTRAINT deal_extension_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- "Is it free?": every question, for the limit and for staff.
CREATE TABLE deal_check (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    company_name VARCHAR(200) NOT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    answer_json TEXT NOT NULL,
    at DATETIME(6) NOT NULL,
    KEY deal_check_account (account_id, at)
) ENGINE=InnoDB;

-- Partner and product lines a person waits for: told when the line becomes free.
CREATE TABLE deal_waiting (
    group_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    deal_id BIGINT NOT NULL,
    told_at DATETIME(6) NULL,
    PRIMARY KEY (group_id, product_line_id, deal_id),
    KEY deal_waiting_deal (deal_id),
    CONSTRAINT deal_waiting_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- Length and discount by tier and type, from a day on; the newest that has begun counts.
CREATE TABLE protection_term (
    tier_id BIGINT NOT NULL,
    deal_type VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from DATE NOT NULL,
    days SMALLINT NOT NULL,
    discount_bp INT NOT NULL,
    PRIMARY KEY (tier_id, deal_type, valid_from),
    CONSTRAINT protection_term_tier FOREIGN KEY (tier_id) REFERENCES tier (id)
) ENGINE=InnoDB;

-- use_for: reject, return, revoke, overrule, end, withdraw.
CREATE TABLE deal_reason (
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    use_for VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text_en VARCHAR(200) NOT NULL,
    text_zh VARCHAR(200) NOT NULL,
    sort SMALLINT NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1
) ENGINE=InnoDB;

-- Automatic rules in order; NULL and '' stand for "any".  amounts are in the reporting currency.
-- outcome: approve, reject, assign.  trial: what the last trial on past registrations gave.
CREATE TABLE deal_rule (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    position SMALLINT NOT NULL,
    name_en VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 0,
    tier_id BIGINT NULL,
    amount_least DECIMAL(19,4) NULL,
    amount_most DECIMAL(19,4) NULL,
    product_line_id BIGINT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    deal_type VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    outcome VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    assign_user_id BIGINT NULL,
    assign_department_id BIGINT NULL,
    tried_at DATETIME(6) NULL,
    tried_matched INT NULL,
    tried_agreed INT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY deal_rule_position (active, position),
    CONSTRAINT deal_rule_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
    CONSTRAINT deal_rule_product FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- Figures by partner and month of submission, kept by the worker: no page counts rows.
CREATE TABLE deal_figure (
    account_id BIGINT NOT NULL,
    month DATE NOT NULL,
    submitted INT NOT NULL DEFAULT 0,
    approved INT NOT NULL DEFAULT 0,
    rejected INT NOT NULL DEFAULT 0,
    open INT NOT NULL DEFAULT 0,
    won INT NOT NULL DEFAULT 0,
    lost INT NOT NULL DEFAULT 0,
    value_report DECIMAL(19,4) NOT NULL DEFAULT 0,
    median_minutes INT NULL,
    made_at DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, month),
    KEY deal_figure_month (month)
) ENGINE=InnoDB;

-- Statement and signature of each submission and decision; salt opens the content hash.
CREATE TABLE receipt (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    event VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    statement TEXT NOT NULL,
    salt BINARY(32) NOT NULL,
    note TEXT NULL,
    leaf_index BIGINT NULL,
    made_at DATETIME(6) NOT NULL,
    signed_at DATETIME(6) NULL,
    KEY receipt_deal (deal_id, id),
    KEY receipt_unsigned (signed_at, id),
    UNIQUE KEY receipt_leaf (leaf_index),
    CONSTRAINT receipt_deal FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB;

-- The minimum that a conversion makes; the opportunity feature grows from it.
CREATE TABLE opportunity (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    deal_id BIGINT NULL,
    account_id BIGINT NOT NULL,
    end_customer_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount DECIMAL(19,4) NOT NULL,
    expected_close DATE NULL,
    owner_user_id BIGINT NULL,
    department_id BIGINT NULL,
    worked_at DATETIME(6) NOT NULL,
    closed_at DATETIME(6) NULL,
    close_reason VARCHAR(1000) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    UNIQUE KEY opportunity_deal (deal_id),
    KEY opportunity_account (account_id, updated_at DESC, id DESC),
    KEY opportunity_worked (state, worked_at),
    KEY opportunity_customer (end_customer_id, state),
    KEY opportunity_department (department_id),
    CONSTRAINT opportunity_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT opportunity_customer FOREIGN KEY (end_customer_id) REFERENCES account (id),
    CONSTRAINT opportunity_department FOREIGN KEY (department_id) REFERENCES department (id)
        ON UPDATE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=3001;

-- A list uploaded by a partner: rows are kept until they are sent or dropped.
CREATE TABLE deal_bulk (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    file_name VARCHAR(200) NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
    created_at DATETIME(6) NOT NULL,
    sent_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY deal_bulk_account (account_id, id DESC),
    CONSTRAINT deal_bulk_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

CREATE TABLE deal_bulk_row (
    bulk_id BIGINT NOT NULL,
    line_no INT NOT NULL,
    cells_json TEXT NOT NULL,
    faults_json TEXT NOT NULL,
    verdict VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    chosen TINYINT(1) NOT NULL DEFAULT 1,
    deal_id BIGINT NULL,
    PRIMARY KEY (bulk_id, line_no),
    CONSTRAINT deal_bulk_row_bulk FOREIGN KEY (bulk_id) REFERENCES deal_bulk (id)
) ENGINE=InnoDB;

INSERT INTO counter (name, value) VALUES ('deal.rank', 0);

INSERT INTO deal_reason (code, use_for, text_en, text_zh, sort) VALUES
    ('below_minimum', 'reject', 'Below the minimum value', '低于最低金额', 1),
    ('no_project', 'reject', 'No concrete project yet', '项目尚不具体', 2),
    ('named_account', 'reject', 'The customer is served directly', '该客户由厂商直接服务', 3),
    ('outside_territory', 'reject', 'Outside your territory', '超出您的授权区域', 4),
    ('not_authorised', 'reject', 'Not authorised for this product line', '未获该产品线授权', 5),
    ('tender_published', 'reject', 'The tender was already published', '招标已公开发布', 6),
    ('other_reject', 'reject', 'Another reason', '其他原因', 9),
    ('customer_unclear', 'return', 'Which company exactly?', '请说明具体是哪家公司', 1),
    ('project_unclear', 'return', 'Tell us more about the project', '请补充项目情况', 2),
    ('contact_missing', 'return', 'Name a contact who decides', '请提供可决策的联系人', 3),
    ('value_unclear', 'return', 'Explain the estimated value', '请说明预估金额', 4),
    ('other_return', 'return', 'Another question', '其他问题', 9),
    ('not_worked_on', 'revoke', 'The deal is not worked on', '该商机未持续跟进', 1),
    ('false_information', 'revoke', 'What was registered is not true', '报备信息不实', 2),
    ('customer_choice', 'revoke', 'The customer chose another partner in writing', '客户书面指定其他伙伴', 3),
    ('other_revoke', 'revoke', 'Another reason', '其他原因', 9);

-- Decisions are waited for in the calendar of the end customer's country, else in this one.
INSERT INTO calendar (id, code, name_en, name_zh, zone) VALUES
    (1000, 'default', 'Standard', '标准', 'UTC');
INSERT INTO calendar_hours (calendar_id, weekday, from_minute, until_minute) VALUES
    (1000, 1, 540, 1020), (1000, 2, 540, 1020), (1000, 3, 540, 1020), (1000, 4, 540, 1020),
    (1000, 5, 540, 1020);

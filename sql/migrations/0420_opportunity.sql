-- Opportunities: pipelines and stages as rows, the whole record, where it stood when, and who sees it.

-- needed: names of fields that must be filled before a stage is left for a later one.  kind: open, won,
-- lost; a stage never changes its kind.
CREATE TABLE opportunity_pipeline (
    id BIGINT NOT NULL PRIMARY KEY,
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(60) NOT NULL,
    name_zh VARCHAR(60) NOT NULL,
    sort SMALLINT NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1,
    UNIQUE KEY opportunity_pipeline_code (code)
) ENGINE=InnoDB;

CREATE TABLE opportunity_stage (
    id BIGINT NOT NULL PRIMARY KEY,
    pipeline_id BIGINT NOT NULL,
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name_en VARCHAR(60) NOT NULL,
    name_zh VARCHAR(60) NOT NULL,
    sort SMALLINT NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    probability SMALLINT NOT NULL,
    category VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    needed VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    stale_days SMALLINT NOT NULL DEFAULT 0,
    active TINYINT(1) NOT NULL DEFAULT 1,
    UNIQUE KEY opportunity_stage_code (pipeline_id, code),
    CONSTRAINT opportunity_stage_pipeline FOREIGN KEY (pipeline_id) REFERENCES opportunity_pipeline (id)
) ENGINE=InnoDB;

INSERT INTO opportunity_pipeline (id, code, name_en, name_zh, sort) VALUES (1, 'sales', 'Sales', '销售', 1);
INSERT INTO opportunity_stage
    (id, pipeline_id, code, name_en, name_zh, sort, kind, probability, category, needed, stale_days) VALUES
    (1, 1, 'qualification', 'Qualification', '资格确认', 10, 'open', 10, 'pipeline', '', 21),
    (2, 1, 'discovery', 'Discovery', '需求分析', 20, 'open', 20, 'pipeline', 'amount', 30),
    (3, 1, 'solution', 'Solution', '方案设计', 30, 'open', 40, 'pipeline', 'amount next_step', 30),
    (4, 1, 'proposal', 'Proposal', '方案报价', 40, 'open', 60, 'best', 'amount next_step', 21),
    (5, 1, 'negotiation', 'Negotiation', '商务谈判', 50, 'open', 80, 'commit', 'amount next_step', 14),
    (6, 1, 'won', 'Won', '赢单', 60, 'won', 100, 'closed', '', 0),
    (7, 1, 'lost', 'Lost', '丢单', 70, 'lost', 0, 'omitted', '', 0);

-- Why one was lost; and why one was won without an order.
CREATE TABLE opportunity_reason (
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text_en VARCHAR(120) NOT NULL,
    text_zh VARCHAR(120) NOT NULL,
    sort SMALLINT NOT NULL,
    active TINYINT(1) NOT NULL DEFAULT 1
) ENGINE=InnoDB;

INSERT INTO opportunity_reason (code, kind, text_en, text_zh, sort) VALUES
    ('price', 'lost', 'Price', '价格', 1),
    ('function', 'lost', 'Something was missing in the product', '产品功能不足', 2),
    ('competitor', 'lost', 'A competitor was preferred', '客户选择竞争对手', 3),
    ('budget', 'lost', 'No budget', '没有预算', 4),
    ('stopped', 'lost', 'The project was stopped', '项目取消', 5),
    ('no_answer', 'lost', 'The customer no longer answers', '客户不再回应', 6),
    ('other_lost', 'lost', 'Another reason', '其他原因', 9),
    ('order_follows', 'won', 'The order follows', '订单稍后提交', 1),
    ('order_elsewhere', 'won', 'Ordered by another way', '已通过其他渠道下单', 2),
    ('distributor', 'won', 'Ordered from a distributor', '由分销商下单', 3),
    ('other_won', 'won', 'Another reason', '其他原因', 9);

-- account_id: the partner whose it is; NULL for the vendor's own.  amount_report and weighted_report are in
-- the vendor's reporting currency, weighted_report times the probability.  slips: how often the close date
-- was moved to a later month.  stale_on: the day from which nothing has happened for too long.
ALTER TABLE opportunity
    MODIFY account_id BIGINT NULL,
    MODIFY end_customer_id BIGINT NULL,
    ADD pipeline_id BIGINT NOT NULL DEFAULT 1 AFTER state,
    ADD stage_id BIGINT NOT NULL DEFAULT 1 AFTER pipeline_id,
    ADD stage_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) AFTER stage_id,
    ADD probability SMALLINT NOT NULL DEFAULT 10 AFTER stage_at,
    ADD category VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'pipeline' AFTER probability,
    ADD side VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'partner' AFTER category,
    ADD source VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'deal' AFTER side,
    ADD customer_name VARCHAR(200) NOT NULL DEFAULT '' AFTER end_customer_id,
    ADD customer_country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER customer_name,
    ADD amount_report DECIMAL(19,4) NOT NULL DEFAULT 0 AFTER amount,
    ADD weighted_report DECIMAL(19,4) NOT NULL DEFAULT 0 AFTER amount_report,
    ADD close_on DATE AS (COALESCE(expected_close, DATE '9999-12-31')) PERSISTENT AFTER expected_close,
    ADD slips SMALLINT NOT NULL DEFAULT 0 AFTER close_on,
    ADD stale_on DATE NULL AFTER slips,
    ADD owner_name VARCHAR(120) NOT NULL DEFAULT '' AFTER owner_user_id,
    ADD competitors VARCHAR(300) NOT NULL DEFAULT '',
    ADD next_step VARCHAR(300) NOT NULL DEFAULT '',
    ADD next_step_on DATE NULL,
    ADD reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD lost_to VARCHAR(120) NOT NULL DEFAULT '',
    ADD created_by BIGINT NULL,
    DROP KEY opportunity_account,
    ADD KEY opportunity_account (account_id),
    ADD KEY opportunity_all (updated_at DESC, id DESC, department_id, owner_user_id, state),
    ADD KEY opportunity_all_close (close_on, id, department_id, owner_user_id, state),
    ADD KEY opportunity_state (state, updated_at DESC, id DESC, close_on, stale_on, slips, department_id, owner_user_id),
    ADD KEY opportunity_state_close (state, close_on, id, stale_on, slips, department_id, owner_user_id),
    ADD KEY opportunity_stage_updated (stage_id, updated_at DESC, id DESC, close_on, department_id, owner_user_id),
    ADD KEY opportunity_stage_close (stage_id, close_on, id, department_id, owner_user_id),
    ADD KEY opportunity_owner (owner_user_id, updated_at DESC, id DESC, state, stage_id, close_on, stale_on, slips),
    ADD KEY opportunity_owner_close (owner_user_id, close_on, id, state, stage_id, stale_on, slips),
    ADD KEY opportunity_sums (state, close_on, stage_id, owner_user_id, department_id, amount_report, weighted_report),
    ADD KEY opportunity_pipeline (pipeline_id),
    ADD CONSTRAINT opportunity_stage FOREIGN KEY (stage_id) REFERENCES opportunity_stage (id),
    ADD CONSTRAINT opportunity_pipeline FOREIGN KEY (pipeline_id) REFERENCES opportunity_pipeline (id);

UPDATE opportunity o LEFT JOIN account a ON a.id = o.end_customer_id
    LEFT JOIN deal d ON d.id = o.deal_id SET
    o.customer_name = COALESCE(d.company_name, a.name, o.name),
    o.customer_country = COALESCE(d.country, a.country, ''),
    o.owner_name = COALESCE(d.sales_name, ''),
    o.created_by = o.owner_user_id,
    o.stage_at = COALESCE(o.closed_at, o.created_at),
    o.stage_id = CASE o.state WHEN 'won' THEN 6 WHEN 'lost' THEN 7 ELSE 1 END,
    o.probability = CASE o.state WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE 10 END,
    o.category = CASE o.state WHEN 'won' THEN 'closed' WHEN 'lost' THEN 'omitted' ELSE 'pipeline' END,
    o.stale_on = IF(o.state = 'open', DATE(o.created_at) + INTERVAL 21 DAY, NULL),
    o.amount_report = COALESCE(d.total_report, 0),
    o.weighted_report = ROUND(COALESCE(d.total_report, 0)
        * CASE o.state WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE 10 END / 100, 4);

-- Where it stood and when; seq is the version of the record that the step made.  back: to an earlier stage.
CREATE TABLE opportunity_step (
    opportunity_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    from_stage_id BIGINT NULL,
    stage_id BIGINT NOT NULL,
    back TINYINT(1) NOT NULL DEFAULT 0,
    amount DECIMAL(19,4) NOT NULL,
    at DATETIME(6) NOT NULL,
    until_at DATETIME(6) NULL,
    user_id BIGINT NULL,
    user_name VARCHAR(120) NOT NULL DEFAULT '',
    audience VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason_text VARCHAR(1000) NOT NULL DEFAULT '',
    PRIMARY KEY (opportunity_id, seq),
    KEY opportunity_step_stage (stage_id, at),
    KEY opportunity_step_from (from_stage_id),
    CONSTRAINT opportunity_step_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id),
    CONSTRAINT opportunity_step_stage FOREIGN KEY (stage_id) REFERENCES opportunity_stage (id),
    CONSTRAINT opportunity_step_from FOREIGN KEY (from_stage_id) REFERENCES opportunity_stage (id)
) ENGINE=InnoDB;

INSERT INTO opportunity_step (opportunity_id, seq, stage_id, amount, at, until_at, user_id, user_name, audience)
    SELECT id, 1, 1, amount, created_at, closed_at, owner_user_id, owner_name, 'partner' FROM opportunity;
INSERT INTO opportunity_step
    (opportunity_id, seq, from_stage_id, stage_id, amount, at, user_id, user_name, audience, reason_text)
    SELECT id, GREATEST(row_version, 2), 1, stage_id, amount, closed_at, owner_user_id, owner_name, 'partner',
        close_reason FROM opportunity WHERE closed_at IS NOT NULL;

CREATE TABLE opportunity_line (
    opportunity_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    price DECIMAL(19,4) NOT NULL,
    PRIMARY KEY (opportunity_id, product_line_id),
    KEY opportunity_line_product (product_line_id),
    CONSTRAINT opportunity_line_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id),
    CONSTRAINT opportunity_line_product FOREIGN KEY (product_line_id) REFERENCES product_line (id)
) ENGINE=InnoDB;

-- What never leaves the vendor.
CREATE TABLE opportunity_staff (
    opportunity_id BIGINT NOT NULL PRIMARY KEY,
    note VARCHAR(4000) NOT NULL,
    updated_by BIGINT NOT NULL,
    updated_name VARCHAR(120) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    CONSTRAINT opportunity_staff_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id)
) ENGINE=InnoDB;

-- Which partners see it, and how much they may do.  own: the partner whose it is; its row is made with the
-- record and ends never.  standing: invited, accepted, declined, expired, ended.  state to updated_at are
-- those of the record, for lists that are read by account.  shown_*: what an invitation says before it is
-- accepted.
CREATE TABLE opportunity_share (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    opportunity_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    own TINYINT(1) NOT NULL DEFAULT 0,
    role VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sees_others TINYINT(1) NOT NULL DEFAULT 0,
    shown_title VARCHAR(200) NOT NULL DEFAULT '',
    shown_customer VARCHAR(200) NOT NULL DEFAULT '',
    shown_country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    message VARCHAR(1000) NOT NULL DEFAULT '',
    invited_by BIGINT NULL,
    invited_name VARCHAR(120) NOT NULL DEFAULT '',
    invited_at DATETIME(6) NOT NULL,
    due_at DATETIME(6) NULL,
    answered_by BIGINT NULL,
    answered_name VARCHAR(120) NOT NULL DEFAULT '',
    answered_at DATETIME(6) NULL,
    reason VARCHAR(1000) NOT NULL DEFAULT '',
    ended_at DATETIME(6) NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stage_id BIGINT NOT NULL,
    close_on DATE NOT NULL,
    stale_on DATE NULL,
    slips SMALLINT NOT NULL DEFAULT 0,
    updated_at DATETIME(6) NOT NULL,
    UNIQUE KEY opportunity_share_one (opportunity_id, account_id),
    KEY opportunity_share_all (account_id, standing, updated_at DESC, opportunity_id DESC, state, stage_id, close_on,
        stale_on, slips),
    KEY opportunity_share_all_close (account_id, standing, close_on, opportunity_id, state, stage_id, stale_on, slips),
    KEY opportunity_share_state (account_id, standing, state, updated_at DESC, opportunity_id DESC, stage_id, close_on,
        stale_on, slips),
    KEY opportunity_share_close (account_id, standing, state, close_on, opportunity_id, stage_id, stale_on, slips),
    KEY opportunity_share_due (standing, due_at),
    CONSTRAINT opportunity_share_opportunity FOREIGN KEY (opportunity_id) REFERENCES opportunity (id),
    CONSTRAINT opportunity_share_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB;

INSERT INTO opportunity_share (opportunity_id, account_id, own, role, level, standing, invited_at, answered_at,
    state, stage_id, close_on, stale_on, slips, updated_at)
    SELECT id, account_id, 1, 'sourced', 'lead', 'accepted', created_at, created_at, state, stage_id, close_on,
        stale_on, slips, updated_at FROM opportunity WHERE account_id IS NOT NULL;

-- The owner's share comes with the record, and what lists sort by goes along, whoever writes.
/*M!100000 CREATE TRIGGER opportunity_made AFTER INSERT ON opportunity FOR EACH ROW
BEGIN
    IF NEW.account_id IS NOT NULL THEN
        INSERT INTO opportunity_share (opportunity_id, account_id, own, role, level, standing, invited_at,
            answered_at, state, stage_id, close_on, stale_on, slips, updated_at)
            VALUES (NEW.id, NEW.account_id, 1, 'sourced', 'lead', 'accepted', NEW.created_at, NEW.created_at,
            NEW.state, NEW.stage_id, COALESCE(NEW.expected_close, DATE '9999-12-31'), NEW.stale_on, NEW.slips,
            NEW.updated_at);
    END IF;
END */;
/*M!100000 CREATE TRIGGER opportunity_changed AFTER UPDATE ON opportunity FOR EACH ROW
BEGIN
    UPDATE opportunity_share SET state = NEW.state, stage_id = NEW.stage_id,
        close_on = COALESCE(NEW.expected_close, DATE '9999-12-31'), stale_on = NEW.stale_on,
        slips = NEW.slips, updated_at = NEW.updated_at WHERE opportunity_id = NEW.id;
END */;

-- A partner makes opportunities of its own; whose one is, and where it came from, stays.
/*M!100000 CREATE TRIGGER opportunity_made_by_partner BEFORE INSERT ON opportunity FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.account_id IS NOT NULL AND NEW.side = 'partner'
        AND NEW.source IN ('deal', 'partner', 'lead')) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a partner makes its own opportunities';
    END IF;
END */;
-- A partner answers an invitation once; it gives itself neither a share nor a level.
/*M!100000 CREATE TRIGGER opportunity_share_by_partner BEFORE UPDATE ON opportunity_share FOR EACH ROW
BEGIN
    IF USER() LIKE 'fw\_partner@%' AND NOT (NEW.role = OLD.role AND NEW.level = OLD.level
        AND NEW.sees_others = OLD.sees_others AND NEW.account_id = OLD.account_id
        AND NEW.opportunity_id = OLD.opportunity_id AND NEW.own = OLD.own
        AND (NEW.standing = OLD.standing OR (OLD.standing = 'invited' AND NEW.standing IN ('accepted', 'declined')
            AND OLD.due_at > UTC_TIMESTAMP(6)))) THEN
        SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'a share is the vendor''s to give';
    END IF;
END */;

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'opportunity.edit' AS permission UNION ALL SELECT 'opportunity.export' UNION ALL
          SELECT 'opportunity.figures') p
    WHERE (r.audience = 'partner' AND r.code IN ('administrator', 'sales'))
        OR (r.audience = 'staff' AND r.code IN ('administrator', 'channel_manager', 'sales'));
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'opportunity.share' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager', 'sales');
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'opportunity.export' AS permission UNION ALL SELECT 'opportunity.figures') p
    WHERE r.audience = 'staff' AND r.code = 'auditor';

-- Saved reports.  owner_id NULL: ready-made, of all staff, named in both languages.  A report's choices are
-- named values (report_part), as its form has them: no SQL stands here.
CREATE TABLE report (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner_id BIGINT NULL,
    owner_name VARCHAR(120) NOT NULL DEFAULT '',
    data_set VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(120) NOT NULL,
    name_zh VARCHAR(120) NOT NULL DEFAULT '',
    description VARCHAR(500) NOT NULL DEFAULT '',
    description_zh VARCHAR(500) NOT NULL DEFAULT '',
    share VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'private',
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    row_version BIGINT NOT NULL DEFAULT 1,
    KEY report_updated (updated_at DESC, id DESC, data_set, owner_id, share),
    KEY report_owner (owner_id),
    CONSTRAINT report_owner FOREIGN KEY (owner_id) REFERENCES user (id)
) ENGINE=InnoDB AUTO_INCREMENT=101;

CREATE TABLE report_part (
    report_id BIGINT NOT NULL,
    name VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    value VARCHAR(200) NOT NULL,
    PRIMARY KEY (report_id, name),
    CONSTRAINT report_part_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE report_role (
    report_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    PRIMARY KEY (report_id, role_id),
    KEY report_role_role (role_id),
    CONSTRAINT report_role_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE,
    CONSTRAINT report_role_role FOREIGN KEY (role_id) REFERENCES role (id) ON DELETE CASCADE
) ENGINE=InnoDB;

INSERT INTO report (id, data_set, name, name_zh, description, description_zh, share, created_at, updated_at) VALUES
    (1, 'deals', 'Registrations by month', '每月报备', 'How many were submitted each month of the last year, and their value.',
     '过去一年每月提交的报备数量与金额。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (2, 'deals', 'Registrations by partner', '各伙伴报备', 'Who registered most in the last 90 days.',
     '过去 90 天内报备最多的伙伴。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (3, 'opportunities', 'Open pipeline by stage', '各阶段未结商机', 'Open opportunities with amount and weighted amount.',
     '未结商机的金额与加权金额。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (4, 'opportunities', 'Expected close by month', '各月预计成交', 'What is open, by the month in which it is expected to close.',
     '未结商机按预计成交月份汇总。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (5, 'leads', 'Leads by source and status', '各来源线索', 'Where leads come from, and what became of them.',
     '线索来源及其结果。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (6, 'partners', 'Partners by tier', '各级别伙伴', 'Active partners with revenue and certificates.',
     '合作中的伙伴及其收入与认证。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)),
    (7, 'accounts', 'Accounts by country', '各国家/地区客户', 'Partners, customers and prospects by country.',
     '各国家/地区的伙伴、客户与潜在客户。', 'staff', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
INSERT INTO report_part (report_id, name, value) VALUES
    (1, 'filter1', 'submitted'), (1, 'op1', 'last_days'), (1, 'value1', '365'),
    (1, 'group1', 'submitted'), (1, 'span1', 'month'), (1, 'figure1', 'count'), (1, 'figure2', 'sum value'),
    (1, 'chart', 'bars'),
    (2, 'filter1', 'submitted'), (2, 'op1', 'last_days'), (2, 'value1', '90'),
    (2, 'group1', 'partner'), (2, 'figure1', 'count'), (2, 'figure2', 'sum value'), (2, 'chart', 'bars'),
    (3, 'filter1', 'status'), (3, 'op1', 'is'), (3, 'value1', 'open'),
    (3, 'group1', 'stage'), (3, 'figure1', 'sum amount'), (3, 'figure2', 'sum weighted'), (3, 'figure3', 'count'),
    (3, 'chart', 'bars'),
    (4, 'filter1', 'status'), (4, 'op1', 'is'), (4, 'value1', 'open'),
    (4, 'filter2', 'expected_close'), (4, 'op2', 'next_days'), (4, 'value2', '365'),
    (4, 'group1', 'expected_close'), (4, 'span1', 'month'), (4, 'figure1', 'sum weighted'),
    (4, 'figure2', 'sum amount'), (4, 'figure3', 'count'), (4, 'chart', 'line'),
    (5, 'group1', 'source'), (5, 'group2', 'status'), (5, 'figure1', 'count'), (5, 'chart', 'bars'),
    (6, 'filter1', 'status'), (6, 'op1', 'is'), (6, 'value1', 'active'),
    (6, 'group1', 'tier'), (6, 'figure1', 'count'), (6, 'figure2', 'sum revenue'),
    (6, 'figure3', 'sum certificates'), (6, 'chart', 'bars'),
    (7, 'group1', 'country'), (7, 'figure1', 'count'), (7, 'chart', 'bars');

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'report.view' FROM role WHERE audience = 'staff';
INSERT INTO role_permission (role_id, permission)
    SELECT id, 'report.edit' FROM role
    WHERE audience = 'staff' AND code IN ('administrator', 'channel_manager', 'sales');
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'report.manage' AS permission UNION ALL SELECT 'report.sql') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';

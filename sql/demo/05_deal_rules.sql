-- How Halden decides on registrations: how long a protection lasts and what it is worth, and what rules
-- decide alone.

INSERT INTO protection_term (tier_id, deal_type, days, discount_bp)
SELECT t.id, w.deal_type, w.days, w.discount_bp
FROM tier t
JOIN (
    SELECT 'platinum' AS tier, 'new' AS deal_type, 120 AS days, 1500 AS discount_bp
    UNION ALL SELECT 'platinum', 'expansion', 90, 1200
    UNION ALL SELECT 'platinum', 'renewal', 60, 800
    UNION ALL SELECT 'platinum', 'displacement', 150, 1800
    UNION ALL SELECT 'gold', 'new', 90, 1200
    UNION ALL SELECT 'gold', 'expansion', 75, 1000
    UNION ALL SELECT 'gold', 'renewal', 60, 600
    UNION ALL SELECT 'gold', 'displacement', 120, 1500
    UNION ALL SELECT 'silver', 'new', 75, 900
    UNION ALL SELECT 'silver', 'expansion', 60, 700
    UNION ALL SELECT 'silver', 'renewal', 45, 400
    UNION ALL SELECT 'silver', 'displacement', 90, 1200
    UNION ALL SELECT 'registered', 'new', 60, 600
    UNION ALL SELECT 'registered', 'expansion', 60, 500
    UNION ALL SELECT 'registered', 'renewal', 45, 300
    UNION ALL SELECT 'registered', 'displacement', 75, 900
) w ON w.tier = t.code;

-- Amounts are in US dollars.
INSERT INTO deal_rule
    (id, position, name_en, name_zh, active, tier_id, amount_least, amount_most, country, deal_type,
    verdict, outcome, reason_code, assign_user_id)
VALUES
    (1, 10, 'Below the minimum value', '低于最低金额', 1, NULL, NULL, 2000, '', '', '', 'reject', 'below_minimum', NULL),
    (2, 20, 'Small deals of platinum partners', '白金伙伴的小额报备', 1, (SELECT id FROM tier WHERE code = 'platinum'), NULL, 25000, '', '', 'different', 'approve', '', NULL),
    (3, 30, 'Small renewals of gold partners', '金牌伙伴的小额续约', 1, (SELECT id FROM tier WHERE code = 'gold'), NULL, 20000, '', 'renewal', 'different', 'approve', '', NULL),
    (4, 40, 'Singapore goes to Maria Keller', '新加坡由 Maria Keller 审核', 1, NULL, NULL, NULL, 'SG', '', '', 'assign', '', 104),
    (5, 50, 'Malaysia goes to Maria Keller', '马来西亚由 Maria Keller 审核', 1, NULL, NULL, NULL, 'MY', '', '', 'assign', '', 104),
    (6, 60, 'On trial: deals of gold partners up to 60,000', '试运行：金牌伙伴六万以内', 0, (SELECT id FROM tier WHERE code = 'gold'), NULL, 60000, '', '', 'different', 'approve', '', NULL);

-- Large deals take two steps: whoever looks after the region, then two people side by side.
INSERT INTO deal_plan (id, position, name_en, name_zh, active, country, amount_least) VALUES
    (1, 10, 'Large deals in Germany', '德国大额商机', 1, 'DE', 150000);
INSERT INTO deal_plan (id, position, name_en, name_zh, active, deal_type) VALUES
    (2, 20, 'On trial: displacements', '试运行：替换型商机', 0, 'displacement');
INSERT INTO deal_plan (id, position, name_en, name_zh, active, covers, amount_least) VALUES
    (3, 30, 'Changes that make a deal large', '变更后成为大额商机', 1, 'deal_amend', 100000);
INSERT INTO deal_plan_step (plan_id, stage, need, hours, title_en, title_zh, deciders)
SELECT p.id, 1, 'any', 8, 'Channel manager', '渠道经理', CONCAT('role_', r.id) FROM role r
JOIN deal_plan p ON p.id IN (1, 3) WHERE r.audience = 'staff' AND r.code = 'channel_manager';
INSERT INTO deal_plan_step (plan_id, stage, need, hours, title_en, title_zh, deciders) VALUES
    (1, 2, 'all', 12, 'Head of channel, and the deal desk', '渠道主管与商务台', 'user_102 user_106'),
    (2, 1, 'all', 8, 'Head of channel', '渠道主管', 'manager'),
    (3, 2, 'all', 12, 'Head of channel', '渠道主管', 'user_102');

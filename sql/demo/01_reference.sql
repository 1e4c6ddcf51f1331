-- Halden Compute, a made-up maker of edge servers, storage, network and cooling: its reference data.
-- A portal that already has some of these currencies or tiers keeps them.

INSERT INTO currency (code, active, sort) VALUES
    ('USD', 1, 1),
    ('CNY', 1, 2),
    ('EUR', 1, 3),
    ('GBP', 1, 4),
    ('SGD', 1, 5),
    ('HKD', 1, 6),
    ('JPY', 1, 7)
ON DUPLICATE KEY UPDATE active = 1;

-- What one unit is worth in US dollars.  Figures for trying things out, not quotations.
INSERT INTO currency_rate (currency, valid_from, rate) VALUES
    ('USD', '2025-01-01', 1.000000000),
    ('CNY', '2025-01-01', 0.137000000),
    ('EUR', '2025-01-01', 1.036000000),
    ('GBP', '2025-01-01', 1.252000000),
    ('SGD', '2025-01-01', 0.733000000),
    ('HKD', '2025-01-01', 0.128700000),
    ('JPY', '2025-01-01', 0.006370000),
    ('CNY', '2026-01-01', 0.143000000),
    ('EUR', '2026-01-01', 1.174000000),
    ('GBP', '2026-01-01', 1.345000000),
    ('SGD', '2026-01-01', 0.777000000),
    ('HKD', '2026-01-01', 0.128500000),
    ('JPY', '2026-01-01', 0.006400000)
ON DUPLICATE KEY UPDATE rate = VALUES(rate);

INSERT INTO tier (code, name_en, name_zh, rank) VALUES
    ('registered', 'Registered', '注册级', 1),
    ('silver', 'Silver', '银牌', 2),
    ('gold', 'Gold', '金牌', 3),
    ('platinum', 'Platinum', '白金', 4)
ON DUPLICATE KEY UPDATE code = VALUES(code);

INSERT INTO product_line (code, name_en, name_zh, active, sort) VALUES
    ('edge', 'Edge servers', '边缘服务器', 1, 1),
    ('storage', 'Storage', '存储', 1, 2),
    ('network', 'Network', '网络', 1, 3),
    ('cooling', 'Cooling', '散热', 1, 4),
    ('software', 'Software', '软件', 1, 5);

-- The departments below one have ids between its id and its last_id.
INSERT INTO department (id, last_id, parent_id, name_en, name_zh) VALUES
    (1, 999, NULL, 'Halden Compute', 'Halden Compute'),
    (100, 299, 1, 'Sales', '销售'),
    (110, 139, 100, 'Greater China', '大中华区'),
    (111, 111, 110, 'East China', '华东'),
    (112, 112, 110, 'North China', '华北'),
    (113, 113, 110, 'South and West China', '华南与西部'),
    (140, 169, 100, 'Europe', '欧洲'),
    (141, 141, 140, 'Germany, Austria, Switzerland', '德国、奥地利、瑞士'),
    (142, 142, 140, 'UK and Nordics', '英国与北欧'),
    (170, 189, 100, 'Americas', '美洲'),
    (171, 171, 170, 'North America', '北美'),
    (190, 199, 100, 'Asia Pacific', '亚太'),
    (191, 191, 190, 'South East Asia', '东南亚'),
    (300, 349, 1, 'Channel', '渠道'),
    (310, 310, 300, 'Partner programme', '合作伙伴计划'),
    (400, 449, 1, 'Service', '服务'),
    (410, 410, 400, 'Service desk Shanghai', '上海服务台'),
    (420, 420, 400, 'Service desk Hamburg', '汉堡服务台'),
    (500, 549, 1, 'Order desk and finance', '订单与财务'),
    (600, 649, 1, 'Product management', '产品管理'),
    (700, 749, 1, 'Administration', '管理');

INSERT INTO territory (code, name_en, name_zh, department_id) VALUES
    ('CN', 'China', '中国', 110),
    ('EU', 'Europe', '欧洲', 140),
    ('AM', 'Americas', '美洲', 170),
    ('AP', 'Asia Pacific', '亚太', 190);

INSERT INTO territory (parent_id, code, name_en, name_zh, department_id)
SELECT p.id, t.code, t.name_en, t.name_zh, t.department_id
FROM territory p
JOIN (
    SELECT 'CN' AS parent, 'CN-E' AS code, 'East China' AS name_en, '华东' AS name_zh, 111 AS department_id
    UNION ALL SELECT 'CN', 'CN-N', 'North China', '华北', 112
    UNION ALL SELECT 'CN', 'CN-S', 'South and West China', '华南与西部', 113
    UNION ALL SELECT 'EU', 'DACH', 'Germany, Austria, Switzerland', '德国、奥地利、瑞士', 141
    UNION ALL SELECT 'EU', 'UKN', 'UK, Nordics and Benelux', '英国、北欧与荷比卢', 142
    UNION ALL SELECT 'AM', 'NA', 'North America', '北美', 171
    UNION ALL SELECT 'AP', 'SEA', 'South East Asia', '东南亚', 191
) t ON p.code = t.parent;

INSERT INTO territory_area (country, region, territory_id)
SELECT a.country, a.region, t.id
FROM territory t
JOIN (
    SELECT 'CN' AS country, '' AS region, 'CN-N' AS code
    UNION ALL SELECT 'CN', '上海', 'CN-E'
    UNION ALL SELECT 'CN', '江苏', 'CN-E'
    UNION ALL SELECT 'CN', '浙江', 'CN-E'
    UNION ALL SELECT 'CN', '安徽', 'CN-E'
    UNION ALL SELECT 'CN', '福建', 'CN-E'
    UNION ALL SELECT 'CN', '江西', 'CN-E'
    UNION ALL SELECT 'CN', '广东', 'CN-S'
    UNION ALL SELECT 'CN', '广西', 'CN-S'
    UNION ALL SELECT 'CN', '海南', 'CN-S'
    UNION ALL SELECT 'CN', '湖南', 'CN-S'
    UNION ALL SELECT 'CN', '湖北', 'CN-S'
    UNION ALL SELECT 'CN', '四川', 'CN-S'
    UNION ALL SELECT 'CN', '重庆', 'CN-S'
    UNION ALL SELECT 'CN', '贵州', 'CN-S'
    UNION ALL SELECT 'CN', '云南', 'CN-S'
    UNION ALL SELECT 'DE', '', 'DACH'
    UNION ALL SELECT 'AT', '', 'DACH'
    UNION ALL SELECT 'CH', '', 'DACH'
    UNION ALL SELECT 'GB', '', 'UKN'
    UNION ALL SELECT 'IE', '', 'UKN'
    UNION ALL SELECT 'SE', '', 'UKN'
    UNION ALL SELECT 'NO', '', 'UKN'
    UNION ALL SELECT 'DK', '', 'UKN'
    UNION ALL SELECT 'FI', '', 'UKN'
    UNION ALL SELECT 'NL', '', 'UKN'
    UNION ALL SELECT 'BE', '', 'UKN'
    UNION ALL SELECT 'US', '', 'NA'
    UNION ALL SELECT 'CA', '', 'NA'
    UNION ALL SELECT 'SG', '', 'SEA'
    UNION ALL SELECT 'MY', '', 'SEA'
) a ON t.code = a.code;

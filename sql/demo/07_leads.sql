-- How Halden finds partners for leads: rules in order, and what some partners take.

INSERT INTO lead_rule
    (position, name_en, name_zh, active, territory_id, product_line_id, lang, score_least, place, sells_line,
    speaks, tier_id, course, method)
VALUES
    (10, 'Large projects in China: who converts most', '中国大项目：转化率最高者', 1,
        (SELECT id FROM territory WHERE code = 'CN'), NULL, '', 60, 'country', 1, 1,
        (SELECT id FROM tier WHERE code = 'gold'), '', 'best'),
    (20, 'China by region, in turn', '中国按区域轮流分配', 1, (SELECT id FROM territory WHERE code = 'CN'), NULL, '',
        0, 'territory', 1, 1, NULL, '', 'turn'),
    (30, 'Germany, Austria, Switzerland: who has least open', '德奥瑞：未结线索最少者', 1,
        (SELECT id FROM territory WHERE code = 'DACH'), NULL, '', 0, 'territory', 1, 0, NULL, '', 'least'),
    (40, 'North America in turn', '北美轮流分配', 1, (SELECT id FROM territory WHERE code = 'NA'), NULL, '', 0,
        'territory', 1, 0, NULL, '', 'turn'),
    (50, 'Software alone goes into the pool', '仅软件需求进入线索池', 1, NULL,
        (SELECT id FROM product_line WHERE code = 'software'), '', 0, '', 0, 0, NULL, '', 'pool'),
    (60, 'On trial: cooling to silver partners', '试运行：散热给银牌伙伴', 0, NULL,
        (SELECT id FROM product_line WHERE code = 'cooling'), '', 0, 'territory', 1, 0,
        (SELECT id FROM tier WHERE code = 'silver'), 'Cooling, service', 'turn');

INSERT INTO lead_partner (account_id, countries, line_ids, langs, open_most, paused_until)
VALUES
    (1001, 'GB,IE', '', 'en', 12, NULL),
    (1003, 'DE,AT,CH', '', '', 10, NULL),
    (1008, 'SG,MY,ID,TH', '', 'en,zh-CN', 8, NULL),
    (1012, 'NL,BE,LU', '', 'en', 6, NULL),
    (1015, '', (SELECT GROUP_CONCAT(id) FROM product_line WHERE code IN ('edge', 'cooling')), '', 4, NULL),
    (1011, '', '', '', 0, UTC_DATE() + INTERVAL 9 DAY);

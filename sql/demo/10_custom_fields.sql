-- What the vendor keeps of companies and people beside what the portal asks.

INSERT INTO custom_field (id, kind, code, type, name_en, name_zh, hint_en, hint_zh, least, most, filterable, sort, active,
    used) VALUES
    (1, 'account', 'segment', 'choice', 'Segment', '客户分类', 'How this company is looked after.', '决定由谁、以何种方式跟进。', '', '', 1, 10, 1, 1),
    (2, 'account', 'contract_end', 'day', 'Framework contract ends', '框架协议到期日', '', '', '2020-01-01', '', 1, 20, 1, 1),
    (3, 'account', 'sites', 'int', 'Data centre sites', '数据中心数量', '', '', '0', '500', 0, 30, 1, 1),
    (4, 'account', 'credit_limit', 'amount', 'Credit limit', '信用额度', 'In the currency of the company.', '以公司币种计。', '', '', 0, 40, 1, 1),
    (5, 'account', 'fax', 'text', 'Fax', '传真', '', '', '', '40', 0, 90, 0, 0),
    (6, 'contact', 'role', 'choice', 'Role in the purchase', '采购角色', '', '', '', '', 1, 10, 1, 1),
    (7, 'contact', 'newsletter', 'flag', 'Wants the newsletter', '订阅通讯', '', '', '', '', 0, 20, 1, 1);

-- Their values come with the records (cgi/admin/demo_opportunities.c, demo_deals.c).
INSERT INTO custom_field (id, kind, code, type, name_en, name_zh, hint_en, hint_zh, least, most, audience, filterable,
    sort, used) VALUES
    (8, 'opportunity', 'power', 'int', 'Power per rack (kW)', '单柜功率（kW）', '', '', '1', '200', 'edits', 1, 10, 1),
    (9, 'opportunity', 'decides', 'choice', 'How they decide', '决策方式', 'As the vendor knows it.', '由厂商填写。', '', '', 'reads', 1, 20, 1),
    (10, 'opportunity', 'floor_price', 'amount', 'Lowest price', '价格底线', '', '', '', '', 'staff', 0, 30, 1),
    (11, 'opportunity', 'site_ready', 'day', 'Site ready on', '机房具备条件日期', 'When equipment can be delivered.', '设备可以进场的日期。', '2020-01-01', '', 'edits', 0, 15, 1),
    (12, 'deal', 'tender_no', 'text', 'Tender number', '招标编号', 'As the customer''s papers say.', '以客户招标文件为准。', '', '40', 'edits', 0, 10, 1),
    (13, 'deal', 'need_by', 'day', 'Delivery needed by', '要求到货日期', '', '', '2020-01-01', '', 'edits', 0, 20, 1),
    (14, 'deal', 'funding', 'choice', 'Who pays', '资金来源', '', '', '', '', 'edits', 0, 30, 1),
    (15, 'deal', 'campaign', 'choice', 'Campaign', '市场活动', 'Filled in by the vendor.', '由厂商填写。', '', '', 'reads', 1, 40, 1),
    (16, 'deal', 'credit', 'choice', 'Credit check', '信用审查', '', '', '', '', 'staff', 1, 50, 1),
    -- what a registration says of these it brings along when it is converted
    (17, 'opportunity', 'funding', 'choice', 'Who pays', '资金来源', '', '', '', '', 'edits', 0, 17, 1),
    (18, 'opportunity', 'campaign', 'choice', 'Campaign', '市场活动', 'Filled in by the vendor.', '由厂商填写。', '', '', 'reads', 1, 40, 1);

INSERT INTO custom_option (id, field_id, code, name_en, name_zh, sort, active) VALUES
    (1, 1, 'strategic', 'Strategic', '战略客户', 10, 1),
    (2, 1, 'key', 'Key account', '重点客户', 20, 1),
    (3, 1, 'volume', 'Volume', '一般客户', 30, 1),
    (4, 1, 'dormant', 'Dormant', '休眠客户', 40, 0),
    (5, 6, 'decides', 'Decides', '决策人', 10, 1),
    (6, 6, 'advises', 'Advises', '技术把关人', 20, 1),
    (7, 6, 'buys', 'Buys', '采购经办人', 30, 1),
    (8, 6, 'uses', 'Uses', '使用人', 40, 1),
    (9, 9, 'tender', 'Public tender', '公开招标', 10, 1),
    (10, 9, 'committee', 'Committee', '评审委员会', 20, 1),
    (11, 9, 'one_person', 'One person', '一人决定', 30, 1),
    (12, 14, 'own', 'Own funds', '自有资金', 10, 1),
    (13, 14, 'lease', 'Leasing', '融资租赁', 20, 1),
    (14, 14, 'grant', 'Public grant', '财政拨款', 30, 1),
    (15, 15, 'edge_days', 'Edge days', '边缘计算开放日', 10, 1),
    (16, 15, 'cool_switch', 'Switch to liquid cooling', '液冷焕新计划', 20, 1),
    (17, 16, 'passed', 'Passed', '通过', 10, 1),
    (18, 16, 'asked', 'Being asked for', '审查中', 20, 1),
    (19, 16, 'advance', 'Payment in advance', '需预付款', 30, 1),
    (20, 17, 'own', 'Own funds', '自有资金', 10, 1),
    (21, 17, 'lease', 'Leasing', '融资租赁', 20, 1),
    (22, 17, 'grant', 'Public grant', '财政拨款', 30, 1),
    (23, 18, 'edge_days', 'Edge days', '边缘计算开放日', 10, 1),
    (24, 18, 'cool_switch', 'Switch to liquid cooling', '液冷焕新计划', 20, 1);

INSERT INTO custom_value (kind, object_id, field_id, text_value, number_value, day_value) VALUES
    ('account', 1001, 1, NULL, 1, NULL),
    ('account', 1001, 2, NULL, NULL, '2027-12-31'),
    ('account', 1001, 4, NULL, 2500000, NULL),
    ('account', 1002, 1, NULL, 1, NULL),
    ('account', 1002, 2, NULL, NULL, '2028-06-30'),
    ('account', 1003, 1, NULL, 2, NULL),
    ('account', 1007, 1, NULL, 3, NULL),
    ('account', 2001, 1, NULL, 1, NULL),
    ('account', 2001, 2, NULL, NULL, '2027-03-31'),
    ('account', 2001, 3, NULL, 14, NULL),
    ('account', 2001, 4, NULL, 800000, NULL),
    ('account', 2002, 1, NULL, 2, NULL),
    ('account', 2002, 3, NULL, 3, NULL),
    ('account', 2003, 1, NULL, 4, NULL),
    ('account', 2003, 3, NULL, 1, NULL);

INSERT INTO custom_value (kind, object_id, field_id, number_value)
    SELECT 'contact', id, 6, CASE name_key WHEN 'almut reinders' THEN 5 WHEN 'matthias kohl' THEN 7 ELSE 8 END
    FROM contact WHERE account_id = 2001 AND deleted_at IS NULL;
INSERT INTO custom_value (kind, object_id, field_id, number_value)
    SELECT 'contact', id, 7, 1 FROM contact WHERE name_key IN ('almut reinders', 'shen jia he', 'priya nandakumar');

-- Imports: a file of a fair that waits for its choice, and one with a heading that nobody has matched yet.

INSERT INTO transfer (id, dataset, user_id, user_name, file_name, state, heads_json, sample_json, columns_json,
    heads_hash, row_count, good_count, fault_count, twin_count, created_at, checked_at)
VALUES
    (1, 'accounts', 102, 'Claire Bennett', 'fair-visitors.xlsx', 'preview',
        '["Company","Country","Type","City","Website"]', '[]', '[0,1,2,4,6]', REPEAT('1', 32), 7, 3, 2, 2,
        UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, UTC_TIMESTAMP(6) - INTERVAL 3 HOUR),
    (2, 'accounts', 102, 'Claire Bennett', 'prospects-north.csv', 'mapping',
        '["Firma","Country","Ort"]', '[["Möwe Schiffstechnik","DE","Kiel"],["Dünenland Hotels","DE","Husum"]]',
        '[-1,1,-1]', REPEAT('2', 32), 0, 0, 0, 0, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, NULL);

INSERT INTO transfer_row (transfer_id, line_no, state, cells_json, faults_json, twin_id, twin_line)
VALUES
    (1, 2, 'good', '["Silberbach Feinkost GmbH","DE","prospect","","Lübeck","","www.silberbach-feinkost.example","","","","","",""]',
        '', NULL, NULL),
    (1, 3, 'good', '["Harrowgate Timber Ltd","GB","prospect","","Leeds","","","","","","","",""]',
        '', NULL, NULL),
    (1, 4, 'twin', '["苏州鼎峰精密机械","CN","prospect","","苏州","","","","","","","",""]',
        '', 3001, NULL),
    (1, 5, 'fault', '["Ostwind Logistik","Germania","prospect","","Rostock","","","","","","","",""]',
        '[[1,"Choose one of the list.","请从列表中选择。"]]', NULL, NULL),
    (1, 6, 'good', '["成都锦川食品有限公司","CN","customer","","成都","","","","","","","",""]',
        '', NULL, NULL),
    (1, 7, 'twin', '["Harrowgate Timber","GB","prospect","","Leeds","","","","","","","",""]',
        '', NULL, 3),
    (1, 8, 'fault', '["","DE","prospect","","Kiel","","","","","","","",""]',
        '[[0,"Enter the company’s name.","请输入公司名称。"]]', NULL, NULL);

-- Visitors of the same fair, as people of companies that are there.
INSERT INTO transfer (id, dataset, user_id, user_name, file_name, state, heads_json, sample_json, columns_json,
    heads_hash, row_count, good_count, fault_count, twin_count, created_at, checked_at)
VALUES
    (3, 'contacts', 102, 'Claire Bennett', 'fair-people.xlsx', 'preview',
        '["Person","Company","Role","E-mail"]', '[]', '[0,1,2,3]', REPEAT('3', 32), 4, 2, 1, 1,
        UTC_TIMESTAMP(6) - INTERVAL 2 HOUR, UTC_TIMESTAMP(6) - INTERVAL 2 HOUR);

INSERT INTO transfer_row (transfer_id, line_no, state, cells_json, faults_json, twin_id, twin_line)
VALUES
    (3, 2, 'good', '["Birte Janssen","Aurora Logistics AG","Site manager","birte.janssen@aurora-logistics.example","","",""]',
        '', NULL, NULL),
    (3, 3, 'good', '["Colin Ashworth","Kestrel Foods Ltd","Maintenance","colin.ashworth@kestrel-foods.example","","",""]',
        '', NULL, NULL),
    (3, 4, 'fault', '["Rieke Falk","Ostwind Logistik","Dispatch","rieke.falk@ostwind.example","","",""]',
        '[[1,"No account of yours has this name or number.","您的公司中没有这个名称或编号。"]]', NULL, NULL),
    (3, 5, 'twin', '["Birte Janssen","Aurora Logistics AG","","","","",""]', '', NULL, 2);

-- People of partners and customers whom the vendor knows, and companies that belong to others.

INSERT INTO contact (account_id, name, name_key, title, email, phone, lang, note, created_at, updated_at) VALUES
    (1001, 'Harriet Sloane', 'harriet sloane', 'Finance director', 'harriet.sloane@brightwater.example', '+44 121 496 0901', 'en', 'Signs agreements. Away on Fridays.', UTC_TIMESTAMP(6) - INTERVAL 210 DAY, UTC_TIMESTAMP(6) - INTERVAL 21 DAY),
    (1001, 'Owen Tranter', 'owen tranter', 'Head of presales', 'owen.tranter@brightwater.example', '+44 121 496 0902', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 190 DAY, UTC_TIMESTAMP(6) - INTERVAL 60 DAY),
    (1001, 'Priya Nandakumar', 'priya nandakumar', 'Marketing manager', 'priya.n@brightwater.example', '+44 121 496 0903', 'en', 'Plans the spring campaign with us.', UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY),
    (1002, '沈嘉禾', 'shen jia he', '采购总监', 'shen.jiahe@hongyuan-info.example', '+86 21 5656 6901', 'zh-CN', '季度末下单。', UTC_TIMESTAMP(6) - INTERVAL 160 DAY, UTC_TIMESTAMP(6) - INTERVAL 30 DAY),
    (1002, '方逸舟', 'fang yi zhou', '技术总监', 'fang.yizhou@hongyuan-info.example', '+86 21 5656 6902', 'zh-CN', '', UTC_TIMESTAMP(6) - INTERVAL 160 DAY, UTC_TIMESTAMP(6) - INTERVAL 44 DAY),
    (1003, 'Jörn Petersen', 'jorn petersen', 'Geschäftsführer', 'joern.petersen@rechenwerk.example', '+49 30 709 6901', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 300 DAY, UTC_TIMESTAMP(6) - INTERVAL 12 DAY),
    (1007, 'Inken Thomsen', 'inken thomsen', 'Sales manager', 'inken.thomsen@nordlicht.example', '+49 31 235 5301', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 80 DAY, UTC_TIMESTAMP(6) - INTERVAL 5 DAY),
    (2001, 'Dr. Almut Reinders', 'almut reinders', 'Head of IT', 'almut.reinders@aurora-logistics.example', '+49 32 497 4701', 'en', 'Decides on every site. Wants one page, no slides.', UTC_TIMESTAMP(6) - INTERVAL 240 DAY, UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (2001, 'Matthias Kohl', 'matthias kohl', 'Purchasing', 'matthias.kohl@aurora-logistics.example', '+49 32 497 4702', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 240 DAY, UTC_TIMESTAMP(6) - INTERVAL 50 DAY),
    (2001, 'Svenja Brandt', 'svenja brandt', 'Data centre operations', 'svenja.brandt@aurora-logistics.example', '+49 32 497 4703', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 100 DAY, UTC_TIMESTAMP(6) - INTERVAL 15 DAY),
    (2002, '邵文清', 'shao wen qing', '信息中心主任', 'shao.wenqing@chengyuan-med.example', '+86 21 8692 5801', 'zh-CN', '', UTC_TIMESTAMP(6) - INTERVAL 130 DAY, UTC_TIMESTAMP(6) - INTERVAL 40 DAY),
    (2003, 'Fergus Whitaker', 'fergus whitaker', 'Plant manager', 'fergus.whitaker@kestrel-foods.example', '+44 121 496 0611', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 70 DAY, UTC_TIMESTAMP(6) - INTERVAL 18 DAY),
    (3042, 'Hauke Lorenzen', 'hauke lorenzen', 'Terminal manager', 'hauke.lorenzen@hansekai.example', '+49 40 555 0117', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 60 DAY, UTC_TIMESTAMP(6) - INTERVAL 7 DAY);

-- Aurora Logistics owns the terminal in Hamburg, which runs the Danube port.
UPDATE account SET parent_id = 2001 WHERE id = 3042;
UPDATE account SET parent_id = 3042 WHERE id = 3050;

-- In the bin: a company that was entered twice, and a person who has left.
INSERT INTO account
    (id, kind, name, country, region, city, address, website, tax_number, phone, group_id, tier_id,
    zone, currency, named, owner_user_id, department_id, created_at, updated_at, deleted_at, in_bin, deleted_by,
    deleted_name, deleted_reason)
VALUES
    (3990, 'prospect', 'Aurora Logistic (duplicate)', 'DE', 'Hessen', 'Frankfurt', '', '', '', '', 3990, NULL, 'Europe/Berlin', 'EUR', 0, NULL, 141, UTC_TIMESTAMP(6) - INTERVAL 40 DAY, UTC_TIMESTAMP(6) - INTERVAL 40 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY, 1, 102, 'Claire Bennett', 'Entered twice: it is Aurora Logistics AG'),
    (3991, 'prospect', '宁波海港测试公司', 'CN', '浙江', '宁波', '', '', '', '', 3991, NULL, 'Asia/Shanghai', 'CNY', 0, NULL, 111, UTC_TIMESTAMP(6) - INTERVAL 25 DAY, UTC_TIMESTAMP(6) - INTERVAL 25 DAY, UTC_TIMESTAMP(6) - INTERVAL 3 DAY, 1, 102, 'Claire Bennett', '展会上的测试数据');
INSERT INTO contact (account_id, name, name_key, title, email, phone, lang, note, created_at, updated_at, deleted_at,
    deleted_by, deleted_name) VALUES
    (2001, 'Torben Falk', 'torben falk', 'Network engineer', 'torben.falk@aurora-logistics.example', '', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 200 DAY, UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 15 DAY, 102, 'Claire Bennett');

-- Entered twice: one waits to be merged, one was.
INSERT INTO account
    (id, kind, name, country, region, city, address, website, tax_number, phone, group_id, tier_id,
    zone, currency, named, owner_user_id, department_id, created_at, updated_at)
VALUES
    (3992, 'prospect', 'Kestrel Foods Limited', 'GB', '', 'Leeds', '17 Whitehall Quay', '', '', '+44 121 496 0635', 3992, NULL, 'Europe/London', 'GBP', 0, 112, 142, UTC_TIMESTAMP(6) - INTERVAL 30 DAY, UTC_TIMESTAMP(6) - INTERVAL 30 DAY);
INSERT INTO contact (account_id, name, name_key, title, email, phone, lang, note, created_at, updated_at) VALUES
    (3992, 'Moira Pennington', 'moira pennington', 'Buyer', 'moira.pennington@kestrel-foods.example', '', 'en', '', UTC_TIMESTAMP(6) - INTERVAL 30 DAY, UTC_TIMESTAMP(6) - INTERVAL 30 DAY);
INSERT INTO account
    (id, kind, name, country, region, city, address, website, tax_number, phone, group_id, tier_id,
    zone, currency, named, owner_user_id, department_id, created_at, updated_at, deleted_at, deleted_by, deleted_name,
    merged_into)
VALUES
    (3993, 'prospect', 'Aurora Logistics Frankfurt', 'DE', 'Hessen', 'Frankfurt am Main', '', '', '', '', 2001, NULL, 'Europe/Berlin', 'EUR', 0, 111, 141, UTC_TIMESTAMP(6) - INTERVAL 120 DAY, UTC_TIMESTAMP(6) - INTERVAL 60 DAY, UTC_TIMESTAMP(6) - INTERVAL 60 DAY, 102, 'Claire Bennett', 2001);

INSERT INTO tag (id, name, name_key) VALUES
    (1, 'Key account', 'key account'), (2, 'Trade fair 2026', 'trade fair 2026'), (3, 'Logistics', 'logistics'), (4, '医疗', '医疗');
INSERT INTO account_tag (account_id, tag_id) VALUES
    (2001, 1), (2001, 3), (2002, 4), (2003, 2), (3042, 3), (3050, 3), (1001, 1), (1002, 1), (3992, 2);

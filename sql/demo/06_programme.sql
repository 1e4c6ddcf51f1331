-- The partner programme: the agreement in two versions and who accepted it, where each partner stands, and companies
-- that applied.  Applicants are made up like everybody else.

INSERT INTO agreement (id, state, title_en, title_zh, body_en, body_zh, asks_again, published_at, published_name,
    created_at, row_version)
VALUES
    (1, 'published', 'Partner agreement 2025', '2025 年合作伙伴协议',
    'Halden Compute and the partner work together to sell Halden products. This agreement says what each may expect of the other.

The partner sells in the territory of its account, in its own name and at its own prices. It says truthfully what the products can do, and keeps at least one person trained on what it sells.

Halden protects deals that the partner registers first, for the time that the programme states, and tells nobody who registered them.

Both keep the other’s confidential information to themselves, also after the end. Personal data are used for this cooperation alone.

Either may end the agreement in writing with three months’ notice. Registrations that are approved at that time keep their protection until its end.',
    'Halden Compute 与合作伙伴共同销售 Halden 产品。本协议约定双方的权利与义务。

合作伙伴在其账户所属区域内，以自己的名义、按自行确定的价格销售产品；如实介绍产品功能，并至少有一名人员接受过所售产品的培训。

对合作伙伴率先报备的商机，Halden 在计划规定的期限内予以保护，且不向任何人透露报备方。

双方对对方的保密信息承担保密义务，协议终止后仍然有效。个人信息仅用于双方合作。

任何一方可提前三个月书面通知终止协议。届时已批准的报备在其保护期内继续有效。',
    1, UTC_TIMESTAMP(6) - INTERVAL 560 DAY, 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 570 DAY, 2),
    (2, 'published', 'Partner agreement 2026', '2026 年合作伙伴协议',
    'Halden Compute and the partner work together to sell Halden products. This agreement replaces that of 2025.

The partner sells in the territory of its account, in its own name and at its own prices. It says truthfully what the products can do. From Silver on it keeps at least two people with a valid certificate.

Halden protects deals that the partner registers first, for the time that the programme states, and tells nobody who registered them. A refusal can be appealed against once; a different person decides.

Leads that Halden passes on are answered within two business days, or go to another partner.

Both keep the other’s confidential information to themselves, also after the end. Personal data are used for this cooperation alone, and are deleted when it ends, unless the law wants them kept.

Either may end the agreement in writing with three months’ notice. Registrations that are approved at that time keep their protection until its end.',
    'Halden Compute 与合作伙伴共同销售 Halden 产品。本协议取代 2025 年协议。

合作伙伴在其账户所属区域内，以自己的名义、按自行确定的价格销售产品，并如实介绍产品功能。银牌及以上合作伙伴须至少有两名人员持有有效认证。

对合作伙伴率先报备的商机，Halden 在计划规定的期限内予以保护，且不向任何人透露报备方。报备被驳回后可申诉一次，由另一名人员裁定。

Halden 转交的线索须在两个工作日内答复，否则转交其他合作伙伴。

双方对对方的保密信息承担保密义务，协议终止后仍然有效。个人信息仅用于双方合作，合作结束后予以删除，法律要求保存的除外。

任何一方可提前三个月书面通知终止协议。届时已批准的报备在其保护期内继续有效。',
    1, UTC_TIMESTAMP(6) - INTERVAL 95 DAY, 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 110 DAY, 2);

-- Where they stand: one has not accepted yet, one is in onboarding, one suspended, one has ended, and one has the
-- version of 2026 still before it.
UPDATE account SET status = 'agreement' WHERE id = 1022;
UPDATE account SET status = 'onboarding' WHERE id = 1019;
UPDATE account SET status = 'suspended' WHERE id = 1025;
UPDATE account SET status = 'ended' WHERE id = 1024;
UPDATE account SET agreement_due = 1 WHERE id = 1021;

-- By the first of each partner's people; 192.0.2.0/24 is for documentation.
INSERT INTO agreement_acceptance (account_id, agreement_id, user_id, user_name, address, lang, text_hash, accepted_at)
SELECT a.id, g.id, u.id, u.name, CONCAT('192.0.2.', a.id - 1000), u.lang,
    UNHEX(SHA2(IF(u.lang = 'en', CONCAT(g.title_en, '\n\n', g.body_en), CONCAT(g.title_zh, '\n\n', g.body_zh)), 256)),
    g.published_at + INTERVAL 2 + a.id MOD 19 DAY + INTERVAL 9 * 60 + a.id * 37 MOD 480 MINUTE
FROM account a JOIN agreement g JOIN user u ON u.id = (SELECT MIN(f.id) FROM user f WHERE f.account_id = a.id)
WHERE a.kind = 'partner' AND a.status <> 'agreement' AND NOT (g.id = 2 AND a.id IN (1021, 1024))
    AND NOT (g.id = 1 AND a.id = 1019);

INSERT INTO onboarding_done (account_id, step_id, ticked_at, ticked_name, verified_at, verified_name)
SELECT 1019, s.id, UTC_TIMESTAMP(6) - INTERVAL 5 DAY, 'Erik Sundin',
    IF(s.sort = 10, UTC_TIMESTAMP(6) - INTERVAL 3 DAY, NULL), IF(s.sort = 10, 'Ana Ruiz', '')
FROM onboarding_step s WHERE s.sort IN (10, 20);

INSERT INTO programme_move (account_id, verb, to_status, at, user_id, user_name, reason_text)
SELECT x.account_id, 'accept', 'onboarding', x.accepted_at, x.user_id, x.user_name, ''
FROM agreement_acceptance x WHERE x.agreement_id = 1 OR x.account_id = 1019;
INSERT INTO programme_move (account_id, verb, to_status, at, user_id, user_name, reason_text)
SELECT x.account_id, 'activate', 'active', x.accepted_at + INTERVAL 16 DAY, 102, 'Claire Bennett', ''
FROM agreement_acceptance x WHERE x.agreement_id = 1;
INSERT INTO programme_move (account_id, verb, to_status, at, user_id, user_name, reason_text) VALUES
    (1022, 'admit', 'agreement', UTC_TIMESTAMP(6) - INTERVAL 6 DAY, 105, '赵明远', ''),
    (1025, 'suspend', 'suspended', UTC_TIMESTAMP(6) - INTERVAL 12 DAY, 108, 'Ben Ortiz',
    'Three invoices are open for more than 60 days. Work that is under way goes on; new registrations wait until they are paid.'),
    (1024, 'end', 'ended', UTC_TIMESTAMP(6) - INTERVAL 40 DAY, 107, 'Ana Ruiz',
    'Ended by the partner with notice: it closes its hardware business.');

INSERT INTO application (id, state, company_name, country, city, address, website, tax_number, tax_key, domain_key,
    contact_name, contact_title, contact_phone, email, email_key, lang, remote_addr, consent_at, department_id,
    checked_at, reviewer_id, reviewer_name, reason_text, account_id, decided_at, created_at, updated_at, row_version)
VALUES
    (1, 'accepted', '武汉江汉数联科技有限公司', 'CN', '武汉', '洪山区珞喻路 1037 号', 'https://www.jianghan-data.example', '91420111FKXNRM9M8J', '91420111FKXNRM9M8J', 'jianghan-data.example', '彭涛', '总经理', '+86 27 8547 5956', 'peng.tao@jianghan-data.example', 'peng.tao@jianghan-data.example', 'zh-CN', '192.0.2.101',
    UTC_TIMESTAMP(6) - INTERVAL 387 HOUR, 113, UTC_TIMESTAMP(6) - INTERVAL 387 HOUR, 105, '赵明远', '', 1022, UTC_TIMESTAMP(6) - INTERVAL 6 DAY,
    UTC_TIMESTAMP(6) - INTERVAL 387 HOUR, UTC_TIMESTAMP(6) - INTERVAL 387 HOUR, 3),
    (2, 'rejected', 'Lumen Byte Trading LLC', 'US', 'Miami', '88 Biscayne Way', 'https://www.lumenbyte.example', '', '', 'lumenbyte.example', 'Carla Reyes', 'Owner', '+1 305 555 0142', 'carla@lumenbyte.example', 'carla@lumenbyte.example', 'en', '192.0.2.102',
    UTC_TIMESTAMP(6) - INTERVAL 747 HOUR, 171, UTC_TIMESTAMP(6) - INTERVAL 747 HOUR, 108, 'Ben Ortiz', 'You resell consumer electronics, and have no engineers yet. Our products need installation by trained people. You are welcome to apply again when you have two of them.', NULL, UTC_TIMESTAMP(6) - INTERVAL 24 DAY,
    UTC_TIMESTAMP(6) - INTERVAL 747 HOUR, UTC_TIMESTAMP(6) - INTERVAL 747 HOUR, 3),
    (3, 'review', 'Nordlicht Systemhaus Hamburg GmbH', 'DE', 'Hamburg', 'Spaldingstraße 64', 'https://www.nordlicht-hamburg.example', '', '', 'nordlicht-hamburg.example', 'Jana Petersen', 'Prokuristin', '+49 40 5550 118', 'jana.petersen@nordlicht-hamburg.example', 'jana.petersen@nordlicht-hamburg.example', 'en', '192.0.2.103',
    UTC_TIMESTAMP(6) - INTERVAL 195 HOUR, 141, UTC_TIMESTAMP(6) - INTERVAL 195 HOUR, 106, 'Jonas Wendt', '', NULL, NULL,
    UTC_TIMESTAMP(6) - INTERVAL 195 HOUR, UTC_TIMESTAMP(6) - INTERVAL 195 HOUR, 2),
    (4, 'review', '成都锦川智算科技有限公司', 'CN', '成都', '高新区天府大道北段 1480 号', 'https://www.jinchuan-ai.example', '91510100MA6CQ7RX2K', '91510100MA6CQ7RX2K', 'jinchuan-ai.example', '罗锦', '副总经理', '+86 28 8512 3380', 'luo.jin@jinchuan-ai.example', 'luo.jin@jinchuan-ai.example', 'zh-CN', '192.0.2.104',
    UTC_TIMESTAMP(6) - INTERVAL 123 HOUR, 110, UTC_TIMESTAMP(6) - INTERVAL 123 HOUR, 105, '赵明远', '', NULL, NULL,
    UTC_TIMESTAMP(6) - INTERVAL 123 HOUR, UTC_TIMESTAMP(6) - INTERVAL 123 HOUR, 2),
    (5, 'applied', 'Fjordnett Drift AS', 'NO', 'Bergen', 'Strandgaten 18', 'https://www.fjordnett.example', '', '', 'fjordnett.example', 'Ingrid Aas', 'Partner manager', '+47 55 501 220', 'ingrid.aas@fjordnett.example', 'ingrid.aas@fjordnett.example', 'en', '192.0.2.105',
    UTC_TIMESTAMP(6) - INTERVAL 51 HOUR, 142, UTC_TIMESTAMP(6) - INTERVAL 51 HOUR, NULL, '', '', NULL, NULL,
    UTC_TIMESTAMP(6) - INTERVAL 51 HOUR, UTC_TIMESTAMP(6) - INTERVAL 51 HOUR, 1),
    (6, 'applied', 'Brightwater Cloud Services Ltd', 'GB', 'Leeds', '12 Wellington Place', 'https://www.brightwater.example', '', '', 'brightwater.example', 'Rob Ellis', 'Operations director', '+44 113 496 0221', 'rob.ellis@brightwater-cloud.example', 'rob.ellis@brightwater-cloud.example', 'en', '192.0.2.106',
    UTC_TIMESTAMP(6) - INTERVAL 27 HOUR, 142, UTC_TIMESTAMP(6) - INTERVAL 27 HOUR, NULL, '', '', NULL, NULL,
    UTC_TIMESTAMP(6) - INTERVAL 27 HOUR, UTC_TIMESTAMP(6) - INTERVAL 27 HOUR, 1),
    (7, 'applied', 'Selat Teknologi Pte. Ltd.', 'SG', 'Singapore', '71 Ayer Rajah Crescent', 'https://www.selat-tek.example', '', '', 'selat-tek.example', 'Priscilla Goh', 'Director', '+65 6555 7742', 'priscilla.goh@selat-tek.example', 'priscilla.goh@selat-tek.example', 'en', '192.0.2.107',
    UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, 191, UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, NULL, '', '', NULL, NULL,
    UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, UTC_TIMESTAMP(6) - INTERVAL 3 HOUR, 1);

INSERT INTO application_answer (application_id, place, question_id, question_en, question_zh, answer)
SELECT d.application_id, d.place, s.id, s.text_en, s.text_zh, d.answer FROM (
    SELECT 1 AS application_id, 0 AS place, '我们为华中地区的制造业和医院提供机房与数据平台集成服务。' AS answer
    UNION ALL SELECT 1, 1, '计划在湖北、湖南销售边缘服务器和存储。'
    UNION ALL SELECT 1, 2, '销售 8 人，工程师 14 人。'
    UNION ALL SELECT 1, 3, '约 300 万元人民币'
    UNION ALL SELECT 1, 4, '两家国内服务器厂商'
    UNION ALL SELECT 2, 0, 'We sell phones and accessories to shops.'
    UNION ALL SELECT 2, 1, 'Anything that sells.'
    UNION ALL SELECT 2, 2, 'Two sales people, no engineers.'
    UNION ALL SELECT 2, 3, 'USD 1 million'
    UNION ALL SELECT 3, 0, 'System integrator for mid-sized manufacturers and ports in North Germany, 46 people.'
    UNION ALL SELECT 3, 1, 'Edge servers and network, in Hamburg, Schleswig-Holstein and Lower Saxony.'
    UNION ALL SELECT 3, 2, '7 in sales, 19 engineers; 2 of them certified with a competitor.'
    UNION ALL SELECT 3, 3, 'EUR 550,000'
    UNION ALL SELECT 3, 4, 'Two server makers and one for network'
    UNION ALL SELECT 4, 0, '为西南地区高校和科研院所建设智算平台。'
    UNION ALL SELECT 4, 1, '四川、重庆；边缘服务器、液冷。'
    UNION ALL SELECT 4, 2, '销售 5 人，工程师 11 人。'
    UNION ALL SELECT 4, 3, '约 400 万元人民币'
    UNION ALL SELECT 5, 0, 'We run data rooms for municipalities and shipping companies on the west coast.'
    UNION ALL SELECT 5, 1, 'Edge servers and cooling in Vestland and Rogaland.'
    UNION ALL SELECT 5, 2, '3 in sales, 9 engineers.'
    UNION ALL SELECT 5, 3, 'NOK 4 million'
    UNION ALL SELECT 5, 4, 'One cooling maker'
    UNION ALL SELECT 6, 0, 'Managed cloud for retailers in the north of England.'
    UNION ALL SELECT 6, 1, 'Storage and edge servers in Yorkshire.'
    UNION ALL SELECT 6, 2, '4 in sales, 6 engineers.'
    UNION ALL SELECT 7, 0, 'Industrial IT for shipyards and terminals.'
    UNION ALL SELECT 7, 1, 'Edge servers in Singapore and Johor.'
    UNION ALL SELECT 7, 2, '5 in sales, 8 engineers.'
    UNION ALL SELECT 7, 3, 'SGD 700,000') d
JOIN application_question s ON s.sort = (d.place + 1) * 10;

-- What the worker would have found.
INSERT INTO application_match (application_id, party_id, verdict, score, evidence_json) VALUES
    (3, 1007, 'possible', 780, '{"rule":"contained","caps":2,"equal":0,"differ":2}'),
    (6, 1001, 'possible', 840, '{"rule":"words","caps":0,"equal":2,"differ":0}');

-- What some partners' own administrators may do.
INSERT INTO partner_limit (account_id, users_most, roles_limited) VALUES (1015, 5, 0), (1021, 3, 1), (1026, 3, 1);
INSERT INTO partner_limit_role (account_id, role_id)
SELECT l.account_id, r.id FROM partner_limit l JOIN role r ON r.audience = 'partner' AND r.code IN ('administrator', 'sales')
WHERE l.roles_limited = 1;

-- What tiers ask and give.
INSERT INTO tier_requirement (tier_id, measure, least)
SELECT t.id, r.measure, r.least FROM tier t JOIN (
    SELECT 'silver' AS code, 'revenue' AS measure, 100000 AS least UNION ALL
    SELECT 'silver', 'certificates', 2 UNION ALL SELECT 'silver', 'users', 2 UNION ALL
    SELECT 'gold', 'revenue', 400000 UNION ALL SELECT 'gold', 'certificates', 3 UNION ALL
    SELECT 'gold', 'users', 2 UNION ALL SELECT 'gold', 'satisfaction', 40 UNION ALL
    SELECT 'platinum', 'revenue', 1000000 UNION ALL SELECT 'platinum', 'certificates', 5 UNION ALL
    SELECT 'platinum', 'users', 4 UNION ALL SELECT 'platinum', 'satisfaction', 45) r ON r.code = t.code;

INSERT INTO benefit (sort, name_en, name_zh) VALUES
    (10, 'Deal discount', '报备折扣'), (20, 'Leads passed on', '线索分配'), (30, 'Marketing funds, of revenue', '市场基金（占销售额）');
INSERT INTO tier_benefit (tier_id, benefit_id, value_en, value_zh)
SELECT t.id, f.id, b.value_en, b.value_zh FROM tier t JOIN (
    SELECT 'registered' AS code, 10 AS sort, '3%' AS value_en, '3%' AS value_zh
    UNION ALL SELECT 'silver', 10, '5%', '5%'
    UNION ALL SELECT 'gold', 10, '8%', '8%'
    UNION ALL SELECT 'platinum', 10, '10%', '10%'
    UNION ALL SELECT 'silver', 20, 'when no other partner is near', '附近无其他伙伴时'
    UNION ALL SELECT 'gold', 20, 'yes', '是'
    UNION ALL SELECT 'platinum', 20, 'first', '优先'
    UNION ALL SELECT 'gold', 30, '1%', '1%'
    UNION ALL SELECT 'platinum', 30, '2%', '2%') b ON b.code = t.code JOIN benefit f ON f.sort = b.sort;

-- Certificates of people, some of which end soon or have ended.
INSERT INTO certificate (account_id, person_name, course_en, course_zh, issued_on, expires_on, created_name, created_at)
SELECT u.account_id, u.name, c.course_en, c.course_zh, c.expires_on - INTERVAL 2 YEAR, c.expires_on, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 200 DAY
FROM user u JOIN (
    SELECT 0 AS n, 'Edge servers, installation' AS course_en, '边缘服务器安装' AS course_zh, UTC_DATE() + INTERVAL 220 DAY AS expires_on
    UNION ALL SELECT 1, 'Storage, planning', '存储规划', UTC_DATE() + INTERVAL 41 DAY
    UNION ALL SELECT 2, 'Sales of edge servers', '边缘服务器销售', UTC_DATE() + INTERVAL 400 DAY
    UNION ALL SELECT 3, 'Cooling, service', '散热系统维护', UTC_DATE() - INTERVAL 20 DAY) c
WHERE u.audience = 'partner' AND u.account_id BETWEEN 1001 AND 1013 AND (u.id + c.n) MOD 3 <> 0;

INSERT INTO partner_rating (account_id, day, tenths, note, user_name)
SELECT a.id, UTC_DATE() - INTERVAL n.n * 70 DAY, 40 + (a.id * 7 + n.n * 3) MOD 11, 'Survey after delivery', 'Claire Bennett'
FROM account a JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) n WHERE a.id BETWEEN 1001 AND 1016;

-- Figures before the worker has counted for the first time.
INSERT INTO partner_figure (account_id, measure, value, made_at)
SELECT a.id, 'certificates', (SELECT COUNT(*) FROM certificate c WHERE c.account_id = a.id AND c.expires_on >= UTC_DATE()),
    UTC_TIMESTAMP(6) FROM account a WHERE a.kind = 'partner';

-- Documents for partners with their files, in versions, and who downloaded them.  The files are small; products and
-- prices are made up.

INSERT INTO document (id, state, category, lang, tier_id, product_line_id, countries, name_en, name_zh, text_en, text_zh,
    version_no, published_at, created_name, created_at, updated_at) VALUES
    (1, 'published', 'datasheet', '', NULL, (SELECT id FROM product_line WHERE code = 'edge'), '', 'Edge E2 data sheet', 'E2 边缘服务器数据表',
    'Processors, memory, power and climate on one page.',
    '处理器、内存、供电与环境参数，一页看清。', 3, UTC_TIMESTAMP(6) - INTERVAL 3 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 160 DAY, UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (2, 'published', 'presentation', 'en', NULL, (SELECT id FROM product_line WHERE code = 'cooling'), '', 'Liquid cooling: slides for a first talk', '液冷方案：首次交流演示稿',
    'Twelve slides with speaker notes; take out what does not fit.',
    '十二页并附讲稿，可按需删减。', 1, UTC_TIMESTAMP(6) - INTERVAL 8 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 40 DAY, UTC_TIMESTAMP(6) - INTERVAL 8 DAY),
    (3, 'published', 'prices', 'en', (SELECT id FROM tier WHERE rank = 2), NULL, '', 'Price list, fourth quarter 2026', '2026 年第四季度价目表（美元）',
    'List prices in US dollars, valid from 1 October.',
    '以美元计的列表价，自 10 月 1 日起生效。', 1, UTC_TIMESTAMP(6) - INTERVAL 2 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 58 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY),
    (4, 'published', 'prices', 'zh-CN', (SELECT id FROM tier WHERE rank = 2), NULL, 'CN', 'Price list China, fourth quarter 2026', '2026 年第四季度价目表（中国区）',
    'List prices in yuan, with tax.',
    '以人民币计的含税列表价。', 1, UTC_TIMESTAMP(6) - INTERVAL 2 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 58 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY),
    (5, 'published', 'training', 'en', NULL, (SELECT id FROM product_line WHERE code = 'storage'), '', 'Storage S4: training for engineers', 'S4 存储：工程师培训资料',
    'What the two days cover, and how the exam goes.',
    '两天课程的内容与考试说明。', 1, UTC_TIMESTAMP(6) - INTERVAL 120 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 120 DAY, UTC_TIMESTAMP(6) - INTERVAL 120 DAY),
    (6, 'published', 'brochure', 'en', (SELECT id FROM tier WHERE rank = 3), NULL, '', 'Selling against the cloud', '如何与公有云竞争',
    'Three questions and the sums behind them. For Gold and above; not for customers.',
    '三个问题及其背后的账。仅限金牌及以上，请勿转给客户。', 1, UTC_TIMESTAMP(6) - INTERVAL 5 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 5 DAY),
    (7, 'draft', 'datasheet', 'en', NULL, (SELECT id FROM product_line WHERE code = 'network'), '', 'Network N1 data sheet, before release', 'N1 网络设备数据表（发布前）',
    'Waits for the release in January.',
    '待 1 月发布。', 1, NULL, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 3 DAY, UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (8, 'retired', 'datasheet', 'en', NULL, (SELECT id FROM product_line WHERE code = 'edge'), '', 'Edge E1 data sheet', 'E1 边缘服务器数据表',
    'The E1 is no longer sold.',
    'E1 已停止销售。', 1, UTC_TIMESTAMP(6) - INTERVAL 700 DAY, 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 700 DAY, UTC_TIMESTAMP(6) - INTERVAL 700 DAY);

INSERT INTO document_version (id, document_id, no, note, created_name, created_at) VALUES
    (11, 1, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 160 DAY),
    (12, 1, 2, 'Drawing of the rear side corrected', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 75 DAY),
    (13, 1, 3, '1 TB of memory, -48 V, wider climate', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (21, 2, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 40 DAY),
    (31, 3, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 58 DAY),
    (41, 4, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 58 DAY),
    (51, 5, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 120 DAY),
    (61, 6, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 90 DAY),
    (71, 7, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (81, 8, 1, '', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 700 DAY);

-- 9000 and more: out of the way of what people store later.
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 280 >>
stream
BT /F1 20 Tf 56 780 Td (Halden Edge E2 - data sheet) Tj /F1 11 Tf 0 -30 Td 16 TL
(Two processors, up to 512 GB of memory, four accelerators of single width.) Tj T*
(19 inch, 2 U, 480 mm deep; front access; 0 to 50 degrees Celsius.) Tj T*
(Power: two supplies of 1,300 W.) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000572 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
642
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9011, RANDOM_BYTES(16), 'edge-e2-data-sheet.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 160 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9011, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 280 >>
stream
BT /F1 20 Tf 56 780 Td (Halden Edge E2 - data sheet) Tj /F1 11 Tf 0 -30 Td 16 TL
(Two processors, up to 512 GB of memory, four accelerators of single width.) Tj T*
(19 inch, 2 U, 480 mm deep; front access; 0 to 50 degrees Celsius.) Tj T*
(Power: two supplies of 1,300 W.) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000572 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
642
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9012, RANDOM_BYTES(16), 'edge-e2-data-sheet.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 75 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9012, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 429 >>
stream
BT /F1 20 Tf 56 780 Td (Halden Edge E2 - data sheet) Tj /F1 11 Tf 0 -30 Td 16 TL
(Two processors, up to 1 TB of memory, four accelerators of single width.) Tj T*
(19 inch, 2 U, 480 mm deep; front access; -5 to 55 degrees Celsius.) Tj T*
(Power: two supplies of 1,300 W; from 2026 on also -48 V.) Tj T*
(Network: two ports of 25 Gbit/s; management port apart.) Tj T*
(Service: five years, parts on the next business day.) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000721 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
791
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9013, RANDOM_BYTES(16), 'edge-e2-data-sheet.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 3 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9013, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 336 >>
stream
BT /F1 20 Tf 56 780 Td (Liquid cooling - for a first talk) Tj /F1 11 Tf 0 -30 Td 16 TL
(1  What a rack of 60 kW costs to cool with air) Tj T*
(2  Where the heat goes: cold plates, manifold, distribution unit) Tj T*
(3  What a building needs before the first rack) Tj T*
(4  Three customers, and what they measured after a year) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000628 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
698
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9021, RANDOM_BYTES(16), 'liquid-cooling-first-talk.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 40 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9021, 0, @data);
SET @data = 'product,description,list price USD
E2-BASE,Edge E2 with one processor,6480.00
E2-DUAL,Edge E2 with two processors,9860.00
S4-24,Storage S4 with 24 drives,18400.00
CDU-60,Coolant distribution unit 60 kW,27900.00
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9031, RANDOM_BYTES(16), 'price-list-2026-q4.csv', 'text/csv', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 58 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9031, 0, @data);
SET @data = '产品,说明,列表价（人民币）
E2-BASE,E2 边缘服务器，单处理器,46800.00
E2-DUAL,E2 边缘服务器，双处理器,71200.00
S4-24,S4 存储，24 盘位,132900.00
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9041, RANDOM_BYTES(16), 'price-list-2026-q4-cn.csv', 'text/csv', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 58 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9041, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 288 >>
stream
BT /F1 20 Tf 56 780 Td (Storage S4 - training for engineers) Tj /F1 11 Tf 0 -30 Td 16 TL
(Day 1  Architecture, sizing, first set-up) Tj T*
(Day 2  Replication, upgrades without a stop, faults and logs) Tj T*
(Exam   40 questions, 30 right; the certificate is valid for two years) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000580 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
650
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9051, RANDOM_BYTES(16), 'storage-s4-training.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 120 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9051, 0, @data);
SET @data = 'How to sell against the cloud

1  Ask where the data is made, and what leaves the site.
2  Count three years, with traffic.
3  Bring the reference of the harbour: 40 sites, one person.
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9061, RANDOM_BYTES(16), 'against-the-cloud.txt', 'text/plain', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 90 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9061, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 280 >>
stream
BT /F1 20 Tf 56 780 Td (Halden Edge E2 - data sheet) Tj /F1 11 Tf 0 -30 Td 16 TL
(Two processors, up to 512 GB of memory, four accelerators of single width.) Tj T*
(19 inch, 2 U, 480 mm deep; front access; 0 to 50 degrees Celsius.) Tj T*
(Power: two supplies of 1,300 W.) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000572 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
642
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9071, RANDOM_BYTES(16), 'network-n1-data-sheet.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 3 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9071, 0, @data);
SET @data = '%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>
endobj
4 0 obj
<< /Length 280 >>
stream
BT /F1 20 Tf 56 780 Td (Halden Edge E2 - data sheet) Tj /F1 11 Tf 0 -30 Td 16 TL
(Two processors, up to 512 GB of memory, four accelerators of single width.) Tj T*
(19 inch, 2 U, 480 mm deep; front access; 0 to 50 degrees Celsius.) Tj T*
(Power: two supplies of 1,300 W.) Tj T*
ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
xref
0 6
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000241 00000 n 
0000000572 00000 n 
trailer
<< /Size 6 /Root 1 0 R >>
startxref
642
%%EOF
';
INSERT INTO file (id, public_id, name, mime, size_bytes, sha256, complete, scan, created_by, created_at) VALUES
    (9081, RANDOM_BYTES(16), 'edge-e1-data-sheet.pdf', 'application/pdf', OCTET_LENGTH(@data), UNHEX(SHA2(@data, 256)), 0, 'none', 101,
    UTC_TIMESTAMP(6) - INTERVAL 700 DAY);
INSERT INTO file_chunk (file_id, part, data) VALUES (9081, 0, @data);
UPDATE file SET complete = 1 WHERE id BETWEEN 9000 AND 9999;
INSERT INTO attachment (kind, object_id, file_id, created_at)
    SELECT 'document', id - 9000, id, created_at FROM file WHERE id BETWEEN 9000 AND 9999;

-- People of active partners, the same ones in every run.
INSERT INTO document_download (document_id, version_no, account_id, account_name, user_id, user_name, at)
    SELECT v.document_id, v.no, a.id, a.name, u.id, u.name,
        v.created_at + INTERVAL (u.id * 37 + v.id * 11) % 60 HOUR
    FROM document_version v JOIN document d ON d.id = v.document_id AND d.state <> 'draft'
    JOIN user u ON u.audience = 'partner' AND u.status = 'active' AND (u.id * 7 + v.id * 3) % 5 < 2
    JOIN account a ON a.id = u.account_id AND a.status = 'active'
        AND (d.countries = '' OR FIND_IN_SET(a.country, d.countries) > 0)
    LEFT JOIN tier t ON t.id = a.tier_id
    WHERE (d.tier_id IS NULL OR (SELECT x.rank FROM tier x WHERE x.id = d.tier_id) <= IFNULL(t.rank, 0))
        AND v.created_at + INTERVAL (u.id * 37 + v.id * 11) % 60 HOUR < UTC_TIMESTAMP(6)
    ORDER BY v.created_at + INTERVAL (u.id * 37 + v.id * 11) % 60 HOUR;
UPDATE document_version v SET v.downloads = (SELECT COUNT(*) FROM document_download x
    WHERE x.document_id = v.document_id AND x.version_no = v.no);

-- -- announcements -------------------------------------------------------------------------------

INSERT INTO announcement (id, state, for_partner, for_customer, for_staff, important, tier_id, countries, title_en,
    title_zh, body_en, body_zh, from_at, until_at, delivered_at, delivered_to, created_name, published_name, created_at,
    updated_at)
VALUES
    (1, 'published', 1, 0, 1, 1, NULL, '', 'Edge E2: new maximum of memory, new data sheet', 'E2 边缘服务器：内存上限提升，数据表已更新',
    'From today on the Edge E2 takes 1 TB of memory, and a supply of -48 V for telephone exchanges.

Quotes that you have sent stay as they are. For new ones use version 3 of the data sheet, which stands in the library.',
    '即日起，E2 边缘服务器最大支持 1 TB 内存，并提供适用于通信机房的 -48 V 电源。

已发出的报价不受影响；新报价请使用资料库中第 3 版数据表。',
    UTC_TIMESTAMP(6) - INTERVAL 3 DAY, NULL, UTC_TIMESTAMP(6) - INTERVAL 3 DAY, 0, 'Claire Bennett', 'Claire Bennett',
    UTC_TIMESTAMP(6) - INTERVAL 4 DAY, UTC_TIMESTAMP(6) - INTERVAL 3 DAY),
    (2, 'published', 1, 0, 0, 0, NULL, '', 'Yearly review of tiers begins in January', '年度等级评审将于一月开始',
    'In January we look at the tier of every partner. What counts is what your page of the tier shows on 31 December.

Enter certificates that are missing before that day; your channel manager helps.',
    '我们将于一月评审各合作伙伴的等级，以 12 月 31 日等级页面显示的数据为准。

如有证书尚未登记，请在此之前联系您的渠道经理补录。',
    UTC_TIMESTAMP(6) - INTERVAL 9 DAY, UTC_TIMESTAMP(6) + INTERVAL 45 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY, 0,
    'Claire Bennett', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 10 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY),
    (3, 'published', 1, 0, 0, 0, (SELECT id FROM tier WHERE rank = 3), 'CN', 'Invitation: workshop in Shanghai', '诚邀参加上海技术研讨会',
    'Two days on liquid cooling in our Shanghai office, in Chinese. Twelve seats for partners from Gold on; answer by mail to your channel manager.',
    '我们将在上海办公室举办为期两天的液冷技术研讨会（中文授课），面向金牌及以上合作伙伴，共 12 个名额。请邮件联系您的渠道经理报名。',
    UTC_TIMESTAMP(6) - INTERVAL 2 DAY, UTC_TIMESTAMP(6) + INTERVAL 20 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY, 0,
    'Maria Keller', 'Maria Keller', UTC_TIMESTAMP(6) - INTERVAL 5 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY),
    (4, 'published', 0, 1, 0, 0, NULL, '', 'Service hours at the turn of the year', '岁末年初服务时间',
    'On 24 and 31 December we answer until noon, on 1 January we are closed. Requests of priority 1 are answered at any time.',
    '12 月 24 日和 31 日服务至中午 12 点，1 月 1 日休息。优先级 1 的请求全天候受理。',
    UTC_TIMESTAMP(6) - INTERVAL 1 DAY, UTC_TIMESTAMP(6) + INTERVAL 40 DAY, UTC_TIMESTAMP(6) - INTERVAL 1 DAY, 0,
    'Claire Bennett', 'Claire Bennett', UTC_TIMESTAMP(6) - INTERVAL 2 DAY, UTC_TIMESTAMP(6) - INTERVAL 1 DAY),
    (5, 'draft', 1, 0, 0, 0, NULL, '', 'Price list of the first quarter', '第一季度价目表',
    'The price list of the first quarter stands in the library from 15 December on.',
    '第一季度价目表将于 12 月 15 日起在资料库中提供。',
    UTC_TIMESTAMP(6) + INTERVAL 14 DAY, NULL, NULL, 0, 'Claire Bennett', '', UTC_TIMESTAMP(6) - INTERVAL 1 DAY,
    UTC_TIMESTAMP(6) - INTERVAL 1 DAY);

-- Told to whom each is for, and read by some of them.
INSERT INTO announcement_reader (announcement_id, user_id, counted, read_at)
    SELECT n.id, u.id, (u.id * 5 + n.id * 3) % 7 >= 4,
        IF((u.id * 5 + n.id * 3) % 7 >= 4, NULL, n.from_at + INTERVAL (u.id * 29 + n.id) % 23 HOUR)
    FROM announcement n JOIN user u ON u.status = 'active'
    LEFT JOIN account a ON a.id = u.account_id LEFT JOIN tier t ON t.id = a.tier_id
    WHERE n.state = 'published' AND ((u.audience = 'staff' AND n.for_staff = 1)
        OR ((n.countries = '' OR FIND_IN_SET(a.country, n.countries) > 0)
            AND ((u.audience = 'customer' AND n.for_customer = 1)
                OR (u.audience = 'partner' AND n.for_partner = 1 AND (n.tier_id IS NULL
                    OR (SELECT x.rank FROM tier x WHERE x.id = n.tier_id) <= IFNULL(t.rank, 0))))));
UPDATE user u SET counter_announcements = (SELECT COUNT(*) FROM announcement_reader r
    WHERE r.user_id = u.id AND r.counted = 1);

-- Staff of Halden, and people at its partners and customers.  All are made up; addresses end in .example,
-- a domain that exists nowhere (RFC 2606).  Passwords and second factors are made by the loader.

INSERT INTO user
    (id, audience, account_id, email, email_key, name, title, lang, zone, status, department_id,
    manager_id, scope, second_factor_needed, created_at, updated_at)
VALUES
    (101, 'staff', NULL, 'henrik.halvorsen@halden.example', 'henrik.halvorsen@halden.example', 'Henrik Halvorsen', 'Portal administrator', 'en', 'Europe/Berlin', 'active', 700, NULL, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 568 DAY, UTC_TIMESTAMP(6) - INTERVAL 41 DAY),
    (102, 'staff', NULL, 'claire.bennett@halden.example', 'claire.bennett@halden.example', 'Claire Bennett', 'Head of channel', 'en', 'Europe/London', 'active', 300, NULL, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 631 DAY, UTC_TIMESTAMP(6) - INTERVAL 62 DAY),
    (103, 'staff', NULL, 'chidi.okafor@halden.example', 'chidi.okafor@halden.example', 'Chidi Okafor', 'Internal auditor', 'en', 'Europe/London', 'active', 700, NULL, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 538 DAY, UTC_TIMESTAMP(6) - INTERVAL 40 DAY),
    (104, 'staff', NULL, 'maria.keller@halden.example', 'maria.keller@halden.example', 'Maria Keller', 'Channel manager, East China', 'en', 'Asia/Shanghai', 'active', 111, 102, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 622 DAY, UTC_TIMESTAMP(6) - INTERVAL 54 DAY),
    (105, 'staff', NULL, 'zhao.mingyuan@halden.example', 'zhao.mingyuan@halden.example', '赵明远', '渠道经理，华北与华南', 'zh-CN', 'Asia/Shanghai', 'active', 110, 102, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 551 DAY, UTC_TIMESTAMP(6) - INTERVAL 8 DAY),
    (106, 'staff', NULL, 'jonas.wendt@halden.example', 'jonas.wendt@halden.example', 'Jonas Wendt', 'Channel manager, Germany', 'en', 'Europe/Berlin', 'active', 141, 102, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 421 DAY, UTC_TIMESTAMP(6) - INTERVAL 5 DAY),
    (107, 'staff', NULL, 'ana.ruiz@halden.example', 'ana.ruiz@halden.example', 'Ana Ruiz', 'Channel manager, UK and Nordics', 'en', 'Europe/London', 'active', 142, 102, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 379 DAY, UTC_TIMESTAMP(6) - INTERVAL 82 DAY),
    (108, 'staff', NULL, 'ben.ortiz@halden.example', 'ben.ortiz@halden.example', 'Ben Ortiz', 'Channel manager, Americas', 'en', 'America/New_York', 'active', 170, 102, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 238 DAY, UTC_TIMESTAMP(6) - INTERVAL 16 DAY),
    (109, 'staff', NULL, 'wang.lei@halden.example', 'wang.lei@halden.example', '王磊', '华东区销售', 'zh-CN', 'Asia/Shanghai', 'active', 111, 104, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 746 DAY, UTC_TIMESTAMP(6) - INTERVAL 57 DAY),
    (110, 'staff', NULL, 'chen.siqi@halden.example', 'chen.siqi@halden.example', '陈思琪', '华北区销售', 'zh-CN', 'Asia/Shanghai', 'active', 112, 105, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 528 DAY, UTC_TIMESTAMP(6) - INTERVAL 24 DAY),
    (111, 'staff', NULL, 'katrin.vogel@halden.example', 'katrin.vogel@halden.example', 'Katrin Vogel', 'Sales, Germany', 'en', 'Europe/Berlin', 'active', 141, 106, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 618 DAY, UTC_TIMESTAMP(6) - INTERVAL 34 DAY),
    (112, 'staff', NULL, 'tom.ashworth@halden.example', 'tom.ashworth@halden.example', 'Tom Ashworth', 'Sales, UK and Nordics', 'en', 'Europe/London', 'active', 142, 107, 'own', 1, UTC_TIMESTAMP(6) - INTERVAL 454 DAY, UTC_TIMESTAMP(6) - INTERVAL 79 DAY),
    (113, 'staff', NULL, 'denise.walker@halden.example', 'denise.walker@halden.example', 'Denise Walker', 'Sales, Americas', 'en', 'America/New_York', 'active', 171, 108, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 568 DAY, UTC_TIMESTAMP(6) - INTERVAL 60 DAY),
    (114, 'staff', NULL, 'priya.nair@halden.example', 'priya.nair@halden.example', 'Priya Nair', 'Service lead', 'en', 'Europe/Berlin', 'active', 400, NULL, 'department', 1, UTC_TIMESTAMP(6) - INTERVAL 740 DAY, UTC_TIMESTAMP(6) - INTERVAL 66 DAY),
    (115, 'staff', NULL, 'liu.xiaofeng@halden.example', 'liu.xiaofeng@halden.example', '刘晓峰', '服务工程师', 'zh-CN', 'Asia/Shanghai', 'active', 410, 114, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 730 DAY, UTC_TIMESTAMP(6) - INTERVAL 17 DAY),
    (116, 'staff', NULL, 'felix.brandt@halden.example', 'felix.brandt@halden.example', 'Felix Brandt', 'Service engineer', 'en', 'Europe/Berlin', 'active', 420, 114, 'team', 1, UTC_TIMESTAMP(6) - INTERVAL 432 DAY, UTC_TIMESTAMP(6) - INTERVAL 76 DAY),
    (117, 'staff', NULL, 'grace.mwangi@halden.example', 'grace.mwangi@halden.example', 'Grace Mwangi', 'Knowledge editor', 'en', 'Europe/London', 'active', 400, 114, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 297 DAY, UTC_TIMESTAMP(6) - INTERVAL 50 DAY),
    (118, 'staff', NULL, 'lukas.steiner@halden.example', 'lukas.steiner@halden.example', 'Lukas Steiner', 'Product and price manager', 'en', 'Europe/Berlin', 'active', 600, NULL, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 742 DAY, UTC_TIMESTAMP(6) - INTERVAL 89 DAY),
    (119, 'staff', NULL, 'he.jiayi@halden.example', 'he.jiayi@halden.example', '何佳怡', '订单专员', 'zh-CN', 'Asia/Shanghai', 'active', 500, NULL, 'all', 1, UTC_TIMESTAMP(6) - INTERVAL 259 DAY, UTC_TIMESTAMP(6) - INTERVAL 84 DAY);

INSERT INTO user
    (id, audience, account_id, email, email_key, name, title, lang, zone, status, department_id,
    manager_id, scope, second_factor_needed, created_at, updated_at)
VALUES
    (201, 'partner', 1006, 'lin.xiaowen@huaxin.example', 'lin.xiaowen@huaxin.example', '林晓雯', '渠道销售总监', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 167 DAY, UTC_TIMESTAMP(6) - INTERVAL 29 DAY),
    (202, 'partner', 1006, 'zhao.qian@huaxin.example', 'zhao.qian@huaxin.example', '赵倩', '销售经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 420 DAY, UTC_TIMESTAMP(6) - INTERVAL 13 DAY),
    (203, 'partner', 1006, 'sun.bo@huaxin.example', 'sun.bo@huaxin.example', '孙博', '解决方案工程师', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 338 DAY, UTC_TIMESTAMP(6) - INTERVAL 12 DAY),
    (204, 'partner', 1006, 'zhou.min@huaxin.example', 'zhou.min@huaxin.example', '周敏', '财务', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 460 DAY, UTC_TIMESTAMP(6) - INTERVAL 21 DAY),
    (205, 'partner', 1001, 'emma.whitfield@brightwater.example', 'emma.whitfield@brightwater.example', 'Emma Whitfield', 'Alliance director', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 189 DAY, UTC_TIMESTAMP(6) - INTERVAL 24 DAY),
    (206, 'partner', 1001, 'daniel.price@brightwater.example', 'daniel.price@brightwater.example', 'Daniel Price', 'Account executive', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 232 DAY, UTC_TIMESTAMP(6) - INTERVAL 22 DAY),
    (207, 'partner', 1001, 'aisha.rahman@brightwater.example', 'aisha.rahman@brightwater.example', 'Aisha Rahman', 'Solution architect', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 421 DAY, UTC_TIMESTAMP(6) - INTERVAL 28 DAY),
    (208, 'partner', 1001, 'oliver.grant@brightwater.example', 'oliver.grant@brightwater.example', 'Oliver Grant', 'Finance', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY),
    (209, 'partner', 1003, 'sabine.krueger@rechenwerk.example', 'sabine.krueger@rechenwerk.example', 'Sabine Krüger', 'Leiterin Partnermanagement', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 394 DAY, UTC_TIMESTAMP(6) - INTERVAL 18 DAY),
    (210, 'partner', 1003, 'tobias.lang@rechenwerk.example', 'tobias.lang@rechenwerk.example', 'Tobias Lang', 'Vertrieb', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 211 DAY, UTC_TIMESTAMP(6) - INTERVAL 12 DAY),
    (211, 'partner', 1004, 'marcus.hill@northgate-data.example', 'marcus.hill@northgate-data.example', 'Marcus Hill', 'VP Sales', 'en', 'America/New_York', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 237 DAY, UTC_TIMESTAMP(6) - INTERVAL 26 DAY),
    (212, 'partner', 1004, 'rachel.stein@northgate-data.example', 'rachel.stein@northgate-data.example', 'Rachel Stein', 'Account manager', 'en', 'America/New_York', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 297 DAY, UTC_TIMESTAMP(6) - INTERVAL 4 DAY),
    (213, 'partner', 1002, 'gu.haining@hongyuan-info.example', 'gu.haining@hongyuan-info.example', '顾海宁', '总经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 346 DAY, UTC_TIMESTAMP(6) - INTERVAL 11 DAY),
    (214, 'partner', 1002, 'shen.jia@hongyuan-info.example', 'shen.jia@hongyuan-info.example', '沈佳', '客户经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 234 DAY, UTC_TIMESTAMP(6) - INTERVAL 19 DAY),
    (215, 'partner', 1005, 'han.liqun@tianshuyun.example', 'han.liqun@tianshuyun.example', '韩立群', '渠道负责人', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 213 DAY, UTC_TIMESTAMP(6) - INTERVAL 29 DAY),
    (216, 'partner', 1007, 'insa.petersen@nordlicht.example', 'insa.petersen@nordlicht.example', 'Insa Petersen', 'Geschäftsführerin', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 141 DAY, UTC_TIMESTAMP(6) - INTERVAL 6 DAY),
    (217, 'partner', 1008, 'weiling.tan@merlion-infra.example', 'weiling.tan@merlion-infra.example', 'Tan Wei Ling', 'Managing director', 'en', 'Asia/Singapore', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 394 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY),
    (218, 'partner', 1008, 'farid.osman@merlion-infra.example', 'farid.osman@merlion-infra.example', 'Farid Osman', 'Sales manager', 'en', 'Asia/Singapore', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 322 DAY, UTC_TIMESTAMP(6) - INTERVAL 19 DAY),
    (219, 'partner', 1009, 'luis.herrera@caldera-integration.example', 'luis.herrera@caldera-integration.example', 'Luis Herrera', 'Partner manager', 'en', 'America/New_York', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 377 DAY, UTC_TIMESTAMP(6) - INTERVAL 7 DAY),
    (220, 'partner', 1010, 'lu.jianhua@hengtuo-data.example', 'lu.jianhua@hengtuo-data.example', '陆建华', '总经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 65 DAY, UTC_TIMESTAMP(6) - INTERVAL 19 DAY),
    (221, 'partner', 1011, 'gemma.shaw@pennine-networks.example', 'gemma.shaw@pennine-networks.example', 'Gemma Shaw', 'Sales director', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 92 DAY, UTC_TIMESTAMP(6) - INTERVAL 20 DAY),
    (222, 'partner', 1012, 'sanne.dewit@polder-it.example', 'sanne.dewit@polder-it.example', 'Sanne de Wit', 'Commercieel manager', 'en', 'Europe/Amsterdam', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 451 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY),
    (223, 'partner', 1013, 'huang.zhiqiang@nanyue-cloud.example', 'huang.zhiqiang@nanyue-cloud.example', '黄志强', '销售总监', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 138 DAY, UTC_TIMESTAMP(6) - INTERVAL 29 DAY),
    (224, 'partner', 1013, 'liang.wanyi@nanyue-cloud.example', 'liang.wanyi@nanyue-cloud.example', '梁婉仪', '销售', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 416 DAY, UTC_TIMESTAMP(6) - INTERVAL 27 DAY),
    (225, 'partner', 1014, 'tang.rong@rongxin-net.example', 'tang.rong@rongxin-net.example', '唐蓉', '总经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 310 DAY, UTC_TIMESTAMP(6) - INTERVAL 26 DAY),
    (226, 'partner', 1015, 'uwe.richter@elbtal-it.example', 'uwe.richter@elbtal-it.example', 'Uwe Richter', 'Inhaber', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 122 DAY, UTC_TIMESTAMP(6) - INTERVAL 8 DAY),
    (227, 'partner', 1016, 'fiona.macleod@havenport.example', 'fiona.macleod@havenport.example', 'Fiona MacLeod', 'Director', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 386 DAY, UTC_TIMESTAMP(6) - INTERVAL 5 DAY),
    (228, 'partner', 1017, 'kevin.novak@lakeshore-tech.example', 'kevin.novak@lakeshore-tech.example', 'Kevin Novak', 'Channel lead', 'en', 'America/New_York', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 244 DAY, UTC_TIMESTAMP(6) - INTERVAL 23 DAY),
    (229, 'partner', 1018, 'yu.haibo@haiyue-eng.example', 'yu.haibo@haiyue-eng.example', '于海波', '总经理', 'zh-CN', 'Asia/Shanghai', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 269 DAY, UTC_TIMESTAMP(6) - INTERVAL 25 DAY),
    (230, 'partner', 1019, 'erik.sundin@malaren.example', 'erik.sundin@malaren.example', 'Erik Sundin', 'Försäljningschef', 'en', 'Europe/Stockholm', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 379 DAY, UTC_TIMESTAMP(6) - INTERVAL 12 DAY),
    (231, 'partner', 1020, 'nurul.hassan@straits-edge.example', 'nurul.hassan@straits-edge.example', 'Nurul Hassan', 'Director', 'en', 'Asia/Kuala_Lumpur', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 452 DAY, UTC_TIMESTAMP(6) - INTERVAL 16 DAY),
    (232, 'partner', 1021, 'wu.qiyue@qiyue.example', 'wu.qiyue@qiyue.example', '吴启岳', '总经理', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 166 DAY, UTC_TIMESTAMP(6) - INTERVAL 19 DAY),
    (233, 'partner', 1021, 'zheng.nan@qiyue.example', 'zheng.nan@qiyue.example', '郑楠', '销售', 'zh-CN', 'Asia/Shanghai', 'disabled', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 209 DAY, UTC_TIMESTAMP(6) - INTERVAL 24 DAY),
    (234, 'partner', 1022, 'peng.tao@jianghan-data.example', 'peng.tao@jianghan-data.example', '彭涛', '总经理', 'zh-CN', 'Asia/Shanghai', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 351 DAY, UTC_TIMESTAMP(6) - INTERVAL 2 DAY),
    (235, 'partner', 1023, 'leonie.huber@isar-netze.example', 'leonie.huber@isar-netze.example', 'Leonie Huber', 'Geschäftsführerin', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 299 DAY, UTC_TIMESTAMP(6) - INTERVAL 10 DAY),
    (236, 'partner', 1024, 'neil.barker@copperfield-systems.example', 'neil.barker@copperfield-systems.example', 'Neil Barker', 'Owner', 'en', 'Europe/London', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 35 DAY, UTC_TIMESTAMP(6) - INTERVAL 11 DAY),
    (237, 'partner', 1025, 'maya.thompson@redwood-rack.example', 'maya.thompson@redwood-rack.example', 'Maya Thompson', 'CEO', 'en', 'America/New_York', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 276 DAY, UTC_TIMESTAMP(6) - INTERVAL 29 DAY),
    (238, 'partner', 1026, 'jiahao.lim@tanjong-digital.example', 'jiahao.lim@tanjong-digital.example', 'Lim Jia Hao', 'Founder', 'en', 'Asia/Singapore', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 99 DAY, UTC_TIMESTAMP(6) - INTERVAL 13 DAY),
    (239, 'customer', 2001, 'stefan.albrecht@aurora-logistics.example', 'stefan.albrecht@aurora-logistics.example', 'Stefan Albrecht', 'IT-Leiter', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 120 DAY, UTC_TIMESTAMP(6) - INTERVAL 17 DAY),
    (240, 'customer', 2001, 'miriam.schuster@aurora-logistics.example', 'miriam.schuster@aurora-logistics.example', 'Miriam Schuster', 'Einkauf', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 96 DAY, UTC_TIMESTAMP(6) - INTERVAL 16 DAY),
    (241, 'customer', 2001, 'jens.hartwig@aurora-logistics.example', 'jens.hartwig@aurora-logistics.example', 'Jens Hartwig', 'Bereichsleiter', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 153 DAY, UTC_TIMESTAMP(6) - INTERVAL 16 DAY),
    (242, 'customer', 2001, 'lea.sommer@aurora-logistics.example', 'lea.sommer@aurora-logistics.example', 'Lea Sommer', 'Systemadministration', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 474 DAY, UTC_TIMESTAMP(6) - INTERVAL 20 DAY),
    (243, 'customer', 2002, 'xu.jing@chengyuan-med.example', 'xu.jing@chengyuan-med.example', '许静', '信息科主任', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 412 DAY, UTC_TIMESTAMP(6) - INTERVAL 27 DAY),
    (244, 'customer', 2002, 'feng.kai@chengyuan-med.example', 'feng.kai@chengyuan-med.example', '冯凯', '采购', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 282 DAY, UTC_TIMESTAMP(6) - INTERVAL 21 DAY),
    (245, 'customer', 2003, 'george.mercer@kestrel-foods.example', 'george.mercer@kestrel-foods.example', 'George Mercer', 'IT manager', 'en', 'Europe/London', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 373 DAY, UTC_TIMESTAMP(6) - INTERVAL 9 DAY),
    (246, 'customer', 2004, 'jiang.wei@yunzhan-textile.example', 'jiang.wei@yunzhan-textile.example', '蒋伟', '信息部经理', 'zh-CN', 'Asia/Shanghai', 'invited', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 148 DAY, UTC_TIMESTAMP(6) - INTERVAL 1 DAY),
    (247, 'customer', 2006, 'rachel.koh@blue-harbor.example', 'rachel.koh@blue-harbor.example', 'Rachel Koh', 'Head of infrastructure', 'en', 'Asia/Singapore', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 44 DAY, UTC_TIMESTAMP(6) - INTERVAL 7 DAY),
    (248, 'customer', 2006, 'arjun.menon@blue-harbor.example', 'arjun.menon@blue-harbor.example', 'Arjun Menon', 'Procurement', 'en', 'Asia/Singapore', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 59 DAY, UTC_TIMESTAMP(6) - INTERVAL 13 DAY),
    (249, 'customer', 2008, 'luo.jianguo@yuezhou-port.example', 'luo.jianguo@yuezhou-port.example', '罗建国', '信息中心主任', 'zh-CN', 'Asia/Shanghai', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 111 DAY, UTC_TIMESTAMP(6) - INTERVAL 10 DAY),
    (250, 'customer', 2009, 'heike.ahrens@weserstahl.example', 'heike.ahrens@weserstahl.example', 'Heike Ahrens', 'Leiterin Rechenzentrum', 'en', 'Europe/Berlin', 'active', NULL, NULL, 'own', 0, UTC_TIMESTAMP(6) - INTERVAL 212 DAY, UTC_TIMESTAMP(6) - INTERVAL 1 DAY);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'partner' AND r.code = 'administrator'
WHERE u.id IN (201, 205, 209, 211, 213, 215, 216, 217, 219, 220, 221, 222, 223, 225, 226, 227,
    228, 229, 230, 231, 232, 234, 235, 236, 237, 238);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'partner' AND r.code = 'sales'
WHERE u.id IN (202, 206, 210, 212, 214, 218, 224, 233);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'partner' AND r.code = 'technical'
WHERE u.id IN (203, 207);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'partner' AND r.code = 'finance'
WHERE u.id IN (204, 208);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'customer' AND r.code = 'administrator'
WHERE u.id IN (239, 243, 245, 246, 247, 249, 250);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'customer' AND r.code = 'buyer'
WHERE u.id IN (240, 244, 248);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'customer' AND r.code = 'approver'
WHERE u.id IN (241);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'customer' AND r.code = 'requester'
WHERE u.id IN (242);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'administrator'
WHERE u.id IN (101);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'channel_manager'
WHERE u.id IN (102, 104, 105, 106, 107, 108);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'auditor'
WHERE u.id IN (103);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'sales'
WHERE u.id IN (109, 110, 111, 112, 113);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'service_lead'
WHERE u.id IN (114);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'service_agent'
WHERE u.id IN (115, 116);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'knowledge_author'
WHERE u.id IN (117);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'catalogue_manager'
WHERE u.id IN (118);

INSERT INTO user_role (user_id, role_id)
SELECT u.id, r.id FROM user u JOIN role r ON r.audience = 'staff' AND r.code = 'order_desk'
WHERE u.id IN (119);


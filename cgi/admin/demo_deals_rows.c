/* admin/demo_deals_rows.c - what the demo company's partners have registered.  Companies, projects
 * and values are invented. */
#include "admin/demo_inside.h"

#include "base/str.h"

/* -- what becomes of a registration --------------------------------------------------------------
 */

#define DRAFT         "c"
#define EDITED        "c u3"
#define SENT          "c s1"
#define IN_REVIEW     "c s1 t3"
#define ASKED         "c s1 t3 v2"
#define APPROVED      "c s1 t5 a6"
#define APPROVED_LATE "c s2 t20 n1 a26"
#define BY_RULE       "c s1 R0"
#define BY_RULE_OVER  "c s1 R0 E0"
#define REJECTED      "c s1 t6 x5"
#define CHANGE_ASKED  "c s1 t5 a6 z30"
#define CHANGED       "c s1 t5 a6 z90 Z20"
#define NOT_CHANGED   "c s1 t5 a6 z120 y30"
#define APPEALED      "c s1 t6 x5 l20"
#define APPEAL_FAILED "c s1 t6 x5 l20 X30"
#define TOO_SMALL     "c s1 R0"
#define RETURNED      "c s1 t4 r3"
#define ANSWERED      "c s1 t4 r3 p20 u1 s1 t3 a5"
#define UNANSWERED    "c s1 t6 r4 U0"
#define WITHDRAWN     "c s2 w30"
#define EXPIRED       "c s1 t5 a6 E0"
#define ENDED         "c s1 t5 a6 e500"
#define DUPLICATE     "c s1 t5 m1 D2"
#define CONVERTED     "c s1 t4 a6 p40 o200"
#define WON           "c s1 t5 a7 o500 W600"
#define LOST          "c s1 t5 a7 o400 L500"
#define REVOKED       "c s1 t5 a6 n700 K24"
#define EXTENDED      "c s1 t5 a6 q1200 g20"
#define NOT_EXTENDED  "c s1 t5 a6 q1100 h20"
#define EXTENSION     "c s1 t5 a6 q1300"

#define EDGE(quantity, value)   \
    {                           \
        "edge", quantity, value \
    }
#define STORAGE(quantity, value)   \
    {                              \
        "storage", quantity, value \
    }
#define NETWORK(quantity, value)   \
    {                              \
        "network", quantity, value \
    }
#define COOLING(quantity, value)   \
    {                              \
        "cooling", quantity, value \
    }
#define SOFTWARE(quantity, value)   \
    {                               \
        "software", quantity, value \
    }
#define LINES(...)  \
    {               \
        __VA_ARGS__ \
    }
#define WORDS(...) .words = { __VA_ARGS__ }

const struct demo_deal demo_deal_rows[] = {
    /* Huaxin, Shanghai: Lin Xiaowen (201) and Zhao Qian (202) */
    { 201, 3009, "new", "总装车间边缘计算", LINES(EDGE(24, 1860000), NETWORK(6, 240000)), WON,
      .days_ago = 262 },
    { 202, 3010, "new", "行情分发平台扩容", LINES(STORAGE(4, 1320000)), EXPIRED, .days_ago = 248 },
    { 201, 3014, "displacement", "冷库监控替换", LINES(EDGE(16, 980000), SOFTWARE(16, 128000)),
      LOST, .days_ago = 231 },
    { 202, 3003, "new", "智能鞋楦车间", LINES(EDGE(8, 460000)), APPEAL_FAILED, .days_ago = 224,
      .reason_code = "no_project",
      WORDS("客户尚未立项，请在预算批复后重新报备。",
            "客户信息部上周已口头确认立项，正式批文月底下达，请重新审核。",
            "未见立项批文，维持驳回；批文下达后可重新报备。") },
    { 201, 3013, "expansion", "船台视觉检测二期", LINES(EDGE(12, 1150000), COOLING(3, 210000)), WON,
      .days_ago = 205 },
    { 202, 3007, "new", "冷链仓储节点", LINES(EDGE(20, 1240000)), UNANSWERED, .days_ago = 190,
      .reason_code = "project_unclear", WORDS("请说明各仓库的节点数量和上线时间。") },
    { 201, 3008, "new", "水务调度平台", LINES(STORAGE(3, 890000), SOFTWARE(40, 260000)), ENDED,
      .days_ago = 172 },
    { 202, 3011, "new", "酒店集中存储", LINES(STORAGE(2, 380000)), WITHDRAWN, .days_ago = 160 },
    { 201, 3005, "new", "光伏电站边缘网关", LINES(EDGE(60, 2760000)),
      "c s1 t5 a6 p60 v20 o500 W700", .days_ago = 141,
      WORDS("客户希望先在两个电站试点，测试样机何时可以到货？",
            "样机下周三从苏州仓库发出，附带一名工程师支持三天。") },
    { 202, 2002, "renewal", "影像存储维保续约", LINES(STORAGE(1, 118000)), BY_RULE_OVER,
      .days_ago = 118 },
    { 201, 3002, "new", "堆场车队调度", LINES(EDGE(18, 1420000), NETWORK(10, 310000)), EXTENDED,
      .days_ago = 84,
      WORDS("已完成现场勘察和方案评审，客户采购委员会延期到下月。", "进展清楚，延长三十天。") },
    { 202, 3006, "displacement", "光电产线存储替换", LINES(STORAGE(5, 1680000)), NOT_EXTENDED,
      .days_ago = 62,
      WORDS("客户内部流程较慢，希望延长六十天。", "请先提供下一次会议的日期，再申请延期。") },
    { 201, 3012, "new", "车辆段视频分析", LINES(EDGE(32, 2180000)), CONVERTED, .days_ago = 34,
      WORDS("已与客户设备部签署测试协议。") },
    { 202, 3015, "expansion", "印染车间能耗采集", LINES(EDGE(10, 540000)), APPROVED, .days_ago = 50,
      .ends_in_days = 7 },
    { 201, 2004, "new", "织机联网", LINES(NETWORK(24, 720000), SOFTWARE(120, 360000)), EXTENSION,
      .days_ago = 76, .ends_in_days = 14, WORDS("样板车间已验收，正式合同预计下月中旬签署。") },
    { 201, 3001, "new", "三号工厂边缘节点", LINES(EDGE(28, 1960000), COOLING(4, 260000)), IN_REVIEW,
      .due_in_hours = 4 },
    { 201, 3004, "new", "洁净车间数据采集", LINES(EDGE(14, 920000)), RETURNED, .days_ago = 3,
      .reason_code = "contact_missing", WORDS("请补充客户侧能够决策的联系人和电话。") },
    { 201, 3017, "new", "渲染农场存储", LINES(STORAGE(6, 2340000)), RETURNED, .days_ago = 2,
      .reason_code = "value_unclear", WORDS("六套存储的报价偏高，请说明容量和性能要求。") },
    { 201, 3023, "new", "公交场站边缘计算", LINES(EDGE(40, 2480000)), RETURNED, .days_ago = 4,
      .reason_code = "customer_unclear", WORDS("请确认采购主体是总公司还是场站公司。") },
    { 202, 3018, "new", "热力站远程监控", LINES(EDGE(22, 1080000)), SENT, .due_in_hours = 7 },
    { 202, 3016, "new", "遥感影像归档", LINES(STORAGE(3, 1460000)), ANSWERED, .days_ago = 26,
      .reason_code = "project_unclear",
      WORDS("请说明归档数据量和保存年限。", "每年约 400 TB，保存十年，首期采购三套。") },
    { 201, 3019, "new", "集装箱闸口识别", LINES(EDGE(12, 880000)), DRAFT, .days_ago = 1 },
    { 202, 3025, "new", "酒窖环境监测", LINES(EDGE(6, 240000)), EDITED, .days_ago = 5 },
    { 202, 3009, "expansion", "零部件追溯", LINES(SOFTWARE(80, 320000)), CHANGED, .days_ago = 20,
      .ends_in_days = 30 },

    /* Hongyuan, Shanghai (213, 214) */
    { 213, 3010, "expansion", "证券行情边缘缓存", LINES(EDGE(16, 1520000)), WON, .days_ago = 255 },
    { 214, 3002, "new", "集装箱厂数据中心", LINES(STORAGE(8, 3260000)), EXPIRED, .days_ago = 236 },
    { 214, 3011, "new", "会员系统存储", LINES(STORAGE(2, 460000)), LOST, .days_ago = 198 },
    { 213, 3005, "new", "电池产线存储", LINES(STORAGE(4, 1740000)), WON, .days_ago = 166 },
    { 214, 3014, "new", "食品产线视觉", LINES(EDGE(10, 760000)), REJECTED, .days_ago = 150,
      .reason_code = "not_authorised", WORDS("贵司目前未获该行业方案授权，请先完成认证。") },
    { 213, 2002, "new", "区域影像平台", LINES(EDGE(6, 620000), NETWORK(4, 180000)), APPROVED,
      .days_ago = 92 },
    { 214, 3013, "renewal", "船舶设计存储续保", LINES(STORAGE(1, 96000)), BY_RULE, .days_ago = 48 },
    { 214, 3009, "new", "冲压线边缘节点", LINES(SOFTWARE(30, 150000)), DUPLICATE, .days_ago = 16,
      WORDS("该客户同一产品线已有受保护的报备。") },
    { 213, 3008, "new", "泵站边缘控制", LINES(EDGE(36, 1640000)), APPROVED_LATE, .days_ago = 38,
      WORDS("客户已在六月做过同类测试，资料齐全。") },
    { 214, 3015, "displacement", "染色工艺存储", LINES(STORAGE(3, 840000)), "c s1 t5 m1 O8",
      .days_ago = 40, .reason_code = "customer_choice", WORDS("客户已书面确认由泓远负责本项目。") },
    { 213, 3004, "new", "药品追溯平台", LINES(STORAGE(2, 680000)), SENT, .due_in_hours = 10 },
    { 214, 3007, "new", "冷链车队网关", LINES(NETWORK(40, 520000)), DRAFT, .days_ago = 2 },

    /* Tianshu, Beijing (215) */
    { 215, 3016, "new", "地图瓦片服务", LINES(EDGE(20, 1900000)), WON, .days_ago = 243 },
    { 215, 3018, "new", "供热调度中心", LINES(STORAGE(4, 1280000), NETWORK(8, 260000)), EXPIRED,
      .days_ago = 214 },
    { 215, 3020, "new", "高炉视觉检测", LINES(EDGE(18, 1560000)), LOST, .days_ago = 181 },
    { 215, 3017, "displacement", "后期制作网络", LINES(NETWORK(12, 960000)), APPROVED,
      .days_ago = 96 },
    { 215, 3019, "new", "岸桥远控", LINES(NETWORK(16, 1180000), EDGE(8, 640000)), CONVERTED,
      .days_ago = 41, WORDS("客户已安排十月现场演示。") },
    { 215, 3021, "new", "船务数据备份", LINES(STORAGE(1, 104000)), BY_RULE, .days_ago = 30 },
    { 215, 3022, "new", "重装车间 5G 网络", LINES(NETWORK(30, 1420000)), ASKED, .due_in_hours = 2,
      WORDS("请补充车间平面图，方便评估覆盖。") },
    { 215, 3023, "expansion", "公交调度存储", LINES(STORAGE(5, 1750000)), RETURNED, .days_ago = 3,
      .reason_code = "project_unclear", WORDS("请说明与一期系统的关系。") },

    /* Hengtuo, Suzhou (220) */
    { 220, 3012, "new", "牵引试验台", LINES(STORAGE(2, 720000)), WON, .days_ago = 227 },
    { 220, 3006, "new", "光电检测边缘", LINES(EDGE(14, 1060000)), EXPIRED, .days_ago = 187 },
    { 220, 3003, "expansion", "鞋业园区网络", LINES(NETWORK(18, 540000)), CHANGE_ASKED,
      .days_ago = 12 },
    { 220, 3005, "new", "储能站监控", LINES(NETWORK(10, 420000)), REJECTED, .days_ago = 4,
      .reason_code = "tender_published", WORDS("招标公告已发布，不再受理报备。") },
    { 220, 3001, "renewal", "精密机械软件续订", LINES(SOFTWARE(40, 88000)), BY_RULE,
      .days_ago = 21 },
    { 220, 3012, "new", "轨道设备视觉", LINES(EDGE(6, 390000)), "c s1 t4", .days_ago = 2 },

    /* Nanyue, Guangzhou (223, 224) */
    { 223, 3028, "new", "门店边缘节点", LINES(EDGE(120, 3480000)), WON, .days_ago = 251 },
    { 224, 3030, "new", "数据中心散热改造", LINES(COOLING(24, 2680000)), EXPIRED, .days_ago = 219 },
    { 223, 3031, "new", "松湖产线质检", LINES(EDGE(16, 1180000)), ENDED, .days_ago = 154 },
    { 224, 3032, "new", "厨电工厂联网", LINES(NETWORK(22, 640000)), REVOKED, .days_ago = 120,
      .reason_code = "not_worked_on",
      WORDS("电话两次未联系上伙伴，客户表示两个月没有收到方案。", "两个月没有跟进记录。") },
    { 223, 3033, "new", "海工平台边缘", LINES(EDGE(9, 870000), COOLING(2, 190000)), APPROVED,
      .days_ago = 44 },
    { 224, 3029, "new", "智能制造示范线", LINES(EDGE(26, 1930000)), IN_REVIEW, .due_in_hours = 6 },
    { 223, 2008, "new", "港区视频分析", LINES(EDGE(48, 3960000)), REJECTED, .days_ago = 66,
      .reason_code = "named_account", WORDS("该客户由厂商直接服务。") },
    { 224, 3028, "expansion", "医药仓储自动化", LINES(STORAGE(3, 920000)), WITHDRAWN,
      .days_ago = 33 },
    { 223, 3030, "new", "机房动环软件", LINES(SOFTWARE(12, 9000)), TOO_SMALL, .days_ago = 57 },
    { 224, 3034, "new", "远程塔吊", LINES(EDGE(15, 830000)), SENT, .days_ago = 1 },

    /* Rongxin, Chengdu (225) */
    { 225, 3038, "new", "医院影像边缘", LINES(EDGE(8, 780000), STORAGE(2, 560000)), WON,
      .days_ago = 233 },
    { 225, 3039, "new", "仪器联网", LINES(NETWORK(14, 260000)), EXPIRED, .days_ago = 176 },
    { 225, 3040, "new", "座舱测试平台", LINES(EDGE(22, 1640000)), APPROVED, .days_ago = 37 },
    { 225, 3041, "displacement", "轨道运营存储", LINES(STORAGE(4, 1360000)), CONVERTED,
      .days_ago = 52, WORDS("客户信息部已确认替换计划。") },
    { 225, 3037, "new", "化工园区巡检", LINES(EDGE(30, 1420000)), UNANSWERED, .days_ago = 128,
      .reason_code = "customer_unclear", WORDS("请确认是园区管委会还是企业采购。") },
    { 225, 3036, "new", "激光切割联机", LINES(EDGE(7, 430000)), SENT, .days_ago = 2 },

    /* Qiyue, Hangzhou (232) */
    { 232, 3015, "new", "印染数据平台", LINES(STORAGE(3, 790000)), NOT_CHANGED, .days_ago = 58,
      WORDS("客户尚未确认二期数量，请在确认后重新申请。") },
    { 232, 2004, "new", "纺织厂边缘节点", LINES(EDGE(9, 490000)), APPROVED, .days_ago = 29,
      .ends_in_days = 14 },
    { 232, 3014, "new", "食品追溯", LINES(SOFTWARE(20, 7000)), TOO_SMALL, .days_ago = 88 },
    { 232, 3003, "new", "鞋业设计存储", LINES(STORAGE(1, 168000)), DRAFT, .days_ago = 6 },

    /* Brightwater, London (205, 206) */
    { 205, 3052, "new", "Turbine condition monitoring", LINES(EDGE(40, 312000)), WON,
      .days_ago = 258 },
    { 206, 3055, "new", "Ward imaging store", LINES(STORAGE(3, 186000)), EXPIRED, .days_ago = 229 },
    { 205, 3057, "new", "Depot video analytics", LINES(EDGE(24, 198000), NETWORK(12, 46000)), LOST,
      .days_ago = 200 },
    { 206, 3056, "new", "Document archive", LINES(STORAGE(1, 14500)), BY_RULE_OVER,
      .days_ago = 171 },
    { 205, 2003, "expansion", "Chilled line sensors", LINES(EDGE(18, 124000)), WON,
      .days_ago = 144 },
    { 206, 3059, "displacement", "Paint shop storage", LINES(STORAGE(4, 236000)), APPROVED,
      .days_ago = 108 },
    { 205, 3053, "new", "Slipway survey network", LINES(NETWORK(20, 88000)), "c s1 t5 b7 p30 v10",
      .days_ago = 63,
      WORDS("The yard would like a site visit before the end of the month.",
            "Our engineer can be there on the 14th; please confirm access.") },
    { 206, 3055, "new", "Theatre edge servers", LINES(EDGE(10, 97000)), CONVERTED, .days_ago = 43,
      WORDS("Trust board approved the business case.") },
    { 205, 3060, "new", "Sequencing cluster", LINES(EDGE(12, 168000), STORAGE(4, 214000)), SENT,
      .due_in_hours = 5 },
    { 206, 3052, "expansion", "Control room network", LINES(NETWORK(18, 72000)), "c s1 t4",
      .days_ago = 2 },

    /* Pennine, Manchester (221) */
    { 221, 3054, "new", "Still house automation", LINES(EDGE(9, 81000)), WON, .days_ago = 239 },
    { 221, 3058, "new", "Collection route network", LINES(NETWORK(16, 52000)), EXPIRED,
      .days_ago = 195 },
    { 221, 3059, "new", "Press line analytics", LINES(EDGE(14, 118000)), REJECTED, .days_ago = 132,
      .reason_code = "outside_territory", WORDS("This customer is served from the Midlands.") },
    { 221, 3056, "new", "Branch office network", LINES(NETWORK(9, 38000)), APPROVED,
      .days_ago = 67 },
    { 221, 3052, "new", "Wind farm network", LINES(NETWORK(24, 94000)), SENT, .days_ago = 1,
      .typed_name = "Fenland Windfarms Limited" },
    { 221, 2003, "new", "Cold store cooling", LINES(COOLING(6, 74000)), ANSWERED, .days_ago = 30,
      .reason_code = "value_unclear",
      WORDS("Six units for one site look like a lot: how is the load split?",
            "Two sites of three units each; the second opens in March.") },

    /* Havenport, Edinburgh (227) */
    { 227, 3054, "new", "Cask store sensors", LINES(SOFTWARE(30, 21000)), APPROVED, .days_ago = 36,
      .ends_in_days = 1 },
    { 227, 3053, "new", "Fabrication hall storage", LINES(STORAGE(2, 83000)), UNANSWERED,
      .days_ago = 115, .reason_code = "contact_missing", WORDS("Who at the yard decides?") },
    { 227, 3058, "new", "Herd data platform", LINES(SOFTWARE(60, 34000)), WITHDRAWN,
      .days_ago = 80 },

    /* Polder, Utrecht (222) */
    { 222, 3064, "new", "Greenhouse climate control", LINES(EDGE(45, 286000)), WON,
      .days_ago = 246 },
    { 222, 3065, "new", "Hospital imaging archive", LINES(STORAGE(5, 322000)), EXPIRED,
      .days_ago = 183 },
    { 222, 2005, "new", "Crane telemetry", LINES(EDGE(22, 194000), NETWORK(10, 41000)), APPROVED,
      .days_ago = 49 },
    { 222, 3061, "new", "Ferry passenger network", LINES(NETWORK(36, 118000)), IN_REVIEW,
      .due_in_hours = 9 },
    { 222, 3063, "new", "Paper machine monitoring", LINES(EDGE(11, 92000)), APPEALED, .days_ago = 4,
      .reason_code = "outside_territory",
      WORDS("Sweden is served by another team.",
            "The mill belongs to the Scottish group that we have served since 2021: it buys from "
            "Edinburgh, and asked us by name. The order is placed here, not in Sweden.") },

    /* Rechenwerk, Hamburg (209, 210) */
    { 209, 3042, "new", "Terminal 2 edge platform", LINES(EDGE(50, 486000), COOLING(6, 72000)), WON,
      .days_ago = 260 },
    { 210, 3047, "new", "Claims archive", LINES(STORAGE(6, 358000)), EXPIRED, .days_ago = 233 },
    { 209, 2009, "displacement", "Rolling mill vision", LINES(EDGE(16, 214000)), LOST,
      .days_ago = 208 },
    { 210, 3046, "new", "Cannery line control", LINES(EDGE(4, 18500)), BY_RULE_OVER,
      .days_ago = 159 },
    { 209, 3042, "expansion", "Gate network", LINES(NETWORK(28, 126000)), APPROVED,
      .days_ago = 72 },
    { 210, 3049, "new", "Dairy cold chain", LINES(EDGE(13, 104000), COOLING(3, 38000)), CONVERTED,
      .days_ago = 46, WORDS("Budget approved by the cooperative's board.") },
    { 209, 3043, "new", "Tool shop digitisation", LINES(EDGE(9, 87000)), "B s2 t5 b6",
      .days_ago = 24 },
    { 210, 2001, "new", "Parcel hub sorting", LINES(EDGE(64, 612000)), REJECTED, .days_ago = 60,
      .reason_code = "named_account", WORDS("This customer is served by us directly.") },
    { 209, 3045, "new", "Clinic storage", LINES(STORAGE(4, 246000)), SENT, .due_in_hours = 3 },

    /* Nordlicht, Kiel (216), Elbtal, Dresden (226), Isar, Munich (235) */
    { 216, 3042, "new", "Reefer monitoring", LINES(SOFTWARE(200, 58000)), WON, .days_ago = 217 },
    { 216, 3050, "new", "River port cameras", LINES(EDGE(18, 132000)), APPROVED, .days_ago = 66 },
    { 216, 3044, "new", "Substation edge nodes", LINES(EDGE(26, 178000)), EXPIRED,
      .days_ago = 163 },
    { 216, 2009, "new", "Coil store network", LINES(NETWORK(15, 64000)), IN_REVIEW, .days_ago = 1 },
    { 226, 3048, "new", "Furnace monitoring", LINES(EDGE(7, 66000)), CHANGED, .days_ago = 31 },
    { 226, 3046, "new", "Harvest logistics", LINES(NETWORK(6, 21000)), WITHDRAWN, .days_ago = 96 },
    { 235, 3045, "new", "Patient monitor gateway", LINES(EDGE(12, 98000)), LOST, .days_ago = 139 },
    { 235, 3051, "new", "Watch assembly vision", LINES(EDGE(5, 84000)), REVOKED, .days_ago = 111,
      .reason_code = "false_information",
      WORDS("The customer does not know of this project.",
            "The customer has confirmed that there is no such project.") },
    { 235, 3047, "new", "Branch edge servers", LINES(EDGE(8, 62000)), RETURNED, .days_ago = 2,
      .reason_code = "project_unclear", WORDS("Which branches, and by when?") },

    /* Northgate, Boston (211, 212), Caldera, Austin (219), Lakeshore, Chicago (228) */
    { 211, 2007, "new", "Research computing", LINES(EDGE(30, 384000), STORAGE(8, 520000)), WON,
      .days_ago = 253 },
    { 212, 3075, "new", "Freight yard cameras", LINES(EDGE(22, 176000)), EXPIRED, .days_ago = 221 },
    { 211, 3070, "displacement", "Cold storage controls", LINES(EDGE(17, 148000)), CONVERTED,
      .days_ago = 50, WORDS("Pilot site is live since Monday.") },
    { 212, 3067, "renewal", "Branch storage renewal", LINES(STORAGE(1, 19500)), BY_RULE_OVER,
      .days_ago = 77 },
    { 211, 3071, "new", "Hospital edge imaging", LINES(EDGE(20, 264000)), APPROVED,
      .days_ago = 61 },
    { 212, 3077, "new", "Dam instrumentation", LINES(EDGE(14, 139000)), SENT, .due_in_hours = 8 },
    { 219, 3073, "new", "Transit control centre", LINES(NETWORK(40, 228000)), WON,
      .days_ago = 190 },
    { 219, 3069, "new", "Pit truck telemetry", LINES(EDGE(25, 242000)), EXPIRED, .days_ago = 149 },
    { 219, 3074, "new", "Studio storage", LINES(STORAGE(3, 167000)), APPROVED, .days_ago = 40,
      .ends_in_days = 30 },
    { 219, 3072, "new", "Wing assembly inspection", LINES(EDGE(19, 318000)), IN_REVIEW,
      .days_ago = 2 },
    { 228, 3066, "new", "Elevator sensors", LINES(EDGE(12, 84000)), LOST, .days_ago = 157 },
    { 228, 3068, "new", "School network refresh", LINES(NETWORK(60, 142000)), ENDED,
      .days_ago = 104 },
    { 228, 3076, "new", "Fleet cold chain", LINES(COOLING(5, 56000)), DRAFT, .days_ago = 4 },

    /* Merlion (217, 218) and Tanjong (238), Singapore */
    { 217, 2006, "new", "Vessel traffic analytics", LINES(EDGE(24, 388000)), REJECTED,
      .days_ago = 178, .reason_code = "named_account",
      WORDS("This customer is served by us directly.") },
    { 218, 3078, "new", "Lens inspection line", LINES(EDGE(9, 164000)), WON, .days_ago = 168 },
    { 217, 3080, "new", "Test floor storage", LINES(STORAGE(6, 352000)), APPROVED, .days_ago = 53 },
    { 218, 3081, "new", "Depot edge computing", LINES(EDGE(28, 296000)), SENT, .days_ago = 1 },
    { 217, 3001, "new", "Suzhou plant edge nodes", LINES(EDGE(12, 158000)), "c s2 t2",
      .days_ago = 1, .typed_name = "Dingfeng Co., Ltd." },
    { 238, 3079, "new", "Reactor monitoring", LINES(EDGE(11, 142000)), APPROVED, .days_ago = 27 },
    { 238, 3029, "new", "Shenzhen pilot line", LINES(EDGE(6, 118000)), SENT, .days_ago = 1,
      .typed_name = "Shenzhen Pengcheng Intelligent Manufacturing Co., Ltd." },
    { 238, 3078, "new", "Optics clean room cooling", LINES(COOLING(2, 44000)), WITHDRAWN,
      .days_ago = 70 },
};

const size_t demo_deal_row_count = ARRAY_LEN(demo_deal_rows);

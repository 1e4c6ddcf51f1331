/* match/variants.c - companies from parts, and their variants. */
#include "match/variants.h"

#include "base/log.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_BACK_EVERY = 10, HAN_BYTES = 3, LINE_BYTES = 512 };

struct list {
    char **items;
    size_t count;
};

struct variants {
    uint64_t seed;
    struct arena *arena;
    struct list en, zh, zh_new;
};

static const char *const own_en[] = { "Brightwater", "Kestrel", "Novalis",  "Harbour", "Quillon",
                                      "Zephyrine",   "Orrin",   "Tamarack", "Vexel",   "Lumenor",
                                      "Castellan",   "Ferrow",  "Granite",  "Hallmark" };
static const char *const own_zh[] = { "海拓",   "云杉",   "蓝鲸谷", "明锐达", "金禾源",  "瑞思通",
                                      "博雅图", "星河湾", "百合",   "天元智", "远航家",  "启明格",
                                      "卓越恒", "华安信", "青松",   "鼎盛源", "九州方圆" };
static const char *const seconds[] = {
    "Systems",  "Technologies", "Software",   "Logistics", "Foods",     "Energy",     "Networks",
    "Medical",  "Instruments",  "Materials",  "Trading",   "Media",     "Consulting", "Robotics",
    "Security", "Packaging",    "Chemicals",  "Textiles",  "Marine",    "Aviation",   "Optics",
    "Plastics", "Insurance",    "Properties", "Furniture", "Batteries", "Ceramics",   "Dairy",
};
static const char *const forms[] = { "Ltd",   "Inc.", "GmbH", "LLC",     "PLC",
                                     "Corp.", "S.A.", "AG",   "Pty Ltd", "B.V." };
static const char *const cities[] = {
    "北京", "上海", "深圳",   "广州", "杭州", "成都", "武汉",   "南京", "西安", "苏州",
    "天津", "重庆", "青岛",   "长沙", "郑州", "宁波", "厦门",   "济南", "合肥", "福州",
    "无锡", "佛山", "东莞",   "大连", "沈阳", "昆明", "石家庄", "太原", "南昌", "南宁",
    "贵阳", "长春", "哈尔滨", "常州", "温州", "烟台", "徐州",   "泉州", "嘉兴", "绍兴",
    "金华", "台州", "珠海",   "惠州", "中山", "兰州", "银川",   "海口", "洛阳", "潍坊"
};
static const char *const trades[] = {
    "科技",     "网络科技",   "信息技术", "贸易", "电子",     "机械设备",   "实业",   "文化传媒",
    "建筑工程", "食品",       "医疗器械", "物流", "投资管理", "教育咨询",   "新能源", "环保科技",
    "服饰",     "餐饮管理",   "汽车服务", "化工", "生物科技", "房地产开发", "广告",   "装饰工程",
    "农业科技", "供应链管理", "人力资源", "软件", "通信技术", "包装制品",   "家具",   "酒店管理",
    "旅游",     "酒业",       "纺织",     "建材"
};
static const char *const zh_forms[] = { "有限公司", "有限责任公司", "股份有限公司" };
/* Simplified and traditional, one character each. */
static const char *const traditional[][2] = {
    { "网", "網" }, { "络", "絡" }, { "术", "術" }, { "贸", "貿" }, { "电", "電" }, { "机", "機" },
    { "设", "設" }, { "备", "備" }, { "实", "實" }, { "业", "業" }, { "传", "傳" }, { "筑", "築" },
    { "医", "醫" }, { "疗", "療" }, { "资", "資" }, { "询", "詢" }, { "环", "環" }, { "饰", "飾" },
    { "饮", "飲" }, { "车", "車" }, { "务", "務" }, { "广", "廣" }, { "汉", "漢" }, { "苏", "蘇" },
    { "庆", "慶" }, { "岛", "島" }, { "长", "長" }, { "郑", "鄭" }, { "宁", "寧" }, { "厦", "廈" },
    { "济", "濟" }, { "华", "華" }, { "东", "東" }, { "国", "國" }, { "龙", "龍" }, { "云", "雲" },
    { "马", "馬" }, { "兴", "興" }, { "达", "達" }, { "亚", "亞" }, { "万", "萬" }, { "乐", "樂" },
    { "开", "開" }, { "飞", "飛" }, { "时", "時" }, { "书", "書" }, { "爱", "愛" }, { "荣", "榮" },
    { "鸿", "鴻" }, { "鑫", "鑫" }, { "丽", "麗" }, { "艺", "藝" }, { "联", "聯" }, { "创", "創" },
    { "动", "動" }, { "优", "優" }, { "邦", "邦" }, { "轩", "軒" }, { "丰", "豐" }, { "诚", "誠" },
};

/* SplitMix64: a state in, a well-mixed number out. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static size_t pick(const struct variants *v, uint32_t i, int what, size_t count)
{
    return (size_t)(mix(v->seed ^ mix((uint64_t)i << 8 | (uint64_t)what)) % count);
}

static void add(struct variants *v, struct list *list, const char *text)
{
    if ((list->count & (list->count - 1)) == 0) {
        list->items = realloc(list->items, (list->count * 2 + 1) * sizeof(*list->items));
        if (list->items == NULL)
            log_die("out of memory");
    }
    list->items[list->count++] = arena_dup(v->arena, text);
}

static void add_zh(struct variants *v, const char *text)
{
    bool back = mix(v->seed + v->zh.count + v->zh_new.count) % KEPT_BACK_EVERY == 0;

    add(v, back ? &v->zh_new : &v->zh, text);
}

static void add_en(struct variants *v, const char *line)
{
    size_t len = strcspn(line, " ;,.");
    char word[LINE_BYTES];

    /* A brand that people could mistype and still mean. */
    if (len < 4 || len >= sizeof(word))
        return;
    memcpy(word, line, len);
    word[len] = '\0';
    add(v, &v->en, word);
}

static void read_file(struct variants *v, const char *folder, const char *name,
                      void (*take)(struct variants *v, const char *line))
{
    char path[LINE_BYTES], line[LINE_BYTES];

    snprintf(path, sizeof(path), "%s/companies/%s", folder, name);
    FILE *in = fopen(path, "r");
    if (in == NULL)
        log_die("a list of names cannot be opened");
    while (fgets(line, sizeof(line), in) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '\0' && utf8_valid(line, strlen(line)))
            take(v, line);
    }
    fclose(in);
}

struct variants *variants_new(uint64_t seed, const char *folder)
{
    struct variants *v = calloc(1, sizeof(*v));

    if (v == NULL)
        log_die("out of memory");
    v->seed = seed;
    v->arena = arena_new(1 << 20);
    if (folder != NULL) {
        read_file(v, folder, "zh-short-names.txt", add_zh);
        read_file(v, folder, "en-companies-with-country.csv", add_en);
        return v;
    }
    for (size_t i = 0; i < ARRAY_LEN(own_zh); i++)
        add(v, i % 4 == 3 ? &v->zh_new : &v->zh, own_zh[i]);
    for (size_t i = 0; i < ARRAY_LEN(own_en); i++)
        add(v, &v->en, own_en[i]);
    return v;
}

void variants_free(struct variants *v)
{
    free(v->en.items);
    free(v->zh.items);
    free(v->zh_new.items);
    arena_free(v->arena);
    free(v);
}

/* ---- parts of company I ---- */

enum part { PART_BRAND, PART_SECOND, PART_FORM, PART_CITY, PART_TRADE, PART_EXTRA = 16 };

/* Three syllables of consonant, vowel, consonant: so many that two hardly ever resemble each other.
 */
static char *made_up(const struct variants *v, struct arena *a, uint32_t i, int what)
{
    static const char consonants[] = "bcdfghjklmnprstvwxz", vowels[] = "aeiou";
    enum { LETTERS = 9 };
    char *word = arena_alloc(a, LETTERS + 1);

    for (int k = 0; k < LETTERS; k++)
        word[k] = k % 3 == 1 ? vowels[pick(v, i, what + k, sizeof(vowels) - 1)]
                             : consonants[pick(v, i, what + k, sizeof(consonants) - 1)];
    word[0] = (char)(word[0] - ('a' - 'A'));
    return word;
}

/* Half of the English brands are real words of company names, half are made up. */
static char *en_brand(const struct variants *v, struct arena *a, uint32_t i)
{
    if (pick(v, i, PART_BRAND, 2) == 0)
        return made_up(v, a, i, PART_EXTRA);
    return v->en.items[pick(v, i, PART_EXTRA, v->en.count)];
}

static const char *en_second(const struct variants *v, uint32_t i)
{
    return seconds[pick(v, i, PART_SECOND, ARRAY_LEN(seconds))];
}

static const char *zh_brand(const struct variants *v, uint32_t i)
{
    return v->zh.items[pick(v, i, PART_BRAND, v->zh.count)];
}

static char *zh_full(const struct variants *v, struct arena *a, uint32_t i, const char *brand,
                     const char *city, const char *behind)
{
    return arena_printf(a, "%s%s%s%s%s", city, brand,
                        trades[pick(v, i, PART_TRADE, ARRAY_LEN(trades))], behind,
                        zh_forms[pick(v, i, PART_FORM, ARRAY_LEN(zh_forms))]);
}

static const char *city_of(const struct variants *v, uint32_t i)
{
    return cities[pick(v, i, PART_CITY, ARRAY_LEN(cities))];
}

static char *en_full(struct arena *a, const char *brand, const char *second, const char *form)
{
    return arena_printf(a, "%s %s %s", brand, second, form);
}

static const char *form_of(const struct variants *v, uint32_t i, int what)
{
    return forms[pick(v, i, what, ARRAY_LEN(forms))];
}

char *variants_name(const struct variants *v, struct arena *a, uint32_t i)
{
    if (i % 2 == 0)
        return en_full(a, en_brand(v, a, i), en_second(v, i), form_of(v, i, PART_FORM));
    return zh_full(v, a, i, zh_brand(v, i), city_of(v, i), "");
}

/* ---- what people make of them ---- */

static char *full_width(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, HAN_BYTES * strlen(text) + 1);
    size_t n = 0;

    for (; *text != '\0'; text++) {
        char c = *text >= 'a' && *text <= 'z' ? (char)(*text - ('a' - 'A')) : *text;

        if (c == ' ') {
            out[n++] = ' ';
            continue;
        }
        /* U+FF01 for '!' and so on, in UTF-8. */
        unsigned code = 0xFF01u + (unsigned)(c - '!');
        out[n++] = (char)(0xE0u | code >> 12);
        out[n++] = (char)(0x80u | (code >> 6 & 0x3Fu));
        out[n++] = (char)(0x80u | (code & 0x3Fu));
    }
    return out;
}

/* One letter left out, doubled, replaced, or swapped with the next one. */
static char *mistype(const struct variants *v, struct arena *a, uint32_t i, const char *word)
{
    size_t len = strlen(word), at = pick(v, i, 40, len);
    int head = (int)at;
    char other = (char)('a' + (int)pick(v, i, 41, 26));

    switch (pick(v, i, 42, 4)) {
    case 0:
        return arena_printf(a, "%.*s%s", head, word, word + at + 1);
    case 1:
        return arena_printf(a, "%.*s%c%s", head, word, word[at], word + at);
    case 2:
        return arena_printf(a, "%.*s%c%s", head, word, other, word + at + 1);
    default:
        if (at + 1 >= len)
            return arena_printf(a, "%s%c", word, other);
        return arena_printf(a, "%.*s%c%c%s", head, word, word[at + 1], word[at], word + at + 2);
    }
}

static char *to_traditional(struct arena *a, const char *text)
{
    char *out = arena_dup(a, text);

    for (char *p = out; *p != '\0'; p++)
        for (size_t k = 0; k < ARRAY_LEN(traditional); k++)
            if (strncmp(p, traditional[k][0], HAN_BYTES) == 0)
                memcpy(p, traditional[k][1], HAN_BYTES);
    return out;
}

/* One character of the brand becomes one of another brand. */
static char *replace_character(const struct variants *v, struct arena *a, uint32_t i,
                               const char *brand)
{
    size_t count = strlen(brand) / HAN_BYTES, at = pick(v, i, 43, count) * HAN_BYTES;

    for (int round = 0;; round++) {
        const char *other = v->zh.items[pick(v, i, 44 + round, v->zh.count)];
        char *out = arena_dup(a, brand);

        if (strlen(other) < HAN_BYTES || memcmp(other, brand + at, HAN_BYTES) == 0)
            continue;
        memcpy(out + at, other, HAN_BYTES);
        return out;
    }
}

static char *make_en(const struct variants *v, struct arena *a, uint32_t i, enum variant kind)
{
    const char *brand = en_brand(v, a, i), *second = en_second(v, i);

    switch (kind) {
    case VARIANT_EN_SUFFIX:
        return en_full(a, brand, second, form_of(v, i, 30));
    case VARIANT_EN_FULL_WIDTH:
        return full_width(a, variants_name(v, a, i));
    case VARIANT_EN_SHORT:
        return arena_dup(a, brand);
    case VARIANT_EN_TYPO:
        return en_full(a, mistype(v, a, i, brand), second, form_of(v, i, PART_FORM));
    default:
        return en_full(a, made_up(v, a, i, 60), second, form_of(v, i, 31));
    }
}

static char *make_zh(const struct variants *v, struct arena *a, uint32_t i, enum variant kind)
{
    const char *brand = zh_brand(v, i), *city = city_of(v, i);

    switch (kind) {
    case VARIANT_ZH_TRADITIONAL:
        return to_traditional(a, variants_name(v, a, i));
    case VARIANT_ZH_NO_CITY:
        return zh_full(v, a, i, brand, "", "");
    case VARIANT_ZH_SHORT:
        return arena_dup(a, brand);
    case VARIANT_ZH_BRACKETS:
        return zh_full(v, a, i, brand, "", arena_printf(a, "（%s）", city));
    case VARIANT_ZH_REPLACED:
        return zh_full(v, a, i, replace_character(v, a, i, brand), city, "");
    default:
        return zh_full(v, a, i, v->zh_new.items[pick(v, i, 61, v->zh_new.count)],
                       cities[pick(v, i, 62, ARRAY_LEN(cities))], "");
    }
}

char *variants_make(const struct variants *v, struct arena *a, uint32_t i, enum variant kind)
{
    return variant_is_chinese(kind) ? make_zh(v, a, i, kind) : make_en(v, a, i, kind);
}

bool variant_is_chinese(enum variant kind)
{
    return kind >= VARIANT_ZH_TRADITIONAL;
}

bool variant_is_new(enum variant kind)
{
    return kind == VARIANT_EN_NEW || kind == VARIANT_ZH_NEW;
}

const char *variant_name(enum variant kind)
{
    static const char *const names[VARIANT_COUNT] = {
        [VARIANT_EN_SUFFIX] = "en other suffix",
        [VARIANT_EN_FULL_WIDTH] = "en full width",
        [VARIANT_EN_SHORT] = "en without second word",
        [VARIANT_EN_TYPO] = "en typing error in brand",
        [VARIANT_EN_NEW] = "en new company",
        [VARIANT_ZH_TRADITIONAL] = "zh traditional",
        [VARIANT_ZH_NO_CITY] = "zh without city",
        [VARIANT_ZH_SHORT] = "zh short",
        [VARIANT_ZH_BRACKETS] = "zh city in brackets",
        [VARIANT_ZH_REPLACED] = "zh brand character replaced",
        [VARIANT_ZH_NEW] = "zh new company",
    };

    return names[kind];
}

/* admin/demo_names.c - parts of names, and how a number chooses among them. */
#include "admin/demo_names.h"

#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { SHORT_NAMES_MOST = 10000, LINE_BYTES = 64 };

static const char *const zh_trades[] = {
    "精密机械", "电子科技",   "信息技术",   "生物医药", "新能源",   "食品",
    "物流",     "纺织",       "汽车零部件", "环保科技", "智能装备", "新材料",
    "化工",     "建筑工程",   "医疗器械",   "光电",     "软件",     "包装",
    "港务",     "供应链管理", "农业科技",   "仪器仪表", "电气",     "通信设备",
    "冶金",     "家居",       "文化传媒",   "检测技术", "水务",     "轨道交通",
};
static const char *const zh_forms[] = { "有限公司", "有限公司", "有限责任公司", "股份有限公司",
                                        "集团有限公司" };

static const char *const en_first[] = {
    "Alder",   "Amber",  "Ash",     "Beacon", "Birch",  "Black", "Blue",   "Bright",
    "Cedar",   "Chalk",  "Clear",   "Clover", "Copper", "Crest", "Dale",   "East",
    "Elm",     "Fair",   "Falcon",  "Fern",   "Flint",  "Fox",   "Glen",   "Gold",
    "Granite", "Green",  "Grey",    "Harbor", "Hart",   "Hazel", "Heron",  "High",
    "Holly",   "Iron",   "Juniper", "Kings",  "Lake",   "Lark",  "Linden", "Long",
    "Maple",   "Marsh",  "Mill",    "Moor",   "North",  "Oak",   "Otter",  "Pearl",
    "Pine",    "Quarry", "Raven",   "Red",    "River",  "Rowan", "Sable",  "Silver",
    "Slate",   "South",  "Stone",   "Summer", "Swift",  "Thorn", "West",   "Willow",
};
static const char *const en_second[] = {
    "bank",  "bay",   "borough", "bridge", "brook", "bury",  "cliff", "combe", "cote",  "dale",
    "den",   "field", "firth",   "ford",   "gate",  "grove", "ham",   "haven", "hurst", "keep",
    "land",  "ley",   "mere",    "mont",   "moor",  "mouth", "point", "port",  "ridge", "rock",
    "shore", "stead", "ston",    "tor",    "vale",  "view",  "wall",  "water", "wick",  "wood",
};
static const char *const en_trades[] = {
    "Aerospace",    "Analytics", "Automation",   "Biotech", "Broadcasting", "Castings",
    "Ceramics",     "Chemicals", "Components",   "Dairies", "Energy",       "Engineering",
    "Farms",        "Foods",     "Freight",      "Glass",   "Health",       "Insurance",
    "Laboratories", "Logistics", "Marine Works", "Mills",   "Mining",       "Optics",
    "Packaging",    "Plastics",  "Rail",         "Retail",  "Shipping",     "Software",
    "Steel",        "Textiles",  "Timber",       "Transit", "Utilities",    "Water",
};

struct err *demo_names_load(struct arena *a, const char *sql_dir, struct demo_names *out)
{
    const char *path = arena_printf(a, "%s/demo/zh-short-names.txt", sql_dir);
    char line[LINE_BYTES];
    FILE *f = fopen(path, "re");

    if (f == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    *out = (struct demo_names){ arena_array(a, SHORT_NAMES_MOST, sizeof(char *)), 0 };
    while (out->short_count < SHORT_NAMES_MOST && fgets(line, sizeof(line), f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (*line != '\0')
            out->short_names[out->short_count++] = arena_dup(a, line);
    }
    fclose(f);
    if (out->short_count == 0)
        return err_raise(ERR_CONFIG, "%s holds no names", path);
    return NULL;
}

/* Walks through ALL combinations in an order that looks like none: a step that is prime to their
 * number visits each once. */
static uint64_t scatter(uint64_t number, uint64_t all)
{
    return (number % all * 2147483647u + 104729u) % all;
}

/* Takes the next part off a combination. */
static const char *take(uint64_t *rest, const char *const *list, size_t count)
{
    const char *part = list[*rest % count];

    *rest /= count;
    return part;
}

const char *demo_name_zh(const struct demo_names *names, struct arena *a, const char *city,
                         uint64_t number)
{
    uint64_t rest =
        scatter(number, names->short_count * ARRAY_LEN(zh_trades) * ARRAY_LEN(zh_forms));
    const char *brand = take(&rest, names->short_names, names->short_count);
    const char *trade = take(&rest, zh_trades, ARRAY_LEN(zh_trades));

    return arena_printf(a, "%s%s%s%s", city, brand, trade,
                        take(&rest, zh_forms, ARRAY_LEN(zh_forms)));
}

const char *demo_name_en(struct arena *a, const char *suffix, uint64_t number)
{
    uint64_t rest = scatter(number, ARRAY_LEN(en_first) * ARRAY_LEN(en_second) *
                                        ARRAY_LEN(en_trades) * ARRAY_LEN(en_first));
    const char *first = take(&rest, en_first, ARRAY_LEN(en_first));
    const char *second = take(&rest, en_second, ARRAY_LEN(en_second));
    const char *trade = take(&rest, en_trades, ARRAY_LEN(en_trades));

    return arena_printf(a, "%s%s & %s %s %s", first, second,
                        take(&rest, en_first, ARRAY_LEN(en_first)), trade, suffix);
}

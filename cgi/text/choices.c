/* text/choices.c - lists of countries, currencies and zones by name, and sorting.  Lists and
 * collators are made on first use for a language and kept for the life of the process, as in
 * format.c. */
#include "text/format.h"

#include "base/log.h"
#include "base/str.h"
#include "text/inside.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/ucurr.h>
#include <unicode/uiter.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME_UNITS = 200, LIST_CHUNK_BYTES = 65536 };

enum list_kind { LIST_COUNTRIES, LIST_CURRENCIES, LIST_ZONES, LIST_KINDS };

struct list {
    struct text_choice *items; /* NULL until made */
    size_t count;
};

static struct arena *list_arena;
static struct list lists[LANG_COUNT][LIST_KINDS];
static UCollator *collators[LANG_COUNT];

void text_choices_end(void)
{
    arena_free(list_arena);
    list_arena = NULL;
    memset(lists, 0, sizeof(lists));
    for (int i = 0; i < LANG_COUNT; i++) {
        ucol_close(collators[i]);
        collators[i] = NULL;
    }
}

static struct arena *arena_of_lists(void)
{
    if (list_arena == NULL)
        list_arena = arena_new(LIST_CHUNK_BYTES);
    return list_arena;
}

/* ---- sorting ---- */

static UCollator *collator_of(enum lang lang)
{
    UErrorCode status = U_ZERO_ERROR;

    if (collators[lang] == NULL)
        collators[lang] =
            ucol_open(lang == LANG_ZH ? "zh@collation=pinyin" : text_locale_id(lang), &status);
    if (U_FAILURE(status))
        log_die("ICU has no collation data");
    return collators[lang];
}

int text_compare(enum lang lang, const char *a, const char *b)
{
    UErrorCode status = U_ZERO_ERROR;

    return (int)ucol_strcollUTF8(collator_of(lang), a, -1, b, -1, &status);
}

char *text_sort_key(enum lang lang, struct arena *a, const char *text, size_t max_bytes,
                    size_t *bytes_out)
{
    UErrorCode status = U_ZERO_ERROR;
    UCharIterator iterator;
    uint32_t state[2] = { 0, 0 };
    char *key = arena_alloc(a, max_bytes + 1);

    /* Part by part: what does not fit is left off and the order of what fits stays right. */
    uiter_setUTF8(&iterator, text, -1);
    *bytes_out = (size_t)ucol_nextSortKeyPart(collator_of(lang), &iterator, state, (uint8_t *)key,
                                              (int32_t)max_bytes, &status);
    return key;
}

static int by_english(const void *a, const void *b)
{
    const struct text_choice *x = a, *y = b;

    return text_compare(LANG_EN, x->label, y->label);
}

static int by_chinese(const void *a, const void *b)
{
    const struct text_choice *x = a, *y = b;

    return text_compare(LANG_ZH, x->label, y->label);
}

/* ---- lists ---- */

static const char *from_units(const UChar *text, int32_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t cap = 3 * (size_t)len + 1;
    char *out = arena_alloc(arena_of_lists(), cap);

    u_strToUTF8(out, (int32_t)cap, NULL, text, len, &status);
    return out;
}

static void add(struct list *list, const char *value, const char *label)
{
    list->items[list->count++] = (struct text_choice){ .value = value, .label = label };
}

static void make_countries(enum lang lang, struct list *list)
{
    size_t count = 0;

    while (uloc_getISOCountries()[count] != NULL)
        count++;
    list->items = arena_array(arena_of_lists(), count + 1, sizeof(*list->items));
    for (size_t i = 0; i < count; i++) {
        UErrorCode status = U_ZERO_ERROR;
        const char *code = uloc_getISOCountries()[i];
        UChar name[NAME_UNITS];
        char locale[16] = "und_";

        strncat(locale, code, 4);
        int32_t len =
            uloc_getDisplayCountry(locale, text_locale_id(lang), name, NAME_UNITS, &status);
        add(list, code, U_SUCCESS(status) ? from_units(name, len) : code);
    }
}

static const char *currency_label(enum lang lang, const char *code)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar iso[4];
    UBool is_choice = 0;
    int32_t len = 0;

    u_uastrncpy(iso, code, 4);
    const UChar *name =
        ucurr_getName(iso, text_locale_id(lang), UCURR_LONG_NAME, &is_choice, &len, &status);
    return U_SUCCESS(status) ? from_units(name, len) : code;
}

static void make_currencies(enum lang lang, struct list *list)
{
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *codes = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
    int32_t count = uenum_count(codes, &status);
    const char *code;

    list->items = arena_array(arena_of_lists(), (size_t)count + 1, sizeof(*list->items));
    while ((code = uenum_next(codes, NULL, &status)) != NULL) {
        const char *kept = arena_dup(arena_of_lists(), code);

        add(list, kept, currency_label(lang, kept));
    }
    uenum_close(codes);
}

static void make_zones(enum lang lang, struct list *list)
{
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *ids =
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
    int32_t count = uenum_count(ids, &status);
    struct arena *a = arena_of_lists();
    const char *id;

    list->items = arena_array(a, (size_t)count + 2, sizeof(*list->items));
    add(list, "UTC", "UTC");
    while ((id = uenum_next(ids, NULL, &status)) != NULL) {
        if (!text_zone_valid(id))
            continue;
        const char *kept = arena_dup(a, id);
        /* The offset of today; a page that shows the list is not older than a worker process. */
        const char *offset = text_zone_offset(text_locale_get(lang, kept), a, clock_now_us());
        add(list, kept, arena_printf(a, "%s (%s)", kept, offset));
    }
    uenum_close(ids);
}

static const struct text_choice *list_of(enum lang lang, enum list_kind kind, size_t *count_out)
{
    static void (*const make[LIST_KINDS])(enum lang lang, struct list * list) = {
        [LIST_COUNTRIES] = make_countries,
        [LIST_CURRENCIES] = make_currencies,
        [LIST_ZONES] = make_zones,
    };
    struct list *list = &lists[lang][kind];

    if (list->items == NULL) {
        make[kind](lang, list);
        qsort(list->items, list->count, sizeof(*list->items),
              lang == LANG_ZH ? by_chinese : by_english);
    }
    *count_out = list->count;
    return list->items;
}

const struct text_choice *text_countries(enum lang lang, size_t *count_out)
{
    return list_of(lang, LIST_COUNTRIES, count_out);
}

const struct text_choice *text_currencies(enum lang lang, size_t *count_out)
{
    return list_of(lang, LIST_CURRENCIES, count_out);
}

const struct text_choice *text_zones(enum lang lang, size_t *count_out)
{
    return list_of(lang, LIST_ZONES, count_out);
}

/* The label of a code, or NULL. */
static const char *label_of(enum lang lang, enum list_kind kind, const char *code)
{
    size_t count;
    const struct text_choice *items = list_of(lang, kind, &count);

    for (size_t i = 0; code != NULL && i < count; i++)
        if (strcmp(items[i].value, code) == 0)
            return items[i].label;
    return NULL;
}

bool text_country_valid(const char *iso2)
{
    return label_of(LANG_EN, LIST_COUNTRIES, iso2) != NULL;
}

bool text_currency_valid(const char *iso3)
{
    return label_of(LANG_EN, LIST_CURRENCIES, iso3) != NULL;
}

const char *text_country_name(enum lang lang, const char *iso2)
{
    const char *label = label_of(lang, LIST_COUNTRIES, iso2);

    return label != NULL ? label : iso2;
}

const char *text_currency_name(enum lang lang, const char *iso3)
{
    const char *label = label_of(lang, LIST_CURRENCIES, iso3);

    return label != NULL ? label : iso3;
}

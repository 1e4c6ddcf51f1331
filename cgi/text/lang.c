/* text/lang.c - one C locale for each language, switched to for the moment of a look-up.
 *
 * The locales are the one mutable state of this file: gettext itself keeps its catalogues in the
 * process, and every message of every page would otherwise carry a handle to them. */
#include "text/lang.h"

#include "base/log.h"
#include "base/str.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char domain[] = "fairway";

static const struct {
    const char *code, *name, *prefix, *locale;
} lang_rows[LANG_COUNT] = {
    [LANG_EN] = { "en", "English", "en", "en_US.UTF-8" },
    [LANG_ZH] = { "zh-CN", "简体中文", "zh", "zh_CN.UTF-8" },
};

static locale_t lang_locales[LANG_COUNT];

/* gettext looks for its locale, domain and catalogue at each call, and a list says the same few
 * words in every row: what was translated is kept, by its text, in the place of its hash. */
enum { KEPT_COUNT = 512 };

static struct kept {
    char *text; /* NULL for nothing kept */
    const char *translated;
} kept[LANG_COUNT][KEPT_COUNT];

struct err *lang_init(const char *locale_dir)
{
    lang_end();
    if (setenv("LOCPATH", locale_dir, 1) != 0)
        return err_raise(ERR_CONFIG, "LOCPATH cannot be set");
    /* It would override the languages of the locales. */
    unsetenv("LANGUAGE");
    if (bindtextdomain(domain, locale_dir) == NULL ||
        bind_textdomain_codeset(domain, "UTF-8") == NULL)
        return err_raise(ERR_CONFIG, "no catalogue can be bound to %s", locale_dir);
    for (int i = 0; i < LANG_COUNT; i++) {
        lang_locales[i] = newlocale(LC_CTYPE_MASK | LC_MESSAGES_MASK, lang_rows[i].locale, NULL);
        if (lang_locales[i] == (locale_t)0)
            log_event(LOG_WARN, "lang.missing", LOG_S("locale", lang_rows[i].locale));
        else
            (void)lang_tr((enum lang)i, "Save"); /* loads the catalogue while files may be opened */
    }
    return NULL;
}

static void forget(enum lang lang)
{
    for (int i = 0; i < KEPT_COUNT; i++)
        free(kept[lang][i].text);
    memset(kept[lang], 0, sizeof(kept[lang]));
}

void lang_end(void)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (lang_locales[i] != (locale_t)0)
            freelocale(lang_locales[i]);
        lang_locales[i] = (locale_t)0;
        forget((enum lang)i);
    }
}

/* FNV-1a */
static unsigned hash_of(const char *text)
{
    unsigned hash = 2166136261U;

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U;
    return hash;
}

/* What has no translation comes back as it is, and is not kept: it is the caller's. */
static void look_up(enum lang lang, const char *text, struct kept *out)
{
    locale_t before = uselocale(lang_locales[lang]);
    const char *translated = dgettext(domain, text);

    uselocale(before);
    free(out->text);
    *out = (struct kept){ 0 };
    if (translated == text)
        return;
    out->text = strdup(text);
    out->translated = translated;
    if (out->text == NULL)
        log_die("out of memory");
}

const char *lang_tr(enum lang lang, const char *text)
{
    struct kept *place;

    /* The message id "" is the catalogue's own header. */
    if (lang == LANG_EN || lang_locales[lang] == (locale_t)0 || text[0] == '\0')
        return text;
    place = &kept[lang][hash_of(text) % KEPT_COUNT];
    if (place->text == NULL || strcmp(place->text, text) != 0)
        look_up(lang, text, place);
    return place->text != NULL ? place->translated : text;
}

const char *lang_trn(enum lang lang, const char *one, const char *many, unsigned long n)
{
    if (lang == LANG_EN || lang_locales[lang] == (locale_t)0)
        return n == 1 ? one : many;
    locale_t before = uselocale(lang_locales[lang]);
    const char *translated = dngettext(domain, one, many, n);

    uselocale(before);
    return translated;
}

const char *lang_code(enum lang lang)
{
    return lang_rows[lang].code;
}

const char *lang_name(enum lang lang)
{
    return lang_rows[lang].name;
}

/* True when the LEN bytes of a language range are LANG or one of its regions and scripts. */
static bool range_is(const char *range, size_t len, enum lang lang)
{
    const char *prefix = lang_rows[lang].prefix;
    size_t n = strlen(prefix);

    return len >= n && strncasecmp(range, prefix, n) == 0 &&
           (len == n || range[n] == '-' || range[n] == '_');
}

bool lang_from_code(const char *code, enum lang *lang_out)
{
    for (int i = 0; code != NULL && i < LANG_COUNT; i++) {
        if (range_is(code, strlen(code), (enum lang)i)) {
            *lang_out = (enum lang)i;
            return true;
        }
    }
    return false;
}

/* A weight "0.8" in thousandths; -1 when it is none. */
static int read_weight(const char *p, size_t len)
{
    int value = 0, unit = 1000;

    if (len == 0 || len > 5 || (p[0] != '0' && p[0] != '1') || (len > 1 && p[1] != '.'))
        return -1;
    value = (p[0] - '0') * unit;
    for (size_t i = 2; i < len; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        unit /= 10;
        value += (p[i] - '0') * unit;
    }
    return value <= 1000 ? value : -1;
}

/* The q-value of the parameters of one range; 1 when there is none, -1 when it is malformed. */
static int weight_of(const char *params, size_t len)
{
    const char *p = params, *end = params + len;

    while (p < end && (*p == ' ' || *p == '\t' || *p == ';'))
        p++;
    if (p == end)
        return 1000;
    if (end - p < 2 || (*p != 'q' && *p != 'Q') || p[1] != '=')
        return -1;
    p += 2;
    while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return read_weight(p, (size_t)(end - p));
}

enum lang lang_from_accept(const char *header)
{
    int best_weight = 0;
    enum lang best = LANG_EN;

    for (const char *p = header; p != NULL && *p != '\0';) {
        size_t part = strcspn(p, ","), lead = strspn(p, " \t");
        const char *range = p + (lead < part ? lead : part);
        size_t rest = (size_t)(p + part - range), len = strcspn(range, ",; \t");

        if (len > rest)
            len = rest;
        int weight = weight_of(range + len, rest - len);
        for (int i = 0; i < LANG_COUNT; i++) {
            /* Strictly more: of two equal ones the first in the header is meant. */
            if (weight > best_weight && range_is(range, len, (enum lang)i)) {
                best_weight = weight;
                best = (enum lang)i;
            }
        }
        p += part + (p[part] == ',');
    }
    return best;
}

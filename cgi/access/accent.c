/* access/accent.c */
#include "access/accent.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define OWN  "own"
#define TRY_ "try-"

static const struct accent_ground light_grounds[] = {
    { "bg", "#f5f6f8" },      { "surface", "#ffffff" },
    { "sunk", "#f7f8fa" },    { "neutral-bg", "#eceff3" },
    { "info-bg", "#e4edfd" }, { "active-bg", "#efe8fc" },
    { "wait-bg", "#fdf0d3" }, { "good-bg", "#dff3e6" },
    { "bad-bg", "#fde6e4" },  { NULL, NULL },
};
static const struct accent_ground dark_grounds[] = {
    { "bg", "#0f141b" },      { "surface", "#171d26" },
    { "sunk", "#131922" },    { "neutral-bg", "#29313d" },
    { "info-bg", "#152c52" }, { "active-bg", "#2c2150" },
    { "wait-bg", "#3d2c0a" }, { "good-bg", "#0f3522" },
    { "bad-bg", "#471b19" },  { NULL, NULL },
};
const struct accent_ground *const accent_grounds[ACCENT_THEMES] = { light_grounds, dark_grounds };

static const struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 };

/* -- what is strong enough -----------------------------------------------------------------------
 */

int accent_contrast_e2(enum accent_theme theme, struct colour c)
{
    int weakest = 2100;

    for (const struct accent_ground *g = accent_grounds[theme]; g->name != NULL; g++) {
        struct colour ground = { 0 };
        int contrast;

        colour_read(g->colour, &ground);
        contrast = contrast_e2(c, ground);
        if (contrast < weakest)
            weakest = contrast;
    }
    return weakest;
}

bool accent_is_strong(enum accent_theme theme, struct colour c)
{
    return accent_contrast_e2(theme, c) >= CONTRAST_AA_E2;
}

struct colour accent_nearest(enum accent_theme theme, struct colour c)
{
    const struct colour end = theme == ACCENT_LIGHT ? black : white;
    int parts = 0;

    while (parts < 256 && !accent_is_strong(theme, colour_mix(c, end, parts)))
        parts++;
    return colour_mix(c, end, parts);
}

/* -- the sheet -----------------------------------------------------------------------------------
 */

void accent_sheet_name(const char *light, const char *dark, char out[ACCENT_SHEET_BYTES])
{
    out[0] = '\0';
    if (*light == '\0' && *dark == '\0')
        return;
    snprintf(out, ACCENT_SHEET_BYTES, "%s-%s.css", *light != '\0' ? light + 1 : OWN,
             *dark != '\0' ? dark + 1 : OWN);
}

struct tokens {
    bool own;
    struct colour link, primary, hover, mark;
};

static struct colour known(const char *text)
{
    struct colour c = { 0 };

    colour_read(text, &c);
    return c;
}

/* As static/css/token.css has them. */
static struct tokens own_tokens(enum accent_theme theme)
{
    if (theme == ACCENT_LIGHT)
        return (struct tokens){ true, known("#1d4fbb"), known("#2457c5"), known("#1c469f"),
                                known("#0d5c4a") };
    return (struct tokens){ true, known("#8fb4ff"), known("#3565d8"), known("#4775e4"),
                            known("#4cc3a3") };
}

static struct tokens tokens_of(struct colour c)
{
    struct colour primary = c;

    for (int parts = 0; contrast_e2(primary, white) < CONTRAST_AA_E2; parts++)
        primary = colour_mix(c, black, parts);
    return (struct tokens){ false, c, primary, colour_mix(primary, black, 40), c };
}

/* Reads "2457c5" or "own" up to END, and steps over it. */
static bool read_tokens(const char **at, char end, enum accent_theme theme, struct tokens *out)
{
    const size_t len = strcspn(*at, "-.");
    char text[COLOUR_BYTES] = "#";
    struct colour c;

    if ((*at)[len] != end || len >= COLOUR_BYTES - 1)
        return false;
    memcpy(text + 1, *at, len);
    text[len + 1] = '\0';
    *at += len + 1;
    if (str_eq(text + 1, OWN)) {
        *out = own_tokens(theme);
        return true;
    }
    if (!colour_read(text, &c) || !accent_is_strong(theme, c))
        return false;
    *out = tokens_of(c);
    return true;
}

static void put(struct buf *out, const char *name, struct colour c)
{
    char text[COLOUR_BYTES];

    colour_write(c, text);
    buf_printf(out, "--fw-%s:%s;", name, text);
}

static void put_all(struct buf *out, const struct tokens *t)
{
    put(out, "primary", t->primary);
    put(out, "primary-hover", t->hover);
    put(out, "on-primary", white);
    put(out, "link", t->link);
    put(out, "focus", t->link);
    put(out, "brand", t->mark);
}

/* Paper is always light, and its links are black. */
static void put_paper(struct buf *out, const struct tokens *light)
{
    buf_puts(out, "@media print{[data-bs-theme=light],[data-bs-theme=dark]{");
    put(out, "primary", light->primary);
    put(out, "brand", light->mark);
    buf_puts(out, "}}\n");
}

bool accent_sheet(const char *name, struct buf *out)
{
    static const char *const themes[ACCENT_THEMES] = { "light", "dark" };
    const bool is_try = str_starts(name, TRY_);
    const char *at = name + (is_try ? strlen(TRY_) : 0);
    struct tokens t[ACCENT_THEMES];

    if (!read_tokens(&at, '-', ACCENT_LIGHT, &t[ACCENT_LIGHT]) ||
        !read_tokens(&at, '.', ACCENT_DARK, &t[ACCENT_DARK]) || !str_eq(at, "css"))
        return false;
    for (int i = 0; i < ACCENT_THEMES; i++) {
        if (t[i].own && !is_try)
            continue;
        buf_printf(out, "@media screen{%s[data-bs-theme=%s]{", is_try ? ".fw-try" : "", themes[i]);
        put_all(out, &t[i]);
        buf_puts(out, "}}\n");
    }
    if (!t[ACCENT_LIGHT].own && !is_try)
        put_paper(out, &t[ACCENT_LIGHT]);
    return true;
}

/* The vendor's colours: what is strong enough, and the sheet made of them. */
#include "support/test.h"

#include "access/accent.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

static struct colour colour(const char *text)
{
    struct colour c;

    assert_true(colour_read(text, &c));
    return c;
}

static const char *sheet(const char *name)
{
    static char text[4096];
    struct buf b;

    buf_init(&b, 256, 0);
    text[0] = '\0';
    if (accent_sheet(name, &b))
        snprintf(text, sizeof(text), "%.*s", (int)b.len, b.data);
    buf_free(&b);
    return text;
}

/* The grounds stand in the style sheet; were one changed there alone, limits would be wrong. */
static void test_accent__grounds_are_those_of_the_style_sheet(void **state)
{
    static char css[65536];
    FILE *f = fopen("static/css/token.css", "re");
    char *dark;

    (void)state;
    assert_non_null(f);
    css[fread(css, 1, sizeof(css) - 1, f)] = '\0';
    fclose(f);
    dark = strstr(css, "[data-bs-theme=dark] {");
    assert_non_null(dark);
    for (int theme = 0; theme < ACCENT_THEMES; theme++)
        for (const struct accent_ground *g = accent_grounds[theme]; g->name != NULL; g++) {
            char line[60];

            snprintf(line, sizeof(line), "--fw-%s: %s;", g->name,
                     str_eq(g->colour, "#ffffff") ? "#fff" : g->colour);
            if (strstr(theme == ACCENT_DARK ? dark : css, line) == NULL)
                fail_msg("%s is not in the style sheet", line);
        }
}

static void test_accent__what_is_too_weak_has_a_neighbour_that_is_not(void **state)
{
    static const char *const weak[ACCENT_THEMES] = { "#ffb000", "#2457c5" };

    (void)state;
    for (int theme = 0; theme < ACCENT_THEMES; theme++) {
        const struct colour c = colour(weak[theme]);
        const struct colour next = accent_nearest((enum accent_theme)theme, c);

        assert_false(accent_is_strong((enum accent_theme)theme, c));
        assert_true(accent_is_strong((enum accent_theme)theme, next));
        /* and hardly stronger than needed */
        assert_in_range(accent_contrast_e2((enum accent_theme)theme, next), 450, 470);
    }
}

static void test_accent__every_colour_has_one_that_is_strong(void **state)
{
    (void)state;
    for (int i = 0; i < 512; i++) {
        const struct colour c = { (unsigned char)((i & 7) * 36), (unsigned char)((i >> 3 & 7) * 36),
                                  (unsigned char)((i >> 6) * 36) };

        for (int theme = 0; theme < ACCENT_THEMES; theme++)
            assert_true(accent_is_strong((enum accent_theme)theme,
                                         accent_nearest((enum accent_theme)theme, c)));
    }
}

/* The colour of a variable in a theme's part of a sheet. */
static struct colour variable(const char *css, const char *theme, const char *name)
{
    const char *at = strstr(css, theme);
    char text[COLOUR_BYTES] = "";

    assert_non_null(at);
    at = strstr(at, name);
    assert_non_null(at);
    memcpy(text, at + strlen(name), COLOUR_BYTES - 1);
    return colour(text);
}

static void test_accent__white_is_read_upon_buttons_in_both_themes(void **state)
{
    static const char *const names[] = { "--fw-primary:", "--fw-primary-hover:" };
    const char *css = sheet("7a2f8f-d9a6ea.css");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        assert_true(contrast_e2(variable(css, "theme=light", names[i]), colour("#ffffff")) >= 450);
        assert_true(contrast_e2(variable(css, "theme=dark", names[i]), colour("#ffffff")) >= 450);
    }
}

static void test_accent__a_sheet_leaves_a_theme_that_is_fairways_own(void **state)
{
    (void)state;
    assert_non_null(strstr(sheet("7a2f8f-own.css"), "[data-bs-theme=light]{--fw-primary:#7a2f8f;"));
    assert_null(strstr(sheet("7a2f8f-own.css"), "screen{[data-bs-theme=dark]"));
    assert_null(strstr(sheet("own-d9a6ea.css"), "[data-bs-theme=light]"));
    assert_null(strstr(sheet("own-d9a6ea.css"), "@media print"));
}

static void test_accent__a_preview_has_all_colours_and_touches_nothing_else(void **state)
{
    const char *css = sheet("try-own-own.css");

    (void)state;
    assert_non_null(strstr(css, ".fw-try[data-bs-theme=light]{--fw-primary:#2457c5;"));
    assert_non_null(strstr(css, ".fw-try[data-bs-theme=dark]{--fw-primary:#3565d8;"));
    assert_null(strstr(css, "{[data"));
}

static void test_accent__other_names_have_no_sheet(void **state)
{
    static const char *const names[] = {
        "",        "own-own",         "7a2f8f.css",          "7a2f8f-own.css2", "ffb000-own.css",
        "x-y.css", "7a2f8-own.css",   "7a2f8f;-own.css",     "7A2F8G-own.css",  "-.css",
        "own",     "try-try-own.css", "own-own-own-own.css", "own-2457c5.css",  "7a2f8ff-own.css",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_string_equal(sheet(names[i]), "");
}

static void test_accent__a_sheet_is_named_after_its_colours(void **state)
{
    char name[ACCENT_SHEET_BYTES];

    (void)state;
    accent_sheet_name("#7a2f8f", "", name);
    assert_string_equal(name, "7a2f8f-own.css");
    accent_sheet_name("", "", name);
    assert_string_equal(name, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accent__grounds_are_those_of_the_style_sheet),
        cmocka_unit_test(test_accent__what_is_too_weak_has_a_neighbour_that_is_not),
        cmocka_unit_test(test_accent__every_colour_has_one_that_is_strong),
        cmocka_unit_test(test_accent__white_is_read_upon_buttons_in_both_themes),
        cmocka_unit_test(test_accent__a_sheet_leaves_a_theme_that_is_fairways_own),
        cmocka_unit_test(test_accent__a_preview_has_all_colours_and_touches_nothing_else),
        cmocka_unit_test(test_accent__other_names_have_no_sheet),
        cmocka_unit_test(test_accent__a_sheet_is_named_after_its_colours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

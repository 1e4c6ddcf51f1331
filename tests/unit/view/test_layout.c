/* The macros of templates/layout: the pattern page and the fault page as they were last looked at,
 * and what they must say to a screen reader.
 *
 * tests/golden/NAME.values makes a page that must equal NAME.gold.  FAIRWAY_GOLD=write writes the
 * gold anew: look at the difference before keeping it. */
#include "support/test.h"
#include "support/page_values.h"

#include "view/template.h"

#include <stdlib.h>

enum { PATH_BYTES = 256 };

static struct templates *templates;

static int open_all(void **state)
{
    (void)state;
    assert_ok(templates_new("templates", "tests/data/view/manifest.txt", false, &templates));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    templates_free(templates);
    return 0;
}

static void read_all(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "re");
    char piece[4096];
    size_t n;

    assert_non_null(file);
    while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(out, piece, n);
    fclose(file);
}

static void show(const char *page, const char *values_path, struct buf *out)
{
    struct view *values = view_new();

    buf_init(out, 4096, 0);
    view_text(values, "Page.Lang", "en");
    assert_ok(page_values_read(values, values_path));
    assert_ok(page_values_menu(values, templates, LANG_EN));
    assert_ok(template_render(templates, page, LANG_EN, values, out));
    view_free(values);
}

static void is_gold(const char *page, const char *name)
{
    const char *mode = getenv("FAIRWAY_GOLD");
    char path[PATH_BYTES];
    struct buf made, gold;

    snprintf(path, sizeof(path), "tests/golden/%s.values", name);
    show(page, path, &made);
    snprintf(path, sizeof(path), "tests/golden/%s.gold", name);
    if (mode != NULL && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        fwrite(made.data, 1, made.len, file);
        fclose(file);
    }
    buf_init(&gold, 4096, 0);
    read_all(path, &gold);
    assert_string_equal(made.data, gold.data);
    buf_free(&gold);
    buf_free(&made);
}

static void test_layout__pattern_page_is_as_it_was(void **state)
{
    (void)state;
    is_gold("guide/patterns.cs", "guide/patterns");
}

static void test_layout__fault_page_is_as_it_was(void **state)
{
    (void)state;
    is_gold("fault/404.cs", "fault/404");
}

static void patterns_have(const char *text)
{
    struct buf made;

    show("guide/patterns.cs", "tests/golden/guide/patterns.values", &made);
    if (strstr(made.data, text) == NULL)
        print_error("not there: %s\n", text);
    assert_non_null(strstr(made.data, text));
    buf_free(&made);
}

static void test_layout__a_fault_is_tied_to_its_field(void **state)
{
    (void)state;
    patterns_have("aria-invalid=\"true\" aria-describedby=\"close-err\"");
    patterns_have("id=\"close-err\"");
    patterns_have("<a href=\"#close\">Expected close date</a>");
}

static void test_layout__a_hint_is_tied_to_its_field(void **state)
{
    (void)state;
    patterns_have("aria-describedby=\"company-hint\"");
    patterns_have("id=\"company-hint\"");
}

static void test_layout__the_fault_of_radio_buttons_leads_to_the_first(void **state)
{
    (void)state;
    patterns_have("<input class=\"form-check-input\" type=\"radio\" name=\"budget\" value=\"yes\" "
                  "id=\"budget\">");
}

static void test_layout__the_chosen_option_is_marked(void **state)
{
    (void)state;
    patterns_have("<option value=\"CN\" selected>China</option>");
    patterns_have("value=\"storage\" checked>");
    patterns_have("value=\"approve\" id=\"decision\" checked>");
}

static void test_layout__a_password_never_comes_back(void **state)
{
    struct view *values = view_new();
    struct buf out;

    (void)state;
    buf_init(&out, 4096, 0);
    assert_ok(page_values_read(values, "tests/golden/guide/patterns.values"));
    assert_ok(page_values_menu(values, templates, LANG_EN));
    view_text(values, "Form.F.password.Value", "correct horse");
    assert_ok(template_render(templates, "guide/patterns.cs", LANG_EN, values, &out));
    assert_null(strstr(out.data, "correct horse"));
    buf_free(&out);
    view_free(values);
}

static void test_layout__every_form_carries_its_token(void **state)
{
    struct buf made;
    size_t forms = 0, tokens = 0;

    (void)state;
    show("guide/patterns.cs", "tests/golden/guide/patterns.values", &made);
    for (const char *p = made.data; (p = strstr(p, "method=\"post\"")) != NULL; p++)
        forms++;
    for (const char *p = made.data; (p = strstr(p, "name=\"form_token\"")) != NULL; p++)
        tokens++;
    assert_true(forms > 0);
    assert_int_equal(forms, tokens);
    buf_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout__pattern_page_is_as_it_was),
        cmocka_unit_test(test_layout__fault_page_is_as_it_was),
        cmocka_unit_test(test_layout__a_fault_is_tied_to_its_field),
        cmocka_unit_test(test_layout__a_hint_is_tied_to_its_field),
        cmocka_unit_test(test_layout__the_fault_of_radio_buttons_leads_to_the_first),
        cmocka_unit_test(test_layout__the_chosen_option_is_marked),
        cmocka_unit_test(test_layout__a_password_never_comes_back),
        cmocka_unit_test(test_layout__every_form_carries_its_token),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

/* Tests of text/lang.h, with locales and a catalogue compiled into a scratch folder. */
#include "support/test.h"

#include "text/lang.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char catalogue[] =
    "msgid \"\"\n"
    "msgstr \"Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=1; plural=0;\\n\"\n\n"
    "msgid \"Save\"\nmsgstr \"保存\"\n\n"
    "msgid \"%1$s of %2$s\"\nmsgstr \"%2$s 的 %1$s\"\n\n"
    "msgid \"%lu day\"\nmsgid_plural \"%lu days\"\nmsgstr[0] \"%lu 天\"\n";

static char folder[] = "/tmp/fairway-lang-XXXXXX";

static void run(const char *fmt, const char *a, const char *b)
{
    char command[512];

    /* The format is one of the literals of this file. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(command, sizeof(command), fmt, a, b);
#pragma GCC diagnostic pop
    assert_int_equal(system(command), 0);
}

static int open_world(void **state)
{
    char path[256];

    (void)state;
    assert_non_null(mkdtemp(folder));
    run("localedef -i zh_CN -f UTF-8 --no-archive %s/%s", folder, "zh_CN.UTF-8");
    run("localedef -i en_US -f UTF-8 --no-archive %s/%s", folder, "en_US.UTF-8");
    run("mkdir -p %s/%s", folder, "zh_CN/LC_MESSAGES");
    snprintf(path, sizeof(path), "%s/fairway.po", folder);
    FILE *po = fopen(path, "w");
    assert_non_null(po);
    fputs(catalogue, po);
    fclose(po);
    run("msgfmt -o %s/zh_CN/LC_MESSAGES/fairway.mo %s/fairway.po", folder, folder);
    assert_ok(lang_init(folder));
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    lang_end();
    run("rm -r %s%s", folder, "");
    return 0;
}

static void test_lang_tr__translates_into_the_language_asked_for(void **state)
{
    (void)state;
    assert_string_equal(lang_tr(LANG_ZH, "Save"), "保存");
    assert_string_equal(lang_tr(LANG_EN, "Save"), "Save");
}

static void test_lang_tr__gives_english_where_a_message_is_missing(void **state)
{
    (void)state;
    assert_string_equal(lang_tr(LANG_ZH, "Never translated"), "Never translated");
    assert_string_equal(lang_tr(LANG_ZH, ""), "");
}

static void test_lang_tr__lets_a_translation_change_the_order_of_values(void **state)
{
    char text[64];

    (void)state;
    snprintf(text, sizeof(text), lang_tr(LANG_ZH, "%1$s of %2$s"), "1", "9");
    assert_string_equal(text, "9 的 1");
}

static void test_lang_trn__chooses_the_form_for_the_number(void **state)
{
    char text[64];

    (void)state;
    assert_string_equal(lang_trn(LANG_EN, "%lu day", "%lu days", 1), "%lu day");
    assert_string_equal(lang_trn(LANG_EN, "%lu day", "%lu days", 0), "%lu days");
    snprintf(text, sizeof(text), lang_trn(LANG_ZH, "%lu day", "%lu days", 41ul), 41ul);
    assert_string_equal(text, "41 天");
}

static void test_lang_init__falls_back_to_english_without_locales(void **state)
{
    (void)state;
    assert_ok(lang_init("/nonexistent"));
    assert_string_equal(lang_tr(LANG_ZH, "Save"), "Save");
    assert_ok(lang_init(folder));
    assert_string_equal(lang_tr(LANG_ZH, "Save"), "保存");
}

static void test_lang_from_accept__takes_the_weightiest_language(void **state)
{
    (void)state;
    assert_int_equal(lang_from_accept("zh-CN,zh;q=0.9,en;q=0.8"), LANG_ZH);
    assert_int_equal(lang_from_accept("en;q=0.5, zh-Hans;q=0.7"), LANG_ZH);
    assert_int_equal(lang_from_accept("de, fr;q=0.9, en-GB;q=0.3, zh;q=0.2"), LANG_EN);
    assert_int_equal(lang_from_accept("zh, en"), LANG_ZH);
    assert_int_equal(lang_from_accept("en, zh"), LANG_EN);
    assert_int_equal(lang_from_accept("ZH_cn"), LANG_ZH);
}

static void test_lang_from_accept__ignores_what_is_refused_or_malformed(void **state)
{
    (void)state;
    assert_int_equal(lang_from_accept("zh;q=0"), LANG_EN);
    assert_int_equal(lang_from_accept("zh;q=2, en;q=0.1"), LANG_EN);
    assert_int_equal(lang_from_accept("zh;q=, en;q=0.1"), LANG_EN);
    assert_int_equal(lang_from_accept("zhang"), LANG_EN);
    assert_int_equal(lang_from_accept(",,;q=1,"), LANG_EN);
    assert_int_equal(lang_from_accept(""), LANG_EN);
    assert_int_equal(lang_from_accept(NULL), LANG_EN);
}

static void test_lang_from_code__knows_codes_with_regions_and_scripts(void **state)
{
    enum lang lang = LANG_EN;

    (void)state;
    assert_true(lang_from_code("zh-Hans", &lang));
    assert_int_equal(lang, LANG_ZH);
    assert_true(lang_from_code(lang_code(LANG_EN), &lang));
    assert_int_equal(lang, LANG_EN);
    assert_false(lang_from_code("de", &lang));
    assert_false(lang_from_code("", &lang));
    assert_false(lang_from_code(NULL, &lang));
}

static void test_lang_tr__says_the_same_again(void **state)
{
    char text[16];

    (void)state;
    for (int i = 0; i < 3; i++) {
        /* the same memory with another text, as an arena's is */
        snprintf(text, sizeof(text), "%s", i == 1 ? "No such text" : "Save");
        assert_string_equal(lang_tr(LANG_ZH, text),
                            i == 1 ? "No such text" : lang_tr(LANG_ZH, "Save"));
    }
    assert_string_not_equal(lang_tr(LANG_ZH, "Save"), "Save");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lang_tr__translates_into_the_language_asked_for),
        cmocka_unit_test(test_lang_tr__gives_english_where_a_message_is_missing),
        cmocka_unit_test(test_lang_tr__lets_a_translation_change_the_order_of_values),
        cmocka_unit_test(test_lang_trn__chooses_the_form_for_the_number),
        cmocka_unit_test(test_lang_init__falls_back_to_english_without_locales),
        cmocka_unit_test(test_lang_from_accept__takes_the_weightiest_language),
        cmocka_unit_test(test_lang_from_accept__ignores_what_is_refused_or_malformed),
        cmocka_unit_test(test_lang_from_code__knows_codes_with_regions_and_scripts),
        cmocka_unit_test(test_lang_tr__says_the_same_again),
    };

    return cmocka_run_group_tests_name("text/lang", tests, open_world, close_world);
}

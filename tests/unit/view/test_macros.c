/* Which macros of its files a page calls, and what is left of the others. */
#include "support/test.h"

#include "base/str.h"
#include "view/macros.h"

#define DEF(name, body) "<?cs def:" name "(a) ?>" body "<?cs /def ?>"

static const struct {
    const char *name, *text;
} files[] = {
    { "frame.cs", "<?cs include:\"base.cs\" ?><?cs call:head(x) ?><?cs include:Page.Template ?>" },
    { "base.cs", DEF("icon", "i") DEF("head", "<?cs call:icon(a) ?>")
                     DEF("foot", "<?cs call:toe(a) ?>") DEF("toe", "t") },
    { "page.cs", DEF("own", "o") "<?cs include:\"frame.cs\" ?><?cs include:\"gone.cs\" ?>"
                                 "<?cs call:own(1) ?>" },
    { "folds.cs",
      DEF("sign", "<i><?cs var:a ?></i>{{Sign}}") DEF("choice", "<?cs if:a ?>1<?cs /if ?>")
          DEF("lines", "1\n2")
              DEF("other", "<?cs var:ab ?>") "<?cs def:two(a, b) ?><?cs var:a ?><?cs /def ?>" },
    { "calls_foot.cs", "<?cs if:x ?><?cs call:foot(1) ?><?cs /if ?>" },
};

static struct err *give(void *arg, const char *name, struct buf *out)
{
    (void)arg;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (str_eq(files[i].name, name)) {
            buf_puts(out, files[i].text);
            return NULL;
        }
    return err_raise(ERR_CONFIG, "%s: none", name);
}

static void left_is(const char *page, const char *text, const char *expected)
{
    struct macros *m = macros_find(give, NULL, "frame.cs", page);
    char copy[512];

    snprintf(copy, sizeof(copy), "%s", text);
    assert_int_equal(macros_drop(m, copy), strlen(expected));
    assert_string_equal(copy, expected);
    macros_free(m);
}

static void test_macros__what_nobody_calls_goes(void **state)
{
    (void)state;
    left_is("page.cs", "a" DEF("foot", "x") "b" DEF("toe", "y") "c", "abc");
}

static void test_macros__what_a_called_one_calls_stays(void **state)
{
    (void)state;
    left_is("page.cs", DEF("icon", "i") DEF("head", "h"), DEF("icon", "i") DEF("head", "h"));
    left_is("calls_foot.cs", DEF("toe", "t") "-" DEF("own", "o"), DEF("toe", "t") "-");
}

static void test_macros__lines_keep_their_numbers(void **state)
{
    (void)state;
    left_is("page.cs", "1\n" DEF("foot", "\n\n") "\n4 <?cs var:x ?>\n",
            "1\n\n\n\n4 <?cs var:x ?>\n");
}

static void test_macros__a_definition_without_an_end_stays(void **state)
{
    (void)state;
    left_is("page.cs", "<?cs def:foot(a) ?>never", "<?cs def:foot(a) ?>never");
}

static void folded_is(const char *text, const char *expected)
{
    struct macros *m = macros_find(give, NULL, "frame.cs", "folds.cs");
    struct buf out;

    buf_init(&out, 64, 0);
    macros_fold(m, text, &out);
    assert_string_equal(out.data, expected);
    buf_free(&out);
    macros_free(m);
}

static void test_macros__a_call_with_a_word_is_written_out(void **state)
{
    (void)state;
    folded_is("1<?cs call:sign(\"home-2\") ?>2<?cs call:sign(\"x\") ?>",
              "1<i>home-2</i>{{Sign}}2<i>x</i>{{Sign}}");
}

static void test_macros__what_the_engine_must_decide_stays_a_call(void **state)
{
    static const char *const calls[] = {
        "<?cs call:sign(a) ?>",
        "<?cs call:sign(\"a b\") ?>",
        "<?cs call:sign(\"{{Home}}\") ?>",
        "<?cs call:sign(\"\") ?>",
        "<?cs call:choice(\"a\") ?>",
        "<?cs call:two(\"a\") ?>",
        "<?cs call:lines(\"a\") ?>",
        "<?cs call:nobodys(\"a\") ?>",
        "<?cs call:sign(\"a",
        "<?cs call:other(\"a\") ?>",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(calls); i++)
        folded_is(calls[i], calls[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_macros__what_nobody_calls_goes),
        cmocka_unit_test(test_macros__what_a_called_one_calls_stays),
        cmocka_unit_test(test_macros__lines_keep_their_numbers),
        cmocka_unit_test(test_macros__a_definition_without_an_end_stays),
        cmocka_unit_test(test_macros__a_call_with_a_word_is_written_out),
        cmocka_unit_test(test_macros__what_the_engine_must_decide_stays_a_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

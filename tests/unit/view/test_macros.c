/* Which calls are written out, and which are left to the engine. */
#include "support/test.h"

#include "base/str.h"
#include "view/macros.h"

#define DEF(name, body) "<?cs def:" name "(a) ?>" body "<?cs /def ?>"

static const struct {
    const char *name, *text;
} files[] = {
    { "page.cs", "<?cs include:\"base.cs\" ?><?cs include:\"page.cs\" ?>"
                 "<?cs include:\"gone.cs\" ?><?cs include:Page.Template ?>" },
    { "base.cs", DEF("sign", "<i><?cs var:a ?></i>{{Sign}}")
                     DEF("choice", "<?cs if:a ?>1<?cs /if ?>") DEF("lines", "1\n2") DEF(
                         "other", "<?cs var:ab ?>") "<?cs def:two(a, b) ?><?cs var:a ?><?cs /def ?>"
                                                    "<?cs def:endless(a) ?>never" },
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

static void folded_is(const char *text, const char *expected)
{
    struct macros *m = macros_new(give, NULL);
    struct buf out;

    macros_read_file(m, "page.cs");
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
        "<?cs call:endless(\"a\") ?>",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(calls); i++)
        folded_is(calls[i], calls[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_macros__a_call_with_a_word_is_written_out),
        cmocka_unit_test(test_macros__what_the_engine_must_decide_stays_a_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What happens to a template before it is parsed. */
#include "support/test.h"

#include "view/message.h"

static const char *find_asset(void *arg, const char *name)
{
    (void)arg;
    return strcmp(name, "a.css") == 0 ? "/static/a.1.css" : NULL;
}

static struct err *prepare(const char *text, bool plain, struct buf *out,
                           struct message_lines *lines)
{
    struct message_input in = { .name = "x.cs",
                                .text = text,
                                .len = strlen(text),
                                .lang = LANG_EN,
                                .plain = plain,
                                .asset = find_asset };

    buf_init(out, 64, 0);
    return message_prepare(&in, out, lines);
}

static void gives(const char *text, bool plain, const char *expected)
{
    struct buf out;

    assert_ok(prepare(text, plain, &out, NULL));
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void refuses(const char *text, const char *message)
{
    struct buf out;
    struct err *e = prepare(text, false, &out, NULL);

    assert_non_null(e);
    assert_non_null(strstr(err_message(e), message));
    assert_err_kind(e, ERR_CONFIG);
    buf_free(&out);
}

static void test_message__is_escaped_in_text(void **state)
{
    (void)state;
    gives("<p>{{R&D <now> \"it's\"}}</p>", false,
          "<p>R&amp;D &lt;now&gt; &quot;it&#39;s&quot;</p>");
}

static void test_message__stays_as_it_is_within_a_tag(void **state)
{
    (void)state;
    gives("<?cs call:x(\"{{R&D}}\") ?>", false, "<?cs call:x(\"R&D\") ?>");
}

static void test_message__is_not_escaped_in_plain_text(void **state)
{
    (void)state;
    gives("{{R&D}}", true, "R&D");
}

static void test_message__takes_values(void **state)
{
    (void)state;
    gives("{{By %2$s on %1$s, 100%%|A.Day|A.Who}}", false,
          "By <?cs var:A.Who ?> on <?cs var:A.Day ?>, 100%");
    gives("{{%s and %s|A|B}}", false, "<?cs var:A ?> and <?cs var:B ?>");
}

static void test_message__takes_values_within_a_tag(void **state)
{
    (void)state;
    gives("<?cs call:x(\"{{Hello %s,|Name}}\") ?>", false,
          "<?cs call:x(\"Hello \" + Name + \",\") ?>");
}

static void test_message__a_per_cent_sign_needs_no_escape_without_values(void **state)
{
    (void)state;
    gives("{{8% of all}}", false, "8% of all");
}

static void test_message__line_breaks_in_it_are_spaces(void **state)
{
    (void)state;
    gives("{{ one\n    two }}", false, "one two");
}

static void test_message__assets_get_their_address(void **state)
{
    (void)state;
    gives("{{asset:a.css}}", false, "/static/a.1.css");
    gives("<?cs call:x(\"{{asset:a.css}}\") ?>", false, "<?cs call:x(\"/static/a.1.css\") ?>");
}

static void test_message__comments_vanish_with_what_is_in_them(void **state)
{
    (void)state;
    gives("a<?cs # {{asset:none}} ?>b", false, "ab");
}

static void test_message__lines_of_silent_tags_leave_nothing(void **state)
{
    (void)state;
    gives("  <?cs if:x ?>\n  <p>\n  <?cs /if ?>\n\n</p>\n", false,
          "<?cs if:x ?><p>\n<?cs /if ?></p>\n");
}

static void test_message__a_line_break_after_a_value_stays(void **state)
{
    (void)state;
    gives("<?cs var:x ?>\n<?cs var:y ?>\n", false, "<?cs var:x ?>\n<?cs var:y ?>\n");
}

static void test_message__a_space_between_a_tag_and_text_stays(void **state)
{
    (void)state;
    gives("<?cs if:x ?> <i>", false, "<?cs if:x ?> <i>");
}

static void test_message__plain_text_keeps_its_empty_lines(void **state)
{
    (void)state;
    gives("a\n\n  b\n", true, "a\n\n  b\n");
}

static void test_message__refuses_what_cannot_be_right(void **state)
{
    (void)state;
    refuses("a\n{{asset:b.css}}", "x.cs:2: no such asset: b.css");
    refuses("{{open", "without its end");
    refuses("<?cs if:x", "without its end");
    refuses("{{}}", "empty message");
    refuses("{{Hello %s|}}", "no name of a value");
    refuses("{{Hello %s|a b}}", "no name of a value");
    refuses("{{Hello %2$s|A}}", "a placeholder without its value");
    refuses("{{Hello %s %s|A}}", "a placeholder without its value");
    refuses("{{Hello %d|A}}", "a placeholder without its value");
    refuses("{{a|A|A|A|A|A|A|A|A|A|A}}", "more values");
    refuses("<?cs call:x(\"{{say \"no\"}}\") ?>", "a quotation mark");
}

static void test_message__remembers_where_lines_came_from(void **state)
{
    struct message_lines lines = { 0 };
    struct buf out;

    (void)state;
    assert_ok(prepare("one\n\n<?cs # two\nlines ?>\nfive\nsix", false, &out, &lines));
    assert_string_equal(out.data, "one\nfive\nsix");
    assert_int_equal(message_line_at(&lines, 1), 1);
    assert_int_equal(message_line_at(&lines, 5), 5);
    assert_int_equal(message_line_at(&lines, 10), 6);
    message_lines_free(&lines);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_message__is_escaped_in_text),
        cmocka_unit_test(test_message__stays_as_it_is_within_a_tag),
        cmocka_unit_test(test_message__is_not_escaped_in_plain_text),
        cmocka_unit_test(test_message__takes_values),
        cmocka_unit_test(test_message__takes_values_within_a_tag),
        cmocka_unit_test(test_message__a_per_cent_sign_needs_no_escape_without_values),
        cmocka_unit_test(test_message__line_breaks_in_it_are_spaces),
        cmocka_unit_test(test_message__assets_get_their_address),
        cmocka_unit_test(test_message__comments_vanish_with_what_is_in_them),
        cmocka_unit_test(test_message__lines_of_silent_tags_leave_nothing),
        cmocka_unit_test(test_message__a_line_break_after_a_value_stays),
        cmocka_unit_test(test_message__a_space_between_a_tag_and_text_stays),
        cmocka_unit_test(test_message__plain_text_keeps_its_empty_lines),
        cmocka_unit_test(test_message__refuses_what_cannot_be_right),
        cmocka_unit_test(test_message__remembers_where_lines_came_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

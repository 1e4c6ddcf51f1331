/* Pages from templates: escaping, frames, mails, faults with their place, changes seen or not. */
#include "support/folder.h"
#include "support/test.h"

#include "view/hdf.h"
#include "view/template.h"

#define HOSTILE "<b a=\"1\" c='2'>&"
#define ESCAPED "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"

#define SIGN(text) "<?cs def:sign(a) ?><?cs var:a ?>" text "<?cs /def ?>\n"

struct fixture {
    struct folder folder;
    struct templates *templates;
    struct view *values;
    struct buf out;
};

static void open_templates(struct fixture *f, bool watch)
{
    char manifest[FOLDER_PATH_BYTES];

    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", f->folder.path);
    assert_ok(templates_new(f->folder.path, manifest, watch, &f->templates));
}

static int make(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    folder_make(&f.folder);
    folder_write(&f.folder, "manifest.txt", "b.css /static/b.2.css\na.css /static/a.1.css\n");
    folder_write(&f.folder, "layout/macros.cs", "<?cs include:\"layout/signs.cs\" ?>");
    folder_write(&f.folder, "layout/signs.cs", SIGN("!"));
    folder_write(&f.folder, "layout/frame_none.cs", "<?cs include:Page.Template ?>");
    folder_write(&f.folder, "layout/frame_app.cs",
                 "<?cs if:!Page.Bare ?>[<?cs /if ?><?cs include:Page.Template ?>"
                 "<?cs if:!Page.Bare ?>]<?cs /if ?>");
    open_templates(&f, false);
    f.values = view_new();
    buf_init(&f.out, 64, 0);
    *state = &f;
    return 0;
}

static int drop(void **state)
{
    struct fixture *f = *state;

    templates_free(f->templates);
    view_free(f->values);
    buf_free(&f->out);
    folder_remove(&f->folder);
    return 0;
}

static void page(struct fixture *f, const char *text)
{
    char whole[1024];

    snprintf(whole, sizeof(whole), "<?cs # frame: none ?>\n%s", text);
    folder_write(&f->folder, "x.cs", whole);
}

static void gives(struct fixture *f, const char *expected)
{
    buf_reset(&f->out);
    assert_ok(template_render(f->templates, "x.cs", LANG_EN, f->values, &f->out));
    assert_string_equal(f->out.data, expected);
}

/* A page of one line of template, with Hostile set. */
static void line_gives(void **state, const char *text, const char *expected)
{
    struct fixture *f = *state;

    page(f, text);
    view_text(f->values, "Hostile", HOSTILE);
    gives(f, expected);
}

static void test_template__escapes_a_variable(void **state)
{
    line_gives(state, "<p title=\"<?cs var:Hostile ?>\">", "<p title=\"" ESCAPED "\">");
}

static void test_template__escapes_what_a_macro_was_given(void **state)
{
    line_gives(state, "<?cs def:m(x) ?><?cs var:x ?><?cs /def ?><?cs call:m(Hostile) ?>", ESCAPED);
}

static void test_template__escapes_a_literal_that_a_macro_was_given_once(void **state)
{
    line_gives(state, "<?cs def:m(x) ?><?cs var:x ?><?cs /def ?><?cs call:m(\"{{R&D}}\") ?>",
               "R&amp;D");
}

static void test_template__escapes_a_sum_of_texts(void **state)
{
    line_gives(state, "<?cs var:\"a\" + Hostile + \"b\" ?>", "a" ESCAPED "b");
}

static void test_template__escapes_a_value_within_a_message(void **state)
{
    line_gives(state, "{{<to> %s|Hostile}}", "&lt;to&gt; " ESCAPED);
}

static void test_template__escapes_a_value_within_a_message_within_a_tag(void **state)
{
    line_gives(state,
               "<?cs def:m(x) ?><?cs var:x ?><?cs /def ?><?cs call:m(\"{{to %s|Hostile}}\") ?>",
               "to " ESCAPED);
}

static void test_template__escapes_what_was_set_in_the_template(void **state)
{
    line_gives(state, "<?cs set:t = Hostile ?><?cs var:t ?>", ESCAPED);
}

static void test_template__prints_lent_html_as_it_is_and_leaves_it_to_its_owner(void **state)
{
    struct fixture *f = *state;
    char *rows = strdup("<li>1</li>");

    page(f, "<?cs if:Box.RowsHtml ?><?cs uvar:Box.RowsHtml ?><?cs uvar:Box.RowsHtml ?><?cs /if ?>");
    view_html_lent(view_at(f->values, "Box"), "RowsHtml", "<li>0</li>");
    view_html_lent(view_at(f->values, "Box"), "RowsHtml", rows);
    gives(f, "<li>1</li><li>1</li>");
    assert_string_equal(rows, "<li>1</li>");
    free(rows);
}

static void test_template__escapes_in_loops_and_conditions(void **state)
{
    struct fixture *f = *state;

    view_text(view_row(f->values, "Rows"), "Name", HOSTILE);
    line_gives(state,
               "<?cs each:r = Rows ?><?cs if:r.Name ?><?cs var:r.Name ?><?cs /if ?><?cs /each ?>",
               ESCAPED);
}

static void test_template__never_reads_a_value_as_a_template(void **state)
{
    struct fixture *f = *state;

    view_text(f->values, "Secret", "hidden");
    view_text(f->values, "Typed", "<?cs var:Secret ?>{{asset:a.css}}");
    page(f, "<?cs var:Typed ?>");
    gives(f, "&lt;?cs var:Secret ?&gt;{{asset:a.css}}");
}

static void test_template__renders_the_same_page_with_other_values(void **state)
{
    struct fixture *f = *state;

    page(f, "<?cs each:r = Rows ?><?cs var:r.N ?>,<?cs /each ?>");
    for (int round = 0; round < 3; round++) {
        view_reset(f->values);
        view_int(view_row(f->values, "Rows"), "N", round);
        view_int(view_row(f->values, "Rows"), "N", 10 + round);
        gives(f, (const char *[]){ "0,10,", "1,11,", "2,12," }[round]);
    }
}

static void test_template__puts_a_page_in_its_frame(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\nhello");
    gives(f, "[hello]");
}

static void test_template__gives_the_page_alone_when_bare(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\nhello");
    assert_ok(template_render_bare(f->templates, "x.cs", LANG_EN, f->values, &f->out));
    assert_string_equal(f->out.data, "hello");
    gives(f, "[hello]");
}

static void test_template__prints_a_value_that_looks_like_the_place_of_a_page(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/frame_app.cs",
                 "<?cs var:Page.Title ?>[<?cs include:Page.Template ?>]");
    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\n<?cs var:Page.Title ?>");
    view_text(f->values, "Page.Title", "(page)");
    gives(f, "(page)[(page)]");
}

static void test_template__a_frame_and_its_page_see_what_the_other_set(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/frame_app.cs",
                 "<?cs set:A = \"1\" ?>[<?cs include:Page.Template ?>]<?cs var:B ?>");
    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\n<?cs var:A ?><?cs set:B = \"2\" ?>");
    gives(f, "[1]2");
}

static void test_template__a_page_and_its_frame_call_the_macros_of_all(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/frame_app.cs",
                 "<?cs call:sign(\"f\") ?><?cs include:Page.Template ?><?cs call:sign(Foot) ?>");
    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\n<?cs call:sign(Hostile) ?>");
    view_text(f->values, "Hostile", HOSTILE);
    view_text(f->values, "Foot", "foot");
    gives(f, "f!" ESCAPED "!foot!");
}

static void test_template__the_macros_of_all_may_be_included_again(void **state)
{
    struct fixture *f = *state;

    page(f, "<?cs include:\"layout/signs.cs\" ?><?cs include:\"layout/macros.cs\" ?>"
            "<?cs call:sign(\"x y\") ?>");
    gives(f, "x y!");
}

static void test_template__pages_have_macros_of_their_own(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "y.cs",
                 "<?cs # frame: none ?>\n<?cs def:own(a) ?>y<?cs /def ?><?cs call:own(1) ?>");
    page(f, "<?cs def:own(a) ?>x<?cs /def ?><?cs call:own(1) ?>");
    assert_ok(template_load(f->templates, "y.cs"));
    gives(f, "x");
}

static void test_template__appends_to_what_is_there(void **state)
{
    struct fixture *f = *state;

    page(f, "page");
    buf_puts(&f->out, "head ");
    assert_ok(template_render(f->templates, "x.cs", LANG_EN, f->values, &f->out));
    assert_string_equal(f->out.data, "head page");
}

static void test_template__tells_the_error_of_a_value_and_prints_nothing(void **state)
{
    struct fixture *f = *state;

    page(f, "page");
    view_text(f->values, "no name", "x");
    assert_err_kind(template_render(f->templates, "x.cs", LANG_EN, f->values, &f->out), ERR_BUG);
    assert_string_equal(f->out.data, "");
}

static void test_template__takes_back_what_was_printed_before_a_fault(void **state)
{
    struct fixture *f = *state;
    struct buf small;

    page(f, "<?cs each:r = Rows ?>0123456789<?cs /each ?>");
    for (int i = 0; i < 100; i++)
        view_row(f->values, "Rows");
    buf_init(&small, 16, 64);
    assert_err_kind(template_render(f->templates, "x.cs", LANG_EN, f->values, &small),
                    ERR_TOO_LARGE);
    buf_free(&small);
}

static void refuses(struct fixture *f, const char *place)
{
    struct err *e = template_load(f->templates, "x.cs");

    assert_non_null(e);
    if (strstr(err_message(e), place) == NULL)
        print_error("%s\n", err_message(e));
    assert_non_null(strstr(err_message(e), place));
    assert_err_kind(e, ERR_CONFIG);
}

static void test_template__names_file_and_line_of_a_fault(void **state)
{
    struct fixture *f = *state;

    page(f, "<p>\n\n<?cs call:nothing(1) ?>\n");
    refuses(f, "x.cs:4");
}

static void test_template__names_the_included_file_of_a_fault(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/bad.cs", "a\nb\n<?cs call:nothing(1) ?>\n");
    page(f, "<?cs include:\"layout/bad.cs\" ?>\n");
    refuses(f, "layout/bad.cs:3");
}

static void test_template__an_unknown_asset_is_a_fault(void **state)
{
    struct fixture *f = *state;

    page(f, "{{asset:none.css}}");
    refuses(f, "x.cs:2: no such asset: none.css");
}

static void test_template__needs_its_frame_in_the_first_line(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "x.cs", "hello");
    refuses(f, "x.cs:1");
}

static void test_template__an_unknown_frame_is_a_fault(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "x.cs", "<?cs # frame: nosuch ?>\n");
    refuses(f, "layout/frame_nosuch.cs");
}

static void test_template__a_frame_without_a_place_for_its_page_is_a_fault(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/frame_app.cs", "no page");
    folder_write(&f->folder, "x.cs", "<?cs # frame: app ?>\nhello");
    refuses(f, "layout/frame_app.cs");
}

static void test_template__a_fault_of_the_macros_names_their_file(void **state)
{
    struct fixture *f = *state;

    folder_write(&f->folder, "layout/signs.cs", "\n<?cs call:nothing(1) ?>\n");
    page(f, "hello");
    refuses(f, "layout/signs.cs:2");
}

static void test_template__a_missing_include_is_a_fault(void **state)
{
    struct fixture *f = *state;

    page(f, "<?cs include:\"layout/none.cs\" ?>");
    refuses(f, "layout/none.cs");
}

static void test_template__never_leaves_its_folder(void **state)
{
    struct fixture *f = *state;

    assert_err_kind(template_load(f->templates, "../x.cs"), ERR_BUG);
    assert_err_kind(template_load(f->templates, "/etc/hostname"), ERR_BUG);
}

static void test_template__a_missing_manifest_is_a_fault(void **state)
{
    struct fixture *f = *state;
    struct templates *t;

    assert_err_kind(templates_new(f->folder.path, "/nowhere/manifest.txt", false, &t), ERR_CONFIG);
}

static void test_template__refuses_a_manifest_of_another_form(void **state)
{
    struct fixture *f = *state;
    char path[FOLDER_PATH_BYTES];
    struct templates *t;

    folder_write(&f->folder, "bad.txt", "a.css https://elsewhere.example/a.css\n");
    snprintf(path, sizeof(path), "%s/bad.txt", f->folder.path);
    assert_err_kind(templates_new(f->folder.path, path, false, &t), ERR_CONFIG);
}

static void test_template__knows_the_addresses_of_assets(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(template_asset(f->templates, "a.css"), "/static/a.1.css");
    assert_string_equal(template_asset(f->templates, "b.css"), "/static/b.2.css");
    assert_null(template_asset(f->templates, "c.css"));
}

/* Writes a longer page, which no clock of coarse steps can hide. */
static void change_page(struct fixture *f)
{
    page(f, "changed");
}

static void test_template__sees_changes_when_it_watches(void **state)
{
    struct fixture *f = *state;

    templates_free(f->templates);
    open_templates(f, true);
    page(f, "old");
    gives(f, "old");
    change_page(f);
    gives(f, "changed");
}

static void test_template__sees_changes_of_frame_and_macros_when_it_watches(void **state)
{
    struct fixture *f = *state;

    templates_free(f->templates);
    open_templates(f, true);
    page(f, "<?cs call:sign(Foot) ?>");
    view_text(f->values, "Foot", "foot");
    gives(f, "foot!");
    folder_write(&f->folder, "layout/frame_none.cs", "[<?cs include:Page.Template ?>]");
    gives(f, "[foot!]");
    folder_write(&f->folder, "layout/signs.cs", SIGN("???"));
    gives(f, "[foot???]");
}

static void test_template__recovers_from_a_fault_that_it_saw_come(void **state)
{
    struct fixture *f = *state;

    templates_free(f->templates);
    open_templates(f, true);
    page(f, "<?cs call:sign(Foot) ?>");
    view_text(f->values, "Foot", "foot");
    gives(f, "foot!");
    folder_write(&f->folder, "layout/signs.cs", "<?cs broken");
    assert_err_kind(template_render(f->templates, "x.cs", LANG_EN, f->values, &f->out), ERR_CONFIG);
    folder_write(&f->folder, "layout/signs.cs", SIGN("!!!!"));
    gives(f, "foot!!!!");
}

static void test_template__sees_no_changes_when_it_does_not(void **state)
{
    struct fixture *f = *state;

    page(f, "old");
    gives(f, "old");
    change_page(f);
    gives(f, "old");
}

/* -- mails
 * ----------------------------------------------------------------------------------------- */

static void mail(struct fixture *f)
{
    folder_write(&f->folder, "layout/frame_mail_html.cs",
                 "<?cs def:mail_subject(t) ?><h1><?cs var:t ?></h1><?cs /def ?>\n"
                 "<?cs def:mail_p(t) ?><p><?cs var:t ?></p><?cs /def ?>\n"
                 "<?cs include:Page.Template ?>");
    folder_write(&f->folder, "layout/frame_mail_text.cs",
                 "<?cs def:mail_subject(t) ?><?cs var:t ?>\n\n<?cs /def ?>\n"
                 "<?cs def:mail_p(t) ?>\n\n<?cs var:t ?>\n\n\n<?cs /def ?>\n"
                 "<?cs include:Page.Template ?>");
    folder_write(&f->folder, "layout/frame_mail_subject.cs",
                 "<?cs def:mail_subject(t) ?><?cs var:t ?><?cs /def ?>\n"
                 "<?cs def:mail_p(t) ?><?cs /def ?>\n<?cs include:Page.Template ?>");
    folder_write(&f->folder, "mail/x.cs",
                 "<?cs # frame: mail ?>\n<?cs call:mail_subject(\"{{R&D for %s|Hostile}}\") ?>\n"
                 "<?cs call:mail_p(\"{{One}}\") ?>\n<?cs call:mail_p(Hostile) ?>\n");
    view_text(f->values, "Hostile", HOSTILE);
}

static void part_gives(struct fixture *f, enum mail_part part, const char *expected)
{
    buf_reset(&f->out);
    assert_ok(template_render_mail(f->templates, "mail/x.cs", part, LANG_EN, f->values, &f->out));
    assert_string_equal(f->out.data, expected);
}

static void test_template__a_mail_has_a_subject_of_one_line(void **state)
{
    mail(*state);
    part_gives(*state, MAIL_SUBJECT, "R&D for " HOSTILE);
}

static void test_template__a_mail_as_text_is_not_escaped(void **state)
{
    mail(*state);
    part_gives(*state, MAIL_TEXT, "R&D for " HOSTILE "\n\nOne\n\n" HOSTILE "\n");
}

static void test_template__a_mail_as_html_is_escaped(void **state)
{
    mail(*state);
    part_gives(*state, MAIL_HTML,
               "<h1>R&amp;D for " ESCAPED "</h1>\n<p>One</p>\n<p>" ESCAPED "</p>\n\n");
}

static void test_template__a_line_break_in_a_value_makes_no_second_subject_line(void **state)
{
    struct fixture *f = *state;

    mail(f);
    view_text(f->values, "Hostile", "Ada\r\nBcc: everybody");
    buf_reset(&f->out);
    assert_ok(
        template_render_mail(f->templates, "mail/x.cs", MAIL_SUBJECT, LANG_EN, f->values, &f->out));
    assert_null(strpbrk(f->out.data, "\r\n"));
}

static void test_template__a_mail_is_no_page(void **state)
{
    struct fixture *f = *state;

    mail(f);
    assert_err_kind(template_render(f->templates, "mail/x.cs", LANG_EN, f->values, &f->out),
                    ERR_BUG);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

static void test_template__a_part_is_escaped_once_and_printed_as_it_is(void **state)
{
    struct fixture *f = *state;
    struct view_html *html = NULL;

    folder_write(&f->folder, "part.cs", "<?cs # frame: none ?>\n\n <b><?cs var:A ?></b> \n");
    view_text(f->values, "A", HOSTILE);
    assert_ok(template_part(f->templates, "part.cs", LANG_EN, f->values, &html));
    view_html(f->values, "PartHtml", html);
    page(f, "<?cs uvar:PartHtml ?>|<?cs var:A ?>");
    gives(f, "<b>" ESCAPED "</b>|" ESCAPED);
    view_html_free(html);
}

static void test_template__escapes_every_character_as_the_engine_does(void **state)
{
    struct fixture *f = *state;
    char *expected;
    char text[8];

    page(f, "<?cs var:A ?>");
    for (int c = 1; c < 256; c++) {
        snprintf(text, sizeof(text), "a%cb", c);
        assert_null(neos_html_escape(text, 3, &expected));
        view_text(f->values, "A", text);
        gives(f, expected);
        free(expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_template__escapes_a_variable),
        TEST(test_template__escapes_what_a_macro_was_given),
        TEST(test_template__escapes_a_literal_that_a_macro_was_given_once),
        TEST(test_template__escapes_a_sum_of_texts),
        TEST(test_template__escapes_a_value_within_a_message),
        TEST(test_template__escapes_a_value_within_a_message_within_a_tag),
        TEST(test_template__escapes_what_was_set_in_the_template),
        TEST(test_template__prints_lent_html_as_it_is_and_leaves_it_to_its_owner),
        TEST(test_template__escapes_in_loops_and_conditions),
        TEST(test_template__never_reads_a_value_as_a_template),
        TEST(test_template__renders_the_same_page_with_other_values),
        TEST(test_template__puts_a_page_in_its_frame),
        TEST(test_template__gives_the_page_alone_when_bare),
        TEST(test_template__prints_a_value_that_looks_like_the_place_of_a_page),
        TEST(test_template__a_frame_and_its_page_see_what_the_other_set),
        TEST(test_template__a_page_and_its_frame_call_the_macros_of_all),
        TEST(test_template__the_macros_of_all_may_be_included_again),
        TEST(test_template__pages_have_macros_of_their_own),
        TEST(test_template__appends_to_what_is_there),
        TEST(test_template__tells_the_error_of_a_value_and_prints_nothing),
        TEST(test_template__takes_back_what_was_printed_before_a_fault),
        TEST(test_template__names_file_and_line_of_a_fault),
        TEST(test_template__names_the_included_file_of_a_fault),
        TEST(test_template__an_unknown_asset_is_a_fault),
        TEST(test_template__needs_its_frame_in_the_first_line),
        TEST(test_template__an_unknown_frame_is_a_fault),
        TEST(test_template__a_frame_without_a_place_for_its_page_is_a_fault),
        TEST(test_template__a_fault_of_the_macros_names_their_file),
        TEST(test_template__a_missing_include_is_a_fault),
        TEST(test_template__never_leaves_its_folder),
        TEST(test_template__a_missing_manifest_is_a_fault),
        TEST(test_template__refuses_a_manifest_of_another_form),
        TEST(test_template__knows_the_addresses_of_assets),
        TEST(test_template__a_part_is_escaped_once_and_printed_as_it_is),
        TEST(test_template__escapes_every_character_as_the_engine_does),
        TEST(test_template__sees_changes_when_it_watches),
        TEST(test_template__sees_changes_of_frame_and_macros_when_it_watches),
        TEST(test_template__recovers_from_a_fault_that_it_saw_come),
        TEST(test_template__sees_no_changes_when_it_does_not),
        TEST(test_template__a_mail_has_a_subject_of_one_line),
        TEST(test_template__a_mail_as_text_is_not_escaped),
        TEST(test_template__a_mail_as_html_is_escaped),
        TEST(test_template__a_line_break_in_a_value_makes_no_second_subject_line),
        TEST(test_template__a_mail_is_no_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

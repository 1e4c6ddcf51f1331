/* Rows filled into moulds look as the engine would have made them. */
#include "support/folder.h"
#include "support/test.h"

#include "base/str.h"
#include "view/hdf.h"
#include "view/mould.h"

#define ROW                                                                         \
    "<li title=\"<?cs var:row.Name ?>\"><?cs if:row.Note ?><i><?cs var:row.Note ?>" \
    "</i><?cs elif:row.Other ?><?cs var:row.Other ?><?cs else ?>–<?cs /if ?>"     \
    "<?cs uvar:row.MarkHtml ?></li>"

enum { NAME, NOTE, OTHER, MARK, VALUES };
static const char *const names[VALUES + 1] = { "Name", "Note", "Other", "MarkHtml", NULL };

struct fixture {
    struct folder folder;
    struct templates *templates;
    struct mould *mould;
    struct view *scratch, *values;
    struct buf row, page;
};

static void write_row(const struct fixture *f, const char *text)
{
    char whole[1024];

    snprintf(whole, sizeof(whole), "<?cs # frame: none ?>\n%s\n", text);
    folder_write(&f->folder, "row.cs", whole);
}

static int make(void **state)
{
    static struct fixture f;
    char manifest[FOLDER_PATH_BYTES];

    memset(&f, 0, sizeof(f));
    folder_make(&f.folder);
    folder_write(&f.folder, "manifest.txt", "");
    folder_write(&f.folder, "layout/macros.cs", "");
    folder_write(&f.folder, "layout/frame_none.cs", "<?cs include:Page.Template ?>");
    write_row(&f, ROW);
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", f.folder.path);
    assert_ok(templates_new(f.folder.path, manifest, true, &f.templates));
    f.mould = mould_new(f.templates, "row.cs", names);
    f.scratch = view_new();
    f.values = view_new();
    buf_init(&f.row, 64, 0);
    buf_init(&f.page, 64, 0);
    *state = &f;
    return 0;
}

static int drop(void **state)
{
    struct fixture *f = *state;

    mould_free(f->mould);
    templates_free(f->templates);
    view_free(f->scratch);
    view_free(f->values);
    buf_free(&f->row);
    buf_free(&f->page);
    folder_remove(&f->folder);
    return 0;
}

static void fill(struct fixture *f, const struct mould_value *values)
{
    buf_reset(&f->row);
    assert_ok(mould_fill(f->mould, LANG_EN, values, f->scratch, &f->row));
}

static void test_mould__gives_what_the_engine_gives_for_every_choice_of_values(void **state)
{
    struct view_html mark = { (char *)"<b>!</b>" };
    struct fixture *f = *state;
    struct arena *a = arena_new(4096);

    for (unsigned there = 0; there < 1U << VALUES; there++) {
        const struct mould_value values[VALUES] = {
            mould_text(there & 1 ? "A & \"B\"" : ""),
            mould_text(there & 2 ? "<note>" : NULL),
            mould_text(there & 4 ? "另外" : ""),
            mould_html(there & 8 ? &mark : NULL),
        };
        struct view *row;

        view_reset(f->values);
        row = view_at(f->values, "row");
        for (int i = 0; i < MARK; i++)
            view_text(row, names[i], values[i].text);
        if (there & 8)
            view_html(row, "MarkHtml", &mark);
        buf_reset(&f->page);
        assert_ok(template_render(f->templates, "row.cs", LANG_EN, f->values, &f->page));
        fill(f, values);
        assert_string_equal(f->row.data, str_trim(a, f->page.data));
    }
    arena_free(a);
}

static void test_mould__escapes_every_character_as_the_engine_does(void **state)
{
    struct fixture *f = *state;
    char *expected;
    char text[8];

    for (int c = 1; c < 256; c++) {
        snprintf(text, sizeof(text), "a%cb", c);
        assert_null(neos_html_escape(text, 3, &expected));
        buf_reset(&f->row);
        view_escape(&f->row, text);
        assert_string_equal(f->row.data, expected);
        free(expected);
    }
}

static void test_mould__a_value_that_looks_like_a_mark_is_a_value(void **state)
{
    const struct mould_value values[VALUES] = { mould_text("\xee\x80\x81"), mould_text("n") };
    struct fixture *f = *state;

    fill(f, values);
    assert_string_equal(f->row.data, "<li title=\"\xee\x80\x81\"><i>n</i></li>");
}

static void test_mould__appends_row_after_row(void **state)
{
    const struct mould_value one[VALUES] = { mould_text("1") }, two[VALUES] = { mould_text("2") };
    struct fixture *f = *state;

    fill(f, one);
    assert_ok(mould_fill(f->mould, LANG_EN, two, f->scratch, &f->row));
    assert_string_equal(f->row.data, "<li title=\"1\">–</li><li title=\"2\">–</li>");
}

static void test_mould__sees_a_change_after_it_has_forgotten(void **state)
{
    const struct mould_value values[VALUES] = { mould_text("1") };
    struct fixture *f = *state;

    fill(f, values);
    write_row(f, "<p><?cs var:row.Name ?></p> <!-- another size -->");
    fill(f, values);
    assert_string_equal(f->row.data, "<li title=\"1\">–</li>");
    mould_forget(f->mould);
    fill(f, values);
    assert_string_equal(f->row.data, "<p>1</p> <!-- another size -->");
}

static void test_mould__tells_a_fault_of_its_template(void **state)
{
    const struct mould_value values[VALUES] = { mould_text("1") };
    struct fixture *f = *state;

    write_row(f, "<?cs include:\"gone.cs\" ?>");
    assert_err_kind(mould_fill(f->mould, LANG_EN, values, f->scratch, &f->row), ERR_CONFIG);
    assert_int_equal(f->row.len, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_mould__gives_what_the_engine_gives_for_every_choice_of_values),
        TEST(test_mould__escapes_every_character_as_the_engine_does),
        TEST(test_mould__a_value_that_looks_like_a_mark_is_a_value),
        TEST(test_mould__appends_row_after_row),
        TEST(test_mould__sees_a_change_after_it_has_forgotten),
        TEST(test_mould__tells_a_fault_of_its_template),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

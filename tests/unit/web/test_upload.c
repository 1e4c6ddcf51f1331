/* Files: names that are safe to show and to send, kinds found from their bytes. */
#include "support/test.h"

#include "base/str.h"
#include "web/upload.h"

#include <stdlib.h>

struct fixture {
    struct arena *a;
    struct magic_set *magic;
};

static int set_up(void **state)
{
    static struct fixture f;

    f.a = arena_new(4096);
    assert_ok(magic_set_new(&f.magic));
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    magic_set_free(f->magic);
    arena_free(f->a);
    return 0;
}

static void test_c46__names_lose_what_could_do_harm(void **state)
{
    static const struct {
        const char *typed, *clean;
    } names[] = {
        { "offer.pdf", "offer.pdf" },
        { "../../etc/passwd", "passwd" },
        { "C:\\Users\\me\\offer.pdf", "offer.pdf" },
        { "a\r\nX: y.pdf", "aX y.pdf" },
        { "a\"b<c>.pdf", "abc.pdf" },
        { "\xe2\x80\xaegnp.exe", "gnp.exe" },
        { "..hidden", "hidden" },
        { "  ", "file" },
        { "...", "file" },
        { "", "file" },
        { "a/", "file" },
        { "报价 单.pdf", "报价 单.pdf" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_string_equal(upload_clean_name(f->a, names[i].typed), names[i].clean);
}

static void test_c46__a_long_name_keeps_its_ending(void **state)
{
    struct fixture *f = *state;
    char name[1000];
    const char *clean;

    memset(name, 'a', sizeof(name));
    memcpy(name + sizeof(name) - 5, ".pdf", sizeof(".pdf"));
    clean = upload_clean_name(f->a, name);
    assert_int_equal(strlen(clean), 200);
    assert_true(str_ends(clean, ".pdf"));
}

static enum upload_verdict judge(struct fixture *f, const char *name, const char *data, size_t len,
                                 const char **mime)
{
    struct upload upload = { 0 };
    enum upload_verdict verdict = upload_read(f->magic, f->a, name, data, len, &upload);

    *mime = upload.mime;
    return verdict;
}

static void test_c44__the_kind_is_what_the_bytes_say(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0";
    static const char pdf[] = "%PDF-1.7\n1 0 obj\n";
    static const char html[] = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    static const char text[] = "plain words\n", csv[] = "a,b\n1,2\n";
    static const char program[] = "\x7f"
                                  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0\0\0";
    struct fixture *f = *state;
    const char *mime;

    assert_int_equal(judge(f, "a.png", png, sizeof(png), &mime), UPLOAD_OK);
    assert_string_equal(mime, "image/png");
    assert_int_equal(judge(f, "a.PDF", pdf, sizeof(pdf) - 1, &mime), UPLOAD_OK);
    assert_string_equal(mime, "application/pdf");
    assert_int_equal(judge(f, "a.txt", text, sizeof(text) - 1, &mime), UPLOAD_OK);
    assert_int_equal(judge(f, "a.csv", csv, sizeof(csv) - 1, &mime), UPLOAD_OK);
    assert_string_equal(mime, "text/csv");
    assert_int_equal(judge(f, "a.png", html, sizeof(html) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.html", html, sizeof(html) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.txt", html, sizeof(html) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.svg", svg, sizeof(svg) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.pdf", png, sizeof(png), &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.exe", program, sizeof(program) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a", pdf, sizeof(pdf) - 1, &mime), UPLOAD_KIND);
    assert_int_equal(judge(f, "a.pdf", "", 0, &mime), UPLOAD_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_c46__names_lose_what_could_do_harm),
        cmocka_unit_test(test_c46__a_long_name_keeps_its_ending),
        cmocka_unit_test(test_c44__the_kind_is_what_the_bytes_say),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

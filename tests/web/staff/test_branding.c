/* The vendor's look: name, colours and logo, on pages of every audience. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/buf.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "program/program.h"

#include <string.h>

#define BRANDING "/staff/setup/branding"
#define BOUNDARY "fairway-branding"
#define TYPE     "multipart/form-data; boundary=" BOUNDARY

static struct webtest *w, *guest_w;
static struct arena *a;
static struct visitor administrator, reader, guest;

/* A picture of one pixel. */
static const unsigned char png[] =
    "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\x0d"
    "IDAT\x78\x9c\x63\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xae"
    "B`\x82";

static int set_up(void **state)
{
    static const enum permission changes[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_BRANDING_MANAGE,
                                               PERM_UNSET },
                                 reads[] = { PERM_HOME, PERM_SETTINGS_VIEW, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    guest_w = webtest_open(&program_public, w);
    a = arena_new(1 << 20);
    administrator = fixture_staff(w, changes);
    reader = fixture_staff(w, reads);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(guest_w);
    webtest_close(w);
    return 0;
}

static int never_changed(void **state)
{
    (void)state;
    fixture_run(w,
                "UPDATE brand SET name_en = '', name_zh = '', accent_light = '', accent_dark = '',"
                " logo_light = '', logo_dark = '', logo_alone = 0, updated_at = NULL,"
                " row_version = 1 WHERE id > ?",
                0);
    fixture_run(w, "DELETE FROM brand_logo WHERE width > ?", 0);
    return 0;
}

static int64_t number(const char *sql)
{
    return fixture_number(w, sql, 0);
}

static struct answer save(int64_t version, const char *body)
{
    return webtest_post(w, &administrator, BRANDING, BRANDING,
                        arena_printf(a, "row_version=%lld&%s", (long long)version, body));
}

static const char *part(const char *name, const char *value)
{
    return arena_printf(a,
                        "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s"
                        "\r\n",
                        name, value);
}

/* DATA as the logo of the light theme. */
static struct answer send_logo(int64_t version, const char *file, const void *data, size_t len,
                               const char *button)
{
    struct buf body;
    struct answer got;

    buf_init(&body, len + 1024, 0);
    buf_printf(&body,
               "%s%s%s--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file_light\";"
               " filename=\"%s\"\r\n\r\n",
               part("form_token", webtest_token(w, &administrator, BRANDING)),
               part("row_version", arena_printf(a, "%lld", (long long)version)), part("do", button),
               file);
    buf_add(&body, data, len);
    buf_puts(&body, "\r\n--" BOUNDARY "--\r\n");
    got = webtest_send(w, &administrator, "POST", BRANDING, TYPE, body.data, body.len);
    buf_free(&body);
    return got;
}

/* How the picture is called. */
static const char *hash(void)
{
    static char hex[SHA256_HEX_BYTES];

    sha256_hex(png, sizeof(png) - 1, hex);
    hex[32] = '\0';
    return hex;
}

/* How many rows say that the light theme has LOGO. */
static bool has_logo(bool yes)
{
    return number("SELECT COUNT(*) AS n FROM brand WHERE logo_light <> '' AND id > ?") == yes;
}

static void test_branding__a_saved_look_stands_on_the_next_page_and_in_the_trail(void **state)
{
    struct answer page;

    (void)state;
    assert_int_equal(save(1, "name_en=Halden+Hub&name_zh=%E6%B5%B7%E7%99%BB&accent_light=%237A2F8F"
                             "&do=save")
                         .status,
                     303);
    page = webtest_get(w, &reader, BRANDING);
    assert_true(answer_has(&page, "Branding – Halden Hub</title>"));
    assert_true(answer_has(&page, "href=\"/brand/7a2f8f-own.css\""));
    page = webtest_get(w, &reader, BRANDING "?lang=zh");
    assert_true(answer_has(&page, "– 海登</title>"));
    assert_int_equal(
        number("SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'brand' AND"
               " action = 'branding.save' AND after_json LIKE '%Halden Hub%' AND id > ?"),
        1);
}

static void test_branding__guests_see_the_name_on_pages_and_faults(void **state)
{
    struct answer page;

    (void)state;
    assert_int_equal(save(1, "name_en=Halden+%3Cb%3EHub&accent_dark=%23d9a6ea&do=save").status,
                     303);
    page = webtest_get(guest_w, &guest, "/nowhere");
    assert_int_equal(page.status, 404);
    assert_true(answer_has(&page, "Halden &lt;b&gt;Hub"));
    page = webtest_get(guest_w, &guest, "/login");
    assert_true(answer_has(&page, "Halden &lt;b&gt;Hub</title>"));
    assert_true(answer_has(&page, "/brand/own-d9a6ea.css"));
}

static void test_branding__a_weak_colour_is_refused_with_its_contrast_and_a_better_one(void **state)
{
    struct answer page;

    (void)state;
    page = save(1, "accent_light=%23ffb000&do=save");
    assert_int_equal(page.status, 422);
    assert_true(answer_has(&page, "id=\"accent_light-err\""));
    assert_true(answer_has(&page, "its contrast is 1.5"));
    assert_true(answer_has(&page, "is the nearest that will do"));
    page = save(1, "accent_dark=%232457c5&do=try");
    assert_int_equal(page.status, 422);
    assert_true(answer_has(&page, "id=\"accent_dark-err\""));
    assert_int_equal(save(1, "accent_dark=blue&do=save").status, 422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM brand WHERE row_version = 1 AND id > ?"), 1);
}

static void test_branding__the_nearest_colour_is_taken(void **state)
{
    struct answer page = save(1, "accent_light=%23ffb000&do=save");
    const char *end = strstr(page.body, " is the nearest");
    const char *typed = arena_printf(a, "accent_light=%%23%.6s&do=save", end - 6);

    (void)state;
    assert_int_equal(save(1, typed).status, 303);
}

static void test_branding__a_preview_shows_what_was_typed_and_saves_nothing(void **state)
{
    struct answer page = save(1, "name_en=Tried&accent_light=%237a2f8f&do=try");

    (void)state;
    assert_int_equal(page.status, 200);
    assert_true(answer_has(&page, "/brand/try-7a2f8f-own.css"));
    assert_true(answer_has(&page, "value=\"Tried\""));
    assert_true(answer_has(&page, "– Fairway</title>"));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM brand WHERE name_en = '' AND id > ?"), 1);
}

static void test_branding__who_was_slower_sees_both_and_may_save_again(void **state)
{
    struct answer page;

    (void)state;
    assert_int_equal(save(1, "name_en=First&do=save").status, 303);
    page = save(1, "name_en=Second&do=save");
    assert_int_equal(page.status, 409);
    assert_true(answer_has(&page, "Somebody changed this meanwhile"));
    assert_true(answer_has(&page, "name=\"row_version\" value=\"2\""));
    assert_true(answer_has(&page, "value=\"Second\""));
    assert_int_equal(number("SELECT COUNT(*) AS n FROM brand WHERE name_en = 'First' AND id > ?"),
                     1);
    assert_int_equal(save(2, "name_en=Second&do=save").status, 303);
}

static void test_branding__goes_back_to_fairways_own_look(void **state)
{
    struct answer page;

    (void)state;
    assert_int_equal(save(1, "name_en=Hub&accent_light=%237a2f8f&do=save").status, 303);
    assert_int_equal(save(2, "name_en=Typed&do=default").status, 303);
    page = webtest_get(w, &reader, BRANDING);
    assert_true(answer_has(&page, "– Fairway</title>"));
    assert_false(answer_has(&page, "href=\"/brand/7a2f8f"));
}

static void test_branding__a_logo_is_shown_to_everybody_and_kept_by_browsers(void **state)
{
    struct answer page, logo;
    const char *address = arena_printf(a, "/brand/logo/%s", hash());

    (void)state;
    assert_int_equal(send_logo(1, "logo.png", png, sizeof(png) - 1, "save").status, 303);
    page = webtest_get(w, &reader, BRANDING);
    assert_true(answer_has(&page, arena_printf(a, "src=\"%s\" width=\"1\" height=\"1\"", address)));
    logo = webtest_get(guest_w, &guest, address);
    assert_int_equal(logo.status, 200);
    assert_int_equal(logo.body_len, sizeof(png) - 1);
    assert_memory_equal(logo.body, png, sizeof(png) - 1);
    assert_string_equal(answer_header(&logo, "Content-Type"), "image/png");
    assert_string_equal(answer_header(&logo, "Cache-Control"),
                        "public, max-age=31536000, immutable");
    assert_null(answer_header(&logo, "Set-Cookie"));
}

static void test_branding__a_logo_stays_when_the_form_is_saved_again_and_goes_when_told(
    void **state)
{
    (void)state;
    assert_int_equal(send_logo(1, "logo.png", png, sizeof(png) - 1, "try").status, 200);
    assert_true(has_logo(false));
    assert_int_equal(save(1, arena_printf(a, "logo_light=%s&do=save", hash())).status, 303);
    assert_true(has_logo(true));
    assert_int_equal(save(2, arena_printf(a, "logo_light=%s&drop_light=1&do=save", hash())).status,
                     303);
    assert_true(has_logo(false));
}

static void test_branding__what_is_no_picture_is_no_logo(void **state)
{
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    unsigned char wide[sizeof(png)];

    (void)state;
    memcpy(wide, png, sizeof(png));
    wide[18] = 0x10; /* 4,097 pixels */
    assert_int_equal(send_logo(1, "logo.svg", svg, sizeof(svg) - 1, "save").status, 422);
    assert_int_equal(send_logo(1, "logo.png", svg, sizeof(svg) - 1, "save").status, 422);
    assert_int_equal(send_logo(1, "logo.txt", "words", 5, "save").status, 422);
    assert_int_equal(send_logo(1, "logo.png", wide, sizeof(wide) - 1, "save").status, 422);
    assert_int_equal(number("SELECT COUNT(*) AS n FROM brand_logo WHERE width > ?"), 0);
}

static void test_branding__a_large_file_is_no_logo(void **state)
{
    const size_t len = 100 * 1024;
    unsigned char *large = arena_alloc(a, len);

    (void)state;
    memset(large, 0, len);
    memcpy(large, png, sizeof(png));
    assert_int_equal(send_logo(1, "logo.png", large, len, "save").status, 422);
}

static void test_branding__a_logo_that_nobody_kept_and_one_for_dark_alone_are_refused(void **state)
{
    (void)state;
    assert_int_equal(save(1, "logo_light=0123456789abcdef0123456789abcdef&do=save").status, 422);
    assert_int_equal(save(1, "logo_light=%E6%B7%B1&do=save").status, 422);
    assert_int_equal(webtest_get(guest_w, &guest, "/brand/logo/%E6%B7%B1").status, 404);
    assert_int_equal(send_logo(1, "logo.png", png, sizeof(png) - 1, "try").status, 200);
    assert_int_equal(save(1, arena_printf(a, "logo_dark=%s&do=save", hash())).status, 422);
}

static void test_branding__a_sheet_is_kept_by_browsers_and_made_of_good_colours_only(void **state)
{
    struct answer sheet = webtest_get(guest_w, &guest, "/brand/7a2f8f-d9a6ea.css");

    (void)state;
    assert_int_equal(sheet.status, 200);
    assert_true(answer_has(&sheet, "--fw-link:#7a2f8f"));
    assert_string_equal(answer_header(&sheet, "Cache-Control"),
                        "public, max-age=31536000, immutable");
    assert_string_equal(answer_header(&sheet, "Content-Type"), "text/css; charset=utf-8");
    assert_int_equal(webtest_get(guest_w, &guest, "/brand/ffb000-own.css").status, 404);
    assert_int_equal(webtest_get(guest_w, &guest, "/brand/logo/..%2Fx").status, 404);
}

static void test_branding__who_may_not_change_it_sees_no_form_and_posts_nothing(void **state)
{
    struct answer page = webtest_get(w, &reader, BRANDING);

    (void)state;
    assert_int_equal(page.status, 200);
    assert_false(answer_has(&page, "accent_light"));
    assert_int_equal(
        webtest_post(w, &reader, BRANDING, BRANDING, "row_version=1&name_en=Mine&do=save").status,
        404);
}

#define FRESH(test) cmocka_unit_test_setup(test, never_changed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* the first: a worker's first page of all may be a fault */
        FRESH(test_branding__guests_see_the_name_on_pages_and_faults),
        FRESH(test_branding__a_saved_look_stands_on_the_next_page_and_in_the_trail),
        FRESH(test_branding__a_weak_colour_is_refused_with_its_contrast_and_a_better_one),
        FRESH(test_branding__the_nearest_colour_is_taken),
        FRESH(test_branding__a_preview_shows_what_was_typed_and_saves_nothing),
        FRESH(test_branding__who_was_slower_sees_both_and_may_save_again),
        FRESH(test_branding__goes_back_to_fairways_own_look),
        FRESH(test_branding__a_logo_is_shown_to_everybody_and_kept_by_browsers),
        FRESH(test_branding__a_logo_stays_when_the_form_is_saved_again_and_goes_when_told),
        FRESH(test_branding__what_is_no_picture_is_no_logo),
        FRESH(test_branding__a_large_file_is_no_logo),
        FRESH(test_branding__a_logo_that_nobody_kept_and_one_for_dark_alone_are_refused),
        FRESH(test_branding__a_sheet_is_kept_by_browsers_and_made_of_good_colours_only),
        FRESH(test_branding__who_may_not_change_it_sees_no_form_and_posts_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

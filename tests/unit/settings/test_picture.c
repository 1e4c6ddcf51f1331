/* How large pictures say they are, and that no bytes make it read beyond them. */
#include "support/test.h"

#include "settings/picture.h"

#include <stdlib.h>
#include <string.h>

static const unsigned char png[] =
    "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\xa8\0\0\0\x20\x08\x06\0\0\0";
static const unsigned char jpeg[] =
    "\xff\xd8\xff\xe0\0\x04xx\xff\xff\xc2\0\x11\x08\0\x20\0\xa8\x03";
static const unsigned char vp8x[] = "RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xa7\0\0\x1f\0\0";
static const unsigned char vp8l[] = "RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xa7\xc0\x07\0\0";
static const unsigned char vp8[] = "RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\xa8\0\x20\0";

static const struct {
    const char *mime;
    const unsigned char *data;
    size_t len;
} samples[] = {
    { "image/png", png, sizeof(png) - 1 },    { "image/jpeg", jpeg, sizeof(jpeg) - 1 },
    { "image/webp", vp8x, sizeof(vp8x) - 1 }, { "image/webp", vp8l, sizeof(vp8l) - 1 },
    { "image/webp", vp8, sizeof(vp8) - 1 },
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static void test_picture__each_kind_says_how_large_it_is(void **state)
{
    int64_t width, height;

    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        assert_true(
            picture_size(samples[i].mime, samples[i].data, samples[i].len, &width, &height));
        assert_int_equal(width, 168);
        assert_int_equal(height, 32);
    }
}

/* In memory of exactly that size, so that a sanitizer or valgrind finds a step too far. */
static void test_picture__one_that_is_cut_off_is_none_or_the_same(void **state)
{
    int64_t width, height;

    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t len = 0; len < samples[i].len; len++) {
            unsigned char *cut = malloc(len + 1);

            assert_non_null(cut);
            memcpy(cut, samples[i].data, len);
            if (picture_size(samples[i].mime, cut, len, &width, &height))
                assert_true(width == 168 && height == 32);
            free(cut);
        }
}

static void test_picture__other_kinds_and_empty_ones_are_none(void **state)
{
    static const unsigned char flat[] =
        "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\xa8\0\0\0\0\x08\x06\0\0\0";
    int64_t width, height;

    (void)state;
    assert_false(picture_size("image/gif", png, sizeof(png) - 1, &width, &height));
    assert_false(picture_size("image/svg+xml", png, sizeof(png) - 1, &width, &height));
    assert_false(picture_size("image/png", flat, sizeof(flat) - 1, &width, &height));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture__each_kind_says_how_large_it_is),
        cmocka_unit_test(test_picture__one_that_is_cut_off_is_none_or_the_same),
        cmocka_unit_test(test_picture__other_kinds_and_empty_ones_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_qr.c - draws the path again and compares it with the modules. */
#include "support/test.h"
#include "crypt/qr.h"

#include <qrencode.h>

enum { SIDE_MAX = 200 };

static char drawn[SIDE_MAX][SIDE_MAX];

/* Fills DRAWN from the path; every run must be inside and drawn once. */
static void draw(const struct qr *qr)
{
    const char *p = qr->path;
    int x, y, width, back, used;

    memset(drawn, 0, sizeof(drawn));
    for (; *p != '\0'; p += used) {
        assert_int_equal(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &width, &back, &used), 4);
        assert_int_equal(width, back);
        assert_true(x >= 4 && y >= 4 && x + width <= qr->size - 4 && y < qr->size - 4);
        for (int i = x; i < x + width; i++) {
            assert_false(drawn[y][i]);
            drawn[y][i] = 1;
        }
        assert_false(drawn[y][x - 1]); /* runs are merged */
    }
}

static void test_qr__has_the_modules_of_the_code_inside_a_quiet_zone(void **state)
{
    const char *text = "https://portal.example/verify?s=eyJhdCI6IjIwMjYifQ&k=abc";
    QRcode *code =
        QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);
    struct arena *a = arena_new(4096);
    struct qr qr;

    (void)state;
    assert_non_null(code);
    assert_ok(qr_encode(a, text, &qr));
    assert_int_equal(qr.size, code->width + 8);
    draw(&qr);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            assert_int_equal(drawn[y + 4][x + 4], code->data[y * code->width + x] & 1);
    QRcode_free(code);
    arena_free(a);
}

static void test_qr__holds_2331_bytes_and_no_more(void **state)
{
    struct arena *a = arena_new(4096);
    char text[2333];
    struct qr qr;

    (void)state;
    memset(text, 'x', sizeof(text));
    text[2332] = '\0';
    assert_err_kind(qr_encode(a, text, &qr), ERR_TOO_LARGE);
    text[2331] = '\0';
    assert_ok(qr_encode(a, text, &qr));
    assert_int_equal(qr.size, 177 + 8);
    assert_err_kind(qr_encode(a, "", &qr), ERR_TOO_LARGE);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qr__has_the_modules_of_the_code_inside_a_quiet_zone),
        cmocka_unit_test(test_qr__holds_2331_bytes_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

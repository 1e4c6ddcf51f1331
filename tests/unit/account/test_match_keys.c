/* Tests of account/match_keys.h and match_distance.h: what two spellings have in common. */
#include "support/test.h"

#include "account/match_distance.h"
#include "account/match_keys.h"
#include "base/str.h"

static struct text_ctx *ctx;
static struct match_names *names;
static struct arena *arena;

static int open_world(void **state)
{
    (void)state;
    arena = arena_new(65536);
    assert_ok(text_ctx_new(&ctx));
    assert_ok(match_names_new(ctx, &names));
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    match_names_free(names);
    text_ctx_free(ctx);
    arena_free(arena);
    return 0;
}

static struct match_keys keys_of(const char *text)
{
    struct match_name *name = arena_alloc(arena, sizeof(*name));
    struct match_keys keys;

    match_name_read(names, arena, text, name);
    match_keys_read(arena, name, &keys);
    return keys;
}

static bool share(const char *a, const char *b)
{
    struct match_keys x = keys_of(a), y = keys_of(b);

    for (size_t i = 0; i < x.count; i++)
        for (size_t j = 0; j < y.count; j++)
            if (x.gram[i] == y.gram[j])
                return true;
    return false;
}

static void test_match_keys__are_shared_by_variants_of_a_name(void **state)
{
    (void)state;
    assert_true(share("Quillon Ltd", "QUILLON"));
    assert_true(share("Quillon", "Quilon"));
    assert_true(share("Quillon", "Qiullon"));
    assert_true(share("Quillon", "Quillom"));
    assert_true(share("Wal Mart", "Walmart"));
    assert_true(share("QVM", "Quiet Valley Motors"));
    assert_true(share("華為", "华为技术有限公司"));
    assert_true(share("华为", "Huawei"));
    assert_true(share("青松科技", "Qingsong"));
    assert_true(share("远航家", "远行家"));
}

static void test_match_keys__are_not_shared_by_strangers(void **state)
{
    (void)state;
    assert_false(share("Quillon", "Brightwater"));
    assert_false(share("海拓", "青松"));
    assert_false(share("", "Quillon"));
}

static void test_match_keys__come_in_order_and_once(void **state)
{
    struct match_keys keys = keys_of("Data Data Data Quillon Quillon Trading 海拓海拓");

    (void)state;
    for (size_t i = 1; i < keys.count; i++)
        assert_true(keys.gram[i - 1] < keys.gram[i]);
}

static void test_match_keys__stay_within_their_bound(void **state)
{
    (void)state;
    assert_true(
        keys_of("abcdefghijklmnopqrstuvwxyz bcdefghijklmnopqrstuvwxyza cdefgh defghi efghij "
                "fghijk ghijkl hijklm ijklmn jklmno klmnop lmnopq mnopqr nopqrs opqrst "
                "海拓青松云杉明锐达金禾源瑞思通博雅图星河湾百合天元智")
            .count <= MATCH_GRAMS_MAX);
}

static const char *domain_of(const char *typed)
{
    struct match_fields f;

    match_fields_read(arena, NULL, typed, NULL, NULL, &f);
    return f.domain;
}

static void test_match_fields__cut_a_domain_out_of_what_was_typed(void **state)
{
    (void)state;
    assert_string_equal(domain_of("https://www.Quillon.com/about?x=1"), "quillon.com");
    assert_string_equal(domain_of("ada@mail.quillon.com.cn"), "quillon.com.cn");
    assert_string_equal(domain_of("quillon.co.uk:443"), "quillon.co.uk");
    assert_string_equal(domain_of("quillon.de."), "quillon.de");
    assert_string_equal(domain_of("co.uk"), "co.uk");
    assert_string_equal(domain_of("localhost"), "");
    assert_string_equal(domain_of("."), "");
    assert_string_equal(domain_of(""), "");
}

static void test_match_fields__know_free_mail(void **state)
{
    (void)state;
    assert_string_equal(domain_of("ada@gmail.com"), "");
    assert_string_equal(domain_of("12345@qq.com"), "");
    assert_string_equal(domain_of("ada@vip.163.com"), "");
}

static void test_match_fields__make_tax_ids_phones_and_addresses_comparable(void **state)
{
    struct match_fields a, b;

    (void)state;
    match_fields_read(arena, "DE 811.569.869", NULL, "+86 (10) 6278-1234", "12, Main Street", &a);
    match_fields_read(arena, "de811569869", NULL, "010-62781234", "12 main st.", &b);
    assert_string_equal(a.tax_id, b.tax_id);
    assert_string_equal(a.phone, "62781234");
    assert_string_equal(a.phone, b.phone);
    assert_string_equal(a.address, "12main");
    assert_string_equal(a.address, b.address);
    match_fields_read(arena, "91110000MA001ABC2X", "x", "123", "北京市海淀区１号", &a);
    assert_string_equal(a.tax_id, "91110000MA001ABC2X");
    assert_string_equal(a.phone, "");
    assert_string_equal(a.address, "北京市海淀区1号");
}

static void test_match_fields__fit_the_columns_that_keep_them(void **state)
{
    struct match_fields f;
    char *many = arena_alloc(arena, 2001);

    (void)state;
    memset(many, '7', 2000);
    match_fields_read(arena, many, NULL, many, many, &f);
    assert_true(strlen(f.tax_id) <= 40 && strlen(f.phone) == 8 && strlen(f.address) <= 120);
}

static void test_match_distance__counts_a_swap_as_one(void **state)
{
    (void)state;
    assert_int_equal(match_distance_ascii("abcd", 4, "abdc", 4), 1);
    assert_int_equal(match_distance_ascii("abcd", 4, "abcd", 4), 0);
    assert_int_equal(match_distance_ascii("", 0, "abc", 3), 3);
    assert_int_equal(match_distance_ascii("kitten", 6, "sitting", 7), 3);
}

static void test_match_distance__reads_code_points(void **state)
{
    uint32_t points[8];

    (void)state;
    assert_int_equal(match_code_points("a华𠮷", points, 8), 3);
    assert_int_equal(points[1], 0x534E);
    assert_int_equal(points[2], 0x20BB7);
    assert_int_equal(match_code_points("abcdef", points, 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_keys__are_shared_by_variants_of_a_name),
        cmocka_unit_test(test_match_keys__are_not_shared_by_strangers),
        cmocka_unit_test(test_match_keys__come_in_order_and_once),
        cmocka_unit_test(test_match_keys__stay_within_their_bound),
        cmocka_unit_test(test_match_fields__cut_a_domain_out_of_what_was_typed),
        cmocka_unit_test(test_match_fields__know_free_mail),
        cmocka_unit_test(test_match_fields__make_tax_ids_phones_and_addresses_comparable),
        cmocka_unit_test(test_match_fields__fit_the_columns_that_keep_them),
        cmocka_unit_test(test_match_distance__counts_a_swap_as_one),
        cmocka_unit_test(test_match_distance__reads_code_points),
    };

    return cmocka_run_group_tests_name("account/match_keys", tests, open_world, close_world);
}

/* Tests of text/company_name.h and text/pinyin.h: what a name is taken apart into. */
#include "support/test.h"

#include "text/company_name.h"

#include "base/str.h"
#include "text/pinyin.h"

struct world {
    struct text_ctx *ctx;
    struct arena *arena;
};

static struct world world;

static int open_world(void **state)
{
    (void)state;
    world.arena = arena_new(65536);
    assert_ok(text_ctx_new(&world.ctx));
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    text_ctx_free(world.ctx);
    arena_free(world.arena);
    return 0;
}

static struct company_name read_name(const char *text)
{
    struct company_name name;

    text_company_name(world.ctx, world.arena, text, &name);
    return name;
}

static void expect_core(const char *name, const char *core)
{
    assert_string_equal(read_name(name).core, core);
}

static void expect_legal(const char *name, const char *core, const char *legal)
{
    struct company_name n = read_name(name);

    assert_string_equal(n.core, core);
    assert_string_equal(n.legal, legal);
}

static void test_company_name__folds_case_width_and_accents(void **state)
{
    (void)state;
    expect_core("NESTLÉ", "nestle");
    expect_core("Ｈｕａｗｅｉ", "huawei");
    expect_core("Łódź Ørsted", "lodz orsted");
    expect_core("ﬁne Straße", "fine strasse");
}

static void test_company_name__writes_other_scripts_in_latin_letters(void **state)
{
    (void)state;
    expect_core("Газпром", "gazprom");
    expect_core("Αθήνα", "athena");
}

static void test_company_name__splits_latin_legal_forms_off(void **state)
{
    (void)state;
    expect_legal("Siemens Aktiengesellschaft", "siemens", "ag");
    expect_legal("Müller GmbH & Co. KG", "muller", "kg");
    expect_legal("Samsung SDS Co., Ltd.", "samsung sds", "ltd");
    expect_legal("Telmex S.A.B. de C.V.", "telmex", "sa");
    expect_legal("Foo Sp. z o.o.", "foo", "zoo");
    expect_legal("PT Astra Tbk", "astra", "pt");
    expect_legal("AB Volvo", "volvo", "ab");
    expect_legal("Bar Sdn. Bhd.", "bar", "bhd");
}

static void test_company_name__knows_one_form_by_its_spellings(void **state)
{
    static const char *const same[] = { "Acme Inc.", "Acme, Incorporated", "ACME CORP",
                                        "Acme Corporation", "Acme Incoporated" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        expect_legal(same[i], "acme", "corp");
}

static void test_company_name__keeps_a_name_of_nothing_but_common_words(void **state)
{
    (void)state;
    expect_core("Limited", "limited");
    expect_core("The", "the");
    expect_core("有限公司", "有限公司");
    expect_core("北京", "北京");
    assert_string_equal(read_name("").core, "");
}

static void test_company_name__joins_single_letters(void **state)
{
    (void)state;
    expect_core("I B M", "ibm");
    expect_core("P & G", "pg");
    expect_core("A.B.C. Widgets", "abc widgets");
}

static void test_company_name__writes_numbers_as_digits(void **state)
{
    (void)state;
    expect_core("Forty Four Widgets", "44 widgets");
    expect_core("Apollo II", "apollo 2");
    assert_int_equal(read_name("Apollo II").tokens[1].kind, TOKEN_NUMBER);
}

static void test_company_name__writes_abbreviations_in_full(void **state)
{
    (void)state;
    expect_core("Acme Intl Mfg", "acme international manufacturing");
    expect_core("Acme Technologies", "acme technology");
}

static void test_company_name__marks_branch_and_country_words(void **state)
{
    struct company_name n = read_name("Acme Holdings France");

    (void)state;
    assert_int_equal(n.tokens[1].kind, TOKEN_BRANCH);
    assert_int_equal(n.tokens[2].kind, TOKEN_COUNTRY);
    assert_string_equal(read_name("Acme Hong Kong").tokens[1].text, "hongkong");
    assert_string_equal(read_name("Deutsche Acme").tokens[0].text, "germany");
}

static void test_company_name__cuts_the_end_of_a_host_name_off(void **state)
{
    (void)state;
    expect_core("Amazon.com, Inc.", "amazon");
    expect_core("booking.com B.V.", "booking");
}

static void test_company_name__marks_words_in_brackets(void **state)
{
    struct company_name n = read_name("Bell Centre (Montreal)");

    (void)state;
    assert_int_equal(n.token_count, 3);
    assert_false(n.tokens[0].soft);
    assert_true(n.tokens[2].soft);
}

static void test_company_name__takes_a_chinese_name_apart(void **state)
{
    struct company_name n = read_name("北京华为网络科技有限公司上海分公司");

    (void)state;
    assert_string_equal(n.region, "北京");
    assert_string_equal(n.brand, "华为");
    assert_string_equal(n.trade, "网络科技");
    assert_string_equal(n.trade_en, "network technology");
    assert_string_equal(n.legal, "ltd");
    assert_string_equal(n.office, "上海分公司");
}

static void test_company_name__reads_traditional_characters_as_simplified_ones(void **state)
{
    (void)state;
    assert_string_equal(read_name("華為技術有限公司").core, read_name("华为技术有限公司").core);
}

static void test_company_name__takes_a_city_in_brackets_as_region(void **state)
{
    struct company_name n = read_name("百度在线网络技术（北京）有限公司");

    (void)state;
    assert_string_equal(n.region, "北京");
    assert_string_equal(n.brand, "百度");
}

static void test_company_name__takes_province_and_city_as_region(void **state)
{
    struct company_name n = read_name("广东省深圳市腾讯计算机系统有限公司");

    (void)state;
    assert_string_equal(n.region, "广东深圳");
    assert_string_equal(n.brand, "腾讯");
}

static void test_company_name__keeps_a_region_that_is_the_brand(void **state)
{
    struct company_name n = read_name("北京银行股份有限公司");

    (void)state;
    assert_string_equal(n.brand, "北京");
    assert_string_equal(n.trade, "银行");
    assert_string_equal(n.region, "");
    assert_string_equal(n.legal, "jsc");
}

static void test_company_name__reads_japanese_and_korean_legal_forms(void **state)
{
    (void)state;
    expect_legal("株式会社ソニー", "ソニー", "kk");
    expect_legal("トヨタ自動車株式会社", "トヨタ自动车", "kk");
    expect_legal("삼성전자주식회사", "삼성전자", "kk");
}

static void test_company_name__survives_packing(void **state)
{
    static const char *const names[] = { "Acme Holdings (UK) 44 Ltd", "北京华为科技有限公司",
                                         "TCL科技集团", "", "|||" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct company_name before = read_name(names[i]), after;
        char *packed = text_company_pack(world.arena, &before);

        assert_true(text_company_unpack(world.arena, packed, &after));
        assert_string_equal(text_company_pack(world.arena, &after), packed);
        assert_string_equal(after.core, before.core);
    }
}

static void test_company_name__refuses_to_unpack_what_it_did_not_pack(void **state)
{
    static const char *const bad[] = { "", "2||||||||", "1|||", "1||||||||word", "1|||||||||" };
    struct company_name name;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(text_company_unpack(world.arena, bad[i], &name));
}

static void test_company_name__stays_within_bounds_for_endless_names(void **state)
{
    char *longest = arena_alloc(world.arena, 4001);

    (void)state;
    for (size_t i = 0; i < 4000; i++)
        longest[i] = i % 2 == 0 ? 'a' : ' ';
    assert_true(read_name(longest).token_count <= COMPANY_TOKENS_MAX);
}

static void test_pinyin__spells_han_without_tones(void **state)
{
    const char **syllables;
    size_t count;

    (void)state;
    assert_string_equal(text_pinyin_joined(world.ctx, world.arena, "华为"), "huawei");
    assert_string_equal(text_pinyin_joined(world.ctx, world.arena, "绿 A 女"), "lunu");
    text_pinyin_syllables(world.ctx, world.arena, "阿里巴巴", &syllables, &count);
    assert_int_equal(count, 4);
    assert_string_equal(syllables[1], "li");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_company_name__folds_case_width_and_accents),
        cmocka_unit_test(test_company_name__writes_other_scripts_in_latin_letters),
        cmocka_unit_test(test_company_name__splits_latin_legal_forms_off),
        cmocka_unit_test(test_company_name__knows_one_form_by_its_spellings),
        cmocka_unit_test(test_company_name__keeps_a_name_of_nothing_but_common_words),
        cmocka_unit_test(test_company_name__joins_single_letters),
        cmocka_unit_test(test_company_name__writes_numbers_as_digits),
        cmocka_unit_test(test_company_name__writes_abbreviations_in_full),
        cmocka_unit_test(test_company_name__marks_branch_and_country_words),
        cmocka_unit_test(test_company_name__cuts_the_end_of_a_host_name_off),
        cmocka_unit_test(test_company_name__marks_words_in_brackets),
        cmocka_unit_test(test_company_name__takes_a_chinese_name_apart),
        cmocka_unit_test(test_company_name__reads_traditional_characters_as_simplified_ones),
        cmocka_unit_test(test_company_name__takes_a_city_in_brackets_as_region),
        cmocka_unit_test(test_company_name__takes_province_and_city_as_region),
        cmocka_unit_test(test_company_name__keeps_a_region_that_is_the_brand),
        cmocka_unit_test(test_company_name__reads_japanese_and_korean_legal_forms),
        cmocka_unit_test(test_company_name__survives_packing),
        cmocka_unit_test(test_company_name__refuses_to_unpack_what_it_did_not_pack),
        cmocka_unit_test(test_company_name__stays_within_bounds_for_endless_names),
        cmocka_unit_test(test_pinyin__spells_han_without_tones),
    };

    return cmocka_run_group_tests_name("text/company_name", tests, open_world, close_world);
}

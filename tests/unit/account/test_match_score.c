/* Tests of account/match_score.h: which pairs are the same, possible, different, and why. */
#include "support/test.h"

#include "account/match_keys.h"
#include "account/match_score.h"
#include "base/str.h"

struct world {
    struct text_ctx *ctx;
    struct match_names *names;
    struct arena *arena;
};

static struct world world;

static int open_world(void **state)
{
    (void)state;
    world.arena = arena_new(65536);
    assert_ok(text_ctx_new(&world.ctx));
    assert_ok(match_names_new(world.ctx, &world.names));
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    match_names_free(world.names);
    text_ctx_free(world.ctx);
    arena_free(world.arena);
    return 0;
}

static struct match_name *read_name(const char *text)
{
    struct match_name *name = arena_alloc(world.arena, sizeof(*name));

    match_name_read(world.names, world.arena, text, name);
    return name;
}

static struct match_evidence judge(const char *a, const char *b)
{
    struct match_evidence there, back;

    match_score(read_name(a), NULL, read_name(b), NULL, &there);
    match_score(read_name(b), NULL, read_name(a), NULL, &back);
    /* Who is asked about whom must not matter. */
    assert_int_equal(there.verdict, back.verdict);
    assert_int_equal(there.caps, back.caps);
    assert_true(there.score > back.score - 1e-9 && there.score < back.score + 1e-9);
    return there;
}

struct pair {
    const char *a, *b;
};

static void expect_all(const struct pair *pairs, size_t count, enum match_verdict wanted)
{
    for (size_t i = 0; i < count; i++) {
        struct match_evidence e = judge(pairs[i].a, pairs[i].b);

        if (e.verdict != wanted)
            print_error("%s / %s: %s\n", pairs[i].a, pairs[i].b,
                        match_evidence_text(world.arena, &e));
        assert_int_equal(e.verdict, wanted);
    }
}
#define EXPECT_ALL(pairs, wanted) expect_all(pairs, ARRAY_LEN(pairs), wanted)

static void test_match_score__takes_spellings_of_one_name_for_the_same(void **state)
{
    static const struct pair pairs[] = {
        { "Acme Widgets Inc.", "ACME WIDGETS INCORPORATED" },
        { "Nestlé S.A.", "Nestle SA" },
        { "I B M Corp", "IBM Corporation" },
        { "Wal-Mart Inc", "Walmart Inc." },
        { "Johnson & Johnson", "Johnson and Johnson" },
        { "华为技术有限公司", "華為技術有限公司" },
        { "Ａｃｍｅ　Ｗｉｄｇｅｔｓ", "Acme Widgets" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_SAME);
}

static void test_match_score__keeps_other_companies_apart(void **state)
{
    static const struct pair pairs[] = {
        { "Samsung Electronics", "LG Electronics" },
        { "Bank of America", "Bank of Scotland Retail" },
        { "北京天元科技有限公司", "北京海拓科技有限公司" },
        { "TCL科技", "LG科技" },
        { "Brightwater Foods", "Kestrel Foods" },
        { "", "Acme" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_DIFFERENT);
}

static void test_match_score__knows_brands_in_two_scripts(void **state)
{
    static const struct pair pairs[] = {
        { "华为技术有限公司", "Huawei Technologies Co., Ltd." },
        { "腾讯控股有限公司", "Tencent Holdings Ltd" },
        { "삼성전자주식회사", "Samsung Electronics Co., Ltd." },
        { "トヨタ自動車株式会社", "Toyota Motor Corporation" },
        { "PricewaterhouseCoopers", "PwC" },
        { "Procter & Gamble", "P&G" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_SAME);
}

static void test_match_score__takes_pinyin_for_possible_only(void **state)
{
    struct match_evidence e = judge("青松科技有限公司", "Qingsong Technology Ltd");

    (void)state;
    assert_int_equal(e.verdict, MATCH_POSSIBLE);
    assert_int_equal(e.rule, MATCH_BY_PINYIN);
}

static void test_match_score__forgives_one_typing_error(void **state)
{
    static const struct pair pairs[] = {
        { "Brightwater Foods Ltd", "Brigtwater Foods Ltd" },
        { "Brightwater Foods Ltd", "Brihgtwater Foods Ltd" },
        { "Quillon Energy", "Quillom Energy" },
        { "远航家机械设备有限公司", "远航嘉机械设备有限公司" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_POSSIBLE);
}

static void test_match_score__does_not_take_another_short_brand_for_an_error(void **state)
{
    static const struct pair pairs[] = {
        { "KEZT TV", "KEZU TV" },
        { "北京海拓科技有限公司", "北京海潮科技有限公司" },
        { "第四建筑工程有限公司", "第五建筑工程有限公司" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_DIFFERENT);
}

static void test_match_score__finds_a_name_without_its_rest(void **state)
{
    static const struct pair pairs[] = {
        { "Quillon", "Quillon Energy Trading GmbH" },
        { "Quillon Valley Hospital", "Quillon Valley Hospital Northgate Annexe" },
        { "远航家", "上海远航家机械设备有限公司" },
        { "海拓", "北京海拓网络科技有限公司" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_POSSIBLE);
}

static void test_match_score__finds_initials(void **state)
{
    (void)state;
    assert_int_equal(judge("Quiet Valley Motors", "QVM").verdict, MATCH_POSSIBLE);
}

static void expect_cap(const char *a, const char *b, unsigned cap)
{
    struct match_evidence e = judge(a, b);

    if (e.caps != cap || e.verdict != MATCH_POSSIBLE)
        print_error("%s / %s: %s\n", a, b, match_evidence_text(world.arena, &e));
    assert_int_equal(e.caps, cap);
    assert_int_equal(e.verdict, MATCH_POSSIBLE);
}

static void test_match_score__caps_what_names_another_body(void **state)
{
    (void)state;
    expect_cap("Quillon Bank AG", "Quillon Bank GmbH", MATCH_CAP_LEGAL);
    expect_cap("Quillon Energy", "Quillon Energy Holdings", MATCH_CAP_BRANCH);
    expect_cap("Quillon Energy", "Quillon Energy France", MATCH_CAP_COUNTRY);
    expect_cap("Quillon Japan", "Quillon Germany", MATCH_CAP_COUNTRY);
    expect_cap("Quillon Fund II", "Quillon Fund III", MATCH_CAP_NUMBER);
    expect_cap("北京海拓科技有限公司", "上海海拓科技有限公司", MATCH_CAP_REGION);
    expect_cap("海拓科技有限公司", "海拓科技有限公司深圳分公司", MATCH_CAP_OFFICE);
    expect_cap("海拓科技有限公司", "海拓科技股份有限公司", MATCH_CAP_LEGAL);
}

static void test_match_score__takes_a_missing_form_or_region_for_no_contradiction(void **state)
{
    static const struct pair pairs[] = {
        { "Quillon Energy", "Quillon Energy GmbH" },
        { "海拓科技有限公司", "北京海拓科技有限公司" },
        { "南京海拓科技有限公司", "江苏省南京市海拓科技有限公司" },
        { "海拓科技（北京）有限公司", "北京海拓科技有限公司" },
    };

    (void)state;
    EXPECT_ALL(pairs, MATCH_SAME);
}

static struct match_evidence judge_fields(const char *a, struct match_fields fa, const char *b,
                                          struct match_fields fb)
{
    struct match_evidence e;

    match_score(read_name(a), &fa, read_name(b), &fb, &e);
    return e;
}

static struct match_fields fields(const char *tax_id, const char *domain, const char *phone,
                                  const char *address)
{
    struct match_fields f;

    match_fields_read(world.arena, tax_id, domain, phone, address, &f);
    return f;
}

static void test_match_score__believes_an_equal_tax_id(void **state)
{
    struct match_evidence e = judge_fields("Brightwater", fields("DE 811-569-869", "", "", ""),
                                           "Kestrel", fields("811569869", "", "", ""));

    (void)state;
    assert_int_equal(e.verdict, MATCH_SAME);
    assert_int_equal(e.fields_equal, MATCH_FIELD_TAX_ID);
}

static void test_match_score__never_says_same_against_the_tax_id(void **state)
{
    struct match_evidence e = judge_fields("Brightwater Ltd", fields("811569869", "", "", ""),
                                           "Brightwater Ltd", fields("811569870", "", "", ""));

    (void)state;
    assert_int_equal(e.verdict, MATCH_POSSIBLE);
    assert_int_equal(e.caps, MATCH_CAP_TAX_ID);
}

static void test_match_score__adds_what_domain_phone_and_address_say(void **state)
{
    struct match_fields f = fields("", "www.quillon.com", "+49 30 1234567", "1 Main Street");
    struct match_evidence with = judge_fields("Quillon Energy", f, "Quillon Marine", f);
    struct match_evidence without = judge("Quillon Energy", "Quillon Marine");

    (void)state;
    assert_true(with.score > without.score);
    assert_int_equal(with.fields_equal,
                     MATCH_FIELD_DOMAIN | MATCH_FIELD_PHONE | MATCH_FIELD_ADDRESS);
    assert_true(with.name_score < with.score);
}

static void test_match_score__judges_packed_names_as_fresh_ones(void **state)
{
    struct match_name *fresh = read_name("北京华为网络科技（集团）有限公司"), kept;
    struct match_evidence e;

    (void)state;
    assert_true(match_name_unpack(world.names, world.arena,
                                  text_company_pack(world.arena, &fresh->part), &kept));
    match_score(fresh, NULL, &kept, NULL, &e);
    assert_int_equal(e.verdict, MATCH_SAME);
    assert_int_equal(e.rule, MATCH_BY_CORE);
    assert_int_equal(kept.token_count, fresh->token_count);
}

static void test_match_names__takes_aliases_from_staff(void **state)
{
    (void)state;
    assert_int_equal(judge("Quillon Energy", "Zephyrine").verdict, MATCH_DIFFERENT);
    match_names_add_alias(world.names, "Quillon Energy|Zephyrine");
    assert_int_equal(judge("Quillon Energy Ltd", "Zephyrine Inc").rule, MATCH_BY_ALIAS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_score__takes_spellings_of_one_name_for_the_same),
        cmocka_unit_test(test_match_score__keeps_other_companies_apart),
        cmocka_unit_test(test_match_score__knows_brands_in_two_scripts),
        cmocka_unit_test(test_match_score__takes_pinyin_for_possible_only),
        cmocka_unit_test(test_match_score__forgives_one_typing_error),
        cmocka_unit_test(test_match_score__does_not_take_another_short_brand_for_an_error),
        cmocka_unit_test(test_match_score__finds_a_name_without_its_rest),
        cmocka_unit_test(test_match_score__finds_initials),
        cmocka_unit_test(test_match_score__caps_what_names_another_body),
        cmocka_unit_test(test_match_score__takes_a_missing_form_or_region_for_no_contradiction),
        cmocka_unit_test(test_match_score__believes_an_equal_tax_id),
        cmocka_unit_test(test_match_score__never_says_same_against_the_tax_id),
        cmocka_unit_test(test_match_score__adds_what_domain_phone_and_address_say),
        cmocka_unit_test(test_match_score__judges_packed_names_as_fresh_ones),
        cmocka_unit_test(test_match_names__takes_aliases_from_staff),
    };

    return cmocka_run_group_tests_name("account/match_score", tests, open_world, close_world);
}

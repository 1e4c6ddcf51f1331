/* Registering from a list: its columns for fields of the vendor's own that partners change. */
#include "support/test.h"
#include "fixture/bulk_list.h"

#include "base/str.h"

#include <stdio.h>

#define OPTIONS_OF(code)                                                                      \
    "INSERT INTO custom_option (field_id, code, name_en, name_zh, sort, active) SELECT f.id," \
    " o.code, o.en, o.zh, o.sort, o.active FROM custom_field f JOIN (SELECT 'own' AS code,"   \
    " 'Own funds' AS en, '自有资金' AS zh, 1 AS sort, 1 AS active UNION SELECT 'lease',"  \
    " 'Leasing', '融资租赁', 2, 1 UNION SELECT 'gift', 'A gift', '赠与', 3, 0) o"       \
    " WHERE f.code = '" code "'"

static int define_fields(void **state)
{
    (void)state;
    run_sql(
        "INSERT INTO custom_field (kind, code, type, name_en, name_zh, hint_en, least, most,"
        " audience, sort) VALUES"
        " ('deal', 'tender', 'text', 'Tender number', '招标编号', 'As it is printed', '', '8',"
        "  'edits', 1),"
        " ('deal', 'racks', 'int', 'Racks', '机柜数', '', '1', '40', 'edits', 2),"
        " ('deal', 'rent', 'amount', 'Rent', '租金', '', '', '', 'edits', 3),"
        " ('deal', 'need_by', 'day', 'Needed by', '要求到货', '', '2026-01-01', '', 'edits', 4),"
        " ('deal', 'urgent', 'flag', 'Urgent', '加急', '', '', '', 'edits', 5),"
        " ('deal', 'funding', 'choice', 'Who pays', '资金来源', '', '', '', 'edits', 6),"
        " ('deal', 'place', 'text', 'Country', '国家或地区', '', '', '', 'edits', 7),"
        " ('deal', 'campaign', 'text', 'Campaign', '市场活动', '', '', '', 'reads', 8),"
        " ('deal', 'credit', 'text', 'Credit check', '信用审查', '', '', '', 'staff', 9),"
        " ('account', 'grade', 'text', 'Grade', '等级', '', '', '', 'staff', 1);" OPTIONS_OF(
            "funding"));
    return 0;
}

static int remove_fields(void **state)
{
    (void)state;
    run_sql("DELETE FROM custom_value WHERE object_id > 0; DELETE FROM custom_option WHERE id > 0;"
            "DELETE FROM custom_field WHERE id > 0");
    return 0;
}

#define OWN_HEADINGS                                                                           \
    "Company name,Country,Product line,Quantity,Estimated value,Currency,Expected close date," \
    "Contact at the customer,E-mail of the contact,"
#define OWN_TAIL ",GB,bulk-edge,2,1000,USD,2029-12-31,Ann Lee,ann@kestrel.example,"

static void test_own_fields__that_partners_change_are_columns_of_the_template(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    a = webtest_get(w, &v, PAGE "/template.csv?headings=en");
    assert_true(answer_has(
        &a, "Sales person,Tender number,Racks,Rent,Needed by,Urgent,Who pays,custom_place\r\n"));
    a = webtest_get(w, &v, PAGE "/template.csv?headings=zh");
    assert_true(answer_has(&a, ",招标编号,机柜数,租金,要求到货,加急,资金来源,custom_place\r\n"));
    a = webtest_get(w, &v, PAGE);
    assert_true(answer_has(&a, "As it is printed"));
    assert_true(answer_has(&a, "Own funds · Leasing<"));
    assert_true(answer_has(&a, ">Yes · No<"));
    assert_false(answer_has(&a, "A gift"));
    assert_false(answer_has(&a, "Campaign"));
    assert_false(answer_has(&a, "Credit check"));
}

#define VALUE_OF(column, code)                                                              \
    "(SELECT " column " FROM custom_value v JOIN custom_field f ON f.id = v.field_id WHERE" \
    " f.code = '" code "' AND v.kind = 'deal' AND v.object_id = d.id)"

static int64_t sent(struct visitor *v, const char *csv)
{
    int64_t id = checked(v, csv);

    if (rows_in(id, "fault") > 0)
        fail_msg("%s", webtest_get(w, v, path_of(id, "/refused.csv")).body);
    assert_int_equal(choose(v, id, "submit").status, 303);
    run_worker(id);
    return id;
}

static void test_own_fields__are_written_as_the_form_writes_them(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = sent(&v, OWN_HEADINGS "Tender number,racks,租金,custom_need_by,Urgent,Who pays,"
                                       "custom_place\n"
                                       "Osprey Foods Ltd" OWN_TAIL
                                       "T-17,4,1234.50,2027/3/9,否,融资租赁,Leeds\n");

    assert_int_equal(rows_in(id, "made"), 1);
    assert_int_equal(
        NUMBER(
            "SELECT COUNT(*) AS n FROM deal d WHERE d.state <> 'draft'"
            " AND d.country = 'GB' AND " VALUE_OF(
                "text_value",
                "tender") " = 'T-17'"
                          " AND " VALUE_OF(
                              "number_value",
                              "racks") " = 4"
                                       " AND " VALUE_OF(
                                           "number_value",
                                           "rent") " = 1234.5"
                                                   " AND " VALUE_OF(
                                                       "day_value",
                                                       "need_by") " = '2027-03-09'"
                                                                  " AND " VALUE_OF(
                                                                      "number_value",
                                                                      "urgent") " = 0"
                                                                                " AND " VALUE_OF(
                                                                                    "text_value",
                                                                                    "place") " = 'Leeds'"
                                                                                             " AND " VALUE_OF(
                                                                                                 "number_value",
                                                                                                 "funding") " = (SELECT id FROM"
                                                                                                            " custom_option WHERE code = 'lease') AND d.bulk_id = ?",
            id),
        1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM audit_event a JOIN deal d ON d.id ="
                            " a.object_id WHERE a.kind = 'deal' AND a.action = 'deal.fields' AND"
                            " a.user_id = d.created_by AND JSON_VALUE(a.after_json,"
                            " '$.funding') = 'lease' AND d.bulk_id = ?",
                            id),
                     1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM custom_field WHERE used = 1 AND id > ?", 0),
                     7);
}

static void test_own_fields__have_their_faults_as_in_the_form(void **state)
{
    struct visitor v;
    struct answer a;
    static const char *const words[] = {
        "Tender number “123456789”: At most 8 characters; this has 9.",
        "Racks “41”: ",
        "Rent “1.234,50”: Enter an amount such as 1234.50.",
        "Needed by “9/3/2027”: ",
        "Urgent “perhaps”: Choose one of the list.",
        "Who pays “A gift”: This is not offered any more. Choose another.",
    };
    static const char *const chinese[] = { "招标编号“123456789”：", "资金来源“A gift”：",
                                           "加急“perhaps”：" };

    (void)state;
    sign_in(&v, 0);
    run_sql("UPDATE custom_field SET required = 1 WHERE code = 'place'");
    int64_t id = checked(&v, OWN_HEADINGS "tender,racks,rent,need_by,urgent,funding\n"
                                          "Plover Foods Ltd" OWN_TAIL
                                          "123456789,41,\"1.234,50\",9/3/2027,perhaps,A gift\n"
                                          "Plover Mills Ltd" OWN_TAIL "T-1,,,,,none of these\n");
    a = webtest_get(w, &v, path_of(id, ""));
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!answer_has(&a, words[i]))
            fail_msg("not said: %s", words[i]);
    assert_true(answer_has(&a, "custom_place: Fill this in."));
    assert_true(answer_has(&a, "Who pays “none of these”: Choose one of the list."));
    assert_int_equal(rows_in(id, "fault"), 2);
    a = webtest_get(w, &v, path_of(id, "/refused.csv"));
    assert_true(answer_has(&a, ",123456789,41,\"1.234,50\",9/3/2027,perhaps,A gift,,2,"));
    assert_true(answer_has(&a, "| Who pays: This is not offered any more."));
    a = webtest_get(w, &v, path_of(id, "?lang=zh"));
    for (size_t i = 0; i < ARRAY_LEN(chinese); i++)
        if (!answer_has(&a, chinese[i]))
            fail_msg("not said: %s", chinese[i]);
    assert_int_equal(DEALS_OF(&v), 0);
}

static void test_own_fields__that_are_needed_are_needed_without_a_column(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    run_sql("UPDATE custom_field SET required = 1 WHERE code IN ('tender', 'campaign', 'credit')");
    int64_t id = checked(&v, HEADINGS "Siskin Mills Ltd" TAIL);
    assert_int_equal(rows_in(id, "fault"), 1);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Tender number: Fill this in."));
    assert_false(answer_has(&a, "Campaign"));
    assert_false(answer_has(&a, "Credit check"));
    a = webtest_get(w, &v, PAGE);
    assert_true(answer_has(&a, "Tender number<span class=\"fw-s fw-2\"> (needed)"));
}

/* What only staff see is no other answer than what is not there. */
static void test_own_fields__that_are_not_the_partners_are_no_columns(void **state)
{
    static const char *const names[] = { "Campaign", "campaign",      "custom_campaign",
                                         "市场活动", "Credit check",  "credit",
                                         "信用审查", "custom_credit", "Grade",
                                         "grade",    "custom_grade",  "Nothing at all" };
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char csv[600], word[120];

        snprintf(csv, sizeof(csv), OWN_HEADINGS "%s\nKestrel" OWN_TAIL "x\n", names[i]);
        snprintf(word, sizeof(word), "Not known: “%s”", names[i]);
        is_refused(&v, "deals.csv", csv, strlen(csv), word);
    }
    is_refused(&v, "deals.csv", OWN_HEADINGS "racks,机柜数\nKestrel" OWN_TAIL "1,2\n",
               strlen(OWN_HEADINGS "racks,机柜数\nKestrel" OWN_TAIL "1,2\n"),
               "Two columns are called “机柜数”");
    assert_int_equal(LISTS_OF(&v), 0);
}

static void test_own_fields__of_our_own_file_come_in_again(void **state)
{
    struct visitor v;
    struct answer file;
    char csv[2000];
    const char *tail;

    (void)state;
    sign_in(&v, 0);
    sent(&v, OWN_HEADINGS "tender,racks,rent,need_by,urgent,funding,custom_place\nGannet Foods "
                          "Ltd" OWN_TAIL "=1+1,4,0.5,2027-03-09,yes,own,\"a, \"\"b\"\"\"\n");
    file = webtest_get(w, &v, "/partner/deals.csv");
    assert_true(answer_has(
        &file, "Tender number,Racks,Rent,Needed by,Urgent,Who pays,Country,Campaign\r\n"));
    tail = strstr(file.body, "'=1+1,4,0.50,2027-03-09,yes,own,");
    assert_non_null(tail);
    snprintf(csv, sizeof(csv),
             OWN_HEADINGS "Tender number,Racks,Rent,Needed by,Urgent,Who pays,custom_place\n"
                          "Dunlin Foods Ltd" OWN_TAIL "%.*s\n",
             (int)(strstr(tail, ",\r\n") - tail), tail);
    sent(&v, csv);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM custom_value v JOIN deal d ON d.id ="
                            " v.object_id WHERE v.kind = 'deal' AND d.account_id = ?",
                            v.account_id),
                     14);
    assert_int_equal(
        NUMBER("SELECT COUNT(DISTINCT v.field_id, IFNULL(v.text_value, ''), IFNULL("
               "v.number_value, 0), IFNULL(v.day_value, '')) AS n FROM custom_value v JOIN"
               " deal d ON d.id = v.object_id WHERE v.kind = 'deal' AND d.account_id = ?",
               v.account_id),
        7);
}

static void test_own_fields__that_were_turned_off_since_are_left_out(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, OWN_HEADINGS "tender,racks\nAvocet Foods Ltd" OWN_TAIL "T-1,4\n"
                                          "Avocet Mills Ltd" OWN_TAIL "T-1,many\n");
    assert_int_equal(rows_in(id, "fault"), 1);
    run_sql("UPDATE custom_field SET active = 0 WHERE code = 'racks'");
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Racks “many”: Enter a whole number"));
    a = webtest_get(w, &v, path_of(id, "/refused.csv"));
    assert_true(answer_has(&a, "Sales person,Tender number,Rent,"));
    choose(&v, id, "draft");
    run_worker(id);
    assert_int_equal(rows_in(id, "made"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM custom_value v JOIN deal d ON d.id ="
                            " v.object_id WHERE v.kind = 'deal' AND d.bulk_id = ?",
                            id),
                     1);
}

/* Between the check and the choice a choice was taken off the list. */
static void test_own_fields__are_judged_again_when_they_are_sent(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, OWN_HEADINGS "Who pays\nCurlew Foods Ltd" OWN_TAIL "Leasing\n");
    run_sql("UPDATE custom_option SET active = 0 WHERE code = 'lease'");
    choose(&v, id, "submit");
    run_worker(id);
    assert_int_equal(rows_in(id, "fault"), 1);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Who pays “Leasing”: This is not offered any more."));
    assert_int_equal(DEALS_OF(&v), 0);
}

static void test_own_fields__are_text_whatever_they_say(void **state)
{
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, OWN_HEADINGS "custom_place,tender\n"
                                          "Godwit Foods Ltd" OWN_TAIL "<b>x</b>,<i>y</i><i>z</i>\n"
                                          "Godwit Mills Ltd" OWN_TAIL "a\u202Eb,T\n");
    a = webtest_get(w, &v, path_of(id, ""));
    assert_false(answer_has(&a, "<i>y</i>"));
    assert_true(answer_has(&a, "&lt;i&gt;y&lt;/i&gt;"));
    assert_int_equal(rows_in(id, "fault"), 2);
    assert_true(answer_has(&a, "custom_place “"));
}

static void test_own_fields__of_a_workbook_are_days_and_numbers(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v, 0);
    a = send_book(&v,
                  "<row>" T("Company name") T("Needed by") T("Racks") T(
                      "Rent") "</row>"
                              "<row>" T("Dunnock Ltd") "<c s=\"1\"><v>47483</v></c><c><v>4</v></c>"
                                                       "<c><f>2*2</f></c></row>",
                  bulk_dates);
    id = id_of(&a);
    run_worker(id);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Rent “=2*2”: The cell holds a formula."));
    assert_false(answer_has(&a, "Racks “"));
    assert_false(answer_has(&a, "Needed by “"));
}

#define WITH_FIELDS(test) cmocka_unit_test_setup_teardown(test, define_fields, remove_fields)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIELDS(test_own_fields__that_partners_change_are_columns_of_the_template),
        WITH_FIELDS(test_own_fields__are_written_as_the_form_writes_them),
        WITH_FIELDS(test_own_fields__have_their_faults_as_in_the_form),
        WITH_FIELDS(test_own_fields__that_are_needed_are_needed_without_a_column),
        WITH_FIELDS(test_own_fields__that_are_not_the_partners_are_no_columns),
        WITH_FIELDS(test_own_fields__of_our_own_file_come_in_again),
        WITH_FIELDS(test_own_fields__that_were_turned_off_since_are_left_out),
        WITH_FIELDS(test_own_fields__are_judged_again_when_they_are_sent),
        WITH_FIELDS(test_own_fields__are_text_whatever_they_say),
        WITH_FIELDS(test_own_fields__of_a_workbook_are_days_and_numbers),
    };

    return cmocka_run_group_tests(tests, bulk_open, bulk_close);
}

/* deal/deal_bulk_read.c, deal_bulk_columns.c: from the bytes of a file to cells, and from what
 * people write in cells to what the form takes. */
#include "support/test.h"

#include "base/str.h"
#include "deal/deal_bulk.h"
#include "deal/deal_choices.h"
#include "web/request.h"

static struct request *req;

static int set_up(void **state)
{
    static struct request request;
    const char *locales = getenv("FAIRWAY_LOCALE_DIR");

    (void)state;
    assert_ok(text_format_init());
    assert_ok(lang_init(locales != NULL ? locales : "build/locale"));
    request =
        (struct request){ .arena = arena_new(65536), .locale = text_locale_get(LANG_EN, "UTC") };
    req = &request;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(req->arena);
    return 0;
}

static struct deal_bulk_file read_bytes(const char *data, size_t len, int64_t most)
{
    static const struct deal_bulk_own none;
    struct deal_bulk_file file;

    assert_ok(deal_bulk_read(req, &none, data, len, most, &file));
    return file;
}

static struct deal_bulk_file read_text(const char *text)
{
    return read_bytes(text, strlen(text), 500);
}

static const char *cell(const struct deal_bulk_file *file, size_t row, const char *field, int index)
{
    struct deal_bulk_cells cells;

    if (file->fault != NULL)
        fail_msg("refused: %s", file->fault);
    assert_true(row < file->count);
    assert_ok(deal_bulk_cells_read(req->arena, file->lines[row].cells, &cells));
    return cells.texts[deal_bulk_column_of(field, index)];
}

static void is_refused(const struct deal_bulk_file *file, const char *word)
{
    if (file->fault == NULL)
        fail_msg("taken, and no word of “%s”", word);
    else if (strstr(file->fault, word) == NULL)
        fail_msg("refused for another reason than “%s”: %s", word, file->fault);
}

/* -- reading ----------------------------------------------------------------------------------- */

static void test_read__finds_english_headings_in_any_order(void **state)
{
    struct deal_bulk_file file = read_text("Quantity,Company name\r\n4,Kestrel Foods Ltd\r\n");

    (void)state;
    assert_string_equal(cell(&file, 0, "company_name", -1), "Kestrel Foods Ltd");
    assert_string_equal(cell(&file, 0, "quantity", 0), "4");
    assert_string_equal(cell(&file, 0, "country", -1), "");
}

static void test_read__finds_chinese_headings_and_the_fields_own_names(void **state)
{
    struct deal_bulk_file file =
        read_text("公司名称;产品线 2;line_3\n华为技术有限公司;存储;network\n");

    (void)state;
    assert_string_equal(cell(&file, 0, "company_name", -1), "华为技术有限公司");
    assert_string_equal(cell(&file, 0, "line", 1), "存储");
    assert_string_equal(cell(&file, 0, "line", 2), "network");
}

static void test_read__takes_a_byte_order_mark_and_tabs(void **state)
{
    struct deal_bulk_file file = read_text("\xEF\xBB\xBF"
                                           "company name\tCOUNTRY\nKestrel\tGB\n");

    (void)state;
    assert_string_equal(cell(&file, 0, "country", -1), "GB");
}

static void test_read__keeps_the_line_of_each_row_and_skips_empty_ones(void **state)
{
    struct deal_bulk_file file = read_text("Company name,Country\n\nA,GB\n,\nB,DE\n");

    (void)state;
    assert_null(file.fault);
    assert_int_equal(file.count, 2);
    assert_int_equal(file.lines[0].line_no, 3);
    assert_int_equal(file.lines[1].line_no, 5);
}

static void test_read__takes_its_own_guard_off_a_formula_and_off_nothing_else(void **state)
{
    struct deal_bulk_file file =
        read_text("Company name,City\n'=1+1,'s-Hertogenbosch\n=2+2,'－1\n");

    (void)state;
    assert_string_equal(cell(&file, 0, "company_name", -1), "=1+1");
    assert_string_equal(cell(&file, 0, "city", -1), "'s-Hertogenbosch");
    assert_string_equal(cell(&file, 1, "company_name", -1), "=2+2");
    assert_string_equal(cell(&file, 1, "city", -1), "－1");
}

static void test_read__reads_over_the_columns_that_say_what_to_correct(void **state)
{
    struct deal_bulk_file file =
        read_text("Row,Company name,What to correct\n7,Kestrel,Country: Choose a country.\n");

    (void)state;
    assert_string_equal(cell(&file, 0, "company_name", -1), "Kestrel");
}

static void test_read__names_headings_that_it_does_not_know(void **state)
{
    struct deal_bulk_file file = read_text("Company name,Customer,Colour\nA,B,C\n");

    (void)state;
    is_refused(&file, "“Customer” “Colour”");
}

static void test_read__refuses_two_columns_of_one_name(void **state)
{
    struct deal_bulk_file file = read_text("Company name,公司名称\nA,B\n");

    (void)state;
    is_refused(&file, "Two columns are called “公司名称”");
}

static void test_read__needs_a_column_of_companies_and_a_row(void **state)
{
    struct deal_bulk_file without = read_text("Country\nGB\n"), empty = read_text("Company name\n");

    (void)state;
    is_refused(&without, "Company name");
    is_refused(&empty, "no rows");
}

static void test_read__names_the_line_of_a_zero_byte(void **state)
{
    static const char data[] = "Company name\nA\nB\0C\n";
    struct deal_bulk_file file = read_bytes(data, sizeof(data) - 1, 500);

    (void)state;
    is_refused(&file, "Line 3 holds a zero byte");
}

static void test_read__names_broken_utf8(void **state)
{
    struct deal_bulk_file early = read_text("Company name\nK\xC3\x28strel\n");
    static const char head[] = "Company name\n";
    char late[70100];

    (void)state;
    is_refused(&early, "bytes that are no text");
    memset(late, 'x', sizeof(late));
    memcpy(late, head, sizeof(head) - 1);
    for (size_t i = 113; i < sizeof(late); i += 100)
        late[i] = '\n';
    late[70010] = '\xff';
    struct deal_bulk_file file = read_bytes(late, sizeof(late), 5000);
    is_refused(&file, "bytes that are no text");
}

static void test_read__names_a_quoted_cell_without_an_end(void **state)
{
    struct deal_bulk_file file = read_text("Company name\n\"Kestrel\n");

    (void)state;
    is_refused(&file, "begins in line 2");
}

static void test_read__refuses_a_row_with_more_cells_than_headings(void **state)
{
    struct deal_bulk_file more = read_text("Company name,Country\nKestrel, Ltd,GB\n"),
                          empty = read_text("Company name,Country\nKestrel,GB,,\n");

    (void)state;
    is_refused(&more, "Line 2 has more cells");
    assert_null(empty.fault);
}

static void test_read__takes_as_many_rows_as_it_may_and_not_one_more(void **state)
{
    static const char text[] = "Company name\nA\nB\nC\n";
    struct deal_bulk_file three = read_bytes(text, strlen(text), 3),
                          two = read_bytes(text, strlen(text), 2);

    (void)state;
    assert_null(three.fault);
    assert_int_equal(three.count, 3);
    is_refused(&two, "At most 2 rows");
}

/* -- cells ------------------------------------------------------------------------------------- */

static struct deal_product products[] = { { 7, "edge", "Edge servers", "边缘服务器" },
                                          { 8, "storage", "Storage", "存储" } };
static struct deal_person people[] = { { 3, "Lin Xiaowen" }, { 4, "Bo" }, { 5, "Bo" } };
static const struct deal_bulk_known known = { products, 2, people, 3 };

static void becomes(const char *field, const char *written, const char *value)
{
    assert_string_equal(deal_bulk_value(req->arena, &known,
                                        deal_bulk_column_of(field, str_eq(field, "line") ? 1 : -1),
                                        written),
                        value);
}

static void test_value__takes_a_country_by_code_or_name(void **state)
{
    (void)state;
    becomes("country", "gb", "GB");
    becomes("country", "Singapore", "SG");
    becomes("country", "中国", "CN");
    becomes("country", "Atlantis", "Atlantis");
}

static void test_value__takes_days_that_begin_with_the_year(void **state)
{
    (void)state;
    becomes("expected_close", "2029-12-31", "2029-12-31");
    becomes("expected_close", "2029/1/5", "2029-01-05");
    becomes("expected_close", "2029年1月5日", "2029-01-05");
    becomes("expected_close", "1/5/2029", "1/5/2029");
    becomes("expected_close", "2029-1-5x", "2029-1-5x");
}

static void test_value__takes_a_product_line_by_name_and_no_number_of_ours(void **state)
{
    (void)state;
    becomes("line", "edge servers", "7");
    becomes("line", " 存储 ", "8");
    becomes("line", "7", "?");
    becomes("line", "", "");
}

static void test_value__takes_choices_as_they_are_read_in_either_language(void **state)
{
    (void)state;
    becomes("deal_type", "renewal", "renewal");
    becomes("deal_type", "New customer", "new");
    becomes("budget", "是", "yes");
    becomes("currency", "usd", "USD");
    becomes("budget", "perhaps", "perhaps");
}

static void test_value__takes_a_person_by_a_name_that_one_alone_bears(void **state)
{
    (void)state;
    becomes("sales_user_id", "lin xiaowen", "3");
    becomes("sales_user_id", "Bo", "?");
    becomes("sales_user_id", "3", "?");
}

static void test_value__leaves_text_and_amounts_to_the_form(void **state)
{
    (void)state;
    becomes("company_name", " =1+1 ", " =1+1 ");
    becomes("description", "<b>", "<b>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__finds_english_headings_in_any_order),
        cmocka_unit_test(test_read__finds_chinese_headings_and_the_fields_own_names),
        cmocka_unit_test(test_read__takes_a_byte_order_mark_and_tabs),
        cmocka_unit_test(test_read__keeps_the_line_of_each_row_and_skips_empty_ones),
        cmocka_unit_test(test_read__takes_its_own_guard_off_a_formula_and_off_nothing_else),
        cmocka_unit_test(test_read__reads_over_the_columns_that_say_what_to_correct),
        cmocka_unit_test(test_read__names_headings_that_it_does_not_know),
        cmocka_unit_test(test_read__refuses_two_columns_of_one_name),
        cmocka_unit_test(test_read__needs_a_column_of_companies_and_a_row),
        cmocka_unit_test(test_read__names_the_line_of_a_zero_byte),
        cmocka_unit_test(test_read__names_broken_utf8),
        cmocka_unit_test(test_read__names_a_quoted_cell_without_an_end),
        cmocka_unit_test(test_read__refuses_a_row_with_more_cells_than_headings),
        cmocka_unit_test(test_read__takes_as_many_rows_as_it_may_and_not_one_more),
        cmocka_unit_test(test_value__takes_a_country_by_code_or_name),
        cmocka_unit_test(test_value__takes_days_that_begin_with_the_year),
        cmocka_unit_test(test_value__takes_a_product_line_by_name_and_no_number_of_ours),
        cmocka_unit_test(test_value__takes_choices_as_they_are_read_in_either_language),
        cmocka_unit_test(test_value__takes_a_person_by_a_name_that_one_alone_bears),
        cmocka_unit_test(test_value__leaves_text_and_amounts_to_the_form),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

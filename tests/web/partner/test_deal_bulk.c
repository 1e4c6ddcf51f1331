/* Registering from a list: uploaded by a page, checked and sent by a worker under its own account,
 * shown by pages again; and what must not happen on the way. */
#include "support/test.h"
#include "fixture/bulk_list.h"

#include "base/str.h"
#include "deal/deal_bulk.h"
#include "program/program.h"
#include "program/worker.h"
#include "support/sheet.h"
#include "support/testdb.h"
#include "support/workbook.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* -- the file ---------------------------------------------------------------------------------- */

static void test_template__has_the_headings_of_either_language(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    struct answer a = webtest_get(w, &v, PAGE "/template.csv?headings=en");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, "\xEF\xBB\xBF"
                                   "Company name,Country,"));
    a = webtest_get(w, &v, PAGE "/template.csv?headings=zh");
    assert_true(str_starts(a.body, "\xEF\xBB\xBF"
                                   "公司名称,"));
}

static void test_upload__shows_each_fault_at_its_column_and_all_at_once(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Kestrel Foods Ltd" TAIL
                                      "Aurora AG,ZZ,Servers (small),x,\"96.000,00\",XXX,2020-01-01,"
                                      ",no-address\n");
    struct answer a = webtest_get(w, &v, path_of(id, ""));
    static const char *const words[] = {
        "Country “ZZ”: Choose one of the list.",
        "Product line “Servers (small)”: Choose one of the list.",
        "Quantity “x”: Enter a whole number, such as 12.",
        "Estimated value “96.000,00”: Enter an amount such as 1234.50.",
        "Currency “XXX”: Choose one of the list.",
        "Expected close date “2020-01-01”: This day has passed.",
        "Contact at the customer: Enter the name of a contact at the customer.",
        "E-mail of the contact “no-address”: Enter an e-mail address",
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!answer_has(&a, words[i]))
            fail_msg("not said: %s", words[i]);
    assert_true(answer_has(&a, "Submit 1 row<"));
    assert_int_equal(DEALS_OF(&v), 0);
}

static void test_upload__says_faults_in_the_readers_language(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Kestrel,GB,bulk-edge,x,1,USD,2020-01-01,,a@b.example\n");
    struct answer a = webtest_get(w, &v, path_of(id, "?lang=zh"));

    assert_true(answer_has(&a, "数量“x”："));
    assert_false(answer_has(&a, "whole number"));
    assert_true(answer_has(&a, "该日期已过"));
    assert_true(answer_has(&a, "请输入客户方联系人姓名。"));
}

static void test_upload__judges_as_the_form_does(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, "Company name,Country,Tax number\nKestrel,CN,91350100M000100Y44\n");
    struct answer form = webtest_post(w, &v, "/partner/deals/new", "/partner/deals/new",
                                      "company_name=Kestrel&country=CN&row_version=0&do=submit"
                                      "&tax_number=91350100M000100Y44");
    static const char *const words[] = { "The last character does not fit",
                                         "Choose a currency.",
                                         "Add at least one product line.",
                                         "Choose the day on which you expect to close.",
                                         "Enter the name of a contact at the customer.",
                                         "Enter the contact’s e-mail or phone." };
    bool on_form[ARRAY_LEN(words)];

    assert_int_equal(form.status, 422);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        on_form[i] = answer_has(&form, words[i]);
    struct answer a = webtest_get(w, &v, path_of(id, ""));
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!on_form[i] || !answer_has(&a, words[i]))
            fail_msg("form %d, list %d: %s", on_form[i], answer_has(&a, words[i]), words[i]);
}

static void test_upload__names_what_is_no_list_and_writes_nothing(void **state)
{
    static const char zero[] = HEADINGS "Kes\0trel" TAIL;
    static const char broken[] = HEADINGS "K\xC3\x28strel" TAIL;
    static const char unknown[] = "Company name,Colour\nKestrel,red\n";
    static const char book[] = "PK\x03\x04 a workbook";
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more";
    static const char script[] = "Company name\n";
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    is_refused(&v, "deals.csv", zero, sizeof(zero) - 1, "Line 2 holds a zero byte");
    is_refused(&v, "deals.csv", broken, sizeof(broken) - 1, "bytes that are no text");
    is_refused(&v, "deals.csv", unknown, sizeof(unknown) - 1, "“Colour”");
    is_refused(&v, "deals.xlsx", book, sizeof(book) - 1, "The workbook is damaged (ZIP)");
    is_refused(&v, "deals.xls", old, sizeof(old) - 1, "is a workbook of another kind");
    is_refused(&v, "deals.xlsx", old, sizeof(old) - 1, "has a password or is of an old kind");
    is_refused(&v, "deals.exe", script, sizeof(script) - 1, "is neither XLSX nor CSV");
    is_refused(&v, "deals.csv", "", 0, "is empty");
    assert_int_equal(LISTS_OF(&v), 0);
}

/* -- workbooks --------------------------------------------------------------------------------- */

#define BOOK_HEADINGS                                                                           \
    "<row>" T("Company name") T("Country") T("Product line") T("Quantity") T("Estimated value") \
        T("Currency") T("Expected close date") T("Contact at the customer")                     \
            T("E-mail of the contact") "</row>"
#define BOOK_ROW(company, quantity)                                                   \
    "<row>" T(company) T("GB") T("bulk-edge") quantity                                \
        "<c><v>1.2345E+5</v></c>" T("USD") "<c s=\"1\"><v>47483</v></c>" T("Ann Lee") \
            T("ann@kestrel.example") "</row>"
static void test_workbook__is_read_like_the_same_rows_of_a_text_file(void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v, 0);
    a = send_book(&v, BOOK_HEADINGS BOOK_ROW("Merlin Mills Ltd", "<c><v>2</v></c>"), bulk_dates);
    id = id_of(&a);
    run_worker(id);
    assert_int_equal(rows_in(id, "free"), 1);
    a = webtest_post(w, &v, path_of(id, ""), path_of(id, ""), choice_of(id, "submit"));
    assert_int_equal(a.status, 303);
    run_worker(id);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE account_id = ? AND"
                            " expected_close = '2029-12-31' AND total = 123450",
                            v.account_id),
                     1);
}

static void test_workbook__formulas_errors_and_rounded_numbers_are_faults_of_their_rows(
    void **state)
{
    struct visitor v;
    struct answer a;
    int64_t id;

    (void)state;
    sign_in(&v, 0);
    a = send_book(&v,
                  BOOK_HEADINGS BOOK_ROW("Osprey Ltd", "<c><f>1+1</f><v>2</v></c>")
                      BOOK_ROW("Heron Ltd", "<c t=\"e\"><v>#N/A</v></c>")
                          BOOK_ROW("Egret Ltd", "<c><v>9.13E+17</v></c>"),
                  bulk_dates);
    id = id_of(&a);
    run_worker(id);
    assert_int_equal(rows_in(id, "fault"), 3);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "The cell holds a formula."));
    assert_true(answer_has(&a, "=1+1"));
    assert_true(answer_has(&a, "The cell holds an error of the spreadsheet."));
    assert_true(answer_has(&a, "more than 15 digits"));
    a = webtest_get(w, &v, arena_printf(job_arena, "%s?lang=zh", path_of(id, "")));
    assert_true(answer_has(&a, "该单元格是公式"));
}

static void test_workbook__of_several_sheets_says_which_was_read(void **state)
{
    static const struct workbook_part parts[] = {
        { "xl/workbook.xml",
          "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"rId9\"/>"
          "<sheet name=\"May\" r:id=\"rId1\"/><sheet name=\"June\" r:id=\"rId2\"/></sheets>"
          "</workbook>",
          0 },
        { "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Type=\"r/worksheet\" "
          "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"r/worksheet\" "
          "Target=\"worksheets/sheet2.xml\"/></Relationships>",
          0 },
        { 0 },
    };
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    a = send_book(&v, BOOK_HEADINGS BOOK_ROW("Plover Ltd", "<c><v>2</v></c>"), parts);
    a = webtest_get(w, &v, path_of(id_of(&a), ""));
    assert_true(answer_has(&a, "deals.xlsx › May"));
}

static void test_workbook__with_every_row_there_can_be_is_refused_by_the_limit(void **state)
{
    const size_t rows = 1048576;
    char *sheet = malloc(rows * 48 + 1000), *at = sheet;
    struct visitor v;
    struct answer a;

    (void)state;
    sign_in(&v, 0);
    at = stpcpy(at, BOOK_HEADINGS);
    for (size_t i = 1; i < rows; i++)
        at += sprintf(at, "<row><c><v>%zu</v></c></row>", i);
    a = send_book(&v, sheet, NULL);
    assert_int_equal(a.status, 422);
    assert_true(answer_has(&a, "At most 500 rows"));
    assert_int_equal(LISTS_OF(&v), 0);
    free(sheet);
}

static void test_workbook__comes_back_with_its_faults_and_can_be_sent_again(void **state)
{
    struct visitor v;
    struct answer a, again;
    char *rows, *book;
    int64_t id;
    size_t len;

    (void)state;
    sign_in(&v, 0);
    a = send_book(&v, BOOK_HEADINGS BOOK_ROW("=1+1", "<c><f>2*2</f></c>"), bulk_dates);
    id = id_of(&a);
    run_worker(id);
    a = webtest_get(w, &v, path_of(id, "/refused.xlsx"));
    assert_int_equal(a.status, 200);
    rows = sheet_text(job_arena, a.body, a.body_len);
    assert_non_null(strstr(rows, "|Row|What to correct\n=1+1|GB|"));
    assert_non_null(strstr(rows, "The cell holds a formula."));
    len = a.body_len;
    book = memcpy(malloc(len), a.body, len);
    again = send_bytes(&v, "rows-to-correct.xlsx", book, len);
    free(book);
    id = id_of(&again);
    run_worker(id);
    a = webtest_get(w, &v, PAGE "/template.xlsx?headings=zh");
    rows = sheet_text(job_arena, a.body, a.body_len);
    assert_true(str_starts(rows, "公司名称|"));
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_bulk_row WHERE bulk_id = ?", id), 1);
}

static char *many_rows(int count, size_t *len_out)
{
    char *csv = malloc((size_t)count * 120 + 1000);
    size_t len = (size_t)sprintf(csv, HEADINGS);

    for (int i = 0; i < count; i++)
        len += (size_t)sprintf(csv + len, "Company %c%c%c%d Ltd" TAIL, 'A' + i % 26,
                               'a' + i / 26 % 26, 'a' + i / 676 % 26, i);
    *len_out = len;
    return csv;
}

#define ROWS_ALLOWED(n)                                                                    \
    "INSERT INTO system_parameter (name, value, updated_at) VALUES ('deal.bulk_rows', '" n \
    "', UTC_TIMESTAMP(6))"

static void test_upload__takes_ten_thousand_rows_where_they_are_allowed_and_no_more(void **state)
{
    struct visitor v;
    size_t len;
    char *csv;

    (void)state;
    sign_in(&v, 0);
    csv = many_rows(501, &len);
    is_refused(&v, "deals.csv", csv, len, "At most 500 rows");
    free(csv);
    run_sql(ROWS_ALLOWED("10000"));
    csv = many_rows(10001, &len);
    is_refused(&v, "deals.csv", csv, len, "At most 10,000 rows");
    free(csv);
    assert_int_equal(LISTS_OF(&v), 0);
    csv = many_rows(10000, &len);
    struct answer a = send_bytes(&v, "deals.csv", csv, len);
    free(csv);
    assert_int_equal(rows_in(id_of(&a), "waiting"), 10000);
    run_sql("DELETE FROM system_parameter WHERE name = 'deal.bulk_rows'");
}

static void test_upload__sent_twice_is_one_list(void **state)
{
    static const char csv[] = HEADINGS "Kestrel Foods Ltd" TAIL;
    struct visitor v;
    char token[200];

    (void)state;
    sign_in(&v, 0);
    snprintf(token, sizeof(token), "%s", webtest_token(w, &v, PAGE));
    struct answer a = send_with(&v, token, "deals.csv", csv, sizeof(csv) - 1);
    int64_t id = id_of(&a);
    a = send_with(&v, token, "deals.csv", csv, sizeof(csv) - 1);
    assert_int_equal(id_of(&a), id);
    assert_int_equal(LISTS_OF(&v), 1);
}

/* -- what was found ---------------------------------------------------------------------------- */

static void test_check__flags_a_row_that_repeats_another_in_other_words(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Marlow Textiles Limited" TAIL "Marlow Textiles Ltd." TAIL
                                      "Marlow Textiles Ltd,GB,bulk-store,2,1000,USD,2029-12-31,"
                                      "Ann,ann@k.example\n");
    struct answer a = webtest_get(w, &v, path_of(id, ""));

    assert_int_equal(rows_in(id, "fault"), 1);
    assert_int_equal(rows_in(id, "free"), 2);
    assert_true(answer_has(&a, "Row 2 of this file has the same customer and product line."));
}

/* Another partner's open registration of the customer: a word that tells nothing of it. */
static void test_check__says_that_a_person_must_look_and_nothing_of_the_other(void **state)
{
    struct visitor first, second;

    (void)state;
    sign_in(&first, 0);
    sign_in(&second, 0);
    int64_t theirs = checked(&first, HEADINGS "Penhallow Quarries Ltd" TAIL);
    choose(&first, theirs, "submit");
    run_worker(theirs);
    int64_t deal = NUMBER("SELECT deal_id AS n FROM deal_bulk_row WHERE bulk_id = ?", theirs);
    int64_t ours = checked(&second, HEADINGS "Penhallow Quarries Limited" TAIL);
    struct answer a = webtest_get(w, &second, path_of(ours, ""));
    char number[40];

    snprintf(number, sizeof(number), "DR-%lld", (long long)deal);
    assert_int_equal(rows_in(ours, "look"), 1);
    assert_true(answer_has(&a, "This customer may already be registered."));
    assert_false(answer_has(&a, number));
    assert_false(answer_has(&a, "Taken"));
    assert_true(answer_has(&a, "Submit 1 row<"));
}

static void test_check__names_the_partners_own_registration(void **state)
{
    struct visitor v;
    char number[40];

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Larkspur Mills Ltd" TAIL);
    choose(&v, id, "submit");
    run_worker(id);
    snprintf(number, sizeof(number), "DR-%lld",
             (long long)NUMBER("SELECT deal_id AS n FROM deal_bulk_row WHERE bulk_id = ?", id));
    id = checked(&v, HEADINGS "Larkspur Mills Ltd" TAIL);
    struct answer a = webtest_get(w, &v, path_of(id, ""));

    assert_true(answer_has(&a, "You have this customer registered:"));
    assert_true(answer_has(&a, number));
}

/* A list is no way around the limit of live checks; submitting stays open. */
static void test_check__counts_as_live_checks_do(void **state)
{
    struct visitor v;
    char *csv;
    size_t len;

    (void)state;
    sign_in(&v, 0);
    run_sql("DELETE FROM rate_bucket;" ROWS_ALLOWED("1000"));
    csv = many_rows(603, &len);
    struct answer a = send_bytes(&v, "deals.csv", csv, len);
    int64_t id = id_of(&a);
    free(csv);
    run_worker(id);
    run_sql("DELETE FROM system_parameter WHERE name = 'deal.bulk_rows'");
    assert_int_equal(rows_in(id, "free") + rows_in(id, "look"), 600);
    assert_int_equal(rows_in(id, "unasked"), 3);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "Submit 603 rows"));
    assert_true(answer_has(&a, "the checks of this hour are used"));
}

/* -- the choice -------------------------------------------------------------------------------- */

static void test_choice__submits_the_good_rows_in_their_order(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL "Bellows Ltd,GB,nothing\n"
                                      "Crucible plc" TAIL);
    struct answer a = choose(&v, id, "submit");

    assert_int_equal(a.status, 303);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "You may leave this page."));
    run_worker(id);
    assert_int_equal(DEALS_OF(&v), 2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE state = 'submitted' AND"
                            " bulk_id = ? AND rank_no IS NOT NULL",
                            id),
                     2);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal a JOIN deal b ON a.bulk_id = b.bulk_id"
               " AND a.company_name < b.company_name AND a.rank_no < b.rank_no WHERE a.bulk_id = ?",
               id),
        1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM receipt r JOIN deal d ON d.id = r.deal_id"
                            " WHERE r.event = 'submitted' AND d.bulk_id = ?",
                            id),
                     2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal WHERE bulk_id = ? AND total = 1000"
                            " AND contact_email = 'ann@kestrel.example' AND created_by ="
                            " (SELECT user_id FROM deal_bulk b WHERE b.id = bulk_id)",
                            id),
                     2);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "href=\"/partner/deals/DR-"));
    assert_true(answer_has(&a, "“nothing”"));
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM notification WHERE event ="
                            " 'deal.bulk_done' AND object_id = ?",
                            id),
                     1);
}

static void test_choice__keeps_drafts(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL);
    choose(&v, id, "draft");
    run_worker(id);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal WHERE state = 'draft' AND bulk_id = ?", id), 1);
}

static void test_choice__made_twice_acts_once(void **state)
{
    struct visitor v;
    char body[400];

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL);
    snprintf(body, sizeof(body), "%s&form_token=%s", choice_of(id, "submit"),
             webtest_token(w, &v, path_of(id, "")));
    struct answer a = webtest_post_bare(w, &v, path_of(id, ""), body);
    assert_int_equal(a.status, 303);
    a = webtest_post_bare(w, &v, path_of(id, ""), body);
    assert_int_equal(a.status, 303);
    run_worker(id);
    run_once(worker, id);
    run_once(worker, id);
    assert_int_equal(DEALS_OF(&v), 1);
}

static void test_choice__of_a_list_that_has_moved_on_is_refused(void **state)
{
    struct visitor v;
    char body[80];

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL);
    snprintf(body, sizeof(body), "%s", choice_of(id, "submit"));
    choose(&v, id, "draft");
    struct answer a = webtest_post(w, &v, PAGE, path_of(id, ""), body);
    assert_int_equal(a.status, 409);
    a = choose(&v, id, "cancel");
    assert_int_equal(a.status, 409);
    run_worker(id);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal WHERE state = 'draft' AND bulk_id = ?", id), 1);
}

static void test_choice__to_cancel_keeps_nothing(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL);
    struct answer a = choose(&v, id, "cancel");

    assert_int_equal(a.status, 303);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_bulk_row WHERE bulk_id = ?", id), 0);
    run_once(worker, id);
    assert_int_equal(DEALS_OF(&v), 0);
    a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "This list was cancelled"));
}

static void test_list__of_another_company_is_not_there(void **state)
{
    struct visitor owner, stranger;

    (void)state;
    sign_in(&owner, 0);
    sign_in(&stranger, 0);
    int64_t id = checked(&owner, HEADINGS "Anvil Works Ltd" TAIL);

    assert_int_equal(webtest_get(w, &stranger, path_of(id, "")).status, 404);
    assert_int_equal(webtest_get(w, &stranger, path_of(id, "/refused.csv")).status, 404);
    struct answer a = webtest_post(w, &stranger, PAGE, path_of(id, ""), choice_of(id, "submit"));
    assert_int_equal(a.status, 404);
    a = webtest_get(w, &stranger, PAGE);
    assert_false(answer_has(&a, "deals.csv"));
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_bulk WHERE state = 'preview'"
                            " AND id = ?",
                            id),
                     1);
}

/* -- hostile rows ------------------------------------------------------------------------------ */

static void test_rows__are_text_on_the_page_and_in_the_file_that_comes_back(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "<script>alert(1)</script>,GB,=cmd|' /C calc'!A0,x\n"
                                      "=HYPERLINK(1),GB,\"a,\"\"b\"\"\",@SUM(1)\n");
    struct answer a = webtest_get(w, &v, path_of(id, ""));

    assert_false(answer_has(&a, "<script>alert"));
    assert_true(answer_has(&a, "&lt;script&gt;alert"));
    a = webtest_get(w, &v, path_of(id, "/refused.csv"));
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "\n'=HYPERLINK(1),"));
    assert_true(answer_has(&a, "'=cmd|"));
    assert_true(answer_has(&a, "'@SUM(1)"));
    assert_false(answer_has(&a, "\n=HYPERLINK"));
    assert_non_null(strstr(answer_header(&a, "Content-Disposition"), "attachment"));
}

/* The file that comes back is a list itself: the same rows, word for word. */
static void test_refused__can_be_uploaded_again(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL "=1+1,GB,nothing,x\n");
    struct answer a = webtest_get(w, &v, path_of(id, "/refused.csv"));
    char csv[6000];

    assert_true(a.body_len < sizeof(csv));
    snprintf(csv, sizeof(csv), "%s", a.body);
    int64_t again = checked(&v, csv);
    assert_int_equal(rows_in(again, "fault"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM deal_bulk_row a JOIN deal_bulk_row b"
                            " ON a.cells_json = b.cells_json AND a.state = b.state"
                            " AND a.bulk_id <> b.bulk_id WHERE a.bulk_id = ?",
                            again),
                     1);
}

/* -- the worker -------------------------------------------------------------------------------- */

static void test_worker__sends_nothing_for_who_may_no_longer(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL);
    choose(&v, id, "submit");
    fixture_run(w, "DELETE FROM user_role WHERE user_id = ?", v.user_id);
    run_once(worker, id);
    assert_int_equal(DEALS_OF(&v), 0);
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM deal_bulk WHERE state = 'stopped' AND id = ?", id), 1);
    struct answer a = webtest_get(w, &v, path_of(id, ""));
    assert_true(answer_has(&a, "may no longer register deals"));
}

static void test_worker__judges_again_what_has_changed_since(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd,GB,bulk-store,2,1000,USD,2029-12-31,Ann,"
                                      "ann@k.example\nCrucible plc" TAIL);
    choose(&v, id, "submit");
    run_sql("UPDATE product_line SET active = 0 WHERE code = 'bulk-store'");
    run_worker(id);
    run_sql("UPDATE product_line SET active = 1 WHERE code = 'bulk-store'");
    assert_int_equal(rows_in(id, "made"), 1);
    assert_int_equal(rows_in(id, "fault"), 1);
    assert_int_equal(DEALS_OF(&v), 1);
}

static void test_worker__goes_on_behind_a_row_that_fails(void **state)
{
    struct visitor v;

    (void)state;
    sign_in(&v, 0);
    run_alone("CREATE TRIGGER poison BEFORE INSERT ON account FOR EACH ROW"
              " SET NEW.country = IF(NEW.name = 'Poison plc', 'far too long', NEW.country)");
    int64_t id = checked(&v, HEADINGS "Anvil Works Ltd" TAIL "Poison plc" TAIL "Crucible" TAIL);
    choose(&v, id, "submit");
    run_worker(id);
    run_alone("DROP TRIGGER poison");
    assert_int_equal(rows_in(id, "made"), 2);
    assert_int_equal(rows_in(id, "failed"), 1);
    assert_int_equal(DEALS_OF(&v), 2);
    struct answer a = webtest_get(w, &v, path_of(id, "/refused.csv"));
    assert_true(answer_has(&a, "Poison plc"));
}

/* In a process of its own, which is killed without warning. */
static pid_t start_worker(int64_t id)
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    struct db *own;
    struct err *e = testdb_connect_as(webtest_schema(w), "worker", worker_statements, &own);
    struct job_context ctx = { .db = own, .arena = arena_new(65536), .owner = "killed" };

    if (e == NULL)
        e = deal_bulk_run(&ctx, &(struct job){ .kind = "deal.bulk", .ref = id, .tries = 1 }, rooms);
    _exit(e == NULL ? 0 : 1);
}

static void kill_after(pid_t pid, int64_t id, const char *state, int64_t rows)
{
    const struct timespec pause = { 0, 1000000 };

    for (int i = 0; i < 10000 && rows_in(id, state) < rows; i++)
        nanosleep(&pause, NULL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void test_worker__killed_in_the_middle_another_goes_on_and_nothing_is_doubled(void **state)
{
    enum { ROWS = 120 };
    struct visitor v;
    size_t len;
    char *csv = many_rows(ROWS, &len);

    (void)state;
    sign_in(&v, 0);
    run_sql("DELETE FROM rate_bucket");
    struct answer a = send_bytes(&v, "deals.csv", csv, len);
    int64_t id = id_of(&a);
    free(csv);
    kill_after(start_worker(id), id, "free", 10);
    assert_in_range(rows_in(id, "waiting"), 1, ROWS - 1);
    run_worker(id);
    assert_int_equal(rows_in(id, "free") + rows_in(id, "look"), ROWS);
    choose(&v, id, "submit");
    kill_after(start_worker(id), id, "made", 10);
    assert_in_range(rows_in(id, "made"), 1, ROWS - 1);
    run_worker(id);
    assert_int_equal(rows_in(id, "made"), ROWS);
    assert_int_equal(DEALS_OF(&v), ROWS);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT company_name) AS n FROM deal"
                            " WHERE state = 'submitted' AND bulk_id = ?",
                            id),
                     ROWS);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT r.deal_id) AS n FROM deal_bulk_row r"
                            " JOIN deal d ON d.id = r.deal_id AND d.bulk_id = r.bulk_id"
                            " WHERE r.bulk_id = ?",
                            id),
                     ROWS);
}

static void test_worker__two_at_once_make_each_row_once(void **state)
{
    enum { ROWS = 40 };
    struct visitor v;
    size_t len;
    char *csv = many_rows(ROWS, &len);
    int status = 1;

    (void)state;
    sign_in(&v, 0);
    run_sql("DELETE FROM rate_bucket");
    int64_t id = checked(&v, csv);
    free(csv);
    choose(&v, id, "draft");
    pid_t pid = start_worker(id);
    run_worker(id);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(DEALS_OF(&v), ROWS);
    assert_int_equal(rows_in(id, "made"), ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_template__has_the_headings_of_either_language),
        cmocka_unit_test(test_upload__shows_each_fault_at_its_column_and_all_at_once),
        cmocka_unit_test(test_upload__says_faults_in_the_readers_language),
        cmocka_unit_test(test_upload__judges_as_the_form_does),
        cmocka_unit_test(test_upload__names_what_is_no_list_and_writes_nothing),
        cmocka_unit_test(test_workbook__is_read_like_the_same_rows_of_a_text_file),
        cmocka_unit_test(
            test_workbook__formulas_errors_and_rounded_numbers_are_faults_of_their_rows),
        cmocka_unit_test(test_workbook__of_several_sheets_says_which_was_read),
        cmocka_unit_test(test_workbook__with_every_row_there_can_be_is_refused_by_the_limit),
        cmocka_unit_test(test_workbook__comes_back_with_its_faults_and_can_be_sent_again),
        cmocka_unit_test(test_upload__takes_ten_thousand_rows_where_they_are_allowed_and_no_more),
        cmocka_unit_test(test_upload__sent_twice_is_one_list),
        cmocka_unit_test(test_check__flags_a_row_that_repeats_another_in_other_words),
        cmocka_unit_test(test_check__says_that_a_person_must_look_and_nothing_of_the_other),
        cmocka_unit_test(test_check__names_the_partners_own_registration),
        cmocka_unit_test(test_check__counts_as_live_checks_do),
        cmocka_unit_test(test_choice__submits_the_good_rows_in_their_order),
        cmocka_unit_test(test_choice__keeps_drafts),
        cmocka_unit_test(test_choice__made_twice_acts_once),
        cmocka_unit_test(test_choice__of_a_list_that_has_moved_on_is_refused),
        cmocka_unit_test(test_choice__to_cancel_keeps_nothing),
        cmocka_unit_test(test_list__of_another_company_is_not_there),
        cmocka_unit_test(test_rows__are_text_on_the_page_and_in_the_file_that_comes_back),
        cmocka_unit_test(test_refused__can_be_uploaded_again),
        cmocka_unit_test(test_worker__sends_nothing_for_who_may_no_longer),
        cmocka_unit_test(test_worker__judges_again_what_has_changed_since),
        cmocka_unit_test(test_worker__goes_on_behind_a_row_that_fails),
        cmocka_unit_test(test_worker__killed_in_the_middle_another_goes_on_and_nothing_is_doubled),
        cmocka_unit_test(test_worker__two_at_once_make_each_row_once),
    };

    return cmocka_run_group_tests_name("registering from a list", tests, bulk_open, bulk_close);
}

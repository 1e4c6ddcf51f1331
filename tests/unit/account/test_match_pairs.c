/* Tests of account/match_pairs.h: a file of pairs in, verdicts out; and the share of right verdicts
 * on tests/data/companies/pairs-en.csv (origin and licence in the README beside it). */
#include "support/test.h"

#include "account/match_pairs.h"
#include "base/arena.h"
#include "base/str.h"
#include "text/csv.h"

#include <stdlib.h>

static char *run(const char *csv, struct err **e_out)
{
    char *text = NULL;
    size_t len;
    FILE *in = fmemopen((void *)(uintptr_t)csv, strlen(csv), "r");
    FILE *out = open_memstream(&text, &len);

    *e_out = match_pairs_run(in, out);
    fclose(in);
    fclose(out);
    return text;
}

static void expect_contains(const char *csv, const char *wanted)
{
    struct err *e;
    char *text = run(csv, &e);

    assert_ok(e);
    if (strstr(text, wanted) == NULL)
        print_error("%s", text);
    assert_non_null(strstr(text, wanted));
    free(text);
}

static void test_match_pairs__gives_each_pair_with_its_verdict(void **state)
{
    (void)state;
    expect_contains("a,b\nAcme Inc,ACME Corp.\n", "a,b,score,verdict,evidence\r\n"
                                                  "Acme Inc,ACME Corp.,1.000,same,core 1.00\r\n");
}

static void test_match_pairs__takes_the_first_two_columns_without_names(void **state)
{
    (void)state;
    expect_contains("Name_x,Name_y,Targets\nAcme,Kestrel,0\n", "Acme,Kestrel,0.000,different");
}

static void test_match_pairs__finds_columns_a_and_b_wherever_they_stand(void **state)
{
    (void)state;
    expect_contains("id;B;a\n7;Acme;Acme\n", "Acme,Acme,1.000,same");
}

static void test_match_pairs__uses_optional_columns(void **state)
{
    (void)state;
    expect_contains("a,b,tax_id_a,tax_id_b\nAcme,Acme,1234567,7654321\n", "differ: tax id");
}

static void test_match_pairs__names_the_line_of_a_broken_file(void **state)
{
    struct err *e;
    char *text = run("a,b\nx,\"y\n", &e);

    (void)state;
    assert_string_equal(err_detail(e), "2");
    assert_err_kind(e, ERR_PARSE);
    free(text);
}

static void test_match_pairs__refuses_a_file_without_two_columns(void **state)
{
    struct err *e;
    char *text = run("a\nx\n", &e);

    (void)state;
    assert_err_kind(e, ERR_PARSE);
    free(text);
    text = run("", &e);
    assert_err_kind(e, ERR_PARSE);
    free(text);
}

struct tally {
    int right_same, wrong_same, right_flagged, wrong_flagged, all;
};

/* The labels stand in the third column of the input, in the order of the output. */
static struct tally count_verdicts(FILE *labels, FILE *verdicts)
{
    static const struct text_csv_limits limits = { 1000, 8, 400 };
    struct tally t = { 0 };
    struct text_csv *l, *v;
    struct text_csv_row label, verdict;
    bool found;

    assert_ok(text_csv_open(text_csv_from_file(labels), &limits, &l));
    assert_ok(text_csv_open(text_csv_from_file(verdicts), &limits, &v));
    for (int line = 0;; line++) {
        assert_ok(text_csv_read(l, &label, &found));
        if (!found)
            break;
        assert_ok(text_csv_read(v, &verdict, &found));
        assert_true(found);
        if (line == 0)
            continue;
        bool truth = strcmp(label.cells[2], "1") == 0;
        bool same = strcmp(verdict.cells[3], "same") == 0;
        bool flagged = strcmp(verdict.cells[3], "different") != 0;

        t.all += truth;
        t.right_same += truth && same;
        t.wrong_same += !truth && same;
        t.right_flagged += truth && flagged;
        t.wrong_flagged += !truth && flagged;
    }
    text_csv_close(l);
    text_csv_close(v);
    return t;
}

static void test_match_pairs__is_right_on_the_labelled_pairs(void **state)
{
    FILE *in = fopen("tests/data/companies/pairs-en.csv", "r");
    FILE *out = tmpfile();

    (void)state;
    assert_non_null(in);
    assert_ok(match_pairs_run(in, out));
    rewind(in);
    rewind(out);
    struct tally t = count_verdicts(in, out);
    fclose(in);
    fclose(out);
    assert_int_equal(t.all, 71);
    assert_int_equal(t.wrong_same, 0);
    assert_int_equal(t.wrong_flagged, 0);
    assert_true(t.right_same >= 67);
    assert_int_equal(t.right_flagged, 71);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_pairs__gives_each_pair_with_its_verdict),
        cmocka_unit_test(test_match_pairs__takes_the_first_two_columns_without_names),
        cmocka_unit_test(test_match_pairs__finds_columns_a_and_b_wherever_they_stand),
        cmocka_unit_test(test_match_pairs__uses_optional_columns),
        cmocka_unit_test(test_match_pairs__names_the_line_of_a_broken_file),
        cmocka_unit_test(test_match_pairs__refuses_a_file_without_two_columns),
        cmocka_unit_test(test_match_pairs__is_right_on_the_labelled_pairs),
    };

    return cmocka_run_group_tests_name("account/match_pairs", tests, NULL, NULL);
}

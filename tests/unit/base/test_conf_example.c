/* The example of the options' file says what the programs know: nothing less, nothing else. */
#include "support/test.h"

#include "base/conf.h"

#include <stdlib.h>
#include <unistd.h>

static char *read_all(FILE *file)
{
    char *text = calloc(1, 65536);

    assert_non_null(text);
    rewind(file);
    assert_true(fread(text, 1, 65535, file) < 65535);
    return text;
}

/* What conf_print_help() writes to standard output. */
static char *printed_help(void)
{
    FILE *file = tmpfile();
    int out = dup(STDOUT_FILENO);
    char *text;

    assert_non_null(file);
    fflush(stdout);
    assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
    conf_print_help();
    fflush(stdout);
    assert_true(dup2(out, STDOUT_FILENO) >= 0);
    close(out);
    text = read_all(file);
    fclose(file);
    return text;
}

static void test_conf_example__holds_what_the_help_prints(void **state)
{
    FILE *file = fopen("conf/fairway.conf.example", "re");
    char *example, *help, *rest;

    (void)state;
    assert_non_null(file);
    example = read_all(file);
    fclose(file);
    help = printed_help();
    rest = strstr(example, "\n\n");
    assert_non_null(rest);
    assert_string_equal(rest + 2, help);
    free(help);
    free(example);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conf_example__holds_what_the_help_prints),
    };

    return cmocka_run_group_tests_name("conf_example", tests, NULL, NULL);
}

/* test_conf.c - options from file and environment, and secrets from files. */
#include "support/test.h"
#include "base/conf.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[96];
static struct conf conf;

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/fairway-conf-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof(path), "%s/fairway.conf", folder);
    return clearenv();
}

static int tear_down(void **state)
{
    (void)state;
    conf_free(&conf);
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *text, mode_t mode)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

static struct err *read_with(const char *text)
{
    conf_free(&conf);
    write_file(text, 0644);
    assert_int_equal(setenv("FAIRWAY_CONF", path, 1), 0);
    return conf_read(&conf);
}

/* Fails the test unless the error is one of configuration that names WORD. */
static void assert_names(struct err *e, const char *word)
{
    assert_non_null(e);
    assert_non_null(strstr(err_message(e), word));
    assert_err_kind(e, ERR_CONFIG);
}

static void test_conf__has_defaults_for_everything(void **state)
{
    (void)state;
    assert_ok(conf_read(&conf));
    assert_string_equal(conf.var, "var");
    assert_string_equal(conf.db_password_file, "");
    assert_int_equal(conf.db_port, 3306);
    assert_int_equal(conf.upload_max_bytes, 26214400);
}

static void test_conf__takes_the_file_over_defaults_and_the_environment_over_both(void **state)
{
    (void)state;
    assert_int_equal(setenv("FAIRWAY_DB_NAME", "from_environment", 1), 0);
    assert_ok(read_with("# a comment\n\n  workers =  7 \nvar=/srv/fairway\ndb_name = from_file\n"
                        "mail_from = Fairway = Portal <p@x.example>\n"));
    assert_int_equal(conf.workers, 7);
    assert_string_equal(conf.var, "/srv/fairway");
    assert_string_equal(conf.db_name, "from_environment");
    assert_string_equal(conf.mail_from, "Fairway = Portal <p@x.example>");
}

static void test_conf__refuses_unknown_options_and_lines_that_are_none(void **state)
{
    (void)state;
    assert_names(read_with("workers = 1\nwrokers = 2\n"), ":2: there is no option wrokers");
    assert_names(read_with("workers\n"), ":1: expected name = value");
}

static void test_conf__refuses_values_out_of_range_by_name(void **state)
{
    (void)state;
    assert_names(read_with("workers = 0\n"), "workers");
    assert_names(read_with("workers = 257\n"), "workers");
    assert_names(read_with("workers = two\n"), "workers");
    assert_names(read_with("workers = 2x\n"), "workers");
    assert_names(read_with("workers =\n"), "workers");
    assert_names(read_with("db_name =\n"), "db_name");
    assert_int_equal(setenv("FAIRWAY_DEV", "2", 1), 0);
    assert_names(read_with(""), "dev");
}

static void test_conf__refuses_a_file_that_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(setenv("FAIRWAY_CONF", path, 1), 0);
    assert_names(conf_read(&conf), path);
}

static void test_conf_secret__is_the_first_line_of_a_private_file(void **state)
{
    char secret[32];

    (void)state;
    write_file("s3cret words\r\nmore\n", 0600);
    assert_ok(conf_secret(path, secret, sizeof(secret)));
    assert_string_equal(secret, "s3cret words");
}

static void test_conf_secret__refuses_files_that_others_may_touch(void **state)
{
    static const mode_t modes[] = { 0640, 0604, 0620, 0660, 0610 };
    char secret[32];

    (void)state;
    write_file("s3cret\n", 0600);
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_names(conf_secret(path, secret, sizeof(secret)), "0600");
    }
}

static void test_conf_secret__refuses_empty_and_absent_files(void **state)
{
    char secret[32];

    (void)state;
    assert_names(conf_secret(path, secret, sizeof(secret)), path);
    write_file("\nsecond line\n", 0600);
    assert_names(conf_secret(path, secret, sizeof(secret)), "empty");
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_conf__has_defaults_for_everything),
        IN_FOLDER(test_conf__takes_the_file_over_defaults_and_the_environment_over_both),
        IN_FOLDER(test_conf__refuses_unknown_options_and_lines_that_are_none),
        IN_FOLDER(test_conf__refuses_values_out_of_range_by_name),
        IN_FOLDER(test_conf__refuses_a_file_that_is_not_there),
        IN_FOLDER(test_conf_secret__is_the_first_line_of_a_private_file),
        IN_FOLDER(test_conf_secret__refuses_files_that_others_may_touch),
        IN_FOLDER(test_conf_secret__refuses_empty_and_absent_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every event of the audit trail has its words: what a writing route does is never shown by its
 * name alone. */
#include "support/test.h"

#include "base/str.h"
#include "program/program.h"
#include "web/audit_words.h"

#include <glob.h>
#include <stdlib.h>

/* Of these the trail says nothing, or something under a name of its own: what a person keeps for
 * himself, looks at or tries, and the ways to log in. */
static bool is_silent(const char *name)
{
    static const char *const ends[] = { "notification.read",
                                        "notification.read_all",
                                        "announcement.read_all",
                                        "notification.save",
                                        "mute",
                                        "_view",
                                        ".view_save",
                                        "view_delete" };
    static const char *const names[] = { "account.prove",  "deal.check",   "deal.free_ask",
                                         "lead.rules_try", "login.code",   "login.password",
                                         "login.setup",    "password.ask", "password.set",
                                         "receipt.verify" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(names[i], name))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_ends(name, ends[i]))
            return true;
    return false;
}

static bool has_words(const char *action)
{
    for (const struct audit_word *word = audit_words; word->action != NULL; word++)
        if (str_eq(word->action, action))
            return true;
    return false;
}

static int count_without_words(const struct program *program)
{
    int faults = 0;

    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *route = *table; route->name != NULL; route++)
            if (route->method == HTTP_POST && !is_silent(route->name) && !has_words(route->name)) {
                print_error("%s: the audit trail has no words for it\n", route->name);
                faults++;
            }
    return faults;
}

static void test_words__every_writing_route_has_some(void **state)
{
    int faults = 0;

    (void)state;
    for (const struct program *const *program = programs; *program != NULL; program++)
        faults += count_without_words(*program);
    assert_int_equal(faults, 0);
}

/* "deal.win": two words of small letters with a full stop between. */
static bool is_action(const char *text, size_t length)
{
    size_t stops = 0;

    for (size_t i = 0; i < length; i++) {
        stops += text[i] == '.';
        if (text[i] != '.' && text[i] != '_' && (text[i] < 'a' || text[i] > 'z'))
            return false;
    }
    return stops == 1 && text[0] != '.' && text[length - 1] != '.';
}

static int count_in_line(const char *file, const char *line)
{
    const char *begin = line, *end;
    char action[64];
    int faults = 0;

    while ((begin = strchr(begin, '"')) != NULL && (end = strchr(begin + 1, '"')) != NULL) {
        size_t length = (size_t)(end - begin - 1);

        if (length > 0 && length < sizeof(action) && is_action(begin + 1, length)) {
            snprintf(action, sizeof(action), "%.*s", (int)length, begin + 1);
            if (!has_words(action)) {
                print_error("%s writes %s: the audit trail has no words for it\n", file, action);
                faults++;
            }
        }
        begin = end + 1;
    }
    return faults;
}

/* "audit_share(…, ": a call that writes an event, with its name beside it. */
static bool calls_audit(const char *line)
{
    for (const char *at = line; (at = strstr(at, "audit")) != NULL;) {
        while ((*at >= 'a' && *at <= 'z') || *at == '_')
            at++;
        if (*at == '(')
            return true;
    }
    return false;
}

static int count_in_file(const char *file)
{
    FILE *in = fopen(file, "re");
    char line[512];
    int faults = 0;

    assert_non_null(in);
    while (fgets(line, sizeof(line), in) != NULL)
        if (strstr(line, ".action = ") != NULL || calls_audit(line))
            faults += count_in_line(file, line);
    fclose(in);
    return faults;
}

/* What rules and jobs write has no route to be found by: their sources name it. */
static void test_words__what_rules_and_jobs_write_has_some(void **state)
{
    glob_t files;
    int faults = 0;

    (void)state;
    assert_int_equal(glob("cgi/*/*.c", 0, NULL, &files), 0);
    assert_true(files.gl_pathc > 100);
    for (size_t i = 0; i < files.gl_pathc; i++)
        faults += count_in_file(files.gl_pathv[i]);
    globfree(&files);
    assert_int_equal(faults, 0);
}

static void test_words__stand_in_the_order_of_names_without_a_second_of_one(void **state)
{
    (void)state;
    for (const struct audit_word *word = audit_words + 1; word->action != NULL; word++)
        if (strcmp(word[-1].action, word->action) >= 0)
            fail_msg("%s stands after %s", word->action, word[-1].action);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words__every_writing_route_has_some),
        cmocka_unit_test(test_words__what_rules_and_jobs_write_has_some),
        cmocka_unit_test(test_words__stand_in_the_order_of_names_without_a_second_of_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every event of the audit trail has its words: what a writing route does is never shown by its
 * name alone. */
#include "support/test.h"

#include "auditing/auditing.h"
#include "base/str.h"
#include "program/program.h"

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
    for (const struct auditing_event *word = auditing_events; word->action != NULL; word++)
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

static void test_words__stand_in_the_order_of_names_without_a_second_of_one(void **state)
{
    (void)state;
    for (const struct auditing_event *word = auditing_events + 1; word->action != NULL; word++)
        if (strcmp(word[-1].action, word->action) >= 0)
            fail_msg("%s stands after %s", word->action, word[-1].action);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words__every_writing_route_has_some),
        cmocka_unit_test(test_words__stand_in_the_order_of_names_without_a_second_of_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

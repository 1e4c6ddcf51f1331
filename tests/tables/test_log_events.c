/* operate/log_events.c against every line of the source that writes to the log, and against
 * conf/README.md. */
#include "support/test.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/tree.h"
#include "operate/log_events.h"

#include <ctype.h>

enum { EVENTS_MAX = 100, SOURCE_MAX = 1 << 20 };

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static const char *const level_words[] = { "LOG_DEBUG", "LOG_INFO", "LOG_WARN", "LOG_ERROR" };

/* What the source writes, its places taken together. */
struct written {
    const char *name, *fields; /* "job kind " */
    bool levels[ARRAY_LEN(level_names)];
};

struct walk {
    struct arena *a;
    struct written events[EVENTS_MAX];
    size_t count;
    int calls, faults;
};

/* -- reading the source --------------------------------------------------------------------------
 */

static struct written *event(struct walk *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++)
        if (str_eq(w->events[i].name, name))
            return &w->events[i];
    assert_true(w->count < EVENTS_MAX);
    w->events[w->count] = (struct written){ .name = name, .fields = "" };
    return &w->events[w->count++];
}

static bool has_word(const char *words, const char *word)
{
    const size_t len = strlen(word);

    for (const char *at = words; (at = strstr(at, word)) != NULL; at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

/* The end of the text in quotes that begins at AT. */
static const char *after_quotes(const char *at)
{
    for (at++; *at != '"' && *at != '\0'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == '\0' ? at : at + 1;
}

/* The comma or bracket that ends the argument at AT. */
static const char *after_argument(const char *at)
{
    int depth = 0;

    while (*at != '\0' && (depth > 0 || (*at != ',' && *at != ')'))) {
        if (*at == '"') {
            at = after_quotes(at);
            continue;
        }
        depth += (*at == '(') - (*at == ')');
        at++;
    }
    return at;
}

static void add_levels(struct written *to, const char *level, const char *end)
{
    for (size_t i = 0; i < ARRAY_LEN(level_words); i++) {
        const char *at = strstr(level, level_words[i]);

        to->levels[i] = to->levels[i] || (at != NULL && at < end);
    }
}

static void add_fields(struct walk *w, struct written *to, const char *at)
{
    while (*at == ',') {
        const char *open, *name;

        at++;
        open = at + strspn(at, " \n");
        if (!str_starts(open, "LOG_S(\"") && !str_starts(open, "LOG_I(\"")) {
            print_error("%s: a field that is no LOG_S or LOG_I with its name\n", to->name);
            w->faults++;
            return;
        }
        open += strlen("LOG_S(\"");
        name = arena_dup_bytes(w->a, open, strcspn(open, "\""));
        if (!has_word(to->fields, name))
            to->fields = arena_join(w->a, to->fields, name, " ", NULL);
        at = after_argument(at);
    }
}

static void read_call(struct walk *w, const char *file, const char *at)
{
    const char *level = at, *end = after_argument(at), *name = end + 1 + strspn(end + 1, " \n");
    struct written *to;

    w->calls++;
    if (*end != ',' || *name != '"' || *after_quotes(name) == ' ') {
        print_error("%s: an event without its name in quotes: %.60s\n", file, at);
        w->faults++;
        return;
    }
    to = event(w, arena_dup_bytes(w->a, name + 1, strcspn(name + 1, "\"")));
    add_levels(to, level, end);
    add_fields(w, to, after_quotes(name));
}

static void read_calls(struct walk *w, const char *file, const char *text, const char *call)
{
    for (const char *at = text; (at = strstr(at, call)) != NULL; at += strlen(call))
        if (at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_'))
            read_call(w, file, at + strlen(call));
}

/* A signal's handler writes its line itself: {"level":"error","event":"x"}. */
static void read_lines(struct walk *w, const char *text)
{
    static const char begin[] = "{\\\"level\\\":\\\"error\\\",\\\"event\\\":\\\"";

    for (const char *at = text; (at = strstr(at, begin)) != NULL;) {
        at += strlen(begin);
        w->calls++;
        event(w, arena_dup_bytes(w->a, at, strcspn(at, "\\")))->levels[ARRAY_LEN(level_names) - 1] =
            true;
    }
}

static const char *read_text(struct arena *a, const char *path)
{
    char *text = arena_alloc(a, SOURCE_MAX + 1);
    FILE *f = fopen(path, "re");

    assert_non_null(f);
    assert_true(fread(text, 1, SOURCE_MAX, f) < SOURCE_MAX);
    fclose(f);
    return text;
}

static void read_file(struct walk *w, const char *path)
{
    struct arena *a = arena_new(SOURCE_MAX + 4096);
    const char *text = read_text(a, arena_join(a, "cgi/", path, NULL));

    read_calls(w, path, text, "log_event(");
    read_calls(w, path, text, "log_plain(");
    read_lines(w, text);
    /* Lines made another way would be seen by nobody here. */
    if (!str_eq(path, "base/log.c") && strstr(text, "log_values(") != NULL) {
        print_error("%s calls log_values() itself\n", path);
        w->faults++;
    }
    arena_free(a);
}

static struct walk *walk_source(void)
{
    struct walk *w = calloc(1, sizeof(*w));
    struct tree_file *files;
    size_t count;

    assert_non_null(w);
    w->a = arena_new(64 * 1024);
    assert_ok(tree_list(w->a, "cgi", &files, &count));
    for (size_t i = 0; i < count; i++)
        if (str_ends(files[i].path, ".c"))
            read_file(w, files[i].path);
    return w;
}

static void walk_free(struct walk *w)
{
    arena_free(w->a);
    free(w);
}

/* -- the table -----------------------------------------------------------------------------------
 */

static const struct log_event_row *row_of(const char *name)
{
    for (const struct log_event_row *r = log_event_rows; r->name != NULL; r++)
        if (str_eq(r->name, name))
            return r;
    return NULL;
}

static const char *levels_of(struct arena *a, const struct written *e)
{
    const char *text = "";

    for (size_t i = 0; i < ARRAY_LEN(level_names); i++)
        if (e->levels[i])
            text = arena_join(a, text, *text != '\0' ? ", " : "", level_names[i], NULL);
    return text;
}

static bool same_words(struct arena *a, const char *some, const char *others)
{
    size_t count, other_count;
    char **words = str_split(a, str_trim(a, arena_dup(a, some)), ' ', &count);

    str_split(a, str_trim(a, arena_dup(a, others)), ' ', &other_count);
    for (size_t i = 0; i < count; i++)
        if (!has_word(others, words[i]))
            return false;
    return count == other_count;
}

static int compare(struct walk *w, const struct written *e)
{
    const struct log_event_row *r = row_of(e->name);

    if (r == NULL) {
        print_error("%s is not in operate/log_events.c\n", e->name);
        return 1;
    }
    if (str_eq(r->levels, levels_of(w->a, e)) && same_words(w->a, e->fields, r->fields))
        return 0;
    print_error("%s is written as %s with %s, and the table says %s with %s\n", e->name,
                levels_of(w->a, e), e->fields, r->levels, r->fields);
    return 1;
}

static void test_log_events__what_is_written_is_in_the_table_and_nothing_else_is(void **state)
{
    struct walk *w = walk_source();
    size_t rows = 0;

    (void)state;
    for (size_t i = 0; i < w->count; i++)
        w->faults += compare(w, &w->events[i]);
    while (log_event_rows[rows].name != NULL)
        rows++;
    assert_int_equal(w->faults, 0);
    assert_int_equal(rows, w->count);
    assert_true(w->calls > 40);
    walk_free(w);
}

static void test_log_events__no_field_hides_one_that_every_line_has(void **state)
{
    static const char *const everywhere[] = { "at", "level", "program", "pid", "event" };

    (void)state;
    for (const struct log_event_row *r = log_event_rows; r->name != NULL; r++)
        for (size_t i = 0; i < ARRAY_LEN(everywhere); i++)
            assert_false(has_word(r->fields, everywhere[i]));
}

static void test_log_events__the_document_has_the_rows_of_the_table_and_no_other(void **state)
{
    struct arena *a = arena_new(64 * 1024);
    const char *text = read_text(a, "conf/README.md"), *begin, *end;
    size_t rows = 0, shown = 0;
    int faults = 0;

    (void)state;
    for (const struct log_event_row *r = log_event_rows; r->name != NULL; r++, rows++) {
        const char *row =
            arena_printf(a, "\n| `%s` | %s | %s | %s |\n", r->name, r->levels, r->fields, r->when);

        if (strstr(text, row) == NULL) {
            print_error("conf/README.md lacks:%s", row);
            faults++;
        }
    }
    begin = strstr(text, "| event | level | fields | when |\n");
    assert_non_null(begin);
    end = strstr(begin, "\n\n");
    for (const char *at = begin; (at = strstr(at, "\n| `")) != NULL && at < end; at++)
        shown++;
    assert_int_equal(faults, 0);
    assert_int_equal(shown, rows);
    arena_free(a);
}

/* The test itself must be able to fail. */
static void test_log_events__a_call_is_read_with_its_levels_and_fields(void **state)
{
    struct walk w = { .a = arena_new(4096) };

    (void)state;
    read_calls(&w, "x.c",
               "log_event(bad ? LOG_WARN : LOG_ERROR, \"a.b\", LOG_S(\"x\", f(1, \"),\")),"
               "\n  LOG_I(\"y\", 2));\nlog_plain(LOG_INFO, \"c\");",
               "log_event(");
    assert_int_equal(w.count, 1);
    assert_string_equal(w.events[0].name, "a.b");
    assert_string_equal(w.events[0].fields, "x y ");
    assert_string_equal(levels_of(w.a, &w.events[0]), "warn, error");
    assert_int_equal(compare(&w, &w.events[0]), 1);
    read_calls(&w, "x.c", "log_event(LOG_INFO, name, LOG_I(\"y\", 2));", "log_event(");
    assert_int_equal(w.faults, 1);
    read_lines(&w, "\"{\\\"level\\\":\\\"error\\\",\\\"event\\\":\\\"w.r\\\"}\\n\"");
    assert_string_equal(w.events[1].name, "w.r");
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_events__what_is_written_is_in_the_table_and_nothing_else_is),
        cmocka_unit_test(test_log_events__no_field_hides_one_that_every_line_has),
        cmocka_unit_test(test_log_events__the_document_has_the_rows_of_the_table_and_no_other),
        cmocka_unit_test(test_log_events__a_call_is_read_with_its_levels_and_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

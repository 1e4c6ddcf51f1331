/* All templates: each parses in every language, none uses what the template engine does not make
 * safe, none has words that no catalogue can translate, and each icon it names is one. */
#include "support/test.h"

#include "base/arena.h"
#include "base/str.h"
#include "view/template.h"

#include <ctype.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 1000 };

static struct {
    struct arena *arena;
    const char *paths[FILES_MAX]; /* "templates/deal/show.cs" */
    const char *texts[FILES_MAX];
    size_t count;
} all;

static const char *read_all(struct arena *a, const char *path)
{
    FILE *file = fopen(path, "re");
    struct stat seen;
    char *text;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &seen), 0);
    text = arena_alloc(a, (size_t)seen.st_size + 1);
    assert_int_equal(fread(text, 1, (size_t)seen.st_size, file), seen.st_size);
    fclose(file);
    return text;
}

static int add_file(const char *path, const struct stat *seen, int kind, struct FTW *place)
{
    (void)seen;
    (void)place;
    if (kind != FTW_F || !str_ends(path, ".cs"))
        return 0;
    assert_true(all.count < FILES_MAX);
    all.paths[all.count] = arena_dup(all.arena, path);
    all.texts[all.count++] = read_all(all.arena, path);
    return 0;
}

static int read_templates(void **state)
{
    (void)state;
    all.arena = arena_new(1024 * 1024);
    assert_int_equal(nftw("templates", add_file, 8, FTW_PHYS), 0);
    assert_true(all.count > 0);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    arena_free(all.arena);
    return 0;
}

static int line_of(const char *text, const char *at)
{
    int line = 1;

    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static bool is_layout(size_t i)
{
    return str_starts(all.paths[i], "templates/layout/");
}

/* -- every page parses
 * ----------------------------------------------------------------------------- */

static void test_templates__every_page_parses_in_every_language(void **state)
{
    const char *locales = getenv("FAIRWAY_LOCALE_DIR");
    struct templates *t;
    size_t pages = 0;

    (void)state;
    assert_ok(lang_init(locales != NULL ? locales : "build/locale"));
    assert_ok(templates_new("templates", "tests/data/view/manifest.txt", false, &t));
    for (size_t i = 0; i < all.count; i++) {
        if (is_layout(i))
            continue;
        assert_ok(template_load(t, all.paths[i] + strlen("templates/")));
        pages++;
    }
    assert_true(pages > 0);
    templates_free(t);
    lang_end();
}

/* -- forbidden constructs
 * -------------------------------------------------------------------------- */

struct rule {
    const char *text; /* in lower case */
    bool in_tag; /* looked for within <?cs ... ?>, at the beginning of a command; else anywhere */
    bool layout_may;
    const char *why;
};

static const struct rule rules[] = {
    { "alt:", true, false, "prints without escaping" },
    { "name:", true, false, "prints without escaping" },
    { "uvar:", true, true, "prints without escaping" },
    { "lvar:", true, false, "runs a value as a template" },
    { "evar:", true, false, "runs a value as a template" },
    { "linclude:", true, false, "reads files while a page is shown" },
    { "escape:", true, false, "leaves blocks within it unescaped" },
    { "style=", false, false, "the Content-Security-Policy refuses it" },
    { "<style", false, false, "the Content-Security-Policy refuses it" },
    { " onclick=", false, false, "the Content-Security-Policy refuses it" },
    { " onchange=", false, false, "the Content-Security-Policy refuses it" },
    { " onsubmit=", false, false, "the Content-Security-Policy refuses it" },
    { "javascript:", false, false, "the Content-Security-Policy refuses it" },
    { "hx-on", false, false, "the Content-Security-Policy refuses it" },
    { "string.slice", false, false, "reads before a text that is too short" },
    { "_escape(", false, false, "switches escaping off for the whole expression" },
    { "text_html(", false, false, "switches escaping off for the whole expression" },
};

static const char *find_rule(const struct rule *rule, const char *text)
{
    const char *p = text;

    while ((p = strcasestr(p, rule->text)) != NULL) {
        const char *before = p;
        if (!rule->in_tag)
            return p;
        while (before > text && isspace((unsigned char)before[-1]))
            before--;
        if (before - text >= 4 && memcmp(before - 4, "<?cs", 4) == 0)
            return p;
        p++;
    }
    return NULL;
}

/* "uvar:row.StatusHtml": the name of what the engine made itself, as view_html() alone may set. */
static bool prints_a_part(const char *at)
{
    const char *name = at + strlen("uvar:");
    size_t len;

    if (!str_starts(at, "uvar:"))
        return false;
    len = strcspn(name, " ?");
    return len > 4 && memcmp(name + len - 4, "Html", 4) == 0;
}

static void test_templates__none_uses_what_is_not_safe(void **state)
{
    int faults = 0;

    (void)state;
    for (size_t i = 0; i < all.count; i++) {
        for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
            const char *at = find_rule(&rules[r], all.texts[i]);
            if (at == NULL || (rules[r].layout_may && is_layout(i)) || prints_a_part(at))
                continue;
            print_error("%s:%d: %s %s\n", all.paths[i], line_of(all.texts[i], at), rules[r].text,
                        rules[r].why);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

/* Of a row that is filled into a mould, only whether a value is there may be asked (view/mould.h).
 */
static bool row_may(const char *tag, size_t len)
{
    static const char *const commands[] = { "var:row.", "uvar:row.", "if:row.",
                                            "if:!row.", "elif:row.", "elif:!row." };
    static const char *const bare[] = { "else ", "/if " };

    for (size_t i = 0; i < ARRAY_LEN(bare); i++)
        if (len == strlen(bare[i]) && memcmp(tag, bare[i], len) == 0)
            return true;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        const size_t begin = strlen(commands[i]);

        if (len <= begin || memcmp(tag, commands[i], begin) != 0)
            continue;
        for (size_t c = begin; c < len; c++)
            if (!isalnum((unsigned char)tag[c]) && !(c == len - 1 && tag[c] == ' '))
                return false;
        return true;
    }
    return *tag == '#';
}

static int faults_of_row(size_t i)
{
    const char *p = all.texts[i];
    int faults = 0;

    while ((p = strstr(p, "<?cs ")) != NULL) {
        const char *tag = p + strlen("<?cs "), *end = strstr(tag, "?>");

        assert_non_null(end);
        if (!row_may(tag, (size_t)(end - tag))) {
            print_error("%s:%d: %.*s asks more than whether a value is there\n", all.paths[i],
                        line_of(all.texts[i], p), (int)(end - tag), tag);
            faults++;
        }
        p = end;
    }
    return faults;
}

static void test_templates__rows_ask_only_whether_a_value_is_there(void **state)
{
    int faults = 0, rows = 0;

    (void)state;
    for (size_t i = 0; i < all.count; i++) {
        if (!str_starts(all.paths[i], "templates/part/") || !str_ends(all.paths[i], "_row.cs"))
            continue;
        faults += faults_of_row(i);
        rows++;
    }
    assert_true(rows > 0);
    assert_int_equal(faults, 0);
    assert_false(row_may("if:row.A == \"b\" ", 16));
    assert_false(row_may("call:icon(row.A) ", 17));
}

static void test_templates__the_rules_find_what_they_forbid(void **state)
{
    static const char *const bad[] = { "<?cs uvar:x ?>", "<?cs  alt:x ?><?cs /alt ?>",
                                       "<p STYLE='a'>", "<?cs\nname:x ?>",
                                       "<?cs var:html_escape(a) ?>" };
    static const char *const good[] = { "<?cs var:name ?>", "<?cs var:x ?> name: x",
                                        "<?cs def:salt(x) ?>" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        size_t found = 0;
        for (size_t r = 0; r < ARRAY_LEN(rules); r++)
            found += find_rule(&rules[r], bad[i]) != NULL;
        assert_true(found > 0);
    }
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        for (size_t r = 0; r < ARRAY_LEN(rules); r++)
            assert_null(find_rule(&rules[r], good[i]));
}

/* A script element must load a file: what stands within one could hold data. */
static void test_templates__scripts_are_files(void **state)
{
    int faults = 0;

    (void)state;
    for (size_t i = 0; i < all.count; i++) {
        const char *p = all.texts[i];
        while ((p = strcasestr(p, "<script")) != NULL) {
            if (!str_starts(p, "<script src=\"{{asset:")) {
                print_error("%s:%d: a script that is no asset\n", all.paths[i],
                            line_of(all.texts[i], p));
                faults++;
            }
            p++;
        }
    }
    assert_int_equal(faults, 0);
}

/* -- words
 * ----------------------------------------------------------------------------------------- */

/* Names, which are the same in every language, and what macros print of attributes. */
static const char *const own_words[] = {
    "Fairway",
    "Kestrel Foods Ltd",
    "aria-invalid=\"true\"",
    "aria-describedby=",
    "-err",
    "-hint",
    "fw-btn-bad",
    "fw-btn-text",
    "btn-primary",
    "btn-sm",
    "fw-btn",
    "btn",
};

/* Cuts [BEGIN, END] marks and what is between them out of TEXT. */
static void blank(char *text, const char *begin, const char *end)
{
    char *from = text;

    while ((from = strstr(from, begin)) != NULL) {
        char *to = strstr(from + strlen(begin), end);
        to = to != NULL ? to + strlen(end) : from + strlen(from);
        for (; from < to; from++)
            if (*from != '\n')
                *from = ' ';
    }
}

static void blank_word(char *text, const char *word)
{
    for (char *at = text; (at = strstr(at, word)) != NULL;)
        memset(at, ' ', strlen(word));
}

/* Values of attributes that people read. */
static const char *const spoken[] = { " title=\"", " aria-label=\"", " placeholder=\"", " alt=\"",
                                      " data-label=\"" };

static const char *find_spoken_word(const char *text)
{
    for (size_t i = 0; i < ARRAY_LEN(spoken); i++) {
        const char *at = text;
        while ((at = strstr(at, spoken[i])) != NULL) {
            at += strlen(spoken[i]);
            for (const char *c = at; *c != '\0' && *c != '"'; c++)
                if (isalpha((unsigned char)*c) && isalpha((unsigned char)c[1]))
                    return c;
        }
    }
    return NULL;
}

/* Two letters in a row outside tags, elements and messages. */
static const char *find_bare_word(char *text)
{
    const char *word;

    blank(text, "<?cs", "?>");
    blank(text, "{{", "}}");
    for (size_t i = 0; i < ARRAY_LEN(own_words); i++)
        blank_word(text, own_words[i]);
    word = find_spoken_word(text);
    if (word != NULL)
        return word;
    blank(text, "<!--", "-->");
    blank(text, "<", ">");
    blank(text, "&", ";");
    for (const char *c = text; *c != '\0'; c++)
        if (isalpha((unsigned char)*c) && isalpha((unsigned char)c[1]))
            return c;
    return NULL;
}

static void test_templates__have_no_words_outside_messages(void **state)
{
    int faults = 0;

    (void)state;
    for (size_t i = 0; i < all.count; i++) {
        char *copy = arena_dup(all.arena, all.texts[i]);
        const char *word = find_bare_word(copy);
        if (word == NULL)
            continue;
        print_error("%s:%d: \"%.20s\" is not within {{ }}\n", all.paths[i], line_of(copy, word),
                    all.texts[i] + (word - copy));
        faults++;
    }
    assert_int_equal(faults, 0);
}

static void test_templates__a_bare_word_is_found(void **state)
{
    char bare[] = "<p>Hello</p>";
    char label[] = "<a title=\"Close\">{{x}}</a>";
    char good[] =
        "<a title=\"{{Close}}\" class=\"btn\">{{Hello}} <?cs var:x ?> &nbsp; 12 Fairway</a>";

    (void)state;
    assert_non_null(find_bare_word(bare));
    assert_non_null(find_bare_word(label));
    assert_null(find_bare_word(good));
}

/* -- icons
 * ----------------------------------------------------------------------------------------- */

static bool icon_exists(const char *name, size_t len)
{
    char path[256];

    snprintf(path, sizeof(path), "node_modules/@tabler/icons/icons/outline/%.*s.svg", (int)len,
             name);
    return access(path, R_OK) == 0;
}

/* Tones and levels of the log, where they are listed one behind the other. */
static bool is_tone(const char *word, size_t len)
{
    static const char *const tones[] = { "neutral", "info", "active", "wait",
                                         "good",    "bad",  "off",    "warn" };

    for (size_t i = 0; i < ARRAY_LEN(tones); i++)
        if (strlen(tones[i]) == len && memcmp(tones[i], word, len) == 0)
            return true;
    return false;
}

/* Counts what follows each MARK, up to the next quotation mark, and is no icon. */
static int count_bad_icons(const char *path, const char *text, const char *mark, int *seen)
{
    int faults = 0;

    for (const char *p = text; (p = strstr(p, mark)) != NULL;) {
        size_t len;
        p += strlen(mark);
        len = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789-");
        if (len == 0 || p[len] != '"' || is_tone(p, len))
            continue; /* a sentence, a variable, a list of tones */
        (*seen)++;
        if (icon_exists(p, len))
            continue;
        print_error("%s:%d: no icon \"%.*s\"\n", path, line_of(text, p), (int)len, p);
        faults++;
    }
    return faults;
}

static void test_templates__icons_are_tablers(void **state)
{
    static const char *const calls[] = { "call:icon(\"", "call:icon_s(\"", "call:empty(\"",
                                         "call:fault(\"" };
    int faults = 0, seen = 0;

    (void)state;
    if (!icon_exists("home", 4))
        skip(); /* the npm packages are not installed */
    for (size_t i = 0; i < all.count; i++)
        for (size_t c = 0; c < ARRAY_LEN(calls); c++)
            faults += count_bad_icons(all.paths[i], all.texts[i], calls[c], &seen);
    assert_true(seen > 0);
    assert_int_equal(faults, 0);
}

static struct {
    int faults, seen;
} programs;

/* In tables of statuses the icon stands behind the tone. */
static int check_program(const char *path, const struct stat *seen, int kind, struct FTW *place)
{
    static const char *const marks[] = { "\"neutral\", \"", "\"info\", \"", "\"active\", \"",
                                         "\"wait\", \"",    "\"good\", \"", "\"bad\", \"",
                                         "\"off\", \"",     ".icon = \"" };
    const char *text;

    (void)seen;
    (void)place;
    if (str_ends(path, "operate/log_events.c")) /* behind a level stand the members of an event */
        return 0;
    if (kind != FTW_F || !(str_ends(path, ".c") || str_ends(path, ".h")))
        return 0;
    if (str_ends(path, "/log_events.c"))
        return 0; /* "info" is a level there */
    text = read_all(all.arena, path);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        programs.faults += count_bad_icons(path, text, marks[i], &programs.seen);
    return 0;
}

static void test_templates__icons_of_programs_are_tablers(void **state)
{
    (void)state;
    if (!icon_exists("home", 4))
        skip(); /* the npm packages are not installed */
    assert_int_equal(nftw("cgi", check_program, 8, FTW_PHYS), 0);
    assert_true(programs.seen > 0);
    assert_int_equal(programs.faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates__every_page_parses_in_every_language),
        cmocka_unit_test(test_templates__none_uses_what_is_not_safe),
        cmocka_unit_test(test_templates__rows_ask_only_whether_a_value_is_there),
        cmocka_unit_test(test_templates__the_rules_find_what_they_forbid),
        cmocka_unit_test(test_templates__scripts_are_files),
        cmocka_unit_test(test_templates__have_no_words_outside_messages),
        cmocka_unit_test(test_templates__a_bare_word_is_found),
        cmocka_unit_test(test_templates__icons_are_tablers),
        cmocka_unit_test(test_templates__icons_of_programs_are_tablers),
    };

    return cmocka_run_group_tests(tests, read_templates, forget);
}

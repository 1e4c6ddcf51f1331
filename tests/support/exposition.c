/* support/exposition.c */
#include "support/exposition.h"

#include "support/test.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>

/* The family that the lines are of. */
struct reading {
    struct exposition *out;
    const char *line;
    char families[100][80];
    size_t family_count;
    char type[16];
    bool has_help;
};

__attribute__((format(printf, 2, 3), noreturn)) static void bad(const struct reading *r,
                                                                const char *fmt, ...)
{
    va_list ap;

    print_error("%.*s\n", (int)strcspn(r->line, "\n"), r->line);
    va_start(ap, fmt);
    vprint_error(fmt, ap);
    va_end(ap);
    fail();
    abort();
}

static size_t name_length(const char *at, bool colon)
{
    size_t len = 0;

    if (isdigit((unsigned char)*at))
        return 0;
    while (isalnum((unsigned char)at[len]) || at[len] == '_' || (colon && at[len] == ':'))
        len++;
    return len;
}

static const char *take_word(const struct reading *r, const char *at, char *out, size_t size)
{
    const size_t len = name_length(at, true);

    if (len == 0 || len >= size)
        bad(r, "no name\n");
    memcpy(out, at, len);
    out[len] = '\0';
    return at + len;
}

/* -- comments ------------------------------------------------------------------------------------
 */

static void begin_family(struct reading *r, const char *name)
{
    for (size_t i = 0; i < r->family_count; i++)
        if (str_eq(r->families[i], name))
            bad(r, "%s for the second time\n", name);
    assert_true(r->family_count < ARRAY_LEN(r->families));
    snprintf(r->families[r->family_count++], sizeof(r->families[0]), "%s", name);
    r->has_help = true;
    r->type[0] = '\0';
}

static void read_help(struct reading *r, const char *at)
{
    char name[80];

    at = take_word(r, at, name, sizeof(name));
    if (*at != ' ' || at[1] == '\n')
        bad(r, "no help\n");
    for (; *at != '\n'; at++)
        if (*at == '\\' && *++at != '\\' && *at != 'n')
            bad(r, "a backslash that escapes nothing\n");
    begin_family(r, name);
}

static void read_type(struct reading *r, const char *at)
{
    char name[80];

    at = take_word(r, at, name, sizeof(name));
    if (!r->has_help || r->type[0] != '\0' || !str_eq(r->families[r->family_count - 1], name))
        bad(r, "TYPE does not follow its HELP\n");
    take_word(r, at + 1, r->type, sizeof(r->type));
    if (!str_eq(r->type, "counter") && !str_eq(r->type, "gauge") && !str_eq(r->type, "histogram"))
        bad(r, "no type\n");
    if (str_ends(name, "_total") != str_eq(r->type, "counter"))
        bad(r, "counters, and nothing else, end in _total\n");
}

/* -- samples -------------------------------------------------------------------------------------
 */

static const char *read_value(const struct reading *r, const char *at, char *out, size_t size)
{
    size_t len = 0;

    for (; *at != '"'; at++) {
        char c = *at;

        if (c == '\n' || c == '\0')
            bad(r, "a value without its end\n");
        if (c == '\\') {
            c = *++at == 'n' ? '\n' : *at;
            if (*at != 'n' && *at != '\\' && *at != '"')
                bad(r, "a backslash that escapes nothing\n");
        }
        if (len + 1 >= size)
            bad(r, "a long value\n");
        out[len++] = c;
    }
    out[len] = '\0';
    return at + 1;
}

static const char *read_labels(const struct reading *r, const char *at, struct exposition_sample *s)
{
    while (*at != '}') {
        struct exposition_label *label = &s->labels[s->label_count++];
        const size_t len = name_length(at, false);

        if (s->label_count == EXPOSITION_LABELS || len == 0 || len >= sizeof(label->name) ||
            at[len] != '=' || at[len + 1] != '"')
            bad(r, "no label\n");
        memcpy(label->name, at, len);
        at = read_value(r, at + len + 2, label->value, sizeof(label->value));
        for (size_t i = 0; i + 1 < s->label_count; i++)
            if (str_eq(s->labels[i].name, label->name))
                bad(r, "a label twice\n");
        if (*at == ',')
            at++;
        else if (*at != '}')
            bad(r, "no end of labels\n");
    }
    return at + 1;
}

static bool same_labels(const struct exposition_sample *a, const struct exposition_sample *b)
{
    if (a->label_count != b->label_count)
        return false;
    for (size_t i = 0; i < a->label_count; i++)
        if (!str_eq(a->labels[i].name, b->labels[i].name) ||
            !str_eq(a->labels[i].value, b->labels[i].value))
            return false;
    return true;
}

static void refuse_twice(const struct reading *r, const struct exposition_sample *s)
{
    for (const struct exposition_sample *other = r->out->samples; other < s; other++)
        if (str_eq(other->name, s->name) && same_labels(other, s))
            bad(r, "a series twice\n");
}

static void check_family(const struct reading *r, const struct exposition_sample *s)
{
    const char *rest = s->name + strlen(s->family);
    const bool histogram = str_eq(r->type, "histogram");

    if (r->type[0] == '\0' || !str_starts(s->name, s->family))
        bad(r, "a sample outside its family\n");
    if (histogram ? !str_eq(rest, "_bucket") && !str_eq(rest, "_sum") && !str_eq(rest, "_count")
                  : *rest != '\0')
        bad(r, "a sample of another name than its family\n");
}

/* Buckets come in their order, hold what those below hold, and the last holds all. */
static void check_bucket(const struct reading *r, const struct exposition_sample *s)
{
    const struct exposition_sample *before = s - 1;
    const bool first = str_eq(s->labels[s->label_count - 1].value, "0.001");

    if (str_ends(s->name, "_bucket") && !first && str_ends(before->name, "_bucket") &&
        before->value > s->value)
        bad(r, "a bucket holds less than the one before it\n");
    if (!str_ends(s->name, "_count") || !str_eq(r->type, "histogram"))
        return;
    if (!str_eq(s[-2].labels[s[-2].label_count - 1].value, "+Inf") || s[-2].value != s->value)
        bad(r, "the last bucket holds not all\n");
}

static void read_sample(struct reading *r)
{
    struct exposition_sample *s = &r->out->samples[r->out->count];
    const char *at = r->line;
    char *end;

    assert_true(r->out->count < EXPOSITION_SAMPLES);
    *s = (struct exposition_sample){ 0 };
    at = take_word(r, at, s->name, sizeof(s->name));
    if (r->family_count == 0)
        bad(r, "a sample without a family\n");
    snprintf(s->family, sizeof(s->family), "%s", r->families[r->family_count - 1]);
    check_family(r, s);
    if (*at == '{')
        at = read_labels(r, at + 1, s);
    if (*at != ' ' || at[1] == ' ')
        bad(r, "no single space before the value\n");
    s->value = strtod(at + 1, &end);
    if (end == at + 1 || *end != '\n' || isnan(s->value))
        bad(r, "no number\n");
    if (!str_eq(r->type, "gauge") && s->value < 0)
        bad(r, "a counter below zero\n");
    refuse_twice(r, s);
    r->out->count++;
    if (s->label_count > 0)
        check_bucket(r, s);
}

void exposition_read(const char *text, struct exposition *out)
{
    struct reading r = { .out = out };

    out->count = 0;
    for (r.line = text; *r.line != '\0'; r.line = strchr(r.line, '\n') + 1) {
        if (strchr(r.line, '\n') == NULL)
            bad(&r, "no end of the last line\n");
        if (str_starts(r.line, "# HELP "))
            read_help(&r, r.line + strlen("# HELP "));
        else if (str_starts(r.line, "# TYPE "))
            read_type(&r, r.line + strlen("# TYPE "));
        else if (*r.line != '#' && *r.line != '\n')
            read_sample(&r);
    }
}

static const char *find(const char *text, const char *series)
{
    const size_t len = strlen(series);

    for (const char *at = text; (at = strstr(at, series)) != NULL; at += len)
        if ((at == text || at[-1] == '\n') && at[len] == ' ')
            return at + len + 1;
    return NULL;
}

bool exposition_has(const char *text, const char *series)
{
    return find(text, series) != NULL;
}

double exposition_value(const char *text, const char *series)
{
    const char *at = find(text, series);

    if (at == NULL) {
        print_error("no %s\n", series);
        fail();
        abort();
    }
    return strtod(at, NULL);
}

/* base/conf.c */
#include "base/conf.h"
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { KIND_TEXT, KIND_NUMBER };

struct option {
    const char *name;
    enum kind kind;
    const char *fallback;
    int64_t least, most; /* of a number, or of a text's length in bytes */
    const char *help;
    size_t offset;
};

#define OPTION_ROW(name, kind, fallback, least, most, help) \
    { #name, KIND_##kind, fallback, least, most, help, offsetof(struct conf, name) },

static const struct option options[] = { CONF_OPTIONS(OPTION_ROW) };

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static struct err *set(struct conf *conf, const struct option *o, const char *value)
{
    void *place = (char *)conf + o->offset;
    int64_t number;

    if (o->kind == KIND_NUMBER) {
        if (!str_to_i64(value, &number) || number < o->least || number > o->most)
            return err_raise(ERR_CONFIG, "option %s: '%s' is no number from %lld to %lld", o->name,
                             value, (long long)o->least, (long long)o->most);
        *(int64_t *)place = number;
        return NULL;
    }
    if ((int64_t)strlen(value) < o->least || (int64_t)strlen(value) > o->most)
        return err_raise(ERR_CONFIG, "option %s: needs %lld to %lld bytes", o->name,
                         (long long)o->least, (long long)o->most);
    free(*(char **)place);
    *(char **)place = strdup(value);
    return *(char **)place == NULL ? err_raise(ERR_CONFIG, "out of memory") : NULL;
}

static char *trimmed(char *text)
{
    size_t len;

    while (isspace((unsigned char)*text))
        text++;
    len = strlen(text);
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    return text;
}

static struct err *read_line(struct conf *conf, char *line, const char *path, int number)
{
    const struct option *o;
    char *text = trimmed(line), *equals;

    if (*text == '\0' || *text == '#')
        return NULL;
    equals = strchr(text, '=');
    if (equals == NULL)
        return err_raise(ERR_CONFIG, "%s:%d: expected name = value", path, number);
    *equals = '\0';
    o = option_find(trimmed(text));
    if (o == NULL)
        return err_raise(ERR_CONFIG, "%s:%d: there is no option %s", path, number, trimmed(text));
    return err_pass(set(conf, o, trimmed(equals + 1)));
}

static struct err *read_file(struct conf *conf, const char *path)
{
    FILE *f = fopen(path, "re");
    struct err *e = NULL;
    char *line = NULL;
    size_t cap = 0;

    if (f == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    for (int number = 1; e == NULL && getline(&line, &cap, f) >= 0; number++)
        e = err_pass(read_line(conf, line, path, number));
    free(line);
    fclose(f);
    return e;
}

static const char *from_environment(const struct option *o)
{
    char name[64] = "FAIRWAY_";
    size_t n = strlen(name);

    for (const char *p = o->name; *p != '\0' && n < sizeof(name) - 1; p++)
        name[n++] = (char)toupper((unsigned char)*p);
    name[n] = '\0';
    return getenv(name);
}

struct err *conf_read(struct conf *conf)
{
    const char *path = getenv("FAIRWAY_CONF");

    memset(conf, 0, sizeof(*conf));
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        TRY(set(conf, &options[i], options[i].fallback));
    if (!str_is_empty(path))
        TRY(read_file(conf, path));
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        const char *value = from_environment(&options[i]);

        if (value != NULL)
            TRY(set(conf, &options[i], value));
    }
    return NULL;
}

void conf_free(struct conf *conf)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (options[i].kind == KIND_TEXT)
            free(*(char **)((char *)conf + options[i].offset));
    memset(conf, 0, sizeof(*conf));
}

const char *conf_url(const struct conf *conf, bool staff)
{
    return staff && !str_is_empty(conf->staff_url) ? conf->staff_url : conf->base_url;
}

struct err *conf_secret(const char *path, char *out, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    ssize_t len;

    if (fd < 0)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || (st.st_mode & 077) != 0) {
        close(fd);
        return err_raise(ERR_CONFIG, "%s may be read by others: chmod 0600 it", path);
    }
    len = read(fd, out, size - 1);
    close(fd);
    if (len < 0)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    out[len] = '\0';
    out[strcspn(out, "\r\n")] = '\0';
    return *out == '\0' ? err_raise(ERR_CONFIG, "%s is empty", path) : NULL;
}

void conf_print_help(void)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        printf("# %s\n#%s = %s\n", options[i].help, options[i].name, options[i].fallback);
}

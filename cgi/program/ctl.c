/* program/ctl.c - the commands of fairwayctl and how a line finds its command. */
#include "program/ctl.h"

#include "admin/demo.h"
#include "admin/demo_scale.h"
#include "base/log.h"
#include "base/str.h"
#include "db/migrate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(const char *line)
{
    puts(line);
    fflush(stdout);
}

static struct err *run_migrate(struct ctl *ctl)
{
    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    TRY(migrate_run(ctl->db, ctl->a, ctl->conf.sql_dir, say));
    return err_pass(migrate_grants(ctl->db, ctl->a, ctl->conf.sql_dir, ctl->conf.db_name, say));
}

static struct err *run_conf(struct ctl *ctl)
{
    TRY(ctl_options(ctl, (const struct ctl_option[]){ { 0 } }, NULL));
    conf_print_help();
    return NULL;
}

static struct err *run_demo(struct ctl *ctl)
{
    const char *scale = NULL;
    int64_t count = 0;
    bool loaded;

    TRY(ctl_options(ctl, (const struct ctl_option[]){ { "scale", &scale, false }, { 0 } }, NULL));
    if (scale != NULL && (!str_to_i64(scale, &count) || count < 1 || count > DEMO_SCALE_MOST))
        return err_raise(ERR_INVALID, "a scale is a number from 1 to %d", DEMO_SCALE_MOST);
    TRY(demo_load(ctl->db, &ctl->conf, ctl->out, &loaded));
    if (!loaded)
        fprintf(ctl->out, "the demo company is there already\n");
    if (scale == NULL)
        return NULL;
    fflush(ctl->out);
    TRY(demo_scale(ctl->db, &ctl->conf, count, ctl_show_progress));
    fprintf(ctl->out, "%lld end customers and as many registrations are loaded\n",
            (long long)count);
    return NULL;
}

static const struct ctl_command own_commands[] = {
    { "migrate", "", "bring the database to this version, and set the accounts' rights", true,
      run_migrate },
    { "demo", "[--scale N]",
      "load the demo company into an empty portal, and N end customers and registrations more",
      true, run_demo },
    { "conf", "", "print every start-up option with its default", false, run_conf },
    { 0 },
};

static const struct ctl_command *const tables[] = { own_commands,         ctl_user_commands,
                                                    ctl_account_commands, ctl_deal_commands,
                                                    ctl_receipt_commands, ctl_key_commands,
                                                    ctl_audit_commands,   ctl_backup_commands,
                                                    ctl_operate_commands, NULL };

struct err *ctl_read_file(struct arena *a, const char *path, size_t max_bytes,
                          const char **data_out, size_t *len_out)
{
    FILE *f = fopen(path, "re");
    char *data;

    if (f == NULL)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    data = arena_alloc(a, max_bytes + 1);
    *len_out = fread(data, 1, max_bytes + 1, f);
    *data_out = data;
    fclose(f);
    if (*len_out > max_bytes)
        return err_raise(ERR_TOO_LARGE, "%s is larger than %zu bytes", path, max_bytes);
    return NULL;
}

void ctl_show_progress(int64_t done, int64_t all)
{
    static const char bar[] = "########################################";
    static int64_t tenths_said;
    const int width = 40, filled = all > 0 ? (int)(done * width / all) : width;
    const int64_t tenths = all > 0 ? done * 10 / all : 10;

    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r[%-*.*s] %lld of %lld%s", width, filled, bar, (long long)done,
                (long long)all, done == all ? "\n" : "");
    else if (tenths != tenths_said)
        fprintf(stderr, "%lld of %lld\n", (long long)done, (long long)all);
    tenths_said = tenths;
}

/* -- command lines -------------------------------------------------------------------------------
 */

static const struct ctl_option *option_find(const struct ctl_option *options, const char *word)
{
    for (; options->name != NULL; options++)
        if (strncmp(word, "--", 2) == 0 && str_eq(options->name, word + 2))
            return options;
    return NULL;
}

static struct err *read_option(struct ctl *ctl, const struct ctl_option *option, int *at)
{
    if (*option->value != NULL)
        return err_raise(ERR_INVALID, "--%s stands there twice", option->name);
    if (option->flag) {
        *option->value = "";
        return NULL;
    }
    if (*at + 1 >= ctl->argc)
        return err_raise(ERR_INVALID, "--%s needs a value", option->name);
    *option->value = ctl->argv[++*at];
    return NULL;
}

struct err *ctl_options(struct ctl *ctl, const struct ctl_option *options, const char **word_out)
{
    const char *word = NULL;

    for (int i = 0; i < ctl->argc; i++) {
        const struct ctl_option *option = option_find(options, ctl->argv[i]);

        if (option != NULL) {
            TRY(read_option(ctl, option, &i));
            continue;
        }
        if (str_starts(ctl->argv[i], "--"))
            return err_raise(ERR_INVALID, "%s is no option", ctl->argv[i]);
        if (word_out == NULL || word != NULL)
            return err_raise(ERR_INVALID, "%s is one word too many", ctl->argv[i]);
        word = ctl->argv[i];
    }
    if (word_out == NULL)
        return NULL;
    *word_out = word;
    return word != NULL ? NULL : err_raise(ERR_INVALID, "one more word is needed");
}

/* How many words of the line are the command's name; 0 when it is another. */
static int match_name(const struct ctl_command *command, int argc, char **argv)
{
    const char *space = strchr(command->name, ' ');
    size_t first = space != NULL ? (size_t)(space - command->name) : strlen(command->name);

    if (argc < 1 || strlen(argv[0]) != first || strncmp(command->name, argv[0], first) != 0)
        return 0;
    if (space == NULL)
        return 1;
    return argc > 1 && str_eq(space + 1, argv[1]) ? 2 : 0;
}

static const struct ctl_command *find_command(int argc, char **argv, int *words_out)
{
    for (size_t i = 0; tables[i] != NULL; i++)
        for (const struct ctl_command *c = tables[i]; c->name != NULL; c++) {
            *words_out = match_name(c, argc, argv);
            if (*words_out != 0)
                return c;
        }
    return NULL;
}

static void print_usage(FILE *out)
{
    fprintf(out, "usage: fairwayctl COMMAND ...\n");
    for (size_t i = 0; tables[i] != NULL; i++)
        for (const struct ctl_command *c = tables[i]; c->name != NULL; c++)
            fprintf(out, "  %s%s%s\n      %s\n", c->name, *c->usage == '\0' ? "" : " ", c->usage,
                    c->help);
    fprintf(out,
            "Options are read from FAIRWAY_CONF and FAIRWAY_* (fairwayctl conf lists them).\n");
}

static struct err *run(struct ctl *ctl, const struct ctl_command *command)
{
    if (command->needs_db)
        TRY(db_open_conf(&ctl->conf, "owner", NULL, &ctl->db));
    return err_pass(command->handler(ctl));
}

static int report(const struct ctl_command *command, struct err *e)
{
    bool misused = err_is(e, ERR_INVALID);
    /* Whoever asks whether all is well, and gets no answer, has his answer. */
    int failed = str_eq(command->name, "check") ? 2 : 1;

    if (e == NULL)
        return 0;
    fprintf(stderr, "fairwayctl: %s\n", err_message(e));
    if (misused)
        fprintf(stderr, "usage: fairwayctl %s %s\n", command->name, command->usage);
    err_free(e);
    return misused ? 2 : failed;
}

int ctl_main(int argc, char **argv)
{
    struct ctl ctl = { .in = stdin, .out = stdout };
    const struct ctl_command *command;
    int words = 0, status;
    struct err *e;

    log_set_program("fairwayctl");
    if (argc == 2 && (str_eq(argv[1], "help") || str_eq(argv[1], "--help"))) {
        print_usage(stdout);
        return 0;
    }
    command = find_command(argc - 1, argv + 1, &words);
    if (command == NULL) {
        print_usage(stderr);
        return 2;
    }
    ctl.name = command->name;
    ctl.argc = argc - 1 - words;
    ctl.argv = argv + 1 + words;
    ctl.a = arena_new(64 * 1024);
    e = conf_read(&ctl.conf);
    if (e == NULL)
        e = run(&ctl, command);
    status = e == NULL ? ctl.status : report(command, e);
    db_close(ctl.db);
    conf_free(&ctl.conf);
    arena_free(ctl.a);
    if (fflush(stdout) != 0 && status == 0)
        status = 1;
    return status;
}

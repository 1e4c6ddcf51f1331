/* operate/check.c - the table of questions. */
#include "base/str.h"
#include "operate/inside.h"
#include "text/lang.h"

static const char *const level_names[] = { "ok", "warn", "fail" };

const char *check_level_name(enum check_level level)
{
    return level_names[level];
}

enum check_level check_above(int64_t value, int64_t warn_at, int64_t fail_at)
{
    if (value >= fail_at)
        return CHECK_FAIL;
    return value >= warn_at ? CHECK_WARN : CHECK_OK;
}

void check_add(struct check *c, enum check_level level, const char *todo, const char *fmt, ...)
{
    va_list ap;

    if (c->count == CHECK_LINES_MAX)
        return;
    if (c->words != NULL) {
        fmt = c->words(c->reader, fmt);
        todo = *todo != '\0' ? c->words(c->reader, todo) : todo;
    }
    va_start(ap, fmt);
    c->lines[c->count++] = (struct check_line){ .name = c->name,
                                                .level = level,
                                                .found = arena_vprintf(c->a, fmt, ap),
                                                .todo = level == CHECK_OK ? "" : todo };
    va_end(ap);
}

struct err *check_begin(struct check *c)
{
    return c->program != NULL ? NULL : err_pass(db_begin_read(c->db));
}

struct err *check_end(struct check *c)
{
    return c->program != NULL ? NULL : err_pass(db_commit(c->db));
}

struct question {
    const char *name;
    bool needs_db, on_page;
    const char *todo; /* when it cannot be asked */
    struct err *(*ask)(struct check *c);
};

static const struct question questions[] = {
    { "options", false, false, "correct the option", check_options },
    { "secrets", false, false, "make the file readable by its owner alone: chmod 0600",
      check_secrets },
    { "key", true, false,
      "see fairwayctl key list, and put the key's file back (0600, the worker's)", check_key },
    { "schema", true, false, "run fairwayctl migrate with this release's sql/", check_schema },
    { "rights", true, false, "run fairwayctl migrate", check_rights },
    { "clock", true, true, LANG_N("set both hosts' clocks by NTP"), check_clock },
    { "jobs", true, true, LANG_N("see the worker's log"), check_jobs },
    { "mails", true, true, LANG_N("see the worker's log"), check_mails },
    { "log", true, true, LANG_N("see the worker's log"), check_log },
    { "programs", false, true, LANG_N("see the program's log, and start it"), check_programs },
    { "backup", false, true, LANG_N("see backup_dir, and make a backup: fairwayctl backup FOLDER"),
      check_backup },
    { "disk", false, true, LANG_N("see the option var"), check_disk },
    { "certificate", false, true, LANG_N("see the option tls_certificate"), check_certificate },
};

static void ask(struct check *c, const struct question *q)
{
    struct err *e;

    c->name = q->name;
    e = q->ask(c);
    if (c->db != NULL && db_in_transaction(c->db))
        db_rollback(c->db);
    if (e != NULL)
        check_add(c, CHECK_FAIL, q->todo, "%s", err_message(e));
    err_free(e);
}

void check_all(struct check *c, const struct err *away)
{
    c->name = "database";
    if (c->db == NULL)
        check_add(c, CHECK_FAIL, "start MariaDB, or correct db_socket, db_user and the password",
                  "%s; what needs it is not looked at", err_message(away));
    else
        check_add(c, CHECK_OK, "", "it answers");
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        if (c->db != NULL || !questions[i].needs_db)
            ask(c, &questions[i]);
}

/* Words and reasons of an error are an operator's. */
static void say_unseen(struct check *c, const struct question *q, struct err *e)
{
    check_add(c, CHECK_WARN, q->todo, "%s", err_message(e));
    err_free(e);
}

struct err *check_seen(struct check *c)
{
    for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
        struct err *e;

        if (!questions[i].on_page)
            continue;
        c->name = questions[i].name;
        e = questions[i].ask(c);
        if (e != NULL && db_latched(c->db) != NULL)
            return err_pass(e);
        if (e != NULL)
            say_unseen(c, &questions[i], e);
    }
    return NULL;
}

enum check_level check_worst(const struct check *c)
{
    enum check_level worst = CHECK_OK;

    for (size_t i = 0; i < c->count; i++)
        if (c->lines[i].level > worst)
            worst = c->lines[i].level;
    return worst;
}

/* tests/bench/floor.c - the floor under a page: the page's own statements straight through the
 * connector, from as many processes as the page has workers, with nothing around them.
 *
 *   floor PROGRAM                                       its statements: NAME, tab, text, NUL
 *   floor PROGRAM SECONDS PROCESSES NAME:BINDS...
 *
 * PROGRAM is partner, staff or public; NAME one of its statements; BINDS its parameters, separated
 * by commas: a number, NULL, @HEX for texts and bytes.  The connection is the program's own, as its
 * options say.  Prints one line of JSON. */
#include "base/clock.h"
#include "base/conf.h"
#include "base/str.h"
#include "db/inside.h"
#include "program/program.h"

#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BINDS_MAX = 40, COLUMNS_MAX = 80, STATEMENTS_MAX = 32, CELL_BYTES = 1024, CONFIG = 2 };

/* Columns arrive as a page takes them: numbers and times as such, the rest as text. */
union cell {
    long long number;
    MYSQL_TIME time;
    char text[CELL_BYTES];
};

struct task {
    const struct db_stmt *stmt;
    MYSQL_STMT *prepared;
    MYSQL_BIND in[BINDS_MAX], out[COLUMNS_MAX];
    long long numbers[BINDS_MAX];
    char texts[BINDS_MAX][128];
    unsigned long lengths[BINDS_MAX];
    union cell cells[COLUMNS_MAX];
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "floor: %s: %s\n", what, why);
    exit(CONFIG);
}

static const struct program *program_named(const char *name)
{
    static const struct program *const all[] = { &program_partner, &program_staff,
                                                 &program_public };

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    fail(name, "no such program");
    return NULL;
}

/* The tables of a program, and last the one that every connection has; then NULL. */
static db_stmt_table *table_at(const struct program *program, size_t t)
{
    for (size_t i = 0; i < t; i++)
        if (program->statements[i] == NULL)
            return NULL;
    return program->statements[t] != NULL ? program->statements[t] : db_own_statements;
}

static const struct db_stmt *statement_named(const struct program *program, const char *name)
{
    db_stmt_table *table;

    for (size_t t = 0; (table = table_at(program, t)) != NULL; t++)
        for (size_t i = 0; table[i] != NULL; i++)
            if (strcmp(table[i]->name, name) == 0)
                return table[i];
    fail(name, "no such statement");
    return NULL;
}

static void bind_one(struct task *task, size_t i, const char *word)
{
    const bool bytes = i < strlen(task->stmt->binds) && task->stmt->binds[i] == 'b';
    const size_t len = strlen(word) / 2;

    if (i >= BINDS_MAX || len > sizeof(task->texts[i]))
        fail(word, "too much");
    if (*word == '@') {
        if (len > 0 && !str_unhex(word + 1, task->texts[i], len))
            fail(word, "no hexadecimal digits");
        task->lengths[i] = len;
        task->in[i] = (MYSQL_BIND){ .buffer_type = bytes ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING,
                                    .buffer = task->texts[i],
                                    .buffer_length = len,
                                    .length = &task->lengths[i] };
        return;
    }
    task->numbers[i] = atoll(word);
    task->in[i] = (MYSQL_BIND){ .buffer_type = strcmp(word, "NULL") == 0 ? MYSQL_TYPE_NULL
                                                                         : MYSQL_TYPE_LONGLONG,
                                .buffer = &task->numbers[i] };
}

static MYSQL_BIND bind_column(enum enum_field_types type, union cell *cell)
{
    switch (type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &cell->number };
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_DATETIME:
        return (MYSQL_BIND){ .buffer_type = type, .buffer = &cell->time };
    default:
        return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
                             .buffer = cell->text,
                             .buffer_length = sizeof(cell->text) };
    }
}

static void bind_columns(struct task *task)
{
    MYSQL_RES *columns = mysql_stmt_result_metadata(task->prepared);

    if (columns == NULL)
        return;
    for (unsigned c = 0; c < mysql_num_fields(columns) && c < COLUMNS_MAX; c++)
        task->out[c] = bind_column(mysql_fetch_field_direct(columns, c)->type, &task->cells[c]);
    mysql_stmt_bind_result(task->prepared, task->out);
    mysql_free_result(columns);
}

static void prepare(MYSQL *db, struct task *task, const struct program *program, char *spec)
{
    char *binds = strchr(spec, ':'), *save = NULL;
    size_t i = 0;

    if (binds != NULL)
        *binds++ = '\0';
    task->stmt = statement_named(program, spec);
    task->prepared = mysql_stmt_init(db);
    if (mysql_stmt_prepare(task->prepared, task->stmt->sql, strlen(task->stmt->sql)) != 0)
        fail(spec, mysql_stmt_error(task->prepared));
    for (char *word = binds == NULL ? NULL : strtok_r(binds, ",", &save); word != NULL;
         word = strtok_r(NULL, ",", &save))
        bind_one(task, i++, word);
    if (i != mysql_stmt_param_count(task->prepared))
        fail(spec, "another number of parameters");
    mysql_stmt_bind_param(task->prepared, task->in);
    bind_columns(task);
}

static void run_once(struct task *task)
{
    int got;

    if (mysql_stmt_execute(task->prepared) != 0)
        fail(task->stmt->name, mysql_stmt_error(task->prepared));
    while ((got = mysql_stmt_fetch(task->prepared)) == 0 || got == MYSQL_DATA_TRUNCATED)
        ;
    if (got != MYSQL_NO_DATA)
        fail(task->stmt->name, mysql_stmt_error(task->prepared));
    mysql_stmt_free_result(task->prepared);
}

/* A connection as the program has: its character set, isolation and time limits are part of what a
 * statement costs. */
static struct db *dial(const char *program)
{
    struct conf conf;
    struct db *db = NULL;
    struct err *e = conf_read(&conf);

    if (e == NULL)
        e = db_open_conf(&conf, program, NULL, &db);
    if (e != NULL)
        fail("connect", err_message(e));
    return db;
}

/* One process: rounds of all statements, as a page does them, each committing itself. */
static void work(const struct program *program, int64_t until, char **specs, int count,
                 long *rounds)
{
    static struct task tasks[STATEMENTS_MAX];
    struct db *db = dial(program->name);

    for (int i = 0; i < count; i++)
        prepare(db->mysql, &tasks[i], program, specs[i]);
    while (clock_monotonic_us() < until) {
        for (int i = 0; i < count; i++)
            run_once(&tasks[i]);
        ++*rounds;
    }
    db_close(db);
}

static int list_statements(const struct program *program)
{
    db_stmt_table *table;

    for (size_t t = 0; (table = table_at(program, t)) != NULL; t++)
        for (size_t i = 0; table[i] != NULL; i++)
            printf("%s\t%s%c", table[i]->name, table[i]->sql, '\0');
    return 0;
}

int main(int argc, char **argv)
{
    const struct program *program;
    const int processes = argc > 4 ? atoi(argv[3]) : 0;
    const double seconds = argc > 4 ? atof(argv[2]) : 0;
    struct rusage used;
    long *rounds, total = 0;
    int64_t until;

    if (argc == 2)
        return list_statements(program_named(argv[1]));
    if (argc < 5 || argc - 4 > STATEMENTS_MAX || processes < 1 || processes > 64)
        fail("usage", "floor PROGRAM [SECONDS PROCESSES NAME:BINDS...]");
    program = program_named(argv[1]);
    rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    until = clock_monotonic_us() + (int64_t)(seconds * (double)CLOCK_SECOND);
    for (int p = 0; p < processes; p++) {
        if (fork() == 0) {
            work(program, until, argv + 4, argc - 4, &rounds[p]);
            _exit(0);
        }
    }
    for (int status; wait(&status) > 0;)
        if (status != 0)
            return CONFIG;
    for (int p = 0; p < processes; p++)
        total += rounds[p];
    getrusage(RUSAGE_CHILDREN, &used);
    printf("{\"rounds\":%ld,\"per_second\":%.1f,\"client_us\":%.1f}\n", total,
           (double)total / seconds,
           ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
            (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec)) /
               (double)(total > 0 ? total : 1));
    return 0;
}

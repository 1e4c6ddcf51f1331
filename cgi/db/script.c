/* db/script.c - text with several statements: migrations, grants, demo data, tests.  Splits it
 * where the server's own client would. */
#include "db/inside.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* "-- ", as the server wants it: without white space behind it, it is two minus signs. */
static bool is_dashes(const char *text)
{
    return text[0] == '-' && text[1] == '-' && (text[2] == '\0' || isspace((unsigned char)text[2]));
}

/* The end of what begins at TEXT if that is quoted or a comment; TEXT itself otherwise. */
static const char *skip_opaque(const char *text)
{
    char quote = *text;
    const char *end;

    if (quote == '#' || is_dashes(text))
        return text + strcspn(text, "\n");
    if (text[0] == '/' && text[1] == '*') {
        end = strstr(text + 2, "*/");
        return end != NULL ? end + 2 : text + strlen(text);
    }
    if (quote != '\'' && quote != '"' && quote != '`')
        return text;
    for (text++; *text != '\0' && *text != quote; text++)
        if (*text == '\\' && quote != '`' && text[1] != '\0')
            text++;
    /* A doubled quote ends one piece and begins the next: the same in the end. */
    return *text != '\0' ? text + 1 : text;
}

/* Not the comments that the server runs, as dumps have them: they are statements. */
static bool is_comment(const char *text)
{
    if (text[0] == '/' && text[1] == '*')
        return text[2] != '!' && !(text[2] == 'M' && text[3] == '!');
    return *text == '#' || is_dashes(text);
}

static const char *skip_space(const char *text)
{
    for (;;) {
        if (isspace((unsigned char)*text) || *text == ';')
            text++;
        else if (is_comment(text))
            text = skip_opaque(text);
        else
            return text;
    }
}

const char *db_script_next(const char **text, size_t *len_out)
{
    const char *start = skip_space(*text), *p = start;

    while (*p != '\0' && *p != ';') {
        const char *after = skip_opaque(p);

        p = after == p ? p + 1 : after;
    }
    *text = p;
    while (p > start && isspace((unsigned char)p[-1]))
        p--;
    *len_out = (size_t)(p - start);
    return start;
}

static struct err *run_all(struct db *db, const char *sql)
{
    size_t len;
    const char *statement;

    for (int number = 1;; number++) {
        char what[48];

        statement = db_script_next(&sql, &len);
        if (len == 0)
            return NULL;
        snprintf(what, sizeof(what), "statement %d of a script", number);
        TRY(db_text(db, statement, len, what));
    }
}

struct err *db_script(struct db *db, const char *sql)
{
    static const char may_write[] = "SET SESSION tx_read_only=0, autocommit=0",
                      only_reads[] = "COMMIT; SET SESSION tx_read_only=1, autocommit=1";
    struct err *e, *undone;

    if (db->state == DB_READS)
        return err_raise(ERR_BUG, "a script in a reading transaction");
    if (db->state == DB_WRITES) {
        db->now_us = 0; /* it may set the session's clock */
        return db_latch(db, err_pass(run_all(db, sql)));
    }
    if (db->broken)
        TRY(db_reopen(db));
    /* Statements that change the schema commit by themselves, and what follows them would begin a
     * read-only transaction. */
    TRY(run_all(db, may_write));
    e = run_all(db, sql);
    if (e != NULL)
        mysql_rollback(db->mysql);
    undone = run_all(db, only_reads);
    if (undone != NULL)
        db->broken = true;
    if (e != NULL) {
        err_free(undone);
        return err_pass(e);
    }
    return err_pass(undone);
}

/* db/db.h - one connection to MariaDB: statements, transactions, running again.
 *
 * The connection's own default is read-only, each statement for itself: a page that only reads
 * costs neither BEGIN nor COMMIT and cannot write by mistake.  After any error the transaction is
 * dead: further calls return the same error until db_rollback(), so that an ignored error can never
 * end in a commit. */
#pragma once

#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"
#include "db/stmt.h"

struct db;

struct db_settings {
    const char *socket; /* or host and port */
    const char *host;
    unsigned port;
    const char *name, *user, *password; /* password NULL: unix_socket authentication */
    const char *tls_ca;                 /* file; the host's certificate must be signed by it */
    bool sync;                          /* db_see_all() is obeyed */
    /* Read at each connect, in place of PASSWORD: it may be changed while programs run.  NULL or
     * "": none. */
    const char *password_file;
    /* For connecting, reading and writing; 0: 10.  The server ends a statement after four fifths.
     */
    unsigned timeout_seconds;
};

/* Opens and checks every statement of TABLES (array of tables, ended by NULL; kept as pointer).
 * ERR_UNAVAILABLE when the server cannot be reached; ERR_CONFIG names the statement that does not
 * fit. */
struct err *db_open(const struct db_settings *settings, db_stmt_table *const *tables,
                    struct db **db_out);
/* Settings for PROGRAM ("partner") from the configuration: account fw_PROGRAM, password file,
 * socket.  The worker may wait 120 seconds for an answer and the owner an hour: their work is
 * larger. */
struct err *db_open_conf(const struct conf *conf, const char *program, db_stmt_table *const *tables,
                         struct db **db_out);
void db_close(struct db *db); /* NULL is allowed */
/* Closes and opens again. */
struct err *db_reopen(struct db *db);
/* A cheap round trip: ERR_UNAVAILABLE when the server is away (reconnects once). */
struct err *db_ping(struct db *db);

/* -- statements: inside a transaction ------------------------------------------------------------
 */

/* Fills *row, text copied to the arena.  No row is an answer: *found_out is false, *row untouched.
 */
struct err *db_one(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row, bool *found_out);
/* As db_one; no row is ERR_NOT_FOUND. */
struct err *db_get(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row);
/* All rows as one array in the arena; *rows_out is never NULL. */
struct err *db_list(struct db *db, struct arena *a, const struct db_stmt *st,
                    const struct db_arg *args, void *rows_out, size_t *count_out);
/* All rows of ST, which takes no parameters and gives few: names of product lines, tiers.  They are
 * read at most once in the time set by db_keep_for() - a second after db_open_conf(), else once a
 * transaction - and belong to DB; good until the transaction ends. */
struct err *db_kept(struct db *db, const struct db_stmt *st, void *rows_out, size_t *count_out);
void db_keep_for(struct db *db, int64_t us);
bool db_keeps(const struct db *db); /* beyond a transaction */
/* Calls FN for each row as it arrives (constant memory; the row's text lives until FN returns). The
 * connection is busy until the last row: FN must not use DB.  FN's error stops and is passed on. */
struct err *db_each(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    struct err *(*fn)(void *arg, const void *row), void *arg);
/* Changes rows.  *affected_out (may be NULL) counts rows found by WHERE and really changed.
 * A unique key that is hit gives ERR_DUPLICATE with the key's name as detail, and the transaction
 * stays usable: that is the one error a caller may handle and go on. */
struct err *db_exec(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    int64_t *affected_out);
/* As db_exec for one INSERT; gives its AUTO_INCREMENT id. */
struct err *db_insert(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                      int64_t *id_out);
/* The database's time: fetched once a transaction, then remembered until it ends. */
struct err *db_now(struct db *db, int64_t *at_us_out);
/* A statement of this transaction has brought UTC_TIMESTAMP(6) along: db_now() need not ask. */
void db_now_is(struct db *db, int64_t at_us);

/* -- transactions --------------------------------------------------------------------------------
 */

struct err *db_begin_read(struct db *db);  /* no round trip, nor at its end */
struct err *db_begin_write(struct db *db); /* START TRANSACTION READ WRITE */
struct err *db_commit(struct db *db);
/* Whether the transactions from now on see what was committed on any node of a cluster before they
 * began, for the price of waiting until this node has it.  Without a cluster, or when the settings
 * do not ask for it, nothing happens. */
void db_see_all(struct db *db, bool all);
/* Whether db_see_all() means anything here. */
bool db_may_see_less(const struct db *db);
void db_rollback(struct db *db); /* never fails: a broken connection is marked for reopening */
bool db_in_transaction(const struct db *db);
/* The error that a dead transaction answers with; NULL while it is alive. */
struct err *db_latched(const struct db *db);
/* Makes the open transaction one that cannot be committed, because of E, for rules that were broken
 * although the server complained of nothing.  Returns E. */
struct err *db_doom(struct db *db, struct err *e);

/* Which errors are run again, how often and how long is decided here alone (reliability: codes
 * 1213, 1205, 1020, 1180 on the same connection; 1047, 2002, 2006, 2013, 1927, 1053, 1158-1161,
 * 1040, 1317, 1290 on a new one; at most 10 runs and 5 seconds in all, 8 on a cluster, with
 * growing, jittered waits). */
struct db_retry {
    int runs;
    int64_t began_us; /* monotonic; waiting for a connection is not counted */
};
/* After a rolled back run that ended with E: frees E, waits, reopens if needed and gives NULL when
 * the transaction should be run again; else gives the error to answer: E itself, or ERR_UNAVAILABLE
 * when the tries are used up. */
struct err *db_retry_next(struct db *db, struct db_retry *retry, struct err *e);

/* Runs FN as one read-write transaction, again as a whole when that may help.  FN may be run
 * several times: it must set, not add to, what it leaves in ARG. */
struct err *db_transaction(struct db *db, struct err *(*fn)(struct db *db, void *arg), void *arg);

/* -- for migrations, demo loading and tests: text that the program itself holds, never input
 * ------- */
struct err *db_script(struct db *db, const char *sql); /* several statements, separated by ; */

/* Statements run since the last call: the page budget's meter. */
int db_statement_count(struct db *db);
/* Opens with no tables, for fairwayctl; statements are then prepared when first used. */
struct err *db_open_lazy(const struct db_settings *settings, struct db **db_out);

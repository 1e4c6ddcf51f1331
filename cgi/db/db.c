/* db/db.c - the connection itself: opening it with settings that every transaction relies on, and
 * turning the server's error numbers into our kinds. */
#include "db/inside.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/metric.h"
#include "base/str.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_SECONDS = 10, LOCK_WAIT_SECONDS = 4, PASSWORD_BYTES = 256 };

/* Error numbers that mean more than "it failed".  AGAIN: the transaction lost and is gone, the
 * connection is fine.  RECONNECT: the connection, its server or its node is gone. */
static const struct {
    unsigned number;
    enum err_kind kind;
} error_kinds[] = {
    { ER_DUP_ENTRY, ERR_DUPLICATE },
    { ER_DUP_ENTRY_WITH_KEY_NAME, ERR_DUPLICATE },
    { ER_LOCK_DEADLOCK, ERR_AGAIN }, /* also: a cluster's certification failed */
    { ER_LOCK_WAIT_TIMEOUT, ERR_AGAIN },
    { ER_CHECKREAD, ERR_AGAIN },           /* 1020: record changed since last read */
    { ER_ERROR_DURING_COMMIT, ERR_AGAIN }, /* 1180 */
    { ER_NEED_REPREPARE, ERR_AGAIN },
    { ER_UNKNOWN_COM_ERROR, ERR_RECONNECT }, /* 1047: the node is not part of its cluster */
    { ER_CON_COUNT_ERROR, ERR_RECONNECT },
    { ER_SERVER_SHUTDOWN, ERR_RECONNECT },
    { ER_NET_PACKETS_OUT_OF_ORDER, ERR_RECONNECT }, /* 1156 */
    { ER_NET_READ_ERROR, ERR_RECONNECT },
    { ER_NET_READ_INTERRUPTED, ERR_RECONNECT },
    { ER_NET_ERROR_ON_WRITE, ERR_RECONNECT },
    { ER_NET_WRITE_INTERRUPTED, ERR_RECONNECT },
    { ER_UNKNOWN_STMT_HANDLER, ERR_RECONNECT },      /* a proxy gave us another server */
    { ER_OPTION_PREVENTS_STATEMENT, ERR_RECONNECT }, /* 1290: a former primary, read-only now */
    { ER_QUERY_INTERRUPTED, ERR_RECONNECT },
    { ER_CONNECTION_KILLED, ERR_RECONNECT },
    { CR_CONNECTION_ERROR, ERR_RECONNECT },
    { CR_CONN_HOST_ERROR, ERR_RECONNECT },
    { CR_SERVER_GONE_ERROR, ERR_RECONNECT },
    { CR_SERVER_LOST, ERR_RECONNECT },
    { CR_SERVER_LOST_EXTENDED, ERR_RECONNECT },
    { CR_MALFORMED_PACKET, ERR_RECONNECT },
    { CR_SERVER_HANDSHAKE_ERR, ERR_RECONNECT }, /* a proxy took us, and its server was gone */
    { CR_SSL_CONNECTION_ERROR, ERR_RECONNECT }, /* the same, a moment later */
    { CR_COMMANDS_OUT_OF_SYNC, ERR_BUG },
    { ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ERR_BUG },
};

static enum err_kind kind_of(unsigned number)
{
    for (size_t i = 0; i < ARRAY_LEN(error_kinds); i++)
        if (error_kinds[i].number == number)
            return error_kinds[i].kind;
    return ERR_DB;
}

/* "Duplicate entry 'x' for key 'user_email'": the key's name.  The entry is what somebody typed and
 * may hold anything, so the name is looked for from the end. */
static struct err *duplicate(const char *what, const char *message)
{
    char key[64] = "";
    const char *end = strrchr(message, '\'');
    const char *start = end;

    while (start != NULL && start > message && start[-1] != '\'' && start[-1] != '.')
        start--;
    if (end != NULL && end > start)
        snprintf(key, sizeof(key), "%.*s", (int)(end - start), start);
    return err_with_detail(err_raise(ERR_DUPLICATE, "%s: key %s has that already", what, key), key);
}

struct err *db_server_error(struct db *db, MYSQL_STMT *stmt, const char *what)
{
    /* What goes wrong while rows come is told at the connection alone. */
    const bool own = stmt != NULL && mysql_stmt_errno(stmt) != 0;
    unsigned number = own ? mysql_stmt_errno(stmt) : mysql_errno(db->mysql);
    const char *message = own ? mysql_stmt_error(stmt) : mysql_error(db->mysql);
    enum err_kind kind = kind_of(number);

    if (kind == ERR_RECONNECT)
        db->broken = true;
    if (kind == ERR_DUPLICATE)
        return duplicate(what, message);
    return err_raise(kind, "%s: %u %s", what, number, message);
}

#ifdef FAIRWAY_FAULTS
struct err *db_fault(struct db *db, const char *what)
{
    if (!FAULT(FAULT_DB))
        return NULL;
    switch (fault_way()) {
    case FAULT_DEADLOCK:
        if (db->state != DB_IDLE)
            mysql_rollback(db->mysql);
        return err_raise(ERR_AGAIN, "%s: a deadlock on purpose", what);
    case FAULT_LOST:
        db->broken = true;
        return err_raise(ERR_RECONNECT, "%s: lost on purpose", what);
    default:
        return err_raise(ERR_DB, "%s: failed on purpose", what);
    }
}
#endif

struct err *db_text(struct db *db, const char *sql, size_t len, const char *what)
{
    MYSQL_RES *result;

    TRY(db_fault(db, what));
    if (mysql_real_query(db->mysql, sql, len) != 0)
        return db_server_error(db, NULL, what);
    result = mysql_store_result(db->mysql);
    if (result != NULL)
        mysql_free_result(result);
    return NULL;
}

unsigned db_statement_seconds(const struct db *db)
{
    const unsigned seconds = db->settings.timeout_seconds;

    return seconds - (seconds + 4) / 5;
}

/* READ COMMITTED: what a guarded UPDATE sees is then what a following SELECT sees, waiting locks
 * cover rows and no gaps, and a cluster promises no more than this between its nodes anyway.  Each
 * statement of a page has its own snapshot so, and a COMMIT after them would end nothing. */
static struct err *set_session(struct db *db)
{
    char sql[640];
    int len = snprintf(
        sql, sizeof(sql),
        "SET SESSION character_set_client=utf8mb4, character_set_results=utf8mb4,"
        " collation_connection=utf8mb4_general_ci, time_zone='+00:00', autocommit=1,"
        " tx_isolation='READ-COMMITTED', innodb_lock_wait_timeout=%d,"
        " lock_wait_timeout=%d, max_statement_time=%u, sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,"
        "NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
        LOCK_WAIT_SECONDS, LOCK_WAIT_SECONDS, db_statement_seconds(db));

    return err_pass(db_text(db, sql, (size_t)len, "session settings"));
}

static struct err *ask_cluster(struct db *db)
{
    static const char sql[] = "SHOW VARIABLES LIKE 'wsrep_on'";
    MYSQL_RES *result;
    MYSQL_ROW row;

    if (FAULT(FAULT_DB))
        return err_raise(ERR_RECONNECT, "connect: failed on purpose");
    if (mysql_real_query(db->mysql, sql, sizeof(sql) - 1) != 0)
        return db_server_error(db, NULL, sql);
    result = mysql_store_result(db->mysql);
    if (result == NULL)
        return db_server_error(db, NULL, sql);
    row = mysql_fetch_row(result);
    db->cluster = row != NULL && str_eq(row[1], "ON");
    mysql_free_result(result);
    return NULL;
}

/* The name in the certificate must be that of the host that was asked for. */
static void use_tls(struct db *db)
{
    static const my_bool verify = 1;

    if (str_is_empty(db->settings.tls_ca))
        return;
    mysql_options(db->mysql, MYSQL_OPT_SSL_ENFORCE, &verify);
    mysql_options(db->mysql, MYSQL_OPT_SSL_CA, db->settings.tls_ca);
    mysql_options(db->mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

static struct err *read_password(const struct db_settings *s, char out[PASSWORD_BYTES])
{
    return str_is_empty(s->password_file)
               ? NULL
               : err_pass(conf_secret(s->password_file, out, PASSWORD_BYTES));
}

static struct err *log_in(struct db *db)
{
    const struct db_settings *s = &db->settings;
    char password[PASSWORD_BYTES] = "";
    bool in;

    TRY(read_password(s, password));
    /* CLIENT_FOUND_ROWS is not set: "affected" means changed. */
    in = mysql_real_connect(db->mysql, str_is_empty(s->socket) ? s->host : NULL, s->user,
                            *password != '\0' ? password : s->password, s->name, s->port, s->socket,
                            0) != NULL;
    explicit_bzero(password, sizeof(password));
    return in ? NULL : db_server_error(db, NULL, "connect");
}

static struct err *dial(struct db *db)
{
    static const unsigned no_local_files = 0;
    const struct db_settings *s = &db->settings;

    db->mysql = mysql_init(NULL);
    if (db->mysql == NULL)
        return err_raise(ERR_DB, "the database connector could not start");
    mysql_options(db->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(db->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &s->timeout_seconds);
    mysql_options(db->mysql, MYSQL_OPT_READ_TIMEOUT, &s->timeout_seconds);
    mysql_options(db->mysql, MYSQL_OPT_WRITE_TIMEOUT, &s->timeout_seconds);
    /* A server that was taken over must not be able to ask for this host's files. */
    mysql_options(db->mysql, MYSQL_OPT_LOCAL_INFILE, &no_local_files);
    use_tls(db);
    if (FAULT(FAULT_DB))
        return err_raise(ERR_RECONNECT, "connect: failed on purpose");
    TRY(log_in(db));
    TRY(set_session(db));
    return err_pass(ask_cluster(db));
}

void db_hang_up(struct db *db)
{
    db_let_go_all(db);
    if (db->mysql != NULL)
        mysql_close(db->mysql);
    db->mysql = NULL;
    db->broken = true;
    db->sees_all = false;
    db->state = DB_IDLE;
    db->latch_kind = ERR_NONE;
    db->now_us = 0;
}

/* Whoever opens cannot run anything again: that the server is away is the answer. */
static struct err *as_unavailable(struct err *e)
{
    struct err *answer;

    if (!err_is(e, ERR_RECONNECT) && !err_is(e, ERR_AGAIN))
        return e;
    answer = err_raise(ERR_UNAVAILABLE, "%s", err_message(e));
    err_free(e);
    return answer;
}

/* Last, since a connection that only reads may not even prepare what writes. */
static struct err *only_read(struct db *db)
{
    static const char sql[] = "SET SESSION tx_read_only=1";

    return err_pass(db_text(db, sql, sizeof(sql) - 1, sql));
}

struct err *db_reopen(struct db *db)
{
    struct err *e;

    db_hang_up(db);
    TRY_TO(failed, e, dial(db));
    TRY_TO(failed, e, db_check_all(db));
    TRY_TO(failed, e, only_read(db));
    db->broken = false;
    db->away_us = 0;
    metric_add(METRIC_CONNECTS, 0, 0, 1);
    return NULL;
failed:
    db_hang_up(db);
    if (db->away_us == 0)
        db->away_us = clock_monotonic_us();
    return as_unavailable(e);
}

static char *copy(const char *text)
{
    return text == NULL || *text == '\0' ? NULL : strdup(text);
}

static struct err *open_with(const struct db_settings *settings, db_stmt_table *const *tables,
                             bool lazy, struct db **db_out)
{
    struct db *db = calloc(1, sizeof(*db));
    struct err *e;

    if (db == NULL)
        return err_raise(ERR_IO, "no memory");
    db->settings = *settings;
    db->settings.socket = copy(settings->socket);
    db->settings.host = copy(settings->host);
    db->settings.name = copy(settings->name);
    db->settings.user = copy(settings->user);
    db->settings.password = copy(settings->password);
    db->settings.tls_ca = copy(settings->tls_ca);
    db->settings.password_file = copy(settings->password_file);
    if (settings->timeout_seconds == 0)
        db->settings.timeout_seconds = TIMEOUT_SECONDS;
    db->tables = tables;
    db->lazy = lazy;
    db->rows = arena_new(16 * 1024);
    e = db_reopen(db);
    if (e != NULL) {
        db_close(db);
        return err_pass(e);
    }
    *db_out = db;
    return NULL;
}

struct err *db_open(const struct db_settings *settings, db_stmt_table *const *tables,
                    struct db **db_out)
{
    if (tables == NULL)
        return err_raise(ERR_BUG, "a connection without statements");
    return err_pass(open_with(settings, tables, false, db_out));
}

struct err *db_open_lazy(const struct db_settings *settings, struct db **db_out)
{
    return err_pass(open_with(settings, NULL, true, db_out));
}

/* How long a program may wait for one answer: a page, a job, an operator's migration. */
static unsigned timeout_of(const char *program)
{
    static const struct {
        const char *program;
        unsigned seconds;
    } timeouts[] = { { "worker", 120 }, { "owner", 3600 } };

    for (size_t i = 0; i < ARRAY_LEN(timeouts); i++)
        if (str_eq(timeouts[i].program, program))
            return timeouts[i].seconds;
    return TIMEOUT_SECONDS;
}

/* Names that somebody changes are seen by every program within this time. */
enum { KEEP_US = 1000000 };

struct err *db_open_conf(const struct conf *conf, const char *program, db_stmt_table *const *tables,
                         struct db **db_out)
{
    char user[96];
    struct db_settings settings = { .socket = conf->db_socket,
                                    .host = conf->db_host,
                                    .port = (unsigned)conf->db_port,
                                    .name = conf->db_name,
                                    .user = user,
                                    .tls_ca = conf->db_tls_ca,
                                    .sync = conf->db_sync != 0,
                                    .password_file = conf->db_password_file,
                                    .timeout_seconds = timeout_of(program) };

    if (str_is_empty(conf->db_socket) && str_is_empty(conf->db_host))
        return err_raise(ERR_CONFIG, "neither db_socket nor db_host is set");
    snprintf(user, sizeof(user), "%s%s", str_is_empty(conf->db_user) ? "fw_" : "",
             str_is_empty(conf->db_user) ? program : conf->db_user);
    TRY(tables == NULL ? db_open_lazy(&settings, db_out) : db_open(&settings, tables, db_out));
    db_keep_for(*db_out, KEEP_US);
    return NULL;
}

static void free_text(const char *text)
{
    free((void *)(uintptr_t)text);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_hang_up(db);
    if (db->settings.password != NULL)
        explicit_bzero((void *)(uintptr_t)db->settings.password, strlen(db->settings.password));
    free_text(db->settings.socket);
    free_text(db->settings.host);
    free_text(db->settings.name);
    free_text(db->settings.user);
    free_text(db->settings.password);
    free_text(db->settings.tls_ca);
    free_text(db->settings.password_file);
    free(db->slots);
    db_kept_free(db);
    arena_free(db->rows);
    free(db);
}

struct err *db_ping(struct db *db)
{
    if (db->state != DB_IDLE)
        return err_raise(ERR_BUG, "ping inside a transaction");
    if (!db->broken && !FAULT(FAULT_DB) && mysql_ping(db->mysql) == 0)
        return NULL;
    return err_pass(db_reopen(db));
}

int db_statement_count(struct db *db)
{
    int count = db->statements;

    db->statements = 0;
    return count;
}

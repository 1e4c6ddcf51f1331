/* base/conf.h - start-up options: one table for reading, defaults, checking and help.
 *
 * An option comes from the file named by FAIRWAY_CONF (lines "name = value", # comments), and an
 * environment variable FAIRWAY_NAME wins over the file.  What staff may change while the portal
 * runs is no start-up option but a system parameter in the database. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* CONF(name, kind, default, least, most, "what it does") */
#define CONF_OPTIONS(CONF)                                                                            \
    CONF(var, TEXT, "var", 1, 200, "folder of everything that changes while the portal runs")         \
    CONF(base_url, TEXT, "http://127.0.0.1:8080", 1, 200,                                             \
         "address under which people reach the portal; links in mails begin with it")                 \
    CONF(staff_url, TEXT, "", 0, 200,                                                                 \
         "address under which staff reach it, where that is another; empty: base_url")                \
    CONF(templates, TEXT, "templates", 1, 400, "folder of the page templates")                        \
    CONF(static_dir, TEXT, "build/static", 1, 400,                                                    \
         "folder of the built assets and their manifest")                                             \
    CONF(locale_dir, TEXT, "build/locale", 1, 400, "folder of compiled locales and catalogues")       \
    CONF(sql_dir, TEXT, "sql", 1, 400, "folder of migrations and grants")                             \
    CONF(db_socket, TEXT, "", 0, 100, "MariaDB's unix socket; empty: db_host is used")                \
    CONF(db_host, TEXT, "", 0, 200, "MariaDB's host name; empty: db_socket is used")                  \
    CONF(db_port, NUMBER, "3306", 1, 65535, "MariaDB's port with db_host")                            \
    CONF(db_name, TEXT, "fairway", 1, 64, "name of the database")                                     \
    CONF(db_user, TEXT, "", 0, 80, "database account; empty: fw_ and the program's name")             \
    CONF(db_password_file, TEXT, "", 0, 400,                                                          \
         "file with the password (mode 0600); empty: unix_socket authentication")                     \
    CONF(db_tls_ca, TEXT, "", 0, 400,                                                                 \
         "certificates that db_host's must be signed by (PEM); empty: no TLS")                        \
    CONF(db_sync, NUMBER, "0", 0, 1,                                                                  \
         "1: on a cluster, whoever changed something reads it again on every node")                   \
    CONF(socket, TEXT, "", 0, 100, "this program's FastCGI socket; empty: VAR/run/PROGRAM.sock")      \
    CONF(socket_dir, TEXT, "", 0, 90,                                                                 \
         "folder in which fairwayctl looks for the programs' sockets; empty: VAR/run")                \
    CONF(metrics, TEXT, "", 0, 400,                                                                   \
         "file of this program's counters; empty: beside its socket, or VAR/run/PROGRAM.metrics")     \
    CONF(metrics_dir, TEXT, "", 0, 400,                                                               \
         "folder in and below which fairwayctl looks for the programs' counters; empty: VAR/run")     \
    CONF(workers, NUMBER, "2", 1, 256, "worker processes of this program")                            \
    CONF(waiting, NUMBER, "20", 1, 1024,                                                              \
         "requests that may wait for each worker process; more get 503 at once")                      \
    CONF(queue_ms, NUMBER, "60", 0, 60000,                                                            \
         "how long they may wait once the queue does not drain; 0: as long as it is")                 \
    CONF(upload_max_bytes, NUMBER, "26214400", 1024, 1073741824, "largest file that is taken")        \
    CONF(smtp_url, TEXT, "", 0, 400,                                                                  \
         "smtp://host:25 or smtps://host:465; empty: mails are written to VAR/mail")                  \
    CONF(smtp_user, TEXT, "", 0, 200, "log-in at the mail server; empty: none")                       \
    CONF(smtp_password_file, TEXT, "", 0, 400, "file with the mail server's password (mode 0600)")    \
    CONF(mail_from, TEXT, "Fairway <portal@localhost>", 3, 200, "sender of the portal's mails")       \
    CONF(                                                                                             \
        sign_key_file, TEXT, "", 0, 400,                                                              \
        "Ed25519 key of receipts and checkpoints (mode 0600, the worker's); empty: VAR/keys/log.key") \
    CONF(log_origin, TEXT, "fairway.example/log", 1, 200, "name of the transparency log")             \
    CONF(vendor_name, TEXT, "Fairway", 1, 100, "the vendor's name where no branding is set")          \
    CONF(clamd_socket, TEXT, "", 0, 100, "clamd's unix socket; empty: files are not scanned")         \
    CONF(backup_dir, TEXT, "", 0, 400,                                                                \
         "folder in which backups are made, for fairwayctl check; empty: it cannot look")             \
    CONF(tls_certificate, TEXT, "", 0, 400,                                                           \
         "certificate (PEM) that nginx shows, for fairwayctl check; empty: it does not look")         \
    CONF(dev, NUMBER, "0", 0, 1, "1: templates are read again when they change")

#define CONF_FIELD_TEXT(name)                               const char *name;
#define CONF_FIELD_NUMBER(name)                             int64_t name;
#define CONF_FIELD(name, kind, fallback, least, most, help) CONF_FIELD_##kind(name)

struct conf {
    CONF_OPTIONS(CONF_FIELD)
};

/* Reads FAIRWAY_CONF and the environment.  ERR_CONFIG names the option and what is wrong with it.
 * The texts live until conf_free(). */
struct err *conf_read(struct conf *conf);
void conf_free(struct conf *conf);
/* The address under which the portal is reached, by staff or by everybody else. */
const char *conf_url(const struct conf *conf, bool staff);
/* Reads a secret: first line of a file that only its owner may read.  ERR_CONFIG otherwise.
 * OUT holds SIZE bytes; the caller wipes it. */
struct err *conf_secret(const char *path, char *out, size_t size);
/* Prints every option with default and meaning, for --help and conf/fairway.conf.example. */
void conf_print_help(void);

/* operate/check_files.c - questions to the disk: options, secrets, keys, backups, room. */
#include "backup/manifest.h"
#include "base/clock.h"
#include "base/str.h"
#include "crypt/certificate.h"
#include "operate/inside.h"
#include "text/lang.h"
#include "receipt/log_key.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    BACKUP_WARN_HOURS = 26, /* one a day, and its time */
    BACKUP_FAIL_HOURS = 8 * 24,
    KEY_WARN_DAYS = 3 * 365,
    CERTIFICATE_WARN_DAYS = 21,
    CERTIFICATE_FAIL_DAYS = 3,
    ROOM_WARN_PERCENT = 15,
    ROOM_FAIL_PERCENT = 5,
    SECRET_BYTES = 256
};

/* -- options -------------------------------------------------------------------------------------
 */

static struct err *need_file(struct check *c, const char *option, const char *folder,
                             const char *file)
{
    const char *path = arena_printf(c->a, "%s/%s", folder, file);

    return access(path, R_OK) == 0 ? NULL
                                   : err_raise(ERR_CONFIG, "option %s: cannot read %s: %s", option,
                                               path, strerror(errno));
}

static bool is_this_host(const char *url)
{
    return str_starts(url, "http://127.") || str_starts(url, "http://localhost");
}

struct err *check_options(struct check *c)
{
    const struct conf *conf = c->conf;
    const size_t before = c->count;

    TRY(need_file(c, "templates", conf->templates, "layout"));
    TRY(need_file(c, "static_dir", conf->static_dir, "manifest.txt"));
    TRY(need_file(c, "locale_dir", conf->locale_dir, "zh_CN.UTF-8"));
    TRY(need_file(c, "sql_dir", conf->sql_dir, "migrations"));
    if (!str_starts(conf->base_url, "https://") && !is_this_host(conf->base_url))
        check_add(c, CHECK_FAIL, "set base_url to the https address that people use",
                  "base_url is %s: pages and links would go over the network in the open",
                  conf->base_url);
    if (str_is_empty(conf->smtp_url))
        check_add(c, CHECK_WARN, "set smtp_url, unless this portal is for trying it out",
                  "mails are written to %s/mail and reach nobody", conf->var);
    if (conf->dev != 0)
        check_add(c, CHECK_WARN, "set dev to 0", "templates are read again for each page");
    if (c->count == before)
        check_add(c, CHECK_OK, "", "folders and addresses are good");
    return NULL;
}

/* -- secrets and keys ----------------------------------------------------------------------------
 */

static struct err *need_secret(const char *path)
{
    char secret[SECRET_BYTES];
    struct err *e;

    if (str_is_empty(path))
        return NULL;
    e = conf_secret(path, secret, sizeof(secret));
    explicit_bzero(secret, sizeof(secret));
    return err_pass(e);
}

struct err *check_secrets(struct check *c)
{
    TRY(need_secret(c->conf->db_password_file));
    TRY(need_secret(c->conf->smtp_password_file));
    check_add(c, CHECK_OK, "", "files with passwords are their owner's alone");
    return NULL;
}

static struct err *find_valid_from(struct check *c, const struct log_signer *signer,
                                   int64_t *from_out)
{
    struct log_key_row *rows = NULL;
    size_t count;

    TRY(check_begin(c));
    TRY(log_signer_check(c->db, c->a, signer));
    TRY(log_keys_read(c->db, c->a, &rows, NULL, &count));
    TRY(check_end(c));
    for (size_t i = 0; i < count; i++)
        if (rows[i].key_id == signer->known.id)
            *from_out = rows[i].valid_from;
    return NULL;
}

struct err *check_key(struct check *c)
{
    struct log_signer signer;
    int64_t from = 0, days;
    struct err *e;

    TRY(log_signer_open(c->a, c->conf, &signer));
    e = err_pass(find_valid_from(c, &signer, &from));
    days = (clock_now_us() - from) / CLOCK_DAY;
    if (e == NULL)
        check_add(c, check_above(days, KEY_WARN_DAYS, INT64_MAX), "fairwayctl key rotate",
                  "%08x signs for %s, for %lld days", signer.known.id, signer.known.name,
                  (long long)days);
    log_signer_close(&signer);
    return e;
}

/* -- backups -------------------------------------------------------------------------------------
 */

/* The newest manifest in the folders below DIR; what is none is passed over. */
static const char *newest_backup(struct check *c, DIR *dir, int64_t *at_out)
{
    const char *newest = NULL;
    const struct dirent *entry;

    *at_out = 0;
    while ((entry = readdir(dir)) != NULL) {
        struct arena *a = NULL;
        struct manifest m;
        struct err *e;

        if (entry->d_name[0] == '.' || str_ends(entry->d_name, ".partial"))
            continue;
        a = arena_new(64 * 1024);
        e = manifest_read(a, arena_printf(a, "%s/%s", c->conf->backup_dir, entry->d_name), &m);
        if (e == NULL && m.at > *at_out) {
            *at_out = m.at;
            newest = arena_dup(c->a, entry->d_name);
        }
        err_ignore(e); /* no backup, or not a whole one */
        arena_free(a);
    }
    return newest;
}

struct err *check_backup(struct check *c)
{
    const char *folder = c->conf->backup_dir, *newest;
    int64_t at, hours;
    DIR *dir;

    if (str_is_empty(folder)) {
        check_add(c, CHECK_WARN, LANG_N("set backup_dir to the folder in which backups are made"),
                  LANG_N("nobody knows whether there are backups"));
        return NULL;
    }
    dir = opendir(folder);
    if (dir == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", folder, strerror(errno));
    newest = newest_backup(c, dir, &at);
    closedir(dir);
    if (newest == NULL)
        return err_raise(ERR_CONFIG, "there is no complete backup in %s", folder);
    hours = (clock_now_us() - at) / CLOCK_HOUR;
    check_add(c, check_above(hours, BACKUP_WARN_HOURS, BACKUP_FAIL_HOURS),
              LANG_N("make one: fairwayctl backup FOLDER, and see why the daily one was not made"),
              LANG_N("%s is the newest, %lld hours old"), newest, (long long)hours);
    return NULL;
}

/* -- the disk ------------------------------------------------------------------------------------
 */

static struct err *add_room(struct check *c, const char *what, const char *folder)
{
    struct statvfs fs;
    fsblkcnt_t usable; /* as df has it: without what is kept from us */
    int64_t free_percent;

    if (statvfs(folder, &fs) != 0)
        return err_raise(ERR_CONFIG, "cannot see the disk of %s: %s", folder, strerror(errno));
    usable = fs.f_blocks - fs.f_bfree + fs.f_bavail;
    free_percent = usable > 0 ? (int64_t)(fs.f_bavail * 100 / usable) : 0;
    check_add(c, check_room(free_percent), LANG_N("make room, or give the disk more"),
              LANG_N("%s: %lld %% of the disk is free"), what, (long long)free_percent);
    return NULL;
}

enum check_level check_room(int64_t free_percent)
{
    return check_above(100 - free_percent, 100 - ROOM_WARN_PERCENT + 1,
                       100 - ROOM_FAIL_PERCENT + 1);
}

struct data_row {
    const char *folder;
};
static const struct db_stmt find_data = {
    .name = "operate.datadir",
    .sql = "SELECT @@datadir AS folder",
    .binds = "",
    .fields = (const struct db_field[]){ DB_FIELD(struct data_row, folder, DB_TEXT, 1000), { 0 } },
    .row_bytes = sizeof(struct data_row),
};

struct err *check_disk(struct check *c)
{
    struct data_row row;

    TRY(add_room(c, "var", c->conf->var));
    if (c->db == NULL || c->program != NULL)
        return NULL;
    TRY(check_begin(c));
    TRY(db_get(c->db, c->a, &find_data, DB_NO_ARGS, &row));
    TRY(check_end(c));
    /* A server elsewhere has its own watch. */
    return access(row.folder, F_OK) != 0 ? NULL : err_pass(add_room(c, "database", row.folder));
}

struct err *check_certificate(struct check *c)
{
    int64_t ends, left;

    if (str_is_empty(c->conf->tls_certificate))
        return NULL;
    TRY(certificate_ends(c->conf->tls_certificate, &ends));
    left = (ends - clock_now_us()) / CLOCK_DAY;
    check_add(c,
              left < CERTIFICATE_FAIL_DAYS   ? CHECK_FAIL
              : left < CERTIFICATE_WARN_DAYS ? CHECK_WARN
                                             : CHECK_OK,
              LANG_N("renew it, and systemctl reload nginx"), LANG_N("%s is good for %lld days"),
              c->conf->tls_certificate, (long long)left);
    return NULL;
}

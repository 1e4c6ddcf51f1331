/* backup/backup.h - a portal in a folder, and a portal from one.
 *
 * A backup is a physical copy of the running server (mariadb-backup), made whole at once, with what
 * a portal needs besides its database: the key of the transparency log.
 *
 *   FOLDER/manifest    what there is (manifest.h)
 *   FOLDER/db/         the server's data: a server can be started on a copy of it
 *   FOLDER/keys/       log.key, if it could be read: 0600, and as secret as ever
 *   FOLDER/binlog/     the binary log since, brought up to now by backup_log()
 *   FOLDER/backup.log  what mariadb-backup said
 *
 * Nothing that is there is ever written over.  A folder under its own name is complete; until then
 * it is called FOLDER.partial. */
#pragma once

#include "backup/manifest.h"
#include "base/conf.h"
#include "db/db.h"

#include <stdio.h>

struct backup_job {
    struct arena *a;
    const struct conf *conf;
    const char *folder;
    FILE *out;                   /* says what it does */
    manifest_progress *progress; /* and how far it is, in bytes */
};

/* A full backup into a folder that is not there yet.  ERR_CONFLICT: it is; ERR_IO: the disk is
 * full, mariadb-backup failed, or the server's data cannot be read; then nothing stays but its
 * words, in the message. */
struct err *backup_make(const struct backup_job *job);
/* Copies the server's binary log since the backup in the folder, and what was added since the last
 * call.  ERR_CONFLICT when a part of it is gone: then a new full backup is needed. */
struct err *backup_log(const struct backup_job *job);

struct restore {
    int64_t until;      /* transactions of before this second; 0: all that the backup has */
    bool replace;       /* the portal in conf.var is moved aside */
    int64_t faults_out; /* found by the checks; what was restored is there all the same */
};
/* Puts the backup into conf.var: checks it against its manifest, copies it, replays the binary log
 * on a server of its own, counts, and checks foreign keys, the audit trail and the log. */
struct err *backup_restore(const struct backup_job *job, struct restore *restore);

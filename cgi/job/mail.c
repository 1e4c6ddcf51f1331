/* job/mail.c - SMTP by libcurl, and files. */
#include "job/mail.h"

#include "base/fault.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <curl/curl.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 320, PASSWORD_BYTES = 256, WHY_BYTES = 256 };
enum { CONNECT_SECONDS = 10, WHOLE_SECONDS = 60 };

struct mailer {
    CURL *curl; /* NULL: files */
    char error[CURL_ERROR_SIZE];
    char folder[PATH_BYTES];
};

struct reader {
    const char *data;
    size_t left;
};

static size_t read_message(char *out, size_t size, size_t count, void *arg)
{
    struct reader *r = arg;
    size_t len = size * count < r->left ? size * count : r->left;

    memcpy(out, r->data, len);
    r->data += len;
    r->left -= len;
    return len;
}

/* -- set-up ------------------------------------------------------------------------ */

static bool is_loopback(const char *url)
{
    const char *host = strstr(url, "://");

    host = host != NULL ? host + 3 : url;
    return str_starts(host, "127.") || str_starts(host, "[::1]") || str_starts(host, "localhost");
}

static struct err *log_in(CURL *curl, const struct conf *conf)
{
    char password[PASSWORD_BYTES] = "";

    if (str_is_empty(conf->smtp_user))
        return NULL;
    if (!str_is_empty(conf->smtp_password_file))
        TRY(conf_secret(conf->smtp_password_file, password, sizeof(password)));
    curl_easy_setopt(curl, CURLOPT_USERNAME, conf->smtp_user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    /* Whoever can strip the server's offer of TLS could read the password otherwise. */
    if (!is_loopback(conf->smtp_url))
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    crypt_wipe(password, sizeof(password));
    return NULL;
}

static struct err *open_curl(struct mailer *m, const struct conf *conf)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    m->curl = curl_easy_init();
    if (m->curl == NULL)
        return err_raise(ERR_IO, "libcurl could not start");
    curl_easy_setopt(m->curl, CURLOPT_URL, conf->smtp_url);
    curl_easy_setopt(m->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(m->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(m->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    curl_easy_setopt(m->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    mailer_set_patience(m, WHOLE_SECONDS);
    curl_easy_setopt(m->curl, CURLOPT_ERRORBUFFER, m->error);
    curl_easy_setopt(m->curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(m->curl, CURLOPT_UPLOAD, 1L);
    return err_pass(log_in(m->curl, conf));
}

static struct err *make_folder(const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return err_raise(ERR_CONFIG, "cannot make the folder %s: %s", path, strerror(errno));
    return NULL;
}

static struct err *make_folders(struct mailer *m, const struct conf *conf)
{
    char links[PATH_BYTES + 8];

    snprintf(m->folder, sizeof(m->folder), "%s/mail", conf->var);
    snprintf(links, sizeof(links), "%s/links", m->folder);
    TRY(make_folder(m->folder));
    return err_pass(make_folder(links));
}

struct err *mailer_new(const struct conf *conf, struct mailer **mailer_out)
{
    struct mailer *m = calloc(1, sizeof(*m));
    struct err *e;

    if (m == NULL)
        return err_raise(ERR_IO, "no memory");
    e = str_is_empty(conf->smtp_url) ? make_folders(m, conf) : open_curl(m, conf);
    if (e != NULL) {
        mailer_free(m);
        return err_pass(e);
    }
    *mailer_out = m;
    return NULL;
}

void mailer_free(struct mailer *m)
{
    if (m == NULL)
        return;
    if (m->curl != NULL) {
        curl_easy_cleanup(m->curl);
        curl_global_cleanup();
    }
    free(m);
}

void mailer_set_patience(struct mailer *m, int seconds)
{
    if (m->curl != NULL)
        curl_easy_setopt(m->curl, CURLOPT_TIMEOUT, (long)seconds);
}

bool mailer_writes_files(const struct mailer *m)
{
    return m->curl == NULL;
}

/* -- files ------------------------------------------------------------------------- */

static bool write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);

        if (n <= 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return fsync(fd) == 0;
}

/* Whole or not at all: written beside, then renamed. */
static struct err *write_file(const char *path, const char *data, size_t len)
{
    char beside[PATH_BYTES + 64];
    int fd;
    bool ok;

    snprintf(beside, sizeof(beside), "%s.%ld", path, (long)getpid());
    fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ok = fd >= 0 && !FAULT(FAULT_MAIL) && write_all(fd, data, len);
    if (fd >= 0)
        close(fd);
    if (ok && rename(beside, path) == 0)
        return NULL;
    unlink(beside);
    return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

static enum mail_result send_to_file(struct mailer *m, int64_t id, const char *to,
                                     const struct buf *message, char why[WHY_BYTES])
{
    char hash[SHA256_HEX_BYTES], path[PATH_BYTES + 40];
    struct err *e;

    sha256_hex(to, strlen(to), hash);
    snprintf(path, sizeof(path), "%s/%lld-%.8s.eml", m->folder, (long long)id, hash);
    e = write_file(path, message->data, message->len);
    if (e == NULL)
        return MAIL_SENT;
    snprintf(why, WHY_BYTES, "%s", err_message(e));
    err_free(e);
    return MAIL_NO_SERVER;
}

struct err *mailer_keep_link(struct mailer *m, int64_t id, const char *url)
{
    char path[PATH_BYTES + 40], line[600];
    int len = snprintf(line, sizeof(line), "%s\n", url);

    if (len < 0 || (size_t)len >= sizeof(line))
        return err_raise(ERR_BUG, "a link is too long to be kept");
    snprintf(path, sizeof(path), "%s/links/%lld", m->folder, (long long)id);
    return err_pass(write_file(path, line, (size_t)len));
}

struct err *mailer_drop_links(struct mailer *m, int64_t age_seconds)
{
    char path[PATH_BYTES + 8];
    const struct dirent *entry;
    struct stat st;
    DIR *dir;

    if (!mailer_writes_files(m))
        return NULL;
    snprintf(path, sizeof(path), "%s/links", m->folder);
    dir = opendir(path);
    if (dir == NULL)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    while ((entry = readdir(dir)) != NULL)
        if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && st.st_mtime < time(NULL) - age_seconds)
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    return NULL;
}

/* -- SMTP -------------------------------------------------------------------------- */

/* Which side of the envelope a failure is on.  libcurl says where it was (a strange reply is one to
 * the greeting, or, when the mail was READ, one to the mail); the server's code says for how long.
 */
static enum mail_result judge(CURLcode code, long reply, bool read)
{
    if (code == CURLE_WEIRD_SERVER_REPLY && read)
        return reply >= 500 ? MAIL_REFUSED : MAIL_LATER;
    switch (code) {
    case CURLE_OK:
        return MAIL_SENT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_LOGIN_DENIED:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return MAIL_NO_SERVER;
    default:
        return reply >= 500 && reply < 600 ? MAIL_REFUSED : MAIL_LATER;
    }
}

static enum mail_result send_by_curl(struct mailer *m, const char *from, const char *to,
                                     const struct buf *message, char why[WHY_BYTES])
{
    struct reader reader = { message->data, message->len };
    char sender[260], receiver[260];
    struct curl_slist *receivers;
    long reply = 0;
    CURLcode code;

    snprintf(sender, sizeof(sender), "<%s>", from);
    snprintf(receiver, sizeof(receiver), "<%s>", to);
    receivers = curl_slist_append(NULL, receiver);
    curl_easy_setopt(m->curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(m->curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(m->curl, CURLOPT_READDATA, &reader);
    curl_easy_setopt(m->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message->len);
    m->error[0] = '\0';
    code = FAULT(FAULT_MAIL) ? CURLE_SEND_ERROR : curl_easy_perform(m->curl);
    curl_easy_getinfo(m->curl, CURLINFO_RESPONSE_CODE, &reply);
    curl_easy_setopt(m->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(receivers);
    snprintf(why, WHY_BYTES, "%ld %.200s", reply,
             m->error[0] != '\0' ? m->error : curl_easy_strerror(code));
    return judge(code, reply, reader.left == 0);
}

enum mail_result mailer_send(struct mailer *m, int64_t id, const char *from, const char *to,
                             const struct buf *message, char why[WHY_BYTES])
{
    why[0] = '\0';
    if (mailer_writes_files(m))
        return send_to_file(m, id, to, message, why);
    return send_by_curl(m, from, to, message, why);
}

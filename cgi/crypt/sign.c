/* crypt/sign.c */
#include "crypt/sign.h"
#include "base/fault.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct sign_key {
    EVP_PKEY *pkey;
};

static struct err *key_wrap(EVP_PKEY *pkey, struct sign_key **key_out)
{
    struct sign_key *key = calloc(1, sizeof(*key));

    if (key == NULL)
        log_die("out of memory");
    key->pkey = pkey;
    *key_out = key;
    return NULL;
}

struct err *sign_key_new(struct sign_key **key_out)
{
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

    if (pkey == NULL)
        return err_raise(ERR_BUG, "Ed25519: no key could be made");
    return key_wrap(pkey, key_out);
}

struct err *sign_key_from_seed(const unsigned char seed[SIGN_SEED_BYTES], struct sign_key **key_out)
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, SIGN_SEED_BYTES);

    if (pkey == NULL)
        return err_raise(ERR_BUG, "Ed25519: no key could be made");
    return key_wrap(pkey, key_out);
}

/* Opens a key file as a stream, if it is one that only its owner can touch. */
static struct err *open_private(const char *path, FILE **file_out)
{
    const int fd = FAULT(FAULT_FILE) ? (errno = EIO, -1) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return err_raise(ERR_CONFIG, "cannot read key %s: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & 077) != 0) {
        close(fd);
        return err_raise(ERR_CONFIG, "key %s must be a file with mode 0600", path);
    }
    *file_out = fdopen(fd, "r");
    if (*file_out == NULL)
        log_die("out of memory");
    return NULL;
}

/* An empty password: a locked file is refused instead of asking on the terminal. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the library gives the type */
static int no_password(char *out, int size, int writing, void *arg)
{
    (void)out, (void)size, (void)writing, (void)arg;
    return -1;
}

struct err *sign_key_read(const char *path, struct sign_key **key_out)
{
    EVP_PKEY *pkey;
    FILE *file;

    TRY(open_private(path, &file));
    pkey = PEM_read_PrivateKey(file, NULL, no_password, NULL);
    fclose(file);
    if (pkey == NULL || !EVP_PKEY_is_a(pkey, "ED25519")) {
        EVP_PKEY_free(pkey);
        return err_raise(ERR_CONFIG, "%s holds no Ed25519 key", path);
    }
    return key_wrap(pkey, key_out);
}

/* The name is on disk only when its folder is. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    bool done = false;
    int fd;

    if (folder == NULL)
        log_die("out of memory");
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return false;
    done = fsync(fd) == 0;
    close(fd);
    return done;
}

static bool write_pem(const struct sign_key *key, FILE *file)
{
    return !FAULT(FAULT_FILE) &&
           PEM_write_PKCS8PrivateKey(file, key->pkey, NULL, NULL, 0, NULL, NULL) == 1 &&
           fflush(file) == 0 && fsync(fileno(file)) == 0;
}

/* Writes PATH.new completely; what is left of an attempt that was cut short is replaced. */
static struct err *write_beside(const struct sign_key *key, const char *beside)
{
    FILE *file;
    bool done;
    int fd;

    unlink(beside);
    fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_raise(ERR_IO, "cannot make key %s: %s", beside, strerror(errno));
    file = fdopen(fd, "w");
    if (file == NULL)
        log_die("out of memory");
    done = write_pem(key, file);
    if (fclose(file) == 0 && done)
        return NULL;
    unlink(beside);
    return err_raise(ERR_IO, "cannot write key %s", beside);
}

struct err *sign_key_write(const struct sign_key *key, const char *path)
{
    char beside[PATH_MAX];
    int failed_with;

    if (snprintf(beside, sizeof(beside), "%s.new", path) >= (int)sizeof(beside))
        return err_raise(ERR_CONFIG, "the name of the key file is too long");
    TRY(write_beside(key, beside));
    /* link() refuses an existing name, where rename() would replace a key */
    failed_with = link(beside, path) == 0 ? 0 : errno;
    unlink(beside);
    if (failed_with != 0)
        return err_raise(failed_with == EEXIST ? ERR_CONFLICT : ERR_IO, "cannot make key %s: %s",
                         path, strerror(failed_with));
    if (sync_folder(path))
        return NULL;
    unlink(path);
    return err_raise(ERR_IO, "cannot write key %s", path);
}

void sign_key_free(struct sign_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->pkey); /* OpenSSL wipes it */
    free(key);
}

void sign_key_public(const struct sign_key *key, unsigned char out[SIGN_PUBLIC_BYTES])
{
    size_t len = SIGN_PUBLIC_BYTES;

    if (EVP_PKEY_get_raw_public_key(key->pkey, out, &len) != 1 || len != SIGN_PUBLIC_BYTES)
        log_die("Ed25519: no public key");
}

struct err *sign_make(const struct sign_key *key, const void *data, size_t len,
                      unsigned char out[SIGN_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t out_len = SIGN_BYTES;
    const bool done =
        context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key->pkey) == 1 &&
        EVP_DigestSign(context, out, &out_len, data, len) == 1 && out_len == SIGN_BYTES;

    EVP_MD_CTX_free(context);
    return done ? NULL : err_raise(ERR_BUG, "Ed25519: signing failed");
}

bool sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], const void *data, size_t len,
                const unsigned char signature[SIGN_BYTES])
{
    EVP_PKEY *pkey =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, SIGN_PUBLIC_BYTES);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool valid = pkey != NULL && context != NULL &&
                       EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
                       EVP_DigestVerify(context, signature, SIGN_BYTES, data, len) == 1;

    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return valid;
}

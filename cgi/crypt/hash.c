/* crypt/hash.c - OpenSSL 3 looks an algorithm up by name on each use of EVP_sha256(), which costs
 * more than hashing the 65 bytes of a tree's node.  So it is fetched once a process. */
#include "crypt/hash.h"
#include "base/log.h"
#include "base/str.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

/* Set on the first use and never changed; the programs are single-threaded. */
static EVP_MD *fetched_sha256;

static const EVP_MD *algorithm(void)
{
    if (fetched_sha256 == NULL)
        fetched_sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (fetched_sha256 == NULL)
        log_die("no SHA-256");
    return fetched_sha256;
}

static void need(int done)
{
    if (done != 1)
        log_die("SHA-256 failed");
}

void sha256(const void *data, size_t len, unsigned char out[SHA256_BYTES])
{
    need(EVP_Digest(data, len, out, NULL, algorithm(), NULL));
}

void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_BYTES])
{
    unsigned char digest[SHA256_BYTES];

    sha256(data, len, digest);
    str_hex(digest, sizeof(digest), out);
}

void sha256_begin(struct sha256 *h)
{
    h->context = EVP_MD_CTX_new();
    need(h->context != NULL && EVP_DigestInit_ex2(h->context, algorithm(), NULL));
}

void sha256_add(struct sha256 *h, const void *data, size_t len)
{
    need(EVP_DigestUpdate(h->context, data, len));
}

void sha256_end(struct sha256 *h, unsigned char out[SHA256_BYTES])
{
    need(EVP_DigestFinal_ex(h->context, out, NULL));
    EVP_MD_CTX_free(h->context);
    h->context = NULL;
}

/* HMAC() looks its algorithms up by name at each call, which costs more than the hashing. */
static EVP_MAC_CTX *mac_context(void)
{
    static EVP_MAC_CTX *kept;
    EVP_MAC *mac;

    if (kept != NULL)
        return kept;
    mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    kept = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    need(kept != NULL &&
         EVP_MAC_CTX_set_params(
             kept, (const OSSL_PARAM[]){ OSSL_PARAM_construct_utf8_string("digest", "SHA256", 0),
                                         OSSL_PARAM_construct_end() }));
    return kept;
}

void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
                 unsigned char out[SHA256_BYTES])
{
    EVP_MAC_CTX *context = mac_context();
    size_t out_len;

    /* Without an address it would keep the previous key. */
    need(EVP_MAC_init(context, key_len == 0 ? (const unsigned char *)"" : key, key_len, NULL) &&
         EVP_MAC_update(context, data, len) &&
         EVP_MAC_final(context, out, &out_len, SHA256_BYTES) && out_len == SHA256_BYTES);
}

bool hash_equal(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

bool hash_equal_text(const char *a, const char *b)
{
    unsigned char hash_a[SHA256_BYTES], hash_b[SHA256_BYTES];

    sha256(a, strlen(a), hash_a);
    sha256(b, strlen(b), hash_b);
    return hash_equal(hash_a, hash_b, sizeof(hash_a));
}

/* crypt/certificate.c */
#include "crypt/certificate.h"

#include "base/clock.h"

#include <errno.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct err *certificate_ends(const char *path, int64_t *at_us_out)
{
    FILE *file = fopen(path, "re");
    struct tm ends;
    X509 *x;
    int good;

    if (file == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    x = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    if (x == NULL)
        return err_raise(ERR_CONFIG, "%s holds no certificate", path);
    good = ASN1_TIME_to_tm(X509_get0_notAfter(x), &ends);
    X509_free(x);
    if (good != 1)
        return err_raise(ERR_CONFIG, "%s has no end that can be read", path);
    *at_us_out = (int64_t)timegm(&ends) * CLOCK_SECOND;
    return NULL;
}

/* crypt/password.h - passwords as Argon2id (RFC 9106) in its encoded form, and which ones are
 * taken. A password is any bytes, never cut; its length is given, so a zero byte is a byte like
 * others. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { PASSWORD_HASH_BYTES = 128, PASSWORD_MIN_POINTS = 8, PASSWORD_MAX_BYTES = 1024 };

/* Costs 60 to 150 ms and 32 MiB on purpose: bound how many run at once.
 * OUT becomes "$argon2id$v=19$m=...", with the end mark.  ERR_IO when the memory is not there. */
struct err *password_hash(const char *password, size_t len, char out[PASSWORD_HASH_BYTES]);
/* False also for an ENCODED that is no Argon2id hash. */
bool password_check(const char *encoded, const char *password, size_t len);
/* For an unknown address: the same work as a check, always false. */
bool password_check_nobody(const char *password, size_t len);
/* True when ENCODED was made with other parameters than those of today: hash again at this log-in.
 */
bool password_needs_rehash(const char *encoded);

enum password_verdict {
    PASSWORD_OK,
    PASSWORD_TOO_SHORT, /* under 8 code points (bytes where it is no UTF-8) */
    PASSWORD_TOO_LONG,  /* over 1024 bytes */
    PASSWORD_COMMON,    /* a well-known password, or one with a few signs changed or added */
    PASSWORD_PERSONAL,  /* the mail address, its name part, the company's name or its first word */
    PASSWORD_VERDICT_COUNT
};

/* Judges a new password.  MAIL and COMPANY may be NULL.  No rules on kinds of characters (OWASP
 * ASVS 5.0, 6.2.5). */
enum password_verdict password_judge(const char *password, size_t len, const char *mail,
                                     const char *company);

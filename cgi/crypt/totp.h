/* crypt/totp.h - one-time codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds, 6 digits,
 * which is what all such apps understand. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TOTP_SECRET_BYTES = 20,
    TOTP_SECRET_TEXT_BYTES = 33, /* base 32 with the end mark */
    TOTP_STEP_SECONDS = 30,
    TOTP_CODE_BYTES = 7
};

void totp_secret_new(unsigned char out[TOTP_SECRET_BYTES]);
void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES],
                      char out[TOTP_SECRET_TEXT_BYTES]);
/* The code of a step (unix seconds divided by 30). */
void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step,
               char out[TOTP_CODE_BYTES]);
/* Checks what was typed (spaces are ignored) against the step of AT_US and its two neighbours.  On
 * success *step_out is the step that fitted: store it, and refuse any step that is not greater than
 * the stored one, by one conditional UPDATE, so that a code works once. */
bool totp_check(const unsigned char secret[TOTP_SECRET_BYTES], const char *typed, int64_t at_us,
                int64_t *step_out);
/* "otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=ISSUER", percent-encoded, in the arena.  It
 * holds the secret: show it once, log it never. */
char *totp_uri(struct arena *a, const char *issuer, const char *account,
               const unsigned char secret[TOTP_SECRET_BYTES]);

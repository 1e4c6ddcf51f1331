/* web/token.h - one-time form tokens: proof that a form was shown in this session, and the name
 * under which its effect is recorded.  Nothing is stored when one is shown.
 *
 * 36 bytes in base64url: minutes since 1970 (4, high byte first), nonce (16), and the first 16
 * bytes of HMAC-SHA-256(form key of the session, the 20 bytes before).  Valid for TOKEN_MINUTES;
 * rows of form_use are kept longer than that, so that an old token can never act again. */
#pragma once

#include <stdint.h>

enum { TOKEN_TEXT_BYTES = 49, TOKEN_KEY_BYTES = 32, TOKEN_MINUTES = 7 * 24 * 60 };

enum token_verdict { TOKEN_GOOD, TOKEN_FOREIGN, TOKEN_OLD };

void token_make(const unsigned char key[TOKEN_KEY_BYTES], int64_t now_us,
                char out[TOKEN_TEXT_BYTES]);
enum token_verdict token_check(const unsigned char key[TOKEN_KEY_BYTES], const char *text,
                               int64_t now_us);

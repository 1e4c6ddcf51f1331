/* identity/identity_link.c - makes the links of security mails; see identity_link.h. */
#include "identity/identity_link.h"

#include "base/clock.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "identity/identity.h"

#include <string.h>

static const struct {
    const char *kind, *path;
    int64_t lives_seconds;
} links[] = {
    { "reset", "/password/", 60 * 60 },
    { "invite", "/invite/", 7 * 24 * 60 * 60 },
};

static const struct db_stmt link_insert = {
    .name = "identity.link_insert",
    .sql = "INSERT INTO link_token (token_hash, kind, user_id, created_at, expires_at) VALUES"
           " (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL ? SECOND)",
    .binds = "bsii",
    .flags = DB_WRITE,
};

db_stmt_table identity_link_statements[] = { &link_insert, NULL };

struct err *identity_link_make(struct db *db, struct arena *a, const char *base, const char *kind,
                               int64_t user_id, const char **url_out)
{
    char token[CRYPT_TOKEN_BYTES];
    unsigned char hash[SHA256_BYTES];

    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        if (!str_eq(links[i].kind, kind))
            continue;
        crypt_token(token);
        sha256(token, strlen(token), hash);
        TRY(db_exec(db, &link_insert,
                    DB_ARGS(DB_B(hash, sizeof(hash)), DB_S(kind), DB_I(user_id),
                            DB_I(links[i].lives_seconds)),
                    NULL));
        *url_out = arena_printf(a, "%s%s%s", base, links[i].path, token);
        crypt_wipe(token, sizeof(token));
        return NULL;
    }
    return err_raise(ERR_NOT_FOUND, "no kind of link is called so");
}

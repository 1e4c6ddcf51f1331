/* notification/link.c - see link.h.  The token is base64url of the first 16 bytes of the signature
 * and what they sign: "e:42:20784:deal.returned", kind, person, day it was made, and the rest. */
#include "notification/link.h"

#include "base/clock.h"
#include "base/str.h"
#include "crypt/b64.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "notification/notification.h"

#include <string.h>

enum { MAC_BYTES = 16, PAYLOAD_MAX = 120, LIFE_DAYS = 90, SECRET_BYTES = 32 };

struct key_row {
    struct bytes secret;
};
static const struct db_field key_fields[] = {
    DB_FIELD(struct key_row, secret, DB_BYTES, SECRET_BYTES), { 0 }
};
static const struct db_stmt find_key = {
    .name = "mail.key",
    .sql = "SELECT secret FROM mail_key WHERE user_id = ?",
    .binds = "i",
    .fields = key_fields,
    .row_bytes = sizeof(struct key_row),
};
static const struct db_stmt add_key = {
    .name = "mail.add_key",
    .sql = "INSERT INTO mail_key (user_id, secret, created_at) VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "ib",
    .flags = DB_WRITE,
};

db_stmt_table mail_link_statements[] = { &find_key, NULL };
db_stmt_table mail_key_statements[] = { &add_key, NULL };

static void sign(const struct key_row *key, const char *payload, unsigned char out[SHA256_BYTES])
{
    hmac_sha256(key->secret.data, key->secret.len, payload, strlen(payload), out);
}

/* Two mails at once to a person without a key: the second is run again, and finds the first's. */
static struct err *key_of(struct db *db, struct arena *a, int64_t user_id, struct key_row *key)
{
    unsigned char *secret;
    struct err *e;
    bool found;

    TRY(db_one(db, a, &find_key, DB_ARGS(DB_I(user_id)), key, &found));
    if (found)
        return NULL;
    secret = arena_alloc(a, SECRET_BYTES);
    crypt_random(secret, SECRET_BYTES);
    e = db_exec(db, &add_key, DB_ARGS(DB_I(user_id), DB_B(secret, SECRET_BYTES)), NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return db_doom(db, err_raise(ERR_AGAIN, "another mail has made the key"));
    }
    key->secret = (struct bytes){ secret, SECRET_BYTES };
    return err_pass(e);
}

static const char *payload_of(struct arena *a, const struct mail_link *link, int64_t day)
{
    switch (link->kind) {
    case MAIL_LINK_EVENT:
        return arena_printf(a, "e:%lld:%lld:%s", (long long)link->user_id, (long long)day,
                            link->event);
    case MAIL_LINK_RECORD:
        return arena_printf(a, "r:%lld:%lld:%s:%lld", (long long)link->user_id, (long long)day,
                            link->record_kind, (long long)link->object_id);
    case MAIL_LINK_DIGEST:
    default:
        return arena_printf(a, "d:%lld:%lld", (long long)link->user_id, (long long)day);
    }
}

struct err *mail_link_make(struct db *db, struct arena *a, const char *base,
                           const struct mail_link *link, const char **url_out)
{
    unsigned char mac[SHA256_BYTES], bytes[MAC_BYTES + PAYLOAD_MAX];
    char token[B64URL_TEXT_BYTES(MAC_BYTES + PAYLOAD_MAX)];
    const char *payload;
    struct key_row key;
    size_t len;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(key_of(db, a, link->user_id, &key));
    payload = payload_of(a, link, now / CLOCK_DAY);
    len = strlen(payload);
    if (len > PAYLOAD_MAX)
        return err_raise(ERR_BUG, "a link of %zu bytes", len);
    sign(&key, payload, mac);
    memcpy(bytes, mac, MAC_BYTES);
    memcpy(bytes + MAC_BYTES, payload, len);
    b64url_encode(bytes, MAC_BYTES + len, token);
    *url_out = arena_printf(a, "%s/m/%s", base, token);
    return NULL;
}

/* -- reading ----------------------------------------------------------------------- */

static bool read_rest(char **parts, size_t count, struct mail_link *link)
{
    const struct notification_event *event;

    if (str_eq(parts[0], "d") && count == 3) {
        link->kind = MAIL_LINK_DIGEST;
    } else if (str_eq(parts[0], "e") && count == 4) {
        event = notification_event_find(parts[3]);
        link->kind = MAIL_LINK_EVENT;
        link->event = event != NULL && !event->always ? event->name : NULL;
        return link->event != NULL;
    } else if (str_eq(parts[0], "r") && count == 5) {
        link->kind = MAIL_LINK_RECORD;
        link->record_kind = parts[3];
        return notification_record_find(parts[3]) != NULL && str_to_i64(parts[4], &link->object_id);
    } else {
        return false;
    }
    return true;
}

static bool read_payload(struct arena *a, const char *payload, struct mail_link *link,
                         int64_t *day_out)
{
    size_t count;
    char **parts = str_split(a, payload, ':', &count);

    return count >= 3 && str_to_i64(parts[1], &link->user_id) && str_to_i64(parts[2], day_out) &&
           read_rest(parts, count, link);
}

struct err *mail_link_read(struct db *db, struct arena *a, const char *token,
                           struct mail_link *link_out, bool *good_out)
{
    unsigned char bytes[MAC_BYTES + PAYLOAD_MAX + 1], mac[SHA256_BYTES];
    struct mail_link link = { 0 };
    struct key_row key;
    int64_t day, now;
    size_t len;
    bool found;

    *good_out = false;
    if (!b64url_decode(token, strlen(token), bytes, sizeof(bytes) - 1, &len) || len <= MAC_BYTES)
        return NULL;
    bytes[len] = '\0';
    const char *payload = (const char *)bytes + MAC_BYTES;

    if (strlen(payload) != len - MAC_BYTES || !read_payload(a, payload, &link, &day))
        return NULL;
    TRY(db_one(db, a, &find_key, DB_ARGS(DB_I(link.user_id)), &key, &found));
    if (!found)
        return NULL;
    sign(&key, payload, mac);
    TRY(db_now(db, &now));
    if (!hash_equal(mac, bytes, MAC_BYTES) || now / CLOCK_DAY > day + LIFE_DAYS)
        return NULL;
    *link_out = link;
    *good_out = true;
    return NULL;
}

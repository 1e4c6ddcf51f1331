/* access/audit.c - the chains of audit events: writing one more link, and checking all of them. */
#include "access/audit.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "crypt/hash.h"

#include <stdio.h>
#include <string.h>

enum { MEMBERS_MAX = 12 };

static const unsigned char no_hash[SHA256_BYTES];

struct event {
    const char *kind, *audience, *address, *action, *before_json, *after_json;
    int64_t object_id, seq, at, user_id, for_user_id;
    struct bytes prev_hash, hash;
};

struct last {
    int64_t seq;
    struct bytes hash;
};
static const struct db_field last_fields[] = { DB_FIELD(struct last, seq, DB_I64, 0),
                                               DB_FIELD(struct last, hash, DB_BYTES, 32),
                                               { 0 } };
static const struct db_stmt last_of = {
    .name = "audit.last",
    .sql = "SELECT seq, hash FROM audit_event WHERE kind = ? AND object_id = ?"
           " ORDER BY seq DESC LIMIT 1",
    .binds = "si",
    .fields = last_fields,
    .row_bytes = sizeof(struct last),
};
static const struct db_stmt add = {
    .name = "audit.add",
    .sql = "INSERT INTO audit_event (kind, object_id, seq, at, user_id, for_user_id, audience,"
           " address, action, before_json, after_json, prev_hash, hash)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "siitiisssssbb",
    .flags = DB_WRITE,
};
db_stmt_table audit_statements[] = { &last_of, &add, NULL };

static const struct db_stmt add_many = {
    .name = "audit.add_many",
    .sql = "INSERT INTO audit_event (kind, object_id, seq, at, user_id, for_user_id, audience,"
           " address, action, after_json, prev_hash, hash)"
           " SELECT ?, j.object_id, 1, ?, ?, ?, ?, ?, ?, j.after_json, ?, UNHEX(j.hash)"
           " FROM JSON_TABLE(?, '$[*]' COLUMNS (object_id BIGINT PATH '$[0]',"
           " hash VARCHAR(64) PATH '$[1]', after_json TEXT PATH '$[2]')) j",
    .binds = "stiisssbs",
    .flags = DB_WRITE,
};
db_stmt_table audit_many_statements[] = { &add_many, NULL };

static const struct db_field event_fields[] = {
    DB_FIELD(struct event, kind, DB_TEXT, 20),
    DB_FIELD(struct event, object_id, DB_I64, 0),
    DB_FIELD(struct event, seq, DB_I64, 0),
    DB_FIELD(struct event, at, DB_AT, 0),
    DB_FIELD(struct event, user_id, DB_I64, 0),
    DB_FIELD(struct event, for_user_id, DB_I64, 0),
    DB_FIELD(struct event, audience, DB_TEXT, 10),
    DB_FIELD(struct event, address, DB_TEXT, 45),
    DB_FIELD(struct event, action, DB_TEXT, 40),
    DB_NULLABLE(struct event, before_json, DB_TEXT, 1024),
    DB_NULLABLE(struct event, after_json, DB_TEXT, 1024),
    DB_FIELD(struct event, prev_hash, DB_BYTES, 32),
    DB_FIELD(struct event, hash, DB_BYTES, 32),
    { 0 },
};
static const struct db_stmt list_all = {
    .name = "audit.list_all",
    .sql = "SELECT kind, object_id, seq, at, user_id, for_user_id, audience, address, action,"
           " before_json, after_json, prev_hash, hash FROM audit_event FORCE INDEX"
           " (audit_event_chain) ORDER BY kind, object_id, seq",
    .binds = "",
    .fields = event_fields,
    .row_bytes = sizeof(struct event),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
db_stmt_table audit_verify_statements[] = { &list_all, NULL };

#define EVENT_COLUMNS                                                                         \
    "kind, object_id, seq, at, user_id, for_user_id, audience, address, action, before_json," \
    " after_json, prev_hash, hash"
#define EVENTS(name_, where, order, binds_)                                                \
    {                                                                                      \
        .name = name_,                                                                     \
        .sql = "SELECT " EVENT_COLUMNS " FROM audit_event FORCE INDEX (audit_event_chain)" \
               " WHERE " where " ORDER BY " order " LIMIT ?",                              \
        .binds = binds_, .fields = event_fields, .row_bytes = sizeof(struct event),        \
        .flags = DB_LISTS                                                                  \
    }
static const struct db_stmt list_on =
    EVENTS("audit.list_on", "kind = ? AND object_id >= ? AND (object_id > ? OR seq > ?)",
           "object_id, seq", "siiii");
static const struct db_stmt list_record =
    EVENTS("audit.list_record", "kind = ? AND object_id = ?", "seq", "sii");

struct kind_row {
    const char *kind;
};
static const struct db_field kind_fields[] = { DB_FIELD(struct kind_row, kind, DB_TEXT, 20),
                                               { 0 } };
static const struct db_stmt next_kind = {
    .name = "audit.next_kind",
    .sql = "SELECT kind FROM audit_event FORCE INDEX (audit_event_chain) WHERE kind > ?"
           " ORDER BY kind LIMIT 1",
    .binds = "s",
    .fields = kind_fields,
    .row_bytes = sizeof(struct kind_row),
};
db_stmt_table audit_walk_statements[] = { &list_on, &list_record, &next_kind, NULL };

/* The members that the hash covers, in any order: the canonical form sorts them. */
static size_t members_of(const struct event *event, const char *at, const char *prev,
                         struct canon members[MEMBERS_MAX])
{
    size_t n = 0;

    members[n++] = CANON_T("kind", event->kind);
    members[n++] = CANON_N("object_id", event->object_id);
    members[n++] = CANON_N("seq", event->seq);
    members[n++] = CANON_T("at", at);
    members[n++] = CANON_N("user_id", event->user_id);
    members[n++] = CANON_N("for_user_id", event->for_user_id);
    members[n++] = CANON_T("audience", event->audience);
    members[n++] = CANON_T("address", event->address);
    members[n++] = CANON_T("action", event->action);
    members[n++] = CANON_T("prev", prev);
    if (event->before_json != NULL)
        members[n++] = CANON_T("before", event->before_json);
    if (event->after_json != NULL)
        members[n++] = CANON_T("after", event->after_json);
    return n;
}

static struct err *hash_event(const struct event *event, unsigned char out[SHA256_BYTES])
{
    struct canon members[MEMBERS_MAX];
    char at[CLOCK_ISO_BYTES], prev[SHA256_HEX_BYTES];
    struct buf json;
    struct err *e;

    if (event->prev_hash.len != SHA256_BYTES)
        return err_raise(ERR_BUG, "audit: a hash of %zu bytes", event->prev_hash.len);
    clock_iso(event->at, at);
    str_hex(event->prev_hash.data, SHA256_BYTES, prev);
    buf_init(&json, 1024, 0);
    e = err_pass(canon_write(members, members_of(event, at, prev, members), &json));
    if (e == NULL)
        sha256(json.data, json.len, out);
    buf_free(&json);
    return e;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *continue_chain(struct db *db, struct arena *a, struct event *event)
{
    struct last last = { .seq = 0, .hash = { no_hash, sizeof(no_hash) } };
    bool found;

    TRY(db_one(db, a, &last_of, DB_ARGS(DB_S(event->kind), DB_I(event->object_id)), &last, &found));
    event->seq = last.seq + 1;
    event->prev_hash = last.hash;
    return err_pass(db_now(db, &event->at));
}

static struct err *insert(struct db *db, const struct event *event,
                          const unsigned char hash[SHA256_BYTES])
{
    struct err *e = db_exec(
        db, &add,
        DB_ARGS(DB_S(event->kind), DB_I(event->object_id), DB_I(event->seq), DB_T(event->at),
                DB_I(event->user_id), DB_I(event->for_user_id), DB_S(event->audience),
                DB_S(event->address), DB_S(event->action), DB_S(event->before_json),
                DB_S(event->after_json), DB_B(event->prev_hash.data, event->prev_hash.len),
                DB_B(hash, SHA256_BYTES)),
        NULL);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    /* Somebody else was faster: what he did may change what we would do. */
    err_free(e);
    return db_doom(db, err_raise(ERR_AGAIN, "audit: %s %lld has event %lld already", event->kind,
                                 (long long)event->object_id, (long long)event->seq));
}

static struct event event_of(const struct audit_who *who, const struct audit_change *change)
{
    return (struct event){
        .kind = change->kind,
        .object_id = change->object_id,
        .user_id = who->actor != NULL ? who->actor->user_id : 0,
        .for_user_id = who->for_user_id,
        .audience = who->actor != NULL ? audience_name(who->actor->audience) : "system",
        .address = who->address != NULL ? who->address : "",
        .action = change->action,
        .before_json = change->before,
        .after_json = change->after,
    };
}

struct err *audit_write(struct db *db, struct arena *a, const struct audit_who *who,
                        const struct audit_change *change)
{
    struct event event = event_of(who, change);
    unsigned char hash[SHA256_BYTES];

    TRY(continue_chain(db, a, &event));
    TRY(hash_event(&event, hash));
    return err_pass(insert(db, &event, hash));
}

static struct err *put_begun(const struct event *event, struct buf *rows)
{
    unsigned char hash[SHA256_BYTES];
    char hex[SHA256_HEX_BYTES];

    TRY(hash_event(event, hash));
    str_hex(hash, sizeof(hash), hex);
    buf_printf(rows, "%s[%lld,\"%s\",", rows->len > 1 ? "," : "", (long long)event->object_id, hex);
    buf_json(rows, event->after_json != NULL ? event->after_json : "");
    buf_putc(rows, ']');
    return NULL;
}

static struct err *begin_all(struct db *db, struct event *event, const struct audit_change *changes,
                             size_t count, struct buf *rows)
{
    buf_putc(rows, '[');
    for (size_t i = 0; i < count; i++) {
        event->object_id = changes[i].object_id;
        event->after_json = changes[i].after;
        TRY(put_begun(event, rows));
    }
    buf_putc(rows, ']');
    return err_pass(
        db_exec(db, &add_many,
                DB_ARGS(DB_S(event->kind), DB_T(event->at), DB_I(event->user_id),
                        DB_I(event->for_user_id), DB_S(event->audience), DB_S(event->address),
                        DB_S(event->action), DB_B(no_hash, sizeof(no_hash)), DB_S(rows->data)),
                NULL));
}

struct err *audit_begin_many(struct db *db, const struct audit_who *who,
                             const struct audit_change *changes, size_t count)
{
    struct event event = event_of(who, changes);
    struct buf rows;
    struct err *e;

    if (count == 0)
        return NULL;
    event.seq = 1;
    event.prev_hash = (struct bytes){ no_hash, sizeof(no_hash) };
    TRY(db_now(db, &event.at));
    buf_init(&rows, 256 * count, 0);
    e = begin_all(db, &event, changes, count, &rows);
    buf_free(&rows);
    return err_pass(e);
}

/* -- checking ------------------------------------------------------------------------------------
 */

static void fault(struct audit_walk *walk, const struct event *event, const char *what)
{
    struct audit_report *report = &walk->report;

    if (report->faults++ == 0)
        snprintf(report->first, sizeof(report->first), "%s %lld, event %lld: %s", event->kind,
                 (long long)event->object_id, (long long)event->seq, what);
}

static void begin_chain(struct audit_walk *walk, const struct event *event)
{
    snprintf(walk->kind, sizeof(walk->kind), "%s", event->kind);
    walk->object_id = event->object_id;
    walk->seq = 0;
    memset(walk->hash, 0, sizeof(walk->hash));
    walk->report.chains++;
}

static struct err *check_event(void *arg, const void *row)
{
    struct audit_walk *walk = arg;
    const struct event *event = row;
    unsigned char hash[SHA256_BYTES];

    if (walk->report.chains == 0 || walk->object_id != event->object_id ||
        !str_eq(walk->kind, event->kind))
        begin_chain(walk, event);
    walk->report.events++;
    TRY(hash_event(event, hash));
    if (event->seq != walk->seq + 1)
        fault(walk, event, "events before it are missing");
    else if (memcmp(event->prev_hash.data, walk->hash, SHA256_BYTES) != 0)
        fault(walk, event, "does not continue its chain");
    else if (event->hash.len != SHA256_BYTES || memcmp(event->hash.data, hash, SHA256_BYTES) != 0)
        fault(walk, event, "was changed");
    walk->seq = event->seq;
    memcpy(walk->hash, hash, SHA256_BYTES);
    return NULL;
}

struct err *audit_verify(struct db *db, struct audit_report *report_out)
{
    struct audit_walk walk = { 0 };
    struct err *e = db_each(db, &list_all, DB_NO_ARGS, check_event, &walk);

    *report_out = walk.report;
    return err_pass(e);
}

struct err *audit_verify_record(struct db *db, const char *kind, int64_t object_id, int64_t limit,
                                struct audit_report *report_out)
{
    struct audit_walk walk = { 0 };
    struct err *e = db_each(db, &list_record, DB_ARGS(DB_S(kind), DB_I(object_id), DB_I(limit)),
                            check_event, &walk);

    *report_out = walk.report;
    return err_pass(e);
}

/* Goes to the kind behind the one that is through; before any record of it. */
static struct err *turn_page(struct db *db, struct arena *a, struct audit_walk *walk, bool *found)
{
    struct kind_row row;

    TRY(db_one(db, a, &next_kind, DB_ARGS(DB_S(walk->kind)), &row, found));
    if (!*found)
        return NULL;
    snprintf(walk->kind, sizeof(walk->kind), "%s", row.kind);
    walk->object_id = -1;
    walk->seq = 0;
    return NULL;
}

struct err *audit_walk_on(struct db *db, struct arena *a, struct audit_walk *walk, int64_t limit,
                          bool *done_out)
{
    const int64_t until = walk->report.events + limit;
    bool found = true;

    *done_out = false;
    while (walk->report.events < until) {
        TRY(db_each(db, &list_on,
                    DB_ARGS(DB_S(walk->kind), DB_I(walk->object_id), DB_I(walk->object_id),
                            DB_I(walk->seq), DB_I(until - walk->report.events)),
                    check_event, walk));
        if (walk->report.events < until)
            TRY(turn_page(db, a, walk, &found));
        if (!found) {
            *done_out = true;
            return NULL;
        }
    }
    return NULL;
}

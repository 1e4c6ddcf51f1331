/* identity/identity_see_as.c - a member of staff begins and ends to see the portal as another
 * person does.  He comes with a link of staff's program, good once and for two minutes. */
#include "identity/identity_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <string.h>

struct ticket {
    int64_t user_id, by_id, by_session;
    const char *audience, *name, *account_name;
};
static const struct db_field ticket_fields[] = {
    DB_FIELD(struct ticket, user_id, DB_I64, 0),
    DB_FIELD(struct ticket, by_id, DB_I64, 0),
    DB_FIELD(struct ticket, by_session, DB_I64, 0),
    DB_FIELD(struct ticket, audience, DB_TEXT, 10),
    DB_FIELD(struct ticket, name, DB_TEXT, 480),
    DB_FIELD(struct ticket, account_name, DB_TEXT, 800),
    { 0 },
};
static const struct db_stmt find = {
    .name = "identity.see_as_find",
    .sql = "SELECT t.user_id, t.by_id, t.by_session, u.audience, u.name, IFNULL(a.name, '') AS"
           " account_name FROM see_as t JOIN user u ON u.id = t.user_id AND u.status = 'active'"
           " LEFT JOIN account a ON a.id = u.account_id JOIN session s ON s.id = t.by_session"
           " AND s.user_id = t.by_id AND s.ended_at IS NULL AND s.seen_by = 0 WHERE"
           " t.token_hash = ? AND t.used_at IS NULL AND t.expires_at > UTC_TIMESTAMP(6)",
    .binds = "b",
    .fields = ticket_fields,
    .row_bytes = sizeof(struct ticket),
};
static const struct db_stmt take = {
    .name = "identity.see_as_take",
    .sql = "UPDATE see_as SET used_at = UTC_TIMESTAMP(6) WHERE token_hash = ? AND used_at IS NULL",
    .binds = "b",
    .flags = DB_WRITE,
};
db_stmt_table identity_see_as_statements[] = { &find, &take, NULL };

/* Where staff's own session waits while the cookie of its name belongs to somebody else. */
#define OWN_COOKIE   "fw-staff-own"
#define STAFF_COOKIE "fw-staff"

static struct err *find_ticket(struct request *req, unsigned char hash[SHA256_BYTES],
                               struct ticket *ticket, bool *found)
{
    const char *token = request_param(req, "token");

    sha256(token, strlen(token), hash);
    return err_pass(
        db_one(req->db, req->arena, &find, DB_ARGS(DB_B(hash, SHA256_BYTES)), ticket, found));
}

static struct err *dead(struct request *req)
{
    page_title(req, tr(req, N_("This link no longer works")));
    return err_pass(reply_page(req, "identity/link_dead.cs"));
}

struct err *identity_see_as_show(struct request *req)
{
    struct view *v = view_at(req->page, "SeeAs");
    unsigned char hash[SHA256_BYTES];
    struct ticket ticket;
    bool found;

    TRY(find_ticket(req, hash, &ticket, &found));
    if (!found)
        return err_pass(dead(req));
    page_title(req, trf(req, N_("See the portal as %s"), ticket.name));
    view_text(v, "Name", ticket.name);
    view_text(v, "Account", ticket.account_name);
    view_text(v, "Action", arena_printf(req->arena, "/see-as/%s", request_param(req, "token")));
    (void)form_token(req);
    return NULL;
}

static struct err *audit(struct request *req, const char *action, int64_t by_id, int64_t user_id)
{
    struct actor by = actor_nobody(req->actor->lang);
    const struct audit_who who = { .actor = &by, .address = req->remote_addr };
    const struct audit_change change = { .kind = "user", .object_id = user_id, .action = action };

    by.user_id = by_id;
    by.audience = AUD_STAFF;
    return err_pass(audit_write(req->db, req->arena, &who, &change));
}

static void set_cookie(struct request *req, const char *audience, const char *token)
{
    const char *own = request_cookie(req, STAFF_COOKIE);

    if (str_eq(audience, "staff") && own != NULL)
        reply_cookie(req, OWN_COOKIE, own, 0);
    reply_cookie(req, arena_printf(req->arena, "fw-%s", audience), token, 0);
    reply_own_language(req);
}

struct err *identity_see_as_begin(struct request *req)
{
    struct session_new from = { .remote_addr = req->remote_addr, .user_agent = req->user_agent };
    unsigned char hash[SHA256_BYTES];
    char token[SESSION_TOKEN_BYTES];
    struct ticket ticket;
    int64_t taken = 0;
    bool found;

    TRY(find_ticket(req, hash, &ticket, &found));
    if (found)
        TRY(db_exec(req->db, &take, DB_ARGS(DB_B(hash, sizeof(hash))), &taken));
    if (taken != 1)
        return err_pass(dead(req));
    from.user_id = ticket.user_id;
    from.seen_by = ticket.by_id;
    from.seen_session = ticket.by_session;
    TRY(session_create(req->db, req->arena, &from, token));
    set_cookie(req, ticket.audience, token);
    crypt_wipe(token, sizeof(token));
    TRY(audit(req, "see_as.begin", ticket.by_id, ticket.user_id));
    return err_pass(reply_redirect(req, NULL, "%s", identity_home(audience_find(ticket.audience))));
}

/* Of the sessions in this browser the one that is seen as another. */
static struct err *end_seen(struct request *req, const char *name, struct actor *ended)
{
    const char *token = request_cookie(req, name);
    struct actor actor = { 0 };
    bool found = false;

    if (token != NULL && strlen(token) < SESSION_TOKEN_BYTES)
        TRY(session_find(req->db, req->arena, token, &actor, &found));
    if (!found || actor.seen_by == 0)
        return NULL;
    TRY(session_end(req->db, actor.session_id));
    TRY(audit(req, "see_as.end", actor.seen_by, actor.user_id));
    reply_cookie(req, name, "", -1);
    *ended = actor;
    return NULL;
}

struct err *identity_see_as_end(struct request *req)
{
    static const char *const names[] = { "fw-partner", "fw-customer", STAFF_COOKIE };
    const char *own = request_cookie(req, OWN_COOKIE);
    struct actor ended = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        TRY(end_seen(req, names[i], &ended));
    if (own != NULL) {
        reply_cookie(req, OWN_COOKIE, "", -1);
        if (ended.audience == AUD_STAFF)
            reply_cookie(req, STAFF_COOKIE, own, 0);
    }
    reply_own_language(req);
    if (ended.user_id == 0)
        return err_pass(reply_redirect(req, NULL, "/staff/"));
    return err_pass(reply_redirect(req, "seen", "/staff/users/%lld", (long long)ended.user_id));
}

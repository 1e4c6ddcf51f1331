/* auditing/auditing_check.c - the check of every chain, a piece a press of the button: how far it
 * has come stands in its row.  It runs here, since no other program may read what people did. */
#include "auditing/auditing_inside.h"

#include <stdio.h>
#include <string.h>

enum { PIECE_EVENTS = 20000 };

/* -- a piece -------------------------------------------------------------------------------------
 */

static struct audit_walk walk_of(const struct auditing_check *check)
{
    struct audit_walk walk = {
        .report = { .events = check->events, .chains = check->chains, .faults = check->faults },
        .object_id = check->object_id,
        .seq = check->seq
    };

    snprintf(walk.report.first, sizeof(walk.report.first), "%s", check->first_fault);
    snprintf(walk.kind, sizeof(walk.kind), "%s", check->kind);
    if (check->hash.len == sizeof(walk.hash))
        memcpy(walk.hash, check->hash.data, sizeof(walk.hash));
    return walk;
}

static struct err *move(struct db *db, const struct auditing_check *check,
                        const struct audit_walk *walk, bool done)
{
    int64_t moved;

    TRY(db_exec(db, &auditing_check_move,
                DB_ARGS(DB_S(walk->kind), DB_I(walk->object_id), DB_I(walk->seq),
                        DB_B(walk->hash, sizeof(walk->hash)), DB_I(walk->report.events),
                        DB_I(walk->report.chains), DB_I(walk->report.faults),
                        DB_S(walk->report.first), DB_I(done), DB_I(check->id),
                        DB_I(check->row_version)),
                &moved));
    if (moved == 1)
        return NULL;
    return db_doom(db, err_raise(ERR_AGAIN, "somebody else checked this piece"));
}

struct err *auditing_check_piece(struct db *db, struct arena *a, int64_t user_id,
                                 const char *user_name, int64_t *id_out, bool *done_out)
{
    struct auditing_check check;
    struct audit_walk walk;
    bool found;

    TRY(db_one(db, a, &auditing_check_open, DB_NO_ARGS, &check, &found));
    if (!found) {
        TRY(db_exec(db, &auditing_check_begin, DB_ARGS(DB_I(user_id), DB_S(user_name)), NULL));
        TRY(db_get(db, a, &auditing_check_open, DB_NO_ARGS, &check));
    }
    walk = walk_of(&check);
    TRY(audit_walk_on(db, a, &walk, PIECE_EVENTS, done_out));
    *id_out = check.id;
    return err_pass(move(db, &check, &walk, *done_out));
}

/* -- its page ------------------------------------------------------------------------------------
 */

static void show_result(struct request *req, struct view *v, const struct auditing_check *check)
{
    const char *events = text_number(req->locale, req->arena, check->events);
    const char *chains = text_number(req->locale, req->arena, check->chains);

    view_text(v, "Tone", check->faults > 0 ? "bad" : "good");
    view_text(v, "Text",
              check->faults > 0
                  ? trf(req, N_("%1$s of %2$s events were changed or are missing. The first: %3$s"),
                        text_number(req->locale, req->arena, check->faults), events,
                        check->first_fault)
                  : trf(req,
                        N_("%1$s events in %2$s chains are whole: none was changed, none is "
                           "missing."),
                        events, chains));
}

static void show_progress(struct request *req, struct view *v, const struct auditing_check *check)
{
    view_text(v, "Tone", check->faults > 0 ? "bad" : "info");
    view_text(v, "Text",
              trf(req, N_("%1$s of about %2$s events are looked at."),
                  text_number(req->locale, req->arena, check->events),
                  text_number(req->locale, req->arena, check->expected)));
    view_flag(v, "Runs", true);
    view_int(v, "Value", check->events);
    view_int(v, "Max", check->expected > check->events ? check->expected : check->events + 1);
}

struct err *auditing_show_check(struct request *req)
{
    struct view *v = view_at(req->page, "Check");
    struct auditing_check check;
    bool found;

    view_flag(v, "May", actor_may(req->actor, PERM_AUDIT_CHECK) && auditing_sees_all(req));
    TRY(db_one(req->db, req->arena, &auditing_check_newest, DB_NO_ARGS, &check, &found));
    if (!found)
        return NULL;
    view_flag(v, "Found", true);
    page_at(req, v, "Begun", check.begun_at);
    page_at(req, v, "Ended", check.ended_at);
    view_text(v, "Who", check.user_name);
    if (check.ended_at != 0)
        show_result(req, v, &check);
    else
        show_progress(req, v, &check);
    return NULL;
}

struct err *auditing_check_post(struct request *req)
{
    int64_t id;
    bool done;

    if (!auditing_sees_all(req))
        return err_raise(ERR_NOT_FOUND, "not everything is in his scope");
    TRY(auditing_check_piece(req->db, req->arena, req->actor->user_id, req->actor->name, &id,
                             &done));
    if (done)
        TRY(request_audit(req, "audit_check", id, NULL, NULL));
    return err_pass(reply_redirect(req, NULL, "/staff/audit#check"));
}

/* programme/programme.h - how a company becomes a partner and stays one: it applies, is reviewed,
 * accepts the agreement, does what the checklist asks, is active, is suspended, has ended.
 *
 * An application is a row of its own until it is accepted; then it is a partner account, whose
 * status goes its way by the second table of programme_state.c.  What a status keeps from the
 * partner's people is decided when their actor is made (access/standing.h), not here. */
#pragma once

#include "access/audit.h"
#include "base/arena.h"
#include "base/conf.h"
#include "db/db.h"
#include "job/queue.h"
#include "web/route.h"

extern const struct route programme_public_routes[], programme_partner_routes[],
    programme_staff_routes[];
extern const struct object_kind application_object;       /* staff: "PA-" */
extern const struct object_kind agreement_object;         /* staff */
extern const struct object_kind programme_account_object; /* staff: partners */
extern db_stmt_table programme_public_statements[], programme_partner_statements[],
    programme_staff_statements[], programme_partners_statements[], programme_job_statements[],
    application_clock_statements[];
extern const struct job_kind programme_jobs[], application_clock_jobs[]; /* that need no rooms */

/* -- the tables of transitions -------------------------------------------------------------------
 */

enum programme_who { BY_APPLICANT = 1, BY_COMPANY = 2, BY_VENDOR = 4, BY_TIME = 8 };

/* X(ID, code, tone, icon, word) */
#define APPLICATION_STATES(X)                                       \
    X(APPLIED, "applied", "info", "send", N_("New application"))    \
    X(REVIEW, "review", "active", "eye", N_("In review"))           \
    X(ACCEPTED, "accepted", "good", "circle-check", N_("Accepted")) \
    X(REJECTED, "rejected", "bad", "x", N_("Rejected"))             \
    X(ABANDONED, "abandoned", "off", "clock-off", N_("Abandoned"))

enum application_state {
#define X(id, code, tone, icon, word) APPLICATION_##id,
    APPLICATION_STATES(X)
#undef X
        APPLICATION_STATE_COUNT
};
enum application_verb {
    APPLICATION_TAKE,
    APPLICATION_ACCEPT,
    APPLICATION_REJECT,
    APPLICATION_ABANDON,
    APPLICATION_VERB_COUNT
};

#define PARTNER_STATES(X)                                                   \
    X(AGREEMENT, "agreement", "wait", "writing-sign", N_("Agreement open")) \
    X(ONBOARDING, "onboarding", "wait", "list-check", N_("Onboarding"))     \
    X(ACTIVE, "active", "good", "circle-check", N_("Active"))               \
    X(SUSPENDED, "suspended", "bad", "player-pause", N_("Suspended"))       \
    X(ENDED, "ended", "off", "plug-off", N_("Ended"))

enum partner_state {
#define X(id, code, tone, icon, word) PARTNER_##id,
    PARTNER_STATES(X)
#undef X
        PARTNER_STATE_COUNT
};
enum partner_verb {
    PARTNER_ACCEPT,
    PARTNER_ACTIVATE,
    PARTNER_SUSPEND,
    PARTNER_RESUME,
    PARTNER_END,
    PARTNER_VERB_COUNT
};

struct programme_move {
    unsigned from; /* bits of states */
    int to;
    unsigned who;       /* enum programme_who */
    const char *code;   /* in rows and forms */
    const char *action; /* of the audit */
    bool needs_reason;
};
const struct programme_move *application_move(enum application_verb verb);
const struct programme_move *partner_move(enum partner_verb verb);
/* True when the table lets WHO do VERB in STATE. */
bool application_can(enum application_state state, enum application_verb verb,
                     enum programme_who who);
bool partner_can(enum partner_state state, enum partner_verb verb, enum programme_who who);
const char *application_state_code(enum application_state state);
const char *partner_state_code(enum partner_state state);
/* The count when there is none of that name. */
enum application_state application_state_find(const char *code);
enum partner_state partner_state_find(const char *code);
enum partner_verb partner_verb_find(const char *code);

/* -- moves, in the open transaction --------------------------------------------------------------
 */

/* Where a partner stands, as it was read. */
struct partner_standing {
    int64_t id, row_version;
    enum partner_state state;
};

/* Writes the move under the version that was read, with its history and its audit event.
 * ERR_CONFLICT "state" when the table has no such move, "version" when the account was changed
 * since. */
struct err *partner_move_to(struct db *db, struct arena *a, const struct audit_who *who,
                            enum programme_who as, struct partner_standing *partner,
                            enum partner_verb verb, const char *reason);

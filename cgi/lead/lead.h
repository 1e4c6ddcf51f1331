/* lead/lead.h - leads: somebody asks for something, one partner after the other is offered it, one
 * works on it.
 *
 * The rules know neither HTML nor who shows them.  Every verb runs in the caller's open write
 * transaction, changes the row with its row_version as guard, writes the step, the audit event, the
 * offer, the partner's figures and whom to tell; all or nothing. */
#pragma once

#include "access/audit.h"
#include "account/match_name.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "text/lang.h"

/* -- states --------------------------------------------------------------------------------------
 */

/* X(ID, "code", phase, "tone", "icon", "word") - phase: 1 nobody's, 2 offered, 3 in work, 4 closed.
 */
#define LEAD_STATES(X)                                                           \
    X(NEW, "new", 1, "info", "sparkles", LANG_N("New"))                          \
    X(ASSIGNED, "assigned", 2, "wait", "user-check", LANG_N("Assigned"))         \
    X(ACCEPTED, "accepted", 3, "active", "check", LANG_N("Accepted"))            \
    X(CONTACTED, "contacted", 3, "active", "phone", LANG_N("Contacted"))         \
    X(QUALIFIED, "qualified", 3, "good", "circle-check", LANG_N("Qualified"))    \
    X(CONVERTED, "converted", 4, "good", "arrows-exchange", LANG_N("Converted")) \
    X(DISQUALIFIED, "disqualified", 4, "off", "x", LANG_N("Disqualified"))       \
    X(DECLINED, "declined", 1, "off", "x", LANG_N("Declined"))                   \
    X(TIMED_OUT, "timed_out", 1, "bad", "clock-off", LANG_N("Timed out"))        \
    X(RECALLED, "recalled", 1, "wait", "arrow-back-up", LANG_N("Taken back"))

enum lead_state {
#define X(id, code, phase, tone, icon, word) LEAD_##id,
    LEAD_STATES(X)
#undef X
        LEAD_STATE_COUNT
};

enum lead_phase { LEAD_NOBODYS = 1, LEAD_OFFERED, LEAD_IN_WORK, LEAD_CLOSED };

/* Who does it: bits of struct lead_move.who. */
enum lead_who { LEAD_BY_PARTNER = 1, LEAD_BY_STAFF = 2, LEAD_BY_WORKER = 4, LEAD_BY_GUEST = 8 };

enum lead_verb {
    LEAD_CREATE,
    LEAD_ASSIGN,
    LEAD_ACCEPT,
    LEAD_DECLINE,
    LEAD_TIME_OUT,
    LEAD_TAKE, /* from the pool: an offer and its acceptance in one */
    LEAD_CONTACT,
    LEAD_QUALIFY,
    LEAD_DISQUALIFY,
    LEAD_CONVERT,
    LEAD_RECALL,
    LEAD_REOPEN,
    LEAD_VERB_COUNT
};

/* What a verb does to the time that is left. */
enum lead_clock { LEAD_CLOCK_NONE, LEAD_CLOCK_ANSWER, LEAD_CLOCK_WORK };

/* One row of the state machine: the only place that knows what follows what. */
struct lead_move {
    unsigned from; /* bits 1 << LEAD_x */
    enum lead_state to;
    unsigned who;        /* bits of enum lead_who */
    const char *action;  /* of the step and the audit event */
    const char *outcome; /* what becomes of the partner's offer; NULL: nothing */
    enum lead_clock clock;
    bool begins_offer, ends_offer, answers;
    bool routes_again; /* unless staff did it: the rules look for the next partner */
    bool needs_reason;
    const char *event; /* told to the partner's people; NULL: nobody */
};
const struct lead_move *lead_move(enum lead_verb verb);
bool lead_can(enum lead_state state, enum lead_verb verb, enum lead_who who);
const char *lead_state_code(enum lead_state state);
enum lead_state lead_state_find(const char *code); /* LEAD_STATE_COUNT: none */
enum lead_phase lead_state_phase(enum lead_state state);

/* -- the record ----------------------------------------------------------------------------------
 */

struct lead {
    int64_t id, row_version;
    enum lead_state state;
    const char *state_code; /* as stored; state is made from it */
    int64_t account_id;     /* the partner that has it; 0 */
    const char *partner_name;
    const char *company_name, *country, *region, *city, *website;
    /* "" for a partner that has not accepted it. */
    const char *person_name, *person_title, *email, *phone;
    int64_t product_line_id;
    const char *budget, *timeframe, *lang, *note, *source, *campaign;
    const char *consent_text;
    int64_t consent_at;
    int64_t score;
    const char *pool; /* "", take, apply */
    int64_t pooled_at, due_at, warn_at, accepted_at, worked_at, closed_at;
    const char *reason_code, *reason_text;
    int64_t opportunity_id, deal_id;
    int64_t department_id;
    int64_t created_at, updated_at;
    /* For staff and the worker alone. */
    const char *held, *verdict;
    int64_t created_by;
};

/* Who acts, and as what. */
struct lead_actor {
    struct audit_who who;
    enum lead_who as;
};

struct lead_change {
    enum lead_verb verb;
    int64_t account_id; /* ASSIGN, TAKE */
    const char *account_name;
    const char *reason_code, *reason_text;
};

#define LEAD_IMPORT_UNDONE \
    "import_undone" /* a reason_code: the import that made it was taken back */

/* A new one; sets id.  MATCH fields are judged later (lead_judge). */
struct err *lead_create(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead);
/* What was typed, changed by staff while nobody has closed it; BEFORE and AFTER are
 * what the trail says of it. */
struct err *lead_update(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead, const char *before, const char *after);
/* Any verb of the table.  ERR_CONFLICT with a detail word: "state", "version", "limit" (TAKE: the
 * partner has as many as it may). */
struct err *lead_apply(struct db *db, struct arena *a, const struct lead_actor *by,
                       struct lead *lead, const struct lead_change *change);
/* Something was done about it: it is not taken back for a while. */
struct err *lead_worked(struct db *db, struct arena *a, struct lead *lead);
/* Into the pool and out of it: HOW is take, apply or "". */
struct err *lead_set_pool(struct db *db, struct arena *a, const struct lead_actor *by,
                          struct lead *lead, const char *how);
/* Asks the worker to tell staff that a partner asks for it. */
struct err *lead_ask_telling(struct db *db, int64_t lead_id);
/* Asks the worker to find a partner. */
struct err *lead_ask_routing(struct db *db, int64_t lead_id);

/* -- reading -------------------------------------------------------------------------------------
 */

/* Each NULL when it is not there or not theirs. */
struct err *lead_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                            struct lead **lead_out);
/* The same without whom it is from, for who answers from a mail. */
struct err *lead_of_link(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                         struct lead **lead_out);
/* What waits in the pool: without whom it is from. */
struct err *lead_of_pool(struct db *db, struct arena *a, int64_t id, struct lead **lead_out);
struct err *lead_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high, int64_t id,
                          struct lead **lead_out);
struct err *lead_of_worker(struct db *db, struct arena *a, int64_t id, struct lead **lead_out);

/* Beside the statements of a program that moves leads: how long a partner has; whom to tell. */
extern db_stmt_table lead_clock_statements[];
extern db_stmt_table lead_tell_statements[]; /* staff and the worker */

/* -- who has asked already -----------------------------------------------------------------------
 */

/* Compares it with other leads and known end customers, writes what is found, and holds it for a
 * person where that is needed. */
struct err *lead_judge(struct db *db, struct arena *a, struct match_names *names,
                       struct lead *lead);

/* deal/deal.h - deal registration: the record, its states, and what may be done to it.
 *
 * The rules know neither HTML nor who shows them: partner pages, staff pages, the worker's jobs and
 * the operator's commands call the same verbs.  Every verb runs in the caller's open write
 * transaction, changes the row with its row_version as guard, closes the step and opens the next,
 * writes the audit event, the receipt's statement where there is one, notifications and mails; all
 * or nothing. */
#pragma once

#include "access/audit.h"
#include "account/match_name.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "text/format.h"

/* -- states --------------------------------------------------------------------------------------
 */

/* DEAL_STATE(ID, "code", phase, "tone", "icon", "word") - phase: 1 with the partner, 2 with the
 * vendor, 3 protected, 4 closed; the partner's own words, where they differ, stand in deal_view.c.
 */
#define DEAL_STATES(X)                                                           \
    X(DRAFT, "draft", 1, "neutral", "pencil", LANG_N("Draft"))                   \
    X(SUBMITTED, "submitted", 2, "info", "send", LANG_N("Submitted"))            \
    X(REVIEW, "review", 2, "active", "eye", LANG_N("In review"))                 \
    X(RETURNED, "returned", 1, "wait", "arrow-back-up", LANG_N("Returned"))      \
    X(APPROVED, "approved", 3, "good", "shield-check", LANG_N("Approved"))       \
    X(REJECTED, "rejected", 4, "bad", "x", LANG_N("Rejected"))                   \
    X(DUPLICATE, "duplicate", 4, "bad", "copy", LANG_N("Duplicate"))             \
    X(WITHDRAWN, "withdrawn", 4, "off", "arrow-bar-left", LANG_N("Withdrawn"))   \
    X(EXPIRED, "expired", 4, "off", "clock-off", LANG_N("Expired"))              \
    X(ENDED, "ended", 4, "off", "shield-off", LANG_N("Ended early"))             \
    X(CONVERTED, "converted", 3, "good", "arrows-exchange", LANG_N("Converted")) \
    X(WON, "won", 4, "good", "trophy", LANG_N("Won"))                            \
    X(LOST, "lost", 4, "off", "flag-off", LANG_N("Lost"))                        \
    X(REVOKED, "revoked", 4, "bad", "shield-x", LANG_N("Revoked"))

enum deal_state {
#define X(id, code, phase, tone, icon, word) DEAL_##id,
    DEAL_STATES(X)
#undef X
        DEAL_STATE_COUNT
};

enum deal_phase { DEAL_WITH_PARTNER = 1, DEAL_WITH_VENDOR, DEAL_PROTECTED, DEAL_CLOSED };

/* Who does it: bits of struct deal_move.who. */
enum deal_who { BY_PARTNER = 1, BY_STAFF = 2, BY_RULE = 4, BY_WORKER = 8 };

enum deal_verb {
    DEAL_CREATE,
    DEAL_SUBMIT,
    DEAL_ANSWER, /* a returned one comes back and keeps its rank */
    DEAL_TAKE,
    DEAL_RETURN,
    DEAL_APPROVE,
    DEAL_REJECT,
    DEAL_MARK_DUPLICATE,
    DEAL_APPEAL, /* a refused one goes to somebody else, once */
    DEAL_WITHDRAW,
    DEAL_EXPIRE_UNANSWERED,
    DEAL_END,
    DEAL_EXPIRE,
    DEAL_CONVERT,
    DEAL_WIN,
    DEAL_LOSE,
    DEAL_EXPIRE_IDLE,
    DEAL_REVOKE,
    DEAL_VERB_COUNT
};

/* One row of the state machine: the only place that knows what follows what. */
struct deal_move {
    unsigned from; /* bits 1 << DEAL_x */
    enum deal_state to;
    unsigned who;       /* bits of enum deal_who */
    const char *action; /* "deal.approve": audit, steps, notifications */
    bool needs_reason;
    bool takes_claims, frees_claims;
    const char *receipt; /* the event that its receipt states; NULL: none */
    const char *event;   /* notification event for the partner; NULL: none */
};

const struct deal_move *deal_move(enum deal_verb verb);
/* True when the table lets WHO do VERB in STATE. */
bool deal_can(enum deal_state state, enum deal_verb verb, enum deal_who who);
const char *deal_state_code(enum deal_state state);
enum deal_state deal_state_find(const char *code); /* DEAL_STATE_COUNT when unknown */
enum deal_phase deal_state_phase(enum deal_state state);

/* -- the record ----------------------------------------------------------------------------------
 */

struct deal_line {
    int64_t id, product_line_id;
    const char *code, *name_en, *name_zh; /* of the product line */
    int64_t quantity;
    int64_t value; /* ten-thousandths of deal.currency */
    int64_t discount_bp;
    int64_t lost_at; /* 0: not lost by an overruling */
    int64_t sort;    /* where the product line stands among the others */
};

/* What happened, oldest first: the state that it led to, and until when that lasted. */
struct deal_step {
    int64_t seq; /* row_version after it */
    const char *state, *action, *user_name, *for_user_name, *audience;
    const char *reason_text, *reason_en, *reason_zh;
    int64_t from_at, until_at; /* 0: it lasts */
};

struct deal {
    int64_t id, account_id, row_version;
    enum deal_state state;
    const char *state_code; /* as stored; state is made from it */
    /* end customer, as typed */
    const char *company_name, *country, *region, *city, *address, *website, *tax_number, *phone;
    const char *contact_name, *contact_title, *contact_email, *contact_phone;
    const char *project_name, *description, *deal_type, *competitors, *sales_stage, *budget,
        *decision_maker, *done_so_far, *distributor;
    const char *currency;
    int64_t total, total_report; /* ten-thousandths */
    int32_t expected_close;
    int64_t sales_user_id;
    const char *sales_name;
    int64_t created_by, on_behalf_by, end_customer_id;
    int64_t cloned_from, bulk_id; /* for deal_create() alone */
    const char *verdict;          /* "", different, possible, same */
    int64_t rank_no;
    int64_t submitted_at, due_at, answer_due_at, decided_at;
    int64_t appeal_until_at; /* 0: what was decided is final, or no refusal */
    int64_t decision_minutes;
    int64_t decision_hours; /* that it may take; 0: as the parameter says */
    const char *reason_code, *reason_text;
    int64_t protected_from_at, protected_until_at;
    int32_t protected_until;
    int64_t extensions_granted;
    int64_t opportunity_id;
    int64_t department_id, reviewer_id;
    const char *reviewer_name;
    struct bytes content_hash, content_salt;
    int64_t created_at, updated_at;
    const char *partner_name, *partner_zone;
    /* What hangs on it, so that its page asks for nothing that is not there: staff's notes are not
     * the partner's, and the worker is told of nothing. */
    bool has_comments, has_notes, has_files, has_opened, has_mutes, has_appeal, has_amendments,
        has_steps;
    bool has_delegate, has_matches, has_staff; /* of staff alone, as the partner's tier is */
    int64_t partner_tier_id;
    /* loaded beside it by deal_load_lines() */
    struct deal_line *lines;
    size_t line_count;
    /* loaded beside it by deal_load_steps() */
    struct deal_step *steps;
    size_t step_count;
};

/* Who acts, and as what. */
struct deal_actor {
    struct audit_who who;
    enum deal_who as;
    const char *for_user_name; /* decided in the name of, as a delegate; "" for himself */
    struct match_names *names;
    struct text_ctx *text; /* the program's */
};

/* A draft: incomplete, but with its number from now on. */
struct err *deal_create(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal);
/* Writes what the partner may change (draft and returned only).  ERR_CONFLICT when row_version is
 * old. */
struct err *deal_update(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal);

/* What is missing or wrong for a submission: one call of FAULT for each, with the field's name and
 * an English message id.  Nothing is called when it may be submitted. */
void deal_check_complete(const struct deal *deal, int32_t today,
                         void (*fault)(void *arg, const char *field, const char *message),
                         void *arg);

/* draft -> submitted, or returned -> submitted.  Takes the rank, finds or makes the end customer,
 * runs the conflict check, sets the clock, writes the receipt's statement, queues the automatic
 * rules. */
struct err *deal_submit(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal);

/* -- decisions -----------------------------------------------------------------------------------
 */

struct deal_decision {
    enum deal_verb verb;
    const char *reason_code, *reason_text; /* what the partner may read */
    int64_t duplicate_of;                  /* DEAL_MARK_DUPLICATE */
    int32_t protect_days;                  /* DEAL_APPROVE: 0 takes the term of tier and type */
    int64_t rule_id;                       /* decided by this rule; 0: by a person */
};
/* Any verb of the table that needs no more than this.  ERR_CONFLICT with a detail word when the
 * state, the row version, an unresolved match ("match"), an earlier rank ("rank"), a taken claim
 * ("claim") or an appeal that is not this person's to decide ("appeal") forbids it. */
struct err *deal_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, const struct deal_decision *decision);

/* What stands against approving DEAL now; each list is empty when nothing does. */
struct deal_obstacle {
    const char *kind;      /* "match", "rank", "claim" */
    int64_t other_deal_id; /* 0 for a match without a registration */
    int64_t party_id;
    int64_t product_line_id;
    int64_t claim_id, claim_version;
};
struct err *deal_obstacles(struct db *db, struct arena *a, const struct deal *deal,
                           struct deal_obstacle **list_out, size_t *count_out);

/* Takes each claim that it names at the version it was shown, ends the other's, and approves; the
 * other registration keeps its other lines and is revoked when it has none left.  ERR_CONFLICT when
 * a version changed: somebody was faster. */
struct deal_overrule {
    const struct deal_obstacle *shown; /* claims and earlier ranks that the person saw */
    size_t count;
    const char *reason_code, *reason_text;
};
struct err *deal_overrule(struct db *db, struct arena *a, const struct deal_actor *by,
                          struct deal *deal, const struct deal_overrule *over);

/* -- reading -------------------------------------------------------------------------------------
 */

/* As the partner ACCOUNT_ID sees it; NULL when it is not his. */
struct err *deal_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                            struct deal **deal_out);
/* As staff with a department range see it. */
struct err *deal_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high,
                          int64_t user_id, int64_t id, struct deal **deal_out);
/* Without scope: the worker. */
struct err *deal_of_worker(struct db *db, struct arena *a, int64_t id, struct deal **deal_out);
struct err *deal_load_lines(struct db *db, struct arena *a, struct deal *deal);
/* What happened to it, for a page that shows its clock and its history. */
struct err *deal_load_steps(struct db *db, struct arena *a, struct deal *deal);

/* The registered content as canonical JSON: what the receipt's hash stands for. */
struct err *deal_content_json(struct arena *a, const struct deal *deal, const char **json_out);

/* -- what opportunities are made by, too --------------------------------------------------------
 */

/* Sets total_report: the total in the vendor's reporting currency at today's rate. */
struct err *deal_report_total(struct db *db, struct arena *a, struct deal *deal);
/* The end customer that DEAL's facts name: the partner's own, found or made. */
struct err *deal_find_customer(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal);

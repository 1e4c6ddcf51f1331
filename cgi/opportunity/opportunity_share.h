/* opportunity/opportunity_share.h - who else works on an opportunity: partners are invited, accept
 * or decline within a time, and may be taken off again.  Until it is accepted a partner reads of
 * its invitation what that says, and nothing of the record. */
#pragma once

#include "opportunity/opportunity.h"
#include "web/request.h"

struct opportunity_share {
    int64_t id, opportunity_id, account_id, row_version, invited_by, answered_by;
    bool own, sees_others;
    const char *role;     /* sourced, cosell, fulfilment, influence */
    const char *level;    /* view, collaborate, lead */
    const char *standing; /* invited, accepted, declined, expired, ended */
    const char *partner_name;
    const char *shown_title, *shown_customer, *shown_country, *message;
    const char *invited_name, *answered_name, *reason;
    int64_t invited_at, due_at, answered_at, ended_at;
};

struct opportunity_invitation {
    int64_t account_id;
    const char *role, *level, *title, *message;
    bool show_customer, sees_others;
    int64_t days; /* to answer */
};
/* ERR_CONFLICT "shared" when the partner has it, or is asked, already. */
struct err *opportunity_invite(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity *o,
                               const struct opportunity_invitation *invitation);
/* ERR_CONFLICT "version" when it was answered, ended or changed meanwhile, or is late. */
struct err *opportunity_answer(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity_share *share, bool accepts,
                               const char *reason);
struct err *opportunity_end_share(struct db *db, struct arena *a, const struct deal_actor *by,
                                  const struct opportunity_share *share, const char *reason);
struct err *opportunity_change_share(struct db *db, struct arena *a, const struct deal_actor *by,
                                     const struct opportunity_share *share, const char *level,
                                     bool sees_others);
/* Tells everybody who takes part and may know; not who does it. */
struct err *opportunity_tell_comment(struct db *db, struct arena *a, const struct actor *actor,
                                     const struct opportunity *o);

/* All of a record, the own one first. */
struct err *opportunity_shares(struct db *db, struct arena *a, int64_t opportunity_id,
                               struct opportunity_share **rows_out, size_t *count_out);
/* An invitation to the account, whatever became of it; NULL when it has none. */
struct err *opportunity_share_of_account(struct db *db, struct arena *a, int64_t account_id,
                                         int64_t id, struct opportunity_share **out);
struct err *opportunity_invitations(struct db *db, struct arena *a, int64_t account_id,
                                    struct opportunity_share **rows_out, size_t *count_out);

extern const struct status_row opportunity_standings[];
extern const struct choice opportunity_roles[], opportunity_levels[];
extern db_stmt_table opportunity_share_statements[];       /* both programs */
extern db_stmt_table opportunity_share_staff_statements[]; /* staff.fcgi */
extern db_stmt_table opportunity_share_own_statements[];   /* partner.fcgi */
extern db_stmt_table opportunity_share_job_statements[];   /* the worker */

#include "job/queue.h"
extern const struct job_kind opportunity_jobs[]; /* invitations that nobody answered */

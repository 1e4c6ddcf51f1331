/* account/account.h - companies: partners, customers, prospects; and which prospects and customers
 * are one end customer.
 *
 * An end customer is an account of kind prospect or customer.  Each stands in a group, whose number
 * is the id of its root; claims are about groups.  Two groups become one only by a person's
 * decision or by an equal tax number in one country; a pair that a person marked as different stays
 * apart for good.
 *
 * What the conflict check reads (tables match_*) is kept here, in the same transaction. */
#pragma once

#include "access/audit.h"
#include "account/match_find.h"
#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table account_partner_statements[]; /* partner.fcgi: makes end customers */
extern db_stmt_table account_staff_statements[];   /* staff.fcgi, worker, fairwayctl */

struct account {
    int64_t id;
    const char *kind;   /* partner, customer, prospect */
    const char *status; /* active, suspended, ended */
    const char *name, *country, *region, *city, *address, *website, *tax_number, *phone;
    int64_t parent_id, group_id, tier_id;
    const char *zone, *currency;
    bool named; /* policy keeps it out of registrations: served directly */
    int64_t owner_user_id, department_id;
    int64_t created_at, updated_at, row_version;
    int64_t deleted_at; /* 0: it is not */
    bool in_bin;        /* deleted by a person, and can be restored */
    const char *deleted_name, *deleted_reason;
    int64_t merged_into; /* 0: it was not; else the account that its number leads to */
};

/* Within a department range; NULL when it is not there or outside. */
struct err *account_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high, int64_t id,
                             struct account **account_out);
/* The same when it is deleted, too. */
struct err *account_any_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high,
                                 int64_t id, struct account **account_out);
/* Without scope: the worker and fairwayctl. */
struct err *account_of_worker(struct db *db, struct arena *a, int64_t id,
                              struct account **account_out);

/* Writes a new account, its group and its match keys; sets id and group_id. */
struct err *account_create(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, struct account *account);
/* ERR_CONFLICT "version" when it was changed since it was read. */
struct err *account_update(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, struct account *account);

/* Once a row refers to it, whose foreign key holds it until the commit: ERR_AGAIN when it was
 * deleted before that, so that the run looks for another. */
struct err *account_stays(struct db *db, struct arena *a, int64_t id);

enum pair_decision { PAIR_SAME, PAIR_DIFFERENT };
/* Remembers what a person decided of two end customers, for good.  PAIR_SAME joins their groups:
 * the older root stays; *kept_out and *gone_out are the roots (equal when nothing was joined), for
 * the feature above to move its claims.  ERR_CONFLICT "pair" when a pair between the two groups was
 * marked different. */
struct err *account_decide_pair(struct db *db, struct arena *a, const struct audit_who *who,
                                int64_t x_id, int64_t y_id, enum pair_decision decision,
                                int64_t *kept_out, int64_t *gone_out);

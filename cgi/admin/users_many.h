/* admin/users_many.h - people as an import makes them and takes them back: the rules are those of
 * the page that invites one. */
#pragma once

#include "access/audit.h"
#include "db/db.h"

extern db_stmt_table users_many_statements[]; /* the worker, fairwayctl */

/* Somebody new. */
struct users_new {
    const char *audience; /* staff, partner, customer */
    const char *email, *name, *title, *language, *zone;
    const char *roles;        /* codes or names, with commas between */
    const char *account_name; /* of the vendor, or of the company */
    int64_t account_id, department_id, manager_id;
};

/* Who invites; lives as long as A. */
struct users_giver;
/* *GIVER_OUT is NULL for who is no administrator at this moment.  The operator of the shell, an
 * actor of nobody, may give what there is. */
struct err *users_giver_open(struct db *db, struct arena *a, const struct audit_who *who,
                             struct users_giver **giver_out);
/* Why he may not invite SOMEBODY so: an English message id and the field; NULL when he may. */
const char *users_new_fault(struct arena *a, const struct users_giver *giver,
                            const struct users_new *somebody, const char **field_out);
/* Whose log-ins these addresses are; 0: nobody's.  COUNT is some hundreds. */
struct err *users_of_addresses(struct db *db, struct arena *a, const char *const *emails,
                               size_t count, int64_t *ids_out);
/* Somebody without a fault, who waits for an invitation, or gets it now.  ERR_CONFLICT when the
 * address was taken meanwhile. */
struct err *users_new_add(struct db *db, struct arena *a, const struct users_giver *giver,
                          const struct users_new *somebody, bool invited, int64_t *id_out);

enum users_kept { USERS_OFF, USERS_LOST, USERS_CHANGED, USERS_SEEN };
/* Shuts out a person who is as he was made and who never logged in; IMPORT: "IM-12". */
struct err *users_new_undo(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                           int64_t row_version, const char *import, enum users_kept *kept_out);

/* admin/users_inside.h - what the files of user administration share. */
#pragma once

#include "access/audit.h"
#include "admin/users.h"
#include "admin/users_forms.h"
#include "admin/users_manager.h"
#include "admin/users_sql.h"

/* -- rules (users.c) ----------------------------------------------------------------- */

enum users_verdict {
    USERS_OK,
    USERS_EXISTS,       /* the address has a log-in that the asker may know of */
    USERS_NO_ROLE,      /* a person without any role could do nothing */
    USERS_ROLE_UNKNOWN, /* none of the roles of this audience */
    USERS_ROLE_HIGHER,  /* allows more than the giver himself may do */
    USERS_SELF,         /* nobody ends his own administration */
    USERS_HIGHER,       /* the person may do more than who would change him */
    USERS_NO_DEPARTMENT,
    USERS_ROLE_CLOSED, /* the vendor does not allow this company the role */
    USERS_FULL,        /* nor more people */
    USERS_NO_MANAGER,  /* nobody of staff, or shut out */
    USERS_OWN_MANAGER, /* himself */
    USERS_CIRCLE,      /* somebody he leads */
    USERS_GONE,        /* the asker is no administrator any more */
    USERS_VERDICT_COUNT
};
/* At which field and in which words (English message id) a verdict is told. */
struct users_verdict_row {
    const char *field, *message;
};
extern const struct users_verdict_row users_verdicts[USERS_VERDICT_COUNT];

struct users_roles {
    size_t count;
    const int64_t *ids;
};

/* Whether who has MAY (of AUDIENCE, himself BY_ID) may give USER_ID (0: somebody new) these roles.
 */
enum users_verdict users_roles_check(const struct role_list *list, enum audience audience,
                                     const struct permission_set *may, int64_t by_id,
                                     int64_t user_id, struct users_roles roles);
/* What the vendor allows a partner: these roles, and with ONE_MORE one person more.  Other
 * audiences have no limit.  HOLD: of two who make people at once, one waits. */
struct users_limit {
    enum audience audience;
    int64_t account_id;
    bool one_more, hold;
};
struct err *users_limit_check(struct db *db, struct arena *a, const struct users_limit *ask,
                              struct users_roles roles, enum users_verdict *verdict_out);
/* Leaves in LIST what the visitor's company may give, and what HAS holds already. */
struct err *users_limit_filter(struct request *req, struct role_list *list, struct users_roles has);
/* Whether he may change a person with these roles at all: staff nobody who may do more. */
enum users_verdict users_touch_check(struct arena *a, const struct role_list *list,
                                     enum audience audience, const struct permission_set *may,
                                     const struct user_row *user);
/* Role ids out of "3,5". */
struct users_roles users_roles_read(struct arena *a, const char *text);
char *users_roles_text(struct arena *a, struct users_roles roles);
/* The codes of roles, for the audit: "administrator, sales". */
char *users_roles_codes(struct arena *a, const struct role_list *list, struct users_roles roles);

/* -- changes in the open transaction, for staff.fcgi and the worker (users_change.c) --- */

struct users_invite {
    const char *audience, *email, *name, *title, *language, *zone, *scope;
    int64_t account_id, department_id, manager_id; /* 0: none */
    struct users_roles roles;
    const char *by_name, *account_name; /* for the mail */
    bool waits;                         /* no mail now: somebody invites the person later */
    /* The asker must not learn from the answer that somebody elsewhere has this address. */
    bool secret;
};

/* USERS_GONE unless this person may manage users at this moment. */
struct err *users_still_admin(struct db *db, int64_t by_id, enum users_verdict *verdict_out);
/* *user_id_out is 0 for a verdict other than USERS_OK. */
struct err *users_invite_add(struct db *db, struct arena *a, const struct audit_who *who,
                             const struct users_invite *invite, enum users_verdict *verdict_out,
                             int64_t *user_id_out);
struct err *users_roles_set(struct db *db, struct arena *a, const struct audit_who *who,
                            const struct role_list *list, int64_t user_id,
                            struct users_roles before, struct users_roles after);
/* Sends the invitation again; to an address that is somebody's elsewhere, the mail that says so. */
struct err *users_invite_send(struct db *db, struct arena *a, const struct user_row *user,
                              const char *by_name);

/* -- pages --------------------------------------------------------------------------- */

/* The roles, and for staff the departments, to choose from; after form_show(). */
void users_show_options(struct request *req, const struct role_list *roles);
struct err *users_show_departments(struct request *req);
/* USERS_NO_DEPARTMENT unless there is such a department; 0 is none, which is allowed. */
struct err *users_department_check(struct request *req, int64_t department_id,
                                   enum users_verdict *verdict_out);
/* Staff to choose as manager of USER_ID (0: somebody new); HAS: whom he has. */
struct err *users_show_managers(struct request *req, int64_t user_id,
                                const struct users_manager *has);
enum users_verdict users_lead_verdict(enum users_lead lead);
/* Refuses the form with the words of a verdict. */
struct err *users_fault(struct request *req, enum users_verdict verdict);

/* The page of a person, in the visitor's program. */
const char *users_address(struct request *req, const struct user_row *user);
/* Whether the visitor may change this person now; LIST is filled with the roles of his audience. */
struct err *users_may_touch(struct request *req, const struct user_row *user,
                            struct role_list *list, enum users_verdict *verdict);
/* A verdict as a conflict: pages offer no button to whom the rules forbid it. */
struct err *users_need(enum users_verdict verdict);
/* Redirects to the page that asks for the password and back to NEXT, unless it was shown lately. */
struct err *users_ask_proof(struct request *req, const char *next, bool *asked_out);

/* -- handlers ------------------------------------------------------------------------ */
struct err *users_list_show(struct request *req);
struct err *users_export(struct request *req);
struct err *users_new_show(struct request *req);
struct err *users_new(struct request *req);
struct err *users_show(struct request *req);
struct err *users_update(struct request *req);
struct err *users_disable(struct request *req);
struct err *users_enable(struct request *req);
struct err *users_reinvite(struct request *req);
struct err *users_end_sessions(struct request *req);
struct err *users_factor_reset(struct request *req);
struct err *users_email_show(struct request *req);
struct err *users_email(struct request *req);
struct err *users_load(struct request *req, int64_t id, const void **object_out);

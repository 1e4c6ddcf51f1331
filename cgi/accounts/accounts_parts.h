/* accounts/accounts_parts.h - what belongs to a company and is a list: registrations,
 * opportunities, leads, people with a log-in, contacts.
 *
 * Each is a row of one table: its page, its permission, and a statement for partners and one for
 * end customers, which begins with the reader's scope, so that rows he does not see are neither
 * shown nor counted.  The company's page shows the first rows, the part's own page all of them. */
#pragma once

#include "account/account.h"
#include "web/form.h"
#include "web/list.h"
#include "web/request.h"

struct accounts_item {
    int64_t id, at, total;
    const char *key; /* what those sorted by name are sorted by */
    const char *name, *other, *state, *currency;
};

enum accounts_scope { SCOPE_NONE, SCOPE_DEPARTMENTS, SCOPE_OWN_TOO };

struct accounts_part {
    const char *code;  /* in its address, and the name of its route after "accounts." */
    const char *title; /* English message id */
    enum permission permission;
    enum accounts_scope scope;
    bool by_name;
    const struct db_stmt *partner[3], *customer[3]; /* by direction; NULL: has no such part */
    void (*show)(struct request *req, struct view *row, const struct accounts_item *item);
};

/* In the order of the page; ended by a NULL code. */
extern const struct accounts_part accounts_parts[];

/* V.Parts.n.{Code,Title,Href,Rows.n,More} for each part that the reader may see and A can have. */
struct err *accounts_show_parts(struct request *req, struct view *v, const struct account *a);

extern const struct form accounts_part_query;
/* The page of the part that the route names. */
struct err *accounts_part_show(struct request *req);

/* deal/deal_appeal.h - an appeal: a registration that was refused goes back into review, once, to
 * somebody else than who refused it.
 *
 * Its row holds who had the registration and who refused it.  Neither of the two has it again or
 * decides it, nor does whoever stands in for one of them at that moment: deal_apply() and
 * deal_assign() ask here, so no page can forget it.  What is then decided is final. */
#pragma once

#include "db/stmt.h"
#include "deal/deal.h"
#include "web/request.h"

extern db_stmt_table deal_appeal_statements[];      /* asking: the partner's program */
extern db_stmt_table deal_appeal_show_statements[]; /* both sides' pages */
extern const struct db_stmt deal_sql_appeal;        /* in deal_vendor_statements */

enum { DEAL_APPEAL_MAX = 1000 };

/* True while its partner may appeal. */
bool deal_may_appeal(const struct deal *deal, int64_t now);
/* rejected or duplicate -> review, at the rank that it has.  ERR_CONFLICT with the detail "state",
 * "once", "over" or "version". */
struct err *deal_appeal(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, const char *reason);
/* An English message id for a detail of the above. */
const char *deal_appeal_refusal(const char *detail);

/* Whether USER_ID may have DEAL and decide it: everybody where no appeal is. */
struct err *deal_appeal_allows(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t user_id, bool *allows_out);
/* Who may not, as far as it can be listed: 0 where there is nobody. */
enum { DEAL_APPEAL_BARRED = 4 };
struct err *deal_appeal_barred(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t barred_out[DEAL_APPEAL_BARRED]);
/* ERR_CONFLICT "appeal" when he may not. */
struct err *deal_appeal_refuse(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t user_id);

/* -- pages (deal_appeal_pages.c)
 * -------------------------------------------------------------------- */

struct deal_appeal_input {
    int64_t row_version;
    const char *reason;
};
extern const struct form deal_appeal_form;
struct err *deal_appeal_show(struct request *req);
struct err *deal_appeal_post(struct request *req);

/* V.Appeal: until when it may be made, or what was said and what became of it; for staff also whom
 * it may not go to. */
struct err *deal_show_appeal(struct request *req, struct view *v, const struct deal *deal,
                             int64_t now);
/* What forbids the visitor of staff to decide DEAL, in his language; NULL when nothing does. */
struct err *deal_appeal_words(struct request *req, const struct deal *deal,
                              const char **message_out);

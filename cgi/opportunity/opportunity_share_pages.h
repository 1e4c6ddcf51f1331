/* opportunity/opportunity_share_pages.h - sharing as pages: staff invite, change and end; a partner
 * answers. */
#pragma once

#include "opportunity/opportunity_share.h"

extern const struct object_kind opportunity_invitation_object; /* "": of the visitor's company */
extern const struct form opportunity_share_form, opportunity_share_end_form,
    opportunity_share_change_form, opportunity_accept_form, opportunity_decline_form;
extern db_stmt_table opportunity_share_page_statements[]; /* staff.fcgi */

/* V.Shares.n on the record's page: to staff all with what can be done, to a partner those others
 * that it may see. */
struct err *opportunity_show_shares(struct request *req, struct view *v,
                                    const struct opportunity *o);
/* V.Invitations.n of the visitor's company, on its list. */
struct err *opportunity_show_invitations(struct request *req, struct view *v);

struct err *opportunity_share_show(struct request *req);
struct err *opportunity_share_post(struct request *req);
struct err *opportunity_share_end_post(struct request *req);
struct err *opportunity_share_change_post(struct request *req);
struct err *opportunity_invitation_show(struct request *req);
struct err *opportunity_accept_post(struct request *req);
struct err *opportunity_decline_post(struct request *req);

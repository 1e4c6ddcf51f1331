/* opportunity/opportunity_pages.h - the pages of opportunities, for partners and for staff: what
 * the programs list, and the handlers by file.  What differs between the sides is asked of the
 * visitor. */
#pragma once

#include "opportunity/opportunity.h"
#include "opportunity/opportunity_forms.h"
#include "web/request.h"

extern const struct route opportunity_partner_routes[], opportunity_staff_routes[];
extern const struct object_kind opportunity_partner_object, opportunity_staff_object; /* "OP-" */
extern db_stmt_table opportunity_edit_statements[], opportunity_staff_edit_statements[];
extern db_stmt_table opportunity_page_statements[];

/* opportunity_list.c */
extern const struct form opportunity_list_query;
struct err *opportunity_list_show(struct request *req);
struct err *opportunity_list_export(struct request *req);
struct err *opportunity_view_save(struct request *req);
struct err *opportunity_view_delete(struct request *req);

/* opportunity_edit.c */
struct err *opportunity_new_show(struct request *req);
struct err *opportunity_new_post(struct request *req);
struct err *opportunity_edit_show(struct request *req);
struct err *opportunity_edit_post(struct request *req);
/* The vendor's own note; "" when there is none, and for who is not staff. */
struct err *opportunity_note_read(struct request *req, int64_t id, const char **note_out);

/* opportunity_staff.c: what the vendor's people say among themselves */
struct err *opportunity_show_staff_notes(struct request *req, struct view *v, int64_t id);
extern const struct form opportunity_note_form;
struct err *opportunity_staff_note_post(struct request *req);

/* opportunity_pages.c */
struct err *opportunity_show(struct request *req);
struct err *opportunity_move_post(struct request *req);
struct err *opportunity_comment_post(struct request *req);

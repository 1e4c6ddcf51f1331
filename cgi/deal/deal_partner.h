/* deal/deal_partner.h - the partner's pages of deal registration: what its files share, and what
 * the program lists. */
#pragma once

#include "deal/deal.h"
#include "deal/deal_forms.h"
#include "deal/deal_rooms.h"
#include "web/request.h"

extern const struct route deal_partner_routes[];
extern const struct object_kind deal_partner_object; /* "DR-": of the visitor's account alone */

/* Every form that only names the version of the record that was shown. */
struct deal_version_input {
    int64_t row_version;
};
extern const struct form deal_version_form;

/* A copy of the visitor's record, to be changed, and who changes it. */
struct deal *deal_of_request(struct request *req);
struct deal_actor deal_partner_actor(const struct request *req);

/* The crumb to the list, and to the record when DEAL is not NULL. */
void deal_partner_crumbs(struct request *req, const struct deal *deal);

/* 409: the record is not what the visitor saw, or its state forbids what he asked.  MESSAGE is in
 * his language. */
struct err *deal_refuse(struct request *req, const struct deal *deal, const char *message);
/* What VERB answers in this state: NULL when it may be done at the version that was shown, else the
 * message for deal_refuse(). */
const char *deal_refusal(struct request *req, const struct deal *deal, enum deal_verb verb,
                         int64_t shown_version);

/* 409: what was typed beside what is stored, to choose from; PATH takes what was chosen. */
struct err *deal_show_both(struct request *req, const struct deal_input *typed,
                           const struct deal *deal, const char *path);

/* The right half of the form: what may be told of each product line.  deal_check.c */
void deal_show_verdict(struct request *req, const struct deal *deal);
/* What was asked by "Is it free?" as the beginning of a form; IN stays as it is when the visitor's
 * company has asked no such question.  deal_check.c */
struct err *deal_begin_checked(struct request *req, int64_t check_id, struct deal_input *in);

/* -- handlers, by file --------------------------------------------------------------------------
 */
extern const struct form deal_list_query;
struct err *deal_list_show(struct request *req);
struct err *deal_list_export(struct request *req);
struct err *deal_view_save(struct request *req);
struct err *deal_view_delete(struct request *req);

extern const struct form deal_edit_query, deal_new_query;
extern db_stmt_table deal_edit_statements[];
extern db_stmt_table deal_judge_statements[];
struct err *deal_new_show(struct request *req);
struct err *deal_new_post(struct request *req);
struct err *deal_edit_show(struct request *req);
struct err *deal_edit_post(struct request *req);
struct err *deal_merge_post(struct request *req);

struct err *deal_check_post(struct request *req);
struct err *deal_free_show(struct request *req);
struct err *deal_free_post(struct request *req);

struct err *deal_show(struct request *req);
struct err *deal_withdraw_show(struct request *req);
struct err *deal_withdraw_post(struct request *req);
struct err *deal_end_show(struct request *req);
struct err *deal_end_post(struct request *req);
struct err *deal_convert_show(struct request *req);
struct err *deal_clone_post(struct request *req);
struct err *deal_extend_show(struct request *req);
struct err *deal_extend_post(struct request *req);

/* Registering from a list: deal_bulk_pages.c, deal_bulk_view.c. */
extern const struct object_kind deal_bulk_object;
extern const struct form deal_bulk_form, deal_bulk_template_query, deal_bulk_query;
struct err *deal_bulk_show(struct request *req);
struct err *deal_bulk_post(struct request *req);
struct err *deal_bulk_template(struct request *req);
struct err *deal_bulk_list_show(struct request *req);
struct err *deal_bulk_choose(struct request *req);
struct err *deal_bulk_refused(struct request *req);

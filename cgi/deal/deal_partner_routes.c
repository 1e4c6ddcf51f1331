/* deal/deal_partner_routes.c - what partner.fcgi serves of deal registration. */
#include "comment/comment.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_appeal.h"
#include "deal/deal_calendar.h"
#include "deal/deal_check.h"
#include "deal/deal_extension.h"
#include "deal/deal_figures.h"
#include "deal/deal_files.h"
#include "deal/deal_free.h"
#include "deal/deal_mute.h"
#include "deal/deal_partner.h"
#include "web/saved_view.h"

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct deal *deal;

    TRY(deal_of_account(req->db, req->arena, req->actor->account_id, id, &deal));
    *object_out = deal;
    return NULL;
}

const struct object_kind deal_partner_object = { .name = "deal", .prefix = "DR-", .load = load };

/* A person types; a program that asks for all the names it knows meets these.  The page of a draft
 * shows the same verdict, so it counts as well, and so does each row of a list. */
const struct rate deal_live_checks = { "deal.check", 600, 3600 };
static const struct rate lists = { "deal.bulk", 60, 3600 };
static const struct rate questions = { "deal.free", 120, 3600 };
/* Everything at once: once in a while. */
static const struct rate sheets = { "deal.sheet", 60, 3600 };

#define GET_(name_, path_, permission_, handler_, page_)                           \
    .name = (name_), .method = HTTP_GET, .path = (path_), .audience = AUD_PARTNER, \
    .permission = (permission_), .handler = (handler_), .page = (page_)
#define POST_(name_, path_, permission_, handler_, form_)                           \
    .name = (name_), .method = HTTP_POST, .path = (path_), .audience = AUD_PARTNER, \
    .permission = (permission_), .handler = (handler_), .form = &(form_)
#define OF_DEAL .object = &deal_partner_object

const struct route deal_partner_routes[] = {
    { GET_("deal.list", "/partner/deals", PERM_DEAL_VIEW, deal_list_show, "deal/list.cs"),
      .query = &deal_list_query },
    { GET_("deal.export", "/partner/deals.csv", PERM_DEAL_EXPORT, deal_list_export, NULL),
      .query = &deal_list_query, .rate = &sheets },
    { GET_("deal.export_xlsx", "/partner/deals.xlsx", PERM_DEAL_EXPORT, deal_list_export, NULL),
      .query = &deal_list_query, .rate = &sheets },
    { POST_("deal.view_save", "/partner/deals/views", PERM_DEAL_VIEW, deal_view_save,
            saved_view_form) },
    { POST_("deal.view_delete", "/partner/deals/views/delete", PERM_DEAL_VIEW, deal_view_delete,
            saved_view_gone_form) },

    { GET_("deal.new", "/partner/deals/new", PERM_DEAL_REGISTER, deal_new_show, "deal/edit.cs"),
      .query = &deal_new_query },
    { POST_("deal.create", "/partner/deals/new", PERM_DEAL_REGISTER, deal_new_post, deal_form),
      .retry = deal_new_show, .retry_page = "deal/edit.cs" },
    { POST_("deal.check", "/partner/deals/check", PERM_DEAL_EDIT, deal_check_post, deal_check_form),
      .repeatable = "a live check, sent with each change of the form, that writes nothing",
      .rate = &deal_live_checks },

    { GET_("deal.bulk", "/partner/deals/bulk", PERM_DEAL_REGISTER, deal_bulk_show,
           "deal/bulk.cs") },
    { POST_("deal.bulk_upload", "/partner/deals/bulk", PERM_DEAL_REGISTER, deal_bulk_post,
            deal_bulk_form),
      .retry = deal_bulk_show, .retry_page = "deal/bulk.cs", .rate = &lists },
    { GET_("deal.bulk_template", "/partner/deals/bulk/template.csv", PERM_DEAL_EDIT,
           deal_bulk_template, NULL),
      .query = &deal_bulk_template_query, .rate = &sheets },
    { GET_("deal.bulk_template_xlsx", "/partner/deals/bulk/template.xlsx", PERM_DEAL_EDIT,
           deal_bulk_template, NULL),
      .query = &deal_bulk_template_query, .rate = &sheets },
    { GET_("deal.bulk_list", "/partner/deals/bulk/:id", PERM_DEAL_EDIT, deal_bulk_list_show,
           "deal/bulk_list.cs"),
      .object = &deal_bulk_object, .query = &deal_bulk_query },
    { POST_("deal.bulk_choose", "/partner/deals/bulk/:id", PERM_DEAL_REGISTER, deal_bulk_choose,
            deal_version_form),
      .object = &deal_bulk_object },
    { GET_("deal.bulk_refused", "/partner/deals/bulk/:id/refused.csv", PERM_DEAL_EDIT,
           deal_bulk_refused, NULL),
      .object = &deal_bulk_object, .rate = &sheets },
    { GET_("deal.bulk_refused_xlsx", "/partner/deals/bulk/:id/refused.xlsx", PERM_DEAL_EDIT,
           deal_bulk_refused, NULL),
      .object = &deal_bulk_object, .rate = &sheets },

    { GET_("deal.figures", "/partner/deals/figures", PERM_DEAL_FIGURES, deal_figures_show,
           "deal/figures.cs") },
    { GET_("deal.calendar", "/partner/deals/calendar", PERM_DEAL_VIEW, deal_calendar_show,
           "deal/calendar.cs"),
      .query = &deal_calendar_query },
    { GET_("deal.show", "/partner/deals/:id", PERM_DEAL_VIEW, deal_show, "deal/show.cs"), OF_DEAL },
    { GET_("deal.edit", "/partner/deals/:id/edit", PERM_DEAL_EDIT, deal_edit_show, "deal/edit.cs"),
      OF_DEAL, .query = &deal_edit_query, .rate = &deal_live_checks },
    { POST_("deal.update", "/partner/deals/:id/edit", PERM_DEAL_EDIT, deal_edit_post, deal_form),
      OF_DEAL, .retry = deal_edit_show, .retry_page = "deal/edit.cs" },
    { POST_("deal.merge", "/partner/deals/:id/merge", PERM_DEAL_EDIT, deal_merge_post,
            deal_merge_form),
      OF_DEAL },

    { GET_("deal.withdraw_ask", "/partner/deals/:id/withdraw", PERM_DEAL_EDIT, deal_withdraw_show,
           "deal/ask.cs"),
      OF_DEAL },
    { POST_("deal.withdraw", "/partner/deals/:id/withdraw", PERM_DEAL_EDIT, deal_withdraw_post,
            deal_version_form),
      OF_DEAL },
    { GET_("deal.end_ask", "/partner/deals/:id/end", PERM_DEAL_EDIT, deal_end_show, "deal/ask.cs"),
      OF_DEAL },
    { POST_("deal.end", "/partner/deals/:id/end", PERM_DEAL_EDIT, deal_end_post, deal_version_form),
      OF_DEAL },
    { GET_("deal.convert_ask", "/partner/deals/:id/convert", PERM_DEAL_EDIT, deal_convert_show,
           "deal/ask.cs"),
      OF_DEAL },
    { POST_("deal.clone", "/partner/deals/:id/clone", PERM_DEAL_REGISTER, deal_clone_post,
            form_empty),
      OF_DEAL },
    { GET_("deal.extend_ask", "/partner/deals/:id/extension", PERM_DEAL_EDIT, deal_extend_show,
           "deal/extend.cs"),
      OF_DEAL },
    { POST_("deal.extend", "/partner/deals/:id/extension", PERM_DEAL_EDIT, deal_extend_post,
            deal_extension_form),
      OF_DEAL, .retry = deal_extend_show, .retry_page = "deal/extend.cs" },

    { GET_("deal.appeal_ask", "/partner/deals/:id/appeal", PERM_DEAL_EDIT, deal_appeal_show,
           "deal/appeal.cs"),
      OF_DEAL },
    { POST_("deal.appeal", "/partner/deals/:id/appeal", PERM_DEAL_EDIT, deal_appeal_post,
            deal_appeal_form),
      OF_DEAL, .retry = deal_appeal_show, .retry_page = "deal/appeal.cs" },

    { GET_("deal.amend_page", "/partner/deals/:id/amend", PERM_DEAL_EDIT, deal_amend_show,
           "deal/amend.cs"),
      OF_DEAL },
    { POST_("deal.amend", "/partner/deals/:id/amend", PERM_DEAL_EDIT, deal_amend_post,
            deal_amend_form),
      OF_DEAL, .retry = deal_amend_show, .retry_page = "deal/amend.cs" },
    { POST_("deal.amend_back", "/partner/deals/:id/amendment/withdraw", PERM_DEAL_EDIT,
            deal_amend_back_post, deal_amend_back_form),
      OF_DEAL },

    { POST_("deal.mute", "/partner/deals/:id/mute", PERM_DEAL_VIEW, deal_mute_post, form_empty),
      OF_DEAL },
    { POST_("deal.unmute", "/partner/deals/:id/unmute", PERM_DEAL_VIEW, deal_unmute_post,
            form_empty),
      OF_DEAL },

    { POST_("deal.comment", "/partner/deals/:id/comment", PERM_DEAL_EDIT, deal_comment_post,
            comment_form),
      OF_DEAL, .retry = deal_show, .retry_page = "deal/show.cs" },
    { POST_("deal.attach", "/partner/deals/:id/files", PERM_DEAL_EDIT, deal_attach_post,
            deal_attach_form),
      OF_DEAL, .retry = deal_show, .retry_page = "deal/show.cs" },
    { GET_("deal.file", "/partner/deals/:id/files/:file", PERM_DEAL_VIEW, deal_file_show, NULL),
      OF_DEAL },
    { POST_("deal.file_remove", "/partner/deals/:id/files/:file/remove", PERM_DEAL_EDIT,
            deal_file_remove_post, form_empty),
      OF_DEAL },

    { GET_("deal.free", "/partner/free", PERM_DEAL_CHECK, deal_free_show, "deal/free.cs"),
      .query = &deal_free_query },
    { POST_("deal.free_ask", "/partner/free", PERM_DEAL_CHECK, deal_free_post, deal_free_form),
      .retry = deal_free_show, .retry_page = "deal/free.cs", .rate = &questions },
    { 0 },
};

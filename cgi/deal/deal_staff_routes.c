/* deal/deal_staff_routes.c - what staff may ask of deal registration. */
#include "comment/comment.h"
#include "deal/deal_amend_pages.h"

#include "deal/deal_calendar.h"
#include "deal/deal_forms.h"
#include "deal/deal_mute.h"
#include "deal/deal_reviewers.h"
#include "deal/deal_staff.h"
#include "web/saved_view.h"

#define GET_(name_, path_, perm, query_, handler_, page_)                        \
    {                                                                            \
        .name = name_, .method = HTTP_GET, .path = path_, .audience = AUD_STAFF, \
        .permission = perm, .query = query_, .handler = handler_, .page = page_  \
    }
#define POST_(name_, path_, perm, form_, handler_)                                \
    {                                                                             \
        .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF, \
        .permission = perm, .form = form_, .handler = handler_                    \
    }
#define POST_RETRY(name_, path_, perm, form_, handler_, retry_, page_)            \
    {                                                                             \
        .name = name_, .method = HTTP_POST, .path = path_, .audience = AUD_STAFF, \
        .permission = perm, .form = form_, .handler = handler_, .retry = retry_,  \
        .retry_page = page_                                                       \
    }
#define DEAL_GET(name_, path_, perm, handler_, page_)                            \
    {                                                                            \
        .name = name_, .method = HTTP_GET, .path = "/staff/deals/:id" path_,     \
        .audience = AUD_STAFF, .permission = perm, .object = &deal_staff_object, \
        .handler = handler_, .page = page_, .opened = "deal"                     \
    }
#define DEAL_POST(name_, path_, perm, form_, handler_, retry_, page_)                           \
    {                                                                                           \
        .name = name_, .method = HTTP_POST, .path = "/staff/deals/:id" path_,                   \
        .audience = AUD_STAFF, .permission = perm, .object = &deal_staff_object, .form = form_, \
        .handler = handler_, .retry = retry_, .retry_page = page_                               \
    }

#define REVIEW deal_review_show, "deal/staff_show.cs"

#define DEAL_POST_(...) DEAL_POST(__VA_ARGS__)

/* Everything at once: once in a while. */
static const struct rate sheets = { "deal.sheet", 60, 3600 };

#define QUEUE_SHEET(name_, ending)                                                                \
    {                                                                                             \
        .name = name_, .method = HTTP_GET, .path = "/staff/deals" ending, .audience = AUD_STAFF,  \
        .permission = PERM_DEAL_EXPORT, .query = &deal_queue_query, .handler = deal_queue_export, \
        .rate = &sheets                                                                           \
    }

#define REVIEWERS_SHEET(name_, ending)                                                            \
    {                                                                                             \
        .name = name_, .method = HTTP_GET, .path = "/staff/deals/reviewers" ending,               \
        .audience = AUD_STAFF, .permission = PERM_DEAL_FIGURES, .handler = deal_reviewers_export, \
        .rate = &sheets                                                                           \
    }

const struct route deal_staff_routes[] = {
    GET_("deal.queue", "/staff/deals", PERM_DEAL_VIEW, &deal_queue_query, deal_queue_show,
         "deal/staff_list.cs"),
    QUEUE_SHEET("deal.queue_csv", ".csv"),
    QUEUE_SHEET("deal.queue_xlsx", ".xlsx"),
    POST_("deal.queue_view", "/staff/deals/views", PERM_DEAL_VIEW, &saved_view_form,
          deal_queue_view_save),
    POST_("deal.queue_view_delete", "/staff/deals/views/delete", PERM_DEAL_VIEW,
          &saved_view_gone_form, deal_queue_view_delete),
    POST_("deal.take_next", "/staff/deals/next", PERM_DEAL_DECIDE, &form_empty,
          deal_queue_take_next),

    GET_("deal.staff_calendar", "/staff/deals/calendar", PERM_DEAL_VIEW, &deal_staff_calendar_query,
         deal_staff_calendar_show, "deal/calendar.cs"),
    GET_("deal.staff_figures", "/staff/deals/figures", PERM_DEAL_FIGURES, NULL,
         deal_staff_figures_show, "deal/staff_figures.cs"),
    REVIEWERS_SHEET("deal.reviewers_csv", ".csv"),
    REVIEWERS_SHEET("deal.reviewers_xlsx", ".xlsx"),
    GET_("deal.decided_page", "/staff/deals/decided", PERM_DEAL_FIGURES, &deal_decided_query,
         deal_decided_show, "deal/staff_decided.cs"),
    GET_("deal.approvals", "/staff/deals/approvals", PERM_DEAL_VIEW, &deal_approvals_query,
         deal_approvals_show, "deal/staff_approvals.cs"),
    GET_("deal.checks_page", "/staff/deals/checks", PERM_DEAL_VIEW, &deal_checks_query,
         deal_checks_show, "deal/staff_checks.cs"),
    GET_("deal.behalf_page", "/staff/deals/new", PERM_DEAL_ON_BEHALF, &deal_behalf_query,
         deal_behalf_show, "deal/staff_new.cs"),
    POST_RETRY("deal.behalf", "/staff/deals/new", PERM_DEAL_ON_BEHALF, &deal_behalf_form,
               deal_behalf_post, deal_behalf_show, "deal/staff_new.cs"),

    DEAL_GET("deal.review", "", PERM_DEAL_VIEW, deal_review_show, "deal/staff_show.cs"),
    DEAL_GET("deal.review_file", "/files/:file", PERM_DEAL_VIEW, deal_review_file, NULL),
    DEAL_POST_("deal.review_mute", "/mute", PERM_DEAL_VIEW, &form_empty, deal_mute_post, NULL,
               NULL),
    DEAL_POST_("deal.review_unmute", "/unmute", PERM_DEAL_VIEW, &form_empty, deal_unmute_post, NULL,
               NULL),
    DEAL_POST_("deal.review_comment", "/comment", PERM_DEAL_DECIDE, &comment_form,
               deal_review_comment, REVIEW),
    DEAL_POST_("deal.take", "/take", PERM_DEAL_DECIDE, &deal_take_form, deal_take_post, REVIEW),
    DEAL_POST_("deal.assign", "/assign", PERM_DEAL_DECIDE, &deal_assign_form, deal_assign_post,
               REVIEW),
    DEAL_GET("deal.fields_page", "/fields", PERM_DEAL_DECIDE, deal_fields_show,
             "deal/staff_fields.cs"),
    DEAL_POST("deal.fields", "/fields", PERM_DEAL_DECIDE, &deal_fields_form, deal_fields_post,
              deal_fields_show, "deal/staff_fields.cs"),
    DEAL_POST_("deal.match", "/match", PERM_ACCOUNT_MERGE, &deal_pair_form, deal_pair_post, REVIEW),
    DEAL_POST_("deal.decide", "/decide", PERM_DEAL_DECIDE, &deal_decision_form, deal_decide_post,
               REVIEW),
    DEAL_POST_("deal.extension_decide", "/extension", PERM_DEAL_DECIDE, &deal_grant_form,
               deal_grant_post, REVIEW),

    DEAL_POST_("deal.amendment_decide", "/amendment", PERM_DEAL_DECIDE, &deal_amend_answer_form,
               deal_amend_answer_post, REVIEW),
    DEAL_GET("deal.amend_behalf_page", "/amend", PERM_DEAL_ON_BEHALF, deal_amend_show,
             "deal/amend.cs"),
    DEAL_POST("deal.amend_behalf", "/amend", PERM_DEAL_ON_BEHALF, &deal_amend_form, deal_amend_post,
              deal_amend_show, "deal/amend.cs"),

    DEAL_GET("deal.overrule_page", "/overrule", PERM_DEAL_OVERRULE, deal_overrule_show,
             "deal/staff_overrule.cs"),
    DEAL_POST("deal.overrule", "/overrule", PERM_DEAL_OVERRULE, &deal_overrule_form,
              deal_overrule_post, deal_overrule_show, "deal/staff_overrule.cs"),
    DEAL_GET("deal.revoke_page", "/revoke", PERM_DEAL_REVOKE, deal_revoke_show,
             "deal/staff_revoke.cs"),
    DEAL_POST("deal.revoke", "/revoke", PERM_DEAL_REVOKE, &deal_revoke_form, deal_revoke_post,
              deal_revoke_show, "deal/staff_revoke.cs"),
    { 0 },
};

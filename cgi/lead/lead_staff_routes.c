/* lead/lead_staff_routes.c - what staff may ask of leads. */
#include "comment/comment.h"
#include "lead/lead_forms.h"
#include "lead/lead_staff.h"
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
#define LEAD_GET(name_, path_, perm, handler_, page_)                            \
    {                                                                            \
        .name = name_, .method = HTTP_GET, .path = "/staff/leads/:id" path_,     \
        .audience = AUD_STAFF, .permission = perm, .object = &lead_staff_object, \
        .handler = handler_, .page = page_                                       \
    }
#define LEAD_POST(name_, path_, perm, form_, handler_)                                          \
    {                                                                                           \
        .name = name_, .method = HTTP_POST, .path = "/staff/leads/:id" path_,                   \
        .audience = AUD_STAFF, .permission = perm, .object = &lead_staff_object, .form = form_, \
        .handler = handler_, .retry = lead_staff_show, .retry_page = "lead/staff_show.cs"       \
    }

/* Everything at once: once in a while. */
static const struct rate sheets = { "lead.sheet", 60, 3600 };
#define SHEET(name_, ending)                                                                      \
    {                                                                                             \
        .name = name_, .method = HTTP_GET, .path = "/staff/leads" ending, .audience = AUD_STAFF,  \
        .permission = PERM_LEAD_EXPORT, .query = &lead_queue_query, .handler = lead_queue_export, \
        .rate = &sheets                                                                           \
    }

const struct route lead_staff_routes[] = {
    GET_("lead.queue", "/staff/leads", PERM_LEAD_VIEW, &lead_queue_query, lead_queue_show,
         "lead/staff_list.cs"),
    SHEET("lead.queue_csv", ".csv"),
    SHEET("lead.queue_xlsx", ".xlsx"),
    POST_("lead.queue_view", "/staff/leads/views", PERM_LEAD_VIEW, &saved_view_form,
          lead_queue_view_save),
    POST_("lead.queue_view_delete", "/staff/leads/views/delete", PERM_LEAD_VIEW,
          &saved_view_gone_form, lead_queue_view_delete),
    GET_("lead.new", "/staff/leads/new", PERM_LEAD_EDIT, NULL, lead_new_show, "lead/staff_edit.cs"),
    { .name = "lead.create",
      .method = HTTP_POST,
      .path = "/staff/leads/new",
      .audience = AUD_STAFF,
      .permission = PERM_LEAD_EDIT,
      .form = &lead_form,
      .handler = lead_new_post,
      .retry = lead_new_show,
      .retry_page = "lead/staff_edit.cs" },

    LEAD_GET("lead.staff_show", "", PERM_LEAD_VIEW, lead_staff_show, "lead/staff_show.cs"),
    LEAD_GET("lead.edit_page", "/edit", PERM_LEAD_EDIT, lead_edit_show, "lead/staff_edit.cs"),
    { .name = "lead.edit",
      .method = HTTP_POST,
      .path = "/staff/leads/:id/edit",
      .audience = AUD_STAFF,
      .permission = PERM_LEAD_EDIT,
      .object = &lead_staff_object,
      .form = &lead_form,
      .handler = lead_edit_post,
      .retry = lead_edit_show,
      .retry_page = "lead/staff_edit.cs" },
    LEAD_POST("lead.assign", "/assign", PERM_LEAD_ASSIGN, &lead_assign_form, lead_assign_post),
    LEAD_POST("lead.route", "/route", PERM_LEAD_ASSIGN, &lead_version_form, lead_route_post),
    LEAD_POST("lead.release", "/release", PERM_LEAD_ASSIGN, &lead_version_form, lead_release_post),
    LEAD_POST("lead.pool", "/pool", PERM_LEAD_ASSIGN, &lead_pool_form, lead_pool_post),
    LEAD_POST("lead.recall", "/recall", PERM_LEAD_ASSIGN, &lead_recall_form, lead_recall_post),
    LEAD_POST("lead.disqualify", "/disqualify", PERM_LEAD_EDIT, &lead_disqualify_form,
              lead_disqualify_post),
    LEAD_POST("lead.reopen", "/reopen", PERM_LEAD_EDIT, &lead_version_form, lead_reopen_post),
    LEAD_POST("lead.staff_comment", "/comment", PERM_LEAD_EDIT, &comment_form, lead_comment_post),
    LEAD_POST("lead.staff_note", "/note", PERM_LEAD_EDIT, &comment_form, lead_note_post),
    { 0 },
};

/* opportunity/opportunity_routes.c - what partner.fcgi and staff.fcgi serve of opportunities. */
#include "comment/comment.h"
#include "deal/deal_partner.h"
#include "deal/deal_staff.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_calendar.h"
#include "opportunity/opportunity_convert.h"
#include "opportunity/opportunity_files.h"
#include "opportunity/opportunity_next.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_share_pages.h"
#include "opportunity/opportunity_work_pages.h"
#include "web/saved_view.h"

#define P_GET(name_, path_, perm, handler_, page_)                               \
    .name = (name_), .method = HTTP_GET, .path = "/partner/opportunities" path_, \
    .audience = AUD_PARTNER, .permission = (perm), .handler = (handler_), .page = (page_)
#define P_POST(name_, path_, perm, handler_, form_)                               \
    .name = (name_), .method = HTTP_POST, .path = "/partner/opportunities" path_, \
    .audience = AUD_PARTNER, .permission = (perm), .handler = (handler_), .form = &(form_)
#define S_GET(name_, path_, perm, handler_, page_)                             \
    .name = (name_), .method = HTTP_GET, .path = "/staff/opportunities" path_, \
    .audience = AUD_STAFF, .permission = (perm), .handler = (handler_), .page = (page_)
#define S_POST(name_, path_, perm, handler_, form_)                             \
    .name = (name_), .method = HTTP_POST, .path = "/staff/opportunities" path_, \
    .audience = AUD_STAFF, .permission = (perm), .handler = (handler_), .form = &(form_)
#define P_ONE  .object = &opportunity_partner_object
#define S_ONE  .object = &opportunity_staff_object
#define VIEW   PERM_OPPORTUNITY_VIEW
#define EDIT   PERM_OPPORTUNITY_EDIT
#define SHARE  PERM_OPPORTUNITY_SHARE
#define EXPORT PERM_OPPORTUNITY_EXPORT
#define LIST   "opportunity/list.cs"
#define FORM   "opportunity/edit.cs"
#define SHOW   "opportunity/show.cs"
#define TASK   "opportunity/task.cs"
#define AGAIN  .retry = opportunity_show, .retry_page = SHOW

/* Everything at once: once in a while. */
static const struct rate sheets = { "opportunity.sheet", 60, 3600 };

const struct route opportunity_partner_routes[] = {
    { P_GET("opportunity.list", "", VIEW, opportunity_list_show, LIST),
      .query = &opportunity_list_query },
    { P_GET("opportunity.export", ".csv", EXPORT, opportunity_list_export, NULL),
      .query = &opportunity_list_query, .rate = &sheets },
    { P_GET("opportunity.export_xlsx", ".xlsx", EXPORT, opportunity_list_export, NULL),
      .query = &opportunity_list_query, .rate = &sheets },
    { P_POST("opportunity.view_save", "/views", VIEW, opportunity_view_save, saved_view_form) },
    { P_POST("opportunity.view_delete", "/views/delete", VIEW, opportunity_view_delete,
             saved_view_gone_form) },
    { P_GET("opportunity.board", "/board", VIEW, opportunity_board_show, "opportunity/board.cs"),
      .query = &opportunity_board_query },
    { P_GET("opportunity.figures", "/figures", PERM_OPPORTUNITY_FIGURES, opportunity_figures_show,
            "opportunity/figures.cs") },
    { P_GET("opportunity.next", "/next", VIEW, opportunity_next_show, "opportunity/next.cs") },
    { P_GET("opportunity.next_file", "/next.ics", VIEW, opportunity_next_file, NULL),
      .rate = &sheets },
    { P_GET("opportunity.tasks", "/tasks", VIEW, opportunity_my_tasks_show,
            "opportunity/tasks.cs") },
    { P_POST("calendar.link", "/calendar", VIEW, opportunity_link_post, form_empty) },
    { P_POST("calendar.link_end", "/calendar/end", VIEW, opportunity_link_end_post, form_empty) },
    { P_GET("opportunity.new", "/new", EDIT, opportunity_new_show, FORM) },
    { P_POST("opportunity.create", "/new", EDIT, opportunity_new_post, opportunity_new_form),
      .retry = opportunity_new_show, .retry_page = FORM },

    { P_GET("opportunity.show", "/:id", VIEW, opportunity_show, SHOW), P_ONE },
    { P_GET("opportunity.edit", "/:id/edit", EDIT, opportunity_edit_show, FORM), P_ONE },
    { P_POST("opportunity.update", "/:id/edit", EDIT, opportunity_edit_post, opportunity_edit_form),
      P_ONE, .retry = opportunity_edit_show, .retry_page = FORM },
    { P_POST("opportunity.move", "/:id/stage", EDIT, opportunity_move_post, opportunity_move_form),
      P_ONE, AGAIN },
    { P_POST("opportunity.note", "/:id/note", EDIT, opportunity_comment_post, comment_form), P_ONE,
      AGAIN },

    { P_POST("opportunity.activity", "/:id/activities", EDIT, opportunity_activity_post,
             opportunity_activity_form),
      P_ONE, AGAIN },
    { P_GET("opportunity.task_page", "/:id/task", EDIT, opportunity_task_show, TASK), P_ONE,
      .query = &opportunity_task_query },
    { P_POST("opportunity.task", "/:id/task", EDIT, opportunity_task_post, opportunity_task_form),
      P_ONE, .retry = opportunity_task_show, .retry_page = TASK },
    { P_POST("opportunity.task_done", "/:id/task/done", EDIT, opportunity_done_post,
             opportunity_done_form),
      P_ONE },

    { P_POST("opportunity.attach", "/:id/files", EDIT, opportunity_attach_post, deal_attach_form),
      P_ONE, AGAIN },
    { P_GET("opportunity.file", "/:id/files/:file", VIEW, opportunity_file_show, NULL), P_ONE },

    { P_GET("opportunity.invitation", "/invitations/:id", VIEW, opportunity_invitation_show,
            "opportunity/invitation.cs"),
      .object = &opportunity_invitation_object },
    { P_POST("opportunity.accept", "/invitations/:id/accept", EDIT, opportunity_accept_post,
             opportunity_accept_form),
      .object = &opportunity_invitation_object },
    { P_POST("opportunity.decline", "/invitations/:id/decline", EDIT, opportunity_decline_post,
             opportunity_decline_form),
      .object = &opportunity_invitation_object, .retry = opportunity_invitation_show,
      .retry_page = "opportunity/invitation.cs" },

    { .name = "deal.convert",
      .method = HTTP_POST,
      .path = "/partner/deals/:id/convert",
      .audience = AUD_PARTNER,
      .permission = PERM_DEAL_EDIT,
      .object = &deal_partner_object,
      .form = &deal_version_form,
      .handler = opportunity_convert_post },
    { 0 },
};

const struct route opportunity_staff_routes[] = {
    { S_GET("opportunity.staff_list", "", VIEW, opportunity_list_show, LIST),
      .query = &opportunity_list_query },
    { S_GET("opportunity.staff_csv", ".csv", EXPORT, opportunity_list_export, NULL),
      .query = &opportunity_list_query, .rate = &sheets },
    { S_GET("opportunity.staff_xlsx", ".xlsx", EXPORT, opportunity_list_export, NULL),
      .query = &opportunity_list_query, .rate = &sheets },
    { S_POST("opportunity.staff_view", "/views", VIEW, opportunity_view_save, saved_view_form) },
    { S_POST("opportunity.staff_view_delete", "/views/delete", VIEW, opportunity_view_delete,
             saved_view_gone_form) },
    { S_GET("opportunity.staff_board", "/board", VIEW, opportunity_board_show,
            "opportunity/board.cs"),
      .query = &opportunity_board_query },
    { S_GET("opportunity.staff_figures", "/figures", PERM_OPPORTUNITY_FIGURES,
            opportunity_figures_show, "opportunity/figures.cs") },
    { S_GET("opportunity.staff_next", "/next", VIEW, opportunity_next_show,
            "opportunity/next.cs") },
    { S_GET("opportunity.staff_next_file", "/next.ics", VIEW, opportunity_next_file, NULL),
      .rate = &sheets },
    { S_GET("opportunity.staff_tasks", "/tasks", VIEW, opportunity_my_tasks_show,
            "opportunity/tasks.cs") },
    { S_POST("calendar.link", "/calendar", VIEW, opportunity_link_post, form_empty) },
    { S_POST("calendar.link_end", "/calendar/end", VIEW, opportunity_link_end_post, form_empty) },
    { S_GET("opportunity.staff_new", "/new", EDIT, opportunity_new_show, FORM) },
    { S_POST("opportunity.staff_create", "/new", EDIT, opportunity_new_post,
             opportunity_staff_new_form),
      .retry = opportunity_new_show, .retry_page = FORM },

    { S_GET("opportunity.staff_show", "/:id", VIEW, opportunity_show, SHOW), S_ONE,
      .opened = "opportunity" },
    { S_GET("opportunity.staff_edit", "/:id/edit", EDIT, opportunity_edit_show, FORM), S_ONE },
    { S_POST("opportunity.staff_update", "/:id/edit", EDIT, opportunity_edit_post,
             opportunity_staff_edit_form),
      S_ONE, .retry = opportunity_edit_show, .retry_page = FORM },
    { S_POST("opportunity.staff_move", "/:id/stage", EDIT, opportunity_move_post,
             opportunity_move_form),
      S_ONE, AGAIN },
    { S_POST("opportunity.staff_comment", "/:id/note", EDIT, opportunity_comment_post,
             comment_form),
      S_ONE, AGAIN },
    { S_POST("opportunity.activity", "/:id/activities", EDIT, opportunity_activity_post,
             opportunity_staff_activity_form),
      S_ONE, AGAIN },
    { S_GET("opportunity.staff_task_page", "/:id/task", EDIT, opportunity_task_show, TASK), S_ONE,
      .query = &opportunity_task_query },
    { S_POST("opportunity.task", "/:id/task", EDIT, opportunity_task_post,
             opportunity_staff_task_form),
      S_ONE, .retry = opportunity_task_show, .retry_page = TASK },
    { S_POST("opportunity.task_done", "/:id/task/done", EDIT, opportunity_done_post,
             opportunity_done_form),
      S_ONE },
    { S_POST("opportunity.staff_attach", "/:id/files", EDIT, opportunity_attach_post,
             deal_attach_form),
      S_ONE, AGAIN },
    { S_GET("opportunity.staff_file", "/:id/files/:file", VIEW, opportunity_file_show, NULL),
      S_ONE },
    { S_GET("opportunity.share_page", "/:id/share", SHARE, opportunity_share_show,
            "opportunity/share.cs"),
      S_ONE },
    { S_POST("opportunity.share", "/:id/share", SHARE, opportunity_share_post,
             opportunity_share_form),
      S_ONE, .retry = opportunity_share_show, .retry_page = "opportunity/share.cs" },
    { S_POST("opportunity.share_end", "/:id/shares/end", SHARE, opportunity_share_end_post,
             opportunity_share_end_form),
      S_ONE },
    { S_POST("opportunity.share_change", "/:id/shares/change", SHARE, opportunity_share_change_post,
             opportunity_share_change_form),
      S_ONE },
    { .name = "deal.staff_convert_page",
      .method = HTTP_GET,
      .path = "/staff/deals/:id/convert",
      .audience = AUD_STAFF,
      .permission = PERM_DEAL_DECIDE,
      .object = &deal_staff_object,
      .handler = opportunity_staff_convert_show,
      .page = "deal/ask.cs",
      .opened = "deal" },
    { .name = "deal.staff_convert",
      .method = HTTP_POST,
      .path = "/staff/deals/:id/convert",
      .audience = AUD_STAFF,
      .permission = PERM_DEAL_DECIDE,
      .object = &deal_staff_object,
      .form = &deal_version_form,
      .handler = opportunity_staff_convert_post },
    { S_POST("opportunity.staff_inside", "/:id/inside", EDIT, opportunity_staff_note_post,
             opportunity_note_form),
      S_ONE, AGAIN },
    { 0 },
};
